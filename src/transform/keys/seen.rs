//! A set of fingerprints of which there may be millions, in little more memory than they are long.
//!
//! A table that doubles when it is full is half empty then, and stands beside the old one while it is filled: at a million
//! keys that is as much as all else that a conversion needs. Here the set is many tables, which grow by a quarter, each at
//! its own time.
//!
//! ```text
//! let mut seen = Fingerprints::default();
//! assert!(seen.insert(17));
//! assert!(!seen.insert(17));
//! ```

/// How many of the first bits of a fingerprint tell its table.
const BITS: u32 = 6;

/// Fingerprints: numbers of which all bits are random.
#[derive(Debug)]
pub(super) struct Fingerprints {
    tables: Vec<Table>,
}

impl Default for Fingerprints {
    fn default() -> Fingerprints {
        Fingerprints { tables: vec![Table::default(); 1 << BITS] }
    }
}

impl Fingerprints {
    /// Whether a fingerprint is new.
    pub(super) fn insert(&mut self, fingerprint: u64) -> bool {
        let table = (fingerprint >> (u64::BITS - BITS)) as usize;
        // An empty place is 0, so that 0 counts as 1: one clash more in 2^64.
        self.tables.get_mut(table).is_some_and(|table| table.insert(fingerprint.max(1)))
    }
}

/// Fingerprints in the places that their bits name, or the next free ones.
#[derive(Clone, Debug, Default)]
struct Table {
    places: Vec<u64>,
    count: usize,
}

impl Table {
    fn insert(&mut self, fingerprint: u64) -> bool {
        if self.count * 8 >= self.places.len() * 7 {
            self.grow();
        }
        let mut at = self.place(fingerprint);
        while let Some(here) = self.places.get_mut(at) {
            if *here == fingerprint {
                return false;
            }
            if *here == 0 {
                *here = fingerprint;
                self.count += 1;
                return true;
            }
            at = if at + 1 < self.places.len() { at + 1 } else { 0 };
        }
        false
    }

    /// Where a fingerprint belongs: the bits behind those of the table, as a part of the length.
    fn place(&self, fingerprint: u64) -> usize {
        ((u128::from(fingerprint << BITS) * self.places.len() as u128) >> u64::BITS) as usize
    }

    fn grow(&mut self) {
        let length = (self.places.len() + self.places.len() / 4).max(16);
        let old = std::mem::replace(self, Table { places: vec![0; length], count: 0 });
        for fingerprint in old.places.into_iter().filter(|it| *it != 0) {
            self.insert(fingerprint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    #[test]
    fn each_is_new_once() {
        let hash = |n: u64| BuildHasherDefault::<DefaultHasher>::default().hash_one(n);
        let (mut seen, mut known) = (Fingerprints::default(), HashSet::new());
        for n in (0..50_000).chain(20_000..60_000).map(hash).chain([0, u64::MAX, 0, u64::MAX - 1, u64::MAX]) {
            assert_eq!(seen.insert(n), known.insert(n), "{n}");
        }
        let places: usize = seen.tables.iter().map(|table| table.places.len()).sum();
        assert!(places * 2 < known.len() * 3, "{places} for {}", known.len());
        assert_eq!(seen.tables.iter().map(|table| table.count).sum::<usize>(), known.len());
    }
}
