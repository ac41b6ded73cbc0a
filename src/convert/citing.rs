//! Records in the order in which a document cites them.
//!
//! They are few, as a rule, and wait until all inputs are read. Records that others need (parents, members of sets) come
//! behind those that need them, as BibTeX wants it; where the document cites everything, what it does not name is last.
//!
//! Text between records comes before all of them. A macro that is defined twice, in different ways, would mean the last
//! to every record: what uses it is written out.

use super::blocks::Before;
use super::definitions::forget_expressions;
use crate::cited::{Cited, Match};
use crate::diagnostic::{Diagnostic, KEY_DUPLICATE};
use crate::formats;
use crate::record::{Item, Passage, Record, excerpt};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many records are written at a time.
const BATCH: usize = 256;

/// Whether other records need this one.
pub(super) fn is_kin(record: &Record, kin: Option<&HashSet<String>>) -> bool {
    let Some(kin) = kin.filter(|kin| !kin.is_empty()) else { return false };
    let key = record.key.as_ref().map(|key| key.stated.as_deref().unwrap_or(&key.text));
    key.is_some_and(|key| kin.contains(&key.to_lowercase()))
}

/// Records that wait.
pub(super) struct Held<'c> {
    cited: &'c Cited,
    kin: Option<&'c HashSet<String>>,
    #[allow(clippy::vec_box, reason = "items hold their records in boxes, which are moved here and back")]
    records: Vec<Box<Record>>,
    /// For each citation the record that answers it best, and how.
    answers: Vec<Option<(Match, usize)>>,
    /// What is known of each input at its end.
    befores: BTreeMap<u32, Before>,
    /// What defines a macro; none where two definitions differ.
    definitions: HashMap<String, Option<Box<str>>>,
    findings: Vec<Diagnostic>,
}

impl<'c> Held<'c> {
    pub(super) fn new(cited: &'c Cited, kin: Option<&'c HashSet<String>>) -> Held<'c> {
        let answers = vec![None; cited.keys().count()];
        let findings = cited.findings().to_vec();
        let (befores, definitions) = (BTreeMap::new(), HashMap::new());
        Held { cited, kin, records: Vec::new(), answers, befores, definitions, findings }
    }

    /// Takes the records from among items.
    pub(super) fn take(&mut self, items: &mut Vec<Item>, before: &Before) {
        for item in std::mem::take(items) {
            match item {
                Item::Record(record) => self.record(record, before),
                Item::Passage(passage) => {
                    self.definition(&passage);
                    items.push(Item::Passage(passage));
                }
                Item::Head(_) => items.push(item),
            }
        }
    }

    fn definition(&mut self, passage: &Passage) {
        let format = formats::ALL.iter().find(|format| format.family == passage.family && passage.restated);
        let Some(links) = format.and_then(|format| format.links.as_ref()) else { return };
        for name in (links.defines)(&passage.raw) {
            match self.definitions.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert(Some(passage.raw.as_str().into()));
                }
                Entry::Occupied(mut entry) => {
                    let same = entry.get().as_deref() == Some(&passage.raw);
                    if !same {
                        entry.insert(None);
                    }
                }
            }
        }
    }

    fn record(&mut self, record: Box<Record>, before: &Before) {
        let input = record.origin.place.input;
        // The whole input is before what is written behind it.
        self.befores.insert(input, Before { start: u64::MAX, ..before.clone() });
        for (citation, how) in self.cited.matches(&record) {
            let Some(answer) = self.answers.get_mut(citation) else { continue };
            match answer {
                Some((other, _)) if *other < how => {}
                Some((other, _)) if *other == how => {
                    if let Some(key) = record.key.as_ref().filter(|_| !self.cited.all()) {
                        let key = key.stated.as_deref().unwrap_or(&key.text);
                        let message =
                            format!("the key `{}` stands twice; the document gets the first record", excerpt(key, 60));
                        self.findings.push(Diagnostic::new(&KEY_DUPLICATE, message).about(&record));
                    }
                }
                _ => *answer = Some((how, self.records.len())),
            }
        }
        self.records.push(record);
    }

    /// The records in order, in batches of one input each, and what there is to say.
    pub(super) fn release(self) -> (Vec<(Vec<Item>, Before)>, Vec<Diagnostic>) {
        let Held { cited, kin, mut records, answers, befores, definitions, mut findings } = self;
        if definitions.values().any(Option::is_none) {
            for record in &mut records {
                write_out(record, &definitions);
            }
        }
        // Where each record comes: the cited ones, those that others need, the rest.
        let mut ranks: Vec<Option<(u8, usize)>> = records
            .iter()
            .enumerate()
            .map(|(at, record)| {
                if is_kin(record, kin) { Some((1, cited.keys().count() + at)) } else { cited.all().then_some((2, at)) }
            })
            .collect();
        for (citation, answer) in answers.iter().enumerate().rev() {
            match answer {
                Some((_, at)) => {
                    if let (Some(rank), Some(record)) = (ranks.get_mut(*at), records.get(*at)) {
                        *rank = Some((u8::from(is_kin(record, kin)), citation));
                    }
                }
                None => findings.extend(cited.undefined(citation)),
            }
        }
        let mut order: Vec<((u8, usize), Box<Record>)> =
            ranks.into_iter().zip(records).filter_map(|(rank, record)| Some((rank?, record))).collect();
        order.sort_by_key(|(rank, _)| *rank);
        let mut batches: Vec<(Vec<Item>, Before)> = Vec::new();
        let mut last = None;
        for (_, record) in order {
            let input = record.origin.place.input;
            match batches.last_mut().filter(|(items, _)| last == Some(input) && items.len() < BATCH) {
                Some((items, _)) => items.push(Item::Record(record)),
                None => {
                    let before = befores.get(&input).cloned().unwrap_or_default();
                    batches.push((vec![Item::Record(record)], before));
                }
            }
            last = Some(input);
        }
        if batches.is_empty() && !findings.is_empty() {
            batches.push((Vec::new(), Before::default()));
        }
        (batches, findings)
    }
}

/// Forgets the expressions with macros that are defined in several ways.
fn write_out(record: &mut Record, definitions: &HashMap<String, Option<Box<str>>>) {
    forget_expressions(record, |_, expression, _| {
        expression.split('#').any(|name| definitions.get(&name.trim().to_lowercase()).is_some_and(Option::is_none))
    });
}
