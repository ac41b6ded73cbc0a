//! Items as people and programs write them that know CSL by hearsay.

#![allow(clippy::unwrap_used, reason = "a test")]

use super::CSL_JSON;
use crate::format::write_item;
use crate::read::ReadOptions;
use crate::record::{Field, Item, Kind, Record, Value};
use crate::verify;
use crate::write::{Losses, WriteOptions, Writing};

fn read(item: &str) -> (Record, Vec<&'static str>) {
    let (items, findings) = verify::read_back(&CSL_JSON, &format!("[{{\"id\":\"a\",{item}}}]"), &ReadOptions::default());
    let mut records = items.into_iter().filter_map(|item| match item {
        Item::Record(record) => Some(*record),
        _ => None,
    });
    (records.next().unwrap(), findings.iter().map(|it| it.code.id).collect())
}

fn shown(record: &Record, field: Field) -> String {
    let words = |value: &Value| match value {
        Value::Date(date) => date.to_string(),
        Value::Pages(pages) => pages.write("-", ", "),
        Value::Number(number) => number.as_str().to_owned(),
        Value::Id(id) => id.value.clone(),
        other => format!("{other:?}"),
    };
    record.get(field).map(words).unwrap_or_default()
}

#[test]
fn words_of_bibtex_say_what_variables_would() {
    let (record, codes) = read(
        "\"type\":\"article\",\"title\":\"T\",\"journal\":\"Journal of Examples\",\"year\":2019,\"month\":\"mar\",\
         \"volume\":3,\"number\":2,\"pages\":\"11--19\",\"doi\":\"10.1000/182\",\"address\":\"Berlin\"",
    );
    assert_eq!(record.kind, Kind::ArticleJournal);
    assert_eq!(record.text(Field::ContainerTitle), Some("Journal of Examples"));
    for (field, want) in [(Field::Issued, "2019-03"), (Field::Issue, "2"), (Field::Pages, "11-19"), (Field::Doi, "10.1000/182")] {
        assert!(shown(&record, field).contains(want), "{field:?}: {}", shown(&record, field));
    }
    assert!(record.get(Field::Place).is_some() && record.get(Field::Number).is_none() && record.extras.is_empty());
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn variables_come_before_words_of_bibtex() {
    let (record, codes) = read(
        "\"type\":\"paper-conference\",\"container-title\":\"Proceedings\",\"booktitle\":\"Others\",\
         \"issued\":{\"date-parts\":[[2020,5]]},\"year\":\"2019\",\"page\":\"1-2\",\"pages\":\"1-2\"",
    );
    assert_eq!(record.text(Field::ContainerTitle), Some("Proceedings"));
    assert!(shown(&record, Field::Issued).contains("2020-05"));
    assert_eq!(record.extras.len(), 2, "what says something else is kept: {:?}", record.extras);
    assert_eq!(codes, ["field-unknown", "field-unknown"]);
}

#[test]
fn types_of_bibtex_and_dates_in_words() {
    for (word, kind) in [("inproceedings", Kind::ConferencePaper), ("phdthesis", Kind::Thesis), ("techreport", Kind::Report)] {
        let (record, _) = read(&format!("\"type\":\"{word}\",\"title\":\"T\",\"school\":\"Example University\",\"date\":\"1998-04\""));
        assert_eq!(record.kind, kind);
        assert!(shown(&record, Field::Issued).contains("1998-04") && record.get(Field::Publisher).is_some());
    }
}

#[test]
fn names_in_one_string_are_taken_apart() {
    let (record, codes) = read("\"type\":\"book\",\"title\":\"T\",\"author\":\"Doe, Jane and Roe, Kim and Poe, Max\"");
    let names = shown(&record, Field::Author);
    assert!(["Doe", "Roe", "Poe"].iter().all(|it| names.contains(it)), "{names}");
    assert_eq!(codes, ["names-on-one-line"]);
}

#[test]
fn entities_are_characters() {
    let (record, _) = read("\"type\":\"book\",\"title\":\"d&#8217;Examples &amp; caf&eacute; AT&T; &amp;lt;\"");
    assert_eq!(record.text(Field::Title), Some("d’Examples & café AT&T; &lt;"));
}

#[test]
fn the_short_title_of_a_journal_stands_for_the_title() {
    let mut record = Record::new(Kind::ArticleJournal);
    record.push(Field::ContainerShort, Value::Text("J. Ex.".into()));
    for (carry, want) in [(false, true), (true, false)] {
        let options = WriteOptions { carry, ..WriteOptions::default() };
        let (mut out, mut sink, mut losses) = (String::new(), Vec::new(), Losses::new(true));
        let mut writing = Writing { out: &mut out, options: &options, sink: &mut sink, first: true };
        write_item(CSL_JSON.write.as_ref().unwrap(), &Item::Record(Box::new(record.clone())), &mut writing, &mut losses);
        assert_eq!(out.contains("\"container-title\": \"J. Ex.\""), want, "{out}");
        let told = losses.list.iter().any(|loss| format!("{:?} {:?}", loss.kind, loss.subject) == "Added Field(ContainerTitle)");
        assert_eq!(told, want, "{:?}", losses.list);
    }
}
