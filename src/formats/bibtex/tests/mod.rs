//! What was written, and what the report says, is all there was: every field on every kind, in both dialects.

mod examples;

use super::{BIBLATEX, BIBTEX, Dialect, write};
use crate::loss::{Loss, LossKind};
use crate::mapping::Cells;
use crate::read::{ReadOptions, Reading};
use crate::record::{
    Date, Field, File, Id, Item, Key, Keyword, Kind, Lang, MarkKind, Name, Names, Note, NoteKind, Number, Pages, Passage, Publisher,
    PublisherRole, Record, Relation, SourceType, Text, Type, Url, UrlKind, Value,
};
use crate::source::Place;
use crate::verify;
use crate::write::{Losses, Outgoing, WriteOptions, Writing};

fn keyed(kind: Kind) -> Record {
    let mut record = Record::new(kind);
    record.key = Some(Key { text: "k1".into(), made: false, stated: None });
    record
}

/// Writes a record; the entry and the losses.
fn written(record: &Record, dialect: Dialect, options: &WriteOptions) -> (String, Vec<Loss>) {
    let mut losses = Losses::new(true);
    let mut text = String::new();
    let mut sink = Vec::new();
    let mut out = Outgoing::new(record, &mut losses);
    write::record(dialect, &mut out, &mut Writing { out: &mut text, options, sink: &mut sink, first: true });
    out.finish();
    (text, losses.list)
}

/// Reads an entry of ours: one field a line (values of several lines have no line that looks like one).
fn read(text: &str, dialect: Dialect) -> Record {
    let mapping = dialect.mapping();
    let options = ReadOptions::default();
    let mut reading = Reading::new("", &[], "bibtex", Place { input: 0, line: 1, column: 1 }, &options);
    let (head, body) = text.split_once(",\n").unwrap();
    let (word, key) = head.strip_prefix('@').unwrap().split_once('{').unwrap();
    let mut cells = Cells::new(mapping);
    cells.push(super::tags::KEY, super::tags::KEY.to_owned(), key.to_owned(), 0..0);
    for field in body.strip_suffix("}\n").unwrap().trim().split(",\n  ").filter(|it| !it.is_empty()) {
        let (name, value) = field.trim_end_matches(',').trim().split_once(" = ").unwrap();
        let raw: String =
            value.split(" # ").map(|it| it.strip_prefix('{').map_or(it, |it| it.strip_suffix('}').unwrap())).collect();
        cells.push(name, name.to_owned(), raw, 0..0);
    }
    mapping.read(Some(word), &mut cells, &mut reading, 0..0)
}

#[test]
fn files_as_programs_spell_them() {
    for (raw, path) in [
        (r":C$\backslash$:/Users/Doe/Mendeley/Doe{\_}Roe.pdf:pdf", "C:/Users/Doe/Mendeley/Doe_Roe.pdf"),
        (r":home/doe/tool\_integration.pdf:pdf", "home/doe/tool_integration.pdf"),
        (r"Draft:Papers\\_old\\a.pdf:PDF", r"Papers\_old\a.pdf"),
        (r"C\:\\Users\\Doe\\a.pdf", r"C:\Users\Doe\a.pdf"),
    ] {
        let record = read(&format!("@misc{{k,\n  file = {{{raw}}},\n}}\n"), Dialect::BibTex);
        let files: Vec<&str> = record.slots.iter().filter_map(|slot| match slot.value() {
            Value::File(file) => Some(file.path.as_str()),
            _ => None,
        }).collect();
        assert_eq!(files, [path], "{raw}");
    }
}

#[test]
fn what_has_no_end_is_a_comment_that_has_one() {
    for (raw, kept) in [
        ("@k{{", "@comment{@k{{\n}}}"),
        ("@k(a, b = \"} } {", "@comment{{{@k(a, b = \"} } {\n}}"),
        ("@Comment{a {b}", "@Comment{a {b}\n}"),
        ("@preamble{\"x", "@comment{@preamble{\"x\n}}"),
        ("@string{a = \"x\"", "@comment{@string{a = \"x\"\n}}\n@string{a = {x}}"),
        ("@string{a = {x {y,\n b = c # \"z\"}", "@comment{@string{a = {x {y,\n b = c # \"z\"}\n}}}\n@string{a = {x y}}\n@string{b = c # {z}}"),
        ("@string(a = {x})", "@string(a = {x})"),
        ("a @k{{", "a @k{{"),
    ] {
        let mut text = String::new();
        let passage = Passage { raw: raw.into(), ..Passage::new("bibtex", Place { input: 0, line: 1, column: 1 }) };
        let mut writing = Writing { out: &mut text, options: &WriteOptions::default(), sink: &mut Vec::new(), first: true };
        assert!(write::passage(&passage, &mut writing));
        assert_eq!(text, format!("{kept}\n"));
    }
}

#[test]
fn an_address_stands_once() {
    let mut record = keyed(Kind::ArticleJournal);
    let url = |kind, url: &str| Value::Url(Url { url: url.to_owned(), kind, label: None });
    for (kind, address) in [
        (UrlKind::FullText, "https://example.org/1"),
        (UrlKind::Landing, "https://example.org/1"),
        (UrlKind::Pdf, "https://example.org/2"),
    ] {
        record.push(Field::Url, url(kind, address));
    }
    let (text, losses) = written(&record, Dialect::BibTex, &WriteOptions::default());
    assert_eq!((text.matches("example.org/1").count(), text.matches("URL: https://example.org/2").count()), (1, 1));
    assert!(losses.iter().any(|loss| loss.kind == LossKind::Redundant), "{losses:?}");
}

#[test]
fn names_of_fields_that_people_write() {
    let text = |field: &str, dialect| read(&format!("@article{{k,\n  {field},\n}}\n"), dialect);
    for dialect in [Dialect::BibTex, Dialect::BibLatex] {
        for (wrong, right) in [
            ("authors = {Doe, Jane}", "author = {Doe, Jane}"),
            ("editors = {Doe, Jane}", "editor = {Doe, Jane}"),
            ("page = {3-4}", "pages = {3-4}"),
            ("page = {vi, 320 p.}", "pages = {vi, 320 p.}"),
            ("notes = {In Dutch}", "note = {In Dutch}"),
        ] {
            assert!(crate::record::same(&text(wrong, dialect), &text(right, dialect)), "{wrong}");
            // Beside the right one it is no more than it says.
            let both = text(&format!("{right},\n  {wrong}"), dialect);
            assert!(wrong.starts_with("notes") || both.extras.len() == 1, "{wrong}");
        }
        let linked = text("eprint = {https://example.org/doi/pdf/10.1000/1}", dialect);
        assert!(matches!(linked.get(Field::Url), Some(Value::Url(url)) if url.kind == UrlKind::FullText));
    }
}

#[test]
fn numbers_as_programs_part_them() {
    let entry = |field: &str, dialect| read(&format!("@book{{k,\n  {field},\n}}\n"), dialect);
    for dialect in [Dialect::BibTex, Dialect::BibLatex] {
        for (parted, plain) in [
            ("isbn = {978-3-16-148410-0 0-306-40615-2}", "isbn = {978-3-16-148410-0, 0-306-40615-2}"),
            ("isbn = {978-3-16-148410-0; 0-306-40615-2}", "isbn = {978-3-16-148410-0, 0-306-40615-2}"),
            ("issn = {1234-5679 (Electronic)\n0000-0019 (Linking)}", "issn = {1234-5679 (Electronic), 0000-0019 (Linking)}"),
            ("issn = {1234-5679 (electronic\n    version),\n 0000-0019\n    (print)}", "issn = {1234-5679 (electronic version), 0000-0019 (print)}"),
            ("ean = {9783161484100}", "isbn = {9783161484100}"),
        ] {
            let (parted, plain) = (entry(parted, dialect), entry(plain, dialect));
            assert!(crate::record::same(&parted, &plain) && parted.extras.is_empty(), "{parted:?}");
        }
        assert_eq!(entry("isbn = {not a number}", dialect).all(Field::Isbn).count(), 1);
        assert!(entry("ean = {4006381333931}", dialect).get(Field::Isbn).is_none(), "not every bar code is a book's");
    }
}

#[test]
fn who_stands_beside_the_authors() {
    for dialect in [Dialect::BibTex, Dialect::BibLatex] {
        let record = read("@article{k,\n  collaborator = {Doe, Jane},\n  collaboration = {EXAMPLE, Example-2},\n}\n", dialect);
        let names: Vec<_> = record.all(Field::Contributor).filter_map(|slot| match slot.value() {
            Value::Names(names) => Some((names.role.as_deref(), names.list.iter().map(|it| format!("{}{}", it.family, it.literal)).collect::<Vec<_>>())),
            _ => None,
        }).collect();
        let both = vec!["EXAMPLE".to_owned(), "Example-2".to_owned()];
        assert_eq!(names, [(None, vec!["Doe".to_owned()]), (Some("collaboration"), both)]);
    }
}

#[test]
fn what_a_web_page_shows_beside_an_entry_is_known() {
    let text = "@misc{k,\n  abbr = {EX},\n  selected = {true},\n  unheard_of = {1},\n}\n";
    for format in [&BIBTEX, &BIBLATEX] {
        let (items, findings) = verify::read_back(format, text, &ReadOptions::default());
        assert_eq!((items.len(), findings.len()), (1, 1), "{findings:?}");
    }
}

#[test]
fn pages_wrapped_by_an_editor() {
    let pages = |value: &str| read(&format!("@article{{k,\n  pages = {{{value}}},\n}}\n"), Dialect::BibTex);
    for (wrapped, whole) in [("12--\n    15", "12--15"), ("Art. no.\n    x1", "Art. no. x1"), ("S1--\r\n  S4", "S1--S4")] {
        assert!(crate::record::same(&pages(wrapped), &pages(whole)), "{wrapped}");
    }
}

#[test]
fn an_empty_field_does_not_stand_before_a_full_one() {
    let full = [("year", "2001"), ("month", "3"), ("title", "T"), ("volume", "4"), ("pages", "5--6"), ("author", "Doe, J")];
    let entry = |fields: String| read(&format!("@article{{k,\n{fields}}}\n"), Dialect::BibTex);
    let twice = full.iter().map(|(name, value)| format!("  {name} = {{}},\n  {name} = {{{value}}},\n")).collect();
    let once = full.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    let (twice, once) = (entry(twice), entry(once));
    assert!(crate::record::same(&twice, &once) && once.slots.len() == 5, "{twice:?}");
}

#[test]
fn macros_where_their_fields_move() {
    let macros = "@string{done = \"Accepted\"} @string{range = \"1--5\"} @string{ja = \"J. A.\"} ";
    for (entry, lines) in [
        ("@legislation{k, pages = {5}, note = done # x}", "  note = done # x # {; Pages 5},"),
        ("@legislation{k, pages = range}", "  note = {Pages 1--5},"),
        ("@article{k, shortjournal = ja}", "  journal = {J. A.},\n  shortjournal = ja,"),
        ("@misc{k, author = {family=van Doe, given=Jane} # none}", "  author = {family=van Doe, given=Jane} # none,"),
    ] {
        let (items, _) = verify::read_back(&BIBLATEX, &[macros, entry].concat(), &ReadOptions::default());
        let record = items.into_iter().find_map(|it| if let Item::Record(it) = it { Some(it) } else { None }).unwrap();
        let (text, _) = written(&record, Dialect::BibTex, &WriteOptions::default());
        assert!(text.contains(lines), "{entry}: {text}");
    }
}

#[test]
fn types_of_other_packages() {
    for (word, kind, subtype) in [
        ("bookinarticle", Kind::ArticleJournal, None),
        ("bookinincollection", Kind::Chapter, Some("book-in-book")),
        ("commented", Kind::Book, None),
        ("mathesis", Kind::Thesis, Some("masters")),
        ("jurthesis", Kind::Thesis, Some("phd")),
    ] {
        for dialect in [Dialect::BibTex, Dialect::BibLatex] {
            let record = read(&format!("@{word}{{k,\n  title = {{T}},\n}}\n"), dialect);
            assert_eq!((record.kind, record.subtype.as_deref()), (kind, subtype), "{word}");
            assert!(written(&record, dialect, &WriteOptions::default()).0.starts_with(&format!("@{word}{{")), "{word}");
        }
    }
}

/// Writes, reads, compares, writes again.
fn check(record: &Record, dialect: Dialect, options: &WriteOptions, wrong: &mut Vec<String>) {
    let (text, losses) = written(record, dialect, options);
    let again = read(&text, dialect);
    let losses: Vec<&Loss> = losses.iter().collect();
    wrong.extend(
        verify::record(record, &losses, &again)
            .into_iter()
            .map(|why| format!("{dialect:?} {}: {why}\n{text}", record.kind.name())),
    );
    let (second, _) = written(&again, dialect, options);
    if second != text {
        let differing = text.lines().zip(second.lines()).find(|(a, b)| a != b);
        wrong.push(format!("{dialect:?} {}: written again it differs: {differing:?}", record.kind.name()));
    }
    if biblatex::RawBibliography::parse(&text).map_or(0, |it| it.entries.len()) != 1 {
        wrong.push(format!("{dialect:?}: biblatex cannot parse\n{text}"));
    }
}

/// Values of every field, some of them awkward.
fn samples(field: Field) -> Vec<Value> {
    let text = |s: &str| Text::plain(s);
    let mut marked = Text::plain("Growth of E. coli & {x} 50%");
    marked.mark(10, 17, MarkKind::Italic);
    let names = |list: Vec<Name>| Value::Names(Names::of(list));
    match field.value_type() {
        Type::Text => vec![
            Value::Text(text("On DNA and 3D-PC: a_b")),
            Value::Text(marked),
            Value::Text(text("2")),
            Value::Text(text("Über \"x\" – ‘y’ ~ ^ \\ $ # -- `` ''")),
            Value::Text(text("Allen and Unwin")),
            Value::Text(text("e\u{301}")),
        ],
        Type::Names => vec![
            names(vec![Name::person("Doe", "Jane"), Name::person("Drummond de Andrade", "Carlos")]),
            names(vec![Name::literal("Acme & Sons"), Name { organization: true, ..Name::literal("others") }]),
            names(vec![Name { particle: "van".into(), suffix: "Jr.".into(), ..Name::person("Berg", "É.") }]),
            names(vec![Name { dropping_particle: "de la".into(), particle: "von".into(), ..Name::person("F", "J") }]),
            names(vec![
                Name::person("Sun, Li and Co", "Wei, X"),
                Name::person("Acme Corp", ""),
                Name::person("", "Jane"),
            ]),
            Value::Names(Names {
                others: true,
                role: Some("advisor".into()),
                ..Names::of(vec![Name::person("hooks", "bell")])
            }),
            names(vec![Name { particle: "d'".into(), ..Name::person("Alembert", "Jean") }]),
        ],
        Type::Date => [
            "1999",
            "2008-03-15",
            "1998/2000",
            "1850~",
            "-0043",
            "199X",
            "2008-21",
            "1988~/..",
            "2020-01-02T10:00:00Z",
            "1987%",
            "/1990",
        ]
        .iter()
        .map(|edtf| Value::Date(Date::from_edtf(edtf).unwrap()))
        .chain([Value::Date(Date::literal("in press")), Value::Date(Date::from_words("1987a"))])
        .collect(),
        Type::Pages => ["1-9", "10, 12-15", "S12-S34", "xii", "12--"]
            .iter()
            .map(|it| Value::Pages(Pages::parse(it).unwrap()))
            .collect(),
        Type::Number => {
            ["3", "Suppl. 2", "3/4", "xii", "Third", "a_b"].iter().map(|it| Value::Number(Number::new(it))).collect()
        }
        Type::Keyword => ["graph theory", "R, the language", "a; b"]
            .iter()
            .map(|it| Value::Keyword(Keyword { text: (*it).into(), ..Keyword::default() }))
            .collect(),
        Type::Note => {
            NoteKind::ALL.iter().map(|kind| Value::Note(Note { kind: *kind, text: text("A note_x") })).collect()
        }
        Type::Id => {
            let scheme = match field {
                Field::Eprint => "arxiv",
                Field::Identifier => "oclc",
                _ => "",
            };
            ["2401.00001v2", "10.1000/a_b", "9783161484100", "1234-5679", "12345", "PMC12345", "x{y"]
                .iter()
                .map(|it| Value::Id(Id { value: (*it).into(), scheme: scheme.into(), qualifier: None }))
                .collect()
        }
        Type::Url => [UrlKind::Landing, UrlKind::Pdf, UrlKind::DoiDerived]
            .iter()
            .map(|kind| Value::Url(Url { url: "https://example.org/a_b?c=%7e#d".into(), kind: *kind, label: None }))
            .collect(),
        Type::Publisher => PublisherRole::ALL
            .iter()
            .map(|role| Value::Publisher(Publisher { name: text("Allen and Unwin"), role: *role }))
            .collect(),
        Type::Relation => ["crossref", "related", "review-of", "cites"]
            .iter()
            .map(|kind| Value::Relation(Relation { kind: (*kind).into(), target: "doe2020".into() }))
            .collect(),
        Type::File => vec![
            Value::File(File { path: "C:\\a;b.pdf".into(), mime: Some("PDF".into()), label: None }),
            Value::File(File { path: "a.pdf".into(), ..File::default() }),
        ],
        Type::Lang => ["de", "en-US", "xx-klingon", "zh"].iter().map(|it| Value::Lang(Lang::verbatim(it))).collect(),
        Type::Token => ["page", "in-press", "a b", "ngerman"].iter().map(|it| Value::Token((*it).into())).collect(),
    }
}

fn report(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong, such as\n{}",
        wrong.len(),
        wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_field_is_written_or_reported() {
    let mut wrong = Vec::new();
    for dialect in [Dialect::BibTex, Dialect::BibLatex] {
        for kind in [Kind::ArticleJournal, Kind::Book, Kind::Chapter, Kind::ConferencePaper, Kind::Thesis, Kind::Misc] {
            for field in Field::ALL {
                for value in samples(*field) {
                    let mut record = keyed(kind);
                    record.push(*field, value);
                    check(&record, dialect, &WriteOptions::default(), &mut wrong);
                }
            }
        }
    }
    report(&wrong);
}

#[test]
fn full_records_of_every_kind_are_written_or_reported() {
    let mut wrong = Vec::new();
    for dialect in [Dialect::BibTex, Dialect::BibLatex] {
        for kind in Kind::ALL {
            for nth in 0..7 {
                {
                    let ascii = nth % 2 == 0;
                    let mut record = keyed(*kind);
                    record.subtype = kind.subtypes().get(nth).map(|it| (*it).into());
                    if nth == 6 {
                        record.source_type = Some(SourceType::new("bibtex", "inbook"));
                    }
                    for field in Field::ALL {
                        let values = samples(*field);
                        record.push(*field, values[nth % values.len()].clone());
                        if nth % 2 == 1 && field.repeats() {
                            record.push(*field, values[(nth + 1) % values.len()].clone());
                        }
                    }
                    check(&record, dialect, &WriteOptions { ascii, ..WriteOptions::default() }, &mut wrong);
                }
            }
        }
    }
    report(&wrong);
}

#[test]
fn formats_are_two_of_one_family() {
    assert_eq!((BIBTEX.family, BIBLATEX.family), ("bibtex", "bibtex"));
}

#[test]
fn names_of_the_tables_are_spelled_as_fields_are() {
    for tag in super::map::BIBTEX.tags.iter().chain(super::map::BIBLATEX.tags) {
        assert_eq!(super::read::field_name(tag.name), tag.name);
    }
}
