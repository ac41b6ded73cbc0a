//! Dates: section 4.2, D-22, D-23 and D-25 of the mapping reference.
//!
//! BibTeX's `year`, `month` and `day` say what its styles print. Where they would not read back as the same date,
//! `date` holds it as EDTF beside them; styles ignore it.

use super::codec::{WHOLE, text_of};
use crate::diagnostic::DATE_CONFLICT;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::{Date, End, MONTH_MACROS, Parts, Point, Precision, Value, excerpt, month_number, season_name};
use crate::tex;

/// BibTeX: `year`, `month`, `day`, and `date` where these lose something.
pub(super) static YEAR_MONTH: Codec = Codec {
    name: "year, month, day, EDTF if needed",
    shape: Shape::Across,
    carries: WHOLE,
    read: |raws, cx, values| {
        let at = |place: usize| raws.get(place).copied().unwrap_or_default();
        !disagree(at(0), at(3), cx) && file(from_parts(at(0), at(1), at(2), at(3)), values)
    },
    write: write_parts,
    example: &["1999", "jan", "12"],
};

/// BibLaTeX: `date` as EDTF; `year` for words.
pub(super) static DATE: Codec = Codec {
    name: "EDTF",
    shape: Shape::Across,
    carries: WHOLE,
    read: |raws, cx, values| {
        let at = |place: usize| raws.get(place).copied().unwrap_or_default();
        let read = !disagree(at(1), at(0), cx) && file(from_parts(at(1), at(2), at(3), at(0)), values);
        // Biber passes over a date that is no EDTF, and takes the year.
        let is_dated = || matches!(values.last(), Some(Value::Date(date)) if date.literal.is_none());
        if read && !at(0).is_empty() && !at(1).is_empty() && is_dated() && !makes_date(at(0)) {
            cx.mend();
        }
        read
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        if is_words(date) {
            let year = words(date.literal.as_deref().unwrap_or_default(), sink);
            let reads = from_parts(&year, "", "", "");
            // A stage of publication in `year` would be read as the status.
            let lost = lost_in(date, reads.clone().or_else(|| from_parts("", "", "", &year)).as_ref());
            sink.put(usize::from(reads.is_some()), year);
            return Some(lost);
        }
        sink.put(0, date.to_string());
        Some(if date.literal.is_some() { Parts::LITERAL } else { Parts::NONE })
    },
    example: &["1999-01-12"],
};

/// A date in one field: EDTF, or words.
pub(super) static EDTF: Codec = Codec {
    name: "EDTF or words",
    shape: Shape::Each,
    carries: WHOLE,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Date(one(raw))));
        true
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        if is_words(date) {
            let raw = words(date.literal.as_deref().unwrap_or_default(), sink);
            let lost = lost_in(date, Some(&one(&raw)));
            sink.put(0, raw);
            return Some(lost);
        }
        sink.put(0, date.to_string());
        Some(if date.literal.is_some() { Parts::LITERAL } else { Parts::NONE })
    },
    example: &["2020-05"],
};

/// Whether `year` and `date` name different years. The date is taken then, and what else there is is kept as it is.
fn disagree(year: &str, date: &str, cx: &mut CodecReading<'_, '_>) -> bool {
    if year.is_empty() || date.is_empty() {
        return false;
    }
    let (Some(year_alone), other) = (calendar(year, "", ""), one(date)) else { return false };
    let years = |date: &Date| (date.start.as_ref().map(|it| it.year), date.end.clone());
    let (stated, (start, end)) = (years(&year_alone).0, years(&other));
    let within = match (stated, start, end) {
        (Some(stated), Some(start), End::Point(end)) => (start..=end.year).contains(&stated),
        (Some(stated), Some(start), _) => start == stated,
        _ => true,
    };
    if !within {
        cx.report(
            &DATE_CONFLICT,
            format!("`{}` and `{}` disagree about the date", excerpt(year, 20), excerpt(date, 20)),
        );
    }
    !within
}

fn file(date: Option<Date>, values: &mut Vec<Value>) -> bool {
    values.extend(date.map(Value::Date));
    !values.is_empty()
}

fn is_words(date: &Date) -> bool {
    date.start.is_none() && date.end == End::None
}

fn words(literal: &str, sink: &CellSink<'_, '_>) -> String {
    let mut out = String::with_capacity(literal.len());
    let _ = tex::encode_str(literal, sink.options.ascii, &mut out);
    out
}

fn one(raw: &str) -> Date {
    Date::from_edtf(raw).unwrap_or_else(|| Date::from_words(&text_of(raw)))
}

fn lost_in(date: &Date, reads: Option<&Date>) -> Parts {
    match reads {
        Some(reads) if reads == date => Parts::NONE,
        Some(reads) => {
            let lost = date.parts() - reads.parts();
            if lost.is_empty() { Parts::LITERAL } else { lost }
        }
        None => Parts::LITERAL,
    }
}

/// The stages of publication that stand in `year` where there is no year yet, with the words for them..
pub(super) const STAGES: &[(&str, &str)] = &[
    ("in-press", "in press"),
    ("forthcoming", "forthcoming"),
    ("to-appear", "to appear"),
    ("submitted", "submitted"),
    ("in-preparation", "in preparation"),
    ("prepublished", "prepublished"),
];

/// The date of BibTeX's fields; `None` where they say none (a month alone, "in press").
fn from_parts(year: &str, month: &str, day: &str, date: &str) -> Option<Date> {
    if let Some(date) = Date::from_edtf(date) {
        return Some(date);
    }
    if year.is_empty() {
        return (!date.is_empty()).then(|| one(date));
    }
    if !date.is_empty() {
        return Some(beside_year(date, year, month, day));
    }
    if let Some(date) = calendar(year, month, day) {
        return Some(date);
    }
    let year = text_of(year);
    if STAGES.iter().any(|(_, words)| words.eq_ignore_ascii_case(&year)) {
        return None;
    }
    if month.is_empty() {
        return Some(Date::from_words(&year));
    }
    let month = text_of(month).replace('\u{a0}', " ");
    // JabRef's way to name a macro within a value.
    let month = month.strip_prefix('#').and_then(|it| it.strip_suffix('#')).unwrap_or(&month).to_owned();
    let number = month.parse::<usize>().ok().and_then(|number| MONTH_MACROS.get(number.checked_sub(1)?)).copied();
    let month = number.unwrap_or(&month);
    let mut whole = if day.is_empty() { month.to_owned() } else { format!("{day} {month}") };
    if !whole.ends_with(&year) {
        whole.extend([" ", &year]);
    }
    let reads = Date::from_words(&whole);
    if reads.literal.is_none() {
        return Some(reads);
    }
    Some(Date { literal: Some(whole.into()), ..Date::from_words(&year) })
}

/// The date of a `date` that is no EDTF and names no other year than `year` does.
fn beside_year(date: &str, year: &str, month: &str, day: &str) -> Date {
    let (words, stated) = (text_of(date), text_of(year));
    let whole = if words.contains(&stated) { words } else { format!("{words} {stated}") };
    let reads = Date::from_words(&whole);
    if reads.literal.is_none() {
        return reads;
    }
    let parts = calendar(year, month, day).unwrap_or_else(|| Date::from_words(&stated));
    Date { literal: Some(whole.into()), ..parts }
}

/// Most dates: a year of four digits, perhaps a month by macro or number, perhaps a day.
fn calendar(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |digits: &str, most: usize| -> Option<u8> {
        let fits = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse().ok()).flatten().filter(|number| *number > 0)
    };
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let year: i32 = digits.then(|| year.parse().ok()).flatten().filter(|year| *year > 0)?;
    let month = match month {
        "" => 0,
        month => number(month, 2).or_else(|| month_number(month))?,
    };
    let day = if day.is_empty() { 0 } else { number(day, 2)? };
    if month == 0 && day > 0 || month > 12 {
        return None;
    }
    Point::calendar(year, month, day).map(Date::from)
}

/// Whether what [`spell`] makes of a date is what [`calendar`] reads as that date.
fn is_calendar(date: &Date) -> bool {
    let Date { start: Some(start), open_start: false, end: End::None, literal: None } = date else { return false };
    start.year >= 1000 && start.is_plain()
}

fn write_parts(value: &Value, sink: &mut CellSink<'_, '_>) -> Option<Parts> {
    let Value::Date(date) = value else { return None };
    Some(put_parts(date, sink))
}

/// Puts a date into its fields: what of it is lost.
fn put_parts(date: &Date, sink: &mut CellSink<'_, '_>) -> Parts {
    if date.literal.is_some() && date.words().is_none() {
        return Parts::LITERAL | put_parts(&Date { literal: None, ..date.clone() }, sink);
    }
    let (mut year, mut month, mut day) = (String::new(), String::new(), String::new());
    match date.words() {
        Some(literal) => year = words(literal, sink),
        None => spell(date, &mut year, &mut month, &mut day),
    }
    if is_words(date) && from_parts(&year, "", "", "").is_none() {
        // A stage of publication in `year` would be read as the status.
        let lost = lost_in(date, from_parts("", "", "", &year).as_ref());
        sink.put(3, year);
        return lost;
    }
    let exact = is_calendar(date) || from_parts(&year, &month, &day, "").as_ref() == Some(date);
    let mut lost = Parts::NONE;
    let mut edtf = String::new();
    if !exact && !is_words(date) {
        edtf = date.to_string();
        lost = if date.literal.is_some() { Parts::LITERAL } else { Parts::NONE };
    } else if !exact {
        lost = lost_in(date, from_parts(&year, &month, &day, "").as_ref());
    }
    for (place, cell) in [year, month, day, edtf].into_iter().enumerate() {
        sink.put(place, cell);
    }
    lost
}

/// What of a date is lost where only `year`, `month` and `day` stand in the file.
pub(super) fn lost_without_date(date: &Date, year: &str, month: &str, day: &str) -> Parts {
    lost_in(date, from_parts(year, month, day, "").as_ref())
}

/// Whether a value is a date as BibLaTeX's date fields have it.
pub(super) fn makes_date(raw: &str) -> bool {
    Date::from_edtf(raw).is_some()
}

/// The date as BibTeX's styles print it.
fn spell(date: &Date, year: &mut String, month: &mut String, day: &mut String) {
    let Some(start) = date.start.as_ref() else {
        if let End::Point(end) = &date.end {
            year.push_str("until ");
            spell_year(end, year);
        }
        return;
    };
    if start.approximate {
        year.push_str("c. ");
    }
    let brackets = start.uncertain && date.end == End::None;
    year.push_str(if brackets { "[" } else { "" });
    spell_year(start, year);
    year.push_str(if brackets { "]" } else { "" });
    match &date.end {
        End::Point(end) if end.year == start.year && start.unspecified == 0 && end.unspecified == 0 => {
            spell_month(start, month);
            if end.month != start.month && !month.is_empty() {
                month.push_str("--");
                spell_month(end, month);
            }
        }
        End::Point(end) => {
            year.push_str("--");
            spell_year(end, year);
        }
        End::Open => year.push_str(if start.approximate { "" } else { "--" }),
        End::Unknown => {}
        End::None => {
            spell_month(start, month);
            if start.precision() == Precision::Day {
                day.push_str(&start.day.to_string());
            }
        }
    }
}

/// A year as people write it: `1999`, `44 BC`, `199X`.
fn spell_year(point: &Point, out: &mut String) {
    if point.unspecified > 0 || (1000..=9999).contains(&point.year) {
        let _ = point.write_year(out);
    } else if point.year > 0 {
        out.push_str(&point.year.to_string());
    } else {
        out.push_str(&(1 - i64::from(point.year)).to_string());
        out.push_str(" BC");
    }
}

fn spell_month(point: &Point, out: &mut String) {
    let name = match point.month {
        month @ 1..=12 => MONTH_MACROS.get(usize::from(month) - 1).copied(),
        code => season_name(code),
    };
    out.push_str(name.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::WriteOptions;

    #[test]
    fn dates_are_spelled_for_styles_and_come_back() {
        for (edtf, cells) in [
            ("1999", &["1999", "", "", ""][..]),
            ("1999-03", &["1999", "mar", "", ""]),
            ("1999-01-12", &["1999", "jan", "12", ""]),
            ("1998/2000", &["1998--2000", "", "", ""]),
            ("1850~", &["c. 1850", "", "", ""]),
            ("1987?", &["[1987]", "", "", ""]),
            ("-0043", &["44 BC", "", "", ""]),
            ("2008-06/2008-07", &["2008", "jun--jul", "", ""]),
            ("1988~/..", &["c. 1988", "", "", "1988~/.."]),
            ("2008-21", &["2008", "Spring", "", ""]),
        ] {
            let date = Date::from_edtf(edtf).unwrap();
            let options = WriteOptions::default();
            let value = Value::Date(date.clone());
            let mut sink = CellSink::new(&options, "book");
            let lost = (YEAR_MONTH.write)(&value, &mut sink);
            assert_eq!(lost, Some(Parts::NONE), "{edtf}");
            let cell = |place: usize| sink.cells().iter().find(|(at, _)| *at == place).map_or("", |(_, raw)| raw);
            assert_eq!([0, 1, 2, 3].map(cell), cells, "{edtf}");
            assert_eq!(from_parts(cell(0), cell(1), cell(2), cell(3)), Some(date), "{edtf}");
        }
    }

    #[test]
    fn words_beside_a_date_do_not_stand_for_it() {
        for (words, cells, lost) in [
            ("6th Annual", ["1990", "", "", ""], Parts::LITERAL),
            ("in press", ["1990", "", "", ""], Parts::LITERAL),
            ("Michaelmas 1990", ["Michaelmas 1990", "", "", "1990"], Parts::LITERAL),
            ("1990//22/04", ["1990", "", "", ""], Parts::LITERAL),
        ] {
            let date = Date { literal: Some(words.into()), ..Date::year(1990) };
            let options = WriteOptions::default();
            let mut sink = CellSink::new(&options, "book");
            assert_eq!(put_parts(&date, &mut sink), lost, "{words}");
            let cell = |place: usize| sink.cells().iter().find(|(at, _)| *at == place).map_or("", |(_, raw)| raw);
            assert_eq!([0, 1, 2, 3].map(cell), cells, "{words}");
        }
    }

    #[test]
    fn months_are_read_in_all_their_spellings() {
        for (month, edtf) in [
            ("12~jan", "1999-01-12"),
            ("1 mar", "1999-03-01"),
            ("Mar. 1", "1999-03-01"),
            ("mar~1", "1999-03-01"),
            ("mar\\ 1--3", "1999-03-01/1999-03-03"),
            ("3", "1999-03"),
            ("March", "1999-03"),
            ("jun--jul", "1999-06/1999-07"),
        ] {
            assert_eq!(from_parts("1999", month, "", "").map(|it| it.to_string()).as_deref(), Some(edtf), "{month}");
        }
        assert_eq!(from_parts("in press", "", "", ""), None);
        assert_eq!(from_parts("", "dec", "", ""), None);
    }
}
