//! Where things stand in an input: places and spans, with the lines they lie on.
//!
//! Lines end with LF, CR LF or CR alone and are counted from 1; columns are counted in characters from 1, after
//! decoding. A [`Place`] is small enough for every record; a [`Span`] also carries its line, for diagnostics.

use crate::bytes::first;
use memchr::{memchr_iter, memchr2, memrchr2};
use std::ops::Range;

/// A place in one of the inputs of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which input, from 0, in the order of the run.
    pub input: u32,
    /// The line, from 1.
    pub line: u64,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A place, how far it reaches on its line, and the line itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub place: Place,
    /// How many characters it is long on its first line; at least 1.
    pub length: u32,
    /// The line, cut to a sensible length; empty where it is no longer at hand.
    pub text: Box<str>,
    /// The column at which `text` begins: more than 1 where a long line was cut in front.
    pub text_column: u32,
}

impl From<Place> for Span {
    fn from(place: Place) -> Span {
        Span { place, length: 1, text: Box::default(), text_column: 1 }
    }
}

/// How many lines end in these bytes.
pub fn count_line_ends(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    let lone_returns = memchr_iter(b'\r', bytes).filter(|&at| bytes.get(at + 1) != Some(&b'\n')).count();
    (feeds + lone_returns) as u64
}

/// Where the line that contains or begins at `from` ends: the offset of its line end, and the offset behind it.
/// Without a line end both are the length.
pub fn line_end(bytes: &[u8], from: usize) -> (usize, usize) {
    match bytes.get(from..).and_then(|rest| memchr2(b'\n', b'\r', rest)) {
        None => (bytes.len(), bytes.len()),
        Some(ahead) => {
            let end = from + ahead;
            let crlf = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            (end, end + if crlf { 2 } else { 1 })
        }
    }
}

/// The lines of a text with the offset at which each begins, without their line ends.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        let (end, next) = line_end(text.as_bytes(), start);
        at = next;
        Some((start, &text[start..end]))
    })
}

/// Turns offsets of one decoded block into places. Offsets are best asked for in rising order: each byte is then
/// looked at once.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a str,
    /// Where the text begins in the input; a block may begin within a line.
    first: Place,
    /// The start of the line that was asked about last, and its number.
    line: (usize, u64),
    /// The offset in it that was asked about, and how many characters of the line stand before it.
    last: (usize, u32),
}

/// The longest piece of a line that a span keeps, in characters.
const LINE_LIMIT: usize = 200;

/// The most bytes that so many characters have.
const LINE_BYTES: usize = LINE_LIMIT * char::MAX.len_utf8();

impl<'a> Locator<'a> {
    /// For a block that begins at this place.
    pub fn new(text: &'a str, first: Place) -> Locator<'a> {
        Locator { text, first, line: (0, first.line), last: (0, 0) }
    }

    /// How many characters of an offset's line stand before the line's start in the text.
    fn ahead(&self, line_start: usize) -> u32 {
        if line_start == 0 { self.first.column.saturating_sub(1) } else { 0 }
    }

    /// The place of an offset (rounded down to a character, held within the text).
    pub fn place(&mut self, offset: usize) -> Place {
        let offset = floor(self.text, offset.min(self.text.len()));
        self.go_to(offset);
        let (start, line) = self.line;
        Place { input: self.first.input, line, column: self.last.1 + 1 + self.ahead(start) }
    }

    /// The span of a range of offsets. Its text is what of the line stands in `within`: the piece that the span is in, so
    /// that it does not tell where blocks end.
    pub fn span(&mut self, range: Range<usize>, within: Range<usize>) -> Span {
        let place = self.place(range.start);
        let (line_start, offset) = (self.line.0, self.last.0);
        let text = self.text;
        // More of the line than this is not shown.
        let shown = floor(text, text.len().min(offset + LINE_BYTES));
        let (line_end, _) = line_end(&text.as_bytes()[..shown], offset);
        let start = floor(text, within.start.clamp(line_start, offset));
        let end = floor(text, within.end.clamp(offset, line_end));
        let until = floor(text, range.end.clamp(offset, end));
        let length = text[offset..until].chars().count().max(1) as u32;
        let before = text[start..offset].chars().rev().take(LINE_LIMIT).count();
        // A long line is shown from a little before the place.
        let before = if before < LINE_LIMIT { before } else { LINE_LIMIT / 2 };
        let from = text[start..offset].char_indices().rev().take(before).last().map_or(offset, |(at, _)| start + at);
        let text: String = text[from..end].chars().take(LINE_LIMIT).collect();
        let text_column = place.column.saturating_sub(before as u32);
        Span { place, length: length.min(LINE_LIMIT as u32), text: text.into(), text_column }
    }

    /// Finds the line of an offset that begins a character, and what stands before it there: from where was asked last,
    /// on or back.
    fn go_to(&mut self, offset: usize) {
        let bytes = self.text.as_bytes();
        let characters = |range: Range<usize>| self.text[range].chars().count() as u32;
        let (from, before) = self.last;
        if offset < self.line.0 {
            let start = line_start(bytes, 0, offset).unwrap_or(0);
            self.line = (start, self.line.1 - count_line_ends(&bytes[start..self.line.0]));
            self.last = (offset, characters(start..offset));
        } else if offset < from {
            self.last = (offset, before - characters(offset..from));
        } else if let Some(start) = line_start(bytes, from, offset) {
            self.line = (start, self.line.1 + count_line_ends(&bytes[self.line.0..start]));
            self.last = (offset, characters(start..offset));
        } else {
            self.last = (offset, before + characters(from..offset));
        }
    }
}

/// Where the line of an offset begins, if that is behind `from`. An offset between the CR and the LF of one line end
/// belongs to the line that they end.
fn line_start(bytes: &[u8], from: usize, offset: usize) -> Option<usize> {
    let before = |offset: usize| memrchr2(b'\n', b'\r', &bytes[from..offset]).map(|at| from + at);
    let end = before(offset)?;
    let is_between = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') && end + 1 == offset;
    if is_between { before(end) } else { Some(end) }.map(|end| end + 1)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a text has any line end in it.
pub fn is_one_line(text: &str) -> bool {
    first(text.as_bytes(), |byte| (byte == b'\n') | (byte == b'\r')).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_in_all_line_endings() {
        let text = "ab\ncd\r\nef\rgh";
        let mut locator = Locator::new(text, Place { input: 0, line: 7, column: 1 });
        let at = |l: &mut Locator<'_>, offset| {
            let place = l.place(offset);
            (place.line, place.column)
        };
        assert_eq!(at(&mut locator, 0), (7, 1));
        assert_eq!(at(&mut locator, 4), (8, 2));
        assert_eq!(at(&mut locator, 7), (9, 1));
        assert_eq!(at(&mut locator, 11), (10, 2));
        assert_eq!(at(&mut locator, 99), (10, 3));
        assert_eq!(at(&mut locator, 0), (7, 1), "asking backwards works too");
    }

    proptest! {
        #[test]
        fn places_do_not_depend_on_what_was_asked_before(
            text in "[a\u{e9}\u{1d738}\r\n]{0,40}",
            offsets in prop::collection::vec(0..60_usize, 1..12),
        ) {
            let first = Place { input: 0, line: 5, column: 3 };
            let mut locator = Locator::new(&text, first);
            for offset in offsets {
                prop_assert_eq!(locator.place(offset), Locator::new(&text, first).place(offset));
            }
        }
    }

    #[test]
    fn long_lines_are_shown_from_a_little_before() {
        let text = format!("{}X{}", "\u{e9}".repeat(1000), "y".repeat(1000));
        let span = Locator::new(&text, Place { input: 0, line: 1, column: 1 }).span(2000..3000, 0..text.len());
        assert_eq!((span.place.column, span.length, span.text_column), (1001, 200, 901));
        assert_eq!(&*span.text, format!("{}X{}", "\u{e9}".repeat(100), "y".repeat(99)));
    }

    #[test]
    fn spans_stop_at_the_line_end_and_count_characters() {
        let text = "é = \u{1d738}x\nnext";
        let span = Locator::new(text, Place { input: 0, line: 1, column: 1 }).span(5..text.len(), 0..text.len());
        assert_eq!((span.place.column, span.length, &*span.text), (5, 2, "é = \u{1d738}x"));
    }

    #[test]
    fn a_block_may_begin_within_a_line() {
        let first = Place { input: 0, line: 3, column: 10 };
        let span = Locator::new("ab, cd\nef", first).span(4..6, 3..6);
        assert_eq!((span.place.column, span.text_column, &*span.text), (14, 13, " cd"));
        assert_eq!(Locator::new("ab\nef", first).place(3), Place { input: 0, line: 4, column: 1 });
    }

    #[test]
    fn lines_of_mixed_endings() {
        let all: Vec<_> = lines("a\r\n\nb\rc").collect();
        assert_eq!(all, [(0, "a"), (3, ""), (4, "b"), (6, "c")]);
    }
}
