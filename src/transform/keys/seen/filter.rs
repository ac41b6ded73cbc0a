//! What a run surely does not have, told without a look at it: a Bloom filter, each number's bits in one line of the
//! processor's cache.
//!
//! ```text
//! let mut filter = Filter::new(1_000);
//! filter.add(17);
//! assert!(filter.may_have(17));
//! ```

/// How many bits there are for each number: with [`PROBES`] of them set, 3 of 100 others seem to be there.
const BITS_FOR_EACH: usize = 8;

/// How many bits a number sets.
const PROBES: u32 = 5;

/// A line of the cache.
type Line = [u64; 8];

/// How many bits a line has, as the exponent of 2.
const LINE_BITS: u32 = 9;

/// A set of numbers, of which all bits are random, that may have more than were added and never less.
#[derive(Debug, Default)]
pub(super) struct Filter {
    lines: Vec<Line>,
}

impl Filter {
    /// An empty one, with room for so many.
    pub(super) fn new(count: usize) -> Filter {
        Filter { lines: vec![Line::default(); (count * BITS_FOR_EACH).div_ceil(1 << LINE_BITS).max(1)] }
    }

    pub(super) fn add(&mut self, number: u64) {
        let at = self.line(number);
        if let Some(line) = self.lines.get_mut(at) {
            for (word, bit) in probes(number) {
                line[word] |= bit;
            }
        }
    }

    pub(super) fn may_have(&self, number: u64) -> bool {
        self.lines.get(self.line(number)).is_some_and(|line| probes(number).all(|(word, bit)| line[word] & bit != 0))
    }

    /// Where a number's line is: its first bits, as a part of the length.
    fn line(&self, number: u64) -> usize {
        ((u128::from(number) * self.lines.len() as u128) >> u64::BITS) as usize
    }
}

/// The words of a line and the bits in them that a number sets: its last bits say which.
fn probes(number: u64) -> impl Iterator<Item = (usize, u64)> {
    (0..PROBES).map(move |nth| {
        let bit = (number >> (nth * LINE_BITS)) as usize % (1 << LINE_BITS);
        (bit / 64, 1 << (bit % 64))
    })
}
