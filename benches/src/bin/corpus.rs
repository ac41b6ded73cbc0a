//! Writes the made-up library: `corpus RECORDS FILE`.

use bibferry_bench::corpus;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [records, file] = arguments.as_slice() else { return Err("usage: corpus RECORDS FILE".into()) };
    std::fs::write(file, corpus::bib(records.parse()?))?;
    Ok(())
}
