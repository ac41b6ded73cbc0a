//! A set of fingerprints of which there may be millions, in little more memory than they are long.
//!
//! A hash table doubles when it is full, and holds the old one beside the new while it does: at a million keys that is as
//! much as all else that a conversion needs. Here fingerprints that begin with the same bits stand in one short sorted list,
//! which grows by a few at a time; when the lists get long there are more of them.
//!
//! ```text
//! let mut seen = Fingerprints::default();
//! assert!(seen.insert(17));
//! assert!(!seen.insert(17));
//! ```

/// How many fingerprints a list holds, on average, before there are more lists.
const FULL: usize = 64;

/// By how many bits of a fingerprint more the lists are told apart then.
const STEP: u32 = 3;

/// Fingerprints: numbers of which all bits are random.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    lists: Vec<Vec<u64>>,
    /// How many of the first bits tell the list.
    bits: u32,
    count: usize,
}

impl Fingerprints {
    /// Whether a fingerprint is new.
    pub(super) fn insert(&mut self, fingerprint: u64) -> bool {
        if self.count >= self.lists.len() * FULL {
            self.spread();
        }
        let list = list_of(fingerprint, self.bits);
        let Some(list) = self.lists.get_mut(list) else { return false };
        let Err(at) = list.binary_search(&fingerprint) else { return false };
        if list.len() == list.capacity() {
            list.reserve_exact(FULL / 8);
        }
        list.insert(at, fingerprint);
        self.count += 1;
        true
    }

    /// Makes more lists of these.
    fn spread(&mut self) {
        self.bits = if self.lists.is_empty() { 0 } else { self.bits + STEP };
        let old = std::mem::replace(&mut self.lists, vec![Vec::new(); 1 << self.bits]);
        for list in old {
            // They are sorted, so that the first bits of those for one new list are, too.
            for part in list.chunk_by(|one, other| list_of(*one, self.bits) == list_of(*other, self.bits)) {
                if let Some(new) = part.first().and_then(|it| self.lists.get_mut(list_of(*it, self.bits))) {
                    new.extend_from_slice(part);
                }
            }
        }
    }
}

fn list_of(fingerprint: u64, bits: u32) -> usize {
    fingerprint.checked_shr(u64::BITS - bits).unwrap_or_default() as usize
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
        for n in (0..20_000).chain(10_000..30_000).map(hash).chain([0, u64::MAX, 0]) {
            assert_eq!(seen.insert(n), known.insert(n), "{n}");
        }
        assert_eq!(seen.count, known.len());
        assert!(seen.lists.iter().all(|list| list.is_sorted()));
        let room: usize = seen.lists.iter().map(Vec::capacity).sum();
        assert!(room < seen.count + seen.lists.len() * FULL / 4, "{room} for {}", seen.count);
    }
}
