//! Where plain characters end: one scan over a table of byte classes.

use super::Reader;

/// The byte is copied.
const PLAIN: u8 = 0;
/// The byte begins something.
const STOP: u8 = 1;
/// The byte may begin something: the next one decides.
const PERHAPS: u8 = 2;

static CLASS: [u8; 256] = {
    let mut class = [PLAIN; 256];
    let (stops, pairs) = (b"\\{}$~`\n\r", b"-,'?!\"");
    let mut at = 0;
    while at < stops.len() {
        class[stops[at] as usize] = STOP;
        at += 1;
    }
    at = 0;
    while at < pairs.len() {
        class[pairs[at] as usize] = PERHAPS;
        at += 1;
    }
    class
};

impl Reader<'_> {
    /// Where plain characters from `from` on end.
    pub(super) fn run_end(&self, from: usize) -> usize {
        let bytes = self.src.as_bytes();
        let single = self.quotes.last().is_some_and(|&(_, single)| single);
        let mut at = from;
        while let Some(rest) = bytes.get(at..) {
            let Some(offset) = rest.iter().position(|&b| CLASS[usize::from(b)] != PLAIN) else { break };
            at += offset;
            let (b, next) = (rest.get(offset).copied(), rest.get(offset + 1).copied());
            let stops = match b {
                Some(b'\'') => single || next == b,
                Some(b'-' | b',') => next == b,
                Some(b'?' | b'!') => next == Some(b'`'),
                Some(b'"') => matches!(next, Some(b'`' | b'\'')),
                _ => true,
            };
            if stops {
                return at;
            }
            at += 1;
        }
        bytes.len()
    }
}
