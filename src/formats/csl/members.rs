//! What the members of an item are, by the places of their tags: what their values look like, where they stand, how their
//! names are written.
//!
//! ```text
//! member(place of "author")   // many, contributors, `,⏎    "author": `
//! ```

use super::map::MAPPING;
use super::map::tags::{DATES, NAMES, OBJECTS};
use crate::record::canon::write_string;
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
    /// Its name as it is written behind another member, with spaces up to [`LABEL`] bytes behind it.
    label: String,
    /// How many of these bytes are the name.
    length: usize,
}

/// How many bytes of a name are copied: the length of what is copied is the same for each, so that nothing depends on it.
const LABEL: usize = 40;

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
        let length = label.len();
        label.extend(std::iter::repeat_n(' ', LABEL.saturating_sub(length)));
        Member { name, many, class, is_custom: name.starts_with(CUSTOM), label, length }
    }

    /// Appends the name and a colon, behind another member.
    #[inline]
    pub(super) fn push_label(&self, out: &mut String) {
        let end = out.len() + self.length;
        match self.label.get(..LABEL) {
            Some(label) if self.length <= LABEL => {
                out.push_str(label);
                out.truncate(end);
            }
            _ => out.push_str(&self.label),
        }
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
            member(place).expect("a member for each tag").push_label(&mut label);
            assert_eq!(label, format!(",\n    {}: ", serde_json::to_string(tag.name).expect("a string")));
        }
    }
}
