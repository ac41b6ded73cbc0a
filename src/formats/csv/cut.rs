//! Where the rows of a table begin: one pass over the bytes, quoted cells of several lines included.
//!
//! # Quotes that nothing closes
//!
//! A quotation mark that opens a cell and is never closed would swallow all that follows. Whether one is closed shows
//! only later, so while a quoted cell goes on over a line end a second automaton reads the same bytes as if the cell had
//! ended there: it looks for rows that have the header's number of columns. As soon as the first automaton is known to
//! be wrong (a quotation mark inside its cell stands where none can, the cell is longer than any is, or the input
//! ends), the second one's rows are the rows. A cell that is closed as it should be is never given up.
//!
//! What the first automaton finds is the [outline](super::outline) of each block.

use super::layout::Layout;
use super::outline::Recorder;
use crate::bytes::next;
use crate::cut::{Context, Cutter, Outline, Window};
use memchr::memchr3;
use std::sync::{Arc, OnceLock};

/// A quoted cell of more bytes than this is given up where rows stand inside it. Less than a record may have.
const LONGEST: u64 = 1 << 20;

/// How many bytes are looked at to find the header.
pub(super) const LOOK: usize = 32 << 10;

/// Where an automaton is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between rows.
    Between,
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotes.
    Bare,
    /// In a quoted cell.
    Quoted,
    /// Behind a quotation mark in a quoted cell.
    Behind,
}

/// Follows rows and quotes, a byte at a time.
#[derive(Clone, Copy, Debug)]
struct Automaton {
    delimiter: u8,
    state: State,
    /// Where the row began.
    start: u64,
    /// Where the cell began.
    cell: u64,
    /// How many cells have ended in the row.
    cells: usize,
    /// Whether a quotation mark stood where none can.
    odd: bool,
    /// Whether one did so in a quoted cell: it may have been the first of another cell.
    doubt: bool,
}

/// What a byte does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It begins a row.
    Begins,
    /// It ends a row and its last cell, which began there.
    Ends(u64),
    /// It ends a cell that another follows; that one began there.
    EndsCell(u64),
    Nothing,
}

/// Empty cells one behind the other.
struct Empty {
    count: usize,
    /// How many bytes they are.
    length: usize,
    /// Whether there may be more behind them.
    goes_on: bool,
}

/// The cells like this where bytes begin. Several are looked at together, so that it is no branch for each whether the next
/// is empty, too.
#[inline]
fn empty_cells<const LENGTH: usize>(cell: [u8; LENGTH], bytes: &[u8]) -> Empty {
    const LOOK: usize = 16;
    let (count, most) = match bytes.first_chunk::<LOOK>() {
        Some(look) => {
            let cells: [u8; LOOK] = std::array::from_fn(|at| cell[at % LENGTH]);
            let differs = u128::from_le_bytes(*look) ^ u128::from_le_bytes(cells);
            (differs.trailing_zeros() as usize / 8 / LENGTH, LOOK / LENGTH)
        }
        None => (usize::from(bytes.starts_with(&cell)), 1),
    };
    Empty { count, length: count * LENGTH, goes_on: count == most }
}

impl Automaton {
    fn new(delimiter: u8) -> Automaton {
        Automaton { delimiter, state: State::Between, start: 0, cell: 0, cells: 0, odd: false, doubt: false }
    }

    fn step(&mut self, byte: u8, at: u64) -> Step {
        let line_end = matches!(byte, b'\n' | b'\r');
        match self.state {
            State::Between if line_end => Step::Nothing,
            State::Between => {
                self.begin(at);
                self.first(byte, at);
                Step::Begins
            }
            State::Start | State::Bare | State::Behind if line_end => {
                self.cells += 1;
                self.state = State::Between;
                Step::Ends(self.cell)
            }
            State::Start => self.first(byte, at),
            State::Bare => {
                self.odd |= byte == b'"';
                if byte == self.delimiter { self.next_cell(at) } else { Step::Nothing }
            }
            State::Quoted => {
                if byte == b'"' {
                    self.state = State::Behind;
                }
                Step::Nothing
            }
            State::Behind => self.behind(byte, at),
        }
    }

    /// A cell ends at a delimiter.
    fn next_cell(&mut self, at: u64) -> Step {
        self.cells += 1;
        self.state = State::Start;
        Step::EndsCell(std::mem::replace(&mut self.cell, at + 1))
    }

    /// Begins a row at a byte.
    fn begin(&mut self, at: u64) {
        *self = Automaton { start: at, cell: at, state: State::Start, ..Automaton::new(self.delimiter) };
    }

    /// Goes on from the beginning of a cell behind all that end on their line and have no marks but those around them: what
    /// [`Automaton::step`] does with their bytes. `start` is the offset of the first byte of all.
    fn pass_cells(&mut self, bytes: &[u8], from: usize, start: u64, recorder: &mut Recorder) -> usize {
        let delimiter = self.delimiter;
        let mut at = from;
        while let Some(first) = bytes.get(at) {
            // Most cells of wide tables are empty, some between any two that are not.
            let rest = bytes.get(at..).unwrap_or_default();
            let empty = if *first == b'"' { empty_cells([b'"', b'"', delimiter], rest) } else { empty_cells([delimiter], rest) };
            self.cells += empty.count;
            at += empty.length;
            if empty.goes_on {
                continue;
            }
            let Some(first) = bytes.get(at) else { break };
            let quoted = usize::from(*first == b'"');
            let end = next(bytes, at + quoted, |byte| {
                (byte == b'"') | (byte == b'\n') | (byte == b'\r') | ((byte == delimiter) & (quoted == 0))
            });
            let behind = end + quoted;
            let closed = quoted == 0 || bytes.get(end) == Some(&b'"');
            match bytes.get(behind) {
                Some(byte) if closed && *byte == delimiter => {}
                Some(b'\n' | b'\r') if closed && behind > at => {
                    self.cell = start + at as u64;
                    self.state = if quoted == 0 { State::Bare } else { State::Behind };
                    return behind;
                }
                _ => break,
            }
            recorder.cell(self.cells, start + at as u64, start + behind as u64, true);
            self.cells += 1;
            at = behind + 1;
        }
        self.cell = start + at as u64;
        at
    }

    /// The first byte of a cell.
    fn first(&mut self, byte: u8, at: u64) -> Step {
        if byte == self.delimiter && byte != b'"' {
            return self.next_cell(at);
        }
        self.state = if byte == b'"' { State::Quoted } else { State::Bare };
        Step::Nothing
    }

    /// The byte behind a quotation mark in a quoted cell.
    fn behind(&mut self, byte: u8, at: u64) -> Step {
        if byte == b'"' {
            self.state = State::Quoted;
        } else if byte == self.delimiter {
            return self.next_cell(at);
        } else {
            // Programs that do not quote cells write titles that begin with a quotation mark; those that quote all cells
            // may leave marks inside as they are. The former have tabs between cells, as a rule.
            (self.odd, self.doubt) = (true, true);
            self.state = if self.delimiter == b'\t' { State::Bare } else { State::Quoted };
        }
        Step::Nothing
    }
}

/// The automaton that reads on as if a quoted cell had ended with a line.
#[derive(Debug)]
struct Other {
    automaton: Automaton,
    /// The rows that it found, from the first that has the header's number of columns.
    rows: Vec<u64>,
}

/// How many columns that no rule knows a table may have whose rows take hardly more memory than their text: of one letter
/// in such a column an extra field is made. How much more is counted for each: not all, for short blocks take time.
const FEW: usize = 64;
const EACH: usize = 8;

/// The cutter of tables.
#[derive(Default)]
pub(super) struct RowCutter {
    layout: Arc<OnceLock<Layout>>,
    /// The offset of the next byte to look at.
    next: u64,
    main: Option<Automaton>,
    other: Option<Other>,
    recorder: Recorder,
}

impl RowCutter {
    /// Gives up the quoted cell that the first automaton is in.
    fn give_up(&mut self, borders: &mut Vec<u64>) -> bool {
        let Some(other) = self.other.take_if(|other| !other.rows.is_empty()) else { return false };
        borders.extend(other.rows);
        self.recorder.forget();
        let mut automaton = other.automaton;
        // The row that it is in has a border already where it is one.
        if automaton.state != State::Between {
            let known = borders.last() == Some(&automaton.start);
            if !known {
                borders.push(automaton.start);
            }
        }
        automaton.delimiter = self.main.map_or(automaton.delimiter, |main| main.delimiter);
        self.main = Some(automaton);
        true
    }

    /// The other automaton's turn at a byte.
    fn step_other(&mut self, byte: u8, at: u64, columns: usize) {
        let Some(other) = &mut self.other else { return };
        if matches!(other.automaton.step(byte, at), Step::Ends(_)) {
            let fits = other.automaton.cells == columns && !other.automaton.odd && columns > 1;
            if fits || !other.rows.is_empty() {
                other.rows.push(other.automaton.start);
            }
        }
    }

    /// Records a row that has ended, if its marks stand where they should.
    fn end_row(&mut self, row: Automaton, cell: u64, at: u64) {
        if row.odd || row.doubt {
            self.recorder.forget();
        } else {
            self.recorder.cell(row.cells - 1, cell, at, false);
            self.recorder.end(row.start, at, row.cells);
        }
    }

    fn scan(&mut self, bytes: &[u8], from: u64, columns: usize, borders: &mut Vec<u64>) {
        let mut at = 0;
        while at < bytes.len() {
            let Some(main) = &mut self.main else { return };
            // To the next byte that does something.
            if self.other.is_none() {
                if main.state == State::Between {
                    let Some(line_ends) = bytes[at..].iter().position(|byte| !matches!(byte, b'\n' | b'\r')) else { return };
                    at += line_ends;
                    main.begin(from + at as u64);
                    borders.push(main.start);
                    self.recorder.begin();
                }
                // With marks as delimiters each byte is looked at.
                if main.state == State::Start && main.delimiter != b'"' {
                    at = main.pass_cells(bytes, at, from, &mut self.recorder);
                }
                let rest = &bytes[at..];
                let skip = match main.state {
                    State::Bare if main.odd => memchr3(main.delimiter, b'\n', b'\r', rest),
                    State::Bare => {
                        let end = memchr3(main.delimiter, b'\n', b'\r', rest);
                        main.odd |= memchr::memchr(b'"', &rest[..end.unwrap_or(rest.len())]).is_some();
                        end
                    }
                    State::Quoted => memchr3(b'"', b'\n', b'\r', rest),
                    State::Between | State::Start | State::Behind => Some(0),
                };
                let Some(skip) = skip else { return };
                at += skip;
            }
            let Some(byte) = bytes.get(at).copied() else { return };
            let offset = from + at as u64;
            at += 1;
            let in_quotes = main.state == State::Quoted;
            let step = main.step(byte, offset);
            let main = *main;
            match step {
                Step::Begins => {
                    borders.push(offset);
                    self.recorder.begin();
                }
                Step::Ends(cell) => {
                    self.end_row(main, cell, offset);
                    self.step_other(byte, offset, columns);
                    if !(main.doubt && self.give_up(borders)) {
                        self.other = None;
                    }
                    continue;
                }
                Step::EndsCell(cell) => self.recorder.cell(main.cells - 1, cell, offset, false),
                Step::Nothing => {}
            }
            self.step_other(byte, offset, columns);
            if in_quotes && matches!(byte, b'\n' | b'\r') && self.other.is_none() {
                self.other = Some(Other { automaton: Automaton::new(main.delimiter), rows: Vec::new() });
            }
            let too_long = in_quotes && offset - main.start > LONGEST;
            if main.doubt || too_long {
                self.give_up(borders);
            }
        }
    }
}

impl Cutter for RowCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        if self.layout.get().is_none() {
            if window.bytes.len() < LOOK && !window.at_end {
                return;
            }
            let head = &window.bytes[..window.bytes.len().min(LOOK)];
            let layout = self.layout.get_or_init(|| Layout::find(head));
            self.main = Some(Automaton::new(layout.delimiter));
            self.next = layout.data as u64;
        }
        let Some(columns) = self.layout.get().map(|layout| layout.names.len()) else { return };
        let bytes = window.from(self.next);
        let (from, end) = (self.next, self.next + bytes.len() as u64);
        self.next = end;
        let first = borders.len();
        self.scan(bytes, from, columns, borders);
        if window.at_end && self.main.is_some_and(|main| main.state == State::Quoted) {
            self.give_up(borders);
        }
        // The first row of all begins no second piece.
        if borders.get(first) == Some(&0) {
            borders.remove(first);
        }
    }

    fn context(&self) -> Option<Context> {
        Some(self.layout.clone())
    }

    fn outline(&mut self, _: u64, to: u64) -> Option<Outline> {
        Some(Box::new(self.recorder.take(to)))
    }

    fn weight(&self) -> usize {
        let unknown = self.layout.get().map_or(0, |layout| layout.names.len().saturating_sub(layout.known));
        if unknown > FEW { unknown * EACH } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_are_passed_as_byte_by_byte(text in "([a,;\\n\"é]|\",|,\"|aaaaaaaaaaaaaaaaa){0,12}") {
            let begun = Automaton { state: State::Start, ..Automaton::new(b',') };
            let (mut passed, mut stepped) = (begun, begun);
            let end = passed.pass_cells(text.as_bytes(), 0, 0, &mut Recorder::default());
            for (at, byte) in text.bytes().enumerate().take(end) {
                stepped.step(byte, at as u64);
            }
            prop_assert_eq!(format!("{passed:?}"), format!("{stepped:?}"));
        }
    }
}
