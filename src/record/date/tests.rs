use super::*;
use proptest::prelude::*;

fn words(text: &str) -> String {
    show(&Date::from_words(text))
}

/// EDTF, with the literal in angle quotes beside it.
fn show(date: &Date) -> String {
    match &date.literal {
        None => date.to_string(),
        Some(literal) if date.start.is_none() => format!("‹{literal}›"),
        Some(literal) => format!("{date} ‹{literal}›"),
    }
}

#[test]
fn edtf_comes_back_as_it_was() {
    for text in [
        "2008",
        "0000",
        "0476",
        "-0043",
        "-9999",
        "Y170000002",
        "Y-17000",
        "2008-03",
        "2008-03-15",
        "2008-02-29",
        "2000-02-29",
        "-0004-02-29",
        "1984-05~",
        "1984?",
        "2004-06-11%",
        "199X",
        "19XX",
        "-19XX",
        "2004-XX",
        "1985-04-XX",
        "1985-XX-XX",
        "2008-21",
        "2001-41",
        "2004-01-01T10:10:10Z",
        "2004-01-01T10:10:10+05:30",
        "2004-01-01T10:10:10-05",
        "2004-01-01T10:10",
        "2004-01-01T10:10:10.123Z",
        "1964/2008",
        "2004-06/2006-08",
        "2004-02-01/2005",
        "1990/..",
        "1990/",
        "/1990",
        "../1990",
        "1984~/2004-06?",
        "1988~/..",
        "2008-24/2009-21",
        "XXXX",
        "1XXX",
        "Y20000-03",
    ] {
        assert_eq!(Date::from_edtf(text).map(|date| date.to_string()).as_deref(), Some(text));
    }
}

#[test]
fn edtf_is_strict() {
    for text in [
        "",
        "/",
        "..",
        "../..",
        "/..",
        "//",
        "200",
        "20080",
        "2008-",
        "2008-1",
        "2008-13",
        "2008-00",
        "2008-20",
        "2008-42",
        "2008-99",
        "2008-03-32",
        "2008-03-00",
        "2007-02-29",
        "1900-02-29",
        "2008-04-31",
        "2008-21-01",
        "2008-03-15-",
        "2008-3-15",
        " 2008",
        "2008 ",
        "-0000",
        "-0XXX",
        "-XXXX",
        "X999",
        "1X99",
        "XXXX-12",
        "199X-05",
        "1985-XX-15",
        "Y2008",
        "Y02008",
        "Y-2008",
        "Y99999999999",
        "2008~~",
        "~2008",
        "?",
        "~",
        "2008T10:10:10",
        "2004-01-01T",
        "2004-01-01T25:10:10",
        "2004-01-01T10:61",
        "2004-01-01T10:10:10Q",
        "2004-01-01T10:10:10.Z",
        "2004-01-01T10",
        "1990/../..",
        "2008/2009/2010",
        "２００８",
        "２",
        "2008-03-1é",
        "é",
        "2008-é",
    ] {
        assert_eq!(Date::from_edtf(text), None, "{text}");
    }
}

#[test]
fn words_of_people() {
    for (text, edtf) in [
        // years
        ("2008", "2008"),
        (" 2008 ", "2008"),
        ("476", "0476"),
        ("(1987)", "1987"),
        ("2008.", "2008"),
        ("[1987]", "1987?"),
        ("[1987?]", "1987?"),
        ("1987?", "1987?"),
        ("2010   06", "2010-06"),
        ("c. 1850", "1850~"),
        ("ca. 1850", "1850~"),
        ("ca 1850", "1850~"),
        ("circa 1850", "1850~"),
        ("~1850", "1850~"),
        ("[ca. 1850]", "1850%"),
        ("um 1850", "1850~"),
        ("vers 1850", "1850~"),
        ("Circa March 1850", "1850-03~"),
        ("1850~", "1850~"),
        ("199X", "199X"),
        ("-0043", "-0043"),
        ("Y12000", "Y12000"),
        ("44 BC", "-0043"),
        ("44 B.C.", "-0043"),
        ("44 BCE", "-0043"),
        ("44 v. Chr.", "-0043"),
        ("1 BC", "0000"),
        ("44\u{a0}v.\u{a0}Chr.", "-0043"),
        ("44 av. J.-C.", "-0043"),
        ("c. 500 BC", "-0499~"),
        ("AD 98", "0098"),
        ("98 CE", "0098"),
        ("15 March 44 BC", "-0043-03-15"),
        ("100-44 BC", "-0099/-0043"),
        ("80–44 BC", "-0079/-0043"),
        ("10 BC - 5 AD", "-0009/0005"),
        // spans of years
        ("1998--2000", "1998/2000"),
        ("1998–2000", "1998/2000"),
        ("1998-2000", "1998/2000"),
        ("1998 - 2000", "1998/2000"),
        ("1998 to 2000", "1998/2000"),
        ("1998/2000", "1998/2000"),
        ("2001/02", "2001/2002"),
        ("1998-99", "1998/1999"),
        ("1999/00", "1999/2000"),
        ("1999-2000", "1999/2000"),
        ("1998–9", "1998/1999"),
        ("2021-22", "2021/2022"),
        ("[1998-99]", "1998?/1999?"),
        ("c. 1850--c. 1860", "1850~/1860~"),
        ("1998--", "1998/.."),
        ("1998-", "1998/.."),
        ("1998-present", "1998/.."),
        ("1998-?", "1998/"),
        ("1988~/..", "1988~/.."),
        // days
        ("2008-03-15", "2008-03-15"),
        ("20080315", "2008-03-15"),
        ("2005-06", "2005-06"),
        ("2008/03/15", "2008-03-15"),
        ("2008-3-5", "2008-03-05"),
        ("15.03.2008", "2008-03-15"),
        ("03/15/2008", "2008-03-15"),
        ("15/03/2008", "2008-03-15"),
        ("15-03-2008", "2008-03-15"),
        ("03/03/2008", "2008-03-03"),
        ("03/2008", "2008-03"),
        ("2008 03 15", "2008-03-15"),
        ("2004-01-01T10:10:10Z", "2004-01-01T10:10:10Z"),
        ("March 2008", "2008-03"),
        ("Mar. 2008", "2008-03"),
        ("2008 Mar", "2008-03"),
        ("März 2008", "2008-03"),
        ("MAR 2008", "2008-03"),
        ("mar~2008", "2008-03"),
        ("août 2008", "2008-08"),
        ("octubre de 2008", "2008-10"),
        ("15 Mar 2008", "2008-03-15"),
        ("Mar 15, 2008", "2008-03-15"),
        ("March 15th, 2008", "2008-03-15"),
        ("Mar 15 2008", "2008-03-15"),
        ("2008 Mar 15", "2008-03-15"),
        ("15. März 2008", "2008-03-15"),
        ("29. Nov. 2008", "2008-11-29"),
        ("1er janvier 2008", "2008-01-01"),
        ("3 de febrero de 2010", "2010-02-03"),
        ("15th of March 2008", "2008-03-15"),
        ("15-Mar-2008", "2008-03-15"),
        ("Mar-2008", "2008-03"),
        ("15Mar2008", "2008-03-15"),
        ("2008-Mar-15", "2008-03-15"),
        ("15~Mar 2008", "2008-03-15"),
        // spans of months and days
        ("Mar-Apr 2008", "2008-03/2008-04"),
        ("2008 Mar-Apr", "2008-03/2008-04"),
        ("Jul/Aug 2008", "2008-07/2008-08"),
        ("March--April 2008", "2008-03/2008-04"),
        ("MAR-APR 2008", "2008-03/2008-04"),
        ("2008 Dec-2009 Jan", "2008-12/2009-01"),
        ("2010 Feb 3-10", "2010-02-03/2010-02-10"),
        ("Feb 3-10, 2010", "2010-02-03/2010-02-10"),
        ("3-10 Feb 2010", "2010-02-03/2010-02-10"),
        ("3.–10. Februar 2010", "2010-02-03/2010-02-10"),
        ("du 3 au 10 février 2010", "2010-02-03/2010-02-10"),
        ("2010 Feb 28-Mar 3", "2010-02-28/2010-03-03"),
        ("Feb 28 – Mar 3, 2010", "2010-02-28/2010-03-03"),
        ("2008-03-15 -- 2008-04-02", "2008-03-15/2008-04-02"),
        ("2008-03 to 2008-05", "2008-03/2008-05"),
        ("2008-03-15/2008-04-02", "2008-03-15/2008-04-02"),
        ("June 1998 - May 1999", "1998-06/1999-05"),
        ("June 30 1998 to 2 July 1998", "1998-06-30/1998-07-02"),
        // seasons
        ("Spring 2008", "2008-21"),
        ("2008 Winter", "2008-24"),
        ("2008, Fall", "2008-23"),
        ("Été 2008", "2008-22"),
        ("Frühjahr 2008", "2008-21"),
        ("Spring/Summer 2008", "2008-21/2008-22"),
        ("2008 SPR", "2008-21"),
        ("Winter 2008-Spring 2009", "2008-24/2009-21"),
        ("Q3 2008", "2008-35"),
        ("Winter-Spring 2009", "2009-24/2009-21"),
        // more said than parsed
        ("1987a", "1987 ‹1987a›"),
        ("c1987", "1987 ‹c1987›"),
        ("©1987", "1987 ‹©1987›"),
        ("Winter 2008-2009", "2008-24 ‹Winter 2008-2009›"),
        ("Winter 2008/09", "2008-24 ‹Winter 2008/09›"),
        ("Sat, 15 Mar 2008", "2008-03-15 ‹Sat, 15 Mar 2008›"),
    ] {
        assert_eq!(words(text), edtf, "{text}");
    }
    assert!(Date::from_words(" ").is_empty());
}

#[test]
fn words_that_are_no_date_stay() {
    for text in [
        "in press",
        "forthcoming",
        "n.d.",
        "199?",
        "MMXIII",
        "03/04/2008",
        "03-04-2008",
        "2008 (1990)",
        "[1990] 2008",
        "19th Century",
        "Seen November 2008",
        "late 2008",
        "Mar 15",
        "03/15",
        "Spring",
        "15",
        "99",
        "12",
        "2008-13-45",
        "30 Feb 2008",
        "2010 Feb 10-3",
        "2000-1998",
        "1998/02",
        "1998-21",
        "2008 15",
        "2008, 2010",
        "2008-03-15-2",
        "1998--2000--2002",
        "--2000",
        "c. - 2000",
        "2000 - c.",
        "0 BC",
        "May 99",
        "March and April 2008",
        "Dec-Jan 2009",
        "2008 Mar Apr",
        "/",
        "-",
        "[",
        "[]",
        "()",
        "?",
        "BC",
        "Jul-Aug-Sep 2008",
        "99999999999999",
        "20081345",
        "2008 Spring 3",
        "1998-98",
        "c.",
        "YEAR/MONTH/DAY/",
        "2008-00",
        "present",
        "0000000000000000000000000000000000000000000000000000000000000000000000",
        "Mar 2008-09",
        "1850 - - 1860",
        "200803",
    ] {
        assert_eq!(words(text), format!("‹{text}›"), "{text}");
    }
}

#[test]
fn slashed_dates() {
    for (text, edtf, back) in [
        ("2008", "2008", "2008///"),
        ("2008/03/15/", "2008-03-15", "2008/03/15/"),
        ("2008/03/15", "2008-03-15", "2008/03/15/"),
        ("2008/3/5", "2008-03-05", "2008/03/05/"),
        ("2008/03//", "2008-03", "2008/03//"),
        ("2008/03", "2008-03", "2008/03//"),
        ("2008///", "2008", "2008///"),
        ("2008//", "2008", "2008///"),
        ("2008/", "2008", "2008///"),
        ("2008/00/00/", "2008", "2008///"),
        ("2008///Spring", "2008-21", "2008///Spring"),
        ("2008///fall", "2008-23", "2008///Autumn"),
        ("2008///33", "2008-33", "2008///33"),
        ("2008///Aug", "2008-08", "2008/08//"),
        ("2008///May-Jun", "2008-05/2008-06", "2008/05//"),
        ("2008///Mar 15", "2008-03-15", "2008/03/15/"),
        ("2008///Mar 2009", "2008 ‹Mar 2009›", "2008///Mar 2009"),
        ("2008/Mar/15", "2008-03-15", "2008/03/15/"),
        ("2008///Spring2008", "2008-21", "2008///Spring"),
        ("2008/Fall2008//", "2008-23", "2008///Autumn"),
        ("2008/11//Nov/Dec2008", "2008-11/2008-12", "2008/11//"),
        ("2008/11//Dec2008", "2008-11 ‹Dec2008›", "2008/11//Dec2008"),
        ("2008/09//Sep2008", "2008-09", "2008/09//"),
        ("2008/09//Sep2008 Part 1", "2008-09 ‹Sep2008 Part 1›", "2008/09//Sep2008 Part 1"),
        ("2008///Michaelmas 2008", "2008 ‹Michaelmas 2008›", "2008///Michaelmas 2008"),
        ("2008/02/03/2008- -21", "2008-02-03 ‹2008- -21›", "2008/02/03/2008- -21"),
        ("2008///9th Annual", "2008 ‹9th Annual›", "2008///9th Annual"),
        ("2008/03//Mar-Apr / x", "2008-03 ‹Mar-Apr / x›", "2008/03//Mar-Apr / x"),
        ("2008/03//Spring", "2008-03 ‹Spring›", "2008/03//Spring"),
        ("2008/03/15/12:30:00", "2008-03-15T12:30:00", "2008/03/15/12:30:00"),
        ("2008/03/15/T12:30:00Z", "2008-03-15T12:30:00Z", "2008/03/15/12:30:00Z"),
        ("20080315", "2008-03-15", "2008/03/15/"),
        ("2008-03-15", "2008-03-15", "2008/03/15/"),
        ("-0043///", "-0043", "-0043///"),
        ("Y12000/03//", "Y12000-03", "Y12000/03//"),
        ("199X///", "199X", "199X///"),
        ("199X///Spring", "199X ‹Spring›", "199X///Spring"),
        ("15 Mar 2008", "2008-03-15", "2008/03/15/"),
        ("2008/2010", "2008/2010", "2008///"),
        ("2008 Mar-Apr", "2008-03/2008-04", "2008/03//"),
        ("/1990", "/1990", "/1990"),
        ("1990/..", "1990/..", "1990///"),
        ("Mar 15", "‹Mar 15›", "Mar 15"),
        ("03/15", "‹03/15›", "03/15"),
        ("/03/15/", "‹/03/15/›", "/03/15/"),
        ("2008/13/45/", "‹2008/13/45/›", "2008/13/45/"),
        ("2007/02/29/", "‹2007/02/29/›", "2007/02/29/"),
        ("2008//15/", "‹2008//15/›", "2008//15/"),
        ("YEAR/MONTH/DAY/", "‹YEAR/MONTH/DAY/›", "YEAR/MONTH/DAY/"),
        ("in press", "‹in press›", "in press"),
        ("///", "", ""),
        ("", "", ""),
    ] {
        let date = Date::from_slashed(text);
        assert_eq!(show(&date), edtf, "{text}");
        assert_eq!(date.to_slashed(), back, "{text}");
    }
}

#[test]
fn years_alone() {
    for (text, year) in
        [("2008-03-15~", "2008"), ("199X", "199X"), ("-0043", "-0043"), ("1990/..", "1990"), ("/1990", "1990")]
    {
        assert_eq!(Date::from_edtf(text).unwrap().year_text(), year);
    }
    assert_eq!(Date::literal("in press").year_text(), "in press");
    assert_eq!(Date::default().year_text(), "");
}

#[test]
fn parts_and_precision() {
    let parts = |text| Date::from_edtf(text).unwrap().parts();
    assert_eq!(parts("2008"), Parts::NONE);
    assert_eq!(parts("2008-03-15"), Parts::MONTH | Parts::DAY);
    assert_eq!(parts("2008-21%"), Parts::SEASON | Parts::APPROXIMATE | Parts::UNCERTAIN);
    assert_eq!(parts("199X"), Parts::UNSPECIFIED);
    assert_eq!(parts("1985-04-XX"), Parts::UNSPECIFIED | Parts::MONTH);
    assert_eq!(parts("0000"), Parts::ERA);
    assert_eq!(parts("1990/.."), Parts::RANGE_END);
    assert_eq!(parts("/1990-02"), Parts::RANGE_END | Parts::MONTH);
    assert_eq!(parts("2004-01-01T10:10:10Z"), Parts::MONTH | Parts::DAY | Parts::TIME);
    assert_eq!(Date::literal("x").parts(), Parts::LITERAL);
    let precision = |text| Point::from_edtf(text).unwrap().precision();
    assert_eq!(
        ["199X", "2004-XX", "2008-21", "2008-03-XX", "2008-03-15"].map(precision),
        [Precision::Year, Precision::Year, Precision::Month, Precision::Month, Precision::Day]
    );
    assert!(Precision::Year < Precision::Day);
}

fn any_point() -> impl Strategy<Value = Point> {
    let year = prop_oneof![4 => -9999..=9999i32, 1 => any::<i32>()];
    let kind = (0..8u8, 1..=12u8, 1..=28u8, 21..=41u8, 1..=4u8);
    (year, kind, any::<bool>(), any::<bool>()).prop_map(
        |(year, (kind, month, day, season, digits), approximate, uncertain)| {
            let point = Point { year, approximate, uncertain, ..Point::default() };
            match kind {
                0 | 1 => point,
                2 => Point { month, ..point },
                3 => Point { month, day, ..point },
                4 => Point { month: season, ..point },
                5 => Point { month: UNKNOWN, day: if uncertain { UNKNOWN } else { 0 }, ..point },
                6 => Point { month, day, time: Some("10:10:10Z".into()), ..point },
                _ => {
                    let scale = 10i32.pow(digits.into());
                    let year = year.rem_euclid(10_000);
                    Point { year: year - year % scale, unspecified: digits, ..point }
                }
            }
        },
    )
}

fn any_date() -> impl Strategy<Value = Date> {
    (any_point(), any_point(), 0..6u8).prop_map(|(one, other, kind)| match kind {
        0 | 1 => Date::from(one),
        2 => Date { end: End::Point(other), ..Date::from(one) },
        3 => Date { end: End::Open, ..Date::from(one) },
        4 => Date { end: End::Unknown, ..Date::from(one) },
        _ => Date { end: End::Point(other), open_start: one.approximate, ..Date::default() },
    })
}

proptest! {
    #[test]
    fn edtf_round_trip(date in any_date()) {
        prop_assert_eq!(Date::from_edtf(&date.to_string()), Some(date));
    }

    #[test]
    fn slashed_round_trip(point in any_point(), literal in proptest::option::of("[x-z]{1,3} [a-z0-9/]{1,5}")) {
        let known = |number: u8| if number == UNKNOWN { 0 } else { number };
        let point = Point {
            month: known(point.month), day: known(point.day), approximate: false, uncertain: false, ..point
        };
        let literal = literal.filter(|_| point.time.is_none() && !point.is_season()).map(Box::from);
        let date = Date { literal, ..Date::from(point) };
        prop_assert_eq!(Date::from_slashed(&date.to_slashed()), date);
    }

    #[test]
    fn dates_of_digits_are_those_of_any(text in "[0-9]{4}(-[0-9X]{1,2}){0,2}[T~-]?|[0-9-]{4,10}", time in "[0-3][0-9]:[0-6][0-9](:[0-6][0-9])?[Z.]?|[0-9:]{4,9}") {
        if let Some(point) = Point::of_digits(&text) {
            prop_assert_eq!(Point::of_any(&text), Some(point));
        }
        prop_assert_eq!(is_time(&time), is_any_time(&time));
        if let Some(date) = Date::from_day_and_time(&text, &time) {
            prop_assert_eq!(Date::from_edtf(&format!("{text}T{time}")), Some(date));
        }
    }

    #[test]
    fn no_text_panics_or_vanishes(text in prop_oneof![
        any::<String>(),
        "[0-9X/.~?%TYZ:+ -]{0,14}",
        "([0-9]{1,4}|Mar|Sept\\.|Winter|BC|c\\.|\\[|\\]|-|–|to|/|,| ){0,8}",
    ]) {
        let nothing = |text: &str| text.trim().bytes().all(|byte| byte == b'/' || byte == b' ');
        if let Some(date) = Date::from_edtf(&text) {
            prop_assert_eq!(date.to_string(), text.as_str());
        }
        for date in [Date::from_words(&text), Date::from_slashed(&text)] {
            prop_assert!(!date.is_empty() || nothing(&text));
            if date.start.is_some() {
                let bare = Date { literal: None, ..date.clone() };
                prop_assert_eq!(Date::from_edtf(&bare.to_string()), Some(bare));
            }
            let _ = (date.to_slashed(), date.parts());
        }
        let _ = (month_number(&text), season_code(&text));
    }
}
