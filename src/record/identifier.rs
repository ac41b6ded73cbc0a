//! Identifiers: what scheme a string belongs to, its normal form, its check digit. Section 4.4 of the mapping reference.
//!
//! Each scheme has a function that takes a string as sources have it (labelled, as a web address, with punctuation
//! left over from a sentence) and gives the identifier in its normal form, or `None` where the string is not one.
//! A normal form is its own normal form, so what a writer puts into a field of its own comes back the same.
//!
//! ```
//! use bibferry::record::identifier::{arxiv, doi, isbn, issn, orcid};
//! assert_eq!(doi("https://doi.org/10.1000/ab(1)_c.").as_deref(), Some("10.1000/ab(1)_c"));
//! assert_eq!(isbn("ISBN 978-3-16-148410-0 (pbk.)").unwrap().value, "9783161484100");
//! assert_eq!(issn("1097-4172 (Electronic)").unwrap().qualifier.as_deref(), Some("electronic"));
//! assert_eq!(arxiv("arXiv:2401.00001v2 [cs.LG]").unwrap().value, "2401.00001v2");
//! assert_eq!(orcid("https://orcid.org/0000-0002-1825-0097").as_deref(), Some("0000-0002-1825-0097"));
//! ```

mod arxiv;
mod doi;
mod preprint;
mod serial;

pub use arxiv::arxiv;
pub use doi::{doi, doi_of_address, dois, is_doi_url, is_resolver_url};
pub(crate) use doi::{is_one_doi, labelled_doi};
pub use preprint::preprint_server;
pub use serial::{Serial, isbn, isbn13, issn, serial_numbers};
pub(crate) use serial::{is_isbn13, is_issn};

use super::Parts;
use crate::bytes::trim;

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

impl Scheme {
    /// The identifier in this scheme's normal form; `None` where the string is none of this scheme.
    pub fn read(self, raw: &str) -> Option<Id> {
        match self {
            Scheme::Doi => doi(raw).map(Id::plain),
            Scheme::Isbn => isbn(raw),
            Scheme::Issn => issn(raw),
            Scheme::Pmid => pmid(raw),
            Scheme::Pmcid => pmcid(raw),
            Scheme::Arxiv => arxiv(raw),
        }
    }
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
    /// An identifier whose field says its scheme, without a qualifier.
    pub fn plain(value: impl Into<String>) -> Id {
        Id { value: value.into(), ..Id::default() }
    }

    /// Whether it is another identifier but for what that is used for: the ISSN of the print, and the same for linking.
    pub(crate) fn is_of_other_use(&self, other: &Id) -> bool {
        self.value == other.value && self.scheme == other.scheme && self.qualifier != other.qualifier
    }

    /// The parts a format may fail to carry.
    pub fn parts(&self) -> Parts {
        let scheme = if self.scheme.is_empty() { Parts::NONE } else { Parts::SCHEME };
        if self.qualifier.is_some() { scheme | Parts::QUALIFIER } else { scheme }
    }
}

/// A PubMed number: one to nine digits, from `PMID: 123`, `123 [pmid]` and PubMed's web addresses.
pub fn pmid(raw: &str) -> Option<Id> {
    let (rest, _) =
        without_address(raw, &["pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "ncbi.nlm.nih.gov/m/pubmed/"]);
    let rest = without_label(rest, &["pmid", "medline", "pubmed"]);
    let digits = rest.strip_suffix("[pmid]").unwrap_or(rest).trim_end().trim_end_matches(['/', '.', ';', ',']);
    let sound =
        (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    sound.then(|| Id::plain(digits))
}

/// A PubMed Central number: `PMC`, digits and, where given, a version (`PMC123456.2`), from `PMCID: PMC123`, digits
/// alone and PubMed Central's web addresses.
pub fn pmcid(raw: &str) -> Option<Id> {
    let (rest, _) = without_address(
        raw,
        &["pmc.ncbi.nlm.nih.gov/articles/", "ncbi.nlm.nih.gov/pmc/articles/", "ncbi.nlm.nih.gov/articles/"],
    );
    let rest = without_label(rest, &["pmcid", "pmc", "pmc id"]);
    let rest = rest.strip_suffix("[pmcid]").unwrap_or(rest).trim_end().trim_end_matches(['/', '.', ';', ',']);
    // `PMCID: PMC123`: the label took the first word only if a colon stood after it.
    let rest = strip_ci(rest, "PMC").unwrap_or(rest).trim_start();
    let (number, version) = rest.split_once('.').map_or((rest, None), |(number, version)| (number, Some(version)));
    let digits = |s: &str| (1..=10).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(number) || number.starts_with('0') || !version.is_none_or(digits) {
        return None;
    }
    Some(Id::plain(format!("PMC{rest}")))
}

/// A contributor's ORCID iD as `0000-0002-1825-0097`, its check digit checked (ISO 7064 MOD 11-2), from web addresses,
/// `orcid:` and with or without hyphens or spaces.
pub fn orcid(raw: &str) -> Option<String> {
    let (rest, _) = without_address(raw, &["orcid.org/"]);
    let rest = without_label(rest, &["orcid", "orcid id", "orcid-id"]).trim_end_matches(['/', '.', ';', ',']);
    let mut out = String::with_capacity(19);
    let (mut count, mut sum) = (0, 0);
    for c in rest.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            'x' | 'X' if count == 15 => 10,
            c if is_hyphen(c) || c == ' ' => continue,
            _ => return None,
        };
        if count == 16 {
            return None;
        }
        if count > 0 && count % 4 == 0 {
            out.push('-');
        }
        out.push(c.to_ascii_uppercase());
        count += 1;
        if count < 16 {
            sum = (sum + digit) * 2 % 11;
        } else if (12 - sum) % 11 != digit {
            return None;
        }
    }
    (count == 16).then_some(out)
}

/// The hyphens that numbers are printed with: the ASCII one, Unicode's own, the non-breaking one, the dashes and minus.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}')
}

/// What follows a prefix in any letter case.
fn strip_ci<'a>(s: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = s.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// The string without white space and brackets around it, and without `http://`, `www.` and one of these addresses; a
/// query or a fragment goes with the address. Says whether there was an address.
fn without_address<'a>(raw: &'a str, addresses: &[&str]) -> (&'a str, bool) {
    let bare = trim(raw);
    let bare = bare.strip_prefix('<').and_then(|b| b.strip_suffix('>')).unwrap_or(bare);
    let rest = strip_ci(bare, "https://").or_else(|| strip_ci(bare, "http://")).unwrap_or(bare);
    let rest = strip_ci(rest, "www.").unwrap_or(rest);
    match addresses.iter().find_map(|address| strip_ci(rest, address)) {
        Some(tail) => (tail.split(['?', '#']).next().unwrap_or(tail), true),
        None => (bare, false),
    }
}

/// The string without one of these labels in front, in any letter case. A label stands before a colon, `=` or a space.
fn without_label<'a>(raw: &'a str, labels: &[&str]) -> &'a str {
    let raw = trim(raw);
    let after = labels.iter().find_map(|label| {
        let rest = strip_ci(raw, label)?;
        rest.starts_with([':', '=', ' ']).then(|| rest.trim_start_matches([':', '=', ' ']))
    });
    trim(after.unwrap_or(raw))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pubmed_numbers() {
        for (raw, want) in [
            ("12345678", Some("12345678")),
            ("PMID: 12345678", Some("12345678")),
            ("PMID:123", Some("123")),
            ("pmid 123", Some("123")),
            ("19304878 [pmid]", Some("19304878")),
            ("https://pubmed.ncbi.nlm.nih.gov/19304878/", Some("19304878")),
            ("http://www.ncbi.nlm.nih.gov/pubmed/19304878?dopt=Abstract", Some("19304878")),
            ("012", None),
            ("12a", None),
            ("1234567890", None),
            ("", None),
        ] {
            assert_eq!(pmid(raw).map(|id| id.value).as_deref(), want, "{raw}");
        }
    }

    #[test]
    fn pubmed_central_numbers() {
        for (raw, want) in [
            ("PMC2682512", Some("PMC2682512")),
            ("pmc2682512", Some("PMC2682512")),
            ("2682512", Some("PMC2682512")),
            ("PMCID: PMC2682512", Some("PMC2682512")),
            ("PMCID: 2682512", Some("PMC2682512")),
            ("PMC2682512.1", Some("PMC2682512.1")),
            ("PMC: 2682512", Some("PMC2682512")),
            ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2682512/", Some("PMC2682512")),
            ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2682512/#sec1", Some("PMC2682512")),
            ("PMC", None),
            ("PMCX", None),
        ] {
            assert_eq!(pmcid(raw).map(|id| id.value).as_deref(), want, "{raw}");
        }
    }

    #[test]
    fn orcids() {
        for (raw, want) in [
            ("0000-0002-1825-0097", Some("0000-0002-1825-0097")),
            ("https://orcid.org/0000-0002-1825-0097", Some("0000-0002-1825-0097")),
            ("http://www.orcid.org/0000-0002-1825-0097/", Some("0000-0002-1825-0097")),
            ("orcid.org/0000-0002-1825-0097", Some("0000-0002-1825-0097")),
            ("ORCID: 0000 0002 1694 233x", Some("0000-0002-1694-233X")),
            ("000000021694233X", Some("0000-0002-1694-233X")),
            ("0000‐0002‐1825‐0097", Some("0000-0002-1825-0097")),
            ("0000-0002-1825-0098", None),
            ("0000-0002-1825-009", None),
            ("0000-0002-1825-00977", None),
            ("X000-0002-1825-0097", None),
        ] {
            assert_eq!(orcid(raw).as_deref(), want, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn no_string_panics_and_normal_forms_stay(raw in "\\PC{0,40}|(PMC|PMID: |doi:|arXiv:|ISBN )?[0-9./vX -]{0,20}") {
            for scheme in [Scheme::Doi, Scheme::Isbn, Scheme::Issn, Scheme::Pmid, Scheme::Pmcid, Scheme::Arxiv] {
                if let Some(id) = scheme.read(&raw) {
                    prop_assert_eq!(scheme.read(&id.value).map(|id| id.value), Some(id.value));
                }
            }
            if let Some(id) = orcid(&raw) {
                prop_assert_eq!(orcid(&id), Some(id.clone()));
            }
            preprint_server(&raw);
            serial_numbers(&raw);
            dois(&raw);
            isbn13(&raw);
        }
    }
}
