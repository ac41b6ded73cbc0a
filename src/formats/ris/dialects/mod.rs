//! Whom RIS is written for: tables by which some program's importer reads best. All read back by the tables of the format.

mod refworks;
mod zotero;

use super::map::{self, MAPPING, RULES, UNSUPPORTED};
use super::types::{ROWS, TYPES};
use crate::mapping::{Mapping, Rule, TypeRule, Types, Way, before};
use crate::record::{Field, Record};
use crate::write::RisDialect;
pub(super) use zotero::LINES;

static ZOTERO_ROWS: [TypeRule; zotero::TYPES.len() + ROWS.len()] = before(zotero::TYPES, ROWS);
static REFWORKS_RULES: [Rule; refworks::RULES.len() + RULES.len()] = before(refworks::RULES, RULES);

/// What no row writes.
const fn count_missing(rules: &[Rule]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < Field::ALL.len() {
        count += !is_written(rules, Field::ALL[at]) as usize;
        at += 1;
    }
    count
}

const fn is_written(rules: &[Rule], field: Field) -> bool {
    let mut at = 0;
    while at < rules.len() {
        if rules[at].field as u8 == field as u8 && !matches!(rules[at].way, Way::Read) {
            return true;
        }
        at += 1;
    }
    false
}

/// The fields that no row writes.
const fn missing<const N: usize>(rules: &[Rule]) -> [Field; N] {
    let mut all = [Field::Title; N];
    let (mut at, mut count) = (0, 0);
    while at < Field::ALL.len() {
        if !is_written(rules, Field::ALL[at]) {
            all[count] = Field::ALL[at];
            count += 1;
        }
        at += 1;
    }
    all
}

/// What Zotero's importer has no tag for: all that its table does not name.
static UNSUPPORTED_BY_ZOTERO: [Field; count_missing(zotero::RULES)] = missing(zotero::RULES);

/// The types of dialects, by which nothing is read.
const WRITTEN: Types = Types { guess: None, ..TYPES };

/// For Zotero.
static FOR_ZOTERO: Mapping =
    map::tables("ris-zotero", Types { rows: &ZOTERO_ROWS, ..WRITTEN }, zotero::RULES, &UNSUPPORTED_BY_ZOTERO);

/// For `EndNote`, whose tags are those of the format.
static FOR_ENDNOTE: Mapping = map::tables("ris-endnote", WRITTEN, RULES, UNSUPPORTED);

/// For `RefWorks`.
static FOR_REFWORKS: Mapping = map::tables("ris-refworks", WRITTEN, &REFWORKS_RULES, UNSUPPORTED);

/// The tables for a dialect.
pub(super) fn tables(dialect: RisDialect) -> &'static Mapping {
    match dialect {
        RisDialect::Standard => &MAPPING,
        RisDialect::Zotero => &FOR_ZOTERO,
        RisDialect::EndNote => &FOR_ENDNOTE,
        RisDialect::RefWorks => &FOR_REFWORKS,
    }
}

/// The type word for a record, where the dialect has its own.
pub(super) fn word(dialect: RisDialect, record: &Record) -> Option<&'static str> {
    let of_kind = || zotero::TYPES.iter().filter(|row| dialect == RisDialect::Zotero && row.kind == record.kind);
    let exact = of_kind().find(|row| row.subtype == record.subtype.as_deref());
    exact.or_else(|| of_kind().find(|row| row.subtype.is_none())).map(|row| row.word)
}

/// The tag by which a dialect spells another.
pub(super) fn spelled(dialect: RisDialect, tag: &str) -> &str {
    if dialect == RisDialect::RefWorks && tag == "AU" { "A1" } else { tag }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::lint::lint;
    use crate::record::Kind;

    #[test]
    fn all_tables_are_sound() {
        assert_eq!(lint(&FOR_ENDNOTE), [""; 0]);
        // The rows of 2011 stand behind those of 2001, and what no row for Zotero reads the format's own read.
        let mut wrong = lint(&FOR_REFWORKS);
        wrong.extend(lint(&FOR_ZOTERO));
        wrong.retain(|it| !it.contains("does not give its example back"));
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn every_kind_has_a_word_for_zotero() {
        for kind in Kind::ALL {
            assert!(word(RisDialect::Zotero, &Record::new(*kind)).is_some(), "{}", kind.name());
        }
    }
}
