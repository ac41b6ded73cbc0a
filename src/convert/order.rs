//! The conductor: hands blocks to the workers, and does in order what must be done in order.

use super::blocks::{Before, Blocks, Next};
use super::citing::Held;
use super::definitions::{Definitions, forget_expressions};
use super::input::Input;
use super::links::Ancestry;
use super::output::{Chunks, Output};
use super::tell::Teller;
use super::work::{Batch, Ending, ReadBlock, Shared, WrittenBlock};
use super::workers::{Done, Job, Workers, with_workers};
use super::{Observer, Options, Outcome, closed, failed};
use crate::diagnostic::{Diagnostic, INPUT_EMPTY, Severity};
use crate::error::Error;
use crate::format::{Format, Writer};
use crate::loss::Loss;
use crate::record::{Item, Record};
use crate::source::Place;
use crate::transform::keys::{KeyMap, Keys};
use std::collections::{BTreeMap, HashSet};
use std::panic::resume_unwind;

/// How many bytes of input may be on their way at once, from the cutter to the output: by their weight.
pub(super) const IN_FLIGHT: usize = 2 << 20;

/// A block between its reading and its output.
#[derive(Default)]
struct Pending {
    bytes: usize,
    weight: usize,
    findings: Vec<Diagnostic>,
}

/// What passes before this one found out.
#[derive(Clone, Copy, Default)]
pub(super) struct Context<'c> {
    /// The records that others take fields from.
    pub(super) ancestry: Option<&'c Ancestry<'c>>,
    /// What becomes of keys.
    pub(super) keys: Option<&'c KeyMap>,
    /// The keys of records that cited ones need.
    pub(super) kin: Option<&'c HashSet<String>>,
}

pub(super) struct Conductor<'c> {
    inputs: &'c [Input],
    shared: Shared<'c>,
    observer: &'c mut dyn Observer,
    out: Output<'c>,
    outcome: Outcome,
    in_flight: usize,
    /// Jobs handed out that are not done.
    jobs: usize,
    pending: BTreeMap<u64, Pending>,
    read: BTreeMap<u64, ReadBlock>,
    written: BTreeMap<u64, WrittenBlock>,
    /// The numbers of the next block to be cut, to be put in order, to be written out.
    next_cut: u64,
    next_read: u64,
    next_written: u64,
    keys: Keys,
    /// The records that wait for all others, where a document gives the order.
    held: Option<Held<'c>>,
    /// What the input whose blocks are coming defines, if it is a dump of records.
    definitions: Definitions,
    /// Whether anything but heads goes to the writer already.
    begun: bool,
    /// How many records were found in the input whose blocks are coming.
    found: u64,
    teller: Teller<'c>,
}

impl<'c> Conductor<'c> {
    pub(super) fn new(
        inputs: &'c [Input],
        out: &'c mut dyn Chunks,
        options: &'c Options,
        target: Option<(&'static Format, &'static Writer)>,
        context: Context<'c>,
        observer: &'c mut dyn Observer,
    ) -> Conductor<'c> {
        let out = Output::new(Box::new(out), target.map(|(_, writer)| writer), &options.write);
        Conductor {
            inputs,
            shared: Shared { options, target, context },
            held: options.cited.as_deref().map(|cited| Held::new(cited, context.kin)),
            observer,
            out,
            outcome: Outcome::default(),
            in_flight: 0,
            jobs: 0,
            pending: BTreeMap::new(),
            read: BTreeMap::new(),
            written: BTreeMap::new(),
            next_cut: 0,
            next_read: 0,
            next_written: 0,
            keys: Keys::default(),
            definitions: Definitions::new(target.map(|(format, _)| format)),
            begun: false,
            found: 0,
            teller: Teller::new(inputs),
        }
    }

    pub(super) fn run(mut self) -> Result<Outcome, Error> {
        let threads = if self.is_one_block() { 1 } else { self.shared.options.threads() };
        with_workers(threads, self.shared, |workers| self.conduct(workers))?;
        self.finish()?;
        Ok(self.outcome)
    }

    /// Whether there is no more to do than one thread has done before others have begun.
    fn is_one_block(&self) -> bool {
        let sizes: Option<u64> = self.inputs.iter().map(Input::size).sum();
        sizes.is_some_and(|bytes| bytes <= self.shared.options.block_size() as u64)
    }

    fn conduct(&mut self, mut workers: Workers) -> Result<(), Error> {
        let mut blocks = Blocks::of_family(self.inputs, self.shared.options, self.shared.context.ancestry);
        let mut cutting = true;
        loop {
            while cutting && self.has_room(&workers) {
                cutting = self.cut(&mut blocks, &mut workers);
            }
            // Inputs that failed need no worker to come out.
            self.advance(&mut workers)?;
            if let Some(error) = self.keys.failure() {
                return Err(Error::temporary(error));
            }
            if self.jobs == 0 {
                if cutting {
                    continue;
                }
                let Some(held) = self.held.take() else { return Ok(()) };
                self.release(held, &mut workers);
                continue;
            }
            let done = workers.next_done(self.shared);
            self.jobs -= 1;
            match done {
                Some(Done::Read(number, block)) => {
                    self.read.insert(number, block);
                }
                Some(Done::Write(number, block)) => {
                    self.written.insert(number, block);
                }
                Some(Done::Panicked(panic)) => resume_unwind(panic),
                None => {}
            }
        }
    }

    /// Whether another block may be cut. Where the work is done here, each goes all its way before the next begins: what
    /// was read of it is still near when it is written.
    fn has_room(&self, workers: &Workers) -> bool {
        if workers.are_here() { self.jobs == 0 } else { self.in_flight < IN_FLIGHT }
    }

    /// Cuts one more block; `false` when there is none.
    fn cut(&mut self, blocks: &mut Blocks<'_>, workers: &mut Workers) -> bool {
        match blocks.next() {
            Next::Block(block) => {
                for (input, error) in blocks.lost() {
                    self.outcome.failed += 1;
                    self.between(Some(failed(&error)), input, None);
                }
                let number = self.next_cut;
                self.next_cut += 1;
                let (bytes, weight) = (block.bytes.len(), block.weight());
                self.in_flight += weight;
                self.pending.insert(number, Pending { bytes, weight, findings: Vec::new() });
                self.hand_out(Job::Read(number, block), workers);
            }
            Next::Finding(input, finding) => self.between(Some(finding), input, None),
            Next::Failed(input, error) => {
                self.outcome.failed += 1;
                self.between(Some(failed(&error)), input, Some(Ending::Failed));
            }
            Next::Closed(input, replaced) => {
                self.between(closed(replaced), input, Some(Ending::Whole(input)));
            }
            Next::End => return false,
        }
        true
    }

    /// A finding about an input as a whole, or its end, comes when all blocks before it are out.
    fn between(&mut self, finding: Option<Diagnostic>, input: u32, ends: Option<Ending>) {
        let number = self.next_cut;
        self.next_cut += 1;
        let findings = finding.into_iter().map(|it| self.teller.of(input, it)).collect();
        self.pending.insert(number, Pending { bytes: 0, weight: 0, findings });
        self.read.insert(number, ReadBlock { ends, ..ReadBlock::default() });
    }

    fn hand_out(&mut self, job: Job, workers: &mut Workers) {
        self.jobs += 1;
        workers.take(job, self.shared);
    }

    /// Does what is next in order, as far as it is there.
    fn advance(&mut self, workers: &mut Workers) -> Result<(), Error> {
        while let Some(block) = self.read.remove(&self.next_read) {
            let number = self.next_read;
            self.next_read += 1;
            let (items, cuts, before) = self.in_order(number, block);
            let batch = self.batch(items, cuts, before);
            self.write_out(number, batch, workers);
        }
        while let Some(block) = self.written.remove(&self.next_written) {
            let number = self.next_written;
            self.next_written += 1;
            self.put_out(number, block)?;
        }
        Ok(())
    }

    fn batch(&mut self, items: Vec<Item>, cuts: Vec<usize>, before: Before) -> Batch {
        let first = !self.begun;
        self.begun |= !items.iter().all(Item::is_head);
        Batch { items, cuts, head: self.out.head.clone(), before, first }
    }

    /// Has a block written, if there is anything to write.
    fn write_out(&mut self, number: u64, batch: Batch, workers: &mut Workers) {
        if self.shared.target.is_some() && !batch.items.is_empty() {
            self.hand_out(Job::Write(number, batch), workers);
        } else {
            self.written.insert(number, WrittenBlock::default());
        }
    }

    /// The global transforms, over the items of a block; what comes back with them is where chunks begin.
    fn in_order(&mut self, number: u64, block: ReadBlock) -> (Vec<Item>, Vec<usize>, Before) {
        let ReadBlock { mut items, records, mut findings, ends, before: mut block_before } = block;
        self.found += records;
        if let Some(ending) = ends {
            self.definitions.forget();
            let found = std::mem::take(&mut self.found);
            if let Ending::Whole(input) = ending
                && found == 0
            {
                let finding = Diagnostic::new(&INPUT_EMPTY, "the input holds no record")
                    .hint("if it is in another format than it seems, name that with --from");
                findings.push(self.teller.of(input, finding));
            }
        }
        let before = self.outcome.records;
        self.outcome.records += records;
        for finding in &mut findings {
            finding.record = finding.record.map(|record| record + before);
        }
        for item in &mut items {
            if let Item::Record(record) = item {
                record.origin.number += before;
            }
        }
        if block_before.is_dump {
            block_before = self.definitions.settle_block(&mut items);
        }
        if let Some(held) = &mut self.held {
            held.take(&mut items, &block_before);
        }
        if self.out.is_page() {
            self.keep_head(&mut items);
        }
        let cuts = self.settle(&mut items, &mut findings);
        if let Some(pending) = self.pending.get_mut(&number) {
            pending.findings.append(&mut findings);
        }
        (items, cuts, block_before)
    }

    /// Lets go of the records that a document cites, when all are there.
    fn release(&mut self, held: Held<'c>, workers: &mut Workers) {
        let (batches, mut findings) = held.release();
        for (mut items, before) in batches {
            let number = self.next_cut;
            self.next_cut += 1;
            self.next_read = self.next_cut;
            let cuts = self.settle(&mut items, &mut findings);
            self.pending.insert(number, Pending { bytes: 0, weight: 0, findings: std::mem::take(&mut findings) });
            let batch = self.batch(items, cuts, before);
            self.write_out(number, batch, workers);
        }
    }

    /// Items that go on to the writer get their keys, in order. What comes back are the items at which chunks begin.
    fn settle(&mut self, items: &mut [Item], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
        let mut cuts = Vec::new();
        let fingerprints = if self.keeps_keys() { self.keys.fingerprints(items) } else { Vec::new() };
        for (at, item) in items.iter_mut().enumerate() {
            if let Item::Record(record) = item {
                let chunk = self.shared.options.chunk.map_or(u64::MAX, std::num::NonZeroU64::get);
                let begins = self.outcome.selected > 0 && self.outcome.selected.is_multiple_of(chunk);
                self.outcome.selected += 1;
                if begins {
                    cuts.push(at);
                }
                if self.shared.options.chunk.is_some() {
                    // What they name is defined in one chunk.
                    forget_expressions(record, |_, _, _| true);
                }
                self.settle_key(record, fingerprints.get(at).copied(), findings);
                self.out.expect(record, begins);
            }
            self.observer.item(item);
        }
        cuts
    }

    /// Whether records keep their keys, unless another has one already.
    fn keeps_keys(&self) -> bool {
        self.shared.options.keys.is_none() && self.shared.target.is_some_and(|(_, writer)| writer.needs_key)
    }

    /// A record that keeps its key has this fingerprint of it.
    fn settle_key(&mut self, record: &mut Record, fingerprint: Option<u64>, findings: &mut Vec<Diagnostic>) {
        if self.shared.options.keys.is_some() {
            let old = self.keys.settle_made(record);
            if let Some(new) = &record.key {
                self.observer.key(old.as_deref(), &new.text);
            }
            return;
        }
        if let Some(fingerprint) = fingerprint {
            self.keys.settle_known(record, fingerprint, findings);
        }
        if let Some(key) = &record.key {
            let old = key.stated.as_deref().unwrap_or(&key.text);
            self.observer.key(Some(old).filter(|_| !key.made), &key.text);
        }
    }

    /// The first head of the target's own family is the page's.
    fn keep_head(&mut self, items: &mut Vec<Item>) {
        let Some((format, _)) = self.shared.target.filter(|_| self.out.head.is_none()) else { return };
        let own = |item: &Item| matches!(item, Item::Head(head) if head.family == format.family);
        if let Some(at) = items.iter().position(own)
            && let Item::Head(head) = items.remove(at)
        {
            self.out.head = Some(head);
        }
    }

    fn put_out(&mut self, number: u64, block: WrittenBlock) -> Result<(), Error> {
        let Pending { bytes, weight, mut findings } = self.pending.remove(&number).unwrap_or_default();
        self.in_flight -= weight;
        self.observer.read(bytes as u64);
        for (at, part) in block.parts.iter().enumerate() {
            if at > 0 {
                self.out.next_chunk()?;
            }
            self.out.put(part)?;
        }
        findings.extend(block.findings);
        self.tell_by_place(findings, block.losses);
        self.outcome.losses.merge(block.report);
        self.observer.proceed()
    }

    /// Tells what is to be told of a block by place, so that the order does not tell where blocks end.
    fn tell_by_place(&mut self, mut findings: Vec<Diagnostic>, losses: Vec<Loss>) {
        let place = |finding: &Diagnostic| finding.span.as_ref().map_or(Place::default(), |span| span.place);
        findings.sort_by_key(place);
        let mut losses = losses.into_iter().peekable();
        for finding in findings {
            while let Some(loss) = losses.next_if(|loss| loss.place < place(&finding)) {
                self.tell_loss(loss);
            }
            self.tell(finding);
        }
        losses.for_each(|loss| self.tell_loss(loss));
    }

    fn tell_loss(&mut self, mut loss: Loss) {
        loss.file = Some(loss.place).filter(|place| place.line > 0).and_then(|place| self.teller.name(place.input));
        self.observer.loss(loss);
    }

    fn tell(&mut self, finding: Diagnostic) {
        let Some(finding) = self.teller.prepare(finding) else { return };
        if finding.severity == Severity::Error {
            self.outcome.errors += 1;
        }
        self.observer.finding(finding);
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.outcome.inputs = self.inputs.len() as u64 - self.outcome.failed;
        self.out.finish()
    }
}
