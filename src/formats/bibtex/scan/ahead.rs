//! Decisions that look a little ahead: whether an entry, a field or the end of a value stands at a place.

use super::Body;
use super::bytes::{Look, STOPS, View, WORD_STOPS, Wait, is_space, run, space};

/// How many bytes decide whether an entry begins at an `@`, what follows a quote, whether an entry goes on.
pub(super) const LOOK: usize = 512;

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
        Some(open @ (b'{' | b'(')) if length > 0 && !word.first().is_some_and(u8::is_ascii_digit) => {
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
    let known =
        [&b"author"[..], b"editor", b"title", b"booktitle", b"journal", b"year", b"date", b"note", b"url", b"doi"];
    let known = known.iter().any(|name| name.eq_ignore_ascii_case(before));
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

/// Whether the bytes begin with a name and `=`; nothing if they end before that is known.
fn field_name(bytes: &[u8]) -> Option<bool> {
    let length = run(bytes, &STOPS);
    let behind = bytes.get(length..).unwrap_or_default();
    behind.get(space(behind)).map(|byte| length > 0 && *byte == b'=')
}

/// Whether behind a closing brace a comma and another field follow.
pub(super) fn field_follows(view: View<'_>, at: usize) -> Look<bool> {
    let rest = view.rest(at);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let spaces = space(rest);
    match rest.get(spaces) {
        Some(b',') => {}
        None if short => return Err(Wait),
        _ => return Ok(false),
    }
    let rest = rest.get(spaces + 1..).unwrap_or_default();
    let spaces = space(rest);
    match field_name(rest.get(spaces..).unwrap_or_default()) {
        Some(follows) => Ok(follows),
        None if short => Err(Wait),
        None => Ok(false),
    }
}
