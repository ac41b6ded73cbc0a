//! Languages by tag, code or name.

use super::one_line;
use crate::mapping::{Codec, Shape};
use crate::record::{Lang, Parts, Value};

/// All that a language has: the codec finds out what is missing.
const CHECKED: Parts = Parts::ALL;

/// Languages.
pub static LANGUAGE: Codec = Codec {
    name: "language",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        for raw in raws {
            values.extend(languages(raw).into_iter().map(Value::Lang));
        }
        true
    },
    write: |value, sink| match value {
        Value::Lang(lang) => {
            let written = one_line(lang.as_str());
            if languages(written.trim()) != [lang.clone()] {
                return None;
            }
            sink.put(0, written);
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["en"],
};

fn languages(raw: &str) -> Vec<Lang> {
    Lang::parse_list(raw).unwrap_or_else(|| vec![Lang::parse(raw)])
}
