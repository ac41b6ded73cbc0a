//! Where what was written goes: frames around records, pages whose head comes last, and chunks.

use super::work::WrittenPart;
use crate::encoding::seems_utf16;
use crate::error::Error;
use crate::format::Writer;
use crate::page::{Columns, Page, PageWriter};
use crate::record::Head;
use crate::transform::authors::Clusters;
use crate::write::WriteOptions;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};

/// How many bytes of a page wait in memory; more of them wait in a temporary file.
const SPOOLED: usize = 1 << 20;

/// An output that can be split: see [`run_chunked`](super::run_chunked).
pub trait Chunks: Write {
    /// What was written up to here is whole; what comes belongs to the next chunk.
    ///
    /// # Errors
    /// If the next chunk cannot be begun.
    fn next_chunk(&mut self) -> Result<(), Error>;
}

impl<C: Chunks + ?Sized> Chunks for &mut C {
    fn next_chunk(&mut self) -> Result<(), Error> {
        (**self).next_chunk()
    }
}

/// An output in one piece.
pub(super) struct Whole<'w>(pub(super) &'w mut dyn Write);

impl Write for Whole<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Chunks for Whole<'_> {
    fn next_chunk(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// The output, with the spool that holds it until its head is known.
pub(super) struct Output<'c> {
    out: Box<dyn Chunks + 'c>,
    writer: Option<&'static Writer>,
    options: &'c WriteOptions,
    spool: Option<tempfile::SpooledTempFile>,
    /// The head that the input brought, for pages.
    pub(super) head: Option<Head>,
    /// The authors of each chunk that is not out yet, for pages.
    clusters: VecDeque<Clusters>,
    /// The columns of the chunk that is being written, for pages.
    columns: Columns,
    any: bool,
    /// Whether the next item follows on the very next line.
    tight: bool,
}

impl<'c> Output<'c> {
    pub(super) fn new(
        out: Box<dyn Chunks + 'c>,
        writer: Option<&'static Writer>,
        options: &'c WriteOptions,
    ) -> Output<'c> {
        let spool = writer.and_then(|writer| writer.page).map(|_| tempfile::SpooledTempFile::new(SPOOLED));
        let clusters = VecDeque::from([Clusters::default()]);
        let columns = Columns::default();
        Output { out, writer, options, spool, head: None, clusters, columns, any: false, tight: false }
    }

    /// Whether the head speaks of all records.
    pub(super) fn is_page(&self) -> bool {
        self.spool.is_some()
    }

    /// Notes a record that will be written; `begins` says that a chunk begins with it.
    pub(super) fn expect(&mut self, record: &crate::record::Record, begins: bool) {
        if !self.writer.and_then(|writer| writer.page).is_some_and(|page| page.authors) {
            return;
        }
        if begins {
            self.clusters.push_back(Clusters::default());
        }
        if let Some(clusters) = self.clusters.back_mut() {
            clusters.add(record);
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        match &mut self.spool {
            Some(spool) => spool.write_all(text.as_bytes()).map_err(Error::temporary),
            None => self.out.write_all(text.as_bytes()).map_err(|error| Error::io("<output>", error)),
        }
    }

    /// Writes a part, in the frame of the format.
    pub(super) fn put(&mut self, part: &WrittenPart) -> Result<(), Error> {
        let Some(writer) = self.writer.filter(|_| part.any) else { return Ok(()) };
        let frame = &writer.frame;
        let between = if self.tight { "" } else { frame.between };
        self.write(if self.any { between } else { frame.open })?;
        // Before a page stands its head.
        if !self.any && !self.is_page() && frame.open.is_empty() && seems_utf16(&part.text) {
            self.write("\n")?;
        }
        (self.any, self.tight) = (true, part.tight);
        self.columns.append(&part.columns);
        self.write(&part.text)
    }

    /// Goes on with the next chunk.
    pub(super) fn next_chunk(&mut self) -> Result<(), Error> {
        self.close()?;
        self.out.next_chunk()?;
        (self.any, self.tight, self.columns) = (false, false, Columns::default());
        self.spool = self.writer.and_then(|writer| writer.page).map(|_| tempfile::SpooledTempFile::new(SPOOLED));
        Ok(())
    }

    /// Ends the output.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.close()?;
        self.out.flush().map_err(|error| Error::io("<output>", error))
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(writer) = self.writer else { return Ok(()) };
        let end = if self.any { writer.frame.close } else { writer.frame.empty };
        self.write(end)?;
        match writer.page.zip(self.spool.take()) {
            Some((page, spool)) => self.page(page, spool),
            None => Ok(()),
        }
    }

    /// Writes the head of a page and, behind it, what was spooled.
    fn page(&mut self, page: PageWriter, mut spool: tempfile::SpooledTempFile) -> Result<(), Error> {
        let clusters = self.clusters.pop_front().unwrap_or_default();
        let frame = (page.frame)(&Page {
            head: self.head.as_ref(),
            clusters: &clusters,
            any: self.any,
            author: self.options.author.as_deref(),
            columns: &self.columns,
            options: self.options,
        });
        let ends = |text: &str| if frame.crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
        if seems_utf16(&frame.head) {
            self.write("\n")?;
        }
        self.write(&ends(&frame.head))?;
        spool.rewind().map_err(Error::temporary)?;
        let mut spool = BufReader::with_capacity(1 << 16, spool);
        let (mut line, mut laid) = (Vec::new(), String::new());
        loop {
            line.clear();
            let more = (&mut spool).take(1 << 16).read_until(b'\n', &mut line);
            if more.map_err(Error::temporary)? == 0 {
                break;
            }
            if frame.row.is_some() && !line.ends_with(b"\n") {
                spool.read_until(b'\n', &mut line).map_err(Error::temporary)?;
            }
            match (std::str::from_utf8(&line), &frame.row) {
                (Ok(text), Some(_)) => frame.lay_out(text, &mut laid),
                _ => put(&mut self.out, &line, frame.crlf)?,
            }
            if laid.len() > 1 << 16 {
                put(&mut self.out, laid.as_bytes(), frame.crlf)?;
                laid.clear();
            }
        }
        put(&mut self.out, laid.as_bytes(), frame.crlf)?;
        self.write(&ends(&frame.tail))
    }
}

/// Writes bytes, with CR LF for line feeds if it must be: these are single bytes of UTF-8, so that pieces may end
/// anywhere.
fn put(out: &mut impl Write, bytes: &[u8], crlf: bool) -> Result<(), Error> {
    let result = if crlf {
        bytes.split_inclusive(|byte| *byte == b'\n').try_for_each(|line| match line.strip_suffix(b"\n") {
            Some(line) => out.write_all(line).and_then(|()| out.write_all(b"\r\n")),
            None => out.write_all(line),
        })
    } else {
        out.write_all(bytes)
    };
    result.map_err(|error| Error::io("<output>", error))
}
