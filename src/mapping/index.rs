//! The tables of a format with their names resolved to numbers, made once.
//!
//! A record has a dozen tags or fields and a table has hundreds of rows, so the engine asks no row whether it is for the
//! record: a [`RuleSet`] for each tag, each field and each type word says which rows are, and what both the record's
//! tags and its type word allow is walked in the order of the table.

use super::{CarryIn, Mapping, Rule, TypeRule, Way};
use crate::bytes::is_same_word;
use crate::record::Field;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A rule with its names resolved.
#[derive(Debug)]
pub struct Resolved {
    pub(super) rule: &'static Rule,
    pub(super) tags: Vec<u16>,
    /// The rules that read what this one writes before the rule that should, and into another field if they take it.
    pub(super) rivals: Vec<u16>,
    /// One bit for each type word.
    mask: u128,
}

impl Resolved {
    /// Whether the rule is for a type word.
    pub(super) fn is_for(&self, word: WordAt) -> bool {
        word.is_in(self.mask)
    }
}

/// The rivals of a rule: see [`Resolved::rivals`]. Those that read several tags together tell theirs by the others.
fn rivals(of: &Resolved, of_tags: &[Vec<(u16, u128)>], rules: &[Resolved]) -> Vec<u16> {
    let Some(tag) = of.tags.first().filter(|_| of.rule.way != Way::Read) else { return Vec::new() };
    let mut before = Vec::new();
    for (at, mask) in &of_tags[usize::from(*tag)] {
        let reader = &rules[usize::from(*at)];
        if mask & of.mask == 0 || reader.tags.first() != Some(tag) {
            continue;
        }
        if reader.rule.field == of.rule.field {
            return before;
        }
        if reader.tags.len() == 1 {
            before.push(*at);
        }
    }
    Vec::new()
}

/// An echo with its names resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResolvedEcho {
    pub(super) tag: u16,
    /// The tag it repeats.
    pub(super) of: u16,
    pub(super) way: Way,
}

/// Some of the rules for one type word: a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RuleSet(SmallVec<[u64; 12]>);

impl RuleSet {
    /// Empties the set, and makes room for the rules for a type word.
    pub(super) fn clear(&mut self, of_word: &RulesOfWord) {
        self.0.clear();
        self.0.resize(of_word.of_tags.parts, 0);
    }

    /// Adds the rules of a tag or a field for the same word.
    pub(super) fn add(&mut self, rules: &[u64]) {
        self.0.iter_mut().zip(rules).for_each(|(part, more)| *part |= more);
    }

    /// The places of the rules in the table, in its order.
    pub(super) fn iter(&self, of_word: &RulesOfWord) -> impl Iterator<Item = usize> {
        self.0.iter().zip(of_word.rules.chunks(64)).flat_map(|(bits, rules)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let at = (bits != 0).then_some(bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(usize::from(rules[at]))
            })
        })
    }
}

/// Sets of rules in one piece of memory, all of one length: what they are added to takes no branch for how many each has.
#[derive(Debug)]
struct RuleSets {
    parts: usize,
    bits: Vec<u64>,
}

impl RuleSets {
    /// Of some rules of a table, given in its order, those that are in each of some lists.
    fn new(rules: &[u16], lists: &[Vec<(u16, u128)>]) -> RuleSets {
        let parts = rules.len().div_ceil(64);
        let mut bits = vec![0; parts * lists.len()];
        for (set, list) in bits.chunks_exact_mut(parts.max(1)).zip(lists) {
            for at in list.iter().filter_map(|(rule, _)| rules.binary_search(rule).ok()) {
                set[at / 64] |= 1 << (at % 64);
            }
        }
        RuleSets { parts, bits }
    }

    fn get(&self, at: usize) -> &[u64] {
        self.bits.get(at * self.parts..(at + 1) * self.parts).unwrap_or_default()
    }
}

/// Tags by their places in the table: a bit for each of the first, and all others may be there.
#[derive(Debug, Default)]
pub(super) struct TagSet([u64; 8]);

impl TagSet {
    pub(super) fn insert(&mut self, tag: u16) {
        if let Some(word) = self.0.get_mut(usize::from(tag / 64)) {
            *word |= 1 << (tag % 64);
        }
    }

    pub(super) fn may_have(&self, tag: u16) -> bool {
        self.0.get(usize::from(tag / 64)).is_none_or(|word| word >> (tag % 64) & 1 == 1)
    }
}

/// The numbers of the tags by their names. Every tag of every record is looked for here: a hash of a few of its bytes,
/// and one comparison, say which it is.
#[derive(Debug)]
struct TagTable {
    /// The names and numbers by their hash; where that is taken, the next free place.
    places: Vec<Option<(&'static str, u16)>>,
}

impl TagTable {
    /// The tags of a format's table.
    fn new(mapping: &Mapping) -> TagTable {
        let mut table = TagTable { places: vec![None; (mapping.tags.len() * 4).next_power_of_two().max(4)] };
        for (number, tag) in (0..).zip(mapping.tags) {
            let mut at = table.hash(tag.name);
            while let Some(place) = table.places.get(at).filter(|place| place.is_some()) {
                if place.is_some_and(|(name, _)| name == tag.name) {
                    break;
                }
                at = (at + 1) % table.places.len();
            }
            table.places[at] = Some((tag.name, number));
        }
        table
    }

    fn hash(&self, name: &str) -> usize {
        let bytes = name.as_bytes();
        let byte = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(*byte));
        let (first, middle, last) = (byte(0), byte(bytes.len() / 2), byte(bytes.len().wrapping_sub(1)));
        (bytes.len() + first * 5 + middle * 31 + last * 73) & (self.places.len() - 1)
    }

    fn get(&self, name: &str) -> Option<u16> {
        let mut at = self.hash(name);
        while let Some(Some((known, number))) = self.places.get(at) {
            if is_same_word(known, name) {
                return Some(*number);
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        None
    }
}

/// The tags of [`Mapping::kept`], in lower case.
#[derive(Debug)]
pub(super) struct Kept {
    names: FxHashSet<String>,
    /// Those of which the beginning or the end stands for anything.
    patterns: Vec<String>,
}

impl Kept {
    fn new(kept: &[&str]) -> Kept {
        let (patterns, names): (Vec<String>, Vec<String>) =
            kept.iter().map(|tag| tag.to_ascii_lowercase()).partition(|tag| tag.starts_with('*') || tag.ends_with('*'));
        Kept { names: names.into_iter().collect(), patterns }
    }

    /// Whether a tag, in whatever letter case, is among them.
    pub(super) fn have(&self, tag: &str) -> bool {
        let is_lower = !tag.bytes().any(|byte| byte.is_ascii_uppercase());
        let tag = if is_lower { Cow::Borrowed(tag) } else { Cow::Owned(tag.to_ascii_lowercase()) };
        self.names.contains(&*tag)
            || self.patterns.iter().any(|pattern| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
                (Some(_), Some(_)) => tag.contains(pattern.trim_matches('*')),
                (Some(end), None) => tag.ends_with(end),
                (None, Some(start)) => tag.starts_with(start),
                (None, None) => false,
            })
    }
}

/// The rules for one type word.
#[derive(Debug)]
struct OfWord {
    word: &'static str,
    /// The rows of the types that read it.
    rows: Vec<&'static TypeRule>,
    /// Whether any row writes it.
    is_written: bool,
    /// The echoes in its records.
    echoes: Vec<ResolvedEcho>,
    /// Sorted out when the first record of the word comes.
    rules: OnceLock<RulesOfWord>,
}

/// The rules that may be for the records of one type word.
#[derive(Debug)]
pub(super) struct RulesOfWord {
    /// Their places in the table.
    rules: Vec<u16>,
    of_tags: RuleSets,
    of_fields: RuleSets,
}

impl RulesOfWord {
    /// The rules that read a tag.
    pub(super) fn of_tag(&self, tag: u16) -> &[u64] {
        self.of_tags.get(usize::from(tag))
    }

    /// The rules that write a field.
    pub(super) fn of_field(&self, field: Field) -> &[u64] {
        self.of_fields.get(field as usize)
    }
}

/// A type word's place in the tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordAt(usize);

impl WordAt {
    /// Whether its bit is among those of a row.
    pub(super) fn is_in(self, mask: u128) -> bool {
        let half = if self.0 < 64 { mask as u64 } else { (mask >> 64) as u64 };
        self.0 < 128 && half >> (self.0 % 64) & 1 == 1
    }
}

/// The tables with their names resolved to numbers.
#[derive(Debug)]
pub struct Index {
    tags: TagTable,
    /// The places of the type words as the table spells them.
    by_spelling: FxHashMap<&'static str, usize>,
    pub(super) rules: Vec<Resolved>,
    words: Vec<OfWord>,
    /// The word that stands in for unknown ones.
    fallback: WordAt,
    /// For each tag the rules that read it, for each field those that write it; and the type words they are for.
    of_tags: Vec<Vec<(u16, u128)>>,
    of_fields: Vec<Vec<(u16, u128)>>,
    pub(super) keys: Vec<u16>,
    pub(super) mark: Option<u16>,
    pub(super) carry: Option<u16>,
    pub(super) lines: Option<u16>,
    kept: OnceLock<Kept>,
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
        let tags = TagTable::new(mapping);
        let place = |tag: &str| tags.get(tag);
        let resolved = |rule: &'static Rule| Resolved {
            rule,
            tags: rule.tags.split('/').filter_map(place).collect(),
            rivals: Vec::new(),
            mask: mask(rule.types, rule.not_types),
        };
        let mut rules: Vec<Resolved> = mapping.rules.iter().map(resolved).collect();
        let mut of_tags = vec![Vec::new(); mapping.tags.len()];
        let mut of_fields = vec![Vec::new(); Field::ALL.len()];
        for (at, rule) in (0..).zip(&rules) {
            if rule.rule.way != Way::Write {
                rule.tags.iter().for_each(|tag| of_tags[usize::from(*tag)].push((at, rule.mask)));
            }
            if rule.rule.way != Way::Read {
                of_fields[rule.rule.field as usize].push((at, rule.mask));
            }
        }
        let rivals: Vec<Vec<u16>> = rules.iter().map(|it| rivals(it, &of_tags, &rules)).collect();
        rules.iter_mut().zip(rivals).for_each(|(rule, rivals)| rule.rivals = rivals);
        let resolved_echo = |echo: &'static super::Echo| {
            let (tag, of) = (place(echo.tag)?, place(echo.of)?);
            Some((ResolvedEcho { tag, of, way: echo.way }, mask(echo.types, &[])))
        };
        let echoes: Vec<(ResolvedEcho, u128)> = mapping.echoes.iter().filter_map(resolved_echo).collect();
        let of_word = |(at, word): (usize, &&'static str)| OfWord {
            word,
            rows: mapping.types.read_as(word).collect(),
            is_written: mapping.types.writes(word),
            echoes: echoes.iter().filter(|(_, mask)| WordAt(at).is_in(*mask)).map(|(echo, _)| *echo).collect(),
            rules: OnceLock::new(),
        };
        Index {
            by_spelling: words.iter().zip(0..).map(|(word, at)| (*word, at)).collect(),
            words: words.iter().enumerate().map(of_word).collect(),
            fallback: WordAt(place_of(words.iter().copied(), mapping.types.fallback).unwrap_or(usize::MAX)),
            of_tags,
            of_fields,
            keys: mapping.keys.iter().filter_map(|tag| place(tag)).collect(),
            mark: mapping.types.mark_tag.and_then(place),
            carry: match mapping.carry {
                CarryIn::Lines(tag) => place(tag),
                _ => None,
            },
            lines: mapping.lines.and_then(|lines| place(lines.tag)),
            tags,
            rules,
            kept: OnceLock::new(),
        }
    }

    /// The tags of a mapping that are kept without a finding.
    pub(super) fn kept(&self, mapping: &Mapping) -> &Kept {
        self.kept.get_or_init(|| Kept::new(mapping.kept))
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

    /// Whether a type word is written.
    pub(super) fn is_written(&self, word: WordAt) -> bool {
        self.words.get(word.0).is_some_and(|word| word.is_written)
    }

    /// The rows of the types that read a type word, if it is in the tables.
    pub(super) fn rows(&self, known: Option<WordAt>) -> &[&'static TypeRule] {
        known.and_then(|word| self.words.get(word.0)).map_or(&[], |word| &word.rows)
    }

    /// The rules that read a tag, and the type words they are for.
    pub(super) fn of_tag(&self, tag: u16) -> &[(u16, u128)] {
        &self.of_tags[usize::from(tag)]
    }

    /// The rules that write a field, and the type words they are for.
    pub(super) fn of_field(&self, field: Field) -> &[(u16, u128)] {
        &self.of_fields[field as usize]
    }

    /// The rules for the records of a type word, if it is in the tables.
    pub(super) fn rules_of(&self, word: WordAt) -> Option<&RulesOfWord> {
        let sorted_out = || {
            let is_its = |(_, rule): &(u16, &Resolved)| rule.is_for(word);
            let rules: Vec<u16> = (0..).zip(&self.rules).filter(is_its).map(|(at, _)| at).collect();
            let [of_tags, of_fields] = [&self.of_tags, &self.of_fields].map(|lists| RuleSets::new(&rules, lists));
            RulesOfWord { rules, of_tags, of_fields }
        };
        self.words.get(word.0).map(|word| word.rules.get_or_init(sorted_out))
    }

    /// The echoes in records of a type word.
    pub(super) fn echoes(&self, word: WordAt) -> &[ResolvedEcho] {
        self.words.get(word.0).map_or(&[], |word| &word.echoes)
    }
}

fn place_of<'w>(mut words: impl Iterator<Item = &'w str>, word: &str) -> Option<usize> {
    words.position(|it| it.len() == word.len() && it.eq_ignore_ascii_case(word))
}

impl Mapping {
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }
    /// The number of a tag: its place in the table.
    pub fn tag(&self, name: &str) -> Option<u16> {
        self.index().tags.get(name)
    }
}
