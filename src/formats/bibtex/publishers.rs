//! Codecs of who published and where: BibTeX's text, BibLaTeX's lists (`Allen {and} Unwin and Routledge`, X-36).

use super::codec::{WHOLE, comes_back, decoded, joined, lost_in, may_have_tags, put_unprotected, read_text, unprotected};
use super::lists::{first_item, in_braces, items, split_and};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Parts, Publisher, PublisherRole, Text, Value};
use crate::tex::{self, Encode, Protect};

macro_rules! publishers {
    ($($(#[$doc:meta])* $constant:ident $role:ident $list:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: stringify!($role),
            shape: Shape::Joined(if $list { " and " } else { "; " }),
            carries: WHOLE,
            read: |raws, cx, values| {
                let file = |name: Text| Value::Publisher(Publisher { name, role: PublisherRole::$role });
                for raw in raws {
                    if $list {
                        values.extend(items(raw).map(|item| file(item_of(item, |latex| read_text(latex, cx)))));
                    } else {
                        values.push(file(unprotected(read_text(raw, cx))));
                    }
                }
                true
            },
            write: |value, sink| match value {
                Value::Publisher(it) if it.role == PublisherRole::$role => Some(put_item(&it.name, $list, sink)),
                _ => None,
            },
            example: &["Example \\& Sons"],
        };
    )* };
}

publishers! {
    /// The publisher.
    PUBLISHER Publisher false;
    /// The institution.
    INSTITUTION Institution false;
    /// The school.
    SCHOOL School false;
    /// The organisation.
    ORGANIZATION Organization false;
    /// A list of publishers.
    PUBLISHERS Publisher true;
    /// A list of institutions.
    INSTITUTIONS Institution true;
    /// A list of schools.
    SCHOOLS School true;
    /// A list of organisations.
    ORGANIZATIONS Organization true;
}

/// A publisher of a role that no field is for, or in the field that the type expects.
pub(super) static ANY_PUBLISHER: Codec = Codec {
    name: "publisher of another role",
    carries: WHOLE.without(Parts::ROLE),
    write: |value, sink| match value {
        Value::Publisher(it) => Some(Parts::ROLE | put_item(&it.name, false, sink)),
        _ => None,
    },
    ..PUBLISHER
};

/// The same among a list.
pub(super) static ANY_PUBLISHERS: Codec = Codec {
    carries: WHOLE.without(Parts::ROLE),
    write: |value, sink| match value {
        Value::Publisher(it) => Some(Parts::ROLE | put_item(&it.name, true, sink)),
        _ => None,
    },
    ..PUBLISHERS
};

/// Places, each an item of a list.
pub(super) static PLACES: Codec = Codec {
    name: "list of places",
    shape: Shape::Joined(" and "),
    carries: WHOLE,
    read: |raws, cx, values| {
        let items = raws.iter().flat_map(|raw| items(raw));
        values.extend(items.map(|item| Value::Text(item_of(item, |latex| read_text(latex, cx)))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_item(text, true, sink)),
        _ => None,
    },
    example: &["London and New York"],
};

/// Where a patent is valid: BibLaTeX's keys for countries, else words.
pub(super) static COUNTRIES: Codec = Codec {
    name: "list of countries",
    read: |raws, _, values| {
        let country = |item: &str| match COUNTRY_KEYS.iter().find(|(key, _)| *key == item) {
            Some((_, name)) => Text::plain(*name),
            None => list_item(item),
        };
        values.extend(raws.iter().flat_map(|raw| items(raw)).map(|item| Value::Text(country(item))));
        true
    },
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        if let Some((key, _)) = COUNTRY_KEYS.iter().find(|(_, name)| text.marks().is_empty() && *name == text.as_str())
        {
            sink.put(0, *key);
            return Some(Parts::NONE);
        }
        if let Some((key, _)) = COUNTRY_KEYS.iter().find(|(key, _)| *key == text.as_str()) {
            sink.put(0, *key);
            return Some(Parts::SPELLING);
        }
        Some(put_item(text, true, sink))
    },
    example: &["countryfr and Norway"],
    ..PLACES
};

/// BibLaTeX's keys for countries, and what it prints for them in English.
const COUNTRY_KEYS: &[(&str, &str)] = &[
    ("countryde", "Germany"),
    ("countryeu", "European Union"),
    ("countryep", "European Union"),
    ("countryfr", "France"),
    ("countryuk", "United Kingdom"),
    ("countryus", "United States of America"),
];

/// An item of BibLaTeX's lists: `Allen {and} Unwin`.
pub(super) fn list_item(item: &str) -> Text {
    item_of(item, decoded)
}

/// An item of BibLaTeX's lists, its LaTeX read in this way.
fn item_of(item: &str, read: impl FnOnce(&str) -> Text) -> Text {
    match in_braces(item) {
        Some(inner) => unprotected(read(inner)),
        None if memchr::memchr(b'{', item.as_bytes()).is_some() && item.contains("{and}") => unprotected(read(&item.replace(" {and} ", " and "))),
        None => unprotected(read(item)),
    }
}

/// Writes an item of a list; `and` in it is put in braces. D-64.
pub(super) fn put_item<'v>(text: &'v Text, list: bool, sink: &mut CellSink<'_, 'v>) -> Parts {
    if !list {
        return joined(sink) | put_unprotected(text, 0, sink);
    }
    if text.marks().is_empty()
        && tex::is_same(text.as_str(), sink.options.ascii)
        && !may_have_tags(text)
        && first_item(text.as_str()).1.is_none()
    {
        // One item, and without a brace in it.
        sink.put(0, text.as_str());
        return Parts::NONE;
    }
    let mut out = String::with_capacity(text.as_str().len() + 8);
    let how = Encode { ascii: sink.options.ascii, protect: Protect::Marked };
    let _ = tex::encode(text, how, &mut out);
    if split_and(&out).len() > 1 {
        let words = out.replace(" and ", " {and} ");
        let apart = text.marks().is_empty() && split_and(&words).len() == 1;
        out = if apart { words } else { format!("{{{out}}}") };
    } else if in_braces(&out).is_some() {
        out = format!("{{{out}}}");
    }
    let items = split_and(&out);
    let reads = match items.as_slice() {
        [item] => list_item(item),
        _ => text.clone(),
    };
    let lost = if items.len() == 1 { lost_in(text, &reads) } else { Parts::LIST };
    if !lost.is_empty() && reads != *text && comes_back(&reads) {
        // As it reads, so that writing it again changes nothing.
        let mut again = CellSink::new(sink.options, sink.word);
        let more = put_item(&reads, true, &mut again);
        sink.put(0, again.cells().first().map_or_else(String::new, |(_, raw)| raw.to_string()));
        return lost | more;
    }
    sink.put(0, out);
    lost
}
