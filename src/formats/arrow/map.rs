//! The tables.
//!
//! `venue` and `venue.short` are one word group of the page: [`venues`](super::venues) takes it apart when it is read,
//! and the writer joins the two.

use super::line::{self, trim};
use crate::mapping::codecs::{TEXT, one_line};
use crate::mapping::{CarryIn, Codec, Mapping, Shape, Tag, TypeRule, Types, both, many, one, type_both, type_write};
use crate::record::{Date, End, Field, Kind, Mark, MarkKind, Name, Names, Parts, Point, Text, Value, fold_key, name::is_others};
use crate::tex;
use std::ops::Range;
use std::sync::OnceLock;

/// The tables of the format.
pub(super) static MAPPING: Mapping = Mapping {
    family: "arrow",
    format: "arrow",
    types: Types { rows: TYPES, names: &[], fallback: "Journal Article", mark_tag: None, refine: None, guess: None },
    tags: TAGS,
    rules: &[
        both("venue.short", Field::ContainerShort, &TEXT),
        both("venue", Field::ContainerTitle, &TEXT),
        both("year", Field::Issued, &YEAR),
        both("title", Field::Title, &TITLE),
        both("author", Field::Author, &NAMES),
        both("abstract", Field::Abstract, &ABSTRACT),
    ],
    echoes: &[],
    keys: &[],
    kept: &[],
    takes_extra: |_, _| true,
    extras_apart: false,
    keeps_order: false,
    unsupported: NOT_IN_ARROW,
    carry: CarryIn::Nowhere,
    lines: None,
    variants: &[],
    index: OnceLock::new(),
};

/// `kind` and `type` are the words of the first line where they are others than the type word stands for.
const TAGS: &[Tag] = &[
    one("venue.short"),
    one("venue"),
    one("kind"),
    one("year"),
    one("type"),
    one("title"),
    many("author"),
    one("abstract"),
];

macro_rules! written_as_articles {
    ($($kind:ident)*) => {
        &[
            type_both("Conference Paper", Kind::ConferencePaper),
            type_both("Journal Article", Kind::ArticleJournal),
            type_write("Conference Paper", Kind::Proceedings),
            type_write("Conference Paper", Kind::Presentation),
            type_write("Conference Paper", Kind::Event),
            $(type_write("Journal Article", Kind::$kind),)*
        ]
    };
}

const TYPES: &[TypeRule] = written_as_articles! {
    ArticleMagazine ArticleNewspaper Preprint Periodical Book Collection ReferenceBook Chapter EntryDictionary
    EntryEncyclopedia Entry Thesis Report Manual Standard Patent Dataset Database Software Webpage BlogPost Post Manuscript
    Pamphlet PersonalCommunication Interview LegalCase Legislation Bill Regulation Hearing Treaty Artwork Figure Map Video
    Broadcast Audio MusicalScore Performance Review ArchivalCollection Classic Grant SupplementaryItem ModelOrObject Misc
};

/// Four digits.
static YEAR: Codec = Codec {
    name: "year",
    shape: Shape::Each,
    // The year before the year 1.
    carries: Parts::ERA,
    read: |raws, _, values| {
        let years: Vec<i32> = raws.iter().filter_map(|raw| raw.parse().ok()).collect();
        values.extend(years.iter().map(|year| Value::Date(Date::year(*year))));
        years.len() == raws.len()
    },
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let point = date.start.as_ref().or(match &date.end {
            End::Point(end) => Some(end),
            _ => None,
        })?;
        if !(0..=9999).contains(&point.year) || point.unspecified > 0 {
            return None;
        }
        sink.put(0, format!("{:04}", point.year));
        // Of an end without a start even the year is another's.
        Some(if *date == Date::from(Point::year(point.year)) { Parts::NONE } else { narrowed(date.parts()) })
    },
    example: &["2024"],
};

/// What is lost where the value is not what reads back: at least the spelling.
fn narrowed(parts: Parts) -> Parts {
    if parts.is_empty() { Parts::SPELLING } else { parts }
}

/// The title, on one line.
pub(super) static TITLE: Codec = Codec {
    name: "title",
    shape: Shape::Each,
    carries: Parts::MATH,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(text(&one_line(*raw)))));
        true
    },
    write: |value, sink| {
        let Value::Text(title) = value else { return None };
        let written = safe_line(&one_line(title.as_str()), false);
        if written == "-" || written.is_empty() {
            return None;
        }
        let lost = lost(title, &text(&written));
        sink.put(0, written);
        Some(lost)
    },
    example: &["On $n$ Examples"],
};

/// The abstract: a paragraph for each line.
static ABSTRACT: Codec = Codec {
    name: "paragraphs",
    carries: Parts::MATH.and(Parts::LINE_BREAKS),
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(text(&paragraphs(raw)))));
        true
    },
    write: |value, sink| {
        let Value::Text(it) = value else { return None };
        let mut written = String::with_capacity(it.as_str().len());
        for line in it.as_str().lines() {
            let line = safe_line(line, written.is_empty());
            if !written.is_empty() && !line.is_empty() {
                written.push_str("\n\n");
            }
            written.push_str(&line);
        }
        // A dash stands for nothing.
        if written.is_empty() || written == "-" {
            return None;
        }
        let lost = lost(it, &text(&paragraphs(&written)));
        sink.put(0, written);
        Some(lost)
    },
    example: &["We prove $x < y$.\n\nIt costs $5."],
    ..TITLE
};

/// Joins the lines of each paragraph; a bullet begins a line of its own.
fn paragraphs(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for line in line::lines(raw) {
        if !out.is_empty() {
            out.push(if line.blank_before || line.bullet.is_some() { '\n' } else { ' ' });
        }
        out.push_str(line.text);
    }
    out
}

/// A line that cannot be taken for an author or the first line of a paper.
fn safe_line(line: &str, behind_title: bool) -> String {
    let mut rest = trim(line);
    loop {
        let bare = trim(rest.trim_start_matches('•'));
        let bare = if behind_title {
            bare.strip_prefix("- ").or_else(|| bare.strip_prefix("* ")).unwrap_or(bare)
        } else {
            bare
        };
        if bare.len() == rest.len() {
            break;
        }
        rest = bare;
    }
    let mut safe = rest.to_owned();
    if line::header(rest).is_some() {
        safe.push('.');
    }
    safe
}

/// What of a text the same text read back lacks, beside markup that the codec never carries.
fn lost(before: &Text, after: &Text) -> Parts {
    let math = |text: &Text| -> Vec<(u32, u32)> {
        text.marks().iter().filter(|mark| mark.kind == MarkKind::Math).map(|mark| (mark.start, mark.end)).collect()
    };
    let same = before.as_str() == after.as_str() || one_line(before.as_str()) == after.as_str();
    if !same {
        Parts::SPELLING.and(before.parts() & Parts::MATH)
    } else if math(before) != math(after) {
        Parts::MATH
    } else {
        Parts::NONE
    }
}

/// A text with its math marked.
pub(super) fn text(raw: &str) -> Text {
    let plain = Text::plain(raw);
    let mark = |span: Range<usize>| Some((u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?));
    let marks: Vec<Mark> = tex::dollars(plain.as_str())
        .into_iter()
        .filter_map(|span| mark(span).map(|(start, end)| Mark { start, end, kind: MarkKind::Math }))
        .collect();
    if marks.is_empty() { plain } else { Text::with_marks(plain.as_str().to_owned(), marks) }
}

/// How many authors of a paper are shown at most.
pub(super) const MOST_AUTHORS: usize = 8;

/// Names in display order, one in each bullet.
static NAMES: Codec = Codec {
    name: "names",
    shape: Shape::All,
    carries: Parts::ALL.without(Parts::GROUP),
    read: |raws, _, values| {
        values.push(Value::Names(names(raws.iter().copied())));
        true
    },
    write: |value, sink| {
        let Value::Names(names) = value else { return None };
        let mut written: Vec<String> = names.list.iter().map(spelled).filter(|name| !name.is_empty()).collect();
        let author = sink.options.author.as_deref().map(fold_key);
        let cut = author.as_deref().is_some_and(|author| is_cut(names, author));
        if names.others && !cut {
            written.push("et al.".to_owned());
        }
        if written.is_empty() {
            return None;
        }
        let mut lost = names_lost(names, &self::names(written.iter().map(String::as_str)), cut);
        let is_author = |name: &String| author.as_deref() == Some(&fold_key(name));
        if author.is_some() && !cut && written.len() == MOST_AUTHORS && !written.iter().any(is_author) {
            // As many are a list that was cut, on that page.
            lost |= Parts::OTHERS;
        }
        for name in written {
            sink.put(0, name);
        }
        Some(lost)
    },
    example: &["Ludwig van Beethoven"],
};

/// Whether a list is what reading one of 8 without the page's author gives: written without a sign, it reads the same
/// on a page of that author, by the folded name. What page it will be is known where the input has the head, or the user
/// names the author.
fn is_cut(names: &Names, author: &str) -> bool {
    let own = |name: &Name| fold_key(&name.display()) == author;
    names.others && names.list.len() == MOST_AUTHORS && names.unplaced.len() == 1 && names.unplaced.iter().all(own)
}

fn names<'a>(raws: impl Iterator<Item = &'a str>) -> Names {
    let mut names = Names::default();
    for raw in raws {
        if is_others(raw) {
            names.others = true;
        } else {
            names.list.push(Name::from_display(raw));
        }
    }
    names
}

/// A name as it is written.
fn spelled(name: &Name) -> String {
    let mut out = name.display();
    let ids = name.detail.iter().flat_map(|detail| &detail.ids);
    if let Some((_, number)) = ids.into_iter().find(|(scheme, _)| &**scheme == "dblp-homonym") {
        let numbered = format!("{out} {number}");
        if Name::from_display(&numbered) == *name {
            out = numbered;
        }
    }
    if !crate::source::is_one_line(&out) || out.trim() != out || out.contains("  ") {
        out = out.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    // The bullet and the name would be taken for a bullet, too; a line by itself says that there is nothing.
    let bare = trim(out.trim_start_matches('•'));
    if bare == "-" { String::new() } else { bare.to_owned() }
}

/// What a list loses.
fn names_lost(before: &Names, after: &Names, cut: bool) -> Parts {
    let mut lost = Parts::NONE;
    for (name, again) in before.list.iter().zip(&after.list).filter(|(name, again)| name != again) {
        lost |= narrowed(name.parts() - again.parts());
    }
    if before.list.len() != after.list.len() {
        lost |= Parts::SPELLING;
    }
    if before.others != (after.others || cut) {
        lost |= Parts::OTHERS;
    }
    if before.role.is_some() {
        lost |= Parts::ROLE;
    }
    let comes_back = |name: &Name| *name == Name::from_display(&name.display());
    let restored = cut && before.unplaced.iter().all(comes_back);
    if !before.unplaced.is_empty() && !restored {
        lost |= Parts::UNPLACED;
    }
    lost
}

/// What a page has no place for.
const NOT_IN_ARROW: &[Field] = &[
    Field::Subtitle,
    Field::TitleAddon,
    Field::ShortTitle,
    Field::SortTitle,
    Field::IndexTitle,
    Field::TranslatedTitle,
    Field::VernacularTitle,
    Field::TransliteratedTitle,
    Field::AlternativeTitle,
    Field::ReprintTitle,
    Field::PartTitle,
    Field::Editor,
    Field::Translator,
    Field::ContainerAuthor,
    Field::CollectionEditor,
    Field::ReviewedAuthor,
    Field::OriginalAuthor,
    Field::Annotator,
    Field::Commentator,
    Field::Introduction,
    Field::Foreword,
    Field::Afterword,
    Field::Compiler,
    Field::Founder,
    Field::Continuator,
    Field::Redactor,
    Field::Reviser,
    Field::Collaborator,
    Field::Organizer,
    Field::Illustrator,
    Field::Interviewer,
    Field::Recipient,
    Field::Director,
    Field::Producer,
    Field::ExecutiveProducer,
    Field::Composer,
    Field::Performer,
    Field::ScriptWriter,
    Field::Presenter,
    Field::Guest,
    Field::Narrator,
    Field::Holder,
    Field::Contributor,
    Field::Available,
    Field::Submitted,
    Field::Accessed,
    Field::EventDate,
    Field::OriginalDate,
    Field::Copyright,
    Field::Created,
    Field::Updated,
    Field::Filed,
    Field::Granted,
    Field::Priority,
    Field::Accepted,
    Field::Received,
    Field::Revised,
    Field::Decided,
    Field::Enacted,
    Field::Deposited,
    Field::Declared,
    Field::ContainerSubtitle,
    Field::ContainerAddon,
    Field::IssueTitle,
    Field::IssueSubtitle,
    Field::SetTitle,
    Field::SetSubtitle,
    Field::SetAddon,
    Field::SeriesTitle,
    Field::SeriesShort,
    Field::SeriesNumber,
    Field::SeriesOrdinal,
    Field::EventTitle,
    Field::EventAddon,
    Field::EventShort,
    Field::EventPlace,
    Field::EventNumber,
    Field::Publisher,
    Field::Place,
    Field::OriginalTitle,
    Field::OriginalPublisher,
    Field::OriginalPlace,
    Field::OriginalLanguage,
    Field::OriginalPublication,
    Field::ReviewedTitle,
    Field::ReviewedGenre,
    Field::Volume,
    Field::Issue,
    Field::IssueDesignation,
    Field::Number,
    Field::ApplicationNumber,
    Field::ArticleNumber,
    Field::Part,
    Field::Supplement,
    Field::Chapter,
    Field::Section,
    Field::Paragraph,
    Field::Edition,
    Field::Printing,
    Field::Version,
    Field::Session,
    Field::Pages,
    Field::Pagination,
    Field::BookPagination,
    Field::NumberOfPages,
    Field::NumberOfVolumes,
    Field::RunningTime,
    Field::Scale,
    Field::Dimensions,
    Field::Doi,
    Field::Isbn,
    Field::Issn,
    Field::Pmid,
    Field::Pmcid,
    Field::Eprint,
    Field::Identifier,
    Field::Url,
    Field::File,
    Field::Contents,
    Field::Annotation,
    Field::Note,
    Field::Keyword,
    Field::Genre,
    Field::Medium,
    Field::Status,
    Field::Rights,
    Field::Language,
    Field::LangId,
    Field::Script,
    Field::Archive,
    Field::ArchiveCollection,
    Field::ArchiveLocation,
    Field::ArchivePlace,
    Field::CallNumber,
    Field::Database,
    Field::DatabaseProvider,
    Field::Accession,
    Field::Jurisdiction,
    Field::Authority,
    Field::References,
    Field::Affiliation,
    Field::Funding,
    Field::Contact,
    Field::KeyAlias,
    Field::Relation,
    Field::Flag,
];
