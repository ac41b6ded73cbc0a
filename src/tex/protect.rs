//! Which words of a title lower-casing would damage: section 4.5 of the mapping reference.
//!
//! In any title: a capital inside a word, a single capital that is not the article A, and what a hyphen or slash joins to
//! them. In a title in sentence case also the words that begin with a capital in the middle of a sentence, for they are
//! proper nouns; in one in title case nobody can tell, and they are the style's to change.
//!
//! ```text
//! A study of {Parkinson}'s disease in {Oslo}
//! Diversity vs. Recognizability: Human-like Generalization in One-shot Models
//! ```

use crate::bytes::{first, next};
use smallvec::SmallVec;

/// What ends a word without being one.
fn is_between(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c == '\u{b}';
    }
    c.is_whitespace() || matches!(c, '—' | '…')
}

pub(crate) const HYPHENS: [char; 5] = ['-', '/', '‐', '‑', '–'];

/// The words that title case leaves in lower case, in the languages that know it and in names: they say nothing. Sorted.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "against", "along", "am", "among", "an", "and", "are", "around", "as",
    "at", "be", "before", "behind", "below", "between", "beyond", "but", "by", "can", "das", "de", "dem", "den", "der",
    "des", "di", "die", "do", "does", "du", "during", "e", "ein", "eine", "el", "en", "et", "for", "from", "has",
    "have", "how", "if", "im", "in", "inside", "into", "is", "it", "its", "la", "las", "le", "les", "like", "los",
    "mit", "near", "nor", "not", "of", "off", "on", "onto", "or", "our", "out", "over", "per", "since", "so", "than",
    "that", "the", "their", "through", "to", "toward", "towards", "und", "under", "until", "up", "upon", "using",
    "van", "versus", "via", "vom", "von", "vs", "was", "were", "what", "when", "where", "which", "while", "who", "why",
    "with", "within", "without", "y", "yet", "zu", "zum", "zur",
];

/// Whether title case leaves a word, in lower case here, as it is.
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// A word between spaces.
pub(crate) struct Word<'t> {
    /// Where it begins in the title, in bytes.
    pub(crate) start: usize,
    pub(crate) text: &'t str,
    /// It without what is neither letter nor digit around it.
    core: &'t str,
    /// Whether it begins a sentence.
    pub(crate) begins: bool,
    /// Whether BibTeX leaves its first letter alone: at the beginning and behind a colon and a space.
    spared: bool,
}

/// The words of a title. The first begins it; one behind a colon, a full stop, a dash or an opening quotation mark begins
/// something as well.
pub(crate) fn title_words(plain: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    let (mut begins, mut spared) = (true, true);
    pieces(plain).map(move |piece| {
        let start = at;
        at += piece.len();
        let text = piece.strip_suffix(' ').unwrap_or(piece);
        if is_bare(text) {
            // As most words are: letters at both ends, and nothing behind them that could end a sentence.
            let word = Word { start, text, core: text, begins, spared };
            (begins, spared) = (false, false);
            return word;
        }
        let text = piece.trim_end_matches(is_between);
        let core = text.trim_matches(|c: char| !c.is_alphanumeric());
        let quoted = text.starts_with(['“', '‘', '"', '«', '„', '`', '\'']);
        let word = Word { start, text, core, begins: begins || quoted, spared };
        spared = text.ends_with(':') && piece.len() == text.len() + 1;
        begins = if core.is_empty() {
            // Dashes and dots of their own end what was before them; spaces change nothing.
            begins || !text.is_empty() || piece.contains(['—', '…'])
        } else {
            let tail = text.trim_end_matches(['”', '’', '"', '\'', ')', ']', '»']);
            // The point of a short word is an abbreviation's, and so is that behind another point.
            let stopped =
                tail.ends_with([':', '?', '!', ';']) || (tail.ends_with('.') && core.len() > 3 && !core.contains('.'));
            stopped || piece.ends_with(['—', '…'])
        };
        word
    })
}

/// The words of a title, each with what ends it.
fn pieces(plain: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let end = end_of_piece(plain, from);
        let piece = plain.get(from..end).filter(|piece| !piece.is_empty());
        from = end;
        piece
    })
}

fn end_of_piece(plain: &str, from: usize) -> usize {
    // White space of ASCII, and what all other characters begin with that are between words.
    let may_end =
        |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5) | (byte == 0xc2) | (byte.wrapping_sub(0xe1) < 3);
    let mut at = from;
    loop {
        at = next(plain.as_bytes(), at, may_end);
        let Some(c) = plain.get(at..).and_then(|rest| rest.chars().next()) else { return plain.len() };
        at += c.len_utf8();
        if is_between(c) {
            return at;
        }
    }
}

/// Whether a word begins and ends with a letter or digit of ASCII.
fn is_bare(text: &str) -> bool {
    let is_bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    is_bare(text.as_bytes().first()) && is_bare(text.as_bytes().last())
}

/// Whether a word is one capital and then small letters: `Oslo`, `Parkinson's`.
fn is_capitalised(core: &str) -> bool {
    let mut chars = core.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.clone().any(char::is_lowercase)
        && !chars.any(char::is_uppercase)
}

/// Whether a title is in sentence case: behind the beginnings of sentences as many words in lower case as in capitals,
/// or more.
pub(crate) fn is_sentence_case(plain: &str) -> bool {
    are_of_sentence_case(&title_words(plain).collect::<Words<'_>>())
}

/// The words of a title.
type Words<'t> = SmallVec<[Word<'t>; 24]>;

fn are_of_sentence_case(words: &[Word<'_>]) -> bool {
    let cores = || words.iter().filter(|word| !word.begins).map(|word| word.core);
    let capitalised = |core: &&str| {
        core.starts_with(char::is_uppercase) && is_capitalised(core.split(HYPHENS).next().unwrap_or_default())
    };
    let capitals = cores().filter(capitalised).count();
    let is_lower = |core: &&str| {
        core.starts_with(char::is_lowercase) && !core.chars().any(char::is_uppercase) && !is_function_word(core)
    };
    capitals > 0 && cores().filter(is_lower).take(capitals).count() == capitals
}

/// Whether there is any capital in a text.
fn has_capital(text: &str) -> bool {
    match first(text.as_bytes(), |byte| byte.is_ascii_uppercase() | (byte >= 0x80)) {
        None => false,
        Some(at) => text.get(at..).is_some_and(|rest| rest.contains(char::is_uppercase)),
    }
}

/// The spans that lower-casing would damage, in bytes.
pub(crate) fn words_to_protect(plain: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    // A capital at the very beginning is spared; most titles have no other.
    let rest = plain.strip_prefix(char::is_uppercase).unwrap_or(plain);
    if !has_capital(rest) {
        return spans;
    }
    let words: Words<'_> = title_words(plain).collect();
    let sentence = are_of_sentence_case(&words);
    for word in words.iter().filter(|word| has_capital(word.text)) {
        let proper = sentence && !word.begins;
        let mut span: Option<(usize, usize)> = None;
        let mut from = word.start;
        let compound = word.text.contains(HYPHENS);
        for part in word.text.split(HYPHENS) {
            let core = part.trim_matches(|c: char| !c.is_alphanumeric());
            let lead = part.len() - part.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
            let dotted = part.get(lead + core.len()..).is_some_and(|rest| rest.starts_with('.'));
            let core = core.strip_suffix("'s").or_else(|| core.strip_suffix("’s")).unwrap_or(core);
            let (begin, end) = (from + lead, from + lead + core.len());
            let spared = word.spared && begin == word.start;
            if damaged(core, dotted, compound, spared) || (proper && is_capitalised(core)) {
                span = Some((span.map_or(begin, |(first, _)| first), end));
            } else if let Some((_, last)) = &mut span
                && !core.is_empty()
                && (core.contains(char::is_uppercase) || !core.contains(char::is_lowercase))
            {
                *last = end;
            }
            from += part.len();
            from += plain.get(from..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
        spans.extend(span);
    }
    spans
}

/// Whether lower-casing changes what a word says.
fn damaged(word: &str, dotted: bool, compound: bool, spared: bool) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    if chars.as_str().is_empty() {
        return !spared && first.is_uppercase() && (first != 'A' || dotted || compound);
    }
    chars.any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn braced(plain: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for (start, end) in words_to_protect(plain) {
            out.push_str(&plain[done..start]);
            out.push('{');
            out.push_str(&plain[start..end]);
            out.push('}');
            done = end;
        }
        out + &plain[done..]
    }

    #[test]
    fn function_words_can_be_searched() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn words_end_where_any_character_is_between() {
        for c in (0..=0xffff).filter_map(char::from_u32) {
            let title = format!("{c}a{c}\u{a1} \u{2013}b{c} ");
            assert!(pieces(&title).eq(title.split_inclusive(is_between)), "{title:?}");
        }
    }

    #[test]
    fn a_capital_at_the_beginning_is_spared() {
        for title in ["Oslo", "X", "A", "A.", "X-ray", "Ä-b", "É", "O’neill", "Oslo's", "Ab/c. d"] {
            let words: Words<'_> = title_words(title).collect();
            assert!(words_to_protect(title).is_empty() && !are_of_sentence_case(&words), "{title}");
            // What is found without asking for this first.
            assert!(!damaged(words[0].core, true, true, words[0].spared), "{title}");
        }
    }

    #[test]
    fn proper_nouns_of_titles_in_sentence_case() {
        for title in [
            "Tracking objects with complex-valued representations and {Kuramoto} synchronization dynamics",
            "A study of {Parkinson}'s disease in {Oslo}",
            "A cohort study of patients with {Parkinson}’s disease ({Oslo}, {Norway})",
            "On {Navier-Stokes} equations and {Kuramoto}-type models",
            "The effect of {DNA} on growth: The case of {Oslo}",
            "Is it true? No one in {Berlin} knows why",
            "A reading of “Great expectations” in {London} schools",
            "Über die Härte von Steinen",
            "Étude de la ville de {Paris} au moyen âge",
            "Deep learning at {NASA}'s centres in {Texas}",
        ] {
            assert_eq!(braced(&title.replace(['{', '}'], "")), title);
        }
    }

    #[test]
    fn titles_in_title_case_keep_their_capitals_to_the_style() {
        for title in [
            "Diversity vs. Recognizability: Human-like Generalization in One-shot Models",
            "What are the Visual Features Underlying Human Versus Machine Vision?",
            "The Art of Computer Programming — Sorting and Searching",
            "Learning Long-range Spatial Dependencies with {DNA} and {I}",
            "On Growth",
            "deep learning",
            "Stand-Alone Self-Attention in Vision Models",
            "A Book. Another Book",
            "X-rays: E. coli, {E}. coli and “{E}. coli”",
        ] {
            assert_eq!(braced(&title.replace(['{', '}'], "")), title);
        }
    }
}
