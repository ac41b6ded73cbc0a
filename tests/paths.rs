//! Ways through the canonical JSON give the same bytes as the direct way; and what a large RIS file must survive.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test")]

mod common;

use bibferry::convert::Options;
use bibferry::{Severity, formats};
use common::{line, options, relative, run, samples};

/// `from → through → to` is `from → to`, byte for byte.
#[test]
fn detours_through_json_show_nowhere() {
    let mut compared = 0;
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        // Of dialects a file may be taken for that which is written: here it is the same one on both ways.
        let from = bibferry::detect::detect(&relative(&path), &bytes, None).map(|detected| detected.format);
        for through in ["json", "jsonl"] {
            let (json, _, _) =
                run(&relative(&path), &bytes, &Options { from, ..options(Some(formats::by_name(through).unwrap())) });
            for to in formats::ALL.iter().copied().filter(|format| format.write.is_some()) {
                let (direct, _, _) = run(&relative(&path), &bytes, &Options { from, ..options(Some(to)) });
                let (around, _, _) = run(&format!("detour.{through}"), &json, &options(Some(to)));
                let texts = (String::from_utf8(direct).unwrap(), String::from_utf8(around).unwrap());
                assert!(texts.0 == texts.1, "{} to {} by {through}", relative(&path), to.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 0);
}

/// Ten thousand records; what is written for one of them is given.
fn ten_thousand(odd: &str) -> String {
    let mut ris = String::new();
    for n in 0..10_000 {
        if n == 6_000 {
            ris += odd;
        } else {
            ris += &format!("TY  - JOUR\nID  - k{n}\nAU  - Doe, Jane\nTI  - Number {n}\nPY  - 2020\nER  - \n\n");
        }
    }
    ris
}

#[test]
fn one_record_over_the_limit_costs_one_of_ten_thousand() {
    let long = format!("TY  - JOUR\nID  - long\nTI  - {}\nER  - \n\n", "word ".repeat(20_000));
    let input = ten_thousand(&long);
    for to in ["jsonl", "ris"] {
        let mut options = options(Some(formats::by_name(to).unwrap()));
        options.read.max_record = 50_000;
        let (out, told, outcome) = run("refs.ris", input.as_bytes(), &options);
        assert_eq!((outcome.records, outcome.errors), (9_999, 1));
        let findings: Vec<_> = told.findings.iter().map(line).collect();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].starts_with("42001:1: error[record-too-long]"), "{findings:?}");
        let out = String::from_utf8(out).unwrap();
        if to == "ris" {
            assert!(out.contains(long.trim_end()), "its raw text goes back to its own format");
        } else {
            let raw = |line: &str| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["passage"].as_str().map(str::to_owned)
            };
            let raw: String = out.lines().filter_map(raw).collect();
            assert_eq!(raw.trim_end(), long.trim_end());
        }
    }
}

#[test]
fn what_can_be_healed_costs_nothing() {
    let jsonl = formats::by_name("jsonl").unwrap();
    for (odd, at) in [
        ("TY  - JOUR\nID  - open\nTI  - No end\n\n", 42_003),
        ("TY  - JOUR\nID  - stray\nTI  - Ends\nER  - \nsome stray words\n\n", 42_005),
        ("stray words first\nTY  - JOUR\nTI  - T\nER  - \n\n", 42_001),
    ] {
        let input = ten_thousand(odd);
        for (threads, block_size) in [(1, 1 << 20), (2, 4096)] {
            let (_, told, outcome) =
                run("refs.ris", input.as_bytes(), &Options { threads, block_size, ..options(Some(jsonl)) });
            assert_eq!((outcome.records, outcome.errors), (10_000, 0), "{odd}");
            let found: Vec<_> =
                told.findings.iter().map(|it| (it.severity, it.span.clone().unwrap().place.line)).collect();
            assert_eq!(
                found,
                [(Severity::Warning, at)],
                "{odd}: {:?}",
                told.findings.iter().map(line).collect::<Vec<_>>()
            );
        }
    }
}
