//! The options: the one place that declares them, a file for each subject. Formats, fields and codes are looked up in the
//! library's registry, so that a new one needs no line here.

mod change;
mod input;
mod names;
mod output;
mod pages;
mod report;
mod select;

pub(super) use change::ChangeArgs;
pub(super) use input::{InputArgs, unknown_encoding};
pub(super) use output::{OutputArgs, ProfileName};
pub(super) use report::{Diagnostics, LossArgs, LossReport, ReportArgs};
pub(super) use select::{CitedArgs, SelectArgs};

use bibferry::Error;
use bibferry::format::did_you_mean;
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use names::Names;
use pages::{
    CHECK_EXAMPLES, COMPLETIONS_HELP, CONFIG_HELP, CONVERT_EXAMPLES, CONVERT_HELP, EXAMPLES, EXIT_CODES, MAN_HELP,
};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

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
    Convert(Box<Convert>),
    /// Report what is wrong with inputs, and what their records lack
    #[command(after_help = CHECK_EXAMPLES, after_long_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check(Check),
    /// List the formats, or describe one: what is read, written and lost, and its mapping table
    Formats {
        /// The format to describe
        #[arg(value_parser = Names::Formats, hide_possible_values = true)]
        format: Option<String>,
    },
    /// List the authors of inputs: papers and spellings of each name, case aside
    #[command(after_long_help = EXIT_CODES)]
    Authors(Authors),
    /// Explain a finding's code, a field, a kind or a format; without a name, list all there are
    Explain {
        /// The code, field, kind or format
        #[arg(value_name = "NAME", value_parser = Names::Pages, hide_possible_values = true)]
        name: Option<String>,
    },
    /// Print which options hold for an input, and where from: bibferry.toml or the defaults
    #[command(after_help = CONFIG_HELP)]
    Config {
        /// The file or folder from which bibferry.toml is looked for upwards [default: the working directory]
        #[arg(value_name = "INPUT")]
        input: Option<PathBuf>,
    },
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page of a command, or of the program
    #[command(after_help = MAN_HELP)]
    Man {
        /// The command
        command: Option<String>,
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

/// Whether a path is `-`: standard input or output.
pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
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
}
