//! The conductor: hands blocks to the workers, and does in order what must be done in order.

use super::blocks::{Before, Block, Blocks, Next};
use super::citing::Held;
use super::definitions::{Definitions, forget_expressions};
use super::input::Input;
use super::links::Ancestry;
use super::output::{Chunks, Output};
use super::tell::Teller;
use super::work::{Batch, Ending, ReadBlock, Shared, WrittenBlock};
use super::{Observer, Options, Outcome, closed, failed};
use crate::diagnostic::{Diagnostic, INPUT_EMPTY, Severity};
use crate::error::Error;
use crate::format::{Format, Writer};
use crate::loss::Loss;
use crate::record::{Item, Record};
use crate::source::Place;
use crate::transform::keys::{KeyMap, Keys};
use std::any::Any;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;

/// How many bytes of input may be on their way at once, from the cutter to the output: by their weight.
pub(super) const IN_FLIGHT: usize = 2 << 20;

enum Job {
    Read(u64, Block),
    Write(u64, Batch),
}

enum Done {
    Read(u64, ReadBlock),
    Write(u64, WrittenBlock),
    Panicked(Box<dyn Any + Send>),
}

fn work(job: Job, shared: Shared<'_>) -> Done {
    let result = catch_unwind(AssertUnwindSafe(|| match job {
        Job::Read(number, block) => Done::Read(number, shared.read(block)),
        Job::Write(number, batch) => Done::Write(number, shared.write(batch)),
    }));
    result.unwrap_or_else(Done::Panicked)
}

/// Jobs for the workers. What can be written is done first: it frees memory.
#[derive(Default)]
struct Queue {
    jobs: Mutex<(VecDeque<Job>, bool)>,
    change: Condvar,
}

impl Queue {
    fn push(&self, job: Job) {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        match job {
            Job::Write(..) => jobs.0.push_front(job),
            Job::Read(..) => jobs.0.push_back(job),
        }
        self.change.notify_one();
    }

    fn close(&self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.change.notify_all();
    }

    /// A job for one who has other things to do, if more than one waits: the others shall not wait for what that one does
    /// not do meanwhile.
    fn spare(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.0.len() > 1 { jobs.0.pop_front() } else { None }
    }

    fn pop(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = jobs.0.pop_front() {
                return Some(job);
            }
            if jobs.1 {
                return None;
            }
            jobs = self.change.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Where jobs are done: at once, or by threads. Then the conductor does one, too, when nothing else is to be done.
enum Workers {
    Here(VecDeque<Done>),
    Threads(Arc<Queue>, Receiver<Done>),
}

impl Workers {
    /// What was done next. `None` if nobody does anything any more.
    fn next_done(&mut self, shared: Shared<'_>) -> Option<Done> {
        match self {
            Workers::Here(done) => done.pop_front(),
            Workers::Threads(queue, receiver) => match receiver.try_recv() {
                Ok(done) => Some(done),
                Err(TryRecvError::Empty) => match queue.spare() {
                    Some(job) => Some(work(job, shared)),
                    None => receiver.recv().ok(),
                },
                Err(TryRecvError::Disconnected) => None,
            },
        }
    }
}

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
            found: 0,
            teller: Teller::new(inputs),
        }
    }

    pub(super) fn run(mut self) -> Result<Outcome, Error> {
        let threads = self.shared.options.threads();
        if threads <= 1 || self.is_one_block() {
            self.conduct(Workers::Here(VecDeque::new()))?;
        } else {
            let queue = Arc::new(Queue::default());
            let (sender, receiver) = channel();
            let shared = self.shared;
            std::thread::scope(|scope| {
                let mut begun = 0;
                for _ in 1..threads {
                    let (queue, sender): (Arc<Queue>, Sender<Done>) = (queue.clone(), sender.clone());
                    let work = move || {
                        while let Some(job) = queue.pop() {
                            // Nobody listens any more when the run was given up.
                            if sender.send(work(job, shared)).is_err() {
                                break;
                            }
                        }
                    };
                    // Where the system has no more threads, those that there are do the work.
                    if Builder::new().spawn_scoped(scope, work).is_err() {
                        break;
                    }
                    begun += 1;
                }
                let workers = match begun {
                    0 => Workers::Here(VecDeque::new()),
                    _ => Workers::Threads(queue.clone(), receiver),
                };
                let result = catch_unwind(AssertUnwindSafe(|| self.conduct(workers)));
                queue.close();
                result.unwrap_or_else(|panic| resume_unwind(panic))
            })?;
        }
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
        match workers {
            Workers::Here(_) => self.jobs == 0,
            Workers::Threads(..) => self.in_flight < IN_FLIGHT,
        }
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
        match workers {
            Workers::Here(done) => done.push_back(work(job, self.shared)),
            Workers::Threads(queue, _) => queue.push(job),
        }
    }

    /// Does what is next in order, as far as it is there.
    fn advance(&mut self, workers: &mut Workers) -> Result<(), Error> {
        while let Some(block) = self.read.remove(&self.next_read) {
            let number = self.next_read;
            self.next_read += 1;
            let (items, cuts, before) = self.in_order(number, block);
            self.write_out(number, Batch { items, cuts, head: self.out.head.clone(), before }, workers);
        }
        while let Some(block) = self.written.remove(&self.next_written) {
            let number = self.next_written;
            self.next_written += 1;
            self.put_out(number, block)?;
        }
        Ok(())
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
            self.write_out(number, Batch { items, cuts, head: self.out.head.clone(), before }, workers);
        }
    }

    /// Items that go on to the writer get their keys, in order. What comes back are the items at which chunks begin.
    fn settle(&mut self, items: &mut [Item], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
        let mut cuts = Vec::new();
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
                self.settle_key(record, findings);
                self.out.expect(record, begins);
            }
            self.observer.item(item);
        }
        cuts
    }

    fn settle_key(&mut self, record: &mut Record, findings: &mut Vec<Diagnostic>) {
        if self.shared.options.keys.is_some() {
            let old = self.keys.settle_made(record);
            if let Some(new) = &record.key {
                self.observer.key(old.as_deref(), &new.text);
            }
            return;
        }
        if self.shared.target.is_some_and(|(_, writer)| writer.needs_key) {
            self.keys.settle(record, findings);
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
