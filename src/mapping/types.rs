//! Type words and kinds.

use super::index::WordAt;
use super::{Mapping, Seen, Way};
use crate::record::{Basis, Kind};

/// A row: a type word, perhaps with a second word elsewhere in the record, and the kind it stands for.
#[derive(Clone, Copy, Debug)]
pub struct TypeRule {
    /// The type word.
    pub word: &'static str,
    /// A second word (RIS `M3`, BibLaTeX `entrysubtype`) that tells kinds with one type word apart.
    pub mark: Option<&'static str>,
    /// The kind.
    pub kind: Kind,
    /// The subtype.
    pub subtype: Option<&'static str>,
    /// In which direction the row works.
    pub way: Way,
}

/// A row for both directions.
pub const fn type_both(word: &'static str, kind: Kind) -> TypeRule {
    TypeRule { word, mark: None, kind, subtype: None, way: Way::Both }
}

/// A row for reading alone: a synonym.
pub const fn type_read(word: &'static str, kind: Kind) -> TypeRule {
    TypeRule { way: Way::Read, ..type_both(word, kind) }
}

/// A row for writing alone: the word reads back as another kind, which is a loss.
pub const fn type_write(word: &'static str, kind: Kind) -> TypeRule {
    TypeRule { way: Way::Write, ..type_both(word, kind) }
}

impl TypeRule {
    /// Whether it is of this type word, in whatever letter case.
    fn is(&self, word: &str) -> bool {
        self.word.len() == word.len() && self.word.eq_ignore_ascii_case(word)
    }

    /// The same row for a subtype.
    #[must_use]
    pub const fn sub(mut self, subtype: &'static str) -> TypeRule {
        self.subtype = Some(subtype);
        self
    }

    /// The same row, told apart by a second word.
    #[must_use]
    pub const fn marked(mut self, mark: &'static str) -> TypeRule {
        self.mark = Some(mark);
        self
    }
}

/// How long the name of a type can be, punctuation and all.
const LONGEST_NAME: usize = 60;

/// What refinement answers: a kind and a subtype.
pub type Refined = (Kind, Option<&'static str>);

/// The type words of a format.
#[derive(Debug)]
pub struct Types {
    /// The rows. For each kind the first that fits is written.
    pub rows: &'static [TypeRule],
    /// What tools write that put a type's name where its word should stand, in lower case and without what is neither
    /// letter nor digit; and the word.
    pub names: &'static [(&'static str, &'static str)],
    /// The word whose rules hold for records with an unknown type word, or none.
    pub fallback: &'static str,
    /// The tag of the second word.
    pub mark_tag: Option<&'static str>,
    /// Finer decisions from the tags of the record, given the word and what the rows say: the same function for what is
    /// read and for what was written.
    pub refine: Option<fn(&str, Refined, &Seen<'_>) -> Refined>,
    /// The word for a record that has none, as far as its other tags tell. Only tables by which records are read have it.
    pub guess: Option<fn(&Seen<'_>) -> Option<&'static str>>,
}

/// What a type word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The kind.
    pub kind: Kind,
    /// The subtype.
    pub subtype: Option<&'static str>,
    /// How the kind is known.
    pub basis: Basis,
    /// Whether the second word decided, and is used up.
    pub by_mark: bool,
}

impl Types {
    /// The words, each once, in order of their first row.
    pub fn words(&self) -> Vec<&'static str> {
        let mut words = Vec::new();
        for row in self.rows {
            if !words.contains(&row.word) {
                words.push(row.word);
            }
        }
        words
    }

    /// Whether a word is one that is written.
    pub fn writes(&self, word: &str) -> bool {
        self.rows.iter().any(|row| row.way != Way::Read && row.is(word))
    }

    /// The rows that read a word.
    pub(super) fn read_as(&self, word: &str) -> impl Iterator<Item = &'static TypeRule> {
        self.rows.iter().filter(move |row| row.way != Way::Write && row.is(word))
    }

    /// Whether a raw value is the second word of some row of this type word.
    pub fn is_mark(&self, word: &str, raw: &str) -> bool {
        self.mark(word, raw).is_some()
    }

    /// The second word of a row of this type word, as the table spells it.
    pub fn mark(&self, word: &str, raw: &str) -> Option<&'static str> {
        self.read_as(word).filter_map(|row| row.mark).find(|mark| mark.eq_ignore_ascii_case(raw.trim()))
    }

    /// The word of the type that has this name: `Journal Article`, `journal-article`.
    pub(super) fn named(&self, name: &str) -> Option<&'static str> {
        if self.names.is_empty() || name.len() > LONGEST_NAME {
            return None;
        }
        let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        self.names.iter().find(|(name, _)| *name == bare).map(|(_, word)| *word)
    }

    /// The row by which a kind is written: the first for the subtype, else the first for the kind.
    pub fn row_for(&self, kind: Kind, subtype: Option<&str>) -> Option<&'static TypeRule> {
        let mut written = self.rows.iter().filter(|row| row.way != Way::Read);
        let exact = written.clone().find(|row| row.kind == kind && row.subtype == subtype);
        exact
            .or_else(|| written.clone().find(|row| row.kind == kind && row.subtype.is_none()))
            .or_else(|| written.find(|row| row.kind == kind))
    }
}

impl Mapping {
    /// The row by which a kind is written: that of the source's own word where it stands for this kind, best with this
    /// subtype, else as [`Types::row_for`] has it.
    pub(super) fn row_for(
        &'static self,
        kind: Kind,
        subtype: Option<&str>,
        own: Option<WordAt>,
    ) -> Option<&'static TypeRule> {
        let mut rows = self.index().rows(own).iter().copied().filter(|row| row.kind == kind);
        let exact = rows.clone().find(|row| row.subtype == subtype);
        exact.or_else(|| rows.next()).or_else(|| self.types.row_for(kind, subtype))
    }

    /// What a type word stands for, given its place in the tables, the second words and the tags of the record.
    pub(super) fn meaning(
        &'static self,
        word: &str,
        known: Option<WordAt>,
        marks: &[&str],
        seen: &Seen<'_>,
    ) -> Meaning {
        let rows = self.index().rows(known);
        let marked = marks
            .iter()
            .find_map(|mark| rows.iter().find(|row| row.mark.is_some_and(|it| it.eq_ignore_ascii_case(mark.trim()))));
        let row = marked.or_else(|| rows.iter().find(|row| row.mark.is_none()));
        let base = row.map_or((Kind::Misc, None), |row| (row.kind, row.subtype));
        let refined = self.types.refine.map_or(base, |refine| refine(word, base, seen));
        let basis = if refined != base {
            Basis::Inferred
        } else if row.is_some() {
            Basis::Stated
        } else {
            Basis::Defaulted
        };
        // A second word that the other tags overrule decides nothing, and stays what else it may be.
        let by_mark = marked.is_some() && refined.0 == base.0;
        Meaning { kind: refined.0, subtype: refined.1, basis, by_mark }
    }
}
