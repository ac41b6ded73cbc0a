//! Writes the made-up library: `corpus RECORDS FOLDER [FORMAT …]`.

use bibferry_bench::corpus;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: corpus RECORDS FOLDER [FORMAT …]";
    let records = arguments.next().ok_or(usage)?.parse()?;
    let folder = PathBuf::from(arguments.next().ok_or(usage)?);
    std::fs::create_dir_all(&folder)?;
    let bib = corpus::bib(records);
    std::fs::write(folder.join("corpus.bib"), &bib)?;
    for format in arguments {
        let extension = bibferry::formats::by_name(&format)?.extensions.first().copied().unwrap_or(&format).to_owned();
        std::fs::write(folder.join(format!("corpus.{extension}")), corpus::in_format(&bib, &format)?)?;
    }
    Ok(())
}
