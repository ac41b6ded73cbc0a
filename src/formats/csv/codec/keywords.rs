//! Keywords.

use super::{ReadCells, reads};
use super::super::names::{self, bracketed};
use crate::bytes::{trim};
use crate::mapping::codecs::markup::{escape_entities, unescape};
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Keyword, KeywordKind, Parts, Value};

fn read_keywords(raw: &str, kind: KeywordKind, commas: bool, values: &mut Vec<Value>) -> bool {
    let push = |text: &str| {
        let text = &*unescape(text);
        let major = text.starts_with('*') && kind == KeywordKind::Subject;
        let text = trim(trim(text).trim_start_matches('*'));
        if !text.is_empty() {
            values.push(Value::Keyword(Keyword { text: text.to_owned(), scheme: None, kind, major }));
        }
    };
    if let Some(all) = bracketed(raw) {
        all.iter().map(String::as_str).for_each(push);
    } else if memchr::memchr2(b'|', b'\n', raw.as_bytes()).is_some() {
        let separator = ["||", "|"].into_iter().find(|it| raw.contains(*it)).unwrap_or("\n");
        raw.split(separator).for_each(push);
    } else {
        let parts = names::semicolons(raw);
        if parts.len() > 1 || !commas {
            parts.iter().map(AsRef::as_ref).for_each(push);
        } else {
            outside_brackets(raw).for_each(push);
        }
    }
    !values.is_empty()
}

/// The pieces between commas that stand in no brackets: `cyst (diagnosis, surgery), colonoscopy`.
fn outside_brackets(raw: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    raw.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
}

macro_rules! keywords {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident $commas:literal $example:literal;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                read_keywords(raws.first().copied().unwrap_or_default(), KeywordKind::$kind, $commas, values)
            },
            &[$example],
        );)*
    };
}

keywords! {
    /// Keywords of whatever origin.
    KEYWORDS "keywords" Unspecified false "one; two";
    /// Keywords with commas between them where nothing else is.
    KEYWORDS_COMMAS "keywords, commas between" Unspecified true "one, two";
    /// The authors' keywords.
    AUTHOR_KEYWORDS "keywords (author)" Author false "one; two";
    /// The authors' keywords with commas between them.
    AUTHOR_KEYWORDS_COMMAS "keywords (author), commas between" Author true "one, two";
    /// A database's keywords.
    INDEX_KEYWORDS "keywords (index)" Index false "one; two";
    /// A database's keywords with commas between them.
    INDEX_KEYWORDS_COMMAS "keywords (index), commas between" Index true "one, two";
    /// Subject headings.
    SUBJECTS "keywords (subject)" Subject false "one; two";
}

/// Tags of Zotero's in a cell that is written, too.
const fn tags(name: &'static str, read: ReadCells, write: fn(&Value, &mut CellSink<'_, '_>) -> Option<Parts>) -> Codec {
    Codec { name, shape: Shape::Joined("; "), carries: Parts::ALL, read, write, example: &["one; two"] }
}

fn write_tag(value: &Value, sink: &mut CellSink<'_, '_>, kind: KeywordKind) -> Option<Parts> {
    let Value::Keyword(keyword) = value else { return None };
    if (kind == KeywordKind::Automatic) != (keyword.kind == KeywordKind::Automatic) {
        return None;
    }
    let cell = one_line(&keyword.text).replace(';', ",");
    let cell = escape_entities(cell.trim().trim_start_matches('*').trim()).into_owned();
    let mut back = Vec::new();
    if !read_keywords(&cell, kind, false, &mut back) {
        return None;
    }
    let [Value::Keyword(back)] = back.as_slice() else { return None };
    let lost = value.parts() - Value::Keyword(back.clone()).parts();
    let lost = if back.text == keyword.text { lost } else { lost | Parts::SPELLING };
    let lost = if lost.is_empty() && back != keyword { Parts::KIND } else { lost };
    sink.put(0, cell);
    Some(lost)
}

/// Tags that a person added.
pub(in crate::formats::csv) static MANUAL_TAGS: Codec = tags(
    "keywords, semicolons between",
    |raws, _, values| read_keywords(raws.first().copied().unwrap_or_default(), KeywordKind::Unspecified, false, values),
    |value, sink| write_tag(value, sink, KeywordKind::Unspecified),
);
/// Tags that a program added.
pub(in crate::formats::csv) static AUTOMATIC_TAGS: Codec = tags(
    "keywords (automatic)",
    |raws, _, values| read_keywords(raws.first().copied().unwrap_or_default(), KeywordKind::Automatic, false, values),
    |value, sink| write_tag(value, sink, KeywordKind::Automatic),
);
