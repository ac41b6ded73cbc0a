//! Rows into cells. The state machine of the `csv-core` crate takes rows apart; what quotation marks have damaged is
//! read as well as it can be.

use super::layout::Layout;
use super::mend::mend;
use super::outline::{CellMark, Outline};
use crate::bytes::next;
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::borrow::Cow;
use std::ops::Range;

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell<'t> {
    /// Its value: a part of the row, but where marks in it are doubled or damaged.
    pub(super) value: Cow<'t, str>,
    /// Where it stands in the input, quotation marks included.
    pub(super) at: Range<usize>,
    /// The column it stands in.
    pub(super) column: usize,
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
    /// Its cells, among all of the block. Empty ones may be left out.
    pub(super) cells: Range<usize>,
    /// How many it has.
    pub(super) count: usize,
    /// Where it stands.
    pub(super) at: Range<usize>,
    pub(super) damage: Damage,
}

/// The rows of a block.
#[derive(Debug, Default)]
pub(super) struct Rows<'t> {
    pub(super) cells: Vec<Cell<'t>>,
    pub(super) list: Vec<Row>,
}

/// The cells of one row, for headers. `machine` is for this delimiter and is made where it is needed.
pub(super) fn cells(row: &str, delimiter: u8, machine: &mut Option<Reader>) -> Vec<String> {
    let mut cells = Vec::new();
    if plain_cells(row, 0..row.len(), delimiter, |cell| cells.push(cell)).is_none() {
        cells.clear();
        machine_cells(machine.get_or_insert_with(|| machine_of(delimiter)), row, 0..row.len(), &mut cells);
    }
    cells.into_iter().map(|cell| cell.value.into_owned()).collect()
}

impl<'t> Rows<'t> {
    /// The rows that stand in these pieces of a text, one in each.
    pub(super) fn of(
        text: &'t str,
        pieces: impl ExactSizeIterator<Item = Range<usize>>,
        layout: &Layout,
        outline: Option<&Outline>,
    ) -> Rows<'t> {
        // A table has as many cells as the header says, but no more than fit into the text.
        let most = || layout.names.len().saturating_mul(pieces.len()).min(text.len() / 4);
        let count = outline.map_or_else(most, Outline::filled);
        let mut rows = Rows { cells: Vec::with_capacity(count), list: Vec::with_capacity(pieces.len()) };
        let mut machine = None;
        let mut known = outline.filter(|_| is_usual(layout.delimiter)).into_iter().flat_map(Outline::rows).peekable();
        for piece in pieces {
            let raw = text.get(piece.clone()).unwrap_or_default();
            let trimmed = raw.trim_end_matches(['\n', '\r']);
            if trimmed.is_empty() {
                continue;
            }
            let at = piece.start..piece.start + trimmed.len();
            while known.next_if(|(row, _)| (row.start as usize) < at.start).is_some() {}
            let outlined = known.next_if(|(row, _)| (row.start as usize, row.end as usize) == (at.start, at.end));
            let replayed = outlined.is_some_and(|(row, cells)| rows.replay(text, at.clone(), row.count as usize, cells, layout));
            if !replayed {
                rows.split(text, at, layout, &mut machine);
            }
        }
        rows
    }

    /// Appends a row of cells that the cutter has found. `false`: it is not as it seemed.
    fn replay(&mut self, text: &'t str, at: Range<usize>, count: usize, cells: &[CellMark], layout: &Layout) -> bool {
        let from = self.cells.len();
        let row = text.get(..at.end).unwrap_or_default();
        if begins_with_mark(row, at.start) {
            return false;
        }
        for mark in cells {
            let place = mark.start as usize..mark.end as usize;
            let cell = if mark.plain { bare_or_quoted(row, place.clone()) } else { plain_cell(row, place.start, layout.delimiter) };
            match cell.filter(|cell| cell.at == place) {
                Some(cell) if cell.value.is_empty() => {}
                Some(cell) => self.cells.push(Cell { column: mark.column as usize, ..cell }),
                None => {
                    self.cells.truncate(from);
                    return false;
                }
            }
        }
        self.list.push(Row { cells: from..self.cells.len(), count, at, damage: Damage::None });
        true
    }

    /// Takes a row apart and appends it.
    fn split(&mut self, text: &'t str, at: Range<usize>, layout: &Layout, machine: &mut Option<Reader>) {
        let from = self.cells.len();
        let filled = |cell: Cell<'t>| {
            if !cell.value.is_empty() {
                self.cells.push(cell);
            }
        };
        if let Some(count) = plain_cells(text, at.clone(), layout.delimiter, filled) {
            self.list.push(Row { cells: from..self.cells.len(), count, at, damage: Damage::None });
            return;
        }
        self.cells.truncate(from);
        let machine = machine.get_or_insert_with(|| machine_of(layout.delimiter));
        let end = machine_cells(machine, text, at.clone(), &mut self.cells);
        let mut damage = Damage::None;
        if end < at.end || !self.cells[from..].iter().all(|cell| is_sound(text, cell)) {
            self.cells.truncate(from);
            let (cells, as_usual) = mend(text, at.clone(), layout);
            let owned = |(column, (value, at))| Cell { value: Cow::Owned(value), at, column };
            self.cells.extend(cells.into_iter().enumerate().map(owned));
            if !as_usual {
                damage = Damage::Quote;
            }
        }
        self.list.push(Row { cells: from..self.cells.len(), count: self.cells.len() - from, at, damage });
    }
}

/// Whether cells stand between delimiters that are nothing else.
fn is_usual(delimiter: u8) -> bool {
    delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\n' | b'\r')
}

/// Whether there may be a mark of the byte order, which the state machine drops.
fn begins_with_mark(row: &str, at: usize) -> bool {
    row.as_bytes().get(at) == Some(&0xef)
}

/// Takes a row apart in which marks stand where they should, around a whole cell and, inside, in pairs, and says how many
/// cells it has. `None`: this row is another. What is read here the state machine reads in the same way.
fn plain_cells<'t>(text: &'t str, row: Range<usize>, delimiter: u8, mut found: impl FnMut(Cell<'t>)) -> Option<usize> {
    let to = text.get(..row.end)?;
    let mut at = row.start;
    if !is_usual(delimiter) || begins_with_mark(to, at) || at == to.len() {
        return None;
    }
    for column in 0.. {
        let cell = plain_cell(to, at, delimiter)?;
        at = cell.at.end + 1;
        found(Cell { column, ..cell });
        if at > to.len() {
            return Some(column + 1);
        }
    }
    None
}

/// A cell with no marks but those around it.
#[inline]
fn bare_or_quoted(text: &str, at: Range<usize>) -> Option<Cell<'_>> {
    let inner = if text.as_bytes().get(at.start) == Some(&b'"') { at.start + 1..at.end - 1 } else { at.clone() };
    Some(Cell { value: text.get(inner)?.into(), at, column: 0 })
}

/// The cell that begins at a place, up to a delimiter or the end of the row, which is that of the text.
#[inline]
fn plain_cell(text: &str, start: usize, delimiter: u8) -> Option<Cell<'_>> {
    let bytes = text.as_bytes();
    // Most cells of wide tables are empty.
    let empty = |length| Cell { value: "".into(), at: start..start + length, column: 0 };
    match bytes.get(start..)? {
        [byte, ..] if *byte == delimiter => return Some(empty(0)),
        [b'"', b'"', byte, ..] if *byte == delimiter => return Some(empty(2)),
        _ => {}
    }
    if bytes.get(start) != Some(&b'"') {
        let end = next(bytes, start, |byte| (byte == delimiter) | (byte == b'"') | (byte == b'\n') | (byte == b'\r'));
        let ends = bytes.get(end).is_none_or(|byte| *byte == delimiter);
        return ends.then_some(Cell { value: text.get(start..end)?.into(), at: start..end, column: 0 });
    }
    let (mut from, mut doubled) = (start + 1, false);
    let end = loop {
        let mark = next(bytes, from, |byte| byte == b'"');
        match bytes.get(mark..)? {
            [b'"'] => break mark,
            [b'"', byte, ..] if *byte == delimiter => break mark,
            [b'"', b'"', ..] => (from, doubled) = (mark + 2, true),
            _ => return None,
        }
    };
    let inner = text.get(start + 1..end)?;
    let value = if doubled { inner.replace("\"\"", "\"").into() } else { inner.into() };
    Some(Cell { value, at: start..end + 1, column: 0 })
}

/// The state machine for a delimiter. Making one takes longer than many rows do; a copy of one reads something else.
fn machine_of(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// Takes one row apart by the state machine; says where it ends.
fn machine_cells(reader: &mut Reader, text: &str, row: Range<usize>, cells: &mut Vec<Cell<'_>>) -> usize {
    reader.reset();
    let bytes = text.as_bytes();
    let mut buffer = vec![0; row.len() + 1];
    let (mut at, mut start) = (row.start, row.start);
    let (mut value, mut filled) = (0, 0);
    let before = cells.len();
    loop {
        let input = bytes.get(at..row.end).unwrap_or_default();
        let (result, read, written) = reader.read_field(input, &mut buffer[filled..]);
        at += read;
        filled += written;
        match result {
            ReadFieldResult::Field { record_end } => {
                let delimited = at > start && at <= row.end && !record_end;
                let words = String::from_utf8_lossy(&buffer[value..filled]).into_owned();
                let column = cells.len() - before;
                cells.push(Cell { value: words.into(), at: start..at - usize::from(delimited), column });
                (start, value) = (at, filled);
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

/// Whether a quoted cell is quoted as it should be: marks around it, those inside doubled. Of a cell that is not, the
/// state machine drops marks.
fn is_sound(text: &str, cell: &Cell<'_>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_rows_are_those_of_the_machine(row in "\u{feff}?([a\" é,;\n\r\t]|\",\"|\"\"){1,12}", delimiter in prop::sample::select(b",;\t\"".to_vec())) {
            let (mut plain, mut cells) = (Vec::new(), Vec::new());
            if let Some(count) = plain_cells(&row, 0..row.len(), delimiter, |cell| plain.push(cell)) {
                let end = machine_cells(&mut machine_of(delimiter), &row, 0..row.len(), &mut cells);
                prop_assert_eq!(end, row.len());
                prop_assert!(plain.iter().all(|cell| is_sound(&row, cell)));
                prop_assert_eq!(plain.len(), count);
                prop_assert_eq!(plain, cells);
            }
        }
    }

    #[test]
    fn a_cell_that_the_end_cuts_off_is_one_cell() {
        let (cells, damage) = read("T,\"one, two\",\"three, four, fi", "title,keywords,abstract");
        assert_eq!(cells, ["T", "one, two", "three, four, fi"]);
        assert_eq!(damage, Damage::Quote);
    }

    fn read(row: &str, header: &str) -> (Vec<String>, Damage) {
        let layout = Layout::find(header.as_bytes());
        let rows = Rows::of(row, std::iter::once(0..row.len()), &layout, None);
        let mut cells = vec![String::new(); rows.list[0].count];
        rows.cells.iter().for_each(|cell| cells[cell.column] = cell.value.to_string());
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
        let rows = Rows::of(row, std::iter::once(0..row.len()), &layout, None);
        let raw: Vec<&str> = rows.cells.iter().map(|cell| &row[cell.at.clone()]).collect();
        assert_eq!(raw, ["a", "\"b, c\"", "2020"]);
    }
}
