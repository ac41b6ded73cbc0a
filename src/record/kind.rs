//! What a reference is: the closed list of 52 kinds, each with its family and known subtypes.
//!
//! A [`Kind`] is what every format's type word stands for; the finer word ("masters", "magazine issue") is the
//! record's subtype, an open lower-case token. Names, families and subtypes follow section 1.2 of the mapping
//! reference.
//!
//! ```
//! use bibferry::record::Kind;
//! assert_eq!(Kind::ArticleJournal.name(), "article-journal");
//! assert_eq!(Kind::from_name("thesis"), Some(Kind::Thesis));
//! ```

/// Whose publisher, place, ISBN, ISSN, volume, issue and edition the record's unqualified slots describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// The container's: an article's volume is the journal's.
    Container,
    /// The item's own: a book's publisher is the book's.
    Own,
}

macro_rules! kinds {
    ($($variant:ident $name:literal $host:ident [$($subtype:literal)*] $doc:literal;)*) => {
        /// What a reference is. Closed: a reader that meets an unknown type word answers [`Kind::Misc`] and keeps the word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $doc] $variant,)* }

        impl Kind {
            /// Every kind, in the order of the mapping reference.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The kind's name in the canonical JSON and in reports: lower-case words joined by hyphens.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name,)* }
            }

            /// One sentence for people.
            pub const fn about(self) -> &'static str {
                match self { $(Kind::$variant => $doc,)* }
            }

            /// The subtypes that the mapping tables know. Others are kept as the source gave them.
            pub const fn subtypes(self) -> &'static [&'static str] {
                match self { $(Kind::$variant => &[$($subtype),*],)* }
            }

            /// Whose volume, publisher and so on the unqualified slots describe.
            pub const fn host(self) -> Host {
                match self { $(Kind::$variant => Host::$host,)* }
            }
        }
    };
}

kinds! {
    ArticleJournal "article-journal" Container ["article" "review-article" "editorial" "letter" "erratum" "retraction"
        "data-paper" "case-report" "short-survey" "abstract" "supplement" "review-book"]
        "An article in a scholarly serial.";
    ArticleMagazine "article-magazine" Container ["column"] "An article in a popular serial.";
    ArticleNewspaper "article-newspaper" Container ["op-ed" "column" "obituary" "press-release"]
        "An article in a newspaper or from a news wire.";
    Preprint "preprint" Own ["working-paper" "e-print"] "A public manuscript on a server, before or without review.";
    Periodical "periodical" Own ["journal" "magazine" "newspaper" "issue" "volume"] "A serial, or one issue of it.";
    Book "book" Own ["monograph" "edited" "textbook" "ebook" "audiobook"] "A monograph, or a book of unspecified sort.";
    Collection "collection" Own ["anthology" "festschrift"] "Independent contributions gathered by an editor.";
    ReferenceBook "reference-book" Own ["dictionary" "encyclopedia" "catalogue" "handbook"] "A work of reference.";
    Proceedings "proceedings" Own [] "A whole volume of conference papers.";
    Chapter "chapter" Container ["part" "section" "supp" "preface" "foreword" "introduction" "afterword"
        "book-in-book"] "A part of a book.";
    ConferencePaper "conference-paper" Container ["poster-abstract" "extended-abstract" "keynote"]
        "A paper printed in proceedings.";
    EntryDictionary "entry-dictionary" Container [] "An entry in a dictionary.";
    EntryEncyclopedia "entry-encyclopedia" Container [] "An entry in an encyclopedia.";
    Entry "entry" Container [] "A record in another work of reference, a catalogue or a database.";
    Thesis "thesis" Own ["phd" "masters" "bachelors" "diploma" "habilitation" "licentiate" "candidate"]
        "A thesis or dissertation.";
    Report "report" Own ["technical" "working-paper" "white-paper" "research" "government" "deliverable"
        "press-release"] "A report.";
    Manual "manual" Own [] "Technical documentation.";
    Standard "standard" Own ["iso" "rfc" "draft"] "A standard or specification.";
    Patent "patent" Own ["patent" "application" "utility-model" "design"] "A patent or an application for one.";
    Dataset "dataset" Own ["table" "collection" "model-output"] "A data set.";
    Database "database" Own ["aggregated"] "An aggregated database as a whole.";
    Software "software" Own ["version" "module" "code-fragment" "container" "workflow" "notebook" "hardware"]
        "A program or a part of one.";
    Webpage "webpage" Own ["website" "faq"] "A page or site on the web.";
    BlogPost "blog-post" Own [] "A post in a blog.";
    Post "post" Own ["forum" "social" "comment"] "A post in a forum or a social network.";
    Presentation "presentation" Own ["speech" "slides" "poster" "lecture" "keynote"]
        "A talk, lecture or poster that is not in proceedings.";
    Manuscript "manuscript" Own ["typescript" "in-preparation" "submitted" "early-manuscript"] "An unpublished text.";
    Pamphlet "pamphlet" Own ["brochure"] "A booklet without a formal publisher.";
    PersonalCommunication "personal-communication" Own ["letter" "email" "message" "conversation" "fax"]
        "A letter, message or conversation.";
    Interview "interview" Own [] "An interview.";
    LegalCase "legal-case" Own ["brief" "opinion"] "A case before a court; the reporter is its container.";
    Legislation "legislation" Own ["statute" "constitution"] "An enacted law; the code is its container.";
    Bill "bill" Own ["resolution" "unenacted"] "A law proposed.";
    Regulation "regulation" Own ["executive-order" "gazette"] "A rule or order of an administration.";
    Hearing "hearing" Own ["transcript"] "A hearing of a committee.";
    Treaty "treaty" Own [] "A treaty between states.";
    Artwork "artwork" Own ["image" "photograph" "sculpture"] "A work of visual art.";
    Figure "figure" Container ["chart" "table" "equation"] "A figure inside a work.";
    Map "map" Own ["atlas-sheet"] "A map.";
    Video "video" Own ["film" "video" "short" "scene" "multimedia"] "A film or video.";
    Broadcast "broadcast" Own ["tv" "radio" "podcast"] "An episode; the programme is its container.";
    Audio "audio" Own ["music" "spoken" "audiobook"] "A recording of sound.";
    MusicalScore "musical-score" Own [] "Printed music.";
    Performance "performance" Own ["theatre" "dance" "concert"] "A performance on a stage.";
    Event "event" Own ["conference" "exhibition"] "A conference or exhibition itself.";
    Review "review" Container ["book" "performance" "peer-review"] "A review of another work.";
    ArchivalCollection "archival-collection" Own ["finding-aid"] "A fonds of an archive.";
    Classic "classic" Own ["ancient"] "A classical or ancient text, cited by its own numbering.";
    Grant "grant" Own ["project"] "A grant or the project that it pays.";
    SupplementaryItem "supplementary-item" Container ["suppperiodical" "paratext" "component"]
        "A supplement or paratext of a periodical.";
    ModelOrObject "model-or-object" Own ["instrument" "specimen" "service" "model" "award" "output-management-plan"
        "study-registration"] "A model, an instrument, a specimen or another thing that is cited.";
    Misc "misc" Own ["document"] "Anything else.";
}

impl Kind {
    /// The kind with this [`name`](Kind::name).
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// How a record's kind is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The source named the type, and the type word stands for this kind alone.
    #[default]
    Stated,
    /// Refined from other fields of the record, such as a preprint server's name.
    Inferred,
    /// The source gave no type word, or one that no table knows.
    Defaulted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_52_kinds_with_distinct_names() {
        let mut names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 52);
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(*kind));
        }
    }
}
