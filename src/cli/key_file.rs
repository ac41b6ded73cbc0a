//! The file of old and new citation keys: `--key-map`.

use super::args::{Convert, is_dash};
use super::output::{Mode, Output};
use bibferry::Error;
use bibferry::convert::Outcome;
use std::io::{self, Write};

/// The file, with what was written so far.
pub(super) struct KeyFile {
    output: Output,
    /// What went wrong while nobody could be told.
    failed: Option<io::Error>,
}

impl KeyFile {
    pub(super) fn open(args: &Convert) -> Result<Option<KeyFile>, Error> {
        let Some(path) = args.change.key_map.as_deref() else { return Ok(None) };
        if args.output.output.as_deref() == Some(path) || is_dash(path) {
            return Err(Error::Usage("--key-map needs a file of its own".to_owned()));
        }
        let mut file = KeyFile { output: Output::open(Some(path), Mode::Replace)?, failed: None };
        file.line("old", "new");
        Ok(Some(file))
    }

    /// Writes a line. Keys of some formats have tabs or line ends in them, which are written as JSON has them.
    pub(super) fn line(&mut self, old: &str, new: &str) {
        let plain =
            |key: &str| key.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
        let result = writeln!(self.output, "{}\t{}", plain(old), plain(new));
        self.failed = self.failed.take().or(result.err());
    }

    /// Whether it could be written so far: without it new keys in place of old ones are no help.
    pub(super) fn proceed(&mut self) -> Result<(), Error> {
        self.failed.take().map_or(Ok(()), |error| Err(Error::io(self.output.name(), error)))
    }

    /// Writes all lines, so that what cannot be written shows before the records take their place.
    pub(super) fn complete(&mut self) -> Result<(), Error> {
        self.proceed()?;
        self.output.write_out().map_err(|error| Error::io(self.output.name(), error))
    }

    /// Puts the file in its place, if there was anything to read and something is to be written at all.
    pub(super) fn finish(self, outcome: &Outcome, write: bool) -> Result<(), Error> {
        if let Some(error) = self.failed {
            return Err(Error::io(self.output.name(), error));
        }
        if outcome.inputs > 0 && write {
            return self.output.commit().map(drop);
        }
        self.output.discard();
        Ok(())
    }
}
