//! A file that is written beside the one that it will replace, and takes its place when it is whole.
//!
//! On Linux it has no name until then, where the file system can do that, so that nothing is left of a run that ends
//! early, however it ends. Elsewhere it is named `.bibferry-…`, and removed again unless the run is killed.

use std::fs::{File, Permissions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// How its name begins while it has one.
const PREFIX: &str = ".bibferry-";

/// A new file.
#[derive(Debug)]
pub(super) struct NewFile {
    file: State,
    folder: PathBuf,
}

#[derive(Debug)]
enum State {
    #[cfg(target_os = "linux")]
    Nameless(File),
    Named(NamedTempFile),
}

impl NewFile {
    /// A file in a folder. Others may read it as far as the user's mask lets them.
    pub(super) fn create(folder: &Path) -> io::Result<NewFile> {
        // The error without the name of a file that the user never heard of.
        std::fs::metadata(folder)?;
        let file = State::create(folder)?;
        Ok(NewFile { file, folder: folder.to_owned() })
    }

    fn file(&self) -> &File {
        match &self.file {
            #[cfg(target_os = "linux")]
            State::Nameless(file) => file,
            State::Named(file) => file.as_file(),
        }
    }

    pub(super) fn set_permissions(&self, permissions: Permissions) -> io::Result<()> {
        self.file().set_permissions(permissions)
    }

    /// Sees to it that it is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file().sync_all()
    }

    /// Closes it. It has a name from now on, which it loses again unless it takes a place.
    pub(super) fn close(self) -> io::Result<ClosedFile> {
        let named = match self.file {
            State::Named(file) => file.into_temp_path(),
            #[cfg(target_os = "linux")]
            State::Nameless(file) => match nameless::link(&file, &self.folder) {
                Ok(link) => link.into_temp_path(),
                // Without /proc it can have no name; its content can.
                Err(_) => copied(file, &self.folder)?.into_temp_path(),
            },
        };
        Ok(ClosedFile(named))
    }

    /// Takes the place of a file in its folder.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        self.close()?.persist(path)
    }
}

/// A new file that is whole.
#[derive(Debug)]
pub(super) struct ClosedFile(TempPath);

impl ClosedFile {
    /// Takes the place of a file in its folder.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        self.0.persist(path).map_err(|error| error.error)
    }
}

impl State {
    fn create(folder: &Path) -> io::Result<State> {
        #[cfg(target_os = "linux")]
        if let Ok(file) = nameless::create(folder) {
            return Ok(State::Nameless(file));
        }
        named(folder).map(State::Named)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

impl Read for NewFile {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.file().read(into)
    }
}

impl Seek for NewFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file().seek(to)
    }
}

/// How many new files may wait open: on Linux as many as the system lets a process have, but for some that it needs itself.
pub(super) fn most_open() -> usize {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        let before = limit.current;
        limit.current = limit.maximum;
        let most = if setrlimit(Resource::Nofile, limit).is_ok() { limit.maximum } else { before };
        most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX)) / 2
    }
    #[cfg(not(target_os = "linux"))]
    {
        128
    }
}

/// A file with a name, removed again unless it takes a place.
fn named(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions: Permissions = PermissionsExt::from_mode(0o666);
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
}

/// A file with a name, and all that another is.
#[cfg(target_os = "linux")]
fn copied(mut file: File, folder: &Path) -> io::Result<NamedTempFile> {
    let mut copy = named(folder)?;
    file.rewind()?;
    io::copy(&mut file, &mut copy)?;
    copy.as_file().set_permissions(file.metadata()?.permissions())?;
    Ok(copy)
}

/// Files without names.
#[cfg(target_os = "linux")]
mod nameless {
    use rustix::fs::{AtFlags, CWD, OFlags, linkat};
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;
    use tempfile::NamedTempFile;

    pub(super) fn create(folder: &Path) -> io::Result<File> {
        let flags = i32::try_from(OFlags::TMPFILE.bits()).map_err(io::Error::other)?;
        File::options().read(true).write(true).mode(0o666).custom_flags(flags).open(folder)
    }

    /// Gives it a name, which it loses again unless it takes a place.
    pub(super) fn link(file: &File, folder: &Path) -> io::Result<NamedTempFile<()>> {
        let open = format!("/proc/self/fd/{}", file.as_raw_fd());
        let link = |path: &Path| Ok(linkat(CWD, &*open, CWD, path, AtFlags::SYMLINK_FOLLOW)?);
        tempfile::Builder::new().prefix(super::PREFIX).make_in(folder, link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
        entries.map(|it| it.into_string().unwrap()).collect()
    }

    #[test]
    fn it_takes_its_place_with_name_or_without() {
        for named_only in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("refs.bib");
            std::fs::write(&path, "old").unwrap();
            let mut file = NewFile::create(folder.path()).unwrap();
            if named_only {
                file.file = State::Named(named(folder.path()).unwrap());
            }
            file.write_all(b"new").unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), b"old");
            file.persist(&path).unwrap();
            assert_eq!((names(folder.path()), std::fs::read(&path).unwrap()), (vec!["refs.bib".into()], b"new".into()));
        }
    }

    #[test]
    fn nothing_is_left_of_what_takes_no_place() {
        let folder = tempfile::tempdir().unwrap();
        NewFile::create(folder.path()).unwrap().write_all(b"new").unwrap();
        // A folder cannot be replaced by a file.
        let place = folder.path().join("place");
        std::fs::create_dir(&place).unwrap();
        assert!(NewFile::create(folder.path()).unwrap().persist(&place).is_err());
        assert_eq!(names(folder.path()), ["place"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_copy_is_all_that_the_file_is() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"new").unwrap();
        file.set_permissions(PermissionsExt::from_mode(0o640)).unwrap();
        let copy = copied(file, folder.path()).unwrap();
        assert_eq!(std::fs::read(copy.path()).unwrap(), b"new");
        assert_eq!(copy.as_file().metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }
}
