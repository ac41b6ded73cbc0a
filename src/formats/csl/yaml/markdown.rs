//! Rich text as pandoc has it in CSL-YAML: Markdown. What is read becomes the tags of CSL-JSON, and what is written is made
//! of them, so that both formats share everything else.
//!
//! `*italic*` and `_italic_`, `**bold**`, `^raised^`, `~lowered~`, `[small capitals]{.smallcaps}`, `[DNA]{.nocase}`; tags of
//! HTML stand in it as they do in CSL-JSON; a backslash before a mark makes it text; `$math$` has no space behind its
//! first dollar and none before its last, behind which stands no digit; `--` and `---` are dashes, but in addresses.

use crate::bytes::any_pair;
use crate::mapping::codecs::markup::tags_of;
use crate::formats::csl::text;
use crate::record::{MarkKind, Text};
use std::borrow::Cow;

/// What may begin or end a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Star,
    Stars,
    Low,
    Raise,
    Lower,
    Strike,
    Bracket,
}

const MARKS: usize = 7;

/// The tags between which the reader of CSL's texts is given what CSL has none for: pandoc's own, in HTML.
const MATH: [&str; 2] = ["<span class=\"math\">", "</span>"];
const STRIKE: [&str; 2] = ["<span class=\"strike\">", "</span>"];

/// A piece of the output: text, or a mark that is a tag only if it has a partner.
enum Piece<'t> {
    Text(Cow<'t, str>),
    Mark { literal: &'static str, tag: Option<&'static str> },
}

/// Whether two hyphens stand side by side.
fn has_dashes(raw: &str) -> bool {
    any_pair(raw.as_bytes(), |byte, next| (byte == b'-') & (next == b'-'))
}

/// The tags of CSL-JSON for a text in Markdown.
pub(super) fn to_html(raw: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 7] = ['*', '_', '^', '~', '[', '\\', '$'];
    if !raw.contains(SPECIAL) && !has_dashes(raw) {
        return Cow::Borrowed(raw);
    }
    let mut reader = Reader { raw, pieces: Vec::new(), open: Vec::new(), count: [0; MARKS], from: 0 };
    reader.run();
    let mut out = String::with_capacity(raw.len() + 16);
    for piece in &reader.pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Mark { literal, tag } => out.push_str(tag.unwrap_or(literal)),
        }
    }
    Cow::Owned(out)
}

struct Reader<'t> {
    raw: &'t str,
    pieces: Vec<Piece<'t>>,
    /// Marks that may begin a span, with their places among the pieces.
    open: Vec<(Mark, usize)>,
    count: [usize; MARKS],
    /// Where the text that is not yet a piece begins.
    from: usize,
}

impl Reader<'_> {
    fn run(&mut self) {
        let bytes = self.raw.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied();
            at = match byte {
                b'\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => self.escaped(at),
                b'$' => self.math(at),
                b'<' => self.tag(at),
                b'*' if next == Some(b'*') => self.mark(at, Mark::Stars, "**", ["<b>", "</b>"]),
                b'*' => self.mark(at, Mark::Star, "*", ["<i>", "</i>"]),
                b'_' => self.mark(at, Mark::Low, "_", ["<i>", "</i>"]),
                b'^' => self.mark(at, Mark::Raise, "^", ["<sup>", "</sup>"]),
                b'-' if next == Some(b'-') => self.dashes(at),
                b'~' if next == Some(b'~') => self.mark(at, Mark::Strike, "~~", STRIKE),
                b'~' => self.mark(at, Mark::Lower, "~", ["<sub>", "</sub>"]),
                b'[' => {
                    self.flush(at);
                    self.push_open(Mark::Bracket, "[");
                    self.from = at + 1;
                    at + 1
                }
                b']' => self.bracket(at),
                b' ' | b'\n' | b'\t' => {
                    // Raised and lowered spans have no spaces.
                    while matches!(self.open.last(), Some((Mark::Raise | Mark::Lower, _))) {
                        if let Some((mark, _)) = self.open.pop() {
                            self.count[mark as usize] -= 1;
                        }
                    }
                    at + 1
                }
                _ => at + 1,
            };
        }
        self.flush(bytes.len());
    }

    fn flush(&mut self, to: usize) {
        if let Some(text) = self.raw.get(self.from..to).filter(|text| !text.is_empty()) {
            self.pieces.push(Piece::Text(Cow::Borrowed(text)));
        }
        self.from = to;
    }

    fn escaped(&mut self, at: usize) -> usize {
        self.flush(at);
        let text = match self.raw.get(at + 1..at + 2) {
            Some("<") => Cow::Borrowed("&lt;"),
            Some("&") => Cow::Borrowed("&amp;"),
            other => Cow::Borrowed(other.unwrap_or_default()),
        };
        self.pieces.push(Piece::Text(text));
        self.from = at + 2;
        at + 2
    }

    /// Math, in which nothing is a mark: `$x_i$`.
    fn math(&mut self, at: usize) -> usize {
        let rest = self.raw.get(at + 1..).unwrap_or_default();
        let sound = |end: &usize| {
            let inner = rest.get(..*end).unwrap_or_default();
            let behind = rest.get(end + 1..).unwrap_or_default();
            !inner.is_empty()
                && !inner.starts_with(char::is_whitespace)
                && !inner.ends_with(char::is_whitespace)
                && !inner.ends_with('\\')
                && !behind.starts_with(|c: char| c.is_ascii_digit())
        };
        let Some(end) = rest.find('$').filter(sound) else { return at + 1 };
        let inner = rest.get(..end).unwrap_or_default().replace('&', "&amp;").replace('<', "&lt;");
        self.flush(at);
        self.pieces.push(Piece::Text(Cow::Owned([MATH[0], "$", &inner, "$", MATH[1]].concat())));
        self.from = at + end + 2;
        self.from
    }

    /// Two hyphens or three are a dash, as pandoc prints them; more are what they are, and so are those of an address.
    fn dashes(&mut self, at: usize) -> usize {
        let count = self.raw.bytes().skip(at).take_while(|byte| *byte == b'-').count();
        let word = self.raw.get(..at).and_then(|head| head.split_ascii_whitespace().next_back()).unwrap_or_default();
        let dash = match count {
            2 => "–",
            3 => "—",
            _ => return at + count,
        };
        if !word.contains("://") {
            self.flush(at);
            self.pieces.push(Piece::Text(Cow::Borrowed(dash)));
            self.from = at + count;
        }
        at + count
    }

    /// A tag of HTML stays as it is.
    fn tag(&self, at: usize) -> usize {
        let rest = self.raw.get(at..).unwrap_or_default();
        let is_tag = rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        let end = rest.bytes().take(80).position(|byte| byte == b'>');
        end.filter(|_| is_tag).map_or(at + 1, |end| at + end + 1)
    }

    fn mark(&mut self, at: usize, mark: Mark, literal: &'static str, [begin, end]: [&'static str; 2]) -> usize {
        let behind = at + literal.len();
        let before = self.raw.get(..at).unwrap_or_default().chars().next_back();
        let after = self.raw.get(behind..).unwrap_or_default().chars().next();
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let within = |c: Option<char>| mark == Mark::Low && word(c);
        let closes = !blank(before) && !within(after);
        let opens = !blank(after) && !within(before);
        self.flush(at);
        self.from = behind;
        if closes && self.close(mark, [begin, end], literal) {
            return behind;
        }
        if opens {
            self.push_open(mark, literal);
        } else {
            self.pieces.push(Piece::Mark { literal, tag: None });
        }
        behind
    }

    fn push_open(&mut self, mark: Mark, literal: &'static str) {
        self.open.push((mark, self.pieces.len()));
        self.count[mark as usize] += 1;
        self.pieces.push(Piece::Mark { literal, tag: None });
    }

    /// Ends a span, if one has begun and holds something; what began in it and did not end is text.
    fn close(&mut self, mark: Mark, [begin, end]: [&'static str; 2], literal: &'static str) -> bool {
        let holds_nothing = self.open.last().is_some_and(|(last, at)| *last == mark && at + 1 == self.pieces.len());
        if self.count[mark as usize] == 0 || holds_nothing {
            return false;
        }
        while let Some((other, at)) = self.open.pop() {
            self.count[other as usize] -= 1;
            if other == mark {
                if let Some(Piece::Mark { tag, .. }) = self.pieces.get_mut(at) {
                    *tag = Some(begin);
                }
                self.pieces.push(Piece::Mark { literal, tag: Some(end) });
                return true;
            }
        }
        false
    }

    /// `[…]{.class}`.
    fn bracket(&mut self, at: usize) -> usize {
        const CLASSES: [(&str, &str); 3] = [
            ("{.smallcaps}", "<span style=\"font-variant:small-caps;\">"),
            ("{.nocase}", "<span class=\"nocase\">"),
            ("{.underline}", "<span class=\"underline\">"),
        ];
        let rest = self.raw.get(at + 1..).unwrap_or_default();
        let class = CLASSES.iter().find(|(class, _)| rest.starts_with(class));
        self.flush(at);
        let closed = class.is_some_and(|(_, begin)| self.close(Mark::Bracket, [*begin, "</span>"], "]"));
        if let (true, Some((class, _))) = (closed, class) {
            self.from = at + 1 + class.len();
            return self.from;
        }
        // A bracket that is none of these ends what began with it.
        if let Some(place) = self.open.iter().rposition(|(mark, _)| *mark == Mark::Bracket) {
            self.count[Mark::Bracket as usize] -= 1;
            self.open.remove(place);
        }
        at + 1
    }
}

/// A text of CSL-JSON in Markdown.
pub(super) fn from_html(raw: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 11] = ['*', '_', '^', '~', '[', ']', '\\', '$', '<', '&', '@'];
    if !raw.contains(SPECIAL) && !raw.contains('`') && !has_dashes(raw) {
        return Cow::Borrowed(raw);
    }
    let written = from_text(&text::read(raw));
    // An empty line at the head keeps what follows from being a line of `Extra`; it is none of the text.
    Cow::Owned(if raw.starts_with('\n') { ["\n", &written].concat() } else { written })
}

/// A text in Markdown, with what CSL-JSON has no tags for.
pub(super) fn from_text(text: &Text) -> String {
    let short = write(text, spelled);
    let has_sign = |mark: &&crate::record::Mark| spelled(&mark.kind).is_some();
    let back = text::read(&to_html(&short));
    let same = back.as_str() == text.as_str() && back.marks().iter().eq(text.marks().iter().filter(has_sign));
    if same { short } else { write(text, tags_of) }
}

type Spell = fn(&MarkKind) -> Option<(&'static str, &'static str)>;

fn spelled(kind: &MarkKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        MarkKind::Italic => ("*", "*"),
        MarkKind::Bold => ("**", "**"),
        MarkKind::Superscript => ("^", "^"),
        MarkKind::Subscript => ("~", "~"),
        MarkKind::SmallCaps => ("[", "]{.smallcaps}"),
        MarkKind::Strike => ("~~", "~~"),
        // Its dollars are part of its text.
        MarkKind::Math => ("", ""),
        other => return tags_of(other),
    })
}

fn write(text: &Text, spell: Spell) -> String {
    let plain = text.as_str();
    let mut out = String::with_capacity(plain.len() + 8);
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    let mut at = 0;
    for mark in text.marks() {
        let Some((begin, end)) = spell(&mark.kind) else { continue };
        let start = mark.start as usize;
        if start < at {
            // Within math.
            continue;
        }
        while let Some((place, close)) = open.pop_if(|(place, _)| *place <= start) {
            escape(&mut out, plain, at, place);
            out.push_str(close);
            at = place;
        }
        escape(&mut out, plain, at, start);
        out.push_str(begin);
        at = start;
        if mark.kind == MarkKind::Math {
            at = mark.end as usize;
            out.push_str(plain.get(start..at).unwrap_or_default());
            continue;
        }
        open.push((mark.end as usize, end));
    }
    while let Some((place, close)) = open.pop() {
        escape(&mut out, plain, at, place);
        out.push_str(close);
        at = place;
    }
    escape(&mut out, plain, at, plain.len());
    out
}

/// Appends plain text with a backslash before each mark that Markdown or HTML would take for one.
fn escape(out: &mut String, plain: &str, from: usize, to: usize) {
    let Some(part) = plain.get(from..to) else { return };
    let mut before = plain.get(..from).and_then(|head| head.chars().next_back());
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_mark = match c {
            '\\' | '*' | '^' | '~' | '[' | ']' | '`' | '$' => true,
            '_' => !(word(before) && word(next)),
            '-' => before == Some('-') || next == Some('-'),
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || next == '/'),
            '&' => next.is_none_or(|next| next.is_ascii_alphabetic() || next == '#'),
            // A citation, to pandoc.
            '@' => !word(before),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markdown_is_read() {
        for (raw, html) in [
            ("*De natura* deorum", "<i>De natura</i> deorum"),
            ("_a_ **b** snake_case_name 2 * 3 * 4", "<i>a</i> <b>b</b> snake_case_name 2 * 3 * 4"),
            ("CO~2~ and 13^th^ ~ 10 ~ 20", "CO<sub>2</sub> and 13<sup>th</sup> ~ 10 ~ 20"),
            ("[IRA]{.smallcaps} and [DNA]{.nocase} [x]", "<span style=\"font-variant:small-caps;\">IRA</span> and <span class=\"nocase\">DNA</span> [x]"),
            ("\\[title\\] \\*x\\* a\\<b", "[title] *x* a&lt;b"),
            ("<span class=\"nocase\">A_B_C</span>", "<span class=\"nocase\">A_B_C</span>"),
            ("$x_1^2 *y*$ and *z*", "<span class=\"math\">$x_1^2 *y*$</span> and <i>z</i>"),
            ("$a<b$ costs $5 and $10, $ x$, \\$y$", "<span class=\"math\">$a&lt;b$</span> costs $5 and $10, $ x$, $y$"),
            ("~~no~~ 1--2 a---b ---- \\-- x://a--b", "<span class=\"strike\">no</span> 1–2 a—b ---- -- x://a--b"),
            ("*a **b* c**", "<i>a **b</i> c**"),
        ] {
            assert_eq!(to_html(raw), html, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_comes_back(pieces in prop::collection::vec(prop::sample::select(vec![
            "a", " b ", "*", "**", "_", "--", "-", "5", "~~", "x://", "<span class=\"math\">", "<span class=\"strike\">", "</span>", "^", "~", "[", "]", "{.nocase}", "\\", "$", "<i>", "</i>", "<sup>", "</sup>", "<b>", "</b>", "&lt;", "&", "<", "@", "`",
        ]), 0..12)) {
            let text = text::read(&pieces.concat());
            let html = text::write(&text);
            let bare = text::read(&html);
            prop_assert_eq!(&text::read(&to_html(&from_html(&html))), &bare);
            let whole = text::read(&to_html(&from_text(&text)));
            prop_assert!(whole == text || whole == bare, "{whole:?} of {text:?}");
        }
    }
}
