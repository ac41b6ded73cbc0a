//! Rich text as CSL-JSON has it: a few HTML tags in a string. Section 1.3 of the mapping reference.
//!
//! `<i>`, `<b>`, `<sup>`, `<sub>`, `<span class="nocase">` and `<span style="font-variant:small-caps;">` are what CSL
//! processors know. `<sc>`, `<em>`, `<strong>` and the tags of JATS (`<jats:italic>`, with paragraphs) are read as well:
//! Crossref and PubMed leave them in. Any other tag is text, and so is a tag that is never closed. What would be taken for
//! a tag or an entity has its first character written as an entity.

use crate::entities;
use crate::mapping::codecs::markup::tags_of;
use crate::record::{Mark, MarkKind, Parts, Text, Value};
use std::borrow::Cow;

/// What a tag is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tag {
    /// Opens a span of text; `None`: a span of which nothing is known but that it is one.
    Open(Element, Option<MarkKind>),
    /// Closes one.
    Close(Element),
    /// Breaks the line, and is nothing else.
    Break,
}

/// Elements of which the closing tag is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Italic,
    Bold,
    Sup,
    Sub,
    SmallCaps,
    Underline,
    Span,
}

const ELEMENTS: usize = 7;

/// No tag that is known is longer.
const LONGEST: usize = 80;

/// The tag at the beginning of a text, and its length.
fn tag(text: &str) -> Option<(Tag, usize)> {
    let head = text.as_bytes();
    let head = head.get(..head.len().min(LONGEST))?;
    let end = memchr::memchr(b'>', head)?;
    let inner = text.get(1..end)?;
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let (name, attributes) = inner.split_once([' ', '\n', '\t']).unwrap_or((inner, ""));
    let name = name.strip_suffix('/').unwrap_or(name);
    let of_jats = name.strip_prefix("jats:");
    let name = of_jats.unwrap_or(name);
    let is = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    let (element, mark) = if is(&["i", "em", "italic"]) {
        (Element::Italic, MarkKind::Italic)
    } else if is(&["b", "strong", "bold"]) {
        (Element::Bold, MarkKind::Bold)
    } else if is(&["sup"]) {
        (Element::Sup, MarkKind::Superscript)
    } else if is(&["sub"]) {
        (Element::Sub, MarkKind::Subscript)
    } else if is(&["sc", "scp"]) {
        (Element::SmallCaps, MarkKind::SmallCaps)
    } else if is(&["underline"]) || (name == "u" && attributes.is_empty()) {
        (Element::Underline, MarkKind::Underline)
    } else if is(&["span"]) {
        if closing {
            return Some((Tag::Close(Element::Span), end + 1));
        }
        return Some((Tag::Open(Element::Span, Some(span(attributes)?)), end + 1));
    } else if is(&["p", "br"]) || (of_jats.is_some() && is(&["title", "sec"])) {
        return Some((Tag::Break, end + 1));
    } else {
        return None;
    };
    if closing {
        return Some((Tag::Close(element), end + 1));
    }
    Some((Tag::Open(element, Some(mark)), end + 1))
}

/// What the attributes of a span make of it.
fn span(attributes: &str) -> Option<MarkKind> {
    let bare: String = attributes.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect::<String>().to_lowercase();
    let bare = bare.replace(['"', ';'], "");
    match bare.as_str() {
        "class=nocase" => Some(MarkKind::NoCase),
        "style=font-variant:small-caps" | "class=smallcaps" => Some(MarkKind::SmallCaps),
        "style=text-decoration:underline" | "class=underline" => Some(MarkKind::Underline),
        // As pandoc has them in HTML, and our reader of Markdown in between.
        "class=math" => Some(MarkKind::Math),
        "class=strike" => Some(MarkKind::Strike),
        _ => None,
    }
}

/// The entity at the beginning of a text, if it is one character, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let (length, characters) = entities::entity(text)?;
    let mut all = characters.chars();
    all.next().filter(|_| all.next().is_none()).map(|character| (character, length))
}

/// Reads a text.
pub(super) fn read(raw: &str) -> Text {
    if memchr::memchr2(b'<', b'&', raw.as_bytes()).is_none() {
        return Text::plain(raw);
    }
    let found = tags(raw);
    let mut plain = String::with_capacity(raw.len());
    let mut marks: Vec<Mark> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    for (from, length, what) in found {
        push_plain(&mut plain, raw.get(at..from).unwrap_or_default());
        at = from + length;
        let here = plain.len() as u32;
        match what {
            Use::Open(kind) => {
                open.push(marks.len());
                marks.push(Mark { start: here, end: here, kind });
            }
            Use::Close => {
                if let Some(mark) = open.pop().and_then(|at| marks.get_mut(at)) {
                    mark.end = here;
                }
            }
            Use::Break => plain.push('\n'),
        }
    }
    push_plain(&mut plain, raw.get(at..).unwrap_or_default());
    let mut text = Text::with_marks(plain, marks);
    text.tidy();
    text
}

/// What becomes of a tag.
enum Use {
    Open(MarkKind),
    Close,
    Break,
}

/// The tags of a text that are used: those that are opened and closed in order.
fn tags(raw: &str) -> Vec<(usize, usize, Use)> {
    let mut all: Vec<(usize, usize, Option<Use>)> = Vec::new();
    // The open elements, with their places in the list.
    let mut open: Vec<(Element, usize)> = Vec::new();
    let mut count = [0usize; ELEMENTS];
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', raw.as_bytes().get(from..).unwrap_or_default()) {
        let at = from + at;
        from = at + 1;
        let Some((tag, length)) = raw.get(at..).and_then(tag) else { continue };
        from = at + length;
        match tag {
            Tag::Break => all.push((at, length, Some(Use::Break))),
            Tag::Open(element, mark) => {
                open.push((element, all.len()));
                count[element as usize] += 1;
                all.push((at, length, mark.map(Use::Open)));
            }
            Tag::Close(element) => {
                if count[element as usize] == 0 {
                    continue;
                }
                while let Some((other, place)) = open.pop() {
                    count[other as usize] -= 1;
                    if other == element {
                        all.push((at, length, Some(Use::Close)));
                        break;
                    }
                    // It was never closed.
                    all[place].2 = None;
                }
            }
        }
    }
    for (_, place) in open {
        all[place].2 = None;
    }
    all.into_iter().filter_map(|(at, length, what)| Some((at, length, what?))).collect()
}

fn push_plain(out: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let (c, length) = entity(behind).unwrap_or(('&', 1));
        out.push(c);
        rest = behind.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The text that a value is, or is made of.
pub(super) fn of(value: &Value) -> Option<&Text> {
    match value {
        Value::Text(text) => Some(text),
        Value::Note(note) => Some(&note.text),
        Value::Publisher(publisher) => Some(&publisher.name),
        _ => None,
    }
}

/// Whether a text has marks for which Markdown has signs and CSL-JSON no tags.
pub(super) fn is_beyond_html(text: &Text) -> bool {
    text.marks().iter().any(|mark| matches!(mark.kind, MarkKind::Math | MarkKind::Strike))
}

/// Whether a string has the tags for them that only we read.
pub(super) fn has_own_tags(raw: &str) -> bool {
    memchr::memchr(b'<', raw.as_bytes()).is_some() && is_beyond_html(&read(raw))
}

/// What of a text is not written.
pub(super) fn lost(text: &Text) -> Parts {
    let unspelled = text.marks().iter().filter(|mark| tags_of(&mark.kind).is_none());
    unspelled.fold(Parts::NONE, |lost, mark| {
        lost | match mark.kind {
            MarkKind::Math => Parts::MATH,
            MarkKind::Quote => Parts::QUOTE,
            MarkKind::Link(_) => Parts::LINK,
            MarkKind::Raw { .. } => Parts::RAW,
            _ => Parts::MARKUP,
        }
    })
}

/// Writes a text. What it loses is [`lost`].
pub(super) fn write(text: &Text) -> Cow<'_, str> {
    let plain = text.as_str();
    let is_bare = text.marks().is_empty() && memchr::memchr2(b'<', b'&', plain.as_bytes()).is_none();
    if is_bare {
        return Cow::Borrowed(plain);
    }
    let mut out = String::with_capacity(plain.len() + 32 * text.marks().len() + 8);
    let mut open: Vec<(u32, &'static str)> = Vec::new();
    let mut at = 0u32;
    for mark in text.marks() {
        let Some((begin, end)) = tags_of(&mark.kind) else { continue };
        while let Some((place, close)) = open.pop_if(|(place, _)| *place <= mark.start) {
            push_escaped(&mut out, plain, at..place);
            out.push_str(close);
            at = place;
        }
        push_escaped(&mut out, plain, at..mark.start);
        out.push_str(begin);
        at = mark.start;
        open.push((mark.end, end));
    }
    while let Some((place, close)) = open.pop() {
        push_escaped(&mut out, plain, at..place);
        out.push_str(close);
        at = place;
    }
    push_escaped(&mut out, plain, at..plain.len() as u32);
    Cow::Owned(out)
}

/// Appends plain text; what would be taken for a tag or an entity, alone or with what follows it, is escaped.
fn push_escaped(out: &mut String, plain: &str, range: std::ops::Range<u32>) {
    let (start, end) = (range.start as usize, range.end as usize);
    let mut from = start;
    while let Some(at) = plain.as_bytes().get(from..end).and_then(|rest| memchr::memchr2(b'<', b'&', rest)) {
        let at = from + at;
        out.push_str(plain.get(from..at).unwrap_or_default());
        let rest = plain.get(at..).unwrap_or_default();
        if rest.starts_with('<') {
            out.push_str(if tag(rest).is_some() || end < plain.len() { "&lt;" } else { "<" });
        } else {
            out.push_str(if entity(rest).is_some() || end < plain.len() { "&amp;" } else { "&" });
        }
        from = at + 1;
    }
    out.push_str(plain.get(from..end).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(raw: &str) -> (String, Vec<String>) {
        let text = read(raw);
        let marks = text
            .marks()
            .iter()
            .map(|mark| format!("{:?} {}", mark.kind, &text.as_str()[mark.start as usize..mark.end as usize]))
            .collect();
        (text.as_str().to_owned(), marks)
    }

    #[test]
    fn tags_become_marks() {
        let (plain, marks) = spans(
            "<i>E. coli</i> CO<sub>2</sub> <span class=\"nocase\">DNA <b>x</b></span> \
             <span style=\"font-variant: small-caps;\">sc</span> <sc>y</sc>",
        );
        assert_eq!(plain, "E. coli CO2 DNA x sc y");
        assert_eq!(marks, ["Italic E. coli", "Subscript 2", "NoCase DNA x", "Bold x", "SmallCaps sc", "SmallCaps y"]);
    }

    #[test]
    fn other_tags_and_open_ones_are_text() {
        for raw in ["a < b", "<foo>x</foo>", "<i>never closed", "closed</i>", "<span>x</span>", "R&D", "x <1> y"] {
            assert_eq!(spans(raw), (raw.to_owned(), vec![]));
        }
        assert_eq!(spans("<i>a <b>b</i> c"), ("a <b>b c".to_owned(), vec!["Italic a <b>b".to_owned()]));
        assert_eq!(spans("a &lt;i&gt; b &amp;lt; c").0, "a <i> b &lt; c");
    }

    #[test]
    fn jats_is_read() {
        let raw = "<jats:title>Abstract</jats:title><jats:p>We <jats:italic>see</jats:italic>.</jats:p><jats:p>So.</jats:p>";
        assert_eq!(spans(raw), ("Abstract\nWe see.\nSo.".to_owned(), vec!["Italic see".to_owned()]));
    }

    proptest! {
        #[test]
        fn written_texts_come_back(pieces in prop::collection::vec(prop::sample::select(vec![
            "a", " b ", "<i>", "</i>", "<b>", "</b>", "<span class=\"nocase\">", "</span>", "&", "lt;", "&lt;", "&amp;", "<", ">", "é", "<br>",
        ]), 0..12)) {
            let text = read(&pieces.concat());
            let again = read(&write(&text));
            prop_assert_eq!(&again, &text);
            prop_assert_eq!(write(&again), write(&text));
        }
    }
}
