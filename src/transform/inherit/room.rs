//! How much a record takes from others, in bytes: a few letters of input may ask for any amount, and what they get is in
//! memory as often as it was asked for.

/// How much one record takes from all others at most. No reference has so much to give.
const MOST: usize = 1 << 20;

/// What a record may still take.
#[derive(Debug)]
pub(super) struct Room {
    left: usize,
    /// Whether something was too much.
    pub(super) was_short: bool,
}

impl Room {
    /// Of a record that has taken nothing yet.
    pub(super) fn new() -> Room {
        Room { left: MOST, was_short: false }
    }

    /// Whether so many bytes may be taken, which they are then.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.was_short |= left.is_none();
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}
