//! Spaces that PDF extraction put behind commas, colons and points.

use super::edit::{Edits, Guarded};
use super::{ABBREVIATION, NUMBER_SPACE, URL, URL_SPACES};
use memchr::memmem;
use std::ops::Range;

/// How many digits stand at an offset.
fn digits(text: &Guarded<'_>, at: usize) -> usize {
    (at..).take_while(|at| text.byte(*at).is_some_and(|byte| byte.is_ascii_digit())).take(20).count()
}

/// `10, 000`: one to three digits, then groups of three.
pub(super) fn numbers(text: &Guarded<'_>, edits: &mut Edits) {
    let bytes = text.plain.as_bytes();
    let mut done = 0;
    for comma in memmem::find_iter(bytes, b", ") {
        if comma < done {
            continue;
        }
        let first =
            (0..comma).rev().take(4).take_while(|at| text.byte(*at).is_some_and(|byte| byte.is_ascii_digit())).count();
        let start = comma - first;
        let mut end = comma;
        let mut groups = 0;
        while bytes.get(end..end + 2) == Some(b", ") && digits(text, end + 2) == 3 {
            end += 5;
            groups += 1;
        }
        if !(1..=3).contains(&first) || groups == 0 {
            continue;
        }
        done = end;
        let span = start..end;
        if text.is_free(&span) && is_one_number(text, &span, groups) {
            let joined = text.plain.get(span.clone()).unwrap_or_default().replace(", ", ",");
            edits.repair(&NUMBER_SPACE, text.plain, span, &joined);
        }
    }
}

/// Words before what is rather a list of numbers.
const COUNTED: &[&str] = &[
    "and",
    "between",
    "equation",
    "equations",
    "fig.",
    "figure",
    "figures",
    "from",
    "layer",
    "layers",
    "line",
    "lines",
    "no.",
    "numbers",
    "or",
    "page",
    "pages",
    "pp.",
    "section",
    "sections",
    "sizes",
    "table",
    "tables",
    "to",
    "values",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether numbers with commas between them are one. A group that begins with 0 is no number of its own.
fn is_one_number(text: &Guarded<'_>, span: &Range<usize>, groups: usize) -> bool {
    let within = text.plain.get(span.clone()).unwrap_or_default();
    let before = text.plain.get(..span.start).unwrap_or_default();
    let after = text.plain.get(span.end..).unwrap_or_default();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let part_of_more = before.ends_with(|c: char| c.is_alphanumeric() || ".,-–_/\\^".contains(c))
        || (before.ends_with(", ") && is_digit(before.trim_end_matches([',', ' ']).chars().next_back()))
        || (after.starts_with('.') && is_digit(after.chars().nth(1)) && groups > 1);
    let list_goes_on = after.strip_prefix(", ").is_some_and(|rest| is_digit(rest.chars().next()));
    if part_of_more || list_goes_on {
        return false;
    }
    if within.split(", ").skip(1).any(|group| group.starts_with('0')) {
        return true;
    }
    let bracketed = before.ends_with(['(', '[', '{']) && after.starts_with([')', ']', '}']);
    let rest = after.trim_start_matches(',').trim_start();
    let listed =
        ["and ", "or "].iter().any(|word| rest.strip_prefix(word).is_some_and(|rest| is_digit(rest.chars().next())));
    let word = before.trim_end().rsplit(' ').next().unwrap_or_default().trim_start_matches(['(', '[']);
    let counted = COUNTED.iter().any(|it| it.eq_ignore_ascii_case(word));
    groups == 1 && !bracketed && !listed && !counted
}

/// The abbreviations, damaged and whole.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("i. e.", "i.e."),
    ("e. g.", "e.g."),
    ("I. e.", "I.e."),
    ("E. g.", "E.g."),
    ("i. i. d.", "i.i.d."),
    ("w. r. t.", "w.r.t."),
    ("a. k. a.", "a.k.a."),
    ("i.e. ,", "i.e.,"),
    ("e.g. ,", "e.g.,"),
];

/// `i. e. ,`
pub(super) fn abbreviations(text: &Guarded<'_>, edits: &mut Edits) {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for (damaged, whole) in ABBREVIATIONS {
        for at in memmem::find_iter(text.plain.as_bytes(), damaged.as_bytes()) {
            let mut end = at + damaged.len();
            let mut whole = (*whole).to_owned();
            if text.plain.get(end..).is_some_and(|rest| rest.starts_with(" ,")) {
                end += 2;
                whole.push(',');
            }
            let alone = text.before(at).is_none_or(|c| !c.is_alphanumeric() && c != '.')
                && !(text.before(at) == Some(' ') && text.before(at - 1) == Some('.') && is_initial(text, at - 2));
            let ends = text.at(end).is_none_or(|c| !c.is_alphanumeric());
            if alone && ends && text.is_free(&(at..end)) {
                found.push((at..end, whole));
            }
        }
    }
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    for (span, whole) in found {
        edits.repair(&ABBREVIATION, text.plain, span, &whole);
    }
}

/// Whether a single letter stands at an offset: `a. i. e.` may be more than an abbreviation we know.
fn is_initial(text: &Guarded<'_>, at: usize) -> bool {
    text.byte(at).is_some_and(|byte| byte.is_ascii_alphabetic()) && text.before(at).is_none_or(|c| !c.is_alphanumeric())
}

/// The top-level domains that addresses in papers have, and second levels that stand before one.
const DOMAINS: &[&str] = &[
    "ac", "ai", "app", "at", "au", "be", "br", "ca", "cc", "ch", "cloud", "cn", "co", "com", "cz", "de", "dev", "dk",
    "edu", "es", "eu", "fi", "fr", "gov", "gr", "hk", "ie", "il", "in", "info", "int", "io", "it", "jp", "kr", "me",
    "mil", "ml", "net", "nl", "no", "nz", "org", "page", "pl", "pt", "ru", "se", "sg", "site", "tech", "tw", "uk",
    "us", "xyz",
];

fn is_domain(label: &str) -> bool {
    DOMAINS.binary_search(&label).is_ok()
}

/// File name endings that stand behind a point in a path.
const ENDINGS: &[&str] =
    &["bib", "csv", "git", "gz", "htm", "html", "ipynb", "json", "md", "pdf", "php", "py", "tar", "txt", "zip"];

/// `https: //github. com/c-rbp`, and `github. com/…` without a scheme.
pub(super) fn urls(text: &Guarded<'_>, edits: &mut Edits) {
    let bytes = text.plain.as_bytes();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for scheme in ["http", "https", "ftp"] {
        for at in memmem::find_iter(bytes, scheme.as_bytes()) {
            let end = at + scheme.len();
            let rest = text.plain.get(end..).unwrap_or_default();
            if let Some(marks) = [": //", ":// ", ": // ", "://"]
                .iter()
                .filter(|marks| rest.starts_with(**marks))
                .map(|it| it.len())
                .max()
            {
                starts.push((at, end + marks));
            }
        }
    }
    let scheme_count = starts.len();
    // Hosts without a scheme: a point and a space before a top-level domain and a path.
    for at in memmem::find_iter(bytes, b". ") {
        let label = label(text, at + 2);
        let host = label_start(text, at);
        if is_domain(label) && text.byte(at + 2 + label.len()) == Some(b'/') && host < at {
            starts.push((host, host));
        }
    }
    let bare = starts.split_off(scheme_count);
    starts.sort_unstable();
    let mut all: Vec<(usize, usize)> = starts;
    all.extend(bare);
    all.sort_unstable();
    let mut done = 0;
    for (start, host) in all {
        let alone = text.before(start).is_none_or(|c| !c.is_alphanumeric() && !"./-_@".contains(c));
        if start < done || !alone {
            continue;
        }
        let (joined, end) = address(text, start, host);
        done = end.max(start + 1);
        if text.is_free(&(start..end)) {
            edits.repair(&URL, text.plain, start..end, &joined);
            goes_on(text, end, &joined, edits);
        }
    }
}

/// The label of a host at an offset: small letters, digits, hyphens.
fn label<'t>(text: &Guarded<'t>, at: usize) -> &'t str {
    let rest = text.plain.get(at..).unwrap_or_default();
    let end = rest
        .bytes()
        .take(63)
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
        .count();
    rest.get(..end).unwrap_or_default()
}

/// Where the label before an offset begins, with labels that are joined to it by points.
fn label_start(text: &Guarded<'_>, at: usize) -> usize {
    let is_host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    at - (0..at).rev().take(100).take_while(|at| text.byte(*at).is_some_and(is_host)).count()
}

/// The address whose host begins at `host`, with the spaces that are certainly damage taken out, and where it ends in the
/// text.
fn address(text: &Guarded<'_>, start: usize, host: usize) -> (String, usize) {
    let mut out: String = text.plain.get(start..host).unwrap_or_default().chars().filter(|c| *c != ' ').collect();
    let (scheme_length, mut at) = (out.len(), host);
    let mut certain = (out.clone(), host);
    let mut ended = false;
    for _ in 0..12 {
        let label = label(text, at);
        if label.is_empty() || (ended && !is_domain(label)) {
            break;
        }
        out.push_str(label);
        at += label.len();
        if is_domain(label) && out.len() > scheme_length + label.len() {
            ended = true;
            certain = (out.clone(), at);
        }
        let rest = text.plain.get(at..).unwrap_or_default();
        let point = if rest.starts_with(". ") { 2 } else { usize::from(rest.starts_with('.')) };
        if point == 0 {
            // A host of one word, or one that ends here.
            if !ended && !out.contains(". ") {
                certain = if certain.1 == host && text.plain.get(host..at).is_some_and(|it| !it.contains(' ')) {
                    (out.clone(), at)
                } else {
                    certain
                };
            }
            break;
        }
        out.push('.');
        at += point;
    }
    let (mut out, mut at) = certain;
    // The path goes on to the next space, and behind a point before the ending of a file name.
    loop {
        let rest = text.plain.get(at..).unwrap_or_default();
        let length = rest.find(|c: char| c.is_whitespace() || "<>\"“”{}|^`".contains(c)).unwrap_or(rest.len());
        let piece = rest.get(..length).unwrap_or_default();
        out.push_str(piece);
        at += length;
        let ending = label(text, at + 1);
        let more = out.ends_with('.')
            && text.byte(at) == Some(b' ')
            && ENDINGS.contains(&ending)
            && out.get(scheme_length..).is_some_and(|it| it.contains('/'));
        if !more || piece.is_empty() {
            return (out, at);
        }
        at += 1;
    }
}

/// Reports an address that goes on behind a space: one of the next words ends in a slash.
fn goes_on(text: &Guarded<'_>, end: usize, joined: &str, edits: &mut Edits) {
    let rest = text.plain.get(end..).unwrap_or_default();
    if joined.ends_with(['.', ',', ';', ')', '/']) || !rest.starts_with(' ') {
        return;
    }
    let mut length = 0;
    for word in rest.split(' ').skip(1).take(4) {
        length += 1 + word.len();
        let bare = word.trim_end_matches(['.', ',', ';', ')']);
        if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)) {
            return;
        }
        if bare.ends_with('/') {
            let whole = rest.get(..length).unwrap_or_default();
            edits
                .warnings
                .push((&URL_SPACES, format!("`{joined}{whole}`: the spaces stand for characters that are gone")));
            return;
        }
        if bare.len() != word.len() {
            return;
        }
    }
}
