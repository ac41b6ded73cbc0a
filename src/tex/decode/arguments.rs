//! Arguments of commands: groups, options, numbers, lengths.

use super::{Ends, Reader};

/// The units of TeX's lengths.
const UNITS: &[&str] = &["pt", "em", "ex", "cm", "mm", "in", "bp", "pc", "dd", "cc", "sp", "mu"];

impl<'a> Reader<'a> {
    /// Waits for an argument: the next token, or what is between the braces that follow.
    pub(super) fn argument(&mut self, ends: Ends) {
        self.skip_space();
        self.open(ends, true);
        if self.byte(self.at).is_none() {
            self.token_done();
        }
    }

    /// The inside of the braces that follow, which are skipped.
    pub(super) fn braced(&mut self) -> Option<&'a str> {
        let mut open = self.at;
        while self.byte(open).is_some_and(|b| b.is_ascii_whitespace()) {
            open += 1;
        }
        if self.byte(open) != Some(b'{') {
            return None;
        }
        let close = self.partner(open)?;
        self.at = close + 1;
        Some(self.slice(open + 1, close))
    }

    /// The inside of `[…]` directly after a command, where it is short and simple enough to be one.
    pub(super) fn bracketed(&mut self) -> Option<&'a str> {
        if self.byte(self.at) != Some(b'[') {
            return None;
        }
        let from = self.at + 1;
        let rest = self.src.as_bytes().get(from..).unwrap_or_default();
        let len = rest.iter().take(200).position(|b| matches!(b, b']' | b'{' | b'}' | b'\n' | b'$'))?;
        if rest.get(len) != Some(&b']') {
            return None;
        }
        self.at = from + len + 1;
        Some(self.slice(from, from + len))
    }

    /// The inside of two of the same punctuation mark: `|…|`. The mark decides where it ends, not braces.
    pub(super) fn delimited(&mut self) -> Option<&'a str> {
        let mark = self.byte(self.at).filter(|b| b.is_ascii_punctuation() && !b"{}\\$%*[]".contains(b))?;
        let from = self.at + 1;
        let rest = self.src.as_bytes().get(from..)?;
        let len = memchr::memchr3(mark, b'{', b'}', rest).filter(|&len| rest.get(len) == Some(&mark))?;
        self.at = from + len + 1;
        Some(self.slice(from, from + len))
    }

    /// A number as TeX reads it, perhaps between braces: `126`, `"7E`, `'176`, `` `\~ ``. The space behind it is its end.
    pub(super) fn number(&mut self) -> Option<u32> {
        let from = self.at;
        let inner = self.braced();
        let rest = inner.or_else(|| self.src.get(from..))?.trim_start_matches(' ');
        let found = number(rest);
        match (inner, found) {
            (Some(inner), Some((number, rest))) if rest.trim().is_empty() && !inner.is_empty() => Some(number),
            (None, Some((number, rest))) => {
                self.at = self.src.len() - rest.len() + usize::from(rest.starts_with(' '));
                Some(number)
            }
            _ => {
                self.at = from;
                None
            }
        }
    }

    /// Skips a length or a number, with what it may stretch and shrink: `-.1em plus 1pt`.
    pub(super) fn dimension(&mut self) {
        let Some(mut rest) = self.src.get(self.at..) else { return };
        loop {
            let number = rest.trim_start().trim_start_matches(['+', '-']);
            let digits = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
            if digits.len() == number.len() {
                break;
            }
            let unit = digits.trim_start();
            rest = UNITS.iter().find_map(|name| unit.strip_prefix(name)).unwrap_or(digits);
            let word = rest.trim_start();
            match word.strip_prefix("plus").or_else(|| word.strip_prefix("minus")) {
                Some(more) => rest = more,
                None => break,
            }
        }
        self.at = self.src.len() - rest.len();
    }

    /// `*` and a length in brackets behind a line break.
    pub(super) fn after_line_break(&mut self) {
        self.at += usize::from(self.byte(self.at) == Some(b'*'));
        let from = self.at;
        let is_length = |inner: &str| UNITS.iter().any(|unit| inner.ends_with(unit));
        if !self.bracketed().is_some_and(is_length) {
            self.at = from;
        }
    }
}

/// A number at the beginning of a string, and the rest.
fn number(source: &str) -> Option<(u32, &str)> {
    if let Some(rest) = source.strip_prefix('`') {
        let rest = rest.strip_prefix('\\').unwrap_or(rest);
        let c = rest.chars().next().filter(|c| !matches!(c, '{' | '}'))?;
        return Some((c as u32, rest.get(c.len_utf8()..)?));
    }
    let (base, digits) = match source.as_bytes().first()? {
        b'"' => (16, source.get(1..)?),
        b'\'' => (8, source.get(1..)?),
        _ => (10, source),
    };
    let len = digits.bytes().take_while(|b| char::from(*b).is_digit(base) && !b.is_ascii_lowercase()).count();
    let (digits, rest) = digits.split_at_checked(len)?;
    Some((u32::from_str_radix(digits, base).ok()?, rest))
}
