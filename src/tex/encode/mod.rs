//! Text to LaTeX that BibTeX and Biber accept between braces.

mod chars;
mod quotes;
mod source;

use super::protect::words_to_protect;
use super::{Encode, Protect};
use crate::record::{Lang, Mark, MarkKind, Text};
use quotes::{Glyphs, quotes_to_write};
pub use source::balanced;
use source::{math, one_group, put_address, self_contained};

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
    /// And, as it has no argument yet, a star or a bracket would be a part of it.
    bare: bool,
    /// Math was written that a digit behind it would make a price: `$n $1` is read as `$5 and $10` is.
    price: bool,
    report: Encoded,
}

impl<'a> Writer<'a> {
    fn new(ascii: bool, out: &'a mut String) -> Writer<'a> {
        let base = out.len();
        Writer {
            out,
            base,
            ascii,
            words: &[],
            opened: false,
            word: false,
            group: false,
            bare: false,
            price: false,
            report: Encoded::default(),
        }
    }

    /// Appends markup or text, kept apart by `{}` from what it would join to mean something else.
    fn put(&mut self, s: &str) {
        let Some(&first) = s.as_bytes().first() else { return };
        let written = self.out.as_bytes().get(self.base..).unwrap_or_default();
        let ligature = match (written.last(), first) {
            (Some(b'-'), b'-') | (Some(b','), b',') | (Some(b'\''), b'\'') => true,
            (Some(b'`' | b'?' | b'!' | b'"'), b'`') => true,
            (_, b'{') if self.group => true,
            (_, b'[' | b'*') if self.bare => true,
            (_, b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'\n') if self.word => true,
            _ if self.price => first.is_ascii_digit(),
            _ => self.opened && first == b'\\',
        };
        if ligature {
            self.out.push_str("{}");
        }
        self.opened = false;
        self.word = false;
        self.group = false;
        self.bare = false;
        self.price = false;
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
            let rest = marks.get(index + 1..).unwrap_or_default();
            if self.whole(mark, next, rest, plain) {
                at = end;
                index += 1;
                while let Some(inside) = marks.get(index).filter(|m| (m.start as usize) < end) {
                    // A command without text has no other place to be kept.
                    if inside.start == inside.end && inside.start > mark.start {
                        self.whole(inside, None, &[], plain);
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
        self.bare = false;
        self.price = false;
    }

    /// Writes commands without text that stand where a mark begins: what sorts before what is printed.
    fn leading(&mut self, start: u32, rest: &[Mark], plain: &str) {
        for mark in rest.iter().take_while(|m| m.start == start).filter(|m| m.end == start) {
            self.whole(mark, None, &[], plain);
        }
    }

    /// Writes a mark that is one piece of source: math, raw commands, bare addresses; `rest` are the marks behind it.
    fn whole(&mut self, mark: &Mark, next: Option<&Mark>, rest: &[Mark], plain: &str) -> bool {
        let rest = if mark.start < mark.end { rest } else { &[] };
        let span = plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        match &mark.kind {
            MarkKind::Math => {
                let Some(source) = math(span) else {
                    self.drop_mark("math");
                    return false;
                };
                self.leading(mark.start, rest, plain);
                self.put(&source);
                self.price = source.strip_suffix('$').is_some_and(|inner| inner.ends_with(char::is_whitespace));
                true
            }
            MarkKind::Raw { format, source }
                if &**format == "latex" && self_contained(source) && !source.is_empty() =>
            {
                self.leading(mark.start, rest, plain);
                self.put(source);
                let word = source.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                self.group = !one_group(source);
                self.bare = !source.ends_with('}');
                self.word = word.len() < source.len() && word.ends_with('\\');
                true
            }
            MarkKind::Raw { .. } => {
                self.drop_mark("raw");
                false
            }
            MarkKind::Link(address) if **address == *span && next.is_none_or(|n| n.start >= mark.end) => {
                self.leading(mark.start, rest, plain);
                self.put("\\url{");
                put_address(address, self.out);
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
                put_address(address, self.out);
                self.out.push_str("}{");
                return Some(Open { end, glyph: 0, close: "}", no_case: false });
            }
            MarkKind::Language(tag) => {
                let Some(name) = babel_name(tag) else {
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
}

/// The name that `\foreignlanguage` takes for a language, where it stands for this very tag.
fn babel_name(tag: &str) -> Option<&'static str> {
    let name = Lang::verbatim(tag).babel_name()?;
    Lang::from_babel(name).filter(|lang| lang.as_str() == tag).map(|_| name)
}
