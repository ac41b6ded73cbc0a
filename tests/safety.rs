//! Writers are safe: no value can break out of its place, whatever it holds.
//!
//! A record full of some string stands between two ordinary ones. However the string is made, in every format three
//! records come back, the neighbours as they were, and what differs of the middle one is what the report names.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bibferry::format::Format;
use bibferry::formats;
use bibferry::read::ReadOptions;
use bibferry::record::{
    Field, Item, Key, Keyword, Kind, Name, Names, Note, NoteKind, Number, Publisher, Record, Slot, Text, Url, UrlKind,
    Value, same,
};
use bibferry::verify;
use common::{exactness, records, write};
use proptest::prelude::*;
use std::fmt::Write as _;

/// What has broken out of some format somewhere.
const EVIL: &[&str] = &[
    "}",
    "{",
    "}}\n\n@book{evil,\n  title = {Evil}\n}",
    "\\",
    "a\\}",
    "\\end{document}\\input{/etc/passwd}",
    "%\n@comment{",
    "\" # evil # \"",
    "x},\n  author = {Evil",
    "ER  - ",
    "A\nER  - \n\nTY  - BOOK\nTI  - Evil",
    "\r\nER  - \r\nTY  - JOUR\r\n",
    "=HYPERLINK(\"http://evil.example\")",
    "+1-1",
    "@SUM(A1)",
    "\",\"evil\",\"",
    "a;b; c \\; d",
    "\"",
    "\"\"\"",
    "\t\ttabs\t",
    "]]>",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp;amp; &#x41;",
    "\u{0}",
    "\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{85}",
    "\u{2028}\u{2029}",
    "\u{feff}bom",
    "\u{202e}right to left",
    "\u{d7ff}\u{e000}\u{fffe}\u{ffff}\u{10ffff}",
    "- item: value # no comment",
    "key: value",
    "*anchor &anchor !!tag",
    "---\n...\n",
    "yes",
    "null",
    "1e5",
    "2020-01-01",
    "'single' \"double\"",
    "|\n  block",
    "[bib] kind: book",
    "\\[bib] title: x",
    "Citation Key: evil\nType: book",
    "tex.title: evil",
    "a || b",
    "Doe, Jane and Roe, Richard; Poe, E.",
    "and others",
    "et al.",
    "family=Evil, given=E",
    "../../etc/passwd",
    "\u{301}combining first",
    "e\u{301}",
    "  two  spaces  ",
    "\n\n",
    "$x$ $$ \\( \\)",
    "~tilde^caret_under#hash&and%percent",
];

/// A record with a string in every sort of field.
fn full_of(string: &str) -> Record {
    let mut record = Record::new(Kind::ArticleJournal);
    // As readers leave them, without white space at the ends.
    let text = || Text::plain(string.trim());
    let key = string.split_whitespace().collect::<String>();
    record.key = (!key.is_empty()).then_some(Key { text: key, made: false, stated: None });
    record.push(Field::Title, Value::Text(text()));
    record.push(Field::ContainerTitle, Value::Text(text()));
    record.push(Field::Abstract, Value::Text(text()));
    // Of names and words of vocabularies readers leave single spaces.
    let word = string.split_whitespace().collect::<Vec<_>>().join(" ");
    let names = vec![Name::literal(&*word), Name::person(&*word, &*word)];
    record.push(
        Field::Author,
        Value::Names(Names::of(if word.contains(char::is_alphanumeric) { names } else { Vec::new() })),
    );
    record.push(Field::Keyword, Value::Keyword(Keyword { text: word.clone(), ..Keyword::default() }));
    record.push(Field::Note, Value::Note(Note { kind: NoteKind::Note, text: text() }));
    record.push(Field::Publisher, Value::Publisher(Publisher { name: text(), ..Publisher::default() }));
    record.push(Field::Volume, Value::Number(Number::new(&word)));
    let url = ["https://example.org/", &word].concat();
    record.push(Field::Url, Value::Url(Url { url, kind: UrlKind::Landing, label: None }));
    record.push(Field::Status, Value::Token(word));
    // As readers leave them: white space alone is no value.
    record.slots.iter_mut().for_each(tidy);
    record.slots.retain(|slot| !slot.value().excerpt(usize::MAX).trim().is_empty());
    record
}

fn tidy(slot: &mut Slot) {
    match slot.value_mut() {
        Value::Text(text) => text.tidy(),
        Value::Note(note) => note.text.tidy(),
        Value::Publisher(publisher) => publisher.name.tidy(),
        _ => {}
    }
}

fn neighbour(key: &str) -> Record {
    let mut record = Record::new(Kind::Book);
    record.key = Some(Key { text: key.to_owned(), made: false, stated: None });
    record.push(Field::Title, Value::Text(Text::plain("An ordinary book")));
    record.push(Field::Author, Value::Names(Names::of(vec![Name::person("Doe", "Jane")])));
    record
}

/// What goes wrong with a string in a format.
fn escapes(string: &str, to: &'static Format) -> Vec<String> {
    let item = |record: Record| Item::Record(Box::new(record));
    let items = [item(neighbour("first")), item(full_of(string)), item(neighbour("last"))];
    let mut wrong = Vec::new();
    for carry in [false, true] {
        let (text, _) = write(&items, to, carry);
        let (again, _) = verify::read_back(to, &text, &ReadOptions::default());
        let again = records(&again);
        if again.len() != 3 {
            wrong.push(format!("{} records came back, carry {carry}:\n{text}", again.len()));
            continue;
        }
        for (at, key) in [(0, "first"), (2, "last")] {
            let alone = write(&[item(neighbour(key))], to, carry).0;
            let alone = records(&verify::read_back(to, &alone, &ReadOptions::default()).0);
            if !same(&alone[0], &again[at]) {
                wrong.push(format!("the neighbour {key} changed, carry {carry}:\n{text}"));
            }
        }
    }
    wrong.extend(exactness(&items, to));
    wrong
}

fn writers() -> impl Iterator<Item = &'static Format> {
    formats::ALL.iter().copied().filter(|format| format.write.is_some() && format.read.is_some())
}

#[test]
fn what_broke_out_elsewhere_stays_in_its_place() {
    let mut wrong = String::new();
    for string in EVIL {
        for to in writers() {
            for why in escapes(string, to) {
                let _ = writeln!(wrong, "{string:?} in {}: {why}", to.id);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_stays_in_its_place(string in prop_oneof!["\\PC{0,30}", "[{}\\\\\"%@,=#\\n\r\t;:<>&|' -~]{0,40}", any::<String>()]) {
        for to in writers() {
            prop_assert_eq!(escapes(&string, to), [""; 0], "{:?} in {}", string, to.id);
        }
    }
}
