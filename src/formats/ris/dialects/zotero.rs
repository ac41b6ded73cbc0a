//! RIS for Zotero: what its importer makes of each type word and tag.
//!
//! It takes item type, field or role of a contributor from tables by type word and tag, and drops without a word what is
//! not in them. So each kind stands under the word that gives its item type or comes nearest, and each field under the
//! tag that the importer reads on that word. What has none, and with `--profile zotero` the item types that have no word,
//! stand in lines of `Extra`, for which the importer has `M2`.

use super::super::codec::{
    DOI_NOTE, FILE_IMAGE, FILE_OTHER, FILE_PDF, FILE_TEXT, FULL_TEXT, GENRE, IMAGE, ISBN, ISSN, LANDING, NOTE, NUMBER,
    NUMBER_IN_SN, PAGES, PAGES_AS_ONE, PARAGRAPHS, PDF, PUBLISHER, RESOLVER, SECTION_NO_PAGE, TEXT, TOKEN, TOTAL,
    ZOTERO_DATE,
};
use super::super::map;
use crate::mapping::codecs::dates::{DATE, DATE_OR_NOT};
use crate::mapping::codecs::identifiers::DOI;
use crate::mapping::codecs::keywords::KEYWORDS;
use crate::mapping::codecs::languages::{BABEL, LANGUAGE};
use crate::mapping::codecs::names::{
    ADVISORS, ATTORNEYS, COMMENTERS, COSPONSORS, COUNSEL, HOLDER, LYRICISTS, NAMES, SPONSORS,
};
use crate::mapping::extra::ExtraLines;
use crate::mapping::{Codec, Rule, Seen, Shape, TypeRule, type_write, union, write};
use crate::record::{Field, Kind, Parts, Value};

/// The type word for each kind, the first row that fits.
pub(super) const TYPES: &[TypeRule] = &[
    type_write("JOUR", Kind::ArticleJournal),
    type_write("JOUR", Kind::Review),
    type_write("JOUR", Kind::SupplementaryItem),
    type_write("MGZN", Kind::ArticleMagazine),
    type_write("NEWS", Kind::ArticleNewspaper),
    // An unknown word gives a journal article, which a line then makes a preprint.
    type_write("UNPB", Kind::Preprint),
    type_write("SER", Kind::Periodical),
    type_write("BOOK", Kind::Book),
    type_write("EDBOOK", Kind::Collection),
    type_write("BOOK", Kind::ReferenceBook),
    type_write("BOOK", Kind::Proceedings),
    type_write("BOOK", Kind::Pamphlet),
    type_write("BOOK", Kind::MusicalScore),
    type_write("CLSWK", Kind::Classic),
    type_write("CHAP", Kind::Chapter),
    type_write("CONF", Kind::ConferencePaper),
    type_write("DICT", Kind::EntryDictionary),
    type_write("ENCYC", Kind::EntryEncyclopedia),
    type_write("ENCYC", Kind::Entry),
    type_write("THES", Kind::Thesis),
    type_write("RPRT", Kind::Report),
    type_write("RPRT", Kind::Manual),
    type_write("STAND", Kind::Standard),
    type_write("PAT", Kind::Patent),
    type_write("DATA", Kind::Dataset),
    type_write("DBASE", Kind::Database),
    type_write("COMP", Kind::Software),
    type_write("ELEC", Kind::Webpage),
    type_write("BLOG", Kind::BlogPost),
    type_write("ICOMM", Kind::Post),
    type_write("SLIDE", Kind::Presentation),
    type_write("SLIDE", Kind::Performance),
    type_write("MANSCPT", Kind::Manuscript),
    type_write("MANSCPT", Kind::ArchivalCollection),
    type_write("ICOMM", Kind::PersonalCommunication).sub("email"),
    type_write("ICOMM", Kind::PersonalCommunication).sub("message"),
    type_write("PCOMM", Kind::PersonalCommunication),
    type_write("PCOMM", Kind::Interview),
    type_write("CASE", Kind::LegalCase),
    type_write("STAT", Kind::Legislation),
    type_write("STAT", Kind::Regulation),
    type_write("STAT", Kind::Treaty),
    type_write("BILL", Kind::Bill),
    type_write("HEAR", Kind::Hearing),
    type_write("ART", Kind::Artwork),
    type_write("FIGURE", Kind::Figure),
    type_write("MAP", Kind::Map),
    type_write("MPCT", Kind::Video).sub("film"),
    type_write("VIDEO", Kind::Video),
    type_write("SOUND", Kind::Broadcast).sub("podcast"),
    // Its tags keep who directed, produced and played; those for sound do not.
    type_write("VIDEO", Kind::Broadcast),
    type_write("SOUND", Kind::Audio),
    // GEN gives a journal article.
    type_write("AGGR", Kind::Misc),
    type_write("AGGR", Kind::Event),
    type_write("AGGR", Kind::ModelOrObject),
    type_write("GRNT", Kind::Grant),
];

/// The item types that the importer makes of type words. It knows no others.
const ITEM_TYPES: &[(&str, &[&str])] = &[
    ("artwork", &["ART", "CHART", "FIGURE"]),
    ("audioRecording", &["SOUND", "MUSIC"]),
    ("bill", &["BILL"]),
    ("blogPost", &["BLOG"]),
    ("book", &["BOOK", "EDBOOK", "EBOOK", "CLSWK", "SER"]),
    ("bookSection", &["CHAP", "ECHAP"]),
    ("case", &["CASE", "LEGAL"]),
    ("computerProgram", &["COMP"]),
    ("conferencePaper", &["CONF", "CPAPER"]),
    ("dataset", &["DATA", "DBASE"]),
    ("dictionaryEntry", &["DICT"]),
    ("document", &["AGGR", "ANCIENT", "EQUA", "GRNT"]),
    ("email", &["ICOMM"]),
    ("encyclopediaArticle", &["ENCYC"]),
    ("film", &["MPCT", "ADVS"]),
    ("hearing", &["HEAR"]),
    ("journalArticle", &["JOUR", "ABST", "EJOUR", "GEN", "JFULL"]),
    ("letter", &["PCOMM"]),
    ("magazineArticle", &["MGZN", "CTLG"]),
    ("manuscript", &["MANSCPT", "INPR", "PAMP", "UNBILL", "UNPD"]),
    ("map", &["MAP"]),
    ("newspaperArticle", &["NEWS"]),
    ("patent", &["PAT"]),
    ("presentation", &["SLIDE"]),
    ("report", &["RPRT", "GOVDOC", "STAND"]),
    ("statute", &["STAT"]),
    ("thesis", &["THES"]),
    ("videoRecording", &["VIDEO", "MULTI"]),
    ("webpage", &["ELEC", "WEB"]),
];

/// Lines of `Extra`: each stands in a tag of its own.
pub(in crate::formats::ris) const LINES: ExtraLines = ExtraLines {
    tag: super::super::cells::EXTRA,
    text: |raw| raw.into(),
    raw: str::to_owned,
    key: true,
    item_type: |word| ITEM_TYPES.iter().find(|(_, words)| words.contains(&word)).map(|(name, _)| *name),
};

/// Books.
const BOOKS: &[&str] = &["BOOK", "EDBOOK", "CLSWK"];
/// Parts of books and entries.
const PARTS: &[&str] = &["CHAP", "DICT", "ENCYC"];
/// Articles.
const ARTICLES: &[&str] = &["JOUR", "MGZN", "NEWS"];
/// Papers.
const PAPERS: &[&str] = &["CONF"];
/// Items that stand in something.
const IN_CONTAINER: &[&str] = &union::<14>(&[ARTICLES, PARTS, &["BILL", "STAT", "BLOG", "ELEC", "ICOMM", "VIDEO", "SOUND", "UNPB"]]);
/// Items with pages in something.
const WITH_PAGES: &[&str] = &union::<11>(&[ARTICLES, PARTS, PAPERS, &["HEAR", "PAT", "RPRT", "STAT"]]);
/// Items with a volume.
const WITH_VOLUME: &[&str] = &union::<14>(&[ARTICLES, PARTS, PAPERS, BOOKS, &["SOUND", "BILL", "CASE", "VIDEO"]]);
/// Items with an edition.
const WITH_EDITION: &[&str] = &union::<8>(&[BOOKS, PARTS, &["MAP", "NEWS"]]);
/// Items with an ISBN in `SN`.
const WITH_ISBN: &[&str] = &union::<12>(&[BOOKS, PARTS, PAPERS, &["SOUND", "COMP", "MAP", "THES", "VIDEO"]]);
/// Items with a publisher in `PB`.
const WITH_PUBLISHER: &[&str] = &union::<25>(&[
    ARTICLES, PARTS, PAPERS, BOOKS,
    &["SOUND", "COMP", "DATA", "AGGR", "MPCT", "HEAR", "PCOMM", "MAP", "UNPB", "RPRT", "STAND", "THES", "VIDEO", "ELEC", "DBASE"],
]);
/// Items with a place in `CY`.
const WITH_PLACE: &[&str] = &union::<27>(&[
    ARTICLES, PARTS, BOOKS,
    &["SOUND", "COMP", "DATA", "AGGR", "MPCT", "HEAR", "PCOMM", "MANSCPT", "MAP", "PAT", "UNPB", "SLIDE", "RPRT", "STAND", "THES", "VIDEO", "ELEC", "DBASE"],
]);
/// Items that lie in archives.
const ARCHIVED: &[&str] = &union::<27>(&[
    ARTICLES, PARTS, PAPERS, BOOKS,
    &["ART", "FIGURE", "SOUND", "COMP", "DATA", "AGGR", "MPCT", "PCOMM", "MANSCPT", "MAP", "UNPB", "RPRT", "STAND", "THES", "VIDEO", "DBASE", "GRNT"],
]);
/// Items with a sort in `M3`.
const WITH_SORT: &[&str] = &["MANSCPT", "MAP", "RPRT", "STAND", "THES", "SLIDE", "PCOMM"];
/// Items with translators.
const TRANSLATED: &[&str] = &union::<20>(&[
    ARTICLES, PARTS, BOOKS,
    &["SOUND", "BLOG", "AGGR", "ICOMM", "PCOMM", "MANSCPT", "UNPB", "SLIDE", "RPRT", "VIDEO", "ELEC"],
]);
/// Items whose editor has `A2`.
const EDITOR_IN_A2: &[&str] = &union::<5>(&[PARTS, PAPERS, &["JOUR"]]);
/// Items whose authors are authors.
const AUTHORED: &[&str] = &union::<30>(&[
    ARTICLES, PARTS, PAPERS, &["BOOK", "CLSWK", "SER"],
    &[
        "ART", "FIGURE", "BLOG", "CASE", "COMP", "DATA", "DBASE", "AGGR", "GRNT", "ICOMM", "PCOMM", "MANSCPT", "MAP", "PAT", "RPRT", "STAND",
        "STAT", "THES", "ELEC", "UNPB",
    ],
]);

/// The language of a program is that in which it is written.
static PROGRAMMING_LANGUAGE: Codec = Codec {
    name: "programming language",
    write: |value, sink| match value {
        Value::Lang(lang) if !lang.is_tag() => (LANGUAGE.write)(value, sink),
        _ => None,
    },
    read: |raws, cx, values| (LANGUAGE.read)(raws, cx, values),
    shape: Shape::Each,
    carries: Parts::ALL,
    example: &[],
};

fn no_second_authors(seen: &Seen<'_>) -> bool {
    !seen.has("A2")
}

/// What stands in which tag, by type word.
pub(super) const RULES: &[Rule] = &[
    // Titles
    write("TI", Field::Title, &TEXT),
    write("ST", Field::ShortTitle, &TEXT),
    write("C3", Field::ContainerTitle, &TEXT).on(PAPERS),
    write("T2", Field::EventTitle, &TEXT).on(PAPERS).when(|seen| seen.has("C3"), &[]),
    write("T2", Field::EventTitle, &TEXT).on(PAPERS).when(|seen| !seen.has("C3"), &[]).moves(Field::ContainerTitle),
    write("T2", Field::EventTitle, &TEXT).on(&["SLIDE"]),
    write("A2", Field::ContainerTitle, &TEXT).on(&["CASE"]),
    write("T2", Field::ContainerTitle, &TEXT).on(IN_CONTAINER),
    write("J2", Field::ContainerShort, &TEXT).on(&["JOUR"]),
    write("T2", Field::SeriesTitle, &TEXT).on(&["BOOK", "EDBOOK", "CLSWK", "RPRT", "COMP", "MAP"]),
    write("T3", Field::SeriesTitle, &TEXT).on(&["CHAP", "CONF", "JOUR", "SOUND"]),
    // Law
    write("PB", Field::Authority, &TEXT).on(&["CASE"]),
    write("A2", Field::Authority, &TEXT).on(&["PAT"]),
    write("T3", Field::Authority, &TEXT).on(&["HEAR", "BILL"]),
    write("T2", Field::Section, &TEXT).on(&["HEAR"]).moves(Field::Authority),
    write("T2", Field::Authority, &TEXT).on(&["HEAR"]),
    write("OP", Field::References, &TEXT).on(&["BILL", "CASE", "HEAR", "STAT"]),
    write("C5", Field::References, &TEXT).on(&["PAT"]),
    write("C3", Field::Jurisdiction, &TEXT).on(&["PAT"]),
    write("C6", Field::Status, &TOKEN).on(&["PAT"]),
    write("PB", Field::Holder, &HOLDER).on(&["PAT"]),
    write("OP", Field::OriginalPublication, &TEXT).on(&["PAT"]),
    write("ET", Field::Session, &TEXT).on(&["BILL", "HEAR", "STAT"]),
    write("SE", Field::Section, &TEXT).on(&["BILL", "NEWS", "STAT"]),
    write("SE", Field::Section, &SECTION_NO_PAGE).on(&["JOUR"]).when(|seen| seen.has("SP"), &[("SP", "12")]),
    // Dates
    write("PY/DA", Field::Issued, &ZOTERO_DATE),
    write("Y2", Field::Accessed, &DATE),
    write("C1", Field::Filed, &DATE_OR_NOT).on(&["PAT"]),
    // Numbers
    write("VL", Field::Volume, &NUMBER).on(WITH_VOLUME),
    write("VL", Field::Volume, &NUMBER).on(&["STAT"]),
    write("IS", Field::Issue, &NUMBER).on(&["JOUR", "MGZN", "CONF", "NEWS"]),
    write("IS", Field::NumberOfVolumes, &NUMBER).on(&["CHAP"]),
    write("NV", Field::NumberOfVolumes, &NUMBER)
        .on(&["BOOK", "EDBOOK", "CLSWK", "SOUND", "DICT", "ENCYC", "CONF", "HEAR", "VIDEO"]),
    write("M1", Field::SeriesNumber, &NUMBER).on(BOOKS),
    write("SV", Field::SeriesNumber, &NUMBER).on(&["CHAP"]),
    write("M1", Field::ApplicationNumber, &NUMBER).on(&["PAT"]),
    write("SN", Field::Number, &NUMBER_IN_SN).on(&["RPRT", "PAT", "STAND"]),
    write("SV", Field::Number, &NUMBER).on(&["CASE"]),
    write("NV", Field::Number, &NUMBER).on(&["DATA"]),
    write("M1", Field::Number, &NUMBER).on(&["BILL", "HEAR", "STAT"]),
    write("ET", Field::Version, &NUMBER).on(&["COMP", "DATA"]),
    write("ET", Field::Edition, &NUMBER).on(WITH_EDITION),
    write("SP", Field::RunningTime, &TEXT).on(&["MPCT"]),
    write("SP/EP", Field::Pages, &PAGES).on(WITH_PAGES),
    write("SP", Field::Pages, &PAGES_AS_ONE).on(&["BILL", "CASE"]),
    write("SP", Field::NumberOfPages, &TOTAL).on(&["BOOK", "EDBOOK", "CLSWK", "THES", "MANSCPT"]),
    write("C1", Field::Scale, &TEXT).on(&["MAP"]),
    write("C3", Field::Dimensions, &TEXT).on(&["ART"]),
    // Publication
    write("PB", Field::Publisher, &PUBLISHER).on(WITH_PUBLISHER),
    write("PB", Field::Publisher, &PUBLISHER).on(&["MANSCPT"]).moves(Field::Archive),
    write("C1", Field::Place, &TEXT).on(PAPERS),
    write("CY", Field::Place, &TEXT).on(WITH_PLACE),
    write("CY", Field::EventPlace, &TEXT).on(WITH_PLACE).when(|seen| !seen.has("CY"), &[]).moves(Field::Place),
    // Identifiers
    write("SN", Field::Isbn, &ISBN).on(WITH_ISBN),
    write("SN", Field::Issn, &ISSN).on(ARTICLES),
    write("DO", Field::Doi, &DOI),
    // What RIS itself has there, Zotero's own exports among them, stays.
    write("DP", Field::DatabaseProvider, &TEXT).on(ARCHIVED),
    write("DB", Field::Database, &TEXT).on(ARCHIVED).with(Field::DatabaseProvider),
    write("AN", Field::Accession, &TEXT).on(ARCHIVED).with(Field::DatabaseProvider),
    write("DB", Field::Archive, &TEXT).on(ARCHIVED).moves(Field::Database),
    write("AN", Field::ArchiveLocation, &TEXT).on(ARCHIVED).moves(Field::Accession),
    write("DP", Field::Database, &TEXT).on(ARCHIVED).moves(Field::DatabaseProvider),
    write("CN", Field::CallNumber, &TEXT).on(ARCHIVED),
    write("M1", Field::CallNumber, &TEXT).on(&["PAT"]).moves(Field::ApplicationNumber),
    // Words about it
    write("C4", Field::Genre, &TEXT).on(&["MPCT"]),
    write("M1", Field::Medium, &TEXT).on(&["COMP"]),
    write("C5", Field::Medium, &TEXT).on(&["SOUND", "VIDEO", "MPCT"]),
    write("M3", Field::Medium, &GENRE).on(&["ART"]),
    write("M3", Field::Genre, &GENRE).on(WITH_SORT),
    write("M3", Field::Genre, &GENRE).on(&["BLOG", "ELEC"]).moves(Field::Medium),
    write("M3", Field::Medium, &GENRE).on(&["BLOG", "ELEC"]).when(|seen| !seen.has("M3"), &[]),
    write("LA", Field::Language, &LANGUAGE).except(&["COMP"]),
    write("LA", Field::LangId, &BABEL).except(&["COMP"]).when(|seen| !seen.has("LA"), &[]).moves(Field::Language),
    write("LA", Field::Language, &PROGRAMMING_LANGUAGE).on(&["COMP"]),
    write("AB", Field::Abstract, &PARAGRAPHS),
    write("KW", Field::Keyword, &KEYWORDS),
    write("CR", Field::Rights, &TEXT),
    // Addresses, files, notes
    write("UR", Field::Url, &RESOLVER).when(|seen| seen.has("DO"), &[("DO", "10.1000/1")]),
    write("UR", Field::Url, &LANDING),
    write("L1", Field::Url, &PDF),
    write("L2", Field::Url, &FULL_TEXT),
    write("L4", Field::Url, &IMAGE),
    write("L1", Field::File, &FILE_PDF),
    write("L2", Field::File, &FILE_TEXT),
    write("L4", Field::File, &FILE_IMAGE),
    write("L1", Field::File, &FILE_OTHER),
    write("RN", Field::Annotation, &PARAGRAPHS),
    write("N1", Field::Note, &NOTE),
    write("N1", Field::Note, &DOI_NOTE),
    // Contributors
    write("AU", Field::Author, &NAMES).on(AUTHORED),
    write("AU", Field::Director, &NAMES).on(&["MPCT"]),
    write("AU", Field::Director, &NAMES).on(&["VIDEO"]).moves(Field::Author),
    write("AU", Field::Author, &NAMES).on(&["VIDEO"]).when(map::no_authors, &[]),
    write("AU", Field::Author, &NAMES).on(&["MPCT"]).when(map::no_authors, &[]).moves(Field::Director),
    write("AU", Field::Presenter, &NAMES).on(&["SOUND"]).when(map::is_broadcast, &[]).moves(Field::Author),
    write("AU", Field::Author, &NAMES).on(&["SOUND"]).when(map::is_broadcast, &[]),
    write("AU", Field::Composer, &NAMES).on(&["SOUND"]).when(map::is_no_broadcast, &[]),
    write("AU", Field::Editor, &NAMES).on(&["EDBOOK"]),
    write("AU", Field::Author, &NAMES).on(&["EDBOOK"]).when(map::no_authors, &[]).moves(Field::Editor),
    write("A2", Field::Performer, &NAMES).on(&["SLIDE"]),
    write("A2", Field::Author, &NAMES).on(&["SLIDE"]).when(no_second_authors, &[]).moves(Field::Performer),
    write("A2", Field::Contributor, &SPONSORS).on(&["BILL"]),
    write("A2", Field::Author, &NAMES).on(&["BILL"]).when(no_second_authors, &[]).moves(Field::Contributor),
    write("A3", Field::Contributor, &COSPONSORS).on(&["BILL"]),
    write("AU", Field::Author, &NAMES).on(&["HEAR"]),
    write("AU", Field::Contributor, &NAMES).on(&["HEAR"]).when(map::no_authors, &[]).moves(Field::Author),
    write("A2", Field::Performer, &NAMES).on(&["SOUND"]),
    // So Zotero itself has the first of a recording's contributors in CSL.
    write("A2", Field::Author, &NAMES).on(&["SOUND"]).when(no_second_authors, &[]).moves(Field::Performer),
    write("A2", Field::Editor, &NAMES).on(EDITOR_IN_A2),
    write("A3", Field::Editor, &NAMES).on(&["BOOK"]),
    write("ED", Field::Editor, &NAMES).on(&["AGGR", "CLSWK"]),
    write("A2", Field::CollectionEditor, &NAMES).on(&["BOOK", "EDBOOK", "CLSWK", "RPRT"]),
    write("A3", Field::CollectionEditor, &NAMES).on(&["CHAP", "CONF", "DICT", "ENCYC", "MAP"]),
    write("A2", Field::Recipient, &NAMES).on(&["PCOMM", "ICOMM"]).when(map::is_no_interview, &[]),
    write("A3", Field::Producer, &NAMES).on(&["MPCT"]),
    write("A3", Field::Producer, &NAMES).on(&["VIDEO"]).moves(Field::CollectionEditor),
    write("C1", Field::Performer, &NAMES).on(&["VIDEO"]),
    write("A3", Field::Contributor, &ADVISORS).on(&["THES"]),
    write("A3", Field::Contributor, &NAMES).on(&["THES"]).when(|seen| !seen.has("A3"), &[]).moves(Field::Contributor),
    write("A4", Field::Contributor, &COUNSEL).on(&["CASE"]),
    write("A4", Field::Contributor, &NAMES).on(&["CONF", "DATA"]),
    write("A4", Field::Contributor, &NAMES).on(&["MPCT"]).moves(Field::Performer),
    write("A4", Field::Translator, &NAMES).on(TRANSLATED),
    write("C2", Field::ContainerAuthor, &NAMES).on(&["CHAP"]),
    write("C2", Field::Contributor, &COMMENTERS).on(&["BLOG"]),
    write("C4", Field::Contributor, &LYRICISTS).on(&["SOUND"]),
    write("C4", Field::Contributor, &ATTORNEYS).on(&["PAT"]),
];
