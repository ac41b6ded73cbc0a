//! The worked examples of the mapping reference (section 7): what both dialects write of them.

use super::{Dialect, written};
use crate::formats::by_name;
use crate::read::ReadOptions;
use crate::record::{Item, Record};
use crate::verify::read_back;
use crate::write::WriteOptions;

/// An example: its number, the format and text of its input, and lines that the dialects write.
struct Example {
    id: &'static str,
    from: &'static str,
    input: &'static str,
    bibtex: &'static [&'static str],
    biblatex: &'static [&'static str],
}

/// The record of an input.
fn record(from: &str, input: &str) -> Record {
    let (items, _) = read_back(by_name(from).unwrap(), input, &ReadOptions::default());
    let mut records = items.into_iter().filter_map(|it| if let Item::Record(it) = it { Some(*it) } else { None });
    records.next_back().unwrap()
}

const EXAMPLES: &[Example] = &[
    Example {
        id: "what was mended is written mended, and lists in several fields are one",
        from: "biblatex",
        input: "@book{m, author = {Doe, Jane & Roe, Kim}, editor = {Poe, Ann}, editortype = {}, title = {T}, date = {3 Mar}, \
                year = {2011}, keywords = {one}, keywords = {two}, urlaccessdate = {2012-01-02}, arxiv = {2401.00001}}",
        bibtex: &["author = {Doe, Jane and Roe, Kim},", "editor = {Poe, Ann},", "keywords = {one, two},", "urldate = {2012-01-02},"],
        biblatex: &["author = {Doe, Jane and Roe, Kim},", "date = {2011-03-03},", "keywords = {one, two},", "arxiv = {2401.00001},"],
    },
    Example {
        id: "the address of a DOI is the DOI, and a keyword with a comma is one",
        from: "ris",
        input: "TY  - JOUR\nTI  - T\nKW  - one\nKW  - two, and more\nUR  - https://doi.org/10.1000/182\nER  - \n",
        bibtex: &["keywords = {one, {two, and more}},", "doi = {10.1000/182},"],
        biblatex: &["keywords = {one, {two, and more}},", "doi = {10.1000/182},"],
    },
    Example {
        id: "X-01",
        from: "jsonl",
        input: r#"{"kind":"article-journal","type":{"family":"bibtex","word":"article"},"key":"a1","fields":{"author":{"list":[{"family":"Vallée Poussin","given":"Charles","particle":"de la","suffix":"Jr."},{"literal":"World Health Organization","organization":true},{"family":"Beethoven","given":"Ludwig","particle":"van"}],"others":true},"title":{"text":"On DNA","marks":[{"start":3,"end":6,"is":"no-case"}]},"container.title":"J. Test","issued":"1999-01-12"}}"#,
        bibtex: &[
            "@article{a1,",
            "author = {de la Vallée Poussin, Jr., Charles and {World Health Organization} and van Beethoven, Ludwig and others},",
            "title = {On {DNA}},",
            "journal = {J. Test},",
            "year = {1999},",
            "month = jan,",
            "day = {12},",
        ],
        biblatex: &["title = {On {DNA}},", "journaltitle = {J. Test},", "date = {1999-01-12},"],
    },
    Example {
        id: "X-02",
        from: "jsonl",
        input: r#"{"kind":"book","key":"b","fields":{"title":"T","author":[{"family":"Fontaine","given":"Jean","dropping-particle":"de la","ids":[["orcid","0000-0002-1825-0097"]]},{"family":"Sun, Li","given":"Wei"}]}}"#,
        bibtex: &["author = {de la Fontaine, Jean and {Sun, Li}, Wei},"],
        biblatex: &[
            "author = {family=Fontaine, given=Jean, prefix={de la}, useprefix=false and {Sun, Li}, Wei},",
            r#"author+an:orcid = {1="0000-0002-1825-0097"},"#,
        ],
    },
    Example {
        id: "X-03",
        from: "jsonl",
        input: r#"{"kind":"conference-paper","key":"c","fields":{"author":[{"family":"Au","given":"B."}],"editor":[{"family":"Ed","given":"A."}],"title":"T","container.title":"Proc. XConf","event.title":"XConf 2020","event.place":"Oslo","pages":[{"start":"1","end":"9"}],"isbn":["9783161484100"],"issued":"2021"}}"#,
        bibtex: &[
            "@inproceedings{c,",
            "editor = {Ed, A.},",
            "booktitle = {Proc. XConf},",
            "pages = {1--9},",
            "eventtitle = {XConf 2020},",
            "venue = {Oslo},",
            "year = {2021},",
        ],
        biblatex: &["booktitle = {Proc. XConf},", "eventtitle = {XConf 2020},", "date = {2021},"],
    },
    Example {
        id: "X-04",
        from: "jsonl",
        input: r#"{"kind":"book","key":"h2","fields":{"author":[{"family":"Gib","given":"E."}],"title":"Empire","set.title":"History of Rome","volume":"2","number-of-volumes":"3","issued":"1903"}}"#,
        bibtex: &["title = {Empire},", "maintitle = {History of Rome},", "volume = {2},", "volumes = {3},"],
        biblatex: &["title = {Empire},", "maintitle = {History of Rome},", "volume = {2},", "volumes = {3},"],
    },
    Example {
        id: "X-06",
        from: "jsonl",
        input: r#"{"kind":"chapter","type":{"family":"bibtex","word":"inbook"},"key":"k","fields":{"container.author":[{"family":"Kn","given":"D."}],"container.title":"Sorting","chapter":"5.2","pages":[{"start":"308","end":"315"}],"publisher":["AW"],"issued":"1997"}}"#,
        bibtex: &[
            "@inbook{k,",
            "author = {Kn, D.},",
            "title = {Sorting},",
            "chapter = {5.2},",
            "pages = {308--315},",
            "publisher = {AW},",
            "year = {1997},",
        ],
        biblatex: &["@inbook{k,", "title = {Sorting},"],
    },
    Example {
        id: "X-07",
        from: "jsonl",
        input: r#"{"kind":"preprint","type":{"family":"bibtex","word":"online"},"key":"x","fields":{"author":[{"family":"Au","given":"D."}],"title":"T","eprint":[{"id":"2401.00001v2","scheme":"arxiv","qualifier":"cs.LG"}],"issued":"2024-01-03","url":["https://arxiv.org/abs/2401.00001v2"]}}"#,
        // A word of the family is kept, here BibLaTeX's, though plain.bst takes it for misc.
        bibtex: &["@online{x,", "eprint = {2401.00001v2},", "archiveprefix = {arXiv},", "primaryclass = {cs.LG},"],
        biblatex: &["@online{x,", "eprinttype = {arXiv},", "eprintclass = {cs.LG},", "date = {2024-01-03},"],
    },
    Example {
        id: "X-08",
        from: "jsonl",
        input: r#"{"kind":"preprint","type":{"family":"bibtex","word":"article"},"key":"v","fields":{"title":"T","author":[{"family":"Au","given":"E."}],"container.title":"arXiv preprint arXiv:1701.00002","issued":"2017"}}"#,
        bibtex: &["@article{v,", "journal = {arXiv preprint arXiv:1701.00002},"],
        biblatex: &["@article{v,", "journaltitle = {arXiv preprint arXiv:1701.00002},"],
    },
    Example {
        id: "X-09",
        from: "jsonl",
        input: r#"{"kind":"book","key":"b","fields":{"title":"T","issued":"1988~/.."}}"#,
        bibtex: &["year = {c. 1988},"],
        biblatex: &["date = {1988~/..},"],
    },
    Example {
        id: "X-10",
        from: "jsonl",
        input: r#"{"kind":"book","key":"b","fields":{"title":"T","issued":"-0043"}}"#,
        bibtex: &["year = {44 BC},"],
        biblatex: &["date = {-0043},"],
    },
    Example {
        id: "X-12",
        from: "ris",
        input: "TY  - CONF\nAU  - Au, F.\nTI  - T\nT2  - 5th Ivy Workshop\nC3  - Proc. Ivy 5\nCY  - Bonn\nC1  - Berlin\nPB  - P\nPY  - 2015\nC2  - 2016\nER  - \n",
        bibtex: &["@inproceedings{", "booktitle = {Proc. Ivy 5},", "address = {Berlin},", "year = {2016},"],
        biblatex: &[
            "booktitle = {Proc. Ivy 5},",
            "location = {Berlin},",
            "eventtitle = {5th Ivy Workshop},",
            "venue = {Bonn},",
            "eventdate = {2015},",
            "date = {2016},",
        ],
    },
    Example {
        id: "X-14",
        from: "ris",
        input: "TY  - EDBOOK\nAU  - Ed, G.\nA2  - Ser, H.\nTI  - Essays\nT2  - Studies\nM1  - 12\nER  - \n",
        bibtex: &["@book{", "editor = {Ed, G.},", "series = {Studies},", "number = {12},"],
        biblatex: &["@collection{", "editor = {Ed, G.},", "series = {Studies},", "number = {12},"],
    },
    Example {
        id: "X-15",
        from: "ris",
        input: "TY  - JOUR\nAU  - Au, A.\nTI  - T\nJO  - J. Appl. X\nJF  - Journal of Applied X\nSN  - 1234-5679\nSN  - 0317847\nM3  - 10.1000/ab(1)_c\nUR  - https://doi.org/10.1000/ab(1)_c\nER  - \n",
        bibtex: &["journal = {Journal of Applied X},", "shortjournal = {J. Appl. X},", "doi = {10.1000/ab(1)_c},"],
        biblatex: &["journaltitle = {Journal of Applied X},", "doi = {10.1000/ab(1)_c},", "issn = {1234-5679},"],
    },
    Example {
        id: "X-15, by the short title alone",
        from: "ris",
        input: "TY  - JOUR\nAU  - Au, A.\nTI  - T\nJ2  - J. Appl. X\nER  - \n",
        bibtex: &["journal = {J. Appl. X},", "shortjournal = {J. Appl. X},"],
        biblatex: &["journaltitle = {J. Appl. X},", "shortjournal = {J. Appl. X},"],
    },
    Example {
        id: "X-17",
        from: "ris",
        input: "TY  - THES\nAU  - Au, H.\nTI  - T\nVL  - Master of Science\nPB  - U\nA3  - Sup, I.\nSP  - 120\nER  - \n",
        bibtex: &["@mastersthesis{", "school = {U},", "pagetotal = {120},"],
        biblatex: &["@thesis{", "institution = {U},", "type = {Master of Science},", "nameatype = {advisor},"],
    },
    Example {
        id: "X-18",
        from: "ris",
        input: "TY  - PAT\nAU  - Inv, J.\nTI  - T\nPB  - Acme\nSN  - US1234567\nC3  - US\nDA  - 2020/05/01\nER  - \n",
        bibtex: &["@misc{", "author = {Inv, J.},", "note = {Holder: {Acme}; Number US1234567},", "year = {2020},"],
        biblatex: &["@patent{", "holder = {{Acme}},", "number = {US1234567},", "location = {US},"],
    },
    Example {
        id: "X-26",
        from: "jsonl",
        input: r#"{"kind":"article-journal","key":"s","fields":{"author":[{"family":"Doe","given":"Jane"}],"title":"T","article.number":"104567","issn":["1234-5679"],"issued":"2020"}}"#,
        bibtex: &["eid = {104567},", "issn = {1234-5679},"],
        biblatex: &["eid = {104567},"],
    },
    Example {
        id: "X-30",
        from: "jsonl",
        input: r#"{"kind":"article-journal","key":"f","fields":{"title":"T","status":"forthcoming"}}"#,
        bibtex: &["year = {forthcoming},"],
        biblatex: &["pubstate = {forthcoming},"],
    },
    Example {
        id: "X-31",
        from: "jsonl",
        input: r#"{"kind":"misc","type":{"family":"bibtex","word":"misc"},"key":"n","fields":{"title":{"text":"Über die NP-Härte von k-SAT – a $O(n^2)$ LaTeX proof","marks":[{"start":10,"end":12,"is":"no-case"},{"start":24,"end":25,"is":"italic"},{"start":26,"end":29,"is":"no-case"},{"start":36,"end":44,"is":"math"},{"start":45,"end":50,"is":"raw","format":"latex","of":"\\LaTeX"}]}}}"#,
        bibtex: &[r"title = {Über die {NP}-Härte von \emph{k}-{SAT} – a $O(n^2)$ \LaTeX{} proof},"],
        biblatex: &[r"title = {Über die {NP}-Härte von \emph{k}-{SAT} – a $O(n^2)$ \LaTeX{} proof},"],
    },
    Example {
        id: "X-32",
        from: "jsonl",
        input: r#"{"kind":"misc","key":"h","fields":{"title":{"text":"H2O and 13C of E. coli","marks":[{"start":1,"end":2,"is":"subscript"},{"start":8,"end":10,"is":"superscript"},{"start":15,"end":22,"is":"italic"}]}}}"#,
        // Capitals that lower-casing would damage are protected, for the source cannot mark them.
        bibtex: &[r"title = {{H}\textsubscript{2}{O} and \textsuperscript{13}{C} of \emph{{E}. coli}},"],
        biblatex: &[r"title = {{H}\textsubscript{2}{O} and \textsuperscript{13}{C} of \emph{{E}. coli}},"],
    },
    Example {
        id: "X-33",
        from: "jsonl",
        input: r#"{"kind":"article-journal","key":"p","fields":{"title":"T","pages":[{"start":"10"},{"start":"12","end":"15"}]}}"#,
        bibtex: &["pages = {10, 12--15},"],
        biblatex: &["pages = {10, 12--15},"],
    },
    Example {
        id: "X-34",
        from: "jsonl",
        input: r#"{"kind":"conference-paper","type":{"family":"bibtex","word":"inproceedings"},"key":"l","fields":{"container.title":"Proc. A","series.title":"Lecture Notes in CS","volume":"10345","series.number":"7","publisher":["Sp"],"issued":"2017"}}"#,
        bibtex: &["booktitle = {Proc. A},", "series = {Lecture Notes in CS},", "volume = {10345},", "number = {7},"],
        biblatex: &["series = {Lecture Notes in CS},", "volume = {10345},", "number = {7},"],
    },
    Example {
        id: "X-34, of another format",
        from: "jsonl",
        input: r#"{"kind":"conference-paper","key":"l","fields":{"container.title":"Proc. A","series.title":"Lecture Notes in CS","volume":"10345","series.number":"7","publisher":["Sp"],"issued":"2017"}}"#,
        bibtex: &["series = {Lecture Notes in CS},", "volume = {10345},", "note = {Number 7},"],
        biblatex: &["series = {Lecture Notes in CS},", "volume = {10345},", "number = {7},"],
    },
    Example {
        id: "X-35 (a)",
        from: "jsonl",
        input: r#"{"kind":"misc","key":"k","fields":{"title":"T","keyword":["graph theory","R, the language","NLP"]}}"#,
        bibtex: &["keywords = {graph theory, {R, the language}, NLP},"],
        biblatex: &["keywords = {graph theory, {R, the language}, NLP},"],
    },
    Example {
        id: "X-35 (b)",
        from: "jsonl",
        input: r#"{"kind":"misc","key":"k","fields":{"title":"T","keyword":["Aged, 80 and over","Humans"]}}"#,
        bibtex: &["keywords = {{Aged, 80 and over}, Humans},"],
        biblatex: &["keywords = {{Aged, 80 and over}, Humans},"],
    },
    Example {
        id: "X-36",
        from: "jsonl",
        input: r#"{"kind":"book","key":"k","fields":{"title":"T","publisher":["Allen and Unwin","Routledge"],"publisher.place":["London","New York"]}}"#,
        bibtex: &["publisher = {Allen and Unwin; Routledge},", "address = {London; New York},"],
        biblatex: &["publisher = {Allen {and} Unwin and Routledge},", "location = {London and New York},"],
    },
    Example {
        id: "X-37",
        from: "jsonl",
        input: r#"{"kind":"book","key":"b","fields":{"title":"T","language":["de"],"language.id":"ngerman","status":"in-press","edition":"3","pmid":"12345678"}}"#,
        bibtex: &["edition = {Third},", "year = {in press},", "eprint = {12345678},", "eprinttype = {pubmed},"],
        biblatex: &["edition = {3},", "pubstate = {inpress},", "langid = {ngerman},"],
    },
];

#[test]
fn worked_examples() {
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        let record = record(example.from, example.input);
        for (dialect, lines) in [(Dialect::BibTex, example.bibtex), (Dialect::BibLatex, example.biblatex)] {
            let (text, _) = written(&record, dialect, &WriteOptions::default());
            let has =
                |line: &str| text.lines().any(|it| it.trim() == line || (line.ends_with('{') && it.starts_with(line)));
            let missing: Vec<_> = lines.iter().filter(|line| !has(line)).collect();
            if !missing.is_empty() {
                wrong.push(format!("{} {dialect:?}: {missing:#?} is not in\n{text}", example.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
