//! Zotero's export: fixed columns, read and written. Section 3.11 of the mapping reference.

use super::super::codec::{
    ATTORNEYS, AUTOMATIC_TAGS, COMMENTERS, COSPONSORS, COUNSEL, DATE, DATE_AND_YEAR, DOI, FILES, FULL_TEXT, ISBN, ISSN,
    LYRICISTS, MANUAL_TAGS, MOMENT, NAMES, NOTE, NUMBER, ONE_LANGUAGE, PAGES, PARAGRAPHS, PUBLISHER, TEXT, YEAR, ZOTERO_URL,
};
use super::{Dialect, columns};
use crate::bytes::trim;
use crate::mapping::codecs::languages::BABEL;
use crate::mapping::codecs::markup::{escape_entities, unescape};
use crate::mapping::codecs::{TOKEN, one_line};
use crate::mapping::extra::{self, ExtraLines};
use crate::mapping::{
    CarryIn, Codec, Mapping, Rule, Tag, TypeRule, Types, both, read, type_both, type_write, write,
};
use crate::record::Kind::{
    ArchivalCollection, ArticleJournal, ArticleMagazine, ArticleNewspaper, Artwork, Audio, Bill, BlogPost, Book,
    Broadcast, Chapter, Classic, Collection, ConferencePaper, Database, Dataset, Entry, EntryDictionary,
    EntryEncyclopedia, Event, Figure, Grant, Hearing, Interview, LegalCase, Legislation, Manual, Manuscript, Map, Misc,
    ModelOrObject, MusicalScore, Pamphlet, Patent, Performance, Periodical, PersonalCommunication, Post, Preprint,
    Presentation, Proceedings, ReferenceBook, Regulation, Report, Review, Software, Standard, SupplementaryItem,
    Thesis, Treaty, Video, Webpage,
};
use crate::record::{Field, Parts, Publisher, PublisherRole, Text, Value};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The columns, in their order.
pub(in crate::formats::csv) const LAYOUT: &[Tag] = columns![
    "Key" "Item Type" "Publication Year" "Author" "Title" "Publication Title" "ISBN" "ISSN" "DOI" "Url"
    "Abstract Note" "Date" "Date Added" "Date Modified" "Access Date" "Pages" "Num Pages" "Issue" "Volume"
    "Number Of Volumes" "Journal Abbreviation" "Short Title" "Series" "Series Number" "Series Text" "Series Title"
    "Publisher" "Place" "Language" "Rights" "Type" "Archive" "Archive Location" "Library Catalog" "Call Number" "Extra"
    "Notes" "File Attachments" "Link Attachments" "Manual Tags" "Automatic Tags" "Editor" "Series Editor" "Translator"
    "Contributor" "Attorney Agent" "Book Author" "Cast Member" "Commenter" "Composer" "Cosponsor" "Counsel"
    "Interviewer" "Producer" "Recipient" "Reviewed Author" "Scriptwriter" "Words By" "Guest" "Number" "Edition"
    "Running Time" "Scale" "Medium" "Artwork Size" "Filing Date" "Application Number" "Assignee" "Issuing Authority"
    "Country" "Meeting Name" "Conference Name" "Court" "References" "Reporter" "Legal Status" "Priority Numbers"
    "Programming Language" "Version" "System" "Code" "Code Number" "Section" "Session" "Committee" "History"
    "Legislative Body"
];

pub(super) static ZOTERO: Dialect = Dialect {
    name: "Zotero",
    marks: &[&["Item Type", "Publication Title", "Abstract Note"], &["Item Type", "Manual Tags"]],
    aliases: &[],
    mapping: &MAPPING,
    type_columns: &["Item Type"],
    kinds: &[],
    default: None,
    typed: true,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

/// The columns and what they mean.
pub(in crate::formats::csv) static MAPPING: Mapping = Mapping {
    family: super::super::FAMILY,
    format: super::super::FAMILY,
    types: Types { rows: TYPES, names: &[], fallback: "document", mark_tag: None, refine: None, guess: None },
    tags: LAYOUT,
    rules: RULES,
    echoes: &[],
    keys: &[],
    // No field holds these; `Key` is the item's number in Zotero's own database.
    variants: &[],
    kept: &["Key", "Series Text", "Series Title", "Priority Numbers", "Programming Language"],
    takes_extra: |_, _| true,
    extras_apart: false,
    keeps_order: false,
    unsupported: UNSUPPORTED,
    carry: CarryIn::Nowhere,
    lines: Some(ExtraLines { tag: "Extra", text: lines_apart, raw: str::to_owned, key: true, item_type: |word| {
        TYPES.iter().map(|row| row.word).find(|it| *it == word)
    } }),
    index: OnceLock::new(),
};

/// `Extra` with its lines apart: the export puts them on one line. A text that begins with a line is taken apart before
/// each label that is known.
fn lines_apart(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\n', raw.as_bytes()).is_some() || labels(raw).next().is_none() {
        return Cow::Borrowed(raw);
    }
    if is_one_line(raw) {
        return Cow::Borrowed(trim(raw));
    }
    if extra::split(raw).0.is_empty() && !begins_with_label(raw) {
        return Cow::Borrowed(raw);
    }
    take_apart(raw)
}

/// Whether a text is one line and nothing else: its only label has at most four words, so that they are the first that
/// [`take_apart`] would try, and it would give the same text back.
fn is_one_line(raw: &str) -> bool {
    let mut labels = labels(raw);
    let Some((label, value)) = labels.next().and_then(|at| Some((raw.get(..at)?, raw.get(at + 2..)?))) else { return false };
    let words = label.bytes().filter(|byte| *byte == b' ').count() + 1;
    // A colon may be of both this label and the next.
    let is_only = labels.next().is_none() && !value.starts_with(' ') && !label.ends_with(':');
    is_only && words <= 4 && extra::is_line(trim(raw))
}

/// The places of the colons with a space behind them.
fn labels(raw: &str) -> impl Iterator<Item = usize> {
    let bytes = raw.as_bytes();
    memchr::memchr_iter(b':', bytes).filter(|at| bytes.get(at + 1) == Some(&b' '))
}

fn take_apart(raw: &str) -> Cow<'_, str> {
    let mut lines = Vec::new();
    let mut end = raw.len();
    // From the last label to the first: a value ends where the next label begins.
    for (colon, _) in raw.rmatch_indices(": ") {
        if colon > end {
            continue;
        }
        let words: Vec<usize> = raw[..colon].rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]).take(4).collect();
        let is_line = |start: &usize| {
            !raw[*start..colon].contains(": ") && extra::split(raw[*start..end].trim()).0.len() == 1
        };
        let start = words.into_iter().rev().find(is_line);
        if let Some(start) = start {
            lines.push(raw[start..end].trim());
            end = start;
        }
    }
    if end > 0 {
        return Cow::Borrowed(raw);
    }
    lines.reverse();
    Cow::Owned(lines.join("\n"))
}

/// Whether a text begins with a label and a value of which only the value's end is wrong.
fn begins_with_label(raw: &str) -> bool {
    let Some((label, rest)) = raw.split_once(": ") else { return false };
    let first = rest.split(' ').next().unwrap_or_default();
    !extra::split(&[label, ": ", first].concat()).0.is_empty()
}

const TYPES: &[TypeRule] = &[
    type_both("artwork", Artwork),
    type_both("audioRecording", Audio),
    type_both("bill", Bill),
    type_both("blogPost", BlogPost),
    type_both("book", Book),
    type_both("bookSection", Chapter),
    type_both("case", LegalCase),
    type_both("computerProgram", Software),
    type_both("conferencePaper", ConferencePaper),
    type_both("dataset", Dataset),
    type_both("dictionaryEntry", EntryDictionary),
    type_both("document", Misc),
    type_both("email", PersonalCommunication).sub("email"),
    type_both("encyclopediaArticle", EntryEncyclopedia),
    type_both("film", Video).sub("film"),
    type_both("forumPost", Post),
    type_both("hearing", Hearing),
    type_both("instantMessage", PersonalCommunication).sub("message"),
    type_both("interview", Interview),
    type_both("journalArticle", ArticleJournal),
    type_both("letter", PersonalCommunication).sub("letter"),
    type_both("magazineArticle", ArticleMagazine),
    type_both("manuscript", Manuscript),
    type_both("map", Map),
    type_both("newspaperArticle", ArticleNewspaper),
    type_both("patent", Patent),
    type_both("podcast", Broadcast).sub("podcast"),
    type_both("preprint", Preprint),
    type_both("presentation", Presentation),
    type_both("radioBroadcast", Broadcast).sub("radio"),
    type_both("report", Report),
    type_both("standard", Standard),
    type_both("statute", Legislation),
    type_both("thesis", Thesis),
    type_both("tvBroadcast", Broadcast).sub("tv"),
    type_both("videoRecording", Video).sub("video"),
    type_both("webpage", Webpage),
    // What Zotero has no type for goes where it comes nearest.
    type_write("letter", PersonalCommunication),
    type_write("videoRecording", Video),
    type_write("tvBroadcast", Broadcast),
    type_write("document", Periodical),
    type_write("book", Collection),
    type_write("book", ReferenceBook),
    type_write("book", Proceedings),
    type_write("encyclopediaArticle", Entry),
    type_write("report", Manual),
    type_write("dataset", Database),
    type_write("book", Pamphlet),
    type_write("statute", Regulation),
    type_write("statute", Treaty),
    type_write("artwork", Figure),
    type_write("book", MusicalScore),
    type_write("presentation", Performance),
    type_write("document", Event),
    type_write("journalArticle", Review),
    type_write("manuscript", ArchivalCollection),
    type_write("book", Classic),
    type_write("document", Grant),
    type_write("journalArticle", SupplementaryItem),
    type_write("document", ModelOrObject),
];

/// Types of which the first column of names has the directors.
const DIRECTED: &[&str] = &["film", "videoRecording", "tvBroadcast", "radioBroadcast"];
/// Types of which it has the performers.
const PERFORMED: &[&str] = &["audioRecording"];
/// Types of whose columns `Series` is one.
const IN_SERIES: &[&str] = &["book", "bookSection", "conferencePaper", "dictionaryEntry", "encyclopediaArticle",
    "journalArticle", "preprint", "presentation", "thesis"];
const IN_CODE: &[&str] = &["bill", "statute"];
const OF_BODIES: &[&str] = &["hearing", "standard"];

const RULES: &[Rule] = &[
    both("Title", Field::Title, &TEXT),
    both("Short Title", Field::ShortTitle, &TEXT),
    // Contributors
    both("Author", Field::Director, &NAMES).on(DIRECTED),
    both("Author", Field::Performer, &NAMES).on(PERFORMED),
    both("Author", Field::Author, &NAMES).except(&["film", "videoRecording", "tvBroadcast", "radioBroadcast", "audioRecording"]),
    write("Author", Field::Author, &NAMES).on(DIRECTED).moves(Field::Director),
    write("Author", Field::Author, &NAMES).on(PERFORMED).moves(Field::Performer),
    both("Editor", Field::Editor, &NAMES),
    both("Series Editor", Field::CollectionEditor, &NAMES),
    both("Translator", Field::Translator, &NAMES),
    both("Attorney Agent", Field::Contributor, &ATTORNEYS),
    both("Commenter", Field::Contributor, &COMMENTERS),
    both("Cosponsor", Field::Contributor, &COSPONSORS),
    both("Counsel", Field::Contributor, &COUNSEL),
    both("Words By", Field::Contributor, &LYRICISTS),
    both("Contributor", Field::Contributor, &NAMES),
    both("Book Author", Field::ContainerAuthor, &NAMES),
    both("Cast Member", Field::Performer, &NAMES).except(PERFORMED),
    both("Composer", Field::Composer, &NAMES),
    both("Interviewer", Field::Interviewer, &NAMES),
    both("Producer", Field::Producer, &NAMES),
    both("Recipient", Field::Recipient, &NAMES),
    both("Reviewed Author", Field::ReviewedAuthor, &NAMES),
    both("Scriptwriter", Field::ScriptWriter, &NAMES),
    both("Guest", Field::Guest, &NAMES),
    both("Assignee", Field::Holder, &NAMES),
    // What it is in
    both("Reporter", Field::ContainerTitle, &TEXT).on(&["case"]),
    both("Code", Field::ContainerTitle, &TEXT).on(IN_CODE),
    both("Publication Title", Field::ContainerTitle, &TEXT).except(&["case", "bill", "statute"]),
    both("Journal Abbreviation", Field::ContainerShort, &TEXT),
    both("Series", Field::SeriesTitle, &TEXT).on(IN_SERIES),
    both("Series Title", Field::SeriesTitle, &TEXT).except(IN_SERIES),
    read("Series Title", Field::SeriesTitle, &TEXT),
    read("Series", Field::SeriesTitle, &TEXT),
    both("Series Number", Field::SeriesNumber, &NUMBER),
    both("Meeting Name", Field::EventTitle, &TEXT).on(&["presentation"]),
    both("Conference Name", Field::EventTitle, &TEXT).except(&["presentation"]),
    // Numbers
    both("Code Number", Field::Volume, &NUMBER).on(&["statute"]),
    both("Volume", Field::Volume, &NUMBER).except(&["statute"]),
    both("Issue", Field::Issue, &NUMBER),
    both("Number", Field::Number, &NUMBER),
    both("Number Of Volumes", Field::NumberOfVolumes, &NUMBER),
    both("Num Pages", Field::NumberOfPages, &NUMBER),
    both("Pages", Field::Pages, &PAGES),
    both("Edition", Field::Edition, &NUMBER),
    both("Version", Field::Version, &NUMBER),
    both("Application Number", Field::ApplicationNumber, &NUMBER),
    both("Running Time", Field::RunningTime, &TEXT),
    both("Scale", Field::Scale, &TEXT),
    both("Artwork Size", Field::Dimensions, &TEXT),
    // Dates
    read("Date/Publication Year", Field::Issued, &DATE_AND_YEAR),
    both("Date", Field::Issued, &DATE),
    read("Publication Year", Field::Issued, &YEAR),
    both("Access Date", Field::Accessed, &MOMENT),
    both("Date Added", Field::Created, &MOMENT),
    both("Date Modified", Field::Updated, &MOMENT),
    both("Filing Date", Field::Filed, &DATE),
    // Publication
    both("Publisher", Field::Publisher, &ROLE_OF_TYPE),
    both("Place", Field::EventPlace, &TEXT).on(&["presentation"]),
    both("Place", Field::Place, &TEXT).except(&["presentation"]),
    // Identifiers and addresses
    both("DOI", Field::Doi, &DOI),
    both("ISBN", Field::Isbn, &ISBN),
    both("ISSN", Field::Issn, &ISSN),
    both("Url", Field::Url, &ZOTERO_URL),
    both("File Attachments", Field::File, &FILES),
    read("Link Attachments", Field::Url, &FULL_TEXT),
    // Words
    both("Abstract Note", Field::Abstract, &PARAGRAPHS),
    both("Notes", Field::Annotation, &PARAGRAPHS),
    both("Extra", Field::Note, &NOTE),
    both("Manual Tags", Field::Keyword, &MANUAL_TAGS),
    both("Automatic Tags", Field::Keyword, &AUTOMATIC_TAGS),
    both("Type", Field::Genre, &TEXT),
    both("System", Field::Medium, &TEXT).on(&["computerProgram"]),
    both("Medium", Field::Medium, &TEXT).except(&["computerProgram"]),
    both("Language", Field::Language, &ONE_LANGUAGE),
    write("Language", Field::LangId, &BABEL).moves(Field::Language),
    both("Rights", Field::Rights, &TEXT),
    both("Archive", Field::Archive, &TEXT),
    both("Archive Location", Field::ArchiveLocation, &TEXT),
    both("Library Catalog", Field::Database, &TEXT),
    both("Call Number", Field::CallNumber, &TEXT),
    both("Legal Status", Field::Status, &TOKEN),
    both("Country", Field::Jurisdiction, &TEXT),
    both("Court", Field::Authority, &TEXT).on(&["case"]),
    both("Issuing Authority", Field::Authority, &TEXT).on(&["patent"]),
    both("Legislative Body", Field::Authority, &TEXT).except(&["case", "patent"]),
    both("References", Field::References, &TEXT).on(&["patent"]),
    both("History", Field::References, &TEXT).except(&["patent"]),
    both("Committee", Field::Section, &TEXT).on(OF_BODIES),
    both("Section", Field::Section, &TEXT).except(OF_BODIES),
    both("Session", Field::Session, &TEXT),
];

/// The publisher in the role that the item type gives him.
static ROLE_OF_TYPE: Codec = Codec {
    carries: Parts::ROLE,
    read: |raws, cx, values| {
        let role = role_of(cx.word);
        values.extend(raws.iter().map(|raw| Value::Publisher(Publisher { name: Text::plain(unescape(raw)), role })));
        true
    },
    write: |value, sink| {
        let Value::Publisher(publisher) = value else { return None };
        sink.put(0, escape_entities(&one_line(publisher.name.as_str())).into_owned());
        Some(if publisher.role == role_of(sink.word) { Parts::NONE } else { Parts::ROLE })
    },
    ..PUBLISHER
};

fn role_of(word: &str) -> PublisherRole {
    match word {
        "thesis" => PublisherRole::School,
        "report" => PublisherRole::Institution,
        "audioRecording" => PublisherRole::Label,
        "film" | "videoRecording" => PublisherRole::Distributor,
        "radioBroadcast" | "tvBroadcast" => PublisherRole::Network,
        "computerProgram" => PublisherRole::Company,
        "dataset" | "preprint" => PublisherRole::Repository,
        _ => PublisherRole::Publisher,
    }
}

const UNSUPPORTED: &[Field] = &[
    Field::Subtitle, Field::TitleAddon, Field::SortTitle, Field::IndexTitle, Field::TranslatedTitle,
    Field::VernacularTitle, Field::TransliteratedTitle, Field::AlternativeTitle, Field::ReprintTitle,
    Field::PartTitle, Field::OriginalAuthor, Field::Annotator, Field::Commentator, Field::Introduction,
    Field::Foreword, Field::Afterword, Field::Compiler, Field::Founder, Field::Continuator, Field::Redactor,
    Field::Reviser, Field::Collaborator, Field::Organizer, Field::Illustrator, Field::ExecutiveProducer,
    Field::Presenter, Field::Narrator, Field::Available, Field::Submitted, Field::EventDate, Field::OriginalDate,
    Field::Copyright, Field::Granted, Field::Priority, Field::Accepted, Field::Received, Field::Revised,
    Field::Decided, Field::Enacted, Field::Deposited, Field::Declared, Field::ContainerSubtitle,
    Field::ContainerAddon, Field::IssueTitle, Field::IssueSubtitle, Field::SetTitle, Field::SetSubtitle,
    Field::SetAddon, Field::SeriesShort, Field::SeriesOrdinal, Field::EventAddon, Field::EventShort,
    Field::EventNumber, Field::OriginalTitle, Field::OriginalPublisher, Field::OriginalPlace,
    Field::OriginalLanguage, Field::OriginalPublication, Field::ReviewedTitle, Field::ReviewedGenre,
    Field::IssueDesignation, Field::ArticleNumber, Field::Part, Field::Supplement, Field::Chapter, Field::Paragraph,
    Field::Printing, Field::Pagination, Field::BookPagination, Field::Pmid, Field::Pmcid, Field::Eprint,
    Field::Identifier, Field::Contents, Field::Script, Field::ArchiveCollection, Field::ArchivePlace,
    Field::DatabaseProvider, Field::Accession, Field::Affiliation, Field::Funding, Field::Contact, Field::KeyAlias,
    Field::Relation, Field::Flag,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_line_is_taken_apart_as_itself(raw in "(PMID|Citation Key|tex\\.a|x|Type|[:{} ]|: |a b c d|book){1,7}") {
            if is_one_line(&raw) {
                prop_assert!(!extra::split(&raw).0.is_empty());
                prop_assert_eq!(take_apart(&raw), raw.trim());
            }
        }
    }
}
