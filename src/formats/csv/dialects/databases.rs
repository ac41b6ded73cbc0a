//! The tables of databases and publishers: section 3.3 of the mapping reference, and what their exports look like.

use super::super::codec::{
    ABSTRACT, ADVISORS, AGGREGATOR, AMERICAN_DATE, AND, APPLICANTS, ARTICLE_AS_RANGE, ARTICLE_IN_PAGES, AUTHOR_KEYWORDS, AUTHOR_KEYWORDS_COMMAS, COMMA_INITIALS, DATE,
    DATE_AND_YEAR, DAYS, DIMENSIONS as DIMENSIONS_NUMBER, DISPLAY, DISPLAY_BARS, DOI, DOI_IN_URL, EID, EMBASE as EMBASE_NUMBER,
    FULL_TEXT, GUESS, INDEX_KEYWORDS, INDEX_KEYWORDS_COMMAS, INVENTORS, INVERTED, ISBN, ISSN, KEYWORDS, KEYWORDS_COMMAS, LANGUAGE,
    LENS as LENS_NUMBER, NIHMS, NOTE, NUMBER, OPENALEX as OPENALEX_NUMBER, OPEN_ACCESS, PAGES, PAGES_WITHIN, PDF, PMCID, PMID, PUBLISHER, PUBMED_NAMES,
    SCOPUS as SCOPUS_NAMES, SCOPUS_AGAIN, SCOPUS_WITH_IDS, START_END, SUBJECTS, TEXT, TEXTS, TITLE, TITLE_OF_TWO, TITLE_WITH_POINT, TOKEN, TOTAL_IN_PAGES, URL, YEAR,
    YEAR_MONTH_DAY, two_titles,
};
use super::super::source::{embase_source, pubmed_citation};
use super::{Dialect, columns, kinds, table};
use crate::mapping::{Mapping, Rule, read};
use crate::record::{Field, Kind};
use std::sync::OnceLock;

pub(super) static SCOPUS: Dialect = Dialect {
    name: "Scopus",
    marks: &[&["Source title", "EID"], &["Author(s) ID", "Source title"], &["Authors", "Source title", "Cited by", "Link"],
        &["Authors", "Art. No.", "Page start"]],
    aliases: &[
        ("Author(s) ID", "Author(s) ID"), ("Author Ids", "Author(s) ID"), ("Funding Text 1", "Funding Texts"),
        ("Funding Text", "Funding Texts"), ("Access Type", "Open Access"), ("Chemicals/CAS", "Chemicals/CAS"),
    ],
    mapping: &SCOPUS_MAPPING,
    type_columns: &["Document Type"],
    kinds: kinds::SCOPUS,
    default: None,
    typed: false,
    derived: Some(("Title", |raw| two_titles(raw).into_iter().map(|(_, other)| ("Title: original", other.to_owned())).collect())),
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static SCOPUS_MAPPING: Mapping = table(
    columns![
        "Authors" "Author full names" "Author(s) ID" "Title" "Year" "Source title" "Volume" "Issue" "Art. No."
        "Page start" "Page end" "Page count" "Cited by" "DOI" "Link" "Affiliations" "Authors with affiliations"
        "Abstract" "Author Keywords" "Index Keywords" "Molecular Sequence Numbers" "Chemicals/CAS" "Tradenames"
        "Manufacturers" "Funding Details" "Funding Texts" "References" "Correspondence Address" "Editors" "Publisher"
        "Sponsors" "Conference name" "Conference date" "Conference location" "Conference code" "ISSN" "ISBN" "CODEN"
        "PubMed ID" "Language of Original Document" "Abbreviated Source Title" "Document Type" "Publication Stage"
        "Open Access" "Source" "EID" "Title: original"
    ],
    SCOPUS_RULES,
    &[],
    &["Authors", "Author(s) ID", "Page count", "Cited by", "Authors with affiliations", "Molecular Sequence Numbers",
        "Chemicals/CAS", "Tradenames", "Manufacturers", "Funding Texts", "References", "Sponsors", "Conference code", "CODEN",
        "Publication Stage", "Open Access", "Source"],
);

const SCOPUS_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE_OF_TWO),
    read("Title: original", Field::OriginalTitle, &TEXT),
    read("Author full names/Authors/Author(s) ID", Field::Author, &SCOPUS_AGAIN),
    read("Author full names/Authors", Field::Author, &SCOPUS_AGAIN),
    read("Author full names/Author(s) ID", Field::Author, &SCOPUS_WITH_IDS),
    read("Author full names", Field::Author, &INVERTED),
    read("Authors", Field::Author, &SCOPUS_NAMES).when(|seen| !seen.has("Author full names"), &[]),
    read("Editors", Field::Editor, &SCOPUS_NAMES),
    read("Year", Field::Issued, &YEAR),
    read("Source title", Field::ContainerTitle, &TITLE),
    read("Abbreviated Source Title", Field::ContainerShort, &TEXT),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue", Field::Issue, &NUMBER),
    read("Art. No.", Field::ArticleNumber, &NUMBER),
    read("Page start/Page end", Field::Pages, &START_END),
    read("Page start/Page end", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("DOI", Field::Doi, &DOI),
    read("Link", Field::Url, &AGGREGATOR),
    read("Affiliations", Field::Affiliation, &TEXTS),
    read("Correspondence Address", Field::Contact, &TEXT),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("Author Keywords", Field::Keyword, &AUTHOR_KEYWORDS),
    read("Index Keywords", Field::Keyword, &INDEX_KEYWORDS),
    read("Funding Details", Field::Funding, &TEXT),
    read("Publisher", Field::Publisher, &PUBLISHER),
    read("Conference name", Field::EventTitle, &TEXT),
    read("Conference date", Field::EventDate, &DATE),
    read("Conference location", Field::EventPlace, &TEXT),
    read("ISSN", Field::Issn, &ISSN),
    read("ISBN", Field::Isbn, &ISBN),
    read("PubMed ID", Field::Pmid, &PMID),
    read("Language of Original Document", Field::Language, &LANGUAGE),
    read("EID", Field::Identifier, &EID),
];

pub(super) static DIMENSIONS: Dialect = Dialect {
    name: "Dimensions",
    marks: &[&["Publication ID", "Dimensions URL"], &["Publication ID", "PubYear"], &["PubYear", "Source title"], &["PubYear", "Title", "DOI"]],
    aliases: &[("Title of source", "Source title"), ("Source title/Anthology title", "Source title"), ("Authors Affiliations", "Authors (Raw Affiliation)"), ("Authors Affiliations (Raw)", "Authors (Raw Affiliation)")],
    mapping: &DIMENSIONS_MAPPING,
    type_columns: &["Publication Type", "Document Type"],
    kinds: kinds::DIMENSIONS,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static DIMENSIONS_MAPPING: Mapping = table(
    columns![
        "Rank" "Publication ID" "DOI" "PMID" "PMCID" "ISBN" "ISSN" "Title" "Abstract" "Acknowledgements" "Funding"
        "Source title" "Anthology title" "Book editors" "Publisher" "MeSH terms" "Publication Date" "PubYear"
        "Publication Date (online)" "Publication Date (print)" "Volume" "Issue" "Pagination" "Open Access"
        "Publication Type" "Document Type" "Authors" "Authors (Raw Affiliation)" "Corresponding Authors" "Times cited" "Recent citations" "RCR"
        "FCR" "Altmetric" "Source Linkout" "Dimensions URL" "Cited references" "Proceedings title" "Conference" "Source UID"
        "Fields of Research (ANZSRC 2020)" "Units of Assessment" "Sustainable Development Goals" "Research Organizations - standardized"
        "GRID IDs" "Funder" "Supporting Grants" "UIDs of supporting grants" "Publisher Item ID" "arXiv ID"
    ],
    DIMENSIONS_RULES,
    &[],
    &["Rank", "Acknowledgements", "Authors (Raw Affiliation)", "Times cited", "Recent citations", "RCR", "FCR", "Altmetric",
        "Cited references", "Source UID", "Fields of Research (ANZSRC 2020)", "Units of Assessment", "Sustainable Development Goals",
        "Research Organizations - standardized", "GRID IDs", "Funder", "Supporting Grants", "UIDs of supporting grants",
        "Publisher Item ID", "Open Access", "Publication Date (print)", "arXiv ID"],
);

const DIMENSIONS_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE),
    read("Authors", Field::Author, &INVERTED),
    read("Book editors", Field::Editor, &INVERTED),
    read("Publication Date/PubYear", Field::Issued, &DATE_AND_YEAR),
    read("PubYear", Field::Issued, &YEAR),
    read("Publication Date", Field::Issued, &DATE),
    read("Publication Date (online)", Field::Available, &DATE),
    read("Source title", Field::ContainerTitle, &TITLE),
    read("Proceedings title", Field::ContainerTitle, &TITLE),
    read("Anthology title", Field::ContainerTitle, &TITLE),
    read("Conference", Field::EventTitle, &TEXT),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue", Field::Issue, &NUMBER),
    read("Pagination", Field::Pages, &PAGES),
    read("Pagination", Field::ArticleNumber, &ARTICLE_IN_PAGES),
    read("DOI", Field::Doi, &DOI),
    read("PMID", Field::Pmid, &PMID),
    read("PMCID", Field::Pmcid, &PMCID),
    read("ISBN", Field::Isbn, &ISBN),
    read("ISSN", Field::Issn, &ISSN),
    read("Publication ID", Field::Identifier, &DIMENSIONS_NUMBER),
    read("Publisher", Field::Publisher, &PUBLISHER),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("MeSH terms", Field::Keyword, &SUBJECTS),
    read("Funding", Field::Funding, &TEXT),
    read("Corresponding Authors", Field::Contact, &TEXT),
    read("Source Linkout", Field::Url, &URL),
    read("Dimensions URL", Field::Url, &AGGREGATOR),
];

pub(super) static LENS: Dialect = Dialect {
    name: "The Lens",
    marks: &[&["Lens ID", "Source Title"], &["Lens ID", "Author/s"], &["Lens ID", "Publication Type"]],
    aliases: &[("Author/s", "Authors")],
    mapping: &LENS_MAPPING,
    type_columns: &["Publication Type"],
    kinds: kinds::LENS,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static LENS_MAPPING: Mapping = table(
    columns![
        "Lens ID" "Title" "Date Published" "Publication Year" "Publication Type" "Source Title" "ISSNs" "ISBNs" "Publisher"
        "Source Country" "Authors" "Editors" "Abstract" "Volume" "Issue Number" "Start Page" "End Page" "Fields of Study" "Keywords"
        "MeSH Terms" "Chemicals" "Funding" "Source URLs" "External URL" "PMID" "DOI" "Microsoft Academic ID" "PMCID"
        "OpenAlex ID" "Citing Patents Count" "References" "Citing Works Count" "Is Open Access" "Open Access License" "Open Access Colour"
        "Conference Name" "Conference Location"
    ],
    LENS_RULES,
    &[],
    &["Source Country", "Fields of Study", "Chemicals", "Microsoft Academic ID", "Citing Patents Count", "References",
        "Citing Works Count", "Is Open Access", "Open Access Colour"],
);

const LENS_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE),
    read("Authors", Field::Author, &DISPLAY),
    read("Editors", Field::Editor, &DISPLAY),
    read("Date Published/Publication Year", Field::Issued, &DATE_AND_YEAR),
    read("Date Published", Field::Issued, &DATE),
    read("Publication Year", Field::Issued, &YEAR),
    read("Source Title", Field::ContainerTitle, &TITLE),
    read("Conference Name", Field::EventTitle, &TEXT),
    read("Conference Location", Field::EventPlace, &TEXT),
    read("ISSNs", Field::Issn, &ISSN),
    read("ISBNs", Field::Isbn, &ISBN),
    read("Publisher", Field::Publisher, &PUBLISHER),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue Number", Field::Issue, &NUMBER),
    read("Start Page/End Page", Field::Pages, &START_END),
    read("Start Page/End Page", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("Keywords", Field::Keyword, &KEYWORDS),
    read("MeSH Terms", Field::Keyword, &SUBJECTS),
    read("Funding", Field::Funding, &TEXT),
    read("Source URLs", Field::Url, &URL),
    read("External URL", Field::Url, &AGGREGATOR),
    read("PMID", Field::Pmid, &PMID),
    read("PMCID", Field::Pmcid, &PMCID),
    read("DOI", Field::Doi, &DOI),
    read("Lens ID", Field::Identifier, &LENS_NUMBER),
    read("OpenAlex ID", Field::Identifier, &OPENALEX_NUMBER),
    read("Open Access License", Field::Rights, &TEXT),
];

pub(super) static LENS_PATENTS: Dialect = Dialect {
    name: "The Lens (patents)",
    marks: &[&["Lens ID", "Display Key", "Inventors"], &["Lens ID", "Applicants"]],
    // The first three as they were named before.
    aliases: &[("Publication Number", "Display Key"), ("Type", "Document Type"), ("Owners (US)", "Owners")],
    mapping: &LENS_PATENTS_MAPPING,
    type_columns: &[],
    kinds: &[],
    default: Some(Kind::Patent),
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static LENS_PATENTS_MAPPING: Mapping = table(
    columns![
        "#" "Jurisdiction" "Kind" "Display Key" "Lens ID" "Publication Date" "Publication Year" "Application Number"
        "Application Date" "Priority Numbers" "Earliest Priority Date" "Title" "Abstract" "Applicants" "Inventors" "Owners"
        "URL" "Document Type" "Has Full Text" "Cites Patent Count" "Cited by Patent Count" "Simple Family Size"
        "Extended Family Size" "Sequence Count" "CPC Classifications" "IPCR Classifications" "US Classifications"
        "NPL Citation Count" "NPL Resolved Citation Count" "NPL Resolved Lens ID(s)" "NPL Resolved External Id(s)" "NPL Citations"
        "Legal Status"
    ],
    LENS_PATENTS_RULES,
    &[],
    &["#", "Kind", "Priority Numbers", "Has Full Text", "Cites Patent Count", "Cited by Patent Count", "Simple Family Size",
        "Extended Family Size", "Sequence Count", "CPC Classifications", "IPCR Classifications", "US Classifications",
        "NPL Citation Count", "NPL Resolved Citation Count", "NPL Resolved Lens ID(s)", "NPL Resolved External Id(s)",
        "NPL Citations", "Owners"],
);

const LENS_PATENTS_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE),
    read("Inventors", Field::Author, &INVENTORS),
    read("Applicants", Field::Holder, &APPLICANTS),
    read("Display Key", Field::Number, &NUMBER),
    read("Jurisdiction", Field::Jurisdiction, &TEXT),
    read("Publication Date/Publication Year", Field::Issued, &DATE_AND_YEAR),
    read("Publication Date", Field::Issued, &DATE),
    read("Publication Year", Field::Issued, &YEAR),
    read("Application Number", Field::ApplicationNumber, &NUMBER),
    read("Application Date", Field::Filed, &DATE),
    read("Earliest Priority Date", Field::Priority, &DATE),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("URL", Field::Url, &AGGREGATOR),
    read("Document Type", Field::Genre, &TEXT),
    read("Legal Status", Field::Status, &TOKEN),
    read("Lens ID", Field::Identifier, &LENS_NUMBER),
];

pub(super) static PUBMED: Dialect = Dialect {
    name: "PubMed",
    marks: &[&["PMID", "Citation", "First Author"], &["PMID", "Journal/Book"]],
    aliases: &[("Journal/Book", "Journal")],
    mapping: &PUBMED_MAPPING,
    type_columns: &[],
    kinds: &[],
    default: Some(Kind::ArticleJournal),
    typed: false,
    derived: Some(("Citation", pubmed_citation)),
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static PUBMED_MAPPING: Mapping = table(
    columns![
        "PMID" "Title" "Authors" "Citation" "First Author" "Journal" "Publication Year" "Create Date" "PMCID"
        "NIHMS ID" "DOI" "Citation: date" "Citation: volume" "Citation: issue" "Citation: pages"
    ],
    PUBMED_RULES,
    &[],
    &["Citation", "First Author"],
);

const PUBMED_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE_WITH_POINT),
    read("Authors", Field::Author, &PUBMED_NAMES),
    read("Journal", Field::ContainerTitle, &TITLE),
    // The citation is read for what no other column has, and kept.
    read("Citation: date/Publication Year", Field::Issued, &DATE_AND_YEAR),
    read("Citation: date", Field::Issued, &DATE),
    read("Citation: volume", Field::Volume, &NUMBER),
    read("Citation: issue", Field::Issue, &NUMBER),
    read("Citation: pages", Field::Pages, &PAGES),
    read("Citation: pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
    read("Publication Year", Field::Issued, &YEAR),
    read("Create Date", Field::Created, &DATE),
    read("PMID", Field::Pmid, &PMID),
    read("PMCID", Field::Pmcid, &PMCID),
    read("NIHMS ID", Field::Identifier, &NIHMS),
    read("DOI", Field::Doi, &DOI),
];

pub(super) static EMBASE: Dialect = Dialect {
    name: "Embase",
    marks: &[&["Author Names", "Emtree Drug Index Terms"], &["Author Names", "Source", "Open URL Link"], &["PUI", "Author Names"], &["Embase Accession ID"]],
    aliases: &[("Author Keyword", "Author Keywords"), ("Keywords", "Author Keywords"), ("Original Non-English Abstract", "Original Abstract"),
        ("Original Non-English Title", "Original Title"), ("Article Title", "Title"), ("Authors", "Author Names"), ("Source Title", "Source title")],
    mapping: &EMBASE_MAPPING,
    type_columns: &["Publication Type"],
    kinds: kinds::EMBASE,
    default: Some(Kind::ArticleJournal),
    typed: false,
    derived: Some(("Source", embase_source)),
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static EMBASE_MAPPING: Mapping = table(
    columns![
        "Title" "Original Title" "Author Names" "Author Addresses" "Correspondence Address" "Editors" "Source"
        "Source title" "Publication Year" "Volume" "Issue" "First Page" "Last Page" "Date of Publication"
        "Publication Type" "ISSN" "ISBN" "Conference Name" "Conference Location" "Conference Date" "Conference Editors" "Book Publisher"
        "Abstract" "Original Abstract" "Author Keywords" "Emtree Drug Index Terms (Major Focus)"
        "Emtree Drug Index Terms" "Emtree Medical Index Terms (Major Focus)" "Emtree Medical Index Terms"
        "CAS Registry Numbers" "Drug Tradenames" "Drug Manufacturer" "Device Tradenames" "Device Manufacturer"
        "Molecular Sequence Numbers" "Clinical Trial Numbers" "Embase Classification" "Article Language"
        "Summary Language" "Embase Accession ID" "Medline PMID" "PUI" "DOI" "Full Text Link" "Embase Link"
        "Open URL Link" "Copyright" "Entry Date" "CODEN" "Country of Journal" "Cited by Count"
        "Source: title" "Source: volume" "Source: issue" "Source: pages" "Source: date" "Source: year" "Source: article number"
    ],
    EMBASE_RULES,
    &[],
    &["Drug Tradenames", "Drug Manufacturer", "Device Tradenames", "Device Manufacturer", "CAS Registry Numbers",
        "Molecular Sequence Numbers", "Clinical Trial Numbers", "Embase Classification", "Summary Language", "Open URL Link",
        "Entry Date", "CODEN", "Country of Journal", "Cited by Count", "Conference Editors", "PUI", "Source"],
);

const EMBASE_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE),
    read("Original Title", Field::VernacularTitle, &TEXT),
    read("Author Names", Field::Author, &COMMA_INITIALS),
    read("Editors", Field::Editor, &COMMA_INITIALS),
    read("Source title", Field::ContainerTitle, &TITLE),
    read("Date of Publication/Publication Year", Field::Issued, &DATE_AND_YEAR),
    read("Date of Publication", Field::Issued, &DATE),
    read("Publication Year", Field::Issued, &YEAR),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue", Field::Issue, &NUMBER),
    read("First Page/Last Page", Field::Pages, &START_END),
    read("First Page/Last Page", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("ISSN", Field::Issn, &ISSN),
    read("ISBN", Field::Isbn, &ISBN),
    read("Conference Name", Field::EventTitle, &TEXT),
    read("Conference Location", Field::EventPlace, &TEXT),
    read("Conference Date", Field::EventDate, &DATE),
    read("Book Publisher", Field::Publisher, &PUBLISHER),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("Original Abstract", Field::Abstract, &ABSTRACT),
    read("Author Keywords", Field::Keyword, &AUTHOR_KEYWORDS_COMMAS),
    read("Emtree Drug Index Terms (Major Focus)", Field::Keyword, &INDEX_KEYWORDS_COMMAS),
    read("Emtree Drug Index Terms", Field::Keyword, &INDEX_KEYWORDS_COMMAS),
    read("Emtree Medical Index Terms (Major Focus)", Field::Keyword, &INDEX_KEYWORDS_COMMAS),
    read("Emtree Medical Index Terms", Field::Keyword, &INDEX_KEYWORDS_COMMAS),
    read("Author Addresses", Field::Affiliation, &TEXT),
    read("Correspondence Address", Field::Contact, &TEXT),
    read("Article Language", Field::Language, &LANGUAGE),
    read("Medline PMID", Field::Pmid, &PMID),
    read("Embase Accession ID", Field::Identifier, &EMBASE_NUMBER),
    read("PUI", Field::Identifier, &EMBASE_NUMBER),
    read("DOI", Field::Doi, &DOI),
    read("Full Text Link", Field::Doi, &DOI_IN_URL),
    read("Full Text Link", Field::Url, &FULL_TEXT),
    read("Embase Link", Field::Url, &AGGREGATOR),
    read("Copyright", Field::Rights, &TEXT),
    read("Source: title", Field::ContainerTitle, &TITLE),
    read("Source: date/Source: year", Field::Issued, &DATE_AND_YEAR),
    read("Source: year", Field::Issued, &YEAR),
    read("Source: volume", Field::Volume, &NUMBER),
    read("Source: issue", Field::Issue, &NUMBER),
    read("Source: pages", Field::Pages, &PAGES),
    read("Source: pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
    read("Source: article number", Field::ArticleNumber, &NUMBER),
];

pub(super) static IEEE: Dialect = Dialect {
    name: "IEEE Xplore",
    marks: &[&["Document Title", "Publication Title"], &["Document Title", "Document Identifier"], &["Document Title", "PDF Link"], &["Document Title", "Authors"]],
    aliases: &[("Publication_Year", "Publication Year"), ("Year", "Publication Year"), ("ISBN", "ISBNs"), ("Mesh Terms", "Mesh_Terms"), ("EISBN", "ISBNs")],
    mapping: &IEEE_MAPPING,
    type_columns: &["Document Identifier"],
    kinds: kinds::IEEE,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static IEEE_MAPPING: Mapping = table(
    columns![
        "Document Title" "Authors" "Author Affiliations" "Publication Title" "Date Added To Xplore" "Publication Year"
        "Volume" "Issue" "Start Page" "End Page" "Abstract" "ISSN" "ISBNs" "DOI" "Funding Information" "PDF Link"
        "Author Keywords" "IEEE Terms" "INSPEC Controlled Terms" "INSPEC Non-Controlled Terms" "Mesh_Terms"
        "Article Citation Count" "Patent Citation Count" "Reference Count" "License" "Copyright Year" "Online Date"
        "Issue Date" "Meeting Date" "Publisher" "Document Identifier"
    ],
    IEEE_RULES,
    &[],
    &["Article Citation Count", "Patent Citation Count", "Reference Count", "Copyright Year", "Issue Date"],
);

const IEEE_RULES: &[Rule] = &[
    read("Document Title", Field::Title, &TITLE),
    read("Authors", Field::Author, &DISPLAY),
    read("Publication Title", Field::ContainerTitle, &TITLE),
    // Of a paper it is when the conference was.
    read("Issue Date", Field::EventDate, &DAYS),
    read("Issue Date/Publication Year", Field::Issued, &DATE_AND_YEAR),
    read("Publication Year", Field::Issued, &YEAR),
    read("Issue Date", Field::Issued, &DATE),
    read("Date Added To Xplore", Field::Created, &DATE),
    read("Online Date", Field::Available, &DATE),
    read("Meeting Date", Field::EventDate, &DATE),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue", Field::Issue, &NUMBER),
    read("Start Page/End Page", Field::Pages, &START_END),
    read("Start Page/End Page", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("ISSN", Field::Issn, &ISSN),
    read("ISBNs", Field::Isbn, &ISBN),
    read("DOI", Field::Doi, &DOI),
    read("Funding Information", Field::Funding, &TEXT),
    read("PDF Link", Field::Url, &PDF),
    read("Author Keywords", Field::Keyword, &AUTHOR_KEYWORDS),
    read("IEEE Terms", Field::Keyword, &INDEX_KEYWORDS),
    read("INSPEC Controlled Terms", Field::Keyword, &INDEX_KEYWORDS),
    read("INSPEC Non-Controlled Terms", Field::Keyword, &INDEX_KEYWORDS),
    read("Mesh_Terms", Field::Keyword, &SUBJECTS),
    read("Author Affiliations", Field::Affiliation, &TEXTS),
    read("License", Field::Rights, &TEXT),
    read("Publisher", Field::Publisher, &PUBLISHER),
];

pub(super) static ACM: Dialect = Dialect {
    name: "ACM Digital Library",
    marks: &[&["issue_no", "publisher_loc"], &["conf_loc", "booktitle", "article_no"], &["num_pages", "article_no", "issue_date"]],
    aliases: &[],
    mapping: &ACM_MAPPING,
    type_columns: &["type"],
    kinds: kinds::BIB,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static ACM_MAPPING: Mapping = table(
    columns![
        "type" "id" "author" "editor" "advisor" "note" "title" "pages" "article_no" "num_pages" "keywords" "doi"
        "journal" "issue_date" "volume" "issue_no" "description" "month" "year" "issn" "booktitle" "acronym" "edition"
        "isbn" "conf_loc" "publisher" "publisher_loc"
    ],
    ACM_RULES,
    &[],
    &["id", "num_pages", "issue_date"],
);

const ACM_RULES: &[Rule] = &[
    read("title", Field::Title, &TITLE),
    read("author", Field::Author, &AND),
    read("editor", Field::Editor, &AND),
    read("advisor", Field::Contributor, &ADVISORS),
    read("journal", Field::ContainerTitle, &TITLE),
    // Of a report that is its own title.
    read("booktitle", Field::Title, &TITLE).when(|seen| !seen.has("title"), &[]),
    read("booktitle", Field::ContainerTitle, &TITLE).when(|seen| seen.has("title"), &[("title", "On Examples")]),
    read("acronym", Field::EventShort, &TEXT),
    read("conf_loc", Field::EventPlace, &TEXT),
    read("year/month", Field::Issued, &YEAR_MONTH_DAY),
    read("year", Field::Issued, &YEAR),
    read("issue_date", Field::Issued, &DATE),
    read("volume", Field::Volume, &NUMBER),
    read("issue_no", Field::Issue, &NUMBER),
    read("pages", Field::Pages, &PAGES),
    read("pages", Field::Pages, &PAGES_WITHIN).when(|seen| seen.has("article_no"), &[("article_no", "82")]),
    read("article_no", Field::ArticleNumber, &NUMBER),
    read("num_pages", Field::NumberOfPages, &NUMBER),
    read("edition", Field::Edition, &NUMBER),
    read("doi", Field::Doi, &DOI),
    read("issn", Field::Issn, &ISSN),
    read("isbn", Field::Isbn, &ISBN),
    read("publisher", Field::Publisher, &PUBLISHER),
    read("publisher_loc", Field::Place, &TEXT),
    read("keywords", Field::Keyword, &KEYWORDS_COMMAS),
    read("note", Field::Note, &NOTE),
    read("description", Field::Note, &NOTE),
];

pub(super) static EBSCO: Dialect = Dialect {
    name: "EBSCOhost",
    marks: &[&["Article Title", "PLink"], &["Journal Title", "Doctype"], &["an", "plink"], &["contributors", "docTypes"], &["Accession Number", "PLink"]],
    aliases: &[
        ("title", "Article Title"), ("contributors", "Author"), ("Authors", "Author"), ("source", "Journal Title"), ("issns", "ISSN"),
        ("isbns", "ISBN"), ("pageStart", "First Page"), ("pageEnd", "Last Page"), ("pageCount", "Page Count"), ("an", "Accession Number"),
        ("docTypes", "Doctype"), ("Document Type", "Doctype"), ("subjects", "Subjects"), ("Subject Terms", "Subjects"), ("plinkUrl", "PLink"),
        ("coverDate", "Publication Date"), ("longDBName", "Database"), ("longDbName", "Database"), ("Source Type", "pubTypes"), ("languages", "Language"),
    ],
    mapping: &EBSCO_MAPPING,
    type_columns: &["Doctype", "pubTypes"],
    kinds: kinds::EBSCO,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static EBSCO_MAPPING: Mapping = table(
    columns![
        "Article Title" "Author" "Journal Title" "ISSN" "ISBN" "Publication Date" "Volume" "Issue" "First Page"
        "Last Page" "Page Count" "Accession Number" "DOI" "Publisher" "Doctype" "pubTypes" "Subjects" "Keywords" "Abstract"
        "PLink" "Database" "Language" "id" "peerReviewed" "isOpenAccess" "notes"
    ],
    EBSCO_RULES,
    &[],
    &["Page Count", "id", "peerReviewed", "isOpenAccess"],
);

const EBSCO_RULES: &[Rule] = &[
    read("Article Title", Field::Title, &TITLE_WITH_POINT),
    read("Author", Field::Author, &GUESS),
    read("Journal Title", Field::ContainerTitle, &TITLE),
    read("Publication Date", Field::Issued, &AMERICAN_DATE),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue", Field::Issue, &NUMBER),
    read("First Page/Last Page", Field::Pages, &START_END),
    read("First Page/Last Page", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("ISSN", Field::Issn, &ISSN),
    read("ISBN", Field::Isbn, &ISBN),
    read("DOI", Field::Doi, &DOI),
    read("Accession Number", Field::Accession, &TEXT),
    read("Publisher", Field::Publisher, &PUBLISHER),
    read("Subjects", Field::Keyword, &SUBJECTS),
    read("Keywords", Field::Keyword, &AUTHOR_KEYWORDS),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("PLink", Field::Url, &AGGREGATOR),
    read("Database", Field::Database, &TEXT),
    read("Language", Field::Language, &LANGUAGE),
    read("notes", Field::Note, &NOTE),
    read("isOpenAccess", Field::Flag, &OPEN_ACCESS),
];

pub(super) static COCHRANE: Dialect = Dialect {
    name: "Cochrane Library",
    marks: &[&["Cochrane Review ID"], &["Cochrane ID"], &["Cochrane Review Group Code"], &["Cochrane Library ID"]],
    aliases: &[("Authors", "Author(s)"), ("Cochrane Review ID", "Cochrane ID"), ("Cochrane Library ID", "Cochrane ID"), ("URL", "Link"), ("PubMed ID", "PMID"),
        ("Journal", "Source"), ("Page", "Pages"), ("Publication Type", "Type")],
    mapping: &COCHRANE_MAPPING,
    type_columns: &["Type"],
    kinds: kinds::UNION,
    default: Some(Kind::ArticleJournal),
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static COCHRANE_MAPPING: Mapping = table(
    columns![
        "Cochrane ID" "Author(s)" "Title" "Source" "Year" "Date" "Volume" "Issue" "Pages" "Type" "Abstract" "DOI" "Link" "Publisher"
        "Keywords" "PMID" "EMBASE ID" "Cochrane Review Group Code" "ISSN" "ISBN" "Language" "Original Title" "Trial Registry Number" "Stage" "CRG"
    ],
    COCHRANE_RULES,
    &[],
    &["Cochrane Review Group Code", "Trial Registry Number", "Stage", "CRG"],
);

const COCHRANE_RULES: &[Rule] = &[
    read("Title", Field::Title, &TITLE_WITH_POINT),
    read("Original Title", Field::VernacularTitle, &TEXT),
    read("Author(s)", Field::Author, &GUESS),
    read("Source", Field::ContainerTitle, &TITLE),
    read("Date/Year", Field::Issued, &DATE_AND_YEAR),
    read("Date", Field::Issued, &DATE),
    read("Year", Field::Issued, &YEAR),
    read("Volume", Field::Volume, &NUMBER),
    read("Issue", Field::Issue, &NUMBER),
    read("Pages", Field::Pages, &PAGES),
    read("Pages", Field::ArticleNumber, &ARTICLE_IN_PAGES),
    read("Pages", Field::NumberOfPages, &TOTAL_IN_PAGES),
    read("Abstract", Field::Abstract, &ABSTRACT),
    read("DOI", Field::Doi, &DOI),
    read("Link", Field::Url, &URL),
    read("Publisher", Field::Publisher, &PUBLISHER),
    read("Keywords", Field::Keyword, &KEYWORDS),
    read("PMID", Field::Pmid, &PMID),
    read("EMBASE ID", Field::Identifier, &EMBASE_NUMBER),
    read("Cochrane ID", Field::Accession, &TEXT),
    read("ISSN", Field::Issn, &ISSN),
    read("ISBN", Field::Isbn, &ISBN),
    read("Language", Field::Language, &LANGUAGE),
];

pub(super) static OPENALEX: Dialect = Dialect {
    name: "OpenAlex",
    marks: &[&["authorships.author.display_name"], &["primary_location.source.display_name"], &["authorships.raw_author_name"],
        &["host_venue.display_name"], &["primary_location_display_name", "author_names"], &["cited_by_count", "publication_date", "display_name"]],
    aliases: &[
        ("title", "display_name"), ("author_names", "authorships.author.display_name"), ("authorships.raw_author_name", "authorships.author.display_name"),
        ("authors", "authorships.author.display_name"),
        ("host_venue.display_name", "primary_location.source.display_name"), ("primary_location_display_name", "primary_location.source.display_name"),
        ("host_venue.publisher", "primary_location.source.host_organization_name"), ("ids.doi", "doi"), ("ids.pmid", "pmid"), ("ids.pmcid", "pmcid"),
        ("primary_location.source.issn_l", "primary_location.source.issn"), ("host_venue.issn_l", "primary_location.source.issn"),
        ("best_oa_location.landing_page_url", "primary_location.landing_page_url"), ("host_venue.url", "primary_location.landing_page_url"),
        ("open_access.oa_url", "best_oa_location.pdf_url"), ("primary_location.pdf_url", "best_oa_location.pdf_url"),
        ("keywords.display_name", "keywords"), ("concepts.display_name", "concepts"), ("primary_location.license", "license"),
        ("open_access.is_oa", "is_oa"), ("ids.openalex", "id"), ("type_crossref", "type_crossref"),
    ],
    mapping: &OPENALEX_MAPPING,
    type_columns: &["type", "type_crossref"],
    kinds: kinds::OPENALEX,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static OPENALEX_MAPPING: Mapping = table(
    columns![
        "id" "doi" "display_name" "publication_year" "publication_date" "language" "type" "type_crossref"
        "authorships.author.display_name" "authorships.author.orcid" "primary_location.source.display_name"
        "primary_location.source.host_organization_name" "primary_location.source.issn" "primary_location.landing_page_url"
        "best_oa_location.pdf_url" "biblio.volume" "biblio.issue" "biblio.first_page" "biblio.last_page" "abstract" "pmid" "pmcid"
        "keywords" "concepts" "license" "is_oa" "is_retracted" "cited_by_count" "relevance_score" "referenced_works" "related_works" "counts_by_year"
    ],
    OPENALEX_RULES,
    &[],
    &["authorships.author.orcid", "is_oa", "is_retracted", "cited_by_count", "relevance_score", "referenced_works", "related_works",
        "counts_by_year", "concepts"],
);

const OPENALEX_RULES: &[Rule] = &[
    read("display_name", Field::Title, &TITLE),
    read("authorships.author.display_name", Field::Author, &DISPLAY_BARS),
    read("publication_date/publication_year", Field::Issued, &DATE_AND_YEAR),
    read("publication_date", Field::Issued, &DATE),
    read("publication_year", Field::Issued, &YEAR),
    read("primary_location.source.display_name", Field::ContainerTitle, &TITLE),
    read("primary_location.source.host_organization_name", Field::Publisher, &PUBLISHER),
    read("primary_location.source.issn", Field::Issn, &ISSN),
    read("biblio.volume", Field::Volume, &NUMBER),
    read("biblio.issue", Field::Issue, &NUMBER),
    read("biblio.first_page/biblio.last_page", Field::Pages, &START_END),
    read("biblio.first_page/biblio.last_page", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("doi", Field::Doi, &DOI),
    read("pmid", Field::Pmid, &PMID),
    read("pmcid", Field::Pmcid, &PMCID),
    read("id", Field::Identifier, &OPENALEX_NUMBER),
    read("language", Field::Language, &LANGUAGE),
    read("abstract", Field::Abstract, &ABSTRACT),
    read("keywords", Field::Keyword, &KEYWORDS),
    read("primary_location.landing_page_url", Field::Url, &URL),
    read("best_oa_location.pdf_url", Field::Url, &PDF),
    read("license", Field::Rights, &TEXT),
    read("is_oa", Field::Flag, &OPEN_ACCESS),
];
