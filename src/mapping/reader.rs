//! From tags to a record.

mod lines;
mod sources;
mod wide;

use super::by_field::FieldSet;
use super::cells::{Cell, Cells, END};
use super::codec::{CodecReading, Shape};
use super::index::WordAt;
use super::{CarryIn, Mapping, Resolved, carry};
use crate::diagnostic::{FIELD_REPEATED, FIELD_UNKNOWN, TYPE_MISSING, TYPE_UNKNOWN};
use crate::read::Reading;
use crate::record::{Basis, Extra, Family, Field, Key, Names, Origin, Record, Slot, SourceType, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use sources::Provenance;
use std::borrow::Cow;
use std::ops::Range;

struct Engine<'e, 'a, 't> {
    mapping: &'static Mapping,
    cells: &'e mut Cells<'t>,
    reading: &'e mut Reading<'a>,
    word: &'e str,
    /// The place of the word in the tables, if it is in them.
    known: Option<WordAt>,
    record: Record,
    /// The fields that the record has.
    fields: FieldSet,
    provenance: Vec<Provenance>,
}

impl Mapping {
    /// Makes a record of the tags of one entry. `word` is the type word, if the entry has one; `at` is where the entry
    /// stands. What no rule takes is kept as extras, with a finding.
    pub fn read(
        &'static self,
        word: Option<&str>,
        cells: &mut Cells<'_>,
        reading: &mut Reading<'_>,
        at: Range<usize>,
    ) -> Record {
        let place = reading.place(at.start);
        let guess = self.types.guess.filter(|_| word.is_none());
        let guessed = guess.and_then(|guess| cells.with_seen(guess));
        let stated = word.or(guessed).unwrap_or(self.types.fallback);
        let known = self.index().known_word(stated);
        let named = word.filter(|_| known.is_none()).and_then(|word| self.types.named(word));
        let decided = named.unwrap_or(stated);
        let mut engine = Engine {
            mapping: self,
            cells,
            reading,
            word: decided,
            known: named.map_or(known, |named| self.index().known_word(named)),
            record: Record::new(crate::record::Kind::Misc),
            fields: FieldSet::default(),
            provenance: Vec::new(),
        };
        engine.record.origin = Origin { number: 0, place };
        // Some tags hold several values.
        engine.record.slots = Vec::with_capacity(2 + engine.cells.len() * 3 / 2);
        engine.types(word, at);
        engine.set_wide_lists_aside();
        engine.keys();
        let lines = engine.take_lines();
        engine.echoes();
        engine.apply_rules();
        engine.file_lines(&lines);
        engine.leftovers();
        // Restoring moves slots about: what is known of them by their places is used up before.
        engine.keep_sources();
        engine.carried();
        engine.record
    }
}

impl<'t> Engine<'_, '_, 't> {
    fn types(&mut self, word: Option<&str>, at: Range<usize>) {
        let cells = &*self.cells;
        let mark_id = self.mapping.index().mark;
        let marks: Vec<&str> =
            mark_id.into_iter().flat_map(|id| cells.chain(id)).map(|at| &*cells.list[at].raw).collect();
        let meaning = cells.with_seen(|seen| self.mapping.meaning(self.word, self.known, &marks, seen));
        self.record.kind = meaning.kind;
        self.record.subtype = meaning.subtype.map(Into::into);
        self.record.basis =
            if word.is_none() && meaning.basis == Basis::Stated { self.basis_of_guess() } else { meaning.basis };
        if meaning.by_mark
            && let Some(id) = mark_id
        {
            // The mark that decided is used up; it is the first that any row of the word has.
            let decided =
                self.cells.chain(id).find(|at| self.mapping.types.is_mark(self.word, &self.cells.list[*at].raw));
            if let Some(at) = decided {
                self.cells.list[at].used = true;
            }
        }
        match word {
            None => {
                let start = at.start..at.start;
                let message = format!("this record has no type word; it was read as {}", self.record.kind.name());
                self.reading.report(&TYPE_MISSING, start, message);
            }
            Some(word) => {
                self.record.source_type = Some(SourceType {
                    family: Family::Borrowed(self.mapping.family),
                    format: Family::Borrowed(self.mapping.format),
                    word: word.into(),
                    order: Vec::new(),
                });
                if self.known.is_none() || self.word != word {
                    let kind = self.record.kind.name();
                    let word = crate::record::excerpt(word, 40);
                    let message = || format!("unknown type word `{word}`; the record was read as {kind}");
                    self.reading.report_once(&TYPE_UNKNOWN, at.start..at.start, &*word, message);
                }
            }
        }
    }

    /// How the kind of a record without a type word is known.
    fn basis_of_guess(&self) -> Basis {
        if self.word == self.mapping.types.fallback { Basis::Defaulted } else { Basis::Inferred }
    }

    /// The citation key: the first of the key tags, another only where it looks like a key.
    fn keys(&mut self) {
        for (rank, id) in self.mapping.index().keys.iter().enumerate() {
            let Some(at) = self.cells.unused(*id) else { continue };
            let raw = &*self.cells.list[at].raw;
            let fits = !raw.is_empty() && (rank == 0 || looks_like_key(raw));
            if self.record.key.is_none()
                && fits
                && let Some(key) = Key::of_source(raw)
            {
                self.record.key = Some(key);
                self.cells.list[at].used = true;
            }
        }
    }

    /// Tags that only repeat another say nothing.
    fn echoes(&mut self) {
        let index = self.mapping.index();
        for echo in index.echoes(index.or_fallback(self.known)) {
            let mut next = self.cells.first[echo.tag as usize];
            if next == END {
                continue;
            }
            let Some(original) = self.cells.unused(echo.of) else { continue };
            while next != END {
                let at = next as usize;
                if at != original && self.cells.list[at].raw == self.cells.list[original].raw {
                    self.cells.list[at].used = true;
                }
                next = self.cells.next[at];
            }
        }
    }

    /// Applies, in the order of the table, the rules for the type word that have any of the tags.
    fn apply_rules(&mut self) {
        let index = self.mapping.index();
        let Some(of_word) = index.rules_of(index.or_fallback(self.known)) else { return };
        let mut rules = std::mem::take(&mut self.cells.rules);
        rules.clear(of_word);
        for id in self.cells.list.iter().filter_map(|cell| cell.id) {
            rules.add(of_word.of_tag(id));
        }
        for at in rules.iter(of_word) {
            let resolved = &index.rules[at];
            // Most rules come too late: the tag was taken by one before.
            if resolved.tags.iter().any(|tag| self.cells.has_unused(*tag)) {
                self.apply(resolved);
            }
        }
        self.cells.rules = rules;
    }

    fn apply(&mut self, resolved: &Resolved) {
        if let Some(condition) = resolved.rule.when
            && !self.cells.with_seen(condition)
        {
            return;
        }
        match resolved.rule.codec.shape {
            Shape::Each | Shape::Joined(_) => {
                let Some(id) = resolved.tags.first() else { return };
                let mut next = self.cells.first[*id as usize];
                let taken = self.taken(*id);
                while next != END {
                    let at = next as usize;
                    next = self.cells.next[at];
                    let cell = &self.cells.list[at];
                    if !cell.used && !taken.iter().any(|other| self.cells.list[*other].says_the_same(cell)) {
                        self.decode(resolved, &[Some(at)]);
                    }
                }
            }
            Shape::All => {
                let Some(id) = resolved.tags.first() else { return };
                let mut unused = self.cells.chain(*id).filter(|at| !self.cells.list[*at].used).map(Some);
                let Some(first) = unused.next() else { return };
                // One, as a rule.
                let more: Vec<Option<usize>> = unused.collect();
                if more.is_empty() {
                    self.decode(resolved, &[first]);
                } else {
                    self.decode(resolved, &[&[first], more.as_slice()].concat());
                }
            }
            // A value that the rule refuses leaves its place to the next of the same tag.
            Shape::Across if let [id] = resolved.tags.as_slice() => {
                let mut next = self.cells.unused(*id);
                while let Some(only) = next {
                    self.decode(resolved, &[Some(only)]);
                    next = self.cells.next_if_refused(only);
                }
            }
            Shape::Across => {
                let mut all: SmallVec<[Option<usize>; 8]> = SmallVec::new();
                resolved.tags.iter().for_each(|id| all.push(self.cells.unused(*id)));
                if all.iter().any(Option::is_some) {
                    self.decode(resolved, &all);
                }
                while let Some(next) = all.first().copied().flatten().and_then(|at| self.cells.next_if_refused(at)) {
                    all[0] = Some(next);
                    self.decode(resolved, &all);
                }
            }
        }
    }

    /// The cells of a tag, if there are several, that rows before took: what one says means nothing more the second time.
    /// But a mark was taken for the kind.
    fn taken(&self, tag: u16) -> SmallVec<[usize; MOST_TAKEN]> {
        if self.cells.chain(tag).nth(1).is_none() || self.mapping.index().mark == Some(tag) {
            return SmallVec::new();
        }
        self.cells.chain(tag).filter(|at| self.cells.list[*at].used).take(MOST_TAKEN).collect()
    }

    /// Reads some cells by a rule and files what they say.
    fn decode(&mut self, resolved: &Resolved, from: &[Option<usize>]) {
        let rule = resolved.rule;
        let Cells { list, values, beside, .. } = &mut *self.cells;
        values.clear();
        if !beside.is_empty() {
            beside.clear();
        }
        let mut cx = CodecReading {
            word: self.word,
            reading: Some(&mut *self.reading),
            at: 0..0,
            is_mended: false,
            beside: Some(beside),
        };
        let read = if let [Some(only)] = from {
            let cell = &list[*only];
            cx.at = cell.at.clone();
            (rule.codec.read)(&[&*cell.raw], &mut cx, values)
        } else {
            cx.at = from.iter().flatten().next().map_or(0..0, |at| list[*at].at.clone());
            let raws: SmallVec<[&str; 8]> = from.iter().map(|at| at.map_or("", |at| &*list[at].raw)).collect();
            (rule.codec.read)(&raws, &mut cx, values)
        };
        let is_mended = cx.is_mended;
        if read && self.has_room(rule.field) {
            if !self.cells.beside.is_empty() {
                self.keep_beside(from);
            }
            for at in from.iter().flatten() {
                self.cells.list[*at].used = true;
            }
            // Where each value would have a tag of its own, one tag with several is not how this format is written.
            let apart = match rule.codec.shape {
                Shape::Joined(_) => self.is_list_apart(resolved),
                _ => self.cells.values.len() > 1,
            };
            self.file(rule.field, if apart || is_mended { &[] } else { from });
        }
    }

    /// Whether what was read by a rule that joins is a part of a list that stands in several places of a tag that a record
    /// has once: it is written as one.
    fn is_list_apart(&self, resolved: &Resolved) -> bool {
        let is_list = || matches!(self.cells.values.first(), Some(Value::Keyword(_) | Value::Names(_)));
        let several = |tag: u16| !self.mapping.tags[usize::from(tag)].many && self.cells.chain(tag).nth(1).is_some();
        is_list() && resolved.tags.iter().any(|tag| several(*tag))
    }

    /// Keeps what some cells hold beside the value that was read from them.
    #[cold]
    fn keep_beside(&mut self, from: &[Option<usize>]) {
        let beside = std::mem::take(&mut self.cells.beside);
        let Some(cell) = from.iter().flatten().next().and_then(|at| self.cells.list.get(*at)) else { return };
        for it in beside {
            let place = self.reading.place(cell.at.start);
            self.record.extras.push(Extra {
                family: Family::Borrowed(self.mapping.family),
                tag: [&*cell.tag, ".", &it.name].concat().into(),
                value: it.value,
                expression: it.expression,
                place,
            });
        }
    }

    /// A field that holds one value takes no second one of those that were read.
    fn has_room(&self, field: Field) -> bool {
        field.repeats() || self.cells.values.is_empty() || !self.fields.has(field)
    }

    fn push(&mut self, field: Field, value: Value) {
        self.fields.insert(field);
        self.record.slots.push(Slot::new(field, value));
    }

    /// Files the values that were read, which some cells gave.
    fn file(&mut self, field: Field, cells: &[Option<usize>]) {
        let from = self.record.slots.len();
        if self.cells.values.len() > 1 {
            // In the order in which they were read.
            self.cells.values.reverse();
        }
        while let Some(mut value) = self.cells.values.pop() {
            let says_nothing = match &mut value {
                Value::Names(names) => {
                    // What was nothing but commas is nobody.
                    names.list.retain(|name| !name.is_empty());
                    (names.list.is_empty() && names.unplaced.is_empty()) || self.joins(field, names, cells)
                }
                other => other.is_empty(),
            };
            if !says_nothing {
                self.push(field, value);
            }
        }
        let slots = from..self.record.slots.len();
        if !slots.is_empty() && self.keeps_sources() {
            self.provenance.push(Provenance { slots, cells: cells.iter().flatten().copied().collect() });
        }
    }

    /// Names of one role from several tags are one list: whether these were appended to one.
    fn joins(&mut self, field: Field, more: &mut Names, cells: &[Option<usize>]) -> bool {
        let same_role = |slot: &Slot| matches!(slot.value(), Value::Names(names) if names.role == more.role);
        let is_such = |slot: &Slot| slot.field() == field && same_role(slot);
        if !self.fields.has(field) {
            return false;
        }
        let Some(at) = self.record.slots.iter().position(is_such) else { return false };
        if let Value::Names(names) = self.record.slots[at].value_mut() {
            append_names(names, std::mem::take(more));
        }
        if let Some(known) = self.provenance.iter_mut().find(|known| known.slots == (at..at + 1)) {
            known.cells.extend(cells.iter().flatten().copied());
        }
        true
    }

    /// What no rule took is kept as it is.
    fn leftovers(&mut self) {
        let is_left = |cell: &Cell<'_>| !cell.used && !cell.raw.is_empty();
        let count = self.cells.list.iter().filter(|cell| is_left(cell)).count();
        if count == 0 {
            return;
        }
        self.record.extras.reserve_exact(count);
        let mut said = FxHashMap::default();
        for at in 0..self.cells.list.len() {
            let cell = &self.cells.list[at];
            if !is_left(cell) {
                continue;
            }
            let repeated = cell.id.is_some_and(|id| {
                !self.mapping.tags[id as usize].many
                    && self.cells.chain(id).any(|other| other != at && self.cells.list[other].used)
            });
            let carried = matches!(self.mapping.carry, CarryIn::Fields(prefix) if cell.tag.starts_with(prefix));
            let by_name = || cell.id.is_some_and(|id| self.mapping.keeps(self.mapping.tags[id as usize].name));
            let known = carried || self.mapping.keeps(&cell.tag) || by_name();
            if self.repeats_another(at, &mut said) {
                let message = format!("`{}` stands twice with the same value", self.cells.list[at].tag);
                let place = self.cells.list[at].at.clone();
                self.reading.report(&FIELD_REPEATED, place, message);
                self.cells.list[at].used = true;
                continue;
            }
            if repeated {
                let message = format!("`{}` stands twice; another value was taken, this one kept as it is", cell.tag);
                self.reading.report(&FIELD_REPEATED, cell.at.clone(), message);
            } else if !known {
                let message = || {
                    let on = if self.word.is_empty() { String::new() } else { format!(" on `{}`", self.word) };
                    format!("no rule for `{}`{on}; kept as it is", cell.tag)
                };
                self.reading.report_once(
                    &FIELD_UNKNOWN,
                    cell.at.clone(),
                    [self.word, " ", &cell.tag].concat(),
                    message,
                );
            }
            self.keep(at);
        }
    }

    /// Keeps a cell as it is, as an extra.
    fn keep(&mut self, at: usize) {
        let cell = &mut self.cells.list[at];
        cell.used = true;
        let extra = Extra {
            family: Family::Borrowed(self.mapping.family),
            tag: (*cell.tag).into(),
            value: (*cell.raw).into(),
            expression: cell.expression.take(),
            place: self.reading.place(cell.at.start),
        };
        self.record.extras.push(extra);
    }

    /// Whether a cell says what another of the same tag says that was taken. It is taken now. `said` is what tags say that
    /// are too many to compare each with each.
    fn repeats_another(&self, at: usize, said: &mut FxHashMap<u16, FxHashSet<Cow<'t, str>>>) -> bool {
        let cell = &self.cells.list[at];
        let Some(id) = &cell.id else { return false };
        let mut taken = self.cells.chain(*id).map(|other| &self.cells.list[other]).filter(|other| other.used);
        if self.cells.chain(*id).nth(MOST_TAKEN).is_none() {
            return taken.any(|other| other.says_the_same(cell));
        }
        !said.entry(*id).or_insert_with(|| taken.map(Cell::told).collect()).insert(cell.told())
    }

    /// Values that an earlier conversion carried in notes or fields of ours come back to their slots.
    fn carried(&mut self) {
        carry::restore(self.mapping, &mut self.record, self.reading);
    }
}

fn append_names(names: &mut Names, more: Names) {
    names.list.extend(more.list);
    names.unplaced.extend(more.unplaced);
    names.others |= more.others;
}

/// With how many cells that rows before took the others of their tag are compared.
const MOST_TAKEN: usize = 16;

/// Whether a string could be a citation key: section 5, D-13.
fn looks_like_key(raw: &str) -> bool {
    !raw.is_empty() && !raw.contains(|c: char| c.is_whitespace() || ",{}\"#%'()=".contains(c))
}
