//! `bibferry config`: which options hold, and where each comes from.

use super::{COMMANDS, Config, LevelSetting, fits, read};
use crate::cli::args::Cli;
use crate::cli::layout::table;
use bibferry::Error;
use clap::{ArgAction, CommandFactory};
use std::fmt::Write;
use std::path::Path;

/// The page for an input, or for the working directory.
pub(in crate::cli) fn page(input: Option<&Path>) -> Result<String, Error> {
    let config = Config::find(input)?;
    let mut page = match &config {
        Some(config) => format!("{}\n", config.name),
        None => format!("no {} here or in a folder above: the defaults hold\n", super::NAME),
    };
    for command in COMMANDS {
        let _ = writeln!(page, "\n[{command}]");
        table(&mut page, 2, &rows(command, config.as_ref()));
    }
    let Some(config) = config else { return Ok(page) };
    if !config.levels.is_empty() {
        page.push_str("\n[levels]\n");
        table(&mut page, 2, &levels(&config, &config.levels));
    }
    let about = |it: &&super::Override| input.is_none_or(|path| path.is_dir() || fits(&it.files, &config.root, path));
    for it in config.overrides.iter().filter(about) {
        let _ = writeln!(page, "\n[[overrides]] for {}", it.patterns.join(", "));
        let place = place(&config, it.at);
        let row = |name: &str, value: &str| vec![name.to_owned(), value.to_owned(), place.clone()];
        let mut rows: Vec<Vec<String>> = Vec::new();
        rows.extend(it.from.map(|format| row("from", format.id)));
        rows.extend(it.encoding.as_ref().map(|(_, label)| row("encoding", label)));
        rows.extend(it.repair.as_ref().map(|(_, word)| row("repair", word)));
        rows.extend(levels(&config, &it.levels));
        table(&mut page, 2, &rows);
    }
    Ok(page)
}

fn place(config: &Config, at: super::At) -> String {
    format!("{}:{}:{}", config.name, at.line, at.column)
}

fn levels(config: &Config, levels: &[LevelSetting]) -> Vec<Vec<String>> {
    levels.iter().map(|it| vec![it.code.clone(), it.level.clone(), place(config, it.at)]).collect()
}

/// The options of a command: name, value, and where it is from.
fn rows(command: &str, config: Option<&Config>) -> Vec<Vec<String>> {
    let cli = Cli::command();
    let Some(declared) = cli.find_subcommand(command) else { return Vec::new() };
    let mut rows = Vec::new();
    for arg in read::options(declared) {
        let Some(name) = arg.get_long() else { continue };
        let set = config.and_then(|config| Some((config, config.setting(command, name)?)));
        let (value, from) = match set {
            Some((config, it)) if it.values.is_empty() => ("true".to_owned(), place(config, it.at)),
            Some((config, it)) => (it.values.join(", "), place(config, it.at)),
            None => {
                let defaults: Vec<_> = arg.get_default_values().iter().map(|it| it.to_string_lossy()).collect();
                let unset = if matches!(arg.get_action(), ArgAction::SetTrue) { "false" } else { "-" };
                (if defaults.is_empty() { unset.to_owned() } else { defaults.join(", ") }, "default".to_owned())
            }
        };
        rows.push(vec![name.to_owned(), value, from]);
    }
    rows
}
