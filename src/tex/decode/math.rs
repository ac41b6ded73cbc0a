//! Math: kept as it is, unless it is text or a single symbol in disguise.

use super::Reader;
use super::command_table::{Action, action};
use super::trivial::{accented, trivial};
use crate::record::{MarkKind, Text};
use crate::tex::tables;
use std::borrow::Cow;

impl Reader<'_> {
    /// `$`: math up to its partner, or a dollar sign.
    pub(super) fn dollar(&mut self) {
        let begin = self.at;
        if self.closing.last() == Some(&begin) {
            self.closing.pop();
            self.at += 1;
            return;
        }
        let delimiter = if self.byte(begin + 1) == Some(b'$') { "$$" } else { "$" };
        match self.math_end(begin + delimiter.len(), delimiter) {
            Some(end) => self.math(begin + delimiter.len(), end, delimiter.len(), begin),
            None => self.token(1, "$"),
        }
    }

    /// Where math that begins at `from` ends, within its group.
    pub(super) fn math_end(&mut self, from: usize, close: &str) -> Option<usize> {
        let mut at = from;
        loop {
            match self.byte(at)? {
                b'}' => return None,
                b'{' => at = self.partner(at)? + 1,
                _ if self.src.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(close.as_bytes())) => break,
                // Math does not begin inside math: what would is text, and no scan looks at a byte that another has seen.
                b'\\' if matches!(self.byte(at + 1), Some(b'(' | b'[')) => return None,
                b'\\' => at += 2,
                b'$' => return None,
                _ => at += 1,
            }
        }
        let inner = self.slice(from, at);
        // `$5 and $10` are two prices.
        let price = close == "$"
            && inner.ends_with(|c: char| c.is_whitespace())
            && self.byte(at + 1).is_some_and(|b| b.is_ascii_digit());
        (!inner.trim().is_empty() && !price).then_some(at)
    }

    /// Math between `from` and `end`, whose delimiters are `len` bytes and begin at `begin`.
    pub(super) fn math(&mut self, from: usize, end: usize, len: usize, begin: usize) {
        let inner = self.slice(from, end);
        let tidied = tidied(inner);
        if let Some(parts) = trivial(&tidied) {
            for (kind, text) in parts {
                match kind {
                    Some(kind) => self.mark_over(&text, kind),
                    None => self.push(&text),
                }
            }
            self.at = end + len;
            return self.token_done();
        }
        if let Some(letter) = accented(&tidied).filter(|_| self.within_word(end + len)) {
            self.at = end + len;
            return self.token(0, letter.encode_utf8(&mut [0; 4]));
        }
        if self.is_text(inner, end) {
            self.closing.push(end);
            self.at = end - inner.trim_start().len();
            return;
        }
        self.flush_accents(0);
        let ensured = self.slice(begin, from).starts_with("\\ensuremath");
        let mark = self.begin(Some(MarkKind::Math));
        if ensured {
            self.plain.push('$');
            self.plain_source(inner);
            self.plain.push('$');
        } else {
            self.plain_source(self.slice(begin, end + len));
        }
        self.end(mark);
        self.at = end + len;
        self.token_done();
    }

    /// Whether a letter stands before this place of the text or behind that place of the source.
    fn within_word(&self, end: usize) -> bool {
        let follows = self.src.get(end..).and_then(|rest| rest.chars().next());
        follows.is_some_and(char::is_alphabetic) || self.plain.chars().next_back().is_some_and(char::is_alphabetic)
    }

    /// Math is kept as it is, its line ends as spaces.
    pub(super) fn plain_source(&mut self, source: &str) {
        for (index, line) in source.lines().flat_map(|line| line.split('\r')).enumerate() {
            if index > 0 {
                self.plain.push(' ');
            }
            self.plain.push_str(line);
        }
    }

    /// Whether math is nothing but a text command (`$\textit{GAMR}$`), which is then read as text.
    pub(super) fn is_text(&self, inner: &str, end: usize) -> bool {
        let Some(command) = inner.trim().strip_prefix('\\') else { return false };
        let len = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        let Some((name, rest)) = command.split_at_checked(len) else { return false };
        let argument = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        matches!(action(name), Some(Action::Mark(_) | Action::Through))
            && argument.is_some_and(|text| !text.contains(['$', '^', '_', '\\', '{', '}']))
            && self.byte(end) == Some(b'$')
            && self.byte(end + 1) != Some(b'$')
    }
}

/// A formula as it stands in the text in the end, where it must mean the same: a line that was broken inside it is none.
fn tidied(math: &str) -> Cow<'_, str> {
    if math.bytes().all(|b| matches!(b, b' '..=b'~')) && !math.contains("  ") {
        return math.into();
    }
    let mut text = Text::plain(math);
    text.tidy();
    text.as_str().replace('\n', " ").into()
}

/// One letter of an alphabet, itself perhaps a command: `\boldsymbol{\gamma}`.
pub(super) fn styled(command: &str, inner: &str) -> Option<char> {
    let inner = inner.trim();
    let c = match inner.strip_prefix('\\') {
        Some(name) => tables::symbol(name)?,
        None => {
            let mut chars = inner.chars();
            chars.next().filter(|_| chars.as_str().is_empty())?
        }
    };
    tables::styled(command, c)
}
