//! Edits of a text with its marks, in one pass.

use crate::diagnostic::Code;
use crate::record::{Mark, MarkKind, Text};
use crate::tex;
use std::cmp::Reverse;
use std::ops::Range;

/// A text, and the spans of it that repairs leave alone: math, code, what could not be understood, addresses.
pub(super) struct Guarded<'t> {
    pub(super) plain: &'t str,
    /// The spans, sorted, apart from each other.
    pub(super) spans: Vec<Range<usize>>,
}

impl<'t> Guarded<'t> {
    pub(super) fn new(text: &'t Text) -> Guarded<'t> {
        let plain = text.as_str();
        let guards = |mark: &&Mark| {
            matches!(mark.kind, MarkKind::Math | MarkKind::Code | MarkKind::Raw { .. } | MarkKind::Link(_))
                && mark.start < mark.end
        };
        let mut all: Vec<Range<usize>> =
            text.marks().iter().filter(guards).map(|mark| mark.start as usize..mark.end as usize).collect();
        all.extend(tex::dollars(plain));
        all.sort_unstable_by_key(|span| (span.start, span.end));
        let mut spans: Vec<Range<usize>> = Vec::new();
        for span in all {
            match spans.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => spans.push(span),
            }
        }
        Guarded { plain, spans }
    }

    /// Whether a span touches none that is left alone.
    pub(super) fn is_free(&self, span: &Range<usize>) -> bool {
        let next = self.spans.partition_point(|it| it.end <= span.start);
        self.spans.get(next).is_none_or(|it| it.start >= span.end)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.plain.as_bytes().get(at).copied()
    }

    /// The character before an offset.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.plain.get(..at).and_then(|before| before.chars().next_back())
    }

    /// The character at an offset.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.plain.get(at..).and_then(|rest| rest.chars().next())
    }
}

/// One change: a span and what comes in its place.
#[derive(Debug)]
struct Edit {
    span: Range<usize>,
    new: Text,
    /// Whether the marks of exactly this span go with it.
    unmark: bool,
}

/// The changes of one pass, in the order of the text, and what is to be said.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: Vec<Edit>,
    /// Repairs: before and after.
    pub(super) notes: Vec<(&'static Code, String, String)>,
    /// What cannot be repaired.
    pub(super) warnings: Vec<(&'static Code, String)>,
}

impl Edits {
    /// Puts a string in the place of a span, silently. Spans come in the order of the text; one that overlaps the last is
    /// left out.
    pub(super) fn replace(&mut self, span: Range<usize>, new: &str) -> bool {
        let mut text = Text::default();
        text.push_str(new);
        self.put(span, text, false)
    }

    /// Puts a text with marks in the place of a span and of the marks that lie over exactly this span.
    pub(super) fn put(&mut self, span: Range<usize>, new: Text, unmark: bool) -> bool {
        let fits = self.list.last().is_none_or(|last| last.span.end <= span.start);
        if fits {
            self.list.push(Edit { span, new, unmark });
        }
        fits
    }

    /// Puts a string in the place of a span and notes it.
    pub(super) fn repair(&mut self, code: &'static Code, plain: &str, span: Range<usize>, new: &str) {
        let before = plain.get(span.clone()).unwrap_or_default();
        if before != new && self.replace(span, new) {
            self.notes.push((code, before.to_owned(), new.to_owned()));
        }
    }

    /// The text with the changes made, if there are any.
    pub(super) fn apply(self, text: &Text) -> Option<Text> {
        if self.list.is_empty() {
            return None;
        }
        let plain = text.as_str();
        let mut new = Text::default();
        let mut from = 0;
        // For each edit where it begins and ends in the new text.
        let mut moved = Vec::with_capacity(self.list.len());
        for edit in &self.list {
            new.push_str(plain.get(from..edit.span.start).unwrap_or_default());
            let start = new.len();
            new.append(&edit.new);
            moved.push(start..new.len());
            from = edit.span.end;
        }
        new.push_str(plain.get(from..).unwrap_or_default());
        let mut marks: Vec<Mark> = new.marks().to_vec();
        for mark in text.marks() {
            let span = mark.start as usize..mark.end as usize;
            let next = self.list.partition_point(|edit| edit.span.end <= span.start);
            let gone = self.list.get(next).is_some_and(|edit| edit.unmark && edit.span == span);
            if gone {
                continue;
            }
            let (start, end) = (self.map(&moved, span.start, true), self.map(&moved, span.end, false));
            if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
                && (start < end || matches!(mark.kind, MarkKind::Raw { .. }))
            {
                marks.push(Mark { start, end: end.max(start), kind: mark.kind.clone() });
            }
        }
        marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
        let mut done = Text::with_marks(new.as_str().to_owned(), marks);
        done.tidy();
        Some(done)
    }

    /// Where an offset of the old text lies in the new one. Inside a change it is the change's start or end.
    fn map(&self, moved: &[Range<usize>], at: usize, is_start: bool) -> usize {
        let next = self.list.partition_point(|edit| edit.span.end <= at);
        if let (Some(edit), Some(to)) = (self.list.get(next), moved.get(next))
            && edit.span.start < at
        {
            return if is_start { to.start } else { to.end };
        }
        match next.checked_sub(1).and_then(|last| Some((self.list.get(last)?, moved.get(last)?))) {
            Some((edit, to)) => to.end + (at - edit.span.end),
            None => at,
        }
    }
}
