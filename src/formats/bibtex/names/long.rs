//! BibLaTeX's extended form of names: `family=Fontaine, given=Jean, prefix={de la}, useprefix=false`, and options of
//! the whole list, which stand among its items: `nosortothers=true`.
//!
//! Parts that the record has no place for (`given-i`, `hash`, custom ones) become flags of the name, spelled as they
//! are. Section 4.1 of the mapping reference.

use super::super::lists::outside_braces;
use super::classic::{decode, whole_group};
use crate::record::{Name, NameDetail};

/// What an item in the form `key=value` is.
pub(super) enum Item {
    /// A name.
    Name(Name),
    /// An option of the list, as a flag.
    Option(Box<str>),
}

/// What marks a flag that is an option of the list.
pub(super) const OF_LIST: &str = "list:";

/// The parts that make an item a name.
const PARTS: &[&str] = &["family", "given", "prefix", "suffix"];

/// Reads an item, if it is in the extended form.
pub(super) fn extended(item: &str) -> Option<Item> {
    memchr::memchr(b'=', item.as_bytes())?;
    let pairs = pairs(item)?;
    if let [(key, value)] = pairs.as_slice()
        && !PARTS.contains(key)
    {
        return is_option(key, value).then(|| Item::Option([OF_LIST, key, "=", value].concat().into()));
    }
    if !pairs.iter().any(|(key, _)| PARTS.contains(key)) {
        return None;
    }
    let mut name = Name::default();
    let (mut prefix, mut use_prefix) = (String::new(), None);
    let mut detail = NameDetail::default();
    let mut seen: Vec<&str> = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        // The first counts; another is kept.
        let again = seen.contains(&key);
        seen.push(key);
        match key {
            _ if again => detail.flags.push([key, "=", value].concat().into()),
            "family" => name.family = decode(value),
            "given" => name.given = decode(value),
            "prefix" => prefix = decode(value),
            "suffix" => name.suffix = decode(value),
            "useprefix" if matches!(value, "true" | "false") => use_prefix = Some(value),
            "id" if !value.is_empty() => detail.ids.push(("id".into(), value.to_owned())),
            _ => detail.flags.push([key, "=", value].concat().into()),
        }
    }
    match use_prefix {
        // Without a prefix it says nothing that a record could.
        Some(value) if prefix.is_empty() => detail.flags.push(["useprefix=", value].concat().into()),
        Some("false") => name.dropping_particle = prefix,
        _ => name.particle = prefix,
    }
    if detail != NameDetail::default() {
        name.detail = Some(Box::new(detail));
    }
    Some(Item::Name(name))
}

/// The keys and values between commas outside braces and quotation marks; nothing if a piece is no such pair.
fn pairs(item: &str) -> Option<Vec<(&str, &str)>> {
    let mut quoted = false;
    let commas = outside_braces(item, |byte| matches!(byte, b',' | b'"')).filter(|place| {
        let quote = item.as_bytes().get(*place) == Some(&b'"');
        quoted ^= quote;
        !quote && !quoted
    });
    let mut pairs = Vec::new();
    let mut from = 0;
    for comma in commas.chain([item.len()]) {
        let (key, value) = item.get(from..comma)?.split_once('=')?;
        let key = key.trim();
        let letters = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        if key.is_empty() || !key.bytes().all(letters) {
            return None;
        }
        pairs.push((key, unquoted(value.trim())));
        from = comma + 1;
    }
    Some(pairs)
}

/// Whether this is an option of a list and not a name with an equals sign in it.
fn is_option(key: &str, value: &str) -> bool {
    key.len() >= 6 && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(&byte))
}

/// A value without its quotation marks or its one pair of braces.
fn unquoted(value: &str) -> &str {
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    quoted.or_else(|| whole_group(value)).unwrap_or(value)
}
