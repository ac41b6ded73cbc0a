//! Words of names: suffixes, particles, "and others", names in capitals, and lists on one line.

use crate::bytes::trim;
use crate::entities::ends_in_entity;
use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Suffixes in any letter case.
const SUFFIXES: &[&str] = &["Jr.", "Jr", "Sr.", "Sr", "2nd", "3rd", "4th"];

/// Suffixes in capitals only.
const NUMERALS: &[&str] = &["II", "III", "IV"];

/// Whether a word is a suffix of names: `Jr.`, `Sr`, `III`, `2nd`.
pub fn is_suffix(word: &str) -> bool {
    (2..=3).contains(&word.len())
        && (NUMERALS.contains(&word) || SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(word)))
}

/// Words that are particles even in a name all in lower case.
const PARTICLES: &[&str] = &[
    "af", "al", "da", "das", "de", "dei", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "las",
    "le", "lo", "los", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur", "'t", "’t",
];

/// Whether a lower-case word is known as a particle.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether the first letter of a word is in lower case. A letter of a script without case is not, nor is a word that
/// begins with a digit.
pub(super) fn starts_lower(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// The ways lists say that there are more, in lower case, without brackets around and points and commas behind.
const OTHERS: &[&str] = &[
    "et al",
    "et. al",
    "et.al",
    "etal",
    ":etal",
    "et alii",
    "et alia",
    "et aliae",
    "and others",
    "& others",
    "others",
    "and al",
    "and other",
    "et autres",
    "y otros",
    "e outros",
    "e altri",
    "und andere",
    "u. a",
    "u.a",
    "u a",
    "i in",
    "m.fl",
    "м др",
    "и др",
    "и другие",
    "and colleagues",
    "al., et",
    "al, et",
    "others, and",
    "...",
    "…",
    "等",
];

/// Whether an entry of a list of names only says that there are more: `et al.`, `and others`, `u. a.`
pub fn is_others(raw: &str) -> bool {
    // Most names are told apart by their length or their first letter.
    let raw = trim(raw);
    if raw.len() > 24 || !raw.bytes().next().is_some_and(|byte| OTHERS_BY_FIRST[usize::from(byte)].may_begin) {
        return false;
    }
    let word = raw.trim_matches(['(', ')', '[', ']', '{', '}', ' ']);
    if matches!(word, "..." | "…") {
        return true;
    }
    let word = word.trim_end_matches(['.', ',', ' ']);
    let lengths = word.bytes().next().map_or(0, |byte| OTHERS_BY_FIRST[usize::from(byte)].lengths);
    lengths & (1 << word.len()) != 0 && OTHERS.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// What the first byte of an entry says of it.
#[derive(Clone, Copy)]
struct First {
    /// Whether it is the first of any of [`OTHERS`], or may stand around it.
    may_begin: bool,
    /// The lengths of those of them that begin with it, a bit for each.
    lengths: u32,
}

static OTHERS_BY_FIRST: [First; 256] = {
    let mut all = [First { may_begin: false, lengths: 0 }; 256];
    let mut at = 0;
    while at < OTHERS.len() {
        let first = OTHERS[at].as_bytes()[0];
        let length = 1 << OTHERS[at].len();
        all[first as usize].lengths |= length;
        all[first.to_ascii_uppercase() as usize].lengths |= length;
        at += 1;
    }
    let mut byte = 0;
    while byte < all.len() {
        all[byte].may_begin = all[byte].lengths != 0 || (byte as u8).is_ascii_punctuation();
        byte += 1;
    }
    all
};

/// The names on a line that holds several, with semicolons between them: `Doe, Jane; Roe, Kim`. Only where that is
/// beyond doubt: at least two, each with a comma inside, but for people of one name among them (`Plato; Doe, Jane`) and an
/// "et al." at the end. The semicolon of an HTML entity (`M&uuml;ller`) separates nothing.
pub fn split_name_line(line: &str) -> Option<Vec<&str>> {
    memchr::memchr(b';', line.as_bytes())?;
    let mut names = Vec::new();
    let mut start = 0;
    for at in memchr::memchr_iter(b';', line.as_bytes()).chain([line.len()]) {
        let piece = line.get(start..at)?;
        if at < line.len() && ends_in_entity(piece) {
            continue;
        }
        start = at + 1;
        let piece = trim(piece);
        if !piece.is_empty() {
            names.push(piece);
        }
    }
    let inverted =
        |name: &&str| name.split_once(',').is_some_and(|(a, b)| !a.trim().is_empty() && !b.trim().is_empty());
    let is_name = |name: &&str| inverted(name) || is_one_name(name);
    let (last, before) = names.split_last()?;
    let sure = !before.is_empty() && names.iter().any(inverted);
    (sure && before.iter().all(is_name) && (is_name(last) || is_others(last))).then_some(names)
}

/// Whether it is the only name of somebody: a word with a capital that says nothing else.
fn is_one_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.clone().count() > 1
        && chars.all(|c| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase() || matches!(c, '\'' | '’' | '-'))
        && !is_suffix(word)
}

/// The names on a line that holds several as BibTeX has them: `Doe, Jane and Roe, Kim`. Only where that is beyond doubt:
/// at least two, each with one comma inside, but for an "et al." at the end, and no word of organisations.
pub(crate) fn split_at_and(line: &str) -> Option<Vec<&str>> {
    const OF_ORGANISATIONS: [&str; 4] = ["of", "for", "the", "&"];
    // What nearly all lack.
    memchr::memchr(b',', line.as_bytes()).filter(|_| line.contains(" and "))?;
    let names: Vec<&str> = line.split(" and ").map(trim).collect();
    let inverted = |name: &&str| {
        let sides: Vec<&str> = name.split(',').map(str::trim).collect();
        matches!(sides.as_slice(), [family, given] if !family.is_empty() && given.starts_with(char::is_uppercase))
            && !name.split(' ').any(|word| OF_ORGANISATIONS.contains(&word))
    };
    let (last, before) = names.split_last()?;
    (!before.is_empty() && before.iter().all(inverted) && (inverted(last) || is_others(last))).then_some(names)
}

/// The key by which two spellings are the same name but for letter case: NFC, lower case, single spaces.
pub fn fold_key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            continue;
        }
        let composed: Cow<str> = if is_nfc(word) { word.into() } else { word.nfc().collect::<String>().into() };
        let lower = composed.to_lowercase();
        // Lower case may leave what composes again.
        let _ = if is_nfc(&lower) { out.write_str(&lower) } else { out.write_fmt(format_args!("{}", lower.nfc())) };
    }
    out
}

/// Whether a word is a name in capitals: at least three letters, all in upper case, hyphens and apostrophes between
/// them. Roman numerals are not, nor are initials with points.
pub fn is_all_caps(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        match c {
            '\'' | '’' | '-' | '‐' | ',' => {}
            // Combining marks of decomposed letters.
            '\u{300}'..='\u{36f}' => {}
            c if c.is_uppercase() => letters += 1,
            _ => return false,
        }
    }
    letters >= 3 && !is_numeral(word)
}

/// Whether a word is a roman numeral of those that names have, up to 39.
pub(crate) fn is_numeral(word: &str) -> bool {
    let ones = word.trim_start_matches('X');
    word.len() - ones.len() <= 3 && matches!(ones, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX")
}

/// A name in capitals as it is usually written: `PICARD` is `Picard`, `O'NEIL` `O'Neil`, `SAINT-EXUPÉRY`
/// `Saint-Exupéry`, `MCDONALD` `McDonald`. A single letter behind an apostrophe stays small.
pub fn recase(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    let mut apostrophe = false;
    while !rest.is_empty() {
        let end = rest.find(['-', '‐', '\'', '’', ' ']).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if apostrophe && piece.chars().nth(1).is_none() {
            out.push_str(&piece.to_lowercase());
        } else if let Some(clan) = piece.strip_prefix("MC").filter(|clan| clan.chars().nth(2).is_some()) {
            out.push_str("Mc");
            push_capitalised(&mut out, clan);
        } else {
            push_capitalised(&mut out, piece);
        }
        let mut chars = tail.chars();
        if let Some(separator) = chars.next() {
            out.push(separator);
            apostrophe = matches!(separator, '\'' | '’');
        }
        rest = chars.as_str();
    }
    out
}

/// Appends a word with its first letter as it is and the others in lower case.
fn push_capitalised(out: &mut String, piece: &str) {
    let mut chars = piece.chars();
    out.extend(chars.next());
    out.push_str(&chars.as_str().to_lowercase());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn others() {
        for yes in [
            "et al",
            "et al.",
            "Et Al.",
            "et. al.",
            "[et al.]",
            "and others",
            "others",
            "u. a.",
            "...",
            "al., et",
            "и др.",
            "et al.,",
        ] {
            assert!(is_others(yes), "{yes}");
        }
        for no in ["", "Al, E.", "Otherson", "Etal, B.", "U", "Others, Jane", "A. L. Et"] {
            assert!(!is_others(no), "{no}");
        }
    }

    #[test]
    fn lines_of_names() {
        assert_eq!(split_name_line("Doe, Jane; Roe, Kim;").unwrap(), ["Doe, Jane", "Roe, Kim"]);
        assert_eq!(split_name_line("Doe, J.;Roe, K.; et al.").unwrap(), ["Doe, J.", "Roe, K.", "et al."]);
        assert_eq!(split_name_line("Plato; Doe, Jane").unwrap(), ["Plato", "Doe, Jane"]);
        assert_eq!(split_name_line("M&uuml;ller, J.; Roe, K.").unwrap(), ["M&uuml;ller, J.", "Roe, K."]);
        for whole in [
            "M&#252;ller, J.",
            "Doe, Jane",
            "Doe, Jane;",
            "Acme; Sons",
            "Dept. of A; B, C",
            "Roe, K; Jr.",
            "ACME; Doe, J.",
            ";",
            "",
        ] {
            assert_eq!(split_name_line(whole), None, "{whole}");
        }
    }

    #[test]
    fn lines_of_names_as_bibtex_has_them() {
        assert_eq!(split_at_and("Doe, Jane and van der Roe, K.").unwrap(), ["Doe, Jane", "van der Roe, K."]);
        assert_eq!(split_at_and("Doe, J. and others").unwrap(), ["Doe, J.", "others"]);
        for whole in [
            "Doe, Jane",
            "Doe and Sons, Ltd",
            "Dept. of Health, Education, and Welfare",
            "Jane Doe and Kim Roe",
            "University of A, B and C, D",
            " and ",
            "",
        ] {
            assert_eq!(split_at_and(whole), None, "{whole}");
        }
    }

    #[test]
    fn keys_ignore_case_and_composition() {
        assert_eq!(fold_key("Louis  BÉTHUNE"), "louis béthune");
        assert_eq!(fold_key("Louis Be\u{301}thune"), fold_key("louis béthune"));
        assert_ne!(fold_key("Louis Bethune"), fold_key("Louis Béthune"));
    }

    #[test]
    fn capitals() {
        for (word, want) in [
            ("PICARD", "Picard"),
            ("O'NEIL", "O'Neil"),
            ("SAINT-EXUPÉRY", "Saint-Exupéry"),
            ("D’ALEMBERT", "D’Alembert"),
            ("MCDONALD", "McDonald"),
            ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"),
            ("ДОСТОЕВСКИЙ", "Достоевский"),
            ("KA'S", "Ka's"),
            ("DIX", "Dix"),
        ] {
            assert!(is_all_caps(word), "{word}");
            assert_eq!(recase(word), want);
        }
        for word in ["", "LI", "III", "XVIII", "J.R.R.", "Picard", "McDONALD", "王小明", "A1B2C"] {
            assert!(!is_all_caps(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn no_string_panics(raw in "\\PC{0,40}|[A-Zß'’; ,&#-]{0,20}") {
            is_others(&raw);
            split_name_line(&raw);
            is_all_caps(&raw);
            prop_assert!(!recase(&raw).is_empty() || raw.is_empty());
            let key = fold_key(&raw);
            prop_assert_eq!(fold_key(&key), key.clone());
        }
    }
}
