//! Markup of the kind of HTML inside text: `CO<sub>2</sub> &amp; <i>E. coli</i>`.
//!
//! Databases leave the tags and entities of their web pages in what they export, each its own: HTML's, those of
//! publishers' XML (`<inf>`, `<Emphasis Type="Italic">`, `<jats:italic>`), and Zotero's and CSL's for titles. Tags that
//! say how words look become marks, those of paragraphs break lines, entities become characters. What is no tag that is
//! known, or is not closed, is text: `p<0.05`.
//!
//! ```
//! use bibferry::mapping::codecs::markup;
//! let text = markup::read("CO<sub>2</sub> &amp; p<0.05");
//! assert_eq!(text.as_str(), "CO2 & p<0.05");
//! assert_eq!(text.marks().len(), 1);
//! assert_eq!(markup::write(&text).as_deref(), Some("CO<sub>2</sub> & p<0.05"));
//! ```

use crate::bytes::first;
use crate::entities::entity;
use crate::record::{Mark, MarkKind, Text};
use std::borrow::Cow;
use std::ops::Range;

/// The longest tag, in bytes.
const LONGEST: usize = 120;
/// How deep tags stand in one another at most.
const DEEPEST: usize = 64;

/// What a tag says of the words in it.
#[derive(Clone, PartialEq)]
enum Means {
    /// How they look.
    Mark(MarkKind),
    /// That they are lines of their own.
    Block,
    /// Nothing.
    Nothing,
}

/// Elements that have one meaning, by their names in lower case and without a prefix.
const ELEMENTS: &[(&str, Means)] = &[
    ("i", Means::Mark(MarkKind::Italic)),
    ("em", Means::Mark(MarkKind::Italic)),
    ("it", Means::Mark(MarkKind::Italic)),
    ("italic", Means::Mark(MarkKind::Italic)),
    ("b", Means::Mark(MarkKind::Bold)),
    ("strong", Means::Mark(MarkKind::Bold)),
    ("bold", Means::Mark(MarkKind::Bold)),
    ("sub", Means::Mark(MarkKind::Subscript)),
    ("inf", Means::Mark(MarkKind::Subscript)),
    ("subscript", Means::Mark(MarkKind::Subscript)),
    ("sup", Means::Mark(MarkKind::Superscript)),
    ("superscript", Means::Mark(MarkKind::Superscript)),
    ("sc", Means::Mark(MarkKind::SmallCaps)),
    ("scp", Means::Mark(MarkKind::SmallCaps)),
    ("u", Means::Mark(MarkKind::Underline)),
    ("underline", Means::Mark(MarkKind::Underline)),
    ("s", Means::Mark(MarkKind::Strike)),
    ("strike", Means::Mark(MarkKind::Strike)),
    ("code", Means::Mark(MarkKind::Code)),
    ("tt", Means::Mark(MarkKind::Code)),
    ("p", Means::Block),
    ("div", Means::Block),
    ("sec", Means::Block),
    ("title", Means::Block),
    ("h1", Means::Block),
    ("h2", Means::Block),
    ("h3", Means::Block),
    ("h4", Means::Block),
    ("ul", Means::Block),
    ("ol", Means::Block),
    ("li", Means::Block),
    ("abstract", Means::Block),
    ("font", Means::Nothing),
];

/// The tags by which marks are written: those that CSL and Zotero read in titles.
const WRITTEN: &[(MarkKind, &str, &str)] = &[
    (MarkKind::Italic, "<i>", "</i>"),
    (MarkKind::Bold, "<b>", "</b>"),
    (MarkKind::Subscript, "<sub>", "</sub>"),
    (MarkKind::Superscript, "<sup>", "</sup>"),
    (MarkKind::SmallCaps, "<span style=\"font-variant:small-caps;\">", "</span>"),
    (MarkKind::NoCase, "<span class=\"nocase\">", "</span>"),
];

/// The tags for a mark; `None` where there are none.
pub fn tags_of(kind: &MarkKind) -> Option<(&'static str, &'static str)> {
    WRITTEN.iter().find(|(it, ..)| it == kind).map(|(_, begin, end)| (*begin, *end))
}

/// A tag in a string.
struct Tag {
    at: Range<usize>,
    name: Box<str>,
    closes: bool,
    means: Means,
    /// Whether it has its partner, or needs none.
    sound: bool,
}

impl Tag {
    /// Does what the tag says at the end of the text so far. `open` are the places of marks that have no end yet.
    fn apply(&self, plain: &mut String, block: char, marks: &mut Vec<Mark>, open: &mut Vec<usize>) {
        match &self.means {
            Means::Block => plain.push(block),
            Means::Mark(kind) if !self.closes => {
                open.push(marks.len());
                marks.push(Mark { start: plain.len() as u32, end: 0, kind: kind.clone() });
            }
            Means::Mark(_) => {
                if let Some(mark) = open.pop().and_then(|at| marks.get_mut(at)) {
                    mark.end = plain.len() as u32;
                }
            }
            Means::Nothing => {}
        }
    }
}

/// Reads a string with markup.
pub fn read(raw: &str) -> Text {
    if memchr::memchr2(b'<', b'&', raw.as_bytes()).is_none() {
        return Text::plain(raw);
    }
    let tags = tags(raw);
    let (mut plain, mut marks, mut open) = (String::with_capacity(raw.len()), Vec::new(), Vec::new());
    let mut from = 0;
    for tag in &tags {
        plain.push_str(&unescape(raw.get(from..tag.at.start).unwrap_or_default()));
        from = tag.at.end;
        tag.apply(&mut plain, '\n', &mut marks, &mut open);
    }
    plain.push_str(&unescape(raw.get(from..).unwrap_or_default()));
    let mut text = Text::with_marks(plain, marks);
    text.tidy();
    text
}

/// A text that has tags among its words, with marks in their place and `block` where they break lines; as it is, if they
/// stand in math or in source text, or cross its marks. Entities stay.
pub fn tagged(text: Text, block: char) -> Text {
    if memchr::memchr(b'<', text.as_str().as_bytes()).is_none() {
        return text;
    }
    let tags = tags(text.as_str());
    let verbatim = |mark: &Mark| matches!(mark.kind, MarkKind::Math | MarkKind::Raw { .. });
    let touches = |tag: &Tag, mark: &Mark| {
        let within = |at: u32| tag.at.start < at as usize && (at as usize) < tag.at.end;
        let inside = mark.start as usize <= tag.at.start && tag.at.end <= mark.end as usize;
        within(mark.start) || within(mark.end) || (inside && verbatim(mark))
    };
    if tags.is_empty() || text.marks().iter().any(|mark| tags.iter().any(|tag| touches(tag, mark))) {
        return text;
    }
    let (mut plain, mut marks, mut open) = (String::with_capacity(text.len()), Vec::new(), Vec::new());
    // Where each tag ended, and where it came to lie.
    let mut moved: Vec<(usize, usize)> = vec![(0, 0)];
    for tag in &tags {
        let from = moved.last().map_or(0, |(end, _)| *end);
        plain.push_str(text.as_str().get(from..tag.at.start).unwrap_or_default());
        tag.apply(&mut plain, block, &mut marks, &mut open);
        moved.push((tag.at.end, plain.len()));
    }
    let from = moved.last().map_or(0, |(end, _)| *end);
    plain.push_str(text.as_str().get(from..).unwrap_or_default());
    let place = |at: u32| {
        let last = moved.partition_point(|(end, _)| *end <= at as usize).saturating_sub(1);
        let (end, lies) = moved.get(last).copied().unwrap_or_default();
        // At the beginning of the next tag, at most.
        let most = tags.get(last).map_or(usize::MAX, |tag| tag.at.start);
        (lies + (at as usize).min(most).saturating_sub(end)) as u32
    };
    let own = text.marks().iter().map(|mark| Mark { start: place(mark.start), end: place(mark.end), ..mark.clone() });
    marks.extend(own);
    marks.retain(|mark| mark.start < mark.end || matches!(mark.kind, MarkKind::Raw { .. }));
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let count = marks.len();
    let mut marked = Text::with_marks(plain, marks);
    if marked.marks().len() < count {
        return text;
    }
    marked.tidy();
    marked
}

/// Writes a text with tags for its marks, and whatever else it says so that [`read`] gives it back. `None`: it has marks
/// for which there is no tag.
pub fn write(text: &Text) -> Option<String> {
    let plain = text.as_str();
    if text.marks().is_empty() {
        return Some(escape(plain).into_owned());
    }
    // Each end and each beginning at its place; inner ends come before outer ones, and all ends before beginnings.
    let mut out = String::with_capacity(plain.len() + 16 * text.marks().len());
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    let mut upto = |out: &mut String, to: usize| {
        out.push_str(&escape_all(plain.get(from..to).unwrap_or_default()));
        from = to;
    };
    for mark in text.marks() {
        let (begin, end) = tags_of(&mark.kind)?;
        while let Some((at, tag)) = open.pop_if(|(at, _)| *at <= mark.start as usize) {
            upto(&mut out, at);
            out.push_str(tag);
        }
        upto(&mut out, mark.start as usize);
        out.push_str(begin);
        open.push((mark.end as usize, end));
    }
    while let Some((at, tag)) = open.pop() {
        upto(&mut out, at);
        out.push_str(tag);
    }
    upto(&mut out, plain.len());
    // A piece that is sound alone may make a tag with its neighbour.
    if read(&out) == *text { Some(out) } else { None }
}

/// A string that [`read`] would take for something else, so that it gives the string back.
pub fn escape(plain: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'<', b'&', plain.as_bytes()).is_none() || read(plain).as_str() == plain {
        return plain.into();
    }
    escape_all(plain).into()
}

/// A string in which nothing can be taken for a tag or an entity, whatever stands around it.
fn escape_all(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + 8);
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', plain.as_bytes()).filter(|at| tag(plain, *at).is_some()) {
        out.push_str(&escape_entities(plain.get(from..at).unwrap_or_default()));
        out.push_str("&lt;");
        from = at + 1;
    }
    out.push_str(&escape_entities(plain.get(from..).unwrap_or_default()));
    out
}

/// A string in which every `&` that begins an entity is one more.
pub fn escape_entities(plain: &str) -> Cow<'_, str> {
    if first(plain.as_bytes(), |byte| byte == b'&').is_none() {
        return plain.into();
    }
    let begins = |at: &usize| plain.get(*at..).is_some_and(|rest| entity(rest).is_some());
    let Some(first) = memchr::memchr_iter(b'&', plain.as_bytes()).find(begins) else { return plain.into() };
    let mut out = String::with_capacity(plain.len() + 8);
    let mut from = 0;
    for at in memchr::memchr_iter(b'&', plain.as_bytes()).filter(|at| *at >= first && begins(at)) {
        out.push_str(plain.get(from..at).unwrap_or_default());
        out.push_str("&amp;");
        from = at + 1;
    }
    out.push_str(plain.get(from..).unwrap_or_default());
    out.into()
}

/// A string with its entities as characters.
pub fn unescape(raw: &str) -> Cow<'_, str> {
    if first(raw.as_bytes(), |byte| byte == b'&').is_none() {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let Some((length, characters)) = entity(behind) else {
            out.push('&');
            rest = behind.get(1..).unwrap_or_default();
            continue;
        };
        out.push_str(&characters);
        rest = behind.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out.into()
}

/// The tags of a string that mean something, in order, each opening one with the closing one that belongs to it.
fn tags(raw: &str) -> Vec<Tag> {
    let mut all: Vec<Tag> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in memchr::memchr_iter(b'<', raw.as_bytes()) {
        if all.last().is_some_and(|last: &Tag| last.at.end > at) {
            continue;
        }
        let Some(mut tag) = tag(raw, at) else { continue };
        if !tag.sound {
            if !tag.closes {
                if open.len() < DEEPEST {
                    open.push(all.len());
                    all.push(tag);
                }
                continue;
            }
            // What is open inside is never closed, and so is no tag.
            let partner = open.iter().rposition(|at| all.get(*at).is_some_and(|other| other.name == tag.name));
            let Some(partner) = partner else { continue };
            if let Some(begin) = open.get(partner).and_then(|at| all.get_mut(*at)) {
                begin.sound = true;
                tag.means = begin.means.clone();
                tag.sound = true;
            }
            open.truncate(partner);
        }
        all.push(tag);
    }
    all.retain(|tag| tag.sound);
    all
}

/// The tag that begins at an offset, if its element is known.
fn tag(raw: &str, at: usize) -> Option<Tag> {
    let body = raw.get(at + 1..)?;
    let end = body.bytes().take(LONGEST).position(|byte| byte == b'>' || byte == b'<')?;
    let inside = body.get(..end).filter(|_| body.as_bytes().get(end) == Some(&b'>'))?;
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    let (inside, alone) = inside.strip_suffix('/').map_or((inside, false), |rest| (rest, true));
    let length = inside.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b':').count();
    let (name, attributes) = inside.split_at_checked(length)?;
    if !attributes.is_empty() && !attributes.starts_with(|c: char| c.is_ascii_whitespace()) {
        return None;
    }
    let name = name.strip_prefix("jats:").unwrap_or(name).to_ascii_lowercase();
    let at = at..at + 1 + end + 1;
    if name == "br" {
        return Some(Tag { at, name: name.into(), closes, means: Means::Block, sound: true });
    }
    let means =
        if closes && (name == "span" || name == "emphasis") { Means::Nothing } else { meaning(&name, attributes)? };
    // Paragraphs are often left open.
    let sound = means == Means::Block && !alone;
    (!alone).then_some(Tag { at, name: name.into(), closes, means, sound })
}

fn meaning(name: &str, attributes: &str) -> Option<Means> {
    let says = |words: &[&str]| {
        let lower = attributes.to_ascii_lowercase();
        words.iter().any(|word| lower.contains(word))
    };
    match name {
        "span" if says(&["nocase"]) => Some(Means::Mark(MarkKind::NoCase)),
        "span" | "emphasis" if says(&["small-caps", "smallcaps"]) => Some(Means::Mark(MarkKind::SmallCaps)),
        "span" | "emphasis" if says(&["italic"]) => Some(Means::Mark(MarkKind::Italic)),
        "span" | "emphasis" if says(&["bold"]) => Some(Means::Mark(MarkKind::Bold)),
        "emphasis" if says(&["underline"]) => Some(Means::Mark(MarkKind::Underline)),
        "span" => Some(Means::Nothing),
        _ => ELEMENTS.iter().find(|(element, _)| *element == name).map(|(_, means)| means.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(raw: &str) -> String {
        let text = read(raw);
        let marks: Vec<String> =
            text.marks().iter().map(|mark| format!("{}-{} {:?}", mark.start, mark.end, mark.kind)).collect();
        format!("{}|{}", text.as_str(), marks.join(", "))
    }

    #[test]
    fn tags_and_entities_as_databases_write_them() {
        for (raw, want) in [
            ("Plain", "Plain|"),
            ("R&amp;D &#8220;x&#x201D; &alpha;", "R&D “x” α|"),
            ("AT&T; &nosuch; &", "AT&T; &nosuch; &|"),
            ("CO<sub>2</sub>", "CO2|2-3 Subscript"),
            ("<inf>2</inf><SUP>n</SUP>", "2n|0-1 Subscript, 1-2 Superscript"),
            ("<Emphasis Type=\"Italic\">E. coli</Emphasis>", "E. coli|0-7 Italic"),
            ("<jats:p>One <jats:italic>two</jats:italic></jats:p><jats:p>Three</jats:p>", "One two\nThree|4-7 Italic"),
            ("a<br/>b", "a\nb|"),
            ("p<0.05 and x>y <i>z", "p<0.05 and x>y <i>z|"),
            ("<i>a <b>c</i> d</b>", "a <b>c d</b>|0-6 Italic"),
            ("<i><b>x</b></i>", "x|0-1 Italic, 0-1 Bold"),
            ("&lt;i&gt;x&lt;/i&gt;", "<i>x</i>|"),
            ("<span class=\"nocase\">DNA</span> <span>x</span>", "DNA x|0-3 NoCase"),
            ("<unknown>x</unknown>", "<unknown>x</unknown>|"),
        ] {
            assert_eq!(show(raw), want, "{raw}");
        }
    }

    #[test]
    fn tags_among_words_of_another_markup() {
        let mut text = Text::plain("On <i>E. coli</i> DNA and <sub>2</sub><b></b><p>x</p> y<z");
        assert!(text.mark(18, 21, MarkKind::NoCase));
        assert!(text.mark(0, 17, MarkKind::Bold));
        let read = tagged(text.clone(), ' ');
        let marks: Vec<_> = read.marks().iter().map(|mark| (mark.start, mark.end, mark.kind.clone())).collect();
        let (bold, italic, case) = (MarkKind::Bold, MarkKind::Italic, MarkKind::NoCase);
        let low = MarkKind::Subscript;
        assert_eq!(read.as_str(), "On E. coli DNA and 2 x y<z");
        assert_eq!(marks, [(0, 10, bold), (3, 10, italic), (11, 14, case), (19, 20, low)]);
        for (start, end, kind) in [(4, 9, MarkKind::NoCase), (2, 5, MarkKind::NoCase), (0, 30, MarkKind::Math)] {
            let mut crossed = Text::plain("On <i>E. coli</i> in <sub>2</sub>");
            assert!(crossed.mark(start, end, kind));
            assert_eq!(tagged(crossed.clone(), ' '), crossed);
        }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "<i>",
            "</i>",
            "<b>",
            "</b>",
            "<sub>",
            "</sub>",
            "<p>",
            "</p>",
            "<br>",
            "&amp;",
            "&lt;",
            "&#60;",
            "&",
            "<",
            ">",
            "a",
            " b",
            "é",
            "i>",
            "lt;",
            "amp;",
            "</",
            "<span class=\"nocase\">",
            "</span>",
            "\n",
        ]);
        prop::collection::vec(piece, 0..12).prop_map(|all| all.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn what_is_written_is_read_back(raw in pieces()) {
            let plain = Text::plain(raw.as_str());
            prop_assert_eq!(read(&escape(plain.as_str())), plain.clone());
            let text = read(&raw);
            if let Some(written) = write(&text) {
                prop_assert_eq!(read(&written), text.clone());
            }
            prop_assert_eq!(unescape(&escape_entities(&raw)).into_owned(), raw.clone());
            if memchr::memchr(b'&', raw.as_bytes()).is_none() {
                prop_assert_eq!(tagged(plain, '\n'), text);
            }
        }
    }
}
