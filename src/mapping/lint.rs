//! The table linter: what must hold of every mapping. The tests run it over the tables of every format.
//!
//! Each field is written or listed as not supported, never both. Tags of rows are in the tag table. Each row for both
//! directions gives its codec's example back, through the whole engine, on one of its type words at least; a row
//! that an earlier one shadows cannot. Every kind has a type word, and a row for both directions reads back as its kind.

use super::{Cells, Mapping, Rule, Way};
use crate::read::{ReadOptions, Reading};
use crate::record::{Field, Kind, Record};
use crate::source::Place;
use crate::write::{Losses, Outgoing, WriteOptions};

/// What is wrong with a mapping, in words; empty if nothing is.
pub fn lint(mapping: &'static Mapping) -> Vec<String> {
    let mut wrong = lint_variant(mapping);
    for rule in mapping.rules.iter().filter(|rule| rule.way != Way::Write) {
        row(mapping, rule, &mut wrong);
    }
    wrong.extend(mapping.variants.iter().flat_map(|variant| lint_variant(variant)));
    wrong
}

/// What is wrong with tables for writing: what of them other tables read is not their matter.
fn lint_variant(mapping: &'static Mapping) -> Vec<String> {
    let mut wrong = Vec::new();
    fields(mapping, &mut wrong);
    tags(mapping, &mut wrong);
    kinds(mapping, &mut wrong);
    wrong
}

fn fields(mapping: &Mapping, wrong: &mut Vec<String>) {
    for field in Field::ALL {
        let written = mapping.rules.iter().any(|rule| rule.field == *field && rule.way != Way::Read);
        let listed = mapping.unsupported.contains(field);
        if written == listed {
            let what = if written {
                "is written and yet listed as not supported"
            } else {
                "is neither written nor listed as not supported"
            };
            wrong.push(format!("{} {what}", field.name()));
        }
    }
}

fn tags(mapping: &Mapping, wrong: &mut Vec<String>) {
    let known = |tag: &str| mapping.tags.iter().any(|it| it.name == tag);
    let words = mapping.types.words();
    for rule in mapping.rules {
        wrong
            .extend(rule.tags.split('/').filter(|tag| !known(tag)).map(|tag| format!("{tag} is not in the tag table")));
        let named = rule.types.iter().chain(rule.not_types);
        wrong.extend(
            named
                .filter(|word| !words.contains(word))
                .map(|word| format!("{word} is no type word, in the row of {}", rule.tags)),
        );
    }
    let lines = mapping.lines.as_ref().map(|lines| &lines.tag);
    let others = mapping.keys.iter().chain(mapping.types.mark_tag.as_ref()).chain(lines);
    wrong.extend(others.filter(|tag| !known(tag)).map(|tag| format!("{tag} is not in the tag table")));
    if words.len() > 128 {
        wrong.push("more than 128 type words do not fit a mask".to_owned());
    }
}

/// Reads the tags of one made-up entry.
fn read(mapping: &'static Mapping, word: &str, cells: &[(&str, &str)]) -> Record {
    let options = ReadOptions { keep_source: false, ..ReadOptions::default() };
    let mut reading = Reading::new("", &[], mapping.family, Place { input: 0, line: 1, column: 1 }, &options);
    let mut all = Cells::new(mapping);
    for (tag, raw) in cells {
        all.push(tag, *tag, *raw, 0..0);
    }
    mapping.read(Some(word), &mut all, &mut reading, 0..0)
}

fn row(mapping: &'static Mapping, rule: &'static Rule, wrong: &mut Vec<String>) {
    let tags: Vec<&str> = rule.tags.split('/').collect();
    let mut cells: Vec<(&str, &str)> = tags.iter().copied().zip(rule.codec.example.iter().copied()).collect();
    cells.retain(|(_, raw)| !raw.is_empty());
    let mut with: Vec<(&str, &str)> = rule.beside.to_vec();
    with.extend(&cells);
    let words = mapping
        .types
        .words()
        .into_iter()
        .filter(|word| (rule.types.is_empty() || rule.types.contains(word)) && !rule.not_types.contains(word));
    let mut saw = String::new();
    for word in words {
        let record = read(mapping, word, &with);
        if record.get(rule.field).is_none() {
            continue;
        }
        if rule.way == Way::Read {
            return;
        }
        let mut losses = Losses::new(false);
        let mut out = Outgoing::new(&record, &mut losses);
        let written = mapping.write(&mut out, &WriteOptions::default());
        let gave = |(tag, raw): &(&str, &str)| written.cells.iter().any(|cell| cell.tag == *tag && cell.raw == *raw);
        if cells.iter().all(gave) {
            return;
        }
        saw = format!("{:?}", written.cells.iter().map(|cell| (&*cell.tag, &*cell.raw)).collect::<Vec<_>>());
    }
    wrong.push(match saw.as_str() {
        "" => format!(
            "the row {} → {} ({}) never reads its example: another shadows it",
            rule.tags,
            rule.field.name(),
            rule.codec.name
        ),
        saw => format!(
            "the row {} → {} ({}) does not give its example back, but {saw}",
            rule.tags,
            rule.field.name(),
            rule.codec.name
        ),
    });
}

fn kinds(mapping: &'static Mapping, wrong: &mut Vec<String>) {
    for kind in Kind::ALL {
        let Some(row) = mapping.types.row_for(*kind, None) else {
            wrong.push(format!("{} has no type word", kind.name()));
            continue;
        };
        let mark: Vec<(&str, &str)> = mapping.types.mark_tag.zip(row.mark).into_iter().collect();
        let reads = read(mapping, row.word, &mark).kind;
        // Refinement from other tags may stand behind a word that several kinds share.
        if row.way == Way::Both && reads != *kind && mapping.types.refine.is_none() {
            wrong.push(format!("{} is written as {}, which reads as {}", kind.name(), row.word, reads.name()));
        }
    }
}
