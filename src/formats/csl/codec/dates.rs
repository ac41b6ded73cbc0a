//! Dates: an object with `date-parts`. Sections 3.8 and 4.2 of the mapping reference.
//!
//! `{"date-parts": [[2001, 2]], "circa": true}`; two arrays are a span, the second of which may be empty. Years before
//! Christ are negative and there is no year 0 (D-22). `season` is 1–4 or a word, `literal` and `raw` are words. Strings
//! (EDTF), bare years, `edtf`, `year`/`month`/`day` and lists of these (older pandoc) are read as well. What the object cannot
//! say stands as EDTF beside it in `custom`.

use super::CHECKED;
use super::words::stage;
use crate::diagnostic::{DATE_LITERAL, JSON_VALUE};
use crate::formats::csl::json::{self, Sort};
use crate::formats::json::scan::Scan;
use crate::mapping::codecs::dates::missing;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::canon::write_string;
use crate::record::{Date, End, Parts, Point, Value, excerpt, month_number, season_code};
use std::fmt::Write as _;

/// A date, with what its object cannot say in the second tag.
pub(in crate::formats::csl) static DATE: Codec = Codec {
    name: "date",
    shape: Shape::Across,
    carries: CHECKED,
    read: |raws, cx, values| {
        let object = raws.first().copied().unwrap_or_default();
        let Some(date) = (if object.is_empty() { Some(Date::default()) } else { read_date(object) }) else { return false };
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
    read: |raws, _, values| {
        let found = raws.first().and_then(|raw| read_date(raw));
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
    let words = date.literal.as_deref().map_or_else(|| words_of(date), str::to_owned);
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
    if let Some(words) = &date.literal {
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

/// Reads a date in any of its shapes; `None` where it is none.
fn read_date(raw: &str) -> Option<Date> {
    match json::sort(raw) {
        Sort::Object => plain_date(raw).or_else(|| Some(read_object(raw))),
        Sort::String => Some(json::string(raw).map_or_else(Date::default, |words| {
            if words.trim().is_empty() { Date::default() } else { from_words(&words) }
        })),
        Sort::Number => point(raw.trim(), "", "").map(Date::from),
        Sort::Array => {
            let elements: Vec<&str> = json::elements(raw).collect();
            let first = elements.first().map(|it| json::sort(it));
            match first {
                None => Some(Date::default()),
                Some(Sort::Array) => Some(spans(elements.into_iter())),
                Some(Sort::Object) => of_objects(&elements),
                _ => Some(spans(std::iter::once(raw))),
            }
        }
        _ => None,
    }
}

/// The date of an object with nothing but one or two arrays of numbers, which is what nearly all are. `None`: it is
/// another. What is read here [`read_object`] reads in the same way.
fn plain_date(raw: &str) -> Option<Date> {
    let mut scan = Scan::of(raw.as_bytes());
    scan.take(b'{')?;
    if raw.get(scan.name()?)? != "date-parts" {
        return None;
    }
    scan.take(b'[')?;
    let start = plain_point(&mut scan)?;
    let end = if scan.ends(b']')? {
        End::None
    } else {
        let end = plain_point(&mut scan)?;
        scan.take(b']')?;
        End::Point(end)
    };
    scan.take(b'}')?;
    scan.end()?;
    Some(Date { start: Some(start), end, ..Date::default() })
}

/// A point in time of one to three numbers.
fn plain_point(scan: &mut Scan<'_>) -> Option<Point> {
    let mut numbers = [0; 3];
    scan.take(b'[')?;
    for number in &mut numbers {
        *number = scan.number()?;
        if scan.ends(b']')? {
            let [year, month, day] = numbers;
            return calendar(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        }
    }
    None
}

#[derive(Default)]
struct Object<'a> {
    parts: Option<&'a str>,
    season: Option<String>,
    circa: bool,
    words: Option<String>,
    edtf: Option<String>,
    ymd: [Option<String>; 3],
}

fn read_object(raw: &str) -> Date {
    let mut it = Object::default();
    for (name, value) in json::members(raw) {
        let words = || json::words(value).map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        match &*name {
            "date-parts" => it.parts = Some(value),
            "season" => it.season = words(),
            "circa" | "approximate" => it.circa = json::is_true(value),
            "literal" => it.words = words().or(it.words),
            "raw" => it.words = it.words.or_else(words),
            "edtf" => it.edtf = words(),
            "year" => it.ymd[0] = words(),
            "month" => it.ymd[1] = words(),
            "day" => it.ymd[2] = words(),
            _ => {}
        }
    }
    let mut date = match (it.parts, &it.edtf) {
        (_, Some(edtf)) => from_words(edtf),
        (Some(parts), _) => spans(json::elements(parts)),
        (None, None) => match &it.ymd {
            [Some(year), month, day] => {
                let text = |it: &Option<String>| it.clone().unwrap_or_default();
                point(year, &text(month), &text(day)).map_or_else(|| from_words(year), Date::from)
            }
            _ => Date::default(),
        },
    };
    if let Some(season) = &it.season {
        add_season(&mut date, season);
    }
    if it.circa {
        if let Some(start) = &mut date.start {
            start.approximate = true;
        }
        if let End::Point(end) = &mut date.end {
            end.approximate = true;
        }
    }
    if let Some(words) = it.words {
        if date.start.is_none() && date.literal.is_none() {
            return from_words(&words);
        }
        date.literal = Some(words.into());
    }
    date
}

fn add_season(date: &mut Date, season: &str) {
    let code = match season.parse::<u8>() {
        Ok(number @ 1..=4) => Some(20 + number),
        Ok(number @ 21..=24) => Some(number),
        _ => season_code(season),
    };
    let Some(start) = date.start.as_mut().filter(|start| start.month == 0 && date.end == End::None) else { return };
    match code {
        Some(code) => start.month = code,
        None => date.literal = Some(format!("{season} {}", start.year).into()),
    }
}

/// One or two arrays of parts.
fn spans<'a>(arrays: impl Iterator<Item = &'a str>) -> Date {
    let mut points: Vec<Option<Point>> = Vec::new();
    let mut words = Vec::new();
    for array in arrays.take(2) {
        let parts: Vec<String> = match json::sort(array) {
            Sort::Array => json::elements(array).filter_map(|it| json::words(it).map(|it| it.trim().to_owned())).collect(),
            _ => json::words(array).into_iter().map(std::borrow::Cow::into_owned).collect(),
        };
        let part = |at: usize| parts.get(at).map_or("", String::as_str);
        if part(0).is_empty() || (part(0) == "0" && !points.is_empty()) {
            points.push(None);
            continue;
        }
        let found = point(part(0), part(1), part(2));
        if found.is_none() {
            words.push(parts.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join("-"));
        }
        points.push(found);
    }
    if !words.is_empty() {
        let words = words.join(" – ");
        let near = points.into_iter().flatten().next();
        return match near {
            Some(start) => Date { literal: Some(words.into()), ..Date::from(start) },
            None => Date::from_words(&words),
        };
    }
    let mut points = points.into_iter();
    let start = points.next().flatten();
    let end = match points.next() {
        None => End::None,
        Some(Some(end)) => End::Point(end),
        Some(None) if start.is_some() => End::Open,
        Some(None) => End::None,
    };
    Date { start, end, ..Date::default() }
}

/// `[{"year": 2001}, {"year": 2002}]`, as older pandoc has it.
fn of_objects(objects: &[&str]) -> Option<Date> {
    let first = read_object(objects.first()?);
    match objects.get(1) {
        None => Some(first),
        // Words have no end.
        Some(second) if first.start.is_none() => (json::sort(second) == Sort::Null).then_some(first),
        Some(second) => {
            let end = read_object(second).start.map_or(End::Open, End::Point);
            Some(Date { end, ..first })
        }
    }
}

/// A point in time of its parts, if the calendar has it.
fn point(year: &str, month: &str, day: &str) -> Option<Point> {
    let year: i32 = year.parse().ok()?;
    // There is no year 0: −44 is 44 BC.
    let year = if year < 0 { year.checked_add(1)? } else { year };
    let month = match month {
        "" => 0,
        month => month.parse().ok().or_else(|| month_number(month)).or_else(|| season_code(month))?,
    };
    let day: u8 = if day.is_empty() { 0 } else { day.parse().ok()? };
    calendar(year, month, day)
}

fn calendar(year: i32, month: u8, day: u8) -> Option<Point> {
    match month {
        // citeproc-js has seasons so.
        13..=16 if day == 0 => Point::calendar(year, month + 8, 0),
        0 if day > 0 => None,
        _ => Point::calendar(year, month, day),
    }
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
    fn every_shape_is_read() {
        for (raw, edtf) in [
            (r#"{"date-parts":[[2001,2,3]]}"#, "2001-02-03"),
            (r#"{"date-parts":[["2001","2"]]}"#, "2001-02"),
            (r#"{"date-parts":[["2001","2"],[0]],"circa":"true"}"#, "2001-02~/.."),
            (r#"{"date-parts":[[2001],[2003,4]]}"#, "2001/2003-04"),
            (r#"{"date-parts":[[-44]]}"#, "-0043"),
            (r#"{"date-parts":[[2008]],"season":1}"#, "2008-21"),
            (r#"{"date-parts":[[2008]],"season":"Winter"}"#, "2008-24"),
            (r#"{"date-parts":[[2008,14]]}"#, "2008-22"),
            (r#"{"date-parts":[[2018,10,21,13]]}"#, "2018-10-21"),
            (r#"{"raw":"15 March 2008"}"#, "2008-03-15"),
            (r#"{"literal":"c. 1850"}"#, "1850~"),
            (r#""2004/2006-08""#, "2004/2006-08"),
            ("1999", "1999"),
            (r#"[{"year":1999,"month":10},{"year":2010}]"#, "1999-10/2010"),
            (r#"{"year":"1999","month":10}"#, "1999-10"),
            (r#"{"edtf":"199X"}"#, "199X"),
            (r#"{"date-parts":[[null]]}"#, ""),
            (r#"{"date-parts":[[]]}"#, ""),
            (r#"{"date-parts":[]}"#, ""),
        ] {
            assert_eq!(read_date(raw).map(|it| it.to_string()).as_deref(), Some(edtf), "{raw}");
        }
        assert_eq!(read_date(r#"{"date-parts":[[2018,2,30]]}"#).and_then(|it| it.literal).as_deref(), Some("2018-2-30"));
        assert!(read_date("true").is_none());
    }

    proptest! {
        #[test]
        fn plain_dates_are_read_alike(parts in "\\[ ?[0-9]{1,5}(, ?(0|1|2|3)?[0-9]){0,3} ?\\]( ?,?\\[[12][0-9]{3}(,[0-9])?\\])?", tail in "|,|}| |,\"circa\":true") {
            let raw = format!("{{\"date-parts\": [{parts}]{tail}}}");
            if let Some(date) = plain_date(&raw) {
                prop_assert_eq!(date, read_object(&raw));
            }
        }
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
