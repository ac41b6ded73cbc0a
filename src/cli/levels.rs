//! How severe the codes of findings are, where the user says otherwise: on the command line, in the configuration file,
//! and there for some files only.

use bibferry::Severity;
use bibferry::diagnostic::Diagnostic;
use bibferry::format::did_you_mean;
use bibferry::formats;
use clap::builder::{PossibleValue, TypedValueParser};
use globset::GlobSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Selector {
    All,
    /// All codes that are this severe by themselves.
    Severity(Severity),
    Code(&'static str),
}

/// What becomes of some findings: another severity, or silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    selector: Selector,
    level: Level,
}

/// How severe a finding is, if it is reported at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Off,
    On(Severity),
}

const LEVELS: &[(&str, Level)] = &[
    ("off", Level::Off),
    ("note", Level::On(Severity::Note)),
    ("warning", Level::On(Severity::Warning)),
    ("error", Level::On(Severity::Error)),
];

impl Rule {
    /// A rule from the name of a code and of a level. The error says which of them is unknown, and what is meant perhaps.
    pub(super) fn new(code: &str, level: &str) -> Result<Rule, String> {
        let found = LEVELS.iter().find(|(name, _)| *name == level.trim());
        let (_, level) = found.ok_or_else(|| {
            let near = did_you_mean(level, LEVELS.iter().map(|(name, _)| *name));
            let advice = near.map_or_else(|| "there are off, note, warning, error".to_owned(), meant);
            format!("unknown level `{level}`: {advice}")
        })?;
        let code = code.trim();
        let selector = match code {
            "all" => Selector::All,
            "note" => Selector::Severity(Severity::Note),
            "warning" => Selector::Severity(Severity::Warning),
            "error" => Selector::Severity(Severity::Error),
            _ => match formats::codes().find(|it| it.id == code) {
                Some(code) => Selector::Code(code.id),
                None => return Err(unknown_code(code)),
            },
        };
        Ok(Rule { selector, level: *level })
    }

    fn applies(&self, finding: &Diagnostic) -> bool {
        match &self.selector {
            Selector::All => true,
            Selector::Severity(severity) => finding.code.severity == *severity,
            Selector::Code(id) => finding.code.id == *id,
        }
    }

    /// A rule about one code goes before one about many.
    fn is_particular(&self) -> bool {
        matches!(self.selector, Selector::Code(_))
    }
}

fn meant(near: &str) -> String {
    format!("did you mean `{near}`?")
}

fn unknown_code(code: &str) -> String {
    let near = did_you_mean(code, formats::codes().map(|it| it.id));
    format!("unknown code `{code}`: {}", near.map_or_else(|| "`bibferry explain` lists all codes".to_owned(), meant))
}

/// Parses `CODE=LEVEL`, and knows what there is for completions.
#[derive(Clone, Debug)]
pub(super) struct CodeLevels;

impl TypedValueParser for CodeLevels {
    type Value = Rule;

    fn parse_ref(&self, command: &clap::Command, _arg: Option<&clap::Arg>, value: &OsStr) -> Result<Rule, clap::Error> {
        let text = value.to_string_lossy();
        let rule = match text.split_once('=') {
            Some((code, level)) => Rule::new(code, level),
            None => Err(format!("`{text}` is not CODE=LEVEL, such as field-missing=off")),
        };
        rule.map_err(|why| command.clone().error(clap::error::ErrorKind::ValueValidation, why))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = ["all", "note", "warning", "error"].into_iter().chain(formats::codes().map(|code| code.id));
        Some(Box::new(
            names.flat_map(|name| LEVELS.iter().map(move |(level, _)| PossibleValue::new(format!("{name}={level}")))),
        ))
    }
}

/// The rules for files that a pattern of the configuration file fits.
#[derive(Clone, Debug)]
pub(super) struct FileRules {
    /// The folder that the patterns are relative to.
    pub(super) root: PathBuf,
    pub(super) files: GlobSet,
    pub(super) rules: Vec<Rule>,
}

/// Whether patterns fit a file; they are about its path below a folder.
pub(super) fn fits(files: &GlobSet, root: &Path, file: &Path) -> bool {
    let absolute = std::path::absolute(file);
    let below = absolute.as_deref().ok().and_then(|path| path.strip_prefix(root).ok());
    below.is_some_and(|below| files.is_match(below))
}

/// All rules of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    /// Of the command line. Here and below, later ones go before earlier ones.
    pub(super) given: Vec<Rule>,
    /// Of the configuration file, for some files.
    pub(super) of_files: Vec<FileRules>,
    /// Of the configuration file, for all files.
    pub(super) of_all: Vec<Rule>,
}

impl Levels {
    /// Gives a finding the severity that the rules say; nothing comes back if it is not to be reported.
    pub(super) fn apply(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        let level =
            decide(&self.given, &finding).or_else(|| self.of_file(&finding)).or_else(|| decide(&self.of_all, &finding));
        match level {
            Some(Level::Off) => return None,
            Some(Level::On(severity)) => finding.severity = severity,
            None => {}
        }
        Some(finding)
    }

    fn of_file(&self, finding: &Diagnostic) -> Option<Level> {
        let file = finding.file.as_deref().filter(|_| !self.of_files.is_empty())?;
        let fitting = |it: &&FileRules| fits(&it.files, &it.root, Path::new(file));
        self.of_files.iter().rev().filter(fitting).find_map(|it| decide(&it.rules, finding))
    }
}

/// What rules say of a finding, if they say anything.
fn decide(rules: &[Rule], finding: &Diagnostic) -> Option<Level> {
    let last =
        |particular: bool| rules.iter().rev().find(|rule| rule.is_particular() == particular && rule.applies(finding));
    last(true).or_else(|| last(false)).map(|rule| rule.level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bibferry::diagnostic::{FIELD_MISSING, JSON_INVALID};

    fn severity(rules: &[(&str, &str)], code: &'static bibferry::Code) -> Option<Severity> {
        let of_all = rules.iter().map(|(code, level)| Rule::new(code, level).unwrap()).collect();
        let levels = Levels { of_all, ..Levels::default() };
        levels.apply(Diagnostic::new(code, "m")).map(|it| it.severity)
    }

    #[test]
    fn the_particular_goes_before_the_general_and_the_later_before_the_earlier() {
        assert_eq!(severity(&[], &FIELD_MISSING), Some(Severity::Note));
        assert_eq!(severity(&[("field-missing", "error")], &FIELD_MISSING), Some(Severity::Error));
        assert_eq!(severity(&[("field-missing", "error"), ("note", "off")], &FIELD_MISSING), Some(Severity::Error));
        assert_eq!(severity(&[("all", "off")], &JSON_INVALID), None);
        assert_eq!(severity(&[("note", "off"), ("note", "warning")], &FIELD_MISSING), Some(Severity::Warning));
        assert_eq!(severity(&[("note", "off")], &JSON_INVALID), Some(Severity::Error));
    }

    #[test]
    fn unknown_names_are_answered() {
        assert!(Rule::new("field-misssing", "off").unwrap_err().contains("did you mean `field-missing`?"));
        assert!(Rule::new("field-missing", "eror").unwrap_err().contains("did you mean `error`?"));
    }
}
