//! BibLaTeX's data model: which fields an entry type has, as Biber's tool mode validates them.
//!
//! `biber --tool --validate-datamodel` complains of every other field. The table is that of BibLaTeX 3.17 and later,
//! where a few entry types have no fields at all, not even a title: styles treat them as `misc`.
//!
//! ```text
//! @misc{k, pages = {5}}      Invalid field 'pages' for entrytype 'misc'
//! @video{k, title = {T}}     Invalid field 'title' for entrytype 'video'
//! @book{k, pmid = {5}}       Field 'pmid' invalid in data model
//! ```

use super::tags::TAGS;
use crate::mapping::WrittenCell;
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, OnceLock};

/// The fields of every entry type, sorted.
const COMMON: &[&str] = &[
    "abstract", "annotation", "authortype", "bookpagination", "crossref", "date", "day", "doi", "entryset",
    "entrysubtype", "eprint", "eprintclass", "eprinttype", "execute", "file", "gender", "ids", "indexsorttitle",
    "indextitle", "isan", "ismn", "iswc", "keywords", "label", "langid", "langidopts", "library", "lista",
    "listb", "listc", "listd", "liste", "listf", "month", "namea", "nameaddon", "nameatype", "nameb",
    "namebtype", "namec", "namectype", "options", "origdate", "origlocation", "origpublisher", "origtitle",
    "pagination", "presort", "related", "relatedoptions", "relatedstring", "relatedtype", "shortauthor",
    "shorteditor", "shorthand", "shorthandintro", "shortjournal", "shortseries", "shorttitle", "sortkey",
    "sortname", "sortshorthand", "sorttitle", "sortyear", "url", "urldate", "usera", "userb", "userc", "userd",
    "usere", "userf", "verba", "verbb", "verbc", "xdata", "xref", "year",
];

/// Entry types and the fields they have beside those of every type, sorted.
const OWN: &[(&[&str], &[&str])] = &[
    (&["article"], &[
        "addendum", "annotator", "author", "commentator", "editor", "editora", "editoratype", "editorb",
        "editorbtype", "editorc", "editorctype", "editortype", "eid", "issn", "issue", "issuesubtitle",
        "issuetitle", "issuetitleaddon", "journalsubtitle", "journaltitle", "journaltitleaddon", "language", "note",
        "number", "origlanguage", "pages", "pubstate", "series", "subtitle", "title", "titleaddon", "translator",
        "version", "volume",
    ]),
    (&["book"], &[
        "addendum", "afterword", "annotator", "author", "chapter", "commentator", "edition", "editor", "editora",
        "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "eid", "foreword",
        "introduction", "isbn", "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note",
        "number", "origlanguage", "pages", "pagetotal", "part", "publisher", "pubstate", "series", "subtitle",
        "title", "titleaddon", "translator", "volume", "volumes",
    ]),
    (&["mvbook"], &[
        "addendum", "afterword", "annotator", "author", "commentator", "edition", "editor", "editora",
        "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "foreword", "introduction",
        "isbn", "language", "location", "note", "number", "origlanguage", "pagetotal", "publisher", "pubstate",
        "series", "subtitle", "title", "titleaddon", "translator", "volume", "volumes",
    ]),
    (&["inbook", "bookinbook", "suppbook"], &[
        "addendum", "afterword", "annotator", "author", "bookauthor", "booksubtitle", "booktitle", "booktitleaddon",
        "chapter", "commentator", "edition", "editor", "editora", "editoratype", "editorb", "editorbtype",
        "editorc", "editorctype", "editortype", "eid", "foreword", "introduction", "isbn", "language", "location",
        "mainsubtitle", "maintitle", "maintitleaddon", "note", "number", "origlanguage", "pages", "part",
        "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "translator", "volume", "volumes",
    ]),
    (&["booklet"], &[
        "addendum", "author", "chapter", "editor", "editortype", "eid", "howpublished", "language", "location",
        "note", "pages", "pagetotal", "pubstate", "subtitle", "title", "titleaddon", "type",
    ]),
    (&["collection", "reference"], &[
        "addendum", "afterword", "annotator", "chapter", "commentator", "edition", "editor", "editora",
        "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "eid", "foreword",
        "introduction", "isbn", "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note",
        "number", "origlanguage", "pages", "pagetotal", "part", "publisher", "pubstate", "series", "subtitle",
        "title", "titleaddon", "translator", "volume", "volumes",
    ]),
    (&["mvcollection", "mvreference"], &[
        "addendum", "afterword", "annotator", "author", "commentator", "edition", "editor", "editora",
        "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "foreword", "introduction",
        "isbn", "language", "location", "note", "number", "origlanguage", "publisher", "pubstate", "subtitle",
        "title", "titleaddon", "translator", "volume", "volumes",
    ]),
    (&["incollection", "suppcollection", "inreference"], &[
        "addendum", "afterword", "annotator", "author", "booksubtitle", "booktitle", "booktitleaddon", "chapter",
        "commentator", "edition", "editor", "editora", "editoratype", "editorb", "editorbtype", "editorc",
        "editorctype", "editortype", "eid", "foreword", "introduction", "isbn", "language", "location",
        "mainsubtitle", "maintitle", "maintitleaddon", "note", "number", "origlanguage", "pages", "part",
        "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "translator", "volume", "volumes",
    ]),
    (&["dataset"], &[
        "addendum", "author", "edition", "editor", "editortype", "language", "location", "note", "number",
        "organization", "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "type", "version",
    ]),
    (&["manual"], &[
        "addendum", "author", "chapter", "edition", "editor", "editortype", "eid", "isbn", "language", "location",
        "note", "number", "organization", "pages", "pagetotal", "publisher", "pubstate", "series", "subtitle",
        "title", "titleaddon", "type", "version",
    ]),
    (&["misc", "software"], &[
        "addendum", "author", "editor", "editortype", "howpublished", "language", "location", "note",
        "organization", "pubstate", "subtitle", "title", "titleaddon", "type", "version",
    ]),
    (&["online"], &[
        "addendum", "author", "editor", "editortype", "language", "note", "organization", "pubstate", "subtitle",
        "title", "titleaddon", "version",
    ]),
    (&["patent"], &[
        "addendum", "author", "holder", "location", "note", "number", "pubstate", "subtitle", "title", "titleaddon",
        "type", "version",
    ]),
    (&["periodical"], &[
        "addendum", "editor", "editora", "editoratype", "editorb", "editorbtype", "editorc", "editorctype",
        "editortype", "issn", "issue", "issuesubtitle", "issuetitle", "issuetitleaddon", "language", "note",
        "number", "pubstate", "series", "subtitle", "title", "titleaddon", "volume",
    ]),
    (&["mvproceedings"], &[
        "addendum", "editor", "editortype", "eventdate", "eventtitle", "eventtitleaddon", "isbn", "language",
        "location", "note", "number", "organization", "pagetotal", "publisher", "pubstate", "series", "subtitle",
        "title", "titleaddon", "venue", "volumes",
    ]),
    (&["proceedings"], &[
        "addendum", "chapter", "editor", "editortype", "eid", "eventdate", "eventtitle", "eventtitleaddon", "isbn",
        "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note", "number", "organization",
        "pages", "pagetotal", "part", "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "venue",
        "volume", "volumes",
    ]),
    (&["inproceedings"], &[
        "addendum", "author", "booksubtitle", "booktitle", "booktitleaddon", "chapter", "editor", "editortype",
        "eid", "eventdate", "eventtitle", "eventtitleaddon", "isbn", "language", "location", "mainsubtitle",
        "maintitle", "maintitleaddon", "note", "number", "organization", "pages", "part", "publisher", "pubstate",
        "series", "subtitle", "title", "titleaddon", "venue", "volume", "volumes",
    ]),
    (&["report"], &[
        "addendum", "author", "chapter", "eid", "institution", "isrn", "language", "location", "note", "number",
        "pages", "pagetotal", "pubstate", "subtitle", "title", "titleaddon", "type", "version",
    ]),
    (&["thesis"], &[
        "addendum", "author", "chapter", "eid", "institution", "language", "location", "note", "pages", "pagetotal",
        "pubstate", "subtitle", "title", "titleaddon", "type",
    ]),
    (&["unpublished"], &[
        "addendum", "author", "eventdate", "eventtitle", "eventtitleaddon", "howpublished", "language", "location",
        "note", "pubstate", "subtitle", "title", "titleaddon", "type", "venue",
    ]),
];

/// Entry types that have none but the common fields.
const BARE: &[&str] = &[
    "artwork", "audio", "bibnote", "commentary", "customa", "customb", "customc", "customd", "custome", "customf", "image",
    "jurisdiction", "legal", "legislation", "letter", "movie", "music", "performance", "review", "standard",
    "suppperiodical", "video",
];

/// Entry types that may have any field.
const CONTAINERS: &[&str] = &["set", "xdata"];

/// The entry types and fields that Biber reads under other names.
const TYPE_ALIASES: &[(&str, &str)] = &[
    ("conference", "inproceedings"),
    ("electronic", "online"),
    ("www", "online"),
    ("mastersthesis", "thesis"),
    ("phdthesis", "thesis"),
    ("techreport", "report"),
];
const FIELD_ALIASES: &[(&str, &str)] = &[
    ("address", "location"),
    ("annote", "annotation"),
    ("archiveprefix", "eprinttype"),
    ("journal", "journaltitle"),
    ("key", "sortkey"),
    ("pdf", "file"),
    ("primaryclass", "eprintclass"),
    ("school", "institution"),
];

fn alias<'a>(table: &[(&'static str, &'static str)], word: &'a str) -> &'a str {
    table.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to)
}

/// Whether the data model has an entry type.
pub(crate) fn has_type(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let word = alias(TYPE_ALIASES, &word);
    BARE.contains(&word) || CONTAINERS.contains(&word) || OWN.iter().any(|(types, _)| types.contains(&word))
}

/// The name by which Biber knows a field of BibTeX's, if that is another.
pub(super) fn other_name(field: &str) -> Option<&'static str> {
    FIELD_ALIASES.iter().find(|(from, _)| *from == field).map(|(_, to)| *to)
}

/// Whether an entry type has no fields of its own.
pub(super) fn is_bare(word: &str) -> bool {
    BARE.contains(&word)
}

/// Whether an entry type has a field. An unknown type is `misc`.
pub(crate) fn fits(word: &str, field: &str) -> bool {
    Fields::of(word).have(field)
}

/// The fields of an entry type.
#[derive(Clone, Copy)]
pub(super) enum Fields {
    /// It may have any.
    Any,
    /// These, under all their names.
    These(&'static Names),
}

/// The names of the fields of an entry type.
pub(super) struct Names {
    own: &'static [&'static str],
    /// For each tag of our table whether it is among them.
    of_tags: Vec<bool>,
}

impl Names {
    fn new(own: &'static [&'static str]) -> Names {
        let names = Names { own, of_tags: Vec::new() };
        Names { of_tags: TAGS.iter().map(|tag| names.hold(tag.name)).collect(), ..names }
    }

    fn hold(&self, field: &str) -> bool {
        self.hold_name(field) || field.split_once('+').is_some_and(|(field, _)| self.hold_name(field))
    }

    fn hold_name(&self, field: &str) -> bool {
        let is_there = |field: &str| COMMON.binary_search(&field).is_ok() || self.own.binary_search(&field).is_ok();
        is_there(field) || other_name(field).is_some_and(is_there)
    }
}

impl Fields {
    /// Those of an entry type. An unknown type is `misc`.
    pub(super) fn of(word: &str) -> Fields {
        let of = |word: &str| OF_TYPES.get(word);
        match of(alias(TYPE_ALIASES, word)).or_else(|| of("misc")) {
            Some(Some(Lazy { own, names })) => Fields::These(names.get_or_init(|| Names::new(own))),
            Some(None) | None => Fields::Any,
        }
    }

    /// Whether a field is among them; annotations of a field are where it is.
    pub(super) fn have(self, field: &str) -> bool {
        match self {
            Fields::Any => true,
            Fields::These(names) => names.hold(field),
        }
    }

    /// The same of a field that was written by our tables.
    pub(super) fn have_cell(self, cell: &WrittenCell) -> bool {
        match self {
            Fields::Any => true,
            Fields::These(names) => {
                let known = cell.place().and_then(|place| names.of_tags.get(usize::from(place)).copied());
                known.unwrap_or_else(|| self.have(&cell.tag))
            }
        }
    }
}

/// The fields of an entry type, and their names under which Biber knows them: most runs ask for few types.
struct Lazy {
    own: &'static [&'static str],
    names: OnceLock<Names>,
}

/// The fields of each entry type; nothing for those that may have any.
static OF_TYPES: LazyLock<FxHashMap<&str, Option<Lazy>>> = LazyLock::new(|| {
    let lazy = |own| Some(Lazy { own, names: OnceLock::new() });
    let own = OWN.iter().flat_map(|(types, fields)| types.iter().map(move |word| (*word, lazy(*fields))));
    let bare = BARE.iter().map(|word| (*word, lazy(&[])));
    own.chain(bare).chain(CONTAINERS.iter().map(|word| (*word, None))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(COMMON.is_sorted());
        assert!(OWN.iter().all(|(_, fields)| fields.is_sorted()));
    }

    #[test]
    fn fields_fit_under_all_their_names() {
        assert!(fits("phdthesis", "school") && fits("article", "journal") && fits("book", "author+an:orcid"));
        assert!(!fits("misc", "pages") && !fits("video", "title") && !fits("article", "pmid"));
        assert!(fits("unheard", "howpublished") && has_type("TechReport") && !has_type("unheard"));
    }
}
