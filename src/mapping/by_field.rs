//! Which slots of a record are of a field, without asking all of them for each rule.
//!
//! ```text
//! let slots = SlotsByField::new(&record.slots);
//! for at in slots.of(Field::Author) { … }         // in the order of the record
//! ```

use crate::record::{Field, Slot};
use smallvec::SmallVec;

const FIELDS: usize = Field::ALL.len();
const NONE: u32 = u32::MAX;

/// The places of a record's slots, by field.
#[derive(Debug)]
pub(super) struct SlotsByField {
    first: ByField,
    /// For each slot the next of its field.
    next: SmallVec<[u32; 32]>,
}

impl SlotsByField {
    pub(super) fn new(slots: &[Slot]) -> SlotsByField {
        let mut first = ByField::default();
        let mut next: SmallVec<[u32; 32]> = SmallVec::from_elem(NONE, slots.len());
        for (at, slot) in slots.iter().enumerate().rev() {
            next[at] = first.0[slot.field() as usize];
            first.set(slot.field(), at);
        }
        SlotsByField { first, next }
    }

    /// The slots of a field, in the order of the record.
    pub(super) fn of(&self, field: Field) -> impl Iterator<Item = usize> {
        std::iter::successors(self.first.get(field), |at| place(self.next[*at]))
    }

    /// The first slot of a field behind another one of it.
    pub(super) fn after(&self, at: usize) -> Option<usize> {
        place(self.next[at])
    }

    /// The first slot of a field.
    pub(super) fn first(&self, field: Field) -> Option<usize> {
        self.first.get(field)
    }
}

/// A slot for each field, or none.
#[derive(Debug)]
pub(super) struct ByField([u32; FIELDS]);

impl Default for ByField {
    fn default() -> ByField {
        ByField([NONE; FIELDS])
    }
}

impl ByField {
    pub(super) fn get(&self, field: Field) -> Option<usize> {
        place(self.0[field as usize])
    }

    pub(super) fn set(&mut self, field: Field, slot: usize) {
        self.0[field as usize] = slot as u32;
    }
}

/// Some fields.
#[derive(Debug, Default)]
pub(super) struct FieldSet([u64; FIELDS.div_ceil(64)]);

impl FieldSet {
    pub(super) fn insert(&mut self, field: Field) {
        self.0[field as usize / 64] |= 1 << (field as usize % 64);
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.0[field as usize / 64] >> (field as usize % 64) & 1 == 1
    }
}

fn place(at: u32) -> Option<usize> {
    (at != NONE).then_some(at as usize)
}
