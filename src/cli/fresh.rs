//! A new file that will take the place of another when it is whole.
//!
//! On Linux it has no name until then, so that nothing of it is left where the run is killed; elsewhere, and on file
//! systems that cannot do that, its name begins with `.bibferry-`.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// A file in the folder of the one whose place it will take.
pub(super) enum Fresh {
    /// Without a name.
    #[cfg(target_os = "linux")]
    Unnamed(File, std::path::PathBuf),
    /// Removed again unless it takes its place.
    Named(NamedTempFile),
}

impl Fresh {
    /// A new file in a folder. Others may read it as far as the user's mask lets them.
    pub(super) fn create(folder: &Path) -> io::Result<Fresh> {
        // The error without the name of a file that the user never heard of.
        std::fs::metadata(folder)?;
        #[cfg(target_os = "linux")]
        if let Ok(file) = unnamed(folder) {
            return Ok(Fresh::Unnamed(file, folder.to_owned()));
        }
        named(folder).map(Fresh::Named)
    }

    pub(super) fn set_permissions(&self, permissions: Permissions) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Fresh::Unnamed(file, _) => file.set_permissions(permissions),
            Fresh::Named(file) => file.as_file().set_permissions(permissions),
        }
    }

    /// What was written.
    pub(super) fn as_file_mut(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Fresh::Unnamed(file, _) => file,
            Fresh::Named(file) => file.as_file_mut(),
        }
    }

    /// Takes the place of a file, at once.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Fresh::Unnamed(file, folder) => persist_unnamed(file, &folder, path),
            Fresh::Named(file) => file.persist(path).map(drop).map_err(|error| error.error),
        }
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.as_file_mut().flush()
    }
}

const PREFIX: &str = ".bibferry-";

fn named(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions: Permissions = PermissionsExt::from_mode(0o666);
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
}

#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
    File::options().read(true).write(true).mode(0o666).custom_flags(flags).open(folder)
}

/// A file without a name gets one beside its place, and takes it from there: a name can be taken over, not linked over.
#[cfg(target_os = "linux")]
fn persist_unnamed(mut file: File, folder: &Path, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::io::Seek;
    use std::os::fd::AsRawFd;
    let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |name: &Path| Ok(linkat(CWD, &itself, CWD, name, AtFlags::SYMLINK_FOLLOW)?);
    match Builder::new().prefix(PREFIX).make_in(folder, link) {
        Ok(linked) => linked.persist(path).map(drop).map_err(|error| error.error),
        // Without /proc it cannot be named: what it holds is copied.
        Err(_) => {
            let mut copy = named(folder)?;
            copy.as_file().set_permissions(file.metadata()?.permissions())?;
            file.rewind()?;
            io::copy(&mut file, copy.as_file_mut())?;
            copy.persist(path).map(drop).map_err(|error| error.error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_there_before_it_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let count = || std::fs::read_dir(folder.path()).unwrap().count();
        for text in ["one", "two"] {
            let mut file = Fresh::create(folder.path()).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.persist(&path).unwrap();
            assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), count()), (text, 1));
        }
        drop(Fresh::create(folder.path()).unwrap());
        let mut file = Fresh::Named(named(folder.path()).unwrap());
        file.write_all(b"three").unwrap();
        file.persist(&path).unwrap();
        assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), count()), ("three", 1));
    }
}
