//! The tags of RIS and what they mean, type by type: section 3.5 of the mapping reference.
//!
//! The rows of contributors come last: what `A2` and `A3` mean depends on whether the record is of the older dialect
//! (2001), which the other tags tell.

use super::codec::{
    ADVISORS, ARTICLE_IN_SP, ARXIV_ADDRESS, ATTORNEYS, CAPTION, COSPONSORS, COUNSEL, DATE, DATE_OR_NOT, DATE_PARTS,
    DAY, DEPARTMENT, DOI, DOI_ADDRESS, EDITION_NO_DATE, FILE_IMAGE, FILE_OTHER, FILE_PDF, FILE_TEXT, FULL_TEXT, GENRE,
    HOLDER, IMAGE, ISBN, ISSN, KEYWORDS, LABEL, LANDING, LANGUAGE, LEGAL_NOTE, LYRICISTS, NAMES, NIHMSID, NOTE, NUMBER,
    NUMBER_IN_SN, NUMBER_IN_SN_OF, PAGES, PARAGRAPHS, PDF, PMCID, PMID, PUBLISHER, RELATED, RESOLVER, REVIEWERS,
    SPONSORS, TEXT, TOKEN, TOTAL, VISITED, YEAR, is_year,
};
use super::types::{TYPES, mark_says};
use crate::mapping::{CarryIn, Echo, Mapping, Rule, Seen, Tag, Way, both, many, one, read, write};
use crate::record::Field;
use std::sync::OnceLock;

/// The tables.
pub(super) static MAPPING: Mapping = Mapping {
    family: "ris",
    types: TYPES,
    tags: TAGS,
    rules: RULES,
    echoes: ECHOES,
    keys: &["ID", "LB"],
    unsupported: UNSUPPORTED,
    carry: CarryIn::Lines("N1"),
    index: OnceLock::new(),
};

/// The tags in the order in which they are written; those that are only read stand beside the one that is written.
const TAGS: &[Tag] = &[
    one("ID"),
    one("TI"),
    one("T1"),
    one("CT"),
    one("BT"),
    one("ST"),
    many("TT"),
    one("T2"),
    one("T3"),
    one("C3"),
    one("JF"),
    one("JO"),
    many("J2"),
    one("JA"),
    one("J1"),
    one("RI"),
    many("AU"),
    many("A1"),
    many("A2"),
    many("A3"),
    many("A4"),
    many("ED"),
    one("TA"),
    one("PY"),
    one("Y1"),
    one("DA"),
    one("ET"),
    one("VL"),
    one("VO"),
    one("IS"),
    one("CP"),
    one("NV"),
    one("M1"),
    one("M2"),
    one("SV"),
    one("SP"),
    one("EP"),
    one("SE"),
    many("SN"),
    many("CY"),
    one("PP"),
    many("PB"),
    many("OP"),
    one("C1"),
    one("C2"),
    one("C4"),
    many("C5"),
    one("C6"),
    one("C7"),
    one("C8"),
    many("M3"),
    many("LA"),
    many("AB"),
    many("N2"),
    many("KW"),
    many("DO"),
    many("DI"),
    one("AN"),
    one("DB"),
    one("DP"),
    many("CN"),
    one("AV"),
    many("AD"),
    one("Y2"),
    one("RP"),
    one("CR"),
    many("UR"),
    many("LK"),
    many("L1"),
    many("L2"),
    many("L3"),
    many("L4"),
    many("N1"),
    many("RN"),
    many("CA"),
    many("LB"),
    one("U1"),
    one("U2"),
    one("U3"),
    one("U4"),
    one("U5"),
];

/// Tags that are another spelling of one: read as that one, written back as they were where they were read.
pub(super) const SPELLINGS: &[(&str, &str)] = &[
    ("A1", "AU"),
    ("CT", "TI"),
    ("VO", "VL"),
    ("CP", "IS"),
    ("PP", "CY"),
    ("DI", "DO"),
    ("LK", "UR"),
    ("JA", "J2"),
    ("J1", "J2"),
];

/// Papers at conferences.
const CONF: &[&str] = &["CONF"];
/// The types in which `T2` is a series (else it is what the item stands in).
const SERIES: &[&str] =
    &["AGGR", "BOOK", "CLSWK", "COMP", "CTLG", "DBASE", "EDBOOK", "MANSCPT", "MAP", "MULTI", "RPRT", "UNPB", "UNPD"];
/// The types in which `T2` is not the container.
const T2_IS_NOT_CONTAINER: &[&str] = &[
    "AGGR", "BOOK", "CLSWK", "COMP", "CTLG", "DBASE", "EDBOOK", "MANSCPT", "MAP", "MULTI", "RPRT", "UNPB", "UNPD",
    "CONF", "CPAPER", "SLIDE", "HEAR", "STAND", "STD", "THES", "MPCT",
];
/// The types whose container has `JF` to stand in.
const CONTAINER_IN_JF: &[&str] = &[
    "AGGR", "BOOK", "CLSWK", "COMP", "CTLG", "DBASE", "EDBOOK", "MANSCPT", "MAP", "MULTI", "RPRT", "UNPB", "UNPD",
    "SLIDE", "HEAR", "STAND", "STD", "THES",
];
/// The types in which `T3` is no series.
const T3_IS_NOT_SERIES: &[&str] = &[
    "AGGR", "BOOK", "CLSWK", "COMP", "CTLG", "DBASE", "EDBOOK", "MANSCPT", "MAP", "MULTI", "RPRT", "UNPB", "UNPD",
    "HEAR", "BILL", "UNBILL", "MPCT",
];
/// Articles in journals.
const JOURNAL: &[&str] = &["JOUR", "JOURN", "ABST", "INPR", "JFULL"];
/// Parts of serials, and serials, in which `IS` is the issue.
const ISSUES: &[&str] = &["JOUR", "JOURN", "ABST", "INPR", "JFULL", "EJOUR", "MGZN", "NEWS", "SER", "CONF", "GOVDOC"];
/// Where the reviewer has `C4`.
const REVIEWED: &[&str] = &["BOOK", "CHAP", "EBOOK", "ECHAP", "EJOUR"];
/// Where `A2` is the editor.
const EDITOR_IN_A2: &[&str] = &[
    "ANCIENT", "BLOG", "CHAP", "CONF", "CPAPER", "DICT", "EBOOK", "ECHAP", "ENCYC", "MUSIC", "SER", "JOUR", "JOURN",
    "ABST", "INPR", "JFULL", "MGZN", "NEWS", "EJOUR", "GEN",
];
/// Where `A2` is the editor of the series.
const SERIES_EDITOR_IN_A2: &[&str] =
    &["BOOK", "CLSWK", "COMP", "EDBOOK", "ELEC", "WEB", "MAP", "MULTI", "RPRT", "UNPB", "UNPD"];
/// Where `A2` is a contributor.
const CONTRIBUTOR_IN_A2: &[&str] = &[
    "AGGR", "ART", "CHART", "CTLG", "DBASE", "EQUA", "FIGURE", "GOVDOC", "GRANT", "GRNT", "HEAR", "LEGAL", "MANSCPT",
    "MPCT", "PAMP", "PRESS", "STAND", "STD", "STAT", "THES", "UNBILL",
];
/// Where `A3` is something else than the editor of the series, or that has `A2`.
const NO_SERIES_EDITOR_IN_A3: &[&str] = &[
    "BOOK", "BLOG", "MPCT", "THES", "RPRT", "BILL", "CLSWK", "COMP", "EDBOOK", "ELEC", "WEB", "MAP", "MULTI", "UNPB",
    "UNPD",
];
/// Where `M1` is the number.
const NUMBER_IN_M1: &[&str] = &[
    "ADVS", "AGGR", "ANCIENT", "BILL", "CHART", "DICT", "EQUA", "FIGURE", "GEN", "HEAR", "SLIDE", "SOUND", "THES",
    "UNBILL", "UNPB", "UNPD", "VIDEO", "MPCT", "STAT", "ENCYC", "MUSIC",
];
/// Where `SE` is a section.
const SECTION_IN_SE: &[&str] = &["BILL", "GEN", "GOVDOC", "MUSIC", "NEWS", "STAT", "UNBILL", "STAND", "STD", "LEGAL"];
/// Where `M3` is the medium.
const MEDIUM_IN_M3: &[&str] = &["BLOG", "EBOOK", "ELEC", "WEB", "MUSIC", "ART"];
/// Where the medium has a tag of its own or `M3` is its.
const NO_GENRE_IN_M3: &[&str] = &["BLOG", "EBOOK", "ELEC", "WEB", "MUSIC", "ART", "MPCT"];
/// Where the size has `C3`.
const SIZE_IN_C3: &[&str] = &["ART", "ADVS", "MAP", "SLIDE", "SOUND", "VIDEO"];
/// Where `VL` is no volume.
const NO_VOLUME: &[&str] = &["THES", "CHART", "EQUA", "FIGURE", "COMP", "PAMP", "PAT"];
/// Where `ET` is no edition.
const NO_EDITION: &[&str] = &[
    "CHART", "COMP", "DATA", "EQUA", "FIGURE", "MANSCPT", "BILL", "HEAR", "STAT", "JOUR", "JOURN", "ABST", "INPR",
    "JFULL",
];
/// Where `PB` is no publisher.
const NO_PUBLISHER: &[&str] = &["CASE", "PAT", "MANSCPT"];
/// Where `IS` is no number.
const NO_NUMBER_IN_IS: &[&str] =
    &["JOUR", "JOURN", "ABST", "INPR", "JFULL", "EJOUR", "MGZN", "NEWS", "SER", "CONF", "GOVDOC", "CHAP", "DATA"];
/// Where `NV` is no number of volumes.
const NO_VOLUMES: &[&str] = &["CTLG", "DATA", "ICOMM", "MANSCPT", "PCOMM", "EBOOK", "RPRT"];
/// Where `OP` is the history of a law or case.
const LEGAL: &[&str] = &["BILL", "CASE", "HEAR", "LEGAL", "STAT", "UNBILL"];

/// Whether the tags are those of the older dialect (2001) alone.
pub(super) fn is_2001(seen: &Seen<'_>) -> bool {
    seen.any(&["T1", "Y1", "N2"])
        && !seen.any(&["ET", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "DO", "DI", "AN", "LB"])
}

fn is_2011(seen: &Seen<'_>) -> bool {
    !is_2001(seen)
}

/// Whether the container stands in a tag of its own, so that `T2` is the event (D-01).
fn has_container(seen: &Seen<'_>) -> bool {
    seen.any(&["C3", "BT", "JF", "JO"])
}

/// Whether `CY` is the place of the event: `C1` is that of the publisher, or there is an event.
fn has_event(seen: &Seen<'_>) -> bool {
    let event = seen.get("T2");
    let named = |tag: &&str| seen.get(tag).is_some_and(|title| Some(title) != event);
    let repeats = ["C3", "BT", "JF", "JO"].iter().any(|tag| seen.get(tag).is_some() && seen.get(tag) == event);
    seen.has("C1") || (event.is_some() && !repeats && ["C3", "BT", "JF", "JO"].iter().any(|tag| named(&tag)))
}

fn year_in_c2(seen: &Seen<'_>) -> bool {
    seen.get("C2").is_some_and(is_year)
}

fn has_doi(seen: &Seen<'_>) -> bool {
    seen.any(&["DO", "DI"])
}

fn no_doi(seen: &Seen<'_>) -> bool {
    !has_doi(seen)
}

fn is_broadcast(seen: &Seen<'_>) -> bool {
    mark_says(seen, &["tv", "television", "broadcast", "episode", "radio", "podcast"])
}

fn is_no_broadcast(seen: &Seen<'_>) -> bool {
    !is_broadcast(seen)
}

fn is_interview(seen: &Seen<'_>) -> bool {
    mark_says(seen, &["interview"])
}

fn is_no_interview(seen: &Seen<'_>) -> bool {
    !is_interview(seen)
}

fn is_pubmed(seen: &Seen<'_>) -> bool {
    let is = |tag: &str, names: &[&str]| {
        seen.get(tag).is_some_and(|it| names.iter().any(|name| name.eq_ignore_ascii_case(it)))
    };
    is("DB", &["PubMed", "MEDLINE"]) || is("DP", &["NLM"])
}

fn is_review(seen: &Seen<'_>) -> bool {
    seen.has("RI")
}

fn is_no_review(seen: &Seen<'_>) -> bool {
    !seen.has("RI")
}

fn no_authors(seen: &Seen<'_>) -> bool {
    !seen.any(&["AU", "A1"])
}

/// A label is no key where there is another key.
fn has_key(seen: &Seen<'_>) -> bool {
    seen.has("ID")
}

const DOI_BESIDE: &[(&str, &str)] = &[("DO", "10.1000/1")];
const YEAR_BESIDE: &[(&str, &str)] = &[("C2", "2016")];
const EVENT_BESIDE: &[(&str, &str)] = &[("C3", "Proceedings"), ("T2", "A Conference")];
const C3_BESIDE: &[(&str, &str)] = &[("C3", "Proceedings")];
const RI_BESIDE: &[(&str, &str)] = &[("RI", "An Old Book")];
const T1_BESIDE: &[(&str, &str)] = &[("T1", "On Examples")];
const TV_BESIDE: &[(&str, &str)] = &[("M3", "Television broadcast")];
const PODCAST_BESIDE: &[(&str, &str)] = &[("M3", "Podcast")];
const INTERVIEW_BESIDE: &[(&str, &str)] = &[("M3", "Interview")];
const PUBMED_BESIDE: &[(&str, &str)] = &[("DB", "PubMed")];
const KEY_BESIDE: &[(&str, &str)] = &[("ID", "doe2020")];

const RULES: &[Rule] = &[
    // Titles
    both("TI", Field::Title, &TEXT),
    read("T1", Field::Title, &TEXT),
    read("BT", Field::Title, &TEXT).on(&["BOOK", "EBOOK", "EDBOOK", "CLSWK", "CTLG", "UNPB", "UNPD"]),
    both("ST", Field::ShortTitle, &TEXT),
    both("TT", Field::TranslatedTitle, &TEXT),
    both("RI", Field::ReviewedTitle, &TEXT),
    // What it stands in, its event, its series
    both("T2", Field::ContainerTitle, &TEXT).except(T2_IS_NOT_CONTAINER),
    both("T2", Field::ContainerTitle, &TEXT).on(&["MPCT"]).when(is_broadcast, TV_BESIDE),
    both("C3", Field::ContainerTitle, &TEXT).on(&["CONF", "CPAPER"]),
    both("JF", Field::ContainerTitle, &TEXT).on(CONTAINER_IN_JF),
    read("JF", Field::ContainerTitle, &TEXT),
    read("BT", Field::ContainerTitle, &TEXT),
    read("JO", Field::ContainerTitle, &TEXT),
    both("T2", Field::EventTitle, &TEXT).on(CONF).when(has_container, C3_BESIDE),
    both("T2", Field::EventTitle, &TEXT).on(&["CPAPER", "SLIDE"]),
    read("T2", Field::ContainerTitle, &TEXT).on(CONF),
    write("C3", Field::EventTitle, &TEXT).on(CONF).when(|seen| !seen.has("C3"), &[]).moves(Field::ContainerTitle),
    read("A2", Field::ContainerTitle, &TEXT).on(&["CASE"]),
    both("J2", Field::ContainerShort, &TEXT).except(SERIES),
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
    both("Y2", Field::Accessed, &DATE),
    read("DA", Field::Accessed, &DAY).on(VISITED).when(|seen| seen.any(&["PY", "Y1"]), &[("PY", "2019")]),
    both("ET", Field::Available, &DATE_OR_NOT).on(JOURNAL),
    both("C1", Field::Filed, &DATE_OR_NOT).on(&["PAT"]),
    both("SE", Field::Filed, &DATE_OR_NOT).on(&["CASE"]),
    both("C2", Field::Granted, &DATE_OR_NOT).on(&["PAT"]),
    both("SE", Field::Created, &DATE_OR_NOT).on(&["DATA"]),
    both("C5", Field::Updated, &DATE_OR_NOT).on(&["EBOOK"]),
    // Numbers
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
    read("M1", Field::Issue, &NUMBER).on(&["JOUR", "JOURN", "CONF", "EJOUR", "GOVDOC", "MGZN"]),
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
    both("M1", Field::Number, &NUMBER).on(NUMBER_IN_M1),
    both("IS", Field::Number, &NUMBER).except(NO_NUMBER_IN_IS),
    read("M1", Field::Number, &NUMBER).on(&["RPRT", "ART", "MANSCPT", "DATA", "CPAPER"]),
    both("C7", Field::ArticleNumber, &NUMBER).except(&["EBOOK", "ECHAP"]),
    // Pages
    both("SP", Field::RunningTime, &TEXT).on(&["MPCT"]),
    both("SP/EP", Field::Pages, &PAGES).except(&["MPCT"]),
    both("SP", Field::NumberOfPages, &TOTAL).except(&["MPCT"]),
    read("SP", Field::ArticleNumber, &ARTICLE_IN_SP),
    read("M2/EP", Field::Pages, &PAGES).on(&["JOUR", "JOURN", "ABST", "INPR", "JFULL"]),
    read("SE/EP", Field::Pages, &PAGES).on(&["JOUR", "JOURN", "MGZN", "MANSCPT", "BOOK"]),
    read("M1/EP", Field::Pages, &PAGES).on(&["LEGAL", "NEWS", "STAND", "STD"]),
    read("M2", Field::NumberOfPages, &NUMBER).on(&["PAMP"]),
    read("SE", Field::NumberOfPages, &NUMBER).on(&["CTLG"]),
    both("SE", Field::Section, &TEXT).on(SECTION_IN_SE),
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
    both("CY", Field::EventPlace, &TEXT).on(&["CPAPER"]),
    both("C1", Field::Place, &TEXT).on(&["CPAPER"]),
    both("CY", Field::Place, &TEXT).except(&["CPAPER", "CONF"]),
    both("CY", Field::Place, &TEXT).on(CONF).when(|seen| !has_event(seen), &[]),
    write("CY", Field::EventPlace, &TEXT).on(CONF).when(|seen| !has_event(seen), &[]).moves(Field::Place),
    both("OP", Field::References, &TEXT).on(LEGAL),
    both("C5", Field::References, &TEXT).on(&["PAT"]),
    both("OP", Field::OriginalPublication, &TEXT).except(LEGAL),
    both("C3", Field::Jurisdiction, &TEXT).on(&["PAT"]),
    // Identifiers
    both("SN", Field::Isbn, &ISBN),
    both("SN", Field::Issn, &ISSN),
    both("DO", Field::Doi, &DOI),
    read("M3", Field::Doi, &DOI),
    read("L3", Field::Doi, &DOI),
    read("UR", Field::Doi, &DOI_ADDRESS).when(no_doi, &[]),
    both("DB", Field::Database, &TEXT),
    both("DP", Field::DatabaseProvider, &TEXT),
    both("AN", Field::Pmid, &PMID).when(is_pubmed, PUBMED_BESIDE),
    both("AN", Field::Accession, &TEXT).when(|seen| !is_pubmed(seen), &[]),
    write("AN", Field::Pmid, &PMID).when(|seen| !is_pubmed(seen), &[]).moves(Field::Accession),
    both("C2", Field::Pmcid, &PMCID).on(JOURNAL),
    both("C3", Field::Pmcid, &PMCID).on(&["EJOUR"]),
    both("C7", Field::Pmcid, &PMCID).on(&["EBOOK", "ECHAP"]),
    both("C6", Field::Identifier, &NIHMSID).on(JOURNAL),
    // Words about it
    read("VL", Field::Genre, &GENRE).on(&["THES"]),
    both("C4", Field::Genre, &TEXT).on(&["MPCT"]),
    both("C5", Field::Medium, &TEXT).on(&["SOUND", "VIDEO", "MPCT"]),
    both("M3", Field::Medium, &GENRE).on(MEDIUM_IN_M3),
    read("M3", Field::Medium, &GENRE).on(&["MPCT"]),
    both("M3", Field::Genre, &GENRE).except(NO_GENRE_IN_M3),
    read("M3", Field::Genre, &GENRE),
    both("LA", Field::Language, &LANGUAGE),
    both("AB", Field::Abstract, &PARAGRAPHS),
    read("N2", Field::Abstract, &PARAGRAPHS),
    both("KW", Field::Keyword, &KEYWORDS),
    both("CN", Field::CallNumber, &TEXT),
    both("AV", Field::Archive, &TEXT).except(&["MANSCPT"]),
    read("AV", Field::Archive, &TEXT).on(&["MANSCPT"]),
    both("AD", Field::Affiliation, &TEXT),
    both("C4", Field::Funding, &TEXT).on(&["DATA"]),
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
    write("UR", Field::Eprint, &ARXIV_ADDRESS).when(|seen| !seen.any(&["UR", "LK"]), &[]).moves(Field::Url),
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
    both("N1", Field::Note, &NOTE),
    // Contributors, those in tags of their own first
    both("C2", Field::ContainerAuthor, &NAMES).on(&["CHAP", "ECHAP"]),
    both("C4", Field::Author, &NAMES).on(REVIEWED).when(is_review, RI_BESIDE),
    both("C4", Field::Contributor, &REVIEWERS).on(REVIEWED).when(is_no_review, &[]),
    both("C4", Field::Contributor, &ATTORNEYS).on(&["PAT"]),
    both("C4", Field::Contributor, &LYRICISTS).on(&["SOUND"]),
    read("C1", Field::Performer, &NAMES).on(&["VIDEO", "MPCT"]),
    both("AU", Field::ReviewedAuthor, &NAMES).on(REVIEWED).when(is_review, RI_BESIDE),
    both("AU", Field::Author, &NAMES).on(REVIEWED).when(is_no_review, &[]),
    both("AU", Field::Editor, &NAMES).on(&["EDBOOK"]),
    both("AU", Field::Director, &NAMES).on(&["MPCT"]),
    both("AU", Field::Composer, &NAMES).on(&["MUSIC"]),
    both("AU", Field::Composer, &NAMES).on(&["SOUND"]).when(is_no_broadcast, &[]),
    both("AU", Field::Author, &NAMES).on(&["SOUND"]).when(is_broadcast, PODCAST_BESIDE),
    both("AU", Field::Author, &NAMES)
        .except(&["BOOK", "CHAP", "EBOOK", "ECHAP", "EJOUR", "EDBOOK", "MPCT", "MUSIC", "SOUND"]),
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
];

const fn repeats(tag: &'static str, of: &'static str, types: &'static [&'static str]) -> Echo {
    Echo { tag, of, types, way: Way::Read }
}

/// D-01: the proceedings stand in `C3`, and where there is no event in `T2` as well, where most readers look.
const ECHOES: &[Echo] = &[
    Echo { tag: "T2", of: "C3", types: CONF, way: Way::Both },
    repeats("T2", "BT", CONF),
    repeats("T2", "JF", CONF),
    repeats("T2", "JO", CONF),
    repeats("JF", "C3", CONF),
    repeats("JO", "C3", CONF),
    repeats("BT", "C3", CONF),
    repeats("JF", "T2", &[]),
    repeats("BT", "T2", &[]),
    repeats("JO", "T2", &[]),
    repeats("J2", "T2", &[]),
    repeats("JO", "JF", &[]),
    repeats("J2", "JF", &[]),
    repeats("JO", "J2", &[]),
    repeats("T1", "TI", &[]),
    repeats("BT", "TI", &["BOOK"]),
    repeats("N2", "AB", &[]),
    repeats("Y1", "PY", &[]),
];

/// What RIS has no tag for.
const UNSUPPORTED: &[Field] = &[
    Field::Subtitle,
    Field::TitleAddon,
    Field::SortTitle,
    Field::IndexTitle,
    Field::VernacularTitle,
    Field::TransliteratedTitle,
    Field::ReprintTitle,
    Field::PartTitle,
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
    Field::ExecutiveProducer,
    Field::ScriptWriter,
    Field::Presenter,
    Field::Guest,
    Field::Narrator,
    Field::Submitted,
    Field::OriginalDate,
    Field::Copyright,
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
    Field::SeriesShort,
    Field::SeriesOrdinal,
    Field::EventAddon,
    Field::EventShort,
    Field::EventNumber,
    Field::OriginalTitle,
    Field::OriginalPublisher,
    Field::OriginalPlace,
    Field::OriginalLanguage,
    Field::ReviewedGenre,
    Field::IssueDesignation,
    Field::Part,
    Field::Supplement,
    Field::Paragraph,
    Field::Printing,
    Field::Pagination,
    Field::BookPagination,
    Field::Contents,
    Field::Rights,
    Field::LangId,
    Field::Script,
    Field::ArchiveCollection,
    Field::ArchiveLocation,
    Field::ArchivePlace,
    Field::Contact,
    Field::KeyAlias,
    Field::Relation,
    Field::Flag,
];
