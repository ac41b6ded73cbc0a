//! Numbers as they are printed, and pages. Sections 1.7 and 4.3 of the mapping reference.
//!
//! ```
//! use bibferry::record::{Number, Pages};
//! assert_eq!(Number::new(" 12 ").integer(), Some(12));
//! assert_eq!(Pages::parse("1231-45").map(|pages| pages.to_string()).as_deref(), Some("1231-1245"));
//! ```

mod pages;

use crate::bytes::trim;

pub(crate) use pages::GOES_ON;
pub use pages::{PageRange, Pages, article_number, total_pages};

/// The English ordinals, from the first.
const ORDINALS: [&str; 30] = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
    "Twentieth",
    "Twenty-First",
    "Twenty-Second",
    "Twenty-Third",
    "Twenty-Fourth",
    "Twenty-Fifth",
    "Twenty-Sixth",
    "Twenty-Seventh",
    "Twenty-Eighth",
    "Twenty-Ninth",
    "Thirtieth",
];

/// A number as printed: `12`, `xii`, `3/4`, `Suppl. 2`. Nothing is converted; comparisons parse it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// The number as printed, white space trimmed.
    pub fn new(raw: &str) -> Number {
        Number(trim(raw).to_owned())
    }

    /// The same of a string that is not copied.
    pub(crate) fn owned(raw: String) -> Number {
        if trim(&raw).len() == raw.len() { Number(raw) } else { Number::new(&raw) }
    }

    /// The number as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it consists of ASCII digits alone.
    pub fn integer(&self) -> Option<u64> {
        // `parse` alone would take a sign.
        self.0.bytes().all(|byte| byte.is_ascii_digit()).then(|| self.0.parse().ok()).flatten()
    }

    /// The English ordinal that BibTeX's styles want for an edition, from `First` to `Thirtieth`.
    pub fn english_ordinal(number: u64) -> Option<&'static str> {
        ORDINALS.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
    }

    /// The number of an English ordinal, whatever its case: a word from `First` to `Thirtieth`, or digits with the
    /// ending that belongs to them (`2nd`, `11th`, not `2th`).
    pub fn from_english_ordinal(word: &str) -> Option<u64> {
        let word = word.trim();
        if let Some(at) = ORDINALS.iter().position(|ordinal| ordinal.eq_ignore_ascii_case(word)) {
            return u64::try_from(at + 1).ok();
        }
        let (digits, ending) = word.split_at_checked(word.bytes().take_while(u8::is_ascii_digit).count())?;
        let number: u64 = digits.parse().ok()?;
        let expected = match (number % 100, number % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        (number > 0 && ending.eq_ignore_ascii_case(expected)).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn integers() {
        for (text, number) in [
            ("12", Some(12)),
            (" 7 ", Some(7)),
            ("007", Some(7)),
            ("", None),
            ("+1", None),
            ("xii", None),
            ("3/4", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(Number::new(text).integer(), number, "{text}");
        }
    }

    #[test]
    fn ordinals() {
        for number in 1..=30 {
            assert_eq!(Number::english_ordinal(number).and_then(Number::from_english_ordinal), Some(number));
        }
        assert_eq!((Number::english_ordinal(0), Number::english_ordinal(31)), (None, None));
        for (word, number) in [
            ("2nd", Some(2)),
            ("11th", Some(11)),
            ("101ST", Some(101)),
            ("third", Some(3)),
            ("2th", None),
            ("0th", None),
            ("2", None),
            ("zweite", None),
            ("", None),
            ("2é", None),
        ] {
            assert_eq!(Number::from_english_ordinal(word), number, "{word}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let number = Number::new(&text);
            let _ = (number.integer(), Number::from_english_ordinal(&text));
        }
    }
}
