//! Whose table it is: a table of columns for each program and database, recognised by the header.
//!
//! A column's name counts without its case and without what stands between its words. A table that nobody's columns
//! tell apart is read by [`union`]: the names that people give columns.

mod databases;
mod kinds;
mod reviews;
mod springer;
mod union;
mod wos;
mod zotero;

use super::own;
use crate::columns::Meaning;
use crate::mapping::{CarryIn, Echo, Mapping, Rule, Tag, Types, type_read};
use crate::record::Kind;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

pub(super) use kinds::{KindRow, SAID_BESIDE, SCHOLAR_FINDS, UNION as UNION_KINDS, find as find_kind};
pub(super) use zotero::{LAYOUT as ZOTERO_LAYOUT, MAPPING as ZOTERO_MAPPING};

/// The table of a program or database.
pub(super) struct Dialect {
    /// Its name, for people; empty for tables of unknown origin.
    pub(super) name: &'static str,
    /// Columns that only its tables have: all of one of these groups.
    marks: &'static [&'static [&'static str]],
    /// Other spellings of columns.
    aliases: &'static [(&'static str, &'static str)],
    /// Its columns and what they mean.
    pub(super) mapping: &'static Mapping,
    /// The columns that say what a record is; the first that says it holds.
    pub(super) type_columns: &'static [&'static str],
    /// The words that stand in them.
    pub(super) kinds: &'static [KindRow],
    /// What a record is if nothing says it; without one, what its fields say.
    pub(super) default: Option<Kind>,
    /// Whether a type word is one of the mapping's own.
    pub(super) typed: bool,
    /// A column that says in one line what others would: the parts of a citation, by the tags that they get.
    pub(super) derived: Option<(&'static str, Derive)>,
    /// Made once, on first use: the tags by their folded names.
    index: OnceLock<FxHashMap<String, u16>>,
    /// Made once, on first use: the folded names of `marks`.
    folded_marks: OnceLock<Vec<Vec<String>>>,
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dialect({})", self.name)
    }
}

/// Takes one line apart.
pub(super) type Derive = fn(&str) -> Vec<(&'static str, String)>;

/// The type words of tables that say by no more than a word what a record is.
const NO_TYPES: Types = Types { rows: &[type_read("", Kind::Misc)], names: &[], fallback: "", mark_tag: None, refine: None, guess: None };

/// A table for reading alone.
const fn table(
    tags: &'static [Tag],
    rules: &'static [Rule],
    keys: &'static [&'static str],
    kept: &'static [&'static str],
) -> Mapping {
    Mapping {
        family: super::FAMILY,
        format: super::FAMILY,
        types: NO_TYPES,
        tags,
        rules,
        echoes: &[],
        keys,
        kept,
        takes_extra: |_, _| true,
        extras_apart: false,
        keeps_order: false,
        unsupported: &[],
        carry: CarryIn::Nowhere,
        lines: None,
        variants: &[],
        index: OnceLock::new(),
    }
}

/// The same table with columns that may repeat others.
const fn repeating(echoes: &'static [Echo], mut mapping: Mapping) -> Mapping {
    mapping.echoes = echoes;
    mapping
}

/// Columns, each of which stands once.
macro_rules! columns {
    ($($name:literal)*) => { &[$(crate::mapping::one($name)),*] };
}
use columns;

/// Our own tables; their cells need no mapping.
pub(super) static OWN: Dialect = Dialect {
    name: "bibferry",
    marks: &[],
    aliases: &[],
    mapping: &union::MAPPING,
    type_columns: &[],
    kinds: &[],
    default: None,
    typed: false,
    derived: None,
    index: OnceLock::new(),
    folded_marks: OnceLock::new(),
};

/// Those that are known, by how much their columns tell.
static ALL: &[&Dialect] = &[
    &zotero::ZOTERO,
    &wos::WOS,
    &databases::SCOPUS,
    &databases::DIMENSIONS,
    &databases::LENS_PATENTS,
    &databases::LENS,
    &databases::PUBMED,
    &databases::EMBASE,
    &databases::IEEE,
    &databases::ACM,
    &databases::EBSCO,
    &databases::COCHRANE,
    &databases::OPENALEX,
    &springer::SPRINGER,
    &reviews::PUBLISH_OR_PERISH,
    &reviews::SCHOLAR,
    &reviews::COVIDENCE,
    &reviews::RAYYAN,
    &reviews::JABREF,
    &union::BIBTEX,
];

/// A column's name without its case and what stands between its words.
pub(super) fn fold(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        let mut folded = String::with_capacity(name.len());
        folded.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
        return folded;
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a name of a table, which is ASCII, is this when it is folded.
fn folds_to(name: &str, folded: &str) -> bool {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).eq(folded.bytes())
}

impl Dialect {
    /// The tag of a column.
    pub(super) fn tag(&self, column: &str) -> Option<u16> {
        self.index().get(&fold(column)).copied()
    }

    fn index(&self) -> &FxHashMap<String, u16> {
        self.index.get_or_init(|| {
            let tags = self.mapping.tags.iter().map(|tag| (tag.name, tag.name));
            let all = tags.chain(self.aliases.iter().copied());
            all.filter_map(|(name, tag)| Some((fold(name), self.mapping.tag(tag)?))).collect()
        })
    }

    /// Whether it is the table of a known program.
    pub(super) fn is_named(&self) -> bool {
        !self.name.is_empty()
    }

    /// Whether its type column says what Google Scholar found where it knows no kind.
    pub(super) fn says_what_was_found(&self) -> bool {
        self.kinds == kinds::SCHOLAR
    }

    /// Whether its type column has several words, each of which is known: the first that fits says the kind.
    pub(super) fn says_several(&self) -> bool {
        self.kinds == kinds::WOS
    }

    /// Whether the cells are fields of BibTeX, as they stand in a .bib file.
    pub(super) fn is_tex(&self) -> bool {
        std::ptr::eq(self, &raw const union::BIBTEX)
    }

    pub(super) fn is_own(&self) -> bool {
        std::ptr::eq(self, &raw const OWN)
    }

    /// How many of these folded names it has.
    fn knows(&self, names: &[String], folded: &[String]) -> usize {
        let known = names.iter().zip(folded).filter(|(name, folded)| !name.is_empty() && self.index().contains_key(*folded));
        known.count()
    }

    /// Whether these folded names have all columns of one of the groups that only its tables have.
    fn is_marked(&self, folded: &[String]) -> bool {
        let marks = self.folded_marks.get_or_init(|| {
            let fold_all = |group: &&[&str]| group.iter().map(|name| fold(name)).collect();
            self.marks.iter().map(fold_all).collect()
        });
        marks.iter().any(|group| group.iter().all(|name| folded.contains(name)))
    }
}

/// Whose table has these columns, how many of them are known, and whether that is certain.
pub(super) fn recognise(names: &[String]) -> (&'static Dialect, usize, bool) {
    if own::is_own(names) {
        let known = names.iter().filter(|name| Meaning::from_name(name).is_some()).count();
        return (&OWN, known, true);
    }
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    match ALL.iter().find(|it| it.is_marked(&folded)) {
        Some(dialect) => (dialect, dialect.knows(names, &folded), true),
        None => (&union::UNION, union::UNION.knows(names, &folded), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{Cells, Way};
    use crate::read::{ReadOptions, Reading};
    use crate::source::Place;

    fn all() -> impl Iterator<Item = &'static Dialect> {
        ALL.iter().copied().chain([&union::UNION])
    }

    /// Rows name columns that there are, and each gives its field for its codec's example, alone or beside others.
    #[test]
    fn rows_are_sound() {
        let mut wrong = Vec::new();
        for dialect in all() {
            let mapping = dialect.mapping;
            for (name, tag) in dialect.aliases {
                if mapping.tag(tag).is_none() {
                    wrong.push(format!("{}: alias {name} of {tag}, which is no column", dialect.name));
                }
            }
            for column in dialect.type_columns.iter().chain(mapping.keys) {
                if mapping.tag(column).is_none() {
                    wrong.push(format!("{}: {column} is no column", dialect.name));
                }
            }
            let reading = |rule: &&Rule| rule.way != Way::Write;
            for rule in mapping.rules.iter().filter(reading) {
                let tags: Vec<&str> = rule.tags.split('/').collect();
                for tag in &tags {
                    if mapping.tag(tag).is_none() {
                        wrong.push(format!("{}: {tag} is no column", dialect.name));
                    }
                }
                if mapping.types.rows.len() > 1 {
                    continue;
                }
                let options = ReadOptions { keep_source: false, ..ReadOptions::default() };
                let place = Place { input: 0, line: 1, column: 1 };
                let mut reader = Reading::new("", &[], mapping.family, place, &options);
                let mut cells = Cells::new(mapping);
                for (tag, raw) in rule.beside {
                    cells.push(tag, *tag, *raw, 0..0);
                }
                for (tag, raw) in tags.iter().zip(rule.codec.example) {
                    cells.push(tag, *tag, *raw, 0..0);
                }
                let record = mapping.read(Some(""), &mut cells, &mut reader, 0..0);
                if record.get(rule.field).is_none() {
                    wrong.push(format!("{}: {} gives no {}", dialect.name, rule.tags, rule.field.name()));
                }
            }
            let unread = mapping.tags.iter().filter(|tag| {
                let by_rule = mapping.rules.iter().any(|rule| rule.tags.split('/').any(|it| it == tag.name));
                let other = mapping.keys.contains(&tag.name)
                    || mapping.kept.contains(&tag.name)
                    || dialect.type_columns.contains(&tag.name);
                !by_rule && !other
            });
            wrong.extend(unread.map(|tag| format!("{}: nothing is said of {}", dialect.name, tag.name)));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn each_dialect_is_recognised_by_its_marks_alone() {
        for dialect in ALL {
            for group in dialect.marks {
                let names: Vec<String> = group.iter().map(|it| (*it).to_owned()).collect();
                let (found, ..) = recognise(&names);
                assert_eq!(found.name, dialect.name, "{group:?}");
            }
        }
    }
}
