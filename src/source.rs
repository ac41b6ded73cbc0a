//! Where things stand in an input.

use std::sync::Arc;

/// A place in an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The input's name: a path as the user gave it, or `<stdin>`.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u64,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it is long on that line; at least 1.
    pub length: u32,
    /// The whole line, cut to a sensible length.
    pub text: Box<str>,
    /// The column at which `text` begins, from 1: more than 1 where a long line was cut in front.
    pub text_column: u32,
}
