//! What we write, read by the programs that people will read it with. Their warnings count.
//!
//! `cargo test --features real-tools --test real_tools`; `.ci/run` installs the programs and runs this. A program that
//! is not there is a failure, not a reason to leave a test out.

// Clippy's exceptions for tests do not reach the functions around them.
#![allow(clippy::expect_used)]

mod common;

use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Converts an input into `refs.bib` in a folder.
fn convert(input: &str, options: &[&str], folder: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_bibferry"))
        .current_dir(ROOT)
        .args(["convert", "--quiet", "--to", "bibtex", "-o"])
        .arg(folder.join("refs.bib"))
        .args(options)
        .arg(input)
        .output()
        .expect("bibferry runs");
    // One that is damaged ends with 1, and is written all the same.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{input}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs `bibtex` with a style over every entry of `refs.bib`: what it says, and the bibliography.
fn bibtex(style: &str, folder: &Path) -> (String, String) {
    let aux = format!("\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n");
    std::fs::write(folder.join("main.aux"), aux).expect("written");
    let output = Command::new("bibtex").arg("main").current_dir(folder).output().expect("bibtex is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "bibtex failed:\n{said}");
    let bbl = std::fs::read(folder.join("main.bbl")).expect("bibtex wrote a bibliography");
    (said, String::from_utf8_lossy(&bbl).into_owned())
}

/// What `plain.bst` asks for and a record may lack. Nothing else that it says is of the records' making.
const MAY_LACK: &[&str] = &[
    "author",
    "author and editor",
    "booktitle",
    "chapter and pages",
    "editor",
    "institution",
    "journal",
    "publisher",
    "school",
    "title",
    "year",
];

/// Samples that hold what BibTeX dislikes: a child whose parent is not in the file.
const DANGLING: &[&str] = &["samples/jsonl/all-values.jsonl"];

/// The complaints of a run that are not about a field that the record lacks.
fn complaints(blg: &str) -> Vec<&str> {
    let lacks = |line: &str| {
        line.strip_prefix("Warning--empty ")
            .and_then(|rest| rest.rsplit_once(" in "))
            .is_some_and(|(field, _)| MAY_LACK.contains(&field))
    };
    let is_one = |line: &&str| line.starts_with("Warning--") || line.contains("---") || line.contains("error message");
    blg.lines().filter(is_one).filter(|line| !lacks(line)).collect()
}

/// The records of an input, as another writer counts them.
fn count(input: &str) -> usize {
    let output = Command::new(env!("CARGO_BIN_EXE_bibferry"))
        .current_dir(ROOT)
        .args(["convert", "--quiet", "--to", "jsonl", input])
        .output()
        .expect("bibferry runs");
    String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.starts_with("{\"kind\"")).count()
}

/// Runs one sample through both programs: what is wrong with it.
fn compiled(input: &str, options: &[&str], records: usize, wrong: &mut Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    convert(input, options, folder.path());
    let bib = std::fs::read_to_string(folder.path().join("refs.bib")).expect("written in UTF-8");
    match biblatex::RawBibliography::parse(&bib) {
        Ok(parsed) if parsed.entries.len() == records => {}
        Ok(parsed) => wrong.push(format!("{input}: {records} records, {} entries", parsed.entries.len())),
        Err(why) => wrong.push(format!("{input} {options:?}: biblatex cannot parse it: {why}")),
    }
    // BibTeX takes a file without entries for a failure.
    if records == 0 || DANGLING.contains(&input) {
        return;
    }
    let (_, bbl) = bibtex("plain", folder.path());
    let blg = std::fs::read(folder.path().join("main.blg")).expect("a log");
    let blg = String::from_utf8_lossy(&blg);
    wrong.extend(complaints(&blg).into_iter().map(|line| format!("{input} {options:?}: {line}")));
    if bbl.matches("\\bibitem").count() != records {
        wrong.push(format!("{input} {options:?}: not every entry is in the bibliography"));
    }
}

/// Every sample of every format: the standard style complains of nothing but missing fields, and another parser finds
/// as many entries as there are records.
#[test]
fn every_sample_compiles_with_bibtex_and_plain() {
    let mut wrong = Vec::new();
    for path in common::samples("samples") {
        let input = common::relative(&path);
        let records = count(&input);
        for options in [&[][..], &["--ascii"]] {
            compiled(&input, options, records, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The main job: the Arrow page as a .bib file that BibTeX compiles without a word.
#[test]
fn the_arrow_page_compiles_with_bibtex_and_plain() {
    for options in [&[][..], &["--ascii"]] {
        let folder = tempfile::tempdir().expect("a folder");
        convert("samples/arrow/thomas-serre.txt", options, folder.path());
        let (said, bbl) = bibtex("plain", folder.path());
        let warnings: Vec<&str> =
            said.lines().filter(|line| line.contains("Warning") || line.contains("error")).collect();
        assert!(warnings.is_empty(), "{options:?}: bibtex says\n{said}");
        assert_eq!(bbl.matches("\\bibitem").count(), 32, "{options:?}: every entry is in the bibliography");
    }
}
