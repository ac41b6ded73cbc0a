//! From rows to records.

use super::dialects::{SCHOLAR_FINDS, find_kind};
use super::kind::{Says, find_word, infer, is_paper};
use super::layout::Layout;
use super::missing::{Lacks, lacks_values};
use super::names::{self, Order, Style};
use super::own::{Column, read_extras, read_strings, unguarded};
use super::plan::{Action, Plan};
use super::split::{Cell, Damage, Row, Rows};
use super::{COLUMN_UNMAPPED, FAMILY, NO_COLUMN, QUOTE, RAGGED, cell};
use crate::bytes::trim;
use crate::columns::Meaning;
use crate::diagnostic::{FIELD_UNKNOWN, RECORD_TOO_WIDE, TYPE_UNKNOWN};
use crate::format::did_you_mean;
use crate::mapping::Cells;
use crate::mapping::codecs::marked;
use crate::read::Reading;
use crate::record::{
    Basis, Extra, Family, Field, Head, Item, Key, Kind, Origin, Passage, PublisherRole, Record, Slot, SourceType, Text, Type,
    Value, excerpt,
};
use crate::tex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Reads a block: its header, if it has it, and its rows.
pub(super) fn read(reading: &mut Reading<'_>) {
    let (context, start) = reading.context();
    let known = context.cloned().and_then(|it| it.downcast::<OnceLock<Layout>>().ok());
    let known = known.as_ref().and_then(|it: &Arc<OnceLock<Layout>>| it.get());
    let own;
    let layout = match known {
        Some(layout) => layout,
        None => {
            own = Layout::find(reading.text().as_bytes());
            &own
        }
    };
    let plan = Plan::new(layout, &reading.options.columns);
    let pieces: Vec<Range<usize>> = reading.pieces().collect();
    let is_head = |piece: &Range<usize>| start + (piece.start as u64) < layout.data as u64;
    let split = pieces.iter().position(|piece| !is_head(piece)).unwrap_or(pieces.len());
    if let Some(last) = pieces.get(..split).and_then(<[_]>::last) {
        // Where bytes had to be guessed the header is longer than it was.
        let end = last.end.min(reading.text().len());
        read_head(reading, &plan, 0..end, start);
    }
    let outline = reading.take_outline();
    let rows = Rows::of(reading.text(), pieces[split..].iter().cloned(), layout, outline.as_deref());
    let mut cells = Cells::new(layout.dialect.mapping).without_sources();
    for row in &rows.list {
        read_row(reading, &plan, &rows, row, &mut cells);
        cells.clear();
    }
}

/// Whether a column is the first and has no name: pandas and R number the rows there.
fn is_index(column: usize, names: &[String]) -> bool {
    column == 0 && names.first().is_some_and(|name| name.is_empty() || name == "Unnamed: 0")
}

/// Says which columns nobody understands. A spreadsheet has as many without a name as anything ever stood in: they are told
/// together.
fn tell_unknown(reading: &mut Reading<'_>, plan: &Plan<'_>) {
    let (header, names) = (&plan.layout.header, &plan.layout.names);
    let is_unknown = |column: &usize| plan.actions[*column] == Action::Extra && !is_index(*column, names);
    let is_nameless = |column: &usize| names.get(*column).is_some_and(String::is_empty);
    let unknown = || (0..plan.actions.len()).filter(is_unknown);
    let nameless: Vec<String> = unknown().filter(is_nameless).map(|column| plan.name(column)).collect();
    let together = if let [first, .., last] = nameless.as_slice() {
        let message = format!("{} columns have no name (`{first}` … `{last}`); their cells are kept as they are", nameless.len());
        reading.report(&FIELD_UNKNOWN, header.clone(), message);
        true
    } else {
        false
    };
    let mut from = header.start;
    for name in unknown().filter(|column| !(together && is_nameless(column))).map(|column| plan.name(column)) {
        let found = reading.text().get(from..header.end).and_then(|it| it.find(&name)).map(|at| from + at);
        let span = found.map_or(header.clone(), |at| at..at + name.len());
        from = found.unwrap_or(from);
        let message = format!("nothing is known of the column `{}`; its cells are kept as they are", excerpt(&name, 60));
        reading.report(&FIELD_UNKNOWN, span, message).hint =
            Some("`--map COLUMN=FIELD` says what a column holds".to_owned());
    }
}

/// Yields the header, and says which columns nobody understands.
fn read_head(reading: &mut Reading<'_>, plan: &Plan<'_>, at: Range<usize>, start: u64) {
    let place = reading.place(at.start);
    let entries = (0..plan.layout.names.len()).map(|at| (plan.name(at).into(), plan.own_name(at))).collect();
    let raw = reading.text().get(at.clone()).unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
    // What stands before the header is said nowhere else.
    let restated = raw.lines().filter(|line| !line.trim().is_empty()).count() <= 1 && start == 0;
    reading.item(Item::Head(Head { family: Family::Borrowed(FAMILY), entries, raw, restated, place }));
    let is_unknown = |action: &Action| *action == Action::Extra;
    if !plan.actions.is_empty() && plan.actions.iter().all(is_unknown) {
        let message = "no column of this table is known: its first row may not have the names of the columns";
        reading.report(&NO_COLUMN, plan.layout.header.clone(), message).hint =
            Some("`--map COLUMN=FIELD` says what a column holds".to_owned());
    } else {
        tell_unknown(reading, plan);
    }
    let missing: Vec<String> = reading
        .options
        .columns
        .columns()
        .filter(|column| !plan.layout.names.iter().any(|name| name.eq_ignore_ascii_case(column)))
        .map(str::to_owned)
        .collect();
    for column in missing {
        let near = did_you_mean(&column, plan.layout.names.iter().map(String::as_str)).map(str::to_owned);
        let message = format!("there is no column `{}`, which --map names", excerpt(&column, 60));
        let finding = reading.report(&COLUMN_UNMAPPED, plan.layout.header.clone(), message);
        finding.hint = near.map(|near| format!("did you mean `{near}`?"));
    }
}

/// What a row says beside the cells that the mapping reads.
#[derive(Default)]
struct Rest<'r> {
    /// What it is, by the rank of the column.
    types: Vec<(usize, usize, &'r str)>,
    mapped: Vec<(Meaning, &'r str)>,
    own: Vec<(&'r Column, &'r str)>,
    extras: Vec<(usize, &'r str, usize)>,
}

fn read_row<'r>(
    reading: &mut Reading<'_>,
    plan: &'r Plan<'_>,
    rows: &'r Rows<'r>,
    row: &Row,
    cells: &mut Cells<'r>,
) {
    let all = rows.cells.get(row.cells.clone()).unwrap_or_default();
    if row.count > reading.options.max_fields {
        let limit = reading.options.max_fields;
        let message = format!("this row has {} cells, more than the limit of {limit}", row.count);
        reading.report(&RECORD_TOO_WIDE, row.at.clone(), message);
        return reading.passage(row.at.clone());
    }
    if is_header_again(plan, row, all) {
        let raw = reading.text().get(row.at.clone()).unwrap_or_default().to_owned();
        let place = reading.place(row.at.start);
        return reading.item(Item::Passage(Passage { raw, restated: true, ..Passage::new(FAMILY, place) }));
    }
    let mut rest = Rest::default();
    let mut any = false;
    let lacks = if plan.dialect.is_own() { Lacks::Nothing } else { lacks_values(reading, plan, all) };
    for it in all {
        let column = it.column;
        let value = unguarded(trim(&it.value));
        if value.is_empty() || lacks.value(reading, plan, it) {
            continue;
        }
        any = true;
        match plan.actions.get(column) {
            Some(Action::Tag(tag)) if plan.dialect.is_tex() => {
                let value = of_tex(value, plan.field(*tag).map(Field::value_type));
                cells.push_tag(*tag, plan.layout.names[column].as_str(), value, it.at.clone());
            }
            Some(Action::Tag(tag)) => {
                if let Some((derived, take_apart)) = plan.derived
                    && derived == *tag
                {
                    for (name, part) in take_apart(value) {
                        cells.push(name, name, part, it.at.clone());
                    }
                }
                cells.push_tag(*tag, plan.layout.names[column].as_str(), value, it.at.clone());
            }
            Some(Action::Type(rank)) => rest.types.push((*rank, column, value)),
            Some(Action::Mapped(meaning)) => rest.mapped.push((*meaning, value)),
            Some(Action::Own(own)) => rest.own.push((own, value)),
            Some(Action::Extra) | None => rest.extras.push((column, value, it.at.start)),
        }
    }
    report_damage(reading, plan, row, rest.extras.last().map(|it| it.0));
    if !any {
        return;
    }
    let mut record = if plan.dialect.is_own() {
        read_own(reading, row, &rest)
    } else {
        read_foreign(reading, plan, row, cells, &mut rest)
    };
    read_mapped(&mut record, &rest.mapped);
    for (column, value, at) in rest.extras {
        let place = reading.place(at);
        record.extras.push(extra(plan.name(column), value, place));
    }
    reading.record(record);
}

/// The value of a field of BibTeX as the cells of other tables have it.
fn of_tex(value: &str, of: Option<Type>) -> Cow<'_, str> {
    match of {
        Some(Type::Url | Type::Id | Type::File) if value.contains('\\') => {
            let escaped = |pair: &str| pair.starts_with(|c: char| "_%&#~".contains(c));
            let pieces = value.split('\\').enumerate();
            pieces.map(|(at, piece)| if at == 0 || escaped(piece) { piece.into() } else { ["\\", piece].concat() }).collect()
        }
        Some(Type::Url | Type::Id | Type::File) => value.into(),
        Some(Type::Text) => marked::with_tags(&tex::decode(value).text).into(),
        _ if value.contains(['\\', '{', '~']) => tex::decode(value).text.as_str().to_owned().into(),
        _ => value.into(),
    }
}

/// Whether a row has the names of the columns once more: tables were joined with their headers.
fn is_header_again(plan: &Plan<'_>, row: &Row, all: &[Cell<'_>]) -> bool {
    let names = &plan.layout.names;
    let is_name = |cell: &Cell<'_>| {
        let name = names.get(cell.column).map_or("", |name| trim(name));
        trim(&cell.value).trim_start_matches('\u{feff}') == name
    };
    row.count == names.len() && !all.is_empty() && all.iter().all(is_name)
}

fn extra(tag: String, value: &str, place: crate::source::Place) -> Extra {
    Extra { family: Family::Borrowed(FAMILY), tag: tag.into(), value: value.into(), expression: None, place }
}

fn report_damage(reading: &mut Reading<'_>, plan: &Plan<'_>, row: &Row, last_extra: Option<usize>) {
    let (columns, count) = (plan.layout.names.len(), row.count);
    if row.damage == Damage::Quote {
        let message = "a quotation mark in this row closes nothing, or nothing closes it";
        reading.report(&QUOTE, row.at.start..row.at.start + 1, message).hint =
            Some("the row was read as well as it could be: compare it".to_owned());
    } else if count < columns || last_extra.is_some_and(|it| it >= columns) {
        let message = format!("this row has {count} cells, the header has {columns}");
        reading.report(&RAGGED, row.at.start..row.at.start + 1, message);
    }
}

/// A row of a table of ours.
fn read_own(reading: &mut Reading<'_>, row: &Row, rest: &Rest<'_>) -> Record {
    let place = reading.place(row.at.start);
    let mut record = Record { origin: Origin { number: 0, place }, ..Record::new(Kind::Misc) };
    let word = rest.own.iter().find(|(column, _)| **column == Column::Meaning(Meaning::Kind)).map(|(_, raw)| *raw);
    if let Some(word) = word {
        state(reading, &mut record, word, row);
    }
    for (column, raw) in &rest.own {
        match column {
            Column::Meaning(Meaning::Kind) => {}
            Column::Meaning(Meaning::Subtype) => {
                record.subtype = read_strings(raw).into_iter().next().map(Into::into);
            }
            Column::Meaning(Meaning::Key) => record.key = key(raw, false),
            Column::MadeKey => record.key = key(raw, true),
            Column::Meaning(Meaning::Field(field)) => record.slots.extend(cell::read(*field, record.kind, raw)),
            Column::Extra(family, tag) => record.extras.extend(read_extras(family, tag, raw, place)),
        }
    }
    if word.is_none() {
        infer(&mut record, None);
    }
    record
}

fn key(raw: &str, made: bool) -> Option<Key> {
    read_strings(raw).into_iter().next().and_then(|text| Key::of_source(&text)).map(|key| Key { made, ..key })
}

/// What a word of ours, or anyone's, says of a record.
fn state(reading: &mut Reading<'_>, record: &mut Record, word: &str, row: &Row) {
    if let Some(kind) = Kind::from_name(word) {
        record.kind = kind;
    } else if let Some((_, row)) = find_kind(super::dialects::UNION_KINDS, word) {
        (record.kind, record.subtype) = (row.1, row.2.map(Into::into));
    } else {
        unknown(reading, record, word, row);
        return;
    }
    record.source_type = Some(SourceType::new(FAMILY, word));
}

fn unknown(reading: &mut Reading<'_>, record: &mut Record, word: &str, row: &Row) {
    let message = format!("unknown type word `{}`", excerpt(word, 40));
    let finding = reading.report(&TYPE_UNKNOWN, row.at.start..row.at.start, message);
    finding.once = Some(word.into());
    record.basis = Basis::Defaulted;
    record.push(Field::Genre, Value::Text(Text::plain(word)));
    record.source_type = Some(SourceType::new(FAMILY, word));
}

/// A row of someone else's table.
fn read_foreign(
    reading: &mut Reading<'_>,
    plan: &Plan<'_>,
    row: &Row,
    cells: &mut Cells<'_>,
    rest: &mut Rest<'_>,
) -> Record {
    let dialect = plan.dialect;
    let place = reading.place(row.at.start);
    rest.types.sort_by_key(|(rank, ..)| *rank);
    if dialect.typed {
        let word = rest.types.first().map(|(.., word)| *word);
        return dialect.mapping.read(word, cells, reading, row.at.clone());
    }
    let mut record = dialect.mapping.read(Some(""), cells, reading, row.at.clone());
    record.source_type = None;
    let mut parts: Vec<(usize, usize, &str)> = std::mem::take(&mut rest.types);
    if dialect.says_what_was_found() {
        let found = parts.extract_if(.., |(.., word)| SCHOLAR_FINDS.contains(word));
        record.extras.extend(found.map(|(_, column, word)| extra(plan.name(column), word, place)));
    }
    let mut used = false;
    for (at, (_, column, word)) in parts.iter().enumerate() {
        // What the next column says decides between several words.
        let next = parts.get(at + 1).and_then(|(.., word)| find_kind(dialect.kinds, word)).map(|(_, row)| row.1);
        match find_word(dialect, word, next).filter(|_| !used) {
            Some((row, says)) => {
                used = true;
                (record.kind, record.subtype, record.basis) = (row.1, row.2.map(Into::into), Basis::Stated);
                record.source_type = Some(SourceType::new(FAMILY, *word));
                match says {
                    Says::Kind => {}
                    Says::Kinds => record.extras.push(extra(plan.name(*column), word, place)),
                    Says::More => record.push(Field::Genre, Value::Text(Text::plain(*word))),
                }
            }
            // A letter that says the same.
            None if used && word.len() == 1 && find_kind(dialect.kinds, word).is_some_and(|(_, row)| row.1 == record.kind) => {}
            None if used || at + 1 < parts.len() => {
                record.extras.push(extra(plan.name(*column), word, place));
            }
            None => unknown(reading, &mut record, word, row),
        }
    }
    let mapped = rest.mapped.iter().find(|(meaning, _)| *meaning == Meaning::Kind);
    if let Some((_, word)) = mapped {
        record.basis = Basis::Stated;
        state(reading, &mut record, word, row);
    } else if !used {
        infer(&mut record, dialect.default);
    } else if is_paper(&record) {
        (record.kind, record.subtype, record.basis) = (Kind::ConferencePaper, None, Basis::Inferred);
    }
    settle_publishers(&mut record);
    record
}

/// A publisher is to a work what its kind makes of him.
fn settle_publishers(record: &mut Record) {
    let role = cell::publisher_role(record.kind);
    if role == PublisherRole::Publisher {
        return;
    }
    for slot in &mut record.slots {
        if let Value::Publisher(publisher) = slot.value()
            && publisher.role == PublisherRole::Publisher
        {
            let publisher = crate::record::Publisher { role, ..publisher.clone() };
            *slot.value_mut() = Value::Publisher(publisher);
        }
    }
}

/// What the user says that columns hold. It overrules what others say of a field with one value.
fn read_mapped(record: &mut Record, mapped: &[(Meaning, &str)]) {
    for (meaning, raw) in mapped {
        match meaning {
            Meaning::Kind => {}
            Meaning::Subtype => record.subtype = Some((*raw).into()),
            Meaning::Key => record.key = key(raw, false),
            Meaning::Field(field) => {
                let slots = if field.value_type() == Type::Names {
                    let style = Style { between: &[], order: Order::Guess };
                    names::read(raw, &style, None).map(|it| Slot::new(*field, Value::Names(it))).into_iter().collect()
                } else {
                    cell::read(*field, record.kind, raw)
                };
                if !field.repeats() && !slots.is_empty() {
                    record.slots.retain(|slot| slot.field() != *field);
                }
                record.slots.extend(slots);
            }
        }
    }
}
