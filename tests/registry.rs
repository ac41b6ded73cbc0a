//! What must hold of every format's description and tables.

mod common;

use bibferry::formats;
use bibferry::mapping::lint::lint;
use bibferry::record::{Field, Kind};
use std::collections::BTreeSet;

#[test]
fn names_are_distinct_and_found() {
    let mut names = BTreeSet::new();
    for format in formats::ALL {
        for name in std::iter::once(&format.id).chain(format.aliases) {
            assert!(names.insert(*name), "{name} stands twice");
            assert_eq!(formats::by_name(&name.to_uppercase()).unwrap().id, format.id);
        }
        assert!(
            !format.about.is_empty() && !format.lost.is_empty() && !format.specification.is_empty(),
            "{}",
            format.id
        );
    }
}

#[test]
fn unknown_names_are_answered_with_the_nearest() {
    let error = formats::by_name("jsno").unwrap_err().to_string();
    assert!(error.contains("did you mean `json`?"), "{error}");
}

#[test]
fn codes_are_distinct_and_documented() {
    let mut ids = BTreeSet::new();
    for code in formats::codes() {
        assert!(ids.insert(code.id), "{} stands twice", code.id);
        assert!(code.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()), "{}", code.id);
        assert!(code.page.len() > code.title.len(), "{} has no page", code.id);
        assert!(Field::from_name(code.id).is_none() && Kind::from_name(code.id).is_none(), "{} is ambiguous", code.id);
    }
    // Every code of a format is reachable by `explain`.
    let listed: Vec<_> = formats::ALL.iter().flat_map(|format| format.codes).map(|code| code.id).collect();
    assert!(listed.iter().all(|id| ids.contains(id)));
}

#[test]
fn tables_are_complete_and_work_both_ways() {
    let mut tables = 0;
    for format in formats::ALL {
        if let Some(mapping) = format.mapping {
            assert_eq!(lint(mapping), [""; 0], "{}", format.id);
            tables += 1;
        }
    }
    assert!(tables > 0, "no table was linted");
}
