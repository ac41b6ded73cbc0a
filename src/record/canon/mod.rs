//! The canonical JSON of a record: what the `json` and `jsonl` formats hold, golden files show and `--carry` writes.
//!
//! Writing goes straight into a string; reading goes through [`serde_json::Value`] and refuses whatever it does not
//! know, so that a reader can keep it. `formats/json` documents the shape for people.

mod read;
mod write;

pub use read::{Mismatch, Unread, read_field, read_record, read_value};
pub use write::{write_field, write_record, write_string, write_value};

use super::{Field, Type};

/// Whether a field's JSON is a list of values, one for each slot.
fn is_list_field(field: Field) -> bool {
    field.repeats() && field.value_type() != Type::Names
}
