//! What commands mean: the table, and what is done at each.

use super::math::styled;
use super::{Ends, Reader, verbatim};
use crate::record::MarkKind;
use crate::tex::tables;

/// What a command does.
#[derive(Clone, Copy)]
pub(super) enum Action {
    /// Marks its argument.
    Mark(fn() -> MarkKind),
    /// Marks the rest of the group.
    Switch(fn() -> MarkKind),
    /// Its argument is printed as it is.
    Through,
    /// Nothing is printed and nothing lost.
    Nothing,
    /// A line ends.
    Break,
    /// An argument between quotation marks; with a star, single ones.
    Quoted,
    /// `\href{address}{text}`.
    Href,
    /// `\url{address}`.
    Url,
    /// A verbatim argument to print.
    Verbatim,
    /// `\foreignlanguage{name}{text}`.
    Foreign,
    /// A known command whose argument is not for print: kept as an empty `Raw`.
    Hidden,
    /// A known name that is printed as such: kept as `Raw` over it.
    Logo(&'static str),
    /// `\ensuremath{…}`.
    Math,
}

/// The commands that are neither accents nor characters, sorted by name.
const COMMANDS: &[(&str, Action)] = &[
    ("BibLaTeX", Action::Logo("BibLaTeX")),
    ("BibTeX", Action::Logo("BibTeX")),
    ("LaTeX", Action::Logo("LaTeX")),
    ("LaTeXe", Action::Logo("LaTeX2e")),
    ("TeX", Action::Logo("TeX")),
    ("begin", Action::Hidden),
    ("bf", Action::Switch(|| MarkKind::Bold)),
    ("bfseries", Action::Switch(|| MarkKind::Bold)),
    ("break", Action::Nothing),
    ("color", Action::Hidden),
    ("em", Action::Switch(|| MarkKind::Italic)),
    ("emph", Action::Mark(|| MarkKind::Italic)),
    ("end", Action::Hidden),
    ("enquote", Action::Quoted),
    ("ensuremath", Action::Math),
    ("footnotesize", Action::Nothing),
    ("foreignlanguage", Action::Foreign),
    ("foreigntextquote", Action::Quoted),
    ("hbox", Action::Through),
    ("href", Action::Href),
    ("hspace", Action::Hidden),
    ("hyperlink", Action::Href),
    ("ignorespaces", Action::Nothing),
    ("index", Action::Hidden),
    ("it", Action::Switch(|| MarkKind::Italic)),
    ("itshape", Action::Switch(|| MarkKind::Italic)),
    ("label", Action::Hidden),
    ("leavevmode", Action::Nothing),
    ("linebreak", Action::Break),
    ("lowercase", Action::Through),
    ("mathrm", Action::Through),
    ("mbox", Action::Through),
    ("mkbibbold", Action::Mark(|| MarkKind::Bold)),
    ("mkbibemph", Action::Mark(|| MarkKind::Italic)),
    ("mkbibitalic", Action::Mark(|| MarkKind::Italic)),
    ("mkbibquote", Action::Quoted),
    ("mkbibsubscript", Action::Mark(|| MarkKind::Subscript)),
    ("mkbibsuperscript", Action::Mark(|| MarkKind::Superscript)),
    ("newblock", Action::Nothing),
    ("newline", Action::Break),
    ("nobreak", Action::Nothing),
    ("noindent", Action::Nothing),
    ("nolinkurl", Action::Verbatim),
    ("noop", Action::Hidden),
    ("noopsort", Action::Hidden),
    ("normalfont", Action::Nothing),
    ("normalsize", Action::Nothing),
    ("null", Action::Nothing),
    ("par", Action::Break),
    ("path", Action::Verbatim),
    ("phantom", Action::Hidden),
    ("protect", Action::Nothing),
    ("relax", Action::Nothing),
    ("rm", Action::Nothing),
    ("sb", Action::Mark(|| MarkKind::Subscript)),
    ("sc", Action::Switch(|| MarkKind::SmallCaps)),
    ("scriptsize", Action::Nothing),
    ("scshape", Action::Switch(|| MarkKind::SmallCaps)),
    ("sf", Action::Nothing),
    ("sl", Action::Switch(|| MarkKind::Italic)),
    ("slshape", Action::Switch(|| MarkKind::Italic)),
    ("small", Action::Nothing),
    ("sout", Action::Mark(|| MarkKind::Strike)),
    ("sp", Action::Mark(|| MarkKind::Superscript)),
    ("st", Action::Mark(|| MarkKind::Strike)),
    ("text", Action::Through),
    ("textbf", Action::Mark(|| MarkKind::Bold)),
    ("textcyr", Action::Through),
    ("textcyrillic", Action::Through),
    ("textgreek", Action::Through),
    ("textit", Action::Mark(|| MarkKind::Italic)),
    ("textmd", Action::Through),
    ("textnormal", Action::Through),
    ("textquote", Action::Quoted),
    ("textrm", Action::Through),
    ("textsc", Action::Mark(|| MarkKind::SmallCaps)),
    ("textsf", Action::Through),
    ("textsl", Action::Mark(|| MarkKind::Italic)),
    ("textsubscript", Action::Mark(|| MarkKind::Subscript)),
    ("textsuperscript", Action::Mark(|| MarkKind::Superscript)),
    ("texttt", Action::Mark(|| MarkKind::Code)),
    ("textup", Action::Through),
    ("tiny", Action::Nothing),
    ("tt", Action::Switch(|| MarkKind::Code)),
    ("ttfamily", Action::Switch(|| MarkKind::Code)),
    ("uline", Action::Mark(|| MarkKind::Underline)),
    ("underline", Action::Mark(|| MarkKind::Underline)),
    ("unskip", Action::Nothing),
    ("upshape", Action::Nothing),
    ("url", Action::Url),
    ("vspace", Action::Hidden),
];

pub(super) fn action(name: &str) -> Option<Action> {
    let at = COMMANDS.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    COMMANDS.get(at).map(|&(_, action)| action)
}

/// Control symbols that stand for a character.
const CONTROL: &[(u8, &str)] = &[
    (b'&', "&"),
    (b'%', "%"),
    (b'$', "$"),
    (b'#', "#"),
    (b'_', "_"),
    (b'{', "{"),
    (b'}', "}"),
    (b' ', " "),
    (b'\n', " "),
    (b'\t', " "),
    (b',', "\u{202f}"),
    (b':', "\u{205f}"),
    (b';', "\u{2004}"),
    (b'-', "\u{ad}"),
    (b'\\', "\n"),
    (b'|', "‖"),
    (b'/', ""),
    (b'@', ""),
    (b'!', ""),
];

impl<'a> Reader<'a> {
    /// A backslash and what it makes of the next characters.
    pub(super) fn command(&mut self) {
        let begin = self.at;
        let letters = self.src.as_bytes().get(begin + 1..).unwrap_or_default();
        let len = letters.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        if len == 0 {
            return self.control_symbol();
        }
        let name = self.slice(begin + 1, begin + 1 + len);
        self.at = begin + 1 + len;
        if let Some(accent) = tables::accent_named(name) {
            return self.accent(accent);
        }
        if name == "t" {
            self.argument(Ends::Accent(self.accents.len()));
            self.tie = true;
            return;
        }
        if let Some(c) = tables::symbol(name) {
            self.skip_space();
            let mut utf8 = [0; 4];
            return self.token(0, c.encode_utf8(&mut utf8));
        }
        match action(name) {
            Some(action) => self.act(action, begin),
            None if tables::is_alphabet(name) && self.alphabet(name) => {}
            None => self.unknown(begin, name),
        }
    }

    pub(super) fn control_symbol(&mut self) {
        let begin = self.at;
        let Some(b) = self.byte(begin + 1) else { return self.token(1, "\\") };
        if b == b'(' || b == b'[' {
            let close = if b == b'(' { "\\)" } else { "\\]" };
            if let Some(end) = self.math_end(begin + 2, close) {
                return self.math(begin + 2, end, 2, begin);
            }
        }
        if let Some(&(_, text)) = CONTROL.iter().find(|&&(c, _)| c == b) {
            return self.token(2, text);
        }
        let name = self
            .src
            .get(begin + 1..)
            .and_then(|s| s.chars().next())
            .map_or("", |c| self.slice(begin + 1, begin + 1 + c.len_utf8()));
        self.at = begin + 1 + name.len();
        if let Some(accent) = tables::accent_named(name) {
            return self.accent(accent);
        }
        self.unknown(begin, name);
    }

    pub(super) fn accent(&mut self, accent: &'static tables::Accent) {
        let waiting = self.accents.len();
        self.accents.push(accent);
        self.argument(Ends::Accent(waiting));
    }

    /// Waits for an argument: the next token, or what is between the braces that follow.
    pub(super) fn argument(&mut self, ends: Ends) {
        self.skip_space();
        self.open(ends, true);
        if self.byte(self.at).is_none() {
            self.token_done();
        }
    }

    pub(super) fn act(&mut self, action: Action, begin: usize) {
        match action {
            Action::Mark(kind) => {
                let mark = self.begin(Some(kind()));
                self.argument(Ends::Mark(mark));
            }
            Action::Switch(kind) => {
                self.skip_space();
                // What is on already in this group need not be turned on again.
                let kind = Some(kind());
                let outside = self.frames.last().map_or(0, |f| f.switches);
                let on = self.switches.get(outside..).unwrap_or_default();
                if !on.iter().any(|&mark| self.marks.get(mark).is_some_and(|m| m.2 == kind)) {
                    let mark = self.begin(kind);
                    self.switches.push(mark);
                }
                self.token_done();
            }
            Action::Through => self.argument(Ends::Nothing),
            Action::Nothing => {
                self.skip_space();
                self.token_done();
            }
            Action::Break => {
                self.skip_space();
                self.token(0, "\n");
            }
            Action::Quoted => self.quoted(),
            Action::Href => self.href(),
            Action::Url | Action::Verbatim => match self.braced() {
                Some(address) if matches!(action, Action::Url) => {
                    let address = verbatim(address);
                    self.mark_over(&address, MarkKind::Link(address.as_str().into()));
                    self.token_done();
                }
                Some(text) => self.token(0, &verbatim(text)),
                None => self.argument(Ends::Nothing),
            },
            Action::Foreign => match self.braced().map(tables::language) {
                Some(Some(tag)) => {
                    let mark = self.begin(Some(MarkKind::Language(tag.into())));
                    self.argument(Ends::Mark(mark));
                }
                _ => self.argument(Ends::Nothing),
            },
            Action::Hidden => {
                let mark = self.begin(None);
                self.braced();
                if self.raws == 0 {
                    self.keep_source(mark, begin);
                }
                self.token_done();
            }
            Action::Logo(name) => {
                let mark = self.begin(None);
                self.push(name);
                if self.raws == 0 {
                    self.keep_source(mark, begin);
                }
                self.after_word();
                self.token_done();
            }
            Action::Math => match self.braced() {
                Some(inner) => {
                    let end = self.at - 1;
                    let start = end - inner.len();
                    self.math(start, end, 1, begin);
                }
                None => self.argument(Ends::Nothing),
            },
        }
    }

    /// A command word takes the spaces after it; empty braces that were put there to stop it have done their work.
    pub(super) fn after_word(&mut self) {
        if self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) == Some(b'}') {
            self.at += 2;
        } else {
            self.skip_space();
        }
    }

    /// The inside of the braces that follow, which are skipped.
    pub(super) fn braced(&mut self) -> Option<&'a str> {
        let mut open = self.at;
        while self.byte(open).is_some_and(|b| b.is_ascii_whitespace()) {
            open += 1;
        }
        if self.byte(open) != Some(b'{') {
            return None;
        }
        let close = self.partner(open)?;
        self.at = close + 1;
        Some(self.slice(open + 1, close))
    }

    pub(super) fn quoted(&mut self) {
        let star = self.byte(self.at) == Some(b'*');
        self.at += usize::from(star);
        let nested = self.frames.iter().rev().take(8).filter(|f| matches!(f.ends, Ends::Quote(..))).count() % 2 == 1;
        let mark = self.begin(Some(MarkKind::Quote));
        let (open, close) = if star || nested { ("‘", "’") } else { ("“", "”") };
        self.push(open);
        self.argument(Ends::Quote(mark, close));
    }

    pub(super) fn href(&mut self) {
        match self.braced() {
            Some(address) => {
                let mark = self.begin(Some(MarkKind::Link(verbatim(address).into())));
                self.argument(Ends::Mark(mark));
            }
            None => self.argument(Ends::Nothing),
        }
    }

    /// One letter of a mathematical alphabet; several are left to math.
    pub(super) fn alphabet(&mut self, name: &str) -> bool {
        let from = self.at;
        let styled = self.braced().and_then(|inner| styled(name, inner));
        let Some(c) = styled else {
            self.at = from;
            return false;
        };
        let mut utf8 = [0; 4];
        self.token(0, c.encode_utf8(&mut utf8));
        true
    }

    /// Keeps an unknown command: its arguments are read as text and the whole is marked with its source.
    pub(super) fn unknown(&mut self, begin: usize, name: &'a str) {
        if self.known_unknown.insert(name) {
            self.unknown.push((name.to_owned(), begin));
        }
        self.flush_accents(0);
        if self.byte(self.at) == Some(b'*') {
            self.at += 1;
        }
        self.optional_argument();
        let mark = self.begin(None);
        if self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) != Some(b'}') {
            self.raws += 1;
            self.open(Ends::Raw(mark, begin), false);
            self.at += 1;
            return;
        }
        // A name in capitals is most often an abbreviation for itself (`\USA`).
        if name.bytes().any(|b| b.is_ascii_uppercase()) {
            self.push(name);
        }
        if self.raws == 0 && !self.declaration(mark, begin) {
            self.keep_source(mark, begin);
        }
        if name.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.after_word();
        }
        self.token_done();
    }

    /// Whether an unknown command begins a group with more in it, and so may change how the rest is set: then the whole
    /// group is its source.
    pub(super) fn declaration(&mut self, mark: usize, begin: usize) -> bool {
        let follows = self.byte(self.at);
        if let Some(frame) = self.frames.last_mut()
            && matches!(frame.ends, Ends::Group(None))
            && frame.at + 1 == begin
            && follows.is_some_and(|b| b.is_ascii_whitespace())
        {
            frame.ends = Ends::RawGroup(mark, frame.at);
            self.raws += 1;
            return true;
        }
        false
    }

    /// `[…]` directly after an unknown command, where it is short and simple enough to be one.
    pub(super) fn optional_argument(&mut self) {
        if self.byte(self.at) != Some(b'[') {
            return;
        }
        let rest = self.src.as_bytes().get(self.at..).unwrap_or_default();
        let stop = rest.iter().take(200).position(|b| matches!(b, b']' | b'{' | b'}' | b'\n' | b'$'));
        if let Some(len) = stop
            && rest.get(len) == Some(&b']')
        {
            self.at += len + 1;
        }
    }
}
