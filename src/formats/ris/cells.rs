//! From lines to the tags of a record: continuation lines, entities, other spellings of tags, tags without a line of
//! their own.

use super::facts::{self, Facts};
use super::line::{self, Tagged};
use super::map::{MAPPING, SPELLINGS};
use crate::mapping::carry::is_carried;
use crate::mapping::codecs::markup::{escape_entities, unescape};
use crate::mapping::extra;
use crate::mapping::{Cell, Cells};
use crate::record::identifier::{Serial, serial_numbers};
use std::borrow::Cow;
use std::ops::Range;

/// Tags whose values keep their line breaks. Some programs put each keyword and each
/// address on a line of its own.
const PARAGRAPHS: [&str; 6] = ["AB", "AD", "KW", "N1", "N2", "RN"];

/// Those of them that are prose: lines that were broken to fit are one.
const PROSE: [&str; 4] = ["AB", "N1", "N2", "RN"];

/// Tags of names and words whose entities are characters, whatever they are read as. Texts are decoded where they are
/// read, with their tags.
pub(super) const NAMES: [&str; 9] = ["AU", "A1", "A2", "A3", "A4", "ED", "KW", "PB", "PU"];

/// The tag that holds lines of Zotero's `Extra`, one in each.
pub(super) const EXTRA: &str = "M2";

/// The tags in which the Web of Science now and then forgets to end the line.
pub(super) const RUN_ON: [&str; 4] = ["AD", "C1", "C3", "FX"];

/// The tags of addresses and files. EndNote puts each of several on a line of its own, others put something between them.
pub(super) const ADDRESSES: [&str; 5] = ["UR", "L1", "L2", "L3", "L4"];

/// The raw value of a tag, of which this is known, as it stands in its line.
pub(super) fn encode<'v>(tag: &Facts, value: &'v str) -> Cow<'v, str> {
    if tag.has_names { escape_entities(value) } else { value.into() }
}

/// A tag in upper case; nothing's for what is none.
pub(super) fn upper(tag: &str) -> [u8; 2] {
    <[u8; 2]>::try_from(tag.as_bytes()).unwrap_or_default().map(|byte| byte.to_ascii_uppercase())
}

fn is_one_of(tags: &[&str], tag: &str) -> bool {
    tags.iter().any(|it| it.eq_ignore_ascii_case(tag))
}

/// The block in which the lines stand.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) text: &'a str,
    /// Whether any value in it can have [`SEPARATORS`], so that not each has to be looked at.
    has_separators: bool,
}

impl<'a> Block<'a> {
    pub(super) fn new(text: &'a str) -> Block<'a> {
        let has = |separator: &str| memchr::memmem::find(text.as_bytes(), separator.as_bytes()).is_some();
        Block { text, has_separators: has("\u{2028}") || has("\u{2029}") }
    }
}

/// Adds a tagged line of a block.
pub(super) fn push<'a>(cells: &mut Cells<'a>, tagged: Tagged<'a>, block: Block<'a>) {
    finish_last(cells);
    let mut facts = facts::of(tagged.upper);
    if facts.has_addresses
        && let Some(pieces) = addresses(tagged.value)
    {
        return pieces.into_iter().for_each(|value| push_one(cells, Tagged { value, ..tagged }, facts, block));
    }
    if let Some(id) = facts.plain {
        let Tagged { tag, value, .. } = tagged;
        return cells.push_tag(id, tag, decoded(facts, value, block), place(block.text, value));
    }
    let mut tagged = tagged;
    while facts.runs_on
        && let Some((value, next)) = run_on(tagged)
    {
        push_one(cells, Tagged { value, ..tagged }, facts, block);
        tagged = next;
        facts = facts::of(tagged.upper);
    }
    push_one(cells, tagged, facts, block);
}

fn push_one<'a>(cells: &mut Cells<'a>, tagged: Tagged<'a>, facts: &Facts, block: Block<'a>) {
    let Tagged { tag, value, .. } = tagged;
    if facts.is_extra && add_line(cells, value) {
        return;
    }
    // The Web of Science has the conference in `CP`.
    let is_conference = || tagged.upper == *b"CP" && !value.starts_with(|c: char| c.is_ascii_digit());
    let id = if facts.own != facts.id && is_conference() { facts.own } else { facts.id };
    let mut push = |raw: Cow<'a, str>, value: &str| match id {
        Some(id) => cells.push_tag(id, tag, raw, place(block.text, value)),
        None => cells.push("", tag, raw, place(block.text, value)),
    };
    if facts.has_serials
        && let Some(pieces) = mixed_serials(value)
    {
        return pieces.into_iter().for_each(|piece| push(piece.into(), piece));
    }
    push(decoded(facts, value, block), value);
}

/// The raw value of a tag, of which this is known, by what stands in its line.
fn decoded<'v>(tag: &Facts, value: &'v str, block: Block<'_>) -> Cow<'v, str> {
    if tag.has_names {
        unescape(value)
    } else if block.has_separators && value.contains(SEPARATORS) {
        // Some publishers break long lines by them.
        Cow::Owned(value.replace(SEPARATORS, " "))
    } else {
        value.into()
    }
}

/// Where a value stands in the block.
fn place(text: &str, value: &str) -> Range<usize> {
    let from = offset(text, value);
    from..from + value.len()
}

/// The separators of lines and of paragraphs.
const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];

/// Where a part of a string begins in it.
pub(super) fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

/// A line of a text without a tag goes on with the value before it.
pub(super) fn continue_last<'a>(cells: &mut Cells<'a>, block: Block<'a>, line: &'a str, at: usize) {
    let text = block.text;
    let Some(cell) = cells.last_mut() else { return };
    let upper = upper(&cell.tag);
    if facts::of(upper).has_addresses && !cell.raw.is_empty() && is_address(line) {
        let spelled = ADDRESSES.iter().find(|it| it.as_bytes() == upper).copied().unwrap_or("UR");
        return push(cells, Tagged { tag: spelled, upper, value: line }, block);
    }
    if let Some((name, value)) = line::long_tagged(line)
        && (facts::of(upper).has_addresses || is_long_tagged(text, cell.at.clone()) || is_set_off(line, name, &cell.tag))
    {
        return push_note(cells, text, name, value);
    }
    let line_text = if is_one_of(&NAMES, &cell.tag) { unescape(line) } else { line.into() };
    // Carried lines are lines.
    let is_prose = is_one_of(&PROSE, &cell.tag) && !is_carried(&cell.raw);
    let is_broken = is_prose && line::is_broken_at(text, cell.at.end..offset(text, line), line);
    let between = if is_one_of(&PARAGRAPHS, &cell.tag) && !is_broken { '\n' } else { ' ' };
    let raw = cell.raw.to_mut();
    if raw.is_empty() {
        cell.at = at..at;
    } else {
        raw.push(between);
    }
    raw.push_str(&line_text);
    cell.at.end = at + line.len();
}

/// Whether a longer tag is set off as RIS sets off its own, behind what is no prose.
fn is_set_off(line: &str, name: &str, before: &str) -> bool {
    line.get(name.len()..).is_some_and(|rest| rest.starts_with("  - ")) && !is_one_of(&PARAGRAPHS, before)
}

/// Whether a value stands in a line whose tag is longer than RIS has them.
fn is_long_tagged(text: &str, value: Range<usize>) -> bool {
    let before = text.as_bytes().get(..value.start).unwrap_or_default();
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    text.get(start..value.end).is_some_and(|line| line::long_tagged(line).is_some())
}

/// A line of a tag that is none of RIS says by its name what it holds: it is a note, in which identifiers are found.
fn push_note<'a>(cells: &mut Cells<'a>, text: &str, name: &str, value: &'a str) {
    finish_last(cells);
    let at = place(text, value);
    match (name, MAPPING.tag("DO"), MAPPING.tag("N1")) {
        ("DOI", Some(id), _) => cells.push_tag(id, "DO", value, at),
        (_, _, Some(id)) => cells.push_tag(id, "N1", [name, ": ", value].concat(), at),
        _ => {}
    }
}

/// Puts the lines of the last value together where they are one that was broken to fit, and takes apart addresses of which
/// one begins within a line that goes on.
pub(super) fn finish_last(cells: &mut Cells<'_>) {
    let Some(cell) = cells.last_mut() else { return };
    // What is borrowed is a part of one line.
    if matches!(cell.raw, Cow::Borrowed(_)) {
        return;
    }
    if is_one_of(&PROSE, &cell.tag) && cell.raw.contains('\n') && line::is_wrapped(&cell.raw) {
        cell.raw = Cow::Owned(cell.raw.replace('\n', " "));
    }
    if facts::of(upper(&cell.tag)).has_addresses
        && let Some(pieces) = addresses(&cell.raw)
    {
        let mut pieces = pieces.into_iter().map(str::to_owned).collect::<Vec<_>>().into_iter();
        let (tag, at) = (cell.tag.clone(), cell.at.clone());
        cell.raw = Cow::Owned(pieces.next().unwrap_or_default());
        for piece in pieces {
            cells.push(&tag.to_ascii_uppercase(), tag.clone(), piece, at.clone());
        }
    }
}

/// Lines of Zotero's `Extra` stand in a tag each, and are one text.
fn add_line(cells: &mut Cells<'_>, line: &str) -> bool {
    let Some(cell) = cells.last_mut() else { return false };
    let follows = |cell: &Cell<'_>| cell.tag.eq_ignore_ascii_case(EXTRA) && extra::begins(&cell.raw);
    if !follows(cell) || line.is_empty() {
        return false;
    }
    let raw = cell.raw.to_mut();
    raw.push('\n');
    raw.push_str(line);
    true
}

/// A value that is followed on its line by another tag: `…, AustraliaPU  - Example Press`.
fn run_on(tagged: Tagged<'_>) -> Option<(&str, Tagged<'_>)> {
    let hyphen = tagged.value.find("  - ")?;
    let at = hyphen.checked_sub(2)?;
    let (value, rest) = tagged.value.split_at_checked(at)?;
    let tag = rest.get(..2)?;
    let known = MAPPING.tag(tag).is_some() || SPELLINGS.iter().any(|(other, _)| *other == tag);
    // Behind a space it may be words.
    let glued = value.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ')' | ']'));
    (known && glued).then(|| (value.trim_end(), Tagged { tag, upper: upper(tag), value: rest.get(6..).unwrap_or_default().trim() }))
}

/// Whether the value of a tag in which that happens would be taken for one that is followed by another tag.
pub(super) fn runs_on(tag: &str, value: &str) -> bool {
    run_on(Tagged { tag, upper: upper(tag), value }).is_some()
}

/// How the tag begins that Scopus puts behind references.
pub(super) const ADDRESS_TAG: &str = "UR  - ";

/// Where in the references of a note an address begins as a tag of its own, glued to their last word.
pub(super) fn address_behind_references(tag: &str, value: &str) -> Option<usize> {
    if !value.starts_with('R') || !value.starts_with("References: ") || !tag.eq_ignore_ascii_case("N1") {
        return None;
    }
    let at = value.rfind(ADDRESS_TAG)?;
    let (before, address) = (value.get(..at)?, value.get(at + ADDRESS_TAG.len()..)?);
    let is_alone = is_address(address) && !address.contains(char::is_whitespace);
    (is_alone && !before.ends_with(char::is_whitespace)).then_some(at)
}

/// The parts of an `SN` that holds numbers of books and of serials: `03029743 (ISSN); 9783161484100 (ISBN)`.
fn mixed_serials(value: &str) -> Option<Vec<&str>> {
    memchr::memchr(b';', value.as_bytes())?;
    let pieces: Vec<&str> = value.split(';').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let sort = |piece: &&str| match serial_numbers(piece).as_slice() {
        [Serial::Issn(_)] => Some(true),
        [Serial::Isbn(_)] => Some(false),
        _ => None,
    };
    let sorts: Vec<bool> = pieces.iter().map(sort).collect::<Option<_>>()?;
    (sorts.contains(&true) && sorts.contains(&false)).then_some(pieces)
}

/// Whether a text begins as an address does: `https://…`, `internal-pdf://…`.
fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The addresses of a value that holds several, with semicolons, commas, spaces or "and" between them: the older
/// dialect has them so, and some databases.
pub(super) fn addresses(value: &str) -> Option<Vec<&str>> {
    let between = |c: char| matches!(c, ';' | ',' | ' ' | '\t');
    // Most have nothing between.
    if !value.bytes().fold(false, |any, byte| any | between(char::from(byte))) || !is_address(value) {
        return None;
    }
    let begins = |at: &usize| value.get(*at..).is_some_and(is_address);
    let starts = value.match_indices(between).map(|(at, sign)| at + sign.len()).filter(begins);
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in starts.chain([value.len()]) {
        let piece = value.get(from..at).unwrap_or_default();
        let piece = if at < value.len() { piece.trim_end_matches(between) } else { piece };
        pieces.push(if at < value.len() { piece.strip_suffix(" and").unwrap_or(piece) } else { piece });
        from = at;
    }
    (pieces.len() > 1).then_some(pieces)
}

/// Whether a line between records only numbers the next: `12.`, `<12>`, as Ovid has them.
pub(super) fn is_number(line: &str) -> bool {
    let bare = line.trim_matches(['.', '<', '>', '[', ']', '(', ')', ' ']);
    (1..=7).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit())
}

/// The span of a line without the white space around it.
pub(super) fn span(whole: &str, trimmed: &str, at: usize) -> Range<usize> {
    let start = at + offset(whole, trimmed);
    start..start + trimmed.len()
}
