//! The common case: words with accents, with groups, dashes, ties and escaped signs, and no more.
//!
//! Nearly every field is such text. It is read here in one pass without the machine of [`Reader`](super::Reader); where
//! anything else turns up, nothing is read and the reader does all of it. What is read here is what the reader makes of
//! it: that is tested with random strings of all that has a meaning to either.

use super::super::tables;
use super::entities;
use crate::bytes::{first_pair, first_pair_from};
use crate::record::{Mark, MarkKind, Text};
use smallvec::SmallVec;
use unicode_normalization::char::compose;

/// How many groups may stand in one another. Each is looked through for letters when it closes.
const MAX_DEPTH: usize = 4;

/// The text of LaTeX without commands but those of letters and escaped signs; `None` if there is anything else.
pub(super) fn common(latex: &str) -> Option<Text> {
    let bytes = latex.as_bytes();
    if is_short_word(bytes) {
        return Some(Text::of_tidy(latex.to_owned(), Vec::new()));
    }
    if bytes.first() == Some(&b' ') {
        return None;
    }
    let mut at = first_pair(bytes, stops).unwrap_or(bytes.len());
    if at == bytes.len() {
        return (bytes.last() != Some(&b' ')).then(|| Text::of_tidy(latex.to_owned(), Vec::new()));
    }
    let mut read = Common { latex, out: String::with_capacity(latex.len()), marks: Vec::new(), open: SmallVec::new() };
    let mut from = 0;
    loop {
        let run = latex.get(from..at)?;
        if run.starts_with(' ') && (read.out.is_empty() || read.out.ends_with(' ')) {
            return None;
        }
        read.out.push_str(run);
        let Some(&byte) = bytes.get(at) else { break };
        from = at + read.sign(byte, at, run.is_empty())?;
        at = first_pair_from(bytes, from, stops).unwrap_or(bytes.len());
    }
    read.finish()
}

/// What is read so far.
struct Common<'l> {
    latex: &'l str,
    out: String,
    marks: Vec<Mark>,
    /// Open groups: where the text of each begins, and its place among the marks if it may protect letters.
    open: SmallVec<[(usize, Option<usize>); MAX_DEPTH]>,
}

impl Common<'_> {
    /// Reads what begins with a byte that stops a run of text, which may be empty; says how many bytes it takes.
    #[inline]
    fn sign(&mut self, byte: u8, at: usize, alone: bool) -> Option<usize> {
        let (latex, bytes) = (self.latex, self.latex.as_bytes());
        let next = bytes.get(at + 1);
        let (c, len) = match byte {
            b'{' if next == Some(&b'}') => return Some(2),
            b'{' => return self.begin_group(next),
            b'}' => return self.end_group(),
            b'\\' => match next? {
                b'&' if entities::may_end(latex.get(at + 2..)?) => return None,
                b'&' | b'%' | b'#' | b'$' | b'_' => (char::from(*next?), 2),
                _ => spelled(bytes.get(at..)?)?,
            },
            b'-' if bytes.get(at + 2) == Some(&b'-') => ('—', 3),
            b'-' => ('–', 2),
            // In an address, `~` may be what it is.
            b'~' if at.checked_sub(1).is_none_or(|before| bytes.get(before) != Some(&b'/')) => ('\u{a0}', 1),
            b'\n' | b'\r' => return self.line_end(at, alone),
            b'&' if entities::may_end(latex.get(at + 1..)?) => return None,
            // Two of these mean no more than one.
            b'!'..=b'#' | b'%' | b'&' | b'('..=b'+' | b'.' | b'/' | b'|' => (char::from(byte), 1),
            0x80.. => return self.letters(at),
            _ => return None,
        };
        self.out.push(c);
        Some(len)
    }

    fn begin_group(&mut self, next: Option<&u8>) -> Option<usize> {
        if self.open.len() == MAX_DEPTH {
            return None;
        }
        // `{\` is a special character to BibTeX, which protects nothing.
        let mark = (next != Some(&b'\\')).then(|| {
            self.marks.push(Mark { start: self.out.len() as u32, end: 0, kind: MarkKind::NoCase });
            self.marks.len() - 1
        });
        self.open.push((self.out.len(), mark));
        Some(1)
    }

    fn end_group(&mut self) -> Option<usize> {
        let (begin, mark) = self.open.pop()?;
        if let Some(mark) = mark {
            let protects = self.out.get(begin..)?.chars().any(super::letters::is_cased);
            self.marks.get_mut(mark)?.end = if protects { self.out.len() as u32 } else { 0 };
        }
        Some(1)
    }

    /// A line end is a space; the one before it is dropped, unless the end of a group is between them.
    fn line_end(&mut self, at: usize, alone: bool) -> Option<usize> {
        let space = self.latex.as_bytes().get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace());
        let (len, lines) = space.fold((0, 0), |(len, lines), byte| (len + 1, lines + usize::from(*byte == b'\n')));
        let follows = self.out.ends_with(' ');
        if lines > 1 || self.out.is_empty() || (follows && alone) {
            return None;
        }
        self.out.push_str(if follows { "" } else { " " });
        Some(len)
    }

    /// Letters beyond ASCII that need no composing.
    fn letters(&mut self, at: usize) -> Option<usize> {
        let rest = self.latex.get(at..)?;
        let len = rest.find(|c| !stands_alone(c)).unwrap_or(rest.len());
        self.out.push_str(rest.get(..len)?);
        (len > 0).then_some(len)
    }

    fn finish(mut self) -> Option<Text> {
        if !self.open.is_empty() || self.out.ends_with(' ') {
            return None;
        }
        // A group without a letter protects nothing, and two around the same protect no more than one.
        self.marks.retain(|mark| mark.end > mark.start);
        self.marks.dedup();
        Some(Text::of_tidy(self.out, self.marks))
    }
}

/// Whether a byte, followed by this one, may be anything but itself: what has a meaning in TeX, what begins an entity,
/// white space other than single spaces, control characters, and letters that may need composing (U+0300 and above).
fn stops(byte: u8, next: u8) -> bool {
    // 0xcc..=0xff and 0..=0x1f; `{`, `|`, `}`, `~` and U+007F.
    let outside = (byte.wrapping_sub(0xcc) < 0x54) | (byte.wrapping_sub(b'{') < 5);
    // `$` and `&` are a bit apart.
    let command = (byte == b'\\') | (byte | 2 == b'&') | (byte == b'`');
    // U+0080 to U+00BF: some of them are control characters.
    let control = byte == 0xc2;
    // Two spaces, dashes, quotation marks; `..` and `//` go the same way.
    let doubled = (byte == next) & (byte < b'0');
    outside | command | control | doubled
}

/// Whether a string is certainly the same in LaTeX, whether it is read or written: it has nothing that
/// [`stops`](stops) the reader, no sign that LaTeX takes for itself, and if only ASCII may be written, nothing else.
pub(crate) fn is_same(string: &str, ascii: bool) -> bool {
    let bytes = string.as_bytes();
    let own = |byte: u8, next| {
        // `#`, `$`, `%`, `&`; `^`, `_` and `` ` ``.
        let sign = (byte.wrapping_sub(b'#') < 4) | (byte.wrapping_sub(b'^') < 3);
        stops(byte, next) | sign | (ascii & (byte >= 0x80))
    };
    let spaces = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    is_short_word(bytes) || (!spaces && first_pair(bytes, own).is_none())
}

/// Numbers, years, abbreviations, in which there is nothing to look for.
fn is_short_word(bytes: &[u8]) -> bool {
    bytes.len() <= 8 && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// Whether a character is neither a control character nor one that may have to be composed: signs of Latin-1, Greek,
/// Cyrillic, Latin with several accents, dashes and quotation marks, Chinese, Japanese, Korean.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{a0}'..='\u{2ff}' | '\u{391}'..='\u{3ce}' | '\u{400}'..='\u{482}' | '\u{1e00}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A letter that is spelled with a command, and the length of that: `{\"o}`, `\'{\i}`, `{\v s}`, `{\o}`, `\ss{}`. At the
/// beginning of a string, in UTF-8 or not.
pub(crate) fn letter(source: &[u8]) -> Option<(char, usize)> {
    if source.first() != Some(&b'{') {
        return spelled(source);
    }
    let (c, len) = spelled(source.get(1..)?)?;
    (source.get(1 + len) == Some(&b'}')).then_some((c, len + 2))
}

/// The same without braces around it.
fn spelled(source: &[u8]) -> Option<(char, usize)> {
    let rest = source.strip_prefix(b"\\")?;
    let is_letter = |at: usize| rest.get(at).is_some_and(u8::is_ascii_alphabetic);
    let len = match is_letter(0) && is_letter(1) {
        false => 1,
        true if is_letter(2) => return None,
        true => 2,
    };
    let name = rest.get(..len)?;
    let behind = rest.get(len..)?;
    if let Some(accent) = tables::short_accent(name) {
        let space = behind.first() == Some(&b' ');
        // Perhaps a quotation mark.
        if space && name == b"\"" {
            return None;
        }
        let (base, argument) = base(if space { behind.get(1..)? } else { behind })?;
        // A letter behind the name of an accent would be part of the name.
        return Some((compose(base, accent.combining)?, 1 + len + usize::from(space) + argument));
    }
    let c = tables::short_letter(name)?;
    // It would take spaces behind it; with nothing else there it ends a group.
    match behind {
        [b'{', b'}', ..] => Some((c, 1 + len + 2)),
        [b'}', ..] => Some((c, 1 + len)),
        _ => None,
    }
}

/// The letter that an accent is put on, and the length of the argument. The dot of i and j gives way to the accent.
fn base(argument: &[u8]) -> Option<(char, usize)> {
    match argument {
        [b'{', letter, b'}', ..] if letter.is_ascii_alphabetic() => Some((char::from(*letter), 3)),
        [b'{', b'\\', letter @ (b'i' | b'j'), b'}', ..] => Some((char::from(*letter), 4)),
        [b'\\', letter @ (b'i' | b'j'), b'}', ..] => Some((char::from(*letter), 2)),
        [letter, ..] if letter.is_ascii_alphabetic() => Some((char::from(*letter), 1)),
        _ => None,
    }
}
