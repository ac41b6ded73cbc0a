//! Values in `custom` that are more than words: objects of our own.

use super::CHECKED;
use crate::formats::csl::json;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::canon::write_string;
use crate::record::{File, Id, Parts, Relation, Url, UrlKind, Value};

/// Identifiers with their scheme.
pub(in crate::formats::csl) static IDENTIFIER: Codec = Codec {
    name: "identifier object",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        let Some([value, scheme, qualifier]) = read(raws, ["value", "scheme", "qualifier"]) else { return false };
        let id = Id {
            value: value.unwrap_or_default(),
            scheme: scheme.unwrap_or_default().into(),
            qualifier: qualifier.map(Into::into),
        };
        values.push(Value::Id(id));
        true
    },
    write: |value, sink| match value {
        Value::Id(id) => put(sink, [
            ("value", Some(id.value.as_str())),
            ("scheme", Some(&*id.scheme).filter(|it| !it.is_empty())),
            ("qualifier", id.qualifier.as_deref()),
        ]),
        _ => None,
    },
    example: &[r#"{"value":"123","scheme":"oclc"}"#],
};

/// Addresses beside the first.
pub(in crate::formats::csl) static ADDRESS: Codec = Codec {
    name: "address object",
    read: |raws, _, values| {
        let Some([url, kind, label]) = read(raws, ["url", "kind", "label"]) else { return false };
        let Some(kind) = kind.map_or(Some(UrlKind::Landing), |kind| UrlKind::from_name(&kind)) else { return false };
        values.push(Value::Url(Url { url: url.unwrap_or_default(), kind, label: label.map(Into::into) }));
        true
    },
    write: |value, sink| match value {
        Value::Url(url) => put(sink, [
            ("url", Some(url.url.as_str())),
            ("kind", Some(url.kind.name()).filter(|_| url.kind != UrlKind::Landing)),
            ("label", url.label.as_deref()),
        ]),
        _ => None,
    },
    example: &[r#"{"url":"https://example.org/a.pdf","kind":"pdf"}"#],
    ..IDENTIFIER
};

/// Attached files.
pub(in crate::formats::csl) static FILE: Codec = Codec {
    name: "file object",
    read: |raws, _, values| {
        let Some([path, mime, label]) = read(raws, ["path", "type", "label"]) else { return false };
        let path = path.unwrap_or_default();
        values.push(Value::File(File { path, mime: mime.map(Into::into), label: label.map(Into::into) }));
        true
    },
    write: |value, sink| match value {
        Value::File(file) => {
            put(sink, [("path", Some(file.path.as_str())), ("type", file.mime.as_deref()), ("label", file.label.as_deref())])
        }
        _ => None,
    },
    example: &[r#"{"path":"a.pdf","type":"application/pdf"}"#],
    ..IDENTIFIER
};

/// Links to other records and works.
pub(in crate::formats::csl) static RELATION: Codec = Codec {
    name: "relation object",
    read: |raws, _, values| {
        let Some([kind, target]) = read(raws, ["kind", "target"]) else { return false };
        values.push(Value::Relation(Relation {
            kind: kind.unwrap_or_default().into(),
            target: target.unwrap_or_default(),
        }));
        true
    },
    write: |value, sink| match value {
        // Its fields are there already.
        Value::Relation(link) if &*link.kind == Relation::INHERITED => None,
        Value::Relation(link) => put(sink, [("kind", Some(&*link.kind)), ("target", Some(link.target.as_str()))]),
        _ => None,
    },
    example: &[r#"{"kind":"related","target":"doe2020"}"#],
    ..IDENTIFIER
};

/// The members of an object, if it has these and no others.
fn read<const N: usize>(raws: &[&str], names: [&str; N]) -> Option<[Option<String>; N]> {
    let raw = raws.first().filter(|raw| json::sort(raw) == json::Sort::Object)?;
    let mut found = [const { None }; N];
    for (name, value) in json::members(raw) {
        let at = names.iter().position(|it| *it == name)?;
        *found.get_mut(at)? = Some(json::string(value)?.into_owned());
    }
    Some(found)
}

fn put<const N: usize>(sink: &mut CellSink<'_, '_>, members: [(&str, Option<&str>); N]) -> Option<Parts> {
    if sink.options.is_for_zotero() {
        return None;
    }
    let mut out = String::from("{");
    for (name, value) in members.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        if out.len() > 1 {
            out.push(',');
        }
        write_string(&mut out, name);
        out.push(':');
        write_string(&mut out, value);
    }
    out.push('}');
    sink.put(0, out);
    Some(Parts::NONE)
}
