//! Words broken at the ends of lines.

use super::HYPHENATION;
use super::edit::{Edits, Guarded};
use crate::record::Text;
use std::collections::HashSet;

/// A word in two pieces: where it begins and ends in the text, and where the hyphen is.
struct Broken {
    start: usize,
    hyphen: usize,
    end: usize,
}

/// The words with a hyphen and a space within: letters on both sides, small ones around the break.
fn broken(plain: &str) -> impl Iterator<Item = Broken> {
    memchr::memmem::find_iter(plain.as_bytes(), b"- ").filter_map(move |hyphen| {
        let (before, after) = (plain.get(..hyphen)?, plain.get(hyphen + 2..)?);
        // Words are short: a run of letters without end is none.
        let left: usize = before.chars().rev().take(40).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let right: usize = after.chars().take(40).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let start = hyphen - left;
        let alone =
            plain.get(..start)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"-\\_.'’/".contains(c));
        let small = before.ends_with(char::is_lowercase) && after.get(..right)?.chars().all(char::is_lowercase);
        (alone && small && left > 1 && right > 1).then_some(Broken { start, hyphen, end: hyphen + 2 + right })
    })
}

fn joined(plain: &str, word: &Broken) -> String {
    let piece = |from: usize, to: usize| plain.get(from..to).unwrap_or_default();
    format!("{}{}", piece(word.start, word.hyphen), piece(word.hyphen + 2, word.end))
}

/// A word, and what may be its singular or plural.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), format!("{word}s"), format!("{word}es")];
    let stems = [("ies", "y"), ("es", ""), ("s", ""), ("y", "ies")];
    forms.extend(stems.iter().filter_map(|(end, other)| Some(format!("{}{other}", word.strip_suffix(end)?))));
    forms.retain(|form| form.len() > 2);
    forms
}

/// Of the words that are broken in these texts, those that stand elsewhere in them whole, perhaps in another number.
pub(super) fn attested<'t, I: Iterator<Item = &'t Text>>(texts: impl Fn() -> I) -> HashSet<String> {
    let mut candidates: Vec<String> = Vec::new();
    for text in texts() {
        candidates.extend(broken(text.as_str()).map(|word| joined(text.as_str(), &word).to_lowercase()));
    }
    candidates.sort_unstable();
    candidates.dedup();
    if candidates.is_empty() {
        return HashSet::new();
    }
    let wanted: HashSet<String> = candidates.iter().flat_map(|word| forms(word)).collect();
    let mut stands: HashSet<String> = HashSet::new();
    for text in texts() {
        for word in text.as_str().split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2) {
            let word = word.to_lowercase();
            if wanted.contains(&word) {
                stands.insert(word);
            }
        }
    }
    // What is joined stands there, too, for the words that are broken in another number.
    let mut found: HashSet<String> = HashSet::new();
    for _ in 0..8 {
        let before = found.len();
        for word in candidates.iter().filter(|word| !found.contains(*word)).collect::<Vec<_>>() {
            if forms(word).iter().any(|form| stands.contains(form)) {
                stands.insert(word.clone());
                found.insert(word.clone());
            }
        }
        if found.len() == before {
            break;
        }
    }
    found
}

/// Joins the words that are attested.
pub(super) fn hyphenation(text: &Guarded<'_>, attested: &HashSet<String>, edits: &mut Edits) {
    if attested.is_empty() {
        return;
    }
    for word in broken(text.plain) {
        let whole = joined(text.plain, &word);
        if text.is_free(&(word.start..word.end)) && attested.contains(&whole.to_lowercase()) {
            edits.repair(&HYPHENATION, text.plain, word.start..word.end, &whole);
        }
    }
}
