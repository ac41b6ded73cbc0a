//! JSON text that `serde_json` has found sound, walked without making values of it: members and elements are slices of
//! the text, strings are borrowed where nothing in them is escaped.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The members of an object in the order of the text, those that stand twice included.
#[derive(Debug)]
pub(super) struct Members<'a>(pub(super) Vec<(Cow<'a, str>, &'a str)>);

/// A name that may be escaped.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Name<'de>, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }
            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        from.deserialize_str(Words)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Members<'de>, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut all = Vec::with_capacity(24);
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    all.push((name, value.get()));
                }
                Ok(Members(all))
            }
        }
        from.deserialize_map(All)
    }
}

/// The end of the value that begins at `at`, which may be behind white space.
fn value_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    let mut depth = 0usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
        if depth == 0 && matches!(bytes.get(at), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') | None) {
            let blank = text.get(..at).is_none_or(|head| head.ends_with([' ', '\n', '\r', '\t']));
            if !blank {
                return at;
            }
        }
    }
    bytes.len()
}

/// The end of the string whose quote stands at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut from = at + 1;
    loop {
        let rest = bytes.get(from..).unwrap_or_default();
        match memchr::memchr2(b'"', b'\\', rest) {
            Some(found) if rest.get(found) == Some(&b'"') => return from + found + 1,
            Some(found) => from += found + 2,
            None => return bytes.len(),
        }
    }
}

/// Walks what stands between brackets.
struct Inside<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Inside<'a> {
    fn of(raw: &'a str, open: char, close: char) -> Option<Inside<'a>> {
        let text = raw.trim_ascii().strip_prefix(open)?.strip_suffix(close)?;
        Some(Inside { text, at: 0 })
    }

    /// Goes on behind white space and one of these marks.
    fn skip(&mut self, mark: u8) {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == mark) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<&'a str> {
        self.skip(b',');
        if self.at >= self.text.len() {
            return None;
        }
        let end = value_end(self.text, self.at);
        let value = self.text.get(self.at..end)?.trim_ascii();
        self.at = end;
        Some(value)
    }
}

/// The elements of an array; none of anything else.
pub(super) fn elements(raw: &str) -> impl Iterator<Item = &str> {
    let mut inside = Inside::of(raw, '[', ']');
    std::iter::from_fn(move || inside.as_mut()?.value())
}

/// The members of an object; none of anything else.
pub(super) fn members(raw: &str) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
    let mut inside = Inside::of(raw, '{', '}');
    std::iter::from_fn(move || {
        let inside = inside.as_mut()?;
        let name = inside.value()?;
        inside.skip(b':');
        Some((string(name).unwrap_or(Cow::Borrowed(name)), inside.value()?))
    })
}

/// What a JSON value is, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// What a JSON value is.
pub(super) fn sort(raw: &str) -> Sort {
    match raw.trim_ascii_start().as_bytes().first() {
        Some(b'"') => Sort::String,
        Some(b'[') => Sort::Array,
        Some(b'{') => Sort::Object,
        Some(b't' | b'f') => Sort::Bool,
        Some(b'-' | b'0'..=b'9') => Sort::Number,
        _ => Sort::Null,
    }
}

/// The words of a JSON string; `None` of anything else.
pub(super) fn string(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.trim_ascii().strip_prefix('"')?.strip_suffix('"')?;
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Some(Cow::Borrowed(inner));
    }
    Some(Cow::Owned(unescape(inner)))
}

/// The words of a string or the digits of a number.
pub(super) fn words(raw: &str) -> Option<Cow<'_, str>> {
    match sort(raw) {
        Sort::String => string(raw),
        Sort::Number => Some(Cow::Borrowed(raw.trim_ascii())),
        _ => None,
    }
}

/// Whether a value says yes: `true`, a number but 0, or a word that is none for no.
pub(super) fn is_true(raw: &str) -> bool {
    match sort(raw) {
        Sort::Bool => raw.trim_ascii().starts_with('t'),
        Sort::Number => !raw.trim_ascii().trim_matches(['-', '0', '.']).is_empty(),
        Sort::String => string(raw).is_some_and(|word| !["", "0", "false", "no"].contains(&&*word.to_lowercase())),
        _ => false,
    }
}

/// Whether the text of a JSON string has half of a surrogate pair, which is no character.
pub(super) fn has_lone_surrogate(raw: &str) -> bool {
    memchr::memmem::find(raw.as_bytes(), b"\\u").is_some() && string(raw).is_some_and(|it| it.contains('\u{fffd}'))
}

/// What is between the quotes of a string without its escapes. Half of a surrogate pair becomes U+FFFD.
fn unescape(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut chars = escape.chars();
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let (c, behind) = code_point(chars.as_str());
                out.push(c);
                rest = behind;
                continue;
            }
            Some(other) => out.push(other),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out
}

/// The character of an escape whose `\u` is behind us, and what follows it.
fn code_point(text: &str) -> (char, &str) {
    let unit = |text: &str| text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(text) else { return ('\u{fffd}', text) };
    let rest = text.get(4..).unwrap_or_default();
    if let 0xd800..0xdc00 = first
        && let Some(second) = rest.strip_prefix("\\u").and_then(unit).filter(|it| (0xdc00..0xe000).contains(it))
    {
        let whole = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return (char::from_u32(whole).unwrap_or('\u{fffd}'), rest.get(6..).unwrap_or_default());
    }
    (char::from_u32(first).unwrap_or('\u{fffd}'), rest)
}

/// The same JSON without white space between its parts, and without escapes that are not needed.
pub(super) fn compact(raw: &str) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    let mut out = String::new();
    let (mut at, mut from, mut changed) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' {
            let end = string_end(bytes, at);
            let text = raw.get(at..end).unwrap_or_default();
            if memchr::memchr(b'\\', text.as_bytes()).is_some() {
                out.push_str(raw.get(from..at).unwrap_or_default());
                crate::record::canon::write_string(&mut out, &string(text).unwrap_or_default());
                (from, changed) = (end, true);
            }
            at = end;
        } else if byte.is_ascii_whitespace() {
            out.push_str(raw.get(from..at).unwrap_or_default());
            at += 1;
            (from, changed) = (at, true);
        } else {
            at += 1;
        }
    }
    if !changed {
        return Cow::Borrowed(raw);
    }
    out.push_str(raw.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_what_is_there() {
        let raw = r#"{ "a" : "x,}\"" , "b":[1, 2 ,{"c":[]}], "d": -1.5e3 ,"e":{},"f":null}"#;
        let all: Vec<_> = members(raw).map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(all, [r#"a="x,}\"""#, r#"b=[1, 2 ,{"c":[]}]"#, "d=-1.5e3", "e={}", "f=null"]);
        assert_eq!(elements(r#"[1, 2 ,{"c":[]} , [ ] ,"s" ]"#).collect::<Vec<_>>(), [
            "1",
            "2",
            r#"{"c":[]}"#,
            "[ ]",
            "\"s\""
        ]);
        assert_eq!(elements("[]").count() + elements(" [ ] ").count() + members("{}").count() + members("[]").count(), 0);
    }

    #[test]
    fn strings_come_without_their_escapes() {
        for (raw, words) in [
            (r#""plain""#, "plain"),
            (r#""a\/b\"c\\d\ne""#, "a/b\"c\\d\ne"),
            (r#""\u00e9\ud83d\ude00""#, "é😀"),
            (r#""\ud83d x \ude00""#, "\u{fffd} x \u{fffd}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
        ] {
            assert_eq!(string(raw).as_deref(), Some(words), "{raw}");
        }
        assert!(string("12").is_none());
    }

    #[test]
    fn compact_is_the_same_json() {
        let raw = "[ {\n \"a\" : \"b c \\u00e9 \\\" \" , \"d\" : [ ] } ]";
        assert_eq!(compact(raw), "[{\"a\":\"b c é \\\" \",\"d\":[]}]");
        assert!(matches!(compact("[{\"a\":\"b c\"}]"), Cow::Borrowed(_)));
    }
}
