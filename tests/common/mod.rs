//! What the tests share: samples, runs, and the exactness check over any writer.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test target uses its part")]

pub mod arbitrary;

use bibferry::convert::{self, Input, Observer, Options, Outcome};
use bibferry::format::Format;
use bibferry::loss::Loss;
use bibferry::read::ReadOptions;
use bibferry::record::{Item, Record, same};
use bibferry::transform::repair::Level;
use bibferry::write::WriteOptions;
use bibferry::{Diagnostic, Severity, formats, verify};
use std::path::{Path, PathBuf};

/// What a run told.
#[derive(Default)]
pub struct Told {
    pub items: Vec<Item>,
    pub findings: Vec<Diagnostic>,
    pub losses: Vec<Loss>,
    /// Findings and losses as lines, in the order in which they were told.
    pub lines: Vec<String>,
}

impl Observer for Told {
    fn finding(&mut self, finding: Diagnostic) {
        self.lines.push(line(&finding));
        self.findings.push(finding);
    }
    fn loss(&mut self, loss: Loss) {
        self.lines.push(format!("{loss:?}"));
        self.losses.push(loss);
    }
    fn item(&mut self, item: &Item) {
        self.items.push(item.clone());
    }
}

/// Options for tests: one thread, no repairs, every loss listed.
pub fn options(to: Option<&'static Format>) -> Options {
    Options { to, threads: 1, repair: Some(Level::Off), list_losses: true, ..Options::default() }
}

/// Runs the pipeline over bytes.
pub fn run(name: &str, bytes: &[u8], options: &Options) -> (Vec<u8>, Told, Outcome) {
    let (mut out, mut told) = (Vec::new(), Told::default());
    let outcome = convert::run(&[Input::bytes(name, bytes)], &mut out, options, &mut told).unwrap();
    (out, told, outcome)
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every sample below a folder, sorted: not the dumps and findings beside them, not the READMEs, not the sample repository
/// for CI, whose test is `ci`.
pub fn samples(below: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    walk(&root().join(below), &mut all);
    all.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        !path.starts_with(root().join("samples/ci"))
            && ![".dump.json", ".findings", ".md"].iter().any(|ending| name.ends_with(ending))
    });
    all.sort();
    assert!(!all.is_empty(), "no samples below {below}");
    all
}

pub fn walk(folder: &Path, all: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, all);
        } else {
            all.push(path);
        }
    }
}

/// A path below the repository, with forward slashes.
pub fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A finding as one line.
pub fn line(finding: &Diagnostic) -> String {
    let place =
        finding.span.as_ref().map_or_else(String::new, |span| format!("{}:{}: ", span.place.line, span.place.column));
    format!("{place}{}[{}]: {}", finding.severity.name(), finding.code.id, finding.message)
}

pub fn records(items: &[Item]) -> Vec<Record> {
    items
        .iter()
        .filter_map(|item| if let Item::Record(record) = item { Some((**record).clone()) } else { None })
        .collect()
}

/// The canonical JSON of items, one item a line.
pub fn dump(items: &[Item]) -> String {
    let jsonl = formats::by_name("jsonl").unwrap().write.unwrap();
    let mut out = String::new();
    let options = bibferry::write::WriteOptions::default();
    for item in items {
        let mut sink = Vec::new();
        let first = out.is_empty();
        let mut writing = bibferry::write::Writing { out: &mut out, options: &options, sink: &mut sink, first };
        bibferry::format::write_item(&jsonl, item, &mut writing, &mut bibferry::write::Losses::new(false));
        out.push('\n');
    }
    out
}

/// Items as bytes of a format, through the pipeline: with the losses, and the records as they went to the writer.
pub fn write(items: &[Item], to: &'static Format, carry: bool) -> (String, Told) {
    write_as(items, to, &WriteOptions { carry, ..WriteOptions::default() })
}

/// As [`write`], with what is asked of the writer.
pub fn write_as(items: &[Item], to: &'static Format, asked: &WriteOptions) -> (String, Told) {
    let mut options = options(Some(to));
    options.from = Some(formats::by_name("jsonl").unwrap());
    options.write = asked.clone();
    let (bytes, told, _) = run("items", dump(items).as_bytes(), &options);
    (String::from_utf8(bytes).unwrap(), told)
}

/// What is wrong with writing these items in a format: the report is not exact, reading back finds errors, or writing
/// again gives other bytes. Empty if nothing is.
pub fn exactness(items: &[Item], to: &'static Format) -> Vec<String> {
    let mut wrong = Vec::new();
    let (text, told) = write(items, to, false);
    if to.read.is_none() {
        return wrong;
    }
    let again = inexact(&text, &told, to, &mut wrong);
    let (twice, _) = write(&again, to, false);
    if twice != text {
        let at = text.lines().zip(twice.lines()).find(|(a, b)| a != b);
        wrong.push(format!("writing what was read gives other bytes: {at:?}"));
    }
    wrong
}

/// As [`exactness`], for output that is asked to be of some other sort than the usual: what is read of it need not be
/// written so again.
pub fn exactness_as(items: &[Item], to: &'static Format, asked: &WriteOptions) -> Vec<String> {
    let mut wrong = Vec::new();
    let (text, told) = write_as(items, to, asked);
    if to.read.is_some() {
        inexact(&text, &told, to, &mut wrong);
    }
    wrong
}

/// Reads a text back, says where that differs from what the report names, and gives what was read.
fn inexact(text: &str, told: &Told, to: &'static Format, wrong: &mut Vec<String>) -> Vec<Item> {
    let (again, findings) = verify::read_back(to, text, &ReadOptions::default());
    wrong.extend(findings.iter().filter(|it| it.severity == Severity::Error).map(line));
    let (before, after) = (records(&told.items), records(&again));
    if before.len() != after.len() {
        wrong.push(format!("{} records went out, {} came back", before.len(), after.len()));
        return again;
    }
    for (number, (before, after)) in (1..).zip(before.iter().zip(&after)) {
        let own: Vec<&Loss> = told.losses.iter().filter(|loss| loss.record == number).collect();
        wrong.extend(verify::record(before, &own, after).into_iter().map(|why| format!("record {number}: {why}")));
    }
    again
}

/// What is wrong with carrying these items through a format and back.
pub fn carrying(items: &[Item], through: &'static Format) -> Vec<String> {
    let (text, told) = write(items, through, true);
    let (again, _) = verify::read_back(through, &text, &ReadOptions::default());
    let (before, after) = (records(&told.items), records(&again));
    let mut wrong = Vec::new();
    if before.len() != after.len() {
        wrong.push(format!("{} records went out, {} came back", before.len(), after.len()));
    }
    for (number, (before, after)) in (1..).zip(before.iter().zip(&after)) {
        if !same(before, after) {
            wrong.push(format!("record {number} is not the same: {:?}", verify::differences(before, after)));
        }
    }
    wrong
}
