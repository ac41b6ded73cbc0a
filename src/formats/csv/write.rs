//! From records to rows.
//!
//! Which columns occur is known only at the end, so a record goes to the spool as pairs of column and value on one line;
//! [`page`](crate::page) lays the lines out as rows when the header is known.

use super::dialects::{ZOTERO_LAYOUT, ZOTERO_MAPPING};
use super::own::{Column, MADE_KEY, guarded, is_own, string_cell, strings_cell};
use super::codec::TEXT;
use super::{FAMILY, cell};
use crate::bytes::first;
use crate::columns::{ColumnChoice, Meaning};
use crate::format::{Frame, Writer};
use crate::loss::LossKind;
use crate::page::{Columns, Page, PageFrame, PageWriter};
use crate::record::{Extra, Field, Head, Parts, Slot};
use crate::write::{Outgoing, Profile, WriteOptions, Writing};
use csv::{QuoteStyle, WriterBuilder};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;

/// The writer of tables with this between cells.
pub(super) const fn writer(frame: fn(&Page<'_>) -> PageFrame) -> Writer {
    Writer {
        frame: Frame { open: "", between: "", close: "", empty: "", tight: false },
        needs_key: false,
        tex_keys: false,
        record,
        passage: Writer::no_passage,
        // What it says, the new header says.
        head: |head, _| head.family == FAMILY,
        page: Some(PageWriter { frame, authors: false, author: None, survey: Some(survey) }),
    }
}

/// What ends a line of the spool, stands between its parts, and begins what stands for these.
const ESCAPES: [(char, &str); 4] = [('\\', "\\"), ('\n', "n"), ('\r', "r"), ('\t', "t")];

fn put(out: &mut String, part: &str) {
    let mut rest = part;
    while let Some(at) = first(rest.as_bytes(), |b| (b == b'\\') | (b == b'\n') | (b == b'\r') | (b == b'\t')) {
        let (plain, from) = rest.split_at(at);
        let (sign, behind) = from.split_at(1);
        let letter = ESCAPES.iter().find(|(it, _)| sign.starts_with(*it)).map_or("", |(_, letter)| letter);
        out.extend([plain, "\\", letter]);
        rest = behind;
    }
    out.push_str(rest);
}

fn take(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        let escaped = (c == '\\').then(|| chars.next()).flatten();
        let sign = |letter: char| ESCAPES.iter().find(|(_, it)| it.starts_with(letter)).map_or(letter, |(it, _)| *it);
        out.push(escaped.map_or(c, sign));
    }
    out
}

/// Spools one cell.
fn spool(out: &mut String, column: &str, value: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\t');
    }
    put(out, column);
    out.push('\t');
    put(out, value);
}

/// The parts of a line of the spool: columns and values.
fn pairs(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut parts = line.split('\t');
    std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
}

fn survey(text: &str, columns: &mut Columns) {
    for line in text.lines() {
        for (column, _) in pairs(line) {
            if column.contains('\\') { columns.add(&take(column)) } else { columns.add(column) }
        }
    }
}

fn record(out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>) {
    let mut line = String::new();
    if writing.options.columns == ColumnChoice::Zotero {
        zotero(out, writing.options, &mut line);
    } else {
        own(out, writing.options, &mut line);
    }
    // A row without a cell is a row, too.
    if line.is_empty() {
        spool(&mut line, Meaning::Kind.name(), "");
    }
    writing.out.push_str(&line);
    writing.out.push('\n');
}

/// A record in columns of our own.
fn own(out: &mut Outgoing<'_, '_>, options: &WriteOptions, line: &mut String) {
    let record = out.record();
    let has = |column: &str| options.columns.has(column);
    let kind = record.kind;
    if has(Meaning::Kind.name()) {
        spool(line, Meaning::Kind.name(), kind.name());
        let subtype = record.subtype.as_deref().filter(|it| !it.is_empty() && has(Meaning::Subtype.name()));
        if let Some(subtype) = subtype {
            spool(line, Meaning::Subtype.name(), &string_cell(subtype));
        }
        out.kind_becomes(kind, subtype);
    }
    write_key(out, options, line);
    let mut fields: SmallVec<[Field; 32]> = record.slots.iter().map(Slot::field).collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields.into_iter().filter(|field| has(field.name())) {
        write_field(out, options, field, line);
    }
    write_extras(out, options, line);
}

fn write_key(out: &mut Outgoing<'_, '_>, options: &WriteOptions, line: &mut String) {
    let Some(key) = &out.record().key else { return };
    if key.made {
        // A key that was made for another format is no loss.
        if options.carry && out.take_key().is_some() && out.carry_key().is_some() {
            spool(line, MADE_KEY, &string_cell(&key.text));
        }
    } else if options.columns.has(Meaning::Key.name()) && out.take_key().is_some() {
        let stated = if options.carry { out.carry_key().map(|(_, stated)| stated) } else { None };
        spool(line, Meaning::Key.name(), &string_cell(stated.unwrap_or(&key.text)));
    }
}

fn write_field(out: &mut Outgoing<'_, '_>, options: &WriteOptions, field: Field, line: &mut String) {
    let record = out.record();
    let here = || record.slots.iter().enumerate().filter(|(_, slot)| slot.field() == field);
    let slots: SmallVec<[&Slot; 8]> = here().map(|(_, slot)| slot).collect();
    let written = cell::write(field, record.kind, &slots, options.carry);
    if written.cell.trim().is_empty() {
        return;
    }
    for ((at, _), lost) in here().zip(&written.lost) {
        match lost {
            Some(lost) => {
                out.take_losing(at, Parts::ALL, *lost);
            }
            None => out.note(at, LossKind::Merged),
        }
    }
    spool(line, field.name(), &written.cell);
}

/// What no reader understood: of tables always, of other formats where it is to be carried.
fn write_extras(out: &mut Outgoing<'_, '_>, options: &WriteOptions, line: &mut String) {
    let record = out.record();
    let mut places: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (at, extra) in record.extras.iter().enumerate() {
        places.entry((&extra.family, &extra.tag)).or_default().push(at);
    }
    let mut done: FxHashSet<String> = FxHashSet::default();
    for extra in &record.extras {
        let column = Column::of_extra(&extra.family, &extra.tag);
        let is_carried = extra.family == FAMILY || options.carry;
        if !is_carried || !options.columns.has(&column) || done.contains(&column) || !comes_back(extra, &column) {
            continue;
        }
        let same = places.get(&(&*extra.family, &*extra.tag)).map_or(&[][..], Vec::as_slice);
        let values: Vec<&str> = same.iter().map(|at| &*record.extras[*at].value).collect();
        if values == [""] {
            // An empty cell says nothing.
            continue;
        }
        spool(line, &column, &strings_cell(&values));
        for at in same {
            out.take_extra(*at);
        }
        done.insert(column);
    }
}

/// Whether the name of a column says what the extra is.
fn comes_back(extra: &Extra, column: &str) -> bool {
    let again = Column::Extra(extra.family.clone(), extra.tag.clone());
    column.trim() == column && Column::of(column) == again
}

/// A record in Zotero's layout.
fn zotero(out: &mut Outgoing<'_, '_>, options: &WriteOptions, line: &mut String) {
    let options = WriteOptions { profile: Some(Profile::Zotero), ..options.clone() };
    let mut written = ZOTERO_MAPPING.write(out, &options);
    ZOTERO_MAPPING.join_subtitles(&mut written, out, &options, &TEXT);
    let year = out.record().date(Field::Issued).map(|date| date.year_text().into_owned()).unwrap_or_default();
    if written.get("Date").is_some() && !year.is_empty() {
        written.insert(&ZOTERO_MAPPING, "Publication Year", year);
    }
    // The layout has no columns but its own, each once.
    let mut seen: Vec<&str> = Vec::new();
    spool(line, "Item Type", &written.word);
    let record = out.record();
    for cell in &written.cells {
        let fits = ZOTERO_LAYOUT.iter().any(|tag| tag.name == cell.tag) && !seen.contains(&&*cell.tag);
        if fits {
            spool(line, &cell.tag, &cell.raw);
            seen.push(&cell.tag);
            continue;
        }
        let lost = |extra: &Extra| extra.family == FAMILY && *extra.tag == *cell.tag && *extra.value == *cell.raw;
        if let Some(at) = record.extras.iter().position(lost) {
            out.leave_extra(at);
        }
    }
}

/// The page of a table with commas between cells.
pub(super) fn commas(page: &Page<'_>) -> PageFrame {
    table(page, b',')
}

/// The page of a table with tabs between cells.
pub(super) fn tabs(page: &Page<'_>) -> PageFrame {
    table(page, b'\t')
}

fn table(page: &Page<'_>, delimiter: u8) -> PageFrame {
    let columns = order(page);
    let is_zotero = page.options.columns == ColumnChoice::Zotero;
    let style = if is_zotero { QuoteStyle::Always } else { QuoteStyle::Necessary };
    let safe = page.options.safe;
    let mut head = String::new();
    if is_zotero {
        head.push('\u{feff}');
    }
    let places: FxHashMap<String, usize> = columns.iter().cloned().zip(0..).collect();
    write_row(&mut head, labelled(&columns).iter().map(|it| &**it), delimiter, style, safe);
    let count = columns.len();
    let row = move |line: &str, out: &mut String| {
        let mut cells: Vec<String> = vec![String::new(); count];
        for (column, value) in pairs(line) {
            let place = if column.contains('\\') { places.get(&take(column)) } else { places.get(column) };
            if let Some(cell) = place.and_then(|at| cells.get_mut(*at)) {
                *cell = if value.contains('\\') { take(value) } else { value.to_owned() };
            }
        }
        write_row(out, cells.iter().map(String::as_str), delimiter, style, safe);
    };
    PageFrame { head, tail: String::new(), crlf: false, row: Some(Box::new(row)) }
}

/// The header of these columns. Where all but the kind are names that only the source knew, they say that they are of a
/// table: else nobody could tell that this one is ours.
fn labelled(columns: &[String]) -> Vec<Cow<'_, str>> {
    let kind = Meaning::Kind.name();
    let must = columns.iter().any(|name| name == kind) && !is_own(columns);
    let label = |name: &String| Cow::Owned([FAMILY, ":", name].concat());
    let is_labelled = |name: &str| must && Column::of(name).is_of_table();
    columns.iter().map(|name| if is_labelled(name) { label(name) } else { Cow::Borrowed(&**name) }).collect()
}

/// The columns, in order: those of the source's header as it has them, then what else occurs.
fn order(page: &Page<'_>) -> Vec<String> {
    match &page.options.columns {
        ColumnChoice::Zotero => return ZOTERO_LAYOUT.iter().map(|tag| tag.name.to_owned()).collect(),
        ColumnChoice::List(names) => return names.iter().map(ToString::to_string).collect(),
        ColumnChoice::All | ColumnChoice::Occurring => {}
    }
    let all = page.options.columns == ColumnChoice::All;
    let kind = Meaning::Kind.name();
    let mut order: Vec<String> = Vec::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut add = |name: &str| {
        let occurs = all && Meaning::from_name(name).is_some() || page.columns.has(name) || name == kind;
        if occurs && known.insert(name.to_owned()) {
            order.push(name.to_owned());
        }
    };
    let named: Vec<&str> =
        page.head.iter().flat_map(|head: &&Head| &head.entries).map(|(_, own)| own.as_str()).collect();
    if !named.contains(&kind) {
        add(kind);
    }
    named.iter().copied().for_each(&mut add);
    Meaning::names().for_each(&mut add);
    page.columns.iter().for_each(add);
    if !is_own(&labelled(&order)) {
        // All are of families that are no format's here: none says that the table is ours.
        order.push(Meaning::Key.name().to_owned());
    }
    order
}

/// Appends a row.
fn write_row<'c>(
    out: &mut String,
    cells: impl Iterator<Item = &'c str>,
    delimiter: u8,
    style: QuoteStyle,
    safe: bool,
) {
    let bytes = |cell: &'c str| match guarded(cell, safe) {
        Some(guarded) => Cow::Owned(guarded.into_bytes()),
        None => Cow::Borrowed(cell.as_bytes()),
    };
    let mut row = Vec::new();
    let mut cells = cells.peekable();
    // At the beginning of a row readers drop a mark of the byte order.
    let is_marked = cells.peek().is_some_and(|cell| cell.starts_with('\u{feff}'));
    let style = if is_marked { QuoteStyle::Always } else { style };
    let mut writer = WriterBuilder::new().delimiter(delimiter).quote_style(style).buffer_capacity(1 << 10).from_writer(&mut row);
    let written = writer.write_record(cells.map(bytes)).and_then(|()| Ok(writer.flush()?));
    // Memory takes all that is written, and one row has no other to be shorter than.
    debug_assert!(written.is_ok());
    drop(writer);
    // Of whole strings, and marks between them.
    match str::from_utf8(&row) {
        Ok(row) => out.push_str(row),
        Err(_) => out.push_str(&String::from_utf8_lossy(&row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_which_nothing_is_known_says_whose_it_is() {
        let header = |names: &[&str]| labelled(&names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()).join("|");
        assert_eq!(header(&["kind", "Colour", "Weight: kg"]), "kind|csv:Colour|csv:Weight: kg");
        assert_eq!(header(&["kind", "title", "Colour"]), "kind|title|Colour");
        assert_eq!(header(&["Colour"]), "Colour");
    }
}
