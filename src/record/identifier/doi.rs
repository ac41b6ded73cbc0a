//! Digital object identifiers, however sources wrap them.

use super::strip_ci;
use crate::bytes::{first, trim};

/// Hosts that resolve a DOI: an address there says the DOI and nothing else.
const RESOLVERS: &[&str] = &["doi.org/", "dx.doi.org/", "www.doi.org/", "www.dx.doi.org/"];

/// Path elements and parameters right after which publishers put a DOI in the address of a landing page.
const LANDING: &[&str] = &[
    "doi",
    "doi.org",
    "dx.doi.org",
    "abs",
    "abstract",
    "full",
    "fulltext",
    "full-xml",
    "pdf",
    "pdfplus",
    "pdfdirect",
    "epdf",
    "epub",
    "book",
    "reader",
    "summary",
    "figure",
    "suppl",
    "article",
    "articles",
    "chapter",
    "content",
    "references",
    "referencework",
    "referenceworkentry",
    "protocol",
    "id",
    "citedby",
    "metrics",
];

/// What such addresses have after the DOI.
const LANDING_TAILS: &[&str] = &[
    "/",
    "/full",
    "/pdf",
    "/abstract",
    "/fulltext",
    "/html",
    "/epdf",
    "/meta",
    "/summary",
    "/references",
    "/metrics",
    ".pdf",
    ".full",
    ".abstract",
    ".full-text",
    ".short",
    ".supplementary-material",
];

/// The longest registrant code worth looking at, so that a search for one stays linear.
const MAX_REGISTRANT: usize = 24;

/// The normal form of a DOI: `10.prefix/suffix`, the letter case kept, percent escapes, `\_` and `&lt;` undone, so that
/// the normal form of a normal form is itself. Takes labels (`doi:`, `DOI `, `info:doi/`), resolver addresses, landing
/// pages of publishers (`/doi/abs/10.…`), short DOIs (`10/abcd`), `[doi]` behind it, and drops the punctuation of the
/// sentence around it: `.`, `,`, `;` and closing brackets that were never opened. `None` if the string is not a DOI.
///
/// Compare two DOIs with [`str::eq_ignore_ascii_case`].
pub fn doi(raw: &str) -> Option<String> {
    if is_doi(raw) {
        return Some(raw.to_owned());
    }
    any_doi(raw)
}

/// Whether a string is certainly a DOI in its normal form: `10.`, a registrant's digits, a slash, visible ASCII without
/// anything that could be an escape, and a letter or digit at the end, behind which nothing is to be dropped.
fn is_doi(raw: &str) -> bool {
    is_doi_without(raw, |_| false)
}

/// The same of a string that has nothing in it that could stand between several: [`dois`] gives it back.
pub(crate) fn is_one_doi(raw: &str) -> bool {
    is_doi_without(raw, |byte| (byte == b',') | (byte == b';'))
}

fn is_doi_without(raw: &str, other: impl Fn(u8) -> bool) -> bool {
    let Some(rest) = raw.strip_prefix("10.") else { return false };
    let rest = rest.as_bytes();
    let odd =
        |byte: u8| (byte <= b' ') | (byte > b'~') | (byte == b'%') | (byte == b'\\') | (byte == b'&') | other(byte);
    let digits = rest.iter().take(MAX_REGISTRANT).take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0
        && rest.get(digits) == Some(&b'/')
        && rest.last().is_some_and(u8::is_ascii_alphanumeric)
        && first(rest, odd).is_none()
}

/// The normal form of a DOI however it is wrapped.
fn any_doi(raw: &str) -> Option<String> {
    let (rest, address) = unwrapped(raw);
    let rest = if !address {
        rest.trim_end()
    } else if starts_doi(rest) {
        without_query(rest)
    } else {
        landing(rest)?
    };
    normal(without_tag(rest))
}

/// The DOI of a note that is nothing else: `doi: 10.1000/182`.
pub(crate) fn labelled_doi(raw: &str) -> Option<String> {
    let raw = trim(raw);
    let is_labelled =
        raw.get(..3).is_some_and(|label| label.eq_ignore_ascii_case("doi")) && !raw.contains(['\n', '\r']);
    is_labelled.then(|| doi(raw)).flatten()
}

/// The DOIs of a string that holds nothing but DOIs, one or several, between them white space, commas or semicolons.
/// Empty if any of it is something else.
pub fn dois(raw: &str) -> Vec<String> {
    let several = || memchr::memchr2(b',', b';', raw.as_bytes()).is_some();
    if let Some(one) = doi(raw).filter(|_| !several()) {
        return vec![one];
    }
    let mut found = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        // A comma or semicolon may belong to the suffix; it ends a DOI only before white space or another one.
        let end = rest.char_indices().position(|(at, c)| {
            c.is_whitespace()
                || (matches!(c, ',' | ';') && rest.get(at + 1..).is_some_and(|next| starts_doi(unwrapped_prefix(next))))
        });
        let end = end.and_then(|nth| rest.char_indices().nth(nth));
        let (piece, next) = end.map_or((rest, ""), |(at, c)| (&rest[..at], &rest[at + c.len_utf8()..]));
        rest = next;
        let piece = piece.trim_matches([',', ';']);
        if piece.is_empty() || ["doi", "doi:", "[doi]"].iter().any(|label| piece.eq_ignore_ascii_case(label)) {
            continue;
        }
        match doi(piece) {
            Some(doi) => found.push(doi),
            None => return Vec::new(),
        }
    }
    found
}

/// The DOI of which an address says no more (D-19): it is the DOI at a resolver, or `doi:` and the DOI. A publisher's page
/// is none, nor an address with a query or a fragment.
pub fn doi_of_address(url: &str) -> Option<String> {
    let (rest, _) = unwrapped(url);
    if starts_doi(rest) { normal(without_tag(rest.trim_end())) } else { None }
}

/// Whether an address says nothing that the DOI does not: see [`doi_of_address`].
pub fn is_doi_url(url: &str, doi: &str) -> bool {
    doi_of_address(url).is_some_and(|of_url| self::doi(doi).is_some_and(|doi| of_url.eq_ignore_ascii_case(&doi)))
}

/// Whether an address is that of a DOI at a resolver, and says nothing else.
pub fn is_resolver_url(url: &str) -> bool {
    may_resolve(url) && doi(url).is_some_and(|doi| is_doi_url(url, &doi))
}

/// Whether a resolver's host, a label or a DOI may follow the scheme of an address, by the first letters: of most
/// addresses these tell that [`unwrapped`] finds none.
fn may_resolve(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else { return true };
    match rest.as_bytes() {
        [b'w' | b'W', rest @ ..] => rest.get(3).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'd')),
        [first, ..] => !first.is_ascii_alphanumeric() || b"1dfhiu".contains(&first.to_ascii_lowercase()),
        [] => false,
    }
}

/// The string without wrappers, labels, and a resolver's host, and whether it was an address.
fn unwrapped(raw: &str) -> (&str, bool) {
    let mut rest = trim(raw);
    let mut address = false;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '"' | '“' | '[' | '(' | '{'));
        if rest.starts_with("10") {
            return (rest, address);
        }
        // Each turn takes something off, so the loop is linear.
        if let Some(tail) = ["https://", "http://", "ftp://", "//"].iter().find_map(|p| strip_ci(rest, p)) {
            (rest, address) = (tail, true);
        } else if let Some(tail) = RESOLVERS.iter().find_map(|p| strip_ci(rest, p)) {
            (rest, address) = (tail.trim_start_matches('/'), true);
        } else if let Some(tail) =
            ["info:doi/", "info:", "urn:doi:", "\\url{", "\\doi{", "\\href{"].iter().find_map(|p| strip_ci(rest, p))
        {
            rest = tail;
        } else if let Some(tail) = doi_label(rest) {
            rest = tail;
        } else {
            return (rest, address);
        }
    }
}

/// [`unwrapped`] for a look at what comes next.
fn unwrapped_prefix(raw: &str) -> &str {
    let head = raw.char_indices().nth(60).map_or(raw, |(at, _)| &raw[..at]);
    unwrapped(head).0
}

/// What follows the label `doi`, if it is one and not the start of a host such as `doi.example.org`.
fn doi_label(rest: &str) -> Option<&str> {
    let tail = strip_ci(rest, "doi")?;
    tail.starts_with([':', '=', '/', ' ', '\t', '\u{a0}', '1'])
        .then(|| tail.trim_start_matches([':', '=', '/', ' ', '\t', '\u{a0}']))
}

/// The string without the tag that MEDLINE puts behind a DOI.
fn without_tag(rest: &str) -> &str {
    let rest = rest.trim_end();
    rest.strip_suffix("[doi]").map_or(rest, str::trim_end)
}

/// An address without query and fragment. An old DOI may end in `#`: an empty fragment is none.
fn without_query(rest: &str) -> &str {
    let rest = rest.split('?').next().unwrap_or(rest).trim_end();
    match rest.split_once('#') {
        Some((path, fragment)) if !fragment.is_empty() => path,
        _ => rest,
    }
}

/// The DOI in the address of a publisher's landing page.
fn landing(address: &str) -> Option<&str> {
    let (host, _) = address.split_once('/')?;
    let mut from = host.len();
    loop {
        let at = from + address.get(from..)?.find("10.")?;
        from = at + 3;
        let (before, found) = address.split_at_checked(at)?;
        let registrant = found.get(3..)?.bytes().take(MAX_REGISTRANT).take_while(u8::is_ascii_digit).count();
        if registrant < 4 || !starts_doi(found) {
            continue;
        }
        let before = before.strip_suffix(['/', '=', ':']).or_else(|| before.strip_suffix("%2F"));
        let Some(element) = before.and_then(|b| b.rsplit(['/', '=', '?', '&', ':']).next()) else { continue };
        // Publishers have resolvers of their own (`doi.acm.org`), and libraries proxies of the resolver.
        let resolver = ["doi.", "dx.doi."].iter().any(|start| strip_ci(element, start).is_some());
        if !resolver && !LANDING.iter().any(|word| element.eq_ignore_ascii_case(word)) {
            continue;
        }
        let mut found = without_query(found.split('&').next().unwrap_or(found));
        while let Some(shorter) = LANDING_TAILS.iter().find_map(|tail| found.strip_suffix(tail)) {
            found = shorter;
        }
        return Some(if host.ends_with("rxiv.org") { without_version(found) } else { found });
    }
}

/// A preprint's DOI without the version that its server adds to it in addresses: `10.1101/123456v2`.
fn without_version(found: &str) -> &str {
    let stem = found.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem.strip_suffix('v') {
        Some(doi) if stem.len() < found.len() && doi.ends_with(|c: char| c.is_ascii_digit()) => doi,
        _ => found,
    }
}

/// Whether a string begins as a DOI does: `10.`, the registrant's digits and a slash, which may be escaped; or `10/`.
fn starts_doi(s: &str) -> bool {
    let Some(rest) = s.strip_prefix("10") else { return false };
    let Some(registrant) = rest.strip_prefix('.') else { return rest.starts_with('/') };
    let length = registrant.bytes().take(MAX_REGISTRANT).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (digits, tail) = registrant.split_at_checked(length).unwrap_or_default();
    let sound = digits.split('.').all(|group| !group.is_empty());
    sound && (tail.starts_with('/') || strip_ci(tail, "%2F").is_some())
}

/// The DOI with its escapes undone and its trailing punctuation gone, if it is one.
fn normal(rest: &str) -> Option<String> {
    let mut doi = if rest.contains(['%', '\\', '&']) { unescaped(rest) } else { rest.to_owned() };
    doi.truncate(without_punctuation(&doi).len());
    if !starts_doi(&doi) || !is_unbroken(&doi) {
        return None;
    }
    let (prefix, suffix) = doi.split_once('/')?;
    // A short DOI has letters; `10/12` is a date.
    let short = || {
        suffix.len() >= 3
            && suffix.bytes().all(|b| b.is_ascii_alphanumeric())
            && !suffix.bytes().all(|b| b.is_ascii_digit())
    };
    (!suffix.is_empty() && (prefix != "10" || short())).then_some(doi)
}

/// Whether there is no white space and no control character in a string.
fn is_unbroken(string: &str) -> bool {
    first(string.as_bytes(), |b| (b <= b' ') | (b >= 0x7f)).is_none()
        || !string.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Undoes percent escapes, `\_` and the entities of `<`, `>` and `&` until none is left, in one pass. An escape of white
/// space or of a control character stays, and so do all if the result were not UTF-8.
fn unescaped(raw: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(raw.len());
    for mut byte in raw.bytes() {
        // What is undone may complete another escape; each turn shortens `out`, so the whole is linear.
        loop {
            if let [.., b'%', high] = out.as_slice()
                && let (Some(high), Some(low)) = ((*high as char).to_digit(16), (byte as char).to_digit(16))
                && let decoded = (high * 16 + low) as u8
                && decoded > b' '
                && decoded != 0x7f
            {
                out.truncate(out.len() - 2);
                byte = decoded;
                continue;
            }
            let entity = (byte == b';')
                .then(|| {
                    [(&b"&lt"[..], b'<'), (b"&gt", b'>'), (b"&amp", b'&')].into_iter().find(|(e, _)| out.ends_with(e))
                })
                .flatten();
            if let Some((name, character)) = entity {
                out.truncate(out.len() - name.len());
                byte = character;
                continue;
            }
            break;
        }
        if matches!(byte, b'_' | b'%' | b'&' | b'#' | b'$' | b'{' | b'}') {
            while out.last() == Some(&b'\\') {
                out.pop();
            }
        }
        out.push(byte);
    }
    String::from_utf8(out).unwrap_or_else(|_| raw.to_owned())
}

/// The string without what a sentence left at its end.
fn without_punctuation(doi: &str) -> &str {
    const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
    if doi.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return doi;
    }
    // How many more closing than opening brackets of each sort there are.
    let mut excess = [0isize; 4];
    for c in doi.chars() {
        for ((open, close), excess) in BRACKETS.iter().zip(&mut excess) {
            *excess += isize::from(c == *close) - isize::from(c == *open);
        }
    }
    let mut rest = doi;
    while let Some(last) = rest.chars().next_back() {
        let bracket = BRACKETS.iter().position(|(_, close)| *close == last);
        let spare = bracket.and_then(|nth| excess.get_mut(nth)).is_some_and(|excess| {
            let spare = *excess > 0;
            *excess -= 1;
            spare
        });
        if !spare && !matches!(last, '.' | ',' | ';' | '"' | '”' | '\\') && !last.is_whitespace() {
            break;
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_forms() {
        for (raw, want) in [
            ("10.1000/ab(1)_c", "10.1000/ab(1)_c"),
            ("doi:10.1000/182", "10.1000/182"),
            ("DOI: 10.1000/182.", "10.1000/182"),
            ("DOI 10.1000/182", "10.1000/182"),
            ("doi10.1000/182", "10.1000/182"),
            ("https://doi.org/10.1000/182", "10.1000/182"),
            ("HTTP://DX.DOI.ORG/10.1000/AbC", "10.1000/AbC"),
            ("doi.org/10.1000/182", "10.1000/182"),
            ("https://doi.org/doi:10.1000/182", "10.1000/182"),
            ("https://doi.org/https://doi.org/10.1000/182", "10.1000/182"),
            ("https://doi.org/10.1000%2F182", "10.1000/182"),
            ("https://doi.org/10.1000/a%2520b", "10.1000/a%20b"),
            ("info:doi/10.1000/182", "10.1000/182"),
            ("(doi:10.1000/182)", "10.1000/182"),
            ("<https://doi.org/10.1000/182>", "10.1000/182"),
            ("\\url{https://doi.org/10.1000/182}", "10.1000/182"),
            ("10.1007/978-3-642-15561-1\\_29", "10.1007/978-3-642-15561-1_29"),
            ("10.1016/j.neuron.2010.01.001 [doi]", "10.1016/j.neuron.2010.01.001"),
            (
                "10.1002/(SICI)1097-0258(19980815/30)17:15/16&lt;1661::AID-SIM968&gt;3.0.CO;2-2",
                "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            ),
            (
                "https://doi.org/10.1002/(SICI)1096(1998)1:1<1::AID-A1>3.0.CO;2-#",
                "10.1002/(SICI)1096(1998)1:1<1::AID-A1>3.0.CO;2-#",
            ),
            ("https://onlinelibrary.wiley.com/doi/abs/10.1002/hbm.20001", "10.1002/hbm.20001"),
            (
                "https://onlinelibrary.wiley.com/doi/full/10.1111/j.1467-9280.2008.02225.x?needAccess=true",
                "10.1111/j.1467-9280.2008.02225.x",
            ),
            ("https://dl.acm.org/doi/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
            ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701#page=2", "10.1145/3292500.3330701"),
            ("https://link.springer.com/chapter/10.1007%2F978-3-540-75274-5_11", "10.1007/978-3-540-75274-5_11"),
            (
                "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001&type=printable",
                "10.1371/journal.pone.0000001",
            ),
            ("https://www.frontiersin.org/articles/10.3389/fpsyg.2019.00001/full", "10.3389/fpsyg.2019.00001"),
            ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "10.1101/2020.01.01.123456"),
            ("http://doi.acm.org/10.1145/1073001.1073004", "10.1145/1073001.1073004"),
            ("https://dx.doi.org.proxy.example.org/10.1145/1073001", "10.1145/1073001"),
            ("10.1000.10/123456", "10.1000.10/123456"),
            ("10/gf5xqn", "10/gf5xqn"),
            ("https://doi.org/10/gf5xqn", "10/gf5xqn"),
        ] {
            assert_eq!(doi(raw).as_deref(), Some(want), "{raw}");
            assert_eq!(doi(want).as_deref(), Some(want), "{want}");
        }
        for raw in [
            "",
            "10",
            "10.1000",
            "10.1000/",
            "10./x",
            "10.a/x",
            "10/12",
            "11.1000/x",
            "doi:",
            "n/a",
            "10.1000/a b",
            "Journal Article",
            "https://www.nature.com/articles/nature12373",
            "https://example.org/v/10.2019/12/post",
            "https://doi.example.org/",
            "See doi:10.1000/182",
        ] {
            assert_eq!(doi(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn addresses_that_resolve_nothing_are_told(url in "(https?://|HTTP://)?([wW]{0,4}\\.?|d?x?\\.?|doi|[a-z(<1]|info:|urn:doi:|//|\\\\url\\{|ftp://){0,3}(doi\\.org/)?(10\\.1000/a1)?") {
            prop_assert_eq!(is_resolver_url(&url), doi(&url).is_some_and(|doi| is_doi_url(&url, &doi)), "{}", url);
        }
    }

    #[test]
    fn several() {
        assert_eq!(dois("10.1000/a, 10.1000/b;10.1000/c"), ["10.1000/a", "10.1000/b", "10.1000/c"]);
        assert_eq!(dois("doi: 10.1000/a;2-b https://doi.org/10.1000/c"), ["10.1000/a;2-b", "10.1000/c"]);
        assert_eq!(dois("10.1000/a and more"), Vec::<String>::new());
        assert_eq!(dois("10.1000/a"), ["10.1000/a"]);
        assert_eq!(dois(""), Vec::<String>::new());
    }

    #[test]
    fn addresses_that_say_no_more() {
        assert!(is_doi_url("https://doi.org/10.1000/ABC", "10.1000/abc"));
        assert!(is_doi_url("http://dx.doi.org/10.1000%2Fabc", "doi:10.1000/abc"));
        assert!(!is_doi_url("https://doi.org/10.1000/abc#fig1", "10.1000/abc"));
        assert!(!is_doi_url("https://doi.org/10.1000/abc?x=1", "10.1000/abc"));
        assert!(!is_doi_url("https://doi.org/10.1000/abd", "10.1000/abc"));
        assert!(!is_doi_url("https://dl.acm.org/doi/10.1000/abc", "10.1000/abc"));
    }

    proptest! {
        #[test]
        fn what_is_certainly_a_doi_is_one(raw in "10[.][0-9.]{0,5}(/|%2F)?[a-z%0-9A-F_\\\\&;lt<>()., \\[\\]/\"é]{0,9}(\\[doi\\])?") {
            prop_assert_eq!(doi(&raw), any_doi(&raw));
        }

        #[test]
        fn the_normal_form_is_its_own(raw in "(doi:|https://doi.org/|https://x.org/doi/abs/)?10[.]1000/[a-z%0-9A-F_\\\\&;lt<>()., ]{0,30}") {
            prop_assert_eq!(doi(&raw), any_doi(&raw));
            if let Some(once) = doi(&raw) {
                prop_assert_eq!(doi(&once), Some(once.clone()));
                prop_assert!(is_doi_url(&once, &once));
            }
        }
    }
}
