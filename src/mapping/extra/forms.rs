//! How values stand in a line.

use crate::mapping::codecs::one_line;
use crate::record::{
    Date, Id, Lang, Name, Names, Number, Pages, Parts, Publisher, PublisherRole, Text, Url, UrlKind, Value,
};

/// What stands between the family name and the given names.
const BETWEEN: &str = " || ";

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// Words.
    Text,
    /// A number as printed.
    Number,
    /// A word of a vocabulary.
    Token,
    /// A date in EDTF, or in words.
    Date,
    /// One contributor a line, in this role.
    Names(Option<&'static str>),
    /// Page ranges.
    Pages,
    /// A language.
    Lang,
    /// A web address.
    Url,
    /// A publisher of any role.
    Publisher,
    /// An identifier whose field says what it is.
    Id(fn(&str) -> Option<Id>),
    /// An identifier of this scheme, with its normal form if it has one.
    Scheme(&'static str),
}

impl Form {
    /// What one line says; `None` where it cannot be of this form.
    pub(super) fn read(self, raw: &str) -> Option<Value> {
        Some(match self {
            Form::Text => Value::Text(Text::plain(raw)),
            Form::Number => Value::Number(Number::new(raw)),
            Form::Token => Value::Token(raw.to_owned()),
            Form::Date => Value::Date(Date::from_edtf(raw).unwrap_or_else(|| Date::from_words(raw))),
            Form::Names(role) => {
                Value::Names(Names { list: vec![read_name(raw)?], role: role.map(Into::into), ..Names::default() })
            }
            Form::Pages => Value::Pages(Pages::parse(raw)?),
            Form::Lang => Value::Lang(Lang::parse(raw)),
            Form::Url => {
                let url = raw.contains("://").then(|| raw.to_owned())?;
                Value::Url(Url { url, kind: UrlKind::Landing, label: None })
            }
            Form::Publisher => Value::Publisher(Publisher { name: Text::plain(raw), role: PublisherRole::Publisher }),
            Form::Id(read) => Value::Id(read(raw)?),
            Form::Scheme(scheme) => {
                let id = if scheme == "arxiv" { crate::record::identifier::arxiv(raw)? } else { Id::plain(raw) };
                Value::Id(Id { scheme: scheme.into(), ..id })
            }
        })
    }

    /// What several lines with one label say: names are one list, all else are values side by side.
    pub(super) fn read_all(self, raws: &[&str]) -> Vec<Value> {
        let each = raws.iter().filter_map(|raw| self.read(raw));
        let Form::Names(role) = self else { return each.collect() };
        let list: Vec<Name> = raws.iter().filter_map(|raw| read_name(raw)).collect();
        if list.is_empty() {
            return Vec::new();
        }
        vec![Value::Names(Names { list, role: role.map(Into::into), ..Names::default() })]
    }

    /// The lines for a value, without their label, and the parts of the value that they do not hold. `None`: it is not of
    /// this form.
    pub(super) fn write(self, value: &Value) -> Option<(Vec<String>, Parts)> {
        let raws = match (self, value) {
            (Form::Text, Value::Text(text)) => vec![text.as_str().to_owned()],
            (Form::Number, Value::Number(number)) => vec![number.as_str().to_owned()],
            (Form::Token, Value::Token(token)) => vec![token.clone()],
            (Form::Date, Value::Date(date)) => vec![match &date.literal {
                Some(words) if date.start.is_none() => words.to_string(),
                _ => date.to_string(),
            }],
            (Form::Names(role), Value::Names(names)) if role.is_none_or(|role| names.role.as_deref() == Some(role)) => {
                names.list.iter().map(write_name).collect()
            }
            (Form::Pages, Value::Pages(pages)) => vec![pages.write("-", ", ")],
            (Form::Lang, Value::Lang(lang)) => vec![lang.as_str().to_owned()],
            (Form::Url, Value::Url(url)) => vec![url.url.clone()],
            (Form::Publisher, Value::Publisher(publisher)) => vec![publisher.name.as_str().to_owned()],
            (Form::Id(_), Value::Id(id)) if id.scheme.is_empty() => vec![id.value.clone()],
            (Form::Scheme(scheme), Value::Id(id)) if *id.scheme == *scheme => vec![id.value.clone()],
            _ => return None,
        };
        let raws: Vec<String> = raws.iter().map(|raw| one_line(raw).trim().to_owned()).collect();
        if raws.iter().any(String::is_empty) {
            return None;
        }
        let again = self.read_all(&raws.iter().map(String::as_str).collect::<Vec<_>>());
        let [again] = again.as_slice() else { return None };
        if again == value {
            return Some((raws, Parts::NONE));
        }
        let lost = value.parts() - again.parts();
        Some((raws, if lost.is_empty() { Parts::SPELLING } else { lost }))
    }
}

/// `Family || Given`, or a name that is one piece.
fn read_name(raw: &str) -> Option<Name> {
    let Some((family, given)) = raw.split_once("||") else { return Some(Name::literal(raw.trim())) };
    let (family, given) = (family.trim(), given.trim());
    (!family.is_empty() && !given.contains("||")).then(|| Name::person(family, given))
}

fn write_name(name: &Name) -> String {
    if name.is_literal() {
        return name.literal.clone();
    }
    let family = Name { given: String::new(), dropping_particle: String::new(), suffix: String::new(), ..name.clone() };
    let mut all = family.display();
    if all.is_empty() {
        all.push_str(&name.given);
        return all;
    }
    let given = Name { family: String::new(), particle: String::new(), ..name.clone() };
    all.push_str(BETWEEN);
    all.push_str(&given.display());
    all.trim_end().to_owned()
}
