//! How values are spelled in .bib fields: text as LaTeX, addresses and identifiers verbatim, lists joined.

use super::names::{NAMES_CARRY, in_braces, parse_list, split_and, write_list};
use super::types::{THESES, is_address, is_degree_key};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{
    File, Id, Keyword, Lang, Name, Names, Note, NoteKind, Number, Pages, Parts, Publisher, PublisherRole, Relation,
    Text, Url, UrlKind, Value, article_number, identifier, total_pages,
};
use crate::tex::{self, Encode, Protect};
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// All parts of a value but its group: fields of a .bib entry belong to no group.
pub(super) const WHOLE: Parts = Parts::ALL.without(Parts::GROUP);

/// The plain words of a LaTeX string.
pub(super) fn text_of(latex: &str) -> String {
    if is_plain(latex) { latex.to_owned() } else { tex::decode(latex).text.as_str().to_owned() }
}

/// Whether a string is the same in LaTeX: ASCII letters, digits, single spaces and some marks.
fn is_plain(string: &str) -> bool {
    let mut before = b' ';
    for byte in string.bytes() {
        let fits = match byte {
            b' ' | b'-' => byte != before,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b',' | b':' | b';' | b'/' | b'(' | b')' | b'+' | b'*' => {
                true
            }
            _ => false,
        };
        if !fits {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Writes text and says what of it does not come back.
fn put_text(text: &Text, place: usize, sink: &mut CellSink<'_>) -> Parts {
    let mut out = String::with_capacity(text.as_str().len() + 8);
    let how = Encode { ascii: sink.options.ascii, protect: Protect::Marked };
    let encoded = tex::encode(text, how, &mut out);
    let composed = |plain: &str| plain.is_ascii() || is_nfc_quick(plain.chars()) == IsNormalized::Yes;
    let lost = if text.marks().is_empty() && composed(text.as_str()) && encoded.dropped.is_none() {
        Parts::NONE
    } else {
        let reads = tex::decode(&out).text;
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

fn lost_in(text: &Text, reads: &Text) -> Parts {
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
fn put_words(words: &str, place: usize, sink: &mut CellSink<'_>) -> Parts {
    if is_plain(words) {
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
fn put_verbatim(string: &str, place: usize, sink: &mut CellSink<'_>) -> Option<()> {
    if memchr::memchr3(b'{', b'}', b'\\', string.as_bytes()).is_some()
        && (!tex::balanced(string) || tex::verbatim(string) != string)
    {
        return None;
    }
    sink.put(place, string);
    Some(())
}

fn decoded(raw: &str) -> Text {
    if is_plain(raw) { Text::plain(raw) } else { tex::decode(raw).text }
}

/// What a joined value loses: read back, it is a part of the one before it.
fn joined(sink: &CellSink<'_>) -> Parts {
    if sink.follows { Parts::LIST } else { Parts::NONE }
}

/// Words.
pub(super) static TEXT: Codec = Codec {
    name: "LaTeX",
    shape: Shape::Each,
    carries: WHOLE,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Text(decoded(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_text(text, 0, sink)),
        _ => None,
    },
    example: &["On \\emph{Examples}"],
};

/// A title: words whose letter case BibTeX's styles change. Letters that must stay are put in braces where the source
/// could not mark them (section 4.5, D-50).
pub(super) static TITLE: Codec = Codec {
    name: "title in LaTeX",
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        if !sink.case_agnostic || !text.as_str().bytes().any(|byte| byte.is_ascii_uppercase() || byte >= 0x80) {
            return Some(put_text(text, 0, sink));
        }
        let lost = put_text(text, 0, sink);
        let mut out = String::with_capacity(text.as_str().len() + 16);
        let how = Encode { ascii: sink.options.ascii, protect: Protect::Auto };
        let _ = tex::encode(text, how, &mut out);
        if sink.replace(0, out) {
            sink.add();
        }
        Some(lost)
    },
    ..TEXT
};

/// Words of which the second and later values are joined to the first.
pub(super) static TEXTS: Codec = Codec {
    name: "LaTeX, joined",
    shape: Shape::Joined("; "),
    write: |value, sink| match value {
        Value::Text(text) => Some(joined(sink) | put_text(text, 0, sink)),
        _ => None,
    },
    ..TEXT
};

/// `type`: words; for theses BibLaTeX's keys are the subtype alone.
pub(super) static GENRE: Codec = Codec {
    name: "type",
    read: |raws, cx, values| {
        let thesis = THESES.iter().any(|word| word.eq_ignore_ascii_case(cx.word));
        values.extend(raws.iter().filter(|raw| !(thesis && is_degree_key(raw))).map(|raw| Value::Text(decoded(raw))));
        true
    },
    write: |value, sink| match value {
        // A text that is a key would be read as the subtype.
        Value::Text(text) if is_degree_key(text.as_str()) => None,
        Value::Text(text) => Some(put_text(text, 0, sink)),
        _ => None,
    },
    example: &["Research note"],
    ..TEXT
};

/// The title of a series; a number alone is another sort of series.
pub(super) static SERIES: Codec = Codec {
    name: "series title",
    write: |value, sink| match value {
        Value::Text(text) if is_ordinal(text.as_str()) => None,
        Value::Text(text) => Some(put_text(text, 0, sink)),
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
        values.extend(raws.iter().map(|raw| Value::Number(Number::new(&text_of(raw)))));
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
            Value::Number(ordinal.flatten().map_or_else(|| Number::new(&words), |n| Number::new(&n.to_string())))
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
        let pages: Option<Vec<Pages>> = raws.iter().map(|raw| Pages::parse(&pages_text(raw))).collect();
        values.extend(pages.into_iter().flatten().map(Value::Pages));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Pages(pages) = value else { return None };
        let simple = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut out = String::with_capacity(12);
        if let [range] = pages.ranges.as_slice()
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
            write_pages(pages, sink.options.ascii, &mut out);
        }
        let reads = Pages::parse(&pages_text(&out));
        let lost = match reads {
            Some(reads) if reads == *pages => Parts::NONE,
            _ => Parts::SPELLING,
        };
        sink.put(0, out);
        Some(lost)
    },
    example: &["10, 12--15"],
    ..TEXT
};

/// The text of pages: `{-}` and `--` stay, for they tell a range from a hyphen.
fn pages_text(raw: &str) -> String {
    if raw.contains(['\\', '{', '$', '~']) && !raw.contains("{-}") { text_of(raw) } else { raw.to_owned() }
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

/// A word of a program's vocabulary.
pub(super) static TOKEN: Codec = Codec {
    name: "word",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Token(text_of(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Token(token) => Some(put_words(token, 0, sink)),
        _ => None,
    },
    example: &["word"],
    ..TEXT
};

/// Other keys of an entry.
pub(super) static KEYS: Codec = Codec {
    name: "keys",
    shape: Shape::Joined(", "),
    read: |raws, _, values| {
        let keys = raws.iter().flat_map(|raw| raw.split(',')).map(str::trim).filter(|key| !key.is_empty());
        values.extend(keys.map(|key| Value::Token(key.to_owned())));
        true
    },
    write: |value, sink| match value {
        Value::Token(key) if is_key(key) => {
            sink.put(0, key.as_str());
            Some(Parts::NONE)
        }
        _ => None,
    },
    example: &["doe2020, doe20"],
    ..TEXT
};

/// Whether a string can be a citation key.
fn is_key(key: &str) -> bool {
    !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || c.is_control() || "{}(),=\\\"#%'~".contains(c))
}

/// The stage of publication as BibLaTeX's keys have it.
pub(super) static PUBSTATE: Codec = Codec {
    name: "stage of publication",
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| {
            let known = STATES.iter().find(|(_, key)| key.eq_ignore_ascii_case(raw));
            Value::Token(known.map_or_else(|| text_of(raw), |(token, _)| (*token).to_owned()))
        }));
        true
    },
    write: |value, sink| {
        let Value::Token(token) = value else { return None };
        if let Some((_, key)) = STATES.iter().find(|(it, _)| it == token) {
            sink.put(0, *key);
            return Some(Parts::NONE);
        }
        let lost = put_words(token, 0, sink);
        let taken = STATES.iter().any(|(_, key)| key.eq_ignore_ascii_case(token));
        Some(if taken { lost | Parts::SPELLING } else { lost })
    },
    example: &["inpress"],
    ..TEXT
};

const STATES: &[(&str, &str)] = &[("in-press", "inpress"), ("in-preparation", "inpreparation")];

/// The stage of publication in the place of a year. X-37.
pub(super) static YEAR_STAGE: Codec = Codec {
    name: "stage of publication in words",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        let words = text_of(raw);
        let stage = super::dates::STAGES.iter().find(|(_, it)| it.eq_ignore_ascii_case(&words));
        values.extend(stage.map(|(token, _)| Value::Token((*token).to_owned())));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Token(token) = value else { return None };
        let (_, words) = super::dates::STAGES.iter().find(|(it, _)| it == token)?;
        sink.put(0, *words);
        Some(Parts::NONE)
    },
    example: &["in press"],
    ..TEXT
};

/// A language: its babel name, which is BibLaTeX's key as well, where it has one of its own. D-38.
pub(super) static LANGUAGES: Codec = Codec {
    name: "languages",
    shape: Shape::Joined(" and "),
    read: |raws, _, values| {
        let items = raws.iter().flat_map(|raw| split_and(raw)).filter(|item| !item.is_empty());
        values.extend(items.flat_map(|item| {
            let words = text_of(item);
            Lang::parse_list(&words).unwrap_or_else(|| vec![Lang::parse(&words)]).into_iter().map(Value::Lang)
        }));
        true
    },
    write: |value, sink| {
        let Value::Lang(lang) = value else { return None };
        let names = [lang.babel_name(), lang.english_name()];
        if let Some(name) = names.into_iter().flatten().find(|name| Lang::parse(name) == *lang) {
            sink.put(0, name);
            return Some(Parts::NONE);
        }
        let lost = put_words(lang.as_str(), 0, sink);
        let comes_back = Lang::parse(lang.as_str()) == *lang
            && Lang::parse_list(lang.as_str()).is_none()
            && split_and(lang.as_str()).len() == 1;
        Some(if comes_back { lost } else { lost | Parts::SPELLING })
    },
    example: &["english and ngerman"],
    ..TEXT
};

/// Addresses of one kind or of any; what is not an ordinary address is narrowed to one.
pub(super) static URL: Codec = Codec {
    name: "address",
    carries: WHOLE.without(Parts::KIND).without(Parts::LABEL),
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Url(address(raw))));
        true
    },
    write: |value, sink| match value {
        Value::Url(url) if url.kind == UrlKind::Landing => put_address(url, sink),
        _ => None,
    },
    example: &["https://example.org/a_b"],
    ..TEXT
};

/// An address that is not the item's page, where there is no such address.
pub(super) static OTHER_URL: Codec = Codec {
    name: "address of another kind",
    write: |value, sink| match value {
        Value::Url(url) => put_address(url, sink),
        _ => None,
    },
    ..URL
};

fn put_address(url: &Url, sink: &mut CellSink<'_>) -> Option<Parts> {
    if address(&url.url).url != url.url {
        return None;
    }
    put_verbatim(&url.url, 0, sink).map(|()| Parts::NONE)
}

fn address(raw: &str) -> Url {
    let inner = raw.strip_prefix("\\url{").and_then(|it| it.strip_suffix('}')).unwrap_or(raw);
    Url { url: tex::verbatim(inner.trim()), kind: UrlKind::Landing, label: None }
}

/// `howpublished` that is nothing but an address.
pub(super) static HOWPUBLISHED_URL: Codec = Codec {
    name: "address",
    read: |raws, _, values| {
        let [raw] = raws else { return false };
        if is_address(raw) {
            values.push(Value::Url(address(raw)));
        }
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["\\url{https://example.org/a}"],
    ..TEXT
};

macro_rules! notes {
    ($($(#[$doc:meta])* $constant:ident $kind:ident $name:literal $example:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: $name,
            shape: Shape::Joined("; "),
            carries: WHOLE,
            read: |raws, _, values| {
                values.extend(raws.iter().map(|raw| Value::Note(Note { kind: NoteKind::$kind, text: decoded(raw) })));
                true
            },
            write: |value, sink| match value {
                Value::Note(note) if note.kind == NoteKind::$kind => Some(joined(sink) | put_text(&note.text, 0, sink)),
                _ => None,
            },
            example: &[$example],
        };
    )* };
}

notes! {
    /// A note.
    NOTE Note "note" "A note.";
    /// A note at the end of the reference.
    ADDENDUM Addendum "addendum" "With a map.";
    /// How it was published.
    HOWPUBLISHED HowPublished "howpublished" "Privately printed";
}

/// A note of a kind that no field is for.
pub(super) static OTHER_NOTE: Codec = Codec {
    name: "note of another kind",
    carries: WHOLE.without(Parts::KIND),
    write: |value, sink| match value {
        Value::Note(note) => Some(joined(sink) | put_text(&note.text, 0, sink)),
        _ => None,
    },
    ..NOTE
};

/// Keywords. D-29, X-35.
pub(super) static KEYWORDS: Codec = Codec {
    name: "keywords",
    shape: Shape::Joined(", "),
    carries: WHOLE.without(Parts::SCHEME).without(Parts::KIND),
    read: |raws, _, values| {
        for raw in raws {
            let separator = if split_at(raw, ';').len() > 1 { ';' } else { ',' };
            let words = split_at(raw, separator).into_iter().map(|item| text_of(in_braces(item).unwrap_or(item)));
            let keywords = words.filter(|words| !words.is_empty());
            values.extend(keywords.map(|text| Value::Keyword(Keyword { text, ..Keyword::default() })));
        }
        true
    },
    write: |value, sink| {
        let Value::Keyword(keyword) = value else { return None };
        if !keyword.text.contains([',', ';']) {
            return Some(put_words(&keyword.text, 0, sink));
        }
        let mut out = String::with_capacity(keyword.text.len() + 2);
        out.push('{');
        let _ = tex::encode_str(&keyword.text, sink.options.ascii, &mut out);
        out.push('}');
        let back = in_braces(&out).map(text_of);
        sink.put(0, out);
        Some(if back.as_deref() == Some(&*keyword.text) { Parts::NONE } else { Parts::SPELLING })
    },
    example: &["graph theory, {R, the language}, NLP"],
};

/// The pieces of a string between separators outside braces.
fn split_at(raw: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in raw.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if c == separator && depth == 0 => {
                pieces.push(raw.get(start..at).unwrap_or_default().trim());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(raw.get(start..).unwrap_or_default().trim());
    pieces
}

macro_rules! publishers {
    ($($(#[$doc:meta])* $constant:ident $role:ident $list:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: stringify!($role),
            shape: Shape::Joined(if $list { " and " } else { "; " }),
            carries: WHOLE,
            read: |raws, _, values| {
                let file = |name: Text| Value::Publisher(Publisher { name, role: PublisherRole::$role });
                for raw in raws {
                    if $list {
                        values.extend(split_and(raw).into_iter().map(|item| file(list_item(item))));
                    } else {
                        values.push(file(decoded(raw)));
                    }
                }
                true
            },
            write: |value, sink| match value {
                Value::Publisher(it) if it.role == PublisherRole::$role => Some(put_item(&it.name, $list, sink)),
                _ => None,
            },
            example: &["Example \\& Sons"],
        };
    )* };
}

publishers! {
    /// The publisher.
    PUBLISHER Publisher false;
    /// The institution.
    INSTITUTION Institution false;
    /// The school.
    SCHOOL School false;
    /// The organisation.
    ORGANIZATION Organization false;
    /// A list of publishers.
    PUBLISHERS Publisher true;
    /// A list of institutions.
    INSTITUTIONS Institution true;
    /// A list of schools.
    SCHOOLS School true;
    /// A list of organisations.
    ORGANIZATIONS Organization true;
}

/// A publisher of a role that no field is for, or in the field that the type expects.
pub(super) static ANY_PUBLISHER: Codec = Codec {
    name: "publisher of another role",
    carries: WHOLE.without(Parts::ROLE),
    write: |value, sink| match value {
        Value::Publisher(it) => Some(Parts::ROLE | put_item(&it.name, false, sink)),
        _ => None,
    },
    ..PUBLISHER
};

/// The same among a list.
pub(super) static ANY_PUBLISHERS: Codec = Codec {
    carries: WHOLE.without(Parts::ROLE),
    write: |value, sink| match value {
        Value::Publisher(it) => Some(Parts::ROLE | put_item(&it.name, true, sink)),
        _ => None,
    },
    ..PUBLISHERS
};

/// Places, each an item of a list.
pub(super) static PLACES: Codec = Codec {
    name: "list of places",
    shape: Shape::Joined(" and "),
    carries: WHOLE,
    read: |raws, _, values| {
        values.extend(raws.iter().flat_map(|raw| split_and(raw)).map(|item| Value::Text(list_item(item))));
        true
    },
    write: |value, sink| match value {
        Value::Text(text) => Some(put_item(text, true, sink)),
        _ => None,
    },
    example: &["London and New York"],
};

/// An item of BibLaTeX's lists: `Allen {and} Unwin`.
fn list_item(item: &str) -> Text {
    match in_braces(item) {
        Some(inner) => decoded(inner),
        None if item.contains("{and}") => decoded(&item.replace(" {and} ", " and ")),
        None => decoded(item),
    }
}

/// Writes an item of a list; `and` in it is put in braces. D-64.
fn put_item(text: &Text, list: bool, sink: &mut CellSink<'_>) -> Parts {
    if !list {
        return joined(sink) | put_text(text, 0, sink);
    }
    let mut out = String::with_capacity(text.as_str().len() + 8);
    let how = Encode { ascii: sink.options.ascii, protect: Protect::Marked };
    let _ = tex::encode(text, how, &mut out);
    if split_and(&out).len() > 1 {
        out = if text.marks().is_empty() { out.replace(" and ", " {and} ") } else { format!("{{{out}}}") };
    } else if in_braces(&out).is_some() {
        out = format!("{{{out}}}");
    }
    let items = split_and(&out);
    let reads = match items.as_slice() {
        [item] => list_item(item),
        _ => text.clone(),
    };
    let lost = if items.len() == 1 { lost_in(text, &reads) } else { Parts::LIST };
    if !lost.is_empty() && reads != *text && list_comes_back(&reads) {
        // As it reads, so that writing it again changes nothing.
        return lost | put_item(&reads, true, sink);
    }
    sink.put(0, out);
    lost
}

/// Whether plain words are in the form that reading gives.
fn list_comes_back(text: &Text) -> bool {
    text.marks().is_empty() && is_nfc_quick(text.as_str().chars()) == IsNormalized::Yes
}

macro_rules! ids {
    ($($(#[$doc:meta])* $constant:ident $read:expr, $separator:literal, $example:literal;)*) => { $(
        $(#[$doc])*
        pub(super) static $constant: Codec = Codec {
            name: stringify!($constant),
            shape: Shape::Joined($separator),
            carries: WHOLE,
            read: |raws, _, values| {
                let items = raws.iter().flat_map(|raw| raw.split(if $separator == ", " { ',' } else { '\n' }));
                values.extend(items.map(str::trim).filter(|it| !it.is_empty()).map(|it| Value::Id(read_id(it, $read))));
                true
            },
            write: |value, sink| match value {
                Value::Id(id) => put_id(id, $read, $separator == ", ", sink),
                _ => None,
            },
            example: &[$example],
        };
    )* };
}

ids! {
    /// A DOI.
    DOI |raw| identifier::doi(raw).map(Id::plain), "\n", "10.1000/1_a";
    /// Book numbers.
    ISBN identifier::isbn, ", ", "9783161484100";
    /// Serial numbers.
    ISSN identifier::issn, ", ", "1234-5679";
    /// A PubMed number.
    PMID identifier::pmid, "\n", "12345";
    /// A PubMed Central number.
    PMCID identifier::pmcid, "\n", "PMC12345";
}

fn read_id(raw: &str, read: fn(&str) -> Option<Id>) -> Id {
    let plain = tex::verbatim(raw);
    read(&plain).unwrap_or_else(|| Id::plain(plain))
}

fn put_id(id: &Id, read: fn(&str) -> Option<Id>, list: bool, sink: &mut CellSink<'_>) -> Option<Parts> {
    if (sink.follows && !list) || (list && id.value.contains(',')) || !id.scheme.is_empty() {
        return None;
    }
    if let Some(qualifier) = &id.qualifier {
        let with = format!("{} ({qualifier})", id.value);
        if !with.contains(',') && read_id(&with, read) == *id && put_verbatim(&with, 0, sink).is_some() {
            return Some(Parts::NONE);
        }
    }
    put_verbatim(&id.value, 0, sink)?;
    let reads = read_id(&id.value, read);
    let spelled = if reads.value == id.value { Parts::NONE } else { Parts::SPELLING };
    Some(if reads.qualifier == id.qualifier { spelled } else { spelled | Parts::QUALIFIER })
}

/// A PubMed number as an e-print, as BibLaTeX has it.
pub(super) static PUBMED: Codec = Codec {
    name: "e-print of type pubmed",
    shape: Shape::Across,
    read: |raws, _, values| {
        let [number, kind, ..] = raws else { return false };
        if kind.eq_ignore_ascii_case("pubmed") && !number.is_empty() {
            values.push(Value::Id(read_id(number, identifier::pmid)));
        }
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        let lost = put_id(id, identifier::pmid, false, sink)?;
        sink.put(1, "pubmed");
        Some(lost)
    },
    example: &["12345", "pubmed"],
    ..PMID
};

/// A number on a preprint server: number, server, class.
pub(super) static EPRINT: Codec = Codec {
    name: "e-print",
    shape: Shape::Across,
    carries: WHOLE,
    read: |raws, _, values| {
        let at = |place: usize| raws.get(place).copied().unwrap_or_default();
        values.extend(eprint(at(0), at(1), at(2)).map(Value::Id));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Id(id) = value else { return None };
        let server = match &*id.scheme {
            "arxiv" => "arXiv",
            "" => return None,
            other => other,
        };
        let class = id.qualifier.as_deref().unwrap_or_default();
        if eprint(&id.value, server, class).as_ref() != Some(id) {
            return None;
        }
        put_verbatim(&id.value, 0, sink)?;
        put_verbatim(server, 1, sink)?;
        put_verbatim(class, 2, sink)?;
        Some(Parts::NONE)
    },
    example: &["2401.00001", "arXiv", "cs.LG"],
};

/// Schemes of e-prints that are no preprint servers; they stand among the other identifiers.
const EPRINT_SCHEMES: &[&str] = &["hdl", "jstor", "googlebooks", "pubmed"];

fn eprint(number: &str, server: &str, class: &str) -> Option<Id> {
    let number = tex::verbatim(number);
    let scheme = identifier::preprint_server(server).map_or_else(|| server.to_lowercase(), str::to_owned);
    if number.is_empty() || EPRINT_SCHEMES.contains(&&*scheme) {
        return None;
    }
    let known = (scheme.is_empty() || scheme == "arxiv").then(|| identifier::arxiv(&number)).flatten();
    let mut id = match known {
        Some(id) => id,
        None if scheme.is_empty() => return None,
        None => Id { value: number, scheme: scheme.into(), qualifier: None },
    };
    if !class.is_empty() {
        id.qualifier = Some(class.into());
    }
    Some(id)
}

macro_rules! schemes {
    ($($constant:ident $scheme:literal;)*) => { $(
        /// An identifier of one scheme in a field of its own.
        pub(super) static $constant: Codec = Codec {
            name: concat!("identifier ", $scheme),
            read: |raws, _, values| {
                let id = |raw: &&str| Id { value: tex::verbatim(raw), scheme: $scheme.into(), qualifier: None };
                values.extend(raws.iter().map(|raw| Value::Id(id(raw))));
                true
            },
            write: |value, sink| match value {
                Value::Id(id) if &*id.scheme == $scheme => {
                    put_verbatim(&id.value, 0, sink)?;
                    Some(if id.qualifier.is_some() { Parts::QUALIFIER } else { Parts::NONE })
                }
                _ => None,
            },
            example: &["12345"],
            ..TEXT
        };
    )* };
}

schemes! {
    LCCN "lccn"; MR "mr"; ZBL "zbl"; OCLC "oclc"; BIBCODE "bibcode"; HDL "hdl"; JSTOR "jstor"; GOOGLEBOOKS "googlebooks";
    ISAN "isan"; ISMN "ismn"; ISRN "isrn"; ISWC "iswc"; SWHID "swhid"; JFM "jfm"; URN "urn";
}

/// An attached file: its path, or `words:path:type` as `JabRef` has it.
pub(super) static FILES: Codec = Codec {
    name: "files",
    shape: Shape::Joined(";"),
    carries: WHOLE,
    read: |raws, _, values| {
        values.extend(raws.iter().flat_map(|raw| files(raw)).map(Value::File));
        true
    },
    write: |value, sink| {
        let Value::File(file) = value else { return None };
        let mut out = String::with_capacity(file.path.len() + 8);
        let parts = [file.label.as_deref().unwrap_or_default(), &file.path, file.mime.as_deref().unwrap_or_default()];
        let bare = file.label.is_none() && file.mime.is_none() && !file.path.contains([':', ';', '\\']);
        for (at, part) in parts.into_iter().enumerate().filter(|(at, _)| !bare || *at == 1) {
            out.push_str(if at > 0 && !bare { ":" } else { "" });
            for c in part.chars() {
                if matches!(c, ':' | ';' | '\\') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        if !tex::balanced(&out) || files(&out) != [file.clone()] {
            return None;
        }
        sink.put(0, out);
        Some(Parts::NONE)
    },
    example: &["Full text:files/a.pdf:PDF;notes.txt"],
};

fn files(raw: &str) -> Vec<File> {
    let mut list = Vec::new();
    let mut parts = vec![String::new()];
    let mut chars = raw.chars();
    let mut end = |parts: &mut Vec<String>| {
        let whole = std::mem::replace(parts, vec![String::new()]);
        let some = |part: &str| (!part.trim().is_empty()).then(|| part.trim().into());
        let file = match whole.as_slice() {
            [label, path, mime] if !path.is_empty() => {
                File { path: path.trim().to_owned(), mime: some(mime), label: some(label) }
            }
            parts => File { path: parts.join(":").trim().to_owned(), mime: None, label: None },
        };
        list.extend((!file.path.is_empty()).then_some(file));
    };
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(escaped @ (':' | ';' | '\\')) => parts.last_mut().into_iter().for_each(|part| part.push(escaped)),
                Some(other) => parts.last_mut().into_iter().for_each(|part| part.extend(['\\', other])),
                None => {}
            },
            ':' => parts.push(String::new()),
            ';' => end(&mut parts),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    end(&mut parts);
    list
}

macro_rules! relations {
    ($($constant:ident $kind:literal $shape:expr;)*) => { $(
        /// A link to another entry by its key.
        pub(super) static $constant: Codec = Codec {
            name: concat!("keys, ", $kind),
            shape: $shape,
            carries: WHOLE,
            read: |raws, _, values| {
                let keys = raws.iter().flat_map(|raw| raw.split(',')).map(str::trim).filter(|key| !key.is_empty());
                values.extend(keys.map(|key| Value::Relation(Relation { kind: $kind.into(), target: key.to_owned() })));
                true
            },
            write: |value, sink| match value {
                Value::Relation(it) if &*it.kind == $kind && is_key(&it.target) && !(sink.follows && $shape == Shape::Each) => {
                    sink.put(0, it.target.as_str());
                    Some(Parts::NONE)
                }
                _ => None,
            },
            example: &["doe2020"],
        };
    )* };
}

relations! {
    CROSSREF "crossref" Shape::Each;
    XREF "xref" Shape::Each;
    XDATA "xdata" Shape::Joined(", ");
    ENTRYSET "set-member" Shape::Joined(", ");
}

/// BibLaTeX's words for relations, and ours.
const RELATED_TYPES: &[(&str, &str)] = &[
    ("related", ""),
    ("multivolume", "multivolume"),
    ("published-as", "origpubas"),
    ("published-in", "origpubin"),
    ("translated-as", "translationas"),
    ("translation-of", "translationof"),
    ("translated-from", "translationfrom"),
    ("reprinted-as", "reprintas"),
    ("reprint-of", "reprintof"),
    ("reprinted-from", "reprintfrom"),
    ("review-of", "reviewof"),
];

/// A related entry and what it is.
pub(super) static RELATED: Codec = Codec {
    name: "related",
    shape: Shape::Across,
    carries: WHOLE,
    read: |raws, _, values| {
        let [keys, word, ..] = raws else { return false };
        let known = RELATED_TYPES.iter().find(|(_, it)| it.eq_ignore_ascii_case(word));
        let kind = known.map_or_else(|| word.to_lowercase(), |(kind, _)| (*kind).to_owned());
        let keys = keys.split(',').map(str::trim).filter(|key| !key.is_empty());
        values.extend(keys.map(|key| Value::Relation(Relation { kind: kind.as_str().into(), target: key.to_owned() })));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Relation(relation) = value else { return None };
        let (_, word) = RELATED_TYPES.iter().find(|(kind, _)| **kind == *relation.kind)?;
        if !is_key(&relation.target) {
            return None;
        }
        sink.put(0, relation.target.as_str());
        sink.put(1, *word);
        Some(Parts::NONE)
    },
    example: &["doe2020", "reviewof"],
};

/// Organisers: a list of organisations.
pub(super) static ORGANIZERS: Codec = Codec {
    name: "list of organisations",
    shape: Shape::Joined(" and "),
    carries: NAMES_CARRY,
    read: |raws, _, values| {
        let items = raws.iter().flat_map(|raw| split_and(raw)).filter(|item| !item.is_empty());
        let name = |item| Name { organization: true, ..Name::literal(list_item(item).as_str()) };
        values.push(Value::Names(Names::of(items.map(name).collect())));
        true
    },
    write: |value, sink| {
        let Value::Names(names) = value else { return None };
        if names.list.is_empty() || !names.list.iter().all(Name::is_literal) {
            return None;
        }
        let mut lost = if names.others { Parts::OTHERS } else { Parts::NONE };
        let mut out = String::new();
        for name in &names.list {
            if !name.organization {
                sink.add();
            }
            let mut one = CellSink::new(sink.options, sink.word);
            lost |= put_item(&Text::plain(name.literal.as_str()), true, &mut one);
            out.push_str(if out.is_empty() { "" } else { " and " });
            out.push_str(one.cells().first().map_or("", |(_, raw)| raw));
        }
        sink.put(0, out);
        Some(lost)
    },
    example: &["Example Society and Acme {and} Sons"],
};

macro_rules! roles {
    ($($constant:ident $word:literal;)*) => { $(
        /// Names whose role another field names.
        pub(super) static $constant: Codec = Codec {
            name: concat!("names of type ", $word),
            shape: Shape::Across,
            carries: NAMES_CARRY,
            read: |raws, _, values| {
                let [names, word, ..] = raws else { return false };
                if word.eq_ignore_ascii_case($word) && !names.is_empty() {
                    values.push(Value::Names(parse_list(names)));
                }
                !values.is_empty()
            },
            write: |value, sink| match value {
                Value::Names(names) if !names.list.is_empty() => {
                    let mut out = String::new();
                    let lost = write_list::<true>(names, sink, &mut out);
                    sink.put(0, out);
                    sink.put(1, $word);
                    Some(lost)
                }
                _ => None,
            },
            example: &["Doe, Jane", $word],
        };
    )* };
}

roles! {
    COMPILER "compiler"; FOUNDER "founder"; CONTINUATOR "continuator"; REDACTOR "redactor"; REVISER "reviser";
    COLLABORATOR "collaborator"; ORGANIZER "organizer"; DIRECTOR "director"; PRODUCER "producer";
    EXECUTIVE_PRODUCER "executiveproducer"; ILLUSTRATOR "illustrator"; PERFORMER "performer"; SCRIPT_WRITER "scriptwriter";
    PRESENTER "host"; GUEST "guest"; NARRATOR "narrator"; COMPOSER "composer"; INTERVIEWER "interviewer";
    RECIPIENT "recipient"; SERIES_EDITOR "serieseditor"; REVIEWED_AUTHOR "reviewedauthor";
    ORIGINAL_AUTHOR "originalauthor";
}

/// Words that name a role of their own and so none of the open roles.
const ROLE_WORDS: &[&str] = &[
    "editor",
    "compiler",
    "founder",
    "continuator",
    "redactor",
    "reviser",
    "collaborator",
    "organizer",
    "director",
    "producer",
    "executiveproducer",
    "illustrator",
    "performer",
    "scriptwriter",
    "host",
    "guest",
    "narrator",
    "composer",
    "interviewer",
    "recipient",
    "serieseditor",
    "reviewedauthor",
    "originalauthor",
];

/// Names in any other role.
pub(super) static ANY_ROLE: Codec = Codec {
    name: "names of any type",
    shape: Shape::Across,
    carries: NAMES_CARRY.and(Parts::ROLE),
    read: |raws, _, values| {
        let [names, word, ..] = raws else { return false };
        if names.is_empty() || word.is_empty() || ROLE_WORDS.contains(&&*word.to_lowercase()) {
            return false;
        }
        let word = text_of(word);
        let role = (word != "contributor").then(|| word.as_str().into());
        values.push(Value::Names(Names { role, ..parse_list(names) }));
        true
    },
    write: |value, sink| {
        let Value::Names(names) = value else { return None };
        let word = names.role.as_deref().unwrap_or("contributor");
        let taken = names.role.as_deref() == Some("contributor") || ROLE_WORDS.contains(&&*word.to_lowercase());
        if names.list.is_empty() || taken {
            return None;
        }
        let mut out = String::new();
        let lost = write_list::<true>(names, sink, &mut out);
        sink.put(0, out);
        Some(lost | put_words(word, 1, sink))
    },
    example: &["Doe, Jane", "advisor"],
};
