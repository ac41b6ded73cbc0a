//! Decisions that look a little ahead: whether an entry, a field or the end of a value stands at a place.

use super::Body;
use super::bytes::{KEY_STOPS, Look, STOPS, View, WORD_STOPS, Wait, is_space, run, space};
use crate::source::count_line_ends;

/// How many bytes decide whether an entry begins at an `@`, what follows a quote, whether an entry goes on.
pub(super) const LOOK: usize = 512;
/// The longest citation key.
const MAX_KEY: usize = 4096;
/// Fields that people begin entries with when there is no key.
const COMMON: &[&str] = &[
    "abstract", "address", "author", "booktitle", "chapter", "date", "doi", "edition", "editor", "eprint", "howpublished",
    "institution", "isbn", "issn", "journal", "keywords", "language", "location", "month", "note", "number",
    "organization", "pages", "publisher", "school", "series", "title", "url", "volume", "year",
];

/// The beginning of an element.
pub(super) struct Head {
    pub(super) word: (usize, usize),
    /// Where its brace is, if it has one.
    pub(super) at: usize,
    /// `{`, `(`, or 0 for a comment that is a line.
    pub(super) open: u8,
}

/// The beginning of an element at an `@`: `@word{`, `@word(`, `@comment`.
pub(super) fn head(view: View<'_>, at: usize) -> Look<Option<Head>> {
    let rest = view.rest(at + 1);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let before = space(rest);
    let word = rest.get(before..).unwrap_or_default();
    let length = run(word, &WORD_STOPS);
    let word = word.get(..length).unwrap_or_default();
    let behind = rest.get(before + length..).unwrap_or_default();
    let spaces = space(behind);
    let from = at + 1 + before;
    let found = |open| Some(Head { word: (from, from + length), at: from + length + spaces, open });
    match behind.get(spaces) {
        Some(open @ (b'{' | b'(')) if word.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80) => {
            let line = *open == b'(' && Body::of(word) == Body::Comment;
            Ok(found(if line { 0 } else { *open }))
        }
        None if short => Err(Wait),
        _ if Body::of(word) == Body::Comment
            && before == 0
            && (spaces > 0 || matches!(behind.first(), None | Some(b'@'))) =>
        {
            Ok(found(0))
        }
        _ => Ok(None),
    }
}

/// Whether what stands at an `@` is an entry even where text is expected: `@word{key,`, `@word{name =`,
/// `@comment{`, `@preamble{`, all on one line.
pub(super) fn likely_entry(view: View<'_>, at: usize) -> Look<bool> {
    let Some(head) = head(view, at)? else { return Ok(false) };
    if head.open == 0 {
        return Ok(false);
    }
    let body = Body::of(view.slice(head.word.0, head.word.1));
    if matches!(body, Body::Comment | Body::Preamble) {
        return Ok(true);
    }
    let rest = view.rest(head.at + 1);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    match rest.iter().find(|byte| matches!(byte, b',' | b'=' | b'{' | b'}' | b'"' | b'\\' | b'\n' | b'\r')) {
        Some(byte) => Ok(matches!(byte, b',' | b'=')),
        None if short => Err(Wait),
        None => Ok(false),
    }
}

/// Whether the `=` at `at` of a line stands between a field's name and its value, and not in a citation key.
pub(super) fn is_field_sign(line: &[u8], at: usize, stop: Option<u8>) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let after = line.get(at + 1..).unwrap_or_default();
    let value = match after.trim_ascii_start().first() {
        None => stop == Some(b'{') || (stop.is_none_or(is_space) && after.is_empty()),
        Some(b'"') => true,
        _ => false,
    };
    let known = COMMON.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(before));
    at > 0
        && (value
            || known
            || before.last().is_some_and(|byte| is_space(*byte))
            || after.first().is_some_and(|byte| is_space(*byte)))
}

/// Whether a quotation mark before `at` closes its value: a comma, `#`, the end of the entry or a field follows.
pub(super) fn after_quote(view: View<'_>, at: usize) -> Look<bool> {
    let rest = view.rest(at);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let from = space(rest);
    match rest.get(from) {
        Some(b',' | b'#' | b'}' | b')' | b'%' | b'@') => Ok(true),
        Some(b'"' | b'{' | b'(' | b'=') => Ok(false),
        Some(_) => match field_name(rest.get(from..).unwrap_or_default()) {
            Some(follows) => Ok(follows),
            None if short => Err(Wait),
            None => Ok(false),
        },
        None if short => Err(Wait),
        None => Ok(true),
    }
}

/// Whether the `%` at `at`, behind a bare word, belongs to that and does not begin a comment.
pub(super) fn is_percentage(view: View<'_>, at: usize) -> Look<bool> {
    let rest = view.rest(at + 1);
    match rest.get(space(rest.get(..LOOK).unwrap_or(rest))) {
        Some(byte) => Ok(matches!(byte, b',' | b'}' | b')' | b'#')),
        None if rest.len() < LOOK && !view.at_end => Err(Wait),
        None => Ok(false),
    }
}

/// Where a value of several words without braces ends, if that is what goes on at `at` behind a word: at a comma, at
/// the entry's end or with the line, and without any sign of another field before.
pub(super) fn bare_text(view: View<'_>, at: usize, next: u8, close: u8) -> Look<Option<usize>> {
    if matches!(next, b',' | b'#' | b'}' | b'%' | b'@' | b'"' | b'{' | b'=' | b'\n' | b'\r') || next == close {
        return Ok(None);
    }
    let rest = view.rest(at);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b'\n' | b'\r' | b'=' | b'{' | b'"' | b'#' | b'%' | b'@');
    let Some(stop) = rest.iter().position(|byte| ends(byte) || *byte == close) else {
        return if short { Err(Wait) } else { Ok(None) };
    };
    let words = rest.get(..stop).unwrap_or_default().trim_ascii_end();
    let ended = rest.get(stop).is_some_and(|byte| matches!(byte, b',' | b'}' | b'\n' | b'\r') || *byte == close);
    Ok((ended && !words.is_empty()).then_some(at + words.len()))
}

/// A field's name in quotation marks before an `=`: from where to where.
pub(super) fn quoted_name(view: View<'_>, at: usize) -> Look<Option<(usize, usize)>> {
    let rest = view.rest(at + 1);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let length = run(rest, &STOPS);
    match rest.get(length) {
        None if short => return Err(Wait),
        Some(b'"') if length > 0 => {}
        _ => return Ok(None),
    }
    let behind = rest.get(length + 1..).unwrap_or_default();
    match behind.get(space(behind)) {
        None if short => Err(Wait),
        Some(b'=') => Ok(Some((at + 1, at + 1 + length))),
        _ => Ok(None),
    }
}

/// The length of a key up to its comma, if nothing in it may say that it is none. Most keys are so.
pub(super) fn plain_key(rest: &[u8]) -> Option<usize> {
    let length = run(rest.get(..MAX_KEY).unwrap_or(rest), &KEY_STOPS);
    (rest.get(length) == Some(&b',') && length < MAX_KEY).then_some(length)
}

/// The length of what may be a key: up to a comma, a brace or the end of the line. Braces within it, as in
/// `M{\"u}ller2000,`, belong to it if they are balanced and nothing hints at a field.
pub(super) fn key_length(view: View<'_>, from: usize) -> Look<usize> {
    let rest = view.rest(from);
    if let Some(length) = plain_key(rest) {
        return Ok(length);
    }
    let (mut brace, mut depth) = (None, 0_usize);
    for (at, byte) in rest.iter().take(MAX_KEY).enumerate() {
        match byte {
            b',' if depth == 0 => return Ok(at),
            b'}' if depth == 0 => return Ok(brace.unwrap_or(at)),
            b'}' => depth -= 1,
            b'{' if rest.get(at.wrapping_sub(1)).is_some_and(|byte| is_space(*byte)) => return Ok(brace.unwrap_or(at)),
            b'{' => {
                brace = brace.or(Some(at));
                depth += 1;
            }
            b'\n' | b'\r' => return Ok(brace.unwrap_or(at)),
            b'=' => {
                if let Some(brace) = brace {
                    return Ok(brace);
                }
            }
            byte if is_space(*byte) => {
                if let Some(brace) = brace {
                    return Ok(brace);
                }
            }
            _ => {}
        }
    }
    if rest.len() < MAX_KEY && !view.at_end {
        return Err(Wait);
    }
    // Not within a character.
    let whole = (0..=rest.len().min(MAX_KEY)).rfind(|at| !matches!(rest.get(*at), Some(0x80..=0xbf)));
    Ok(brace.or(whole).unwrap_or(0))
}

/// Where the parenthesis stands that closes one before the bytes.
pub(super) fn closing_parenthesis(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    bytes.iter().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
        false
    })
}

/// Whether the bytes begin with a name and `=`; nothing if they end before that is known.
fn field_name(bytes: &[u8]) -> Option<bool> {
    let length = run(bytes, &STOPS);
    let behind = bytes.get(length..).unwrap_or_default();
    // What begins with a percent sign is a remark.
    let is_name = length > 0 && bytes.first() != Some(&b'%');
    behind.get(space(behind)).map(|byte| is_name && *byte == b'=')
}

/// Whether behind a closing brace a comma and another field follow, or on the next line a field with its value. Behind an
/// empty line, or a brace that stands on a line of its own (`alone`), this is the rest of an entry of which the beginning
/// is missing.
pub(super) fn field_follows(view: View<'_>, at: usize, alone: bool) -> Look<bool> {
    let rest = view.rest(at);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let spaces = space(rest);
    let comma = match rest.get(spaces) {
        Some(b',') => true,
        Some(byte) if !alone && byte.is_ascii_alphabetic() && count_line_ends(&rest[..spaces]) == 1 => false,
        None if short => return Err(Wait),
        _ => return Ok(false),
    };
    let rest = rest.get(spaces + usize::from(comma)..).unwrap_or_default();
    let rest = rest.get(space(rest)..).unwrap_or_default();
    // Without the comma it could be words of the text between entries.
    match if comma { field_name(rest) } else { field_with_value(rest) } {
        None if short => Err(Wait),
        follows => Ok(follows == Some(true)),
    }
}

/// Whether the bytes begin with a name, `=` and a brace or quotation mark; nothing if they end before that is known.
fn field_with_value(bytes: &[u8]) -> Option<bool> {
    if !field_name(bytes)? {
        return Some(false);
    }
    let behind = bytes.get(run(bytes, &STOPS)..)?;
    let value = behind.get(space(behind) + 1..)?;
    value.get(space(value)).map(|byte| matches!(byte, b'{' | b'"'))
}

/// Whether a line begins a field, and is not one of the text between entries.
pub(in super::super) fn is_field(line: &str) -> bool {
    field_with_value(line.trim_ascii_start().as_bytes()) == Some(true)
}
