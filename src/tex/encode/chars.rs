//! Plain characters as LaTeX, in UTF-8 or in ASCII.

use super::Writer;
use crate::bytes::first_pair;
use crate::entities::entity;
use crate::tex::tables::{self, Form};
use unicode_normalization::char::decompose_canonical;

impl Writer<'_> {
    /// Writes plain characters.
    pub(super) fn chars(&mut self, plain: &str) {
        let bytes = plain.as_bytes();
        let mut done = 0;
        let ascii = self.ascii;
        while let Some(offset) = first_pair(bytes.get(done..).unwrap_or_default(), |b, next| stops(b, next, ascii)) {
            let mut at = done + offset;
            if bytes.get(at).is_some_and(|b| matches!(b, b'-' | b'\'' | b',')) {
                at += 1;
                self.put(plain.get(done..at).unwrap_or_default());
                done = at;
                continue;
            }
            let mut rest = plain.get(at..).unwrap_or_default();
            // A combining accent belongs to the letter before it.
            if self.ascii
                && offset > 0
                && rest.chars().next().is_some_and(|c| c == tables::TIE || tables::accent_of(c).is_some())
            {
                at -= 1;
                rest = plain.get(at..).unwrap_or_default();
            }
            self.put(plain.get(done..at).unwrap_or_default());
            done = at + self.special(rest);
        }
        self.put(plain.get(done..).unwrap_or_default());
    }

    /// Writes the character that begins `rest`, with the accents that follow it; the number of bytes it took.
    fn special(&mut self, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 1 };
        let fixed = match c {
            '#' => "\\#",
            '$' => "\\$",
            '%' => "\\%",
            '&' if entity(rest).is_some() => "\\&{}",
            '&' => "\\&",
            '_' => "\\_",
            '{' => "\\textbraceleft{}",
            '}' => "\\textbraceright{}",
            '~' => "\\textasciitilde{}",
            '^' => "\\textasciicircum{}",
            '\\' => "\\textbackslash{}",
            '`' => "\\textasciigrave{}",
            '\n' => "\n\n",
            '\u{a0}' if self.looks_like_home(rest) => "{}~",
            '\u{a0}' => "~",
            '\u{ad}' => "\\-",
            '\u{202f}' => "\\,",
            '–' if self.ascii => "--",
            '—' if self.ascii => "---",
            _ => "",
        };
        if !fixed.is_empty() {
            self.put(fixed);
            return c.len_utf8();
        }
        if self.ascii
            && let Some((latex, taken)) = cluster(rest)
        {
            self.put(&latex);
            return taken;
        }
        if self.ascii && !c.is_ascii() {
            self.report.unmapped = self.report.unmapped.or(Some(c));
        }
        self.put(rest.get(..c.len_utf8()).unwrap_or_default());
        c.len_utf8()
    }

    /// Whether the `~` of the no-break space that begins `rest` would be read as the home directory of an address.
    fn looks_like_home(&self, rest: &str) -> bool {
        let written = self.out.as_bytes().get(self.base..).unwrap_or_default();
        written.last() == Some(&b'/') && rest.as_bytes().get('\u{a0}'.len_utf8()).is_some_and(u8::is_ascii_alphabetic)
    }
}

/// Whether a byte, before `next`, may begin something that is not copied. Characters at which it stops in vain are written as
/// they are; there are few of them in any text, and to let them pass takes more time.
fn stops(b: u8, next: u8, ascii: bool) -> bool {
    // `#`, `$`, `%`, `&`; `{`, `|`, `}`, `~`; `\`, `]`, `^`, `_` and `` ` ``.
    let special = (b.wrapping_sub(b'#') < 4) | (b.wrapping_sub(b'{') < 4) | (b.wrapping_sub(b'\\') < 5);
    // Apostrophes, commas and hyphens, with what is between them.
    let doubled = (b == next) & (b.wrapping_sub(b'\'') < 7);
    // What no-break space, soft hyphen (0xc2) and narrow no-break space (0xe2) begin with.
    let space = (b | 0x20) == 0xe2;
    special | (b == b'\n') | doubled | space | (ascii & (b >= 0x80))
}

/// The character that begins `rest`, with the accents that follow it, in ASCII; and the number of bytes it takes.
fn cluster(rest: &str) -> Option<(String, usize)> {
    let mut chars = rest.chars();
    let c = chars.next()?;
    let mut taken = c.len_utf8();
    let mut parts: Vec<char> = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    let own = parts.len();
    for more in chars.by_ref() {
        if more != tables::TIE && tables::accent_of(more).is_none() {
            break;
        }
        // No letter has this many; a longer pile is copied, not searched again from each of its characters.
        if parts.len() > 12 {
            return None;
        }
        parts.push(more);
        taken += more.len_utf8();
    }
    if parts.len() == own
        && let Some(latex) = single(c)
    {
        return Some((latex, taken));
    }
    let tied = parts.last() == Some(&tables::TIE);
    if tied {
        parts.pop();
    }
    let body = accented(&parts)?;
    if !tied {
        return if parts.len() > 1 { Some((format!("{{{body}}}"), taken)) } else { None };
    }
    let next = rest.get(taken..)?.chars().next().filter(char::is_ascii_alphanumeric)?;
    let body = if body.starts_with('\\') { format!("{{{body}}}") } else { body };
    Some((format!("{{\\t{{{body}{next}}}}}"), taken + 1))
}

/// A character without accents to follow.
fn single(c: char) -> Option<String> {
    if c == '\u{2212}' {
        return Some("$-$".to_owned());
    }
    if let Some(form) = tables::form(c) {
        return Some(match form {
            Form::Letter(name) | Form::Text(name) => format!("{{\\{name}}}"),
            Form::Math(name) => format!("$\\{name}$"),
        });
    }
    if let Some((command, plain)) = tables::unstyled(c) {
        return Some(match tables::form(plain) {
            Some(Form::Math(name)) => format!("$\\{command}{{\\{name}}}$"),
            _ if plain.is_ascii() => format!("$\\{command}{{{plain}}}$"),
            _ => return None,
        });
    }
    tables::accent_alone(c).map(|accent| format!("{{\\{}{{}}}}", accent.command))
}

/// A letter and its combining characters as nested accent commands, without braces around the whole.
fn accented(parts: &[char]) -> Option<String> {
    let (&first, mut marks) = parts.split_first()?;
    let mut base = first;
    if let Some((&mark, rest)) = marks.split_first()
        && let Some(letter) = tables::composed_letter(base, mark)
        && tables::accent_of(mark).is_none()
    {
        (base, marks) = (letter, rest);
    }
    let mut latex = String::new();
    let mut braces = 0;
    for (index, &mark) in marks.iter().enumerate().rev() {
        let command = tables::accent_of(mark)?.command;
        latex.push('\\');
        latex.push_str(command);
        // `\'e` needs no braces; `\v{c}` and accents over commands do.
        if index > 0 || !base.is_ascii() || command.starts_with(|c: char| c.is_ascii_alphabetic()) {
            latex.push('{');
            braces += 1;
        }
    }
    if base.is_ascii_alphanumeric() {
        latex.push(base);
    } else {
        latex.push('\\');
        latex.push_str(tables::letter(base)?);
    }
    latex.extend(std::iter::repeat_n('}', braces));
    Some(latex)
}
