//! About how many bytes a record and its parts take in memory, for whoever must know what many of them would.

use super::{Extra, Name, Record, Slot, Value};

impl Record {
    /// About how many bytes its fields take.
    pub(crate) fn size(&self) -> usize {
        self.slots.iter().map(Slot::size).chain(self.extras.iter().map(Extra::size)).sum()
    }
}

impl Slot {
    /// About how many bytes it takes, its source text included.
    pub(crate) fn size(&self) -> usize {
        let sources = self.any_source().into_iter().flat_map(|source| &source.cells);
        let sources: usize = sources
            .map(|cell| cell.tag.len() + cell.raw.len() + cell.expression.as_ref().map_or(0, |it| it.len()))
            .sum();
        size_of::<Slot>() + self.value().size() + sources
    }
}

impl Extra {
    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        size_of::<Extra>() + self.tag.len() + self.value.len()
    }
}

impl Name {
    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        let parts = [&self.literal, &self.family, &self.given, &self.particle, &self.dropping_particle, &self.suffix];
        size_of::<Name>() + parts.iter().map(|part| part.len()).sum::<usize>()
    }
}

impl Value {
    /// About how many bytes it takes beside the place that it has in its slot.
    fn size(&self) -> usize {
        match self {
            Value::Text(text) => text.as_str().len(),
            Value::Names(names) => names.list.iter().map(Name::size).sum(),
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
}
