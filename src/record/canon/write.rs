//! Canonical JSON, written straight into a string.

use super::is_list_field;
use crate::bytes::{any_of_last, first};
use crate::record::{
    Basis, Date, Field, KeywordKind, MarkKind, Name, Names, NoteKind, PublisherRole, Record, Slot, Text, UrlKind, Value,
};

/// Appends a JSON string.
pub fn write_string(out: &mut String, s: &str) {
    out.reserve(s.len() + 2);
    out.push('"');
    let start = out.len();
    out.push_str(s);
    if any_of_last(out.as_bytes(), s.len(), is_special) {
        out.truncate(start);
        write_escaped(out, s);
    }
    out.push('"');
}

/// Whether a byte does not stand for itself in a JSON string.
fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < b' ')
}

/// Appends what stands in a JSON string for a text with characters to escape.
#[cold]
fn write_escaped(out: &mut String, s: &str) {
    let mut rest = s;
    while let Some(at) = first(rest.as_bytes(), is_special) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let (special, after) = from.split_at(1);
        write_escape(out, special.as_bytes()[0]);
        rest = after;
    }
    out.push_str(rest);
}

/// Appends a character that does not stand for itself in a JSON string.
fn write_escape(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        _ => {
            let hex = |digit: u8| char::from(b"0123456789abcdef"[usize::from(digit & 15)]);
            out.push_str("\\u00");
            out.extend([hex(byte >> 4), hex(byte)]);
        }
    }
}

/// Writes the members of an object, with commas where they belong.
struct Object<'o> {
    out: &'o mut String,
    first: bool,
}

impl<'o> Object<'o> {
    fn open(out: &'o mut String) -> Object<'o> {
        out.push('{');
        Object { out, first: true }
    }

    fn key(&mut self, key: &str) -> &mut String {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        write_string(self.out, key);
        self.out.push(':');
        self.out
    }

    fn string(&mut self, key: &str, value: &str) {
        write_string(self.key(key), value);
    }

    /// A string that is left out when empty.
    fn some(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.string(key, value);
        }
    }

    /// `true`, or nothing.
    fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.key(key).push_str("true");
        }
    }

    fn close(self) {
        self.out.push('}');
    }
}

fn write_list<T>(out: &mut String, list: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut String, T)) {
    out.push('[');
    for (at, item) in list.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        each(out, item);
    }
    out.push(']');
}

fn write_pairs<A: AsRef<str>, B: AsRef<str>>(out: &mut String, pairs: &[(A, B)]) {
    write_list(out, pairs, |out, (a, b)| {
        out.push('[');
        write_string(out, a.as_ref());
        out.push(',');
        write_string(out, b.as_ref());
        out.push(']');
    });
}

fn mark_name(kind: &MarkKind) -> (&'static str, Option<&str>) {
    match kind {
        MarkKind::Italic => ("italic", None),
        MarkKind::Bold => ("bold", None),
        MarkKind::Superscript => ("superscript", None),
        MarkKind::Subscript => ("subscript", None),
        MarkKind::SmallCaps => ("small-caps", None),
        MarkKind::Underline => ("underline", None),
        MarkKind::Strike => ("strike", None),
        MarkKind::Code => ("code", None),
        MarkKind::NoCase => ("no-case", None),
        MarkKind::Math => ("math", None),
        MarkKind::Quote => ("quote", None),
        MarkKind::Link(to) => ("link", Some(to)),
        MarkKind::Language(tag) => ("language", Some(tag)),
        MarkKind::Raw { source, .. } => ("raw", Some(source)),
    }
}

fn write_text(out: &mut String, text: &Text) {
    if text.marks().is_empty() {
        return write_string(out, text.as_str());
    }
    let mut object = Object::open(out);
    object.string("text", text.as_str());
    write_list(object.key("marks"), text.marks(), |out, mark| {
        let mut object = Object::open(out);
        let (name, of) = mark_name(&mark.kind);
        object.key("start").push_str(&mark.start.to_string());
        object.key("end").push_str(&mark.end.to_string());
        object.string("is", name);
        if let Some(of) = of {
            object.string("of", of);
        }
        if let MarkKind::Raw { format, .. } = &mark.kind {
            object.string("format", format);
        }
        object.close();
    });
    object.close();
}

fn write_name(out: &mut String, name: &Name) {
    let mut object = Object::open(out);
    object.some("family", &name.family);
    object.some("given", &name.given);
    object.some("particle", &name.particle);
    object.some("dropping-particle", &name.dropping_particle);
    object.some("suffix", &name.suffix);
    object.flag("comma-suffix", name.comma_suffix);
    object.some("literal", &name.literal);
    object.flag("organization", name.organization);
    if let Some(detail) = &name.detail {
        if !detail.ids.is_empty() {
            write_pairs(object.key("ids"), &detail.ids);
        }
        if !detail.affiliations.is_empty() {
            write_list(object.key("affiliations"), &detail.affiliations, |out, it| write_string(out, it));
        }
        if !detail.alt.is_empty() {
            write_pairs(object.key("alt"), &detail.alt);
        }
        if !detail.flags.is_empty() {
            write_list(object.key("flags"), &detail.flags, |out, it| write_string(out, it));
        }
    }
    object.close();
}

fn write_names(out: &mut String, names: &Names) {
    if !names.others && names.role.is_none() && names.unplaced.is_empty() {
        return write_list(out, &names.list, write_name);
    }
    let mut object = Object::open(out);
    write_list(object.key("list"), &names.list, write_name);
    object.flag("others", names.others);
    object.some("role", names.role.as_deref().unwrap_or_default());
    if !names.unplaced.is_empty() {
        write_list(object.key("unplaced"), &names.unplaced, write_name);
    }
    object.close();
}

/// An object of which the first member is the value itself; just the value where the others are absent.
fn write_qualified(out: &mut String, key: &str, value: &str, rest: &[(&str, &str)]) {
    if rest.iter().all(|(_, value)| value.is_empty()) {
        return write_string(out, value);
    }
    let mut object = Object::open(out);
    object.string(key, value);
    for (key, value) in rest {
        object.some(key, value);
    }
    object.close();
}

/// Appends the canonical JSON of a value.
pub fn write_value(out: &mut String, value: &Value) {
    let option = |it: &Option<Box<str>>| it.as_deref().unwrap_or_default().to_owned();
    match value {
        Value::Text(text) => write_text(out, text),
        Value::Names(names) => write_names(out, names),
        Value::Date(date) => {
            if date.literal.is_none() {
                return write_string(out, &date.to_string());
            }
            let mut object = Object::open(out);
            let parsed = Date { literal: None, ..date.clone() };
            if !parsed.is_empty() {
                object.string("edtf", &parsed.to_string());
            }
            object.some("literal", date.literal.as_deref().unwrap_or_default());
            object.close();
        }
        Value::Pages(pages) => write_list(out, &pages.ranges, |out, range| {
            let mut object = Object::open(out);
            object.some("start", &range.start);
            object.some("end", range.end.as_deref().unwrap_or_default());
            object.flag("open", range.open);
            object.close();
        }),
        Value::Number(number) => write_string(out, number.as_str()),
        Value::Token(token) => write_string(out, token),
        Value::Lang(lang) => write_string(out, lang.as_str()),
        Value::Keyword(keyword) => {
            let kind = if keyword.kind == KeywordKind::Unspecified { "" } else { keyword.kind.name() };
            let major = if keyword.major { "major" } else { "" };
            let scheme = option(&keyword.scheme);
            write_qualified(out, "text", &keyword.text, &[("scheme", &scheme), ("kind", kind), ("weight", major)]);
        }
        Value::Note(note) => {
            if note.kind == NoteKind::Note && note.text.marks().is_empty() {
                return write_string(out, note.text.as_str());
            }
            let mut object = Object::open(out);
            object.string("kind", note.kind.name());
            write_text(object.key("note"), &note.text);
            object.close();
        }
        Value::Id(id) => {
            write_qualified(out, "id", &id.value, &[("scheme", &id.scheme), ("qualifier", &option(&id.qualifier))]);
        }
        Value::Url(url) => {
            let kind = if url.kind == UrlKind::Landing { "" } else { url.kind.name() };
            write_qualified(out, "url", &url.url, &[("kind", kind), ("label", &option(&url.label))]);
        }
        Value::Publisher(publisher) => {
            if publisher.role == PublisherRole::Publisher && publisher.name.marks().is_empty() {
                return write_string(out, publisher.name.as_str());
            }
            let mut object = Object::open(out);
            write_text(object.key("name"), &publisher.name);
            object.string("role", publisher.role.name());
            object.close();
        }
        Value::Relation(relation) => {
            let mut object = Object::open(out);
            object.string("kind", &relation.kind);
            object.string("target", &relation.target);
            object.close();
        }
        Value::File(file) => {
            write_qualified(out, "path", &file.path, &[("mime", &option(&file.mime)), ("label", &option(&file.label))]);
        }
    }
}

fn write_slot(out: &mut String, slot: &Slot) {
    let mut object = Object::open(out);
    write_value(object.key("value"), slot.value());
    if slot.group() > 0 {
        object.key("group").push_str(&slot.group().to_string());
    }
    if let Some(source) = slot.any_source() {
        let mut inner = Object::open(object.key("source"));
        inner.string("family", &source.family);
        write_list(inner.key("cells"), &source.cells, |out, cell| {
            let parts = [Some(&*cell.tag), Some(&*cell.raw), cell.expression.as_deref()];
            write_list(out, parts.into_iter().flatten(), write_string);
        });
        if source.part.1 > 1 {
            write_list(inner.key("part"), [source.part.0, source.part.1], |out, it| out.push_str(&it.to_string()));
        }
        inner.close();
    }
    object.close();
}

/// Appends the canonical JSON of all slots of one field.
pub fn write_field(out: &mut String, field: Field, slots: &[&Slot]) {
    let bare = slots.iter().all(|slot| slot.group() == 0 && slot.any_source().is_none());
    match slots {
        [slot] if bare && !is_list_field(field) => write_value(out, slot.value()),
        slots if bare && is_list_field(field) => write_list(out, slots, |out, slot| write_value(out, slot.value())),
        slots => {
            out.push_str("{\"slots\":");
            write_list(out, slots, |out, slot| write_slot(out, slot));
            out.push('}');
        }
    }
}

/// Appends the canonical JSON of a record: on one line, or with each member and each field on a line of its own.
pub fn write_record(out: &mut String, record: &Record, pretty: bool) {
    let (outer, inner) = if pretty { ("\n  ", "\n    ") } else { ("", "") };
    let mut first = true;
    let mut member = |out: &mut String, name: &str| {
        out.push_str(if first { "{" } else { "," });
        first = false;
        out.push_str(outer);
        write_string(out, name);
        out.push_str(if pretty { ": " } else { ":" });
    };
    member(out, "kind");
    write_string(out, record.kind.name());
    if let Some(subtype) = &record.subtype {
        member(out, "subtype");
        write_string(out, subtype);
    }
    if record.basis != Basis::Stated {
        member(out, "basis");
        write_string(out, basis_name(record.basis));
    }
    if let Some(source) = &record.source_type {
        member(out, "type");
        let mut object = Object::open(out);
        object.string("family", &source.family);
        if source.format != source.family {
            object.string("format", &source.format);
        }
        object.string("word", &source.word);
        if !source.order.is_empty() {
            write_list(object.key("order"), &source.order, |out, tag| write_string(out, tag));
        }
        object.close();
    }
    if let Some(key) = &record.key {
        member(out, if key.made { "made-key" } else { "key" });
        write_string(out, &key.text);
    }
    member(out, "fields");
    out.push('{');
    let order = field_order(record);
    for (at, field) in order.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(inner);
        write_string(out, field.name());
        out.push_str(if pretty { ": " } else { ":" });
        let slots: Vec<&Slot> = record.all(*field).collect();
        write_field(out, *field, &slots);
    }
    if !order.is_empty() {
        out.push_str(outer);
    }
    out.push('}');
    if !is_grouped(record) {
        member(out, "order");
        write_list(out, &record.slots, |out, slot| write_string(out, slot.field().name()));
    }
    if !record.extras.is_empty() {
        member(out, "extras");
        write_list(out, &record.extras, |out, extra| {
            out.push_str(inner);
            let mut object = Object::open(out);
            object.string("family", &extra.family);
            object.string("tag", &extra.tag);
            object.string("value", &extra.value);
            if let Some(expression) = &extra.expression {
                object.string("expression", expression);
            }
            object.close();
        });
    }
    out.push_str(if pretty { "\n}" } else { "}" });
}

fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Inferred => "inferred",
        Basis::Defaulted => "defaulted",
    }
}

/// The fields of a record in the order of their first slots.
fn field_order(record: &Record) -> Vec<Field> {
    let mut order: Vec<Field> = Vec::with_capacity(record.slots.len());
    for slot in &record.slots {
        if order.last() != Some(&slot.field()) && !order.contains(&slot.field()) {
            order.push(slot.field());
        }
    }
    order
}

/// Whether the slots of each field stand side by side, so that an object says their order.
fn is_grouped(record: &Record) -> bool {
    let changes = record.slots.windows(2).filter(|pair| pair[0].field() != pair[1].field()).count();
    record.slots.is_empty() || changes + 1 == field_order(record).len()
}
