//! What we write, read by the programs that people will read it with. Their warnings count.
//!
//! `cargo test --features real-tools --test real_tools`; `.ci/run` installs the programs and runs this. A program that
//! is not there is a failure, not a reason to leave a test out.
//!
//! The samples of all formats but .bib are written as one file for each dialect, those of .bib each on its own. Every
//! line that `bibtex` (six styles) and `biber --tool --validate-datamodel` say is either about a field that the record
//! lacks ([`lacks`]) or an identifier that BibLaTeX has no field for ([`is_identifier`]), or `bibferry check` said it of the source ([`SAID_FIRST`]), or the test fails.

// Clippy's exceptions for tests do not reach the functions around them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const STYLES: [&str; 6] = ["plain", "alpha", "abbrv", "unsrt", "plainnat", "IEEEtran"];
const DIALECTS: [&str; 2] = ["bibtex", "biblatex"];

/// How many entries a bibliography has at the most: `alpha` tells entries of one author and year apart by a letter, of
/// which there are 26.
const AT_ONCE: usize = 20;

/// Runs a program; says what to install where it is missing.
fn program(command: &mut Command) -> Output {
    let name = command.get_program().to_string_lossy().into_owned();
    command
        .output()
        .unwrap_or_else(|why| panic!("{name}: {why}; .ci/run installs it, with biber and texlive-publishers"))
}

/// Runs bibferry on inputs; ends with 1 where one of them is damaged, which is all right.
fn bibferry(arguments: &[&str], inputs: &[String]) -> Output {
    let output = program(Command::new(env!("CARGO_BIN_EXE_bibferry")).current_dir(ROOT).args(arguments).args(inputs));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{inputs:?} {arguments:?}: {said}");
    output
}

/// Writes inputs as `refs.bib` in a folder: its text.
fn convert(inputs: &[String], options: &[&str], folder: &Path) -> String {
    let file = folder.join("refs.bib");
    let file = file.to_string_lossy();
    bibferry(&[&["convert", "--quiet", "-o", &file], options].concat(), inputs);
    std::fs::read_to_string(&*file).expect("written in UTF-8")
}

/// A finding of `bibferry check`.
struct Finding {
    code: String,
    message: String,
    key: Option<String>,
    is_error: bool,
}

/// What `bibferry check` says of inputs. Each finding about a record has a place.
fn check(inputs: &[String]) -> Vec<Finding> {
    let output = bibferry(&["check", "--diagnostics=json"], inputs);
    let mut findings = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.starts_with('{')) {
        let it: serde_json::Value = serde_json::from_str(line).expect("a finding is JSON");
        let text = |name: &str| it.get(name).and_then(|it| it.as_str()).map(str::to_owned);
        let code = text("code").expect("a finding has a code");
        if it.get("key").is_some() {
            assert!(it.get("line").is_some(), "{line} has no place");
        }
        let is_error = text("severity").as_deref() == Some("error");
        findings.push(Finding { code, message: text("message").unwrap_or_default(), key: text("key"), is_error });
    }
    findings
}

/// The keys of the entries of a .bib file that we wrote.
fn keys(bib: &str) -> Vec<&str> {
    let entry =
        |line: &&str| !["@string", "@preamble", "@comment"].iter().any(|it| line.to_lowercase().starts_with(it));
    let heads = bib.lines().filter(|line| line.starts_with('@')).filter(entry);
    heads.filter_map(|line| line.split_once('{')?.1.split(',').next()).collect()
}

/// Something that a program says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Complaint {
    line: String,
    /// The entry it is about, if it names one.
    key: Option<String>,
}

/// Runs `bibtex` with a style over the entries of `refs.bib`: what it complains of. Each is in the bibliography.
fn bibtex(style: &str, folder: &Path, bib: &str) -> Vec<Complaint> {
    let keys = keys(bib);
    let mut complaints = Vec::new();
    for keys in keys.chunks(AT_ONCE) {
        let cited = keys.iter().map(|key| format!("\\citation{{{key}}}\n")).collect::<String>();
        let aux = format!("\\relax\n{cited}\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n");
        std::fs::write(folder.join("main.aux"), aux).expect("written");
        program(Command::new("bibtex").args(["-min-crossrefs=100", "main"]).current_dir(folder));
        let read = |name: &str| {
            let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let log = read("main.blg");
        assert!(!log.contains("couldn't open style file"), "{style}.bst: .ci/run installs it, with texlive-publishers");
        let is_one = |line: &&str| line.starts_with("Warning--") || line.contains("---");
        let lines = log.lines().filter(is_one).filter(|line| !line.starts_with("while executing"));
        // Errors of styles come before a line that says where in the style.
        let errors = log.lines().zip(log.lines().skip(1)).filter(|(_, next)| next.starts_with("while executing--"));
        for line in lines.chain(errors.map(|(line, _)| line).filter(|line| !line.starts_with("Warning--"))) {
            complaints.push(Complaint {
                line: line.to_owned(),
                key: keys.iter().find(|key| names(line, key)).map(|it| (*it).to_owned()),
            });
        }
        let items = read("main.bbl").matches("\\bibitem").count();
        if items != keys.len() {
            let line = format!("{items} of {} entries are in the bibliography\n{log}", keys.len());
            complaints.push(Complaint { line, key: None });
        }
    }
    complaints
}

/// Whether a line names an entry.
fn names(line: &str, key: &str) -> bool {
    line.strip_suffix(key).is_some_and(|it| it.ends_with(' '))
        || [format!("ntry '{key}'"), format!("---entry \"{key}\""), format!(" for \"{key}\" isn't")]
            .iter()
            .any(|it| line.contains(it))
}

/// Runs Biber in tool mode over `refs.bib`: what it complains of.
fn biber(folder: &Path, bib: &str) -> Vec<Complaint> {
    let arguments = ["--tool", "--validate-datamodel", "--nolog", "--output-file=biber.out", "refs.bib"];
    let output = program(Command::new("biber").args(arguments).current_dir(folder));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("INFO - "), "biber did not run: {said}{}", String::from_utf8_lossy(&output.stderr));
    let keys = keys(bib);
    let lines = said.lines().filter(|line| line.starts_with("WARN - ") || line.starts_with("ERROR - "));
    lines
        .map(|line| Complaint {
            line: line.to_owned(),
            key: keys.iter().find(|key| names(line, key)).map(|it| (*it).to_owned()),
        })
        .collect()
}

/// Whether a complaint is about a field that the style or the data model asks for, and the record lacks.
fn lacks(line: &str) -> bool {
    const MAY_LACK: &[&str] = &[
        "author",
        "author and editor",
        "booktitle",
        "chapter and pages",
        "editor",
        "institution",
        "journal",
        "note",
        "organization",
        "publisher",
        "school",
        "title",
        "year",
    ];
    let empty = ["Warning--empty ", "Warning--missing "].iter().find_map(|it| line.strip_prefix(it));
    if let Some((field, _)) = empty.and_then(|rest| rest.rsplit_once(" in ")) {
        return MAY_LACK.contains(&field);
    }
    line.starts_with("Warning--there's a month but no year in ")
        || line.starts_with("Warning--there's a number but no volume in ")
        || (line.starts_with("WARN - Datamodel: Entry ") && line.contains("): Missing mandatory field"))
}

/// Whether Biber passes over an identifier that its data model has for no type of entry, and reference managers read.
fn is_identifier(line: &str) -> bool {
    const IDENTIFIERS: &[&str] = &[
        "pmid",
        "pmcid",
        "lccn",
        "oclc",
        "mrnumber",
        "zmnumber",
        "jfm",
        "bibcode",
        "hdl",
        "jstor",
        "googlebooks",
        "swhid",
        "urn",
    ];
    let field = line.split_once("Field '").and_then(|(_, rest)| rest.split('\'').next());
    line.contains("invalid in data model - ignoring") && field.is_some_and(|field| IDENTIFIERS.contains(&field))
}

/// Whether a style cannot count an edition that the source has in several words: they are written as they are. An ordinal
/// that we spell out is one word.
fn is_edition_in_words(line: &str) -> bool {
    let words = line.strip_prefix("Warning--edition ordinal word \"").and_then(|rest| rest.split('"').next());
    words.is_some_and(|words| words.contains(' '))
}

/// What the entries of a .bib file may lack beside that: only there is it their author's to add.
fn lacks_in_bib(line: &str) -> bool {
    ["Warning--to sort, need ", "Warning--all relevant fields are empty in ", "Warning--need "]
        .iter()
        .any(|it| line.starts_with(it))
}

/// How a complaint names its field.
#[derive(Clone, Copy)]
enum Names {
    /// The first word in quotes behind these words, which the finding has in backticks.
    Field(&'static str),
    /// An entry; the finding is about it.
    Entry,
    /// Neither: one finding is enough.
    Nothing,
}

/// What programs say, and the findings of `bibferry check` of which one must have said it first.
const SAID_FIRST: &[(&str, Names, &[&str])] = &[
    ("invalid in data model - ignoring", Names::Field("Field '"), &["bib-field-foreign", "field-unknown"]),
    ("Invalid field '", Names::Field("Invalid field '"), &["bib-field-foreign", "field-unknown"]),
    ("Invalid entry type '", Names::Nothing, &["bib-type-foreign", "type-unknown"]),
    ("isn't style-file defined", Names::Nothing, &["bib-type-foreign", "type-unknown"]),
    ("legacy year field '", Names::Entry, &["bib-date-foreign", "date-in-words"]),
    ("legacy month field '", Names::Entry, &["bib-date-foreign", "date-in-words"]),
    ("Invalid value of field 'year'", Names::Entry, &["bib-date-foreign", "date-in-words"]),
    ("Invalid value of field 'month'", Names::Entry, &["bib-date-foreign", "date-in-words"]),
    ("Overwriting field '", Names::Entry, &["bib-date-foreign"]),
    (" of date field '", Names::Entry, &["bib-date-foreign"]),
    ("Invalid ISSN", Names::Entry, &["id-invalid"]),
    ("Invalid ISBN", Names::Entry, &["id-invalid"]),
    ("WARN - ISBN '", Names::Entry, &["id-invalid"]),
    ("Warning--can't use both author and editor fields", Names::Entry, &["bib-side-by-side"]),
    ("Warning--can't use both volume and number fields", Names::Entry, &["bib-side-by-side"]),
    ("Warning--there's a number but no series", Names::Entry, &["bib-side-by-side"]),
    ("Invalid value of field 'volume", Names::Entry, &["number-in-words"]),
    ("find a database entry for ", Names::Nothing, &["crossref-missing"]),
    ("A bad cross reference---entry", Names::Entry, &["crossref-missing"]),
    ("Warning--string name \"", Names::Nothing, &["macro-undefined"]),
    ("warning: undefined macro \"", Names::Nothing, &["macro-undefined"]),
    ("has too many commas", Names::Nothing, &["bib-name-foreign", "name-commas"]),
    ("Too many commas in name", Names::Nothing, &["bib-name-foreign", "name-commas"]),
    ("Invalid namepart", Names::Nothing, &["bib-name-foreign"]),
    ("characters of junk seen at toplevel", Names::Nothing, &["bib-text-between"]),
    ("syntax error: found ", Names::Nothing, &["bib-text-between"]),
];

/// Whether a finding said what a complaint says. `of_bib`: the source is a .bib file, whose keys are those of the output.
fn said_first(complaint: &Complaint, findings: &[Finding], of_bib: bool) -> bool {
    let line = &*complaint.line;
    let Some((_, names, codes)) = SAID_FIRST.iter().find(|(part, _, _)| line.contains(part)) else { return false };
    let mut of_code = findings.iter().filter(|it| codes.contains(&&*it.code));
    match names {
        Names::Nothing => of_code.next().is_some(),
        // Keys of other formats' records are made on writing: one of the sort has to be there.
        Names::Entry => of_code.any(|it| !of_bib || it.key.is_none() || it.key == complaint.key),
        Names::Field(before) => {
            let field = line.split_once(before).and_then(|(_, rest)| rest.split('\'').next()).unwrap_or_default();
            // Biber takes dates apart.
            let whole =
                if field.starts_with("event") && !field.starts_with("eventtitle") { "eventdate" } else { field };
            let wanted = format!("`{whole}`");
            let names = NAMES.iter().filter(|(_, to)| *to == field).map(|(from, _)| format!("`{from}`"));
            let names: Vec<String> = names.chain([wanted]).collect();
            of_bib && of_code.any(|it| names.iter().any(|name| it.message.contains(name)))
        }
    }
}

/// Names of fields in the wild, and what Biber or the other dialect calls them.
const NAMES: &[(&str, &str)] = &[
    ("address", "location"),
    ("annote", "annotation"),
    ("journal", "journaltitle"),
    ("school", "institution"),
    ("archiveprefix", "eprinttype"),
    ("primaryclass", "eprintclass"),
    ("numpages", "pagetotal"),
    ("copyright", "rights"),
    ("license", "rights"),
    ("assignee", "holder"),
    ("funding-acknowledgement", "funding"),
    ("pmc", "pmcid"),
    ("zblnumber", "zmnumber"),
];

/// Runs all programs over inputs and returns what is left of their complaints.
fn judge(inputs: &[String], of_bib: bool) -> BTreeSet<String> {
    let findings = check(inputs);
    let mut wrong = BTreeSet::new();
    let runs: &[&[&str]] = &[&["--to", "bibtex"], &["--to", "bibtex", "--ascii"], &["--to", "biblatex"]];
    for options in runs {
        let folder = tempfile::tempdir().expect("a folder");
        let bib = convert(inputs, options, folder.path());
        if keys(&bib).is_empty() {
            continue;
        }
        let mut complaints = Vec::new();
        if options.contains(&"bibtex") {
            let styles = if options.contains(&"--ascii") { &STYLES[..1] } else { &STYLES[..] };
            complaints.extend(styles.iter().flat_map(|style| bibtex(style, folder.path(), &bib)));
        }
        if !options.contains(&"--ascii") {
            complaints.extend(biber(folder.path(), &bib));
        }
        let ours = |it: &Complaint| {
            !(lacks(&it.line)
                || is_identifier(&it.line)
                || is_edition_in_words(&it.line)
                || (of_bib && lacks_in_bib(&it.line))
                || said_first(it, &findings, of_bib))
        };
        wrong.extend(complaints.iter().filter(|it| ours(it)).map(|it| format!("{inputs:?} {options:?}: {}", it.line)));
    }
    wrong
}

/// The samples: those of .bib, and all others.
fn samples() -> (Vec<String>, Vec<String>) {
    let of_bib = |path: &String| {
        let bytes = std::fs::read(common::root().join(path)).expect("a sample");
        bibferry::detect::detect(path, &bytes, None).is_some_and(|it| it.format.family == "bibtex")
    };
    common::samples("samples").iter().map(|path| common::relative(path)).partition(of_bib)
}

/// Every sample of every other format, in one file for each dialect.
#[test]
fn samples_of_other_formats_pass_without_a_warning_of_our_making() {
    let (_, others) = samples();
    let wrong = judge(&others, false);
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Every sample of .bib: what the programs dislike stood in the source, and `check` says so first. A file with entries
/// that are broken off keeps them as they were: of it no more is asked than that `check` calls them errors.
#[test]
fn samples_of_bib_pass_without_a_warning_that_check_did_not_say() {
    let (bibs, _) = samples();
    let mut wrong = BTreeSet::new();
    for bib in bibs {
        let inputs = [bib];
        if check(&inputs).iter().any(|it| it.is_error) {
            assert!(inputs[0].starts_with("samples/bad/"), "{inputs:?} is damaged");
        } else {
            wrong.extend(judge(&inputs, true));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Another parser finds as many entries as there are records.
#[test]
fn the_biblatex_crate_reads_what_we_write_of_other_formats() {
    let (_, others) = samples();
    let json = bibferry(&["convert", "--quiet", "--to", "jsonl"], &others);
    let records = String::from_utf8_lossy(&json.stdout).lines().filter(|line| line.starts_with("{\"kind\"")).count();
    for dialect in DIALECTS {
        for options in [&[][..], &["--ascii"]] {
            let folder = tempfile::tempdir().expect("a folder");
            let bib = convert(&others, &[&["--to", dialect], options].concat(), folder.path());
            let parsed =
                biblatex::RawBibliography::parse(&bib).unwrap_or_else(|why| panic!("{dialect} {options:?}: {why}"));
            assert_eq!(parsed.entries.len(), records, "{dialect} {options:?}");
        }
    }
}

/// The main job: the Arrow page as a .bib file that BibTeX compiles without a word.
#[test]
fn the_arrow_page_compiles_with_bibtex_and_plain() {
    let page = ["samples/arrow/thomas-serre.txt".to_owned()];
    for options in [&["--to", "bibtex"][..], &["--to", "bibtex", "--ascii"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let bib = convert(&page, options, folder.path());
        assert_eq!(keys(&bib).len(), 32, "{options:?}");
        let complaints = bibtex("plain", folder.path(), &bib);
        assert!(complaints.is_empty(), "{options:?}: {complaints:?}");
    }
}

/// The filter is narrow: what it must not let through.
#[test]
fn complaints_of_our_making_are_not_let_through() {
    let finding = |code: &str, message: &str, key: &str| Finding {
        code: code.to_owned(),
        message: message.to_owned(),
        key: Some(key.to_owned()),
        is_error: false,
    };
    let findings = [
        finding("bib-field-foreign", "BibLaTeX's data model has no field `pmid` for @book", "k"),
        finding("bib-side-by-side", "BibTeX's styles take an author or an editor in @book, not both", "k"),
    ];
    let complaint = |line: &str, key: &str| Complaint { line: line.to_owned(), key: Some(key.to_owned()) };
    let pmid = "WARN - Datamodel: Entry 'k' (refs.bib): Field 'pmid' invalid in data model - ignoring";
    assert!(said_first(&complaint(pmid, "k"), &findings, true));
    // Of other formats' making there is no such field.
    assert!(!said_first(&complaint(pmid, "k"), &findings, false));
    assert!(!said_first(&complaint(&pmid.replace("pmid", "pmcid"), "k"), &findings, true));
    let both = "Warning--can't use both author and editor fields in k";
    assert!(said_first(&complaint(both, "k"), &findings, true));
    assert!(!said_first(&complaint(&both.replace(" k", " l"), "l"), &findings, true));
    assert!(!lacks("Warning--empty pages in k") && !lacks(both) && lacks("Warning--empty year in k"));
    assert!(!said_first(&complaint("ERROR - BibTeX subsystem: something new", "k"), &findings, true));
}

/// Where `.ci/run` installs citeproc-js.
const CITEPROC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/citeproc");

/// citeproc-js formats the CSL-JSON of every sample, and of CSL-YAML and CSL-JSON what is read back, in each of its styles.
#[test]
fn a_citation_processor_formats_every_sample() {
    let node = Command::new("node").arg("--version").output();
    assert!(node.is_ok_and(|it| it.status.success()), "node: .ci/run installs it");
    let installed = Path::new(CITEPROC).join("node_modules/citeproc").exists();
    assert!(installed, "{CITEPROC} has no citeproc: .ci/run installs it");
    let folder = tempfile::tempdir().expect("a folder");
    let mut formatted = 0;
    for path in common::samples("samples") {
        let name = common::relative(&path);
        let file = folder.path().join("refs.json");
        let file = file.to_string_lossy();
        bibferry(&["convert", "--quiet", "-t", "csl-json", "-o", &file], std::slice::from_ref(&name));
        let text = std::fs::read_to_string(&*file).expect("written");
        if text == "[]\n" {
            continue;
        }
        let script = Path::new(ROOT).join("tests/citeproc/format.js");
        let output = program(Command::new("node").arg(script).arg(CITEPROC).arg(&*file));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{name}: {said}");
        let styles = String::from_utf8_lossy(&output.stdout).lines().count();
        assert!(styles > 2, "{name}: {styles} styles");
        formatted += 1;
    }
    assert!(formatted > 20, "{formatted} samples");
}
