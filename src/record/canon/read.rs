//! Canonical JSON, read strictly: whatever is not known is handed back.

use super::is_list_field;
use crate::record::{
    Basis, Date, Extra, Family, Field, File, Id, Key, Keyword, KeywordKind, Kind, Lang, Mark, MarkKind, Name,
    NameDetail, Names, Note, NoteKind, Number, PageRange, Pages, Publisher, PublisherRole, Record, Relation, Slot,
    Source, SourceCell, SourceType, Text, Type, Url, UrlKind, Value, excerpt,
};
use crate::source::Place;
use serde_json::{Map, Value as Json};

/// Why some JSON is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(pub String);

type Read<T> = Result<T, Mismatch>;

fn mismatch<T>(what: impl Into<String>) -> Read<T> {
    Err(Mismatch(what.into()))
}

/// Takes the members of an object one by one; what is left at the end is unknown.
struct Members(Map<String, Json>);

impl Members {
    fn of(json: Json) -> Read<Members> {
        match json {
            Json::Object(map) => Ok(Members(map)),
            other => mismatch(format!("expected an object, found {}", brief(&other))),
        }
    }

    fn string(&mut self, name: &str) -> Read<String> {
        Ok(self.optional(name)?.unwrap_or_default())
    }

    fn optional(&mut self, name: &str) -> Read<Option<String>> {
        self.0.remove(name).map(string).transpose()
    }

    fn boxed(&mut self, name: &str) -> Read<Option<Box<str>>> {
        Ok(self.optional(name)?.map(Into::into))
    }

    fn flag(&mut self, name: &str) -> Read<bool> {
        match self.0.remove(name) {
            None => Ok(false),
            Some(Json::Bool(yes)) => Ok(yes),
            Some(other) => mismatch(format!("`{name}` should be true or false, not {}", brief(&other))),
        }
    }

    fn list<T>(&mut self, name: &str, each: fn(Json) -> Read<T>) -> Read<Vec<T>> {
        self.0.remove(name).map_or(Ok(Vec::new()), |json| list(json, each))
    }

    fn word<T: Default>(&mut self, name: &str, from: fn(&str) -> Option<T>) -> Read<T> {
        match self.optional(name)? {
            None => Ok(T::default()),
            Some(word) => from(&word).ok_or_else(|| Mismatch(format!("`{word}` is not a {name}"))),
        }
    }

    fn end(self) -> Read<()> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => mismatch(format!("unknown member `{name}`")),
        }
    }
}

fn brief(json: &Json) -> String {
    excerpt(&json.to_string(), 30)
}

fn string(json: Json) -> Read<String> {
    match json {
        Json::String(it) => Ok(it),
        other => mismatch(format!("expected a string, found {}", brief(&other))),
    }
}

fn list<T>(json: Json, each: impl FnMut(Json) -> Read<T>) -> Read<Vec<T>> {
    match json {
        Json::Array(items) => items.into_iter().map(each).collect(),
        other => mismatch(format!("expected a list, found {}", brief(&other))),
    }
}

fn pair<A: From<String>, B: From<String>>(json: Json) -> Read<(A, B)> {
    let mut both = list(json, string)?.into_iter();
    match (both.next(), both.next(), both.next()) {
        (Some(a), Some(b), None) => Ok((a.into(), b.into())),
        _ => mismatch("expected a list of two strings"),
    }
}

fn number(json: Option<&Json>) -> Read<u32> {
    match json.and_then(Json::as_u64).map(u32::try_from) {
        Some(Ok(number)) => Ok(number),
        _ => mismatch("expected a whole number"),
    }
}

fn read_text(json: Json) -> Read<Text> {
    if let Json::String(plain) = json {
        return Ok(Text::plain(plain));
    }
    let mut members = Members::of(json)?;
    let mut text = Text::default();
    text.push_str(&members.string("text")?);
    for mark in members.list("marks", read_mark)? {
        if !text.mark(mark.start as usize, mark.end as usize, mark.kind) {
            return mismatch("a mark that does not fit its text");
        }
    }
    members.end()?;
    text.tidy();
    Ok(text)
}

fn read_mark(json: Json) -> Read<Mark> {
    let mut members = Members::of(json)?;
    let (start, end) = (number(members.0.remove("start").as_ref())?, number(members.0.remove("end").as_ref())?);
    let of: Box<str> = members.string("of")?.into();
    let kind = match members.string("is")?.as_str() {
        "italic" => MarkKind::Italic,
        "bold" => MarkKind::Bold,
        "superscript" => MarkKind::Superscript,
        "subscript" => MarkKind::Subscript,
        "small-caps" => MarkKind::SmallCaps,
        "underline" => MarkKind::Underline,
        "strike" => MarkKind::Strike,
        "code" => MarkKind::Code,
        "no-case" => MarkKind::NoCase,
        "math" => MarkKind::Math,
        "quote" => MarkKind::Quote,
        "link" => MarkKind::Link(of),
        "language" => MarkKind::Language(of),
        "raw" => MarkKind::Raw { format: members.string("format")?.into(), source: of },
        other => return mismatch(format!("unknown mark `{other}`")),
    };
    members.end()?;
    Ok(Mark { start, end, kind })
}

fn read_name(json: Json) -> Read<Name> {
    let mut members = Members::of(json)?;
    let detail = NameDetail {
        ids: members.list("ids", pair)?,
        affiliations: members.list("affiliations", string)?,
        alt: members.list("alt", pair)?,
        flags: members.list("flags", |json| string(json).map(Into::into))?,
    };
    let name = Name {
        family: members.string("family")?,
        given: members.string("given")?,
        particle: members.string("particle")?,
        dropping_particle: members.string("dropping-particle")?,
        suffix: members.string("suffix")?,
        comma_suffix: members.flag("comma-suffix")?,
        literal: members.string("literal")?,
        organization: members.flag("organization")?,
        detail: (detail != NameDetail::default()).then(|| Box::new(detail)),
    };
    members.end()?;
    Ok(name)
}

fn read_names(json: Json) -> Read<Names> {
    // A name without a word is nobody.
    let somebody = |mut list: Vec<Name>| {
        list.retain(|name| !name.is_empty());
        list
    };
    if json.is_array() {
        return Ok(Names::of(somebody(list(json, read_name)?)));
    }
    let mut members = Members::of(json)?;
    let names = Names {
        list: somebody(members.list("list", read_name)?),
        others: members.flag("others")?,
        role: members.boxed("role")?,
        unplaced: members.list("unplaced", read_name)?,
    };
    members.end()?;
    Ok(names)
}

fn read_date(json: Json) -> Read<Date> {
    let edtf = |text: &str| Date::from_edtf(text).ok_or_else(|| Mismatch(format!("`{text}` is not an EDTF date")));
    if let Json::String(text) = json {
        return edtf(&text);
    }
    let mut members = Members::of(json)?;
    let mut date = members.optional("edtf")?.map_or(Ok(Date::default()), |text| edtf(&text))?;
    date.literal = members.boxed("literal")?;
    members.end()?;
    Ok(date)
}

fn read_range(json: Json) -> Read<PageRange> {
    let mut members = Members::of(json)?;
    let range =
        PageRange { start: members.string("start")?.into(), end: members.boxed("end")?, open: members.flag("open")? };
    members.end()?;
    Ok(range)
}

/// Reads a value that is a string or an object with the value in its member `key`.
fn qualified(json: Json, key: &str) -> Read<(String, Members)> {
    if let Json::String(value) = json {
        return Ok((value, Members(Map::new())));
    }
    let mut members = Members::of(json)?;
    Ok((members.string(key)?, members))
}

/// Reads the canonical JSON of one value.
pub fn read_value(ty: Type, json: Json) -> Read<Value> {
    Ok(match ty {
        Type::Text => Value::Text(read_text(json)?),
        Type::Names => Value::Names(read_names(json)?),
        Type::Date => Value::Date(read_date(json)?),
        Type::Pages => Value::Pages(Pages { ranges: list(json, read_range)? }),
        Type::Number => Value::Number(Number::new(&string(json)?)),
        Type::Token => Value::Token(string(json)?),
        Type::Lang => Value::Lang(Lang::verbatim(&string(json)?)),
        Type::Keyword => {
            let (text, mut members) = qualified(json, "text")?;
            let keyword = Keyword {
                text,
                scheme: members.boxed("scheme")?,
                kind: members.word("kind", KeywordKind::from_name)?,
                major: members.string("weight")? == "major",
            };
            members.end()?;
            Value::Keyword(keyword)
        }
        Type::Note => {
            if let Json::String(plain) = json {
                return Ok(Value::Note(Note { kind: NoteKind::Note, text: Text::plain(plain) }));
            }
            let mut members = Members::of(json)?;
            let kind = members.word("kind", NoteKind::from_name)?;
            let text = members.0.remove("note").map_or(Ok(Text::default()), read_text)?;
            members.end()?;
            Value::Note(Note { kind, text })
        }
        Type::Id => {
            let (value, mut members) = qualified(json, "id")?;
            let id = Id { value, scheme: members.string("scheme")?.into(), qualifier: members.boxed("qualifier")? };
            members.end()?;
            Value::Id(id)
        }
        Type::Url => {
            let (url, mut members) = qualified(json, "url")?;
            let url = Url { url, kind: members.word("kind", UrlKind::from_name)?, label: members.boxed("label")? };
            members.end()?;
            Value::Url(url)
        }
        Type::Publisher => {
            if let Json::String(plain) = json {
                return Ok(Value::Publisher(Publisher { name: Text::plain(plain), role: PublisherRole::Publisher }));
            }
            let mut members = Members::of(json)?;
            let name = members.0.remove("name").map_or(Ok(Text::default()), read_text)?;
            let role = members.word("role", PublisherRole::from_name)?;
            members.end()?;
            Value::Publisher(Publisher { name, role })
        }
        Type::Relation => {
            let mut members = Members::of(json)?;
            let relation = Relation { kind: members.string("kind")?.into(), target: members.string("target")? };
            members.end()?;
            Value::Relation(relation)
        }
        Type::File => {
            let (path, mut members) = qualified(json, "path")?;
            let file = File { path, mime: members.boxed("mime")?, label: members.boxed("label")? };
            members.end()?;
            Value::File(file)
        }
    })
}

fn read_slot(field: Field, json: Json) -> Read<Slot> {
    let mut members = Members::of(json)?;
    let Some(value) = members.0.remove("value") else { return mismatch("a slot without a value") };
    let mut slot = Slot::new(field, read_value(field.value_type(), value)?);
    if let Some(group) = members.0.remove("group") {
        let group = u16::try_from(number(Some(&group))?);
        slot = slot.in_group(group.map_err(|_| Mismatch("a group beyond 65535".into()))?);
    }
    if let Some(source) = members.0.remove("source") {
        let mut inner = Members::of(source)?;
        let part = inner.list("part", |json| number(Some(&json)))?;
        let source = Source {
            family: inner.string("family")?.into(),
            cells: inner.list("cells", read_cell)?,
            part: match part.as_slice() {
                [] => (0, 1),
                [at, of] => (u16::try_from(*at).unwrap_or(u16::MAX), u16::try_from(*of).unwrap_or(u16::MAX)),
                _ => return mismatch("expected a list of two numbers"),
            },
        };
        inner.end()?;
        slot = slot.with_source(source);
    }
    members.end()?;
    Ok(slot)
}

fn read_cell(json: Json) -> Read<SourceCell> {
    let mut parts = list(json, string)?.into_iter();
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(tag), Some(raw), expression, None) => {
            Ok(SourceCell { tag: tag.clone().into(), raw: raw.into(), expression: expression.map(Into::into) })
        }
        _ => mismatch("expected a list of a tag, a raw value, and perhaps the expression that stands for it"),
    }
}

/// Reads the canonical JSON of all slots of one field.
pub fn read_field(field: Field, json: Json) -> Read<Vec<Slot>> {
    let is_slots = matches!(&json, Json::Object(map) if map.contains_key("slots"));
    let slots = if is_slots {
        let mut members = Members::of(json)?;
        let slots =
            members.0.remove("slots").map_or(Ok(Vec::new()), |json| list(json, |json| read_slot(field, json)))?;
        members.end()?;
        slots
    } else if is_list_field(field) {
        list(json, |json| Ok(Slot::new(field, read_value(field.value_type(), json)?)))?
    } else {
        vec![Slot::new(field, read_value(field.value_type(), json)?)]
    };
    Ok(slots.into_iter().filter(|slot| !slot.value().is_empty()).collect())
}

/// What of a record's JSON was not understood: a path, the value, and why. The rest of the record was read.
pub type Unread = (String, Json, Mismatch);

/// Reads the canonical JSON of a record. Fails only where the JSON is no object with a known kind.
pub fn read_record(json: Json, family: fn(&str) -> Family, unread: &mut Vec<Unread>) -> Read<Record> {
    let mut members = Members::of(json)?;
    let word = members.string("kind")?;
    let Some(kind) = Kind::from_name(&word) else { return mismatch(format!("`{word}` is not a kind")) };
    let mut record = Record::new(kind);
    let order = members.0.remove("order");
    for (name, json) in std::mem::take(&mut members.0) {
        if let Err(why) = read_member(&mut record, &name, json.clone(), family, unread) {
            unread.push((name, json, why));
        }
    }
    if let Some(order) = order {
        reorder(&mut record, order.clone()).unwrap_or_else(|why| unread.push(("order".to_owned(), order, why)));
    }
    Ok(record)
}

fn read_member(
    record: &mut Record,
    name: &str,
    json: Json,
    family: fn(&str) -> Family,
    unread: &mut Vec<Unread>,
) -> Read<()> {
    match name {
        "subtype" => record.subtype = Some(string(json)?).filter(|it| !it.is_empty()).map(Into::into),
        "basis" => {
            record.basis = match string(json)?.as_str() {
                "stated" => Basis::Stated,
                "inferred" => Basis::Inferred,
                "defaulted" => Basis::Defaulted,
                other => return mismatch(format!("unknown basis `{other}`")),
            }
        }
        "type" => {
            let mut members = Members::of(json)?;
            let own = family(&members.string("family")?);
            let source = SourceType {
                format: members.optional("format")?.map_or_else(|| own.clone(), Into::into),
                family: own,
                word: members.string("word")?.into(),
                order: members.list("order", |json| string(json).map(Into::into))?,
            };
            members.end()?;
            record.source_type = Some(source);
        }
        "key" | "made-key" => {
            let Some(key) = Key::of_source(&string(json)?) else { return mismatch("an empty key") };
            record.key = Some(Key { made: name == "made-key", ..key });
        }
        "fields" => {
            for (name, json) in Members::of(json)?.0 {
                let Some(field) = Field::from_name(&name) else {
                    unread.push((format!("fields.{name}"), json, Mismatch("no such field".into())));
                    continue;
                };
                match read_field(field, json.clone()) {
                    Ok(slots) => record.slots.extend(slots),
                    Err(why) => unread.push((format!("fields.{name}"), json, why)),
                }
            }
        }
        "extras" => record.extras = list(json, |json| read_extra(json, family))?,
        _ => return mismatch("no such member"),
    }
    Ok(())
}

fn read_extra(json: Json, family: fn(&str) -> Family) -> Read<Extra> {
    let mut members = Members::of(json)?;
    let extra = Extra {
        family: family(&members.string("family")?),
        tag: members.string("tag")?.into(),
        value: members.string("value")?.into(),
        expression: members.boxed("expression")?,
        place: Place::default(),
    };
    members.end()?;
    Ok(extra)
}

/// Puts the slots into the order of a list of field names, of which each slot uses one.
fn reorder(record: &mut Record, order: Json) -> Read<()> {
    let mut names = list(order, string)?;
    let rank = |slot: &Slot, names: &mut Vec<String>| {
        let at = names.iter().position(|name| name == slot.field().name())?;
        names[at].clear();
        Some(at)
    };
    let ranks: Option<Vec<usize>> = record.slots.iter().map(|slot| rank(slot, &mut names)).collect();
    let Some(ranks) = ranks else { return mismatch("the order does not name every slot") };
    let mut slots: Vec<(usize, Slot)> = ranks.into_iter().zip(std::mem::take(&mut record.slots)).collect();
    slots.sort_by_key(|(rank, _)| *rank);
    record.slots = slots.into_iter().map(|(_, slot)| slot).collect();
    Ok(())
}
