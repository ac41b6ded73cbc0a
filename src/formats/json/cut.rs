//! Where the items of a JSON stream begin: at depth one of an array, or at depth zero of a sequence.
//!
//! A string cannot hold a raw line break, so a line break ends one that was never closed. A bracket that was never
//! closed is made good at the next line that begins an object where JSON has no place for one (behind anything but a
//! comma, a colon or a bracket), or that begins one with the indent that the first item had, if the members of the first
//! item were indented more.

use crate::cut::{Cutter, Window};

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

/// Follows strings and brackets, a byte at a time, each byte once.
#[derive(Debug)]
pub(super) struct JsonCutter {
    /// The offset of the next byte to look at.
    next: u64,
    in_string: bool,
    escaped: bool,
    depth: u32,
    /// Whether anything but white space has been seen.
    begun: bool,
    /// The last byte that was no white space.
    previous: u8,
    /// The white space since the last line break, while there was nothing else on the line.
    line: Option<u32>,
    items: Indent,
}

impl Default for JsonCutter {
    fn default() -> JsonCutter {
        JsonCutter {
            next: 0,
            in_string: false,
            escaped: false,
            depth: 0,
            begun: false,
            previous: 0,
            line: Some(0),
            items: Indent::Unknown,
        }
    }
}

impl JsonCutter {
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
                _ => {}
            }
            return false;
        }
        if byte == b' ' || byte == b'\t' {
            self.line = self.line.map(|indent| indent + 1);
            return false;
        }
        let indent = self.line.take();
        if let (Some(indent), Indent::Candidate(item)) = (indent, self.items) {
            let inside = self.depth > 0 && byte != b'}';
            self.items = if inside && indent <= item { Indent::Unusable } else { Indent::Known(item) };
        }
        let previous = std::mem::replace(&mut self.previous, byte);
        match byte {
            b'"' => self.in_string = true,
            // The outermost bracket of an array is no item.
            b'[' if !self.begun => {}
            b'{' | b'[' => {
                self.begun = true;
                return self.open(byte, indent, previous);
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.begun = true;
        false
    }

    fn open(&mut self, byte: u8, indent: Option<u32>, previous: u8) -> bool {
        if byte == b'{'
            && let Some(indent) = indent
        {
            match self.items {
                Indent::Unknown if self.depth == 0 => self.items = Indent::Candidate(indent),
                Indent::Known(item) if item == indent => self.depth = 0,
                _ => {}
            }
            if !b",:[\0".contains(&previous) {
                self.depth = 0;
            }
        }
        self.depth += 1;
        self.depth == 1
    }
}

impl Cutter for JsonCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        let bytes = window.from(self.next);
        for (at, byte) in bytes.iter().enumerate() {
            let offset = self.next + at as u64;
            if self.step(*byte) && offset > 0 {
                borders.push(offset);
            }
        }
        self.next += bytes.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn damage_ends_with_its_item() {
        let unclosed = "[\n  {\n    \"a\": \"x,\n    \"b\": {\n  },\n  {\n    \"c\": 1\n  }\n]";
        assert_eq!(items(unclosed).len(), 2);
        assert_eq!(items("{\"a\":{\n{\"b\":1}\n{\"c\":2}"), ["{\"b\":1}", "{\"c\":2}"]);
    }
}
