//! Files that change while they are read.
//!
//! A file is read in pieces, some inputs are read twice, and meanwhile someone may write to it. What was read then is
//! neither the old file nor the new one, and a record may be half of each. So a file that is not at its end what it was
//! at its beginning, or not in a second pass what it was in the first, is an error and no input.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// What differs between two states of a file, as far as its folder knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Another file may have taken the name.
    #[cfg(unix)]
    node: (u64, u64),
}

impl Stamp {
    /// That of a file; pipes and devices have none.
    fn of(file: &Metadata) -> Option<Stamp> {
        #[cfg(unix)]
        let node = {
            use std::os::unix::fs::MetadataExt;
            (file.dev(), file.ino())
        };
        file.is_file().then(|| Stamp {
            length: file.len(),
            modified: file.modified().ok(),
            #[cfg(unix)]
            node,
        })
    }
}

/// What a run knows of an input that it may read more than once.
#[derive(Debug, Default)]
pub(super) struct Watch(Mutex<Seen>);

#[derive(Debug, Default)]
enum Seen {
    #[default]
    Nothing,
    /// It was opened.
    File(Stamp),
    /// It could not be read.
    Failed(Failure),
}

impl Watch {
    /// Watches a file while it is read through `reader`, if it is one.
    ///
    /// # Errors
    /// If it is not the file that was opened before, or could not be read then.
    pub(super) fn open<R: Read>(&self, reader: R, file: File) -> io::Result<Watched<R>> {
        let now = Stamp::of(&file.metadata()?);
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*seen, now) {
            (Seen::Failed(failure), _) => return Err(failure.error()),
            (Seen::File(before), Some(now)) if *before != now => return Err(changed()),
            (Seen::File(_), _) | (_, None) => {}
            (Seen::Nothing, Some(now)) => *seen = Seen::File(now),
        }
        Ok(Watched { reader, file: now.map(|stamp| (file, stamp)), taken: 0 })
    }

    /// Notes that the input could not be read, whatever comes of another try: passes have to see the same.
    pub(super) fn fail(&self, error: &io::Error) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Seen::Failed(Failure::of(error));
    }
}

/// A file that is read.
#[derive(Debug)]
pub(super) struct Watched<R> {
    reader: R,
    file: Option<(File, Stamp)>,
    taken: u64,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(into)?;
        self.taken += count as u64;
        if let Some((file, before)) = &self.file {
            let at_end = count == 0 && !into.is_empty();
            // More than there was is looked at now: a file that grows by what is made of it has no end.
            if (at_end || self.taken > before.length) && Stamp::of(&file.metadata()?).as_ref() != Some(before) {
                return Err(changed());
            }
        }
        Ok(count)
    }
}

fn changed() -> io::Error {
    io::Error::other("the file was changed while it was read; try again when nothing writes to it")
}

/// An error that can be told of more than once.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    kind: ErrorKind,
    message: String,
}

impl Failure {
    pub(super) fn of(error: &io::Error) -> Failure {
        Failure { kind: error.kind(), message: error.to_string() }
    }

    pub(super) fn error(&self) -> io::Error {
        io::Error::new(self.kind, self.message.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, Write};

    fn begun(text: &str) -> (tempfile::NamedTempFile, Watch) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        (file, Watch::default())
    }

    fn open(file: &tempfile::NamedTempFile, watch: &Watch) -> io::Result<Watched<File>> {
        watch.open(file.reopen()?, file.reopen()?)
    }

    #[test]
    fn a_file_that_stays_is_read_as_often_as_one_likes() {
        let (file, watch) = begun("abc");
        for _ in 0..2 {
            let mut text = String::new();
            open(&file, &watch).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "abc");
        }
    }

    #[test]
    fn a_file_that_shrinks_or_grows_is_an_error_while_it_is_read_and_afterwards() {
        for length in [1, 5] {
            let (file, watch) = begun("abc");
            let mut reader = open(&file, &watch).unwrap();
            reader.read_exact(&mut [0; 1]).unwrap();
            file.as_file().set_len(length).unwrap();
            assert!(reader.read_to_end(&mut Vec::new()).unwrap_err().to_string().contains("changed"), "{length}");
            assert!(open(&file, &watch).unwrap_err().to_string().contains("changed"), "{length}");
        }
    }

    #[test]
    fn a_file_that_grows_by_what_is_read_of_it_has_an_end() {
        let (mut file, watch) = begun("abc");
        file.seek(io::SeekFrom::End(0)).unwrap();
        let mut reader = open(&file, &watch).unwrap();
        let end = (0..9).find_map(|_| {
            let count = reader.read(&mut [0; 2]).err();
            file.write_all(b"de").unwrap();
            count
        });
        assert!(end.unwrap().to_string().contains("changed"));
    }

    #[test]
    fn what_failed_once_fails_again() {
        let (file, watch) = begun("abc");
        watch.fail(&ErrorKind::PermissionDenied.into());
        assert_eq!(open(&file, &watch).unwrap_err().kind(), ErrorKind::PermissionDenied);
    }
}
