//! How a table is laid out: its delimiter, its header, what stands before that; and whose table it is.
//!
//! All of it is told from the first kilobytes alone, so that it depends neither on the size of blocks nor on the file's
//! name. The header is the first row that has names of columns in it: databases put a line or two about themselves
//! before it, and spreadsheets `sep=;`.

use super::dialects::{Dialect, OWN, recognise};
use super::own::unguarded;
use super::split::cells;
use crate::bytes::next;
use crate::encoding::decode_block;
use csv_core::Reader;
use memchr::memchr2;
use std::ops::Range;

/// What stands between cells, by how usual it is.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Among how many of the first rows the header is looked for.
const ROWS: usize = 8;

/// How a table is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// What stands between cells.
    pub(super) delimiter: u8,
    /// Where the header row stands.
    pub(super) header: Range<usize>,
    /// Where the first row behind the header begins.
    pub(super) data: usize,
    /// The names of the columns, without the white space around them.
    pub(super) names: Vec<String>,
    /// Whose table it is.
    pub(super) dialect: &'static Dialect,
    /// How many columns the dialect knows.
    pub(super) known: usize,
}

/// A row that may be the header.
struct Candidate {
    names: Vec<String>,
    at: Range<usize>,
    delimiter: u8,
    dialect: &'static Dialect,
    known: usize,
    /// Whether the dialect was recognised by columns that only it has.
    sure: bool,
}

impl Candidate {
    fn rank(&self) -> (bool, usize) {
        (self.sure, self.known)
    }
}

/// The first rows with a delimiter between cells.
struct Rows {
    delimiter: u8,
    /// Takes rows apart, once one needs it.
    machine: Option<Reader>,
    /// The first of them.
    first: Option<Candidate>,
}

impl Rows {
    fn of(head: &[u8], begin: usize, delimiter: u8) -> Rows {
        let mut machine = None;
        let first = rows(head, begin, delimiter).next().map(|at| candidate(head, at, delimiter, &mut machine));
        Rows { delimiter, machine, first }
    }
}

/// The row that is best as a header, if any has names of columns in it.
fn best(head: &[u8], begin: usize, readings: Vec<Rows>) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    for Rows { delimiter, mut machine, mut first } in readings {
        for at in rows(head, begin, delimiter) {
            let candidate = first.take().unwrap_or_else(|| candidate(head, at, delimiter, &mut machine));
            let is_better = best.as_ref().is_none_or(|best| candidate.rank() > best.rank());
            if is_better && (candidate.known > 1 || candidate.sure || candidate.names.len() < 3) {
                best = Some(candidate);
            }
        }
    }
    best.filter(|it| it.known > 0)
}

impl Layout {
    /// Finds out from the first bytes of an input.
    pub(super) fn find(head: &[u8]) -> Layout {
        let (stated, begin) = preamble(head);
        let delimiters = stated.map_or(DELIMITERS.to_vec(), |it| vec![it]);
        let mut readings: Vec<Rows> = delimiters.iter().map(|delimiter| Rows::of(head, begin, *delimiter)).collect();
        // Ours begins with its header, whatever its cells look like.
        let is_own = |rows: &&mut Rows| rows.first.as_ref().is_some_and(|it| std::ptr::eq(it.dialect, &raw const OWN));
        let own = readings.iter_mut().find(is_own).and_then(|rows| rows.first.take());
        let best = || best(head, begin, readings);
        // A header that says nothing to us is the first row, with the delimiter that gives rows of one length.
        let plain = || {
            let delimiter = delimiters.iter().copied().max_by_key(|it| evenness(head, begin, *it)).unwrap_or(b',');
            let first = rows(head, begin, delimiter).next().unwrap_or(begin..begin);
            candidate(head, first, delimiter, &mut None)
        };
        let found = own.or_else(best).unwrap_or_else(plain);
        let data = found.at.end + line_ends(&head[found.at.end..]);
        Layout {
            delimiter: found.delimiter,
            header: found.at,
            data,
            names: found.names,
            dialect: found.dialect,
            known: found.known,
        }
    }

    /// Whether the columns are such as only tables of references have.
    pub(super) fn is_certain(&self) -> bool {
        self.dialect.is_named() && self.known > 2
    }
}

/// How many bytes of line ends stand at the beginning.
fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// The delimiter that a spreadsheet's first line states, and where to look for the header.
fn preamble(head: &[u8]) -> (Option<u8>, usize) {
    let begin = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let rest = &head[begin..];
    let line = &rest[..memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
    let bare = line.trim_ascii_end();
    let bare = bare.strip_prefix(b"\"").and_then(|it| it.strip_suffix(b"\"")).unwrap_or(bare);
    match bare {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => {
            (Some(*delimiter), begin + line.len() + line_ends(&rest[line.len()..]))
        }
        // The tab itself may have gone as white space.
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => {
            (Some(b'\t'), begin + line.len() + line_ends(&rest[line.len()..]))
        }
        _ => (None, begin),
    }
}

/// The first rows that say anything, without their line ends; a quoted cell may have several lines.
fn rows(head: &[u8], begin: usize, delimiter: u8) -> impl Iterator<Item = Range<usize>> {
    let mut at = begin;
    std::iter::from_fn(move || {
        let start = at + line_ends(head.get(at..)?);
        at = row_end(head, start, delimiter);
        (at > start).then_some(start..at)
    })
    .take(ROWS)
}

/// Where the row ends that begins at a place.
fn row_end(head: &[u8], start: usize, delimiter: u8) -> usize {
    let mut at = start;
    let (mut quoted, mut first) = (false, true);
    loop {
        // To the next byte that does something.
        if quoted {
            at = next(head, at, |byte| byte == b'"');
        } else if !first {
            at = next(head, at, |byte| (byte == delimiter) | (byte == b'"') | (byte == b'\n') | (byte == b'\r'));
        }
        match head.get(at) {
            None => return head.len(),
            Some(b'"') if first || quoted => quoted = !quoted,
            Some(b'\n' | b'\r') if !quoted => return at,
            Some(_) => {}
        }
        // Two marks in a row open and close.
        first = !quoted && matches!(head.get(at), Some(byte) if *byte == delimiter || *byte == b'"');
        at += 1;
    }
}

/// How many of the first rows have as many cells as the first, and how many that are; a table has more than one column.
fn evenness(head: &[u8], begin: usize, delimiter: u8) -> (usize, usize) {
    let mut machine = None;
    let rows = rows(head, begin, delimiter);
    let counts: Vec<usize> = rows.map(|row| split(head, row, delimiter, &mut machine).len()).collect();
    match counts.first() {
        Some(first) if *first > 1 => (counts.iter().filter(|count| *count == first).count(), *first),
        _ => (0, 0),
    }
}

fn split(head: &[u8], row: Range<usize>, delimiter: u8, machine: &mut Option<Reader>) -> Vec<String> {
    let (text, _) = decode_block(head[row].to_vec());
    cells(&text, delimiter, machine)
}

fn candidate(head: &[u8], at: Range<usize>, delimiter: u8, machine: &mut Option<Reader>) -> Candidate {
    let bare = |name: &String| unguarded(name.trim().trim_start_matches('\u{feff}')).to_owned();
    let mut names: Vec<String> = split(head, at.clone(), delimiter, machine).iter().map(bare).collect();
    // Some programs end each row with a delimiter.
    while names.len() > 1 && names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    let (dialect, known, sure) = recognise(&names);
    Candidate { names, at, delimiter, dialect, known, sure }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(head: &str) -> (char, Vec<String>, &str) {
        let layout = Layout::find(head.as_bytes());
        (char::from(layout.delimiter), layout.names, head.get(layout.data..).unwrap_or_default())
    }

    #[test]
    fn delimiters_and_headers_are_found() {
        let (delimiter, names, rest) = found("title;authors;year\na, b;c;2020\n");
        assert_eq!((delimiter, names.len(), rest), (';', 3, "a, b;c;2020\n"));
        let (delimiter, names, rest) = found("sep=|\r\nTitle|Author|DOI\r\nx|y|z");
        assert_eq!((delimiter, names, rest), ('|', vec!["Title".into(), "Author".into(), "DOI".into()], "x|y|z"));
        let (delimiter, names, _) = found("\"About the data: Exported on May 1, 2024; a, b\"\nRank,DOI,Title,PubYear\n1,x,y,z");
        assert_eq!((delimiter, names.len()), (',', 4));
        let (delimiter, names, _) = found("\u{feff}\"Key\"\t\"Title\"\t\"Publi\ncation Year\"\nx\ty\tz");
        assert_eq!((delimiter, names.len()), ('\t', 3));
        let (delimiter, names, _) = found("foo;bar;baz\n1,5;2;3\n1,6;3;4\n");
        assert_eq!((delimiter, names.len()), (';', 3), "columns that nobody knows");
        assert_eq!(found("").1, [""; 0]);
    }
}
