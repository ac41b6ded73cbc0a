//! Languages by tag, code or name.

use super::one_line;
use crate::bytes::trim;
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
            values.extend(Lang::parse_all(raw).into_iter().map(Value::Lang));
        }
        true
    },
    write: |value, sink| match value {
        Value::Lang(lang) => {
            let written = one_line(lang.as_str());
            if !lang.is_read_from(trim(&written)) {
                return None;
            }
            sink.put(0, written);
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["en"],
};

/// The name that babel has for a language, as its tag: for formats that have no place for it but that of the language
/// (D-38). Nothing is read by it.
pub static BABEL: Codec = Codec {
    name: "language of babel",
    read: |_, _, _| false,
    write: |value, sink| {
        let Value::Token(token) = value else { return None };
        sink.put(0, Lang::from_babel(token)?.as_str().to_owned());
        Some(Parts::NONE)
    },
    example: &[],
    ..LANGUAGE
};
