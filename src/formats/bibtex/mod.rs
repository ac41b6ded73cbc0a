//! `bibtex` and `biblatex`: .bib files, in the dialect of BibTeX's standard styles or of BibLaTeX.
//!
//! Both are of one family: what one keeps of its source the other writes back. BibTeX gets the fourteen entry types of
//! its standard styles, `year` and `month`, `journal`, `school`; BibLaTeX its own types and fields. Fields that BibTeX's
//! styles ignore are written under BibLaTeX's names, for there they do no harm and are read by many programs.
//!
//! ```text
//! @inproceedings{linsley2018learning,
//!   author = {Linsley, Drew and Serre, Thomas and others},
//!   title = {Learning long-range spatial dependencies with horizontal gated recurrent units},
//!   booktitle = {Advances in Neural Information Processing Systems},
//!   pages = {152--164},
//!   year = {2018},
//! }
//! ```
//!
//! Values are valid LaTeX with balanced braces, in UTF-8, or in commands with `--ascii`. Titles from sources that cannot
//! mark capitals get braces around words that lower-casing would damage. See [`write`] for how values stand in the file.

mod check;
mod codec;
mod complete;
mod cut;
mod datamodel;
mod dates;
mod fit;
mod identifiers;
mod layout;
mod lex;
mod links;
mod lists;
mod macros;
mod map;
mod names;
mod numbers;
mod outline;
mod places;
mod programs;
mod publishers;
mod read;
mod roles;
mod scan;
mod tags;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod write;
mod zotero;

use crate::format::{Carrier, Format, Frame, Links, Score, Writer};
use crate::mapping::Mapping;
use crate::transform::repair::Level;

/// Which names of types and fields are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    BibTex,
    BibLatex,
}

impl Dialect {
    fn mapping(self) -> &'static Mapping {
        match self {
            Dialect::BibTex => &map::BIBTEX,
            Dialect::BibLatex => &map::BIBLATEX,
        }
    }

    fn format(self) -> &'static Format {
        match self {
            Dialect::BibTex => &BIBTEX,
            Dialect::BibLatex => &BIBLATEX,
        }
    }
}

const WRITER: Writer = Writer {
    frame: Frame { open: "", between: "\n", close: "", empty: "", tight: true },
    needs_key: true,
    tex_keys: true,
    record: |out, writing| write::record(Dialect::BibTex, out, writing),
    passage: write::passage,
    head: Writer::no_head,
    page: None,
};

const LINKS: Links = Links {
    marks: &[("cros", "sref"), ("", "xdata")],
    key: Some(read::key_of),
    said: Some(links::said),
    targets: Some(links::targets_of),
    defines: macros::names,
    macros: Some(crate::format::Macros { define: macros::define, evaluate: macros::evaluate }),
};

/// BibTeX.
pub(super) static BIBTEX: Format = Format {
    id: "bibtex",
    name: "BibTeX",
    family: "bibtex",
    aliases: &["bib"],
    extensions: &["bib", "bibtex"],
    media_types: &["application/x-bibtex", "text/x-bibtex"],
    about: "entries for BibTeX's standard styles",
    specification: "https://ctan.org/pkg/bibtex (btxdoc.pdf)",
    lost: "Kinds beyond the fourteen entry types become the nearest of them. Roles, dates and titles that BibTeX does not \
           know stand under BibLaTeX's names, which its styles ignore. Identifiers of contributors, dates other than those \
           of publication, access, event and original, section, session, scale and archive have no field.",
    sniff: |head| sniff(head, Dialect::BibTex),
    cutter: Some(|| Box::new(cut::BibCutter::default())),
    read: Some(|reading| read::read(&map::BIBTEX, reading)),
    write: Some(WRITER),
    links: Some(LINKS),
    carrier: Carrier::Native,
    repair: Level::Off,
    mapping: Some(&map::BIBTEX),
    check: Some(check::check),
    codes: &[
        &names::ET_AL,
        &names::BY_COMMAS,
        &names::BY_WORD,
        &names::SEVERAL,
        &names::SUFFIX,
        &names::ROLE,
        &names::NOTHING,
        &names::CAPITALS,
        &check::SIDE_BY_SIDE,
        &check::TYPE_FOREIGN,
        &check::FIELD_FOREIGN,
        &check::DATE_FOREIGN,
        &check::NAME_FOREIGN,
        &check::TEXT_BETWEEN,
        &codec::COMMAND_UNKNOWN, &read::UNCLOSED, &read::SYNTAX, &read::HEADLESS, &read::ENTRY_IN_VALUE, &read::KEY_MISSING, &read::MACRO_UNDEFINED],
};

/// BibLaTeX.
pub(super) static BIBLATEX: Format = Format {
    id: "biblatex",
    name: "BibLaTeX",
    aliases: &["biber"],
    media_types: &[],
    about: "entries for BibLaTeX and Biber",
    specification: "https://ctan.org/pkg/biblatex (biblatex.pdf)",
    lost: "Subtypes without an entry subtype, identifiers of contributors but ORCID iDs, dates other than those of \
           publication, access, event and original, section, session, scale and archive have no field.",
    sniff: |head| sniff(head, Dialect::BibLatex),
    read: Some(|reading| read::read(&map::BIBLATEX, reading)),
    write: Some(Writer { record: |out, writing| write::record(Dialect::BibLatex, out, writing), ..WRITER }),
    mapping: Some(&map::BIBLATEX),
    ..BIBTEX
};

/// Entry types that only BibLaTeX has.
const TYPES_OF_BIBLATEX: &[&str] = &[
    "online",
    "report",
    "thesis",
    "collection",
    "mvbook",
    "mvcollection",
    "mvproceedings",
    "mvreference",
    "reference",
    "inreference",
    "periodical",
    "software",
    "dataset",
    "xdata",
    "set",
    "suppbook",
    "suppcollection",
    "bookinbook",
];
/// Fields that only files for BibLaTeX have. Those that stand in files for BibTeX as well, because its styles ignore them
/// (`langid`, `eventtitle`), tell nothing: what is written for BibTeX must be taken for it when it is read. A `date` tells
/// as much where no entry has a `year`, and a `location` where none has an `address`: ACM's files for BibTeX have both.
const FIELDS_OF_BIBLATEX: &[&str] = &["journaltitle", "xdata"];

/// An entry, a string or a comment at the start of a line. Files that could be of either dialect are of both.
fn sniff(head: &[u8], dialect: Dialect) -> Score {
    let among = |words: &[&str], word: &[u8]| words.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(word));
    let mut any = false;
    let mut marked = false;
    for line in head.split(|byte| matches!(byte, b'\n' | b'\r')) {
        let Some(line) = line.trim_ascii_start().strip_prefix(b"@") else { continue };
        let word = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let (word, after) = line.split_at(word);
        if word.len() > 2 && matches!(after.trim_ascii_start().first(), Some(b'{' | b'(')) {
            any = true;
            marked |= among(TYPES_OF_BIBLATEX, word);
        }
    }
    if any && !marked {
        let fields = || memchr::memchr_iter(b'=', head).map(|at| field_before(head, at));
        let has = |name: &[&str]| fields().any(|field| among(name, field));
        let without = |name: &str, other: &str| has(&[name]) && !has(&[other]);
        marked = has(FIELDS_OF_BIBLATEX) || without("date", "year") || without("location", "address");
    }
    match (any, marked) {
        (false, _) => Score::NO,
        (true, true) if dialect == Dialect::BibTex => Score::MAYBE,
        (true, _) => Score::LIKELY,
    }
}

/// The name of a field that stands before an equals sign: behind a comma or at the start of a line, however the entry is
/// laid out. Empty if none does.
fn field_before(head: &[u8], equals: usize) -> &[u8] {
    let before = head.get(..equals).unwrap_or_default().trim_ascii_end();
    let length = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (rest, name) = before.split_at(before.len() - length);
    let space = rest.get(rest.trim_ascii_end().len()..).unwrap_or_default();
    let begins = rest.trim_ascii_end().last().is_none_or(|byte| *byte == b',');
    if begins || space.contains(&b'\n') || space.contains(&b'\r') { name } else { &[] }
}
