//! Identifiers: what scheme a string belongs to, its normal form, its check digit. Section 4.4 of the mapping reference.

use super::Parts;

/// A scheme's normal form and check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Digital object identifier.
    Doi,
    /// Book number.
    Isbn,
    /// Serial number.
    Issn,
    /// PubMed number.
    Pmid,
    /// PubMed Central number.
    Pmcid,
    /// arXiv identifier.
    Arxiv,
}

/// An identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id {
    /// The value in its scheme's normal form; as the source has it where it has none.
    pub value: String,
    /// The scheme's name in lower case (`arxiv`, `oclc`, `lccn`); empty where the field says it (`doi`, `isbn` …).
    pub scheme: Box<str>,
    /// What it identifies or how it is bound: `print`, `electronic`, `linking`, `pbk`; an e-print's class or version.
    pub qualifier: Option<Box<str>>,
}

impl Id {
    /// The parts a format may fail to carry.
    pub fn parts(&self) -> Parts {
        let scheme = if self.scheme.is_empty() { Parts::NONE } else { Parts::SCHEME };
        if self.qualifier.is_some() { scheme | Parts::QUALIFIER } else { scheme }
    }
}
