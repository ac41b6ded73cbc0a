//! Formulas that say no more than Unicode and raised or lowered text do: `$\alpha$`, `$^{13}$`, `$\mathrm{CO_2}$`.
//!
//! Letters of formulas are set in italics, spaces around signs are the formula's own: neither can be said in text, so a
//! formula with a variable, or with an operator between others, is math and stays so. What is left are Greek letters and
//! symbols, numbers, upright words, and scripts of these.

use super::math::styled;
use crate::record::MarkKind;
use crate::tex::tables;
use unicode_normalization::char::compose;

/// A piece of text with its mark.
pub(super) type Piece = (Option<MarkKind>, String);

/// The longest formula worth looking at: longer ones say more.
const MAX_LENGTH: usize = 200;

/// The pieces of a formula that is text in disguise.
pub(super) fn trivial(math: &str) -> Option<Vec<Piece>> {
    let math = math.trim();
    if math.len() > MAX_LENGTH {
        return None;
    }
    if let sign @ ("<" | ">" | "|" | "=" | "+" | "/" | "*") = math {
        return Some(vec![(None, sign.to_owned())]);
    }
    if math == "-" {
        return Some(vec![(None, "\u{2212}".to_owned())]);
    }
    let mut parts = Parts { pieces: Vec::new(), items: 0, operators: 0, base: Base::None };
    parts.read(math)?;
    let one = parts.items == 1 || parts.operators == 0;
    (one && !parts.pieces.is_empty()).then_some(parts.pieces)
}

/// An accent of math over one letter (`\ddot{o}`), as conversions put it into words: the composed letter.
pub(super) fn accented(math: &str) -> Option<char> {
    const ACCENTS: &[(&str, char)] = &[
        ("acute", '\u{301}'),
        ("grave", '\u{300}'),
        ("ddot", '\u{308}'),
        ("hat", '\u{302}'),
        ("tilde", '\u{303}'),
        ("check", '\u{30c}'),
        ("breve", '\u{306}'),
        ("bar", '\u{304}'),
        ("dot", '\u{307}'),
        ("mathring", '\u{30a}'),
    ];
    let (name, argument) = command(math.trim())?;
    let &(_, combining) = ACCENTS.iter().find(|&&(accent, _)| accent == name)?;
    let argument = argument.trim();
    let base = argument.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(argument).trim();
    let mut letters = base.chars();
    let letter = match base {
        "\\imath" | "\\i" => 'i',
        "\\jmath" | "\\j" => 'j',
        _ => letters.next().filter(|c| c.is_ascii_alphabetic() && letters.as_str().is_empty())?,
    };
    compose(letter, combining)
}

/// What stands before a script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Nothing: the script belongs to text outside the formula.
    None,
    /// A number.
    Digits,
    /// Anything else.
    Other,
}

struct Parts {
    pieces: Vec<Piece>,
    items: usize,
    operators: usize,
    base: Base,
}

impl Parts {
    fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some((None, before)) => before.push_str(text),
            _ => self.pieces.push((None, text.to_owned())),
        }
    }

    /// Reads a formula item by item.
    fn read(&mut self, math: &str) -> Option<()> {
        let mut rest = math;
        while let Some(c) = rest.chars().next() {
            rest = match c {
                c if c.is_ascii_whitespace() || c == '~' => rest.get(1..)?,
                '^' => self.script(MarkKind::Superscript, rest.get(1..)?)?,
                '_' => self.script(MarkKind::Subscript, rest.get(1..)?)?,
                '0'..='9' => self.digits(rest)?,
                '\'' => {
                    self.push("′");
                    self.item(Base::Other);
                    rest.get(1..)?
                }
                '{' => self.group(rest)?,
                '\\' => self.command(rest)?,
                c if !c.is_ascii() && c.is_alphabetic() => {
                    self.push(rest.get(..c.len_utf8())?);
                    self.item(Base::Other);
                    rest.get(c.len_utf8()..)?
                }
                _ => return None,
            };
        }
        Some(())
    }

    fn item(&mut self, base: Base) {
        self.items += 1;
        self.base = base;
    }

    /// A number with its points and commas.
    fn digits<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let bytes = rest.as_bytes();
        let mut len = 0;
        while bytes.get(len).is_some_and(|b| {
            b.is_ascii_digit() || (matches!(b, b'.' | b',') && bytes.get(len + 1).is_some_and(u8::is_ascii_digit))
        }) {
            len += 1;
        }
        let (number, after) = rest.split_at_checked(len)?;
        self.push(number);
        self.item(Base::Digits);
        Some(after)
    }

    /// `{…}` that is empty or a declaration with its letters: `{\rm th}`, `{\cal F}`.
    fn group<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let (inner, after) = group(rest)?;
        let inner = inner.trim();
        if inner.is_empty() {
            return Some(after);
        }
        let (name, argument) = command(inner)?;
        if matches!(name, "rm" | "mathrm" | "textrm" | "text" | "mbox" | "hbox") && !argument.starts_with('{') {
            self.upright(argument.trim())?;
        } else {
            let alphabet = match name {
                "bf" => "mathbf",
                name if tables::is_alphabet(name) => name,
                _ => return None,
            };
            let argument = unwrapped(argument);
            self.push(styled(alphabet, argument)?.encode_utf8(&mut [0; 4]));
            self.item(Base::Other);
        }
        Some(after)
    }

    /// A command: a symbol, a letter of an alphabet, upright words.
    fn command<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        if let Some(c) = rest.get(1..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_ascii_alphabetic()) {
            match c {
                '%' | '&' | '#' | '$' | '_' => self.push(rest.get(1..2)?),
                ' ' => self.push(" "),
                ',' | ';' | ':' => self.push("\u{202f}"),
                '!' => {}
                _ => return None,
            }
            self.base = Base::Other;
            return rest.get(2..);
        }
        let (name, after) = command(rest)?;
        if matches!(name, "sp" | "sb") {
            return self.script(if name == "sp" { MarkKind::Superscript } else { MarkKind::Subscript }, after);
        }
        if matches!(name, "mathrm" | "textrm" | "text" | "mbox" | "hbox" | "textup" | "textnormal") {
            let (inner, after) = group(after.trim_start())?;
            self.upright(inner)?;
            return Some(after);
        }
        if tables::is_alphabet(name) {
            let argument = after.trim_start();
            let (inner, after) = match group(argument) {
                Some(found) => found,
                None => argument.split_at_checked(argument.chars().next()?.len_utf8())?,
            };
            self.push(styled(name, inner)?.encode_utf8(&mut [0; 4]));
            self.item(Base::Other);
            return Some(after);
        }
        let c = tables::symbol(name)?;
        if is_operator(c) {
            self.operators += 1;
        }
        self.push(c.encode_utf8(&mut [0; 4]));
        self.item(Base::Other);
        Some(after.trim_start())
    }

    /// Upright words, with scripts of their own: `CO_2`.
    fn upright(&mut self, words: &str) -> Option<()> {
        let mut rest = words;
        while let Some(at) = rest.find(['^', '_']) {
            let (plain, from) = rest.split_at_checked(at)?;
            self.words(plain)?;
            let kind = if from.starts_with('^') { MarkKind::Superscript } else { MarkKind::Subscript };
            let (inner, after) = script(from.get(1..)?)?;
            self.pieces.push((Some(kind), script_text(inner)?));
            self.item(Base::Other);
            rest = after;
        }
        self.words(rest)
    }

    fn words(&mut self, words: &str) -> Option<()> {
        if !words.chars().all(|c| c.is_alphanumeric() || " .,:-/()'+".contains(c)) {
            return None;
        }
        if !words.is_empty() {
            self.push(words);
            self.item(Base::Other);
        }
        Some(())
    }

    /// A script behind its sign.
    fn script<'t>(&mut self, kind: MarkKind, rest: &'t str) -> Option<&'t str> {
        let (inner, after) = script(rest.trim_start())?;
        let inner = inner.trim();
        if kind == MarkKind::Superscript {
            let plain = match unwrapped(inner) {
                "\\circ" | "\\degree" | "\\textdegree" => "°",
                "\\prime" => "′",
                "\\prime\\prime" => "″",
                _ => "",
            };
            if !plain.is_empty() {
                self.push(plain);
                self.item(Base::Other);
                return Some(after);
            }
        }
        let text = script_text(inner)?;
        // Letters under or over something are variables, but for the endings of ordinal numbers.
        let variable = inner.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        let ordinal = self.base == Base::Digits
            && kind == MarkKind::Superscript
            && matches!(inner.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th");
        if variable && self.base != Base::None && !ordinal {
            return None;
        }
        self.pieces.push((Some(kind), text));
        // Scripts at the beginning follow one another: `$^{13}_6$`.
        self.items += 1;
        Some(after)
    }
}

/// The text of a script: letters, digits and signs, or symbols.
fn script_text(inner: &str) -> Option<String> {
    const WRAPPERS: &[&str] =
        &["rm", "mathrm", "textrm", "text", "mbox", "hbox", "it", "textit", "mathit", "textnormal"];
    let mut inner = inner.trim();
    if let Some((name, argument)) = command(inner)
        && WRAPPERS.contains(&name)
        && !argument.is_empty()
    {
        inner = unwrapped(argument);
    }
    let inner = unwrapped(inner);
    if inner == "\\circ" {
        return Some("∘".to_owned());
    }
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '+' | '-' | '=' | '(' | ')' | ',' | '.' | '*' | '/' | ' ' | '\u{2212}')
    };
    if !inner.is_empty() && inner.chars().all(plain) {
        return Some(inner.to_owned());
    }
    let mut out = String::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        rest = if c == '\\' {
            let (name, after) = command(rest)?;
            if tables::is_alphabet(name) {
                let (argument, after) = group(after.trim_start())?;
                out.push(styled(name, argument)?);
                after
            } else {
                out.push(tables::symbol(name)?);
                after.trim_start()
            }
        } else if plain(c) && !c.is_ascii_alphabetic() {
            out.push(c);
            rest.get(c.len_utf8()..)?
        } else {
            return None;
        };
    }
    (!out.is_empty()).then_some(out)
}

/// The argument of a script: a group, a command with its argument, a character; and the rest.
fn script(rest: &str) -> Option<(&str, &str)> {
    if rest.starts_with('{') {
        return group(rest);
    }
    let Some((_, after)) = command(rest) else {
        return rest.split_at_checked(rest.chars().next()?.len_utf8());
    };
    let after = group(after).map_or(after, |(_, after)| after);
    rest.split_at_checked(rest.len() - after.len())
}

/// A command word at the beginning, and what is behind it.
fn command(source: &str) -> Option<(&str, &str)> {
    let rest = source.strip_prefix('\\')?;
    let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if len == 0 { None } else { rest.split_at_checked(len) }
}

/// The inside of the braces at the beginning, and what is behind them.
fn group(source: &str) -> Option<(&str, &str)> {
    let inner = source.strip_prefix('{')?;
    let (mut depth, mut escaped) = (0usize, false);
    for (at, b) in inner.bytes().enumerate() {
        match b {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some((inner.get(..at)?, inner.get(at + 1..)?)),
            b'}' => depth -= 1,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    None
}

/// What one pair of braces around the whole encloses; without one, the whole.
fn unwrapped(source: &str) -> &str {
    let source = source.trim();
    group(source).filter(|(_, after)| after.is_empty()).map_or(source, |(inner, _)| inner.trim())
}

/// Whether a formula sets space around this symbol: relations, binary operators, arrows.
fn is_operator(c: char) -> bool {
    match c {
        '∀' | '∁' | '∂' | '∃' | '∄' | '∅' | '∇' | '∎' | '∞' | '∠' | '∡' | '∢' | '∴' | '∵' => {
            false
        }
        '\u{2190}'..='\u{22ff}' | '\u{27c0}'..='\u{27e5}' | '\u{27f0}'..='\u{297f}' | '\u{2a00}'..='\u{2aff}' => true,
        c => matches!(c, '×' | '÷' | '±' | '¬' | '†' | '‡' | '•' | ':'),
    }
}
