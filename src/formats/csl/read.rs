//! From JSON to records.
//!
//! An item is an object; its members become the tags of the tables. Members that are not as CSL has them are read as what
//! they stand for where that is certain: lists of one title, numbers for strings, Crossref's objects. What nothing stands
//! for is kept as an extra.

mod item;

use super::json::{self, Members, Sort};
use super::map::MAPPING;
use super::map::types::is_written;
use crate::diagnostic::{JSON_INVALID, RECORD_TOO_WIDE};
use crate::formats::json::outline::{Object, Outline};
use crate::formats::json::read::invalid;
use crate::mapping::Cells;
use crate::read::Reading;
use crate::record::Record;
use item::Item;
use std::borrow::Cow;
use std::ops::Range;

/// Members of an outermost object that hold the items, or an object with such a member: Crossref's messages, pandoc's
/// metadata, what programs wrap.
pub(super) const WRAPPERS: &[&str] = &["message", "items", "references", "data", "entries"];

/// What holds one item, or more in turn.
const ENVELOPES: &[&str] = &["message", "item"];

/// Reads the pieces of a block, one item each.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut cells = Cells::new(&MAPPING);
    let mut outline = reading.take_outline::<Outline>();
    for piece in reading.pieces() {
        match outline.as_mut().and_then(|outline| outline.item(reading.text(), piece.start)) {
            Some((members, end)) if end <= piece.end => read_item(reading, &mut cells, members, piece.start..end, piece.end),
            _ => read_piece(reading, &mut cells, piece),
        }
    }
}

/// What may stand around items.
fn is_frame(rest: &str) -> bool {
    let closed = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',').starts_with(']');
    rest.bytes().all(|byte| byte.is_ascii_whitespace() || b",[]".contains(&byte) || (closed && byte == b'}'))
}

fn read_piece<'a>(reading: &mut Reading<'a>, cells: &mut Cells<'a>, piece: Range<usize>) {
    let text: &'a str = reading.text().get(piece.clone()).unwrap_or_default();
    if is_frame(text.trim_start_matches('\u{feff}')) {
        return;
    }
    let skipped = text.len() - text.trim_start_matches(|c: char| c.is_ascii_whitespace() || "\u{feff},[".contains(c)).len();
    let (piece, text) = (piece.start + skipped..piece.end, text.get(skipped..).unwrap_or_default());
    match json::first_object(text) {
        Some(Ok((Members(members), end))) => {
            read_item(reading, cells, members, piece.start..piece.start + end, piece.end);
        }
        Some(Err(_)) if opens_wrapper(text) => {
            let end = piece.start + text.trim_end().len();
            reading.head(piece.start..end, Vec::new());
        }
        Some(Err(error)) => {
            invalid(reading, text, piece.start, &error);
            let end = piece.start + text.trim_end().trim_end_matches(',').len();
            reading.passage(piece.start..end);
        }
        None => {}
    }
}

/// Reads an object of a block and what stands behind it, up to where its piece ends.
fn read_item<'a>(
    reading: &mut Reading<'a>,
    cells: &mut Cells<'a>,
    members: Object<'a>,
    at: Range<usize>,
    piece_end: usize,
) {
    let source = Source { text: reading.text(), places: &[] };
    let behind = at.end..piece_end;
    read_object(reading, cells, source, members, at, DEEPEST);
    rest(reading, behind);
}

/// How deep items are looked for in what wraps them.
const DEEPEST: u8 = 4;

/// Whether a text is the beginning of an object up to the array that holds the items.
fn opens_wrapper(text: &str) -> bool {
    let head = text.trim_end().strip_suffix('[').and_then(|rest| rest.trim_end().strip_suffix(':'));
    let name = head.and_then(|rest| rest.trim_end().strip_suffix('"')).and_then(|rest| rest.rsplit('"').next());
    text.starts_with('{') && name.is_some_and(|name| WRAPPERS.contains(&name))
}

/// What stands behind an item must be commas and brackets, or the end of what wraps the items.
fn rest(reading: &mut Reading<'_>, range: Range<usize>) {
    let text = reading.text().get(range.clone()).unwrap_or_default();
    if is_frame(text) {
        return;
    }
    let start = range.start + (text.len() - text.trim_start().len());
    let range = start..start + text.trim().len();
    if text.trim_start().starts_with(']') && text.trim_end().ends_with('}') {
        return reading.head(range, Vec::new());
    }
    reading.report(&JSON_INVALID, range.clone(), "text between items that is not JSON");
    reading.passage(range);
}

/// JSON text, and where what it says stands in the block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    /// The text of which values are slices.
    pub(super) text: &'a str,
    /// Offsets in it, rising, and the offsets in the block that they stand for; none where the text is the block's.
    pub(super) places: &'a [(usize, usize)],
}

impl Source<'_> {
    /// Where a value stands in the block.
    fn at(self, value: &str) -> Range<usize> {
        let start = offset(self.text, value);
        if self.places.is_empty() {
            return start..start + value.len();
        }
        let found = self.places.partition_point(|(at, _)| *at <= start).checked_sub(1);
        let at = found.and_then(|at| self.places.get(at)).map_or(0, |(_, at)| *at);
        at..at
    }
}

/// Reads a value: an item, or what holds items.
pub(super) fn read_value<'a>(reading: &mut Reading<'_>, cells: &mut Cells<'a>, source: Source<'a>, value: &'a str) {
    let at = source.at(value);
    if json::sort(value) == Sort::Object {
        return read_object(reading, cells, source, json::members(value).collect(), at, DEEPEST);
    }
    reading.report(&JSON_INVALID, at, "an item is an object");
}

/// Reads an object: an item, or what holds items.
fn read_object<'a>(
    reading: &mut Reading<'_>,
    cells: &mut Cells<'a>,
    source: Source<'a>,
    members: Object<'a>,
    at: Range<usize>,
    deepest: u8,
) {
    let known = |name: &str| name == "type" || MAPPING.tag(name).is_some();
    let find = |names: &[&str], sort: Sort| {
        members.iter().find(|(name, value)| names.contains(&&**name) && json::sort(value) == sort).map(|(_, it)| *it)
    };
    if deepest > 0 && !members.iter().any(|(name, _)| matches!(&**name, "type" | "id" | "title")) {
        if let Some(inner) = find(ENVELOPES, Sort::Object) {
            let at = source.at(inner);
            return read_object(reading, cells, source, json::members(inner).collect(), at, deepest - 1);
        }
        if let Some(list) = find(WRAPPERS, Sort::Array) {
            if members.len() > 1 {
                reading.head(at.start..source.at(list).start, Vec::new());
            }
            for item in json::elements(list) {
                let range = source.at(item);
                if json::sort(item) == Sort::Object {
                    read_object(reading, cells, source, json::members(item).collect(), range, deepest - 1);
                } else {
                    reading.report(&JSON_INVALID, range.clone(), "an item is an object");
                    reading.passage(range);
                }
            }
            return;
        }
        // Items by their keys.
        let is_item = |(_, value): &(Cow<'a, str>, &'a str)| {
            json::sort(value) == Sort::Object && json::members(value).any(|(name, _)| name == "type" || name == "title")
        };
        if !members.is_empty() && members.iter().all(is_item) && !members.iter().any(|(name, _)| known(name)) {
            for (key, item) in members {
                let mut inner: Object<'a> = json::members(item).collect();
                if !inner.iter().any(|(name, _)| name == "id") {
                    let place = start_of_key(source.text, &key, offset(source.text, item));
                    inner.insert(0, (Cow::Borrowed("id"), source.text.get(place).unwrap_or_default()));
                }
                read_object(reading, cells, source, inner, source.at(item), 0);
            }
            return;
        }
    }
    if members.len() > reading.options.max_fields {
        let message =
            format!("this item has {} members, more than the limit of {}", members.len(), reading.options.max_fields);
        reading.report(&RECORD_TOO_WIDE, at.clone(), message);
        return reading.passage(at);
    }
    let record = Item::new(reading, cells, source).read(&members, at);
    cells.clear();
    reading.record(record);
}

/// Where the quoted name of a member stands whose value begins at `value`.
fn start_of_key(text: &str, key: &str, value: usize) -> Range<usize> {
    let head = text.get(..value).unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_whitespace() || c == ':');
    let start = head.len().saturating_sub(key.len() + 2);
    start..head.len()
}

/// Where a part of a text begins in it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

/// Whether an extra's value is an array or an object.
pub(super) fn looks_like_json(raw: &str) -> bool {
    raw.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(raw).is_ok()
}

/// Whether a type word may be written.
pub(super) fn own_word(record: &Record) -> Option<&str> {
    let source = record.source_type.as_ref().filter(|it| it.family == MAPPING.family)?;
    Some(&*source.word).filter(|word| is_written(word))
}
