//! The pipeline: inputs are cut into blocks, blocks are read and written on all cores, and everything comes out in the
//! order of the input, whatever the number of threads and the size of the blocks.
//!
//! ```text
//! bytes ─▶ blocks ─read, repair, select─▶ items ─in order: number, keys─▶ write ─▶ bytes in order
//! ```
//!
//! Memory is bounded by the blocks in flight, not by the input. See [`run`].

mod blocks;
mod citing;
mod definitions;
mod input;
mod links;
mod order;
mod output;
mod stream;
mod tell;
mod watch;
mod work;
mod workers;

pub use input::Input;
pub use output::Chunks;
pub use stream::{Items, Reader, Writer, Written};

use crate::cited::Cited;
use crate::diagnostic::{Diagnostic, ENCODING_INVALID, INPUT_FAILED};
use crate::error::Error;
use crate::format::{self, Format};
use crate::loss::{Loss, Report};
use crate::read::ReadOptions;
use crate::record::Item;
use crate::transform::keys::{KeyMap, Pattern};
use crate::transform::repair::Level;
use crate::transform::titles::Titles;
use crate::write::WriteOptions;
use encoding_rs::Encoding;
use std::io::Write;
use std::num::NonZeroU64;
use std::sync::{Arc, LazyLock};

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format of all inputs; detected for each where it is not named.
    pub from: Option<&'static Format>,
    /// The format to write.
    pub to: Option<&'static Format>,
    /// The encoding of all inputs that have no byte order mark.
    pub encoding: Option<&'static Encoding>,
    /// Reading and its limits.
    pub read: ReadOptions,
    /// Writing.
    pub write: WriteOptions,
    /// How much damaged text is repaired; where nothing is said the input's format decides.
    pub repair: Option<Level>,
    /// Only records of which this is an author, by case-insensitive exact match of the name.
    pub author: Option<String>,
    /// What is done to the letter case of titles.
    pub titles: Titles,
    /// What citation keys are made of, for every record; else keys are kept, and made where a format demands them.
    pub keys: Option<Pattern>,
    /// Only records that a document cites, in its order.
    pub cited: Option<Arc<Cited>>,
    /// How many threads read and write; 0 is one for each core.
    pub threads: usize,
    /// About how many bytes a block has; 0 is as fits the threads.
    pub block_size: usize,
    /// The largest input in bytes of a format that is read as a whole.
    pub max_input: u64,
    /// Whether records keep their links to others instead of taking what they lack: see [`inherit`](crate::transform::inherit).
    pub keep_links: bool,
    /// Whether to read back what was written and to compare.
    pub verify: bool,
    /// Whether to report what records lack: see [`check`](crate::check).
    pub check: bool,
    /// Whether to tell the observer of each loss; they are counted in any case.
    pub list_losses: bool,
    /// How many records a chunk of the output holds: see [`run_chunked`].
    pub chunk: Option<NonZeroU64>,
}

/// How many cores the program may use. Asking reads files on some systems, and each block asks.
static CORES: LazyLock<usize> = LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));

impl Options {
    /// The defaults, writing this format.
    pub fn to(format: &'static Format) -> Options {
        Options { to: Some(format), ..Options::default() }
    }

    /// The threads that will work.
    pub fn threads(&self) -> usize {
        match self.threads {
            0 => *CORES,
            threads => threads,
        }
    }

    /// About how many bytes a block will have, less where records are short. One thread writes what it read while that is
    /// in its caches; several wait less for each other if there are fewer blocks, but there must be enough for all.
    pub fn block_size(&self) -> usize {
        match (self.block_size, self.threads()) {
            (0, 1) => 64 << 10,
            (0, threads) => (order::IN_FLIGHT / threads / 2).clamp(16 << 10, 256 << 10),
            (size, _) => size,
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            from: None,
            to: None,
            encoding: None,
            read: ReadOptions::default(),
            write: WriteOptions::default(),
            repair: None,
            author: None,
            cited: None,
            titles: Titles::Keep,
            keys: None,
            threads: 0,
            block_size: 0,
            max_input: 256 << 20,
            keep_links: false,
            verify: false,
            check: false,
            list_losses: false,
            chunk: None,
        }
    }
}

/// Who is told of findings and losses, in the order of the input, while the run goes on.
pub trait Observer {
    /// A finding.
    fn finding(&mut self, finding: Diagnostic);
    /// A loss, if [`Options::list_losses`] is set.
    fn loss(&mut self, loss: Loss);
    /// An item on its way to the writer, selected, repaired and with its key.
    fn item(&mut self, _item: &Item) {}
    /// So many more bytes of the inputs are done.
    fn read(&mut self, _bytes: u64) {}
    /// A record got its key: the one it had before, if any, and the one it has. Told of every record with a key.
    fn key(&mut self, _old: Option<&str>, _new: &str) {}
    /// Whether to go on: asked again and again while the run goes on.
    ///
    /// # Errors
    /// What is to end the run, as its error.
    fn proceed(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// Nobody is told.
impl Observer for () {
    fn finding(&mut self, _: Diagnostic) {}
    fn loss(&mut self, _: Loss) {}
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Records read.
    pub records: u64,
    /// Records that went on to the writer: all, or those selected.
    pub selected: u64,
    /// Error findings: records that were given up, and inputs that failed.
    pub errors: u64,
    /// Inputs that could be read.
    pub inputs: u64,
    /// Inputs that could not be read.
    pub failed: u64,
    /// The losses, counted.
    pub losses: Report,
}

/// Reads the inputs, and writes them to `out` if a format to write is named. Findings and losses go to the observer.
///
/// # Errors
/// A usage error if a format cannot be read, written or verified; an input or output error of `out`. What is wrong with
/// an input is a finding, and [`Outcome::failed`] counts the inputs that could not be read.
pub fn run(
    inputs: &[Input],
    out: &mut dyn Write,
    options: &Options,
    observer: &mut dyn Observer,
) -> Result<Outcome, Error> {
    if options.chunk.is_some() {
        return Err(Error::Usage("chunks are written by `run_chunked`".to_owned()));
    }
    run_chunked(inputs, &mut output::Whole(out), options, observer)
}

/// The same as [`run`], with an output that is told where each [chunk](Options::chunk) of records ends. Each chunk is a
/// whole file of its own, which relies on nothing that stands in another.
///
/// # Errors
/// As [`run`], and what [`Chunks::next_chunk`] says.
pub fn run_chunked(
    inputs: &[Input],
    out: &mut dyn Chunks,
    options: &Options,
    observer: &mut dyn Observer,
) -> Result<Outcome, Error> {
    if let Some(from) = options.from.filter(|format| format.read.is_none()) {
        return Err(Error::Usage(format!("{} is a format that bibferry writes but cannot read yet", from.id)));
    }
    let target = options.to.map(|format| writer(format).map(|writer| (format, writer))).transpose()?;
    if let Some((format, _)) = target.filter(|(format, _)| options.verify && format.read.is_none()) {
        return Err(Error::Usage(format!(
            "--verify needs a format that bibferry can read back; {} is not one yet",
            format.id
        )));
    }
    let write = WriteOptions { author: options.author.clone(), ..options.write.clone() };
    let options = &Options { write, ..options.clone() };
    let inputs: Vec<Input> = inputs.iter().map(Input::anew).collect();
    let mut inputs = links::rereadable(&inputs, options)?;
    if options.keys.is_some() || options.cited.is_some() {
        inputs = inputs.iter().map(links::again).collect::<Result<_, _>>()?;
    }
    let kin = options.cited.as_ref().map(|cited| links::kin(&inputs, options, cited));
    let ancestry = links::Ancestry::new(&inputs, options);
    let mut context = order::Context { ancestry: Some(&ancestry), keys: None, kin: kin.as_ref() };
    let keys;
    if options.keys.is_some() {
        keys = rekeyed(&inputs, options, context)?;
        context.keys = Some(&keys).filter(|keys| !keys.is_empty());
    }
    order::Conductor::new(&inputs, out, options, target, context, observer).run()
}

/// What becomes of all keys: links lead to later records, too, so that only a first pass can tell. It does what the
/// second will do, up to the keys.
fn rekeyed(inputs: &[Input], options: &Options, context: order::Context<'_>) -> Result<KeyMap, Error> {
    struct Renames(KeyMap);
    impl Observer for Renames {
        fn finding(&mut self, _: Diagnostic) {}
        fn loss(&mut self, _: Loss) {}
        fn key(&mut self, old: Option<&str>, new: &str) {
            if let Some(old) = old {
                self.0.add(old, new);
            }
        }
    }
    let mut renames = Renames(KeyMap::default());
    let options = &Options { check: false, chunk: None, ..options.clone() };
    order::Conductor::new(inputs, &mut output::Whole(&mut std::io::sink()), options, None, context, &mut renames)
        .run()?;
    Ok(renames.0)
}

/// An input could not be read.
fn failed(error: &Error) -> Diagnostic {
    Diagnostic::new(&INPUT_FAILED, error.to_string())
}

/// An input was read to its end; `replaced` says that it held bytes that its encoding does not have.
fn closed(replaced: bool) -> Option<Diagnostic> {
    let message = "the input holds bytes that its encoding does not have; they were replaced by U+FFFD";
    replaced.then(|| Diagnostic::new(&ENCODING_INVALID, message))
}

fn writer(format: &'static Format) -> Result<&'static format::Writer, Error> {
    format
        .write
        .as_ref()
        .ok_or_else(|| Error::Usage(format!("{} is a format that bibferry reads but cannot write", format.id)))
}
