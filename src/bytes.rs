//! Scans over text that look at many bytes at once.
//!
//! Most text holds nothing that needs care: no markup, no odd spaces, no letters that must be composed. These functions
//! pass over such text in steps that the compiler turns into vector instructions, and look at single bytes only where a
//! step holds one that matters.
//!
//! ```text
//! first(b"a title with {Braces}", |b| (b == b'{') | (b == b'\\'))           // Some(13)
//! first_pair(b"one -- two", |b, next| (b == b'-') & (next == b'-'))          // Some(4)
//! ```

use unicode_normalization::{IsNormalized, is_nfc_quick};

/// How many bytes are looked at together.
const STEP: usize = 32;

/// The place of the first byte that matters. The test is best made of `|` and `&`, which need no branches.
#[inline]
pub(crate) fn first(bytes: &[u8], matters: impl Fn(u8) -> bool) -> Option<usize> {
    first_pair(bytes, |byte, _| matters(byte))
}

/// The place of the first byte that matters, given the next one; behind the last byte that is 0.
#[inline]
pub(crate) fn first_pair(bytes: &[u8], matters: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let mut from = 0;
    while let Some((step, next)) =
        bytes.get(from..).and_then(|rest| rest.first_chunk().zip(rest.get(1..)?.first_chunk()))
    {
        if let Some(at) = first_of_step(step, next, &matters) {
            return Some(from + at);
        }
        from += STEP;
    }
    // What is left, with zeros behind it.
    let rest = bytes.get(from..).unwrap_or_default();
    let mut last = [0; STEP + 1];
    last.get_mut(..rest.len())?.copy_from_slice(rest);
    let at = first_of_step(last.first_chunk()?, last.last_chunk()?, &matters)?;
    (at < rest.len()).then_some(from + at)
}

#[inline]
fn first_of_step(step: &[u8; STEP], next: &[u8; STEP], matters: impl Fn(u8, u8) -> bool) -> Option<usize> {
    // Without a way out before all are looked at: that is what makes vector instructions of it.
    let any = step.iter().zip(next).fold(false, |any, (byte, next)| any | matters(*byte, *next));
    if !any {
        return None;
    }
    let mut found = [false; STEP];
    for (found, (byte, next)) in found.iter_mut().zip(step.iter().zip(next)) {
        *found = matters(*byte, *next);
    }
    found.iter().position(|found| *found)
}

/// Whether a text is certainly in NFC.
pub(crate) fn is_nfc(text: &str) -> bool {
    // Before U+0300, whose first byte this is, all characters are, and none joins another.
    let Some(from) = first(text.as_bytes(), |byte| byte >= 0xcc) else { return true };
    // Dashes and quotation marks are the only others that most texts have.
    let is_common = |c: char| c < '\u{300}' || matches!(c, '\u{2010}'..='\u{2027}');
    match text.get(from..).unwrap_or_default().find(|c| !is_common(c)) {
        None => true,
        Some(at) => is_nfc_quick(text.get(from + at..).unwrap_or_default().chars()) == IsNormalized::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found() {
        for length in 0..100 {
            for at in 0..length {
                let mut bytes = vec![b'a'; length];
                bytes[at] = b'{';
                assert_eq!(first(&bytes, |byte| byte == b'{'), Some(at));
                let pair = first_pair(&bytes, |byte, next| (byte == b'a') & (next == b'{'));
                assert_eq!(pair, at.checked_sub(1));
            }
            let all = vec![b'-'; length];
            assert_eq!(first(&all, |byte| byte == b'{'), None);
            assert_eq!(first_pair(&all, |byte, next| (byte == b'-') & (next == 0)), length.checked_sub(1));
        }
    }

    #[test]
    fn nfc_is_told() {
        for (text, is) in [
            ("", true),
            ("Erdős – “naïve” Çelik", true),
            ("Łukasiewicz 王 Ж", true),
            ("e\u{301}", false),
            ("Erdős – “naïve” e\u{301}", false),
            ("\u{212b}", false),
            ("\u{2000}", false),
        ] {
            assert_eq!(is_nfc(text), is, "{text}");
        }
    }
}
