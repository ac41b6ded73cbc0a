//! Where records of RIS begin and end: lines with `TY` and `ER`; and lines with both, where files were joined of which one
//! ended without a line end.

use super::line;
use crate::cut::{Border, Cutter, LineCutter};

/// A cutter for one input.
pub(super) fn cutter() -> Box<dyn Cutter> {
    Box::new(LineCutter::new(|line| {
        // Most lines show at once that they are neither.
        if !line::may_be_border(line) {
            Border::None
        } else if line::begins_record(line) {
            Border::Before
        } else if line::ends_record(line) {
            line::begins_behind_end(line).map_or(Border::After, Border::Within)
        } else {
            Border::None
        }
    }))
}
