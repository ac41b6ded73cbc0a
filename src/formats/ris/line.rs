//! Lines of RIS: which have a tag, and which continue the line before. Section 3.5 of the mapping reference.
//!
//! A tag is two characters, a letter and a letter or digit; then come two spaces, a hyphen and a space. Files in the wild
//! have one space or a tab, or none, and tags in lower case. All of that is read where it cannot be running text: the
//! cutter, the reader and the writer ask the same functions.

use super::map::MAPPING;
use crate::mapping::carry::is_carried;
use crate::bytes::trim;
use std::ops::Range;

/// A line with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tagged<'a> {
    /// The tag as it stands.
    pub(super) tag: &'a str,
    /// The same in upper case.
    pub(super) upper: [u8; 2],
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
    /// How many bytes the hyphen has, or the dash in its place.
    hyphen: usize,
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
    if gap > MAX_GAP {
        return None;
    }
    let hyphen = match after.get(gap..)? {
        [b'-', ..] => 1,
        // Word processors make dashes of hyphens between spaces.
        [0xe2, 0x80, 0x90..=0x95, ..] if gap > 0 => 3,
        _ => return None,
    };
    Some(Head { tag: [*first, *second], indent, gap, hyphen, value: mark + indent + 2 + gap + hyphen })
}

impl Head {
    fn is(&self, tag: &str) -> bool {
        self.tag.eq_ignore_ascii_case(tag.as_bytes())
    }

    fn is_upper(&self) -> bool {
        !self.tag.iter().any(u8::is_ascii_lowercase)
    }

    fn is_known(&self) -> bool {
        let names = MAPPING.tags.iter().map(|tag| tag.name).chain(MAPPING.kept.iter().copied());
        self.is("TY") || self.is("ER") || names.into_iter().any(|name| self.is(name))
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

/// Whether a line could begin or end a record, by its first bytes: `TY` or `ER` in any case, or white space or a mark,
/// behind which they may stand. No line has a tag that its predecessor foretells, so this is one test without branches.
pub(super) fn may_be_border(line: &[u8]) -> bool {
    let Some([first, second]) = line.first_chunk() else { return false };
    let tag = u16::from_be_bytes([first | 0x20, second | 0x20]);
    let is_around = (*first == b' ') | (*first == b'\t') | (*first == 0xef);
    is_around | (tag == u16::from_be_bytes(*b"ty")) | (tag == u16::from_be_bytes(*b"er"))
}

/// Whether a record begins with a line that begins with these bytes.
pub(super) fn begins_record(line: &[u8]) -> bool {
    if !may_be_border(line) {
        return false;
    }
    head(line).is_some_and(|head| head.is("TY") && (head.is_sure(line) || (head.is_upper() && head.indent == 0)))
}

/// Whether a record ends with a line that begins with these bytes.
pub(super) fn ends_record(line: &[u8]) -> bool {
    if !may_be_border(line) {
        return false;
    }
    head(line).is_some_and(|head| head.is("ER") && head.is_sure(line))
}

/// Where in a line that ends a record another begins.
pub(super) fn begins_behind_end(line: &[u8]) -> Option<usize> {
    let value = head(line)?.value;
    let rest = line.get(value..)?;
    let at = value + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    begins_record(line.get(at..)?).then_some(at)
}

/// The tag and the value of a line, if it has a tag.
pub(super) fn tagged(line: &str) -> Option<Tagged<'_>> {
    let bytes = line.as_bytes();
    // Most lines that are not tagged show it here.
    if bytes.len() < 3 {
        return None;
    }
    if let [first @ b'A'..=b'Z', second @ (b'A'..=b'Z' | b'0'..=b'9'), b' ', b' ', b'-', rest @ ..] = bytes {
        // A tag beyond doubt, as nearly all are.
        let from = if rest.first() == Some(&b' ') { 6 } else { 5 };
        return Some(Tagged { tag: line.get(..2)?, upper: [*first, *second], value: trim(line.get(from..)?) });
    }
    tagged_oddly(line)
}

/// The same for lines of any form.
fn tagged_oddly(line: &str) -> Option<Tagged<'_>> {
    let bytes = line.as_bytes();
    let head = head(bytes)?;
    if !head.is_sure(bytes) && !begins_record(bytes) {
        return None;
    }
    let tag = line.get(head.value - head.hyphen - head.gap - 2..head.value - head.hyphen - head.gap)?;
    Some(Tagged { tag, upper: head.tag.map(|byte| byte.to_ascii_uppercase()), value: trim(line.get(head.value..)?) })
}

/// The most columns of a line that was broken to fit.
const WIDEST: usize = 90;
/// The fewest columns of the widest of such lines.
const NARROWEST: usize = 55;

/// Whether the lines of a value are one that was broken to fit: three at least, of which none could have held the first
/// word of the next.
pub(super) fn is_wrapped(value: &str) -> bool {
    let width = |line: &str| line.chars().count();
    let lines: Vec<&str> = value.lines().collect();
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    // The tag stood before the first.
    let full = |pair: &[&str]| match pair {
        [line, next] => {
            let word = next.split(' ').next().unwrap_or_default();
            !line.is_empty() && width(line) + 1 + width(word) > widest.saturating_sub(2)
        }
        _ => true,
    };
    // Carried lines are lines.
    lines.len() > 2
        && !is_carried(value)
        && (NARROWEST..=WIDEST).contains(&widest)
        && lines.get(1..).is_some_and(|rest| rest.windows(2).all(full))
        && lines.first().is_some_and(|first| width(first) + 8 + WIDEST / 6 > widest)
}

/// Whether a line of a text was broken to fit, given what stands between its last word and the first of the next: one end
/// of a line, with white space before it as between two words or with that by which tags are set off behind it; and the
/// next word would have made it long.
pub(super) fn is_broken_at(text: &str, between: Range<usize>, next: &str) -> bool {
    let (Some(before), Some(gap)) = (text.get(..between.start), text.get(between)) else { return false };
    let line_end = gap.trim_start_matches(' ');
    let indent = line_end.trim_start_matches(['\r', '\n']);
    let is_spaced = line_end.len() < gap.len();
    // The writer keeps lines from being tags by as much.
    let is_indented = indent.len() >= MAX_INDENT && !could_be_tagged(next);
    if !(is_spaced || is_indented) || !matches!(line_end.strip_suffix(indent), Some("\n" | "\r\n" | "\r")) {
        return false;
    }
    let start = memchr::memrchr2(b'\n', b'\r', before.as_bytes()).map_or(0, |at| at + 1);
    let word = next.split(' ').next().unwrap_or_default();
    before.get(start..).is_some_and(|line| line.chars().count() + 1 + word.chars().count() > NARROWEST)
}

/// Whether a tag that no table knows can stand at the beginning of a line.
pub(super) fn is_tag(tag: &str) -> bool {
    tag.len() == 2 && tagged(&[tag, "  - "].concat()).is_some() && !matches!(tag.to_ascii_uppercase().as_str(), "TY" | "ER")
}

/// The name and the value of a line whose tag is longer than RIS has them: `PMID  - 12345678`.
pub(super) fn long_tagged(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_at_checked(line.bytes().take_while(u8::is_ascii_alphanumeric).count())?;
    let value = rest.trim_start_matches([' ', '\t']);
    let is_tag = (3..=8).contains(&name.len())
        && name.bytes().all(|byte| !byte.is_ascii_lowercase())
        && (1..=MAX_GAP).contains(&(rest.len() - value.len()));
    value.strip_prefix("- ").filter(|_| is_tag).map(|value| (name, trim(value)))
}

/// Whether a tag is that which ends a record. As an extra it has what the source had behind it.
pub(super) fn is_end(tag: &str) -> bool {
    matches!(tag.as_bytes(), [b'E' | b'e', b'R' | b'r'])
}

/// Whether a line of a value could be taken for one with a tag, so that it may not stand alone.
pub(super) fn could_be_tagged(line: &str) -> bool {
    tagged(line).is_some() || begins_record(line.as_bytes()) || ends_record(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            ("PA - 1 High St", Some(("PA", "1 High St"))),
            ("TY-JOUR", Some(("TY", "JOUR"))),
            ("TI  – A title", Some(("TI", "A title"))),
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
    fn tags_of_more_letters() {
        for (line, want) in [
            ("PMID  - 12345678", Some(("PMID", "12345678"))),
            ("DOI - 10.1000/182", Some(("DOI", "10.1000/182"))),
            ("UR  - https://a.example", None),
            ("Pmid  - 1", None),
            ("ABC-DEF", None),
            ("a.example/PMID  - 1", None),
        ] {
            assert_eq!(long_tagged(line), want, "{line}");
        }
    }

    proptest! {
        #[test]
        fn tags_beyond_doubt_are_no_others(line in "[TYaE9\u{feff} -]{0,3}[-T \t–]{0,5}[ -x\u{a0}\u{b}]{0,4}") {
            prop_assert_eq!(tagged(&line), (line.len() >= 3).then(|| tagged_oddly(&line)).flatten());
        }
    }

    #[test]
    fn borders() {
        assert!(begins_record(b"TY  - JOUR") && begins_record(b"ty  - jour") && begins_record(b"TY - BOOK"));
        assert!(!begins_record(b"ty-") && !begins_record(b"TITY  - "));
        assert!(ends_record(b"ER  -") && ends_record(b"ER  - x") && ends_record(b"ER -") && ends_record(b"ER-"));
        assert!(!ends_record(b"ER-positive"));
    }

    #[test]
    fn lines_that_were_broken_to_fit() {
        let wrapped = "A serum was given to forty examples, of which all but a few did as the\nothers had done before them; the few were given another, and did well after\nthat. We conclude.";
        assert!(is_wrapped(wrapped));
        assert!(!is_wrapped("BACKGROUND: Examples.\nMETHODS: We gave a serum to forty examples and watched them.\nRESULTS: They did."));
        assert!(!is_wrapped("One\ntwo\nthree"));
    }
}
