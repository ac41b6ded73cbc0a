//! Many inputs, each with an output of its own: files are worked on in parallel, and what is said of them comes in their
//! order, as if they had been done one after the other.
//!
//! Each worker takes the next file. What it has to say of it is gathered and sent to the thread that reports, which says
//! it when the file's turn comes. A worker that has too much to say waits for that turn, and none runs too far ahead, so
//! that memory stays bounded.

use super::convert::{Observers, left_over, named};
use super::difference::Difference;
use super::output::{Mode, Outputs};
use bibferry::Error;
use bibferry::convert::{self, Input, Observer, Options, Outcome};
use bibferry::diagnostic::{Diagnostic, IN_PLACE_LOSS, INPUT_FAILED, OUTPUT_FAILED};
use bibferry::loss::Loss;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::Builder;

/// How much is said of a file before its turn.
const SAID: usize = 500;

/// How many files are begun before the first of them is done.
const AHEAD: usize = 256;

/// How many messages wait for the thread that reports.
const QUEUE: usize = 64;

/// From which size on a file is worth all threads.
const LARGE: u64 = 4 << 20;

/// One input with an output of its own.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) input: Input,
    pub(super) output: PathBuf,
    /// Whether it is rewritten in its own format.
    pub(super) in_place: bool,
}

/// What is said of a file.
enum Said {
    Finding(Diagnostic),
    Loss(Loss),
    Key(Option<String>, String),
    Difference(Difference),
    /// Nothing more comes.
    Done(Box<Outcome>),
}

/// Which file's turn it is.
#[derive(Default)]
struct Turn {
    now: Mutex<usize>,
    change: Condvar,
}

impl Turn {
    /// Waits until the turn has come to this file, or to one that is so many before it.
    fn wait(&self, file: usize, before: usize) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        while file > *now + before {
            now = self.change.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn pass(&self) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.change.notify_all();
    }

    /// Lets everyone go who waits.
    fn end(&self) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = usize::MAX / 2;
        self.change.notify_all();
    }
}

/// Does all tasks.
pub(super) fn run(
    tasks: &[Task],
    options: &Options,
    mode: Mode,
    observer: &mut Observers<'_>,
) -> Result<Outcome, Error> {
    let threads = options.threads().clamp(1, tasks.len().max(1));
    let (turn, next) = (Turn::default(), AtomicUsize::new(0));
    let (sender, receiver) = sync_channel(QUEUE);
    std::thread::scope(|scope| {
        let (mut begun, mut refused) = (0, None);
        for _ in 0..threads {
            let (sender, turn, next) = (sender.clone(), &turn, &next);
            let work = move || {
                loop {
                    let file = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(file) else { break };
                    turn.wait(file, AHEAD);
                    let mut teller = Teller { file, said: Vec::new(), sender: &sender, turn, gone: false };
                    let outcome = task.run(options, mode, &mut teller);
                    teller.say(Said::Done(Box::new(outcome)));
                    teller.send();
                    if teller.gone {
                        break;
                    }
                }
            };
            // Where the system has no more threads, those that there are do the work.
            match Builder::new().spawn_scoped(scope, work) {
                Ok(_) => begun += 1,
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
        }
        drop(sender);
        let result = match refused.filter(|_| begun == 0) {
            Some(error) => Err(Error::io("a thread to work", error)),
            None => report(&receiver, &turn, observer),
        };
        drop(receiver);
        turn.end();
        result
    })
}

/// Says what is said of the files in their order.
fn report(
    receiver: &Receiver<(usize, Vec<Said>)>,
    turn: &Turn,
    observer: &mut Observers<'_>,
) -> Result<Outcome, Error> {
    let mut all = Outcome::default();
    let mut waiting: BTreeMap<usize, Vec<Said>> = BTreeMap::new();
    let mut now = 0;
    while let Ok((file, said)) = receiver.recv() {
        waiting.entry(file).or_default().extend(said);
        while let Some(said) = waiting.remove(&now) {
            let mut done = false;
            for said in said {
                match said {
                    Said::Finding(finding) => observer.finding(finding),
                    Said::Loss(loss) => observer.loss(loss),
                    Said::Key(old, new) => {
                        observer.key(old.as_deref(), &new);
                        observer.proceed()?;
                    }
                    Said::Difference(difference) => observer.reporter.difference(&difference)?,
                    Said::Done(outcome) => {
                        add(&mut all, *outcome);
                        done = true;
                    }
                }
            }
            if !done {
                break;
            }
            now += 1;
            observer.reporter.advance(1);
            turn.pass();
        }
    }
    Ok(all)
}

fn add(all: &mut Outcome, one: Outcome) {
    all.records += one.records;
    all.selected += one.selected;
    all.errors += one.errors;
    all.inputs += one.inputs;
    all.failed += one.failed;
    all.losses.merge(one.losses);
}

/// Gathers what is said of one file.
struct Teller<'t> {
    file: usize,
    said: Vec<Said>,
    sender: &'t SyncSender<(usize, Vec<Said>)>,
    turn: &'t Turn,
    /// Whether nobody listens any more.
    gone: bool,
}

impl Teller<'_> {
    fn say(&mut self, said: Said) {
        self.said.push(said);
        if self.said.len() >= SAID {
            self.turn.wait(self.file, 0);
            self.send();
        }
    }

    fn send(&mut self) {
        let said = std::mem::take(&mut self.said);
        self.gone |= !said.is_empty() && self.sender.send((self.file, said)).is_err();
    }
}

impl Observer for Teller<'_> {
    fn finding(&mut self, finding: Diagnostic) {
        self.say(Said::Finding(finding));
    }

    fn loss(&mut self, loss: Loss) {
        self.say(Said::Loss(loss));
    }

    fn key(&mut self, old: Option<&str>, new: &str) {
        self.say(Said::Key(old.map(str::to_owned), new.to_owned()));
    }

    fn proceed(&mut self) -> Result<(), Error> {
        if self.gone { Err(Error::io("<report>", io::ErrorKind::BrokenPipe.into())) } else { Ok(()) }
    }
}

impl Task {
    /// Does it. What goes wrong is said, and the other tasks go on.
    fn run(&self, options: &Options, mode: Mode, teller: &mut Teller<'_>) -> Outcome {
        let size = std::fs::metadata(&**self.input.name()).map_or(0, |it| it.len());
        let threads = if size >= LARGE { options.threads } else { 1 };
        let mut options = Options { threads, ..options.clone() };
        if self.in_place {
            match self.input.detect(&options) {
                Ok((_, format)) => options.to = Some(format),
                Err(error) => {
                    teller.finding(failure(&INPUT_FAILED, self.input.name(), &error));
                    return Outcome { failed: 1, errors: 1, ..Outcome::default() };
                }
            }
        }
        let mut outcome = Outcome::default();
        if let Err(error) = self.convert(&options, mode, teller, &mut outcome) {
            teller.finding(failure(&OUTPUT_FAILED, &self.output.display().to_string(), &error));
            // Nothing came of it.
            outcome = Outcome { errors: 1, ..Outcome::default() };
        }
        outcome
    }

    fn convert(
        &self,
        options: &Options,
        mode: Mode,
        teller: &mut Teller<'_>,
        outcome: &mut Outcome,
    ) -> Result<(), Error> {
        if mode == Mode::Replace
            && let Some(folder) = self.output.parent().filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|error| Error::io(folder.display().to_string(), error))?;
        }
        let mut output = Outputs::open(Some(&self.output), mode, options.chunk.is_some())?;
        let name = output.name();
        *outcome = convert::run_chunked(std::slice::from_ref(&self.input), &mut output, options, teller)
            .map_err(|error| named(error, &name))?;
        let lossy = self.in_place && outcome.losses.iter().any(|(_, kind, _)| kind.is_loss());
        if outcome.inputs == 0 || lossy {
            output.discard();
            if lossy {
                teller.finding(would_lose(&self.output, &outcome.losses.summary()));
                outcome.errors += 1;
            }
            return Ok(());
        }
        let (differences, left) = output.commit()?;
        for difference in differences {
            teller.say(Said::Difference(difference));
        }
        if let Some(left) = left {
            teller.finding(left_over(&left));
        }
        Ok(())
    }
}

fn failure(code: &'static bibferry::Code, file: &str, error: &Error) -> Diagnostic {
    Diagnostic { file: Some(file.into()), ..Diagnostic::new(code, error.to_string()) }
}

fn would_lose(path: &Path, losses: &[String]) -> Diagnostic {
    let message = format!("rewritten in place, this file would lose something: {}", losses.join(", "));
    let finding = Diagnostic::new(&IN_PLACE_LOSS, message).hint("write it to another file with -o");
    Diagnostic { file: Some(path.display().to_string().into()), ..finding }
}
