//! An input that is being read: its bytes, cut where records end.

use super::head::{HEAD, tell};
use super::{Before, Block, TooLong, weight};
use crate::convert::Options;
use crate::convert::input::Input;
use crate::cut::{Cutter, Window};
use crate::encoding::Utf8Reader;
use crate::error::Error;
use crate::format::Format;
use crate::source::{Place, count_line_ends};
use crate::transform::repair::Level;
use std::collections::VecDeque;
use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

/// What the bytes at hand give.
enum Ready {
    /// A block of this length.
    Block(usize, Option<TooLong>),
    /// More must be read to know.
    ReadOn,
    /// The input is at its end.
    Nothing,
}

/// An input and what of it is at hand.
pub(super) struct OpenInput {
    pub(super) number: u32,
    name: Arc<str>,
    pub(super) reader: Utf8Reader<Box<dyn Read + Send>>,
    pub(super) format: &'static Format,
    repair: Level,
    pub(super) cutter: Option<Box<dyn Cutter>>,
    buffer: Vec<u8>,
    /// How much of the buffer has left in blocks.
    start: usize,
    /// The offset in the input of `buffer[start]`.
    offset: u64,
    /// Borders behind `offset`, in order.
    borders: VecDeque<u64>,
    /// Where that is.
    place: Place,
    at_end: bool,
    /// Whether the next bytes go on with a record that is too long.
    in_too_long: bool,
    /// How many bytes each record may take from those that it takes fields from.
    inherited: usize,
}

impl OpenInput {
    pub(super) fn new(input: &Input, number: u32, options: &Options) -> Result<OpenInput, Error> {
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
            place: Place { input: number, line: 1, column: 1 },
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
    pub(super) fn block(
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
    pub(super) fn lines(&mut self, options: &Options) -> Result<Option<Block>, Error> {
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
        let first = self.place;
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
        self.place = behind(first, &bytes, &pieces);
        let context = self.cutter.as_ref().and_then(|cutter| cutter.context());
        let before = Before { context, start: self.offset, is_dump: self.format.mapping.is_none() };
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

/// The place behind pieces that follow each other, of which the first begins at a place; each is decoded by itself.
pub(in crate::convert) fn behind(first: Place, bytes: &[u8], pieces: &[Range<usize>]) -> Place {
    let (Some(begin), Some(end)) = (pieces.first(), pieces.last()) else { return first };
    let passed = bytes.get(begin.start..end.end).unwrap_or_default();
    let last_line = memchr::memrchr2(b'\n', b'\r', passed).map(|at| begin.start + at + 1);
    let in_line = |piece: &Range<usize>| bytes.get(piece.start.max(last_line.unwrap_or(0))..piece.end);
    let characters: usize = pieces.iter().filter_map(in_line).map(characters).sum();
    let column = if last_line.is_some() { 1 } else { first.column }.saturating_add(characters as u32);
    Place { line: first.line + count_line_ends(passed), column, ..first }
}

/// How many characters a line is read as, or a part of it in a piece of its own: see
/// [`decode_block`](crate::encoding::decode_block).
fn characters(line: &[u8]) -> usize {
    // In Windows-1252 each byte is one.
    str::from_utf8(line).map_or(line.len(), |line| line.chars().count())
}
