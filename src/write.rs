//! Writing by consumption: a writer takes what it writes, and the rest is the loss report.
//!
//! An [`Outgoing`] holds one record on its way out. Whoever writes a slot takes it and says which parts of the value
//! its format carries; parts that the value has and the format does not carry are narrowed, and slots, extras, key,
//! kind and subtype that nobody took are dropped. No writer keeps a list of what it lost.

mod bits;
mod label;
mod options;

pub(crate) use label::Label;
pub use options::{Indent, Profile, RisDialect, WriteOptions};

use crate::diagnostic::Diagnostic;
use crate::loss::{Loss, LossKind, Report, Subject};
use crate::record::{Extra, Field, Key, Kind, Parts, Record, Relation, Slot, Value, excerpt};
use crate::verify::differences;
use bits::Bits;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// The tools of a writer: the text so far, the options, and where findings go.
#[derive(Debug)]
pub struct Writing<'a> {
    /// The output so far; writers append.
    pub out: &'a mut String,
    /// What the user asked.
    pub options: &'a WriteOptions,
    /// Findings.
    pub sink: &'a mut Vec<Diagnostic>,
    /// Whether nothing stands before this item. The output so far does not say so: it may be that of a block in the middle.
    pub first: bool,
}

/// The losses of a block: always counted, and listed one by one where someone wants to see them.
#[derive(Debug, Default)]
pub struct Losses {
    /// Whether to keep the list.
    pub detail: bool,
    /// The counts.
    pub report: Report,
    /// The losses in order, if [`detail`](Losses::detail) is set.
    pub list: Vec<Loss>,
}

impl Losses {
    /// An empty ledger.
    pub fn new(detail: bool) -> Losses {
        Losses { detail, ..Losses::default() }
    }

    /// Enters one loss; `value` is only asked for if the list is kept.
    pub fn add(&mut self, record: Option<&Record>, subject: Subject, kind: LossKind, value: impl FnOnce() -> String) {
        if self.detail {
            self.list.push(Loss {
                record: record.map_or(0, |r| r.origin.number),
                key: record.and_then(|r| r.key.as_ref()).map(|key| key.text.clone()),
                file: None,
                place: record.map(|r| r.origin.place).unwrap_or_default(),
                subject: subject.clone(),
                value: value(),
                kind,
            });
        }
        self.report.count(subject, kind);
    }
}

const EXCERPT: usize = 60;

/// What makes one extra the same as another.
fn what_it_says(extra: &Extra) -> (&str, &str, &str) {
    (&extra.family, &extra.tag, &extra.value)
}

/// A record on its way out.
#[derive(Debug)]
pub struct Outgoing<'r, 'l> {
    record: &'r Record,
    losses: &'l mut Losses,
    slots: Bits,
    extras: Bits,
    key: bool,
    key_carried: bool,
    kind: Option<(Kind, Option<String>)>,
    /// What happened to slots that were taken, until the record is finished: a carrier may yet save them.
    pending: Vec<(usize, LossKind)>,
    /// What the format demanded, with an excerpt of it where losses are listed.
    added: Vec<(Subject, String)>,
    /// Extras that are read back as fields.
    moved: Vec<(usize, Field)>,
}

/// With how many of what was said before it something is compared.
const MOST_SAID: usize = 64;

impl<'r, 'l> Outgoing<'r, 'l> {
    /// Begins with a record of which nothing is taken.
    pub fn new(record: &'r Record, losses: &'l mut Losses) -> Outgoing<'r, 'l> {
        Outgoing {
            record,
            losses,
            slots: Bits::default(),
            extras: Bits::default(),
            key: false,
            key_carried: false,
            kind: None,
            pending: Vec::new(),
            added: Vec::new(),
            moved: Vec::new(),
        }
    }

    /// The record, to look at. Looking takes nothing.
    pub fn record(&self) -> &'r Record {
        self.record
    }

    /// Whether a slot, by its index in the record, was taken.
    pub fn is_taken(&self, slot: usize) -> bool {
        self.slots.has(slot)
    }

    /// Takes a slot by its index. `carries` are the parts that reading the output will give back.
    pub fn take_slot(&mut self, slot: usize, carries: Parts) -> Option<&'r Slot> {
        let it = self.record.slots.get(slot).filter(|_| !self.slots.has(slot))?;
        self.slots.set(slot);
        if carries != Parts::ALL {
            let group = if it.group() == 0 { Parts::NONE } else { Parts::GROUP };
            // Most codecs carry all that a value can have, and tags have no groups.
            let whole = carries | Parts::GROUP == Parts::ALL;
            let parts = if whole { group } else { it.value().parts() | group };
            let lost = parts - carries;
            if !lost.is_empty() {
                self.pending.push((slot, LossKind::Narrowed(lost)));
            }
        }
        Some(it)
    }

    /// Takes a slot that loses these parts whatever it has: parts that only the writing of this value shows.
    pub fn take_losing(&mut self, slot: usize, carries: Parts, lost: Parts) -> Option<&'r Slot> {
        let it = self.take_slot(slot, carries - lost)?;
        if !lost.is_empty() {
            // What taking it entered comes last.
            match self.pending.last_mut() {
                Some((at, LossKind::Narrowed(parts))) if *at == slot => *parts |= lost,
                _ => self.pending.push((slot, LossKind::Narrowed(lost))),
            }
        }
        Some(it)
    }

    /// Takes the first slot of a field that is still there.
    pub fn take(&mut self, field: Field, carries: Parts) -> Option<&'r Slot> {
        let slot = self.find(field)?;
        self.take_slot(slot, carries)
    }

    /// The index of the first slot of a field that is still there.
    pub fn find(&self, field: Field) -> Option<usize> {
        (0..self.record.slots.len()).find(|at| self.record.slots[*at].field() == field && !self.slots.has(*at))
    }

    /// Says what happened to a slot: moved, merged, redundant, or narrowed beyond its parts. It counts as taken.
    pub fn note(&mut self, slot: usize, what: LossKind) {
        if slot < self.record.slots.len() {
            // The same may be said by two that put it aside.
            let said = self.slots.has(slot) && self.pending.iter().rev().take(MOST_SAID).any(|it| *it == (slot, what));
            self.slots.set(slot);
            if !said {
                self.pending.push((slot, what));
            }
        }
    }

    /// Says that the slots of a field come back whole after all, because a carrier holds them.
    pub fn carried(&mut self, field: Field) {
        self.all_carried(|it| it == field);
    }

    fn all_carried(&mut self, is_carried: impl Fn(Field) -> bool) {
        let is_of = |at: &usize| is_carried(self.record.slots[*at].field());
        (0..self.record.slots.len()).filter(is_of).for_each(|at| self.slots.set(at));
        self.pending.retain(|(at, _)| !is_of(at));
    }

    /// The fields that will read back otherwise so far, each once, in the order of the record.
    pub fn fields_losing(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        let mut pending = Bits::default();
        self.pending.iter().filter(|(_, what)| *what != LossKind::Redundant).for_each(|(at, _)| pending.set(*at));
        for (at, slot) in self.record.slots.iter().enumerate() {
            let losing = !self.slots.has(at) || pending.has(at);
            if losing && !fields.contains(&slot.field()) {
                fields.push(slot.field());
            }
        }
        fields
    }

    /// Says that the format demanded a field that the record does not have, and what was written.
    pub fn added(&mut self, field: Field, value: &str) {
        self.demand(Subject::Field(field), value);
    }

    /// Says that the format demanded a tag for which there is no field, and what was written: it reads back as an extra.
    pub fn added_tag(&mut self, family: &'static str, tag: &str, value: &str) {
        self.demand(Subject::Extra { family: family.into(), tag: tag.into() }, value);
    }

    #[cold]
    fn demand(&mut self, subject: Subject, value: &str) {
        let value = if self.losses.detail { excerpt(value, EXCERPT) } else { String::new() };
        self.added.push((subject, value));
    }

    /// Takes the citation key. A key that we made or had to change is reported as such.
    pub fn take_key(&mut self) -> Option<&'r Key> {
        self.key = true;
        self.record.key.as_ref()
    }

    /// What a carrier must say for the key to come back as the source has it: that it was made, or what it was.
    pub fn carry_key(&mut self) -> Option<(&'static str, &'r str)> {
        let key = self.record.key.as_ref().filter(|_| self.key)?;
        let carried = if key.made { Some(("made-key", &*key.text)) } else { Some(("key", key.stated.as_deref()?)) };
        self.key_carried = carried.is_some();
        carried
    }

    /// Enters what happened to the key.
    fn finish_key(&mut self) {
        let Some(key) = &self.record.key else { return };
        if !self.key && !key.made {
            self.lose(Subject::Key, LossKind::Dropped, || key.text.clone());
        } else if self.key && key.made && !self.key_carried {
            self.lose(Subject::Key, LossKind::Added, || key.text.clone());
        } else if let Some(stated) = key.stated.as_ref().filter(|_| self.key && !self.key_carried) {
            self.lose(Subject::Key, LossKind::Narrowed(Parts::SPELLING), || excerpt(stated, EXCERPT));
        }
    }

    /// Says what kind and subtype reading the output will give.
    pub fn kind_becomes(&mut self, kind: Kind, subtype: Option<&str>) {
        self.kind = Some((kind, subtype.map(str::to_owned)));
    }

    /// Whether kind and subtype will read back as they are.
    pub fn keeps_kind(&self) -> bool {
        self.kind.as_ref().is_some_and(|(kind, subtype)| {
            *kind == self.record.kind && subtype.as_deref() == self.record.subtype.as_deref()
        })
    }

    /// Takes an extra by its index: it is written so that it reads back.
    pub fn take_extra(&mut self, extra: usize) -> Option<&'r Extra> {
        let it = self.record.extras.get(extra).filter(|_| !self.extras.has(extra))?;
        self.extras.set(extra);
        Some(it)
    }

    /// Says that an extra was written where it will be read as a field, if reading does not say otherwise.
    pub(crate) fn move_extra(&mut self, extra: usize, into: Field) {
        self.moved.push((extra, into));
    }

    /// Gives an extra back that was taken: there is no place for it after all.
    pub fn leave_extra(&mut self, extra: usize) {
        self.extras.unset(extra);
    }

    /// The indices of the extras that nobody took.
    pub fn extras_left(&self) -> Vec<usize> {
        (0..self.record.extras.len()).filter(|at| !self.extras.has(*at)).collect()
    }

    /// The indices of the slots that nobody took.
    pub fn slots_left(&self) -> Vec<usize> {
        (0..self.record.slots.len()).filter(|at| !self.slots.has(*at)).collect()
    }

    /// Takes the whole record as it is: for formats that hold everything.
    pub fn take_everything(&mut self) -> &'r Record {
        (0..self.record.slots.len()).for_each(|at| self.slots.set(at));
        (0..self.record.extras.len()).for_each(|at| self.extras.set(at));
        // Of a key that had to be changed, for another format or to be one, what it was is not written.
        (self.key, self.key_carried) =
            (true, self.record.key.as_ref().is_none_or(|key| key.made || key.stated.is_none()));
        self.kind = Some((self.record.kind, self.record.subtype.as_deref().map(str::to_owned)));
        self.record
    }

    /// Makes the report agree with what reading the output gave: for writers whose tables are not those by which the output
    /// is read, so that no row can know what becomes of a value. Where a value comes back, nothing was lost; where another
    /// does, something was, whatever the writer said.
    pub fn settle(&mut self, back: &Record, families: &'static [&'static str]) {
        let record = self.record;
        let differs = differences(record, back);
        let others: Vec<Field> = differs
            .iter()
            .filter_map(|subject| if let Subject::Field(field) = subject { Some(*field) } else { None })
            .collect();
        let is_other = |field: Field| others.contains(&field);
        self.all_carried(|field| !is_other(field));
        for (_, what) in &mut self.pending {
            if matches!(what, LossKind::Moved(into) if !is_other(*into)) {
                *what = LossKind::Narrowed(Parts::SPELLING);
            }
        }
        // Of what was added, reading tells.
        self.added.clear();
        let more = self.settle_extras(back, families);
        let extras = &self.extras;
        self.moved.retain(|(at, into)| !extras.has(*at) && is_other(*into));
        self.moved.dedup_by_key(|(extra, _)| *extra);
        let mut told: Vec<Field> = self.slots_left().into_iter().map(|at| record.slots[at].field()).collect();
        told.extend(self.moved.iter().map(|(_, into)| *into));
        for (at, what) in &self.pending {
            told.push(record.slots[*at].field());
            told.extend(if let LossKind::Moved(into) = what { Some(*into) } else { None });
        }
        for field in Field::ALL.iter().copied().filter(|field| is_other(*field) && !told.contains(field)) {
            match record.slots.iter().position(|slot| slot.field() == field) {
                Some(at) => self.note(at, LossKind::Narrowed(Parts::SPELLING)),
                None => {
                    let value = back.all(field).next().map(|slot| slot.value().excerpt(EXCERPT)).unwrap_or_default();
                    self.added(field, &value);
                }
            }
        }
        self.added.extend(more);
        self.kind_becomes(back.kind, back.subtype.as_deref());
    }

    /// Makes the report of extras agree with what reading the output gave; what it gave beside them was added.
    fn settle_extras(&mut self, back: &Record, families: &'static [&'static str]) -> Vec<(Subject, String)> {
        let record = self.record;
        let mut places: FxHashMap<_, VecDeque<usize>> = FxHashMap::default();
        for (at, extra) in back.extras.iter().enumerate() {
            places.entry(what_it_says(extra)).or_default().push_back(at);
        }
        let mut found = vec![false; back.extras.len()];
        for (at, extra) in record.extras.iter().enumerate() {
            if let Some(again) = places.get_mut(&what_it_says(extra)).and_then(VecDeque::pop_front) {
                found[again] = true;
                self.take_extra(at);
            } else {
                self.leave_extra(at);
            }
        }
        for (extra, _) in back.extras.iter().zip(found).filter(|(_, found)| !found) {
            if let Some(family) = families.iter().find(|family| extra.family == **family) {
                self.added_tag(family, &extra.tag, &extra.value);
            }
        }
        std::mem::take(&mut self.added)
    }

    /// Ends the record: what nobody took is lost, and is entered as such.
    pub fn finish(mut self) {
        let record = self.record;
        for (subject, value) in std::mem::take(&mut self.added) {
            self.lose(subject, LossKind::Added, || value);
        }
        for (at, what) in std::mem::take(&mut self.pending) {
            let slot = &record.slots[at];
            self.lose(Subject::Field(slot.field()), what, || slot.value().excerpt(EXCERPT));
        }
        for at in self.slots_left() {
            let slot = &record.slots[at];
            // A link whose fields the record has says nothing more.
            let is_done = matches!(slot.value(), Value::Relation(link) if &*link.kind == Relation::INHERITED);
            let what = if is_done { LossKind::Redundant } else { LossKind::Dropped };
            self.lose(Subject::Field(slot.field()), what, || slot.value().excerpt(EXCERPT));
        }
        for at in self.extras_left() {
            let extra = &record.extras[at];
            let subject = Subject::Extra { family: extra.family.clone(), tag: extra.tag.clone() };
            let moved =
                self.moved.binary_search_by_key(&at, |(extra, _)| *extra).ok().and_then(|at| self.moved.get(at));
            let what = moved.map_or(LossKind::Dropped, |(_, into)| LossKind::Moved(*into));
            self.lose(subject, what, || excerpt(&extra.value, EXCERPT));
        }
        self.finish_key();
        self.finish_kind();
    }

    fn finish_kind(&mut self) {
        let record = self.record;
        let (kind, subtype) = match self.kind.take() {
            None => (None, None),
            Some((kind, subtype)) => (Some(kind), subtype),
        };
        match kind {
            Some(kind) if kind == record.kind => {}
            Some(kind) => self.lose(Subject::Kind, LossKind::Narrowed(Parts::NONE), || {
                format!("{} → {}", record.kind.name(), kind.name())
            }),
            None => self.lose(Subject::Kind, LossKind::Dropped, || record.kind.name().to_owned()),
        }
        let what = match (&record.subtype, &subtype) {
            (Some(had), Some(reads)) if **had == **reads => return,
            (None, None) => return,
            (Some(_), None) => LossKind::Dropped,
            (Some(_), Some(_)) => LossKind::Narrowed(Parts::NONE),
            (None, Some(_)) => LossKind::Added,
        };
        self.lose(Subject::Subtype, what, || {
            record.subtype.as_deref().or(subtype.as_deref()).unwrap_or_default().to_owned()
        });
    }

    fn lose(&mut self, subject: Subject, kind: LossKind, value: impl FnOnce() -> String) {
        self.losses.add(Some(self.record), subject, kind, value);
    }
}

/// Whether a value is of the type its field says: what every reader owes the record.
pub fn is_well_typed(field: Field, value: &Value) -> bool {
    use crate::record::Type;
    matches!(
        (field.value_type(), value),
        (Type::Text, Value::Text(_))
            | (Type::Names, Value::Names(_))
            | (Type::Date, Value::Date(_))
            | (Type::Pages, Value::Pages(_))
            | (Type::Number, Value::Number(_))
            | (Type::Keyword, Value::Keyword(_))
            | (Type::Note, Value::Note(_))
            | (Type::Id, Value::Id(_))
            | (Type::Url, Value::Url(_))
            | (Type::Publisher, Value::Publisher(_))
            | (Type::Relation, Value::Relation(_))
            | (Type::File, Value::File(_))
            | (Type::Lang, Value::Lang(_))
            | (Type::Token, Value::Token(_))
    )
}
