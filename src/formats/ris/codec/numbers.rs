//! Numbers as printed, in tags that may hold something else as well.

use crate::mapping::degrees::degree;
use super::CHECKED;
use crate::mapping::codecs::dates::available;
use crate::mapping::codecs::identifiers::is_serial;
use crate::mapping::codecs::{one_line, trimmed};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Number, Parts, Value, article_number, total_pages};

/// A number as printed.
pub(in crate::formats::ris) static NUMBER: Codec = Codec {
    name: "number",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Number(Number::new(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Number(number) => Some(put_checked(number.as_str(), sink)),
        _ => None,
    },
    example: &["12"],
};

/// Puts a string on one line; what white space it loses is its spelling.
pub(super) fn put_checked<'v>(raw: &'v str, sink: &mut CellSink<'_, 'v>) -> Parts {
    let written = trimmed(one_line(raw));
    let same = written == raw;
    sink.put(0, written);
    if same { Parts::NONE } else { Parts::SPELLING }
}

/// A number in `SN` that is no serial number: of a report, a patent, a standard.
pub(in crate::formats::ris) static NUMBER_IN_SN: Codec = Codec {
    name: "number, not of a book or serial",
    read: |raws, cx, values| raws.iter().all(|raw| !is_serial(raw, true)) && (NUMBER.read)(raws, cx, values),
    write: |value, sink| match value {
        Value::Number(number) if !is_serial(number.as_str(), true) => (NUMBER.write)(value, sink),
        _ => None,
    },
    example: &["TR-2020/7"],
    ..NUMBER
};

/// A year or a range of years as a number is none of an edition in `ET` where `ET` may hold a date.
pub(in crate::formats::ris) static EDITION_NO_DATE: Codec = Codec {
    name: "edition, not a date",
    write: |value, sink| match value {
        Value::Number(number) if available(number.as_str()).is_none() => (NUMBER.write)(value, sink),
        _ => None,
    },
    example: &["2nd ed."],
    ..NUMBER
};

/// A number where a degree may stand.
pub(in crate::formats::ris) static NUMBER_NO_DEGREE: Codec = Codec {
    name: "number, not a degree",
    write: |value, sink| match value {
        Value::Number(number) if degree(number.as_str()).is_none() => (NUMBER.write)(value, sink),
        _ => None,
    },
    ..NUMBER
};

/// A number where some databases have their own codes and words.
pub(in crate::formats::ris) static NUMBER_IN_BRIEF: Codec = Codec {
    name: "number, if it is short",
    read: |raws, cx, values| raws.iter().all(|raw| is_brief(raw)) && (NUMBER.read)(raws, cx, values),
    ..NUMBER
};

/// Whether a string can be a number of an issue: `3-4`, `Suppl. 2`. Codes have more digits in a row.
fn is_brief(raw: &str) -> bool {
    const LONGEST: usize = 24;
    const MOST_DIGITS: usize = 6;
    raw.chars().count() <= LONGEST && !is_type(raw) && raw.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() <= MOST_DIGITS)
}

/// The names of types, as RefWorks has them where numbers stand.
const TYPES: [&str; 12] = [
    "Abstract", "Book, Edited", "Book, Section", "Book, Whole", "Conference Proceedings", "Dissertation/Thesis", "Generic",
    "Journal Article", "Journal, Electronic", "Magazine Article", "Newspaper Article", "Web Page",
];

fn is_type(raw: &str) -> bool {
    TYPES.iter().any(|name| name.eq_ignore_ascii_case(raw))
}

/// A total of pages, where `SP` holds nothing else.
pub(in crate::formats::ris) static TOTAL: Codec = Codec {
    name: "total of pages",
    read: |raws, cx, values| match raws.first().and_then(|raw| total(raw, cx.word)) {
        Some(number) => {
            values.push(Value::Number(number));
            true
        }
        None => false,
    },
    write: |value, sink| {
        let Value::Number(number) = value else { return None };
        let plain = one_line(number.as_str());
        let unit = [&*plain, " p."].concat().into();
        let written = [plain, unit].into_iter().find(|raw| total(raw, sink.word).as_ref() == Some(number))?;
        sink.put(0, written);
        Some(Parts::NONE)
    },
    example: &["320 p."],
    ..NUMBER
};

/// The types of which a bare number in `SP` is a total.
const WHOLES: [&str; 6] = ["BOOK", "CLSWK", "EBOOK", "EDBOOK", "MANSCPT", "THES"];

pub(super) fn total(raw: &str, word: &str) -> Option<Number> {
    let bare = raw.bytes().all(|b| b.is_ascii_digit()) && WHOLES.iter().any(|it| it.eq_ignore_ascii_case(word));
    if bare { Some(Number::new(raw)) } else { total_pages(raw) }
}

/// An article's number, where it stands for its pages.
pub(in crate::formats::ris) static ARTICLE_IN_SP: Codec = Codec {
    name: "number for pages",
    read: |raws, _, values| match raws.first().and_then(|raw| article_number(raw)) {
        Some((number, None)) => {
            values.push(Value::Number(number));
            true
        }
        _ => false,
    },
    example: &["e1002345"],
    ..NUMBER
};

/// The same as its first and its last page, as Mendeley has it.
pub(in crate::formats::ris) static ARTICLE_AS_RANGE: Codec = Codec {
    name: "number for first and last page",
    shape: Shape::Across,
    read: |raws, cx, values| match raws {
        [first, last] if first == last => (ARTICLE_IN_SP.read)(&[*first], cx, values),
        _ => false,
    },
    write: |_, _| None,
    example: &["e1002345", "e1002345"],
    ..NUMBER
};
