//! What the codecs of .bib fields share: how text, plain words and verbatim strings stand between braces, and what of
//! them does not come back.

use crate::bytes::is_nfc;
use crate::diagnostic::{Code, Severity};
use crate::mapping::codecs::markup::tagged;
use crate::mapping::{CellSink, CodecReading};
use crate::record::{MarkKind, Parts, Text};
use crate::tex::{self, Encode, Protect};
use std::borrow::Cow;

/// All parts of a value but its group: fields of a .bib entry belong to no group.
pub(super) const WHOLE: Parts = Parts::ALL.without(Parts::GROUP);

/// The plain words of a LaTeX string.
pub(super) fn text_of(latex: &str) -> String {
    tex::decode(latex).text.into_string()
}

/// Writes text and says what of it does not come back.
pub(super) fn put_text<'v>(text: &'v Text, place: usize, sink: &mut CellSink<'_, 'v>) -> Parts {
    put_as(text, place, sink, |raw| tagged(tex::decode(raw).text, ' '))
}

/// Writes words of which braces around the whole protect nothing.
pub(super) fn put_unprotected<'v>(text: &'v Text, place: usize, sink: &mut CellSink<'_, 'v>) -> Parts {
    put_as(text, place, sink, |raw| unprotected(decoded(raw)))
}

fn put_as<'v>(text: &'v Text, place: usize, sink: &mut CellSink<'_, 'v>, read: fn(&str) -> Text) -> Parts {
    if text.marks().is_empty() && tex::is_same(text.as_str(), sink.options.ascii) && !may_have_tags(text) {
        sink.put(place, text.as_str());
        return Parts::NONE;
    }
    let mut out = String::with_capacity(text.as_str().len() + 8);
    let how = Encode { ascii: sink.options.ascii, protect: Protect::Marked };
    let encoded = tex::encode(text, how, &mut out);
    let lost = if comes_back(text) && encoded.dropped.is_none() {
        Parts::NONE
    } else {
        let reads = read(&out);
        let lost = lost_in(text, &reads);
        if !lost.is_empty() {
            // `$\textit{x}$` reads as italic text: it is written as such, so that writing it again changes nothing.
            out.clear();
            let _ = tex::encode(&reads, how, &mut out);
        }
        lost
    };
    sink.put(place, out);
    lost
}

/// Whether a text comes back from LaTeX whatever it says: it has no marks, is in NFC, and nothing in it is taken for a tag.
pub(super) fn comes_back(text: &Text) -> bool {
    let plain = text.as_str();
    text.marks().is_empty() && is_nfc(plain) && !may_have_tags(text)
}

/// Whether something in a text may be taken for a tag of a web page.
pub(super) fn may_have_tags(text: &Text) -> bool {
    memchr::memchr(b'<', text.as_str().as_bytes()).is_some()
}

pub(super) fn lost_in(text: &Text, reads: &Text) -> Parts {
    if reads == text {
        return Parts::NONE;
    }
    let lost = text.parts() - reads.parts();
    match (lost.is_empty(), reads.as_str() == text.as_str()) {
        (false, _) => lost,
        (true, true) => Parts::MARKUP,
        (true, false) => Parts::SPELLING,
    }
}

/// Writes plain words and says whether they come back.
pub(super) fn put_words<'v>(words: &'v str, place: usize, sink: &mut CellSink<'_, 'v>) -> Parts {
    if tex::is_same(words, sink.options.ascii) {
        sink.put(place, words);
        return Parts::NONE;
    }
    let mut out = String::with_capacity(words.len() + 8);
    let _ = tex::encode_str(words, sink.options.ascii, &mut out);
    let reads = text_of(&out);
    let lost = if reads == words { Parts::NONE } else { Parts::SPELLING };
    if !lost.is_empty() {
        out.clear();
        let _ = tex::encode_str(&reads, sink.options.ascii, &mut out);
    }
    sink.put(place, out);
    lost
}

/// Writes a verbatim string if it can stand between braces; `None` if it cannot, or would not come back.
pub(super) fn put_verbatim<'v>(string: impl Into<Cow<'v, str>>, place: usize, sink: &mut CellSink<'_, 'v>) -> Option<()> {
    let string = string.into();
    if memchr::memchr3(b'{', b'}', b'\\', string.as_bytes()).is_some()
        && (!tex::balanced(&string) || tex::verbatim(&string) != string)
    {
        return None;
    }
    sink.put(place, string);
    Some(())
}

/// A LaTeX command that no table knows.
pub(super) static COMMAND_UNKNOWN: Code = Code {
    id: "command-unknown",
    severity: Severity::Warning,
    title: "a LaTeX command that no table knows",
    page: "Nobody can tell what the command prints. It is kept as it is and written back to BibTeX and BibLaTeX; other \
           formats get what can be read of its arguments. Each command is reported once for each input.",
};

/// The text of a LaTeX string, in which tags of web pages are what they are for those who export them.
pub(super) fn decoded(raw: &str) -> Text {
    tagged(tex::decode(raw).text, '\n')
}

/// Words of which braces around the whole protect nothing: no style changes their letters.
pub(super) fn unprotected(text: Text) -> Text {
    match text.marks() {
        [whole, rest @ ..]
            if whole.kind == MarkKind::NoCase && (whole.start, whole.end as usize) == (0, text.len()) =>
        {
            Text::with_marks(text.as_str().to_owned(), rest.to_vec())
        }
        _ => text,
    }
}

/// The text of a LaTeX string that is read; commands that are not known are reported.
pub(super) fn read_text(raw: &str, cx: &mut CodecReading<'_, '_>) -> Text {
    tagged(read_latex(raw, cx), '\n')
}

/// The same of a string that is one line.
pub(super) fn read_line(raw: &str, cx: &mut CodecReading<'_, '_>) -> Text {
    tagged(read_latex(raw, cx), ' ')
}

fn read_latex(raw: &str, cx: &mut CodecReading<'_, '_>) -> Text {
    let decoded = tex::decode(raw);
    for (name, _) in decoded.unknown {
        let message = format!("`\\{name}` is not a known command; it is kept as it is");
        if let Some(finding) = cx.report(&COMMAND_UNKNOWN, message) {
            finding.once = Some(name.into());
        }
    }
    decoded.text
}

/// What a joined value loses: read back, it is a part of the one before it.
pub(super) fn joined(sink: &CellSink<'_, '_>) -> Parts {
    if sink.follows { Parts::LIST } else { Parts::NONE }
}
