//! The structure of a .bib file: one resumable state machine, run by the lexer (which records what it finds) and by
//! the cutter (which wants to know where entries begin, and keeps the rest for the lexer). That both run it is why they cannot disagree.
//!
//! An entry begins at `@word{` or `@word(`. Inside an entry that can only be damage, and inside a value it is text if
//! the value's brace has a partner near by, else the value was never closed. A damaged entry ends there; the lines
//! that its open value swallowed are read again as the fields that they are.
//!
//! [`elements`] knows what stands between entries, [`fields`] what stands in them, [`values`] the braces and quotation
//! marks of their values. [`ahead`] decides by looking a little ahead, [`repair`] ends what was never closed, [`braces`]
//! finds partners, and [`passing`] passes over entries of which only the end is wanted.
//!
//! ```text
//! let mut machine = Machine::new();
//! let view = View { bytes: b"@misc{k, year = 2000}", base: 0, at_end: true };
//! while machine.run(view, &mut sink) == Stop::Element {}
//! // sink.start(0, …), sink.key(6, 7), sink.name(9, 13), sink.piece(Bare, 16, 20), sink.field(), sink.end(21)
//! ```

mod ahead;
mod braces;
mod bytes;
mod elements;
mod fields;
mod passing;
mod repair;
mod values;

pub(super) use ahead::is_field;
pub(super) use bytes::View;
use bytes::Look;

/// What is wrong with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The element's own brace or parenthesis is never closed. It ends where the next one begins.
    UnclosedEntry,
    /// A value's brace is never closed. The value ends before the line on which the next field begins; if there is no
    /// such line, it was given up.
    UnclosedBrace,
    /// A value's quotation mark is never closed. As above.
    UnclosedQuote,
    /// A quotation mark inside a quoted value, which closes it for BibTeX; here it was taken for text.
    InnerQuote,
    /// A closing brace too many, behind which the entry goes on.
    StrayBrace,
    /// An entry that begins with `(` and ends with `}`.
    WrongDelimiter,
    /// No comma between two fields, or behind the key.
    MissingComma,
    /// No `=` between a name and its value.
    MissingEquals,
    /// A field without a value, or a `#` without one behind it.
    MissingValue,
    /// Two strings without `#` between them; they were joined.
    MissingHash,
    /// Several words as a value, without the braces or quotation marks around them.
    BareText,
    /// Text that belongs to nothing; it was skipped.
    Junk,
    /// A value with a line in it that begins an entry: BibTeX reads it as text, and so it was.
    EntryInValue,
    /// A comment between fields: `%` to the end of the line.
    Remark,
}

/// The sorts of piece of which a value is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// `{…}`
    Braced,
    /// `"…"`
    Quoted,
    /// Digits or a macro name, bare.
    Bare,
    /// Words that want braces and have none.
    Text,
}

/// Takes what the machine finds. Offsets are bytes of the input.
pub(super) trait Sink {
    /// Text between elements.
    fn text(&mut self, _from: usize, _to: usize) {}
    /// An element begins at `at`; its type word, without the `@`.
    fn start(&mut self, _at: usize, _word: (usize, usize), _open: u8) {}
    /// The entry's key.
    fn key(&mut self, _from: usize, _to: usize) {}
    /// The name of the field that begins.
    fn name(&mut self, _from: usize, _to: usize) {}
    /// A piece of its value, without delimiters.
    fn piece(&mut self, _sort: Sort, _from: usize, _to: usize) {}
    /// The field is complete.
    fn field(&mut self) {}
    /// A whole field with one braced piece for a value: its name, and the piece without its braces.
    fn plain(&mut self, name: (usize, usize), value: (usize, usize)) {
        self.name(name.0, name.1);
        self.piece(Sort::Braced, value.0, value.1);
        self.field();
    }
    /// What was found from here on is void and will be found again; the field before it is not complete after all.
    fn rewind(&mut self, _to: usize) {}
    /// The last piece ends here.
    fn truncate(&mut self, _to: usize) {}
    /// The field that has begun has no value that can be told.
    fn give_up(&mut self) {}
    /// Something is wrong at `at`.
    fn fault(&mut self, _fault: Fault, _at: usize) {}
    /// The element ends.
    fn end(&mut self, _to: usize) {}
}

/// Why the machine stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// An element ended.
    Element,
    /// More bytes are needed.
    Wait,
    /// The input is at its end.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between elements.
    Text,
    /// Between elements, in a line that begins with `%`.
    Remark,
    /// In a `@comment` that ends with its line.
    CommentLine,
    /// In `@comment{…}`: its brace, and how many are open.
    Comment(usize, usize),
    /// Before the key.
    Key,
    /// Before a field.
    Name,
    /// In a field's name.
    InName(usize),
    /// Behind a name.
    Equals,
    /// Before a piece of a value.
    Value,
    /// In a bare piece.
    Bare(usize),
    /// In a braced piece: its brace, and how many are open.
    Braced(usize, usize),
    /// In a quoted piece: its quotation mark, how many braces are open in it, and where the outermost of them is.
    Quoted(usize, usize, usize),
    /// Behind a piece.
    After,
    /// In a comment between fields; what comes after.
    Percent(Next),
}

/// The states that a comment between fields returns to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Key,
    Name,
    Equals,
    Value,
    After,
}

impl From<Next> for State {
    fn from(next: Next) -> State {
        match next {
            Next::Key => State::Key,
            Next::Name => State::Name,
            Next::Equals => State::Equals,
            Next::Value => State::Value,
            Next::After => State::After,
        }
    }
}

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Entry,
    Strings,
    Preamble,
    Comment,
}

impl Body {
    /// By the type word.
    pub(super) fn of(word: &[u8]) -> Body {
        match word.len() {
            6 if word.eq_ignore_ascii_case(b"string") => Body::Strings,
            8 if word.eq_ignore_ascii_case(b"preamble") => Body::Preamble,
            7 if word.eq_ignore_ascii_case(b"comment") => Body::Comment,
            _ => Body::Entry,
        }
    }
}

/// The machine.
#[derive(Debug)]
pub(super) struct Machine {
    /// The next byte to look at.
    pub(super) at: usize,
    state: State,
    /// Where the element, or the text between elements, begins.
    begin: usize,
    /// Where the element's brace or parenthesis is.
    open: usize,
    /// What closes it.
    close: u8,
    /// Whether the field that is being read has a name, and whether its value has a piece.
    named: bool,
    filled: bool,
    /// Where the last braced or quoted piece of the element opened.
    last: Option<usize>,
    /// Whether a comma or the element's beginning stands before the field.
    comma: bool,
    repairs: u8,
    /// Whether an element has just ended.
    ended: bool,
    /// Whether what looks like an entry in this group is known to be text.
    sure: bool,
    /// Whether there is such text in the last piece. What was taken for text once is not read again as anything else.
    doubt: bool,
    braces: braces::Braces,
}

impl Machine {
    pub(super) fn new() -> Machine {
        Machine {
            at: 0,
            state: State::Text,
            begin: 0,
            open: 0,
            close: b'}',
            named: false,
            filled: false,
            last: None,
            comma: true,
            repairs: 0,
            ended: false,
            sure: false,
            doubt: false,
            braces: braces::Braces::default(),
        }
    }

    /// Goes on to the end of the next element, or as far as the bytes go.
    pub(super) fn run<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Stop {
        self.at = self.at.max(view.base);
        let view = match view.bytes.split_last() {
            // The first half of a no-break space, perhaps.
            Some((0xc2, bytes)) if !view.at_end => View { bytes, ..view },
            _ => view,
        };
        loop {
            if self.step(view, sink).is_err() {
                if !view.at_end {
                    return Stop::Wait;
                }
                // Every look ahead ends at the end of the input, so only an open element can want more of it.
                if matches!(self.state, State::Text | State::Remark) {
                    self.finish_text(view.end(), sink);
                    return Stop::End;
                }
                self.finish(view, sink);
            }
            if std::mem::take(&mut self.ended) {
                return Stop::Element;
            }
        }
    }

    fn step<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.state {
            State::Text => self.text(view, sink),
            State::Remark => self.percent(view, State::Text),
            State::CommentLine => self.comment_line(view, sink),
            State::Comment(open, depth) => self.comment(view, sink, open, depth),
            State::Key => self.key(view, sink),
            State::Name => {
                self.plain_fields(view, sink);
                self.before_name(view, sink)
            }
            State::InName(from) => self.in_name(view, sink, from),
            State::Equals => self.equals(view, sink),
            State::Value => self.value(view, sink),
            State::Bare(from) => self.bare(view, sink, from),
            State::Braced(open, depth) => self.braced(view, sink, open, depth),
            State::Quoted(open, depth, inner) => self.quoted(view, sink, open, depth, inner),
            State::After => self.after(view, sink),
            State::Percent(next) => self.percent(view, next.into()),
        }
    }

    /// The input ends inside an element, which ends too unless a part of it is to be read again.
    fn finish<S: Sink>(&mut self, view: View<'_>, sink: &mut S) {
        let end = view.end();
        match self.state {
            State::CommentLine => self.end(end, sink),
            State::InName(from) => {
                self.name_ends(sink, from, end);
                self.broken(view, end, sink);
            }
            State::Bare(from) => {
                self.bare_ends(sink, from, end);
                self.broken(view, end, sink);
            }
            _ => self.broken(view, end, sink),
        }
    }

    fn finish_text<S: Sink>(&mut self, end: usize, sink: &mut S) {
        if end > self.begin {
            sink.text(self.begin, end);
        }
        self.begin = end;
        self.at = end;
    }

    /// The element ends.
    fn end<S: Sink>(&mut self, at: usize, sink: &mut S) {
        sink.end(at);
        self.begin = at;
        self.at = at;
        self.state = State::Text;
        self.ended = true;
    }
}
