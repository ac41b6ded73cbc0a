//! Pages: ranges, lists of them, and the two things that stand in page fields without being pages: totals and article
//! numbers.

use super::super::Parts;
use super::Number;
use crate::bytes::trim;
use std::fmt;

/// A range of pages, or one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRange {
    /// The first page, prefix and suffix included: `S12`, `xii`, `1a`.
    pub start: Box<str>,
    /// The last page, written out (`1245` where the source has `1231-45`).
    pub end: Option<Box<str>>,
    /// Whether the end is open: `12--`, `12ff.`
    pub open: bool,
}

/// Pages: one or several ranges in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// The ranges.
    pub ranges: Vec<PageRange>,
}

/// The words before pages, in lower case; those that end in a letter need white space after them.
const LABELS: [&str; 10] = ["pp.", "p.", "pages", "page", "pp", "p", "pgs.", "págs.", "pág.", "seiten"];
/// The words after a total of pages, in lower case.
const UNITS: [&str; 14] =
    ["pages", "page", "pp.", "pp", "pgs.", "p.", "p", "seiten", "páginas", "págs.", "pág.", "pags.", "pag.", "s."];
/// The words before an article number, in lower case.
const ARTICLE_LABELS: [&str; 10] = [
    "article number",
    "article no.",
    "article no",
    "article id",
    "article",
    "art. no.",
    "art. id",
    "art.",
    "artikel",
    "artn",
];
/// What stands in the place of a last page where the pages go on, in exports of the Web of Science.
pub(crate) const GOES_ON: &str = "+";
/// What says "and the following", in lower case.
const OPEN_ENDS: [&str; 7] = ["ff.", "ff", "et seqq.", "et seqq", "et seq.", "et seq", "sqq."];

impl PageRange {
    /// One page, or text that stands where pages should.
    pub fn page(start: impl Into<Box<str>>) -> PageRange {
        PageRange { start: start.into(), end: None, open: false }
    }

    /// Whether the page has a hyphen in it and ends as those do that a plus can follow.
    fn is_hyphenated(&self) -> bool {
        self.start.contains(is_dash) && self.start.ends_with(|c: char| c.is_ascii_digit())
    }

    /// The range from one number to another, the second written out in full; `None` where one is no number. It is what
    /// [`Pages::parse`] makes of the two with a dash between them.
    pub(crate) fn of_numbers(start: &str, end: &str) -> Option<PageRange> {
        (is_number(start) && is_number(end)).then(|| closed(start, end, false))
    }
}

impl Pages {
    /// Reads pages (§4.3): ranges with `-`, `--`, `---`, a dash, `{-}` or "to" between the ends, lists with `,`, `;`,
    /// `&` or "and" between the ranges, open ends (`12--`, `12+`, `12ff.`, `12 et seq.`), abbreviated ones (`1231-45`),
    /// and a label before them (`pp.`).
    ///
    /// A hyphen belongs to the page where a stronger separator is there (`3-14--3-22`) or no range makes sense
    /// (`A-12`). `None` for an empty text, a total ([`total_pages`]) and an article number ([`article_number`]). Any
    /// other text is one page named by that text, so that nothing is lost.
    pub fn parse(text: &str) -> Option<Pages> {
        let text = trim(text);
        if text.is_empty() {
            return None;
        }
        if let Some(range) = digits_only(text) {
            return Some(Pages { ranges: vec![range] });
        }
        let text = bare(text);
        if total_pages(text).is_some() || article_number(text).is_some() {
            return None;
        }
        Some(Pages::lenient(text))
    }

    /// The pages of a text that is neither empty nor something else.
    fn lenient(text: &str) -> Pages {
        let unbraced = text.contains('{').then(|| text.replace("{---}", "—").replace("{--}", "–").replace("{-}", "–"));
        let source = unbraced.as_deref().unwrap_or(text);
        let mut ranges = Vec::with_capacity(1);
        let mut rest = source;
        loop {
            let (item, after) = next_item(rest);
            if !item.is_empty() {
                // Among pages, a total makes the whole a total to the next reader: all of it is words.
                let total = !ranges.is_empty() && total_pages(item).is_some();
                match page_range(unlabelled(item)).filter(|_| !total) {
                    Some(range) => ranges.push(range),
                    // So it is with words in the first place, in which commas need not separate anything.
                    None if total || ranges.is_empty() => {
                        ranges.clear();
                        break;
                    }
                    None => ranges.push(PageRange::page(item)),
                }
            }
            match after {
                Some(after) => rest = after,
                None => break,
            }
        }
        if ranges.is_empty() {
            ranges.push(PageRange::page(text));
        }
        Pages { ranges }
    }

    /// Writes the pages with `dash` between the ends of a range and `comma` between ranges. What [`Pages::parse`] read
    /// and this wrote with `--` and `, ` reads back as the same pages; with a single hyphen, pages that contain a
    /// hyphen need not.
    pub fn write(&self, dash: &str, comma: &str) -> String {
        self.write_with_ends(dash, comma, dash)
    }

    /// The same with `open_end` behind a page from which on they go.
    pub(crate) fn write_with_ends(&self, dash: &str, comma: &str, open_end: &str) -> String {
        let mut out = String::with_capacity(16);
        for (i, range) in self.ranges.iter().enumerate() {
            if i > 0 {
                out.push_str(comma);
            }
            out.push_str(&range.start);
            match (&range.end, range.open) {
                (None, false) => {}
                // A second hyphen behind a page that has one would be no end that is open, nor a sign behind what reads
                // as a range.
                (None, true) if dash == "-" && range.is_hyphenated() => {
                    out.push_str(if split_range(&range.start).is_some() { "--" } else { "+" });
                }
                (None, true) => out.push_str(open_end),
                (Some(end), open) => {
                    out.push_str(dash);
                    out.push_str(end);
                    if open {
                        out.push('+');
                    }
                }
            }
        }
        out
    }

    /// Whether these are the pages that almost all records have, one number or two: with a hyphen or two between them
    /// [`Pages::parse`] reads them as the same.
    pub(crate) fn are_plain(&self) -> bool {
        let [PageRange { start, end, open: false }] = self.ranges.as_slice() else { return false };
        // A number that is shorter than the first would be written out in full.
        is_number(start) && end.as_deref().is_none_or(|end| is_number(end) && end.len() >= start.len())
    }

    /// The parts a format may fail to carry.
    pub fn parts(&self) -> Parts {
        let list = if self.ranges.len() > 1 { Parts::LIST } else { Parts::NONE };
        let open = if self.ranges.iter().any(|range| range.open) { Parts::OPEN_END } else { Parts::NONE };
        list | open
    }
}

/// `12-34, 40`
impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write("-", ", "))
    }
}

/// The number of pages, where the text states a total: `320 p.`, `xii, 320 pp`, `xi + 320`. The unit is no part of the
/// number; a range is none.
pub fn total_pages(text: &str) -> Option<Number> {
    let text = unlabelled(bare(text));
    let unit = UNITS.iter().find_map(|unit| strip_end(text, unit));
    let (count, stated) = match unit {
        Some(count) => (count, true),
        None => (text, text.contains(" + ")),
    };
    // "xiip" states nothing.
    if !stated || unit.is_some() && count.ends_with(char::is_alphabetic) {
        return None;
    }
    let count = count.trim_end();
    let mut numbers = 0;
    for part in count.split([',', '+']) {
        let part = trim(part);
        let part = part.strip_prefix('[').and_then(|part| part.strip_suffix(']')).unwrap_or(part);
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits && !is_roman(part) {
            return None;
        }
        numbers += usize::from(digits);
    }
    (numbers > 0).then(|| Number::new(count))
}

/// An article number where pages should stand, and the pages counted within the article: `e1002345` (three digits at
/// least: `e12` is a page), `e00195-16`, `Article 12`, `Art. no. 104567, 1-20`, `1:1--1:23` (article 1, pages 1 to 23, of which the
/// last may be the `??` of what is not printed yet). The label is no part of the number.
pub fn article_number(text: &str) -> Option<(Number, Option<Pages>)> {
    let text = unlabelled(bare(text));
    if is_electronic(text) {
        return Some((Number::new(text), None));
    }
    if text.contains(':') {
        return counted_within(text);
    }
    let rest = ARTICLE_LABELS.iter().find_map(|label| {
        let rest = strip_start(text, label)?;
        (label.ends_with('.') || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
    })?;
    let (number, pages) = match rest.split_once(',') {
        Some((number, pages)) => (number.trim_end(), Some(pages.trim())),
        None => (rest, None),
    };
    let number = number.strip_prefix('#').unwrap_or(number);
    let plain = number.bytes().any(|byte| byte.is_ascii_digit())
        && number.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '_'));
    let pages = match pages {
        Some(pages) => Some(Pages { ranges: vec![page_range(unlabelled(pages)).filter(|range| range.end.is_some())?] }),
        None => None,
    };
    plain.then(|| (Number::new(number), pages))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `a:b--a:c`, with which some journals count the pages within an article.
fn counted_within(text: &str) -> Option<(Number, Option<Pages>)> {
    let (article, rest) = text.split_once(':')?;
    let (first, rest) = rest.split_at_checked(rest.bytes().take_while(u8::is_ascii_digit).count())?;
    let end = rest.trim_start().trim_start_matches(is_dash).trim_start();
    let (again, last) = end.split_once(':')?;
    let dashed = end.len() < rest.len() && rest.contains(is_dash);
    if !dashed || article != again || !is_number(first) || !(is_number(last) || last == "??") {
        return None;
    }
    if article.is_empty() || !article.chars().all(char::is_alphanumeric) {
        return None;
    }
    let range = PageRange { start: first.into(), end: Some(last.into()), open: false };
    Some((Number::new(article), Some(Pages { ranges: vec![range] })))
}

/// What almost all pages are: digits, or two numbers with `-` or `--` between them.
fn digits_only(text: &str) -> Option<PageRange> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (start, rest) = text.split_at_checked(digits(text))?;
    if start.is_empty() || rest.is_empty() {
        return rest.is_empty().then(|| PageRange::page(start));
    }
    let end = rest.strip_prefix("--").or_else(|| rest.strip_prefix('-'))?;
    (!end.is_empty() && digits(end) == end.len()).then(|| closed(start, end, false))
}

/// How many digits first pages have of which the last are cut: fewer.
const LONGEST_CUT: usize = 6;

/// A range with its end written out in full.
fn closed(start: &str, end: &str, open: bool) -> PageRange {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut end: Box<str> = end.into();
    // So long a number is that of an article, which has so many pages.
    if end.len() < start.len()
        && start.len() < LONGEST_CUT
        && digits(start)
        && digits(&end)
        && let Some(head) = start.get(..start.len() - end.len())
    {
        let full = [head, &end].concat();
        // Of equal length, so their order is that of the numbers.
        if *full >= *start {
            end = full.into();
        }
    }
    PageRange { start: start.into(), end: Some(end), open }
}

/// The first item of a list, trimmed, and what follows its separator.
fn next_item(text: &str) -> (&str, Option<&str>) {
    for (at, c) in text.char_indices() {
        let width = match c {
            ',' | ';' | '&' => 1,
            ' ' if text.get(at..).is_some_and(|rest| rest.starts_with(" and ")) => 4,
            _ => continue,
        };
        let (item, mut rest) = (text.get(..at).unwrap_or_default(), text.get(at + width..).unwrap_or_default());
        // `1, and 2`, also without the space, which we would write.
        while let Some(behind) = rest.trim_start().strip_prefix("and ") {
            rest = behind;
        }
        return (trim(item), Some(rest));
    }
    (trim(text), None)
}

/// One item of a list of pages; `None` where it is words.
fn page_range(item: &str) -> Option<PageRange> {
    let whole = item;
    let (item, open) = strip_open_end(whole);
    let Some((start, end)) = split_range(item) else {
        if let Some(clear) = of_sections(item) {
            return page_range(&clear).map(|range| PageRange { open: open || range.open, ..range });
        }
        // Several dashes that separate nothing, and one for the open end, could not be told apart again.
        let dashed =
            item.contains("--") || item.contains(|c| is_dash(c) && !matches!(c, '-' | '\u{2010}' | '\u{2011}'));
        let page = if open && dashed { PageRange::page(whole) } else { PageRange { open, ..PageRange::page(item) } };
        return is_page(item).then_some(page);
    };
    if !is_page(start) {
        return None;
    }
    match end {
        "" if open => None,
        "" => Some(PageRange { open: true, ..PageRange::page(start) }),
        // "pp. 12--p. 14"
        end => Some(unlabelled(end)).filter(|end| is_page(end)).map(|end| closed(start, end, open)),
    }
}

/// Pages of a section with the same dash everywhere, which conversions make of every hyphen (`II--128--II--133`), with
/// hyphens inside the pages.
fn of_sections(item: &str) -> Option<String> {
    let mut parts = item.split(is_dash).filter(|part| !part.is_empty());
    let (section, first, again, last) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let plain = [section, first, last].iter().all(|part| part.chars().all(char::is_alphanumeric));
    (plain && section == again && parts.next().is_none()).then(|| format!("{section}-{first}--{again}-{last}"))
}

/// Takes off what says that the pages go on.
fn strip_open_end(item: &str) -> (&str, bool) {
    let page = OPEN_ENDS.iter().find_map(|words| strip_end(item, words)).or_else(|| item.strip_suffix('+'));
    match page.map(str::trim_end) {
        Some(page) if page.ends_with(|c: char| c.is_ascii_digit()) => (page, true),
        _ => (item, false),
    }
}

/// The two ends of a range; `None` where there is no separator, or none that can be told from the hyphens of pages.
fn split_range(item: &str) -> Option<(&str, &str)> {
    let mut strong = None;
    let mut hyphens = [0; 3];
    let mut count = 0;
    let mut at = 0;
    while let Some(offset) = item.get(at..)?.find(is_dash) {
        at += offset;
        let rest = item.get(at..)?;
        let run = rest.len() - rest.trim_start_matches(is_dash).len();
        if matches!(rest.get(..run)?, "-" | "\u{2010}" | "\u{2011}") {
            if let Some(hyphen) = hyphens.get_mut(count) {
                *hyphen = at;
            }
            count += 1;
        } else if strong.replace((at, run)).is_some() {
            return None;
        }
        at += run;
    }
    let cut = |at: usize, width: usize| Some((item.get(..at)?.trim_end(), item.get(at + width..)?.trim_start()));
    let width = |at: usize| item.get(at..)?.chars().next().map(char::len_utf8);
    if let Some((at, run)) = strong {
        return cut(at, run);
    }
    if let Some((start, end)) = item.split_once(" to ") {
        return Some((trim(start), trim(end)));
    }
    match (count, hyphens) {
        (1, [at, ..]) => {
            let (start, end) = cut(at, width(at)?)?;
            (!is_hyphenated(start, end)).then_some((start, end))
        }
        // `A-12-A-15`
        (3, [first, middle, last]) => {
            let (start, end) = cut(middle, width(middle)?)?;
            let same = item.get(..first)? == item.get(middle + width(middle)?..last)?;
            same.then_some((start, end))
        }
        _ => None,
    }
}

/// Whether the hyphen between the two belongs to one page: `A-12`, `12-A`.
fn is_hyphenated(start: &str, end: &str) -> bool {
    let alphabetic = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if alphabetic(start) && digits(end) {
        // Pages of the front matter run on into arabic ones; a capital or another letter before a number is a section.
        let front = matches!(start, "i" | "v" | "x") || (start.len() > 1 && is_roman(start));
        return !front;
    }
    digits(start) && alphabetic(end) && !is_roman(end)
}

/// Whether it can be a page: something without white space in it or a dash at its ends.
fn is_page(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}'))
        && !text.starts_with(is_dash)
        && !text.ends_with(is_dash)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether it consists of the letters of Roman numerals, all of one case.
fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && (text.bytes().all(|byte| b"ivxlcdm".contains(&byte)) || text.bytes().all(|byte| b"IVXLCDM".contains(&byte)))
}

/// `e` and three digits or more; or five, and two of the year, as the American Society for Microbiology has it: `e00195-16`.
fn is_electronic(text: &str) -> bool {
    let rest = text.strip_prefix(['e', 'E']).unwrap_or_default();
    match rest.split_once('-') {
        Some((number, year)) => number.len() == 5 && year.len() == 2 && is_number(number) && is_number(year),
        None => rest.len() >= 3 && is_number(rest),
    }
}

/// The text without separators or braces around all of it.
fn bare(text: &str) -> &str {
    let mut text = text;
    loop {
        let inner = text.trim().trim_matches([',', ';', '&']).trim();
        let inner = inner
            .strip_prefix('{')
            .and_then(|inner| inner.strip_suffix('}'))
            .filter(|inner| !inner.contains(['{', '}']))
            .map_or(inner, str::trim);
        // Nothing but separators is words, too.
        if inner.is_empty() || inner.len() == text.len() {
            return text;
        }
        text = inner;
    }
}

/// Takes the labels off the head of pages.
fn unlabelled(text: &str) -> &str {
    let mut text = trim(text);
    while let Some(rest) = LABELS.iter().find_map(|label| {
        let rest = strip_start(text, label)?;
        (label.ends_with('.') || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
    }) {
        // A label alone is the text itself.
        if rest.is_empty() {
            break;
        }
        text = rest;
    }
    text
}

/// The text after a word at its head, ASCII case aside.
fn strip_start<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

/// The text before a word at its end, ASCII case aside.
fn strip_end<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (rest, tail) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    tail.eq_ignore_ascii_case(word).then_some(rest)
}

#[cfg(test)]
mod tests;
