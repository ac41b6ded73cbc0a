//! From records to papers.

use super::line::{self, Header, Sure, header, trim};
use super::map::{MAPPING, TITLE};
use super::read::{is_damaged_paper, is_paper, is_stray, words};
use super::venues;
use crate::loss::LossKind;
use crate::mapping::Written;
use crate::record::{Field, Kind, Parts, Passage, name::is_others};
use crate::write::{Outgoing, Writing};
use std::borrow::Cow;

/// Writes a paper, without a line end behind it.
pub(super) fn record(out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>) {
    let mut written = MAPPING.write(out, writing.options);
    MAPPING.join_subtitles(&mut written, out, writing.options, &TITLE);
    let first = first_line(out, &written);
    let title = cell(&written, "title").unwrap_or("-");
    // Several lists become one, and say "and others" once, behind all names.
    let (others, mut names): (Vec<&str>, Vec<&str>) =
        written.cells.iter().filter(|cell| cell.tag == "author").map(|cell| &*cell.raw).partition(|it| is_others(it));
    names.extend(others.first());
    // Only where names follow are several lines one title.
    let title = if names.is_empty() { in_one_line(title) } else { title.into() };
    let summary = cell(&written, "abstract").unwrap_or_default();
    let paper = Paper { first: &first, names: &names };
    let start = writing.out.len();
    paper.write(&title, summary, writing.out);
    if !paper.is_sure(&title, summary)
        && !paper.reads_as(&title, summary, writing.out.get(start..).unwrap_or_default())
    {
        paper.write_otherwise(&title, summary, out, (&mut *writing.out, start));
    }
}

fn in_one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { text.lines().map(trim).collect::<Vec<_>>().join(" ").into() } else { text.into() }
}

/// A paper's first line and authors, to which title and abstract come.
struct Paper<'p> {
    first: &'p str,
    names: &'p [&'p str],
}

impl Paper<'_> {
    fn write(&self, title: &str, summary: &str, out: &mut String) {
        out.extend([self.first, "\n\n", title]);
        let mut end = "\n\n";
        for author in self.names {
            out.extend([end, "  • ", author]);
            end = "\n";
        }
        if !summary.is_empty() {
            out.extend(["\n\n", summary]);
        }
    }

    /// Whether nothing in it can be taken for anything else: the lines of an abstract may be bullets and first lines.
    fn is_sure(&self, title: &str, summary: &str) -> bool {
        let is_sure = |text: &str| {
            !text.starts_with(['•', '*', '-']) && !text.contains('\n') && header(text).is_none()
        };
        !self.names.is_empty() && is_sure(title) && is_sure(summary)
    }

    fn reads_as(&self, title: &str, summary: &str, paper: &str) -> bool {
        is_paper(paper, title, self.names.len(), summary)
    }

    /// Writes as much as is read as what it is, in place of what begins at `start`.
    fn write_otherwise(&self, title: &str, summary: &str, out: &mut Outgoing<'_, '_>, (text, start): (&mut String, usize)) {
        let line = in_one_line(summary);
        // What the source had on several lines may be one line of the record.
        let is_whole = out.record().text(Field::Abstract) == Some(&*line);
        let spelled = (!is_whole).then_some(LossKind::Narrowed(Parts::SPELLING));
        for (title, summary, lost) in [
            (title, &*line, (None, spelled)),
            (title, "", (None, Some(LossKind::Dropped))),
            ("-", summary, (Some(LossKind::Dropped), None)),
            ("-", &*line, (Some(LossKind::Dropped), spelled)),
            ("-", "", (Some(LossKind::Dropped), Some(LossKind::Dropped))),
        ] {
            let mut paper = String::new();
            self.write(title, summary, &mut paper);
            if self.reads_as(title, summary, &paper) {
                text.truncate(start);
                text.push_str(&paper);
                for (field, lost) in [(Field::Title, lost.0), (Field::Abstract, lost.1)] {
                    if let Some(lost) = lost {
                        note(out, field, lost);
                    }
                }
                return;
            }
        }
    }
}

/// The value of a tag.
fn cell<'w>(written: &'w Written, tag: &str) -> Option<&'w str> {
    written.cells.iter().find(|cell| cell.tag == tag).map(|cell| &*cell.raw)
}

/// `VENUE KIND YEAR TYPE`. What it will be read as is what is reported.
fn first_line(out: &mut Outgoing<'_, '_>, written: &Written) -> String {
    let venue = venue(out, written);
    let year = cell(written, "year").unwrap_or("-");
    let has_authors = cell(written, "author").is_some();
    let word = &*written.word;
    let kind = cell(written, "kind").unwrap_or_else(|| line::kind_of_type(word));
    let type_ = cell(written, "type").unwrap_or(word);
    let own = format!("{venue} {kind} {year} {type_}");
    let faithful = |it: &Header<'_>| {
        (it.venue, it.kind, it.year, it.type_) == (&venue, kind, year, type_)
            && (it.sure > Sure::Weak || has_authors)
            && says_the_extras(out, it)
    };
    if let Some(it) = header(&own).filter(faithful) {
        becomes(out, words(&it).0);
        return own;
    }
    // Extras or a type word that no page can have.
    let word = if line::kind_of_type(word) == "-" { MAPPING.types.fallback } else { word };
    becomes(out, word);
    for at in 0..out.record().extras.len() {
        out.leave_extra(at);
    }
    format!("{venue} {} {year} {word}", line::kind_of_type(word))
}

/// Whether a first line gives back the extras of the record, all of them and no other.
fn says_the_extras(out: &Outgoing<'_, '_>, header: &Header<'_>) -> bool {
    let own = || out.record().extras.iter().filter(|extra| extra.family == MAPPING.family);
    let (_, says) = words(header);
    own().count() == says.len()
        && says.iter().all(|(tag, value)| own().any(|extra| &*extra.tag == *tag && &*extra.value == *value))
}

fn becomes(out: &mut Outgoing<'_, '_>, word: &str) {
    let known = MAPPING.types.rows.iter().find(|row| row.word == word);
    out.kind_becomes(known.map_or(Kind::Misc, |row| row.kind), None);
}

/// The venue: a short name that the table knows, else the short name of the container's title, else either as it is.
fn venue(out: &mut Outgoing<'_, '_>, written: &Written) -> String {
    let short = cell(written, "venue.short");
    let full = cell(written, "venue");
    let venue = match (short, full) {
        (Some(short), _) if venues::full(short).is_some() => short,
        (_, Some(full)) if stood_there(out) => full,
        (_, Some(full)) => venues::short(full).unwrap_or(full),
        (Some(short), None) => short,
        (None, None) => "-",
    };
    let venue = trim(venue.trim_start_matches(['•', ' ']));
    let venue = if venue.is_empty() { "-" } else { venue };
    let (reads_full, reads_short) = match venue {
        "-" => (None, None),
        venue => {
            let (full, short) = venues::read(venue);
            (Some(full), short)
        }
    };
    let moved = full.is_none() && short.is_some() && reads_short.is_none() && reads_full.is_some();
    if moved {
        note(out, Field::ContainerShort, LossKind::Moved(Field::ContainerTitle));
        return venue.to_owned();
    }
    for (field, had, reads) in [(Field::ContainerShort, short, reads_short), (Field::ContainerTitle, full, reads_full)]
    {
        match (had, reads) {
            (Some(had), Some(reads)) if had != reads => note(out, field, LossKind::Narrowed(Parts::SPELLING)),
            (Some(_), None) => note(out, field, LossKind::Dropped),
            (None, Some(reads)) => out.added(field, reads),
            _ => {}
        }
    }
    venue.to_owned()
}

/// Whether the page that was read had the venue by its full name.
fn stood_there(out: &Outgoing<'_, '_>) -> bool {
    let slots = &out.record().slots;
    slots.iter().any(|slot| slot.field() == Field::ContainerTitle && slot.source(MAPPING.family).is_some())
}

/// Says what happened to the slot of a field that was written.
fn note(out: &mut Outgoing<'_, '_>, field: Field, what: LossKind) {
    let slots = &out.record().slots;
    let taken =
        (0..slots.len()).find(|at| slots.get(*at).is_some_and(|slot| slot.field() == field) && out.is_taken(*at));
    if let Some(at) = taken {
        out.note(at, what);
    }
}

/// Writes text that was kept where it will be read as such again: before all papers, or a paper of which the first line
/// is damaged.
pub(super) fn passage(passage: &Passage, writing: &mut Writing<'_>) -> bool {
    let raw: Cow<'_, str> = if passage.raw.contains('\r') {
        passage.raw.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        (&*passage.raw).into()
    };
    let fits = if writing.first { is_stray(&raw) } else { is_damaged_paper(writing.out, &raw) };
    let own = passage.family == MAPPING.family && fits;
    if own {
        writing.out.push_str(raw.trim_end_matches('\n'));
    }
    own
}
