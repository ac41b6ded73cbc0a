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
    let mut out = String::with_capacity(latex.len());
    let mut marks: Vec<Mark> = Vec::new();
    // Open groups: where the text of each begins, and its place among the marks if it may protect letters.
    let mut open = SmallVec::<[(usize, Option<usize>); MAX_DEPTH]>::new();
    let mut from = 0;
    loop {
        let run = latex.get(from..at)?;
        if run.starts_with(' ') && (out.is_empty() || out.ends_with(' ')) {
            return None;
        }
        out.push_str(run);
        let Some(&byte) = bytes.get(at) else { break };
        let next = bytes.get(at + 1);
        from = at
            + match byte {
                b'{' if next == Some(&b'}') => 2,
                b'{' => {
                    if open.len() == MAX_DEPTH {
                        return None;
                    }
                    // `{\` is a special character to BibTeX, which protects nothing.
                    let mark = (next != Some(&b'\\')).then(|| {
                        marks.push(Mark { start: out.len() as u32, end: 0, kind: MarkKind::NoCase });
                        marks.len() - 1
                    });
                    open.push((out.len(), mark));
                    1
                }
                b'}' => {
                    let (begin, mark) = open.pop()?;
                    if let Some(mark) = mark {
                        let protects = out.get(begin..)?.chars().any(super::letters::is_cased);
                        marks.get_mut(mark)?.end = if protects { out.len() as u32 } else { 0 };
                    }
                    1
                }
                b'\\' => match next? {
                    b'&' if entities::may_end(latex.get(at + 2..)?) => return None,
                    b'&' | b'%' | b'#' | b'$' | b'_' => {
                        out.push(char::from(*next?));
                        2
                    }
                    _ => {
                        let (c, len) = spelled(bytes.get(at..)?)?;
                        out.push(c);
                        len
                    }
                },
                b'-' if bytes.get(at + 2) == Some(&b'-') => {
                    out.push('—');
                    3
                }
                b'-' => {
                    out.push('–');
                    2
                }
                // In an address, `~` may be what it is.
                b'~' if at.checked_sub(1).is_none_or(|before| bytes.get(before) != Some(&b'/')) => {
                    out.push('\u{a0}');
                    1
                }
                b'\n' | b'\r' => {
                    // A line end is a space; the one before it is dropped, unless the end of a group is between them.
                    let space = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace());
                    let (len, lines) =
                        space.fold((0, 0), |(len, lines), byte| (len + 1, lines + usize::from(*byte == b'\n')));
                    let follows = out.ends_with(' ');
                    if lines > 1 || out.is_empty() || (follows && run.is_empty()) {
                        return None;
                    }
                    out.push_str(if follows { "" } else { " " });
                    len
                }
                b'&' if entities::may_end(latex.get(at + 1..)?) => return None,
                // Two of these mean no more than one.
                b'!'..=b'#' | b'%' | b'&' | b'('..=b'+' | b'.' | b'/' | b'|' => {
                    out.push(char::from(byte));
                    1
                }
                0x80.. => {
                    let rest = latex.get(at..)?;
                    let len = rest.find(|c| !stands_alone(c)).unwrap_or(rest.len());
                    if len == 0 {
                        return None;
                    }
                    out.push_str(rest.get(..len)?);
                    len
                }
                _ => return None,
            };
        at = first_pair_from(bytes, from, stops).unwrap_or(bytes.len());
    }
    if !open.is_empty() || out.ends_with(' ') {
        return None;
    }
    // A group without a letter protects nothing, and two around the same protect no more than one.
    marks.retain(|mark| mark.end > mark.start);
    marks.dedup();
    Some(Text::of_tidy(out, marks))
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
