//! Entry types and kinds: sections 2.1, 2.4 and 2.5 of the mapping reference.
//!
//! Both dialects read the same words; they differ in what they write. BibTeX has the fourteen types of its standard
//! styles, so most kinds become `misc` there and are reported as narrowed; BibLaTeX tells kinds of one type apart by
//! `entrysubtype`. Entry types that its data model gives no fields, not even a title (`video`, `legislation` …), are
//! read, and written back where they stood; records of other formats become `misc` with the word as `entrysubtype`.

use super::codec::text_of;
use super::identifiers::in_journal;
use super::links::link;
use crate::mapping::{Refined, Seen, TypeRule, Types, type_both, type_read, type_write, union};
use crate::record::Kind;
use crate::record::identifier::{arxiv, preprint_server};

/// The types of serials and what is in them.
pub(super) const ARTICLES: &[&str] =
    &["article", "review", "suppperiodical", "newsarticle", "magazine_article", "newspaper_article", "magazine", "newspaper",
      "bookinarticle"];
/// The types whose `number` is an issue.
pub(super) const SERIALS: &[&str] = &union::<{ ARTICLES.len() + 1 }>(&[ARTICLES, &["periodical"]]);
/// The types whose `number` is a number in a series.
pub(super) const BOOKS: &[&str] = &[
    "book",
    "mvbook",
    "booklet",
    "collection",
    "mvcollection",
    "reference",
    "mvreference",
    "proceedings",
    "mvproceedings",
    "manual",
    "commentary",
    "commented",
    "inbook",
    "incollection",
    "book_section",
    "bookinbook",
    "bookinincollection",
    "suppbook",
    "suppcollection",
    "inproceedings",
    "conference",
    "inreference",
];
/// The types of theses.
pub(super) const THESES: &[&str] =
    &["phdthesis", "mastersthesis", "masterthesis", "thesis", "dissertation", "bachelorsthesis", "diplomathesis",
      "mathesis", "bathesis", "jurthesis", "candthesis", "docthesis"];
/// The types of reports.
pub(super) const REPORTS: &[&str] = &["techreport", "report", "workingpaper", "deliverable"];
/// The types of conferences and what was said there.
pub(super) const CONFERENCES: &[&str] = &["inproceedings", "conference", "proceedings", "mvproceedings"];
/// The types of law, whose institution is a court or a parliament.
pub(super) const LAW: &[&str] =
    &["jurisdiction", "legislation", "legal", "legmaterial", "legadminmaterial", "constitution"];

/// The types whose `number` is neither an issue nor in a series but another row's, and those of series.
pub(super) const NO_NUMBER: &[&str] = &union::<{ SERIALS.len() + BOOKS.len() }>(&[SERIALS, BOOKS]);
/// The types whose institution is not that of a report.
pub(super) const NO_INSTITUTION: &[&str] = &union::<{ THESES.len() + LAW.len() }>(&[THESES, LAW]);

/// The rows of one dialect before those that both read.
macro_rules! types {
    ($($row:expr,)*) => { &[$($row,)*
        type_read("article", Kind::ArticleMagazine).marked("magazine"),
        type_read("article", Kind::ArticleNewspaper).marked("newspaper"),
        type_read("article", Kind::SupplementaryItem).marked("suppperiodical"),
        type_read("article", Kind::Review).marked("review"),
        type_read("article", Kind::ArticleJournal),
        type_read("review", Kind::Review),
        type_read("suppperiodical", Kind::SupplementaryItem),
        type_read("newsarticle", Kind::ArticleNewspaper),
        type_read("newspaper_article", Kind::ArticleNewspaper),
        type_read("magazine_article", Kind::ArticleMagazine),
        // As `apacite` has them.
        type_read("magazine", Kind::ArticleMagazine),
        type_read("newspaper", Kind::ArticleNewspaper),
        type_read("periodical", Kind::Periodical),
        type_read("book", Kind::MusicalScore).marked("score"),
        type_read("book", Kind::Classic).marked("classical"),
        type_read("book", Kind::Book),
        type_read("mvbook", Kind::Book),
        type_read("commentary", Kind::Book),
        type_read("commented", Kind::Book),
        type_read("booklet", Kind::Pamphlet),
        type_read("collection", Kind::Collection),
        type_read("mvcollection", Kind::Collection),
        type_read("reference", Kind::ReferenceBook),
        type_read("mvreference", Kind::ReferenceBook),
        type_read("proceedings", Kind::Proceedings),
        type_read("mvproceedings", Kind::Proceedings),
        type_read("manual", Kind::Manual),
        type_read("inbook", Kind::Chapter),
        type_read("incollection", Kind::Chapter),
        type_read("book_section", Kind::Chapter),
        type_read("bookinbook", Kind::Chapter).sub("book-in-book"),
        // Old works that were edited within others, as `biblatex-bookinother` has them.
        type_read("bookinincollection", Kind::Chapter).sub("book-in-book"),
        type_read("bookinarticle", Kind::ArticleJournal),
        type_read("suppbook", Kind::Chapter).sub("supp"),
        type_read("suppcollection", Kind::Chapter).sub("supp"),
        type_read("inproceedings", Kind::ConferencePaper),
        type_read("conference", Kind::ConferencePaper),
        type_read("inreference", Kind::EntryDictionary).marked("dictionary"),
        type_read("inreference", Kind::Entry).marked("entry"),
        type_read("inreference", Kind::EntryEncyclopedia),
        type_read("phdthesis", Kind::Thesis).sub("phd"),
        type_read("dissertation", Kind::Thesis).sub("phd"),
        type_read("mastersthesis", Kind::Thesis).sub("masters"),
        type_read("masterthesis", Kind::Thesis).sub("masters"),
        type_read("bachelorsthesis", Kind::Thesis).sub("bachelors"),
        type_read("diplomathesis", Kind::Thesis).sub("diploma"),
        // BibLaTeX's keys for degrees as types, and the dissertations of lawyers in `jurabib`.
        type_read("mathesis", Kind::Thesis).sub("masters"),
        type_read("bathesis", Kind::Thesis).sub("bachelors"),
        type_read("jurthesis", Kind::Thesis).sub("phd"),
        type_read("candthesis", Kind::Thesis).sub("candidate"),
        type_read("docthesis", Kind::Thesis),
        type_read("thesis", Kind::Thesis),
        type_read("techreport", Kind::Report),
        type_read("report", Kind::Report),
        type_read("workingpaper", Kind::Report).sub("working-paper"),
        type_read("deliverable", Kind::Report).sub("deliverable"),
        type_read("standard", Kind::Standard),
        type_read("patent", Kind::Patent),
        type_read("online", Kind::BlogPost).marked("blogpost"),
        type_read("online", Kind::Post).marked("post"),
        type_read("online", Kind::Webpage),
        type_read("www", Kind::Webpage),
        type_read("electronic", Kind::Webpage),
        type_read("webpage", Kind::Webpage),
        type_read("web_page", Kind::Webpage),
        type_read("website", Kind::Webpage).sub("website"),
        type_read("preprint", Kind::Preprint),
        type_read("dataset", Kind::Database).marked("database"),
        type_read("dataset", Kind::Dataset),
        type_read("data", Kind::Dataset),
        type_read("software", Kind::Software),
        type_read("program", Kind::Software),
        type_read("softwareversion", Kind::Software).sub("version"),
        type_read("softwaremodule", Kind::Software).sub("module"),
        type_read("codefragment", Kind::Software).sub("code-fragment"),
        type_read("unpublished", Kind::Manuscript),
        type_read("talk", Kind::Presentation),
        type_read("presentation", Kind::Presentation),
        type_read("lecture", Kind::Presentation),
        type_read("poster", Kind::Presentation).sub("poster"),
        type_read("letter", Kind::PersonalCommunication).sub("email").marked("email"),
        type_read("letter", Kind::PersonalCommunication).sub("message").marked("message"),
        type_read("letter", Kind::PersonalCommunication),
        type_read("interview", Kind::Interview),
        type_read("jurisdiction", Kind::Hearing).marked("hearing"),
        type_read("jurisdiction", Kind::LegalCase),
        type_read("legislation", Kind::Bill).marked("bill"),
        type_read("legislation", Kind::Regulation).marked("regulation"),
        type_read("legislation", Kind::Legislation),
        type_read("legal", Kind::Treaty),
        type_read("legmaterial", Kind::Bill),
        type_read("legadminmaterial", Kind::Regulation),
        type_read("constitution", Kind::Legislation).sub("constitution"),
        type_read("artwork", Kind::Artwork),
        type_read("image", Kind::Artwork).sub("image").marked("image"),
        type_read("image", Kind::Artwork).sub("photograph").marked("photograph"),
        type_read("image", Kind::Figure).marked("figure"),
        type_read("image", Kind::Artwork),
        type_read("map", Kind::Map),
        type_read("movie", Kind::Video).sub("film"),
        type_read("film", Kind::Video).sub("film"),
        type_read("video", Kind::Broadcast).sub("tv").marked("tv"),
        type_read("video", Kind::Video),
        type_read("audio", Kind::Broadcast).sub("radio").marked("radio"),
        type_read("audio", Kind::Broadcast).sub("podcast").marked("podcast"),
        type_read("audio", Kind::Audio),
        type_read("music", Kind::Audio).sub("music"),
        type_read("performance", Kind::Performance),
        type_read("grant", Kind::Grant),
        type_read("misc", Kind::Interview).marked("interview"),
        type_read("misc", Kind::Map).marked("map"),
        type_read("misc", Kind::Event).marked("event"),
        type_read("misc", Kind::ArchivalCollection).marked("archive"),
        type_read("misc", Kind::Grant).marked("grant"),
        type_read("misc", Kind::Broadcast).marked("broadcast"),
        type_read("misc", Kind::ModelOrObject).sub("instrument").marked("instrument"),
        type_read("misc", Kind::ModelOrObject).sub("specimen").marked("specimen"),
        type_read("misc", Kind::ModelOrObject).sub("service").marked("service"),
        type_read("misc", Kind::ModelOrObject).sub("model").marked("model"),
        type_read("misc", Kind::ModelOrObject).sub("award").marked("award"),
        type_read("misc", Kind::ModelOrObject).sub("output-management-plan").marked("output-management-plan"),
        type_read("misc", Kind::ModelOrObject).sub("study-registration").marked("study-registration"),
        type_read("misc", Kind::ModelOrObject).marked("object"),
        type_read("misc", Kind::Standard).marked("standard"),
        type_read("misc", Kind::PersonalCommunication).marked("letter"),
        type_read("misc", Kind::PersonalCommunication).sub("email").marked("email"),
        type_read("misc", Kind::PersonalCommunication).sub("message").marked("message"),
        type_read("misc", Kind::LegalCase).marked("jurisdiction"),
        type_read("misc", Kind::Hearing).marked("hearing"),
        type_read("misc", Kind::Legislation).marked("legislation"),
        type_read("misc", Kind::Bill).marked("bill"),
        type_read("misc", Kind::Regulation).marked("regulation"),
        type_read("misc", Kind::Treaty).marked("legal"),
        type_read("misc", Kind::Artwork).marked("artwork"),
        type_read("misc", Kind::Artwork).sub("image").marked("image"),
        type_read("misc", Kind::Artwork).sub("photograph").marked("photograph"),
        type_read("misc", Kind::Figure).marked("figure"),
        type_read("misc", Kind::Video).marked("video"),
        type_read("misc", Kind::Video).sub("film").marked("movie"),
        type_read("misc", Kind::Broadcast).sub("tv").marked("tv"),
        type_read("misc", Kind::Broadcast).sub("radio").marked("radio"),
        type_read("misc", Kind::Broadcast).sub("podcast").marked("podcast"),
        type_read("misc", Kind::Audio).marked("audio"),
        type_read("misc", Kind::Audio).sub("music").marked("music"),
        type_read("misc", Kind::Performance).marked("performance"),
        type_read("misc", Kind::Misc),
        type_read("generic", Kind::Misc),
        type_read("other", Kind::Misc),
        type_read("unknown", Kind::Misc),
        type_read("nonstandard", Kind::Misc),
        type_read("nameonly", Kind::Misc),
        type_read("set", Kind::Misc),
        type_read("bibnote", Kind::Misc),
        type_read("customa", Kind::Misc),
        type_read("customb", Kind::Misc),
        type_read("customc", Kind::Misc),
        type_read("customd", Kind::Misc),
        type_read("custome", Kind::Misc),
        type_read("customf", Kind::Misc),
        // What other fields refine goes back under the word it came with.
        type_read("misc", Kind::Webpage),
        type_read("misc", Kind::Preprint),
        type_read("article", Kind::Preprint),
        type_read("online", Kind::Preprint),
        type_read("unpublished", Kind::Presentation),
        type_read("techreport", Kind::Standard),
        type_read("report", Kind::Standard),
    ] };
}

pub(super) const BIBTEX_ROWS: &[TypeRule] = types![
    type_both("article", Kind::ArticleJournal),
    type_both("book", Kind::Book),
    type_both("incollection", Kind::Chapter),
    type_both("inproceedings", Kind::ConferencePaper),
    type_both("proceedings", Kind::Proceedings),
    type_both("phdthesis", Kind::Thesis).sub("phd"),
    type_both("mastersthesis", Kind::Thesis).sub("masters"),
    type_write("mastersthesis", Kind::Thesis).sub("bachelors"),
    type_write("mastersthesis", Kind::Thesis).sub("diploma"),
    type_write("mastersthesis", Kind::Thesis).sub("licentiate"),
    type_write("phdthesis", Kind::Thesis),
    type_both("techreport", Kind::Report),
    type_both("manual", Kind::Manual),
    type_both("unpublished", Kind::Manuscript),
    type_both("booklet", Kind::Pamphlet),
    type_both("misc", Kind::Misc),
    // Written only for what was one, where links are kept.
    type_both("xdata", Kind::Misc),
    type_write("article", Kind::ArticleMagazine),
    type_write("article", Kind::ArticleNewspaper),
    type_write("article", Kind::Review),
    type_write("article", Kind::SupplementaryItem),
    type_write("book", Kind::Collection),
    type_write("book", Kind::ReferenceBook),
    type_write("book", Kind::Classic),
    type_write("incollection", Kind::EntryDictionary),
    type_write("incollection", Kind::EntryEncyclopedia),
    type_write("incollection", Kind::Entry),
    type_write("techreport", Kind::Standard),
    type_write("unpublished", Kind::Presentation),
    type_write("misc", Kind::Preprint),
    type_write("misc", Kind::Periodical),
    type_write("misc", Kind::Patent),
    type_write("misc", Kind::Dataset),
    type_write("misc", Kind::Database),
    type_write("misc", Kind::Software),
    type_write("misc", Kind::Webpage),
    type_write("misc", Kind::BlogPost),
    type_write("misc", Kind::Post),
    type_write("misc", Kind::PersonalCommunication),
    type_write("misc", Kind::Interview),
    type_write("misc", Kind::LegalCase),
    type_write("misc", Kind::Legislation),
    type_write("misc", Kind::Bill),
    type_write("misc", Kind::Regulation),
    type_write("misc", Kind::Hearing),
    type_write("misc", Kind::Treaty),
    type_write("misc", Kind::Artwork),
    type_write("misc", Kind::Figure),
    type_write("misc", Kind::Map),
    type_write("misc", Kind::Video),
    type_write("misc", Kind::Broadcast),
    type_write("misc", Kind::Audio),
    type_write("misc", Kind::MusicalScore),
    type_write("misc", Kind::Performance),
    type_write("misc", Kind::Event),
    type_write("misc", Kind::ArchivalCollection),
    type_write("misc", Kind::Grant),
    type_write("misc", Kind::ModelOrObject),
];

pub(super) const BIBLATEX_ROWS: &[TypeRule] = types![
    type_both("article", Kind::ArticleJournal),
    type_both("article", Kind::ArticleMagazine).marked("magazine"),
    type_both("article", Kind::ArticleNewspaper).marked("newspaper"),
    type_both("inproceedings", Kind::ConferencePaper),
    type_both("book", Kind::Book),
    type_both("incollection", Kind::Chapter),
    type_both("bookinbook", Kind::Chapter).sub("book-in-book"),
    type_both("suppbook", Kind::Chapter).sub("supp"),
    type_both("proceedings", Kind::Proceedings),
    type_both("thesis", Kind::Thesis),
    type_both("report", Kind::Report),
    type_both("online", Kind::Webpage),
    type_both("online", Kind::BlogPost).marked("blogpost"),
    type_both("online", Kind::Post).marked("post"),
    type_write("online", Kind::Preprint),
    type_both("misc", Kind::Misc),
    // Written only for what was one, where links are kept.
    type_both("xdata", Kind::Misc),
    type_both("periodical", Kind::Periodical),
    type_both("collection", Kind::Collection),
    type_both("reference", Kind::ReferenceBook),
    type_both("inreference", Kind::EntryEncyclopedia),
    type_both("inreference", Kind::EntryDictionary).marked("dictionary"),
    type_both("inreference", Kind::Entry).marked("entry"),
    type_both("manual", Kind::Manual),
    type_both("misc", Kind::Standard).marked("standard"),
    type_both("patent", Kind::Patent),
    type_both("dataset", Kind::Dataset),
    type_both("dataset", Kind::Database).marked("database"),
    type_both("software", Kind::Software),
    type_write("unpublished", Kind::Presentation),
    type_both("unpublished", Kind::Manuscript),
    type_both("booklet", Kind::Pamphlet),
    type_both("misc", Kind::PersonalCommunication).marked("letter"),
    type_both("misc", Kind::PersonalCommunication).sub("email").marked("email"),
    type_both("misc", Kind::PersonalCommunication).sub("message").marked("message"),
    type_both("misc", Kind::Interview).marked("interview"),
    type_both("misc", Kind::LegalCase).marked("jurisdiction"),
    type_both("misc", Kind::Hearing).marked("hearing"),
    type_both("misc", Kind::Legislation).marked("legislation"),
    type_both("misc", Kind::Bill).marked("bill"),
    type_both("misc", Kind::Regulation).marked("regulation"),
    type_both("misc", Kind::Treaty).marked("legal"),
    type_both("misc", Kind::Artwork).marked("artwork"),
    type_both("misc", Kind::Artwork).sub("image").marked("image"),
    type_both("misc", Kind::Artwork).sub("photograph").marked("photograph"),
    type_both("misc", Kind::Figure).marked("figure"),
    type_both("misc", Kind::Map).marked("map"),
    type_both("misc", Kind::Video).marked("video"),
    type_both("misc", Kind::Video).sub("film").marked("movie"),
    type_both("misc", Kind::Broadcast).sub("tv").marked("tv"),
    type_both("misc", Kind::Broadcast).sub("radio").marked("radio"),
    type_both("misc", Kind::Broadcast).sub("podcast").marked("podcast"),
    type_both("misc", Kind::Broadcast).marked("broadcast"),
    type_both("misc", Kind::Audio).marked("audio"),
    type_both("misc", Kind::Audio).sub("music").marked("music"),
    type_both("book", Kind::MusicalScore).marked("score"),
    type_both("misc", Kind::Performance).marked("performance"),
    type_both("misc", Kind::Event).marked("event"),
    type_both("article", Kind::Review).marked("review"),
    type_both("misc", Kind::ArchivalCollection).marked("archive"),
    type_both("book", Kind::Classic).marked("classical"),
    type_both("misc", Kind::Grant).marked("grant"),
    type_both("article", Kind::SupplementaryItem).marked("suppperiodical"),
    type_both("misc", Kind::ModelOrObject).sub("instrument").marked("instrument"),
    type_both("misc", Kind::ModelOrObject).sub("specimen").marked("specimen"),
    type_both("misc", Kind::ModelOrObject).sub("service").marked("service"),
    type_both("misc", Kind::ModelOrObject).sub("model").marked("model"),
    type_both("misc", Kind::ModelOrObject).sub("award").marked("award"),
    type_both("misc", Kind::ModelOrObject).sub("output-management-plan").marked("output-management-plan"),
    type_both("misc", Kind::ModelOrObject).sub("study-registration").marked("study-registration"),
    type_both("misc", Kind::ModelOrObject).marked("object"),
];

/// What BibTeX writes.
pub(super) const BIBTEX: Types =
    Types { rows: BIBTEX_ROWS, names: &[], fallback: "misc", mark_tag: Some("entrysubtype"), refine: Some(refine), guess: None };

/// What BibLaTeX writes.
pub(super) const BIBLATEX: Types = Types { rows: BIBLATEX_ROWS, ..BIBTEX };

/// The finer kind that other fields show: section 2.5.
fn refine(word: &str, base: Refined, seen: &Seen<'_>) -> Refined {
    match base {
        (Kind::ArticleJournal, None) if seen.any(&["journal", "journaltitle"]) => article(base, seen),
        (Kind::Misc, None) if word.eq_ignore_ascii_case("misc") => {
            if is_preprint(seen) {
                (Kind::Preprint, None)
            } else if !seen.has("publisher") && (seen.has("url") || seen.get("howpublished").is_some_and(|it| link(it).is_some())) {
                (Kind::Webpage, None)
            } else {
                base
            }
        }
        (Kind::Webpage, None) if is_preprint(seen) => (Kind::Preprint, None),
        (Kind::Manuscript, None) if seen.any(&["eventtitle", "eventdate", "venue"]) => (Kind::Presentation, None),
        (Kind::Report, None) if seen.get("type").is_some_and(|it| it.eq_ignore_ascii_case("standard")) => {
            (Kind::Standard, None)
        }
        (Kind::Thesis, _) => (Kind::Thesis, seen.get("type").and_then(thesis).or(base.1)),
        _ => base,
    }
}

/// Whether the e-print fields, the DOI or the stage of publication say preprint.
fn is_preprint(seen: &Seen<'_>) -> bool {
    let server = |tag| seen.get(tag).and_then(preprint_server).is_some();
    (seen.has("eprint") && (server("archiveprefix") || server("eprinttype")))
        || server("doi")
        || seen.get("pubstate").is_some_and(|it| it.eq_ignore_ascii_case("prepublished"))
}

/// Whether the name of a journal is that of a preprint server.
pub(super) fn is_server(journal: &str) -> bool {
    let head = journal.trim_start_matches('{').as_bytes();
    head.get(..5).is_some_and(|it| it.eq_ignore_ascii_case(b"arxiv")) || head.get(..4) == Some(b"CoRR")
}

/// Articles whose journal is a preprint server.
fn article(base: Refined, seen: &Seen<'_>) -> Refined {
    let journal = seen.get("journal").or_else(|| seen.get("journaltitle")).unwrap_or_default();
    let named = is_server(journal);
    let volume = seen.get("volume").unwrap_or_default();
    let printed = !volume.is_empty() && !volume.starts_with("abs/") && seen.has("pages");
    let numbered = || in_journal(&text_of(journal)).is_some() || arxiv(volume).is_some() || seen.has("eprint");
    if named && !printed && numbered() { (Kind::Preprint, None) } else { base }
}

/// Whether a value is nothing but an address.
pub(super) fn is_address(raw: &str) -> bool {
    let raw = raw.trim();
    let inner = raw.strip_prefix("\\url{").and_then(|it| it.strip_suffix('}')).unwrap_or(raw);
    (inner.starts_with("http://") || inner.starts_with("https://")) && !inner.contains(char::is_whitespace)
}

/// The words of `type` that name a degree, each with its subtype: BibLaTeX's keys, then words that a text holds.
const DEGREE_KEYS: &[(&str, &str)] =
    &[("phdthesis", "phd"), ("mathesis", "masters"), ("bathesis", "bachelors"), ("candthesis", "candidate")];
const DEGREE_WORDS: &[(&str, &str)] = &[
    ("habilitation", "habilitation"),
    ("master", "masters"),
    ("magister", "masters"),
    ("m.sc", "masters"),
    ("bachelor", "bachelors"),
    ("b.sc", "bachelors"),
    ("diplom", "diploma"),
    ("licentiat", "licentiate"),
    ("doctor", "phd"),
    ("dissertation", "phd"),
    ("ph.d", "phd"),
    ("phd", "phd"),
];

/// The subtype of a thesis by its `type`.
fn thesis(raw: &str) -> Option<&'static str> {
    if raw.len() > 200 {
        return None;
    }
    let lower = raw.to_lowercase();
    let key = DEGREE_KEYS.iter().find(|(key, _)| *key == lower);
    key.or_else(|| DEGREE_WORDS.iter().find(|(word, _)| lower.contains(word))).map(|(_, subtype)| *subtype)
}

/// Whether a value is one of BibLaTeX's keys for degrees.
pub(super) fn is_degree_key(raw: &str) -> bool {
    DEGREE_KEYS.iter().any(|(key, _)| key.eq_ignore_ascii_case(raw))
}

/// BibLaTeX's key for the degree of a thesis.
pub(super) fn degree_key(subtype: &str) -> Option<&'static str> {
    DEGREE_KEYS.iter().find(|(_, it)| *it == subtype).map(|(key, _)| *key)
}
