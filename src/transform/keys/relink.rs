//! Links follow the keys: what names another record by its key names it by its new one.

use crate::record::{Field, Record, Value};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Old keys and what became of them.
#[derive(Clone, Debug, Default)]
pub struct KeyMap {
    exact: HashMap<Box<str>, Box<str>>,
    /// The same by keys in lower case, where BibTeX finds those that differ by case alone.
    folded: HashMap<Box<str>, Box<str>>,
}

impl KeyMap {
    /// Enters a key and its new one, which may be the same. Of several records with one key the first is meant.
    pub fn add(&mut self, old: &str, new: &str) {
        let Entry::Vacant(entry) = self.exact.entry(old.into()) else { return };
        entry.insert(new.into());
        let folded = old.to_lowercase();
        if folded != old {
            self.folded.entry(folded.into()).or_insert_with(|| new.into());
        }
    }

    /// What became of a key: exactly of it, else of one that differs by case alone.
    pub fn get(&self, old: &str) -> Option<&str> {
        let found = self.exact.get(old).or_else(|| {
            let folded = old.to_lowercase();
            self.folded.get(&*folded).or_else(|| self.exact.get(&*folded))
        });
        found.map(AsRef::as_ref)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }
}

/// Makes the links of a record follow: `crossref`, `xdata`, `xref`, `related`, `entryset` and all other relations whose
/// target is the key of a record. Aliases of a record stay: documents cite by them.
pub fn relink(record: &mut Record, map: &KeyMap) {
    for slot in &mut record.slots {
        if slot.field() != Field::Relation {
            continue;
        }
        let Value::Relation(link) = slot.value() else { continue };
        let Some(new) = map.get(&link.target).filter(|new| *new != link.target) else { continue };
        let new = new.to_owned();
        if let Value::Relation(link) = slot.value_mut() {
            link.target = new;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Kind, Relation};

    fn linked(kind: &str, target: &str) -> Record {
        let mut record = Record::new(Kind::Chapter);
        record.push(Field::Relation, Value::Relation(Relation { kind: kind.into(), target: target.into() }));
        record.push(Field::KeyAlias, Value::Token(target.into()));
        record
    }

    #[test]
    fn links_follow_and_aliases_stay() {
        let mut map = KeyMap::default();
        assert!(map.is_empty());
        map.add("Old", "new");
        map.add("Old", "later");
        map.add("same", "same");
        for (target, becomes) in [("Old", "new"), ("OLD", "new"), ("same", "same"), ("SAME", "same"), ("none", "none")]
        {
            for kind in ["crossref", "xdata", "xref", "set-member", "review-of"] {
                let mut record = linked(kind, target);
                relink(&mut record, &map);
                let expected = Value::Relation(Relation { kind: kind.into(), target: becomes.into() });
                assert_eq!(record.get(Field::Relation), Some(&expected));
                assert_eq!(record.get(Field::KeyAlias), Some(&Value::Token(target.into())));
            }
        }
    }
}
