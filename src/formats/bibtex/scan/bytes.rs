//! The bytes at hand, what may follow them, and the classes of bytes.

use crate::bytes::{first_marked, marks};

/// The bytes at hand.
#[derive(Clone, Copy)]
pub(in super::super) struct View<'a> {
    /// The bytes.
    pub(in super::super) bytes: &'a [u8],
    /// The offset of the first of them.
    pub(in super::super) base: usize,
    /// Whether the input ends with them.
    pub(in super::super) at_end: bool,
}

impl<'a> View<'a> {
    pub(super) fn rest(&self, at: usize) -> &'a [u8] {
        self.bytes.get(at.saturating_sub(self.base)..).unwrap_or_default()
    }

    pub(in super::super) fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        let range = from.saturating_sub(self.base)..to.saturating_sub(self.base);
        self.bytes.get(range).unwrap_or_default()
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at.checked_sub(self.base)?).copied()
    }

    /// Whether only blanks stand between the beginning of a line and this byte. `floor` is the last byte to look at.
    pub(super) fn begins_line(&self, at: usize, floor: usize) -> bool {
        let before = self.slice(floor.max(self.base), at);
        match before.iter().rev().find(|byte| !is_blank(**byte)) {
            Some(byte) => matches!(byte, b'\n' | b'\r'),
            None => floor == 0,
        }
    }

    pub(super) fn end(&self) -> usize {
        self.base + self.bytes.len()
    }
}

/// A look ahead: its result, or that there are too few bytes for one.
pub(super) type Look<T> = Result<T, Wait>;

/// More bytes are needed.
pub(super) struct Wait;

/// A byte that a type word, a field name or a bare piece ends before.
pub(super) const STOPS: [bool; 256] = marks(b" \t\n\r\x0b\x0c,={}()\"#@", 0);
/// The same for type words, which have no punctuation to speak of.
pub(super) const WORD_STOPS: [bool; 256] = marks(b" \t\n\r\x0b\x0c,={}()\"#@%';\\/<>[]!?&$~`|^", 0);
/// The same for bare pieces, behind which a comment may stand without a space.
pub(super) const BARE_STOPS: [bool; 256] = marks(b" \t\n\r\x0b\x0c,={}()\"#@%", 0);
/// What may say that a citation key is none, or where it ends.
pub(super) const KEY_STOPS: [bool; 256] = marks(b",={}\n\r", 0);
/// White space.
pub(super) const SPACES: [bool; 256] = marks(b" \t\n\r\x0b\x0c", 0);
/// What matters in a quoted piece.
pub(super) const IN_QUOTES: [bool; 256] = marks(b"{}\"@", 0);

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Whether the names of most fields are made of such bytes.
pub(super) fn is_of_name(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte == b'-')
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// White space at the beginning of the bytes, no-break spaces from web pages included.
pub(super) fn space(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += bytes.iter().skip(length).take_while(|byte| SPACES[**byte as usize]).count();
        match bytes.get(length..) {
            Some([0xc2, 0xa0, ..]) => length += 2,
            _ => return length,
        }
    }
}

pub(super) fn run(bytes: &[u8], stops: &[bool; 256]) -> usize {
    first_marked(bytes, stops).unwrap_or(bytes.len())
}
