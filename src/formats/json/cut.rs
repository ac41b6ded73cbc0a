//! Where the items of a JSON stream begin: at depth one of an array, or at depth zero of a sequence.
//!
//! A string cannot hold a raw line break, so a line break ends one that was never closed. A bracket that was never
//! closed is made good at the next line that begins an object where JSON has no place for one (behind anything but a
//! comma, a colon or a bracket), or that begins one with the indent that the first item had, if the members of the first
//! item were indented more.

use super::outline::Recorder;
use crate::bytes::next;
use crate::cut::{Cutter, Outline, Window};

/// What is known of the indent of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Indent {
    /// No item has begun a line yet.
    Unknown,
    /// The first item began a line with this much white space; its members have yet to show.
    Candidate(u32),
    /// Items begin lines with this much white space, and nothing inside them does.
    Known(u32),
    /// White space says nothing here.
    Unusable,
}

/// The longest name of a wrapper's member.
const NAME: usize = 16;

/// Follows strings and brackets, each byte once.
#[derive(Debug)]
pub(in crate::formats) struct JsonCutter {
    /// The offset of the next byte to look at.
    next: u64,
    in_string: bool,
    escaped: bool,
    depth: u32,
    /// At what depth items begin.
    base: u32,
    /// Whether anything but white space has been seen.
    begun: bool,
    /// The last byte that was no white space.
    previous: u8,
    /// The white space since the last line break, while there was nothing else on the line.
    line: Option<u32>,
    items: Indent,
    /// Members of an outermost object that hold the items, or an object with such a member.
    wrappers: &'static [&'static str],
    /// To what depth the brackets that are open are those of wrappers; 0 once it is clear that there are none.
    wrapped: u32,
    /// The last string, while wrappers are looked for: its first bytes and its length.
    name: ([u8; NAME], usize),
    /// What stands in the items, if their reader asks for it.
    recorder: Option<Recorder>,
}

impl Default for JsonCutter {
    fn default() -> JsonCutter {
        let mut cutter = JsonCutter::within(&[]);
        cutter.recorder = None;
        cutter
    }
}

impl JsonCutter {
    /// A cutter for items that may also stand in an array of an outermost object: `{"items": [{…}, …]}`. `wrappers` are
    /// the names of members that hold them, or hold an object of which such a member is one. It outlines its blocks.
    pub(in crate::formats) fn within(wrappers: &'static [&'static str]) -> JsonCutter {
        JsonCutter {
            next: 0,
            in_string: false,
            escaped: false,
            depth: 0,
            base: 0,
            begun: false,
            previous: 0,
            line: Some(0),
            items: Indent::Unknown,
            wrappers,
            wrapped: 0,
            name: ([0; NAME], 0),
            recorder: Some(Recorder::default()),
        }
    }

    /// Looks at the next byte; says whether an item begins with it.
    fn step(&mut self, byte: u8) -> bool {
        if byte == b'\n' || byte == b'\r' {
            if self.in_string {
                self.previous = b'"';
            }
            (self.in_string, self.escaped, self.line) = (false, false, Some(0));
            return false;
        }
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {
                    if let Some(place) = self.name.0.get_mut(self.name.1) {
                        *place = byte;
                    }
                    self.name.1 += 1;
                }
            }
            return false;
        }
        if byte == b' ' || byte == b'\t' {
            self.line = self.line.map(|indent| indent + 1);
            return false;
        }
        let indent = self.line.take();
        if let (Some(indent), Indent::Candidate(item)) = (indent, self.items) {
            let inside = self.depth > self.base && byte != b'}';
            self.items = if inside && indent <= item { Indent::Unusable } else { Indent::Known(item) };
        }
        let previous = std::mem::replace(&mut self.previous, byte);
        match byte {
            b'"' => (self.in_string, self.name.1) = (true, 0),
            // The outermost bracket of an array is no item.
            b'[' if !self.begun => {}
            b'{' | b'[' => {
                if !self.begun && byte == b'{' && !self.wrappers.is_empty() {
                    self.wrapped = 1;
                }
                self.begun = true;
                return self.open(byte, indent, previous);
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth < self.wrapped {
                    self.wrapped = if self.depth == 0 { 0 } else { self.depth };
                }
            }
            _ => {}
        }
        self.begun = true;
        false
    }

    fn open(&mut self, byte: u8, indent: Option<u32>, previous: u8) -> bool {
        if self.wrapped > 0 && self.depth == self.wrapped && previous == b':' && self.is_wrapper() {
            self.depth += 1;
            if byte == b'{' {
                self.wrapped += 1;
            } else {
                (self.base, self.wrapped, self.items) = (self.depth, 0, Indent::Unknown);
            }
            return false;
        }
        if byte == b'{'
            && let Some(indent) = indent
        {
            match self.items {
                Indent::Unknown if self.depth == self.base => self.items = Indent::Candidate(indent),
                Indent::Known(item) if item == indent => self.depth = self.base,
                _ => {}
            }
            if !b",:[\0".contains(&previous) {
                self.depth = self.base;
            }
        }
        let begins = self.depth == self.base && (byte == b'{' || self.base == 0);
        self.depth += 1;
        begins
    }

    /// Whether the last string is the name of a wrapper's member.
    fn is_wrapper(&self) -> bool {
        let (bytes, length) = &self.name;
        bytes.get(..*length).is_some_and(|name| self.wrappers.iter().any(|it| it.as_bytes() == name))
    }

    /// Whether only strings and the depth of brackets have a say until the line ends.
    fn is_plain(&self) -> bool {
        self.begun && self.line.is_none() && self.wrapped == 0 && !self.in_string
    }

    /// Goes on while [`JsonCutter::is_plain`] holds and does what [`JsonCutter::step`] does then. Stops before what needs
    /// that: a line break, a bracket that may open an item, a string that does not end in these bytes or in its line.
    fn run(&mut self, bytes: &[u8], from: usize) -> usize {
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            match byte {
                // Inside an item these begin none.
                b'{' | b'[' if self.depth != self.base => {
                    self.depth += 1;
                    self.previous = *byte;
                }
                b'\n' | b'\r' | b'{' | b'[' => return at,
                b' ' | b'\t' => {}
                b'"' => {
                    let Some(end) = closing(bytes, at + 1) else { return at };
                    self.previous = b'"';
                    at = end;
                    // What stands between most strings.
                    if let Some([between @ (b':' | b','), b' ', b'"']) = bytes.get(end + 1..end + 4) {
                        self.previous = *between;
                        at += 2;
                    }
                }
                _ => {
                    self.depth = self.depth.saturating_sub(u32::from(matches!(byte, b'}' | b']')));
                    self.previous = *byte;
                }
            }
            at += 1;
        }
        at
    }

    /// Passes over the item whose bracket, at an offset of the input, begins these bytes and has been looked at, if it can
    /// be recorded: how long it is. What [`JsonCutter::step`] would do on the way is known of such an item.
    fn pass(&mut self, bytes: &[u8], offset: u64) -> Option<usize> {
        let known = match self.items {
            Indent::Candidate(_) => return None,
            Indent::Known(indent) => Some(indent),
            Indent::Unknown | Indent::Unusable => None,
        };
        let recorder = self.recorder.as_mut().filter(|_| self.wrapped == 0)?;
        let length = recorder.record(offset, bytes)?;
        let within = bytes.get(..length).unwrap_or_default();
        if known.is_some_and(|indent| has_line_of_item(within, indent)) {
            recorder.forget();
            return None;
        }
        (self.depth, self.previous) = (self.base, b'}');
        Some(length)
    }

    /// How many of these bytes, which are in a string, say nothing: up to the quote or the line break that ends it.
    fn skip(&mut self, bytes: &[u8]) -> usize {
        let mut from = 0;
        loop {
            let rest = bytes.get(from..).unwrap_or_default();
            let found = memchr::memchr3(b'"', b'\n', b'\r', rest);
            let end = from + found.unwrap_or(rest.len());
            let before = bytes.get(..end).unwrap_or_default();
            let escaped = before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
            if found.is_none() {
                self.escaped = escaped;
                return end;
            }
            if !escaped || bytes.get(end) != Some(&b'"') {
                return end;
            }
            from = end + 1;
        }
    }
}

/// Whether a line begins an object with the indent of items.
fn has_line_of_item(bytes: &[u8], indent: u32) -> bool {
    memchr::memchr2_iter(b'\n', b'\r', bytes).any(|at| {
        let line = bytes.get(at + 1..).unwrap_or_default();
        let bracket = line.iter().position(|byte| !matches!(byte, b' ' | b'\t'));
        bracket == Some(indent as usize) && line.get(indent as usize) == Some(&b'{')
    })
}

/// The quotation mark that closes a string on its line.
fn closing(bytes: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = next(bytes, from, |byte| (byte == b'"') | (byte == b'\\') | (byte == b'\n') | (byte == b'\r'));
        match bytes.get(at..)? {
            [b'"', ..] => return Some(at),
            [b'\\', escaped, ..] if !matches!(escaped, b'\n' | b'\r') => from = at + 2,
            _ => return None,
        }
    }
}

impl Cutter for JsonCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        let bytes = window.from(self.next);
        let mut at = 0;
        while at < bytes.len() {
            if self.is_plain() {
                at = self.run(bytes, at);
            } else if self.in_string && !self.escaped && self.wrapped == 0 {
                at += self.skip(bytes.get(at..).unwrap_or_default());
            }
            let Some(byte) = bytes.get(at) else { break };
            let offset = self.next + at as u64;
            let begins = self.step(*byte);
            if begins && offset > 0 {
                borders.push(offset);
            }
            let passed = if begins { self.pass(bytes.get(at..).unwrap_or_default(), offset) } else { None };
            at += passed.unwrap_or(1);
        }
        self.next += bytes.len() as u64;
    }

    fn outline(&mut self, from: u64, to: u64) -> Option<Outline> {
        let recorder = self.recorder.as_mut()?;
        Some(Box::new(recorder.take(from, to)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_are_taken_as_one_by_one(text in "(\\{\"items\":)?[\\[{}\\]\",:a \\\\\n\r\t]{0,40}", step in 1usize..50) {
            let mut cutter = JsonCutter::within(&["items"]);
            let mut borders = Vec::new();
            for end in (step..text.len()).step_by(step).chain([text.len()]) {
                let window = Window { bytes: &text.as_bytes()[..end], start: 0, at_end: end == text.len() };
                cutter.advance(window, &mut borders);
            }
            let mut plain = JsonCutter::within(&["items"]);
            let expected: Vec<u64> = (0..).zip(text.bytes()).filter(|(at, byte)| plain.step(*byte) && *at > 0).map(|it| it.0).collect();
            prop_assert_eq!(borders, expected);
        }
    }

    proptest! {
        #[test]
        fn items_are_passed_over_as_byte_by_byte(
            parts in prop::collection::vec(prop::sample::select(PARTS), 0..24),
            lead in "\\[?\n?",
            step in 1usize..40,
        ) {
            let text = lead + &parts.concat();
            let mut plain = JsonCutter::within(&["items"]);
            let expected: Vec<u64> = (0..).zip(text.bytes()).filter(|(at, byte)| plain.step(*byte) && *at > 0).map(|it| it.0).collect();
            let (mut cutter, mut borders) = (JsonCutter::within(&["items"]), Vec::new());
            for end in (step..text.len()).step_by(step).chain([text.len()]) {
                let window = Window { bytes: &text.as_bytes()[..end], start: 0, at_end: end == text.len() };
                cutter.advance(window, &mut borders);
            }
            prop_assert_eq!(&borders, &expected);
            let starts = std::iter::once(0).chain(expected.iter().map(|at| *at as usize));
            for (from, to) in starts.zip(expected.iter().map(|at| *at as usize).chain([text.len()])) {
                let mut outline = cutter.recorder.as_mut().map(|recorder| recorder.take(from as u64, to as u64)).unwrap();
                if let Some((members, end)) = outline.item(&text[from..to], 0) {
                    let item: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text[from..from + end]).unwrap();
                    prop_assert!(members.iter().all(|(name, value)| item.contains_key(&**name) && value.parse::<serde_json::Value>().is_ok()));
                    prop_assert!(from + end <= to);
                }
            }
        }
    }

    /// What JSON is made of, sound or not.
    const PARTS: &[&str] = &[
        "[", "]", "{", "}", ",", ":", "\n", " ", "\"", "\\", "{\"a\":1}", "{\"a\":[1.5e3,{}],\"b\":\"x\\\"}\"}", "\n  {\"a\":\n  {\"b\":null}}",
        ",\n{\n \"a\": [\n  {\"b\": 1},\n{}\n ]\n}", "{\"items\": [",
    ];

    fn items(text: &str) -> Vec<&str> {
        let mut borders = Vec::new();
        let window = Window { bytes: text.as_bytes(), start: 0, at_end: true };
        JsonCutter::default().advance(window, &mut borders);
        let ends = borders.iter().skip(1).map(|it| *it as usize).chain([text.len()]);
        borders
            .iter()
            .zip(ends)
            .map(|(start, end)| text[*start as usize..end].trim_end_matches([',', '\n', ']', ' ']))
            .collect()
    }

    #[test]
    fn items_of_arrays_and_lines() {
        assert_eq!(items("[{\"a\":[{}]},{\"b\":\"}{\"}]"), ["{\"a\":[{}]}", "{\"b\":\"}{\"}"]);
        assert_eq!(items(" {\"a\":1}\n{\"b\":2}"), ["{\"a\":1}", "{\"b\":2}"]);
        assert_eq!(items("[\n{\n\"a\":{\n\"b\":[\n{\n}\n]}}]").len(), 1, "white space that says nothing is not heeded");
    }

    #[test]
    fn items_in_wrappers() {
        let borders = |text: &str, step: usize| {
            let mut cutter = JsonCutter::within(&["message", "items"]);
            let mut borders = Vec::new();
            for end in (step..text.len()).step_by(step).chain([text.len()]) {
                let window = Window { bytes: &text.as_bytes()[..end], start: 0, at_end: end == text.len() };
                cutter.advance(window, &mut borders);
            }
            borders.iter().map(|at| &text[*at as usize..]).map(|rest| rest[..6].to_owned()).collect::<Vec<_>>()
        };
        let text = r#"{"a":[{}],"message":{"q":{},"items":[{"b":[{}]},{"c":"\"{"}],"z":{}}}"#;
        let simple = r#"{"items": [ {"b":1} , {"c":"\\"} ]}"#;
        for step in 1..text.len() {
            assert_eq!(borders(text, step), ["{\"b\":[", "{\"c\":\""], "in steps of {step}");
            assert_eq!(borders(simple, step), ["{\"b\":1", "{\"c\":\""], "in steps of {step}");
        }
        assert_eq!(borders(r#"[{"items":[{"x":1}]},{"y":2}]"#, 5).len(), 2, "an array has no wrapper");
    }

    #[test]
    fn damage_ends_with_its_item() {
        let unclosed = "[\n  {\n    \"a\": \"x,\n    \"b\": {\n  },\n  {\n    \"c\": 1\n  }\n]";
        assert_eq!(items(unclosed).len(), 2);
        assert_eq!(items("{\"a\":{\n{\"b\":1}\n{\"c\":2}"), ["{\"b\":1}", "{\"c\":2}"]);
    }
}
