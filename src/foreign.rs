//! Formats that are not read, told by their content, so that an error can say what a file is and what to do with it.
//!
//! ```text
//! FN Clarivate Analytics Web of Science      ── two lines at the beginning tell it
//! VR 1.0
//! ```

use memchr::memmem;

/// A format that is not read.
#[derive(Debug)]
pub(crate) struct Foreign {
    /// Its name for people.
    pub(crate) name: &'static str,
    /// What the user can do instead.
    pub(crate) advice: &'static str,
    sign: Sign,
}

/// What tells it.
#[derive(Debug)]
enum Sign {
    /// The text begins so, ASCII case aside.
    Begins(&'static [&'static str]),
    /// Each of these begins one of the first lines.
    Lines(&'static [&'static str]),
    /// The text is XML (or HTML), and one of these stands near its beginning.
    Xml(&'static [&'static str]),
    /// The text is JSON, and each of these stands near its beginning.
    Json(&'static [&'static str]),
}

/// How many lines are looked at.
const LINES: usize = 40;

/// How much of XML and JSON is looked at.
const NEAR: usize = 16 << 10;

const MANAGER: &str = "import it into a reference manager and export RIS or BibTeX there";
const THERE: &str = "export RIS or BibTeX there";
const BY_DOI: &str = "ask for BibTeX, RIS or CSL-JSON there";
const UNPACK: &str = "unpack it first";

const fn foreign(name: &'static str, sign: Sign, advice: &'static str) -> Foreign {
    Foreign { name, advice, sign }
}

/// The formats. The first whose sign is there is meant.
const FORMATS: &[Foreign] = &[
    foreign("a PDF file", Sign::Begins(&["%PDF-"]), "only bibliographies are read"),
    foreign(
        "a ZIP archive, as the files of Word and Excel are",
        Sign::Begins(&["PK\u{3}\u{4}"]),
        "save the table as CSV",
    ),
    foreign("a gzip archive", Sign::Begins(&["\u{1f}\u{8b}", "\u{1f}\u{2039}", "\u{1f}\u{fffd}"]), UNPACK),
    foreign("RTF", Sign::Begins(&["{\\rtf"]), MANAGER),
    foreign(
        "Web of Science plain text",
        Sign::Lines(&["FN ", "VR "]),
        "export RIS, BibTeX or tab-delimited text there",
    ),
    foreign("PubMed's MEDLINE", Sign::Lines(&["PMID- "]), MANAGER),
    foreign("MEDLINE", Sign::Lines(&["OWN - ", "TI  - "]), MANAGER),
    foreign(
        "Web of Science plain text",
        Sign::Lines(&["PT ", "AU ", "TI "]),
        "export RIS, BibTeX or tab-delimited text there",
    ),
    foreign("EndNote's Refer", Sign::Lines(&["%0 "]), MANAGER),
    foreign("Refer", Sign::Lines(&["%A ", "%T "]), MANAGER),
    foreign("Scopus plain text", Sign::Lines(&["Scopus", "EXPORT DATE"]), "export RIS, BibTeX or CSV there"),
    foreign("Ovid's text", Sign::Begins(&["<1>", "<1. >"]), THERE),
    foreign("a citation file (CFF)", Sign::Lines(&["cff-version:"]), "`cffconvert -f bibtex` makes BibTeX of it"),
    foreign("PubMed's XML", Sign::Xml(&["<PubmedArticle", "<MedlineCitation"]), MANAGER),
    foreign("MODS", Sign::Xml(&["<mods", "loc.gov/mods/"]), MANAGER),
    foreign("MARC XML", Sign::Xml(&["loc.gov/MARC21/slim", "marcxml"]), MANAGER),
    foreign("EndNote's XML", Sign::Xml(&["<source-app", "<ref-type"]), "export RIS or BibTeX from EndNote"),
    foreign("the sources of a Word document", Sign::Xml(&["officeDocument/2006/bibliography", "<b:Sources"]), MANAGER),
    foreign("TEI", Sign::Xml(&["www.tei-c.org/"]), MANAGER),
    foreign("the XML of DBLP", Sign::Xml(&["<dblp"]), "ask for BibTeX or RIS there"),
    foreign("the XML of DataCite", Sign::Xml(&["datacite.org/"]), BY_DOI),
    foreign("the XML of Crossref", Sign::Xml(&["<crossref", "crossref.org/"]), BY_DOI),
    foreign(
        "JATS",
        Sign::Xml(&["<article ", "<article>", "<element-citation", "<mixed-citation"]),
        "ask its publisher's page for RIS or BibTeX",
    ),
    foreign(
        "a web page",
        Sign::Xml(&["<!doctype html", "<!DOCTYPE html", "<html", "<HTML"]),
        "save what its link for RIS or BibTeX gives",
    ),
    foreign("XML", Sign::Xml(&["<"]), MANAGER),
    foreign("the JSON of OpenAlex", Sign::Json(&["https://openalex.org/"]), "export RIS or CSV there"),
    foreign("CodeMeta", Sign::Json(&["\"@context\"", "codemeta"]), MANAGER),
    foreign("schema.org's JSON", Sign::Json(&["\"@context\"", "schema.org"]), MANAGER),
    foreign("the JSON of DataCite", Sign::Json(&["datacite.org/schema/kernel"]), BY_DOI),
    foreign("the JSON of DataCite", Sign::Json(&["\"creators\"", "\"titles\""]), BY_DOI),
    foreign("the items of Zotero's interface", Sign::Json(&["\"itemType\""]), "export CSL-JSON, RIS or BibTeX there"),
];

/// The format that a text is in by its beginning, if it is one that is not read.
pub(crate) fn tell(head: &[u8]) -> Option<&'static Foreign> {
    let text = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    FORMATS.iter().find(|format| format.sign.stands_in(text))
}

impl Sign {
    fn stands_in(&self, text: &[u8]) -> bool {
        let has = |word: &&str| memmem::find(text.get(..NEAR).unwrap_or(text), word.as_bytes()).is_some();
        match self {
            Sign::Begins(words) => words.iter().any(|word| begins(text, word)),
            Sign::Lines(words) => {
                let lines =
                    || text.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty()).take(LINES);
                words.iter().all(|word| lines().any(|line| begins(line, word)))
            }
            Sign::Xml(words) => {
                let is_markup = matches!(text, [b'<', b'?' | b'!', ..])
                    || matches!(text, [b'<', next, ..] if next.is_ascii_alphabetic());
                is_markup && words.iter().any(has)
            }
            Sign::Json(words) => matches!(text, [b'{' | b'[', ..]) && words.iter().all(has),
        }
    }
}

fn begins(text: &[u8], word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        tell(text.as_bytes()).map(|it| it.name)
    }

    #[test]
    fn formats_are_told_by_their_beginnings() {
        for (text, want) in [
            ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\nER\nEF\n", "Web of Science plain text"),
            ("PT J\r\nAU Doe, J\r\n   Roe, K\r\nTI On examples\r\nER\r\n", "Web of Science plain text"),
            ("\n\nPMID- 1\nOWN - NLM\n", "PubMed's MEDLINE"),
            ("%0 Journal Article\n%A Jane Doe\n", "EndNote's Refer"),
            ("%A Jane Doe\n%T On examples\n", "Refer"),
            ("# a file\ncff-version: 1.2.0\n", "a citation file (CFF)"),
            ("<?xml version=\"1.0\"?>\n<modsCollection xmlns=\"http://www.loc.gov/mods/v3\">", "MODS"),
            ("<!DOCTYPE html><html>", "a web page"),
            ("<records/>", "XML"),
            ("{\"schemaVersion\": \"http://datacite.org/schema/kernel-4\"}", "the JSON of DataCite"),
            ("[{\"itemType\": \"book\"}]", "the items of Zotero's interface"),
            ("%PDF-1.7", "a PDF file"),
        ] {
            assert_eq!(name(text), Some(want), "{text}");
        }
    }

    #[test]
    fn our_own_formats_are_none() {
        for text in [
            "",
            "@book{a, title = {FN }}\n",
            "TY  - JOUR\nAU  - Doe\n",
            "[{\"id\": 1}]",
            "%A comment\n@book{a}",
            "<<<<<<<",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
