//! Names with nothing between them, perhaps with degrees behind them, as Springer has them.

use super::names::displayed;
use crate::bytes::trim;
use crate::record::Name;
use crate::record::name::is_suffix;

/// The names of `Jane DoeKim Roe`: one ends where a capital stands behind a small letter, or behind a degree. Of `McDoe`, of
/// `PhD` and of what would leave one word it is none.
pub(super) fn joined(raw: &str) -> Vec<&str> {
    let ends = |(at, before): (usize, char)| {
        let (left, right) = raw.split_at_checked(at + before.len_utf8())?;
        let mut behind = right.chars();
        let capital = behind.next().filter(|c| c.is_uppercase())?;
        let last = last_word(left);
        let is_end = if before.is_lowercase() {
            !(last == "Ph" && capital == 'D')
        } else {
            is_degree(last) && behind.next().is_some_and(char::is_lowercase)
        };
        is_end.then_some(left.len())
    };
    let borders: Vec<usize> = raw.char_indices().filter_map(ends).collect();
    let mut all = Vec::new();
    let mut from = 0;
    for (place, &border) in borders.iter().enumerate() {
        let next = borders.get(place + 1).copied().unwrap_or(raw.len());
        let (Some(left), Some(right)) = (raw.get(from..border), raw.get(border..next)) else { break };
        let last = last_word(left);
        let several = |name: &str| name.split_whitespace().nth(1).is_some();
        if several(left) && several(right) && !matches!(last, "Mc" | "Mac" | "Fitz") {
            all.push(left);
            from = border;
        }
    }
    all.extend(raw.get(from..));
    all
}

fn last_word(name: &str) -> &str {
    name.rsplit([' ', '-']).next().unwrap_or_default()
}

/// Whether a word is a degree, or a membership: `PhD`, `MPH`, `FRCS`.
fn is_degree(word: &str) -> bool {
    word == "PhD" || word == "MD" || word.len() > 2 && !is_suffix(word) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A name as printed, with degrees behind it: `Jane Doe MD, PhD`.
pub(super) fn with_degrees(piece: &str) -> Name {
    let (mut name, mut degrees) = piece.split_once(',').map_or((piece, ""), |(name, degrees)| (name, degrees.trim()));
    if !degrees.is_empty() && let Some((before, last)) = name.rsplit_once(' ').filter(|(_, last)| is_degree(last)) {
        (name, degrees) = (before, piece.get(before.len() + 1..).unwrap_or(last));
    }
    let name = displayed(trim(name));
    if degrees.is_empty() || name.is_literal() { displayed(piece) } else { Name { suffix: degrees.replace(',', ""), ..name } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_nothing_between() {
        for (raw, names) in [
            ("Jane Doe", &["Jane Doe"][..]),
            ("Jane DoeKim Roe", &["Jane Doe", "Kim Roe"]),
            ("Jane B. Doe-RoeÁlex RoeKim McDoe", &["Jane B. Doe-Roe", "Álex Roe", "Kim McDoe"]),
            ("Jane LeDoeKim Roe", &["Jane LeDoe", "Kim Roe"]),
            ("DoeKim Roe", &["DoeKim Roe"]),
            ("Jane Doe MD, PhD, FEXAKim Roe MD, PhDLou Poe", &["Jane Doe MD, PhD, FEXA", "Kim Roe MD, PhD", "Lou Poe"]),
            ("", &[""]),
        ] {
            assert_eq!(joined(raw), names, "{raw}");
        }
        let name = with_degrees("Jane B. Doe MD, PhD");
        assert_eq!([name.family, name.given, name.suffix], ["Doe", "Jane B.", "MD PhD"]);
    }
}
