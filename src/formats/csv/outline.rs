//! Where the cells of a block stand, as the cutter found them, so that its reader need not look for them again.
//!
//! The cutter follows each delimiter and each quotation mark to know where rows begin. On its way it [records](Recorder)
//! the cells that are not empty. A row in which a mark stands where none can, or that the cutter took for another first,
//! is not recorded: its reader takes it apart.
//!
//! ```text
//! "a","","b ""c"""\n      a row 0..16 of 3 cells: 0 is 0..3, 2 is 7..16 and not plain
//! ```

use crate::cut::Outlined;
use crate::encoding::Growth;

/// A cell that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellMark {
    pub(super) column: u32,
    /// Where it begins and ends, quotation marks included, in bytes of the block.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether no marks stand in it but those around it.
    pub(super) plain: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowMark {
    /// Where it begins and its line ends, in bytes of the block.
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many cells it has, empty ones included.
    pub(super) count: u32,
    /// How many of them are not empty.
    filled: u32,
}

/// How many cells are kept at most: more than those of any block of usual size.
const MOST: usize = 1 << 18;

/// Records the rows of a stream until they are taken, block by block.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    rows: Vec<RowMark>,
    /// The cells of these rows, and behind them those of the row that is being recorded.
    cells: Vec<CellMark>,
    /// The first cell of the row that is being recorded.
    row: usize,
    /// Whether one is.
    within: bool,
    /// The offset in the input from which those of cells are counted.
    base: u64,
}

/// The rows of a block, in order, and their cells.
#[derive(Debug)]
pub(super) struct Outline {
    rows: Vec<RowMark>,
    cells: Vec<CellMark>,
}

impl Outlined for Outline {
    fn grown(&self, growth: &Growth) -> Option<Outline> {
        let (mut of_row, mut of_cell) = (growth.offsets(), growth.offsets());
        let row = |row: &RowMark| RowMark { start: of_row(row.start), end: of_row(row.end), ..row.clone() };
        let cell = |cell: &CellMark| CellMark { start: of_cell(cell.start), end: of_cell(cell.end), ..*cell };
        Some(Outline { rows: self.rows.iter().map(row).collect(), cells: self.cells.iter().map(cell).collect() })
    }
}

impl Outline {
    /// How many cells the rows have that are not empty.
    pub(super) fn filled(&self) -> usize {
        self.cells.len()
    }

    /// The rows with their cells.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&RowMark, &[CellMark])> {
        let mut from = 0;
        self.rows.iter().map(move |row| {
            let cells = self.cells.get(from..).and_then(|rest| rest.get(..row.filled as usize));
            from += row.filled as usize;
            (row, cells.unwrap_or_default())
        })
    }
}

impl Recorder {
    /// A row begins.
    pub(super) fn begin(&mut self) {
        self.cells.truncate(self.row);
        self.within = true;
    }

    /// A cell of the row has ended.
    #[inline]
    pub(super) fn cell(&mut self, column: usize, start: u64, end: u64, plain: bool) {
        if start == end || !self.within {
            return;
        }
        match (self.at(start), self.at(end), u32::try_from(column)) {
            (Some(start), Some(end), Ok(column)) if self.cells.len() < MOST => {
                self.cells.push(CellMark { column, start, end, plain });
            }
            _ => self.forget(),
        }
    }

    /// The row that began at `start` has ended.
    pub(super) fn end(&mut self, start: u64, end: u64, count: usize) {
        if let (true, Some(start), Some(end), Ok(count)) =
            (self.within, self.at(start), self.at(end), u32::try_from(count))
        {
            let filled = (self.cells.len() - self.row) as u32;
            self.rows.push(RowMark { start, end, count, filled });
            self.row = self.cells.len();
        }
        self.forget();
    }

    /// The row is another than it seemed.
    pub(super) fn forget(&mut self) {
        self.cells.truncate(self.row);
        self.within = false;
    }

    /// An offset as marks have it.
    fn at(&self, offset: u64) -> Option<u32> {
        u32::try_from(offset.checked_sub(self.base)?).ok()
    }

    /// Takes what was recorded before an offset, at which a row begins or the input ends.
    pub(super) fn take(&mut self, to: u64) -> Outline {
        let moved = to.saturating_sub(self.base);
        let behind = |start: u32| u64::from(start) >= moved;
        let rows = self.rows.iter().position(|row| behind(row.start)).unwrap_or(self.rows.len());
        let cells: usize = self.rows.iter().take(rows).map(|row| row.filled as usize).sum();
        let rest = (self.rows.split_off(rows), self.cells.split_off(cells));
        // As much again will come, or a little more.
        let more = |count: usize| count + count / 8;
        let capacity = (more(self.rows.len() + rest.0.len()), more(cells + rest.1.len()));
        let outline = Outline { rows: std::mem::take(&mut self.rows), cells: std::mem::take(&mut self.cells) };
        self.row -= cells;
        // What is left of a row that is cut off in its midst is no row.
        if rest.1.get(self.row).is_some_and(|cell| !behind(cell.start)) {
            self.within = false;
        }
        let by = moved as u32;
        let back = |offset: u32| offset.wrapping_sub(by);
        self.rows.reserve(capacity.0);
        self.rows.extend(rest.0.into_iter().map(|row| RowMark { start: back(row.start), end: back(row.end), ..row }));
        self.cells.reserve(capacity.1);
        let kept = if self.within { rest.1.len() } else { self.row };
        let cells = rest.1.into_iter().take(kept);
        self.cells.extend(cells.map(|cell| CellMark { start: back(cell.start), end: back(cell.end), ..cell }));
        self.base = to;
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::super::cut::RowCutter;
    use super::super::layout::Layout;
    use super::super::split::Rows;
    use super::*;
    use crate::cut::{Cutter as _, Window};
    use crate::encoding::decode_onto;
    use proptest::prelude::*;

    /// Cuts a table into blocks of so many rows, as its bytes come in steps; the beginnings of the blocks with their
    /// pieces and outlines.
    fn blocks(table: &str, step: usize, most: usize) -> Vec<(usize, Vec<usize>, Outline)> {
        let mut cutter = RowCutter::default();
        let (mut blocks, mut borders, mut end, mut from) = (Vec::new(), Vec::new(), 0, 0);
        while end < table.len() {
            end = (end + step).min(table.len());
            let window = Window { bytes: &table.as_bytes()[from..end], start: from as u64, at_end: end == table.len() };
            cutter.advance(window, &mut borders);
            while borders.len() > most || (end == table.len() && from < end) {
                let mut ends: Vec<usize> = borders.drain(..most.min(borders.len())).map(|at| at as usize).collect();
                if borders.is_empty() {
                    ends.push(end);
                }
                let to = *ends.last().unwrap();
                let outline = cutter.outline(from as u64, to as u64).unwrap().downcast().unwrap();
                blocks.push((from, ends, *outline));
                from = to;
            }
        }
        blocks
    }

    fn same_as_without(table: &str, step: usize, most: usize) -> Result<usize, TestCaseError> {
        let layout = Layout::find(table.as_bytes());
        let mut replayed = 0;
        for (from, ends, outline) in blocks(table, step, most) {
            let text = &table[from..*ends.last().unwrap()];
            let starts = std::iter::once(from).chain(ends.iter().copied());
            let pieces: Vec<_> = starts.zip(&ends).map(|(start, end)| start - from..end - from).collect();
            let of = |outline| Rows::of(text, pieces.iter().cloned(), &layout, outline);
            let (with, without) = (of(Some(&outline)), of(None));
            prop_assert_eq!(format!("{with:?}"), format!("{without:?}"), "{:?}", outline);
            replayed += outline.rows.len();
        }
        Ok(replayed)
    }

    /// The same of a table of which a letter is a byte of Windows-1252.
    fn grown_is_same(table: &str, byte: u8) -> Result<(), TestCaseError> {
        let bytes: Vec<u8> = table.bytes().map(|it| if it == b'a' { byte } else { it }).collect();
        let mut cutter = RowCutter::default();
        let mut borders = Vec::new();
        cutter.advance(Window { bytes: &bytes, start: 0, at_end: true }, &mut borders);
        let outline = cutter.outline(0, bytes.len() as u64).unwrap().downcast::<Outline>().unwrap();
        let (mut text, mut growth) = (String::new(), Growth::default());
        decode_onto(&mut text, &bytes, &mut |at, character| growth.push(at, character));
        let mut at = growth.offsets();
        let ends: Vec<usize> = borders.iter().map(|border| at(*border as u32) as usize).chain([text.len()]).collect();
        let pieces: Vec<_> = std::iter::once(0).chain(ends.iter().copied()).zip(ends.iter().copied()).map(|(a, b)| a..b).collect();
        let layout = Layout::find(&bytes);
        let of = |outline| Rows::of(&text, pieces.iter().cloned(), &layout, outline);
        let grown = outline.grown(&growth);
        prop_assert!(grown.is_some());
        prop_assert_eq!(format!("{:?}", of(grown.as_ref())), format!("{:?}", of(None)), "{:?}", table);
        Ok(())
    }

    proptest! {
        #[test]
        fn outlined_rows_are_those_of_the_text(
            rows in "(title,author,year|a\tb\tc)\n(([a\"é,;\t]{0,3}|\"[a\"\n,\t]{0,4}\"|)[,\t\n\r]|a,\"\"\"b\",\"\"\n|\"a,\nb\",,c\n){0,12}",
            step in 1_usize..40,
            most in 1_usize..4,
        ) {
            same_as_without(&rows, step, most)?;
            grown_is_same(&rows, if step < 20 { 0xe9 } else { 0x80 })?;
        }
    }

    #[test]
    fn sound_rows_are_recorded() {
        let table = "title,author,year\n\"a\",\"b, \"\"c\"\"\",\n\"d\ne\",,2020\r\n5\" disks,x,1\nf,g,h\n";
        for (step, most) in [(1, 1), (7, 2), (table.len(), 9)] {
            assert_eq!(same_as_without(table, step, most).unwrap(), 3, "all but that with a mark inside");
        }
    }
}
