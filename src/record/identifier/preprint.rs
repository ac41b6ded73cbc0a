//! The servers of preprints, by the words, DOI prefixes and hosts they are known by. Section 2.5 of the mapping reference.

use super::strip_ci;

/// A server.
struct Server {
    /// Its name as an e-print type.
    name: &'static str,
    /// How its DOIs begin, after which only preprints stand.
    dois: &'static [&'static str],
    /// Its hosts, without `www.`.
    hosts: &'static [&'static str],
}

const fn server(name: &'static str, dois: &'static [&'static str], hosts: &'static [&'static str]) -> Server {
    Server { name, dois, hosts }
}

const SERVERS: &[Server] = &[
    server("arxiv", &["10.48550/"], &["arxiv.org", "xxx.lanl.gov", "ar5iv.org"]),
    server("biorxiv", &[], &["biorxiv.org"]),
    server("medrxiv", &[], &["medrxiv.org"]),
    server("chemrxiv", &["10.26434/"], &["chemrxiv.org"]),
    server("ssrn", &["10.2139/ssrn"], &["ssrn.com"]),
    server("hal", &[], &["hal.science", "hal.archives-ouvertes.fr", "hal.inria.fr"]),
    server("osf", &["10.31219/"], &["osf.io/preprints/osf", "osf.io/preprints"]),
    server("psyarxiv", &["10.31234/"], &["psyarxiv.com", "osf.io/preprints/psyarxiv"]),
    server("socarxiv", &["10.31235/"], &["osf.io/preprints/socarxiv"]),
    server("metaarxiv", &["10.31222/"], &["osf.io/preprints/metaarxiv"]),
    server("eartharxiv", &["10.31223/"], &["eartharxiv.org"]),
    server("engrxiv", &["10.31224/"], &["engrxiv.org"]),
    server("africarxiv", &["10.31730/"], &["osf.io/preprints/africarxiv"]),
    server("edarxiv", &["10.35542/"], &["edarxiv.org", "osf.io/preprints/edarxiv"]),
    server("ecoevorxiv", &["10.32942/"], &["ecoevorxiv.org"]),
    server("techrxiv", &["10.36227/techrxiv"], &["techrxiv.org"]),
    server("researchsquare", &["10.21203/"], &["researchsquare.com"]),
    server("preprints.org", &["10.20944/preprints"], &["preprints.org"]),
    server("peerj-preprints", &["10.7287/peerj.preprints"], &["peerj.com/preprints"]),
    server("essoar", &["10.1002/essoar", "10.22541/essoar"], &["essoar.org", "essopenarchive.org"]),
    server("authorea", &["10.22541/au"], &["authorea.com"]),
    server("jxiv", &["10.51094/jxiv"], &["jxiv.jst.go.jp"]),
    server("scielo-preprints", &["10.1590/scielopreprints"], &["preprints.scielo.org"]),
    server("repec", &[], &["ideas.repec.org/p", "econpapers.repec.org/paper"]),
    server("iacr", &[], &["eprint.iacr.org"]),
];

/// Other words for servers.
const WORDS: &[(&str, &str)] = &[
    ("corr", "arxiv"),
    ("arxiv.org", "arxiv"),
    ("osf preprints", "osf"),
    ("research square", "researchsquare"),
    ("rs", "researchsquare"),
    ("preprints", "preprints.org"),
    ("peerj preprints", "peerj-preprints"),
    ("hal archives ouvertes", "hal"),
    ("cryptology eprint archive", "iacr"),
    ("iacr cryptology eprint archive", "iacr"),
    ("ess open archive", "essoar"),
];

/// The name of the preprint server that an e-print type (`arXiv`), a DOI or its prefix (`10.31234`), or a host or address
/// (`www.biorxiv.org`) stands for, in lower case as e-print types have it.
///
/// Give the whole DOI where there is one: some prefixes are shared with journals. Of `10.1101` only DOIs that go on with
/// a digit are preprints, and of `osf.io` only what stands under `/preprints`; alone, neither says anything.
pub fn preprint_server(host_or_prefix: &str) -> Option<&'static str> {
    let word = host_or_prefix.trim();
    if word.starts_with("10.") {
        return of_doi(word);
    }
    let named =
        |word: &str| SERVERS.iter().find(|server| server.name.eq_ignore_ascii_case(word)).map(|server| server.name);
    let other = |word: &str| WORDS.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map(|(_, name)| *name);
    if let Some(name) = named(word).or_else(|| other(word)) {
        return Some(name);
    }
    let address = strip_ci(word, "https://").or_else(|| strip_ci(word, "http://")).unwrap_or(word);
    for resolver in ["doi.org/", "dx.doi.org/", "www.doi.org/"] {
        if let Some(doi) = strip_ci(address, resolver) {
            return of_doi(doi);
        }
    }
    let hosts = || SERVERS.iter().flat_map(|server| server.hosts.iter().map(|host| (*host, server.name)));
    hosts().filter(|(host, _)| is_at(address, host)).max_by_key(|(host, _)| host.len()).map(|(_, name)| name)
}

/// Whether an address without its protocol is at a host, or at one below it, and below the path that `place` may have.
fn is_at(address: &str, place: &str) -> bool {
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let end = address.find(['/', '?', '#', ':']).unwrap_or(address.len());
    let Some((own_host, own_path)) = address.split_at_checked(end) else { return false };
    let below = own_host.len().checked_sub(host.len()).and_then(|at| own_host.split_at_checked(at));
    below.is_some_and(|(sub, own)| own.eq_ignore_ascii_case(host) && (sub.is_empty() || sub.ends_with('.')))
        && (path.is_empty()
            || own_path
                .strip_prefix('/')
                .and_then(|own| strip_ci(own, path))
                .is_some_and(|tail| tail.is_empty() || tail.starts_with(['/', '?', '#'])))
}

/// The server of a DOI or of a DOI's prefix.
fn of_doi(doi: &str) -> Option<&'static str> {
    if let Some(suffix) = doi.strip_prefix("10.1101/") {
        let last = suffix.rsplit('.').next().unwrap_or(suffix);
        let number = last.bytes().take_while(u8::is_ascii_digit).count();
        // Cold Spring Harbor's journals begin with letters; medRxiv's numbers have eight digits, bioRxiv's six.
        return suffix.starts_with(|c: char| c.is_ascii_digit()).then_some(if number == 8 {
            "medrxiv"
        } else {
            "biorxiv"
        });
    }
    let found = SERVERS.iter().find(|server| {
        server
            .dois
            .iter()
            .any(|start| strip_ci(doi, start).is_some() || start.strip_suffix('/').is_some_and(|prefix| prefix == doi))
    });
    found.map(|server| server.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        for (given, want) in [
            ("arXiv", Some("arxiv")),
            ("bioRxiv", Some("biorxiv")),
            ("CoRR", Some("arxiv")),
            ("10.48550", Some("arxiv")),
            ("10.48550/arXiv.2401.00001", Some("arxiv")),
            ("10.31234/osf.io/abcde", Some("psyarxiv")),
            ("10.1101/2020.01.01.123456", Some("biorxiv")),
            ("10.1101/123456", Some("biorxiv")),
            ("10.1101/2019.12.11.19014555", Some("medrxiv")),
            ("10.1101/gr.123456.111", None),
            ("10.1101", None),
            ("10.2139/ssrn.123456", Some("ssrn")),
            ("https://doi.org/10.26434/chemrxiv.1", Some("chemrxiv")),
            ("www.biorxiv.org", Some("biorxiv")),
            ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1", Some("ssrn")),
            ("https://osf.io/preprints/psyarxiv/abcde", Some("psyarxiv")),
            ("https://osf.io/preprints/abcde", Some("osf")),
            ("https://osf.io/abcde", None),
            ("notarxiv.org", None),
            ("https://inria.hal.science/hal-01234567v2", Some("hal")),
            ("pubmed", None),
            ("", None),
        ] {
            assert_eq!(preprint_server(given), want, "{given}");
        }
    }
}
