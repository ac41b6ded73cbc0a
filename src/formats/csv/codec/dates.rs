//! Dates.

use super::{across, reads, without_fraction};
use super::super::cell::read_date;
use crate::mapping::codecs::one_line;
use crate::mapping::{Codec};
use crate::record::{Date, End, Parts, Value, month_number, season_code};

/// A date in whatever form.
pub(in crate::formats::csv) static DATE: Codec = Codec {
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let (cell, lost) = written_date(date, 'T')?;
        sink.put(0, cell);
        Some(lost)
    },
    ..reads(
        "date",
        |raws, _, values| {
            let raw = raws.first().copied().unwrap_or_default();
            values.push(Value::Date(read_date(without_fraction(raw))));
            true
        },
        &["2020-03-15"],
    )
};

/// A span of days.
pub(in crate::formats::csv) static DAYS: Codec = reads(
    "days",
    |raws, _, values| {
        let date = read_date(raws.first().copied().unwrap_or_default());
        let is_span = matches!(&date.end, End::Point(end) if end.day != 0) && date.literal.is_none();
        values.extend(is_span.then_some(Value::Date(date)));
        is_span
    },
    &["13-16 Sept. 2015"],
);

/// A date with the month first where it is numeric: `3/15/2020`.
pub(in crate::formats::csv) static AMERICAN_DATE: Codec = reads(
    "date, month first",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        let bare = raw.split(' ').next().unwrap_or_default();
        let parts: Vec<&str> = bare.split('/').collect();
        let date = match parts.as_slice() {
            [month, day, year] if year.len() == 4 => read_date(&format!("{year}-{month:0>2}-{day:0>2}")),
            _ => read_date(raw),
        };
        values.push(Value::Date(date));
        true
    },
    &["3/15/2020"],
);

/// A moment, with a space between day and time.
pub(in crate::formats::csv) static MOMENT: Codec = Codec {
    name: "moment",
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let (cell, lost) = written_date(date, ' ')?;
        sink.put(0, cell);
        Some(lost)
    },
    example: &["2020-03-15 12:30:00"],
    ..DATE
};

fn written_date(date: &Date, between: char) -> Option<(String, Parts)> {
    let mut cell = match &date.literal {
        Some(words) if date.start.is_none() => one_line(&**words),
        _ => date.to_string().into(),
    };
    if between == ' ' && matches!(date.end, End::None) && cell.as_bytes().get(10) == Some(&b'T') {
        cell.to_mut().replace_range(10..11, " ");
    }
    let cell = cell.trim().to_owned();
    let back = read_date(&cell);
    if cell.is_empty() {
        return None;
    }
    if back == *date {
        return Some((cell, Parts::NONE));
    }
    let lost = date.parts() - back.parts();
    Some((cell, if lost.is_empty() { Parts::SPELLING } else { lost }))
}

/// A year, unless something else stands there.
pub(in crate::formats::csv) static YEAR: Codec = reads(
    "year",
    |raws, _, values| {
        let raw = without_fraction(raws.first().copied().unwrap_or_default());
        if raw == "0" {
            return false;
        }
        values.push(Value::Date(read_date(raw)));
        true
    },
    &["2020"],
);

fn start_year(date: &Date) -> Option<i32> {
    date.start.as_ref().map(|start| start.year)
}

/// A date, and its year in a column of its own.
pub(in crate::formats::csv) static DATE_AND_YEAR: Codec = across(&reads(
    "date, and its year",
    |raws, _, values| {
        let [date, year] = raws else { return false };
        let (date, year) = (read_date(date), read_date(without_fraction(year)));
        let chosen = match (date.is_empty(), year.is_empty()) {
            (_, true) => date,
            (true, false) => year,
            // A day and a month beside the year: `Mar 15`.
            _ if start_year(&date) == start_year(&year) => date,
            _ => return false,
        };
        values.push(Value::Date(chosen));
        true
    },
    &["2020-03-15", "2020"],
));

/// Year, month (a number or a name, perhaps with a day, or a season) and day in columns of their own.
pub(in crate::formats::csv) static YEAR_MONTH_DAY: Codec = across(&reads(
    "year, month and day",
    |raws, _, values| {
        let part = |at: usize| without_fraction(raws.get(at).copied().unwrap_or_default().trim());
        let (year, month, day) = (part(0), part(1), part(2));
        let date = match month_of(month) {
            Some(number) if day.is_empty() => read_date(&format!("{year}-{number:02}")),
            Some(number) => match day.parse::<u8>() {
                Ok(day) => read_date(&format!("{year}-{number:02}-{day:02}")),
                Err(_) => return false,
            },
            // The year may stand in both.
            None if month.is_empty() || month == year => read_date(year),
            None => read_date(&[year, " ", month].concat()),
        };
        if date.start.is_none() && !month.is_empty() {
            return false;
        }
        values.push(Value::Date(date));
        true
    },
    &["2020", "March", "15"],
));

fn month_of(month: &str) -> Option<u8> {
    month.parse().ok().filter(|it| (1..=12).contains(it)).or_else(|| month_number(month)).or_else(|| season_code(month))
}
