//! `bibferry convert`: inputs into one output, or each into one of its own.

use super::args::{Convert, LossReport, ProfileName, is_dash};
use super::output::Output;
use super::report::{Reporter, Status};
use bibferry::Error;
use bibferry::convert::{self, Input, Observer, Options, Outcome};
use bibferry::detect;
use bibferry::diagnostic::Diagnostic;
use bibferry::format::{Format, did_you_mean};
use bibferry::formats;
use bibferry::loss::{Loss, LossKind, Report, Subject};
use bibferry::record::{Field, Item};
use bibferry::write::Profile;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Convert) -> Result<Status, Error> {
    let target = target(args)?;
    let denied = denied(&args.loss.deny_loss)?;
    let mut options = args.input.options()?;
    options.to = Some(target);
    options.author.clone_from(&args.select.author);
    options.write.profile = args.output.profile.map(|ProfileName::Zotero| Profile::Zotero);
    options.write.ascii = args.output.ascii;
    options.write.indent = args.output.indent.unwrap_or_default();
    options.write.wrap = args.output.wrap;
    options.write.carry = args.output.carry;
    options.keep_links = args.output.keep_crossref;
    options.verify = args.output.verify;
    options.list_losses = args.loss.loss != LossReport::Summary;
    args.cited.apply(&mut options)?;
    args.change.apply(&mut options)?;
    let mut keys = KeyFile::open(args)?;
    let mut reporter = Reporter::to_stderr(&args.report, args.loss.loss);
    let mut observer = Observers { reporter: &mut reporter, keys: keys.as_mut() };
    let outcome = match &args.output.out_dir {
        None => one(&args.input.inputs(), args.output.output.as_deref(), &options, &mut observer)?,
        Some(dir) => each(args.input.paths(), dir, target, &options, &mut observer)?,
    };
    if let Some(keys) = keys {
        keys.finish(&outcome)?;
    }
    reporter.summary(&outcome)?;
    let lost = args.loss.strict && outcome.losses.iter().any(|(_, kind, _)| kind.is_loss());
    Ok(Status::of(&outcome).or_found(lost || is_denied(&outcome.losses, &denied)))
}

/// The file of old and new keys.
struct KeyFile {
    output: Output,
    /// What went wrong while nobody could be told.
    failed: Option<io::Error>,
}

impl KeyFile {
    fn open(args: &Convert) -> Result<Option<KeyFile>, Error> {
        let Some(path) = args.change.key_map.as_deref() else { return Ok(None) };
        if args.output.output.as_deref() == Some(path) || is_dash(path) {
            return Err(Error::Usage("--key-map needs a file of its own".to_owned()));
        }
        let mut file = KeyFile { output: Output::open(Some(path))?, failed: None };
        file.line("old", "new");
        Ok(Some(file))
    }

    /// Writes a line. Keys of some formats have tabs or line ends in them, which are written as JSON has them.
    fn line(&mut self, old: &str, new: &str) {
        let plain =
            |key: &str| key.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
        let result = writeln!(self.output, "{}\t{}", plain(old), plain(new));
        self.failed = self.failed.take().or(result.err());
    }

    /// Puts the file in its place, if there was anything to read.
    fn finish(self, outcome: &Outcome) -> Result<(), Error> {
        if let Some(error) = self.failed {
            return Err(Error::io(self.output.name(), error));
        }
        if outcome.inputs > 0 {
            return self.output.commit();
        }
        self.output.discard();
        Ok(())
    }
}

/// Who is told of what goes on.
struct Observers<'o> {
    reporter: &'o mut Reporter,
    keys: Option<&'o mut KeyFile>,
}

impl Observer for Observers<'_> {
    fn finding(&mut self, finding: Diagnostic) {
        self.reporter.finding(finding);
    }

    fn loss(&mut self, loss: Loss) {
        self.reporter.loss(loss);
    }

    fn item(&mut self, item: &Item) {
        self.reporter.item(item);
    }

    fn key(&mut self, old: Option<&str>, new: &str) {
        if let Some(keys) = self.keys.as_mut().filter(|_| old != Some(new)) {
            keys.line(old.unwrap_or_default(), new);
        }
    }
}

/// All inputs into one output, which stays as it was if none could be read.
fn one(
    inputs: &[Input],
    path: Option<&Path>,
    options: &Options,
    observer: &mut Observers<'_>,
) -> Result<Outcome, Error> {
    let mut output = Output::open(path)?;
    let outcome = convert::run(inputs, &mut output, options, observer).map_err(|error| named(error, &output.name()))?;
    if outcome.inputs > 0 {
        output.commit()?;
    } else {
        output.discard();
    }
    Ok(outcome)
}

/// The pipeline does not know the name of its output.
fn named(error: Error, output: &str) -> Error {
    match error {
        Error::Io { path, source } if path == "<output>" => Error::io(output, source),
        other => other,
    }
}

/// Each input into a file of its own.
fn each(
    paths: &[PathBuf],
    dir: &Path,
    target: &'static Format,
    options: &Options,
    observer: &mut Observers<'_>,
) -> Result<Outcome, Error> {
    let outputs = outputs(paths, dir, target)?;
    std::fs::create_dir_all(dir).map_err(|error| Error::io(dir.display().to_string(), error))?;
    let mut all = Outcome::default();
    for (input, output) in paths.iter().zip(&outputs) {
        let outcome = one(&[Input::path(input)], Some(output), options, observer)?;
        all.records += outcome.records;
        all.selected += outcome.selected;
        all.errors += outcome.errors;
        all.inputs += outcome.inputs;
        all.failed += outcome.failed;
        all.losses.merge(outcome.losses);
    }
    Ok(all)
}

/// Where each input goes in a folder: its name with the ending of the format.
fn outputs(paths: &[PathBuf], dir: &Path, target: &Format) -> Result<Vec<PathBuf>, Error> {
    if paths.is_empty() || paths.iter().any(|path| is_dash(path)) {
        return Err(Error::Usage("--out-dir names files after their inputs; standard input has no name".to_owned()));
    }
    let ending = target.extensions.first().copied().unwrap_or(target.id);
    let mut outputs: Vec<PathBuf> = Vec::with_capacity(paths.len());
    let mut taken = std::collections::HashMap::with_capacity(paths.len());
    for path in paths {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(".");
        name.push(ending);
        let output = dir.join(name);
        if let Some(other) = taken.insert(output.clone(), path) {
            let (other, path) = (other.display(), path.display());
            return Err(Error::Usage(format!("{other} and {path} would both be written to {}", output.display())));
        }
        outputs.push(output);
    }
    Ok(outputs)
}

/// The format to write.
fn target(args: &Convert) -> Result<&'static Format, Error> {
    if let Some(name) = &args.output.to {
        return formats::by_name(name);
    }
    let written = || -> Vec<&str> { formats::ALL.iter().filter(|it| it.write.is_some()).map(|it| it.id).collect() };
    let Some(output) = args.output.output.as_ref().filter(|path| !is_dash(path)) else {
        let advice = "name the format to write with --to FORMAT, or a file with -o whose ending says it";
        return Err(Error::Usage(format!("{advice}; there are {}", written().join(", "))));
    };
    let name = output.display().to_string();
    detect::by_extension(&name).ok_or_else(|| {
        Error::Usage(format!("the ending of {name} names no format; name one with --to: {}", written().join(", ")))
    })
}

/// What may not be lost.
fn denied(names: &[String]) -> Result<Vec<Subject>, Error> {
    let others = [Subject::Kind, Subject::Subtype, Subject::Key];
    let find = |name: &String| {
        let field = Field::from_name(name).map(Subject::Field);
        field.or_else(|| others.iter().find(|it| it.to_string() == *name).cloned()).ok_or_else(|| {
            let names = Field::ALL.iter().map(|field| field.name()).chain(["kind", "subtype", "key"]);
            let advice = match did_you_mean(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`bibferry explain` lists all fields".to_owned(),
            };
            Error::Usage(format!("unknown field `{name}` in --deny-loss: {advice}"))
        })
    };
    names.iter().map(|name| name.trim().to_owned()).map(|name| find(&name)).collect()
}

fn is_denied(losses: &Report, denied: &[Subject]) -> bool {
    losses.iter().any(|(subject, kind, _): (&Subject, LossKind, u64)| kind.is_loss() && denied.contains(subject))
}
