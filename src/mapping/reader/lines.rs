//! Lines at the head of the format's free text that say what the record's fields are: Zotero's `Extra`.

use super::Engine;
use crate::mapping::extra::{self, Line, Says};
use crate::record::{Basis, Extra, Family, Field, Host, Key, Note, Slot, Text, Value};
use std::borrow::Cow;

impl Engine<'_, '_, '_> {
    /// Takes the lines at the head of the format's free text out of it.
    pub(super) fn take_lines(&mut self) -> Vec<Line> {
        let lines = self.mapping.lines.as_ref().zip(self.mapping.index().lines);
        let Some((how, at)) = lines.and_then(|(how, id)| Some((how, self.cells.unused(id)?))) else {
            return Vec::new();
        };
        let cell = &mut self.cells.list[at];
        let text = (how.text)(&cell.raw);
        let (mut lines, mut rest) = extra::split(&text);
        if rest.len() < text.len() {
            let is_text = |line: &mut Line| line.is_note();
            let notes: Vec<String> = lines.extract_if(.., is_text).map(|line| line.value).collect();
            if !notes.is_empty() {
                let between = if rest.is_empty() { "" } else { "\n" };
                rest = Cow::Owned([&notes.join("\n"), between, &rest].concat());
            }
            let raw = (how.raw)(&rest);
            cell.used = rest.is_empty();
            cell.raw = Cow::Owned(raw);
        }
        lines
    }

    /// Files what the lines say. What the record says otherwise in fields of its own is not overruled: such a line goes
    /// back to the text.
    pub(super) fn file_lines(&mut self, lines: &[Line]) {
        let mut text: Vec<String> = Vec::new();
        for group in lines.chunk_by(Line::is_continued_by) {
            let Some(first) = group.first() else { continue };
            let filed = match first.says {
                Says::Key => self.file_key(&first.value),
                Says::Type => self.file_type(&first.value),
                Says::Tex => self.file_tex(first),
                Says::VolumeTitle => self.file_volume_title(&first.value),
                Says::Row(row) => {
                    let raws: Vec<&str> = group.iter().map(|line| &*line.value).collect();
                    self.file_values(row.field(), extra::values(row, &raws))
                }
            };
            if !filed {
                text.extend(group.iter().map(|line| line.raw.clone()));
            }
        }
        if !text.is_empty() {
            let note = Note { text: Text::plain(text.join("\n")), ..Note::default() };
            self.push(Field::Note, Value::Note(note));
        }
    }

    /// The citation key of a line is the key; what stood for one is another name of the record.
    fn file_key(&mut self, key: &str) -> bool {
        let Some(new) = Key::of_source(key) else { return false };
        let text = new.text.clone();
        if let Some(old) = self.record.key.replace(new).filter(|old| old.text != text) {
            self.push(Field::KeyAlias, Value::Token(old.text));
        }
        true
    }

    fn file_type(&mut self, name: &str) -> bool {
        let Some((kind, subtype)) = extra::type_of(name) else { return false };
        self.record.kind = kind;
        self.record.subtype = subtype.map(Into::into);
        self.record.basis = Basis::Stated;
        true
    }

    fn file_tex(&mut self, line: &Line) -> bool {
        self.record.extras.push(Extra {
            family: Family::Borrowed(extra::TEX_FAMILY),
            tag: line.tex_name().into(),
            value: (*line.value).into(),
            expression: None,
            place: self.record.origin.place,
        });
        true
    }

    /// The title of the volume is that of the item, or of what the item stands in; what was there is that of the set. D-31.
    fn file_volume_title(&mut self, title: &str) -> bool {
        let whole = if self.record.kind.host() == Host::Container { Field::ContainerTitle } else { Field::Title };
        if self.record.get(Field::SetTitle).is_some() {
            return false;
        }
        let Some(at) = self.record.slots.iter().position(|slot| slot.field() == whole) else { return false };
        self.forget_source(at);
        let slot = &mut self.record.slots[at];
        *slot = Slot::new(Field::SetTitle, slot.value().clone());
        self.fields.insert(Field::SetTitle);
        self.push(whole, Value::Text(Text::plain(title)));
        true
    }

    /// Takes what an identifier says more than one that is there: the class of an e-print.
    fn says_more(&mut self, field: Field, value: &Value) -> bool {
        let Value::Id(new) = value else { return false };
        let is_same = |slot: &Slot| {
            slot.field() == field
                && matches!(slot.value(), Value::Id(old) if (&old.scheme, &old.value) == (&new.scheme, &new.value))
        };
        let Some(at) = self.record.slots.iter().position(is_same) else { return false };
        let slot = &mut self.record.slots[at];
        match slot.value() {
            Value::Id(old) if new.qualifier.is_none() || old.qualifier == new.qualifier => true,
            Value::Id(old) if old.qualifier.is_none() => {
                *slot.value_mut() = value.clone();
                self.forget_source(at);
                true
            }
            _ => false,
        }
    }

    /// What a slot was read from is not all that it says.
    fn forget_source(&mut self, slot: usize) {
        self.provenance.retain(|known| !known.slots.contains(&slot));
    }

    fn file_values(&mut self, field: Field, mut values: Vec<Value>) -> bool {
        values
            .retain(|value| !self.says_more(field, value) && self.record.all(field).all(|slot| slot.value() != value));
        self.cells.values = values;
        let fits = self.has_room(field);
        if fits {
            self.file(field, &[]);
        }
        fits
    }
}
