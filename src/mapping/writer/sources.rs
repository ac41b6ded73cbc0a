//! Source text goes back as it came, where it says what the record says and the tag is free.

use super::Engine;
use super::written::{NO_SLOT, WrittenCell};
use crate::mapping::codec::{CellSink, CodecReading, Put, Shape};
use crate::mapping::{Resolved, TypeRule, Way};
use crate::record::{Basis, Parts, Slot, Source, Value};
use std::borrow::Cow;

impl<'r> Engine<'_, 'r, '_> {
    /// Whether values that a row would join to one tag are partly as the source had them there and partly not. To the
    /// source's text nothing can be joined: it may separate values otherwise than we do.
    pub(super) fn is_mixed(&self, resolved: &Resolved) -> bool {
        let (rule, record) = (resolved.rule, self.out.record());
        let has_several = self.slots.first(rule.field).is_some_and(|first| self.slots.after(first).is_some());
        if !has_several || !matches!(rule.codec.shape, Shape::Joined(_)) {
            return false;
        }
        let slots = || self.slots.of(rule.field).map(|at| (at, &record.slots[at]));
        let own = self.is_own_source();
        // In another dialect one tag cannot stand twice.
        let sources = || slots().filter_map(|(_, slot)| slot.source(self.mapping.family));
        let Some(first) = sources().next() else { return false };
        let stood_twice = |it: &Source| sources().filter(|other| other.cells == it.cells).count() > it.part.1.into();
        if !own && stood_twice(first) {
            return true;
        }
        let fits = |slot: &Slot| {
            slot.source(self.mapping.family).is_some_and(|source| {
                let in_tag = |tag: &str| self.mapping.tag(tag) == resolved.tags.first().copied();
                own || (source.cells.iter().all(|cell| in_tag(&cell.tag)) && first.cells == source.cells)
            })
        };
        slots().filter(|(at, _)| !self.out.is_taken(*at)).any(|(_, slot)| {
            let mut sink = CellSink::new(self.options, self.word);
            !fits(slot) && (rule.codec.write)(slot.value(), &mut sink).is_some()
        })
    }

    /// Whether the record's source text says in this format what it said there: to another dialect, and under another
    /// type word, a tag may say something else.
    fn is_own_source(&self) -> bool {
        match &self.out.record().source_type {
            Some(it) => it.format == self.mapping.format && it.word.eq_ignore_ascii_case(self.word),
            None => self.is_guessed(),
        }
    }

    /// Whether a record without a type word was read by the one that is written: it was guessed, and nothing but the word
    /// says what kind it is.
    fn is_guessed(&self) -> bool {
        let record = self.out.record();
        let is_of_kind = |row: &TypeRule| {
            (row.way, row.mark, row.kind) == (Way::Both, None, record.kind)
                && row.subtype == record.subtype.as_deref()
                && row.word == self.word
        };
        let types = &self.mapping.types;
        types.guess.is_some() && record.basis != Basis::Stated && types.rows.iter().any(is_of_kind)
    }

    /// Whether any row reads a slot's field from one of the tags of its source; `None` if no row of the table reads any of
    /// them. A record that was made by hand may say otherwise than a source does.
    fn is_read(&self, at: usize, tags: &[u16]) -> Option<bool> {
        let index = self.mapping.index();
        let field = self.out.record().slots[at].field();
        if tags.iter().all(|tag| index.of_tag(*tag).is_empty()) {
            return None;
        }
        let word = index.or_fallback(self.known);
        let rows = tags.iter().flat_map(|tag| index.of_tag(*tag)).filter(|(_, words)| word.is_in(*words));
        Some(rows.map(|(at, _)| &index.rules[usize::from(*at)]).any(|row| row.rule.field == field))
    }

    /// Writes a slot as the source had it, if the source was of this format, or of another dialect that has the same
    /// tags for it as those which a row would write.
    pub(super) fn put_source(&mut self, at: usize, written: Option<(&Resolved, &[Put<'_>])>) -> bool {
        let record = self.out.record();
        let Some((source, slots)) = self.shared_source(at) else { return false };
        let tags: Vec<u16> = source.cells.iter().filter_map(|cell| self.mapping.tag(&cell.tag)).collect();
        if tags.len() < source.cells.len() {
            return false;
        }
        let same_tags = || {
            let row = |(row, cells): (&Resolved, &[Put<'_>])| {
                cells.len() == tags.len()
                    && cells.iter().all(|(at, _)| tags.contains(&row.tags[*at]))
                    && self.reads_alike(row, source, &tags, &slots)
            };
            written.is_some_and(row)
        };
        let is_read = self.is_read(at, &tags);
        let is_empty = source.cells.iter().all(|cell| cell.raw.is_empty());
        let own = self.is_own_source() && is_read != Some(false) && !is_empty;
        let fits = !self.options.ascii
            || source.cells.iter().all(|cell| cell.expression.as_ref().unwrap_or(&cell.raw).is_ascii());
        // What the source had twice it gets twice.
        let is_free = |tag: &u16| {
            // What the record has from elsewhere is none of it.
            let is_other =
                |slot: usize| record.slots.get(slot).is_some_and(|it| it.field() != record.slots[at].field());
            let is_sources = |cell: &WrittenCell<'_>| cell.verbatim || is_other(cell.slot);
            self.is_free(*tag) || (own && self.cells.iter().all(|cell| cell.order != *tag || is_sources(cell)))
        };
        if !(fits && tags.iter().all(is_free) && (own || same_tags())) {
            return false;
        }
        // A tag without rows is another spelling of one that has some, or nothing at all.
        self.doubtful |= is_read.is_none();
        // The order of the tags is that of the names, one list from several, where it is not kept anyway.
        let is_ordered = !self.mapping.keeps_order && matches!(record.slots[at].value(), Value::Names(_));
        let mut rank = 0;
        for (&tag, cell) in tags.iter().zip(&source.cells) {
            // Of two fields that the source had in one tag, each may be read as the other.
            self.doubtful |= self.cell(tag).is_some_and(|other| {
                other.slot != NO_SLOT && record.slots[other.slot].field() != record.slots[at].field()
            });
            rank = if is_ordered { tag.max(rank) } else { tag };
            let written = WrittenCell {
                order: tag,
                rank,
                tag: cell.tag.clone(),
                raw: Cow::Borrowed(&cell.raw),
                expression: cell.expression.as_deref().map(Cow::Borrowed),
                verbatim: true,
                slot: at,
            };
            // What a tag holds several times is read in the order of the slots.
            let behind = |other: &WrittenCell<'_>| other.order == tag && other.slot != NO_SLOT && other.slot > at;
            let may_be_behind = own && self.latest.iter().any(|(it, latest)| *it == tag && *latest > at);
            match may_be_behind.then(|| self.cells.iter().position(behind)).flatten() {
                Some(place) => self.cells.insert(place, written),
                None => self.push(written),
            }
        }
        let others = self.slots.of(record.slots[at].field()).any(|slot| slots.binary_search(&slot).is_err());
        let elsewhere = |(row, _): (&Resolved, &[Put<'_>])| !tags.iter().all(|tag| row.tags.contains(tag));
        self.doubtful |= others && written.is_none_or(elsewhere);
        for slot in slots {
            self.out.take_slot(slot, Parts::ALL);
        }
        true
    }

    /// The source text of a slot, and the slots that were read from it: they must all be there, this the first of them.
    fn shared_source(&self, at: usize) -> Option<(&'r Source, Vec<usize>)> {
        let record = self.out.record();
        let first = &record.slots[at];
        let source = first.source(self.mapping.family).filter(|source| source.part.0 == 0)?;
        let mut slots = vec![at];
        if source.part.1 > 1 {
            let parts = record.slots.iter().enumerate().skip(at + 1).filter(|(_, slot)| slot.field() == first.field());
            for ((slot, it), part) in parts.zip(1..source.part.1) {
                let same = it.source(self.mapping.family).is_some_and(|it| {
                    it.part == (part, source.part.1) && it.cells == source.cells && !self.out.is_taken(slot)
                });
                if !same {
                    return None;
                }
                slots.push(slot);
            }
        }
        (slots.len() == usize::from(source.part.1)).then_some((source, slots))
    }

    /// Whether a row would read from some cells of another dialect what was read from them there: what is one text to
    /// one dialect may be a list to the other.
    fn reads_alike(&self, row: &Resolved, source: &Source, tags: &[u16], slots: &[usize]) -> bool {
        let values = || slots.iter().map(|slot| self.out.record().slots[*slot].value());
        let codec = row.rule.codec;
        let cell = |tag: &u16| tags.iter().zip(&source.cells).find(|(it, _)| *it == tag).map_or("", |(_, it)| &*it.raw);
        let raws: Vec<&str> = row.tags.iter().map(cell).collect();
        let raws = if codec.shape == Shape::Across { raws.as_slice() } else { raws.get(..1).unwrap_or_default() };
        let mut cx = CodecReading::silent(self.word);
        let mut reads = Vec::new();
        (codec.read)(raws, &mut cx, &mut reads) && reads.iter().eq(values())
    }

    /// What was read by rows for reading alone, and no row for writing took, goes back where it came from.
    pub(super) fn left_with_source(&mut self) {
        if !self.sourced {
            return;
        }
        for at in self.out.slots_left() {
            let field = self.out.record().slots[at].field();
            if self.put_source(at, None) {
                self.written(field, at);
            }
        }
    }
}
