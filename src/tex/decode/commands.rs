//! What begins with a backslash: which command it is.

use super::command_table::action;
use super::{Ends, Reader};
use crate::record::MarkKind;
use crate::tex::tables;

/// Control symbols that stand for a character.
const CONTROL: &[(u8, &str)] = &[
    (b'&', "&"),
    (b'%', "%"),
    (b'$', "$"),
    (b'#', "#"),
    (b'_', "_"),
    (b'{', "{"),
    (b'}', "}"),
    (b' ', " "),
    (b'\n', " "),
    (b'\r', " "),
    (b'\t', " "),
    (b',', "\u{202f}"),
    (b':', "\u{205f}"),
    (b';', "\u{2004}"),
    (b'-', "\u{ad}"),
    (b'|', "‖"),
    (b'/', ""),
    (b'@', ""),
    (b'!', ""),
];

impl Reader<'_> {
    /// A backslash and what it makes of the next characters.
    pub(super) fn command(&mut self) {
        let begin = self.at;
        let letters = self.src.as_bytes().get(begin + 1..).unwrap_or_default();
        let len = letters.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        if len == 0 {
            return self.control_symbol();
        }
        let name = self.slice(begin + 1, begin + 1 + len);
        self.at = begin + 1 + len;
        if let Some(accent) = tables::accent_named(name) {
            return self.accent(accent);
        }
        if name == "t" {
            self.argument(Ends::Accent(self.accents.len()));
            self.tie = true;
            return;
        }
        if let Some(c) = tables::symbol(name) {
            self.skip_space();
            let mut utf8 = [0; 4];
            return self.token(0, c.encode_utf8(&mut utf8));
        }
        if let Some(action) = action(name) {
            return self.act(action, begin);
        }
        if let Some(title) = tables::journal(name) {
            return self.logo(title, begin);
        }
        if !(tables::is_alphabet(name) && self.alphabet(name)) {
            self.unknown(begin, name);
        }
    }

    fn control_symbol(&mut self) {
        let begin = self.at;
        let Some(b) = self.byte(begin + 1) else { return self.token(1, "\\") };
        if b == b'(' || b == b'[' {
            let close = if b == b'(' { "\\)" } else { "\\]" };
            if let Some(end) = self.math_end(begin + 2, close) {
                return self.math(begin + 2, end, 2, begin);
            }
        }
        if b == b'\\' {
            self.at += 2;
            self.after_line_break();
            return self.token(0, "\n");
        }
        if let Some(&(_, text)) = CONTROL.iter().find(|&&(c, _)| c == b) {
            return self.token(2, text);
        }
        if b == b'"' && self.escaped_quote() {
            return;
        }
        let name = self
            .src
            .get(begin + 1..)
            .and_then(|s| s.chars().next())
            .map_or("", |c| self.slice(begin + 1, begin + 1 + c.len_utf8()));
        self.at = begin + 1 + name.len();
        if let Some(accent) = tables::accent_named(name) {
            return self.accent(accent);
        }
        self.unknown(begin, name);
    }

    pub(super) fn accent(&mut self, accent: &'static tables::Accent) {
        let waiting = self.accents.len();
        self.accents.push(accent);
        self.argument(Ends::Accent(waiting));
    }

    /// Begins a switch, unless it is on already in this group.
    pub(super) fn switch(&mut self, kind: &MarkKind) {
        self.skip_space();
        let outside = self.frames.last().map_or(0, |f| f.switches);
        let on = self.switches.get(outside..).unwrap_or_default();
        if !on.iter().any(|&mark| self.marks.get(mark).is_some_and(|m| m.2.as_ref() == Some(kind))) {
            let mark = self.begin(Some(kind.clone()));
            self.switches.push(mark);
        }
        self.token_done();
    }

    /// Ends switches that were turned on in this group; those inside them end too, and begin again.
    pub(super) fn switch_off(&mut self, is_off: fn(&MarkKind) -> bool) {
        self.skip_space();
        let outside = self.frames.last().map_or(0, |f| f.switches);
        let off = |reader: &Self, mark: usize| reader.marks.get(mark).and_then(|m| m.2.as_ref()).is_some_and(is_off);
        let on = self.switches.get(outside..).unwrap_or_default();
        if let Some(first) = on.iter().position(|&mark| off(self, mark)) {
            for mark in self.switches.split_off(outside + first) {
                self.end(mark);
                if !off(self, mark) {
                    let kind = self.marks.get(mark).and_then(|m| m.2.clone());
                    let again = self.begin(kind);
                    self.switches.push(again);
                }
            }
        }
        self.token_done();
    }

    /// Takes a place for the mark of a command that keeps its source. An accent finds no letter there.
    pub(super) fn begin_known(&mut self) -> usize {
        self.flush_accents(0);
        self.begin(None)
    }

    /// A known command that ends here: it keeps its source.
    pub(super) fn known(&mut self, mark: usize, begin: usize) {
        if self.raws == 0 {
            self.keep_source(mark, begin);
        }
        self.token_done();
    }

    /// A command word takes the spaces after it; empty braces that were put there to stop it have done their work.
    pub(super) fn after_word(&mut self) {
        if self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) == Some(b'}') {
            self.at += 2;
        } else {
            self.skip_space();
        }
    }

    /// One letter of a mathematical alphabet; several are left to math.
    fn alphabet(&mut self, name: &str) -> bool {
        let from = self.at;
        let styled = self.braced().and_then(|inner| super::math::styled(name, inner));
        let Some(c) = styled else {
            self.at = from;
            return false;
        };
        self.token(0, c.encode_utf8(&mut [0; 4]));
        true
    }
}
