//! Parsers by other people, which only parse. Each gives the number of records that it found.

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde::Deserialize as _;
use serde_bibtex::entry::{BorrowEntry, RawBibliography};
use std::error::Error;
use std::fmt;

type Found = Result<usize, Box<dyn Error>>;

/// A parser's name, the ending of the files that it parses, and what it does.
pub type Parser = (&'static str, &'static str, fn(&str) -> Found);

/// The parsers.
pub const PARSERS: &[Parser] = &[
    ("serde_bibtex", "bib", serde_bibtex),
    ("biblatex", "bib", biblatex),
    ("serde_json", "json", serde_json),
    ("csv", "csv", csv),
];

/// The parser with this name.
pub fn named(name: &str) -> Option<&'static Parser> {
    PARSERS.iter().find(|(it, ..)| *it == name)
}

/// Entries of borrowed strings, all held until the end: what the targets of speed are measured by.
fn serde_bibtex(text: &str) -> Found {
    let mut parser = serde_bibtex::de::Deserializer::from_str(text);
    let all = RawBibliography::deserialize(&mut parser)?;
    Ok(all.iter().filter(|entry| matches!(entry, BorrowEntry::Regular { .. })).count())
}

/// Entries of chunks, with names, dates and so on still to be parsed.
fn biblatex(text: &str) -> Found {
    let all = biblatex::Bibliography::parse(text).map_err(|error| error.to_string())?;
    Ok(all.len())
}

/// One value after the other.
fn serde_json(text: &str) -> Found {
    struct Each;
    impl<'de> Visitor<'de> for Each {
        type Value = usize;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an array")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<usize, A::Error> {
            let mut count = 0;
            while items.next_element::<serde_json::Value>()?.is_some() {
                count += 1;
            }
            Ok(count)
        }
    }
    Ok(serde_json::Deserializer::from_str(text).deserialize_seq(Each)?)
}

/// Records of strings.
fn csv(text: &str) -> Found {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut count = 0;
    while reader.read_record(&mut record)? {
        count += 1;
    }
    Ok(count)
}
