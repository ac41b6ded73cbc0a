//! Reading names as BibTeX and Biber do: the classic forms `First von Last`, `von Last, First`, `von Last, Jr, First`, a
//! literal in one pair of braces, BibLaTeX's `family=…, given=…`. Section 4.1 of the mapping reference.

use super::codec::text_of;
use crate::record::{Name, Names};
use std::ops::Range;

/// Reads a list of names.
pub(super) fn parse_list(raw: &str) -> Names {
    let mut names = Names::default();
    for item in split_and(raw) {
        if item.eq_ignore_ascii_case("others") {
            names.others = true;
        } else if !item.is_empty() {
            let name = parse_name(item);
            // Commas alone are no name.
            names.list.extend((name != Name::default()).then_some(name));
        }
    }
    names
}

/// The items between ` and `s outside braces.
pub(super) fn split_and(raw: &str) -> Vec<&str> {
    let bytes = raw.as_bytes();
    let mut items = Vec::new();
    let (mut depth, mut start, mut at) = (0usize, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A' if depth == 0 => {
                let word = bytes.get(at..at + 3).is_some_and(|word| word.eq_ignore_ascii_case(b"and"));
                let before = at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace);
                let after = bytes.get(at + 3).is_none_or(u8::is_ascii_whitespace);
                if word && before && after {
                    items.push(raw.get(start..at).unwrap_or_default().trim());
                    at += 3;
                    start = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    items.push(raw.get(start..).unwrap_or_default().trim());
    items
}

/// The pieces of a string between commas outside braces (and outside quotation marks, where those count).
fn split_commas(raw: &str, quotes: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut quoted, mut start) = (0usize, false, 0);
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if quotes && depth == 0 => quoted = !quoted,
            b',' if depth == 0 && !quoted => {
                pieces.push(raw.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(raw.get(start..).unwrap_or_default().trim());
    pieces
}

/// Whether one pair of braces holds the whole string, and is a group rather than an accent.
pub(super) fn in_braces(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('{')?.strip_suffix('}')?;
    if inner.starts_with('\\') {
        return None;
    }
    let mut depth = 0usize;
    for byte in inner.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return None,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    Some(inner)
}

/// The ranges of the words of a segment.
fn tokens(segment: &str) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let (mut depth, mut start) = (0usize, None);
    for (at, byte) in segment.bytes().enumerate() {
        let between = depth == 0 && (byte.is_ascii_whitespace() || byte == b'~');
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (between, start) {
            (true, Some(from)) => {
                list.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    list.extend(start.map(|from| from..segment.len()));
    list
}

/// Commands that are letters, those in lower case first.
const LOWER_LETTERS: &[&str] = &["aa", "ae", "oe", "o", "l", "ss", "i", "j", "dh", "th", "dj", "ng"];
const UPPER_LETTERS: &[&str] = &["AA", "AE", "OE", "O", "L", "SS", "DH", "TH", "DJ", "NG"];

/// Whether BibTeX takes a word for one in lower case: by its first letter outside braces or in an accent.
fn is_lower(word: &str) -> bool {
    let mut rest = word;
    if rest.starts_with('{') && !rest.starts_with("{\\") {
        return false;
    }
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '\\' {
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (command, after) = rest.split_at_checked(letters.max(1)).unwrap_or((rest, ""));
            if LOWER_LETTERS.contains(&command) {
                return true;
            }
            if UPPER_LETTERS.contains(&command) {
                return false;
            }
            rest = after;
        } else if c.is_alphabetic() {
            return c.is_lowercase();
        }
    }
    false
}

/// Reads one name.
pub(super) fn parse_name(raw: &str) -> Name {
    let raw = raw.trim();
    if let Some(name) = parse_long(raw) {
        return name;
    }
    if let Some(inner) = in_braces(raw) {
        return Name { literal: words_of(inner), organization: true, ..Name::default() };
    }
    let segments = split_commas(raw, false);
    let last = segments.first().copied().unwrap_or_default();
    let words = tokens(last);
    let part = |range: Range<usize>| match (words.get(range.start), words.get(range.end.wrapping_sub(1))) {
        (Some(first), Some(end)) if range.start < range.end => {
            words_of(last.get(first.start..end.end).unwrap_or_default())
        }
        _ => String::new(),
    };
    let lower = |at: usize| words.get(at).and_then(|it| last.get(it.clone())).is_some_and(is_lower);
    let end = words.len();
    let before_last = end.saturating_sub(1);
    let final_lower = (0..before_last).rev().find(|at| lower(*at));
    let mut name = Name::default();
    if segments.len() == 1 {
        let first_lower = (0..before_last).find(|at| lower(*at));
        let (from, to) = match (first_lower, final_lower) {
            (Some(from), Some(to)) => (from, to + 1),
            _ => (before_last, before_last),
        };
        name.given = part(0..from);
        name.particle = part(from..to);
        name.family = part(to..end);
        return name;
    }
    let to = final_lower.filter(|_| lower(0)).map_or(0, |at| at + 1);
    name.particle = part(0..to);
    name.family = part(to..end);
    match segments.get(1..).unwrap_or_default() {
        [given] => name.given = words_of(given),
        [suffix, given] => {
            name.suffix = words_of(suffix);
            name.given = words_of(given);
        }
        [suffix, given, more @ ..] => {
            name.suffix = words_of(suffix);
            name.given = words_of(&format!("{given} {}", more.join(" ")));
        }
        [] => {}
    }
    name
}

/// BibLaTeX's long form.
fn parse_long(raw: &str) -> Option<Name> {
    memchr::memchr(b'=', raw.as_bytes())?;
    let (mut name, mut prefix, mut drop, mut any) = (Name::default(), String::new(), false, false);
    for piece in split_commas(raw, true) {
        let (key, value) = piece.split_once('=')?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(value);
        match key.trim() {
            "family" => name.family = words_of(value),
            "given" => name.given = words_of(value),
            "suffix" => name.suffix = words_of(value),
            "prefix" => prefix = words_of(value),
            "useprefix" => drop = value == "false",
            "family-i" | "given-i" | "prefix-i" | "suffix-i" | "hash" | "gender" | "id" => {}
            _ => return None,
        }
        any = true;
    }
    *(if drop { &mut name.dropping_particle } else { &mut name.particle }) = prefix;
    any.then_some(name)
}

/// The words of a part as plain text, their spaces single.
fn words_of(latex: &str) -> String {
    let plain = text_of(latex);
    if plain.contains('\u{a0}') { plain.replace('\u{a0}', " ") } else { plain }
}
