//! Commands that are not known: kept with their source, and their arguments read as text.

use super::{Ends, Frame, Reader};
use crate::record::MarkKind;

impl<'a> Reader<'a> {
    /// Keeps an unknown command: its arguments are read as text and the whole is marked with its source.
    pub(super) fn unknown(&mut self, begin: usize, name: &'a str) {
        if self.known_unknown.insert(name) {
            self.unknown.push((name.to_owned(), begin));
        }
        self.flush_accents(0);
        if self.byte(self.at) == Some(b'*') {
            self.at += 1;
        }
        self.bracketed();
        let mark = self.begin(None);
        if self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) != Some(b'}') {
            self.raws += 1;
            self.open(Ends::Raw(mark, begin), false);
            self.at += 1;
            return;
        }
        // A name in capitals is most often an abbreviation for itself (`\USA`).
        if name.bytes().any(|b| b.is_ascii_uppercase()) {
            self.push(name);
            self.space_after_name();
        }
        if self.raws == 0 && !self.declaration(mark, begin) {
            self.keep_source(mark, begin);
        }
        if name.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.after_word();
        }
        self.token_done();
    }

    /// The space behind a command that is printed by its name, which the name needs and TeX would take away: it becomes a
    /// part of the command's source.
    fn space_after_name(&mut self) {
        let rest = self.src.get(self.at..).unwrap_or_default();
        let next = rest.chars().find(|c| !c.is_ascii_whitespace());
        if rest.starts_with(' ') && next.is_some_and(|c| c != '}') {
            self.push(" ");
            self.at += 1;
        }
    }

    /// Whether an unknown command begins a group with more in it, and so may change how the rest is set: then the whole
    /// group is its source.
    pub(super) fn declaration(&mut self, mark: usize, begin: usize) -> bool {
        let follows = self.byte(self.at);
        if let Some(frame) = self.frames.last_mut()
            && matches!(frame.ends, Ends::Group(None))
            && frame.at + 1 == begin
            && follows.is_some_and(|b| b.is_ascii_whitespace())
        {
            frame.ends = Ends::RawGroup(mark, frame.at);
            self.raws += 1;
            return true;
        }
        false
    }

    /// An unknown command goes on while arguments follow.
    pub(super) fn close_raw(&mut self, mark: usize, begin: usize, single: bool) {
        if !single && self.byte(self.at) == Some(b'{') && self.byte(self.at + 1) != Some(b'}') {
            self.open(Ends::Raw(mark, begin), false);
            self.at += 1;
            return;
        }
        self.raws -= 1;
        if self.raws == 0 {
            self.keep_source(mark, begin);
        }
    }

    /// Gives a mark its source, with the braces around it where nothing else is in them.
    pub(super) fn keep_source(&mut self, mark: usize, begin: usize) {
        let (mut from, mut to) = (begin, self.at);
        let only = from.checked_sub(1).filter(|&at| self.byte(at) == Some(b'{'));
        let in_group = matches!(self.frames.last(), Some(Frame { ends: Ends::Group(None), .. }));
        if let Some(brace) = only
            && in_group
            && self.byte(to) == Some(b'}')
        {
            from = brace;
            to += 1;
        }
        let source = self.slice(from, to).into();
        self.kind(mark, Some(MarkKind::Raw { format: "latex".into(), source }));
        self.end(mark);
    }
}
