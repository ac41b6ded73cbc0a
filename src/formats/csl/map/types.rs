//! The types of CSL 1.0.2 and the kinds they stand for. Sections 2.1, 2.4 and 2.5 of the mapping reference.
//!
//! Kinds that share a type are told apart by `custom.kind`: see [`super::super::read`].

use crate::mapping::degrees::degree;
use crate::mapping::{Refined, Seen, TypeRule, Types, type_both, type_read, type_write};
use crate::record::Kind;

pub(in crate::formats::csl) const TYPES: Types =
    Types { rows: ROWS, names: &[], fallback: "document", mark_tag: None, refine: Some(refine), guess: Some(guess) };

const ROWS: &[TypeRule] = &[
    type_both("article", Kind::Preprint),
    type_both("article-journal", Kind::ArticleJournal),
    type_both("article-magazine", Kind::ArticleMagazine),
    type_both("article-newspaper", Kind::ArticleNewspaper),
    type_both("bill", Kind::Bill),
    type_both("book", Kind::Book),
    type_both("broadcast", Kind::Broadcast),
    type_both("chapter", Kind::Chapter),
    type_both("classic", Kind::Classic),
    type_both("collection", Kind::ArchivalCollection),
    type_both("dataset", Kind::Dataset),
    type_both("document", Kind::Misc),
    type_both("entry", Kind::Entry),
    type_both("entry-dictionary", Kind::EntryDictionary),
    type_both("entry-encyclopedia", Kind::EntryEncyclopedia),
    type_both("event", Kind::Event),
    type_both("figure", Kind::Figure),
    type_both("graphic", Kind::Artwork),
    type_both("hearing", Kind::Hearing),
    type_both("interview", Kind::Interview),
    type_both("legal_case", Kind::LegalCase),
    type_both("legislation", Kind::Legislation),
    type_both("manuscript", Kind::Manuscript),
    type_both("map", Kind::Map),
    type_both("motion_picture", Kind::Video),
    type_both("musical_score", Kind::MusicalScore),
    type_both("pamphlet", Kind::Pamphlet),
    type_both("paper-conference", Kind::ConferencePaper),
    type_both("patent", Kind::Patent),
    type_both("performance", Kind::Performance),
    type_both("periodical", Kind::Periodical),
    type_both("personal_communication", Kind::PersonalCommunication),
    type_both("post", Kind::Post),
    type_both("post-weblog", Kind::BlogPost),
    type_both("regulation", Kind::Regulation),
    type_both("report", Kind::Report),
    type_both("review", Kind::Review),
    type_both("review-book", Kind::Review).sub("book"),
    type_both("software", Kind::Software),
    type_both("song", Kind::Audio),
    type_both("speech", Kind::Presentation),
    type_both("standard", Kind::Standard),
    type_both("thesis", Kind::Thesis),
    type_both("treaty", Kind::Treaty),
    type_both("webpage", Kind::Webpage),
    // Kinds that share a type.
    type_write("book", Kind::Collection),
    type_write("book", Kind::ReferenceBook),
    type_write("book", Kind::Proceedings),
    type_write("report", Kind::Manual),
    type_write("dataset", Kind::Database),
    type_write("document", Kind::Grant),
    type_write("article-journal", Kind::SupplementaryItem),
    type_write("document", Kind::ModelOrObject),
    // Other spellings, and those of older versions.
    type_read("legal-case", Kind::LegalCase),
    type_read("motion-picture", Kind::Video),
    type_read("film", Kind::Video).sub("film"),
    type_read("video", Kind::Video),
    type_read("musical-score", Kind::MusicalScore),
    type_read("personal-communication", Kind::PersonalCommunication),
    type_read("paper_conference", Kind::ConferencePaper),
    type_read("conference-paper", Kind::ConferencePaper),
    type_read("article_journal", Kind::ArticleJournal),
    type_read("article_magazine", Kind::ArticleMagazine),
    type_read("article_newspaper", Kind::ArticleNewspaper),
    type_read("entry_dictionary", Kind::EntryDictionary),
    type_read("entry_encyclopedia", Kind::EntryEncyclopedia),
    type_read("post_weblog", Kind::BlogPost),
    type_read("review_book", Kind::Review).sub("book"),
    type_read("data", Kind::Dataset),
    type_read("manual", Kind::Manual),
    type_read("program", Kind::Software),
    type_read("unpublished", Kind::Manuscript),
    type_read("catalog", Kind::ReferenceBook).sub("catalogue"),
    // CSL-M.
    type_read("gazette", Kind::Regulation).sub("gazette"),
    // BibTeX's words, which people write by hand in the heads of their documents.
    type_read("inproceedings", Kind::ConferencePaper),
    type_read("incollection", Kind::Chapter),
    type_read("inbook", Kind::Chapter),
    type_read("phdthesis", Kind::Thesis).sub("phd"),
    type_read("mastersthesis", Kind::Thesis).sub("masters"),
    type_read("techreport", Kind::Report),
    type_read("online", Kind::Webpage),
    type_read("misc", Kind::Misc),
    // Crossref's words, which its flavour of CSL-JSON has. Section 2.3.
    type_read("journal-article", Kind::ArticleJournal),
    type_read("book-chapter", Kind::Chapter),
    type_read("book-section", Kind::Chapter).sub("section"),
    type_read("book-part", Kind::Chapter).sub("part"),
    type_read("book-track", Kind::Chapter),
    type_read("proceedings-article", Kind::ConferencePaper),
    type_read("posted-content", Kind::Preprint),
    type_read("monograph", Kind::Book).sub("monograph"),
    type_read("edited-book", Kind::Collection),
    type_read("reference-book", Kind::ReferenceBook),
    type_read("book-set", Kind::Book),
    type_read("book-series", Kind::Book),
    type_read("proceedings", Kind::Proceedings),
    type_read("proceedings-series", Kind::Proceedings),
    type_read("reference-entry", Kind::Entry),
    type_read("dissertation", Kind::Thesis),
    type_read("peer-review", Kind::Review).sub("peer-review"),
    type_read("journal", Kind::Periodical).sub("journal"),
    type_read("journal-issue", Kind::Periodical).sub("issue"),
    type_read("journal-volume", Kind::Periodical).sub("volume"),
    type_read("report-series", Kind::Report),
    type_read("report-component", Kind::SupplementaryItem).sub("component"),
    type_read("component", Kind::SupplementaryItem).sub("component"),
    type_read("standard-series", Kind::Standard),
    type_read("database", Kind::Database),
    type_read("grant", Kind::Grant),
    type_read("other", Kind::Misc),
];

/// Whether CSL 1.0.2 has the type.
pub(in crate::formats::csl) fn is_written(word: &str) -> bool {
    TYPES.rows.iter().any(|row| row.way != crate::mapping::Way::Read && row.word == word)
}

/// Whether the type is one that is read.
pub(in crate::formats::csl) fn is_known(word: &str) -> bool {
    TYPES.rows.iter().any(|row| row.word.eq_ignore_ascii_case(word))
}

/// The genre that says the degree of a thesis, and nothing else.
pub(in crate::formats::csl) const DEGREES: &[(&str, &str)] = &[
    ("phd", "PhD thesis"),
    ("masters", "Master's thesis"),
    ("bachelors", "Bachelor's thesis"),
    ("diploma", "Diploma thesis"),
    ("habilitation", "Habilitation thesis"),
    ("licentiate", "Licentiate thesis"),
    ("candidate", "Candidate thesis"),
];

/// The type of an item that states none: what stands in a volume or issue of something that has a title is an article.
fn guess(seen: &Seen<'_>) -> Option<&'static str> {
    let has_issue = seen.any(&["container-title", "journal"]) && seen.any(&["volume", "issue"]);
    (has_issue && !seen.any(&["publisher", "ISBN", "isbn", "editor"])).then_some("article-journal")
}

/// Section 2.5.
fn refine(word: &str, base: Refined, seen: &Seen<'_>) -> Refined {
    match (word, base) {
        ("thesis" | "dissertation", (kind, None)) => (kind, seen.get("genre").or(seen.get("degree")).and_then(degree)),
        ("report", (kind, None)) => match seen.get("genre") {
            Some(genre) if genre.eq_ignore_ascii_case("manual") => (Kind::Manual, None),
            _ => (kind, None),
        },
        ("book", (kind, None)) if seen.has("editor") && !seen.has("author") => (kind, Some("edited")),
        // BibTeX's word for an article, beside its word for the journal.
        ("article", (_, None)) if seen.has("journal") => (Kind::ArticleJournal, None),
        // What stands in an issue or volume of something has been published there.
        ("article", (_, None))
            if seen.has("container-title") && seen.any(&["volume", "issue"]) && !seen.any(&["genre", "number", "custom.arxiv"]) =>
        {
            (Kind::ArticleJournal, None)
        }
        ("chapter", (_, None)) if is_whole(seen) => (Kind::Book, None),
        _ => base,
    }
}

fn is_whole(seen: &Seen<'_>) -> bool {
    seen.get("title").is_some_and(|title| seen.get("container-title") == Some(title))
}
