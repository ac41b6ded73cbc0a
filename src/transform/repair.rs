//! Repairs of damaged text, on evidence only.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::{Item, Record};

/// How much is repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    #[default]
    Off,
    /// What is certain.
    Safe,
    /// Also what is likely.
    All,
}

/// What the input attests.
#[derive(Debug, Default)]
pub struct Evidence {}

impl Evidence {
    /// Gathers evidence from items.
    pub fn of(_items: &[Item]) -> Evidence {
        Evidence {}
    }
}

/// Repairs a record in place and reports each repair.
pub fn repair(_record: &mut Record, _level: Level, _evidence: &Evidence, _sink: &mut Vec<Diagnostic>) {}

/// The codes of repairs.
pub static CODES: &[&Code] = &[];
