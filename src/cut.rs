//! Cutting a stream into blocks at record borders, without parsing it.
//!
//! A [`Cutter`] sees the bytes of one input in order, each once, and says at which offsets a record may begin. Blocks
//! and the record limit follow from that; the reader of a block uses the same test for where a record begins, so
//! nothing depends on where blocks end.

use crate::encoding::Growth;
use memchr::memchr2;

/// The bytes that a cutter is shown: those not yet cut off, of which it has seen a part.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The offset of the first of them in the input.
    pub start: u64,
    /// Whether the input ends with them.
    pub at_end: bool,
}

impl Window<'_> {
    /// The bytes from an offset of the input on.
    pub fn from(&self, offset: u64) -> &[u8] {
        let skip = offset.saturating_sub(self.start) as usize;
        self.bytes.get(skip..).unwrap_or_default()
    }
}

/// What a cutter knows of its input beyond borders, for the readers of its blocks: the macros of a .bib file. Each format
/// has a type of its own for it.
pub type Context = std::sync::Arc<dyn std::any::Any + Send + Sync>;

/// What a cutter found out about a block on its way through it, for the block's reader, which need not find that out
/// again. Each format has a type of its own for it.
pub type Outline = Box<dyn std::any::Any + Send + Sync>;

/// What a cutter found out, by offsets in the bytes.
pub(crate) trait Outlined: Sized + 'static {
    /// The same by offsets in the text, where bytes had to be guessed and it is longer than they were; nothing, if a reader
    /// of the text might find something else in it.
    fn grown(&self, _growth: &Growth) -> Option<Self> {
        None
    }
}

/// Finds the borders of records in a stream.
pub trait Cutter: Send {
    /// Looks at what is new in the window and appends, in rising order, the offsets of the input at which a record may
    /// begin. An offset already given is not given again.
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>);

    /// What readers of the blocks must know of the input before them, if anything. It may go on growing while the cutter
    /// goes on: what it says of the input before a block does not change any more when that block is cut.
    fn context(&self) -> Option<Context> {
        None
    }

    /// What was found out about the block that is cut off between two offsets, if there is all of it. Each block is asked
    /// for once, in order; a reader that gets nothing, or whose text is not what the cutter saw, looks itself.
    fn outline(&mut self, _from: u64, _to: u64) -> Option<Outline> {
        None
    }

    /// How many bytes a record may take in memory beside those of its text, from what stands elsewhere in the input: blocks
    /// hold fewer of such records. It may grow while the cutter goes on.
    fn weight(&self) -> usize {
        0
    }

    /// Nobody will ask for outlines.
    fn forgo_outlines(&mut self) {}
}

/// A cutter for formats in which a look at the beginning of a line tells whether a record begins there.
///
/// `test` gets the line's first bytes (at most [`LineCutter::LOOK`]) and says whether the line is a border.
#[derive(Debug)]
pub struct LineCutter {
    test: fn(&[u8]) -> Border,
    /// The offset of the line that is being scanned.
    line: u64,
    /// How far the scan for that line's end has come.
    scanned: u64,
    /// Whether the line being scanned has been tested.
    tested: bool,
    /// Whether the line after this one is a border.
    after: bool,
}

/// What a line is to a [`LineCutter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// A record may begin with this line.
    Before,
    /// A record ends with this line.
    After,
    /// A record ends in this line, and another begins there, so many bytes behind the beginning of the line.
    Within(usize),
    /// Neither.
    None,
}

impl LineCutter {
    /// How many bytes of a line the test is shown at most.
    pub const LOOK: usize = 16;

    /// A cutter with this test.
    pub fn new(test: fn(&[u8]) -> Border) -> LineCutter {
        LineCutter { test, line: 0, scanned: 0, tested: false, after: false }
    }

    fn test_line(&mut self, head: &[u8], borders: &mut Vec<u64>) {
        self.tested = true;
        let border = (self.test)(head);
        if self.line > 0 && (self.after || border == Border::Before) {
            borders.push(self.line);
        }
        if let Border::Within(at) = border {
            borders.push(self.line + at as u64);
        }
        self.after = border == Border::After;
    }
}

impl Cutter for LineCutter {
    fn advance(&mut self, window: Window<'_>, borders: &mut Vec<u64>) {
        loop {
            let rest = window.from(self.scanned);
            let found = memchr2(b'\n', b'\r', rest);
            // A CR at the very end may be the first half of a CR LF.
            let split_crlf = found.is_some_and(|at| rest[at] == b'\r' && at + 1 == rest.len() && !window.at_end);
            let Some(at) = found.filter(|_| !split_crlf) else {
                let line = window.from(self.line);
                if !self.tested && !line.is_empty() && (line.len() >= LineCutter::LOOK || window.at_end) {
                    let head = &line[..line.len().min(LineCutter::LOOK)];
                    self.test_line(head, borders);
                }
                self.scanned += (if split_crlf { rest.len() - 1 } else { rest.len() }) as u64;
                return;
            };
            if !self.tested {
                let line = window.from(self.line);
                let length = (self.scanned - self.line) as usize + at;
                self.test_line(&line[..length.min(LineCutter::LOOK)], borders);
            }
            let crlf = rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n');
            self.line = self.scanned + at as u64 + if crlf { 2 } else { 1 };
            self.scanned = self.line;
            self.tested = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts_with_at(line: &[u8]) -> Border {
        match line.first() {
            Some(b'@') => Border::Before,
            Some(b'.') => Border::After,
            _ => Border::None,
        }
    }

    fn borders(text: &str, step: usize) -> Vec<u64> {
        let mut cutter = LineCutter::new(starts_with_at);
        let mut all = Vec::new();
        let mut end = 0;
        while end < text.len() {
            end = (end + step).min(text.len());
            cutter.advance(Window { bytes: &text.as_bytes()[..end], start: 0, at_end: end == text.len() }, &mut all);
        }
        all
    }

    #[test]
    fn borders_do_not_depend_on_how_the_bytes_arrive() {
        let text = "@one\r\nx\r\n@two\r\n.\r\rrest that is a rather long line\n@three";
        let whole = borders(text, text.len());
        assert_eq!(whole, [9, 17, 50]);
        for step in 1..text.len() {
            assert_eq!(borders(text, step), whole, "step {step}");
        }
    }
}
