//! The alphabets of formulas: blackboard bold, fraktur, script and so on.

/// A mathematical alphabet (Unicode, Mathematical Alphanumeric Symbols).
struct Alphabet {
    commands: &'static [&'static str],
    upper: u32,
    lower: u32,
    digits: Option<u32>,
    greek_upper: Option<u32>,
    greek_lower: Option<u32>,
}

/// The alphabets; the first command of each is the one that is written.
const ALPHABETS: &[Alphabet] = &[
    Alphabet {
        commands: &["mathbf"],
        upper: 0x1d400,
        lower: 0x1d41a,
        digits: Some(0x1d7ce),
        greek_upper: Some(0x1d6a8),
        greek_lower: Some(0x1d6c2),
    },
    Alphabet {
        commands: &["mathit"],
        upper: 0x1d434,
        lower: 0x1d44e,
        digits: None,
        greek_upper: Some(0x1d6e2),
        greek_lower: Some(0x1d6fc),
    },
    Alphabet {
        commands: &["boldsymbol", "bm", "pmb", "mathbfit"],
        upper: 0x1d468,
        lower: 0x1d482,
        digits: None,
        greek_upper: Some(0x1d71c),
        greek_lower: Some(0x1d736),
    },
    Alphabet {
        commands: &["mathcal", "mathscr", "cal", "scr"],
        upper: 0x1d49c,
        lower: 0x1d4b6,
        digits: None,
        greek_upper: None,
        greek_lower: None,
    },
    Alphabet {
        commands: &["mathfrak", "frak", "germ"],
        upper: 0x1d504,
        lower: 0x1d51e,
        digits: None,
        greek_upper: None,
        greek_lower: None,
    },
    Alphabet {
        commands: &["mathbb", "Bbb", "mathds", "mathbbm"],
        upper: 0x1d538,
        lower: 0x1d552,
        digits: Some(0x1d7d8),
        greek_upper: None,
        greek_lower: None,
    },
    Alphabet {
        commands: &["mathsf"],
        upper: 0x1d5a0,
        lower: 0x1d5ba,
        digits: Some(0x1d7e2),
        greek_upper: None,
        greek_lower: None,
    },
    Alphabet {
        commands: &["mathtt"],
        upper: 0x1d670,
        lower: 0x1d68a,
        digits: Some(0x1d7f6),
        greek_upper: None,
        greek_lower: None,
    },
];

/// The letters that Unicode had before the alphabets, and the code points left empty for them.
const HOLES: &[(u32, char)] = &[
    (0x1d455, 'ℎ'),
    (0x1d49d, 'ℬ'),
    (0x1d4a0, 'ℰ'),
    (0x1d4a1, 'ℱ'),
    (0x1d4a3, 'ℋ'),
    (0x1d4a4, 'ℐ'),
    (0x1d4a7, 'ℒ'),
    (0x1d4a8, 'ℳ'),
    (0x1d4ad, 'ℛ'),
    (0x1d4ba, 'ℯ'),
    (0x1d4bc, 'ℊ'),
    (0x1d4c4, 'ℴ'),
    (0x1d506, 'ℭ'),
    (0x1d50b, 'ℌ'),
    (0x1d50c, 'ℑ'),
    (0x1d515, 'ℜ'),
    (0x1d51d, 'ℨ'),
    (0x1d53a, 'ℂ'),
    (0x1d53f, 'ℍ'),
    (0x1d545, 'ℕ'),
    (0x1d547, 'ℙ'),
    (0x1d548, 'ℚ'),
    (0x1d549, 'ℝ'),
    (0x1d551, 'ℤ'),
];

/// Whether this is the command of an alphabet.
pub(in crate::tex) fn is_alphabet(command: &str) -> bool {
    ALPHABETS.iter().any(|a| a.commands.contains(&command))
}

/// The letter of an alphabet: `mathbb` and `R` give ℝ.
pub(in crate::tex) fn styled(command: &str, c: char) -> Option<char> {
    let alphabet = ALPHABETS.iter().find(|a| a.commands.contains(&command))?;
    let code = match c {
        'A'..='Z' => alphabet.upper + (c as u32 - 'A' as u32),
        'a'..='z' => alphabet.lower + (c as u32 - 'a' as u32),
        '0'..='9' => alphabet.digits? + (c as u32 - '0' as u32),
        'Α'..='Ω' => alphabet.greek_upper? + (c as u32 - 'Α' as u32),
        'α'..='ω' => alphabet.greek_lower? + (c as u32 - 'α' as u32),
        _ => return None,
    };
    HOLES.iter().find(|&&(hole, _)| hole == code).map(|&(_, c)| c).or_else(|| char::from_u32(code))
}

/// The alphabet's command and the letter in it: ℝ gives `mathbb` and `R`.
pub(in crate::tex) fn unstyled(c: char) -> Option<(&'static str, char)> {
    let code = HOLES.iter().find(|&&(_, old)| old == c).map_or(c as u32, |&(hole, _)| hole);
    if !(0x1d400..=0x1d7ff).contains(&code) {
        return None;
    }
    let within = |base: Option<u32>, first: char, count: u32| {
        let offset = code.checked_sub(base?)?;
        if offset < count { char::from_u32(first as u32 + offset) } else { None }
    };
    ALPHABETS.iter().find_map(|a| {
        let plain = within(Some(a.upper), 'A', 26)
            .or_else(|| within(Some(a.lower), 'a', 26))
            .or_else(|| within(a.digits, '0', 10))
            .or_else(|| within(a.greek_upper, 'Α', 25))
            .or_else(|| within(a.greek_lower, 'α', 25))?;
        Some((*a.commands.first()?, plain))
    })
}
