//! Mapping tables: what a format's tags mean, in both directions, in one row each.
//!
//! A [`Mapping`] has three tables. *Types* pair the format's type words with kinds. *Tags* list the format's tags in
//! the order in which they are written. *Rules* pair tags with fields through a [`Codec`], guarded by type words; their
//! order is their precedence. The engine ([`Mapping::read`], [`Mapping::write`]) works from the rows alone, and so do
//! `bibferry formats FORMAT` and the linter, which proves for every table that nothing is forgotten or shadowed.
//!
//! ```text
//! both("TI", Field::Title, &TEXT), read("T1", Field::Title, &TEXT),
//! both("SP/EP", Field::Pages, &START_END), both("AU", Field::Author, &NAMES),
//! both("T2", Field::ContainerTitle, &TEXT).on(&["JOUR", "CHAP"]),
//! ```

mod by_field;
pub mod carry;
mod cells;
mod codec;
pub mod codecs;
pub mod degrees;
pub mod extra;
mod index;
pub mod lint;
mod reader;
pub mod subtitles;
mod types;
mod writer;

pub use cells::{Cell, Cells};
pub use codec::{CellSink, Codec, CodecReading, Put, Shape};
pub use index::{Index, Resolved};
pub use types::{Meaning, Refined, TypeRule, Types, type_both, type_read, type_write};
pub use writer::{Written, WrittenCell};
pub(crate) use writer::{is_place_again, leave_out_derived_urls, leave_out_linked_eprints};

use crate::record::Field;
use std::sync::OnceLock;

/// A tag of a format.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// The tag as the format spells it.
    pub name: &'static str,
    /// Whether a record may have it more than once.
    pub many: bool,
}

/// A tag that stands at most once in a record.
pub const fn one(name: &'static str) -> Tag {
    Tag { name, many: false }
}

/// A tag that may be repeated.
pub const fn many(name: &'static str) -> Tag {
    Tag { name, many: true }
}

/// Type words of several lists as one, `N` in all: a list that contains another names it.
///
/// ```
/// use bibferry::mapping::union;
/// const SERIALS: &[&str] = &["JOUR", "MGZN"];
/// const PERIODICALS: &[&str] = &union::<3>(&[SERIALS, &["NEWS"]]);
/// assert_eq!(PERIODICALS, ["JOUR", "MGZN", "NEWS"]);
/// ```
///
/// # Panics
/// In the compiler, where `N` is not the number of words.
pub const fn union<const N: usize>(lists: &[&[&'static str]]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut list, mut count) = (0, 0);
    while list < lists.len() {
        let mut word = 0;
        while word < lists[list].len() {
            all[count] = lists[list][word];
            (count, word) = (count + 1, word + 1);
        }
        list += 1;
    }
    assert!(count == N, "N is the number of words");
    all
}

/// Rows before others, `N` in all: the tables of a variant before those of the format.
pub(crate) const fn before<T: Copy, const N: usize>(first: &[T], others: &[T]) -> [T; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { others[at - first.len()] };
        at += 1;
    }
    all
}

/// In which direction a row works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Both: what it writes it reads back.
    Both,
    /// Only read: an older or foreign spelling.
    Read,
    /// Only written.
    Write,
}

/// What tags a record has: what a rule's condition sees, of the tags read or of those written so far.
pub struct Seen<'s> {
    mapping: &'s Mapping,
    lookup: &'s dyn Fn(u16) -> Option<&'s str>,
}

impl<'s> Seen<'s> {
    /// The first value of a tag.
    pub fn get(&self, tag: &str) -> Option<&'s str> {
        (self.lookup)(self.mapping.tag(tag)?)
    }

    /// Whether a tag is there.
    pub fn has(&self, tag: &str) -> bool {
        self.get(tag).is_some()
    }

    /// Whether any of these tags is there.
    pub fn any(&self, tags: &[&str]) -> bool {
        tags.iter().any(|tag| self.has(tag))
    }
}

impl std::fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seen")
    }
}

/// One row: tags, a field, and how the value is spelled.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The tags, joined by `/` where one value stands in several.
    pub tags: &'static str,
    /// The field.
    pub field: Field,
    /// How the value is spelled.
    pub codec: &'static Codec,
    /// In which direction the row works.
    pub way: Way,
    /// The type words it is for; none named: all.
    pub types: &'static [&'static str],
    /// The type words it is not for.
    pub not_types: &'static [&'static str],
    /// A condition on the record's other tags.
    pub when: Option<fn(&Seen<'_>) -> bool>,
    /// Other tags with which the condition holds, for the linter to try.
    pub beside: &'static [(&'static str, &'static str)],
    /// On writing: the row is only for records that have this field, too.
    pub with: Option<Field>,
    /// On writing: what the row writes is read as this other field.
    pub moves: Option<Field>,
}

/// A row for both directions.
pub const fn both(tags: &'static str, field: Field, codec: &'static Codec) -> Rule {
    Rule {
        tags,
        field,
        codec,
        way: Way::Both,
        types: &[],
        not_types: &[],
        when: None,
        beside: &[],
        with: None,
        moves: None,
    }
}

/// A row for reading alone.
pub const fn read(tags: &'static str, field: Field, codec: &'static Codec) -> Rule {
    Rule { way: Way::Read, ..both(tags, field, codec) }
}

/// A row for writing alone. What it writes is read by another row, so its codec says what is narrowed, or the engine
/// that the value moved.
pub const fn write(tags: &'static str, field: Field, codec: &'static Codec) -> Rule {
    Rule { way: Way::Write, ..both(tags, field, codec) }
}

impl Rule {
    /// The same row, for these type words only.
    #[must_use]
    pub const fn on(mut self, types: &'static [&'static str]) -> Rule {
        self.types = types;
        self
    }

    /// The same row, for all but these type words.
    #[must_use]
    pub const fn except(mut self, types: &'static [&'static str]) -> Rule {
        self.not_types = types;
        self
    }

    /// The same row, if a condition on the other tags holds; on writing they are those written by earlier rows. `beside`
    /// are tags with which it does hold.
    #[must_use]
    pub const fn when(
        mut self,
        condition: fn(&Seen<'_>) -> bool,
        beside: &'static [(&'static str, &'static str)],
    ) -> Rule {
        self.when = Some(condition);
        self.beside = beside;
        self
    }

    /// The same row, written only for records that have this field, too.
    #[must_use]
    pub const fn with(mut self, field: Field) -> Rule {
        self.with = Some(field);
        self
    }

    /// The same row for writing, if what it writes is read as another field: better there than nowhere. With `--carry`
    /// the value is carried instead.
    #[must_use]
    pub const fn moves(mut self, into: Field) -> Rule {
        self.moves = Some(into);
        self
    }
}

/// A tag that repeats another's value for readers that look for it there: written when free, read only to be dropped.
#[derive(Clone, Copy, Debug)]
pub struct Echo {
    /// The tag.
    pub tag: &'static str,
    /// The tag whose value it repeats.
    pub of: &'static str,
    /// The type words it is for; none named: all.
    pub types: &'static [&'static str],
    /// [`Way::Read`]: only dropped where it repeats the other, never written.
    pub way: Way,
}

/// Where `--carry` puts what the format has no place for.
#[derive(Clone, Copy, Debug)]
pub enum CarryIn {
    /// Nowhere.
    Nowhere,
    /// In one value of this tag, a line each.
    Lines(&'static str),
    /// In fields of their own with this prefix.
    Fields(&'static str),
}

/// The tables of a format.
pub struct Mapping {
    /// The format family, for source text and extras.
    pub family: &'static str,
    /// The format: the dialect of the family.
    pub format: &'static str,
    /// Type words and kinds.
    pub types: Types,
    /// The tags, in the order in which they are written.
    pub tags: &'static [Tag],
    /// The rows, in order of precedence.
    pub rules: &'static [Rule],
    /// Tags that repeat others.
    pub echoes: &'static [Echo],
    /// The tags that hold the citation key; the first is written.
    pub keys: &'static [&'static str],
    /// Tags that are known to be none of a record's fields (sort keys, what programs keep for themselves): they are kept
    /// as extras without a finding. A `*` at the beginning or the end stands for anything.
    pub kept: &'static [&'static str],
    /// Whether an extra of the family reads back from its own tag, `again` if another of that tag is written. If not, it is
    /// left.
    pub takes_extra: fn(tag: &str, again: bool) -> bool,
    /// Whether extras of the family stand apart from the other tags, and are never taken for any.
    pub extras_apart: bool,
    /// Whether the tags of a record keep the order of the source when it is written to the same family.
    pub keeps_order: bool,
    /// The fields the format has no place for: with those of the rules they are all there are.
    pub unsupported: &'static [Field],
    /// Where `--carry` puts leftovers.
    pub carry: CarryIn,
    /// The text that begins with lines of Zotero's `Extra`, if the format has one.
    pub lines: Option<extra::ExtraLines>,
    /// Other tables by which records are written for some reader, and that read back by these.
    pub variants: &'static [&'static Mapping],
    /// Made once, on first use.
    pub index: OnceLock<Index>,
}

impl std::fmt::Debug for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mapping({})", self.family)
    }
}

impl Mapping {
    /// Whether a tag is among those that are kept without a finding.
    fn keeps(&self, tag: &str) -> bool {
        self.index().kept(self).have(tag)
    }
}
