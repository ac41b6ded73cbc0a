//! Where the output goes: standard output, a file that is replaced when all is written, a row of numbered files; or
//! nowhere, when what stands is only compared.

use super::args::is_dash;
use super::difference::{self, Difference};
use bibferry::Error;
use bibferry::convert::Chunks;
use std::fs::{File, Permissions};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, SpooledTempFile};

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

/// An open output.
pub(super) enum Output {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A device or pipe, which cannot be replaced.
    Special(BufWriter<File>, PathBuf),
    /// A new file beside the one it will replace; whether it does so if they are the same.
    File(BufWriter<NamedTempFile>, PathBuf, Mode),
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
        let target = followed(path);
        let standing = std::fs::metadata(&target).ok();
        if standing.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            let advice = "is a folder; --out-dir writes into a folder";
            return Err(Error::Usage(format!("{}: {advice}", path.display())));
        }
        if mode == Mode::Compare {
            return Ok(Output::Compared(SpooledTempFile::new(SPOOL), path.to_owned()));
        }
        if standing.as_ref().is_some_and(|it| !it.is_file()) {
            let file = File::options().write(true).open(&target).map_err(failed)?;
            return Ok(Output::Special(BufWriter::with_capacity(BUFFER, file), path.to_owned()));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = match standing {
            // A file that may not be written is not replaced either.
            Some(standing) => File::options().append(true).open(&target).and_then(|_| {
                let file = new_file(folder)?;
                file.as_file().set_permissions(standing.permissions())?;
                Ok(file)
            }),
            None => new_file(folder),
        };
        Ok(Output::File(BufWriter::with_capacity(BUFFER, file.map_err(failed)?), target, mode))
    }

    /// Puts what was written in its place. What comes back is how it differs from what stands, if it is only compared.
    pub(super) fn commit(self) -> Result<Option<Difference>, Error> {
        match self {
            Output::Stdout(mut out) => out.flush().map_err(|error| Error::io("<stdout>", error))?,
            Output::Special(mut out, path) => {
                out.flush().map_err(|error| Error::io(path.display().to_string(), error))?;
            }
            Output::File(out, path, mode) => {
                let failed = |error| Error::io(path.display().to_string(), error);
                let mut file = out.into_inner().map_err(|error| failed(error.into_error()))?;
                let keep = mode == Mode::Update && difference::is_same(file.as_file_mut(), &path).map_err(failed)?;
                if !keep {
                    file.persist(&path).map_err(|error| failed(error.error))?;
                }
            }
            Output::Compared(spool, path) => {
                return difference::between(spool, &path).map_err(|error| Error::io(path.display().to_string(), error));
            }
        }
        Ok(None)
    }

    /// Throws away what was not written yet: a file that stands stays as it was.
    pub(super) fn discard(self) {
        if let Output::Stdout(out) = self {
            drop(out.into_parts());
        }
    }

    /// The name in errors.
    pub(super) fn name(&self) -> String {
        match self {
            Output::Stdout(_) => "<stdout>".to_owned(),
            Output::Special(_, path) | Output::File(_, path, _) | Output::Compared(_, path) => {
                path.display().to_string()
            }
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

/// An output, or a row of them: `refs-001.ris`, `refs-002.ris` …
pub(super) struct Outputs {
    /// The path without its number, and the number of the file that is open.
    chunk: Option<(PathBuf, u64)>,
    mode: Mode,
    open: Output,
    differences: Vec<Difference>,
}

impl Outputs {
    /// Opens the output, or the first of a row.
    pub(super) fn open(path: Option<&Path>, mode: Mode, chunked: bool) -> Result<Outputs, Error> {
        let chunk = path.filter(|_| chunked).map(|path| (path.to_owned(), 1));
        let first = chunk.as_ref().map(|(path, number)| numbered(path, *number));
        let open = Output::open(first.as_deref().or(path), mode)?;
        Ok(Outputs { chunk, mode, open, differences: Vec::new() })
    }

    /// Puts what was written in its place. What comes back are the differences from what stands, where that is only
    /// compared, and the file that an earlier and longer row left behind.
    pub(super) fn commit(mut self) -> Result<(Vec<Difference>, Option<PathBuf>), Error> {
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
        self.differences.extend(std::mem::replace(&mut self.open, next).commit()?);
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

/// A file in a folder, removed again unless it takes its place. Others may read it as far as the user's mask lets them.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".bibferry-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions: Permissions = PermissionsExt::from_mode(0o666);
        builder.permissions(permissions);
    }
    // The error without the name of a file that the user never heard of.
    std::fs::metadata(folder)?;
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
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
    fn numbers_stand_before_the_ending() {
        for (path, numbered_path) in
            [("out/refs.ris", "out/refs-007.ris"), ("refs", "refs-007"), ("a.b.json", "a.b-007.json")]
        {
            assert_eq!(numbered(Path::new(path), 7), Path::new(numbered_path));
        }
        assert_eq!(numbered(Path::new("refs.ris"), 1234), Path::new("refs-1234.ris"));
    }
}
