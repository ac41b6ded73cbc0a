//! What begins with a backslash, and what is done at each command.

use super::command_table::{Action, action, bib_string};
use super::{Ends, Reader, verbatim};
use crate::record::{Lang, MarkKind};
use crate::tex::tables;

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
    (b'\r', " "),
    (b'\t', " "),
    (b',', "\u{202f}"),
    (b':', "\u{205f}"),
    (b';', "\u{2004}"),
    (b'-', "\u{ad}"),
    (b'|', "‖"),
    (b'/', ""),
    (b'@', ""),
    (b'!', ""),
];

impl Reader<'_> {
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
        if let Some(action) = action(name) {
            return self.act(action, begin);
        }
        if let Some(title) = tables::journal(name) {
            return self.logo(title, begin);
        }
        if !(tables::is_alphabet(name) && self.alphabet(name)) {
            self.unknown(begin, name);
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
        if b == b'\\' {
            self.at += 2;
            self.after_line_break();
            return self.token(0, "\n");
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

    fn act(&mut self, action: Action, begin: usize) {
        match action {
            Action::Mark(kind) => {
                let mark = self.begin(Some(kind()));
                self.argument(Ends::Mark(mark));
            }
            Action::Switch(kind) => self.switch(&kind()),
            Action::Off(is_off) => self.switch_off(is_off),
            Action::Through => self.argument(Ends::Nothing),
            Action::Case(case) => {
                let outside = self.case.replace(case);
                self.argument(Ends::Case(outside));
            }
            Action::Wrapped(open, close) => {
                self.push(open);
                self.argument(Ends::Wrapped(close));
            }
            Action::Nothing => {
                self.skip_space();
                self.token_done();
            }
            Action::Break => {
                self.skip_space();
                self.token(0, "\n");
            }
            Action::BreakHint => {
                let may = self.bracketed().is_some_and(|strength| strength != "4");
                self.skip_space();
                self.token(0, if may { "" } else { "\n" });
            }
            Action::Prints(text) => {
                self.skip_space();
                self.token(0, text);
            }
            Action::Raised(text) => {
                self.skip_space();
                self.mark_over(text, MarkKind::Superscript);
                self.token_done();
            }
            Action::Quoted => self.quoted(),
            Action::Href => self.href(),
            Action::Url | Action::Verbatim => match self.braced().or_else(|| self.delimited()) {
                Some(address) if matches!(action, Action::Url) => {
                    let address = verbatim(address);
                    self.mark_over(&address, MarkKind::Link(address.as_str().into()));
                    self.token_done();
                }
                Some(text) => self.token(0, &verbatim(text)),
                None => self.argument(Ends::Nothing),
            },
            Action::Verb => self.verb(begin),
            Action::Foreign(quoted) => {
                self.bracketed();
                let lang = self.braced().and_then(Lang::from_babel);
                if quoted {
                    self.quoted();
                } else {
                    self.language(lang.as_ref().map(Lang::as_str));
                }
            }
            Action::In(tag) => {
                self.bracketed();
                self.language(Some(tag));
            }
            Action::Greek => self.greek(),
            Action::Hidden => {
                let mark = self.begin_known();
                self.bracketed();
                self.braced();
                self.known(mark, begin);
            }
            Action::Known(before, after) => {
                let mark = self.begin_known();
                self.bracketed();
                for _ in 0..before {
                    self.braced();
                }
                self.bracketed();
                self.raws += 1;
                self.argument(Ends::Known(mark, begin, after));
            }
            Action::Logo(name) => self.logo(name, begin),
            Action::Cited => {
                let mark = self.begin_known();
                self.bracketed();
                self.bracketed();
                let keys = self.braced().unwrap_or_default();
                self.push(keys);
                self.known(mark, begin);
            }
            Action::BibString => {
                let mark = self.begin_known();
                let key = self.braced().unwrap_or_default();
                self.push(bib_string(key));
                self.known(mark, begin);
            }
            Action::Swapped => {
                let mark = self.begin_known();
                let (second, first) = (self.braced().unwrap_or_default(), self.braced().unwrap_or_default());
                self.push(first);
                self.push(&second.replace("--", "–"));
                self.known(mark, begin);
            }
            Action::Math => match self.braced() {
                Some(inner) => {
                    let end = self.at - 1;
                    let start = end - inner.len();
                    self.math(start, end, 1, begin);
                }
                None => self.argument(Ends::Nothing),
            },
            Action::Chemistry => self.formula(begin),
            Action::Code => match self.number().and_then(font_character) {
                Some(c) => self.token(0, c.encode_utf8(&mut [0; 4])),
                None => self.number_unknown(begin),
            },
            Action::HexCode => {
                let code = self.braced().and_then(|hex| u32::from_str_radix(hex, 16).ok());
                match code.and_then(char::from_u32).filter(|c| !c.is_control()) {
                    Some(c) => self.token(0, c.encode_utf8(&mut [0; 4])),
                    None => self.number_unknown(begin),
                }
            }
            Action::FontAccent => match self.number().and_then(tables::font_accent) {
                Some(accent) => self.accent(accent),
                None => self.number_unknown(begin),
            },
            Action::Next => {
                let c = self.src.get(self.at..).and_then(|rest| rest.chars().next());
                let len = c.filter(|c| !matches!(c, '{' | '}')).map_or(0, char::len_utf8);
                let next = self.slice(self.at, self.at + len);
                self.token(len, next);
            }
            Action::Dimension => {
                let mark = self.begin_known();
                self.dimension();
                self.known(mark, begin);
            }
            Action::Discretionary => {
                let (before, after) = (self.braced().unwrap_or_default(), self.braced().unwrap_or_default());
                if before == "-" && after.is_empty() && self.src.get(self.at..).is_some_and(|s| s.starts_with("{}")) {
                    return self.token(2, "\u{ad}");
                }
                self.argument(Ends::Nothing);
            }
        }
    }

    /// Begins a switch, unless it is on already in this group.
    fn switch(&mut self, kind: &MarkKind) {
        self.skip_space();
        let outside = self.frames.last().map_or(0, |f| f.switches);
        let on = self.switches.get(outside..).unwrap_or_default();
        if !on.iter().any(|&mark| self.marks.get(mark).is_some_and(|m| m.2.as_ref() == Some(kind))) {
            let mark = self.begin(Some(kind.clone()));
            self.switches.push(mark);
        }
        self.token_done();
    }

    /// Ends switches that were turned on in this group; those inside them end too, and begin again.
    fn switch_off(&mut self, is_off: fn(&MarkKind) -> bool) {
        self.skip_space();
        let outside = self.frames.last().map_or(0, |f| f.switches);
        let off = |reader: &Self, mark: usize| reader.marks.get(mark).and_then(|m| m.2.as_ref()).is_some_and(is_off);
        let on = self.switches.get(outside..).unwrap_or_default();
        if let Some(first) = on.iter().position(|&mark| off(self, mark)) {
            for mark in self.switches.split_off(outside + first) {
                self.end(mark);
                if !off(self, mark) {
                    let kind = self.marks.get(mark).and_then(|m| m.2.clone());
                    let again = self.begin(kind);
                    self.switches.push(again);
                }
            }
        }
        self.token_done();
    }

    /// Takes a place for the mark of a command that keeps its source. An accent finds no letter there.
    pub(super) fn begin_known(&mut self) -> usize {
        self.flush_accents(0);
        self.begin(None)
    }

    /// A known command that ends here: it keeps its source.
    pub(super) fn known(&mut self, mark: usize, begin: usize) {
        if self.raws == 0 {
            self.keep_source(mark, begin);
        }
        self.token_done();
    }

    /// A name that is printed as such: kept with the command that stands for it.
    fn logo(&mut self, name: &str, begin: usize) {
        let mark = self.begin_known();
        self.push(name);
        if self.raws == 0 {
            self.keep_source(mark, begin);
        }
        self.after_word();
        self.token_done();
    }

    /// A command word takes the spaces after it; empty braces that were put there to stop it have done their work.
    pub(super) fn after_word(&mut self) {
        if self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) == Some(b'}') {
            self.at += 2;
        } else {
            self.skip_space();
        }
    }

    fn quoted(&mut self) {
        let star = self.byte(self.at) == Some(b'*');
        self.at += usize::from(star);
        self.bracketed();
        self.bracketed();
        let nested = self.frames.iter().rev().take(8).filter(|f| matches!(f.ends, Ends::Quote(..))).count() % 2 == 1;
        let mark = self.begin(Some(MarkKind::Quote));
        let (open, close) = if star || nested { ("‘", "’") } else { ("“", "”") };
        self.push(open);
        self.argument(Ends::Quote(mark, close));
    }

    fn href(&mut self) {
        self.bracketed();
        match self.braced() {
            Some(address) => {
                let mark = self.begin(Some(MarkKind::Link(verbatim(address).into())));
                self.argument(Ends::Mark(mark));
            }
            None => self.argument(Ends::Nothing),
        }
    }

    fn language(&mut self, tag: Option<&str>) {
        match tag {
            Some(tag) => {
                let mark = self.begin(Some(MarkKind::Language(tag.into())));
                self.argument(Ends::Mark(mark));
            }
            None => self.argument(Ends::Nothing),
        }
    }

    /// Greek: in the letters of the font encoding LGR, or as it is.
    fn greek(&mut self) {
        let from = self.at;
        match self.braced().filter(|inner| inner.is_ascii()).and_then(tables::transliterated) {
            Some(greek) => {
                self.mark_over(&greek, MarkKind::Language("el".into()));
                self.token_done();
            }
            None => {
                self.at = from;
                self.argument(Ends::Nothing);
            }
        }
    }

    /// Program text between two of the same character.
    fn verb(&mut self, begin: usize) {
        self.at += usize::from(self.byte(self.at) == Some(b'*'));
        self.bracketed();
        match self.delimited().or_else(|| self.braced()) {
            Some(text) => {
                self.mark_over(text, MarkKind::Code);
                self.token_done();
            }
            None => self.number_unknown(begin),
        }
    }

    /// A command that needs something which does not follow is one that is not known.
    fn number_unknown(&mut self, begin: usize) {
        let rest = self.src.get(begin + 1..).unwrap_or_default();
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.at = begin + 1 + len;
        self.unknown(begin, self.slice(begin + 1, begin + 1 + len));
    }

    /// One letter of a mathematical alphabet; several are left to math.
    fn alphabet(&mut self, name: &str) -> bool {
        let from = self.at;
        let styled = self.braced().and_then(|inner| super::math::styled(name, inner));
        let Some(c) = styled else {
            self.at = from;
            return false;
        };
        self.token(0, c.encode_utf8(&mut [0; 4]));
        true
    }
}

/// The character at a place of a font, where all encodings that are in use agree: ASCII, the letters that T1 shares with
/// Latin-1, and Unicode above.
fn font_character(code: u32) -> Option<char> {
    match code {
        0x20..=0x7e | 0xc0..=0xd6 | 0xd8..=0xde | 0xe0..=0xf6 | 0xf8..=0xfe | 0x100.. => char::from_u32(code),
        _ => None,
    }
}
