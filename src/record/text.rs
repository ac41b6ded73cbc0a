//! Words for people: a plain string and the markup laid over it.
//!
//! The plain string is always what a format without markup should print: quotation marks stand in it, math stands in
//! it between its dollars, an unknown command by its text. Marks are spans over it, sorted and properly nested, and
//! most texts have none.
//!
//! ```
//! use bibferry::record::{MarkKind, Text};
//! let mut title = Text::plain("Growth of E. coli");
//! title.mark(10, 17, MarkKind::Italic);
//! assert_eq!(title.as_str(), "Growth of E. coli");
//! assert_eq!(title.marks().len(), 1);
//! ```

use super::Parts;
use crate::bytes::{any_pair, any_pair_from, first_pair, pass_pairs};
use std::cmp::Reverse;

/// What a span of text is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// Emphasis.
    Italic,
    /// Strong emphasis.
    Bold,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Small capitals.
    SmallCaps,
    /// Underlined.
    Underline,
    /// Struck out.
    Strike,
    /// Program text.
    Code,
    /// Letters whose case no style may change.
    NoCase,
    /// TeX math; the plain string holds it with its delimiters.
    Math,
    /// A quotation; the plain string holds its marks.
    Quote,
    /// A link to this address.
    Link(Box<str>),
    /// Words in the language of this BCP 47 tag.
    Language(Box<str>),
    /// Source text that could not be understood, verbatim; the plain string holds what can be read of it.
    Raw {
        /// The markup language: `latex`, `html`.
        format: Box<str>,
        /// The source, verbatim.
        source: Box<str>,
    },
}

/// A span of a [`Text`], in bytes of its plain string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
    /// What it is.
    pub kind: MarkKind,
}

/// Words for people: a plain string, and marks laid over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    plain: String,
    marks: Vec<Mark>,
}

impl Text {
    /// A text without markup. White space is made canonical: see [`Text::tidy`].
    pub fn plain(plain: impl Into<String>) -> Text {
        let mut text = Text { plain: plain.into(), marks: Vec::new() };
        text.tidy();
        text
    }

    /// A text of marks that a reader has collected: sorted as [`marks`](Text::marks) says, and nested. One pass, where
    /// [`mark`](Text::mark) looks at every other mark; those that break the rules are left out.
    pub fn with_marks(plain: String, marks: Vec<Mark>) -> Text {
        let mut text = Text { plain, marks };
        let (plain, mut open, mut last) = (&text.plain, Vec::new(), (0, u32::MAX));
        text.marks.retain(|m| {
            while open.last().is_some_and(|&end| end <= m.start) {
                open.pop();
            }
            let (start, end) = (m.start as usize, m.end as usize);
            let fits = start <= end && plain.is_char_boundary(start) && plain.is_char_boundary(end);
            let sorted = m.start > last.0 || (m.start == last.0 && m.end <= last.1);
            let nested = open.last().is_none_or(|&outer| m.end <= outer);
            let keep = fits && sorted && nested && (start < end || matches!(m.kind, MarkKind::Raw { .. }));
            if keep {
                last = (m.start, m.end);
                open.push(m.end);
            }
            keep
        });
        text
    }

    /// A text that its reader made tidy, with marks that are sorted and nested.
    pub(crate) fn of_tidy(plain: String, marks: Vec<Mark>) -> Text {
        debug_assert!(is_tidy(&plain), "{plain:?}");
        Text { plain, marks }
    }

    /// The plain string, without the marks.
    pub fn into_string(self) -> String {
        self.plain
    }

    /// The plain string.
    pub fn as_str(&self) -> &str {
        &self.plain
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.marks.is_empty()
    }

    /// Whether there is nothing in it but white space that does not break.
    pub(crate) fn says_nothing(&self) -> bool {
        self.marks.is_empty() && self.plain.trim_start().is_empty()
    }

    /// The marks: by start, and where two start together the outer first.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Appends plain text as it is. Call [`tidy`](Text::tidy) when the text is complete.
    pub fn push_str(&mut self, more: &str) {
        self.plain.push_str(more);
    }

    /// The length of the plain string in bytes: where the next [`push_str`](Text::push_str) begins.
    pub fn len(&self) -> usize {
        self.plain.len()
    }

    /// Lays a mark over `start..end` of the plain string. Spans that are out of range, cut a character or cross
    /// another mark are refused (`false`). An empty span is kept only for [`MarkKind::Raw`].
    pub fn mark(&mut self, start: usize, end: usize, kind: MarkKind) -> bool {
        let in_range = start <= end && self.plain.is_char_boundary(start) && self.plain.is_char_boundary(end);
        if !in_range || u32::try_from(end).is_err() || (start == end && !matches!(kind, MarkKind::Raw { .. })) {
            return false;
        }
        let (start, end) = (start as u32, end as u32);
        let crosses = |m: &Mark| {
            (m.start < start && start < m.end && m.end < end) || (start < m.start && m.start < end && end < m.end)
        };
        if self.marks.iter().any(crosses) {
            return false;
        }
        let at = self.marks.partition_point(|m| m.start < start || (m.start == start && m.end >= end));
        self.marks.insert(at, Mark { start, end, kind });
        true
    }

    /// Appends another text with its marks.
    pub fn append(&mut self, other: &Text) {
        let base = self.plain.len() as u32;
        self.plain.push_str(&other.plain);
        self.marks.extend(other.marks.iter().map(|m| Mark {
            start: m.start + base,
            end: m.end + base,
            kind: m.kind.clone(),
        }));
    }

    /// Whether white space is canonical: see [`tidy`](Text::tidy).
    pub fn is_tidy(&self) -> bool {
        is_tidy(&self.plain)
    }

    /// Makes white space canonical, which every reader owes the record: no white space at either end, a line feed for
    /// every run that breaks a line, otherwise single spaces (a no-break space stays), no other control characters.
    pub fn tidy(&mut self) {
        if is_tidy(&self.plain) {
            return;
        }
        let mut out = String::with_capacity(self.plain.len());
        // Where each byte of the old string came to lie; marks follow it.
        let mut moved = if self.marks.is_empty() { Vec::new() } else { vec![0u32; self.plain.len() + 1] };
        let mut pending: Option<char> = None;
        for (at, c) in self.plain.char_indices() {
            match c {
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => pending = Some('\n'),
                ' ' | '\t' | '\u{b}' | '\u{c}' => pending = pending.or(Some(' ')),
                c if c.is_control() => {}
                c => {
                    if let Some(space) = pending.take()
                        && !out.is_empty()
                    {
                        out.push(space);
                    }
                    if let Some(slot) = moved.get_mut(at) {
                        *slot = out.len() as u32;
                    }
                    out.push(c);
                    continue;
                }
            }
            if let Some(slot) = moved.get_mut(at) {
                *slot = out.len() as u32;
            }
        }
        if !moved.is_empty() {
            let last = self.plain.len();
            moved[last] = out.len() as u32;
            for mark in &mut self.marks {
                mark.start = moved[mark.start as usize];
                mark.end = moved[mark.end as usize].max(mark.start);
            }
            self.marks.retain(|m| m.start < m.end || matches!(m.kind, MarkKind::Raw { .. }));
            // Where white space was, several may begin together now.
            self.marks.sort_by_key(|m| (m.start, Reverse(m.end)));
        }
        self.plain = out;
    }

    /// What of this text a format may be unable to carry.
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::NONE;
        if memchr::memchr(b'\n', self.plain.as_bytes()).is_some() {
            parts |= Parts::LINE_BREAKS;
        }
        for mark in &self.marks {
            parts |= match mark.kind {
                MarkKind::NoCase => Parts::NO_CASE,
                MarkKind::Math => Parts::MATH,
                MarkKind::Quote => Parts::QUOTE,
                MarkKind::Link(_) => Parts::LINK,
                MarkKind::Raw { .. } => Parts::RAW,
                _ => Parts::MARKUP,
            };
        }
        parts
    }
}

/// Whether [`Text::tidy`] would leave the string as it is; most strings pass the first scan.
fn is_tidy(s: &str) -> bool {
    let bytes = s.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_whitespace) || bytes.last().is_some_and(u8::is_ascii_whitespace) {
        return false;
    }
    // With 1 added, what is no visible ASCII and no space is, as a signed number, no more than a space.
    let is_other =
        |b: u8, next: u8| (b.wrapping_add(1).cast_signed() <= b' '.cast_signed()) | ((b == b' ') & (next == b' '));
    let passed = pass_pairs(bytes, is_other);
    if !any_pair_from(bytes, passed, is_other) {
        return true;
    }
    // Control characters, two spaces, U+0080–U+009F, and what U+2028 and U+2029 end with.
    let perhaps = |b: u8, next: u8| {
        (b < 0x20)
            | (b == 0x7f)
            | ((b == b' ') & (next == b' '))
            | ((b == 0xc2) & (next < 0xa0))
            | ((b == 0x80) & ((next | 1) == 0xa9))
    };
    !any_pair(bytes.get(passed..).unwrap_or_default(), perhaps) || has_no_odd_character(bytes)
}

/// The same of a string that begins and ends with no white space, character by character.
fn has_no_odd_character(bytes: &[u8]) -> bool {
    let is_space = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\n'));
    let mut from = 0;
    let perhaps = |b, next| (b < 0x20) | (b == 0x7f) | (b == 0xc2) | (b == 0xe2) | ((b == b' ') & (next == b' '));
    while let Some(at) = first_pair(bytes.get(from..).unwrap_or_default(), perhaps).map(|at| from + at) {
        let odd = match bytes[at] {
            b'\n' => is_space(at + 1) || at.checked_sub(1).is_some_and(is_space),
            // U+0080–U+009F and U+2028/2029.
            0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x9f)),
            0xe2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
            _ => true,
        };
        if odd {
            return false;
        }
        from = at + 1;
    }
    true
}

impl From<&str> for Text {
    fn from(plain: &str) -> Text {
        Text::plain(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tidy_texts_are_told(text in "([a \\n\\r\\t\0\u{1}\u{7f}\u{85}\u{a0}é\u{2028}–]|[a-z ]{9,17}){0,9}") {
            let mut tidied = text.clone();
            // As `tidy` does it where it looks at each character.
            let mut all = Text { plain: format!(" {text}"), marks: Vec::new() };
            all.tidy();
            tidied.replace_range(.., all.as_str());
            prop_assert_eq!(is_tidy(&text), tidied == text);
        }
    }

    #[test]
    fn white_space_becomes_canonical_and_marks_follow() {
        let mut text = Text::default();
        text.push_str("  a  b \n c\u{0}d ");
        assert!(text.mark(5, 6, MarkKind::Italic));
        text.tidy();
        assert_eq!(text.as_str(), "a b\ncd");
        assert_eq!(text.marks(), [Mark { start: 2, end: 3, kind: MarkKind::Italic }]);
    }

    #[test]
    fn crossing_marks_are_refused() {
        let mut text = Text::plain("abcdef");
        assert!(text.mark(0, 4, MarkKind::Italic));
        assert!(!text.mark(2, 6, MarkKind::Bold));
        assert!(text.mark(0, 2, MarkKind::Bold));
        assert_eq!(text.marks()[0].end, 4);
    }
}
