//! From bytes to UTF-8.
//!
//! In this order: a byte order mark; the encoding named by `--encoding`; UTF-8. What is not UTF-8 in an input that
//! should be is read as Windows-1252 line by line, so that one stray line costs nothing else and the result does not
//! depend on where blocks end.

use crate::source::line_end;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The encoding with this name, by the labels of the WHATWG Encoding Standard (`latin1`, `shift_jis`, `utf-16le` …).
pub fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// How an input begins: its encoding, and how many bytes of byte order mark there are.
fn begin(head: &[u8], named: Option<&'static Encoding>) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return (encoding, length);
    }
    let utf16 = match head {
        // Without a mark UTF-16 shows itself by the zero halves of its first two ASCII letters.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    };
    (named.or(utf16).unwrap_or(UTF_8), 0)
}

/// Reads an input as UTF-8: its bytes as they are where the encoding is UTF-8, else decoded.
pub struct Utf8Reader<R> {
    inner: R,
    /// Bytes read ahead to see the byte order mark.
    head: Vec<u8>,
    taken: usize,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ended: bool,
    replaced: bool,
}

impl<R: Read> Utf8Reader<R> {
    /// Begins to read; looks at the first bytes.
    pub fn new(mut inner: R, named: Option<&'static Encoding>) -> io::Result<Utf8Reader<R>> {
        let mut head = Vec::new();
        (&mut inner).take(4).read_to_end(&mut head)?;
        let (encoding, skip) = begin(&head, named);
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Ok(Utf8Reader { inner, head, taken: skip, decoder, raw: Vec::new(), ended: false, replaced: false })
    }

    /// Whether bytes that the encoding does not have were replaced so far.
    pub fn replaced(&self) -> bool {
        self.replaced
    }

    fn read_raw(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ahead = self.head.get(self.taken..).unwrap_or_default();
        if ahead.is_empty() {
            return self.inner.read(into);
        }
        let count = ahead.len().min(into.len());
        into[..count].copy_from_slice(&ahead[..count]);
        self.taken += count;
        Ok(count)
    }

    /// Appends about `want` bytes of UTF-8 to a buffer; `false` at the end of the input.
    pub fn fill(&mut self, buffer: &mut Vec<u8>, want: usize) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let mut raw = std::mem::take(&mut self.raw);
        raw.resize(want.max(16), 0);
        let count = loop {
            match self.read_raw(&mut raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.ended = count == 0;
        match &mut self.decoder {
            None => buffer.extend_from_slice(&raw[..count]),
            Some(decoder) => self.replaced |= decode(decoder, &raw[..count], self.ended, buffer),
        }
        self.raw = raw;
        Ok(!self.ended)
    }
}

/// Decodes a piece of a stream; says whether anything had to be replaced.
fn decode(decoder: &mut Decoder, mut raw: &[u8], last: bool, buffer: &mut Vec<u8>) -> bool {
    let mut replaced = false;
    loop {
        let start = buffer.len();
        let room = decoder.max_utf8_buffer_length(raw.len()).unwrap_or(raw.len().saturating_mul(3) + 16);
        buffer.resize(start + room, 0);
        let (result, read, written, bad) = decoder.decode_to_utf8(raw, &mut buffer[start..], last);
        buffer.truncate(start + written);
        replaced |= bad;
        raw = &raw[read..];
        if result == CoderResult::InputEmpty {
            return replaced;
        }
    }
}

/// The text of a block, and the offset in it of the first line that was not UTF-8.
pub fn decode_block(bytes: Vec<u8>) -> (String, Option<usize>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut first = None;
    let mut at = 0;
    while at < bytes.len() {
        let (_, next) = line_end(&bytes, at);
        let line = &bytes[at..next];
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => {
                first = first.or(Some(text.len()));
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0);
            }
        }
        at = next;
    }
    (text, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], named: Option<&'static Encoding>, step: usize) -> Vec<u8> {
        let mut reader = Utf8Reader::new(bytes, named).unwrap();
        let mut out = Vec::new();
        while reader.fill(&mut out, step).unwrap() {}
        out
    }

    #[test]
    fn marks_and_names() {
        for step in [1, 3, 1000] {
            assert_eq!(all(b"\xef\xbb\xbfTY  - x", None, step), b"TY  - x");
            assert_eq!(all(b"\xff\xfeT\0Y\0", None, step), b"TY");
            assert_eq!(all(b"T\0Y\0", None, step), b"TY");
            assert_eq!(all(b"\xfe\xff\0T\0Y", None, step), b"TY");
            assert_eq!(all(b"caf\xe9", by_label("latin1"), step), "café".as_bytes());
            assert_eq!(all(b"\x82\xa0", by_label("shift_jis"), step), "あ".as_bytes());
            assert_eq!(all(b"", None, step), b"");
        }
    }

    #[test]
    fn only_the_bad_line_is_guessed() {
        let (text, first) = decode_block(b"na\xc3\xafve\ncaf\xe9\nna\xc3\xafve".to_vec());
        assert_eq!((text.as_str(), first), ("naïve\ncafé\nnaïve", Some(7)));
    }
}
