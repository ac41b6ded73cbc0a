//! Which records.

use bibferry::Error;
use bibferry::cited::Cited;
use bibferry::convert::Options;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// Which records.
#[derive(Debug, Args)]
pub(in crate::cli) struct SelectArgs {
    /// Only records of this author: the full name, case aside
    #[arg(long, value_name = "NAME", help_heading = "Selection")]
    pub(in crate::cli) author: Option<String>,
}

/// What a document asks for.
#[derive(Debug, Args)]
pub(in crate::cli) struct CitedArgs {
    /// Only what a document cites, in its order: the .aux or .bcf file that LaTeX wrote
    #[arg(long, value_name = "FILE", help_heading = "Selection")]
    cited: Option<PathBuf>,
}

impl CitedArgs {
    /// Puts what is cited among the options of a run.
    pub(in crate::cli) fn apply(&self, options: &mut Options) -> Result<(), Error> {
        options.cited = self.cited.as_deref().map(Cited::read).transpose()?.map(Arc::new);
        Ok(())
    }
}
