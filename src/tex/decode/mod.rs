//! LaTeX to text.
//!
//! One pass over the source with a stack of open braces and arguments, so that depth costs memory and never the call
//! stack. Accents are applied to the letter that follows as it is appended; marks take their place in the list when
//! they open and get their end when they close.
//!
//! - [`entities`]: what databases leave of HTML's;
//! - [`common`]: text that needs none of it;
//! - [`scan`]: where plain characters end;
//! - [`groups`]: braces, arguments, switches;
//! - [`letters`]: appending letters, with accents and letter case;
//! - [`quotes`]: quotation marks;
//! - [`command_table`], [`commands`], [`arguments`], [`unknown`]: what begins with a backslash;
//! - [`math`], [`trivial`], [`chemistry`]: formulas that are text in disguise, and those that are not;
//! - [`finish`]: the text put in order.

mod act;
mod arguments;
mod chemistry;
mod command_table;
mod commands;
mod common;
mod entities;
mod finish;
mod groups;
mod letters;
mod math;
mod quotes;
mod scan;
mod trivial;
mod unknown;

use super::tables;
use crate::bytes::is_nfc;
use crate::record::{MarkKind, Text};
use command_table::Case;
use std::collections::BTreeSet;

pub(crate) use common::{is_same, letter};
pub(crate) use entities::ends_in_entity;

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
    match common::common(latex) {
        Some(text) => Decoded { text, ..Decoded::default() },
        None => decode_all(entities::decoded(latex).as_deref().unwrap_or(latex)),
    }
}

/// Reads any LaTeX.
fn decode_all(latex: &str) -> Decoded {
    let mut reader = Reader::new(latex);
    if reader.run_end(0) == latex.len() && is_nfc(latex) {
        return Decoded { text: Text::plain(latex), ..Decoded::default() };
    }
    reader.read();
    reader.finish()
}

/// What stands for a sign of an address: the escapes of section 1.3, with the braces that Mendeley puts around them, and
/// the ways to a tilde. The longer of two that begin alike comes first.
pub(crate) const ESCAPES: &[(&str, &str)] = &[
    ("\\_", "_"),
    ("\\%", "%"),
    ("\\&", "&"),
    ("\\#", "#"),
    ("\\~{}", "~"),
    ("\\~", "~"),
    ("{\\_}", "_"),
    ("{\\%}", "%"),
    ("{\\&}", "&"),
    ("{\\#}", "#"),
    ("{\\~{}}", "~"),
    ("{\\~}", "~"),
    ("{_}", "_"),
    ("{%}", "%"),
    ("{&}", "&"),
    ("{#}", "#"),
    ("{~}", "~"),
    ("$\\sim$", "~"),
    ("{$\\sim$}", "~"),
    ("{\\textunderscore}", "_"),
    ("\\textunderscore{}", "_"),
    ("{\\textasciitilde}", "~"),
    ("\\textasciitilde{}", "~"),
    ("\\textasciitilde ", "~"),
];

/// Reads a verbatim field (an address, an identifier, a path), in which only a few escapes mean anything.
pub fn verbatim(latex: &str) -> String {
    let mut out = String::with_capacity(latex.len());
    let mut rest = latex;
    while let Some(at) = memchr::memchr3(b'\\', b'{', b'$', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let found = ESCAPES.iter().find_map(|&(escape, c)| Some((from.strip_prefix(escape)?, c)));
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
    /// An argument in parentheses or brackets: the closing one.
    Wrapped(&'static str),
    /// An argument whose letter case is changed: the change that holds outside.
    Case(Option<Case>),
    /// The argument to print of a known command that says more: its mark, the byte where its source begins, and how many
    /// arguments behind it are not for print.
    Known(usize, usize, usize),
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
    /// Low quotation marks that are open: `„`.
    low_quotes: usize,
    /// How many quotation marks were written as `\"`.
    escaped_quotes: usize,
    /// Where the last mark stands that could close a low one, once asked for.
    last_low_end: Option<usize>,
    /// The change of letter case that holds.
    case: Option<Case>,
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
            low_quotes: 0,
            escaped_quotes: 0,
            last_low_end: None,
            case: None,
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

    fn read(&mut self) {
        self.plain.reserve(self.src.len());
        while let Some(b) = self.byte(self.at) {
            let from = self.at;
            match b {
                b'\\' => self.command(),
                b'{' => self.open_brace(),
                b'}' => self.close_brace(),
                b'$' => self.dollar(),
                b'~' if self.in_address() => self.token(1, "~"),
                b'~' => self.token(1, "\u{a0}"),
                b'\n' | b'\r' => self.line_end(),
                b'`' if self.byte(from + 1) == Some(b'`') => self.open_quote(2, "“", false),
                b'`' => self.open_quote(1, "‘", true),
                b'\'' => self.apostrophe(),
                b'"' if self.low_quote() => {}
                b',' if self.low_commas() => {}
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
        self.push(self.before_unskip(self.slice(from, self.at)));
        self.token_done();
    }

    /// Whether a `~` is the home directory of an address that somebody wrote without `\url`: nothing is tied to a slash.
    fn in_address(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.byte(at));
        before == Some(b'/') && self.byte(self.at + 1).is_some_and(|b| b.is_ascii_alphabetic())
    }

    /// A run without the space at its end where a command follows that takes it back.
    fn before_unskip<'t>(&self, run: &'t str) -> &'t str {
        let Some(rest) = self.src.get(self.at..).filter(|rest| rest.starts_with('\\') && run.ends_with(' ')) else {
            return run;
        };
        let takes = ["\\unskip", "\\fg"].iter().any(|name| {
            rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        if takes { run.trim_end_matches(' ') } else { run }
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What has a meaning to either reader, between middle points.
    const PIECES: &str = "a·Bc· · ·  ·{·}·{}·{\\\"o}·\\'{e}·\\'\\i·{\\'{\\i}}·\\v s·\\v{s}·\\c c·{\\o}·\\ss{}·\\ss·\\aa x·\
        \\.{i}·\\H{o}·\\t{oo}·\\\"·\\·\\&·\\%·\\_·\\$·\\{·&·-·--·---·~·/·/~x·`·'·''·\"·\"'·\"`·,·,,·.·..·!·\
        ?·|·$x$·\n· \n  ·\n\n·\r\n·\t·\u{7f}·\u{0}·é·×·\u{a0}·\u{85}·ő·\u{301}·–·“·\u{2028}·Ж·王·\u{212b}·ı·\
        &amp;·\\&amp;·{\\&}amp;·\\&\\#8217;·amp;·;·\\emph{x}·\\foo·\\cite·{A}·{{B}}·\\u{\\i}·\\^\\j}·\\cb s·\\=·=";

    #[test]
    fn letters_that_stand_alone_do_before_and_behind_any() {
        for c in ('\u{80}'..'\u{3400}').chain(('\u{3400}'..=char::MAX).step_by(1009)) {
            for latex in [c.to_string(), format!("e{c}"), format!("{c}\u{301}"), format!("{{{c}x}}")] {
                if let Some(text) = common::common(&latex) {
                    assert_eq!(Decoded { text, ..Decoded::default() }, decode_all(&latex), "{latex:?}");
                }
            }
        }
    }

    fn pieces_of(pieces: &'static str) -> impl Strategy<Value = &'static str> {
        prop::sample::select(pieces.split('·').collect::<Vec<_>>())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_common_case_is_what_the_reader_makes_of_it(pieces in prop::collection::vec(pieces_of(PIECES), 0..9)) {
            let latex = pieces.concat();
            if let Some(text) = common::common(&latex) {
                prop_assert_eq!(Decoded { text, ..Decoded::default() }, decode_all(&latex), "{:?}", latex);
                prop_assert_eq!(entities::decoded(&latex), None, "{:?}", latex);
            }
        }

        #[test]
        fn what_is_the_same_is_the_same(pieces in prop::collection::vec(pieces_of(PIECES), 0..5), c: char, ascii: bool) {
            let string = pieces.concat() + &c.to_string();
            if is_same(&string, ascii) {
                let mut out = String::new();
                let _ = crate::tex::encode_str(&string, ascii, &mut out);
                prop_assert_eq!(&out, &string);
                let text = Text::with_marks(string.clone(), Vec::new());
                prop_assert_eq!(decode_all(&string), Decoded { text, ..Decoded::default() });
            }
        }

        #[test]
        fn all_letters_are_read(letters in prop::collection::vec(any::<char>(), 0..4), between in pieces_of(PIECES)) {
            let latex: String = letters.iter().flat_map(|c| [c.to_string(), between.to_string()]).collect();
            if let Some(text) = common::common(&latex) {
                prop_assert_eq!(Decoded { text, ..Decoded::default() }, decode_all(&latex), "{:?}", latex);
            }
        }

        #[test]
        fn a_letter_is_what_the_reader_makes_of_it(pieces in prop::collection::vec(pieces_of(PIECES), 1..4)) {
            let latex = pieces.concat();
            if let Some((c, len)) = letter(latex.as_bytes()) {
                let source = latex.get(..len).unwrap_or_default();
                let decoded = decode_all(source);
                prop_assert_eq!(decoded.text.as_str(), c.to_string(), "{:?}", source);
            }
        }
    }
}
