//! The ordinary name, which nearly all are: `Family, Given`, `von Family, Given` or `Given Family`, in letters that
//! stand for themselves or are spelled with an accent (`{\"o}`).
//!
//! Such a name is read in one pass, together with the search for the `and` behind it. All that could be taken for
//! anything else — a suffix, names parted by commas, a role, a list that goes on — is left to [`list`](super::list),
//! which would make of an ordinary name what is made of it here: random lists are read both ways to test that.

use super::mistakes::{is_more, without_et_al};
use crate::bytes::next;
use crate::record::Name;
use crate::record::name::is_suffix;
use crate::tex;

/// What the bytes of an ordinary name are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    /// The first byte of other letters that are in NFC as they stand: see [`letter`].
    Letter,
    /// The last byte of other letters, or of × and ÷.
    Last,
    Point,
    /// Hyphens and apostrophes; two of them are a dash or a quotation mark.
    Hyphen,
    Comma,
    Space,
    /// A backslash or a brace.
    Spelled,
    Other,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            0x97 | 0xb7 => Class::Last,
            0xc3..=0xc9 | 0xce..=0xd1 | 0xe1 => Class::Letter,
            b'.' => Class::Point,
            b'-' | b'\'' => Class::Hyphen,
            b',' => Class::Comma,
            b' ' | b'\t' | b'\n' | b'\r' => Class::Space,
            b'\\' | b'{' => Class::Spelled,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// A name as far as it was read. Places are in its text: that is a piece of the source, until something in it is spelled
/// otherwise.
struct Scan<'a, 's> {
    list: &'a str,
    at: usize,
    /// Where the item begins and ends in the list.
    item: (usize, usize),
    /// What is behind the `and`.
    rest: Option<&'a str>,
    /// The text up to `upto` in the list, if it is not the same there.
    changed: &'s mut String,
    upto: usize,
    /// The length of the text at the end of the last word.
    length: usize,
    /// How many words stand before the comma, where the last of them begins, and whether in lower case.
    words: usize,
    word: usize,
    lower: bool,
    /// Whether the first word, or any, begins in lower case.
    first_lower: bool,
    any_lower: bool,
    /// Whether there is a point in any.
    point: bool,
    /// Where the family name begins: behind the particle.
    family: usize,
    comma: Option<usize>,
    given: Option<usize>,
}

/// What stands at the beginning of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum First<'a> {
    /// No ordinary name.
    Odd,
    /// One, and nothing else.
    Last,
    /// One, and this behind its `and`.
    And(&'a str),
}

/// Reads the first name of a list, if it is an ordinary one, and adds it to the names. `changed` is memory to work in.
pub(super) fn ordinary<'a>(list: &'a str, changed: &mut String, names: &mut Vec<Name>) -> First<'a> {
    let mut scan = Scan::new(list, changed);
    if scan.read().is_none() {
        return First::Odd;
    }
    let rest = scan.rest;
    let Some((particle, family, given)) = scan.parts() else { return First::Odd };
    names.push(Name {
        family: family.to_owned(),
        given: given.to_owned(),
        particle: if particle.is_empty() { String::new() } else { particle.to_owned() },
        ..Name::default()
    });
    rest.map_or(First::Last, First::And)
}

/// Whether a list is certainly this one name: what is written of it reads back.
pub(super) fn is_ordinary(list: &str, name: &Name) -> bool {
    let mut changed = String::new();
    let mut scan = Scan::new(list, &mut changed);
    scan.read().is_some()
        && scan.rest.is_none()
        && scan.parts() == Some((name.particle.as_str(), name.family.as_str(), name.given.as_str()))
}

impl<'a, 's> Scan<'a, 's> {
    fn new(list: &'a str, changed: &'s mut String) -> Scan<'a, 's> {
        changed.clear();
        let from = spaces(list.as_bytes(), 0);
        Scan {
            list,
            at: from,
            item: (from, from),
            rest: None,
            changed,
            upto: from,
            length: 0,
            words: 0,
            word: 0,
            lower: false,
            first_lower: false,
            any_lower: false,
            point: false,
            family: 0,
            comma: None,
            given: None,
        }
    }

    /// Reads the words of the first name, if nothing in them is out of the ordinary.
    fn read(&mut self) -> Option<()> {
        self.words()?;
        let item = self.list.get(self.item.0..self.item.1)?;
        let odd = self.rest.is_none() && (is_more(item) || without_et_al(item).is_some());
        (!odd).then_some(())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.list.as_bytes().get(at).copied()
    }

    /// Where a place of the list is in the text.
    fn place(&self, at: usize) -> usize {
        self.changed.len() + at - self.upto
    }

    /// Puts a character in the place of a piece of the list, and goes on behind it.
    fn change(&mut self, len: usize, c: char) -> Option<()> {
        if self.changed.is_empty() {
            self.changed.reserve(self.list.len());
        }
        self.changed.push_str(self.list.get(self.upto..self.at)?);
        self.changed.push(c);
        self.at += len;
        self.upto = self.at;
        Some(())
    }

    /// Reads all words, up to the `and` that ends them.
    fn words(&mut self) -> Option<()> {
        let bytes = self.list.as_bytes();
        loop {
            if is_and(bytes, self.at) {
                let complete = self.words > 0 && self.comma.is_some() == self.given.is_some();
                self.rest = self.list.get(self.at + 3..);
                return complete.then_some(());
            }
            self.first_letter()?;
            self.letters()?;
            self.item.1 = self.at;
            self.length = self.place(self.at);
            match self.byte(self.at) {
                None => return Some(()),
                Some(b',') if self.comma.is_none() => {
                    self.comma = Some(self.length);
                    self.at = spaces(bytes, self.at + 1);
                }
                Some(b',') => return None,
                Some(byte) => {
                    let behind = spaces(bytes, self.at + 1);
                    if behind == bytes.len() {
                        return Some(());
                    }
                    if byte == b' ' && behind == self.at + 1 {
                        self.at = behind;
                    } else {
                        self.change(behind - self.at, ' ')?;
                    }
                }
            }
        }
    }

    /// Looks at the first letter of a word, and notes where which word begins. Goes on behind a letter that takes more
    /// than a byte.
    fn first_letter(&mut self) -> Option<()> {
        let place = self.place(self.at);
        let lower = match CLASSES[usize::from(self.byte(self.at)?)] {
            Class::Lower => true,
            Class::Upper => false,
            Class::Letter => {
                let c = letter(self.list, self.at)?;
                self.at += c.len_utf8();
                is_lower(c)?
            }
            Class::Spelled => {
                let (c, len) = self.spelled()?;
                self.change(len, c)?;
                is_lower(c)?
            }
            _ => return None,
        };
        if self.comma.is_some() {
            // A role, perhaps.
            if self.given.is_none() && lower {
                return None;
            }
            self.given = self.given.or(Some(place));
            return Some(());
        }
        if self.words == 0 {
            self.first_lower = lower;
        } else if self.first_lower && self.lower {
            self.family = place;
        }
        self.words += 1;
        (self.word, self.lower) = (place, lower);
        self.any_lower |= lower;
        Some(())
    }

    /// Goes on to the end of a word.
    fn letters(&mut self) -> Option<()> {
        let bytes = self.list.as_bytes();
        loop {
            self.at = next(bytes, self.at, |byte| !is_of_letter(byte));
            let Some(&byte) = bytes.get(self.at) else { return Some(()) };
            let class = CLASSES[usize::from(byte)];
            if matches!(class, Class::Comma | Class::Space) {
                return Some(());
            }
            match class {
                Class::Point => {
                    self.point |= self.comma.is_none();
                    self.at += 1;
                }
                Class::Hyphen if self.byte(self.at - 1) != Some(byte) => self.at += 1,
                Class::Letter => self.at += letter(self.list, self.at)?.len_utf8(),
                Class::Last if self.byte(self.at - 1) != Some(0xc3) => self.at += 1,
                Class::Spelled => {
                    let (c, len) = self.spelled()?;
                    self.change(len, c)?;
                }
                _ => return None,
            }
        }
    }

    /// A letter spelled with a command.
    fn spelled(&self) -> Option<(char, usize)> {
        let rest = self.list.as_bytes().get(self.at..)?;
        let (c, len) = tex::letter(rest)?;
        // Without braces around it, a space ends the word.
        (rest.first() == Some(&b'{') || !rest.get(..len)?.contains(&b' ')).then_some((c, len))
    }

    /// The particle, the family name and the given name of the words that were read.
    fn parts(&mut self) -> Option<(&str, &str, &str)> {
        let text = if self.changed.is_empty() {
            self.list.get(self.item.0..self.item.1)?
        } else {
            // White space before the `and` may have been changed already.
            self.changed.push_str(self.list.get(self.upto..self.item.1).unwrap_or_default());
            self.changed.truncate(self.length);
            self.changed.as_str()
        };
        let (particle, family, given) = match (self.comma, self.given) {
            (Some(comma), Some(given)) => (text.get(..self.family)?, text.get(self.family..comma)?, text.get(given..)?),
            _ if self.any_lower => return None,
            _ if self.words == 1 => {
                return (!text.eq_ignore_ascii_case("others")).then_some(("", text, ""));
            }
            _ => ("", text.get(self.word..)?, text.get(..self.word)?.strip_suffix(' ')?),
        };
        let last = text.get(self.word..self.comma.unwrap_or(text.len()))?;
        // What begins with initials may be one of several names between commas.
        let initials = self.comma.is_some() && self.point;
        let capitals = !family.bytes().any(|byte| byte.is_ascii_lowercase()) && !family.contains(char::is_lowercase);
        if initials || capitals || is_suffix(last) || is_suffix(given) {
            return None;
        }
        Some((particle.strip_suffix(' ').unwrap_or(particle), family, given))
    }
}

/// A letter of Latin, Greek or Cyrillic script that is in NFC as it stands, whatever is before and behind it.
fn letter(list: &str, at: usize) -> Option<char> {
    let c = list.get(at..)?.chars().next()?;
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3c9}' | '\u{400}'..='\u{45f}' | '\u{1e00}'..='\u{1ef9}')
        .then_some(c)
        .filter(|c| !matches!(c, '×' | '÷'))
}

/// Whether a byte is of a letter of ASCII, or of one from U+00C0 to U+023F; not those that end as × and ÷ do.
fn is_of_letter(byte: u8) -> bool {
    let ascii = (byte | 0x20).wrapping_sub(b'a') < 26;
    // 0x80 to 0xc8.
    let other = (byte.wrapping_sub(0x80) < 0x49) & (byte != 0xc2) & (byte != 0x97) & (byte != 0xb7);
    ascii | other
}

/// Where white space that begins here ends.
fn spaces(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| CLASSES[usize::from(*byte)] == Class::Space) {
        at += 1;
    }
    at
}

/// The bytes of the word, in small letters.
const AND: u32 = u32::from_le_bytes(*b"and\0");

/// Whether the word that begins here is `and`.
fn is_and(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at..).unwrap_or_default() {
        // One comparison for all of it.
        [a, n, d, behind, ..] => {
            (u32::from_le_bytes([*a, *n, *d, 0]) | 0x20_2020 == AND) & behind.is_ascii_whitespace()
        }
        word => word.eq_ignore_ascii_case(b"and"),
    }
}

/// Whether a letter is in lower case; nothing if it is in neither, or is a ligature, of whose command BibTeX cannot tell.
fn is_lower(c: char) -> Option<bool> {
    let lower = c.is_lowercase();
    ((lower || c.is_uppercase()) && !matches!(c, 'ĳ' | 'Ĳ')).then_some(lower)
}
