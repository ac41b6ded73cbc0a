//! `bibferry convert`: inputs into one output, or each into one of its own.

use super::args::{Convert, ProfileName, is_dash};
use super::batch::{self, Task};
use super::config::Setup;
use super::inputs::{self, Found};
use super::key_file::KeyFile;
use super::output::{Mode, Outputs, is_stdout};
use super::progress::{Progress, Unit};
use super::report::{Denied, Reporter, Status};
use bibferry::Error;
use bibferry::columns::ColumnChoice;
use bibferry::convert::{self, Input, Observer, Options, Outcome};
use bibferry::detect;
use bibferry::diagnostic::{Diagnostic, OUTPUT_LEFT_OVER};
use bibferry::format::{Format, did_you_mean};
use bibferry::formats;
use bibferry::loss::{Loss, Subject};
use bibferry::record::{Field, Item};
use bibferry::write::Profile;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Convert, setup: &Setup) -> Result<Status, Error> {
    let target = if args.output.in_place { None } else { Some(target(args)?) };
    let denied = Denied { all: args.loss.strict, subjects: denied(&args.loss.deny_loss)? };
    let mut options = options(args, target)?;
    let outputs = [args.output.output.as_deref(), args.output.out_dir.as_deref()];
    let outputs: Vec<&Path> = outputs.into_iter().flatten().collect();
    let found = inputs::find(args.input.paths(), options.from, &outputs)?;
    let tasks = tasks(args, &found, target, setup)?;
    let mut keys = KeyFile::open(args)?;
    let progress = progress(&found, tasks.as_deref(), args.output.output.as_deref());
    let reporter =
        Reporter::to_stderr(&args.report, args.loss.loss).under(setup).denying(denied).of_inputs(found.len());
    let mut reporter = reporter.showing(progress);
    options.list_losses = reporter.wants_losses();
    let mut observer = Observers { reporter: &mut reporter, keys: keys.as_mut() };
    let outcome = match tasks {
        None => one(args, &found, setup, &options, &mut observer)?,
        Some(tasks) => batch::run(&tasks, &options, mode(args), &mut observer)?,
    };
    if let Some(keys) = keys {
        keys.finish(&outcome, !args.output.check)?;
    }
    reporter.summary(&outcome)
}

/// The options of the run.
fn options(args: &Convert, target: Option<&'static Format>) -> Result<Options, Error> {
    let mut options = args.input.options()?;
    options.to = target;
    options.author.clone_from(&args.select.author);
    options.write.profile = args.output.profile.map(|ProfileName::Zotero| Profile::Zotero);
    options.write.ris = args.output.ris_dialect.map_or(options.write.ris, Into::into);
    options.write.ascii = args.output.ascii;
    options.write.indent = args.output.indent.unwrap_or_default();
    options.write.wrap = args.output.wrap;
    options.write.carry = args.output.carry;
    options.write.safe = args.output.safe;
    options.write.columns = args.output.columns.as_deref().map(ColumnChoice::parse).transpose()?.unwrap_or_default();
    options.keep_links = args.output.keep_crossref;
    options.verify = args.output.verify;
    options.chunk = args.output.chunk;
    args.cited.apply(&mut options)?;
    args.change.apply(&mut options)?;
    Ok(options)
}

/// What becomes of what is written.
fn mode(args: &Convert) -> Mode {
    match (args.output.check, args.output.in_place) {
        (true, _) => Mode::Compare,
        (false, true) => Mode::Update,
        (false, false) => Mode::Replace,
    }
}

/// What is counted while the run goes on.
fn progress(found: &[Found], tasks: Option<&[Task]>, output: Option<&Path>) -> Option<Progress> {
    if let Some(tasks) = tasks {
        return Progress::begin(Unit::Files(tasks.len() as u64), false);
    }
    let sizes = found.iter().map(|it| std::fs::metadata(&it.path).ok().filter(Metadata::is_file).map(|it| it.len()));
    Progress::begin(Unit::Bytes(sizes.sum()), output.is_none_or(is_dash))
}

/// Who is told of what goes on.
pub(super) struct Observers<'o> {
    pub(super) reporter: &'o mut Reporter,
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

    fn proceed(&mut self) -> Result<(), Error> {
        self.keys.as_deref_mut().map_or(Ok(()), KeyFile::proceed)
    }

    fn read(&mut self, bytes: u64) {
        self.reporter.read(bytes);
    }

    fn key(&mut self, old: Option<&str>, new: &str) {
        if let Some(keys) = self.keys.as_mut().filter(|_| old != Some(new)) {
            keys.line(old.unwrap_or_default(), new);
        }
    }
}

/// All inputs into one output, which stays as it was if none could be read.
fn one(
    args: &Convert,
    found: &[Found],
    setup: &Setup,
    options: &Options,
    observer: &mut Observers<'_>,
) -> Result<Outcome, Error> {
    let path = args.output.output.as_deref();
    if options.chunk.is_some() && path.is_none_or(is_dash) {
        return Err(Error::Usage("--chunk names its files after that of -o, or those in --out-dir".to_owned()));
    }
    if args.output.check && path.is_none_or(is_dash) {
        return Err(Error::Usage("--check compares with files: those of -o, --out-dir or --in-place".to_owned()));
    }
    if path.is_none_or(is_dash)
        && let Some(input) = found.iter().find(|it| is_stdout(&it.path))
    {
        let advice = "is the output as well; -o writes to it when it is read";
        return Err(Error::Usage(format!("{}: {advice}", input.path.display())));
    }
    let inputs: Vec<Input> = found.iter().map(|it| it.input(setup)).collect();
    let mut output = Outputs::open(path, mode(args), options.chunk.is_some())?;
    let outcome =
        convert::run_chunked(&inputs, &mut output, options, observer).map_err(|error| named(error, &output.name()))?;
    if outcome.inputs == 0 {
        output.discard();
        return Ok(outcome);
    }
    if let Some(keys) = &mut observer.keys {
        keys.complete()?;
    }
    let (differences, left) = output.commit()?;
    for difference in &differences {
        observer.reporter.difference(difference)?;
    }
    if let Some(left) = left {
        observer.finding(left_over(&left));
    }
    Ok(outcome)
}

/// A file that an earlier run with more chunks left behind.
pub(super) fn left_over(path: &Path) -> Diagnostic {
    let message = "this file stands behind the last one that was written, and may hold records of an earlier run";
    let finding = Diagnostic::new(&OUTPUT_LEFT_OVER, message).hint("remove it and those that follow it");
    Diagnostic { file: Some(path.display().to_string().into()), ..finding }
}

/// The pipeline does not know the name of its output.
pub(super) fn named(error: Error, output: &str) -> Error {
    match error {
        Error::Io { path, source } if path == "<output>" => Error::io(output, source),
        other => other,
    }
}

/// What is to be done where each input has an output of its own.
fn tasks(
    args: &Convert,
    found: &[Found],
    target: Option<&'static Format>,
    setup: &Setup,
) -> Result<Option<Vec<Task>>, Error> {
    let named = |option: &str| {
        if found.iter().any(|it| is_dash(&it.path)) {
            return Err(Error::Usage(format!("{option} names files after their inputs; standard input has no name")));
        }
        Ok(())
    };
    let task = |it: &Found, output: PathBuf| Task { input: it.input(setup), output, in_place: args.output.in_place };
    if args.output.in_place {
        named("--in-place")?;
        return Ok(Some(found.iter().map(|it| task(it, it.path.clone())).collect()));
    }
    let (Some(dir), Some(target)) = (&args.output.out_dir, target) else { return Ok(None) };
    named("--out-dir")?;
    let outputs = mirrored(found, dir, target)?;
    Ok(Some(found.iter().zip(outputs).map(|(it, output)| task(it, output)).collect()))
}

/// Where each input goes in a folder: where it stands in its own, with the ending of the format.
fn mirrored(found: &[Found], dir: &Path, target: &Format) -> Result<Vec<PathBuf>, Error> {
    let ending = target.extensions.first().copied().unwrap_or(target.id);
    let mut outputs: Vec<PathBuf> = Vec::with_capacity(found.len());
    let mut taken = std::collections::HashMap::with_capacity(found.len());
    for Found { path, below } in found {
        let mut name = below.file_stem().unwrap_or_default().to_owned();
        name.push(".");
        name.push(ending);
        let output = dir.join(below.with_file_name(name));
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
