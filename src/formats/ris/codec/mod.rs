//! How RIS spells values.
//!
//! Where a codec cannot promise that a value comes back, it reads what it has written and says what is missing. So the
//! loss report is right by construction, whatever the value. Names, dates, keywords, languages and identifiers that
//! other formats of tagged lines spell the same way are in [`crate::mapping::codecs`].

mod addresses;
mod dates;
mod files;
mod identifiers;
mod numbers;
mod pages;
mod publishers;
mod words;

pub(super) use addresses::{FULL_TEXT, IMAGE, LANDING, PDF, RELATED, RESOLVER};
pub(super) use dates::{DATE_PARTS, VISITED, ZOTERO_DATE};
pub(super) use files::{FILE_IMAGE, FILE_OTHER, FILE_PDF, FILE_TEXT};
pub(super) use identifiers::{EMBASE_NUMBER, ISBN, ISSN, NUMBER_IN_SN_OF, PMCID_IN_FULL, PMCID_NAMED, PMCID_NOTE, PMID_NAMED, PMID_NUMBER};
pub(super) use numbers::{ARTICLE_AS_RANGE, ARTICLE_IN_SP, EDITION_NO_DATE, NUMBER, NUMBER_IN_BRIEF, NUMBER_IN_SN, NUMBER_NO_DEGREE, TOTAL};
pub(super) use pages::{PAGES, PAGES_AND_START, PAGES_AS_ONE, PAGES_NOT_WORDS};
pub(super) use publishers::{DEPARTMENT, PUBLISHER};
pub(super) use words::{ADDRESS, ADDRESS_OF_NAMES, CAPTION, DATABASE_NOTE, DEGREE, DOI_NOTE, GENRE, LABEL, LEGAL_NOTE, NOTE, PARAGRAPHS, PMID_NOTE, PUBMED_LIST, REFERENCES, SECTION_NO_PAGE, TEXT, TOKEN};

use crate::record::Parts;

/// All that a value of several parts can have, where the codec itself finds out what is missing.
const CHECKED: Parts = Parts::ALL;
