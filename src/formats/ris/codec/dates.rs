//! The date of issue, which stands in up to three tags.

use super::CHECKED;
use crate::diagnostic::{DATE_CONFLICT, DATE_LITERAL};
use crate::mapping::codecs::dates::{finer, joined_dates, missing, read_date};
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::{Date, End, Parts, Point, Value, excerpt, season_name};

/// The year, the date and the date as the older format has it: `PY`, `DA`, `Y1`. The finest of the year given wins.
pub(in crate::formats::ris) static DATE_PARTS: Codec = PARTS;

const PARTS: Codec = Codec {
    name: "year and date",
    shape: Shape::Across,
    carries: CHECKED,
    read: |raws, cx, values| match read_dates(raws, cx) {
        Some(date) => {
            values.push(Value::Date(date));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        if date.is_plain() {
            // It comes back of the date, or of the year where that is all of it.
            sink.put(0, date.year_text());
            if date.start.as_ref().is_some_and(|start| start.month != 0) {
                sink.put(1, date.to_slashed());
            }
            return Some(Parts::NONE);
        }
        Some(write_parts(date, sink))
    },
    example: &["2008", "2008/03/15/"],
};

/// Writes the year, and the date where it says more.
fn write_parts<'v>(date: &'v Date, sink: &mut CellSink<'_, 'v>) -> Parts {
    let (year, whole) = (one_line(date.year_text()), one_line(date.to_slashed()));
    // The date is only worth a line where it says more than the year.
    let back = read_date(&year);
    let finer = date.start.as_ref().is_some_and(|start| start.month != 0)
        || (date.start.is_some() && date.literal.is_some());
    if back == *date || !finer {
        let lost = missing(date, &back);
        sink.put(0, year);
        return lost;
    }
    let both = joined_dates(&year, &whole).unwrap_or_default();
    let lost = missing(date, &both);
    let says_more = both != back;
    sink.put(0, year);
    if says_more {
        sink.put(1, whole);
    }
    lost
}

/// The date as Zotero's importer takes it: it understands years, months and days, keeps other words as they are if a year
/// is among them, and makes nonsense of the rest.
pub(in crate::formats::ris) static ZOTERO_DATE: Codec = Codec {
    name: "date for Zotero",
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let calendar = |start: &Point| start.month <= 12 && start.time.is_none() && date.literal.is_none();
        if date.end == End::None && date.start.as_ref().is_some_and(calendar) {
            return (DATE_PARTS.write)(value, sink);
        }
        let season = date.start.as_ref().and_then(|start| Some((season_name(start.month)?, start.year)));
        let words = [season.map(|(name, year)| format!("{name} {year}")), date.literal.as_deref().map(str::to_owned)];
        let spelled = words.into_iter().flatten().chain([date.to_string()]).find(|words| {
            let year = words.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
            year && !words.contains(['\n', '\r']) && read_date(words) == *date
        });
        match spelled {
            Some(words) => {
                sink.put(0, words);
                Some(Parts::NONE)
            }
            None if date.start.is_some() => (DATE_PARTS.write)(value, sink),
            None => None,
        }
    },
    ..PARTS
};

fn read_dates(raws: &[&str], cx: &mut CodecReading<'_, '_>) -> Option<Date> {
    let get = |at: usize| raws.get(at).copied().unwrap_or_default();
    let (year, date, older) = (get(0), get(1), get(2));
    let disagree = |cx: &mut CodecReading<'_, '_>, one: &str, other: &str| {
        // In these types the date may be that of the visit. Rows for fewer tags come after one that has said it.
        if raws.len() == 3 && !VISITED.iter().any(|it| it.eq_ignore_ascii_case(cx.word)) {
            cx.report(
                &DATE_CONFLICT,
                format!("`{}` and `{}` disagree about the date", excerpt(one, 30), excerpt(other, 30)),
            );
        }
    };
    let base = if year.is_empty() { older } else { year };
    let Some(mut found) = joined_dates(base, date) else {
        disagree(cx, base, date);
        return None;
    };
    if !year.is_empty() && !older.is_empty() {
        let Some(also) = joined_dates(year, older) else {
            disagree(cx, year, older);
            return None;
        };
        found = finer(found, also);
    }
    if found.is_empty() {
        return None;
    }
    if found.start.is_none() && found.literal.is_some() {
        cx.report(&DATE_LITERAL, format!("kept as words: {}", excerpt(&found.to_string(), 40)));
    }
    Some(found)
}

/// The types whose `DA` may be the date of the visit.
pub(in crate::formats::ris) const VISITED: &[&str] = &["AGGR", "DBASE", "EBOOK", "EJOUR", "MULTI", "ECHAP"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::WriteOptions;
    use proptest::prelude::*;

    proptest! {
        /// Of a plain date is written what is written of it where it is read again.
        #[test]
        fn plain_dates_are_written_as_others_are(year in 1i32..=9999, month in 0u8..=13, day in 0u8..=31) {
            let date = Date::from(Point { year, month, day, ..Point::default() });
            if date.is_plain() {
                let options = WriteOptions::default();
                let (mut one, mut other) = (CellSink::new(&options, "JOUR"), CellSink::new(&options, "JOUR"));
                let value = Value::Date(date.clone());
                let lost = (PARTS.write)(&value, &mut one);
                prop_assert_eq!(lost, Some(write_parts(&date, &mut other)));
                prop_assert_eq!(one.cells(), other.cells());
                prop_assert_eq!(read_date(&date.to_slashed()), date);
            }
        }
    }
}
