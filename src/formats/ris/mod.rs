//! `ris`: tagged lines, as reference managers and publishers exchange them.
//!
//! ```text
//! TY  - JOUR
//! AU  - Doe, Jane
//! TI  - On Examples
//! T2  - Journal of Examples
//! PY  - 2020
//! ER  -
//! ```
//!
//! There are two dialects, that of Reference Manager (2001: `T1`, `Y1`, `N2`) and that of EndNote (2011: `TI`, `PY`,
//! `AB`, and meanings that depend on the type), and files mix them. Each tag is read by what it means for the record's
//! type; what is written is the 2011 dialect, in UTF-8 with CR LF. What no rule knows is kept and written back.
//!
//! # Lines
//!
//! A line without a tag continues the value before it: with a space, in `AB`, `AD`, `KW`, `N1`, `N2` and `RN` with a line break.
//! A record ends with `ER` or, with a finding, where the next one begins. Text outside of records is kept as a passage.

mod cells;
mod codec;
mod cut;
mod dialects;
mod facts;
mod line;
mod map;
mod read;
#[cfg(test)]
mod tests;
mod types;
mod write;

use crate::diagnostic::{Code, Severity};
use crate::format::{Carrier, Format, Score};
use crate::transform::repair::Level;

/// RIS.
pub(super) static RIS: Format = Format {
    id: "ris",
    name: "RIS",
    family: "ris",
    aliases: &["refman", "endnote-ris", "reference-manager"],
    extensions: &["ris"],
    media_types: &["application/x-research-info-systems"],
    about: "tagged lines of reference managers and publishers",
    specification: "Reference Manager's and EndNote's import formats (2001 and 2011); mapping reference 3.5",
    lost: "Markup, identifiers and affiliations of contributors, \"and others\", particles of names as parts of their own, \
           spans of time and how sure a date is, several publishers' roles, subtitles apart from titles, the title of a \
           multi-volume work, kinds of notes and keywords, relations, flags, and roles of contributors beyond the few that \
           the type has tags for. `--carry` keeps them in lines of a note.",
    sniff,
    cutter: Some(cut::cutter),
    read: Some(read::read),
    write: Some(write::WRITER),
    links: None,
    carrier: Carrier::Notes,
    repair: Level::Off,
    mapping: Some(&map::MAPPING),
    check: None,
    codes: &[&STRAY_TEXT, &RECORD_UNTERMINATED, &RUN_ON],
};

/// Text outside of any record.
pub(super) static STRAY_TEXT: Code = Code {
    id: "ris-stray-text",
    severity: Severity::Warning,
    title: "text outside of any record",
    page: "A line stands before the first record or between two, and has no tag. It was not read; it is kept and is \
           written back to RIS. Many exports begin with a line or two about their database, which do no harm. If it is \
           part of a record, its `TY` line is missing or damaged, or an `ER` line stands too early. Texts that begin alike \
           are reported once for each input.",
};

/// A tag in the line of another.
pub(super) static RUN_ON: Code = Code {
    id: "ris-run-on",
    severity: Severity::Note,
    title: "a tag in the line of another",
    page: "Scopus does not end the last line of a list of references, so that the tag behind it, `UR`, stands in the same \
           line. It was read as a tag of its own, for the record has no other address.",
};

/// A record without its last line.
pub(super) static RECORD_UNTERMINATED: Code = Code {
    id: "record-unterminated",
    severity: Severity::Warning,
    title: "a record without its last line",
    page: "The record has no line `ER  - `; the next record begins, or the file ends. All of it was read. If it is the \
           last of the file, the file may have been cut off.",
};

/// A line `TY  - ` near the beginning.
fn sniff(head: &[u8]) -> Score {
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.trim_ascii().is_empty());
    match lines.position(line::begins_record) {
        Some(0) => Score::SURE,
        Some(1..=20) => Score::LIKELY,
        Some(_) => Score::MAYBE,
        None => Score::NO,
    }
}
