//! Codecs of words from vocabularies: stages of publication, languages, words of programs.

use super::codec::{put_words, text_of};
use super::lists::split_and;
use super::text::TEXT;
use crate::mapping::{Codec, Shape};
use crate::record::{Lang, Parts, Value};

/// A word of a program's vocabulary.
pub(super) static TOKEN: Codec = Codec {
    name: "word",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Token(text_of(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Token(token) => Some(put_words(token, 0, sink)),
        _ => None,
    },
    example: &["word"],
    ..TEXT
};

/// The stage of publication as BibLaTeX's keys have it.
pub(super) static PUBSTATE: Codec = Codec {
    name: "stage of publication",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| {
            let known = STATES.iter().find(|(_, key)| key.eq_ignore_ascii_case(raw));
            Value::Token(known.map_or_else(|| text_of(raw), |(token, _)| (*token).to_owned()))
        }));
        true
    },
    write: |value, sink| {
        let Value::Token(token) = value else { return None };
        if let Some((_, key)) = STATES.iter().find(|(it, _)| it == token) {
            sink.put(0, *key);
            return Some(Parts::NONE);
        }
        let lost = put_words(token, 0, sink);
        let taken = STATES.iter().any(|(_, key)| key.eq_ignore_ascii_case(token));
        Some(if taken { lost | Parts::SPELLING } else { lost })
    },
    example: &["inpress"],
    ..TEXT
};

const STATES: &[(&str, &str)] = &[("in-press", "inpress"), ("in-preparation", "inpreparation")];

/// The stage of publication in the place of a year. X-37.
pub(super) static YEAR_STAGE: Codec = Codec {
    name: "stage of publication in words",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        let words = text_of(raw);
        let stage = super::dates::STAGES.iter().find(|(_, it)| it.eq_ignore_ascii_case(&words));
        values.extend(stage.map(|(token, _)| Value::Token((*token).to_owned())));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Token(token) = value else { return None };
        let (_, words) = super::dates::STAGES.iter().find(|(it, _)| it == token)?;
        sink.put(0, *words);
        Some(Parts::NONE)
    },
    example: &["in press"],
    ..TEXT
};

/// A date that is only a stage of publication ("in press"): styles print what stands in `year`, and it reads back as the
/// status. X-30.
pub(super) static DATE_STAGE: Codec = Codec {
    name: "stage of publication for a date",
    read: |_, _, _| false,
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let words = date.literal.as_deref().filter(|_| date.start.is_none())?;
        let (_, words) = super::dates::STAGES.iter().find(|(_, it)| it.eq_ignore_ascii_case(words))?;
        sink.put(0, *words);
        Some(Parts::NONE)
    },
    example: &[],
    ..TEXT
};

/// A language: its babel name, which is BibLaTeX's key as well, where it has one of its own. D-38.
pub(super) static LANGUAGES: Codec = Codec {
    name: "languages",
    shape: Shape::Joined(" and "),
    read: |raws, _, values| {
        let items = raws.iter().flat_map(|raw| split_and(raw)).filter(|item| !item.is_empty());
        values.extend(items.flat_map(|item| {
            let words = text_of(item);
            Lang::parse_list(&words).unwrap_or_else(|| vec![Lang::parse(&words)]).into_iter().map(Value::Lang)
        }));
        true
    },
    write: |value, sink| {
        let Value::Lang(lang) = value else { return None };
        let names = [lang.babel_name(), lang.english_name()];
        if let Some(name) = names.into_iter().flatten().find(|name| Lang::parse(name) == *lang) {
            sink.put(0, name);
            return Some(Parts::NONE);
        }
        // LaTeX prints `fr-FR` as it stands, and hyphenates by no country.
        if let Some(name) = lang.babel_name().filter(|_| lang.is_tag()) {
            sink.put(0, name);
            return Some(Parts::SPELLING);
        }
        let lost = put_words(lang.as_str(), 0, sink);
        let comes_back = Lang::parse(lang.as_str()) == *lang
            && Lang::parse_list(lang.as_str()).is_none()
            // Braces of its own hold nothing together.
            && !lang.as_str().split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
        Some(if comes_back { lost } else { lost | Parts::SPELLING })
    },
    example: &["english and ngerman"],
    ..TEXT
};
