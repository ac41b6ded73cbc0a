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
#[derive(Clone, Debug, Default)]
pub struct Report {
    counts: BTreeMap<(Subject, u8), Count>,
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
        let parts = match more.kind {
            LossKind::Narrowed(parts) => more.parts | parts,
            _ => more.parts,
        };
        let count = self.counts.entry((subject, rank(more.kind))).or_insert(Count { times: 0, ..more.clone() });
        count.times += more.times;
        count.parts |= parts;
    }

    /// Adds the counts of another report.
    pub fn merge(&mut self, other: Report) {
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
