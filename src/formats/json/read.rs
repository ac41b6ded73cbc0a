//! From JSON to items.

use crate::diagnostic::{JSON_INVALID, JSON_VALUE};
use crate::formats;
use crate::read::Reading;
use crate::record::{Extra, Family, Head, Item, Passage, Record, canon, excerpt};
use serde_json::{Map, Value as Json};
use std::ops::Range;

/// Reads the pieces of a block, one item each.
pub(super) fn read(reading: &mut Reading<'_>) {
    for piece in reading.pieces() {
        read_piece(reading, piece);
    }
}

/// What may stand around items.
fn is_frame(rest: &str) -> bool {
    rest.bytes().all(|byte| byte.is_ascii_whitespace() || b",[]".contains(&byte))
}

fn read_piece(reading: &mut Reading<'_>, piece: Range<usize>) {
    let text = reading.text().get(piece.clone()).unwrap_or_default();
    if is_frame(text) {
        return;
    }
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Json>();
    match stream.next() {
        Some(Ok(json)) => {
            let end = piece.start + stream.byte_offset();
            read_item(reading, json, piece.start..end);
            rest(reading, end..piece.end);
        }
        Some(Err(error)) => {
            invalid(reading, text, piece.start, &error);
            reading.passage(trim(text, piece));
        }
        None => {}
    }
}

/// Reports that the text of an item, which begins there in the block, is not JSON.
pub(in crate::formats) fn invalid(reading: &mut Reading<'_>, text: &str, start: usize, error: &serde_json::Error) {
    let at = start + offset_of(text, error.line(), error.column());
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default().to_owned();
    reading.report(&JSON_INVALID, at..at + 1, format!("this item is not JSON: {what}")).hint =
        Some("the item's text is kept; all others were read".to_owned());
}

/// What stands behind an item must be commas and brackets.
fn rest(reading: &mut Reading<'_>, range: Range<usize>) {
    let text = reading.text().get(range.clone()).unwrap_or_default();
    if !is_frame(text) {
        let range = trim(text, range);
        reading.report(&JSON_INVALID, range.clone(), "text between items that is not JSON");
        reading.passage(range);
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().trim_end_matches(',').len()
}

/// The offset of a line and a column in bytes, as `serde_json` counts them.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    // Column 0 is the line break before the line.
    let mut at = (start + column).saturating_sub(1).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn read_item(reading: &mut Reading<'_>, json: Json, at: Range<usize>) {
    let place = reading.place(at.start);
    let Json::Object(mut members) = json else {
        reading.report(&JSON_INVALID, at.clone(), "an item is an object");
        return reading.passage(at);
    };
    let string = |members: &Map<String, Json>, name: &str| members.get(name).and_then(Json::as_str).map(str::to_owned);
    if let Some(raw) = string(&members, "passage") {
        let family = formats::family(&string(&members, "family").unwrap_or_default());
        let flag = |name| members.get(name).and_then(Json::as_bool).unwrap_or_default();
        let (goes_on, tight, restated) = (flag("goes-on"), flag("tight"), flag("restated"));
        return reading.item(Item::Passage(Passage { family, raw, goes_on, tight, restated, place }));
    }
    if let Some(raw) = string(&members, "head") {
        let family = formats::family(&string(&members, "family").unwrap_or_default());
        let entries = match members.remove("entries") {
            Some(Json::Object(entries)) => entries
                .into_iter()
                .filter_map(|(name, value)| Some((name.into(), value.as_str()?.to_owned())))
                .collect(),
            _ => Vec::new(),
        };
        let restated = members.get("restated").and_then(Json::as_bool).unwrap_or_default();
        return reading.item(Item::Head(Head { family, entries, raw, restated, place }));
    }
    let mut unread = Vec::new();
    match canon::read_record(Json::Object(members), formats::family, &mut unread) {
        Ok(mut record) => {
            record.origin.place = place;
            keep(reading, &mut record, unread, at);
            reading.record(record);
        }
        Err(canon::Mismatch(why)) => {
            reading.report(&JSON_INVALID, at.clone(), format!("not a record: {why}")).hint =
                Some("`bibferry formats json` describes the shape of an item".to_owned());
            reading.passage(at);
        }
    }
}

/// What was not understood is kept.
fn keep(reading: &mut Reading<'_>, record: &mut Record, unread: Vec<canon::Unread>, at: Range<usize>) {
    for (path, json, canon::Mismatch(why)) in unread {
        let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
        let text = reading.text().get(at.clone()).unwrap_or_default();
        let start = at.start + text.find(&format!("\"{name}\"")).unwrap_or(0);
        let message = format!("`{}` is kept as it is: {why}", excerpt(&path, 60));
        reading.report(&JSON_VALUE, start..start + name.len() + 2, message);
        let place = reading.place(start);
        let value = json.to_string().into();
        record.extras.push(Extra { family: Family::Borrowed("json"), tag: path.into(), value, expression: None, place });
    }
}
