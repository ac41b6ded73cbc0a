//! Inside an entry: its key, its fields, what parts them, and its end.

use super::ahead::{bare_text, field_follows, head, is_field_sign, is_percentage, closing_parenthesis, key_length, likely_entry, plain_key, quoted_name};
use super::bytes::{BARE_STOPS, Look, SPACES, STOPS, View, Wait, is_of_name, is_space, run, space};
use super::{Fault, Machine, Next, Sink, Sort, State};
use crate::bytes::{first_of, next};
use memchr::{memchr2, memchr3};

impl Machine {
    pub(super) fn key<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        self.at += space(view.rest(self.at));
        let from = self.at;
        let rest = view.rest(from);
        match rest.first() {
            Some(b'@') if self.new_entry(view, sink)? => return Ok(()),
            Some(b'%') => {
                self.state = State::Percent(Next::Key);
                return Ok(());
            }
            _ => {}
        }
        let (key, next) = match plain_key(rest).filter(|_| self.close == b'}') {
            Some(length) => (rest.get(..length).unwrap_or_default(), from + length),
            None => self.odd_key(view, rest)?,
        };
        let key = key.trim_ascii_end().len();
        sink.key(from, from + key);
        self.at = next;
        self.comma = key == 0;
        self.state = State::Name;
        Ok(())
    }

    /// The key that may be at the beginning of `rest`, and where what follows it begins.
    fn odd_key<'a>(&self, view: View<'_>, rest: &'a [u8]) -> Look<(&'a [u8], usize)> {
        let from = self.at;
        let length = key_length(view, from)?;
        let line = rest.get(..length).unwrap_or_default();
        let stop = rest.get(length).copied();
        // `title = {…`, `key title = {…`: the word before the `=` is a field's name.
        let equals = line.iter().enumerate().find(|(at, byte)| **byte == b'=' && is_field_sign(line, *at, stop));
        Ok(match equals {
            Some((at, _)) => {
                let before = line.get(..at).unwrap_or_default().trim_ascii_end();
                let name = before.iter().rposition(|byte| is_space(*byte)).map_or(0, |space| space + 1);
                (before.get(..name).unwrap_or_default(), from + name)
            }
            // A field follows the key without a comma or the key is the last thing in the entry.
            None if self.close == b')' && let Some(end) = closing_parenthesis(line) => {
                (line.get(..end).unwrap_or_default(), from + end)
            }
            // A remark behind it, which no comma ends.
            None if matches!(stop, Some(b'\n' | b'\r')) && line.contains(&b'%') => {
                let end = line.iter().position(|byte| *byte == b'%').unwrap_or(length);
                (line.get(..end).unwrap_or_default(), from + end)
            }
            None => (line, from + length),
        })
    }

    /// At an `@` between fields: whether the next entry begins there. If so, this one ends.
    fn new_entry<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<bool> {
        let at = self.at;
        let begins =
            if view.begins_line(at, self.open) { head(view, at)?.is_some() } else { likely_entry(view, at)? };
        if begins {
            self.broken(view, at, sink);
        }
        Ok(begins)
    }

    /// Skips white space. What follows, if it is at hand.
    fn next(&mut self, view: View<'_>) -> Look<u8> {
        self.at += space(view.rest(self.at));
        view.byte(self.at).ok_or(Wait)
    }

    fn junk<S: Sink>(&mut self, sink: &mut S) {
        sink.fault(Fault::Junk, self.at);
        self.at += 1;
    }

    /// Takes the fields that are as most are: `name = {value},` with letters, digits and hyphens for a name and nothing
    /// in the value that could be an entry. What is not so, or not whole yet, is left to the states, which would say the
    /// same of these.
    pub(super) fn plain_fields<S: Sink>(&mut self, view: View<'_>, sink: &mut S) {
        while self.comma && self.plain_field(view, sink).is_some() {}
    }

    /// The field that comes next, if it is plain. Behind the last of an entry the brace of that may stand for its comma.
    fn plain_field<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Option<()> {
        let (bytes, base) = (view.bytes, view.base);
        let name = skip_space(bytes, self.at - base);
        let behind = next(bytes, name, |byte| !is_of_name(byte));
        let open = match bytes.get(behind..)?.first_chunk()? {
            b" = {" => behind + 3,
            _ => {
                let equals = skip_space(bytes, behind);
                let open = skip_space(bytes, equals + 1);
                (bytes.get(equals) == Some(&b'=') && bytes.get(open) == Some(&b'{')).then_some(open)?
            }
        };
        let close = close_of(bytes, open)?;
        let stop = skip_space(bytes, close + 1);
        let comma = match bytes.get(stop)? {
            b',' => true,
            b'}' => false,
            _ => return None,
        };
        if behind == name {
            return None;
        }
        sink.plain((base + name, base + behind), (base + open + 1, base + close));
        self.last = Some(base + open);
        (self.sure, self.doubt) = (false, false);
        self.comma = comma;
        self.at = base + stop + usize::from(comma);
        Some(())
    }

    pub(super) fn before_name<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b',' => {
                self.comma = true;
                self.at += 1;
            }
            b'%' => self.remark(Next::Name, sink),
            b'@' if self.new_entry(view, sink)? => {}
            b'{' => {
                // A value without a name, kept apart from the field before it.
                sink.fault(Fault::Junk, self.at);
                sink.name(self.at, self.at);
                (self.named, self.filled) = (true, false);
                self.state = State::Value;
            }
            b'"' if let Some((from, to)) = quoted_name(view, self.at)? => {
                sink.fault(Fault::Junk, self.at);
                self.name_ends(sink, from, to);
                self.at = to + 1;
            }
            byte if byte == self.close || byte == b'}' => self.closing(view, sink, byte)?,
            byte if STOPS[byte as usize] => self.junk(sink),
            _ => {
                self.state = State::InName(self.at);
                return self.in_name(view, sink, self.at);
            }
        }
        Ok(())
    }

    pub(super) fn in_name<S: Sink>(&mut self, view: View<'_>, sink: &mut S, from: usize) -> Look<()> {
        let length = run(view.rest(self.at), &STOPS);
        self.at += length;
        if self.at >= view.end() {
            return Err(Wait);
        }
        self.name_ends(sink, from, self.at);
        Ok(())
    }

    pub(super) fn name_ends<S: Sink>(&mut self, sink: &mut S, from: usize, to: usize) {
        if !self.comma {
            sink.fault(Fault::MissingComma, from);
        }
        sink.name(from, to);
        (self.named, self.filled, self.comma) = (true, false, false);
        self.state = State::Equals;
    }

    pub(super) fn equals<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b'=' => {
                self.at += 1;
                self.state = State::Value;
                return self.value(view, sink);
            }
            b'{' | b'"' => {
                sink.fault(Fault::MissingEquals, self.at);
                self.state = State::Value;
            }
            b'%' => self.remark(Next::Equals, sink),
            b',' => {
                self.field(sink);
                self.state = State::Name;
            }
            b'@' if self.new_entry(view, sink)? => {}
            byte if byte == self.close || byte == b'}' => {
                self.field(sink);
                self.closing(view, sink, byte)?;
            }
            byte if STOPS[byte as usize] => self.junk(sink),
            // Two words: the second is the name.
            _ => {
                sink.fault(Fault::Junk, self.at);
                self.comma = true;
                self.state = State::InName(self.at);
            }
        }
        Ok(())
    }

    pub(super) fn value<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b'{' => {
                self.begin_piece();
                let open = self.at;
                self.state = State::Braced(open, 1);
                self.at += 1;
                return self.braced(view, sink, open, 1);
            }
            b'"' => {
                self.begin_piece();
                self.state = State::Quoted(self.at, 0, 0);
                self.at += 1;
            }
            b'%' => self.remark(Next::Value, sink),
            b'@' if self.new_entry(view, sink)? => {}
            byte if byte == b',' || byte == b'}' || byte == self.close => {
                if self.filled {
                    sink.fault(Fault::MissingValue, self.at);
                }
                self.field(sink);
                self.state = State::Name;
                if byte != b',' {
                    self.closing(view, sink, byte)?;
                }
            }
            byte if STOPS[byte as usize] => self.junk(sink),
            _ => self.state = State::Bare(self.at),
        }
        Ok(())
    }

    fn begin_piece(&mut self) {
        self.last = Some(self.at);
        (self.sure, self.doubt) = (false, false);
    }

    pub(super) fn bare<S: Sink>(&mut self, view: View<'_>, sink: &mut S, from: usize) -> Look<()> {
        self.at += run(view.rest(self.at), &BARE_STOPS);
        match view.byte(self.at).ok_or(Wait)? {
            // An e-mail address, a percentage.
            b'@' if head(view, self.at)?.is_none() => self.at += 1,
            b'%' if self.at > from && is_percentage(view, self.at)? => self.at += 1,
            byte => {
                if let Some(to) = bare_text(view, self.at, byte, self.close)? {
                    sink.fault(Fault::BareText, from);
                    sink.piece(Sort::Text, from, to);
                    self.at = to;
                    self.piece_ends();
                } else {
                    self.bare_ends(sink, from, self.at);
                }
            }
        }
        Ok(())
    }

    fn piece_ends(&mut self) {
        self.last = None;
        self.filled = true;
        self.state = State::After;
    }

    pub(super) fn bare_ends<S: Sink>(&mut self, sink: &mut S, from: usize, to: usize) {
        sink.piece(Sort::Bare, from, to);
        self.piece_ends();
    }

    pub(super) fn after<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b',' => {
                self.field(sink);
                self.comma = true;
                self.at += 1;
                self.state = State::Name;
            }
            b'#' => {
                self.at += 1;
                self.state = State::Value;
            }
            b'%' => self.remark(Next::After, sink),
            b'@' if self.new_entry(view, sink)? => {}
            b'{' | b'"' => {
                sink.fault(Fault::MissingHash, self.at);
                self.state = State::Value;
            }
            byte if byte == self.close || byte == b'}' => {
                self.field(sink);
                self.closing(view, sink, byte)?;
            }
            byte if STOPS[byte as usize] => self.junk(sink),
            _ => {
                self.field(sink);
                self.state = State::Name;
            }
        }
        Ok(())
    }

    /// A comment begins where BibTeX knows none.
    fn remark<S: Sink>(&mut self, next: Next, sink: &mut S) {
        sink.fault(Fault::Remark, self.at);
        self.state = State::Percent(next);
    }

    pub(super) fn percent(&mut self, view: View<'_>, next: State) -> Look<()> {
        let Some(length) = memchr2(b'\n', b'\r', view.rest(self.at)) else {
            self.at = view.end();
            return Err(Wait);
        };
        self.at += length;
        self.state = next;
        Ok(())
    }

    /// The field is complete.
    pub(super) fn field<S: Sink>(&mut self, sink: &mut S) {
        if self.named && !self.filled {
            sink.fault(Fault::MissingValue, self.at);
        }
        sink.field();
        (self.named, self.filled, self.comma) = (false, false, false);
    }

    /// The element's end, unless it goes on behind it.
    fn closing<S: Sink>(&mut self, view: View<'_>, sink: &mut S, byte: u8) -> Look<()> {
        self.state = State::Name;
        let alone = view.begins_line(self.at, self.open);
        if field_follows(view, self.at + 1, alone)? {
            sink.fault(Fault::StrayBrace, self.at);
            self.at += 1;
            return Ok(());
        }
        if byte != self.close {
            sink.fault(Fault::WrongDelimiter, self.at);
        }
        self.end(self.at + 1, sink);
        Ok(())
    }
}

/// How many bytes of a value are looked at together before a search further ahead, the call of which costs as much.
const NEAR: usize = 64;

/// Where the brace is that closes one, if no `@` stands between them.
pub(super) fn close_of(bytes: &[u8], open: usize) -> Option<usize> {
    let stops = |byte| (byte == b'{') | (byte == b'}') | (byte == b'@');
    let (mut depth, mut at) = (0_usize, open + 1);
    loop {
        let rest = bytes.get(at..)?;
        at += match rest.first_chunk::<NEAR>().and_then(|near| first_of(near, stops)) {
            Some(near) => near,
            None => memchr3(b'{', b'}', b'@', rest)?,
        };
        match bytes.get(at)? {
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            b'{' => depth += 1,
            _ => return None,
        }
        at += 1;
    }
}

/// The first place from `at` on that holds no white space.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| SPACES[usize::from(*byte)]) {
        at += 1;
    }
    at
}
