//! The Web of Science's tables: two-letter columns (tab-delimited), or their full names (Excel, CSV). Section 3.3 of the
//! mapping reference.

use super::super::codec::{
    ABSTRACT, ARTICLE_AS_RANGE, AUTHOR_KEYWORDS, DATE, DOI, EISSN, GROUPS, INDEX_KEYWORDS, INVERTED, INVERTED_AND_SHORT, ISBN, ISSN, LANGUAGE, NUMBER,
    PMID, PUBLISHER, START_END, TEXT, TITLE, WOS as WOS_NUMBER, YEAR_MONTH_DAY,
};
use super::{Dialect, columns, kinds, table};
use crate::mapping::{Mapping, Rule, read};
use crate::record::Field;
use std::sync::OnceLock;

pub(super) static WOS: Dialect = Dialect {
    name: "Web of Science",
    marks: &[&["PT", "AU", "TI", "SO"], &["PT", "AU", "UT"], &["AU", "TI", "SO", "PY"], &["UT (Unique WOS ID)"],
        &["Article Title", "Source Title", "Author Full Names"], &["Publication Type", "Article Title", "Source Title"]],
    aliases: &[
        ("Publication Type", "PT"), ("Authors", "AU"), ("Book Authors", "BA"), ("Book Editors", "BE"), ("Editors", "BE"),
        ("Book Group Authors", "GP"), ("Author Full Names", "AF"), ("Author Full Name", "AF"), ("Book Author Full Names", "BF"),
        ("Group Authors", "CA"), ("Article Title", "TI"), ("Document Title", "TI"), ("Source Title", "SO"), ("Publication Name", "SO"),
        ("Book Series Title", "SE"), ("Book Series Subtitle", "BS"), ("Language", "LA"), ("Document Type", "DT"),
        ("Conference Title", "CT"), ("Conference Date", "CY"), ("Conference Location", "CL"), ("Conference Sponsor", "SP"),
        ("Conference Sponsors", "SP"), ("Conference Host", "HO"), ("Author Keywords", "DE"), ("Keywords Plus", "ID"), ("Abstract", "AB"),
        ("Addresses", "C1"), ("Author Address", "C1"), ("Affiliations", "C3"), ("Reprint Addresses", "RP"), ("Reprint Address", "RP"), ("Email Addresses", "EM"), ("E-mail Address", "EM"),
        ("Researcher Ids", "RI"), ("ORCIDs", "OI"), ("Funding Orgs", "FU"), ("Funding Agency and Grant Number", "FU"), ("Funding Name Preferred", "FP"),
        ("Funding Text", "FX"), ("Cited References", "CR"), ("Cited Reference Count", "NR"),
        ("Times Cited, WoS Core", "TC"), ("Times Cited, All Databases", "Z9"), ("180 Day Usage Count", "U1"),
        ("Since 2013 Usage Count", "U2"), ("Publisher", "PU"), ("Publisher City", "PI"), ("Publisher Address", "PA"),
        ("ISSN", "SN"), ("eISSN", "EI"), ("ISBN", "BN"), ("Journal Abbreviation", "J9"), ("29-Character Source Abbreviation", "J9"), ("Journal ISO Abbreviation", "JI"), ("ISO Source Abbreviation", "JI"),
        ("Publication Date", "PD"), ("Publication Year", "PY"), ("Year Published", "PY"), ("Volume", "VL"), ("Issue", "IS"),
        ("Part Number", "PN"), ("Supplement", "SU"), ("Special Issue", "SI"), ("Meeting Abstract", "MA"),
        ("Start Page", "BP"), ("Beginning Page", "BP"), ("End Page", "EP"), ("Ending Page", "EP"), ("Article Number", "AR"), ("DOI", "DI"), ("DOI Link", "DL"),
        ("Book DOI", "D2"), ("Early Access Date", "EA"), ("Number of Pages", "PG"), ("Page Count", "PG"), ("WoS Categories", "WC"), ("Web of Science Categories", "WC"),
        ("Web of Science Index", "WE"), ("Research Areas", "SC"), ("IDS Number", "GA"), ("Document Delivery Number", "GA"), ("Pubmed Id", "PM"),
        ("Open Access Designations", "OA"), ("Highly Cited Status", "HC"), ("Hot Paper Status", "HP"),
        ("Date of Export", "DA"), ("UT (Unique WOS ID)", "UT"), ("Unique WOS ID", "UT"), ("Accession Number", "UT"), ("Web of Science Record", "WR"),
        ("CO", "C3"),
    ],
    mapping: &MAPPING,
    type_columns: &["DT", "PT"],
    kinds: kinds::WOS,
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

static MAPPING: Mapping = table(
    columns![
        "PT" "AU" "BA" "BE" "GP" "AF" "BF" "CA" "TI" "SO" "SE" "BS" "LA" "DT" "CT" "CY" "CL" "SP" "HO" "DE" "ID" "AB"
        "C1" "C3" "RP" "EM" "RI" "OI" "FU" "FP" "FX" "CR" "NR" "TC" "Z9" "U1" "U2" "PU" "PI" "PA" "SN" "EI" "BN" "J9"
        "JI" "PD" "PY" "VL" "IS" "PN" "SU" "SI" "MA" "BP" "EP" "AR" "DI" "DL" "D2" "EA" "EY" "PG" "P2" "WC" "WE" "SC"
        "GA" "PM" "OA" "HC" "HP" "DA" "UT" "WR" "ED"
    ],
    RULES,
    &[],
    // What the database counts, and what it keeps for itself; initials beside full names.
    &["CR", "NR", "TC", "Z9", "U1", "U2", "PA", "SI", "PG", "P2", "WC", "WE", "SC", "GA", "HC", "HP", "DA", "WR", "AU", "BA",
        "RI", "OI", "DL", "SP", "EM", "HO", "FP", "EY", "OA", "MA", "J9", "C3"],
);

const RULES: &[Rule] = &[
    read("TI", Field::Title, &TITLE),
    read("AF/AU", Field::Author, &INVERTED_AND_SHORT),
    read("AF", Field::Author, &INVERTED),
    read("AU", Field::Author, &INVERTED).when(|seen| !seen.has("AF"), &[]),
    read("CA", Field::Author, &GROUPS),
    read("BF", Field::ContainerAuthor, &INVERTED),
    read("BA", Field::ContainerAuthor, &INVERTED).when(|seen| !seen.has("BF"), &[]),
    read("GP", Field::Editor, &GROUPS),
    read("BE", Field::Editor, &INVERTED),
    read("ED", Field::Editor, &INVERTED),
    read("SO", Field::ContainerTitle, &TITLE),
    read("JI", Field::ContainerShort, &TEXT),
    read("J9", Field::ContainerShort, &TEXT).when(|seen| !seen.has("JI"), &[]),
    read("SE", Field::SeriesTitle, &TEXT),
    read("BS", Field::ContainerSubtitle, &TEXT),
    read("CT", Field::EventTitle, &TEXT),
    read("CY", Field::EventDate, &DATE),
    read("CL", Field::EventPlace, &TEXT),
    read("PY/PD", Field::Issued, &YEAR_MONTH_DAY),
    read("PY", Field::Issued, &DATE),
    // What is not in an issue yet has no other date.
    read("EA", Field::Issued, &DATE).when(|seen| !seen.has("PY"), &[]),
    read("EA", Field::Available, &DATE).when(|seen| seen.has("PY"), &[("PY", "2019")]),
    read("VL", Field::Volume, &NUMBER),
    read("IS", Field::Issue, &NUMBER),
    read("PN", Field::Part, &NUMBER),
    read("SU", Field::Supplement, &NUMBER),
    read("BP/EP", Field::Pages, &START_END),
    read("BP/EP", Field::ArticleNumber, &ARTICLE_AS_RANGE),
    read("AR", Field::ArticleNumber, &NUMBER),
    read("DI", Field::Doi, &DOI),
    read("D2", Field::Doi, &DOI),
    read("PM", Field::Pmid, &PMID),
    read("SN", Field::Issn, &ISSN),
    read("EI", Field::Issn, &EISSN),
    read("BN", Field::Isbn, &ISBN),
    read("UT", Field::Identifier, &WOS_NUMBER),
    read("LA", Field::Language, &LANGUAGE),
    read("PU", Field::Publisher, &PUBLISHER),
    read("PI", Field::Place, &TEXT),
    read("AB", Field::Abstract, &ABSTRACT),
    read("DE", Field::Keyword, &AUTHOR_KEYWORDS),
    read("ID", Field::Keyword, &INDEX_KEYWORDS),
    read("C1", Field::Affiliation, &TEXT),
    read("RP", Field::Contact, &TEXT),
    read("EM", Field::Contact, &TEXT),
    read("FU", Field::Funding, &TEXT),
    read("FX", Field::Funding, &TEXT),
];
