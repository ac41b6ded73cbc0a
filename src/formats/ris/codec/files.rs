//! Attached files, in the tag of their sort.

use super::CHECKED;
use super::addresses::{is_address, one_value};
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::identifier::dois;
use crate::record::{File, Parts, Value};

/// A file in the tag of its sort.
pub(in crate::formats::ris) static FILE_PDF: Codec =
    Codec { write: |value, sink| write_file(value, sink, |mime| mime.is_none_or(|mime| mime.contains("pdf"))), ..FILE };
/// A text.
pub(in crate::formats::ris) static FILE_TEXT: Codec = Codec {
    write: |value, sink| write_file(value, sink, |mime| mime.is_some_and(|mime| mime.starts_with("text/"))),
    example: &["papers/doe.html"],
    ..FILE
};
/// A picture.
pub(in crate::formats::ris) static FILE_IMAGE: Codec = Codec {
    write: |value, sink| write_file(value, sink, |mime| mime.is_some_and(|mime| mime.starts_with("image/"))),
    example: &["figures/one.png"],
    ..FILE
};
/// Any other file.
pub(in crate::formats::ris) static FILE_OTHER: Codec =
    Codec { write: |value, sink| write_file(value, sink, |_| true), ..FILE };

const FILE: Codec = Codec {
    name: "file",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        if raws.iter().any(|raw| is_address(raw)) {
            return false;
        }
        values.extend(raws.iter().map(|raw| Value::File(read_file(raw))));
        true
    },
    write: |_, _| None,
    example: &["papers/doe.pdf"],
};

fn read_file(raw: &str) -> File {
    const MIMES: &[(&str, &str)] = &[
        (".pdf", "application/pdf"),
        (".html", "text/html"),
        (".htm", "text/html"),
        (".txt", "text/plain"),
        (".png", "image/png"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".gif", "image/gif"),
    ];
    let ends = |end: &str| {
        let at = raw.len().checked_sub(end.len());
        at.and_then(|at| raw.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    let mime = MIMES.iter().find(|(end, _)| ends(end)).map(|(_, mime)| (*mime).into());
    File { path: raw.to_owned(), mime, label: None }
}

fn write_file<'v>(value: &'v Value, sink: &mut CellSink<'_, 'v>, fits: fn(Option<&str>) -> bool) -> Option<Parts> {
    let Value::File(file) = value else { return None };
    let written = one_value(one_line(&*file.path));
    if !fits(file.mime.as_deref()) || is_address(&written) || !dois(written.trim()).is_empty() {
        return None;
    }
    let back = read_file(written.trim());
    let mut lost = if file.label.is_some() { Parts::LABEL } else { Parts::NONE };
    lost |= if back.mime == file.mime { Parts::NONE } else { Parts::KIND };
    lost |= if back.path == file.path { Parts::NONE } else { Parts::SPELLING };
    sink.put(0, written);
    Some(lost)
}
