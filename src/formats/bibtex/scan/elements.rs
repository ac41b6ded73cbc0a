//! Between entries: where the next element begins, and `@comment`.

use super::ahead::{Head, head, likely_entry};
use super::bytes::{Look, View, Wait};
use super::fields::skip_space;
use super::{Body, Fault, Machine, Sink, State};
use memchr::{memchr2, memchr3};

/// How far the brace of a `@comment{…}` may be from its partner if something that looks like an entry stands between
/// them. Whole files have been put into one.
const COMMENT_REACH: usize = 1 << 20;

impl Machine {
    pub(super) fn text<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        // Only white space is before most elements.
        let rest = view.rest(self.at);
        let spaces = skip_space(rest, 0);
        let found = if rest.get(spaces) == Some(&b'@') { Some(spaces) } else { memchr2(b'@', b'%', rest) };
        let Some(found) = found else {
            self.at = view.end();
            return Err(Wait);
        };
        let at = self.at + found;
        self.at = at;
        if view.byte(at) == Some(b'%') {
            // Users and biber take a line that begins with `%` for a comment.
            if !view.begins_line(at, self.begin) {
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
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric()) && (head.open == b'(' || !likely_entry(view, at)?) {
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

    /// A `@comment` without braces hides words up to the end of its line, but no entry: BibTeX skips the word alone.
    pub(super) fn comment_line<S: Sink>(&mut self, view: View<'_>, sink: &mut S) -> Look<()> {
        loop {
            let Some(length) = memchr3(b'\n', b'\r', b'@', view.rest(self.at)) else {
                self.at = view.end();
                return Err(Wait);
            };
            self.at += length;
            if view.byte(self.at) != Some(b'@') || likely_entry(view, self.at)? {
                self.end(self.at, sink);
                return Ok(());
            }
            self.at += 1;
        }
    }

    pub(super) fn comment<S: Sink>(&mut self, view: View<'_>, sink: &mut S, open: usize, depth: usize) -> Look<()> {
        if !self.group(view, open, depth, COMMENT_REACH)? {
            sink.fault(Fault::UnclosedEntry, self.open);
        }
        self.end(self.at, sink);
        Ok(())
    }
}
