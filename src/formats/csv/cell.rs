//! Our own cells: all values of one field of a record in one cell, as people would write them.
//!
//! Lists are joined by `; `, with a semicolon inside a member behind a backslash; prose is one value, whole. What a plain
//! cell cannot hold (groups, markup, several lists of contributors, identifiers of names …) is written as the field's
//! canonical JSON where everything is to be carried, and read back from it. A plain cell that would be read as JSON is
//! written as JSON as well.

use super::names::{self, Order, Style};
use crate::record::identifier::{doi, isbn, issn, pmcid, pmid};
use crate::record::name::is_others;
use crate::record::{
    Date, Field, File, Id, Keyword, Kind, Lang, Name, Names, Note, NoteKind, Number, Pages, Parts, Publisher,
    PublisherRole, Relation, Slot, Text, Type, Url, UrlKind, Value, canon,
};
use smallvec::SmallVec;

/// What stands between the members of a list.
const BETWEEN: &str = "; ";

/// Behind how many identifiers another is looked for.
const MANY: usize = 64;

/// Fields of which a value is prose: a semicolon in it separates nothing.
const PROSE: &[Field] = &[Field::Abstract, Field::Annotation, Field::Note, Field::Funding, Field::References];

/// Whether a cell of a field may hold several values.
fn is_list(field: Field) -> bool {
    field.repeats() && field.value_type() != Type::Names && !PROSE.contains(&field)
}

/// What a publisher is to a work of a kind, where nothing else is said.
pub(super) fn publisher_role(kind: Kind) -> PublisherRole {
    match kind {
        Kind::Thesis => PublisherRole::School,
        Kind::Report => PublisherRole::Institution,
        Kind::Software => PublisherRole::Company,
        _ => PublisherRole::Publisher,
    }
}

/// The slots that a cell of a field holds.
pub(super) fn read(field: Field, kind: Kind, raw: &str) -> Vec<Slot> {
    let raw = raw.trim();
    if raw.starts_with(['{', '[', '"'])
        && let Some(slots) = json(field, raw)
    {
        return slots;
    }
    read_plain(field, kind, raw)
}

fn json(field: Field, raw: &str) -> Option<Vec<Slot>> {
    let json = serde_json::from_str(raw).ok()?;
    canon::read_field(field, json).ok().filter(|slots| !slots.is_empty())
}

fn read_plain(field: Field, kind: Kind, raw: &str) -> Vec<Slot> {
    let one = |raw: &str| read_one(field, kind, raw).filter(|value| !value.is_empty()).map(|it| Slot::new(field, it));
    if is_list(field) { split(raw).iter().filter_map(|it| one(it)).collect() } else { one(raw).into_iter().collect() }
}

/// The members of a list.
fn split(raw: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(last) = all.last_mut() else { break };
        match c {
            '\\' if matches!(chars.peek(), Some(';' | '\\')) => last.extend(chars.next()),
            ';' => all.push(String::new()),
            c => last.push(c),
        }
    }
    all.iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// A member of a list, so that it stays one.
fn escaped(member: &str) -> String {
    let mut out = String::with_capacity(member.len());
    let mut chars = member.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ';' => out.push_str("\\;"),
            '\\' if matches!(chars.peek(), Some(';' | '\\') | None) => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}

fn read_one(field: Field, kind: Kind, raw: &str) -> Option<Value> {
    Some(match field.value_type() {
        Type::Text => Value::Text(Text::plain(raw)),
        Type::Names => Value::Names(read_names(raw)?),
        Type::Date => Value::Date(read_date(raw)),
        Type::Pages => Value::Pages(Pages::parse(raw)?),
        Type::Number => Value::Number(Number::new(raw)),
        Type::Keyword => Value::Keyword(Keyword { text: raw.to_owned(), ..Keyword::default() }),
        Type::Note => Value::Note(Note { kind: NoteKind::Note, text: Text::plain(raw) }),
        Type::Id => Value::Id(read_id(field, raw)),
        Type::Url => Value::Url(Url { url: raw.to_owned(), kind: UrlKind::Landing, label: None }),
        Type::Publisher => Value::Publisher(Publisher { name: Text::plain(raw), role: publisher_role(kind) }),
        Type::Relation => {
            let (kind, target) = raw.split_once(": ").unwrap_or(("related", raw));
            Value::Relation(Relation { kind: kind.into(), target: target.trim().to_owned() })
        }
        Type::File => Value::File(File { path: raw.to_owned(), ..File::default() }),
        Type::Lang => Value::Lang(Lang::parse(raw)),
        Type::Token => Value::Token(raw.to_owned()),
    })
}

/// Names with the family name first, and semicolons between them.
fn read_names(raw: &str) -> Option<Names> {
    let style = Style { between: names::SEMICOLON, order: Order::Inverted };
    let mut names = Names::default();
    for piece in split(raw) {
        if is_others(&piece) {
            names.others = true;
        } else if let Some(one) = names::read(&piece.replace(';', "\u{0}"), &style, None) {
            names.list.extend(one.list.into_iter().map(restore));
        }
    }
    (!names.list.is_empty()).then_some(names)
}

/// A semicolon that separates nothing comes back into the name.
fn restore(mut name: Name) -> Name {
    for part in [&mut name.family, &mut name.given, &mut name.suffix, &mut name.literal] {
        if part.contains('\u{0}') {
            *part = part.replace('\u{0}', ";");
        }
    }
    name
}

/// A date as EDTF has it, or in words; numeric ones with slashes have the year first.
pub(super) fn read_date(raw: &str) -> Date {
    // `2024-01-02 03:04:05`, which is no EDTF as it stands.
    let timed = |raw: &str| Date::from_day_and_time(raw.get(..10)?, raw.get(11..)?);
    if let Some(date) = timed(raw).filter(|_| raw.as_bytes().get(10) == Some(&b' ')) {
        return date;
    }
    let spaced = (raw.as_bytes().get(10) == Some(&b' ')).then(|| Date::from_edtf(&raw.replacen(' ', "T", 1))).flatten();
    if let Some(date) = spaced.or_else(|| Date::from_edtf(raw)) {
        return date;
    }
    let bytes = raw.as_bytes();
    let year_first = bytes.len() >= 4 && bytes[..4].iter().all(u8::is_ascii_digit);
    if year_first && bytes.get(4) == Some(&b'/') && bytes.len() != 7 && bytes.len() != 9 {
        return Date::from_slashed(raw);
    }
    Date::from_words(raw)
}

fn read_id(field: Field, raw: &str) -> Id {
    let known = match field {
        Field::Doi => doi(raw).map(Id::plain),
        Field::Isbn => isbn(raw),
        Field::Issn => issn(raw),
        Field::Pmid => pmid(raw),
        Field::Pmcid => pmcid(raw),
        _ => None,
    };
    if let Some(id) = known {
        return id;
    }
    let named = raw.split_once(':').filter(|_| matches!(field, Field::Eprint | Field::Identifier));
    let is_scheme = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    match named.filter(|(scheme, value)| is_scheme(scheme) && !value.is_empty() && !value.starts_with("//")) {
        Some((scheme, value)) => Id { value: value.trim().to_owned(), scheme: scheme.into(), qualifier: None },
        None => Id::plain(raw),
    }
}

/// A cell, and what of each slot it does not hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) cell: String,
    /// For each slot the parts that reading back will not give; [`None`] where it goes into the slot before it.
    pub(super) lost: Vec<Option<Parts>>,
}

/// Writes all slots of a field as one cell. With `whole` nothing is lost.
pub(super) fn write(field: Field, kind: Kind, slots: &[&Slot], whole: bool) -> Written {
    let mut cell = plain(field, slots.iter().map(|slot| slot.value()));
    let mut back = read(field, kind, &cell);
    let is_same = |back: &[Slot]| {
        back.len() == slots.len()
            && back.iter().zip(slots).all(|(a, b)| a.group() == b.group() && a.value() == b.value())
    };
    if is_same(&back) {
        return Written { cell, lost: vec![Some(Parts::NONE); slots.len()] };
    }
    if whole || (cell.starts_with(['{', '[', '"']) && json(field, cell.trim()).is_some()) {
        return Written { cell: canonical(field, slots), lost: vec![Some(Parts::NONE); slots.len()] };
    }
    // What is read back must be written the same again.
    for _ in 0..4 {
        let again = plain(field, back.iter().map(Slot::value));
        if again == cell {
            break;
        }
        cell = again;
        back = read(field, kind, &cell);
    }
    let lost = |(at, slot): (usize, &&Slot)| match back.get(at) {
        None if at > 0 => None,
        None => Some(Parts::SPELLING),
        Some(back) if back.group() == slot.group() && back.value() == slot.value() => Some(Parts::NONE),
        Some(back) => {
            let group = if slot.group() == back.group() { Parts::NONE } else { Parts::GROUP };
            let parts = (slot.value().parts() - back.value().parts()) | group;
            Some(if parts.is_empty() { Parts::SPELLING } else { parts })
        }
    };
    let lost = slots.iter().enumerate().map(lost).collect();
    Written { cell, lost }
}

/// The canonical JSON of slots, without their source's strings.
fn canonical(field: Field, slots: &[&Slot]) -> String {
    let bare: Vec<Slot> =
        slots.iter().map(|slot| Slot::new(field, slot.value().clone()).in_group(slot.group())).collect();
    let mut out = String::new();
    canon::write_field(&mut out, field, &bare.iter().collect::<Vec<_>>());
    out
}

fn plain<'v>(field: Field, values: impl Iterator<Item = &'v Value>) -> String {
    let list = is_list(field);
    let mut out = String::new();
    let mut before: SmallVec<[&Id; 4]> = SmallVec::new();
    for value in values {
        let one = plain_one(value);
        if one.is_empty() {
            continue;
        }
        if let Value::Id(id) = value {
            // One number for two media is one where the media are not said.
            if before.iter().any(|it| id.is_of_other_use(it)) {
                continue;
            }
            if before.len() < MANY {
                before.push(id);
            }
        }
        if !out.is_empty() {
            out.push_str(BETWEEN);
        }
        out.push_str(&if list { escaped(&one) } else { one });
    }
    out
}

/// A name with the family name first. More commas than that form has would be read otherwise each time.
fn inverted(name: &Name) -> String {
    let written = name.to_inverted(false);
    if name.is_literal() || written.matches(',').count() < 3 {
        return written;
    }
    let without = |part: &str| part.split(',').map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let name = Name {
        family: without(&name.family),
        given: without(&name.given),
        particle: without(&name.particle),
        dropping_particle: without(&name.dropping_particle),
        suffix: without(&name.suffix),
        ..name.clone()
    };
    name.to_inverted(false)
}

fn plain_one(value: &Value) -> String {
    match value {
        Value::Text(text) => text.as_str().to_owned(),
        Value::Names(names) => {
            let others = names.others.then(|| "et al.".to_owned());
            let list = names.list.iter().map(|name| escaped(&inverted(name)));
            list.chain(others).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(BETWEEN)
        }
        Value::Date(date) => match &date.literal {
            Some(words) if date.start.is_none() => words.to_string(),
            _ => date.to_string(),
        },
        Value::Pages(pages) => pages.write("-", ", "),
        Value::Number(number) => number.as_str().to_owned(),
        Value::Keyword(keyword) => keyword.text.clone(),
        Value::Note(note) => note.text.as_str().to_owned(),
        Value::Id(id) if id.scheme.is_empty() => id.value.clone(),
        Value::Id(id) => [&id.scheme, ":", &id.value].concat(),
        Value::Url(url) => url.url.clone(),
        Value::Publisher(publisher) => publisher.name.as_str().to_owned(),
        Value::Relation(relation) => [&relation.kind, ": ", &relation.target].concat(),
        Value::File(file) => file.path.clone(),
        Value::Lang(lang) => lang.as_str().to_owned(),
        Value::Token(token) => token.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_date_of_edtf_has_a_space(head in "[-Y0-9XT:/.?~Z+]{0,12}|[12][0-9]{3}-1[0-2]-2[0-8](T10:10:10)?", tail in "[-Y0-9XT:/.?~Z+]{0,12}") {
            prop_assert_eq!(Date::from_edtf(&[&head, " ", &tail].concat()), None);
        }
    }
}
