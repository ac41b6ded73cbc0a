//! Random records: any kind, any fields, values as readers leave them (tidy texts, valid dates, no empty values).

use bibferry::record::{
    Date, Field, File, Id, Key, Keyword, KeywordKind, Kind, Lang, MarkKind, Name, NameDetail, Names, Note, NoteKind,
    Number, Pages, Publisher, PublisherRole, Record, Relation, Slot, Text, Type, Url, UrlKind, Value,
};
use proptest::prelude::*;
use proptest::sample::select;

/// A word as titles have them, awkward ones among them.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Za-z]{1,9}",
        1 => select(vec!["naïve", "Größe", "Poincaré", "CO₂", "R&D", "50%", "C#", "a_b", "$5", "{x}", "β-decay", "日本", "“quoted”", "–", "O'Neil", "et", "al.", "and", "~x", "a\\b", "x^2"]).prop_map(str::to_owned),
    ]
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..=most).prop_map(|words| words.join(" "))
}

fn text() -> impl Strategy<Value = Text> {
    let mark = select(vec![
        MarkKind::Italic,
        MarkKind::Bold,
        MarkKind::Superscript,
        MarkKind::Subscript,
        MarkKind::SmallCaps,
        MarkKind::NoCase,
        MarkKind::Link("https://example.org/x".into()),
    ]);
    (prop::collection::vec(words(3), 1..4), prop::option::weighted(0.3, (0usize..3, mark)), prop::bool::weighted(0.1))
        .prop_map(|(chunks, marked, lines)| {
            let mut text = Text::default();
            for (at, chunk) in chunks.iter().enumerate() {
                if at > 0 {
                    text.push_str(if lines { "\n" } else { " " });
                }
                let start = text.len();
                text.push_str(chunk);
                if let Some((which, kind)) = marked.as_ref().filter(|(which, _)| *which == at) {
                    let _ = which;
                    text.mark(start, text.len(), kind.clone());
                }
            }
            text.tidy();
            text
        })
}

fn name() -> impl Strategy<Value = Name> {
    let part = "[A-ZÉÖ][a-zéö]{1,8}";
    prop_oneof![
        6 => (part, part).prop_map(|(family, given)| Name::person(family, given)),
        1 => (part, part, select(vec!["van", "de la", "von der", "d’"])).prop_map(|(family, given, particle)| Name {
            particle: particle.into(), ..Name::person(family, given)
        }),
        1 => (part, part, select(vec!["Jr.", "III"])).prop_map(|(family, given, suffix)| Name {
            suffix: suffix.into(), ..Name::person(family, given)
        }),
        1 => (part, part).prop_map(|(family, given)| Name { dropping_particle: "de".into(), ..Name::person(family, given) }),
        1 => words(4).prop_map(Name::literal),
        1 => words(3).prop_map(|words| Name { organization: true, ..Name::literal(words) }),
        1 => (part, part).prop_map(|(family, given)| Name {
            detail: Some(Box::new(NameDetail { ids: vec![("orcid".into(), "0000-0002-1825-0097".into())], ..NameDetail::default() })),
            ..Name::person(family, given)
        }),
        1 => part.prop_map(|family| Name { family, ..Name::default() }),
    ]
}

fn names() -> impl Strategy<Value = Names> {
    (
        prop::collection::vec(name(), 1..10),
        prop::bool::weighted(0.1),
        prop::option::weighted(0.1, select(vec!["advisor", "inventor"])),
    )
        .prop_map(|(list, others, role)| Names { list, others, role: role.map(Into::into), unplaced: Vec::new() })
}

fn date() -> impl Strategy<Value = Date> {
    let edtf = select(vec![
        "2020",
        "1999-12",
        "2004-02-29",
        "2008-21",
        "1984~",
        "1984-06?",
        "2004-06-11%",
        "199X",
        "19XX",
        "2004-XX",
        "1990/..",
        "1900/1905",
        "2010-12/2011-01",
        "-0043",
        "0999",
        "Y17000",
        "../1990",
        "2004-01-01T10:10:10Z",
    ]);
    prop_oneof![
        8 => edtf.prop_map(|edtf| Date::from_edtf(edtf).unwrap()),
        4 => (1800i32..2030).prop_map(Date::year),
        1 => Just(Date::literal("no date in particular")),
    ]
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        4 => (1u32..3000).prop_map(|n| Number::new(&n.to_string())),
        1 => select(vec!["xii", "3/4", "Suppl. 2", "12-13", "2nd", "A-7", "Spring", "v1.2.3"]).prop_map(Number::new),
    ]
}

fn pages() -> impl Strategy<Value = Pages> {
    select(vec![
        "1-9",
        "123--145",
        "S12--S34",
        "xii-xv",
        "10, 12--15",
        "12--",
        "e123",
        "7",
        "A-12",
        "3-14--3-22",
        "1231-45",
    ])
    .prop_filter_map("pages", Pages::parse)
}

fn id(field: Field) -> BoxedStrategy<Id> {
    let plain = |values: Vec<&'static str>| {
        select(values).prop_map(|value| Id { value: value.into(), scheme: "".into(), qualifier: None }).boxed()
    };
    match field {
        Field::Doi => plain(vec!["10.1000/182", "10.1002/(sici)1097<1::aid>3.0.co;2-#", "10.1/a_b"]),
        Field::Isbn => plain(vec!["9783161484100", "080442957X"]),
        Field::Issn => plain(vec!["0317-8471", "1050-124X"]),
        Field::Pmid => plain(vec!["12345678"]),
        Field::Pmcid => plain(vec!["PMC123456"]),
        Field::Eprint => (select(vec!["2401.00001v2", "hep-th/9901001"]), prop::option::of(Just("cs.LG")))
            .prop_map(|(value, class)| Id {
                value: value.into(),
                scheme: "arxiv".into(),
                qualifier: class.map(Into::into),
            })
            .boxed(),
        _ => (select(vec!["oclc", "lccn", "mr"]), "[0-9]{4,8}")
            .prop_map(|(scheme, value)| Id { value, scheme: scheme.into(), qualifier: None })
            .boxed(),
    }
}

/// A value of a field's type.
pub fn value(field: Field) -> BoxedStrategy<Value> {
    match field.value_type() {
        Type::Text => text().prop_map(Value::Text).boxed(),
        Type::Names => names().prop_map(Value::Names).boxed(),
        Type::Date => date().prop_map(Value::Date).boxed(),
        Type::Pages => pages().prop_map(Value::Pages).boxed(),
        Type::Number => number().prop_map(Value::Number).boxed(),
        Type::Keyword => (words(3), prop::bool::weighted(0.2))
            .prop_map(|(text, author)| {
                Value::Keyword(Keyword {
                    text,
                    kind: if author { KeywordKind::Author } else { KeywordKind::Unspecified },
                    ..Keyword::default()
                })
            })
            .boxed(),
        Type::Note => (select(NoteKind::ALL), text()).prop_map(|(kind, text)| Value::Note(Note { kind, text })).boxed(),
        Type::Id => id(field).prop_map(Value::Id).boxed(),
        Type::Url => (select(UrlKind::ALL), "[a-z]{3,8}", prop::option::weighted(0.1, Just("here")))
            .prop_map(|(kind, host, label)| {
                Value::Url(Url {
                    url: format!("https://{host}.example.org/a?b=c&d=%20_"),
                    kind,
                    label: label.map(Into::into),
                })
            })
            .boxed(),
        Type::Publisher => (select(PublisherRole::ALL), text())
            .prop_map(|(role, name)| Value::Publisher(Publisher { name, role }))
            .boxed(),
        Type::Relation => (select(vec!["crossref", "related", "review-of"]), "[a-z]{3,8}")
            .prop_map(|(kind, target)| Value::Relation(Relation { kind: kind.into(), target }))
            .boxed(),
        Type::File => ("[a-z]{3,8}", prop::option::of(Just("application/pdf")))
            .prop_map(|(name, mime)| {
                Value::File(File { path: format!("files/{name}.pdf"), mime: mime.map(Into::into), label: None })
            })
            .boxed(),
        Type::Lang => {
            select(vec!["en", "de", "pt-BR", "zh-Hant"]).prop_map(|tag| Value::Lang(Lang::verbatim(tag))).boxed()
        }
        Type::Token => select(vec!["retracted", "forthcoming", "alpha", "page"])
            .prop_map(|token| Value::Token(token.into()))
            .boxed(),
    }
}

/// A slot of any field.
fn slot() -> impl Strategy<Value = Slot> {
    select(Field::ALL).prop_flat_map(|field| {
        (value(field), prop::bool::weighted(0.05))
            .prop_map(move |(value, grouped)| Slot::new(field, value).in_group(u16::from(grouped)))
    })
}

/// A record of any kind with up to fourteen slots; a field that holds one value has one in each group.
pub fn record() -> impl Strategy<Value = Record> {
    let kind = select(Kind::ALL).prop_flat_map(|kind| {
        let subtype = if kind.subtypes().is_empty() {
            Just(None).boxed()
        } else {
            prop::option::weighted(0.4, select(kind.subtypes())).boxed()
        };
        (Just(kind), subtype)
    });
    (kind, prop::option::weighted(0.8, "[a-z]{3,8}[0-9]{4}"), prop::collection::vec(slot(), 0..14)).prop_map(
        |((kind, subtype), key, slots)| {
            let mut record = Record::new(kind);
            record.subtype = subtype.map(Into::into);
            record.key = key.map(|text| Key { text, made: false, stated: None });
            for slot in slots {
                let taken = record.all(slot.field()).any(|other| other.group() == slot.group());
                if !slot.value().is_empty() && (slot.field().repeats() || !taken) {
                    record.slots.push(slot);
                }
            }
            record
        },
    )
}
