//! What LaTeX calls the characters of Unicode: one table for each way of writing them, read in both directions.
//!
//! Where several commands mean one character, the first row is the one that is written. Names of mathematical
//! characters are those of unicode-math, which gives each of them one meaning (`\epsilon` is ϵ, `\varepsilon` is ε).
//!
//! - [`accents`]: commands that put a mark on a letter;
//! - [`letters`]: letters with a command of their own, Latin, Cyrillic and Greek;
//! - [`symbols`]: symbols of text mode;
//! - [`math`]: symbols of math mode, the Greek of formulas among them;
//! - [`alphabets`]: the alphabets of formulas, such as blackboard bold;
//! - [`journals`]: the journal macros of the astronomers' styles.

mod accents;
mod alphabets;
mod journals;
mod letters;
mod math;
mod symbols;

pub(super) use accents::{Accent, TIE, accent_alone, accent_named, accent_of, font_accent, short_accent};
pub(super) use alphabets::{is_alphabet, styled, unstyled};
pub(super) use journals::journal;
pub(super) use letters::{greek, transliterated};

use letters::{CYRILLIC, GREEK, LETTERS};
use math::MATH;
use std::sync::LazyLock;
use symbols::{SYMBOLS, SYNONYMS};
use unicode_normalization::char::compose;

/// How a character is written in ASCII.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// A letter, which can carry an accent: `{\ss}`.
    Letter(&'static str),
    /// `{\textdegree}`.
    Text(&'static str),
    /// `$\gamma$`.
    Math(&'static str),
}

/// Command name to character, sorted by name.
static BY_NAME: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    let tables = [LETTERS, CYRILLIC, SYMBOLS, MATH, GREEK, SYNONYMS];
    let mut all: Vec<_> = tables.into_iter().flatten().copied().collect();
    all.sort_by_key(|&(name, _)| name);
    all.dedup_by_key(|&mut (name, _)| name);
    all
});

/// Character to the form that is written, sorted by character; the first row of the tables wins.
static BY_CHAR: LazyLock<Vec<(char, Form)>> = LazyLock::new(|| {
    let letters = LETTERS.iter().chain(CYRILLIC).map(|&(name, c)| (c, Form::Letter(name)));
    let text = SYMBOLS.iter().map(|&(name, c)| (c, Form::Text(name)));
    let mut all: Vec<_> = letters.chain(text).chain(MATH.iter().map(|&(name, c)| (c, Form::Math(name)))).collect();
    all.sort_by_key(|&(c, _)| c);
    all.dedup_by_key(|&mut (c, _)| c);
    all
});

/// The character a command without argument stands for.
pub(super) fn symbol(name: &str) -> Option<char> {
    let at = BY_NAME.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    BY_NAME.get(at).map(|&(_, c)| c)
}

/// The letter of a command of one or two letters: what [`symbol`] says of it, found among few.
pub(super) fn short_letter(name: &[u8]) -> Option<char> {
    let short = LETTERS.iter().take_while(|(name, _)| name.len() <= 2);
    short.copied().find(|(short, _)| short.as_bytes() == name).map(|(_, c)| c)
}

/// The command a character is written with.
pub(super) fn form(c: char) -> Option<Form> {
    let at = BY_CHAR.binary_search_by_key(&c, |&(c, _)| c).ok()?;
    BY_CHAR.get(at).map(|&(_, form)| form)
}

/// The command of a letter, which can carry an accent.
pub(super) fn letter(c: char) -> Option<&'static str> {
    match form(c) {
        Some(Form::Letter(name)) => Some(name),
        _ => greek(c),
    }
}

/// A base and a combining character made one letter, where the pair has a command (`ơ`).
pub(super) fn composed_letter(base: char, combining: char) -> Option<char> {
    compose(base, combining).filter(|&c| letter(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::is_nfc;

    #[test]
    fn every_written_form_reads_back() {
        for &(c, form) in BY_CHAR.iter() {
            let (Form::Letter(name) | Form::Text(name) | Form::Math(name)) = form;
            assert_eq!(symbol(name), Some(c), "\\{name}");
        }
        for &(name, c) in GREEK {
            assert!(symbol(name) == Some(c) || name == "textepsilon", "\\{name}");
        }
    }

    #[test]
    fn short_letters_are_symbols() {
        for &(name, c) in LETTERS {
            assert!(
                short_letter(name.as_bytes()).is_none_or(|short| Some(short) == symbol(name) && short == c),
                "\\{name}"
            );
        }
        assert_eq!(short_letter(b"ss"), Some('ß'));
    }

    #[test]
    fn what_commands_stand_for_is_in_nfc() {
        for &(name, c) in BY_NAME.iter() {
            assert!(is_nfc(c.encode_utf8(&mut [0; 4])), "\\{name}");
        }
    }

    #[test]
    fn no_name_is_in_a_table_twice() {
        for table in [LETTERS, CYRILLIC, SYMBOLS, MATH, GREEK, SYNONYMS] {
            let mut names: Vec<_> = table.iter().map(|&(name, _)| name).collect();
            names.sort_unstable();
            let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
            assert_eq!(twice, None);
        }
    }
}
