//! How RIS spells values: the codecs that no other format shares.
//!
//! Where a codec cannot promise that a value comes back, it reads what it has written and says what is missing. So the
//! loss report is right by construction, whatever the value.

use super::line;
use crate::diagnostic::{DATE_CONFLICT, DATE_LITERAL, ID_INVALID, NAME_COMMAS, NAMES_ON_ONE_LINE};
use crate::mapping::carry::shield;
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::identifier::{self, Serial, doi, dois, is_doi_url, serial_numbers};
use crate::record::name::{is_others, split_name_line};
use crate::record::{
    Date, End, File, Id, Keyword, KeywordKind, Lang, MarkKind, Name, Names, Note, NoteKind, Number, PageRange, Pages,
    Parts, Publisher, PublisherRole, Text, Url, UrlKind, Value, article_number, excerpt, total_pages,
};

/// All that a value of several parts can have, where the codec itself finds out what is missing.
const CHECKED: Parts = Parts::ALL;

// ---------------------------------------------------------------------------------------------------------- words

/// Words on one line. Raised and lowered characters become those of Unicode where there are such (L-09).
pub(super) static TEXT: Codec = Codec {
    name: "text",
    shape: Shape::Each,
    carries: Parts::NONE,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(Text::plain(*raw))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => {
            sink.put(0, one_line(&plain(text)));
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["On Examples"],
};

/// Words that may have several paragraphs, which stand on lines of their own.
pub(super) static PARAGRAPHS: Codec = Codec {
    name: "paragraphs",
    carries: Parts::LINE_BREAKS,
    write: |value, sink| match value {
        Value::Text(text) => Some(put_lines(&plain(text), sink)),
        _ => None,
    },
    ..TEXT
};

/// A note; its kind stands nowhere.
pub(super) static NOTE: Codec = note_of(NoteKind::Note, "note");
/// A caption.
pub(super) static CAPTION: Codec =
    Codec { write: |value, sink| write_note(value, sink, NoteKind::Caption), ..note_of(NoteKind::Caption, "caption") };
/// A label that is no citation key.
pub(super) static LABEL: Codec =
    Codec { write: |value, sink| write_note(value, sink, NoteKind::Label), ..note_of(NoteKind::Label, "label") };
/// A legal note.
pub(super) static LEGAL_NOTE: Codec =
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
fn plain(text: &Text) -> String {
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

/// The sort of work. A DOI in its place is a DOI.
pub(super) static GENRE: Codec = Codec {
    name: "sort of work",
    write: |value, sink| match value {
        Value::Text(text) if dois(text.as_str()).is_empty() => (TEXT.write)(value, sink),
        _ => None,
    },
    ..TEXT
};

/// A word of a vocabulary.
pub(super) static TOKEN: Codec = Codec {
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

/// A number as printed.
pub(super) static NUMBER: Codec = Codec {
    name: "number",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Number(Number::new(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Number(number) => Some(put_checked(number.as_str(), sink)),
        _ => None,
    },
    example: &["12"],
};

/// Puts a string on one line; what white space it loses is its spelling.
fn put_checked(raw: &str, sink: &mut CellSink<'_>) -> Parts {
    let written = one_line(raw);
    let written = written.trim();
    let same = written == raw;
    sink.put(0, written);
    if same { Parts::NONE } else { Parts::SPELLING }
}

/// A number in `SN` that is no serial number: of a report, a patent, a standard.
pub(super) static NUMBER_IN_SN: Codec = Codec {
    name: "number, not of a book or serial",
    read: |raws, cx, values| raws.iter().all(|raw| !is_serial(raw, true)) && (NUMBER.read)(raws, cx, values),
    write: |value, sink| match value {
        Value::Number(number) if !is_serial(number.as_str(), true) => (NUMBER.write)(value, sink),
        _ => None,
    },
    example: &["TR-2020/7"],
    ..NUMBER
};

/// A year or a range of years as a number is none of an edition in `ET` where `ET` may hold a date.
pub(super) static EDITION_NO_DATE: Codec = Codec {
    name: "edition, not a date",
    write: |value, sink| match value {
        Value::Number(number) if available(number.as_str()).is_none() => (NUMBER.write)(value, sink),
        _ => None,
    },
    example: &["2nd ed."],
    ..NUMBER
};

/// A total of pages, where `SP` holds nothing else.
pub(super) static TOTAL: Codec = Codec {
    name: "total of pages",
    read: |raws, cx, values| match raws.first().and_then(|raw| total(raw, cx.word)) {
        Some(number) => {
            values.push(Value::Number(number));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Number(number) = value else { return None };
        let plain = one_line(number.as_str());
        let unit = [plain.as_str(), " p."].concat();
        let written = [plain, unit].into_iter().find(|raw| total(raw, sink.word).as_ref() == Some(number))?;
        sink.put(0, written);
        Some(Parts::NONE)
    },
    example: &["320 p."],
    ..NUMBER
};

/// The types of which a bare number in `SP` is a total.
const WHOLES: [&str; 5] = ["BOOK", "CLSWK", "EBOOK", "EDBOOK", "THES"];

fn total(raw: &str, word: &str) -> Option<Number> {
    let bare = raw.bytes().all(|b| b.is_ascii_digit()) && WHOLES.iter().any(|it| it.eq_ignore_ascii_case(word));
    if bare { Some(Number::new(raw)) } else { total_pages(raw) }
}

/// An article's number, where it stands for its pages.
pub(super) static ARTICLE_IN_SP: Codec = Codec {
    name: "number for pages",
    read: |raws, _, values| match raws.first().and_then(|raw| article_number(raw)) {
        Some((number, None)) => {
            values.push(Value::Number(number));
            true
        }
        _ => false,
    },
    example: &["e1002345"],
    ..NUMBER
};

// ---------------------------------------------------------------------------------------------------------- pages

/// First and last page; a list of ranges stands in the first tag whole.
pub(super) static PAGES: Codec = Codec {
    name: "pages",
    shape: Shape::Across,
    carries: CHECKED,
    read: |raws, cx, values| {
        let (Some(first), last) = (raws.first(), raws.get(1).unwrap_or(&"")) else { return false };
        match read_pages(first, last, cx.word) {
            Some(pages) => {
                values.push(Value::Pages(pages));
                true
            }
            None => false,
        }
    },
    write: |value, sink| {
        let Value::Pages(pages) = value else { return None };
        let (first, last) = match pages.ranges.as_slice() {
            [PageRange { start, end: Some(end), open: false }] => (one_line(start), one_line(end)),
            _ => (one_line(&pages.write("--", ", ")), String::new()),
        };
        let back = read_pages(first.trim(), last.trim(), sink.word);
        // In the place of pages, this is read as something else.
        let back = back?;
        let lost = if back == *pages { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, first);
        sink.put(1, last);
        Some(lost)
    },
    example: &["12", "34"],
};

fn read_pages(first: &str, last: &str, word: &str) -> Option<Pages> {
    if first.is_empty() || (last.is_empty() && total(first, word).is_some()) {
        return None;
    }
    if last.is_empty() || first == last {
        return Pages::parse(first);
    }
    let single = |text: &str| Pages::parse(text).filter(|pages| pages.ranges.len() == 1);
    if let Some(pages) = single(first)
        && pages.ranges.first().and_then(|range| range.end.as_deref()) == Some(last)
    {
        return Some(pages);
    }
    let both = single(&[first, "--", last].concat());
    let expanded = both.filter(|pages| pages.ranges.iter().all(|range| *range.start == *first && range.end.is_some()));
    Some(expanded.unwrap_or_else(|| Pages {
        ranges: vec![PageRange { start: first.into(), end: Some(last.into()), open: false }],
    }))
}

// ---------------------------------------------------------------------------------------------------------- names

/// One name in each tag, the family name first.
pub(super) static NAMES: Codec = names_of(
    "names",
    |raws, cx, values| read_names(raws, cx, values, None),
    |value, sink| write_names(value, sink, None),
);

macro_rules! names_in_role {
    ($($(#[$doc:meta])* $constant:ident $role:literal;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = with_role(names_of(
            concat!("names (", $role, ")"),
            |raws, cx, values| read_names(raws, cx, values, Some($role)),
            |value, sink| write_names(value, sink, Some($role)),
        ));)*
    };
}

names_in_role! {
    /// Who advised a thesis.
    ADVISORS "advisor";
    /// The lawyers of a case.
    COUNSEL "counsel";
    /// Who brought in a bill.
    SPONSORS "sponsor";
    /// Who brought it in with them.
    COSPONSORS "cosponsor";
    /// Who reviewed the work.
    REVIEWERS "reviewer";
    /// Who represents the inventor.
    ATTORNEYS "attorney";
    /// Who wrote the words of a song.
    LYRICISTS "lyricist";
}

type ReadNames = fn(&[&str], &mut CodecReading<'_, '_>, &mut Vec<Value>) -> bool;
type WriteNames = fn(&Value, &mut CellSink<'_>) -> Option<Parts>;

const fn with_role(codec: Codec) -> Codec {
    Codec { carries: codec.carries.and(Parts::ROLE), ..codec }
}

const fn names_of(name: &'static str, read: ReadNames, write: WriteNames) -> Codec {
    Codec {
        name,
        shape: Shape::All,
        carries: Parts::ALL.without(Parts::OTHERS.and(Parts::UNPLACED).and(Parts::ROLE)),
        read,
        write,
        example: &["Doe, Jane"],
    }
}

fn read_names(raws: &[&str], cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>, role: Option<&str>) -> bool {
    let mut names = Names { list: Vec::with_capacity(raws.len()), role: role.map(Into::into), ..Names::default() };
    for raw in raws {
        match split_name_line(raw) {
            Some(several) => {
                let message = format!("{} names on one line were taken apart: {}", several.len(), excerpt(raw, 60));
                cx.report(&NAMES_ON_ONE_LINE, message);
                several.into_iter().for_each(|one| read_name(one, cx, &mut names));
            }
            None => read_name(raw, cx, &mut names),
        }
    }
    if names.list.is_empty() {
        return false;
    }
    values.push(Value::Names(names));
    true
}

fn read_name(raw: &str, cx: &mut CodecReading<'_, '_>, names: &mut Names) {
    if is_others(raw) {
        names.others = true;
        return;
    }
    let (name, too_many) = Name::from_inverted(raw);
    if too_many {
        cx.report(&NAME_COMMAS, format!("more commas than a name has: {}", excerpt(raw, 60)));
    }
    names.list.push(name);
}

fn write_names(value: &Value, sink: &mut CellSink<'_>, role: Option<&str>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    if names.list.is_empty() || (role.is_some() && names.role.as_deref() != role) {
        return None;
    }
    let mut lost = Parts::NONE;
    for name in &names.list {
        lost |= name.inverted_lost(false);
        let mut written = name.to_inverted(false);
        if written.contains(['\n', '\r']) {
            lost |= Parts::SPELLING;
            written = one_line(&written);
        }
        // What would be read as several names, or as none, is written so that it stays as it is from then on.
        if split_name_line(&written).is_some() {
            written = written.replace(';', " ");
        }
        if is_others(&written) {
            lost |= Parts::SPELLING;
        } else {
            sink.put(0, written);
        }
    }
    if role.is_none() && names.role.is_some() {
        lost |= Parts::ROLE;
    }
    Some(lost)
}

/// The holder of a patent, of which one stands in a tag for publishers.
pub(super) static HOLDER: Codec = names_of(
    "holder",
    |raws, cx, values| read_names(raws, cx, values, None),
    |value, sink| write_names(value, sink, None),
);

// ---------------------------------------------------------------------------------------------------------- dates

/// The year, the date and the date as the older format has it: `PY`, `DA`, `Y1`. The finest of the year given wins.
pub(super) static DATE_PARTS: Codec = Codec {
    name: "year and date",
    shape: Shape::Across,
    carries: CHECKED,
    read: |raws, cx, values| match read_dates(raws, cx) {
        Some(date) => {
            values.push(Value::Date(date));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let (year, whole) = (one_line(&date.year_text()), one_line(&date.to_slashed()));
        // The date is only worth a line where it says more than the year.
        let back = read_date(&year);
        let finer = date.start.as_ref().is_some_and(|start| start.month != 0)
            || (date.start.is_some() && date.literal.is_some());
        if back == *date || !finer {
            let lost = missing(date, &back);
            sink.put(0, year);
            return Some(lost);
        }
        let both = joined_dates(&year, &whole).unwrap_or_default();
        let lost = missing(date, &both);
        let says_more = both != back;
        sink.put(0, year);
        if says_more {
            sink.put(1, whole);
        }
        Some(lost)
    },
    example: &["2008", "2008/03/15/"],
};

/// A year alone.
pub(super) static YEAR: Codec = Codec {
    name: "year",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| match raws.first().filter(|raw| is_year(raw)) {
        Some(raw) => {
            values.push(Value::Date(read_date(raw)));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let year = date.year_text();
        if !is_year(&year) {
            return None;
        }
        let lost = missing(date, &read_date(&year));
        sink.put(0, year);
        Some(lost)
    },
    example: &["2016"],
};

/// Whether a string is a year of four digits.
pub(super) fn is_year(raw: &str) -> bool {
    raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit())
}

/// A whole date in one tag.
pub(super) static DATE: Codec = Codec {
    name: "date",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, cx, values| {
        let Some(raw) = raws.first() else { return false };
        let date = read_date(raw);
        if date.start.is_none() && date.literal.is_some() {
            cx.report(&DATE_LITERAL, format!("kept as words: {}", excerpt(raw, 40)));
        }
        values.push(Value::Date(date));
        true
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let written = one_line(&date.to_slashed());
        let lost = missing(date, &read_date(written.trim()));
        sink.put(0, written);
        Some(lost)
    },
    example: &["2008/03/15/"],
};

/// A date in a tag that may hold something else as well.
pub(super) static DATE_OR_NOT: Codec = Codec {
    name: "date, if it is one",
    read: |raws, _, values| match raws.first().and_then(|raw| available(raw)) {
        Some(date) => {
            values.push(Value::Date(date));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let written = one_line(&date.to_slashed());
        let lost = missing(date, &available(written.trim())?);
        sink.put(0, written);
        Some(lost)
    },
    ..DATE
};

/// A full day in `DA`, where the year stands elsewhere and is another.
pub(super) static DAY: Codec = Codec {
    name: "day",
    read: |raws, _, values| {
        let day = raws
            .first()
            .map(|raw| read_date(raw))
            .filter(|date| date.start.as_ref().is_some_and(|start| start.day != 0));
        let found = day.is_some();
        values.extend(day.map(Value::Date));
        found
    },
    ..DATE
};

/// A date with a year that can be one: an edition is none.
fn available(raw: &str) -> Option<Date> {
    let date = read_date(raw);
    let year = date.start.as_ref().map(|start| start.year)?;
    ((1000..=2999).contains(&year) && date.literal.is_none()).then_some(date)
}

fn read_date(raw: &str) -> Date {
    if raw.is_empty() { Date::default() } else { Date::from_slashed(raw) }
}

/// What of a date another lacks.
fn missing(date: &Date, back: &Date) -> Parts {
    if date == back {
        return Parts::NONE;
    }
    let lost = date.parts() - back.parts();
    if lost.is_empty() { Parts::SPELLING } else { lost }
}

/// The date that a year and a date make together; `None` if they disagree.
fn joined_dates(year: &str, date: &str) -> Option<Date> {
    let of_year = read_date(year);
    let whole = read_date(date);
    if of_year.is_empty() {
        return Some(whole);
    }
    if whole.is_empty() {
        return Some(of_year);
    }
    let start_year = |date: &Date| date.start.as_ref().map(|start| (start.year, start.unspecified));
    match (start_year(&of_year), start_year(&whole)) {
        (Some(a), Some(b)) if a == b => Some(finer(of_year, whole)),
        // A month and a day without a year: `Mar 2`.
        (Some(_), None) => {
            let with_year = Date::from_words(&[date, " ", year].concat());
            (start_year(&with_year) == start_year(&of_year) && with_year.literal.is_none()).then_some(with_year)
        }
        _ => None,
    }
}

/// The one that says more; the first of equals.
fn finer(a: Date, b: Date) -> Date {
    let rank = |date: &Date| {
        let precision = date.start.as_ref().map(|start| (start.precision(), start.time.is_some()));
        (date.end != End::None, precision, date.literal.is_some())
    };
    if rank(&b) > rank(&a) { b } else { a }
}

fn read_dates(raws: &[&str], cx: &mut CodecReading<'_, '_>) -> Option<Date> {
    let get = |at: usize| raws.get(at).copied().unwrap_or_default();
    let (year, date, older) = (get(0), get(1), get(2));
    let disagree = |cx: &mut CodecReading<'_, '_>, one: &str, other: &str| {
        // In these types the date may be that of the visit.
        if !VISITED.iter().any(|it| it.eq_ignore_ascii_case(cx.word)) {
            cx.report(
                &DATE_CONFLICT,
                format!("`{}` and `{}` disagree about the date", excerpt(one, 30), excerpt(other, 30)),
            );
        }
    };
    let base = if year.is_empty() { older } else { year };
    let Some(mut found) = joined_dates(base, date) else {
        disagree(cx, base, date);
        return None;
    };
    if !year.is_empty() && !older.is_empty() {
        let Some(also) = joined_dates(year, older) else {
            disagree(cx, year, older);
            return None;
        };
        found = finer(found, also);
    }
    if found.is_empty() {
        return None;
    }
    if found.start.is_none() && found.literal.is_some() {
        cx.report(&DATE_LITERAL, format!("kept as words: {}", excerpt(&found.to_string(), 40)));
    }
    Some(found)
}

/// The types whose `DA` may be the date of the visit.
pub(super) const VISITED: &[&str] = &["AGGR", "DBASE", "EBOOK", "EJOUR", "MULTI", "ECHAP"];

// ---------------------------------------------------------------------------------------------------- identifiers

/// DOIs.
pub(super) static DOI: Codec = Codec {
    name: "DOI",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        let found: Vec<String> = raws.iter().flat_map(|raw| dois(raw)).collect();
        values.extend(found.iter().map(|doi| Value::Id(Id::plain(doi.as_str()))));
        !found.is_empty()
    },
    write: |value, sink| match value {
        Value::Id(id) => {
            let written = one_line(&id.value);
            if dois(&written) != [id.value.as_str()] {
                return None;
            }
            sink.put(0, written);
            Some(id.parts())
        }
        _ => None,
    },
    example: &["10.1000/ab(1)_c"],
};

/// The DOI of an address at a resolver.
pub(super) static DOI_ADDRESS: Codec = Codec {
    name: "DOI as an address",
    read: |raws, _, values| {
        let found = raws.first().and_then(|raw| doi(raw).filter(|doi| is_doi_url(raw, doi)));
        let any = found.is_some();
        values.extend(found.map(|doi| Value::Id(Id::plain(doi))));
        any
    },
    example: &["https://doi.org/10.1000/182"],
    ..DOI
};

macro_rules! ids {
    ($($(#[$doc:meta])* $constant:ident $name:literal $read:expr, $again:expr, $write:expr, $example:literal;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Each,
            carries: CHECKED,
            read: |raws, cx, values| {
                let read: fn(&str, &mut CodecReading<'_, '_>) -> Option<Vec<Id>> = $read;
                let mut found = Vec::new();
                for raw in raws {
                    match read(raw, cx) {
                        Some(ids) => found.extend(ids),
                        None => return false,
                    }
                }
                values.extend(found.into_iter().map(Value::Id));
                true
            },
            write: |value, sink| {
                let read: fn(&str) -> Option<Vec<Id>> = $again;
                let write: fn(&Id, &str) -> Option<String> = $write;
                let Value::Id(id) = value else { return None };
                let written = one_line(&write(id, sink.word)?);
                let back = read(written.trim())?;
                let [back] = back.as_slice() else { return None };
                if back.value != id.value {
                    return None;
                }
                sink.put(0, written);
                Some(id.parts() - (if back.qualifier == id.qualifier { Parts::QUALIFIER } else { Parts::NONE }) - (if back.scheme == id.scheme { Parts::SCHEME } else { Parts::NONE }))
            },
            example: &[$example],
        };)*
    };
}

ids! {
    /// Book numbers.
    ISBN "ISBN" |raw, cx| serials(raw, false, Some(cx)), |raw| serials(raw, false, None), with_qualifier, "9783161484100";
    /// Serial numbers.
    ISSN "ISSN" |raw, cx| serials(raw, true, Some(cx)), |raw| serials(raw, true, None), with_qualifier, "1234-5679";
    /// The PubMed number.
    PMID "PubMed number" |raw, _| one_id(identifier::pmid(raw)), |raw| one_id(identifier::pmid(raw)), bare, "12345678";
    /// The PubMed Central number.
    PMCID "PubMed Central number" |raw, _| one_id(identifier::pmcid(raw)), |raw| one_id(identifier::pmcid(raw)), bare, "PMC1234567";
    /// The number of a manuscript at the NIH.
    NIHMSID "NIHMS number" |raw, _| nihms(raw), nihms, bare, "NIHMS12345";
}

fn one_id(id: Option<Id>) -> Option<Vec<Id>> {
    id.map(|id| vec![id])
}

#[expect(clippy::unnecessary_wraps, reason = "the codecs of identifiers may refuse")]
fn bare(id: &Id, _: &str) -> Option<String> {
    Some(id.value.clone())
}

/// The types in which `SN` holds the number of a report, a patent or a law, unless it is surely another.
pub(super) const NUMBER_IN_SN_OF: &[&str] = &["RPRT", "PAT", "LEGAL", "STAND", "STD", "DBASE", "GOVDOC"];

fn with_qualifier(id: &Id, word: &str) -> Option<String> {
    if !is_serial(&id.value, true) && NUMBER_IN_SN_OF.iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return None;
    }
    Some(match &id.qualifier {
        Some(qualifier) => format!("{} ({qualifier})", id.value),
        None => id.value.clone(),
    })
}

fn nihms(raw: &str) -> Option<Vec<Id>> {
    let digits = raw.strip_prefix("NIHMS")?;
    let sound = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| vec![Id { value: raw.to_owned(), scheme: "nihmsid".into(), qualifier: None }])
}

/// The numbers of one `SN`, if all of them are of books, or of serials: by check digit, or else by shape (D-12).
fn serials(raw: &str, of_serials: bool, cx: Option<&mut CodecReading<'_, '_>>) -> Option<Vec<Id>> {
    let mut ids = Vec::new();
    for serial in serial_numbers(raw) {
        match serial {
            Serial::Issn(id) if of_serials => ids.push(id),
            Serial::Isbn(id) if !of_serials => ids.push(id),
            _ => {
                ids.clear();
                break;
            }
        }
    }
    if !ids.is_empty() {
        return Some(ids);
    }
    let shaped = if of_serials { has_issn_shape(raw) } else { has_isbn_shape(raw) };
    if !shaped || is_serial(raw, true) {
        return None;
    }
    if let Some(cx) = cx {
        let name = if of_serials { "ISSN" } else { "ISBN" };
        cx.report(&ID_INVALID, format!("`{}` has the shape of an {name} but not its check digit", excerpt(raw, 40)));
    }
    Some(vec![Id::plain(raw)])
}

/// Whether a string is one or several book or serial numbers with right check digits, with others or without.
fn is_serial(raw: &str, some: bool) -> bool {
    let mut found = serial_numbers(raw).into_iter().map(|serial| !matches!(serial, Serial::Other(_)));
    if some { found.any(|it| it) } else { found.all(|it| it) }
}

fn has_isbn_shape(raw: &str) -> bool {
    let digits: Vec<u8> = raw.bytes().filter(|b| !matches!(b, b'-' | b' ')).collect();
    let (body, last) = match digits.split_last() {
        Some((last, body)) => (body, *last),
        None => return false,
    };
    let all = body.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || matches!(last, b'x' | b'X'));
    all && (digits.len() == 10 || (digits.len() == 13 && digits.starts_with(b"97")))
}

fn has_issn_shape(raw: &str) -> bool {
    let digit = |b: &u8| b.is_ascii_digit();
    matches!(raw.as_bytes(), [a, b, c, d, b'-', e, f, g, h]
        if [a, b, c, d, e, f, g].iter().all(|b| digit(b)) && (digit(h) || matches!(h, b'x' | b'X')))
}

/// An e-print's page at arXiv.
pub(super) static ARXIV_ADDRESS: Codec = Codec {
    name: "arXiv address",
    shape: Shape::Each,
    carries: CHECKED,
    read: |_, _, _| false,
    write: |value, sink| match value {
        Value::Id(id) if id.scheme.eq_ignore_ascii_case("arxiv") && !id.value.contains(char::is_whitespace) => {
            sink.put(0, ["https://arxiv.org/abs/", &id.value].concat());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &[],
};

// ------------------------------------------------------------------------------------------- addresses and files

macro_rules! urls {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident [$($also:ident)*];)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Each,
            carries: CHECKED,
            read: |raws, _, values| {
                let fits = |raw: &&str| UrlKind::$kind == UrlKind::Landing || is_address(raw);
                if !raws.iter().all(fits) {
                    return false;
                }
                values.extend(raws.iter().map(|raw| Value::Url(Url { url: (*raw).to_owned(), kind: UrlKind::$kind, label: None })));
                true
            },
            write: |value, sink| match value {
                Value::Url(url) if [UrlKind::$kind, $(UrlKind::$also,)*].contains(&url.kind) => write_url(url, UrlKind::$kind, sink),
                _ => None,
            },
            example: &["https://example.org/a"],
        };)*
    };
}

urls! {
    /// The page of the item, and all addresses that have no tag of their own.
    LANDING "address" Landing [Archive Repository License Aggregator DoiDerived];
    /// A PDF.
    PDF "address of a PDF" Pdf [];
    /// The text.
    FULL_TEXT "address of the text" FullText [Html];
    /// Something related.
    RELATED "address of something related" Related [];
    /// A picture.
    IMAGE "address of a picture" Image [];
}

fn write_url(url: &Url, kind: UrlKind, sink: &mut CellSink<'_>) -> Option<Parts> {
    let written = one_line(&url.url);
    // Elsewhere these would be read as a DOI, or as a file.
    let other = if matches!(kind, UrlKind::Landing | UrlKind::Related) {
        is_resolver(&written) || (kind == UrlKind::Related && !is_address(&written))
    } else {
        !is_address(&written)
    };
    if other {
        return None;
    }
    let label = if url.label.is_some() { Parts::LABEL } else { Parts::NONE };
    let of_kind = if url.kind == kind { Parts::NONE } else { Parts::KIND };
    let spelling = if written.trim() == url.url { Parts::NONE } else { Parts::SPELLING };
    sink.put(0, written);
    Some(label | of_kind | spelling)
}

/// The DOI as an address, beside the DOI.
pub(super) static RESOLVER: Codec = Codec {
    name: "address of the DOI",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        if !raws.iter().all(|raw| is_resolver(raw)) {
            return false;
        }
        values.extend(
            raws.iter().map(|raw| Value::Url(Url { url: (*raw).to_owned(), kind: UrlKind::DoiDerived, label: None })),
        );
        true
    },
    write: |value, sink| match value {
        // Addresses of a text or a picture have tags of their own.
        Value::Url(url) if has_own_tag(url.kind) => None,
        Value::Url(url) if is_resolver(&url.url) && !url.url.contains(['\n', '\r']) => {
            let label = if url.label.is_some() { Parts::LABEL } else { Parts::NONE };
            let kind = if url.kind == UrlKind::DoiDerived { Parts::NONE } else { Parts::KIND };
            sink.put(0, url.url.as_str());
            Some(label | kind)
        }
        _ => None,
    },
    example: &["https://doi.org/10.1000/182"],
};

fn has_own_tag(kind: UrlKind) -> bool {
    matches!(kind, UrlKind::Pdf | UrlKind::FullText | UrlKind::Html | UrlKind::Related | UrlKind::Image)
}

fn is_resolver(url: &str) -> bool {
    is_address(url) && doi(url).is_some_and(|doi| is_doi_url(url, &doi))
}

fn is_address(raw: &str) -> bool {
    let starts = |scheme: &str| raw.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://") || starts("ftp://")
}

/// A file in the tag of its sort.
pub(super) static FILE_PDF: Codec =
    Codec { write: |value, sink| write_file(value, sink, |mime| mime.is_none_or(|mime| mime.contains("pdf"))), ..FILE };
/// A text.
pub(super) static FILE_TEXT: Codec = Codec {
    write: |value, sink| write_file(value, sink, |mime| mime.is_some_and(|mime| mime.starts_with("text/"))),
    example: &["papers/doe.html"],
    ..FILE
};
/// A picture.
pub(super) static FILE_IMAGE: Codec = Codec {
    write: |value, sink| write_file(value, sink, |mime| mime.is_some_and(|mime| mime.starts_with("image/"))),
    example: &["figures/one.png"],
    ..FILE
};
/// Any other file.
pub(super) static FILE_OTHER: Codec = Codec { write: |value, sink| write_file(value, sink, |_| true), ..FILE };

const FILE: Codec = Codec {
    name: "file",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        if raws.iter().any(|raw| is_address(raw)) {
            return false;
        }
        values.extend(raws.iter().map(|raw| Value::File(read_file(raw))));
        true
    },
    write: |_, _| None,
    example: &["papers/doe.pdf"],
};

fn read_file(raw: &str) -> File {
    const MIMES: &[(&str, &str)] = &[
        (".pdf", "application/pdf"),
        (".html", "text/html"),
        (".htm", "text/html"),
        (".txt", "text/plain"),
        (".png", "image/png"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".gif", "image/gif"),
    ];
    let ends = |end: &str| {
        let at = raw.len().checked_sub(end.len());
        at.and_then(|at| raw.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    let mime = MIMES.iter().find(|(end, _)| ends(end)).map(|(_, mime)| (*mime).into());
    File { path: raw.to_owned(), mime, label: None }
}

fn write_file(value: &Value, sink: &mut CellSink<'_>, fits: fn(Option<&str>) -> bool) -> Option<Parts> {
    let Value::File(file) = value else { return None };
    let written = one_line(&file.path);
    if !fits(file.mime.as_deref()) || is_address(&written) || !dois(written.trim()).is_empty() {
        return None;
    }
    let back = read_file(written.trim());
    let mut lost = if file.label.is_some() { Parts::LABEL } else { Parts::NONE };
    lost |= if back.mime == file.mime { Parts::NONE } else { Parts::KIND };
    lost |= if back.path == file.path { Parts::NONE } else { Parts::SPELLING };
    sink.put(0, written);
    Some(lost)
}

// ------------------------------------------------------------------------------------------------------- the rest

/// One keyword a line; several on one are taken apart at semicolons and line breaks, never at commas.
pub(super) static KEYWORDS: Codec = Codec {
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

/// Languages.
pub(super) static LANGUAGE: Codec = Codec {
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

/// The publisher in the role that the type gives him.
pub(super) static PUBLISHER: Codec = Codec {
    name: "publisher",
    shape: Shape::Each,
    carries: Parts::ROLE,
    read: |raws, cx, values| {
        let role = role_of(cx.word);
        values.extend(raws.iter().map(|raw| Value::Publisher(Publisher { name: Text::plain(*raw), role })));
        true
    },
    write: |value, sink| match value {
        Value::Publisher(publisher) => {
            sink.put(0, one_line(&plain(&publisher.name)));
            Some(if publisher.role == role_of(sink.word) { Parts::NONE } else { Parts::ROLE })
        }
        _ => None,
    },
    example: &["Example Press"],
};

fn role_of(word: &str) -> PublisherRole {
    const ROLES: &[(&str, PublisherRole)] = &[
        ("THES", PublisherRole::School),
        ("RPRT", PublisherRole::Institution),
        ("GOVDOC", PublisherRole::Institution),
        ("SOUND", PublisherRole::Label),
        ("MPCT", PublisherRole::Distributor),
        ("COMP", PublisherRole::Company),
        ("DATA", PublisherRole::Repository),
    ];
    ROLES.iter().find(|(it, _)| it.eq_ignore_ascii_case(word)).map_or(PublisherRole::Publisher, |(_, role)| *role)
}

/// The department of a thesis.
pub(super) static DEPARTMENT: Codec = Codec {
    name: "department",
    read: |raws, _, values| {
        let role = PublisherRole::Institution;
        values.extend(raws.iter().map(|raw| Value::Publisher(Publisher { name: Text::plain(*raw), role })));
        true
    },
    write: |value, sink| match value {
        Value::Publisher(publisher) if publisher.role == PublisherRole::Institution => {
            sink.put(0, one_line(&plain(&publisher.name)));
            Some(Parts::NONE)
        }
        _ => None,
    },
    ..PUBLISHER
};
