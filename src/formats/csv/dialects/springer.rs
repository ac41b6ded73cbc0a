//! The table of Springer's search.

use super::super::codec::{DOI, JOINED_NAMES, NUMBER, TEXT, TITLE, URL, YEAR};
use super::{Dialect, columns, kinds, table};
use crate::mapping::{Mapping, read};
use crate::record::Field;
use std::sync::OnceLock;

pub(super) static SPRINGER: Dialect = Dialect {
    name: "SpringerLink",
    marks: &[&["Item Title", "Content Type"], &["Item Title", "Item DOI"]],
    aliases: &[("Year", "Publication Year")],
    mapping: &MAPPING,
    type_columns: &["Content Type"],
    kinds: kinds::SPRINGER,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static MAPPING: Mapping = table(
    columns![
        "Item Title" "Publication Title" "Book Series Title" "Journal Volume" "Journal Issue" "Item DOI" "Authors"
        "Publication Year" "URL" "Content Type"
    ],
    &[
        read("Item Title", Field::Title, &TITLE),
        read("Publication Title", Field::ContainerTitle, &TITLE),
        read("Book Series Title", Field::SeriesTitle, &TEXT),
        read("Journal Volume", Field::Volume, &NUMBER),
        read("Journal Issue", Field::Issue, &NUMBER),
        read("Item DOI", Field::Doi, &DOI),
        read("Authors", Field::Author, &JOINED_NAMES),
        read("Publication Year", Field::Issued, &YEAR),
        read("URL", Field::Url, &URL),
    ],
    &[],
    &[],
);
