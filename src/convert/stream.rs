//! Reading and writing one item at a time, for programs that do something in between.

use super::blocks::{Block, Blocks, Next};
use super::definitions::Definitions;
use super::input::Input;
use super::links::{self, Ancestry};
use super::order::Context;
use super::output::{Output, Whole};
use super::tell::Teller;
use super::work::Shared;
use super::{Options, closed, failed, writer};
use crate::diagnostic::{Diagnostic, Sink};
use crate::error::Error;
use crate::format::{Format, Writer as FormatWriter};
use crate::loss::{Loss, Report};
use crate::record::Item;
use crate::transform::keys::{self, Keys};
use crate::write::Losses;
use std::io::Write;

/// Inputs to be read item by item, on the thread of who asks.
///
/// What [`Options`] say of reading holds: formats and encodings, limits, repairs, the author to select. If they name a
/// format to write, records come as that needs them: with the fields of their parents where the format keeps no links.
/// Keys that [`Options::keys`] asks for, and the order in which a document cites, need all records at once and are the
/// work of [`run`](super::run).
///
/// ```
/// use bibferry::convert::{Input, Options, Reader, Writer};
/// use bibferry::formats;
/// use bibferry::record::{Field, Item};
///
/// let ris = "TY  - BOOK\nAU  - Doe, Jane\nTI  - On Examples\nPY  - 2020\nER  - \n\nTY  - BOOK\nTI  - Too old\nPY  - 1999\nER  - \n";
/// let options = Options::to(formats::by_name("bibtex")?);
/// let mut findings = Vec::new();
/// let mut out = Vec::new();
/// let mut writer = Writer::new(&mut out, &options)?;
/// let reader = Reader::new(&[Input::bytes("refs.ris", ris)], &options)?;
/// for item in reader.items(&mut findings) {
///     let Item::Record(record) = &item else { continue };
///     if record.all(Field::Issued).any(|slot| slot.value().excerpt(4).as_str() >= "2000") {
///         writer.write(item)?;
///     }
/// }
/// let report = writer.finish()?.report;
/// assert!(report.iter().all(|(_, kind, _)| !kind.is_loss()));
/// assert!(out.starts_with(b"@book{doe2020examples,\n  author = {Doe, Jane},\n") && findings.is_empty());
/// # Ok::<(), bibferry::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<'o> {
    inputs: Vec<Input>,
    options: &'o Options,
    ancestry: Ancestry<'o>,
}

impl<'o> Reader<'o> {
    /// Makes inputs that can be read only once ready for more than one pass, where their records may take fields from
    /// others.
    ///
    /// # Errors
    /// A usage error if a format cannot be read or written. What is wrong with an input is a finding.
    pub fn new(inputs: &[Input], options: &'o Options) -> Result<Reader<'o>, Error> {
        options.to.map(writer).transpose()?;
        let inputs: Vec<Input> = inputs.iter().map(Input::anew).collect();
        let inputs = links::rereadable(&inputs, options)?;
        let ancestry = Ancestry::new(&inputs, options);
        Ok(Reader { inputs, options, ancestry })
    }

    /// The items in order; findings go to the sink as they are come upon.
    pub fn items<'r>(&'r self, sink: &'r mut dyn Sink) -> Items<'r> {
        let context = Context { ancestry: Some(&self.ancestry), ..Context::default() };
        let target = self.options.to.and_then(|format| Some((format, format.write.as_ref()?)));
        Items {
            blocks: Blocks::of_family(&self.inputs, self.options, context.ancestry),
            shared: Shared { options: self.options, target, context },
            teller: Teller::new(&self.inputs),
            sink,
            waiting: Vec::new().into_iter(),
            records: 0,
        }
    }
}

/// The items of a [`Reader`].
pub struct Items<'r> {
    blocks: Blocks<'r>,
    shared: Shared<'r>,
    teller: Teller<'r>,
    sink: &'r mut dyn Sink,
    waiting: std::vec::IntoIter<Item>,
    /// The records so far.
    records: u64,
}

impl std::fmt::Debug for Items<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Items({} records)", self.records)
    }
}

impl Items<'_> {
    fn report(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        for finding in findings {
            if let Some(finding) = self.teller.prepare(finding) {
                self.sink.report(finding);
            }
        }
    }

    fn block(&mut self, block: Block) {
        let mut read = self.shared.read(block);
        for finding in &mut read.findings {
            finding.record = finding.record.map(|record| record + self.records);
        }
        for item in &mut read.items {
            if let Item::Record(record) = item {
                record.origin.number += self.records;
            }
        }
        self.records += read.records;
        self.report(read.findings);
        self.waiting = read.items.into_iter();
    }
}

impl Iterator for Items<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.waiting.next() {
                return Some(item);
            }
            match self.blocks.next() {
                Next::Block(block) => {
                    for (input, error) in self.blocks.lost() {
                        let finding = self.teller.of(input, failed(&error));
                        self.report([finding]);
                    }
                    self.block(block);
                }
                Next::Finding(input, finding) => {
                    let finding = self.teller.of(input, finding);
                    self.report([finding]);
                }
                Next::Failed(input, error) => {
                    let finding = self.teller.of(input, failed(&error));
                    self.report([finding]);
                }
                Next::Closed(input, replaced) => {
                    let finding = closed(replaced).map(|finding| self.teller.of(input, finding));
                    self.report(finding);
                }
                Next::End => return None,
            }
        }
    }
}

/// Writes items one at a time, in the frame of the format that [`Options::to`] names. See [`Reader`] for an example.
pub struct Writer<'w> {
    format: &'static Format,
    how: &'static FormatWriter,
    options: &'w Options,
    out: Output<'w>,
    keys: Keys,
    definitions: Definitions,
    written: Written,
    records: u64,
    /// Whether any item was written, or could not be.
    begun: bool,
}

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer({}, {} records)", self.format.id, self.records)
    }
}

/// What a [`Writer`] has to say in the end.
#[derive(Debug, Default)]
pub struct Written {
    /// The losses, counted.
    pub report: Report,
    /// What was found while writing: keys that clash, characters that have no command.
    pub findings: Vec<Diagnostic>,
}

impl<'w> Writer<'w> {
    /// Begins an output.
    ///
    /// # Errors
    /// A usage error if no format is named, or one that cannot be written.
    pub fn new(out: &'w mut dyn Write, options: &'w Options) -> Result<Writer<'w>, Error> {
        let format = options.to.ok_or_else(|| Error::Usage("no format to write is named".to_owned()))?;
        let writer = writer(format)?;
        let out = Output::new(Box::new(Whole(out)), Some(writer), &options.write);
        let (keys, definitions, written) = (Keys::default(), Definitions::new(Some(format)), Written::default());
        Ok(Writer { format, how: writer, options, out, keys, definitions, written, records: 0, begun: false })
    }

    /// Writes an item. A record without a key is given one where the format demands that; a key that stands already gets
    /// a letter. What the format has no place for comes back.
    ///
    /// # Errors
    /// If the output cannot be written, or the temporary file that holds the keys where they are very many.
    pub fn write(&mut self, mut item: Item) -> Result<Vec<Loss>, Error> {
        self.definitions.settle(&mut item);
        match &mut item {
            Item::Record(record) => {
                self.records += 1;
                record.origin.number = self.records;
                if self.how.needs_key {
                    if self.how.tex_keys {
                        keys::propose(record, &mut self.written.findings);
                    } else {
                        keys::complete(record);
                    }
                    self.keys.settle(record, &mut self.written.findings);
                    self.keys.failure().map_or(Ok(()), |error| Err(Error::temporary(error)))?;
                }
                self.out.expect(record, false);
            }
            Item::Head(head) if self.out.is_page() && self.out.head.is_none() && head.family == self.format.family => {
                self.out.head = Some(head.clone());
                return Ok(Vec::new());
            }
            Item::Head(_) | Item::Passage(_) => {}
        }
        let mut losses = Losses::new(true);
        let target = Some((self.format, self.how));
        let shared = Shared { options: self.options, target, context: Context::default() };
        let first = !self.begun;
        self.begun |= !item.is_head();
        let items = (std::slice::from_ref(&item), first);
        let part = shared.part(self.how, items, self.out.head.as_ref(), &mut self.written.findings, &mut losses);
        self.out.put(&part)?;
        self.written.report.merge(losses.report);
        Ok(losses.list)
    }

    /// Ends the output.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn finish(mut self) -> Result<Written, Error> {
        self.out.finish()?;
        Ok(self.written)
    }
}
