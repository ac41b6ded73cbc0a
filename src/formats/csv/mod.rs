//! `csv` and `tsv`: tables of references, as databases export them and spreadsheets keep them.
//!
//! ```text
//! kind,key,title,author,issued,container.title,doi
//! article-journal,doe2020,On Examples,"Doe, Jane; Roe, Kim",2020-03,Journal of Examples,10.1000/1
//! ```
//!
//! # Reading
//!
//! The delimiter, the header and whose table it is are found by content (`layout`): Zotero, Scopus, Web of Science,
//! Dimensions, The Lens, PubMed, Embase, IEEE Xplore, ACM, EBSCOhost, Cochrane, OpenAlex, Springer, Publish or Perish, Google
//! Scholar, Covidence, Rayyan, JabRef, our own; any other by the names that people give columns (`dialects`), and by
//! what the user says with `--map`. Columns of which nothing is known are kept, and reported once.
//!
//! # Writing
//!
//! Our own tables have a column `kind`, and one for each field that occurs, named as `bibferry explain` names fields; the
//! members of lists are joined by `; `. A cell that has the value's canonical JSON reads back to that value, so with
//! `--carry` nothing is lost. `--columns zotero` writes Zotero's layout instead.

mod cell;
mod codec;
mod cut;
mod dialects;
mod joined;
mod kind;
mod layout;
mod mend;
mod missing;
mod names;
mod outline;
mod own;
mod plan;
mod read;
mod source;
mod split;
#[cfg(test)]
mod tests;
mod write;

use crate::diagnostic::{Code, Severity};
use crate::format::{Carrier, Format, Score};
use crate::transform::repair::Level;
use layout::Layout;

/// The family of both formats.
const FAMILY: &str = "csv";

/// Tables with commas between cells; semicolons and bars are read, too.
pub(super) static CSV: Format = Format {
    id: "csv",
    name: "CSV",
    family: FAMILY,
    aliases: &["comma-separated"],
    extensions: &["csv"],
    media_types: &["text/csv"],
    about: "tables of databases, reviewers and spreadsheets, by their column names",
    specification: "RFC 4180; mapping reference 3.1, 3.3 and 3.11; our own columns are the fields that `bibferry explain` lists",
    lost: "Markup, groups, particles of names as parts of their own, identifiers and affiliations of contributors, roles, \
           kinds of notes and keywords, schemes: what a cell in plain words cannot say. `--carry` keeps them, in cells \
           that hold a field's canonical JSON. What `--columns` leaves out is lost. The table below is that of Zotero's layout, \
           which `--columns zotero` writes; in our own each field has a column of its name.",
    sniff: |head| sniff(head, false),
    cutter: Some(|| Box::new(cut::RowCutter::default())),
    read: Some(read::read),
    write: Some(write::writer(write::commas)),
    links: None,
    carrier: Carrier::Native,
    repair: Level::Off,
    mapping: Some(&dialects::ZOTERO_MAPPING),
    check: None,
    codes: &[&RAGGED, &QUOTE, &COLUMN_UNMAPPED, &NO_COLUMN],
};

/// Tables with tabs between cells.
pub(super) static TSV: Format = Format {
    id: "tsv",
    name: "TSV",
    aliases: &["tab", "tab-separated"],
    extensions: &["tsv", "tab"],
    media_types: &["text/tab-separated-values"],
    about: "tables with tabs between cells",
    sniff: |head| sniff(head, true),
    write: Some(write::writer(write::tabs)),
    ..CSV
};

/// A row with fewer or more cells than the header.
pub(super) static RAGGED: Code = Code {
    id: "csv-ragged",
    severity: Severity::Warning,
    title: "a row with fewer or more cells than the header",
    page: "The row has not as many cells as the header has columns. Those it has were read by their places; what stands \
           behind the last column is kept under the column's number (`#12`). A delimiter in a cell without quotation marks, \
           or a line break, makes such rows.",
};

/// A row that quotation marks have damaged.
pub(super) static QUOTE: Code = Code {
    id: "csv-quote",
    severity: Severity::Warning,
    title: "a quotation mark that closes nothing, or is never closed",
    page: "A quoted cell is never closed, or has quotation marks inside that are not doubled. The row was read so that it \
           has as many cells as the header, if that is possible; rows behind it were not touched. Compare the record with \
           the file. Programs that write CSV put marks around a cell and double those inside it.",
};

/// A column that the user names and the table does not have.
pub(super) static COLUMN_UNMAPPED: Code = Code {
    id: "csv-column-absent",
    severity: Severity::Warning,
    title: "--map names a column that the table does not have",
    page: "The option `--map COLUMN=FIELD` names a column that is not in the header of this input. Case does not count, all \
           else does. With several inputs it may be meant for another of them.",
};

/// A table of which no column is known.
pub(super) static NO_COLUMN: Code = Code {
    id: "csv-no-column",
    severity: Severity::Error,
    title: "a table of which no column is known",
    page: "None of the names in the first row are those of columns that any program or database gives tables of references: \
           perhaps the row with the names is missing, or they are in another language. The cells are kept as they are, and \
           the records have no fields. Put a row with the names of the columns before the others, or say what columns hold \
           with `--map COLUMN=FIELD`.",
};

/// Columns that tables of references have.
fn sniff(head: &[u8], tabs: bool) -> Score {
    let head = &head[..head.len().min(cut::LOOK)];
    if head.trim_ascii_start().first().is_none_or(|byte| b"{[<@%".contains(byte)) {
        return Score::NO;
    }
    if tabs && memchr::memchr(b'\t', head).is_none() {
        // A table of one column at most.
        return Score::NO;
    }
    let layout = Layout::find(head);
    if (layout.delimiter == b'\t') != tabs || layout.names.len() < 2 {
        return Score::NO;
    }
    match layout.known {
        _ if layout.is_certain() => Score(200),
        0 | 1 => Score::NO,
        2 => Score::MAYBE,
        _ => Score::LIKELY,
    }
}
