//! The tables: CSL's variables and our fields. Sections 3.1, 3.8 and 3.10 of the mapping reference.
//!
//! What CSL has no variable for stands in `custom`, the schema's place for such things, under the name of our field. The
//! schema and the specification differ in three names: `part`, `printing` and `supplement` are written as the schema has
//! them, and both are read. The number of a standard series, of a session and the like are told apart by the type.

pub(super) mod tags;
pub(super) mod types;
pub(super) mod zotero;

use super::codec::dates::{DATE, DATE_OBJECT, DATE_STAGE, DATE_WORDS, EDTF, YEAR_MONTH_DAY};
use super::codec::identifiers::{ARXIV, ARXIV_LABELLED, DOI, ISBN, ISSN, PMCID, PMID};
use super::codec::names::{CHAIRS, CURATORS, EDITORIAL_DIRECTORS, NAMES, SERIES_CREATORS};
use super::codec::objects::{ADDRESS, FILE, IDENTIFIER, RELATION};
use super::codec::words::{
    ANY_ADDRESS, ANY_RESOLVER, ARTICLE_FOR_PAGES, KEYWORD, KEYWORDS, LANDING, LANGUAGE, NOTE, NUMBER, PAGES, PARAGRAPHS, PUBLISHER, RESOLVER,
    RICH, RICH_LIST, STATUS, TOKEN, TOTAL,
};
use crate::mapping::codecs::languages::BABEL;
use crate::mapping::codecs::identifiers::DOI_ADDRESS;
use crate::mapping::extra::ExtraLines;
use crate::mapping::{CarryIn, Mapping, Rule, Seen, both, read, write};
use crate::record::Field;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The tables of CSL-JSON and CSL-YAML.
pub(super) static MAPPING: Mapping = Mapping {
    family: "csl",
    format: "csl",
    types: types::TYPES,
    tags: tags::TAGS,
    rules: RULES,
    echoes: tags::ECHOES,
    keys: &["id", "citation-key"],
    kept: &[],
    takes_extra,
    extras_apart: true,
    keeps_order: false,
    unsupported: &[],
    carry: CarryIn::Fields("custom.x-"),
    lines: Some(LINES),
    variants: &[&zotero::FOR_ZOTERO],
    index: OnceLock::new(),
};

/// Whether a member that is no variable can stand in `custom` by its own name, of which there is one: it means nothing
/// there.
fn takes_extra(tag: &str, again: bool) -> bool {
    let has_meaning = || MAPPING.tag(&["custom.", tag].concat()).is_some();
    !again && !matches!(tag, "kind" | "subtype") && !tag.starts_with("x-") && !has_meaning()
}

/// The note begins with lines.
const LINES: ExtraLines = ExtraLines {
    tag: "note",
    text: |raw| Cow::Borrowed(raw),
    raw: str::to_owned,
    key: true,
    item_type: |_| None,
};

/// Types of which the item is a book, or a whole of other sort: the title of a set comes first. D-31.
const BOOKS: &[&str] = &["book", "classic", "musical_score", "pamphlet", "periodical", "report", "standard", "manuscript",
    "thesis", "map", "collection"];
/// Types of parts that may have no title of their own.
const PARTS: &[&str] = &["chapter"];
/// Types whose running time is their dimension.
const RECORDED: &[&str] = &["song", "motion_picture", "broadcast", "performance"];
/// Types that have a session where others have chapters.
const PARLIAMENTARY: &[&str] = &["bill", "hearing", "legislation"];

/// Whether the title of such an item is that of a whole, of which `volume-title` is a part.
pub(super) fn is_book(word: &str) -> bool {
    BOOKS.contains(&word)
}

/// Whether such an item stands in nothing but a series, as Crossref's books do, whatever else is said of it.
pub(super) fn is_whole_book(word: &str) -> bool {
    ["book", "monograph", "edited-book", "reference-book"].contains(&word)
}

/// What says whether the container of a book is its series.
pub(super) const SERIES_IS_SAID: &[&str] = &["collection-title", "series", "volume-title", "container-author"];

/// Whether all that is said of a part is what it stands in, whose author is then the part's: styles and programs
/// look for no other.
fn lacks_title_and_author(seen: &Seen<'_>) -> bool {
    seen.has("container-title") && !seen.any(&["title", "author"])
}

fn has_doi(seen: &Seen<'_>) -> bool {
    seen.has("DOI")
}

fn no_doi(seen: &Seen<'_>) -> bool {
    !seen.has("DOI")
}

fn has_volume_title(seen: &Seen<'_>) -> bool {
    seen.has("volume-title")
}

fn no_url(seen: &Seen<'_>) -> bool {
    !seen.has("URL")
}

/// Whether the number of an article is that of its issue, as BibTeX says it.
fn has_words_of_bibtex(seen: &Seen<'_>) -> bool {
    let in_words = seen.has("journal") && !seen.has("container-title");
    let with_pages = ["container-title", "volume", "pages"].iter().all(|tag| seen.has(tag));
    (in_words || with_pages) && !seen.has("issue")
}

const VOLUME_TITLE_BESIDE: &[(&str, &str)] = &[("volume-title", "Empire")];
const TITLE_BESIDE: &[(&str, &str)] = &[("title", "History of Rome")];
const CONTAINER_BESIDE: &[(&str, &str)] = &[("container-title", "Collected Works")];
const DOI_BESIDE: &[(&str, &str)] = &[("DOI", "10.1000/182")];

const RULES: &[Rule] = &[
    // Titles
    both("volume-title", Field::Title, &RICH).on(BOOKS).with(Field::SetTitle).when(|_| true, TITLE_BESIDE),
    both("title", Field::SetTitle, &RICH).on(BOOKS).when(has_volume_title, VOLUME_TITLE_BESIDE),
    both("title", Field::Title, &RICH),
    both("volume-title", Field::ContainerTitle, &RICH)
        .except(BOOKS)
        .with(Field::SetTitle)
        .when(|_| true, CONTAINER_BESIDE),
    both("container-title", Field::SetTitle, &RICH).except(BOOKS).when(has_volume_title, VOLUME_TITLE_BESIDE),
    both("container-title", Field::ContainerTitle, &RICH),
    // BibTeX's words for variables, which people and programs write where they know no better: read where CSL's own say
    // nothing.
    read("journal", Field::ContainerTitle, &RICH),
    read("booktitle", Field::ContainerTitle, &RICH),
    both("title-short", Field::ShortTitle, &RICH),
    read("shortTitle", Field::ShortTitle, &RICH),
    read("short-title", Field::ShortTitle, &RICH),
    both("container-title-short", Field::ContainerShort, &RICH),
    read("journalAbbreviation", Field::ContainerShort, &RICH),
    read("short-container-title", Field::ContainerShort, &RICH),
    read("subtitle", Field::Subtitle, &RICH),
    both("part-title", Field::PartTitle, &RICH),
    both("collection-title", Field::SeriesTitle, &RICH),
    read("series", Field::SeriesTitle, &RICH),
    both("collection-number", Field::SeriesNumber, &NUMBER),
    both("event-title", Field::EventTitle, &RICH),
    read("event", Field::EventTitle, &RICH),
    both("event-place", Field::EventPlace, &RICH),
    both("original-title", Field::OriginalTitle, &RICH),
    both("reviewed-title", Field::ReviewedTitle, &RICH),
    both("reviewed-genre", Field::ReviewedGenre, &RICH),
    // Contributors
    both("author", Field::Author, &NAMES),
    write("author", Field::ContainerAuthor, &NAMES).on(PARTS).when(lacks_title_and_author, &[]).moves(Field::Author),
    both("editor", Field::Editor, &NAMES),
    both("translator", Field::Translator, &NAMES),
    both("container-author", Field::ContainerAuthor, &NAMES),
    both("collection-editor", Field::CollectionEditor, &NAMES),
    both("reviewed-author", Field::ReviewedAuthor, &NAMES),
    both("original-author", Field::OriginalAuthor, &NAMES),
    both("compiler", Field::Compiler, &NAMES),
    both("composer", Field::Composer, &NAMES),
    both("director", Field::Director, &NAMES),
    both("executive-producer", Field::ExecutiveProducer, &NAMES),
    both("guest", Field::Guest, &NAMES),
    both("host", Field::Presenter, &NAMES),
    both("illustrator", Field::Illustrator, &NAMES),
    both("interviewer", Field::Interviewer, &NAMES),
    both("narrator", Field::Narrator, &NAMES),
    both("organizer", Field::Organizer, &NAMES),
    both("performer", Field::Performer, &NAMES),
    both("producer", Field::Producer, &NAMES),
    both("recipient", Field::Recipient, &NAMES),
    both("script-writer", Field::ScriptWriter, &NAMES),
    both("chair", Field::Contributor, &CHAIRS),
    both("curator", Field::Contributor, &CURATORS),
    both("editorial-director", Field::Contributor, &EDITORIAL_DIRECTORS),
    both("series-creator", Field::Contributor, &SERIES_CREATORS),
    both("contributor", Field::Contributor, &NAMES),
    both("custom.annotator", Field::Annotator, &NAMES),
    both("custom.commentator", Field::Commentator, &NAMES),
    both("custom.introduction", Field::Introduction, &NAMES),
    both("custom.foreword", Field::Foreword, &NAMES),
    both("custom.afterword", Field::Afterword, &NAMES),
    both("custom.founder", Field::Founder, &NAMES),
    both("custom.continuator", Field::Continuator, &NAMES),
    both("custom.redactor", Field::Redactor, &NAMES),
    both("custom.reviser", Field::Reviser, &NAMES),
    both("custom.collaborator", Field::Collaborator, &NAMES),
    both("custom.holder", Field::Holder, &NAMES),
    // Dates
    both("submitted/custom.submitted-edtf", Field::Filed, &DATE).on(&["patent"]),
    both("issued/custom.issued-edtf", Field::Issued, &DATE),
    both("accessed/custom.accessed-edtf", Field::Accessed, &DATE),
    both("available-date/custom.available-date-edtf", Field::Available, &DATE),
    both("event-date/custom.event-date-edtf", Field::EventDate, &DATE),
    both("original-date/custom.original-date-edtf", Field::OriginalDate, &DATE),
    both("submitted/custom.submitted-edtf", Field::Submitted, &DATE).except(&["patent"]),
    // BibTeX's words, and AnyStyle's.
    read("date", Field::Issued, &DATE_WORDS),
    read("year/month/day", Field::Issued, &YEAR_MONTH_DAY),
    // Crossref: an article that was online before its issue.
    read("published-online", Field::Available, &DATE_OBJECT),
    both("custom.submitted", Field::Submitted, &EDTF),
    both("custom.copyright", Field::Copyright, &EDTF),
    both("custom.created", Field::Created, &EDTF),
    both("custom.updated", Field::Updated, &EDTF),
    both("custom.filed", Field::Filed, &EDTF),
    both("custom.granted", Field::Granted, &EDTF),
    both("custom.priority", Field::Priority, &EDTF),
    both("custom.accepted", Field::Accepted, &EDTF),
    both("custom.received", Field::Received, &EDTF),
    both("custom.revised", Field::Revised, &EDTF),
    both("custom.decided", Field::Decided, &EDTF),
    both("custom.enacted", Field::Enacted, &EDTF),
    both("custom.deposited", Field::Deposited, &EDTF),
    both("custom.declared", Field::Declared, &EDTF),
    // Numbers and pages
    both("edition", Field::Edition, &NUMBER),
    read("edition-number", Field::Edition, &NUMBER),
    both("volume", Field::Volume, &NUMBER),
    both("issue", Field::Issue, &NUMBER),
    read("number", Field::Issue, &NUMBER).when(has_words_of_bibtex, &[("journal", "Words"), ("volume", "2")]),
    read("number", Field::Eprint, &ARXIV_LABELLED).on(&["article"]).when(|seen| !seen.has("custom.arxiv"), &[]),
    both("number", Field::Number, &NUMBER),
    both("part", Field::Part, &NUMBER),
    read("part-number", Field::Part, &NUMBER),
    both("printing", Field::Printing, &NUMBER),
    read("printing-number", Field::Printing, &NUMBER),
    both("supplement", Field::Supplement, &NUMBER),
    read("supplement-number", Field::Supplement, &NUMBER),
    both("chapter-number", Field::Session, &RICH).on(PARLIAMENTARY),
    both("chapter-number", Field::Chapter, &NUMBER).except(PARLIAMENTARY),
    both("section", Field::Section, &RICH),
    both("version", Field::Version, &NUMBER),
    both("page", Field::Pages, &PAGES),
    read("page", Field::ArticleNumber, &ARTICLE_FOR_PAGES),
    read("page", Field::NumberOfPages, &TOTAL),
    read("pages", Field::Pages, &PAGES),
    read("article-number", Field::ArticleNumber, &NUMBER),
    both("number-of-pages", Field::NumberOfPages, &NUMBER),
    both("number-of-volumes", Field::NumberOfVolumes, &NUMBER),
    both("scale", Field::Scale, &RICH),
    both("dimensions", Field::RunningTime, &RICH).on(RECORDED),
    both("dimensions", Field::Dimensions, &RICH).except(RECORDED),
    // Publication
    both("publisher", Field::Publisher, &PUBLISHER),
    both("publisher-place", Field::Place, &RICH_LIST),
    read("publisher-location", Field::Place, &RICH_LIST),
    read("address", Field::Place, &RICH_LIST),
    read("school", Field::Publisher, &PUBLISHER),
    both("original-publisher", Field::OriginalPublisher, &RICH),
    both("original-publisher-place", Field::OriginalPlace, &RICH),
    // Identifiers and addresses
    both("DOI", Field::Doi, &DOI),
    both("ISBN", Field::Isbn, &ISBN),
    both("ISSN", Field::Issn, &ISSN),
    both("PMID", Field::Pmid, &PMID),
    both("PMCID", Field::Pmcid, &PMCID),
    // Pandoc takes the names of variables in any letter case, and people write these so.
    read("doi", Field::Doi, &DOI),
    read("isbn", Field::Isbn, &ISBN),
    read("issn", Field::Issn, &ISSN),
    read("pmid", Field::Pmid, &PMID),
    read("pmcid", Field::Pmcid, &PMCID),
    read("url", Field::Url, &LANDING),
    both("URL", Field::Url, &RESOLVER).when(has_doi, DOI_BESIDE),
    read("URL", Field::Doi, &DOI_ADDRESS).when(no_doi, &[]),
    both("URL", Field::Url, &LANDING),
    write("URL", Field::Url, &ANY_ADDRESS).when(no_url, &[]),
    write("URL", Field::Url, &ANY_RESOLVER).when(|seen| no_url(seen) && has_doi(seen), DOI_BESIDE),
    write("URL", Field::Url, &ANY_RESOLVER).when(|seen| no_url(seen) && no_doi(seen), &[]).moves(Field::Doi),
    // Words
    both("genre", Field::Genre, &RICH),
    read("degree", Field::Genre, &RICH),
    both("medium", Field::Medium, &RICH),
    both("status", Field::Status, &STATUS),
    write("issued", Field::Issued, &DATE_STAGE).when(|seen| !seen.has("status"), &[]).moves(Field::Status),
    both("language", Field::Language, &LANGUAGE),
    write("language", Field::LangId, &BABEL).moves(Field::Language),
    both("jurisdiction", Field::Jurisdiction, &RICH_LIST),
    both("authority", Field::Authority, &RICH),
    both("archive", Field::Archive, &RICH),
    both("archive_collection", Field::ArchiveCollection, &RICH),
    both("archive_location", Field::ArchiveLocation, &RICH),
    both("archive-place", Field::ArchivePlace, &RICH),
    both("call-number", Field::ApplicationNumber, &NUMBER).on(&["patent"]),
    both("call-number", Field::CallNumber, &RICH).except(&["patent"]),
    both("source", Field::Database, &RICH),
    read("license", Field::Rights, &RICH),
    // DataCite.
    read("copyright", Field::Rights, &RICH),
    both("references", Field::References, &RICH),
    both("abstract", Field::Abstract, &PARAGRAPHS),
    both("keyword", Field::Keyword, &KEYWORDS),
    read("keywords", Field::Keyword, &KEYWORDS),
    read("categories", Field::Keyword, &KEYWORD),
    read("subject", Field::Keyword, &KEYWORD),
    both("annote", Field::Annotation, &RICH),
    both("note", Field::Note, &NOTE),
    read("notes", Field::Note, &NOTE),
    // What CSL has no variable for
    both("custom.subtitle", Field::Subtitle, &RICH),
    both("custom.title-addon", Field::TitleAddon, &RICH),
    both("custom.title-sort", Field::SortTitle, &RICH),
    both("custom.title-index", Field::IndexTitle, &RICH),
    both("custom.title-translated", Field::TranslatedTitle, &RICH),
    both("custom.title-vernacular", Field::VernacularTitle, &RICH),
    both("custom.title-transliterated", Field::TransliteratedTitle, &RICH),
    both("custom.title-alternative", Field::AlternativeTitle, &RICH),
    both("custom.title-reprint", Field::ReprintTitle, &RICH),
    both("custom.container-subtitle", Field::ContainerSubtitle, &RICH),
    both("custom.container-addon", Field::ContainerAddon, &RICH),
    both("custom.issue-title", Field::IssueTitle, &RICH),
    both("custom.issue-subtitle", Field::IssueSubtitle, &RICH),
    both("custom.set-title", Field::SetTitle, &RICH),
    both("custom.set-subtitle", Field::SetSubtitle, &RICH),
    both("custom.set-addon", Field::SetAddon, &RICH),
    both("custom.series-short", Field::SeriesShort, &RICH),
    both("custom.series-ordinal", Field::SeriesOrdinal, &NUMBER),
    both("custom.event-addon", Field::EventAddon, &RICH),
    both("custom.event-short", Field::EventShort, &RICH),
    both("custom.event-number", Field::EventNumber, &NUMBER),
    both("custom.original-publication", Field::OriginalPublication, &RICH),
    both("custom.original-language", Field::OriginalLanguage, &LANGUAGE),
    both("custom.issue-designation", Field::IssueDesignation, &RICH),
    both("custom.application-number", Field::ApplicationNumber, &NUMBER),
    both("custom.article-number", Field::ArticleNumber, &NUMBER),
    both("custom.paragraph", Field::Paragraph, &NUMBER),
    both("custom.chapter", Field::Chapter, &NUMBER),
    both("custom.session", Field::Session, &RICH),
    both("custom.pagination", Field::Pagination, &TOKEN),
    both("custom.pagination-book", Field::BookPagination, &TOKEN),
    both("custom.running-time", Field::RunningTime, &RICH),
    both("custom.dimensions", Field::Dimensions, &RICH),
    both("custom.doi", Field::Doi, &DOI).when(|seen| seen.has("DOI"), &[("DOI", "10.1000/182")]),
    both("custom.arxiv", Field::Eprint, &ARXIV),
    both("custom.toc", Field::Contents, &RICH),
    both("custom.license", Field::Rights, &RICH),
    both("custom.genre", Field::Genre, &RICH).when(|seen| seen.has("genre"), &[("genre", "Words")]),
    both("custom.abstract", Field::Abstract, &PARAGRAPHS).when(|seen| seen.has("abstract"), &[("abstract", "Words")]),
    both("custom.annote", Field::Annotation, &RICH).when(|seen| seen.has("annote"), &[("annote", "Words")]),
    both("custom.language-id", Field::LangId, &TOKEN),
    both("custom.script", Field::Script, &TOKEN),
    both("custom.call-number", Field::CallNumber, &RICH).on(&["patent"]),
    both("custom.call-number", Field::CallNumber, &RICH).when(|seen| seen.has("call-number"), &[("call-number", "A 1")]),
    both("custom.authority", Field::Authority, &RICH).when(|seen| seen.has("authority"), &[("authority", "Words")]),
    both("custom.references", Field::References, &RICH).when(|seen| seen.has("references"), &[("references", "Words")]),
    both("custom.language", Field::Language, &LANGUAGE).when(|seen| seen.has("language"), &[("language", "de")]),
    both("custom.database-provider", Field::DatabaseProvider, &RICH),
    both("custom.accession", Field::Accession, &RICH),
    both("custom.affiliation", Field::Affiliation, &RICH),
    both("custom.funding", Field::Funding, &RICH),
    both("custom.contact", Field::Contact, &RICH),
    both("custom.key-alias", Field::KeyAlias, &TOKEN),
    both("custom.flag", Field::Flag, &TOKEN),
    both("custom.eprint", Field::Eprint, &IDENTIFIER),
    both("custom.identifier", Field::Identifier, &IDENTIFIER),
    both("custom.url", Field::Url, &ADDRESS).when(|seen| seen.has("URL"), &[("URL", "https://example.org/a")]),
    both("custom.file", Field::File, &FILE),
    both("custom.related", Field::Relation, &RELATION),
];
