//! Names of people and organisations.
//!
//! A [`Name`] keeps family name, given names, both sorts of particle and the suffix apart; an organisation, or a name
//! whose parts nobody knows, is a literal. "And others" is a flag of the list, never a person. Section 4.1 of the
//! mapping reference says how each format writes them.
//!
//! ```
//! use bibferry::record::Name;
//! let name = Name::from_display("Ludwig van Beethoven");
//! assert_eq!(name.family, "Beethoven");
//! assert_eq!(name.particle, "van");
//! assert_eq!(name.display(), "Ludwig van Beethoven");
//! ```

mod display;
mod initials;
mod inverted;
mod words;

pub use initials::Initials;
pub(crate) use inverted::plainly_inverted;
pub use words::{fold_key, is_all_caps, is_others, is_suffix, recase, split_name_line};
pub(crate) use words::{is_numeral, split_at_and};

use super::Parts;

/// What is known of a contributor beside the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameDetail {
    /// Identifiers, as (scheme, value): `orcid`, `isni`, `viaf`, `scopus`, `dblp-homonym`, `email` …
    pub ids: Vec<(Box<str>, String)>,
    /// Where the contributor works.
    pub affiliations: Vec<String>,
    /// The name in another script, as (BCP 47 tag, name in display order).
    pub alt: Vec<(Box<str>, String)>,
    /// `corresponding`, `equal`, `deceased`, `student`, `uncertain`.
    pub flags: Vec<Box<str>>,
}

/// A contributor. Either `literal` is set, or some of the parts of a personal name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The family name.
    pub family: String,
    /// Given names and initials.
    pub given: String,
    /// The particle that stays with the family name: *van* Beethoven.
    pub particle: String,
    /// The particle that is dropped where only the family name stands: *de* La Fontaine.
    pub dropping_particle: String,
    /// Jr., III, Sr.
    pub suffix: String,
    /// Whether a comma stands before the suffix also in display order.
    pub comma_suffix: bool,
    /// The whole name of an organisation, or of anyone whose name has no known parts.
    pub literal: String,
    /// Whether the literal is known to be an organisation.
    pub organization: bool,
    /// Identifiers, affiliations and so on; most names have none.
    pub detail: Option<Box<NameDetail>>,
}

/// Contributors in one role, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The contributors.
    pub list: Vec<Name>,
    /// Whether the source says that there are more.
    pub others: bool,
    /// The role in the source's words, where the field does not say it all: `inventor` for an author, `advisor` for a
    /// contributor.
    pub role: Option<Box<str>>,
    /// Contributors known to belong to a list that was cut, position unknown.
    pub unplaced: Vec<Name>,
}

impl Name {
    /// A name whose parts nobody knows.
    pub fn literal(literal: impl Into<String>) -> Name {
        Name { literal: literal.into(), ..Name::default() }
    }

    /// A personal name.
    pub fn person(family: impl Into<String>, given: impl Into<String>) -> Name {
        Name { family: family.into(), given: given.into(), ..Name::default() }
    }

    /// Whether nothing is known of it.
    pub(crate) fn is_empty(&self) -> bool {
        // That it is an organisation, or how its suffix is spelled, says nothing without a word.
        let Name { family, given, particle, dropping_particle, suffix, literal, detail, .. } = self;
        [family, given, particle, dropping_particle, suffix, literal].iter().all(|part| part.is_empty())
            && detail.is_none()
    }

    /// Whether it is one literal.
    pub fn is_literal(&self) -> bool {
        !self.literal.is_empty()
    }

    /// The parts of this name that a format may fail to carry.
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::NONE;
        for (present, part) in [
            (!self.particle.is_empty(), Parts::PARTICLE),
            (!self.dropping_particle.is_empty(), Parts::DROPPING),
            (!self.suffix.is_empty(), Parts::SUFFIX),
            (self.comma_suffix, Parts::COMMA_SUFFIX),
            (self.organization, Parts::ORGANIZATION),
        ] {
            if present {
                parts |= part;
            }
        }
        if let Some(detail) = &self.detail {
            for (empty, part) in [
                (detail.ids.is_empty(), Parts::IDS),
                (detail.affiliations.is_empty(), Parts::AFFILIATION),
                (detail.alt.is_empty(), Parts::ALT),
                (detail.flags.is_empty(), Parts::FLAGS),
            ] {
                if !empty {
                    parts |= part;
                }
            }
        }
        parts
    }
}

impl Names {
    /// A list of these.
    pub fn of(list: Vec<Name>) -> Names {
        Names { list, ..Names::default() }
    }

    /// The parts of the list and of all its names.
    pub fn parts(&self) -> Parts {
        let mut parts = self.list.iter().fold(Parts::NONE, |parts, name| parts | name.parts());
        for (present, part) in [
            (self.others, Parts::OTHERS),
            (self.role.is_some(), Parts::ROLE),
            (!self.unplaced.is_empty(), Parts::UNPLACED),
        ] {
            if present {
                parts |= part;
            }
        }
        parts
    }
}
