//! The configuration file `bibferry.toml`: what holds where the command line says nothing.
//!
//! It is looked for in the folder of the first input (standard input: the working directory) and in those above it; the
//! nearest counts, and alone. Its keys are the long names of options:
//!
//! ```toml
//! diagnostics = "github"          # for all commands that have the option
//!
//! [convert]                       # for one command: convert, check or authors
//! to = "biblatex"
//! titles = "protect"
//! deny-loss = ["doi", "abstract"]
//!
//! [levels]                        # as --level
//! field-missing = "off"
//!
//! [[overrides]]                   # for some inputs: how they are read, and levels
//! files = ["legacy/**/*.bib"]
//! encoding = "latin1"
//! levels = { bib-syntax = "off" }
//! ```
//!
//! Paths and patterns are relative to the file. An option on the command line goes before one of the file, also before one
//! that excludes it.

mod page;
mod read;

pub(super) use page::page;

use super::args::{Cli, is_dash};
use super::levels::{FileRules, Levels, Rule, fits};
use bibferry::convert::Input;
use bibferry::format::Format;
use bibferry::transform::repair::Level;
use bibferry::{Error, detect, formats};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory};
use globset::GlobSet;
use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The name of the file.
const NAME: &str = "bibferry.toml";

/// The commands that read inputs, and have options that a file may set.
const COMMANDS: &[&str] = &["convert", "check", "authors"];

/// Where something stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    line: usize,
    column: usize,
}

/// An option that the file sets.
#[derive(Clone, Debug)]
struct Setting {
    /// The command it is for; none is all that have the option.
    command: Option<&'static str>,
    /// Its long name.
    option: String,
    /// Its values; none for an option that takes none and is set.
    values: Vec<String>,
    at: At,
}

/// A level that the file sets.
#[derive(Clone, Debug)]
struct LevelSetting {
    code: String,
    level: String,
    rule: Rule,
    at: At,
}

/// What the file sets for some inputs.
#[derive(Clone, Debug)]
struct Override {
    patterns: Vec<String>,
    files: GlobSet,
    from: Option<&'static Format>,
    encoding: Option<(&'static encoding_rs::Encoding, String)>,
    repair: Option<(Level, String)>,
    levels: Vec<LevelSetting>,
    at: At,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub(super) struct Config {
    /// How its path is shown.
    name: String,
    /// The folder it stands in.
    root: PathBuf,
    settings: Vec<Setting>,
    levels: Vec<LevelSetting>,
    overrides: Vec<Override>,
}

impl Config {
    /// The file that holds for an input, if there is one.
    fn find(input: Option<&Path>) -> Result<Option<Config>, Error> {
        let here = std::env::current_dir().map_err(|error| Error::io(".", error))?;
        let start = match input.filter(|path| !is_dash(path)) {
            Some(path) => std::path::absolute(path).map_err(|error| Error::io(path.display().to_string(), error))?,
            None => here.clone(),
        };
        for folder in start.ancestors() {
            let path = folder.join(NAME);
            if path.is_file() {
                let name = path.strip_prefix(&here).unwrap_or(&path).display().to_string();
                let text = std::fs::read_to_string(&path).map_err(|error| Error::io(name.clone(), error))?;
                return read::read(&text, &name, folder).map(Some);
            }
        }
        Ok(None)
    }

    /// The options for a command, as arguments: those that the command line neither gives nor excludes.
    fn arguments(&self, command: &str, given: &ArgMatches) -> Vec<String> {
        let cli = Cli::command();
        let Some(declared) = cli.find_subcommand(command) else { return Vec::new() };
        let is_given = |arg: &Arg| given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
        let excludes = |one: &Arg, other: &Arg| {
            declared.get_arg_conflicts_with(one).iter().any(|it| it.get_id() == other.get_id())
        };
        let mut arguments = Vec::new();
        for arg in read::options(declared).filter(|arg| !is_given(arg)) {
            let excluded =
                declared.get_arguments().any(|other| is_given(other) && (excludes(arg, other) || excludes(other, arg)));
            let setting = arg.get_long().and_then(|name| self.setting(command, name));
            if let Some(setting) = setting.filter(|it| !excluded && !names_other_format(it, given)) {
                arguments.extend(read::arguments(setting, arg, &self.root));
            }
        }
        arguments
    }

    /// What the file says of an option of a command: for that command, or for all.
    fn setting(&self, command: &str, option: &str) -> Option<&Setting> {
        let of = |command| self.settings.iter().find(|it| it.option == option && it.command == command);
        of(Some(command)).or_else(|| of(None))
    }
}

/// Whether the file names a format to write, and the command line an output whose ending is that of another.
fn names_other_format(setting: &Setting, given: &ArgMatches) -> bool {
    let output = given.try_get_one::<PathBuf>("output").ok().flatten().filter(|_| setting.option == "to");
    let ending = output.and_then(|path| path.extension()).and_then(|it| it.to_str()).map(str::to_lowercase);
    let Some(ending) = ending.filter(|it| detect::by_extension(&format!("x.{it}")).is_some()) else { return false };
    let named = setting.values.first().and_then(|name| formats::by_name(name).ok());
    named.is_some_and(|format| !format.extensions.contains(&ending.as_str()))
}

/// What a configuration file says of inputs and findings.
#[derive(Clone, Debug, Default)]
pub(super) struct Setup {
    config: Option<Config>,
    /// What the command line says of all inputs, so that the file does not.
    given: HashSet<&'static str>,
}

impl Setup {
    /// An input, read as the file says.
    pub(super) fn input(&self, path: &Path, input: Input) -> Input {
        let Some(config) = &self.config else { return input };
        let mut input = input;
        for it in config.overrides.iter().filter(|it| fits(&it.files, &config.root, path)) {
            let open = |option: &str| !self.given.contains(option);
            if let Some(format) = it.from.filter(|_| open("from")) {
                input = input.in_format(format);
            }
            if let Some((encoding, _)) = it.encoding.as_ref().filter(|_| open("encoding")) {
                input = input.in_encoding(encoding);
            }
            if let Some((level, _)) = it.repair.as_ref().filter(|_| open("repair")) {
                input = input.repaired(*level);
            }
        }
        input
    }

    /// The levels of findings: those given go before those of the file.
    pub(super) fn levels(&self, given: &[Rule]) -> Levels {
        let mut levels = Levels { given: given.to_vec(), ..Levels::default() };
        if let Some(config) = &self.config {
            let rules = |levels: &[LevelSetting]| levels.iter().map(|it| it.rule.clone()).collect::<Vec<_>>();
            levels.of_all = rules(&config.levels);
            levels.of_files = config
                .overrides
                .iter()
                .map(|it| FileRules { root: config.root.clone(), files: it.files.clone(), rules: rules(&it.levels) })
                .collect();
        }
        levels
    }
}

/// Arguments with those of the configuration file before them, and what else the file says. Arguments that make no sense
/// come back as they are, for the parser to say so.
pub(super) fn complete(args: Vec<OsString>) -> Result<(Vec<OsString>, Setup), Error> {
    let Ok(matches) = Cli::command().try_get_matches_from(&args) else { return Ok((args, Setup::default())) };
    let Some((command, given)) = matches.subcommand().filter(|(name, _)| COMMANDS.contains(name)) else {
        return Ok((args, Setup::default()));
    };
    if given.get_flag("no_config") {
        return Ok((args, Setup::default()));
    }
    let first = given.get_many::<PathBuf>("inputs").and_then(|mut inputs| inputs.next().cloned());
    let Some(config) = Config::find(first.as_deref())? else { return Ok((args, Setup::default())) };
    let options = config.arguments(command, given);
    let all =
        args.iter().take(2).cloned().chain(options.into_iter().map(OsString::from)).chain(args.iter().skip(2).cloned());
    let all = all.collect();
    let is_given = |id: &&str| given.value_source(id) == Some(ValueSource::CommandLine);
    let given = ["from", "encoding", "repair"].into_iter().filter(is_given).collect();
    Ok((all, Setup { config: Some(config), given }))
}
