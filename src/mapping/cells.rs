//! The tags of one entry, as a reader hands them to the tables.
//!
//! ```text
//! let mut cells = Cells::new(mapping);
//! cells.push("title", "Title", "On Growth", 10..19);      // the table's name, the source's spelling, the raw value
//! let record = mapping.read(Some("book"), &mut cells, reading, 0..20);
//! ```

use super::codec::Beside;
use super::index::RuleSet;
use super::{Mapping, Seen};
use crate::record::Value;
use std::borrow::Cow;
use std::ops::Range;

/// One tag of a record with its raw value.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// The tag as the source spells it.
    pub tag: Cow<'a, str>,
    /// The raw value, without the white space around it.
    pub raw: Cow<'a, str>,
    /// Where the value stands in the block.
    pub at: Range<usize>,
    /// The expression that gave the raw value, where it is more than that: see
    /// [`SourceCell::expression`](crate::record::SourceCell::expression).
    pub expression: Option<Box<str>>,
    pub(super) id: Option<u16>,
    pub(super) used: bool,
}

impl<'a> Cell<'a> {
    /// The raw value as it will be read: control characters say nothing.
    pub(super) fn told(&self) -> Cow<'a, str> {
        let says_nothing = |c: char| c.is_control() && !c.is_whitespace();
        if self.raw.contains(says_nothing) { self.raw.replace(says_nothing, "").into() } else { self.raw.clone() }
    }

    /// Whether the raw value says what that of another cell says.
    pub(super) fn says_the_same(&self, other: &Cell<'_>) -> bool {
        self.raw == other.raw || self.told() == other.told()
    }
}

/// The tags of one record, in the order of the source.
#[derive(Debug)]
pub struct Cells<'a> {
    mapping: &'static Mapping,
    pub(super) list: Vec<Cell<'a>>,
    /// For each tag of the table the first and the last cell, and for each cell the next of the same tag.
    pub(super) first: Vec<u32>,
    last: Vec<u32>,
    pub(super) next: Vec<u32>,
    /// The rules that read any of these tags, and what the codec at hand reads: memory for the engine to use again.
    pub(super) rules: RuleSet,
    pub(super) values: Vec<Value>,
    /// What stands in the tags beside that.
    pub(super) beside: Vec<Beside>,
    /// Whether the strings that values were read from may be kept with them.
    pub(super) keeps_sources: bool,
}

pub(super) const END: u32 = u32::MAX;

impl<'a> Cells<'a> {
    /// No tags yet, of a format with these tables.
    pub fn new(mapping: &'static Mapping) -> Cells<'a> {
        let none = vec![END; mapping.tags.len()];
        Cells {
            mapping,
            list: Vec::new(),
            first: none.clone(),
            last: none,
            next: Vec::new(),
            rules: RuleSet::default(),
            values: Vec::new(),
            beside: Vec::new(),
            keeps_sources: true,
        }
    }

    /// Appends a tag. `name` is the tag as the table spells it, `tag` as the source does.
    pub fn push(&mut self, name: &str, tag: impl Into<Cow<'a, str>>, raw: impl Into<Cow<'a, str>>, at: Range<usize>) {
        self.push_tag(self.mapping.tag(name), tag, raw, at);
    }

    /// Appends a tag by its number in the table, if it has one. `tag` is its name as the source spells it.
    pub(crate) fn push_tag(
        &mut self,
        id: impl Into<Option<u16>>,
        tag: impl Into<Cow<'a, str>>,
        raw: impl Into<Cow<'a, str>>,
        at: Range<usize>,
    ) {
        let id = id.into();
        self.link(id);
        self.list.push(Cell { tag: tag.into(), raw: raw.into(), at, expression: None, id, used: false });
    }

    /// The same, of a source that is never written back as it was: no source text is kept.
    #[must_use]
    pub(crate) fn without_sources(mut self) -> Cells<'a> {
        self.keeps_sources = false;
        self
    }

    /// Makes the cell that comes next the last of its tag.
    fn link(&mut self, id: Option<u16>) {
        let here = self.list.len() as u32;
        self.next.push(END);
        if let Some(id) = id {
            let last = std::mem::replace(&mut self.last[id as usize], here);
            if self.first[id as usize] == END {
                self.first[id as usize] = here;
            } else {
                self.next[last as usize] = here;
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The cells, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Cell<'a>> {
        self.list.iter()
    }

    /// The last cell, for a line that continues it.
    pub fn last_mut(&mut self) -> Option<&mut Cell<'a>> {
        self.list.last_mut()
    }

    /// Forgets the cells without a value.
    pub fn retain_filled(&mut self) {
        self.retain(|cell| !cell.raw.is_empty());
    }

    /// Forgets the cells of which something does not hold.
    pub(crate) fn retain(&mut self, keeps: impl Fn(&Cell<'a>) -> bool) {
        if self.list.iter().all(&keeps) {
            return;
        }
        let kept: Vec<Cell<'a>> = self.list.iter().filter(|cell| keeps(cell)).cloned().collect();
        self.clear();
        for cell in kept {
            self.link(cell.id);
            self.list.push(cell);
        }
    }

    /// Forgets all cells and keeps the memory.
    pub fn clear(&mut self) {
        for cell in self.list.drain(..) {
            if let Some(id) = cell.id {
                self.first[id as usize] = END;
            }
        }
        self.next.clear();
    }

    pub(super) fn chain(&self, id: u16) -> impl Iterator<Item = usize> {
        let mut at = self.first.get(id as usize).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let here = at;
            (here != END).then(|| {
                at = self.next[here as usize];
                here as usize
            })
        })
    }

    /// Whether a tag has a cell that no rule has taken.
    pub(super) fn has_unused(&self, id: u16) -> bool {
        let first = self.first.get(usize::from(id)).and_then(|first| self.list.get(*first as usize));
        first.is_some_and(|cell| !cell.used || self.unused(id).is_some())
    }

    /// The first cell of a tag that no rule has taken: an empty one only where there is no other.
    pub(super) fn unused(&self, id: u16) -> Option<usize> {
        let mut at = *self.first.get(usize::from(id))?;
        let mut empty = None;
        while let Some(cell) = self.list.get(at as usize) {
            if !cell.used && !cell.raw.is_empty() {
                return Some(at as usize);
            }
            if !cell.used {
                empty = empty.or(Some(at as usize));
            }
            at = *self.next.get(at as usize)?;
        }
        empty
    }

    /// The next filled cell of the same tag that no rule has taken, if none has taken this one.
    pub(super) fn next_if_refused(&self, at: usize) -> Option<usize> {
        let is_open = |at: usize| self.list.get(at).filter(|cell| !cell.used);
        is_open(at)?;
        let following = std::iter::successors(self.next.get(at), |at| self.next.get(**at as usize));
        following.map(|at| *at as usize).find(|at| is_open(*at).is_some_and(|cell| !cell.raw.is_empty()))
    }

    /// Runs something that looks at what tags hold. An empty tag holds nothing.
    pub(super) fn with_seen<R>(&self, run: impl FnOnce(&Seen<'_>) -> R) -> R {
        let lookup = |id: u16| self.chain(id).map(|at| &*self.list[at].raw).find(|raw| !raw.is_empty());
        run(&Seen { mapping: self.mapping, lookup: &lookup })
    }
}
