//! The tables of both dialects: sections 3.1, 3.6 and 3.10 of the mapping reference.
//!
//! The dialects share most rows. BibTeX also writes what its styles ignore, under BibLaTeX's names (L-01, step 3 of
//! section 6.2): it costs nothing and comes back. Where they differ, each reads the other's spelling.

// The table names nearly every codec.
use super::Dialect;
use super::dates::{DATE, EDTF, YEAR_MONTH};
use super::names::{NAMES, NAMES_LONG, NAMES_ORCID};
use super::tags::{KEPT, KEY, TAGS};
use super::zotero;
use super::types::{self, ARTICLES, BOOKS, CONFERENCES, LAW, NO_INSTITUTION, NO_NUMBER, REPORTS, SERIALS, THESES};
#[allow(clippy::wildcard_imports)]
use super::{identifiers::*, links::*, numbers::*, publishers::*, roles::*, terms::*, text::*};
use crate::mapping::{CarryIn, Echo, Mapping, Rule, Seen, Types, Way, both, read, write};
use crate::record::Field;
use std::sync::OnceLock;

/// Whether an entry is all there is of its book, which has no title elsewhere.
fn without_booktitle(seen: &Seen<'_>) -> bool {
    !seen.any(&["booktitle", "crossref", "xdata"])
}

fn with_number(seen: &Seen<'_>) -> bool {
    seen.has("number")
}

fn without_number(seen: &Seen<'_>) -> bool {
    !seen.has("number")
}

/// ACM's pair: the publisher's place is `address`, the conference's `location`.
pub(super) fn with_address(seen: &Seen<'_>) -> bool {
    seen.has("address")
}

fn with_isbn(seen: &Seen<'_>) -> bool {
    seen.has("isbn")
}

fn without_pages(seen: &Seen<'_>) -> bool {
    !seen.has("pages")
}

fn without_doi(seen: &Seen<'_>) -> bool {
    !seen.has("doi")
}

fn with_doi(seen: &Seen<'_>) -> bool {
    seen.has("doi")
}

fn without_url(seen: &Seen<'_>) -> bool {
    !seen.has("url")
}

/// An e-print that says nothing in BibLaTeX's fields or Mendeley's.
fn plain_eprint(seen: &Seen<'_>) -> bool {
    !seen.any(&["eprinttype", "eprintclass", "arxivid"])
}

/// An e-print that says nothing in the fields of arXiv and BibTeX's styles, or Mendeley's.
pub(super) fn typed_eprint(seen: &Seen<'_>) -> bool {
    !seen.any(&["archiveprefix", "primaryclass", "arxivid"])
}

fn without_author(seen: &Seen<'_>) -> bool {
    !seen.has("author")
}

fn without_editor(seen: &Seen<'_>) -> bool {
    !seen.has("editor")
}

fn without_eprint(seen: &Seen<'_>) -> bool {
    !seen.any(&["eprint", "arxivid"])
}

fn with_year(seen: &Seen<'_>) -> bool {
    seen.has("year")
}

fn editor_edits(seen: &Seen<'_>) -> bool {
    seen.get("editortype").is_none_or(|it| it.eq_ignore_ascii_case("editor"))
}

/// The rows of a role that another field names.
macro_rules! rows {
    (@all [$($done:expr,)*] { $first:literal $field:ident $codec:ident; $($rest:tt)* } $tail:tt) => {
        rows!(@all [$($done,)*
            both($first, Field::$field, &$codec),
            read("editor/editortype", Field::$field, &$codec),
            read("editora/editoratype", Field::$field, &$codec),
            write("editora/editoratype", Field::$field, &$codec),
            read("editorb/editorbtype", Field::$field, &$codec),
            write("editorb/editorbtype", Field::$field, &$codec),
            read("editorc/editorctype", Field::$field, &$codec),
            write("editorc/editorctype", Field::$field, &$codec),
            read("namea/nameatype", Field::$field, &$codec),
            write("namea/nameatype", Field::$field, &$codec),
            read("nameb/namebtype", Field::$field, &$codec),
            write("nameb/namebtype", Field::$field, &$codec),
            read("namec/namectype", Field::$field, &$codec),
            write("namec/namectype", Field::$field, &$codec),
        ] { $($rest)* } $tail)
    };
    (@all [$($done:expr,)*] { } { $($tail:expr,)* }) => { &[$($done,)* $($tail,)*] };
}

/// The rows of one dialect and those of both. `$own` come first; `$names` is how the dialect has authors.
macro_rules! table {
    ($names:ident; $($own:expr,)*) => { rows!(@all [
        // Links: what an entry takes from another decides what its own fields mean.
        both("ids", Field::KeyAlias, &KEYS),
        both("crossref", Field::Relation, &CROSSREF),
        both("xref", Field::Relation, &XREF),
        both("xdata", Field::Relation, &XDATA),
        both("entryset", Field::Relation, &ENTRYSET),
        both("related/relatedtype", Field::Relation, &RELATED),
        // Titles and what X-06 has in their place.
        read("title", Field::ContainerTitle, &TEXT).on(&["inbook"]).when(without_booktitle, &[]),
        both("title", Field::Title, &TITLE),
        write("title", Field::ContainerTitle, &TEXT).on(&["inbook"]).when(without_booktitle, &[]),
        both("titleaddon", Field::TitleAddon, &CASED),
        both("shorttitle", Field::ShortTitle, &CASED),
        both("sorttitle", Field::SortTitle, &CASED),
        both("indextitle", Field::IndexTitle, &CASED),
        both("reprinttitle", Field::ReprintTitle, &CASED),
        both("maintitle", Field::SetTitle, &CASED),
        both("mainsubtitle", Field::SetSubtitle, &CASED),
        both("maintitleaddon", Field::SetAddon, &TEXT),
        both("issuetitle", Field::IssueTitle, &TEXT),
        both("issuesubtitle", Field::IssueSubtitle, &TEXT),
        $($own,)*
        both("booktitle", Field::ContainerTitle, &TEXT).except(ARTICLES),
        read("booktitle", Field::ContainerTitle, &TEXT).on(ARTICLES),
        read("journal", Field::ContainerTitle, &TEXT).except(ARTICLES),
        read("journaltitle", Field::ContainerTitle, &TEXT).except(ARTICLES),
        both("journalsubtitle", Field::ContainerSubtitle, &TEXT).on(ARTICLES),
        both("booksubtitle", Field::ContainerSubtitle, &TEXT).except(ARTICLES),
        both("journaltitleaddon", Field::ContainerAddon, &TEXT).on(ARTICLES),
        both("booktitleaddon", Field::ContainerAddon, &TEXT).except(ARTICLES),
        both("shortjournal", Field::ContainerShort, &TEXT).on(ARTICLES),
        both("shortbooktitle", Field::ContainerShort, &TEXT).except(ARTICLES),
        read("shortjournal", Field::ContainerShort, &TEXT).except(ARTICLES),
        read("journal-iso", Field::ContainerShort, &TEXT),
        read("journal-abbreviation", Field::ContainerShort, &TEXT),
        read("abbrev_source_title", Field::ContainerShort, &TEXT),
        both("eventtitle", Field::EventTitle, &TEXT),
        both("eventtitleaddon", Field::EventAddon, &TEXT),
        both("venue", Field::EventPlace, &TEXT),
        both("eventdate", Field::EventDate, &EDTF),
        both("origtitle", Field::OriginalTitle, &CASED),
        both("origpublisher", Field::OriginalPublisher, &TEXT),
        both("origlocation", Field::OriginalPlace, &TEXT),
        both("origdate", Field::OriginalDate, &EDTF),
        both("origlanguage", Field::OriginalLanguage, &LANGUAGES),
        both("urldate", Field::Accessed, &EDTF),
        read("lastchecked", Field::Accessed, &EDTF),
        read("lastaccessed", Field::Accessed, &EDTF),
        read("citedate", Field::Accessed, &EDTF),
        // abnTeX2, and what people write.
        read("urlaccessdate", Field::Accessed, &EDTF),
        read("accessdate", Field::Accessed, &EDTF),
        read("access_date", Field::Accessed, &EDTF),
        read("accessed", Field::Accessed, &EDTF),
        read("lastaccess", Field::Accessed, &EDTF),
        read("lastvisited", Field::Accessed, &EDTF),
        read("visited", Field::Accessed, &EDTF),
        read("origyear", Field::OriginalDate, &EDTF),
        // Contributors.
        // An editor whom a style does not take beside the author.
        read("editora/editoratype", Field::Editor, &EDITOR),
        read("editorb/editorbtype", Field::Editor, &EDITOR),
        read("editorc/editorctype", Field::Editor, &EDITOR),
        // Behind `booktitle`: what has one has an author of its own, or none.
        write("author", Field::ContainerAuthor, &$names).on(&["inbook"]).when(without_booktitle, &[]),
        // Words for fields that BibTeX passes over, and people write.
        read("authors", Field::Author, &$names).when(without_author, &[]),
        // Whoever Zotero has beside authors, editors and translators.
        read("collaborator", Field::Contributor, &$names),
        read("collaboration", Field::Contributor, &COLLABORATIONS),
        read("editors", Field::Editor, &$names).when(without_editor, &[]),
        both("bookauthor", Field::ContainerAuthor, &NAMES_LONG),
        both("translator", Field::Translator, &NAMES_LONG),
        both("annotator", Field::Annotator, &NAMES_LONG),
        both("commentator", Field::Commentator, &NAMES_LONG),
        both("introduction", Field::Introduction, &NAMES_LONG),
        both("foreword", Field::Foreword, &NAMES_LONG),
        both("afterword", Field::Afterword, &NAMES_LONG),
        both("holder", Field::Holder, &NAMES_LONG),
        read("assignee", Field::Holder, &ORGANIZERS),
        both("organization", Field::Organizer, &ORGANIZERS).on(CONFERENCES),
        // Numbers.
        both("series", Field::SeriesOrdinal, &ORDINAL).on(SERIALS),
        both("series", Field::SeriesTitle, &SERIES),
        both("shortseries", Field::SeriesShort, &TEXT),
        both("number", Field::SeriesNumber, &NUMBER).on(BOOKS),
        both("number", Field::Number, &NUMBER).except(NO_NUMBER),
        both("issue", Field::Issue, &NUMBER).except(SERIALS),
        both("issue", Field::IssueDesignation, &TEXT).on(SERIALS).when(with_number, &[("number", "3")]),
        both("volume", Field::Volume, &NUMBER),
        both("part", Field::Part, &NUMBER),
        both("chapter", Field::Chapter, &NUMBER),
        both("version", Field::Version, &NUMBER),
        both("volumes", Field::NumberOfVolumes, &NUMBER),
        both("eid", Field::ArticleNumber, &NUMBER),
        read("articleno", Field::ArticleNumber, &NUMBER),
        read("art_number", Field::ArticleNumber, &NUMBER),
        read("article-number", Field::ArticleNumber, &NUMBER),
        both("pages", Field::Pages, &PAGES),
        read("pages", Field::ArticleNumber, &ARTICLE_NUMBER),
        both("pagetotal", Field::NumberOfPages, &NUMBER),
        read("numpages", Field::NumberOfPages, &NUMBER),
        read("pages", Field::NumberOfPages, &TOTAL),
        read("page", Field::Pages, &PAGES).when(without_pages, &[]),
        read("page", Field::ArticleNumber, &ARTICLE_NUMBER).when(without_pages, &[]),
        read("page", Field::NumberOfPages, &TOTAL).when(without_pages, &[]),
        both("pagination", Field::Pagination, &TOKEN),
        both("bookpagination", Field::BookPagination, &TOKEN),
        // Identifiers and addresses.
        both("doi", Field::Doi, &DOI),
        read("issn/isbn", Field::Issn, &ISSN_TWICE).when(with_isbn, &[("isbn", "1234-5679")]),
        read("isbn", Field::Issn, &ISSN_AS_ISBN),
        both("isbn", Field::Isbn, &ISBN),
        read("isbn-13", Field::Isbn, &ISBN),
        read("ean", Field::Isbn, &EAN),
        both("issn", Field::Issn, &ISSN),
        read("eissn", Field::Issn, &EISSN),
        read("electronic-issn", Field::Issn, &EISSN),
        read("print-issn", Field::Issn, &PRINT_ISSN),
        read("issn-l", Field::Issn, &LINKING_ISSN),
        read("issn-linking", Field::Issn, &LINKING_ISSN),
        both("pmcid", Field::Pmcid, &PMCID),
        read("pmc", Field::Pmcid, &PMCID),
        both("lccn", Field::Identifier, &LCCN),
        both("mrnumber", Field::Identifier, &MR),
        both("zmnumber", Field::Identifier, &ZBL),
        read("zblnumber", Field::Identifier, &ZBL),
        both("jfm", Field::Identifier, &JFM),
        both("oclc", Field::Identifier, &OCLC),
        both("bibcode", Field::Identifier, &BIBCODE),
        both("isan", Field::Identifier, &ISAN),
        both("ismn", Field::Identifier, &ISMN),
        both("isrn", Field::Identifier, &ISRN),
        both("iswc", Field::Identifier, &ISWC),
        both("swhid", Field::Identifier, &SWHID),
        both("urn", Field::Identifier, &URN),
        read("url", Field::Doi, &DOI_ADDRESS).when(without_doi, &[]),
        both("url", Field::Url, &URL),
        write("url", Field::Url, &OTHER_URL),
        write("url", Field::Url, &RESOLVER).when(with_doi, &[("doi", "10.1000/182")]),
        write("url", Field::Url, &RESOLVER).when(without_doi, &[]).moves(Field::Doi),
        read("link", Field::Url, &URL),
        read("ee", Field::Doi, &DOI_ADDRESS).when(without_doi, &[]),
        read("ee", Field::Url, &URL),
        // al-folio.
        read("html", Field::Url, &HTML),
        read("website", Field::Url, &WEBSITE),
        read("code", Field::Url, &CODE),
        read("bdsk-url-1", Field::Url, &URL).when(without_url, &[]),
        read("eprint", Field::Url, &EPRINT_URL),
        read("howpublished", Field::Doi, &DOI_ADDRESS).when(without_doi, &[]),
        read("howpublished", Field::Url, &HOWPUBLISHED_URL),
        read("howpublished", Field::Url, &HOWPUBLISHED_LINK).when(without_url, &[]),
        both("file", Field::File, &FILES),
        read("pdf", Field::File, &FILES),
        // Words.
        read("note", Field::Pmid, &NOTE_PMID),
        read("arxiv", Field::Eprint, &ARXIV_NUMBER).when(without_eprint, &[]),
        read("note", Field::Eprint, &NOTE_ARXIV).when(without_eprint, &[]),
        both("note", Field::Note, &NOTE),
        read("notes", Field::Note, &NOTE),
        both("addendum", Field::Note, &ADDENDUM),
        both("howpublished", Field::Note, &HOWPUBLISHED),
        write("note", Field::Note, &OTHER_NOTE),
        both("language", Field::Language, &LANGUAGES),
        read("lang", Field::Language, &LANGUAGES),
        both("langid", Field::LangId, &TOKEN),
        read("hyphenation", Field::LangId, &TOKEN),
        both("library", Field::CallNumber, &TEXTS),
        read("callnumber", Field::CallNumber, &TEXTS),
        both("archive", Field::Archive, &TEXT),
        both("institution", Field::Authority, &TEXTS).on(LAW),
        write("organization", Field::Authority, &TEXTS).on(&["misc"]).moves(Field::Publisher),
        both("rights", Field::Rights, &TEXTS),
        read("copyright", Field::Rights, &TEXTS),
        read("license", Field::Rights, &TEXTS),
        both("affiliation", Field::Affiliation, &TEXTS),
        both("funding", Field::Funding, &TEXTS),
        read("funding-acknowledgement", Field::Funding, &TEXTS),
        both("keywords", Field::Keyword, &KEYWORDS),
        read("keyword", Field::Keyword, &KEYWORDS),
        read("author_keywords", Field::Keyword, &AUTHOR_KEYWORDS),
        read("mesh", Field::Keyword, &KEYWORDS),
        both("abstract", Field::Abstract, &TEXTS),
    ] {
        "editor/editortype" Director DIRECTOR;
        "editor/editortype" Compiler COMPILER;
        "editor/editortype" Founder FOUNDER;
        "editor/editortype" Continuator CONTINUATOR;
        "editor/editortype" Redactor REDACTOR;
        "editor/editortype" Reviser REVISER;
        "editor/editortype" Collaborator COLLABORATOR;
        "editor/editortype" Organizer ORGANIZER;
        "editora/editoratype" Producer PRODUCER;
        "editora/editoratype" ExecutiveProducer EXECUTIVE_PRODUCER;
        "editora/editoratype" Illustrator ILLUSTRATOR;
        "editora/editoratype" Performer PERFORMER;
        "editora/editoratype" ScriptWriter SCRIPT_WRITER;
        "editora/editoratype" Presenter PRESENTER;
        "editora/editoratype" Guest GUEST;
        "editora/editoratype" Narrator NARRATOR;
        "editora/editoratype" Composer COMPOSER;
        "namea/nameatype" Interviewer INTERVIEWER;
        "namea/nameatype" Recipient RECIPIENT;
        "namea/nameatype" CollectionEditor SERIES_EDITOR;
        "namea/nameatype" ReviewedAuthor REVIEWED_AUTHOR;
        "namea/nameatype" OriginalAuthor ORIGINAL_AUTHOR;
        "namea/nameatype" Contributor ANY_ROLE;
    } {}) };
}

pub(super) const BIBTEX_RULES: &[Rule] = table![NAMES;
    both("subtitle", Field::Subtitle, &CASED),
    both("journal", Field::ContainerTitle, &JOURNAL).on(ARTICLES),
    read("journaltitle", Field::ContainerTitle, &JOURNAL).on(ARTICLES),
    read("author", Field::ContainerAuthor, &NAMES).on(&["inbook"]).when(without_booktitle, &[]),
    read("author/author+an:orcid", Field::Author, &NAMES_ORCID),
    both("author", Field::Author, &NAMES),
    read("editor/editor+an:orcid", Field::Editor, &NAMES_ORCID).when(editor_edits, &[]),
    both("editor", Field::Editor, &NAMES).when(editor_edits, &[]),
    write("year", Field::Issued, &super::terms::DATE_STAGE).moves(Field::Status),
    both("year/month/day/date", Field::Issued, &YEAR_MONTH),
    read("date", Field::Issued, &EDTF),
    both("pubstate", Field::Status, &PUBSTATE).when(with_year, &[("year", "1999")]),
    both("year", Field::Status, &YEAR_STAGE),
    read("pubstate", Field::Status, &PUBSTATE),
    write("pubstate", Field::Status, &PUBSTATE),
    both("edition", Field::Edition, &EDITION),
    both("number", Field::Issue, &NUMBER).on(SERIALS),
    read("issue", Field::Issue, &NUMBER).on(SERIALS).when(without_number, &[]),
    both("school", Field::Publisher, &SCHOOL),
    read("institution", Field::Publisher, &SCHOOL).on(THESES),
    read("university", Field::Publisher, &SCHOOL).on(THESES),
    both("institution", Field::Publisher, &INSTITUTION).except(NO_INSTITUTION),
    both("organization", Field::Publisher, &ORGANIZATION).except(CONFERENCES),
    write("school", Field::Publisher, &ANY_PUBLISHER).on(THESES),
    write("institution", Field::Publisher, &ANY_PUBLISHER).on(REPORTS),
    both("publisher", Field::Publisher, &PUBLISHER),
    write("publisher", Field::Publisher, &ANY_PUBLISHER),
    read("location", Field::EventPlace, &TEXT).on(CONFERENCES).when(with_address, &[("address", "Oslo")]),
    both("address", Field::Place, &TEXTS),
    read("location", Field::Place, &TEXTS).except(&["patent"]),
    read("place", Field::Place, &TEXTS),
    both("nationality", Field::Jurisdiction, &TEXTS),
    read("location", Field::Jurisdiction, &COUNTRIES).on(&["patent"]),
    both("eprint/archiveprefix/primaryclass", Field::Eprint, &EPRINT).when(plain_eprint, &[]),
    both("pmid", Field::Pmid, &PMID),
    read("eprint/eprinttype", Field::Pmid, &PUBMED),
    read("eprint/archiveprefix", Field::Pmid, &PUBMED),
    read("pubmed_id", Field::Pmid, &PMID),
    read("eprint/archiveprefix/eprinttype/primaryclass/eprintclass/arxivid", Field::Eprint, &EPRINT_MIXED),
    read("eprint/eprinttype", Field::Identifier, &EPRINT_OTHER),
    read("eprint/archiveprefix", Field::Identifier, &EPRINT_OTHER),
    both("hdl", Field::Identifier, &HDL),
    both("jstor", Field::Identifier, &JSTOR),
    both("googlebooks", Field::Identifier, &GOOGLEBOOKS),
    both("type", Field::Genre, &GENRE),
    both("annote", Field::Annotation, &TEXTS),
    read("annotation", Field::Annotation, &TEXTS),
];

pub(super) const BIBLATEX_RULES: &[Rule] = table![NAMES_LONG;
    both("subtitle", Field::Subtitle, &CASED),
    both("journaltitle", Field::ContainerTitle, &JOURNAL).on(ARTICLES),
    read("journal", Field::ContainerTitle, &JOURNAL).on(ARTICLES),
    read("author", Field::ContainerAuthor, &NAMES_LONG).on(&["inbook"]).when(without_booktitle, &[]),
    both("author/author+an:orcid", Field::Author, &NAMES_ORCID),
    both("author", Field::Author, &NAMES_LONG),
    both("editor/editor+an:orcid", Field::Editor, &NAMES_ORCID).when(editor_edits, &[]),
    both("editor", Field::Editor, &NAMES_LONG).when(editor_edits, &[]),
    both("date/year/month/day", Field::Issued, &DATE),
    read("date", Field::Issued, &EDTF),
    both("pubstate", Field::Status, &PUBSTATE),
    read("year", Field::Status, &YEAR_STAGE),
    both("edition", Field::Edition, &NUMBER),
    both("number", Field::Issue, &INTEGER).on(SERIALS),
    both("issue", Field::Issue, &ISSUE).on(SERIALS).when(without_number, &[]),
    both("institution", Field::Publisher, &SCHOOLS).on(THESES),
    both("school", Field::Publisher, &SCHOOLS).except(THESES),
    read("school", Field::Publisher, &SCHOOLS).on(THESES),
    read("university", Field::Publisher, &SCHOOLS).on(THESES),
    both("institution", Field::Publisher, &INSTITUTIONS).except(NO_INSTITUTION),
    both("organization", Field::Publisher, &ORGANIZATIONS).except(CONFERENCES),
    write("institution", Field::Publisher, &ANY_PUBLISHERS).on(THESES),
    write("institution", Field::Publisher, &ANY_PUBLISHERS).on(REPORTS),
    both("publisher", Field::Publisher, &PUBLISHERS),
    write("publisher", Field::Publisher, &ANY_PUBLISHERS),
    both("location", Field::Jurisdiction, &COUNTRIES).on(&["patent"]),
    read("location", Field::EventPlace, &TEXT).on(CONFERENCES).when(with_address, &[("address", "Oslo")]),
    both("location", Field::Place, &PLACES).except(&["patent"]),
    read("address", Field::Place, &PLACES).except(&["patent"]),
    read("place", Field::Place, &PLACES),
    both("address", Field::Place, &PLACES).on(&["patent"]),
    read("nationality", Field::Jurisdiction, &TEXTS),
    both("eprint/eprinttype/eprintclass", Field::Eprint, &EPRINT).when(typed_eprint, &[]),
    both("eprint/eprinttype", Field::Pmid, &PUBMED),
    read("pmid", Field::Pmid, &PMID),
    write("pmid", Field::Pmid, &PMID),
    read("eprint/archiveprefix", Field::Pmid, &PUBMED),
    read("pubmed_id", Field::Pmid, &PMID),
    read("eprint/archiveprefix/eprinttype/primaryclass/eprintclass/arxivid", Field::Eprint, &EPRINT_MIXED),
    both("eprint/eprinttype", Field::Identifier, &EPRINT_OTHER),
    read("eprint/archiveprefix", Field::Identifier, &EPRINT_OTHER),
    read("hdl", Field::Identifier, &HDL),
    write("hdl", Field::Identifier, &HDL),
    read("jstor", Field::Identifier, &JSTOR),
    write("jstor", Field::Identifier, &JSTOR),
    read("googlebooks", Field::Identifier, &GOOGLEBOOKS),
    write("googlebooks", Field::Identifier, &GOOGLEBOOKS),
    both("type", Field::Genre, &GENRE_KEYS),
    both("annotation", Field::Annotation, &TEXTS),
    read("annote", Field::Annotation, &TEXTS),
];

/// What neither dialect has a place for.
const UNSUPPORTED: &[Field] = &[
    // Zotero reads it in `chapter`.
    Field::Section,
    Field::TranslatedTitle,
    Field::VernacularTitle,
    Field::TransliteratedTitle,
    Field::AlternativeTitle,
    Field::PartTitle,
    Field::Available,
    Field::Submitted,
    Field::Copyright,
    Field::Created,
    Field::Updated,
    Field::Filed,
    Field::Granted,
    Field::Priority,
    Field::Accepted,
    Field::Received,
    Field::Revised,
    Field::Decided,
    Field::Enacted,
    Field::Deposited,
    Field::Declared,
    Field::EventShort,
    Field::EventNumber,
    Field::OriginalPublication,
    Field::ReviewedTitle,
    Field::ReviewedGenre,
    Field::ApplicationNumber,
    Field::Supplement,
    Field::Paragraph,
    Field::Printing,
    Field::Session,
    Field::RunningTime,
    Field::Scale,
    Field::Dimensions,
    Field::Contents,
    Field::Medium,
    Field::Script,
    Field::ArchiveCollection,
    Field::ArchiveLocation,
    Field::ArchivePlace,
    Field::Database,
    Field::DatabaseProvider,
    Field::Accession,
    Field::References,
    Field::Contact,
    Field::Flag,
];

/// What of that has no place, either, in what is written for Zotero: all but the first.
pub(super) const UNSUPPORTED_BY_ZOTERO: &[Field] = UNSUPPORTED.split_at(1).1;

/// Tables of a dialect, of which rows and types are given.
pub(super) const fn tables(dialect: Dialect, types: Types, rules: &'static [Rule], unsupported: &'static [Field], variants: &'static [&'static Mapping]) -> Mapping {
    // `langid` repeats `language`, from which LaTeX takes hyphenation (D-38).
    const LANGID: &[Echo] = &[Echo { tag: "langid", of: "language", types: &[], way: Way::Both }];
    let (format, echoes): (_, &[Echo]) = match dialect {
        Dialect::BibTex => ("bibtex", &[]),
        Dialect::BibLatex => ("biblatex", LANGID),
    };
    Mapping {
        family: "bibtex",
        format,
        types,
        tags: TAGS,
        rules,
        echoes,
        keys: &[KEY],
        kept: KEPT,
        takes_extra: |tag, _| !tag.is_empty(),
        extras_apart: false,
        keeps_order: true,
        unsupported,
        carry: CarryIn::Fields("x-"),
        lines: None,
        variants,
        index: OnceLock::new(),
    }
}

/// BibTeX.
pub(super) static BIBTEX: Mapping = tables(Dialect::BibTex, types::BIBTEX, BIBTEX_RULES, UNSUPPORTED, &[&zotero::FOR_BIBTEX]);

/// BibLaTeX.
pub(super) static BIBLATEX: Mapping = tables(Dialect::BibLatex, types::BIBLATEX, BIBLATEX_RULES, UNSUPPORTED, &[&zotero::FOR_BIBLATEX]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::lint::lint;

    #[test]
    fn tables_are_sound() {
        assert_eq!(lint(&BIBTEX), Vec::<String>::new());
        assert_eq!(lint(&BIBLATEX), Vec::<String>::new());
    }
}
