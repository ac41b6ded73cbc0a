//! Dates as `YYYY/MM/DD/words`, and what of a date is lost by it.

use super::one_line;
use crate::diagnostic::DATE_LITERAL;
use crate::mapping::{Codec, Shape};
use crate::record::{Date, End, Parts, Value, excerpt};

/// All that a date has: the codecs find out what is missing.
const CHECKED: Parts = Parts::ALL;

/// A year alone.
pub static YEAR: Codec = Codec {
    name: "year",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| match raws.first().filter(|raw| is_year(raw)) {
        Some(raw) => {
            values.push(Value::Date(read_date(raw)));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let year = date.year_text();
        if !is_year(&year) {
            return None;
        }
        let lost = missing(date, &read_date(&year));
        sink.put(0, year);
        Some(lost)
    },
    example: &["2016"],
};

/// Whether a string is a year of four digits.
pub fn is_year(raw: &str) -> bool {
    raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit())
}

/// A whole date in one tag.
pub static DATE: Codec = Codec {
    name: "date",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, cx, values| {
        let Some(raw) = raws.first() else { return false };
        let date = read_date(raw);
        if date.start.is_none() && date.literal.is_some() {
            cx.report(&DATE_LITERAL, format!("kept as words: {}", excerpt(raw, 40)));
        }
        values.push(Value::Date(date));
        true
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        if date.is_plain() {
            // It comes back.
            sink.put(0, date.to_slashed());
            return Some(Parts::NONE);
        }
        let written = one_line(date.to_slashed());
        let lost = missing(date, &read_date(written.trim()));
        sink.put(0, written);
        Some(lost)
    },
    example: &["2008/03/15/"],
};

/// A date in a tag that may hold something else as well.
pub static DATE_OR_NOT: Codec = Codec {
    name: "date, if it is one",
    read: |raws, _, values| match raws.first().and_then(|raw| available(raw)) {
        Some(date) => {
            values.push(Value::Date(date));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let written = one_line(date.to_slashed());
        let lost = missing(date, &available(written.trim())?);
        sink.put(0, written);
        Some(lost)
    },
    ..DATE
};

/// A full day in `DA`, where the year stands elsewhere and is another.
pub static DAY: Codec = Codec {
    name: "day",
    read: |raws, _, values| {
        let day = raws
            .first()
            .map(|raw| read_date(raw))
            .filter(|date| date.start.as_ref().is_some_and(|start| start.day != 0));
        let found = day.is_some();
        values.extend(day.map(Value::Date));
        found
    },
    ..DATE
};

/// A date with a year that can be one: an edition is none.
pub fn available(raw: &str) -> Option<Date> {
    let date = read_date(raw);
    let year = date.start.as_ref().map(|start| start.year)?;
    ((1000..=2999).contains(&year) && date.literal.is_none()).then_some(date)
}

/// A date as it stands in a tag; none in an empty one.
pub fn read_date(raw: &str) -> Date {
    if raw.is_empty() { Date::default() } else { Date::from_slashed(raw) }
}

/// What of a date another lacks.
pub fn missing(date: &Date, back: &Date) -> Parts {
    if date == back {
        return Parts::NONE;
    }
    let lost = date.parts() - back.parts();
    if lost.is_empty() { Parts::SPELLING } else { lost }
}

/// The date that a year and a date make together; `None` if they disagree.
pub fn joined_dates(year: &str, date: &str) -> Option<Date> {
    let of_year = read_date(year);
    let whole = read_date(date);
    if of_year.is_empty() {
        return Some(whole);
    }
    if whole.is_empty() {
        return Some(of_year);
    }
    let start_year = |date: &Date| date.start.as_ref().map(|start| (start.year, start.unspecified));
    match (start_year(&of_year), start_year(&whole)) {
        (Some(a), Some(b)) if a == b => Some(finer(of_year, whole)),
        // A month and a day without a year: `Mar 2`.
        (Some(_), None) => {
            let with_year = Date::from_words(&[date, " ", year].concat());
            if start_year(&with_year) == start_year(&of_year) && with_year.literal.is_none() {
                return Some(with_year);
            }
            // Words that say the same year.
            (of_year.literal.is_none() && date.contains(year)).then_some(Date { literal: whole.literal, ..of_year })
        }
        _ => None,
    }
}

/// The one that says more; the first of equals.
pub fn finer(a: Date, b: Date) -> Date {
    let rank = |date: &Date| {
        let precision = date.start.as_ref().map(|start| (start.precision(), start.time.is_some()));
        (date.end != End::None, precision, date.literal.is_some())
    };
    if rank(&b) > rank(&a) { b } else { a }
}
