//! Words with tags for their looks and with entities, as programs leave them in tags and cells. See [`markup`].

use super::{markup, one_line, put_trimmed};
use crate::mapping::CellSink;
use crate::record::{Parts, Text, Value};

/// Reads words that stand on one line.
pub(crate) fn read_lines(raws: &[&str], values: &mut Vec<Value>) -> bool {
    values.extend(raws.iter().map(|raw| Value::Text(on_one_line(markup::read(raw)))));
    true
}

/// Reads words that may have several paragraphs.
pub(crate) fn read_paragraphs(raws: &[&str], values: &mut Vec<Value>) -> bool {
    values.extend(raws.iter().map(|raw| Value::Text(markup::read(raw))));
    true
}

/// Writes words on one line, spelled by `spell` where they have looks or signs of markup. Says what does not come back.
pub(crate) fn write_line<'v>(text: &'v Text, sink: &mut CellSink<'_, 'v>, spell: impl Fn(&Text) -> String) -> Parts {
    if is_bare(text) {
        return put_trimmed(text.as_str(), sink);
    }
    let written = one_line(spell(text));
    let written = written.trim();
    let lost = text_lost(text, &on_one_line(markup::read(written)));
    sink.put(0, written.to_owned());
    lost
}

/// The same with their line breaks.
pub(crate) fn write_paragraphs<'v>(
    text: &'v Text,
    sink: &mut CellSink<'_, 'v>,
    spell: impl Fn(&Text) -> String,
) -> Parts {
    if is_bare(text) {
        sink.put(0, text.as_str());
        return Parts::NONE;
    }
    let written = spell(text);
    let lost = text_lost(text, &markup::read(&written));
    sink.put(0, written);
    lost
}

/// A text with tags for its looks; without, if there are not tags for all.
pub(crate) fn with_tags(text: &Text) -> String {
    markup::write(text).unwrap_or_else(|| markup::escape(text.as_str()).into_owned())
}

/// Whether a text stands as it is: it is one line without marks and without what could be taken for tags or entities.
fn is_bare(text: &Text) -> bool {
    let plain = text.as_str();
    text.marks().is_empty() && memchr::memchr3(b'<', b'&', b'\n', plain.as_bytes()).is_none() && text.is_tidy()
}

/// A text of which paragraphs are none.
pub(crate) fn on_one_line(text: Text) -> Text {
    if !text.as_str().contains('\n') {
        return text;
    }
    Text::with_marks(text.as_str().replace('\n', " "), text.marks().to_vec())
}

/// What of a text does not come back.
fn text_lost(text: &Text, back: &Text) -> Parts {
    if text == back {
        return Parts::NONE;
    }
    let lost = text.parts() - back.parts();
    if lost.is_empty() { Parts::SPELLING } else { lost }
}
