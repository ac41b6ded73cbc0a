//! Entities of HTML, which databases leave in what they export: `R&amp;D`, `d&#8217;Examples`.
//!
//! ```text
//! entity("&amp; more")          // Some((5, "&"))
//! entity("&D; more")            // None: there is none of this name
//! ends_in_entity("R&amp")       // true: the semicolon behind it is the entity's
//! ```

/// The longest entity, without its semicolon.
const LONGEST: usize = 33;

/// The entity at the beginning of a string: its length, and what it stands for.
pub(crate) fn entity(text: &str) -> Option<(usize, String)> {
    let body = text.strip_prefix('&')?;
    // Most signs have words behind them.
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let end = body.bytes().take(LONGEST).position(|byte| !is_of_name(&byte))?;
    let name = body.get(..end).filter(|_| body.as_bytes().get(end) == Some(&b';'))?;
    let characters = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            let character = char::from_u32(code).filter(|c| !c.is_control())?;
            character.to_string()
        }
        None => {
            let whole = text.get(..end + 2)?;
            let decoded = html_escape::decode_html_entities(whole);
            (*decoded != *whole).then(|| decoded.into_owned())?
        }
    };
    Some((end + 2, characters))
}

/// Whether a string ends in an entity but for its semicolon.
pub(crate) fn ends_in_entity(piece: &str) -> bool {
    let from = piece.len().saturating_sub(LONGEST);
    let tail = piece.as_bytes().get(from..).unwrap_or_default();
    let begins = memchr::memrchr(b'&', tail).and_then(|at| piece.get(from + at..));
    begins.is_some_and(|tail| entity(&[tail, ";"].concat()).is_some_and(|(length, _)| length == tail.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_entities_that_there_are_keep_their_semicolon() {
        for (piece, want) in [
            ("R&amp", true),
            ("M&uuml", true),
            ("d&#8217", true),
            ("x&#x2019", true),
            ("Law &Economics", false),
            ("R&D", false),
            ("R&amp; D", false),
            ("&", false),
            ("", false),
        ] {
            assert_eq!(ends_in_entity(piece), want, "{piece}");
        }
    }
}
