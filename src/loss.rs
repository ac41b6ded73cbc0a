//! What a conversion did not write: computed by consumption, streamed, counted by field.
//!
//! ```
//! use bibferry::loss::{LossKind, Report, Subject};
//! use bibferry::record::Field;
//! let mut report = Report::default();
//! report.count(Subject::Field(Field::Abstract), LossKind::Dropped);
//! assert_eq!(report.summary(), ["1 lost abstract"]);
//! ```

use crate::diagnostic::{self, Code};
use crate::record::{Family, Field, Parts};
use crate::source::Place;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What of a record (or of a file) a loss is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A slot.
    Field(Field),
    /// The kind.
    Kind,
    /// The subtype.
    Subtype,
    /// The citation key.
    Key,
    /// What no rule of the source's format understood.
    Extra {
        /// The family of the source's format.
        family: Family,
        /// The tag.
        tag: Box<str>,
    },
    /// Such tags of a run that has too many names to count each by itself: see [`Report`].
    OtherExtras,
    /// Raw text between records.
    Passage,
    /// File-level data.
    Head,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Field(field) => f.write_str(field.name()),
            Subject::Kind => f.write_str("kind"),
            Subject::Subtype => f.write_str("subtype"),
            Subject::Key => f.write_str("key"),
            Subject::Extra { family, tag } => write!(f, "{family}:{tag}"),
            Subject::OtherExtras => f.write_str("fields of other names"),
            Subject::Passage => f.write_str("text between records"),
            Subject::Head => f.write_str("file head"),
        }
    }
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// It was not written.
    Dropped,
    /// It was written without these parts (none named: the whole became something coarser).
    Narrowed(Parts),
    /// Several values became one.
    Merged,
    /// It was written where it will be read as another field.
    Moved(Field),
    /// It was not written, but another value says the same.
    Redundant,
    /// The source does not have it: the format demanded it, and it was made.
    Added,
}

impl LossKind {
    /// The word for it in reports.
    pub const fn name(self) -> &'static str {
        match self {
            LossKind::Dropped => "dropped",
            LossKind::Narrowed(_) => "narrowed",
            LossKind::Merged => "merged",
            LossKind::Moved(_) => "moved",
            LossKind::Redundant => "redundant",
            LossKind::Added => "added",
        }
    }

    /// The code of the finding that it is for whoever reads findings alone.
    pub fn code(self) -> &'static Code {
        match self {
            LossKind::Dropped => &diagnostic::LOSS_DROPPED,
            LossKind::Narrowed(_) => &diagnostic::LOSS_NARROWED,
            LossKind::Merged => &diagnostic::LOSS_MERGED,
            LossKind::Moved(_) => &diagnostic::LOSS_MOVED,
            LossKind::Redundant => &diagnostic::LOSS_REDUNDANT,
            LossKind::Added => &diagnostic::LOSS_ADDED,
        }
    }

    /// Whether something is really gone: `--strict` fails on these.
    pub const fn is_loss(self) -> bool {
        !matches!(self, LossKind::Redundant | LossKind::Added)
    }

    /// The word for it before its subject: `lost abstract`, `narrowed author`.
    pub const fn verb(self) -> &'static str {
        match self {
            LossKind::Dropped => "lost",
            LossKind::Redundant => "left out redundant",
            other => other.name(),
        }
    }
}

/// One thing that was not written as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The number of the record in the run, from 1; 0 for what belongs to no record.
    pub record: u64,
    /// The record's citation key.
    pub key: Option<String>,
    /// The name of the input, as the user gave it.
    pub file: Option<Arc<str>>,
    /// Where in it the record or the text begins.
    pub place: Place,
    /// What it is about.
    pub subject: Subject,
    /// The value, cut to one short line.
    pub value: String,
    /// What happened.
    pub kind: LossKind,
}

/// The losses of a run, counted. The order of counting does not matter.
///
/// Tags that no rule understood are counted by their names, the first by the alphabet if there are too many to remember:
/// all others are counted as [`Subject::OtherExtras`].
#[derive(Clone, Debug, Default)]
pub struct Report {
    counts: BTreeMap<(Subject, u8), Count>,
    /// How many bytes the counts of such tags take.
    extras: usize,
    /// The first such tag that is no longer counted by itself, nor are those behind it.
    first_other: Option<Subject>,
}

/// How many bytes the counts of tags that no rule understood may take.
const MOST_EXTRAS: usize = 1 << 21;

/// About how many bytes one takes.
fn extra_size(subject: &Subject) -> usize {
    match subject {
        Subject::Extra { tag, .. } => tag.len() + 128,
        _ => 0,
    }
}

#[derive(Clone, Debug)]
struct Count {
    kind: LossKind,
    times: u64,
    parts: Parts,
}

impl Report {
    /// Counts one.
    pub fn count(&mut self, subject: Subject, kind: LossKind) {
        self.add(subject, &Count { kind, times: 1, parts: Parts::NONE });
    }

    fn add(&mut self, subject: Subject, more: &Count) {
        let is_extra = matches!(subject, Subject::Extra { .. });
        let is_other = is_extra && self.first_other.as_ref().is_some_and(|first| subject >= *first);
        self.put(if is_other { Subject::OtherExtras } else { subject }, more);
        while self.extras > MOST_EXTRAS
            && let Some(last) = self.last_extra()
        {
            self.leave_from(last);
        }
    }

    fn put(&mut self, subject: Subject, more: &Count) {
        let parts = match more.kind {
            LossKind::Narrowed(parts) => more.parts | parts,
            _ => more.parts,
        };
        let size = extra_size(&subject);
        let count = self.counts.entry((subject, rank(more.kind))).or_insert(Count { times: 0, ..more.clone() });
        if count.times == 0 {
            self.extras += size;
        }
        count.times += more.times;
        count.parts |= parts;
    }

    /// The last tag by the alphabet that is counted by its name.
    fn last_extra(&self) -> Option<Subject> {
        let (last, _) = self.counts.range(..(Subject::OtherExtras, 0)).next_back()?.0;
        matches!(last, Subject::Extra { .. }).then(|| last.clone())
    }

    /// Counts tags from one on by their names no longer.
    fn leave_from(&mut self, first: Subject) {
        while let Some(last) = self.last_extra().filter(|last| *last >= first) {
            for rank in 0..RANKS {
                if let Some(count) = self.counts.remove(&(last.clone(), rank)) {
                    self.extras -= extra_size(&last);
                    self.put(Subject::OtherExtras, &count);
                }
            }
        }
        self.first_other = Some(first);
    }

    /// Adds the counts of another report.
    pub fn merge(&mut self, other: Report) {
        if let Some(first) = other.first_other
            && self.first_other.as_ref().is_none_or(|it| first < *it)
        {
            self.leave_from(first);
        }
        for ((subject, _), count) in other.counts {
            self.add(subject, &count);
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// What was counted: subject, what happened, how often.
    pub fn iter(&self) -> impl Iterator<Item = (&Subject, LossKind, u64)> {
        self.counts.iter().map(|((subject, _), count)| (subject, count.kind, count.times))
    }

    /// Phrases for one summary line, what is really lost first, the most frequent first.
    pub fn summary(&self) -> Vec<String> {
        let mut rows: Vec<_> = self.counts.iter().collect();
        rows.sort_by_key(|((subject, rank), count)| {
            (!count.kind.is_loss(), *rank, std::cmp::Reverse(count.times), subject.clone())
        });
        rows.into_iter()
            .map(|((subject, _), count)| {
                let parts = if count.parts.is_empty() { String::new() } else { format!(" ({})", count.parts) };
                format!("{} {} {subject}{parts}", count.times, count.kind.verb())
            })
            .collect()
    }
}

/// How many ranks there are.
const RANKS: u8 = 6;

/// The place of what happened in reports.
fn rank(kind: LossKind) -> u8 {
    match kind {
        LossKind::Dropped => 0,
        LossKind::Narrowed(_) => 1,
        LossKind::Merged => 2,
        LossKind::Moved(_) => 3,
        LossKind::Redundant => 4,
        LossKind::Added => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(tag: &str) -> Subject {
        Subject::Extra { family: "bibtex".into(), tag: tag.into() }
    }

    #[test]
    fn names_without_end_are_counted_in_any_order() {
        let count = 40_000;
        let tags = |from: usize, step: usize| (0..count).map(move |at| format!("f{:05}", (from + at * step) % count));
        let long = "b".repeat(MOST_EXTRAS);
        let mut reports: Vec<Report> = Vec::new();
        for (from, step) in [(0, 1), (count - 1, count - 1), (7, 12_347)] {
            let mut blocks = [Report::default(), Report::default()];
            for (at, tag) in tags(from, step).chain(["a".to_owned(), long.clone(), "c".to_owned()]).enumerate() {
                blocks[at % 2].count(named(&tag), LossKind::Dropped);
                blocks[at / 2 % 2].count(named("a"), LossKind::Merged);
                blocks[at / 3 % 2].count(Subject::Passage, LossKind::Dropped);
            }
            let [mut report, more] = blocks;
            report.merge(more);
            reports.push(report);
        }
        let told =
            |report: &Report| report.iter().map(|(it, kind, times)| (it.clone(), kind, times)).collect::<Vec<_>>();
        let first = told(&reports[0]);
        assert!(reports.iter().all(|report| told(report) == first));
        let names = [(named("a"), LossKind::Dropped, 1), (named("a"), LossKind::Merged, count as u64 + 3)];
        assert_eq!(first[..2], names);
        assert_eq!(first[2], (Subject::OtherExtras, LossKind::Dropped, count as u64 + 2));
        assert_eq!(first[3], (Subject::Passage, LossKind::Dropped, count as u64 + 3));
    }
}
