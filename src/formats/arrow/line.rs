//! The lines of a page: which begin a paper, which are bullets.

use crate::source;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Where the line begins, indent included.
    pub(super) from: usize,
    /// Where its text begins.
    pub(super) start: usize,
    /// Its text without white space around it.
    pub(super) text: &'a str,
    /// Whether a blank line, or nothing, stands before it.
    pub(super) blank_before: bool,
    /// Whether it begins with a bullet.
    pub(super) bullet: Option<Bullet>,
}

impl Line<'_> {
    /// Where its text ends.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A bullet before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bullet {
    /// Whether it is `•`, which nothing else begins with.
    pub(super) dot: bool,
    /// Whether the line is indented.
    pub(super) indented: bool,
    /// How much of the line's text the bullet and the white space behind it take.
    pub(super) length: usize,
}

/// White space within lines.
const BLANKS: [char; 4] = [' ', '\t', '\u{b}', '\u{c}'];

/// A string without white space at its ends, as [`Text::tidy`](crate::record::Text::tidy) sees it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(BLANKS)
}

/// The lines that are not blank.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // Blank lines, of which there may be very many, are passed over byte by byte.
        let mut from = at;
        let mut ends = if at == 0 { 2 } else { 0 };
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'\r' if bytes.get(at) == Some(&b'\n') => {}
                b'\n' | b'\r' => (from, ends) = (at, ends + 1),
                b' ' | b'\t' | 0xb | 0xc => {}
                _ => {
                    at -= 1;
                    break;
                }
            }
        }
        let start = at;
        at = source::line_end(bytes, start).0;
        let text = text.get(start..at)?.trim_end_matches(BLANKS);
        let bullet = bullet(text, start > from);
        (!text.is_empty()).then_some(Line { from, start, text, blank_before: ends > 1, bullet })
    })
}

fn bullet(text: &str, indented: bool) -> Option<Bullet> {
    let dot = text.starts_with('•');
    let rest = text.strip_prefix('•').or_else(|| {
        let rest = text.strip_prefix(['*', '-'])?;
        rest.starts_with(BLANKS).then_some(rest)
    })?;
    Some(Bullet { dot, indented, length: text.len() - rest.trim_start_matches(BLANKS).len() })
}

/// How sure it is that a line begins a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// The form fits, the words are unknown.
    Weak,
    /// Kind or type are known words.
    Fairly,
    /// Kind and type are known words.
    Quite,
}

/// The line that begins a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    /// Any words; `-` or empty for none.
    pub(super) venue: &'a str,
    /// One word.
    pub(super) kind: &'a str,
    /// Four digits or `-`.
    pub(super) year: &'a str,
    /// One to four words.
    pub(super) type_: &'a str,
    /// How sure it is.
    pub(super) sure: Sure,
}

/// The words between venue and year, with the type that they stand for if the type is no known one.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("Conference", "Conference Paper"),
    ("Journal", "Journal Article"),
    ("Workshop", "Conference Paper"),
    ("Symposium", "Conference Paper"),
    ("Proceedings", "Conference Paper"),
    ("Transactions", "Journal Article"),
    ("Magazine", "Journal Article"),
];

/// The types, with the word that stands before the year of each.
pub(super) const TYPES: &[(&str, &str)] = &[("Conference Paper", "Conference"), ("Journal Article", "Journal")];

/// The known type for which a kind stands.
pub(super) fn type_of_kind(kind: &str) -> Option<&'static str> {
    KINDS.iter().find(|(word, _)| *word == kind).map(|(_, type_)| *type_)
}

/// The kind that stands before the year of a type; `-` for an unknown type.
pub(super) fn kind_of_type(type_: &str) -> &'static str {
    TYPES.iter().find(|(word, _)| *word == type_).map_or("-", |(_, kind)| kind)
}

/// The longest type in words.
const TYPE_WORDS: usize = 4;

/// Takes a line apart from the right: type, year, kind; the rest is the venue.
pub(super) fn header(line: &str) -> Option<Header<'_>> {
    let mut rest = line;
    for count in 0..=TYPE_WORDS {
        let (before, word) = last_word(rest)?;
        if count > 0 && is_year(word) {
            let type_ = trim(line.get(rest.len()..)?);
            let (venue, kind) = last_word(before)?;
            return finish(venue, kind, word, type_);
        }
        if !is_capitalised(word) {
            return None;
        }
        rest = before;
    }
    None
}

fn finish<'a>(venue: &'a str, kind: &'a str, year: &'a str, type_: &'a str) -> Option<Header<'a>> {
    let known_kind = kind == "-" || type_of_kind(kind).is_some();
    let known_type = kind_of_type(type_) != "-";
    let sure = match (known_kind, known_type) {
        (true, true) => Sure::Quite,
        (false, false) => Sure::Weak,
        _ => Sure::Fairly,
    };
    let fits = (kind == "-" || is_capitalised(kind))
        && (year != "-" || known_kind)
        && !(kind == "-" && year == "-" && !known_type)
        && (!venue.is_empty() || sure == Sure::Quite);
    fits.then_some(Header { venue, kind, year, type_, sure })
}

/// The last word of a line, and what stands before it.
fn last_word(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end_matches(BLANKS);
    let at = line.rfind(BLANKS).map_or(0, |at| at + 1);
    let (before, word) = line.split_at_checked(at)?;
    (!word.is_empty()).then_some((before.trim_end_matches(BLANKS), word))
}

/// Four digits, or `-` for none.
fn is_year(word: &str) -> bool {
    word == "-" || (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A word of letters that begins with a capital.
fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '/' | '&'))
}

/// Words that hardly stand in a short line but one that begins a paper, in lower case.
const HEADER_WORDS: &[&str] =
    &["conference", "journal", "workshop", "symposium", "paper", "article", "proceedings", "transactions", "preprint"];

/// Whether a line may have been meant to begin a paper.
pub(super) fn is_like_header(line: &str) -> bool {
    if line.len() > 160 || line.ends_with(['.', '!', '?', ':']) {
        return false;
    }
    let words = line.split(BLANKS).filter(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        HEADER_WORDS.iter().any(|known| {
            known.eq_ignore_ascii_case(word)
                || (word.len() > 4 && strsim::damerau_levenshtein(known, &word.to_lowercase()) <= 1)
        })
    });
    let count = words.count();
    count > 1 || (count == 1 && line.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_from_the_right() {
        for (line, parts) in [
            ("NeurIPS Conference 2024 Conference Paper", "NeurIPS|Conference|2024|Conference Paper"),
            ("TMLR Journal 2025 Journal Article", "TMLR|Journal|2025|Journal Article"),
            ("Neural Computation Journal 2019 Journal Article", "Neural Computation|Journal|2019|Journal Article"),
            ("-  Conference  -\tConference Paper", "-|Conference|-|Conference Paper"),
            ("Conference 2024 Conference Paper", "|Conference|2024|Conference Paper"),
            ("AI 2000 Journal 1999 Journal Article", "AI 2000|Journal|1999|Journal Article"),
            ("NeurIPS Workshop 2024 Extended Abstract", "NeurIPS|Workshop|2024|Extended Abstract"),
            ("Foo - 2024 Conference Paper", "Foo|-|2024|Conference Paper"),
        ] {
            let it = header(line).unwrap();
            assert!(it.sure > Sure::Weak, "{line}");
            assert_eq!(format!("{}|{}|{}|{}", it.venue, it.kind, it.year, it.type_), parts);
        }
        for line in [
            "",
            "34 papers",
            "Deep Learning - A Survey",
            "We won at the NeurIPS Conference 2024 conference paper",
            "It appeared as NeurIPS Conference 2024 Conference Paper.",
            "NeurIPS Conference 24 Conference Paper",
            "2024 Conference Paper",
            "NeurIPS Conference 2024",
        ] {
            assert_eq!(header(line), None, "{line}");
        }
        assert_eq!(header("The Challenge 2023 Report").unwrap().sure, Sure::Weak);
        assert!(is_like_header("NeurIPS Conferenec 2O24 Conference Paper"));
        assert!(!is_like_header("Attention is all you need"));
    }

    #[test]
    fn bullets() {
        let all: Vec<_> = lines("  • A\n\t* B\n- C\n-D\n•E\n\n*F*").collect();
        let names: Vec<_> = all.iter().map(|line| line.bullet.and_then(|it| line.text.get(it.length..))).collect();
        assert_eq!(names, [Some("A"), Some("B"), Some("C"), None, Some("E"), None]);
        assert!(all[5].blank_before && !all[4].blank_before);
    }
}
