//! What a row is: by the words of the columns that say it, or by its fields.

use super::dialects::{Dialect, KindRow, SAID_BESIDE, find_kind};
use crate::record::{Basis, Field, Kind, PublisherRole, Record, Slot, Value};

/// What a cell says.
pub(super) enum Says {
    /// The kind, and nothing else.
    Kind,
    /// Several kinds, all in a database's own words.
    Kinds,
    /// The kind, and more.
    More,
}

/// The row of a word, or of one of several in a cell, and what the cell says.
pub(super) fn find_word(
    dialect: &Dialect,
    word: &str,
    next: Option<Kind>,
) -> Option<(&'static KindRow, Says)> {
    // Of a database's words for the same thing the first says it best; those that gather of several have all words. A letter
    // is none.
    let is_best = |at: usize, row: &KindRow| {
        let first = dialect.kinds.iter().position(|it| (it.1, it.2) == (row.1, row.2));
        first == Some(at) || !dialect.is_named() || dialect.says_what_was_found()
    };
    if let Some((at, row)) = find_kind(dialect.kinds, word) {
        return Some((row, if is_best(at, row) || word.len() == 1 { Says::Kind } else { Says::More }));
    }
    let parts = word.split([';', '|', ',', '\n']).map(|part| part.trim().trim_matches(['[', ']', '\'', '"']));
    let found: Vec<_> = parts.map(|part| (part, find_kind(dialect.kinds, part))).collect();
    let rows = || found.iter().filter_map(|(_, row)| *row);
    let fits = |row: &KindRow| next.is_none_or(|next| next == row.1);
    let by_table = || rows().min_by_key(|(at, _)| *at);
    let (at, row) = if dialect.says_several() {
        rows().find(|(_, row)| fits(row)).or_else(by_table)
    } else {
        rows().filter(|(_, row)| next == Some(row.1)).min_by_key(|(at, _)| *at).or_else(by_table)
    }?;
    let is_own = |(part, row): &(&str, Option<_>)| row.is_some() || SAID_BESIDE.contains(part);
    let is_plain = dialect.says_several() && found.iter().all(is_own) && is_best(at, row);
    Some((row, if is_plain { Says::Kinds } else { Says::More }))
}

/// Whether what is said to be an article is a paper: it stands in a book, and has an event.
pub(super) fn is_paper(record: &Record) -> bool {
    let has = |field: Field| record.get(field).is_some();
    let has_event = || [Field::EventTitle, Field::EventShort, Field::EventPlace].into_iter().any(has);
    record.kind == Kind::ArticleJournal && has(Field::Isbn) && !has(Field::Issn) && has_event()
}

/// What a record is that does not say it: what its fields are those of.
pub(super) fn infer(record: &mut Record, default: Option<Kind>) {
    let has = |field: Field| record.get(field).is_some();
    let is_school = |slot: &Slot| matches!(slot.value(), Value::Publisher(it) if it.role == PublisherRole::School);
    let container = record.text(Field::ContainerTitle).unwrap_or_default().to_lowercase();
    let is_proceedings = ["proceedings", "conference on", "symposium", "workshop on"].iter().any(|it| container.contains(it));
    let kind = if record.all(Field::Publisher).any(is_school) {
        Some(Kind::Thesis)
    } else if has(Field::EventTitle) || (is_proceedings && !container.contains("academy")) {
        Some(Kind::ConferencePaper)
    } else if has(Field::ContainerTitle) && has(Field::Isbn) && !has(Field::Issn) {
        Some(Kind::Chapter)
    } else if has(Field::ContainerTitle) || has(Field::Issn) || (has(Field::Volume) && has(Field::Issue)) || has(Field::Pmid) {
        Some(Kind::ArticleJournal)
    } else if has(Field::Isbn) || (has(Field::Publisher) && has(Field::Place)) {
        Some(Kind::Book)
    } else if record.all(Field::Eprint).next().is_some() {
        Some(Kind::Preprint)
    } else {
        None
    };
    match default.or(kind) {
        Some(kind) => (record.kind, record.basis) = (kind, Basis::Inferred),
        None => record.basis = Basis::Defaulted,
    }
}
