//! The strings that values were read from: kept where writing the values would not give them back.

use super::Engine;
use crate::mapping::cells::Cell;
use crate::mapping::index::TagSet;
use crate::mapping::writer::CellsBySlot;
use crate::mapping::{Mapping, Resolved, WrittenCell};
use crate::record::{Family, Field, Slot, Source, SourceCell, TagName};
use smallvec::SmallVec;
use std::collections::HashSet;
use std::ops::Range;

/// With how many values from the same strings these are kept at most.
const SHARED: u16 = 64;

/// A slot and the cells it was read from, until it is known whether they must be kept.
pub(super) struct Provenance {
    pub(super) slots: Range<usize>,
    pub(super) cells: CellList,
}

/// Cells by their places: one, as a rule.
pub(super) type CellList = SmallVec<[usize; 4]>;

impl Engine<'_, '_, '_> {
    /// The order of the tags is kept where it is not that of the table.
    fn keep_order(&mut self) {
        let Some(source) = self.record.source_type.as_mut().filter(|_| self.mapping.keeps_order) else { return };
        let place = |cell: &Cell<'_>| cell.id.unwrap_or(u16::MAX);
        if !self.cells.list.is_sorted_by_key(place) {
            source.order = self.cells.list.iter().map(|cell| tag_name(self.mapping, cell)).collect();
        }
    }

    pub(super) fn keeps_sources(&self) -> bool {
        self.reading.options.keep_source && self.cells.keeps_sources
    }

    /// Source text is kept where writing the record to this format would not give the same cells back.
    pub(super) fn keep_sources(&mut self) {
        if !self.keeps_sources() {
            return;
        }
        self.keep_order();
        // A value that is kept under another tag may take that of another value, so all are looked at once more then.
        for sources in [false, true] {
            let written = self.mapping.rehearse(&self.record, sources);
            let written = written.by_slot(self.record.slots.len());
            let mut unlike: Vec<usize> =
                (0..self.provenance.len()).filter(|at| !self.comes_back(&self.provenance[*at], &written)).collect();
            unlike.extend(self.beside(&unlike));
            let moved: Vec<usize> =
                unlike.iter().copied().filter(|at| !self.has_same_tags(&self.provenance[*at], &written)).collect();
            let again = !moved.is_empty() && self.concerns_others(&moved, &written);
            for known in unlike {
                self.keep_source(known);
            }
            if !again {
                return;
            }
        }
    }

    /// What stands in the same tags as values that do not come back, of the same fields, where the format has each tag once:
    /// the source's text goes back into a tag that has nothing but the source's text.
    fn beside(&self, unlike: &[usize]) -> Vec<usize> {
        if unlike.is_empty() {
            return Vec::new();
        }
        let slots = &self.record.slots;
        let mut counts = [0_usize; Field::ALL.len()];
        for slot in slots {
            counts[slot.field() as usize] += 1;
        }
        let field = |known: &Provenance| slots.get(known.slots.start).map(Slot::field);
        let is_one_of_several =
            |known: &&Provenance| field(known).is_some_and(|it| counts[it as usize] > known.slots.len());
        let mut cells: HashSet<usize> = HashSet::new();
        let mut tags: HashSet<(u16, Option<Field>)> = HashSet::new();
        for known in unlike.iter().map(|at| &self.provenance[*at]).filter(is_one_of_several) {
            cells.extend(&known.cells);
            tags.extend(self.single_tags(known).map(|tag| (tag, field(known))));
        }
        if tags.is_empty() {
            return Vec::new();
        }
        let is_beside = |at: &usize| {
            let known = &self.provenance[*at];
            unlike.binary_search(at).is_err()
                && self.single_tags(known).any(|tag| tags.contains(&(tag, field(known))))
                && !known.cells.iter().any(|cell| cells.contains(cell))
        };
        (0..self.provenance.len()).filter(is_beside).collect()
    }

    /// The tags of some cells that the format has once in a record.
    fn single_tags<'k>(&'k self, known: &'k Provenance) -> impl Iterator<Item = u16> + 'k {
        let tags = known.cells.iter().filter_map(|at| self.cells.list[*at].id);
        tags.filter(|tag| !self.mapping.tags[usize::from(*tag)].many)
    }

    /// Whether a value beside those that some tags gave may be written otherwise when these stand where the source had
    /// them, and not where they were written: a row of its field has one of either tags, or a condition.
    fn concerns_others(&self, moved: &[usize], written: &CellsBySlot<'_, '_>) -> bool {
        let index = self.mapping.index();
        let word = index.or_fallback(self.known);
        let mut is_moved = vec![false; self.record.slots.len()];
        let mut tags = TagSet::default();
        for known in moved.iter().map(|at| &self.provenance[*at]) {
            for at in &known.cells {
                let Some(tag) = self.cells.list[*at].id else { return true };
                tags.insert(tag);
            }
            for slot in known.slots.clone() {
                is_moved[slot] = true;
                written.of(slot).filter_map(WrittenCell::place).for_each(|tag| tags.insert(tag));
            }
        }
        let may_change = |rule: &Resolved| rule.rule.when.is_some() || rule.tags.iter().any(|tag| tags.may_have(*tag));
        let others = self.record.slots.iter().enumerate().filter(|(at, _)| !is_moved[*at]);
        let mut rules = others.flat_map(|(_, slot)| index.of_field(slot.field()));
        rules.any(|(at, mask)| word.is_in(*mask) && may_change(&index.rules[usize::from(*at)]))
            || index.echoes(word).iter().any(|echo| tags.may_have(echo.tag) || tags.may_have(echo.of))
    }

    /// Whether writing gives the tags that some slots were read from, whatever the values.
    fn has_same_tags(&self, known: &Provenance, written: &CellsBySlot<'_, '_>) -> bool {
        let mut mine: Vec<&str> = known.cells.iter().map(|at| &*self.cells.list[*at].tag).collect();
        let mut again: Vec<&str> =
            known.slots.clone().flat_map(|slot| written.pairs_of(slot)).map(|(tag, _)| tag).collect();
        mine.sort_unstable();
        again.sort_unstable();
        mine == again
    }

    /// Whether writing gives the cells that some slots were read from.
    fn comes_back(&self, known: &Provenance, written: &CellsBySlot<'_, '_>) -> bool {
        let cells = || known.cells.iter().map(|at| &self.cells.list[*at]);
        if cells().any(|cell| cell.expression.is_some()) {
            return false;
        }
        if let ([only], 1) = (known.cells.as_slice(), known.slots.len()) {
            let mut again = written.pairs_of(known.slots.start);
            let cell = &self.cells.list[*only];
            return again.next() == Some((&*cell.tag, &*cell.raw)) && again.next().is_none();
        }
        let mut mine: Vec<(&str, &str)> = cells().map(|cell| (&*cell.tag, &*cell.raw)).collect();
        let mut again: Vec<(&str, &str)> = known.slots.clone().flat_map(|slot| written.pairs_of(slot)).collect();
        mine.sort_unstable();
        again.sort_unstable();
        mine == again
    }

    /// Keeps the cells that some slots were read from with these slots.
    fn keep_source(&mut self, known: usize) {
        let known = &self.provenance[known];
        let count = u16::try_from(known.slots.len()).unwrap_or(u16::MAX);
        // Of many values it does not pay to keep the same strings with each.
        if known.cells.is_empty() || count > SHARED {
            return;
        }
        let cell = |cell: &Cell<'_>| SourceCell {
            tag: tag_name(self.mapping, cell),
            raw: (*cell.raw).into(),
            expression: cell.expression.clone(),
        };
        let cells: Vec<SourceCell> = known.cells.iter().map(|at| cell(&self.cells.list[*at])).collect();
        for (at, slot) in (0..count).zip(known.slots.clone()) {
            let family = Family::Borrowed(self.mapping.family);
            let source = Source { family, cells: cells.clone(), part: (at, count) };
            self.record.slots[slot].keep_source(source);
        }
    }
}

/// The tag of a cell, lent by the table if that spells it so.
fn tag_name(mapping: &'static Mapping, cell: &Cell<'_>) -> TagName {
    let of_table = cell.id.and_then(|id| mapping.tags.get(usize::from(id))).filter(|tag| *tag.name == *cell.tag);
    of_table.map_or_else(|| TagName::Owned(cell.tag.to_string()), |tag| TagName::Borrowed(tag.name))
}
