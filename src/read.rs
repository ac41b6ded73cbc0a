//! Reading one block: what a reader gets and where it puts what it finds.

use crate::columns::ColumnMap;
use crate::cut::{Context, Outline, Outlined};
use crate::diagnostic::{Code, Diagnostic, MORE_FINDINGS, NOT_AVAILABLE};
use crate::encoding::Growth;
use crate::record::{Family, Head, Item, Passage, Record};
use crate::source::{Locator, Place, Span};
use smallvec::SmallVec;
use std::collections::HashSet;
use std::ops::Range;

/// What the user asked of the input, and the limits.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The longest record in bytes. A longer one becomes a passage and an error diagnostic.
    pub max_record: usize,
    /// The most fields in one record: more, and it becomes a passage and an error diagnostic. The most parts of its lists,
    /// too, of names, keywords and numbers: a field with which there are more is kept as it is.
    pub max_fields: usize,
    /// Whether to keep the strings values were read from where they say more than the value: the target can use them.
    pub keep_source: bool,
    /// What the user says that columns of tables mean.
    pub columns: ColumnMap,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { max_record: 4 << 20, max_fields: 100_000, keep_source: true, columns: ColumnMap::default() }
    }
}

/// A block being read: its text, and where items and findings go.
#[derive(Debug)]
pub struct Reading<'a> {
    text: &'a str,
    family: &'static str,
    pieces: &'a [Range<usize>],
    locator: Locator<'a>,
    context: Option<Context>,
    start: u64,
    outline: Option<Outline>,
    /// How much longer the text is than the bytes that the cutter saw, where some had to be guessed.
    growth: Option<Growth>,
    /// What the user asked.
    pub options: &'a ReadOptions,
    items: Vec<Item>,
    findings: Vec<Diagnostic>,
    told: Told,
    /// What is told once, and was.
    once: HashSet<(&'static str, Box<str>)>,
}

/// R's word for a value that is missing.
pub(crate) const NA: &str = "NA";

/// How many findings of one sort are told of one record: a damaged one may have as many as it has letters.
const TOLD: u32 = 100;

/// What was told of the record at hand.
#[derive(Debug, Default)]
struct Told {
    /// The piece that it stands in, and the number of items before it.
    of: (usize, usize),
    sorts: SmallVec<[(&'static Code, u32); 2]>,
    /// Of each sort of which there are too many the first of those, and how many they are.
    more: Vec<(Diagnostic, u32)>,
}

impl Told {
    /// Whether another finding of a sort would be told.
    fn has_room(&self, code: &'static Code) -> bool {
        self.sorts.iter().all(|(sort, told)| sort.id != code.id || *told < TOLD)
    }

    /// Whether another finding of a sort is told.
    fn tells(&mut self, code: &'static Code) -> bool {
        let at = self.sorts.iter().position(|(sort, _)| sort.id == code.id).unwrap_or_else(|| {
            self.sorts.push((code, 0));
            self.sorts.len() - 1
        });
        let (_, told) = &mut self.sorts[at];
        *told += 1;
        *told <= TOLD
    }

    /// What is said in place of those that were too many.
    fn rest(&mut self) -> impl Iterator<Item = Diagnostic> {
        self.sorts.clear();
        std::mem::take(&mut self.more).into_iter().map(|(first, count)| {
            let message = format!("{count} more findings `{}` of this record are not told", first.code.id);
            let once = first.once.map(|_| first.code.id.into());
            Diagnostic { span: first.span, once, ..Diagnostic::new(&MORE_FINDINGS, message) }
        })
    }
}

impl<'a> Reading<'a> {
    /// Begins to read a block: its text, the pieces of it that a cutter found (one for each record, with what follows
    /// it), and where it begins.
    pub fn new(
        text: &'a str,
        pieces: &'a [Range<usize>],
        family: &'static str,
        first: Place,
        options: &'a ReadOptions,
    ) -> Reading<'a> {
        Reading {
            text,
            pieces,
            family,
            locator: Locator::new(text, first),
            context: None,
            start: 0,
            outline: None,
            growth: None,
            options,
            items: Vec::new(),
            findings: Vec::new(),
            told: Told::default(),
            once: HashSet::new(),
        }
    }

    /// The same block with what the cutter knows of the input, and the offset at which the block begins.
    #[must_use]
    pub fn within(mut self, context: Option<Context>, start: u64) -> Reading<'a> {
        (self.context, self.start) = (context, start);
        self
    }

    /// What the cutter knows of the input, and the offset in the input at which the block begins: what stands before it
    /// is known for certain.
    pub fn context(&self) -> (Option<&Context>, u64) {
        (self.context.as_ref(), self.start)
    }

    /// The same block with what the cutter found out about just these pieces of just this text, but for what is longer
    /// than the bytes that it saw.
    #[must_use]
    pub(crate) fn outlined(mut self, outline: Option<Outline>, growth: Option<Growth>) -> Reading<'a> {
        (self.outline, self.growth) = (outline, growth);
        self
    }

    /// Takes what the cutter found out about the block, if it did.
    pub(crate) fn take_outline<T: Outlined>(&mut self) -> Option<Box<T>> {
        let outline = self.outline.take()?.downcast().ok()?;
        match &self.growth {
            None => Some(outline),
            Some(growth) if growth.is_whole() => outline.grown(growth).map(Box::new),
            Some(_) => None,
        }
    }

    /// The pieces of the block: each begins where the cutter found that a record may begin (the first, where the block
    /// begins) and ends where the next does. Without a cutter there is one.
    pub fn pieces(&self) -> impl Iterator<Item = Range<usize>> + use<'a> {
        self.pieces.iter().cloned()
    }

    /// The block's text. Offsets everywhere are bytes of it.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The family of the format being read.
    pub fn family(&self) -> &'static str {
        self.family
    }

    /// The place of an offset.
    pub fn place(&mut self, offset: usize) -> Place {
        self.locator.place(offset)
    }

    /// The span of a range of offsets, with its line.
    pub fn span(&mut self, range: Range<usize>) -> Span {
        let within = self.pieces.get(self.piece_at(range.start)).cloned().unwrap_or(0..self.text.len());
        self.locator.span(range, within)
    }

    /// The piece that an offset is in, by its place in the list.
    fn piece_at(&self, offset: usize) -> usize {
        self.pieces.partition_point(|piece| piece.start <= offset).saturating_sub(1)
    }

    /// Yields a record.
    pub fn record(&mut self, record: Record) {
        self.items.push(Item::Record(Box::new(record)));
    }

    /// Yields a piece of the block as a passage.
    pub fn passage(&mut self, range: Range<usize>) {
        self.piece_of_passage(range, false);
    }

    /// Yields a piece of the block as a passage, which may go on in the next.
    pub(crate) fn piece_of_passage(&mut self, range: Range<usize>, goes_on: bool) {
        let place = self.place(range.start);
        let raw = self.text.get(range).unwrap_or_default().to_owned();
        self.items.push(Item::Passage(Passage { raw, goes_on, ..Passage::new(self.family, place) }));
    }

    /// Yields file-level data.
    pub fn head(&mut self, range: Range<usize>, entries: Vec<(Box<str>, String)>) {
        let place = self.place(range.start);
        let raw = self.text.get(range).unwrap_or_default().to_owned();
        self.items.push(Item::Head(Head {
            family: Family::Borrowed(self.family),
            entries,
            raw,
            restated: false,
            place,
        }));
    }

    /// Yields any item.
    pub fn item(&mut self, item: Item) {
        self.items.push(item);
    }

    /// Reports a finding at a range of offsets; add a hint or a word for [`Diagnostic::once`] to what comes back. Of very
    /// many of one sort in one record the number is told.
    #[cold]
    pub fn report(&mut self, code: &'static Code, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        self.tell_of(range.start);
        if !self.told.tells(code) {
            let before = self.told.more.iter().position(|(first, _)| first.code.id == code.id);
            let at = before.unwrap_or_else(|| {
                let first = Diagnostic::new(code, message).at(self.span(range));
                self.told.more.push((first, 0));
                self.told.more.len() - 1
            });
            let (first, count) = &mut self.told.more[at];
            *count += 1;
            return first;
        }
        let span = self.span(range);
        self.findings.push(Diagnostic::new(code, message).at(span));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Reports a finding that is told [once](Diagnostic::once) by a word. Nothing comes back if it was told in this block.
    #[cold]
    pub fn report_once(
        &mut self,
        code: &'static Code,
        range: Range<usize>,
        word: impl Into<Box<str>>,
        message: impl FnOnce() -> String,
    ) -> Option<&mut Diagnostic> {
        self.tell_of(range.start);
        let word = word.into();
        if self.told.has_room(code) && !self.once.insert((code.id, word.clone())) {
            // It counts as if it were told: blocks of other lengths know of others.
            self.told.tells(code);
            return None;
        }
        let finding = self.report(code, range, message());
        finding.once = Some(word);
        Some(finding)
    }

    /// Reports that R's word for a missing value was read as none, in some place of a record.
    #[cold]
    pub(crate) fn not_available(&mut self, range: Range<usize>, place: &str) {
        let message = format!("`{NA}` in {place} was read as no value, as R writes it");
        self.report(&NOT_AVAILABLE, range, message).once = Some(NA.into());
    }

    /// Findings are told of the record that stands at an offset.
    fn tell_of(&mut self, offset: usize) {
        let of = (self.piece_at(offset), self.items.len());
        if self.told.of != of {
            self.findings.extend(self.told.rest());
            self.told.of = of;
        }
    }

    /// Reports a finding that has its place already.
    #[cold]
    pub fn finding(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Ends the block.
    pub fn finish(mut self) -> (Vec<Item>, Vec<Diagnostic>) {
        self.findings.extend(self.told.rest());
        (self.items, self.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FIELD_REPEATED, FIELD_UNKNOWN};

    #[test]
    fn of_very_many_findings_of_a_sort_the_number_is_told() {
        let (text, pieces) = ("one two", [0..4, 4..7]);
        let options = ReadOptions::default();
        let mut reading = Reading::new(text, &pieces, "ris", Place { input: 0, line: 1, column: 1 }, &options);
        for at in [0, 4] {
            for _ in 0..TOLD + 5 {
                reading.report(&FIELD_UNKNOWN, at..at + 3, "unknown");
            }
            reading.report(&FIELD_REPEATED, at..at + 3, "twice");
        }
        let (_, findings) = reading.finish();
        let count = |code: &Code| findings.iter().filter(|it| it.code.id == code.id).count();
        assert_eq!((count(&FIELD_UNKNOWN), count(&FIELD_REPEATED)), (2 * TOLD as usize, 2));
        let more: Vec<_> = findings.iter().filter(|it| it.code.id == MORE_FINDINGS.id).collect();
        assert_eq!(more.len(), 2);
        assert_eq!(more[0].message, "5 more findings `field-unknown` of this record are not told");
    }

    #[test]
    fn what_is_told_once_counts_as_if_it_were_told() {
        let (text, pieces) = ("one two", [0..4, 4..7]);
        let options = ReadOptions::default();
        let mut reading = Reading::new(text, &pieces, "ris", Place { input: 0, line: 1, column: 1 }, &options);
        let told = [0, 4].map(|at| {
            let one = |_| reading.report_once(&FIELD_UNKNOWN, at..at + 3, "a word", || "unknown".into()).is_some();
            (0..TOLD + 5).map(one).filter(|told| *told).count()
        });
        // The first, and those that are too many; of the second record these alone.
        assert_eq!(told, [6, 5]);
        let (_, findings) = reading.finish();
        let messages: Vec<&str> = findings.iter().map(|it| it.message.as_str()).collect();
        let more = "5 more findings `field-unknown` of this record are not told";
        assert_eq!(messages, ["unknown", more, more]);
    }
}
