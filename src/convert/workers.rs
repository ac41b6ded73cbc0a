//! Who reads and writes blocks: the conductor's own thread and as many others as were asked for.
//!
//! ```text
//! with_workers(threads, shared, |mut workers| {
//!     workers.take(Job::Read(0, block), shared);
//!     let done = workers.next_done(shared);           // in whatever order they come
//! })
//! ```

use super::blocks::Block;
use super::work::{Batch, ReadBlock, Shared, WrittenBlock};
use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;

/// What a worker does: reads a block, or writes what was read of one. With the number of the block.
pub(super) enum Job {
    Read(u64, Block),
    Write(u64, Batch),
}

/// What was done, and what came of it.
pub(super) enum Done {
    Read(u64, ReadBlock),
    Write(u64, WrittenBlock),
    Panicked(Box<dyn Any + Send>),
}

fn work(job: Job, shared: Shared<'_>) -> Done {
    let result = catch_unwind(AssertUnwindSafe(|| match job {
        Job::Read(number, block) => Done::Read(number, shared.read(block)),
        Job::Write(number, batch) => Done::Write(number, shared.write(batch)),
    }));
    result.unwrap_or_else(Done::Panicked)
}

/// Jobs for the workers. What can be written is done first: it frees memory.
#[derive(Default)]
pub(super) struct Queue {
    jobs: Mutex<(VecDeque<Job>, bool)>,
    change: Condvar,
}

impl Queue {
    fn push(&self, job: Job) {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        match job {
            Job::Write(..) => jobs.0.push_front(job),
            Job::Read(..) => jobs.0.push_back(job),
        }
        self.change.notify_one();
    }

    fn close(&self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.change.notify_all();
    }

    /// A job for one who has other things to do, if more than one waits: the others shall not wait for what that one does
    /// not do meanwhile.
    fn spare(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.0.len() > 1 { jobs.0.pop_front() } else { None }
    }

    fn pop(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = jobs.0.pop_front() {
                return Some(job);
            }
            if jobs.1 {
                return None;
            }
            jobs = self.change.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Where jobs are done: at once, or by threads. Then the conductor does one, too, when nothing else is to be done.
pub(super) enum Workers {
    Here(VecDeque<Done>),
    Threads(Arc<Queue>, Receiver<Done>),
}

impl Workers {
    /// Whether a job is done as soon as it is handed out.
    pub(super) fn are_here(&self) -> bool {
        matches!(self, Workers::Here(_))
    }

    /// Takes a job.
    pub(super) fn take(&mut self, job: Job, shared: Shared<'_>) {
        match self {
            Workers::Here(done) => done.push_back(work(job, shared)),
            Workers::Threads(queue, _) => queue.push(job),
        }
    }

    /// What was done next. `None` if nobody does anything any more.
    pub(super) fn next_done(&mut self, shared: Shared<'_>) -> Option<Done> {
        match self {
            Workers::Here(done) => done.pop_front(),
            Workers::Threads(queue, receiver) => match receiver.try_recv() {
                Ok(done) => Some(done),
                Err(TryRecvError::Empty) => match queue.spare() {
                    Some(job) => Some(work(job, shared)),
                    None => receiver.recv().ok(),
                },
                Err(TryRecvError::Disconnected) => None,
            },
        }
    }
}

/// Runs what conducts with so many threads, its own among them.
pub(super) fn with_workers<R>(threads: usize, shared: Shared<'_>, conduct: impl FnOnce(Workers) -> R) -> R {
    if threads <= 1 {
        return conduct(Workers::Here(VecDeque::new()));
    }
    let queue = Arc::new(Queue::default());
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        let mut begun = 0;
        for _ in 1..threads {
            let (queue, sender): (Arc<Queue>, Sender<Done>) = (queue.clone(), sender.clone());
            let work = move || {
                while let Some(job) = queue.pop() {
                    // Nobody listens any more when the run was given up.
                    if sender.send(work(job, shared)).is_err() {
                        break;
                    }
                }
            };
            // Where the system has no more threads, those that there are do the work.
            if Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
            begun += 1;
        }
        let workers = match begun {
            0 => Workers::Here(VecDeque::new()),
            _ => Workers::Threads(queue.clone(), receiver),
        };
        let result = catch_unwind(AssertUnwindSafe(|| conduct(workers)));
        queue.close();
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
