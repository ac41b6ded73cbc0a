//! Where plain characters end.

use super::Reader;
use crate::bytes::first_pair;

impl Reader<'_> {
    /// Where plain characters from `from` on end.
    pub(super) fn run_end(&self, from: usize) -> usize {
        let bytes = self.src.as_bytes().get(from..).unwrap_or_default();
        let single = self.quotes.last().is_some_and(|&(_, single)| single);
        let stops = |b, next| {
            let begins = (b == b'\\') | (b == b'{') | (b == b'}') | (b == b'$') | (b == b'~') | (b == b'`');
            let ends_line = (b == b'\n') | (b == b'\r');
            let doubled = (b == next) & ((b == b'-') | (b == b',') | (b == b'\''));
            // `?`` and `!`` are Spanish, `"`` and `"'` German.
            let before_quote = ((b == b'?') | (b == b'!') | (b == b'"')) & (next == b'`');
            let closes = ((b == b'"') & (next == b'\'')) | ((b == b'\'') & single);
            begins | ends_line | doubled | before_quote | closes
        };
        first_pair(bytes, stops).map_or(self.src.len(), |at| from + at)
    }
}
