//! Where `$…$` in running text is math: text of web pages and PDFs, in which a dollar may be money.

use std::ops::Range;

/// The spans of `$…$` and `$$…$$` that are math, dollars included: nothing blank inside the dollars, no digit behind the
/// closing one (as in `$5 or $6`), one line, and no sum of money with words behind it. `\$` is a dollar.
pub fn dollars(plain: &str) -> Vec<Range<usize>> {
    let bytes = plain.as_bytes();
    let mut spans = Vec::new();
    let mut dollars =
        memchr::memchr_iter(b'$', bytes).filter(|at| *at == 0 || bytes.get(at - 1) != Some(&b'\\')).peekable();
    while let Some(at) = dollars.next() {
        let double = dollars.peek() == Some(&(at + 1));
        let width = if double { 2 } else { 1 };
        if double {
            dollars.next();
        }
        let Some(&close) = dollars.peek() else { break };
        let end = close + width;
        let inside = plain.get(at + width..close).unwrap_or_default();
        let closed = !double || bytes.get(close + 1) == Some(&b'$');
        let digit = !double && bytes.get(end).is_some_and(u8::is_ascii_digit);
        if closed && !digit && is_math(inside) {
            spans.push(at..end);
            dollars.next();
            if double {
                dollars.next();
            }
        }
    }
    spans
}

fn is_math(inside: &str) -> bool {
    if inside.is_empty() || inside.starts_with(' ') || inside.ends_with(' ') || inside.contains('\n') {
        return false;
    }
    let is_sum = inside.starts_with(|c: char| c.is_ascii_digit())
        && !inside.contains(['\\', '^', '_', '=', '{', '<', '>', '+'])
        && inside.split(' ').skip(1).any(|word| word.len() > 1 && word.chars().all(char::is_alphabetic));
    !is_sum
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn math_and_money() {
        for (text, math) in [
            ("an error of $O(\\sqrt{n})$ at $n=1, 150$", &["$O(\\sqrt{n})$", "$n=1, 150$"][..]),
            ("it costs $5", &[]),
            ("from $5 to $10", &[]),
            ("costs $5 and $x$ is", &["$x$"]),
            ("$5 is the price of 3 items of a$", &[]),
            ("\\$5 and \\$6", &[]),
            ("so $$x^2$$ holds", &["$$x^2$$"]),
            ("$a$$b$", &["$a$", "$b$"]),
            ("$", &[]),
            ("$$", &[]),
            ("$ x $", &[]),
        ] {
            let found: Vec<_> = dollars(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(found, math, "{text}");
        }
    }
}
