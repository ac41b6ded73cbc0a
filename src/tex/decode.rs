//! LaTeX to text.
//!
//! One pass over the source with a stack of open braces and arguments, so that depth costs memory and never the call
//! stack. Accents are applied to the letter that follows as it is appended; marks take their place in the list when
//! they open and get their end when they close.

use super::tables;
use crate::record::{Mark, MarkKind, Text};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::compose, is_nfc_quick};

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text, tidy and in NFC.
    pub text: Text,
    /// The commands that are not known, each once, without the backslash, and the byte where it first stands. The text
    /// keeps them as `Raw` marks.
    pub unknown: Vec<(String, usize)>,
    /// The byte of the first brace without a partner.
    pub unbalanced: Option<usize>,
}

/// Reads LaTeX as BibTeX holds it in a field, without the field's own delimiters.
pub fn decode(latex: &str) -> Decoded {
    if latex.len() > u32::MAX as usize / 4 {
        // Marks count in 32 bits. Nothing of this size is a field.
        return Decoded { text: Text::plain(latex), ..Decoded::default() };
    }
    let mut reader = Reader::new(latex);
    let first = reader.run_end(0);
    if first == latex.len() && (latex.is_ascii() || is_nfc_quick(latex.chars()) == IsNormalized::Yes) {
        return Decoded { text: Text::plain(latex), ..Decoded::default() };
    }
    reader.read();
    reader.finish()
}

/// Reads a verbatim field (an address, an identifier, a path), in which only six escapes mean anything:
/// `\_ \% \& \# \~{} {\textunderscore}`. Section 1.3.
pub fn verbatim(latex: &str) -> String {
    let mut out = String::with_capacity(latex.len());
    let mut rest = latex;
    while let Some(at) = memchr::memchr2(b'\\', b'{', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let escapes = [
            ("\\_", "_"),
            ("\\%", "%"),
            ("\\&", "&"),
            ("\\#", "#"),
            ("\\~{}", "~"),
            ("{\\textunderscore}", "_"),
            ("\\textunderscore{}", "_"),
            ("{\\textasciitilde}", "~"),
            ("\\textasciitilde{}", "~"),
        ];
        let found = escapes.iter().find_map(|&(escape, c)| Some((from.strip_prefix(escape)?, c)));
        let (after, c) =
            found.unwrap_or_else(|| (from.get(1..).unwrap_or_default(), from.get(..1).unwrap_or_default()));
        out.push_str(c);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What a command does.
#[derive(Clone, Copy)]
enum Action {
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

fn action(name: &str) -> Option<Action> {
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

/// What an open brace or argument does when it closes.
enum Ends {
    /// A plain group, perhaps with its `NoCase` mark.
    Group(Option<usize>),
    /// An argument with its mark.
    Mark(usize),
    /// An argument without one.
    Nothing,
    /// The argument of an accent; how many accents were waiting before it.
    Accent(usize),
    /// The argument of an unknown command: its mark, and the byte where its source begins.
    Raw(usize, usize),
    /// A group that begins with an unknown declaration (`{\foo text}`): its mark, and the byte of its brace.
    RawGroup(usize, usize),
    /// A quotation: its mark and closing glyph.
    Quote(usize, &'static str),
}

struct Frame {
    ends: Ends,
    /// Takes one token instead of a group: `\"o`.
    single: bool,
    /// How many switches were on outside.
    switches: usize,
    /// How many quotations were open outside.
    quotes: usize,
    /// Where it begins in the source.
    at: usize,
}

struct Reader<'a> {
    src: &'a str,
    at: usize,
    plain: String,
    /// In the order in which they opened; a mark without a kind came to nothing.
    marks: Vec<(usize, usize, Option<MarkKind>)>,
    frames: Vec<Frame>,
    /// Marks of switches such as `\em`.
    switches: Vec<usize>,
    /// Ligature quotations: mark, and whether single.
    quotes: Vec<(usize, bool)>,
    /// Accents that wait for their letter, the outermost first.
    accents: Vec<&'static tables::Accent>,
    /// A tie waits for its first letter.
    tie: bool,
    /// Unknown commands that are open; inside, no further sources are kept.
    raws: usize,
    /// The end of the last cased letter outside math.
    cased: usize,
    /// Pairs of braces by the first, found when first asked for.
    pairs: Option<Vec<(usize, usize)>>,
    /// Dollar signs that close trivial math, the last first.
    closing: Vec<usize>,
    unknown: Vec<(String, usize)>,
    known_unknown: BTreeSet<&'a str>,
    unbalanced: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(src: &'a str) -> Reader<'a> {
        Reader {
            src,
            at: 0,
            plain: String::new(),
            marks: Vec::new(),
            frames: Vec::new(),
            switches: Vec::new(),
            quotes: Vec::new(),
            accents: Vec::new(),
            tie: false,
            raws: 0,
            cased: 0,
            pairs: None,
            closing: Vec::new(),
            unknown: Vec::new(),
            known_unknown: BTreeSet::new(),
            unbalanced: None,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.src.as_bytes().get(at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.src.get(from..to).unwrap_or_default()
    }

    /// Where plain characters from `from` on end.
    fn run_end(&self, from: usize) -> usize {
        let bytes = self.src.as_bytes();
        let rest = bytes.get(from..).unwrap_or_default();
        let stop = rest.iter().enumerate().position(|(i, &b)| match b {
            b'\\' | b'{' | b'}' | b'$' | b'~' | b'`' | b'\n' | b'\r' => true,
            b'-' => rest.get(i + 1) == Some(&b'-'),
            b'\'' => rest.get(i + 1) == Some(&b'\'') || self.quotes.last().is_some_and(|&(_, single)| single),
            b'?' | b'!' => rest.get(i + 1) == Some(&b'`'),
            _ => false,
        });
        stop.map_or(bytes.len(), |i| from + i)
    }

    fn read(&mut self) {
        self.plain.reserve(self.src.len());
        while let Some(b) = self.byte(self.at) {
            let from = self.at;
            match b {
                b'\\' => self.command(),
                b'{' => self.open_brace(),
                b'}' => self.close_brace(),
                b'$' => self.dollar(),
                b'~' => self.token(1, "\u{a0}"),
                b'\n' | b'\r' => self.line_end(),
                b'`' if self.byte(from + 1) == Some(b'`') => self.open_quote(2, "“", false),
                b'`' => self.open_quote(1, "‘", true),
                b'\'' => self.apostrophe(),
                b'-' if self.src.as_bytes().get(from..from + 3) == Some(b"---") => self.token(3, "—"),
                b'-' if self.byte(from + 1) == Some(b'-') => self.token(2, "–"),
                b'?' if self.byte(from + 1) == Some(b'`') => self.token(2, "¿"),
                b'!' if self.byte(from + 1) == Some(b'`') => self.token(2, "¡"),
                _ => self.run(),
            }
            debug_assert!(self.at > from);
        }
    }

    /// Plain characters: a run, or one where a command waits for its argument.
    fn run(&mut self) {
        let from = self.at;
        if self.frames.last().is_some_and(|f| f.single) {
            let c = self.src.get(from..).and_then(|s| s.chars().next());
            self.at += c.map_or(1, char::len_utf8);
        } else {
            self.at = self.run_end(from).max(from + 1);
        }
        self.push(self.slice(from, self.at));
        self.token_done();
    }

    /// A token of `len` bytes that stands for `text`.
    fn token(&mut self, len: usize, text: &str) {
        self.at += len;
        self.push(text);
        self.token_done();
    }

    /// A line end is a space, an empty line the end of a paragraph.
    fn line_end(&mut self) {
        let from = self.at;
        self.skip_space();
        let lines = self.slice(from, self.at).bytes().filter(|&b| b == b'\n').count();
        self.push(if lines > 1 { "\n" } else { " " });
    }

    fn skip_space(&mut self) {
        while self.byte(self.at).is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Appends characters, with the accents that wait for them.
    fn push(&mut self, text: &str) {
        let mut text = text;
        if !self.accents.is_empty() || self.tie {
            let Some(c) = text.chars().next() else { return };
            text = text.get(c.len_utf8()..).unwrap_or_default();
            let mut base = if self.accents.is_empty() { c } else { undotted(c) };
            let mut more = String::new();
            while let Some(accent) = self.accents.pop() {
                match compose(base, accent.combining).filter(|_| more.is_empty()) {
                    Some(composed) => base = composed,
                    None => more.push(accent.combining),
                }
            }
            if std::mem::take(&mut self.tie) {
                more.push(tables::TIE);
            }
            self.plain.push(base);
            self.plain.push_str(&more);
            self.note_case(base, self.plain.len());
        }
        let before = self.plain.len();
        self.plain.push_str(text);
        if let Some((at, c)) = text.char_indices().rev().find(|&(_, c)| is_cased(c)) {
            self.cased = before + at + c.len_utf8();
        }
    }

    fn note_case(&mut self, c: char, end: usize) {
        if is_cased(c) {
            self.cased = end;
        }
    }

    /// Writes accents that got no letter as characters of their own, down to the first `keep`.
    fn flush_accents(&mut self, keep: usize) {
        let waiting = self.accents.split_off(keep.min(self.accents.len()));
        self.tie = false;
        let outer = std::mem::take(&mut self.accents);
        for accent in waiting {
            match accent.spacing {
                Some(c) => self.plain.push(c),
                None => self.plain.extend(['\u{a0}', accent.combining]),
            }
        }
        self.accents = outer;
    }

    /// Takes a place for a mark that begins here.
    fn begin(&mut self, kind: Option<MarkKind>) -> usize {
        let at = self.plain.len();
        self.marks.push((at, usize::MAX, kind));
        self.marks.len() - 1
    }

    fn end(&mut self, mark: usize) {
        let at = self.plain.len();
        if let Some(slot) = self.marks.get_mut(mark) {
            slot.1 = at;
        }
    }

    fn kind(&mut self, mark: usize, kind: Option<MarkKind>) {
        if let Some(slot) = self.marks.get_mut(mark) {
            slot.2 = kind;
        }
    }

    fn mark_over(&mut self, text: &str, kind: MarkKind) {
        let mark = self.begin(Some(kind));
        self.push(text);
        self.end(mark);
    }

    fn open(&mut self, ends: Ends, single: bool) {
        let (switches, quotes) = (self.switches.len(), self.quotes.len());
        self.frames.push(Frame { ends, single, switches, quotes, at: self.at });
    }

    /// `{`: an argument that a command waits for, or a group.
    fn open_brace(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && frame.single
        {
            frame.single = false;
            frame.at = self.at;
            self.at += 1;
            return;
        }
        if self.byte(self.at + 1) == Some(b'}') {
            self.at += 2;
            return;
        }
        // `{\` is a special character to BibTeX, which protects nothing.
        let special = self.byte(self.at + 1) == Some(b'\\');
        let mark = if special { None } else { Some(self.begin(None)) };
        self.open(Ends::Group(mark), false);
        self.at += 1;
    }

    fn close_brace(&mut self) {
        // A command at the end of its group got no argument.
        while self.frames.last().is_some_and(|f| f.single) {
            self.close_frame();
        }
        if self.frames.is_empty() {
            self.unbalanced = self.unbalanced.or(Some(self.at));
            return self.token(1, "}");
        }
        self.at += 1;
        self.close_frame();
        self.token_done();
    }

    /// A token is complete, and with it every command that wanted just one.
    fn token_done(&mut self) {
        while self.frames.last().is_some_and(|f| f.single) {
            self.close_frame();
        }
    }

    fn close_frame(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        while self.switches.len() > frame.switches {
            if let Some(mark) = self.switches.pop() {
                self.end(mark);
            }
        }
        self.quotes.truncate(frame.quotes);
        match frame.ends {
            Ends::Group(Some(mark)) => {
                let begins = self.marks.get(mark).map_or(usize::MAX, |m| m.0);
                if self.cased > begins {
                    self.kind(mark, Some(MarkKind::NoCase));
                }
                self.end(mark);
            }
            Ends::Group(None) | Ends::Nothing => {}
            Ends::Mark(mark) => self.end(mark),
            Ends::Accent(keep) => self.flush_accents(keep),
            Ends::Quote(mark, glyph) => {
                self.push(glyph);
                self.end(mark);
            }
            Ends::RawGroup(mark, begin) => {
                self.raws -= 1;
                let source = self.slice(begin, self.at).into();
                self.kind(mark, Some(MarkKind::Raw { format: "latex".into(), source }));
                self.end(mark);
            }
            Ends::Raw(mark, begin) => self.close_raw(mark, begin, frame.single),
        }
    }

    /// An unknown command goes on while arguments follow.
    fn close_raw(&mut self, mark: usize, begin: usize, single: bool) {
        if !single && self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) != Some(b'}') {
            self.open(Ends::Raw(mark, begin), false);
            self.at += 1;
            return;
        }
        self.raws -= 1;
        if self.raws == 0 {
            self.keep_source(mark, begin);
        }
    }

    /// Gives a mark its source, with the braces around it where nothing else is in them.
    fn keep_source(&mut self, mark: usize, begin: usize) {
        let (mut from, mut to) = (begin, self.at);
        let only = from.checked_sub(1).filter(|&at| self.byte(at) == Some(b'{'));
        let in_group = matches!(self.frames.last(), Some(Frame { ends: Ends::Group(None), .. }));
        if let Some(brace) = only
            && in_group
            && self.byte(to) == Some(b'}')
        {
            from = brace;
            to += 1;
        }
        let source = self.slice(from, to).into();
        self.kind(mark, Some(MarkKind::Raw { format: "latex".into(), source }));
        self.end(mark);
    }

    /// ` `` ` or `` ` ``.
    fn open_quote(&mut self, len: usize, glyph: &str, single: bool) {
        let mark = self.begin(None);
        self.token(len, glyph);
        self.quotes.push((mark, single));
    }

    /// `''`, or an apostrophe that may close a single quotation.
    fn apostrophe(&mut self) {
        let inside = self.frames.last().map_or(0, |f| f.quotes);
        let open = self.quotes.get(inside..).unwrap_or_default();
        let innermost_single = open.last().is_some_and(|&(_, single)| single);
        let run =
            self.src.as_bytes().get(self.at..).unwrap_or_default().iter().take(3).take_while(|&&b| b == b'\'').count();
        if innermost_single {
            let follows = self.src.get(self.at + 1..).and_then(|s| s.chars().next());
            let double_too = open.len() > 1;
            if run == 1 && !follows.is_some_and(char::is_alphanumeric) || run == 3 && double_too {
                return self.close_quote(1, "’");
            }
        }
        if run < 2 {
            return self.token(1, "'");
        }
        while self.quotes.len() > inside && self.quotes.last().is_some_and(|&(_, single)| single) {
            self.quotes.pop();
        }
        if self.quotes.len() > inside {
            self.close_quote(2, "”");
        } else {
            self.token(2, "”");
        }
    }

    fn close_quote(&mut self, len: usize, glyph: &str) {
        self.token(len, glyph);
        if let Some((mark, _)) = self.quotes.pop() {
            self.restart_switches(mark);
            self.kind(mark, Some(MarkKind::Quote));
            self.end(mark);
        }
    }

    /// Ends the switches that were turned on inside a mark that ends here, and begins them again after it: marks nest.
    fn restart_switches(&mut self, mark: usize) {
        let outside = self.frames.last().map_or(0, |f| f.switches);
        let start = self.marks.get(mark).map_or(0, |m| m.0);
        for index in (outside..self.switches.len()).rev() {
            let Some(&switch) = self.switches.get(index) else { break };
            let Some((from, _, kind)) = self.marks.get(switch).cloned() else { break };
            if from <= start {
                break;
            }
            self.end(switch);
            let again = self.begin(kind);
            if let Some(slot) = self.switches.get_mut(index) {
                *slot = again;
            }
        }
    }

    /// A backslash and what it makes of the next characters.
    fn command(&mut self) {
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

    fn control_symbol(&mut self) {
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

    fn accent(&mut self, accent: &'static tables::Accent) {
        let waiting = self.accents.len();
        self.accents.push(accent);
        self.argument(Ends::Accent(waiting));
    }

    /// Waits for an argument: the next token, or what is between the braces that follow.
    fn argument(&mut self, ends: Ends) {
        self.skip_space();
        self.open(ends, true);
        if self.byte(self.at).is_none() {
            self.token_done();
        }
    }

    fn act(&mut self, action: Action, begin: usize) {
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
    fn after_word(&mut self) {
        if self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) == Some(b'}') {
            self.at += 2;
        } else {
            self.skip_space();
        }
    }

    /// The inside of the braces that follow, which are skipped.
    fn braced(&mut self) -> Option<&'a str> {
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

    fn quoted(&mut self) {
        let star = self.byte(self.at) == Some(b'*');
        self.at += usize::from(star);
        let nested = self.frames.iter().rev().take(8).filter(|f| matches!(f.ends, Ends::Quote(..))).count() % 2 == 1;
        let mark = self.begin(Some(MarkKind::Quote));
        let (open, close) = if star || nested { ("‘", "’") } else { ("“", "”") };
        self.push(open);
        self.argument(Ends::Quote(mark, close));
    }

    fn href(&mut self) {
        match self.braced() {
            Some(address) => {
                let mark = self.begin(Some(MarkKind::Link(verbatim(address).into())));
                self.argument(Ends::Mark(mark));
            }
            None => self.argument(Ends::Nothing),
        }
    }

    /// One letter of a mathematical alphabet; several are left to math.
    fn alphabet(&mut self, name: &str) -> bool {
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
    fn unknown(&mut self, begin: usize, name: &'a str) {
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
    fn declaration(&mut self, mark: usize, begin: usize) -> bool {
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
    fn optional_argument(&mut self) {
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

    /// `$`: math up to its partner, or a dollar sign.
    fn dollar(&mut self) {
        let begin = self.at;
        if self.closing.last() == Some(&begin) {
            self.closing.pop();
            self.at += 1;
            return;
        }
        let delimiter = if self.byte(begin + 1) == Some(b'$') { "$$" } else { "$" };
        match self.math_end(begin + delimiter.len(), delimiter) {
            Some(end) => self.math(begin + delimiter.len(), end, delimiter.len(), begin),
            None => self.token(1, "$"),
        }
    }

    /// Where math that begins at `from` ends, within its group.
    fn math_end(&mut self, from: usize, close: &str) -> Option<usize> {
        let mut at = from;
        loop {
            match self.byte(at)? {
                b'}' => return None,
                b'{' => at = self.partner(at)? + 1,
                _ if self.src.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(close.as_bytes())) => break,
                // Math does not begin inside math: what would is text, and no scan looks at a byte that another has seen.
                b'\\' if matches!(self.byte(at + 1), Some(b'(' | b'[')) => return None,
                b'\\' => at += 2,
                b'$' => return None,
                _ => at += 1,
            }
        }
        let inner = self.slice(from, at);
        // `$5 and $10` are two prices.
        let price = close == "$"
            && inner.ends_with(|c: char| c.is_whitespace())
            && self.byte(at + 1).is_some_and(|b| b.is_ascii_digit());
        (!inner.trim().is_empty() && !price).then_some(at)
    }

    /// Math between `from` and `end`, whose delimiters are `len` bytes and begin at `begin`.
    fn math(&mut self, from: usize, end: usize, len: usize, begin: usize) {
        let inner = self.slice(from, end);
        if let Some(parts) = trivial(inner) {
            for (kind, text) in parts {
                match kind {
                    Some(kind) => self.mark_over(&text, kind),
                    None => self.push(&text),
                }
            }
            self.at = end + len;
            return self.token_done();
        }
        if self.is_text(inner, end) {
            self.closing.push(end);
            self.at = end - inner.trim_start().len();
            return;
        }
        self.flush_accents(0);
        let ensured = self.slice(begin, from).starts_with("\\ensuremath");
        let mark = self.begin(Some(MarkKind::Math));
        if ensured {
            self.plain.push('$');
            self.plain_source(inner);
            self.plain.push('$');
        } else {
            self.plain_source(self.slice(begin, end + len));
        }
        self.end(mark);
        self.at = end + len;
        self.token_done();
    }

    /// Math is kept as it is, its line ends as spaces.
    fn plain_source(&mut self, source: &str) {
        for (index, line) in source.lines().enumerate() {
            if index > 0 {
                self.plain.push(' ');
            }
            self.plain.push_str(line);
        }
    }

    /// Whether math is nothing but a text command (`$\textit{GAMR}$`), which is then read as text.
    fn is_text(&self, inner: &str, end: usize) -> bool {
        let Some(command) = inner.trim().strip_prefix('\\') else { return false };
        let len = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        let Some((name, rest)) = command.split_at_checked(len) else { return false };
        let argument = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        matches!(action(name), Some(Action::Mark(_) | Action::Through))
            && argument.is_some_and(|text| !text.contains(['$', '^', '_', '\\', '{', '}']))
            && self.byte(end) == Some(b'$')
            && self.byte(end + 1) != Some(b'$')
    }

    /// The brace that closes the one at `open`.
    fn partner(&mut self, open: usize) -> Option<usize> {
        let src = self.src;
        let pairs = self.pairs.get_or_insert_with(|| brace_pairs(src.as_bytes()));
        let at = pairs.binary_search_by_key(&open, |&(open, _)| open).ok()?;
        pairs.get(at).map(|&(_, close)| close)
    }

    /// Closes what is open and puts the text in order.
    fn finish(mut self) -> Decoded {
        while let Some(frame) = self.frames.last() {
            if !frame.single {
                self.unbalanced = self.unbalanced.or(Some(frame.at));
                // What was never closed protects nothing.
                if let Ends::Group(Some(_)) = frame.ends
                    && let Some(frame) = self.frames.last_mut()
                {
                    frame.ends = Ends::Nothing;
                }
            }
            self.close_frame();
        }
        while let Some(mark) = self.switches.pop() {
            self.end(mark);
        }
        let plain_length = self.plain.len();
        let mut marks: Vec<Mark> = Vec::new();
        for (start, end, kind) in self.marks {
            let end = end.min(plain_length);
            if let Some(kind) = kind
                && (start < end || matches!(kind, MarkKind::Raw { .. }))
            {
                marks.push(Mark { start: start as u32, end: end as u32, kind });
            }
        }
        marks.sort_by_key(|m| (m.start, Reverse(m.end)));
        marks.dedup_by(|later, earlier| later == earlier && !matches!(later.kind, MarkKind::Raw { .. }));
        if !self.plain.is_ascii() && is_nfc_quick(self.plain.chars()) != IsNormalized::Yes {
            (self.plain, marks) = composed(&self.plain, marks);
        }
        let mut text = Text::with_marks(self.plain, marks);
        text.tidy();
        Decoded { text, unknown: self.unknown, unbalanced: self.unbalanced }
    }
}

/// The letter an accent goes over: the dot of i and j gives way to it.
fn undotted(c: char) -> char {
    match c {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    }
}

fn is_cased(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && (c.is_lowercase() || c.is_uppercase()))
}

/// Pairs of braces, by the first; TeX does not count `\{`.
fn brace_pairs(bytes: &[u8]) -> Vec<(usize, usize)> {
    let (mut pairs, mut open, mut escaped) = (Vec::new(), Vec::new(), false);
    for (at, &b) in bytes.iter().enumerate() {
        match b {
            _ if escaped => {}
            b'{' => open.push(at),
            b'}' => pairs.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    pairs.sort_unstable();
    pairs
}

/// NFC between the ends of marks, which move with it.
fn composed(plain: &str, mut marks: Vec<Mark>) -> (String, Vec<Mark>) {
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.start as usize, m.end as usize]).collect();
    cuts.push(plain.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(plain.len());
    let mut moved = Vec::with_capacity(cuts.len());
    let mut from = 0;
    for &cut in &cuts {
        out.extend(plain.get(from..cut).unwrap_or_default().nfc());
        moved.push(out.len() as u32);
        from = cut;
    }
    let place = |at: u32| {
        let index = cuts.binary_search(&(at as usize)).unwrap_or_default();
        moved.get(index).copied().unwrap_or_default()
    };
    for mark in &mut marks {
        (mark.start, mark.end) = (place(mark.start), place(mark.end));
    }
    (out, marks)
}

/// One letter of an alphabet, itself perhaps a command: `\boldsymbol{\gamma}`.
fn styled(command: &str, inner: &str) -> Option<char> {
    let inner = inner.trim();
    let c = match inner.strip_prefix('\\') {
        Some(name) => tables::symbol(name)?,
        None => {
            let mut chars = inner.chars();
            chars.next().filter(|_| chars.as_str().is_empty())?
        }
    };
    tables::styled(command, c)
}

/// Math that says no more than Unicode and raised or lowered text do: symbols alone, scripts alone.
fn trivial(math: &str) -> Option<Vec<(Option<MarkKind>, String)>> {
    let math = math.trim();
    let math = math.strip_prefix("{}").unwrap_or(math);
    if matches!(math, "^\\circ" | "^{\\circ}" | "^\\degree") {
        return Some(vec![(None, "°".to_owned())]);
    }
    if math.starts_with(['^', '_']) { scripts(math) } else { Some(vec![(None, symbols(math)?)]) }
}

/// A sequence of symbols and single letters of alphabets.
fn symbols(math: &str) -> Option<String> {
    match math {
        "-" => return Some("\u{2212}".to_owned()),
        "<" | ">" | "|" | "=" | "+" | "/" => return Some(math.to_owned()),
        _ => {}
    }
    let mut out = String::new();
    let mut rest = math;
    while let Some(command) = rest.strip_prefix('\\') {
        let len = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, after) = command.split_at_checked(len)?;
        rest = after;
        if tables::is_alphabet(name) {
            let (inner, after) = rest.trim_start().strip_prefix('{')?.split_once('}')?;
            out.push(styled(name, inner)?);
            rest = after;
        } else {
            out.push(tables::symbol(name)?);
        }
        rest = rest.trim_start();
    }
    (rest.is_empty() && !out.is_empty()).then_some(out)
}

/// A sequence of superscripts and subscripts of plain text.
fn scripts(math: &str) -> Option<Vec<(Option<MarkKind>, String)>> {
    let mut parts = Vec::new();
    let mut rest = math;
    while !rest.is_empty() {
        let kind = match rest.as_bytes().first()? {
            b'^' => MarkKind::Superscript,
            b'_' => MarkKind::Subscript,
            _ => return None,
        };
        rest = rest.get(1..)?.trim_start();
        let inner = if let Some(group) = rest.strip_prefix('{') {
            let end = group.find('}')?;
            // A wrapper such as `{\rm th}` or `{\mathrm{th}}` has one pair more.
            let wrapped = group.get(..end)?.contains('{');
            let (inner, after) = (group.get(..end)?, group.get(end + 1..)?);
            rest = if wrapped { after.strip_prefix('}')? } else { after };
            inner
        } else if let Some(command) = rest.strip_prefix('\\') {
            let len = 1 + command.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (name, after) = rest.split_at_checked(len)?;
            let (inner, after) = match after.strip_prefix('{') {
                Some(group) => {
                    let end = group.find('}')?;
                    (rest.get(..len + 1 + end)?, group.get(end + 1..)?)
                }
                None => (name, after),
            };
            rest = after;
            inner
        } else {
            let (c, after) = rest.split_at_checked(rest.chars().next()?.len_utf8())?;
            rest = after;
            c
        };
        parts.push((Some(kind), script(inner)?));
        rest = rest.trim_start();
    }
    Some(parts)
}

/// The text of a script: letters, digits, signs, or symbols.
fn script(inner: &str) -> Option<String> {
    const WRAPPERS: &[&str] = &["\\rm ", "\\mathrm{", "\\textrm{", "\\text{", "\\mbox{", "\\rm{"];
    let inner = inner.trim();
    let inner = WRAPPERS.iter().find_map(|w| inner.strip_prefix(w)).unwrap_or(inner).trim();
    if inner == "\\circ" {
        return Some("∘".to_owned());
    }
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '+' | '-' | '=' | '(' | ')' | ',' | '.' | '*' | '/' | ' ' | '\u{2212}')
    };
    if !inner.is_empty() && inner.chars().all(plain) {
        return Some(inner.to_owned());
    }
    symbols(inner)
}
