//! Words, numbers, notes, keywords, publishers, pages, addresses, languages.

use super::CHECKED;
use crate::bytes::trim;
use crate::entities::ends_in_entity;
use crate::formats::csl::text;
use crate::mapping::codecs::markup::tagged;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::identifier::is_resolver_url;
use crate::record::{
    Keyword, KeywordKind, Lang, Note, NoteKind, Number, Pages, Parts, Publisher, PublisherRole, Url, UrlKind, Value,
    article_number,
};

/// Rich text.
pub(in crate::formats::csl) static RICH: Codec = Codec {
    name: "rich text",
    shape: Shape::Each,
    carries: CHECKED,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(text::read(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => {
            sink.put(0, text::write(text));
            Some(text::lost(text))
        }
        _ => None,
    },
    example: &["Growth of <i>E. coli</i>"],
};

/// Rich text that publishers have in paragraphs and under headings, with the tags of their web pages, or of JATS that was
/// escaped twice.
pub(in crate::formats::csl) static PARAGRAPHS: Codec = Codec {
    name: "rich text, paragraphs",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(tagged(text::read(raw), '\n'))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => {
            let written = text::write(text);
            let has_tags = memchr::memchr(b'<', text.as_str().as_bytes()).is_some();
            let same = !has_tags || tagged(text::read(&written), '\n').as_str() == text.as_str();
            sink.put(0, written);
            Some(text::lost(text) | if same { Parts::NONE } else { Parts::SPELLING })
        }
        _ => None,
    },
    ..RICH
};

/// Several texts in one string: `London; New York`.
pub(in crate::formats::csl) static RICH_LIST: Codec = Codec {
    name: "rich text, several",
    shape: Shape::Joined("; "),
    read: |raws, _, values| {
        values.extend(raws.iter().flat_map(|raw| list(raw)).map(|raw| Value::Text(text::read(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => {
            let written = text::write(text);
            let lost = if list(&written).eq([&*written]) { Parts::NONE } else { Parts::LIST };
            sink.put(0, written);
            Some(text::lost(text) | lost)
        }
        _ => None,
    },
    ..RICH
};

fn list(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw);
    let items = std::iter::from_fn(move || {
        let text = rest?;
        let at = memchr::memchr_iter(b';', text.as_bytes()).find(|at| {
            text.as_bytes().get(at + 1) == Some(&b' ') && !ends_in_entity(text.get(..*at).unwrap_or_default())
        });
        rest = at.and_then(|at| text.get(at + 2..));
        at.map_or(Some(text), |at| text.get(..at))
    });
    items.map(str::trim).filter(|it| !it.is_empty())
}

/// Publishers, in the role that the type gives them.
pub(in crate::formats::csl) static PUBLISHER: Codec = Codec {
    name: "publisher",
    shape: Shape::Joined("; "),
    read: |raws, cx, values| {
        let role = role_of(cx.word);
        let publisher = |raw: &str| Value::Publisher(Publisher { name: text::read(raw), role });
        values.extend(raws.iter().flat_map(|raw| list(raw)).map(publisher));
        true
    },
    write: |value, sink| match value {
        Value::Publisher(publisher) => {
            let written = text::write(&publisher.name);
            let role = if publisher.role == role_of(sink.word) { Parts::NONE } else { Parts::ROLE };
            let is_one = list(&written).eq([&*written]) && !ends_in_entity(&written);
            let several = if is_one { Parts::NONE } else { Parts::LIST };
            sink.put(0, written);
            Some(text::lost(&publisher.name) | role | several)
        }
        _ => None,
    },
    example: &["Example Press"],
    ..RICH
};

fn role_of(word: &str) -> PublisherRole {
    match word {
        "thesis" | "dissertation" => PublisherRole::School,
        "report" => PublisherRole::Institution,
        _ => PublisherRole::Publisher,
    }
}

/// A number as printed.
pub(in crate::formats::csl) static NUMBER: Codec = Codec {
    name: "number",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Number(Number::new(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Number(number) => {
            sink.put(0, number.as_str());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["12"],
    ..RICH
};

/// A word of a vocabulary.
pub(in crate::formats::csl) static TOKEN: Codec = Codec {
    name: "word",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Token((*raw).to_owned())));
        true
    },
    write: |value, sink| match value {
        Value::Token(token) => {
            sink.put(0, token.as_str());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["word"],
    ..RICH
};

/// Stages of publication of more than one word.
const STAGES: [(&str, &str); 3] =
    [("in-press", "in press"), ("to-appear", "to appear"), ("in-preparation", "in preparation")];

/// Stages of publication that stand in the place of a date. X-30.
const FOR_DATES: [&str; 5] = ["forthcoming", "in press", "to appear", "submitted", "in preparation"];

/// The stage of publication that words in the place of a date say.
pub(in crate::formats::csl) fn stage(words: &str) -> Option<&'static str> {
    FOR_DATES.iter().copied().find(|it| it.eq_ignore_ascii_case(words.trim()))
}

/// The stage of publication.
pub(in crate::formats::csl) static STATUS: Codec = Codec {
    name: "stage of publication",
    read: |raws, _, values| {
        let token = |raw: &&str| {
            let known = STAGES.iter().find(|(_, words)| words.eq_ignore_ascii_case(raw));
            Value::Token(known.map_or_else(|| (*raw).to_owned(), |(token, _)| (*token).to_owned()))
        };
        values.extend(raws.iter().map(token));
        true
    },
    write: |value, sink| match value {
        Value::Token(token) => {
            let known = STAGES.iter().find(|(it, _)| it == token);
            sink.put(0, known.map_or(token.as_str(), |(_, words)| words));
            let taken = known.is_none() && STAGES.iter().any(|(_, words)| words.eq_ignore_ascii_case(token));
            Some(if taken { Parts::SPELLING } else { Parts::NONE })
        }
        _ => None,
    },
    example: &["in press"],
    ..RICH
};

/// Notes, one below the other; their kinds stand nowhere.
pub(in crate::formats::csl) static NOTE: Codec = Codec {
    name: "note",
    shape: Shape::Joined("\n"),
    carries: Parts::ALL.without(Parts::KIND),
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Note(Note { kind: NoteKind::Note, text: text::read(raw) })));
        true
    },
    write: |value, sink| match value {
        Value::Note(note) => {
            sink.put(0, text::write(&note.text));
            Some(text::lost(&note.text) | if sink.follows { Parts::LIST } else { Parts::NONE })
        }
        _ => None,
    },
    example: &["A note."],
};

/// Keywords in one string, with semicolons between them. D-29.
pub(in crate::formats::csl) static KEYWORDS: Codec = Codec {
    name: "keywords",
    shape: Shape::Joined("; "),
    carries: Parts::NONE,
    read: |raws, _, values| {
        let word = |text: &str| {
            Value::Keyword(Keyword {
                text: text.to_owned(),
                scheme: None,
                kind: KeywordKind::Unspecified,
                major: false,
            })
        };
        for raw in raws {
            let between = if raw.contains(';') { ';' } else { ',' };
            values.extend(raw.split(between).map(str::trim).filter(|it| !it.is_empty()).map(word));
        }
        true
    },
    write: |value, sink| match value {
        Value::Keyword(keyword) => {
            let text = keyword.text.as_str();
            if memchr::memchr(b';', text.as_bytes()).is_none() && trim(text).len() == text.len() {
                sink.put(0, text);
                return Some(Parts::NONE);
            }
            sink.put(0, text.replace(';', ",").trim().to_owned());
            Some(Parts::SPELLING)
        }
        _ => None,
    },
    example: &["graph theory; logic"],
};

/// One keyword in a string of its own.
pub(in crate::formats::csl) static KEYWORD: Codec = Codec {
    name: "keyword",
    shape: Shape::Each,
    read: |raws, _, values| {
        let word = |raw: &&str| {
            Value::Keyword(Keyword {
                text: raw.trim().to_owned(),
                scheme: None,
                kind: KeywordKind::Unspecified,
                major: false,
            })
        };
        values.extend(raws.iter().map(word));
        true
    },
    write: |_, _| None,
    example: &["graph theory"],
    ..KEYWORDS
};

/// Page ranges.
pub(in crate::formats::csl) static PAGES: Codec = Codec {
    name: "pages",
    read: |raws, _, values| {
        let found = raws.first().and_then(|raw| Pages::parse(raw));
        let any = found.is_some();
        values.extend(found.map(Value::Pages));
        any
    },
    write: |value, sink| {
        let Value::Pages(pages) = value else { return None };
        let written = pages.write("-", ", ");
        let same = pages.are_plain() || Pages::parse(&written)? == *pages;
        sink.put(0, written);
        Some(if same { Parts::NONE } else { Parts::SPELLING })
    },
    example: &["123-145"],
    ..RICH
};

/// The number of an article, where it stands for its pages.
pub(in crate::formats::csl) static ARTICLE_FOR_PAGES: Codec = Codec {
    name: "number for pages",
    read: |raws, _, values| match raws.first().and_then(|raw| article_number(raw)) {
        Some((number, None)) => {
            values.push(Value::Number(number));
            true
        }
        _ => false,
    },
    write: |_, _| None,
    example: &["e1002345"],
    ..RICH
};

/// A total of pages, where the pages would stand.
pub(in crate::formats::csl) static TOTAL: Codec = Codec {
    name: "total of pages",
    read: |raws, _, values| {
        let found = raws.first().and_then(|raw| crate::record::total_pages(raw));
        let any = found.is_some();
        values.extend(found.map(Value::Number));
        any
    },
    write: |_, _| None,
    example: &["320 p."],
    ..RICH
};

/// Languages by tag, code or name.
pub(in crate::formats::csl) static LANGUAGE: Codec = Codec {
    name: "language",
    read: |raws, _, values| {
        values.extend(raws.iter().flat_map(|raw| Lang::parse_all(raw)).map(Value::Lang));
        true
    },
    write: |value, sink| match value {
        Value::Lang(lang) if lang.is_read_from(lang.as_str()) => {
            sink.put(0, lang.as_str());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["en"],
    ..RICH
};

/// The page of the item.
pub(in crate::formats::csl) static LANDING: Codec = Codec {
    name: "address",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| url(raw, UrlKind::Landing)));
        true
    },
    write: |value, sink| match value {
        Value::Url(url) if url.kind == UrlKind::Landing && url.label.is_none() && !is_resolver(&url.url) => {
            Some(put_url(url, UrlKind::Landing, sink))
        }
        _ => None,
    },
    example: &["https://example.org/a"],
    ..RICH
};

/// An address of whatever kind, where there is no other.
pub(in crate::formats::csl) static ANY_ADDRESS: Codec = Codec {
    name: "address of any kind",
    read: |_, _, _| false,
    write: |value, sink| match value {
        Value::Url(url) if url.kind != UrlKind::DoiDerived && !is_resolver(&url.url) => {
            Some(put_url(url, UrlKind::Landing, sink))
        }
        _ => None,
    },
    example: &[],
    ..RICH
};

/// The DOI as an address, beside the DOI.
pub(in crate::formats::csl) static RESOLVER: Codec = Codec {
    name: "address of the DOI",
    read: |raws, _, values| {
        let all = raws.iter().all(|raw| is_resolver(raw));
        values.extend(raws.iter().filter(|_| all).map(|raw| url(raw, UrlKind::DoiDerived)));
        all
    },
    write: |value, sink| match value {
        // The address of a text is no page of the item, and comes after that.
        Value::Url(url) if matches!(url.kind, UrlKind::DoiDerived | UrlKind::Landing) => (ANY_RESOLVER.write)(value, sink),
        _ => None,
    },
    example: &["https://doi.org/10.1000/182"],
    ..RICH
};

/// The same of whatever kind, where there is no other address.
pub(in crate::formats::csl) static ANY_RESOLVER: Codec = Codec {
    name: "address of the DOI, of any kind",
    read: |_, _, _| false,
    write: |value, sink| match value {
        Value::Url(url) if is_resolver(&url.url) => Some(put_url(url, UrlKind::DoiDerived, sink)),
        _ => None,
    },
    example: &[],
    ..RICH
};

fn url(raw: &str, kind: UrlKind) -> Value {
    Value::Url(Url { url: raw.to_owned(), kind, label: None })
}

fn put_url<'v>(url: &'v Url, kind: UrlKind, sink: &mut CellSink<'_, 'v>) -> Parts {
    sink.put(0, url.url.as_str());
    let label = if url.label.is_some() { Parts::LABEL } else { Parts::NONE };
    label | if url.kind == kind { Parts::NONE } else { Parts::KIND }
}

fn is_resolver(url: &str) -> bool {
    is_resolver_url(url) && url.contains("://")
}


/// A number that stands for pages.
pub(in crate::formats::csl) static NUMBER_FOR_PAGES: Codec = Codec {
    name: "number for pages",
    read: |_, _, _| false,
    write: |value, sink| match value {
        Value::Number(number) => {
            sink.put(0, number.as_str());
            let back = article_number(number.as_str()).is_some_and(|(back, pages)| back == *number && pages.is_none());
            Some(if back { Parts::NONE } else { Parts::KIND })
        }
        _ => None,
    },
    ..NUMBER
};
