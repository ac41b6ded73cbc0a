//! The slots a record can have: one table of fields, from which everything else is derived.
//!
//! A [`Field`] says where a value stands in a reference (`container.title`, `dates` of every role, every name role).
//! The table gives each its name, the type of its value, its CSL variable, whether it may repeat, and one sentence
//! of documentation. The loss report, `bibferry explain`, the canonical JSON and the table linter iterate it; no
//! format keeps a list of its own.
//!
//! ```
//! use bibferry::record::{Field, Type};
//! let field = Field::from_name("container.title").unwrap();
//! assert_eq!(field, Field::ContainerTitle);
//! assert_eq!(field.value_type(), Type::Text);
//! assert_eq!(field.csl(), Some("container-title"));
//! ```

/// The type of value a field holds. Each is a variant of [`Value`](super::Value).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Words for people, with markup.
    Text,
    /// Contributors in one role.
    Names,
    /// A date or a span of time.
    Date,
    /// Page ranges.
    Pages,
    /// A number as printed: digits, roman numerals, ranges, or words.
    Number,
    /// One keyword.
    Keyword,
    /// One note with its kind.
    Note,
    /// One identifier with its scheme.
    Id,
    /// One web address with what it leads to.
    Url,
    /// A publisher, institution, school and so on.
    Publisher,
    /// A relation to another work.
    Relation,
    /// An attached file.
    File,
    /// A language.
    Lang,
    /// A word of a program's vocabulary, not shown to readers as prose.
    Token,
}

macro_rules! fields {
    ($($variant:ident $name:literal $ty:ident $many:ident $csl:expr, $doc:literal;)*) => {
        /// Where a value stands in a reference.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Field { $(#[doc = $doc] $variant,)* }

        impl Field {
            /// Every field, in the order in which the canonical JSON and reports list them.
            pub const ALL: &'static [Field] = &[$(Field::$variant,)*];

            /// The field's dotted name, as in the canonical JSON, reports and `--deny-loss`.
            pub const fn name(self) -> &'static str {
                match self { $(Field::$variant => $name,)* }
            }

            /// The type of its values.
            pub const fn value_type(self) -> Type {
                match self { $(Field::$variant => Type::$ty,)* }
            }

            /// Whether several values may stand side by side within one group.
            pub const fn repeats(self) -> bool {
                // A table: of a `match` the compiler makes a jump for each.
                const REPEATS: &[bool] = &[$(fields!(@many $many),)*];
                REPEATS[self as usize]
            }

            /// The CSL 1.0.2 variable that means the same, if there is one.
            pub const fn csl(self) -> Option<&'static str> {
                match self { $(Field::$variant => $csl,)* }
            }

            /// One sentence that says what the field holds.
            pub const fn about(self) -> &'static str {
                match self { $(Field::$variant => $doc,)* }
            }
        }
    };
    (@many one) => { false };
    (@many many) => { true };
}

fields! {
    // Titles
    Title "title" Text one Some("title"), "The item's own title.";
    Subtitle "subtitle" Text one None, "The part of the title after the colon, where the source keeps it apart.";
    TitleAddon "title.addon" Text one None, "What is printed after the title in another type.";
    ShortTitle "title.short" Text one Some("title-short"), "The title cut short for repeated citations.";
    SortTitle "title.sort" Text one None, "The title as it is sorted.";
    IndexTitle "title.index" Text one None, "The title as it stands in an index.";
    TranslatedTitle "title.translated" Text many None, "The title in another language.";
    VernacularTitle "title.vernacular" Text one None, "The title in the work's own language, where `title` is a translation.";
    TransliteratedTitle "title.transliterated" Text one None, "The title in another script.";
    AlternativeTitle "title.alternative" Text many None, "Another title under which the work is known.";
    ReprintTitle "title.reprint" Text one None, "The title of a reprint.";
    PartTitle "part.title" Text one Some("part-title"), "The title of the numbered part.";
    // Contributors
    Author "author" Names many Some("author"), "Who wrote or made the item.";
    Editor "editor" Names many Some("editor"), "Who edited the item or its container.";
    Translator "translator" Names many Some("translator"), "Who translated it.";
    ContainerAuthor "container.author" Names many Some("container-author"), "Who wrote the container.";
    CollectionEditor "series.editor" Names many Some("collection-editor"), "Who edits the series.";
    ReviewedAuthor "reviewed.author" Names many Some("reviewed-author"), "Who wrote the work under review.";
    OriginalAuthor "original.author" Names many Some("original-author"), "Who wrote the original.";
    Annotator "annotator" Names many None, "Who annotated it.";
    Commentator "commentator" Names many None, "Who wrote the commentary.";
    Introduction "introduction" Names many None, "Who wrote the introduction.";
    Foreword "foreword" Names many None, "Who wrote the foreword.";
    Afterword "afterword" Names many None, "Who wrote the afterword.";
    Compiler "compiler" Names many Some("compiler"), "Who compiled it.";
    Founder "founder" Names many None, "Who founded the serial or edition.";
    Continuator "continuator" Names many None, "Who continued it.";
    Redactor "redactor" Names many None, "Who redacted it.";
    Reviser "reviser" Names many None, "Who revised it.";
    Collaborator "collaborator" Names many None, "Who collaborated on it.";
    Organizer "organizer" Names many Some("organizer"), "Who organised the event.";
    Illustrator "illustrator" Names many Some("illustrator"), "Who illustrated it.";
    Interviewer "interviewer" Names many Some("interviewer"), "Who asked the questions.";
    Recipient "recipient" Names many Some("recipient"), "To whom it was addressed.";
    Director "director" Names many Some("director"), "Who directed it.";
    Producer "producer" Names many Some("producer"), "Who produced it.";
    ExecutiveProducer "executive-producer" Names many Some("executive-producer"), "Who produced it as executive.";
    Composer "composer" Names many Some("composer"), "Who composed it.";
    Performer "performer" Names many Some("performer"), "Who performs in it.";
    ScriptWriter "script-writer" Names many Some("script-writer"), "Who wrote the script.";
    Presenter "host" Names many Some("host"), "Who hosts the programme.";
    Guest "guest" Names many Some("guest"), "Who is a guest in it.";
    Narrator "narrator" Names many Some("narrator"), "Who narrates it.";
    Holder "holder" Names many None, "Who holds the patent.";
    Contributor "contributor" Names many Some("contributor"),
        "Contributors in any other role; the list's role word names it (advisor, sponsor, counsel …).";
    // Dates
    Issued "issued" Date one Some("issued"), "When it was published.";
    Available "available" Date one Some("available-date"), "When it became available ahead of its issue (epub).";
    Submitted "submitted" Date one Some("submitted"), "When it was submitted.";
    Accessed "accessed" Date one Some("accessed"), "When the URL was last visited.";
    EventDate "event.date" Date one Some("event-date"), "When the event took place.";
    OriginalDate "original.date" Date one Some("original-date"), "When the original was published.";
    Copyright "copyright" Date one None, "The date of the copyright.";
    Created "created" Date one None, "When the record or work was created.";
    Updated "updated" Date one None, "When it was last updated.";
    Filed "filed" Date one None, "When the patent was filed.";
    Granted "granted" Date one None, "When the patent was granted.";
    Priority "priority" Date one None, "The patent's priority date.";
    Accepted "accepted" Date one None, "When it was accepted.";
    Received "received" Date one None, "When it was received.";
    Revised "revised" Date one None, "When it was revised.";
    Decided "decided" Date one None, "When the case was decided.";
    Enacted "enacted" Date one None, "When the law was enacted.";
    Deposited "deposited" Date one None, "When it was deposited.";
    Declared "declared" Date one None, "When it was declared.";
    // The container
    ContainerTitle "container.title" Text one Some("container-title"), "The journal, book, proceedings or site it is in.";
    ContainerSubtitle "container.subtitle" Text one None, "The subtitle of the container.";
    ContainerAddon "container.addon" Text one None, "What is printed after the container's title.";
    ContainerShort "container.short" Text one Some("container-title-short"), "The container's title abbreviated.";
    IssueTitle "issue.title" Text one None, "The title of the issue.";
    IssueSubtitle "issue.subtitle" Text one None, "The subtitle of the issue.";
    // The multi-volume whole
    SetTitle "set.title" Text one None, "The title of the multi-volume work.";
    SetSubtitle "set.subtitle" Text one None, "The subtitle of the multi-volume work.";
    SetAddon "set.addon" Text one None, "What is printed after the title of the multi-volume work.";
    // The series
    SeriesTitle "series.title" Text one Some("collection-title"), "The publisher's series.";
    SeriesShort "series.short" Text one None, "The series' title abbreviated.";
    SeriesNumber "series.number" Number one Some("collection-number"), "The number within the series.";
    SeriesOrdinal "series.ordinal" Number one None, "Which series of a journal: a number, `newseries` or `oldseries`.";
    // The event
    EventTitle "event.title" Text one Some("event-title"), "The conference, hearing or exhibition.";
    EventAddon "event.addon" Text one None, "What is printed after the event's title.";
    EventShort "event.short" Text one None, "The event's short name.";
    EventPlace "event.place" Text one Some("event-place"), "Where the event took place.";
    EventNumber "event.number" Number one None, "Which event of its series.";
    // Publication
    Publisher "publisher" Publisher many Some("publisher"), "Who published it, with the role: school, institution, studio …";
    Place "publisher.place" Text many Some("publisher-place"), "Where it was published.";
    // The original and the reviewed work
    OriginalTitle "original.title" Text one Some("original-title"), "The title of the original.";
    OriginalPublisher "original.publisher" Text one Some("original-publisher"), "Who published the original.";
    OriginalPlace "original.place" Text one Some("original-publisher-place"), "Where the original was published.";
    OriginalLanguage "original.language" Lang many None, "The language of the original.";
    OriginalPublication "original.publication" Text one None, "The original publication as one line of text.";
    ReviewedTitle "reviewed.title" Text one Some("reviewed-title"), "The title of the work under review.";
    ReviewedGenre "reviewed.genre" Text one Some("reviewed-genre"), "The sort of the work under review.";
    // Numbers
    Volume "volume" Number one Some("volume"), "The volume.";
    Issue "issue" Number one Some("issue"), "The issue.";
    IssueDesignation "issue.designation" Text one None, "The issue's name beside its number (Spring, Suppl. 2).";
    Number "number" Number one Some("number"), "The number of a report, patent, bill, docket or episode.";
    ApplicationNumber "application.number" Number one None, "The number of a patent application.";
    ArticleNumber "article.number" Number one None, "The number that stands for pages in an electronic journal.";
    Part "part" Number one Some("part-number"), "The part.";
    Supplement "supplement" Number one Some("supplement-number"), "The supplement.";
    Chapter "chapter" Number one Some("chapter-number"), "The chapter.";
    Section "section" Text one Some("section"), "The section of a newspaper, statute or site.";
    Paragraph "paragraph" Number one None, "The paragraph.";
    Edition "edition" Number one Some("edition"), "The edition: an integer or the printed words.";
    Printing "printing" Number one Some("printing-number"), "The printing.";
    Version "version" Number one Some("version"), "The version of software or data.";
    Session "session" Text one None, "The session of a legislature.";
    Pages "pages" Pages one Some("page"), "The pages within the container.";
    Pagination "pagination" Token one None, "What `pages` counts: page, column, line, verse, section, paragraph.";
    BookPagination "pagination.book" Token one None, "What `number-of-pages` counts.";
    NumberOfPages "number-of-pages" Number one Some("number-of-pages"), "How many pages it has.";
    NumberOfVolumes "number-of-volumes" Number one Some("number-of-volumes"), "How many volumes it has.";
    RunningTime "running-time" Text one None, "How long it lasts.";
    Scale "scale" Text one Some("scale"), "The scale of a map.";
    Dimensions "dimensions" Text one Some("dimensions"), "The size of an object.";
    // Identifiers and addresses
    Doi "doi" Id many Some("DOI"), "Digital object identifiers, bare: `10.prefix/suffix`.";
    Isbn "isbn" Id many Some("ISBN"), "Book numbers.";
    Issn "issn" Id many Some("ISSN"), "Serial numbers, with a hyphen.";
    Pmid "pmid" Id one Some("PMID"), "The PubMed number.";
    Pmcid "pmcid" Id one Some("PMCID"), "The PubMed Central number, with its prefix.";
    Eprint "eprint" Id many None, "The number on a preprint server, with the server (arxiv, hal …) as its scheme.";
    Identifier "identifier" Id many None, "Identifiers of other schemes.";
    Url "url" Url many Some("URL"), "Web addresses.";
    File "file" File many None, "Attached files.";
    // Words about it
    Abstract "abstract" Text many Some("abstract"), "The abstract.";
    Contents "toc" Text one None, "The table of contents.";
    Annotation "annotation" Text many Some("annote"), "What a reader wrote about it.";
    Note "note" Note many Some("note"), "Notes, each with its kind.";
    Keyword "keyword" Keyword many Some("keyword"), "Keywords and subject headings.";
    Genre "genre" Text many Some("genre"), "The sort of work, in words.";
    Medium "medium" Text one Some("medium"), "What it is recorded or printed on.";
    Status "status" Token one Some("status"), "The stage of publication: forthcoming, in-press, submitted …";
    Rights "rights" Text many Some("license"), "Licence and copyright notices.";
    Language "language" Lang many Some("language"), "The language of the text, BCP 47.";
    LangId "language.id" Token one None, "The babel or polyglossia name of the entry's language.";
    Script "script" Token many None, "The script of the text, ISO 15924.";
    Archive "archive" Text one Some("archive"), "The archive that holds it.";
    ArchiveCollection "archive.collection" Text one Some("archive_collection"), "The collection within the archive.";
    ArchiveLocation "archive.location" Text one Some("archive_location"), "Where in the archive it lies.";
    ArchivePlace "archive.place" Text one Some("archive-place"), "Where the archive is.";
    CallNumber "call-number" Text many Some("call-number"), "The shelf mark.";
    Database "database" Text one Some("source"), "The database or catalogue it was found in.";
    DatabaseProvider "database.provider" Text one None, "Who provides the database.";
    Accession "accession" Text one None, "The number under which a database keeps it.";
    Jurisdiction "jurisdiction" Text many Some("jurisdiction"), "The country or court district.";
    Authority "authority" Text many Some("authority"), "The court, committee or body that issued it.";
    References "references" Text many Some("references"), "Cited works or legal history, as text.";
    Affiliation "affiliation" Text many None, "The authors' institutions, as text.";
    Funding "funding" Text many None, "Who paid for it.";
    Contact "contact" Text one None, "Where to write to.";
    // Keys, links, flags
    KeyAlias "key.alias" Token many None, "Other keys under which the record is cited.";
    Relation "relation" Relation many None, "Links to other records and works.";
    Flag "flag" Token many None, "Facts that are true or not: retracted, open-access, in-press, multivolume …";
}

impl Field {
    /// The field with this [`name`](Field::name).
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_read_back() {
        for field in Field::ALL {
            assert_eq!(Field::from_name(field.name()), Some(*field), "{}", field.name());
            assert!(field.about().ends_with(['.', '…']), "{}", field.name());
        }
    }
}
