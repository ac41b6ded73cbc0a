//! Parses a file with one of the parsers that the readers are compared with: `bare PARSER FILE`.

use bibferry_bench::bare;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [parser, file] = arguments.as_slice() else { return Err("usage: bare PARSER FILE".into()) };
    let (_, _, parse) = bare::named(parser).ok_or("no such parser")?;
    println!("{}", parse(&std::fs::read_to_string(file)?)?);
    Ok(())
}
