//! The command `bibferry`. What it does is in `cli`; what that stands on is the library.

#![forbid(unsafe_code)]

mod cli;

use std::process::ExitCode;

/// Records are hundreds of short strings that one thread makes and another frees, block by block.
#[cfg(all(unix, feature = "jemalloc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cli::run(std::env::args_os())
}
