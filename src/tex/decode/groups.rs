//! Braces, arguments and switches: what opens, what closes, and the marks between.

use super::{Ends, Frame, Reader};
use crate::record::MarkKind;

impl Reader<'_> {
    /// Takes a place for a mark that begins here.
    pub(super) fn begin(&mut self, kind: Option<MarkKind>) -> usize {
        let at = self.plain.len();
        self.marks.push((at, usize::MAX, kind));
        self.marks.len() - 1
    }

    pub(super) fn end(&mut self, mark: usize) {
        let at = self.plain.len();
        if let Some(slot) = self.marks.get_mut(mark) {
            slot.1 = at;
        }
    }

    pub(super) fn kind(&mut self, mark: usize, kind: Option<MarkKind>) {
        if let Some(slot) = self.marks.get_mut(mark) {
            slot.2 = kind;
        }
    }

    pub(super) fn mark_over(&mut self, text: &str, kind: MarkKind) {
        let mark = self.begin(Some(kind));
        self.push(text);
        self.end(mark);
    }

    pub(super) fn open(&mut self, ends: Ends, single: bool) {
        let (switches, quotes) = (self.switches.len(), self.quotes.len());
        self.frames.push(Frame { ends, single, switches, quotes, at: self.at });
    }

    /// `{`: an argument that a command waits for, or a group.
    pub(super) fn open_brace(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && frame.single
        {
            frame.single = false;
            frame.at = self.at;
            self.at += 1;
            return;
        }
        if self.byte(self.at + 1) == Some(b'}') {
            self.at += 2;
            return;
        }
        // `{\` is a special character to BibTeX, which protects nothing.
        let special = self.byte(self.at + 1) == Some(b'\\');
        let mark = if special { None } else { Some(self.begin(None)) };
        self.open(Ends::Group(mark), false);
        self.at += 1;
    }

    pub(super) fn close_brace(&mut self) {
        // A command at the end of its group got no argument.
        while self.frames.last().is_some_and(|f| f.single) {
            self.close_frame();
        }
        if self.frames.is_empty() {
            self.unbalanced = self.unbalanced.or(Some(self.at));
            return self.token(1, "}");
        }
        self.at += 1;
        self.close_frame();
        self.token_done();
    }

    /// A token is complete, and with it every command that wanted just one.
    pub(super) fn token_done(&mut self) {
        while self.frames.last().is_some_and(|f| f.single) {
            self.close_frame();
        }
    }

    pub(super) fn close_frame(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        while self.switches.len() > frame.switches {
            if let Some(mark) = self.switches.pop() {
                self.end(mark);
            }
        }
        self.quotes.truncate(frame.quotes);
        match frame.ends {
            Ends::Group(Some(mark)) => {
                let begins = self.marks.get(mark).map_or(usize::MAX, |m| m.0);
                if self.cased > begins {
                    self.kind(mark, Some(MarkKind::NoCase));
                }
                self.end(mark);
            }
            Ends::Group(None) | Ends::Nothing => {}
            Ends::Mark(mark) => self.end(mark),
            Ends::Accent(keep) => self.flush_accents(keep),
            Ends::Quote(mark, glyph) => {
                self.push(glyph);
                self.end(mark);
            }
            Ends::Wrapped(glyph) => self.push(glyph),
            Ends::Case(outside) => self.case = outside,
            Ends::Known(mark, begin, more) => {
                for _ in 0..more {
                    self.braced();
                }
                self.raws -= 1;
                if self.raws == 0 {
                    self.keep_source(mark, begin);
                }
            }
            Ends::RawGroup(mark, begin) => {
                self.raws -= 1;
                let source = self.slice(begin, self.at).into();
                self.kind(mark, Some(MarkKind::Raw { format: "latex".into(), source }));
                self.end(mark);
            }
            Ends::Raw(mark, begin) => self.close_raw(mark, begin, frame.single),
        }
    }

    /// Ends the switches that were turned on inside a mark that ends here, and begins them again after it: marks nest.
    pub(super) fn restart_switches(&mut self, mark: usize) {
        let outside = self.frames.last().map_or(0, |f| f.switches);
        let start = self.marks.get(mark).map_or(0, |m| m.0);
        for index in (outside..self.switches.len()).rev() {
            let Some(&switch) = self.switches.get(index) else { break };
            let Some((from, _, kind)) = self.marks.get(switch).cloned() else { break };
            if from <= start {
                break;
            }
            self.end(switch);
            let again = self.begin(kind);
            if let Some(slot) = self.switches.get_mut(index) {
                *slot = again;
            }
        }
    }

    /// The brace that closes the one at `open`.
    pub(super) fn partner(&mut self, open: usize) -> Option<usize> {
        let src = self.src;
        let pairs = self.pairs.get_or_insert_with(|| brace_pairs(src.as_bytes()));
        let at = pairs.binary_search_by_key(&open, |&(open, _)| open).ok()?;
        pairs.get(at).map(|&(_, close)| close)
    }
}

/// Pairs of braces, by the first; TeX does not count `\{`.
fn brace_pairs(bytes: &[u8]) -> Vec<(usize, usize)> {
    let (mut pairs, mut open, mut escaped) = (Vec::new(), Vec::new(), false);
    for (at, &b) in bytes.iter().enumerate() {
        match b {
            _ if escaped => {}
            b'{' => open.push(at),
            b'}' => pairs.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    pairs.sort_unstable();
    pairs
}
