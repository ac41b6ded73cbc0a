//! Values that are missing, as R writes them: `NA` without quotation marks.

use super::plan::Plan;
use super::split::Cell;
use crate::read::{NA, Reading};
use crate::record::Field;

/// Whether a cell is R's for a value that is missing.
fn is_not_available(reading: &Reading<'_>, it: &Cell<'_>) -> bool {
    &*it.value == NA && reading.text().get(it.at.clone()).is_some_and(|raw| !raw.starts_with('"'))
}

/// Which cells of a row are missing values of R.
#[derive(Clone, Copy)]
pub(super) enum Lacks {
    Nothing,
    /// The only one there is, in a column that has no words.
    Wordless,
    /// All that look like it.
    Several,
}

impl Lacks {
    /// Whether the value of a cell is missing.
    pub(super) fn value(self, reading: &Reading<'_>, plan: &Plan<'_>, it: &Cell<'_>) -> bool {
        match self {
            Lacks::Nothing => false,
            Lacks::Wordless => is_not_available(reading, it) && plan.has_no_words(it.column),
            Lacks::Several => is_not_available(reading, it),
        }
    }
}

/// Which cells of a row are R's for a value that is missing: one alone may be somebody's initials, but no number.
pub(super) fn lacks_values(reading: &mut Reading<'_>, plan: &Plan<'_>, all: &[Cell<'_>]) -> Lacks {
    let mut missing = all.iter().filter(|it| is_not_available(reading, it));
    let Some(first) = missing.next() else { return Lacks::Nothing };
    let (lacks, place) = match missing.next() {
        Some(_) => (Lacks::Several, "several cells of a row"),
        None if plan.has_no_words(first.column) => (Lacks::Wordless, "a cell of numbers"),
        None => return Lacks::Nothing,
    };
    reading.not_available(first.at.clone(), place);
    lacks
}

/// What no two letters are: in a column of these R's word alone is a missing value.
pub(super) const WORDLESS: &[Field] = &[
    Field::Doi,
    Field::Isbn,
    Field::Issn,
    Field::Pmid,
    Field::Pmcid,
    Field::Url,
    Field::Volume,
    Field::Issue,
    Field::Pages,
    Field::Issued,
    Field::Abstract,
];
