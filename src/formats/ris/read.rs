//! From lines to records.

use super::map::MAPPING;
use super::{cells, line};
use super::{RECORD_UNTERMINATED, RUN_ON, STRAY_TEXT};
use crate::diagnostic::RECORD_TOO_WIDE;
use crate::mapping::{Cell, Cells};
use crate::read::{NA, Reading};
use crate::record::{Item, Passage, excerpt};
use std::ops::Range;

/// Reads the pieces of a block, one record each, or text between records.
pub(super) fn read(reading: &mut Reading<'_>) {
    let block = cells::Block::new(reading.text());
    let mut cells = Cells::new(&MAPPING);
    for piece in reading.pieces() {
        read_piece(reading, &mut cells, block, piece);
        cells.clear();
    }
}

/// The lines of a range of a text with their offsets, without their ends, which are CR, LF or CR LF.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes().get(..range.end).unwrap_or_default();
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at;
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |length| start + length);
        at = match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            _ => end,
        };
        Some((start, text.get(start..end)?))
    })
}

/// What may stand around a line and is none of it.
const AROUND: [char; 4] = ['\u{feff}', ' ', '\t', '\0'];

/// What of a part of a line stands between records: without what stands around it, unless nothing else keeps it from being
/// a tag.
fn stray_part<'a>(whole: &'a str, part: &'a str) -> &'a str {
    let bare = part.trim_matches(AROUND);
    if line::could_be_tagged(bare) { whole.trim_start_matches('\u{feff}') } else { bare }
}

struct Piece<'a> {
    word: Option<&'a str>,
    /// Where the record begins: at its type word or its first tag.
    start: Option<usize>,
    /// The end of the last line that says anything.
    end: usize,
    terminated: bool,
    /// What stands before the record.
    stray: Option<Range<usize>>,
}

impl Piece<'_> {
    /// A line, or a part of one, belongs to no record.
    fn strays(&mut self, line: Range<usize>) {
        self.stray = Some(self.stray.as_ref().map_or(line.start, |stray| stray.start)..line.end);
    }
}

fn read_piece<'a>(reading: &mut Reading<'a>, cells: &mut Cells<'a>, block: cells::Block<'a>, range: Range<usize>) {
    let mut piece = Piece { word: None, start: None, end: range.start, terminated: false, stray: None };
    let mut last = None;
    for (at, whole) in lines(block.text, range.clone()) {
        if let Some(tagged) = line::tagged(whole) {
            piece.start.get_or_insert(at);
            last = Some((at, whole));
            match tagged.upper {
                // Compared whole, for the letters of many tags begin as these do.
                upper if upper == *b"TY" => piece.word = Some(tagged.value).filter(|word| !word.is_empty()),
                upper if upper == *b"ER" => {
                    piece.terminated = true;
                    let ends_any = piece.word.is_some() || !cells.is_empty();
                    if !tagged.value.is_empty() && ends_any {
                        // It says nothing of the record, but it is not lost.
                        cells::push(cells, tagged, block);
                    } else if !tagged.value.trim_matches(AROUND).is_empty() {
                        piece.strays(cells::span(whole, stray_part(whole, tagged.value), at));
                    }
                    break;
                }
                // Of a record that has too many nothing is read.
                _ if cells.len() > reading.options.max_fields => {}
                _ => cells::push(cells, tagged, block),
            }
            continue;
        }
        let trimmed = whole.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
        if trimmed.is_empty() {
            continue;
        }
        if piece.start.is_some() {
            last = Some((at, whole));
            cells::continue_last(cells, block, trimmed, at);
        } else {
            piece.strays(cells::span(whole, stray_part(whole, whole), at));
        }
    }
    if let Some((at, whole)) = last {
        piece.end = at + whole.trim_end().len();
    }
    finish(reading, cells, piece);
}

fn finish<'a>(reading: &mut Reading<'a>, cells: &mut Cells<'a>, piece: Piece<'a>) {
    if let Some(stray) = piece.stray {
        let text = reading.text().get(stray.clone()).unwrap_or_default();
        if cells::is_number(text) {
            // Nothing but where it stands.
            let place = reading.place(stray.start);
            let passage = Passage { raw: text.to_owned(), restated: true, ..Passage::new(MAPPING.family, place) };
            reading.item(Item::Passage(passage));
        } else {
            let begin = excerpt(text, 60);
            reading.report_once(&STRAY_TEXT, stray.clone(), &*begin, || format!("text outside of any record: {begin}"));
            reading.passage(stray);
        }
    }
    let Some(start) = piece.start else { return };
    // An `ER` alone ends nothing.
    if piece.word.is_none() && cells.is_empty() {
        return;
    }
    let at = start..piece.end.max(start);
    if cells.len() > reading.options.max_fields {
        let message = format!("this record has more fields than the limit of {}", reading.options.max_fields);
        reading.report(&RECORD_TOO_WIDE, at.clone(), message);
        reading.passage(at);
        return;
    }
    if !piece.terminated {
        let end = at.end;
        reading.report(&RECORD_UNTERMINATED, end..end, "the record ends here without a line `ER  - `").hint =
            Some("all of it was read".to_owned());
    }
    cells::finish_last(cells);
    take_address_apart(reading, cells);
    forget_missing(reading, cells);
    cells.retain_filled();
    let record = MAPPING.read(piece.word, cells, reading, at);
    reading.record(record);
}

/// Scopus forgets to end the last line of the references, so that the address, which is the last tag, stands in it.
fn take_address_apart(reading: &mut Reading<'_>, cells: &mut Cells<'_>) {
    let at = cells.last_mut().and_then(|last| cells::address_behind_references(&last.tag, &last.raw));
    let Some(at) = at.filter(|_| !cells.iter().any(|cell| ["UR", "LK"].iter().any(|tag| cell.tag.eq_ignore_ascii_case(tag)))) else {
        return;
    };
    let Some(last) = cells.last_mut() else { return };
    let place = last.at.clone();
    let raw = last.raw.to_mut();
    let address = raw.split_off(at);
    let address = address.get(cells::ADDRESS_TAG.len()..).unwrap_or_default().trim().to_owned();
    reading.report(&RUN_ON, place.end.saturating_sub(1)..place.end, "the tag `UR` stands in the line of another, which has no end").hint =
        Some("it was read as a tag of its own".to_owned());
    cells.push("UR", "UR", address, place);
}

/// Tags that hold what the word for a missing value cannot be.
const WORDLESS: [&str; 17] =
    ["VL", "IS", "SP", "EP", "PY", "Y1", "Y2", "DA", "SN", "DO", "UR", "L1", "L2", "C7", "AB", "N2", "AN"];

/// Forgets the tags that only say that a value is missing, as R has it: one alone may be somebody's initials, but no number.
fn forget_missing(reading: &mut Reading<'_>, cells: &mut Cells<'_>) {
    let is_missing = |cell: &&Cell<'_>| &*cell.raw == NA;
    let Some(first) = cells.iter().find(is_missing) else { return };
    let (several, at) = (cells.iter().filter(is_missing).nth(1).is_some(), first.at.clone());
    if several || WORDLESS.iter().any(|tag| first.tag.eq_ignore_ascii_case(tag)) {
        let place = if several { "several tags of a record" } else { "a tag of numbers or prose" };
        reading.not_available(at, place);
        cells.retain(|cell| !is_missing(&cell));
    }
}
