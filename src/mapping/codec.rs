//! How a value is spelled in a format: a named pair of functions, shared by the rows of many tables.

use crate::diagnostic::{Code, Diagnostic};
use crate::read::Reading;
use crate::record::{Parts, Value};
use crate::write::WriteOptions;
use std::borrow::Cow;
use std::ops::Range;

/// How values and tags correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each occurrence of the tag holds one value (or, on reading, several).
    Each,
    /// All occurrences of the tag together hold one value: a list of names.
    All,
    /// One value stands in several tags, one in each.
    Across,
    /// One occurrence of the tag holds all values, with this between them.
    Joined(&'static str),
}

/// How a value is spelled.
pub struct Codec {
    /// Its name, in the table that `bibferry formats` prints.
    pub name: &'static str,
    /// How values and tags correspond.
    pub shape: Shape,
    /// The parts of a value that reading back will give again.
    pub carries: Parts,
    /// Reads the raw values (one for [`Shape::Each`] and [`Shape::Joined`]; all occurrences for [`Shape::All`]; one for
    /// each tag, empty where it is absent, for [`Shape::Across`]) and appends what they say. `false`: they are not what
    /// this codec reads, and nothing was appended.
    pub read: fn(&[&str], &mut CodecReading<'_, '_>, &mut Vec<Value>) -> bool,
    /// Writes a value. `None`: it is not what this codec writes, and nothing was put. Else the parts that this value
    /// loses beside those that the codec never carries.
    pub write: for<'v> fn(&'v Value, &mut CellSink<'_, 'v>) -> Option<Parts>,
    /// Raw values, one for each tag, that read and write back to themselves: what the linter tries.
    pub example: &'static [&'static str],
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What a codec may know and say while it reads.
#[derive(Debug)]
pub struct CodecReading<'r, 'a> {
    /// The type word of the record.
    pub word: &'r str,
    pub(super) reading: Option<&'r mut Reading<'a>>,
    pub(super) at: Range<usize>,
    pub(super) is_mended: bool,
    /// What stands beside the value and is none of it, by names of its own.
    pub(super) beside: Option<&'r mut Vec<Beside>>,
}

/// What a raw value holds beside what the codec reads.
#[derive(Debug)]
pub(super) struct Beside {
    pub(super) name: Box<str>,
    pub(super) value: Box<str>,
    /// The value as the source spells it, where its words are not all that it says.
    pub(super) expression: Option<Box<str>>,
}

impl<'r> CodecReading<'r, '_> {
    /// For a look at what a string would be read as: nobody is told of findings.
    pub fn silent(word: &'r str) -> CodecReading<'r, 'static> {
        CodecReading { word, reading: None, at: 0..0, is_mended: false, beside: None }
    }

    /// Says that other programs read the raw value as something else than what is meant and was read: it is not kept, and
    /// what is meant is written.
    pub fn mend(&mut self) {
        self.is_mended = true;
    }

    /// Reports a finding at the value being read.
    #[cold]
    pub fn report(&mut self, code: &'static Code, message: impl Into<String>) -> Option<&mut Diagnostic> {
        let at = self.at.clone();
        self.reading.as_deref_mut().map(|reading| reading.report(code, at, message))
    }

    /// Keeps what stands beside the value and is none of it: `tag.name` among the record's extras.
    #[cold]
    pub(crate) fn keep(&mut self, name: &str, value: &str, expression: Option<Box<str>>) {
        if let Some(beside) = self.beside.as_deref_mut() {
            beside.push(Beside { name: name.into(), value: value.into(), expression });
        }
    }
}

/// A string that a codec put, with the place of its tag in the row.
pub type Put<'v> = (usize, Cow<'v, str>);

/// Where a codec puts the strings it writes: what stands in the value as it is written, it lends.
#[derive(Debug)]
pub struct CellSink<'a, 'v> {
    /// What the user asked.
    pub options: &'a WriteOptions,
    /// The type word of the record being written.
    pub word: &'a str,
    /// Whether nothing in the record says which letters must keep their case (section 4.5).
    pub case_agnostic: bool,
    /// Whether the value is joined to another in the same tag.
    pub follows: bool,
    pub(super) cells: Vec<Put<'v>>,
    pub(super) added: bool,
    pub(super) doubtful: bool,
}

impl<'a, 'v> CellSink<'a, 'v> {
    /// An empty sink.
    pub fn new(options: &'a WriteOptions, word: &'a str) -> CellSink<'a, 'v> {
        CellSink {
            options,
            word,
            case_agnostic: false,
            follows: false,
            cells: Vec::new(),
            added: false,
            doubtful: false,
        }
    }

    /// Says that what was put states more than the value does, because the format demands it: not a loss, but reading
    /// it back will differ.
    pub fn add(&mut self) {
        self.added = true;
    }

    /// Whether what was put states more than the value does.
    pub fn adds(&self) -> bool {
        self.added
    }

    /// Says that what was put may be read as another value, or together with what it is joined to: only reading the
    /// record back tells.
    pub(crate) fn doubt(&mut self) {
        self.doubtful = true;
    }

    /// Puts a string into a tag, by the tag's place in the row (0 for the first). Empty strings are left out.
    pub fn put(&mut self, tag: usize, value: impl Into<Cow<'v, str>>) {
        let value = value.into();
        if !value.is_empty() {
            self.cells.push((tag, value));
        }
    }

    /// Puts another string in the place of the last one put into a tag; whether it differs.
    pub fn replace(&mut self, tag: usize, value: String) -> bool {
        match self.cells.iter_mut().rev().find(|(at, _)| *at == tag) {
            Some((_, old)) if *old != value => {
                *old = Cow::Owned(value);
                true
            }
            _ => false,
        }
    }

    /// What was put, by the tags' places in the row.
    pub fn cells(&self) -> &[Put<'v>] {
        &self.cells
    }
}
