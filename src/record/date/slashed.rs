//! The dates of RIS: `YYYY/MM/DD/other`, each part of which may be empty.

use super::{Date, End, Point, Precision, is_time, month_number, season_code, season_name};
use crate::bytes::trim;
use std::fmt::Write as _;

impl Date {
    /// Reads a RIS date (§4.2): `2008/03/15/`, `2008/03//`, `2008/3/5`, `2008///Spring`, `20080315`, ISO dates, and
    /// whatever [`Date::from_words`] reads.
    ///
    /// The fourth part becomes the season or the months if it names some (or is an EDTF code 21–41) and there is no month,
    /// the time of the day if it is one; else it stays as the literal, alone, beside the date. What does not parse, a month and
    /// day without a year among it, becomes a literal as a whole. Slashes alone say nothing.
    pub fn from_slashed(text: &str) -> Date {
        let text = trim(text);
        if let Some(date) = plain_slashed(text).or_else(|| slashed(text)) {
            return date;
        }
        if text.bytes().all(|byte| byte == b'/' || byte == b' ') {
            return Date::default();
        }
        Date::from_words(text)
    }

    /// Writes a RIS date (§4.2): `2008/03/15/`, `2008/03//`, `2008///`, `2008///Spring`, `2008/03/15/12:30:00Z`.
    ///
    /// Years before 1 or beyond 9999 and unspecified digits are written in the year's place as EDTF has them. A span
    /// writes its start and nothing in the fourth place; one without a start is written in EDTF. A literal beside a
    /// date that leaves the fourth place free stands there, one without a date stands alone. Qualifiers and `XX` have
    /// no place. [`Date::from_slashed`] reads all of it back.
    pub fn to_slashed(&self) -> String {
        let Some(start) = &self.start else {
            return self.to_string();
        };
        let mut text = String::with_capacity(12);
        // Writing to a string cannot fail.
        let _ = start.write_year(&mut text);
        let _ = match (start.precision(), start.is_season()) {
            (Precision::Year, _) | (_, true) => text.write_str("///"),
            (Precision::Month, _) => push_part(&mut text, start.month).and_then(|()| text.write_str("//")),
            (Precision::Day, _) => push_part(&mut text, start.month)
                .and_then(|()| push_part(&mut text, start.day))
                .and_then(|()| text.write_char('/')),
        };
        if self.end != End::None {
            return text;
        }
        if start.is_season() {
            let _ = match season_name(start.month) {
                Some(name) => text.write_str(name),
                None => write!(text, "{}", start.month),
            };
        } else if let Some(words) = start.time.as_ref().or(self.literal.as_ref()) {
            text.push_str(words);
        }
        text
    }
}

/// Appends a slash and a number of two digits: the machinery of `write!` takes longer than all the rest of a date.
fn push_part(out: &mut String, number: u8) -> std::fmt::Result {
    if number > 99 {
        return write!(out, "/{number}");
    }
    out.extend(['/', char::from(b'0' + number / 10), char::from(b'0' + number % 10)]);
    Ok(())
}

/// The forms that almost all are: `2008` and `2008/03/15` with or without a slash after it.
fn plain_slashed(text: &str) -> Option<Date> {
    let digits = |bytes: &[u8]| {
        bytes.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0')))
    };
    match text.as_bytes() {
        year if year.len() == 4 => Some(Date::year(digits(year)?)),
        [year @ .., b'/', m1, m2, b'/', d1, d2] | [year @ .., b'/', m1, m2, b'/', d1, d2, b'/'] if year.len() == 4 => {
            let (month, day) = (digits(&[*m1, *m2])?, digits(&[*d1, *d2])?);
            if month == 0 || day == 0 {
                return None;
            }
            Some(Date::from(Point::calendar(digits(year)?, month.try_into().ok()?, day.try_into().ok()?)?))
        }
        _ => None,
    }
}

/// The date of words that name a month, months or a day behind a year, as EndNote writes them: `2021///May-Jun`. What
/// stands before them is the same, or the first: `2012/11//Nov/Dec`.
fn months_of(year: &Point, words: &str) -> Option<Date> {
    if year.unspecified > 0 || !words.starts_with(char::is_alphabetic) || words.len() > LONGEST_NAME {
        return None;
    }
    let date = Date::from_words(&format!("{words} {}", year.year));
    let start = date.start.as_ref().filter(|start| start.year == year.year && start.month > 0)?;
    let agrees =
        [(year.month, start.month), (year.day, start.day)].iter().all(|(one, other)| *one == 0 || one == other);
    (date.literal.is_none() && !start.is_season() && agrees).then_some(date)
}

/// The most letters of the names of two days.
const LONGEST_NAME: usize = 40;

/// The words before a year that stands behind them.
fn before_year<'t>(text: &'t str, year: &str) -> Option<&'t str> {
    let words = text.strip_suffix(year)?;
    words.starts_with(char::is_alphabetic).then(|| words.trim_end())
}

/// A date with at least one slash.
fn slashed(text: &str) -> Option<Date> {
    let mut parts = text.splitn(4, '/').map(str::trim);
    let mut date = Point::from_edtf(parts.next()?).filter(|point| point.precision() == Precision::Year)?;
    let (month, day, other) = (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    // Databases put the year once more behind the names of months and seasons: `2014///Spring2014`.
    let year = date.year.to_string();
    let bare = |text| before_year(text, &year).unwrap_or(text);
    let (month, words) = (bare(month), bare(other));
    let season = |text: &str| season_code(text).or_else(|| text.parse().ok().filter(|code| (21..=41).contains(code)));
    let one_or_two =
        |text: &str| (text.len() <= 2 && !text.starts_with('+')).then(|| text.parse::<u8>().ok()).flatten();

    // Zeros stand for what is not known.
    let month = match month {
        "" | "0" | "00" => 0,
        month => one_or_two(month)
            .filter(|month| *month <= 12)
            .or_else(|| month_number(month))
            .or_else(|| season_code(month))?,
    };
    let day = match day {
        "" => 0,
        day => one_or_two(day)?,
    };
    if month > 0 || day > 0 {
        if date.unspecified > 0 {
            return None;
        }
        let known = Point::calendar(date.year, month, day)?;
        (date.month, date.day) = (known.month, known.day);
    }
    let mut literal = None;
    if other.is_empty() {
    } else if let Some(code) = season(words).filter(|_| date.month == 0 && date.unspecified == 0) {
        date.month = code;
    } else if let Some(time) = Some(other.strip_prefix('T').unwrap_or(other))
        .filter(|time| date.precision() == Precision::Day && is_time(time))
    {
        date.time = Some(time.into());
    } else if let Some(named) = months_of(&date, words) {
        return Some(named);
    } else {
        literal = Some(other.into());
    }
    Some(Date { literal, ..Date::from(date) })
}
