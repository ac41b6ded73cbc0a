//! The tables of a format with their names resolved to numbers, made once.
//!
//! A record has a dozen tags or fields and a table has hundreds of rows, so the engine asks no row whether it is for the
//! record: a [`RuleSet`] for each tag, each field and each type word says which rows are, and what both the record's
//! tags and its type word allow is walked in the order of the table.

use super::{CarryIn, Mapping, Rule, TypeRule, Way};
use crate::record::Field;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A rule with its names resolved.
#[derive(Debug)]
pub struct Resolved {
    pub(super) rule: &'static Rule,
    pub(super) tags: Vec<u16>,
    /// One bit for each type word.
    mask: u128,
}

/// An echo with its names resolved.
#[derive(Debug)]
pub(super) struct ResolvedEcho {
    pub(super) tag: u16,
    /// The tag it repeats.
    pub(super) of: u16,
    pub(super) way: Way,
    mask: u128,
}

/// Some rules of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RuleSet(SmallVec<[u64; 8]>);

impl RuleSet {
    /// No rule of a table with this many.
    fn none(rules: usize) -> RuleSet {
        RuleSet(SmallVec::from_elem(0, rules.div_ceil(64)))
    }

    fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// Empties the set.
    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Adds the rules of another set.
    pub(super) fn add(&mut self, other: &RuleSet) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, others) in self.0.iter_mut().zip(&other.0) {
            *mine |= others;
        }
    }

    /// The places of the rules that are in both sets, in the order of the table.
    pub(super) fn both<'s>(&'s self, other: &'s RuleSet) -> impl Iterator<Item = usize> + 's {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(word, (mine, others))| {
            let mut bits = mine & others;
            std::iter::from_fn(move || {
                let at = (bits != 0).then_some(bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + at)
            })
        })
    }
}

/// The rules for one type word.
#[derive(Debug)]
struct OfWord {
    word: &'static str,
    /// The rows of the types that read it.
    rows: Vec<&'static TypeRule>,
    read: RuleSet,
    written: RuleSet,
}

/// A type word's place in the tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordAt(usize);

/// The tables with their names resolved to numbers.
#[derive(Debug)]
pub struct Index {
    tags: FxHashMap<&'static str, u16>,
    /// The places of the type words as the table spells them.
    by_spelling: FxHashMap<&'static str, usize>,
    pub(super) rules: Vec<Resolved>,
    words: Vec<OfWord>,
    /// The word that stands in for unknown ones.
    fallback: WordAt,
    /// No rule.
    none: RuleSet,
    /// For each tag the rules that read it, for each field those that write it.
    of_tags: Vec<RuleSet>,
    of_fields: Vec<RuleSet>,
    echoes: Vec<ResolvedEcho>,
    pub(super) keys: Vec<u16>,
    pub(super) mark: Option<u16>,
    pub(super) carry: Option<u16>,
    pub(super) lines: Option<u16>,
}

impl Index {
    fn new(mapping: &Mapping) -> Index {
        let words = mapping.types.words();
        let bits = |named: &[&str]| {
            named
                .iter()
                .filter_map(|word| place_of(words.iter().copied(), word))
                .fold(0, |mask, at| mask | 1_u128 << at)
        };
        let mask =
            |named: &[&str], except: &[&str]| (if named.is_empty() { u128::MAX } else { bits(named) }) & !bits(except);
        let tags: FxHashMap<&'static str, u16> = (0u16..).zip(mapping.tags).map(|(at, tag)| (tag.name, at)).collect();
        let place = |tag: &str| tags.get(tag).copied();
        let resolved = |rule: &'static Rule| Resolved {
            rule,
            tags: rule.tags.split('/').filter_map(place).collect(),
            mask: mask(rule.types, rule.not_types),
        };
        let rules: Vec<Resolved> = mapping.rules.iter().map(resolved).collect();
        let none = RuleSet::none(rules.len());
        let mut of_tags = vec![none.clone(); mapping.tags.len()];
        let mut of_fields = vec![none.clone(); Field::ALL.len()];
        let mut of_words: Vec<OfWord> = words
            .iter()
            .map(|word| OfWord {
                word,
                rows: mapping.types.read_as(word).collect(),
                read: none.clone(),
                written: none.clone(),
            })
            .collect();
        for (at, rule) in rules.iter().enumerate() {
            rule.tags.iter().for_each(|tag| of_tags[*tag as usize].insert(at));
            of_fields[rule.rule.field as usize].insert(at);
            for (_, of_word) in of_words.iter_mut().enumerate().filter(|(word, _)| rule.mask >> word & 1 == 1) {
                if rule.rule.way != Way::Write {
                    of_word.read.insert(at);
                }
                if rule.rule.way != Way::Read {
                    of_word.written.insert(at);
                }
            }
        }
        Index {
            by_spelling: words.iter().zip(0..).map(|(word, at)| (*word, at)).collect(),
            words: of_words,
            fallback: WordAt(place_of(words.iter().copied(), mapping.types.fallback).unwrap_or(words.len())),
            none,
            of_tags,
            of_fields,
            echoes: mapping
                .echoes
                .iter()
                .filter_map(|echo| {
                    let (tag, of) = (place(echo.tag)?, place(echo.of)?);
                    Some(ResolvedEcho { tag, of, way: echo.way, mask: mask(echo.types, &[]) })
                })
                .collect(),
            keys: mapping.keys.iter().filter_map(|tag| place(tag)).collect(),
            mark: mapping.types.mark_tag.and_then(place),
            carry: match mapping.carry {
                CarryIn::Lines(tag) => place(tag),
                _ => None,
            },
            lines: mapping.lines.and_then(|lines| place(lines.tag)),
            tags,
            rules,
        }
    }

    /// The place of a type word in the tables; that of the fallback for an unknown one.
    pub(super) fn word(&self, word: &str) -> WordAt {
        self.or_fallback(self.known_word(word))
    }

    /// The place of a type word that was looked for; that of the fallback for an unknown one.
    pub(super) fn or_fallback(&self, known: Option<WordAt>) -> WordAt {
        known.unwrap_or(self.fallback)
    }

    /// The place of a type word, if it is in the tables.
    pub(super) fn known_word(&self, word: &str) -> Option<WordAt> {
        let exact = self.by_spelling.get(word).copied();
        exact.or_else(|| place_of(self.words.iter().map(|it| it.word), word)).map(WordAt)
    }

    /// The rows of the types that read a type word, if it is in the tables.
    pub(super) fn rows(&self, word: &str) -> &[&'static TypeRule] {
        let known = self.known_word(word).and_then(|word| self.words.get(word.0));
        known.map_or(&[], |word| &word.rows)
    }

    /// The rules that read records of a type word.
    pub(super) fn reads(&self, word: WordAt) -> &RuleSet {
        self.words.get(word.0).map_or(&self.none, |word| &word.read)
    }

    /// The rules that write records of a type word.
    pub(super) fn writes(&self, word: WordAt) -> &RuleSet {
        self.words.get(word.0).map_or(&self.none, |word| &word.written)
    }

    /// The rules with a tag.
    pub(super) fn of_tag(&self, tag: u16) -> &RuleSet {
        &self.of_tags[tag as usize]
    }

    /// The rules for a field.
    pub(super) fn of_field(&self, field: Field) -> &RuleSet {
        &self.of_fields[field as usize]
    }

    /// The echoes in records of a type word.
    pub(super) fn echoes(&self, word: WordAt) -> impl Iterator<Item = &ResolvedEcho> {
        self.echoes.iter().filter(move |echo| echo.mask.checked_shr(word.0 as u32).is_some_and(|mask| mask & 1 == 1))
    }
}

fn place_of<'w>(mut words: impl Iterator<Item = &'w str>, word: &str) -> Option<usize> {
    words.position(|it| it.len() == word.len() && it.eq_ignore_ascii_case(word))
}

impl Mapping {
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }

    /// Whether a type word is in the table.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.index().known_word(word).is_some()
    }

    /// The number of a tag: its place in the table.
    pub fn tag(&self, name: &str) -> Option<u16> {
        self.index().tags.get(name).copied()
    }
}
