//! ORCID iDs, which BibLaTeX keeps in an annotation of the list: `author+an:orcid = {1="0000-0002-1825-0097"}`.
//!
//! An annotation that holds anything but iDs of names of the list is no concern of this codec: it stays a field.

use super::list::parse;
use super::write::{Form, write};
use super::{LONG_CARRY, report};
use crate::mapping::{Codec, Shape};
use crate::record::{Name, NameDetail, Names, Value, identifier};
use std::fmt::Write as _;

/// The name of these identifiers in a record.
const SCHEME: &str = "orcid";

/// A list of names, and their ORCID iDs as an annotation.
pub(in super::super) static NAMES_ORCID: Codec = Codec {
    name: "names with ORCID iDs",
    shape: Shape::Across,
    carries: LONG_CARRY,
    read: |raws, cx, values| {
        // A list without an annotation is for the next row.
        let [raw, annotation] = raws else { return false };
        if raw.is_empty() || annotation.is_empty() {
            return false;
        }
        let mut parsed = parse(raw);
        if !parsed.options.is_empty() || annotate(&mut parsed.names, annotation).is_none() {
            return false;
        }
        report(&parsed, cx);
        values.push(Value::Names(parsed.names));
        true
    },
    write: |value, sink| {
        let Value::Names(names) = value else { return None };
        let annotation = annotation(names);
        if annotation.is_empty() {
            return write(value, Form::Long, sink);
        }
        let lost = write(value, Form::Annotated, sink)?;
        sink.put(1, annotation);
        Some(lost)
    },
    example: &["Doe, Jane and Roe, Kim", "2=\"0000-0002-1825-0097\""],
};

/// Files the iDs of an annotation with the names that they number. Nothing, if it holds anything else.
fn annotate(names: &mut Names, annotation: &str) -> Option<()> {
    let mut any = false;
    for item in annotation.split(';').filter(|item| !item.trim().is_empty()) {
        let (number, value) = item.split_once('=')?;
        let orcid = identifier::orcid(value.trim().trim_matches('"'))?;
        let name = names.list.get_mut(number.trim().parse::<usize>().ok()?.checked_sub(1)?)?;
        let ids = &mut name.detail.get_or_insert_with(Box::<NameDetail>::default).ids;
        if ids.iter().any(|(scheme, _)| &**scheme == SCHEME) {
            return None;
        }
        ids.push((SCHEME.into(), orcid));
        any = true;
    }
    any.then_some(())
}

/// The annotation for a list.
fn annotation(names: &Names) -> String {
    let mut out = String::new();
    for (name, number) in names.list.iter().zip(1..) {
        if let Some(orcid) = orcid_of(name) {
            out.push_str(if out.is_empty() { "" } else { "; " });
            let _ = write!(out, "{number}=\"{orcid}\"");
        }
    }
    out
}

/// The iD of a name that an annotation carries: there is one, and it is spelled as it should be.
pub(super) fn orcid_of(name: &Name) -> Option<&str> {
    let mut all = name.detail.as_ref()?.ids.iter().filter(|(scheme, _)| &**scheme == SCHEME);
    let (_, id) = all.next()?;
    (all.next().is_none() && identifier::orcid(id).as_deref() == Some(id)).then_some(id)
}
