//! What is read: files, standard input, bytes at hand.

use super::Options;
use super::blocks::{HEAD, tell};
use super::watch::{Failure, Watch};
use crate::encoding::Utf8Reader;
use crate::error::Error;
use crate::format::Format;
use crate::transform::repair::Level;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Something to read.
#[derive(Clone, Debug)]
pub struct Input {
    name: Arc<str>,
    source: Source,
    pub(super) own: Own,
    watch: Arc<Watch>,
}

/// What is known of one input, beside what the options of the run say of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Own {
    pub(super) from: Option<&'static Format>,
    pub(super) encoding: Option<&'static encoding_rs::Encoding>,
    pub(super) repair: Option<Level>,
}

#[derive(Clone, Debug)]
enum Source {
    Path(PathBuf),
    Stdin,
    Bytes(Arc<[u8]>),
    /// A stream of which the first bytes have been read.
    Begun(Arc<[u8]>, Stream),
    /// A stream that was copied to a temporary file, as far as it could be read.
    Spooled(Arc<File>, Option<Failure>),
}

/// What can be read only once.
#[derive(Clone)]
struct Stream(Arc<Mutex<Option<Box<dyn Read + Send>>>>);

impl Stream {
    fn take(&self) -> Box<dyn Read + Send> {
        let stream = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        stream.unwrap_or_else(|| Box::new(std::io::empty()))
    }
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stream")
    }
}

impl Input {
    fn new(name: Arc<str>, source: Source) -> Input {
        Input { name, source, own: Own::default(), watch: Arc::default() }
    }

    /// A file, which is opened when its turn comes.
    pub fn path(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        Input::new(path.display().to_string().into(), Source::Path(path))
    }

    /// Standard input.
    pub fn stdin() -> Input {
        Input::new("<stdin>".into(), Source::Stdin)
    }

    /// Bytes at hand, under a name for findings and for detection by its ending.
    pub fn bytes(name: &str, bytes: impl AsRef<[u8]>) -> Input {
        Input::new(name.into(), Source::Bytes(bytes.as_ref().into()))
    }

    /// The same input, known to be in this format whatever [`Options::from`] says.
    #[must_use]
    pub fn in_format(mut self, format: &'static Format) -> Input {
        self.own.from = Some(format);
        self
    }

    /// The same input, in this encoding whatever [`Options::encoding`] says.
    #[must_use]
    pub fn in_encoding(mut self, encoding: &'static encoding_rs::Encoding) -> Input {
        self.own.encoding = Some(encoding);
        self
    }

    /// The same input, repaired so far whatever [`Options::repair`] says.
    #[must_use]
    pub fn repaired(mut self, level: Level) -> Input {
        self.own.repair = Some(level);
        self
    }

    /// The name in findings.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The same input for a new run, which finds the file as it is now.
    pub(super) fn anew(&self) -> Input {
        Input { watch: Arc::default(), ..self.clone() }
    }

    /// Tells the format, if the input can be read at all. The input that comes back begins where this one did, also if
    /// it can be read only once.
    ///
    /// # Errors
    /// If the first bytes cannot be read, or are those of no format.
    pub fn detect(&self, options: &Options) -> Result<(Input, &'static Format), Error> {
        let (input, head) = self.anew().peek()?;
        let format = match self.own.from.or(options.from) {
            Some(format) => format,
            None => tell(&self.name, &self.head(&head, options), options.to)?,
        };
        Ok((input, format))
    }

    /// The first bytes as UTF-8.
    pub(super) fn head(&self, bytes: &[u8], options: &Options) -> Vec<u8> {
        let mut buffer = Vec::new();
        if let Ok(mut reader) = Utf8Reader::new(bytes, self.own.encoding.or(options.encoding)) {
            while reader.fill(&mut buffer, HEAD).unwrap_or(false) {}
        }
        buffer
    }

    /// Whether it can be read from its beginning more than once.
    pub(super) fn can_reopen(&self) -> bool {
        match &self.source {
            Source::Path(path) => std::fs::metadata(path).is_ok_and(|it| it.is_file()),
            Source::Bytes(_) | Source::Spooled(..) => true,
            Source::Stdin | Source::Begun(..) => false,
        }
    }

    /// How many bytes it holds, where that shows before it is read.
    pub(super) fn size(&self) -> Option<u64> {
        match &self.source {
            Source::Path(path) => std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len()),
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Stdin | Source::Begun(..) | Source::Spooled(..) => None,
        }
    }

    /// Reads the first bytes; they are not lost to whoever opens the input that comes back.
    pub(super) fn peek(&self) -> Result<(Input, Vec<u8>), Error> {
        let can_reopen = self.can_reopen();
        let mut reader = self.open()?;
        let mut head = Vec::new();
        (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(|error| Error::io(&*self.name, error))?;
        if can_reopen {
            return Ok((self.clone(), head));
        }
        let stream = Stream(Arc::new(Mutex::new(Some(reader))));
        let source = Source::Begun(head.as_slice().into(), stream);
        Ok((Input { source, ..self.clone() }, head))
    }

    /// The same input so that it can be read more than once. Where reading fails, it does so in each pass.
    ///
    /// # Errors
    /// If there is no place to keep it.
    pub(super) fn rereadable(&self) -> Result<Input, Error> {
        let Source::Begun(..) = &self.source else { return Ok(self.clone()) };
        let mut spool = tempfile::tempfile().map_err(Error::temporary)?;
        let mut stream = self.open()?;
        let mut piece = vec![0; 1 << 16];
        let failure = loop {
            match stream.read(&mut piece) {
                Ok(0) => break None,
                Ok(count) => spool.write_all(&piece[..count]).map_err(Error::temporary)?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Some(Failure::of(&error)),
            }
        };
        Ok(Input { source: Source::Spooled(Arc::new(spool), failure), ..self.clone() })
    }

    pub(super) fn open(&self) -> Result<Box<dyn Read + Send>, Error> {
        let io = |error| Error::io(&*self.name, error);
        Ok(match &self.source {
            Source::Path(path) => {
                let file = open(path).map_err(io)?;
                let handle = file.try_clone().map_err(io)?;
                Box::new(self.watch.open(file, handle).map_err(io)?)
            }
            Source::Stdin => match stdin_handle() {
                Some(handle) => Box::new(self.watch.open(io::stdin(), handle).map_err(io)?),
                None => Box::new(io::stdin()),
            },
            Source::Begun(head, stream) => Box::new(io::Cursor::new(head.clone()).chain(stream.take())),
            Source::Spooled(file, failure) => {
                Box::new(Again { file: file.clone(), at: 0 }.chain(Broken(failure.clone())))
            }
            Source::Bytes(bytes) => Box::new(io::Cursor::new(bytes.clone())),
        })
    }

    /// Notes that a pass could not read it, so that the next does not either.
    pub(super) fn fail(&self, error: &Error) {
        if let Error::Io { source, .. } = error {
            self.watch.fail(source);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    // Opening a folder succeeds on some systems and fails only when it is read.
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    Ok(file)
}

/// Standard input as a file to ask about, where there is one.
fn stdin_handle() -> Option<File> {
    #[cfg(unix)]
    let handle = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned().ok().map(File::from);
    #[cfg(not(unix))]
    let handle = None;
    handle
}

/// Reads a file from its beginning, whoever else does.
struct Again {
    file: Arc<File>,
    at: u64,
}

impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(&*self.file, into, self.at)?;
        #[cfg(windows)]
        let count = std::os::windows::fs::FileExt::seek_read(&*self.file, into, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// Ends as the stream did.
struct Broken(Option<Failure>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.as_ref().map_or(Ok(0), |failure| Err(failure.error()))
    }
}
