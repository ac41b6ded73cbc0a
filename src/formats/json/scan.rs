//! JSON objects of the usual kind, found sound and taken apart in one pass.
//!
//! What is accepted here is JSON, and the members are those that `serde_json` finds; what needs a closer look (names with
//! escapes, brackets in many brackets, anything wrong) is left to it.

use crate::bytes::next;
use std::ops::Range;

/// How deep brackets stand in one another at most.
const DEEPEST: usize = 16;

/// Shows the members of the object that a text begins with, names without their quotation marks; says where the object
/// ends. `None`: it may be one, or not, or `member` said that it does not go on.
pub(in crate::formats) fn object(
    bytes: &[u8],
    mut member: impl FnMut(Range<usize>, Range<usize>) -> Option<()>,
) -> Option<usize> {
    let mut scan = Scan::of(bytes);
    scan.take(b'{')?;
    if scan.next()? == b'}' {
        return Some(scan.at + 1);
    }
    loop {
        let name = scan.name()?;
        scan.blank();
        let from = scan.at;
        scan.value(DEEPEST)?;
        member(name, from..scan.at)?;
        if scan.ends(b'}')? {
            return Some(scan.at);
        }
    }
}

/// The place of the first quotation mark, backslash or control character from a place on, or the end.
#[inline]
pub(in crate::formats) fn plain_end(bytes: &[u8], from: usize) -> usize {
    next(bytes, from, |byte| (byte == b'"') | (byte == b'\\') | (byte < b' '))
}

/// A place in a JSON text. Its methods go on from there behind what they are asked for; `None`: something else stands
/// there, or what they leave to others.
#[derive(Debug)]
pub(in crate::formats) struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    /// At the beginning of a text.
    pub(in crate::formats) fn of(bytes: &'a [u8]) -> Scan<'a> {
        Scan { bytes, at: 0 }
    }

    /// Goes on behind white space.
    #[inline]
    fn blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// The next byte that is no white space; it is still to come.
    #[inline]
    pub(in crate::formats) fn next(&mut self) -> Option<u8> {
        self.blank();
        self.bytes.get(self.at).copied()
    }

    /// A byte, which may have white space before it.
    #[inline]
    pub(in crate::formats) fn take(&mut self, byte: u8) -> Option<()> {
        let found = self.next() == Some(byte);
        self.at += 1;
        found.then_some(())
    }

    /// A comma, or the bracket that closes: whether it is that.
    #[inline]
    pub(in crate::formats) fn ends(&mut self, close: u8) -> Option<bool> {
        let next = self.next()?;
        self.at += 1;
        (next == b',' || next == close).then_some(next == close)
    }

    /// Nothing but white space.
    pub(in crate::formats) fn end(&mut self) -> Option<()> {
        self.next().is_none().then_some(())
    }

    /// The words of a string without escapes: where they stand.
    #[inline]
    pub(in crate::formats) fn words(&mut self) -> Option<Range<usize>> {
        self.take(b'"')?;
        let from = self.at;
        let end = plain_end(self.bytes, from);
        self.at = end + 1;
        (self.bytes.get(end) == Some(&b'"')).then_some(from..end)
    }

    /// The name of a member, without escapes, and the colon: where the name stands.
    #[inline]
    pub(in crate::formats) fn name(&mut self) -> Option<Range<usize>> {
        let name = self.words()?;
        self.take(b':')?;
        Some(name)
    }

    /// A number without a sign, a fraction or an exponent; not 0.
    pub(in crate::formats) fn number(&mut self) -> Option<u32> {
        self.blank();
        let mut number = 0u32;
        let from = self.at;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at) {
            number = number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
            self.at += 1;
        }
        // A fraction shows where a comma or a bracket must stand.
        (self.bytes.get(from) != Some(&b'0') && self.at > from).then_some(number)
    }

    /// Goes on behind a string.
    fn string(&mut self) -> Option<()> {
        self.take(b'"')?;
        self.at = plain_end(self.bytes, self.at);
        if self.bytes.get(self.at) == Some(&b'"') {
            self.at += 1;
            return Some(());
        }
        self.escaped()
    }

    /// Goes on behind a string from an escape on.
    fn escaped(&mut self) -> Option<()> {
        loop {
            match self.bytes.get(self.at..)? {
                [b'"', ..] => {
                    self.at += 1;
                    return Some(());
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.at += 2,
                [b'\\', b'u', digits @ ..] if digits.iter().take_while(|it| it.is_ascii_hexdigit()).take(4).count() == 4 => {
                    self.at += 6;
                }
                _ => return None,
            }
            self.at = plain_end(self.bytes, self.at);
        }
    }

    /// Goes on behind a value.
    fn value(&mut self, deepest: usize) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        match rest.first()? {
            b'"' => self.string(),
            b'{' => self.inside(b'}', deepest.checked_sub(1)?),
            b'[' => self.inside(b']', deepest.checked_sub(1)?),
            b'-' | b'0'..=b'9' => self.decimal(),
            _ => {
                let word = [&b"true"[..], b"false", b"null"].into_iter().find(|word| rest.starts_with(word))?;
                self.at += word.len();
                Some(())
            }
        }
    }

    /// Goes on behind the bracket that closes an array or an object.
    fn inside(&mut self, close: u8, deepest: usize) -> Option<()> {
        self.at += 1;
        if self.next()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            if close == b'}' {
                self.string()?;
                self.take(b':')?;
            }
            self.blank();
            self.value(deepest)?;
            if self.ends(close)? {
                return Some(());
            }
        }
    }

    /// Goes on behind a number.
    fn decimal(&mut self) -> Option<()> {
        self.at += usize::from(self.bytes.get(self.at) == Some(&b'-'));
        // What begins with a 0 has no other digit before the point.
        let zero = self.bytes.get(self.at) == Some(&b'0');
        if self.digits()? > 1 && zero {
            return None;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1 + usize::from(matches!(self.bytes.get(self.at + 1), Some(b'+' | b'-')));
            self.digits()?;
        }
        Some(())
    }

    /// Goes on behind digits: how many, of which there must be one.
    fn digits(&mut self) -> Option<usize> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > from).then_some(self.at - from)
    }
}
