//! Codecs of identifiers, which stand verbatim: section 4.4 of the mapping reference.

use crate::bytes::{first, trim};
use super::codec::{WHOLE, put_verbatim};
use super::lists::in_braces;
use super::text::TEXT;
use crate::mapping::codecs::identifiers::serials;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Field, Id, Kind, Parts, Record, SourceType, Value, identifier};
use crate::tex;
use std::borrow::Cow;

macro_rules! ids {
    ($($(#[$doc:meta])* $constant:ident $read:expr, $separator:literal, $example:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: stringify!($constant),
            shape: Shape::Joined($separator),
            carries: WHOLE,
            read: |raws, _, values| {
                for raw in raws {
                    if $separator == ", " {
                        read_list(&without_braces(raw), $read, values);
                    } else {
                        let items = in_braces(raw).unwrap_or(raw).split('\n').map(str::trim).filter(|it| !it.is_empty());
                        values.extend(items.map(|it| Value::Id(read_id(it, $read))));
                    }
                }
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
    /// The number of the electronic edition.
    EISSN |raw| issn_of(raw, "electronic"), ", ", "1234-5679";
    /// The number of the printed edition.
    PRINT_ISSN |raw| issn_of(raw, "print"), ", ", "1234-5679";
    /// The number for all editions.
    LINKING_ISSN |raw| issn_of(raw, "linking"), ", ", "1234-5679";
    /// A PubMed number.
    PMID identifier::pmid, "\n", "12345";
    /// A PubMed Central number.
    PMCID identifier::pmcid, "\n", "PMC12345";
}

/// Serial numbers in the field of book numbers, where Mendeley puts them.
pub(super) static ISSN_AS_ISBN: Codec = Codec {
    name: "serial numbers as book numbers",
    read: |raws, _, values| {
        let others = raws.iter().filter(|raw| !is_one_book(raw));
        values.extend(others.filter_map(|raw| serials(raw, true, None)).flatten().map(Value::Id));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["1234-5679"],
    ..ISSN
};

/// The number on a book's cover, where it is the book's.
pub(super) static EAN: Codec = Codec {
    name: "book number in its bar code",
    shape: Shape::Each,
    read: |raws, _, values| {
        values.extend(raws.iter().filter_map(|raw| identifier::isbn(raw)).map(Value::Id));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["9783161484100"],
    ..ISBN
};

/// Whether a number is too long for a serial's, and one: what nearly all are in the field of book numbers.
fn is_one_book(raw: &str) -> bool {
    raw.len() >= 10 && raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Serial numbers that stand there once more.
pub(super) static ISSN_TWICE: Codec = Codec {
    name: "serial numbers, again as book numbers",
    shape: Shape::Across,
    read: |raws, cx, values| {
        let [issn, isbn] = raws else { return false };
        if issn.is_empty() || is_one_book(isbn) || !(ISSN.read)(&[*issn], cx, values) {
            return false;
        }
        let is_there = |other: &Id| values.iter().any(|value| matches!(value, Value::Id(id) if id.value == other.value));
        serials(isbn, true, None).is_some_and(|others| !others.is_empty() && others.iter().all(is_there))
    },
    example: &["1234-5679", "1234-5679"],
    ..ISSN_AS_ISBN
};

/// What numbers say: none has braces of its own.
fn without_braces(raw: &str) -> Cow<'_, str> {
    if !may_be_escaped(raw) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(tex::verbatim(raw).replace(['{', '}'], ""))
}

/// Whether anything in a number or an address may be a command or a group.
fn may_be_escaped(raw: &str) -> bool {
    first(raw.as_bytes(), |byte| (byte == b'{') | (byte == b'\\')).is_some()
}

/// How many spaces a line of a wrapped value begins with at most.
const WRAPPED: usize = 80;

/// Reads numbers with commas or semicolons between them. EndNote has each on a line of its own, Zotero only spaces between
/// those of a book.
fn read_list(raw: &str, read: fn(&str) -> Option<Id>, values: &mut Vec<Value>) {
    if memchr::memchr3(b',', b';', b'\n', raw.as_bytes()).is_none() {
        return read_item(raw, read, values);
    }
    let (mut from, mut depth) = (0, 0_u32);
    let last = raw.rfind(')').unwrap_or(0);
    // Lines of a wrapped value begin with few spaces.
    let next = |at: usize| raw.bytes().skip(at).take(WRAPPED).find(|byte| !byte.is_ascii_whitespace());
    for (at, byte) in raw.bytes().enumerate() {
        let parts = match byte {
            b'(' => {
                depth += 1;
                false
            }
            b')' => {
                depth = depth.saturating_sub(1);
                false
            }
            b',' | b';' => depth == 0 || at > last,
            // What a number is for may stand on the next line.
            b'\n' => depth == 0 && next(at).is_some_and(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if parts {
            read_item(&raw[from..at], read, values);
            (from, depth) = (at + 1, 0);
        }
    }
    read_item(&raw[from..], read, values);
}

fn read_item(raw: &str, read: fn(&str) -> Option<Id>, values: &mut Vec<Value>) {
    let mut item = Cow::Borrowed(trim(raw));
    if memchr::memchr(b'\n', item.as_bytes()).is_some() {
        item = Cow::Owned(item.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if item.is_empty() {
        return;
    }
    match several(&item, read) {
        Some(ids) => values.extend(ids.into_iter().map(Value::Id)),
        None => values.push(Value::Id(read_id(&item, read))),
    }
}

/// Several numbers with nothing but spaces between them.
fn several(raw: &str, read: fn(&str) -> Option<Id>) -> Option<Vec<Id>> {
    first(raw.as_bytes(), |byte| byte == b' ')?;
    if read(raw).is_some() { None } else { raw.split_ascii_whitespace().map(read).collect() }
}

/// Whether parentheses in a number are its own: in a list others would stand between them.
fn closes_what_it_opens(raw: &str) -> bool {
    let depth = raw.bytes().try_fold(0_usize, |depth, byte| match byte {
        b'(' => Some(depth + 1),
        b')' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

fn issn_of(raw: &str, edition: &str) -> Option<Id> {
    identifier::issn(raw).map(|id| Id { qualifier: Some(edition.into()), ..id })
}

fn read_id(raw: &str, read: fn(&str) -> Option<Id>) -> Id {
    // Some programs put braces around every value.
    let raw = in_braces(raw).map_or(raw, trim);
    if !may_be_escaped(raw) {
        // Nothing is escaped.
        return read(raw).unwrap_or_else(|| Id::plain(raw));
    }
    let plain = tex::verbatim(raw);
    read(&plain).unwrap_or_else(|| Id::plain(plain))
}

/// Whether a number has nothing in it that could part several, or be a command or a group.
fn is_word(number: &str) -> bool {
    // `(` and `)`; `{`, `|`, `}`.
    let parts = |b: u8| {
        (b.wrapping_sub(b'(') < 2) | (b.wrapping_sub(b'{') < 3) | (b == b',') | (b == b';') | (b == b'\n') | (b == b' ') | (b == b'\\')
    };
    first(number.as_bytes(), parts).is_none()
}

fn put_id<'v>(
    id: &'v Id,
    read: fn(&str) -> Option<Id>,
    list: bool,
    sink: &mut CellSink<'_, 'v>,
) -> Option<Parts> {
    if (sink.follows && !list) || !id.scheme.is_empty() {
        return None;
    }
    let is_word = is_word(&id.value);
    let is_one = if is_word {
        true
    } else if list {
        !id.value.contains([',', ';', '\n']) && several(&id.value, read).is_none() && closes_what_it_opens(&id.value)
    } else {
        !id.value.contains('\n')
    };
    if !is_one {
        return None;
    }
    if let Some(qualifier) = &id.qualifier {
        let with = format!("{} ({qualifier})", id.value);
        if !with.contains([',', ';', '\n', '{', '}']) && closes_what_it_opens(&with) && read_id(&with, read) == *id && put_verbatim(with, 0, sink).is_some() {
            return Some(Parts::NONE);
        }
    }
    let bare = if list && !is_word { without_braces(&id.value) } else { Cow::Borrowed(&*id.value) };
    let reads = read_id(trim(&bare), read);
    if reads.value.is_empty() || in_braces(&reads.value).is_some() {
        return None;
    }
    let written = if in_braces(&id.value).is_some() { Cow::Owned(reads.value.clone()) } else { Cow::Borrowed(trim(&id.value)) };
    if is_word {
        sink.put(0, written);
    } else {
        put_verbatim(written, 0, sink)?;
    }
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

/// A note that is nothing but a PubMed number, as `PMID: 12345` (D-43).
pub(super) static NOTE_PMID: Codec = Codec {
    name: "PMID: number",
    shape: Shape::Each,
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        values.extend(after_label(raw, "pmid:").and_then(|it| identifier::pmid(&it)).map(Value::Id));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["PMID: 12345"],
    ..PMID
};

/// A note that is nothing but an arXiv number, as `arXiv:2401.00001` (D-43).
pub(super) static NOTE_ARXIV: Codec = Codec {
    name: "arXiv:number",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        values.extend(after_label(raw, "arxiv:").and_then(|it| identifier::arxiv(&it)).map(Value::Id));
        !values.is_empty()
    },
    example: &["arXiv:2401.00001"],
    ..NOTE_PMID
};

/// A field that is nothing but an arXiv number.
pub(super) static ARXIV_NUMBER: Codec = Codec {
    name: "arXiv number",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        values.extend(identifier::arxiv(raw).map(Value::Id));
        !values.is_empty()
    },
    example: &["2401.00001"],
    ..NOTE_PMID
};

/// What stands behind a label, if it is one word. Some programs put the label in braces, for its capitals.
fn after_label(raw: &str, label: &str) -> Option<String> {
    let begins = |it: &str| it.get(..3).is_some_and(|head| label.get(..3).is_some_and(|it| it.eq_ignore_ascii_case(head)));
    let bare = Some(trim(raw)).filter(|raw| begins(raw.trim_start_matches('{')))?.replace(['{', '}'], "");
    let (head, rest) = bare.split_at_checked(label.len())?;
    let rest = rest.trim_start();
    (head.eq_ignore_ascii_case(label) && !rest.contains(char::is_whitespace)).then(|| rest.to_owned())
}

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

/// The same from a mixture of the fields that arXiv, BibLaTeX and Mendeley have for it: number, server twice, class
/// twice, the number again. They have to agree.
pub(super) static EPRINT_MIXED: Codec = Codec {
    name: "e-print in several habits",
    read: |raws, _, values| {
        let [number, prefix, kind, class, other_class, again] = raws else { return false };
        let server = |word: &&str| identifier::preprint_server(word).map_or_else(|| word.to_lowercase(), str::to_owned);
        let (Some(server), Some(class)) =
            (agreed(prefix, kind, server), agreed(class, other_class, ToString::to_string))
        else {
            return false;
        };
        let id = match (number.is_empty(), again.is_empty()) {
            (false, true) => eprint(number, server, class),
            (true, false) => eprint(again, if server.is_empty() { "arxiv" } else { server }, class),
            (false, false) => eprint(number, server, class)
                .filter(|id| eprint(again, "arxiv", class).is_some_and(|other| other.value == id.value)),
            (true, true) => None,
        };
        values.extend(id.map(Value::Id));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["2401.00001", "arXiv", "arxiv", "", "cs.LG", "2401.00001"],
    ..EPRINT
};

/// The one of two words that is there, or either if they mean the same.
fn agreed<'a>(one: &&'a str, other: &&'a str, meaning: impl Fn(&&'a str) -> String) -> Option<&'a str> {
    match (one.is_empty(), other.is_empty()) {
        (_, true) => Some(one),
        (true, false) => Some(other),
        _ => (meaning(one) == meaning(other)).then_some(one),
    }
}

/// An identifier that BibLaTeX takes for an e-print though its scheme is no preprint server's.
pub(super) static EPRINT_OTHER: Codec = Codec {
    name: "identifier as e-print",
    shape: Shape::Across,
    read: |raws, _, values| {
        let [number, kind, ..] = raws else { return false };
        let scheme = OTHER_SCHEMES.iter().find(|it| it.eq_ignore_ascii_case(kind));
        if let Some(scheme) = scheme.filter(|_| !number.is_empty()) {
            values.push(Value::Id(Id { value: tex::verbatim(number), scheme: (*scheme).into(), qualifier: None }));
        }
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        let scheme = OTHER_SCHEMES.iter().find(|it| ***it == *id.scheme)?;
        put_verbatim(&id.value, 0, sink)?;
        sink.put(1, *scheme);
        Some(if id.qualifier.is_some() { Parts::QUALIFIER } else { Parts::NONE })
    },
    example: &["1234/5678", "hdl"],
    ..TEXT
};

/// The schemes that BibLaTeX knows as types of e-prints.
const OTHER_SCHEMES: &[&str] = &["hdl", "jstor", "googlebooks"];

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

/// The arXiv number of an article that states it nowhere but in the name of its journal or in its volume.
pub(super) fn printed_number(record: &Record) -> Option<Id> {
    let is_article = |it: &SourceType| it.family == "bibtex" && it.word.eq_ignore_ascii_case("article");
    if record.kind != Kind::Preprint || !record.source_type.as_ref().is_some_and(is_article) {
        return None;
    }
    let volume = || match record.get(Field::Volume) {
        Some(Value::Number(volume)) => identifier::arxiv(volume.as_str()),
        _ => None,
    };
    record.text(Field::ContainerTitle).and_then(in_journal).or_else(volume)
}

/// An arXiv number at the end of a journal's name: `arXiv preprint arXiv:1701.00002`.
pub(super) fn in_journal(name: &str) -> Option<Id> {
    let words = || name.split_whitespace();
    identifier::arxiv(name)
        .or_else(|| words().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).find_map(identifier::arxiv))
}

macro_rules! schemes {
    ($($constant:ident $scheme:literal;)*) => { $(
        /// An identifier of one scheme in a field of its own.
        pub(super) static $constant: Codec = Codec {
            name: concat!("identifier ", $scheme),
            read: |raws, _, values| {
                let id = |raw: &&str| Id { value: tex::verbatim(in_braces(raw).unwrap_or(raw)), scheme: $scheme.into(), qualifier: None };
                values.extend(raws.iter().map(|raw| Value::Id(id(raw))));
                true
            },
            write: |value, sink| match value {
                Value::Id(id) if &*id.scheme == $scheme && in_braces(&id.value).is_none() => {
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
