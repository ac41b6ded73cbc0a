//! Whether a loss report is exact: what differs between a record and what reading its output gives is what the report
//! names, and the other way round.
//!
//! `--verify` asks this of every record it writes, and the tests ask it of every sample and every writer.

use crate::cut::{Context, Window};
use crate::diagnostic::{Diagnostic, VERIFY_DIFFERS};
use crate::format::{Format, Writer};
use crate::loss::{Loss, LossKind, Subject};
use crate::page::{Columns, Page};
use crate::read::{ReadOptions, Reading};
use crate::record::{Family, Field, Head, Item, Record, Slot, Value};
use crate::source::Place;
use crate::transform::authors::Clusters;
use crate::write::Outgoing;
use crate::write::WriteOptions;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What of two records differs.
pub fn differences(before: &Record, after: &Record) -> BTreeSet<Subject> {
    let mut all = BTreeSet::new();
    let mut note = |differs: bool, subject: Subject| {
        if differs {
            all.insert(subject);
        }
    };
    note(before.kind != after.kind, Subject::Kind);
    note(before.subtype != after.subtype, Subject::Subtype);
    // A key that we made is not the source's: only a key that reads back as stated differs from none.
    note(stated_key(before) != stated_key(after), Subject::Key);
    // Of fields that neither has nothing differs.
    let mut seen = [false; Field::ALL.len()];
    for field in before.slots.iter().chain(&after.slots).map(Slot::field) {
        if !std::mem::replace(&mut seen[field as usize], true) {
            note(values(before, field).ne(values(after, field)), Subject::Field(field));
        }
    }
    if before.extras.is_empty() && after.extras.is_empty() {
        return all;
    }
    let extras = |record: &Record| {
        let mut all: BTreeMap<(Family, Box<str>), Vec<Box<str>>> = BTreeMap::new();
        for it in &record.extras {
            all.entry((it.family.clone(), it.tag.clone())).or_default().push(it.value.clone());
        }
        for values in all.values_mut() {
            values.sort();
        }
        all
    };
    let (had, has) = (extras(before), extras(after));
    for it in had.keys().chain(has.keys()) {
        note(had.get(it) != has.get(it), Subject::Extra { family: it.0.clone(), tag: it.1.clone() });
    }
    all
}

/// The key that a record's source states.
fn stated_key(record: &Record) -> Option<&str> {
    record.key.as_ref().filter(|key| !key.made).map(|key| key.stated.as_deref().unwrap_or(&key.text))
}

/// The values of a field, with the groups that they are of.
fn values(record: &Record, field: Field) -> impl Iterator<Item = (u16, &Value)> {
    record.all(field).map(|slot| (slot.group(), slot.value()))
}

/// What a list of losses says will differ.
pub fn announced<'l>(losses: impl IntoIterator<Item = &'l Loss>) -> BTreeSet<Subject> {
    let mut all = BTreeSet::new();
    for loss in losses {
        all.insert(loss.subject.clone());
        if let LossKind::Moved(into) = loss.kind {
            all.insert(Subject::Field(into));
        }
    }
    all
}

/// Compares a record, the losses of writing it, and what reading the output gave; says in words what does not agree.
pub fn record(before: &Record, losses: &[&Loss], after: &Record) -> Vec<String> {
    let differs = differences(before, after);
    let named = announced(losses.iter().copied());
    let silent =
        differs.difference(&named).map(|subject| format!("{subject} differs, which the loss report does not say"));
    let empty =
        named.difference(&differs).map(|subject| format!("the loss report names {subject}, which does not differ"));
    silent.chain(empty).collect()
}

/// Makes the report of one record agree with what reading its text gives, where the tables it was written by are not those
/// by which the format is read. `families` are those whose extras reading may give.
pub fn settle(format: &'static Format, out: &mut Outgoing<'_, '_>, text: &str, families: &'static [&'static str]) {
    let options = ReadOptions { keep_source: false, ..ReadOptions::default() };
    let (items, _) = read_back(format, text, &options);
    if let Some(back) =
        items.into_iter().find_map(|item| if let Item::Record(record) = item { Some(record) } else { None })
    {
        out.settle(&back, families);
    }
}

/// Reads a text as one input, without repairs.
pub fn read_back(format: &Format, text: &str, options: &ReadOptions) -> (Vec<Item>, Vec<Diagnostic>) {
    read_behind(format, text, options, (None, 0))
}

/// Reads a text that stands behind others, of which the context tells.
fn read_behind(
    format: &Format,
    text: &str,
    options: &ReadOptions,
    (context, start): (Option<Context>, u64),
) -> (Vec<Item>, Vec<Diagnostic>) {
    let mut borders = Vec::new();
    let mut context = context;
    if let Some(make) = format.cutter {
        let mut cutter = make();
        cutter.advance(Window { bytes: text.as_bytes(), start: 0, at_end: true }, &mut borders);
        context = context.or_else(|| cutter.context());
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for border in borders.into_iter().map(|border| border as usize).chain([text.len()]) {
        pieces.push(from..border);
        from = border;
    }
    let mut reading = Reading::new(text, &pieces, format.family, Place { input: 0, line: 1, column: 1 }, options)
        .within(context, start);
    if let Some(read) = format.read {
        read(&mut reading);
    }
    reading.finish()
}

/// The page that has these items, written as this text: what reading needs to know of a page stands in its head.
fn page(writer: &Writer, items: &[Item], text: &str, around: &Around<'_>) -> String {
    let Some(page) = writer.page else { return text.to_owned() };
    let mut columns = Columns::default();
    if let Some(survey) = page.survey {
        survey(text, &mut columns);
    }
    let mut clusters = Clusters::default();
    for item in items {
        if let Item::Record(record) = item {
            clusters.add(record);
        }
    }
    let options = around.write;
    let author = options.author.as_deref();
    let any = !text.is_empty();
    let head = around.head;
    let frame = (page.frame)(&Page { head, clusters: &clusters, any, author, columns: &columns, options });
    let mut all = frame.head.clone();
    frame.lay_out(text, &mut all);
    all
}

/// What reading a block needs to know beside its text.
pub(crate) struct Around<'a> {
    /// The head that the input brought, for formats whose head is written when all records are.
    pub(crate) head: Option<&'a Head>,
    /// What the user asked of the output.
    pub(crate) write: &'a WriteOptions,
    /// What the input has before the block.
    pub(crate) before: (Option<Context>, u64),
}

/// What differs of a record that was written by itself and is not in its loss report: all of it, if no record reads back.
pub(crate) fn silent(
    format: &Format,
    writer: &Writer,
    item: &Item,
    text: &str,
    losses: &[Loss],
    options: &ReadOptions,
    around: Around<'_>,
) -> BTreeSet<Subject> {
    let Item::Record(before) = item else { return BTreeSet::new() };
    let mut again = read_framed(format, writer, std::slice::from_ref(item), text, options, around);
    again.retain(|item| matches!(item, Item::Record(_)));
    let [Item::Record(after)] = again.as_slice() else {
        return before.slots.iter().map(|slot| Subject::Field(slot.field())).collect();
    };
    differences(before, after).difference(&announced(losses)).cloned().collect()
}

/// Reads back what was written of some items.
fn read_framed(
    format: &Format,
    writer: &Writer,
    items: &[Item],
    text: &str,
    options: &ReadOptions,
    around: Around<'_>,
) -> Vec<Item> {
    let framed = [writer.frame.open, &page(writer, items, text, &around), writer.frame.close].concat();
    // A page says all that must be known of it.
    let before = if writer.page.is_some() { (None, 0) } else { around.before };
    read_behind(format, &framed, options, before).0
}

/// Reads back what was written of a block and compares record by record.
pub(crate) fn block(
    format: &Format,
    writer: &Writer,
    items: &[Item],
    text: &str,
    losses: &[Loss],
    options: &ReadOptions,
    around: Around<'_>,
) -> Vec<Diagnostic> {
    let again = read_framed(format, writer, items, text, options, around);
    let records = |items: &[Item]| -> Vec<Record> {
        items
            .iter()
            .filter_map(|item| if let Item::Record(record) = item { Some((**record).clone()) } else { None })
            .collect()
    };
    let (before, after) = (records(items), records(&again));
    if before.len() != after.len() {
        let message = format!("{} records were written, {} read back", before.len(), after.len());
        return before
            .first()
            .map(|first| Diagnostic::new(&VERIFY_DIFFERS, message).about(first))
            .into_iter()
            .collect();
    }
    let mut findings = Vec::new();
    for (before, after) in before.iter().zip(&after) {
        let own: Vec<&Loss> = losses.iter().filter(|loss| loss.record == before.origin.number).collect();
        findings.extend(
            record(before, &own, after).into_iter().map(|why| Diagnostic::new(&VERIFY_DIFFERS, why).about(before)),
        );
    }
    findings
}
