//! Where the partner of a brace is.

use super::bytes::{Look, View, Wait};
use memchr::memchr2;

/// Pairs of braces ahead of the machine, found once and kept, so that asking for many costs one pass.
#[derive(Debug, Default)]
pub(super) struct Braces {
    from: usize,
    to: usize,
    /// Opening braces in order, each with its partner or 0.
    opens: Vec<(usize, usize)>,
    /// Those without a partner yet.
    unmatched: Vec<usize>,
}

impl Braces {
    /// The partner of the brace at `open`, if it is at most `reach` bytes away.
    pub(super) fn partner(&mut self, view: View<'_>, open: usize, reach: usize) -> Look<Option<usize>> {
        if open < view.base {
            return Ok(None);
        }
        if open < self.from || open >= self.to || self.to < view.base {
            (self.from, self.to) = (open, open);
            self.opens.clear();
            self.unmatched.clear();
        }
        let mut found = self.opens.binary_search_by_key(&open, |pair| pair.0).unwrap_or(0);
        if found > 1 << 16 && found > self.opens.len() / 2 {
            // What is behind is not asked for again.
            self.from = open;
            self.opens.drain(..found);
            self.unmatched.retain(|index| *index >= found);
            self.unmatched.iter_mut().for_each(|index| *index -= found);
            found = 0;
        }
        let limit = open + reach;
        loop {
            if let Some((at, close)) = self.opens.get(found)
                && *at == open
                && *close > 0
            {
                return Ok(Some(*close).filter(|close| *close <= limit));
            }
            if self.to > limit {
                return Ok(None);
            }
            let rest = view.slice(self.to, view.end().min(limit + 1));
            let Some(next) = memchr2(b'{', b'}', rest) else {
                self.to += rest.len();
                return if self.to > limit || view.at_end { Ok(None) } else { Err(Wait) };
            };
            let at = self.to + next;
            self.to = at + 1;
            if view.byte(at) == Some(b'{') {
                self.unmatched.push(self.opens.len());
                self.opens.push((at, 0));
            } else if let Some(pair) = self.unmatched.pop().and_then(|index| self.opens.get_mut(index)) {
                pair.1 = at;
            }
        }
    }
}
