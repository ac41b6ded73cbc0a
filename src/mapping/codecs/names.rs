//! Lists of names, each name in a tag of its own with the family name first: `Doe, Jane, Jr.`.
//!
//! Several names on one line are taken apart where that is certain, with a finding; "et al." is no person. A name without
//! a comma is taken apart where initials tell how ([`Name::from_initials`]). Some tags hold contributors of one role,
//! which the tag alone tells.

use super::one_line;
use crate::bytes::first;
use crate::diagnostic::{NAME_COMMAS, NAMES_ON_ONE_LINE};
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::name::{Initials, is_others, plainly_inverted, split_at_and, split_name_line};
use crate::record::{Name, Names, Parts, Value, excerpt};
use crate::source::is_one_line;

/// One name in each tag, the family name first.
pub static NAMES: Codec = names_of(
    "names",
    |raws, cx, values| read_names(raws, cx, values, None),
    |value, sink| write_names(value, sink, None),
);

macro_rules! names_in_role {
    ($($(#[$doc:meta])* $constant:ident $role:literal;)*) => {
        $($(#[$doc])* pub static $constant: Codec = with_role(&names_of(
            concat!("names (", $role, ")"),
            |raws, cx, values| read_names(raws, cx, values, Some($role)),
            |value, sink| write_names(value, sink, Some($role)),
        ));)*
    };
}

names_in_role! {
    /// Who advised a thesis.
    ADVISORS "advisor";
    /// The lawyers of a case.
    COUNSEL "counsel";
    /// Who brought in a bill.
    SPONSORS "sponsor";
    /// Who brought it in with them.
    COSPONSORS "cosponsor";
    /// Who commented on a post.
    COMMENTERS "commenter";
    /// Who reviewed the work.
    REVIEWERS "reviewer";
    /// Who represents the inventor.
    ATTORNEYS "attorney";
    /// Who wrote the words of a song.
    LYRICISTS "lyricist";
    /// The groups of physicists that sign a paper beside its authors.
    COLLABORATIONS "collaboration";
}

type ReadNames = fn(&[&str], &mut CodecReading<'_, '_>, &mut Vec<Value>) -> bool;
type WriteNames = fn(&Value, &mut CellSink<'_, '_>) -> Option<Parts>;

const fn with_role(codec: &Codec) -> Codec {
    Codec { carries: codec.carries.and(Parts::ROLE), ..*codec }
}

const fn names_of(name: &'static str, read: ReadNames, write: WriteNames) -> Codec {
    Codec {
        name,
        shape: Shape::All,
        carries: Parts::ALL.without(Parts::OTHERS.and(Parts::UNPLACED).and(Parts::ROLE)),
        read,
        write,
        example: &["Doe, Jane"],
    }
}

fn read_names(raws: &[&str], cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>, role: Option<&str>) -> bool {
    let mut names = Names { list: Vec::with_capacity(raws.len()), role: role.map(Into::into), ..Names::default() };
    let sure = || raws.iter().any(|raw| matches!(Name::from_initials(raw), Some((_, Initials::Behind))));
    for &raw in raws {
        // Publish or Perish has names as Google Scholar cuts them off: `Roe, K…`.
        let cut_off = raw.strip_suffix('…').map(str::trim_end).filter(|rest| !rest.is_empty() && !is_others(raw));
        names.others |= cut_off.is_some();
        let raw = cut_off.unwrap_or(raw);
        // What nearly all are.
        if let Some((family, given)) = plainly_inverted(raw).filter(|_| !is_others(raw)) {
            names.list.push(Name::of_line(family, given));
            continue;
        }
        match split_name_line(raw).or_else(|| split_at_and(raw)) {
            Some(several) => {
                let message = format!("{} names on one line were taken apart: {}", several.len(), excerpt(raw, 60));
                cx.report(&NAMES_ON_ONE_LINE, message);
                for one in several {
                    read_name(one, cx, &mut names, &sure);
                }
            }
            None => read_name(raw, cx, &mut names, &sure),
        }
    }
    if names.list.is_empty() {
        return false;
    }
    values.push(Value::Names(names));
    true
}

fn read_name(raw: &str, cx: &mut CodecReading<'_, '_>, names: &mut Names, sure: &dyn Fn() -> bool) {
    if is_others(raw) {
        names.others = true;
        return;
    }
    if let Some((name, how)) = Name::from_initials(raw)
        && (how != Initials::Perhaps || sure())
    {
        names.list.push(name);
        return;
    }
    let (name, too_many) = Name::from_inverted(raw);
    if too_many {
        cx.report(&NAME_COMMAS, format!("more commas than a name has: {}", excerpt(raw, 60)));
    }
    names.list.push(name);
}

fn write_names(value: &Value, sink: &mut CellSink<'_, '_>, role: Option<&str>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    if names.list.is_empty() || (role.is_some() && names.role.as_deref() != role) {
        return None;
    }
    let mut lost = Parts::NONE;
    let commas = sink.options.commas_end_organizations();
    for name in &names.list {
        // Where programs take the last word of a name for the family name, a comma says that it is one piece; so it does
        // where the words would be taken apart here.
        let whole = name.is_literal()
            && !name.literal.contains(',')
            && (Name::from_initials(&name.literal).is_some() || (commas && name.literal.contains(' ')));
        let (mut written, parts) = if whole {
            let known = if name.organization { Parts::NONE } else { Parts::SPELLING };
            let organization = Name { organization: true, ..name.clone() };
            (organization.to_inverted(true), organization.inverted_lost(true) | known)
        } else {
            (name.to_inverted(commas), name.inverted_lost(commas))
        };
        lost |= parts;
        // Most names have none of these.
        if first(written.as_bytes(), |byte| (byte == b';') | (byte == b'\n') | (byte == b'\r')).is_some() {
            if !is_one_line(&written) {
                lost |= Parts::SPELLING;
                written = one_line(written).into_owned();
            }
            // What would be read as several names, or as none, is written so that it stays as it is from then on.
            if split_name_line(&written).is_some() {
                written.replace(';', " ").trim().clone_into(&mut written);
            }
        }
        if memchr::memchr_iter(b',', written.as_bytes()).nth(1).is_some() && split_at_and(&written).is_some() {
            lost |= Parts::SPELLING;
            written = written.replace(" and ", " & ");
        }
        if is_others(&written) {
            lost |= Parts::SPELLING;
            continue;
        }
        if written.ends_with('…') {
            // It would be read as a name that was cut off.
            lost |= Parts::SPELLING;
            written.truncate(written.trim_end_matches(['…', ' ']).len());
        }
        sink.put(0, written);
    }
    if role.is_none() && names.role.is_some() {
        lost |= Parts::ROLE;
    }
    Some(lost)
}

/// The holder of a patent, of which one stands in a tag for publishers.
pub static HOLDER: Codec = names_of(
    "holder",
    |raws, cx, values| read_names(raws, cx, values, None),
    |value, sink| write_names(value, sink, None),
);
