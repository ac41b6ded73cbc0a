//! What the data model of BibLaTeX has no place for, in records of other formats and in entries whose type changes.
//!
//! `biber --tool --validate-datamodel` complains of fields that an entry type does not have. What we write of our own
//! accord gives it no reason to: such a value goes under another field that reads back as the same, or into `note` where
//! a reader of the bibliography wants it, or into `annotation`, which styles do not print. The loss report names each.
//! What the source of a .bib file had stays as it is, and `bibferry check` says so; so does all with `--carry`.
//!
//! ```text
//! @online{k, publisher = {P}, pages = {5}}   →   @online{k, organization = {P}, note = {Pages 5}}
//! ```

use super::Dialect;
use super::datamodel::{Fields, fits, is_bare};
use super::dates::{lost_without_date, makes_date};
use super::lists::{in_braces, split_and};
use super::names::NAMES;
use super::places::{self, Tags};
use super::types::CONFERENCES;
use crate::bytes::first;
use crate::loss::LossKind;
use crate::mapping::{CellSink, Mapping, Written, WrittenCell, is_place_again};
use crate::record::{Field, Parts, Record, Slot, Value, identifier};
use crate::tex;
use crate::write::{Losses, Outgoing, WriteOptions};
use std::borrow::Cow;

/// Fields under which a value reads back as the same field of the record, with what is lost of it.
const OTHER_NAMES: &[(&str, &str, Parts)] = &[
    ("publisher", "organization", Parts::ROLE),
    ("publisher", "institution", Parts::ROLE),
    ("organization", "publisher", Parts::ROLE),
    ("institution", "organization", Parts::ROLE),
    ("institution", "publisher", Parts::ROLE),
    ("school", "organization", Parts::ROLE),
    ("school", "publisher", Parts::ROLE),
    ("shortbooktitle", "shortjournal", Parts::NONE),
];

/// What a reader of the bibliography wants to see, with the words before it.
const TO_PRINT: &[(&str, &str)] = &[
    ("author", "Author: "),
    ("bookauthor", "Author of the book: "),
    ("editor", "Editor: "),
    ("editora", "Editor: "),
    ("editorb", "Editor: "),
    ("editorc", "Editor: "),
    ("translator", "Translator: "),
    ("annotator", "Annotator: "),
    ("commentator", "Commentator: "),
    ("introduction", "Introduction: "),
    ("foreword", "Foreword: "),
    ("afterword", "Afterword: "),
    ("holder", "Holder: "),
    ("booktitle", "In: "),
    ("journal", "In: "),
    ("journaltitle", "In: "),
    ("issuetitle", "Issue: "),
    ("maintitle", "Part of: "),
    ("series", "Series: "),
    ("edition", "Edition: "),
    ("version", "Version "),
    ("volume", "Volume "),
    ("part", "Part "),
    ("number", "Number "),
    ("issue", "Issue "),
    ("chapter", "Chapter "),
    ("eid", "Article "),
    ("pages", "Pages "),
    ("volumes", "Volumes: "),
    ("eventtitle", "Event: "),
    ("eventdate", "Date of the event: "),
    ("venue", "Venue: "),
    ("howpublished", ""),
    ("subtitle", "Subtitle: "),
];

/// The words before what styles do not print, where the name of the field is not enough.
const TO_KEEP: &[(&str, &str)] = &[
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("isrn", "ISRN"),
    ("address", "Place"),
    ("location", "Place"),
    ("pagetotal", "Number of pages"),
    ("urldate", "Accessed"),
    ("origdate", "Original date"),
];

/// Identifiers that the data model has for no type of entry: Biber passes over them, and reference managers read them.
static IDENTIFIERS: Tags = Tags::new(&[
    "pmid", "pmcid", "lccn", "oclc", "mrnumber", "zmnumber", "jfm", "bibcode", "hdl", "jstor", "googlebooks", "swhid", "urn",
]);

/// Fields that hold a date and nothing else.
static DATES: Tags = Tags::new(&["eventdate", "origdate", "urldate"]);

/// Moves what does not fit the entry type. With `--carry` nothing is moved.
pub(super) fn fit<'r>(
    dialect: Dialect,
    written: &mut Written<'r>,
    out: &mut Outgoing<'r, '_>,
    options: &WriteOptions,
) {
    let mapping = dialect.mapping();
    let source = out.record().source_type.as_ref().filter(|it| it.family == mapping.family);
    if source.is_some_and(|it| it.format == mapping.format) {
        return;
    }
    let before = source.map(|it| it.word.to_ascii_lowercase());
    let bare = is_bare(&written.word) && before.is_some();
    let mut changed = date_beside_year(written, out);
    if before.is_none() {
        numbers(dialect, written, out);
        addresses(dialect, written, out, options);
        names(written, out);
    } else if dialect == Dialect::BibTex {
        classic_names(written, out, options);
    }
    // Asked for only where something does not fit, which is rare.
    let mut stood: Option<Vec<usize>> = None;
    let fields = Fields::of(&written.word);
    let mut at = 0;
    while let Some(cell) = written.cells.get(at) {
        let Some(slot) = cell.slot() else {
            at += 1;
            continue;
        };
        let words = DATES.have(cell) && before.is_none() && !makes_date(&cell.raw);
        let mut of_source = || {
            let word = before.as_deref().filter(|word| !is_bare(word));
            stood.get_or_insert_with(|| word.map(|word| stood_so(dialect, word, out)).unwrap_or_default()).contains(&slot)
        };
        if !words && (bare || fields.have_cell(cell) || stays(cell, written) || of_source()) {
            at += 1;
            continue;
        }
        changed = true;
        let tag = cell.tag.clone();
        let has_place = || ["location", "address"].iter().any(|place| written.get(place).is_some());
        if tag == "venue" && has_place() && out.record().slots.get(slot).is_some_and(|it| is_place_again(out.record(), it)) {
            written.cells.retain(|it| it.slot() != Some(slot));
            out.note(slot, LossKind::Redundant);
        } else {
            aside(dialect, slot, &tag, written, out);
        }
        at = 0;
    }
    if changed {
        let meaning = mapping.kind_of(written);
        out.kind_becomes(meaning.kind, meaning.subtype);
    }
}

/// Whether a field that the data model does not have stays all the same. The number at PubMed is better as an e-print.
fn stays(cell: &WrittenCell, written: &Written) -> bool {
    IDENTIFIERS.have(cell) && (cell.tag != "pmid" || !may_be_eprint(&cell.raw, written))
}

/// Whether a number at PubMed can stand as the e-print: anything but digits could be the number of a preprint server.
fn may_be_eprint(number: &str, written: &Written) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
        && ["eprint", "eprinttype", "archiveprefix"].iter().all(|it| written.get(it).is_none())
}

/// The slots that stood in a field which the entry type of the source did not have, either.
fn stood_so(dialect: Dialect, word: &str, out: &Outgoing<'_, '_>) -> Vec<usize> {
    let source = if dialect == Dialect::BibTex { Dialect::BibLatex } else { Dialect::BibTex };
    let mut losses = Losses::new(false);
    let record = out.record();
    let written = source.mapping().write(&mut Outgoing::new(record, &mut losses), &WriteOptions::default());
    written.cells.iter().filter(|cell| !fits(word, &cell.tag)).filter_map(WrittenCell::slot).collect()
}

/// Whether a cell holds names. Those of the tags of names are written from nothing else.
pub(super) fn has_names(cell: &WrittenCell, record: &Record) -> bool {
    let slot = || cell.slot().and_then(|at| record.slots.get(at));
    places::NAMES.have(cell) && slot().is_none_or(|slot| matches!(slot.value(), Value::Names(_)))
}

/// Names in BibLaTeX's long form as BibTeX takes them.
fn classic_names<'r>(written: &mut Written<'r>, out: &mut Outgoing<'r, '_>, options: &WriteOptions) {
    let record = out.record();
    for cell in written.cells.iter_mut().filter(|cell| has_names(cell, record) && cell.expression.is_none()) {
        if memchr::memchr(b'=', cell.raw.as_bytes()).is_none() {
            continue;
        }
        let long = |item: &str| ["family", "given"].iter().any(|part| item.contains(&format!("{part}=")));
        let Some(slot) = cell.slot().filter(|_| split_and(&cell.raw).into_iter().any(long)) else { continue };
        let Some(value) = record.slots.get(slot).map(Slot::value) else { continue };
        let mut sink = CellSink::new(options, &written.word);
        let Some(lost) = (NAMES.write)(value, &mut sink) else { continue };
        let Some((_, raw)) = sink.cells().first() else { continue };
        raw.clone_into(&mut cell.raw);
        if sink.adds() {
            out.note(slot, LossKind::Added);
        }
        let lost = lost | (value.parts() - NAMES.carries);
        if !lost.is_empty() {
            out.note(slot, LossKind::Narrowed(lost));
        }
    }
}

/// Puts what was written of a slot elsewhere.
fn aside(dialect: Dialect, slot: usize, tag: &str, written: &mut Written, out: &mut Outgoing<'_, '_>) {
    let mapping = dialect.mapping();
    let mut taken: Vec<(Cow<'static, str>, Cow<'_, str>)> = Vec::new();
    written.cells.retain(|cell| {
        let mine = cell.slot() == Some(slot);
        if mine {
            taken.push((cell.tag.clone(), cell.raw.clone()));
        }
        !mine
    });
    for echo in mapping.echoes {
        let original = taken.iter().find(|(it, _)| it == echo.of);
        written.cells.retain(|cell| {
            !original.is_some_and(|(_, raw)| cell.slot().is_none() && cell.tag == echo.tag && cell.raw == *raw)
        });
    }
    let field = out.record().slots.get(slot).map(Slot::field);
    // Identifiers of other schemes stand in fields of their own.
    let slots = if field == Some(Field::Identifier) { vec![slot] } else { joined_with(slot, written, out) };
    let Some((_, raw)) = taken.iter().find(|(it, _)| it == tag) else { return };
    let raw = raw.clone();
    // In a list these braces hold one name together; in words they would say that the letters keep their case.
    let words = raw.replace(" {and} ", " and ");
    if tag == "pmid" {
        written.insert_of(mapping, "eprint", raw, slot);
        written.insert_of(mapping, "eprinttype", "pubmed", slot);
        return;
    }
    // With conferences the organization is who organised them.
    let reads_back = |to: &str| to != "organization" || !CONFERENCES.contains(&&*written.word);
    let other = OTHER_NAMES.iter().find(|(from, to, _)| {
        *from == tag && fits(&written.word, to) && written.get(to).is_none() && reads_back(to)
    });
    if let Some((_, to, lost)) = other {
        written.insert_of(mapping, to, raw, slot);
        let what = match field {
            Some(Field::Publisher | Field::ContainerShort) => LossKind::Narrowed(*lost),
            _ => LossKind::Moved(Field::Publisher),
        };
        for slot in slots.into_iter().filter(|_| what != LossKind::Narrowed(Parts::NONE)) {
            out.note(slot, what);
        }
        return;
    }
    let role = taken.iter().find(|(it, _)| it.ends_with("type") && it != tag && it.starts_with(tag));
    let print = TO_PRINT.iter().find(|(it, _)| *it == tag);
    let (into, text) = match (print, role) {
        (Some(_), Some((_, role))) => (Field::Note, format!("{}: {words}", capitalised(role))),
        (Some((_, label)), None) => (Field::Note, format!("{label}{words}")),
        (None, _) => {
            let label = TO_KEEP.iter().find(|(it, _)| *it == tag).map_or_else(|| capitalised(tag), |(_, it)| (*it).into());
            (Field::Annotation, format!("{label}: {words}"))
        }
    };
    let place = match (into, dialect) {
        (Field::Note, _) => "note",
        (_, Dialect::BibTex) => "annote",
        (_, Dialect::BibLatex) => "annotation",
    };
    append(written, mapping, place, &text);
    for slot in slots {
        out.note(slot, if field == Some(into) { LossKind::Merged } else { LossKind::Moved(into) });
    }
}

/// Adds words to the value of a field, or writes the field. Behind macros they are a string of their own.
pub(super) fn append(written: &mut Written, mapping: &'static Mapping, tag: &str, words: &str) {
    let expression = written.cell_mut(tag).and_then(|cell| cell.expression.take());
    written.append(mapping, tag, words);
    if let Some(expression) = expression
        && let Some(cell) = written.cell_mut(tag)
    {
        cell.expression = Some(format!("{expression} # {{; {words}}}").into());
    }
}

/// The slots whose values stand in the field of a slot: itself, and those that were joined to it.
fn joined_with(slot: usize, written: &Written, out: &Outgoing<'_, '_>) -> Vec<usize> {
    let slots = &out.record().slots;
    let field = slots.get(slot).map(Slot::field);
    let is_mine = |at: &usize| {
        *at == slot
            || (out.is_taken(*at)
                && slots.get(*at).map(Slot::field) == field
                && written.of_slot(*at).next().is_none())
    };
    (0..slots.len()).filter(is_mine).collect()
}

/// Biber takes one of `date` and `year`: what only the former says is lost.
fn date_beside_year(written: &mut Written, out: &mut Outgoing<'_, '_>) -> bool {
    let Some(cell) = written.cell("date") else { return false };
    let Some(year) = written.get("year") else { return false };
    let Some(slot) = cell.slot() else { return false };
    // A year that the source has beside its date is no part of it.
    if !written.cells.iter().any(|cell| cell.tag == "year" && cell.slot() == Some(slot)) {
        return false;
    }
    let Some(Value::Date(date)) = out.record().slots.get(slot).map(Slot::value) else { return false };
    let part = |tag: &str| written.get(tag).unwrap_or_default();
    let lost = lost_without_date(date, year, part("month"), part("day"));
    if let Some(at) = written.cells.iter().position(|cell| cell.tag == "date") {
        written.cells.remove(at);
    }
    out.note(slot, LossKind::Narrowed(lost));
    true
}

/// Biber checks one number in `isbn` and in `issn`, with nothing behind it.
fn numbers(dialect: Dialect, written: &mut Written, out: &mut Outgoing<'_, '_>) {
    for tag in ["isbn", "issn"] {
        let Some(cell) = written.cell_mut(tag) else { continue };
        let Some(slot) = cell.slot() else { continue };
        if first(cell.raw.as_bytes(), |byte| byte == b' ').is_none() {
            // One number, and nothing behind it.
            continue;
        }
        let raw = cell.raw.clone();
        let all: Vec<&str> = raw.split(", ").collect();
        let Some(first) = all.first() else { continue };
        let longer = all.iter().map(|it| number(it)).find(|it| is_shorter(number(first), it));
        let bare = longer.unwrap_or(number(first));
        if longer.is_none() && bare.len() < first.len() {
            out.note(slot, LossKind::Narrowed(Parts::QUALIFIER));
        }
        cell.raw = bare.to_owned().into();
        if all.len() == 1 {
            continue;
        }
        let is_again = |it: &str| it == bare || all.iter().any(|other| is_shorter(it, number(other)));
        let value = |at: usize| match out.record().slots.get(at).map(Slot::value) {
            Some(Value::Id(id)) => Some(id.value.as_str()),
            _ => None,
        };
        let slots = joined_with(slot, written, out);
        let kept = slots.iter().copied().find(|at| longer.is_some() && value(*at) == longer).unwrap_or(slot);
        let told: Vec<_> = slots.into_iter().filter(|at| *at != kept).map(|at| (at, value(at).is_some_and(is_again))).collect();
        for (at, again) in told {
            out.note(at, if again { LossKind::Redundant } else { LossKind::Moved(Field::Annotation) });
        }
        // The number of the print, and once more without that word, is one.
        let others: Vec<&str> = all.iter().skip(1).copied().filter(|it| !is_again(number(it))).collect();
        if !others.is_empty() {
            let words = if tag == "isbn" { "ISBN" } else { "ISSN" };
            let place = if dialect == Dialect::BibTex { "annote" } else { "annotation" };
            append(written, dialect.mapping(), place, &format!("{words}: {}", others.join(", ")));
        }
    }
}

/// A number without the words in parentheses behind it.
fn number(it: &str) -> &str {
    it.split_once(" (").map_or(it, |(bare, _)| bare)
}

/// Whether a number is that of a book in ten digits, and the other the same in thirteen.
fn is_shorter(number: &str, other: &str) -> bool {
    number.len() < other.len() && identifier::isbn13(number).is_some_and(|it| identifier::isbn13(other) == Some(it))
}

/// With how many addresses each is compared: a record with more is damaged, and must not take long.
const MOST: usize = 64;

/// LaTeX makes one link of the whole field, so it holds one address: the others go where styles do not print them.
fn addresses(dialect: Dialect, written: &mut Written, out: &mut Outgoing<'_, '_>, options: &WriteOptions) {
    let place = if dialect == Dialect::BibTex { "annote" } else { "annotation" };
    let record = out.record();
    for (at, slot) in record.slots.iter().enumerate() {
        if let Value::Url(url) = slot.value()
            && slot.field() == Field::Url
            && !out.is_taken(at)
        {
            // ProQuest has the page as that of the text, too.
            let others = record.slots.iter().enumerate().filter(|(other, it)| *other != at && it.field() == Field::Url);
            let is_same = |it: &Slot| matches!(it.value(), Value::Url(other) if other.url == url.url);
            if others.take(MOST).any(|(other, it)| is_same(it) && (other < at || out.is_taken(other))) {
                out.note(at, LossKind::Redundant);
                continue;
            }
            let mut words = "URL: ".to_owned();
            let _ = tex::encode_str(&url.url, options.ascii, &mut words);
            append(written, dialect.mapping(), place, &words);
            out.note(at, LossKind::Moved(Field::Annotation));
        }
    }
}

/// Biber counts the commas of a name inside braces as well: a name with more than two is written as one whole.
fn names(written: &mut Written, out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    for cell in written.cells.iter_mut().filter(|cell| has_names(cell, record)) {
        // Of what we write commas part names alone, but for those in braces and in commands.
        if !cell.is_verbatim() && first(cell.raw.as_bytes(), |byte| (byte == b'{') | (byte == b'\\')).is_none() {
            continue;
        }
        let commas = |part: &str| memchr::memchr_iter(b',', part.as_bytes()).count();
        // Without braces an item is a part of what stands between two `and`s.
        let suspect = |part: &str| commas(part) > 2 || part.contains(",,");
        let braces = || memchr::memchr(b'{', cell.raw.as_bytes()).is_some();
        if commas(&cell.raw) <= 2 || !(braces() || cell.raw.split(" and ").any(suspect)) {
            continue;
        }
        let Some(slot) = cell.slot() else { continue };
        let too_many = |item: &str| {
            (item.matches(',').count() > 2 || item.contains(",,")) && in_braces(item).is_none() && !item.contains('=')
        };
        let items = split_and(&cell.raw);
        if items.iter().any(|item| too_many(item)) {
            let whole = |item: &&str| {
                if too_many(item) { format!("{{{}}}", item.replace(['{', '}'], "")) } else { (*item).to_owned() }
            };
            let items: Vec<String> = items.iter().map(whole).collect();
            cell.raw = items.join(" and ").into();
            out.note(slot, LossKind::Narrowed(Parts::SPELLING));
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
