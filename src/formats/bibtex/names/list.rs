//! A list of names.
//!
//! ```text
//! parse("Ludwig van Beethoven and {Barnes and Noble} and others")
//! //    Beethoven, Ludwig, particle van; the literal Barnes and Noble; others
//! ```

use crate::bytes::trim;
use super::super::lists::first_item;
use super::classic::classic;
use super::long::{Item, extended};
use super::mistakes::{
    by_commas, by_other_word, by_semicolons, in_capitals, is_more, is_no_suffix, seems_several, without_et_al, without_role,
};
use super::ordinary::{First, ordinary};
use crate::record::name::is_others;
use crate::record::{Name, NameDetail, Names};

/// What is odd about a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A name with more than two commas. What they part was added to the given names.
    Commas,
    /// `et al.` for `and others`.
    EtAl,
    /// Several names parted by semicolons; they were split.
    Semicolons,
    /// Several names parted by commas alone; they were split.
    CommasAlone,
    /// Several names parted by another word than `and`; they were split.
    OtherWord,
    /// A comma behind a name.
    CommaBehind,
    /// A semicolon behind a name.
    SemicolonBehind,
    /// A suffix where none is looked for.
    Suffix,
    /// What a person did, behind the name: `(Eds.)`.
    Role,
    /// Several names, perhaps; they were not split.
    Several,
    /// Nothing between two `and`s, or at an end of the list.
    Nothing,
    /// All letters in capitals.
    Capitals,
}

/// A list that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed<'a> {
    /// The names.
    pub(super) names: Names,
    /// What is odd, in order, each with the item where it stands.
    pub(super) mistakes: Vec<(Mistake, &'a str)>,
    /// Options of the list, as flags: those of a list without names.
    pub(super) options: Vec<Box<str>>,
}

/// Reads a list of names from TeX source, without the field's delimiters.
pub(super) fn parse(source: &str) -> Parsed<'_> {
    parse_with(source, ordinary)
}

/// How many bytes a name of a list takes, with the `and` behind it, and the longest list that is measured by that.
const TYPICAL: usize = 20;
const LONG: usize = 32 * TYPICAL;

/// The same, where ordinary names are read by this.
pub(super) fn parse_with<'a>(
    source: &'a str,
    ordinary: impl Fn(&'a str, &mut String, &mut Vec<Name>) -> First<'a>,
) -> Parsed<'a> {
    let mut parsed = Parsed::default();
    if trim(source).is_empty() {
        return parsed;
    }
    parsed.names.list.reserve_exact(1 + source.len().min(LONG) / TYPICAL);
    let mut rest = Some(source);
    let mut memory = String::new();
    while let Some(list) = rest {
        match ordinary(list, &mut memory, &mut parsed.names.list) {
            First::And(behind) => rest = Some(behind),
            First::Last => rest = None,
            First::Odd => {
                let item;
                (item, rest) = first_item(list);
                parsed.item(item, rest.is_none());
            }
        }
    }
    if !parsed.options.is_empty() {
        parsed.keep_options();
    }
    parsed
}

/// Reads a list of one name; nothing if it is anything else.
pub(super) fn parse_one(source: &str) -> Option<Name> {
    let mut names = parse(source).names;
    if names.others || names.list.len() != 1 { None } else { names.list.pop() }
}

impl<'a> Parsed<'a> {
    fn item(&mut self, item: &'a str, last: bool) {
        if item.is_empty() {
            self.mistakes.push((Mistake::Nothing, item));
            return;
        }
        // BibTeX takes it so only at the end; elsewhere it can mean nothing else.
        if item.eq_ignore_ascii_case("others") {
            self.names.others = true;
            return;
        }
        if last && is_more(item) && (!self.names.list.is_empty() || !item.contains('{')) {
            self.names.others = true;
            self.mistakes.push((Mistake::EtAl, item));
            return;
        }
        let item = self.without_tail(item);
        if item.is_empty() {
            return;
        }
        match extended(item) {
            Some(Item::Name(name)) => return self.push(name),
            Some(Item::Option(option)) => return self.options.push(option),
            None => {}
        }
        let item = match last.then(|| without_et_al(item)).flatten() {
            Some(name) => {
                self.names.others = true;
                self.mistakes.push((Mistake::EtAl, item));
                name
            }
            None => item,
        };
        self.several(item);
    }

    /// An item without a comma or a role behind the name.
    fn without_tail(&mut self, item: &'a str) -> &'a str {
        match item.as_bytes().last() {
            Some(b',') if !item.ends_with("\\,") => {
                let name = item.trim_end_matches(|c: char| c == ',' || c.is_ascii_whitespace());
                let mistake = if name.is_empty() { Mistake::Nothing } else { Mistake::CommaBehind };
                self.mistakes.push((mistake, item));
                name
            }
            // Another one would part names, an entity has its own.
            Some(b';') if item.matches(';').count() == 1 && !item.ends_with("\\;") && !item.contains('&') => {
                self.mistakes.push((Mistake::SemicolonBehind, item));
                item.trim_end_matches(|c: char| c == ';' || c.is_ascii_whitespace())
            }
            Some(b')' | b'.') => match without_role(item) {
                Some(name) => {
                    self.mistakes.push((Mistake::Role, item));
                    name
                }
                None => item,
            },
            _ => item,
        }
    }

    /// One name, or several where people part them by other means than `and`.
    fn several(&mut self, item: &'a str) {
        let (commas, semicolons) = (memchr::memchr(b',', item.as_bytes()), memchr::memchr(b';', item.as_bytes()));
        let parted = match semicolons {
            Some(_) => by_semicolons(item).map(|names| (names, Mistake::Semicolons)),
            // A family name does not begin with an initial.
            None if commas.is_some() && memchr::memchr(b'.', item.as_bytes()).is_some() => by_commas(item)
                .map(|names| (names, Mistake::CommasAlone))
                .or_else(|| by_other_word(item).map(|names| (names, Mistake::OtherWord))),
            None => by_other_word(item).map(|names| (names, Mistake::OtherWord)),
        };
        let Some((names, mistake)) = parted else {
            let (name, odd) = classic(item);
            let second = commas.and_then(|at| memchr::memchr(b',', item.as_bytes().get(at + 1..)?));
            if (semicolons.is_some() || second.is_some()) && (seems_several(item) || (odd.is_none() && is_no_suffix(&name.suffix))) {
                self.mistakes.push((Mistake::Several, item));
            } else if let Some(odd) = odd {
                self.mistakes.push((odd, item));
            } else if in_capitals(&name) && !self.mistakes.iter().any(|(it, _)| *it == Mistake::Capitals) {
                self.mistakes.push((Mistake::Capitals, item));
            }
            return self.push(name);
        };
        self.mistakes.push((mistake, item));
        for name in names {
            if is_others(name) {
                self.names.others = true;
            } else {
                self.push(classic(name).0);
            }
        }
    }

    fn push(&mut self, name: Name) {
        if !name.is_empty() {
            self.names.list.push(name);
        }
    }

    /// Options stand with the first name, for a list has no place of its own for them.
    fn keep_options(&mut self) {
        if let Some(name) = self.names.list.first_mut() {
            let options = self.options.drain(..);
            name.detail.get_or_insert_with(Box::<NameDetail>::default).flags.splice(0..0, options);
        }
    }
}
