//! What is written of a record: its tags, before any format spells them.

use crate::bytes::is_same_word;
use crate::mapping::Mapping;
use crate::record::{Field, Record};
use crate::write::Outgoing;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The slot of a tag that was written from no slot: a key, a second word of the type, an echo.
pub(super) const NO_SLOT: usize = usize::MAX;

/// A tag to be written.
#[derive(Clone, Debug)]
pub struct WrittenCell<'r> {
    /// The tag's place in the table; tags that are not in it come last.
    pub(super) order: u16,
    /// Its place in the output: that of the tag, but for what the source had behind another tag.
    pub(super) rank: u16,
    /// The tag.
    pub tag: Cow<'static, str>,
    /// The raw value: what stands in the record as it is written is a piece of it.
    pub raw: Cow<'r, str>,
    /// What is written in its place, where that is an expression which says it: see
    /// [`SourceCell::expression`](crate::record::SourceCell::expression). Who changes the raw value takes it away.
    pub expression: Option<Cow<'r, str>>,
    /// Whether it stands as the source had it.
    pub(super) verbatim: bool,
    /// The index of the slot it was written from.
    pub(super) slot: usize,
}

impl WrittenCell<'_> {
    /// Whether it stands as the source had it: an extra, or the source text of a slot.
    pub fn is_verbatim(&self) -> bool {
        self.verbatim
    }

    /// The tag's place in the table, if it is in it.
    pub fn place(&self) -> Option<u16> {
        Some(self.order).filter(|order| *order != u16::MAX)
    }

    /// The index of the slot it was written from; `None` for what belongs to no slot.
    pub fn slot(&self) -> Option<usize> {
        Some(self.slot).filter(|slot| *slot != NO_SLOT)
    }
}

/// A record as tags.
#[derive(Debug)]
pub struct Written<'r> {
    /// The type word.
    pub word: Cow<'static, str>,
    /// The tags in the order of the table. To add one there is [`insert`](Written::insert): by its name alone one that was
    /// put here in another way may not be found.
    pub cells: Vec<WrittenCell<'r>>,
    /// Whether no row knows what reading will make of them: a tag that was not understood may be understood beside these,
    /// and values that the source had in several tags may change places.
    pub is_doubtful: bool,
    /// The names of the tags, and perhaps of some that were taken out again, once any tag was asked for.
    names: OnceCell<NameSet>,
}

/// Names of tags: a bit for each of so many hashes. Most that a writer asks for are not there, which one look tells; of the
/// names in its code the hash is known when they are compiled.
#[derive(Clone, Debug, Default)]
struct NameSet([u64; 4]);

impl NameSet {
    #[inline]
    fn place(name: &str) -> (usize, u32) {
        let bytes = name.as_bytes();
        let byte = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(*byte));
        let hash = bytes.len() * 37 + byte(0) * 5 + byte(bytes.len().wrapping_sub(1)) * 11;
        (hash / 64 % 4, (hash % 64) as u32)
    }

    fn insert(&mut self, name: &str) {
        let (word, bit) = NameSet::place(name);
        self.0[word] |= 1 << bit;
    }

    #[inline]
    fn may_have(&self, name: &str) -> bool {
        let (word, bit) = NameSet::place(name);
        self.0[word] >> bit & 1 == 1
    }
}

impl<'r> Written<'r> {
    /// The tags and values written from a slot.
    pub fn of_slot(&self, slot: usize) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().filter(move |cell| cell.slot == slot).map(|cell| (&*cell.tag, &*cell.raw))
    }

    /// The same of each of so many slots, for who asks of all of them.
    pub(in crate::mapping) fn by_slot(&self, slots: usize) -> CellsBySlot<'_, 'r> {
        let mut first: Places = SmallVec::from_elem(NONE, slots);
        let mut next: Places = SmallVec::from_elem(NONE, self.cells.len());
        for (at, cell) in self.cells.iter().enumerate().rev() {
            if let Some(first) = first.get_mut(cell.slot) {
                next[at] = std::mem::replace(first, at as u32);
            }
        }
        CellsBySlot { cells: &self.cells, first, next }
    }
}

/// Places of cells in a list.
type Places = SmallVec<[u32; 64]>;

/// No place.
const NONE: u32 = u32::MAX;

/// The tags of a written record by the slots they were written from.
pub(in crate::mapping) struct CellsBySlot<'w, 'r> {
    cells: &'w [WrittenCell<'r>],
    /// For each slot its first cell.
    first: Places,
    /// For each cell the next of its slot.
    next: Places,
}

impl<'w, 'r> CellsBySlot<'w, 'r> {
    /// The tags written from a slot, in their order.
    pub(in crate::mapping) fn of(&self, slot: usize) -> impl Iterator<Item = &'w WrittenCell<'r>> {
        let place = |list: &Places, at: usize| list.get(at).map(|it| *it as usize).filter(|it| *it < self.cells.len());
        let first = place(&self.first, slot);
        std::iter::successors(first, move |at| place(&self.next, *at)).map(|at| &self.cells[at])
    }

    /// What these tags hold, with their names.
    pub(in crate::mapping) fn pairs_of(&self, slot: usize) -> impl Iterator<Item = (&'w str, &'w str)> {
        self.of(slot).map(|cell| (&*cell.tag, &*cell.raw))
    }
}

/// A tag by the name that the table has for it, if it has one.
fn name_of(mapping: &'static Mapping, tag: &str) -> Cow<'static, str> {
    match mapping.tag(tag) {
        Some(id) => Cow::Borrowed(mapping.tags[id as usize].name),
        None => Cow::Owned(tag.to_owned()),
    }
}

impl<'r> Written<'r> {
    pub(super) fn new(word: Cow<'static, str>, cells: Vec<WrittenCell<'r>>, is_doubtful: bool) -> Written<'r> {
        Written { word, cells, is_doubtful, names: OnceCell::new() }
    }

    /// Whether a tag may be there.
    #[inline]
    fn may_have(&self, tag: &str) -> bool {
        let of_cells = || {
            let mut names = NameSet::default();
            self.cells.iter().for_each(|cell| names.insert(&cell.tag));
            names
        };
        self.names.get_or_init(of_cells).may_have(tag)
    }

    /// Notes that there is a tag of this name now.
    fn note_name(&mut self, tag: &str) {
        if let Some(names) = self.names.get_mut() {
            names.insert(tag);
        }
    }

    /// The value of a tag.
    #[inline]
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.cell(tag).map(|cell| &*cell.raw)
    }

    /// The first cell of a tag.
    #[inline]
    pub(crate) fn cell(&self, tag: &str) -> Option<&WrittenCell<'r>> {
        self.may_have(tag).then(|| self.cells.iter().find(|cell| is_same_word(&cell.tag, tag))).flatten()
    }

    /// The first cell of a tag, to be changed.
    #[inline]
    pub(crate) fn cell_mut(&mut self, tag: &str) -> Option<&mut WrittenCell<'r>> {
        self.may_have(tag).then(|| self.cells.iter_mut().find(|cell| is_same_word(&cell.tag, tag))).flatten()
    }

    /// Writes one more tag, in its place in the table.
    pub fn insert(&mut self, mapping: &'static Mapping, tag: &str, raw: impl Into<Cow<'r, str>>) {
        self.insert_of(mapping, tag, raw, NO_SLOT);
    }

    /// Adds words to the value of a tag, or writes the tag.
    pub fn append(&mut self, mapping: &'static Mapping, tag: &str, words: &str) {
        match self.cell_mut(tag) {
            Some(cell) => cell.raw.to_mut().extend(["; ", words]),
            None => self.insert(mapping, tag, words.to_owned()),
        }
    }

    /// Says the short title of what the work stands in as its title, too, where that is missing and `title` is its tag: no
    /// style prints the short one alone. Whether there was any.
    pub(crate) fn complete_title(
        &mut self,
        mapping: &'static Mapping,
        out: &mut Outgoing<'r, '_>,
        short: &str,
        title: &str,
    ) -> bool {
        let Some(raw) = self.get(short).map(str::to_owned) else { return false };
        out.added(Field::ContainerTitle, &raw);
        self.insert(mapping, title, raw);
        true
    }

    /// Writes one more tag of a slot, in its place in the table.
    pub fn insert_of(&mut self, mapping: &'static Mapping, tag: &str, raw: impl Into<Cow<'r, str>>, slot: usize) {
        let order = mapping.tag(tag).unwrap_or(u16::MAX);
        let at = self.cells.partition_point(|cell| cell.rank <= order);
        let cell = WrittenCell {
            order,
            rank: order,
            tag: name_of(mapping, tag),
            raw: raw.into(),
            expression: None,
            verbatim: false,
            slot,
        };
        self.note_name(&cell.tag);
        self.cells.insert(at, cell);
    }

    /// Gives extras whose tag is not in the table the tag that has this number, in its place: they may be read as the first
    /// of it now.
    pub(crate) fn rename_extras(&mut self, mapping: &'static Mapping, usual: impl Fn(&str) -> Option<u16>) {
        let mut is_changed = false;
        for cell in self.cells.iter_mut().filter(|cell| cell.order == u16::MAX && cell.slot == NO_SLOT) {
            if let Some(number) = usual(&cell.tag) {
                (cell.order, cell.rank) = (number, number);
                cell.tag = Cow::Borrowed(mapping.tags[usize::from(number)].name);
                is_changed = true;
            }
        }
        if is_changed {
            self.names.take();
            self.cells.sort_by_key(|cell| cell.rank);
            self.is_doubtful = true;
        }
    }

    /// Puts the tags into the order in which the source had them, where it was of this format; those that it did not have
    /// come last.
    pub fn as_in_source(&mut self, mapping: &'static Mapping, record: &Record) {
        let source = record.source_type.as_ref().filter(|it| it.format == mapping.format);
        let Some(order) = source.map(|it| &it.order).filter(|order| !order.is_empty()) else { return };
        // For each tag its first place in the source, for each place the next of the same tag.
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        let mut next = vec![usize::MAX; order.len()];
        for (at, tag) in order.iter().enumerate().rev() {
            next[at] = first.insert(tag, at).unwrap_or(usize::MAX);
        }
        self.cells.sort_by_cached_key(|cell| {
            let Some(place) = first.get_mut(&*cell.tag) else { return usize::MAX };
            std::mem::replace(place, next.get(*place).copied().unwrap_or(usize::MAX))
        });
    }

    /// Leaves out the second word of the type.
    pub(in crate::mapping) fn drop_mark(&mut self, mapping: &'static Mapping) {
        let mark = mapping.index().mark;
        self.cells.retain(|cell| cell.slot != NO_SLOT || Some(cell.order) != mark);
    }

    /// Whether the type word and all tags are the same, whatever slots they come from.
    pub fn says_the_same(&self, other: &Written<'_>) -> bool {
        self.word == other.word && self.pairs().eq(other.pairs())
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().map(|cell| (&*cell.tag, &*cell.raw))
    }
}
