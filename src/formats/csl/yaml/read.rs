//! From YAML to the JSON that it stands for, and to records.

use super::YAML_INVALID;
use super::cut::{ends_document, is_member, is_name};
use super::markdown::to_html;
use crate::formats::csl::json;
use crate::formats::csl::map::MAPPING;
use crate::formats::csl::read::{Source, read_value};
use crate::mapping::Cells;
use crate::read::Reading;
use crate::record::canon::write_string;
use crate::record::excerpt;
use crate::source::line_end;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use std::ops::Range;
use std::sync::OnceLock;

/// How deep the values of an item may be nested.
const DEEPEST: usize = 64;

/// To how many times its length aliases may blow an item up, and what is always allowed.
const GROWTH: (usize, usize) = (16, 1 << 16);

/// Reads the pieces of a block: items, and what stands around them.
pub(in crate::formats::csl) fn read(reading: &mut Reading<'_>) {
    for piece in reading.pieces() {
        read_piece(reading, piece);
    }
}

fn read_piece(reading: &mut Reading<'_>, piece: Range<usize>) {
    let text = reading.text().get(piece.clone()).unwrap_or_default();
    let begins = piece.start == 0 && reading.context().1 == 0;
    let start = first_word(text);
    let (piece, text) = (piece.start + start..piece.end, text.get(start..).unwrap_or_default());
    if is_frame(text) {
        return;
    }
    let trimmed = text.trim_start();
    let is_item = trimmed.starts_with("- ") || trimmed.starts_with("-\n") || trimmed.starts_with("-\r");
    let range = piece.start + (text.len() - trimmed.len())..piece.start + text.trim_end().len();
    if !is_item {
        return around(reading, text, begins, piece.start, range);
    }
    match convert(text) {
        Ok(converted) => hand_over(reading, &converted, piece.start),
        Err(error) => {
            let at = piece.start + error.at.min(text.len());
            let what = excerpt(&error.what, 80);
            reading.report(&YAML_INVALID, at..at, format!("this item is not YAML: {what}")).hint =
                Some("the item's text is kept; all others were read".to_owned());
            reading.passage(range);
        }
    }
}

/// Where the first line begins that is no comment and not empty.
fn first_word(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim().trim_start_matches('\u{feff}');
        if !bare.is_empty() && !bare.starts_with('#') {
            break;
        }
        at += line.len();
    }
    at
}

/// Whether a text says nothing: the name of the list, marks of documents, comments.
fn is_frame(text: &str) -> bool {
    text.lines().all(|line| {
        let line = line.trim().trim_start_matches('\u{feff}');
        line.is_empty()
            || line.starts_with('#')
            || line.starts_with('%')
            || ["---", "...", "references:", "references: []", "[]"].contains(&line)
    })
}

/// What stands before the list or behind it: other data of the file, unless all of it is one item or a list in brackets, or
/// what is left of a damaged item. All is what begins the input and does not end with the name of the list, behind which the
/// cutter looks for dashes.
fn around(reading: &mut Reading<'_>, text: &str, begins: bool, start: usize, range: Range<usize>) {
    let is_said = |line: &&str| !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
    let last = text.split(['\n', '\r']).rev().find(is_said).unwrap_or_default();
    let whole = begins && !is_name(last.trim_end().as_bytes());
    let head = yaml_head(text);
    let may_hold = whole && (head.contains("references") || head.contains("type") || head.contains("title"));
    let items = may_hold.then(|| convert(head)).and_then(Result::ok).filter(|it| holds_items(&it.json));
    match items {
        Some(converted) => hand_over(reading, &converted, start),
        None if begins || is_of_file(text) => reading.head(range, Vec::new()),
        None => {
            let end = line_end(text.as_bytes(), range.start - start).0 + start;
            let message = "this text is neither an item nor a name of the file";
            reading.report(&YAML_INVALID, range.start..end, message).hint =
                Some("its text is kept; all others were read".to_owned());
            reading.passage(range);
        }
    }
}

/// Whether what stands behind a list is data of the file, or another document.
fn is_of_file(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default().trim_end().as_bytes();
    is_member(first) || ends_document(first)
}

/// The YAML at the head of a Markdown file; all of any other.
fn yaml_head(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---") else { return text };
    let end = ["\n---", "\n..."].iter().filter_map(|mark| rest.find(mark)).min();
    end.and_then(|end| rest.get(..end)).map_or(text, |head| text.get(..3 + head.len()).unwrap_or(text))
}

/// Whether a value is an item, or has some.
fn holds_items(raw: &str) -> bool {
    let is_item = |raw: &str| {
        let has = |wanted: &str| json::members(raw).any(|(name, _)| name == wanted);
        has("type") && (has("id") || has("title") || has("author"))
    };
    is_item(raw)
        || json::elements(raw).any(is_item)
        || json::members(raw).any(|(name, value)| name == "references" && json::elements(value).any(is_item))
}

/// JSON made of YAML, with the places in the YAML of its values.
struct Converted {
    json: String,
    /// Offsets in the JSON, rising, and in the YAML.
    places: Vec<(usize, usize)>,
}

fn hand_over(reading: &mut Reading<'_>, converted: &Converted, start: usize) {
    let places: Vec<(usize, usize)> = converted.places.iter().map(|(json, yaml)| (*json, start + yaml)).collect();
    let source = Source { text: &converted.json, places: &places };
    let mut cells = Cells::new(&MAPPING);
    // An item is the one element of a list.
    let items: Vec<&str> = match json::sort(&converted.json) {
        json::Sort::Array => json::elements(&converted.json).collect(),
        _ => vec![&converted.json],
    };
    for item in items {
        read_value(reading, &mut cells, source, item);
    }
}

/// Why a text is no YAML, or none that we read.
struct Unread {
    at: usize,
    what: String,
}

/// The offset of a mark, which counts characters.
struct Offsets<'t> {
    text: &'t str,
    chars: usize,
    bytes: usize,
}

impl Offsets<'_> {
    fn of(&mut self, mark: Marker) -> usize {
        if mark.index() < self.chars {
            (self.chars, self.bytes) = (0, 0);
        }
        let rest = self.text.get(self.bytes..).unwrap_or_default();
        let more = mark.index() - self.chars;
        let length = rest.char_indices().nth(more).map_or(rest.len(), |(at, _)| at);
        (self.chars, self.bytes) = (mark.index(), self.bytes + length);
        self.bytes
    }
}

/// What is open while YAML becomes JSON.
struct Open {
    is_map: bool,
    /// Whether the next value is a name.
    wants_name: bool,
    count: usize,
    /// The name whose value is being written.
    name: String,
    anchor: usize,
    start: usize,
}

struct Converter<'t> {
    out: String,
    places: Vec<(usize, usize)>,
    open: Vec<Open>,
    /// The JSON of each anchor.
    anchors: Vec<(usize, String)>,
    limit: usize,
    offsets: Offsets<'t>,
}

fn convert(text: &str) -> Result<Converted, Unread> {
    let mut it = Converter {
        out: String::with_capacity(text.len()),
        places: Vec::new(),
        open: Vec::new(),
        anchors: Vec::new(),
        limit: text.len().saturating_mul(GROWTH.0) + GROWTH.1,
        offsets: Offsets { text, chars: 0, bytes: 0 },
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Unread {
            at: it.offsets.of(*error.marker()),
            what: error.info().to_owned(),
        })?;
        let at = it.offsets.of(span.start);
        it.event(event, at).map_err(|what| Unread { at, what: what.to_owned() })?;
        if it.out.len() > it.limit {
            return Err(Unread { at, what: "aliases make it many times larger".to_owned() });
        }
        // What follows a document's end is another's, or Markdown.
        if it.open.is_empty() && !it.out.is_empty() {
            break;
        }
    }
    if it.out.is_empty() {
        return Err(Unread { at: 0, what: "there is nothing in it".to_owned() });
    }
    Ok(Converted { json: it.out, places: it.places })
}

impl Converter<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) -> Result<(), &'static str> {
        match event {
            Event::Scalar(words, style, anchor, tag) => {
                let forced = tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                self.scalar(&words, style == ScalarStyle::Plain && !forced, anchor, at);
                Ok(())
            }
            Event::SequenceStart(anchor, _) => self.begin(false, anchor, at),
            Event::MappingStart(anchor, _) => self.begin(true, anchor, at),
            Event::SequenceEnd => {
                self.end(']');
                Ok(())
            }
            Event::MappingEnd => {
                self.end('}');
                Ok(())
            }
            Event::Alias(anchor) => {
                let Some(raw) = self.anchors.iter().rfind(|(id, _)| *id == anchor).map(|(_, raw)| raw.clone()) else {
                    return Err("it refers to an anchor that is not there");
                };
                self.before(at);
                self.out.push_str(&raw);
                self.after();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What stands before a value.
    fn before(&mut self, at: usize) {
        if let Some(open) = self.open.last_mut()
            && (!open.is_map || open.wants_name)
        {
            if open.count > 0 {
                self.out.push(',');
            }
            open.count += 1;
        }
        self.places.push((self.out.len(), at));
    }

    /// What stands behind a value.
    fn after(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| open.is_map) {
            if open.wants_name {
                self.out.push(':');
            }
            open.wants_name = !open.wants_name;
        }
    }

    fn begin(&mut self, is_map: bool, anchor: usize, at: usize) -> Result<(), &'static str> {
        if self.open.len() >= DEEPEST {
            return Err("it is nested too deeply");
        }
        if self.open.last().is_some_and(|open| open.is_map && open.wants_name) {
            return Err("a name must be words");
        }
        self.before(at);
        let start = self.out.len();
        self.out.push(if is_map { '{' } else { '[' });
        self.open.push(Open { is_map, wants_name: true, count: 0, name: String::new(), anchor, start });
        Ok(())
    }

    fn end(&mut self, bracket: char) {
        self.out.push(bracket);
        if let Some(open) = self.open.pop().filter(|open| open.anchor > 0) {
            let raw = self.out.get(open.start..).unwrap_or_default().to_owned();
            self.anchors.push((open.anchor, raw));
        }
        self.after();
    }

    fn scalar(&mut self, words: &str, plain: bool, anchor: usize, at: usize) {
        self.before(at);
        let start = self.out.len();
        let is_name = self.open.last().is_some_and(|open| open.is_map && open.wants_name);
        if is_name {
            if let Some(open) = self.open.last_mut() {
                words.clone_into(&mut open.name);
            }
            write_string(&mut self.out, words);
        } else if plain && is_json(words) {
            self.out.push_str(match words {
                "" | "~" | "Null" | "NULL" => "null",
                "True" | "TRUE" => "true",
                "False" | "FALSE" => "false",
                other => other,
            });
        } else if self.is_rich() {
            write_string(&mut self.out, &to_html(words));
        } else {
            write_string(&mut self.out, words);
        }
        if anchor > 0 {
            let raw = self.out.get(start..).unwrap_or_default().to_owned();
            self.anchors.push((anchor, raw));
        }
        self.after();
    }

    /// Whether the value being written is rich text: by the variable, which is the innermost name.
    fn is_rich(&self) -> bool {
        let mut maps = self.open.iter().filter(|open| open.is_map).rev();
        let Some(name) = maps.next().map(|open| &*open.name) else { return false };
        match maps.next() {
            // A list of items, perhaps under a name.
            None => is_rich(name),
            Some(outer) if outer.name == "custom" => is_rich(&["custom.", name].concat()),
            Some(outer) if outer.name == "references" => is_rich(name),
            Some(_) => false,
        }
    }
}

/// Whether a plain scalar is null, true, false or a number as JSON has it. A number's text is kept: `3.10` keeps its zero.
fn is_json(words: &str) -> bool {
    let starts = |c: char| c.is_ascii_digit() || c == '-';
    let number = words.starts_with(starts) && serde_json::from_str::<serde_json::Number>(words).is_ok();
    number || ["", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"].contains(&words)
}

/// Whether a tag holds rich text.
pub(super) fn is_rich(tag: &str) -> bool {
    static RICH: OnceLock<Vec<&'static str>> = OnceLock::new();
    let rich = RICH.get_or_init(|| {
        let is_rich = |name: &str| name.starts_with("rich text") || ["note", "publisher"].contains(&name);
        MAPPING.rules.iter().filter(|rule| is_rich(rule.codec.name)).map(|rule| rule.tags).collect()
    });
    rich.contains(&tag)
}
