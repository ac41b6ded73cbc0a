//! From bytes to UTF-8.
//!
//! In this order: a byte order mark; the encoding named by `--encoding`; one that a line near the beginning declares
//! (`% Encoding: ISO-8859-1`, `-*- coding: latin-1 -*-`), unless the text is clearly UTF-8; ISO-2022-JP, where ASCII has its
//! escapes; UTF-8. What is not UTF-8 in an input that should be is read as Windows-1252 line by line, so that one stray line
//! costs nothing else and the result does not depend on where blocks end.

use crate::source::{count_line_ends, line_end};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use simdutf8::compat::from_utf8;
use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

/// The encoding with this name, by the labels of the WHATWG Encoding Standard (`latin1`, `shift_jis`, `utf-16le` …).
pub fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// How many bytes a declaration may stand behind, and how many show whether it is true.
const DECLARED: usize = 4 << 10;
const LOOKED_AT: usize = 64 << 10;

/// How the encoding of an input is known, where it is not plain UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// By a byte order mark, or by its zero bytes.
    Mark(&'static Encoding),
    /// By the escapes with which it changes from ASCII to other signs.
    Escapes(&'static Encoding),
    /// By a line that declares it, with the number of the line.
    Declared(&'static Encoding, u64),
    /// A line declares another, but the text is UTF-8.
    Overruled(&'static Encoding, u64),
}

/// The name of an encoding in a line that declares it, as `JabRef` and Emacs write such lines.
pub fn declaration(head: &[u8]) -> Option<Range<usize>> {
    let head = &head[..head.len().min(DECLARED)];
    let mut start = 0;
    while start < head.len() {
        let (end, next) = line_end(head, start);
        let line = &head[start..end];
        let lower = line.to_ascii_lowercase();
        let text = lower.trim_ascii_start();
        let remark = text.starts_with(b"%") || text.starts_with(b"encoding:") || text.starts_with(b"#");
        if remark && let Some(at) = memchr::memmem::find(&lower, b"coding:") {
            let from = at + 7 + lower[at + 7..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.:+".contains(byte);
            let length = lower[from..].iter().take_while(is_label).count();
            if length > 0 {
                return Some(start + from..start + from + length);
            }
        }
        start = next;
    }
    None
}

/// The encoding that a line names: by the labels of the standard, or as Java and Emacs spell them.
pub fn declared(label: &str) -> Option<&'static Encoding> {
    let label = label.to_ascii_lowercase().replace('_', "-");
    let plain = label.strip_suffix("-unix").or_else(|| label.strip_suffix("-dos")).unwrap_or(&label);
    let spelled = match plain {
        "utf8" | "mule-utf-8" => "utf-8",
        "latin-1" | "iso-latin-1" | "iso8859-1" => "iso-8859-1",
        "latin-2" | "iso-latin-2" | "iso8859-2" => "iso-8859-2",
        "latin-9" | "iso8859-15" => "iso-8859-15",
        "macroman" | "mac-roman" => "macintosh",
        "sjis" | "ms932" => "shift-jis",
        "euc-jp" | "eucjp" | "japanese-iso-8bit" => "euc-jp",
        "ascii" | "us-ascii" => "utf-8",
        other => other,
    };
    by_label(spelled).or_else(|| by_label(&spelled.replace('-', "_")))
}

/// How an input begins: its encoding, how that is known, and how many bytes of byte order mark there are.
fn begin(head: &[u8], named: Option<&'static Encoding>) -> (&'static Encoding, Option<Known>, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return (encoding, Some(Known::Mark(encoding)).filter(|_| encoding != UTF_8), length);
    }
    if let Some(named) = named {
        return (named, None, 0);
    }
    if let Some(utf16) = utf16_of_zeros(head) {
        return (utf16, Some(Known::Mark(utf16)), 0);
    }
    let label = declaration(head);
    let named = label.as_ref().and_then(|it| std::str::from_utf8(&head[it.clone()]).ok()).and_then(declared);
    let (Some(label), Some(named)) = (label, named.filter(|it| *it != UTF_8)) else {
        return if is_escaped(head) { (ISO_2022_JP, Some(Known::Escapes(ISO_2022_JP)), 0) } else { (UTF_8, None, 0) };
    };
    let line = 1 + count_line_ends(&head[..label.start]);
    if is_clearly_utf8(head) {
        return (UTF_8, Some(Known::Overruled(named, line)), 0);
    }
    (named, Some(Known::Declared(named, line)), 0)
}

/// UTF-16 without a mark, which shows itself by the zero halves of its first two ASCII letters.
fn utf16_of_zeros(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a text would be taken for another encoding than UTF-8 when it is read: one with zeros at its beginning.
pub(crate) fn seems_utf16(text: &str) -> bool {
    utf16_of_zeros(text.as_bytes()).is_some()
}

/// Whether ASCII changes to Japanese by the escapes of ISO-2022-JP: in its bytes are braces and quotation marks that are none.
fn is_escaped(head: &[u8]) -> bool {
    let mut escapes = memchr::memchr_iter(0x1b, head);
    escapes.any(|at| matches!(head.get(at + 1..at + 3), Some(b"$B" | b"$@"))) && head.is_ascii()
}

/// Whether text that goes beyond ASCII is UTF-8, but for a character that is cut off at its end.
fn is_clearly_utf8(head: &[u8]) -> bool {
    let valid = std::str::from_utf8(head).map_or_else(|error| error.valid_up_to(), str::len);
    head.len() - valid < 4 && !head[..valid].is_ascii()
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
    known: Option<Known>,
}

impl<R: Read> Utf8Reader<R> {
    /// Begins to read; looks at the first bytes.
    pub fn new(mut inner: R, named: Option<&'static Encoding>) -> io::Result<Utf8Reader<R>> {
        let mut head = Vec::new();
        (&mut inner).take(LOOKED_AT as u64).read_to_end(&mut head)?;
        let (encoding, known, skip) = begin(&head, named);
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Ok(Utf8Reader { inner, head, taken: skip, decoder, raw: Vec::new(), ended: false, replaced: false, known })
    }

    /// How the encoding is known, if the input is not plain UTF-8 or not what it declares.
    pub fn known(&self) -> Option<&Known> {
        self.known.as_ref()
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
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let mut text = String::new();
            let first = decode_onto(&mut text, error.as_bytes(), &mut |_, _| {});
            (text, first)
        }
    }
}

/// The text of some bytes, each line that is not UTF-8 read as Windows-1252.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(
        |_| {
            let mut text = String::new();
            decode_onto(&mut text, bytes, &mut |_, _| {});
            Cow::Owned(text)
        },
        Cow::Borrowed,
    )
}

/// How much longer a text is than the bytes that it was read from.
#[derive(Debug, Default)]
pub(crate) struct Growth {
    /// From which offsets in the bytes on it is longer, and by how much in all.
    longer: Vec<(u32, u32)>,
    /// Where a byte stands that is a no-break space in the text: no other byte that had to be guessed is white space.
    spaces: Vec<u32>,
    /// Whether there are more places than are kept.
    overflown: bool,
}

/// How many places are kept at which a text is longer: it may be so at each byte of a long record.
const MOST_GROWN: usize = 1 << 16;

impl Growth {
    /// Whether all of it is known.
    pub(crate) fn is_whole(&self) -> bool {
        !self.overflown
    }

    /// Takes note of the next byte that had to be guessed, and of the length of its character.
    pub(crate) fn push(&mut self, at: usize, character: char) {
        if self.longer.len() == MOST_GROWN {
            self.overflown = true;
            return;
        }
        let before = self.longer.last().map_or(0, |(_, by)| *by);
        self.longer.push((at as u32 + 1, before + character.len_utf8() as u32 - 1));
        if character == '\u{a0}' {
            self.spaces.push(at as u32);
        }
    }

    /// Where no-break spaces were guessed, by offsets in the bytes.
    pub(crate) fn spaces(&self) -> &[u32] {
        &self.spaces
    }

    /// Gives the offsets in the text for offsets in the bytes; fast where those rise.
    pub(crate) fn offsets(&self) -> impl FnMut(u32) -> u32 {
        // From where on, and for how many bytes, the text is longer by how much.
        let (mut from, mut length, mut by) = (0, 0, 0);
        move |offset| {
            if offset.wrapping_sub(from) >= length {
                let passed = self.longer.partition_point(|(from, _)| *from <= offset);
                (from, by) = passed.checked_sub(1).and_then(|last| self.longer.get(last)).copied().unwrap_or_default();
                length = self.longer.get(passed).map_or(u32::MAX, |(next, _)| *next) - from;
            }
            offset + by
        }
    }
}

/// Appends the text of some bytes, each line that is not UTF-8 read as Windows-1252; the offset in the text of the first
/// of these. `guesses` is told of each byte beyond ASCII in them its offset and its character.
pub(crate) fn decode_onto(text: &mut String, bytes: &[u8], guesses: &mut impl FnMut(usize, char)) -> Option<usize> {
    text.reserve(bytes.len() + bytes.len() / 8);
    let (mut first, mut rest) = (None, bytes);
    let mut windows = WINDOWS_1252.new_decoder_without_bom_handling();
    loop {
        let valid = valid_part(rest);
        if valid.len() == rest.len() {
            text.push_str(valid);
            return first;
        }
        // The whole line is guessed.
        let (lines, _) = valid.split_at(memchr::memrchr2(b'\n', b'\r', valid.as_bytes()).map_or(0, |at| at + 1));
        let (_, from) = rest.split_at(lines.len());
        let (line, behind) = from.split_at(line_end(from, 0).1);
        text.push_str(lines);
        first = first.or(Some(text.len()));
        let start = text.len();
        decode_line(&mut windows, text, line);
        let (mut decoded, begins) =
            (text.get(start..).unwrap_or_default().chars(), bytes.len() - rest.len() + lines.len());
        for (place, byte) in line.iter().enumerate() {
            if let Some(character) = decoded.next().filter(|_| !byte.is_ascii()) {
                guesses(begins + place, character);
            }
        }
        rest = behind;
    }
}

/// The beginning of some bytes that is UTF-8.
pub(crate) fn valid_part(bytes: &[u8]) -> &str {
    from_utf8(bytes).unwrap_or_else(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        from_utf8(valid).unwrap_or_default()
    })
}

/// Appends a line in an encoding of which each byte stands for itself.
fn decode_line(decoder: &mut Decoder, text: &mut String, line: &[u8]) {
    text.reserve(decoder.max_utf8_buffer_length(line.len()).unwrap_or_default());
    // There is room for all of it, and no byte of it that the encoding does not have.
    let _ = decoder.decode_to_string(line, text, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
    fn escapes() {
        let japanese = b"@book{a, title = {\x1b$BF|K\\8l\x1b(B}}";
        assert_eq!(begin(japanese, None).1, Some(Known::Escapes(ISO_2022_JP)));
        assert_eq!(all(japanese, None, 3), "@book{a, title = {日本語}}".as_bytes());
        assert_eq!(begin(b"\x1b$ \xe9 \x1b$B", None).1, None);
    }

    #[test]
    fn declarations() {
        for (head, encoding) in [
            (&b"% Encoding: ISO8859_1\n\xe9"[..], "windows-1252"),
            (b"%% x\n% -*- coding: latin-1-unix -*-\n", "windows-1252"),
            (b"This file was created with JabRef 2.3.\nEncoding: SJIS\n\n", "Shift_JIS"),
            (b"% Encoding: EUC_JP\n", "EUC-JP"),
            (b"% Encoding: GB18030\n", "gb18030"),
            (b"% Encoding: UTF8\n", "UTF-8"),
            (b"% Encoding: Cp1252\n\xc3\xa9", "UTF-8"),
            (b"@book{a, title = {On encoding: Cp1252}}\n", "UTF-8"),
            (b"% Encoding: nothing\n", "UTF-8"),
        ] {
            assert_eq!(begin(head, None).0.name(), encoding, "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(begin(b"\n% Encoding: latin1\n\xe9", None).1, Some(Known::Declared(WINDOWS_1252, 2)));
    }

    #[test]
    fn only_the_bad_line_is_guessed() {
        let (text, first) = decode_block(b"na\xc3\xafve\ncaf\xe9\nna\xc3\xafve".to_vec());
        assert_eq!((text.as_str(), first), ("naïve\ncafé\nnaïve", Some(7)));
    }

    proptest! {
        #[test]
        fn a_block_is_read_line_by_line(bytes in prop::collection::vec(prop::sample::select(&b"a\n\r\xc3\xa9\xe2\x80\x81\xff"[..]), 0..24)) {
            let mut lines = Vec::new();
            let mut at = 0;
            while at < bytes.len() {
                let next = line_end(&bytes, at).1;
                let line = &bytes[at..next];
                let guessed = || WINDOWS_1252.decode_without_bom_handling(line).0.into_owned();
                lines.push(str::from_utf8(line).map_or_else(|_| (guessed(), true), |line| (line.to_owned(), false)));
                at = next;
            }
            let first = lines.iter().position(|(_, guessed)| *guessed);
            let before = first.map(|first| lines[..first].iter().map(|(line, _)| line.len()).sum());
            let text: String = lines.into_iter().map(|(line, _)| line).collect();
            prop_assert_eq!(decode_block(bytes), (text, before));
        }
    }
}
