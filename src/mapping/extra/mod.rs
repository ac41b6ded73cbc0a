//! Lines of Zotero's field `Extra`: `Original Date: 1969`, `Citation Key: doe1969`, `Editor: Roe || Richard`.
//!
//! Zotero, citeproc-js and Better BibTeX read such lines at the head of an item's free text (`Extra`, CSL's `note`) as if
//! they were fields. Formats whose records have such a text name it in their tables ([`ExtraLines`]); the engine then
//! reads the lines that stand before all other text into fields (lines of the same form whose labels nobody knows, and
//! bare numbers, may stand between them, and are text), and with `--profile zotero` writes what the format has
//! no field for, as far as a line can hold it. Sections 3.8 and 3.9 of the mapping reference.
//!
//! A text of which nothing is a line, but which begins like one, is written behind an empty line, and one empty line
//! behind the lines belongs to them: so every text comes back as it was.
//!
//! ```
//! use bibferry::mapping::extra::split;
//! let (lines, text) = split("PMID: 12345\narXiv: 2001.00003\nA remark. Key: value");
//! assert_eq!(lines.len(), 2);
//! assert_eq!(text, "A remark. Key: value");
//! ```

mod forms;
mod head;
mod table;

pub(crate) use head::begins;
pub use head::{join, split};
pub use table::{Row, item_type, type_of};

use crate::bytes::trim;
use crate::record::{Parts, Record, Slot, Value};
use crate::write::Outgoing;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::LazyLock;
use table::ROWS;

/// Where a format's records have a text that begins with lines.
#[derive(Clone, Copy, Debug)]
pub struct ExtraLines {
    /// The tag.
    pub tag: &'static str,
    /// The text that a raw value of the tag stands for.
    pub text: fn(&str) -> Cow<'_, str>,
    /// The raw value for a text.
    pub raw: fn(&str) -> String,
    /// Whether Zotero's importer of the format takes the citation key from a line alone.
    pub key: bool,
    /// The item type that Zotero's importer makes of a type word with these tags; a line names the right one where it is
    /// another. `None`: the importer knows no such word.
    pub item_type: fn(&str) -> Option<&'static str>,
}

/// A line that was read.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it says.
    pub says: Says,
    /// Its value.
    pub value: String,
    /// The line as it stands.
    pub raw: String,
}

/// What a line says.
#[derive(Clone, Copy, Debug)]
pub enum Says {
    /// The citation key.
    Key,
    /// The item's type.
    Type,
    /// A field, by its row.
    Row(&'static Row),
    /// The title of the volume of a set.
    VolumeTitle,
    /// A field of .bib files that no field of the record stands for.
    Tex,
}

/// The label of the citation key.
const KEY: &str = "Citation Key";
/// The label of the type.
const TYPE: &str = "Type";
/// The label of the title of a volume.
const VOLUME_TITLE: &str = "Volume Title";
/// What begins the label of a field of .bib files.
const TEX: &str = "tex.";
/// The family of such fields.
pub const TEX_FAMILY: &str = "bibtex";

/// Reads one line: `Label: value`, or the older `{:label: value}`, of which several may stand in one. `false`: it is text.
fn parse(line: &str, lines: &mut Vec<Line>) -> bool {
    if let Some(inner) = trim(line).strip_prefix("{:") {
        let mut found = Vec::new();
        for part in inner.split("{:") {
            let Some(pair) = part.trim().strip_suffix('}') else { return false };
            let Some(line) = one(pair) else { return false };
            found.push(line);
        }
        lines.append(&mut found);
        return true;
    }
    one(line).map(|line| lines.push(line)).is_some()
}

fn one(line: &str) -> Option<Line> {
    let (says, value) = said(line)?;
    Some(Line { says, value: value.to_owned(), raw: line.to_owned() })
}

/// Whether a text is one line `Label: value`, without a line break.
pub fn is_line(text: &str) -> bool {
    !text.starts_with("{:") && said(text).is_some()
}

/// What a line says, and its value.
fn said(line: &str) -> Option<(Says, &str)> {
    let of = |at: usize| Some((trim(line.get(..at)?), trim(line.get(at + 1..)?)));
    // `tex.field= value` is LaTeX.
    let latex = memchr::memchr(b'=', line.as_bytes()).and_then(of).filter(|(label, _)| is_tex(label));
    let (label, value) = latex.or_else(|| memchr::memchr(b':', line.as_bytes()).and_then(of))?;
    let says = meaning(label).filter(|_| !value.is_empty())?;
    let fits = match says {
        Says::Type => type_of(value).is_some(),
        Says::Row(row) => row.form.read(value).is_some(),
        _ => true,
    };
    fits.then_some((says, value))
}

/// What labels say, folded: of one spelling there may be several.
static KNOWN: LazyLock<FxHashMap<Folded, Vec<Says>>> = LazyLock::new(|| {
    let mut known: FxHashMap<Folded, Vec<Says>> = FxHashMap::default();
    let mut add = |label: &str, says: Says| known.entry(fold(label)).or_default().push(says);
    add(KEY, Says::Key);
    add(TYPE, Says::Type);
    add(VOLUME_TITLE, Says::VolumeTitle);
    for row in ROWS {
        std::iter::once(&row.label).chain(row.also).for_each(|name| add(name, Says::Row(row)));
    }
    known
});

/// What a label says. Names of CSL and Zotero hold whatever their case and spacing, our own words only as we write them.
fn meaning(label: &str) -> Option<Says> {
    if label.len() > LONGEST {
        return None;
    }
    // The line that nearly all programs write.
    if label == KEY {
        return Some(Says::Key);
    }
    let holds = |says: &&Says| !matches!(says, Says::Row(row) if row.own && row.label != label);
    let found = KNOWN.get(&fold(label)).and_then(|all| all.iter().find(holds)).copied();
    found.or_else(|| is_tex(label).then_some(Says::Tex))
}

/// What stands behind `tex.`, in whatever case.
fn after_tex(label: &str) -> Option<&str> {
    let (prefix, name) = label.split_at_checked(TEX.len())?;
    prefix.eq_ignore_ascii_case(TEX).then_some(name)
}

fn is_tex(label: &str) -> bool {
    let name = after_tex(label).unwrap_or_default();
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'*'))
}

/// The longest label, in bytes.
const LONGEST: usize = 40;

/// A label without its case and what stands between its words.
type Folded = SmallVec<[u8; 64]>;

fn fold(label: &str) -> Folded {
    let between = |c: char| matches!(c, ' ' | '-' | '_');
    if label.is_ascii() {
        return label
            .bytes()
            .filter(|byte| !between(char::from(*byte)))
            .map(|byte| byte.to_ascii_lowercase())
            .collect();
    }
    label.chars().filter(|c| !between(*c)).flat_map(char::to_lowercase).collect::<String>().as_bytes().into()
}

impl Line {
    /// The name of a .bib field behind its prefix.
    pub(super) fn tex_name(&self) -> &str {
        let label = self.raw.split([':', '=']).next().unwrap_or_default().trim();
        after_tex(label).unwrap_or(label)
    }

    /// Whether it is the note of a .bib file in words, which is a note wherever it stands.
    pub(super) fn is_note(&self) -> bool {
        let in_words = self.raw.find([':', '=']).is_some_and(|at| self.raw.as_bytes().get(at) == Some(&b':'));
        in_words && matches!(self.says, Says::Tex) && self.tex_name().eq_ignore_ascii_case("note")
    }

    /// Whether the next line says more of the same: another name of one role.
    pub(super) fn is_continued_by(&self, next: &Line) -> bool {
        matches!((self.says, next.says), (Says::Row(one), Says::Row(other)) if std::ptr::eq(one, other))
    }
}

/// Reads several lines of one row as what they say together: names of one role are one list.
pub(super) fn values(row: &Row, raws: &[&str]) -> Vec<Value> {
    row.form.read_all(raws)
}

/// Takes what is left of a record and lines can hold, in the order of the table.
pub(super) fn leftovers(lines: &ExtraLines, word: &str, out: &mut Outgoing<'_, '_>) -> Vec<String> {
    let mut all = Vec::new();
    let record = out.record();
    if let Some(key) = record.key.as_ref().filter(|key| lines.key && !key.made)
        && comes_back(KEY, &key.text)
        && out.take_key().is_some()
    {
        all.push(label(KEY, &key.text));
    }
    if let Some(named) = type_line(lines, word, record, out.keeps_kind()) {
        if let Some((kind, subtype)) = type_of(named) {
            out.kind_becomes(kind, subtype);
        }
        all.push(label(TYPE, named));
    }
    for row in ROWS {
        let taken = (0..record.slots.len()).any(|at| record.slots[at].field() == row.field && out.is_taken(at));
        if taken && !row.field.repeats() {
            continue;
        }
        for at in out.slots_left() {
            let slot = &record.slots[at];
            if slot.field() == row.field && write(row, at, slot, out, &mut all) && !row.field.repeats() {
                break;
            }
        }
    }
    all.extend(tex_lines(out));
    all
}

/// Takes the fields of .bib files that are left and that lines can hold.
pub(super) fn tex_lines(out: &mut Outgoing<'_, '_>) -> Vec<String> {
    let record = out.record();
    let mut all = Vec::new();
    for at in out.extras_left() {
        let extra = &record.extras[at];
        if extra.family != TEX_FAMILY {
            continue;
        }
        let name = [TEX, &extra.tag].concat();
        if is_tex(&name) && meaning(&name).is_some_and(|says| matches!(says, Says::Tex)) {
            // A note in words would be a note.
            let line = if extra.tag.eq_ignore_ascii_case("note") {
                [&name, "= ", &*extra.value].concat()
            } else {
                label(&name, &extra.value)
            };
            let again = one(&line).filter(|again| *again.value == *extra.value && again.tex_name() == &*extra.tag);
            if again.is_some() && is_one_line(&line) && out.take_extra(at).is_some() {
                all.push(line);
            }
        }
    }
    all
}

/// Writes one slot by a row; `false` where a line does not hold it.
fn write(row: &'static Row, at: usize, slot: &Slot, out: &mut Outgoing<'_, '_>, all: &mut Vec<String>) -> bool {
    let Some((raws, lost)) = row.form.write(slot.value()) else { return false };
    let sound = |raw: &String| {
        let again = one(&label(row.label, raw));
        again.is_some_and(|it| it.value == *raw && matches!(it.says, Says::Row(it) if std::ptr::eq(it, row)))
    };
    if raws.is_empty() || !raws.iter().all(sound) {
        return false;
    }
    all.extend(raws.iter().map(|raw| label(row.label, raw)));
    out.take_losing(at, Parts::ALL.without(Parts::GROUP), lost);
    true
}

/// The type to be named in a line: where the format's word does not say it to Zotero, or does not say it to us.
fn type_line(lines: &ExtraLines, word: &str, record: &Record, kept: bool) -> Option<&'static str> {
    let wanted = item_type(record.kind, record.subtype.as_deref());
    let named = table::type_word(record.kind, record.subtype.as_deref());
    let given = (lines.item_type)(word);
    // A line may only say what the record says.
    let sound = |name: &&str| type_of(name) == Some((record.kind, record.subtype.as_deref()));
    match named {
        Some(name) if !kept => Some(name).filter(sound),
        Some(name) if given != wanted => Some(name).filter(sound),
        _ => None,
    }
}

fn label(name: &str, value: &str) -> String {
    [name, ": ", value].concat()
}

fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r'])
}

fn comes_back(name: &str, value: &str) -> bool {
    is_one_line(value) && one(&label(name, value)).is_some_and(|it| it.value == value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, Kind, Name, Names};
    use crate::write::Losses;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn labels_are_folded_alike(label in "[A-Za-z0-9 _.é\u{212a}-]{0,45}") {
            let folded: String =
                label.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect();
            prop_assert_eq!(&*fold(&label), folded.as_bytes());
        }
    }

    #[test]
    fn what_is_left_of_a_record_stands_in_lines() {
        static LINES: ExtraLines = ExtraLines {
            tag: "note",
            text: |raw| raw.into(),
            raw: str::to_owned,
            key: true,
            item_type: |_| Some("book"),
        };
        let mut record = Record::new(Kind::Periodical);
        record.push(Field::Pmid, Value::Id(crate::record::Id::plain("12345")));
        let mut names = Names::of(vec![Name::person("Roe", "Richard"), Name::literal("Acme")]);
        names.role = Some("counsel".into());
        record.push(Field::Contributor, Value::Names(names));
        let mut losses = Losses::new(true);
        let mut out = Outgoing::new(&record, &mut losses);
        out.kind_becomes(Kind::Misc, None);
        let lines = leftovers(&LINES, "BOOK", &mut out);
        assert_eq!(lines, ["Type: periodical", "PMID: 12345", "Counsel: Roe || Richard", "Counsel: Acme"]);
        out.finish();
        assert!(losses.list.is_empty(), "{:?}", losses.list);
    }

    #[test]
    fn labels_are_distinct_and_rows_are_reached() {
        for row in ROWS {
            let says = meaning(row.label);
            assert!(matches!(says, Some(Says::Row(it)) if std::ptr::eq(it, row)), "{}", row.label);
        }
        for kind in Kind::ALL {
            assert!(item_type(*kind, None).is_some(), "{}", kind.name());
        }
    }
}
