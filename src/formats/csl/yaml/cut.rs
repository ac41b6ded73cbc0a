//! Where the items of a list in YAML begin: at a dash with the indent of the first, in the list under `references` or in a
//! list that is all of the file.
//!
//! YAML wants everything inside an item indented more than its dash, so that no line of one can be taken for the next,
//! whatever is in it. Behind a line that is indented less, and does not end the document, the list goes on: it is damage, or
//! another name of the file.

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
    /// In a list whose dashes have this indent, which has a name or is all of the file.
    List(usize, Named),
    /// Behind something else behind such a list, which goes on with an item with this indent.
    Other(usize, Named, Other),
    /// Behind the list.
    Behind,
}

/// Whether a list has a name, beside which the file may have others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Yes,
    No,
}

/// What stands behind a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    /// Another name of the file, which may have a list, too.
    Name,
    /// Text that is none of the file's.
    Damage,
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
        // A tab is no indent, but its line is meant to be of the item, which is damaged, not at an end.
        let tab = rest.first() == Some(&b'\t');
        let mark = indent == 0 && (rest == b"---" || rest.starts_with(b"%") || rest.starts_with(b"--- #"));
        let (place, begins) = match self.place {
            place if blank => (place, false),
            Place::Before(true) if dash => (Place::List(indent, Named::No), true),
            Place::Before(true) if mark => (self.place, false),
            Place::Before(_) if indent == 0 && is_name(rest) => (Place::Named, false),
            Place::Before(_) => (Place::Before(false), false),
            Place::Named if dash => (Place::List(indent, Named::Yes), true),
            Place::Named if indent == 0 && is_name(rest) => (Place::Named, false),
            Place::Named => (Place::Before(false), false),
            Place::List(at, _) if indent == at && dash => (self.place, true),
            Place::List(at, _) if indent > at || tab => (self.place, false),
            Place::List(..) if ends_document(rest) => (Place::Behind, true),
            Place::List(at, Named::Yes) if is_member(rest) => (Place::Other(at, Named::Yes, Other::Name), true),
            Place::List(at, named) => (Place::Other(at, named, Other::Damage), true),
            Place::Other(..) if ends_document(rest) => (Place::Behind, false),
            Place::Other(at, named, other)
                if indent == at && dash && (other == Other::Damage || begins_item(rest)) =>
            {
                (Place::List(at, named), true)
            }
            Place::Other(..) | Place::Behind => (self.place, false),
        };
        self.place = place;
        begins
    }
}

/// Whether a line is the mark at the end of a document, or between two.
pub(super) fn ends_document(rest: &[u8]) -> bool {
    [&b"---"[..], b"..."].iter().any(|mark| rest.strip_prefix(*mark).is_some_and(|it| it.is_empty() || it[0] == b' '))
}

/// Whether a line is a name with its value, or with one on the next lines.
pub(super) fn is_member(rest: &[u8]) -> bool {
    let end = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-\"'".contains(byte)).count();
    end > 0 && rest.get(end) == Some(&b':') && rest.get(end + 1).is_none_or(u8::is_ascii_whitespace)
}

/// Whether a line begins an item, by a member that nearly all have.
fn begins_item(rest: &[u8]) -> bool {
    let member = rest.strip_prefix(b"- ").map(<[u8]>::trim_ascii_start).unwrap_or_default();
    [&b"id:"[..], b"type:", b"title:", b"\"id\":", b"'id':"].iter().any(|name| member.starts_with(name))
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

    #[test]
    fn damage_costs_one_item() {
        let list = "- id: a\n- id: b\nmail me\n  x: y\n- id: c\nx: y\n- d\n---\n- e\n";
        assert_eq!(pieces(list, 7), ["- id: b\n", "mail me\n  x: y\n", "- id: c\n", "x: y\n", "- d\n", "---\n- e\n"]);
        assert_eq!(pieces("- id: a\n- id: b\n\ttitle: B\n- id: c\n", 7), ["- id: b\n\ttitle: B\n", "- id: c\n"]);
        let named = "references:\n- id: a\nmail me\n- id: b\nlang: en\nauthor:\n- Roe\n- id: c\n";
        assert_eq!(pieces(named, 7), [
            "- id: a\n",
            "mail me\n",
            "- id: b\n",
            "lang: en\nauthor:\n- Roe\n",
            "- id: c\n"
        ]);
    }
}
