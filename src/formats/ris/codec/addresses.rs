//! Web addresses, in the tag of their sort.

use super::CHECKED;
use crate::formats::ris::cells::addresses;
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::identifier::is_resolver_url;
use crate::record::{Parts, Url, UrlKind, Value};
use std::borrow::Cow;

macro_rules! urls {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident [$($also:ident)*];)*) => {
        $($(#[$doc])* pub(in crate::formats::ris) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Each,
            carries: CHECKED,
            read: |raws, _, values| {
                let fits = |raw: &&str| UrlKind::$kind == UrlKind::Landing || is_address(raw);
                if !raws.iter().all(fits) {
                    return false;
                }
                values.extend(raws.iter().map(|raw| {
                    let (label, url) = labelled(raw).map_or((None, *raw), |(label, url)| (Some(label.into()), url));
                    Value::Url(Url { url: url.to_owned(), kind: UrlKind::$kind, label })
                }));
                true
            },
            write: |value, sink| match value {
                Value::Url(url) if [UrlKind::$kind, $(UrlKind::$also,)*].contains(&url.kind) => write_url(url, UrlKind::$kind, sink),
                _ => None,
            },
            example: &["https://example.org/a"],
        };)*
    };
}

urls! {
    /// The page of the item, and all addresses that have no tag of their own.
    LANDING "address" Landing [Archive Repository License Aggregator DoiDerived];
    /// A PDF.
    PDF "address of a PDF" Pdf [];
    /// The text.
    FULL_TEXT "address of the text" FullText [Html];
    /// Something related.
    RELATED "address of something related" Related [];
    /// A picture.
    IMAGE "address of a picture" Image [];
}

/// The label before an address, as repositories have it: `[PDF in repository] https://…`.
fn labelled(raw: &str) -> Option<(&str, &str)> {
    let (label, url) = raw.strip_prefix('[')?.split_once("] ")?;
    let url = url.trim_start();
    (!label.trim().is_empty() && is_address(url)).then(|| (label.trim(), url))
}

/// An address or a file such that it is not read as several.
pub(super) fn one_value(written: Cow<'_, str>) -> Cow<'_, str> {
    if addresses(&written).is_none() {
        return written;
    }
    written.replace(';', "%3B").replace(',', "%2C").replace([' ', '\t'], "%20").into()
}

fn write_url<'v>(url: &'v Url, kind: UrlKind, sink: &mut CellSink<'_, 'v>) -> Option<Parts> {
    let mut written = one_line(&*url.url);
    // Elsewhere these would be read as a DOI, or as a file.
    let other = if matches!(kind, UrlKind::Landing | UrlKind::Related) {
        is_resolver(&written) || (kind == UrlKind::Related && !is_address(&written))
    } else {
        !is_address(&written)
    };
    if other {
        return None;
    }
    written = one_value(written);
    if labelled(&written).is_some() {
        written.to_mut().replace_range(..1, "%5B");
    }
    let label = if url.label.is_some() { Parts::LABEL } else { Parts::NONE };
    let of_kind = if url.kind == kind { Parts::NONE } else { Parts::KIND };
    let spelling = if written.trim() == url.url { Parts::NONE } else { Parts::SPELLING };
    sink.put(0, written);
    Some(label | of_kind | spelling)
}

/// The DOI as an address, beside the DOI.
pub(in crate::formats::ris) static RESOLVER: Codec = Codec {
    name: "address of the DOI",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        if !raws.iter().all(|raw| is_resolver(raw)) {
            return false;
        }
        values.extend(
            raws.iter().map(|raw| Value::Url(Url { url: (*raw).to_owned(), kind: UrlKind::DoiDerived, label: None })),
        );
        true
    },
    write: |value, sink| match value {
        // Addresses of a text or a picture have tags of their own.
        Value::Url(url) if has_own_tag(url.kind) => None,
        Value::Url(url) if is_resolver(&url.url) && !url.url.contains(['\n', '\r']) => {
            let label = if url.label.is_some() { Parts::LABEL } else { Parts::NONE };
            let kind = if url.kind == UrlKind::DoiDerived { Parts::NONE } else { Parts::KIND };
            sink.put(0, url.url.as_str());
            Some(label | kind)
        }
        _ => None,
    },
    example: &["https://doi.org/10.1000/182"],
};

fn has_own_tag(kind: UrlKind) -> bool {
    matches!(kind, UrlKind::Pdf | UrlKind::FullText | UrlKind::Html | UrlKind::Related | UrlKind::Image)
}

fn is_resolver(url: &str) -> bool {
    is_address(url) && is_resolver_url(url)
}

pub(super) fn is_address(raw: &str) -> bool {
    let starts = |scheme: &str| raw.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://") || starts("ftp://")
}
