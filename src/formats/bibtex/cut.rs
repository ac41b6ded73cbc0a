//! Where the elements of a .bib file begin.
//!
//! The cutter runs the [machine](super::scan) that the lexer runs, so that each piece, lexed on its own, gives what the
//! lexer finds there in the whole: no decision looks back over the beginning of an element, and those that look ahead
//! come out the same where the text ends at the next border. A border whose decision needs bytes that have not come yet
//! is given when they have.

use super::scan::{Machine, Sink, Stop, View};
use crate::cut::{Cutter, Window};

/// Finds the beginnings of elements: `@word{`, `@word(`, `@comment`.
#[derive(Debug)]
pub(super) struct BibCutter {
    machine: Machine,
}

impl Default for BibCutter {
    fn default() -> BibCutter {
        BibCutter { machine: Machine::new() }
    }
}

/// Takes beginnings and nothing else.
struct Borders<'a> {
    borders: &'a mut Vec<u64>,
    start: usize,
}

impl Sink for Borders<'_> {
    fn start(&mut self, at: usize, _word: (usize, usize), _open: u8) {
        // What has been cut off already, as too long, has no border any more.
        if at > self.start {
            self.borders.push(at as u64);
        }
    }
}

impl Cutter for BibCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        let start = window.start as usize;
        let view = View { bytes: window.bytes, base: start, at_end: window.at_end };
        let mut sink = Borders { borders, start };
        while self.machine.run(view, &mut sink) == Stop::Element {}
    }
}

#[cfg(test)]
#[path = "cut_tests.rs"]
mod tests;
