//! What is changed on the way.

use bibferry::Error;
use bibferry::convert::Options;
use bibferry::transform::keys::{self, Pattern};
use bibferry::transform::titles::Titles;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is changed on the way, which is nothing unless it is asked for.
#[derive(Debug, Args)]
pub(in crate::cli) struct ChangeArgs {
    /// The letter case of titles
    #[arg(long, value_name = "HOW", default_value = "keep", hide_default_value = true, help_heading = "Changes")]
    titles: TitleCase,
    /// Make every citation key by this pattern, such as `[auth:lower][year]`; links between entries follow
    #[arg(long, value_name = "PATTERN", help_heading = "Changes", long_help = keys_help())]
    keys: Option<String>,
    /// Write the keys that changed or were made to this file: old and new, separated by a tab
    #[arg(long, value_name = "FILE", help_heading = "Changes")]
    pub(in crate::cli) key_map: Option<PathBuf>,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TitleCase {
    /// As it is (the default)
    Keep,
    /// Marked, where lower-casing would damage it: acronyms, mixed case, proper nouns in sentence case
    Protect,
    /// Sentence case for titles in English, or of unknown language
    Sentence,
}

impl ChangeArgs {
    /// Puts what is to be changed among the options of a run.
    pub(in crate::cli) fn apply(&self, options: &mut Options) -> Result<(), Error> {
        options.titles = match self.titles {
            TitleCase::Keep => Titles::Keep,
            TitleCase::Protect => Titles::Protect,
            TitleCase::Sentence => Titles::Sentence,
        };
        options.keys = self.keys.as_deref().map(Pattern::parse).transpose()?;
        Ok(())
    }
}
