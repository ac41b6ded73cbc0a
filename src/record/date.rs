//! Dates as EDTF (ISO 8601-2) levels 0 and 1 know them, and the text of those that nobody can parse.
//! Sections 1.6 and 4.2 of the mapping reference.
//!
//! ```
//! use bibferry::record::Date;
//! let date = Date::from_words("c. 1850");
//! assert_eq!(date.to_string(), "1850~");
//! assert_eq!(Date::from_edtf("2008-03-15"), Some(Date::from_slashed("2008/03/15/")));
//! ```

mod slashed;
mod vocabulary;
mod words;

pub use vocabulary::{MONTH_MACROS, month_number, season_code, season_name};

use super::Parts;
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// The month or day that EDTF writes as `XX`.
const UNKNOWN: u8 = 99;

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
    /// The date, or where the span starts; `None` with an end is an unknown start, or an open one.
    pub start: Option<Point>,
    /// Whether a span without `start` is open to the past (`../1990`); otherwise its start is unknown (`/1990`).
    pub open_start: bool,
    /// Where the span ends.
    pub end: End,
    /// The source's words, where they did not parse or say more than the parts do.
    pub literal: Option<Box<str>>,
}

/// How fine a point in time is; the finer is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year, or a decade or century of which the last digits are unspecified.
    Year,
    /// A month, a season or another division of the year.
    Month,
    /// A day, perhaps with its time.
    Day,
}

impl Point {
    /// A plain year.
    pub fn year(year: i32) -> Point {
        Point { year, ..Point::default() }
    }

    /// A day of a month, if the (proleptic Gregorian) calendar has it; a month where `day` is 0, a year where `month`
    /// is 0, too. A `month` of 21–41 is an EDTF sub-year code and takes no day.
    pub fn calendar(year: i32, month: u8, day: u8) -> Option<Point> {
        let exists = match (month, day) {
            (0 | 21..=41, 0) => true,
            (1..=12, day) => day <= days_in_month(year, month),
            _ => false,
        };
        exists.then(|| Point { year, month, day, ..Point::default() })
    }

    /// Reads one EDTF date without `/`, as [`Date::from_edtf`] does.
    pub fn from_edtf(text: &str) -> Option<Point> {
        Point::of_digits(text).or_else(|| Point::of_any(text))
    }

    /// The same of whatever form.
    fn of_any(text: &str) -> Option<Point> {
        let (text, approximate, uncertain) = match text.as_bytes().last()? {
            b'~' => (text.get(..text.len() - 1)?, true, false),
            b'?' => (text.get(..text.len() - 1)?, false, true),
            b'%' => (text.get(..text.len() - 1)?, true, true),
            _ => (text, false, false),
        };
        let (text, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let (year, unspecified, rest) = split_year(text)?;
        let (month, day) = month_and_day(rest)?;
        let known = Point { year, unspecified, approximate, uncertain, ..Point::default() };
        let point = match (month, day) {
            (0, 0) => known,
            _ if unspecified > 0 => return None,
            (UNKNOWN, 0 | UNKNOWN) => Point { month, day, ..known },
            (1..=12, UNKNOWN) => Point { month, day, ..known },
            _ => Point { approximate, uncertain, ..Point::calendar(year, month, day)? },
        };
        match time {
            None => Some(point),
            Some(time) if point.precision() == Precision::Day && is_time(time) => {
                Some(Point { time: Some(time.into()), ..point })
            }
            Some(_) => None,
        }
    }

    /// Reads what nearly all dates are: a year, a month or a day of digits and hyphens. `None`: it is another, or none.
    fn of_digits(text: &str) -> Option<Point> {
        let digits = |bytes: &[u8]| {
            bytes.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0')))
        };
        let two = |tens: &u8, ones: &u8| digits(&[*tens, *ones]).and_then(|number| u8::try_from(number).ok());
        let (year, month, day) = match text.as_bytes() {
            year @ [_, _, _, _] => return Some(Point::year(digits(year)?)),
            [year @ .., b'-', m1, m2] if year.len() == 4 => (year, two(m1, m2)?, 0),
            [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
                (year, two(m1, m2)?, two(d1, d2).filter(|day| *day > 0)?)
            }
            _ => return None,
        };
        let point = (1..=12).contains(&month).then(|| Point::calendar(digits(year)?, month, day));
        point.flatten()
    }

    /// How fine it is. `XX` counts as nothing: `1985-04-XX` has the precision of a month.
    pub fn precision(&self) -> Precision {
        match (self.month, self.day) {
            (0 | UNKNOWN, _) => Precision::Year,
            (_, 0 | UNKNOWN) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// Whether it is a year, a month or a day of our era as calendars have it, and nothing else is said of it.
    pub(crate) fn is_plain(&self) -> bool {
        let Point { year, unspecified: 0, month, day, time: None, approximate: false, uncertain: false } = *self else {
            return false;
        };
        (1..=9999).contains(&year) && month <= 12 && Point::calendar(year, month, day).is_some()
    }

    /// Whether `month` holds a season or another division of the year (EDTF codes 21–41).
    pub fn is_season(&self) -> bool {
        (21..=41).contains(&self.month)
    }

    fn parts(&self) -> Parts {
        let mut parts = Parts::NONE;
        for (present, part) in [
            (self.approximate, Parts::APPROXIMATE),
            (self.uncertain, Parts::UNCERTAIN),
            (self.unspecified > 0 || self.month == UNKNOWN || self.day == UNKNOWN, Parts::UNSPECIFIED),
            ((1..=12).contains(&self.month), Parts::MONTH),
            ((1..=31).contains(&self.day), Parts::DAY),
            (self.is_season(), Parts::SEASON),
            (self.time.is_some(), Parts::TIME),
            (self.year <= 0 && self.unspecified < 4, Parts::ERA),
        ] {
            if present {
                parts |= part;
            }
        }
        parts
    }

    /// Writes the year as EDTF has it: four digits or more, `X` for those unspecified, `Y` before more than four.
    pub(crate) fn write_year(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let mut rest = self.year.unsigned_abs();
        if rest > 9999 {
            return write!(out, "Y{}", self.year);
        }
        if self.year < 0 {
            out.write_char('-')?;
        }
        for (place, unit) in [(4, 1000), (3, 100), (2, 10), (1, 1)] {
            let digit = (rest / unit) as u8;
            rest %= unit;
            out.write_char(if self.unspecified >= place { 'X' } else { char::from(b'0' + digit) })?;
        }
        Ok(())
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_year(f)?;
        for number in [self.month, self.day] {
            match number {
                0 => break,
                UNKNOWN => f.write_str("-XX")?,
                // For two digits the machinery of `write!` takes longer than all the rest.
                number @ ..100 => {
                    for c in ['-', char::from(b'0' + number / 10), char::from(b'0' + number % 10)] {
                        f.write_char(c)?;
                    }
                }
                number => write!(f, "-{number}")?,
            }
        }
        if let Some(time) = &self.time {
            write!(f, "T{time}")?;
        }
        match (self.approximate, self.uncertain) {
            (true, true) => f.write_char('%'),
            (true, false) => f.write_char('~'),
            (false, true) => f.write_char('?'),
            (false, false) => Ok(()),
        }
    }
}

impl Date {
    /// A plain year.
    pub fn year(year: i32) -> Date {
        Date::from(Point::year(year))
    }

    /// Words that did not parse.
    pub fn literal(words: impl Into<Box<str>>) -> Date {
        Date { literal: Some(words.into()), ..Date::default() }
    }

    /// Reads EDTF levels 0 and 1: a date (`2008-03-15`, `1984~`, `199X`, `2004-XX`, `-0043`, `Y17000`, `2008-21`), a
    /// date with a time, or an interval (`2004/2006-08`, `1990/..`, `/1990`). The whole text has to be it, and the
    /// calendar has to have the day.
    ///
    /// Beyond the letter of level 1, because biblatex and our own writers need them: times in intervals and with
    /// qualifiers, times without seconds or with fractions of them, `1XXX` and `XXXX`, and months after `Y` years.
    pub fn from_edtf(text: &str) -> Option<Date> {
        if let Some(point) = Point::of_digits(text) {
            return Some(Date::from(point));
        }
        let Some((start, end)) = text.split_once('/') else {
            return Some(Date::from(Point::from_edtf(text)?));
        };
        let open_start = start == "..";
        let start = if open_start || start.is_empty() { None } else { Some(Point::from_edtf(start)?) };
        let end = match end {
            "" => End::Unknown,
            ".." => End::Open,
            end => End::Point(Point::from_edtf(end)?),
        };
        (start.is_some() || matches!(end, End::Point(_))).then_some(Date { start, open_start, end, literal: None })
    }

    /// A day and its time, of which no zone, no fraction and no qualifier need be told apart from the day: what
    /// [`from_edtf`](Date::from_edtf) reads where `T` stands between them. `None`: it is another date, or none.
    pub(crate) fn from_day_and_time(day: &str, time: &str) -> Option<Date> {
        let day = Point::of_digits(day).filter(|point| point.day != 0)?;
        is_time(time).then(|| Date::from(Point { time: Some(time.into()), ..day }))
    }

    /// Whether it is a year, a month or a day of our era in four digits, and nothing else.
    pub(crate) fn is_plain(&self) -> bool {
        let Date { start: Some(start), open_start: false, end: End::None, literal: None } = self else { return false };
        let Point { year, unspecified: 0, month, day, time: None, approximate: false, uncertain: false } = *start
        else {
            return false;
        };
        (1..=9999).contains(&year) && month <= 12 && Point::calendar(year, month, day).is_some()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && !matches!(self.end, End::Point(_)) && self.literal.is_none()
    }

    /// The parts a format may fail to carry. Those of both ends count; `XX` is neither month nor day.
    pub fn parts(&self) -> Parts {
        let mut parts = self.start.as_ref().map_or(Parts::NONE, Point::parts);
        if self.end != End::None {
            parts |= Parts::RANGE_END;
        }
        if let End::Point(end) = &self.end {
            parts |= end.parts();
        }
        if self.literal.is_some() {
            parts |= Parts::LITERAL;
        }
        parts
    }

    /// The bare year for fields that hold nothing else (RIS `PY`): `2008`, `199X`, `-0043`, never its qualifiers; that
    /// of the end where there is no start, and the literal where there is no year at all.
    pub fn year_text(&self) -> Cow<'_, str> {
        let point = match (&self.start, &self.end) {
            (Some(start), _) => start,
            (None, End::Point(end)) => end,
            _ => return Cow::Borrowed(self.literal.as_deref().unwrap_or_default()),
        };
        let mut year = String::with_capacity(4);
        // Writing to a string cannot fail.
        let _ = point.write_year(&mut year);
        Cow::Owned(year)
    }
}

impl From<Point> for Date {
    fn from(start: Point) -> Date {
        Date { start: Some(start), ..Date::default() }
    }
}

/// EDTF level 1; the literal where nothing parsed.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.start, &self.end) {
            (None, End::None) => return f.write_str(self.literal.as_deref().unwrap_or_default()),
            (Some(start), _) => start.fmt(f)?,
            (None, _) if self.open_start => f.write_str("..")?,
            (None, _) => {}
        }
        match &self.end {
            End::None => Ok(()),
            End::Point(end) => write!(f, "/{end}"),
            End::Open => f.write_str("/.."),
            End::Unknown => f.write_char('/'),
        }
    }
}

/// The days of a month of the proleptic Gregorian calendar; 0 for what is no month.
fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// The year at the head of an EDTF date, how many of its digits are unspecified, and what follows.
fn split_year(text: &str) -> Option<(i32, u8, &str)> {
    if let Some(long) = text.strip_prefix('Y') {
        let unsigned = long.strip_prefix('-').unwrap_or(long);
        let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        if digits < 5 || unsigned.starts_with('0') {
            return None;
        }
        let (year, rest) = long.split_at_checked(long.len() - unsigned.len() + digits)?;
        return Some((year.parse().ok()?, 0, rest));
    }
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let negative = unsigned.len() < text.len();
    let (digits, rest) = unsigned.split_at_checked(4)?;
    let (mut year, mut unspecified) = (0, 0);
    for byte in digits.bytes() {
        year *= 10;
        match byte {
            b'0'..=b'9' if unspecified == 0 => year += i32::from(byte - b'0'),
            b'X' => unspecified += 1,
            _ => return None,
        }
    }
    // EDTF has no −0000, and `-0XXX` would come back without its sign.
    match (negative, year) {
        (true, 0) => None,
        (true, year) => Some((-year, unspecified, rest)),
        (false, year) => Some((year, unspecified, rest)),
    }
}

/// The numbers of `-MM` or `-MM-DD`, zero where they are not there.
fn month_and_day(text: &str) -> Option<(u8, u8)> {
    let two = |text: &[u8]| match *text {
        [b'X', b'X'] => Some(UNKNOWN),
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some((tens - b'0') * 10 + (ones - b'0')).filter(|number| (1..UNKNOWN).contains(number))
        }
        _ => None,
    };
    match text.as_bytes() {
        [] => Some((0, 0)),
        [b'-', month @ ..] if month.len() == 2 => Some((two(month)?, 0)),
        [b'-', m1, m2, b'-', day @ ..] => Some((two(&[*m1, *m2])?, two(day)?)),
        _ => None,
    }
}

/// Whether it is `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction` with `Z`, `±hh`, `±hh:mm` or no zone after it.
fn is_time(text: &str) -> bool {
    // What nearly all are.
    if let [h1, h2, b':', m1, m2, b':', s1, s2] = text.as_bytes()
        && [h1, h2, m1, m2, s1, s2].iter().all(|byte| byte.is_ascii_digit())
    {
        // Of digits of equal number the order is that of the numbers.
        return [*h1, *h2] <= *b"24" && [*m1, *m2] <= *b"59" && [*s1, *s2] <= *b"60";
    }
    is_any_time(text)
}

/// The same in any form.
fn is_any_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']).and_then(|at| text.split_at_checked(at)) {
        Some((clock, zone)) => (clock, Some(zone)),
        None => (text, None),
    };
    let below = |digits: Option<&str>, limit: u8| {
        digits.is_some_and(|digits| {
            digits.len() == 2
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits.parse().is_ok_and(|number: u8| number <= limit)
        })
    };
    let (clock, fraction) = match clock.split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let mut fields = clock.split(':');
    let whole = below(fields.next(), 24) && below(fields.next(), 59);
    let seconds = fields.next();
    whole
        && (seconds.is_none() || below(seconds, 60))
        && fields.next().is_none()
        && fraction.is_none_or(|fraction| {
            seconds.is_some() && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
        })
        && zone.is_none_or(|zone| match zone.strip_prefix(['+', '-']) {
            None => zone == "Z",
            Some(offset) => match offset.split_once(':') {
                None => below(Some(offset), 23),
                Some((hours, minutes)) => below(Some(hours), 23) && below(Some(minutes), 59),
            },
        })
}

#[cfg(test)]
mod tests;
