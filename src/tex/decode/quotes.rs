//! Quotation marks written as ligatures and shorthands.

use super::Reader;
use crate::record::MarkKind;

impl Reader<'_> {
    /// `` "` `` and `"'`, babel's shorthands for „ and “ in German and its like, where they stand in pairs.
    pub(super) fn low_quote(&mut self) -> bool {
        let closes = self.byte(self.at + 1) == Some(b'\'');
        if closes && self.low_quotes > 0 {
            self.low_quotes -= 1;
            self.token(2, "“");
        } else if !closes && self.byte(self.at + 1) == Some(b'`') && self.low_end() > self.at {
            self.low_quotes += 1;
            self.token(2, "„");
        } else {
            return false;
        }
        true
    }

    /// `\"` as programs escape a quotation mark: where no letter for two dots follows. Before a space TeX looks for one
    /// behind it; a vowel is taken for that, but no capital within a word, until another mark in the text was plainly none.
    pub(super) fn escaped_quote(&mut self) -> bool {
        let behind = self.src.get(self.at + 2..).unwrap_or_default();
        let word = behind.trim_start();
        let is_quote = match behind.chars().next() {
            Some('`' | '\'') => {
                self.at += 1;
                let is_shorthand = self.low_quote();
                self.at -= usize::from(!is_shorthand);
                return is_shorthand;
            }
            Some(c) if c.is_whitespace() => {
                let in_word = self.src.get(..self.at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
                self.escaped_quotes > 0
                    || !word.starts_with(|c: char| "aeiouyAEIOUY{\\".contains(c))
                    || in_word && word.starts_with(char::is_uppercase)
            }
            other => other.is_none_or(|c| "},.;:?!)]\"".contains(c)),
        };
        if is_quote {
            self.escaped_quotes += 1;
            self.token(2, "\"");
        }
        is_quote
    }

    /// `,,`, the ligature for „ of the font encoding T1, where a word begins and the quotation ends somewhere.
    pub(super) fn low_commas(&mut self) -> bool {
        let bytes = self.src.as_bytes();
        let before = self.at.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(self.at + 2);
        let begins = before.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'(' | b'[' | b'{' | b'~'))
            && after.is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii() || matches!(b, b'\\' | b'{'));
        let pair = self.byte(self.at + 1) == Some(b',');
        if !pair || !begins || self.low_end() <= self.at {
            return false;
        }
        self.low_quotes += 1;
        self.token(2, "„");
        true
    }

    /// Where the last mark stands that could close a low quotation mark.
    fn low_end(&mut self) -> usize {
        let src = self.src;
        *self.last_low_end.get_or_insert_with(|| {
            ["\"'", "``", "''"].iter().filter_map(|mark| src.rfind(mark)).max().unwrap_or_default()
        })
    }

    /// ` `` ` or `` ` ``.
    pub(super) fn open_quote(&mut self, len: usize, glyph: &str, single: bool) {
        let before = self.at.checked_sub(1).and_then(|at| self.byte(at));
        if len == 2 && self.low_quotes > 0 && before.is_some_and(|b| !b.is_ascii_whitespace() && b != b'(') {
            // „Haus“, as German has it.
            self.low_quotes -= 1;
            return self.token(len, "“");
        }
        let mark = self.begin(None);
        self.token(len, glyph);
        self.quotes.push((mark, single));
    }

    /// `''`, or an apostrophe that may close a single quotation.
    pub(super) fn apostrophe(&mut self) {
        let inside = self.frames.last().map_or(0, |f| f.quotes);
        let open = self.quotes.get(inside..).unwrap_or_default();
        let innermost_single = open.last().is_some_and(|&(_, single)| single);
        let run =
            self.src.as_bytes().get(self.at..).unwrap_or_default().iter().take(3).take_while(|&&b| b == b'\'').count();
        if innermost_single {
            let follows = self.src.get(self.at + 1..).and_then(|s| s.chars().next());
            let double_too = open.len() > 1;
            if run == 1 && !follows.is_some_and(char::is_alphanumeric) || run == 3 && double_too {
                return self.close_quote(1, "’");
            }
        }
        if run < 2 {
            return self.token(1, "'");
        }
        while self.quotes.len() > inside && self.quotes.last().is_some_and(|&(_, single)| single) {
            self.quotes.pop();
        }
        if self.quotes.len() > inside {
            self.close_quote(2, "”");
        } else {
            self.token(2, "”");
        }
    }

    pub(super) fn close_quote(&mut self, len: usize, glyph: &str) {
        self.token(len, glyph);
        if let Some((mark, _)) = self.quotes.pop() {
            self.restart_switches(mark);
            self.kind(mark, Some(MarkKind::Quote));
            self.end(mark);
        }
    }
}
