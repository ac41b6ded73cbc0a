//! One name in BibTeX's classic forms: `First von Last`, `von Last, First`, `von Last, Jr, First`, or a literal in one
//! pair of braces.
//!
//! Commas and white space part a name outside braces only, so the TeX source is taken apart first and each part is
//! decoded for itself. Whether a word is a particle is told by its first letter, which braces hide unless they begin
//! with a command: `{\'e}` and `{\relax van}` are in lower case, `{van}` is not.
//!
//! ```text
//! classic("Ludwig van Beethoven")            // family Beethoven, given Ludwig, particle van
//! classic("de la Cruz, Jr., {Juan and Co}")  // family Cruz, suffix Jr., given Juan and Co, particle de la
//! classic("{Barnes and Noble}")              // the literal Barnes and Noble
//! ```

use super::super::lists::{in_one_pair, outside_braces};
use super::list::Mistake;
use crate::bytes::first_pair;
use crate::record::Name;
use crate::record::name::is_suffix;
use crate::tex;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// A name, and what is odd about it: more commas than two (what they part is added to the given names), or a suffix where
/// BibTeX does not look for one.
pub(super) fn classic(item: &str) -> (Name, Option<Mistake>) {
    if let Some(literal) = whole_group(item) {
        return (Name { literal: decode(literal), organization: true, ..Name::default() }, None);
    }
    let mut commas = outside_braces(item, |byte| byte == b',');
    let mut from = 0;
    let mut segment = || {
        let start = from;
        (start <= item.len()).then(|| {
            let comma = commas.next().unwrap_or(item.len());
            from = comma + 1;
            item.get(start..comma).unwrap_or_default()
        })
    };
    let first = segment().unwrap_or_default();
    let (second, third) = (segment(), segment());
    let mut name = Name::default();
    let Some(second) = second else {
        let odd = display_order(first, &mut name);
        return (name, odd);
    };
    let Some(third) = third else {
        // `Martin Luther King, Jr.`
        if is_suffix(second.trim()) && words(first).len() > 1 {
            display_order(first, &mut name);
            name.suffix = part(second);
            return (name, Some(Mistake::Suffix));
        }
        let odd = von_last(first, true, &mut name);
        name.given = part(second);
        return (name, odd);
    };
    von_last(first, false, &mut name);
    // `King, Martin Luther, Jr.`
    let is_behind = is_title(third.trim()) && !is_title(second.trim()) && !second.trim().is_empty();
    let (suffix, given) = if is_behind { (third, second) } else { (second, third) };
    name.suffix = part(suffix);
    name.given = part(given);
    let mut odd = is_behind.then_some(Mistake::Suffix);
    while let Some(more) = segment() {
        let more = part(more);
        if !more.is_empty() {
            odd = Some(Mistake::Commas);
            let comma = if name.given.is_empty() { "" } else { ", " };
            name.given = [&name.given, comma, &more].concat();
        }
    }
    (name, odd)
}

/// Degrees, which people put where a suffix stands.
const DEGREES: &[&str] = &["PhD", "Ph.D.", "MD", "M.D."];

/// Whether a part is a suffix or a degree.
fn is_title(part: &str) -> bool {
    is_suffix(part) || DEGREES.contains(&part)
}

/// Takes a suffix behind a family name from the words before a comma, or from all words: `Ford Jr.`; at least `least`
/// words stay.
fn take_suffix(segment: &str, words: &mut Words, least: usize, name: &mut Name) -> Option<Mistake> {
    let last = words.last().filter(|_| words.len() > least)?;
    let last = segment.get(last.clone()).filter(|word| is_suffix(word))?;
    last.clone_into(&mut name.suffix);
    words.pop();
    Some(Mistake::Suffix)
}

/// Without a comma: the particle goes from the first word in lower case to the last that is not the last word.
fn display_order(segment: &str, name: &mut Name) -> Option<Mistake> {
    let mut words = words(segment);
    let odd = take_suffix(segment, &mut words, 2, name);
    let (_, before) = words.split_last()?;
    let lower = |word: &Range<usize>| is_lower(segment.get(word.clone()).unwrap_or_default());
    let (given, end) = match before.iter().position(lower) {
        Some(first) => (first, before.iter().rposition(lower).map_or(first, |last| last + 1)),
        None => (before.len(), before.len()),
    };
    name.given = join(segment, words.get(..given));
    name.particle = join(segment, words.get(given..end));
    name.family = join(segment, words.get(end..));
    // `H. W. {Lenstra, Jr.}`: braces keep the comma from parting the name.
    if name.suffix.is_empty()
        && !name.given.is_empty()
        && let Some((family, suffix)) = name.family.rsplit_once(", ").filter(|(_, suffix)| is_suffix(suffix))
    {
        name.suffix = suffix.to_owned();
        name.family = family.to_owned();
    }
    odd
}

/// Before a comma: the particle goes from the first word, if that is in lower case, to the last such word before the
/// last word. If the first word is not, all is the family name (D-05). A suffix may stand behind it, if it is nowhere
/// else.
fn von_last(segment: &str, suffix: bool, name: &mut Name) -> Option<Mistake> {
    let mut words = words(segment);
    let odd = if suffix { take_suffix(segment, &mut words, 1, name) } else { None };
    let (_, before) = words.split_last()?;
    let lower = |word: &Range<usize>| is_lower(segment.get(word.clone()).unwrap_or_default());
    let end = match before.first() {
        Some(first) if lower(first) => before.iter().rposition(lower).map_or(0, |last| last + 1),
        _ => 0,
    };
    name.particle = join(segment, words.get(..end));
    name.family = join(segment, words.get(end..));
    odd
}

/// A part between commas.
fn part(segment: &str) -> String {
    join(segment, Some(&words(segment)))
}

/// Words as text. What is between them is white space and ties; decoded as a whole, commands keep their arguments.
fn join(segment: &str, words: Option<&[Range<usize>]>) -> String {
    let (Some(first), Some(last)) = (words.and_then(<[_]>::first), words.and_then(<[_]>::last)) else {
        return String::new();
    };
    decode(segment.get(first.start..last.end).unwrap_or_default())
}

/// TeX as plain text with single spaces; ties are spaces here, and so are the ends of lines.
pub(super) fn decode(source: &str) -> String {
    let text = tex::decode(source).text.into_string();
    match single_spaces(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text,
    }
}

/// Runs of white space as one space.
fn single_spaces(text: &str) -> Cow<'_, str> {
    let is_space = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
    let odd = |b, next| {
        (b < b' ') | ((b == b' ') & (next == b' ')) | ((b == 0xc2) & (next == 0xa0))
    };
    if !text.starts_with(' ') && !text.ends_with(' ') && first_pair(text.as_bytes(), odd).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    out.into()
}

/// What stands between the braces of a name that is one group. `{\'E}mile` and `{A} {B}` are not such, and one word
/// that begins with an accent, `{\'Emile}`, is a name.
pub(super) fn whole_group(item: &str) -> Option<&str> {
    in_one_pair(item).filter(|inner| !inner.starts_with('\\') || inner.contains(' '))
}

/// Words by their places.
type Words = SmallVec<[Range<usize>; 8]>;

/// The words of a part: parted by white space and ties outside braces.
fn words(source: &str) -> Words {
    let mut words = Words::new();
    let mut from = 0;
    let separators = outside_braces(source, |byte| byte.is_ascii_whitespace() || byte == b'~');
    for end in separators.chain([source.len()]) {
        let word = source.get(from..end).unwrap_or_default();
        // A backslash before a tie makes it an accent (`\~n`), and the space behind a command is none (`\o re`); but a
        // backslash before a space is one more way to write a space (`B.\ Lenat`).
        let is_tie = source.as_bytes().get(end) == Some(&b'~');
        let backslash = end < source.len() && ends_in_backslash(word);
        if end < source.len() && ((backslash && is_tie) || ends_in_command(word)) {
            continue;
        }
        let word = if backslash { from..end - 1 } else { from..end };
        if !word.is_empty() {
            words.push(word);
        }
        from = end + 1;
    }
    words
}

fn ends_in_backslash(word: &str) -> bool {
    word.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Whether a word ends in an accent or letter command that takes what is behind the space.
fn ends_in_command(word: &str) -> bool {
    let tail = word.len() - word.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let (before, command) = word.split_at_checked(tail).unwrap_or((word, ""));
    ends_in_backslash(before) && (1..=2).contains(&command.len())
}

/// Commands that are letters, those in lower case first.
const LOWER_LETTERS: &[&str] = &["aa", "ae", "oe", "o", "l", "ss", "i", "j", "dh", "th", "dj", "ng"];
const UPPER_LETTERS: &[&str] = &["AA", "AE", "OE", "O", "L", "SS", "DH", "TH", "DJ", "NG"];

/// Whether a word begins with a letter in lower case, as BibTeX sees it.
fn is_lower(word: &str) -> bool {
    let mut depth = 0_usize;
    for (at, c) in word.char_indices() {
        let rest = word.get(at..).unwrap_or_default();
        match c {
            '{' if depth == 0 && rest.starts_with("{\\") => return special_is_lower(rest.get(1..).unwrap_or_default()),
            // A letter in plain braces has no case for BibTeX, and such a word belongs to the name.
            '{' if depth == 0 => return false,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // `\'eric` and `\o re`, outside of braces.
            '\\' if depth == 0 => return special_is_lower(rest),
            c if depth == 0 && c.is_alphabetic() => return c.is_lowercase(),
            _ => {}
        }
    }
    false
}

/// Whether a special character, from its backslash on, is a letter in lower case: the command if it is one, else the
/// first letter behind it.
fn special_is_lower(source: &str) -> bool {
    let mut rest = source;
    while let Some(command) = rest.strip_prefix('\\') {
        let length = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = command.get(..length).unwrap_or_default();
        if LOWER_LETTERS.contains(&word) || UPPER_LETTERS.contains(&word) {
            return LOWER_LETTERS.contains(&word);
        }
        // An accent is a command of one character.
        let skip = if length == 0 { command.chars().next().map_or(0, char::len_utf8) } else { length };
        rest = command.get(skip..).unwrap_or_default().trim_start_matches([' ', '{', '\t', '\n', '~']);
    }
    rest.chars().take_while(|c| *c != '}').find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}
