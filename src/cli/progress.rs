//! How far a run has come: a bar on a terminal, after a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// How long a run may take without a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    /// Files, of so many.
    Files(u64),
    /// Bytes, of so many if that is known.
    Bytes(Option<u64>),
}

/// How far a run has come.
pub(super) struct Progress {
    unit: Unit,
    begun: Instant,
    done: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to count, if standard error is a terminal that nothing else is written to.
    pub(super) fn begin(unit: Unit, output_is_stdout: bool) -> Option<Progress> {
        let seen = io::stderr().is_terminal() && !(output_is_stdout && io::stdout().is_terminal());
        seen.then(|| Progress { unit, begun: Instant::now(), done: 0, bar: None })
    }

    /// So much more is done.
    pub(super) fn add(&mut self, more: u64) {
        self.done += more;
        if self.bar.is_none() && self.begun.elapsed() >= PATIENCE {
            self.bar = Some(bar(self.unit));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Does something that writes to the terminal.
    pub(super) fn aside<R>(&self, work: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(unit: Unit) -> ProgressBar {
    let (length, template) = match unit {
        Unit::Files(total) => (Some(total), "{wide_bar} {pos}/{len} files, {eta} left"),
        Unit::Bytes(Some(total)) => (Some(total), "{wide_bar} {bytes}/{total_bytes}, {eta} left"),
        Unit::Bytes(None) => (None, "{spinner} {bytes} in {elapsed}"),
    };
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
