//! Tables of unknown origin: the names that people and programs give columns. Among them are the keys of RIS readers
//! (ASReview's `primary_title`, `first_authors`), Crossref's and CSL's variables, the fields of BibTeX, and our own.

use super::super::codec::{
    ABSTRACT, ARTICLE_AS_RANGE, ARTICLE_IN_PAGES, ARXIV, DATE, DATE_AND_YEAR, DOI, DOI_IN_URL, EID, EISSN, FULL_TEXT, GUESS, ISBN, ISSN,
    KEYWORDS_COMMAS, LANGUAGE, NOTE, NUMBER, OPENALEX, OPEN_ACCESS, PAGES, PDF, PMCID, PMID, PUBLISHER, SCHOOL, START_END,
    TEXT, TEXTS, TITLE, TOTAL_IN_PAGES, URL, WOS, YEAR, YEAR_MONTH_DAY,
};
use super::{Dialect, columns, kinds, table};
use crate::mapping::{Mapping, Rule, before, read};
use crate::record::Field;
use std::sync::OnceLock;

pub(super) static UNION: Dialect = of_unknown_origin(&[], ALIASES);

/// The fields of BibTeX in columns, as its reader for Python gives them to pandas.
pub(super) static BIBTEX: Dialect = of_unknown_origin(&[&["ENTRYTYPE", "ID"]], &BIBTEX_ALIASES);

const fn of_unknown_origin(
    marks: &'static [&'static [&'static str]],
    aliases: &'static [(&'static str, &'static str)],
) -> Dialect {
    Dialect {
        name: "",
        marks,
        aliases,
        mapping: &MAPPING,
        type_columns: &["type", "publication type"],
        kinds: kinds::UNION,
        default: None,
        typed: false,
        derived: None,
        index: OnceLock::new(),
        folded_marks: OnceLock::new(),
    }
}

static BIBTEX_ALIASES: [(&str, &str); ALIASES.len() + 2] = before(ALIASES, &[("id", "key"), ("type", "genre")]);

const ALIASES: &[(&str, &str)] = &[
    // Title
    ("article title", "title"), ("document title", "title"), ("paper title", "title"), ("primary title", "title"),
    ("publication title full", "title"), ("work title", "title"), ("item title", "title"), ("título", "title"), ("titel", "title"),
    ("titre", "title"), ("标题", "title"), ("ti", "title"), ("t1", "title"), ("study title", "title"), ("record title", "title"), ("display name", "title"),
    ("title short", "short title"), ("shorttitle", "short title"), ("translated title", "translated title"), ("titleaddon", "title addon"),
    ("alternative title", "alternate title"), ("alternate title1", "alternate title"),
    // Contributors
    ("author", "authors"), ("author(s)", "authors"), ("author names", "authors"), ("author name", "authors"), ("first authors", "authors"),
    ("author list", "authors"), ("author full names", "authors"), ("creators", "authors"), ("creator", "authors"), ("autor", "authors"),
    ("autores", "authors"), ("autoren", "authors"), ("auteurs", "authors"), ("作者", "authors"), ("au", "authors"), ("a1", "authors"), ("inventors", "authors"), ("all authors", "authors"), ("authors list", "authors"),
    ("editor", "editors"), ("editor(s)", "editors"), ("secondary authors", "editors"), ("herausgeber", "editors"), ("a2", "editors"), ("book editors", "editors"),
    ("translators", "translator"), ("translated author", "translator"), ("tertiary authors", "series editors"), ("series editor", "series editors"), ("collection editor", "series editors"),
    ("container author", "book authors"), ("book author", "book authors"), ("contributors", "contributor"),
    // Dates
    ("publication year", "year"), ("pub year", "year"), ("published year", "year"), ("year of publication", "year"), ("publication_year", "year"),
    ("jahr", "year"), ("año", "year"), ("ano", "year"), ("année", "year"), ("年份", "year"), ("py", "year"), ("yr", "year"), ("year published", "year"), ("copyright year", "year"), ("issued year", "year"),
    ("publication date", "date"), ("published", "date"), ("pub date", "date"), ("date published", "date"), ("issued", "date"), ("cover date", "date"),
    ("publication date full", "date"), ("datum", "date"), ("fecha", "date"), ("published date", "date"), ("published.print", "date"), ("date of publication", "date"), ("issue date", "date"),
    ("published month", "month"), ("publication month", "month"), ("publication day", "day"),
    ("published.online", "online date"), ("epub date", "online date"), ("date online", "online date"), ("available", "online date"),
    ("urldate", "access date"), ("accessed", "access date"), ("date accessed", "access date"), ("last visited", "access date"), ("retrieved", "access date"),
    ("created", "date added"), ("create date", "date added"), ("updated", "date modified"), ("event date", "conference date"), ("original date", "original date"), ("origdate", "original date"),
    // Container
    ("journal title", "journal"), ("journal name", "journal"), ("source title", "journal"), ("source", "journal"), ("publication", "journal"),
    ("publication title", "journal"), ("publication name", "journal"), ("container title", "journal"), ("secondary title", "journal"), ("venue", "journal"),
    ("journal/book", "journal"), ("journaltitle", "journal"), ("zeitschrift", "journal"), ("revista", "journal"), ("revue", "journal"), ("期刊", "journal"),
    ("periodical", "journal"), ("source name", "journal"), ("publication venue", "journal"), ("t2", "journal"), ("jo", "journal"), ("so", "journal"), ("container.title", "journal"), ("book title", "booktitle"), ("proceedings title", "booktitle"),
    ("journal abbreviation", "journal abbreviation"), ("abbreviated journal", "journal abbreviation"), ("container title short", "journal abbreviation"), ("short container title", "journal abbreviation"),
    ("abbreviated source title", "journal abbreviation"), ("journal abbrev", "journal abbreviation"), ("journal iso", "journal abbreviation"), ("alternate title3", "journal abbreviation"), ("container.short", "journal abbreviation"),
    ("series title", "series"), ("collection title", "series"), ("tertiary title", "series"), ("collection number", "series number"),
    ("conference name", "conference"), ("conference title", "conference"), ("event title", "conference"), ("event", "conference"), ("meeting name", "conference"), ("eventtitle", "conference"), ("event name", "conference"),
    ("conference location", "conference place"), ("event place", "conference place"), ("event location", "conference place"),
    // Numbers
    ("vol", "volume"), ("vol.", "volume"), ("vl", "volume"), ("band", "volume"), ("journal volume", "volume"), ("卷", "volume"),
    ("issue number", "issue"), ("issue no", "issue"), ("no.", "issue"), ("iss", "issue"), ("journal issue", "issue"), ("heft", "issue"), ("期", "issue"),
    ("page", "pages"), ("page range", "pages"), ("page(s)", "pages"), ("pagination", "pages"), ("seiten", "pages"), ("páginas", "pages"), ("pg", "pages"), ("页码", "pages"), ("page numbers", "pages"),
    ("page start", "start page"), ("first page", "start page"), ("startpage", "start page"), ("beginning page", "start page"), ("sp", "start page"), ("page first", "start page"), ("bp", "start page"), ("pages start", "start page"),
    ("page end", "end page"), ("last page", "end page"), ("endpage", "end page"), ("ending page", "end page"), ("ep", "end page"), ("pages end", "end page"), ("page last", "end page"),
    ("art. no.", "article number"), ("article no", "article number"), ("eid number", "article number"), ("article id number", "article number"), ("elocation id", "article number"), ("article.number", "article number"),
    ("number of pages", "page count"), ("num pages", "page count"), ("pagetotal", "page count"), ("total pages", "page count"),
    ("number of volumes", "number of volumes"), ("report number", "number"), ("patent number", "number"), ("chapter number", "chapter"),
    // Publication
    ("publisher name", "publisher"), ("verlag", "publisher"), ("editorial", "publisher"), ("éditeur", "publisher"), ("出版社", "publisher"), ("pb", "publisher"), ("imprint", "publisher"),
    ("place published", "place"), ("publisher place", "place"), ("publisher location", "place"), ("place of publication", "place"), ("address", "place"), ("city", "place"), ("publisher city", "place"), ("location", "place"), ("ort", "place"),
    ("university", "school"), ("institution", "school"), ("academic department", "school"),
    // Identifiers
    ("doi link", "doi"), ("doi url", "doi"), ("digital object identifier", "doi"), ("do", "doi"), ("article doi", "doi"), ("prism doi", "doi"), ("doi number", "doi"),
    ("pubmed id", "pmid"), ("pubmed", "pmid"), ("pubmedid", "pmid"), ("medline pmid", "pmid"), ("pmc id", "pmcid"), ("pmc", "pmcid"),
    ("issns", "issn"), ("issn/isbn", "issn"), ("print issn", "issn"), ("pissn", "issn"), ("issn l", "issn"), ("e issn", "eissn"), ("electronic issn", "eissn"), ("isbns", "isbn"),
    ("arxiv id", "arxiv"), ("eprint", "arxiv"), ("openalex id", "openalex"), ("openalex", "openalex"), ("scopus id", "eid"), ("wos id", "ut"), ("unique wos id", "ut"), ("wos uid", "ut"), ("accession no", "accession number"), ("an", "accession number"),
    // Addresses
    ("urls", "url"), ("link", "url"), ("links", "url"), ("web address", "url"), ("web url", "url"), ("article url", "url"), ("source url", "url"), ("paper url", "url"), ("ur", "url"), ("landing page url", "url"),
    ("pdf url", "pdf"), ("pdf link", "pdf"), ("pdf", "pdf"), ("full text url", "full text"), ("fulltext", "full text"), ("full text link", "full text"), ("oa url", "full text"), ("file attachments2", "full text"), ("file attachments1", "full text"),
    // Words
    ("abstract note", "abstract"), ("abstracts", "abstract"), ("notes abstract", "abstract"), ("summary", "abstract"), ("resumen", "abstract"), ("resumo", "abstract"), ("zusammenfassung", "abstract"), ("résumé", "abstract"), ("摘要", "abstract"), ("ab", "abstract"), ("n2", "abstract"), ("abstract text", "abstract"),
    ("keyword", "keywords"), ("author keywords", "keywords"), ("tags", "keywords"), ("subjects", "keywords"), ("subject", "keywords"), ("schlagwörter", "keywords"), ("palabras clave", "keywords"), ("mots clés", "keywords"), ("关键词", "keywords"), ("kw", "keywords"), ("de", "keywords"), ("key words", "keywords"), ("subject terms", "keywords"), ("index keywords", "index terms"), ("mesh terms", "index terms"), ("mesh", "index terms"),
    ("note", "notes"), ("comments", "notes"), ("comment", "notes"), ("remarks", "notes"), ("extra", "notes"), ("n1", "notes"), ("annote", "annotation"), ("research notes", "annotation"),
    ("languages", "language"), ("la", "language"), ("sprache", "language"), ("idioma", "language"), ("language of original document", "language"), ("article language", "language"), ("langue", "language"),
    ("affiliations", "affiliation"), ("author affiliations", "affiliation"), ("author address", "affiliation"), ("addresses", "affiliation"),
    ("name of database", "database"), ("source database", "database"), ("library catalog", "database"), ("database name", "database"), ("database provider", "database provider"),
    ("license", "rights"), ("copyright", "rights"), ("type of work", "genre"), ("callnumber", "call number"), ("shelf mark", "call number"), ("is open access", "open access"), ("is oa", "open access"),
    ("jurisdiction", "country"), ("funding text", "funding"), ("funder", "funding"), ("funders", "funding"),
    // The record itself
    ("document type", "type"), ("item type", "type"), ("type of reference", "type"), ("reference type", "type"), ("entry type", "type"), ("entrytype", "type"), ("article type", "type"), ("doctype", "type"), ("resource type", "type"), ("kind", "type"), ("ty", "type"), ("record type", "type"), ("source type", "publication type"), ("pub type", "publication type"), ("pt", "publication type"), ("dokumenttyp", "type"), ("typ", "type"), ("tipo", "type"), ("tipo de documento", "type"), ("type de document", "type"), ("work type", "type"),
    ("citation key", "key"), ("citekey", "key"), ("cite key", "key"), ("bibtexkey", "key"), ("bibtex key", "key"), ("citationkey", "key"), ("cite id", "key"), ("identifier key", "key"), ("refkey", "key"),
];

pub(super) static MAPPING: Mapping = table(
    columns![
        "type" "publication type" "key" "authors" "editors" "translator" "series editors" "book authors" "contributor" "title" "subtitle" "title addon"
        "short title" "translated title" "original title" "alternate title" "year" "month" "day" "date" "online date" "access date"
        "date added" "date modified" "conference date" "original date" "journal" "booktitle" "journal abbreviation" "series"
        "series number" "conference" "conference place" "volume" "issue" "number" "pages" "start page" "end page" "article number"
        "page count" "number of volumes" "edition" "chapter" "section" "part" "version" "publisher" "place" "school"
        "doi" "pmid" "pmcid" "issn" "eissn" "isbn" "arxiv" "openalex" "eid" "ut" "accession number" "url" "pdf" "full text" "abstract"
        "keywords" "index terms" "notes" "annotation" "language" "affiliation" "database" "database provider" "rights" "genre" "medium" "status" "call number"
        "open access" "country" "funding" "archive" "id" "record id" "cited by" "citations" "times cited" "label" "included" "asreview label" "label included"
    ],
    RULES,
    &["key"],
    // Numbers of a table's own, and what readers decide.
    &["id", "record id", "cited by", "citations", "times cited", "label", "included", "asreview label", "label included", "open access"],
);

const RULES: &[Rule] = &[
    read("title", Field::Title, &TITLE),
    read("subtitle", Field::Subtitle, &TEXT),
    read("title addon", Field::TitleAddon, &TEXT),
    read("short title", Field::ShortTitle, &TEXT),
    read("translated title", Field::TranslatedTitle, &TEXT),
    read("original title", Field::OriginalTitle, &TEXT),
    read("alternate title", Field::AlternativeTitle, &TEXT),
    read("authors", Field::Author, &GUESS),
    read("editors", Field::Editor, &GUESS),
    read("translator", Field::Translator, &GUESS),
    read("series editors", Field::CollectionEditor, &GUESS),
    read("book authors", Field::ContainerAuthor, &GUESS),
    read("contributor", Field::Contributor, &GUESS),
    read("date/year", Field::Issued, &DATE_AND_YEAR).when(|seen| seen.has("date"), &[]),
    read("date", Field::Issued, &DATE),
    read("year/month/day", Field::Issued, &YEAR_MONTH_DAY),
    read("year", Field::Issued, &YEAR),
    read("online date", Field::Available, &DATE),
    read("access date", Field::Accessed, &DATE),
    read("date added", Field::Created, &DATE),
    read("date modified", Field::Updated, &DATE),
    read("conference date", Field::EventDate, &DATE),
    read("original date", Field::OriginalDate, &DATE),
    read("journal", Field::ContainerTitle, &TITLE),
    read("booktitle", Field::ContainerTitle, &TITLE),
    read("journal abbreviation", Field::ContainerShort, &TEXT),
    read("series", Field::SeriesTitle, &TEXT),
    read("series number", Field::SeriesNumber, &NUMBER),
    read("conference", Field::EventTitle, &TEXT),
    read("conference place", Field::EventPlace, &TEXT),
    read("volume", Field::Volume, &NUMBER),
    read("issue", Field::Issue, &NUMBER),
    // What BibTeX calls the number of an article is its issue.
    read("number", Field::Issue, &NUMBER).when(|seen| !seen.has("issue") && (seen.has("journal") || seen.has("volume")), &[("journal", "Journal of Examples")]),
    read("number", Field::Number, &NUMBER),
    read("start page/end page", Field::Pages, &START_END),
    read("start page/end page", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("start page", Field::ArticleNumber, &ARTICLE_IN_PAGES),
    read("pages", Field::Pages, &PAGES),
    read("pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
    read("pages", Field::NumberOfPages, &TOTAL_IN_PAGES),
    read("article number", Field::ArticleNumber, &NUMBER),
    read("page count", Field::NumberOfPages, &NUMBER),
    read("number of volumes", Field::NumberOfVolumes, &NUMBER),
    read("edition", Field::Edition, &NUMBER),
    read("chapter", Field::Chapter, &NUMBER),
    read("section", Field::Section, &TEXT),
    read("part", Field::Part, &NUMBER),
    read("version", Field::Version, &NUMBER),
    read("publisher", Field::Publisher, &PUBLISHER),
    read("school", Field::Publisher, &SCHOOL),
    read("place", Field::Place, &TEXT),
    read("doi", Field::Doi, &DOI),
    read("pmid", Field::Pmid, &PMID),
    read("pmcid", Field::Pmcid, &PMCID),
    read("issn", Field::Issn, &ISSN),
    read("issn", Field::Isbn, &ISBN),
    read("eissn", Field::Issn, &EISSN),
    read("isbn", Field::Isbn, &ISBN),
    read("arxiv", Field::Eprint, &ARXIV),
    read("openalex", Field::Identifier, &OPENALEX),
    read("eid", Field::Identifier, &EID),
    read("ut", Field::Identifier, &WOS),
    read("accession number", Field::Accession, &TEXT),
    read("url", Field::Doi, &DOI_IN_URL).when(|seen| !seen.has("doi"), &[]),
    read("url", Field::Url, &URL),
    read("pdf", Field::Url, &PDF),
    read("full text", Field::Url, &FULL_TEXT),
    read("abstract", Field::Abstract, &ABSTRACT),
    read("keywords", Field::Keyword, &KEYWORDS_COMMAS),
    read("index terms", Field::Keyword, &KEYWORDS_COMMAS),
    read("notes", Field::Note, &NOTE),
    read("annotation", Field::Annotation, &TEXT),
    read("language", Field::Language, &LANGUAGE),
    read("affiliation", Field::Affiliation, &TEXTS),
    read("database", Field::Database, &TEXT),
    read("database provider", Field::DatabaseProvider, &TEXT),
    read("rights", Field::Rights, &TEXT),
    read("genre", Field::Genre, &TEXT),
    read("medium", Field::Medium, &TEXT),
    read("status", Field::Status, &crate::mapping::codecs::TOKEN),
    read("call number", Field::CallNumber, &TEXT),
    read("open access", Field::Flag, &OPEN_ACCESS),
    read("country", Field::Jurisdiction, &TEXT),
    read("funding", Field::Funding, &TEXT),
    read("archive", Field::Archive, &TEXT),
];
