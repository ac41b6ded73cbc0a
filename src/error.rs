//! Why a run cannot go on. What is wrong inside an input is a [`Diagnostic`](crate::Diagnostic), not an error.

use std::fmt;
use std::io;

/// Why the run cannot go on, and whose fault it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or stream could not be read or written.
    Io {
        /// Which, as the user named it.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The request makes no sense: an unknown name, options that exclude each other. The message says what would.
    Usage(String),
    /// The input's format could not be told.
    Undetected {
        /// Which input.
        path: String,
        /// What was tried.
        tried: String,
    },
    /// The input is in a format that is not read.
    NotRead {
        /// Which input.
        path: String,
        /// The format's name for people.
        format: String,
        /// What the user can do instead.
        advice: String,
    },
    /// An input that has to be read as a whole is larger than the limit.
    TooLarge {
        /// Which input.
        path: String,
        /// The limit in bytes.
        limit: u64,
    },
}

impl Error {
    /// An input or output error of a file.
    pub fn io(path: impl Into<String>, source: io::Error) -> Error {
        Error::Io { path: path.into(), source }
    }

    /// An error of the temporary files that hold what has to wait, or to be read again, and does not fit in memory.
    pub fn temporary(source: io::Error) -> Error {
        Error::io(Error::temporary_files(), source)
    }

    /// What such files are called in errors.
    pub fn temporary_files() -> String {
        format!("temporary files in {}", std::env::temp_dir().display())
    }

    /// The exit code it stands for: 2 for a usage error, 3 otherwise.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Error::Usage(_) => 2,
            _ => 3,
        }
    }

    /// Whether it is a pipe that its reader closed, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io { path, source } => write!(f, "{path}: {source}"),
            Error::Usage(message) => f.write_str(message),
            Error::Undetected { path, tried } => {
                write!(f, "{path}: cannot tell the format ({tried}); name it with --from FORMAT")
            }
            Error::NotRead { path, format, advice } => {
                write!(
                    f,
                    "{path}: this looks like {format}, which bibferry does not read: {advice}, or name another format with --from FORMAT"
                )
            }
            Error::TooLarge { path, limit } => {
                write!(
                    f,
                    "{path}: this format is read as a whole, and the input is larger than {limit} bytes (--max-input)"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
