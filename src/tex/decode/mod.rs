//! LaTeX to text.
//!
//! One pass over the source with a stack of open braces and arguments, so that depth costs memory and never the call
//! stack. Accents are applied to the letter that follows as it is appended; marks take their place in the list when
//! they open and get their end when they close.

mod commands;
mod math;

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
