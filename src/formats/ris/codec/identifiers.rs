//! What stands in `SN`, and identifiers that are written as addresses.

use super::CHECKED;
use crate::mapping::codecs::identifiers::{PMCID, PMID, ids, is_serial, serials};
use crate::bytes::trim;
use crate::mapping::codecs::{self, one_line};
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::identifier::{is_isbn13, is_issn};
use crate::record::{Id, Parts, Text, Value};

ids! {
    /// Book numbers, whatever they are.
    ANY_ISBN "ISBN" |raw, cx| serials(raw, false, Some(cx)), |raw| serials(raw, false, None), with_qualifier, "9783161484100";
    /// Serial numbers, whatever they are.
    ANY_ISSN "ISSN" |raw, cx| serials(raw, true, Some(cx)), |raw| serials(raw, true, None), with_qualifier, "1234-5679";
}

/// Book numbers, of which most come back as they stand.
pub(in crate::formats::ris) static ISBN: Codec = Codec {
    write: |value, sink| put_plain(value, is_isbn13, sink).or_else(|| (ANY_ISBN.write)(value, sink)),
    ..ANY_ISBN
};

/// Serial numbers, of which most come back as they stand.
pub(in crate::formats::ris) static ISSN: Codec = Codec {
    write: |value, sink| put_plain(value, is_issn, sink).or_else(|| (ANY_ISSN.write)(value, sink)),
    ..ANY_ISSN
};

/// Puts a number of which nothing is lost, if it is one.
fn put_plain<'v>(value: &'v Value, is_plain: fn(&str) -> bool, sink: &mut CellSink<'_, 'v>) -> Option<Parts> {
    let Value::Id(id) = value else { return None };
    let plain = id.parts().is_empty() && is_plain(&id.value);
    plain.then(|| {
        sink.put(0, id.value.as_str());
        Parts::NONE
    })
}

/// The PubMed Central number, of which the prefix tells that it is one.
pub(in crate::formats::ris) static PMCID_NAMED: Codec = Codec {
    name: "PubMed Central number",
    read: |raws, cx, values| raws.iter().all(|raw| !is_number(raw)) && (PMCID.read)(raws, cx, values),
    ..PMCID
};

/// The PubMed Central number where the number of any database may stand.
pub(in crate::formats::ris) static PMCID_IN_FULL: Codec = Codec {
    name: "PubMed Central number with its prefix",
    read: |raws, cx, values| {
        raws.iter().all(|raw| raw.strip_prefix("PMC").is_some_and(is_number)) && (PMCID.read)(raws, cx, values)
    },
    write: |_, _| None,
    ..PMCID
};

/// The PubMed Central number with its name behind it, as PubMed Central has it beside the other.
pub(in crate::formats::ris) static PMCID_NOTE: Codec = Codec {
    name: "PubMed Central number with its name behind it",
    read: |raws, cx, values| {
        let bare: Option<Vec<&str>> = raws.iter().map(|raw| raw.strip_suffix("[pmcid]")).collect();
        bare.is_some_and(|bare| (PMCID_IN_FULL.read)(&bare, cx, values))
    },
    example: &["PMC1234567[pmcid]"],
    ..PMCID_IN_FULL
};

/// The PubMed number with its name.
pub(in crate::formats::ris) static PMID_NAMED: Codec = Codec {
    name: "PubMed number with its name",
    read: |raws, _, values| {
        let found: Option<Vec<Id>> = raws.iter().map(|raw| named_pmid(raw)).collect();
        let any = found.is_some();
        values.extend(found.into_iter().flatten().map(Value::Id));
        any
    },
    write: |_, _| None,
    example: &["PUBMED 12345678"],
    ..PMID
};

/// The PubMed number, where words may stand.
pub(in crate::formats::ris) static PMID_NUMBER: Codec = Codec {
    name: "PubMed number, if it is a number",
    read: |raws, cx, values| raws.iter().all(|raw| is_number(raw)) && (PMID.read)(raws, cx, values),
    write: |_, _| None,
    ..PMID
};

/// The number of a record at Embase.
pub(in crate::formats::ris) static EMBASE_NUMBER: Codec = Codec {
    name: "number at Embase",
    read: |raws, _, values| {
        let sound = raws.iter().all(|raw| raw.strip_prefix('L').is_some_and(is_number));
        if sound {
            values.extend(raws.iter().map(|raw| Value::Text(Text::plain(*raw))));
        }
        sound
    },
    write: |_, _| None,
    example: &["L2001234567"],
    ..codecs::TEXT
};

/// Whether a string is a number as databases give them.
pub(super) fn is_number(raw: &str) -> bool {
    (5..=10).contains(&raw.len()) && raw.bytes().all(|byte| byte.is_ascii_digit())
}

fn named_pmid(raw: &str) -> Option<Id> {
    const NAMES: [&str; 3] = ["PMID", "PUBMED", "MEDLINE"];
    let length = raw.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = raw.split_at_checked(length)?;
    let number = rest.trim_start_matches([':', ' ', '-']);
    (NAMES.iter().any(|it| it.eq_ignore_ascii_case(name)) && is_number(number)).then(|| Id::plain(number))
}

/// The types in which `SN` holds the number of a report, a patent or a law, unless it is surely another.
pub(in crate::formats::ris) const NUMBER_IN_SN_OF: &[&str] =
    &["RPRT", "PAT", "LEGAL", "STAND", "STD", "DBASE", "GOVDOC"];

fn with_qualifier(id: &Id, word: &str) -> Option<String> {
    if NUMBER_IN_SN_OF.iter().any(|it| it.eq_ignore_ascii_case(word)) && !is_serial(&id.value, true) {
        return None;
    }
    Some(match &id.qualifier {
        Some(qualifier) => format!("{} ({qualifier})", id.value),
        None => id.value.clone(),
    })
}
