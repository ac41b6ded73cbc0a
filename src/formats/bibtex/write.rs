//! From a record to an entry.
//!
//! # How a value stands in the file
//!
//! A field is `  name = {value},` on a line of its own (see [`layout`] for other layouts), fields in the order of the tag table, unknown ones last. Three
//! things are not as simple:
//!
//! * In `month`, the macros of BibTeX stand outside braces, joined by `#`: `mar`, `jun # {--} # jul`. A reader that takes
//!   each macro for its own name gets the raw value back. Words of which nothing could be made stay as they stood: what
//!   the file's own macros would say in them is not known here.
//! * In the name of a field, a character that BibTeX does not take there is `*` and two hexadecimal digits; in `x-…`
//!   names any that is not ASCII is so, too, for each byte of its UTF-8, and `*` itself.
//! * The value of an `x-…` field (`--carry`) stands as the carrier wrote it: one line, no LaTeX. Where its braces do not
//!   balance, or where ASCII is asked for, it is a JSON string or its JSON strings have `\u007b` for braces: whoever
//!   reads the carrier's grammar reads this as well.

use super::Dialect;
use super::complete::complete;
use super::identifiers::printed_number;
use super::layout;
use super::lex::{Element, lex};
use super::links::is_key;
use super::macros::expression;
use super::places::{Tags, push_name};
use super::tags::KEY;
use super::zotero;
use crate::bytes::any_of_last;
use crate::diagnostic::{CHARACTER_UNMAPPED, Diagnostic};
use crate::encoding;
use crate::mapping::{Written, leave_out_derived_urls};
use crate::record::{Field, Kind, MONTH_MACROS, Parts, Passage, Record, Relation, Value};
use crate::tex;
use crate::verify;
use crate::write::{Outgoing, WriteOptions, Writing};
use std::borrow::Cow;
use std::fmt::Write as _;

/// The tag of the key, and that of months.
static KEYS: Tags = Tags::new(&[KEY]);
static MONTHS: Tags = Tags::new(&["month"]);

/// Writes one record.
pub(super) fn record(dialect: Dialect, out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>) {
    if !writing.options.carry {
        leave_out_derived_urls(dialect.mapping().family, out);
    }
    let (mapping, mut written) = if writing.options.is_for_zotero() {
        zotero::tags(dialect, out, writing.options)
    } else {
        printed_again(out);
        let mapping = dialect.mapping();
        let mut written = mapping.write_as(chosen_word(dialect, out.record()), out, writing.options);
        written.is_doubtful |= has_author_of_book(&written, out.record());
        complete(dialect, &mut written, out, writing.options);
        (mapping, written)
    };
    written.as_in_source(mapping, out.record());
    let from = writing.out.len();
    let is_sound = entry(&written, true, writing.options, writing.out);
    if written.is_doubtful || !is_sound {
        settle(dialect, &written, out, writing, from);
    }
    if writing.options.ascii {
        unmapped(from, out.record(), writing);
    }
}

/// Reports what reading an entry, which begins at `from`, gives.
fn settle(dialect: Dialect, written: &Written, out: &mut Outgoing<'_, '_>, writing: &Writing<'_>, from: usize) {
    let text = writing.out.get(from..).unwrap_or_default();
    let mut plain = String::new();
    if written.cells.iter().any(|cell| cell.expression.is_some()) {
        // By itself the entry has no macros: what they say stands in their places.
        entry(written, false, writing.options, &mut plain);
    }
    verify::settle(dialect.format(), out, if plain.is_empty() { text } else { &plain }, &["bibtex"]);
}

/// Writes what stands between entries.
pub(super) fn passage(passage: &Passage, writing: &mut Writing<'_>) -> bool {
    if passage.family != "bibtex" {
        return false;
    }
    let mut raw = Cow::Borrowed(&*passage.raw);
    if let Some(label) = encoding::declaration(raw.as_bytes())
        && encoding::declared(raw.get(label.clone()).unwrap_or_default()).is_some_and(|it| it.name() != "UTF-8")
    {
        // What is written is UTF-8, whatever was read.
        raw.to_mut().replace_range(label, "UTF-8");
    }
    if passage.goes_on {
        writing.out.push_str(&raw);
    } else if !raw.starts_with('@') && goes_on_entry(&raw) {
        let (blank, text) = raw.split_at(raw.len() - raw.trim_start().len());
        writing.out.push_str(blank);
        writing.out.push_str("% ");
        writing.out.push_str(text.trim_end_matches(['\r', '\n']));
        writing.out.push('\n');
    } else {
        let raw = raw.trim_end_matches(['\r', '\n']);
        writing.out.push_str(&closed(raw));
        writing.out.push('\n');
    }
    true
}

/// A passage as it takes in nothing of what follows, whoever reads it. What has no end is a comment, which gets one, with the
/// definitions that were read in it behind it.
fn closed(raw: &str) -> Cow<'_, str> {
    let element = if raw.starts_with('@') { lex(raw).next() } else { None };
    let definitions = match &element {
        Some(Element::Comment(comment)) if comment.unclosed => String::new(),
        Some(Element::Entry(entry) | Element::Preamble(entry)) if entry.is_unclosed() => String::new(),
        Some(Element::Strings(entry)) if entry.is_unclosed() => {
            let whole = entry.fields.iter().filter(|it| !it.value.pieces().is_empty());
            whole.map(|it| format!("\n@string{{{} = {}}}", it.name, expression(it.value.pieces()))).collect()
        }
        _ => return Cow::Borrowed(raw),
    };
    let (mut depth, mut before) = (0_usize, 0_usize);
    for byte in raw.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => before += 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    let (begin, depth) = match element {
        Some(Element::Comment(_)) => ("", depth),
        _ => ("@comment{", depth + 1),
    };
    Cow::Owned(format!("{begin}{}{raw}\n{}{definitions}", "{".repeat(before), "}".repeat(depth)))
}

/// Whether a text, behind an entry, would be taken for more of it.
fn goes_on_entry(raw: &str) -> bool {
    let page = format!("@misc{{k,}}\n\n{raw}");
    matches!(lex(&page).next(), Some(Element::Entry(entry)) if !entry.faults.is_empty())
}

/// A number that was read in the name of the journal will be read there again.
fn printed_again(out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    let mut numbers = record.slots.iter().enumerate().filter(|(_, slot)| slot.field() == Field::Eprint);
    if let (Some((at, slot)), None) = (numbers.next(), numbers.next())
        && slot.source("bibtex").is_some_and(|source| source.cells.is_empty())
        && printed_number(record).is_some_and(|number| *slot.value() == Value::Id(number))
    {
        out.take_slot(at, Parts::ALL);
    }
}

/// The entry type of chapters, of which there are several that hold different things (section 2.1, X-06).
fn chosen_word(dialect: Dialect, record: &Record) -> Option<&'static str> {
    if record.kind != Kind::Chapter || record.subtype.is_some() {
        return None;
    }
    let has = |field| record.get(field).is_some();
    let linked = |it: &Relation| matches!(&*it.kind, "crossref" | "xdata") && is_key(&it.target);
    if record.all(Field::Relation).any(|slot| matches!(slot.value(), Value::Relation(it) if linked(it))) {
        // What it lacks it takes from another.
        return None;
    }
    let own = record.source_type.as_ref().filter(|it| it.family == "bibtex").map(|it| it.word.to_ascii_lowercase());
    match (has(Field::Title), has(Field::ContainerTitle)) {
        (false, true) if own.as_deref() == Some("incollection") => None,
        // Of one without a title the author is the book's, or there is none.
        (false, true) if !has(Field::Author) || !has(Field::ContainerAuthor) => Some("inbook"),
        (true, true) if own.is_none() && dialect == Dialect::BibLatex && has(Field::ContainerAuthor) => Some("inbook"),
        (true, true) => None,
        _ => Some("incollection"),
    }
}

/// Whether the author of a chapter without a title stands where that of the book does.
fn has_author_of_book(written: &Written, record: &Record) -> bool {
    written.word == "inbook" && record.get(Field::Title).is_none() && record.get(Field::Author).is_some()
}

/// Whether a value is the macro of a month and nothing else.
fn is_month(raw: &str) -> bool {
    MONTH_MACROS.contains(&raw)
}

/// Writes an entry, with its macros or with what they say; whether all its values stand in it as they are.
fn entry(written: &Written, macros: bool, options: &WriteOptions, out: &mut String) -> bool {
    let mut is_sound = true;
    out.push('@');
    out.push_str(&written.word);
    out.push('{');
    out.push_str(written.get(KEY).unwrap_or_default());
    out.push(',');
    for (at, cell) in written.cells.iter().enumerate().filter(|(_, cell)| !KEYS.have(cell)) {
        layout::begin_line(options, out);
        let start = out.len();
        push_name(cell, out);
        if let Some(expression) = cell.expression.as_ref().filter(|_| macros) {
            out.push_str(expression);
        } else if MONTHS.have(cell) && is_balanced(&cell.raw) && (cell.slot().is_some() || is_month(&cell.raw)) {
            month(&cell.raw, out);
        } else {
            out.push('{');
            let column = out.len() - start;
            if cell.tag.starts_with("x-") {
                carried(&cell.raw, options.ascii, out);
            } else if options.wrap.is_some() && is_balanced(&cell.raw) && !is_repeated(written, at) {
                layout::push_value(&cell.tag, &cell.raw, column, options, out);
            } else {
                is_sound &= plain(&cell.raw, out);
            }
            out.push('}');
        }
        out.push(',');
    }
    out.push_str("\n}\n");
    is_sound
}

/// Writes a value as it is; whether it may stand so between braces.
fn plain(raw: &str, out: &mut String) -> bool {
    let from = out.len();
    out.push_str(raw);
    if !any_of_last(out.as_bytes(), raw.len(), |byte| (byte == b'{') | (byte == b'}')) || is_balanced(raw) {
        return true;
    }
    // No .bib file held such a value.
    out.truncate(from);
    let raw = raw.replace('{', "\\textbraceleft\u{0}").replace('}', "\\textbraceright{}");
    out.push_str(&raw.replace('\u{0}', "{}"));
    false
}

/// Whether a field has come before: a second value of it is kept as it is.
fn is_repeated(written: &Written, at: usize) -> bool {
    let Some((cell, before)) = written.cells.get(..=at).and_then(<[_]>::split_last) else { return false };
    before.iter().any(|other| other.tag == cell.tag)
}

fn is_balanced(raw: &str) -> bool {
    tex::balanced(raw)
}

/// A month: macros outside braces, what is between them within.
fn month(raw: &str, out: &mut String) {
    let mut rest = raw;
    let mut first = true;
    let mut piece = |text: &str, is_macro: bool| {
        out.push_str(if first { "" } else { " # " });
        first = false;
        out.push_str(if is_macro { "" } else { "{" });
        out.push_str(text);
        out.push_str(if is_macro { "" } else { "}" });
    };
    let is_macro = |word: &str| MONTH_MACROS.contains(&word);
    if raw.contains(['{', '\\']) || !raw.split(|c: char| !c.is_ascii_alphabetic()).any(is_macro) {
        piece(raw, false);
        return;
    }
    while !rest.is_empty() {
        // The next word that is a macro, and what is before it.
        let mut from = 0;
        let is_between = |c: char| !c.is_ascii_alphabetic();
        let found = rest.split_inclusive(is_between).find_map(|word| {
            let at = from;
            from += word.len();
            let word = word.trim_end_matches(is_between);
            let whole = !rest.get(..at).is_some_and(|it| it.ends_with(char::is_alphanumeric))
                // An abbreviation with its dot is no macro.
                && !rest.get(at + word.len()..).is_some_and(|it| it.starts_with(|c: char| c.is_alphanumeric() || c == '.'));
            (is_macro(word) && whole).then_some((at, word.len()))
        });
        let Some((at, length)) = found else {
            piece(rest, false);
            return;
        };
        if at > 0 {
            piece(rest.get(..at).unwrap_or_default(), false);
        }
        piece(rest.get(at..at + length).unwrap_or_default(), true);
        rest = rest.get(at + length..).unwrap_or_default();
    }
}

/// A carried value: as it is, or with its braces (and letters beyond ASCII) as JSON escapes.
fn carried(raw: &str, ascii: bool, out: &mut String) {
    if is_balanced(raw) && (!ascii || raw.is_ascii()) {
        out.push_str(raw);
        return;
    }
    let is_json = raw.starts_with(['{', '[', '"']);
    if !is_json {
        out.push('"');
    }
    let (mut inside, mut escaped) = (!is_json, false);
    for c in raw.chars() {
        match c {
            '"' if !escaped && is_json => {
                inside = !inside;
                out.push('"');
            }
            '"' if !escaped => out.push_str("\\\""),
            '{' | '}' if inside => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            // The carrier's own escape, which JSON does not have.
            ' ' if escaped && !is_json => out.push_str("u0020"),
            c if (ascii && !c.is_ascii()) || (c.is_control() && inside) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    if !is_json {
        out.push('"');
    }
}

/// Reports characters that are still not ASCII, each once.
fn unmapped(from: usize, record: &Record, writing: &mut Writing<'_>) {
    let text = writing.out.get(from..).unwrap_or_default();
    if text.is_ascii() {
        return;
    }
    let mut seen: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if !seen.contains(&c) && seen.len() < 32 {
            seen.push(c);
        }
    }
    for c in seen {
        let message = format!("U+{:04X} `{c}` has no LaTeX command here and was written as it is", c as u32);
        writing.sink.push(Diagnostic::new(&CHARACTER_UNMAPPED, message).about(record).once(c.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_stand_outside_braces_and_all_else_within() {
        for (raw, written) in [
            ("jan", "jan"),
            ("jan--feb", "jan # {--} # feb"),
            ("jan–feb", "jan # {–} # feb"),
            ("août–dec", "{août–} # dec"),
            ("12~mar", "{12~} # mar"),
            ("éjan", "{éjan}"),
            ("marché", "{marché}"),
        ] {
            let mut out = String::new();
            month(raw, &mut out);
            assert_eq!(out, written);
        }
    }
}
