//! Single values taken from `@xdata` entries: `publisher = {xdata=house-publisher}`, `author = {Doe, Jane and
//! xdata=people-author-2}`. Section 3.13.6 of the BibLaTeX manual.
//!
//! A value or one item of a list names an entry, a field of it, and perhaps the number of an item. The key may hold
//! hyphens itself, so that it is the longest one that is there.

use super::Parents;
use super::room::Room;
use crate::record::{Field, Name, Names, Record, Slot, Value};
use crate::write::is_well_typed;

/// What such a value begins with.
const MARK: &str = "xdata=";

/// The fields that BibLaTeX's names mean, where they are not the field that asks.
const FIELDS: &[(&str, Field)] = &[
    ("author", Field::Author),
    ("bookauthor", Field::ContainerAuthor),
    ("editor", Field::Editor),
    ("translator", Field::Translator),
    ("title", Field::Title),
    ("subtitle", Field::Subtitle),
    ("booktitle", Field::ContainerTitle),
    ("journaltitle", Field::ContainerTitle),
    ("maintitle", Field::SetTitle),
    ("eventtitle", Field::EventTitle),
    ("venue", Field::EventPlace),
    ("series", Field::SeriesTitle),
    ("publisher", Field::Publisher),
    ("institution", Field::Publisher),
    ("organization", Field::Publisher),
    ("location", Field::Place),
    ("note", Field::Note),
    ("language", Field::Language),
];

/// What a value asks for.
fn asks(value: &Value) -> Option<&str> {
    let text = match value {
        Value::Text(text) => text.as_str(),
        Value::Publisher(publisher) => publisher.name.as_str(),
        Value::Number(number) => number.as_str(),
        Value::Note(note) => note.text.as_str(),
        _ => return None,
    };
    text.strip_prefix(MARK)
}

/// What a name asks for.
fn name_asks(name: &Name) -> Option<&str> {
    let whole = if name.is_literal() { &name.literal } else { &name.family };
    whole.strip_prefix(MARK).filter(|_| name.is_literal() || name.given.is_empty())
}

/// All that a record asks for in this way.
pub(super) fn asked(record: &Record) -> impl Iterator<Item = &str> {
    record.slots.iter().flat_map(|slot| {
        let names = match slot.value() {
            Value::Names(names) => names.list.as_slice(),
            _ => &[],
        };
        asks(slot.value()).into_iter().chain(names.iter().filter_map(name_asks))
    })
}

/// The entry, the field and the number of the item that are meant.
fn find<'p>(what: &str, parents: &'p Parents) -> Option<(&'p Record, Option<Field>, Option<usize>)> {
    // No key is longer: a text may have very many hyphens.
    let mut ends = (0..=parents.longest.min(what.len())).rev().filter(|at| what.as_bytes().get(*at) == Some(&b'-'));
    let (at, parent) = ends.find_map(|at| Some((at, parents.get(what.get(..at)?)?)))?;
    let rest = what.get(at + 1..)?;
    let (name, number) = match rest.split_once('-') {
        Some((name, number)) => (name, number.parse::<usize>().ok()),
        None => (rest, None),
    };
    // Where the key before the last hyphen is there, what follows it may be the number of another's item.
    let field = FIELDS.iter().find(|(it, _)| *it == name).map(|(_, field)| *field);
    Some((parent, field, number))
}

/// Puts what is asked for in its place. What is not there stays as it is, and is handed back.
pub(super) fn resolve(record: &mut Record, parents: &Parents, room: &mut Room) -> Vec<String> {
    if asked(record).next().is_none() {
        return Vec::new();
    }
    let mut missing = Vec::new();
    let mut slots = Vec::with_capacity(record.slots.len());
    for mut slot in std::mem::take(&mut record.slots) {
        if matches!(slot.value(), Value::Names(names) if names.list.iter().any(|name| name_asks(name).is_some())) {
            let field = slot.field();
            if let Value::Names(names) = slot.value_mut() {
                fill(names, field, parents, room, &mut missing);
            }
            slots.push(slot);
            continue;
        }
        let Some(what) = asks(slot.value()).map(str::to_owned) else {
            slots.push(slot);
            continue;
        };
        let found: Vec<Slot> = match find(&what, parents) {
            Some((parent, field, number)) => {
                let all = parent.all(field.unwrap_or(slot.field()));
                // A publisher is no title.
                let all = all.filter(|it| is_well_typed(slot.field(), it.value()));
                let taken = all.enumerate().filter(|(at, _)| number.is_none_or(|number| at + 1 == number));
                let taken = taken.filter(|(_, it)| room.take(it.size()));
                taken.map(|(_, it)| Slot::new(slot.field(), it.value().clone()).in_group(slot.group())).collect()
            }
            None => Vec::new(),
        };
        if found.is_empty() {
            missing.push(what);
            slots.push(slot);
        } else {
            slots.extend(found);
        }
    }
    record.slots = slots;
    missing
}

/// Puts names in the place of those that ask for them.
fn fill(names: &mut Names, field: Field, parents: &Parents, room: &mut Room, missing: &mut Vec<String>) {
    let mut list = Vec::with_capacity(names.list.len());
    for name in std::mem::take(&mut names.list) {
        let Some(what) = name_asks(&name) else {
            list.push(name);
            continue;
        };
        let found = find(what, parents).and_then(|(parent, of, number)| {
            let there = parent.names(of.unwrap_or(field))?;
            match number {
                Some(number) => there.list.get(number.checked_sub(1)?).map(std::slice::from_ref),
                None => Some(there.list.as_slice()),
            }
        });
        let found = found.filter(|found| room.take(found.iter().map(Name::size).sum()));
        match found {
            Some(found) => list.extend_from_slice(found),
            None => {
                missing.push(what.to_owned());
                list.push(name);
            }
        }
    }
    names.list = list;
}

#[cfg(test)]
mod tests {
    use super::super::Targets;
    use super::*;
    use crate::record::{Key, Kind, Note, NoteKind, Text};

    #[test]
    fn values_and_names_come_from_the_longest_key_that_is_there() {
        let mut parents = Parents::default();
        for (key, title) in [("a", "of a"), ("a-b", "of a-b")] {
            let mut parent = Record::new(Kind::Misc);
            parent.key = Some(Key { text: key.into(), made: false, stated: None });
            parent.push(Field::Title, Value::Text(Text::plain(title)));
            let people = ["One", "Two"].map(|family| Name { family: family.into(), ..Name::default() });
            parent.push(Field::Editor, Value::Names(Names::of(people.to_vec())));
            parents.add(parent);
        }
        let mut child = Record::new(Kind::Book);
        child.push(Field::Subtitle, Value::Text(Text::plain("xdata=a-b-title")));
        child.push(Field::ShortTitle, Value::Text(Text::plain("xdata=c-title")));
        let a_title = Note { kind: NoteKind::Note, text: Text::plain("xdata=a-title") };
        child.push(Field::Note, Value::Note(a_title));
        let asking = Name { family: "xdata=a-editor-2".into(), ..Name::default() };
        child.push(Field::Author, Value::Names(Names::of(vec![Name::person("Doe", "J."), asking])));
        let mut targets = Targets::default();
        targets.add_all_of(&child);
        let asked = ["a", "A-b", "c", "a-editor", "b", "a-b-title", "", "ab"].map(|key| targets.have(key));
        assert_eq!(asked, [true, true, true, true, false, false, false, false]);
        assert_eq!(resolve(&mut child, &parents, &mut Room::new()), ["c-title", "a-title"], "a title is no note");
        assert_eq!(child.text(Field::Subtitle), Some("of a-b"));
        let families: Vec<&str> =
            child.names(Field::Author).unwrap().list.iter().map(|name| name.family.as_str()).collect();
        assert_eq!(families, ["Doe", "Two"]);
    }
}
