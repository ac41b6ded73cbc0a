//! arXiv identifiers of both schemes.

use super::{Id, doi, strip_ci, without_address};

/// Where addresses of arXiv and its mirrors lead; what kind of page it is follows.
const HOSTS: &[&str] =
    &["arxiv.org/", "export.arxiv.org/", "xxx.lanl.gov/", "ar5iv.org/", "ar5iv.labs.arxiv.org/", "alphaxiv.org/"];

/// The kinds of page.
const PAGES: &[&str] = &["abs/", "pdf/", "html/", "format/", "ps/", "src/", "e-print/", "list/", "tb/", "cits/"];

/// Words that journal fields and labels put in front.
const LABELS: &[&str] =
    &["arxiv preprint", "arxiv e-prints", "arxiv eprint", "arxiv", "corr", "eprint", "preprint", "oai:arxiv.org:"];

/// An arXiv identifier: `YYMM.NNNNN` or `archive/YYMMNNN`, the version behind it as given (`2401.00001v2`), the scheme
/// `arxiv`, and as qualifier the class, where it is given: `arXiv:2401.00001 [cs.LG]`, `math.GT/0309136` (whose value is
/// `math/0309136`). Takes labels, `CoRR abs/…`, addresses of abstracts and papers, and the DOIs that arXiv assigns.
pub fn arxiv(raw: &str) -> Option<Id> {
    let (rest, _) = without_address(raw, HOSTS);
    let rest = without_labels(rest);
    if let Some(number) = doi_number(rest) {
        return parse(&number);
    }
    parse(rest)
}

/// What arXiv's own DOI prefix stands before.
fn doi_number(rest: &str) -> Option<String> {
    let may_be = rest.starts_with("10.48550") || rest.contains("doi");
    let doi = may_be.then(|| doi(rest)).flatten()?;
    strip_ci(&doi, "10.48550/arxiv.").map(str::to_owned)
}

/// The string without labels and kinds of page in front.
fn without_labels(mut rest: &str) -> &str {
    loop {
        rest = rest.trim_start_matches([' ', ':', ',', '/', '(', '[', '\u{a0}']);
        let label = LABELS
            .iter()
            .filter_map(|label| strip_ci(rest, label))
            .find(|tail| !tail.starts_with(|c: char| c.is_alphanumeric()));
        match label.or_else(|| PAGES.iter().find_map(|page| strip_ci(rest, page))) {
            Some(tail) => rest = tail,
            None => return rest,
        }
    }
}

/// The identifier itself, a class in brackets behind it or nothing.
fn parse(rest: &str) -> Option<Id> {
    let rest = rest.trim().trim_end_matches(['.', ',', ';', ')', '/']);
    let (number, class) = match rest.split_once(['[', '(', ' ']) {
        Some((number, class)) => (number, class.trim_matches(['[', '(', ' ', ']', ')'])),
        None => (rest, ""),
    };
    let number = number.strip_suffix(".pdf").unwrap_or(number);
    if !class.is_empty() && !is_class(class) {
        return None;
    }
    let (stem, version) = split_version(number);
    let (value, own_class) = match stem.split_once('/') {
        Some((archive, serial)) => old_scheme(archive, serial)?,
        None => new_scheme(stem).then(|| (stem.to_owned(), ""))?,
    };
    let class = if class.is_empty() { own_class } else { class };
    Some(Id {
        value: value + &version.to_ascii_lowercase(),
        scheme: "arxiv".into(),
        qualifier: (!class.is_empty()).then(|| class.into()),
    })
}

/// Since April 2007: year and month, a dot, four or five digits.
fn new_scheme(stem: &str) -> bool {
    stem.split_once('.').is_some_and(|(date, serial)| {
        is_year_month(date)
            && date.len() == 4
            && (4..=5).contains(&serial.len())
            && serial.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Before: archive and perhaps class, a slash, year, month and three digits. Gives the identifier without the class,
/// and the archive with the class, if there is one.
fn old_scheme<'a>(archive: &'a str, serial: &str) -> Option<(String, &'a str)> {
    let (name, class) = archive.split_once('.').map_or((archive, None), |(name, class)| (name, Some(class)));
    let sound = is_archive(name)
        && class.is_none_or(is_subject)
        && serial.len() == 7
        && serial.bytes().all(|b| b.is_ascii_digit())
        && is_year_month(serial);
    sound.then(|| (format!("{}/{serial}", name.to_ascii_lowercase()), if class.is_some() { archive } else { "" }))
}

/// Whether the first four bytes are digits and the last two of them a month.
fn is_year_month(s: &str) -> bool {
    matches!(
        s.as_bytes(),
        [b'0'..=b'9', b'0'..=b'9', b'0', b'1'..=b'9', ..] | [b'0'..=b'9', b'0'..=b'9', b'1', b'0'..=b'2', ..]
    )
}

/// A class, such as `cs.LG`, `hep-th` or `astro-ph.CO`.
fn is_class(s: &str) -> bool {
    s.split_once('.').map_or(is_archive(s), |(archive, subject)| is_archive(archive) && is_subject(subject))
}

fn is_archive(s: &str) -> bool {
    (2..=12).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
}

fn is_subject(s: &str) -> bool {
    (2..=10).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
}

/// The identifier and its version, `v2`, if it ends in one.
fn split_version(number: &str) -> (&str, &str) {
    let stem = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = stem.strip_suffix(['v', 'V']).filter(|_| stem.len() < number.len());
    base.and_then(|base| number.split_at_checked(base.len())).unwrap_or((number, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_forms() {
        for (raw, value, class) in [
            ("2401.00001", "2401.00001", ""),
            ("2401.00001v2", "2401.00001v2", ""),
            ("arXiv:2401.00001v2 [cs.LG]", "2401.00001v2", "cs.LG"),
            ("arXiv: 0706.1234", "0706.1234", ""),
            ("ARXIV:0706.1234V1", "0706.1234v1", ""),
            ("arXiv preprint arXiv:1701.00002", "1701.00002", ""),
            ("ArXiv e-prints, arXiv:1701.00002", "1701.00002", ""),
            ("abs/2001.00001", "2001.00001", ""),
            ("CoRR abs/2001.00001", "2001.00001", ""),
            ("CoRR, abs/2001.00001", "2001.00001", ""),
            ("https://arxiv.org/abs/2401.00001v2", "2401.00001v2", ""),
            ("http://www.arxiv.org/pdf/2401.00001.pdf", "2401.00001", ""),
            ("https://arxiv.org/pdf/2401.00001v3.pdf#page=3", "2401.00001v3", ""),
            ("http://export.arxiv.org/abs/hep-th/9711200", "hep-th/9711200", ""),
            ("hep-th/9711200v3", "hep-th/9711200v3", ""),
            ("math.GT/0309136", "math/0309136", "math.GT"),
            ("cond-mat.mes-hall/0309136", "cond-mat/0309136", "cond-mat.mes-hall"),
            ("arXiv:hep-th/9711200 [hep-th]", "hep-th/9711200", "hep-th"),
            ("10.48550/arXiv.2401.00001", "2401.00001", ""),
            ("https://doi.org/10.48550/ARXIV.2401.00001", "2401.00001", ""),
            ("10.48550/arXiv.hep-th/9711200", "hep-th/9711200", ""),
        ] {
            let id = arxiv(raw).unwrap_or_else(|| panic!("{raw}"));
            assert_eq!((id.value.as_str(), id.qualifier.as_deref().unwrap_or("")), (value, class), "{raw}");
            assert_eq!(&*id.scheme, "arxiv");
        }
        for raw in [
            "",
            "arXiv",
            "2413.00001",
            "2401.001",
            "2401.000011",
            "123/1234567",
            "hep-th/971120",
            "10.1000/182",
            "2401.00001 x y",
            "v2",
        ] {
            assert_eq!(arxiv(raw), None, "{raw}");
        }
    }
}
