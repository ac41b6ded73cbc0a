//! What is read: inputs, their format and encoding, limits.

use super::names::Names;
use bibferry::Error;
use bibferry::convert::Options;
use bibferry::format::did_you_mean;
use bibferry::transform::repair::Level;
use bibferry::{encoding, formats};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is read, and how.
#[derive(Debug, Args)]
pub(in crate::cli) struct InputArgs {
    /// Files to read, folders to look for them in, or patterns such as `**/*.bib`; none or `-` is standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The format of all inputs; told from content and file name where it is not given
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        value_parser = Names::Read,
        hide_possible_values = true,
        help_heading = "Input"
    )]
    pub(in crate::cli) from: Option<String>,
    /// The encoding of inputs without a byte order mark: any name of the WHATWG standard [default: utf-8]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    encoding: Option<String>,
    /// What a column of a table holds: COLUMN=FIELD, such as `Titel=title`, or a file of such lines; may be repeated
    #[arg(long, value_name = "MAP", help_heading = "Input")]
    map: Vec<String>,
    /// Repair damaged text on evidence, each repair a note [default: what the input's format says]
    #[arg(
        long,
        value_name = "LEVEL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "safe",
        help_heading = "Input"
    )]
    repair: Option<Repair>,
    /// The longest record, in bytes; a longer one is reported and kept as it is
    #[arg(long, value_name = "BYTES", default_value = "4M", value_parser = bytes, help_heading = "Limits and work")]
    max_record: u64,
    /// The most fields in one record, and parts of its lists; what has more is reported and kept as it is
    #[arg(
        long,
        value_name = "N",
        default_value = "100000",
        value_parser = clap::value_parser!(u32).range(1..),
        help_heading = "Limits and work"
    )]
    max_fields: u32,
    /// The largest input of a format that is read as a whole, in bytes
    #[arg(long, value_name = "BYTES", default_value = "256M", value_parser = bytes, help_heading = "Limits and work")]
    max_input: u64,
    /// How many threads work; 0 is one for each core
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, help_heading = "Limits and work")]
    threads: u16,
    /// About how much is read and written at a time, in bytes, instead of what fits the threads; the result does not
    /// depend on it
    #[arg(long, value_name = "BYTES", value_parser = bytes, help_heading = "Limits and work")]
    block_size: Option<u64>,
    /// Leave bibferry.toml aside
    #[arg(long, help_heading = "Limits and work")]
    no_config: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Repair {
    /// Nothing
    Off,
    /// What is certain
    Safe,
    /// Also what is likely
    All,
}

impl InputArgs {
    /// The inputs' paths as given; none for standard input.
    pub(in crate::cli) fn paths(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// The options of a run that reads these inputs.
    pub(in crate::cli) fn options(&self) -> Result<Options, Error> {
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let mut options = Options {
            from: self.from.as_deref().map(formats::by_name).transpose()?,
            repair: self.repair.map(|level| match level {
                Repair::Off => Level::Off,
                Repair::Safe => Level::Safe,
                Repair::All => Level::All,
            }),
            threads: usize::from(self.threads),
            block_size: self.block_size.map_or(0, size),
            max_input: self.max_input,
            ..Options::default()
        };
        options.read.max_record = size(self.max_record);
        options.read.max_fields = size(u64::from(self.max_fields));
        for map in &self.map {
            if map.contains('=') {
                options.read.columns.add(map)?;
                continue;
            }
            let text = std::fs::read_to_string(map).map_err(|error| {
                Error::Usage(format!("--map {map} is neither COLUMN=FIELD nor a file that can be read: {error}"))
            })?;
            options.read.columns.add_lines(map, &text)?;
        }
        if let Some(label) = &self.encoding {
            options.encoding = Some(encoding::by_label(label).ok_or_else(|| unknown_encoding(label))?);
        }
        Ok(options)
    }
}

/// A number of bytes: `4096`, `64K`, `4M`, `1G`, `4MiB`.
fn bytes(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|it: char| !it.is_ascii_digit());
    let factor: u64 = match lower.get(digits.len()..).unwrap_or_default().trim_start() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err("a number of bytes, such as 4096, 64K or 4M, is expected".to_owned()),
    };
    let number: u64 =
        digits.parse().map_err(|_| "a number of bytes, such as 4096, 64K or 4M, is expected".to_owned())?;
    number.checked_mul(factor).filter(|bytes| *bytes > 0).ok_or_else(|| format!("`{text}` is out of range"))
}

/// Names of encodings that people mean, for advice.
const ENCODINGS: &[&str] = &[
    "utf-8",
    "utf-16le",
    "utf-16be",
    "latin1",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "macintosh",
    "koi8-r",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "gbk",
    "gb18030",
    "big5",
    "euc-kr",
];

pub(in crate::cli) fn unknown_encoding(label: &str) -> Error {
    let advice = match did_you_mean(label, ENCODINGS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "any name of the WHATWG Encoding Standard will do, such as latin1 or shift_jis".to_owned(),
    };
    Error::Usage(format!("unknown encoding `{label}`: {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(bytes("4M"), Ok(4 << 20));
        assert_eq!(bytes("64 KiB"), Ok(64 << 10));
        assert_eq!(bytes("17"), Ok(17));
        for bad in ["", "M", "4X", "-1", "0", "99999999999G"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }
}
