//! bibferry: see `record`.
#![forbid(unsafe_code)]
pub mod record;
pub mod source;
pub mod tex;
