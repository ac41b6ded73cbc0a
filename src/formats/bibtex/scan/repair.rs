//! What is never closed: where it ends, and giving back the fields that it swallowed.

use super::bytes::View;
use super::{Fault, Machine, Sink, Sort, State};
use memchr::memchr2;

/// How many times the fields that an open value swallowed are read again in one entry: bounds the work on any input.
const MAX_REPAIRS: u8 = 8;

impl Machine {
    /// The element is broken off at `at`, where the next begins, the input ends, or (in quotes) its own brace closes.
    pub(super) fn broken<S: Sink>(&mut self, view: View<'_>, at: usize, sink: &mut S) {
        if let Some(open) = self.last
            && self.repair(view, open, at, sink)
        {
            return;
        }
        match self.state {
            State::Braced(open, _) => {
                sink.fault(Fault::UnclosedBrace, open);
                sink.give_up();
            }
            State::Quoted(open, ..) => {
                sink.fault(Fault::UnclosedQuote, open);
                if view.byte(at) == Some(b'}') {
                    // The value ends here too, unless there may be other fields in it.
                    if view.slice(open, at).contains(&b'=') {
                        sink.give_up();
                    } else {
                        sink.piece(Sort::Quoted, open + 1, at);
                        sink.field();
                    }
                    self.named = false;
                    self.end(at + 1, sink);
                    return;
                }
                sink.give_up();
            }
            State::Comment(..) => sink.fault(Fault::UnclosedEntry, self.open),
            State::Key => {
                sink.key(at, at);
                sink.fault(Fault::UnclosedEntry, self.open);
            }
            _ => {
                if self.named || self.filled {
                    self.field(sink);
                }
                sink.fault(Fault::UnclosedEntry, self.open);
            }
        }
        self.named = false;
        self.end(at, sink);
    }

    /// If the value that opened at `open` swallowed lines that are fields, ends it before the first of them and goes on
    /// with that line.
    pub(super) fn repair<S: Sink>(&mut self, view: View<'_>, open: usize, to: usize, sink: &mut S) -> bool {
        if self.doubt || self.repairs >= MAX_REPAIRS || open < view.base {
            return false;
        }
        let swallowed = view.slice(open + 1, to);
        // Searches that find nothing count too: a value may be searched once for each quotation mark in it.
        self.repairs += 1;
        let Some((end, line)) = field_line(swallowed) else { return false };
        let (end, line) = (open + 1 + end, open + 1 + line);
        let quoted = view.byte(open) == Some(b'"');
        sink.rewind(line);
        sink.fault(if quoted { Fault::UnclosedQuote } else { Fault::UnclosedBrace }, open);
        match self.state {
            State::Braced(..) => sink.piece(Sort::Braced, open + 1, end),
            State::Quoted(..) => sink.piece(Sort::Quoted, open + 1, end),
            _ => sink.truncate(end),
        }
        self.filled = true;
        self.field(sink);
        self.last = None;
        self.comma = true;
        self.at = line;
        self.state = State::Name;
        true
    }
}

/// The first line that is a field, behind a line that ends with a comma: where the text before ends, and where the line
/// begins.
fn field_line(text: &[u8]) -> Option<(usize, usize)> {
    let mut end = None;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let length = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = rest.get(..length)?;
        if let Some(end) = end
            && begins_field(line)
        {
            return Some((end, from));
        }
        let content = line.trim_ascii_end();
        if let Some(content) = content.strip_suffix(b",") {
            end = Some(from + content.trim_ascii_end().len());
        } else if !content.is_empty() {
            end = None;
        }
        if length == rest.len() {
            return None;
        }
        from += length + 1;
    }
}

/// Whether a line begins with `name = ` and a value.
fn begins_field(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let length = line.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count();
    let Some(behind) = line.get(length..) else { return false };
    let Some(value) = behind.trim_ascii_start().strip_prefix(b"=") else { return false };
    let begins = |byte: &u8| matches!(byte, b'{' | b'"') || byte.is_ascii_alphanumeric();
    line.first().is_some_and(u8::is_ascii_alphabetic) && value.trim_ascii_start().first().is_some_and(begins)
}
