//! Commands that put a mark on a letter.

/// An accent: the command, the combining character, the character that stands for it alone.
pub(in crate::tex) struct Accent {
    pub(in crate::tex) command: &'static str,
    pub(in crate::tex) combining: char,
    pub(in crate::tex) spacing: Option<char>,
}

const fn accent(command: &'static str, combining: char, spacing: Option<char>) -> Accent {
    Accent { command, combining, spacing }
}

/// The accent commands (LaTeX kernel, T1, T5 and the text companion encodings), then those of packages that are only
/// read: tipa, combelow, mathscinet, the capital accents of TS1.
const ACCENTS: &[Accent] = &[
    accent("`", '\u{300}', Some('`')),
    accent("'", '\u{301}', Some('´')),
    accent("^", '\u{302}', Some('^')),
    accent("~", '\u{303}', Some('~')),
    accent("=", '\u{304}', Some('¯')),
    accent("u", '\u{306}', Some('˘')),
    accent(".", '\u{307}', Some('˙')),
    accent("\"", '\u{308}', Some('¨')),
    accent("h", '\u{309}', None),
    accent("r", '\u{30a}', Some('˚')),
    accent("H", '\u{30b}', Some('˝')),
    accent("v", '\u{30c}', Some('ˇ')),
    accent("U", '\u{30d}', None),
    accent("G", '\u{30f}', None),
    accent("newtie", '\u{311}', None),
    accent("d", '\u{323}', None),
    accent("textsubring", '\u{325}', None),
    accent("textcommabelow", '\u{326}', None),
    accent("c", '\u{327}', Some('¸')),
    accent("k", '\u{328}', Some('˛')),
    accent("textsubcircum", '\u{32d}', None),
    accent("textsubbreve", '\u{32e}', None),
    accent("textsubtilde", '\u{330}', None),
    accent("b", '\u{331}', None),
    accent("C", '\u{30f}', None),
    accent("cb", '\u{326}', None),
    accent("textogonekcentered", '\u{328}', Some('˛')),
    accent("polhk", '\u{328}', Some('˛')),
    accent("ocirc", '\u{30a}', Some('˚')),
    accent("soft", '\u{30c}', Some('ˇ')),
    accent("udot", '\u{323}', None),
    accent("uarc", '\u{306}', Some('˘')),
    accent("textdotbelow", '\u{323}', None),
    accent("textsubdot", '\u{323}', None),
    accent("textmacronbelow", '\u{331}', None),
    accent("textsubbar", '\u{331}', None),
    accent("textroundcap", '\u{311}', None),
    accent("textdoublegrave", '\u{30f}', None),
    accent("capitalgrave", '\u{300}', Some('`')),
    accent("capitalacute", '\u{301}', Some('´')),
    accent("capitalcircumflex", '\u{302}', Some('^')),
    accent("capitaltilde", '\u{303}', Some('~')),
    accent("capitalmacron", '\u{304}', Some('¯')),
    accent("capitalbreve", '\u{306}', Some('˘')),
    accent("capitaldotaccent", '\u{307}', Some('˙')),
    accent("capitaldieresis", '\u{308}', Some('¨')),
    accent("capitalring", '\u{30a}', Some('˚')),
    accent("capitalhungarumlaut", '\u{30b}', Some('˝')),
    accent("capitalcaron", '\u{30c}', Some('ˇ')),
    accent("capitalcedilla", '\u{327}', Some('¸')),
    accent("capitalogonek", '\u{328}', Some('˛')),
];

/// The tie over two letters, `\t{oo}`.
pub(in crate::tex) const TIE: char = '\u{361}';

/// Where the accents stand in TeX's own fonts: the number behind `\accent`, and the command for the same accent.
const FONT_ACCENTS: &[(u32, &str)] = &[
    (18, "`"),
    (19, "'"),
    (20, "v"),
    (21, "u"),
    (22, "="),
    (23, "r"),
    (24, "c"),
    (94, "^"),
    (95, "."),
    (125, "H"),
    (126, "~"),
    (127, "\""),
];

/// The rows of [`ACCENTS`] whose commands are one character, by that character; 0 for none, else the row and one more.
const BY_CHARACTER: [u8; 128] = {
    let mut rows = [0; 128];
    let mut row = 0;
    while row < ACCENTS.len() {
        if let [byte] = ACCENTS[row].command.as_bytes() {
            rows[*byte as usize] = row as u8 + 1;
        }
        row += 1;
    }
    rows
};

/// The accent a command puts on its argument.
pub(in crate::tex) fn accent_named(name: &str) -> Option<&'static Accent> {
    if name.len() == 1 { short_accent(name.as_bytes()) } else { ACCENTS.iter().find(|a| a.command == name) }
}

/// The same of a command of one character.
pub(in crate::tex) fn short_accent(name: &[u8]) -> Option<&'static Accent> {
    let [byte] = name else { return None };
    let row = BY_CHARACTER.get(usize::from(*byte))?.checked_sub(1)?;
    ACCENTS.get(usize::from(row))
}

/// The accent of a combining character.
pub(in crate::tex) fn accent_of(combining: char) -> Option<&'static Accent> {
    if !('\u{300}'..='\u{36f}').contains(&combining) {
        return None;
    }
    ACCENTS.iter().find(|a| a.combining == combining)
}

/// The accent that stands alone as this character.
pub(in crate::tex) fn accent_alone(c: char) -> Option<&'static Accent> {
    ACCENTS.iter().find(|a| a.spacing == Some(c))
}

/// The accent at a place of TeX's own fonts: `\accent19` is an acute.
pub(in crate::tex) fn font_accent(place: u32) -> Option<&'static Accent> {
    let row = FONT_ACCENTS.iter().find(|&&(number, _)| number == place);
    row.and_then(|&(_, command)| accent_named(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_found_by_all_their_names() {
        for accent in ACCENTS {
            assert!(accent_named(accent.command).is_some_and(|it| it.combining == accent.combining));
            assert!(accent_of(accent.combining).is_some_and(|it| it.spacing == accent.spacing));
        }
        for &(place, _) in FONT_ACCENTS {
            assert!(font_accent(place).is_some());
        }
    }
}
