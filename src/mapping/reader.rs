//! From tags to a record.

use super::codec::{CodecReading, Shape};
use super::extra::{Line, Says};
use super::index::{RuleSet, WordAt};
use super::{CarryIn, Mapping, Resolved, Seen, Written, carry, extra};
use crate::diagnostic::{FIELD_REPEATED, FIELD_UNKNOWN, TYPE_MISSING, TYPE_UNKNOWN};
use crate::read::Reading;
use crate::record::{
    Basis, Extra, Family, Field, Key, Names, Note, Origin, Record, Slot, Source, SourceCell, SourceType, Text, Value,
};
use smallvec::SmallVec;
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
    id: Option<u16>,
    used: bool,
}

/// The tags of one record, in the order of the source.
#[derive(Debug)]
pub struct Cells<'a> {
    mapping: &'static Mapping,
    list: Vec<Cell<'a>>,
    /// For each tag of the table the first and the last cell, and for each cell the next of the same tag.
    first: Vec<u32>,
    last: Vec<u32>,
    next: Vec<u32>,
    /// The rules that read any of these tags, and what the codec at hand reads: memory for the engine to use again.
    rules: RuleSet,
    values: Vec<Value>,
    /// Whether the strings that values were read from may be kept with them.
    keeps_sources: bool,
}

const END: u32 = u32::MAX;

/// With how many values from the same strings these are kept at most.
const SHARED: u16 = 64;

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
            keeps_sources: true,
        }
    }

    /// Appends a tag. `name` is the tag as the table spells it, `tag` as the source does.
    pub fn push(&mut self, name: &str, tag: impl Into<Cow<'a, str>>, raw: impl Into<Cow<'a, str>>, at: Range<usize>) {
        let id = self.mapping.tag(name);
        self.link(id);
        self.list.push(Cell { tag: tag.into(), raw: raw.into(), at, expression: None, id, used: false });
    }

    /// The number of a tag in the table, by its name there.
    pub(crate) fn number_of(&self, name: &str) -> Option<u16> {
        self.mapping.tag(name)
    }

    /// Appends a tag by its number in the table. `tag` is its name as the source spells it.
    pub(crate) fn push_tag(
        &mut self,
        id: u16,
        tag: impl Into<Cow<'a, str>>,
        raw: impl Into<Cow<'a, str>>,
        at: Range<usize>,
    ) {
        self.link(Some(id));
        self.list.push(Cell { tag: tag.into(), raw: raw.into(), at, expression: None, id: Some(id), used: false });
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
        if self.list.iter().all(|cell| !cell.raw.is_empty()) {
            return;
        }
        let kept: Vec<Cell<'a>> = self.list.iter().filter(|cell| !cell.raw.is_empty()).cloned().collect();
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

    fn chain(&self, id: u16) -> impl Iterator<Item = usize> {
        let mut at = self.first.get(id as usize).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let here = at;
            (here != END).then(|| {
                at = self.next[here as usize];
                here as usize
            })
        })
    }

    fn unused(&self, id: u16) -> Option<usize> {
        let mut at = *self.first.get(usize::from(id))?;
        while let Some(cell) = self.list.get(at as usize) {
            if !cell.used {
                return Some(at as usize);
            }
            at = *self.next.get(at as usize)?;
        }
        None
    }

    fn with_seen<R>(&self, run: impl FnOnce(&Seen<'_>) -> R) -> R {
        let lookup = |id: u16| self.chain(id).next().map(|at| &*self.list[at].raw);
        run(&Seen { mapping: self.mapping, lookup: &lookup })
    }
}

/// A slot and the cells it was read from, until it is known whether they must be kept.
struct Provenance {
    slots: Range<usize>,
    cells: CellList,
}

/// Cells by their places: one, as a rule.
type CellList = SmallVec<[usize; 4]>;

struct Engine<'e, 'a, 't> {
    mapping: &'static Mapping,
    cells: &'e mut Cells<'t>,
    reading: &'e mut Reading<'a>,
    word: &'e str,
    /// The place of the word in the tables, if it is in them.
    known: Option<WordAt>,
    record: Record,
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
        let decided = word.or(guessed).unwrap_or(self.types.fallback);
        let mut engine = Engine {
            mapping: self,
            cells,
            reading,
            word: decided,
            known: self.index().known_word(decided),
            record: Record::new(crate::record::Kind::Misc),
            provenance: Vec::new(),
        };
        engine.record.origin = Origin { number: 0, place };
        engine.record.slots.reserve(engine.cells.len() + 2);
        engine.types(word, at);
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

impl Engine<'_, '_, '_> {
    fn types(&mut self, word: Option<&str>, at: Range<usize>) {
        let cells = &*self.cells;
        let mark_id = self.mapping.index().mark;
        let marks: Vec<&str> =
            mark_id.into_iter().flat_map(|id| cells.chain(id)).map(|at| &*cells.list[at].raw).collect();
        let meaning = cells.with_seen(|seen| self.mapping.meaning(self.word, &marks, seen));
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
                if self.known.is_none() {
                    let message = format!(
                        "unknown type word `{}`; the record was read as misc",
                        crate::record::excerpt(word, 40)
                    );
                    self.reading.report(&TYPE_UNKNOWN, at.start..at.start, message).once = Some(word.into());
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
            if self.record.key.is_none() && fits {
                self.record.key = Some(Key { text: raw.to_owned(), made: false, stated: None });
                self.cells.list[at].used = true;
            }
        }
    }

    /// Takes the lines at the head of the format's free text out of it.
    fn take_lines(&mut self) -> Vec<Line> {
        let lines = self.mapping.lines.as_ref().zip(self.mapping.index().lines);
        let Some((how, at)) = lines.and_then(|(how, id)| Some((how, self.cells.unused(id)?))) else {
            return Vec::new();
        };
        let cell = &mut self.cells.list[at];
        let text = (how.text)(&cell.raw);
        let (lines, rest) = extra::split(&text);
        if rest.len() < text.len() {
            let raw = (how.raw)(rest);
            cell.used = rest.is_empty();
            cell.raw = Cow::Owned(raw);
        }
        lines
    }

    /// Files what the lines say. What the record says otherwise in fields of its own is not overruled: such a line goes
    /// back to the text.
    fn file_lines(&mut self, lines: &[Line]) {
        let mut text: Vec<String> = Vec::new();
        for group in lines.chunk_by(Line::is_continued_by) {
            let Some(first) = group.first() else { continue };
            let filed = match first.says {
                Says::Key => self.file_key(&first.value),
                Says::Type => self.file_type(&first.value),
                Says::Tex => self.file_tex(first),
                Says::Row(row) => {
                    let raws: Vec<&str> = group.iter().map(|line| &*line.value).collect();
                    self.file_values(row.field(), extra::values(row, &raws))
                }
            };
            if !filed {
                text.extend(group.iter().map(|line| line.raw.clone()));
            }
        }
        if !text.is_empty() {
            let note = Note { text: Text::plain(text.join("\n")), ..Note::default() };
            self.record.slots.push(Slot::new(Field::Note, Value::Note(note)));
        }
    }

    /// The citation key of a line is the key; what stood for one is another name of the record.
    fn file_key(&mut self, key: &str) -> bool {
        let new = Key { text: key.to_owned(), made: false, stated: None };
        if let Some(old) = self.record.key.replace(new).filter(|old| old.text != key) {
            self.record.slots.push(Slot::new(Field::KeyAlias, Value::Token(old.text)));
        }
        true
    }

    fn file_type(&mut self, name: &str) -> bool {
        let Some((kind, subtype)) = extra::type_of(name) else { return false };
        self.record.kind = kind;
        self.record.subtype = subtype.map(Into::into);
        self.record.basis = Basis::Stated;
        true
    }

    fn file_tex(&mut self, line: &Line) -> bool {
        self.record.extras.push(Extra {
            family: Family::Borrowed(extra::TEX_FAMILY),
            tag: line.tex_name().into(),
            value: (*line.value).into(),
            expression: None,
            place: self.record.origin.place,
        });
        true
    }

    fn file_values(&mut self, field: Field, values: Vec<Value>) -> bool {
        let is_there = |value: &Value| self.record.all(field).any(|slot| slot.value() == value);
        let mut new: Vec<Value> = values.into_iter().filter(|value| !is_there(value)).collect();
        let fits = new.is_empty() || self.has_room(field, &new);
        if fits {
            self.file(field, &mut new, &[]);
        }
        fits
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
        let mut rules = std::mem::take(&mut self.cells.rules);
        rules.clear(index);
        let word = index.or_fallback(self.known);
        for (at, cell) in self.cells.list.iter().enumerate() {
            if let Some(id) = cell.id.filter(|id| self.cells.first[*id as usize] as usize == at) {
                rules.add(index.of_tag(id), word);
            }
        }
        for at in rules.iter() {
            let resolved = &index.rules[at];
            // Most rules come too late: the tag was taken by one before.
            if resolved.tags.iter().any(|tag| self.cells.unused(*tag).is_some()) {
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
                while next != END {
                    let at = next as usize;
                    next = self.cells.next[at];
                    if !self.cells.list[at].used {
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
            Shape::Across if let [id] = resolved.tags.as_slice() => {
                if let Some(only) = self.cells.unused(*id) {
                    self.decode(resolved, &[Some(only)]);
                }
            }
            Shape::Across => {
                let mut all: SmallVec<[Option<usize>; 8]> = SmallVec::new();
                resolved.tags.iter().for_each(|id| all.push(self.cells.unused(*id)));
                if all.iter().any(Option::is_some) {
                    self.decode(resolved, &all);
                }
            }
        }
    }

    /// Reads some cells by a rule and files what they say.
    fn decode(&mut self, resolved: &Resolved, from: &[Option<usize>]) {
        let rule = resolved.rule;
        let mut values = std::mem::take(&mut self.cells.values);
        let reading = Some(&mut *self.reading);
        let list = &self.cells.list;
        let read = if let [Some(only)] = from {
            let cell = &list[*only];
            let mut cx = CodecReading { word: self.word, reading, at: cell.at.clone() };
            (rule.codec.read)(&[&*cell.raw], &mut cx, &mut values)
        } else {
            let raws: SmallVec<[&str; 8]> = from.iter().map(|at| at.map_or("", |at| &*list[at].raw)).collect();
            let at = from.iter().flatten().next().map_or(0..0, |at| list[*at].at.clone());
            (rule.codec.read)(&raws, &mut CodecReading { word: self.word, reading, at }, &mut values)
        };
        if read && self.has_room(rule.field, &values) {
            for at in from.iter().flatten() {
                self.cells.list[*at].used = true;
            }
            // Where each value would have a tag of its own, one tag with several is not how this format is written.
            let apart = values.len() > 1 && !matches!(rule.codec.shape, Shape::Joined(_));
            self.file(rule.field, &mut values, if apart { &[] } else { from });
        }
        values.clear();
        self.cells.values = values;
    }

    /// A field that holds one value takes no second one.
    fn has_room(&self, field: Field, values: &[Value]) -> bool {
        field.repeats() || values.is_empty() || self.record.get(field).is_none()
    }

    /// Files the values that some cells gave.
    fn file(&mut self, field: Field, values: &mut Vec<Value>, cells: &[Option<usize>]) {
        let from = self.record.slots.len();
        for value in values.drain(..) {
            if !value.is_empty() && !self.joins(field, &value, cells) {
                self.record.slots.push(Slot::new(field, value));
            }
        }
        let slots = from..self.record.slots.len();
        if !slots.is_empty() && self.keeps_sources() {
            self.provenance.push(Provenance { slots, cells: cells.iter().flatten().copied().collect() });
        }
    }

    /// Names of one role from several tags are one list.
    fn joins(&mut self, field: Field, value: &Value, cells: &[Option<usize>]) -> bool {
        if let Value::Names(more) = value {
            let same_role = |slot: &Slot| matches!(slot.value(), Value::Names(names) if names.role == more.role);
            if let Some(at) = self.record.slots.iter().position(|slot| slot.field() == field && same_role(slot)) {
                let more = more.clone();
                if let Value::Names(names) = self.record.slots[at].value_mut() {
                    append_names(names, more);
                }
                if let Some(known) = self.provenance.iter_mut().find(|known| known.slots == (at..at + 1)) {
                    known.cells.extend(cells.iter().flatten().copied());
                }
                return true;
            }
        }
        false
    }

    /// What no rule took is kept as it is.
    fn leftovers(&mut self) {
        for at in 0..self.cells.list.len() {
            let cell = &self.cells.list[at];
            if cell.used || cell.raw.is_empty() {
                continue;
            }
            let place = self.reading.place(cell.at.start);
            let repeated = cell.id.is_some_and(|id| {
                !self.mapping.tags[id as usize].many
                    && self.cells.chain(id).any(|other| other != at && self.cells.list[other].used)
            });
            let carried = matches!(self.mapping.carry, CarryIn::Fields(prefix) if cell.tag.starts_with(prefix));
            let by_name = || cell.id.is_some_and(|id| self.mapping.keeps(self.mapping.tags[id as usize].name));
            let known = carried || self.mapping.keeps(&cell.tag) || by_name();
            if self.repeats_another(at) {
                let message = format!("`{}` stands twice with the same value", self.cells.list[at].tag);
                let place = self.cells.list[at].at.clone();
                self.reading.report(&FIELD_REPEATED, place, message);
                self.cells.list[at].used = true;
                continue;
            }
            if repeated {
                let message = format!("`{}` stands twice; the first value was taken, this one kept as it is", cell.tag);
                self.reading.report(&FIELD_REPEATED, cell.at.clone(), message);
            } else if !known {
                let on = if self.word.is_empty() { String::new() } else { format!(" on `{}`", self.word) };
                let message = format!("no rule for `{}`{on}; kept as it is", cell.tag);
                let once = format!("{} {}", self.word, cell.tag);
                self.reading.report(&FIELD_UNKNOWN, cell.at.clone(), message).once = Some(once.into());
            }
            let cell = &mut self.cells.list[at];
            cell.used = true;
            self.record.extras.push(Extra {
                family: Family::Borrowed(self.mapping.family),
                tag: (*cell.tag).into(),
                value: (*cell.raw).into(),
                expression: cell.expression.take(),
                place,
            });
        }
    }

    /// Whether a cell says what another of the same tag says that was taken.
    fn repeats_another(&self, at: usize) -> bool {
        let raw = &self.cells.list[at].raw;
        let mut same = self.cells.list[at].id.into_iter().flat_map(|id| self.cells.chain(id));
        same.any(|other| other != at && self.cells.list[other].used && self.cells.list[other].raw == *raw)
    }

    /// Values that an earlier conversion carried in notes or fields of ours come back to their slots.
    fn carried(&mut self) {
        carry::restore(self.mapping, &mut self.record, self.reading);
    }

    /// The order of the tags is kept where it is not that of the table.
    fn keep_order(&mut self) {
        let Some(source) = self.record.source_type.as_mut().filter(|_| self.mapping.keeps_order) else { return };
        let place = |cell: &Cell<'_>| cell.id.unwrap_or(u16::MAX);
        if !self.cells.list.is_sorted_by_key(place) {
            source.order = self.cells.list.iter().map(|cell| (*cell.tag).into()).collect();
        }
    }

    fn keeps_sources(&self) -> bool {
        self.reading.options.keep_source && self.cells.keeps_sources
    }

    /// Source text is kept where writing the record to this format would not give the same cells back.
    fn keep_sources(&mut self) {
        if !self.keeps_sources() {
            return;
        }
        self.keep_order();
        // A value that is kept under another tag may take that of another value, so all are looked at once more then.
        for sources in [false, true] {
            let written = self.mapping.rehearse(&self.record, sources);
            let unlike: Vec<usize> =
                (0..self.provenance.len()).filter(|at| !self.comes_back(&self.provenance[*at], &written)).collect();
            let moves = unlike.iter().any(|at| !self.has_same_tags(&self.provenance[*at], &written));
            for known in unlike {
                self.keep_source(known);
            }
            if !moves {
                return;
            }
        }
    }

    /// Whether writing gives the tags that some slots were read from, whatever the values.
    fn has_same_tags(&self, known: &Provenance, written: &Written) -> bool {
        let mut mine: Vec<&str> = known.cells.iter().map(|at| &*self.cells.list[*at].tag).collect();
        let mut again: Vec<&str> =
            known.slots.clone().flat_map(|slot| written.of_slot(slot)).map(|(tag, _)| tag).collect();
        mine.sort_unstable();
        again.sort_unstable();
        mine == again
    }

    /// Whether writing gives the cells that some slots were read from.
    fn comes_back(&self, known: &Provenance, written: &Written) -> bool {
        let cells = || known.cells.iter().map(|at| &self.cells.list[*at]);
        if cells().any(|cell| cell.expression.is_some()) {
            return false;
        }
        if let ([only], 1) = (known.cells.as_slice(), known.slots.len()) {
            let mut again = written.of_slot(known.slots.start);
            let cell = &self.cells.list[*only];
            return again.next() == Some((&*cell.tag, &*cell.raw)) && again.next().is_none();
        }
        let mut mine: Vec<(&str, &str)> = cells().map(|cell| (&*cell.tag, &*cell.raw)).collect();
        let mut again: Vec<(&str, &str)> = known.slots.clone().flat_map(|slot| written.of_slot(slot)).collect();
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
            tag: (*cell.tag).into(),
            raw: cell.expression.clone().unwrap_or_else(|| (*cell.raw).into()),
            expression: cell.expression.is_some(),
        };
        let cells: Vec<SourceCell> = known.cells.iter().map(|at| cell(&self.cells.list[*at])).collect();
        for (at, slot) in (0..count).zip(known.slots.clone()) {
            let family = Family::Borrowed(self.mapping.family);
            let source = Source { family, cells: cells.clone(), part: (at, count) };
            self.record.slots[slot].keep_source(source);
        }
    }
}

fn append_names(names: &mut Names, more: Names) {
    names.list.extend(more.list);
    names.unplaced.extend(more.unplaced);
    names.others |= more.others;
}

/// Whether a string could be a citation key: section 5, D-13.
fn looks_like_key(raw: &str) -> bool {
    !raw.is_empty() && !raw.contains(|c: char| c.is_whitespace() || ",{}\"#%'()=".contains(c))
}
