//! Where the elements of a .bib file begin.
//!
//! The cutter runs the [machine](super::scan) that the lexer runs, so that each piece, lexed on its own, gives what the
//! lexer finds there in the whole: no decision looks back over the beginning of an element, and those that look ahead
//! come out the same where the text ends at the next border. A border whose decision needs bytes that have not come yet
//! is given when they have. On its way it collects the definitions of macros, which later blocks use, and the
//! [outline](super::outline) of each block, so that the lexer need not run the machine again.

use super::macros::Macros;
use super::outline::Recorder;
use super::scan::{Body, Fault, Machine, Sink, Sort, Stop, View};
use crate::cut::{Context, Cutter, Outline, Window};
use std::sync::Arc;

/// Finds the beginnings of elements: `@word{`, `@word(`, `@comment`.
#[derive(Debug)]
pub(super) struct BibCutter {
    machine: Machine,
    /// Where the `@string` that is being read begins.
    definition: Option<usize>,
    macros: Option<Arc<Macros>>,
    recorder: Recorder,
    /// Whether only the borders are wanted.
    passes: bool,
}

impl Default for BibCutter {
    fn default() -> BibCutter {
        BibCutter { machine: Machine::new(), definition: None, macros: None, recorder: Recorder::default(), passes: false }
    }
}

/// Takes beginnings, and the text of definitions; all else is recorded.
struct Borders<'a> {
    found: &'a mut Vec<u64>,
    view: View<'a>,
    definition: &'a mut Option<usize>,
    macros: &'a mut Option<Arc<Macros>>,
    recorder: &'a mut Recorder,
}

impl Borders<'_> {
    /// An element begins. What has been cut off already, as too long, has no border any more.
    fn begin(&mut self, at: usize) {
        if at > self.view.base {
            self.found.push(at as u64);
        }
    }
}

impl Sink for Borders<'_> {
    fn start(&mut self, at: usize, word: (usize, usize), open: u8) {
        self.recorder.start(at, word, open);
        self.begin(at);
        *self.definition = (Body::of(self.view.slice(word.0, word.1)) == Body::Strings).then_some(at);
    }

    fn end(&mut self, to: usize) {
        self.recorder.end(to);
        if let Some(at) = self.definition.take().filter(|at| *at >= self.view.base) {
            self.macros.get_or_insert_default().define(at as u64, self.view.slice(at, to));
        }
    }

    fn text(&mut self, from: usize, to: usize) {
        self.recorder.text(from, to);
    }

    fn key(&mut self, from: usize, to: usize) {
        self.recorder.key(from, to);
    }

    fn name(&mut self, from: usize, to: usize) {
        self.recorder.name(from, to);
    }

    fn piece(&mut self, sort: Sort, from: usize, to: usize) {
        self.recorder.piece(sort, from, to);
    }

    fn field(&mut self) {
        self.recorder.field();
    }

    fn plain(&mut self, name: (usize, usize), value: (usize, usize)) {
        self.recorder.plain(name, value);
    }

    fn rewind(&mut self, to: usize) {
        self.recorder.rewind(to);
    }

    fn truncate(&mut self, to: usize) {
        self.recorder.truncate(to);
    }

    fn give_up(&mut self) {
        self.recorder.give_up();
    }

    #[cold]
    fn fault(&mut self, fault: Fault, at: usize) {
        self.recorder.fault(fault, at);
    }
}

impl Cutter for BibCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        let view = View { bytes: window.bytes, base: window.start as usize, at_end: window.at_end };
        let mut sink = Borders {
            found: borders,
            view,
            definition: &mut self.definition,
            macros: &mut self.macros,
            recorder: &mut self.recorder,
        };
        loop {
            if self.passes {
                self.machine.pass(view, |at| sink.begin(at));
            }
            if self.machine.run(view, &mut sink) != Stop::Element {
                return;
            }
        }
    }

    fn context(&self) -> Option<Context> {
        self.macros.clone().map(|macros| macros as Context)
    }

    fn outline(&mut self, from: u64, to: u64) -> Option<Outline> {
        self.recorder.take(from as usize, to as usize).map(|outline| Box::new(outline) as Outline)
    }

    fn weight(&self) -> usize {
        self.macros.as_ref().map_or(0, |macros| macros.weight())
    }

    fn forgo_outlines(&mut self) {
        self.recorder = Recorder::of_nothing();
        self.passes = true;
    }
}

#[cfg(test)]
#[path = "cut_tests.rs"]
mod tests;
