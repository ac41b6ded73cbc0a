//! Codecs of names whose role another field names (`editora` and `editoratype`), and of organisers: section 3.10 of the
//! mapping reference.

use super::codec::{put_words, text_of};
use super::lists::split_and;
use super::names::{CLASSIC_CARRY, Form, LONG_CARRY, put_list, read_list};
use super::publishers::{list_item, put_item};
use super::text::split_at;
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Name, Names, Parts, Text, Value};

/// Organisers: a list of organisations.
pub(super) static ORGANIZERS: Codec = Codec {
    name: "list of organisations",
    shape: Shape::Joined(" and "),
    carries: CLASSIC_CARRY,
    read: |raws, _, values| {
        let items = raws.iter().flat_map(|raw| split_and(raw)).filter(|item| !item.is_empty());
        let name = |item| Name { organization: true, ..Name::literal(list_item(item).as_str()) };
        values.push(Value::Names(Names::of(items.map(name).collect())));
        true
    },
    write: |value, sink| {
        let Value::Names(names) = value else { return None };
        if names.list.is_empty() || !names.list.iter().all(Name::is_literal) {
            return None;
        }
        let mut lost = if names.others { Parts::OTHERS } else { Parts::NONE };
        let mut out = String::new();
        for name in &names.list {
            if !name.organization {
                sink.add();
            }
            let text = Text::plain(name.literal.as_str());
            let mut one = CellSink::new(sink.options, sink.word);
            lost |= put_item(&text, true, &mut one);
            out.push_str(if out.is_empty() { "" } else { " and " });
            out.push_str(one.cells().first().map_or("", |(_, raw)| raw));
        }
        sink.put(0, out);
        Some(lost)
    },
    example: &["Example Society and Acme {and} Sons"],
};

/// Collaborations, of which INSPIRE has commas between several.
pub(super) static COLLABORATIONS: Codec = Codec {
    name: "collaborations",
    shape: Shape::Each,
    read: |raws, _, values| {
        let items = raws.iter().flat_map(|raw| split_and(raw)).flat_map(|item| split_at(item, b','));
        let name = |item| Name { organization: true, ..Name::literal(list_item(item).as_str()) };
        let list: Vec<Name> = items.map(str::trim).filter(|item| !item.is_empty()).map(name).collect();
        if !list.is_empty() {
            values.push(Value::Names(Names { role: Some("collaboration".into()), ..Names::of(list) }));
        }
        !values.is_empty()
    },
    write: |_, _| None,
    example: &["EXAMPLE, Example-2"],
    ..ORGANIZERS
};

macro_rules! roles {
    ($($constant:ident $word:literal;)*) => { $(
        /// Names whose role another field names.
        pub(super) static $constant: Codec = Codec {
            name: concat!("names of type ", $word),
            shape: Shape::Across,
            carries: LONG_CARRY,
            read: |raws, cx, values| {
                let [names, word, ..] = raws else { return false };
                if word.eq_ignore_ascii_case($word) && !names.is_empty() {
                    values.extend(read_list(names, cx).map(Value::Names));
                }
                !values.is_empty()
            },
            write: |value, sink| match value {
                Value::Names(names) => {
                    let lost = put_list(names, Form::Long, sink)?;
                    sink.put(1, $word);
                    Some(lost)
                }
                _ => None,
            },
            example: &["Doe, Jane", $word],
        };
    )* };
}

roles! {
    EDITOR "editor"; COMPILER "compiler"; FOUNDER "founder"; CONTINUATOR "continuator"; REDACTOR "redactor"; REVISER "reviser";
    COLLABORATOR "collaborator"; ORGANIZER "organizer"; DIRECTOR "director"; PRODUCER "producer";
    EXECUTIVE_PRODUCER "executiveproducer"; ILLUSTRATOR "illustrator"; PERFORMER "performer"; SCRIPT_WRITER "scriptwriter";
    PRESENTER "host"; GUEST "guest"; NARRATOR "narrator"; COMPOSER "composer"; INTERVIEWER "interviewer";
    RECIPIENT "recipient"; SERIES_EDITOR "serieseditor"; REVIEWED_AUTHOR "reviewedauthor";
    ORIGINAL_AUTHOR "originalauthor";
}

/// Words that name a role of their own and so none of the open roles.
const ROLE_WORDS: &[&str] = &[
    "editor",
    "compiler",
    "founder",
    "continuator",
    "redactor",
    "reviser",
    "collaborator",
    "organizer",
    "director",
    "producer",
    "executiveproducer",
    "illustrator",
    "performer",
    "scriptwriter",
    "host",
    "guest",
    "narrator",
    "composer",
    "interviewer",
    "recipient",
    "serieseditor",
    "reviewedauthor",
    "originalauthor",
];

/// Names in any other role.
pub(super) static ANY_ROLE: Codec = Codec {
    name: "names of any type",
    shape: Shape::Across,
    carries: LONG_CARRY.and(Parts::ROLE),
    read: |raws, cx, values| {
        let [names, word, ..] = raws else { return false };
        if names.is_empty() || word.is_empty() || ROLE_WORDS.contains(&&*word.to_lowercase()) {
            return false;
        }
        let word = text_of(word);
        // Braces with nothing in them name none.
        let role = (!word.is_empty() && word != "contributor").then(|| word.as_str().into());
        let Some(names) = read_list(names, cx) else { return false };
        values.push(Value::Names(Names { role, ..names }));
        true
    },
    write: |value, sink| {
        let Value::Names(names) = value else { return None };
        let word = names.role.as_deref().unwrap_or("contributor");
        let taken = names.role.as_deref() == Some("contributor") || ROLE_WORDS.contains(&&*word.to_lowercase());
        if taken {
            return None;
        }
        let lost = put_list(names, Form::Long, sink)?;
        Some(lost | put_words(word, 1, sink))
    },
    example: &["Doe, Jane", "advisor"],
};
