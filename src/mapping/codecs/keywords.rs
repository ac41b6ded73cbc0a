//! Keywords, one in a tag; several in one are taken apart.

use super::one_line;
use crate::bytes::{first, trim};
use crate::entities::ends_in_entity;
use crate::mapping::{Codec, Shape};
use crate::record::{Keyword, KeywordKind, Parts, Value};

/// One keyword a line; several on one are taken apart at semicolons and line breaks, never at commas.
pub static KEYWORDS: Codec = Codec {
    name: "keyword",
    shape: Shape::Each,
    carries: Parts::NONE,
    read: |raws, _, values| {
        for raw in raws {
            let word = |text: &str| {
                Value::Keyword(Keyword {
                    text: text.to_owned(),
                    scheme: None,
                    kind: KeywordKind::Unspecified,
                    major: false,
                })
            };
            values.extend(keywords(raw).map(word));
        }
        true
    },
    write: |value, sink| match value {
        Value::Keyword(keyword) => {
            if is_one(&keyword.text) {
                sink.put(0, keyword.text.as_str());
                return Some(Parts::NONE);
            }
            let written = one_line(&keyword.text);
            if keywords(&written).eq([keyword.text.as_str()]) {
                sink.put(0, written);
                return Some(Parts::NONE);
            }
            // One keyword must not become several.
            sink.put(0, written.replace(';', ",").trim().to_owned());
            Some(Parts::SPELLING)
        }
        _ => None,
    },
    example: &["graph theory"],
};

/// Whether a text is certainly one keyword, with nothing around it.
fn is_one(text: &str) -> bool {
    let parts = first(text.as_bytes(), |byte| (byte == b';') | (byte == b'\n') | (byte == b'\r'));
    !text.is_empty() && parts.is_none() && trim(text).len() == text.len()
}

/// The keywords of a value. The semicolon of an entity (`R&amp;D`) separates nothing.
fn keywords(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr2_iter(b';', b'\n', text.as_bytes()).find(|at| {
            text.as_bytes().get(*at) == Some(&b'\n') || !ends_in_entity(text.get(..*at).unwrap_or_default())
        });
        let (word, tail) = end.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
        rest = end.map(|_| tail.get(1..).unwrap_or_default());
        Some(trim(word))
    })
    .filter(|word| !word.is_empty())
}
