//! No input may panic, hang, overflow the stack or grow without bound.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test")]

mod common;

use bibferry::convert::Options;
use bibferry::{Severity, formats};
use common::{options, relative, run, samples};
use std::time::{Duration, Instant};

/// Far more than any of these needs, even on a loaded machine; quadratic growth takes minutes.
const PATIENCE: Duration = Duration::from_secs(20);

fn survives(what: &str, name: &str, bytes: &[u8]) {
    for turn in 0..formats::ALL.len() {
        survives_in_turn(what, name, bytes, turn);
    }
}

/// Survives the way into one of the formats: many inputs of one sort take turns.
fn survives_in_turn(what: &str, name: &str, bytes: &[u8], turn: usize) {
    let begun = Instant::now();
    let writers: Vec<_> = formats::ALL.iter().copied().filter(|format| format.write.is_some()).collect();
    let format = writers[turn % writers.len()];
    run(name, bytes, &options(Some(format)));
    assert!(begun.elapsed() < PATIENCE, "{what} took {:?} into {}", begun.elapsed(), format.id);
}

/// Survives as input of every reader, whatever it looks like.
fn survives_everywhere(what: &str, bytes: &[u8]) {
    let jsonl = formats::by_name("jsonl").unwrap();
    for format in formats::ALL.iter().copied().filter(|format| format.read.is_some()) {
        let begun = Instant::now();
        let options = Options {
            from: Some(format),
            repair: Some(bibferry::transform::repair::Level::All),
            ..options(Some(jsonl))
        };
        run("hostile", bytes, &options);
        assert!(begun.elapsed() < PATIENCE, "{what} took {:?} in {}", begun.elapsed(), format.id);
    }
}

#[test]
fn truncation_anywhere() {
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        let stride = (bytes.len() / 150).max(1);
        for (turn, end) in (0..bytes.len()).step_by(stride).enumerate() {
            survives_in_turn(&format!("{} cut at {end}", relative(&path)), &relative(&path), &bytes[..end], turn);
        }
    }
}

#[test]
fn bytes_flipped() {
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        // A fixed sequence of places: the test is the same on every machine.
        let mut state = 0x2545_F491_4F6C_DD1Du64;
        for round in 0..40u8 {
            let mut damaged = bytes.clone();
            for _ in 0..4 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state % bytes.len() as u64).unwrap();
                damaged[at] ^= 1 << (round % 8);
                if round % 5 == 0 {
                    damaged[at] = 0;
                }
            }
            let what = format!("{} flipped, round {round}", relative(&path));
            survives_in_turn(&what, &relative(&path), &damaged, usize::from(round));
        }
    }
}

#[test]
fn long_lines_and_deep_nesting() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + "x" + &close.repeat(100_000);
    survives_everywhere("a line of 10 MB", &vec![b'a'; 10 << 20]);
    survives_everywhere("10 MB of line breaks", &vec![b'\n'; 10 << 20]);
    survives_everywhere("NULs", &vec![0; 1 << 20]);
    survives_everywhere("not UTF-8", &vec![0xff; 1 << 20]);
    survives_everywhere("deep braces", deep("{", "}").as_bytes());
    survives_everywhere("deep brackets", deep("[", "]").as_bytes());
    survives_everywhere("deep members", deep("{\"kind\":", "}").as_bytes());
    for value in [
        deep("{", "}"),
        deep("$", "$"),
        deep("\\textit{", "}"),
        deep("\\'", ""),
        deep("- ", ""),
        deep("https: //", ". "),
    ] {
        let ris = format!(
            "TY  - JOUR\r\nTI  - {value}\r\nAU  - {value}\r\nAB  - {value}\r\nDA  - {value}\r\nSP  - {value}\r\nER  - \r\n"
        );
        survives_everywhere("deep values", ris.as_bytes());
        let json = serde_json::json!({"kind": "book", "fields": {"title": value, "abstract": [value], "author": [{"family": value}]}});
        survives("deep values", "a.jsonl", json.to_string().as_bytes());
    }
}

/// One record over the limit is one passage and one error at its place; its neighbours come through.
#[test]
fn a_record_over_the_limit_costs_only_itself() {
    let jsonl = formats::by_name("jsonl").unwrap();
    let mut input = String::new();
    for n in 0..1000 {
        let filler = "long ".repeat(if n == 600 { 5000 } else { 1 });
        input += &format!("{{\"kind\":\"book\",\"key\":\"k{n}\",\"fields\":{{\"title\":\"{filler}{n}\"}}}}\n");
    }
    for (threads, block_size) in [(1, 64), (3, 4096), (1, 1 << 20)] {
        let mut options = Options { threads, block_size, ..options(Some(jsonl)) };
        options.read.max_record = 10_000;
        let (out, told, outcome) = run("a.jsonl", input.as_bytes(), &options);
        assert_eq!((outcome.records, outcome.errors), (999, 1));
        let span = told.findings[0].span.clone().unwrap();
        assert_eq!((told.findings[0].code.id, told.findings[0].severity), ("record-too-long", Severity::Error));
        assert_eq!((span.place.line, span.place.column), (601, 1));
        let raw: String = String::from_utf8(out)
            .unwrap()
            .lines()
            .filter_map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["passage"].as_str().map(str::to_owned)
            })
            .collect();
        assert_eq!(raw.trim_end(), input.lines().nth(600).unwrap());
    }
}
