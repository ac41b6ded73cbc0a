//! A tolerant lexer of .bib files that copies nothing.
//!
//! It takes what BibTeX and biber take, and what people have: fields without commas, doubled commas, missing and odd
//! keys, comments between fields, quotation marks inside quoted values, a brace too many or too few. What is wrong is
//! noted as a [`Fault`] with its place; what could be read of a damaged element is given, and nothing of one entry ever
//! ends up in another. Every byte of the text is in the range of exactly one [`Element`].
//!
//! ```text
//! for element in lex("@book{key, year = 1984 # suffix, title = {Nineteen {Eighty-Four}}}") {
//!     // Element::Entry: word "book", key "key",
//!     // fields year = [Number "1984", Macro "suffix"], title = [Braced "Nineteen {Eighty-Four}"]
//! }
//! ```

use super::outline::Outline;
pub(super) use super::scan::Fault;
use super::scan::{Body, Machine, Sink, Sort, Stop, View};
use std::ops::Range;

/// What stands in a .bib file, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element<'a> {
    /// `@article{key, …}`
    Entry(Entry<'a>),
    /// `@string{name = value}`; the entry has no key and its fields are the definitions.
    Strings(Entry<'a>),
    /// `@preamble{value}`; the value is that of the one field, which has no name.
    Preamble(Entry<'a>),
    /// `@comment{…}`, or a line with `@comment`.
    Comment(Comment<'a>),
    /// Text between elements.
    Text(Range<usize>),
}

impl Element<'_> {
    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Element::Entry(entry) | Element::Strings(entry) | Element::Preamble(entry) => entry.range.clone(),
            Element::Comment(comment) => comment.range.clone(),
            Element::Text(range) => range.clone(),
        }
    }
}

/// An entry, a definition or a preamble.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The type word as it is spelled.
    pub(super) word: &'a str,
    /// Where the word begins.
    pub(super) word_at: usize,
    /// The key without white space around it; empty if there is none.
    pub(super) key: &'a str,
    /// Where the key begins, or would.
    pub(super) key_at: usize,
    /// Whether it is written in parentheses instead of braces.
    pub(super) parentheses: bool,
    /// The fields in order, repeated ones included.
    pub(super) fields: Vec<Field<'a>>,
    /// Whether a value had to be given up, because it has no end.
    pub(super) given_up: bool,
    /// What is wrong, in the order in which it was found, each with its offset.
    pub(super) faults: Vec<(Fault, usize)>,
    /// From the `@` to the closing delimiter, or to where it is broken off.
    pub(super) range: Range<usize>,
}

impl Entry<'_> {
    /// Whether it, or a value in it, has no end.
    pub(super) fn is_unclosed(&self) -> bool {
        let ends = |fault| !matches!(fault, Fault::UnclosedEntry | Fault::UnclosedBrace | Fault::UnclosedQuote);
        !self.faults.iter().all(|(fault, _)| ends(*fault))
    }
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field<'a> {
    /// Its name as it is spelled.
    pub(super) name: &'a str,
    /// Where the name begins.
    pub(super) at: usize,
    /// Its value.
    pub(super) value: Value<'a>,
}

/// The pieces of a value: one, as a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Nothing: `name = ,`
    None,
    /// One piece.
    One(Piece<'a>),
    /// Pieces joined by `#`.
    Many(Vec<Piece<'a>>),
}

impl<'a> Value<'a> {
    /// The pieces in order.
    pub(super) fn pieces(&self) -> &[Piece<'a>] {
        match self {
            Value::None => &[],
            Value::One(piece) => std::slice::from_ref(piece),
            Value::Many(pieces) => pieces,
        }
    }

    fn push(&mut self, piece: Piece<'a>) {
        match self {
            Value::None => *self = Value::One(piece),
            Value::One(first) => *self = Value::Many(vec![*first, piece]),
            Value::Many(pieces) => pieces.push(piece),
        }
    }

    fn last_mut(&mut self) -> Option<&mut Piece<'a>> {
        match self {
            Value::None => None,
            Value::One(piece) => Some(piece),
            Value::Many(pieces) => pieces.last_mut(),
        }
    }
}

/// A piece of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// How it is written.
    pub(super) kind: Kind,
    /// It, without its delimiters.
    pub(super) text: &'a str,
    /// Where the text begins.
    pub(super) at: usize,
}

/// How a piece is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{…}`, or several words without any delimiter (see [`Fault::BareText`]).
    /// `{…}`
    Braced,
    /// `"…"`
    Quoted,
    /// Bare digits.
    Number,
    /// Any other bare word: the name of a `@string`.
    Macro,
}

/// A `@comment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    /// What is commented, without delimiters.
    pub(super) text: &'a str,
    /// Whether it stands in braces that are never closed.
    pub(super) unclosed: bool,
    /// All of it.
    pub(super) range: Range<usize>,
}

/// The elements of a text.
pub(super) fn lex(text: &str) -> Lexer<'_> {
    Lexer { source: Source::Machine(Machine::new()), found: Found { text, ..Found::default() }, done: false }
}

/// The elements of a text of which there is an outline.
pub(super) fn outlined(text: &str, outline: Box<Outline>) -> Lexer<'_> {
    Lexer { source: Source::Outline(outline, 0), found: Found { text, ..Found::default() }, done: false }
}

/// Yields the elements of a text.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    source: Source,
    found: Found<'a>,
    done: bool,
}

/// Who says what stands in the text.
#[derive(Debug)]
enum Source {
    Machine(Machine),
    /// The cutter has, and how much of that was said already.
    Outline(Box<Outline>, usize),
}

impl<'a> Lexer<'a> {
    /// Takes the fields of an entry, when that is done with, to use their memory again.
    pub(super) fn give_back(&mut self, fields: Vec<Field<'a>>) {
        self.found.room = fields;
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        if let Some(element) = self.found.ready.take() {
            return Some(element);
        }
        if self.done {
            return None;
        }
        self.done = match &mut self.source {
            Source::Machine(machine) => {
                let view = View { bytes: self.found.text.as_bytes(), base: 0, at_end: true };
                machine.run(view, &mut self.found) != Stop::Element
            }
            Source::Outline(outline, said) => {
                let (to, ended) = outline.replay(*said, &mut self.found);
                *said = to;
                !ended
            }
        };
        self.found.gap.take().map(Element::Text).or_else(|| self.found.ready.take())
    }
}

/// Collects what the machine finds.
#[derive(Debug, Default)]
struct Found<'a> {
    text: &'a str,
    entry: Entry<'a>,
    /// Memory for the fields of the next entry.
    room: Vec<Field<'a>>,
    open: u8,
    /// The field that is being read.
    field: Option<Field<'a>>,
    /// The text before the element.
    gap: Option<Range<usize>>,
    ready: Option<Element<'a>>,
}

impl<'a> Found<'a> {
    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }
}

impl Sink for Found<'_> {
    fn text(&mut self, from: usize, to: usize) {
        self.gap = Some(from..to);
    }

    fn start(&mut self, at: usize, word: (usize, usize), open: u8) {
        self.open = open;
        self.field = None;
        self.entry = Entry {
            word: self.slice(word.0, word.1),
            word_at: word.0,
            parentheses: open == b'(',
            range: at..at,
            ..Entry::default()
        };
        match Body::of(self.entry.word.as_bytes()) {
            Body::Entry => {
                self.entry.fields = std::mem::take(&mut self.room);
                self.entry.fields.clear();
                self.entry.fields.reserve(16);
            }
            Body::Preamble => self.field = Some(Field { name: "", at: word.1, value: Value::None }),
            Body::Strings | Body::Comment => {}
        }
    }

    fn key(&mut self, from: usize, to: usize) {
        self.entry.key = self.slice(from, to);
        self.entry.key_at = from;
    }

    fn name(&mut self, from: usize, to: usize) {
        self.field = Some(Field { name: self.slice(from, to), at: from, value: Value::None });
    }

    fn piece(&mut self, sort: Sort, from: usize, to: usize) {
        let text = self.slice(from, to);
        let kind = match sort {
            Sort::Braced | Sort::Text => Kind::Braced,
            Sort::Quoted => Kind::Quoted,
            Sort::Bare if text.bytes().all(|byte| byte.is_ascii_digit()) => Kind::Number,
            Sort::Bare => Kind::Macro,
        };
        if let Some(field) = &mut self.field {
            field.value.push(Piece { kind, text, at: from });
        }
    }

    fn field(&mut self) {
        self.entry.fields.extend(self.field.take());
    }

    fn plain(&mut self, name: (usize, usize), value: (usize, usize)) {
        let piece = Piece { kind: Kind::Braced, text: self.slice(value.0, value.1), at: value.0 };
        self.entry.fields.push(Field { name: self.slice(name.0, name.1), at: name.0, value: Value::One(piece) });
        self.field = None;
    }

    fn rewind(&mut self, to: usize) {
        let late = self.entry.fields.iter().rev().take_while(|field| field.at >= to).count();
        self.entry.fields.truncate(self.entry.fields.len() - late);
        self.entry.faults.retain(|(_, at)| *at < to);
        self.entry.given_up = false;
        self.field = self.field.take().filter(|field| field.at < to).or_else(|| self.entry.fields.pop());
    }

    fn truncate(&mut self, to: usize) {
        let text = self.text;
        if let Some(piece) = self.field.as_mut().and_then(|field| field.value.last_mut()) {
            piece.text = text.get(piece.at..to).unwrap_or_default();
        }
    }

    fn give_up(&mut self) {
        self.field = None;
        self.entry.given_up = true;
    }

    #[cold]
    fn fault(&mut self, fault: Fault, at: usize) {
        // Of junk the beginning is told.
        if fault != Fault::Junk || self.entry.faults.last().is_none_or(|(last, _)| *last != Fault::Junk) {
            self.entry.faults.push((fault, at));
        }
    }

    fn end(&mut self, to: usize) {
        let mut entry = std::mem::take(&mut self.entry);
        entry.range.end = to;
        self.ready = Some(match Body::of(entry.word.as_bytes()) {
            Body::Entry => {
                named_only(&mut entry);
                Element::Entry(entry)
            }
            Body::Strings => {
                named_only(&mut entry);
                Element::Strings(entry)
            }
            Body::Preamble => {
                entry.fields.extend(self.field.take());
                Element::Preamble(entry)
            }
            Body::Comment => {
                let unclosed = !entry.faults.is_empty();
                let text = self.slice(entry.word_at + entry.word.len(), to);
                let text = if self.open == b'{' { text.trim_ascii_start().get(1..).unwrap_or_default() } else { text };
                let text = if self.open == b'{' && !unclosed { text.strip_suffix('}').unwrap_or(text) } else { text };
                Element::Comment(Comment { text, unclosed, range: entry.range })
            }
        });
    }
}

/// Leaves out values without a name, which are junk.
fn named_only(entry: &mut Entry<'_>) {
    if entry.faults.iter().any(|(fault, _)| *fault == Fault::Junk) {
        entry.fields.retain(|field| !field.name.is_empty());
    }
}

#[cfg(test)]
#[path = "lex_tests.rs"]
mod tests;
