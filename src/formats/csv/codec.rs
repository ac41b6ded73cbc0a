//! How the cells of other programs' tables spell values. Codecs that are only read from say so by writing nothing.

use super::cell::read_date;
use super::names::{self, Order, SEMICOLON, Style, bracketed};
use crate::bytes::{first, trim};
use crate::mapping::codecs::identifiers::serials;
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::identifier::{self, dois, is_doi_url, is_resolver_url};
use crate::record::{
    Date, End, File, Id, Keyword, KeywordKind, Lang, Names, Note, NoteKind, Number, PageRange, Pages, Parts, Publisher,
    PublisherRole, Text, Url, UrlKind, Value, article_number, month_number, season_code, total_pages,
};

type ReadCells = fn(&[&str], &mut CodecReading<'_, '_>, &mut Vec<Value>) -> bool;

/// A codec for reading alone.
const fn reads(name: &'static str, read: ReadCells, example: &'static [&'static str]) -> Codec {
    Codec { name, shape: Shape::Each, carries: Parts::ALL, read, write: |_, _| None, example }
}

/// The same codec for a value that stands in several columns.
const fn across(codec: &Codec) -> Codec {
    Codec { shape: Shape::Across, ..*codec }
}

// Names

fn read_names(raw: &str, style: &Style, role: Option<&str>, values: &mut Vec<Value>) -> bool {
    let names = names::read(raw, style, role);
    let found = names.is_some();
    values.extend(names.map(Value::Names));
    found
}

macro_rules! names {
    ($($(#[$doc:meta])* $constant:ident $name:literal $between:expr, $order:expr, $role:expr, $example:literal;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                const STYLE: Style = Style { between: $between, order: $order };
                read_names(raws.first().copied().unwrap_or_default(), &STYLE, $role, values)
            },
            &[$example],
        );)*
    };
}

names! {
    /// `Doe, Jane; Roe, Kim`, and names in one piece.
    INVERTED "names, family name first" SEMICOLON, Order::Inverted, None, "Doe, Jane; Roe, Kim";
    /// `Doe J.; Roe K.`, or with commas between them, as Scopus had it before.
    SCOPUS "names, initials last" &[";", ", "], Order::Initials, None, "Doe J.; Roe K.";
    /// `Doe J, Roe K.`
    COMMA_INITIALS "names, initials last, commas between" &[";", ", "], Order::Initials, None, "Doe J, Roe K";
    /// `Jane Doe; Kim Roe`
    DISPLAY "names as printed" SEMICOLON, Order::Display, None, "Jane Doe; Kim Roe";
    /// `J Doe, K Roe`
    DISPLAY_COMMAS "names as printed, commas between" &[";", ", "], Order::Display, None, "J Doe, K Roe";
    /// `Jane Doe|Kim Roe`
    DISPLAY_BARS "names as printed, bars between" &["|", ";"], Order::Display, None, "Jane Doe|Kim Roe";
    /// `Doe, Jane and Roe, Kim`
    AND "names, `and` between" &[" and ", ";"], Order::Display, None, "Doe, Jane and Roe, Kim";
    /// Who advised a thesis.
    ADVISORS "names (advisor)" &[" and ", ";"], Order::Display, Some("advisor"), "Doe, Jane and Roe, Kim";
    /// Names in whatever form.
    GUESS "names" &[], Order::Guess, None, "Doe, Jane; Roe, Kim";
    /// Inventors of a patent.
    INVENTORS "names (inventor)" &[";;", ";"], Order::Display, Some("inventor"), "Jane Doe;;Kim Roe";
    /// Bodies.
    GROUPS "bodies" SEMICOLON, Order::Inverted, None, "Examples Study Group";
}

/// `Doe J, Roe KL.`: a point ends the list.
pub(super) static PUBMED_NAMES: Codec = reads(
    "names, initials last, a point behind",
    |raws, cx, values| {
        let raw = raws.first().copied().unwrap_or_default().trim();
        (COMMA_INITIALS.read)(&[raw.strip_suffix('.').unwrap_or(raw)], cx, values)
    },
    &["Doe J, Roe KL."],
);

/// A contributor's list in cells that are written, too: `Doe, Jane; Roe, Kim`.
const fn written_names(name: &'static str, read: ReadCells, write: fn(&Value, &mut CellSink<'_>) -> Option<Parts>) -> Codec {
    Codec {
        name,
        shape: Shape::Joined("; "),
        carries: Parts::ALL.without(Parts::OTHERS.and(Parts::UNPLACED)),
        read,
        write,
        example: &["Doe, Jane; Roe, Kim"],
    }
}

const ZOTERO_STYLE: Style = Style { between: SEMICOLON, order: Order::Inverted };

fn write_names(value: &Value, sink: &mut CellSink<'_>, role: Option<&str>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    if names.role.as_deref() != role {
        return None;
    }
    let mut lost = Parts::NONE;
    let mut all = Vec::with_capacity(names.list.len());
    for name in &names.list {
        lost |= name.inverted_lost(false);
        all.push(one_line(&name.to_inverted(false)).replace(';', ","));
    }
    let cell = all.join("; ");
    // What is read back must be these names, but for what is said to be lost.
    let back = names::read(&cell, &ZOTERO_STYLE, role).unwrap_or_default();
    let bare = Names { others: false, unplaced: Vec::new(), ..names.clone() };
    if back != bare && lost.is_empty() {
        lost |= Parts::SPELLING;
    }
    if cell.is_empty() {
        return None;
    }
    sink.put(0, cell);
    Some(lost)
}

macro_rules! zotero_names {
    ($($(#[$doc:meta])* $constant:ident $name:literal $role:expr;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = written_names(
            $name,
            |raws, _, values| read_names(raws.first().copied().unwrap_or_default(), &ZOTERO_STYLE, $role, values),
            |value, sink| write_names(value, sink, $role),
        );)*
    };
}

zotero_names! {
    /// Names in the role of the column.
    NAMES "names" None;
    /// Who represents the inventor.
    ATTORNEYS "names (attorney)" Some("attorney");
    /// Who commented on a post.
    COMMENTERS "names (commenter)" Some("commenter");
    /// Who brought in a bill with others.
    COSPONSORS "names (cosponsor)" Some("cosponsor");
    /// The lawyers of a case.
    COUNSEL "names (counsel)" Some("counsel");
    /// Who wrote the words of a song.
    LYRICISTS "names (lyricist)" Some("lyricist");
}

// Words

pub(super) use crate::mapping::codecs::TEXT;

/// Several texts with semicolons between them.
pub(super) static TEXTS: Codec = Codec {
    name: "texts, semicolons between",
    shape: Shape::Joined("; "),
    read: |raws, _, values| {
        let parts = raws.iter().flat_map(|raw| names::semicolons(raw));
        values.extend(parts.map(|part| Value::Text(Text::plain(part.trim()))));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        let line = one_line(text.as_str()).replace(';', ",");
        let lost = if line == text.as_str() { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, line);
        Some(lost)
    },
    example: &["Words; more words"],
    ..crate::mapping::codecs::TEXT
};

/// A title, without the brackets that databases put around a translation, and their last point.
pub(super) static TITLE: Codec = reads(
    "title",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        if raw.eq_ignore_ascii_case("[No title available]") {
            return false;
        }
        values.push(Value::Text(Text::plain(raw)));
        true
    },
    &["On Examples"],
);

/// A title with the point behind it that PubMed puts there.
pub(super) static TITLE_WITH_POINT: Codec = reads(
    "title, with a last point",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default().trim();
        let bare = raw.strip_suffix('.').filter(|it| !it.ends_with('.')).unwrap_or(raw);
        values.push(Value::Text(Text::plain(bare)));
        true
    },
    &["On Examples."],
);

/// An abstract; what databases write where there is none is none.
pub(super) static ABSTRACT: Codec = reads(
    "abstract",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        if !["[No abstract available]", "No abstract available.", "No abstract available"].contains(&raw.trim()) {
            values.push(Value::Text(Text::plain(raw)));
        }
        true
    },
    &["An abstract."],
);

/// Notes, one cell each.
pub(super) static NOTE: Codec = Codec { carries: Parts::LINE_BREAKS, ..crate::mapping::codecs::NOTE };

macro_rules! notes {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                let raw = raws.first().copied().unwrap_or_default();
                values.push(Value::Note(Note { kind: NoteKind::$kind, text: Text::plain(raw) }));
                true
            },
            &["A note."],
        );)*
    };
}

notes! {
    /// What a reader wrote.
    RESEARCH_NOTE "reader's note" Research;
    /// How it was published.
    HOW_PUBLISHED "how it was published" HowPublished;
}

/// A number.
pub(super) static NUMBER: Codec = Codec {
    read: |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        values.push(Value::Number(Number::new(without_fraction(raw))));
        true
    },
    ..crate::mapping::codecs::NUMBER
};

/// Programs that take a column for numbers write `12.0`.
fn without_fraction(raw: &str) -> &str {
    raw.strip_suffix(".0").filter(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit())).unwrap_or(raw)
}

// Keywords

fn read_keywords(raw: &str, kind: KeywordKind, commas: bool, values: &mut Vec<Value>) -> bool {
    let push = |text: &str| {
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
        $($(#[$doc])* pub(super) static $constant: Codec = reads(
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
const fn tags(name: &'static str, read: ReadCells, write: fn(&Value, &mut CellSink<'_>) -> Option<Parts>) -> Codec {
    Codec { name, shape: Shape::Joined("; "), carries: Parts::ALL, read, write, example: &["one; two"] }
}

fn write_tag(value: &Value, sink: &mut CellSink<'_>, kind: KeywordKind) -> Option<Parts> {
    let Value::Keyword(keyword) = value else { return None };
    if (kind == KeywordKind::Automatic) != (keyword.kind == KeywordKind::Automatic) {
        return None;
    }
    let cell = one_line(&keyword.text).replace(';', ",");
    let cell = cell.trim().trim_start_matches('*').trim().to_owned();
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
pub(super) static MANUAL_TAGS: Codec = tags(
    "keywords, semicolons between",
    |raws, _, values| read_keywords(raws.first().copied().unwrap_or_default(), KeywordKind::Unspecified, false, values),
    |value, sink| write_tag(value, sink, KeywordKind::Unspecified),
);
/// Tags that a program added.
pub(super) static AUTOMATIC_TAGS: Codec = tags(
    "keywords (automatic)",
    |raws, _, values| read_keywords(raws.first().copied().unwrap_or_default(), KeywordKind::Automatic, false, values),
    |value, sink| write_tag(value, sink, KeywordKind::Automatic),
);

// Dates

/// A date in whatever form.
pub(super) static DATE: Codec = Codec {
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let (cell, lost) = written_date(date, 'T')?;
        sink.put(0, cell);
        Some(lost)
    },
    ..reads(
        "date",
        |raws, _, values| {
            let raw = raws.first().copied().unwrap_or_default();
            values.push(Value::Date(read_date(without_fraction(raw))));
            true
        },
        &["2020-03-15"],
    )
};

/// A date with the month first where it is numeric: `3/15/2020`.
pub(super) static AMERICAN_DATE: Codec = reads(
    "date, month first",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        let bare = raw.split(' ').next().unwrap_or_default();
        let parts: Vec<&str> = bare.split('/').collect();
        let date = match parts.as_slice() {
            [month, day, year] if year.len() == 4 => read_date(&format!("{year}-{month:0>2}-{day:0>2}")),
            _ => read_date(raw),
        };
        values.push(Value::Date(date));
        true
    },
    &["3/15/2020"],
);

/// A moment, with a space between day and time.
pub(super) static MOMENT: Codec = Codec {
    name: "moment",
    write: |value, sink| {
        let Value::Date(date) = value else { return None };
        let (cell, lost) = written_date(date, ' ')?;
        sink.put(0, cell);
        Some(lost)
    },
    example: &["2020-03-15 12:30:00"],
    ..DATE
};

fn written_date(date: &Date, between: char) -> Option<(String, Parts)> {
    let mut cell = match &date.literal {
        Some(words) if date.start.is_none() => one_line(words),
        _ => date.to_string(),
    };
    if between == ' ' && matches!(date.end, End::None) && cell.as_bytes().get(10) == Some(&b'T') {
        cell.replace_range(10..11, " ");
    }
    let cell = cell.trim().to_owned();
    let back = read_date(&cell);
    if cell.is_empty() {
        return None;
    }
    if back == *date {
        return Some((cell, Parts::NONE));
    }
    let lost = date.parts() - back.parts();
    Some((cell, if lost.is_empty() { Parts::SPELLING } else { lost }))
}

/// A year, unless something else stands there.
pub(super) static YEAR: Codec = reads(
    "year",
    |raws, _, values| {
        let raw = without_fraction(raws.first().copied().unwrap_or_default());
        if raw == "0" {
            return false;
        }
        values.push(Value::Date(read_date(raw)));
        true
    },
    &["2020"],
);

fn start_year(date: &Date) -> Option<i32> {
    date.start.as_ref().map(|start| start.year)
}

/// A date, and its year in a column of its own.
pub(super) static DATE_AND_YEAR: Codec = across(&reads(
    "date, and its year",
    |raws, _, values| {
        let [date, year] = raws else { return false };
        let (date, year) = (read_date(date), read_date(without_fraction(year)));
        let chosen = match (date.is_empty(), year.is_empty()) {
            (_, true) => date,
            (true, false) => year,
            // A day and a month beside the year: `Mar 15`.
            _ if start_year(&date) == start_year(&year) => date,
            _ => return false,
        };
        values.push(Value::Date(chosen));
        true
    },
    &["2020-03-15", "2020"],
));

/// Year, month (a number or a name, perhaps with a day, or a season) and day in columns of their own.
pub(super) static YEAR_MONTH_DAY: Codec = across(&reads(
    "year, month and day",
    |raws, _, values| {
        let part = |at: usize| without_fraction(raws.get(at).copied().unwrap_or_default().trim());
        let (year, month, day) = (part(0), part(1), part(2));
        let date = match month_of(month) {
            Some(number) if day.is_empty() => read_date(&format!("{year}-{number:02}")),
            Some(number) => match day.parse::<u8>() {
                Ok(day) => read_date(&format!("{year}-{number:02}-{day:02}")),
                Err(_) => return false,
            },
            None if month.is_empty() => read_date(year),
            None => read_date(&[year, " ", month].concat()),
        };
        if date.start.is_none() && !month.is_empty() {
            return false;
        }
        values.push(Value::Date(date));
        true
    },
    &["2020", "March", "15"],
));

fn month_of(month: &str) -> Option<u8> {
    month.parse().ok().filter(|it| (1..=12).contains(it)).or_else(|| month_number(month)).or_else(|| season_code(month))
}

// Pages

/// Pages, unless it is an article's number or a total.
pub(super) static PAGES: Codec = Codec {
    name: "pages",
    shape: Shape::Each,
    carries: Parts::ALL,
    read: |raws, _, values| {
        let pages = raws.first().and_then(|raw| Pages::parse(without_fraction(raw)));
        let found = pages.is_some();
        values.extend(pages.map(Value::Pages));
        found
    },
    write: |value, sink| {
        let Value::Pages(pages) = value else { return None };
        let cell = one_line(&pages.write("-", ", "));
        let back = Pages::parse(cell.trim())?;
        sink.put(0, cell.trim());
        Some(if back == *pages { Parts::NONE } else { Parts::SPELLING })
    },
    example: &["12-34"],
};

/// First and last page in columns of their own.
pub(super) static START_END: Codec = across(&reads(
    "first and last page",
    |raws, _, values| {
        let part = |at: usize| without_fraction(raws.get(at).copied().unwrap_or_default().trim());
        let (first, last) = (part(0), part(1));
        if first.is_empty() {
            return false;
        }
        if last.is_empty() || first == last {
            let pages = Pages::parse(first);
            let found = pages.is_some();
            values.extend(pages.map(Value::Pages));
            return found;
        }
        let both = Pages::parse(&[first, "--", last].concat()).filter(|it| it.ranges.len() == 1);
        let apart = || Pages { ranges: vec![PageRange { start: first.into(), end: Some(last.into()), open: false }] };
        values.push(Value::Pages(both.unwrap_or_else(apart)));
        true
    },
    &["12", "34"],
));

/// An article's number where pages should stand.
pub(super) static ARTICLE_IN_PAGES: Codec = reads(
    "article's number",
    |raws, _, values| match raws.first().and_then(|raw| article_number(raw)) {
        Some((number, None)) => {
            values.push(Value::Number(number));
            true
        }
        _ => false,
    },
    &["e1002345"],
);

/// A total where pages should stand.
pub(super) static TOTAL_IN_PAGES: Codec = reads(
    "total of pages",
    |raws, _, values| {
        let total = raws.first().and_then(|raw| total_pages(raw));
        let found = total.is_some();
        values.extend(total.map(Value::Number));
        found
    },
    &["320 p."],
);

// Identifiers and addresses

pub(super) use crate::mapping::codecs::identifiers::DOI;

fn read_serials(raw: &str, of_serials: bool, cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>) -> bool {
    if raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        let found = serials(raw, of_serials, Some(cx));
        let any = found.is_some();
        values.extend(found.into_iter().flatten().map(Value::Id));
        return any;
    }
    let bare = raw.replace(['[', ']', '\'', '"'], " ");
    // Lists in the form of other programs, spaces between several, hyphens left out.
    let spaced = bare.replace(" | ", ";").replace('|', ";");
    let joined = if of_serials { spaced.clone() } else { spaced.replace(' ', ";") };
    let found = serials(&joined, of_serials, Some(cx)).or_else(|| serials(&spaced, of_serials, Some(cx)));
    let any = found.is_some();
    values.extend(found.into_iter().flatten().map(Value::Id));
    any
}

fn write_serial(value: &Value, sink: &mut CellSink<'_>, of_serials: bool) -> Option<Parts> {
    let Value::Id(id) = value else { return None };
    let back = serials(&id.value, of_serials, None)?;
    let [back] = back.as_slice() else { return None };
    if back.value != id.value {
        return None;
    }
    sink.put(0, id.value.clone());
    let lost = id.parts() - back.parts();
    Some(if lost.is_empty() && back != id { Parts::QUALIFIER } else { lost })
}

/// Serial numbers.
pub(super) static ISSN: Codec = Codec {
    write: |value, sink| write_serial(value, sink, true),
    shape: Shape::Joined(", "),
    ..reads(
        "ISSN",
        |raws, cx, values| read_serials(raws.first().copied().unwrap_or_default(), true, cx, values),
        &["1234-5679"],
    )
};

/// Book numbers.
pub(super) static ISBN: Codec = Codec {
    write: |value, sink| write_serial(value, sink, false),
    shape: Shape::Joined(" "),
    ..reads(
        "ISBN",
        |raws, cx, values| read_serials(raws.first().copied().unwrap_or_default(), false, cx, values),
        &["9783161484100"],
    )
};

/// Serial numbers of the electronic edition.
pub(super) static EISSN: Codec = reads(
    "ISSN (electronic)",
    |raws, cx, values| {
        let from = values.len();
        let found = read_serials(raws.first().copied().unwrap_or_default(), true, cx, values);
        for value in &mut values[from..] {
            if let Value::Id(id) = value {
                id.qualifier.get_or_insert_with(|| "electronic".into());
            }
        }
        found
    },
    &["1234-5679"],
);

fn read_id(found: Option<Id>, values: &mut Vec<Value>) -> bool {
    let any = found.is_some();
    values.extend(found.map(Value::Id));
    any
}

/// The PubMed number.
pub(super) static PMID: Codec = reads(
    "PubMed number",
    |raws, _, values| read_id(raws.first().and_then(|raw| identifier::pmid(without_fraction(raw))), values),
    &["12345678"],
);
/// The PubMed Central number.
pub(super) static PMCID: Codec = reads(
    "PubMed Central number",
    |raws, _, values| read_id(raws.first().and_then(|raw| identifier::pmcid(raw)), values),
    &["PMC1234567"],
);

macro_rules! schemes {
    ($($(#[$doc:meta])* $constant:ident $name:literal $scheme:literal $prefix:literal $example:literal;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                let raw = raws.first().copied().unwrap_or_default().trim();
                let value = raw.strip_prefix($prefix).unwrap_or(raw).to_owned();
                values.push(Value::Id(Id { value, scheme: $scheme.into(), qualifier: None }));
                true
            },
            &[$example],
        );)*
    };
}

schemes! {
    /// OpenAlex's number of a work.
    OPENALEX "OpenAlex number" "openalex" "https://openalex.org/" "W2741809807";
    /// The Web of Science's number of a record.
    WOS "Web of Science number" "wos" "WOS:" "WOS:000000000000001";
    /// Scopus's number of a record.
    EID "Scopus number" "eid" "" "2-s2.0-85000000000";
    /// Dimensions' number of a publication.
    DIMENSIONS "Dimensions number" "dimensions" "" "pub.1000000001";
    /// The Lens's number of a work.
    LENS "Lens number" "lens" "" "000-000-000-000-001";
    /// The manuscript's number at the NIH.
    NIHMS "NIHMS number" "nihmsid" "" "NIHMS123456";
    /// Embase's number of a record.
    EMBASE "Embase number" "embase" "" "L600000000";
}

/// The number of an e-print at arXiv.
pub(super) static ARXIV: Codec = reads(
    "arXiv number",
    |raws, _, values| {
        let id = raws.first().and_then(|raw| identifier::arxiv(raw));
        read_id(id.map(|id| Id { scheme: "arxiv".into(), ..id }), values)
    },
    &["2001.00003"],
);

macro_rules! urls {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = reads(
            $name,
            |raws, _, values| read_urls(raws.first().copied().unwrap_or_default(), UrlKind::$kind, values),
            &["https://example.org/a"],
        );)*
    };
}

/// Addresses, several with spaces, semicolons or bars between them. The DOI at a resolver is told apart.
fn read_urls(raw: &str, kind: UrlKind, values: &mut Vec<Value>) -> bool {
    let is_list = first(raw.as_bytes(), |byte| (byte == b' ') | (byte == b'|') | (byte == b';') | (byte == b'\n')).is_some()
        && raw.matches("://").count() > 1;
    let separator = [' ', '|', ';', '\n'].into_iter().find(|separator| is_list && raw.contains(*separator));
    let parts: Vec<&str> = separator.map_or_else(|| vec![raw], |it| raw.split(it).collect());
    for part in parts {
        let url = trim(part);
        if url.is_empty() {
            continue;
        }
        let is_doi = kind == UrlKind::Landing && is_resolver_url(url);
        let kind = if is_doi { UrlKind::DoiDerived } else { kind };
        values.push(Value::Url(Url { url: url.to_owned(), kind, label: None }));
    }
    !values.is_empty()
}

urls! {
    /// The work's page.
    URL "address" Landing;
    /// The record's page in a database.
    AGGREGATOR "address in a database" Aggregator;
    /// The text as PDF.
    PDF "address of the PDF" Pdf;
    /// The text.
    FULL_TEXT "address of the text" FullText;
}

/// The one address that Zotero has for an item.
pub(super) static ZOTERO_URL: Codec = Codec {
    write: |value, sink| {
        let Value::Url(url) = value else { return None };
        let cell = one_line(&url.url);
        let mut back = Vec::new();
        read_urls(cell.trim(), UrlKind::Landing, &mut back);
        let [back] = back.as_slice() else { return None };
        sink.put(0, cell.trim());
        let lost = value.parts() - back.parts();
        Some(if lost.is_empty() && back != value { Parts::KIND } else { lost })
    },
    ..URL
};

/// A DOI in a column for addresses.
pub(super) static DOI_IN_URL: Codec = reads(
    "DOI as an address",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        let found = dois(raw).into_iter().find(|doi| is_doi_url(raw, doi));
        read_id(found.map(Id::plain), values)
    },
    &["https://doi.org/10.1000/182"],
);

// What else there is

/// Languages, by tag, code or name.
pub(super) static LANGUAGE: Codec = Codec {
    shape: Shape::Joined("; "),
    read: |raws, cx, values| {
        let bare = raws.first().copied().unwrap_or_default().replace('|', ";");
        (crate::mapping::codecs::languages::LANGUAGE.read)(&[&bare], cx, values)
    },
    ..crate::mapping::codecs::languages::LANGUAGE
};

/// A language in the words of a program that takes one.
pub(super) static ONE_LANGUAGE: Codec = Codec {
    name: "language",
    shape: Shape::Each,
    carries: Parts::ALL,
    read: |raws, _, values| {
        values.push(Value::Lang(Lang::parse(raws.first().copied().unwrap_or_default())));
        true
    },
    write: |value, sink| {
        let Value::Lang(lang) = value else { return None };
        let cell = one_line(lang.as_str());
        if Lang::parse(cell.trim()) != *lang {
            return None;
        }
        sink.put(0, cell.trim());
        Some(Parts::NONE)
    },
    example: &["en"],
};

pub(super) use crate::mapping::codecs::PUBLISHER;

macro_rules! publishers {
    ($($(#[$doc:meta])* $constant:ident $name:literal $role:ident;)*) => {
        $($(#[$doc])* pub(super) static $constant: Codec = Codec {
            name: $name,
            read: |raws, _, values| {
                let name = Text::plain(raws.first().copied().unwrap_or_default());
                values.push(Value::Publisher(Publisher { name, role: PublisherRole::$role }));
                true
            },
            ..reads($name, |_, _, _| false, &["Example University"])
        };)*
    };
}

publishers! {
    /// A school.
    SCHOOL "school" School;
    /// An institution.
    INSTITUTION "institution" Institution;
    /// An organisation.
    ORGANIZATION "organization" Organization;
}

/// Files, semicolons between them.
pub(super) static FILES: Codec = Codec {
    name: "files, semicolons between",
    shape: Shape::Joined("; "),
    carries: Parts::NONE,
    read: |raws, _, values| {
        let parts = raws.iter().flat_map(|raw| raw.split("; ")).map(str::trim).filter(|path| !path.is_empty());
        values.extend(parts.map(|path| Value::File(File { path: path.to_owned(), ..File::default() })));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::File(file) = value else { return None };
        let cell = one_line(&file.path);
        let lost = if cell == file.path && !cell.contains("; ") && cell.trim() == cell { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, cell.replace("; ", ";").trim());
        Some(lost)
    },
    example: &["/a/b.pdf; /c/d.pdf"],
};

/// A word of a vocabulary.
pub(super) static TOKEN: Codec = Codec {
    read: |raws, _, values| {
        values.push(Value::Token(raws.first().copied().unwrap_or_default().to_lowercase()));
        true
    },
    write: |_, _| None,
    ..crate::mapping::codecs::TOKEN
};

/// Whether an article may be read by all.
pub(super) static OPEN_ACCESS: Codec = reads(
    "open access",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default().trim().to_lowercase();
        let open = ["true", "yes", "1", "open access", "is_oa"].contains(&raw.as_str());
        if open {
            values.push(Value::Token("open-access".to_owned()));
        }
        open
    },
    &["true"],
);
