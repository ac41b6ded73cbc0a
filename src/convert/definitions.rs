//! Expressions whose definitions may be gone.
//!
//! A record of a .bib file keeps the macros it was read with, `publisher = acm`, beside the value that they said. Whoever
//! takes records out of a dump, or hands them on one by one, may leave behind the `@string` that stood before them: then
//! the name would be all that is left of the value. So where records do not come straight from an input of their own
//! format, an expression is kept only if what was passed on before it explains all of it, or if the value is what it says
//! without any definition. Otherwise the value is written out.

use super::blocks::Before;
use crate::cut::Context;
use crate::format::{Format, Macros};
use crate::record::{Item, Record, Slot};

/// What the items so far define, for an output of one family.
#[derive(Default)]
pub(super) struct Definitions {
    of: Option<(&'static str, Macros)>,
    known: Option<Context>,
    /// The place of the next item, as if all of them stood in one input.
    at: u64,
}

impl Definitions {
    pub(super) fn new(target: Option<&Format>) -> Definitions {
        let macros = |format: &Format| Some((format.family, format.links.as_ref()?.macros?));
        Definitions { of: target.and_then(macros), ..Definitions::default() }
    }

    /// Takes what an item defines, or makes sure of what it says.
    pub(super) fn settle(&mut self, item: &mut Item) {
        let Some((family, macros)) = self.of else { return };
        self.at += 1;
        match item {
            Item::Passage(passage) if passage.family == family && passage.restated => {
                (macros.define)(&mut self.known, self.at, &passage.raw);
            }
            Item::Record(record) => {
                let evaluate = |expression: &str| (macros.evaluate)(expression, self.known.as_ref(), self.at);
                forget_expressions(record, |of, expression, raw| {
                    let is_sure = |(says, explained): (String, bool)| explained || says == raw;
                    of == family && !evaluate(expression).is_some_and(is_sure)
                });
            }
            _ => {}
        }
    }

    /// The same for a block of a dump; what is known before it, and of each of its items at its place.
    pub(super) fn settle_block(&mut self, items: &mut [Item]) -> Before {
        let start = self.at + 1;
        for item in items {
            self.settle(item);
        }
        Before { context: self.known.clone(), start, is_dump: true }
    }

    /// Another input begins, of which nothing is known.
    pub(super) fn forget(&mut self) {
        self.known = None;
    }
}

/// Forgets those expressions that cannot be relied on, by their family, what they are, and the raw value that they stood
/// for, which stays.
pub(super) fn forget_expressions(record: &mut Record, unsure: impl Fn(&str, &str, &str) -> bool) {
    for source in record.slots.iter_mut().filter_map(Slot::source_mut) {
        for cell in &mut source.cells {
            cell.expression.take_if(|it| unsure(&source.family, it, &cell.raw));
        }
    }
    for extra in &mut record.extras {
        extra.expression.take_if(|it| unsure(&extra.family, it, &extra.value));
    }
}
