//! The registry: one line a format. Everything else about a format stands in its folder.

use crate::diagnostic::{COMMON, Code};
use crate::error::Error;
use crate::format::{Format, did_you_mean};
use crate::record::Family;
use crate::transform::{repair, titles};

macro_rules! registry {
    ($($folder:ident: $($format:ident)*;)*) => {
        $(mod $folder;)*

        /// All formats, in the order in which they are listed; the first of equals wins a detection.
        pub static ALL: &[&Format] = &[$($(&$folder::$format,)*)*];
    };
}

registry! {
    bibtex: BIBTEX BIBLATEX;
    ris: RIS;
    json: JSON JSONL;
    csl: CSL_JSON CSL_YAML;
    arrow: ARROW;
    csv: CSV TSV;
}

/// The format with this id or alias, in any case.
pub fn by_name(name: &str) -> Result<&'static Format, Error> {
    let wanted = name.to_lowercase();
    let found = ALL.iter().copied().find(|format| format.id == wanted || format.aliases.contains(&wanted.as_str()));
    found.ok_or_else(|| {
        let names = ALL.iter().flat_map(|format| std::iter::once(format.id).chain(format.aliases.iter().copied()));
        let advice = match did_you_mean(&wanted, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", ALL.iter().map(|format| format.id).collect::<Vec<_>>().join(", ")),
        };
        Error::Usage(format!("unknown format `{name}`: {advice}"))
    })
}

/// A family's name, without a copy where it is one of ours.
pub fn family(name: &str) -> Family {
    match ALL.iter().find(|format| format.family == name) {
        Some(format) => Family::Borrowed(format.family),
        None => Family::Owned(name.to_owned()),
    }
}

/// Every code of every finding.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let of_formats = ALL.iter().flat_map(|format| format.codes);
    let mut seen: Vec<&str> = Vec::new();
    COMMON.iter().chain(repair::CODES).chain(titles::CODES).chain(of_formats).copied().filter(move |code| {
        let new = !seen.contains(&code.id);
        seen.push(code.id);
        new
    })
}
