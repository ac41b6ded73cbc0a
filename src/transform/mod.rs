//! Steps between reading and writing, one a module, each a pure function of records.

pub mod authors;
pub mod inherit;
pub mod keys;
pub mod repair;
pub mod titles;
