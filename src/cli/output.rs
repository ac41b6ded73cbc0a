//! Where the output goes: standard output, or a file that is replaced when all is written.

use super::args::is_dash;
use bibferry::Error;
use std::fs::{File, Permissions};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How many bytes are gathered before they are written.
const BUFFER: usize = 64 << 10;

/// An open output.
pub(super) enum Output {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A device or pipe, which cannot be replaced.
    Special(BufWriter<File>, PathBuf),
    /// A new file beside the one it will replace.
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Output {
    /// Opens the output of this name; none and `-` are standard output. A file that stands is not touched yet.
    pub(super) fn open(path: Option<&Path>) -> Result<Output, Error> {
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
        Ok(Output::File(BufWriter::with_capacity(BUFFER, file.map_err(failed)?), target))
    }

    /// Puts what was written in its place.
    pub(super) fn commit(self) -> Result<(), Error> {
        match self {
            Output::Stdout(mut out) => out.flush().map_err(|error| Error::io("<stdout>", error)),
            Output::Special(mut out, path) => out.flush().map_err(|error| Error::io(path.display().to_string(), error)),
            Output::File(out, path) => {
                let failed = |error| Error::io(path.display().to_string(), error);
                let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
                file.persist(&path).map(drop).map_err(|error| failed(error.error))
            }
        }
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
            Output::Special(_, path) | Output::File(_, path) => path.display().to_string(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Special(out, _) => out.write(bytes),
            Output::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // What comes last may yet be discarded: `commit` flushes.
        Ok(())
    }
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
