//! Numbers that are too many for memory, sorted in temporary files.
//!
//! A run that comes joins those before it that are not much longer, so that there are few, each about twice as long as the
//! next, and no number is written again more often than the length doubles. Of each run the memory holds a
//! [`Filter`] and the first number of each page: what is new costs no look at the file as a rule, what is not costs one
//! page.

use super::filter::Filter;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::iter::Peekable;

/// How many numbers a page has.
const PAGE: usize = 512;

/// How many bytes a number has in a file.
const WIDTH: usize = size_of::<u64>();

/// Sets of numbers in files, the longest first.
#[derive(Debug, Default)]
pub(super) struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    /// Whether a number is in any.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(super) fn have(&self, number: u64) -> io::Result<bool> {
        for run in self.runs.iter().filter(|run| run.filter.may_have(number)) {
            if run.has(number)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes in numbers, `count` of them, that come sorted.
    ///
    /// # Errors
    /// If a file cannot be read or written. What was there before is there still, but for what the filters know of it.
    pub(super) fn add(&mut self, count: usize, numbers: impl Iterator<Item = u64>) -> io::Result<()> {
        let mut total = count;
        let mut kept = self.runs.len();
        while let Some(run) = kept.checked_sub(1).and_then(|at| self.runs.get(at)).filter(|run| run.count <= total) {
            total += run.count;
            kept -= 1;
        }
        // They are not asked while they are joined, and the memory is needed.
        let mut joined = self.runs.split_off(kept);
        for run in &mut joined {
            run.filter = Filter::default();
        }
        let mut all: Vec<Sorted<'_>> = vec![(Box::new(numbers.map(Ok)) as Box<dyn Iterator<Item = _>>).peekable()];
        for run in &joined {
            all.push((Box::new(run.numbers()?) as Box<dyn Iterator<Item = _>>).peekable());
        }
        self.runs.push(Run::write(total, all)?);
        Ok(())
    }
}

/// Numbers in order, as far as they can be read.
type Sorted<'a> = Peekable<Box<dyn Iterator<Item = io::Result<u64>> + 'a>>;

/// Sorted numbers in a file.
#[derive(Debug)]
struct Run {
    file: File,
    count: usize,
    /// The first number of each page.
    pages: Vec<u64>,
    filter: Filter,
}

impl Run {
    /// Writes what some lists have, at most `count` numbers, to a file of its own, each number once.
    fn write(count: usize, mut lists: Vec<Sorted<'_>>) -> io::Result<Run> {
        let mut run = Run { file: tempfile::tempfile()?, count: 0, pages: Vec::new(), filter: Filter::new(count) };
        let mut out = BufWriter::new(&run.file);
        let mut last = None;
        while let Some(number) = take_least(&mut lists)? {
            if last.replace(number) == Some(number) {
                continue;
            }
            if run.count.is_multiple_of(PAGE) {
                run.pages.push(number);
            }
            out.write_all(&number.to_le_bytes())?;
            run.filter.add(number);
            run.count += 1;
        }
        out.flush()?;
        drop(out);
        Ok(run)
    }

    /// All numbers, from the first.
    fn numbers(&self) -> io::Result<impl Iterator<Item = io::Result<u64>>> {
        (&self.file).seek(SeekFrom::Start(0))?;
        let mut file = BufReader::with_capacity(PAGE * WIDTH, &self.file);
        let mut left = self.count;
        Ok(std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let mut bytes = [0; WIDTH];
            Some(file.read_exact(&mut bytes).map(|()| u64::from_le_bytes(bytes)))
        }))
    }

    /// Whether a number is there.
    fn has(&self, number: u64) -> io::Result<bool> {
        let Some(page) = self.pages.partition_point(|first| *first <= number).checked_sub(1) else { return Ok(false) };
        let mut bytes = [0; PAGE * WIDTH];
        let length = (self.count - page * PAGE).min(PAGE) * WIDTH;
        let bytes = bytes.get_mut(..length).unwrap_or_default();
        (&self.file).seek(SeekFrom::Start((page * PAGE * WIDTH) as u64))?;
        (&self.file).read_exact(bytes)?;
        let (numbers, _) = bytes.as_chunks::<WIDTH>();
        Ok(numbers.binary_search_by_key(&number, |bytes| u64::from_le_bytes(*bytes)).is_ok())
    }
}

#[cfg(test)]
impl Runs {
    /// Takes away what the files hold, as a disk that fails would.
    pub(super) fn lose_files(&self) {
        self.runs.iter().for_each(|run| run.file.set_len(0).unwrap());
    }
}

/// Takes the least of the first numbers of some lists.
fn take_least(lists: &mut [Sorted<'_>]) -> io::Result<Option<u64>> {
    let mut least: Option<(u64, usize)> = None;
    for (at, list) in lists.iter_mut().enumerate() {
        match list.peek() {
            Some(Ok(number)) if least.is_none_or(|(it, _)| *number < it) => least = Some((*number, at)),
            Some(Ok(_)) | None => {}
            Some(Err(_)) => return list.next().transpose(),
        }
    }
    least.and_then(|(_, at)| lists.get_mut(at)?.next()).transpose()
}
