//! Whether an input is CSL-JSON: by the members of its first item.

use super::map::types::{is_known, is_written};
use super::read::WRAPPERS;
use crate::format::Score;

/// Variables that hardly any other JSON has under these names.
const SIGNS: &[&str] = &[
    "DOI",
    "ISBN",
    "ISSN",
    "PMCID",
    "PMID",
    "URL",
    "accessed",
    "archive_location",
    "call-number",
    "citation-key",
    "collection-title",
    "container-title",
    "container-title-short",
    "event-place",
    "event-title",
    "issued",
    "journalAbbreviation",
    "original-date",
    "publisher-place",
    "shortTitle",
    "title-short",
];

/// Members of items of other formats.
const OTHERS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "attributes",
    "cff-version",
    "citation",
    "creators",
    "display_name",
    "entries",
    "fields",
    "head",
    "itemType",
    "kind",
    "passage",
    "schemaVersion",
    "titles",
    "types",
];

/// Scores the beginning of a JSON text.
pub(super) fn json(head: &[u8]) -> Score {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with(['{', '[']) {
        return Score::NO;
    }
    if text.strip_prefix('[').is_some_and(|rest| rest.trim() == "]") {
        return Score::MAYBE;
    }
    let mut found = Found::default();
    found.look(text);
    if found.score() > Score::NO || found.others {
        return found.score();
    }
    // The first item may be the one that is damaged.
    if text.starts_with('[')
        && let Some(score) = later_items(text).map(Found::score_of).find(|score| *score > Score::NO)
    {
        return score;
    }
    // Items by their keys.
    let first = text.strip_prefix('{').and_then(|rest| Some((rest, rest.find('{')?)));
    let Some((rest, at)) = first.filter(|(rest, at)| rest.get(..*at).is_some_and(|key| key.trim_end().ends_with(':'))) else {
        return Score::NO;
    };
    Found::score_of(rest.get(at..).unwrap_or_default())
}

/// How many items behind the first are looked at.
const LATER: usize = 8;

/// What begins with the next items of an array, wherever it breaks off.
fn later_items(text: &str) -> impl Iterator<Item = &str> {
    let item = |(at, _): (usize, &str)| {
        let behind = text.get(at + 1..)?.trim_start().strip_prefix(',')?.trim_start();
        behind.starts_with('{').then_some(behind)
    };
    text.match_indices('}').filter_map(item).take(LATER)
}

#[derive(Default)]
struct Found {
    word: Option<String>,
    id: bool,
    title: bool,
    signs: usize,
    others: bool,
    names: bool,
}

impl Found {
    fn score_of(item: &str) -> Score {
        let mut found = Found::default();
        found.look(item);
        found.score()
    }

    /// Looks at the members of the first object; where it only wraps items, at those of the first item.
    fn look(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut depth = 0usize;
        // The depth at which the members of the item stand.
        let mut level = 1;
        let (mut at, mut name) = (0, String::new());
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    let end = string_end(bytes, at);
                    let inner = text.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
                    let behind = text.get(end..).unwrap_or_default().trim_start();
                    if behind.starts_with(':') {
                        if depth == level {
                            self.member(inner);
                        }
                        if depth == level + 2 && inner == "family" {
                            self.names = true;
                        }
                        inner.clone_into(&mut name);
                    } else if depth == level && name == "type" && self.word.is_none() {
                        self.word = Some(inner.to_owned());
                    }
                    at = end;
                    continue;
                }
                b'{' | b'[' => {
                    let wraps = depth == level && WRAPPERS.contains(&&*name) && self.word.is_none();
                    if wraps && (*byte == b'[' || name == "message") {
                        *self = Found::default();
                        depth += usize::from(*byte == b'{');
                        level = depth + usize::from(*byte == b'[');
                    } else if *byte == b'{' || depth > 0 {
                        depth += 1;
                    }
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth < level {
                        return;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn member(&mut self, name: &str) {
        self.id |= name == "id";
        self.title |= name == "title";
        self.signs += usize::from(SIGNS.contains(&name));
        self.others |= OTHERS.contains(&name);
    }

    fn score(&self) -> Score {
        let word = self.word.as_deref().unwrap_or_default();
        if self.others {
            return Score::NO;
        }
        match (is_written(word), is_known(word)) {
            (true, _) if self.signs > 0 || (self.id && self.names) => Score::SURE,
            (true, _) if self.id || self.title => Score::LIKELY,
            (_, true) if self.signs > 1 => Score::LIKELY,
            _ if self.signs > 1 && (self.title || self.id) => Score::LIKELY,
            _ if (self.signs > 0 || self.names) && (self.title || self.id) => Score::MAYBE,
            _ => Score::NO,
        }
    }
}

/// Scores the beginning of a YAML text, or of a Markdown file.
pub(super) fn yaml(head: &[u8]) -> Score {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with(['{', '[', '@', '<']) {
        return Score::NO;
    }
    let is_markdown = text.starts_with("---");
    let mut named = false;
    let mut listed = false;
    let mut found = Found::default();
    for line in text.lines() {
        let bare = line.trim_start_matches([' ', '-']);
        let name = bare.split(':').next().unwrap_or_default().trim_matches(['"', '\'']);
        if line.starts_with("cff-version") {
            return Score::NO;
        }
        named |= is_list(line);
        listed |= line.trim_start().starts_with("- ");
        // Front matter is over.
        if is_markdown && named && listed && (line == "..." || (line == "---" && found.word.is_some())) {
            break;
        }
        let value = bare.split_once(':').map_or("", |(_, value)| value.trim().trim_matches(['"', '\'']));
        if name == "type" && found.word.is_none() {
            found.word = Some(value.to_owned());
        } else if !name.is_empty() && bare.contains(':') {
            found.member(name);
            found.names |= name == "family";
        }
    }
    let word = found.word.as_deref().unwrap_or_default();
    match (named && listed, is_known(word)) {
        (true, true) => Score::SURE,
        (true, false) if found.signs > 0 || found.names => Score::LIKELY,
        (false, true) if found.id && (listed || found.title) && (found.signs > 0 || found.names) => Score::LIKELY,
        (false, true) if found.id && listed => Score::MAYBE,
        _ if found.id && found.title && listed => Score::MAYBE,
        // A list that is empty, or of nothing known.
        _ if text.lines().find(|line| !line.trim().is_empty() && !line.starts_with(['#', '-', '%'])).is_some_and(is_list) => Score::MAYBE,
        _ => Score::NO,
    }
}

/// Whether a line names the list of items.
fn is_list(line: &str) -> bool {
    line.starts_with("references:") || line.starts_with("\"references\":")
}

/// The end of the string whose quote stands at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut from = at + 1;
    while let Some(byte) = bytes.get(from) {
        match byte {
            b'"' => return from + 1,
            b'\\' => from += 2,
            _ => from += 1,
        }
    }
    bytes.len()
}
