//! The head of a page.

use super::line::{self, Line, header, trim};
use super::map::MOST_AUTHORS;
use crate::page::{Page, PageFrame};
use crate::record::{self, Name, Names, fold_key};
use crate::transform::authors::Cluster;
use std::fmt::Write as _;
use std::ops::Range;

const FIRST: &str = "Arrow Research search";
const CLUSTER: &str = "Author name cluster";
const LIST: &str = "Possible papers";
const OF_THIS_NAME: &str = "associated with this exact author name";
const GROUPING: &str =
    "This page groups case-insensitive exact name matches and is not a full identity disambiguation profile.";

/// What a head says.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// How many of the page's lines it takes.
    pub(super) lines: usize,
    /// The author whose page it is.
    pub(super) author: Option<String>,
    /// How many papers it counts, and where.
    pub(super) papers: Option<(u64, Range<usize>)>,
    /// The number over the list of papers, and where.
    pub(super) listed: Option<(u64, Range<usize>)>,
    /// How many spellings of the name it counts.
    pub(super) rows: Option<u64>,
    /// Whether the page has papers of others as well.
    pub(super) mixed: bool,
}

/// Whether a page begins with this line.
pub(super) fn is_first(line: &str) -> bool {
    line.eq_ignore_ascii_case(FIRST) || line.eq_ignore_ascii_case(CLUSTER)
}

/// The number before a word: `34 papers`.
fn count(line: &str, words: &[&str]) -> Option<u64> {
    let (number, word) = line.split_once(' ')?;
    words.contains(&trim(word)).then(|| number.replace(',', "").parse().ok()).flatten()
}

/// Reads the head from the lines before the first paper.
pub(super) fn read(lines: &[Line<'_>]) -> Head {
    let mut head = Head::default();
    if !lines.first().is_some_and(|line| is_first(line.text)) {
        return head;
    }
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = lines.get(at + 1);
        let mut known = true;
        if is_first(line.text) {
            if line.text.eq_ignore_ascii_case(CLUSTER)
                && let Some(name) = next
            {
                head.author = Some(name.text.to_owned());
                at += 1;
            }
        } else if let Some(papers) = count(line.text, &["papers", "paper"]) {
            head.papers = Some((papers, line.start..line.end()));
        } else if let Some(rows) = count(line.text, &["author rows", "author row"]) {
            head.rows = Some(rows);
        } else if line.text.contains(OF_THIS_NAME) {
            head.mixed = line.text.starts_with(|c: char| c.is_ascii_digit());
        } else if line.text.eq_ignore_ascii_case(LIST) {
            if let Some(number) = next.filter(|it| it.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')) {
                head.listed =
                    number.text.replace(',', "").parse().ok().map(|papers| (papers, number.start..number.end()));
                at += 1;
            }
        } else {
            known = false;
        }
        at += 1;
        if known {
            head.lines = at;
        }
        if head.listed.is_some() {
            // Then come the papers.
            break;
        }
    }
    head
}

impl Head {
    /// What the head says, with what it takes to give the page back: its line ends and how many of them end it.
    pub(super) fn entries(&self, text: &str) -> Vec<(Box<str>, String)> {
        let mut entries: Vec<(Box<str>, String)> = Vec::new();
        let mut enter = |name: &str, value: Option<String>| entries.extend(value.map(|value| (name.into(), value)));
        enter("author", self.author.clone());
        enter("papers", self.papers.as_ref().map(|(papers, _)| papers.to_string()));
        enter("rows", self.rows.map(|rows| rows.to_string()));
        let first = memchr::memchr2(b'\r', b'\n', text.as_bytes()).and_then(|at| text.get(at..));
        enter("line-ends", first.filter(|rest| rest.starts_with("\r\n")).map(|_| "crlf".to_owned()));
        let body = text.trim_end_matches(|c: char| c.is_ascii_whitespace());
        let end = text.get(body.len()..).unwrap_or_default();
        enter("final-line-ends", Some(crate::source::count_line_ends(end.as_bytes()).to_string()));
        entries
    }

    /// What a list lacks that was cut so that the page's author is not in it.
    pub(super) fn missing(&self, names: &Names) -> Option<Name> {
        let author = Name::from_display(self.author.as_deref().filter(|_| !self.mixed)?);
        let key = fold_key(&author.display());
        let cut = names.list.len() == MOST_AUTHORS && !names.others && !key.is_empty();
        (cut && names.list.iter().all(|name| fold_key(&name.display()) != key)).then_some(author)
    }
}

/// The author of all papers of a page with this head.
pub(super) fn author(head: &record::Head) -> Option<String> {
    let lines: Vec<Line<'_>> = line::lines(&head.raw).collect();
    let head = read(&lines);
    head.author.filter(|_| !head.mixed)
}

/// The head as it was read, or one that is computed.
pub(super) fn page(page: &Page<'_>) -> PageFrame {
    let entry = |name: &str| {
        let entries = &page.head?.entries;
        entries.iter().find(|(it, _)| &**it == name).map(|(_, value)| value.as_str())
    };
    let ends = entry("final-line-ends").and_then(|it| it.parse().ok()).unwrap_or(1usize);
    let head = match (page.head, page.author) {
        // A carriage return alone, of which one more line feed would make another end of a line, is one.
        (Some(head), None) => {
            let mut head = head.raw.replace("\r\n", "\n").replace('\r', "\n");
            // Text that stood between it and the first paper may be left out: what begins a paper may need a blank line.
            while page.any && !head.is_empty() && !head.ends_with("\n\n") {
                head.push('\n');
            }
            head
        }
        (_, author) => computed(page, author),
    };
    // A head without anything behind it ends with its own line ends.
    let tail =
        if !page.any && page.author.is_none() && page.head.is_some() { 0 } else { ends.min(1 << 10) };
    PageFrame { head, tail: "\n".repeat(tail), crlf: entry("line-ends") == Some("crlf"), row: None }
}

fn computed(page: &Page<'_>, author: Option<&str>) -> String {
    let all = page.clusters.sorted();
    let cluster = match author {
        Some(author) => page.clusters.of(author),
        None => all.first().copied(),
    };
    // A name that looks like the first line of a paper would be taken for it.
    let name = author.filter(|_| cluster.is_none()).or(cluster.map(Cluster::name)).filter(|it| header(it).is_none());
    let one_or_many = |count: u64, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let records = page.clusters.records;
    let mut out = format!("{FIRST}\n\n");
    // Writing to a string cannot fail.
    if let Some(name) = name {
        let name = name.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let papers = cluster.map_or(0, |cluster| cluster.papers);
        let _ = write!(out, "{CLUSTER}\n\n{name}\n\n");
        let _ = if papers == records {
            writeln!(out, "{LIST} {OF_THIS_NAME} in Arrow. {GROUPING}\n")
        } else {
            writeln!(out, "{papers} of these {records} papers are {OF_THIS_NAME}. {GROUPING}\n")
        };
    }
    let _ = writeln!(out, "{}", one_or_many(records, "paper"));
    if let Some(cluster) = cluster {
        let _ = writeln!(out, "{}", one_or_many(cluster.spellings.len() as u64, "author row"));
    }
    let _ = write!(out, "\n{LIST}\n\n{records}");
    if page.any {
        out.push_str("\n\n");
    }
    out
}
