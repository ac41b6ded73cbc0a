//! Inside a value: braces, quotation marks, and whether what looks like an entry there is text.

use super::ahead::{LOOK, after_quote, field_follows, likely_entry};
use super::bytes::{IN_QUOTES, Look, View, Wait, run, space};
use super::{Fault, Machine, Sink, Sort, State};
use memchr::{memchr2, memchr3};

/// How far a brace may be from its partner if something that looks like an entry stands between them.
const VALUE_REACH: usize = 64 << 10;

impl Machine {
    /// Goes on in a group of braces up to its end or, if the brace that opened it has no partner, to what must be the
    /// next entry. Says whether it is the end.
    pub(super) fn group(&mut self, view: View<'_>, open: usize, depth: usize, reach: usize) -> Look<bool> {
        let mut depth = depth;
        let begin = self.at;
        let bytes = view.rest(begin);
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = if self.sure { memchr2(b'{', b'}', rest) } else { memchr3(b'{', b'}', b'@', rest) };
            let Some(found) = found else {
                self.at = view.end();
                self.keep_depth(depth);
                return Err(Wait);
            };
            at += found;
            match bytes.get(at) {
                Some(b'{') => depth += 1,
                Some(b'}') => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = begin + at + 1;
                        return Ok(true);
                    }
                }
                _ => {
                    let candidate = begin + at;
                    if view.begins_line(candidate, open) {
                        self.at = candidate;
                        self.keep_depth(depth);
                        if likely_entry(view, candidate)? {
                            if !self.is_text(view, open, reach)? {
                                return Ok(false);
                            }
                            (self.sure, self.doubt) = (true, true);
                        }
                    }
                }
            }
            at += 1;
        }
    }

    /// Remembers how many braces are open while more bytes are waited for.
    fn keep_depth(&mut self, now: usize) {
        if let State::Comment(_, depth) | State::Braced(_, depth) = &mut self.state {
            *depth = now;
        }
    }

    pub(super) fn braced<S: Sink>(&mut self, view: View<'_>, sink: &mut S, open: usize, depth: usize) -> Look<()> {
        if !self.group(view, open, depth, VALUE_REACH)? {
            self.broken(view, self.at, sink);
            return Ok(());
        }
        if self.doubt {
            sink.fault(Fault::EntryInValue, open);
        }
        sink.piece(Sort::Braced, open + 1, self.at - 1);
        self.filled = true;
        self.state = State::After;
        Ok(())
    }

    /// Whether what looks like an entry inside the group that opened at `open` is text: the group closes near by, and
    /// goes on as a value does. Else the partner of its brace belongs to another entry.
    fn is_text(&mut self, view: View<'_>, open: usize, reach: usize) -> Look<bool> {
        let Some(close) = self.braces.partner(view, open, reach)? else { return Ok(false) };
        if !matches!(self.state, State::Braced(..)) {
            return Ok(true);
        }
        let rest = view.rest(close + 1);
        let spaces = space(rest.get(..LOOK).unwrap_or(rest));
        match rest.get(spaces) {
            Some(b',' | b'}' | b')' | b'#') => Ok(true),
            None if !view.at_end && spaces < LOOK => Err(Wait),
            _ => Ok(false),
        }
    }

    pub(super) fn quoted<S: Sink>(&mut self, view: View<'_>, sink: &mut S, open: usize, depth: usize, inner: usize) -> Look<()> {
        let (mut depth, mut inner) = (depth, inner);
        loop {
            self.at += run(view.rest(self.at), &IN_QUOTES);
            self.state = State::Quoted(open, depth, inner);
            match view.byte(self.at).ok_or(Wait)? {
                b'{' => {
                    if depth == 0 {
                        inner = self.at;
                        self.sure = false;
                    }
                    depth += 1;
                }
                b'}' if depth == 0 => {
                    // Braces are balanced in a value, so this one ends the value or the entry.
                    if field_follows(view, self.at + 1, false)? && !view.slice(open, self.at).contains(&b'=') {
                        sink.fault(Fault::UnclosedQuote, open);
                        self.quoted_ends(sink, open);
                    } else {
                        self.broken(view, self.at, sink);
                    }
                    return Ok(());
                }
                b'}' => depth -= 1,
                b'"' if depth == 0 => {
                    if after_quote(view, self.at + 1)? {
                        self.quoted_ends(sink, open);
                        return Ok(());
                    }
                    let near = view.slice(open.max(self.at.saturating_sub(LOOK)), self.at);
                    if near.trim_ascii_end().ends_with(b"=") && self.repair(view, open, self.at + 1, sink) {
                        return Ok(());
                    }
                    sink.fault(Fault::InnerQuote, self.at);
                }
                b'@' if !(depth > 0 && self.sure)
                    && view.begins_line(self.at, open)
                    && likely_entry(view, self.at)? =>
                {
                    if depth == 0 || !self.is_text(view, inner, VALUE_REACH)? {
                        self.broken(view, self.at, sink);
                        return Ok(());
                    }
                    (self.sure, self.doubt) = (true, true);
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn quoted_ends<S: Sink>(&mut self, sink: &mut S, open: usize) {
        if self.doubt {
            sink.fault(Fault::EntryInValue, open);
        }
        sink.piece(Sort::Quoted, open + 1, self.at);
        self.filled = true;
        self.at += 1;
        self.state = State::After;
    }
}
