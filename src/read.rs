//! Reading one block: what a reader gets and where it puts what it finds.

use crate::columns::ColumnMap;
use crate::cut::{Context, Outline};
use crate::diagnostic::{Code, Diagnostic};
use crate::record::{Family, Head, Item, Passage, Record};
use crate::source::{Locator, Place, Span};
use std::ops::Range;

/// What the user asked of the input, and the limits.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The longest record in bytes. A longer one becomes a passage and an error diagnostic.
    pub max_record: usize,
    /// The most fields in one record. More, and it becomes a passage and an error diagnostic.
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
    /// What the user asked.
    pub options: &'a ReadOptions,
    items: Vec<Item>,
    findings: Vec<Diagnostic>,
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
            options,
            items: Vec::new(),
            findings: Vec::new(),
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

    /// The same block with what the cutter found out about just these pieces of just this text.
    #[must_use]
    pub(crate) fn outlined(mut self, outline: Option<Outline>) -> Reading<'a> {
        self.outline = outline;
        self
    }

    /// Takes what the cutter found out about the block, if it did.
    pub(crate) fn take_outline<T: 'static>(&mut self) -> Option<Box<T>> {
        self.outline.take()?.downcast().ok()
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
        let at = self.pieces.partition_point(|piece| piece.start <= range.start).saturating_sub(1);
        let within = self.pieces.get(at).cloned().unwrap_or(0..self.text.len());
        self.locator.span(range, within)
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

    /// Reports a finding at a range of offsets; add a hint or a word for [`Diagnostic::once`] to what comes back.
    #[cold]
    pub fn report(&mut self, code: &'static Code, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let span = self.span(range);
        self.findings.push(Diagnostic::new(code, message).at(span));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Reports a finding that has its place already.
    #[cold]
    pub fn finding(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Ends the block.
    pub fn finish(self) -> (Vec<Item>, Vec<Diagnostic>) {
        (self.items, self.findings)
    }
}
