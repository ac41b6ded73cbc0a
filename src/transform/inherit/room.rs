//! How much a record takes from others, in bytes: a few letters of input may ask for any amount, and what they get is in
//! memory as often as it was asked for.

use crate::record::{Extra, Name, Record, Slot, Value};

/// How much one record takes from all others at most. No reference has so much to give.
const MOST: usize = 1 << 20;

/// What a record may still take.
#[derive(Debug)]
pub(super) struct Room {
    left: usize,
    /// Whether something was too much.
    pub(super) was_short: bool,
}

impl Room {
    /// Of a record that has taken nothing yet.
    pub(super) fn new() -> Room {
        Room { left: MOST, was_short: false }
    }

    /// Whether so many bytes may be taken, which they are then.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.was_short |= left.is_none();
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}

/// About how many bytes a record takes.
pub(super) fn of_record(record: &Record) -> usize {
    record.slots.iter().map(of_slot).chain(record.extras.iter().map(of_extra)).sum()
}

/// About how many bytes a slot takes.
pub(super) fn of_slot(slot: &Slot) -> usize {
    let sources = slot.any_source().into_iter().flat_map(|source| &source.cells);
    size_of::<Slot>() + of_value(slot.value()) + sources.map(|cell| cell.tag.len() + cell.raw.len()).sum::<usize>()
}

/// The same of a field that no rule knows.
pub(super) fn of_extra(extra: &Extra) -> usize {
    size_of::<Extra>() + extra.tag.len() + extra.value.len()
}

/// The same of a value, beside the place that it has in its slot.
pub(super) fn of_value(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.as_str().len(),
        Value::Names(names) => names.list.iter().map(of_name).sum(),
        Value::Date(date) => date.literal.as_ref().map_or(0, |it| it.len()),
        Value::Pages(pages) => size_of_val(pages.ranges.as_slice()),
        Value::Number(number) => number.as_str().len(),
        Value::Keyword(keyword) => keyword.text.len(),
        Value::Note(note) => note.text.as_str().len(),
        Value::Id(id) => id.value.len(),
        Value::Url(url) => url.url.len(),
        Value::Publisher(publisher) => publisher.name.as_str().len(),
        Value::Relation(relation) => relation.target.len(),
        Value::File(file) => file.path.len(),
        Value::Lang(lang) => lang.as_str().len(),
        Value::Token(token) => token.len(),
    }
}

/// The same of a name.
pub(super) fn of_name(name: &Name) -> usize {
    let parts = [&name.literal, &name.family, &name.given, &name.particle, &name.dropping_particle, &name.suffix];
    size_of::<Name>() + parts.iter().map(|part| part.len()).sum::<usize>()
}
