//! The command line: options in, a library call, reports and an exit code out.

mod args;
mod authors;
mod batch;
mod check;
mod config;
mod convert;
mod difference;
mod explain;
mod formats;
mod generate;
mod inputs;
mod key_file;
mod layout;
mod levels;
mod new_file;
mod output;
mod progress;
mod render;
mod report;

use args::{Cli, Command};
use bibferry::Error;
use clap::Parser;
use report::Status;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

/// The run: from arguments to exit code.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args = args::with_command(args.collect()).and_then(config::complete);
    let (cli, setup) = match args.map(|(args, setup)| Cli::try_parse_from(args).map(|cli| (cli, setup))) {
        Ok(Ok(parsed)) => parsed,
        // Help and version are asked for, and go to standard output; anything else is a usage error.
        Ok(Err(message)) => {
            let printed = message.print().and_then(|()| io::stdout().flush());
            return match printed {
                _ if message.use_stderr() => ExitCode::from(2),
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => failed(&Error::io("<stdout>", error), clap::ColorChoice::Auto),
            };
        }
        Err(error) => return failed(&error, clap::ColorChoice::Auto),
    };
    let (result, color) = match &cli.command {
        Command::Convert(args) => (convert::run(args, &setup), args.report.color),
        Command::Check(args) => (check::run(args, &setup), args.report.color),
        Command::Authors(args) => (authors::run(args, &setup), args.report.color),
        Command::Formats { format } => (print(formats::page(format.as_deref())), clap::ColorChoice::Auto),
        Command::Config { input } => (print(config::page(input.as_deref())), clap::ColorChoice::Auto),
        Command::Completions { shell } => (print(Ok(generate::completions(*shell))), clap::ColorChoice::Auto),
        Command::Man { command } => (print(generate::man(command.as_deref())), clap::ColorChoice::Auto),
        Command::Explain { name } => (print(explain::page(name.as_deref())), clap::ColorChoice::Auto),
    };
    match result {
        Ok(status) => ExitCode::from(status.code()),
        Err(error) => failed(&error, color),
    }
}

/// Prints a page that is a command's whole result.
fn print(page: Result<String, Error>) -> Result<Status, Error> {
    let mut out = io::stdout().lock();
    let written = out.write_all(page?.as_bytes()).and_then(|()| out.flush());
    written.map(|()| Status::Done).map_err(|error| Error::io("<stdout>", error))
}

/// Says why the run ended. That nobody wants to read more is no failure.
fn failed(error: &Error, color: clap::ColorChoice) -> ExitCode {
    if error.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    let choice = report::coloured(color, &io::stderr());
    let text = render::Pen::new(choice != anstream::ColorChoice::Never).error(&error.to_string());
    let _ = anstream::AutoStream::new(io::stderr(), choice).write_all(text.as_bytes());
    ExitCode::from(error.exit_code())
}
