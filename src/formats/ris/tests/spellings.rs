//! RIS as databases and programs write it.

use super::*;

#[test]
fn each_of_several_addresses_is_one() {
    for (lines, want) in [
        ("UR  - https://a.example/1\nhttps://b.example/2", vec!["https://a.example/1", "https://b.example/2"]),
        ("UR  - https://a.example/1; http://b.example/2", vec!["https://a.example/1", "http://b.example/2"]),
        ("UR  - https://a.example/1 and https://b.example/2", vec!["https://a.example/1", "https://b.example/2"]),
        ("UR  - https://a.example/1 http://b.example/?u=http://c", vec!["https://a.example/1", "http://b.example/?u=http://c"]),
        ("UR  - https://a.example/a, b;c", vec!["https://a.example/a, b;c"]),
        ("UR  - https://a.example/long\nend", vec!["https://a.example/long end"]),
    ] {
        let (items, _) = read_text(&format!("TY  - JOUR\n{lines}\nER  - \n"));
        let record = records(items).remove(0);
        let found: Vec<&str> = record.all(Field::Url).map(|slot| match slot.value() {
            Value::Url(url) => &*url.url,
            _ => "",
        }).collect();
        assert_eq!(found, want, "{lines}");
    }
}

#[test]
fn a_tag_of_more_letters_is_no_part_of_the_address_before_it() {
    let lines = "UR  - https://a.example/1\nPMID  - 12345678\nDOI  - 10.1000/182\nSRC - A database\nAB  - Words\nAIMS  - more\n";
    let (items, findings) = read_text(&format!("TY  - JOUR\n{lines}ER  - \n"));
    let record = records(items).remove(0);
    let url = record.get(Field::Url).map(|value| match value {
        Value::Url(url) => &*url.url,
        _ => "",
    });
    assert_eq!(url, Some("https://a.example/1"));
    for field in [Field::Pmid, Field::Doi, Field::Note] {
        assert!(record.get(field).is_some(), "{field:?}");
    }
    assert_eq!(record.text(Field::Abstract), Some("Words\nAIMS - more"));
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn addresses_are_taken_apart_before_a_tag_of_more_letters() {
    let url = |lines: &str| {
        let (items, _) = read_text(&format!("TY  - JOUR\nUR  - https://a.example/1\n{lines}ER  - \n"));
        records(items).remove(0).all(Field::Url).count()
    };
    assert_eq!(url("and https://b.example/2\n"), url("and https://b.example/2\nPMID  - 12345678\n"));
}

#[test]
fn labels_of_addresses_and_names_that_were_cut_off() {
    let (items, findings) =
        read_text("TY  - JOUR\nAU  - Doe, J\nAU  - Roe, K…\nUR  - [PDF in a repository] https://a.example/1\nER  - \n");
    let record = records(items).remove(0);
    let Some(Value::Names(names)) = record.get(Field::Author) else { panic!("no names") };
    assert!(names.others && names.list.len() == 2 && names.list[1].given == "K", "{names:?}");
    let Some(Value::Url(url)) = record.get(Field::Url) else { panic!("no address") };
    assert_eq!((url.url.as_str(), url.label.as_deref()), ("https://a.example/1", Some("PDF in a repository")));
    assert!(findings.is_empty(), "{findings:?}");
    let mut record = Record::new(Kind::Book);
    let list = vec![Name::person("Roe", "K…"), Name::literal("Examples …")];
    record.push(Field::Author, Value::Names(Names { list, ..Names::default() }));
    let url = "[a] https://a.example/1".to_owned();
    record.push(Field::Url, Value::Url(Url { url, kind: UrlKind::Landing, label: None }));
    check(&record, "what would be read as such", &WriteOptions::default()).unwrap();
}

#[test]
fn when_a_database_was_asked_is_no_number_of_a_series() {
    let (items, _) = read_text("TY  - BOOK\nM1  - Query date: 2020-01-02\nER  - \n");
    let record = records(items).remove(0);
    assert!(record.get(Field::SeriesNumber).is_none() && record.get(Field::Annotation).is_some());
}

#[test]
fn words_of_databases_are_no_numbers() {
    for (value, want) in [
        ("3-4", Some("3-4")),
        ("Suppl. 2", Some("Suppl. 2")),
        ("vwt, 1307333", None),
        ("Copyright (C) 2016 Examples. All Rights Reserved.", None),
    ] {
        let (items, _) = read_text(&format!("TY  - JOUR\nM1  - {value}\nER  - \n"));
        let record = records(items).remove(0);
        let found = record.get(Field::Issue).map(|value| match value {
            Value::Number(number) => number.as_str(),
            _ => "",
        });
        assert_eq!(found, want, "{value}");
    }
}

#[test]
fn pubmed_central_says_its_numbers_in_its_own_way() {
    let (items, findings) = read_text("TY  - JOUR\nAN  - PMC3654245\nN1  - 23690738[pmid]\nER  - \n");
    let record = records(items).remove(0);
    let id = |field| record.get(field).map(|value| match value {
        Value::Id(id) => id.value.clone(),
        other => format!("{other:?}"),
    });
    assert_eq!((id(Field::Pmcid), id(Field::Pmid)), (Some("PMC3654245".to_owned()), Some("23690738".to_owned())));
    assert!(record.get(Field::Note).is_none() && findings.is_empty(), "{findings:?}");
}

#[test]
fn a_date_in_words_of_the_same_year_is_no_conflict() {
    let (items, findings) = read_text("TY  - JOUR\nPY  - 2018\nDA  - 2018//10/2018- -29\nER  - \n");
    let record = records(items).remove(0);
    assert!(record.get(Field::Issued).is_some() && findings.is_empty(), "{findings:?}");
}

#[test]
fn an_indented_line_goes_on_with_the_sentence() {
    let line = "N2  - Of these a full three quarters live in the most densely settled";
    let (items, _) = read_text(&format!("TY  - JOUR\n{line}\n         regions.\nER  - \n"));
    let record = records(items).remove(0);
    let found = record.get(Field::Abstract).map(|value| match value {
        Value::Text(text) => text.as_str().ends_with("settled regions."),
        _ => false,
    });
    assert_eq!(found, Some(true));
}

#[test]
fn a_type_may_be_named_in_words() {
    for (words, kind) in [
        ("Journal Article", Kind::ArticleJournal),
        ("journal-article", Kind::ArticleJournal),
        ("bookSection", Kind::Chapter),
        ("Thesis", Kind::Thesis),
        ("Thesis/Dissertation", Kind::Thesis),
        ("Newspaper", Kind::ArticleNewspaper),
        ("Something else", Kind::Misc),
    ] {
        let (items, findings) = read_text(&format!("TY  - {words}\nAU  - Doe, J.\nTI  - On examples\nER  - \n"));
        let record = records(items).remove(0);
        assert_eq!(record.kind, kind, "{words}");
        let message = format!("type-unknown: unknown type word `{words}`; the record was read as {}", kind.name());
        assert_eq!(findings, [message]);
    }
}

#[test]
fn a_line_that_ends_in_white_space_goes_on() {
    let read = |tag: &str, lines: &str| {
        let (items, _) = read_text(&format!("TY  - JOUR\n{tag}  - {lines}\nER  - \n"));
        records(items).remove(0).slots[0].value().excerpt(200)
    };
    let broken = "A serum was given to forty examples, of which all but a few did as \nthe others.";
    let whole = "A serum was given to forty examples, of which all but a few did as the others.";
    assert_eq!(read("N1", broken), whole);
    assert_eq!(read("AB", broken), whole);
    let slot = |lines: &str| {
        let (items, _) = read_text(&format!("TY  - JOUR\nN1  - {lines}\nER  - \n"));
        match records(items).remove(0).slots[0].value() {
            Value::Note(note) => note.text.as_str().to_owned(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(slot("First \nsecond"), "First\nsecond");
    assert_eq!(slot(&broken.replace(" \n", "\n")), broken.replace(" \n", "\n"));
}
