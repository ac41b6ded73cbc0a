//! Lines of RIS: which have a tag, and which continue the line before. Section 3.5 of the mapping reference.
//!
//! A tag is two characters, a letter and a letter or digit; then come two spaces, a hyphen and a space. Files in the wild
//! have one space or a tab, or none, and tags in lower case. All of that is read where it cannot be running text: the
//! cutter, the reader and the writer ask the same functions.

use super::map::MAPPING;

/// A line with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tagged<'a> {
    /// The tag as it stands.
    pub(super) tag: &'a str,
    /// What stands behind the hyphen, without white space around it.
    pub(super) value: &'a str,
}

/// What makes a line tagged, whatever its tag.
struct Head {
    tag: [u8; 2],
    /// White space before the tag.
    indent: usize,
    /// White space before the hyphen.
    gap: usize,
    /// Where the value begins.
    value: usize,
}

/// The most white space before the hyphen.
const MAX_GAP: usize = 4;
/// The most white space before the tag.
const MAX_INDENT: usize = 4;

fn head(line: &[u8]) -> Option<Head> {
    let mark = if line.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let rest = line.get(mark..)?;
    let blank = |bytes: &[u8]| bytes.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let indent = blank(rest);
    let [first, second, after @ ..] = rest.get(indent..)? else { return None };
    if indent > MAX_INDENT || !first.is_ascii_alphabetic() || !second.is_ascii_alphanumeric() {
        return None;
    }
    let gap = blank(after);
    if gap > MAX_GAP || after.get(gap) != Some(&b'-') {
        return None;
    }
    Some(Head { tag: [*first, *second], indent, gap, value: mark + indent + 3 + gap })
}

impl Head {
    fn is(&self, tag: &str) -> bool {
        self.tag.eq_ignore_ascii_case(tag.as_bytes())
    }

    fn is_upper(&self) -> bool {
        !self.tag.iter().any(u8::is_ascii_lowercase)
    }

    fn is_known(&self) -> bool {
        self.is("TY") || self.is("ER") || MAPPING.tags.iter().any(|tag| self.is(tag.name))
    }

    /// Whether the tag is beyond doubt: `XX  - `, in upper case or known. Otherwise it must be known and in upper case
    /// and have a space behind the hyphen; without a space before it, too, it must begin or end a record.
    fn is_sure(&self, line: &[u8]) -> bool {
        if self.gap >= 2 {
            return if self.indent == 0 && self.is_upper() { true } else { self.is_known() };
        }
        let behind = line.get(self.value).is_none_or(u8::is_ascii_whitespace);
        self.is_upper() && behind && self.indent == 0 && self.is_known()
    }
}

/// Whether a record begins with a line that begins with these bytes.
pub(super) fn begins_record(line: &[u8]) -> bool {
    head(line).is_some_and(|head| head.is("TY") && (head.is_sure(line) || (head.is_upper() && head.indent == 0)))
}

/// Whether a record ends with a line that begins with these bytes.
pub(super) fn ends_record(line: &[u8]) -> bool {
    head(line).is_some_and(|head| head.is("ER") && head.is_sure(line))
}

/// The tag and the value of a line, if it has a tag.
pub(super) fn tagged(line: &str) -> Option<Tagged<'_>> {
    let bytes = line.as_bytes();
    // Most lines that are not tagged show it here.
    if bytes.len() < 3 {
        return None;
    }
    let head = head(bytes)?;
    if !head.is_sure(bytes) && !begins_record(bytes) {
        return None;
    }
    let tag = line.get(head.value - 3 - head.gap..head.value - 1 - head.gap)?;
    Some(Tagged { tag, value: line.get(head.value..)?.trim() })
}

/// Whether a line of a value could be taken for one with a tag, so that it may not stand alone.
pub(super) fn could_be_tagged(line: &str) -> bool {
    tagged(line).is_some() || begins_record(line.as_bytes()) || ends_record(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_as_files_have_them() {
        for (line, want) in [
            ("TI  - A title", Some(("TI", "A title"))),
            ("TI - A title", Some(("TI", "A title"))),
            ("TI\t- A title", Some(("TI", "A title"))),
            ("TI- A title", Some(("TI", "A title"))),
            ("ti  - A title", Some(("ti", "A title"))),
            ("TI  -A title", Some(("TI", "A title"))),
            ("TI  -", Some(("TI", ""))),
            ("TY-JOUR", Some(("TY", "JOUR"))),
            ("\u{feff}TY  - JOUR", Some(("TY", "JOUR"))),
            ("  TI  - A title", Some(("TI", "A title"))),
            ("Z9  - unknown", Some(("Z9", "unknown"))),
            ("ER-positive tumours", None),
            ("co-operative", None),
            ("an - example", None),
            ("to  - be", None),
            ("T- cells", None),
            ("", None),
        ] {
            let found = tagged(line);
            assert_eq!(found.map(|it| (it.tag, it.value)), want, "{line}");
        }
    }

    #[test]
    fn borders() {
        assert!(begins_record(b"TY  - JOUR") && begins_record(b"ty  - jour") && begins_record(b"TY - BOOK"));
        assert!(!begins_record(b"ty-") && !begins_record(b"TITY  - "));
        assert!(ends_record(b"ER  -") && ends_record(b"ER  - x") && ends_record(b"ER -") && ends_record(b"ER-"));
        assert!(!ends_record(b"ER-positive"));
    }
}
