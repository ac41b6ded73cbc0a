//! What the published schema of CSL-JSON (csl-data.json of CSL 1.0.2) allows: source text that it does not is not written
//! back.

use super::json::{self, Sort};
use super::map::tags::{DATES, NAMES};
use super::text;
use crate::record::SourceCell;

/// Variables that may be numbers.
const NUMBERS: &[&str] = &[
    "chapter-number",
    "citation-number",
    "collection-number",
    "edition",
    "first-reference-note-number",
    "issue",
    "locator",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "page",
    "page-first",
    "part",
    "printing",
    "supplement",
    "volume",
];

/// Names that are read and that the schema does not have, beside those of programs.
const NOT_IN_SCHEMA: &[&str] = &[
    "address",
    "article-number",
    "booktitle",
    "copyright",
    "date",
    "day",
    "degree",
    "doi",
    "edition-number",
    "isbn",
    "issn",
    "journal",
    "keywords",
    "license",
    "month",
    "notes",
    "pages",
    "part-number",
    "pmcid",
    "pmid",
    "printing-number",
    "published-online",
    "publisher-location",
    "school",
    "series",
    "short-container-title",
    "short-title",
    "subject",
    "subtitle",
    "supplement-number",
    "url",
    "year",
];

/// Whether what stood so in a source may stand so in an output.
pub(super) fn allows(cell: &SourceCell) -> bool {
    let tag = &*cell.tag;
    if tag.starts_with("custom.") {
        return true;
    }
    if NOT_IN_SCHEMA.contains(&tag) {
        return false;
    }
    if NAMES.contains(&tag) {
        return json::sort(&cell.raw) == Sort::Array && json::elements(&cell.raw).all(is_name);
    }
    if DATES.contains(&tag) {
        return is_date(&cell.raw);
    }
    // The schema allows numbers for some variables, but citeproc-js expects strings and gives the item up.
    cell.expression.is_none() && !text::has_own_tags(&cell.raw)
}

/// Whether a variable may be a number.
pub(super) fn may_be_number(tag: &str) -> bool {
    NUMBERS.contains(&tag)
}

fn is_name(raw: &str) -> bool {
    json::sort(raw) == Sort::Object
        && json::members(raw).all(|(name, value)| match &*name {
            "family" | "given" | "dropping-particle" | "non-dropping-particle" | "suffix" | "literal" => {
                json::sort(value) == Sort::String
            }
            "comma-suffix" | "static-ordering" | "parse-names" => is_scalar(value),
            _ => false,
        })
}

fn is_scalar(raw: &str) -> bool {
    matches!(json::sort(raw), Sort::String | Sort::Number | Sort::Bool)
}

fn is_date(raw: &str) -> bool {
    json::sort(raw) == Sort::Object
        && json::members(raw).all(|(name, value)| match &*name {
            "date-parts" => {
                let is_point = |raw: &str| {
                    let mut parts = json::elements(raw);
                    let count = json::elements(raw).count();
                    (1..=3).contains(&count) && parts.all(|it| matches!(json::sort(it), Sort::String | Sort::Number))
                };
                let mut counts = json::elements(value).map(|point| json::elements(point).count());
                let first = counts.next();
                // citeproc-js gives up an item whose span has ends of unlike precision.
                json::sort(value) == Sort::Array
                    && counts.all(|count| Some(count) == first)
                    && (1..=2).contains(&json::elements(value).count())
                    && json::elements(value).all(is_point)
            }
            "season" => matches!(json::sort(value), Sort::String | Sort::Number),
            "circa" => is_scalar(value),
            "literal" | "raw" => json::sort(value) == Sort::String,
            _ => false,
        })
}
