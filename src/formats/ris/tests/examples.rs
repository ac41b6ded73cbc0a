//! The worked examples of section 7 of the mapping reference that touch RIS, with inputs of our own.
//!
//! Where an example and a decision of the reference disagree, the decision holds; the row says so.

use super::{read_text, records, write_with};
use crate::record::{Field, Item, Record, Slot, canon};

/// One example: RIS, or a canonical record where the text begins with a brace.
struct Example {
    id: &'static str,
    input: &'static str,
    /// Fields of the (first) record, as their canonical JSON; an empty string for a field that it must not have.
    fields: &'static [(&'static str, &'static str)],
    /// What its kind and subtype must be.
    kind: (&'static str, Option<&'static str>),
    /// Lines that writing it as RIS must give.
    lines: &'static [&'static str],
    /// Tags that it must not give.
    absent: &'static [&'static str],
    /// Codes of findings that reading must yield, and no others.
    findings: &'static [&'static str],
}

const NONE: Example =
    Example { id: "", input: "", fields: &[], kind: ("article-journal", None), lines: &[], absent: &[], findings: &[] };

const EXAMPLES: &[Example] = &[
    Example {
        id: "D-30",
        input: r#"{"kind":"chapter","fields":{"title":"Why?","subtitle":"Because","container.title":"Empire",
            "container.subtitle":"A History"}}"#,
        kind: ("chapter", None),
        lines: &["TI  - Why? Because", "T2  - Empire: A History"],
        ..NONE
    },
    Example {
        id: "D-30, twice",
        input: r#"{"kind":"book","fields":{"title":"Empire: A History","subtitle":"A History"}}"#,
        kind: ("book", None),
        lines: &["TI  - Empire: A History"],
        ..NONE
    },
    Example {
        id: "X-01",
        input: r#"{"kind":"article-journal","key":"a1","fields":{"title":"On DNA","issued":"1999-01-12","author":{"list":[
            {"family":"Vallée Poussin","given":"Charles","particle":"de la","suffix":"Jr."},
            {"literal":"World Health Organization","organization":true},
            {"family":"Beethoven","given":"Ludwig","particle":"van"}],"others":true}}}"#,
        lines: &[
            "AU  - de la Vallée Poussin, Charles, Jr.",
            "AU  - World Health Organization",
            "AU  - van Beethoven, Ludwig",
            "PY  - 1999",
            "DA  - 1999/01/12/",
        ],
        ..NONE
    },
    Example {
        id: "X-02",
        input: r#"{"kind":"article-journal","fields":{"author":[{"family":"Fontaine","given":"Jean","dropping-particle":"de"}]}}"#,
        lines: &["AU  - Fontaine, Jean de"],
        ..NONE
    },
    Example {
        id: "X-03",
        input: r#"{"kind":"conference-paper","fields":{"title":"T","container.title":"Proc. XConf","event.title":"XConf 2020",
            "event.place":"Oslo","issued":"2021"}}"#,
        kind: ("conference-paper", None),
        lines: &["TY  - CONF", "T2  - XConf 2020", "C3  - Proc. XConf", "CY  - Oslo", "PY  - 2021"],
        ..NONE
    },
    Example {
        id: "X-06",
        input: r#"{"kind":"chapter","fields":{"container.title":"Sorting","chapter":"5.2","pages":[{"start":"308","end":"315"}],
            "container.author":[{"family":"Kn","given":"D."}],"publisher":["AW"],"issued":"1997"}}"#,
        kind: ("chapter", None),
        lines: &["TY  - CHAP", "T2  - Sorting", "SE  - 5.2", "SP  - 308", "EP  - 315", "AU  - Kn, D."],
        absent: &["TI", "T1", "C2"],
        ..NONE
    },
    Example {
        id: "X-07",
        input: r#"{"kind":"preprint","fields":{"title":"T","issued":"2024-01-03","url":["https://arxiv.org/abs/2401.00001v2"],
            "eprint":[{"id":"2401.00001v2","scheme":"arxiv","qualifier":"cs.LG"}]}}"#,
        kind: ("preprint", None),
        lines: &["TY  - UNPB", "M3  - Preprint", "UR  - https://arxiv.org/abs/2401.00001v2"],
        absent: &["JO", "T2"],
        ..NONE
    },
    // The season has no place in `DA  - 2008///Spring` alone: the year stands in `PY` as well.
    Example {
        id: "X-11",
        input: "TY  - JOUR\nY1  - 2008///Spring\nER  - ",
        fields: &[("issued", "2008-21")],
        lines: &["Y1  - 2008///Spring"],
        ..NONE
    },
    Example {
        id: "X-11, from elsewhere",
        input: r#"{"kind":"article-journal","fields":{"issued":"2008-21"}}"#,
        lines: &["PY  - 2008", "DA  - 2008///Spring"],
        ..NONE
    },
    Example {
        id: "X-12",
        input: "TY  - CONF\nAU  - Au, F.\nTI  - T\nT2  - 5th Ivy Workshop\nC3  - Proc. Ivy 5\nCY  - Bonn\nC1  - Berlin\nPB  - P\nPY  - 2015\nC2  - 2016\nER  -",
        kind: ("conference-paper", None),
        fields: &[
            ("event.title", "5th Ivy Workshop"),
            ("event.place", "Bonn"),
            ("event.date", "2015"),
            ("container.title", "Proc. Ivy 5"),
            ("publisher.place", r#"["Berlin"]"#),
            ("issued", "2016"),
        ],
        lines: &[
            "T2  - 5th Ivy Workshop",
            "C3  - Proc. Ivy 5",
            "CY  - Bonn",
            "C1  - Berlin",
            "PY  - 2015",
            "C2  - 2016",
        ],
        ..NONE
    },
    // D-02 makes proceedings of a `CONF` without authors; a paper has one here.
    Example {
        id: "X-13",
        input: "TY  - CONF\nA1  - Au, G.\nT1  - T\nT2  - Proceedings of Z\nSP  - 3\nEP  - 9\nSN  - 978-3-16-148410-0\nER  - ",
        kind: ("conference-paper", None),
        fields: &[
            ("container.title", "Proceedings of Z"),
            ("event.title", ""),
            ("isbn", r#"["9783161484100"]"#),
            ("pages", r#"[{"start":"3","end":"9"}]"#),
        ],
        // Its own bytes come back; `C3` is added where the record is from elsewhere.
        lines: &["T2  - Proceedings of Z"],
        ..NONE
    },
    Example {
        id: "X-13, without an author",
        input: "TY  - CONF\nT1  - T\nT2  - Proceedings of Z\nSP  - 3\nEP  - 9\nER  - ",
        kind: ("conference-paper", None),
        fields: &[("container.title", "Proceedings of Z")],
        ..NONE
    },
    Example {
        id: "X-13, from elsewhere",
        input: r#"{"kind":"conference-paper","fields":{"title":"T","author":[{"family":"Au","given":"G."}],"container.title":"Proceedings of Z"}}"#,
        kind: ("conference-paper", None),
        lines: &["T2  - Proceedings of Z", "C3  - Proceedings of Z"],
        ..NONE
    },
    Example {
        id: "X-14",
        input: "TY  - EDBOOK\nAU  - Ed, G.\nA2  - Ser, H.\nTI  - Essays\nT2  - Studies\nM1  - 12\nER  - ",
        kind: ("collection", None),
        fields: &[
            ("editor", r#"[{"family":"Ed","given":"G."}]"#),
            ("series.editor", r#"[{"family":"Ser","given":"H."}]"#),
            ("series.title", "Studies"),
            ("series.number", "12"),
        ],
        lines: &["TY  - EDBOOK", "AU  - Ed, G.", "A2  - Ser, H.", "T2  - Studies", "M1  - 12"],
        ..NONE
    },
    // The wrong number is kept as it is, with the finding that nothing reads it.
    Example {
        id: "X-15",
        input: "TY  - JOUR\nJO  - J. Appl. X\nJF  - Journal of Applied X\nSN  - 1234-5679\nSN  - 0317847\nM3  - 10.1000/ab(1)_c\nUR  - https://doi.org/10.1000/ab(1)_c\nER  - ",
        fields: &[
            ("container.title", "Journal of Applied X"),
            ("container.short", "J. Appl. X"),
            ("issn", r#"["1234-5679"]"#),
            ("doi", r#"["10.1000/ab(1)_c"]"#),
            ("url", r#"[{"url":"https://doi.org/10.1000/ab(1)_c","kind":"doi-derived"}]"#),
        ],
        lines: &["SN  - 0317847", "M3  - 10.1000/ab(1)_c", "UR  - https://doi.org/10.1000/ab(1)_c"],
        findings: &["field-unknown"],
        ..NONE
    },
    Example {
        id: "X-16",
        input: "TY  - JOUR\nPY  - 2019\nDA  - 2018/12/30\nY2  - 2020/01/05\nER  - ",
        fields: &[("issued", "2019"), ("accessed", "2020-01-05")],
        lines: &["PY  - 2019", "DA  - 2018/12/30", "Y2  - 2020/01/05"],
        findings: &["date-conflict", "field-unknown"],
        ..NONE
    },
    Example {
        id: "X-16, the same year",
        input: "TY  - JOUR\nPY  - 2019\nDA  - 2019/03/02\nER  - ",
        fields: &[("issued", "2019-03-02")],
        ..NONE
    },
    Example {
        id: "X-16, without a year",
        input: "TY  - JOUR\nPY  - 2019\nDA  - Mar 2\nER  - ",
        fields: &[("issued", "2019-03-02")],
        ..NONE
    },
    Example {
        id: "X-17",
        input: "TY  - THES\nAU  - Au, H.\nTI  - T\nVL  - Master of Science\nPB  - U\nA3  - Sup, I.\nSP  - 120\nER  - ",
        kind: ("thesis", Some("masters")),
        fields: &[
            ("genre", r#"["Master of Science"]"#),
            ("publisher", r#"[{"name":"U","role":"school"}]"#),
            ("contributor", r#"{"list":[{"family":"Sup","given":"I."}],"role":"advisor"}"#),
            ("number-of-pages", "120"),
        ],
        lines: &["VL  - Master of Science", "A3  - Sup, I.", "SP  - 120"],
        ..NONE
    },
    Example {
        id: "X-18",
        input: "TY  - PAT\nAU  - Inv, J.\nPB  - Acme\nSN  - US1234567\nM1  - 15/000,001\nC3  - US\nDA  - 2020/05/01\nER  - ",
        kind: ("patent", None),
        fields: &[
            ("author", r#"[{"family":"Inv","given":"J."}]"#),
            ("holder", r#"[{"literal":"Acme"}]"#),
            ("number", "US1234567"),
            ("application.number", "15/000,001"),
            ("jurisdiction", r#"["US"]"#),
            ("issued", "2020-05-01"),
        ],
        lines: &["PB  - Acme", "SN  - US1234567", "M1  - 15/000,001", "C3  - US", "DA  - 2020/05/01"],
        ..NONE
    },
    Example {
        id: "X-19a",
        input: "TY  - BOOK\nTI  - T\nAU  - Orig, K.\nC4  - Rev, L.\nER  - ",
        kind: ("book", None),
        fields: &[
            ("author", r#"[{"family":"Orig","given":"K."}]"#),
            ("contributor", r#"{"list":[{"family":"Rev","given":"L."}],"role":"reviewer"}"#),
        ],
        lines: &["AU  - Orig, K.", "C4  - Rev, L."],
        ..NONE
    },
    Example {
        id: "X-19b",
        input: "TY  - BOOK\nTI  - T\nAU  - Orig, K.\nC4  - Rev, L.\nRI  - Old Book\nER  - ",
        kind: ("book", None),
        fields: &[
            ("author", r#"[{"family":"Rev","given":"L."}]"#),
            ("reviewed.title", "Old Book"),
            ("reviewed.author", r#"[{"family":"Orig","given":"K."}]"#),
        ],
        lines: &["AU  - Orig, K.", "C4  - Rev, L.", "RI  - Old Book"],
        ..NONE
    },
    Example {
        id: "X-20",
        input: "\u{feff}TY - JOUR\nAU - Au, M.\nTI  - A title that\n  continues\nKW  - a; b\nTY  - BOOK\nTI  - Second\nER  -",
        fields: &[("title", "A title that continues"), ("keyword", r#"["a","b"]"#)],
        lines: &["TY  - JOUR", "AU  - Au, M.", "TI  - A title that continues", "KW  - a", "KW  - b"],
        findings: &["record-unterminated"],
        ..NONE
    },
    Example {
        id: "X-23",
        input: r#"{"kind":"article-journal","fields":{"pages":[{"start":"1231","end":"1245"}],
            "author":[{"family":"Gout","given":"Ian R"},{"literal":"ABC Study Group","organization":true}]}}"#,
        lines: &["SP  - 1231", "EP  - 1245", "AU  - Gout, Ian R", "AU  - ABC Study Group"],
        ..NONE
    },
    Example {
        id: "X-26",
        input: r#"{"kind":"article-journal","fields":{"article.number":"104567"}}"#,
        lines: &["C7  - 104567"],
        ..NONE
    },
    Example {
        id: "X-32",
        input: r#"{"kind":"article-journal","fields":{"title":{"text":"H2O and 13C of E. coli","marks":[
            {"start":1,"end":2,"is":"subscript"},{"start":8,"end":10,"is":"superscript"},{"start":15,"end":22,"is":"italic"}]}}}"#,
        lines: &["TI  - H₂O and ¹³C of E. coli"],
        ..NONE
    },
    Example {
        id: "X-33, S12",
        input: "TY  - JOUR\nSP  - S12\nEP  - S34\nER  - ",
        fields: &[("pages", r#"[{"start":"S12","end":"S34"}]"#)],
        ..NONE
    },
    Example {
        id: "X-33, shortened",
        input: "TY  - JOUR\nSP  - 1231-45\nER  - ",
        fields: &[("pages", r#"[{"start":"1231","end":"1245"}]"#)],
        lines: &["SP  - 1231-45"],
        ..NONE
    },
    Example {
        id: "X-33, article number",
        input: "TY  - JOUR\nSP  - e123\nER  - ",
        fields: &[("article.number", "e123"), ("pages", "")],
        lines: &["SP  - e123"],
        ..NONE
    },
    Example {
        id: "X-33, roman",
        input: "TY  - JOUR\nSP  - xii\nEP  - xv\nER  - ",
        fields: &[("pages", r#"[{"start":"xii","end":"xv"}]"#)],
        ..NONE
    },
    Example {
        id: "X-33, several",
        input: "TY  - JOUR\nSP  - 10, 12--15\nER  - ",
        fields: &[("pages", r#"[{"start":"10"},{"start":"12","end":"15"}]"#)],
        lines: &["SP  - 10, 12--15"],
        ..NONE
    },
    Example {
        id: "X-33, total",
        input: "TY  - BOOK\nSP  - viii, 320 p.\nER  - ",
        kind: ("book", None),
        fields: &[("number-of-pages", "viii, 320"), ("pages", "")],
        ..NONE
    },
    Example {
        id: "X-34",
        input: r#"{"kind":"conference-paper","fields":{"container.title":"Proc. A","series.title":"Lecture Notes in CS",
            "series.number":"7","volume":"10345"}}"#,
        kind: ("conference-paper", None),
        lines: &["T3  - Lecture Notes in CS", "VL  - 10345"],
        ..NONE
    },
    Example {
        id: "X-35",
        input: r#"{"kind":"article-journal","fields":{"keyword":["graph theory","R, the language","NLP"]}}"#,
        lines: &["KW  - graph theory", "KW  - R, the language", "KW  - NLP"],
        ..NONE
    },
    Example {
        id: "X-38",
        input: r#"{"kind":"conference-paper","fields":{"title":"T","container.title":"Proc","isbn":["9783161484100"],
            "event.title":"C","event.place":"Rome","pages":[{"start":"3","end":"9"}]}}"#,
        kind: ("conference-paper", None),
        lines: &["TY  - CONF", "T2  - C", "C3  - Proc", "CY  - Rome", "SN  - 9783161484100"],
        ..NONE
    },
    Example {
        id: "an article's number for both pages",
        input: "TY  - JOUR\nSP  - e1002345\nEP  - e1002345\nER  - \n",
        fields: &[("article.number", "e1002345"), ("pages", "")],
        ..NONE
    },
    Example {
        id: "a note of Zotero's is a page",
        input: "TY  - JOUR\nN1  - <p>Roe &amp; Doe&nbsp;<i>say</i> &lt;b&gt;.</p>\nER  - \n",
        fields: &[(
                "note",
                "[{\"kind\":\"note\",\"note\":{\"text\":\"Roe & Doe\u{a0}say <b>.\",\"marks\":[{\"start\":11,\"end\":14,\"is\":\"italic\"}]}}]",
            )],
        ..NONE
    },
    Example {
        id: "a longer tag, set off",
        input: "TY  - JOUR\nPB  - Example Press\nDOI  - 10.1000/1\nER  - \n",
        fields: &[("publisher", r#"["Example Press"]"#), ("doi", r#"["10.1000/1"]"#)],
        ..NONE
    },
    Example {
        id: "a longer tag in prose",
        input: "TY  - JOUR\nAB  - Aims\nDOI  - none\nER  - \n",
        fields: &[("doi", "")],
        ..NONE
    },
    Example {
        id: "addresses behind names, as Ovid has them",
        input: "TY  - JOUR\nA1  - Doe, Jane A\nM2  - Doe, Jane A. Department of Examples, Example University, Oslo.\nER  - \n",
        fields: &[
            ("affiliation", r#"["Doe, Jane A. Department of Examples, Example University, Oslo."]"#),
            ("pages", ""),
        ],
        ..NONE
    },
    Example {
        id: "addresses behind names, as Embase has them",
        input: "TY  - JOUR\nM1  - (Doe J.; Roe K., roe@example.org) Department of Examples, Oslo\nM1  - (Poe L.) 1 Example St., Bonn\nER  - \n",
        fields: &[(
            "affiliation",
            r#"["(Doe J.; Roe K., roe@example.org) Department of Examples, Oslo","(Poe L.) 1 Example St., Bonn"]"#,
        )],
        ..NONE
    },
    Example {
        id: "words in the place of pages",
        input: "TY  - JOUR\nM2  - seen on a Tuesday\nER  - \n",
        fields: &[("pages", ""), ("affiliation", "")],
        findings: &["field-unknown"],
        ..NONE
    },
    Example {
        id: "a page in the place of Zotero's lines",
        input: "TY  - JOUR\nM2  - 12\nEP  - 34\nER  - \n",
        fields: &[("pages", r#"[{"start":"12","end":"34"}]"#)],
        ..NONE
    },
    Example {
        id: "a type is no issue, and what RefWorks leaves before proceedings none of their title",
        input: "TY  - CONF\nT1  - T\nT2  - - 2013 Conference on Examples\nM1  - Conference Proceedings\nER  - \n",
        kind: ("conference-paper", None),
        fields: &[("issue", ""), ("container.title", "2013 Conference on Examples")],
        findings: &["field-unknown"],
        ..NONE
    },
    Example {
        id: "the journal twice",
        input: "TY  - JOUR\nJO  - Examples\nJ2  - Examples\nER  - \n",
        fields: &[("container.title", "Examples"), ("container.short", "")],
        lines: &["JO  - Examples"],
        ..NONE
    },
    Example {
        id: "an article's number with its year",
        input: "TY  - JOUR\nSP  - e00123-16\nER  - \n",
        fields: &[("article.number", "e00123-16"), ("pages", "")],
        ..NONE
    },
    Example {
        id: "an article's number and its pages",
        input: "TY  - JOUR\nSP  - 2345678\nEP  - 9\nER  - \n",
        fields: &[("pages", r#"[{"start":"2345678","end":"9"}]"#)],
        ..NONE
    },
    Example {
        id: "values that are missing, of R",
        input: "TY  - JOUR\nAU  - NA\nVL  - NA\nT1  - T\nER  - \n",
        fields: &[("author", ""), ("volume", ""), ("title", "T")],
        findings: &["csv-not-available"],
        ..NONE
    },
    Example {
        id: "initials alone",
        input: "TY  - JOUR\nAU  - NA\nER  - \n",
        fields: &[("author", r#"[{"literal":"NA"}]"#)],
        ..NONE
    },
    Example {
        id: "one name among several on a line",
        input: "TY  - JOUR\nAU  - Plato; Doe, J\nER  - \n",
        fields: &[("author", r#"[{"literal":"Plato"},{"family":"Doe","given":"J"}]"#)],
        findings: &["names-on-one-line"],
        ..NONE
    },
    Example {
        id: "a particle behind the given names",
        input: "TY  - JOUR\nAU  - Doe, J. K. van der\nER  - \n",
        fields: &[("author", r#"[{"family":"Doe","given":"J. K.","dropping-particle":"van der"}]"#)],
        lines: &["AU  - Doe, J. K. van der"],
        ..NONE
    },
    Example {
        id: "numbers with their names behind them",
        input: "TY  - JOUR\nU1  - 12345678[pmid]\nU2  - PMC1234567[pmcid]\nER  - \n",
        fields: &[("pmid", "12345678"), ("pmcid", "PMC1234567")],
        ..NONE
    },
    Example {
        id: "an address behind references that have no end",
        input: "TY  - JOUR\nN1  - References: Doe, J., On examples (2001); \nRoe, K., Example PressUR  - https://a.example/1\nER  - \n",
        fields: &[("references", r#"["Doe, J., On examples (2001);\nRoe, K., Example Press"]"#), ("url", r#"["https://a.example/1"]"#)],
        findings: &["ris-run-on"],
        ..NONE
    },
    Example {
        id: "such an address beside another",
        input: "TY  - JOUR\nUR  - https://a.example/2\nN1  - References: Roe, K., Example PressUR  - https://a.example/1\nER  - \n",
        fields: &[("url", r#"["https://a.example/2"]"#)],
        ..NONE
    },
];

fn canonical(json: &str) -> Record {
    let mut unread = Vec::new();
    let record = canon::read_record(serde_json::from_str(json).unwrap(), crate::formats::family, &mut unread).unwrap();
    assert!(unread.is_empty(), "{unread:?}");
    record
}

/// A field of a record as its canonical JSON, without source text; a plain string without its quotes.
fn field(record: &Record, name: &str) -> String {
    let field = Field::from_name(name).unwrap();
    let bare: Vec<Slot> =
        record.all(field).map(|slot| Slot::new(field, slot.value().clone()).in_group(slot.group())).collect();
    if bare.is_empty() {
        return String::new();
    }
    let mut json = String::new();
    canon::write_field(&mut json, field, &bare.iter().collect::<Vec<_>>());
    serde_json::from_str::<String>(&json).unwrap_or(json)
}

#[test]
fn the_worked_examples() {
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        let mut note = |what: String| wrong.push(format!("{}: {what}", example.id));
        let (record, findings) = if example.input.starts_with('{') {
            (canonical(example.input), Vec::new())
        } else {
            let (items, findings) = read_text(example.input);
            (records(items).remove(0), findings)
        };
        let codes: Vec<&str> = findings.iter().filter_map(|it| it.split(':').next()).collect();
        if codes != example.findings {
            note(format!("findings {findings:?}"));
        }
        let (kind, subtype) = (record.kind.name(), record.subtype.as_deref());
        if (kind, subtype) != example.kind {
            note(format!("is {kind} {subtype:?}"));
        }
        for (name, want) in example.fields {
            let found = field(&record, name);
            if found != *want {
                note(format!("{name} is {found}, not {want}"));
            }
        }
        let (text, _) = write_with(&[Item::Record(Box::new(record.clone()))], false);
        for want in example.lines {
            if !text.lines().any(|line| line == *want) {
                note(format!("no line `{want}` in\n{text}"));
            }
        }
        for tag in example.absent {
            if text.lines().any(|line| line.starts_with(&format!("{tag}  - "))) {
                note(format!("a line {tag} in\n{text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// X-09 and X-40: what has no tag is carried in a note, and comes back from it.
#[test]
fn carried_examples() {
    for (json, lines) in [
        (
            r#"{"kind":"article-journal","fields":{"issued":"1988~/.."}}"#,
            &["PY  - 1988", "N1  - [bib] issued: 1988~/.."][..],
        ),
        (
            r#"{"kind":"report","fields":{"author":[{"literal":"World Bank"},{"family":"Doe","given":"Jane"}],
                "original.date":"1969","pmid":"77","number":"12","publisher":[{"name":"WB","role":"institution"}],
                "issued":"1970-02"}}"#,
            &[
                "TY  - RPRT",
                "AU  - World Bank",
                "AU  - Doe, Jane",
                "PB  - WB",
                "SN  - 12",
                "PY  - 1970",
                "DA  - 1970/02//",
                "N1  - [bib] original.date: 1969",
                "[bib] pmid: 77",
            ][..],
        ),
    ] {
        let record = canonical(json);
        let (text, losses) = write_with(&[Item::Record(Box::new(record.clone()))], true);
        for line in lines {
            assert!(text.lines().any(|it| it == *line), "{line} not in\n{text}");
        }
        assert!(losses.is_empty(), "{losses:?}");
        let back = records(read_text(&text).0).remove(0);
        let differs = crate::verify::differences(&record, &back);
        assert!(differs.is_empty(), "{differs:?}\n{text}");
        assert!(back.get(Field::Note).is_none());
    }
}
