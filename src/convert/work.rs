//! What is done to a block, on any thread: reading with the local transforms, and writing.

use super::blocks::{Before, Block, TooLong};
use super::links::{Ancestry, keeps_links};
use super::order::Context;
use super::{Options, citing};
use crate::check;
use crate::diagnostic::{Diagnostic, ENCODING_GUESSED, RECORD_TOO_LONG, XDATA_UNUSED};
use crate::encoding::{Growth, decode_onto};
use crate::format::{Format, Writer, write_item};
use crate::loss::{Loss, Report, Subject};
use crate::page::Columns;
use crate::read::{ReadOptions, Reading};
use crate::record::{Head, Item, Passage, Record, Slot, excerpt, fold_key};
use crate::transform::inherit::{is_container, resolve};
use crate::transform::repair::{Evidence, Level, repair};
use crate::transform::titles::{self, Titles};
use crate::transform::{authors, keys};
use crate::verify;
use crate::write::{Losses, WriteOptions, Writing};
use std::borrow::Cow;
use std::ops::Range;

/// How an input ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    /// This one was read to its end.
    Whole(u32),
    /// It could not be read.
    Failed,
}

/// A block that was read.
#[derive(Debug, Default)]
pub(super) struct ReadBlock {
    pub(super) items: Vec<Item>,
    /// How many records it holds, those included that were not selected.
    pub(super) records: u64,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether an input ends with this block, which then holds nothing else.
    pub(super) ends: Option<Ending>,
    /// What is known of the input before it.
    pub(super) before: Before,
}

/// Items to be written.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) items: Vec<Item>,
    /// The items at which chunks begin.
    pub(super) cuts: Vec<usize>,
    /// The head of the page, which is not among the items.
    pub(super) head: Option<Head>,
    /// What their own input had before them.
    pub(super) before: Before,
    /// Whether they are the first of the output.
    pub(super) first: bool,
}

/// A part of a block that was written: of one chunk.
#[derive(Debug, Default)]
pub(super) struct WrittenPart {
    pub(super) text: String,
    /// The columns that its rows have, for formats that lay out a page.
    pub(super) columns: Columns,
    /// Whether it holds any item.
    pub(super) any: bool,
    /// Whether the next item follows on the very next line.
    pub(super) tight: bool,
}

/// How many bytes a record takes, as a rule: more make the output's memory grow while it is written.
const TYPICAL: usize = 3 << 9;

/// A block that was written.
#[derive(Debug, Default)]
pub(super) struct WrittenBlock {
    /// Its parts, each of the chunk after that of the one before.
    pub(super) parts: Vec<WrittenPart>,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) losses: Vec<Loss>,
    pub(super) report: Report,
}

/// What all threads share.
#[derive(Clone, Copy)]
pub(super) struct Shared<'s> {
    pub(super) options: &'s Options,
    pub(super) target: Option<(&'static Format, &'static Writer)>,
    /// What passes before found out.
    pub(super) context: Context<'s>,
}

impl Shared<'_> {
    pub(super) fn read(self, block: Block) -> ReadBlock {
        let Block { format, bytes, pieces, first, too_long, goes_on, before, repair, outline, .. } = block;
        let Decoded { text, pieces, guessed, growth } = decode(&bytes, pieces);
        let keep_source = self.options.read.keep_source && uses_source(self.target.map(|(target, _)| target), format);
        let options = &ReadOptions { keep_source, ..self.options.read.clone() };
        let mut reading = Reading::new(&text, &pieces, format.family, first, options)
            .within(before.context.clone(), before.start)
            .outlined(outline, growth);
        if let Some(at) = guessed {
            let line_end = crate::source::line_end(text.as_bytes(), at).0;
            let message = "this line is not UTF-8; it is read as Windows-1252, as are any later ones";
            let finding = reading.report(&ENCODING_GUESSED, at..line_end, message);
            finding.hint = Some("name the encoding with --encoding if letters come out wrong".to_owned());
            finding.once = Some(Box::default());
        }
        match too_long {
            None => {
                if let Some(read) = format.read {
                    read(&mut reading);
                }
            }
            Some(part) => {
                if part == TooLong::Begins {
                    let limit = options.max_record;
                    let message =
                        format!("this record is longer than {limit} bytes and was not read; its text is kept");
                    reading.report(&RECORD_TOO_LONG, 0..1, message).hint =
                        Some("raise the limit with --max-record, or look for an end that is missing".to_owned());
                }
                reading.piece_of_passage(0..text.len(), goes_on);
            }
        }
        let (items, findings) = reading.finish();
        ReadBlock { before, ..self.local(format, repair, items, findings) }
    }

    /// The steps that need one record at a time.
    fn local(self, format: &Format, level: Level, mut items: Vec<Item>, mut findings: Vec<Diagnostic>) -> ReadBlock {
        self.inherit(&mut items, &mut findings);
        let mut records = 0;
        for item in &mut items {
            if let Item::Record(record) = item {
                records += 1;
                record.origin.number = records;
            }
        }
        if level != Level::Off {
            // A whole input is evidence for itself; a block is not, or its borders would show.
            let whole = format.cutter.is_none().then(|| Evidence::of(&items));
            for item in &mut items {
                let own = whole.is_none().then(|| Evidence::of(std::slice::from_ref(item)));
                if let (Item::Record(record), Some(evidence)) = (item, whole.as_ref().or(own.as_ref())) {
                    repair(record, level, evidence, &mut findings);
                }
            }
        }
        if let Some(author) = &self.options.author {
            let key = fold_key(author);
            items.retain(|item| !matches!(item, Item::Record(record) if !authors::has_author(record, &key)));
        }
        if let Some(cited) = self.options.cited.as_deref().filter(|cited| !cited.all()) {
            let wanted =
                |record: &Record| !cited.matches(record).is_empty() || citing::is_kin(record, self.context.kin);
            items.retain(|item| !matches!(item, Item::Record(record) if !wanted(record)));
        }
        if self.options.titles != Titles::Keep {
            for item in &mut items {
                if let Item::Record(record) = item {
                    titles::apply(self.options.titles, record, &mut findings);
                }
            }
        }
        if self.options.check {
            for item in &items {
                if let Some(check) = format.check {
                    check(item, &mut findings);
                }
                if let Item::Record(record) = item {
                    findings.extend(check::missing(record));
                    findings.extend(check::numbers(record));
                }
            }
        }
        self.name(&mut items, &mut findings);
        ReadBlock { items, records, findings, ..ReadBlock::default() }
    }

    /// Records get keys, where they are asked for or needed, and links follow them.
    fn name(self, items: &mut [Item], findings: &mut Vec<Diagnostic>) {
        let needed = self.target.is_some_and(|(_, writer)| writer.needs_key);
        let tex = self.target.is_some_and(|(_, writer)| writer.tex_keys);
        for item in items {
            let Item::Record(record) = item else { continue };
            match &self.options.keys {
                Some(pattern) => keys::apply(pattern, record),
                None if needed && tex => keys::propose(record, findings),
                None if needed => keys::complete(record),
                None => {}
            }
            if let Some(map) = self.context.keys {
                keys::relink(record, map);
            }
        }
    }

    /// Records get what they take from others, where the output does not keep the links; what is there for that alone
    /// is no record then.
    fn inherit(self, items: &mut [Item], findings: &mut Vec<Diagnostic>) {
        let Some(family) = self.context.ancestry.and_then(Ancestry::family) else { return };
        for item in items {
            let Item::Record(record) = item else { continue };
            let keeps = record.source_type.as_ref().is_some_and(|it| keeps_links(&it.format, &it.family, self.options));
            if keeps {
                continue;
            }
            if !is_container(record) {
                resolve(record, &family.parents, findings);
                continue;
            }
            let key = record.key.as_ref().map(|key| key.text.clone()).unwrap_or_default();
            let restated = family.wanted.have(&key);
            if !restated {
                let message = format!("no entry takes fields from `{}`", excerpt(&key, 60));
                findings.push(Diagnostic::new(&XDATA_UNUSED, message).at(record.origin.place));
            }
            let raw = format!("@xdata{{{key}}}");
            *item = Item::Passage(Passage { raw, restated, ..Passage::new("", record.origin.place) });
        }
    }

    /// Writes a block.
    pub(super) fn write(self, mut batch: Batch) -> WrittenBlock {
        let mut block = WrittenBlock::default();
        let Some((format, writer)) = self.target else { return block };
        if batch.before.is_dump {
            self.doubt_sources(format, writer, &mut batch);
        }
        let mut losses = Losses::new(self.options.list_losses || self.options.verify);
        let mut from = 0;
        for to in batch.cuts.iter().copied().chain([batch.items.len()]) {
            let items = batch.items.get(from..to).unwrap_or_default();
            from = to;
            // A chunk behind another begins with a record, which may stand anywhere.
            let first = batch.first && block.parts.is_empty();
            let part = self.part(writer, (items, first), batch.head.as_ref(), &mut block.findings, &mut losses);
            if self.options.verify {
                let (head, write) = (batch.head.as_ref(), &self.options.write);
                let around = verify::Around { head, write, before: (batch.before.context.clone(), batch.before.start) };
                let read = &self.options.read;
                let found = verify::block(format, writer, items, &part.text, &losses.list, read, around);
                block.findings.extend(found);
            }
            block.parts.push(part);
        }
        block.report = losses.report;
        if self.options.list_losses {
            block.losses = losses.list;
        }
        block
    }

    /// In a dump values may have been changed, and not the source text beside them: that is believed only where what is
    /// written of it reads as the values do.
    fn doubt_sources(self, format: &Format, writer: &Writer, batch: &mut Batch) {
        let Batch { items, head, before, first, .. } = batch;
        let is_sourced = |slot: &Slot| slot.source(format.family).is_some();
        for (at, item) in items.iter_mut().enumerate() {
            // Of the fields that read otherwise; if that is not enough, of all.
            for of_all in [false, true] {
                if !matches!(item, Item::Record(record) if record.slots.iter().any(is_sourced)) {
                    break;
                }
                let mut losses = Losses::new(true);
                let alone = (std::slice::from_ref(item), *first && at == 0);
                let part = self.part(writer, alone, head.as_ref(), &mut Vec::new(), &mut losses);
                let start = before.start.saturating_add(at as u64);
                let around = verify::Around {
                    head: head.as_ref(),
                    write: &self.options.write,
                    before: (before.context.clone(), start),
                };
                let silent = verify::silent(format, writer, item, &part.text, &losses.list, &self.options.read, around);
                let Item::Record(record) = item else { break };
                if silent.is_empty() {
                    break;
                }
                for slot in record.slots.iter_mut().filter(|slot| is_sourced(slot)) {
                    if of_all || silent.contains(&Subject::Field(slot.field())) {
                        slot.value_mut();
                    }
                }
            }
        }
    }

    /// Writes items of one chunk, which may be the first of the output.
    pub(super) fn part(
        self,
        writer: &Writer,
        (items, first): (&[Item], bool),
        head: Option<&Head>,
        findings: &mut Vec<Diagnostic>,
        losses: &mut Losses,
    ) -> WrittenPart {
        let write = &self.options.write;
        let of_head = || (writer.page?.author?)(head?);
        let author = if write.author.is_none() { of_head() } else { None };
        let of_page = author.map(|author| WriteOptions { author: Some(author), ..write.clone() });
        let write = of_page.as_ref().unwrap_or(write);
        let mut part = WrittenPart { text: String::with_capacity(items.len() * TYPICAL), ..WrittenPart::default() };
        let mut first = first;
        for item in items {
            let start = part.text.len();
            if part.any && !part.tight {
                part.text.push_str(writer.frame.between);
            }
            let mut writing = Writing { out: &mut part.text, options: write, sink: findings, first };
            first &= item.is_head();
            if write_item(writer, item, &mut writing, losses) {
                part.any = true;
                part.tight =
                    writer.frame.tight && matches!(item, Item::Passage(passage) if passage.tight || passage.goes_on);
            } else {
                part.text.truncate(start);
            }
        }
        if let Some(survey) = writer.page.and_then(|page| page.survey) {
            survey(&part.text, &mut part.columns);
        }
        part
    }
}

/// Whether a target can use the source text of what is read: it is of the same family, or holds whole records.
pub(super) fn uses_source(target: Option<&Format>, read: &Format) -> bool {
    target.is_none_or(|target| target.family == read.family || target.mapping.is_none())
}

/// The text of a block.
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    /// Its pieces, which move where bytes had to be guessed.
    pub(super) pieces: Vec<Range<usize>>,
    /// The offset of the first line of which the bytes had to be guessed, and what is longer than the bytes were.
    pub(super) guessed: Option<usize>,
    growth: Option<Growth>,
}

pub(super) fn decode(bytes: &[u8], pieces: Vec<Range<usize>>) -> Decoded<'_> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), pieces, guessed: None, growth: None };
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut guessed, mut growth) = (None, Growth::default());
    let moved = pieces
        .into_iter()
        .map(|piece| {
            let (start, begins) = (text.len(), piece.start);
            let first = decode_onto(&mut text, &bytes[piece], &mut |at, character| growth.push(begins + at, character));
            guessed = guessed.or(first);
            start..text.len()
        })
        .collect();
    Decoded { text: Cow::Owned(text), pieces: moved, guessed, growth: Some(growth) }
}
