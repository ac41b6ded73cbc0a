//! Languages: BCP 47 tags, and the names and codes that formats use for them. Section 4.7 of the mapping reference.

/// A language: a BCP 47 tag where it is known, else the source's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lang(String);

impl Lang {
    /// The tag or words as they are.
    pub fn verbatim(raw: &str) -> Lang {
        Lang(raw.trim().to_owned())
    }

    /// The tag or words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
