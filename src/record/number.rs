//! Numbers as they are printed, and pages. Section 4.3 of the mapping reference.

use super::Parts;
use std::fmt;

/// A number as printed: `12`, `xii`, `3/4`, `Suppl. 2`. Nothing is converted; comparisons parse it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// The number as printed, white space trimmed.
    pub fn new(raw: &str) -> Number {
        Number(raw.trim().to_owned())
    }

    /// The number as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A range of pages, or one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRange {
    /// The first page, prefix and suffix included: `S12`, `xii`, `1a`.
    pub start: Box<str>,
    /// The last page, written out (`1245` where the source has `1231-45`).
    pub end: Option<Box<str>>,
    /// Whether the end is open: `12--`, `12ff.`
    pub open: bool,
}

/// Pages: one or several ranges in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// The ranges.
    pub ranges: Vec<PageRange>,
}

impl Pages {
    /// The parts a format may fail to carry.
    pub fn parts(&self) -> Parts {
        if self.ranges.len() > 1 { Parts::LIST } else { Parts::NONE }
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ranges.len())
    }
}
