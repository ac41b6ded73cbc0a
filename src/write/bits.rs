//! Sets of places in a record.

/// A set of small numbers: the slots and extras that were taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    low: [u64; 2],
    high: Vec<u64>,
}

impl Bits {
    pub(super) fn set(&mut self, at: usize) {
        let bit = 1 << (at % 64);
        if let Some(low) = self.low.get_mut(at / 64) {
            *low |= bit;
            return;
        }
        let word = at / 64 - self.low.len();
        if word >= self.high.len() {
            self.high.resize(word + 1, 0);
        }
        self.high[word] |= bit;
    }

    pub(super) fn unset(&mut self, at: usize) {
        let (low, high) = (&mut self.low, &mut self.high);
        let word = at / 64;
        let above = word.checked_sub(low.len());
        if let Some(bits) = low.get_mut(word).or_else(|| above.and_then(|word| high.get_mut(word))) {
            *bits &= !(1 << (at % 64));
        }
    }

    pub(super) fn has(&self, at: usize) -> bool {
        let word = at / 64;
        let above = || self.high.get(word.checked_sub(self.low.len())?);
        self.low.get(word).or_else(above).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }
}
