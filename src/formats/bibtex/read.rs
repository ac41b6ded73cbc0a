//! From a block to items.
//!
//! Entries become records; comments, definitions, preambles and what stands between entries become passages. An entry
//! that is broken off with a value that has no end is a passage as well, and an error: its text is kept, nothing of it
//! is guessed.

use super::identifiers::printed_number;
use super::lex::{self, Element, Entry, Fault, Field, Kind, lex, outlined};
use super::macros::{Scope, Undefined, Why, expression};
use super::tags::KEY;
use super::places::is_plain;
use super::programs::is_of_program;
use super::scan::is_field;
use crate::bytes::{first_marked, marks, trim};
use crate::diagnostic::{Code, RECORD_TOO_WIDE, Severity};
use crate::mapping::{Cells, Mapping};
use crate::read::Reading;
use crate::record::{self, Item, Passage, Value};
use crate::source::{count_line_ends, line_end, lines};
use crate::tex;
use std::borrow::Cow;
use std::ops::Range;

/// Text that BibTeX would not take as it stands.
pub(super) static SYNTAX: Code = Code {
    id: "bib-syntax",
    severity: Severity::Warning,
    title: "an entry that BibTeX would complain of",
    page: "A comma, an equals sign or a `#` is missing, there is a brace or a quotation mark too many, or a comment is \
           never closed. What was meant is clear, and the entry was read so; written back it is right.",
};

/// A value or an entry without an end.
pub(super) static UNCLOSED: Code = Code {
    id: "bib-unclosed",
    severity: Severity::Error,
    title: "a brace, a quotation mark or an entry that is never closed",
    page: "The place is where it was opened. The entry ends where the next one begins at the start of a line, so that \
           nothing else is lost. Where the fields after an open value stand on lines of their own they were read, and the \
           value ends before them; where not, the entry was not read: its text is kept, and is a comment in .bib files that \
           are written.",
};

/// Fields in no entry.
pub(super) static HEADLESS: Code = Code {
    id: "bib-beginning-missing",
    severity: Severity::Warning,
    title: "fields that stand in no entry",
    page: "The line with the type and the key of their entry is missing, or the entry was closed before them. To BibTeX they \
           are text between entries, and as that they are kept: they are in no record. What has its type and key, and only \
           no `@` before them, is not meant to be an entry, and is not reported.",
};

/// An entry in a value.
pub(super) static ENTRY_IN_VALUE: Code = Code {
    id: "bib-entry-in-value",
    severity: Severity::Warning,
    title: "a value with an entry in it",
    page: "The braces of the value are balanced, so that BibTeX, and bibferry, take what looks like entries in it for text. \
           Where the brace that should end the value is missing and there is one too many further on, these are entries \
           that are lost in it.",
};

/// An entry without a citation key.
pub(super) static KEY_MISSING: Code = Code {
    id: "bib-key-missing",
    severity: Severity::Warning,
    title: "an entry without a citation key",
    page: "Nothing can cite the entry. Formats that need a key get one made of author, year and title; `--keys` says how.",
};

/// A macro that the file does not define.
pub(super) static MACRO_UNDEFINED: Code = Code {
    id: "macro-undefined",
    severity: Severity::Warning,
    title: "a macro that the file does not define",
    page: "A value outside braces and quotation marks is the name of a macro, which `@string{name = \"…\"}` defines, before \
           it is used. BibTeX takes an undefined one for nothing. Here it stands for its own name, or for the journal that \
           BibTeX's standard styles mean by it, and is written back to .bib files as it was. So does one that is defined, \
           where all macros of an entry would give more than 64 KiB.",
};

/// Reads a block.
pub(super) fn read(mapping: &'static Mapping, reading: &mut Reading<'_>) {
    let (context, start) = (reading.context().0.cloned(), reading.context().1);
    let text = reading.text();
    let mut block = BlockReader { mapping, cells: Cells::new(mapping), scope: Scope::new(context.as_ref(), start), reading };
    // Without an outline the whole of it is lexed: what is damaged may be mended by what stands in the next piece.
    let mut elements = match block.reading.take_outline() {
        Some(outline) => outlined(text, outline),
        None => lex(text),
    };
    let mut pieces = block.reading.pieces().map(|piece| piece.end).peekable();
    while let Some(element) = elements.next() {
        let end = element.range().end;
        while pieces.next_if(|piece| *piece < end).is_some() {}
        if let Some(room) = block.element(element, pieces.peek().copied().unwrap_or(text.len())) {
            elements.give_back(room);
        }
    }
}

/// What is at hand while a block is read.
struct BlockReader<'r, 'a> {
    mapping: &'static Mapping,
    cells: Cells<'a>,
    scope: Scope<'r>,
    reading: &'r mut Reading<'a>,
}

impl<'a> BlockReader<'_, 'a> {
    /// Reads an element in a piece that ends at `end`. The memory of its fields comes back.
    fn element(&mut self, element: Element<'a>, end: usize) -> Option<Vec<Field<'a>>> {
        let range = element.range();
        let reading = &mut *self.reading;
        match element {
            Element::Entry(entry) => {
                read_entry(self.mapping, &entry, range, &mut self.cells, &self.scope, reading);
                return Some(entry.fields);
            }
            Element::Strings(entry) => {
                self.scope.define(&entry);
                faults(&entry, reading);
                passage(range, end, true, reading);
            }
            Element::Preamble(entry) => {
                faults(&entry, reading);
                passage(range, end, false, reading);
            }
            Element::Comment(comment) => {
                if comment.unclosed {
                    // With no entry in it nothing is lost, and BibTeX does not mind.
                    let code = if comment.text.contains('@') { &UNCLOSED } else { &SYNTAX };
                    let finding = reading.report(code, range.start..range.start + 1, "this comment is never closed");
                    finding.hint = Some("it ends where the next entry begins".to_owned());
                }
                passage(range, end, false, reading);
            }
            Element::Text(_) => {
                let between = reading.text().get(range.clone()).unwrap_or_default();
                let words = trim(between);
                // Files that were joined have the mark of their encoding here.
                if !words.trim_matches('\u{feff}').is_empty() {
                    let from = range.start + (between.len() - between.trim_start().len());
                    if let Some(field) = first_field(words) {
                        let message = "these fields stand in no entry; they are kept as text";
                        let at = from + field.start..from + field.end;
                        reading.report(&HEADLESS, at, message).hint = Some("put `@article{key,` before them".to_owned());
                    }
                    passage(from..from + words.len(), end, false, reading);
                }
            }
        }
        None
    }
}

/// Where the first field stands in text between entries, unless it is an entry that was taken out by its `@`.
fn first_field(text: &str) -> Option<Range<usize>> {
    memchr::memchr(b'=', text.as_bytes())?;
    let begins_entry = |line: &str| {
        let word = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        word.len() < line.len() && word.trim_ascii_start().starts_with(['{', '('])
    };
    let mut lines = lines(text).take_while(|(_, line)| !begins_entry(line.trim_ascii_start()));
    lines.find(|(_, line)| is_field(line)).map(|(at, line)| at..at + line.len())
}

/// Keeps some text as it is. It is restated if the records say what it says, or it says nothing of them. It is tight if what comes next stands on the next line.
fn passage(range: Range<usize>, end: usize, restated: bool, reading: &mut Reading<'_>) {
    let behind = reading.text().get(range.end..end).unwrap_or_default();
    let space = behind.len() - behind.trim_start().len();
    let lines = count_line_ends(behind.get(..space).unwrap_or_default().as_bytes());
    let raw = reading.text().get(range.clone()).unwrap_or_default().to_owned();
    let restated = restated || is_of_program(&raw);
    let passage = Passage { raw, tight: lines < 2, restated, ..Passage::new(reading.family(), reading.place(range.start)) };
    reading.item(Item::Passage(passage));
}

fn read_entry<'a>(
    mapping: &'static Mapping,
    entry: &Entry<'a>,
    range: Range<usize>,
    cells: &mut Cells<'a>,
    scope: &Scope<'_>,
    reading: &mut Reading<'_>,
) {
    faults(entry, reading);
    if entry.given_up || entry.fields.len() > reading.options.max_fields {
        if !entry.given_up {
            let message = format!("this entry has {} fields; its text is kept", entry.fields.len());
            reading.report(&RECORD_TOO_WIDE, range.start..range.start + 1, message);
        }
        return passage(range.clone(), range.end, false, reading);
    }
    remarks(entry, reading);
    cells.clear();
    scope.begin_entry();
    if entry.key.is_empty() {
        let at = entry.key_at.max(entry.word_at);
        reading.report(&KEY_MISSING, at..at, format!("this @{} has no citation key", entry.word));
    } else {
        let at = entry.key_at;
        cells.push(KEY, KEY, entry.key, at..at + entry.key.len());
    }
    let sound = entry.faults.is_empty();
    for field in &entry.fields {
        read_field(mapping, field, sound, cells, scope, reading);
    }
    let mut record = mapping.read(Some(entry.word), cells, reading, range);
    if record.get(record::Field::Eprint).is_none()
        && let Some(number) = printed_number(&record)
    {
        // No tag says it: where the record is written as it was, none will.
        let source = record::Source { family: "bibtex".into(), cells: Vec::new(), part: (0, 1) };
        record.slots.push(record::Slot::new(record::Field::Eprint, Value::Id(number)).with_source(source));
    }
    reading.record(record);
}

/// Reads one field of an entry, which is sound if the lexer found no fault in it.
fn read_field<'a>(
    mapping: &'static Mapping,
    field: &lex::Field<'a>,
    sound: bool,
    cells: &mut Cells<'a>,
    scope: &Scope<'_>,
    reading: &mut Reading<'_>,
) {
    // As nearly all are: nothing to expand, to join or to mend.
    let plain = match &field.value {
        lex::Value::One(piece) if piece.kind == Kind::Braced && sound => Some(piece),
        _ => None,
    };
    let range = |piece: &lex::Piece<'_>| piece.at..piece.at + piece.text.len();
    // Names of the table are spelled as `field_name` would spell them.
    if let (Some(piece), Some(tag)) = (plain, mapping.tag(field.name)) {
        return cells.push_tag(tag, field.name, piece.text.trim_ascii(), range(piece));
    }
    let name = field_name(field.name);
    let (tag, name) = match mapping.tag(&name) {
        Some(tag) => (Some(tag), Cow::Borrowed(mapping.tags[usize::from(tag)].name)),
        None => (None, name),
    };
    if let Some(piece) = plain {
        return cells.push_tag(tag, name, piece.text.trim_ascii(), range(piece));
    }
    let pieces = field.value.pieces();
    let value = scope.evaluate(pieces, name == "month");
    value.undefined.iter().for_each(|it| report_undefined(it, reading));
    if let Some(at) = value.bare {
        reading.report(&SYNTAX, at..at + 1, "this value needs braces around it");
    }
    let at = pieces.first().map_or(field.at, |piece| piece.at);
    let end = pieces.last().map_or(at, |piece| piece.at + piece.text.len());
    let whole = sound && matches!(pieces, [piece] if piece.kind == Kind::Braced);
    let raw = if whole || tex::balanced(&value.raw) { value.raw } else { mended(&value.raw).trim_ascii().to_owned().into() };
    cells.push_tag(tag, name, raw, at..end);
    if value.of_macros
        && let Some(cell) = cells.last_mut()
    {
        cell.expression = Some(expression(pieces).into());
    }
}

fn report_undefined(undefined: &Undefined<'_>, reading: &mut Reading<'_>) {
    let Undefined { name, at, why } = undefined;
    let message = match why {
        Why::Unknown => format!("the file does not define the macro `{name}`; it is kept by its name"),
        Why::OfStyles => {
            format!("the file does not define the macro `{name}`; read as BibTeX's standard styles define it")
        }
        Why::TooLong => format!("the macro `{name}` is too long for this entry; it is kept by its name"),
    };
    reading.report(&MACRO_UNDEFINED, *at..at + name.len(), message).once = Some(name.to_lowercase().into());
}

/// A value without the braces that have no partner, which only a value of a damaged entry has.
pub(super) fn mended(raw: &str) -> String {
    let (mut open, mut alone) = (Vec::new(), Vec::new());
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => open.push(at),
            b'}' if open.pop().is_none() => alone.push(at),
            _ => {}
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    let keeps = |(at, c): (usize, char)| alone.binary_search(&at).is_err().then_some(c);
    raw.char_indices().filter_map(keeps).collect()
}

/// The name of a field: in lower case, and as the writer spells what cannot stand in it.
pub(super) fn field_name(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(name);
    }
    let carried = name.starts_with("x-");
    if !carried && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = name.to_ascii_lowercase();
        return match unspelled(&lower, false) {
            Cow::Owned(name) => Cow::Owned(name),
            Cow::Borrowed(_) => Cow::Owned(lower),
        };
    }
    unspelled(name, carried)
}

/// The name of a field with the characters that the writer spells in it; `carried` if it is one of ours.
fn unspelled(name: &str, carried: bool) -> Cow<'_, str> {
    if !name.contains('*') {
        return Cow::Borrowed(name);
    }
    // Other names may have a `*` of their own.
    let is_spelled = |code: u8| carried || !is_plain(code.into()) || code.is_ascii_uppercase();
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((byte, more)) = rest.split_first() {
        let hex = more.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let code = hex.filter(|_| *byte == b'*').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let code = code.filter(|code| is_spelled(*code));
        bytes.push(code.unwrap_or(*byte));
        rest = if code.is_some() { more.get(2..).unwrap_or_default() } else { more };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(name), Cow::Owned)
}

/// Comments inside an entry go before it, where BibTeX takes them for what they are.
fn remarks(entry: &Entry<'_>, reading: &mut Reading<'_>) {
    let mut lines: Vec<&str> = Vec::new();
    let mut first = None;
    for (_, at) in entry.faults.iter().filter(|(fault, _)| *fault == Fault::Remark) {
        let at = *at;
        let rest = reading.text().get(at..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let line = line.split('\r').next().unwrap_or_default().trim_end();
        let message = "a comment inside an entry, which BibTeX does not know; it is kept before the entry";
        reading.report(&SYNTAX, at..at + 1, message);
        first.get_or_insert(at);
        lines.push(line);
    }
    if let Some(first) = first {
        let place = reading.place(first);
        let passage = Passage { raw: lines.join("\n"), tight: true, ..Passage::new(reading.family(), place) };
        reading.item(Item::Passage(passage));
    }
}

/// Reports what is wrong with an entry, but for comments, which are not lost.
fn faults(entry: &Entry<'_>, reading: &mut Reading<'_>) {
    for (fault, at) in entry.faults.iter().filter(|(fault, _)| *fault != Fault::Remark) {
        let (code, message, hint) = words(*fault);
        let finding = reading.report(code, *at..at + 1, message);
        finding.hint = (!hint.is_empty()).then(|| hint.to_owned());
    }
}

fn words(fault: Fault) -> (&'static Code, &'static str, &'static str) {
    const ENDS: &str = "the entry ends where the next one begins; all others were read";
    match fault {
        Fault::UnclosedEntry => (&UNCLOSED, "this entry is never closed", ENDS),
        Fault::UnclosedBrace => (&UNCLOSED, "this brace is never closed", ENDS),
        Fault::UnclosedQuote => (&UNCLOSED, "this quotation mark is never closed", ENDS),
        Fault::InnerQuote => (&SYNTAX, "a quotation mark inside a quoted value", "put it in braces: {\"}"),
        Fault::EntryInValue => (
            &ENTRY_IN_VALUE,
            "this value has a line in it that begins an entry",
            "if it is not meant to be text, a closing brace is missing before it",
        ),
        Fault::StrayBrace => (&SYNTAX, "a closing brace too many", ""),
        Fault::WrongDelimiter => (&SYNTAX, "an entry in parentheses that ends with a brace", ""),
        Fault::MissingComma => (&SYNTAX, "a comma is missing before this", ""),
        Fault::MissingEquals => (&SYNTAX, "an equals sign is missing before this", ""),
        Fault::MissingValue => (&SYNTAX, "a field without a value", ""),
        Fault::MissingHash => (&SYNTAX, "two strings without `#` between them; they were joined", ""),
        Fault::BareText => (&SYNTAX, "several words as a value without braces around them", ""),
        Fault::Remark => (&SYNTAX, "a comment inside an entry, which BibTeX does not know", ""),
        Fault::Junk => (&SYNTAX, "text that belongs to no field; it was left out", ""),
    }
}

/// What no plain citation key holds.
const NOT_IN_KEYS: [bool; 256] = marks(b"{}(),=\\\"#%'~\x7f", b'!');

/// The key of the entry at the beginning of some bytes, where they show it: a comma stands behind it, and it is ASCII or in
/// lines that are UTF-8.
pub(super) fn key_of(bytes: &[u8]) -> Option<&str> {
    let open = memchr::memchr2(b'{', b'(', bytes)?;
    let rest = bytes.get(open + 1..)?;
    let comma = memchr::memchr(b',', rest)?;
    let key = rest.get(..comma)?.trim_ascii();
    if key.is_empty() || first_marked(key, &NOT_IN_KEYS).is_some() {
        return None;
    }
    if !key.is_ascii() {
        str::from_utf8(bytes.get(..line_end(bytes, open + 1 + comma).0)?).ok()?;
    }
    str::from_utf8(key).ok().filter(|key| !key.contains(char::is_whitespace))
}
