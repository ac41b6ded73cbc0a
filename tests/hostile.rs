//! No input may panic, hang, overflow the stack or grow without bound.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test")]

mod common;

use bibferry::convert::{self, Input, Observer, Options};
use bibferry::loss::Loss;
use bibferry::{Diagnostic, Severity, formats};
use common::{options, relative, run, samples};
use std::time::{Duration, Instant};

/// Far more than any of these needs, even on a loaded machine; quadratic growth takes minutes.
const PATIENCE: Duration = Duration::from_mins(1);

fn survives(what: &str, name: &str, bytes: &[u8]) {
    for turn in 0..formats::ALL.len() {
        survives_in_turn(what, name, bytes, turn);
    }
}

/// Survives the way into one of the formats: many inputs of one sort take turns.
fn survives_in_turn(what: &str, name: &str, bytes: &[u8], turn: usize) {
    let begun = Instant::now();
    let writers: Vec<_> = formats::ALL.iter().copied().filter(|format| format.write.is_some()).collect();
    let format = writers[turn % writers.len()];
    run(name, bytes, &options(Some(format)));
    assert!(begun.elapsed() < PATIENCE, "{what} took {:?} into {}", begun.elapsed(), format.id);
}

/// Survives as input of every reader, whatever it looks like.
fn survives_everywhere(what: &str, bytes: &[u8]) {
    let jsonl = formats::by_name("jsonl").unwrap();
    for format in formats::ALL.iter().copied().filter(|format| format.read.is_some()) {
        let begun = Instant::now();
        let options = Options {
            from: Some(format),
            repair: Some(bibferry::transform::repair::Level::All),
            ..options(Some(jsonl))
        };
        run("hostile", bytes, &options);
        assert!(begun.elapsed() < PATIENCE, "{what} took {:?} in {}", begun.elapsed(), format.id);
    }
}

#[test]
fn truncation_anywhere() {
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        let stride = (bytes.len() / 150).max(1);
        for (turn, end) in (0..bytes.len()).step_by(stride).enumerate() {
            survives_in_turn(&format!("{} cut at {end}", relative(&path)), &relative(&path), &bytes[..end], turn);
        }
    }
}

#[test]
fn bytes_flipped() {
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        // A fixed sequence of places: the test is the same on every machine.
        let mut state = 0x2545_F491_4F6C_DD1Du64;
        for round in 0..40u8 {
            let mut damaged = bytes.clone();
            for _ in 0..4 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state % bytes.len() as u64).unwrap();
                damaged[at] ^= 1 << (round % 8);
                if round % 5 == 0 {
                    damaged[at] = 0;
                }
            }
            let what = format!("{} flipped, round {round}", relative(&path));
            survives_in_turn(&what, &relative(&path), &damaged, usize::from(round));
        }
    }
}

#[test]
fn long_lines_and_deep_nesting() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + "x" + &close.repeat(100_000);
    survives_everywhere("a line of 10 MB", &vec![b'a'; 10 << 20]);
    survives_everywhere("10 MB of line breaks", &vec![b'\n'; 10 << 20]);
    survives_everywhere("NULs", &vec![0; 1 << 20]);
    survives_everywhere("not UTF-8", &vec![0xff; 1 << 20]);
    survives_everywhere("deep braces", deep("{", "}").as_bytes());
    survives_everywhere("deep brackets", deep("[", "]").as_bytes());
    survives_everywhere("deep members", deep("{\"kind\":", "}").as_bytes());
    for value in [
        deep("{", "}"),
        deep("$", "$"),
        deep("\\textit{", "}"),
        deep("\\'", ""),
        deep("- ", ""),
        deep("https: //", ". "),
    ] {
        let ris = format!(
            "TY  - JOUR\r\nTI  - {value}\r\nAU  - {value}\r\nAB  - {value}\r\nDA  - {value}\r\nSP  - {value}\r\nER  - \r\n"
        );
        survives_everywhere("deep values", ris.as_bytes());
        let json = serde_json::json!({"kind": "book", "fields": {"title": value, "abstract": [value], "author": [{"family": value}]}});
        survives("deep values", "a.jsonl", json.to_string().as_bytes());
    }
}

/// What one record has very many of, understood or not, in turns and of two fields in one tag, takes no square of it.
#[test]
fn a_record_of_very_many_fields() {
    let record = |line: &dyn Fn(usize) -> String| {
        format!("TY  - JOUR\nTI  - T\n{}ER  - \n", (0..20_000).map(line).collect::<String>())
    };
    let notes =
        |n: usize| if n.is_multiple_of(2) { format!("N1  - note {n}\n") } else { format!("N1  - doi: 10.1000/{n}\n") };
    let unknown = |n: usize| format!("X{}  - {n}\n", n % 10);
    let turns = |n: usize| match n % 4 {
        0 => format!("UR  - https://example.org/{n}\n"),
        1 => format!("KW  - word {n}\n"),
        2 => format!("AU  - Roe, {n}\n"),
        _ => notes(n / 4),
    };
    for (what, input) in [("notes", record(&notes)), ("unknown", record(&unknown)), ("turns", record(&turns))] {
        for to in ["ris", "jsonl"] {
            let begun = Instant::now();
            run("a.ris", input.as_bytes(), &options(Some(formats::by_name(to).unwrap())));
            assert!(begun.elapsed() < PATIENCE, "{what} took {:?} into {to}", begun.elapsed());
        }
    }
}

/// The same of every format that holds one: on one line, under one name, under as many names, in one value.
#[test]
fn a_record_of_very_many_of_anything() {
    let list =
        |between: &str, item: &dyn Fn(usize) -> String| (0..90_000).map(item).collect::<Vec<String>>().join(between);
    let bib = |fields: String| ("a.bib", format!("@book{{a, {fields}}}"));
    let members = list(",", &|n| format!("\"m{n}\": {n}"));
    let columns = (list(",", &|n| format!("c{n}")), list(",", &|n| n.to_string()));
    for (what, into, (name, input)) in [
        ("titles", ["bibtex", "csl-json"], bib(list(",", &|n| format!("title = {{T{n}}}")))),
        ("names of fields", ["bibtex", "jsonl"], bib(list(",", &|n| format!("f{n} = {{T}}")))),
        ("keywords", ["bibtex", "csv"], bib(format!("keywords = {{{}}}", list(", ", &|n| format!("word {n}"))))),
        ("authors", ["arrow", "ris"], bib(format!("author = {{{}}}", list(" and ", &|n| format!("Roe{n}, Jane"))))),
        (
            "addresses",
            ["ris", "bibtex"],
            bib(format!("url = {{{}}}", list(" ", &|n| format!("https://example.org/{n}")))),
        ),
        ("DOIs", ["ris", "bibtex"], ("a.csv", format!("Title,URL\nT,{}\n", list(" ", &|n| format!("10.1000/{n}"))))),
        (
            "resolvers",
            ["ris", "bibtex"],
            ("a.csv", format!("Title,URL\nT,{}\n", list(" ", &|n| format!("https://doi.org/10.1000/{n}")))),
        ),
        ("words for a type", ["ris", "csv"], ("a.csv", format!("Title,Type\nT,{}\n", list(";", &|_| String::new())))),
        ("doubled macro", ["csl-json", "bibtex"], ("a.bib", list("\n", &|_| "@string{a = a # a}".to_owned()))),
        ("macros", ["csl-json", "bibtex"], ("a.bib", list("\n", &|n| format!("@string{{s{n} = {{T{n}}}}}")))),
        ("one key", ["csl-json", "bibtex"], ("a.bib", list("\n", &|n| format!("@misc{{k, title = {{T{n}}}}}")))),
        ("members", ["csl-json", "jsonl"], ("a.json", format!("[{{\"id\": \"a\", \"type\": \"book\", {members}}}]"))),
        ("keys", ["csl-yaml", "csv"], ("a.yaml", format!("- id: a\n{}\n", list("\n", &|n| format!("  m{n}: v"))))),
        ("columns", ["csv", "csl-json"], ("a.csv", format!("Title,{}\nT,{}\n", columns.0, columns.1))),
    ] {
        for into in into {
            let begun = Instant::now();
            run(name, input.as_bytes(), &options(Some(formats::by_name(into).unwrap())));
            assert!(begun.elapsed() < PATIENCE, "{what} took {:?} into {into}", begun.elapsed());
        }
    }
}

/// What a few letters ask for very often, and what begins with very many keys.
#[test]
fn few_letters_that_ask_for_much() {
    let much = "word ".repeat(10_000);
    let many = |entry: &str| entry.repeat(300);
    let csl = formats::by_name("csl-json").unwrap();
    for (what, input, records) in [
        ("macros", format!("@string{{m = {{{much}}}}}{}", many("@book{k, title = m}")), 300),
        ("a macro in every field", format!("@string{{m = {{{much}}}}}@book{{k, {}}}", many("note = m, ")), 1),
        ("doubled macros", (0..99).map(|n| format!("@string{{m{} = m{n} # m{n} # {{x}}}}", n + 1)).collect(), 0),
        ("parents", format!("{}@book{{p, abstract = {{{much}}}}}", many("@inbook{k, crossref = {p}}")), 301),
        ("keys", format!("@book{{k, title = {{xdata={}}}}}@xdata{{a, title = {{T}}}}", "a-".repeat(200_000)), 1),
        (
            "names",
            format!("@book{{k, author = {{{}}}}}", many("xdata=a and ")) + "@xdata{a, author = {A and B and C}}",
            1,
        ),
        (
            "unknown fields of both",
            format!(
                "@inbook{{k, {}crossref = {{p}}}}@book{{p, {}}}",
                (0..40_000).map(|n| format!("a{n} = {{v}},")).collect::<String>(),
                (0..40_000).map(|n| format!("b{n} = {{v}},")).collect::<String>()
            ),
            2,
        ),
    ] {
        let begun = Instant::now();
        let (_, _, outcome) = run("a.bib", input.as_bytes(), &options(Some(csl)));
        assert_eq!(outcome.records, records, "{what}");
        assert!(begun.elapsed() < PATIENCE, "{what} took {:?}", begun.elapsed());
    }
}

/// One record over the limit is one passage and one error at its place; its neighbours come through.
#[test]
fn a_record_over_the_limit_costs_only_itself() {
    let jsonl = formats::by_name("jsonl").unwrap();
    let mut input = String::new();
    for n in 0..1000 {
        let filler = "long ".repeat(if n == 600 { 5000 } else { 1 });
        input += &format!("{{\"kind\":\"book\",\"key\":\"k{n}\",\"fields\":{{\"title\":\"{filler}{n}\"}}}}\n");
    }
    for (threads, block_size) in [(1, 64), (3, 4096), (1, 1 << 20)] {
        let mut options = Options { threads, block_size, ..options(Some(jsonl)) };
        options.read.max_record = 10_000;
        let (out, told, outcome) = run("a.jsonl", input.as_bytes(), &options);
        assert_eq!((outcome.records, outcome.errors), (999, 1));
        let span = told.findings[0].span.clone().unwrap();
        assert_eq!((told.findings[0].code.id, told.findings[0].severity), ("record-too-long", Severity::Error));
        assert_eq!((span.place.line, span.place.column), (601, 1));
        let raw: String = String::from_utf8(out)
            .unwrap()
            .lines()
            .filter_map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["passage"].as_str().map(str::to_owned)
            })
            .collect();
        assert_eq!(raw.trim_end(), input.lines().nth(600).unwrap());
    }
}

/// A list of more parts than a record may have fields is kept as it is: the record comes through, and other lists of it.
#[test]
fn a_list_over_the_limit_costs_only_itself() {
    let list = |between: &str, item: &str| vec![item; 200].join(between);
    let bib =
        |tag: &str, list: String| format!("@book{{k, title = {{T}}, editor = {{Roe, Jane}}, {tag} = {{{list}}}}}");
    let person = r#"{"family": "Doe", "given": "J"}"#;
    for (name, tag, input) in [
        ("a.bib", "author", bib("author", list(" and ", "Doe, J"))),
        ("a.bib", "keywords", bib("keywords", list(", ", "word"))),
        (
            "a.json",
            "author",
            format!(r#"[{{"id": "k", "type": "book", "title": "T", "author": [{}]}}]"#, list(",", person)),
        ),
        ("a.yaml", "keyword", format!("- id: k\n  type: book\n  title: T\n  keyword: {}\n", list(", ", "word"))),
        ("a.csv", "Authors", format!("Title,Authors,Year\nT,\"{}\",2001\n", list("; ", "Doe, J"))),
        ("a.ris", "KW", format!("TY  - BOOK\nTI  - T\nKW  - {}\nER  - \n", list(";", "word"))),
    ] {
        let jsonl = formats::by_name("jsonl").unwrap();
        let mut options = options(Some(jsonl));
        options.read.max_fields = 100;
        let (_, told, outcome) = run(name, input.as_bytes(), &options);
        assert_eq!((outcome.records, outcome.errors), (1, 1), "{name} {tag}");
        let error = told.findings.iter().find(|it| it.severity == Severity::Error).unwrap();
        assert_eq!(error.code.id, "record-too-wide");
        let record = &common::records(&told.items)[0];
        assert_eq!(record.text(bibferry::record::Field::Title), Some("T"), "{name} {tag}");
        let kept: Vec<&str> = record.extras.iter().map(|extra| &*extra.tag).collect();
        assert_eq!(kept, [tag], "{name}");
        // Within the limit it is a list.
        options.read.max_fields = 1000;
        let (_, told, outcome) = run(name, input.as_bytes(), &options);
        assert_eq!((outcome.errors, common::records(&told.items)[0].extras.len()), (0, 0), "{name} {tag}");
    }
}

/// Stops at what `--verify` finds.
struct Strict(String);

impl Observer for Strict {
    fn finding(&mut self, finding: Diagnostic) {
        assert!(!finding.code.id.starts_with("verify"), "{}: {}", self.0, finding.message);
    }
    fn loss(&mut self, _: Loss) {}
}

/// What the targets in `fuzz/` found once, as small as it goes: by reader, the input.
const FOUND: &[(&str, &[u8])] = &[
    // Broken lines in a keyword; a field beside an empty one that names its role; an address that is a DOI, twice.
    ("biblatex", b"@k{a, keyword={s\\\\\\\\3}, title={T}}"),
    ("bibtex", b"@b{k, editor={{9},}, editortype={}} @c{l, url={https://doi.org/10.1000/1}, url={https://doi.org/10.1000/2}}"),
    // Braces around parts of lists of numbers; a value from a field of another type; a macro in the place of a list's word.
    ("biblatex", b"@s{k, isbn={a}, isbn=8, isbn={{,\",\"},}, issn={{1234-5679}, b}}"),
    ("biblatex", b"@k{a, copyright={xdata=p-publisher}} @d{p, publisher={P}}"),
    ("bibtex", b"@h{k, institution=and, author={family=van Doe, given=J}, month=\"\xc3\xa9\" # jan, year=2001, publisher=v # { and}}"),
    ("biblatex", b"@legislation{k, page=n, note=y # {}} @misc{l, howpublished=v # {http://}}"),
    // A definition that breaks off before its value; numbers with braces and commas in what they are for.
    ("bibtex", b"@string{oct@k{Year={8}Month\"oct}"),
    ("biblatex", b"@k{a, isbn={0306406152 (a,\n b), {6},={},.}, issn={={\\&L}}, issn=x}"),
    ("biblatex", b"@c{k, isbn={(}, isbn-13={)}, issn={(}, issn=x}"),
    // Words with an end.
    ("csl-yaml", b"references:\n- id: a\n  event-date:\n  - year: soon\n  -\n  issued:\n  - year: soon\n  - year: 2001\n"),
    // Several addresses and files in one field, in another format's way.
    ("ris", b"TY  - JOUR\nUR  - http://a.b, http://c.d\nhttp://e.f\nL1  - x:// y://z\nL2  - a; b://c\nER  - "),
    ("biblatex", b"@a{k, url={http://a.b;http://c.d}, file={x://a y://b:x://a;y://b:application/pdf}}"),
    ("csl-json", b"[{\"id\":\"a\",\"URL\":\"http://a.b, http://c.d\",\"note\":\"12345678[pmid]\"}]"),
    // What one format's programs leave of another's: entities, BibTeX's words, R's missing values, tags of more letters.
    ("biblatex", b"@a{k, title={A \\&amp; &lt;i&gt; \\&\\#8217;}, keywords={R\\&amp;D; x}, note={{PMID:} 12345678}}"),
    ("csl-json", b"[{\"id\":\"a\",\"type\":\"article\",\"journal\":\"J &amp;amp; &#8217;\",\"year\":2019,\"month\":\"x\",\"date\":\"2019\",\"number\":1,\"pages\":\"1--2\"}]"),
    ("csv", b"title,authors,year,doi,journal\nA,NA,2020,NA,NA\nB,NA,2020,10.1/a,\"NA\"\n"),
    ("ris", b"TY  - BOOK\nM1  - Query date: 2020\nUR  - http://a.b\nPMID  - 1\nDOI  - 10.1/a\nER  - "),
    // The same field twice, parted as the other dialect does not.
    ("bibtex", b"@book{k, title={T}, keywords={a; b}, keywords={a; b}}"),
    // A title that ends as one does before its subtitle.
    ("biblatex", b"@book{k, title={A:}, subtitle={B}, booktitle={C: }, booksubtitle={D}}"),
    // White space at the end that ASCII has not.
    ("bibtex", b"@a{k, abstract={A\xe2\x80\x83}, note={B\xe2\x80\x83\n\n\xe2\x80\x83C}}"),
    // Names that other formats would take for several.
    ("csl-json", b"[{\"id\":\"a\",\"author\":[{\"family\":\"A\",\"given\":\"B. and C, D.\"},{\"literal\":\"A, B and C, D\"}]}]"),
    ("biblatex", b"@a{k, author={A, B; and C, D;}}"),
    // A date in words beside a year, and numbers in the words of databases.
    ("ris", b"TY  - JOUR\nPY  - 2018\nDA  - 2018//10/2018- -29\nM1  - abc, 1234567\nAN  - PMC123456\nU1  - 12345678[pmid]\nSN  - 0-521-46674-1\\0-521-46128-6\nER  - "),
    // Names of fields beyond ASCII, and with what BibTeX does not take in them.
    ("bibtex", b"@a{k, \xc3\xa2 = {2}, b%c = {5}, d~f = {4}}"),
    // A field that another tag of another dialect already says.
    ("biblatex", b"@a{k, date = {0}, date = {2022}}"),
    // Text behind an entry without a key that looks like a field.
    ("bibtex", b"@a{}date={2}"),
    ("bibtex", b"@a{}e\n={"),
    // A macro without a value, in a definition that breaks off, is none.
    ("biblatex", b"@string{e@n{e =e{#}"),
    ("biblatex", b"@a{}a={}"),
    ("bibtex", b"@a{}a.={}"),
    // A value of which a brace is left out ends with white space.
    ("bibtex", b"@a{{}a{{ 1,\na={}"),
    // Several fields that nothing is known of, of one name.
    ("bibtex", b"@a{k, and={a}, and={A}}"),
    // White space that moves marks.
    ("biblatex", b"@a{k, journal={\\\x07 {a}}}"),
    ("bibtex", b"@a{k, note = {~}}"),
    ("bibtex", b"@a{k, arxivId = { }, arxivId = {6}}"),
    // Names of one list in several tags, in another order than the table's.
    ("ris", b"TY  - a\nA1  - a\nAU  - l"),
    ("ris", b"TY  - a\nPI  - a\nCY  - U"),
    ("ris", b"TY  - a\nVO  - 1\nVL  - 9"),
    ("ris", b"TI  - a\nTI  - r\nTI  - `"),
    ("ris", b"AU  - ,"),
    ("bibtex", b"@a{k, author = {{}}}"),
    // Characters of control, no-break and several spaces in what is carried.
    ("ris", b"AU  - \x06\nA1  - aa A R"),
    ("ris", b"AU  - a B,1\nPY  - a  -"),
    ("ris", b"AU  - a B,a\nKW  - ,\ta"),
    ("ris", b"SN  - a  {"),
    ("ris", b"SP-\x0b"),
    ("ris", b"TY-THES\nSP- 0\r\x0b"),
    // Lines that are no tags by what stands before them.
    ("ris", b"N1  - a\n\0SN  -9"),
    ("ris", b"N1  - a\n      SN  - 9"),
    // Members of one name, or of a name that has a meaning in `custom`.
    ("csl-json", b"{\"kind\":\"misc\",\"id\":\"a\"}"),
    ("csl-json", b"{\"id\":\"k\",\"a\":\"5\",\"a\":6,\"a\":[7]}"),
    ("csl-json", b"{\"id\":\"k\",\"type\":\"broadcast\",\"dimensions\":\"a\",\"dimensions\":\"e\"}"),
    ("csl-yaml", b"references: [{id: k, type: buok, type: buok}]"),
    ("csl-yaml", b"-\n  type: book\n  editor: 1"),
    // A key with white space around it; dates of which nothing is known; an address that is a DOI beside one that is none.
    ("csl-json", b"{\"id\":\"a \",\"title\":\"b\"}"),
    ("csl-json", b"{\"id\":\"k\",\"issued\":[{\"a\":9},{\"b\":\"\"}]}"),
    ("csl-json", b"{\"id\":\"k\",\"DOI\":\"a\",\"URL\":\"http://10.0/a\"}"),
    ("csl-json", b"{\"id\":\"k\",\"author\":[{\"literal\":\"a Journal 2020 J\"}]}"),
    ("csv", b",\n\x8f"),
    ("csv", b"a\na  {"),
    ("csv", b"Citation,Citation\n0,1"),
    ("csv", b",'=,r:2\n,a,a"),
    ("csv", b"note,a\narxiv:2001.0003,b"),
    // Tables of ours that have cells with the names of columns in them, or a header in another order.
    ("csv", b",a\n\"articleURL,CitesURL"),
    ("csv", b",Ty\n\""),
    ("csv", b";\n;a\na"),
    ("csv", b"kind,ris:a\n,1"),
    ("jsonl", b"{\"kind\":\"book\",\"key\":\"\"}"),
    ("arrow", b"- Conference - C\na\na\n\xe2\x80\xa2"),
    // Text before papers that ends like the first line of one.
    ("arrow", b"a\rJournal 2020 Journal Article\nJournal 2020 Journal Article\n\na"),
    // A tag that another type word would read otherwise; two fields in one tag, in their order; fields that another
    // dialect joins; an expression beside what was not understood.
    ("bibtex", b"@inbook{author=a}"),
    ("biblatex", b"@inbook{title=a title{a}}"),
    ("ris", b"TY-CONF\nT2- a\nJO- a\nJO- a"),
    ("ris", b"JA- a\nJO- X\nIS-\nJA- X\nY1-"),
    ("ris", b"LA  -{ and"),
    ("ris", b"TY-CONF\nPY  -1\nY2  -1\nY2- 1\nDB- Scopus"),
    ("ris", b"TY-CONF\nPY  -1\nY2  -1\nY2- 2\nDB- Scopus\nN1-"),
    ("ris", b"SP- -\nSP  -9\nPB- a\nSP  -0\nCY- a"),
    ("biblatex", b"@a{keywords=; .\nkeywords=a}"),
    ("bibtex", b"@a(publisher=a publisher=*)"),
    ("bibtex", b"@a(,year,a=a\"\"year=\"a\")"),
    ("bibtex", b"@a{\nauthor=:,title{a,\ntitle={s}author=9}"),
    ("bibtex", b"@a{entrysubtype =a{}}"),
    // White space and marks that readers leave out at the ends of lines; names of which nothing is left; braces from
    // elsewhere.
    ("bibtex", b"@a(note=\"a~\")"),
    ("arrow", b"a Journal 2020 J\na\n\ra\n\n\xef\xbb\xbf"),
    ("csv", b",Ty\n\t\xef\xbb\xbf"),
    ("csv", b"au\r\x81"),
    ("csl-yaml", b"-\n PMID: .\n\n  -"),
    ("csl-yaml", b"[{\"id\",\"type\",\"note\":\"CitationKey:9\\ntex.a={\"}]"),
    ("jsonl", b"{\"kind\":\"thesis\",\"extras\":[{\"family\":\"ris\",\"tag\":\"a\"}]}"),
    // Source text that the format never had there.
    (
        "jsonl",
        b"{\"kind\":\"thesis\",\"type\":{\"family\":\"ris\",\"word\":\"THES\"},\"fields\":{\"title\":{\"slots\":[{\"value\":\"a\",\"source\":{\"family\":\"ris\",\"cells\":[[\"T2\",\"a\"]]}}]}}}",
    ),
    // Notes that begin like lines of Zotero's, with marks of Markdown; lists whose items end like entities.
    ("bibtex", b"@a{k, howpublished={arXiv:0901.3725[}}"),
    ("bibtex", b"@a{k, howpublished={_}, note={accessed:0}}"),
    ("csl-yaml", b"[{\"id\",\"type\",\"note\":\"CitationKey:9\\ntex.\x03a:[\"}]"),
    ("bibtex", b"@a{k, publisher={{\\&} {a}}}"),
    ("biblatex", b"@a{k, publisher={&a and a}}"),
    // Values that look like several tags, papers or heads.
    ("ris", b"C3-\naC3  - a"),
    ("arrow", b"associated with this exact author name\n a"),
    // A value that would begin a record behind the end of its own.
    ("jsonl", br#"{"kind":"book","fields":{"title":"T"},"extras":[{"family":"ris","tag":"ER","value":"\u00a0TY  - JOUR"}]}"#),
    // Files joined without a line end, and words behind the end of a record.
    ("ris", b"TY  - JOUR\nTI  - A\nER  - TY  - BOOK\nTI  - B\nER  - DB  - Scopus\nER  - 7\nER - TY - JOUR\nTI  - C"),
    // An extra in a tag that is read as another.
    ("csv", b"kind,ris:A1,ris:VO\nbook,x y,3\n"),
    // A name that on a page would say that there is none.
    ("bibtex", b"@book{a, author = {-}, title = {T}}@book{b, author = {- and Jane Doe}}"),
    ("arrow", b"a Journal 2020 J\na\na C 2021 Conference Paper"),
    ("arrow", b"- Conference - C\n\xe2\x80\xa2etal\na\n\xe2\x80\xa2a"),
    ("arrow", b"- Conference - C\n\xe2\x80\xa2etal\na\n\xe2\x80\xa2J"),
    // A tag behind a character that is none, before any record.
    ("ris", b"\0AU-\nTI-"),
    ("ris", b"ER-\0"),
    ("ris", b"ER- \0"),
    ("ris", b"ER  - AU  - a\nTI  - b"),
    ("ris", b"\0AU  - a\nTI  - b\nER  - "),
    ("ris", b"\xef\xbb\xbf\0      AU  - a\nTI  - b\nER  - "),
    // A macro in one of two fields that say one date, beside a second of its tag.
    ("bibtex", b"@misc{k, year=a, month=dec, year={1}}"),
    // Ends of lines in the head of a page.
    ("arrow", b"Arrow Research search\r\r\n\n1 paper\r\r\n"),
    ("arrow", b"Arrow Research search\n\nAuthor name cluster\r\r\n"),
    // Digits that make a number with those beside them; white space around a number; the number of an e-print that stands
    // where a journal should, or its volume.
    ("biblatex", b"@a{,isbn{316,1468200}"),
    ("csl-yaml", b"- PMID: ' a'"),
    ("csv", b"containertitle,kind\narxiv:4002.0003,article-journal"),
    ("csv", b"containertitle,volume,kind\na,abs/1701.00002,article-journal"),
    ("ris", b"TY  - JOUR\nJO  - arXiv preprint arXiv:1701.00002\nER  - "),
    // A value of the carrier beside a field in whose place an expression stands.
    ("biblatex", b"@string{x={v}}@a{k, year=200, month=a, a=x}"),
    ("arrow", b"a C 2024 C\na\n\nConference 2024 Conference Paper"),
    // Notes that are read as numbers.
    ("ris", b"TY  - JOUR\nTI  - T\nN1  - PMID: 12345\nER  - \n"),
    ("ris", b"TY  - JOUR\nTI  - T\nJO  - arXiv\nN1  - arXiv:2401.00001\nER  - \n"),
    // A short name of a journal that is written as its name, and reads as an e-print.
    ("ris", b"TY  - JOUR\nTI  - T\nJ2  - arXiv:2401.00001\nER  - \n"),
    // Text between a head and the first paper, without which no blank line is between them.
    ("arrow", b"author name cluster\na\na Workshop 2021 W\n\na Journal 2019 J"),
    // Math with a digit behind it, which looks like two prices.
    ("bibtex", b"@a{k, title={$n $$1$}}"),
    // An abstract of two lines that is one line to us, of which the first looks like that of a paper.
    ("arrow", b"a Journal 2020 J\na\na Journal 2020 J\na"),
    // A comment that is never closed, before an entry that is not closed either, with a remark that looks like both ends.
    ("bibtex", b"@Comment{a,\n b = {\n\n@book{c, title = {T}}\n@book{d, % }}\n title = {U},\n"),
    // Entries, definitions and preambles without an end, before remarks with braces and quotation marks.
    ("bibtex", b"@k{{\n@book{b, %}\n title = {T}}\n@book{c, title = {V}}"),
    ("bibtex", b"@k(a, b = {} } {x)\n@book{b, %})\n title = {T}}\n@book{c, title = {V}}"),
    ("bibtex", b"@string{a = {x,\n b = {y}}\n@book{b, %}}\n title = a # b}\n@book{c, title = {V}}"),
    ("bibtex", b"@string{a = {x {y,\n b = z, c = {v\n@book{b, %}}\n title = a # b}\n@book{c, title = c}"),
    ("bibtex", b"@preamble{\"x\n@book{b, %\"}\n title = {T}}\n@book{c, title = {V}}"),
    // A month without a year, in words one of which the file has for a macro.
    ("bibtex", b"@string{mar = {march}}\n@book{a, title = {T}, month = {1~mar}}\n@book{b, month = mar}"),
    // A tag of another format's that we do not understand, with a line break in it.
    ("csv", b"title,x,ris:U1\nT,1,\"a\nb\""),
    // A type of editor that is nothing.
    ("biblatex", b"@a{k, editorb={a}, editorbtype={\0}}"),
    // Fields that look like the carrier's before others that nothing is known of, and a field that says nothing.
    ("bibtex", b"@a{k, x-a={1}, pages={}, a={2}}"),
    // The carrier's name of an extra that was none of the carrier's: its own tag says something else.
    ("bibtex", b"@foo{k, x-subtype={2020}, x-bibtex:author={a}}"),
    // A carried value behind another that is back in its place.
    ("bibtex", b"@foo{k, x-ris:zz={1}, x-subtype={a}, x-language={1}}"),
    ("bibtex", b"@foo{k, x-subtype={1}, x-a={1}, crossref=a # {b, c}}"),
    // Fields that stand twice, of which the first is as we would write it.
    ("bibtex", b"@a{k, doi={10.1000/a}, doi={10.1000/b}, url={http://a.b}, url={http://c.d}}"),
    // A record without the definitions that it had in its file, and an expression that is none.
    (
        "jsonl",
        br#"{"kind":"book","type":{"family":"bibtex","word":"book"},"key":"k","fields":{"publisher":{"slots":[{"value":"P","source":{"family":"bibtex","cells":[["publisher","P","p"]]}}]},"title":{"slots":[{"value":"T","source":{"family":"bibtex","cells":[["title","T","T} # {"]]}}]}},"extras":[{"family":"bibtex","tag":"odd","value":"O","expression":"p"}]}"#,
    ),
    // Values of a dump that were changed, and not the source text beside them.
    (
        "jsonl",
        br#"{"kind":"book","type":{"family":"bibtex","format":"biblatex","word":"book"},"key":"k","fields":{"title":"T","issued":{"slots":[{"value":"1723","source":{"family":"bibtex","cells":[["date","1724~"]]}}]}}}"#,
    ),
    (
        "jsonl",
        br#"{"kind":"conference-paper","type":{"family":"ris","word":"CONF"},"fields":{"container.title":{"slots":[{"value":"A","source":{"family":"ris","cells":[["JO","B"]]}}]}}}"#,
    ),
    // A list that was cut on the page of another author than that whose page is written, or whose head is not there; eight
    // authors beside a head of another's.
    (
        "jsonl",
        br#"{"kind":"book","fields":{"title":"T","author":{"list":[{"family":"A"},{"family":"B"},{"family":"C"},{"family":"D"},{"family":"E"},{"family":"F"},{"family":"G"},{"family":"H"}],"others":true,"unplaced":[{"family":"I"}]}}}
{"kind":"book","fields":{"title":"U","author":[{"family":"A"}]}}"#,
    ),
    (
        "jsonl",
        br#"{"head":"Author name cluster\n\nI\n\nPossible papers\n\n1\n","family":"arrow","entries":{}}
{"kind":"book","fields":{"title":"T","author":{"list":[{"family":"A"},{"family":"B"},{"family":"C"},{"family":"D"},{"family":"E"},{"family":"F"},{"family":"G"},{"family":"H"}],"others":true,"unplaced":[{"family":"K"}]}}}
{"kind":"book","fields":{"title":"U","author":[{"family":"A"},{"family":"B"},{"family":"C"},{"family":"D"},{"family":"E"},{"family":"F"},{"family":"G"},{"family":"H"}]}}"#,
    ),
    // An address within a line that goes on with another.
    ("ris", b"TY  - JOUR\nUR  - http://a.b\nL20 - http://c.d, http://e.f\nL2  - http://a.b\nx http://c.d\nER  - "),
    // An expression of a macro that nobody defines, and the same without it.
    ("bibtex", b"@s{series=\x00#{D}, series={D}}"),
    // A field of no table twice, with macros that nobody defines, and a month twice beside them.
    ("bibtex", b"@a{b, year={=}, xmark=ear#{}, month={}, xmark=ear#{}, month={.}}"),
    // A macro that nobody defines before a string that is never closed, and begins with a space.
    ("bibtex", b"@a{b,\nxmark=o{ {a,\nyear={2001}"),
    // What is not written again by its letters, behind a macro that nobody defines.
    ("biblatex", b"@c{k, pages=r#{  1--,}, month=g}"),
    ("biblatex", b"@A{k, author=t\"{ E} 2\", month={?}}"),
    // A list that says twice that there are more, and one that names nobody.
    ("biblatex", b"@misc{k, author = {C and others and etal}}"),
    ("csv", b"contributor\n\0\n"),
    // A name with more commas than the form has, in a record without a type.
    ("ris", b"A1  - n,.,o,e\nA2  - ,5"),
    // A tag under another spelling twice.
    ("ris", b"TY  - JOUR\nJN  - g\nJN  - n\nER  - "),
    // A name of nothing but a comma.
    ("ris", b"TY  - JOUR\nAU  - ,\nAU  - D, J\nER  - "),
    ("csv", b"a,1\n, and ,1"),
    ("jsonl", br#"{"kind":"book","fields":{"author":[{},{"family":"B"}]}}"#),
    // What names another encoding than that written, with what is like a field behind it.
    ("biblatex", b"Encoding:latin1\nr="),
    // A year that is written as another that was not understood.
    ("ris", b"PY  - 2016\n12\nPY  - 2016"),
    // Very many of a tag, the last two the same.
    ("ris", b"TY  - JOUR\nEP  - 1\nEP  - 2\nEP  - 3\nEP  - 4\nEP  - 5\nEP  - 6\nEP  - 7\nEP  - 8\nEP  - 9\nEP  - 10\nEP  - 11\nEP  - 12\nEP  - 13\nEP  - 14\nEP  - 15\nEP  - 16\nEP  - 17\nEP  - 18\nEP  - 19\nEP  - 19\nER  - "),
    // Text behind the end of no record, with more before it.
    ("ris", b"ER  -R\nER- AU-"),
    ("ris", b"R\n\nER  - x"),
    // A part without an author, of a book that has one.
    ("csl-json", b"[{\"id\":\"a\",\"type\":\"chapter\",\"title\":\"T\",\"container-title\":\"C\",\"container-author\":[{\"family\":\"K\"}]}]"),
    // Zeros at the beginning, which would make UTF-16 of what is written; a list in the place of a parent's key.
    ("bibtex", b"\n%\0 \0x\n@misc{a, title={T}}"),
    ("biblatex", b" @m\0i\0{a, title={T}}"),
    ("biblatex", b"@inbook{a, author={Doe, Jane}, crossref={x = {y}}}"),
    // A no-break space that looks like a home directory, tags of web pages in the items of a list, names that say that there
    // are more where they stand alone, and a number that is nothing.
    ("csv", b"abstract\n/\xa0d"),
    ("csv", b"institution\n<p>"),
    ("csv", b"a,1\n,,\0,\x85"),
    ("jsonl", br#"{"kind":"book","fields":{"author":[{"given":"others"}],"editor":[{"family":"A"},{"given":"etal","suffix":"Jr"}]}}"#),
    ("biblatex", b"@misc{k, issn={Q}, issn={c}, issn-l={{ },l}}"),
    // The subtitle of what has no title, in a set.
    ("biblatex", b"@article{k, journalsubtitle={e}, maintitle={e}, mainsubtitle={t}}"),
    // Records without a type word, with tags that mean more than one thing, of which some were not understood.
    ("ris", b"CP  - Y\nCY  - 2019\nPU  - E\nPI  - h\nCP  - I\nCY  - JUN2019\n"),
    ("ris", b"U2  - L56789\nU2  - 4\nU2  - L34567\n"),
    ("ris", b"JF  - .\nJF  - PLOS ONE\nJA  - PLOS ONE\n"),
    // Lines that would begin papers if what stands behind them were nearer; zeros behind a head.
    ("arrow", b"e W 2021 W\nZ\n\xe2\x80\xa2r\ni. e.\n4rticle\n\nT\n\xe2\x80\xa2I"),
    ("arrow", b"Arrow Research search\nassociated with this exact author name\n\0\n\0$"),
];

/// YAML's parsers look for the colon behind a key only so far.
#[test]
fn a_column_with_a_very_long_name() {
    let csv = formats::by_name("csv").unwrap();
    let yaml = formats::by_name("csl-yaml").unwrap();
    let name = "How much do you agree with what follows? ".repeat(40);
    let input = format!("title,\"{}\"\nT,very much\n", name.trim());
    let mut options = Options { from: Some(csv), threads: 1, verify: true, ..Options::to(yaml) };
    options.write.carry = true;
    let mut out = Vec::new();
    let mut strict = Strict("csv to csl-yaml".to_owned());
    convert::run(&[Input::bytes("a.csv", input.as_bytes())], &mut out, &options, &mut strict).unwrap();
    assert!(String::from_utf8(out).unwrap().contains(name.trim()));
}

#[test]
fn what_was_found_by_fuzzing_stays_mended() {
    for (name, bytes) in FOUND {
        let from = formats::by_name(name).unwrap();
        let write = |from, to, bytes: &[u8], carry, verify| {
            let mut options = Options { from: Some(from), threads: 1, verify, ..Options::to(to) };
            options.write.carry = carry;
            let mut out = Vec::new();
            let mut strict = Strict(format!("{name} to {}, carry: {carry}: {}", to.id, bytes.escape_ascii()));
            let _ = convert::run(&[Input::bytes("found", bytes)], &mut out, &options, &mut strict);
            out
        };
        for to in formats::ALL.iter().copied().filter(|format| format.write.is_some()) {
            write(from, to, bytes, false, true);
            write(from, to, bytes, true, true);
        }
        let once = write(from, from, bytes, false, false);
        let twice = write(from, from, &once, false, false);
        assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice), "{name}: {}", bytes.escape_ascii());
    }
}
