//! Keywords, one in a tag; several in one are taken apart.

use super::one_line;
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
            let written = one_line(&keyword.text);
            if keywords(&written).eq([keyword.text.as_str()]) {
                sink.put(0, written);
                return Some(Parts::NONE);
            }
            // One keyword must not become several.
            sink.put(0, written.replace(';', ",").trim());
            Some(Parts::SPELLING)
        }
        _ => None,
    },
    example: &["graph theory"],
};

/// The keywords of a value. The semicolon of an entity (`R&amp;D`) separates nothing.
fn keywords(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.match_indices([';', '\n']).map(|(at, _)| at).find(|at| {
            text.as_bytes().get(*at) == Some(&b'\n') || !ends_in_entity(text.get(..*at).unwrap_or_default())
        });
        let (word, tail) = end.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
        rest = end.map(|_| tail.get(1..).unwrap_or_default());
        Some(word.trim())
    })
    .filter(|word| !word.is_empty())
}

fn ends_in_entity(text: &str) -> bool {
    let head = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    (2..=8).contains(&(text.len() - head.len())) && (head.ends_with('&') || head.ends_with("&#"))
}
