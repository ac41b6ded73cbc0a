//! Publishers, in the role that the type gives them.

use super::words::plain;
use crate::mapping::codecs::one_line;
use crate::mapping::{Codec, Shape};
use crate::record::{Parts, Publisher, PublisherRole, Text, Value};

/// The publisher in the role that the type gives him.
pub(in crate::formats::ris) static PUBLISHER: Codec = Codec {
    name: "publisher",
    shape: Shape::Each,
    carries: Parts::ROLE,
    read: |raws, cx, values| {
        let role = role_of(cx.word);
        values.extend(raws.iter().map(|raw| Value::Publisher(Publisher { name: Text::plain(*raw), role })));
        true
    },
    write: |value, sink| match value {
        Value::Publisher(publisher) => {
            sink.put(0, one_line(plain(&publisher.name)));
            Some(if publisher.role == role_of(sink.word) { Parts::NONE } else { Parts::ROLE })
        }
        _ => None,
    },
    example: &["Example Press"],
};

fn role_of(word: &str) -> PublisherRole {
    const ROLES: &[(&str, PublisherRole)] = &[
        ("THES", PublisherRole::School),
        ("RPRT", PublisherRole::Institution),
        ("GOVDOC", PublisherRole::Institution),
        ("SOUND", PublisherRole::Label),
        ("MPCT", PublisherRole::Distributor),
        ("COMP", PublisherRole::Company),
        ("DATA", PublisherRole::Repository),
    ];
    ROLES.iter().find(|(it, _)| it.eq_ignore_ascii_case(word)).map_or(PublisherRole::Publisher, |(_, role)| *role)
}

/// The department of a thesis.
pub(in crate::formats::ris) static DEPARTMENT: Codec = Codec {
    name: "department",
    read: |raws, _, values| {
        let role = PublisherRole::Institution;
        values.extend(raws.iter().map(|raw| Value::Publisher(Publisher { name: Text::plain(*raw), role })));
        true
    },
    write: |value, sink| match value {
        Value::Publisher(publisher) if publisher.role == PublisherRole::Institution => {
            sink.put(0, one_line(plain(&publisher.name)));
            Some(Parts::NONE)
        }
        _ => None,
    },
    ..PUBLISHER
};
