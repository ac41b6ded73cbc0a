//! The columns of our own tables.
//!
//! A column named `kind` makes a table ours. The others are named after fields (`bibferry explain` lists them); `key`,
//! `subtype`; `family:tag` for what another format's reader did not understand; and any other name for what the reader of
//! a table did not.

use crate::columns::Meaning;
use crate::formats::{self, family};
use crate::record::{Extra, Family};
use crate::source::Place;

/// The column of a key that was made.
pub(super) const MADE_KEY: &str = "made-key";

/// Whether these columns are those of a table of ours.
pub(super) fn is_own<S: AsRef<str>>(names: &[S]) -> bool {
    let names = || names.iter().map(AsRef::as_ref);
    let kind = Meaning::Kind.name();
    // Of a record of which nothing was understood there is no other, but for columns that say whose they are.
    let says_whose = |name: &str| {
        let family = name.split_once(':').map(|(family, _)| family);
        family.is_some_and(|family| formats::ALL.iter().any(|format| format.family == family))
    };
    let is_ours = |name: &str| Meaning::from_name(name).is_some() || name == MADE_KEY || says_whose(name);
    names().any(|name| name == kind) && (names().count() == 1 || names().filter(|name| *name != kind).any(is_ours))
}

/// What a column of a table of ours holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Meaning(Meaning),
    MadeKey,
    /// What a reader did not understand.
    Extra(Family, Box<str>),
}

impl Column {
    /// By its name.
    pub(super) fn of(name: &str) -> Column {
        if let Some(meaning) = Meaning::from_name(name) {
            return Column::Meaning(meaning);
        }
        if name == MADE_KEY {
            return Column::MadeKey;
        }
        match name.split_once(':').filter(|(family, tag)| is_family(family) && !tag.is_empty()) {
            Some((of, tag)) => Column::Extra(family(of), tag.into()),
            None => Column::Extra(Family::Borrowed(super::FAMILY), name.into()),
        }
    }

    /// Whether it is what the reader of a table did not understand.
    pub(super) fn is_of_table(&self) -> bool {
        matches!(self, Column::Extra(family, _) if *family == super::FAMILY)
    }

    /// The name of the column for what a reader did not understand.
    pub(super) fn of_extra(family: &str, tag: &str) -> String {
        let own = Column::Extra(Family::Borrowed(super::FAMILY), tag.into());
        if family == super::FAMILY && !tag.is_empty() && tag.trim() == tag && Column::of(tag) == own {
            tag.to_owned()
        } else {
            [family, ":", tag].concat()
        }
    }
}

fn is_family(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// One string in a cell, so that it comes back: as it is, or as JSON.
pub(super) fn string_cell(string: &str) -> String {
    if read_strings(string) == [string] { string.to_owned() } else { serde_json::Value::from(string).to_string() }
}

/// Several strings in one cell.
pub(super) fn strings_cell(strings: &[&str]) -> String {
    match strings {
        [one] => string_cell(one),
        all => serde_json::Value::from(all.to_vec()).to_string(),
    }
}

/// The strings of a cell.
pub(super) fn read_strings(raw: &str) -> Vec<String> {
    let raw = raw.trim();
    if raw.starts_with('"')
        && let Ok(one) = serde_json::from_str::<String>(raw)
    {
        return vec![one];
    }
    if raw.starts_with('[')
        && let Ok(all) = serde_json::from_str::<Vec<String>>(raw)
        && all.len() > 1
    {
        return all;
    }
    vec![raw.to_owned()]
}

/// What a cell holds that a reader did not understand.
pub(super) fn read_extras(family: &Family, tag: &str, raw: &str, place: Place) -> impl Iterator<Item = Extra> {
    let (family, tag) = (family.clone(), Box::<str>::from(tag));
    read_strings(raw).into_iter().map(move |value| Extra {
        family: family.clone(),
        tag: tag.clone(),
        value: value.into(),
        expression: None,
        place,
    })
}

/// What stands before a cell that must not be taken for a formula.
const GUARD: char = '\'';

fn could_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that no spreadsheet takes for a formula, where that is asked for; one that looks so already is told apart.
pub(super) fn guarded(cell: &str, safe: bool) -> Option<String> {
    let bare = cell.trim_start_matches(GUARD);
    let must = could_run(bare) && (safe || bare.len() < cell.len());
    must.then(|| [&GUARD.to_string(), cell].concat())
}

/// A cell as it was before it was [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(rest) if could_run(rest.trim_start_matches(GUARD)) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_ours_is_known_by_any_of_its_columns() {
        let is_ours = |names: &[&str]| is_own(names);
        for names in [&["kind"][..], &["kind", "title"], &["made-key", "kind"], &["kind", "csv:type: book"]] {
            assert!(is_ours(names), "{names:?}");
        }
        for names in [&["title"][..], &["kind", "type: book"], &["kind", "colour"], &["csv:type: book"]] {
            assert!(!is_ours(names), "{names:?}");
        }
    }

    #[test]
    fn guards_come_off_again() {
        for cell in ["=1+1", "'=1", "-x", "'x", "''@", "plain", ""] {
            for safe in [false, true] {
                let written = guarded(cell, safe).unwrap_or_else(|| cell.to_owned());
                assert_eq!(unguarded(&written), cell);
                assert!(!safe || !could_run(&written), "{written}");
            }
        }
    }

    #[test]
    fn strings_come_back() {
        for string in ["a", "", " a", "\"a\"", "[1]", "[\"a\",\"b\"]", "\"a\" b", "a\nb"] {
            assert_eq!(read_strings(&string_cell(string)), [string]);
        }
        assert_eq!(read_strings(&strings_cell(&["a", "b"])), ["a", "b"]);
    }
}
