//! What LaTeX calls the characters of Unicode: one table for each way of writing them, read in both directions.
//!
//! Where several commands mean one character, the first row is the one that is written. Names of mathematical
//! characters are those of unicode-math, which gives each of them one meaning (`\epsilon` is ϵ, `\varepsilon` is ε).

use std::sync::LazyLock;
use unicode_normalization::char::compose;

/// An accent: the command, the combining character, the character that stands for it alone.
pub(super) struct Accent {
    pub(super) command: &'static str,
    pub(super) combining: char,
    pub(super) spacing: Option<char>,
}

const fn accent(command: &'static str, combining: char, spacing: Option<char>) -> Accent {
    Accent { command, combining, spacing }
}

/// The accent commands (LaTeX kernel, T1, T5 and the text companion encodings).
pub(super) const ACCENTS: &[Accent] = &[
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
    accent("textcommabelow", '\u{326}', None),
    accent("c", '\u{327}', Some('¸')),
    accent("k", '\u{328}', Some('˛')),
    accent("b", '\u{331}', None),
    accent("textogonekcentered", '\u{328}', Some('˛')),
];

/// The tie over two letters, `\t{oo}`.
pub(super) const TIE: char = '\u{361}';

/// Letters with a command of their own.
const LETTERS: &[(&str, char)] = &[
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
    ("Dbar", 'Đ'),
    ("dbar", 'đ'),
    ("ng", 'ŋ'),
    ("NG", 'Ŋ'),
    ("ij", 'ĳ'),
    ("IJ", 'Ĳ'),
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

/// Symbols of text mode.
const SYMBOLS: &[(&str, char)] = &[
    ("textbackslash", '\\'),
    ("textasciitilde", '~'),
    ("textasciicircum", '^'),
    ("textbraceleft", '{'),
    ("textbraceright", '}'),
    ("lbrace", '{'),
    ("rbrace", '}'),
    ("textasciigrave", '`'),
    ("textquotesingle", '\''),
    ("textquotedbl", '"'),
    ("dq", '"'),
    ("textunderscore", '_'),
    ("textdollar", '$'),
    ("textpercent", '%'),
    ("textampersand", '&'),
    ("texthash", '#'),
    ("textless", '<'),
    ("textgreater", '>'),
    ("textbar", '|'),
    ("textasteriskcentered", '∗'),
    ("slash", '/'),
    ("nobreakspace", '\u{a0}'),
    ("space", ' '),
    ("thinspace", '\u{2009}'),
    ("enspace", '\u{2002}'),
    ("quad", '\u{2003}'),
    ("allowbreak", '\u{200b}'),
    ("textcompwordmark", '\u{200c}'),
    ("textendash", '–'),
    ("endash", '–'),
    ("textemdash", '—'),
    ("emdash", '—'),
    ("texthyphen", '\u{2010}'),
    ("textnonbreakinghyphen", '\u{2011}'),
    ("texthorizontalbar", '―'),
    ("textquoteleft", '‘'),
    ("lq", '‘'),
    ("textquoteright", '’'),
    ("rq", '’'),
    ("textquotedblleft", '“'),
    ("textquotedblright", '”'),
    ("quotesinglbase", '‚'),
    ("glq", '‚'),
    ("quotedblbase", '„'),
    ("glqq", '„'),
    ("grqq", '“'),
    ("grq", '‘'),
    ("guillemotleft", '«'),
    ("guillemetleft", '«'),
    ("flqq", '«'),
    ("og", '«'),
    ("guillemotright", '»'),
    ("guillemetright", '»'),
    ("frqq", '»'),
    ("fg", '»'),
    ("guilsinglleft", '‹'),
    ("flq", '‹'),
    ("guilsinglright", '›'),
    ("frq", '›'),
    ("textellipsis", '…'),
    ("ldots", '…'),
    ("dots", '…'),
    ("dotsc", '…'),
    ("textbullet", '•'),
    ("textperiodcentered", '·'),
    ("textdegree", '°'),
    ("degree", '°'),
    ("textcelsius", '℃'),
    ("textregistered", '®'),
    ("texttrademark", '™'),
    ("textservicemark", '℠'),
    ("textcopyright", '©'),
    ("copyright", '©'),
    ("textsection", '§'),
    ("S", '§'),
    ("textparagraph", '¶'),
    ("P", '¶'),
    ("textdagger", '†'),
    ("dag", '†'),
    ("textdaggerdbl", '‡'),
    ("ddag", '‡'),
    ("textexclamdown", '¡'),
    ("textquestiondown", '¿'),
    ("textinterrobang", '‽'),
    ("textinterrobangdown", '⸘'),
    ("textsterling", '£'),
    ("pounds", '£'),
    ("texteuro", '€'),
    ("euro", '€'),
    ("textyen", '¥'),
    ("textcent", '¢'),
    ("textcurrency", '¤'),
    ("textflorin", 'ƒ'),
    ("textlira", '₤'),
    ("textwon", '₩'),
    ("textnaira", '₦'),
    ("textpeso", '₱'),
    ("textdong", '₫'),
    ("textcolonmonetary", '₡'),
    ("textbaht", '฿'),
    ("textordfeminine", 'ª'),
    ("textordmasculine", 'º'),
    ("textonesuperior", '¹'),
    ("texttwosuperior", '²'),
    ("textthreesuperior", '³'),
    ("textonequarter", '¼'),
    ("textonehalf", '½'),
    ("textthreequarters", '¾'),
    ("textfractionsolidus", '⁄'),
    ("textperthousand", '‰'),
    ("textpertenthousand", '‱'),
    ("textnumero", '№'),
    ("textbrokenbar", '¦'),
    ("textbardbl", '‖'),
    ("textmu", 'µ'),
    ("micro", 'µ'),
    ("textpm", '±'),
    ("texttimes", '×'),
    ("textdiv", '÷'),
    ("textlnot", '¬'),
    ("textsurd", '√'),
    ("textleftarrow", '←'),
    ("textrightarrow", '→'),
    ("textuparrow", '↑'),
    ("textdownarrow", '↓'),
    ("textestimated", '℮'),
    ("textrecipe", '℞'),
    ("textreferencemark", '※'),
    ("textmusicalnote", '♪'),
    ("textmarried", '⚭'),
    ("textdivorced", '⚮'),
    ("textvisiblespace", '␣'),
    ("textopenbullet", '◦'),
    ("textblank", '␢'),
];

/// Symbols of math mode, Greek among them.
const MATH: &[(&str, char)] = &[
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("varepsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("omicron", 'ο'),
    ("pi", 'π'),
    ("rho", 'ρ'),
    ("varsigma", 'ς'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("varphi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("epsilon", 'ϵ'),
    ("vartheta", 'ϑ'),
    ("varkappa", 'ϰ'),
    ("phi", 'ϕ'),
    ("varrho", 'ϱ'),
    ("varpi", 'ϖ'),
    ("digamma", 'ϝ'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Pi", 'Π'),
    ("Sigma", 'Σ'),
    ("Upsilon", 'Υ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
    ("times", '×'),
    ("div", '÷'),
    ("pm", '±'),
    ("mp", '∓'),
    ("cdot", '⋅'),
    ("ast", '∗'),
    ("star", '⋆'),
    ("circ", '∘'),
    ("bullet", '•'),
    ("leq", '≤'),
    ("le", '≤'),
    ("geq", '≥'),
    ("ge", '≥'),
    ("leqslant", '⩽'),
    ("geqslant", '⩾'),
    ("neq", '≠'),
    ("ne", '≠'),
    ("approx", '≈'),
    ("equiv", '≡'),
    ("sim", '∼'),
    ("simeq", '≃'),
    ("cong", '≅'),
    ("propto", '∝'),
    ("doteq", '≐'),
    ("ll", '≪'),
    ("gg", '≫'),
    ("lesssim", '≲'),
    ("gtrsim", '≳'),
    ("prec", '≺'),
    ("succ", '≻'),
    ("in", '∈'),
    ("notin", '∉'),
    ("ni", '∋'),
    ("subset", '⊂'),
    ("supset", '⊃'),
    ("subseteq", '⊆'),
    ("supseteq", '⊇'),
    ("cup", '∪'),
    ("cap", '∩'),
    ("emptyset", '∅'),
    ("varnothing", '∅'),
    ("setminus", '∖'),
    ("complement", '∁'),
    ("forall", '∀'),
    ("exists", '∃'),
    ("nexists", '∄'),
    ("neg", '¬'),
    ("lnot", '¬'),
    ("wedge", '∧'),
    ("land", '∧'),
    ("vee", '∨'),
    ("lor", '∨'),
    ("oplus", '⊕'),
    ("ominus", '⊖'),
    ("otimes", '⊗'),
    ("odot", '⊙'),
    ("bot", '⊥'),
    ("top", '⊤'),
    ("perp", '⟂'),
    ("parallel", '∥'),
    ("mid", '∣'),
    ("vdash", '⊢'),
    ("dashv", '⊣'),
    ("models", '⊧'),
    ("vDash", '⊨'),
    ("infty", '∞'),
    ("partial", '∂'),
    ("nabla", '∇'),
    ("sum", '∑'),
    ("prod", '∏'),
    ("coprod", '∐'),
    ("int", '∫'),
    ("oint", '∮'),
    ("surd", '√'),
    ("angle", '∠'),
    ("triangle", '△'),
    ("aleph", 'ℵ'),
    ("beth", 'ℶ'),
    ("hbar", 'ℏ'),
    ("ell", 'ℓ'),
    ("wp", '℘'),
    ("Re", 'ℜ'),
    ("Im", 'ℑ'),
    ("leftarrow", '←'),
    ("gets", '←'),
    ("rightarrow", '→'),
    ("to", '→'),
    ("uparrow", '↑'),
    ("downarrow", '↓'),
    ("leftrightarrow", '↔'),
    ("updownarrow", '↕'),
    ("nearrow", '↗'),
    ("searrow", '↘'),
    ("swarrow", '↙'),
    ("nwarrow", '↖'),
    ("Leftarrow", '⇐'),
    ("Rightarrow", '⇒'),
    ("Uparrow", '⇑'),
    ("Downarrow", '⇓'),
    ("Leftrightarrow", '⇔'),
    ("longleftarrow", '⟵'),
    ("longrightarrow", '⟶'),
    ("longleftrightarrow", '⟷'),
    ("Longleftarrow", '⟸'),
    ("Longrightarrow", '⟹'),
    ("implies", '⟹'),
    ("Longleftrightarrow", '⟺'),
    ("iff", '⟺'),
    ("mapsto", '↦'),
    ("hookrightarrow", '↪'),
    ("hookleftarrow", '↩'),
    ("rightharpoonup", '⇀'),
    ("leftharpoonup", '↼'),
    ("rightleftharpoons", '⇌'),
    ("leftrightharpoons", '⇋'),
    ("langle", '⟨'),
    ("rangle", '⟩'),
    ("lfloor", '⌊'),
    ("rfloor", '⌋'),
    ("lceil", '⌈'),
    ("rceil", '⌉'),
    ("prime", '′'),
    ("dagger", '†'),
    ("ddagger", '‡'),
    ("cdots", '⋯'),
    ("vdots", '⋮'),
    ("ddots", '⋱'),
    ("therefore", '∴'),
    ("because", '∵'),
    ("sharp", '♯'),
    ("flat", '♭'),
    ("natural", '♮'),
    ("spadesuit", '♠'),
    ("heartsuit", '♡'),
    ("diamondsuit", '♢'),
    ("clubsuit", '♣'),
    ("checkmark", '✓'),
    ("square", '□'),
    ("blacksquare", '■'),
    ("bigstar", '★'),
    ("lozenge", '◊'),
    ("backslash", '\\'),
    ("vert", '|'),
    ("Vert", '‖'),
    ("colon", ':'),
];

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
        commands: &["mathcal", "mathscr"],
        upper: 0x1d49c,
        lower: 0x1d4b6,
        digits: None,
        greek_upper: None,
        greek_lower: None,
    },
    Alphabet {
        commands: &["mathfrak"],
        upper: 0x1d504,
        lower: 0x1d51e,
        digits: None,
        greek_upper: None,
        greek_lower: None,
    },
    Alphabet {
        commands: &["mathbb"],
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

/// BCP 47 primary subtags and the names Babel has for them.
pub(super) const LANGUAGES: &[(&str, &str)] = &[
    ("en", "english"),
    ("en-US", "american"),
    ("en-GB", "british"),
    ("de", "german"),
    ("de", "ngerman"),
    ("fr", "french"),
    ("es", "spanish"),
    ("it", "italian"),
    ("pt", "portuguese"),
    ("pt-BR", "brazilian"),
    ("nl", "dutch"),
    ("da", "danish"),
    ("sv", "swedish"),
    ("nb", "norwegian"),
    ("nn", "nynorsk"),
    ("fi", "finnish"),
    ("is", "icelandic"),
    ("pl", "polish"),
    ("cs", "czech"),
    ("sk", "slovak"),
    ("sl", "slovene"),
    ("hr", "croatian"),
    ("sr", "serbian"),
    ("bg", "bulgarian"),
    ("ru", "russian"),
    ("uk", "ukrainian"),
    ("el", "greek"),
    ("hu", "hungarian"),
    ("ro", "romanian"),
    ("tr", "turkish"),
    ("et", "estonian"),
    ("lv", "latvian"),
    ("lt", "lithuanian"),
    ("ca", "catalan"),
    ("gl", "galician"),
    ("eu", "basque"),
    ("la", "latin"),
    ("he", "hebrew"),
    ("ar", "arabic"),
    ("fa", "persian"),
    ("ja", "japanese"),
    ("zh", "chinese"),
    ("ko", "korean"),
    ("vi", "vietnamese"),
];

/// How a character is written in ASCII.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// `{\ss}`.
    Text(&'static str),
    /// `$\gamma$`.
    Math(&'static str),
}

/// Command name to character, sorted by name.
static BY_NAME: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    let mut all: Vec<_> = LETTERS.iter().chain(SYMBOLS).chain(MATH).copied().collect();
    all.sort_by_key(|&(name, _)| name);
    all.dedup_by_key(|&mut (name, _)| name);
    all
});

/// Character to the form that is written, sorted by character; the first row of the tables wins.
static BY_CHAR: LazyLock<Vec<(char, Form)>> = LazyLock::new(|| {
    let text = LETTERS.iter().chain(SYMBOLS).map(|&(name, c)| (c, Form::Text(name)));
    let mut all: Vec<_> = text.chain(MATH.iter().map(|&(name, c)| (c, Form::Math(name)))).collect();
    all.sort_by_key(|&(c, _)| c);
    all.dedup_by_key(|&mut (c, _)| c);
    all
});

/// The character a command without argument stands for.
pub(super) fn symbol(name: &str) -> Option<char> {
    let at = BY_NAME.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    BY_NAME.get(at).map(|&(_, c)| c)
}

/// The command a character is written with.
pub(super) fn form(c: char) -> Option<Form> {
    let at = BY_CHAR.binary_search_by_key(&c, |&(c, _)| c).ok()?;
    BY_CHAR.get(at).map(|&(_, form)| form)
}

/// The command of a letter, which can carry an accent.
pub(super) fn letter(c: char) -> Option<&'static str> {
    LETTERS.iter().find(|&&(_, l)| l == c).map(|&(name, _)| name)
}

/// The accent a command puts on its argument.
pub(super) fn accent_named(name: &str) -> Option<&'static Accent> {
    ACCENTS.iter().find(|a| a.command == name)
}

/// The accent of a combining character.
pub(super) fn accent_of(combining: char) -> Option<&'static Accent> {
    if !('\u{300}'..='\u{36f}').contains(&combining) {
        return None;
    }
    ACCENTS.iter().find(|a| a.combining == combining)
}

/// The accent that stands alone as this character.
pub(super) fn accent_alone(c: char) -> Option<&'static Accent> {
    ACCENTS.iter().find(|a| a.spacing == Some(c))
}

/// A base and a combining character made one letter, where the pair has a command (`ơ`).
pub(super) fn composed_letter(base: char, combining: char) -> Option<char> {
    compose(base, combining).filter(|&c| letter(c).is_some())
}

/// Whether this is the command of an alphabet.
pub(super) fn is_alphabet(command: &str) -> bool {
    ALPHABETS.iter().any(|a| a.commands.contains(&command))
}

/// The letter of an alphabet: `mathbb` and `R` give ℝ.
pub(super) fn styled(command: &str, c: char) -> Option<char> {
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
pub(super) fn unstyled(c: char) -> Option<(&'static str, char)> {
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

/// The Babel name of a language.
pub(super) fn babel(tag: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|&&(t, _)| t.eq_ignore_ascii_case(tag)).map(|&(_, name)| name)
}

/// The language a Babel name stands for.
pub(super) fn language(name: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|&&(_, n)| n == name).map(|&(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_reads_back() {
        for &(c, form) in BY_CHAR.iter() {
            let (Form::Text(name) | Form::Math(name)) = form;
            assert_eq!(symbol(name), Some(c), "\\{name}");
        }
        for code in 0x1d400..=0x1d7ff {
            if let Some((command, plain)) = char::from_u32(code).and_then(unstyled) {
                assert!(HOLES.iter().any(|&(h, _)| h == code) || styled(command, plain) == char::from_u32(code));
            }
        }
        assert_eq!(unstyled('𝜸'), Some(("boldsymbol", 'γ')));
        assert_eq!(styled("mathbb", 'R'), Some('ℝ'));
    }
}
