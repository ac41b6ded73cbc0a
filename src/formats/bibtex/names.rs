//! Names: sections 4.1 (BibTeX, BibLaTeX) and D-05, D-51, D-52, D-63 of the mapping reference.
//!
//! Read: the classic forms `First von Last`, `von Last, First`, `von Last, Jr, First`, a literal in one pair of braces,
//! and BibLaTeX's `family=…, given=…`. Written: the classic form, its parts in braces where they would not come back
//! otherwise; BibLaTeX gets the long form where no classic one comes back.

use super::codec::{WHOLE, text_of};
use crate::mapping::{CellSink, Codec, Shape};
use crate::record::{Name, NameDetail, Names, Parts, Value, identifier};
use crate::tex;
use std::fmt::Write as _;
use std::ops::Range;

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
    let plain = name.particle.is_empty() && name.dropping_particle.is_empty() && name.suffix.is_empty();
    let ascii = sink.options.ascii;
    if plain && is_simple(&name.family, ascii) && is_simple(&name.given, ascii) && is_safe_family(&name.family) {
        out.push_str(&name.family);
        out.push_str(", ");
        out.push_str(&name.given);
        return Parts::NONE;
    }
    let from = out.len();
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
    for c in part.chars() {
        match c {
            ' ' if space => return false,
            ' ' => space = true,
            '-' | '.' if !part.contains("--") => space = false,
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

/// Reads a list of names.
pub(super) fn parse_list(raw: &str) -> Names {
    let mut names = Names::default();
    for item in split_and(raw) {
        if item.eq_ignore_ascii_case("others") {
            names.others = true;
        } else if !item.is_empty() {
            names.list.push(parse_name(item));
        }
    }
    names
}

/// The items between ` and `s outside braces.
pub(super) fn split_and(raw: &str) -> Vec<&str> {
    let bytes = raw.as_bytes();
    let mut items = Vec::new();
    let (mut depth, mut start, mut at) = (0usize, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A' if depth == 0 => {
                let word = bytes.get(at..at + 3).is_some_and(|word| word.eq_ignore_ascii_case(b"and"));
                let before = at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace);
                let after = bytes.get(at + 3).is_none_or(u8::is_ascii_whitespace);
                if word && before && after {
                    items.push(raw.get(start..at).unwrap_or_default().trim());
                    at += 3;
                    start = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    items.push(raw.get(start..).unwrap_or_default().trim());
    items
}

/// The pieces of a string between commas outside braces (and outside quotation marks, where those count).
fn split_commas(raw: &str, quotes: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut quoted, mut start) = (0usize, false, 0);
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if quotes && depth == 0 => quoted = !quoted,
            b',' if depth == 0 && !quoted => {
                pieces.push(raw.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(raw.get(start..).unwrap_or_default().trim());
    pieces
}

/// Whether one pair of braces holds the whole string, and is a group rather than an accent.
pub(super) fn in_braces(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('{')?.strip_suffix('}')?;
    if inner.starts_with('\\') {
        return None;
    }
    let mut depth = 0usize;
    for byte in inner.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return None,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    Some(inner)
}

/// The ranges of the words of a segment.
fn tokens(segment: &str) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let (mut depth, mut start) = (0usize, None);
    for (at, byte) in segment.bytes().enumerate() {
        let between = depth == 0 && (byte.is_ascii_whitespace() || byte == b'~');
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (between, start) {
            (true, Some(from)) => {
                list.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    list.extend(start.map(|from| from..segment.len()));
    list
}

/// Commands that are letters, those in lower case first.
const LOWER_LETTERS: &[&str] = &["aa", "ae", "oe", "o", "l", "ss", "i", "j", "dh", "th", "dj", "ng"];
const UPPER_LETTERS: &[&str] = &["AA", "AE", "OE", "O", "L", "SS", "DH", "TH", "DJ", "NG"];

/// Whether BibTeX takes a word for one in lower case: by its first letter outside braces or in an accent.
fn is_lower(word: &str) -> bool {
    let mut rest = word;
    if rest.starts_with('{') && !rest.starts_with("{\\") {
        return false;
    }
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '\\' {
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (command, after) = rest.split_at_checked(letters.max(1)).unwrap_or((rest, ""));
            if LOWER_LETTERS.contains(&command) {
                return true;
            }
            if UPPER_LETTERS.contains(&command) {
                return false;
            }
            rest = after;
        } else if c.is_alphabetic() {
            return c.is_lowercase();
        }
    }
    false
}

/// Reads one name.
pub(super) fn parse_name(raw: &str) -> Name {
    let raw = raw.trim();
    if let Some(name) = parse_long(raw) {
        return name;
    }
    if let Some(inner) = in_braces(raw) {
        return Name { literal: words_of(inner), organization: true, ..Name::default() };
    }
    let segments = split_commas(raw, false);
    let last = segments.first().copied().unwrap_or_default();
    let words = tokens(last);
    let part = |range: Range<usize>| match (words.get(range.start), words.get(range.end.wrapping_sub(1))) {
        (Some(first), Some(end)) if range.start < range.end => {
            words_of(last.get(first.start..end.end).unwrap_or_default())
        }
        _ => String::new(),
    };
    let lower = |at: usize| words.get(at).and_then(|it| last.get(it.clone())).is_some_and(is_lower);
    let end = words.len();
    let before_last = end.saturating_sub(1);
    let final_lower = (0..before_last).rev().find(|at| lower(*at));
    let mut name = Name::default();
    if segments.len() == 1 {
        let first_lower = (0..before_last).find(|at| lower(*at));
        let (from, to) = match (first_lower, final_lower) {
            (Some(from), Some(to)) => (from, to + 1),
            _ => (before_last, before_last),
        };
        name.given = part(0..from);
        name.particle = part(from..to);
        name.family = part(to..end);
        return name;
    }
    let to = final_lower.filter(|_| lower(0)).map_or(0, |at| at + 1);
    name.particle = part(0..to);
    name.family = part(to..end);
    match segments.get(1..).unwrap_or_default() {
        [given] => name.given = words_of(given),
        [suffix, given] => {
            name.suffix = words_of(suffix);
            name.given = words_of(given);
        }
        [suffix, given, more @ ..] => {
            name.suffix = words_of(suffix);
            name.given = words_of(&format!("{given} {}", more.join(" ")));
        }
        [] => {}
    }
    name
}

/// BibLaTeX's long form.
fn parse_long(raw: &str) -> Option<Name> {
    memchr::memchr(b'=', raw.as_bytes())?;
    let (mut name, mut prefix, mut drop, mut any) = (Name::default(), String::new(), false, false);
    for piece in split_commas(raw, true) {
        let (key, value) = piece.split_once('=')?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(value);
        match key.trim() {
            "family" => name.family = words_of(value),
            "given" => name.given = words_of(value),
            "suffix" => name.suffix = words_of(value),
            "prefix" => prefix = words_of(value),
            "useprefix" => drop = value == "false",
            "family-i" | "given-i" | "prefix-i" | "suffix-i" | "hash" | "gender" | "id" => {}
            _ => return None,
        }
        any = true;
    }
    *(if drop { &mut name.dropping_particle } else { &mut name.particle }) = prefix;
    any.then_some(name)
}

/// The words of a part as plain text, their spaces single.
fn words_of(latex: &str) -> String {
    let plain = text_of(latex);
    if plain.contains('\u{a0}') { plain.replace('\u{a0}', " ") } else { plain }
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
