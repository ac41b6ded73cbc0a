//! What is reported, and how.

use super::names::Names;
use crate::cli::levels::{CodeLevels, Rule};
use clap::{Args, ColorChoice, ValueEnum};

/// What is said and done about losses.
#[derive(Debug, Args)]
pub(in crate::cli) struct LossArgs {
    /// How losses are reported: counted in the summary line, each in a line, or each as a JSON line
    #[arg(long, value_name = "HOW", default_value = "summary", require_equals = true, help_heading = "Reports")]
    pub(in crate::cli) loss: LossReport,
    /// Exit with 1 if anything is lost; what is redundant or had to be added is no loss
    #[arg(long, help_heading = "Reports")]
    pub(in crate::cli) strict: bool,
    /// Exit with 1 if one of these fields is lost
    #[arg(long, value_name = "FIELD,…", value_parser = Names::Losable, hide_possible_values = true, value_delimiter = ',', require_equals = true, help_heading = "Reports")]
    pub(in crate::cli) deny_loss: Vec<String>,
}

/// How reports look.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArgs {
    /// Findings as text for people, or in a form for programs, which leaves out the summary line
    #[arg(long, value_name = "HOW", default_value = "text", require_equals = true, help_heading = "Reports")]
    pub(in crate::cli) diagnostics: Diagnostics,
    /// Report a code as `off`, `note`, `warning` or `error`; CODE may also be `note`, `warning`, `error` or `all`
    #[arg(
        long = "level",
        value_name = "CODE=LEVEL,…",
        value_delimiter = ',',
        value_parser = CodeLevels,
        hide_possible_values = true,
        help_heading = "Reports"
    )]
    pub(in crate::cli) levels: Vec<Rule>,
    /// No summary line, and of the findings only the errors
    #[arg(short, long, help_heading = "Reports")]
    pub(in crate::cli) quiet: bool,
    /// Colours; `auto` is on terminals, unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Reports")]
    pub(in crate::cli) color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LossReport {
    /// Counted, in the summary line
    Summary,
    /// One line for each
    Full,
    /// One JSON object a line for each, and no summary line
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Diagnostics {
    /// Drawn with the source line
    Text,
    /// One JSON object a line
    Json,
    /// One SARIF 2.1.0 log, as code scanning takes it
    Sarif,
    /// Workflow commands of GitHub Actions: annotations at the line
    Github,
    /// `file:line:column: severity: message [code]`, as editors read it
    Errorformat,
}
