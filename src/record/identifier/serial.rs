//! Book and serial numbers with their check digits, and fields that hold several of either (D-12).

use super::{Id, is_hyphen, strip_ci};
use crate::bytes::trim;
use smallvec::SmallVec;
use std::borrow::Cow;

/// What a piece of a field for book and serial numbers is, by its check digit: types and tags lie about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serial {
    /// An ISBN whose check digit is right.
    Isbn(Id),
    /// An ISSN whose check digit is right.
    Issn(Id),
    /// Neither: a report number, or a number that is wrong, verbatim.
    Other(String),
}

/// Labels of ISBNs and the qualifier that each implies.
const ISBN_LABELS: &[(&str, &str)] = &[
    ("urn:isbn", ""),
    ("isbn-13", ""),
    ("isbn-10", ""),
    ("isbn13", ""),
    ("isbn10", ""),
    ("e-isbn", "electronic"),
    ("eisbn", "electronic"),
    ("p-isbn", "print"),
    ("isbn", ""),
    // As IEEE Xplore has them before the number. Without the colon they stand behind one.
    ("electronic:", "electronic"),
    ("print on demand(pod):", "print on demand"),
    ("print on demand:", "print on demand"),
    ("pod:", "print on demand"),
    ("print:", "print"),
    ("paperback:", "paperback"),
    ("hardcover:", "hardcover"),
    ("cd-rom:", "cd-rom"),
    ("cd:", "cd"),
    ("dvd:", "dvd"),
    ("usb:", "usb"),
];

/// Labels of ISSNs and the qualifier that each implies.
const ISSN_LABELS: &[(&str, &str)] = &[
    ("urn:issn", ""),
    ("issn-l", "linking"),
    ("issnl", "linking"),
    ("e-issn", "electronic"),
    ("eissn", "electronic"),
    ("p-issn", "print"),
    ("pissn", "print"),
    ("electronic issn", "electronic"),
    ("online issn", "electronic"),
    ("print issn", "print"),
    ("issn", ""),
];

/// Words in parentheses that mean one of the qualifiers of an ISSN.
const ISSN_MEDIA: &[(&str, &str)] = &[
    ("print", "print"),
    ("printed", "print"),
    ("printed version", "print"),
    ("print version", "print"),
    ("electronic version", "electronic"),
    ("online version", "electronic"),
    ("electronic", "electronic"),
    ("online", "electronic"),
    ("on-line", "electronic"),
    ("internet", "electronic"),
    ("web", "electronic"),
    ("linking", "linking"),
    ("issn-l", "linking"),
];

/// An ISBN-10 or ISBN-13 with a right check digit, as its digits (and an upper-case `X`), not converted; the words in
/// parentheses behind it (`pbk`, `hardcover`), or its label (`eISBN`), are the qualifier. `None` otherwise.
pub fn isbn(raw: &str) -> Option<Id> {
    let (rest, implied) = labelled(raw, ISBN_LABELS);
    let (value, tail) = digits(rest, 13);
    let sound = match value.len() {
        10 => isbn10_sum(&value)? % 11 == 0,
        13 => is_of_books(&value) && ean_sum(&value)? % 10 == 0,
        _ => false,
    };
    if !sound {
        return None;
    }
    let value = printed(&[&value]);
    let words = qualifier(tail)?;
    let single = words.strip_suffix('.').filter(|word| !word.contains([' ', '.'])).unwrap_or(words);
    Some(Id { value, scheme: "".into(), qualifier: one_of(single, implied) })
}

/// Whether a string is an ISBN-13 with a right check digit, in its normal form.
pub(crate) fn is_isbn13(value: &str) -> bool {
    let digits = value.as_bytes();
    digits.len() == 13 && is_of_books(digits) && ean_sum(digits).is_some_and(|sum| sum % 10 == 0)
}

/// Whether a string is an ISSN with a right check digit, in its normal form.
pub(crate) fn is_issn(value: &str) -> bool {
    let is_printed = value.len() == 9 && value.as_bytes().get(4) == Some(&b'-') && !value.ends_with('x');
    let (digits, tail) = digits(value, 8);
    is_printed && digits.len() == 8 && tail.is_empty() && issn_sum(&digits).is_some_and(|sum| sum % 11 == 0)
}

/// Whether a number of goods is that of a book.
fn is_of_books(digits: &[u8]) -> bool {
    digits.starts_with(b"978") || digits.starts_with(b"979")
}

/// The ISBN-13 of an ISBN of either length.
pub fn isbn13(raw: &str) -> Option<String> {
    let value = isbn(raw)?.value;
    if value.len() == 13 {
        return Some(value);
    }
    let mut long = String::with_capacity(13);
    long.push_str("978");
    long.push_str(value.get(..9)?);
    let check = (10 - ean_sum(long.as_bytes())? % 10) % 10;
    long.push(char::from_digit(check, 10)?);
    Some(long)
}

/// An ISSN with a right check digit as `NNNN-NNNC`; `(Print)`, `(Electronic)`, `(Linking)` behind it, or its label, is
/// the qualifier, in lower case. Takes it without the hyphen too. `None` otherwise.
pub fn issn(raw: &str) -> Option<Id> {
    let (rest, implied) = labelled(raw, ISSN_LABELS);
    let (digits, tail) = digits(rest, 8);
    if digits.len() != 8 || issn_sum(&digits)? % 11 != 0 {
        return None;
    }
    let words = qualifier(tail)?;
    let known = ISSN_MEDIA.iter().filter(|_| !words.is_empty()).find(|(word, _)| word.eq_ignore_ascii_case(words));
    let known = known.map(|(_, medium)| *medium);
    let (first, last) = digits.split_at_checked(4)?;
    Some(Id {
        value: printed(&[first, b"-", last]),
        scheme: "".into(),
        qualifier: one_of(known.unwrap_or(words), implied),
    })
}

/// The numbers of a field that may hold several, with commas, semicolons, slashes of either sort, line ends or spaces between them, each
/// known by its check digit; what is neither ISBN nor ISSN stays together as it stands.
pub fn serial_numbers(raw: &str) -> Vec<Serial> {
    let mut found = Vec::new();
    // Mendeley and PubMed write line ends as `\r` and `\n`.
    let lines: Cow<'_, str> =
        if raw.contains('\\') { raw.replace("\\r", "\n").replace("\\n", "\n").into() } else { raw.into() };
    for piece in lines.split([',', ';', '\n', '|', '\\']).map(trim).filter(|piece| !piece.is_empty()) {
        if let Some(one) = classify(piece) {
            found.push(one);
            continue;
        }
        let several = memchr::memchr(b'/', piece.as_bytes()).is_some();
        let halves = || piece.split('/').map(|half| classify(half.trim())).collect::<Option<Vec<Serial>>>();
        match several.then(halves).flatten() {
            Some(halves) => found.extend(halves),
            None if piece.contains(char::is_whitespace) => split_at_spaces(piece, &mut found),
            None => found.push(Serial::Other(piece.to_owned())),
        }
    }
    found
}

/// The longest number, label and qualifier that [`split_at_spaces`] looks for, in words.
const MAX_WORDS: usize = 8;

/// The numbers of a piece with only spaces between them: from each word on, the longest run of words that is a number.
fn split_at_spaces(piece: &str, found: &mut Vec<Serial>) {
    let words: Vec<(usize, usize)> = piece
        .split_whitespace()
        .map(|word| word.as_ptr() as usize - piece.as_ptr() as usize)
        .zip(piece.split_whitespace().map(str::len))
        .collect();
    let mut other: Option<usize> = None;
    let mut nth = 0;
    while let Some((start, _)) = words.get(nth).copied() {
        let mut ends = words.iter().enumerate().skip(nth).take(MAX_WORDS).rev();
        let hit = ends.find_map(|(last, (at, len))| Some((last, classify(piece.get(start..at + len)?)?)));
        if let Some((last, serial)) = hit {
            if let Some(begin) = other.take() {
                found.push(Serial::Other(piece.get(begin..start).unwrap_or_default().trim_end().to_owned()));
            }
            found.push(serial);
            nth = last + 1;
        } else {
            other.get_or_insert(start);
            nth += 1;
        }
    }
    if let Some(begin) = other {
        found.push(Serial::Other(piece.get(begin..).unwrap_or_default().to_owned()));
    }
}

/// The number that a string is.
fn classify(piece: &str) -> Option<Serial> {
    issn(piece).map(Serial::Issn).or_else(|| isbn(piece).map(Serial::Isbn))
}

/// What follows a label, and the qualifier that the label implies.
fn labelled<'a>(raw: &'a str, labels: &[(&str, &'static str)]) -> (&'a str, &'static str) {
    if raw.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return (raw, "");
    }
    let raw = trim(raw);
    let bare = raw.starts_with(|c: char| c.is_ascii_digit());
    let hit = labels.iter().filter(|_| !bare).find_map(|(label, implied)| Some((strip_ci(raw, label)?, *implied)));
    let (rest, implied) = hit.unwrap_or((raw, ""));
    (rest.trim_start_matches([':', '=', ' ', '\u{a0}']), implied)
}

/// The most digits of a number.
const MOST: usize = 13;

/// The digits of a number.
type Digits = SmallVec<[u8; MOST]>;

/// The digits at the start, at most this many, without hyphens and single spaces, and what follows them.
fn digits(rest: &str, most: usize) -> (Digits, &str) {
    let (mut out, mut count) = ([0; MOST], 0);
    let most = most.min(MOST);
    let mut end = 0;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'0'..=b'9' if count < most => {
                out[count] = byte;
                count += 1;
            }
            // The check digit of ten and of eight.
            b'x' | b'X' if count == 9 || count == 7 => {
                out[count] = b'X';
                count += 1;
                end = at + 1;
                break;
            }
            b'-' | b' ' => continue,
            0x80.. if is_in_number(rest, at) => continue,
            _ => break,
        }
        end = at + 1;
    }
    (Digits::from_buf_and_len(out, count), rest.get(end..).unwrap_or_default())
}

/// Whether what stands at a place, or what goes on there, is one of the other characters that may stand in a number.
fn is_in_number(text: &str, at: usize) -> bool {
    text.get(at..).is_none_or(|rest| rest.starts_with(|c| is_hyphen(c) || c == '\u{a0}'))
}

/// Digits and what stands between them as text.
fn printed(pieces: &[&[u8]]) -> String {
    let mut out = String::with_capacity(17);
    for piece in pieces {
        out.extend(piece.iter().map(|byte| char::from(*byte)));
    }
    out
}

/// The words of a qualifier: in parentheses, or bare letters; `""` if nothing is there but punctuation, `None` if it is
/// anything else, as another number.
fn qualifier(tail: &str) -> Option<&str> {
    if tail.is_empty() {
        return Some(tail);
    }
    let rest = trim(tail).trim_end_matches([':', ';', ',']).trim_end();
    if let Some(open) = rest.strip_prefix(['(', '[']) {
        return open.strip_suffix([')', ']']).map(str::trim).filter(|words| !words.contains(['(', ')']));
    }
    let bare = rest.is_empty()
        || rest == "."
        || (tail.starts_with([' ', ':'])
            && rest.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
            && !looks_like_label(rest));
    bare.then_some(if rest == "." { "" } else { rest })
}

/// Whether the words behind a number are the label of the next one, whose digits fell to another piece.
fn looks_like_label(words: &str) -> bool {
    ISBN_LABELS.iter().chain(ISSN_LABELS).any(|(label, _)| words.eq_ignore_ascii_case(label))
        && !words.eq_ignore_ascii_case("issn-l")
}

/// The stated qualifier, else the implied one. Scopus says in brackets what a number is, which is no qualifier.
fn one_of(stated: &str, implied: &str) -> Option<Box<str>> {
    let stated = if ["isbn", "issn"].iter().any(|it| it.eq_ignore_ascii_case(stated)) { "" } else { stated };
    let word = if stated.is_empty() { implied } else { stated };
    (!word.is_empty()).then(|| word.into())
}

/// A digit's value; `X` is ten.
fn value(digit: u8) -> Option<u32> {
    if digit == b'X' { Some(10) } else { char::from(digit).to_digit(10) }
}

/// The digits weighted from this weight down to 1.
fn falling(digits: &[u8], from: u32) -> Option<u32> {
    digits.iter().zip((1..=from).rev()).try_fold(0, |sum, (digit, weight)| Some(sum + value(*digit)? * weight))
}

fn isbn10_sum(digits: &[u8]) -> Option<u32> {
    // `X` stands for ten only as the check digit.
    let early = digits.iter().position(|digit| *digit == b'X').is_some_and(|at| at != 9);
    if early { None } else { falling(digits, 10) }
}

fn issn_sum(digits: &[u8]) -> Option<u32> {
    falling(digits, 8)
}

/// The digits weighted 1, 3, 1, 3 …
fn ean_sum(digits: &[u8]) -> Option<u32> {
    let mut weighted = digits.iter().zip([1, 3].into_iter().cycle());
    weighted.try_fold(0, |sum, (digit, weight)| Some(sum + char::from(*digit).to_digit(10)? * weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn book_numbers() {
        for (raw, value, words) in [
            ("978-3-16-148410-0", "9783161484100", ""),
            ("978 3 16 148410 0", "9783161484100", ""),
            ("9783161484100", "9783161484100", ""),
            ("ISBN-13: 978-3-16-148410-0", "9783161484100", ""),
            ("ISBN 0-306-40615-2", "0306406152", ""),
            ("080442957x", "080442957X", ""),
            ("0-8044-2957-X (pbk.)", "080442957X", "pbk"),
            ("9783161484100 (electronic bk.)", "9783161484100", "electronic bk."),
            ("0306406152 :", "0306406152", ""),
            ("0306406152 hardcover", "0306406152", "hardcover"),
            ("eISBN 978-3-16-148410-0", "9783161484100", "electronic"),
            ("978‐3‐16‐148410‐0", "9783161484100", ""),
            ("Electronic:978-3-16-148410-0", "9783161484100", "electronic"),
            ("Print on Demand(PoD):978-3-16-148410-0", "9783161484100", "print on demand"),
        ] {
            let id = isbn(raw).unwrap_or_else(|| panic!("{raw}"));
            assert_eq!((id.value.as_str(), id.qualifier.as_deref().unwrap_or("")), (value, words), "{raw}");
        }
        for raw in [
            "",
            "ISBN",
            "9783161484101",
            "030640615X",
            "123",
            "0X06406152",
            "9783161484100 0306406152",
            "97831614841001",
        ] {
            assert_eq!(isbn(raw), None, "{raw}");
        }
        assert_eq!(isbn13("0-306-40615-2").as_deref(), Some("9780306406157"));
        assert_eq!(isbn13("9783161484100").as_deref(), Some("9783161484100"));
    }

    #[test]
    fn serials() {
        for (raw, value, words) in [
            ("1234-5679", "1234-5679", ""),
            ("12345679", "1234-5679", ""),
            ("ISSN 0092-8674 (Print)", "0092-8674", "print"),
            ("1097-4172 (Electronic)", "1097-4172", "electronic"),
            ("0092-8674 (Linking)", "0092-8674", "linking"),
            ("0092-8674 (Undetermined)", "0092-8674", "Undetermined"),
            ("eISSN: 2434-561x", "2434-561X", "electronic"),
            ("Electronic ISSN: 2434-561x", "2434-561X", "electronic"),
            ("0317–8471", "0317-8471", ""),
        ] {
            let id = issn(raw).unwrap_or_else(|| panic!("{raw}"));
            assert_eq!((id.value.as_str(), id.qualifier.as_deref().unwrap_or("")), (value, words), "{raw}");
        }
        for raw in ["", "1234-5678", "0317847", "1234-56790", "1097-4172 0092-8674"] {
            assert_eq!(issn(raw), None, "{raw}");
        }
    }

    #[test]
    fn fields_with_several() {
        let show = |raw: &str| -> Vec<String> {
            serial_numbers(raw)
                .into_iter()
                .map(|serial| match serial {
                    Serial::Isbn(id) => format!("isbn {} {}", id.value, id.qualifier.as_deref().unwrap_or("")),
                    Serial::Issn(id) => format!("issn {} {}", id.value, id.qualifier.as_deref().unwrap_or("")),
                    Serial::Other(words) => format!("other {words}"),
                })
                .collect()
        };
        assert_eq!(
            show("0092-8674 (Print) 1097-4172 (Electronic)"),
            ["issn 0092-8674 print", "issn 1097-4172 electronic"]
        );
        assert_eq!(show("0092-8674, 1097-4172"), ["issn 0092-8674 ", "issn 1097-4172 "]);
        assert_eq!(show("0092-8674/1097-4172"), ["issn 0092-8674 ", "issn 1097-4172 "]);
        assert_eq!(show("978-3-16-148410-0; 0-306-40615-2 (pbk.)"), ["isbn 9783161484100 ", "isbn 0306406152 pbk"]);
        assert_eq!(show("ISBN 978 3 16 148410 0 ISSN 0092-8674"), ["isbn 9783161484100 ", "issn 0092-8674 "]);
        assert_eq!(show("NIST SP 881-81"), ["other NIST SP 881-81"]);
        assert_eq!(show("no. 7 of 0092-8674 1234"), ["other no. 7 of", "issn 0092-8674 ", "other 1234"]);
        assert_eq!(show("0317847"), ["other 0317847"]);
        assert_eq!(show(" , ;"), Vec::<String>::new());
    }
}
