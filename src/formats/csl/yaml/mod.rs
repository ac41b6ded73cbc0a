//! `csl-yaml`: the same items as CSL-JSON, as pandoc has them: a list under `references` in YAML, or in the head of a
//! Markdown file.
//!
//! ```yaml
//! ---
//! references:
//! - id: doe2020
//!   type: article-journal
//!   title: On *Examples*
//!   author:
//!   - family: Doe
//!     given: Jane
//!   issued:
//!     date-parts:
//!     - - 2020
//!       - 3
//! ...
//! ```
//!
//! An item is a piece of its own, and one that is no YAML costs no other. It is turned into the JSON it stands for, and read
//! by the tables of CSL-JSON; rich text is Markdown. Anchors and aliases hold within an item, and what they blow up is
//! bounded. What stands around the list is kept as the head of the file.

mod cut;
mod markdown;
mod read;
mod write;

use super::CSL_JSON;
use crate::diagnostic::{Code, Severity};
use crate::format::Format;
use crate::formats::csl::sniff;

/// CSL-YAML.
pub(in crate::formats) static CSL_YAML: Format = Format {
    id: "csl-yaml",
    name: "CSL-YAML",
    aliases: &["pandoc-yaml", "csl-yml", "references-yaml"],
    extensions: &["yaml", "yml", "md", "markdown", "qmd", "rmd"],
    media_types: &["application/yaml"],
    about: "references of pandoc, in YAML or in a Markdown file's head",
    specification: "pandoc's manual, \"Citations\": bibliographic data in YAML; CSL 1.0.2",
    sniff: sniff::yaml,
    cutter: Some(|| Box::new(cut::YamlCutter::default())),
    read: Some(read::read),
    write: Some(write::YAML),
    codes: &[&YAML_INVALID],
    ..CSL_JSON
};

/// An item that is no YAML.
pub(super) static YAML_INVALID: Code = Code {
    id: "yaml-invalid",
    severity: Severity::Error,
    title: "an item that is not YAML",
    page: "The item at this place could not be read as YAML: a quotation mark or a bracket is not closed, lines are not indented \
           as they must be, a tab stands where spaces must, or it refers to an anchor that it does not have. It was not read; \
           its text is kept, and all other items were read.",
};
