//! Identifiers and addresses.

use super::{reads, without_fraction};
use crate::bytes::{first, trim};
use crate::mapping::codecs::identifiers::serials;
use crate::mapping::codecs::{one_line, put_trimmed};
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::identifier::{self, doi_of_address, dois, is_resolver_url};
use crate::record::{Id, Parts, Url, UrlKind, Value};

pub(in crate::formats::csv) use crate::mapping::codecs::identifiers::DOI;

fn read_serials(raw: &str, of_serials: bool, cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>) -> bool {
    if raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        let found = serials(raw, of_serials, Some(cx));
        let any = found.is_some();
        values.extend(found.into_iter().flatten().map(Value::Id));
        return any;
    }
    let bare = raw.replace(['[', ']', '\'', '"'], " ");
    // Lists in the form of other programs, spaces between several, hyphens left out.
    let spaced = bare.replace(" | ", ";").replace('|', ";");
    let joined = if of_serials { spaced.clone() } else { spaced.replace(' ', ";") };
    let found = serials(&joined, of_serials, Some(cx)).or_else(|| serials(&spaced, of_serials, Some(cx)));
    let any = found.is_some();
    values.extend(found.into_iter().flatten().map(Value::Id));
    any
}

fn write_serial<'v>(value: &'v Value, sink: &mut CellSink<'_, 'v>, of_serials: bool) -> Option<Parts> {
    let Value::Id(id) = value else { return None };
    let back = serials(&id.value, of_serials, None)?;
    let [back] = back.as_slice() else { return None };
    if back.value != id.value {
        return None;
    }
    sink.put(0, &id.value);
    let lost = id.parts() - back.parts();
    Some(if lost.is_empty() && back != id { Parts::QUALIFIER } else { lost })
}

/// Serial numbers.
pub(in crate::formats::csv) static ISSN: Codec = Codec {
    write: |value, sink| write_serial(value, sink, true),
    shape: Shape::Joined(", "),
    ..reads(
        "ISSN",
        |raws, cx, values| read_serials(raws.first().copied().unwrap_or_default(), true, cx, values),
        &["1234-5679"],
    )
};

/// Book numbers.
pub(in crate::formats::csv) static ISBN: Codec = Codec {
    write: |value, sink| write_serial(value, sink, false),
    shape: Shape::Joined(" "),
    ..reads(
        "ISBN",
        |raws, cx, values| read_serials(raws.first().copied().unwrap_or_default(), false, cx, values),
        &["9783161484100"],
    )
};

/// Serial numbers of the electronic edition.
pub(in crate::formats::csv) static EISSN: Codec = reads(
    "ISSN (electronic)",
    |raws, cx, values| {
        let from = values.len();
        let found = read_serials(raws.first().copied().unwrap_or_default(), true, cx, values);
        for value in &mut values[from..] {
            if let Value::Id(id) = value {
                id.qualifier.get_or_insert_with(|| "electronic".into());
            }
        }
        found
    },
    &["1234-5679"],
);

fn read_id(found: Option<Id>, values: &mut Vec<Value>) -> bool {
    let any = found.is_some();
    values.extend(found.map(Value::Id));
    any
}

/// The PubMed number.
pub(in crate::formats::csv) static PMID: Codec = reads(
    "PubMed number",
    |raws, _, values| read_id(raws.first().and_then(|raw| identifier::pmid(without_fraction(raw))), values),
    &["12345678"],
);
/// The PubMed Central number.
pub(in crate::formats::csv) static PMCID: Codec = reads(
    "PubMed Central number",
    |raws, _, values| read_id(raws.first().and_then(|raw| identifier::pmcid(raw)), values),
    &["PMC1234567"],
);

macro_rules! schemes {
    ($($(#[$doc:meta])* $constant:ident $name:literal $scheme:literal $prefix:literal $example:literal;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                let raw = raws.first().copied().unwrap_or_default().trim();
                let value = raw.strip_prefix($prefix).unwrap_or(raw).to_owned();
                values.push(Value::Id(Id { value, scheme: $scheme.into(), qualifier: None }));
                true
            },
            &[$example],
        );)*
    };
}

schemes! {
    /// OpenAlex's number of a work.
    OPENALEX "OpenAlex number" "openalex" "https://openalex.org/" "W2741809807";
    /// The Web of Science's number of a record.
    WOS "Web of Science number" "wos" "WOS:" "WOS:000000000000001";
    /// Scopus's number of a record.
    EID "Scopus number" "eid" "" "2-s2.0-85000000000";
    /// Dimensions' number of a publication.
    DIMENSIONS "Dimensions number" "dimensions" "" "pub.1000000001";
    /// The Lens's number of a work.
    LENS "Lens number" "lens" "" "000-000-000-000-001";
    /// The manuscript's number at the NIH.
    NIHMS "NIHMS number" "nihmsid" "" "NIHMS123456";
    /// Embase's number of a record.
    EMBASE "Embase number" "embase" "" "L600000000";
}

/// The number of an e-print at arXiv.
pub(in crate::formats::csv) static ARXIV: Codec = reads(
    "arXiv number",
    |raws, _, values| {
        let id = raws.first().and_then(|raw| identifier::arxiv(raw));
        read_id(id.map(|id| Id { scheme: "arxiv".into(), ..id }), values)
    },
    &["2001.00003"],
);

macro_rules! urls {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = reads(
            $name,
            |raws, _, values| read_urls(raws.first().copied().unwrap_or_default(), UrlKind::$kind, values),
            &["https://example.org/a"],
        );)*
    };
}

/// Addresses, several with spaces, semicolons or bars between them. The DOI at a resolver is told apart.
fn read_urls(raw: &str, kind: UrlKind, values: &mut Vec<Value>) -> bool {
    let is_list = first(raw.as_bytes(), |byte| (byte == b' ') | (byte == b'|') | (byte == b';') | (byte == b'\n')).is_some()
        && raw.matches("://").count() > 1;
    let separator = [' ', '|', ';', '\n'].into_iter().find(|separator| is_list && raw.contains(*separator));
    let parts: Vec<&str> = separator.map_or_else(|| vec![raw], |it| raw.split(it).collect());
    for part in parts {
        let url = trim(part);
        if url.is_empty() {
            continue;
        }
        let is_doi = kind != UrlKind::Pdf && is_resolver_url(url);
        let kind = if is_doi { UrlKind::DoiDerived } else { kind };
        values.push(Value::Url(Url { url: url.to_owned(), kind, label: None }));
    }
    !values.is_empty()
}

urls! {
    /// The work's page.
    URL "address" Landing;
    /// The record's page in a database.
    AGGREGATOR "address in a database" Aggregator;
    /// The text as PDF.
    PDF "address of the PDF" Pdf;
    /// The text.
    FULL_TEXT "address of the text" FullText;
}

/// Addresses of which one may begin where another ends, as Rayyan has several of EndNote's.
pub(in crate::formats::csv) static JOINED_URLS: Codec = reads(
    "addresses, nothing between",
    |raws, _, values| {
        let mut rest = raws.first().copied().unwrap_or_default();
        while let Some((url, next)) = joined_urls(rest) {
            read_urls(url, UrlKind::Landing, values);
            rest = next;
        }
        read_urls(rest, UrlKind::Landing, values)
    },
    &["https://example.org/ahttps://example.org/b"],
);

/// The first address and the others, where one begins behind a letter or digit.
fn joined_urls(raw: &str) -> Option<(&str, &str)> {
    let begins = |at: &usize| {
        let is_joined = raw.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()));
        is_joined && raw.get(*at..).is_some_and(|url| url.starts_with("http://") || url.starts_with("https://"))
    };
    let at = raw.match_indices("http").map(|(at, _)| at).find(begins)?;
    raw.split_at_checked(at)
}

/// The one address that Zotero has for an item.
pub(in crate::formats::csv) static ZOTERO_URL: Codec = Codec {
    write: |value, sink| {
        let Value::Url(url) = value else { return None };
        let cell = one_line(&url.url);
        let mut back = Vec::new();
        read_urls(cell.trim(), UrlKind::Landing, &mut back);
        let [back] = back.as_slice() else { return None };
        let lost = value.parts() - back.parts();
        put_trimmed(cell, sink);
        Some(if lost.is_empty() && back != value { Parts::KIND } else { lost })
    },
    ..URL
};

/// A DOI in a column for addresses.
pub(in crate::formats::csv) static DOI_IN_URL: Codec = reads(
    "DOI as an address",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        let of_address = doi_of_address(raw);
        let found = dois(raw).into_iter().find(|doi| of_address.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(doi)));
        read_id(found.map(Id::plain), values)
    },
    &["https://doi.org/10.1000/182"],
);
