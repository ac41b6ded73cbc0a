//! What BibTeX's styles and Biber dislike in a .bib file: `bibferry check` says it before they do.
//!
//! Such things are the author's to mend. Written back to a .bib file they stand as they stood, and the programs complain
//! of them then as they did before.
//!
//! ```text
//! @book{k, author = {A}, editor = {B}, volume = 1, number = 2, pages = {3}, pmid = {4}}
//! ```

use super::complete::IN_SERIES;
use super::datamodel::{fits, has_type, other_name};
use super::dates::makes_date;
use super::map;
use super::lists::{in_braces, split_and};
use super::tags::{KEY, NAME_TAGS};
use super::types::BOOKS;
use crate::diagnostic::{Code, Diagnostic, ID_INVALID, NUMBER_IN_WORDS, Severity};
use crate::mapping::Written;
use crate::mapping::codecs::identifiers::is_serial;
use crate::record::{Item, MONTH_MACROS, Passage, Record, excerpt};
use crate::write::{Losses, Outgoing, WriteOptions};

/// Two fields of which styles print one.
pub(super) static SIDE_BY_SIDE: Code = Code {
    id: "bib-side-by-side",
    severity: Severity::Warning,
    title: "two fields of which BibTeX's styles take one",
    page: "A book has an author or an editor to BibTeX's standard styles, and stands in a series by its volume or by its \
           number, the latter with the title of the series. Of two they print the first and warn. BibLaTeX prints both.",
};

/// An entry type that a program does not know.
pub(super) static TYPE_FOREIGN: Code = Code {
    id: "bib-type-foreign",
    severity: Severity::Note,
    title: "an entry type that styles or Biber do not know",
    page: "BibTeX's standard styles know fourteen entry types, Biber those of BibLaTeX's data model. They treat others as \
           `misc`, and warn.",
};

/// A field that the entry type does not have.
pub(super) static FIELD_FOREIGN: Code = Code {
    id: "bib-field-foreign",
    severity: Severity::Note,
    title: "a field that BibLaTeX's data model does not give the entry type",
    page: "`biber --validate-datamodel` warns of the field, and BibLaTeX's styles do not print it. Programs that keep notes \
           of their own in .bib files leave many such fields, which do no harm. Each is reported once for an entry type.",
};

/// A date that Biber cannot sort by.
pub(super) static DATE_FOREIGN: Code = Code {
    id: "bib-date-foreign",
    severity: Severity::Note,
    title: "a date that Biber does not take",
    page: "Biber wants an integer in `year` and in `month`, and a date as `1999-12-31` or `1998/2000` in `date`, of which \
           and `year` only one may stand. BibTeX's styles print what is there.",
};

/// A name that programs take apart differently, or not at all.
pub(super) static NAME_FOREIGN: Code = Code {
    id: "bib-name-foreign",
    severity: Severity::Warning,
    title: "a name that BibTeX or Biber does not take",
    page: "A name has two commas at the most: `von Last, Jr, First`. Biber counts those in braces as well, and leaves out \
           an entry with more; so it does where a name is missing between two `and`.",
};

/// Text between entries that Biber stumbles over.
pub(super) static TEXT_BETWEEN: Code = Code {
    id: "bib-text-between",
    severity: Severity::Note,
    title: "text between entries that Biber warns of",
    page: "BibTeX ignores whatever stands between entries. Biber warns of words there, and takes `@comment` without braces \
           for an entry that is broken. `%` at the start of a line keeps both quiet.",
};

/// The entry types of BibTeX's standard styles.
const STANDARD: &[&str] = &[
    "article",
    "book",
    "booklet",
    "conference",
    "inbook",
    "incollection",
    "inproceedings",
    "manual",
    "mastersthesis",
    "misc",
    "phdthesis",
    "proceedings",
    "techreport",
    "unpublished",
];

/// Finds what is wrong with an item of a .bib file.
pub(super) fn check(item: &Item, findings: &mut Vec<Diagnostic>) {
    match item {
        Item::Record(record) => of_record(record, findings),
        Item::Passage(passage) => of_passage(passage, findings),
        Item::Head(_) => {}
    }
}

fn of_passage(passage: &Passage, findings: &mut Vec<Diagnostic>) {
    let raw = passage.raw.trim_start();
    let word = raw.get(..8).filter(|word| word.eq_ignore_ascii_case("@comment"));
    let message = match word {
        Some(_) if !raw.get(8..).unwrap_or_default().trim_start().starts_with(['{', '(']) => {
            "Biber takes a `@comment` without braces for a broken entry"
        }
        None if !raw.starts_with('@') && raw.lines().any(|line| !line.trim_start().starts_with('%')) => {
            "Biber warns of text between entries that is not behind `%`"
        }
        _ => return,
    };
    findings.push(Diagnostic::new(&TEXT_BETWEEN, message).at(passage.place).once(message));
}

fn of_record(record: &Record, findings: &mut Vec<Diagnostic>) {
    let Some(source) = record.source_type.as_ref().filter(|it| it.family == map::BIBTEX.family) else { return };
    let standard = source.format == map::BIBTEX.format;
    let mapping = if standard { &map::BIBTEX } else { &map::BIBLATEX };
    let mut losses = Losses::new(false);
    // As it would be written back: that is as it stood.
    let written = mapping.write(&mut Outgoing::new(record, &mut losses), &WriteOptions::default());
    let word = source.word.to_ascii_lowercase();
    let mut report = |code: &'static Code, message: String, once: Option<String>| {
        let finding = Diagnostic::new(code, message).about(record);
        findings.push(match once {
            Some(once) => finding.once(once),
            None => finding,
        });
    };
    if !has_type(&word) {
        report(&TYPE_FOREIGN, format!("BibLaTeX has no entry type @{word}"), Some(format!("@{word}")));
    } else if standard && !STANDARD.contains(&&*word) {
        report(&TYPE_FOREIGN, format!("BibTeX's standard styles do not know @{word}"), Some(format!("@{word}")));
    }
    for (code, message) in side_by_side(&word, &written) {
        report(code, message, None);
    }
    for cell in written.cells.iter().filter(|cell| cell.tag != KEY) {
        let (tag, raw) = (&*cell.tag, &*cell.raw);
        // Biber does not rename a field where the other name is taken.
        let twice = other_name(tag).is_some_and(|other| written.get(other).is_some());
        if twice || !fits(&word, tag) {
            let message = format!("BibLaTeX's data model has no field `{tag}` for @{word}");
            report(&FIELD_FOREIGN, message, Some(format!("@{word} {tag}")));
        }
        if let Some(message) = date(tag, raw, &written) {
            report(&DATE_FOREIGN, message, None);
        }
        if matches!(tag, "volume" | "volumes") && !raw.bytes().all(|byte| byte.is_ascii_digit()) {
            report(&NUMBER_IN_WORDS, format!("`{}` in `{tag}` is no integer to Biber", excerpt(raw, 40)), None);
        }
        if matches!(tag, "isbn" | "issn") && !is_number(tag, raw) {
            report(&ID_INVALID, format!("`{}` in `{tag}` is not one valid number", excerpt(raw, 40)), None);
        }
        if NAME_TAGS.contains(&tag)
            && let Some(name) = split_and(raw).into_iter().find(|name| is_odd(name))
        {
            report(&NAME_FOREIGN, format!("`{}` in `{tag}` is not a name to Biber", excerpt(name, 40)), None);
        }
    }
}

/// Fields that styles do not take side by side.
fn side_by_side(word: &str, written: &Written) -> Vec<(&'static Code, String)> {
    let has = |tag: &str| written.get(tag).is_some();
    let mut found = Vec::new();
    if matches!(word, "book" | "inbook") && has("author") && has("editor") {
        found.push((&SIDE_BY_SIDE, format!("BibTeX's styles take an author or an editor in @{word}, not both")));
    }
    let in_series = IN_SERIES.contains(&word) || (!STANDARD.contains(&word) && BOOKS.contains(&word));
    if in_series && has("volume") && has("number") {
        found.push((&SIDE_BY_SIDE, format!("BibTeX's styles take a volume or a number in @{word}, not both")));
    } else if in_series && has("number") && !has("series") {
        found.push((&SIDE_BY_SIDE, format!("BibTeX's styles take a number in @{word} only in a series")));
    }
    if has("date") && (has("year") || has("month")) {
        found.push((&DATE_FOREIGN, "Biber takes either `date` or `year` and `month`".to_owned()));
    }
    found
}

/// What Biber says of a field of a date.
fn date(tag: &str, raw: &str, written: &Written) -> Option<String> {
    let digits = |raw: &str| !raw.is_empty() && raw.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match tag {
        "year" => digits(raw.strip_prefix('-').unwrap_or(raw)),
        "month" => {
            let lower = raw.to_ascii_lowercase();
            let is_macro = MONTH_MACROS.contains(&&*lower);
            let cell = written.cells.iter().find(|cell| cell.tag == "month");
            // In braces the name of a month is no macro.
            digits(raw) || (is_macro && cell.is_some_and(|cell| cell.expression.is_some() || cell.raw == lower))
        }
        "date" | "eventdate" | "origdate" | "urldate" => makes_date(raw),
        _ => true,
    };
    (!fits).then(|| format!("`{}` in `{tag}` is no date to Biber", excerpt(raw, 40)))
}

fn is_number(tag: &str, raw: &str) -> bool {
    let digits = raw.bytes().filter(|byte| byte.is_ascii_digit() || byte.eq_ignore_ascii_case(&b'x')).count();
    let one = if tag == "isbn" { digits == 10 || digits == 13 } else { digits == 8 };
    one && is_serial(raw, false) && !raw.contains([',', ';', '('])
}

/// Whether Biber or BibTeX would leave the name out.
fn is_odd(name: &str) -> bool {
    let long = ["family=", "given=", "prefix=", "suffix="].iter().any(|part| name.contains(part));
    let parts = || name.split(',').all(|part| part.contains('=') || name.starts_with('"'));
    name.is_empty()
        || (long && !parts())
        || (!long && in_braces(name).is_none() && (name.matches(',').count() > 2 || name.contains(",,")))
}
