//! Every sample × every writer: the loss report is exact, what was written reads back and is a fixpoint, and what a
//! native carrier carries is the same. `tests/matrix.known` lists exceptions, each with its reason; it may only shrink.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bibferry::format::{Carrier, Format, Writer};
use bibferry::formats;
use bibferry::record::{Field, Item, Value, canon};
use bibferry::write::{Profile, RisDialect, WriteOptions};
use common::{carrying, exactness, exactness_as, options, relative, run, samples};
use std::collections::BTreeSet;

/// What else may be asked of a writer, with a name.
fn variants(format: &Format) -> Vec<(&'static str, WriteOptions)> {
    let mut all = vec![("zotero", WriteOptions { profile: Some(Profile::Zotero), ..WriteOptions::default() })];
    if format.id == "ris" {
        let dialects = [
            ("ris zotero", RisDialect::Zotero),
            ("ris endnote", RisDialect::EndNote),
            ("ris refworks", RisDialect::RefWorks),
        ];
        all.extend(dialects.map(|(name, ris)| (name, WriteOptions { ris, ..WriteOptions::default() })));
    }
    all
}

/// What every sample and every writer get wrong, as `sample format` pairs with the first reason.
fn findings() -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        let (_, told, _) = run(&relative(&path), &bytes, &options(None));
        for format in formats::ALL.iter().copied().filter(|format| format.write.is_some()) {
            let mut found = exactness(&told.items, format);
            if format.carrier == Carrier::Native && format.read.is_some() {
                found.extend(carrying(&told.items, format));
            }
            for (name, asked) in variants(format) {
                found.extend(exactness_as(&told.items, format, &asked).into_iter().map(|why| format!("{name}: {why}")));
            }
            let pair = format!("{} {}", relative(&path), format.id);
            wrong.extend(found.into_iter().map(|why| (pair.clone(), why)));
        }
    }
    wrong
}

#[test]
fn every_sample_through_every_writer() {
    let known = std::fs::read_to_string(common::root().join("tests/matrix.known")).unwrap();
    let known: BTreeSet<String> = known
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split(" -- ").next().unwrap().trim().to_owned())
        .collect();
    let found = findings();
    let unexpected: Vec<_> = found.iter().filter(|(pair, _)| !known.contains(pair)).collect();
    assert!(unexpected.is_empty(), "{} failures:\n{}", unexpected.len(), lines(&unexpected));
    let healed: Vec<_> = known.iter().filter(|pair| !found.iter().any(|(it, _)| it == *pair)).collect();
    assert!(healed.is_empty(), "these work now; take them out of tests/matrix.known: {healed:?}");
}

fn lines(found: &[&(String, String)]) -> String {
    found.iter().take(40).map(|(pair, why)| format!("{pair}: {why}\n")).collect()
}

/// A copy of `jsonl` whose records are written by another function.
fn broken(record: fn(&mut bibferry::write::Outgoing<'_, '_>, &mut bibferry::write::Writing<'_>)) -> &'static Format {
    let good = formats::by_name("jsonl").unwrap();
    let writer = Writer { record, ..good.write.unwrap() };
    Box::leak(Box::new(Format { id: "broken", write: Some(writer), ..*good }))
}

fn a_record() -> Vec<Item> {
    let line = r#"{"kind":"book","key":"k","fields":{"title":"A Title","abstract":["An abstract."],"author":[{"family":"Fontaine","given":"Jean","particle":"de la"}]}}"#;
    let (_, told, _) = run("a.jsonl", line.as_bytes(), &options(None));
    told.items
}

/// The checks above can fail: writers that forget a field, or a part of one, and do not say so.
#[test]
fn a_writer_that_forgets_is_found_out() {
    let good = formats::by_name("jsonl").unwrap();
    assert_eq!(exactness(&a_record(), good), [""; 0]);
    let forgets_a_field = broken(|out, writing| {
        let mut record = out.take_everything().clone();
        record.slots.retain(|slot| slot.field() != Field::Abstract);
        canon::write_record(writing.out, &record, false);
    });
    let found = exactness(&a_record(), forgets_a_field);
    assert_eq!(found, ["record 1: abstract differs, which the loss report does not say"]);
    let forgets_a_part = broken(|out, writing| {
        let mut record = out.take_everything().clone();
        for slot in &mut record.slots {
            if let Value::Names(names) = slot.value_mut() {
                names.list.iter_mut().for_each(|name| name.particle.clear());
            }
        }
        canon::write_record(writing.out, &record, false);
    });
    let found = exactness(&a_record(), forgets_a_part);
    assert_eq!(found, ["record 1: author differs, which the loss report does not say"]);
    let cries_wolf = broken(|out, writing| {
        let record = out.record();
        canon::write_record(writing.out, record, false);
    });
    assert!(!exactness(&a_record(), cries_wolf).is_empty(), "a loss that is none is found out as well");
}
