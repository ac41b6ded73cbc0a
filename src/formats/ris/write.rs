//! From records to lines.

use super::facts::{self, Facts, NOTHING};
use super::{cells, codec, dialects, line};
use super::map::MAPPING;
use crate::bytes::first;
use crate::format::{Frame, Writer};
use crate::loss::LossKind;
use crate::mapping::{Written, WrittenCell, is_place_again, leave_out_derived_urls, leave_out_linked_eprints};
use crate::mapping::codecs::one_line;
use crate::mapping::extra::TEX_FAMILY;
use crate::read::NA;
use crate::record::{Field, Kind, Passage, Record};
use crate::verify;
use crate::write::{Outgoing, RisDialect, Writing};

pub(super) const WRITER: Writer = Writer {
    frame: Frame { open: "", between: "", close: "", empty: "", tight: false },
    needs_key: false,
    tex_keys: false,
    record,
    passage,
    head: Writer::no_head,
    page: None,
};

/// Writes a record: `TY`, its tags in the order of the table, `ER`, an empty line.
fn record(out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>) {
    let dialect = writing.options.ris_dialect();
    leave_out_derived_urls(MAPPING.family, out);
    if !writing.options.carry {
        leave_out_linked_eprints(MAPPING.family, out);
    }
    let word = dialects::word(dialect, out.record());
    let tables = dialects::tables(dialect);
    let mut written = tables.write_as(word, out, writing.options);
    if writing.options.is_for_zotero() || !writing.options.carry {
        tables.join_subtitles(&mut written, out, writing.options, &codec::TEXT);
    }
    leave_out_places(out);
    name_preprint(out.record(), &mut written);
    spell_as_usual(&mut written);
    let start = writing.out.len();
    let text = &mut *writing.out;
    put_lines(text, "TY", &NOTHING, &written.word);
    let (mut end, mut doubtful) = (None, written.is_doubtful);
    for cell in &written.cells {
        let is_one_line = first(cell.raw.as_bytes(), |byte| byte == b'\n').is_none();
        // White space that is none to ASCII is none of the value, either, at the ends of a line.
        let bare = if is_one_line { is_bare(&cell.raw) } else { cell.raw.lines().all(is_bare) };
        doubtful |= !bare;
        // Lines of a tag that was not understood are read as one: the source had none.
        doubtful |= !is_one_line && cell.is_verbatim() && cell.slot().is_none();
        // With others of its sort it would be no value.
        doubtful |= &*cell.raw == NA;
        doubtful |= cells::address_behind_references(&cell.tag, &cell.raw).is_some();
        if line::is_end(&cell.tag) {
            end.get_or_insert(cell);
            continue;
        }
        // All dialects have the same tags.
        let facts = cell.place().map_or_else(|| facts::of(cells::upper(&cell.tag)), facts::of_place);
        if cell.tag == cells::EXTRA {
            // Readers join the lines of one tag, but not the tags.
            cell.raw.lines().for_each(|raw| put_line(text, &cell.tag, facts, raw));
            continue;
        }
        let (tag, value) = (dialects::spelled(dialect, &cell.tag), cells::encode(facts, &cell.raw));
        if is_one_line && bare { put_line(text, tag, facts, &value) } else { put_lines(text, tag, facts, &value) }
    }
    // What would begin a record there is left out, which reading tells.
    let behind = end.map(|cell| one_line(&*cell.raw)).filter(|it| !line::begins_record(it.trim_start().as_bytes()));
    put_line(text, "ER", &NOTHING, &behind.unwrap_or_default());
    text.push_str("\r\n");
    if dialect != RisDialect::Standard || doubtful || end.is_some() {
        // The tables of a dialect are not those by which RIS is read.
        verify::settle(&super::RIS, out, writing.out.get(start..).unwrap_or_default(), &["ris", TEX_FAMILY]);
    }
}

/// The place of an event that is no more than that of the publisher says nothing.
fn leave_out_places(out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    for (at, slot) in record.slots.iter().enumerate() {
        if slot.field() == Field::EventPlace && !out.is_taken(at) && is_place_again(record, slot) {
            out.note(at, LossKind::Redundant);
        }
    }
}

/// Other programs do not know a preprint by its address or DOI: what `UNPB` stands for is always said (D-03).
fn name_preprint(record: &Record, written: &mut Written) {
    const WORD: &str = "Preprint";
    let said = |cell: &WrittenCell| cell.tag == "M3" && cell.raw.eq_ignore_ascii_case(WORD);
    let is_one = record.kind == Kind::Preprint && record.subtype.is_none() && written.word == "UNPB";
    if is_one && !written.cells.iter().any(said) {
        written.insert(&MAPPING, "M3", WORD);
    }
}

/// What was not understood under another spelling of a tag, which the table does not have, is written as that tag.
fn spell_as_usual(written: &mut Written) {
    written.rename_extras(&MAPPING, |tag| {
        let facts = facts::of(cells::upper(tag));
        facts.id.filter(|_| facts.own.is_none())
    });
}

/// Whether a line has nothing at its ends that readers leave out there.
fn is_bare(line: &str) -> bool {
    match line.as_bytes() {
        [start, .., end] if start.is_ascii_graphic() && end.is_ascii_graphic() => true,
        _ => !line.starts_with(is_left_out) && !line.ends_with(is_left_out),
    }
}

fn is_left_out(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\0')
}

/// Writes a tag, of which this is known, and its value, which is one line.
fn put_line(out: &mut String, tag: &str, facts: &Facts, value: &str) {
    begin(out, tag, facts, value);
    out.push_str(value);
    out.push_str("\r\n");
}

/// The same with a value of any number of lines, without the white space at their ends, which readers leave out.
fn put_lines(out: &mut String, tag: &str, facts: &Facts, value: &str) {
    begin(out, tag, facts, value);
    for (at, line) in value.lines().map(str::trim).enumerate() {
        out.push_str(if at > 0 { "\r\n" } else { "" });
        // The source's own text may have lines that only so much white space keeps from being tags.
        out.push_str(if at > 0 && line::could_be_tagged(line) { "     " } else { "" });
        out.push_str(line);
    }
    out.push_str("\r\n");
}

/// Writes a tag and what stands between it and its value.
fn begin(out: &mut String, tag: &str, facts: &Facts, value: &str) {
    out.push_str(tag);
    out.push_str("  - ");
    if facts.runs_on && cells::runs_on(tag, value) {
        // On a line of its own nothing in it is a tag.
        out.push_str("\r\n");
    }
}

/// Writes text from between records back between records.
fn passage(passage: &Passage, writing: &mut Writing<'_>) -> bool {
    if passage.family != MAPPING.family {
        return false;
    }
    if passage.goes_on {
        writing.out.push_str(&passage.raw);
    } else {
        // Empty lines around it are not read as part of it.
        writing.out.push_str(passage.raw.trim_ascii_end());
        writing.out.push_str("\r\n\r\n");
    }
    true
}
