//! Values that another row would take for its own when they are read back.
//!
//! Several rows may read one tag, each what it knows: a note that is nothing but `arXiv:2401.00001` is read as an e-print.
//! A note that says so in another format must stay a note, or the report must tell. Which rows come before the one that
//! is meant stands in the tables, so nobody has to know of them: where one takes what was written, the record is doubtful,
//! and reading it back tells what becomes of it.

use super::Engine;
use crate::mapping::codec::CodecReading;
use crate::mapping::index::{Resolved, WordAt};

impl Engine<'_, '_, '_> {
    /// Sees whether a rival takes what a rule wrote.
    pub(super) fn doubt_rivals(&mut self, word: WordAt) {
        let takes = |of: &&Resolved| of.rivals.iter().any(|at| self.takes(*at, word));
        self.doubtful |= self.rivalled.iter().any(takes);
    }

    fn takes(&self, rule: u16, word: WordAt) -> bool {
        let Some(rival) = self.mapping.index().rules.get(usize::from(rule)) else { return false };
        if !rival.is_for(word) {
            return false;
        }
        let Some(tag) = rival.tags.first().filter(|tag| self.tags.may_have(**tag)) else { return false };
        let reads = |raw: &str| (rival.rule.codec.read)(&[raw], &mut CodecReading::silent(self.word), &mut Vec::new());
        rival.rule.when.is_none_or(|condition| self.with_seen(condition))
            && self.cells.iter().any(|cell| cell.order == *tag && reads(&cell.raw))
    }
}
