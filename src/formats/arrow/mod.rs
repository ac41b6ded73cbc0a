//! `arrow`: the text of an author page of "Arrow Research search".
//!
//! ```text
//! Arrow Research search
//!
//! Author name cluster
//!
//! Jane Doe
//!
//! Possible papers associated with this exact author name in Arrow. …
//!
//! 1 paper
//! 1 author row
//!
//! Possible papers
//!
//! 1
//!
//! NeurIPS Conference 2024 Conference Paper
//!
//! On Examples
//!
//!   • Jane Doe
//!   • Kim Roe
//!
//! The abstract, one paragraph on one line.
//! ```
//!
//! A page is a head and papers. A paper begins with a line `VENUE KIND YEAR TYPE`, read from the right, of which venue
//! and year may be `-`: there is none. The next lines are the title (`-`: there is none), then authors in display order,
//! each behind a bullet, then the abstract. Blank lines may be missing or too many, and bullets may be `*` or `-`.
//!
//! * **Authors.** A page shows 8 of them at most. A list of exactly 8 may have been cut (a note). One of 8 that lacks the
//!   page's own author was cut: it says "and others", and the page's author is kept as `unplaced`. Written, a list that
//!   says "and others" for another reason ends in the bullet `et al.`
//! * **Venue.** A short name of the [table](venues) is `container.short`, and the table gives `container.title`. Any other
//!   is `container.title`. The table works the other way round for records from elsewhere.
//! * **Kind.** `Conference Paper` and `Journal Article` are kinds; the other words of such a line, which only say more of
//!   the same, are kept as extras (`kind`, `type`).
//! * **Text.** `$…$` is math where it can be nothing else. What PDF extraction damaged is left to
//!   [repairs](crate::transform::repair).
//! * **Head.** It is written as it was read. Where there was none, or an author was selected, it is computed; where not
//!   all papers are by the author with the most of them, it says so.
//! * **Damage.** A paper whose first line is damaged is kept as text; its neighbours are read.

mod head;
mod line;
mod map;
mod read;
#[cfg(test)]
mod tests;
mod venues;
mod write;

use crate::diagnostic::{Code, Severity};
use crate::format::{Carrier, Format, Frame, Score, Writer};
use crate::page::PageWriter;
use crate::transform::repair::Level;
use line::Sure;

/// The text of an author page.
pub(super) static ARROW: Format = Format {
    id: "arrow",
    name: "Arrow author page",
    family: "arrow",
    aliases: &["arrow-research"],
    extensions: &["txt"],
    media_types: &["text/plain"],
    about: "the text of an author page of Arrow Research search",
    specification: "https://docs.rs/bibferry (module formats::arrow)",
    lost: "All but venue, year, title, authors and abstract: pages, volume, identifiers, addresses, the key, markup other \
           than math. A kind other than conference paper becomes a journal article, a date its year.",
    sniff,
    cutter: None,
    read: Some(read::read),
    write: Some(Writer {
        frame: Frame { open: "", between: "\n\n", close: "", empty: "", tight: false },
        needs_key: false,
        tex_keys: false,
        record: write::record,
        passage: write::passage,
        head: Writer::no_head,
        page: Some(PageWriter { frame: head::page, authors: true, author: Some(head::author), survey: None }),
    }),
    links: None,
    carrier: Carrier::None,
    repair: Level::Safe,
    mapping: Some(&map::MAPPING),
    check: None,
    codes: &[&COUNT_DIFFERS, &MAYBE_CUT, &AUTHOR_MISSING, &TITLE_MISSING, &STRAY_TEXT, &HEADER_DAMAGED],
};

static COUNT_DIFFERS: Code = Code {
    id: "arrow-count-differs",
    severity: Severity::Warning,
    title: "the head counts other papers than the page has",
    page: "The head of the page names a number of papers, and the page holds another number. Papers may be missing at its \
           end, or Arrow lists some twice. All that are there were read.",
};

static MAYBE_CUT: Code = Code {
    id: "arrow-maybe-cut",
    severity: Severity::Note,
    title: "a list of exactly 8 authors may be cut",
    page: "Arrow shows 8 authors of a paper at most and does not say where it cut a list. This one has exactly 8: there may \
           be more. Compare with the paper itself.",
};

static AUTHOR_MISSING: Code = Code {
    id: "arrow-author-missing",
    severity: Severity::Warning,
    title: "a list of 8 authors lacks the author of the page",
    page: "Arrow shows 8 authors of a paper at most. This list has 8 and lacks the author whose page it is, so it was cut. \
           The record says \"and others\" and keeps the page's author as a contributor of unknown position, so that \
           selecting the author finds the paper. Complete the list from the paper itself.",
};

static TITLE_MISSING: Code = Code {
    id: "arrow-title-missing",
    severity: Severity::Warning,
    title: "a paper without a title",
    page: "Behind the line that begins a paper comes no title, but authors or another paper. The rest of it was read.",
};

static STRAY_TEXT: Code = Code {
    id: "arrow-stray-text",
    severity: Severity::Warning,
    title: "text that belongs to no part of a page",
    page: "Text before the first paper is neither head nor paper: it is kept as it is and written back to the same format. \
           Text between title and authors was put in front of the abstract.",
};

static HEADER_DAMAGED: Code = Code {
    id: "arrow-header-damaged",
    severity: Severity::Error,
    title: "a paper that does not begin with `VENUE KIND YEAR TYPE`",
    page: "A title with authors follows, but the line before it is not of the form `NeurIPS Conference 2024 Conference \
           Paper`, or is missing. The paper was not read; its text is kept and is written back to the same format. Mend \
           the line and convert again; an unknown venue or year is `-`.",
};

/// The head's first line; or, without a head, a line that begins a paper and bullets soon after.
fn sniff(head: &[u8]) -> Score {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => {
            head.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default()
        }
    };
    let mut lines = line::lines(text);
    let Some(first) = lines.next() else { return Score::NO };
    if head::is_first(first.text) {
        return Score::SURE;
    }
    if line::header(first.text).is_none_or(|header| header.sure == Sure::Weak) {
        return Score::NO;
    }
    if lines.take(6).skip(1).any(|line| line.bullet.is_some()) { Score::LIKELY } else { Score::MAYBE }
}
