//! `json` and `jsonl`: the canonical record, whole.
//!
//! `json` is an array of items, each member and each field on a line of its own; `jsonl` is one item on each line, for
//! `jq`, data frames and pipes. Nothing is lost in either, and both read back to the same items.
//!
//! # The shape
//!
//! An item is an object: a record (it has a `kind`), a passage (`passage`: raw text between records; one
//! too long for one item `goes-on` in the next, what follows a `tight` one stands on the very next line, and what a
//! `restated` one says stands in the records as well) or a head (`head`: what a file says of itself).
//!
//! ```json
//! {
//!   "kind": "article-journal",
//!   "type": {"family":"ris","word":"JOUR"},
//!   "key": "doe2020",
//!   "fields": {
//!     "title": "On Examples",
//!     "author": [{"family":"Doe","given":"Jane"}],
//!     "issued": "2020-03",
//!     "pages": [{"start":"1","end":"9"}],
//!     "doi": ["10.1000/1"]
//!   },
//!   "extras": [
//!     {"family":"ris","tag":"U1","value":"kept"}]
//! }
//! ```
//!
//! * `kind` is one of the 52 kinds, `subtype` a finer word, `basis` how the kind is known (`inferred`, `defaulted`;
//!   left out when the source stated it), `type` the source's own type word (with the `format` where
//!   a family has several, and the `order` of the tags where it is not that of the tables), `key` the citation key (`made-key` if we
//!   made it).
//! * `fields` has a member for each field that the record has; `bibferry explain FIELD` says what it holds. A field that
//!   may repeat is an array, contributors of one role are one list. A field that needs more is
//!   `{"slots": [{"value": …, "group": 1, "source": {"family": …, "cells": [[tag, raw], …]}}, …]}`: several lists of
//!   contributors, groups, or the source's strings where they say more than the value (`[tag, raw, "expression"]` where
//!   they are not a plain value; `"part": [0, 3]` is the first of three values from the same strings).
//! * Texts are strings, or `{"text": …, "marks": [{"start", "end", "is", "of"}]}` with offsets in bytes of UTF-8; dates
//!   are EDTF strings, or `{"edtf": …, "literal": …}`; names are `{"family", "given", "particle", "dropping-particle",
//!   "suffix", "literal", …}`; a list of names that is more than its names is `{"list": …, "others": true, "role": …,
//!   "unplaced": …}`.
//! * `extras` are what no rule of the source's format understood. `order` lists the field of each slot where the slots of
//!   one field do not stand side by side in the source.
//!
//! A member that is not as described is kept as an extra of the family `json`, with a finding.

pub(in crate::formats) mod cut;
pub(in crate::formats) mod outline;
pub(in crate::formats) mod read;
pub(in crate::formats) mod scan;
mod write;

use crate::format::{Carrier, Format, Links, Score};
use crate::transform::repair::Level;
use memchr::memmem;

/// The canonical record as an array.
pub(super) static JSON: Format = Format {
    id: "json",
    name: "bibferry JSON",
    family: "json",
    aliases: &["bibferry"],
    extensions: &["json"],
    media_types: &["application/json"],
    about: "the canonical record, one array",
    specification: "https://docs.rs/bibferry (module formats::json)",
    lost: "Nothing: it is the record itself.",
    sniff: sniff_array,
    cutter: Some(|| Box::new(cut::JsonCutter::default())),
    read: Some(read::read),
    write: Some(write::JSON),
    links: Some(Links { marks: &[("cros", "sref"), ("", "xdata")], key: None, said: None, targets: None, defines: |_| Vec::new(), macros: None }),
    carrier: Carrier::Native,
    repair: Level::Off,
    mapping: None,
    check: None,
    codes: &[],
};

/// The canonical record, one item a line.
pub(super) static JSONL: Format = Format {
    id: "jsonl",
    name: "bibferry JSON lines",
    aliases: &["ndjson"],
    extensions: &["jsonl", "ndjson"],
    media_types: &["application/x-ndjson"],
    about: "the canonical record, one a line",
    sniff: sniff_lines,
    write: Some(write::JSONL),
    ..JSON
};

/// Whether an object begins here that has our members, in whatever order a tool may have put them.
fn is_item(head: &[u8]) -> bool {
    let Some(rest) = head.trim_ascii_start().strip_prefix(b"{") else { return false };
    let rest = rest.trim_ascii_start();
    let has = |member: &[u8]| memmem::find(rest, member).is_some();
    let first = [&b"\"passage\""[..], b"\"head\""].iter().any(|member| rest.starts_with(member));
    first || (has(b"\"kind\"") && has(b"\"fields\"")) || (has(b"\"family\"") && (has(b"\"passage\"") || has(b"\"head\"")))
}

fn sniff_array(head: &[u8]) -> Score {
    let head = head.trim_ascii_start();
    match head.strip_prefix(b"[") {
        Some(rest) if is_item(rest) => Score::SURE,
        Some(rest) if rest.trim_ascii() == b"]" => Score::MAYBE,
        _ => Score::NO,
    }
}

fn sniff_lines(head: &[u8]) -> Score {
    if is_item(head) { Score::SURE } else { Score::NO }
}
