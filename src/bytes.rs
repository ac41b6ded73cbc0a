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
/// The same where the first that matters is near, and its place is wanted.
const SHORT: usize = 16;

/// The place of the first byte that matters. The test is best made of `|` and `&`, which need no branches.
#[inline]
pub(crate) fn first(bytes: &[u8], matters: impl Fn(u8) -> bool) -> Option<usize> {
    let from = pass::<STEP>(bytes, 0, &matters);
    // What is left of a longer text is looked at together with bytes that were passed.
    let left = match bytes.last_chunk::<STEP>() {
        Some(last) => bytes.len() - from >= STEP || any(last, &matters),
        None => any_of_short(bytes, &matters),
    };
    if !left {
        return None;
    }
    Some(next(bytes, from, matters)).filter(|at| *at < bytes.len())
}

/// Whether any byte of a text matters that is shorter than a step.
#[inline]
fn any_of_short(bytes: &[u8], matters: impl Fn(u8) -> bool) -> bool {
    let both = any_of_ends::<16>(bytes, &matters).or_else(|| any_of_ends::<8>(bytes, &matters));
    both.or_else(|| any_of_ends::<4>(bytes, &matters)).unwrap_or_else(|| bytes.iter().any(|byte| matters(*byte)))
}

/// Whether any of the last so many bytes of a text matters, of which the others are no concern: for what was appended just
/// now. What stands in front of a short one is looked at together with it and does not count, so that no branch depends on
/// how short it is.
#[inline]
pub(crate) fn any_of_last(bytes: &[u8], length: usize, matters: impl Fn(u8) -> bool) -> bool {
    let appended = bytes.get(bytes.len().saturating_sub(length)..).unwrap_or_default();
    let Some(last) = bytes.last_chunk::<STEP>() else { return any(appended, matters) };
    let (steps, left) = appended.as_chunks::<STEP>();
    let (front, back) = last.split_at(SHORT);
    let bits = |step: &[u8]| step.as_array().map_or(0, |step| u64::from(bits_of(marks_of(step, &matters))));
    let of_last = bits(front) | bits(back) << SHORT;
    steps.iter().any(|step| any(step, &matters)) || of_last >> (STEP - left.len()) != 0
}

/// Whether any of so many bytes at either end matters, which may be the same bytes; nothing of fewer bytes.
#[inline]
fn any_of_ends<const LENGTH: usize>(bytes: &[u8], matters: impl Fn(u8) -> bool) -> Option<bool> {
    let (begin, end) = bytes.first_chunk::<LENGTH>().zip(bytes.last_chunk::<LENGTH>())?;
    Some(any(begin, &matters) | any(end, &matters))
}

/// Passes over steps of `STEP` bytes from a place on, up to a step that holds one that matters or is not whole.
#[inline]
fn pass<const STEP: usize>(bytes: &[u8], mut from: usize, matters: impl Fn(u8) -> bool) -> usize {
    while let Some(step) = bytes.get(from..).and_then(|rest| rest.first_chunk::<STEP>()) {
        if any(step, &matters) {
            break;
        }
        from += STEP;
    }
    from
}

/// Whether any byte matters, without a way out before all are looked at: that is what makes vector instructions of it.
#[inline]
fn any(bytes: &[u8], matters: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, byte| any | matters(*byte))
}

/// Whether two words are the same. Words of one length are compared by their ends, which are the whole of most, without a
/// call that would branch by their length once more.
#[inline]
pub(crate) fn is_same_word(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.len() == other.len()
        && match one.len() {
            8..=16 => has_same_ends::<8>(one, other),
            4..8 => has_same_ends::<4>(one, other),
            2..4 => has_same_ends::<2>(one, other),
            _ => one == other,
        }
}

#[inline]
fn has_same_ends<const LENGTH: usize>(one: &[u8], other: &[u8]) -> bool {
    (one.first_chunk::<LENGTH>() == other.first_chunk()) & (one.last_chunk::<LENGTH>() == other.last_chunk())
}

/// The place of the first byte that a table marks: for tests of many bytes, and for short texts, of which most are.
#[inline]
pub(crate) fn first_marked(bytes: &[u8], marks: &[bool; 256]) -> Option<usize> {
    let mut from = 0;
    while let Some(step) = bytes.get(from..).and_then(|rest| rest.first_chunk::<8>()) {
        // One branch for all eight.
        if step.iter().fold(false, |any, byte| any | marks[usize::from(*byte)]) {
            break;
        }
        from += 8;
    }
    bytes.get(from..)?.iter().position(|byte| marks[usize::from(*byte)]).map(|at| from + at)
}

/// The table that marks these bytes, and those below `below`.
pub(crate) const fn marks(bytes: &[u8], below: u8) -> [bool; 256] {
    let mut marks = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        marks[bytes[at] as usize] = true;
        at += 1;
    }
    let mut byte = 0;
    while byte < below {
        marks[byte as usize] = true;
        byte += 1;
    }
    marks
}

/// The place of the first byte that matters, given the next one; behind the last byte that is 0.
#[inline]
pub(crate) fn first_pair(bytes: &[u8], matters: impl Fn(u8, u8) -> bool) -> Option<usize> {
    first_pair_from(bytes, 0, matters)
}

/// The same from a place on.
#[inline]
pub(crate) fn first_pair_from(bytes: &[u8], start: usize, matters: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let mut from = start;
    while let Some(pairs) = bytes.get(from..).and_then(<[u8]>::first_chunk) {
        if let Some(at) = first_mark(marks_of_pairs(pairs, &matters)) {
            return Some(from + at);
        }
        from += SHORT;
    }
    let (last, before) = bytes.split_last()?;
    // What is left of a longer text is looked at together with bytes that were passed, which do not count.
    if let Some(pairs) = bytes.last_chunk() {
        let passed = from.checked_sub(before.len() - SHORT).filter(|passed| *passed <= SHORT)?;
        let bits = bits_of(marks_of_pairs(pairs, &matters)) >> passed;
        let at = (bits != 0).then(|| from + bits.trailing_zeros() as usize);
        return at.or_else(|| matters(*last, 0).then_some(before.len()));
    }
    // A short one, with zeros behind it.
    let left = bytes.get(from..)?;
    let mut pairs = [0; SHORT + 1];
    pairs.get_mut(..left.len())?.copy_from_slice(left);
    first_mark(marks_of_pairs(&pairs, &matters)).filter(|at| *at < left.len()).map(|at| from + at)
}

/// A step and the byte behind it.
const PAIRS: usize = STEP + 1;

/// How many bytes at the beginning do not matter, given the next ones, in whole steps.
#[inline]
pub(crate) fn pass_pairs(bytes: &[u8], matters: impl Fn(u8, u8) -> bool) -> usize {
    let mut from = 0;
    while let Some(step) = bytes.get(from..).and_then(<[u8]>::first_chunk::<PAIRS>) {
        if any_of_pairs(step, &matters) {
            break;
        }
        from += STEP;
    }
    from
}

/// Whether any byte matters, given the next one; behind the last byte it stands once more. For a yes or no
/// [`first_pair`] does more than is needed.
#[inline]
pub(crate) fn any_pair(bytes: &[u8], matters: impl Fn(u8, u8) -> bool) -> bool {
    any_pair_from(bytes, pass_pairs(bytes, &matters), matters)
}

/// The same of bytes of which [`pass_pairs`] has passed so many.
#[inline]
pub(crate) fn any_pair_from(bytes: &[u8], passed: usize, matters: impl Fn(u8, u8) -> bool) -> bool {
    let Some(last) = bytes.last() else { return false };
    let rest = bytes.get(passed..).unwrap_or_default();
    if rest.len() > STEP {
        // More than a step is left: it has one that matters.
        return true;
    }
    if let Some(step) = bytes.last_chunk() {
        return matters(*last, *last) | any_of_pairs(step, matters);
    }
    let mut step = [*last; PAIRS];
    if let Some(begin) = step.get_mut(..rest.len()) {
        begin.copy_from_slice(rest);
    }
    any_of_pairs(&step, matters)
}

fn any_of_pairs(step: &[u8; PAIRS], matters: impl Fn(u8, u8) -> bool) -> bool {
    let pairs = step.iter().zip(step.iter().skip(1));
    pairs.fold(false, |any, (byte, next)| any | matters(*byte, *next))
}

/// A step with a mark in the place of each byte that matters, given the one behind it, and zero in that of any other.
#[expect(clippy::inline_always, reason = "as a call it would get its vectors by memory")]
#[inline(always)]
fn marks_of_pairs(pairs: &[u8; SHORT + 1], matters: impl Fn(u8, u8) -> bool) -> [u8; SHORT] {
    let mut marks = [0; SHORT];
    let [before @ .., _] = pairs;
    let [_, behind @ ..] = pairs;
    for ((mark, byte), next) in marks.iter_mut().zip(before).zip(behind) {
        *mark = if matters(*byte, *next) { u8::MAX } else { 0 };
    }
    marks
}

/// A step with a mark in the place of each byte that matters, and zero in that of any other.
#[expect(clippy::inline_always, reason = "as a call it would get its vectors by memory")]
#[inline(always)]
fn marks_of(step: &[u8; SHORT], matters: impl Fn(u8) -> bool) -> [u8; SHORT] {
    let mut marks = *step;
    for byte in &mut marks {
        *byte = if matters(*byte) { u8::MAX } else { 0 };
    }
    marks
}

/// A bit for each mark, the first the lowest: one instruction where there are vectors.
#[expect(clippy::inline_always, reason = "as a call it would get its vectors by memory")]
#[inline(always)]
fn bits_of(marks: [u8; SHORT]) -> u32 {
    wide::u8x16::new(marks).to_bitmask()
}

/// The place of the first mark.
#[inline]
fn first_mark(marks: [u8; SHORT]) -> Option<usize> {
    let bits = bits_of(marks);
    (bits != 0).then(|| bits.trailing_zeros() as usize)
}

/// The place of the first byte from a place on that matters, or the end: for short looks into long text. [`first`] is
/// better where far more bytes do not matter than do.
#[inline]
pub(crate) fn next(bytes: &[u8], from: usize, matters: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while let Some(step) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if let Some(mark) = first_mark(marks_of(step, &matters)) {
            return at + mark;
        }
        at += SHORT;
    }
    let left = bytes.len().saturating_sub(at);
    // What is left of a longer text is looked at together with bytes that were passed.
    if left > 0
        && let Some(last) = bytes.last_chunk()
    {
        let bits = bits_of(marks_of(last, &matters)) >> (SHORT - left);
        return at + left.min(bits.trailing_zeros() as usize);
    }
    while bytes.get(at).is_some_and(|byte| !matters(*byte)) {
        at += 1;
    }
    at.min(bytes.len())
}

/// The place of the first of 64 bytes that matters, without a branch.
#[inline]
pub(crate) fn first_of(bytes: &[u8; 64], matters: impl Fn(u8) -> bool) -> Option<usize> {
    let (steps, _) = bytes.as_chunks::<SHORT>();
    let bits = (0..)
        .zip(steps)
        .fold(0, |bits, (at, step)| bits | u64::from(bits_of(marks_of(step, &matters))) << (at * SHORT));
    (bits != 0).then(|| bits.trailing_zeros() as usize)
}

/// A text without the white space around it: [`str::trim`], of which most texts show at their first and last byte what
/// it would leave.
#[inline]
pub(crate) fn trim(text: &str) -> &str {
    if shows_none(text) {
        return text;
    }
    let bare = text.trim_ascii();
    if shows_none(bare) { bare } else { text.trim() }
}

/// Whether the bytes at both ends of a text show that no white space stands there: they are visible ASCII, or of a
/// character of two bytes, of which only those that begin with 0xc2 are white space.
#[inline]
fn shows_none(text: &str) -> bool {
    let (begins, ends) = match text.as_bytes() {
        [first, .., before, last] => {
            (first.is_ascii_graphic() || is_letters(*first), last.is_ascii_graphic() || is_letters(*before))
        }
        short => return short.iter().all(u8::is_ascii_graphic),
    };
    begins && ends
}

/// Whether a byte begins a character of two bytes, and of a block that has no white space.
#[inline]
fn is_letters(byte: u8) -> bool {
    (0xc3..=0xdf).contains(&byte)
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
    use proptest::prelude::*;

    #[test]
    fn every_place_is_found() {
        for length in 0..100 {
            for at in 0..length {
                let mut bytes = vec![b'a'; length];
                bytes[at] = b'{';
                assert_eq!(first(&bytes, |byte| byte == b'{'), Some(at));
                assert_eq!(first_marked(&bytes, &marks(b"{", 0)), Some(at));
                assert_eq!(next(&bytes, at / 2, |byte| byte == b'{'), at);
                assert_eq!(next(&bytes, at + 1, |byte| byte == b'{'), length);
                if let Some(chunk) = bytes.first_chunk::<64>() {
                    assert_eq!(first_of(chunk, |byte| byte == b'{'), Some(at).filter(|at| *at < 64));
                }
                let pair = first_pair(&bytes, |byte, next| (byte == b'a') & (next == b'{'));
                assert_eq!(pair, at.checked_sub(1));
                let from = |start| first_pair_from(&bytes, start, |byte, _| byte == b'{');
                assert_eq!([from(at / 2), from(at), from(at + 1), from(length + 1)], [Some(at), Some(at), None, None]);
                assert_eq!(any_pair(&bytes, |byte, next| (byte == b'a') & (next == b'{')), pair.is_some());
                assert!(any_of_last(&bytes, length - at, |byte| byte == b'{'));
                assert!(!any_of_last(&bytes, length - at - 1, |byte| byte == b'{'));
                assert!(any_pair(&bytes, |byte, _| byte == b'{'));
                assert_eq!(any_pair(&bytes, |byte, next| (byte == b'{') & (next == b'{')), at + 1 == length);
            }
            let all = vec![b'-'; length];
            assert_eq!(first(&all, |byte| byte == b'{'), None);
            assert_eq!(first_marked(&all, &marks(b"{}", b' ')), None);
            assert_eq!(next(&all, length / 3, |byte| byte == b'{'), length);
            assert_eq!(next(&all, length + 1, |byte| byte == b'{'), length);
            assert_eq!(first_pair(&all, |byte, next| (byte == b'-') & (next == 0)), length.checked_sub(1));
        }
    }

    proptest! {
        #[test]
        fn same_words_are_the_same(one in "[ab]{0,20}", other in "[ab]{0,20}") {
            prop_assert_eq!(is_same_word(&one, &other), one == other);
            prop_assert!(is_same_word(&one, &one.clone()));
        }

        #[test]
        fn trimmed_is_trimmed(text in "[ \t\n\r\u{b}\u{c}\u{1c}\u{85}\u{a0}\u{2028}\u{3000}aéßж王\u{bf}\u{7ff}]{0,6}") {
            prop_assert_eq!(trim(&text), text.trim());
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
