//! What we write as CSL-JSON is what the published schema of it allows (csl-data.json of CSL 1.0.2): its rules, restated
//! here, hold for every sample of every format and for any record.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bibferry::formats;
use bibferry::record::Item;
use common::{dump, options, relative, run, samples, write};
use proptest::prelude::*;
use serde_json::Value;

const TYPES: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

const STRINGS: &str = "abstract annote archive archive_collection archive_location archive-place authority call-number \
    citation-key citation-label collection-title container-title container-title-short dimensions division DOI event \
    event-title event-place genre ISBN ISSN journalAbbreviation jurisdiction keyword language medium note \
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place references \
    reviewed-genre reviewed-title scale section shortTitle source status title title-short URL version volume-title \
    volume-title-short year-suffix";

const NUMBERS: &str = "chapter-number citation-number collection-number edition first-reference-note-number issue locator \
    number number-of-pages number-of-volumes page page-first part printing supplement volume";

const NAMES: &str = "author chair collection-editor compiler composer container-author contributor curator director editor \
    editorial-director executive-producer guest host interviewer illustrator narrator organizer original-author performer \
    producer recipient reviewed-author script-writer series-creator translator";

const DATES: &str = "accessed available-date event-date issued original-date submitted";

fn is_one_of(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|it| it == name)
}

fn is_name(name: &Value) -> bool {
    name.as_object().is_some_and(|name| {
        name.iter().all(|(member, value)| match member.as_str() {
            "family" | "given" | "dropping-particle" | "non-dropping-particle" | "suffix" | "literal" => {
                value.is_string()
            }
            "comma-suffix" | "static-ordering" | "parse-names" => {
                value.is_string() || value.is_number() || value.is_boolean()
            }
            _ => false,
        })
    })
}

fn is_date(date: &Value) -> bool {
    let is_point = |point: &Value| {
        point.as_array().is_some_and(|parts| {
            (1..=3).contains(&parts.len()) && parts.iter().all(|part| part.is_string() || part.is_number())
        })
    };
    date.as_object().is_some_and(|date| {
        date.iter().all(|(member, value)| match member.as_str() {
            "date-parts" => {
                value.as_array().is_some_and(|all| (1..=2).contains(&all.len()) && all.iter().all(is_point))
            }
            "season" => value.is_string() || value.is_number(),
            "circa" => value.is_string() || value.is_number() || value.is_boolean(),
            "literal" | "raw" => value.is_string(),
            _ => false,
        })
    })
}

/// What in a text is not as the schema has it.
fn violations(text: &str) -> Vec<String> {
    let all: Value = serde_json::from_str(text).unwrap();
    let mut wrong = Vec::new();
    for item in all.as_array().unwrap() {
        let item = item.as_object().unwrap();
        for required in ["id", "type"] {
            if !item.contains_key(required) {
                wrong.push(format!("an item has no {required}"));
            }
        }
        for (name, value) in item {
            let sound = match name.as_str() {
                "id" => value.is_string() || value.is_number(),
                "type" => value.as_str().is_some_and(|word| TYPES.contains(&word)),
                "custom" => value.is_object(),
                "categories" => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
                name if is_one_of(STRINGS, name) => value.is_string(),
                name if is_one_of(NUMBERS, name) => value.is_string() || value.is_number(),
                name if is_one_of(NAMES, name) => value.as_array().is_some_and(|all| all.iter().all(is_name)),
                name if is_one_of(DATES, name) => is_date(value),
                _ => false,
            };
            if !sound {
                wrong.push(format!("{name}: {value}"));
            }
        }
        // serde_json keeps the last of members that stand twice: each name stands once in the text.
    }
    wrong
}

/// Members that stand twice in an object, by a count of the names at the beginning of lines.
fn repeated(text: &str) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    let mut twice = Vec::new();
    for line in text.lines() {
        if line == "  {" {
            seen.clear();
        }
        let name = line.strip_prefix("    \"").and_then(|rest| rest.split('"').next());
        if let Some(name) = name {
            if seen.contains(&name) {
                twice.push(name.to_owned());
            }
            seen.push(name);
        }
    }
    twice
}

#[test]
fn every_sample_is_written_as_the_schema_has_it() {
    let csl = formats::by_name("csl-json").unwrap();
    let mut written = 0;
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        for carry in [false, true] {
            let mut options = options(Some(csl));
            options.write.carry = carry;
            let (out, _, outcome) = run(&relative(&path), &bytes, &options);
            let text = String::from_utf8(out).unwrap();
            assert_eq!(violations(&text), [""; 0], "{}", relative(&path));
            assert_eq!(repeated(&text), [""; 0], "{}", relative(&path));
            written += outcome.records;
        }
    }
    assert!(written > 0);
}

#[test]
fn what_is_against_the_schema_is_found() {
    for item in [
        r#"{"id":"a"}"#,
        r#"{"id":"a","type":"bogus"}"#,
        r#"{"id":"a","type":"book","license":"x"}"#,
        r#"{"id":"a","type":"book","title":["x"]}"#,
        r#"{"id":"a","type":"book","author":[{"family":"x","ORCID":"y"}]}"#,
        r#"{"id":"a","type":"book","issued":"2001"}"#,
        r#"{"id":"a","type":"book","issued":{"date-parts":[[2001,1,1,1]]}}"#,
    ] {
        assert_eq!(violations(&format!("[{item}]")).len(), 1, "{item}");
    }
    assert_eq!(repeated("  {\n    \"id\": 1,\n    \"id\": 2\n  }"), ["id"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_record_is_written_as_the_schema_has_it(record in common::arbitrary::record(), carry in any::<bool>()) {
        let csl = formats::by_name("csl-json").unwrap();
        let items = [Item::Record(Box::new(record))];
        let (text, _) = write(&items, csl, carry);
        prop_assert_eq!(violations(&text), [""; 0], "{}", dump(&items));
        prop_assert_eq!(repeated(&text), [""; 0], "{}", dump(&items));
    }
}
