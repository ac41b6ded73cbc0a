//! Letters as they are appended, with the accents that wait for them.

use super::Reader;
use crate::tex::tables;
use unicode_normalization::char::compose;

impl Reader<'_> {
    /// Appends characters, with the accents that wait for them.
    pub(super) fn push(&mut self, text: &str) {
        let changed = self.case.map(|case| case.of(text));
        let mut text = changed.as_deref().unwrap_or(text);
        if !self.accents.is_empty() || self.tie {
            let Some(c) = text.chars().next() else { return };
            text = text.get(c.len_utf8()..).unwrap_or_default();
            let mut base = if self.accents.is_empty() { c } else { undotted(c) };
            let mut more = String::new();
            while let Some(accent) = self.accents.pop() {
                match compose(base, accent.combining).filter(|_| more.is_empty()) {
                    Some(composed) => base = composed,
                    None => more.push(accent.combining),
                }
            }
            if std::mem::take(&mut self.tie) {
                more.push(tables::TIE);
            }
            self.plain.push(base);
            self.plain.push_str(&more);
            self.note_case(base, self.plain.len());
        }
        let before = self.plain.len();
        self.plain.push_str(text);
        if let Some((at, c)) = text.char_indices().rev().find(|&(_, c)| is_cased(c)) {
            self.cased = before + at + c.len_utf8();
        }
    }

    pub(super) fn note_case(&mut self, c: char, end: usize) {
        if is_cased(c) {
            self.cased = end;
        }
    }

    /// Writes accents that got no letter as characters of their own, down to the first `keep`.
    pub(super) fn flush_accents(&mut self, keep: usize) {
        let waiting = self.accents.split_off(keep.min(self.accents.len()));
        self.tie = false;
        let outer = std::mem::take(&mut self.accents);
        for accent in waiting {
            match accent.spacing {
                Some(c) => self.plain.push(c),
                None => self.plain.extend(['\u{a0}', accent.combining]),
            }
        }
        self.accents = outer;
    }
}

/// The letter an accent goes over: the dot of i and j gives way to it.
fn undotted(c: char) -> char {
    match c {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    }
}

pub(super) fn is_cased(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && (c.is_lowercase() || c.is_uppercase()))
}
