//! Codecs of prose: titles, genres, notes, keywords.

use crate::bytes::trim;
use super::codec::{WHOLE, comes_back, joined, put_text, put_unprotected, put_words, read_line, read_text, text_of, unprotected};
use super::lists::{in_braces, outside_braces};
use super::types::{THESES, is_degree_key, is_server};
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::{Keyword, KeywordKind, Note, NoteKind, Parts, Text, Value};
use crate::tex::{self, Encode, Protect};
use smallvec::SmallVec;

/// Words. Braces around all of them, which some programs put around every value, protect nothing here: no style changes
/// the letters of such a field.
pub(super) static TEXT: Codec = Codec {
    name: "LaTeX",
    shape: Shape::Each,
    carries: WHOLE,
    read: |raws, cx, values| {
        values.extend(raws.iter().map(|raw| Value::Text(unprotected(read_text(raw, cx)))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_unprotected(text, 0, sink)),
        _ => None,
    },
    example: &["On \\emph{Examples}"],
};

/// The name of a journal. That of a preprint server, which may say a number or make the article a preprint, is doubtful.
pub(super) static JOURNAL: Codec = Codec {
    name: "journal",
    write: |value, sink| match value {
        Value::Text(text) => {
            if is_server(text.as_str()) {
                sink.doubt();
            }
            Some(put_unprotected(text, 0, sink))
        }
        _ => None,
    },
    example: &["Journal of \\emph{Examples}"],
    ..TEXT
};

/// Words of which braces protect letters: what stands in a title.
pub(super) static CASED: Codec = Codec {
    name: "LaTeX, letters in braces keep their case",
    read: |raws, cx, values| {
        values.extend(raws.iter().map(|raw| Value::Text(read_line(raw, cx))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_text(text, 0, sink)),
        _ => None,
    },
    ..TEXT
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
    ..CASED
};

/// Words of which the second and later values are joined to the first.
pub(super) static TEXTS: Codec = Codec {
    name: "LaTeX, joined",
    shape: Shape::Joined("; "),
    write: |value, sink| match value {
        Value::Text(text) => Some(joined(sink) | put_unprotected(text, 0, sink)),
        _ => None,
    },
    ..TEXT
};

/// `type`: words; for theses BibLaTeX's keys are the subtype alone.
pub(super) static GENRE: Codec = Codec {
    name: "type",
    read: |raws, cx, values| {
        let thesis = THESES.iter().any(|word| word.eq_ignore_ascii_case(cx.word));
        values.extend(raws.iter().filter(|raw| !(thesis && is_degree_key(raw))).map(|raw| Value::Text(genre(raw, cx))));
        true
    },
    write: |value, sink| match value {
        // A text that is a key would be read as the subtype.
        Value::Text(text) if is_degree_key(text.as_str()) => None,
        Value::Text(text) => Some(put_genre(text, None, sink)),
        _ => None,
    },
    example: &["Research note"],
    ..TEXT
};

/// The same for BibLaTeX, which has keys for some sorts of reports and patents.
pub(super) static GENRE_KEYS: Codec = Codec {
    name: "type, by its key where there is one",
    write: |value, sink| match value {
        Value::Text(text) if is_degree_key(text.as_str()) => None,
        Value::Text(text) => {
            let key = TYPE_KEYS.iter().find(|(_, words)| text.marks().is_empty() && *words == text.as_str());
            Some(put_genre(text, key.map(|(key, _)| *key), sink))
        }
        _ => None,
    },
    ..GENRE
};

/// BibLaTeX's keys for sorts of work, and what it prints for them in English.
const TYPE_KEYS: &[(&str, &str)] = &[
    ("techreport", "technical report"),
    ("resreport", "research report"),
    ("software", "computer software"),
    ("datacd", "data CD"),
    ("audiocd", "audio CD"),
    ("patent", "patent"),
    ("patentde", "German patent"),
    ("patenteu", "European patent"),
    ("patentfr", "French patent"),
    ("patentuk", "British patent"),
    ("patentus", "U.S. patent"),
    ("patreq", "patent request"),
    ("patreqde", "German patent request"),
    ("patreqeu", "European patent request"),
    ("patreqfr", "French patent request"),
    ("patrequk", "British patent request"),
    ("patrequs", "U.S. patent request"),
];

fn genre(raw: &str, cx: &mut CodecReading<'_, '_>) -> Text {
    match TYPE_KEYS.iter().find(|(key, _)| *key == raw) {
        Some((_, words)) => Text::plain(*words),
        None => unprotected(read_text(raw, cx)),
    }
}

/// Writes a sort of work, by its key if there is one. Words that are a key read as what it stands for.
fn put_genre<'v>(text: &'v Text, key: Option<&'v str>, sink: &mut CellSink<'_, 'v>) -> Parts {
    if let Some(key) = key {
        sink.put(0, key);
        return Parts::NONE;
    }
    match TYPE_KEYS.iter().find(|(key, _)| *key == text.as_str()) {
        Some((key, words)) => {
            sink.put(0, *words);
            if key == words { Parts::NONE } else { Parts::SPELLING }
        }
        None => put_unprotected(text, 0, sink),
    }
}

macro_rules! notes {
    ($($(#[$doc:meta])* $constant:ident $kind:ident $name:literal $example:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Joined("; "),
            carries: WHOLE,
            read: |raws, cx, values| {
                let notes = raws.iter().map(|raw| Note { kind: NoteKind::$kind, text: unprotected(read_text(raw, cx)) });
                values.extend(notes.map(Value::Note));
                true
            },
            write: |value, sink| match value {
                Value::Note(note) if note.kind == NoteKind::$kind => Some(joined(sink) | put_unprotected(&note.text, 0, sink)),
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
        Value::Note(note) => Some(joined(sink) | put_unprotected(&note.text, 0, sink)),
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
            // Braces around a list that is separated by semicolons are of a program that puts them around every value; a
            // keyword with one in it has two pairs.
            let several = |raw: &str| memchr::memchr(b';', raw.as_bytes()).is_some() && split_at(raw, b';').len() > 1;
            let inner = in_braces(raw).filter(|inner| in_braces(inner).is_none() && several(inner));
            let raw = inner.unwrap_or(raw);
            let is_broken = memchr::memchr2(b'\n', b'\\', raw.as_bytes()).is_some();
            let separator = match several(raw) {
                true => b';',
                false if is_broken && is_one_a_line(raw) => b'\n',
                false => b',',
            };
            let words = split_at(raw, separator).into_iter().map(|item| text_of(in_braces(item).unwrap_or(item)));
            // A line that is broken in one parts nothing.
            let words = words.map(|words| if is_broken { words.replace('\n', " ") } else { words });
            let keywords = words.filter(|words| !words.is_empty());
            values.extend(keywords.map(|text| Value::Keyword(Keyword { text, ..Keyword::default() })));
        }
        true
    },
    write: |value, sink| {
        let Value::Keyword(keyword) = value else { return None };
        if keyword.text.contains('\n') {
            let one = Value::Keyword(Keyword { text: keyword.text.replace('\n', " "), ..keyword.clone() });
            let mut cells = CellSink::new(sink.options, sink.word);
            let lost = (KEYWORDS.write)(&one, &mut cells)?;
            cells.cells().iter().for_each(|(place, raw)| sink.put(*place, raw.to_string()));
            return Some(lost | Parts::SPELLING);
        }
        if !keyword.text.contains([',', ';']) {
            return Some(put_words(&keyword.text, 0, sink));
        }
        let mut out = String::with_capacity(keyword.text.len() + 4);
        let (open, close) = if keyword.text.contains(';') { ("{{", "}}") } else { ("{", "}") };
        out.push_str(open);
        let from = out.len();
        let _ = tex::encode_str(&keyword.text, sink.options.ascii, &mut out);
        if out.get(from..).is_some_and(|it| it.starts_with('\\')) {
            // Braces with a command right behind them are those of an accent.
            out.insert_str(from, "{}");
        }
        out.push_str(close);
        let mut back = Vec::new();
        let mut cx = CodecReading::silent(sink.word);
        (KEYWORDS.read)(&[&out], &mut cx, &mut back);
        let same = matches!(back.as_slice(), [Value::Keyword(it)] if it.text == keyword.text);
        sink.put(0, out);
        Some(if same { Parts::NONE } else { Parts::SPELLING })
    },
    example: &["graph theory, {R, the language}, NLP"],
};

/// Whether each line holds a keyword, as in EndNote's .bib: there are more lines than commas, and none is indented or ends
/// with one, as in a list that was broken into lines.
fn is_one_a_line(raw: &str) -> bool {
    let is_whole = |line: &str| !line.starts_with([' ', '\t']) && !line.trim_end().ends_with(',');
    let lines = raw.lines().count();
    lines > 2 && lines > raw.matches(',').count() && raw.lines().all(is_whole) && tex::balanced(raw)
}

/// Keywords that the authors chose.
pub(super) static AUTHOR_KEYWORDS: Codec = Codec {
    name: "keywords of the authors",
    read: |raws, cx, values| {
        let from = values.len();
        let read = (KEYWORDS.read)(raws, cx, values);
        for value in values.iter_mut().skip(from) {
            if let Value::Keyword(keyword) = value {
                keyword.kind = KeywordKind::Author;
            }
        }
        read
    },
    write: |_, _| None,
    ..KEYWORDS
};

/// The pieces of a string between separators outside braces.
pub(super) fn split_at(raw: &str, separator: u8) -> SmallVec<[&str; 8]> {
    let mut pieces = SmallVec::new();
    let mut start = 0;
    for at in outside_braces(raw, |byte| byte == separator) {
        if separator == b';' && tex::ends_in_entity(raw.get(..at).unwrap_or_default()) {
            continue;
        }
        pieces.push(trim(raw.get(start..at).unwrap_or_default()));
        start = at + 1;
    }
    pieces.push(trim(raw.get(start..).unwrap_or_default()));
    pieces
}
