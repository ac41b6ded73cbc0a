//! Tables through the whole pipeline.

#![allow(clippy::unwrap_used, reason = "a test")]

use super::cut::RowCutter;
use super::{CSV, TSV};
use crate::columns::ColumnChoice;
use crate::convert::{self, Input, Observer, Options};
use crate::cut::{Cutter, Window};
use crate::diagnostic::Diagnostic;
use crate::format::Format;
use crate::formats::by_name;
use crate::loss::Loss;
use crate::record::{Field, Item, Kind, Record, Value};
use std::fmt::Write as _;

#[derive(Default)]
struct Told {
    items: Vec<Item>,
    findings: Vec<Diagnostic>,
}

impl Observer for Told {
    fn finding(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
    fn loss(&mut self, _: Loss) {}
    fn item(&mut self, item: &Item) {
        self.items.push(item.clone());
    }
}

fn through(table: &str, options: &Options) -> (String, Vec<Record>, Vec<&'static str>) {
    let (mut out, mut told) = (Vec::new(), Told::default());
    convert::run(&[Input::bytes("table", table)], &mut out, options, &mut told).unwrap();
    let records = told.items.into_iter().filter_map(|item| match item {
        Item::Record(record) => Some(*record),
        _ => None,
    });
    let codes = told.findings.iter().map(|finding| finding.code.id).collect();
    (String::from_utf8(out).unwrap(), records.collect(), codes)
}

fn read(table: &str) -> (Vec<Record>, Vec<&'static str>) {
    let options = Options { from: Some(&CSV), threads: 1, ..Options::to(by_name("jsonl").unwrap()) };
    let (_, records, codes) = through(table, &options);
    (records, codes)
}

fn written(table: &str, to: &'static Format, change: impl FnOnce(&mut Options)) -> String {
    let mut options = Options { from: Some(&CSV), threads: 1, ..Options::to(to) };
    change(&mut options);
    through(table, &options).0
}

/// Where rows begin, whatever the sizes in which the bytes come.
fn rows(table: &str, step: usize) -> Vec<u64> {
    let mut cutter = RowCutter::default();
    let mut borders = Vec::new();
    let mut end = 0;
    while end < table.len() {
        end = (end + step).min(table.len());
        let window = Window { bytes: &table.as_bytes()[..end], start: 0, at_end: end == table.len() };
        cutter.advance(window, &mut borders);
    }
    borders
}

#[test]
fn rows_are_cut_at_the_same_places_whatever_arrives() {
    let table = "title,author,year\r\n\"a\nb, c\",x,1\r\n\r\n\"unclosed,y,2\nd,\"e, f\",3\n\"g \"\"h\"\"\",z,4\ni,j,5";
    let whole = rows(table, table.len());
    assert_eq!(whole.len(), 5);
    for step in 1..table.len() {
        assert_eq!(rows(table, step), whole, "step {step}");
    }
}

#[test]
fn a_quoted_cell_of_several_lines_is_never_given_up() {
    let table = "title,abstract\n\"A\",\"one, two\nthree, four\nfive, six\"\nB,c\n";
    assert_eq!(rows(table, table.len()).len(), 2);
}

#[test]
fn tables_joined_with_their_headers() {
    let (records, codes) = read("\u{feff}\"title\",year\nA,2001\n\n\u{feff}\"title\",year\ntitle,2002\n");
    assert_eq!((records.len(), codes), (2, vec![]));
}

#[test]
fn an_unclosed_quote_costs_its_row_alone() {
    let mut table = "title,author,year\n\"never closed,Doe,2020\n".to_owned();
    (0..500).for_each(|n| writeln!(table, "Title {n},\"Roe, Kim\",2021").unwrap());
    let (records, codes) = read(&table);
    assert_eq!((records.len(), codes), (501, vec!["csv-quote"]));
    assert_eq!(records[500].text(Field::Title), Some("Title 499"));
    // No mark at all behind it: the end of the input shows it.
    assert_eq!(read("title,author,year\n\"never closed,Doe,2020\nA,Roe,2021\nB,Poe,2022\n").0.len(), 3);
}

#[test]
fn order_and_unknown_columns_of_the_source_are_kept() {
    let table = "Title,Year,Mine,Authors,DOI\nOn Examples,2020,kept,\"Doe, Jane\",10.1000/1\n";
    let out = written(table, &CSV, |_| ());
    assert_eq!(out.lines().next(), Some("kind,title,issued,Mine,author,doi"));
    assert_eq!(written(&out, &CSV, |_| ()), out, "a second pass changes nothing");
    assert_eq!(written(&out, &TSV, |_| ()).lines().next(), Some("kind\ttitle\tissued\tMine\tauthor\tdoi"));
}

#[test]
fn chosen_columns_and_safe_cells() {
    let table = "title,author,doi,year\n=1+1,\"Doe, Jane\",10.1000/1,2020\n";
    let out = written(table, &CSV, |options| {
        options.write.columns = ColumnChoice::parse("doi,title").unwrap();
        options.write.safe = true;
    });
    assert_eq!(out, "doi,title\n10.1000/1,'=1+1\n");
    assert_eq!(read(&out).0[0].text(Field::Title), Some("=1+1"));
}

#[test]
fn zotero_layout_comes_back() {
    let table = "kind,title,author,container.title,issued,keyword,pmid,key\n\
        article-journal,On Examples,\"Doe, Jane; Roe, Kim\",Journal of Examples,2020-03,one; two,12345678,doe2020\n";
    let zotero = |options: &mut Options| options.write.columns = ColumnChoice::Zotero;
    let out = written(table, &CSV, zotero);
    assert!(out.starts_with("\u{feff}\"Key\",\"Item Type\",\"Publication Year\""), "{out}");
    let (before, after) = (read(table).0, read(&out).0);
    assert!(crate::record::same(&before[0], &after[0]), "{:?}", crate::verify::differences(&before[0], &after[0]));
}

#[test]
fn several_missing_values_of_r_in_a_row_are_none() {
    let (records, codes) = read(
        "Title,Authors,Year,Journal,Volume,DOI,Keywords\n\
         A,\"Doe, Jane\",2020,NA,NA,10.1000/1,NA\n\
         B,NA,2021,Journal of Examples,1,10.1000/2,\"NA\"\n\
         C,\"Doe, Jane\",2021,\"NA\",\"NA\",10.1000/3,x\n",
    );
    let has = |at: usize, field| records[at].get(field).is_some();
    assert!(!has(0, Field::ContainerTitle) && !has(0, Field::Volume) && !has(0, Field::Keyword));
    assert!(has(1, Field::Author) && has(1, Field::Keyword), "one alone may be a name, one in quotation marks is a word");
    assert_eq!(records[2].text(Field::ContainerTitle), Some("NA"));
    assert_eq!(codes, ["csv-not-available"]);
    for column in ["DOI", "ISSN", "Volume", "Issue", "Pages", "Year", "URL"] {
        let (records, codes) = read(&format!("Title,Authors,Journal,{column}\nA,\"Doe, Jane\",J,NA\n"));
        assert_eq!((records[0].slots.len(), records[0].extras.len(), codes), (3, 0, vec!["csv-not-available"]), "{column}");
    }
    let ours = "kind,title,container.title,keyword,doi\nbook,T,NA,NA,10.1000/1\n";
    assert_eq!(read(ours).1, [""; 0], "our own tables have no such word");
}

#[test]
fn what_is_of_no_format_here_comes_back() {
    let table = "s:/,kind,volume\nO,misc,\n";
    let (before, after) = (read(table).0, read(&written(table, &CSV, |options| options.write.carry = true)).0);
    assert_eq!((&*before[0].extras[0].family, &*before[0].extras[0].tag), ("s", "/"));
    assert!(crate::record::same(&before[0], &after[0]), "{:?}", crate::verify::differences(&before[0], &after[0]));
}

#[test]
fn columns_without_a_name_are_told_together() {
    for columns in [1, 2, 17] {
        let empty = ",".repeat(columns);
        let (records, codes) = read(&format!("Title,Shelf{empty},Year\nA,B{empty},2020\n"));
        assert_eq!(records[0].slots.len(), 2);
        assert_eq!(codes, ["field-unknown"; 2], "beside that of `Shelf`");
    }
}

#[test]
fn markup_of_web_pages_in_tables_of_databases() {
    let (records, _) = read(
        "Document Title,Authors,Publication Title,Publication Year,Abstract\n\
         \"CO<sub>2</sub> &amp;\r\n<i>E. coli</i>\",J. Doe; K. Roe,Signals &amp; Systems,2020,It&#8217;s\n",
    );
    let text = |field| records[0].text(field);
    assert_eq!(text(Field::Title), Some("CO2 & E. coli"));
    assert_eq!(text(Field::ContainerTitle), Some("Signals & Systems"));
    assert_eq!(text(Field::Abstract), Some("It’s"));
}

#[test]
fn markup_in_tables_of_zotero_is_read_and_written() {
    let table = "Key,Item Type,Author,Title,Publication Title,Abstract Note,Publisher,Notes\n\
                 A,journalArticle,\"M&uuml;ller, Jan; Roe, Kim\",\"<b>On</b> <i>E. coli</i> &amp; x<y\",Signals &amp; Systems,\
                 It&#8217;s,Doe &amp; Roe,<p>One.</p><p>Two.</p>\n";
    let (records, _) = read(table);
    let record = &records[0];
    assert_eq!(record.text(Field::Title), Some("On E. coli & x<y"));
    assert_eq!(record.text(Field::ContainerTitle), Some("Signals & Systems"));
    assert_eq!(record.text(Field::Abstract), Some("It’s"));
    assert_eq!(record.text(Field::Annotation), Some("One.\nTwo."));
    assert!(matches!(record.get(Field::Author), Some(Value::Names(names)) if names.list[0].family == "Müller"));
    assert!(matches!(record.get(Field::Publisher), Some(Value::Publisher(it)) if it.name.as_str() == "Doe & Roe"));
    let bibtex = written(table, by_name("bibtex").unwrap(), |_| {});
    assert!(bibtex.contains(r"title = {\textbf{On} \emph{{E}. coli} \& x<y}"), "{bibtex}");
    // Programs that keep tags in titles write them again.
    let zotero = written(table, &CSV, |options| options.write.columns = ColumnChoice::Zotero);
    assert!(zotero.contains("<b>On</b> <i>E. coli</i> & x<y"), "{zotero}");
}

#[test]
fn numbers_and_pages_as_databases_spell_them() {
    let table = "Document Title,Authors,Publication Title,Publication Year,Start Page,End Page,ISBNs,Author Keywords,IEEE Terms\n\
                 T,J. Doe,P,2020,45,+,\"Electronic:978-3-16-148410-0; USB:0-306-40615-2\",Robots; Hands,Robots\n";
    assert_eq!(read(table).1, [""; 0]);
    let ris = written(table, by_name("ris").unwrap(), |_| {});
    let lines = |tag: &str| ris.lines().filter_map(|line| line.strip_prefix(tag)).collect::<Vec<_>>();
    assert_eq!(lines("SP  - "), ["45+"]);
    assert_eq!(lines("SN  - "), ["9783161484100 (electronic)", "0306406152 (usb)"]);
    // Where the author's are not told from the index's, one of two is enough.
    assert_eq!(lines("KW  - "), ["Robots", "Hands"]);
}

#[test]
fn the_numbers_of_rows_are_no_unknown_column() {
    for name in ["", "Unnamed: 0"] {
        let (_, codes) = read(&format!("{name},Title,Authors,Year,DOI\n0,A,\"Doe, Jane\",2020,10.1000/1\n"));
        assert_eq!(codes, [""; 0], "{name}");
    }
}

#[test]
fn what_google_scholar_cuts_off_and_finds() {
    let (records, codes) = read(
        "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,FullTextURL\n\
         5,\"J Doe, K Roe…\",On Examples,2021,Sensors,example.org,https://example.org/1,,2,2024-11-03,HTML,https://example.org/1\n\
         5,J Doe,A Book,2021,,Example Press,https://example.org/2,,3,2024-11-03,BOOK,https://example.org/3\n",
    );
    let Some(Value::Names(names)) = records[0].get(Field::Author) else { panic!("no names") };
    assert!(names.others && names.list.len() == 2 && names.list[1].family == "Roe", "{names:?}");
    assert_eq!(records[0].kind, Kind::ArticleJournal, "a file is no kind");
    assert!(records[0].get(Field::Genre).is_none() && records[0].extras.iter().any(|it| &*it.value == "HTML"));
    assert_eq!((records[0].all(Field::Url).count(), records[1].all(Field::Url).count()), (1, 2));
    assert!(records[1].kind == Kind::Book && records[1].get(Field::Genre).is_none());
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn tables_of_springer_and_of_registers_of_patents() {
    let (records, codes) = read(
        "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Publication Year,URL,Content Type\n\
         On Examples,Examples,LNEX,,,10.1000/1,Jane DoeKim Roe,2020,https://example.org/1,Conference paper\n",
    );
    let Some(Value::Names(names)) = records[0].get(Field::Author) else { panic!("no names") };
    assert_eq!((names.list.len(), names.list[1].family.as_str()), (2, "Roe"));
    assert_eq!(records[0].kind, Kind::ConferencePaper);
    assert!(records[0].get(Field::SeriesTitle).is_some() && codes.is_empty(), "{codes:?}");

    let (records, codes) = read(
        "#,Jurisdiction,Kind,Publication Number,Lens ID,Title,Applicants,Inventors,URL,Type,NPL Citations\n\
         1,US,A1,US 1 A1,000-000,Example,DOE JANE A;;EXAMPLE CORP,DOE JANE A;;ROE KIM,https://lens.org/000-000,Granted Patent,\n",
    );
    let family = |field, at: usize| match records[0].get(field) {
        Some(Value::Names(names)) => format!("{}|{}", names.list[at].family, names.list[at].literal),
        _ => String::new(),
    };
    assert_eq!((family(Field::Author, 1).as_str(), family(Field::Holder, 1).as_str()), ("ROE|", "|EXAMPLE CORP"));
    assert!(records[0].kind == Kind::Patent && records[0].get(Field::Number).is_some() && codes.is_empty(), "{codes:?}");
}

#[test]
fn what_tables_have_twice_or_unparted() {
    let (records, codes) = read("Title,Authors,Journal,Start Page,End Page\nA,\"Doe, Jane\",Examples,e1002345,e1002345\n");
    assert!(records[0].get(Field::ArticleNumber).is_some() && records[0].get(Field::Pages).is_none() && codes.is_empty(), "{codes:?}");
    let (records, _) = read(
        "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes\n\
         1,A,2020,,,Examples,,,,,\"Doe, Jane\",https://example.org/exporthttp://example.org/?u=http://example.org/2,,,,,\n",
    );
    let urls: Vec<&str> = records[0].all(Field::Url).filter_map(|slot| match slot.value() {
        Value::Url(url) => Some(url.url.as_str()),
        _ => None,
    }).collect();
    assert_eq!(urls, ["https://example.org/export", "http://example.org/?u=http://example.org/2"]);
}

#[test]
fn codes_of_the_web_of_science_are_no_words() {
    let header = "Publication Type,Authors,Author Full Names,Article Title,Source Title,Document Type,Publication Date,Publication Year,Early Access Date,UT (Unique WOS ID)";
    let row = |kind: &str, sort: &str, date: &str| format!("{header}\n{kind},\"Doe, JA\",\"Doe, Jane A.\",T,S,{sort},{date},WOS:000000000000001\n");
    for (kind, sort, date, want, issued) in [
        ("J", "", "2019,2019,", ("article-journal", None), "2019"),
        ("B", "", "MAR,2019,", ("book", None), "2019-03"),
        ("J", "Article; Early Access", ",,JUL 2019", ("article-journal", Some("article")), "2019-07"),
        ("J", "Article; Proceedings Paper", "SEP-OCT,2019,", ("article-journal", Some("article")), "2019-09/2019-10"),
        ("B", "Article; Book Chapter", ",2019,", ("chapter", None), "2019"),
    ] {
        let (records, codes) = read(&row(kind, sort, date));
        let record = &records[0];
        assert_eq!((record.kind.name(), record.subtype.as_deref()), want, "{kind} {sort}");
        assert_eq!(record.text(Field::Genre), None, "{kind} {sort}");
        let found = record.get(Field::Issued).map(|value| match value {
            Value::Date(date) => date.to_string(),
            _ => String::new(),
        });
        assert_eq!(found.as_deref(), Some(issued), "{kind} {sort}");
        assert_eq!(codes, [""; 0]);
        // Names with initials beside those in full say nothing more.
        assert!(record.extras.iter().all(|extra| &*extra.tag != "Authors"), "{:?}", record.extras);
    }
}

/// The columns of a row of the Web of Science that are kept as they are.
fn kept_of_names(names: &str) -> Vec<String> {
    let (records, _) = read(&format!("Authors,Author Full Names,Article Title,Source Title,Publication Year\n{names},T,S,2020\n"));
    records[0].extras.iter().map(|extra| extra.tag.to_string()).collect()
}

#[test]
fn names_that_say_more_beside_those_in_full_are_kept() {
    let rows = |short: &str, ids: &str| {
        let table = format!("Authors,Author full names,Author(s) ID,Title,Source title,Year,EID\n{short},\"Doe, Jane (57194012345)\",{ids},T,S,2020,2-s2.0-1\n");
        read(&table).0[0].extras.iter().map(|extra| extra.tag.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(rows("Doe J.", "57194012345"), [""; 0]);
    assert!(kept_of_names("\"Doe, JR; Roe, KVD\",\"Doe, Jane R.; Roe, Kim V. de\"").is_empty());
    assert_eq!(rows("Doe J.", "57194012346"), ["Author(s) ID"]);
    assert_eq!(rows("Roe J.", "57194012345"), ["Authors"]);
}

#[test]
fn papers_of_the_older_tables_of_acm() {
    let header = "type,id,author,title,pages,article_no,num_pages,doi,journal,issue_date,volume,issue_no,year,issn,booktitle,acronym,isbn,conf_loc,publisher,publisher_loc";
    let (records, codes) = read(&format!(
        "{header}\narticle,1,Jane  Do&#233; and Kim Roe,T,82:1--82:6,82,6,10.1000/1,,,,,2017,,Proceedings of Examples,EX '17,9783161484100,Oslo,P,New York\n\
         technical report,2,Jane Doe,,,,,,,,,,2011,,On Reports,,,,P,New York\n"
    ));
    assert_eq!(codes, [""; 0]);
    assert_eq!(records[0].kind.name(), "conference-paper");
    assert!(matches!(records[0].get(Field::Author), Some(Value::Names(names)) if names.list[0].family == "Doé"));
    assert!(matches!(records[0].get(Field::Pages), Some(Value::Pages(pages)) if pages.to_string() == "1-6"));
    assert_eq!((records[1].kind.name(), records[1].text(Field::Title)), ("report", Some("On Reports")));
}

#[test]
fn fields_of_bibtex_in_columns() {
    let table = "ENTRYTYPE,ID,author,title,journal,year,number,url,type\n\
                 article,doe2020,\"Do{\\'e}, Jane and Roe, Kim\",On {DNA} and {\\ss},Signals \\& Systems,2020,3,https://a.example/a\\_b,Survey\n";
    let (records, codes) = read(table);
    assert_eq!(codes, [""; 0]);
    let bibtex = written(table, by_name("bibtex").unwrap(), |_| {});
    for line in ["@article{doe2020,", "author = {Doé, Jane and Roe, Kim}", "title = {On {DNA} and ß}", r"journal = {Signals \& Systems}", "url = {https://a.example/a_b}"] {
        assert!(bibtex.contains(line), "{line} not in {bibtex}");
    }
    assert_eq!(records[0].text(Field::Genre), Some("Survey"));
}

#[test]
fn days_of_conferences_and_of_issues() {
    let header = "Document Title,Authors,Publication Title,Publication Year,Issue Date,Author Affiliations,Document Identifier";
    let (records, _) = read(&format!(
        "{header}\nT,J. Doe,P,2015,13-16 Sept. 2015,&#x00D3;buda University,IEEE Conferences\nT,J. Doe,P,2019,1 Sept. 2019,,IEEE Journals\n"
    ));
    let date = |record: &Record, field| match record.get(field) {
        Some(Value::Date(date)) => date.to_string(),
        _ => String::new(),
    };
    assert_eq!(date(&records[0], Field::EventDate), "2015-09-13/2015-09-16");
    assert_eq!(date(&records[0], Field::Issued), "2015");
    assert_eq!(date(&records[1], Field::Issued), "2019-09-01");
    assert_eq!(records[0].text(Field::Affiliation), Some("Óbuda University"));
}

#[test]
fn a_table_of_which_no_column_is_known_is_an_error() {
    let (_, codes) = read("Doe2020,\"Doe, Jane 2020. On Examples\"\nRoe2021,\"Roe, Kim 2021. On More\"\n");
    assert_eq!(codes, ["csv-no-column"]);
}

#[test]
fn two_titles_in_one_cell() {
    let (records, _) = read("Authors,Title,Source title,Year,EID\nDoe J.,On Examples; [Sobre ejemplos],S,2020,2-s2.0-1\n");
    assert_eq!(records[0].text(Field::Title), Some("On Examples"));
    assert_eq!(records[0].text(Field::OriginalTitle), Some("Sobre ejemplos"));
}

#[test]
fn notes_of_reviewers_are_not_printed() {
    let (records, _) = read("Title,Authors,Published Year,Covidence #,Study,Notes\nT,\"Doe, J\",2021,#1,Doe 2021,Kim Roe: no outcome\n");
    assert_eq!(records[0].text(Field::Annotation), Some("Kim Roe: no outcome"));
}
