//! Lines at the head of the format's free text that say what the record's fields are: Zotero's `Extra`.

use super::Engine;
use crate::mapping::extra::{self, Line, Says};
use crate::record::{Basis, Extra, Family, Field, Key, Note, Text, Value};
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
        let (lines, rest) = extra::split(&text);
        if rest.len() < text.len() {
            let raw = (how.raw)(rest);
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

    fn file_values(&mut self, field: Field, values: Vec<Value>) -> bool {
        let is_there = |value: &Value| self.record.all(field).any(|slot| slot.value() == value);
        self.cells.values = values.into_iter().filter(|value| !is_there(value)).collect();
        let fits = self.has_room(field);
        if fits {
            self.file(field, &[]);
        }
        fits
    }
}
