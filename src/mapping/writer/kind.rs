//! The kind that a written record will be read as.

use super::Engine;
use super::written::{NO_SLOT, WrittenCell};
use crate::loss::LossKind;
use crate::mapping::Meaning;
use crate::record::Parts;
use std::borrow::Cow;

impl Engine<'_, '_, '_> {
    /// What the type word and the tags will be read as. A value that will be taken for the second word of the type is
    /// read as the kind, not as what it was.
    pub(super) fn kind(&mut self) {
        let mark = self.mapping.index().mark;
        self.drop_superfluous_mark(mark);
        let meaning = self.meaning(mark);
        self.out.kind_becomes(meaning.kind, meaning.subtype);
        if meaning.by_mark {
            let types = &self.mapping.types;
            let decides = |cell: &WrittenCell<'_>| Some(cell.order) == mark && types.is_mark(self.word, &cell.raw);
            if let Some(at) = self.cells.iter().position(decides) {
                // Read back, it will be written as the word of the type, as our table spells it, which comes first.
                let mut cell = self.cells.remove(at);
                if let Some(mark) = types.mark(self.word, &cell.raw) {
                    cell.raw = Cow::Borrowed(mark);
                }
                self.out.note(cell.slot, LossKind::Narrowed(Parts::KIND));
                self.cells.insert(0, cell);
            }
        }
    }

    /// A second word that says no more than the other tags do is left out: the source had none, either. So is one that
    /// the other tags overrule.
    fn drop_superfluous_mark(&mut self, mark: Option<u16>) {
        let own = |cell: &WrittenCell<'_>| Some(cell.order) == mark && cell.slot == NO_SLOT && !cell.verbatim;
        let at = mark.filter(|tag| self.tags.may_have(*tag)).and_then(|_| self.cells.iter().position(own));
        let Some(at) = at else { return };
        let decides = self.meaning(mark).by_mark;
        let cell = self.cells.remove(at);
        let record = self.out.record();
        let without = self.meaning(mark);
        let says_the_same = without.kind == record.kind && without.subtype == record.subtype.as_deref();
        if decides && (!says_the_same || without.by_mark) {
            self.cells.insert(at, cell);
        }
    }

    /// What the type word and the tags so far will be read as.
    fn meaning(&self, mark: Option<u16>) -> Meaning {
        let with_mark = mark.filter(|tag| self.tags.may_have(*tag)).map_or(&[][..], |_| &self.cells);
        let marks: Vec<&str> =
            with_mark.iter().filter(|cell| Some(cell.order) == mark).map(|cell| &*cell.raw).collect();
        self.with_seen(|seen| self.mapping.meaning(self.word, self.known, &marks, seen))
    }
}
