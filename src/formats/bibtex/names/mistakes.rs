//! What people write in a list of names that is no list to BibTeX: names parted by semicolons or by commas alone, and
//! names in capitals.
//!
//! A list is split only where nothing else can be meant; else it is read as BibTeX reads it, and reported.
//!
//! ```text
//! by_semicolons("Doe, Jane; Roe, Kim")      // Doe, Jane and Roe, Kim
//! by_commas("J. Doe, K. Roe")               // J. Doe and K. Roe
//! by_commas("Doe, J., Roe, K.")             // Doe, J. and Roe, K.
//! by_commas("Garcia Marquez, Gabriel Jose") // nothing: that is one name
//! by_other_word("J. Doe und K. Roe")        // J. Doe and K. Roe
//! by_other_word("Doe, Jane & Roe, Kim")     // Doe, Jane and Roe, Kim
//! ```

use super::super::lists::outside_braces;
use crate::record::Name;
use crate::record::name::{is_all_caps, is_others, is_suffix, split_name_line};
use smallvec::SmallVec;

/// The names of an item, parted by semicolons: each inverted, or each of several words.
pub(super) fn by_semicolons(item: &str) -> Option<Vec<&str>> {
    memchr::memchr(b';', item.as_bytes())?;
    if memchr::memchr3(b'{', b'"', b'\\', item.as_bytes()).is_some() {
        return None;
    }
    if let Some(names) = split_name_line(item) {
        return Some(names);
    }
    let names: Vec<&str> = item.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    let (last, before) = names.split_last()?;
    let certain = !item.contains('&')
        && !before.is_empty()
        && before.iter().all(|name| is_whole(name))
        && (is_whole(last) || is_others(last));
    certain.then_some(names)
}

/// Whether a piece is a name in display order: two to four words that begin with capitals.
fn is_whole(piece: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase) && !word.contains(',');
    (2..=4).contains(&piece.split_whitespace().count()) && piece.split_whitespace().all(capital)
}

/// The names of an item, parted by commas alone: each begins with initials, or initials are every other.
pub(super) fn by_commas(item: &str) -> Option<Vec<&str>> {
    let mut pieces = SmallVec::<[&str; 8]>::new();
    let mut from = 0;
    for comma in outside_braces(item, |byte| byte == b',').chain([item.len()]) {
        pieces.push(item.get(from..comma)?.trim());
        from = comma + 1;
    }
    if pieces.len() >= 2 && pieces.iter().all(|piece| begins_with_initials(piece)) {
        return Some(pieces.into_vec());
    }
    let pairs = pieces.chunks_exact(2);
    let inverted = |pair: &[&str]| {
        matches!(pair, [family, given] if family.starts_with(char::is_uppercase) && !is_initial(family)
            && !begins_with_initials(family) && !is_suffix(family) && given.split_whitespace().all(is_initial)
            && !given.is_empty())
    };
    if pieces.len() < 4 || !pairs.remainder().is_empty() || !pairs.clone().all(inverted) {
        return None;
    }
    let start = |piece: &str| (piece.as_ptr() as usize).saturating_sub(item.as_ptr() as usize);
    pairs.map(|pair| item.get(start(pair.first()?)..start(pair.last()?) + pair.last()?.len())).collect()
}

/// Words and signs that stand for `and`.
const OTHER_WORDS: &[&str] = &["&", "\\&", "{\\&}", "und", "et", "y", "e", "i", "en", "og", "och"];

/// The names of an item, parted by another word than `and`: each begins with initials or has its family name first, or
/// `&` parts three or more.
pub(super) fn by_other_word(item: &str) -> Option<Vec<&str>> {
    let mut pieces = Vec::new();
    let mut all_ampersands = true;
    let (mut from, mut at) = (0, 0);
    for word in item.split_inclusive(' ') {
        if OTHER_WORDS.contains(&word.trim_end()) {
            all_ampersands &= word.contains('&');
            pieces.push(item.get(from..at)?.trim());
            from = at + word.len();
        }
        at += word.len();
    }
    if pieces.is_empty() {
        return None;
    }
    pieces.push(item.get(from..)?.trim());
    let is_list = |is_name: fn(&str) -> bool| pieces.iter().all(|piece| is_name(piece));
    if is_list(begins_with_initials) || is_list(is_inverted) || all_ampersands && pieces.len() > 2 && is_list(is_whole) {
        return Some(pieces);
    }
    // `Doe, J., Roe, K., & Poe, L.`
    let (last, before) = pieces.split_last()?;
    let [before] = before else { return None };
    let mut names = by_commas(before.strip_suffix(',')?)?;
    names.push(last);
    (all_ampersands && names.iter().all(|name| is_inverted(name))).then_some(names)
}

/// `Doe, Jane`, `Doe, J.`: a family name and given names, all with capitals.
fn is_inverted(piece: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    piece.split_once(", ").is_some_and(|(family, given)| {
        !given.contains(',') && !is_suffix(given) && [family, given].iter().all(|part| part.split(' ').all(capital))
    })
}

/// Whether what stands where a suffix does is a name: a word that begins with a capital and goes on in lower case, and
/// is no suffix that people have.
pub(super) fn is_no_suffix(suffix: &str) -> bool {
    suffix.split(' ').any(|word| {
        let small = word.chars().skip(1).take_while(|c| c.is_lowercase()).count();
        small > 1 && word.starts_with(char::is_uppercase) && !is_suffix(word) && word.trim_end_matches('.') != "Esq"
    })
}

/// Words in brackets behind a name, for what the person did.
const ROLES: &[&str] = &["ed", "eds", "editor", "editors", "hg", "hrsg", "trans", "transl"];

/// A name without what the person did behind it: `(Eds.)`, `, eds.`
pub(super) fn without_role(item: &str) -> Option<&str> {
    let is_role = |word: &str| ROLES.iter().any(|role| role.eq_ignore_ascii_case(word.trim_end_matches('.')));
    let (name, role) = match item.strip_suffix(')') {
        Some(inner) => inner.rsplit_once('(')?,
        None => {
            // The last comma, as a rule before a given name.
            let word = item.get(memchr::memrchr(b',', item.as_bytes())? + 1..)?;
            if word.strip_prefix(' ').is_some_and(|word| !word.starts_with(char::is_lowercase)) {
                return None;
            }
            item.rsplit_once(", ").filter(|(_, word)| word.starts_with(char::is_lowercase))?
        }
    };
    let name = name.trim_end_matches([' ', ',', '~']);
    (is_role(role) && !name.is_empty() && !name.ends_with('\\')).then_some(name)
}

/// Whether the last item of a list only says that there are more. In braces, where `others` is a name, that takes a name
/// before it.
pub(in super::super) fn is_more(item: &str) -> bool {
    // An empty pair of braces keeps a name that looks so a name.
    if item.len() > 24 || item.ends_with("{}") {
        return false;
    }
    let is_plain = || memchr::memchr3(b'{', b'~', b'\\', item.as_bytes()).is_none();
    if (is_others(item) || matches!(item, "al." | "al")) && is_plain() {
        return true;
    }
    if !matches!(item.bytes().find(|byte| !matches!(byte, b'{' | b'}')), Some(b'e' | b'E')) || is_plain() {
        return false;
    }
    let bare: String = item.chars().filter(|c| !matches!(c, '{' | '}')).map(|c| if c == '~' { ' ' } else { c }).collect();
    bare.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("et")) && is_others(&bare)
}

/// `J. Doe`, `A. B. van Dam`.
fn begins_with_initials(piece: &str) -> bool {
    let mut words = piece.split_whitespace();
    words.next().is_some_and(is_initial)
        && words.next_back().is_some_and(|last| {
            last.starts_with(char::is_uppercase) && !last.contains('.') && last.chars().nth(1).is_some() && !is_suffix(last)
        })
}

/// `J.`, `J.-P.`, `J.R.R.`
fn is_initial(word: &str) -> bool {
    let mut pieces = word.split_inclusive('.');
    !word.is_empty()
        && pieces.all(|piece| {
            let letter = piece.strip_suffix('.').map(|it| it.strip_prefix('-').unwrap_or(it));
            let mut chars = letter.unwrap_or_default().chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}

/// Whether an item seems to hold several names that nothing parts for certain: three or more pieces of several words
/// between commas, or semicolons.
pub(super) fn seems_several(item: &str) -> bool {
    let wordy = |piece: &str| piece.trim().contains(' ') && !piece.split_whitespace().any(is_suffix);
    let (mut pieces, mut from) = (0, 0);
    for comma in outside_braces(item, |byte| byte == b',').chain([item.len()]) {
        if !wordy(item.get(from..comma).unwrap_or_default()) {
            pieces = 0;
            break;
        }
        pieces += 1;
        from = comma + 1;
    }
    pieces >= 3 || (!item.contains(['&', '\\']) && outside_braces(item, |byte| byte == b';').next().is_some())
}

/// A last name without the `et al.` behind it.
pub(super) fn without_et_al(item: &str) -> Option<&str> {
    let bare = item.trim_end_matches(['.', ',']);
    if !matches!(bare.as_bytes(), [.., b'a' | b'A', b'l' | b'L']) {
        return None;
    }
    ["et al", "et. al", "et.al", "etal"].into_iter().find_map(|tail| {
        let (name, end) = bare.split_at_checked(bare.len().checked_sub(tail.len())?)?;
        let name = name.strip_suffix([' ', ',', '~'])?.trim_end_matches([' ', ',']);
        (end.eq_ignore_ascii_case(tail) && !name.is_empty()).then_some(name)
    })
}

/// Whether a name is in capitals: its family name, and what it has of given names that are not initials.
pub(super) fn in_capitals(name: &Name) -> bool {
    !name.given.is_empty()
        && name.family.split(' ').all(is_all_caps)
        && name.given.split(' ').all(|word| is_all_caps(word) || is_initial(word) || word.chars().nth(1).is_none())
}
