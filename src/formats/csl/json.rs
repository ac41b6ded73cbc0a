//! JSON text that `serde_json` has found sound, walked without making values of it: members and elements are slices of
//! the text, strings are borrowed where nothing in them is escaped.

use crate::bytes::first;
use crate::formats::json::scan::{self, plain_end};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The first value of a text, if it is an object: its members, and where it ends. `None`: the text holds nothing.
pub(super) fn first_object(text: &str) -> Option<serde_json::Result<(Members<'_>, usize)>> {
    if let Some(found) = plain_object(text) {
        return Some(Ok(found));
    }
    let mut stream = serde_json::Deserializer::from_str(text).into_iter();
    let members = stream.next()?;
    Some(members.map(|members| (members, stream.byte_offset())))
}

/// The same of an object of the usual kind.
fn plain_object(text: &str) -> Option<(Members<'_>, usize)> {
    let mut all = Vec::with_capacity(24);
    let end = scan::object(text.as_bytes(), |name, value| {
        all.push((Cow::Borrowed(text.get(name)?), text.get(value)?));
        Some(())
    })?;
    Some((Members(all), end))
}

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

/// The end of the value that begins at `at`, which is no white space.
fn value_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    loop {
        match bytes.get(at) {
            Some(b'"') => return string_end(bytes, at),
            Some(b'{' | b'[') => return container_end(bytes, at),
            Some(b'}' | b']') => return at + 1,
            Some(b',') => return at,
            _ => at += 1,
        }
        if matches!(bytes.get(at), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') | None) {
            return at.min(bytes.len());
        }
    }
}

/// The end of the array or the object whose bracket stands at `at`.
fn container_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    let mut depth = 0usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The end of the string whose quote stands at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut from = at + 1;
    loop {
        let end = plain_end(bytes, from);
        match bytes.get(end) {
            Some(b'"') => return end + 1,
            Some(b'\\') => from = end + 2,
            Some(_) => from = end + 1,
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
        let end = value_end(self.text.as_bytes(), self.at);
        let value = self.text.get(self.at..end)?;
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
    let inner = match raw.as_bytes() {
        // Slices of sound text have nothing around them, as a rule.
        [b'"', .., b'"'] => raw.get(1..raw.len() - 1)?,
        _ => raw.trim_ascii().strip_prefix('"')?.strip_suffix('"')?,
    };
    if first(inner.as_bytes(), |byte| byte == b'\\').is_none() {
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

/// Whether an array or an object has nothing in it.
pub(super) fn is_empty(raw: &str) -> bool {
    let raw = raw.trim_ascii();
    raw.get(1..raw.len().saturating_sub(1)).is_none_or(|inner| inner.trim_ascii().is_empty())
}

/// Whether a value is null, an empty string, or brackets with nothing in them.
pub(super) fn says_nothing(raw: &str) -> bool {
    match sort(raw) {
        Sort::Null => true,
        Sort::String => raw.trim_ascii() == "\"\"",
        Sort::Array | Sort::Object => is_empty(raw),
        _ => false,
    }
}

/// A value as an extra keeps it: words of a string, else JSON text. The expression says which, where the raw value would
/// be taken for the other.
pub(super) fn kept(value: &str) -> (Cow<'_, str>, Option<Box<str>>) {
    match sort(value) {
        Sort::String => {
            let words = string(value).unwrap_or_default();
            let expression = super::read::looks_like_json(&words).then(|| Box::from(&*compact(value)));
            (words, expression)
        }
        Sort::Array | Sort::Object => (compact(value), None),
        _ => (Cow::Borrowed(value.trim_ascii()), Some(value.trim_ascii().into())),
    }
}

/// Whether the text of a JSON string has half of a surrogate pair, which is no character.
pub(super) fn has_lone_surrogate(raw: &str) -> bool {
    raw.contains("\\u") && string(raw).is_some_and(|it| it.contains('\u{fffd}'))
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn objects_are_those_of_serde(inner in "([ \n]?(\"[ax\\\\u0é\n]{0,3}\"|[0-9eE.+-]{1,3}|true|null|[\\[\\]{}:,]|\\{\"a\":\"){0,4}){0,4}") {
            for text in [format!("{{\"a\":{inner}}}"), format!("{{{inner}}} x"), inner.clone()] {
                if let Some((members, end)) = plain_object(&text) {
                    let mut stream = serde_json::Deserializer::from_str(&text).into_iter::<Members<'_>>();
                    let found = stream.next().and_then(Result::ok).map(|it| it.0);
                    prop_assert_eq!((Some(members.0), end), (found, stream.byte_offset()));
                }
            }
        }

        #[test]
        fn arrays_and_objects_are_empty(raw in "\\[( |\n|1|,|\"\"){0,2}\\]|\\{( |\"a\":\"\"){0,2}\\}") {
            if serde_json::from_str::<serde::de::IgnoredAny>(&raw).is_ok() {
                let none = elements(&raw).next().is_none() && members(&raw).next().is_none();
                prop_assert_eq!(is_empty(&raw), none);
            }
        }
    }

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
