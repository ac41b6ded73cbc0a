//! Codecs of names, and how names are written: sections 4.1 (BibTeX, BibLaTeX) and D-05, D-51, D-52, D-63 of the mapping
//! reference.
//!
//! Written is the classic form `von Last, Jr, First`, its parts in braces where they would not come back otherwise;
//! BibLaTeX gets the long form `family=…, given=…` where no classic one comes back. [`name_syntax`](super::name_syntax)
//! reads both.

use super::codec::WHOLE;
use super::name_syntax::{parse_list, parse_name};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Name, NameDetail, Names, Parts, Value, identifier};
use crate::tex;
use std::fmt::Write as _;

/// The parts of a list of names that no field of names carries.
pub(super) const NAMES_CARRY: Parts = WHOLE
    .without(Parts::IDS)
    .without(Parts::AFFILIATION)
    .without(Parts::ALT)
    .without(Parts::FLAGS)
    .without(Parts::UNPLACED)
    .without(Parts::ROLE)
    .without(Parts::COMMA_SUFFIX);

/// A list of names in classic form.
pub(super) static NAMES: Codec = Codec {
    name: "names",
    shape: Shape::Joined(" and "),
    carries: NAMES_CARRY,
    read: |raws, _, values| {
        values.extend(raws.iter().map(|raw| Value::Names(parse_list(raw))));
        true
    },
    write: |value, sink| write::<false>(value, sink),
    example: &["van Beethoven, Ludwig and {Acme Corp} and others"],
};

/// A list of names, in BibLaTeX's long form where needed.
pub(super) static NAMES_LONG: Codec = Codec { write: |value, sink| write::<true>(value, sink), ..NAMES };

/// A list of names, and their ORCID iDs as an annotation.
pub(super) static NAMES_ORCID: Codec = Codec {
    name: "names with ORCID iDs",
    shape: Shape::Across,
    carries: NAMES_CARRY.and(Parts::IDS),
    read: |raws, _, values| {
        let (Some(raw), Some(annotation)) = (raws.first().filter(|raw| !raw.is_empty()), raws.get(1)) else {
            return false;
        };
        let mut names = parse_list(raw);
        for item in annotation.split(';').filter(|item| !item.trim().is_empty()) {
            let Some((number, value)) = item.split_once('=') else { return false };
            let Some(orcid) = identifier::orcid(value.trim().trim_matches('"')) else { return false };
            let at = number.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let Some(name) = at.and_then(|at| names.list.get_mut(at)) else { return false };
            let detail = NameDetail { ids: vec![("orcid".into(), orcid)], ..NameDetail::default() };
            name.detail = Some(Box::new(detail));
        }
        values.push(Value::Names(names));
        true
    },
    write: |value, sink| {
        let lost = write::<true>(value, sink)?;
        let Value::Names(names) = value else { return None };
        let mut annotation = String::new();
        let mut others = Parts::NONE;
        for (name, number) in names.list.iter().zip(1..) {
            let ids = name.detail.as_ref().map_or(&[][..], |detail| &detail.ids);
            match ids {
                [] => {}
                [(scheme, id)] if &**scheme == "orcid" && identifier::orcid(id).as_deref() == Some(id) => {
                    if !annotation.is_empty() {
                        annotation.push_str("; ");
                    }
                    let _ = write!(annotation, "{number}=\"{id}\"");
                }
                _ => others |= Parts::IDS,
            }
        }
        sink.put(1, annotation);
        Some(lost | others)
    },
    example: &["Doe, Jane and Roe, Kim", "2=\"0000-0002-1825-0097\""],
};

fn write<const LONG: bool>(value: &Value, sink: &mut CellSink<'_>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    if names.list.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(names.list.len() * 24);
    let lost = write_list::<LONG>(names, sink, &mut out);
    sink.put(0, out);
    Some(lost)
}

/// Appends a list; the parts that it loses beside those that no list carries.
pub(super) fn write_list<const LONG: bool>(names: &Names, sink: &mut CellSink<'_>, out: &mut String) -> Parts {
    let mut lost = Parts::NONE;
    for (at, name) in names.list.iter().enumerate() {
        if at > 0 {
            out.push_str(" and ");
        }
        lost |= write_name::<LONG>(name, sink, out);
    }
    if names.others {
        out.push_str(" and others");
    }
    lost
}

fn write_name<const LONG: bool>(name: &Name, sink: &mut CellSink<'_>, out: &mut String) -> Parts {
    if name.is_literal() {
        return write_literal(name, sink, out);
    }
    let whole = name.particle.is_empty() && name.dropping_particle.is_empty();
    let plain = whole && name.suffix.is_empty();
    let ascii = sink.options.ascii;
    if plain && is_simple(&name.family, ascii) && is_simple(&name.given, ascii) && is_safe_family(&name.family) {
        out.push_str(&name.family);
        out.push_str(", ");
        out.push_str(&name.given);
        return Parts::NONE;
    }
    let from = out.len();
    if whole && !sink.options.carry && write_with_particle(name, ascii, out) {
        sink.add();
        return Parts::NONE;
    }
    write_classic(name, ascii, out);
    let mut reads = parse_name(out.get(from..).unwrap_or_default());
    if LONG && !same_person(name, &reads) {
        let mut long = String::new();
        write_long(name, ascii, &mut long);
        let again = parse_name(&long);
        if same_person(name, &again) {
            out.truncate(from);
            out.push_str(&long);
            reads = again;
        }
    }
    lost_of(name, &reads)
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
    write_classic(&apart, ascii, out);
    let reads = parse_name(out.get(from..).unwrap_or_default());
    let comes_back = same_person(&apart, &reads);
    if !comes_back {
        out.truncate(from);
    }
    comes_back
}

/// Whether reading gave the same parts; what stands beside the name does not count, nor does a comma before the suffix.
fn same_person(name: &Name, reads: &Name) -> bool {
    lost_of(name, reads).is_empty()
}

fn lost_of(name: &Name, reads: &Name) -> Parts {
    let mut lost = Parts::NONE;
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

/// Whether a part needs neither TeX nor braces: letters, single spaces, hyphens, points.
fn is_simple(part: &str, ascii: bool) -> bool {
    let mut space = true;
    let mut before = ' ';
    for c in part.chars() {
        let previous = std::mem::replace(&mut before, c);
        match c {
            ' ' if space => return false,
            ' ' => space = true,
            // Two hyphens are a dash.
            '-' if previous == '-' => return false,
            '-' | '.' => space = false,
            'a'..='z' | 'A'..='Z' => space = false,
            // Precomposed Latin, Greek and Cyrillic letters, all of them in NFC.
            '\u{c0}'..='\u{24f}' | '\u{391}'..='\u{3c9}' | '\u{410}'..='\u{44f}' if !ascii && c != '×' && c != '÷' => {
                space = false;
            }
            _ => return false,
        }
    }
    !space && !has_and(part)
}

/// Whether a word of it is `and`.
fn has_and(part: &str) -> bool {
    part.len() >= 3 && part.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"))
}

/// Whether a family name in front of a comma stays one to BibTeX: no word in lower case but a single one.
fn is_safe_family(family: &str) -> bool {
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

fn write_literal(name: &Name, sink: &mut CellSink<'_>, out: &mut String) -> Parts {
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
    let reads = parse_name(out.get(from..).unwrap_or_default());
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

fn write_classic(name: &Name, ascii: bool, out: &mut String) {
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
        write_part(&name.given, ascii, false, out);
        return;
    }
    let alone = name.given.is_empty() && name.suffix.is_empty();
    let words = name.family.contains(char::is_whitespace);
    let braces = (words && alone) || !is_safe_family(&name.family);
    write_part(&name.family, ascii, braces, out);
    if alone && bare && out.get(from..).is_some_and(|it| it.starts_with('{') && !it.starts_with("{\\")) {
        // A whole name in braces is an organisation.
        out.push_str("{}");
    }
    if !name.suffix.is_empty() {
        out.push_str(", ");
        write_part(&name.suffix, ascii, false, out);
        out.push_str(if name.given.is_empty() { "," } else { "" });
    }
    if !name.given.is_empty() {
        out.push_str(", ");
        write_part(&name.given, ascii, false, out);
    }
}

fn write_long(name: &Name, ascii: bool, out: &mut String) {
    let (prefix, use_prefix) =
        if name.particle.is_empty() { (&name.dropping_particle, "false") } else { (&name.particle, "true") };
    let parts = [("family", &name.family), ("given", &name.given), ("prefix", prefix), ("suffix", &name.suffix)];
    for (key, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(key);
        out.push('=');
        write_part(part, ascii, !part.chars().all(char::is_alphanumeric), out);
    }
    if !prefix.is_empty() {
        out.push_str(", useprefix=");
        out.push_str(use_prefix);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::WriteOptions;

    fn written(name: &Name, long: bool) -> (String, Parts) {
        let options = WriteOptions::default();
        let mut sink = CellSink::new(&options, "book");
        let mut out = String::new();
        let lost = if long {
            write_name::<true>(name, &mut sink, &mut out)
        } else {
            write_name::<false>(name, &mut sink, &mut out)
        };
        (out, lost)
    }

    #[test]
    fn classic_names_come_back() {
        for (raw, family, given, particle, suffix) in [
            ("de la Vall{\\'e}e Poussin, Jr., Charles", "Vallée Poussin", "Charles", "de la", "Jr."),
            ("Ludwig van Beethoven", "Beethoven", "Ludwig", "van", ""),
            ("Plato", "Plato", "", "", ""),
            ("hooks, bell", "hooks", "bell", "", ""),
            ("Drummond de Andrade, Carlos", "Drummond de Andrade", "Carlos", "", ""),
            ("{Barnes and Noble}, Jane", "Barnes and Noble", "Jane", "", ""),
            ("{\\'E}lie Cartan", "Cartan", "Élie", "", ""),
            ("{Acme Corp}{}", "Acme Corp", "", "", ""),
            ("Knuth, Donald~E.", "Knuth", "Donald E.", "", ""),
        ] {
            let name = parse_name(raw);
            assert_eq!(
                (&*name.family, &*name.given, &*name.particle, &*name.suffix),
                (family, given, particle, suffix),
                "{raw}"
            );
            let (out, lost) = written(&name, false);
            assert_eq!(lost, Parts::NONE, "{raw} → {out}");
            assert_eq!(parse_name(&out), name, "{raw} → {out}");
        }
    }

    #[test]
    fn names_are_written_as_readers_expect() {
        let name = |family: &str, given: &str| Name::person(family, given);
        for (name, out) in [
            (name("Serre", "Thomas"), "Serre, Thomas"),
            (name("Drummond de Andrade", "Carlos"), "{Drummond de Andrade}, Carlos"),
            (name("Sun, Li", "Wei"), "{Sun, Li}, Wei"),
            (Name { particle: "van der".into(), ..name("Berg", "A.") }, "van der Berg, A."),
            (name("van der Berg", "A."), "van der Berg, A."),
            (name("Él de la Cruz", "A."), "{Él de la Cruz}, A."),
            (name("Plato", ""), "Plato"),
            (Name { organization: true, ..Name::literal("Barnes & Noble") }, "{Barnes \\& Noble}"),
        ] {
            assert_eq!(written(&name, false), (out.to_owned(), Parts::NONE));
        }
        let dropping = Name { dropping_particle: "de la".into(), ..name("Fontaine", "Jean") };
        assert_eq!(written(&dropping, false), ("de la Fontaine, Jean".to_owned(), Parts::DROPPING));
        let long = "family=Fontaine, given=Jean, prefix={de la}, useprefix=false";
        assert_eq!(written(&dropping, true), (long.to_owned(), Parts::NONE));
    }
}
