//! Codecs of prose: titles, genres, notes, keywords.

use super::codec::{WHOLE, comes_back, decoded, joined, put_text, put_words, text_of};
use super::lists::in_braces;
use super::types::{THESES, is_degree_key};
use crate::mapping::{Codec, Shape};
use crate::record::{Keyword, Note, NoteKind, Parts, Value};
use crate::tex::{self, Encode, Protect};

/// Words.
pub(super) static TEXT: Codec = Codec {
    name: "LaTeX",
    shape: Shape::Each,
    carries: WHOLE,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(decoded(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_text(text, 0, sink)),
        _ => None,
    },
    example: &["On \\emph{Examples}"],
};

/// A title: words whose letter case BibTeX's styles change. Letters that must stay are put in braces where the source
/// could not mark them (section 4.5, D-50).
pub(super) static TITLE: Codec = Codec {
    name: "title in LaTeX",
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        if !sink.case_agnostic || !text.as_str().bytes().any(|byte| byte.is_ascii_uppercase() || byte >= 0x80) {
            return Some(put_text(text, 0, sink));
        }
        let how = Encode { ascii: sink.options.ascii, protect: Protect::Auto };
        let mut out = String::with_capacity(text.as_str().len() + 16);
        let encoded = tex::encode(text, how, &mut out);
        let lost = if comes_back(text) {
            sink.put(0, out);
            Parts::NONE
        } else {
            // What is lost without the braces is lost with them.
            let lost = put_text(text, 0, sink);
            if encoded.protected {
                sink.replace(0, out);
            }
            lost
        };
        if encoded.protected {
            sink.add();
        }
        Some(lost)
    },
    ..TEXT
};

/// Words of which the second and later values are joined to the first.
pub(super) static TEXTS: Codec = Codec {
    name: "LaTeX, joined",
    shape: Shape::Joined("; "),
    write: |value, sink| match value {
        Value::Text(text) => Some(joined(sink) | put_text(text, 0, sink)),
        _ => None,
    },
    ..TEXT
};

/// `type`: words; for theses BibLaTeX's keys are the subtype alone.
pub(super) static GENRE: Codec = Codec {
    name: "type",
    read: |raws, cx, values| {
        let thesis = THESES.iter().any(|word| word.eq_ignore_ascii_case(cx.word));
        values.extend(raws.iter().filter(|raw| !(thesis && is_degree_key(raw))).map(|raw| Value::Text(decoded(raw))));
        true
    },
    write: |value, sink| match value {
        // A text that is a key would be read as the subtype.
        Value::Text(text) if is_degree_key(text.as_str()) => None,
        Value::Text(text) => Some(put_text(text, 0, sink)),
        _ => None,
    },
    example: &["Research note"],
    ..TEXT
};

macro_rules! notes {
    ($($(#[$doc:meta])* $constant:ident $kind:ident $name:literal $example:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Joined("; "),
            carries: WHOLE,
            read: |raws, _, values| {
                values.extend(raws.iter().map(|raw| Value::Note(Note { kind: NoteKind::$kind, text: decoded(raw) })));
                true
            },
            write: |value, sink| match value {
                Value::Note(note) if note.kind == NoteKind::$kind => Some(joined(sink) | put_text(&note.text, 0, sink)),
                _ => None,
            },
            example: &[$example],
        };
    )* };
}

notes! {
    /// A note.
    NOTE Note "note" "A note.";
    /// A note at the end of the reference.
    ADDENDUM Addendum "addendum" "With a map.";
    /// How it was published.
    HOWPUBLISHED HowPublished "howpublished" "Privately printed";
}

/// A note of a kind that no field is for.
pub(super) static OTHER_NOTE: Codec = Codec {
    name: "note of another kind",
    carries: WHOLE.without(Parts::KIND),
    write: |value, sink| match value {
        Value::Note(note) => Some(joined(sink) | put_text(&note.text, 0, sink)),
        _ => None,
    },
    ..NOTE
};

/// Keywords. D-29, X-35.
pub(super) static KEYWORDS: Codec = Codec {
    name: "keywords",
    shape: Shape::Joined(", "),
    carries: WHOLE.without(Parts::SCHEME).without(Parts::KIND),
    read: |raws, _, values| {
        for raw in raws {
            let separator = if split_at(raw, ';').len() > 1 { ';' } else { ',' };
            let words = split_at(raw, separator).into_iter().map(|item| text_of(in_braces(item).unwrap_or(item)));
            let keywords = words.filter(|words| !words.is_empty());
            values.extend(keywords.map(|text| Value::Keyword(Keyword { text, ..Keyword::default() })));
        }
        true
    },
    write: |value, sink| {
        let Value::Keyword(keyword) = value else { return None };
        if !keyword.text.contains([',', ';']) {
            return Some(put_words(&keyword.text, 0, sink));
        }
        let mut out = String::with_capacity(keyword.text.len() + 2);
        out.push('{');
        let _ = tex::encode_str(&keyword.text, sink.options.ascii, &mut out);
        out.push('}');
        let back = in_braces(&out).map(text_of);
        sink.put(0, out);
        Some(if back.as_deref() == Some(&*keyword.text) { Parts::NONE } else { Parts::SPELLING })
    },
    example: &["graph theory, {R, the language}, NLP"],
};

/// The pieces of a string between separators outside braces.
fn split_at(raw: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in raw.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if c == separator && depth == 0 => {
                pieces.push(raw.get(start..at).unwrap_or_default().trim());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(raw.get(start..).unwrap_or_default().trim());
    pieces
}
