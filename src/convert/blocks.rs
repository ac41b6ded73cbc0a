//! Inputs into blocks.

mod head;
mod open;

pub(super) use head::{HEAD, tell};
pub(super) use open::behind;

use super::Options;
use super::input::Input;
use super::links::Ancestry;
use crate::cut::{Context, Outline};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::format::Format;
use crate::source::Place;
use crate::transform::repair::Level;
use open::OpenInput;
use std::ops::Range;

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
    /// Whether the input is a dump of records, with what another format said of them.
    pub(super) is_dump: bool,
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
                    let finding = open.reader.known().map(|known| head::encoding_finding(known, number));
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
        for length in [10, 60_000] {
            let much = "x".repeat(length);
            let macros = format!("@string{{m = {{{much}}}}}\n{}", "@book{a, title = m}\n".repeat(100));
            let parents = format!("{}@book{{p, abstract = {{{much}}}}}\n", "@inbook{a, crossref = {p}}\n".repeat(100));
            for text in [macros, parents] {
                let most = most_pieces(&text);
                assert!(if length == 10 { most == 101 } else { most <= 2 }, "{most}: {}", text.get(..40).unwrap());
            }
        }
    }
}
