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

/// A record in another format, and what is said of losses.
fn written(record: &Record, format: &str) -> (String, Vec<String>) {
    let format = crate::formats::by_name(format).unwrap();
    let (mut out, mut sink) = (String::new(), Vec::new());
    let mut losses = crate::write::Losses::new(true);
    let options = crate::write::WriteOptions::default();
    let mut writing = crate::write::Writing { out: &mut out, options: &options, sink: &mut sink, first: true };
    let item = Item::Record(Box::new(record.clone()));
    crate::format::write_item(format.write.as_ref().unwrap(), &item, &mut writing, &mut losses);
    (out, losses.list.iter().map(|it| format!("{} {}", it.kind.verb(), it.subject)).collect())
}

fn names(record: &Record, field: Field) -> Vec<String> {
    let Some(Value::Names(names)) = record.get(field) else { return Vec::new() };
    names.list.iter().map(|it| [&*it.family, &it.given, &it.suffix].join("|")).collect()
}

#[test]
fn names_in_pieces_and_suffixes_behind_commas() {
    let (record, _) = read(
        "\"type\":\"book\",\"author\":[{\"family\":[\"de\",\"Doe\"],\"given\":[\"Jane\",\"Q.\"]},{\"family\":\"Roe\",\"given\":\"R., !Jr.\"},\
         {\"family\":\"Poe\",\"given\":\"Kim, of Examples\"}]",
    );
    assert_eq!(names(&record, Field::Author), ["de Doe|Jane Q.|", "Roe|R.|Jr.", "Poe|Kim, of Examples|"]);
}

#[test]
fn what_stands_beside_names_and_dates_is_kept() {
    let (record, codes) = read(
        "\"type\":\"book\",\"author\":[{\"family\":\"Doe\"},{\"family\":\"Roe\",\"id\":7,\"role\":[{\"vocabulary\":\"crossref\"}]}],\
         \"accessed\":{\"year\":2014,\"URL\":\"x\"},\"issued\":{\"$date\":\"2019-10-01\"}",
    );
    let extras: Vec<String> = record.extras.iter().map(|it| format!("{}={}", it.tag, it.value)).collect();
    assert_eq!(extras, ["author.id={\"2\":7}", "issued.$date=2019-10-01", "accessed.URL=x"]);
    assert_eq!(codes, ["field-unknown"; 3]);
    assert!(written(&record, "csl-json").0.contains("\"author.id\":{\"2\":7}"));
    assert!(written(&record, "ris").1.contains(&"lost csl:author.id".to_owned()));
}

#[test]
fn no_doi_is_told_and_kept() {
    let (record, codes) = read("\"type\":\"book\",\"title\":\"T\",\"DOI\":\"10.xxxx/xxxx3\"");
    assert_eq!((shown(&record, Field::Doi).as_str(), codes.as_slice()), ("10.xxxx/xxxx3", &["id-invalid"][..]));
    assert!(written(&record, "csl-json").0.contains("\"DOI\": \"10.xxxx/xxxx3\""));
}

#[test]
fn numbers_of_eprints_are_one() {
    for note in ["arXiv:2001.00001 [cs]", "arXiv: 2001.00001 [cs]"] {
        for number in ["\"number\":\"arXiv:2001.00001\",", ""] {
            let (record, _) = read(&format!("\"type\":\"article\",\"title\":\"T\",{number}\"note\":\"{note}\""));
            let (json, lost) = written(&record, "csl-json");
            assert!(json.contains("\"number\": \"arXiv:2001.00001\"") && json.contains("\"2001.00001 [cs]\""), "{json}");
            assert!(lost.iter().all(|it| it == "added url"), "{lost:?}");
            assert!(written(&record, "bibtex").0.contains("primaryclass = {cs}"));
        }
    }
}

#[test]
fn notes_of_bib_files_are_one_note() {
    for (between, wanted) in [(": ", "note = {see also\n\nA remark.}"), ("= ", "note = {A remark.; see also}")] {
        let (record, _) = read(&format!("\"type\":\"book\",\"title\":\"T\",\"note\":\"tex.note{between}see also\\nA remark.\""));
        let (bib, lost) = written(&record, "biblatex");
        assert!(bib.contains(wanted), "{bib}");
        assert!(!lost.iter().any(|it| it.starts_with("lost")), "{lost:?}");
        assert_eq!(written(&record, "csl-json").1, Vec::<String>::new());
    }
    let (record, _) = read("\"type\":\"book\",\"title\":\"T\",\"note\":\"tex.howpublished: Web\"");
    assert!(written(&record, "csl-json").0.contains("tex.howpublished: Web"));
    assert!(written(&record, "biblatex").1.contains(&"moved bibtex:howpublished".to_owned()));
}

#[test]
fn a_volume_that_the_note_names_stands_in_its_set() {
    let (record, _) = read("\"type\":\"book\",\"title\":\"Whole\",\"note\":\"Volume Title: Part\"");
    assert_eq!((record.text(Field::Title), record.text(Field::SetTitle)), (Some("Part"), Some("Whole")));
}

#[test]
fn other_names_of_variables() {
    let (record, codes) = read(
        "\"title\":\"T\",\"container-title\":\"J\",\"volume\":1,\"number\":2,\"pages\":\"3-4\",\"series\":\"S\",\"keywords\":\"a; b\",\
         \"notes\":\"N\",\"copyright\":\"R\"",
    );
    assert_eq!((record.kind, shown(&record, Field::Issue)), (Kind::ArticleJournal, "2".to_owned()));
    assert_eq!((record.text(Field::SeriesTitle), record.all(Field::Keyword).count()), (Some("S"), 2));
    assert!(record.get(Field::Note).is_some() && record.get(Field::Rights).is_some() && record.extras.is_empty());
    assert_eq!(codes, ["type-missing"]);
    let (record, _) = read("\"type\":\"book\",\"title\":\"T\",\"container-title\":\"S\"");
    assert_eq!((record.text(Field::SeriesTitle), record.text(Field::ContainerTitle)), (Some("S"), None));
}

#[test]
fn paragraphs_break_lines() {
    for (raw, wanted) in [
        ("<h2>A</h2><p>b <i>c</i></p>", "A\nb c"),
        ("&lt;jats:p&gt;b &lt;jats:italic&gt;c&lt;/jats:italic&gt;&lt;/jats:p&gt;", "b c"),
    ] {
        let (record, _) = read(&format!("\"type\":\"book\",\"abstract\":\"{raw}\""));
        let Some(Value::Text(text)) = record.get(Field::Abstract) else { panic!("no abstract") };
        assert_eq!((text.as_str(), text.marks().len()), (wanted, 1));
    }
}

#[test]
fn one_number_or_place_twice_is_redundant() {
    let (record, _) = read(
        "\"type\":\"book\",\"title\":\"T\",\"ISBN\":\"3-16-148410-X 978-3-16-148410-0\",\"PMCID\":\"PMC123\",\"publisher\":\"P\",\
         \"event-place\":\"London; New York\",\"publisher-place\":\"London; New York\"",
    );
    let (bib, lost) = written(&record, "biblatex");
    assert!(bib.contains("isbn = {9783161484100}") && bib.contains("pmcid = {PMC123}") && !bib.contains("annotation"), "{bib}");
    assert_eq!(lost, ["left out redundant isbn", "left out redundant event.place"]);
    assert!(written(&record, "ris").1.contains(&"left out redundant event.place".to_owned()));
}
