//! What an entry takes from others: `crossref` and `xdata`, as Biber resolves them. Section 3.7 of the mapping reference,
//! appendix B of the BibLaTeX manual.
//!
//! A child takes every field that it lacks and its parent has, some under another name: the title of the proceedings is
//! the book title of the paper. An `@xdata` entry is a container of fields and nothing else: whoever names it takes them
//! all. Parents may have parents.
//!
//! ```
//! use bibferry::record::{Field, Kind, Record, Relation, Text, Value};
//! use bibferry::transform::inherit::{Parents, resolve};
//! let mut parent = Record::new(Kind::Proceedings);
//! parent.key = Some(bibferry::record::Key { text: "p".into(), made: false, stated: None });
//! parent.push(Field::Title, Value::Text(Text::plain("Proceedings of X")));
//! let mut parents = Parents::default();
//! parents.add(parent);
//! let mut child = Record::new(Kind::ConferencePaper);
//! child.push(Field::Relation, Value::Relation(Relation { kind: "crossref".into(), target: "p".into() }));
//! resolve(&mut child, &parents, &mut Vec::new());
//! assert_eq!(child.text(Field::ContainerTitle), Some("Proceedings of X"));
//! ```

mod pieces;

use crate::diagnostic::{CROSSREF_CYCLE, CROSSREF_MISSING, Code, Diagnostic};
use crate::record::{Extra, Field, Key, Kind, Record, Relation, Slot, Value, excerpt};
use crate::source::Place;
use std::borrow::Cow;
use std::collections::HashMap;

/// The relations by which fields are inherited.
const XDATA: &str = "xdata";
const CROSSREF: &str = "crossref";

/// How many parents one above another are looked at.
const DEPTH: usize = 8;
/// How many parents one record may have in all: what bounds the work on any input.
const WIDTH: usize = 256;

/// Parents and children of these types, and the fields that get another name.
struct Rule {
    parents: &'static [&'static str],
    children: &'static [&'static str],
    fields: &'static [(Field, Field)],
}

const TO_SET: &[(Field, Field)] =
    &[(Field::Title, Field::SetTitle), (Field::Subtitle, Field::SetSubtitle), (Field::TitleAddon, Field::SetAddon)];
const TO_CONTAINER: &[(Field, Field)] = &[
    (Field::Title, Field::ContainerTitle),
    (Field::Subtitle, Field::ContainerSubtitle),
    (Field::TitleAddon, Field::ContainerAddon),
];
const IN_BOOK: &[&str] = &["inbook", "bookinbook", "suppbook"];
const IN_COLLECTION: &[&str] = &["incollection", "inreference", "suppcollection"];
const IN_PROCEEDINGS: &[&str] = &["inproceedings", "conference"];

/// BibLaTeX's defaults.
const RULES: &[Rule] = &[
    Rule {
        parents: &["mvbook", "book"],
        children: IN_BOOK,
        fields: &[(Field::Author, Field::Author), (Field::Author, Field::ContainerAuthor)],
    },
    Rule { parents: &["mvbook"], children: &["book", "inbook", "bookinbook", "suppbook"], fields: TO_SET },
    Rule {
        parents: &["mvcollection", "mvreference"],
        children: &["collection", "reference", "incollection", "inreference", "suppcollection"],
        fields: TO_SET,
    },
    Rule { parents: &["mvproceedings"], children: &["proceedings", "inproceedings", "conference"], fields: TO_SET },
    Rule { parents: &["book"], children: IN_BOOK, fields: TO_CONTAINER },
    Rule { parents: &["collection", "reference"], children: IN_COLLECTION, fields: TO_CONTAINER },
    Rule { parents: &["proceedings"], children: IN_PROCEEDINGS, fields: TO_CONTAINER },
    Rule { parents: &["periodical"], children: &["article", "suppperiodical"], fields: TO_CONTAINER },
];

/// What those who get the title under another name do not take at all.
const NOT_WITH_TITLES: &[Field] = &[Field::ShortTitle, Field::SortTitle, Field::IndexTitle];
/// What nobody takes.
const NEVER: &[Field] = &[Field::KeyAlias, Field::Relation];
/// The same among the fields of .bib files that are none of ours.
const NEVER_EXTRAS: &[&str] = &[
    "execute",
    "label",
    "options",
    "presort",
    "relatedoptions",
    "relatedstring",
    "shorthand",
    "shorthandintro",
    "sortkey",
    "key",
];

/// Records that others take fields from, by key.
#[derive(Debug, Default)]
pub struct Parents {
    by_key: HashMap<String, Record>,
    /// The same keys in lower case: BibTeX does not tell them apart.
    folded: HashMap<String, String>,
}

impl Parents {
    /// Adds a record that has a key. Of several with one key the first stays.
    pub fn add(&mut self, record: Record) {
        let Some(Key { text, .. }) = &record.key else { return };
        self.folded.entry(text.to_lowercase()).or_insert_with(|| text.clone());
        self.by_key.entry(text.clone()).or_insert(record);
    }

    /// The record with a key, or with one that differs by case alone.
    pub fn get(&self, key: &str) -> Option<&Record> {
        self.by_key.get(key).or_else(|| self.by_key.get(self.folded.get(&key.to_lowercase())?))
    }
}

/// The keys of the records that a record takes fields from.
pub fn targets(record: &Record) -> impl Iterator<Item = &str> {
    links(record).map(|link| &*link.target).chain(pieces::targets(record))
}

fn links(record: &Record) -> impl Iterator<Item = &Relation> {
    record.all(Field::Relation).filter_map(|slot| match slot.value() {
        Value::Relation(link) if matches!(&*link.kind, XDATA | CROSSREF) => Some(link),
        _ => None,
    })
}

/// Whether a record is an `@xdata` entry: fields for others, and no reference.
pub fn is_container(record: &Record) -> bool {
    record.source_type.as_ref().is_some_and(|it| it.family == "bibtex" && it.word.eq_ignore_ascii_case(XDATA))
}

/// Gives a record the fields that it takes from others, and marks the links as done with. Parents that are missing and
/// circles are reported; the record stays as it is, then.
pub fn resolve(record: &mut Record, parents: &Parents, sink: &mut Vec<Diagnostic>) {
    for what in pieces::resolve(record, parents) {
        let message = format!("there is nothing that `xdata={}` could mean", excerpt(&what, 60));
        sink.push(Diagnostic::new(&CROSSREF_MISSING, message).about(record));
    }
    if links(record).next().is_none() {
        return;
    }
    let path: Vec<String> = record.key.iter().map(|key| key.text.clone()).collect();
    let mut walk = Walk { parents, start: (record.origin.place, path.first().cloned()), path, met: 0, sink };
    walk.complete(record);
    for slot in &mut record.slots {
        if let Value::Relation(link) = slot.value()
            && matches!(&*link.kind, XDATA | CROSSREF)
            && parents.get(&link.target).is_some()
        {
            let target = link.target.clone();
            *slot.value_mut() = Value::Relation(Relation { kind: Relation::INHERITED.into(), target });
        }
    }
}

struct Walk<'w> {
    parents: &'w Parents,
    /// Where the record stands that the walk is for, and its key: what is found on the way is its.
    start: (Place, Option<String>),
    /// The keys on the way from the record to where the walk is.
    path: Vec<String>,
    met: usize,
    sink: &'w mut Vec<Diagnostic>,
}

impl<'w> Walk<'w> {
    /// The fields of `@xdata` entries first, then those of the parent.
    fn complete(&mut self, record: &mut Record) {
        for kind in [XDATA, CROSSREF] {
            let keys: Vec<String> =
                links(record).filter(|link| &*link.kind == kind).map(|link| link.target.clone()).collect();
            for key in keys {
                let Some(parent) = self.parent(&key) else { continue };
                let rules = if kind == XDATA { &[] } else { RULES };
                take(record, &parent, rules);
            }
        }
    }

    fn report(&mut self, code: &'static Code, message: String) {
        let (place, key) = self.start.clone();
        let finding = Diagnostic::new(code, message);
        let finding = if place.line > 0 { finding.at(place) } else { finding };
        self.sink.push(Diagnostic { key, ..finding });
    }

    /// A parent with all that it takes from its own.
    fn parent(&mut self, key: &str) -> Option<Cow<'w, Record>> {
        let first = self.path.len() <= 1;
        let Some(parent) = self.parents.get(key) else {
            if first {
                let message = format!("no entry has the key `{}`, of which this one takes fields", excerpt(key, 60));
                self.report(&CROSSREF_MISSING, message);
            }
            return None;
        };
        if self.path.iter().any(|it| it == key) {
            let message = format!("the way by `{}` leads back to this entry", excerpt(key, 60));
            self.report(&CROSSREF_CYCLE, message);
            return None;
        }
        self.met += 1;
        if self.path.len() > DEPTH || self.met > WIDTH {
            if self.met <= WIDTH + 1 {
                let message =
                    format!("more than {DEPTH} parents one above another, or {WIDTH} in all, are not looked at");
                self.report(&CROSSREF_CYCLE, message);
            }
            return None;
        }
        if links(parent).next().is_none() {
            return Some(Cow::Borrowed(parent));
        }
        let mut parent = parent.clone();
        self.path.push(key.to_owned());
        self.complete(&mut parent);
        self.path.pop();
        Some(Cow::Owned(parent))
    }
}

/// The entry type by which rules are chosen.
fn word(record: &Record) -> Cow<'_, str> {
    if let Some(own) = record.source_type.as_ref().filter(|it| it.family == "bibtex") {
        let is_lower = own.word.bytes().all(|byte| byte.is_ascii_lowercase());
        return if is_lower { Cow::Borrowed(&own.word) } else { Cow::Owned(own.word.to_lowercase()) };
    }
    Cow::Borrowed(match record.kind {
        Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper => "article",
        Kind::Periodical => "periodical",
        Kind::Book => "book",
        Kind::Collection => "collection",
        Kind::ReferenceBook => "reference",
        Kind::Proceedings => "proceedings",
        Kind::Chapter => "incollection",
        Kind::ConferencePaper => "inproceedings",
        Kind::EntryDictionary | Kind::EntryEncyclopedia | Kind::Entry => "inreference",
        _ => "misc",
    })
}

/// Takes from a parent what the child lacks.
fn take(child: &mut Record, parent: &Record, rules: &[Rule]) {
    let (of_child, of_parent) = (word(child), word(parent));
    let fits = |rule: &&Rule| rule.parents.contains(&&*of_parent) && rule.children.contains(&&*of_child);
    let renamed: Vec<(Field, Field)> = rules.iter().filter(fits).flat_map(|rule| rule.fields).copied().collect();
    let titles = renamed.iter().any(|(from, _)| *from == Field::Title);
    let had: Vec<Field> = child.slots.iter().map(Slot::field).collect();
    let dated = had.contains(&Field::Issued) || had.contains(&Field::Status) || has_year(child);
    let mut taken: Vec<Slot> = Vec::new();
    for slot in &parent.slots {
        let field = slot.field();
        if NEVER.contains(&field) || (titles && NOT_WITH_TITLES.contains(&field)) {
            continue;
        }
        let names = || renamed.iter().filter(|(from, _)| *from == field).map(|(_, to)| *to);
        let own = names().next().is_none().then_some(field);
        for to in names().chain(own) {
            let barred = dated && matches!(to, Field::Issued | Field::Status);
            if had.contains(&to) || barred {
                continue;
            }
            // Under another name the source text would say something else.
            taken.push(if to == field {
                slot.clone()
            } else {
                Slot::new(to, slot.value().clone()).in_group(slot.group())
            });
        }
    }
    child.slots.extend(taken);
    take_extras(child, parent, dated);
}

/// Fields that no rule knows, too.
fn take_extras(child: &mut Record, parent: &Record, dated: bool) {
    let own: Vec<Box<str>> = child.extras.iter().map(|extra| extra.tag.clone()).collect();
    let inherits = |extra: &&Extra| {
        let barred = NEVER_EXTRAS.contains(&&*extra.tag) || own.contains(&extra.tag);
        !(barred || (dated && is_of_date(extra)))
    };
    let taken: Vec<Extra> = parent.extras.iter().filter(inherits).cloned().collect();
    child.extras.extend(taken);
}

fn is_of_date(extra: &Extra) -> bool {
    matches!(&*extra.tag, "date" | "year" | "month" | "day")
}

/// Whether a year that no date could be made of stands in a record. A month by itself has none.
fn has_year(record: &Record) -> bool {
    record.extras.iter().any(|extra| matches!(&*extra.tag, "date" | "year"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Date, SourceType, Text};

    fn entry(word: &str, key: &str, fields: &[(Field, &str)], links: &[(&str, &str)]) -> Record {
        let mut record = Record::new(Kind::Misc);
        record.source_type = Some(SourceType::new("bibtex", word));
        record.key = Some(Key { text: key.into(), made: false, stated: None });
        for (field, value) in fields {
            record.push(*field, Value::Text(Text::plain(*value)));
        }
        for (kind, target) in links {
            record.push(
                Field::Relation,
                Value::Relation(Relation { kind: (*kind).into(), target: (*target).to_owned() }),
            );
        }
        record
    }

    fn parents(records: Vec<Record>) -> Parents {
        let mut parents = Parents::default();
        for record in records {
            parents.add(record);
        }
        parents
    }

    #[test]
    fn titles_move_up_and_short_titles_stay() {
        let set = entry("mvbook", "h", &[(Field::Title, "History"), (Field::ShortTitle, "Hist.")], &[]);
        let volume = entry("book", "v", &[(Field::Title, "Empire")], &[("crossref", "h")]);
        let parents = parents(vec![set, volume]);
        let mut part = entry("inbook", "c", &[(Field::Title, "Chapter")], &[("crossref", "V")]);
        let mut findings = Vec::new();
        resolve(&mut part, &parents, &mut findings);
        assert!(findings.is_empty());
        assert_eq!(part.text(Field::ContainerTitle), Some("Empire"));
        assert_eq!(part.text(Field::SetTitle), Some("History"));
        assert_eq!(part.text(Field::ShortTitle), None);
    }

    #[test]
    fn containers_give_everything_and_may_be_many() {
        let one = entry("xdata", "x", &[(Field::Place, "Berlin")], &[("xdata", "y")]);
        let two = entry("xdata", "y", &[(Field::Place, "Paris"), (Field::Title, "T")], &[]);
        let parents = parents(vec![one, two]);
        let mut book = entry("book", "b", &[], &[("xdata", "x"), ("xdata", "z")]);
        let mut findings = Vec::new();
        resolve(&mut book, &parents, &mut findings);
        assert_eq!((book.text(Field::Place), book.text(Field::Title)), (Some("Berlin"), Some("T")));
        assert_eq!(findings.iter().map(|it| it.code.id).collect::<Vec<_>>(), ["crossref-missing"]);
        let kinds: Vec<_> = book.all(Field::Relation).map(|slot| slot.value().clone()).collect();
        assert_eq!(kinds[0], Value::Relation(Relation { kind: Relation::INHERITED.into(), target: "x".into() }));
        assert_eq!(kinds[1], Value::Relation(Relation { kind: XDATA.into(), target: "z".into() }));
    }

    /// A month that stands alone leaves the year to the parent; a year in words does not.
    #[test]
    fn the_year_of_the_parent() {
        let mut proceedings = entry("proceedings", "p", &[], &[]);
        proceedings.push(Field::Issued, Value::Date(Date::year(2020)));
        let parents = parents(vec![proceedings]);
        for (tag, inherits) in [("month", true), ("year", false)] {
            let mut paper = entry("inproceedings", "c", &[], &[("crossref", "p")]);
            paper.extras.push(Extra {
                family: "bibtex".into(),
                tag: tag.into(),
                value: "June and July".into(),
                expression: None,
                place: Place::default(),
            });
            resolve(&mut paper, &parents, &mut Vec::new());
            assert_eq!(paper.date(Field::Issued).is_some(), inherits, "{tag}");
        }
    }

    #[test]
    fn circles_end() {
        let records: Vec<Record> = (0..20)
            .map(|at| entry("book", &format!("b{at}"), &[], &[("crossref", &format!("b{}", (at + 1) % 20))]))
            .chain([entry("book", "self", &[], &[("crossref", "self")])])
            .collect();
        let parents = parents(records.clone());
        for mut record in records {
            let mut findings = Vec::new();
            resolve(&mut record, &parents, &mut findings);
            assert_eq!(findings.iter().map(|it| it.code.id).collect::<Vec<_>>(), ["crossref-cycle"]);
        }
    }
}
