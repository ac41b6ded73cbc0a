use super::*;
use proptest::prelude::*;

/// `start|end`, `+` for an open end, `, ` between ranges.
fn show(pages: &Pages) -> String {
    pages
        .ranges
        .iter()
        .map(|range| {
            let end = range.end.as_deref().map(|end| format!("|{end}")).unwrap_or_default();
            format!("{}{end}{}", range.start, if range.open { "+" } else { "" })
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn pages_as_printed() {
    for (text, pages) in [
        ("12", "12"),
        ("12-34", "12|34"),
        ("12--34", "12|34"),
        (" 12 -- 34 ", "12|34"),
        ("12---34", "12|34"),
        ("12–34", "12|34"),
        ("12 — 34", "12|34"),
        ("12−34", "12|34"),
        ("12‑34", "12|34"),
        ("12{-}34", "12|34"),
        ("12{--}34", "12|34"),
        ("{12--34}", "12|34"),
        ("12 to 34", "12|34"),
        ("1231-45", "1231|1245"),
        ("6913-7", "6913|6917"),
        ("132-9", "132|139"),
        ("139-2", "139|2"),
        ("99-101", "99|101"),
        ("99990-9", "99990|99999"),
        ("218138-9", "218138|9"),
        ("99999999999999999999999-9", "99999999999999999999999|9"),
        ("S12-S34", "S12|S34"),
        ("S12--S34", "S12|S34"),
        ("S12-9", "S12|9"),
        ("e12-e34", "e12|e34"),
        ("1a-1d", "1a|1d"),
        ("E9-e12", "E9|e12"),
        ("12.e1-12.e5", "12.e1|12.e5"),
        ("xii-xv", "xii|xv"),
        ("I-XII, 1-320", "I|XII, 1|320"),
        ("i-15", "i|15"),
        ("xii-320", "xii|320"),
        ("10, 12--15", "10, 12|15"),
        ("10; 12-15 & 20", "10, 12|15, 20"),
        ("1--9 and 12--15", "1|9, 12|15"),
        ("1, 2 and 5", "1, 2, 5"),
        ("12,", "12"),
        ("12--", "12+"),
        ("12-", "12+"),
        ("12+", "12+"),
        ("12ff.", "12+"),
        ("12 ff", "12+"),
        ("12 et seq.", "12+"),
        ("S12+", "S12+"),
        ("9-12+", "9|12+"),
        ("A-12", "A-12"),
        ("C-3", "C-3"),
        ("12-A", "12-A"),
        ("A-12ff.", "A-12+"),
        ("3-14--3-22", "3-14|3-22"),
        ("3-14–3-22", "3-14|3-22"),
        ("3-14 to 3-22", "3-14|3-22"),
        ("A-12-A-15", "A-12|A-15"),
        ("II--128--II--133", "II-128|II-133"),
        ("3–12–3–20", "3-12|3-20"),
        ("II--128--III--133", "II--128--III--133"),
        ("9--9-9", "9|9-9"),
        ("1-2-3", "1-2-3"),
        ("1-2-3--4-5-6", "1-2-3|4-5-6"),
        ("p. 12", "12"),
        ("pp. 12-34", "12|34"),
        ("pp.12-34", "12|34"),
        ("PP 12-34", "12|34"),
        ("pages 12–34", "12|34"),
        ("Pages 12, pp. 14-15", "12, 14|15"),
        ("p9", "p9"),
        ("pages-9", "pages-9"),
        ("12--??", "12|??"),
        ("??--??", "??|??"),
        ("????", "????"),
        ("123(R)", "123(R)"),
        ("12f.", "12f."),
        ("104567", "104567"),
        ("e12", "e12"),
        ("1 Suppl", "1 Suppl"),
        ("1-9; quiz 12-14", "1|9, quiz 12-14"),
        ("E45; discussion E46", "E45, discussion E46"),
        ("1--9 (of xvi + 320)", "1--9 (of xvi + 320)"),
        ("see volumes 3, 4 and 5", "see volumes 3, 4 and 5"),
        ("N9; Paper Session #9", "N9, Paper Session #9"),
        ("(various)", "(various)"),
        ("--9", "--9"),
        ("-", "-"),
        ("{ }", "{ }"),
        ("3; 5p.", "3; 5p."),
        ("1–?–3+", "1–?–3+"),
        (",", ","),
        ("passim", "passim"),
        ("12 passim", "12 passim"),
        ("pp.", "pp."),
        ("12:34", "12:34"),
        ("320 p, 12; x", "320 p, 12; x"),
    ] {
        assert_eq!(Pages::parse(text).map(|pages| show(&pages)).as_deref(), Some(pages), "{text}");
    }
    for text in ["", "  ", "viii, 320 p.", "320pp", "e123", "1:1--1:23", "Article 12", "xi + 320"] {
        assert_eq!(Pages::parse(text), None, "{text}");
    }
}

#[test]
fn totals() {
    for (text, total) in [
        ("viii, 320 p.", "viii, 320"),
        ("320pp", "320"),
        ("320 pages", "320"),
        ("320 S.", "320"),
        ("xii + 320 pp.", "xii + 320"),
        ("xi + 320", "xi + 320"),
        ("xx + 9 + 9", "xx + 9 + 9"),
        ("XVII, 320 Seiten", "XVII, 320"),
        ("[12], 320 p.", "[12], 320"),
        ("12 p", "12"),
    ] {
        assert_eq!(total_pages(text).as_ref().map(Number::as_str), Some(total), "{text}");
    }
    for text in ["", "p.", "pp. 12", "12-34 pp.", "320", "1, 2", "xiip", "xii p.", "iv + 9--9", "12+", "steps", "é p"]
    {
        assert_eq!(total_pages(text), None, "{text}");
    }
}

#[test]
fn article_numbers() {
    for (text, number, within) in [
        ("e1002345", "e1002345", None),
        ("e123", "e123", None),
        ("e00123-16", "e00123-16", None),
        ("Article 12", "12", None),
        ("Article ID 104567", "104567", None),
        ("Art. no. e104", "e104", None),
        ("art. 12", "12", None),
        ("Article 12, pp. 1--20", "12", Some("1-20")),
        ("1:1--1:23", "1", Some("1-23")),
        ("23:1-23:9", "23", Some("1-9")),
        ("23:1 – 23:9", "23", Some("1-9")),
        ("23:1--23:??", "23", Some("1-??")),
    ] {
        let (found, pages) = article_number(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.as_str(), number, "{text}");
        assert_eq!(pages.map(|pages| pages.to_string()).as_deref(), within, "{text}");
    }
    for text in [
        "",
        "e12",
        "e12-e34",
        "12",
        "1:1",
        "1:1--2:3",
        "1:1:1",
        ":1--:2",
        "1:1 1:2",
        "articles",
        "Article",
        "Article 12 (23 pages)",
        "Article 12, 23 pages",
        "article II of 12",
    ] {
        assert_eq!(article_number(text), None, "{text}");
    }
}

#[test]
fn written() {
    let pages = Pages::parse("3-14--3-22, 40, 50+").unwrap();
    assert_eq!(pages.write("--", ", "), "3-14--3-22, 40, 50--");
    assert_eq!(pages.to_string(), "3-14-3-22, 40, 50-");
    assert_eq!(pages.parts(), Parts::LIST | Parts::OPEN_END);
    assert_eq!(Pages::parse("12-34").unwrap().parts(), Parts::NONE);
    assert_eq!(Pages::default().to_string(), "");
    for text in ["A-12ff.", "l – 0 +", "3-14+"] {
        let written = Pages::parse(text).unwrap().to_string();
        assert_eq!(Pages::parse(&written).unwrap().to_string(), written, "{text}");
    }
    assert_eq!(Pages::parse("A-12ff.").unwrap().to_string(), "A-12+");
}

fn any_range() -> impl Strategy<Value = PageRange> {
    let plain = "[A-Z]?[1-9][0-9]{1,3}[a-d]?|[ivx]{1,4}|[A-HJ-Z]-[1-9][0-9]?";
    // Alone, this would be a range.
    let hyphenated = "[1-9]-[1-9][0-9]?|[A-Z]-[1-9]";
    let page = prop_oneof![3 => plain, 1 => hyphenated];
    let open = |page: &str, open: bool| open && page.ends_with(|c: char| c.is_ascii_digit());
    let single =
        (plain, any::<bool>()).prop_map(move |(start, goes_on)| PageRange { open: goes_on, ..PageRange::page(start) });
    let range = (page.clone(), page, any::<bool>()).prop_map(move |(start, end, goes_on)| {
        let open = open(&end, goes_on);
        closed(&start, &end, open)
    });
    prop_oneof![single, range]
}

#[test]
fn and_behind_a_comma_parts_no_more_than_that() {
    for text in ["1-2,and 5", "1-2, and 5", "1-2 and and 5", "1-2,and and 5", "1-2; and 5"] {
        let pages = Pages::parse(text).unwrap();
        assert_eq!(pages.write("-", ", "), "1-2, 5", "{text}");
    }
    // Words are kept as they are.
    let words = Pages::parse("x (a),and Co.").unwrap().write("-", ", ");
    assert_eq!(Pages::parse(&words).unwrap().write("-", ", "), words);
}

proptest! {
    #[test]
    fn plain_pages_come_back(start in "[0-9]{1,4}", end in proptest::option::of("[0-9]{1,5}")) {
        let range = PageRange { start: start.into(), end: end.map(Into::into), open: false };
        let pages = Pages { ranges: vec![range] };
        if pages.are_plain() {
            for dash in ["-", "--"] {
                prop_assert_eq!(Pages::parse(&pages.write(dash, ", ")), Some(pages.clone()));
            }
        }
    }

    #[test]
    fn what_was_made_comes_back(ranges in proptest::collection::vec(any_range(), 1..4)) {
        let pages = Pages { ranges };
        // An article number is a page that the reader takes for none.
        prop_assume!(article_number(&pages.write("--", ", ")).is_none());
        prop_assert_eq!(Pages::parse(&pages.write("--", ", ")), Some(pages.clone()));
        prop_assert_eq!(Pages::parse(&pages.write("–", "; ")), Some(pages));
    }

    #[test]
    fn no_text_panics_or_changes(text in prop_oneof![
        any::<String>(),
        "[0-9eSxi,;&+.:?{} –-]{0,12}",
        "([0-9]{1,4}|p\\.|pp|p|ff\\.|xii|Article|A|-|--|–|to| and |,|;|:|\\+|\\{|\\}| ){0,8}",
    ]) {
        let _ = (total_pages(&text), article_number(&text));
        if let Some(pages) = Pages::parse(&text) {
            prop_assert!(!pages.ranges.is_empty());
            prop_assert!(pages.ranges.iter().all(|range| !range.start.is_empty()));
            prop_assert_eq!(Pages::parse(&pages.write("--", ", ")), Some(pages));
        } else {
            prop_assert!(text.trim().is_empty() || total_pages(&text).is_some() || article_number(&text).is_some());
        }
    }
}

#[test]
fn open_ends_behind_hyphens_read_back() {
    for text in ["0000-0--", "3-14--", "S3-14--", "A-12ff.", "1-2-3--"] {
        let pages = Pages::parse(text).unwrap();
        assert_eq!(Pages::parse(&pages.write("-", ", ")), Some(pages), "{text}");
    }
}
