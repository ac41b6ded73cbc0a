//! From a page to records.
//!
//! The lines that begin papers are found first; what stands between two of them is one paper, whatever is in it. Only
//! then is a paper taken apart, and another one whose first line is damaged is found in it by its title and bullets.

use super::head::{self, Head};
use super::line::{self, Header, Line, Sure, header};
use super::map::{MAPPING, MOST_AUTHORS};
use super::{AUTHOR_MISSING, COUNT_DIFFERS, HEADER_DAMAGED, MAYBE_CUT, STRAY_TEXT, TITLE_MISSING, venues};
use crate::diagnostic::{RECORD_TOO_LONG, RECORD_TOO_WIDE};
use crate::mapping::Cells;
use crate::read::Reading;
use crate::record::{Extra, Family, Field, Name, Record, Source, SourceCell, Value, excerpt};
use std::borrow::Cow;
use std::ops::Range;

/// Reads a page.
pub(super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text();
    let lines: Vec<Line<'_>> = line::lines(text).collect();
    let headers = headers(&lines);
    let first = headers.first().copied().unwrap_or(lines.len());
    let head = head::read(lines.get(..first).unwrap_or_default());
    if head.lines > 0 {
        let end = lines.get(head.lines).map_or(text.len(), |line| line.from);
        reading.head(0..end, head.entries(text));
    }
    if let Some(stray) = lines.get(head.lines..first).filter(|stray| !stray.is_empty()) {
        let range = range(stray);
        let end = stray.first().map_or(range.end, Line::end);
        reading.report(&STRAY_TEXT, range.start..end, "this text is neither head nor paper; it is kept as it is");
        reading.passage(range);
    }
    let mut cells = Cells::new(&MAPPING);
    let mut papers = 0;
    let ends = headers.iter().skip(1).copied().chain([lines.len()]);
    for (from, to) in headers.iter().copied().zip(ends) {
        if let Some(paper) = lines.get(from..to) {
            papers += read_paper(reading, &mut cells, paper, &head);
        }
    }
    // The number stands twice; where both are wrong alike, one finding says it.
    let mut told = papers;
    for (counted, at) in [head.papers, head.listed].into_iter().flatten().filter(|(counted, _)| *counted != papers) {
        if counted != told {
            let message = format!("the head counts {counted} papers, the page has {papers}");
            reading.report(&COUNT_DIFFERS, at, message);
            told = counted;
        }
    }
}

/// From the first line's text to the end of the last.
fn range(lines: &[Line<'_>]) -> Range<usize> {
    let start = lines.first().map_or(0, |line| line.start);
    start..lines.last().map_or(start, Line::end)
}

/// The numbers of the lines that begin papers.
fn headers(lines: &[Line<'_>]) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.bullet.is_some_and(|bullet| bullet.dot) {
            continue;
        }
        let Some(header) = header(line.text) else { continue };
        let is_behind_header = at > 0 && found.last() == Some(&(at - 1));
        let next_is_text = || lines.get(at + 1).is_none_or(|next| next.bullet.is_none());
        let begins = if is_behind_header {
            // A title may look like the first line of a paper, but then authors follow.
            header.sure > Sure::Weak && next_is_text()
        } else if line.blank_before && header.sure > Sure::Weak {
            true
        } else {
            let stands_alone = header.sure == Sure::Quite && lines.get(at + 1).is_some_and(|next| next.blank_before);
            stands_alone || ((line.blank_before || header.sure == Sure::Quite) && precedes_authors(lines, at))
        };
        if begins {
            found.push(at);
        }
    }
    found
}

/// Whether a title and authors follow a line.
fn precedes_authors(lines: &[Line<'_>], at: usize) -> bool {
    let is_header = |line: &Line<'_>| header(line.text).is_some_and(|it| it.sure >= Sure::Quite);
    let title = |line: &&Line<'_>| line.bullet.is_none() && !is_header(line);
    // The dash of a first line that names no venue is no bullet.
    let author = |line: &Line<'_>| line.bullet.is_some_and(|bullet| bullet.dot || !is_header(line));
    let mut behind = lines.iter().skip(at + 1).take(5);
    let length = behind.clone().take_while(title).count();
    length > 0 && behind.nth(length).is_some_and(author)
}

/// Lines of a paper that belong together.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// The first, and the one behind the last.
    from: usize,
    to: usize,
    /// Whether they are authors.
    authors: bool,
}

/// Takes a paper without its first line apart: paragraphs, and lists of authors.
fn blocks(lines: &[Line<'_>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    lines.iter().enumerate().for_each(|(at, line)| add_line(&mut blocks, at, line));
    blocks
}

fn add_line(blocks: &mut Vec<Block>, at: usize, line: &Line<'_>) {
    let last = blocks.last();
    let goes_on = last.is_some_and(|last| last.authors);
    let authors = line.bullet.is_some_and(|bullet| {
        // Abstracts have lists, too, but not with this bullet.
        bullet.dot
            || (blocks.len() == 1 && !goes_on)
            || (goes_on && blocks.len() <= 2)
            || (at == 0 && bullet.indented)
    });
    let same = last.is_some_and(|last| last.authors == authors) && (authors || !line.blank_before);
    match blocks.last_mut().filter(|_| same) {
        Some(block) => block.to = at + 1,
        None => blocks.push(Block { from: at, to: at + 1, authors }),
    }
}

/// The line at which another paper begins whose first line is damaged or missing. Lines behind it are not looked at: of
/// such papers there may be very many.
fn damage(lines: &[Line<'_>]) -> Option<usize> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut had_authors = false;
    for (at, line) in lines.iter().enumerate() {
        let count = blocks.len();
        add_line(&mut blocks, at, line);
        let done = count.checked_sub(1).filter(|_| blocks.len() > count);
        if let Some(begin) = done.and_then(|done| paper_of(lines, &blocks, done, &mut had_authors)) {
            return Some(begin);
        }
    }
    paper_of(lines, &blocks, blocks.len().checked_sub(1)?, &mut had_authors)
}

/// The line at which another paper begins if a block is its authors, and a title and perhaps a damaged first line stand
/// before it.
fn paper_of(lines: &[Line<'_>], blocks: &[Block], at: usize, had_authors: &mut bool) -> Option<usize> {
    let like_header = |block: &Block| lines.get(block.from).is_some_and(|line| line::is_like_header(line.text));
    let block = blocks.get(at).filter(|block| block.authors)?;
    let had_authors = std::mem::replace(had_authors, true);
    let (title, before) = (blocks.get(at.checked_sub(1)?)?, blocks.get(at.checked_sub(2)?)?);
    if at >= 3 && !before.authors && before.to - before.from == 1 && like_header(before) {
        return Some(before.from);
    }
    let headed = title.to - title.from > 1 && like_header(title);
    let titled = title.to - title.from == 1 && had_authors && names_follow(lines, block);
    (headed || titled).then_some(title.from)
}

/// Whether bullets look like names of people rather than like a list in an abstract.
fn names_follow(lines: &[Line<'_>], block: &Block) -> bool {
    let names = lines.get(block.from..block.to).unwrap_or_default();
    names.iter().all(|line| {
        let name = author(line);
        name.len() < 80
            && name.starts_with(char::is_uppercase)
            && name.split(' ').count() < 7
            && !name.ends_with([';', ':'])
    })
}

/// An author's name behind the bullet.
fn author<'a>(line: &Line<'a>) -> &'a str {
    line.bullet.and_then(|bullet| line.text.get(bullet.length..)).unwrap_or(line.text)
}

/// Reads what stands between two first lines; says how many papers there are.
fn read_paper(reading: &mut Reading<'_>, cells: &mut Cells<'_>, paper: &[Line<'_>], head: &Head) -> u64 {
    let Some((first, rest)) = paper.split_first() else { return 0 };
    let cuts: Vec<usize> = cuts(rest).collect();
    let own = rest.get(..cuts.first().copied().unwrap_or(rest.len())).unwrap_or_default();
    read_record(reading, cells, first, own, &blocks(own), head);
    // The rest is papers of which each begins with damage.
    let ends = cuts.iter().skip(1).copied().chain([rest.len()]);
    for (from, to) in cuts.iter().copied().zip(ends) {
        report_damage(reading, rest.get(from..to).unwrap_or_default());
    }
    1 + cuts.len() as u64
}

/// The lines behind a first line at which other papers begin whose own is damaged or missing.
fn cuts<'l>(rest: &'l [Line<'l>]) -> impl Iterator<Item = usize> + 'l {
    let mut from = 0;
    let mut own = 0;
    std::iter::from_fn(move || {
        let behind = rest.get(from + own..)?;
        let at = own + damage(behind)?;
        if at == 0 && from > 0 {
            return None;
        }
        from += at;
        // Its own title and authors are not the next paper's.
        own = rest.get(from..)?.iter().position(|line| line.bullet.is_some()).unwrap_or(0);
        Some(from)
    })
}

fn report_damage(reading: &mut Reading<'_>, damaged: &[Line<'_>]) {
    let Some(first) = damaged.first() else { return };
    let message = "a paper should begin here with `VENUE KIND YEAR TYPE`; it was not read, its text is kept";
    reading.report(&HEADER_DAMAGED, first.start..first.end(), message).hint =
        Some("write the line as `NeurIPS Conference 2024 Conference Paper`, with `-` for what is not known".to_owned());
    reading.passage(range(damaged));
}

/// Whether a text before the first paper is read as one that is neither head nor paper.
pub(super) fn is_stray(raw: &str) -> bool {
    // With a paper behind it, which may make its last line the first of one.
    let page = format!("{raw}\n\n{TYPICAL}");
    let lines: Vec<Line<'_>> = line::lines(&page).collect();
    let start = page.len() - TYPICAL.len();
    headers(&lines).first().and_then(|at| lines.get(*at)).is_some_and(|line| line.start == start)
        && lines.first().is_some_and(|line| !head::is_first(line.text) && line.from == 0)
}

/// Whether a text behind others is read as a paper of which the first line is damaged.
pub(super) fn is_damaged_paper(before: &str, raw: &str) -> bool {
    // The paper before it, if it is not that long: it decides what its neighbour is read as.
    let tail = tail(before, LONG);
    let lines: Vec<Line<'_>> = line::lines(tail).collect();
    let last = headers(&lines).last().and_then(|at| lines.get(*at));
    let paper = last.and_then(|line| tail.get(line.from..)).unwrap_or(TYPICAL);
    let whole = format!("{paper}\n\n{raw}");
    let start = whole.len() - raw.len();
    let lines: Vec<Line<'_>> = line::lines(&whole).collect();
    headers(&lines) == [0] && cuts(lines.get(1..).unwrap_or_default()).last().is_some_and(|at| lines[at + 1].from == start)
}

/// The end of a text, of about so many bytes at most.
fn tail(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    (from..text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

/// The most bytes before a text that are looked at.
const LONG: usize = 1 << 16;
/// A paper beside a text where nothing is known of it.
const TYPICAL: &str = "NeurIPS Conference 2024 Conference Paper\n\nTitle\n\n  • Author\n\nAbstract";

/// Whether a text is read as one paper that has this title, so many authors and this abstract.
pub(super) fn is_paper(text: &str, title: &str, authors: usize, summary: &str) -> bool {
    let lines: Vec<Line<'_>> = line::lines(text).collect();
    let rest = lines.get(1..).unwrap_or_default();
    let blocks = blocks(rest);
    let parts = parts(rest, &blocks);
    headers(&lines) == [0]
        && damage(rest).is_none()
        && raw(text, parts.title) == title
        && parts.stray.is_empty()
        && parts.authors.len() == authors
        && raw(text, parts.summary) == summary
}

/// What the lines of a paper are.
#[derive(Debug, Default)]
struct Parts<'a> {
    title: &'a [Line<'a>],
    authors: &'a [Line<'a>],
    /// Paragraphs between title and authors.
    stray: &'a [Line<'a>],
    summary: &'a [Line<'a>],
}

fn parts<'a>(lines: &'a [Line<'a>], blocks: &[Block]) -> Parts<'a> {
    let of = |from: usize, to: usize| lines.get(from..to).unwrap_or_default();
    let mut title = blocks.first().filter(|block| !block.authors).map_or(0, |block| block.to);
    let Some(authors) = blocks.iter().find(|block| block.authors) else {
        // Without authors a title of several lines is a title and an abstract between which the blank line is missing.
        if blocks.len() == 1 {
            title = title.min(1);
        }
        return Parts { title: of(0, title), summary: of(title, lines.len()), ..Parts::default() };
    };
    Parts {
        title: of(0, title),
        authors: of(authors.from, authors.to),
        stray: of(title, authors.from),
        summary: of(authors.to, lines.len()),
    }
}

fn read_record(
    reading: &mut Reading<'_>,
    cells: &mut Cells<'_>,
    first: &Line<'_>,
    lines: &[Line<'_>],
    blocks: &[Block],
    head: &Head,
) {
    let end = lines.last().unwrap_or(first).end();
    let at = first.start..end;
    let parts = parts(lines, blocks);
    let options = reading.options;
    let (code, limit, what) = if end - first.start > options.max_record {
        (&RECORD_TOO_LONG, options.max_record, "bytes")
    } else {
        (&RECORD_TOO_WIDE, options.max_fields, "authors")
    };
    if end - first.start > options.max_record || parts.authors.len() > options.max_fields {
        let message = format!("this paper has more than {limit} {what} and was not read; its text is kept");
        reading.report(code, first.start..first.end(), message);
        return reading.passage(at);
    }
    let Some(header) = header(first.text) else { return };
    if parts.title.is_empty() {
        let line = lines.first().unwrap_or(first);
        reading.report(&TITLE_MISSING, line.start..line.end(), "here the title of a paper should stand");
    }
    if let Some(line) = parts.stray.first() {
        let message = "this text between title and authors was put in front of the abstract";
        reading.report(&STRAY_TEXT, line.start..line.end(), message);
    }
    let record = read_cells(reading, cells, &header, first, &parts, at);
    let record = cut_list(reading, record, first.start..first.end(), head);
    reading.record(record);
}

fn read_cells(
    reading: &mut Reading<'_>,
    cells: &mut Cells<'_>,
    header: &Header<'_>,
    first: &Line<'_>,
    parts: &Parts<'_>,
    at: Range<usize>,
) -> Record {
    let text = reading.text();
    let here = first.start..first.end();
    cells.clear();
    let mut push = |name: &str, raw: Cow<'_, str>, at: Range<usize>| {
        if !raw.is_empty() && raw != "-" {
            cells.push(name, name.to_owned(), raw.into_owned(), at);
        }
    };
    let (full, short) = venues::read(header.venue);
    push("venue.short", short.unwrap_or_default().into(), here.clone());
    push("venue", full.into(), here.clone());
    push("year", header.year.into(), here);
    push("title", raw(text, parts.title), range(parts.title));
    for line in parts.authors {
        push("author", author(line).into(), line.start..line.end());
    }
    let summary = match (parts.stray, parts.summary) {
        ([], summary) => raw(text, summary),
        (stray, []) => raw(text, stray),
        (stray, summary) => format!("{}\n\n{}", raw(text, stray), raw(text, summary)).into(),
    };
    push("abstract", summary, range(parts.summary));
    let (word, extras) = words(header);
    let mut record = MAPPING.read(Some(word), cells, reading, at);
    if short.is_none() && venues::short(full).is_some() && reading.options.keep_source {
        keep_full(&mut record, full);
    }
    for (tag, value) in extras {
        record.extras.push(Extra {
            family: Family::Borrowed("arrow"),
            tag: tag.into(),
            value: value.into(),
            expression: None,
            place: record.origin.place,
        });
    }
    record
}

/// Remembers that the venue stood there by its full name, where a short one would be written.
fn keep_full(record: &mut Record, full: &str) {
    let cells = vec![SourceCell { tag: "venue".into(), raw: full.into(), expression: None }];
    let source = Source { family: Family::Borrowed(MAPPING.family), cells, part: (0, 1) };
    if let Some(slot) = record.slots.iter_mut().find(|slot| slot.field() == Field::ContainerTitle) {
        *slot = slot.clone().with_source(source);
    }
}

/// The type word of a first line, and the words that it does not stand for.
pub(super) fn words<'a>(header: &Header<'a>) -> (&'a str, Vec<(&'static str, &'a str)>) {
    let mut extras = Vec::new();
    // An unknown type of a known kind says more of the same.
    let known = line::kind_of_type(header.type_) != "-";
    let word = if known { header.type_ } else { line::type_of_kind(header.kind).unwrap_or(header.type_) };
    if line::kind_of_type(word) != header.kind {
        extras.push(("kind", header.kind));
    }
    if word != header.type_ {
        extras.push(("type", header.type_));
    }
    (word, extras)
}

/// The text of some lines, with line feeds between them.
fn raw<'a>(text: &'a str, lines: &[Line<'_>]) -> Cow<'a, str> {
    let raw = text.get(range(lines)).unwrap_or_default();
    if memchr::memchr(b'\r', raw.as_bytes()).is_some() {
        raw.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        raw.into()
    }
}

/// Looks whether a list of authors was cut.
fn cut_list(reading: &mut Reading<'_>, mut record: Record, at: Range<usize>, head: &Head) -> Record {
    let Some(names) = record.names(Field::Author).filter(|names| names.list.len() == MOST_AUTHORS && !names.others)
    else {
        return record;
    };
    let title = excerpt(record.text(Field::Title).unwrap_or_default(), 60);
    match head.missing(names) {
        Some(author) => {
            let name = author.display();
            let message = format!("{name} is not among the 8 authors of \"{title}\": the list was cut");
            reading.report(&AUTHOR_MISSING, at, message);
            complete(&mut record, &author);
        }
        None => {
            let message = format!("exactly 8 authors of \"{title}\": the list may have been cut");
            reading.report(&MAYBE_CUT, at, message);
        }
    }
    record
}

/// Adds the author of the page to a list that was cut. What the list was read from stays as it is.
fn complete(record: &mut Record, author: &Name) {
    for slot in record.slots.iter_mut().filter(|slot| slot.field() == Field::Author) {
        let source = slot.any_source().cloned();
        if let Value::Names(names) = slot.value_mut() {
            names.others = true;
            names.unplaced.push(author.clone());
        }
        if let Some(source) = source {
            *slot = slot.clone().with_source(source);
        }
    }
}
