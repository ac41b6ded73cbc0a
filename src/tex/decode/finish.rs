//! The text put in order: open things closed, marks sorted, letters composed.

use super::{Decoded, Ends, Reader};
use crate::bytes::is_nfc;
use crate::record::{Mark, MarkKind, Text};
use std::cmp::Reverse;
use unicode_normalization::UnicodeNormalization;

impl Reader<'_> {
    /// Closes what is open and puts the text in order.
    pub(super) fn finish(mut self) -> Decoded {
        while let Some(frame) = self.frames.last() {
            if !frame.single {
                self.unbalanced = self.unbalanced.or(Some(frame.at));
                // What was never closed protects nothing.
                if let Ends::Group(Some(_)) = frame.ends
                    && let Some(frame) = self.frames.last_mut()
                {
                    frame.ends = Ends::Nothing;
                }
            }
            self.close_frame();
        }
        while let Some(mark) = self.switches.pop() {
            self.end(mark);
        }
        let plain_length = self.plain.len();
        let mut marks: Vec<Mark> = Vec::new();
        for (start, end, kind) in self.marks {
            let end = end.min(plain_length);
            if let Some(kind) = kind
                && (start < end || matches!(kind, MarkKind::Raw { .. }))
            {
                marks.push(Mark { start: start as u32, end: end as u32, kind });
            }
        }
        marks.sort_by_key(|m| (m.start, Reverse(m.end)));
        marks.dedup_by(|later, earlier| later == earlier && !matches!(later.kind, MarkKind::Raw { .. }));
        if !is_nfc(&self.plain) {
            (self.plain, marks) = composed(&self.plain, marks);
        }
        let mut text = Text::with_marks(self.plain, marks);
        text.tidy();
        Decoded { text, unknown: self.unknown, unbalanced: self.unbalanced }
    }
}

/// NFC between the ends of marks, which move with it.
fn composed(plain: &str, mut marks: Vec<Mark>) -> (String, Vec<Mark>) {
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.start as usize, m.end as usize]).collect();
    cuts.push(plain.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(plain.len());
    let mut moved = Vec::with_capacity(cuts.len());
    let mut from = 0;
    for &cut in &cuts {
        out.extend(plain.get(from..cut).unwrap_or_default().nfc());
        moved.push(out.len() as u32);
        from = cut;
    }
    let place = |at: u32| {
        let index = cuts.binary_search(&(at as usize)).unwrap_or_default();
        moved.get(index).copied().unwrap_or_default()
    };
    for mark in &mut marks {
        (mark.start, mark.end) = (place(mark.start), place(mark.end));
    }
    (out, marks)
}
