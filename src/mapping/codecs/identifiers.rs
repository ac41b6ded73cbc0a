//! Identifiers whose shape or check digit tells what they are: DOIs, ISBNs and ISSNs, PubMed's numbers.

use super::one_line;
use crate::bytes::trim;
use crate::diagnostic::ID_INVALID;
use crate::mapping::{Codec, CodecReading, Shape};
use crate::record::identifier::{self, Serial, doi, dois, is_doi_url, is_isbn13, is_one_doi, serial_numbers};
use crate::record::{Id, Parts, Value, excerpt};

/// All that an identifier has: the codecs find out what is missing.
const CHECKED: Parts = Parts::ALL;

/// DOIs.
pub static DOI: Codec = Codec {
    name: "DOI",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| read_dois(raws, values),
    write: |value, sink| match value {
        Value::Id(id) => {
            if is_one_doi(&id.value) {
                // What is written is what is read.
                sink.put(0, id.value.as_str());
                return Some(id.parts());
            }
            let written = one_line(&*id.value);
            if dois(&written) != [id.value.as_str()] {
                return None;
            }
            sink.put(0, written);
            Some(id.parts())
        }
        _ => None,
    },
    example: &["10.1000/ab(1)_c"],
};

/// Reads DOIs, one or several in each string; whether there are any.
pub(crate) fn read_dois(raws: &[&str], values: &mut Vec<Value>) -> bool {
    let before = values.len();
    for raw in raws {
        if is_one_doi(raw) {
            values.push(Value::Id(Id::plain(*raw)));
        } else {
            values.extend(dois(raw).into_iter().map(|doi| Value::Id(Id::plain(doi))));
        }
    }
    values.len() > before
}

/// The DOI of an address at a resolver.
pub static DOI_ADDRESS: Codec = Codec {
    name: "DOI as an address",
    read: |raws, _, values| {
        let found = raws.first().and_then(|raw| doi(raw).filter(|doi| is_doi_url(raw, doi)));
        let any = found.is_some();
        values.extend(found.map(|doi| Value::Id(Id::plain(doi))));
        any
    },
    example: &["https://doi.org/10.1000/182"],
    ..DOI
};

macro_rules! ids {
    ($($(#[$doc:meta])* $constant:ident $name:literal $read:expr, $again:expr, $write:expr, $example:literal;)*) => {
        $($(#[$doc])* pub(crate) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Each,
            carries: CHECKED,
            read: |raws, cx, values| {
                let read: fn(&str, &mut CodecReading<'_, '_>) -> Option<Vec<Id>> = $read;
                let mut found = Vec::new();
                for raw in raws {
                    match read(raw, cx) {
                        Some(ids) => found.extend(ids),
                        None => return false,
                    }
                }
                values.extend(found.into_iter().map(Value::Id));
                true
            },
            write: |value, sink| {
                let read: fn(&str) -> Option<Vec<Id>> = $again;
                let write: fn(&Id, &str) -> Option<String> = $write;
                let Value::Id(id) = value else { return None };
                let written = one_line(write(id, sink.word)?);
                let back = read(trim(&written))?;
                let [back] = back.as_slice() else { return None };
                if back.value != id.value {
                    return None;
                }
                sink.put(0, written);
                Some(id.parts() - (if back.qualifier == id.qualifier { Parts::QUALIFIER } else { Parts::NONE }) - (if back.scheme == id.scheme { Parts::SCHEME } else { Parts::NONE }))
            },
            example: &[$example],
        };)*
    };
}

pub(crate) use ids;

ids! {
    /// The PubMed number.
    PMID "PubMed number" |raw, _| one_id(identifier::pmid(raw)), |raw| one_id(identifier::pmid(raw)), bare, "12345678";
    /// The PubMed Central number.
    PMCID "PubMed Central number" |raw, _| one_id(identifier::pmcid(raw)), |raw| one_id(identifier::pmcid(raw)), bare, "PMC1234567";
    /// The number of a manuscript at the NIH.
    NIHMSID "NIHMS number" |raw, _| nihms(raw), nihms, bare, "NIHMS12345";
}

fn one_id(id: Option<Id>) -> Option<Vec<Id>> {
    id.map(|id| vec![id])
}

#[expect(clippy::unnecessary_wraps, reason = "the codecs of identifiers may refuse")]
fn bare(id: &Id, _: &str) -> Option<String> {
    Some(id.value.clone())
}

fn nihms(raw: &str) -> Option<Vec<Id>> {
    let digits = raw.strip_prefix("NIHMS")?;
    let sound = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| vec![Id { value: raw.to_owned(), scheme: "nihmsid".into(), qualifier: None }])
}

/// The numbers of one `SN`, if all of them are of books, or of serials: by check digit, or else by shape (D-12).
pub fn serials(raw: &str, of_serials: bool, cx: Option<&mut CodecReading<'_, '_>>) -> Option<Vec<Id>> {
    // What nearly all are: one number, and none of the other sort.
    if let Some(id) = plain_isbn(raw) {
        return (!of_serials).then(|| vec![id]);
    }
    if has_issn_shape(raw) {
        return of_serials.then(|| vec![identifier::issn(raw).unwrap_or_else(|| unchecked(raw, true, cx))]);
    }
    let mut ids: Vec<Id> = Vec::new();
    let found = serial_numbers(raw);
    let known = found.iter().any(|serial| !matches!(serial, Serial::Other(_)));
    for serial in found {
        let id = match serial {
            Serial::Issn(id) if of_serials => id,
            Serial::Isbn(id) if !of_serials => id,
            _ => {
                ids.clear();
                break;
            }
        };
        // ProQuest has one number for both media twice.
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if !ids.is_empty() {
        return Some(ids);
    }
    (!known && !of_serials && has_isbn_shape(raw)).then(|| vec![unchecked(raw, false, cx)])
}

/// Whether a string is one number of books, or of serials, in its normal form: [`serials`] gives it back. So are nearly all
/// that are written.
pub(crate) fn is_one_serial(raw: &str, of_serials: bool) -> bool {
    if of_serials { has_issn_shape(raw) && !raw.ends_with('x') } else { is_isbn13(raw) }
}

/// A number that has only the shape of one.
fn unchecked(raw: &str, of_serials: bool, cx: Option<&mut CodecReading<'_, '_>>) -> Id {
    if let Some(cx) = cx {
        let name = if of_serials { "ISSN" } else { "ISBN" };
        cx.report(&ID_INVALID, format!("`{}` has the shape of an {name} but not its check digit", excerpt(raw, 40)));
    }
    Id::plain(raw)
}

/// Whether a string is one or several book or serial numbers with right check digits, with others or without.
pub fn is_serial(raw: &str, some: bool) -> bool {
    let mut found = serial_numbers(raw).into_iter().map(|serial| !matches!(serial, Serial::Other(_)));
    if some { found.any(|it| it) } else { found.all(|it| it) }
}

fn has_isbn_shape(raw: &str) -> bool {
    let digits: Vec<u8> = raw.bytes().filter(|b| !matches!(b, b'-' | b' ')).collect();
    let (body, last) = match digits.split_last() {
        Some((last, body)) => (body, *last),
        None => return false,
    };
    let all = body.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || matches!(last, b'x' | b'X'));
    all && (digits.len() == 10 || (digits.len() == 13 && digits.starts_with(b"97")))
}

/// The one ISBN of thirteen digits that a string of digits and hyphens is.
fn plain_isbn(raw: &str) -> Option<Id> {
    let is_plain = |byte: u8| byte.is_ascii_digit() || byte == b'-';
    let plain = raw.starts_with("97") && !raw.ends_with('-') && raw.bytes().all(is_plain);
    plain.then(|| identifier::isbn(raw)).flatten().filter(|id| id.value.len() == 13)
}

fn has_issn_shape(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    bytes.len() == 9
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 => *byte == b'-',
            8 => byte.is_ascii_digit() || matches!(byte, b'x' | b'X'),
            _ => byte.is_ascii_digit(),
        })
}

/// An e-print's page at arXiv.
pub static ARXIV_ADDRESS: Codec = Codec {
    name: "arXiv address",
    shape: Shape::Each,
    carries: CHECKED,
    read: |_, _, _| false,
    write: |value, sink| match value {
        Value::Id(id) if id.scheme.eq_ignore_ascii_case("arxiv") && !id.value.contains(char::is_whitespace) => {
            sink.put(0, ["https://arxiv.org/abs/", &id.value].concat());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &[],
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// What has the shape of an ISSN is one number to whatever looks for several.
        #[test]
        fn a_serial_number_is_found_by_its_shape(raw in "[0-9]{4}-[0-9]{3}[0-9xX]") {
            let expected = match serial_numbers(&raw).as_slice() {
                [Serial::Issn(id)] => id.clone(),
                other => {
                    prop_assert_eq!(other, [Serial::Other(raw.clone())]);
                    Id::plain(raw.as_str())
                }
            };
            prop_assert!(!is_one_serial(&raw, true) || expected.value == raw);
            let is_normal = identifier::issn(&raw).is_some_and(|id| id.value == raw);
            prop_assert_eq!(identifier::is_issn(&raw), is_normal);
            prop_assert_eq!(serials(&raw, true, None), Some(vec![expected]));
            prop_assert_eq!(serials(&raw, false, None), None);
        }

        /// What has the shape of an ISBN of thirteen with a right check digit is one number, and what is not plainly one
        /// is left to the long way.
        #[test]
        fn a_book_number_is_found_by_its_shape(number in "-?97[89]-?([0-9]-?){9,10}[0-9xX]?-?", right in any::<bool>()) {
            // Of any number ten are tried, of which one is right where they differ in the check digit alone.
            for last in (0..10).filter(|_| right).map(|last| last.to_string()).chain([String::new()]) {
                let raw = format!("{number}{last}");
                if let Some(id) = plain_isbn(&raw) {
                    prop_assert_eq!(serial_numbers(&raw), [Serial::Isbn(id.clone())]);
                    prop_assert!(is_one_serial(&id.value, false));
                    prop_assert_eq!(serials(&id.value, false, None), Some(vec![id.clone()]));
                    prop_assert_eq!(serials(&raw, false, None), Some(vec![id]));
                    prop_assert_eq!(serials(&raw, true, None), None);
                }
            }
        }
    }
}
