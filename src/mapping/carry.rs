//! `--carry`: what a format has no place for, in lines or fields of our own that we read back.
//!
//! Each holds one field of the canonical record, whole: `[bib] original.date: 1969`. A value that is one plain string
//! stands as it is, with `\` and line breaks escaped; any other stands as its canonical JSON. An extra of another family
//! stands under `family:tag`, the kind and the subtype under their own names. A line comes back into the record where
//! its field is empty, or where the record with it would be written just as it was found; otherwise it stays a note.

use super::{CarryIn, Cells, Mapping, Written};
use crate::diagnostic::{CARRIED_CONFLICT, Diagnostic};
use crate::read::{ReadOptions, Reading};
use crate::record::{Extra, Family, Field, Key, Kind, Note, Record, Slot, Text, Value, canon, excerpt, same};
use crate::source::Place;
use crate::write::Outgoing;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt::Write as _;

/// What begins a carried line.
const PREFIX: &str = "[bib] ";

/// What begins a note that could be taken for carried lines.
const MARK: &str = "[bib]";

/// A note as a format whose notes carry lines writes it: with one more backslash, if else it would be taken for them.
/// Reading takes it away again.
pub fn shield(note: &str) -> Cow<'_, str> {
    if note.trim_start_matches('\\').starts_with(MARK) {
        Cow::Owned(["\\", note].concat())
    } else {
        Cow::Borrowed(note)
    }
}

/// Whether a line of a note is the carrier's.
pub fn is_carried(line: &str) -> bool {
    line.starts_with(PREFIX)
}

/// Gives notes back as they were before [`shield`].
fn unshield(slots: &mut [Slot]) {
    for slot in slots {
        let Value::Note(note) = slot.value() else { continue };
        let bare = note.text.as_str().strip_prefix('\\');
        if let Some(bare) = bare.filter(|bare| bare.trim_start_matches('\\').starts_with(MARK)) {
            let note = Note { kind: note.kind, text: Text::plain(bare) };
            *slot.value_mut() = Value::Note(note);
        }
    }
}

/// Takes all that would be lost, as (name, value) pairs.
pub(super) fn leftovers(out: &mut Outgoing<'_, '_>) -> Vec<(String, String)> {
    let record = out.record();
    let mut pairs: Vec<(String, String)> =
        out.carry_key().map(|(name, key)| (name.to_owned(), escape(key))).into_iter().collect();
    if !out.keeps_kind() {
        pairs.push(("kind".to_owned(), record.kind.name().to_owned()));
        pairs.push(("subtype".to_owned(), escape(record.subtype.as_deref().unwrap_or_default())));
        out.kind_becomes(record.kind, record.subtype.as_deref());
    }
    // In an order that does not depend on that of the slots: reading back changes it.
    let mut fields = out.fields_losing();
    fields.sort_unstable();
    for field in fields {
        out.carried(field);
        let bare: Vec<Slot> =
            record.all(field).map(|slot| Slot::new(field, slot.value().clone()).in_group(slot.group())).collect();
        let slots: Vec<&Slot> = bare.iter().collect();
        let mut json = String::new();
        canon::write_field(&mut json, field, &slots);
        pairs.push((field.name().to_owned(), plain(&json)));
    }
    for at in out.extras_left() {
        pairs.extend(out.take_extra(at).map(of_extra));
    }
    pairs
}

/// An extra as a (name, value) pair.
pub(super) fn of_extra(extra: &Extra) -> (String, String) {
    (format!("{}:{}", extra.family, escape_tag(&extra.tag)), escape(&extra.value))
}

/// One line.
pub(super) fn line(name: &str, value: &str) -> String {
    format!("{PREFIX}{name}: {value}")
}

/// A JSON string as it is, any other JSON as JSON.
fn plain(json: &str) -> String {
    match serde_json::from_str::<String>(json) {
        Ok(string) => escape(&string),
        Err(_) => with_single_spaces(json),
    }
}

/// The same JSON, of which readers that take several spaces for one, or characters of control for none, read no less:
/// both stand only inside strings.
fn with_single_spaces(json: &str) -> String {
    let json = json.replace("  ", " \\u0020").replace("\\u0020 ", "\\u0020\\u0020");
    if !json.contains(char::is_control) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if c.is_control() { push_code(c, &mut out) } else { out.push(c) }
    }
    out
}

/// A character by its number, as JSON has it.
fn push_code(c: char, out: &mut String) {
    let mut units = [0; 2];
    for unit in c.encode_utf16(&mut units) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// A string on one line that cannot be taken for JSON.
fn escape(string: &str) -> String {
    let mut out = String::with_capacity(string.len());
    let is_space = char::is_whitespace;
    if string.is_empty() || string.starts_with(['{', '[']) || string.starts_with(is_space) || string.ends_with(is_space)
    {
        canon::write_string(&mut out, string);
        return with_single_spaces(&out);
    }
    if string.starts_with('"') {
        out.push('\\');
    }
    let mut before = '.';
    for c in string.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Readers take several spaces for one.
            ' ' if before == ' ' => out.push_str("\\ "),
            c if c.is_control() => push_code(c, &mut out),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// A tag before a colon and a value: what tables have for the names of columns may hold anything.
fn escape_tag(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut before = ' ';
    for (at, c) in tag.char_indices() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' if at == 0 => out.push_str("\\\""),
            // One that readers would take for several, or trim, or that would end the name.
            ' ' if matches!(before, ' ' | ':') || at + 1 == tag.len() => out.push_str("\\ "),
            c if c.is_control() || (c != ' ' && c.is_whitespace()) => push_code(c, &mut out),
            c => out.push(c),
        }
        before = c;
    }
    out
}

fn unescape(value: &str) -> String {
    if let Some(string) = value.starts_with('"').then(|| serde_json::from_str(value).ok()).flatten() {
        return string;
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some('u') => {
                    let rest = chars.as_str();
                    let code = rest.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
                    out.push(code.unwrap_or('u'));
                    chars = if code.is_some() { rest.get(4..).unwrap_or_default().chars() } else { chars };
                }
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

fn parse_field(field: Field, value: &str) -> Option<Vec<Slot>> {
    let json = if value.starts_with(['{', '[']) {
        serde_json::from_str(value).ok()?
    } else {
        serde_json::Value::String(unescape(value))
    };
    canon::read_field(field, json).ok()
}

/// Puts carried values back into their slots, as far as the record agrees.
pub(super) fn restore(mapping: &'static Mapping, record: &mut Record, reading: &mut Reading<'_>) {
    match mapping.carry {
        CarryIn::Nowhere => {}
        CarryIn::Lines(_) => restore_lines(mapping, record, reading),
        CarryIn::Fields(prefix) => restore_fields(mapping, prefix, record, reading),
    }
}

/// From fields with a prefix, which were read as extras.
fn restore_fields(mapping: &'static Mapping, prefix: &str, record: &mut Record, reading: &mut Reading<'_>) {
    let is_carried = |extra: &Extra| extra.family == mapping.family && extra.tag.starts_with(prefix);
    if !record.extras.iter().any(is_carried) {
        return;
    }
    let mut extras = std::mem::take(&mut record.extras);
    record.extras = extras.iter().filter(|it| !is_carried(it)).cloned().collect();
    let own = record.extras.len();
    let carried: Vec<&Extra> = extras.iter().filter(|it| is_carried(it)).collect();
    let lines = carried.iter().map(|it| (it.tag.strip_prefix(prefix).unwrap_or_default(), &*it.value)).collect();
    let left = put_back(mapping, record, lines);
    // Others have fields with such a prefix, too, by names that are none of ours.
    let is_ours = |at: &&usize| is_name(carried[**at].tag.strip_prefix(prefix).unwrap_or_default());
    for at in left.iter().filter(is_ours) {
        conflict(&carried[*at].value, record.origin.place, reading);
    }
    // Those that stay do so where they were: behind the others they would be written in another order than was read.
    let restored = record.extras.split_off(own);
    let mut at = 0..;
    extras.retain(|it| !is_carried(it) || at.next().is_some_and(|at: usize| left.binary_search(&at).is_ok()));
    record.extras = extras;
    record.extras.extend(restored);
}

/// From the lines of a note.
fn restore_lines(mapping: &'static Mapping, record: &mut Record, reading: &mut Reading<'_>) {
    let carried = |slot: &Slot| match slot.value() {
        Value::Note(Note { text, .. }) => text.as_str().starts_with(PREFIX),
        _ => false,
    };
    let at = record.slots.iter().position(carried);
    let lines = at.map(|at| record.slots.remove(at));
    unshield(&mut record.slots);
    let (Some(at), Some(mut slot)) = (at, lines) else { return };
    let Value::Note(note) = slot.value().clone() else { return };
    let lines: Vec<&str> = note.text.as_str().lines().collect();
    let left = put_back(mapping, record, lines.iter().map(|line| parse(line).unwrap_or(("", ""))).collect());
    if let Some(first) = left.first() {
        conflict(lines[*first], record.origin.place, reading);
        let kept: Vec<&str> = left.iter().map(|at| lines[*at]).collect();
        *slot.value_mut() = Value::Note(Note { text: kept.join("\n").as_str().into(), ..note });
        record.slots.insert(at.min(record.slots.len()), slot);
    }
}

/// The name and the value of a carried line.
fn parse(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(PREFIX)?;
    rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|name| (name, "")))
}

fn conflict(value: &str, place: Place, reading: &mut Reading<'_>) {
    let message = format!("a carried value does not fit the record and stays as it is: {}", excerpt(value, 60));
    reading.finding(Diagnostic::new(&CARRIED_CONFLICT, message).at(place));
}

/// Puts carried values back, and says which do not agree with the record.
fn put_back(mapping: &'static Mapping, record: &mut Record, lines: Vec<(&str, &str)>) -> Vec<usize> {
    let read = record.clone();
    // The key is what it is whatever else the record says, and so is what the format's own tables did not understand.
    let is_put = |record: &mut Record, name: &str, value: &str| {
        put_key(record, name, value) || (is_own(mapping, name) && put(record, name, value))
    };
    let lines: Vec<(usize, (&str, &str))> =
        lines.into_iter().enumerate().filter(|(_, (name, value))| !is_put(record, name, value)).collect();
    // All together, first: what one line says may only agree with what another does.
    let mut candidate = record.clone();
    if lines.iter().all(|(_, (name, value))| put(&mut candidate, name, value))
        && agrees(mapping, &candidate, record, &read)
    {
        *record = candidate;
        return Vec::new();
    }
    lines
        .into_iter()
        .filter(|(_, (name, value))| !apply(mapping, record, &read, name, value))
        .map(|(at, _)| at)
        .collect()
}

/// Whether a carried value is an extra of the format's own family: one that its tag could not say. What the tag could say
/// was never carried, and may mean something there.
fn is_own(mapping: &Mapping, name: &str) -> bool {
    name.split_once(':')
        .is_some_and(|(family, tag)| family == mapping.family && !(mapping.takes_extra)(&unescape(tag), true))
}

/// Puts one carried value back; `false` if it does not agree with the record.
fn apply(mapping: &'static Mapping, record: &mut Record, read: &Record, name: &str, value: &str) -> bool {
    let mut candidate = record.clone();
    let fits = put(&mut candidate, name, value) && agrees(mapping, &candidate, record, read);
    if fits {
        *record = candidate;
    }
    fits
}

/// Whether two records would be written with the same tags, by the format's tables or by a variant of them. `read` is what
/// was read from the tags before anything was put back.
fn agrees(mapping: &'static Mapping, candidate: &Record, record: &Record, read: &Record) -> bool {
    std::iter::once(&mapping).chain(mapping.variants).any(|mapping| agrees_by(mapping, candidate, record, read))
}

/// Whether two records would be written with the same tags.
///
/// A carried kind is one that the format has no words for: its second word is none that was written.
fn agrees_by(mapping: &'static Mapping, candidate: &Record, record: &Record, read: &Record) -> bool {
    let found = mapping.rehearse_carrying(record);
    let again = mapping.rehearse_carrying(candidate);
    if again.says_the_same(&found) {
        return true;
    }
    let keeps_kind = (candidate.kind, &candidate.subtype) == (read.kind, &read.subtype);
    // What its own tags do not give back, nothing put back could change.
    let own = OnceCell::new();
    let agrees = |again: &Written, keeps_kind: bool| {
        let again = reading_of(mapping, again, read, keeps_kind);
        same(&again, read) || same(&again, own.get_or_init(|| reading_of(mapping, &found, read, true)))
    };
    if agrees(&again, keeps_kind) {
        return true;
    }
    if keeps_kind {
        return false;
    }
    let without_mark = |mut again: Written| {
        again.drop_mark(mapping);
        agrees(&again, false)
    };
    let unnamed = Record { source_type: None, ..candidate.clone() };
    without_mark(again) || without_mark(mapping.rehearse_carrying(&unnamed))
}

/// What tags are read as: several lists of names become one, so that the same record has other tags.
fn reading_of(mapping: &'static Mapping, written: &Written, record: &Record, keeps_kind: bool) -> Record {
    let options = ReadOptions { keep_source: false, ..ReadOptions::default() };
    let mut reading = Reading::new("", &[], mapping.family, Place { input: 0, line: 1, column: 1 }, &options);
    let mut cells = Cells::new(mapping);
    for cell in &written.cells {
        // Nothing here knows the macros of an expression.
        cells.push(&cell.tag, &*cell.tag, &*cell.raw, 0..0);
    }
    let mut again = mapping.read(Some(&written.word), &mut cells, &mut reading, 0..0);
    again.key.clone_from(&record.key);
    if keeps_kind {
        // A writer may have added what tells the subtype.
        (again.kind, again.subtype) = (record.kind, record.subtype.clone());
    }
    again
}

/// Puts a carried key back: that it was made, or what it was before it had to be changed.
fn put_key(record: &mut Record, name: &str, value: &str) -> bool {
    let Some(key) = &mut record.key else { return false };
    match name {
        "made-key" if key.text == unescape(value) => key.made = true,
        "key" => match Key::of_source(&unescape(value)) {
            Some(stated) => *key = stated,
            None => return false,
        },
        _ => return false,
    }
    true
}

/// Whether something that is carried has such a name.
fn is_name(name: &str) -> bool {
    matches!(name, "kind" | "subtype" | "key" | "made-key") || name.contains(':') || Field::from_name(name).is_some()
}

/// Puts one carried value into a record; `false` if it is no value of ours.
fn put(record: &mut Record, name: &str, value: &str) -> bool {
    if name == "kind" {
        let Some(kind) = Kind::from_name(value) else { return false };
        record.kind = kind;
    } else if name == "subtype" {
        record.subtype = Some(unescape(value)).filter(|it| !it.is_empty()).map(Into::into);
    } else if let Some((family, tag)) = name.split_once(':') {
        record.extras.push(Extra {
            family: Family::Owned(family.to_owned()),
            tag: unescape(tag).into(),
            value: unescape(value).into(),
            expression: None,
            place: Place::default(),
        });
    } else {
        let Some(field) = Field::from_name(name) else { return false };
        let Some(slots) = parse_field(field, value) else { return false };
        let at = record.slots.iter().position(|slot| slot.field() == field).unwrap_or(record.slots.len());
        record.slots.retain(|slot| slot.field() != field);
        let at = at.min(record.slots.len());
        record.slots.splice(at..at, slots);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_string_comes_back_from_one_line() {
        for string in [
            "plain",
            "two\nlines",
            "\"quoted\"",
            "{brace",
            "[1]",
            "back\\slash\\n",
            " spaces ",
            "a   b\tc\n   d",
            "",
            "a: b",
            "\u{7}bell\u{8f}",
            "\u{a0}no break\u{2003}",
        ] {
            let written = escape(string);
            assert!(!written.contains('\n'));
            assert_eq!(unescape(&written), string);
            let tag = escape_tag(string);
            assert_eq!(unescape(&tag), string);
            assert_eq!(parse(&line(&tag, "a: b")), Some((tag.as_str(), "a: b")));
            assert!(
                !tag.contains("  ")
                    && !tag.contains('\n')
                    && tag.trim_end_matches("\\ ").trim() == tag.trim_end_matches("\\ ")
            );
        }
    }
}
