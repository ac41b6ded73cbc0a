//! Pages: outputs whose head speaks of all that follows, so that it can be written only when everything else is.
//!
//! What the records are written as waits in a spool (memory, then a temporary file), a line each where the page lays
//! them out itself. When the last is there, the format says what stands around them, and how each line of the spool
//! becomes a row: so a table knows which columns occur before its first row comes out, in memory that does not grow.

use crate::record::Head;
use crate::transform::authors::Clusters;
use crate::write::WriteOptions;
use std::collections::HashSet;
use std::fmt;

/// How a format writes a page.
#[derive(Clone, Copy)]
pub struct PageWriter {
    /// What stands around the records, when all are there.
    pub frame: fn(&Page<'_>) -> PageFrame,
    /// Whether the frame speaks of the authors: all of them are held, then.
    pub authors: bool,
    /// The author whose page a head says it is: the records are read as papers of theirs.
    pub author: Option<fn(&Head) -> Option<String>>,
    /// Notes the columns that a spooled text has, where the frame needs to know them.
    pub survey: Option<fn(&str, &mut Columns)>,
}

/// What the head of a page can speak of.
#[derive(Debug)]
pub struct Page<'p> {
    /// The head of this family that the input brought, if it brought one.
    pub head: Option<&'p Head>,
    /// All authors, and the number of records, if the writer [speaks of them](PageWriter::authors).
    pub clusters: &'p Clusters,
    /// Whether anything stands on the page but its head.
    pub any: bool,
    /// The author that the user selected.
    pub author: Option<&'p str>,
    /// The columns that occur, in the order in which they first do.
    pub columns: &'p Columns,
    /// What the user asked of the output.
    pub options: &'p WriteOptions,
}

/// What stands around a page whose records are written.
#[derive(Default)]
pub struct PageFrame {
    /// Before the first record.
    pub head: String,
    /// After the last.
    pub tail: String,
    /// Whether lines end with CR LF, in the records as well.
    pub crlf: bool,
    /// Appends what a line of the spool, given without its end, is on the page. Without it the spool is the page.
    pub row: Option<LayOut>,
}

/// Lays out one line of the spool.
pub type LayOut = Box<dyn Fn(&str, &mut String) + Send>;

impl fmt::Debug for PageFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageFrame").field("head", &self.head).field("tail", &self.tail).finish_non_exhaustive()
    }
}

impl PageFrame {
    /// Appends what some lines of the spool are on the page.
    pub fn lay_out(&self, lines: &str, page: &mut String) {
        match &self.row {
            Some(row) => lines.lines().for_each(|line| row(line, page)),
            None => page.push_str(lines),
        }
    }
}

/// Names of columns, each once, in the order in which they first occur.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    names: Vec<Box<str>>,
    known: HashSet<Box<str>>,
}

impl Columns {
    /// Notes a column.
    pub fn add(&mut self, name: &str) {
        if !self.known.contains(name) {
            self.names.push(name.into());
            self.known.insert(name.into());
        }
    }

    /// Notes the columns of what comes next.
    pub fn append(&mut self, more: &Columns) {
        more.iter().for_each(|name| self.add(name));
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// Whether a column occurs.
    pub fn has(&self, name: &str) -> bool {
        self.known.contains(name)
    }
}
