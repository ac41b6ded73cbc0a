//! Citations in one cell, where a database has no columns for their parts.

/// PubMed's `Citation`: `J Ex. 2021 Mar 5;75(2):101-110. doi: 10.1000/1. Epub 2021 Jan 3.`
pub(super) fn pubmed_citation(raw: &str) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    // The date stands before the first semicolon, behind the journal's name and its point.
    let (before, after) = match raw.split_once(';') {
        Some((before, after)) => (before, after),
        None => (raw.split(". doi:").next().unwrap_or(raw), ""),
    };
    let date = before.rsplit(". ").next().unwrap_or_default().trim().trim_end_matches('.');
    let (date, pages_alone) = date.split_once(':').map_or((date, ""), |(date, pages)| (date, pages));
    if date.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit())) {
        all.push(("Citation: date", date.to_owned()));
    }
    // A page may have a point in it, but none with a space behind it.
    let numbers = after.split(". ").next().unwrap_or_default().trim_end_matches('.');
    let (volume, pages) = numbers.split_once(':').unwrap_or((numbers, pages_alone));
    let (volume, issue) = match volume.split_once('(') {
        Some((volume, issue)) => (volume.trim(), issue.trim_end_matches(')').trim()),
        None => (volume.trim(), ""),
    };
    for (tag, value) in [("Citation: volume", volume), ("Citation: issue", issue), ("Citation: pages", pages.trim())] {
        if !value.is_empty() {
            all.push((tag, value.to_owned()));
        }
    }
    all
}

/// Embase's `Source`: `Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004`
pub(super) fn embase_source(raw: &str) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let (citation, date) = match raw.split_once("Date of Publication:") {
        Some((citation, date)) => (citation.trim().trim_end_matches('.'), date.trim().trim_end_matches('.')),
        None => (raw.trim(), ""),
    };
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = citation.match_indices(" (").find_map(|(at, _)| {
        let year = citation.get(at + 2..at + 6).filter(|year| is_year(year))?;
        citation.get(at + 6..).filter(|rest| rest.starts_with(')'))?;
        Some((at, year))
    });
    let Some((at, year)) = year else {
        all.push(("Source: title", citation.to_owned()));
        return all;
    };
    all.push(("Source: title", citation.get(..at).unwrap_or_default().trim().to_owned()));
    all.push(("Source: year", year.to_owned()));
    if !date.is_empty() {
        all.push(("Source: date", date.to_owned()));
    }
    let rest = citation.get(at + 7..).unwrap_or_default().trim();
    let (numbers, pages) = match rest.split_once('(') {
        Some((numbers, pages)) => (numbers.trim(), pages.split(')').next().unwrap_or_default().trim()),
        None => (rest, ""),
    };
    let numbers = numbers.trim_end_matches('.');
    let (numbers, article) = numbers.split_once("Article Number:").unwrap_or((numbers, ""));
    let (volume, issue) = numbers.split_once(':').unwrap_or((numbers, ""));
    for (tag, value) in [("Source: volume", volume), ("Source: issue", issue), ("Source: pages", pages), ("Source: article number", article)] {
        if !value.trim().is_empty() {
            all.push((tag, value.trim().to_owned()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_taken_apart() {
        let pairs = |all: Vec<(&'static str, String)>| -> Vec<String> { all.into_iter().map(|(_, value)| value).collect() };
        assert_eq!(
            pairs(pubmed_citation("Econ Bot. 2021 Mar 5;75(2):101-110. doi: 10.1000/eb.21. Epub 2021 Jan 3.")),
            ["2021 Mar 5", "75", "2", "101-110"]
        );
        assert_eq!(pairs(pubmed_citation("Cureus. 2023 May 3;15(5):e38500. doi: 10.7759/x.")), ["2023 May 3", "15", "5", "e38500"]);
        assert_eq!(pairs(pubmed_citation("bioRxiv. 2020 Jan 2:2020.01.02.123. doi: 10.1101/x. Preprint."))[0], "2020 Jan 2");
        assert_eq!(
            pairs(embase_source("Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004")),
            ["Cancer", "2004", "25 Aug 2004", "102", "4", "253-258"]
        );
        assert_eq!(pairs(embase_source("BMJ (Online) (2015) 350 Article Number: h1")), ["BMJ (Online)", "2015", "350", "h1"]);
    }
}
