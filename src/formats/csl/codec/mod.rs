//! How values are spelled in CSL-JSON. Raw values are words where JSON has a string, and JSON text for contributors,
//! dates and the objects of `custom`.

pub(super) mod dates;
pub(super) mod identifiers;
pub(super) mod names;
pub(super) mod objects;
pub(super) mod words;

use crate::record::Parts;

/// All that a value has: the codecs find out what is missing.
const CHECKED: Parts = Parts::ALL;
