//! Every sample reads to the canonical dump beside it and with the findings beside it. `UPDATE=1` rewrites both.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bibferry::format::Format;
use bibferry::formats;
use common::{options, relative, run, samples};
use std::path::Path;

#[test]
fn samples_read_as_their_dumps_say() {
    let update = std::env::var_os("UPDATE").is_some();
    let json = formats::by_name("json").unwrap();
    let mut wrong = Vec::new();
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        let (out, told, _) = run(&relative(&path), &bytes, &options(Some(json)));
        let findings: String = told.findings.iter().map(|it| common::line(it) + "\n").collect();
        for (ending, found) in [("dump.json", String::from_utf8(out).unwrap()), ("findings", findings)] {
            let beside = path.with_extension(format!("{}.{ending}", path.extension().unwrap().to_string_lossy()));
            let expected = std::fs::read_to_string(&beside).unwrap_or_default();
            if update {
                rewrite(&beside, &found);
            } else if expected != found {
                let at = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
                wrong.push(format!(
                    "{}: {at:?} ({} lines against {})",
                    relative(&beside),
                    expected.lines().count(),
                    found.lines().count()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "read by eye, then UPDATE=1 cargo test --test samples:\n{}", wrong.join("\n"));
}

fn rewrite(beside: &Path, found: &str) {
    if found.is_empty() {
        let _ = std::fs::remove_file(beside);
    } else {
        std::fs::write(beside, found).unwrap();
    }
}

#[test]
fn every_reader_has_samples() {
    let detected: Vec<&Format> = samples("samples")
        .iter()
        .filter_map(|path| bibferry::detect::detect(&relative(path), &std::fs::read(path).unwrap(), None))
        .map(|detected| detected.format)
        .collect();
    for format in formats::ALL.iter().filter(|format| format.read.is_some()) {
        let count = detected.iter().filter(|it| it.id == format.id).count();
        assert!(count > 0, "{} has a reader and no sample", format.id);
    }
}

/// `samples/bad` is there to be complained about.
#[test]
fn bad_samples_have_findings() {
    for path in samples("samples/bad") {
        let beside = path.with_extension(format!("{}.findings", path.extension().unwrap().to_string_lossy()));
        assert!(beside.exists(), "{} has no findings beside it", relative(&path));
    }
}
