//! What stands in `SN`, and identifiers that are written as addresses.

use super::CHECKED;
use crate::mapping::codecs::identifiers::{ids, is_serial, serials};
use crate::mapping::codecs::one_line;
use crate::mapping::{Codec, CodecReading, Shape};
use crate::record::{Id, Parts, Value};

ids! {
    /// Book numbers.
    ISBN "ISBN" |raw, cx| serials(raw, false, Some(cx)), |raw| serials(raw, false, None), with_qualifier, "9783161484100";
    /// Serial numbers.
    ISSN "ISSN" |raw, cx| serials(raw, true, Some(cx)), |raw| serials(raw, true, None), with_qualifier, "1234-5679";
}

/// The types in which `SN` holds the number of a report, a patent or a law, unless it is surely another.
pub(in crate::formats::ris) const NUMBER_IN_SN_OF: &[&str] =
    &["RPRT", "PAT", "LEGAL", "STAND", "STD", "DBASE", "GOVDOC"];

fn with_qualifier(id: &Id, word: &str) -> Option<String> {
    if !is_serial(&id.value, true) && NUMBER_IN_SN_OF.iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return None;
    }
    Some(match &id.qualifier {
        Some(qualifier) => format!("{} ({qualifier})", id.value),
        None => id.value.clone(),
    })
}
