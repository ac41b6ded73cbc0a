//! Codecs of numbers as printed: series, volumes, issues, editions, pages. Section 4.3 of the mapping reference.

use crate::bytes::trim;
use super::codec::{put_unprotected, put_words, text_of};
use super::text::TEXT;
use crate::mapping::Codec;
use crate::record::{Number, PageRange, Pages, Parts, Value, article_number, total_pages};
use crate::tex;
use std::borrow::Cow;

/// The title of a series; a number alone is another sort of series.
pub(super) static SERIES: Codec = Codec {
    name: "series title",
    write: |value, sink| match value {
        Value::Text(text) if is_ordinal(text.as_str()) => None,
        Value::Text(text) => Some(put_unprotected(text, 0, sink)),
        _ => None,
    },
    ..TEXT
};

fn is_ordinal(word: &str) -> bool {
    (!word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()))
        || matches!(word, "newseries" | "oldseries")
}

/// Which series of a journal: a number, `newseries`, `oldseries`.
pub(super) static ORDINAL: Codec = Codec {
    name: "journal series",
    read: |raws, _, values| {
        if !raws.iter().all(|raw| is_ordinal(raw)) {
            return false;
        }
        values.extend(raws.iter().map(|raw| Value::Number(Number::new(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Number(number) if is_ordinal(number.as_str()) => {
            sink.put(0, number.as_str());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["newseries"],
    ..TEXT
};

/// A number as printed.
pub(super) static NUMBER: Codec = Codec {
    name: "number",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Number(Number::owned(text_of(raw)))));
        true
    },
    write: |value, sink| match value {
        Value::Number(number) => Some(put_words(number.as_str(), 0, sink)),
        _ => None,
    },
    example: &["12"],
    ..TEXT
};

/// BibLaTeX's `number` of an article: digits, or two numbers joined. D-61.
pub(super) static INTEGER: Codec = Codec {
    name: "integer",
    write: |value, sink| match value {
        Value::Number(number) if is_numeric(number.as_str()) => Some(put_words(number.as_str(), 0, sink)),
        _ => None,
    },
    ..NUMBER
};

/// An issue in words.
pub(super) static ISSUE: Codec = Codec { name: "issue", example: &["Spring"], ..NUMBER };

fn is_numeric(number: &str) -> bool {
    let mut parts = number.split(['-', '/']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let count = parts.clone().count();
    count <= 2 && parts.all(digits)
}

/// An edition: integers as English ordinals, which BibTeX's styles want. D-60.
pub(super) static EDITION: Codec = Codec {
    name: "edition, integers as ordinals",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| {
            let words = text_of(raw);
            let ordinal =
                words.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| Number::from_english_ordinal(&words));
            Value::Number(Number::owned(ordinal.flatten().map_or(words, |n| n.to_string())))
        }));
        true
    },
    write: |value, sink| {
        let Value::Number(number) = value else { return None };
        let canonical = number.integer().filter(|n| n.to_string() == number.as_str());
        if let Some(ordinal) = canonical.and_then(Number::english_ordinal) {
            sink.put(0, ordinal);
            return Some(Parts::NONE);
        }
        let lost = put_words(number.as_str(), 0, sink);
        let taken = number.as_str().starts_with(|c: char| c.is_ascii_alphabetic())
            && Number::from_english_ordinal(number.as_str()).is_some();
        Some(if taken { lost | Parts::SPELLING } else { lost })
    },
    example: &["Third"],
    ..TEXT
};

/// Pages. Section 4.3.
pub(super) static PAGES: Codec = Codec {
    name: "pages",
    read: |raws, _, values| {
        let before = values.len();
        for raw in raws {
            let Some(pages) = pages(raw) else {
                values.truncate(before);
                break;
            };
            values.push(Value::Pages(pages));
        }
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Pages(known) = value else { return None };
        let simple = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut out = String::with_capacity(12);
        if let [range] = known.ranges.as_slice()
            && !range.open
            && simple(&range.start)
            && range.end.as_deref().is_none_or(|end| simple(end) && end.len() >= range.start.len())
        {
            out.push_str(&range.start);
            if let Some(end) = &range.end {
                out.push_str("--");
                out.push_str(end);
            }
        } else {
            write_pages(known, sink.options.ascii, &mut out);
        }
        let same = known.are_plain() || pages(&out).is_some_and(|reads| reads == *known);
        let lost = if same { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, out);
        Some(lost)
    },
    example: &["10, 12--15"],
    ..TEXT
};

/// Reads pages. Pages counted within an article (`12:1--12:14`) are a range here: who counts so states the number of the
/// article in a field of its own.
fn pages(raw: &str) -> Option<Pages> {
    let text = pages_text(raw);
    Pages::parse(&text).or_else(|| {
        article_number(&text).filter(|it| it.1.is_some())?;
        let (start, end) = trim(&text).split_once(|c: char| c == '-' || ('\u{2010}'..='\u{2015}').contains(&c))?;
        let end = end.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        let simple = |end: &str| end.contains(':') && !end.contains([',', ' ', '-']);
        let (start, end) = (start.trim_end(), trim(end));
        let range = if simple(start) && simple(end) {
            PageRange { start: start.into(), end: Some(end.into()), open: false }
        } else {
            PageRange::page(trim(&text))
        };
        Some(Pages { ranges: vec![range] })
    })
}

/// The text of pages, on one line: `{-}` and `--` stay, for they tell a range from a hyphen.
fn pages_text(raw: &str) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    let plain = memchr::memchr3(b'\\', b'{', b'$', bytes).or_else(|| memchr::memchr2(b'~', b'\n', bytes)).is_none();
    if plain || raw.contains("{-}") { raw.into() } else { text_of(raw).into() }
}

fn write_pages(pages: &Pages, ascii: bool, out: &mut String) {
    for (at, range) in pages.ranges.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        let _ = tex::encode_str(&range.start, ascii, out);
        if let Some(end) = &range.end {
            out.push_str("--");
            let _ = tex::encode_str(end, ascii, out);
            out.push_str(if range.open { "+" } else { "" });
        } else if range.open {
            out.push_str("--");
        }
    }
}

/// A total in `pages`.
pub(super) static TOTAL: Codec = Codec {
    name: "total of pages",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        values.extend(total_pages(&text_of(raw)).map(Value::Number));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["320 p."],
    ..TEXT
};

/// An article number in `pages`.
pub(super) static ARTICLE_NUMBER: Codec = Codec {
    name: "article number",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        values.extend(article_number(&text_of(raw)).filter(|it| it.1.is_none()).map(|it| Value::Number(it.0)));
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["e1002345"],
    ..TEXT
};
