//! What the benchmarks share: a made-up library of any size, and the parsers that the readers are compared with.

#[cfg(feature = "measure")]
pub mod bare;
pub mod corpus;
