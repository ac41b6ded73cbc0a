//! LaTeX markup ⇄ [`Text`](crate::record::Text). Sections 1.3, 4.5 and 4.6 of the mapping reference.
//!
//! ```
//! use bibferry::tex::{self, Encode};
//! let title = tex::decode(r#"{\"U}ber die {NP}-H{\"a}rte von \emph{k}-SAT"#).text;
//! assert_eq!(title.as_str(), "Über die NP-Härte von k-SAT");
//!
//! let mut out = String::new();
//! tex::encode(&title, Encode { ascii: true, ..Encode::default() }, &mut out);
//! assert_eq!(out, r#"{\"U}ber die {NP}-H{\"a}rte von \emph{k}-SAT"#);
//! ```
//!
//! Decoding what was encoded without added protection gives the same text back, in UTF-8 and in ASCII, for tidy text
//! in NFC. What cannot come back, because LaTeX has no way of saying it or because the record has one way of saying
//! what LaTeX says in several:
//!
//! - a mark over the same span as an enclosing mark of the same kind, `NoCase` over a span without cased letters,
//!   `Quote` over a span whose first and last characters are not “ ” or ‘ ’, and marks that cross those glyphs;
//! - `Math` that says no more than Unicode does (`$\alpha$`), and anything that is not math between its delimiters;
//! - `Raw` whose source is not one command with its arguments, or not LaTeX;
//! - `Language` without a Babel name; addresses with white space, braces or backslashes.
//!
//! [`Encoded`] reports what was dropped. A straight apostrophe stays one in both directions: LaTeX prints it as ’,
//! but names and words must compare equal to what other formats hold.

mod decode;
mod dollars;
mod encode;
mod protect;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use decode::ESCAPES;
pub use decode::{Decoded, decode, verbatim};
pub(crate) use decode::{ends_in_entity, is_same, letter};
pub use dollars::dollars;
pub use encode::{Encoded, balanced, encode, encode_str};
pub(crate) use protect::{HYPHENS, Word, is_function_word, is_sentence_case, title_words, words_to_protect};

/// How to write LaTeX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encode {
    /// Only ASCII, as far as LaTeX has commands for the characters.
    pub ascii: bool,
    /// Which words get braces against a style that changes letter case.
    pub protect: Protect,
}

/// Which words get braces against a style that changes letter case. Section 4.5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protect {
    /// Those a `NoCase` mark covers.
    #[default]
    Marked,
    /// Also those that lower-casing would damage: acronyms, mixed case, single capitals; in titles in sentence case also
    /// proper nouns. Decoding turns these braces into `NoCase` marks.
    Auto,
    /// None: for names, journals, notes, whose case no style changes.
    Never,
}
