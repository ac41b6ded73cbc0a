//! Titles, notes, words of a vocabulary: what stands in a tag as words.

use super::super::line;
use super::CHECKED;
use super::numbers::put_checked;
use crate::mapping::carry::shield;
use crate::mapping::codecs::{self, one_line};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::identifier::dois;
use crate::record::{MarkKind, Note, NoteKind, Parts, Text, Value};

/// Words on one line. Raised and lowered characters become those of Unicode where there are such (L-09).
pub(in crate::formats::ris) static TEXT: Codec = Codec {
    write: |value, sink| match value {
        Value::Text(text) => Some(codecs::put_line(&plain(text), sink)),
        _ => None,
    },
    ..codecs::TEXT
};

/// Words that may have several paragraphs, which stand on lines of their own.
pub(in crate::formats::ris) static PARAGRAPHS: Codec = Codec {
    name: "paragraphs",
    carries: Parts::LINE_BREAKS,
    write: |value, sink| match value {
        Value::Text(text) => Some(put_lines(&plain(text), sink)),
        _ => None,
    },
    ..TEXT
};

/// A note; its kind stands nowhere.
pub(in crate::formats::ris) static NOTE: Codec = note_of(NoteKind::Note, "note");
/// A caption.
pub(in crate::formats::ris) static CAPTION: Codec =
    Codec { write: |value, sink| write_note(value, sink, NoteKind::Caption), ..note_of(NoteKind::Caption, "caption") };
/// A label that is no citation key.
pub(in crate::formats::ris) static LABEL: Codec =
    Codec { write: |value, sink| write_note(value, sink, NoteKind::Label), ..note_of(NoteKind::Label, "label") };
/// A legal note.
pub(in crate::formats::ris) static LEGAL_NOTE: Codec =
    Codec { write: |value, sink| write_note(value, sink, NoteKind::Legal), ..note_of(NoteKind::Legal, "legal note") };

const fn note_of(kind: NoteKind, name: &'static str) -> Codec {
    Codec {
        name,
        shape: Shape::Each,
        carries: Parts::LINE_BREAKS.and(match kind {
            NoteKind::Note => Parts::NONE,
            _ => Parts::KIND,
        }),
        read: match kind {
            NoteKind::Caption => |raws, _, values| read_note(raws, values, NoteKind::Caption),
            NoteKind::Label => |raws, _, values| read_note(raws, values, NoteKind::Label),
            NoteKind::Legal => |raws, _, values| read_note(raws, values, NoteKind::Legal),
            _ => |raws, _, values| read_note(raws, values, NoteKind::Note),
        },
        write: |value, sink| match value {
            Value::Note(note) => Some(put_lines(&shield(&plain(&note.text)), sink)),
            _ => None,
        },
        example: &["A note."],
    }
}

fn read_note(raws: &[&str], values: &mut Vec<Value>, kind: NoteKind) -> bool {
    values.extend(raws.iter().map(|raw| Value::Note(Note { kind, text: Text::plain(*raw) })));
    true
}

/// Tags beside `N1` hold one line.
fn write_note(value: &Value, sink: &mut CellSink<'_>, kind: NoteKind) -> Option<Parts> {
    let Value::Note(note) = value else { return None };
    if note.kind != kind {
        return None;
    }
    let text = plain(&note.text);
    sink.put(0, one_line(&shield(&text)));
    Some(if text.contains('\n') { Parts::LINE_BREAKS } else { Parts::NONE })
}

/// Puts several lines, unless one of them would be taken for a tag's.
fn put_lines(text: &str, sink: &mut CellSink<'_>) -> Parts {
    if text.lines().skip(1).any(line::could_be_tagged) || text.contains('\r') {
        sink.put(0, one_line(text));
        Parts::LINE_BREAKS
    } else {
        sink.put(0, text);
        Parts::NONE
    }
}

/// The string without markup, but with raised and lowered characters where Unicode has all of them.
pub(super) fn plain(text: &Text) -> String {
    let mut out = text.as_str().to_owned();
    // From the last to the first: what stands before keeps its place.
    for mark in text.marks().iter().rev() {
        let table = match mark.kind {
            MarkKind::Superscript => SUPERSCRIPTS,
            MarkKind::Subscript => SUBSCRIPTS,
            _ => continue,
        };
        let range = mark.start as usize..mark.end as usize;
        let shifted: Option<String> = out.get(range.clone()).and_then(|span| {
            span.chars().map(|c| table.iter().find(|(plain, _)| *plain == c).map(|(_, shifted)| *shifted)).collect()
        });
        if let Some(shifted) = shifted {
            out.replace_range(range, &shifted);
        }
    }
    out
}

const SUPERSCRIPTS: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
];

const SUBSCRIPTS: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('a', 'ₐ'),
    ('e', 'ₑ'),
    ('h', 'ₕ'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('l', 'ₗ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('o', 'ₒ'),
    ('p', 'ₚ'),
    ('r', 'ᵣ'),
    ('s', 'ₛ'),
    ('t', 'ₜ'),
    ('u', 'ᵤ'),
    ('v', 'ᵥ'),
    ('x', 'ₓ'),
];

/// Postal addresses, one a line.
pub(in crate::formats::ris) static ADDRESS: Codec = Codec {
    name: "address, one a line",
    read: |raws, _, values| {
        let lines = raws.iter().flat_map(|raw| raw.lines()).map(str::trim).filter(|line| !line.is_empty());
        values.extend(lines.map(|line| Value::Text(Text::plain(line))));
        true
    },
    ..TEXT
};

/// The sort of work. A DOI in its place is a DOI.
pub(in crate::formats::ris) static GENRE: Codec = Codec {
    name: "sort of work",
    write: |value, sink| match value {
        Value::Text(text) if dois(text.as_str()).is_empty() => (TEXT.write)(value, sink),
        _ => None,
    },
    ..TEXT
};

/// A section in words, where a number is a page.
pub(in crate::formats::ris) static SECTION_NO_PAGE: Codec = Codec {
    name: "section, not a page",
    read: |raws, cx, values| !raws.iter().any(|raw| has_digits(raw)) && (TEXT.read)(raws, cx, values),
    write: |value, sink| match value {
        Value::Text(text) if !has_digits(&one_line(&plain(text))) => (TEXT.write)(value, sink),
        _ => None,
    },
    example: &["Features"],
    ..TEXT
};

fn has_digits(raw: &str) -> bool {
    raw.contains(|c: char| c.is_numeric())
}

/// A word of a vocabulary.
pub(in crate::formats::ris) static TOKEN: Codec = Codec {
    name: "word",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Token((*raw).to_owned())));
        true
    },
    write: |value, sink| match value {
        Value::Token(token) => Some(put_checked(token, sink)),
        _ => None,
    },
    example: &["word"],
};
