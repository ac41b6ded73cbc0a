//! Where the output goes: standard output, a file that is replaced when all is written, a row of numbered files; or
//! nowhere, when what stands is only compared.

use super::args::is_dash;
use super::difference::{self, Difference};
use super::new_file::{ClosedFile, NewFile, most_open};
use bibferry::Error;
use bibferry::convert::Chunks;
use std::fs::{File, Metadata};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::SpooledTempFile;

/// How many bytes are gathered before they are written.
const BUFFER: usize = 64 << 10;

/// How much of what is only compared is held in memory.
const SPOOL: usize = 8 << 20;

/// What becomes of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It takes the place of what stands there.
    Replace,
    /// It takes the place of what stands there if that is something else.
    Update,
    /// It is compared with what stands there.
    Compare,
}

/// Whether a file, or the one that is standard input, is the one that standard output goes to.
pub(super) fn is_stdout(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::fd::{AsFd, BorrowedFd};
        use std::os::unix::fs::MetadataExt;
        let open = |stream: BorrowedFd<'_>| File::from(stream.try_clone_to_owned()?).metadata();
        let node = |it: Metadata| it.is_file().then(|| (it.dev(), it.ino()));
        let input = if is_dash(path) { open(io::stdin().as_fd()) } else { std::fs::metadata(path) };
        let input = input.ok().and_then(node);
        input.is_some() && input == open(io::stdout().as_fd()).ok().and_then(node)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// An open output.
pub(super) enum Output {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A device or pipe, which cannot be replaced.
    Special(BufWriter<File>, PathBuf),
    /// A new file beside the one it will replace; whether it does so if they are the same; what stands there.
    File(BufWriter<NewFile>, PathBuf, Mode, Option<State>),
    /// What would be written to a file.
    Compared(SpooledTempFile, PathBuf),
}

impl Output {
    /// Opens the output of this name; none and `-` are standard output. A file that stands is not touched yet.
    pub(super) fn open(path: Option<&Path>, mode: Mode) -> Result<Output, Error> {
        let Some(path) = path.filter(|path| !is_dash(path)) else {
            return Ok(Output::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock())));
        };
        let failed = |error| Error::io(path.display().to_string(), error);
        // Asked by the name that was given: what stands behind those in /dev and /proc may have no other.
        let standing = match std::fs::metadata(path) {
            Ok(standing) => Some(standing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        if standing.as_ref().is_some_and(Metadata::is_dir) {
            let advice = "is a folder; --out-dir writes into a folder";
            return Err(Error::Usage(format!("{}: {advice}", path.display())));
        }
        if mode == Mode::Compare {
            return Ok(Output::Compared(SpooledTempFile::new(SPOOL), path.to_owned()));
        }
        if standing.as_ref().is_some_and(|it| !it.is_file()) {
            let file = File::options().write(true).open(path).map_err(failed)?;
            return Ok(Output::Special(BufWriter::with_capacity(BUFFER, file), path.to_owned()));
        }
        let target = followed(path);
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = match &standing {
            // A file that may not be written is not replaced either.
            Some(standing) => File::options().append(true).open(&target).and_then(|_| {
                let file = NewFile::create(folder)?;
                file.set_permissions(standing.permissions())?;
                Ok(file)
            }),
            None => NewFile::create(folder),
        };
        Ok(Output::File(
            BufWriter::with_capacity(BUFFER, file.map_err(failed)?),
            target,
            mode,
            standing.as_ref().map(state),
        ))
    }

    /// Puts what was written in its place. What comes back is how it differs from what stands, if it is only compared.
    pub(super) fn commit(self) -> Result<Option<Difference>, Error> {
        match self {
            Output::Stdout(mut out) => out.flush().map_err(|error| Error::io("<stdout>", error))?,
            Output::Special(mut out, path) => {
                out.flush().map_err(|error| Error::io(path.display().to_string(), error))?;
            }
            Output::File(out, path, mode, standing) => {
                let failed = |error| Error::io(path.display().to_string(), error);
                let mut file = out.into_inner().map_err(|error| failed(error.into_error()))?;
                if mode == Mode::Update {
                    if difference::is_same(&mut file, &path).map_err(failed)? {
                        return Ok(None);
                    }
                    // It is the only copy: what replaces it is on the disk first, and is made of what stands there.
                    file.sync().map_err(failed)?;
                    unchanged(&path, standing).map_err(failed)?;
                }
                file.persist(&path).map_err(failed)?;
            }
            Output::Compared(spool, path) => {
                return difference::between(spool, &path).map_err(|error| Error::io(path.display().to_string(), error));
            }
        }
        Ok(None)
    }

    /// Writes out what was gathered, so that what cannot be written shows.
    pub(super) fn write_out(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::Special(out, _) => out.flush(),
            Output::File(out, ..) => out.flush(),
            Output::Compared(out, _) => out.flush(),
        }
    }

    /// Throws away what was not written yet: a file that stands stays as it was.
    pub(super) fn discard(self) {
        if let Output::Stdout(out) = self {
            drop(out.into_parts());
        }
    }

    /// The name of what is written, in errors.
    pub(super) fn name(&self) -> String {
        match self {
            Output::Stdout(_) => "<stdout>".to_owned(),
            Output::Special(_, path) | Output::File(_, path, ..) => path.display().to_string(),
            // What is only compared is not written there.
            Output::Compared(..) => Error::temporary_files(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Special(out, _) => out.write(bytes),
            Output::File(out, ..) => out.write(bytes),
            Output::Compared(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // What comes last may yet be discarded: `commit` flushes.
        Ok(())
    }
}

/// A file of a row that is whole: open, and without a name where the system has such files, if there are not too many.
enum Whole {
    Open(NewFile),
    Closed(ClosedFile),
}

/// An output, or a row of them: `refs-001.ris`, `refs-002.ris` … Files of a row take their places when all of it is written.
pub(super) struct Outputs {
    /// The path without its number, and the number of the file that is open.
    chunk: Option<(PathBuf, u64)>,
    mode: Mode,
    open: Output,
    /// The files of the row before that, and where they belong; how many of them may be open.
    whole: Vec<(Whole, PathBuf)>,
    most_open: usize,
    differences: Vec<Difference>,
}

impl Outputs {
    /// Opens the output, or the first of a row.
    pub(super) fn open(path: Option<&Path>, mode: Mode, chunked: bool) -> Result<Outputs, Error> {
        let chunk = path.filter(|_| chunked).map(|path| (path.to_owned(), 1));
        let first = chunk.as_ref().map(|(path, number)| numbered(path, *number));
        let open = Output::open(first.as_deref().or(path), mode)?;
        let most_open = if chunk.is_some() { most_open() } else { 0 };
        Ok(Outputs { chunk, mode, open, whole: Vec::new(), most_open, differences: Vec::new() })
    }

    /// Puts what was written in its place. What comes back are the differences from what stands, where that is only
    /// compared, and the file that an earlier and longer row left behind.
    pub(super) fn commit(mut self) -> Result<(Vec<Difference>, Option<PathBuf>), Error> {
        if self.chunk.is_some() {
            // Of the last one it may show here that it cannot be written.
            self.open.write_out().map_err(|error| Error::io(self.open.name(), error))?;
        }
        for (file, path) in self.whole {
            let placed = match file {
                Whole::Open(file) => file.persist(&path),
                Whole::Closed(file) => file.persist(&path),
            };
            placed.map_err(|error| Error::io(path.display().to_string(), error))?;
        }
        self.differences.extend(self.open.commit()?);
        let left = self.chunk.map(|(path, number)| numbered(&path, number + 1)).filter(|path| path.exists());
        Ok((self.differences, left))
    }

    /// Throws away what was not put in its place yet.
    pub(super) fn discard(self) {
        self.open.discard();
    }

    /// The name in errors.
    pub(super) fn name(&self) -> String {
        self.open.name()
    }
}

impl Write for Outputs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.flush()
    }
}

impl Chunks for Outputs {
    fn next_chunk(&mut self) -> Result<(), Error> {
        let Some((path, number)) = &mut self.chunk else { return Ok(()) };
        *number += 1;
        let next = Output::open(Some(&numbered(path, *number)), self.mode)?;
        match std::mem::replace(&mut self.open, next) {
            Output::File(out, path, Mode::Replace, _) => {
                let failed = |error| Error::io(path.display().to_string(), error);
                let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
                let is_open = self.whole.len() < self.most_open;
                let file = if is_open { Whole::Open(file) } else { Whole::Closed(file.close().map_err(failed)?) };
                self.whole.push((file, path));
            }
            other => self.differences.extend(other.commit()?),
        }
        Ok(())
    }
}

/// A path with a number before its ending.
fn numbered(path: &Path, number: u64) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number:03}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// The length of a file and when it was written.
type State = (u64, Option<SystemTime>);

fn state(file: &Metadata) -> State {
    (file.len(), file.modified().ok())
}

/// Sees whether a file is still what it was.
fn unchanged(path: &Path, before: Option<State>) -> io::Result<()> {
    if before == std::fs::metadata(path).ok().as_ref().map(state) {
        return Ok(());
    }
    Err(io::Error::other("the file was changed while it was converted, and is left as it is; try again"))
}

/// How many symbolic links are followed, one after the other.
const LINKS: usize = 40;

/// The file that a path stands for: symbolic links are followed, also to a file that is not there yet.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => break,
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_others_write_meanwhile_is_not_replaced_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("refs.bib");
        for (meanwhile, stands) in [(None, "new"), (Some("theirs, longer"), "theirs, longer")] {
            std::fs::write(&path, "old").unwrap();
            let mut output = Output::open(Some(&path), Mode::Update).unwrap();
            output.write_all(b"new").unwrap();
            if let Some(text) = meanwhile {
                std::fs::write(&path, text).unwrap();
            }
            assert_eq!(output.commit().is_ok(), meanwhile.is_none());
            assert_eq!(std::fs::read_to_string(&path).unwrap(), stands);
        }
    }

    #[test]
    fn files_of_a_row_take_their_places_together() {
        let folder = tempfile::tempdir().unwrap();
        let names = || {
            let mut names: Vec<_> =
                std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
            names.sort();
            names
        };
        for commits in [false, true] {
            let mut row = Outputs::open(Some(&folder.path().join("a.bib")), Mode::Replace, true).unwrap();
            row.most_open = 1;
            for number in 1..=3 {
                write!(row, "{number}").unwrap();
                if number < 3 {
                    row.next_chunk().unwrap();
                }
            }
            assert!(!names().iter().any(|name| name.to_string_lossy().starts_with('a')));
            if commits {
                row.commit().unwrap();
            }
        }
        assert_eq!(names(), ["a-001.bib", "a-002.bib", "a-003.bib"]);
        assert_eq!(std::fs::read_to_string(folder.path().join("a-002.bib")).unwrap(), "2");
    }

    #[test]
    fn numbers_stand_before_the_ending() {
        for (path, numbered_path) in
            [("out/refs.ris", "out/refs-007.ris"), ("refs", "refs-007"), ("a.b.json", "a.b-007.json")]
        {
            assert_eq!(numbered(Path::new(path), 7), Path::new(numbered_path));
        }
        assert_eq!(numbered(Path::new("refs.ris"), 1234), Path::new("refs-1234.ris"));
    }
}
