//! Author name clusters: which names are the same but for the case of their letters.
//!
//! ```
//! use bibferry::record::{Field, Kind, Name, Names, Record, Value};
//! use bibferry::transform::authors::Clusters;
//! let mut record = Record::new(Kind::Book);
//! record.push(Field::Author, Value::Names(Names::of(vec![Name::person("Doe", "Jane")])));
//! let mut clusters = Clusters::default();
//! clusters.add(&record);
//! assert_eq!(clusters.sorted()[0].papers, 1);
//! ```

use crate::record::{Field, Name, Record, Value, fold_key};
use std::collections::{BTreeMap, HashSet};

/// The names that agree in all but case.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// How many records have one of them as an author.
    pub papers: u64,
    /// The spellings, with how often each stands, in the order in which they were met.
    pub spellings: Vec<(String, u64)>,
}

impl Cluster {
    /// The spelling that stands most often, the first of equals.
    pub fn name(&self) -> &str {
        let most = self.spellings.iter().map(|(_, times)| *times).max();
        self.spellings.iter().find(|(_, times)| Some(*times) == most).map_or("", |(name, _)| name)
    }
}

/// All clusters of a library.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    /// How many records were added.
    pub records: u64,
    by_key: BTreeMap<String, Cluster>,
}

/// The authors of a record, those of unknown position last.
pub fn authors(record: &Record) -> impl Iterator<Item = &Name> {
    record
        .all(Field::Author)
        .filter_map(|slot| match slot.value() {
            Value::Names(names) => Some(names.list.iter().chain(&names.unplaced)),
            _ => None,
        })
        .flatten()
}

/// Whether a name is among the authors of a record, by case-insensitive exact match.
pub fn has_author(record: &Record, key: &str) -> bool {
    authors(record).any(|name| fold_key(&name.display()) == key)
}

impl Clusters {
    /// Adds a record.
    pub fn add(&mut self, record: &Record) {
        self.records += 1;
        let mut seen: HashSet<String> = HashSet::new();
        for name in authors(record) {
            let display = name.display();
            let key = fold_key(&display);
            let cluster = self.by_key.entry(key.clone()).or_default();
            match cluster.spellings.iter_mut().find(|(spelling, _)| *spelling == display) {
                Some((_, times)) => *times += 1,
                None => cluster.spellings.push((display, 1)),
            }
            // A name that stands twice on one paper is one paper.
            if seen.insert(key) {
                cluster.papers += 1;
            }
        }
    }

    /// The cluster of a name.
    pub fn of(&self, name: &str) -> Option<&Cluster> {
        self.by_key.get(&fold_key(name))
    }

    /// The clusters, those with the most papers first, then by name.
    pub fn sorted(&self) -> Vec<&Cluster> {
        let mut all: Vec<_> = self.by_key.iter().collect();
        all.sort_by(|a, b| b.1.papers.cmp(&a.1.papers).then_with(|| a.0.cmp(b.0)));
        all.into_iter().map(|(_, cluster)| cluster).collect()
    }
}
