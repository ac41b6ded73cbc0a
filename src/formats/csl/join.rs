//! Titles and their subtitles: one string in a variable, apart in `custom`.
//!
//! CSL has one string for a title with its subtitle (D-30), which [`subtitles`](crate::mapping::subtitles) puts together. The
//! subtitle stands alone in `custom` as well, and where the title ends in it, reading takes them apart again.

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
