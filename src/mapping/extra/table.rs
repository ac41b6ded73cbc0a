//! The labels of lines, and the types that they name.

use super::forms::Form;
use crate::record::{Field, Kind, identifier};

/// A label and the field that its value belongs to.
#[derive(Debug)]
pub struct Row {
    /// The label as it is written.
    pub(super) label: &'static str,
    /// Other labels that are read.
    pub(super) also: &'static [&'static str],
    /// The field.
    pub(super) field: Field,
    /// How the value is spelled.
    pub(super) form: Form,
    /// Whether the label is our own: it is read only as it is written, for prose may begin with such a word.
    pub(super) own: bool,
}

impl Row {
    /// The field.
    pub(in crate::mapping) fn field(&self) -> Field {
        self.field
    }
}

/// A row whose label is a variable of CSL or a field of Zotero's, or a field of .bib files behind `tex.`.
const fn row(label: &'static str, field: Field, form: Form, also: &'static [&'static str]) -> Row {
    Row { label, also, field, form, own: false }
}

/// A row whose label nobody else knows.
const fn own(label: &'static str, field: Field, form: Form) -> Row {
    Row { label, also: &[], field, form, own: true }
}

use Form::{Date, Id, Lang, Names, Number, Pages, Publisher, Scheme, Text, Token, Url};

const PERSONS: Form = Names(None);

/// The rows, in the order in which lines are written. Of labels for one field the first that can hold a value is written.
pub(super) static ROWS: &[Row] = &[
    // Identifiers first: they are what Zotero and its users look for.
    row("DOI", Field::Doi, Id(|raw| identifier::doi(raw).map(crate::record::Id::plain)), &[]),
    row("ISBN", Field::Isbn, Id(identifier::isbn), &[]),
    row("ISSN", Field::Issn, Id(identifier::issn), &[]),
    row("PMID", Field::Pmid, Id(identifier::pmid), &[]),
    row("PMCID", Field::Pmcid, Id(identifier::pmcid), &[]),
    row("arXiv", Field::Eprint, Scheme("arxiv"), &[]),
    row("LCCN", Field::Identifier, Scheme("lccn"), &[]),
    row("MR", Field::Identifier, Scheme("mr"), &[]),
    row("Zbl", Field::Identifier, Scheme("zbl"), &[]),
    row("JFM", Field::Identifier, Scheme("jfm"), &[]),
    row("OCLC", Field::Identifier, Scheme("oclc"), &[]),
    row("JSTOR", Field::Identifier, Scheme("jstor"), &[]),
    row("HDL", Field::Identifier, Scheme("hdl"), &[]),
    row("GoogleBooksID", Field::Identifier, Scheme("googlebooks"), &[]),
    row("ADS Bibcode", Field::Identifier, Scheme("bibcode"), &["bibcode"]),
    row("URL", Field::Url, Url, &[]),
    // Titles.
    row("tex.subtitle", Field::Subtitle, Text, &[]),
    row("tex.titleaddon", Field::TitleAddon, Text, &[]),
    row("Short Title", Field::ShortTitle, Text, &["title-short"]),
    row("tex.sorttitle", Field::SortTitle, Text, &[]),
    row("tex.indextitle", Field::IndexTitle, Text, &[]),
    own("Translated Title", Field::TranslatedTitle, Text),
    own("Vernacular Title", Field::VernacularTitle, Text),
    own("Transliterated Title", Field::TransliteratedTitle, Text),
    own("Alternative Title", Field::AlternativeTitle, Text),
    row("tex.reprinttitle", Field::ReprintTitle, Text, &[]),
    row("Part Title", Field::PartTitle, Text, &[]),
    row("Original Title", Field::OriginalTitle, Text, &[]),
    row("Reviewed Title", Field::ReviewedTitle, Text, &[]),
    row("Reviewed Genre", Field::ReviewedGenre, Text, &[]),
    row(
        "Container Title",
        Field::ContainerTitle,
        Text,
        &[
            "publication title",
            "proceedings title",
            "book title",
            "encyclopedia title",
            "dictionary title",
            "blog title",
            "forum title",
            "website title",
            "program title",
        ],
    ),
    row("tex.booksubtitle", Field::ContainerSubtitle, Text, &["tex.journalsubtitle"]),
    row("tex.booktitleaddon", Field::ContainerAddon, Text, &["tex.journaltitleaddon"]),
    row("Container Title Short", Field::ContainerShort, Text, &["journal abbreviation"]),
    row("tex.issuetitle", Field::IssueTitle, Text, &[]),
    row("tex.issuesubtitle", Field::IssueSubtitle, Text, &[]),
    row("tex.maintitle", Field::SetTitle, Text, &[]),
    row("tex.mainsubtitle", Field::SetSubtitle, Text, &[]),
    row("tex.maintitleaddon", Field::SetAddon, Text, &[]),
    row("Collection Title", Field::SeriesTitle, Text, &["series", "series title"]),
    row("tex.shortseries", Field::SeriesShort, Text, &[]),
    row("Collection Number", Field::SeriesNumber, Number, &["series number"]),
    own("Series Ordinal", Field::SeriesOrdinal, Number),
    // Events.
    row("Event Title", Field::EventTitle, Text, &["conference name", "meeting name"]),
    row("tex.eventtitleaddon", Field::EventAddon, Text, &[]),
    own("Event Short", Field::EventShort, Text),
    row("Event Place", Field::EventPlace, Text, &[]),
    row("Event Date", Field::EventDate, Date, &[]),
    own("Event Number", Field::EventNumber, Number),
    // Contributors, under the names of CSL's variables; Zotero's own where CSL has none.
    row("Author", Field::Author, PERSONS, &[]),
    row("Editor", Field::Editor, PERSONS, &[]),
    row("Translator", Field::Translator, PERSONS, &[]),
    row("Container Author", Field::ContainerAuthor, PERSONS, &["book author"]),
    row("Collection Editor", Field::CollectionEditor, PERSONS, &["series editor"]),
    row("Reviewed Author", Field::ReviewedAuthor, PERSONS, &[]),
    row("Original Author", Field::OriginalAuthor, PERSONS, &["original creator"]),
    row("Compiler", Field::Compiler, PERSONS, &[]),
    row("Composer", Field::Composer, PERSONS, &[]),
    row("Director", Field::Director, PERSONS, &[]),
    row("Executive Producer", Field::ExecutiveProducer, PERSONS, &[]),
    row("Guest", Field::Guest, PERSONS, &[]),
    row("Host", Field::Presenter, PERSONS, &[]),
    row("Illustrator", Field::Illustrator, PERSONS, &[]),
    row("Interviewer", Field::Interviewer, PERSONS, &[]),
    row("Narrator", Field::Narrator, PERSONS, &[]),
    row("Organizer", Field::Organizer, PERSONS, &[]),
    row("Performer", Field::Performer, PERSONS, &["cast member"]),
    row("Producer", Field::Producer, PERSONS, &[]),
    row("Recipient", Field::Recipient, PERSONS, &[]),
    row("Script Writer", Field::ScriptWriter, PERSONS, &[]),
    row("Attorney Agent", Field::Contributor, Names(Some("attorney")), &[]),
    row("Chair", Field::Contributor, Names(Some("chair")), &[]),
    row("Commenter", Field::Contributor, Names(Some("commenter")), &[]),
    row("Cosponsor", Field::Contributor, Names(Some("cosponsor")), &[]),
    row("Counsel", Field::Contributor, Names(Some("counsel")), &[]),
    row("Series Creator", Field::Contributor, Names(Some("series-creator")), &[]),
    row("Sponsor", Field::Contributor, Names(Some("sponsor")), &[]),
    row("Words By", Field::Contributor, Names(Some("lyricist")), &[]),
    row("Contributor", Field::Contributor, PERSONS, &[]),
    row("tex.annotator", Field::Annotator, PERSONS, &[]),
    row("tex.commentator", Field::Commentator, PERSONS, &[]),
    row("tex.introduction", Field::Introduction, PERSONS, &[]),
    row("tex.foreword", Field::Foreword, PERSONS, &[]),
    row("tex.afterword", Field::Afterword, PERSONS, &[]),
    row("tex.holder", Field::Holder, PERSONS, &[]),
    own("Founder", Field::Founder, PERSONS),
    own("Continuator", Field::Continuator, PERSONS),
    own("Redactor", Field::Redactor, PERSONS),
    own("Reviser", Field::Reviser, PERSONS),
    own("Collaborator", Field::Collaborator, PERSONS),
    // Dates.
    row("Issued", Field::Issued, Date, &[]),
    row("Original Date", Field::OriginalDate, Date, &[]),
    row("Available Date", Field::Available, Date, &[]),
    row("Submitted", Field::Submitted, Date, &[]),
    row("Accessed", Field::Accessed, Date, &[]),
    row("Filing Date", Field::Filed, Date, &[]),
    row("Priority Date", Field::Priority, Date, &[]),
    own("Date Granted", Field::Granted, Date),
    own("Date Accepted", Field::Accepted, Date),
    own("Date Received", Field::Received, Date),
    own("Date Revised", Field::Revised, Date),
    row("Date Decided", Field::Decided, Date, &[]),
    row("Date Enacted", Field::Enacted, Date, &[]),
    own("Date Copyrighted", Field::Copyright, Date),
    own("Date Created", Field::Created, Date),
    own("Date Updated", Field::Updated, Date),
    own("Date Deposited", Field::Deposited, Date),
    own("Date Declared", Field::Declared, Date),
    // Publication.
    row(
        "Publisher",
        Field::Publisher,
        Publisher,
        &["institution", "university", "repository", "company", "studio", "network", "distributor"],
    ),
    row("Publisher Place", Field::Place, Text, &["place"]),
    row("Original Publisher", Field::OriginalPublisher, Text, &[]),
    row("Original Publisher Place", Field::OriginalPlace, Text, &["original place"]),
    own("Original Publication", Field::OriginalPublication, Text),
    row("tex.origlanguage", Field::OriginalLanguage, Lang, &[]),
    // Numbers.
    row("Volume", Field::Volume, Number, &["code volume", "reporter volume"]),
    row("Issue", Field::Issue, Number, &[]),
    own("Issue Designation", Field::IssueDesignation, Text),
    row(
        "Number",
        Field::Number,
        Number,
        &[
            "report number",
            "patent number",
            "bill number",
            "docket number",
            "document number",
            "public law number",
            "episode number",
        ],
    ),
    row("Application Number", Field::ApplicationNumber, Number, &[]),
    own("Article Number", Field::ArticleNumber, Number),
    row("Part Number", Field::Part, Number, &["part"]),
    row("Supplement Number", Field::Supplement, Number, &["supplement"]),
    row("Chapter Number", Field::Chapter, Number, &[]),
    row("Section", Field::Section, Text, &[]),
    own("Paragraph", Field::Paragraph, Number),
    row("Edition", Field::Edition, Number, &[]),
    row("Printing Number", Field::Printing, Number, &[]),
    row("Version", Field::Version, Number, &["version number"]),
    row("Session", Field::Session, Text, &[]),
    row("Page", Field::Pages, Pages, &["pages", "code pages", "first page"]),
    row("tex.pagination", Field::Pagination, Token, &[]),
    row("tex.bookpagination", Field::BookPagination, Token, &[]),
    row("Number Of Pages", Field::NumberOfPages, Number, &["num pages"]),
    row("Number Of Volumes", Field::NumberOfVolumes, Number, &[]),
    row("Running Time", Field::RunningTime, Text, &[]),
    row("Scale", Field::Scale, Text, &[]),
    row("Dimensions", Field::Dimensions, Text, &["artwork size"]),
    // Words.
    row(
        "Genre",
        Field::Genre,
        Text,
        &[
            "thesis type",
            "report type",
            "map type",
            "letter type",
            "post type",
            "website type",
            "presentation type",
            "manuscript type",
        ],
    ),
    row(
        "Medium",
        Field::Medium,
        Text,
        &["artwork medium", "audio recording format", "interview medium", "video recording format"],
    ),
    row("Status", Field::Status, Token, &[]),
    row("License", Field::Rights, Text, &["rights"]),
    row("Language", Field::Language, Lang, &[]),
    row("tex.langid", Field::LangId, Token, &[]),
    own("Script", Field::Script, Token),
    row("Archive", Field::Archive, Text, &[]),
    row("Archive Collection", Field::ArchiveCollection, Text, &[]),
    row("Archive Location", Field::ArchiveLocation, Text, &[]),
    row("Archive Place", Field::ArchivePlace, Text, &[]),
    row("Call Number", Field::CallNumber, Text, &[]),
    row("Source", Field::Database, Text, &["library catalog"]),
    own("Database Provider", Field::DatabaseProvider, Text),
    own("Accession Number", Field::Accession, Text),
    row("Jurisdiction", Field::Jurisdiction, Text, &["country"]),
    row("Authority", Field::Authority, Text, &["court", "legislative body", "issuing authority"]),
    row("References", Field::References, Text, &[]),
    own("Contents", Field::Contents, Text),
    own("Affiliation", Field::Affiliation, Text),
    own("Funding", Field::Funding, Text),
    own("Contact", Field::Contact, Text),
    row("tex.ids", Field::KeyAlias, Token, &[]),
    own("Flag", Field::Flag, Token),
];

/// A name for a type, and the kind and subtype that it stands for.
type TypeName = (&'static str, Kind, Option<&'static str>);

/// Zotero's item types, schema version 41.
static ITEM_TYPES: &[TypeName] = &[
    ("artwork", Kind::Artwork, None),
    ("audioRecording", Kind::Audio, None),
    ("bill", Kind::Bill, None),
    ("blogPost", Kind::BlogPost, None),
    ("book", Kind::Book, None),
    ("bookSection", Kind::Chapter, None),
    ("case", Kind::LegalCase, None),
    ("computerProgram", Kind::Software, None),
    ("conferencePaper", Kind::ConferencePaper, None),
    ("dataset", Kind::Dataset, None),
    ("dictionaryEntry", Kind::EntryDictionary, None),
    ("document", Kind::Misc, None),
    // Of types that share a kind the first stands for all of it.
    ("letter", Kind::PersonalCommunication, Some("letter")),
    ("email", Kind::PersonalCommunication, Some("email")),
    ("encyclopediaArticle", Kind::EntryEncyclopedia, None),
    ("videoRecording", Kind::Video, Some("video")),
    ("film", Kind::Video, Some("film")),
    ("forumPost", Kind::Post, None),
    ("hearing", Kind::Hearing, None),
    ("instantMessage", Kind::PersonalCommunication, Some("message")),
    ("interview", Kind::Interview, None),
    ("journalArticle", Kind::ArticleJournal, None),
    ("magazineArticle", Kind::ArticleMagazine, None),
    ("manuscript", Kind::Manuscript, None),
    ("map", Kind::Map, None),
    ("newspaperArticle", Kind::ArticleNewspaper, None),
    ("patent", Kind::Patent, None),
    ("podcast", Kind::Broadcast, Some("podcast")),
    ("preprint", Kind::Preprint, None),
    ("presentation", Kind::Presentation, None),
    ("radioBroadcast", Kind::Broadcast, Some("radio")),
    ("report", Kind::Report, None),
    ("standard", Kind::Standard, None),
    ("statute", Kind::Legislation, None),
    ("thesis", Kind::Thesis, None),
    ("tvBroadcast", Kind::Broadcast, Some("tv")),
    ("webpage", Kind::Webpage, None),
];

/// Types of CSL 1.0.2 that no item type of Zotero's stands for, or one of several does.
static CSL_TYPES: &[TypeName] = &[
    ("article", Kind::Preprint, None),
    ("article-journal", Kind::ArticleJournal, None),
    ("article-magazine", Kind::ArticleMagazine, None),
    ("article-newspaper", Kind::ArticleNewspaper, None),
    ("broadcast", Kind::Broadcast, None),
    ("chapter", Kind::Chapter, None),
    ("classic", Kind::Classic, None),
    ("collection", Kind::ArchivalCollection, None),
    ("entry", Kind::Entry, None),
    ("entry-dictionary", Kind::EntryDictionary, None),
    ("entry-encyclopedia", Kind::EntryEncyclopedia, None),
    ("event", Kind::Event, None),
    ("figure", Kind::Figure, None),
    ("graphic", Kind::Artwork, None),
    ("legal_case", Kind::LegalCase, None),
    ("legislation", Kind::Legislation, None),
    ("motion_picture", Kind::Video, None),
    ("musical_score", Kind::MusicalScore, None),
    ("pamphlet", Kind::Pamphlet, None),
    ("paper-conference", Kind::ConferencePaper, None),
    ("performance", Kind::Performance, None),
    ("periodical", Kind::Periodical, None),
    ("personal_communication", Kind::PersonalCommunication, None),
    ("post", Kind::Post, None),
    ("post-weblog", Kind::BlogPost, None),
    ("regulation", Kind::Regulation, None),
    ("review", Kind::Review, None),
    ("review-book", Kind::Review, Some("book")),
    ("software", Kind::Software, None),
    ("song", Kind::Audio, None),
    ("speech", Kind::Presentation, None),
    ("treaty", Kind::Treaty, None),
];

/// The item types that come nearest to kinds for which Zotero has none. Section 2.1 of the mapping reference.
static NEAREST: &[(Kind, &str)] = &[
    (Kind::Periodical, "document"),
    (Kind::Collection, "book"),
    (Kind::ReferenceBook, "book"),
    (Kind::Proceedings, "book"),
    (Kind::Entry, "encyclopediaArticle"),
    (Kind::Manual, "report"),
    (Kind::Database, "dataset"),
    (Kind::Pamphlet, "book"),
    (Kind::Regulation, "statute"),
    (Kind::Treaty, "statute"),
    (Kind::Figure, "artwork"),
    (Kind::MusicalScore, "book"),
    (Kind::Performance, "presentation"),
    (Kind::Event, "document"),
    (Kind::Review, "journalArticle"),
    (Kind::ArchivalCollection, "manuscript"),
    (Kind::Classic, "book"),
    (Kind::Grant, "document"),
    (Kind::SupplementaryItem, "journalArticle"),
    (Kind::ModelOrObject, "document"),
];

/// The kind and subtype that an item type of Zotero's or a type of CSL's stands for, whatever its case and spacing.
pub fn type_of(name: &str) -> Option<(Kind, Option<&'static str>)> {
    let folded = super::fold(name);
    let mut all = ITEM_TYPES.iter().chain(CSL_TYPES);
    all.find(|(name, ..)| super::fold(name) == folded).map(|(_, kind, subtype)| (*kind, *subtype))
}

/// The item type under which Zotero keeps a kind: its own, or the nearest.
pub fn item_type(kind: Kind, subtype: Option<&str>) -> Option<&'static str> {
    let of_kind = || ITEM_TYPES.iter().filter(|row| row.1 == kind);
    let exact = of_kind().find(|row| row.2 == subtype);
    let plain = || of_kind().find(|row| row.2.is_none()).or_else(|| of_kind().next());
    exact.or_else(plain).map(|row| row.0).or_else(|| NEAREST.iter().find(|(it, _)| *it == kind).map(|(_, name)| *name))
}

/// The name that a line says exactly this kind and subtype by.
pub(super) fn type_word(kind: Kind, subtype: Option<&str>) -> Option<&'static str> {
    ITEM_TYPES.iter().chain(CSL_TYPES).find(|row| row.1 == kind && row.2 == subtype).map(|row| row.0)
}
