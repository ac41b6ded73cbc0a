//! `csl-json` and `csl-yaml`: what citation processors eat.
//!
//! ```json
//! [{"id": "doe2020", "type": "article-journal", "title": "On <i>Examples</i>",
//!   "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2020, 3]]}}]
//! ```
//!
//! An array of items, one item, items by their keys, one item a line, or an array in an object (`{"items": […]}`, Crossref's
//! messages, the `references` of pandoc's metadata). Variables are those of CSL 1.0.2; what older versions, Zotero, pandoc,
//! citeproc-js, Crossref and `DataCite` have beside them is read as well. The modules say how rich text, contributors and
//! dates stand in them.
//!
//! What is written has no property outside the published schema (csl-data.json): what CSL has no variable for stands in
//! `custom`, the schema's own place for such things, under the name that `bibferry explain` knows it by, and so does what no
//! table knew. `custom.kind` and `custom.subtype` say what a record is where its type does not.

mod codec;
mod join;
mod json;
mod map;
mod members;
mod read;
mod schema;
mod sniff;
#[cfg(test)]
mod tests;
mod text;
mod write;
mod yaml;

pub(super) use yaml::CSL_YAML;

use crate::format::{Carrier, Format};
use crate::formats::json::cut::JsonCutter;
use crate::transform::repair::Level;

/// CSL-JSON.
pub(super) static CSL_JSON: Format = Format {
    id: "csl-json",
    name: "CSL-JSON",
    family: "csl",
    aliases: &["csl", "csljson", "citeproc", "citeproc-json"],
    extensions: &["json", "csljson", "citeproc"],
    media_types: &["application/vnd.citationstyles.csl+json"],
    about: "what citation processors, Zotero and pandoc read",
    specification: "CSL 1.0.2, appendices III and IV, and its schema csl-data.json; mapping reference 3.1 and 3.8",
    lost: "Identifiers and affiliations of contributors, \"and others\", roles beyond those that CSL has variables for, math and \
           links in texts, kinds of notes and keywords, which of several publishers has which place. `--carry` keeps them in \
           `custom`, where what CSL has no variable for stands anyway.",
    sniff: sniff::json,
    cutter: Some(|| Box::new(JsonCutter::within(read::WRAPPERS))),
    read: Some(read::read),
    write: Some(write::JSON),
    links: None,
    carrier: Carrier::Native,
    repair: Level::Off,
    mapping: Some(&map::MAPPING),
    check: None,
    codes: &[],
};
