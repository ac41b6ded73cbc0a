//! The type words of RIS (`TY`) and what they stand for: sections 2.2, 2.4 and 2.5 of the mapping reference.
//!
//! Kinds and subtypes that share a type word are told apart by a second word in `M3`, which EndNote and others call the
//! type of work. What still cannot be told apart is refined from the other tags.

use crate::mapping::degrees::degree;
use crate::mapping::{Refined, Seen, TypeRule, Types, type_both, type_read, type_write};
use crate::record::Kind::{
    ArchivalCollection, ArticleJournal, ArticleMagazine, ArticleNewspaper, Artwork, Audio, Bill, BlogPost, Book,
    Broadcast, Chapter, Classic, Collection, ConferencePaper, Database, Dataset, Entry, EntryDictionary,
    EntryEncyclopedia, Event, Figure, Grant, Hearing, Interview, LegalCase, Legislation, Manual, Manuscript, Map, Misc,
    ModelOrObject, MusicalScore, Pamphlet, Patent, Performance, Periodical, PersonalCommunication, Post, Preprint,
    Presentation, Proceedings, ReferenceBook, Regulation, Report, Review, Software, Standard, SupplementaryItem,
    Thesis, Treaty, Video, Webpage,
};
use crate::record::identifier::{Serial, doi, preprint_server, serial_numbers};

/// The type words.
pub(super) const TYPES: Types = Types { rows: ROWS, names: NAMES, fallback: "GEN", mark_tag: Some("M3"), refine: Some(refine), guess: Some(guess) };

pub(super) const ROWS: &[TypeRule] = &[
    // Serials
    type_both("JOUR", ArticleJournal),
    type_both("JOUR", ArticleJournal).sub("article").marked("Article"),
    // So Scopus and others have it.
    type_both("JOUR", ArticleJournal).sub("review-article").marked("Review"),
    type_read("JOUR", ArticleJournal).sub("review-article").marked("Review article"),
    type_both("JOUR", ArticleJournal).sub("editorial").marked("Editorial"),
    type_both("JOUR", ArticleJournal).sub("letter").marked("Letter"),
    type_both("JOUR", ArticleJournal).sub("erratum").marked("Erratum"),
    type_both("JOUR", ArticleJournal).sub("retraction").marked("Retraction"),
    type_both("JOUR", ArticleJournal).sub("data-paper").marked("Data paper"),
    type_both("JOUR", ArticleJournal).sub("case-report").marked("Case report"),
    type_both("JOUR", ArticleJournal).sub("short-survey").marked("Short survey"),
    type_both("JOUR", ArticleJournal).sub("supplement").marked("Supplement"),
    type_both("JOUR", Review).marked("Review of a work"),
    type_both("JOUR", Review).sub("book").marked("Book review"),
    type_both("JOUR", Review).sub("performance").marked("Performance review"),
    type_both("JOUR", Review).sub("peer-review").marked("Peer review"),
    type_both("JOUR", SupplementaryItem).marked("Supplementary item"),
    type_both("JOUR", SupplementaryItem).sub("suppperiodical").marked("Supplement to a periodical"),
    type_both("JOUR", SupplementaryItem).sub("paratext").marked("Paratext"),
    type_both("JOUR", SupplementaryItem).sub("component").marked("Component"),
    type_both("ABST", ArticleJournal).sub("abstract"),
    type_read("EJOUR", ArticleJournal),
    type_read("INPR", ArticleJournal),
    type_read("JOURN", ArticleJournal),
    type_both("MGZN", ArticleMagazine),
    type_both("MGZN", ArticleMagazine).sub("column").marked("Column"),
    type_both("NEWS", ArticleNewspaper),
    type_both("NEWS", ArticleNewspaper).sub("op-ed").marked("Op-ed"),
    type_both("NEWS", ArticleNewspaper).sub("column").marked("Column"),
    type_both("NEWS", ArticleNewspaper).sub("obituary").marked("Obituary"),
    type_both("NEWS", ArticleNewspaper).sub("press-release").marked("Press release"),
    type_both("SER", Periodical),
    type_read("SER", Book),
    type_both("SER", Periodical).sub("journal").marked("Journal"),
    type_both("SER", Periodical).sub("magazine").marked("Magazine"),
    type_both("SER", Periodical).sub("newspaper").marked("Newspaper"),
    type_both("SER", Periodical).sub("volume").marked("Volume"),
    type_both("JFULL", Periodical).sub("issue"),
    // Books and their parts
    type_both("BOOK", Book),
    type_both("BOOK", Book).sub("monograph").marked("Monograph"),
    type_both("BOOK", Book).sub("textbook").marked("Textbook"),
    type_both("BOOK", Book).sub("audiobook").marked("Audiobook"),
    type_write("BOOK", Book).sub("edited"),
    type_both("BOOK", ReferenceBook).marked("Reference book"),
    type_both("BOOK", ReferenceBook).sub("dictionary").marked("Dictionary"),
    type_both("BOOK", ReferenceBook).sub("encyclopedia").marked("Encyclopedia"),
    type_both("BOOK", ReferenceBook).sub("handbook").marked("Handbook"),
    type_both("EBOOK", Book).sub("ebook"),
    type_both("CTLG", ReferenceBook).sub("catalogue"),
    type_both("EDBOOK", Collection),
    type_both("EDBOOK", Collection).sub("anthology").marked("Anthology"),
    type_both("EDBOOK", Collection).sub("festschrift").marked("Festschrift"),
    type_both("CHAP", Chapter),
    type_both("CHAP", Chapter).sub("part").marked("Part"),
    type_both("CHAP", Chapter).sub("section").marked("Section"),
    type_both("CHAP", Chapter).sub("supp").marked("Supplementary text"),
    type_both("CHAP", Chapter).sub("preface").marked("Preface"),
    type_both("CHAP", Chapter).sub("foreword").marked("Foreword"),
    type_both("CHAP", Chapter).sub("introduction").marked("Introduction"),
    type_both("CHAP", Chapter).sub("afterword").marked("Afterword"),
    type_both("CHAP", Chapter).sub("book-in-book").marked("Book in a book"),
    type_read("ECHAP", Chapter),
    type_both("DICT", EntryDictionary),
    type_both("ENCYC", EntryEncyclopedia),
    type_both("ENCYC", Entry).marked("Entry"),
    type_both("CLSWK", Classic),
    type_both("ANCIENT", Classic).sub("ancient"),
    type_both("PAMP", Pamphlet),
    type_both("PAMP", Pamphlet).sub("brochure").marked("Brochure"),
    // Conferences
    type_both("CONF", ConferencePaper),
    type_both("CONF", ConferencePaper).sub("poster-abstract").marked("Poster abstract"),
    type_both("CONF", ConferencePaper).sub("extended-abstract").marked("Extended abstract"),
    type_both("CONF", ConferencePaper).sub("keynote").marked("Keynote paper"),
    type_write("CONF", Proceedings),
    type_both("CPAPER", Presentation),
    type_read("CPAPER", ConferencePaper),
    type_both("CPAPER", Presentation).sub("speech").marked("Speech"),
    type_both("CPAPER", Presentation).sub("poster").marked("Poster"),
    type_both("CPAPER", Presentation).sub("lecture").marked("Lecture"),
    type_both("CPAPER", Presentation).sub("keynote").marked("Keynote"),
    type_both("SLIDE", Presentation).sub("slides"),
    // Academic and grey
    type_both("THES", Thesis),
    type_both("THES", Thesis).sub("phd").marked("PhD thesis"),
    type_both("THES", Thesis).sub("masters").marked("Master's thesis"),
    type_both("THES", Thesis).sub("bachelors").marked("Bachelor's thesis"),
    type_both("THES", Thesis).sub("diploma").marked("Diploma thesis"),
    type_both("THES", Thesis).sub("habilitation").marked("Habilitation thesis"),
    type_both("THES", Thesis).sub("licentiate").marked("Licentiate thesis"),
    type_both("THES", Thesis).sub("candidate").marked("Candidate thesis"),
    type_both("RPRT", Report),
    type_both("RPRT", Report).sub("technical").marked("Technical report"),
    type_both("RPRT", Report).sub("working-paper").marked("Working paper"),
    type_both("RPRT", Report).sub("white-paper").marked("White paper"),
    type_both("RPRT", Report).sub("research").marked("Research report"),
    type_both("RPRT", Report).sub("deliverable").marked("Deliverable"),
    type_both("RPRT", Report).sub("press-release").marked("Press release"),
    type_both("RPRT", Manual).marked("Manual"),
    type_both("GOVDOC", Report).sub("government"),
    type_read("PRESS", Report).sub("press-release"),
    type_both("STAND", Standard),
    type_both("STAND", Standard).sub("iso").marked("ISO standard"),
    type_both("STAND", Standard).sub("rfc").marked("RFC"),
    type_both("STAND", Standard).sub("draft").marked("Draft standard"),
    type_read("STD", Standard),
    type_both("PAT", Patent),
    type_both("PAT", Patent).sub("patent").marked("Patent"),
    type_both("PAT", Patent).sub("application").marked("Patent application"),
    type_both("PAT", Patent).sub("utility-model").marked("Utility model"),
    type_both("PAT", Patent).sub("design").marked("Design patent"),
    type_both("MANSCPT", Manuscript),
    type_both("MANSCPT", Manuscript).sub("typescript").marked("Typescript"),
    type_both("MANSCPT", Manuscript).sub("in-preparation").marked("In preparation"),
    type_both("MANSCPT", Manuscript).sub("submitted").marked("Submitted"),
    type_both("MANSCPT", Manuscript).sub("early-manuscript").marked("Early manuscript"),
    type_both("MANSCPT", ArchivalCollection).marked("Archival collection"),
    type_both("MANSCPT", ArchivalCollection).sub("finding-aid").marked("Finding aid"),
    type_read("UNPB", Manuscript),
    type_read("UNPD", Manuscript),
    type_both("UNPB", Preprint).marked("Preprint"),
    type_both("UNPB", Preprint).sub("working-paper").marked("Working paper"),
    type_both("UNPB", Preprint).sub("e-print").marked("E-print"),
    type_read("UNPD", Preprint).marked("Preprint"),
    type_both("GRANT", Grant),
    type_both("GRANT", Grant).sub("project").marked("Project"),
    type_read("GRNT", Grant),
    // Data and code
    type_both("DATA", Dataset),
    type_both("DATA", Dataset).sub("table").marked("Table"),
    type_both("DATA", Dataset).sub("collection").marked("Collection"),
    type_both("DATA", Dataset).sub("model-output").marked("Model output"),
    type_both("DBASE", Database),
    type_both("AGGR", Database).sub("aggregated"),
    type_both("COMP", Software),
    type_both("COMP", Software).sub("version").marked("Software version"),
    type_both("COMP", Software).sub("module").marked("Software module"),
    type_both("COMP", Software).sub("code-fragment").marked("Code fragment"),
    type_both("COMP", Software).sub("container").marked("Software container"),
    type_both("COMP", Software).sub("workflow").marked("Workflow"),
    type_both("COMP", Software).sub("notebook").marked("Notebook"),
    type_both("COMP", Software).sub("hardware").marked("Hardware"),
    // Web and messages
    type_both("ELEC", Webpage),
    type_both("ELEC", Webpage).sub("website").marked("Website"),
    type_both("ELEC", Webpage).sub("faq").marked("FAQ"),
    type_read("WEB", Webpage),
    type_both("BLOG", BlogPost),
    type_both("PCOMM", PersonalCommunication),
    type_both("PCOMM", PersonalCommunication).sub("letter").marked("Letter"),
    type_both("PCOMM", PersonalCommunication).sub("conversation").marked("Conversation"),
    type_both("PCOMM", PersonalCommunication).sub("fax").marked("Fax"),
    type_both("PCOMM", Interview).marked("Interview"),
    type_both("ICOMM", PersonalCommunication).sub("email"),
    type_both("ICOMM", PersonalCommunication).sub("message").marked("Message"),
    type_both("ICOMM", Post).marked("Post"),
    type_both("ICOMM", Post).sub("forum").marked("Forum post"),
    type_both("ICOMM", Post).sub("social").marked("Social media post"),
    type_both("ICOMM", Post).sub("comment").marked("Comment"),
    // Legal
    type_both("CASE", LegalCase),
    type_both("CASE", LegalCase).sub("brief").marked("Brief"),
    type_both("CASE", LegalCase).sub("opinion").marked("Opinion"),
    type_both("STAT", Legislation),
    type_both("STAT", Legislation).sub("statute").marked("Statute"),
    type_both("STAT", Legislation).sub("constitution").marked("Constitution"),
    type_both("BILL", Bill),
    type_both("BILL", Bill).sub("resolution").marked("Resolution"),
    type_both("UNBILL", Bill).sub("unenacted"),
    type_both("LEGAL", Regulation),
    type_both("LEGAL", Regulation).sub("executive-order").marked("Executive order"),
    type_both("LEGAL", Regulation).sub("gazette").marked("Gazette"),
    type_both("LEGAL", Treaty).marked("Treaty"),
    type_read("LEGAL", Legislation).marked("Statute"),
    type_both("HEAR", Hearing),
    type_both("HEAR", Hearing).sub("transcript").marked("Transcript"),
    // Visual
    type_both("ART", Artwork),
    type_both("ART", Artwork).sub("image").marked("Image"),
    type_both("ART", Artwork).sub("photograph").marked("Photograph"),
    type_both("ART", Artwork).sub("sculpture").marked("Sculpture"),
    type_both("FIGURE", Figure),
    type_both("CHART", Figure).sub("chart"),
    type_both("CHART", Figure).sub("table").marked("Table"),
    type_both("EQUA", Figure).sub("equation"),
    type_both("MAP", Map),
    type_both("MAP", Map).sub("atlas-sheet").marked("Atlas sheet"),
    // Sound and film
    type_both("VIDEO", Video),
    type_both("VIDEO", Video).sub("video").marked("Video"),
    type_both("VIDEO", Video).sub("short").marked("Short film"),
    type_both("VIDEO", Video).sub("scene").marked("Scene"),
    type_both("MPCT", Video).sub("film"),
    type_read("ADVS", Video),
    type_both("MULTI", Video).sub("multimedia"),
    type_both("MPCT", Broadcast).marked("Broadcast"),
    type_both("MPCT", Broadcast).sub("tv").marked("Television broadcast"),
    type_both("SOUND", Audio),
    type_both("SOUND", Audio).sub("music").marked("Music recording"),
    type_both("SOUND", Audio).sub("spoken").marked("Spoken word"),
    type_both("SOUND", Audio).sub("audiobook").marked("Audiobook"),
    type_both("SOUND", Broadcast).sub("radio").marked("Radio broadcast"),
    type_both("SOUND", Broadcast).sub("podcast").marked("Podcast"),
    type_both("MUSIC", MusicalScore),
    // Anything else
    type_both("GEN", Misc),
    type_both("GEN", Misc).sub("document").marked("Document"),
    type_both("GEN", Performance).marked("Performance"),
    type_both("GEN", Performance).sub("theatre").marked("Theatre performance"),
    type_both("GEN", Performance).sub("dance").marked("Dance performance"),
    type_both("GEN", Performance).sub("concert").marked("Concert"),
    type_both("GEN", Event).marked("Event"),
    type_both("GEN", Event).sub("conference").marked("Conference"),
    type_both("GEN", Event).sub("exhibition").marked("Exhibition"),
    type_both("GEN", ModelOrObject).marked("Object"),
    type_both("GEN", ModelOrObject).sub("instrument").marked("Instrument"),
    type_both("GEN", ModelOrObject).sub("specimen").marked("Specimen"),
    type_both("GEN", ModelOrObject).sub("service").marked("Service"),
    type_both("GEN", ModelOrObject).sub("model").marked("Model"),
    type_both("GEN", ModelOrObject).sub("award").marked("Award"),
    type_both("GEN", ModelOrObject).sub("output-management-plan").marked("Output management plan"),
    type_both("GEN", ModelOrObject).sub("study-registration").marked("Study registration"),
    type_read("GEN", Preprint).marked("Preprint"),
];

/// The names of types: EndNote's reference types, Reference Manager's, and those of other vocabularies whose words some
/// tools write behind `TY`. Names that could be several types are missing.
const NAMES: &[(&str, &str)] = &[
    ("abstract", "ABST"),
    ("aggregateddatabase", "AGGR"),
    ("ancienttext", "ANCIENT"),
    ("article", "JOUR"),
    ("articlejournal", "JOUR"),
    ("articlemagazine", "MGZN"),
    ("articlenewspaper", "NEWS"),
    ("artwork", "ART"),
    ("audiovisualmaterial", "ADVS"),
    ("blogpost", "BLOG"),
    ("bookchapter", "CHAP"),
    ("booksection", "CHAP"),
    ("catalog", "CTLG"),
    ("catalogue", "CTLG"),
    ("chapter", "CHAP"),
    ("chartortable", "CHART"),
    ("classicalwork", "CLSWK"),
    ("computerprogram", "COMP"),
    ("conferencearticle", "CONF"),
    ("conferencepaper", "CONF"),
    ("conferenceproceeding", "CONF"),
    ("conferenceproceedings", "CONF"),
    ("datafile", "DATA"),
    ("dataset", "DATA"),
    ("dictionary", "DICT"),
    ("dictionaryentry", "DICT"),
    ("dissertation", "THES"),
    ("editedbook", "EDBOOK"),
    ("electronicarticle", "EJOUR"),
    ("electronicbook", "EBOOK"),
    ("electronicbooksection", "ECHAP"),
    ("electronicsource", "ELEC"),
    ("encyclopedia", "ENCYC"),
    ("encyclopediaarticle", "ENCYC"),
    ("equation", "EQUA"),
    ("filmorbroadcast", "MPCT"),
    ("generic", "GEN"),
    ("governmentdocument", "GOVDOC"),
    ("hearing", "HEAR"),
    ("inbook", "CHAP"),
    ("incollection", "CHAP"),
    ("inproceedings", "CONF"),
    ("internetcommunication", "ICOMM"),
    ("inpress", "INPR"),
    ("journal", "JOUR"),
    ("journalarticle", "JOUR"),
    ("journalfull", "JFULL"),
    ("legalruleorregulation", "LEGAL"),
    ("magazinearticle", "MGZN"),
    ("manuscript", "MANSCPT"),
    ("mastersthesis", "THES"),
    ("monograph", "BOOK"),
    ("motionpicture", "MPCT"),
    ("musicscore", "MUSIC"),
    ("newspaper", "NEWS"),
    ("newspaperarticle", "NEWS"),
    ("onlinedatabase", "DBASE"),
    ("onlinemultimedia", "MULTI"),
    ("pamphlet", "PAMP"),
    ("paperconference", "CONF"),
    ("patent", "PAT"),
    ("personalcommunication", "PCOMM"),
    ("phdthesis", "THES"),
    ("proceedingsarticle", "CONF"),
    ("report", "RPRT"),
    ("reviewarticle", "JOUR"),
    ("serial", "SER"),
    ("serialpublication", "SER"),
    ("software", "COMP"),
    ("soundrecording", "SOUND"),
    ("standard", "STAND"),
    ("statute", "STAT"),
    ("techreport", "RPRT"),
    ("thesis", "THES"),
    ("thesisdissertation", "THES"),
    ("unenactedbill", "UNBILL"),
    ("unpublished", "UNPB"),
    ("unpublishedwork", "UNPB"),
    ("videorecording", "VIDEO"),
    ("webpage", "ELEC"),
    ("website", "ELEC"),
    ("wholebook", "BOOK"),
];

/// What a record without `TY` is, by the tags that it has.
fn guess(seen: &Seen<'_>) -> Option<&'static str> {
    let serial = |tag: &str| seen.get(tag).is_some_and(|raw| matches!(serial_numbers(raw).first(), Some(Serial::Issn(_))));
    let book = |tag: &str| seen.get(tag).is_some_and(|raw| matches!(serial_numbers(raw).first(), Some(Serial::Isbn(_))));
    let container = seen.any(&["T2", "JF", "JO", "J2", "BT"]);
    if ["M3", "M1", "VL"].iter().any(|tag| seen.get(tag).and_then(degree).is_some()) {
        Some("THES")
    } else if seen.has("C3") && seen.has("T2") {
        Some("CONF")
    } else if (seen.has("BT") || book("SN")) && seen.has("SP") && container {
        Some("CHAP")
    } else if seen.any(&["JF", "JO", "J2"]) || serial("SN") || (container && seen.any(&["VL", "IS", "SP"])) {
        Some("JOUR")
    } else if seen.has("BT") || book("SN") || (seen.has("PB") && seen.any(&["CY", "ET"])) {
        Some("BOOK")
    } else if seen.any(&["UR", "LK"]) && !seen.any(&["PB", "SN", "DO", "T2"]) {
        Some("ELEC")
    } else {
        None
    }
}

/// Section 2.5: what the other tags say of the kind.
fn refine(word: &str, base: Refined, seen: &Seen<'_>) -> Refined {
    let is = |other: &str| word.eq_ignore_ascii_case(other);
    match base {
        (ConferencePaper, None) if is("CONF") && is_proceedings(seen) => (Proceedings, None),
        (Presentation, None) if is("CPAPER") && seen.any(&["C3", "BT", "JO", "JF", "SP"]) => (ConferencePaper, None),
        (Book, None) if is("BOOK") && is_edited(seen) => (Book, Some("edited")),
        (Manuscript, None) if (is("UNPB") || is("UNPD")) && is_preprint(seen) => (Preprint, None),
        (Misc, None) if is("GEN") && is_preprint(seen) => (Preprint, None),
        (PersonalCommunication, Some("email")) if seen.has("UR") && seen.has("T2") => (Post, None),
        (Periodical, None) if is("SER") && is_book(seen) => (Book, None),
        (ArticleJournal, None | Some("review-article")) if is("JOUR") && seen.has("RI") => (Review, None),
        (Thesis, None) => (Thesis, ["VL", "M3", "M1"].iter().filter_map(|tag| seen.get(tag)).find_map(degree)),
        (Regulation, None) if mark_says(seen, &["treaty"]) => (Treaty, None),
        (Regulation, None) if mark_says(seen, &["statute"]) => (Legislation, None),
        (Video, Some("film")) if mark_says(seen, &["tv", "television"]) => (Broadcast, Some("tv")),
        (Video, Some("film")) if mark_says(seen, &["broadcast", "episode"]) => (Broadcast, None),
        (Audio, None) if mark_says(seen, &["radio"]) => (Broadcast, Some("radio")),
        (Audio, None) if mark_says(seen, &["podcast"]) => (Broadcast, Some("podcast")),
        (PersonalCommunication, None) if is("PCOMM") && mark_says(seen, &["interview"]) => (Interview, None),
        _ => base,
    }
}

/// Whether the first `M3` has one of these words (in lower case).
pub(super) fn mark_says(seen: &Seen<'_>, words: &[&str]) -> bool {
    let Some(mark) = seen.get("M3").filter(|mark| mark.len() <= 80) else { return false };
    mark.split(|c: char| !c.is_alphanumeric()).any(|word| words.iter().any(|it| it.eq_ignore_ascii_case(word)))
}

/// A whole volume has editors and no authors, or the title of the proceedings for its own; or nothing that a paper
/// would have: neither author nor container nor pages.
fn is_proceedings(seen: &Seen<'_>) -> bool {
    const CONTAINERS: [&str; 5] = ["T2", "C3", "BT", "JF", "JO"];
    let no_author = !seen.any(&["AU", "A1"]);
    let own_title = |title: &str| ["T2", "C3", "BT"].iter().any(|tag| seen.get(tag) == Some(title));
    (no_author && seen.any(&["ED", "A2", "A3"]))
        || ["TI", "T1"].iter().filter_map(|tag| seen.get(tag)).any(own_title)
        || (no_author && !seen.any(&CONTAINERS) && !seen.has("SP"))
}

fn is_edited(seen: &Seen<'_>) -> bool {
    !seen.any(&["AU", "A1"]) && (seen.any(&["ED", "A3"]) || (super::map::is_2001(seen) && seen.has("A2")))
}

/// A serial with an author and a publisher and no sign of being one.
fn is_book(seen: &Seen<'_>) -> bool {
    seen.any(&["AU", "A1"]) && seen.has("PB") && !seen.any(&["T2", "JF", "JO", "IS", "CP", "SP", "VL", "C2"])
}

fn is_preprint(seen: &Seen<'_>) -> bool {
    let doi_of_one = |raw: &str| doi(raw).is_some_and(|doi| preprint_server(&doi).is_some());
    mark_says(seen, &["preprint"])
        || ["DO", "DI"].iter().filter_map(|tag| seen.get(tag)).any(doi_of_one)
        || seen.get("UR").is_some_and(|url| doi_of_one(url) || preprint_server(url).is_some())
}
