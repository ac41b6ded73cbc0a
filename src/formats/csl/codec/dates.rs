//! Dates: an object with `date-parts`. Sections 3.8 and 4.2 of the mapping reference.
//!
//! `{"date-parts": [[2001, 2]], "circa": true}`; two arrays are a span, the second of which may be empty. Years before
//! Christ are negative and there is no year 0 (D-22). `season` is 1–4 or a word, `literal` and `raw` are words. Strings
//! (EDTF), bare years, `edtf`, `year`/`month`/`day` and lists of these (older pandoc), and `date-parts` without inner arrays are
//! read as well; words that say the same as the parts are nothing more. What the object cannot say stands as EDTF beside it in
//! `custom`; what is no part of a date is kept.

mod read;

use super::CHECKED;
use super::words::stage;
use read::{plain_date, read_date, unknown};
use crate::diagnostic::{DATE_LITERAL, FIELD_UNKNOWN, JSON_VALUE};
use crate::formats::csl::json;
use crate::mapping::codecs::dates::missing;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::canon::write_string;
use crate::record::{Date, End, Parts, Point, Value, excerpt, month_number};
use std::fmt::Write as _;

/// A date, with what its object cannot say in the second tag.
pub(in crate::formats::csl) static DATE: Codec = Codec {
    name: "date",
    shape: Shape::Across,
    carries: CHECKED,
    read: |raws, cx, values| {
        let object = raws.first().copied().unwrap_or_default();
        let Some(date) = read_telling(object, cx) else { return false };
        let exact = raws.get(1).copied().filter(|raw| !raw.is_empty());
        if date.start.is_none() && date.literal.is_some() && exact.is_none() {
            cx.report(&DATE_LITERAL, format!("kept as words: {}", excerpt(date.literal.as_deref().unwrap_or_default(), 40)));
        }
        let whole = exact.and_then(|raw| exactly(&date, raw));
        if let (Some(raw), None) = (exact, &whole) {
            cx.report(&JSON_VALUE, format!("`{}` is not what the date says", excerpt(raw, 40)));
        }
        values.push(Value::Date(whole.unwrap_or(date)));
        true
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        // These words alone would be read as the stage of publication.
        if sink.options.is_for_zotero() {
            write_for_zotero(date, sink)
        } else if is_stage(date) {
            None
        } else {
            write_date(date, sink)
        }
    },
    example: &[r#"{"date-parts":[[2008,3,15]]}"#],
};

/// The date that an object says. What the object says beside it is told and kept.
fn read_telling(object: &str, cx: &mut CodecReading<'_, '_>) -> Option<Date> {
    if object.is_empty() {
        return Some(Date::default());
    }
    if let Some(date) = plain_date(object) {
        return Some(date);
    }
    let date = read_date(object)?;
    for (name, value) in unknown(object) {
        let message = format!("no rule for `{}` of a date; kept as it is", excerpt(&name, 40));
        if let Some(finding) = cx.report(&FIELD_UNKNOWN, message) {
            finding.once = Some(format!("date {name}").into());
        }
        let (words, expression) = json::kept(value);
        cx.keep(&name, &words, expression);
    }
    Some(date)
}

/// The stage of publication in the place of a date.
pub(in crate::formats::csl) static DATE_STAGE: Codec = Codec {
    name: "stage of publication for a date",
    shape: Shape::Each,
    read: |_, _, _| false,
    write: |value, sink| match value {
        Value::Date(date) if is_stage(date) => {
            sink.put(0, object(date));
            Some(Parts::NONE)
        }
        _ => None,
    },
    ..DATE
};

fn is_stage(date: &Date) -> bool {
    date.start.is_none() && date.end == End::None && date.literal.as_deref().is_some_and(|words| stage(words).is_some())
}

/// The day of a visit: Zotero wants a day there, and no words.
pub(in crate::formats::csl) static ACCESSED: Codec = Codec {
    name: "day",
    write: |value, sink| match value {
        Value::Date(date) => write_date(date, sink),
        _ => None,
    },
    ..DATE
};

/// Dates for which CSL has no variable: EDTF, or words.
pub(in crate::formats::csl) static EDTF: Codec = Codec {
    name: "date as EDTF",
    shape: Shape::Each,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Date(from_words(raw))));
        true
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let written = date.to_string();
        let lost = missing(date, &from_words(&written));
        sink.put(0, written);
        Some(lost)
    },
    example: &["2008-03-15"],
    ..DATE
};

/// A date object of a flavour of CSL-JSON that the schema does not know.
pub(in crate::formats::csl) static DATE_OBJECT: Codec = Codec {
    name: "date object",
    shape: Shape::Each,
    read: |raws, cx, values| {
        let found = raws.first().and_then(|raw| read_telling(raw, cx));
        let any = found.is_some();
        values.extend(found.map(Value::Date));
        any
    },
    write: |_, _| None,
    ..DATE
};

/// A date in words, in a member that is no variable of CSL.
pub(in crate::formats::csl) static DATE_WORDS: Codec = Codec {
    name: "date in words",
    shape: Shape::Each,
    read: |raws, _, values| {
        values.extend(raws.first().map(|raw| Value::Date(from_words(raw))));
        true
    },
    write: |_, _| None,
    example: &["2008-03-15"],
    ..DATE
};

/// Year, month (a number or a name) and day in members of their own.
pub(in crate::formats::csl) static YEAR_MONTH_DAY: Codec = Codec {
    name: "year, month and day",
    read: |raws, _, values| {
        let part = |at: usize| raws.get(at).copied().unwrap_or_default().trim();
        let (year, month, day) = (part(0), part(1), part(2));
        let number = month.parse::<u8>().ok().or_else(|| month_number(month));
        let words = match (number, day.parse::<u8>()) {
            (Some(month), Ok(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), Err(_)) if day.is_empty() => format!("{year}-{month:02}"),
            _ => [year, month, day].join(" "),
        };
        let date = from_words(&words);
        let found = !year.is_empty() && (date.start.is_some() || month.is_empty());
        values.extend(found.then_some(Value::Date(date)));
        found
    },
    write: |_, _| None,
    example: &["2008", "March", "15"],
    ..DATE
};

fn from_words(raw: &str) -> Date {
    Date::from_edtf(raw.trim()).unwrap_or_else(|| Date::from_words(raw))
}

/// The date that an EDTF string says, if the object says as much of it as it can.
fn exactly(date: &Date, edtf: &str) -> Option<Date> {
    let whole = Date::from_edtf(edtf)?;
    let object = object(&whole);
    let says = if object.is_empty() { Date::default() } else { read_date(&object)? };
    (says == *date).then_some(whole)
}

fn write_date(date: &Date, sink: &mut CellSink<'_, '_>) -> Option<Parts> {
    let written = object(date);
    if is_plain(date) {
        sink.put(0, written);
        return Some(Parts::NONE);
    }
    let back = if written.is_empty() { Date::default() } else { read_date(&written)? };
    if back == *date {
        sink.put(0, written);
        return Some(Parts::NONE);
    }
    let edtf = date.to_string();
    if date.literal.is_none() && exactly(&back, &edtf).as_ref() == Some(date) {
        sink.put(0, written);
        sink.put(1, edtf);
        return Some(Parts::NONE);
    }
    if written.is_empty() {
        return None;
    }
    sink.put(0, written);
    Some(missing(date, &back))
}

/// Whether a date is one day, month or year of our era, or two of one precision, with nothing beside: the object says all
/// of it, so there is no need to read it again.
fn is_plain(date: &Date) -> bool {
    let Date { start: Some(start), open_start: false, end, literal: None } = date else { return false };
    start.is_plain()
        && match end {
            End::None => true,
            End::Point(end) => end.is_plain() && count(start) == count(end),
            End::Open | End::Unknown => false,
        }
}

/// Zotero keeps the words of a date, and takes the parts of one apart into words of its own.
fn write_for_zotero(date: &Date, sink: &mut CellSink<'_, '_>) -> Option<Parts> {
    let words = date.words().map_or_else(|| words_of(date), str::to_owned);
    let mut written = String::from("{\"literal\":");
    write_string(&mut written, &words);
    written.push('}');
    let back = read_date(&written)?;
    sink.put(0, written);
    Some(missing(date, &back))
}

/// A date as people write it where ISO has no form that Zotero knows.
fn words_of(date: &Date) -> String {
    let point = |point: &Point| {
        let mut words = String::new();
        if point.approximate {
            words.push_str("c. ");
        }
        if point.is_season() {
            let season = crate::record::season_name(point.month).unwrap_or_default();
            let _ = write!(words, "{season} {}", point.year);
        } else if point.year <= 0 {
            let _ = write!(words, "{} BC", 1 - point.year);
        } else {
            let bare = Point { approximate: false, uncertain: false, ..point.clone() };
            let _ = write!(words, "{bare}");
        }
        if point.uncertain {
            words.push('?');
        }
        words
    };
    match (&date.start, &date.end) {
        (Some(start), End::None) => point(start),
        (Some(start), End::Point(end)) => format!("{} – {}", point(start), point(end)),
        _ => date.to_string(),
    }
}

/// The object for a date, as far as it can say it; empty where it says nothing.
fn object(date: &Date) -> String {
    let mut out = String::with_capacity(48);
    let end = if let End::Point(end) = &date.end { Some(end) } else { None };
    let points = || date.start.iter().chain(end).filter(|point| point.unspecified < 4);
    if let Some(first) = points().next() {
        out.push_str("{\"date-parts\":[");
        // citeproc-js gives up an item whose span ends as a day and begins as a year.
        let common = points().map(count).min().unwrap_or_default();
        let alone = points().nth(1).is_none();
        for (at, point) in points().enumerate() {
            out.push_str(if at > 0 { ",[" } else { "[" });
            push_number(&mut out, if point.year <= 0 { point.year - 1 } else { point.year });
            let season_apart = point.is_season() && alone && point.month <= 24;
            for number in [point.month, point.day].into_iter().take(if season_apart { 0 } else { common }) {
                out.push(',');
                push_number(&mut out, number.into());
            }
            out.push(']');
        }
        out.push(']');
        if alone && (21..=24).contains(&first.month) {
            let _ = write!(out, ",\"season\":{}", first.month - 20);
        }
        if points().any(|point| point.approximate || point.uncertain) {
            out.push_str(",\"circa\":true");
        }
    }
    if let Some(words) = date.words() {
        out.push_str(if out.is_empty() { "{\"literal\":" } else { ",\"literal\":" });
        write_string(&mut out, words);
    }
    if !out.is_empty() {
        out.push('}');
    }
    out
}

/// Appends a number: for so short ones the machinery of `write!` takes longer than all the rest of a date.
fn push_number(out: &mut String, number: i32) {
    match u8::try_from(number) {
        Ok(number @ 0..10) => out.push(char::from(b'0' + number)),
        _ if number < 0 => {
            let _ = write!(out, "{number}");
        }
        _ => {
            push_number(out, number / 10);
            push_number(out, number % 10);
        }
    }
}

/// How many numbers a point has behind its year.
fn count(point: &Point) -> usize {
    [point.month, point.day].iter().take_while(|number| !matches!(number, 0 | 99)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_dates_come_back(
            first in (1i32..=9999, 0u8..=12, 0u8..=31),
            last in prop::option::of((1i32..=9999, 0u8..=12, 0u8..=31)),
            same in any::<bool>(),
        ) {
            let point = |(year, month, day)| Point { year, month, day, ..Point::default() };
            let end = last.map_or(End::None, |last| End::Point(point(if same { first } else { last })));
            let date = Date { start: Some(point(first)), end, ..Date::default() };
            prop_assert!(!is_plain(&date) || read_date(&object(&date)) == Some(date));
        }
    }

    #[test]
    fn words_beside_a_date_do_not_stand_for_it() {
        let day = Date { literal: Some("2018- -21".into()), ..Date::from_slashed("2018/02/03/") };
        assert_eq!(object(&day), r#"{"date-parts":[[2018,2,3]]}"#);
        assert_eq!(object(&Date::from_words("1987a")), r#"{"date-parts":[[1987]],"literal":"1987a"}"#);
    }

    #[test]
    fn any_date_comes_back() {
        for edtf in [
            "2001-02-03", "2001", "2001/2003", "2001-02~/..", "-0043", "0000", "2008-21", "2008-33", "199X", "19XX", "XXXX",
            "2004-XX", "1984?", "1984%", "../1990", "/1990", "1990/", "1990/..", "Y17000", "2004-01-01T10:10:10Z",
            "1999~/2001", "2008-21/2008-24",
        ] {
            let date = Date::from_edtf(edtf).unwrap_or_default();
            let options = crate::write::WriteOptions::default();
            let value = Value::Date(date.clone());
            let mut sink = CellSink::new(&options, "book");
            let lost = (DATE.write)(&value, &mut sink);
            assert_eq!(lost, Some(Parts::NONE), "{edtf} {:?}", sink.cells());
        }
    }
}
