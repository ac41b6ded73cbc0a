//! Identifiers in strings of their own.

use super::CHECKED;
use crate::bytes::trim;
use crate::diagnostic::ID_INVALID;
use crate::mapping::codecs::identifiers::{is_one_serial, read_dois, serials};
use crate::mapping::{Codec, CodecReading, Shape};
use crate::record::identifier::{arxiv, dois, is_one_doi, orcid, pmcid, pmid};
use crate::record::{Id, Parts, Value, excerpt};

/// A DOI.
pub(in crate::formats::csl) static DOI: Codec = Codec {
    name: "DOI",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, cx, values| {
        for raw in raws {
            if !read_dois(&[*raw], values) {
                cx.report(&ID_INVALID, format!("`{}` is no DOI; kept as it is", excerpt(raw, 40)));
                values.push(Value::Id(Id::plain(trim(raw))));
            }
        }
        true
    },
    write: |value, sink| match value {
        Value::Id(id) if is_one_doi(&id.value) || comes_back(&id.value) => {
            sink.put(0, id.value.as_str());
            Some(id.parts())
        }
        _ => None,
    },
    example: &["10.1000/ab(1)_c"],
};

/// Whether a string is read as the DOI that it is, or kept as it is.
fn comes_back(doi: &str) -> bool {
    match dois(doi).as_slice() {
        [] => trim(doi) == doi,
        [one] => one == doi,
        _ => false,
    }
}

macro_rules! one_id {
    ($($(#[$doc:meta])* $constant:ident $name:literal $read:ident $example:literal;)*) => {
        $($(#[$doc])* pub(in crate::formats::csl) static $constant: Codec = Codec {
            name: $name,
            read: |raws, cx, values| {
                for raw in raws {
                    let found = $read(raw);
                    if found.is_none() {
                        cx.report(&ID_INVALID, format!("`{}` is no {}; kept as it is", excerpt(raw, 40), $name));
                    }
                    values.push(Value::Id(found.unwrap_or_else(|| Id::plain(*raw))));
                }
                true
            },
            write: |value, sink| match value {
                Value::Id(id) if $read(&id.value).is_none_or(|back| back.value == id.value) => {
                    sink.put(0, id.value.as_str());
                    Some(id.parts())
                }
                _ => None,
            },
            example: &[$example],
            ..DOI
        };)*
    };
}

one_id! {
    /// The PubMed number.
    PMID "PubMed number" pmid "12345678";
    /// The PubMed Central number.
    PMCID "PubMed Central number" pmcid "PMC1234567";
}

/// Book numbers, with spaces between them.
pub(in crate::formats::csl) static ISBN: Codec = Codec {
    name: "ISBN",
    shape: Shape::Joined(" "),
    read: |raws, cx, values| {
        for raw in raws {
            read_serials(raw, false, cx, values);
        }
        true
    },
    write: |value, sink| match value {
        Value::Id(id) => Some(put_serial(id, false, sink)),
        _ => None,
    },
    example: &["9783161484100"],
    ..DOI
};

/// Serial numbers, with commas between them.
pub(in crate::formats::csl) static ISSN: Codec = Codec {
    name: "ISSN",
    shape: Shape::Joined(", "),
    read: |raws, cx, values| {
        for raw in raws {
            read_serials(raw, true, cx, values);
        }
        true
    },
    write: |value, sink| match value {
        Value::Id(id) => Some(put_serial(id, true, sink)),
        _ => None,
    },
    example: &["1234-5679"],
    ..DOI
};

fn read_serials(raw: &str, of_serials: bool, cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>) {
    let before = values.len();
    let mut add = |ids: Option<Vec<Id>>| ids.map(|ids| values.extend(ids.into_iter().map(Value::Id))).is_some();
    if parts(raw).all(|part| add(serials(part, of_serials, None))) {
        return;
    }
    values.truncate(before);
    if let Some(ids) = serials(raw, of_serials, Some(cx)) {
        return values.extend(ids.into_iter().map(Value::Id));
    }
    // What is no number stays as it is, and does not cost those beside it.
    for part in parts(raw) {
        match serials(part, of_serials, None) {
            Some(ids) => values.extend(ids.into_iter().map(Value::Id)),
            None => {
                let name = if of_serials { "ISSN" } else { "ISBN" };
                cx.report(&ID_INVALID, format!("`{}` is no {name}; kept as it is", excerpt(part, 40)));
                values.push(Value::Id(Id::plain(part)));
            }
        }
    }
}

fn parts(raw: &str) -> impl Iterator<Item = &str> {
    raw.split([' ', ',', ';', '\n']).filter(|it| !it.is_empty())
}

fn put_serial<'v>(id: &'v Id, of_serials: bool, sink: &mut crate::mapping::CellSink<'_, 'v>) -> Parts {
    sink.put(0, id.value.as_str());
    if is_one_serial(&id.value, of_serials) {
        return id.parts();
    }
    let same = match serials(&id.value, of_serials, None) {
        Some(back) => back.len() == 1 && back.iter().all(|it| it.value == id.value && it.qualifier.is_none()),
        None => {
            // Beside others its digits may make a number with theirs.
            sink.doubt();
            parts(&id.value).eq([id.value.as_str()])
        }
    };
    id.parts() | if same { Parts::NONE } else { Parts::SPELLING }
}

/// An e-print at arXiv, with its class: `2401.00001v2 [cs.LG]`.
pub(in crate::formats::csl) static ARXIV: Codec = Codec {
    name: "arXiv number",
    read: |raws, _, values| {
        let found = raws.first().and_then(|raw| arxiv(raw));
        let any = found.is_some();
        values.extend(found.map(|id| Value::Id(Id { scheme: "arxiv".into(), ..id })));
        any
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        if &*id.scheme != "arxiv" {
            return None;
        }
        let written = match &id.qualifier {
            Some(class) => format!("{} [{class}]", id.value),
            None => id.value.clone(),
        };
        let back = arxiv(&written)?;
        if (&back.value, &back.qualifier) != (&id.value, &id.qualifier) {
            return None;
        }
        sink.put(0, written);
        Some(Parts::NONE)
    },
    example: &["2401.00001v2 [cs.LG]"],
    ..DOI
};

/// Whether a number has the label of arXiv's before it.
pub(in crate::formats::csl) fn is_labelled_arxiv(raw: &str) -> bool {
    raw.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("arXiv:"))
}

/// The same, where other numbers may stand as well: it has its label before it.
pub(in crate::formats::csl) static ARXIV_LABELLED: Codec = Codec {
    name: "arXiv number with its label",
    read: |raws, cx, values| {
        raws.iter().all(|raw| is_labelled_arxiv(raw)) && (ARXIV.read)(raws, cx, values)
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        if &*id.scheme != "arxiv" || id.value.contains(char::is_whitespace) {
            return None;
        }
        sink.put(0, format!("arXiv:{}", id.value));
        Some(if id.qualifier.is_some() { Parts::QUALIFIER } else { Parts::NONE })
    },
    example: &["arXiv:2401.00001"],
    ..ARXIV
};

/// The ORCID iD of a contributor, in whatever form; as it is, where it is none.
pub(super) fn orcid_of(raw: &str) -> String {
    orcid(raw).unwrap_or_else(|| raw.to_owned())
}
