//! LaTeX that was left in a text, its dashes, and quotation marks that do not belong together.

use super::edit::{Edits, Guarded};
use super::{DASHES, QUOTES, TEX, TEX_UNKNOWN};
use crate::record::MarkKind;
use crate::tex::decode;
use std::collections::BTreeSet;
use std::ops::Range;

/// The longest piece of LaTeX that is read at once, in bytes.
const LONGEST: usize = 4096;

/// Commands for text: math of nothing else is none.
const TEXT_COMMANDS: &[&str] =
    &["\\textit{", "\\textbf{", "\\emph{", "\\textsc{", "\\texttt{", "\\textrm{", "\\textsf{", "\\text{"];

/// `\textit{…}`, also as `$\textit{…}$`.
pub(super) fn tex(text: &Guarded<'_>, edits: &mut Edits) {
    let bytes = text.plain.as_bytes();
    if memchr::memchr(b'\\', bytes).is_none() {
        return;
    }
    let groups = Groups::of(text.plain);
    let mut unknown = BTreeSet::new();
    let mut done = 0;
    for at in memchr::memchr_iter(b'\\', bytes) {
        if at < done {
            continue;
        }
        let guard = text.spans.partition_point(|span| span.end <= at);
        if let Some(span) = text.spans.get(guard).filter(|span| span.start <= at) {
            done = span.end;
            if is_text(text.plain.get(span.clone()).unwrap_or_default()) {
                read(text, span.clone(), span.start + 1..span.end - 1, edits);
            }
            continue;
        }
        let Some(span) = command(text, &groups, at) else { continue };
        done = span.end;
        if !read(text, span.clone(), span.clone(), edits) {
            let name: &str = text.plain.get(at..at + 1 + name_length(text, at)).unwrap_or_default();
            if name.len() > 1 && unknown.insert(name) {
                edits.warnings.push((&TEX_UNKNOWN, format!("`{name}` is no command of LaTeX; it was left")));
            }
        }
    }
}

/// Whether math holds one command for text alone.
fn is_text(math: &str) -> bool {
    let inside = math.trim_matches('$');
    math.len() == inside.len() + 2
        && TEXT_COMMANDS.iter().any(|command| inside.starts_with(command))
        && inside.ends_with('}')
        && inside.bytes().filter(|byte| b"{}\\".contains(byte)).count() == 3
}

fn name_length(text: &Guarded<'_>, at: usize) -> usize {
    (at + 1..).take(40).take_while(|at| text.byte(*at).is_some_and(|byte| byte.is_ascii_alphabetic())).count()
}

/// The span of a command at an offset, with its arguments in braces and the braces around it.
fn command(text: &Guarded<'_>, groups: &Groups, at: usize) -> Option<Range<usize>> {
    let name = name_length(text, at);
    let mut end = at + 1 + name;
    if name == 0 {
        let symbol = text.at(end).filter(|c| c.is_ascii_punctuation() && *c != '\\')?;
        end += symbol.len_utf8();
        // An accent has a letter behind it.
        if matches!(symbol, '\'' | '`' | '^' | '"' | '~' | '=' | '.') {
            end += text
                .at(end)
                .filter(|c| c.is_alphabetic() || matches!(c, '{' | '\\'))
                .map_or(0, |c| if c == '{' || c == '\\' { 0 } else { c.len_utf8() });
        }
    }
    while text.byte(end) == Some(b'{') {
        end = groups.end(end)?;
    }
    let opening = at.checked_sub(1).filter(|before| text.byte(*before) == Some(b'{'));
    let span = match opening {
        Some(opening) => match groups.end(opening) {
            Some(closing) => opening..closing,
            None => at..end,
        },
        None => at..end,
    };
    text.is_free(&span).then_some(span)
}

/// The groups of a text on one line each, by their opening brace: the closing one and what is behind it.
struct Groups(Vec<(usize, usize)>);

impl Groups {
    fn of(plain: &str) -> Groups {
        let (mut groups, mut open) = (Vec::new(), Vec::new());
        for at in memchr::memchr3_iter(b'{', b'}', b'\n', plain.as_bytes()) {
            match plain.as_bytes().get(at) {
                Some(b'{') => open.push(at),
                Some(b'}') => groups.extend(open.pop().map(|from| (from, at + 1))),
                _ => open.clear(),
            }
        }
        groups.sort_unstable();
        Groups(groups)
    }

    /// The end of the group that begins at an offset, if it is not too long.
    fn end(&self, from: usize) -> Option<usize> {
        let at = self.0.binary_search_by_key(&from, |(open, _)| *open).ok()?;
        self.0.get(at).map(|(_, end)| *end).filter(|end| end - from <= LONGEST)
    }
}

/// Reads a piece of LaTeX and puts what it says in the place of a span. `false`: not all of it is known.
fn read(text: &Guarded<'_>, span: Range<usize>, latex: Range<usize>, edits: &mut Edits) -> bool {
    let latex = text.plain.get(latex).unwrap_or_default();
    let decoded = decode(latex);
    let known = decoded.unknown.is_empty()
        && decoded.unbalanced.is_none()
        && !decoded.text.is_empty()
        && decoded.text.as_str() != latex
        && decoded.text.marks().iter().all(|mark| !matches!(mark.kind, MarkKind::Raw { .. }));
    if known {
        let before = text.plain.get(span.clone()).unwrap_or_default().to_owned();
        let after = decoded.text.as_str().to_owned();
        if edits.put(span, decoded.text, true) {
            edits.notes.push((&TEX, before, after));
        }
    }
    known
}

/// TeX's dashes: ` -- ` and `---` between words, `--` between numbers.
pub(super) fn dashes(text: &Guarded<'_>, edits: &mut Edits) {
    let mut done = 0;
    for at in memchr::memmem::find_iter(text.plain.as_bytes(), "--") {
        if at < done {
            continue;
        }
        let rest = text.plain.as_bytes().get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| **byte == b'-').count();
        done = at + length;
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "\"'’”“‘)(,.;:?!%$".contains(c));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (text.before(at), text.at(done));
        let spaced = before == Some(' ')
            && after == Some(' ')
            && word(text.plain.get(..at).and_then(|it| it.trim_end_matches(' ').chars().next_back()))
            && word(text.plain.get(done..).and_then(|it| it.trim_start_matches(' ').chars().next()));
        // Without spaces two hyphens may as well be an option of a program: only between numbers they are a dash.
        let dash = match length {
            2 if spaced || (digit(before) && digit(after)) => "–",
            3 if spaced || (word(before) && word(after)) => "—",
            _ => continue,
        };
        if text.is_free(&(at..done)) && !in_address(text.plain, at) {
            edits.repair(&DASHES, text.plain, at..done, dash);
        }
    }
}

/// The longest address that dashes are kept apart from, in bytes.
const LONGEST_ADDRESS: usize = 300;

/// Whether what stands at an offset is a part of an address or of a path.
fn in_address(plain: &str, at: usize) -> bool {
    let before = plain.as_bytes().get(at.saturating_sub(LONGEST_ADDRESS)..at).unwrap_or_default();
    let word = before.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    word.contains(&b'/') || memchr::memmem::find(word, b"www.").is_some()
}

/// A quotation mark of whatever sort.
#[derive(Clone, Copy)]
struct Quote {
    at: usize,
    /// As it stands.
    mark: &'static str,
}

/// How many backquotes open quotations: two, and one within. More are a line, or a fence of code.
const MOST_TICKS: usize = 3;

/// The longest quotation in bytes between marks that do not belong together.
const LONGEST_QUOTE: usize = 400;

fn quote(rest: &str) -> Option<&'static str> {
    ["``", "''", "“", "”", "\""].into_iter().find(|mark| rest.starts_with(mark))
}

/// ``` ``concepts'' ```, `“white-box"`, `”diversity”`
pub(super) fn quotes(text: &Guarded<'_>, edits: &mut Edits) {
    let mut open: Option<Quote> = None;
    let mut next = 0;
    for at in memchr::memchr3_iter(b'`', b'\'', b'"', text.plain.as_bytes()).collect::<Marks>().with_curly(text.plain) {
        let Some(mark) = text.plain.get(at..).and_then(quote).filter(|_| at >= next) else { continue };
        next = at + mark.len();
        let ticks = text.plain.as_bytes().iter().skip(at).take_while(|byte| **byte == b'`').count();
        if ticks > MOST_TICKS {
            next = at + ticks;
            continue;
        }
        if !text.is_free(&(at..next)) {
            continue;
        }
        let opens = text.before(at).is_none_or(|c| c.is_whitespace() || "([{—–-/".contains(c));
        let closes = text.at(next).is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-/'’".contains(c));
        let this = Quote { at, mark };
        open = match open
            .filter(|open| text.plain.get(open.at..at).is_some_and(|it| it.len() < LONGEST_QUOTE && !it.contains('\n')))
        {
            Some(before)
                if mark != "``" && ((closes && !(opens && mark == "“")) || (before.mark == "\"" && mark == "\"")) =>
            {
                close(text, before, this, edits);
                None
            }
            _ if mark == "``" || (mark != "''" && opens) => Some(this),
            other => other.filter(|_| mark != "''"),
        };
    }
}

/// Makes a pair of marks proper, unless it is, or is straight.
fn close(text: &Guarded<'_>, open: Quote, close: Quote, edits: &mut Edits) {
    if matches!((open.mark, close.mark), ("“", "”") | ("\"", "\"")) {
        return;
    }
    let inside = text.plain.get(open.at + open.mark.len()..close.at).unwrap_or_default();
    if inside.trim().is_empty() {
        return;
    }
    let before = text.plain.get(open.at..close.at + close.mark.len()).unwrap_or_default().to_owned();
    if edits.replace(open.at..open.at + open.mark.len(), "“")
        && edits.replace(close.at..close.at + close.mark.len(), "”")
    {
        edits.notes.push((&QUOTES, before, format!("“{inside}”")));
    }
}

/// Offsets at which quotation marks may begin.
#[derive(Default)]
struct Marks(Vec<usize>);

impl FromIterator<usize> for Marks {
    fn from_iter<T: IntoIterator<Item = usize>>(all: T) -> Marks {
        Marks(all.into_iter().collect())
    }
}

impl Marks {
    fn with_curly(mut self, plain: &str) -> Vec<usize> {
        let straight = self.0.len();
        self.0.extend(memchr::memmem::find_iter(plain.as_bytes(), "“"));
        self.0.extend(memchr::memmem::find_iter(plain.as_bytes(), "”"));
        if self.0.len() > straight {
            self.0.sort_unstable();
        }
        self.0
    }
}
