//! The structure of a .bib file: one resumable state machine, run by the lexer (which records what it finds) and by
//! the cutter (which only wants to know where entries begin). That both run it is why they cannot disagree.
//!
//! An entry begins at `@word{` or `@word(`. Inside an entry that can only be damage, and inside a value it is text if
//! the value's brace has a partner near by, else the value was never closed. A damaged entry ends there; the lines
//! that its open value swallowed are read again as the fields that they are.

use memchr::{memchr2, memchr3};

/// How far a brace may be from its partner if something that looks like an entry stands between them: in a value.
const VALUE_REACH: usize = 64 << 10;
/// The same for `@comment{…}`, around which whole files have been put.
const COMMENT_REACH: usize = 1 << 20;
/// How many bytes decide whether an entry begins at an `@`, what follows a quote, whether an entry goes on.
const LOOK: usize = 512;
/// The longest citation key.
const MAX_KEY: usize = 4096;
/// How many times the fields that an open value swallowed are read again in one entry: bounds the work on any input.
const MAX_REPAIRS: u8 = 8;

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
    /// A field without a value.
    MissingValue,
    /// Two strings without `#` between them; they were joined.
    MissingHash,
    /// Text that belongs to nothing; it was skipped.
    Junk,
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

/// The bytes at hand.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The bytes.
    pub(super) bytes: &'a [u8],
    /// The offset of the first of them.
    pub(super) base: usize,
    /// Whether the input ends with them.
    pub(super) at_end: bool,
}

impl<'a> View<'a> {
    fn rest(&self, at: usize) -> &'a [u8] {
        self.bytes.get(at.saturating_sub(self.base)..).unwrap_or_default()
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        let range = from.saturating_sub(self.base)..to.saturating_sub(self.base);
        self.bytes.get(range).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at.checked_sub(self.base)?).copied()
    }

    fn end(&self) -> usize {
        self.base + self.bytes.len()
    }
}

/// A look ahead: its result, or that there are too few bytes for one.
type Look<T> = Result<T, Wait>;

/// More bytes are needed.
struct Wait;

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
    braces: Braces,
}

/// A byte that a type word, a field name or a bare piece ends before.
const STOPS: [bool; 256] = table(b" \t\n\r\x0b\x0c,={}()\"#@");
/// The same for type words, which have no punctuation to speak of.
const WORD_STOPS: [bool; 256] = table(b" \t\n\r\x0b\x0c,={}()\"#@%'.;\\/<>[]!?&$~`|^");
/// What matters in a quoted piece.
const IN_QUOTES: [bool; 256] = table(b"{}\"@");

const fn table(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// White space at the beginning of the bytes, no-break spaces from web pages included.
fn space(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        match bytes.get(length..).unwrap_or_default() {
            [byte, ..] if is_space(*byte) => length += 1,
            [0xc2, 0xa0, ..] => length += 2,
            _ => return length,
        }
    }
}

fn run(bytes: &[u8], stops: &[bool; 256]) -> usize {
    bytes.iter().position(|byte| stops[*byte as usize]).unwrap_or(bytes.len())
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
            braces: Braces::default(),
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
            State::Name => self.before_name(view, sink),
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

    fn text<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        let Some(found) = memchr2(b'@', b'%', view.rest(self.at)) else {
            self.at = view.end();
            return Err(Wait);
        };
        let at = self.at + found;
        self.at = at;
        if view.byte(at) == Some(b'%') {
            // Users and biber take a line that begins with `%` for a comment.
            if !self.begins_line(view, at, self.begin) {
                self.at = at + 1;
                return Ok(());
            }
            self.state = State::Remark;
            return Ok(());
        }
        let Some(head) = head(view, at)? else {
            self.at = at + 1;
            return Ok(());
        };
        // An e-mail address with a remark behind it is no entry.
        let before = at.checked_sub(1).filter(|before| *before >= self.begin).and_then(|before| view.byte(before));
        if head.open == b'(' && before.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            self.at = at + 1;
            return Ok(());
        }
        if at > self.begin {
            sink.text(self.begin, at);
        }
        self.start(at, &head, view, sink);
        Ok(())
    }

    fn start<S: Sink>(&mut self, at: usize, head: &Head, view: View<'_>, sink: &mut S) {
        let body = Body::of(view.slice(head.word.0, head.word.1));
        sink.start(at, head.word, head.open);
        self.begin = at;
        self.open = head.at;
        self.close = if head.open == b'(' { b')' } else { b'}' };
        (self.named, self.filled, self.last, self.comma, self.sure) = (false, false, None, true, false);
        self.repairs = 0;
        self.at = head.at + 1;
        self.state = match body {
            Body::Comment if head.open == b'{' => State::Comment(head.at, 1),
            Body::Comment => {
                self.at = head.word.1;
                State::CommentLine
            }
            Body::Strings => State::Name,
            Body::Preamble => {
                self.named = true;
                State::Value
            }
            Body::Entry => State::Key,
        };
    }

    fn comment_line<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        let Some(length) = memchr2(b'\n', b'\r', view.rest(self.at)) else {
            self.at = view.end();
            return Err(Wait);
        };
        self.end(self.at + length, sink);
        Ok(())
    }

    fn comment<S: Sink>(&mut self, view: View<'_>, sink: &mut S, open: usize, depth: usize) -> Look<()> {
        if !self.group(view, open, depth, COMMENT_REACH)? {
            sink.fault(Fault::UnclosedEntry, self.open);
        }
        self.end(self.at, sink);
        Ok(())
    }

    /// Goes on in a group of braces up to its end or, if the brace that opened it has no partner, to what must be the
    /// next entry. Says whether it is the end.
    fn group(&mut self, view: View<'_>, open: usize, depth: usize, reach: usize) -> Look<bool> {
        let mut depth = depth;
        let begin = self.at;
        let bytes = view.rest(begin);
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = if self.sure { memchr2(b'{', b'}', rest) } else { memchr3(b'{', b'}', b'@', rest) };
            let Some(found) = found else {
                self.at = view.end();
                self.keep_depth(depth);
                return Err(Wait);
            };
            at += found;
            match bytes.get(at) {
                Some(b'{') => depth += 1,
                Some(b'}') => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = begin + at + 1;
                        return Ok(true);
                    }
                }
                _ => {
                    let candidate = begin + at;
                    if self.begins_line(view, candidate, open) {
                        self.at = candidate;
                        self.keep_depth(depth);
                        if likely_entry(view, candidate)? {
                            if !self.is_text(view, open, reach)? {
                                return Ok(false);
                            }
                            (self.sure, self.doubt) = (true, true);
                        }
                    }
                }
            }
            at += 1;
        }
    }

    /// Remembers how many braces are open while more bytes are waited for.
    fn keep_depth(&mut self, now: usize) {
        if let State::Comment(_, depth) | State::Braced(_, depth) = &mut self.state {
            *depth = now;
        }
    }

    /// Whether only blanks stand between the beginning of a line and this byte. `floor` is the last byte to look at.
    #[allow(clippy::unused_self)]
    fn begins_line(&self, view: View<'_>, at: usize, floor: usize) -> bool {
        let before = view.slice(floor.max(view.base), at);
        match before.iter().rev().find(|byte| !is_blank(**byte)) {
            Some(byte) => matches!(byte, b'\n' | b'\r'),
            None => floor == 0,
        }
    }

    fn key<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        self.at += space(view.rest(self.at));
        let from = self.at;
        let rest = view.rest(from);
        match rest.first() {
            Some(b'@') if self.new_entry(view, sink)? => return Ok(()),
            Some(b'%') => {
                self.state = State::Percent(Next::Key);
                return Ok(());
            }
            _ => {}
        }
        let paren = self.close == b')';
        let stop = rest.iter().take(MAX_KEY).position(|byte| matches!(byte, b',' | b'{' | b'}' | b'\n' | b'\r'));
        let length = match stop {
            Some(stop) => stop,
            None if rest.len() < MAX_KEY && !view.at_end => return Err(Wait),
            // Not within a character.
            None => (0..=rest.len().min(MAX_KEY)).rfind(|at| !matches!(rest.get(*at), Some(0x80..=0xbf))).unwrap_or(0),
        };
        let line = rest.get(..length).unwrap_or_default();
        let stop = rest.get(length).copied();
        // `title = {…`, `key title = {…`: the word before the `=` is a field's name.
        let equals = line.iter().enumerate().find(|(at, byte)| **byte == b'=' && is_field_sign(line, *at, stop));
        let (key, next) = match equals {
            Some((at, _)) => {
                let before = line.get(..at).unwrap_or_default().trim_ascii_end();
                let name = before.iter().rposition(|byte| is_space(*byte)).map_or(0, |space| space + 1);
                (before.get(..name).unwrap_or_default(), from + name)
            }
            // A field follows the key without a comma or the key is the last thing in the entry.
            None if paren && stop != Some(b',') => {
                let end = line.iter().position(|byte| *byte == b')').unwrap_or(length);
                (line.get(..end).unwrap_or_default(), from + end)
            }
            None => (line, from + length),
        };
        let key = key.trim_ascii_end().len();
        sink.key(from, from + key);
        self.at = next;
        self.comma = key == 0;
        self.state = State::Name;
        Ok(())
    }

    /// At an `@` between fields: whether the next entry begins there. If so, this one ends.
    fn new_entry<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<bool> {
        let at = self.at;
        let begins =
            if self.begins_line(view, at, self.open) { head(view, at)?.is_some() } else { likely_entry(view, at)? };
        if begins {
            self.broken(view, at, sink);
        }
        Ok(begins)
    }

    /// Skips white space. What follows, if it is at hand.
    fn next(&mut self, view: View<'_>) -> Look<u8> {
        self.at += space(view.rest(self.at));
        view.byte(self.at).ok_or(Wait)
    }

    fn junk<S: Sink>(&mut self, sink: &mut S) {
        sink.fault(Fault::Junk, self.at);
        self.at += 1;
    }

    fn before_name<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b',' => {
                self.comma = true;
                self.at += 1;
            }
            b'%' => self.state = State::Percent(Next::Name),
            b'@' if self.new_entry(view, sink)? => {}
            b'{' => {
                // A value without a name, kept apart from the field before it.
                sink.fault(Fault::Junk, self.at);
                sink.name(self.at, self.at);
                (self.named, self.filled) = (true, false);
                self.state = State::Value;
            }
            byte if byte == self.close || byte == b'}' => self.closing(view, sink, byte)?,
            byte if STOPS[byte as usize] => self.junk(sink),
            _ => self.state = State::InName(self.at),
        }
        Ok(())
    }

    fn in_name<S: Sink>(&mut self, view: View<'_>, sink: &mut S, from: usize) -> Look<()> {
        let length = run(view.rest(self.at), &STOPS);
        self.at += length;
        if self.at >= view.end() {
            return Err(Wait);
        }
        self.name_ends(sink, from, self.at);
        Ok(())
    }

    fn name_ends<S: Sink>(&mut self, sink: &mut S, from: usize, to: usize) {
        if !self.comma {
            sink.fault(Fault::MissingComma, from);
        }
        sink.name(from, to);
        (self.named, self.filled, self.comma) = (true, false, false);
        self.state = State::Equals;
    }

    fn equals<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b'=' => {
                self.at += 1;
                self.state = State::Value;
            }
            b'{' | b'"' => {
                sink.fault(Fault::MissingEquals, self.at);
                self.state = State::Value;
            }
            b'%' => self.state = State::Percent(Next::Equals),
            b',' => {
                self.field(sink);
                self.state = State::Name;
            }
            b'@' if self.new_entry(view, sink)? => {}
            byte if byte == self.close || byte == b'}' => {
                self.field(sink);
                self.closing(view, sink, byte)?;
            }
            byte if STOPS[byte as usize] => self.junk(sink),
            // Two words: the second is the name.
            _ => {
                sink.fault(Fault::Junk, self.at);
                sink.give_up();
                self.comma = true;
                self.state = State::InName(self.at);
            }
        }
        Ok(())
    }

    fn value<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b'{' => {
                self.begin_piece();
                self.state = State::Braced(self.at, 1);
                self.at += 1;
            }
            b'"' => {
                self.begin_piece();
                self.state = State::Quoted(self.at, 0, 0);
                self.at += 1;
            }
            b'%' => self.state = State::Percent(Next::Value),
            b'@' if self.new_entry(view, sink)? => {}
            b',' => {
                self.field(sink);
                self.state = State::Name;
            }
            byte if byte == self.close || byte == b'}' => {
                self.field(sink);
                self.closing(view, sink, byte)?;
            }
            byte if STOPS[byte as usize] => self.junk(sink),
            _ => self.state = State::Bare(self.at),
        }
        Ok(())
    }

    fn begin_piece(&mut self) {
        self.last = Some(self.at);
        (self.sure, self.doubt) = (false, false);
    }

    fn bare<S: Sink>(&mut self, view: View<'_>, sink: &mut S, from: usize) -> Look<()> {
        self.at += run(view.rest(self.at), &STOPS);
        if self.at >= view.end() {
            return Err(Wait);
        }
        self.bare_ends(sink, from, self.at);
        Ok(())
    }

    fn bare_ends<S: Sink>(&mut self, sink: &mut S, from: usize, to: usize) {
        sink.piece(Sort::Bare, from, to);
        self.last = None;
        self.filled = true;
        self.state = State::After;
    }

    fn braced<S: Sink>(&mut self, view: View<'_>, sink: &mut S, open: usize, depth: usize) -> Look<()> {
        if !self.group(view, open, depth, VALUE_REACH)? {
            self.broken(view, self.at, sink);
            return Ok(());
        }
        sink.piece(Sort::Braced, open + 1, self.at - 1);
        self.filled = true;
        self.state = State::After;
        Ok(())
    }

    /// Whether what looks like an entry inside the group that opened at `open` is text: the group closes near by, and
    /// goes on as a value does. Else the partner of its brace belongs to another entry.
    fn is_text(&mut self, view: View<'_>, open: usize, reach: usize) -> Look<bool> {
        let Some(close) = self.braces.partner(view, open, reach)? else { return Ok(false) };
        if !matches!(self.state, State::Braced(..)) {
            return Ok(true);
        }
        let rest = view.rest(close + 1);
        let spaces = space(rest.get(..LOOK).unwrap_or(rest));
        match rest.get(spaces) {
            Some(b',' | b'}' | b')' | b'#') => Ok(true),
            None if !view.at_end && spaces < LOOK => Err(Wait),
            _ => Ok(false),
        }
    }

    fn quoted<S: Sink>(&mut self, view: View<'_>, sink: &mut S, open: usize, depth: usize, inner: usize) -> Look<()> {
        let (mut depth, mut inner) = (depth, inner);
        loop {
            self.at += run(view.rest(self.at), &IN_QUOTES);
            self.state = State::Quoted(open, depth, inner);
            match view.byte(self.at).ok_or(Wait)? {
                b'{' => {
                    if depth == 0 {
                        inner = self.at;
                        self.sure = false;
                    }
                    depth += 1;
                }
                b'}' if depth == 0 => {
                    // Braces are balanced in a value, so this one ends the entry.
                    self.broken(view, self.at, sink);
                    return Ok(());
                }
                b'}' => depth -= 1,
                b'"' if depth == 0 => {
                    if after_quote(view, self.at + 1)? {
                        sink.piece(Sort::Quoted, open + 1, self.at);
                        self.filled = true;
                        self.at += 1;
                        self.state = State::After;
                        return Ok(());
                    }
                    let near = view.slice(open.max(self.at.saturating_sub(LOOK)), self.at);
                    if near.trim_ascii_end().ends_with(b"=") && self.repair(view, open, self.at + 1, sink) {
                        return Ok(());
                    }
                    sink.fault(Fault::InnerQuote, self.at);
                }
                b'@' if !(depth > 0 && self.sure)
                    && self.begins_line(view, self.at, open)
                    && likely_entry(view, self.at)? =>
                {
                    if depth == 0 || !self.is_text(view, inner, VALUE_REACH)? {
                        self.broken(view, self.at, sink);
                        return Ok(());
                    }
                    (self.sure, self.doubt) = (true, true);
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn after<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        match self.next(view)? {
            b',' => {
                self.field(sink);
                self.comma = true;
                self.at += 1;
                self.state = State::Name;
            }
            b'#' => {
                self.at += 1;
                self.state = State::Value;
            }
            b'%' => self.state = State::Percent(Next::After),
            b'@' if self.new_entry(view, sink)? => {}
            b'{' | b'"' => {
                sink.fault(Fault::MissingHash, self.at);
                self.state = State::Value;
            }
            byte if byte == self.close || byte == b'}' => {
                self.field(sink);
                self.closing(view, sink, byte)?;
            }
            byte if STOPS[byte as usize] => self.junk(sink),
            _ => {
                self.field(sink);
                self.state = State::Name;
            }
        }
        Ok(())
    }

    fn percent(&mut self, view: View<'_>, next: State) -> Look<()> {
        let Some(length) = memchr2(b'\n', b'\r', view.rest(self.at)) else {
            self.at = view.end();
            return Err(Wait);
        };
        self.at += length;
        self.state = next;
        Ok(())
    }

    /// The field is complete.
    fn field<S: Sink>(&mut self, sink: &mut S) {
        if self.named && !self.filled {
            sink.fault(Fault::MissingValue, self.at);
        }
        sink.field();
        (self.named, self.filled, self.comma) = (false, false, false);
    }

    /// The element's end, unless it goes on behind it.
    fn closing<S: Sink>(&mut self, view: View<'_>, sink: &mut S, byte: u8) -> Look<()> {
        self.state = State::Name;
        if field_follows(view, self.at + 1)? {
            sink.fault(Fault::StrayBrace, self.at);
            self.at += 1;
            return Ok(());
        }
        if byte != self.close {
            sink.fault(Fault::WrongDelimiter, self.at);
        }
        self.end(self.at + 1, sink);
        Ok(())
    }

    /// The element is broken off at `at`, where the next begins, the input ends, or (in quotes) its own brace closes.
    fn broken<S: Sink>(&mut self, view: View<'_>, at: usize, sink: &mut S) {
        if let Some(open) = self.last
            && self.repair(view, open, at, sink)
        {
            return;
        }
        match self.state {
            State::Braced(open, _) => {
                sink.fault(Fault::UnclosedBrace, open);
                sink.give_up();
            }
            State::Quoted(open, ..) => {
                sink.fault(Fault::UnclosedQuote, open);
                sink.give_up();
                if view.byte(at) == Some(b'}') {
                    self.named = false;
                    self.end(at + 1, sink);
                    return;
                }
            }
            State::Comment(..) => sink.fault(Fault::UnclosedEntry, self.open),
            State::Key => {
                sink.key(at, at);
                sink.fault(Fault::UnclosedEntry, self.open);
            }
            _ => {
                if self.named || self.filled {
                    self.field(sink);
                }
                sink.fault(Fault::UnclosedEntry, self.open);
            }
        }
        self.named = false;
        self.end(at, sink);
    }

    /// If the value that opened at `open` swallowed lines that are fields, ends it before the first of them and goes on
    /// with that line.
    fn repair<S: Sink>(&mut self, view: View<'_>, open: usize, to: usize, sink: &mut S) -> bool {
        if self.doubt || self.repairs >= MAX_REPAIRS || open < view.base {
            return false;
        }
        let swallowed = view.slice(open + 1, to);
        // Searches that find nothing count too: a value may be searched once for each quotation mark in it.
        self.repairs += 1;
        let Some((end, line)) = field_line(swallowed) else { return false };
        let (end, line) = (open + 1 + end, open + 1 + line);
        let quoted = view.byte(open) == Some(b'"');
        sink.rewind(line);
        sink.fault(if quoted { Fault::UnclosedQuote } else { Fault::UnclosedBrace }, open);
        match self.state {
            State::Braced(..) => sink.piece(Sort::Braced, open + 1, end),
            State::Quoted(..) => sink.piece(Sort::Quoted, open + 1, end),
            _ => sink.truncate(end),
        }
        self.filled = true;
        self.field(sink);
        self.last = None;
        self.comma = true;
        self.at = line;
        self.state = State::Name;
        true
    }
}

/// The beginning of an element.
struct Head {
    word: (usize, usize),
    /// Where its brace is, if it has one.
    at: usize,
    /// `{`, `(`, or 0 for a comment that is a line.
    open: u8,
}

/// The beginning of an element at an `@`: `@word{`, `@word(`, `@comment`.
fn head(view: View<'_>, at: usize) -> Look<Option<Head>> {
    let rest = view.rest(at + 1);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let before = space(rest);
    let word = rest.get(before..).unwrap_or_default();
    let length = run(word, &WORD_STOPS);
    let word = word.get(..length).unwrap_or_default();
    let behind = rest.get(before + length..).unwrap_or_default();
    let spaces = space(behind);
    let from = at + 1 + before;
    let found = |open| Some(Head { word: (from, from + length), at: from + length + spaces, open });
    match behind.get(spaces) {
        Some(open @ (b'{' | b'(')) if length > 0 && !word.first().is_some_and(u8::is_ascii_digit) => {
            let line = *open == b'(' && Body::of(word) == Body::Comment;
            Ok(found(if line { 0 } else { *open }))
        }
        None if short => Err(Wait),
        _ if Body::of(word) == Body::Comment
            && before == 0
            && (spaces > 0 || matches!(behind.first(), None | Some(b'@'))) =>
        {
            Ok(found(0))
        }
        _ => Ok(None),
    }
}

/// Whether what stands at an `@` is an entry even where text is expected: `@word{key,`, `@word{name =`,
/// `@comment{`, `@preamble{`, all on one line.
fn likely_entry(view: View<'_>, at: usize) -> Look<bool> {
    let Some(head) = head(view, at)? else { return Ok(false) };
    if head.open == 0 {
        return Ok(false);
    }
    let body = Body::of(view.slice(head.word.0, head.word.1));
    if matches!(body, Body::Comment | Body::Preamble) {
        return Ok(true);
    }
    let rest = view.rest(head.at + 1);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    match rest.iter().find(|byte| matches!(byte, b',' | b'=' | b'{' | b'}' | b'"' | b'\\' | b'\n' | b'\r')) {
        Some(byte) => Ok(matches!(byte, b',' | b'=')),
        None if short => Err(Wait),
        None => Ok(false),
    }
}

/// Whether the `=` at `at` of a line stands between a field's name and its value, and not in a citation key.
fn is_field_sign(line: &[u8], at: usize, stop: Option<u8>) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let after = line.get(at + 1..).unwrap_or_default();
    let value = match after.trim_ascii_start().first() {
        None => stop == Some(b'{') || (stop.is_none_or(is_space) && after.is_empty()),
        Some(b'"') => true,
        _ => false,
    };
    let known =
        [&b"author"[..], b"editor", b"title", b"booktitle", b"journal", b"year", b"date", b"note", b"url", b"doi"];
    let known = known.iter().any(|name| name.eq_ignore_ascii_case(before));
    at > 0
        && (value
            || known
            || before.last().is_some_and(|byte| is_space(*byte))
            || after.first().is_some_and(|byte| is_space(*byte)))
}

/// Whether a quotation mark before `at` closes its value: a comma, `#`, the end of the entry or a field follows.
fn after_quote(view: View<'_>, at: usize) -> Look<bool> {
    let rest = view.rest(at);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let from = space(rest);
    match rest.get(from) {
        Some(b',' | b'#' | b'}' | b')' | b'%' | b'@') => Ok(true),
        Some(b'"' | b'{' | b'(' | b'=') => Ok(false),
        Some(_) => match field_name(rest.get(from..).unwrap_or_default()) {
            Some(follows) => Ok(follows),
            None if short => Err(Wait),
            None => Ok(false),
        },
        None if short => Err(Wait),
        None => Ok(true),
    }
}

/// Whether the bytes begin with a name and `=`; nothing if they end before that is known.
fn field_name(bytes: &[u8]) -> Option<bool> {
    let length = run(bytes, &STOPS);
    let behind = bytes.get(length..).unwrap_or_default();
    behind.get(space(behind)).map(|byte| length > 0 && *byte == b'=')
}

/// Whether behind a closing brace a comma and another field follow.
fn field_follows(view: View<'_>, at: usize) -> Look<bool> {
    let rest = view.rest(at);
    let short = rest.len() < LOOK && !view.at_end;
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let spaces = space(rest);
    match rest.get(spaces) {
        Some(b',') => {}
        None if short => return Err(Wait),
        _ => return Ok(false),
    }
    let rest = rest.get(spaces + 1..).unwrap_or_default();
    let spaces = space(rest);
    match field_name(rest.get(spaces..).unwrap_or_default()) {
        Some(follows) => Ok(follows),
        None if short => Err(Wait),
        None => Ok(false),
    }
}

/// The first line that is a field, behind a line that ends with a comma: where the text before ends, and where the line
/// begins.
fn field_line(text: &[u8]) -> Option<(usize, usize)> {
    let mut end = None;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let length = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = rest.get(..length)?;
        if let Some(end) = end
            && begins_field(line)
        {
            return Some((end, from));
        }
        let content = line.trim_ascii_end();
        if let Some(content) = content.strip_suffix(b",") {
            end = Some(from + content.trim_ascii_end().len());
        } else if !content.is_empty() {
            end = None;
        }
        if length == rest.len() {
            return None;
        }
        from += length + 1;
    }
}

/// Whether a line begins with `name = ` and a value.
fn begins_field(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let length = line.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count();
    let Some(behind) = line.get(length..) else { return false };
    let Some(value) = behind.trim_ascii_start().strip_prefix(b"=") else { return false };
    let begins = |byte: &u8| matches!(byte, b'{' | b'"') || byte.is_ascii_alphanumeric();
    line.first().is_some_and(u8::is_ascii_alphabetic) && value.trim_ascii_start().first().is_some_and(begins)
}

/// Pairs of braces ahead of the machine, found once and kept, so that asking for many costs one pass.
#[derive(Debug, Default)]
struct Braces {
    from: usize,
    to: usize,
    /// Opening braces in order, each with its partner or 0.
    opens: Vec<(usize, usize)>,
    /// Those without a partner yet.
    unmatched: Vec<usize>,
}

impl Braces {
    /// The partner of the brace at `open`, if it is at most `reach` bytes away.
    fn partner(&mut self, view: View<'_>, open: usize, reach: usize) -> Look<Option<usize>> {
        if open < view.base {
            return Ok(None);
        }
        if open < self.from || open >= self.to || self.to < view.base {
            (self.from, self.to) = (open, open);
            self.opens.clear();
            self.unmatched.clear();
        }
        let mut found = self.opens.binary_search_by_key(&open, |pair| pair.0).unwrap_or(0);
        if found > 1 << 16 && found > self.opens.len() / 2 {
            // What is behind is not asked for again.
            self.from = open;
            self.opens.drain(..found);
            self.unmatched.retain(|index| *index >= found);
            self.unmatched.iter_mut().for_each(|index| *index -= found);
            found = 0;
        }
        let limit = open + reach;
        loop {
            if let Some((at, close)) = self.opens.get(found)
                && *at == open
                && *close > 0
            {
                return Ok(Some(*close).filter(|close| *close <= limit));
            }
            if self.to > limit {
                return Ok(None);
            }
            let rest = view.slice(self.to, view.end().min(limit + 1));
            let Some(next) = memchr2(b'{', b'}', rest) else {
                self.to += rest.len();
                return if self.to > limit || view.at_end { Ok(None) } else { Err(Wait) };
            };
            let at = self.to + next;
            self.to = at + 1;
            if view.byte(at) == Some(b'{') {
                self.unmatched.push(self.opens.len());
                self.opens.push((at, 0));
            } else if let Some(pair) = self.unmatched.pop().and_then(|index| self.opens.get_mut(index)) {
                pair.1 = at;
            }
        }
    }
}
