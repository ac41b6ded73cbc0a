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
mod room;

use crate::diagnostic::{CROSSREF_CYCLE, CROSSREF_MISSING, Code, Diagnostic, INHERITED_TOO_MUCH};
use crate::record::{Extra, Field, Key, Kind, Record, Relation, Slot, Value, excerpt};
use crate::source::Place;
use room::Room;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The relations by which fields are inherited.
const XDATA: &str = "xdata";
const CROSSREF: &str = "crossref";

/// How many parents one above another are looked at.
const DEPTH: usize = 8;
/// How many parents one record may have in all: what bounds the work on any input.
const WIDTH: usize = 256;

/// How many bytes a parent takes at most that does not count, and how many great ones a child is taken to have.
const LIGHT: usize = 4 << 10;
const TIMES: usize = 4;

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
    /// There may be very many: the table moves when it grows, and is kept small.
    by_key: HashMap<Box<str>, Box<Record>>,
    /// Keys by their lower case, which BibTeX does not tell apart, where the first of its spellings is another.
    folded: HashMap<Box<str>, Box<str>>,
    /// How many bytes the greatest takes, and the longest key.
    greatest: usize,
    longest: usize,
}

impl Parents {
    /// Adds a record that has a key. Of several with one key the first stays.
    pub fn add(&mut self, mut record: Record) {
        let Some(Key { text, .. }) = &record.key else { return };
        let key: Box<str> = text.as_str().into();
        let folded: Box<str> = text.to_lowercase().into();
        if folded != key && !self.by_key.contains_key(&folded) {
            self.folded.entry(folded).or_insert_with(|| key.clone());
        }
        record.slots.shrink_to_fit();
        self.greatest = self.greatest.max(record.size());
        self.longest = self.longest.max(key.len());
        self.by_key.entry(key).or_insert_with(|| Box::new(record));
    }

    /// About how many bytes a record may take in memory by what it takes from these, beside those it has itself; 0 if that
    /// is hardly more.
    pub fn weight(&self) -> usize {
        if self.greatest > LIGHT { self.greatest * TIMES } else { 0 }
    }

    /// The record with a key, or with one that differs by case alone.
    pub fn get(&self, key: &str) -> Option<&Record> {
        let other = || {
            let folded = lower(key);
            self.by_key.get(self.folded.get(&*folded).map_or(&*folded, |first| first))
        };
        self.by_key.get(key).or_else(other).map(|record| &**record)
    }
}

/// The keys of the records that others take fields from.
#[derive(Debug, Default)]
pub struct Targets {
    /// In lower case.
    keys: HashSet<String>,
    /// What single values ask for, in lower case: it begins with a key, behind which a hyphen stands.
    asked: BTreeSet<String>,
}

impl Targets {
    /// Adds a key.
    pub fn add(&mut self, key: &str) {
        self.keys.insert(key.to_lowercase());
    }

    /// Adds those that a record takes fields from.
    pub fn add_all_of(&mut self, record: &Record) {
        links(record).for_each(|link| self.add(&link.target));
        self.asked.extend(pieces::asked(record).map(str::to_lowercase));
    }

    /// Those that are said as keys, in lower case and in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// Whether a record with this key is among them.
    pub fn have(&self, key: &str) -> bool {
        let key = lower(key);
        let is_key = self.keys.contains(&*key);
        if is_key || self.asked.is_empty() {
            return is_key;
        }
        let key = [&key, "-"].concat();
        // All that begin with it follow it.
        self.asked.range(key.clone()..).next().is_some_and(|asked| asked.starts_with(&key))
    }
}

/// A key in lower case, as most are.
fn lower(key: &str) -> Cow<'_, str> {
    let is_lower = key.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(key) } else { Cow::Owned(key.to_lowercase()) }
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
/// circles are reported, and what would be too much; the record stays as it is, then.
pub fn resolve(record: &mut Record, parents: &Parents, sink: &mut Vec<Diagnostic>) {
    let mut room = Room::new();
    for what in pieces::resolve(record, parents, &mut room) {
        let message = format!("there is nothing that `xdata={}` could mean", excerpt(&what, 60));
        sink.push(Diagnostic::new(&CROSSREF_MISSING, message).about(record));
    }
    if links(record).next().is_some() {
        let key = record.key.take();
        let own = key.as_ref().map_or("", |key| &key.text);
        let (start, path) = (record.origin.place, SmallVec::new());
        let mut walk = Walk { parents, start, own, path, met: 0, room: &mut room, sink };
        walk.complete(record, true);
        record.key = key;
    }
    if room.was_short {
        let message = "this entry takes no more from others than a mebibyte; what did not fit was left out".to_owned();
        sink.push(Diagnostic::new(&INHERITED_TOO_MUCH, message).about(record));
    }
}

struct Walk<'w> {
    parents: &'w Parents,
    /// Where the record stands that the walk is for: what is found on the way is its.
    start: Place,
    /// Its key, empty if it has none.
    own: &'w str,
    /// The keys on the way from there to where the walk is, as links say them.
    path: SmallVec<[String; 1]>,
    met: usize,
    room: &'w mut Room,
    sink: &'w mut Vec<Diagnostic>,
}

impl<'w> Walk<'w> {
    /// The fields of `@xdata` entries first, then those of the parent. Links of which there is a parent can be marked as
    /// done with.
    fn complete(&mut self, record: &mut Record, mark: bool) {
        // No link is taken from a parent.
        let own = record.slots.len();
        for kind in [XDATA, CROSSREF] {
            for at in 0..own {
                let Some(Value::Relation(link)) = record.slots.get(at).map(Slot::value) else { continue };
                if &*link.kind != kind {
                    continue;
                }
                let found = self.parents.get(&link.target);
                let parent = self.parent(&link.target, found);
                if mark
                    && found.is_some()
                    && let Some(Value::Relation(link)) = record.slots.get_mut(at).map(Slot::value_mut)
                {
                    link.kind = Relation::INHERITED.into();
                }
                if let Some(parent) = parent {
                    take(record, &parent, if kind == XDATA { &[] } else { RULES }, self.room);
                }
            }
        }
    }

    fn report(&mut self, code: &'static Code, message: String) {
        let key = (!self.own.is_empty()).then(|| self.own.to_owned());
        let finding = Diagnostic::new(code, message);
        let finding = if self.start.line > 0 { finding.at(self.start) } else { finding };
        self.sink.push(Diagnostic { key, ..finding });
    }

    /// A parent with all that it takes from its own.
    fn parent(&mut self, key: &str, found: Option<&'w Record>) -> Option<Cow<'w, Record>> {
        let Some(parent) = found else {
            if self.path.is_empty() {
                let message = format!("no entry has the key `{}`, of which this one takes fields", excerpt(key, 60));
                self.report(&CROSSREF_MISSING, message);
            }
            return None;
        };
        if self.own == key || self.path.iter().any(|it| it == key) {
            let message = format!("the way by `{}` leads back to this entry", excerpt(key, 60));
            self.report(&CROSSREF_CYCLE, message);
            return None;
        }
        self.met += 1;
        if self.path.len() >= DEPTH || self.met > WIDTH {
            if self.met <= WIDTH + 1 {
                let message =
                    format!("more than {DEPTH} parents one above another, or {WIDTH} in all, are not looked at");
                self.report(&INHERITED_TOO_MUCH, message);
            }
            return None;
        }
        if links(parent).next().is_none() {
            return Some(Cow::Borrowed(parent));
        }
        let mut parent = parent.clone();
        self.path.push(key.to_owned());
        self.complete(&mut parent, false);
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
fn take(child: &mut Record, parent: &Record, rules: &[Rule], room: &mut Room) {
    let (of_child, of_parent) = (word(child), word(parent));
    let fits = |rule: &&Rule| rule.parents.contains(&&*of_parent) && rule.children.contains(&&*of_child);
    let renamed: SmallVec<[(Field, Field); 4]> =
        rules.iter().filter(fits).flat_map(|rule| rule.fields).copied().collect();
    let titles = renamed.iter().any(|(from, _)| *from == Field::Title);
    // Each once: a record may have very many slots. What is taken from this parent bars nothing.
    let mut had: SmallVec<[Field; 32]> = SmallVec::new();
    for slot in &child.slots {
        if !had.contains(&slot.field()) {
            had.push(slot.field());
        }
    }
    let dated = had.contains(&Field::Issued) || had.contains(&Field::Status) || has_year(child);
    child.slots.reserve(parent.slots.len());
    for slot in &parent.slots {
        let field = slot.field();
        if NEVER.contains(&field) || (titles && NOT_WITH_TITLES.contains(&field)) {
            continue;
        }
        // `booktitle` that says what `title` will.
        let is_renamed = |from: Field| from != field && renamed.contains(&(from, field));
        let is_said = |other: &Slot| is_renamed(other.field()) && has_same_words(other.value(), slot.value());
        if renamed.iter().any(|(from, _)| is_renamed(*from)) && parent.slots.iter().any(is_said) {
            continue;
        }
        let names = || renamed.iter().filter(|(from, _)| *from == field).map(|(_, to)| *to);
        let same = names().next().is_none().then_some(field);
        for to in names().chain(same) {
            let barred = dated && matches!(to, Field::Issued | Field::Status);
            if barred || had.contains(&to) || !room.take(slot.size()) {
                continue;
            }
            // Under another name the source text would say something else.
            child.slots.push(if to == field {
                slot.clone()
            } else {
                Slot::new(to, slot.value().clone()).in_group(slot.group())
            });
        }
    }
    take_extras(child, parent, dated, room);
}

/// Whether two texts say the same, whatever letters keep their case in each.
fn has_same_words(one: &Value, other: &Value) -> bool {
    matches!((one, other), (Value::Text(one), Value::Text(other)) if one.as_str() == other.as_str())
}

/// Fields that no rule knows, too.
fn take_extras(child: &mut Record, parent: &Record, dated: bool, room: &mut Room) {
    if parent.extras.is_empty() {
        return;
    }
    let own: HashSet<&str> = child.extras.iter().map(|extra| &*extra.tag).collect();
    let inherits = |extra: &&Extra| {
        let barred = NEVER_EXTRAS.contains(&&*extra.tag) || own.contains(&*extra.tag);
        !(barred || (dated && is_of_date(extra))) && room.take(extra.size())
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
    use crate::record::{Date, Mark, MarkKind, SourceType, Text};

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
    fn of_spellings_of_a_key_the_first_counts_where_none_is_the_same() {
        let titled = |key: &str| entry("book", key, &[(Field::Title, key)], &[]);
        for (keys, found) in [(["Ab", "ab"], "Ab"), (["ab", "Ab"], "ab"), (["AB", "Ab"], "AB")] {
            let parents = parents(keys.map(titled).into());
            for (asked, found) in [("aB", found), (keys[0], keys[0]), (keys[1], keys[1])] {
                assert_eq!(parents.get(asked).and_then(|it| it.text(Field::Title)), Some(found), "{keys:?} {asked}");
            }
            assert!(parents.get("a").is_none());
        }
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
    fn a_title_that_the_parent_has_twice_is_taken_once() {
        for (own, titles) in [("Book", vec!["Book"]), ("The Book", vec!["Book", "The Book"])] {
            let book = entry("book", "b", &[(Field::Title, "Book"), (Field::ContainerTitle, own)], &[]);
            let parents = parents(vec![book]);
            let mut part = entry("inbook", "c", &[(Field::Title, "C")], &[("crossref", "b")]);
            resolve(&mut part, &parents, &mut Vec::new());
            let taken: Vec<_> = part.all(Field::ContainerTitle).map(|slot| slot.value().excerpt(20)).collect();
            assert_eq!(taken, titles);
        }
        let mut book = entry("book", "b", &[(Field::Title, "Book")], &[]);
        let marks = vec![Mark { start: 0, end: 4, kind: MarkKind::NoCase }];
        book.push(Field::ContainerTitle, Value::Text(Text::with_marks("Book".to_owned(), marks)));
        let mut part = entry("inbook", "c", &[(Field::Title, "C")], &[("crossref", "b")]);
        resolve(&mut part, &parents(vec![book]), &mut Vec::new());
        assert_eq!(part.all(Field::ContainerTitle).count(), 1, "braces are no other title");
    }

    #[test]
    fn what_would_be_too_much_is_left_out() {
        let long = "word ".repeat(300_000);
        let book = entry("book", "b", &[(Field::Abstract, &long), (Field::Place, "Berlin")], &[]);
        let parents = parents(vec![book]);
        let mut part = entry("inbook", "c", &[(Field::Title, "C")], &[("crossref", "b")]);
        let mut findings = Vec::new();
        resolve(&mut part, &parents, &mut findings);
        assert_eq!((part.text(Field::Abstract), part.text(Field::Place)), (None, Some("Berlin")));
        assert_eq!(findings.iter().map(|it| it.code.id).collect::<Vec<_>>(), ["inherited-too-much"]);
    }

    #[test]
    fn circles_end() {
        // The longer one is not known for a circle before so many parents are too many.
        for (length, code) in [(1, "crossref-cycle"), (5, "crossref-cycle"), (20, "inherited-too-much")] {
            let next = |at: usize| format!("b{}", (at + 1) % length);
            let records: Vec<Record> =
                (0..length).map(|at| entry("book", &format!("b{at}"), &[], &[("crossref", &next(at))])).collect();
            let parents = parents(records.clone());
            for mut record in records {
                let mut findings = Vec::new();
                resolve(&mut record, &parents, &mut findings);
                assert_eq!(findings.iter().map(|it| it.code.id).collect::<Vec<_>>(), [code]);
            }
        }
    }
}
