//! RIS through reading and writing: every field on every kind is written or reported, and real files come back.

#![allow(clippy::print_stderr, reason = "what a test shows when it is asked to, or says when it skips")]

mod examples;
mod spellings;

use super::*;
use crate::format::write_item;
use crate::loss::Loss;
use crate::mapping::lint;
use crate::read::ReadOptions;
use crate::record::{
    Date, Field, File, Id, Item, Key, Keyword, KeywordKind, Kind, Lang, MarkKind, Name, NameDetail, Names, Note,
    NoteKind, Number, Pages, Publisher, PublisherRole, Record, Relation, Slot, Text, Type, Url, UrlKind, Value,
};
use crate::verify;
use crate::write::{Losses, Profile, RisDialect, WriteOptions, Writing};

#[test]
fn the_tables_are_sound() {
    let wrong = lint::lint(&map::MAPPING);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_are_written_as_people_write_them() {
    let written = |pages: &str| {
        let mut record = Record::new(Kind::ArticleJournal);
        record.slots.push(Slot::new(Field::Pages, Value::Pages(Pages::parse(pages).unwrap())));
        let (text, losses) = write_with(&[Item::Record(Box::new(record))], false);
        assert!(losses.is_empty(), "{losses:?}");
        let tags = text.lines().filter(|line| line.starts_with("SP") || line.starts_with("EP"));
        tags.collect::<Vec<_>>().join("|")
    };
    assert_eq!(written("12--34"), "SP  - 12|EP  - 34");
    assert_eq!(written("12ff."), "SP  - 12+");
    assert_eq!(written("1--9, 12--"), "SP  - 1-9, 12+");
    assert_eq!(written("xi--"), "SP  - xi--");
    assert_eq!(written("3-14--3-22, 40"), "SP  - 3-14--3-22, 40");
}

/// The standard dialect for every record, and another for each in its turn.
struct Turn(usize);

impl Turn {
    fn next(&mut self) -> Vec<(&'static str, WriteOptions)> {
        let mut all = asked();
        self.0 += 1;
        let other = all.remove(2 + self.0 % (all.len() - 2));
        all.truncate(2);
        all.push(other);
        all
    }
}

/// What is asked of a writer, with a name: each dialect, with what does not fit carried and without.
fn asked() -> Vec<(&'static str, WriteOptions)> {
    let dialect = |ris| WriteOptions { ris, ..WriteOptions::default() };
    let zotero = WriteOptions { profile: Some(Profile::Zotero), ..WriteOptions::default() };
    let carrying = |options: WriteOptions| WriteOptions { carry: true, ..options };
    vec![
        ("standard", WriteOptions::default()),
        ("standard, carrying", carrying(WriteOptions::default())),
        ("for Zotero", zotero.clone()),
        ("for Zotero, carrying", carrying(zotero)),
        ("zotero", dialect(RisDialect::Zotero)),
        ("endnote", dialect(RisDialect::EndNote)),
        ("endnote, carrying", carrying(dialect(RisDialect::EndNote))),
        ("refworks", dialect(RisDialect::RefWorks)),
        ("refworks, carrying", carrying(dialect(RisDialect::RefWorks))),
    ]
}

fn write_with(items: &[Item], carry: bool) -> (String, Vec<Loss>) {
    write_for(items, &WriteOptions { carry, ..WriteOptions::default() })
}

fn write_for(items: &[Item], options: &WriteOptions) -> (String, Vec<Loss>) {
    let (mut out, mut sink) = (String::new(), Vec::new());
    let mut losses = Losses::new(true);
    for item in items {
        let mut writing = Writing { out: &mut out, options, sink: &mut sink, first: true };
        write_item(RIS.write.as_ref().unwrap(), item, &mut writing, &mut losses);
    }
    (out, losses.list)
}

fn read_text(text: &str) -> (Vec<Item>, Vec<String>) {
    let (items, findings) = verify::read_back(&RIS, text, &ReadOptions::default());
    (items, findings.iter().map(|it| format!("{}: {}", it.code.id, it.message)).collect())
}

fn records(items: Vec<Item>) -> Vec<Record> {
    items.into_iter().filter_map(|item| if let Item::Record(record) = item { Some(*record) } else { None }).collect()
}

/// Writes, reads back, compares with the loss report, writes again.
fn check(record: &Record, name: &str, options: &WriteOptions) -> Result<(), String> {
    let items = [Item::Record(Box::new(record.clone()))];
    let (text, losses) = write_for(&items, options);
    let (again, _) = read_text(&text);
    let [Item::Record(back)] = again.as_slice() else {
        return Err(format!("{} items read back from\n{text}", again.len()));
    };
    let wrong = verify::record(record, &losses.iter().collect::<Vec<_>>(), back);
    if !wrong.is_empty() {
        return Err(format!(
            "{} ({:?}), as {name}: {}\n{text}{losses:#?}",
            record.kind.name(),
            record.subtype,
            wrong.join("; ")
        ));
    }
    // What a dialect's kinds and tags are read as has other words and tags in it.
    let standard = options.ris_dialect() == RisDialect::Standard;
    let (second, _) = write_for(&again, options);
    if standard && second != text {
        return Err(format!("{} as {name}: not a fixpoint\n{text}\n{second}", record.kind.name()));
    }
    Ok(())
}

fn report(wrong: Vec<String>) {
    let count = wrong.len();
    // One of each sort.
    let mut seen = std::collections::BTreeSet::new();
    let first =
        |it: &String| it.lines().next().unwrap_or_default().split_once(" as ").map(|(_, what)| what.to_owned());
    let wrong = wrong.into_iter().filter(move |it| seen.insert(first(it))).collect::<Vec<_>>();
    let shown: Vec<String> = wrong.into_iter().take(12).collect();
    assert!(count == 0, "{count} wrong:\n{}", shown.join("\n----\n"));
}

fn names() -> Vec<Names> {
    let of = |given: &str, family: &str| Name::person(family, given);
    let detail = NameDetail { ids: vec![("orcid".into(), "0000-0002-1825-0097".into())], ..NameDetail::default() };
    vec![
        Names::of(vec![of("Jane", "Doe"), of("Kim A.", "Roe")]),
        Names::of(vec![
            Name { particle: "van".into(), ..of("Ludwig", "Beispiel") },
            Name { dropping_particle: "de".into(), ..of("Jean", "Fontaine") },
            Name { suffix: "Jr.".into(), ..of("Martin", "King") },
            Name { family: "Plato".into(), ..Name::default() },
        ]),
        Names { others: true, ..Names::of(vec![Name::literal("Example Organization")]) },
        Names { role: Some("inventor".into()), ..Names::of(vec![of("Ada", "Inventor")]) },
        Names { role: Some("advisor".into()), ..Names::of(vec![of("Ada", "Adviser")]) },
        Names { role: Some("reviewer".into()), ..Names::of(vec![of("Ada", "Reviewer")]) },
        Names { role: Some("counsel".into()), ..Names::of(vec![of("Ada", "Counsel")]) },
        Names::of(vec![Name { organization: true, ..Name::literal("Acme; Inc., and Sons") }, Name::literal("et al.")]),
        Names::of(vec![Name { detail: Some(Box::new(detail)), ..of("Jane", "Doe") }]),
        Names { unplaced: vec![of("Un", "Placed")], ..Names::default() },
    ]
}

fn dates() -> Vec<Date> {
    [
        "2008",
        "2008-03",
        "2008-03-15",
        "2008-21",
        "2008-31",
        "1990/2001",
        "2008-03-15/2008-03-18",
        "1988~/..",
        "199X",
        "-0043",
        "2008-03-15T12:30:00Z",
        "2008?",
        "Y17000",
        "2004-XX",
        "1850%",
    ]
    .iter()
    .map(|edtf| Date::from_edtf(edtf).unwrap_or_else(|| panic!("{edtf}")))
    .chain([
        Date::literal("in press"),
        Date::literal("Michaelmas term"),
        Date { literal: Some("the ides of March".into()), ..Date::year(2008) },
        Date { literal: Some("a Tuesday".into()), ..Date::from_edtf("2008-03-15").unwrap() },
    ])
    .collect()
}

fn texts() -> Vec<Text> {
    let mut marked = Text::plain("H2O and E. coli");
    marked.mark(1, 2, MarkKind::Subscript);
    marked.mark(8, 15, MarkKind::Italic);
    vec![
        Text::plain("On Examples"),
        Text::plain("First paragraph.\nER  - second\nTY  - JOUR"),
        Text::plain("One\nTwo"),
        marked,
        Text::plain("10.1000/182"),
        Text::plain("Preprint"),
        Text::plain("2016"),
        Text::plain("PhD thesis"),
        Text::plain("العنوان 🎉"),
        Text::plain("[bib] subtitle: no carried line"),
        Text::plain("\\[bib] subtitle: nor this"),
    ]
}

fn numbers() -> Vec<Number> {
    [
        "12",
        "xii",
        "3/4",
        "Suppl. 2",
        "978-3-16-148410-0",
        "1234-5679",
        "2016",
        "320",
        "viii, 320",
        "e1002345",
        "TR-7",
        "2020/05/01",
        "US1234567",
        "NIHMS77",
        "PMC12",
    ]
    .iter()
    .map(|raw| Number::new(raw))
    .collect()
}

/// Values of all sorts for a field.
fn values(field: Field) -> Vec<Value> {
    let id = |value: &str, scheme: &str, qualifier: Option<&str>| {
        Value::Id(Id { value: value.into(), scheme: scheme.into(), qualifier: qualifier.map(Into::into) })
    };
    match field.value_type() {
        Type::Text => texts().into_iter().map(Value::Text).collect(),
        Type::Names => names().into_iter().map(Value::Names).collect(),
        Type::Date => dates().into_iter().map(Value::Date).collect(),
        Type::Number => numbers().into_iter().map(Value::Number).collect(),
        Type::Pages => ["12-34", "7", "S12--S34", "1231-45", "10, 12--15", "12--", "xii-xv", "3-14--3-22", "A-12"]
            .iter()
            .map(|raw| Value::Pages(Pages::parse(raw).unwrap()))
            .collect(),
        Type::Keyword => vec![
            Value::Keyword(Keyword { text: "graph theory".into(), ..Keyword::default() }),
            Value::Keyword(Keyword { text: "a; b".into(), ..Keyword::default() }),
            Value::Keyword(Keyword {
                text: "R&amp;D, applied".into(),
                scheme: Some("mesh".into()),
                kind: KeywordKind::Subject,
                major: true,
            }),
        ],
        Type::Note => NoteKind::ALL
            .iter()
            .flat_map(|kind| texts().into_iter().map(|text| Value::Note(Note { kind: *kind, text })))
            .collect(),
        Type::Id => match field {
            Field::Doi => vec![
                id("10.1000/ab(1)_c", "", None),
                id("10.1101/2020.01.01.123456", "", None),
                id("not a doi", "", None),
            ],
            Field::Isbn => vec![
                id("9783161484100", "", None),
                id("9783161484100", "", Some("pbk")),
                id("978-3-16-148410-1", "", None),
                id("x", "", None),
            ],
            Field::Issn => {
                vec![id("1234-5679", "", None), id("1234-5679", "", Some("print")), id("1234-5678", "", None)]
            }
            Field::Pmid => vec![id("12345678", "", None)],
            Field::Pmcid => vec![id("PMC1234567", "", None)],
            Field::Eprint => vec![id("2401.00001v2", "arxiv", Some("cs.LG")), id("hal-123", "hal", None)],
            _ => vec![id("NIHMS123", "nihmsid", None), id("42", "oclc", None)],
        },
        Type::Url => UrlKind::ALL
            .iter()
            .flat_map(|kind| {
                [
                    "https://example.org/a",
                    "https://doi.org/10.1000/182",
                    "no address",
                    "https://arxiv.org/abs/2401.00001",
                ]
                .map(|url| (kind, url))
            })
            .map(|(kind, url)| Value::Url(Url { url: url.into(), kind: *kind, label: None }))
            .collect(),
        Type::Publisher => PublisherRole::ALL
            .iter()
            .map(|role| Value::Publisher(Publisher { name: Text::plain("Example Press"), role: *role }))
            .collect(),
        Type::Relation => vec![Value::Relation(Relation { kind: "crossref".into(), target: "other".into() })],
        Type::File => vec![
            Value::File(File { path: "papers/doe.pdf".into(), mime: Some("application/pdf".into()), label: None }),
            Value::File(File { path: "doe.html".into(), mime: Some("text/html".into()), label: Some("Text".into()) }),
            Value::File(File { path: "doe.bin".into(), mime: None, label: None }),
            Value::File(File { path: "https://example.org/doe.pdf".into(), mime: None, label: None }),
            Value::File(File { path: "x.png".into(), mime: Some("image/png".into()), label: None }),
        ],
        Type::Lang => ["en", "pt-BR", "mostly Latin", "eng; ger", "Klingon"]
            .iter()
            .map(|raw| Value::Lang(Lang::verbatim(raw)))
            .collect(),
        Type::Token => {
            ["forthcoming", "in-press", "two words", " spaced "].iter().map(|raw| Value::Token((*raw).into())).collect()
        }
    }
}

fn kinds() -> Vec<Record> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        all.push(Record::new(*kind));
        all.extend(kind.subtypes().iter().map(|sub| Record { subtype: Some((*sub).into()), ..Record::new(*kind) }));
    }
    all
}

#[test]
fn every_kind_and_subtype_is_exact() {
    let (mut wrong, mut turn) = (Vec::new(), Turn(0));
    for record in kinds() {
        for (name, options) in turn.next() {
            wrong.extend(check(&record, name, &options).err());
        }
    }
    report(wrong);
}

#[test]
fn every_field_of_every_kind_is_exact() {
    let (mut wrong, mut turn) = (Vec::new(), Turn(0));
    for kind in Kind::ALL {
        for field in Field::ALL {
            // All values where the type word has rows for the field; of others one is like the next.
            let written = map::MAPPING.rules.iter().any(|rule| rule.field == *field);
            for value in values(*field).into_iter().take(if written { usize::MAX } else { 1 }) {
                let mut record = Record::new(*kind);
                record.push(*field, value);
                for (name, options) in turn.next() {
                    wrong.extend(check(&record, name, &options).err());
                }
            }
        }
    }
    report(wrong);
}

/// A small generator: the tests must be the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn rich_records_are_exact() {
    let mut random = Random(42);
    let all: Vec<(Field, Vec<Value>)> = Field::ALL.iter().map(|field| (*field, values(*field))).collect();
    let (mut wrong, mut turn) = (Vec::new(), Turn(0));
    for bare in kinds() {
        for round in [1, 4, 8] {
            let mut record = bare.clone();
            if random.below(2) == 0 {
                record.key = Some(Key { text: "doe2020".into(), made: false, stated: None });
            }
            for (field, values) in &all {
                // From almost nothing to everything.
                if random.below(12) > round {
                    continue;
                }
                let times = if field.repeats() { 1 + random.below(3) } else { 1 };
                for _ in 0..times {
                    let value = values[random.below(values.len())].clone();
                    let group = u16::from(random.below(10) == 0);
                    if !value.is_empty() {
                        record.slots.push(Slot::new(*field, value).in_group(group));
                    }
                }
            }
            // Carrying a hundred fields that a dialect has elsewhere is slow, and is as it is for few.
            let fits = |(at, (_, options)): &(usize, (&str, WriteOptions))| *at < 2 || round == 1 || !options.carry;
            for (_, (name, options)) in turn.next().into_iter().enumerate().filter(fits) {
                wrong.extend(check(&record, name, &options).err());
            }
        }
    }
    report(wrong);
}

fn files(folder: &std::path::Path, all: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "ris") {
            all.push(path);
        }
    }
    all.sort();
}

/// The collection of real files beside the project, on machines that have it.
fn real_files() -> Vec<std::path::PathBuf> {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = if beside.is_dir() { beside } else { "/work/shared/corpus".into() };
    let mut all = Vec::new();
    for folder in ["ris", "pairs", "zotero"] {
        files(&corpus.join(folder), &mut all);
    }
    all
}

/// Files as good programs write them yield no finding that is an error, and all of their records.
/// Files joined without a line end between them have an end and a beginning in one line; other words behind an end stay.
#[test]
fn what_stands_behind_an_end_is_read() {
    let (items, _) = read_text("TY  - JOUR\nTI  - A\nER  - TY  - BOOK\nTI  - B\nER  - 7\nER  - \nER  - 8\n");
    let stray = |item: &Item| matches!(item, Item::Passage(passage) if passage.raw == "8");
    assert!(items.iter().any(stray), "{items:?}");
    let records = records(items);
    let kinds: Vec<Kind> = records.iter().map(|record| record.kind).collect();
    assert_eq!(kinds, [Kind::ArticleJournal, Kind::Book]);
    let extras: Vec<(&str, &str)> = records.iter().flat_map(|it| &it.extras).map(|it| (&*it.tag, &*it.value)).collect();
    assert_eq!(extras, [("ER", "7")]);
}

/// Other spellings of a tag go back as they came.
#[test]
fn spellings_stay() {
    let text = "TY  - JOUR\r\nA1  - Roe R.A.\r\nAB  - Words.\r\nJA  - J Ex\r\nVO  - 17\r\nER  - \r\n\r\n";
    let (items, _) = read_text(text);
    let (written, losses) = write_with(&items, false);
    assert!(losses.is_empty(), "{losses:?}");
    for line in ["A1  - Roe R.A.", "JA  - J Ex", "VO  - 17"] {
        assert!(written.contains(line), "{line} is not in {written}");
    }
}

#[test]
fn good_files_give_no_errors() {
    let real = real_files();
    if real.is_empty() {
        eprintln!("skipped: there is no collection of real files in ../shared/corpus");
        return;
    }
    let mut wrong = Vec::new();
    for path in real {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let (items, findings) = verify::read_back(&RIS, &text, &ReadOptions::default());
        let errors = findings.iter().filter(|it| it.severity == Severity::Error);
        wrong.extend(errors.map(|it| format!("{}: {}: {}", path.display(), it.code.id, it.message)));
        let begun = text.lines().filter(|line| line::begins_record(line.as_bytes())).count();
        let read = records(items).len();
        if read != begun {
            wrong.push(format!("{}: {read} records of {begun}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Our samples, and where they are there the real files: `RIS_SHOW=1` prints what was read and found.
#[test]
fn files_are_exact_and_come_back() {
    let mut all = Vec::new();
    files(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")), &mut all);
    all.extend(real_files());
    assert!(all.len() >= 6);
    let mut wrong = Vec::new();
    for path in all {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let (items, findings) = read_text(&text);
        if std::env::var_os("RIS_SHOW").is_some() {
            eprintln!("=== {}: {} items\n{}", path.display(), items.len(), findings.join("\n"));
        }
        let (first, _) = write_with(&items, false);
        let (again, _) = read_text(&first);
        let (second, _) = write_with(&again, false);
        if first != second {
            wrong.push(format!("{} as it is: no fixpoint\n{first}\n{second}", path.display()));
        }
        let (before, after) = (records(items), records(again));
        let differs = before.iter().zip(&after).find(|(a, b)| !verify::differences(a, b).is_empty());
        if before.len() != after.len() || differs.is_some() {
            wrong.push(format!(
                "{} as it is: RIS to RIS differs: {:?}",
                path.display(),
                differs.map(|(a, b)| verify::differences(a, b))
            ));
        }
        for record in before {
            let mut json = String::new();
            crate::record::canon::write_record(&mut json, &record, true);
            if std::env::var_os("RIS_SHOW").is_some() {
                eprintln!("{json}");
            }
            let mut unread = Vec::new();
            let value = serde_json::from_str(&json).unwrap();
            let back = crate::record::canon::read_record(value, crate::formats::family, &mut unread).unwrap();
            let item = |record: &Record| [Item::Record(Box::new(record.clone()))];
            if write_with(&item(&record), false).0 != write_with(&item(&back), false).0 {
                wrong.push(format!("{} as it is: through JSON it differs", path.display()));
            }
            for (name, options) in asked().into_iter().filter(|(_, options)| !options.carry) {
                wrong.extend(check(&record, name, &options).err());
            }
        }
    }
    report(wrong);
}
