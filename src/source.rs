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
/// counted once.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a str,
    /// Where the text begins in the input; a block may begin within a line.
    first: Place,
    /// A line start already found, and its line number.
    known: (usize, u64),
}

/// The longest piece of a line that a span keeps, in characters.
const LINE_LIMIT: usize = 200;

impl<'a> Locator<'a> {
    /// For a block that begins at this place.
    pub fn new(text: &'a str, first: Place) -> Locator<'a> {
        Locator { text, first, known: (0, first.line) }
    }

    /// How many characters of an offset's line stand before the line's start in the text.
    fn ahead(&self, line_start: usize) -> u32 {
        if line_start == 0 { self.first.column.saturating_sub(1) } else { 0 }
    }

    /// The place of an offset (rounded down to a character, held within the text).
    pub fn place(&mut self, offset: usize) -> Place {
        let (start, offset) = self.line_start(offset);
        let column = self.text[start..offset].chars().count() as u32 + 1 + self.ahead(start);
        Place { input: self.first.input, line: self.known.1, column }
    }

    /// The span of a range of offsets. Its text is what of the line stands in `within`: the piece that the span is in, so
    /// that it does not tell where blocks end.
    pub fn span(&mut self, range: Range<usize>, within: Range<usize>) -> Span {
        let (line_start, offset) = self.line_start(range.start);
        let place = self.place(offset);
        let (line_end, _) = line_end(self.text.as_bytes(), offset);
        let start = floor(self.text, within.start.clamp(line_start, offset));
        let end = floor(self.text, within.end.clamp(offset, line_end));
        let until = floor(self.text, range.end.clamp(offset, end));
        let length = self.text[offset..until].chars().count().max(1) as u32;
        let before = self.text[start..offset].chars().count();
        // A long line is shown from a little before the place.
        let skip = before.saturating_sub(LINE_LIMIT / 2) * usize::from(before >= LINE_LIMIT);
        let text: String = self.text[start..end].chars().skip(skip).take(LINE_LIMIT).collect();
        let text_column = place.column.saturating_sub((before - skip) as u32);
        Span { place, length: length.min(LINE_LIMIT as u32), text: text.into(), text_column }
    }

    /// The start of the line with this offset, whose number is then in `known`, and the offset made safe.
    fn line_start(&mut self, offset: usize) -> (usize, usize) {
        let offset = floor(self.text, offset.min(self.text.len()));
        let bytes = self.text.as_bytes();
        let start = memrchr2(b'\n', b'\r', &bytes[..offset]).map_or(0, |at| {
            // An offset between the CR and the LF of one line end belongs to the line that they end.
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') && at + 1 == offset {
                memrchr2(b'\n', b'\r', &bytes[..at]).map_or(0, |before| before + 1)
            } else {
                at + 1
            }
        });
        if start < self.known.0 {
            self.known = (0, self.first.line);
        }
        self.known = (start, self.known.1 + count_line_ends(&bytes[self.known.0..start]));
        (start, offset)
    }
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
