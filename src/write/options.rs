//! What the user asks of the output.

use crate::columns::ColumnChoice;

/// How the fields of an entry are indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indent {
    /// By so many spaces.
    Spaces(u8),
    /// By a tab.
    Tab,
}

impl Default for Indent {
    fn default() -> Indent {
        Indent::Spaces(2)
    }
}

/// The program that the output is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Zotero 7 to 10: types and tags as its importers take them, leftovers as lines of its field `Extra`.
    Zotero,
}

/// Whom RIS is written for: every program reads it in its own way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RisDialect {
    /// For all: the tags of 2011, as EndNote defines them and most programs read them.
    #[default]
    Standard,
    /// As Zotero's importer takes it best.
    Zotero,
    /// As EndNote's import filter takes it best.
    EndNote,
    /// As `RefWorks` takes it best: the tags of 2001.
    RefWorks,
}

/// What the user asked of the output.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// The program that the output is made for, if it is made for one.
    pub profile: Option<Profile>,
    /// Whom RIS is written for, if nothing is said by the profile.
    pub ris: RisDialect,
    /// LaTeX commands instead of letters beyond ASCII.
    pub ascii: bool,
    /// What the format has no place for goes into `x-…` fields or note lines that we read back.
    pub carry: bool,
    /// How the fields of .bib entries are indented.
    pub indent: Indent,
    /// How many columns the lines of .bib entries may have, where they can be broken; any number if nothing is said.
    pub wrap: Option<u16>,
    /// Which columns of a table are written.
    pub columns: ColumnChoice,
    /// Whether no cell of a table may be taken for a formula.
    pub safe: bool,
    /// The author whose page is written, if the user selected one: see [`Options::author`](crate::convert::Options).
    pub author: Option<String>,
}

impl WriteOptions {
    /// Whether the output is made for Zotero.
    pub fn is_for_zotero(&self) -> bool {
        self.profile == Some(Profile::Zotero)
    }

    /// Whom RIS is written for.
    pub fn ris_dialect(&self) -> RisDialect {
        if self.is_for_zotero() { RisDialect::Zotero } else { self.ris }
    }

    /// Whether the reader of tagged lines takes a name without a comma for a person's.
    pub(crate) fn commas_end_organizations(&self) -> bool {
        self.ris_dialect() == RisDialect::EndNote
    }
}
