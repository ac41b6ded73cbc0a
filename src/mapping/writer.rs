//! From a record to tags.

mod extras;
mod kind;
mod repeated;
mod rivals;
mod sources;
mod written;

pub(crate) use repeated::{is_place_again, leave_out_derived_urls, leave_out_linked_eprints};
pub(super) use written::CellsBySlot;
pub use written::{Written, WrittenCell};

use super::by_field::{ByField, SlotsByField};
use super::codec::{CellSink, Shape};
use super::index::{ResolvedEcho, RuleSet, TagSet, WordAt};
use super::{CarryIn, Mapping, Meaning, Resolved, Rule, Seen, Way};
use crate::loss::LossKind;
use crate::record::{Field, Id, MarkKind, Parts, Record, SourceType, Text, Value};
use crate::write::{Losses, Outgoing, WriteOptions};
use smallvec::SmallVec;
use std::borrow::Cow;
use written::NO_SLOT;

/// How much room is made for more values that are joined to one.
const JOINED: usize = 64;

struct Engine<'e, 'r, 'l> {
    mapping: &'static Mapping,
    out: &'e mut Outgoing<'r, 'l>,
    options: &'e WriteOptions,
    word: &'e str,
    /// The place of the word in the tables, if it is in them.
    known: Option<WordAt>,
    cells: Vec<WrittenCell<'r>>,
    /// The tags of the cells, and perhaps of some that were taken out again: most that are asked for are not there.
    tags: TagSet,
    slots: SlotsByField,
    /// Where the codec of the rule at hand puts what it writes.
    sink: CellSink<'e, 'r>,
    /// Whether any slot has text of the family's own source.
    sourced: bool,
    /// For each field the last slot taken: reading back gives slots in the order of the rules.
    last: ByField,
    /// For each tag of the cells the last slot that one of them was written from, where the source's own text may stand
    /// between them.
    latest: SmallVec<[(u16, usize); 16]>,
    /// Whether source text is used: not while rehearsing.
    sources: bool,
    /// See [`Written::is_doubtful`].
    doubtful: bool,
    /// The rules that wrote and have rivals.
    rivalled: SmallVec<[&'static Resolved; 8]>,
}

/// The type word that a record is written with.
struct ChosenWord {
    text: Cow<'static, str>,
    /// Its place in the tables, if it is in them.
    known: Option<WordAt>,
    /// The second word that belongs to it.
    mark: Option<&'static str>,
}

/// Whether a record's source says which letters keep their case: one of its texts marks some, or it is of the family
/// that is written, whose own marks are then all that there are.
fn is_case_aware(record: &Record, family: &str) -> bool {
    let marked = |text: &Text| text.marks().iter().any(|mark| mark.kind == MarkKind::NoCase);
    record.source_type.as_ref().is_some_and(|it| *it.family == *family)
        || record.slots.iter().any(|slot| match slot.value() {
            Value::Text(text) => marked(text),
            Value::Note(note) => marked(&note.text),
            _ => false,
        })
}

impl Mapping {
    /// Takes from a record what the tables have a place for.
    pub fn write<'r>(&'static self, out: &mut Outgoing<'r, '_>, options: &WriteOptions) -> Written<'r> {
        self.run(out, options, None, true)
    }

    /// As [`write`](Mapping::write), with a type word chosen for this record, if it stands for the record's kind.
    pub fn write_as<'r>(
        &'static self,
        word: Option<&str>,
        out: &mut Outgoing<'r, '_>,
        options: &WriteOptions,
    ) -> Written<'r> {
        self.run(out, options, word, true)
    }

    /// The tags a record would be written as, with its source text or as if it had none.
    pub(super) fn rehearse<'r>(&'static self, record: &'r Record, sources: bool) -> Written<'r> {
        self.rehearse_by(&WriteOptions::default(), record, sources)
    }

    /// The tags a record would be written as with `--carry`, as if it had no source text, without those that carry.
    pub(super) fn rehearse_carrying<'r>(&'static self, record: &'r Record) -> Written<'r> {
        self.rehearse_by(&WriteOptions { carry: true, ..WriteOptions::default() }, record, false)
    }

    fn rehearse_by<'r>(&'static self, options: &WriteOptions, record: &'r Record, sources: bool) -> Written<'r> {
        let mut losses = Losses::new(false);
        let mut out = Outgoing::new(record, &mut losses);
        self.run(&mut out, options, None, sources)
    }

    /// The source's own type word, if this format has it: of another dialect's only those that this one writes, too.
    fn own_word<'r>(&self, source: &'r SourceType) -> Option<&'r str> {
        let index = self.index();
        let is_written = || index.known_word(&source.word).is_none_or(|word| index.is_written(word));
        (source.format == self.format || is_written()).then_some(&*source.word)
    }

    /// What the type word and the tags of a written record will be read as, for whoever changed them.
    pub fn kind_of(&'static self, written: &Written<'_>) -> Meaning {
        let mark = self.index().mark;
        let marks: Vec<&str> =
            written.cells.iter().filter(|cell| Some(cell.order) == mark).map(|cell| &*cell.raw).collect();
        let lookup = |id: u16| written.cells.iter().find(|cell| cell.order == id).map(|cell| &*cell.raw);
        let known = self.index().known_word(&written.word);
        self.meaning(&written.word, known, &marks, &Seen { mapping: self, lookup: &lookup })
    }

    /// The type word of a record: the chosen one or the source's own if it stands for the record's kind, else the table's.
    fn word_for(&'static self, record: &Record, chosen: Option<&str>) -> ChosenWord {
        let index = self.index();
        let own = record.source_type.as_ref().filter(|it| it.family == self.family).and_then(|it| self.own_word(it));
        let own = chosen.or(own);
        let own_at = own.and_then(|word| index.known_word(word));
        let row = self.row_for(record.kind, record.subtype.as_deref(), own_at);
        // A word that no table knows was read as misc, and goes back as it came.
        let foreign =
            own.filter(|_| own_at.is_none() && record.kind == crate::record::Kind::Misc && record.subtype.is_none());
        let word = match (foreign, row) {
            (Some(word), _) => Cow::Owned(word.to_owned()),
            (None, Some(row)) => Cow::Borrowed(row.word),
            (None, None) => Cow::Borrowed(self.types.fallback),
        };
        let known = if own == Some(&*word) { own_at } else { index.known_word(&word) };
        ChosenWord { text: word, known, mark: row.filter(|_| foreign.is_none()).and_then(|row| row.mark) }
    }

    fn run<'r>(
        &'static self,
        out: &mut Outgoing<'r, '_>,
        options: &WriteOptions,
        chosen: Option<&str>,
        sources: bool,
    ) -> Written<'r> {
        if sources && !options.carry {
            repeated::leave_out(self.family, out);
        }
        let record = out.record();
        let ChosenWord { text: word, known, mark } = self.word_for(record, chosen);
        // With `--carry` the record must come back as it is, so nothing may be added to it.
        let case_agnostic = !options.carry && !is_case_aware(record, self.family);
        let index = self.index();
        let mut engine = Engine {
            mapping: self,
            out,
            options,
            word: &word,
            known,
            // A list of names may have a cell for each.
            cells: Vec::with_capacity(2 * record.slots.len() + 4),
            tags: TagSet::default(),
            sink: CellSink { case_agnostic, cells: Vec::with_capacity(8), ..CellSink::new(options, &word) },
            slots: SlotsByField::new(&record.slots),
            sourced: sources && record.slots.iter().any(|slot| slot.source(self.family).is_some()),
            last: ByField::default(),
            latest: SmallVec::new(),
            sources,
            doubtful: false,
            rivalled: SmallVec::new(),
        };
        engine.doubtful = engine.has_lone_doi_url();
        if let (Some(mark), Some(tag)) = (mark, index.mark) {
            engine.put(tag, mark, NO_SLOT);
        }
        if let Some(tag) = index.keys.first()
            && let Some(key) = engine.out.take_key()
        {
            engine.put(*tag, &key.text, NO_SLOT);
        }
        let word_at = index.or_fallback(known);
        if let Some(of_word) = index.rules_of(word_at) {
            let mut rules = RuleSet::default();
            rules.clear(of_word);
            record.slots.iter().for_each(|slot| rules.add(of_word.of_field(slot.field())));
            for resolved in rules.iter(of_word).map(|at| &index.rules[at]) {
                if engine.is_for(resolved.rule) {
                    engine.apply(resolved);
                }
            }
        }
        engine.left_with_source();
        engine.echoes(word_at);
        engine.doubt_rivals(word_at);
        engine.extras();
        engine.kind();
        engine.lines();
        if options.carry && sources {
            engine.carry();
        }
        engine.cells.sort_by_key(|cell| cell.rank);
        let (cells, is_doubtful) = (engine.cells, engine.doubtful || engine.sink.doubtful);
        Written::new(word, cells, is_doubtful)
    }
}

impl<'r> Engine<'_, 'r, '_> {
    fn put(&mut self, tag: u16, raw: impl Into<Cow<'r, str>>, slot: usize) {
        let name = Cow::Borrowed(self.mapping.tags[tag as usize].name);
        self.push(WrittenCell {
            order: tag,
            rank: tag,
            tag: name,
            raw: raw.into(),
            expression: None,
            verbatim: false,
            slot,
        });
    }

    fn push(&mut self, cell: WrittenCell<'r>) {
        if self.sourced && cell.slot != NO_SLOT {
            // Most tags come once.
            let again = self.tags.may_have(cell.order);
            let known = if again { self.latest.iter_mut().find(|(tag, _)| *tag == cell.order) } else { None };
            match known {
                Some((_, latest)) => *latest = cell.slot.max(*latest),
                None => self.latest.push((cell.order, cell.slot)),
            }
        }
        self.tags.insert(cell.order);
        self.cells.push(cell);
    }

    /// The first cell of a tag.
    fn cell(&self, tag: u16) -> Option<&WrittenCell<'r>> {
        self.tags.may_have(tag).then(|| self.cells.iter().find(|cell| cell.order == tag)).flatten()
    }

    /// Whether there is an address that may be read as a DOI, which the record does not have.
    fn has_lone_doi_url(&self) -> bool {
        let slots = &self.out.record().slots;
        let is_doi = |at: usize| matches!(slots[at].value(), Value::Url(url) if url.url.contains("10."));
        self.slots.first(Field::Doi).is_none() && self.slots.of(Field::Url).any(is_doi)
    }

    fn is_free(&self, tag: u16) -> bool {
        !self.tags.may_have(tag) || self.mapping.tags[tag as usize].many || self.cell(tag).is_none()
    }

    fn with_seen<R>(&self, run: impl FnOnce(&Seen<'_>) -> R) -> R {
        let lookup = |id: u16| self.cell(id).map(|cell| &*cell.raw);
        run(&Seen { mapping: self.mapping, lookup: &lookup })
    }

    /// Whether a row is for this record. A row that moves a value elsewhere is not where the value can be carried, nor
    /// while rehearsing: nothing was read by it.
    fn is_for(&self, rule: &Rule) -> bool {
        let carries = self.options.carry && !matches!(self.mapping.carry, CarryIn::Nowhere);
        rule.with.is_none_or(|field| self.slots.first(field).is_some())
            && (rule.moves.is_none() || (self.sources && !carries))
    }

    fn apply(&mut self, resolved: &'static Resolved) {
        let rule = resolved.rule;
        let record = self.out.record();
        let mixed = self.sourced && self.is_mixed(resolved);
        let joined = matches!(rule.codec.shape, Shape::Joined(_));
        let mut next = self.slots.first(rule.field);
        while let Some(at) = next {
            next = self.slots.after(at);
            if self.out.is_taken(at) {
                continue;
            }
            // A field that holds one value is read once, whatever groups there were.
            if self.last.get(rule.field).is_some() && !rule.field.repeats() {
                return;
            }
            // To an expression nothing can be joined.
            let mine = |cell: &WrittenCell<'_>| {
                cell.expression.is_none() && cell.slot != NO_SLOT && record.slots[cell.slot].field() == rule.field
            };
            let is_joined = |tag: u16| joined && self.cells.iter().any(|cell| cell.order == tag && mine(cell));
            let free = resolved.tags.iter().all(|tag| self.is_free(*tag) || is_joined(*tag));
            if !free {
                continue;
            }
            if let Some(condition) = rule.when
                && !self.with_seen(condition)
            {
                return;
            }
            self.encode(resolved, at, mixed);
        }
    }

    /// Writes one slot by a rule, if the rule's codec takes it.
    fn encode(&mut self, resolved: &'static Resolved, at: usize, mixed: bool) {
        let rule = resolved.rule;
        let slot = &self.out.record().slots[at];
        let joined = matches!(rule.codec.shape, Shape::Joined(_));
        self.sink.cells.clear();
        self.sink.added = false;
        self.sink.follows = resolved.tags.first().is_some_and(|tag| self.cell(*tag).is_some()) && joined;
        let Some(lost) = (rule.codec.write)(slot.value(), &mut self.sink) else { return };
        // What says more than another says it in vain where the difference is lost.
        let loses = |part: Parts| !rule.codec.carries.contains(part);
        let is_own = || self.out.record().source_type.as_ref().is_some_and(|it| *it.family == *self.mapping.family);
        let says_no_use = |id: &Id| lost.contains(Parts::QUALIFIER) || id.qualifier.is_none() && !is_own();
        let unused = matches!(slot.value(), Value::Id(id) if says_no_use(id))
            || (loses(Parts::KIND)
                && matches!(slot.value(), Value::Keyword(_))
                && slot.value().parts().contains(Parts::KIND));
        if unused && !self.options.carry {
            let written = self.slots.of(rule.field).filter(|before| self.out.is_taken(*before));
            if repeated::is_same_but_for_use(&self.out.record().slots, written, at) {
                self.out.note(at, LossKind::Redundant);
                return;
            }
        }
        let mut cells = std::mem::take(&mut self.sink.cells);
        if self.sourced && !mixed && self.put_source(at, Some((resolved, &cells))) {
            self.written(rule.field, at);
        } else {
            for (place, raw) in cells.drain(..) {
                let Some(tag) = resolved.tags.get(place).copied() else { continue };
                match rule.codec.shape {
                    Shape::Joined(between) => self.join(tag, between, raw, at),
                    _ => self.put(tag, raw, at),
                }
            }
            self.wrote(rule, at, lost);
            let is_noted = || self.rivalled.last().is_some_and(|last| std::ptr::eq(*last, resolved));
            if !resolved.rivals.is_empty() && !is_noted() {
                self.rivalled.push(resolved);
            }
        }
        self.sink.cells = cells;
    }

    /// Puts a value behind the others in its tag.
    fn join(&mut self, tag: u16, between: &str, raw: Cow<'r, str>, at: usize) {
        if self.tags.may_have(tag)
            && let Some(cell) = self.cells.iter_mut().find(|cell| cell.order == tag)
        {
            // Where there are two values there are several, as a rule.
            let more = between.len() + raw.len();
            match &mut cell.raw {
                Cow::Owned(joined) if joined.capacity() - joined.len() < more => joined.reserve(more + JOINED),
                Cow::Owned(_) => {}
                Cow::Borrowed(first) => {
                    let mut joined = String::with_capacity(first.len() + more + JOINED);
                    joined.push_str(first);
                    cell.raw = Cow::Owned(joined);
                }
            }
            let joined = cell.raw.to_mut();
            joined.push_str(between);
            joined.push_str(&raw);
        } else {
            self.put(tag, raw, at);
        }
    }

    /// Takes a slot that a rule's codec wrote, and enters what is lost of it.
    fn wrote(&mut self, rule: &Rule, at: usize, lost: Parts) {
        let lost = lost | self.written(rule.field, at);
        // Tags have no groups: what is read back is of the first.
        self.out.take_losing(at, rule.codec.carries.without(Parts::GROUP), lost);
        if self.sink.added {
            self.out.note(at, LossKind::Added);
        }
        if let Some(into) = rule.moves {
            self.out.note(at, LossKind::Moved(into));
        }
        self.merged(rule.field, at);
    }

    /// Notes that a slot is written, and says what order is lost by that.
    fn written(&mut self, field: Field, at: usize) -> Parts {
        let last = self.last.get(field);
        self.last.set(field, last.map_or(at, |last| last.max(at)));
        if last.is_some_and(|last| at < last) { Parts::ORDER } else { Parts::NONE }
    }

    /// Lists of one role in several slots become one list.
    fn merged(&mut self, field: Field, at: usize) {
        if self.slots.first(field) == Some(at) {
            return;
        }
        let record = self.out.record();
        let Value::Names(names) = record.slots[at].value() else { return };
        let same_role = |slot: usize| {
            self.out.is_taken(slot)
                && matches!(record.slots[slot].value(), Value::Names(other) if other.role == names.role)
        };
        if self.slots.of(field).take_while(|slot| *slot < at).any(same_role) {
            self.out.note(at, LossKind::Merged);
        }
    }

    fn echoes(&mut self, word: WordAt) {
        for &ResolvedEcho { tag, of, way, .. } in self.mapping.index().echoes(word) {
            if way == Way::Read && self.cell(tag).is_none() {
                continue;
            }
            let Some(original) = self.cell(of).map(|cell| cell.raw.clone()) else { continue };
            // Values of their own that say the same will be taken for the repetition.
            for cell in self.cells.iter().filter(|cell| cell.order == tag && cell.raw == original) {
                self.doubtful = true;
                self.out.note(cell.slot, LossKind::Merged);
            }
            if way == Way::Read {
                self.cells.retain(|cell| cell.order != tag || cell.raw != original);
            } else if self.is_free(tag) {
                self.put(tag, original, NO_SLOT);
            }
        }
    }
}
