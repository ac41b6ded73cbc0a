//! From records to JSON.

use super::join;
use super::codec::words::RICH;
use super::json::{self, Sort};
use super::map::tags::KEPT_VARIABLES;
use super::map::types::{DEGREES, TYPES};
use super::map::zotero::{self, FOR_ZOTERO};
use super::map::{MAPPING, SERIES_IS_SAID, is_book, is_whole_book};
use super::members::{CUSTOM, Class, Member, member};
use super::read::{looks_like_json, own_word};
use super::{schema, text};
use crate::format::{Frame, Writer};
use crate::loss::LossKind;
use crate::mapping::extra::TEX_FAMILY;
use crate::mapping::{Written, WrittenCell, leave_out_derived_urls, subtitles};
use crate::record::canon::write_string;
use crate::record::identifier::arxiv;
use crate::record::{Field, Kind, Parts, Record, Text, Value};
use crate::verify;
use crate::write::{Outgoing, Writing};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

pub(super) const JSON: Writer = Writer {
    frame: Frame { open: "[\n", between: ",\n", close: "\n]\n", empty: "[]\n", tight: false },
    needs_key: true,
    tex_keys: false,
    record,
    passage: Writer::no_passage,
    head: Writer::no_head,
    page: None,
};

/// The name of a member.
#[derive(Clone, Copy)]
pub(super) enum MemberName<'n> {
    /// One of the tables.
    Known(&'static Member),
    /// Any other.
    Other(&'n str),
}

impl<'n> MemberName<'n> {
    /// The name alone.
    pub(super) fn as_str(self) -> &'n str {
        match self {
            MemberName::Known(member) => member.name,
            MemberName::Other(name) => name,
        }
    }
}

/// What stands in a member.
pub(super) enum Content<'v> {
    /// A string.
    Words(&'v str),
    /// JSON text.
    Json(&'v str),
}

fn record(out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>) {
    let taken = take(out, writing);
    let start = writing.out.len();
    let text = &mut *writing.out;
    text.push_str("  {");
    let mut first = true;
    taken.each_member(out.record(), &mut |name, content| {
        open_member(text, first, name);
        first = false;
        content.write(text);
    });
    text.push_str("\n  }");
    if writing.options.is_for_zotero() || taken.written.is_doubtful {
        // The table for Zotero is not that by which CSL is read.
        verify::settle(&super::CSL_JSON, out, writing.out.get(start..).unwrap_or_default(), &["csl", TEX_FAMILY]);
    }
}

/// Appends the name of a member, the first or one behind another.
fn open_member(out: &mut String, first: bool, name: MemberName<'_>) {
    match name {
        MemberName::Known(member) if !first => member.label.push(out),
        name => {
            out.push_str(if first { "\n    " } else { ",\n    " });
            write_string(out, name.as_str());
            out.push_str(": ");
        }
    }
}

/// What is written of a record.
pub(super) struct Taken<'r> {
    /// The CSL type.
    word: Cow<'static, str>,
    /// The members.
    written: Written<'r>,
    /// Whether the tags are those of [`MAPPING`], by their places.
    is_plain: bool,
}

/// Takes what is written of a record: its type and its members.
pub(super) fn take<'r>(out: &mut Outgoing<'r, '_>, writing: &Writing<'_>) -> Taken<'r> {
    if !writing.options.carry {
        leave_out_derived_urls(MAPPING.family, out);
    }
    let record = out.record();
    if writing.options.is_for_zotero() {
        let mut written = FOR_ZOTERO.write_as(Some(zotero::word_for(record)), out, writing.options);
        // There is no place for a subtitle but the title.
        FOR_ZOTERO.join_subtitles(&mut written, out, writing.options, &RICH);
        let word = Cow::Borrowed(zotero::csl_type(&written.word));
        return Taken { word, written, is_plain: false };
    }
    let plain = || TYPES.row_for(record.kind, record.subtype.as_deref()).map_or(TYPES.fallback, |row| row.word);
    let word = own_word(record).unwrap_or_else(plain);
    let mut written = MAPPING.write_as(Some(word), out, writing.options);
    say_kind(out, &mut written);
    let is_own = record.source_type.as_ref().is_some_and(|source| source.family == MAPPING.family);
    let has_short = || record.get(Field::ContainerShort).is_some();
    if !is_own && !writing.options.carry && has_short() && written.get("container-title").is_none() {
        written.complete_title(&MAPPING, out, "container-title-short", "container-title");
    }
    // All of these begin with what CSL has no variable for.
    if written.cells.iter().fold(false, |any, cell| any | may_be_custom(cell)) {
        say_arxiv_number(&mut written);
        if !is_own && !writing.options.carry {
            say_arxiv_address(out, &mut written);
            stand_in_set(out, &mut written);
        }
        join_titles(out, &mut written);
    }
    separate_keyword(&mut written);
    if !writing.options.carry {
        MAPPING.put_tex_lines(&mut written, out);
    }
    let word = std::mem::take(&mut written.word);
    Taken { word, written, is_plain: true }
}

/// Whether a cell of our own table may be a member of `custom`.
fn may_be_custom(cell: &WrittenCell<'_>) -> bool {
    cell.place().and_then(member).is_none_or(|member| member.is_custom)
}

/// Says the number of an e-print at arXiv where styles look for the item's, with its label, as Zotero does.
fn say_arxiv_number(written: &mut Written<'_>) {
    let is_free = written.word == "article" && written.get("number").is_none();
    let id = written.get("custom.arxiv").filter(|_| is_free).and_then(arxiv);
    if let Some(id) = id.filter(|id| arxiv(&["arXiv:", &id.value].concat()).is_some_and(|again| again.value == id.value)) {
        written.insert(&MAPPING, "number", ["arXiv:", &id.value].concat());
    }
}

/// Says where an e-print of arXiv is found: no style makes an address of its number.
fn say_arxiv_address<'r>(out: &mut Outgoing<'r, '_>, written: &mut Written<'r>) {
    let record = out.record();
    if written.get("custom.arxiv").is_none() || written.get("URL").or(written.get("DOI")).is_some() {
        return;
    }
    let id = record.all(Field::Eprint).find_map(|slot| match slot.value() {
        Value::Id(id) if &*id.scheme == "arxiv" && !id.value.contains(char::is_whitespace) => Some(id),
        _ => None,
    });
    if let Some(id) = id {
        let address = ["https://arxiv.org/abs/", &id.value].concat();
        out.added(Field::Url, &address);
        written.insert(&MAPPING, "URL", address);
    }
}

/// What stands in a work of several volumes, and in no volume that has a title, stands in that work.
fn stand_in_set<'r>(out: &mut Outgoing<'r, '_>, written: &mut Written<'r>) {
    const PLACES: [(&str, &str, Field); 2] = [
        ("custom.set-title", "container-title", Field::ContainerTitle),
        ("custom.set-subtitle", "custom.container-subtitle", Field::ContainerSubtitle),
    ];
    let has_any = PLACES.iter().any(|(_, to, _)| written.get(to).is_some());
    if is_book(&written.word) || has_any {
        return;
    }
    for (from, to, field) in PLACES {
        let Some(at) = written.cells.iter().position(|cell| cell.tag == from) else { return };
        let cell = written.cells.remove(at);
        if let Some(slot) = cell.slot() {
            written.insert_of(&MAPPING, to, cell.raw, slot);
            out.note(slot, LossKind::Moved(field));
        }
    }
}

/// Says kind and subtype in `custom` where the type and the other members do not; the degree of a thesis in its genre.
fn say_kind<'r>(out: &mut Outgoing<'r, '_>, written: &mut Written<'r>) {
    let said = written.word == "thesis" && say_degree(out, written);
    // The kind says that what a book stands in is no series, which it would be read as.
    let is_part = || {
        is_whole_book(&written.word)
            && written.get("container-title").is_some()
            && !SERIES_IS_SAID.iter().any(|tag| written.get(tag).is_some())
    };
    if !said && (!out.keeps_kind() || is_part()) {
        insert_kind(out, written);
    }
}

/// Says the degree of what is written as a thesis, or the kind where words would be read as a degree; whether it did.
fn say_degree<'r>(out: &mut Outgoing<'r, '_>, written: &mut Written<'r>) -> bool {
    let record = out.record();
    let degree = DEGREES.iter().find(|(subtype, _)| Some(*subtype) == record.subtype.as_deref());
    let is_degree = |raw: &str| DEGREES.iter().any(|(_, words)| words.eq_ignore_ascii_case(raw));
    let carried = written.cells.iter().any(|cell| cell.tag == "custom.x-subtype" || cell.tag == "custom.x-kind");
    match (written.get("genre"), degree) {
        (None, Some((subtype, words))) if record.kind == Kind::Thesis && !carried => {
            written.insert(&MAPPING, "genre", *words);
            out.kind_becomes(Kind::Thesis, Some(subtype));
            true
        }
        // These words alone would be read as the degree.
        (Some(genre), _) if is_degree(genre) && (record.kind == Kind::Thesis || carried) => {
            insert_kind(out, written);
            true
        }
        _ => false,
    }
}

fn insert_kind<'r>(out: &mut Outgoing<'r, '_>, written: &mut Written<'r>) {
    let record = out.record();
    written.insert(&MAPPING, "custom.kind", record.kind.name());
    if let Some(subtype) = &record.subtype {
        written.insert(&MAPPING, "custom.subtype", &**subtype);
    }
    out.kind_becomes(record.kind, record.subtype.as_deref());
}

/// Puts subtitles behind their titles. A colon that a title ends with already is the one between them, when it is read.
fn join_titles(out: &mut Outgoing<'_, '_>, written: &mut Written) {
    let has_volume_title = written.get("volume-title").is_some();
    for pair in join::pairs(&written.word, has_volume_title) {
        let Some(subtitle) = written.get(pair.subtitle).map(str::to_owned) else { continue };
        if let Some(title) = written.cells.iter_mut().find(|cell| cell.tag == pair.title) {
            let joined = subtitles::join(&title.raw, &subtitle);
            if subtitles::split(&joined, &subtitle) != Some(&*title.raw)
                && let Some(slot) = title.slot()
            {
                out.note(slot, LossKind::Narrowed(Parts::SPELLING));
            }
            title.raw = joined.into();
        }
    }
}

/// One keyword with a comma in it has a semicolon behind it, so that it stays one.
fn separate_keyword(written: &mut Written) {
    if let Some(cell) = written.cells.iter_mut().find(|cell| cell.tag == "keyword")
        && cell.expression.is_none()
        && memchr::memchr(b',', cell.raw.as_bytes()).is_some()
        && memchr::memchr(b';', cell.raw.as_bytes()).is_none()
        && written_by_us(cell)
    {
        cell.raw.to_mut().push(';');
    }
}

/// Whether a cell of keywords holds one keyword, and not the source's own list.
fn written_by_us(cell: &WrittenCell) -> bool {
    cell.slot().is_some() && !cell.is_verbatim()
}

impl Taken<'_> {
    /// Whether only reading can say what will be read.
    pub(super) fn is_doubtful(&self) -> bool {
        self.written.is_doubtful
    }

    /// The text that stands alone in a member, as the record has it.
    pub(super) fn text_of<'v>(&self, record: &'v Record, name: &str) -> Option<&'v Text> {
        let cell = self.written.cells.iter().find(|cell| cell.tag == name)?;
        let text = text::of(record.slots.get(cell.slot()?)?.value())?;
        (cell.raw == text::write(text)).then_some(text)
    }

    /// Gives the members of the item in their order: what CSL has no variable for last, in `custom`.
    pub(super) fn each_member(&self, record: &Record, give: &mut dyn FnMut(MemberName<'_>, Content<'_>)) {
        const TYPE: MemberName<'static> = MemberName::Other("type");
        let mut custom = Custom::default();
        let mut typed = false;
        let mut rest = self.written.cells.as_slice();
        let extras = names_of_extras(record);
        while let Some(cell) = rest.first() {
            let extra = is_extra(cell, &extras);
            let member = if extra { None } else { self.as_read(cell) };
            let (many, class) = member.map_or((false, Class::Words), |member| (member.many, member.class));
            let joined;
            let content = if many {
                let same = |next: &&WrittenCell| next.tag == cell.tag && !is_extra(next, &extras);
                let count = rest.iter().skip(1).take_while(same).count() + 1;
                let (cells, behind) = rest.split_at(count);
                rest = behind;
                joined = array(cells, class);
                Content::Json(&joined)
            } else {
                rest = rest.get(1..).unwrap_or_default();
                content_of(cell, class, extra)
            };
            let is_ours = member.is_none_or(|member| member.is_custom || !self.is_plain);
            let name = if is_ours { cell.tag.strip_prefix(CUSTOM) } else { None };
            let stays = extra && KEPT_VARIABLES.contains(&&*cell.tag) && stays_plain(&cell.tag, &content);
            if name.is_some() || (extra && !stays) {
                custom.add(name.unwrap_or(&cell.tag), &content);
                continue;
            }
            let name = match (&cell.tag, member) {
                (Cow::Borrowed(_), Some(member)) if self.is_plain => MemberName::Known(member),
                (name, _) => MemberName::Other(name),
            };
            give(name, content);
            if !typed && cell.tag == "id" {
                typed = true;
                give(TYPE, Content::Words(&self.word));
            }
        }
        if !typed {
            give(TYPE, Content::Words(&self.word));
        }
        if let Some(object) = custom.close() {
            give(MemberName::Other("custom"), Content::Json(&object));
        }
    }

    /// The member that a cell is to the table by which items are read.
    fn as_read(&self, cell: &WrittenCell) -> Option<&'static Member> {
        if self.is_plain { cell.place() } else { MAPPING.tag(&cell.tag) }.and_then(member)
    }
}

/// The JSON that the carrier has in a string: in JSON it needs none. An array of strings would be several values.
fn carried_json(words: &str) -> Option<Cow<'_, str>> {
    let inner = json::string(words).filter(|_| words.starts_with("\"{") || words.starts_with("\"["))?;
    let is_values = json::sort(&inner) == Sort::Array && json::elements(&inner).all(|it| json::sort(it) == Sort::String);
    (!is_values && looks_like_json(&inner) && json::compact(&inner) == inner).then_some(inner)
}

fn content_of<'c>(cell: &'c WrittenCell, class: Class, extra: bool) -> Content<'c> {
    match &cell.expression {
        Some(json) => Content::Json(json),
        None if class != Class::Words || (extra && looks_like_json(&cell.raw)) => Content::Json(&cell.raw),
        None => Content::Words(&cell.raw),
    }
}

/// Whether an extra may stand where the schema has its variable.
fn stays_plain(tag: &str, content: &Content<'_>) -> bool {
    match content {
        Content::Words(_) => true,
        Content::Json(raw) => {
            json::sort(raw) == Sort::String || (json::sort(raw) == Sort::Number && schema::may_be_number(tag))
        }
    }
}

/// Values of one tag as an array; lists of contributors are one list.
fn array<'c>(cells: &'c [WrittenCell], class: Class) -> Cow<'c, str> {
    let inside = |raw: &'c str| if class == Class::Names { raw.strip_prefix('[')?.strip_suffix(']') } else { None };
    if let [cell] = cells
        && inside(&cell.raw).is_some()
    {
        return Cow::Borrowed(&cell.raw);
    }
    let mut out = String::from("[");
    for cell in cells {
        if out.len() > 1 {
            out.push(',');
        }
        match inside(&cell.raw) {
            Some(inner) => out.push_str(inner),
            None => content_of(cell, class, false).write(&mut out),
        }
    }
    out.push(']');
    Cow::Owned(out)
}

impl Content<'_> {
    /// Appends it as JSON.
    fn write(&self, out: &mut String) {
        match self {
            Content::Words(words) => write_string(out, words),
            Content::Json(raw) => out.push_str(raw),
        }
    }
}

/// The object in `custom`: its names, each with its values. Several of one name are an array of strings, which only what
/// is carried has.
#[derive(Default)]
struct Custom<'c> {
    members: Vec<(&'c str, Vec<String>)>,
    places: FxHashMap<&'c str, usize>,
}

impl<'c> Custom<'c> {
    fn add(&mut self, name: &'c str, content: &Content<'_>) {
        let mut value = String::new();
        content.write(&mut value);
        let place = *self.places.entry(name).or_insert(self.members.len());
        match self.members.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => self.members.push((name, vec![value])),
        }
    }

    fn close(self) -> Option<String> {
        let length = |(name, values): &(&str, Vec<String>)| {
            values.iter().map(|value| value.len() + 1).sum::<usize>() + name.len() + "\"\":[],".len()
        };
        let mut object = String::with_capacity(self.members.iter().map(length).sum::<usize>() + 1);
        for (name, values) in &self.members {
            object.push(if object.is_empty() { '{' } else { ',' });
            write_string(&mut object, name);
            object.push(':');
            match values.as_slice() {
                [one] if name.starts_with("x-") => {
                    let words = json::string(one).unwrap_or_default();
                    object.push_str(carried_json(&words).as_deref().unwrap_or(one));
                }
                [one] => object.push_str(one),
                several => object.extend(["[", &several.join(","), "]"]),
            }
        }
        object.push('}');
        (!self.members.is_empty()).then_some(object)
    }
}

/// Whether a cell is an extra of the source's.
fn is_extra(cell: &WrittenCell, extras: &FxHashSet<&str>) -> bool {
    cell.slot().is_none() && cell.is_verbatim() && extras.contains(&*cell.tag)
}

/// The names of a record's extras of this family.
fn names_of_extras(record: &Record) -> FxHashSet<&str> {
    record.extras.iter().filter(|extra| extra.family == MAPPING.family).map(|extra| &*extra.tag).collect()
}
