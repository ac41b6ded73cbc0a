//! First and last page.

use super::CHECKED;
use super::numbers::total;
use crate::mapping::codecs::one_line;
use crate::mapping::{Codec, Shape};
use crate::record::{GOES_ON, PageRange, Pages, Parts, Value};
use std::borrow::Cow;

/// First and last page; a list of ranges stands in the first tag whole.
pub(in crate::formats::ris) static PAGES: Codec = Codec {
    name: "pages",
    shape: Shape::Across,
    carries: CHECKED,
    read: |raws, cx, values| {
        let (Some(first), last) = (raws.first(), raws.get(1).unwrap_or(&"")) else { return false };
        match read_pages(first, last, cx.word) {
            Some(pages) => {
                values.push(Value::Pages(pages));
                true
            }
            None => false,
        }
    },
    write: |value, sink| {
        let Value::Pages(pages) = value else { return None };
        let (first, last) = match pages.ranges.as_slice() {
            [PageRange { start, end: Some(end), open: false }] => (one_line(&**start), one_line(&**end)),
            _ => (in_one(pages, sink.word), Cow::default()),
        };
        // Two numbers are read as what they are. In the place of pages, other things are read as something else.
        let plain = pages.are_plain() && !last.is_empty() && first != last;
        let same = plain || read_pages(first.trim(), last.trim(), sink.word)? == *pages;
        let lost = if same { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, first);
        sink.put(1, last);
        Some(lost)
    },
    example: &["12", "34"],
};

/// All pages in one tag.
pub(in crate::formats::ris) static PAGES_AS_ONE: Codec = Codec {
    name: "pages in one tag",
    write: |value, sink| {
        let Value::Pages(pages) = value else { return None };
        let written = in_one(pages, sink.word);
        let back = read_pages(written.trim(), "", sink.word)?;
        let lost = if back == *pages { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, written);
        Some(lost)
    },
    ..PAGES
};

/// Pages beside a tag that only repeats the first of them, as EndNote writes it.
pub(in crate::formats::ris) static PAGES_AND_START: Codec = Codec {
    name: "pages, and the first again",
    read: |raws, cx, values| {
        let [first, last, start] = raws else { return false };
        let found = read_pages(first, last, cx.word)
            .filter(|pages| pages.ranges.first().is_some_and(|range| *range.start == **start));
        let repeats = found.is_some();
        values.extend(found.map(Value::Pages));
        repeats
    },
    write: |_, _| None,
    example: &["12", "34", "12"],
    ..PAGES
};

/// Pages where other words may stand.
pub(in crate::formats::ris) static PAGES_NOT_WORDS: Codec = Codec {
    name: "pages, if they are no words",
    read: |raws, cx, values| {
        let first = raws.first().copied().unwrap_or_default();
        let is_page = first.len() <= LONGEST && (!first.contains(' ') || first.contains(|c: char| c.is_ascii_digit()));
        is_page && (PAGES.read)(raws, cx, values)
    },
    write: |_, _| None,
    ..PAGES
};

/// The most bytes of pages that stand among words.
const LONGEST: usize = 24;

/// All pages in one tag: as people write them (`1-9, 12+`), unless they could be read as others.
fn in_one(pages: &Pages, word: &str) -> Cow<'static, str> {
    let has_hyphens = |range: &PageRange| range.end.as_ref().is_some_and(|end| range.start.contains('-') || end.contains('-'));
    let plain = one_line(pages.write_with_ends("-", ", ", "+"));
    if !pages.ranges.iter().any(has_hyphens) && read_pages(plain.trim(), "", word).as_ref() == Some(pages) {
        return plain;
    }
    one_line(pages.write("--", ", "))
}

fn read_pages(first: &str, last: &str, word: &str) -> Option<Pages> {
    if first.is_empty() || (last.is_empty() && total(first, word).is_some()) {
        return None;
    }
    if last.is_empty() || first == last {
        return Pages::parse(first);
    }
    if last == GOES_ON {
        return Pages::parse(&[first, GOES_ON].concat());
    }
    if let Some(range) = PageRange::of_numbers(first, last) {
        return Some(Pages { ranges: vec![range] });
    }
    let single = |text: &str| Pages::parse(text).filter(|pages| pages.ranges.len() == 1);
    if let Some(pages) = single(first)
        && pages.ranges.first().and_then(|range| range.end.as_deref()) == Some(last)
    {
        return Some(pages);
    }
    let both = single(&[first, "--", last].concat());
    let expanded = both.filter(|pages| pages.ranges.iter().all(|range| *range.start == *first && range.end.is_some()));
    Some(expanded.unwrap_or_else(|| Pages {
        ranges: vec![PageRange { start: first.into(), end: Some(last.into()), open: false }],
    }))
}
