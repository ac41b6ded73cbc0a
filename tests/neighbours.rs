//! One bad record never costs its neighbours: whatever an editor does to the lines of one, the others come through. Not of
//! plain listings (`arrow`), in which any words behind a paper are more of its abstract.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bibferry::convert::Options;
use bibferry::formats;
use bibferry::record::Item;
use common::{dump, options, run};

/// The lines of a record by its number, with what stands before, between and behind records.
struct Shape {
    format: &'static str,
    record: fn(usize) -> String,
    before: &'static str,
    between: &'static str,
    behind: &'static str,
}

const SHAPES: &[Shape] = &[
    Shape {
        format: "bibtex",
        record: |n| {
            format!(
                "@article{{k{n},\n  title = {{Title {n}}},\n  author = \"Roe, Kim\",\n  note = {{a {{b}} c}},\n  year = 2001\n}}\n"
            )
        },
        before: "@string{s = {S}}\n",
        between: "",
        behind: "",
    },
    Shape {
        format: "ris",
        record: |n| format!("TY  - JOUR\nID  - k{n}\nTI  - Title {n}\nAU  - Roe, Kim\nAB  - Words\nand more\nER  - \n"),
        before: "",
        between: "\n",
        behind: "",
    },
    Shape {
        format: "csl-json",
        record: |n| {
            format!(
                "  {{\n    \"id\": \"k{n}\",\n    \"type\": \"book\",\n    \"title\": \"Title {n}\",\n    \"author\": [\n      {{\"family\": \"Roe\"}}\n    ]\n  }}"
            )
        },
        before: "[\n",
        between: ",\n",
        behind: "\n]\n",
    },
    Shape {
        format: "csl-yaml",
        record: |n| {
            format!("- id: k{n}\n  type: book\n  title: Title {n}\n  author:\n  - family: Roe\n    given: Kim\n")
        },
        before: "---\nreferences:\n",
        between: "",
        behind: "...\n",
    },
    Shape {
        format: "csv",
        record: |n| format!("Title {n},\"Roe, Kim\",\"one\ntwo, three\",2001\n"),
        before: "Title,Authors,Abstract,Year\n",
        between: "",
        behind: "",
    },
    Shape {
        format: "jsonl",
        record: |n| format!("{{\"kind\":\"book\",\"key\":\"k{n}\",\"fields\":{{\"title\":\"Title {n}\"}}}}\n"),
        before: "",
        between: "",
        behind: "",
    },
    Shape {
        format: "json",
        record: |n| {
            format!(
                "{{\n  \"kind\": \"book\",\n  \"key\": \"k{n}\",\n  \"fields\": {{\n    \"title\": \"Title {n}\"\n  }}\n}}"
            )
        },
        before: "[\n",
        between: ",\n",
        behind: "\n]\n",
    },
    Shape {
        format: "tsv",
        record: |n| format!("Title {n}\tRoe, Kim\tone two\t2001\n"),
        before: "Title\tAuthors\tAbstract\tYear\n",
        between: "",
        behind: "",
    },
];

/// What may happen to a record of some lines.
fn damages(record: &str) -> Vec<String> {
    let lines: Vec<&str> = record.split_inclusive('\n').collect();
    let with = |at: usize, more: &str| [&lines[..at].concat(), more, &lines[at..].concat()].concat();
    let mut all = Vec::new();
    for at in 0..=lines.len() {
        all.push(lines[..at].concat());
        for more in ["mail me@example.org\n", "}\n", "},\n", "% note = {x}\n", ",\n", "@\n", "<<<<<<< HEAD\n", "\n\n\n"]
        {
            all.push(with(at, more));
        }
    }
    for at in 0..lines.len() {
        all.push([&lines[..at], &lines[at + 1..]].concat().concat());
        all.push(lines[at..].concat());
        all.push(with(at, lines[at]));
    }
    for at in (1..record.len()).filter(|at| record.is_char_boundary(*at)) {
        all.push(record[..at].to_owned() + "\n");
        all.extend(["{", "}", "%", "#", "=", ","].map(|sign| [&record[..at], sign, &record[at..]].concat()));
        if b"{},=".contains(&record.as_bytes()[at]) {
            all.push([&record[..at], &record[at + 1..]].concat());
        }
    }
    all
}

/// The records of a text, each as its canonical JSON.
fn dumps(format: &str, text: &str) -> Vec<String> {
    let from = Some(formats::by_name(format).unwrap());
    let options = Options { from, ..options(Some(formats::by_name("jsonl").unwrap())) };
    let (_, told, _) = run("a", text.as_bytes(), &options);
    told.items
        .iter()
        .filter(|item| matches!(item, Item::Record(_)))
        .map(|item| dump(std::slice::from_ref(item)))
        .collect()
}

#[test]
fn damage_to_one_record_costs_no_other() {
    let mut wrong = Vec::new();
    for shape in SHAPES {
        let all: Vec<String> = (0..4).map(shape.record).collect();
        let file = |second: &str| {
            let parts = [&all[0], second, &all[2], &all[3]].join(shape.between);
            [shape.before, &parts, shape.behind].concat()
        };
        let sound = dumps(shape.format, &file(&all[1]));
        assert_eq!(sound.len(), 4, "{}", shape.format);
        for damaged in damages(&all[1]) {
            // In YAML a member without an item is one of the item before, which may stand twice.
            if shape.format == "csl-yaml" && !damaged.starts_with("- ") {
                continue;
            }
            let read = dumps(shape.format, &file(&damaged));
            let missing: Vec<usize> = [0, 2, 3].into_iter().filter(|at| !read.contains(&sound[*at])).collect();
            if !missing.is_empty() {
                wrong.push(format!("{}: records {missing:?} are not as they were beside {damaged:?}", shape.format));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
