//! Text to LaTeX that BibTeX and Biber accept between braces.

use super::protect::words_to_protect;
use super::tables::{self, Form};
use super::{Encode, Protect};
use crate::record::{Mark, MarkKind, Text};
use unicode_normalization::char::decompose_canonical;

/// What could not be written as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Encoded {
    /// The first character without a LaTeX command; it and its like were written as UTF-8 though ASCII was asked for.
    pub unmapped: Option<char>,
    /// The first mark that LaTeX cannot express, by name; the text under it was written.
    pub dropped: Option<&'static str>,
    /// Words got braces that no mark asked for ([`Protect::Auto`]).
    pub protected: bool,
}

/// Appends `text` as LaTeX. Braces always balance, as BibTeX counts them.
pub fn encode(text: &Text, how: Encode, out: &mut String) -> Encoded {
    let words = match how.protect {
        Protect::Auto => words_to_protect(text.as_str()),
        Protect::Marked | Protect::Never => Vec::new(),
    };
    if text.marks().is_empty() && words.is_empty() {
        return encode_str(text.as_str(), how.ascii, out);
    }
    let glyphs = quotes_to_write(text);
    let mut writer = Writer::new(how.ascii, out);
    writer.words = &words;
    writer.marked(text, how.protect, &glyphs);
    writer.report
}

/// Appends a plain string as LaTeX. Braces always balance, as BibTeX counts them.
pub fn encode_str(plain: &str, ascii: bool, out: &mut String) -> Encoded {
    let mut writer = Writer::new(ascii, out);
    writer.chars(plain);
    writer.report
}

/// Whether the braces of this string balance as BibTeX counts them: a backslash makes no difference to it.
pub fn balanced(latex: &str) -> bool {
    let mut depth = 0usize;
    for at in memchr::memchr2_iter(b'{', b'}', latex.as_bytes()) {
        if latex.as_bytes().get(at) == Some(&b'{') {
            depth += 1;
        } else if depth == 0 {
            return false;
        } else {
            depth -= 1;
        }
    }
    depth == 0
}

/// Whether source can be written verbatim: its braces balance for BibTeX and for TeX, to which `\{` is none, and it
/// does not end in a backslash that would take what follows.
fn self_contained(latex: &str) -> bool {
    let (mut depth, mut escaped) = (0usize, false);
    for b in latex.bytes() {
        match b {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    depth == 0 && !escaped && balanced(latex)
}

/// The quotation marks of a [`MarkKind::Quote`] that are written by markup.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Glyphs {
    /// The plain string's own, which are not ours to change.
    Literal,
    /// “ ”.
    Double,
    /// ‘ ’.
    Single,
    /// ‘ ’ where the ligatures could be misread: `\enquote*`.
    SingleCommand,
}

/// For each mark, how its quotation marks are written; empty where no mark is a quotation. The glyphs are replaced
/// only where no mark inside covers one of them, for which looking at direct children is enough.
fn quotes_to_write(text: &Text) -> Vec<Glyphs> {
    if !text.marks().iter().any(|m| m.kind == MarkKind::Quote) {
        return Vec::new();
    }
    let plain = text.as_str();
    let mut open: Vec<(usize, &Mark)> = Vec::new();
    let mut glyphs: Vec<Glyphs> = Vec::with_capacity(text.marks().len());
    for (index, mark) in text.marks().iter().enumerate() {
        while open.last().is_some_and(|&(_, outer)| outer.end <= mark.start) {
            open.pop();
        }
        if let Some(&(parent, outer)) = open.last()
            && (mark.start < outer.start + 3 || mark.end + 3 > outer.end)
            && let Some(slot) = glyphs.get_mut(parent)
        {
            *slot = Glyphs::Literal;
        }
        let span = plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        let inner = |open, close| span.strip_prefix(open).and_then(|s: &str| s.strip_suffix(close));
        let follows = plain.get(mark.end as usize..).and_then(|s| s.chars().next());
        glyphs.push(if mark.kind != MarkKind::Quote {
            Glyphs::Literal
        } else if inner('“', '”').is_some() {
            Glyphs::Double
        } else if let Some(inner) = inner('‘', '’') {
            // An apostrophe could close the quotation too early, a letter behind it keep it open.
            if inner.is_empty() || inner.contains('\'') || follows.is_some_and(char::is_alphanumeric) {
                Glyphs::SingleCommand
            } else {
                Glyphs::Single
            }
        } else {
            Glyphs::Literal
        });
        open.push((index, mark));
    }
    glyphs
}

/// A mark that was opened.
struct Open {
    end: usize,
    /// Bytes of the plain string before `end` that the closing markup stands for.
    glyph: usize,
    close: &'static str,
    no_case: bool,
}

struct Writer<'a> {
    out: &'a mut String,
    /// Where our output begins in `out`.
    base: usize,
    ascii: bool,
    /// Spans of the plain string to put in braces.
    words: &'a [(usize, usize)],
    /// A brace was opened that protects only if no backslash follows it.
    opened: bool,
    /// A verbatim command word was written, which a letter, space or brace would change.
    word: bool,
    /// A verbatim command was written, to which a brace would be one more argument.
    group: bool,
    report: Encoded,
}

impl<'a> Writer<'a> {
    fn new(ascii: bool, out: &'a mut String) -> Writer<'a> {
        let base = out.len();
        Writer { out, base, ascii, words: &[], opened: false, word: false, group: false, report: Encoded::default() }
    }

    /// Appends markup or text, kept apart by `{}` from what it would join to mean something else.
    fn put(&mut self, s: &str) {
        let Some(&first) = s.as_bytes().first() else { return };
        let written = self.out.as_bytes().get(self.base..).unwrap_or_default();
        let ligature = match (written.last(), first) {
            (Some(b'-'), b'-') | (Some(b'\''), b'\'') | (Some(b'`' | b'?' | b'!'), b'`') => true,
            _ if self.group => first == b'{',
            _ if self.opened => first == b'\\',
            _ if self.word => matches!(first, b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'\n' | b'{' | b'[' | b'*'),
            _ => false,
        };
        if ligature {
            self.out.push_str("{}");
        }
        self.opened = false;
        self.word = false;
        self.group = false;
        self.out.push_str(s);
    }

    fn drop_mark(&mut self, name: &'static str) {
        self.report.dropped = self.report.dropped.or(Some(name));
    }

    /// Walks the text and its marks.
    fn marked(&mut self, text: &Text, protect: Protect, glyphs: &[Glyphs]) {
        let (plain, marks) = (text.as_str(), text.marks());
        let mut open: Vec<Open> = Vec::new();
        let mut protected = 0usize;
        let (mut at, mut index) = (0usize, 0usize);
        loop {
            let start = marks.get(index).map_or(plain.len(), |m| m.start as usize);
            let until = open.last().map_or(plain.len(), |o| o.end - o.glyph).min(start.max(at));
            self.segment(plain, at, until, protected > 0);
            at = at.max(until);
            if let Some(last) = open.last()
                && at >= last.end - last.glyph
                && marks.get(index).is_none_or(|m| m.start as usize >= last.end)
            {
                at = at.max(last.end);
                protected -= usize::from(last.no_case);
                let close = last.close;
                self.close(close);
                open.pop();
                continue;
            }
            let Some(mark) = marks.get(index) else { break };
            let next = marks.get(index + 1);
            let end = mark.end as usize;
            if self.whole(mark, next, plain) {
                at = end;
                index += 1;
                while let Some(inside) = marks.get(index).filter(|m| (m.start as usize) < end) {
                    // A command without text has no other place to be kept.
                    if inside.start == inside.end {
                        self.whole(inside, None, plain);
                    }
                    index += 1;
                }
                continue;
            }
            let glyph = glyphs.get(index).copied().unwrap_or(Glyphs::Literal);
            index += 1;
            if let Some(opened) = self.open(mark, next, glyph, protect) {
                at += opened.glyph;
                protected += usize::from(opened.no_case);
                open.push(opened);
            }
        }
    }

    fn close(&mut self, close: &str) {
        if close.starts_with('\'') {
            self.put(close);
        } else {
            self.out.push_str(close);
        }
        self.opened = false;
        self.word = false;
        self.group = false;
    }

    /// Writes a mark that is one piece of source: math, raw commands, bare addresses.
    fn whole(&mut self, mark: &Mark, next: Option<&Mark>, plain: &str) -> bool {
        let span = plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        match &mark.kind {
            MarkKind::Math => {
                let Some(source) = math(span) else {
                    self.drop_mark("math");
                    return false;
                };
                self.put(&source);
                true
            }
            MarkKind::Raw { format, source }
                if &**format == "latex" && self_contained(source) && !source.is_empty() =>
            {
                self.put(source);
                let word = source.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                self.group = source.ends_with('}');
                self.word = word.len() < source.len() && word.ends_with('\\');
                true
            }
            MarkKind::Raw { .. } => {
                self.drop_mark("raw");
                false
            }
            MarkKind::Link(address) if **address == *span && next.is_none_or(|n| n.start >= mark.end) => {
                self.put("\\url{");
                self.address(address);
                self.out.push('}');
                true
            }
            _ => false,
        }
    }

    /// Opens a mark whose text is written inside it.
    fn open(&mut self, mark: &Mark, next: Option<&Mark>, glyphs: Glyphs, protect: Protect) -> Option<Open> {
        let end = mark.end as usize;
        let (command, close, glyph) = match &mark.kind {
            MarkKind::Italic => ("\\emph{", "}", 0),
            MarkKind::Bold => ("\\textbf{", "}", 0),
            MarkKind::Superscript => ("\\textsuperscript{", "}", 0),
            MarkKind::Subscript => ("\\textsubscript{", "}", 0),
            MarkKind::SmallCaps => ("\\textsc{", "}", 0),
            MarkKind::Underline => ("\\underline{", "}", 0),
            MarkKind::Strike => ("\\sout{", "}", 0),
            MarkKind::Code => ("\\texttt{", "}", 0),
            MarkKind::NoCase if protect == Protect::Never => return None,
            MarkKind::NoCase => {
                // `{\emph{x}}` is a special character to BibTeX and protects nothing; `{{\emph{x}}}` does.
                let lone = next.is_some_and(|n| {
                    n.start == mark.start && n.end == mark.end && !matches!(n.kind, MarkKind::NoCase | MarkKind::Quote)
                });
                self.put(if lone { "{{" } else { "{" });
                self.opened = !lone;
                return Some(Open { end, glyph: 0, close: if lone { "}}" } else { "}" }, no_case: true });
            }
            MarkKind::Quote => match glyphs {
                Glyphs::Literal => {
                    self.drop_mark("quote");
                    return None;
                }
                Glyphs::Double => ("``", "''", '”'.len_utf8()),
                Glyphs::Single => ("`", "'", '’'.len_utf8()),
                Glyphs::SingleCommand => ("\\enquote*{", "}", '’'.len_utf8()),
            },
            MarkKind::Link(address) => {
                self.put("\\href{");
                self.address(address);
                self.out.push_str("}{");
                return Some(Open { end, glyph: 0, close: "}", no_case: false });
            }
            MarkKind::Language(tag) => {
                let Some(name) = tables::babel(tag) else {
                    self.drop_mark("language");
                    return None;
                };
                self.put("\\foreignlanguage{");
                self.out.push_str(name);
                self.out.push_str("}{");
                return Some(Open { end, glyph: 0, close: "}", no_case: false });
            }
            MarkKind::Math | MarkKind::Raw { .. } => return None,
        };
        self.put(command);
        Some(Open { end, glyph, close, no_case: false })
    }

    /// An address as hyperref takes it. Braces and backslashes could unbalance the field and are percent-encoded.
    fn address(&mut self, address: &str) {
        for c in address.chars() {
            match c {
                '%' | '#' | '&' => self.out.extend(['\\', c]),
                '{' => self.out.push_str("\\%7B"),
                '}' => self.out.push_str("\\%7D"),
                '\\' => self.out.push_str("\\%5C"),
                c if c.is_whitespace() => self.out.push_str("\\%20"),
                c => self.out.push(c),
            }
        }
    }

    /// Writes `from..to` of the plain string, its words to be protected in braces.
    fn segment(&mut self, plain: &str, from: usize, to: usize, protected: bool) {
        let mut at = from;
        while at < to && !protected {
            let Some(&(start, end)) = self.words.first() else { break };
            if end <= at {
                self.words = self.words.get(1..).unwrap_or_default();
                continue;
            }
            if start >= to {
                break;
            }
            let (start, end) = (start.max(at), end.min(to));
            self.chars(plain.get(at..start).unwrap_or_default());
            let word = plain.get(start..end).unwrap_or_default();
            if word.chars().any(char::is_uppercase) {
                self.report.protected = true;
                self.put("{");
                self.opened = true;
                self.chars(word);
                self.close("}");
            } else {
                self.chars(word);
            }
            at = end;
        }
        self.chars(plain.get(at..to).unwrap_or_default());
    }

    /// Writes plain characters.
    fn chars(&mut self, plain: &str) {
        let bytes = plain.as_bytes();
        let mut done = 0;
        while let Some(offset) = bytes
            .get(done..)
            .and_then(|rest| rest.iter().enumerate().position(|(i, &b)| self.stops(b, rest.get(i + 1).copied())))
        {
            let mut at = done + offset;
            if bytes.get(at).is_some_and(|b| matches!(b, b'-' | b'\'')) {
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

    /// Whether a byte, before `next`, begins something that is not copied.
    fn stops(&self, b: u8, next: Option<u8>) -> bool {
        match b {
            b'#' | b'$' | b'%' | b'&' | b'_' | b'{' | b'}' | b'~' | b'^' | b'\\' | b'`' | b'\n' => true,
            b'-' | b'\'' => next == Some(b),
            0x80.. if self.ascii => true,
            // No-break space and soft hyphen; narrow no-break space.
            0xc2 => matches!(next, Some(0xa0 | 0xad)),
            0xe2 => next == Some(0x80),
            _ => false,
        }
    }

    /// Writes the character that begins `rest`, with the accents that follow it; the number of bytes it took.
    fn special(&mut self, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 1 };
        let fixed = match c {
            '#' => "\\#",
            '$' => "\\$",
            '%' => "\\%",
            '&' => "\\&",
            '_' => "\\_",
            '{' => "\\textbraceleft{}",
            '}' => "\\textbraceright{}",
            '~' => "\\textasciitilde{}",
            '^' => "\\textasciicircum{}",
            '\\' => "\\textbackslash{}",
            '`' => "\\textasciigrave{}",
            '\n' => "\n\n",
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
            Form::Text(name) => format!("{{\\{name}}}"),
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

/// Math as it may be written: delimited, one formula, its braces balanced.
fn math(source: &str) -> Option<String> {
    let delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];
    let inner = delimiters
        .iter()
        .find_map(|(open, close)| source.strip_prefix(open)?.strip_suffix(close))
        .filter(|inner| !inner.trim().is_empty())?;
    let (mut depth, mut escaped, mut comment) = (0i32, false, false);
    for b in inner.bytes() {
        match b {
            b'(' | b')' | b'[' | b']' if escaped => return None,
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'$' if depth == 0 => return None,
            b'%' => comment = true,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
        if depth < 0 {
            return None;
        }
    }
    if escaped || depth != 0 {
        return None;
    }
    let mut latex = source.to_owned();
    if comment {
        latex = escape_percent(&latex);
    }
    if !balanced(&latex) {
        // BibTeX counts `\{` as a brace; these it does not see.
        latex = latex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ");
    }
    self_contained(&latex).then_some(latex)
}

/// An unescaped percent sign would hide the rest of the line from TeX.
fn escape_percent(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 1);
    let mut escaped = false;
    for c in source.chars() {
        if c == '%' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}
