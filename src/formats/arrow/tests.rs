//! The page byte for byte, and what a careful reader notices.

use super::ARROW;
use super::map::MAPPING;
use crate::convert::{self, Input, Observer, Options};
use crate::diagnostic::Diagnostic;
use crate::loss::Loss;
use crate::mapping::lint::lint;
use crate::read::ReadOptions;
use crate::record::{Field, Item, Kind, Name, Passage, Record};
use crate::source::Place;
use crate::transform::repair::Level;
use crate::verify;

const PAGE: &str = include_str!("../../../samples/arrow/thomas-serre.txt");

#[derive(Default)]
struct Told(Vec<Diagnostic>, Vec<Loss>);

impl Observer for Told {
    fn finding(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }
    fn loss(&mut self, loss: Loss) {
        self.1.push(loss);
    }
}

fn through(page: &str, author: Option<&str>) -> (String, Told) {
    let options = Options {
        from: Some(&ARROW),
        repair: Some(Level::Off),
        author: author.map(str::to_owned),
        threads: 1,
        verify: true,
        list_losses: true,
        ..Options::to(&ARROW)
    };
    let (mut out, mut told) = (Vec::new(), Told::default());
    convert::run(&[Input::bytes("page.txt", page)], &mut out, &options, &mut told).unwrap();
    (String::from_utf8(out).unwrap(), told)
}

fn read(page: &str) -> (Vec<Record>, Vec<String>, Vec<Item>) {
    let (items, findings) = verify::read_back(&ARROW, page, &ReadOptions::default());
    let records = items.iter().filter_map(|item| if let Item::Record(it) = item { Some((**it).clone()) } else { None });
    let lines =
        findings.iter().map(|it| format!("{}:{}", it.code.id, it.span.as_ref().map_or(0, |span| span.place.line)));
    (records.collect(), lines.collect(), items)
}

#[test]
fn the_tables_are_complete_and_work_both_ways() {
    assert_eq!(lint(&MAPPING), [""; 0]);
}

#[test]
fn the_page_comes_back_byte_for_byte() {
    let crlf = PAGE.replace('\n', "\r\n");
    let longer = format!("{PAGE}\n\n\n");
    for page in [PAGE, &crlf, &longer] {
        let (out, told) = through(page, None);
        assert!(out == *page);
        assert!(told.1.is_empty(), "{:?}", told.1.first());
        assert!(told.0.iter().all(|it| it.code.id.starts_with("arrow-")), "{:?}", told.0);
    }
}

#[test]
fn the_page_as_a_careful_reader_sees_it() {
    let (records, findings, items) = read(PAGE);
    assert_eq!(records.len(), 32);
    assert_eq!(
        findings,
        ["arrow-maybe-cut:40", "arrow-maybe-cut:134", "arrow-author-missing:219", "arrow-count-differs:9"]
    );
    let Item::Head(head) = &items[0] else { panic!() };
    assert_eq!(
        head.entries.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(),
        ["author=Thomas Serre", "papers=34", "rows=2", "final-line-ends=0"]
    );
    let maco = records.iter().find(|it| it.text(Field::Title).unwrap().contains("MAgnitude")).unwrap();
    let names = maco.names(Field::Author).unwrap();
    assert!(names.others && names.list.len() == 8);
    assert_eq!(names.unplaced, [Name::person("Serre", "Thomas")]);
    assert_eq!(maco.text(Field::ContainerShort), Some("NeurIPS"));
    assert_eq!(maco.text(Field::ContainerTitle), Some("Advances in Neural Information Processing Systems"));
    assert_eq!(records[0].kind, Kind::ArticleJournal);
    assert_eq!(records[0].text(Field::ContainerTitle), Some("Transactions on Machine Learning Research"));
}

#[test]
fn an_authors_page_has_a_head_of_its_own() {
    let (out, told) = through(PAGE, Some("victor boutin"));
    assert!(told.0.iter().all(|it| it.code.id.starts_with("arrow-")), "{:?}", told.0);
    let head = "Arrow Research search\n\nAuthor name cluster\n\nVictor Boutin\n\nPossible papers associated with this exact author \
                name in Arrow. This page groups case-insensitive exact name matches and is not a full identity \
                disambiguation profile.\n\n7 papers\n1 author row\n\nPossible papers\n\n7\n\nNeurIPS Conference 2025 Conference";
    assert!(out.starts_with(head), "{}", &out[..500]);
    let (again, _) = through(&out, None);
    assert_eq!(again, out);
    // The page's author finds the paper from whose list he was cut.
    assert!(
        through(PAGE, Some("Thomas Serre"))
            .0
            .starts_with(&PAGE.replace("34", "32").replace("2 author rows", "1 author row")[..400])
    );
}

#[test]
fn a_page_without_its_head_and_pages_in_disorder() {
    let body = &PAGE[PAGE.find("TMLR Journal").unwrap()..];
    let (records, findings, _) = read(body);
    assert_eq!((records.len(), findings.len()), (32, 3), "{findings:?}");
    let (out, _) = through(body, None);
    assert!(out.ends_with(&format!("Possible papers\n\n32\n\n{body}\n")));
    let tight = PAGE.replace("\n\n", "\n");
    let loose = PAGE.replace('\n', "\n \n");
    let stars = PAGE.replace("  •", "\t*");
    for page in [tight, loose, stars] {
        let (other, _, _) = read(&page);
        assert_eq!(other.len(), 32);
        for (record, other) in read(PAGE).0.iter().zip(&other) {
            assert!(crate::record::same(record, other), "{record:?} {other:?}");
        }
    }
}

#[test]
fn damage_costs_one_paper() {
    let damaged = PAGE.replacen("ICML Conference 2024 Conference Paper", "ICML Conf. 2O24 Conference Paper", 1);
    let (records, findings, items) = read(&damaged);
    assert_eq!(records.len(), 31);
    assert!(findings.contains(&"arrow-header-damaged:109".to_owned()), "{findings:?}");
    let (whole, _, _) = read(PAGE);
    let kept = |it: &Record| it.text(Field::Title).is_none_or(|title| !title.starts_with("Saliency strikes back"));
    for (record, other) in whole.iter().filter(|it| kept(it)).zip(&records) {
        assert!(crate::record::same(record, other));
    }
    assert!(items.iter().any(|it| matches!(it, Item::Passage(passage) if passage.raw.starts_with("ICML Conf. 2O24"))));
    assert!(through(&damaged, None).0 == damaged);
    // Who writes one item after the other gets the same page, as if each were a block.
    let (options, mut out) = (Options::to(&ARROW), Vec::new());
    let mut writer = convert::Writer::new(&mut out, &options).unwrap();
    for item in items {
        writer.write(item).unwrap();
    }
    // Words before all papers stay there; behind one they would be read as more of it.
    let words = Passage { raw: "Only words.".to_owned(), ..Passage::new("arrow", Place::default()) };
    assert_eq!(writer.write(Item::Passage(words)).unwrap().len(), 1);
    writer.finish().unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), damaged);
}
