//! What is written, and where.

use super::names::Names;
use bibferry::write::{Indent, RisDialect};
use clap::{Args, ValueEnum, ValueHint};
use std::num::NonZeroU64;
use std::path::PathBuf;

/// What is written, and where.
#[derive(Debug, Args)]
pub(in crate::cli) struct OutputArgs {
    /// The format to write; told from the ending of -o where it is not given
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        value_parser = Names::Written,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub(in crate::cli) to: Option<String>,
    /// The file to write, replaced when all is written; none or `-` is standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Write each input to a file of its own in this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "output", help_heading = "Output")]
    pub(in crate::cli) out_dir: Option<PathBuf>,
    /// Rewrite each input in its own format: tidied, with what else is asked for; a file that would lose is left alone
    #[arg(long, conflicts_with_all = ["output", "out_dir", "to", "chunk"], help_heading = "Output")]
    pub(in crate::cli) in_place: bool,
    /// Write nothing; exit with 1 and a unified diff where a file is not what would be written
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) check: bool,
    /// Write numbered files of so many records each: refs.ris becomes refs-001.ris, refs-002.ris …
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub(in crate::cli) chunk: Option<NonZeroU64>,
    /// Write as one program's importers take it best
    #[arg(long, value_name = "PROGRAM", help_heading = "Output")]
    pub(in crate::cli) profile: Option<ProfileName>,
    /// Whom RIS is written for [default: standard, or as --profile says]
    #[arg(long, value_name = "DIALECT", help_heading = "Output")]
    pub(in crate::cli) ris_dialect: Option<RisDialectName>,
    /// Write LaTeX commands instead of letters beyond ASCII, where the format is TeX
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) ascii: bool,
    /// Take along what the format has no place for, in fields or note lines that bibferry reads back
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) carry: bool,
    /// The columns of a table: fields with commas between them, `all`, or `zotero` for Zotero's layout [default: those that occur]
    #[arg(long, value_name = "LIST", help_heading = "Output")]
    pub(in crate::cli) columns: Option<String>,
    /// Write no cell of a table that a spreadsheet would run as a formula; reading it takes the marks away again
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) safe: bool,
    /// How many spaces stand before the fields of .bib entries, or `tab` [default: 2]
    #[arg(long, value_name = "N", value_parser = indent, help_heading = "Output")]
    pub(in crate::cli) indent: Option<Indent>,
    /// Break the lines of .bib entries that are longer, at spaces; addresses and keys stay whole [default: never]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..), help_heading = "Output")]
    pub(in crate::cli) wrap: Option<u16>,
    /// Leave out what entries take from others by crossref and xdata, and keep the links
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) keep_crossref: bool,
    /// Read back what was written; a difference that the loss report does not name is an error
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) verify: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ProfileName {
    /// Zotero 7 to 10: its types, its tags, leftovers as lines of its field Extra
    Zotero,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RisDialectName {
    /// The tags of 2011, as most programs read them
    Standard,
    /// Types and tags as Zotero's importer reads them
    Zotero,
    /// As EndNote's import filter reads them: organisations end with a comma
    Endnote,
    /// The tags of 2001, which RefWorks reads best
    Refworks,
}

impl From<RisDialectName> for RisDialect {
    fn from(name: RisDialectName) -> RisDialect {
        match name {
            RisDialectName::Standard => RisDialect::Standard,
            RisDialectName::Zotero => RisDialect::Zotero,
            RisDialectName::Endnote => RisDialect::EndNote,
            RisDialectName::Refworks => RisDialect::RefWorks,
        }
    }
}

/// A number of spaces, or a tab.
fn indent(text: &str) -> Result<Indent, String> {
    if text.eq_ignore_ascii_case("tab") {
        return Ok(Indent::Tab);
    }
    let count = text.parse().ok().filter(|count| *count <= 16);
    count.map(Indent::Spaces).ok_or_else(|| "a number from 0 to 16, or `tab`, is expected".to_owned())
}
