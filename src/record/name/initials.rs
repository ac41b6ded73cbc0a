//! Names without a comma in which initials tell the parts: `van den Berg A.B.`, as Embase, Cochrane and PubMed have them,
//! and `R. A. Roe`, as IEEE has them.

use super::Name;
use super::words::is_suffix;

/// The most words of a family name.
const LONGEST: usize = 5;

/// Words that end the names of companies and could be initials.
const COMPANIES: [&str; 12] = ["AB", "AG", "AS", "BV", "EU", "KG", "LP", "NV", "SA", "SE", "UK", "US"];

/// Numerals and names of countries: never initials.
const NO_INITIALS: [&str; 8] = ["II", "III", "IV", "USA", "LLC", "LTD", "INC", "PLC"];

/// How initials stand in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initials {
    /// Behind the family name, and nothing else is likely.
    Behind,
    /// Behind the family name, or they are the end of a company's name: the other names of the list tell.
    Perhaps,
    /// Before it.
    Before,
}

impl Name {
    /// Reads a name without a comma whose initials tell what is the family name, and says how they stand. `None`: nothing
    /// tells.
    ///
    /// ```
    /// use bibferry::record::Name;
    /// let (name, _) = Name::from_initials("van den Berg A.B.").unwrap();
    /// assert_eq!((name.family.as_str(), name.given.as_str()), ("van den Berg", "A.B."));
    /// let (name, _) = Name::from_initials("R. A. Roe").unwrap();
    /// assert_eq!((name.family.as_str(), name.given.as_str()), ("Roe", "R. A."));
    /// assert!(Name::from_initials("World Health Organization").is_none());
    /// ```
    pub fn from_initials(raw: &str) -> Option<(Name, Initials)> {
        if raw.contains(|c: char| c == ',' || c == ';' || c.is_ascii_digit()) || raw.len() > 80 {
            return None;
        }
        let mut words: Vec<&str> = raw.split_whitespace().collect();
        let suffix = words.pop_if(|word| is_suffix(word)).unwrap_or_default();
        let (first, last) = (*words.first()?, *words.last()?);
        let points = last.contains('.');
        let behind = is_initials(last) && (points || last.chars().count() <= 3);
        let before = words.iter().take_while(|word| has_points(word)).count();
        let (name, how) = if before > 0 && before < words.len() && !is_initials(last) {
            let (given, family) = words.split_at(before);
            (Name::person(family.join(" "), joined(given)), Initials::Before)
        } else if behind && words.len() > 1 && !has_points(first) {
            words.pop();
            let doubtful = !points && COMPANIES.contains(&last);
            (Name::person(words.join(" "), last), if doubtful { Initials::Perhaps } else { Initials::Behind })
        } else {
            return None;
        };
        is_family(&name.family).then(|| (Name { suffix: suffix.to_owned(), ..name }, how))
    }
}

/// `J`, `J.`, `AB`, `A.B.`, `M.-J.`: capitals, each with a point or none.
fn is_initials(word: &str) -> bool {
    if NO_INITIALS.contains(&word) {
        return false;
    }
    let mut letters = 0;
    let mut point = true;
    for c in word.chars() {
        match c {
            '.' if letters > 0 && !point => point = true,
            '-' | '‐' | '‑' => {}
            c if c.is_uppercase() => {
                letters += 1;
                point = false;
            }
            _ => return false,
        }
    }
    (1..=5).contains(&letters)
}

/// Initials of which each has a point.
fn has_points(word: &str) -> bool {
    let points = word.bytes().filter(|byte| *byte == b'.').count();
    is_initials(word) && points > 0 && points == word.chars().filter(|c| c.is_uppercase()).count()
}

/// Initials as one string: `X. -Y.` is `X.-Y.`.
fn joined(words: &[&str]) -> String {
    words.join(" ").replace(" -", "-")
}

/// Whether words can be a family name: few, each of letters, one of them begins with a capital.
fn is_family(family: &str) -> bool {
    let words: Vec<&str> = family.split(' ').collect();
    let letters = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "'’-‐‑.ʼ`".contains(c));
    let longer = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    words.len() <= LONGEST
        && words.iter().all(letters)
        && words.iter().any(longer)
        && words.iter().any(|word| word.starts_with(char::is_uppercase))
        && !words.iter().any(|word| ORGANIZATIONS.iter().any(|it| it.eq_ignore_ascii_case(word)))
}

/// Words that people are not called by.
const ORGANIZATIONS: [&str; 24] = [
    "association",
    "center",
    "centre",
    "college",
    "committee",
    "company",
    "consortium",
    "corporation",
    "council",
    "department",
    "foundation",
    "group",
    "hospital",
    "institute",
    "investigators",
    "laboratory",
    "ministry",
    "network",
    "of",
    "project",
    "society",
    "study",
    "team",
    "university",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_databases_write_them() {
        for (raw, want) in [
            ("Smith J", Some(("Smith", "J", ""))),
            ("Smith J.", Some(("Smith", "J.", ""))),
            ("SMITH J.A.", Some(("SMITH", "J.A.", ""))),
            ("Van Der Berg AB", Some(("Van Der Berg", "AB", ""))),
            ("García-López M.-J.", Some(("García-López", "M.-J.", ""))),
            ("O'Neil K", Some(("O'Neil", "K", ""))),
            ("Smith J.R. Jr.", Some(("Smith", "J.R.", "Jr."))),
            ("J. Doe", Some(("Doe", "J.", ""))),
            ("X. -Y. Zhang", Some(("Zhang", "X.-Y.", ""))),
            ("L. van der Berg", Some(("van der Berg", "L.", ""))),
            ("J. Doe Jr.", Some(("Doe", "J.", "Jr."))),
            ("Jane Doe", None),
            ("IEEE", None),
            ("WHO", None),
            ("Example Trial Group", None),
            ("Study Group A", None),
            ("NCT01234567", None),
            ("Plato", None),
            ("J. D.", None),
            ("Henry III", None),
            ("JuilleratKaren L", Some(("JuilleratKaren", "L", ""))),
        ] {
            let found = Name::from_initials(raw);
            let found = found.as_ref().map(|(it, _)| (it.family.as_str(), it.given.as_str(), it.suffix.as_str()));
            assert_eq!(found, want, "{raw}");
        }
        assert_eq!(Name::from_initials("Example AB").map(|it| it.1), Some(Initials::Perhaps));
    }
}
