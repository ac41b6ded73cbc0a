//! What a format is: one static description, from which help, `formats`, detection and the README table are made.

use crate::cut::{Context, Cutter};
use crate::diagnostic::Code;
use crate::loss::{LossKind, Subject};
use crate::mapping::Mapping;
use crate::page::PageWriter;
use crate::read::Reading;
use crate::record::{Head, Item, Passage, excerpt};
use crate::transform::repair::Level;
use crate::write::{Losses, Outgoing, Writing};

/// How sure a format is that some bytes are its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u8);

impl Score {
    /// Not this format.
    pub const NO: Score = Score(0);
    /// It could be.
    pub const MAYBE: Score = Score(60);
    /// Hardly anything else.
    pub const LIKELY: Score = Score(120);
    /// A signature that nothing else has.
    pub const SURE: Score = Score(250);
}

/// What becomes of values that the format has no place for when `--carry` is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// Everything fits: what is written reads back as the same records.
    Native,
    /// Lines in a note carry what fits there.
    Notes,
    /// Nothing can be carried.
    None,
}

/// What stands around the records of an output.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame {
    /// Before the first item.
    pub open: &'static str,
    /// Between two items.
    pub between: &'static str,
    /// After the last item.
    pub close: &'static str,
    /// The whole output when there is no item.
    pub empty: &'static str,
    /// Whether nothing stands between a tight passage, or one that goes on, and the next item.
    pub tight: bool,
}

/// How a format is written.
#[derive(Clone, Copy)]
pub struct Writer {
    /// What stands around the records.
    pub frame: Frame,
    /// Whether every record must have a key: those without one are given one.
    pub needs_key: bool,
    /// Whether a key must be one that TeX can cite: what it cannot is left out of keys that are needed.
    pub tex_keys: bool,
    /// Writes one record by taking from it.
    pub record: fn(&mut Outgoing<'_, '_>, &mut Writing<'_>),
    /// Writes a passage; `false` where the format has no place for it.
    pub passage: fn(&Passage, &mut Writing<'_>) -> bool,
    /// Writes a head; `false` where the format has no place for it.
    pub head: fn(&Head, &mut Writing<'_>) -> bool,
    /// For formats whose head speaks of all records: the output is spooled until they are counted. The first head that
    /// the input brought is given to it instead of to [`head`](Writer::head).
    pub page: Option<PageWriter>,
}

/// The keys of the records that those in a text take fields from; `None` if a look at the text does not tell.
pub type Targets = fn(&str) -> Option<Vec<&str>>;

/// What a word of a link field says where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkSaid<'t> {
    /// Nothing: it is no field.
    Nothing,
    /// The field has these keys, if it is one.
    Keys(Vec<&'t str>),
    /// Only reading the record can tell.
    Unknown,
}

/// What such a word, in whatever letter case, says before the text behind it.
pub type LinkWord = for<'t> fn(&str, &'t str) -> LinkSaid<'t>;

/// How records of a format take fields from others: see [`inherit`](crate::transform::inherit).
#[derive(Clone, Copy, Debug)]
pub struct Links {
    /// Words, in lower case, of which one stands in every input in which records do so, in whatever letter case. Each in
    /// two parts: the second begins with two letters that seldom stand so in text.
    pub marks: &'static [(&'static str, &'static str)],
    /// The key of a record by a look at its bytes; `None` if only reading it can tell.
    pub key: Option<KeyOf>,
    /// What one of the words says, where a look at the text behind it may be enough to know.
    pub said: Option<LinkWord>,
    /// The keys of the records that those in a piece take fields from, where a look at its text may be enough to know.
    pub targets: Option<Targets>,
    /// The names that a piece of an input defines, as [expressions](crate::record::SourceCell::expression) use them, in lower
    /// case.
    pub defines: fn(&str) -> Vec<String>,
    /// What such names stand for, in a format that has them.
    pub macros: Option<Macros>,
}

/// See [`Links::key`].
pub type KeyOf = fn(&[u8]) -> Option<&str>;

/// How a format's definitions and [expressions](crate::record::SourceCell::expression) are read where they stand by
/// themselves, not in an input of the format: a dump of whole records has both.
#[derive(Clone, Copy, Debug)]
pub struct Macros {
    /// Adds what a piece defines, which stands at an offset, to what is known before it.
    pub define: fn(&mut Option<Context>, u64, &str),
    /// What an expression says behind an offset, and whether definitions explain all of it; `None` if it is none.
    pub evaluate: Evaluate,
}

/// See [`Macros::evaluate`].
pub type Evaluate = fn(&str, Option<&Context>, u64) -> Option<(String, bool)>;

impl Links {
    /// Whether the word of a mark stands around the place where its rare letters do.
    pub(crate) fn stands_at(mark: (&str, &str), bytes: &[u8], at: usize) -> bool {
        let (before, behind) = mark;
        let there = |from: Option<usize>, word: &str| {
            from.and_then(|from| bytes.get(from..from + word.len()))
                .is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
        };
        there(at.checked_sub(before.len()), before) && there(Some(at), behind)
    }

    /// Whether one of the words stands in some bytes.
    pub fn stand_in(&self, bytes: &[u8]) -> bool {
        self.marks.iter().any(|(before, behind)| {
            let word = [*before, *behind].concat();
            bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
        })
    }
}

/// A format: everything the program knows of it.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The family whose records, extras and passages it writes back: shared by dialects.
    pub family: &'static str,
    /// Other names on the command line.
    pub aliases: &'static [&'static str],
    /// File name endings, without the dot.
    pub extensions: &'static [&'static str],
    /// Media types.
    pub media_types: &'static [&'static str],
    /// One line about it.
    pub about: &'static str,
    /// Where it is specified.
    pub specification: &'static str,
    /// What a conversion into it loses: one paragraph.
    pub lost: &'static str,
    /// How sure it is that an input beginning with these bytes is its own.
    pub sniff: fn(&[u8]) -> Score,
    /// Makes a cutter for one input. Without one an input is read as a whole.
    pub cutter: Option<fn() -> Box<dyn Cutter>>,
    /// Reads a block.
    pub read: Option<fn(&mut Reading<'_>)>,
    /// Writes.
    pub write: Option<Writer>,
    /// How its records take fields from others, if they can.
    pub links: Option<Links>,
    /// What `--carry` can do.
    pub carrier: Carrier,
    /// What `--repair` is where nothing is said.
    pub repair: Level,
    /// Its tables, if it has tags.
    pub mapping: Option<&'static Mapping>,
    /// What `bibferry check` has to say of an item beside what reading it said.
    pub check: Option<fn(&crate::record::Item, &mut Vec<crate::diagnostic::Diagnostic>)>,
    /// The codes of its findings.
    pub codes: &'static [&'static Code],
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Format({})", self.id)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.id == other.id
    }
}

impl Writer {
    /// For formats without a place for passages.
    pub fn no_passage(_: &Passage, _: &mut Writing<'_>) -> bool {
        false
    }

    /// For formats without a place for heads.
    pub fn no_head(_: &Head, _: &mut Writing<'_>) -> bool {
        false
    }
}

/// Writes one item and enters what was not written. `false`: the format has no place for it, and nothing was written.
pub fn write_item(writer: &Writer, item: &Item, writing: &mut Writing<'_>, losses: &mut Losses) -> bool {
    let (written, subject, raw, place) = match item {
        Item::Record(record) => {
            let mut outgoing = Outgoing::new(record, losses);
            (writer.record)(&mut outgoing, writing);
            outgoing.finish();
            return true;
        }
        Item::Passage(passage) => ((writer.passage)(passage, writing), Subject::Passage, &passage.raw, passage.place),
        Item::Head(head) => ((writer.head)(head, writing), Subject::Head, &head.raw, head.place),
    };
    if !written {
        let restated = match item {
            Item::Passage(passage) => passage.restated,
            Item::Head(head) => head.restated,
            Item::Record(_) => false,
        };
        let kind = if restated { LossKind::Redundant } else { LossKind::Dropped };
        losses.add(None, subject, kind, || excerpt(raw.trim(), 60));
        if let Some(loss) = losses.list.last_mut() {
            loss.place = place;
        }
    }
    written
}

/// The nearest of some names to a mistyped one, if it is near enough to be meant.
pub fn did_you_mean<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let word = word.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&word, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(word.len()) / 4)
        .min()
        .map(|(_, name)| name)
}
