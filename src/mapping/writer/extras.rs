//! What no row writes: the source's extras, and what lines before free text and a carrier hold.

use super::Engine;
use super::written::{NO_SLOT, Written, WrittenCell};
use crate::mapping::{CarryIn, Mapping, Way, carry, extra};
use crate::record::{Field, Record};
use crate::write::Outgoing;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

impl Engine<'_, '_, '_> {
    /// What the source's reader did not understand goes back as it came.
    pub(super) fn extras(&mut self) {
        let record = self.out.record();
        let is_foreign = !is_of_family(record, self.mapping.family);
        let mut put: FxHashSet<&str> = FxHashSet::default();
        let mut first: FxHashMap<u16, Option<Cow<'_, str>>> = FxHashMap::default();
        for at in 0..record.extras.len() {
            let extra = &record.extras[at];
            if extra.family != self.mapping.family {
                continue;
            }
            let again = put.contains(&*extra.tag);
            if !(self.mapping.takes_extra)(&extra.tag, again) {
                if !again {
                    self.extra_aside(at);
                }
                continue;
            }
            let order = self.mapping.tag(&extra.tag.to_uppercase()).or_else(|| self.mapping.tag(&extra.tag));
            let mut says_again = |tag: u16| {
                let says = || self.cell(tag).filter(|cell| cell.expression.is_none()).map(|cell| cell.raw.clone());
                !self.mapping.extras_apart
                    && extra.expression.is_none()
                    && first.entry(tag).or_insert_with(says).as_deref() == Some(&*extra.value)
            };
            if order.is_some_and(|tag| says_again(tag) || self.would_repeat(tag, &extra.value)) {
                continue;
            }
            if order.is_some_and(|tag| is_foreign && self.becomes_field(at, tag, &extra.value)) {
                continue;
            }
            self.out.take_extra(at);
            put.insert(&extra.tag);
            // One that stands apart says nothing of the record.
            let order = order.filter(|_| !self.mapping.extras_apart);
            let index = self.mapping.index();
            let is_kept = |tag: u16| {
                let name = self.mapping.tags[usize::from(tag)].name;
                !index.keys.contains(&tag) && index.of_tag(tag).is_empty() && self.mapping.keeps(name)
            };
            self.doubtful |= order.is_some_and(|tag| !is_kept(tag));
            self.push(WrittenCell {
                order: order.unwrap_or(u16::MAX),
                rank: order.unwrap_or(u16::MAX),
                tag: Cow::Owned(extra.tag.to_string()),
                raw: Cow::Borrowed(&extra.value),
                expression: extra.expression.as_deref().map(Cow::Borrowed),
                verbatim: true,
                slot: NO_SLOT,
            });
        }
    }

    /// Looks at an extra of our family in a record of another, whose tag may be read as a field here: whether it was
    /// written with what that field has. Carried, it comes back from a field of its own.
    fn becomes_field(&mut self, extra: usize, tag: u16, value: &str) -> bool {
        let fields = fields_read(self.mapping, tag);
        // Reading tells which of them it is.
        for field in &fields {
            self.out.move_extra(extra, *field);
        }
        fields.contains(&Field::Note) && !self.options.carry && self.goes_on(tag, value)
    }

    /// Appends more to what a tag holds already, if it is written.
    fn goes_on(&mut self, tag: u16, more: &str) -> bool {
        let mut cells = self.cells.iter_mut();
        let Some(cell) = cells.find(|cell| cell.order == tag && cell.expression.is_none()) else { return false };
        cell.raw.to_mut().extend(["; ", more]);
        self.doubtful = true;
        true
    }

    /// Whether what a tag holds would be taken for the repetition of another. A tag without rows may be another spelling of
    /// any that has some.
    fn would_repeat(&self, tag: u16, value: &str) -> bool {
        let index = self.mapping.index();
        let is_any = index.of_tag(tag).is_empty() && !self.mapping.keeps(self.mapping.tags[usize::from(tag)].name);
        let echoes = index.echoes(index.or_fallback(self.known)).iter();
        let mut may_be = echoes.filter(|echo| is_any || echo.tag == tag);
        may_be.any(|echo| self.cell(echo.of).is_some_and(|cell| cell.raw == value))
    }

    /// An extra whose own tag would say something else, where extras stand apart: under the carrier's name it comes back.
    /// Not so another of a tag that is there: it would come back before that one.
    fn extra_aside(&mut self, at: usize) {
        let CarryIn::Fields(prefix) = self.mapping.carry else { return };
        if self.mapping.extras_apart
            && self.sources
            && !self.options.is_for_zotero()
            && let Some(extra) = self.out.take_extra(at)
        {
            // Before the others, as it is read before them.
            self.put_carried(prefix, carry::of_extra(extra), u16::MAX - 1);
        }
    }

    fn put_carried(&mut self, prefix: &str, (name, value): (String, String), rank: u16) {
        self.push(WrittenCell {
            order: u16::MAX,
            rank,
            tag: Cow::Owned(format!("{prefix}{name}")),
            raw: Cow::Owned(value),
            expression: None,
            verbatim: false,
            slot: NO_SLOT,
        });
    }

    pub(super) fn carry(&mut self) {
        match self.mapping.carry {
            CarryIn::Nowhere => {}
            CarryIn::Lines(_) => {
                let leftovers = carry::leftovers(self.out);
                if let (Some(tag), false) = (self.mapping.index().carry, leftovers.is_empty()) {
                    let lines: Vec<String> = leftovers.iter().map(|(name, value)| carry::line(name, value)).collect();
                    self.put(tag, lines.join("\n"), NO_SLOT);
                }
            }
            CarryIn::Fields(prefix) => {
                for carried in carry::leftovers(self.out) {
                    self.put_carried(prefix, carried, u16::MAX);
                }
            }
        }
    }

    /// Lines before the format's free text: with a profile what else would be lost; else none, but a text that begins like
    /// one is kept apart.
    pub(super) fn lines(&mut self) {
        let (Some(lines), Some(tag)) = (&self.mapping.lines, self.mapping.index().lines) else { return };
        let written =
            if self.options.is_for_zotero() { extra::leftovers(lines, self.word, self.out) } else { Vec::new() };
        // Most records have no such tag.
        let found = if self.tags.may_have(tag) { self.cells.iter_mut().find(|cell| cell.order == tag) } else { None };
        let Some(cell) = found else {
            if !written.is_empty() {
                self.put(tag, (lines.raw)(&extra::join(&written, "")), NO_SLOT);
            }
            return;
        };
        // The source's own text as well: its lines were taken out of it, and the empty line before what looks like some.
        let joined = extra::join(&written, &(lines.text)(&cell.raw));
        cell.raw = Cow::Owned((lines.raw)(&joined));
    }
}

impl Mapping {
    /// Puts the fields of .bib files that stood in lines before the source's free text back there.
    pub(crate) fn put_tex_lines<'r>(&'static self, written: &mut Written<'r>, out: &mut Outgoing<'r, '_>) {
        let is_from_lines = out.record().extras.iter().any(|extra| extra.family == extra::TEX_FAMILY);
        let Some(lines) = self.lines.as_ref().filter(|_| is_from_lines && is_of_family(out.record(), self.family))
        else {
            return;
        };
        let all = extra::tex_lines(out);
        if all.is_empty() {
            return;
        }
        match written.cell_mut(lines.tag) {
            Some(cell) => {
                let text = (lines.text)(&cell.raw).into_owned();
                cell.raw = Cow::Owned((lines.raw)(&extra::join(&all, &extra::split(&text).1)));
            }
            None => written.insert(self, lines.tag, (lines.raw)(&extra::join(&all, ""))),
        }
    }
}

/// The fields as which a tag is read, if it is not one that stands apart.
fn fields_read(mapping: &'static Mapping, tag: u16) -> Vec<Field> {
    let rules = mapping.index().rules.iter().filter(|_| !mapping.extras_apart);
    rules.filter(|it| it.tags.first() == Some(&tag) && it.rule.way != Way::Write).map(|it| it.rule.field).collect()
}

/// Whether a record was read from a format of this family.
fn is_of_family(record: &Record, family: &str) -> bool {
    record.source_type.as_ref().is_some_and(|it| *it.family == *family)
}
