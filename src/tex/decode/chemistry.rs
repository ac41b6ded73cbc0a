//! Chemical formulas as the package mhchem writes them: `\ce{SO4^2-}`.

use super::Reader;
use crate::record::MarkKind;

/// Arrows, the longer first.
const ARROWS: &[(&str, &str)] = &[("<=>", "⇌"), ("<->", "↔"), ("->", "→"), ("<-", "←")];

impl Reader<'_> {
    /// A formula: digits behind letters are lowered, charges raised. What is more than that is printed as it is.
    pub(super) fn formula(&mut self, begin: usize) {
        let mark = self.begin_known();
        let Some(inner) = self.braced() else {
            return self.argument(super::Ends::Nothing);
        };
        match pieces(inner) {
            Some(pieces) => {
                for (kind, piece) in pieces {
                    match kind {
                        Some(kind) => self.mark_over(piece, kind),
                        None => self.push(piece),
                    }
                }
            }
            None => self.push(inner),
        }
        self.known(mark, begin);
    }
}

/// The pieces of a formula with their marks; `None` where more is in it than this knows.
fn pieces(formula: &str) -> Option<Vec<(Option<MarkKind>, &str)>> {
    let mut pieces = Vec::new();
    let mut rest = formula;
    // Whether an atom or group is before this place, to which digits and signs belong.
    let mut bound = false;
    while let Some(c) = rest.chars().next() {
        let arrow = ARROWS.iter().find(|(ascii, _)| rest.starts_with(ascii));
        let (kind, piece, after) = match c {
            _ if let Some((ascii, arrow)) = arrow => (None, *arrow, rest.get(ascii.len()..)?),
            '^' | '_' => {
                let (script, after) = script(rest.get(1..)?)?;
                (Some(if c == '^' { MarkKind::Superscript } else { MarkKind::Subscript }), script, after)
            }
            '0'..='9' => {
                let len = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (digits, after) = rest.split_at_checked(len)?;
                (bound.then_some(MarkKind::Subscript), digits, after)
            }
            '+' | '-'
                if bound
                    && rest.get(1..).is_none_or(|after| after.is_empty() || after.starts_with([' ', ')', ']'])) =>
            {
                let (sign, after) = rest.split_at_checked(1)?;
                (Some(MarkKind::Superscript), sign, after)
            }
            _ if c.is_alphanumeric() || " ()[]+-=.,*·/".contains(c) => {
                let (piece, after) = rest.split_at_checked(c.len_utf8())?;
                (None, piece, after)
            }
            _ => return None,
        };
        bound = kind.is_some() || c.is_alphabetic() || matches!(c, ')' | ']');
        pieces.push((kind, piece));
        rest = after;
    }
    Some(pieces)
}

/// A raised or lowered piece behind its sign: in braces, or digits and signs.
fn script(source: &str) -> Option<(&str, &str)> {
    if let Some(group) = source.strip_prefix('{') {
        let (inner, after) = group.split_once('}')?;
        let plain = !inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || "+-.,".contains(c));
        return plain.then_some((inner, after));
    }
    let len = source.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-')).count();
    let len = if len == 0 { usize::from(source.starts_with(|c: char| c.is_ascii_alphabetic())) } else { len };
    if len == 0 { None } else { source.split_at_checked(len) }
}
