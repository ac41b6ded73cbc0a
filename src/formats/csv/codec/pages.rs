//! Pages, and what stands in their place.

use super::{across, reads, without_fraction};
use crate::mapping::codecs::{one_line, put_trimmed};
use crate::mapping::{Codec, Shape};
use crate::record::{GOES_ON, PageRange, Pages, Parts, Value, article_number, total_pages};

/// Pages, unless it is an article's number or a total.
pub(in crate::formats::csv) static PAGES: Codec = Codec {
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
        let cell = one_line(pages.write("-", ", "));
        let back = Pages::parse(cell.trim())?;
        put_trimmed(cell, sink);
        Some(if back == *pages { Parts::NONE } else { Parts::SPELLING })
    },
    example: &["12-34"],
};

/// First and last page in columns of their own.
pub(in crate::formats::csv) static START_END: Codec = across(&reads(
    "first and last page",
    |raws, _, values| {
        let part = |at: usize| without_fraction(raws.get(at).copied().unwrap_or_default().trim());
        let (first, last) = (part(0), part(1));
        if first.is_empty() {
            return false;
        }
        if last.is_empty() || first == last || last == GOES_ON {
            let open = if last == GOES_ON { GOES_ON } else { "" };
            let pages = Pages::parse(&[first, open].concat());
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
pub(in crate::formats::csv) static ARTICLE_IN_PAGES: Codec = reads(
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

/// Pages counted within an article whose number stands elsewhere: `82:1--82:6`.
pub(in crate::formats::csv) static PAGES_WITHIN: Codec = reads(
    "pages within an article",
    |raws, _, values| match raws.first().and_then(|raw| article_number(raw)) {
        Some((_, Some(pages))) => {
            values.push(Value::Pages(pages));
            true
        }
        _ => false,
    },
    &["82:1--82:6"],
);

/// An article's number as its first and its last page.
pub(in crate::formats::csv) static ARTICLE_AS_RANGE: Codec = across(&reads(
    "article's number, twice or alone",
    |raws, cx, values| match raws {
        [first, last] if last.is_empty() || first == last => (ARTICLE_IN_PAGES.read)(&[*first], cx, values),
        _ => false,
    },
    &["e1002345", "e1002345"],
));

/// A total where pages should stand.
pub(in crate::formats::csv) static TOTAL_IN_PAGES: Codec = reads(
    "total of pages",
    |raws, _, values| {
        let total = raws.first().and_then(|raw| total_pages(raw));
        let found = total.is_some();
        values.extend(total.map(Value::Number));
        found
    },
    &["320 p."],
);
