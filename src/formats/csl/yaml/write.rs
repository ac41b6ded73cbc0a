//! From records to YAML: block style, every string quoted that could be taken for something else.

use super::markdown::{from_html, from_text};
use super::read::is_rich;
use crate::format::{Frame, Writer};
use crate::formats::csl::CSL_YAML;
use crate::formats::csl::json::{self, Sort};
use crate::formats::csl::text;
use crate::formats::csl::write::{Content, take};
use crate::mapping::extra::TEX_FAMILY;
use crate::verify;
use crate::write::{Outgoing, Writing};
use std::fmt::Write as _;

pub(super) const YAML: Writer = Writer {
    frame: Frame {
        open: "---\nreferences:\n",
        between: "",
        close: "...\n",
        empty: "---\nreferences: []\n...\n",
        tight: false,
    },
    needs_key: true,
    tex_keys: false,
    record,
    passage: Writer::no_passage,
    head: Writer::no_head,
    page: None,
};

fn record(out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>) {
    let taken = take(out, writing);
    let start = writing.out.len();
    let page = &mut *writing.out;
    let mut first = true;
    let record = out.record();
    let marked = record.slots.iter().filter_map(|slot| text::of(slot.value())).any(text::is_beyond_html);
    taken.each_member(record, &mut |name, content| {
        page.push_str(if first { "- " } else { "  " });
        first = false;
        let name = name.as_str();
        key(page, name, 2);
        match content {
            Content::Words(words) if is_rich(name) => {
                page.push(' ');
                let whole = if marked { taken.text_of(record, name) } else { None };
                string(page, &whole.map_or_else(|| from_html(words), |whole| from_text(whole).into()));
                page.push('\n');
            }
            Content::Words(words) => {
                page.push(' ');
                string(page, words);
                page.push('\n');
            }
            Content::Json(raw) => value(page, raw, 2, if name == "custom" { "custom." } else { "" }),
        }
    });
    if writing.options.is_for_zotero() || taken.is_doubtful() || marked {
        verify::settle(&CSL_YAML, out, writing.out.get(start..).unwrap_or_default(), &["csl", TEX_FAMILY]);
    }
}

/// The longest key that may stand before its colon without a sign of its own: YAML 1.2.2, section 7.4.2, allows 1024
/// characters.
const MAX_IMPLICIT_KEY: usize = 1000;

/// Writes a key that begins in a column, up to its colon.
fn key(out: &mut String, name: &str, column: usize) {
    let start = out.len();
    string(out, name);
    if out.len() - start > MAX_IMPLICIT_KEY {
        out.insert_str(start, "? ");
        out.push('\n');
        spaces(out, column);
    }
    out.push(':');
}

/// Writes a JSON value behind a key or a dash, with its line break. `within` names the object whose members' texts may be
/// rich.
fn value(out: &mut String, raw: &str, indent: usize, within: &str) {
    match json::sort(raw) {
        Sort::Array if json::elements(raw).next().is_some() => {
            out.push('\n');
            for element in json::elements(raw) {
                spaces(out, indent);
                out.push('-');
                nested(out, element, indent + 2, "");
            }
        }
        Sort::Object if json::members(raw).next().is_some() => {
            out.push('\n');
            for (at, (name, member)) in json::members(raw).enumerate() {
                let _ = at;
                spaces(out, indent + 2);
                key(out, &name, indent + 2);
                member_value(out, &name, member, indent + 2, within);
            }
        }
        _ => {
            out.push(' ');
            scalar(out, raw, "");
            out.push('\n');
        }
    }
}

/// Writes a value behind a dash: what is nested begins on the same line.
fn nested(out: &mut String, raw: &str, indent: usize, within: &str) {
    match json::sort(raw) {
        Sort::Object if json::members(raw).next().is_some() => {
            for (at, (name, member)) in json::members(raw).enumerate() {
                if at == 0 {
                    out.push(' ');
                } else {
                    spaces(out, indent);
                }
                key(out, &name, indent);
                member_value(out, &name, member, indent, within);
            }
        }
        Sort::Array if json::elements(raw).next().is_some() => {
            for (at, element) in json::elements(raw).enumerate() {
                if at == 0 {
                    out.push(' ');
                } else {
                    spaces(out, indent);
                }
                out.push('-');
                nested(out, element, indent + 2, "");
            }
        }
        _ => {
            out.push(' ');
            scalar(out, raw, "");
            out.push('\n');
        }
    }
}

fn member_value(out: &mut String, name: &str, raw: &str, indent: usize, within: &str) {
    let tag = [within, name].concat();
    let texts = !within.is_empty() && is_rich(&tag);
    match json::sort(raw) {
        Sort::String => {
            out.push(' ');
            scalar(out, raw, if texts { &tag } else { "" });
            out.push('\n');
        }
        Sort::Array if texts && json::elements(raw).all(|it| json::sort(it) == Sort::String) => {
            out.push('\n');
            for element in json::elements(raw) {
                spaces(out, indent);
                out.push_str("- ");
                scalar(out, element, &tag);
                out.push('\n');
            }
        }
        _ => value(out, raw, indent, ""),
    }
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn scalar(out: &mut String, raw: &str, rich: &str) {
    match json::string(raw) {
        Some(words) if rich.is_empty() => string(out, &words),
        Some(words) => string(out, &from_html(&words)),
        // Numbers, true, false, and brackets with nothing in them.
        None => out.push_str(raw.trim_ascii()),
    }
}

/// Writes a string: plain where nothing in it can be taken for anything else, else in quotation marks.
fn string(out: &mut String, words: &str) {
    if is_plain(words) {
        out.push_str(words);
    } else if words.chars().all(is_printed) {
        out.push('\'');
        for c in words.chars() {
            out.push(c);
            if c == '\'' {
                out.push('\'');
            }
        }
        out.push('\'');
    } else {
        out.push('"');
        for c in words.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                c if is_printed(c) => out.push(c),
                c if u32::from(c) < 0x100 => drop(write!(out, "\\x{:02x}", u32::from(c))),
                c if u32::from(c) < 0x1_0000 => drop(write!(out, "\\u{:04x}", u32::from(c))),
                c => drop(write!(out, "\\U{:08x}", u32::from(c))),
            }
        }
        out.push('"');
    }
}

/// Whether a character stands in a single-quoted line as it is: none that breaks lines, none that YAML does not print.
fn is_printed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{85}')
}

/// Whether a string can stand without quotation marks, to parsers of YAML 1.1 as well.
fn is_plain(words: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let Some(first) = words.chars().next() else { return false };
    first.is_alphabetic()
        && !words.ends_with([' ', ':'])
        && words.chars().all(|c| is_printed(c) && c != '\u{a0}')
        && !words.contains(": ")
        && !words.contains(" #")
        && !words.contains(['{', '}', '[', ']', '`'])
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(words))
}
