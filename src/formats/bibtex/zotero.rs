//! `--profile zotero`: entries as the BibTeX importer of Zotero 7 to 10 takes them, in either dialect.
//!
//! It reads both dialects by one table: entry types that it does not know lose the whole entry, fields that it does not
//! know are dropped without a word. So the types written are those that give the right item type or come nearest, and
//! fields stand under the names that it reads where there are several. What BibTeX's styles or Biber demand does not
//! count here; what is written reads back as any entry does.
//!
//! ```text
//! @movie{k, author = {Doe, Jane}}      a film, whose first contributor is its director
//! ```

use super::Dialect;
use super::complete::more_related;
use super::identifiers::EPRINT;
use super::lists::split_and;
use super::map::{self, BIBLATEX_RULES, BIBTEX_RULES};
use super::names::NAMES;
use super::publishers::PLACES;
use super::roles::ORGANIZERS;
use super::tags::NAME_TAGS;
use super::terms::LANGUAGES;
use super::text::{GENRE, TEXT, TEXTS};
use super::types::{self, ARTICLES, BIBLATEX_ROWS, BIBTEX_ROWS, CONFERENCES, LAW};
use crate::loss::LossKind;
use crate::mapping::{Codec, Mapping, Rule, TypeRule, Types, Written, before, type_write, write};
use crate::record::{Field, Kind, Lang, Parts, Record, Value};
use crate::write::{Outgoing, WriteOptions};

/// The entry types that the importer turns into the item type of a kind, or into the nearest that it has.
const TYPES: &[TypeRule] = &[
    type_write("article", Kind::ArticleJournal),
    type_write("article", Kind::ArticleMagazine),
    type_write("article", Kind::ArticleNewspaper),
    type_write("article", Kind::Review),
    type_write("article", Kind::SupplementaryItem),
    type_write("misc", Kind::Preprint),
    type_write("misc", Kind::Periodical),
    type_write("book", Kind::Book),
    type_write("book", Kind::Collection),
    type_write("book", Kind::ReferenceBook),
    type_write("book", Kind::Classic),
    type_write("book", Kind::MusicalScore),
    type_write("proceedings", Kind::Proceedings),
    type_write("booklet", Kind::Pamphlet),
    type_write("incollection", Kind::Chapter),
    type_write("inproceedings", Kind::ConferencePaper),
    type_write("inreference", Kind::EntryDictionary),
    type_write("inreference", Kind::EntryEncyclopedia),
    type_write("inreference", Kind::Entry),
    type_write("phdthesis", Kind::Thesis).sub("phd"),
    type_write("mastersthesis", Kind::Thesis).sub("masters"),
    type_write("thesis", Kind::Thesis),
    type_write("report", Kind::Report),
    type_write("report", Kind::Standard),
    type_write("report", Kind::Manual),
    type_write("patent", Kind::Patent),
    type_write("misc", Kind::Dataset),
    type_write("misc", Kind::Database),
    type_write("software", Kind::Software),
    type_write("online", Kind::Webpage),
    type_write("online", Kind::BlogPost),
    type_write("online", Kind::Post),
    type_write("unpublished", Kind::Presentation),
    type_write("unpublished", Kind::Manuscript),
    type_write("unpublished", Kind::ArchivalCollection),
    type_write("letter", Kind::PersonalCommunication),
    type_write("misc", Kind::Interview),
    type_write("jurisdiction", Kind::LegalCase),
    type_write("misc", Kind::Hearing),
    type_write("legislation", Kind::Legislation),
    type_write("legislation", Kind::Bill),
    type_write("legislation", Kind::Regulation),
    type_write("legislation", Kind::Treaty),
    type_write("artwork", Kind::Artwork),
    type_write("artwork", Kind::Figure),
    type_write("misc", Kind::Map),
    type_write("movie", Kind::Video).sub("film"),
    type_write("video", Kind::Video),
    type_write("video", Kind::Broadcast).sub("tv"),
    type_write("audio", Kind::Broadcast),
    type_write("audio", Kind::Audio),
    type_write("misc", Kind::Performance),
    type_write("misc", Kind::Event),
    type_write("misc", Kind::Grant),
    type_write("misc", Kind::ModelOrObject),
    type_write("misc", Kind::Misc),
];

/// The types whose first contributors the importer takes for directors, performers and hosts.
const ON_SCREEN: &[&str] = &["movie", "video"];
const RECORDED: &[&str] = &["audio"];

/// The types of pages of a site.
const PAGES: &[&str] = &["online"];

/// Languages by their tags, which Zotero keeps as they are.
static LANGUAGE_TAGS: Codec = Codec {
    name: "language tags",
    write: |value, sink| {
        let Value::Lang(lang) = value else { return None };
        let (tag, sound) = (lang.as_str(), Lang::parse(lang.as_str()) == *lang);
        sink.put(0, Some(tag).filter(|_| lang.is_tag() && sound)?);
        Some(Parts::NONE)
    },
    ..LANGUAGES
};

/// The tag of the language that babel has a name for.
static LANGUAGE_OF_ID: Codec = Codec {
    name: "tag of a babel name",
    read: |_, _, _| false,
    write: |value, sink| {
        let Value::Token(name) = value else { return None };
        sink.put(0, Lang::from_babel(name).filter(Lang::is_tag)?.as_str().to_owned());
        Some(Parts::NONE)
    },
    example: &[],
    ..LANGUAGES
};

/// Fields under the names that the importer reads, before the rows of the dialect.
const RULES: &[Rule] = &[
    write("author", Field::Director, &NAMES).on(ON_SCREEN).moves(Field::Author),
    write("author", Field::Performer, &NAMES).on(RECORDED).moves(Field::Author),
    write("author", Field::Composer, &NAMES).on(RECORDED).moves(Field::Author),
    write("author", Field::Presenter, &NAMES).on(RECORDED).moves(Field::Author),
    write("assignee", Field::Holder, &ORGANIZERS),
    write("nationality", Field::Jurisdiction, &TEXTS),
    write("copyright", Field::Rights, &TEXTS),
    // What is `location` of a paper becomes the place of its event.
    write("address", Field::Place, &PLACES).on(CONFERENCES),
    write("location", Field::EventPlace, &TEXT).on(CONFERENCES).when(map::with_address, &[("address", "Oslo")]),
    write("chapter", Field::Section, &TEXT).on(ARTICLES).moves(Field::Chapter),
    write("chapter", Field::Section, &TEXT).on(LAW).moves(Field::Chapter),
    write("eprint/eprinttype/eprintclass", Field::Eprint, &EPRINT).when(map::typed_eprint, &[]),
    write("type", Field::Genre, &GENRE),
    // The site of a page, which Zotero's own export has there.
    write("booktitle", Field::TitleAddon, &TEXT).on(PAGES).moves(Field::ContainerTitle),
    write("language", Field::Language, &LANGUAGE_TAGS),
    write("language", Field::LangId, &LANGUAGE_OF_ID).moves(Field::Language),
    write("annote", Field::Annotation, &TEXTS),
];

static BIBTEX_TYPES: [TypeRule; TYPES.len() + BIBTEX_ROWS.len()] = before(TYPES, BIBTEX_ROWS);
static BIBLATEX_TYPES: [TypeRule; TYPES.len() + BIBLATEX_ROWS.len()] = before(TYPES, BIBLATEX_ROWS);
static FOR_BIBTEX_RULES: [Rule; RULES.len() + BIBTEX_RULES.len()] = before(RULES, BIBTEX_RULES);
static FOR_BIBLATEX_RULES: [Rule; RULES.len() + BIBLATEX_RULES.len()] = before(RULES, BIBLATEX_RULES);

pub(super) static FOR_BIBTEX: Mapping = map::tables(
    Dialect::BibTex,
    Types { rows: &BIBTEX_TYPES, ..types::BIBTEX },
    &FOR_BIBTEX_RULES,
    map::UNSUPPORTED_BY_ZOTERO,
    &[],
);

pub(super) static FOR_BIBLATEX: Mapping = map::tables(
    Dialect::BibLatex,
    Types { rows: &BIBLATEX_TYPES, ..types::BIBLATEX },
    &FOR_BIBLATEX_RULES,
    map::UNSUPPORTED_BY_ZOTERO,
    &[],
);

/// The tags of a record.
pub(super) fn tags<'r>(
    dialect: Dialect,
    out: &mut Outgoing<'r, '_>,
    options: &WriteOptions,
) -> (&'static Mapping, Written<'r>) {
    let mapping = match dialect {
        Dialect::BibTex => &FOR_BIBTEX,
        Dialect::BibLatex => &FOR_BIBLATEX,
    };
    let mut written = mapping.write_as(word(out.record()), out, options);
    more_related(&mut written, out);
    if !options.carry {
        without_others(&mut written, out);
    }
    (mapping, written)
}

/// The entry type for the kind, whatever the source's was.
fn word(record: &Record) -> Option<&'static str> {
    let of_kind = || TYPES.iter().filter(|row| row.kind == record.kind);
    let exact = of_kind().find(|row| row.subtype == record.subtype.as_deref());
    exact.or_else(|| of_kind().find(|row| row.subtype.is_none())).map(|row| row.word)
}

/// The importer would take "others" for a contributor.
fn without_others(written: &mut Written, out: &mut Outgoing<'_, '_>) {
    for cell in written.cells.iter_mut().filter(|cell| NAME_TAGS.contains(&&*cell.tag) && cell.expression.is_none()) {
        let mut names = split_and(&cell.raw);
        let all = names.len();
        names.retain(|name| *name != "others");
        if names.len() == all || names.is_empty() {
            continue;
        }
        cell.raw = names.join(" and ").into();
        if let Some(slot) = cell.slot() {
            out.note(slot, LossKind::Narrowed(Parts::OTHERS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_an_entry_type() {
        for kind in Kind::ALL {
            assert!(word(&Record::new(*kind)).is_some(), "{}", kind.name());
        }
    }
}
