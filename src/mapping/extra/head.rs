//! The head of a text: which of its lines say what fields would, and what stays text.

use super::{LONGEST, Line, parse};
use crate::bytes::trim;
use std::borrow::Cow;

/// The lines at the head of a text, and the text behind them, with what stood between them before it.
pub fn split(text: &str) -> (Vec<Line>, Cow<'_, str>) {
    let mut lines = Vec::new();
    let mut between = String::new();
    // `rest` is what stands behind the last line, `at` where the next may stand.
    let (mut rest, mut at) = (text, text);
    loop {
        if let Some(behind) = take_line(at, &mut lines) {
            between.push_str(rest.get(..rest.len() - at.len()).unwrap_or_default());
            (rest, at) = (behind, behind);
        } else if let Some((_, behind)) = first_line(at).filter(|(line, _)| may_stand_between(line)) {
            at = behind;
        } else {
            break;
        }
    }
    if between.is_empty() {
        let after_empty = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n"));
        // The empty line before a text that would else be taken for lines.
        return (lines, Cow::Borrowed(after_empty.unwrap_or(rest)));
    }
    if rest.is_empty() {
        between.truncate(between.trim_end().len());
    }
    between.push_str(rest);
    (lines, Cow::Owned(between))
}

/// Whether a text begins with such a line, or with what may stand before one.
pub(crate) fn begins(text: &str) -> bool {
    take_line(text, &mut Vec::new()).is_some() || !split(text).0.is_empty()
}

/// The first line of a text, without its end, and what stands behind it; nothing of an empty text.
fn first_line(text: &str) -> Option<(&str, &str)> {
    let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    let line = text.get(..end).filter(|_| !text.is_empty())?;
    Some((line.strip_suffix('\r').unwrap_or(line), text.get(end + 1..).unwrap_or_default()))
}

/// Whether a line is of the form of those at the head, `Label: value`, or a bare number, as programs that count citations
/// put it there.
fn may_stand_between(line: &str) -> bool {
    let line = trim(line);
    let Some(colon) = memchr::memchr(b':', line.as_bytes()).filter(|at| *at <= LONGEST) else {
        return !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    };
    let (label, value) = line.split_at(colon);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    value.starts_with(": ")
        && value.len() > 2
        && label.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && label.chars().all(is_word)
}

/// Takes the first line of a text, if it is one. What comes back is what stands behind it.
fn take_line<'t>(text: &'t str, lines: &mut Vec<Line>) -> Option<&'t str> {
    let (line, behind) = first_line(text)?;
    parse(line, lines).then_some(behind)
}

/// Lines and a text in one, so that [`split`] gives both back.
pub fn join(lines: &[String], text: &str) -> String {
    let mut all = lines.join("\n");
    if text.is_empty() {
        return all;
    }
    if !lines.is_empty() {
        all.push('\n');
    }
    // Whoever reads it may leave characters of control out.
    let bare: Cow<'_, str> = if text.contains(is_dropped) { text.replace(is_dropped, "").into() } else { text.into() };
    let (taken, rest) = split(&bare);
    if !taken.is_empty() || rest.len() != bare.len() {
        all.push('\n');
    }
    all.push_str(text);
    all
}

fn is_dropped(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_labels_at_the_head_are_lines() {
        for text in
            ["A remark. Key: value", "Note: this", "see https://example.org", "Type: nonsense", "PMID:", "PMID: x"]
        {
            let (lines, rest) = split(text);
            assert_eq!((lines.len(), &*rest), (0, text));
        }
        let (lines, rest) = split("original-date: 1969\r\nTEX.foo= \\bar\nText\nPMID: 5");
        assert_eq!(lines.len(), 2);
        assert_eq!(rest, "Text\nPMID: 5");
        assert_eq!(split("{:original-date: 1969}{:PMID: 5}").0.len(), 2);
    }

    #[test]
    fn lines_that_nobody_knows_stand_between() {
        for (text, count, rest) in [
            ("Zzz: 0012\nPMID: 5", 1, "Zzz: 0012"),
            ("00000 \nOCLC: 18\nA remark", 1, "00000 \nA remark"),
            ("00000 \nOCLC: 18", 1, "00000"),
            ("PMID: 5\n_x: https://example.org\nDOI: 10.1000/182\n\nA: b", 2, "_x: https://example.org\n\nA: b"),
            ("See https://example.org\nPMID: 5", 0, "See https://example.org\nPMID: 5"),
            ("PMID: 5\nZzz: 1\nA remark\nDOI: 10.1000/182", 1, "Zzz: 1\nA remark\nDOI: 10.1000/182"),
        ] {
            let (lines, text) = split(text);
            assert_eq!((lines.len(), &*text), (count, rest));
        }
    }

    #[test]
    fn every_text_comes_back() {
        let lines = ["PMID: 5".to_owned()];
        for text in [
            "",
            "remark",
            "PMID: 6",
            "\nx",
            "\n",
            "\r\nx",
            "Citation Key: k\nrest",
            "tex.a: b",
            "Zz: 1\nPMID: 6",
            "Zz: 1",
            "Zz: 1\n\nPMID: 6",
            "12",
            "12\r\nPMID: 6\nx",
        ] {
            for lines in [&lines[..], &[]] {
                let joined = join(lines, text);
                let (found, rest) = split(&joined);
                assert_eq!((found.len(), &*rest), (lines.len(), text), "{joined:?}");
            }
        }
    }
}
