//! The options: the one place that declares them. Formats, fields and codes are looked up in the library's registry, so
//! that a new one needs no line here.

use bibferry::Error;
use bibferry::cited::Cited;
use bibferry::convert::{Input, Options};
use bibferry::format::did_you_mean;
use bibferry::transform::keys::{self, Pattern};
use bibferry::transform::repair::Level;
use bibferry::transform::titles::Titles;
use bibferry::write::Indent;
use bibferry::{encoding, formats};
use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  bibferry refs.ris -o refs.bib              `convert` may be left out; endings name formats
  bibferry --to jsonl < refs.ris | jq .key   the input's format is told from its content
  bibferry convert *.ris --to json --out-dir converted --loss=full
  bibferry check refs.ris                    what is wrong, and what entries lack
  bibferry formats json                      what is read, written and lost
  bibferry explain record-too-long           a finding's page";

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, but a loss was denied (--strict, --deny-loss) or a finding is an error (a damaged record,
     one failed input among others)
  2  the command line makes no sense
  3  nothing could be read or written";

const CONVERT_HELP: &str = "\
Reads all inputs, writes one output (or, with --out-dir, one for each), and says what the output
does not hold.

Standard output carries the output alone. Findings about the input and one summary line go to
standard error:

  412 records; 3 entries damaged; 37 lost abstract, 2 narrowed author (ids): --loss=full shows them

A damaged record is reported and its text kept; all others are converted.";

const CONVERT_EXAMPLES: &str = "\
Examples:
  bibferry convert refs.ris -o refs.bib
  bibferry convert --to bibtex --author 'Jane Doe' library.json
  bibferry convert --to ris --strict refs.jsonl > refs.ris     exit code 1 if anything is lost
  bibferry convert --to ris --deny-loss=doi,abstract refs.jsonl";

/// Converts bibliographies between formats and loses nothing in silence.
#[derive(Debug, Parser)]
#[command(
    name = "bibferry",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    args_override_self = true,
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"),
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Convert inputs into another format (the default command)
    #[command(
        long_about = CONVERT_HELP,
        after_help = CONVERT_EXAMPLES,
        after_long_help = format!("{CONVERT_EXAMPLES}\n\n{EXIT_CODES}"),
    )]
    Convert(Convert),
    /// Report what is wrong with inputs, and what their records lack
    #[command(after_long_help = EXIT_CODES)]
    Check(Check),
    /// List the formats, or describe one: what is read, written and lost, and its mapping table
    Formats {
        /// The format to describe
        format: Option<String>,
    },
    /// List the authors of inputs: papers and spellings of each name, case aside
    #[command(after_long_help = EXIT_CODES)]
    Authors(Authors),
    /// Explain a finding's code, a field, a kind or a format; without a name, list all there are
    Explain {
        /// The code, field, kind or format
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) select: SelectArgs,
    #[command(flatten)]
    pub(super) cited: CitedArgs,
    #[command(flatten)]
    pub(super) change: ChangeArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    #[command(flatten)]
    pub(super) loss: LossArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

#[derive(Debug, Args)]
pub(super) struct Authors {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) select: SelectArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// What is read, and how.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files to read; none or `-` is standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The format of all inputs; told from content and file name where it is not given
    #[arg(short, long, value_name = "FORMAT", help_heading = "Input")]
    pub(super) from: Option<String>,
    /// The encoding of inputs without a byte order mark: any name of the WHATWG standard [default: utf-8]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    encoding: Option<String>,
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
    /// The most fields in one record; one with more is reported and kept as it is
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
    /// About how much is read and written at a time, in bytes; the result does not depend on it
    #[arg(long, value_name = "BYTES", default_value = "256K", value_parser = bytes, help_heading = "Limits and work")]
    block_size: u64,
}

/// Which records.
#[derive(Debug, Args)]
pub(super) struct SelectArgs {
    /// Only records of this author: the full name, case aside
    #[arg(long, value_name = "NAME", help_heading = "Selection")]
    pub(super) author: Option<String>,
}

/// What a document asks for.
#[derive(Debug, Args)]
pub(super) struct CitedArgs {
    /// Only what a document cites, in its order: the .aux or .bcf file that LaTeX wrote
    #[arg(long, value_name = "FILE", help_heading = "Selection")]
    cited: Option<PathBuf>,
}

impl CitedArgs {
    /// Puts what is cited among the options of a run.
    pub(super) fn apply(&self, options: &mut Options) -> Result<(), Error> {
        options.cited = self.cited.as_deref().map(Cited::read).transpose()?.map(Arc::new);
        Ok(())
    }
}

/// What is changed on the way, which is nothing unless it is asked for.
#[derive(Debug, Args)]
pub(super) struct ChangeArgs {
    /// The letter case of titles
    #[arg(long, value_name = "HOW", default_value = "keep", hide_default_value = true, help_heading = "Changes")]
    titles: TitleCase,
    /// Make every citation key by this pattern, such as `[auth:lower][year]`; links between entries follow
    #[arg(long, value_name = "PATTERN", help_heading = "Changes", long_help = keys_help())]
    keys: Option<String>,
    /// Write the keys that changed or were made to this file: old and new, separated by a tab
    #[arg(long, value_name = "FILE", help_heading = "Changes")]
    pub(super) key_map: Option<PathBuf>,
}

/// The pages of `--keys`.
fn keys_help() -> String {
    format!(
        "Make every citation key by this pattern, such as `[auth:lower][year]`; links between entries follow. Without it \
         keys are kept, and made of author, year and title word where a format needs one. A record that has nothing of \
         what the pattern names keeps its own key, or gets one of that kind; keys that clash get a, b, c. A pattern is text and fields in \
         brackets, with modifiers behind colons:\n\n{}",
        keys::table()
    )
}

/// What is written, and where.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// The format to write; told from the ending of -o where it is not given
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    pub(super) to: Option<String>,
    /// The file to write, replaced when all is written; none or `-` is standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(super) output: Option<PathBuf>,
    /// Write each input to a file of its own in this folder
    #[arg(long, value_name = "DIR", conflicts_with = "output", help_heading = "Output")]
    pub(super) out_dir: Option<PathBuf>,
    /// Write as one program's importers take it best
    #[arg(long, value_name = "PROGRAM", help_heading = "Output")]
    pub(super) profile: Option<ProfileName>,
    /// Write LaTeX commands instead of letters beyond ASCII, where the format is TeX
    #[arg(long, help_heading = "Output")]
    pub(super) ascii: bool,
    /// Take along what the format has no place for, in fields or note lines that bibferry reads back
    #[arg(long, help_heading = "Output")]
    pub(super) carry: bool,
    /// How many spaces stand before the fields of .bib entries, or `tab` [default: 2]
    #[arg(long, value_name = "N", value_parser = indent, help_heading = "Output")]
    pub(super) indent: Option<Indent>,
    /// Break the lines of .bib entries that are longer, at spaces; addresses and keys stay whole [default: never]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..), help_heading = "Output")]
    pub(super) wrap: Option<u16>,
    /// Leave out what entries take from others by crossref and xdata, and keep the links
    #[arg(long, help_heading = "Output")]
    pub(super) keep_crossref: bool,
    /// Read back what was written; a difference that the loss report does not name is an error
    #[arg(long, help_heading = "Output")]
    pub(super) verify: bool,
}

/// What is said and done about losses.
#[derive(Debug, Args)]
pub(super) struct LossArgs {
    /// How losses are reported: counted in the summary line, each in a line, or each as a JSON line
    #[arg(long, value_name = "HOW", default_value = "summary", require_equals = true, help_heading = "Reports")]
    pub(super) loss: LossReport,
    /// Exit with 1 if anything is lost; what is redundant or had to be added is no loss
    #[arg(long, help_heading = "Reports")]
    pub(super) strict: bool,
    /// Exit with 1 if one of these fields is lost
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', require_equals = true, help_heading = "Reports")]
    pub(super) deny_loss: Vec<String>,
}

/// How reports look.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Findings as text for people or as JSON lines; JSON leaves out the summary line
    #[arg(long, value_name = "HOW", default_value = "text", require_equals = true, help_heading = "Reports")]
    pub(super) diagnostics: Diagnostics,
    /// No summary line, and of the findings only the errors
    #[arg(short, long, help_heading = "Reports")]
    pub(super) quiet: bool,
    /// Colours; `auto` is on terminals, unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Reports")]
    pub(super) color: ColorChoice,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProfileName {
    /// Zotero 7 to 10: its types, its tags, leftovers as lines of its field Extra
    Zotero,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TitleCase {
    /// As it is (the default)
    Keep,
    /// Marked, where lower-casing would damage it: acronyms, mixed case, proper nouns in sentence case
    Protect,
    /// Sentence case for titles in English, or of unknown language
    Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LossReport {
    /// Counted, in the summary line
    Summary,
    /// One line for each
    Full,
    /// One JSON object a line for each, and no summary line
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Diagnostics {
    /// Drawn with the source line
    Text,
    /// One JSON object a line
    Json,
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

/// A number of spaces, or a tab.
fn indent(text: &str) -> Result<Indent, String> {
    if text.eq_ignore_ascii_case("tab") {
        return Ok(Indent::Tab);
    }
    let count = text.parse().ok().filter(|count| *count <= 16);
    count.map(Indent::Spaces).ok_or_else(|| "a number from 0 to 16, or `tab`, is expected".to_owned())
}

impl InputArgs {
    /// What is to be read.
    pub(super) fn inputs(&self) -> Vec<Input> {
        if self.inputs.is_empty() {
            return vec![Input::stdin()];
        }
        self.inputs.iter().map(|path| if is_dash(path) { Input::stdin() } else { Input::path(path) }).collect()
    }

    /// The inputs' paths as given; none for standard input.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// The options of a run that reads these inputs.
    pub(super) fn options(&self) -> Result<Options, Error> {
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let mut options = Options {
            from: self.from.as_deref().map(formats::by_name).transpose()?,
            repair: self.repair.map(|level| match level {
                Repair::Off => Level::Off,
                Repair::Safe => Level::Safe,
                Repair::All => Level::All,
            }),
            threads: usize::from(self.threads),
            block_size: size(self.block_size),
            max_input: self.max_input,
            ..Options::default()
        };
        options.read.max_record = size(self.max_record);
        options.read.max_fields = size(u64::from(self.max_fields));
        if let Some(label) = &self.encoding {
            options.encoding = Some(encoding::by_label(label).ok_or_else(|| unknown_encoding(label))?);
        }
        if self.inputs.iter().filter(|path| is_dash(path)).count() > 1 {
            return Err(Error::Usage("`-` stands twice: standard input can be read once".to_owned()));
        }
        Ok(options)
    }
}

impl ChangeArgs {
    /// Puts what is to be changed among the options of a run.
    pub(super) fn apply(&self, options: &mut Options) -> Result<(), Error> {
        options.titles = match self.titles {
            TitleCase::Keep => Titles::Keep,
            TitleCase::Protect => Titles::Protect,
            TitleCase::Sentence => Titles::Sentence,
        };
        options.keys = self.keys.as_deref().map(Pattern::parse).transpose()?;
        Ok(())
    }
}

/// Whether a path is `-`: standard input or output.
pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
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

fn unknown_encoding(label: &str) -> Error {
    let advice = match did_you_mean(label, ENCODINGS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "any name of the WHATWG Encoding Standard will do, such as latin1 or shift_jis".to_owned(),
    };
    Error::Usage(format!("unknown encoding `{label}`: {advice}"))
}

/// Puts `convert` before arguments that begin with an input or an option.
pub(super) fn with_command(mut args: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    let Some(first) = args.get(1).map(|first| first.to_string_lossy().into_owned()) else { return Ok(args) };
    let about_all = ["-h", "--help", "-V", "--version", "help"].contains(&first.as_str());
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    if about_all || names.contains(&first.as_str()) {
        return Ok(args);
    }
    // Options in front of the command, as in `bibferry --quiet check refs.bib`.
    let named = |arg: &OsString| arg.to_str().is_some_and(|arg| names.contains(&arg) && !Path::new(arg).exists());
    if first.starts_with('-')
        && let Some(at) = args.iter().position(named)
    {
        args[1..=at].rotate_right(1);
        return Ok(args);
    }
    if !first.starts_with('-')
        && !Path::new(&first).exists()
        && let Some(near) = did_you_mean(&first, names)
    {
        return Err(Error::Usage(format!("`{first}`: no such file; did you mean the command `{near}`?")));
    }
    args.insert(1, "convert".into());
    Ok(args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_is_sound() {
        Cli::command().debug_assert();
    }

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
