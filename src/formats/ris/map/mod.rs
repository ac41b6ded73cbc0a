//! The tags of RIS and what they mean, type by type: section 3.5 of the mapping reference.
//!
//! The rows of contributors come last: what `A2` and `A3` mean depends on whether the record is of the older dialect
//! (2001), which the other tags tell.

mod conditions;
mod groups;
mod tags;

use super::codec::{
    ADDRESS, ADDRESS_OF_NAMES, ARTICLE_AS_RANGE, ARTICLE_IN_SP, CAPTION, DATABASE_NOTE, DATE_PARTS, DEGREE, DEPARTMENT, DOI_NOTE, EDITION_NO_DATE, EMBASE_NUMBER, FILE_IMAGE, FILE_OTHER, FILE_PDF,
    FILE_TEXT, FULL_TEXT, GENRE, IMAGE, ISBN, ISSN, LABEL, LANDING, LEGAL_NOTE, NOTE, NUMBER, NUMBER_IN_SN,
    NUMBER_IN_BRIEF, NUMBER_IN_SN_OF, NUMBER_NO_DEGREE, PAGES, PAGES_AND_START, PAGES_NOT_WORDS, PARAGRAPHS, PDF, PMCID_IN_FULL, PMCID_NAMED, PMCID_NOTE, PMID_NAMED, PMID_NOTE, PMID_NUMBER, PUBLISHER, PUBMED_LIST, REFERENCES, RELATED, RESOLVER, SECTION_NO_PAGE, TEXT,
    TOKEN, TOTAL, VISITED,
};
use super::dialects::LINES;
use super::line;
use super::types::TYPES;
use crate::mapping::codecs::dates::{DATE, DATE_OR_NOT, DAY, YEAR};
use crate::mapping::codecs::identifiers::{ARXIV_ADDRESS, DOI, DOI_ADDRESS, NIHMSID, PMCID, PMID};
use crate::mapping::codecs::keywords::KEYWORDS;
use crate::mapping::codecs::languages::{BABEL, LANGUAGE};
use crate::mapping::codecs::names::{COLLABORATIONS, 
    ADVISORS, ATTORNEYS, COMMENTERS, COSPONSORS, COUNSEL, HOLDER, LYRICISTS, NAMES, REVIEWERS, SPONSORS,
};
use crate::mapping::{CarryIn, Mapping, Rule, Types, both, read, write};
use crate::record::Field;
pub(super) use conditions::{is_2001, is_broadcast, is_no_broadcast, is_no_interview, no_authors};
use conditions::{
    C3_BESIDE, DOI_BESIDE, EVENT_BESIDE, INTERVIEW_BESIDE, IP_BESIDE, JF_BESIDE, KEY_BESIDE, LONG_JF_BESIDE, LONG_T2_BESIDE, PAGES_BESIDE, PODCAST_BESIDE, PUBMED_BESIDE,
    RI_BESIDE, SCOPUS_BESIDE, SHORT_T2_BESIDE, T1_BESIDE, T2_BESIDE, T3_BESIDE, TRANSLATED_BESIDE, TV_BESIDE, WOS_BESIDE, YEAR_BESIDE, has_container, has_doi, has_event, has_event_in_y2, has_key, has_pages, has_series_in_t3, is_2011,
    is_interview, is_no_review, lacks_authors, lacks_title_and_author, is_not_scopus_paper, is_paper_in_t2, is_place_in_cy, is_pubmed, is_review, is_scopus, is_short, is_subtitle_in_t2, is_translated, is_web_of_science,
    no_doi, year_in_c2,
};
use groups::{
    CHAPTERS, CONF, CONTAINER_IN_JF, CONTRIBUTOR_IN_A2, EDITOR_IN_A2, ISSUES, JOURNAL, LEGAL, MEDIUM_IN_M3, MEETINGS, NO_EDITION,
    NO_GENRE_IN_M3, NO_NUMBER_IN_IS, NO_PUBLISHER, NO_SERIES_EDITOR_IN_A3, NO_VOLUME, NO_VOLUMES, NUMBER_IN_M1,
    OTHERS_IN_AU, REVIEWED, SECTION_IN_SE, SERIES, SERIES_EDITOR_IN_A2, SERIES_IN_T3, SIZE_IN_C3, T2_IS_NOT_CONTAINER, T3_IS_NOT_SERIES,
};
use std::sync::OnceLock;
pub(super) use tags::SPELLINGS;
use tags::{ECHOES, KEPT, TAGS};
pub(super) use tags::UNSUPPORTED;

/// The tables for a type table and rules: those of the format, and of its variants for writing.
pub(super) const fn tables(
    format: &'static str,
    types: Types,
    rules: &'static [Rule],
    unsupported: &'static [Field],
) -> Mapping {
    Mapping {
        family: "ris",
        format,
        types,
        tags: TAGS,
        rules,
        echoes: ECHOES,
        keys: &["ID", "LB"],
        kept: KEPT,
        takes_extra: |tag, _| line::is_tag(tag) || line::is_end(tag),
        extras_apart: false,
        keeps_order: false,
        unsupported,
        carry: CarryIn::Lines("N1"),
        lines: Some(LINES),
        // What a dialect carries is measured by the tables that read it.
        variants: &[],
        index: OnceLock::new(),
    }
}

/// The tables.
pub(super) static MAPPING: Mapping = tables("ris", TYPES, RULES, UNSUPPORTED);

pub(super) const RULES: &[Rule] = &[
    // Titles
    both("TI", Field::Title, &TEXT),
    read("T1", Field::Title, &TEXT),
    read("BT", Field::Title, &TEXT).on(&["BOOK", "EBOOK", "EDBOOK", "CLSWK", "CTLG", "UNPB", "UNPD"]),
    both("ST", Field::ShortTitle, &TEXT),
    both("TT", Field::TranslatedTitle, &TEXT),
    both("RI", Field::ReviewedTitle, &TEXT),
    // Where it was found tells what some of the tags behind mean
    both("DB", Field::Database, &TEXT),
    // What it stands in, its event, its series
    // Where the journal has a tag of its own, and the series, Elsevier's Pure has the subtitle in `T2`.
    read("JF", Field::ContainerTitle, &TEXT).on(JOURNAL).when(is_subtitle_in_t2, T2_BESIDE),
    read("T2", Field::Subtitle, &TEXT).on(JOURNAL).when(is_subtitle_in_t2, JF_BESIDE),
    // Either may be the journal's title in short.
    read("JF", Field::ContainerTitle, &TEXT).on(JOURNAL).when(|seen| is_short(seen, "T2", "JF"), SHORT_T2_BESIDE),
    read("T2", Field::ContainerShort, &TEXT).on(JOURNAL).when(|seen| is_short(seen, "T2", "JF"), LONG_JF_BESIDE),
    read("JF", Field::ContainerShort, &TEXT).on(JOURNAL).when(|seen| is_short(seen, "JF", "T2"), LONG_T2_BESIDE),
    read("T2", Field::Subtitle, &TEXT).on(SERIES_IN_T3).when(has_series_in_t3, T3_BESIDE),
    both("T2", Field::ContainerTitle, &TEXT).except(T2_IS_NOT_CONTAINER),
    both("T2", Field::ContainerTitle, &TEXT).on(&["MPCT"]).when(is_broadcast, TV_BESIDE),
    both("C3", Field::ContainerTitle, &TEXT).on(&["CONF", "CPAPER"]).when(is_not_scopus_paper, &[]),
    both("JF", Field::ContainerTitle, &TEXT).on(CONTAINER_IN_JF),
    read("JF", Field::ContainerTitle, &TEXT),
    read("BT", Field::ContainerTitle, &TEXT),
    read("JO", Field::ContainerTitle, &TEXT),
    both("T2", Field::ContainerTitle, &TEXT).on(CONF).when(is_scopus, SCOPUS_BESIDE),
    both("C3", Field::EventTitle, &TEXT).on(CONF).when(is_scopus, SCOPUS_BESIDE),
    both("T2", Field::EventTitle, &TEXT).on(CONF).when(has_container, C3_BESIDE),
    read("CP", Field::EventTitle, &TEXT).on(MEETINGS),
    // Pages make a conference paper of CPAPER (D-02), and a sole T2 its container (D-01).
    both("SP/EP", Field::Pages, &PAGES).on(&["CPAPER"]),
    both("SP", Field::NumberOfPages, &TOTAL).on(&["CPAPER"]),
    read("T2", Field::ContainerTitle, &TEXT).on(&["CPAPER"]).when(is_paper_in_t2, PAGES_BESIDE),
    both("T2", Field::EventTitle, &TEXT).on(&["CPAPER"]).when(|seen| !is_paper_in_t2(seen), &[]),
    write("T2", Field::EventTitle, &TEXT).on(&["CPAPER"]).moves(Field::ContainerTitle),
    both("T2", Field::EventTitle, &TEXT).on(&["SLIDE"]),
    read("T2", Field::ContainerTitle, &TEXT).on(CONF),
    write("C3", Field::EventTitle, &TEXT).on(CONF).when(|seen| !seen.has("C3"), &[]).moves(Field::ContainerTitle),
    read("A2", Field::ContainerTitle, &TEXT).on(&["CASE"]),
    both("J2", Field::ContainerShort, &TEXT).except(SERIES),
    read("J9", Field::ContainerShort, &TEXT).except(SERIES),
    both("J2", Field::AlternativeTitle, &TEXT).on(SERIES),
    read("JO", Field::ContainerShort, &TEXT)
        .when(|seen| seen.any(&["T2", "JF", "C3", "BT"]), &[("T2", "Journal of Examples")]),
    both("T2", Field::SeriesTitle, &TEXT).on(SERIES),
    both("T2", Field::SeriesTitle, &TEXT).on(&["MPCT"]).when(is_no_broadcast, &[]),
    both("T3", Field::SeriesTitle, &TEXT).except(T3_IS_NOT_SERIES),
    both("T3", Field::SeriesTitle, &TEXT).on(&["MPCT"]).when(is_broadcast, TV_BESIDE),
    read("T3", Field::SeriesTitle, &TEXT).on(SERIES),
    both("PB", Field::Authority, &TEXT).on(&["CASE"]),
    both("T2", Field::Authority, &TEXT).on(&["HEAR"]),
    both("T3", Field::Authority, &TEXT).on(&["HEAR", "BILL", "UNBILL"]),
    both("A2", Field::Authority, &TEXT).on(&["PAT"]),
    read("T2", Field::Section, &TEXT).on(&["STAND", "STD"]),
    // Dates
    both("C2", Field::Issued, &YEAR).on(CONF).with(Field::EventDate).when(|_| true, &[("PY", "2015")]),
    both("PY/DA/Y1", Field::EventDate, &DATE_PARTS).on(CONF).when(year_in_c2, YEAR_BESIDE),
    both("PY/DA/Y1", Field::Issued, &DATE_PARTS),
    read("PY/DA", Field::Issued, &DATE_PARTS),
    read("PY/Y1", Field::Issued, &DATE_PARTS),
    read("PY", Field::Issued, &DATE),
    read("Y1", Field::Issued, &DATE),
    write("PY/DA", Field::EventDate, &DATE_PARTS)
        .on(CONF)
        .when(|seen| !seen.any(&["PY", "Y1", "DA"]), &[])
        .moves(Field::Issued),
    read("Y2", Field::EventDate, &DATE).on(CONF).when(has_event_in_y2, SCOPUS_BESIDE),
    read("CY", Field::EventDate, &DATE_OR_NOT).on(MEETINGS).when(is_web_of_science, WOS_BESIDE),
    read("Y2", Field::Filed, &DATE).on(&["PAT"]).when(is_2001, T1_BESIDE),
    both("Y2", Field::Accessed, &DATE),
    read("DA", Field::Accessed, &DAY).on(VISITED).when(|seen| seen.any(&["PY", "Y1"]), &[("PY", "2019")]),
    both("ET", Field::Available, &DATE_OR_NOT).on(JOURNAL),
    // The Web of Science.
    read("C6", Field::Available, &DATE_OR_NOT).on(JOURNAL),
    both("C1", Field::Filed, &DATE_OR_NOT).on(&["PAT"]),
    both("SE", Field::Filed, &DATE_OR_NOT).on(&["CASE"]),
    both("C2", Field::Granted, &DATE_OR_NOT).on(&["PAT"]),
    both("SE", Field::Created, &DATE_OR_NOT).on(&["DATA"]),
    both("C5", Field::Updated, &DATE_OR_NOT).on(&["EBOOK"]),
    // Numbers; those of Ovid first
    read("IS", Field::Issn, &ISSN).when(|seen| seen.has("IP"), IP_BESIDE),
    read("IP", Field::Issue, &NUMBER),
    both("ET", Field::Version, &NUMBER).on(&["CHART", "COMP", "DATA", "EQUA", "FIGURE"]),
    both("VL", Field::Version, &NUMBER).on(&["PAT"]),
    both("NV", Field::Version, &NUMBER).on(&["EBOOK"]),
    both("SE", Field::Version, &NUMBER).on(&["DICT"]),
    read("IS", Field::Version, &NUMBER).on(&["DATA"]),
    both("ET", Field::Session, &TEXT).on(&["BILL", "HEAR", "STAT"]),
    both("ET", Field::Medium, &TEXT).on(&["MANSCPT"]),
    both("ET", Field::Edition, &EDITION_NO_DATE).on(JOURNAL),
    both("ET", Field::Edition, &NUMBER).except(NO_EDITION),
    both("VL", Field::Edition, &NUMBER).on(&["COMP"]),
    both("VL", Field::Dimensions, &TEXT).on(&["CHART", "EQUA", "FIGURE"]),
    both("VL", Field::Number, &NUMBER).on(&["PAMP"]),
    both("VL", Field::Volume, &NUMBER).except(NO_VOLUME),
    both("IS", Field::Issue, &NUMBER).on(ISSUES),
    read("M1", Field::Annotation, &DATABASE_NOTE),
    read("M1", Field::Issue, &NUMBER_IN_BRIEF).on(&["JOUR", "JOURN", "CONF", "EJOUR", "GOVDOC", "MGZN"]),
    read("C2", Field::Issue, &NUMBER).on(&["NEWS"]),
    read("C6", Field::Issue, &NUMBER).on(&["RPRT"]),
    both("M1", Field::SeriesNumber, &NUMBER).on(&["BOOK", "CLSWK", "CTLG", "EDBOOK", "PAMP", "SER"]),
    both("NV", Field::SeriesNumber, &NUMBER).on(&["RPRT"]),
    both("SV", Field::SeriesNumber, &NUMBER).on(&["CHAP", "ECHAP"]),
    both("M1", Field::ApplicationNumber, &NUMBER).on(&["PAT"]),
    both("M1", Field::Status, &TOKEN).on(&["GRANT", "GRNT"]),
    both("C6", Field::Status, &TOKEN).on(&["PAT"]),
    both("M1", Field::Chapter, &NUMBER).on(&["ECHAP"]),
    both("SE", Field::Chapter, &NUMBER).on(&["CHAP", "SER"]),
    both("NV", Field::NumberOfVolumes, &NUMBER).except(NO_VOLUMES),
    read("IS", Field::NumberOfVolumes, &NUMBER).on(&["CHAP"]),
    both("SN", Field::Number, &NUMBER_IN_SN).on(NUMBER_IN_SN_OF),
    both("SV", Field::Number, &NUMBER).on(&["CASE"]),
    both("C5", Field::Number, &NUMBER).on(&["GRANT", "GRNT"]),
    both("C2", Field::Number, &NUMBER).on(&["SER"]),
    both("SE", Field::Number, &NUMBER).on(&["BLOG"]),
    both("NV", Field::Number, &NUMBER).on(&["CTLG", "DATA", "ICOMM", "MANSCPT", "PCOMM"]),
    read("M1", Field::Genre, &DEGREE).on(&["THES"]),
    both("M1", Field::Number, &NUMBER_NO_DEGREE).on(&["THES"]),
    both("M1", Field::Number, &NUMBER).on(NUMBER_IN_M1),
    both("IS", Field::Number, &NUMBER).except(NO_NUMBER_IN_IS),
    read("M1", Field::Number, &NUMBER).on(&["RPRT", "ART", "MANSCPT", "DATA", "CPAPER"]),
    both("C7", Field::ArticleNumber, &NUMBER).except(&["EBOOK", "ECHAP"]),
    // Pages
    both("SP", Field::RunningTime, &TEXT).on(&["MPCT"]),
    read("SP/EP/SE", Field::Pages, &PAGES_AND_START).on(&["JOUR", "JOURN", "MGZN"]),
    both("SP/EP", Field::Pages, &PAGES).except(&["MPCT"]),
    both("SP", Field::NumberOfPages, &TOTAL).except(&["MPCT"]),
    read("SP/EP", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("SP", Field::ArticleNumber, &ARTICLE_IN_SP),
    read("M2/EP", Field::Pages, &PAGES_NOT_WORDS).on(&["JOUR", "JOURN", "ABST", "INPR", "JFULL"]),
    read("SE/EP", Field::Pages, &PAGES).on(&["JOUR", "JOURN", "MGZN", "MANSCPT", "BOOK"]),
    read("M1/EP", Field::Pages, &PAGES).on(&["LEGAL", "NEWS", "STAND", "STD"]),
    read("M2", Field::NumberOfPages, &NUMBER).on(&["PAMP"]),
    read("SE", Field::NumberOfPages, &NUMBER).on(&["CTLG"]),
    both("SE", Field::Section, &TEXT).on(SECTION_IN_SE),
    both("SE", Field::Section, &SECTION_NO_PAGE).on(&["JOUR", "JOURN", "MGZN"]).when(has_pages, PAGES_BESIDE),
    both("C1", Field::Section, &TEXT).on(&["CHAP", "ECHAP", "SER"]),
    both("C1", Field::Scale, &TEXT).on(&["MAP"]),
    both("C3", Field::Dimensions, &TEXT).on(SIZE_IN_C3),
    both("C5", Field::Dimensions, &TEXT).on(&["MULTI"]),
    // Publication
    both("PB", Field::Archive, &TEXT).on(&["MANSCPT"]),
    both("PB", Field::Holder, &HOLDER).on(&["PAT"]),
    both("PB", Field::Publisher, &PUBLISHER).except(NO_PUBLISHER),
    read("T2", Field::Publisher, &DEPARTMENT).on(&["THES"]),
    read("A3", Field::Publisher, &PUBLISHER).on(&["RPRT"]),
    both("C1", Field::Place, &TEXT).on(CONF).with(Field::EventPlace).when(|_| true, &[("CY", "Bonn")]),
    both("C1", Field::Place, &TEXT).on(CONF).when(has_event, EVENT_BESIDE),
    both("CY", Field::EventPlace, &TEXT).on(CONF).when(has_event, EVENT_BESIDE),
    both("C1", Field::Place, &TEXT).on(&["CPAPER"]),
    read("CY", Field::Place, &TEXT).on(&["CPAPER"]).when(is_place_in_cy, PAGES_BESIDE),
    both("CY", Field::EventPlace, &TEXT).on(&["CPAPER"]).when(|seen| !is_place_in_cy(seen), &[]),
    write("CY", Field::EventPlace, &TEXT).on(&["CPAPER"]).moves(Field::Place),
    read("CL", Field::EventPlace, &TEXT).on(MEETINGS),
    both("CY", Field::Place, &TEXT).except(&["CPAPER", "CONF"]),
    both("CY", Field::Place, &TEXT).on(CONF).when(|seen| !has_event(seen), &[]),
    write("CY", Field::EventPlace, &TEXT).on(CONF).when(|seen| !has_event(seen), &[]).moves(Field::Place),
    both("OP", Field::References, &TEXT).on(LEGAL),
    both("C5", Field::References, &TEXT).on(&["PAT"]),
    // PubMed by way of EndNote: the title in its own language, beside a translated one in brackets.
    read("OP", Field::OriginalTitle, &TEXT).on(JOURNAL).when(is_translated, TRANSLATED_BESIDE),
    both("OP", Field::OriginalPublication, &TEXT).except(LEGAL),
    both("C3", Field::Jurisdiction, &TEXT).on(&["PAT"]),
    // Identifiers
    both("SN", Field::Isbn, &ISBN),
    both("SN", Field::Issn, &ISSN),
    both("DO", Field::Doi, &DOI),
    read("M3", Field::Doi, &DOI),
    read("L3", Field::Doi, &DOI),
    read("N1", Field::Doi, &DOI_NOTE),
    // Pure.
    read("U2", Field::Doi, &DOI),
    read("UR", Field::Doi, &DOI_ADDRESS).when(no_doi, &[]),
    both("DP", Field::DatabaseProvider, &TEXT),
    both("AN", Field::Pmid, &PMID).when(is_pubmed, PUBMED_BESIDE),
    // Cochrane, and others who say so; Scopus; Embase.
    read("AN", Field::Pmid, &PMID_NAMED),
    // PubMed Central.
    read("AN", Field::Pmcid, &PMCID_IN_FULL),
    read("U1", Field::Pmid, &PMID_NOTE),
    read("U2", Field::Pmcid, &PMCID_NOTE),
    read("N1", Field::Pmid, &PMID_NOTE),
    read("C3", Field::Pmid, &PMID_NAMED).on(JOURNAL),
    read("M3", Field::Pmid, &PMID_NAMED).on(JOURNAL),
    read("C2", Field::Pmid, &PMID_NUMBER).on(JOURNAL),
    read("C5", Field::Pmid, &PMID_NUMBER).on(JOURNAL),
    read("U2", Field::Accession, &EMBASE_NUMBER),
    both("AN", Field::Accession, &TEXT).when(|seen| !is_pubmed(seen), &[]),
    write("AN", Field::Pmid, &PMID).when(|seen| !is_pubmed(seen), &[]).moves(Field::Accession),
    both("C2", Field::Pmcid, &PMCID_NAMED).on(JOURNAL),
    both("C3", Field::Pmcid, &PMCID).on(&["EJOUR"]),
    both("C7", Field::Pmcid, &PMCID).on(&["EBOOK", "ECHAP"]),
    both("C6", Field::Identifier, &NIHMSID).on(JOURNAL),
    // Words about it
    read("VL", Field::Genre, &GENRE).on(&["THES"]),
    both("C4", Field::Genre, &TEXT).on(&["MPCT"]),
    both("M1", Field::Medium, &TEXT).on(&["COMP"]),
    both("C5", Field::Medium, &TEXT).on(&["SOUND", "VIDEO", "MPCT"]),
    both("M3", Field::Medium, &GENRE).on(MEDIUM_IN_M3),
    read("M3", Field::Medium, &GENRE).on(&["MPCT"]),
    both("M3", Field::Genre, &GENRE).except(NO_GENRE_IN_M3),
    read("M3", Field::Genre, &GENRE),
    both("LA", Field::Language, &LANGUAGE),
    write("LA", Field::LangId, &BABEL).when(|seen| !seen.has("LA"), &[]).moves(Field::Language),
    both("AB", Field::Abstract, &PARAGRAPHS),
    read("N2", Field::Abstract, &PARAGRAPHS),
    both("KW", Field::Keyword, &KEYWORDS),
    both("CN", Field::CallNumber, &TEXT),
    both("AV", Field::Archive, &TEXT).except(&["MANSCPT"]),
    read("AV", Field::Archive, &TEXT).on(&["MANSCPT"]),
    both("AD", Field::Affiliation, &ADDRESS),
    // Ovid; Embase.
    read("M2", Field::Affiliation, &ADDRESS_OF_NAMES),
    read("M1", Field::Affiliation, &ADDRESS_OF_NAMES),
    read("C3", Field::Affiliation, &TEXT).on(JOURNAL),
    both("C4", Field::Funding, &TEXT).on(&["DATA"]),
    read("FU", Field::Funding, &TEXT),
    read("CR", Field::Rights, &TEXT),
    // Addresses and files
    both("UR", Field::Url, &RESOLVER).when(has_doi, DOI_BESIDE),
    // Read as a DOI, it comes before the other addresses when it is written again.
    write("UR", Field::Url, &RESOLVER).when(no_doi, &[]).moves(Field::Doi),
    both("UR", Field::Url, &LANDING),
    both("L1", Field::Url, &PDF),
    both("L2", Field::Url, &FULL_TEXT),
    both("L3", Field::Url, &RELATED),
    both("L4", Field::Url, &IMAGE),
    write("UR", Field::Eprint, &ARXIV_ADDRESS).moves(Field::Url),
    both("L1", Field::File, &FILE_PDF),
    both("L2", Field::File, &FILE_TEXT),
    both("L4", Field::File, &FILE_IMAGE),
    write("L1", Field::File, &FILE_OTHER),
    // Notes
    both("RN", Field::Annotation, &PARAGRAPHS),
    both("CA", Field::Note, &CAPTION),
    both("LB", Field::Note, &LABEL).when(has_key, KEY_BESIDE),
    read("LB", Field::Note, &LABEL),
    both("C1", Field::Note, &LEGAL_NOTE).on(&["JOUR", "JOURN"]),
    read("N1", Field::References, &REFERENCES),
    read("N1", Field::Annotation, &PUBMED_LIST).when(is_pubmed, PUBMED_BESIDE),
    read("N1", Field::Annotation, &DATABASE_NOTE),
    both("N1", Field::Note, &NOTE),
    write("N1", Field::Note, &DOI_NOTE).moves(Field::Doi),
    write("N1", Field::Note, &PMID_NOTE).moves(Field::Pmid),
    // Contributors, those in tags of their own first
    read("C2", Field::ContainerAuthor, &NAMES).on(CHAPTERS),
    both("C4", Field::Author, &NAMES).on(REVIEWED).when(is_review, RI_BESIDE),
    both("C4", Field::Contributor, &REVIEWERS).on(REVIEWED).when(is_no_review, &[]),
    both("C2", Field::Contributor, &COMMENTERS).on(&["BLOG"]),
    both("C4", Field::Contributor, &ATTORNEYS).on(&["PAT"]),
    both("C4", Field::Contributor, &LYRICISTS).on(&["SOUND"]),
    read("C1", Field::Performer, &NAMES).on(&["VIDEO", "MPCT", "SOUND"]),
    both("AU", Field::ReviewedAuthor, &NAMES).on(REVIEWED).when(is_review, RI_BESIDE),
    both("AU", Field::Author, &NAMES).on(REVIEWED).when(is_no_review, &[]),
    both("AU", Field::Editor, &NAMES).on(&["EDBOOK"]),
    both("AU", Field::Director, &NAMES).on(&["MPCT"]),
    both("AU", Field::Composer, &NAMES).on(&["MUSIC"]),
    both("AU", Field::Composer, &NAMES).on(&["SOUND"]).when(is_no_broadcast, &[]),
    both("AU", Field::Author, &NAMES).on(&["SOUND"]).when(is_broadcast, PODCAST_BESIDE),
    both("AU", Field::Author, &NAMES)
        .except(&["BOOK", "CHAP", "EBOOK", "ECHAP", "EJOUR", "EDBOOK", "MPCT", "MUSIC", "SOUND"]),
    write("AU", Field::ContainerAuthor, &NAMES).on(CHAPTERS).when(lacks_title_and_author, &[]).moves(Field::Author),
    write("C2", Field::ContainerAuthor, &NAMES).on(CHAPTERS),
    write("AU", Field::Author, &NAMES).on(&["EDBOOK"]).when(no_authors, &[]).moves(Field::Editor),
    write("AU", Field::Author, &NAMES).on(&["MPCT"]).when(no_authors, &[]).moves(Field::Director),
    write("AU", Field::Author, &NAMES).on(&["MUSIC", "SOUND"]).when(no_authors, &[]).moves(Field::Composer),
    both("A2", Field::Editor, &NAMES).except(&["EDBOOK", "CASE", "PAT"]).when(is_2001, T1_BESIDE),
    both("A2", Field::Editor, &NAMES).on(EDITOR_IN_A2).when(is_2011, &[]),
    both("A3", Field::Editor, &NAMES).on(&["BOOK"]).when(is_2011, &[]),
    both("ED", Field::Editor, &NAMES),
    both("A3", Field::CollectionEditor, &NAMES).when(is_2001, T1_BESIDE),
    both("A2", Field::CollectionEditor, &NAMES).on(SERIES_EDITOR_IN_A2).when(is_2011, &[]),
    both("A3", Field::CollectionEditor, &NAMES).except(NO_SERIES_EDITOR_IN_A3).when(is_2011, &[]),
    read("A3", Field::CollectionEditor, &NAMES)
        .on(&["CLSWK", "COMP", "EDBOOK", "ELEC", "WEB", "MAP", "MULTI", "UNPB", "UNPD"]),
    both("A2", Field::Performer, &NAMES).on(&["ADVS", "SLIDE", "SOUND", "VIDEO"]).when(is_2011, &[]),
    both("A2", Field::Interviewer, &NAMES)
        .on(&["PCOMM"])
        .when(|seen| is_2011(seen) && is_interview(seen), INTERVIEW_BESIDE),
    both("A2", Field::Recipient, &NAMES).on(&["PCOMM"]).when(|seen| is_2011(seen) && is_no_interview(seen), &[]),
    both("A2", Field::Recipient, &NAMES).on(&["ICOMM"]).when(is_2011, &[]),
    both("A2", Field::Contributor, &SPONSORS).on(&["BILL"]).when(is_2011, &[]),
    both("A2", Field::Producer, &NAMES).on(&["DATA"]).when(is_2011, &[]),
    both("A3", Field::Illustrator, &NAMES).on(&["BLOG"]).when(is_2011, &[]),
    both("A3", Field::Producer, &NAMES).on(&["MPCT"]).when(is_2011, &[]),
    both("A3", Field::Contributor, &ADVISORS).on(&["THES"]).when(is_2011, &[]),
    both("A3", Field::Contributor, &COSPONSORS).on(&["BILL"]).when(is_2011, &[]),
    both("A4", Field::Performer, &NAMES).on(&["MPCT"]),
    both("A4", Field::Producer, &NAMES).on(&["MUSIC"]),
    both("A4", Field::Contributor, &COUNSEL).on(&["CASE"]),
    both("A4", Field::Contributor, &NAMES).on(&["CONF", "DATA", "GRANT", "GRNT"]),
    both("A4", Field::Translator, &NAMES).except(&["MPCT", "MUSIC", "CASE", "CONF", "DATA", "GRANT", "GRNT"]),
    both("A2", Field::Contributor, &NAMES).on(CONTRIBUTOR_IN_A2).when(is_2011, &[]),
    // Styles print a collaboration among the authors, as papers do.
    write("AU", Field::Contributor, &COLLABORATIONS).except(OTHERS_IN_AU).moves(Field::Author),
    // Who made it, where nobody else did: better among the authors than nowhere.
    write("AU", Field::Director, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
    write("AU", Field::Composer, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
    write("AU", Field::Performer, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
    write("AU", Field::Presenter, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
    write("AU", Field::ScriptWriter, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
    write("AU", Field::Narrator, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
    write("AU", Field::Compiler, &NAMES).except(OTHERS_IN_AU).when(lacks_authors, &[]).moves(Field::Author),
];
