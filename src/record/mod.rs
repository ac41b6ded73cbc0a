//! What a reference is: the record that every reader fills and every writer empties. It knows no format.
//!
//! ```
//! use bibferry::record::{Field, Kind, Record, Text, Value};
//! let mut record = Record::new(Kind::Book);
//! record.push(Field::Title, Value::Text(Text::plain("A Book of Examples")));
//! assert_eq!(record.text(Field::Title), Some("A Book of Examples"));
//! ```

pub mod canon;
mod date;
mod field;
pub mod identifier;
mod kind;
mod language;
pub mod name;
mod number;
mod size;
mod text;
mod value;

pub use date::{Date, End, MONTH_MACROS, Point, Precision, month_number, season_code, season_name};
pub use field::{Field, Type};
pub use identifier::{Id, Scheme};
pub use kind::{Basis, Host, Kind};
pub use language::Lang;
pub use name::{Name, NameDetail, Names, fold_key};
pub(crate) use number::GOES_ON;
pub use number::{Number, PageRange, Pages, article_number, total_pages};
pub use text::{Mark, MarkKind, Text};
pub use value::{
    File, Keyword, KeywordKind, Note, NoteKind, Parts, Publisher, PublisherRole, Relation, Url, UrlKind, Value, excerpt,
};

use crate::bytes::{first_pair, trim};
use crate::source::Place;
use std::borrow::Cow;

/// The name of a format family (`bibtex` for both .bib dialects), as sources, extras and passages carry it.
pub type Family = Cow<'static, str>;

/// A tag as a source spells it: lent where that is how the format's table has it.
pub type TagName = Cow<'static, str>;

/// The strings a value was read from, kept only where writing the value would not give them back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The family of the format that was read.
    pub family: Family,
    /// The tags and their raw values, in the order of the source. None, where the value was read from what other values say.
    pub cells: Vec<SourceCell>,
    /// Which of the values it is that were read from these strings, from 0, and how many there are. The strings say what
    /// these values say only as long as all of them are there.
    pub part: (u16, u16),
}

/// One tag of a source with its raw value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCell {
    /// The tag.
    pub tag: TagName,
    /// The raw value.
    pub raw: Box<str>,
    /// The expression in the format's own syntax that stands for the raw value, where it is more than that: the macros of a
    /// .bib file, joined by `#`.
    pub expression: Option<Box<str>>,
}

/// A value in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    field: Field,
    group: u16,
    source: Option<Box<Source>>,
    value: Value,
}

impl Slot {
    /// A slot of the first group, without source text.
    pub fn new(field: Field, value: Value) -> Slot {
        Slot { field, group: 0, source: None, value }
    }

    /// The same slot in another group: slots of one group belong together (a publisher and its place).
    #[must_use]
    pub fn in_group(mut self, group: u16) -> Slot {
        self.group = group;
        self
    }

    /// The same slot with the strings it was read from.
    #[must_use]
    pub fn with_source(mut self, source: Source) -> Slot {
        self.keep_source(source);
        self
    }

    /// Keeps the strings that the value was read from.
    pub(crate) fn keep_source(&mut self, source: Source) {
        self.source = Some(Box::new(source));
    }

    /// Where the value stands.
    pub fn field(&self) -> Field {
        self.field
    }

    /// Which of several series, publishers or events it belongs to; 0 is the first.
    pub fn group(&self) -> u16 {
        self.group
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The value, to change it. The source text is dropped: it no longer says what the slot says.
    pub fn value_mut(&mut self) -> &mut Value {
        self.source = None;
        &mut self.value
    }

    /// The strings it was read from, where they say more than the value, if the source was of this family.
    pub fn source(&self, family: &str) -> Option<&Source> {
        self.source.as_deref().filter(|source| source.family == family)
    }

    /// The same, to change how they are spelled: they say what they said.
    pub(crate) fn source_mut(&mut self) -> Option<&mut Source> {
        self.source.as_deref_mut()
    }

    /// The strings it was read from, of whatever family.
    pub fn any_source(&self) -> Option<&Source> {
        self.source.as_deref()
    }
}

/// What no rule of the source's format understood, verbatim.
#[derive(Clone, Debug)]
pub struct Extra {
    /// The family of the format.
    pub family: Family,
    /// The tag or field name, as the source spells it.
    pub tag: Box<str>,
    /// The raw value.
    pub value: Box<str>,
    /// The expression that gave the value, where the source had one: see [`SourceCell::expression`]. It is a spelling of
    /// the value and does not count when records are compared.
    pub expression: Option<Box<str>>,
    /// Where it stands in the input.
    pub place: Place,
}

/// The citation key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key itself.
    pub text: String,
    /// Whether we made it, because the target needs one and the source had none.
    pub made: bool,
    /// The key as the source has it, where the target made us change it.
    pub stated: Option<Box<str>>,
}

impl Key {
    /// The key that a source states, without white space around it and with single spaces for other white space in it; no
    /// format keeps those. None if nothing is left.
    pub(crate) fn of_source(raw: &str) -> Option<Key> {
        let odd = |b: u8, next| (b < b' ') | (b == 0x7f) | ((b == b' ') & (next == b' '));
        if trim(raw).len() == raw.len() && first_pair(raw.as_bytes(), odd).is_none() {
            return (!raw.is_empty()).then(|| Key { text: raw.to_owned(), made: false, stated: None });
        }
        let words = raw.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let text = words.collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| Key { text, made: false, stated: Some(raw.into()) })
    }
}

/// The type word of the source, such as `JOUR` or `phdthesis`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceType {
    /// The family of the format that was read.
    pub family: Family,
    /// The format of that family: the dialect that was read.
    pub format: Family,
    /// The word as the source spells it.
    pub word: Box<str>,
    /// The tags in the order of the source, where the format's tables would write them in another.
    pub order: Vec<TagName>,
}

impl SourceType {
    /// A type word of the format whose name is that of its family.
    pub fn new(family: impl Into<Family>, word: impl Into<Box<str>>) -> SourceType {
        let family = family.into();
        SourceType { format: family.clone(), family, word: word.into(), order: Vec::new() }
    }
}

/// Where a record comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Its number in the run, from 1; 0 before it is known.
    pub number: u64,
    /// Where it stands in its input.
    pub place: Place,
}

/// A reference.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// How the kind is known.
    pub basis: Basis,
    /// The finer word: lower-case, hyphenated, open.
    pub subtype: Option<Box<str>>,
    /// The source's own type word.
    pub source_type: Option<SourceType>,
    /// The citation key.
    pub key: Option<Key>,
    /// The values, in the order of the source.
    pub slots: Vec<Slot>,
    /// What no rule understood.
    pub extras: Vec<Extra>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Record {
    /// An empty record of a kind.
    pub fn new(kind: Kind) -> Record {
        Record {
            kind,
            basis: Basis::Stated,
            subtype: None,
            source_type: None,
            key: None,
            slots: Vec::new(),
            extras: Vec::new(),
            origin: Origin::default(),
        }
    }

    /// Appends a value unless it is empty.
    pub fn push(&mut self, field: Field, value: Value) {
        if !value.is_empty() {
            self.slots.push(Slot::new(field, value));
        }
    }

    /// The slots of a field, in order.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.field == field)
    }

    /// The first value of a field.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.all(field).next().map(Slot::value)
    }

    /// The plain string of the first value of a text or number field.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self.get(field)? {
            Value::Text(text) => Some(text.as_str()),
            Value::Publisher(publisher) => Some(publisher.name.as_str()),
            Value::Number(number) => Some(number.as_str()),
            Value::Token(token) => Some(token),
            _ => None,
        }
    }

    /// The first list of contributors of a role.
    pub fn names(&self, field: Field) -> Option<&Names> {
        match self.get(field)? {
            Value::Names(names) => Some(names),
            _ => None,
        }
    }

    /// The first date of a field.
    pub fn date(&self, field: Field) -> Option<&Date> {
        match self.get(field)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Whether a flag is set.
    pub fn has_flag(&self, flag: &str) -> bool {
        self.all(Field::Flag).any(|slot| matches!(slot.value(), Value::Token(token) if token == flag))
    }
}

/// Raw text between records, with its format: comments, damaged records, text between entries.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The family of the format.
    pub family: Family,
    /// The text, verbatim, line ends included.
    pub raw: String,
    /// Whether the text goes on in the next passage: it was too long for one.
    pub goes_on: bool,
    /// Whether what comes next stands on the very next line: a comment on an entry.
    pub tight: bool,
    /// Whether all that it says stands in the records as well (the definition of a macro that they had expanded), or it
    /// says nothing of them (how a program is to save the file).
    pub restated: bool,
    /// Where it stands in the input.
    pub place: Place,
}

impl Passage {
    /// An empty passage.
    pub fn new(family: impl Into<Family>, place: Place) -> Passage {
        Passage { family: family.into(), raw: String::new(), goes_on: false, tight: false, restated: false, place }
    }
}

/// What a file says of itself before its records: the head of an Arrow page, a CSV header.
#[derive(Clone, Debug)]
pub struct Head {
    /// The family of the format.
    pub family: Family,
    /// What the format's reader understood of it, by names of its own.
    pub entries: Vec<(Box<str>, String)>,
    /// The text, verbatim, line ends included.
    pub raw: String,
    /// Whether all that it says stands in the records as well: the names of a table's columns.
    pub restated: bool,
    /// Where it stands in the input.
    pub place: Place,
}

/// What a reader yields, in the order of the input.
#[derive(Clone, Debug)]
pub enum Item {
    /// A reference.
    Record(Box<Record>),
    /// Raw text between references.
    Passage(Passage),
    /// What the file says of itself.
    Head(Head),
}

impl Item {
    /// Whether it is a head, which stands before all others wherever it comes.
    pub(crate) fn is_head(&self) -> bool {
        matches!(self, Item::Head(_))
    }
}

/// Whether two records say the same: kind, subtype, key (unless made), values with their groups and their order within
/// a field, and extras. Source text, type words, places and the order between fields do not count.
pub fn same(a: &Record, b: &Record) -> bool {
    let stated = |record: &Record| record.key.as_ref().filter(|key| !key.made).map(|key| key.text.clone());
    let extras = |record: &Record| -> Vec<(Family, Box<str>, Box<str>)> {
        let mut all: Vec<_> =
            record.extras.iter().map(|e| (e.family.clone(), e.tag.clone(), e.value.clone())).collect();
        // As between fields, order between tags does not count.
        all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        all
    };
    a.kind == b.kind
        && a.subtype == b.subtype
        && stated(a) == stated(b)
        && a.slots.len() == b.slots.len()
        && Field::ALL
            .iter()
            .all(|field| a.all(*field).map(|s| (s.group, &s.value)).eq(b.all(*field).map(|s| (s.group, &s.value))))
        && extras(a) == extras(b)
}
