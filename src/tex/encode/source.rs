//! Pieces that are written as they are: math, unknown commands, addresses; and whether they may be.

/// Whether the braces of this string balance as BibTeX counts them: a backslash makes no difference to it.
pub fn balanced(latex: &str) -> bool {
    let mut depth = 0usize;
    for at in memchr::memchr2_iter(b'{', b'}', latex.as_bytes()) {
        if latex.as_bytes().get(at) == Some(&b'{') {
            depth += 1;
        } else if depth == 0 {
            return false;
        } else {
            depth -= 1;
        }
    }
    depth == 0
}

/// Whether source can be written verbatim: its braces balance for BibTeX and for TeX, to which `\{` is none, and it
/// does not end in a backslash that would take what follows.
pub(super) fn self_contained(latex: &str) -> bool {
    let (mut depth, mut escaped) = (0usize, false);
    for b in latex.bytes() {
        match b {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    depth == 0 && !escaped && balanced(latex)
}

/// Whether balanced source is one pair of braces and what is in it.
pub(super) fn one_group(latex: &str) -> bool {
    let mut depth = 0usize;
    let last = latex.len().saturating_sub(1);
    latex.starts_with('{')
        && memchr::memchr2_iter(b'{', b'}', latex.as_bytes()).all(|at| {
            if latex.as_bytes().get(at) == Some(&b'{') {
                depth += 1;
            } else {
                depth = depth.saturating_sub(1);
            }
            depth > 0 || at == last
        })
}

/// Math as it may be written: delimited, one formula, its braces balanced.
pub(super) fn math(source: &str) -> Option<String> {
    let delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];
    let inner = delimiters
        .iter()
        .find_map(|(open, close)| source.strip_prefix(open)?.strip_suffix(close))
        .filter(|inner| !inner.trim().is_empty())?;
    let (mut depth, mut escaped, mut comment) = (0i32, false, false);
    for b in inner.bytes() {
        match b {
            b'(' | b')' | b'[' | b']' if escaped => return None,
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'$' if depth == 0 => return None,
            b'%' => comment = true,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
        if depth < 0 {
            return None;
        }
    }
    if escaped || depth != 0 {
        return None;
    }
    let mut latex = source.to_owned();
    if comment {
        latex = escape_percent(&latex);
    }
    if !balanced(&latex) {
        // BibTeX counts `\{` as a brace; these it does not see.
        latex = latex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ");
    }
    self_contained(&latex).then_some(latex)
}

/// An unescaped percent sign would hide the rest of the line from TeX.
fn escape_percent(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 1);
    let mut escaped = false;
    for c in source.chars() {
        if c == '%' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// Appends an address as hyperref takes it. Braces and backslashes could unbalance the field and are percent-encoded.
pub(super) fn put_address(address: &str, out: &mut String) {
    for c in address.chars() {
        match c {
            '%' | '#' | '&' => out.extend(['\\', c]),
            '{' => out.push_str("\\%7B"),
            '}' => out.push_str("\\%7D"),
            '\\' => out.push_str("\\%5C"),
            c if c.is_whitespace() => out.push_str("\\%20"),
            c => out.push(c),
        }
    }
}
