//! What the fields of a pattern stand for in a record, and what modifiers make of it.

use super::super::{first_names, is_function_word, year};
use super::{Modifier, What, Whose};
use crate::record::{Field, Kind, Name, Names, Record};

/// Applies modifiers, from left to right, and joins the words.
pub(super) fn modified(mut words: Vec<String>, modifiers: &[Modifier]) -> String {
    for modifier in modifiers {
        match modifier {
            Modifier::Lower => words.iter_mut().for_each(|word| word.make_ascii_lowercase()),
            Modifier::Upper => words.iter_mut().for_each(|word| word.make_ascii_uppercase()),
            Modifier::Capitalise => words.iter_mut().for_each(|word| {
                if let Some(first) = word.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
            }),
            Modifier::Abbreviate => words.iter_mut().for_each(|word| word.truncate(1)),
            Modifier::Truncate(length) => {
                let whole: String = words.concat().chars().take(*length).collect();
                words = if whole.is_empty() { Vec::new() } else { vec![whole] };
            }
            Modifier::Default(default) if words.iter().all(String::is_empty) => words = vec![default.clone()],
            Modifier::Default(_) => {}
        }
    }
    words.concat()
}

/// The words of a string in ASCII letters and digits; what is not a word at all is left out.
fn ascii_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '…'));
    words.map(ascii).filter(|word| !word.is_empty()).collect()
}

/// ASCII letters and digits, with their case.
fn ascii(word: &str) -> String {
    deunicode::deunicode(word).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The family name, with its particle, in words.
fn family(name: &Name) -> Vec<String> {
    let family = if name.is_literal() { &name.literal } else { &name.family };
    let family = if family.is_empty() { &name.given } else { family };
    let mut words = ascii_words(&name.particle);
    words.extend(ascii_words(family));
    words
}

fn people(record: &Record, whose: Whose) -> Option<&Names> {
    let editors = || record.names(Field::Editor);
    match whose {
        Whose::Authors => record.names(Field::Author).or_else(editors).or_else(|| first_names(record)),
        Whose::AuthorsAlone => record.names(Field::Author),
        Whose::Editors => editors(),
    }
    .filter(|names| !names.list.is_empty())
}

/// The words that a name in brackets stands for.
pub(super) fn words_of(record: &Record, what: What, whose: Whose, number: Option<usize>) -> Vec<String> {
    let title = || record.text(Field::Title).or_else(|| record.text(Field::ContainerTitle)).unwrap_or_default();
    match what {
        What::First | What::All | What::EtAl | What::Initials => {
            people(record, whose).map(|names| of_names(names, what, number)).unwrap_or_default()
        }
        What::Year => year(record).into_iter().collect(),
        What::ShortYear => year(record)
            .map(|year| year.get(year.len().saturating_sub(2)..).unwrap_or_default().to_owned())
            .into_iter()
            .collect(),
        What::Title => ascii_words(title()),
        What::Words(count) => {
            let words = title().split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
            let significant = words.filter(|word| !is_function_word(word)).map(ascii).filter(|word| !word.is_empty());
            significant.take(count).collect()
        }
        What::Text(field) => record.text(field).map(ascii_words).unwrap_or_default(),
        What::Pages | What::FirstPage | What::LastPage => of_pages(record, what),
        What::EntryType => {
            let own = record.source_type.as_ref().filter(|it| it.family == "bibtex").map(|it| ascii(&it.word));
            vec![own.unwrap_or_else(|| entry_type(record.kind))]
        }
    }
}

fn entry_type(kind: Kind) -> String {
    kind.name().split('-').next().unwrap_or_default().to_owned()
}

fn of_names(names: &Names, what: What, number: Option<usize>) -> Vec<String> {
    let more = |shown: usize| names.others || names.list.len() > shown;
    let shown = match (what, number) {
        (What::First, _) => 1,
        (What::All, Some(number)) => number,
        (What::EtAl, _) if more(2) => 1,
        (What::EtAl, _) => 2,
        _ => usize::MAX,
    };
    let listed = names.list.iter().take(shown);
    match what {
        What::First => {
            let words: Vec<String> = listed.flat_map(family).collect();
            match number {
                Some(number) => {
                    let cut: String = words.concat().chars().take(number).collect();
                    if cut.is_empty() { Vec::new() } else { vec![cut] }
                }
                None => words,
            }
        }
        What::Initials => listed.map(|name| family(name).concat().chars().take(1).collect()).collect(),
        _ => {
            let mut words: Vec<String> = listed.map(|name| family(name).concat()).collect();
            let abridged = (what == What::EtAl || number.is_some()) && more(shown);
            words.extend(abridged.then(|| "EtAl".to_owned()));
            words
        }
    }
}

fn of_pages(record: &Record, what: What) -> Vec<String> {
    let Some(crate::record::Value::Pages(pages)) = record.get(Field::Pages) else { return Vec::new() };
    let first = pages.ranges.first().map(|range| ascii(&range.start));
    let last = pages.ranges.last().map(|range| ascii(range.end.as_deref().unwrap_or(&range.start)));
    match what {
        What::FirstPage => first.into_iter().collect(),
        What::LastPage => last.into_iter().collect(),
        _ => match (first, last) {
            (Some(first), Some(last)) if first != last => vec![first, "-".to_owned(), last],
            (first, _) => first.into_iter().collect(),
        },
    }
}
