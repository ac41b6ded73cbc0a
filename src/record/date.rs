//! Dates as EDTF (ISO 8601-2) levels 0 and 1 know them, and the text of those that nobody can parse.

use super::Parts;
use std::fmt;

/// One end of a date: a year, perhaps with month or season, day and time, and how sure it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// The astronomical year: 0 is 1 BC, −43 is 44 BC.
    pub year: i32,
    /// How many of the year's last digits are unspecified: 1 for `199X`, 2 for `19XX`, 4 for `XXXX`.
    pub unspecified: u8,
    /// 1–12, or an EDTF sub-year code 21–41 (21 spring … 24 winter); 0 where there is none; 99 for `XX`.
    pub month: u8,
    /// 1–31; 0 where there is none; 99 for `XX`.
    pub day: u8,
    /// The time of day as ISO 8601 has it, zone included (`12:30:00Z`).
    pub time: Option<Box<str>>,
    /// `~`, or part of `%`.
    pub approximate: bool,
    /// `?`, or part of `%`.
    pub uncertain: bool,
}

/// The other end of a span of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// There is none: the date is its start.
    #[default]
    None,
    /// Until then.
    Point(Point),
    /// `..`: it goes on.
    Open,
    /// An end that nobody knows.
    Unknown,
}

/// A date, a span of time, or words for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The date, or where the span starts; `None` with an end is an open start.
    pub start: Option<Point>,
    /// Where the span ends.
    pub end: End,
    /// The source's words, where they did not parse or say more than the parts do.
    pub literal: Option<Box<str>>,
}

impl Point {
    /// A plain year.
    pub fn year(year: i32) -> Point {
        Point { year, ..Point::default() }
    }
}

impl Date {
    /// A plain year.
    pub fn year(year: i32) -> Date {
        Date { start: Some(Point::year(year)), ..Date::default() }
    }

    /// Words that did not parse.
    pub fn literal(words: impl Into<Box<str>>) -> Date {
        Date { literal: Some(words.into()), ..Date::default() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.end == End::None && self.literal.is_none()
    }

    /// The parts a format may fail to carry.
    pub fn parts(&self) -> Parts {
        Parts::NONE
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.start)
    }
}
