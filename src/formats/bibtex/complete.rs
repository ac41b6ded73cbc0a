//! What styles demand and a record does not have, and what they do not take side by side: D-24, L-01 of the mapping
//! reference, and the warnings of `plain.bst`.
//!
//! What an entry of a .bib file lacks or has too much of is its author's to mend: of such only what its kind needs is
//! completed. From other formats BibTeX gets combinations of fields that its styles take:
//!
//! - `key` where nothing else sorts: the title, or the citation key. It reads back as a field that no rule knows.
//! - the event's title as `booktitle` of a paper, where there is none of its own.
//! - the editor beside the author of a book in `editora`, with `editoratype` to say what he is.
//! - the number in a series in `note` where there is a volume as well, or no series.

use super::Dialect;
use super::codec::WHOLE;
use super::fit::{append, fit, has_names};
use super::links::related_word;
use super::names::is_more;
use super::lists::split_and;
use super::types::{degree_key, is_server};
use crate::bytes::any_pair;
use crate::loss::LossKind;
use crate::mapping::{Mapping, Written, WrittenCell, subtitles};
use crate::record::{Field, Kind, Lang, Record, Slot, Value};
use crate::tex::{self, Encode, Protect};
use crate::write::{Outgoing, WriteOptions};

/// The preprint servers' names as readers know them.
const SERVER_NAMES: &[(&str, &str)] =
    &[("arxiv", "arXiv"), ("biorxiv", "bioRxiv"), ("medrxiv", "medRxiv"), ("ssrn", "SSRN"), ("hal", "HAL")];

/// What `type` says for degrees that BibTeX has no entry type for.
const DEGREES: &[(&str, &str)] = &[
    ("bachelors", "Bachelor's thesis"),
    ("diploma", "Diploma thesis"),
    ("licentiate", "Licentiate thesis"),
    ("habilitation", "Habilitation"),
];

/// The fields by which plain.bst sorts entries of a type, before `key`.
const SORTED_BY: &[(&str, &[&str])] = &[
    ("book", &["author", "editor"]),
    ("inbook", &["author", "editor"]),
    ("proceedings", &["editor", "organization"]),
    ("manual", &["author", "organization"]),
];

/// The types of which plain.bst prints either `volume` or `number`, and `number` only in a series.
pub(super) const IN_SERIES: &[&str] = &["book", "inbook", "incollection", "inproceedings", "proceedings"];

/// Where another editor stands, and the field that says what he does.
const EDITORS: &[(&str, &str)] = &[("editora", "editoratype"), ("editorb", "editorbtype"), ("editorc", "editorctype")];

/// Adds what the format demands and the record does not have, and moves what it does not take. With `--carry` nothing is
/// added that would come back.
pub(super) fn complete<'r>(
    dialect: Dialect,
    written: &mut Written<'r>,
    out: &mut Outgoing<'r, '_>,
    options: &WriteOptions,
) {
    let carry = options.carry;
    others_last(written, out.record());
    more_related(written, out);
    let mapping = dialect.mapping();
    if !carry {
        fit(dialect, written, out, options);
    }
    let from_latex = out.record().source_type.as_ref().is_some_and(|it| it.family == mapping.family);
    if dialect == Dialect::BibLatex {
        for_biblatex(mapping, written, out, carry || from_latex);
    } else if !carry {
        if out.record().source_type.as_ref().is_none_or(|it| it.format != mapping.format) {
            join_subtitles(written, out);
        }
        of_kind(mapping, written, out, from_latex);
        if !from_latex {
            for_plain(mapping, written, out);
        }
        if out.record().source_type.as_ref().is_none_or(|it| it.format != mapping.format) {
            sort_key(mapping, written, out);
        }
    }
}

/// Entries that are related in the same way stand in one field. What comes between two links to them would change places
/// with the second, which stays out, then.
pub(super) fn more_related(written: &mut Written, out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    let links = || record.slots.iter().enumerate().filter(|(_, slot)| slot.field() == Field::Relation);
    if written.cell("related").is_none() {
        return;
    }
    let word = written.get("relatedtype").unwrap_or_default().to_owned();
    let Some(cell) = written.cell_mut("related") else { return };
    let Some(first) = cell.slot() else { return };
    for (at, slot) in links().skip_while(|(at, _)| *at <= first) {
        let Value::Relation(link) = slot.value() else { return };
        if out.is_taken(at) || related_word(link) != Some(&*word) || slot.any_source().is_some() {
            return;
        }
        out.take_slot(at, WHOLE);
        cell.raw.to_mut().extend([", ", &*link.target]);
    }
}

/// BibLaTeX: the degree of a thesis, that a preprint is one; no language that it does not know.
fn for_biblatex<'r>(mapping: &'static Mapping, written: &mut Written<'r>, out: &mut Outgoing<'r, '_>, as_it_is: bool) {
    let record = out.record();
    if !as_it_is {
        complete_journal("journaltitle", mapping, written, out);
    }
    let subtype = record.subtype.as_deref().unwrap_or_default();
    if written.get("langid").is_some_and(|name| written.get("language") == Some(name) && !is_babel(name)) {
        written.cells.retain(|cell| cell.tag != "langid");
    }
    if record.kind == Kind::Preprint && written.word == "online" {
        if !as_it_is && written.get("pubstate").is_none() {
            written.insert(mapping, "pubstate", "prepublished");
            out.added(Field::Status, "prepublished");
            out.kind_becomes(Kind::Preprint, None);
        }
    } else if let Some(key) = degree_key(subtype).filter(|_| written.word == "thesis" && written.get("type").is_none())
    {
        written.insert(mapping, "type", key);
        out.kind_becomes(Kind::Thesis, Some(subtype));
    }
}

/// The journal by its short title, where that is all there is.
fn complete_journal<'r>(title: &str, mapping: &'static Mapping, written: &mut Written<'r>, out: &mut Outgoing<'r, '_>) {
    let has_any = ["journal", "journaltitle"].iter().any(|it| written.get(it).is_some());
    if written.word == "article" && !has_any && written.complete_title(mapping, out, "shortjournal", title) {
        written.is_doubtful |= written.get(title).is_some_and(is_server);
    }
}

/// BibTeX: what tells a kind from others of its entry type, and what the type cannot do without.
fn of_kind<'r>(mapping: &'static Mapping, written: &mut Written<'r>, out: &mut Outgoing<'r, '_>, from_latex: bool) {
    let record = out.record();
    complete_journal("journal", mapping, written, out);
    let subtype = record.subtype.as_deref().unwrap_or_default();
    let word = &*written.word;
    let degree = DEGREES.iter().find(|(it, _)| *it == subtype && word.ends_with("thesis"));
    if let Some((_, words)) = degree.filter(|_| written.get("type").is_none()) {
        written.insert(mapping, "type", *words);
        out.added(Field::Genre, words);
        out.kind_becomes(Kind::Thesis, Some(subtype));
    } else if record.kind == Kind::Standard && word == "techreport" && written.get("type").is_none() {
        written.insert(mapping, "type", "Standard");
        out.added(Field::Genre, "Standard");
        out.kind_becomes(Kind::Standard, None);
    } else if word == "unpublished" && written.get("note").is_none() {
        let note = unpublished_note(written, record);
        out.added(Field::Note, &note);
        written.insert(mapping, "note", note);
    } else if record.kind == Kind::Preprint && word == "misc" && written.get("howpublished").is_none() && !from_latex {
        // The standard styles know nothing of e-prints; this they print.
        let server = record.all(Field::Eprint).find_map(|slot| match slot.value() {
            Value::Id(id) => SERVER_NAMES.iter().find(|(scheme, _)| **scheme == *id.scheme),
            _ => None,
        });
        if let Some((_, name)) = server.filter(|_| written.get("publisher").is_none()) {
            written.insert(mapping, "howpublished", *name);
            out.added(Field::Note, name);
        }
    }
}

/// A title and its subtitle as one, which is all that BibTeX's styles print (D-30). Each pair: the field of the title, that
/// of the subtitle, and where each is read.
const SUBTITLES: &[(&str, &str, Field, Field)] = &[
    ("title", "subtitle", Field::Title, Field::Subtitle),
    ("journal", "journalsubtitle", Field::ContainerTitle, Field::ContainerSubtitle),
    ("booktitle", "booksubtitle", Field::ContainerTitle, Field::ContainerSubtitle),
];

fn join_subtitles(written: &mut Written, out: &mut Outgoing<'_, '_>) {
    for (title, subtitle, into, of) in SUBTITLES {
        let Some(tail) = written.get(subtitle) else { continue };
        let Some(head) = written.get(title) else { continue };
        // Sources that have it twice have it once, so.
        let is_there = subtitles::split(head, tail).is_some();
        let joined = if is_there { head.to_owned() } else { subtitles::join(head, tail) };
        // What does not read as what it was put together from stays apart.
        let text = tex::decode(&joined).text;
        let comes_back = [false, true].into_iter().any(|ascii| {
            let mut again = String::with_capacity(joined.len());
            let _ = tex::encode(&text, Encode { ascii, protect: Protect::Marked }, &mut again);
            again == joined
        });
        let slot = out.record().slots.iter().position(|slot| slot.field() == *of);
        let plain = written.cells.iter().all(|cell| cell.expression.is_none() || (cell.tag != *title && cell.tag != *subtitle));
        if let Some(slot) = slot.filter(|_| plain && comes_back) {
            // A title without a book is the book's.
            let head = written.cell(title).and_then(WrittenCell::slot);
            let into = head.and_then(|at| out.record().slots.get(at)).map_or(*into, Slot::field);
            written.cells.retain(|cell| cell.tag != *subtitle);
            if let Some(cell) = written.cell_mut(title) {
                cell.raw = joined.into();
            }
            out.note(slot, if is_there { LossKind::Redundant } else { LossKind::Moved(into) });
        }
    }
}

/// Records of other formats, as plain.bst takes them without a warning.
fn for_plain(mapping: &'static Mapping, written: &mut Written, out: &mut Outgoing<'_, '_>) {
    if written.word == "inproceedings"
        && written.get("booktitle").is_none()
        && let Some(event) = written.get("eventtitle").map(str::to_owned)
    {
        out.added(Field::ContainerTitle, &event);
        written.insert(mapping, "booktitle", event);
    }
    if matches!(&*written.word, "book" | "inbook") && written.get("author").is_some() {
        editor_aside(mapping, written);
    }
    if IN_SERIES.contains(&&*written.word)
        && written.get("number").is_some()
        && (written.get("volume").is_some() || written.get("series").is_none())
    {
        number_to_note(mapping, written, out);
    }
}

/// By what the styles sort, where there is nothing else: the title, or the citation key.
fn sort_key(mapping: &'static Mapping, written: &mut Written, out: &mut Outgoing<'_, '_>) {
    let sorts = SORTED_BY.iter().find(|(word, _)| *word == written.word).map_or(&["author"][..], |(_, by)| by);
    if sorts.iter().all(|tag| written.get(tag).is_none()) && written.get("key").is_none() {
        let title = ["title", "booktitle", super::tags::KEY].into_iter().find_map(|tag| written.get(tag));
        if let Some(title) = title.map(str::to_owned) {
            out.added_tag(mapping.family, "key", &title);
            written.insert(mapping, "key", title);
        }
    }
}

/// Puts the editor where styles that print one or the other do not look. It reads back as the editor.
fn editor_aside(mapping: &'static Mapping, written: &mut Written) {
    let (Some(names), role) = (written.get("editor"), written.get("editortype").unwrap_or("editor")) else { return };
    let (names, role) = (names.to_owned(), role.to_owned());
    let is_free = |(list, kind): &&(&str, &str)| written.get(list).is_none() && written.get(kind).is_none();
    let Some((list, kind)) = EDITORS.iter().find(is_free) else { return };
    written.cells.retain(|cell| cell.tag != "editor" && cell.tag != "editortype");
    written.insert(mapping, list, names);
    written.insert(mapping, kind, role);
}

/// Moves a number in a series to the note.
fn number_to_note(mapping: &'static Mapping, written: &mut Written, out: &mut Outgoing<'_, '_>) {
    let from = |slot: &usize| written.of_slot(*slot).any(|(tag, _)| tag == "number");
    let Some(slot) = (0..out.record().slots.len()).find(from) else { return };
    let Some(at) = written.cells.iter().position(|cell| cell.tag == "number") else { return };
    let number = written.cells.remove(at).raw;
    out.note(slot, LossKind::Moved(Field::Note));
    append(written, mapping, "note", &format!("Number {number}"));
}

/// Of lists that were joined, the one that goes on has to be the last.
fn others_last(written: &mut Written, record: &Record) {
    let of_names = |cell: &&mut WrittenCell| cell.expression.is_none() && has_names(cell, record);
    // Few words begin with an `o`.
    let goes_on = |raw: &str| {
        any_pair(raw.as_bytes(), |byte, next| (byte == b' ') & (next == b'o')) && raw.contains(" and others and ")
    };
    for cell in written.cells.iter_mut().filter(of_names).filter(|cell| goes_on(&cell.raw)) {
        let mut items = split_and(&cell.raw);
        let before = items.len();
        items.retain(|item| !item.eq_ignore_ascii_case("others"));
        while items.len() > 1 && items.last().is_some_and(|item| is_more(item)) {
            items.pop();
        }
        if items.len() < before {
            cell.raw = format!("{} and others", items.join(" and ")).into();
        }
    }
}

fn is_babel(name: &str) -> bool {
    !name.contains(|c: char| c.is_uppercase()) && Lang::from_babel(name).is_some()
}

/// The note that BibTeX demands of what is not published (D-24).
fn unpublished_note(written: &Written, record: &Record) -> String {
    let status = record.text(Field::Status).map(|status| status.replace('-', " "));
    let mut note = status.or_else(|| written.get("type").map(str::to_owned)).unwrap_or_default();
    if note.is_empty() {
        note = if record.kind == Kind::Presentation { "Presentation".to_owned() } else { "Unpublished".to_owned() };
    }
    if let Some(event) = written.get("eventtitle") {
        note.push_str(", ");
        note.push_str(event);
    }
    match note.chars().next() {
        Some(first) if first.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_uppercase(), note.get(1..).unwrap_or_default())
        }
        _ => note,
    }
}
