//! Where reports go: findings and losses as they come, one summary line at the end, and the exit code.

use super::args::{Diagnostics, LossReport, ReportArgs};
use super::config::Setup;
use super::difference::Difference;
use super::levels::Levels;
use super::progress::Progress;
use super::render::{self, Pen, github, json, lines, sarif};
use anstream::AutoStream;
use bibferry::Error;
use bibferry::convert::{Observer, Outcome};
use bibferry::diagnostic::{Diagnostic, IN_PLACE_LOSS, INPUT_FAILED, OUTPUT_FAILED, Severity, VERIFY_DIFFERS};
use bibferry::loss::{Loss, Report, Subject};
use bibferry::record::Item;
use bibferry::transform::authors::Clusters;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// How many sorts of loss the summary line names.
const NAMED: usize = 8;

/// How many files with errors are named at the end.
const FILES: usize = 20;

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Done.
    Done,
    /// Done, but something was found that should not be.
    Found,
    /// Nothing could be read, or nothing written.
    Nothing,
}

impl Status {
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

/// Which losses count as failures.
#[derive(Clone, Debug, Default)]
pub(super) struct Denied {
    /// All that are really losses.
    pub(super) all: bool,
    /// Those of some fields.
    pub(super) subjects: Vec<Subject>,
}

impl Denied {
    pub(super) fn any(&self) -> bool {
        self.all || !self.subjects.is_empty()
    }

    fn has(&self, loss: &Loss) -> bool {
        loss.kind.is_loss() && (self.all || self.subjects.contains(&loss.subject))
    }

    fn is_in(&self, report: &Report) -> bool {
        report.iter().any(|(subject, kind, _)| kind.is_loss() && (self.all || self.subjects.contains(subject)))
    }
}

/// How findings are written.
enum Form {
    Text(Pen),
    Json,
    Sarif(sarif::Log),
    Github,
    Lines,
}

impl Form {
    fn new(diagnostics: Diagnostics, colour: bool) -> Form {
        match diagnostics {
            Diagnostics::Text => Form::Text(Pen::new(colour)),
            Diagnostics::Json => Form::Json,
            Diagnostics::Sarif => Form::Sarif(sarif::Log::default()),
            Diagnostics::Github => Form::Github,
            Diagnostics::Errorformat => Form::Lines,
        }
    }

    fn finding(&mut self, finding: &Diagnostic) -> String {
        match self {
            Form::Text(pen) => pen.finding(finding),
            Form::Json => json::finding(finding),
            Form::Sarif(log) => log.finding(finding),
            Form::Github => github::finding(finding),
            Form::Lines => lines::finding(finding),
        }
    }
}

/// Is told of findings and losses, and passes them on.
pub(super) struct Reporter {
    out: Box<dyn Write>,
    /// Whether what goes there is the result, so that a failure counts.
    is_result: bool,
    color: clap::ColorChoice,
    failed: Option<io::Error>,
    form: Form,
    quiet: bool,
    losses: LossReport,
    levels: Levels,
    counts: Counts,
    /// What is wrong with each input, if there are several.
    files: Option<BTreeMap<Arc<str>, FileErrors>>,
    denied: Denied,
    differences: u64,
    progress: Option<Progress>,
    /// Author names, if they are asked for.
    pub(super) clusters: Option<Clusters>,
}

#[derive(Debug, Default)]
struct Counts {
    notes: u64,
    warnings: u64,
    errors: u64,
    /// Records that were given up, whatever the levels say of that.
    damaged: u64,
    /// What `--verify` found.
    unverified: u64,
    /// Outputs that could not be written.
    unwritten: u64,
}

/// The errors of one file.
#[derive(Clone, Copy, Debug, Default)]
struct FileErrors {
    errors: u64,
    failed: bool,
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
            color: args.color,
            failed: None,
            form: Form::new(args.diagnostics, choice != anstream::ColorChoice::Never),
            quiet: args.quiet,
            losses,
            levels: Levels { given: args.levels.clone(), ..Levels::default() },
            counts: Counts::default(),
            files: None,
            denied: Denied::default(),
            differences: 0,
            progress: None,
            clusters: None,
        }
    }

    /// The same, counting some losses as failures.
    pub(super) fn denying(mut self, denied: Denied) -> Reporter {
        self.denied = denied;
        self
    }

    /// The same with what the configuration file says of levels.
    pub(super) fn under(mut self, setup: &Setup) -> Reporter {
        self.levels = setup.levels(&self.levels.given);
        self
    }

    /// The same for so many inputs: those with errors are named at the end.
    pub(super) fn of_inputs(mut self, inputs: usize) -> Reporter {
        self.files = (inputs > 1).then(BTreeMap::new);
        self
    }

    /// The same, with a bar where that makes sense.
    pub(super) fn showing(mut self, progress: Option<Progress>) -> Reporter {
        self.progress = progress.filter(|_| !self.quiet && matches!(self.form, Form::Text(_)));
        self
    }

    /// Whether each loss must be told: to be listed, or to be shown at its line.
    pub(super) fn wants_losses(&self) -> bool {
        self.losses != LossReport::Summary || (self.denied.any() && self.losses_are_findings())
    }

    /// Whether losses can only be said as findings.
    fn losses_are_findings(&self) -> bool {
        matches!(self.form, Form::Sarif(_) | Form::Github | Form::Lines)
    }

    fn put(&mut self, text: &str) {
        if self.failed.is_some() {
            return;
        }
        let out = &mut self.out;
        let written = match &self.progress {
            Some(progress) => progress.aside(|| out.write_all(text.as_bytes())),
            None => out.write_all(text.as_bytes()),
        };
        // Standard error that is gone is nobody's loss; a result that is gone is told at the end.
        self.failed = written.err().filter(|_| self.is_result);
    }

    /// A file that stands is not what would be written: its diff goes to standard output.
    pub(super) fn difference(&mut self, difference: &Difference) -> Result<(), Error> {
        self.differences += 1;
        let choice = coloured(self.color, &io::stdout());
        let text = render::diff(&difference.diff, choice != anstream::ColorChoice::Never);
        let mut out = AutoStream::new(io::stdout(), choice);
        out.write_all(text.as_bytes()).map_err(|error| Error::io("<stdout>", error))
    }

    /// So many files more are done.
    pub(super) fn advance(&mut self, more: u64) {
        if let Some(progress) = &mut self.progress {
            progress.add(more);
        }
    }

    /// Ends the report: the summary line, unless there is something for programs to read.
    pub(super) fn summary(mut self, outcome: &Outcome) -> Result<Status, Error> {
        self.progress = None;
        let status = self.status(outcome);
        if let Form::Sarif(log) = &mut self.form {
            let end = log.close(status != Status::Nothing);
            self.put(&end);
        }
        let flushed = self.out.flush().err().filter(|_| self.is_result);
        if let Some(error) = self.failed.take().or(flushed) {
            return Err(Error::io("<stdout>", error));
        }
        if !self.quiet && matches!(self.form, Form::Text(_)) && self.losses != LossReport::Json {
            let line = if self.is_result { self.findings_line(outcome) } else { self.losses_line(outcome) };
            // Standard error that is gone is nobody's loss.
            let _ = write!(io::stderr(), "{line}\n{}{}", self.denied_line(outcome), self.files_with_errors());
        }
        Ok(status)
    }

    fn status(&self, outcome: &Outcome) -> Status {
        if outcome.inputs == 0 && (outcome.failed > 0 || self.counts.unwritten > 0) {
            return Status::Nothing;
        }
        let found = self.counts.errors > 0 || self.differences > 0 || self.denied.is_in(&outcome.losses);
        if found { Status::Found } else { Status::Done }
    }

    /// Which losses made the run fail.
    fn denied_line(&self, outcome: &Outcome) -> String {
        if !self.denied.is_in(&outcome.losses) {
            return String::new();
        }
        let mut names: Vec<String> = Vec::new();
        for (subject, kind, _) in outcome.losses.iter() {
            let name = subject.to_string();
            if kind.is_loss() && self.denied.subjects.contains(subject) && !names.contains(&name) {
                names.push(name);
            }
        }
        match names.as_slice() {
            [] => "failed: losses are denied by --strict\n".to_owned(),
            _ => format!("failed: the loss of {} is denied\n", names.join(", ")),
        }
    }

    /// The files with errors, if there were several inputs.
    fn files_with_errors(&self) -> String {
        let Some(files) = self.files.as_ref().filter(|files| !files.is_empty()) else { return String::new() };
        let mut text = format!("{} with errors:\n", plural(files.len() as u64, "file"));
        for (file, errors) in files.iter().take(FILES) {
            let what = if errors.failed { "failed".to_owned() } else { plural(errors.errors, "error") };
            let _ = writeln!(text, "  {file}: {what}");
        }
        if files.len() > FILES {
            let _ = writeln!(text, "  and {} more", files.len() - FILES);
        }
        text
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
        let damaged = self.counts.damaged;
        let unwritten = self.counts.unwritten;
        let counts = [
            (outcome.failed, plural(outcome.failed, "input"), "could not be read"),
            (unwritten, plural(unwritten, "output"), "could not be written"),
            (damaged, if damaged == 1 { "1 entry".to_owned() } else { format!("{damaged} entries") }, "damaged"),
            (self.counts.unverified, plural(self.counts.unverified, "difference"), "found by --verify"),
            (self.differences, plural(self.differences, "file"), "not as it would be written"),
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

impl Reporter {
    /// Counts a finding, before and behind the rules on levels.
    fn count(&mut self, finding: &Diagnostic) {
        match finding.severity {
            Severity::Note => self.counts.notes += 1,
            Severity::Warning => self.counts.warnings += 1,
            Severity::Error => self.counts.errors += 1,
        }
        let failed = *finding.code == INPUT_FAILED || *finding.code == OUTPUT_FAILED || *finding.code == IN_PLACE_LOSS;
        if let (Some(files), Some(file), Severity::Error) = (&mut self.files, &finding.file, finding.severity) {
            let errors = files.entry(file.clone()).or_default();
            errors.errors += 1;
            errors.failed |= failed;
        }
    }
}

impl Observer for Reporter {
    fn finding(&mut self, finding: Diagnostic) {
        match finding.code {
            code if *code == VERIFY_DIFFERS => self.counts.unverified += 1,
            code if *code == OUTPUT_FAILED || *code == IN_PLACE_LOSS => self.counts.unwritten += 1,
            code if *code == INPUT_FAILED => {}
            _ => self.counts.damaged += u64::from(finding.severity == Severity::Error),
        }
        let Some(finding) = self.levels.apply(finding) else { return };
        self.count(&finding);
        if self.failed.is_some() || (self.quiet && finding.severity != Severity::Error) {
            return;
        }
        let text = self.form.finding(&finding);
        self.put(&text);
    }

    fn loss(&mut self, loss: Loss) {
        let denied = self.denied.has(&loss);
        let text = match self.losses {
            LossReport::Json => json::loss(&loss),
            _ if self.losses_are_findings() => {
                if self.losses == LossReport::Summary && !denied {
                    return;
                }
                let Some(finding) = self.levels.apply(render::loss_finding(&loss, denied)) else { return };
                self.form.finding(&finding)
            }
            LossReport::Full => render::loss(&loss),
            LossReport::Summary => return,
        };
        self.put(&text);
    }

    fn item(&mut self, item: &Item) {
        if let (Some(clusters), Item::Record(record)) = (&mut self.clusters, item) {
            clusters.add(record);
        }
    }

    fn read(&mut self, bytes: u64) {
        self.advance(bytes);
    }

    fn proceed(&mut self) -> Result<(), Error> {
        if !self.is_result {
            return Ok(());
        }
        // Who reads the findings gets them as they come, and when nobody does there is nothing more to do.
        let failed = self.failed.take().or_else(|| self.out.flush().err());
        failed.map_or(Ok(()), |error| Err(Error::io("<stdout>", error)))
    }
}
