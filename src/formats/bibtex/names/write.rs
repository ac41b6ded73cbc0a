//! How names are written: `von Last, Jr, First`, in braces where that would not come back otherwise, or in BibLaTeX's
//! extended form. What is written is read again, so that what is lost is known.

use super::list::parse_one;
use super::long::OF_LIST;
use super::mistakes::is_more;
use super::orcid::orcid_of;
use super::ordinary::is_ordinary;
use super::plain::is_plain;
use crate::bytes::first_pair;
use crate::mapping::CellSink;
use crate::record::{Name, Names, Parts, Value};
use crate::tex;

/// In which form names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Form {
    /// BibTeX's.
    Classic,
    /// BibLaTeX's, where the classic form says less.
    Long,
    /// The same, with ORCID iDs in an annotation.
    Annotated,
}

pub(super) fn write(value: &Value, form: Form, sink: &mut CellSink<'_, '_>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    put_list(names, form, sink)
}

/// Puts a list into the first tag of a row, if it names anybody; the parts that it loses beside those that no list carries.
pub(in super::super) fn put_list(names: &Names, form: Form, sink: &mut CellSink<'_, '_>) -> Option<Parts> {
    if names.list.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(names.list.len() * 24);
    let lost = write_list(names, form, sink, &mut out);
    // Characters of control are none of a name.
    let says_something = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '{' | '}');
    if !out.contains(says_something) {
        return None;
    }
    sink.put(0, out);
    Some(lost)
}

/// Appends a list.
pub(super) fn write_list(names: &Names, form: Form, sink: &mut CellSink<'_, '_>, out: &mut String) -> Parts {
    let mut lost = Parts::NONE;
    for (at, name) in names.list.iter().enumerate() {
        if at > 0 {
            out.push_str(" and ");
        }
        // At the end it is read as what it means.
        if at > 0 && at + 1 == names.list.len() && !names.others && is_et_al(name) {
            out.push_str("others");
            lost |= Parts::SPELLING;
            break;
        }
        lost |= write_name(name, form, sink, out);
    }
    if names.others {
        out.push_str(" and others");
    }
    lost
}

/// Whether a literal says that there are more.
fn is_et_al(name: &Name) -> bool {
    name.is_literal() && name.literal.len() <= 20 && is_more(&["{", &name.literal, "}"].concat())
}

pub(super) fn write_name(name: &Name, form: Form, sink: &mut CellSink<'_, '_>, out: &mut String) -> Parts {
    let plain_detail = form == Form::Classic || has_no_extras(name, form);
    if name.is_literal() {
        let lost = write_literal(name, sink, out);
        return if plain_detail { lost } else { lost | lost_detail(name, None, form) };
    }
    let whole = name.particle.is_empty() && name.dropping_particle.is_empty();
    let ascii = sink.options.ascii;
    let from = out.len();
    // Most names come back as they stand. Particles that join the family name have no space behind them.
    let bare = name.dropping_particle.is_empty() && name.suffix.is_empty() && !name.given.is_empty() && plain_detail;
    let joins = name.particle.ends_with(['\'', '’', '-']);
    let escapes = ascii && ![&name.particle, &name.family, &name.given].iter().all(|part| part.is_ascii());
    if bare && !escapes && name.particle.is_empty() && is_plain(&name.family, &name.given) {
        out.extend([name.family.as_str(), ", ", name.given.as_str()]);
        return Parts::NONE;
    }
    if bare && !joins && !escapes && is_safe_family(&name.family) {
        let space = if name.particle.is_empty() { "" } else { " " };
        out.extend([name.particle.as_str(), space, name.family.as_str(), ", ", name.given.as_str()]);
        if out.get(from..).is_some_and(|item| is_ordinary(item, name)) {
            return Parts::NONE;
        }
        out.truncate(from);
    }
    if whole && plain_detail && !sink.options.carry && write_with_particle(name, ascii, out) {
        sink.add();
        return Parts::NONE;
    }
    // The first form that says all, or else the one that loses least.
    let mut best: Option<(String, Parts)> = None;
    for attempt in Attempt::ALL.iter().filter(|attempt| form != Form::Classic || attempt.is_classic()) {
        let mut candidate = String::new();
        attempt.write(name, ascii, &mut candidate);
        let lost = lost_of(name, parse_one(&candidate).as_ref(), form);
        let is_better = best.as_ref().is_none_or(|(_, least)| lost.names().count() < least.names().count());
        let done = lost.is_empty();
        if is_better {
            best = Some((candidate, lost));
        }
        if done {
            break;
        }
    }
    let (written, lost) = best.unwrap_or_default();
    out.push_str(&written);
    lost
}

/// The ways to write a name, in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    /// The classic form with the braces that it needs as a rule.
    Classic,
    /// The same with each part in braces: names that would be taken for a list.
    Braced,
    /// The extended form.
    Long,
    /// The extended form with what the name has beside its parts.
    Whole,
}

impl Attempt {
    const ALL: [Attempt; 4] = [Attempt::Classic, Attempt::Braced, Attempt::Long, Attempt::Whole];

    fn is_classic(self) -> bool {
        matches!(self, Attempt::Classic | Attempt::Braced)
    }

    fn write(self, name: &Name, ascii: bool, out: &mut String) {
        match self {
            Attempt::Classic => write_classic(name, ascii, false, out),
            Attempt::Braced => write_classic(name, ascii, true, out),
            Attempt::Long => write_long(name, ascii, false, out),
            Attempt::Whole => write_long(name, ascii, true, out),
        }
    }
}

/// Writes a family name that begins in lower case as what BibTeX takes it for: a particle and a name. Formats without
/// particles mean no more by `van der Berg` than that, and braces would keep styles from telling them apart.
fn write_with_particle(name: &Name, ascii: bool, out: &mut String) -> bool {
    let lower = |word: &str| word.starts_with(char::is_lowercase) && word.chars().all(char::is_alphabetic);
    let length = name.family.split_inclusive(' ').take_while(|word| lower(word.trim_end())).map(str::len).sum();
    let Some((particle, family)) = name.family.split_at_checked(length) else { return false };
    if particle.is_empty() || name.given.is_empty() || !family.starts_with(char::is_uppercase) {
        return false;
    }
    let apart = Name { particle: particle.trim_end().to_owned(), family: family.to_owned(), ..name.clone() };
    let from = out.len();
    write_classic(&apart, ascii, false, out);
    let reads = parse_one(out.get(from..).unwrap_or_default());
    let comes_back = lost_of(&apart, reads.as_ref(), Form::Classic).is_empty();
    if !comes_back {
        out.truncate(from);
    }
    comes_back
}

/// Whether a name has nothing beside its parts, but for what an annotation carries.
fn has_no_extras(name: &Name, form: Form) -> bool {
    name.detail.as_ref().is_none_or(|detail| {
        let annotated = usize::from(form == Form::Annotated && orcid_of(name).is_some());
        detail.flags.is_empty() && detail.ids.len() == annotated
    })
}

/// What reading did not give back, if it gave a name. What no form carries does not count.
fn lost_of(name: &Name, reads: Option<&Name>, form: Form) -> Parts {
    let mut lost = if form == Form::Classic { Parts::NONE } else { lost_detail(name, reads, form) };
    let Some(reads) = reads else { return lost | Parts::SPELLING };
    let mut note = |differs: bool, part: Parts| {
        if differs {
            lost |= part;
        }
    };
    note(name.dropping_particle != reads.dropping_particle, Parts::DROPPING);
    note(name.suffix != reads.suffix, Parts::SUFFIX);
    let particle = name.particle != reads.particle && name.dropping_particle == reads.dropping_particle;
    note(particle, Parts::PARTICLE);
    let words = name.family != reads.family || name.given != reads.given || reads.is_literal();
    note(words && !particle && name.dropping_particle == reads.dropping_particle, Parts::SPELLING);
    lost
}

/// Which identifiers and flags reading did not give back.
fn lost_detail(name: &Name, reads: Option<&Name>, form: Form) -> Parts {
    let Some(detail) = &name.detail else { return Parts::NONE };
    let read = reads.and_then(|reads| reads.detail.as_deref());
    let orcid = orcid_of(name).filter(|_| form == Form::Annotated).map(|orcid| ("orcid", orcid));
    let ids = read.map_or(&[][..], |read| &read.ids).iter().map(|(scheme, id)| (&**scheme, &**id)).chain(orcid);
    let mut lost = Parts::NONE;
    if !detail.ids.iter().map(|(scheme, id)| (&**scheme, &**id)).eq(ids) {
        lost |= Parts::IDS;
    }
    if detail.flags.as_slice() != read.map_or(&[][..], |read| &read.flags) {
        lost |= Parts::FLAGS;
    }
    lost
}

/// Whether a word of it is `and`.
fn has_and(part: &str) -> bool {
    first_pair(part.as_bytes(), |b, next| (b | 0x20 == b'a') & (next | 0x20 == b'n')).is_some()
        && part.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"))
}

/// Whether a family name in front of a comma stays one to BibTeX: no word in lower case but a single one.
fn is_safe_family(family: &str) -> bool {
    if memchr::memchr(b' ', family.as_bytes()).is_none() {
        return true;
    }
    let mut words = family.split(' ');
    let (Some(first), rest) = (words.next(), words) else { return false };
    let starts_lower = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let mut several = false;
    for word in rest {
        several = true;
        if starts_lower(word) {
            return false;
        }
    }
    !several || !starts_lower(first)
}

fn write_literal(name: &Name, sink: &mut CellSink<'_, '_>, out: &mut String) -> Parts {
    let ascii = sink.options.ascii;
    let from = out.len();
    out.push('{');
    let _ = tex::encode_str(&name.literal, ascii, out);
    out.push('}');
    // A brace before a backslash makes an accent to BibTeX, not a group.
    if out.get(from + 1..).is_some_and(|inner| inner.starts_with('\\')) {
        out.insert(from, '{');
        out.push('}');
    }
    let reads = parse_one(out.get(from..).unwrap_or_default()).unwrap_or_default();
    let mut lost = if reads.literal == name.literal { Parts::NONE } else { Parts::SPELLING };
    if name.organization != reads.organization {
        // Braces say that it is an organisation; of a name without known parts nobody knows.
        if sink.options.carry {
            lost |= Parts::ORGANIZATION;
        } else {
            sink.add();
        }
    }
    lost
}

/// A part as TeX, in braces where BibTeX would take it apart.
fn write_part(part: &str, ascii: bool, brace: bool, out: &mut String) {
    let brace = brace || part.contains(',') || has_and(part) || part.contains('=');
    let from = out.len();
    let _ = tex::encode_str(part, ascii, out);
    if brace {
        let accent = out.get(from..).is_some_and(|inner| inner.starts_with('\\'));
        out.insert_str(from, if accent { "{{" } else { "{" });
        out.push_str(if accent { "}}" } else { "}" });
    }
}

fn write_classic(name: &Name, ascii: bool, braced: bool, out: &mut String) {
    let from = out.len();
    for particle in [&name.dropping_particle, &name.particle] {
        if !particle.is_empty() {
            write_part(particle, ascii, false, out);
            if !particle.ends_with(['\'', '’', '-']) {
                out.push(' ');
            }
        }
    }
    let bare = out.len() == from;
    if name.family.is_empty() {
        write_part(&name.given, ascii, braced, out);
        if out.get(from..).is_some_and(is_more) {
            // A given name alone that would say that there are more.
            out.insert(from, '{');
            out.push_str("}{}");
        }
        return;
    }
    let alone = name.given.is_empty() && name.suffix.is_empty();
    let words = name.family.contains(char::is_whitespace);
    let braces = braced || (words && alone) || !is_safe_family(&name.family);
    write_part(&name.family, ascii, braces, out);
    if alone && bare && out.get(from..).is_some_and(|it| it.starts_with('{') && !it.starts_with("{\\")) {
        // A whole name in braces is an organisation.
        out.push_str("{}");
    }
    if !name.suffix.is_empty() {
        out.push_str(", ");
        write_part(&name.suffix, ascii, braced, out);
        out.push_str(if name.given.is_empty() { ", {}" } else { "" });
    }
    if !name.given.is_empty() {
        out.push_str(", ");
        write_part(&name.given, ascii, braced, out);
    }
}

/// The extended form; `whole` with identifiers, flags and the options of a list.
fn write_long(name: &Name, ascii: bool, whole: bool, out: &mut String) {
    let detail = name.detail.as_deref().filter(|_| whole);
    let pairs = || detail.into_iter().flat_map(|detail| &detail.flags).filter_map(|flag| flag.split_once('='));
    for (key, value) in pairs() {
        if let Some(option) = key.strip_prefix(OF_LIST) {
            out.extend([option, "=", value, " and "]);
        }
    }
    let from = out.len();
    let mut put = |key: &str, value: &dyn Fn(&mut String)| {
        out.push_str(if out.len() > from { ", " } else { "" });
        out.push_str(key);
        out.push('=');
        value(out);
    };
    let (prefix, use_prefix) =
        if name.particle.is_empty() { (&name.dropping_particle, "false") } else { (&name.particle, "true") };
    let parts = [("family", &name.family), ("given", &name.given), ("prefix", prefix), ("suffix", &name.suffix)];
    for (key, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        put(key, &|out| write_part(part, ascii, !part.chars().all(char::is_alphanumeric), out));
    }
    if !prefix.is_empty() {
        put("useprefix", &|out| out.push_str(use_prefix));
    }
    let ids = detail.into_iter().flat_map(|detail| &detail.ids).filter(|(scheme, _)| &**scheme == "id");
    let ids = ids.map(|(scheme, id)| (&**scheme, &**id));
    for (key, value) in ids.chain(pairs().filter(|(key, _)| !key.starts_with(OF_LIST))) {
        put(key, &|out| {
            let bare = value.chars().all(char::is_alphanumeric);
            out.extend(if bare { ["", value, ""] } else { ["{", value, "}"] });
        });
    }
}
