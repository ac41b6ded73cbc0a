//! What is done at each command of the table.

use super::command_table::{Action, bib_string};
use super::{Ends, Reader, verbatim};
use crate::record::{Lang, MarkKind};
use crate::tex::tables;

impl Reader<'_> {
    /// Does what a command asks for that begins at `begin`, of which the name was read.
    pub(super) fn act(&mut self, action: Action, begin: usize) {
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
            Action::Break => self.prints("\n"),
            Action::BreakHint => {
                let may = self.bracketed().is_some_and(|strength| strength != "4");
                self.prints(if may { "" } else { "\n" });
            }
            Action::Prints(text) => self.prints(text),
            Action::Raised(text) => {
                self.skip_space();
                self.mark_over(text, MarkKind::Superscript);
                self.token_done();
            }
            Action::Quoted => self.quoted(),
            Action::Href => self.href(),
            Action::Url => self.address(true),
            Action::Verbatim => self.address(false),
            Action::Verb => self.verb(begin),
            Action::Foreign(quoted) => self.foreign(quoted),
            Action::In(tag) => {
                self.bracketed();
                self.language(Some(tag));
            }
            Action::Greek => self.greek(),
            Action::Hidden => self.hidden(begin),
            Action::Known(before, after) => self.known_around(before, after, begin),
            Action::Logo(name) => self.logo(name, begin),
            Action::Cited => self.cited(begin),
            Action::BibString => self.bib_string(begin),
            Action::Swapped => self.swapped(begin),
            Action::Math => self.math_argument(begin),
            Action::Chemistry => self.formula(begin),
            Action::Code => {
                let character = self.number().and_then(font_character);
                self.character(character, begin);
            }
            Action::HexCode => {
                let code = self.braced().and_then(|hex| u32::from_str_radix(hex, 16).ok());
                self.character(code.and_then(char::from_u32).filter(|c| !c.is_control()), begin);
            }
            Action::FontAccent => match self.number().and_then(tables::font_accent) {
                Some(accent) => self.accent(accent),
                None => self.lacks_argument(begin),
            },
            Action::Next => self.next_as_it_is(),
            Action::Dimension => {
                let mark = self.begin_known();
                self.dimension();
                self.known(mark, begin);
            }
            Action::Discretionary => self.discretionary(),
        }
    }

    /// What stands for a text, and takes the spaces after it.
    fn prints(&mut self, text: &str) {
        self.skip_space();
        self.token(0, text);
    }

    /// A character by its number, if there is one.
    fn character(&mut self, character: Option<char>, begin: usize) {
        match character {
            Some(c) => self.token(0, c.encode_utf8(&mut [0; 4])),
            None => self.lacks_argument(begin),
        }
    }

    /// Text in which nothing is a command: an address, which becomes a link, or any other.
    fn address(&mut self, links: bool) {
        match self.braced().or_else(|| self.delimited()) {
            Some(address) if links => {
                let address = verbatim(address);
                self.mark_over(&address, MarkKind::Link(address.as_str().into()));
                self.token_done();
            }
            Some(text) => self.token(0, &verbatim(text)),
            None => self.argument(Ends::Nothing),
        }
    }

    /// Words of another language, in quotation marks or not.
    fn foreign(&mut self, quoted: bool) {
        self.bracketed();
        let lang = self.braced().and_then(Lang::from_babel);
        if quoted {
            self.quoted();
        } else {
            self.language(lang.as_ref().map(Lang::as_str));
        }
    }

    /// What prints nothing, and is kept.
    fn hidden(&mut self, begin: usize) {
        let mark = self.begin_known();
        self.bracketed();
        self.braced();
        self.known(mark, begin);
    }

    /// What prints one of its arguments, behind and before so many others.
    fn known_around(&mut self, before: usize, after: usize, begin: usize) {
        let mark = self.begin_known();
        self.bracketed();
        for _ in 0..before {
            self.braced();
        }
        self.bracketed();
        self.raws += 1;
        self.argument(Ends::Known(mark, begin, after));
    }

    /// A citation prints its keys.
    fn cited(&mut self, begin: usize) {
        let mark = self.begin_known();
        self.bracketed();
        self.bracketed();
        let keys = self.braced().unwrap_or_default();
        self.push(keys);
        self.known(mark, begin);
    }

    /// A word of the language files of BibLaTeX.
    fn bib_string(&mut self, begin: usize) {
        let mark = self.begin_known();
        let key = self.braced().unwrap_or_default();
        self.push(bib_string(key));
        self.known(mark, begin);
    }

    /// What prints its second argument before its first.
    fn swapped(&mut self, begin: usize) {
        let mark = self.begin_known();
        let (second, first) = (self.braced().unwrap_or_default(), self.braced().unwrap_or_default());
        self.push(first);
        self.push(&second.replace("--", "–"));
        self.known(mark, begin);
    }

    /// What has math as its argument.
    fn math_argument(&mut self, begin: usize) {
        match self.braced() {
            Some(inner) => {
                let end = self.at - 1;
                let start = end - inner.len();
                self.math(start, end, 1, begin);
            }
            None => self.argument(Ends::Nothing),
        }
    }

    /// The next character, whatever it is otherwise.
    fn next_as_it_is(&mut self) {
        let c = self.src.get(self.at..).and_then(|rest| rest.chars().next());
        let len = c.filter(|c| !matches!(c, '{' | '}')).map_or(0, char::len_utf8);
        let next = self.slice(self.at, self.at + len);
        self.token(len, next);
    }

    /// Where a word may be broken: with a hyphen, or with what is given.
    fn discretionary(&mut self) {
        let (before, after) = (self.braced().unwrap_or_default(), self.braced().unwrap_or_default());
        if before == "-" && after.is_empty() && self.src.get(self.at..).is_some_and(|s| s.starts_with("{}")) {
            return self.token(2, "\u{ad}");
        }
        self.argument(Ends::Nothing);
    }

    /// A name that is printed as such: kept with the command that stands for it.
    pub(super) fn logo(&mut self, name: &str, begin: usize) {
        let mark = self.begin_known();
        self.push(name);
        if self.raws == 0 {
            self.keep_source(mark, begin);
        }
        self.after_word();
        self.token_done();
    }

    /// Words in quotation marks: the inner ones where they stand in others.
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

    /// Words that are a link.
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

    /// Words of a language.
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
            None => self.lacks_argument(begin),
        }
    }

    /// A command that needs something which does not follow is one that is not known.
    fn lacks_argument(&mut self, begin: usize) {
        let rest = self.src.get(begin + 1..).unwrap_or_default();
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.at = begin + 1 + len;
        self.unknown(begin, self.slice(begin + 1, begin + 1 + len));
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
