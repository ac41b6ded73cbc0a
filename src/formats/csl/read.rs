//! From JSON to records.
//!
//! An item is an object; its members become the tags of the tables. Members that are not as CSL has them are read as what
//! they stand for where that is certain: lists of one title, numbers for strings, Crossref's objects. What nothing stands
//! for is kept as an extra.

use super::codec::words::stage;
use super::json::{self, Members, Sort};
use super::map::MAPPING;
use super::map::tags::{DATES, KEPT, KEPT_VARIABLES, NAMES, OBJECTS};
use super::map::types::{DEGREES, is_known, is_written};
use super::{join, schema};
use crate::formats::json::read::invalid;
use crate::bytes::trim;
use crate::diagnostic::{JSON_INVALID, JSON_VALUE, RECORD_TOO_WIDE};
use crate::mapping::{Cells, Shape};
use crate::read::Reading;
use crate::record::{Extra, Family, Kind, Record, Slot};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Members of an outermost object that hold the items, or an object with such a member: Crossref's messages, pandoc's
/// metadata, what programs wrap.
pub(super) const WRAPPERS: &[&str] = &["message", "items", "references", "data", "entries"];

/// What holds one item, or more in turn.
const ENVELOPES: &[&str] = &["message", "item"];

/// Reads the pieces of a block, one item each.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut cells = Cells::new(&MAPPING);
    for piece in reading.pieces() {
        read_piece(reading, &mut cells, piece);
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
            let end = piece.start + end;
            let source = Source { text: reading.text(), places: &[] };
            read_object(reading, cells, source, members, piece.start..end, DEEPEST);
            rest(reading, end..piece.end);
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

/// The members of an object, or of an array's element.
type Object<'a> = Vec<(Cow<'a, str>, &'a str)>;

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

/// What the raw values of a member are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Words.
    Words,
    /// JSON text: contributors.
    Names,
    /// JSON text: a date.
    Date,
    /// JSON text for each element of an array.
    Objects,
}

/// The classes of the tags, by their place in the table.
pub(super) fn class(tag: u16) -> Class {
    static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
    let of = |name: &str| {
        if NAMES.contains(&name) {
            Class::Names
        } else if DATES.contains(&name) {
            Class::Date
        } else if OBJECTS.contains(&name) {
            Class::Objects
        } else {
            Class::Words
        }
    };
    let classes = CLASSES.get_or_init(|| MAPPING.tags.iter().map(|tag| of(tag.name)).collect());
    classes.get(usize::from(tag)).copied().unwrap_or(Class::Words)
}

/// Whether a member is known to be none of a record's fields.
fn is_kept(name: &str) -> bool {
    name.starts_with('_') || KEPT.contains(&name) || KEPT_VARIABLES.contains(&name)
}

/// One item on its way in.
struct Item<'i, 'r, 'a> {
    reading: &'i mut Reading<'r>,
    cells: &'i mut Cells<'a>,
    source: Source<'a>,
    word: Cow<'a, str>,
    /// What goes straight to the extras: what is known to stand for no field.
    extras: Vec<Extra>,
    /// Subtitles that stand in `custom`, by the variables that end in them.
    subtitles: Vec<(&'static str, Cow<'a, str>)>,
    /// The kind and the subtype that `custom` names.
    kind: Option<Kind>,
    subtype: Option<Box<str>>,
    /// Contributors that have been there.
    names: SmallVec<[u16; 8]>,
}

impl<'i, 'r, 'a> Item<'i, 'r, 'a> {
    fn new(reading: &'i mut Reading<'r>, cells: &'i mut Cells<'a>, source: Source<'a>) -> Item<'i, 'r, 'a> {
        cells.clear();
        Item {
            reading,
            cells,
            source,
            word: Cow::Borrowed(""),
            extras: Vec::new(),
            subtitles: Vec::new(),
            kind: None,
            subtype: None,
            names: SmallVec::new(),
        }
    }

    /// Reads an item's members.
    fn read(mut self, members: &[(Cow<'a, str>, &'a str)], at: Range<usize>) -> Record {
        let find = |wanted: &str| members.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
        self.word = find("type").and_then(json::string).unwrap_or_default();
        if let Some(custom) = find("custom").filter(|custom| json::sort(custom) == Sort::Object) {
            self.look_at_custom(custom, find("volume-title").is_some());
        }
        let id = find("id").and_then(json::words);
        for (name, value) in members {
            match &**name {
                "type" => self.type_word(value),
                "custom" if json::sort(value) == Sort::Object => {
                    json::members(value).for_each(|(name, value)| self.custom(&name, value));
                }
                "citation-key" => self.citation_key(value, id.as_deref()),
                "id" if Self::is_address(value, members) => self.keep("id", value),
                "page-first" if find("page").and_then(json::words).is_some_and(|pages| {
                    json::words(value).is_some_and(|first| pages.starts_with(&*first))
                }) => {}
                "editor-translator" if find("editor").or(find("translator")).is_some() => self.keep("editor-translator", value),
                "editor-translator" => {
                    self.member("editor", name.clone(), value);
                    self.member("translator", name.clone(), value);
                }
                "event" if json::sort(value) == Sort::Object => self.event(value),
                "genre" if self.is_degree(value) => {}
                "issued" if find("status").is_none() && stage_for_date(value).is_some() => {
                    let words = stage_for_date(value).unwrap_or_default();
                    self.push(MAPPING.tag("status"), "status", words, value, None);
                }
                tag => self.member(tag, name.clone(), value),
            }
        }
        self.finish(at)
    }

    fn finish(self, at: Range<usize>) -> Record {
        let word = Some(&*self.word).filter(|word| !word.is_empty());
        let mut record = MAPPING.read(word, self.cells, self.reading, at);
        if let Some(kind) = self.kind {
            (record.kind, record.subtype) = (kind, self.subtype);
        } else if self.subtype.is_some() {
            record.subtype = self.subtype;
        }
        record.extras.extend(self.extras);
        for slot in &mut record.slots {
            let is_odd = |slot: &Slot| slot.source(MAPPING.family).is_some_and(|it| !it.cells.iter().all(schema::allows));
            if is_odd(slot) {
                // Asking for the value to change it drops the source.
                let _ = slot.value_mut();
            }
        }
        record
    }

    /// What of `custom` must be known before all else.
    fn look_at_custom(&mut self, custom: &'a str, has_volume_title: bool) {
        let pairs = join::pairs(&self.word, has_volume_title);
        for (name, value) in json::members(custom) {
            let of = |pair: &&join::Pair| pair.subtitle.strip_prefix("custom.") == Some(&*name);
            if let (Some(pair), Some(words)) = (pairs.iter().find(of), json::string(value)) {
                self.subtitles.push((pair.title, words));
            }
            match &*name {
                "kind" => self.kind = json::string(value).and_then(|word| Kind::from_name(&word)),
                "subtype" => self.subtype = json::string(value).filter(|it| !it.is_empty()).map(|it| (&*it).into()),
                _ => {}
            }
        }
        if self.kind.is_none() {
            self.subtype = None;
        }
    }

    fn type_word(&mut self, value: &'a str) {
        if json::sort(value) != Sort::String {
            self.keep("type", value);
        } else if !self.word.is_empty() && !is_known(&self.word) {
            // No type of CSL: it is kept, since it cannot be written where it stood.
            self.keep("type", value);
        }
    }

    /// A second key: an alias, unless it says the same.
    fn citation_key(&mut self, value: &'a str, id: Option<&str>) {
        let Some(key) = json::words(value).filter(|key| !key.is_empty()) else { return };
        match id {
            Some(id) if *id == *key => {}
            Some(id) if !id.contains("://") => self.member("custom.key-alias", Cow::Borrowed("citation-key"), value),
            _ => self.member("id", Cow::Borrowed("citation-key"), value),
        }
    }

    /// Whether an `id` is a library's address of the item, beside which its citation key stands.
    fn is_address(value: &str, members: &[(Cow<'a, str>, &'a str)]) -> bool {
        let has_key = members.iter().any(|(name, value)| name == "citation-key" && json::string(value).is_some_and(|it| !it.is_empty()));
        has_key && json::string(value).is_some_and(|id| id.contains("://"))
    }

    /// Whether a genre says no more than the degree of a thesis.
    fn is_degree(&mut self, value: &str) -> bool {
        if &*self.word != "thesis" || self.kind.is_some() {
            return false;
        }
        let Some(genre) = json::string(value) else { return false };
        let found = DEGREES.iter().find(|(_, words)| words.eq_ignore_ascii_case(&genre));
        self.subtype = found.map(|(subtype, _)| Box::from(*subtype));
        found.is_some()
    }

    /// Crossref's event.
    fn event(&mut self, value: &'a str) {
        for (name, value) in json::members(value) {
            match &*name {
                "name" => self.member("event-title", Cow::Borrowed("event-title"), value),
                "location" => self.member("event-place", Cow::Borrowed("event-place"), value),
                "start" => self.member("event-date", Cow::Borrowed("event-date"), value),
                other => self.keep(&["event.", other].concat(), value),
            }
        }
    }

    /// A member of `custom`.
    fn custom(&mut self, name: &str, value: &'a str) {
        let tag = ["custom.", name].concat();
        let used = self.kind.is_some() && matches!(name, "kind" | "subtype");
        if used {
            return;
        }
        if name.starts_with("x-") {
            let mut all = json::elements(value);
            match json::string(value) {
                Some(words) => self.push(None, tag, words, value, None),
                None if json::sort(value) == Sort::Array && all.all(|it| json::sort(it) == Sort::String) => {
                    for one in json::elements(value) {
                        self.push(None, tag.clone(), json::string(one).unwrap_or_default(), one, None);
                    }
                }
                None => self.keep(name, value),
            }
        } else if MAPPING.tag(&tag).is_some() {
            self.member(&tag, Cow::Owned(tag.clone()), value);
        } else {
            self.keep(name, value);
        }
    }

    /// A member by the name of its tag, `source` as the file has it.
    fn member(&mut self, tag: &str, source: Cow<'a, str>, value: &'a str) {
        let Some(id) = MAPPING.tag(tag) else { return self.unknown(source, value) };
        let sort = json::sort(value);
        if says_nothing(sort, value) {
            return;
        }
        let class = class(id);
        match class {
            Class::Names | Class::Date => {
                if class == Class::Names {
                    if self.names.contains(&id) {
                        return self.repeated(&source, value);
                    }
                    self.names.push(id);
                }
                let raw = if self.reading.options.keep_source { json::compact(value) } else { Cow::Borrowed(value) };
                self.push(Some(id), source, raw, value, None);
            }
            Class::Objects if sort == Sort::Array => {
                for element in json::elements(value) {
                    self.push(Some(id), source.clone(), json::compact(element), element, None);
                }
            }
            Class::Objects => self.push(Some(id), source, json::compact(value), value, None),
            Class::Words => self.words(id, tag, source, sort, value),
        }
    }

    fn words(&mut self, id: u16, tag: &str, source: Cow<'a, str>, sort: Sort, value: &'a str) {
        match sort {
            Sort::String => {
                let words = json::string(value).unwrap_or_default();
                if matches!(words, Cow::Owned(_)) && json::has_lone_surrogate(value) {
                    let message = "half of a surrogate pair is no character; it became U+FFFD";
                    self.reading.report(&JSON_VALUE, self.source.at(value), message);
                }
                let words = match self.subtitles.iter().find(|(title, _)| *title == tag) {
                    Some((_, subtitle)) => match &words {
                        Cow::Borrowed(whole) => Cow::Borrowed(join::split(whole, subtitle).unwrap_or(whole)),
                        Cow::Owned(whole) => Cow::Owned(join::split(whole, subtitle).unwrap_or(whole).to_owned()),
                    },
                    None => words,
                };
                if !trim(&words).is_empty() {
                    self.push(Some(id), source, words, value, None);
                }
            }
            Sort::Number => self.push(Some(id), source, value.trim_ascii(), value, Some(value.trim_ascii().into())),
            Sort::Array if json::elements(value).all(|it| matches!(json::sort(it), Sort::String | Sort::Number)) => {
                if let Some(between) = joined(tag) {
                    let all: Vec<Cow<'a, str>> = json::elements(value).filter_map(json::words).collect();
                    return self.push(Some(id), source, all.join(between), value, None);
                }
                for element in json::elements(value) {
                    let words = json::words(element).unwrap_or_default();
                    if !words.trim().is_empty() {
                        self.push(Some(id), source.clone(), words, element, None);
                    }
                }
            }
            _ => self.unknown(source, value),
        }
    }

    fn push(
        &mut self,
        id: Option<u16>,
        source: impl Into<Cow<'a, str>>,
        raw: impl Into<Cow<'a, str>>,
        value: &str,
        expression: Option<Box<str>>,
    ) {
        let at = self.source.at(value);
        match id {
            Some(id) => self.cells.push_tag(id, source, raw, at),
            None => self.cells.push("", source, raw, at),
        }
        if let Some(cell) = self.cells.last_mut().filter(|_| expression.is_some()) {
            cell.expression = expression;
        }
    }

    /// A member that no table knows.
    fn unknown(&mut self, name: Cow<'a, str>, value: &'a str) {
        if says_nothing(json::sort(value), value) {
            return;
        }
        let name = match name.strip_prefix("custom.") {
            Some(bare) => Cow::Owned(bare.to_owned()),
            None => name,
        };
        if is_kept(&name) {
            return self.keep(&name, value);
        }
        let (raw, expression) = kept(value);
        self.push(None, name, raw, value, expression);
    }

    /// A member that stands twice: the first is taken.
    fn repeated(&mut self, name: &str, value: &'a str) {
        let message = format!("`{name}` stands twice; the first value was taken, this one kept as it is");
        self.reading.report(&crate::diagnostic::FIELD_REPEATED, self.source.at(value), message);
        self.keep(name, value);
    }

    /// Keeps a member without a finding.
    fn keep(&mut self, name: &str, value: &'a str) {
        if says_nothing(json::sort(value), value) {
            return;
        }
        let (raw, expression) = kept(value);
        let place = self.reading.place(self.source.at(value).start);
        self.extras.push(Extra {
            family: Family::Borrowed(MAPPING.family),
            tag: name.into(),
            value: raw.into_owned().into(),
            expression,
            place,
        });
    }
}

/// What stands between values of one tag, where they are one string.
fn joined(tag: &str) -> Option<&'static str> {
    MAPPING.rules.iter().find(|rule| rule.tags == tag).and_then(|rule| match rule.codec.shape {
        Shape::Joined(between) => Some(between),
        _ => None,
    })
}

/// The stage of publication that stands in the place of a date, as its words. X-30.
fn stage_for_date(value: &str) -> Option<&'static str> {
    let mut members = json::members(value);
    let (_, words) = members.next().filter(|(name, _)| matches!(&**name, "literal" | "raw"))?;
    if members.next().is_some() {
        return None;
    }
    stage(&json::string(words)?)
}

fn says_nothing(sort: Sort, value: &str) -> bool {
    match sort {
        Sort::Null => true,
        Sort::String => value.trim_ascii() == "\"\"",
        Sort::Array | Sort::Object => json::is_empty(value),
        _ => false,
    }
}

/// A value as an extra keeps it: words of a string, else JSON text. The expression says which, where the raw value would
/// be taken for the other.
fn kept(value: &str) -> (Cow<'_, str>, Option<Box<str>>) {
    match json::sort(value) {
        Sort::String => {
            let words = json::string(value).unwrap_or_default();
            let expression = looks_like_json(&words).then(|| Box::from(&*json::compact(value)));
            (words, expression)
        }
        Sort::Array | Sort::Object => (json::compact(value), None),
        _ => (Cow::Borrowed(value.trim_ascii()), Some(value.trim_ascii().into())),
    }
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
