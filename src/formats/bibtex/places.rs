//! Tags by their places in the table, which tell what a cell is without a look at its name.
//!
//! ```text
//! NAMES.have(a cell of `editor`)       // true
//! push_name(a cell of `editor`)        // `editor = `
//! ```

use super::tags::{NAME_TAGS, TAGS};
use crate::mapping::WrittenCell;
use crate::write::Label;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Some of the tags.
pub(super) struct Tags([bool; TAGS.len()]);

impl Tags {
    /// These, all of which are in the table.
    pub(super) const fn new(names: &[&str]) -> Tags {
        let mut places = [false; TAGS.len()];
        let mut at = 0;
        while at < names.len() {
            places[place(names[at])] = true;
            at += 1;
        }
        Tags(places)
    }

    /// Whether a cell's tag is among them.
    pub(super) fn have(&self, cell: &WrittenCell) -> bool {
        cell.place().and_then(|place| self.0.get(usize::from(place))).is_some_and(|it| *it)
    }
}

/// Where a tag stands in the table.
const fn place(name: &str) -> usize {
    let name = name.as_bytes();
    let mut at = 0;
    loop {
        // Behind the last one this does not compile.
        let tag = TAGS[at].name.as_bytes();
        let mut same = 0;
        while tag.len() == name.len() && same < name.len() && tag[same] == name[same] {
            same += 1;
        }
        if tag.len() == name.len() && same == name.len() {
            return at;
        }
        at += 1;
    }
}

/// The tags of names.
pub(super) static NAMES: Tags = Tags::new(NAME_TAGS);

/// The names of the tags with what is between them and a value.
static LABELS: LazyLock<Vec<Label<32>>> =
    LazyLock::new(|| TAGS.iter().map(|tag| Label::new(&format!("{} = ", tag.name))).collect());

/// The name of a field, with what is between it and the value. Those of the tables are written as they are.
pub(super) fn push_name(cell: &WrittenCell, out: &mut String) {
    let known = cell.place().filter(|_| matches!(cell.tag, Cow::Borrowed(_)));
    if let Some(label) = known.and_then(|place| LABELS.get(usize::from(place))) {
        label.push(out);
        return;
    }
    match &cell.tag {
        Cow::Borrowed(tag) => out.push_str(tag),
        Cow::Owned(tag) => other_name(tag, out),
    }
    out.push_str(" = ");
}

/// Whether a character stands for itself in the name of a field.
pub(super) fn is_plain(c: char) -> bool {
    !c.is_ascii() || (c.is_ascii_graphic() && !"\"#%'(),={}~\\@".contains(c))
}

/// The name of a field that may have characters in it which do not stand for themselves there.
fn other_name(tag: &str, out: &mut String) {
    let carried = tag.starts_with("x-");
    let fits = |c: char| if carried { is_plain(c) && c.is_ascii() && c != '*' } else { is_plain(c) && !c.is_ascii_uppercase() };
    for c in tag.chars() {
        if fits(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "*{byte:02x}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dialect;
    use super::super::tags::KEY;
    use super::*;

    #[test]
    fn names_of_the_tables_stand_for_themselves() {
        let mappings = [Dialect::BibTex, Dialect::BibLatex].map(Dialect::mapping);
        for tag in mappings.iter().flat_map(|mapping| mapping.tags).filter(|tag| tag.name != KEY) {
            let mut out = String::new();
            other_name(tag.name, &mut out);
            assert_eq!(out, tag.name);
        }
    }
}
