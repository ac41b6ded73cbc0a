//! The type words that share the meaning of a tag.

use crate::mapping::union;

/// Papers at conferences.
pub(super) const CONF: &[&str] = &["CONF"];
/// What is given at a conference, or printed for one.
pub(super) const MEETINGS: &[&str] = &["CONF", "CPAPER", "CHAP", "BOOK"];
/// The types in which `T2` is a series (else it is what the item stands in).
pub(super) const SERIES: &[&str] =
    &["AGGR", "BOOK", "CLSWK", "COMP", "CTLG", "DBASE", "EDBOOK", "MANSCPT", "MAP", "MULTI", "RPRT", "UNPB", "UNPD"];
/// The types in which `T2` is not the container.
pub(super) const T2_IS_NOT_CONTAINER: &[&str] = &union::<{ SERIES.len() + 8 }>(&[SERIES, &["CONF", "CPAPER", "SLIDE", "HEAR", "STAND", "STD", "THES", "MPCT"]]);
/// The types whose container has `JF` to stand in.
pub(super) const CONTAINER_IN_JF: &[&str] = &union::<{ SERIES.len() + 5 }>(&[SERIES, &["SLIDE", "HEAR", "STAND", "STD", "THES"]]);
/// The types in which `T3` is no series.
pub(super) const T3_IS_NOT_SERIES: &[&str] = &union::<{ SERIES.len() + 4 }>(&[SERIES, &["HEAR", "BILL", "UNBILL", "MPCT"]]);
/// The types in which `T3` is the series, if both it and `T2` are there.
pub(super) const SERIES_IN_T3: &[&str] = &["BOOK", "EDBOOK", "RPRT", "THES"];
/// Articles in journals.
pub(super) const JOURNAL: &[&str] = &["JOUR", "JOURN", "ABST", "INPR", "JFULL"];
/// Parts of serials, and serials, in which `IS` is the issue.
pub(super) const ISSUES: &[&str] = &union::<{ JOURNAL.len() + 6 }>(&[JOURNAL, &["EJOUR", "MGZN", "NEWS", "SER", "CONF", "GOVDOC"]]);
/// Where the reviewer has `C4`.
pub(super) const REVIEWED: &[&str] = &["BOOK", "CHAP", "EBOOK", "ECHAP", "EJOUR"];
/// Where `A2` is the editor.
pub(super) const EDITOR_IN_A2: &[&str] = &union::<{ JOURNAL.len() + 15 }>(&[JOURNAL, &["ANCIENT", "BLOG", "CHAP", "CONF", "CPAPER", "DICT", "EBOOK", "ECHAP", "ENCYC", "MUSIC", "SER", "MGZN", "NEWS", "EJOUR", "GEN"]]);
/// Where `A2` is the editor of the series.
pub(super) const SERIES_EDITOR_IN_A2: &[&str] =
    &["BOOK", "CLSWK", "COMP", "EDBOOK", "ELEC", "WEB", "MAP", "MULTI", "RPRT", "UNPB", "UNPD"];
/// Where `A2` is a contributor.
pub(super) const CONTRIBUTOR_IN_A2: &[&str] = &[
    "AGGR", "ART", "CHART", "CTLG", "DBASE", "EQUA", "FIGURE", "GOVDOC", "GRANT", "GRNT", "HEAR", "LEGAL", "MANSCPT",
    "MPCT", "PAMP", "PRESS", "STAND", "STD", "STAT", "THES", "UNBILL",
];
/// Where `A3` is something else than the editor of the series, or that has `A2`.
pub(super) const NO_SERIES_EDITOR_IN_A3: &[&str] = &union::<{ SERIES_EDITOR_IN_A2.len() + 4 }>(&[SERIES_EDITOR_IN_A2, &["BLOG", "MPCT", "THES", "BILL"]]);
/// Parts of books, which may have no title of their own.
pub(super) const CHAPTERS: &[&str] = &["CHAP", "ECHAP"];
/// Where `M1` is the number.
pub(super) const NUMBER_IN_M1: &[&str] = &[
    "ADVS", "AGGR", "ANCIENT", "BILL", "CHART", "DICT", "EQUA", "FIGURE", "GEN", "HEAR", "SLIDE", "SOUND", "THES",
    "UNBILL", "UNPB", "UNPD", "VIDEO", "MPCT", "STAT", "ENCYC", "MUSIC",
];
/// Where `SE` is a section.
pub(super) const SECTION_IN_SE: &[&str] =
    &["BILL", "GEN", "GOVDOC", "MUSIC", "NEWS", "STAT", "UNBILL", "STAND", "STD", "LEGAL"];
/// Where `M3` is the medium.
pub(super) const MEDIUM_IN_M3: &[&str] = &["BLOG", "EBOOK", "ELEC", "WEB", "MUSIC", "ART"];
/// Where the medium has a tag of its own or `M3` is its.
pub(super) const NO_GENRE_IN_M3: &[&str] = &union::<{ MEDIUM_IN_M3.len() + 1 }>(&[MEDIUM_IN_M3, &["MPCT"]]);
/// Where the size has `C3`.
pub(super) const SIZE_IN_C3: &[&str] = &["ART", "ADVS", "MAP", "SLIDE", "SOUND", "VIDEO"];
/// Where `VL` is no volume.
pub(super) const NO_VOLUME: &[&str] = &["THES", "CHART", "EQUA", "FIGURE", "COMP", "PAMP", "PAT"];
/// Where `ET` is no edition.
pub(super) const NO_EDITION: &[&str] = &[
    "CHART", "COMP", "DATA", "EQUA", "FIGURE", "MANSCPT", "BILL", "HEAR", "STAT", "JOUR", "JOURN", "ABST", "INPR",
    "JFULL",
];
/// Where `PB` is no publisher.
pub(super) const NO_PUBLISHER: &[&str] = &["CASE", "PAT", "MANSCPT"];
/// Where `IS` is no number.
pub(super) const NO_NUMBER_IN_IS: &[&str] =
    &["JOUR", "JOURN", "ABST", "INPR", "JFULL", "EJOUR", "MGZN", "NEWS", "SER", "CONF", "GOVDOC", "CHAP", "DATA"];
/// Where `NV` is no number of volumes.
pub(super) const NO_VOLUMES: &[&str] = &["CTLG", "DATA", "ICOMM", "MANSCPT", "PCOMM", "EBOOK", "RPRT"];
/// Where `OP` is the history of a law or case.
pub(super) const LEGAL: &[&str] = &["BILL", "CASE", "HEAR", "LEGAL", "STAT", "UNBILL"];

/// The types of which the authors' tag holds others: editors, directors, composers.
pub(super) const OTHERS_IN_AU: &[&str] = &["EDBOOK", "MPCT", "MUSIC", "SOUND"];
