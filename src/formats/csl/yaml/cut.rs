//! Where the items of a list in YAML begin: at a dash with the indent of the first, in the list under `references` or in a
//! list that is all of the file.
//!
//! YAML wants everything inside an item indented more than its dash, so that no line of one can be taken for the next,
//! whatever is in it.

use crate::cut::{Cutter, Window};

/// How much of a line is looked at.
const LOOK: usize = 256;

/// What a line is to the cutter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before any list. `true`: nothing but marks and comments has been there.
    Before(bool),
    /// Behind `references:`.
    Named,
    /// In a list whose dashes have this indent.
    List(usize),
    /// Behind the list.
    Behind,
}

#[derive(Debug)]
pub(super) struct YamlCutter {
    /// The offset of the line that is being scanned.
    line: u64,
    /// How far the scan for its end has come.
    scanned: u64,
    place: Place,
}

impl Default for YamlCutter {
    fn default() -> YamlCutter {
        YamlCutter { line: 0, scanned: 0, place: Place::Before(true) }
    }
}

impl YamlCutter {
    /// Looks at a line: says whether a piece begins with it.
    fn look(&mut self, line: &[u8]) -> bool {
        let line = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| self.line == 0).unwrap_or(line);
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let rest = line.get(indent..).unwrap_or_default().trim_ascii_end();
        let blank = rest.is_empty() || rest.starts_with(b"#");
        let dash = rest == b"-" || rest.starts_with(b"- ");
        let mark = indent == 0 && (rest == b"---" || rest.starts_with(b"%") || rest.starts_with(b"--- #"));
        let (place, begins) = match self.place {
            place if blank => (place, false),
            Place::Before(true) if dash => (Place::List(indent), true),
            Place::Before(true) if mark => (self.place, false),
            Place::Before(_) if indent == 0 && is_name(rest) => (Place::Named, false),
            Place::Before(_) => (Place::Before(false), false),
            Place::Named if dash => (Place::List(indent), true),
            Place::Named if indent == 0 && is_name(rest) => (Place::Named, false),
            Place::Named => (Place::Before(false), false),
            Place::List(at) if indent == at && dash => (self.place, true),
            Place::List(at) if indent > at => (self.place, false),
            Place::List(_) => (Place::Behind, true),
            Place::Behind => (self.place, false),
        };
        self.place = place;
        begins
    }
}

/// `references:`, with nothing behind it but a comment.
pub(super) fn is_name(rest: &[u8]) -> bool {
    let behind = [&b"references:"[..], b"\"references\":", b"'references':"].iter().find_map(|name| rest.strip_prefix(*name));
    behind.is_some_and(|behind| behind.is_empty() || behind.trim_ascii_start().starts_with(b"#"))
}

impl Cutter for YamlCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        loop {
            let rest = window.from(self.scanned);
            let found = memchr::memchr2(b'\n', b'\r', rest);
            let Some(at) = found else {
                self.scanned += rest.len() as u64;
                if window.at_end {
                    self.end_line(window.from(self.line), borders);
                }
                return;
            };
            let length = (self.scanned - self.line) as usize + at;
            let line = window.from(self.line);
            self.end_line(line.get(..length).unwrap_or_default(), borders);
            self.line = self.scanned + at as u64 + 1;
            self.scanned = self.line;
        }
    }
}

impl YamlCutter {
    fn end_line(&mut self, line: &[u8], borders: &mut Vec<u64>) {
        let begins = self.look(line.get(..line.len().min(LOOK)).unwrap_or_default());
        if begins && self.line > 0 {
            borders.push(self.line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, step: usize) -> Vec<&str> {
        let mut cutter = YamlCutter::default();
        let mut borders = Vec::new();
        for end in (step..text.len()).step_by(step).chain([text.len()]) {
            cutter.advance(Window { bytes: &text.as_bytes()[..end], start: 0, at_end: end == text.len() }, &mut borders);
        }
        let ends = borders.iter().skip(1).map(|it| *it as usize).chain([text.len()]);
        borders.iter().zip(ends).map(|(start, end)| &text[*start as usize..end]).collect()
    }

    #[test]
    fn items_begin_at_dashes() {
        let text = "---\ntitle: X\nreferences:\n# c\n  - id: a\n    note: |\n      - no item\n\n      x\n  - id: b\n...\n\n- a bullet\n";
        for step in 1..text.len() {
            assert_eq!(pieces(text, step), [
                "  - id: a\n    note: |\n      - no item\n\n      x\n",
                "  - id: b\n",
                "...\n\n- a bullet\n"
            ]);
        }
        assert_eq!(pieces("- id: a\n- id: b\r\n-\n  id: c\n", 4), ["- id: b\r\n", "-\n  id: c\n"]);
        assert_eq!(pieces("- id: a\n  x: [1,\n   2]\n", 1).len(), 0);
        assert_eq!(pieces("a: b\n- c\n", 1).len(), 0);
    }
}
