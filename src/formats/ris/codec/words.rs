//! Titles, notes, words of a vocabulary: what stands in a tag as words.

use super::super::line;
use crate::mapping::degrees::degree;
use super::CHECKED;
use super::identifiers::is_number;
use super::numbers::put_checked;
use crate::mapping::carry::{is_carried, shield};
use crate::mapping::codecs::identifiers::read_dois;
use crate::mapping::codecs::marked::{self, on_one_line};
use crate::mapping::codecs::{self, markup, one_line};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::identifier::{dois, labelled_doi};
use crate::record::{Id, Mark, MarkKind, Note, NoteKind, Parts, Text, Value};
use crate::write::RisDialect;
use std::borrow::Cow;

/// Words on one line, with entities and tags for their looks as databases leave them in. Raised and lowered characters
/// are written as those of Unicode where there are such (L-09); for Zotero all looks are written as tags.
pub(in crate::formats::ris) static TEXT: Codec = Codec {
    carries: CHECKED,
    read: |raws, _, values| match raws {
        [raw] => marked::read_lines(&[without_bullet(raw)], values),
        _ => marked::read_lines(raws, values),
    },
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        if text.as_str().starts_with(BULLET) {
            let bare = Text::plain(without_bullet(text.as_str()));
            sink.put(0, one_line(markup::escape(&plain(&bare))).into_owned());
            return Some((text.parts() - bare.parts()) | Parts::SPELLING);
        }
        let spell = spelling(sink);
        Some(marked::write_line(text, sink, spell))
    },
    ..codecs::TEXT
};

/// What RefWorks leaves before titles of proceedings.
const BULLET: &str = "- ";

fn without_bullet(raw: &str) -> &str {
    let mut rest = raw;
    while let Some(behind) = rest.strip_prefix(BULLET) {
        rest = behind.trim_start();
    }
    rest
}

/// Words that may have several paragraphs, which stand on lines of their own.
pub(in crate::formats::ris) static PARAGRAPHS: Codec = Codec {
    name: "paragraphs",
    read: |raws, _, values| marked::read_paragraphs(raws, values),
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        let spell = spelling(sink);
        Some(marked::write_paragraphs(text, sink, |text| {
            let written = spell(text);
            if lines_are_safe(&written) { written } else { one_line(written).into_owned() }
        }))
    },
    ..TEXT
};

/// How a text stands in a tag: with tags of HTML where the reader of the output knows them.
fn spelling(sink: &CellSink<'_, '_>) -> impl Fn(&Text) -> String + use<> {
    let tags = sink.options.ris_dialect() == RisDialect::Zotero;
    move |text| {
        let with_tags = tags.then(|| markup::write(text)).flatten();
        with_tags.unwrap_or_else(|| markup::escape(&plain(text)).into_owned())
    }
}

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

/// A note that is a DOI with its label, as publishers have it beside the DOI.
pub(in crate::formats::ris) static DOI_NOTE: Codec = Codec {
    name: "DOI with its label",
    shape: Shape::Each,
    carries: Parts::LINE_BREAKS,
    read: |raws, _, values| raws.iter().all(|raw| is_labelled_doi(raw)) && read_dois(raws, values),
    write: |value, sink| match value {
        Value::Note(note) if is_labelled_doi(&plain(&note.text)) => Some(put_note(note, sink)),
        _ => None,
    },
    example: &["doi: 10.1000/182"],
};

/// A note that is a PubMed number, as PubMed Central has it.
pub(in crate::formats::ris) static PMID_NOTE: Codec = Codec {
    name: "PubMed number with its name",
    shape: Shape::Each,
    carries: Parts::LINE_BREAKS,
    read: |raws, _, values| {
        let found: Option<Vec<Id>> = raws.iter().map(|raw| pmid_alone(raw)).collect();
        let any = found.is_some();
        values.extend(found.into_iter().flatten().map(Value::Id));
        any
    },
    write: |value, sink| match value {
        Value::Note(note) if pmid_alone(&plain(&note.text)).is_some() => Some(put_note(note, sink)),
        _ => None,
    },
    example: &["12345678[pmid]"],
};

fn pmid_alone(raw: &str) -> Option<Id> {
    let raw = raw.trim();
    let number = raw.strip_suffix("[pmid]").or_else(|| raw.strip_prefix("PMID:").map(str::trim_start))?;
    Some(number).filter(|number| is_number(number)).map(Id::plain)
}

/// What databases say of their own records, by how it begins. No bibliography prints it, as it prints notes.
const OF_DATABASES: &[&str] = &[
    // Publish or Perish
    "Query date:",
    // Scopus
    "Export Date:",
    "Cited By",
    "Chemicals/CAS:",
    "CODEN:",
    "Correspondence Address:",
    "Funding details:",
    "Funding text",
    "Manufacturers:",
    "Molecular Sequence Numbers:",
    "Tradenames:",
    // Web of Science
    "Times Cited in Web of Science",
    "Total Times Cited",
    "Cited Reference Count",
    // ProQuest
    "Copyright - ",
    "CODEN - ",
    "Database copyright",
    "Date completed - ",
    "Date created - ",
    "Date revised - ",
    "Document feature - ",
    "Last updated - ",
    "Number of references - ",
    "SubjectsTermNotLitGenreText - ",
    // EBSCO
    "Accession Number:",
    // Pure
    "Publisher Copyright:",
    // Cochrane and Embase
    "MEDLINE AN ",
    // ASReview
    "ASReview_",
];

/// What a database says of its record.
pub(in crate::formats::ris) static DATABASE_NOTE: Codec = Codec {
    name: "note of a database",
    read: |raws, cx, values| {
        let is_one = |raw: &&str| {
            let begins = |word: &&str| raw.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
            OF_DATABASES.iter().any(begins)
        };
        raws.iter().all(is_one) && (PARAGRAPHS.read)(raws, cx, values)
    },
    write: |_, _| None,
    example: &["Export Date: 12 May 2022"],
    ..PARAGRAPHS
};

/// What EndNote makes of PubMed's other fields: full names, types of publication, dates and the citation, a line each.
pub(in crate::formats::ris) static PUBMED_LIST: Codec = Codec {
    name: "PubMed's other fields",
    read: |raws, cx, values| {
        let is_list = |raw: &&str| raw.lines().nth(2).is_some() && !raw.lines().any(is_carried);
        raws.iter().all(is_list) && (PARAGRAPHS.read)(raws, cx, values)
    },
    write: |_, _| None,
    example: &["Doe, Jane A\nJournal Article\n2004/08/11"],
    ..PARAGRAPHS
};

/// The list of references, as Scopus has it in a note.
pub(in crate::formats::ris) static REFERENCES: Codec = Codec {
    name: "references with their label",
    read: |raws, cx, values| {
        let lists: Option<Vec<&str>> = raws.iter().map(|raw| raw.strip_prefix("References: ")).collect();
        lists.is_some_and(|lists| (PARAGRAPHS.read)(&lists, cx, values))
    },
    write: |_, _| None,
    example: &["References: Doe, J., On examples (2001)"],
    ..PARAGRAPHS
};

fn is_labelled_doi(raw: &str) -> bool {
    labelled_doi(raw).is_some()
}

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
            // That would be read as the DOI.
            Value::Note(note) if !is_labelled_doi(&plain(&note.text)) => Some(put_note(note, sink)),
            _ => None,
        },
        example: &["A note."],
    }
}

fn put_note(note: &Note, sink: &mut CellSink<'_, '_>) -> Parts {
    put_lines(shield(&markup::escape(&plain(&note.text))).into_owned(), sink)
}

/// Notes are pages of their own to Zotero, which it exports as such.
fn read_note(raws: &[&str], values: &mut Vec<Value>, kind: NoteKind) -> bool {
    let text = |raw: &str| if is_carried(raw) { Text::plain(raw) } else { markup::read(raw) };
    values.extend(raws.iter().map(|raw| Value::Note(Note { kind, text: text(raw) })));
    true
}

/// Tags beside `N1` hold one line.
fn write_note(value: &Value, sink: &mut CellSink<'_, '_>, kind: NoteKind) -> Option<Parts> {
    let Value::Note(note) = value else { return None };
    if note.kind != kind {
        return None;
    }
    let text = plain(&note.text);
    sink.put(0, one_line(shield(&markup::escape(&text)).into_owned()));
    Some(if text.contains('\n') { Parts::LINE_BREAKS } else { Parts::NONE })
}

/// Puts several lines, unless they would be read as something else.
fn put_lines<'v>(text: impl Into<Cow<'v, str>>, sink: &mut CellSink<'_, 'v>) -> Parts {
    let text = text.into();
    if lines_are_safe(&text) {
        sink.put(0, text);
        Parts::NONE
    } else {
        sink.put(0, one_line(text));
        Parts::LINE_BREAKS
    }
}

/// Whether no line would be taken for a tag's, nor all for one that was broken to fit.
fn lines_are_safe(text: &str) -> bool {
    !text.contains('\n')
        || (!text.lines().skip(1).any(line::could_be_tagged) && !text.contains('\r') && !line::is_wrapped(text))
}

/// The string without markup, but with raised and lowered characters where Unicode has all of them.
pub(super) fn plain(text: &Text) -> Cow<'_, str> {
    let is_shifted = |mark: &Mark| matches!(mark.kind, MarkKind::Superscript | MarkKind::Subscript);
    if !text.marks().iter().any(is_shifted) {
        return Cow::Borrowed(text.as_str());
    }
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
    Cow::Owned(out)
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
        values.extend(lines.map(|line| Value::Text(on_one_line(markup::read(line)))));
        true
    },
    ..TEXT
};

/// Addresses behind the names of those whose they are, where other things may stand: `Doe, Jane. Department of …`, as Ovid has
/// them, and `(Doe J.; Roe K.) Department of …`, as Embase has.
pub(in crate::formats::ris) static ADDRESS_OF_NAMES: Codec = Codec {
    name: "address behind names",
    read: |raws, cx, values| raws.iter().all(|raw| is_behind_names(raw)) && (ADDRESS.read)(raws, cx, values),
    write: |_, _| None,
    example: &["Doe, Jane. Department of Examples, Example University, Oslo"],
    ..ADDRESS
};

fn is_behind_names(raw: &str) -> bool {
    let is_place = |rest: &str| rest.contains(',') && rest.trim_start().starts_with(char::is_uppercase);
    if let Some((names, rest)) = raw.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        let first = names.split([';', ',']).next().unwrap_or_default();
        return first.ends_with('.') && rest.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    }
    let Some((name, rest)) = raw.split_once(". ") else { return false };
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let parts = name.split_once(", ").filter(|(family, given)| family.len() + given.len() < 80 && !given.contains(','));
    parts.is_some_and(|(family, given)| family.split(' ').any(is_capital) && given.split(' ').all(is_capital)) && is_place(rest)
}

/// The sort of work. A DOI in its place is a DOI.
pub(in crate::formats::ris) static GENRE: Codec = Codec {
    name: "sort of work",
    write: |value, sink| match value {
        Value::Text(text) if dois(text.as_str()).is_empty() => (TEXT.write)(value, sink),
        _ => None,
    },
    ..TEXT
};

/// The degree of a thesis, where numbers stand.
pub(in crate::formats::ris) static DEGREE: Codec = Codec {
    name: "degree",
    read: |raws, cx, values| raws.iter().all(|raw| degree(raw).is_some()) && (TEXT.read)(raws, cx, values),
    write: |_, _| None,
    example: &["Ph.D."],
    ..TEXT
};

/// A section in words, where a number is a page.
pub(in crate::formats::ris) static SECTION_NO_PAGE: Codec = Codec {
    name: "section, not a page",
    read: |raws, cx, values| !raws.iter().any(|raw| has_digits(raw)) && (TEXT.read)(raws, cx, values),
    write: |value, sink| match value {
        Value::Text(text) if !has_digits(&one_line(plain(text))) => (TEXT.write)(value, sink),
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
