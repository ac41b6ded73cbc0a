//! Titles and their subtitles: one string in a variable, apart in `custom`.
//!
//! CSL has one string for a title with its subtitle (D-30). The subtitle stands alone in `custom` as well, and where the title
//! ends in it, reading takes them apart again.

use super::map::is_book;

/// A variable that holds a title, and the member of `custom` that holds its subtitle.
pub(super) struct Pair {
    pub(super) title: &'static str,
    pub(super) subtitle: &'static str,
}

/// The pairs of an item of this type. A title of a volume takes the place of that of the whole: D-31.
pub(super) fn pairs(word: &str, has_volume_title: bool) -> [Pair; 3] {
    let (title, container, set) = match (has_volume_title, is_book(word)) {
        (false, _) => ("title", "container-title", "custom.set-title"),
        (true, true) => ("volume-title", "container-title", "title"),
        (true, false) => ("title", "volume-title", "container-title"),
    };
    [
        Pair { title, subtitle: "custom.subtitle" },
        Pair { title: container, subtitle: "custom.container-subtitle" },
        Pair { title: set, subtitle: "custom.set-subtitle" },
    ]
}

/// A title with its subtitle: section 4.5.
pub(super) fn join(title: &str, subtitle: &str) -> String {
    [title, between(title, subtitle), subtitle].concat()
}

fn between(title: &str, subtitle: &str) -> &'static str {
    let ends = title.trim_end_matches(['>', '"', '”', '’', '»']).ends_with(['.', '?', '!', '…', ':', '—']);
    if ends || subtitle.starts_with('(') { " " } else { ": " }
}

/// The title without its subtitle, if it ends in it.
pub(super) fn split<'t>(whole: &'t str, subtitle: &str) -> Option<&'t str> {
    let head = whole.strip_suffix(subtitle)?;
    let title = head.strip_suffix(": ").or_else(|| head.strip_suffix(' '))?;
    (!title.is_empty() && join(title, subtitle) == whole).then_some(title)
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
