//! How dates are read: the object, and the strings, numbers and lists that stand for it.

use super::from_words;
use crate::formats::csl::json::{self, Sort};
use crate::formats::json::scan::Scan;
use crate::record::{Date, End, Point, month_number, season_code};
use std::borrow::Cow;

/// Reads a date in any of its shapes; `None` where it is none.
pub(super) fn read_date(raw: &str) -> Option<Date> {
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
pub(super) fn plain_date(raw: &str) -> Option<Date> {
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

/// Members of dates that say nothing that we read.
pub(super) fn unknown(raw: &str) -> Vec<(Cow<'_, str>, &str)> {
    const KNOWN: &[&str] = &[
        "date-parts", "season", "circa", "approximate", "literal", "raw", "edtf", "year", "month", "day",
        // Crossref and its kin say the date again in them.
        "date-time", "timestamp",
    ];
    let of_one = |raw| json::members(raw).filter(|(name, value)| !KNOWN.contains(&&**name) && !json::says_nothing(value));
    of_one(raw).chain(json::elements(raw).flat_map(of_one)).collect()
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
        (Some(parts), _) => flat_point(parts).map_or_else(|| spans(json::elements(parts)), Date::from),
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
        // BibSonomy says all dates in both ways.
        if date.literal.is_some() || from_words(&words) != date {
            date.literal = Some(words.into());
        }
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

/// The point in time of parts without an array of their own: `[2001, 2, 3]`, as people write it.
fn flat_point(raw: &str) -> Option<Point> {
    let parts: Vec<_> = json::elements(raw).map_while(json::words).collect();
    let [year, month, rest @ ..] = parts.as_slice() else { return None };
    point(year.trim(), month.trim(), rest.first().map_or("", |day| day.trim()))
}

/// One or two arrays of parts.
fn spans<'a>(arrays: impl Iterator<Item = &'a str>) -> Date {
    let mut points: Vec<Option<Point>> = Vec::new();
    let mut words = Vec::new();
    for array in arrays.take(2) {
        let parts: Vec<String> = match json::sort(array) {
            Sort::Array => json::elements(array).filter_map(|it| json::words(it).map(|it| it.trim().to_owned())).collect(),
            _ => json::words(array).into_iter().map(Cow::into_owned).collect(),
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
            // There is no year 0.
            let is_none = json::members(second).any(|(name, value)| name == "year" && json::words(value).is_some_and(|it| it.trim() == "0"));
            let end = read_object(second).start.filter(|_| !is_none).map_or(End::Open, End::Point);
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
            (r#"[{"year":2013},{"year":0}]"#, "2013/.."),
            (r#"{"date-parts":[2024,5,1]}"#, "2024-05-01"),
            (r#"{"date-parts":["2013","5"]}"#, "2013-05"),
            (r#"{"date-parts":["2013"]}"#, "2013"),
            (r#"{"date-parts":[2001,2003]}"#, "2001/2003"),
            (r#"{"edtf":"199X"}"#, "199X"),
            (r#"{"date-parts":[[null]]}"#, ""),
            (r#"{"date-parts":[[]]}"#, ""),
            (r#"{"date-parts":[]}"#, ""),
        ] {
            assert_eq!(read_date(raw).map(|it| it.to_string()).as_deref(), Some(edtf), "{raw}");
        }
        assert_eq!(read_date(r#"{"date-parts":[[2018,2,30]]}"#).and_then(|it| it.literal).as_deref(), Some("2018-2-30"));
        assert!(read_date("true").is_none());
        let words = |raw| read_date(raw).and_then(|it| it.literal);
        assert_eq!(words(r#"{"date-parts":[["2010"]],"literal":"2010"}"#), None);
        assert_eq!(words(r#"{"date-parts":[["2010"]],"literal":"Spring 2010"}"#).as_deref(), Some("Spring 2010"));
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
}
