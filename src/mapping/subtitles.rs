//! Titles with their subtitles as one string, in formats that have one place for both: section 4.5, D-30 of the mapping
//! reference.

use super::{CellSink, Codec, Echo, Mapping, Written, WrittenCell};
use crate::loss::LossKind;
use crate::record::{Field, Record, Slot};
use crate::write::{Outgoing, WriteOptions};
use std::borrow::Cow;

/// The fields of titles and those of their subtitles.
const PAIRS: [(Field, Field); 4] = [
    (Field::Title, Field::Subtitle),
    (Field::ContainerTitle, Field::ContainerSubtitle),
    (Field::IssueTitle, Field::IssueSubtitle),
    (Field::SetTitle, Field::SetSubtitle),
];

/// A title with its subtitle, as they are spelled in a format.
///
/// ```
/// use bibferry::mapping::subtitles::join;
/// assert_eq!(join("Empire", "A History"), "Empire: A History");
/// assert_eq!(join("Why?", "Because"), "Why? Because");
/// ```
pub fn join(title: &str, subtitle: &str) -> String {
    [title, between(title, subtitle), subtitle].concat()
}

/// What stands between a title and its subtitle: a colon where the title has no sign at its end that does for it.
fn between(title: &str, subtitle: &str) -> &'static str {
    let title = title.trim_end_matches(['>', '"', '”', '’', '»', '}']);
    let ends = title.ends_with(['.', '?', '!', '…', ':', '—']) || title.ends_with("---");
    if ends || subtitle.starts_with('(') { " " } else { ": " }
}

/// The title without its subtitle, if it ends in it as [`join`] puts them together.
pub fn split<'t>(whole: &'t str, subtitle: &str) -> Option<&'t str> {
    let head = whole.strip_suffix(subtitle)?;
    let title = head.strip_suffix(": ").or_else(|| head.strip_suffix(' '))?;
    (!title.is_empty() && join(title, subtitle) == whole).then_some(title)
}

impl Mapping {
    /// Puts subtitles behind their titles, spelled by the codec of titles. One that nobody took is reported as moved. One
    /// that has a place of its own stays there alone, but for Zotero, where that is a line that no style prints.
    pub(crate) fn join_subtitles<'r>(
        &self,
        written: &mut Written<'r>,
        out: &mut Outgoing<'r, '_>,
        options: &WriteOptions,
        codec: &'static Codec,
    ) {
        let record = out.record();
        if !has_subtitle(record) {
            return;
        }
        let find = |field: Field| record.slots.iter().position(|slot| slot.field() == field);
        for (of, subtitle) in PAIRS {
            let (Some(of), Some(at)) = (find(of), find(subtitle)) else { continue };
            let (Some(title), Some(subtitle)) = (record.slots.get(of), record.slots.get(at)) else { continue };
            let is_taken = out.is_taken(at);
            if is_taken && !options.is_for_zotero() {
                continue;
            }
            let mut sink = CellSink::new(options, &written.word);
            let Some(lost) = (codec.write)(subtitle.value(), &mut sink) else { continue };
            let Some((_, words)) = sink.cells().first() else { continue };
            let Some(is_there) = self.put_behind(&mut written.cells, of, words) else { continue };
            match (is_taken, is_there) {
                (true, true) => {}
                (true, false) => out.note(of, LossKind::Merged),
                (false, true) => out.note(at, LossKind::Redundant),
                (false, false) => {
                    out.take_losing(at, codec.carries, lost);
                    out.note(at, LossKind::Moved(title.field()));
                }
            }
        }
    }

    /// Puts a subtitle behind the title of a slot and where that is repeated. Whether it stood there before: sources that
    /// have it twice have it once, so. `None`: the title is not written.
    fn put_behind(&self, cells: &mut [WrittenCell<'_>], title: usize, subtitle: &str) -> Option<bool> {
        let cell = cells.iter().find(|cell| cell.slot() == Some(title) && cell.expression.is_none())?;
        if split(&cell.raw, subtitle).is_some() {
            return Some(true);
        }
        let (tag, alone, whole) = (cell.tag.clone(), cell.raw.to_string(), join(&cell.raw, subtitle));
        let repeats = |cell: &WrittenCell<'_>| {
            let is_echo = |echo: &Echo| echo.tag == cell.tag && echo.of == tag;
            cell.slot().is_none() && cell.raw == alone && self.echoes.iter().any(is_echo)
        };
        for cell in cells.iter_mut().filter(|cell| cell.slot() == Some(title) || repeats(cell)) {
            cell.raw = Cow::Owned(whole.clone());
        }
        Some(false)
    }
}

fn has_subtitle(record: &Record) -> bool {
    record.slots.iter().map(Slot::field).any(|field| PAIRS.iter().any(|(_, subtitle)| *subtitle == field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_apart_as_they_were_joined() {
        for (title, subtitle, whole) in [
            ("Empire", "A History", "Empire: A History"),
            ("Why?", "Because", "Why? Because"),
            ("A", "(B)", "A (B)"),
            ("<i>What?</i>", "So", "<i>What?</i>: So"),
        ] {
            assert_eq!(join(title, subtitle), whole);
            assert_eq!(split(whole, subtitle), Some(title));
        }
        assert_eq!(split("Empire: A History", "History"), None);
        assert_eq!(split("Empire", "Empire"), None);
    }
}
