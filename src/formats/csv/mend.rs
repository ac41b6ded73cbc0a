//! Rows that quotation marks have damaged, read as well as they can be.
//!
//! ```text
//! "a "b" c",d,2020      a "b" c | d | 2020: only a mark before a delimiter closes a cell
//! "a,b,2020             "a | b | 2020: a mark that nothing closes is a character
//! ```

use super::layout::Layout;
use std::ops::Range;

/// The cells of a row that quotation marks have damaged, with their values: as many as the header has columns, if some
/// reading of the marks gives that. And whether that is how such tables are written.
pub(super) fn mend(text: &str, at: Range<usize>, layout: &Layout) -> (Vec<(String, Range<usize>)>, bool) {
    let row = text.get(at.clone()).unwrap_or_default();
    let (delimiter, columns) = (layout.delimiter, layout.names.len());
    let literal = || bare(row, delimiter);
    // Tables with tabs are often written without any quoting.
    let usual = (delimiter == b'\t').then(literal).filter(|cells| cells.len() == columns);
    let as_usual = usual.is_some();
    let readings = [quoted_with_marks(row, delimiter), Some(strict_or_bare(row, delimiter)), Some(literal())];
    let cells = usual
        .or_else(|| readings.into_iter().flatten().find(|cells| cells.len() == columns))
        .unwrap_or_else(|| {
            let cells = strict_or_bare(row, delimiter);
            if cells.len() > columns { torn_off(row, cells) } else { cells }
        });
    let shifted = cells.into_iter().map(|(value, it)| (value, it.start + at.start..it.end + at.start)).collect();
    (shifted, as_usual)
}

/// Reads a row whose quoted cells have marks in them that are not doubled: only one before a delimiter or the end closes.
fn quoted_with_marks(row: &str, delimiter: u8) -> Option<Vec<(String, Range<usize>)>> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let mark = at + memchr::memchr(b'"', bytes.get(at..)?)?;
                at = mark + 1;
                match bytes.get(at) {
                    None => break,
                    Some(byte) if *byte == delimiter => break,
                    // Two marks and a delimiter: the second one closes.
                    Some(b'"') if bytes.get(at + 1).is_some_and(|byte| *byte != delimiter) => at += 1,
                    Some(_) => {}
                }
            }
            cells.push((row.get(start + 1..at - 1)?.replace("\"\"", "\""), start..at));
        } else {
            at += memchr::memchr(delimiter, &bytes[at..]).unwrap_or(bytes.len() - at);
            cells.push((row.get(start..at)?.to_owned(), start..at));
        }
        if at >= bytes.len() {
            return Some(cells);
        }
        at += 1;
    }
}

/// Reads a row in which cells that are quoted as they should be are quoted, and in all others marks mean nothing.
fn strict_or_bare(row: &str, delimiter: u8) -> Vec<(String, Range<usize>)> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        let closed = (bytes.get(at) == Some(&b'"')).then(|| closing(bytes, at + 1, delimiter)).flatten();
        let value = match closed {
            Some(end) => {
                at = end + 1;
                row.get(start + 1..end).unwrap_or_default().replace("\"\"", "\"")
            }
            None => {
                at += memchr::memchr(delimiter, bytes.get(at..).unwrap_or_default()).unwrap_or(bytes.len() - at);
                row.get(start..at).unwrap_or_default().to_owned()
            }
        };
        cells.push((value, start..at));
        if at >= bytes.len() {
            return cells;
        }
        at += 1;
    }
}

/// A row with more cells than the table has columns, of which one is opened by a mark that nothing closes: the table was cut
/// off there, and all that follows is of that cell.
fn torn_off(row: &str, cells: Vec<(String, Range<usize>)>) -> Vec<(String, Range<usize>)> {
    let bytes = row.as_bytes();
    let opens = |(_, at): &(String, Range<usize>)| {
        bytes.get(at.start) == Some(&b'"') && memchr::memchr(b'"', &bytes[at.start + 1..]).is_none()
    };
    let Some(open) = cells.iter().position(opens) else { return cells };
    let start = cells[open].1.start;
    let rest = row.get(start + 1..).unwrap_or_default().to_owned();
    cells.into_iter().take(open).chain([(rest, start..row.len())]).collect()
}

/// The mark that closes a quoted cell, if it stands where it should.
fn closing(bytes: &[u8], from: usize, delimiter: u8) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            Some(byte) if *byte != delimiter => return None,
            _ => return Some(at),
        }
    }
}

/// Reads a row in which quotation marks mean nothing, but for those around a whole cell.
fn bare(row: &str, delimiter: u8) -> Vec<(String, Range<usize>)> {
    let mut at = 0;
    row.split(char::from(delimiter))
        .map(|cell| {
            let range = at..at + cell.len();
            at = range.end + 1;
            let inner = cell.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            // Marks in pairs inside are those of a quoted cell, else the outer ones are the title's.
            let inner = inner.filter(|it| !it.replace("\"\"", "").contains('"'));
            (inner.map_or_else(|| cell.to_owned(), |it| it.replace("\"\"", "\"")), range)
        })
        .collect()
}
