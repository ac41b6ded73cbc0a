//! Letters with a command of their own.

/// Latin letters (LaTeX kernel, T1, T5, tipa), and the marks that stand for Cyrillic letters in transliteration. Those
/// with names of one or two letters come first.
pub(super) const LETTERS: &[(&str, char)] = &[
    ("aa", 'å'),
    ("AA", 'Å'),
    ("ae", 'æ'),
    ("AE", 'Æ'),
    ("oe", 'œ'),
    ("OE", 'Œ'),
    ("o", 'ø'),
    ("O", 'Ø'),
    ("l", 'ł'),
    ("L", 'Ł'),
    ("ss", 'ß'),
    ("SS", 'ẞ'),
    ("i", 'ı'),
    ("j", 'ȷ'),
    ("dh", 'ð'),
    ("DH", 'Ð'),
    ("th", 'þ'),
    ("TH", 'Þ'),
    ("dj", 'đ'),
    ("DJ", 'Đ'),
    ("ng", 'ŋ'),
    ("NG", 'Ŋ'),
    ("ij", 'ĳ'),
    ("IJ", 'Ĳ'),
    ("Dbar", 'Đ'),
    ("dbar", 'đ'),
    ("ohorn", 'ơ'),
    ("OHORN", 'Ơ'),
    ("uhorn", 'ư'),
    ("UHORN", 'Ư'),
    ("textcrh", 'ħ'),
    ("textschwa", 'ə'),
    ("textturna", 'ɐ'),
    ("textopeno", 'ɔ'),
    ("textepsilon", 'ɛ'),
    ("textesh", 'ʃ'),
    ("textyogh", 'ʒ'),
    ("textglotstop", 'ʔ'),
    ("textlongs", 'ſ'),
    ("cprime", 'ʹ'),
    ("cdprime", 'ʺ'),
];

/// Cyrillic letters, as the encodings T2A and X2 name them.
pub(super) const CYRILLIC: &[(&str, char)] = &[
    ("CYRA", 'А'),
    ("cyra", 'а'),
    ("CYRB", 'Б'),
    ("cyrb", 'б'),
    ("CYRV", 'В'),
    ("cyrv", 'в'),
    ("CYRG", 'Г'),
    ("cyrg", 'г'),
    ("CYRD", 'Д'),
    ("cyrd", 'д'),
    ("CYRE", 'Е'),
    ("cyre", 'е'),
    ("CYRYO", 'Ё'),
    ("cyryo", 'ё'),
    ("CYRZH", 'Ж'),
    ("cyrzh", 'ж'),
    ("CYRZ", 'З'),
    ("cyrz", 'з'),
    ("CYRI", 'И'),
    ("cyri", 'и'),
    ("CYRISHRT", 'Й'),
    ("cyrishrt", 'й'),
    ("CYRK", 'К'),
    ("cyrk", 'к'),
    ("CYRL", 'Л'),
    ("cyrl", 'л'),
    ("CYRM", 'М'),
    ("cyrm", 'м'),
    ("CYRN", 'Н'),
    ("cyrn", 'н'),
    ("CYRO", 'О'),
    ("cyro", 'о'),
    ("CYRP", 'П'),
    ("cyrp", 'п'),
    ("CYRR", 'Р'),
    ("cyrr", 'р'),
    ("CYRS", 'С'),
    ("cyrs", 'с'),
    ("CYRT", 'Т'),
    ("cyrt", 'т'),
    ("CYRU", 'У'),
    ("cyru", 'у'),
    ("CYRF", 'Ф'),
    ("cyrf", 'ф'),
    ("CYRH", 'Х'),
    ("cyrh", 'х'),
    ("CYRC", 'Ц'),
    ("cyrc", 'ц'),
    ("CYRCH", 'Ч'),
    ("cyrch", 'ч'),
    ("CYRSH", 'Ш'),
    ("cyrsh", 'ш'),
    ("CYRSHCH", 'Щ'),
    ("cyrshch", 'щ'),
    ("CYRHRDSN", 'Ъ'),
    ("cyrhrdsn", 'ъ'),
    ("CYRERY", 'Ы'),
    ("cyrery", 'ы'),
    ("CYRSFTSN", 'Ь'),
    ("cyrsftsn", 'ь'),
    ("CYREREV", 'Э'),
    ("cyrerev", 'э'),
    ("CYRYU", 'Ю'),
    ("cyryu", 'ю'),
    ("CYRYA", 'Я'),
    ("cyrya", 'я'),
    ("CYRIE", 'Є'),
    ("cyrie", 'є'),
    ("CYRII", 'І'),
    ("cyrii", 'і'),
    ("CYRYI", 'Ї'),
    ("cyryi", 'ї'),
    ("CYRGUP", 'Ґ'),
    ("cyrgup", 'ґ'),
    ("CYRUSHRT", 'Ў'),
    ("cyrushrt", 'ў'),
    ("CYRDJE", 'Ђ'),
    ("cyrdje", 'ђ'),
    ("CYRTSHE", 'Ћ'),
    ("cyrtshe", 'ћ'),
    ("CYRJE", 'Ј'),
    ("cyrje", 'ј'),
    ("CYRLJE", 'Љ'),
    ("cyrlje", 'љ'),
    ("CYRNJE", 'Њ'),
    ("cyrnje", 'њ'),
    ("CYRDZHE", 'Џ'),
    ("cyrdzhe", 'џ'),
    ("CYRDZE", 'Ѕ'),
    ("cyrdze", 'ѕ'),
    ("CYRYAT", 'Ѣ'),
    ("cyryat", 'ѣ'),
    ("CYRFITA", 'Ѳ'),
    ("cyrfita", 'ѳ'),
    ("CYRIZH", 'Ѵ'),
    ("cyrizh", 'ѵ'),
    ("CYRSCHWA", 'Ә'),
    ("cyrschwa", 'ә'),
    ("CYROTLD", 'Ө'),
    ("cyrotld", 'ө'),
];

/// Greek letters of text, as the packages textgreek and greek-fontenc name them. They are written only under an accent:
/// alone, a Greek letter is written as math, for which no package is needed.
pub(super) const GREEK: &[(&str, char)] = &[
    ("textalpha", 'α'),
    ("textbeta", 'β'),
    ("textgamma", 'γ'),
    ("textdelta", 'δ'),
    ("textepsilon", 'ε'),
    ("textzeta", 'ζ'),
    ("texteta", 'η'),
    ("texttheta", 'θ'),
    ("textiota", 'ι'),
    ("textkappa", 'κ'),
    ("textlambda", 'λ'),
    ("textmugreek", 'μ'),
    ("textnu", 'ν'),
    ("textxi", 'ξ'),
    ("textomicron", 'ο'),
    ("textpi", 'π'),
    ("textrho", 'ρ'),
    ("textvarsigma", 'ς'),
    ("textsigma", 'σ'),
    ("texttau", 'τ'),
    ("textupsilon", 'υ'),
    ("textphi", 'φ'),
    ("textchi", 'χ'),
    ("textpsi", 'ψ'),
    ("textomega", 'ω'),
    ("textAlpha", 'Α'),
    ("textBeta", 'Β'),
    ("textGamma", 'Γ'),
    ("textDelta", 'Δ'),
    ("textEpsilon", 'Ε'),
    ("textZeta", 'Ζ'),
    ("textEta", 'Η'),
    ("textTheta", 'Θ'),
    ("textIota", 'Ι'),
    ("textKappa", 'Κ'),
    ("textLambda", 'Λ'),
    ("textMu", 'Μ'),
    ("textNu", 'Ν'),
    ("textXi", 'Ξ'),
    ("textOmicron", 'Ο'),
    ("textPi", 'Π'),
    ("textRho", 'Ρ'),
    ("textSigma", 'Σ'),
    ("textTau", 'Τ'),
    ("textUpsilon", 'Υ'),
    ("textPhi", 'Φ'),
    ("textChi", 'Χ'),
    ("textPsi", 'Ψ'),
    ("textOmega", 'Ω'),
];

/// The keys of the Greek font encoding LGR, in which babel's `\textgreek` takes ASCII letters.
const LGR: &[(char, char)] = &[
    ('a', 'α'),
    ('b', 'β'),
    ('g', 'γ'),
    ('d', 'δ'),
    ('e', 'ε'),
    ('z', 'ζ'),
    ('h', 'η'),
    ('j', 'θ'),
    ('i', 'ι'),
    ('k', 'κ'),
    ('l', 'λ'),
    ('m', 'μ'),
    ('n', 'ν'),
    ('x', 'ξ'),
    ('o', 'ο'),
    ('p', 'π'),
    ('r', 'ρ'),
    ('s', 'σ'),
    ('c', 'ς'),
    ('t', 'τ'),
    ('u', 'υ'),
    ('f', 'φ'),
    ('q', 'χ'),
    ('y', 'ψ'),
    ('w', 'ω'),
];

/// The command of a Greek letter of text.
pub(in crate::tex) fn greek(c: char) -> Option<&'static str> {
    if !('Α'..='ω').contains(&c) {
        return None;
    }
    // `\textepsilon` is the phonetic letter to most packages.
    GREEK.iter().find(|&&(name, letter)| letter == c && name != "textepsilon").map(|&(name, _)| name)
}

/// The Greek that ASCII letters stand for in the font encoding LGR: `l'ogos` is λόγος. `None` where more than letters,
/// spaces, the usual punctuation and accents is in it.
pub(in crate::tex) fn transliterated(latin: &str) -> Option<String> {
    let mut out = String::with_capacity(2 * latin.len());
    let mut accents: Vec<char> = Vec::new();
    for (at, key) in latin.char_indices() {
        let combining = match key {
            '\'' => '\u{301}',
            '`' => '\u{300}',
            '~' => '\u{342}',
            '"' => '\u{308}',
            '<' => '\u{314}',
            '>' => '\u{313}',
            _ => '\0',
        };
        if combining != '\0' {
            // Breathings and dialytika stand before tones in the composed letters.
            let place = if matches!(key, '<' | '>' | '"') { 0 } else { accents.len() };
            accents.insert(place, combining);
            if accents.len() > 3 {
                return None;
            }
            continue;
        }
        let letter = LGR.iter().find(|&&(it, _)| it == key.to_ascii_lowercase()).map(|&(_, letter)| letter);
        match letter {
            Some(letter) => {
                let follows = latin.get(at + 1..).and_then(|rest| rest.chars().next());
                let last = key == 's' && !follows.is_some_and(|c| c.is_ascii_alphabetic() || "'`~\"<>|".contains(c));
                match letter {
                    _ if last => out.push('ς'),
                    letter if key.is_ascii_uppercase() => out.extend(letter.to_uppercase()),
                    letter => out.push(letter),
                }
                out.extend(accents.drain(..));
            }
            None if key == '|' && accents.is_empty() => out.push('\u{345}'),
            None if accents.is_empty() && matches!(key, ' ' | ',' | '.' | '-' | ':' | '(' | ')' | '0'..='9') => {
                out.push(key);
            }
            None => return None,
        }
    }
    accents.is_empty().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn greek_from_its_keys() {
        let greek = |keys| transliterated(keys).map(|greek| greek.nfc().collect::<String>());
        assert_eq!(greek("l'ogos").as_deref(), Some("λόγος"));
        assert_eq!(greek(">Arist'oths").as_deref(), Some("Ἀριστότης"));
        assert_eq!(greek("t~w| je~w|").as_deref(), Some("τῷ θεῷ"));
        assert_eq!(greek("a\\b"), None);
        assert_eq!(greek("a'"), None);
    }
}
