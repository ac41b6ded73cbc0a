//! Lists as BibTeX and BibLaTeX part them: with the word `and`, in any letter case, outside braces.
//!
//! ```text
//! split_and("Allen {and} Unwin and Routledge")   // ["Allen {and} Unwin", "Routledge"]
//! in_braces("{Acme and Sons}")                   // Some("Acme and Sons")
//! ```

use crate::bytes::{any_pair, next, trim};

/// The items of a list, without the white space around them; empty ones too.
pub(super) fn items(raw: &str) -> Items<'_> {
    Items { rest: Some(raw) }
}

/// See [`items`].
#[derive(Debug)]
pub(super) struct Items<'a> {
    rest: Option<&'a str>,
}

impl<'a> Iterator for Items<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let item;
        (item, self.rest) = first_item(self.rest?);
        Some(item)
    }
}

/// The first item, and the list behind its `and`. That begins with white space, or is empty.
pub(super) fn first_item(list: &str) -> (&str, Option<&str>) {
    match next_and(list) {
        Some(and) => (trim(list.get(..and).unwrap_or_default()), list.get(and + 3..)),
        None => (trim(list), None),
    }
}

/// Where the first `and` stands that has white space, or the list's end, on both sides.
fn next_and(raw: &str) -> Option<usize> {
    let bytes = raw.as_bytes();
    if !any_pair(bytes, |byte, next| (byte | 0x20 == b'a') & (next | 0x20 == b'n')) {
        return None;
    }
    let mut depth = 0_usize;
    // Behind an `and` the rest begins with white space, so that only at the list's own beginning nothing is before.
    let mut before = true;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A' if before && depth == 0 => {
                let word = bytes.get(at..at + 3).is_some_and(|word| word.eq_ignore_ascii_case(b"and"));
                if word && bytes.get(at + 3).is_none_or(u8::is_ascii_whitespace) {
                    return Some(at);
                }
            }
            _ => {}
        }
        before = byte.is_ascii_whitespace();
    }
    None
}

/// The items of a list, all at once.
pub(super) fn split_and(raw: &str) -> Vec<&str> {
    items(raw).collect()
}

/// Whether one pair of braces holds the whole string, and is a group rather than an accent.
pub(super) fn in_braces(raw: &str) -> Option<&str> {
    in_one_pair(raw).filter(|inner| !inner.starts_with('\\'))
}

/// What stands in the one pair of braces that holds the whole string.
pub(super) fn in_one_pair(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_usize;
    for byte in inner.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0).then_some(inner)
}

/// The places of bytes outside braces, which are none themselves.
pub(super) fn outside_braces(source: &str, wanted: impl Fn(u8) -> bool) -> impl Iterator<Item = usize> {
    let bytes = source.as_bytes();
    let (mut depth, mut from) = (0_usize, 0);
    std::iter::from_fn(move || {
        loop {
            let at = next(bytes, from, |byte| (byte == b'{') | (byte == b'}') | wanted(byte));
            from = at + 1;
            match *bytes.get(at)? {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ if depth == 0 => return Some(at),
                _ => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parted_outside_braces() {
        for (raw, want) in [
            ("a and b", &["a", "b"][..]),
            ("Alexandr AND Anderson\n\tand\r\nAndy", &["Alexandr", "Anderson", "Andy"]),
            ("Allen {and} Unwin and {a and b}", &["Allen {and} Unwin", "{a and b}"]),
            ("and a and and", &["", "a", "", ""]),
            ("a and", &["a", ""]),
            ("sand and candy", &["sand", "candy"]),
            ("a} and b", &["a}", "b"]),
            ("{a and b", &["{a and b"]),
            ("", &[""]),
        ] {
            assert_eq!(split_and(raw), want, "{raw}");
        }
    }

    #[test]
    fn groups_are_told_from_accents() {
        for (raw, want) in [("{a {b} c}", Some("a {b} c")), ("{\\'E}", None), ("{a} {b}", None), ("a", None)] {
            assert_eq!(in_braces(raw), want);
        }
    }
}
