//! The plain name, which most are: a family name of one word and given names that begin with capitals, in letters that stand
//! for themselves.
//!
//! Written `Family, Given`, such a name is an [ordinary](super::ordinary) one that says the same. Whether a name is plain is
//! told by which byte stands behind which, without a branch for any of them. What is not found plain here may well be.
//!
//! ```text
//! is_plain("Knuth", "Donald E.")       // true
//! is_plain("Knuth", "Ann and")         // false: what begins with `An` may be `and`
//! ```

use crate::record::name::is_suffix;

/// A byte of a name.
#[derive(Clone, Copy)]
struct Byte {
    /// The bit of its class.
    class: u32,
    /// The classes that may stand behind it.
    behind: u32,
}

/// The classes: capitals and small letters, of which some begin words that are none of a name (`and`, `et al.`).
const CAPITAL: u32 = 1;
const CAPITAL_A: u32 = 1 << 1;
const CAPITAL_E: u32 = 1 << 2;
const CAPITAL_N: u32 = 1 << 3;
const CAPITAL_T: u32 = 1 << 4;
const SMALL: u32 = 1 << 5;
const SMALL_N: u32 = 1 << 6;
const SMALL_T: u32 = 1 << 7;
/// The first bytes of letters from U+00C0 to U+017F, which have two cases: all but × and ÷, which end as others do, and ĳ and
/// Ĳ, of which BibTeX cannot tell.
const LATIN_3: u32 = 1 << 8;
const LATIN_4: u32 = 1 << 9;
const LATIN_5: u32 = 1 << 10;
const LAST_OF_SIGNS: u32 = 1 << 11;
const LAST_OF_LIGATURES: u32 = 1 << 12;
/// Other bytes of letters, as [`ordinary`](super::ordinary) passes over them.
const BEYOND: u32 = 1 << 13;
const POINT: u32 = 1 << 14;
/// Two of them are a dash or a quotation mark.
const HYPHEN: u32 = 1 << 15;
const APOSTROPHE: u32 = 1 << 16;
const SPACE: u32 = 1 << 17;
/// All else.
const OTHER: u32 = 1 << 18;

const FIRST_OF_WORD: u32 =
    CAPITAL | CAPITAL_A | CAPITAL_E | CAPITAL_N | CAPITAL_T | LATIN_3 | LATIN_4 | LATIN_5;
const SMALL_LETTERS: u32 = SMALL | SMALL_N | SMALL_T;
const IN_NAMES: u32 = OTHER - 1;

static BYTES: [Byte; 256] = {
    let mut bytes = [Byte { class: OTHER, behind: 0 }; 256];
    let mut byte = 0;
    while byte < 256 {
        let (class, behind) = match byte as u8 {
            b'A' => (CAPITAL_A, IN_NAMES & !(CAPITAL_N | SMALL_N)),
            b'E' => (CAPITAL_E, IN_NAMES & !(CAPITAL_T | SMALL_T)),
            b'N' => (CAPITAL_N, IN_NAMES),
            b'T' => (CAPITAL_T, IN_NAMES),
            b'B'..=b'Z' => (CAPITAL, IN_NAMES),
            b'n' => (SMALL_N, IN_NAMES),
            b't' => (SMALL_T, IN_NAMES),
            b'a'..=b'z' => (SMALL, IN_NAMES),
            0xc3 => (LATIN_3, IN_NAMES & !LAST_OF_SIGNS),
            0xc4 => (LATIN_4, IN_NAMES & !LAST_OF_LIGATURES),
            0xc5 => (LATIN_5, IN_NAMES),
            0x97 | 0xb7 => (LAST_OF_SIGNS, IN_NAMES),
            0xb2 | 0xb3 => (LAST_OF_LIGATURES, IN_NAMES),
            0xc2 => (OTHER, 0),
            0x80..=0xc8 => (BEYOND, IN_NAMES),
            b'.' => (POINT, IN_NAMES),
            b'-' => (HYPHEN, IN_NAMES & !HYPHEN),
            b'\'' => (APOSTROPHE, IN_NAMES & !APOSTROPHE),
            b' ' => (SPACE, FIRST_OF_WORD),
            _ => (OTHER, 0),
        };
        bytes[byte] = Byte { class, behind };
        byte += 1;
    }
    bytes
};

/// Whether a family name and a given name, written with a comma between them, certainly come back as they are.
pub(super) fn is_plain(family: &str, given: &str) -> bool {
    let (of_family, of_given) = (classes(family), classes(given));
    // A point in front of the comma may be an initial's, and a name in capitals is told of.
    let sound = (of_family & (OTHER | SPACE | POINT) == 0) & (of_family & SMALL_LETTERS != 0) & (of_given & OTHER == 0);
    // Behind the comma a word in lower case may be a role.
    sound
        && given.starts_with(char::is_uppercase)
        && !given.ends_with(' ')
        && !is_suffix(family)
        && !is_suffix(given)
}

/// The classes of the bytes of words; [`OTHER`] among them if any stands where it may not.
fn classes(words: &str) -> u32 {
    let (mut all, mut odd, mut behind) = (0, 0, FIRST_OF_WORD);
    for byte in words.bytes() {
        let byte = BYTES[usize::from(byte)];
        all |= byte.class;
        odd |= byte.class & !behind;
        behind = byte.behind;
    }
    if odd == 0 { all } else { all | OTHER }
}
