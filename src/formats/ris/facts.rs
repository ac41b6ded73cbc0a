//! What the tables and lists of tags say of a tag, found by its two characters in one step.

use super::cells::{self, ADDRESSES, EXTRA, NAMES, RUN_ON};
use super::map::{MAPPING, SPELLINGS};
use std::sync::LazyLock;

/// What is known of a tag.
#[derive(Debug)]
pub(super) struct Facts {
    /// The number of the tag that it is read as, if the table has it.
    pub(super) id: Option<u16>,
    /// Its own number in the table, if that has it under its own name.
    pub(super) own: Option<u16>,
    /// The number of the tag that it is read as, if each of its lines is one value of that tag and nothing else.
    pub(super) plain: Option<u16>,
    /// Whether its entities are characters whatever it is read as: see [`NAMES`].
    pub(super) has_names: bool,
    /// Whether another tag may stand in its line: see [`RUN_ON`].
    pub(super) runs_on: bool,
    /// Whether it is read as the tag of lines of Zotero's `Extra`.
    pub(super) is_extra: bool,
    /// Whether it is read as the tag of the numbers of books and serials.
    pub(super) has_serials: bool,
    /// Whether it holds addresses or files: see [`ADDRESSES`].
    pub(super) has_addresses: bool,
}

/// Of what is no tag.
pub(super) static NOTHING: Facts = Facts {
    id: None,
    own: None,
    plain: None,
    has_names: false,
    runs_on: false,
    is_extra: false,
    has_serials: false,
    has_addresses: false,
};

/// Letters, then digits.
const SPELLED: &[u8; CHARACTERS] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const CHARACTERS: usize = 26 + 10;

/// Where in them a byte stands, or a place behind those of all tags: looked up, for letters and digits come as they like.
static PLACES: [usize; 256] = {
    let mut places = [CHARACTERS * CHARACTERS; 256];
    let mut at = 0;
    while at < CHARACTERS {
        places[SPELLED[at] as usize] = at;
        at += 1;
    }
    places
};

/// What is known of a tag in upper case.
pub(super) fn of(tag: [u8; 2]) -> &'static Facts {
    static ALL: LazyLock<Vec<Facts>> = LazyLock::new(|| {
        let character = |at: usize| SPELLED.get(at).copied().unwrap_or_default();
        let tags = (0..CHARACTERS * CHARACTERS).map(|at| [character(at / CHARACTERS), character(at % CHARACTERS)]);
        tags.map(|tag| look_up(&String::from_utf8_lossy(&tag))).collect()
    });
    let place = |byte: u8| PLACES[usize::from(byte)];
    ALL.get(place(tag[0]) * CHARACTERS + place(tag[1])).unwrap_or(&NOTHING)
}

/// The same of a tag by its number in the table.
pub(super) fn of_place(place: u16) -> &'static Facts {
    static OF_TAGS: LazyLock<Vec<&Facts>> =
        LazyLock::new(|| MAPPING.tags.iter().map(|tag| of(cells::upper(tag.name))).collect());
    OF_TAGS.get(usize::from(place)).copied().unwrap_or(&NOTHING)
}

fn look_up(tag: &str) -> Facts {
    let name = SPELLINGS.iter().find(|(other, _)| *other == tag).map_or(tag, |(_, usual)| usual);
    let facts = Facts {
        id: MAPPING.tag(name),
        own: MAPPING.tag(tag),
        plain: None,
        has_names: NAMES.contains(&tag),
        runs_on: RUN_ON.contains(&tag),
        is_extra: name == EXTRA,
        has_serials: name == "SN",
        has_addresses: ADDRESSES.contains(&name),
    };
    let is_plain = !facts.runs_on && !facts.is_extra && !facts.has_serials && facts.own == facts.id;
    Facts { plain: facts.id.filter(|_| is_plain), ..facts }
}
