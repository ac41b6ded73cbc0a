//! What the members of an item are, by the places of their tags: what their values look like, where they stand, how their
//! names are written.
//!
//! ```text
//! member(place of "author")   // many, contributors, `,⏎    "author": `
//! ```

use super::map::MAPPING;
use super::map::tags::{DATES, NAMES, OBJECTS};
use crate::record::canon::write_string;
use crate::write::Label;
use std::sync::OnceLock;

/// What the tags begin with that are members of `custom`.
pub(super) const CUSTOM: &str = "custom.";

/// What the raw values of a member are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Words.
    Words,
    /// JSON text: contributors.
    Names,
    /// JSON text: a date.
    Date,
    /// JSON text for each element of an array.
    Objects,
}

/// A member.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    /// Whether its values are an array.
    pub(super) many: bool,
    pub(super) class: Class,
    /// Whether it stands in `custom`.
    pub(super) is_custom: bool,
    /// Its name and a colon, as they are written behind another member.
    pub(super) label: Label<40>,
}

impl Member {
    fn new(name: &'static str, many: bool) -> Member {
        let class = if NAMES.contains(&name) {
            Class::Names
        } else if DATES.contains(&name) {
            Class::Date
        } else if OBJECTS.contains(&name) {
            Class::Objects
        } else {
            Class::Words
        };
        let mut label = String::from(",\n    ");
        write_string(&mut label, name);
        label.push_str(": ");
        Member { name, many, class, is_custom: name.starts_with(CUSTOM), label: Label::new(&label) }
    }
}

/// The member that a tag is, by its place in the table.
pub(super) fn member(tag: u16) -> Option<&'static Member> {
    static MEMBERS: OnceLock<Vec<Member>> = OnceLock::new();
    let members = MEMBERS.get_or_init(|| MAPPING.tags.iter().map(|tag| Member::new(tag.name, tag.many)).collect());
    members.get(usize::from(tag))
}

/// The class of a tag, by its place in the table.
pub(super) fn class(tag: u16) -> Class {
    member(tag).map_or(Class::Words, |member| member.class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_name_as_json_whatever_its_length() {
        for (tag, place) in MAPPING.tags.iter().zip(0..) {
            let mut label = String::new();
            member(place).expect("a member for each tag").label.push(&mut label);
            assert_eq!(label, format!(",\n    {}: ", serde_json::to_string(tag.name).expect("a string")));
        }
    }
}
