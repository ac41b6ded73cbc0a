//! Codecs that several formats share: plain text, numbers, words.

pub mod dates;
pub mod identifiers;
pub mod keywords;
pub mod languages;
pub(crate) mod marked;
pub mod markup;
pub mod names;

use super::codec::{CellSink, Codec, Shape};
use crate::bytes::trim;
use crate::record::{Note, NoteKind, Number, Parts, Publisher, PublisherRole, Text, Url, UrlKind, Value};
use crate::source::is_one_line;
use std::borrow::Cow;

/// Writes words on one line and says whether they come back.
pub fn put_line<'v>(words: &'v str, sink: &mut CellSink<'_, 'v>) -> Parts {
    if is_one_line(words) { put_trimmed(words, sink) } else { put_trimmed(one_line(words), sink) }
}

/// Writes words with their line breaks and says whether they come back: no-break spaces at the ends are white space to
/// readers.
pub(crate) fn put_trimmed<'v>(words: impl Into<Cow<'v, str>>, sink: &mut CellSink<'_, 'v>) -> Parts {
    let words = words.into();
    let length = words.len();
    let trimmed = trimmed(words);
    let same = trimmed.len() == length;
    sink.put(0, trimmed);
    if same { Parts::NONE } else { Parts::SPELLING }
}

/// A string without the white space around it.
pub(crate) fn trimmed(words: Cow<'_, str>) -> Cow<'_, str> {
    match words {
        Cow::Borrowed(words) => Cow::Borrowed(trim(words)),
        Cow::Owned(words) if trim(&words).len() == words.len() => Cow::Owned(words),
        Cow::Owned(words) => Cow::Owned(trim(&words).to_owned()),
    }
}

/// Words without markup, on one line.
pub static TEXT: Codec = Codec {
    name: "text",
    shape: Shape::Each,
    carries: Parts::NONE,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(Text::plain(*raw))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_line(text.as_str(), sink)),
        _ => None,
    },
    example: &["On Examples"],
};

/// Words without markup; paragraphs keep their line breaks.
pub static PARAGRAPHS: Codec = Codec {
    name: "paragraphs",
    carries: Parts::LINE_BREAKS,
    write: |value, sink| match value {
        Value::Text(text) => Some(put_trimmed(text.as_str(), sink)),
        _ => None,
    },
    ..TEXT
};

/// A number as printed.
pub static NUMBER: Codec = Codec {
    name: "number",
    shape: Shape::Each,
    carries: Parts::ALL,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Number(Number::new(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Number(number) => {
            sink.put(0, one_line(number.as_str()));
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["12"],
};

/// A word of a program's vocabulary.
pub static TOKEN: Codec = Codec {
    name: "word",
    shape: Shape::Each,
    carries: Parts::ALL,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Token((*raw).to_owned())));
        true
    },
    write: |value, sink| match value {
        Value::Token(token) => {
            sink.put(0, one_line(token));
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["word"],
};

/// A web address of the ordinary kind.
pub static URL: Codec = Codec {
    name: "address",
    shape: Shape::Each,
    carries: Parts::NONE,
    read: |raws, _, values| {
        values.extend(
            raws.iter().map(|raw| Value::Url(Url { url: (*raw).to_owned(), kind: UrlKind::Landing, label: None })),
        );
        true
    },
    write: |value, sink| match value {
        Value::Url(url) => {
            sink.put(0, one_line(&url.url));
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["https://example.org/a"],
};

/// A plain note.
pub static NOTE: Codec = Codec {
    name: "note",
    shape: Shape::Each,
    carries: Parts::LINE_BREAKS,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Note(Note { kind: NoteKind::Note, text: Text::plain(*raw) })));
        true
    },
    write: |value, sink| match value {
        Value::Note(note) => Some(put_trimmed(note.text.as_str(), sink)),
        _ => None,
    },
    example: &["A note."],
};

/// A publisher of whatever role, of which only the name is written.
pub static PUBLISHER: Codec = Codec {
    name: "publisher",
    shape: Shape::Each,
    carries: Parts::NONE,
    read: |raws, _, values| {
        values.extend(
            raws.iter()
                .map(|raw| Value::Publisher(Publisher { name: Text::plain(*raw), role: PublisherRole::Publisher })),
        );
        true
    },
    write: |value, sink| match value {
        Value::Publisher(publisher) => Some(put_line(publisher.name.as_str(), sink)),
        _ => None,
    },
    example: &["Example Press"],
};

/// A string with its line breaks as spaces: it is copied only where it has some.
pub fn one_line<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let text = text.into();
    if is_one_line(&text) { text } else { text.replace("\r\n", " ").replace(['\n', '\r'], " ").into() }
}
