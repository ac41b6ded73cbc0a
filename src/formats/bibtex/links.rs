//! Codecs of what leads elsewhere: addresses, attached files, keys of other entries.

use crate::bytes::trim;
use super::codec::{WHOLE, put_verbatim};
use super::text::TEXT;
use super::types::is_address;
use super::lex::{Element, Kind, lex};
use crate::format::LinkSaid;
use crate::mapping::codecs::identifiers;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::identifier::is_resolver_url;
use crate::record::{File, Parts, Relation, Url, UrlKind, Value};
use crate::tex;
use smallvec::SmallVec;
use std::borrow::Cow;

/// Other keys of an entry.
pub(super) static KEYS: Codec = Codec {
    name: "keys",
    shape: Shape::Joined(", "),
    read: |raws, _, values| {
        let keys = raws.iter().flat_map(|raw| raw.split(',')).map(str::trim).filter(|key| !key.is_empty());
        values.extend(keys.map(|key| Value::Token(key.to_owned())));
        true
    },
    write: |value, sink| match value {
        Value::Token(key) if is_key(key) => {
            sink.put(0, key.as_str());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["doe2020, doe20"],
    ..TEXT
};

/// Whether a string can be a citation key.
pub(super) fn is_key(key: &str) -> bool {
    !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || c.is_control() || "{}(),=\\\"#%'~".contains(c))
}

/// An address. Where the source has several in one field, as Mendeley writes them, all are read; written is the first,
/// for LaTeX makes one link of the whole field.
pub(super) static URL: Codec = Codec {
    name: "address",
    shape: Shape::Joined(" "),
    carries: WHOLE.without(Parts::KIND).without(Parts::LABEL),
    read: |raws, _, values| {
        values.extend(raws.iter().flat_map(|raw| addresses(raw)).map(|raw| Value::Url(address(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Url(url) if url.kind == UrlKind::Landing && !sink.follows && !is_resolver_url(&url.url) => {
            put_address(url, sink)
        }
        _ => None,
    },
    example: &["https://example.org/a_b"],
};

/// An address that is not the item's page, where there is no such address.
pub(super) static OTHER_URL: Codec = Codec {
    name: "address of another kind",
    write: |value, sink| match value {
        Value::Url(url) if !sink.follows && !is_resolver_url(&url.url) => put_address(url, sink),
        _ => None,
    },
    ..URL
};

/// A DOI as an address at a resolver: beside a DOI an address, else read as the DOI that it is.
pub(super) static RESOLVER: Codec = Codec {
    name: "address of a DOI",
    write: |value, sink| match value {
        Value::Url(url) if !sink.follows && is_resolver_url(&url.url) => put_address(url, sink),
        _ => None,
    },
    ..URL
};

/// The DOI of an address at a resolver.
pub(super) static DOI_ADDRESS: Codec = Codec {
    name: "address of a DOI",
    shape: Shape::Each,
    read: |raws, cx, values| {
        let [raw] = raws else { return false };
        (identifiers::DOI_ADDRESS.read)(&[&address(raw).url], cx, values)
    },
    write: |_, _| None,
    example: identifiers::DOI_ADDRESS.example,
    ..URL
};

/// The addresses of a field: each begins with a scheme.
fn addresses(raw: &str) -> SmallVec<[&str; 1]> {
    let mut list = SmallVec::new();
    let all = trim(raw);
    if all.starts_with("\\href{") {
        list.push(all);
        return list;
    }
    let mut from = 0;
    for at in memchr::memchr2_iter(b' ', b'\n', all.as_bytes()) {
        let behind = all.get(at + 1..).unwrap_or_default();
        if SCHEMES.iter().any(|scheme| behind.starts_with(scheme)) {
            list.push(all.get(from..at).unwrap_or_default().trim());
            from = at + 1;
        }
    }
    list.push(all.get(from..).unwrap_or_default());
    list
}

/// What an address begins with that stands behind another and white space.
const SCHEMES: &[&str] = &["http://", "https://", "ftp://"];

fn put_address<'v>(url: &'v Url, sink: &mut CellSink<'_, 'v>) -> Option<Parts> {
    if address(&url.url).url != url.url || addresses(&url.url).len() > 1 {
        return None;
    }
    put_verbatim(&url.url, 0, sink).map(|()| Parts::NONE)
}

/// The address that a field says: itself, or that of a `\href`.
fn address(raw: &str) -> Url {
    Some(raw).filter(|raw| raw.starts_with("\\href{")).and_then(link).unwrap_or_else(|| bare_address(raw))
}

fn bare_address(raw: &str) -> Url {
    let raw = raw.strip_prefix('<').and_then(|it| it.strip_suffix('>')).unwrap_or(raw);
    let inner = raw.strip_prefix("\\url{").and_then(|it| it.strip_suffix('}')).unwrap_or(raw);
    Url { url: tex::verbatim(trim(inner)), kind: UrlKind::Landing, label: None }
}

macro_rules! addresses_of_kinds {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = Codec {
            name: $name,
            carries: WHOLE.without(Parts::LABEL),
            read: |raws, _, values| {
                let [raw] = raws else { return false };
                if is_address(raw) {
                    values.push(Value::Url(Url { kind: UrlKind::$kind, ..address(raw) }));
                }
                !values.is_empty()
            },
            write: |_, _| None,
            example: &["https://example.org/a"],
            ..TEXT
        };)*
    };
}

addresses_of_kinds! {
    /// `eprint` that is nothing but an address, as publishers export where the text is.
    EPRINT_URL "address of the text" FullText;
    /// A page about the item.
    WEBSITE "address of a page about it" Related;
    /// The text as a page.
    HTML "address of the text as a page" Html;
    /// The code that belongs to it.
    CODE "address of a repository" Repository;
    /// `howpublished` that is nothing but an address.
    HOWPUBLISHED_URL "address" Landing;
}

/// `howpublished` that says no more than where the item is: words that lead to an address, or a link with its text.
/// What stands beside the address is its label.
pub(super) static HOWPUBLISHED_LINK: Codec = Codec {
    name: "address behind words",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        values.extend(link(raw).map(Value::Url));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["Available at \\url{https://example.org/a}", "\\href{https://example.org/a}{The page}"],
    ..TEXT
};

/// Words before an address that say that there is one, in lower case and without marks.
const LEADS: &[&str] = &[
    "", "at", "available", "available at", "available from", "available online", "available online at",
    "available online from", "available via", "from", "home page", "homepage", "internet", "online", "online at",
    "online available", "online available at", "published at", "published online", "published online at",
    "retrieved from", "see", "url", "via", "web", "web page", "webpage", "web site", "website", "www",
];

/// The address to which words lead, or that of a `\href`.
pub(super) fn link(raw: &str) -> Option<Url> {
    const BEGINNINGS: &[&str] = &["\\url{", "\\href{", "http://", "https://"];
    let raw = trim(raw);
    let at = BEGINNINGS.iter().filter_map(|it| raw.find(it)).min()?;
    let (lead, rest) = raw.split_at_checked(at)?;
    let rest = rest.strip_suffix('.').unwrap_or(rest);
    let (lead, rest) = match (lead.strip_suffix('{'), rest.strip_suffix('}')) {
        (Some(lead), Some(rest)) => (lead, rest),
        _ => (lead, rest),
    };
    let words = lead.replace(['[', ']', '.', ',', ':', '~'], " ").to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    if !LEADS.contains(&&*words.join(" ")) {
        return None;
    }
    let (target, text) = match rest.strip_prefix("\\href{") {
        Some(rest) => {
            let (target, text) = rest.strip_suffix('}')?.split_once("}{")?;
            (target, tex::decode(text).text.as_str().trim().to_owned())
        }
        None => (rest.strip_prefix("\\url{").map_or(Some(rest), |it| it.strip_suffix('}'))?, String::new()),
    };
    let url = bare_address(target);
    if !is_address(target) || url.url.contains(['{', '}']) {
        return None;
    }
    let lead = lead.trim().trim_end_matches([':', '~']).trim_end();
    let text = if text == url.url { "" } else { &text };
    let label = [lead, text].join(" ");
    Some(Url { label: Some(label.trim()).filter(|it| !it.is_empty()).map(Into::into), ..url })
}

/// An attached file: its path, or `words:path:type` as `JabRef` has it.
pub(super) static FILES: Codec = Codec {
    name: "files",
    shape: Shape::Joined(";"),
    carries: WHOLE,
    read: |raws, _, values| {
        values.extend(raws.iter().flat_map(|raw| files(raw)).map(Value::File));
        true
    },
    write: |value, sink| {
        let Value::File(file) = value else { return None };
        let mut out = String::with_capacity(file.path.len() + 8);
        let parts = [file.label.as_deref().unwrap_or_default(), &file.path, file.mime.as_deref().unwrap_or_default()];
        let bare = file.label.is_none() && file.mime.is_none() && !file.path.contains([':', ';', '\\']);
        for (at, part) in parts.into_iter().enumerate().filter(|(at, _)| !bare || *at == 1) {
            out.push_str(if at > 0 && !bare { ":" } else { "" });
            for c in part.chars() {
                if matches!(c, ':' | ';' | '\\') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        if !tex::balanced(&out) || files(&out) != [file.clone()] {
            return None;
        }
        sink.put(0, out);
        Some(Parts::NONE)
    },
    example: &["Full text:files/a.pdf:PDF;notes.txt"],
};

/// How Mendeley spells in paths what has a meaning in LaTeX, beside the escapes in braces: the backslash that escapes a
/// colon, too.
const SPELLED: [(&str, &str); 2] = [("$\\backslash$", "\\"), ("\\_", "_")];

fn files(raw: &str) -> Vec<File> {
    let braced = tex::ESCAPES.iter().filter(|(escape, _)| escape.starts_with("{\\"));
    let raw = braced.chain(&SPELLED).fold(Cow::Borrowed(raw), |raw, (spelled, sign)| {
        if raw.contains(spelled) { raw.replace(spelled, sign).into() } else { raw }
    });
    let mut list = Vec::new();
    let mut parts = vec![String::new()];
    let mut chars = raw.chars();
    let mut end = |parts: &mut Vec<String>| {
        let whole = std::mem::replace(parts, vec![String::new()]);
        let some = |part: &str| (!part.trim().is_empty()).then(|| part.trim().into());
        let file = match whole.as_slice() {
            [label, path, mime] if !path.is_empty() => {
                File { path: path.trim().to_owned(), mime: some(mime), label: some(label) }
            }
            parts => File { path: parts.join(":").trim().to_owned(), mime: None, label: None },
        };
        list.extend((!file.path.is_empty()).then_some(file));
    };
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(escaped @ (':' | ';' | '\\')) => parts.last_mut().into_iter().for_each(|part| part.push(escaped)),
                Some(other) => parts.last_mut().into_iter().for_each(|part| part.extend(['\\', other])),
                None => {}
            },
            ':' => parts.push(String::new()),
            ';' => end(&mut parts),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    end(&mut parts);
    list
}

macro_rules! relations {
    ($($constant:ident $kind:literal $shape:expr;)*) => { $(
        /// A link to another entry by its key.
        pub(super) static $constant: Codec = Codec {
            name: concat!("keys, ", $kind),
            shape: $shape,
            carries: WHOLE,
            read: |raws, _, values| {
                let keys = raws.iter().flat_map(|raw| raw.split(',')).map(str::trim).filter(|key| !key.is_empty());
                values.extend(keys.map(|key| Value::Relation(Relation { kind: $kind.into(), target: key.to_owned() })));
                true
            },
            write: |value, sink| match value {
                Value::Relation(it) if &*it.kind == $kind && is_key(&it.target) && !(sink.follows && $shape == Shape::Each) => {
                    sink.put(0, it.target.as_str());
                    Some(Parts::NONE)
                }
                _ => None,
            },
            example: &["doe2020"],
        };
    )* };
}

relations! {
    CROSSREF "crossref" Shape::Each;
    XREF "xref" Shape::Each;
    XDATA "xdata" Shape::Joined(", ");
    ENTRYSET "set-member" Shape::Joined(", ");
}

/// What `crossref` says before a text: the keys of a value in braces or quotation marks, on which nothing follows but the
/// next field or the end. Where `@xdata` is used it may be said in any value, so that says nothing by itself.
pub(super) fn said<'t>(word: &str, behind: &'t str) -> LinkSaid<'t> {
    if !word.eq_ignore_ascii_case("crossref") {
        return LinkSaid::Unknown;
    }
    let after = |text: &'t str| text.trim_ascii_start();
    let Some(value) = after(behind).strip_prefix('=') else {
        // Behind these a value may yet come.
        let is_open = |c: char| !c.is_ascii_graphic() || "{\"%()#@".contains(c);
        return if after(behind).starts_with(|c| !is_open(c)) { LinkSaid::Nothing } else { LinkSaid::Unknown };
    };
    let keys = || {
        let (inner, close) = match after(value).split_at_checked(1)? {
            ("{", inner) => (inner, '}'),
            ("\"", inner) => (inner, '"'),
            _ => return None,
        };
        let (keys, rest) = inner.split_once(close)?;
        let keys: Vec<&str> = keys.split(',').map(str::trim_ascii).filter(|key| !key.is_empty()).collect();
        (keys.iter().all(|key| key.is_ascii() && is_key(key)) && after(rest).starts_with([',', '}'])).then_some(keys)
    };
    keys().map_or(LinkSaid::Unknown, LinkSaid::Keys)
}

/// The keys that the entries of a text inherit from, if it shows them plainly: no damage, and nothing in a value that
/// could be a reference to `@xdata` or stand for one.
pub(super) fn targets_of(text: &str) -> Option<Vec<&str>> {
    let mut targets = Vec::new();
    for element in lex(text) {
        let Element::Entry(entry) = element else { continue };
        if entry.given_up || !entry.faults.is_empty() || entry.fields.len() > PLAIN {
            return None;
        }
        for field in &entry.fields {
            let is_link = ["crossref", "xdata"].iter().any(|name| field.name.eq_ignore_ascii_case(name));
            match field.value.pieces() {
                [piece] if is_link && piece.kind != Kind::Macro => {
                    targets.extend(piece.text.split(',').map(str::trim).filter(|key| !key.is_empty()));
                }
                [piece] if piece.kind == Kind::Macro && field.name.eq_ignore_ascii_case("month") => {}
                pieces if is_link || pieces.iter().any(|it| it.kind == Kind::Macro || it.text.contains("xdata")) => {
                    return None;
                }
                _ => {}
            }
        }
    }
    Some(targets)
}

/// How many fields an entry has at most that is not looked at closely.
const PLAIN: usize = 100;

/// BibLaTeX's words for relations, and ours.
const RELATED_TYPES: &[(&str, &str)] = &[
    ("related", ""),
    ("multivolume", "multivolume"),
    ("published-as", "origpubas"),
    ("published-in", "origpubin"),
    ("translated-as", "translationas"),
    ("translation-of", "translationof"),
    ("translated-from", "translationfrom"),
    ("reprinted-as", "reprintas"),
    ("reprint-of", "reprintof"),
    ("reprinted-from", "reprintfrom"),
    ("review-of", "reviewof"),
];

/// The word for a relation to an entry by its key, if BibLaTeX has one.
pub(super) fn related_word(link: &Relation) -> Option<&'static str> {
    let (_, word) = RELATED_TYPES.iter().find(|(kind, _)| **kind == *link.kind)?;
    is_key(&link.target).then_some(*word)
}

/// A related entry and what it is.
pub(super) static RELATED: Codec = Codec {
    name: "related",
    shape: Shape::Across,
    carries: WHOLE,
    read: |raws, _, values| {
        let [keys, word, ..] = raws else { return false };
        let known = RELATED_TYPES.iter().find(|(_, it)| it.eq_ignore_ascii_case(word));
        let kind = known.map_or_else(|| word.to_lowercase(), |(kind, _)| (*kind).to_owned());
        let keys = || keys.split(',').map(str::trim).filter(|key| !key.is_empty());
        if !keys().all(is_key) {
            return false;
        }
        values.extend(keys().map(|key| Value::Relation(Relation { kind: kind.as_str().into(), target: key.to_owned() })));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Relation(relation) = value else { return None };
        let word = related_word(relation)?;
        sink.put(0, relation.target.as_str());
        sink.put(1, word);
        Some(Parts::NONE)
    },
    example: &["doe2020", "reviewof"],
};
