//! What a record lacks: the fields that the entry type it is written as requires.
//!
//! What each entry type requires is what the `biblatex` crate knows of the biblatex manual, section 2.1. The crate is
//! asked once for each type, by entries that have none or one of its fields; here stand only the entry type of each
//! kind (mapping reference, section 2.1) and the fields of ours that meet each demand.
//!
//! ```
//! use bibferry::check;
//! use bibferry::record::{Field, Kind, Record, Text, Value};
//! let mut record = Record::new(Kind::ArticleJournal);
//! record.push(Field::Title, Value::Text(Text::plain("On Examples")));
//! let finding = check::missing(&record).unwrap();
//! assert_eq!(finding.message, "@article requires author, issued, container.title");
//! ```

use crate::diagnostic::{DATE_IN_WORDS, Diagnostic, FIELD_MISSING, NUMBER_IN_WORDS};
use crate::record::{Field, Kind, Parts, Record, Value, excerpt};
use biblatex::{Chunk, Entry, EntryType, Spanned};
use std::sync::OnceLock;

/// Fields of which one is enough.
struct Demand {
    fields: Vec<Field>,
    /// How the demand is put to people.
    name: String,
}

/// What biblatex calls a field, and the fields of ours that stand for it; the first is named where all are missing.
const MEETS: &[(&str, &[Field])] = &[
    ("title", &[Field::Title, Field::ShortTitle, Field::TranslatedTitle]),
    ("author", &[Field::Author]),
    ("editor", &[Field::Editor, Field::Compiler, Field::Redactor]),
    ("journaltitle", &[Field::ContainerTitle, Field::ContainerShort]),
    ("booktitle", &[Field::ContainerTitle, Field::ContainerShort, Field::EventTitle]),
    ("publisher", &[Field::Publisher]),
    ("institution", &[Field::Publisher]),
    ("school", &[Field::Publisher]),
    ("note", &[Field::Note, Field::Status, Field::Genre, Field::EventTitle]),
    ("url", &[Field::Url, Field::Doi, Field::Eprint]),
    ("number", &[Field::Number, Field::ApplicationNumber]),
    ("pages", &[Field::Pages, Field::ArticleNumber]),
    ("chapter", &[Field::Chapter]),
    ("year", &[Field::Issued, Field::Available, Field::Submitted, Field::EventDate, Field::Status]),
];

/// The entry type a kind is written as, where biblatex says what it requires. Kinds with a type outside the manual's
/// section 2.1.1 (laws, films, letters …) are not judged. The types that say `type` in their name are used for theses
/// and reports, because the kind and subtype of ours say what their `type` field would.
const fn entry_type(kind: Kind) -> Option<EntryType> {
    Some(match kind {
        Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper | Kind::Review => EntryType::Article,
        Kind::SupplementaryItem => EntryType::SuppPeriodical,
        Kind::Preprint | Kind::Webpage | Kind::BlogPost | Kind::Post => EntryType::Online,
        Kind::Periodical => EntryType::Periodical,
        Kind::Book | Kind::Classic | Kind::MusicalScore => EntryType::Book,
        Kind::Collection => EntryType::Collection,
        Kind::ReferenceBook => EntryType::Reference,
        Kind::Proceedings => EntryType::Proceedings,
        Kind::Chapter => EntryType::InBook,
        Kind::ConferencePaper => EntryType::InProceedings,
        Kind::Thesis => EntryType::PhdThesis,
        Kind::Report => EntryType::TechReport,
        Kind::Manual => EntryType::Manual,
        Kind::Patent => EntryType::Patent,
        Kind::Dataset | Kind::Database => EntryType::Dataset,
        Kind::Software => EntryType::Software,
        Kind::Presentation | Kind::Manuscript => EntryType::Unpublished,
        Kind::Pamphlet => EntryType::Booklet,
        _ => return None,
    })
}

/// What an entry type requires.
struct Required {
    name: String,
    demands: Vec<Demand>,
}

/// What each kind requires, by the kind's place in [`Kind::ALL`].
fn required(kind: Kind) -> Option<&'static Required> {
    static TABLE: OnceLock<Vec<Option<Required>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kind::ALL.iter().map(|kind| entry_type(*kind).as_ref().map(ask)).collect());
    let at = Kind::ALL.iter().position(|it| *it == kind)?;
    table.get(at)?.as_ref()
}

/// Asks the crate what an entry type requires: what an empty entry lacks, and which other field makes it lack that no
/// more (an editor for an author, a chapter for pages).
fn ask(entry_type: &EntryType) -> Required {
    let name = entry_type.to_string();
    let lacking = |having: Option<&str>| {
        let mut entry = Entry::new(String::new(), entry_type.clone());
        if let Some(field) = having {
            entry.set(field, vec![Spanned::zero(Chunk::Normal("1".to_owned()))]);
        }
        entry.verify().missing
    };
    let demands = lacking(None).into_iter().map(|field| {
        let others = MEETS.iter().map(|(other, _)| *other);
        let enough: Vec<&[Field]> =
            others.filter(|other| *other == field || !lacking(Some(other)).contains(&field)).map(meets).collect();
        let names: Vec<&str> = enough.iter().filter_map(|fields| fields.first()).map(|field| field.name()).collect();
        Demand { fields: enough.concat(), name: names.join(" or ") }
    });
    // A name we have no field for makes no demand.
    let mut demands: Vec<Demand> = demands.filter(|demand| !demand.fields.is_empty()).collect();
    demands.sort_by_key(|demand| demand.fields.first().copied());
    Required { name, demands }
}

fn meets(name: &str) -> &'static [Field] {
    MEETS.iter().find(|(it, _)| *it == name).map_or(&[], |(_, fields)| fields)
}

/// What a record lacks of what the entry type of its kind requires, as one finding; none where nothing is missing.
pub fn missing(record: &Record) -> Option<Diagnostic> {
    let required = required(record.kind)?;
    let lacks: Vec<&str> = required
        .demands
        .iter()
        .filter(|demand| !demand.fields.iter().any(|field| record.get(*field).is_some()))
        .map(|demand| demand.name.as_str())
        .collect();
    if lacks.is_empty() {
        return None;
    }
    let message = format!("@{} requires {}", required.name, lacks.join(", "));
    Some(Diagnostic::new(&FIELD_MISSING, message).about(record))
}

/// What of a record Biber sorts by and is no number: its date as BibTeX's fields have it, its volume. Of the entries of
/// .bib files their own format says what it can.
pub fn numbers(record: &Record) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let of_bibtex = record.source_type.as_ref().is_some_and(|it| it.format == "bibtex");
    let plain = Parts::MONTH.and(Parts::DAY).and(Parts::TIME);
    if let Some(date) = record.date(Field::Issued).filter(|date| !of_bibtex && !(date.parts() - plain).is_empty()) {
        let message = format!("the date `{}` has no year and month of digits alone", date.year_text());
        findings.push(Diagnostic::new(&DATE_IN_WORDS, message).about(record));
    }
    let of_bib = record.source_type.as_ref().is_some_and(|it| it.family == "bibtex");
    for field in [Field::Volume, Field::NumberOfVolumes].into_iter().filter(|_| !of_bib) {
        for slot in record.all(field) {
            let Value::Number(number) = slot.value() else { continue };
            if !number.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
                let message = format!("the {} `{}` is no integer", field.name(), excerpt(number.as_str(), 40));
                findings.push(Diagnostic::new(&NUMBER_IN_WORDS, message).about(record));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_found_by_asking() {
        let names = |kind| -> Vec<String> {
            required(kind).map(|it| it.demands.iter().map(|demand| demand.name.clone()).collect()).unwrap_or_default()
        };
        assert_eq!(names(Kind::Book), ["title", "author or editor", "issued", "publisher"]);
        assert_eq!(names(Kind::Proceedings), ["title", "editor", "issued"]);
        assert!(names(Kind::Chapter).contains(&"pages or chapter".to_owned()));
        assert!(names(Kind::Bill).is_empty());
    }

    #[test]
    fn every_demand_of_every_type_we_judge_has_a_field() {
        for kind in Kind::ALL {
            if let Some(entry_type) = entry_type(*kind) {
                let asked = Entry::new(String::new(), entry_type.clone()).verify().missing.len();
                assert_eq!(ask(&entry_type).demands.len(), asked, "{}", kind.name());
            }
        }
    }
}
