//! Where reports go: findings and losses as they come, one summary line at the end, and the exit code.

use super::args::{Diagnostics, LossReport, ReportArgs};
use super::render::{self, Pen};
use anstream::AutoStream;
use bibferry::Error;
use bibferry::convert::{Observer, Outcome};
use bibferry::diagnostic::{Diagnostic, Severity, VERIFY_DIFFERS};
use bibferry::loss::Loss;
use bibferry::record::Item;
use bibferry::transform::authors::Clusters;
use std::io::{self, BufWriter, Write};

/// How many sorts of loss the summary line names.
const NAMED: usize = 8;

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Done.
    Done,
    /// Done, but something was found that should not be.
    Found,
    /// Nothing could be read.
    Nothing,
}

impl Status {
    pub(super) fn of(outcome: &Outcome) -> Status {
        match outcome {
            Outcome { inputs: 0, failed: 1.., .. } => Status::Nothing,
            Outcome { errors: 1.., .. } => Status::Found,
            _ => Status::Done,
        }
    }

    /// The same, or what else was found.
    pub(super) fn or_found(self, found: bool) -> Status {
        if self == Status::Done && found { Status::Found } else { self }
    }

    pub(super) fn code(self) -> u8 {
        match self {
            Status::Done => 0,
            Status::Found => 1,
            Status::Nothing => 3,
        }
    }
}

/// Whether a stream shall be coloured.
pub(super) fn coloured(choice: clap::ColorChoice, stream: &impl anstream::stream::RawStream) -> anstream::ColorChoice {
    match choice {
        clap::ColorChoice::Auto => AutoStream::choice(stream),
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    }
}

/// Is told of findings and losses, and passes them on.
pub(super) struct Reporter {
    out: Box<dyn Write>,
    /// Whether what goes there is the result, so that a failure counts.
    is_result: bool,
    failed: Option<io::Error>,
    pen: Pen,
    quiet: bool,
    json: bool,
    losses: LossReport,
    counts: Counts,
    /// Author names, if they are asked for.
    pub(super) clusters: Option<Clusters>,
}

#[derive(Debug, Default)]
struct Counts {
    notes: u64,
    warnings: u64,
    errors: u64,
    /// Errors that are not about the input's records.
    unverified: u64,
}

impl Reporter {
    /// Findings are beside the result.
    pub(super) fn to_stderr(args: &ReportArgs, losses: LossReport) -> Reporter {
        let choice = coloured(args.color, &io::stderr());
        Reporter::new(args, losses, choice, Box::new(AutoStream::new(io::stderr(), choice)), false)
    }

    /// Findings are the result.
    pub(super) fn to_stdout(args: &ReportArgs) -> Reporter {
        let choice = coloured(args.color, &io::stdout());
        let out = BufWriter::new(AutoStream::new(io::stdout(), choice));
        Reporter::new(args, LossReport::Summary, choice, Box::new(out), true)
    }

    fn new(
        args: &ReportArgs,
        losses: LossReport,
        choice: anstream::ColorChoice,
        out: Box<dyn Write>,
        is_result: bool,
    ) -> Reporter {
        Reporter {
            out,
            is_result,
            failed: None,
            pen: Pen::new(choice != anstream::ColorChoice::Never),
            quiet: args.quiet,
            json: args.diagnostics == Diagnostics::Json,
            losses,
            counts: Counts::default(),
            clusters: None,
        }
    }

    fn put(&mut self, text: &str) {
        if self.failed.is_none() {
            // Standard error that is gone is nobody's loss; a result that is gone is told at the end.
            self.failed = self.out.write_all(text.as_bytes()).err().filter(|_| self.is_result);
        }
    }

    /// Ends the report: the summary line, unless there is JSON for programs to read.
    pub(super) fn summary(mut self, outcome: &Outcome) -> Result<(), Error> {
        let flushed = self.out.flush().err().filter(|_| self.is_result);
        if let Some(error) = self.failed.take().or(flushed) {
            return Err(Error::io("<stdout>", error));
        }
        if !self.quiet && !self.json && self.losses != LossReport::Json {
            let line = if self.is_result { self.findings_line(outcome) } else { self.losses_line(outcome) };
            // Standard error that is gone is nobody's loss.
            let _ = writeln!(io::stderr(), "{line}");
        }
        Ok(())
    }

    /// `412 records; 1 error, 2 warnings`
    fn findings_line(&self, outcome: &Outcome) -> String {
        let counts = [(self.counts.errors, "error"), (self.counts.warnings, "warning"), (self.counts.notes, "note")];
        let found: Vec<_> =
            counts.iter().filter(|(times, _)| *times > 0).map(|(times, word)| plural(*times, word)).collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
        format!("{}; {found}", plural(outcome.records, "record"))
    }

    /// `412 records; 3 entries damaged; 37 lost abstract: --loss=full shows them`
    fn losses_line(&self, outcome: &Outcome) -> String {
        let mut line = plural(outcome.records, "record");
        if outcome.selected != outcome.records {
            line = format!("{} of {line}", outcome.selected);
        }
        let damaged = outcome.errors.saturating_sub(outcome.failed + self.counts.unverified);
        let counts = [
            (outcome.failed, plural(outcome.failed, "input"), "could not be read"),
            (damaged, if damaged == 1 { "1 entry".to_owned() } else { format!("{damaged} entries") }, "damaged"),
            (self.counts.unverified, plural(self.counts.unverified, "difference"), "found by --verify"),
        ];
        for (_, what, how) in counts.iter().filter(|(times, ..)| *times > 0) {
            line = format!("{line}; {what} {how}");
        }
        let losses = outcome.losses.summary();
        if let Some(named) = losses.get(..losses.len().min(NAMED)).filter(|named| !named.is_empty()) {
            let more = losses.len() - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let advice = if self.losses == LossReport::Full { "" } else { ": --loss=full shows them" };
            line = format!("{line}; {}{more}{advice}", named.join(", "));
        }
        line
    }
}

fn plural(times: u64, word: &str) -> String {
    format!("{times} {word}{}", if times == 1 { "" } else { "s" })
}

impl Observer for Reporter {
    fn finding(&mut self, finding: Diagnostic) {
        match finding.severity {
            Severity::Note => self.counts.notes += 1,
            Severity::Warning => self.counts.warnings += 1,
            Severity::Error => self.counts.errors += 1,
        }
        if *finding.code == VERIFY_DIFFERS {
            self.counts.unverified += 1;
        }
        if self.quiet && finding.severity != Severity::Error {
            return;
        }
        if self.json {
            self.put(&render::finding_json(&finding));
        } else {
            let text = self.pen.finding(&finding);
            self.put(&text);
        }
    }

    fn loss(&mut self, loss: Loss) {
        let text = match self.losses {
            LossReport::Summary => return,
            LossReport::Full => render::loss(&loss),
            LossReport::Json => render::loss_json(&loss),
        };
        self.put(&text);
    }

    fn item(&mut self, item: &Item) {
        if let (Some(clusters), Item::Record(record)) = (&mut self.clusters, item) {
            clusters.add(record);
        }
    }
}
