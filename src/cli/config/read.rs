//! From the text of a configuration file to what it sets. Whatever is wrong is said with its place.

use super::{At, COMMANDS, Config, LevelSetting, Override, Setting};
use crate::cli::args::Cli;
use crate::cli::levels::Rule;
use bibferry::Error;
use bibferry::format::did_you_mean;
use bibferry::transform::repair::Level;
use bibferry::{encoding, formats};
use clap::{Arg, ArgAction, CommandFactory};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::any::TypeId;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys beside options and commands.
const LEVELS: &str = "levels";
const OVERRIDES: &str = "overrides";

/// The keys of an override.
const OF_FILES: &[&str] = &["files", "from", "encoding", "repair", LEVELS];

/// Options that make no sense in a file.
const NOT_IN_A_FILE: &[&str] = &["help", "no-config", "level"];

/// The long names of a command's options that a file may set.
pub(super) fn options(command: &clap::Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.get_long().is_some_and(|name| !NOT_IN_A_FILE.contains(&name)))
}

/// Reads a file.
pub(super) fn read(text: &str, name: &str, root: &Path) -> Result<Config, Error> {
    let reader = Reader { text, name, cli: Cli::command() };
    let table = DeTable::parse(text)
        .map_err(|error| reader.wrong(&error.span().unwrap_or_default(), error.message().trim()))?;
    let mut config = Config {
        name: name.to_owned(),
        root: root.to_owned(),
        settings: Vec::new(),
        levels: Vec::new(),
        overrides: Vec::new(),
    };
    for (key, value) in in_order(table.get_ref()) {
        match (&**key.get_ref(), value.get_ref()) {
            (LEVELS, _) => config.levels = reader.levels(value)?,
            (OVERRIDES, DeValue::Array(all)) => {
                config.overrides = all.iter().map(|it| reader.overrides(it)).collect::<Result<_, _>>()?;
            }
            (OVERRIDES, _) => return Err(reader.wrong(&key.span(), "`overrides` is a list of tables: [[overrides]]")),
            (command, DeValue::Table(table)) => {
                let command =
                    COMMANDS.iter().copied().find(|it| *it == command).ok_or_else(|| reader.unknown_key(key, None))?;
                for (key, value) in in_order(table) {
                    config.settings.push(reader.setting(Some(command), key, value)?);
                }
            }
            _ => config.settings.push(reader.setting(None, key, value)?),
        }
    }
    Ok(config)
}

type Key<'i> = Spanned<toml::de::DeString<'i>>;
type Value<'i> = Spanned<DeValue<'i>>;

/// The members of a table in the order in which they stand.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Key<'i>, &'t Value<'i>)> {
    let mut all: Vec<_> = table.iter().collect();
    all.sort_by_key(|(key, _)| key.span().start);
    all
}

struct Reader<'t> {
    text: &'t str,
    name: &'t str,
    cli: clap::Command,
}

impl Reader<'_> {
    fn at(&self, span: &Range<usize>) -> At {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        At { line: before.matches('\n').count() + 1, column: before[line..].chars().count() + 1 }
    }

    fn wrong(&self, span: &Range<usize>, message: &str) -> Error {
        let At { line, column } = self.at(span);
        Error::Usage(format!("{}:{line}:{column}: {message}", self.name))
    }

    fn unknown_key(&self, key: &Key<'_>, command: Option<&str>) -> Error {
        let commands = self.cli.get_subcommands().filter(|it| match command {
            Some(command) => it.get_name() == command,
            None => COMMANDS.contains(&it.get_name()),
        });
        let mut names: Vec<&str> = commands.flat_map(|it| options(it).filter_map(Arg::get_long)).collect();
        if command.is_none() {
            names.extend(COMMANDS.iter().copied().chain([LEVELS, OVERRIDES]));
        }
        self.unknown(key, command.map(|it| format!(" in [{it}]")), names)
    }

    fn unknown(&self, key: &Key<'_>, place: Option<String>, names: Vec<&str>) -> Error {
        let name = key.get_ref();
        let advice = match did_you_mean(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "keys are the long names of options; `bibferry config` lists them".to_owned(),
        };
        self.wrong(&key.span(), &format!("unknown key `{name}`{}: {advice}", place.unwrap_or_default()))
    }

    /// An option. Its value is tried, so that what is wrong with it is said of its place.
    fn setting(&self, command: Option<&'static str>, key: &Key<'_>, value: &Value<'_>) -> Result<Setting, Error> {
        let name = &**key.get_ref();
        let declared = COMMANDS.iter().filter(|it| command.is_none_or(|command| command == **it)).find_map(|it| {
            let of = self.cli.find_subcommand(it)?;
            Some((*it, options(of).find(|arg| arg.get_long() == Some(name))?))
        });
        let Some((of, arg)) = declared else { return Err(self.unknown_key(key, command)) };
        let values = self.values(arg, value)?;
        let setting = Setting { command, option: name.to_owned(), values, at: self.at(&key.span()) };
        let tried = ["bibferry".to_owned(), of.to_owned()].into_iter().chain(arguments(&setting, arg, Path::new("")));
        // That others are needed beside it is seen when all is there.
        if let Err(error) = self.cli.clone().try_get_matches_from(tried)
            && error.kind() != clap::error::ErrorKind::MissingRequiredArgument
        {
            let text = error.to_string();
            let reason = text.strip_prefix("error: ").unwrap_or(&text);
            let reason = reason.split("\n\nUsage:").next().unwrap_or(reason);
            let reason = reason.split("\n\nFor more").next().unwrap_or(reason);
            return Err(self.wrong(&value.span(), reason.trim_end()));
        }
        Ok(setting)
    }

    /// The values of an option.
    fn values(&self, arg: &Arg, value: &Value<'_>) -> Result<Vec<String>, Error> {
        let takes_none = matches!(arg.get_action(), ArgAction::SetTrue);
        match value.get_ref() {
            DeValue::Boolean(false) if takes_none => Ok(vec!["false".to_owned()]),
            DeValue::Boolean(true) if takes_none || arg.get_num_args().is_some_and(|it| it.min_values() == 0) => {
                Ok(Vec::new())
            }
            _ if takes_none => Err(self.wrong(&value.span(), "true or false is expected")),
            DeValue::Array(all) if matches!(arg.get_action(), ArgAction::Append) => {
                all.iter().map(|it| self.text_of(it)).collect()
            }
            _ => Ok(vec![self.text_of(value)?]),
        }
    }

    /// A string, or a number as it is written.
    fn text_of(&self, value: &Value<'_>) -> Result<String, Error> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text.clone().into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => Ok(self.text.get(value.span()).unwrap_or_default().to_owned()),
            _ => Err(self.wrong(&value.span(), "a string or a number is expected")),
        }
    }

    fn levels(&self, value: &Value<'_>) -> Result<Vec<LevelSetting>, Error> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wrong(&value.span(), "`levels` is a table: codes and their levels"));
        };
        let level = |(key, value): (&Key<'_>, &Value<'_>)| {
            let (code, level) = (key.get_ref().clone().into_owned(), self.text_of(value)?);
            let rule = Rule::new(&code, &level).map_err(|why| {
                let at = if why.starts_with("unknown code") { key.span() } else { value.span() };
                self.wrong(&at, &why)
            })?;
            Ok(LevelSetting { code, level, rule, at: self.at(&key.span()) })
        };
        in_order(table).into_iter().map(level).collect()
    }

    fn overrides(&self, value: &Value<'_>) -> Result<Override, Error> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wrong(&value.span(), "a table is expected: [[overrides]]"));
        };
        let mut it = Override {
            patterns: Vec::new(),
            files: GlobSet::empty(),
            from: None,
            encoding: None,
            repair: None,
            levels: Vec::new(),
            at: self.at(&value.span()),
        };
        for (key, value) in in_order(table) {
            let said = |error: Error| self.wrong(&value.span(), &error.to_string());
            match &**key.get_ref() {
                "files" => (it.patterns, it.files) = self.patterns(value)?,
                "from" => it.from = Some(formats::by_name(&self.text_of(value)?).map_err(said)?),
                "encoding" => {
                    let label = self.text_of(value)?;
                    let found = encoding::by_label(&label);
                    it.encoding = Some((found.ok_or_else(|| said(crate::cli::args::unknown_encoding(&label)))?, label));
                }
                "repair" => {
                    let word = self.text_of(value)?;
                    let levels = [("off", Level::Off), ("safe", Level::Safe), ("all", Level::All)];
                    let found = levels.iter().find(|(name, _)| *name == word);
                    let (_, level) = found.ok_or_else(|| self.wrong(&value.span(), "off, safe or all is expected"))?;
                    it.repair = Some((*level, word));
                }
                LEVELS => it.levels = self.levels(value)?,
                _ => return Err(self.unknown(key, Some(" in [[overrides]]".to_owned()), OF_FILES.to_vec())),
            }
        }
        if it.patterns.is_empty() {
            return Err(self.wrong(&value.span(), "`files` is missing: patterns of the inputs that this is about"));
        }
        Ok(it)
    }

    fn patterns(&self, value: &Value<'_>) -> Result<(Vec<String>, GlobSet), Error> {
        let one = |value: &Value<'_>| {
            let text = self.text_of(value)?;
            let glob = GlobBuilder::new(&text).literal_separator(true).build();
            glob.map(|glob| (text, glob)).map_err(|error| self.wrong(&value.span(), &error.kind().to_string()))
        };
        let all: Vec<_> = match value.get_ref() {
            DeValue::Array(all) => all.iter().map(one).collect::<Result<_, _>>()?,
            _ => vec![one(value)?],
        };
        let mut set = GlobSetBuilder::new();
        let mut patterns = Vec::new();
        for (text, glob) in all {
            patterns.push(text);
            set.add(glob);
        }
        let set = set.build().map_err(|error| self.wrong(&value.span(), &error.to_string()))?;
        Ok((patterns, set))
    }
}

/// A setting as arguments. Paths are relative to the folder of the file.
pub(super) fn arguments(setting: &Setting, arg: &Arg, root: &Path) -> Vec<String> {
    let option = &setting.option;
    let is_path = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
    let takes_none = matches!(arg.get_action(), ArgAction::SetTrue);
    match setting.values.as_slice() {
        [] => vec![format!("--{option}")],
        [word] if takes_none && word == "false" => Vec::new(),
        values => values
            .iter()
            .map(|value| {
                let value = if is_path { shown(&root.join(value)) } else { value.clone() };
                format!("--{option}={value}")
            })
            .collect(),
    }
}

/// A path, relative where it is below the working directory.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read(text, "bibferry.toml", Path::new("/x")).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert!(
            error("[convert]\ntitels = \"protect\"\n")
                .starts_with("bibferry.toml:2:1: unknown key `titels` in [convert]: did you mean `titles`?")
        );
        assert!(
            error("[convert]\r\ntitles = \"protekt\"\r\n").starts_with("bibferry.toml:2:10: invalid value 'protekt'")
        );
        assert!(error("[levels]\nfield-misssing = \"off\"").starts_with("bibferry.toml:2:1: unknown code"));
        assert!(error("[levels]\nfield-missing = \"of\"").starts_with("bibferry.toml:2:17: unknown level"));
        assert!(error("[convrt]\n").contains("did you mean `convert`?"));
        assert!(error("strict = 1\n").contains("bibferry.toml:1:10: true or false is expected"));
        assert!(error("[[overrides]]\nfrom = \"ris\"\n").contains("`files` is missing"));
        assert!(
            error("[[overrides]]\nfiles = [\"*\"]\nto = \"ris\"\n").contains("3:1: unknown key `to` in [[overrides]]")
        );
        assert!(error("x = \n").starts_with("bibferry.toml:1:"));
        assert!(error("help = true").contains("unknown key `help`"));
    }

    #[test]
    fn settings_are_arguments() {
        let config = read(
            "quiet = true\n[convert]\nstrict = false\nthreads = 2\ndeny-loss = [\"doi\", \"abstract\"]\nrepair = true\nout-dir = \"build\"\n",
            "bibferry.toml",
            Path::new("/x"),
        );
        let config = config.unwrap();
        let matches = Cli::command().try_get_matches_from(["bibferry", "convert"]).unwrap();
        let given = matches.subcommand_matches("convert").unwrap();
        let all = config.arguments("convert", given);
        let sep = std::path::MAIN_SEPARATOR;
        assert_eq!(
            all.join(" "),
            format!("--repair --threads=2 --out-dir=/x{sep}build --deny-loss=doi --deny-loss=abstract --quiet")
        );
        assert_eq!(config.arguments("check", given), ["--quiet"]);
        let matches = Cli::command().try_get_matches_from(["bibferry", "convert", "-o", "x.ris", "-q"]).unwrap();
        let given = matches.subcommand_matches("convert").unwrap();
        assert!(!config.arguments("convert", given).iter().any(|it| it.starts_with("--out-dir") || it == "--quiet"));
    }
}
