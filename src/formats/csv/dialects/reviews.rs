//! The tables of programs that people search and screen with: Publish or Perish, Google Scholar, Covidence, Rayyan,
//! JabRef.

use super::super::codec::{
    ABSTRACT, AND, ARTICLE_AS_RANGE, ARTICLE_IN_PAGES, DOI, DOI_IN_URL, FULL_TEXT, GUESS, HOW_PUBLISHED, INSTITUTION,
    ISBN, ISSN, JOINED_URLS, KEYWORDS, KEYWORDS_COMMAS, LANGUAGE, NOTE, NUMBER, ORGANIZATION, PAGES, PARAGRAPHS, PMCID, PMID, PUBLISHER, SCHOLAR_NAMES, SCHOOL,
    START_END, TEXT, TITLE, TOTAL_IN_PAGES, URL, YEAR, YEAR_MONTH_DAY,
};
use super::{Dialect, columns, kinds, repeating, table};
use crate::mapping::{Echo, Mapping, Way, read};
use crate::record::Field;
use std::sync::OnceLock;

pub(super) static PUBLISH_OR_PERISH: Dialect = Dialect {
    name: "Publish or Perish",
    marks: &[&["Cites", "GSRank"], &["ArticleURL", "CitesURL"], &["Cites", "QueryDate"]],
    aliases: &[],
    mapping: &PUBLISH_OR_PERISH_MAPPING,
    type_columns: &["Type"],
    kinds: kinds::SCHOLAR,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

/// Google Scholar has a page that is the full text as both.
const SCHOLAR_ECHOES: &[Echo] = &[Echo { tag: "FullTextURL", of: "ArticleURL", types: &[], way: Way::Read }];

static PUBLISH_OR_PERISH_MAPPING: Mapping = repeating(SCHOLAR_ECHOES, table(
    columns![
        "Cites" "Authors" "Title" "Year" "Source" "Publisher" "ArticleURL" "CitesURL" "GSRank" "QueryDate" "Type" "DOI"
        "ISSN" "CitationURL" "Volume" "Issue" "StartPage" "EndPage" "ECC" "CitesPerYear" "CitesPerAuthor" "AuthorCount"
        "Age" "Abstract" "FullTextURL" "RelatedURL"
    ],
    &[
        read("Title", Field::Title, &TITLE),
        read("Authors", Field::Author, &SCHOLAR_NAMES),
        read("Year", Field::Issued, &YEAR),
        read("Source", Field::ContainerTitle, &TITLE),
        read("Publisher", Field::Publisher, &PUBLISHER),
        read("DOI", Field::Doi, &DOI),
        read("ISSN", Field::Issn, &ISSN),
        read("Volume", Field::Volume, &NUMBER),
        read("Issue", Field::Issue, &NUMBER),
        read("StartPage/EndPage", Field::Pages, &START_END),
        read("StartPage/EndPage", Field::ArticleNumber, &ARTICLE_AS_RANGE),
        read("Abstract", Field::Abstract, &ABSTRACT),
        read("ArticleURL", Field::Url, &URL),
        read("FullTextURL", Field::Url, &FULL_TEXT),
    ],
    &[],
    &["Cites", "CitesURL", "GSRank", "QueryDate", "CitationURL", "ECC", "CitesPerYear", "CitesPerAuthor", "AuthorCount", "Age",
        "RelatedURL"],
));

pub(super) static SCHOLAR: Dialect = Dialect {
    name: "Google Scholar",
    marks: &[&["Authors", "Title", "Publication", "Volume", "Number", "Pages"]],
    aliases: &[],
    mapping: &SCHOLAR_MAPPING,
    type_columns: &[],
    kinds: &[],
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static SCHOLAR_MAPPING: Mapping = table(
    columns!["Authors" "Title" "Publication" "Volume" "Number" "Pages" "Year" "Publisher"],
    &[
        read("Title", Field::Title, &TITLE),
        read("Authors", Field::Author, &GUESS),
        read("Publication", Field::ContainerTitle, &TITLE),
        read("Volume", Field::Volume, &NUMBER),
        read("Number", Field::Issue, &NUMBER),
        read("Pages", Field::Pages, &PAGES),
        read("Pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
        read("Year", Field::Issued, &YEAR),
        read("Publisher", Field::Publisher, &PUBLISHER),
    ],
    &[],
    &[],
);

pub(super) static COVIDENCE: Dialect = Dialect {
    name: "Covidence",
    marks: &[&["Covidence #"], &["Published Year", "Published Month", "Authors"]],
    aliases: &[("Covidence#", "Covidence #"), ("Covidence Number", "Covidence #")],
    mapping: &COVIDENCE_MAPPING,
    type_columns: &[],
    kinds: &[],
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static COVIDENCE_MAPPING: Mapping = table(
    columns![
        "Title" "Authors" "Abstract" "Published Year" "Published Month" "Journal" "Volume" "Issue" "Pages"
        "Accession Number" "DOI" "Ref" "Covidence #" "Study" "Notes" "Tags" "Inclusion status" "Exclusion reason" "Reviewer"
    ],
    &[
        read("Title", Field::Title, &TITLE),
        read("Authors", Field::Author, &GUESS),
        read("Abstract", Field::Abstract, &ABSTRACT),
        read("Published Year/Published Month", Field::Issued, &YEAR_MONTH_DAY),
        read("Published Year", Field::Issued, &YEAR),
        read("Journal", Field::ContainerTitle, &TITLE),
        read("Volume", Field::Volume, &NUMBER),
        read("Issue", Field::Issue, &NUMBER),
        read("Pages", Field::Pages, &PAGES),
        read("Pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
        read("Pages", Field::NumberOfPages, &TOTAL_IN_PAGES),
        read("Accession Number", Field::Accession, &TEXT),
        read("DOI", Field::Doi, &DOI),
        // What reviewers say of it.
        read("Notes", Field::Annotation, &PARAGRAPHS),
        read("Tags", Field::Keyword, &KEYWORDS_COMMAS),
    ],
    &[],
    // What Covidence itself counts and decides.
    &["Ref", "Covidence #", "Study", "Inclusion status", "Exclusion reason", "Reviewer"],
);

pub(super) static RAYYAN: Dialect = Dialect {
    name: "Rayyan",
    marks: &[&["key", "title", "authors", "journal", "issn", "location"], &["key", "pubmed_id", "pmc_id"]],
    aliases: &[("location", "location")],
    mapping: &RAYYAN_MAPPING,
    type_columns: &[],
    kinds: &[],
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static RAYYAN_MAPPING: Mapping = table(
    columns![
        "key" "title" "year" "month" "day" "journal" "issn" "volume" "issue" "pages" "authors" "url" "language" "publisher"
        "location" "abstract" "notes" "doi" "keywords" "pubmed_id" "pmc_id"
    ],
    &[
        read("title", Field::Title, &TITLE),
        read("authors", Field::Author, &GUESS),
        read("year/month/day", Field::Issued, &YEAR_MONTH_DAY),
        read("year", Field::Issued, &YEAR),
        read("journal", Field::ContainerTitle, &TITLE),
        read("issn", Field::Issn, &ISSN),
        read("volume", Field::Volume, &NUMBER),
        read("issue", Field::Issue, &NUMBER),
        read("pages", Field::Pages, &PAGES),
        read("pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
        read("pages", Field::NumberOfPages, &TOTAL_IN_PAGES),
        read("url", Field::Url, &JOINED_URLS),
        read("language", Field::Language, &LANGUAGE),
        read("publisher", Field::Publisher, &PUBLISHER),
        read("location", Field::Place, &TEXT),
        read("abstract", Field::Abstract, &ABSTRACT),
        read("notes", Field::Annotation, &PARAGRAPHS),
        read("doi", Field::Doi, &DOI),
        read("keywords", Field::Keyword, &KEYWORDS_COMMAS),
        read("pubmed_id", Field::Pmid, &PMID),
        read("pmc_id", Field::Pmcid, &PMCID),
    ],
    &["key"],
    &[],
);

pub(super) static JABREF: Dialect = Dialect {
    name: "JabRef",
    marks: &[&["Identifier", "BibliographyType"], &["BibliographyType", "Booktitle"], &["Identifier", "Booktitle", "Howpublish"]],
    aliases: &[
        ("Type", "BibliographyType"), ("Entrytype", "BibliographyType"), ("Howpublish", "Howpublished"), ("Organizat", "Organizations"), ("Organization", "Organizations"),
        ("Publicatio", "Publisher"), ("Anote", "Annote"), ("Bibliograp", "BibliographyType"), ("Annotation", "Annote"),
    ],
    mapping: &JABREF_MAPPING,
    type_columns: &["BibliographyType"],
    kinds: kinds::BIB,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static JABREF_MAPPING: Mapping = table(
    columns![
        "Identifier" "BibliographyType" "Address" "Annote" "Author" "Booktitle" "Chapter" "Edition" "Editor" "Howpublished"
        "Institution" "Journal" "Month" "Note" "Number" "Organizations" "Pages" "Publisher" "School" "Series" "Title"
        "ReportType" "Volume" "Year" "URL" "Custom1" "Custom2" "Custom3" "Custom4" "Custom5" "ISBN" "DOI" "ISSN" "Abstract" "Keywords"
        "Assignee" "Day" "Dayfiled" "Monthfiled" "Yearfiled" "Language" "Nationality" "Location" "LCCN"
    ],
    &[
        read("Title", Field::Title, &TITLE),
        read("Author", Field::Author, &AND),
        read("Editor", Field::Editor, &AND),
        read("Assignee", Field::Holder, &AND),
        read("Journal", Field::ContainerTitle, &TITLE),
        read("Booktitle", Field::ContainerTitle, &TITLE),
        read("Series", Field::SeriesTitle, &TEXT),
        read("Year/Month/Day", Field::Issued, &YEAR_MONTH_DAY),
        read("Year", Field::Issued, &YEAR),
        read("Yearfiled/Monthfiled/Dayfiled", Field::Filed, &YEAR_MONTH_DAY),
        read("Volume", Field::Volume, &NUMBER),
        read("Number", Field::Issue, &NUMBER).when(|seen| seen.has("Journal"), &[("Journal", "Journal of Examples")]),
        read("Number", Field::SeriesNumber, &NUMBER).when(|seen| seen.has("Series"), &[("Series", "Examples")]),
        read("Number", Field::Number, &NUMBER),
        read("Pages", Field::Pages, &PAGES),
        read("Pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
        read("Chapter", Field::Chapter, &NUMBER),
        read("Edition", Field::Edition, &NUMBER),
        read("Publisher", Field::Publisher, &PUBLISHER),
        read("School", Field::Publisher, &SCHOOL),
        read("Institution", Field::Publisher, &INSTITUTION),
        read("Organizations", Field::Publisher, &ORGANIZATION),
        read("Address", Field::Place, &TEXT),
        read("Location", Field::Place, &TEXT),
        read("Nationality", Field::Jurisdiction, &TEXT),
        read("ReportType", Field::Genre, &TEXT),
        read("Howpublished", Field::Note, &HOW_PUBLISHED),
        read("Note", Field::Note, &NOTE),
        read("Annote", Field::Annotation, &TEXT),
        read("URL", Field::Url, &URL),
        read("ISBN", Field::Isbn, &ISBN),
        read("ISSN", Field::Issn, &ISSN),
        read("DOI", Field::Doi, &DOI),
        read("DOI", Field::Doi, &DOI_IN_URL),
        read("Abstract", Field::Abstract, &ABSTRACT),
        read("Keywords", Field::Keyword, &KEYWORDS),
        read("Language", Field::Language, &LANGUAGE),
    ],
    &["Identifier"],
    &["Custom1", "Custom2", "Custom3", "Custom4", "Custom5", "LCCN"],
);

