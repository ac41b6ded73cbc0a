//! A set of fingerprints of which there may be millions, in little more memory than they are long.
//!
//! A table that doubles when it is full is half empty then, and stands beside the old one while it is filled: at a million
//! keys that is as much as all else that a conversion needs. Here the set is many tables, which, once they are of some size, grow by a quarter, each at
//! its own time; and when they hold half a million, these go to a [temporary file](runs), so that ten million need no more
//! memory than a conversion has.
//!
//! ```text
//! let mut seen = Fingerprints::default();
//! assert!(seen.insert(17));
//! assert!(!seen.insert(17));
//! ```

mod filter;
mod runs;

use runs::Runs;
use std::io;

/// How many of the first bits of a fingerprint tell its table.
const BITS: u32 = 6;

/// How many are held in memory before they go to a file: about 5 MiB of them.
const HELD: usize = 1 << 19;

/// Tables of fewer places double: that costs no memory to speak of, and less time.
const DOUBLED: usize = 2048;

/// Fingerprints: numbers of which all bits are random.
#[derive(Debug)]
pub(super) struct Fingerprints {
    tables: Vec<Table>,
    /// How many there are in the tables.
    count: usize,
    /// How many the tables may hold.
    held: usize,
    runs: Runs,
    /// What went wrong with the files.
    failure: Option<io::Error>,
}

impl Default for Fingerprints {
    fn default() -> Fingerprints {
        Fingerprints::holding(HELD)
    }
}

impl Fingerprints {
    /// None yet; no more than so many will be held in memory.
    fn holding(held: usize) -> Fingerprints {
        let tables = vec![Table::default(); 1 << BITS];
        Fingerprints { tables, count: 0, held, runs: Runs::default(), failure: None }
    }

    /// Whether a fingerprint is new. If the files cannot be read it counts as new, and there is a
    /// [failure](Fingerprints::failure).
    pub(super) fn insert(&mut self, fingerprint: u64) -> bool {
        // An empty place is 0, so that 0 counts as 1: one clash more in 2^64.
        let fingerprint = fingerprint.max(1);
        let table = (fingerprint >> (u64::BITS - BITS)) as usize;
        let is_new = self.tables.get_mut(table).is_some_and(|table| table.insert(fingerprint));
        if !is_new {
            return false;
        }
        self.count += 1;
        let is_known = self.runs.have(fingerprint).unwrap_or_else(|error| {
            self.failure.get_or_insert(error);
            false
        });
        if self.count >= self.held && self.failure.is_none() {
            self.spill();
        }
        !is_known
    }

    /// Looks at the places of fingerprints that will be inserted. Each is elsewhere in memory, where a processor waits for
    /// one after the other unless it sees them together.
    pub(super) fn look_ahead(&self, fingerprints: &[u64]) {
        let seen = fingerprints.iter().fold(0, |seen, fingerprint| {
            let table = self.tables.get((fingerprint >> (u64::BITS - BITS)) as usize);
            seen ^ table.and_then(|table| table.places.get(table.place(*fingerprint))).unwrap_or(&0)
        });
        std::hint::black_box(seen);
    }

    /// Why fingerprints could not be kept in a temporary file or read from it, if that has happened since this was asked
    /// last: what was said to be new may not have been.
    pub(super) fn failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Moves what the tables have to a file.
    fn spill(&mut self) {
        // Each table has the numbers that begin with its bits.
        let sorted = self.tables.iter_mut().flat_map(|table| {
            let mut numbers = std::mem::take(&mut table.places);
            table.count = 0;
            numbers.retain(|it| *it != 0);
            numbers.sort_unstable();
            numbers
        });
        if let Err(error) = self.runs.add(self.count, sorted) {
            self.failure = Some(error);
        }
        self.count = 0;
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
        let length = self.places.len();
        let length = if length < DOUBLED { (length * 2).max(16) } else { length + length / 4 };
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
        for n in (0..200_000).chain(20_000..300_000).map(hash).chain([0, u64::MAX, 0, u64::MAX - 1, u64::MAX]) {
            assert_eq!(seen.insert(n), known.insert(n), "{n}");
        }
        let places: usize = seen.tables.iter().map(|table| table.places.len()).sum();
        assert!(places * 2 < known.len() * 3, "{places} for {}", known.len());
        assert_eq!(seen.tables.iter().map(|table| table.count).sum::<usize>(), known.len());
    }

    #[test]
    fn files_hold_what_memory_does_not() {
        let hash = |n: u64| BuildHasherDefault::<DefaultHasher>::default().hash_one(n);
        let (mut seen, mut known) = (Fingerprints::holding(700), HashSet::new());
        let numbers = (0..5_000).chain(2_000..9_000).chain(0..9_000).map(hash);
        for n in numbers.chain([0, u64::MAX, 0, 1, u64::MAX - 1, u64::MAX]) {
            assert_eq!(seen.insert(n), known.insert(n.max(1)), "{n}");
        }
        assert!(seen.count < 700);
        assert!(seen.failure().is_none());
    }

    #[test]
    fn files_that_fail_are_told_of() {
        let hash = |n: u64| BuildHasherDefault::<DefaultHasher>::default().hash_one(n);
        let mut seen = Fingerprints::holding(100);
        assert!((0..150).map(hash).all(|n| seen.insert(n)));
        assert!(seen.failure().is_none());
        seen.runs.lose_files();
        // The first hundred are in the file, the others are not.
        assert!(!seen.insert(hash(120)) && seen.failure().is_none());
        assert!(seen.insert(hash(20)) && seen.failure().is_some() && seen.failure().is_none());
        // What comes next cannot be joined to what is lost.
        (150..300).map(hash).for_each(|n| {
            seen.insert(n);
        });
        assert!(seen.failure().is_some());
    }
}
