//! Inputs into blocks.

use super::Options;
use super::input::Input;
use super::links::Ancestry;
use crate::cut::{Context, Cutter, Outline, Window};
use crate::detect;
use crate::diagnostic::{Diagnostic, ENCODING_OVERRULED, ENCODING_READ};
use crate::encoding::{Known, Utf8Reader};
use crate::error::Error;
use crate::foreign;
use crate::format::Format;
use crate::formats;
use crate::source::{Place, count_line_ends};
use crate::transform::repair::Level;
use std::collections::VecDeque;
use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

/// A piece of an input that can be read without the others.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) format: &'static Format,
    /// Its bytes: UTF-8, as far as the input is.
    pub(super) bytes: Vec<u8>,
    /// The pieces that the cutter found.
    pub(super) pieces: Vec<Range<usize>>,
    /// Where it begins.
    pub(super) first: Place,
    /// Whether it is a part of a record that is longer than the limit.
    pub(super) too_long: Option<TooLong>,
    /// Whether the next block goes on with that record.
    pub(super) goes_on: bool,
    /// What the cutter knows of the input before it.
    pub(super) before: Before,
    /// How much of it is repaired.
    pub(super) repair: Level,
    /// What the cutter found out about it.
    pub(super) outline: Option<Outline>,
    /// How many bytes each record may take from elsewhere.
    each: usize,
}

impl Block {
    /// How much of the room for what is on its way it takes.
    pub(super) fn weight(&self) -> usize {
        weight(self.bytes.len(), self.pieces.len(), self.each)
    }
}

/// How much memory a record takes beside its text, in the measure of that: short ones take many times their length.
const RECORD: usize = 128;

/// What bytes with so many records weigh that may each take so much from elsewhere.
fn weight(bytes: usize, records: usize, each: usize) -> usize {
    bytes.saturating_add(records.saturating_mul(RECORD + each))
}

/// What is known of an input before a block.
#[derive(Clone, Default)]
pub(super) struct Before {
    pub(super) context: Option<Context>,
    /// The offset in the input, as UTF-8, at which the block begins.
    pub(super) start: u64,
}

impl std::fmt::Debug for Before {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Before({})", self.start)
    }
}

/// Which part of a record that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooLong {
    /// The first.
    Begins,
    /// Another.
    GoesOn,
}

/// What the bytes at hand give.
enum Ready {
    /// A block of this length.
    Block(usize, Option<TooLong>),
    /// More must be read to know.
    ReadOn,
    /// The input is at its end.
    Nothing,
}

/// What comes next.
pub(super) enum Next {
    Block(Block),
    /// Something is to be said of an input that is read.
    Finding(u32, Diagnostic),
    /// An input could not be opened, told or read to its end.
    Failed(u32, Error),
    /// An input is at its end; whether it held bytes that its encoding does not have.
    Closed(u32, bool),
    End,
}

/// How much of an input is looked at to tell its format.
pub(super) const HEAD: usize = 64 << 10;

/// Yields the blocks of all inputs in order.
pub(super) struct Blocks<'i> {
    inputs: &'i [Input],
    options: &'i Options,
    next_input: u32,
    open: Option<OpenInput>,
    /// Whether blocks end at the ends of lines, wherever records do.
    uncut: bool,
    /// Whether blocks come with their outlines.
    outlined: bool,
    /// The records that others take fields from, which are looked for before a block is cut that may need them.
    ancestry: Option<&'i Ancestry<'i>>,
    /// Inputs that were read before and could not be any more when these were looked for.
    lost: Vec<(u32, Error)>,
}

struct OpenInput {
    number: u32,
    name: Arc<str>,
    reader: Utf8Reader<Box<dyn Read + Send>>,
    format: &'static Format,
    repair: Level,
    cutter: Option<Box<dyn Cutter>>,
    buffer: Vec<u8>,
    /// How much of the buffer has left in blocks.
    start: usize,
    /// The offset in the input of `buffer[start]`.
    offset: u64,
    /// Borders behind `offset`, in order.
    borders: VecDeque<u64>,
    line: u64,
    column: u32,
    at_end: bool,
    /// Whether the next bytes go on with a record that is too long.
    in_too_long: bool,
    /// How many bytes each record may take from those that it takes fields from.
    inherited: usize,
}

impl<'i> Blocks<'i> {
    pub(super) fn new(inputs: &'i [Input], options: &'i Options) -> Blocks<'i> {
        let (ancestry, lost) = (None, Vec::new());
        Blocks { inputs, options, next_input: 0, open: None, uncut: false, outlined: true, ancestry, lost }
    }

    /// The text of all inputs, in blocks that end at the end of a line or of the input if lines are not too long.
    pub(super) fn uncut(inputs: &'i [Input], options: &'i Options) -> Blocks<'i> {
        Blocks { uncut: true, ..Blocks::new(inputs, options) }
    }

    /// The blocks of all inputs, for those who will not read all that is in them.
    pub(super) fn without_outlines(inputs: &'i [Input], options: &'i Options) -> Blocks<'i> {
        Blocks { outlined: false, ..Blocks::new(inputs, options) }
    }

    /// The blocks of all inputs, whose records may take fields from these.
    pub(super) fn of_family(
        inputs: &'i [Input],
        options: &'i Options,
        ancestry: Option<&'i Ancestry<'i>>,
    ) -> Blocks<'i> {
        Blocks { ancestry, ..Blocks::new(inputs, options) }
    }

    /// The inputs that were found to be lost since this was asked last.
    pub(super) fn lost(&mut self) -> Vec<(u32, Error)> {
        std::mem::take(&mut self.lost)
    }

    pub(super) fn next(&mut self) -> Next {
        loop {
            if let Some(open) = &mut self.open {
                let number = open.number;
                let (ancestry, lost) = (self.ancestry, &mut self.lost);
                let see = |open: &OpenInput, bytes: &[u8]| {
                    let Some(ancestry) = ancestry else { return 0 };
                    lost.extend(ancestry.see(open.format, open.number, bytes));
                    ancestry.weight()
                };
                match if self.uncut { open.lines(self.options) } else { open.block(self.options, see) } {
                    Ok(Some(block)) => return Next::Block(block),
                    Ok(None) => {
                        let replaced = open.reader.replaced();
                        self.open = None;
                        return Next::Closed(number, replaced);
                    }
                    Err(error) => {
                        self.open = None;
                        return Next::Failed(number, error);
                    }
                }
            }
            let number = self.next_input;
            let Some(input) = self.inputs.get(number as usize) else { return Next::End };
            self.next_input += 1;
            match OpenInput::new(input, number, self.options) {
                Ok(mut open) => {
                    if let Some(cutter) = open.cutter.as_mut().filter(|_| !self.outlined) {
                        cutter.forgo_outlines();
                    }
                    let finding = open.reader.known().map(|known| encoding_finding(known, number));
                    self.open = Some(open);
                    if let Some(finding) = finding {
                        return Next::Finding(number, finding);
                    }
                }
                Err(error) => return Next::Failed(number, error),
            }
        }
    }
}

impl OpenInput {
    fn new(input: &Input, number: u32, options: &Options) -> Result<OpenInput, Error> {
        let io = |error| Error::io(&**input.name(), error);
        let mut reader = Utf8Reader::new(input.open()?, input.own.encoding.or(options.encoding)).map_err(io)?;
        let mut buffer = Vec::new();
        let mut at_end = false;
        while buffer.len() < HEAD && !at_end {
            at_end = !reader.fill(&mut buffer, HEAD).map_err(io)?;
        }
        let format = match input.own.from.or(options.from) {
            Some(format) => format,
            None => tell(input.name(), &buffer, options.to)?,
        };
        Ok(OpenInput {
            number,
            name: input.name().clone(),
            reader,
            format,
            repair: input.own.repair.or(options.repair).unwrap_or(format.repair),
            cutter: format.cutter.map(|make| make()),
            buffer,
            start: 0,
            offset: 0,
            borders: VecDeque::new(),
            line: 1,
            column: 1,
            at_end,
            in_too_long: false,
            inherited: 0,
        })
    }

    /// The bytes that have not left yet.
    fn left(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// The next block. `see` looks at the bytes of one before it is cut, and says how many bytes each record may take
    /// from those that it takes fields from: if that is more than was thought, the block will be shorter.
    fn block(
        &mut self,
        options: &Options,
        mut see: impl FnMut(&OpenInput, &[u8]) -> usize,
    ) -> Result<Option<Block>, Error> {
        if self.cutter.is_none() {
            let block = self.whole(options)?;
            if let Some(block) = &block {
                see(self, &block.bytes);
            }
            return Ok(block);
        }
        self.cut();
        loop {
            match self.ready(options) {
                Ready::Block(length, too_long) => {
                    let inherited = match too_long {
                        None => see(self, self.left().get(..length).unwrap_or_default()),
                        Some(_) => self.inherited,
                    };
                    if inherited <= self.inherited {
                        return Ok(Some(self.emit(length, too_long)));
                    }
                    self.inherited = inherited;
                }
                Ready::Nothing => return Ok(None),
                Ready::ReadOn => {}
            }
            // Little more than the block is at hand then, when it leaves.
            self.fill((options.block_size() / 2).clamp(HEAD, 1 << 20))?;
            self.cut();
        }
    }

    /// A block of whole lines, without a look at what they hold.
    fn lines(&mut self, options: &Options) -> Result<Option<Block>, Error> {
        while !self.at_end && self.left().len() < options.block_size() {
            self.fill(options.block_size().clamp(HEAD, 1 << 20))?;
        }
        let left = self.left();
        let whole = if self.at_end { None } else { memchr::memrchr(b'\n', left).map(|at| at + 1) };
        let length = whole.unwrap_or(left.len());
        Ok((length > 0).then(|| self.emit(length, None)))
    }

    /// An input of a format without a cutter is one block.
    fn whole(&mut self, options: &Options) -> Result<Option<Block>, Error> {
        while !self.at_end {
            if self.left().len() as u64 > options.max_input {
                return Err(Error::TooLarge { path: self.name.to_string(), limit: options.max_input });
            }
            self.fill(1 << 20)?;
        }
        let length = self.left().len();
        Ok((length > 0).then(|| self.emit(length, None)))
    }

    fn fill(&mut self, want: usize) -> Result<(), Error> {
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let more = self.reader.fill(&mut self.buffer, want).map_err(|error| Error::io(&*self.name, error))?;
        self.at_end = !more;
        Ok(())
    }

    fn cut(&mut self) {
        let bytes = self.buffer.get(self.start..).unwrap_or_default();
        if let Some(cutter) = &mut self.cutter {
            let mut borders = Vec::new();
            cutter.advance(Window { bytes, start: self.offset, at_end: self.at_end }, &mut borders);
            // A border that shows only when its record was too long to wait for says nothing any more.
            self.borders.extend(borders.into_iter().filter(|border| *border > self.offset));
        }
    }

    /// How many bytes each record may take from elsewhere.
    fn each(&self) -> usize {
        self.inherited.max(self.cutter.as_ref().map_or(0, |cutter| cutter.weight()))
    }

    /// How long the next block is, as far as can be told.
    fn ready(&self, options: &Options) -> Ready {
        let available = self.left().len();
        if available == 0 && self.at_end {
            return Ready::Nothing;
        }
        let limit = options.read.max_record.max(1);
        let (mut length, mut pieces) = (0, 0);
        let each = self.each();
        // The ends of the pieces: each border, and at last the end of the input.
        let ends =
            self.borders.iter().map(|border| (border - self.offset) as usize).chain(self.at_end.then_some(available));
        for end in ends {
            if end - length > limit || (self.in_too_long && length == 0) {
                return if length > 0 { Ready::Block(length, None) } else { self.fragment(end, limit) };
            }
            length = end;
            pieces += 1;
            if weight(length, pieces, each) >= options.block_size() || (self.at_end && length == available) {
                return Ready::Block(length, None);
            }
        }
        // The last piece is not complete, but may be too long already.
        if available - length > limit {
            return if length > 0 { Ready::Block(length, None) } else { self.fragment(available, limit) };
        }
        Ready::ReadOn
    }

    /// The next part of a record that is too long and ends, as far as is known, at `end`.
    fn fragment(&self, end: usize, limit: usize) -> Ready {
        let kind = if self.in_too_long { TooLong::GoesOn } else { TooLong::Begins };
        if end <= limit {
            return Ready::Block(end, Some(kind));
        }
        let bytes = &self.left()[..limit];
        // At the end of a line if there is one, else between two characters.
        let line = memchr::memrchr(b'\n', bytes).map(|at| at + 1);
        let character = || (0..limit).rev().find(|at| !matches!(bytes[*at], 0x80..=0xbf)).filter(|at| *at > 0);
        Ready::Block(line.or_else(character).unwrap_or(limit), Some(kind))
    }

    /// Takes so many bytes: a copy of them, or the buffer, of which what is left is copied, whichever is less.
    fn take(&mut self, length: usize) -> Vec<u8> {
        let left = self.left();
        let rest = left.get(length..).unwrap_or_default();
        if self.start > 0 || rest.len() > length {
            let bytes = left.get(..length).unwrap_or_default().to_vec();
            self.start += length;
            return bytes;
        }
        let mut buffer = Vec::with_capacity(self.buffer.len() + HEAD);
        buffer.extend_from_slice(rest);
        let mut bytes = std::mem::replace(&mut self.buffer, buffer);
        bytes.truncate(length);
        bytes
    }

    fn emit(&mut self, length: usize, too_long: Option<TooLong>) -> Block {
        let bytes = self.take(length);
        let first = Place { input: self.number, line: self.line, column: self.column };
        let end = self.offset + length as u64;
        let mut pieces = Vec::new();
        let mut from = 0;
        while let Some(border) = self.borders.front().copied().filter(|border| *border <= end) {
            self.borders.pop_front();
            let at = (border - self.offset) as usize;
            pieces.push(from..at);
            from = at;
        }
        if from < length {
            pieces.push(from..length);
        }
        let ends_at_border = from == length || self.at_end && self.left().is_empty();
        self.in_too_long = too_long.is_some() && !ends_at_border;
        self.line += count_line_ends(&bytes);
        let last_line = memchr::memrchr2(b'\n', b'\r', &bytes).map(|at| at + 1);
        let in_line = |piece: &Range<usize>| bytes.get(piece.start.max(last_line.unwrap_or(0))..piece.end);
        let characters: usize = pieces.iter().filter_map(in_line).map(characters).sum();
        self.column = if last_line.is_some() { 1 } else { self.column }.saturating_add(characters as u32);
        let context = self.cutter.as_ref().and_then(|cutter| cutter.context());
        let before = Before { context, start: self.offset };
        let outline = self.cutter.as_mut().and_then(|cutter| cutter.outline(self.offset, end));
        self.offset = end;
        Block {
            format: self.format,
            bytes,
            pieces,
            first,
            too_long,
            goes_on: self.in_too_long,
            before,
            repair: self.repair,
            outline,
            each: self.each(),
        }
    }
}

/// How many characters a line is read as, or a part of it in a piece of its own: see
/// [`decode_block`](crate::encoding::decode_block).
fn characters(line: &[u8]) -> usize {
    // In Windows-1252 each byte is one.
    str::from_utf8(line).map_or(line.len(), |line| line.chars().count())
}

/// Says in which encoding an input is read, where that is not what one would think.
fn encoding_finding(known: &Known, input: u32) -> Diagnostic {
    let at = |line| Place { input, line, column: 1 };
    match known {
        Known::Mark(encoding) => {
            Diagnostic::new(&ENCODING_READ, format!("the input is read as {}, as its first bytes say", encoding.name()))
        }
        Known::Declared(encoding, line) => {
            Diagnostic::new(&ENCODING_READ, format!("the input is read as {}, as this line says", encoding.name()))
                .at(at(*line))
        }
        Known::Overruled(encoding, line) => {
            let message = format!("this line says that the input is {}, but it is UTF-8 and read so", encoding.name());
            Diagnostic::new(&ENCODING_OVERRULED, message).at(at(*line))
        }
    }
}

/// The format of an input, by its name and first bytes.
pub(super) fn tell(name: &str, head: &[u8], written: Option<&'static Format>) -> Result<&'static Format, Error> {
    if let Some(detected) = detect::detect(name, head, written) {
        return Ok(detected.format);
    }
    if let Some(foreign) = foreign::tell(head) {
        let (format, advice) = (foreign.name.to_owned(), foreign.advice.to_owned());
        return Err(Error::NotRead { path: name.to_owned(), format, advice });
    }
    let ending = detect::by_extension(name).filter(|format| format.read.is_none());
    let tried = match ending {
        Some(format) => format!("the name ends as {} files do, which bibferry writes but cannot read yet", format.name),
        None => {
            let readable: Vec<&str> = formats::ALL.iter().filter(|it| it.read.is_some()).map(|it| it.id).collect();
            format!("neither content nor file name is that of {}", readable.join(", "))
        }
    };
    Err(Error::Undetected { path: name.to_owned(), tried })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::by_name;

    /// The most pieces of any block.
    fn most_pieces(text: &str) -> usize {
        let inputs = [Input::bytes("a.bib", text).in_format(by_name("bibtex").unwrap())];
        let options = Options { to: by_name("csl-json").ok(), ..Options::default() };
        let ancestry = Ancestry::new(&inputs, &options);
        let mut blocks = Blocks::of_family(&inputs, &options, Some(&ancestry));
        let mut most = 0;
        loop {
            match blocks.next() {
                Next::Block(block) => most = most.max(block.pieces.len()),
                Next::End => return most,
                _ => {}
            }
        }
    }

    #[test]
    fn records_that_take_much_from_elsewhere_stand_in_short_blocks() {
        for length in [10, 100_000] {
            let much = "x".repeat(length);
            let macros = format!("@string{{m = {{{much}}}}}\n{}", "@book{a, title = m}\n".repeat(100));
            let parents = format!("{}@book{{p, abstract = {{{much}}}}}\n", "@inbook{a, crossref = {p}}\n".repeat(100));
            for text in [macros, parents] {
                let most = most_pieces(&text);
                assert_eq!(most, if length == 10 { 101 } else { 1 }, "{}", text.get(..40).unwrap());
            }
        }
    }
}
