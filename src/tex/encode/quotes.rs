//! How the quotation marks of a quotation are written.

use crate::record::{Mark, MarkKind, Text};

/// The quotation marks of a [`MarkKind::Quote`] that are written by markup.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyphs {
    /// The plain string's own, which are not ours to change.
    Literal,
    /// “ ”.
    Double,
    /// ‘ ’.
    Single,
    /// ‘ ’ where the ligatures could be misread: `\enquote*`.
    SingleCommand,
}

/// For each mark, how its quotation marks are written; empty where no mark is a quotation. The glyphs are replaced
/// only where no mark inside covers one of them, for which looking at direct children is enough.
pub(super) fn quotes_to_write(text: &Text) -> Vec<Glyphs> {
    if !text.marks().iter().any(|m| m.kind == MarkKind::Quote) {
        return Vec::new();
    }
    let plain = text.as_str();
    let mut open: Vec<(usize, &Mark)> = Vec::new();
    let mut glyphs: Vec<Glyphs> = Vec::with_capacity(text.marks().len());
    for (index, mark) in text.marks().iter().enumerate() {
        while open.last().is_some_and(|&(_, outer)| outer.end <= mark.start) {
            open.pop();
        }
        if let Some(&(parent, outer)) = open.last()
            && (mark.start < outer.start + 3 || mark.end + 3 > outer.end)
            && let Some(slot) = glyphs.get_mut(parent)
        {
            *slot = Glyphs::Literal;
        }
        let span = plain.get(mark.start as usize..mark.end as usize).unwrap_or_default();
        let inner = |open, close| span.strip_prefix(open).and_then(|s: &str| s.strip_suffix(close));
        let follows = plain.get(mark.end as usize..).and_then(|s| s.chars().next());
        glyphs.push(if mark.kind != MarkKind::Quote {
            Glyphs::Literal
        } else if inner('“', '”').is_some() {
            Glyphs::Double
        } else if let Some(inner) = inner('‘', '’') {
            // An apostrophe could close the quotation too early, a letter behind it keep it open.
            if inner.is_empty() || inner.contains('\'') || follows.is_some_and(char::is_alphanumeric) {
                Glyphs::SingleCommand
            } else {
                Glyphs::Single
            }
        } else {
            Glyphs::Literal
        });
        open.push((index, mark));
    }
    glyphs
}
