//! Codecs of identifiers, which stand verbatim: section 4.4 of the mapping reference.

use super::codec::{WHOLE, put_verbatim};
use super::text::TEXT;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Id, Parts, Value, identifier};
use crate::tex;

macro_rules! ids {
    ($($(#[$doc:meta])* $constant:ident $read:expr, $separator:literal, $example:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: stringify!($constant),
            shape: Shape::Joined($separator),
            carries: WHOLE,
            read: |raws, _, values| {
                let items = raws.iter().flat_map(|raw| raw.split(if $separator == ", " { ',' } else { '\n' }));
                values.extend(items.map(str::trim).filter(|it| !it.is_empty()).map(|it| Value::Id(read_id(it, $read))));
                true
            },
            write: |value, sink| match value {
                Value::Id(id) => put_id(id, $read, $separator == ", ", sink),
                _ => None,
            },
            example: &[$example],
        };
    )* };
}

ids! {
    /// A DOI.
    DOI |raw| identifier::doi(raw).map(Id::plain), "\n", "10.1000/1_a";
    /// Book numbers.
    ISBN identifier::isbn, ", ", "9783161484100";
    /// Serial numbers.
    ISSN identifier::issn, ", ", "1234-5679";
    /// A PubMed number.
    PMID identifier::pmid, "\n", "12345";
    /// A PubMed Central number.
    PMCID identifier::pmcid, "\n", "PMC12345";
}

fn read_id(raw: &str, read: fn(&str) -> Option<Id>) -> Id {
    let plain = tex::verbatim(raw);
    read(&plain).unwrap_or_else(|| Id::plain(plain))
}

fn put_id(id: &Id, read: fn(&str) -> Option<Id>, list: bool, sink: &mut CellSink<'_>) -> Option<Parts> {
    if (sink.follows && !list) || (list && id.value.contains(',')) || !id.scheme.is_empty() {
        return None;
    }
    if let Some(qualifier) = &id.qualifier {
        let with = format!("{} ({qualifier})", id.value);
        if !with.contains(',') && read_id(&with, read) == *id && put_verbatim(&with, 0, sink).is_some() {
            return Some(Parts::NONE);
        }
    }
    put_verbatim(&id.value, 0, sink)?;
    let reads = read_id(&id.value, read);
    let spelled = if reads.value == id.value { Parts::NONE } else { Parts::SPELLING };
    Some(if reads.qualifier == id.qualifier { spelled } else { spelled | Parts::QUALIFIER })
}

/// A PubMed number as an e-print, as BibLaTeX has it.
pub(super) static PUBMED: Codec = Codec {
    name: "e-print of type pubmed",
    shape: Shape::Across,
    read: |raws, _, values| {
        let [number, kind, ..] = raws else { return false };
        if kind.eq_ignore_ascii_case("pubmed") && !number.is_empty() {
            values.push(Value::Id(read_id(number, identifier::pmid)));
        }
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        let lost = put_id(id, identifier::pmid, false, sink)?;
        sink.put(1, "pubmed");
        Some(lost)
    },
    example: &["12345", "pubmed"],
    ..PMID
};

/// A number on a preprint server: number, server, class.
pub(super) static EPRINT: Codec = Codec {
    name: "e-print",
    shape: Shape::Across,
    carries: WHOLE,
    read: |raws, _, values| {
        let at = |place: usize| raws.get(place).copied().unwrap_or_default();
        values.extend(eprint(at(0), at(1), at(2)).map(Value::Id));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        let server = match &*id.scheme {
            "arxiv" => "arXiv",
            "" => return None,
            other => other,
        };
        let class = id.qualifier.as_deref().unwrap_or_default();
        if eprint(&id.value, server, class).as_ref() != Some(id) {
            return None;
        }
        put_verbatim(&id.value, 0, sink)?;
        put_verbatim(server, 1, sink)?;
        put_verbatim(class, 2, sink)?;
        Some(Parts::NONE)
    },
    example: &["2401.00001", "arXiv", "cs.LG"],
};

/// Schemes of e-prints that are no preprint servers; they stand among the other identifiers.
const EPRINT_SCHEMES: &[&str] = &["hdl", "jstor", "googlebooks", "pubmed"];

fn eprint(number: &str, server: &str, class: &str) -> Option<Id> {
    let number = tex::verbatim(number);
    let scheme = identifier::preprint_server(server).map_or_else(|| server.to_lowercase(), str::to_owned);
    if number.is_empty() || EPRINT_SCHEMES.contains(&&*scheme) {
        return None;
    }
    let known = (scheme.is_empty() || scheme == "arxiv").then(|| identifier::arxiv(&number)).flatten();
    let mut id = match known {
        Some(id) => id,
        None if scheme.is_empty() => return None,
        None => Id { value: number, scheme: scheme.into(), qualifier: None },
    };
    if !class.is_empty() {
        id.qualifier = Some(class.into());
    }
    Some(id)
}

macro_rules! schemes {
    ($($constant:ident $scheme:literal;)*) => { $(
        /// An identifier of one scheme in a field of its own.
        pub(super) static $constant: Codec = Codec {
            name: concat!("identifier ", $scheme),
            read: |raws, _, values| {
                let id = |raw: &&str| Id { value: tex::verbatim(raw), scheme: $scheme.into(), qualifier: None };
                values.extend(raws.iter().map(|raw| Value::Id(id(raw))));
                true
            },
            write: |value, sink| match value {
                Value::Id(id) if &*id.scheme == $scheme => {
                    put_verbatim(&id.value, 0, sink)?;
                    Some(if id.qualifier.is_some() { Parts::QUALIFIER } else { Parts::NONE })
                }
                _ => None,
            },
            example: &["12345"],
            ..TEXT
        };
    )* };
}

schemes! {
    LCCN "lccn"; MR "mr"; ZBL "zbl"; OCLC "oclc"; BIBCODE "bibcode"; HDL "hdl"; JSTOR "jstor"; GOOGLEBOOKS "googlebooks";
    ISAN "isan"; ISMN "ismn"; ISRN "isrn"; ISWC "iswc"; SWHID "swhid"; JFM "jfm"; URN "urn";
}
