//! How the cells of other programs' tables spell values. Codecs that are only read from say so by writing nothing.

mod dates;
mod identifiers;
mod keywords;
mod names;
mod pages;
mod words;

pub(super) use dates::*;
pub(super) use identifiers::*;
pub(super) use keywords::*;
pub(super) use names::*;
pub(super) use pages::*;
pub(super) use words::*;

use crate::mapping::{Codec, CodecReading, Shape};
use crate::record::{Parts, Value};

type ReadCells = fn(&[&str], &mut CodecReading<'_, '_>, &mut Vec<Value>) -> bool;

/// A codec for reading alone.
const fn reads(name: &'static str, read: ReadCells, example: &'static [&'static str]) -> Codec {
    Codec { name, shape: Shape::Each, carries: Parts::ALL, read, write: |_, _| None, example }
}

/// The same codec for a value that stands in several columns.
const fn across(codec: &Codec) -> Codec {
    Codec { shape: Shape::Across, ..*codec }
}

/// Programs that take a column for numbers write `12.0`.
fn without_fraction(raw: &str) -> &str {
    raw.strip_suffix(".0").filter(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit())).unwrap_or(raw)
}
