//! The table linter: what must hold of every mapping.
