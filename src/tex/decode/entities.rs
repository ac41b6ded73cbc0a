//! Entities of HTML in LaTeX, as databases and programs leave them that escape what they do not decode: `R\&amp;D`,
//! `d\&\#8217;Examples`. What an encoder writes for the words themselves, `\&{}amp;`, is none.

use crate::entities::entity;
use crate::tex::encode_str;

/// The longest entity, with what escapes it.
const LONGEST: usize = 40;

/// LaTeX with its entities as characters; `None` where there are none.
pub(super) fn decoded(latex: &str) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'&', latex.as_bytes()).filter(|at| latex.get(at + 1..).is_some_and(may_follow)) {
        let Some(rest) = latex.get(at..).filter(|_| at >= from) else { continue };
        let before = latex.get(from..at).unwrap_or_default();
        let escapes = before.bytes().rev().take_while(|byte| *byte == b'\\').count();
        let escaped = before.get(..before.len() - escapes % 2).unwrap_or_default();
        // `{\&}amp;`
        let (begin, body) = match rest.strip_prefix("&}").filter(|_| escaped.len() < before.len()) {
            Some(body) => (escaped.strip_suffix('{'), body),
            None => (Some(escaped), rest.get(1..).unwrap_or_default()),
        };
        let Some((begin, (length, characters))) = begin.zip(entity_of(body)) else { continue };
        out.push_str(begin);
        let _ = encode_str(&characters, false, &mut out);
        from = latex.len() - body.len() + length;
    }
    if from == 0 {
        return None;
    }
    out.push_str(latex.get(from..).unwrap_or_default());
    Some(out)
}

/// Whether what stands behind a `&` may be the rest of an entity.
pub(super) fn may_end(behind: &str) -> bool {
    // With a `}` before it.
    let near = behind.as_bytes().get(..LONGEST + 1).unwrap_or(behind.as_bytes());
    may_follow(behind) && memchr::memchr(b';', near).is_some()
}

/// Whether an entity, or the end of braces around its first character, may follow.
fn may_follow(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '#' | '\\' | '}'))
}

/// The entity whose name begins a string: its length behind the `&`, and what it stands for.
fn entity_of(body: &str) -> Option<(usize, String)> {
    let number = body.strip_prefix("\\#");
    let skipped = usize::from(number.is_some());
    let end = body.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = body.get(skipped..=end)?;
    let (length, characters) = entity(&["&", name].concat())?;
    Some((length - 1 + skipped, characters))
}

/// Whether LaTeX ends in an entity but for its semicolon.
pub(crate) fn ends_in_entity(latex: &str) -> bool {
    // No further than an entity can reach: this is asked at each separator.
    let from = latex.len().saturating_sub(LONGEST);
    let begins = memchr::memrchr(b'&', latex.as_bytes().get(from..).unwrap_or_default());
    begins.and_then(|at| latex.get(from + at..)).is_some_and(|tail| match tail.strip_prefix("&\\#") {
        Some(number) => crate::entities::ends_in_entity(&["&#", number].concat()),
        None => crate::entities::ends_in_entity(tail),
    })
}
