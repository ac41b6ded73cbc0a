//! How the lines of an entry lie: `--indent` and `--wrap`.
//!
//! Without either a field is one line, `  name = {value},`, with nothing that depends on its neighbours: a change to one
//! field changes one line. That is why equals signs are not aligned; a longer name would move all others.
//!
//! Where values are wrapped, lines break at white space, which BibTeX takes for one space wherever it stands, and go on
//! under the beginning of the value:
//!
//! ```text
//!   title = {A long title that goes on and on and does
//!            not fit},
//! ```

use super::codec::decoded;
use crate::tex;
use crate::write::{Indent, WriteOptions};

/// How wide a tab is taken to be.
const TAB: usize = 8;

/// The fields whose white space says nothing: prose, names and lists. Addresses, keys and identifiers are verbatim. Sorted.
const WRAPPED: &[&str] = &[
    "abstract",
    "addendum",
    "address",
    "afterword",
    "annotation",
    "annotator",
    "annote",
    "author",
    "bookauthor",
    "booksubtitle",
    "booktitle",
    "booktitleaddon",
    "commentator",
    "editor",
    "editora",
    "editorb",
    "editorc",
    "eventtitle",
    "foreword",
    "holder",
    "howpublished",
    "institution",
    "introduction",
    "issuesubtitle",
    "issuetitle",
    "journal",
    "journalsubtitle",
    "journaltitle",
    "keywords",
    "library",
    "location",
    "mainsubtitle",
    "maintitle",
    "maintitleaddon",
    "note",
    "organization",
    "origlocation",
    "origpublisher",
    "origtitle",
    "publisher",
    "reprinttitle",
    "school",
    "series",
    "shortauthor",
    "shorteditor",
    "shorttitle",
    "subtitle",
    "title",
    "titleaddon",
    "translator",
    "venue",
];

/// Ends a line and begins the one of a field.
pub(super) fn begin_line(options: &WriteOptions, out: &mut String) {
    out.push('\n');
    push_indent(options.indent, out);
}

fn push_indent(indent: Indent, out: &mut String) {
    match indent {
        Indent::Tab => out.push('\t'),
        Indent::Spaces(2) => out.push_str("  "),
        Indent::Spaces(count) => (0..count).for_each(|_| out.push(' ')),
    }
}

/// Appends a value, wrapped if that is asked for and says the same. `column` is how many characters of the line stand
/// before it, behind the indent.
pub(super) fn push_value(tag: &str, raw: &str, column: usize, options: &WriteOptions, out: &mut String) {
    let wrapped = options.wrap.and_then(|width| wrap(tag, raw, column, usize::from(width), options.indent));
    out.push_str(wrapped.as_deref().unwrap_or(raw));
}

fn wrap(tag: &str, raw: &str, column: usize, width: usize, indent: Indent) -> Option<String> {
    WRAPPED.binary_search(&tag).ok()?;
    let before = column
        + match indent {
            Indent::Tab => TAB,
            Indent::Spaces(count) => usize::from(count),
        };
    // The brace and the comma behind the value stand on its last line.
    let has_break = raw.contains(['\n', '\r']);
    if !has_break && before + raw.chars().count() + 2 <= width {
        return None;
    }
    let mut out = String::with_capacity(raw.len() + raw.len() / 4);
    let mut at = before;
    let mut words = words(raw).peekable();
    // Two line ends are a paragraph to some tools.
    let mut paragraph = false;
    while let Some(word) = words.next() {
        let tail = if words.peek().is_none() { 2 } else { 0 };
        let length = word.text.chars().count();
        if !out.is_empty() {
            if paragraph {
                out.push('\n');
            }
            if paragraph || at + 1 + length + tail > width {
                out.push('\n');
                push_indent(indent, &mut out);
                out.extend(std::iter::repeat_n(' ', column));
                at = before;
            } else {
                out.push(' ');
                at += 1;
            }
        }
        out.push_str(word.text);
        at += length;
        paragraph = word.ends_paragraph;
    }
    let same = out != raw && tex::balanced(&out) && decoded(&out) == decoded(raw);
    same.then_some(out)
}

struct Word<'r> {
    text: &'r str,
    ends_paragraph: bool,
}

/// The words of a value. A space behind a backslash is a command, and belongs to its word.
fn words(raw: &str) -> impl Iterator<Item = Word<'_>> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let mut rest = raw.trim_matches(is_space);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut escaped = false;
        let end = rest.char_indices().find_map(|(at, c)| {
            let ends = is_space(c) && !escaped;
            escaped = c == '\\' && !escaped;
            ends.then_some(at)
        });
        let (text, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        let next = behind.trim_start_matches(is_space);
        let space = behind.get(..behind.len() - next.len()).unwrap_or_default();
        rest = next;
        Some(Word { text, ends_paragraph: space.matches('\n').count() > 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(tag: &str, raw: &str, width: u16) -> String {
        let mut out = String::new();
        let options = WriteOptions { wrap: Some(width), ..WriteOptions::default() };
        push_value(tag, raw, tag.len() + 4, &options, &mut out);
        out
    }

    #[test]
    fn the_fields_can_be_searched() {
        assert!(WRAPPED.is_sorted());
    }

    #[test]
    fn lines_break_at_spaces_and_again_at_the_same() {
        for (tag, raw, expected) in [
            ("title", "Short", "Short"),
            ("title", "One two three four five six", "One two three\n           four five six"),
            ("title", "Loooooooooooooooooooooooooooong word", "Loooooooooooooooooooooooooooong\n           word"),
            (
                "title",
                "One {Two  Three} \\emph{four five}",
                "One {Two Three}\n           \\emph{four\n           five}",
            ),
            ("title", "Dr.\\ No and Dr.\\ Yes", "Dr.\\ No and\n           Dr.\\ Yes"),
            ("note", "One two\n\nthree", "One two\n\n          three"),
            ("title", "Joined\n   again", "Joined again"),
            ("url", "https://example.org/a very long address", "https://example.org/a very long address"),
            ("x-y", "One two three four five six seven", "One two three four five six seven"),
        ] {
            let once = wrapped(tag, raw, 26);
            assert_eq!(once, expected);
            assert_eq!(wrapped(tag, &once, 26), once, "again");
        }
    }
}
