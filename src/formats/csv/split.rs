//! Rows into cells. The state machine of the `csv-core` crate takes rows apart; what quotation marks have damaged is
//! read as well as it can be.

use super::layout::Layout;
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::ops::Range;

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Where its value stands in the text of all cells.
    pub(super) value: Range<usize>,
    /// Where it stands in the input, quotation marks included.
    pub(super) at: Range<usize>,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// Nothing.
    None,
    /// A quotation mark that nothing closes, or one that stands inside a quoted cell.
    Quote,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its cells, among all of the block.
    pub(super) cells: Range<usize>,
    /// Where it stands.
    pub(super) at: Range<usize>,
    pub(super) damage: Damage,
}

/// The rows of a block, with the text of their cells.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The text of all cells.
    pub(super) text: String,
    pub(super) cells: Vec<Cell>,
    pub(super) list: Vec<Row>,
}

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// The cells of one row, for headers.
pub(super) fn cells(row: &str, delimiter: u8) -> Vec<String> {
    let mut rows = Rows::default();
    let mut buffer = vec![0; row.len() + 1];
    let mut filled = 0;
    rows.split(&mut reader(delimiter), row, 0..row.len(), &mut buffer, &mut filled);
    let text = String::from_utf8_lossy(&buffer[..filled]).into_owned();
    rows.cells.iter().map(|cell| text.get(cell.value.clone()).unwrap_or_default().to_owned()).collect()
}

impl Rows {
    /// The rows that stand in these pieces of a text, one in each.
    pub(super) fn of(text: &str, pieces: impl Iterator<Item = Range<usize>>, layout: &Layout) -> Rows {
        let mut rows = Rows::default();
        let mut reader = reader(layout.delimiter);
        let mut buffer = vec![0; text.len() + 1];
        let mut filled = 0;
        for piece in pieces {
            let from = rows.cells.len();
            let before = filled;
            let raw = text.get(piece.clone()).unwrap_or_default();
            let trimmed = raw.trim_end_matches(['\n', '\r']);
            if trimmed.is_empty() {
                continue;
            }
            let at = piece.start..piece.start + trimmed.len();
            reader.reset();
            let end = rows.split(&mut reader, text, at.clone(), &mut buffer, &mut filled);
            let mut damage = Damage::None;
            if end < at.end || !rows.cells[from..].iter().all(|cell| is_sound(text, cell)) {
                filled = before;
                rows.cells.truncate(from);
                let (cells, as_usual) = mend(text, at.clone(), layout);
                for (value, at) in cells {
                    let start = filled;
                    filled += value.len();
                    buffer[start..filled].copy_from_slice(value.as_bytes());
                    rows.cells.push(Cell { value: start..filled, at });
                }
                if !as_usual {
                    damage = Damage::Quote;
                }
            }
            rows.list.push(Row { cells: from..rows.cells.len(), at, damage });
        }
        buffer.truncate(filled);
        // Cutting at ASCII bytes leaves UTF-8 whole.
        rows.text = String::from_utf8(buffer).unwrap_or_default();
        rows
    }

    /// Takes one row apart; says where it ends.
    fn split(
        &mut self,
        reader: &mut Reader,
        text: &str,
        row: Range<usize>,
        buffer: &mut [u8],
        filled: &mut usize,
    ) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut start, mut value) = (row.start, row.start, *filled);
        loop {
            let input = bytes.get(at..row.end).unwrap_or_default();
            let (result, read, written) = reader.read_field(input, &mut buffer[*filled..]);
            at += read;
            *filled += written;
            match result {
                ReadFieldResult::Field { record_end } => {
                    let delimited = at > start && at <= row.end && !record_end;
                    self.cells.push(Cell { value: value..*filled, at: start..at - usize::from(delimited) });
                    (start, value) = (at, *filled);
                    if record_end {
                        return at;
                    }
                }
                ReadFieldResult::InputEmpty => {}
                // The buffer has room for all of the input.
                ReadFieldResult::OutputFull | ReadFieldResult::End => return at,
            }
        }
    }
}

/// Whether a quoted cell is quoted as it should be: marks around it, those inside doubled. Of a cell that is not, the
/// state machine drops marks.
fn is_sound(text: &str, cell: &Cell) -> bool {
    let raw = text.as_bytes().get(cell.at.clone()).unwrap_or_default();
    if raw.first() != Some(&b'"') {
        return true;
    }
    let raw = raw.trim_ascii_end();
    let inner = raw.len().saturating_sub(2);
    let doubled = inner.checked_sub(cell.value.len());
    let marks = || memchr::memchr_iter(b'"', raw).count();
    raw.len() > 1 && raw.ends_with(b"\"") && doubled.is_some_and(|doubled| doubled == 0 && marks() == 2 || marks() == 2 + 2 * doubled)
}

/// The cells of a row that quotation marks have damaged, with their values: as many as the header has columns, if some
/// reading of the marks gives that. And whether that is how such tables are written.
fn mend(text: &str, at: Range<usize>, layout: &Layout) -> (Vec<(String, Range<usize>)>, bool) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_the_end_cuts_off_is_one_cell() {
        let (cells, damage) = read("T,\"one, two\",\"three, four, fi", "title,keywords,abstract");
        assert_eq!(cells, ["T", "one, two", "three, four, fi"]);
        assert_eq!(damage, Damage::Quote);
    }

    fn read(row: &str, header: &str) -> (Vec<String>, Damage) {
        let layout = Layout::find(header.as_bytes());
        let rows = Rows::of(row, std::iter::once(0..row.len()), &layout);
        let cells = rows.cells.iter().map(|cell| rows.text[cell.value.clone()].to_owned()).collect();
        (cells, rows.list[0].damage)
    }

    #[test]
    fn quotation_marks() {
        let header = "title,author,year";
        for (row, cells, damage) in [
            ("a,\"b, \"\"c\"\"\",2020", &["a", "b, \"c\"", "2020"][..], Damage::None),
            ("\"a \"b\" c\",d,2020", &["a \"b\" c", "d", "2020"], Damage::Quote),
            ("\"a,\"Doe, J\",2020", &["\"a", "Doe, J", "2020"], Damage::Quote),
            ("\"a,b,2020", &["\"a", "b", "2020"], Damage::Quote),
            ("5\" disks,b,2020", &["5\" disks", "b", "2020"], Damage::None),
            ("\"\"\"a\"\"\",\"\",2020", &["\"a\"", "", "2020"], Damage::None),
        ] {
            assert_eq!(read(row, header), (cells.iter().map(|it| (*it).to_owned()).collect(), damage), "{row}");
        }
        let (cells, damage) = read("\"Smart\" cities\tDoe, J\t2020", "title\tauthor\tyear");
        assert_eq!((cells[0].as_str(), cells.len(), damage), ("\"Smart\" cities", 3, Damage::None));
    }

    #[test]
    fn cells_know_where_they_stand() {
        let layout = Layout::find(b"title,author,year");
        let row = "a,\"b, c\",2020\n";
        let rows = Rows::of(row, std::iter::once(0..row.len()), &layout);
        let raw: Vec<&str> = rows.cells.iter().map(|cell| &row[cell.at.clone()]).collect();
        assert_eq!(raw, ["a", "\"b, c\"", "2020"]);
    }
}
