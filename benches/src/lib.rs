//! What the benchmarks share: a made-up library of any size, and the parsers that the readers are compared with.

pub mod bare;
pub mod corpus;
