//! Lists of names in one cell, as the databases write them.
//!
//! What stands between names and in which order a name's parts stand is a fact of each database ([`Style`]); tables of
//! unknown origin are read by evidence ([`Order::Guess`]): what separates names is whatever of `;`, `|`, line ends,
//! ` and ` and `,` gives pieces that are names.

use crate::bytes::trim;
use crate::entities::ends_in_entity;
use crate::mapping::codecs::markup::unescape;
use crate::record::name::{is_others, is_suffix, plainly_inverted};
use crate::record::{Name, NameDetail, Names, identifier};
use std::borrow::Cow;

/// In which order the parts of a name stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `Doe, Jane`; without a comma it is a name in one piece.
    Inverted,
    /// `Doe J.A.`, `Doe JA`: the family name, then initials; or `Doe, Jane`.
    Initials,
    /// `Jane Doe`, or `Doe, Jane`.
    Display,
    /// `DOE JANE A`, as the registers of patents have it: the family name, then the others, in capitals; or `Jane Doe`.
    Register,
    /// Whatever they look like.
    Guess,
}

/// How a database writes a list of names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// What stands between names: the first of these that occurs.
    pub(super) between: &'static [&'static str],
    /// The order of a name's parts.
    pub(super) order: Order,
}

/// What separates names beyond doubt.
pub(super) const SEMICOLON: &[&str] = &[";"];

/// Reads a list of names, whose entities are characters; `None` if there is none.
pub(super) fn read(raw: &str, style: &Style, role: Option<&str>) -> Option<Names> {
    let mut pieces = match style.order {
        Order::Guess => guess(raw),
        _ => pieces(raw, style.between),
    };
    pieces.retain(|piece| !trim(piece).is_empty());
    let order = match style.order {
        // In a list with family names first, a name without a comma is a body's.
        Order::Guess if pieces.iter().any(|piece| piece.contains(',')) => Order::Initials,
        Order::Guess if pieces.iter().all(|piece| is_initialled(piece) || is_others(piece)) => Order::Initials,
        Order::Guess => Order::Display,
        order => order,
    };
    let list = Vec::with_capacity(pieces.len());
    let mut names = Names { list, role: role.map(Into::into), ..Names::default() };
    for piece in &pieces {
        let piece = unescape(trim(piece));
        let piece = trim(&piece);
        if is_others(piece) {
            names.others = true;
        } else {
            names.list.push(name(piece, order));
        }
    }
    (!names.list.is_empty()).then_some(names)
}

/// The pieces of a list, by the first separator that occurs.
fn pieces<'r>(raw: &'r str, between: &[&str]) -> Vec<Cow<'r, str>> {
    let has = |separator: &&&str| match separator.as_bytes() {
        [byte] => memchr::memchr(*byte, raw.as_bytes()).is_some(),
        _ => raw.contains(**separator),
    };
    let found = between.iter().find(has);
    match found {
        Some(&";") => semicolons(raw),
        Some(separator) => raw.split(separator).map(Cow::Borrowed).collect(),
        None => vec![Cow::Borrowed(raw)],
    }
}

/// The pieces between semicolons; that of an entity (`M&uuml;ller`) separates nothing, nor does one behind a backslash.
pub(super) fn semicolons(raw: &str) -> Vec<Cow<'_, str>> {
    if memchr::memchr(b'&', raw.as_bytes()).is_none() {
        // No entity is in it.
        let mut all = Vec::with_capacity(8);
        let mut from = 0;
        for at in memchr::memchr_iter(b';', raw.as_bytes()).chain([raw.len()]) {
            all.push(Cow::Borrowed(raw.get(from..at).unwrap_or_default()));
            from = at + 1;
        }
        return all;
    }
    let mut all = Vec::new();
    let mut piece: Cow<'_, str> = Cow::Borrowed("");
    for (at, part) in raw.split(';').enumerate() {
        if at == 0 {
            piece = Cow::Borrowed(part);
        } else if ends_in_entity(&piece) {
            piece = Cow::Owned([&piece, ";", part].concat());
        } else {
            all.push(std::mem::replace(&mut piece, Cow::Borrowed(part)));
        }
    }
    all.push(piece);
    all
}

/// The names of a list in another program's syntax: `['Doe, Jane', "O'Neill, Kim"]`, a JSON array, or names of other
/// things in the same form.
pub(super) fn bracketed(raw: &str) -> Option<Vec<String>> {
    let inner = raw.trim().strip_prefix('[')?.strip_suffix(']')?;
    let mut all = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut item = String::new();
        let mut chars = rest.char_indices().skip(1);
        let end = loop {
            match chars.next()? {
                (_, '\\') => item.push(chars.next()?.1),
                (at, c) if c == quote => break at + 1,
                (_, c) => item.push(c),
            }
        };
        all.push(item);
        rest = rest.get(end..)?.trim_start();
        rest = match rest.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    (!all.is_empty()).then_some(all)
}

/// The pieces of a list of unknown origin.
fn guess(raw: &str) -> Vec<Cow<'_, str>> {
    if let Some(all) = bracketed(raw) {
        return all.into_iter().map(Cow::Owned).collect();
    }
    let parts = semicolons(raw);
    if parts.len() > 1 {
        return parts;
    }
    for separator in ["||", "|", "\n"] {
        if raw.contains(separator) {
            return raw.split(separator).map(Cow::Borrowed).collect();
        }
    }
    let joined: Vec<&str> = [" and ", " & "]
        .iter()
        .find(|word| raw.contains(**word))
        .map_or_else(Vec::new, |word| raw.split(word).collect());
    match joined.as_slice() {
        [] => commas(raw),
        // `J. Doe, K. Roe and L. Poe`: only the last stands behind the word.
        [first, last] if first.contains(',') && !last.contains(',') && commas(first).len() > 1 => {
            let mut all = commas(first.trim_end_matches([',', ' ']));
            all.push(Cow::Borrowed(last));
            all
        }
        all => all.iter().map(|piece| Cow::Borrowed(*piece)).collect(),
    }
}

/// The names of a line that has only commas: one `Doe, Jane`; a list of `Doe J`, of `Jane Doe`, of `Doe, J.`.
fn commas(raw: &str) -> Vec<Cow<'_, str>> {
    let parts: Vec<&str> = raw.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let list = || parts.iter().map(|part| Cow::Borrowed(*part)).collect();
    let words = |part: &str| part.split_whitespace().count();
    match parts.as_slice() {
        [] | [_] => vec![Cow::Borrowed(raw)],
        all if all.iter().all(|part| is_initialled(part) || is_others(part)) => list(),
        // `Doe, J., Roe, K.`: every second piece is nothing but initials, or given names alone.
        all if all.len() > 2 && all.len() % 2 == 0 && all.chunks(2).all(|pair| is_initials(pair[1])) => pairs(all),
        [family, given] => {
            let one = words(family) == 1 || words(given) == 1 || is_suffix(given) || family.starts_with(char::is_lowercase);
            if one && !(words(family) > 1 && words(given) > 1) { vec![Cow::Borrowed(raw)] } else { list() }
        }
        [_, _, suffix] if is_suffix(suffix) => vec![Cow::Borrowed(raw)],
        all if all.iter().all(|part| words(part) > 1 || is_others(part)) => list(),
        all if all.len() % 2 == 0 && all.chunks(2).all(|pair| words(pair[0]) < 3 && words(pair[1]) < 4) => pairs(all),
        _ => vec![Cow::Borrowed(raw)],
    }
}

fn pairs<'r>(parts: &[&str]) -> Vec<Cow<'r, str>> {
    parts.chunks(2).map(|pair| Cow::Owned(pair.join(", "))).collect()
}

/// Whether a word is nothing but initials: `J.`, `J.A.`, `JA`, `J.-P.`.
fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '‐' | '\'' | '’') || !c.is_lowercase() && c.is_alphabetic())
        && (word.contains('.') || word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase))
}

fn is_initials(words: &str) -> bool {
    !words.is_empty() && words.split_whitespace().all(is_initial)
}

/// Whether a name is a family name with initials behind it.
fn is_initialled(piece: &str) -> bool {
    initialled(piece).is_some()
}

/// `van der Berg J.A. Jr.`: family name, initials, suffix.
fn initialled(piece: &str) -> Option<(&str, &str, &str)> {
    let piece = piece.trim();
    let (rest, suffix) = match piece.rsplit_once(' ') {
        Some((rest, last)) if is_suffix(last) && rest.contains(' ') => (rest.trim_end(), last),
        _ => (piece, ""),
    };
    let mut family = rest;
    while let Some((before, last)) = family.rsplit_once(' ') {
        if !is_initial(last) {
            break;
        }
        family = before.trim_end();
    }
    let given = rest.get(family.len()..)?.trim_start();
    let is_name = !given.is_empty() && family.chars().any(char::is_lowercase) || (!given.is_empty() && family.chars().count() > 3);
    is_name.then_some((family, given, suffix))
}

/// One name.
fn name(piece: &str, order: Order) -> Name {
    // What nearly all are: no identifier stands behind such a name.
    if let Some((family, given)) = plainly_inverted(piece).filter(|(_, given)| !given.ends_with(')')) {
        return Name::of_line(family, given);
    }
    let (piece, ids) = without_ids(piece);
    let piece = trim(piece.trim_end_matches(|c: char| c == ';' || c == ',' && order != Order::Inverted));
    let mut name = if memchr::memchr(b',', piece.as_bytes()).is_some() {
        Name::from_inverted(piece).0
    } else {
        match order {
            Order::Display => displayed(piece),
            Order::Register => registered(piece).unwrap_or_else(|| displayed(piece)),
            Order::Initials | Order::Guess => match initialled(piece.trim_end_matches(['\u{a0}', ' '])) {
                Some((family, given, suffix)) => Name { suffix: suffix.into(), ..Name::person(family, given) },
                None => Name::literal(piece),
            },
            Order::Inverted => Name::literal(piece),
        }
    };
    if !ids.is_empty() {
        name.detail = Some(Box::new(NameDetail { ids, ..NameDetail::default() }));
    }
    name
}

/// Words that only bodies have in their names: a name in display order with one of them has no family name.
const BODIES: &[&str] = &[
    "academy", "agency", "association", "bank", "board", "bureau", "center", "centre", "collaboration", "college",
    "commission", "committee", "consortium", "corporation", "council", "department", "federation", "foundation",
    "group", "inc", "inc.", "institut", "institute", "investigators", "laboratory", "ltd", "ltd.", "ministry",
    "network", "office", "organisation", "organization", "project", "society", "study", "team", "trust", "union",
    "universidad", "university", "universität", "université",
];

pub(super) fn displayed(piece: &str) -> Name {
    let is_body = piece.split_whitespace().any(|word| BODIES.contains(&word.to_lowercase().as_str()));
    if is_body { Name::literal(piece) } else { Name::from_display(piece) }
}

/// Words that begin the family name of a register, another behind them.
const PARTICLES: &[&str] = &["DA", "DAL", "DE", "DEL", "DELLA", "DEN", "DER", "DI", "DU", "EL", "LA", "LE", "TEN", "TER", "VAN", "VON"];

/// `VAN DER DOE JR JANE A`: the family name, its suffix and the given names, if all is in capitals.
fn registered(piece: &str) -> Option<Name> {
    if piece.contains(char::is_lowercase) {
        return None;
    }
    let words: Vec<&str> = piece.split_whitespace().collect();
    let particles = words.iter().take_while(|word| PARTICLES.contains(*word)).count();
    let (family, rest) = words.split_at_checked(particles + 1)?;
    let (suffix, given) = match rest {
        [suffix, given @ ..] if is_suffix(suffix) && !given.is_empty() => (*suffix, given),
        given => ("", given),
    };
    (!given.is_empty()).then(|| Name { suffix: suffix.into(), ..Name::person(family.join(" "), given.join(" ")) })
}

/// The identifier in brackets behind a name: Scopus's number, or an ORCID iD.
fn without_ids(piece: &str) -> (&str, Vec<(Box<str>, String)>) {
    let inner = piece.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let Some((before, id)) = inner.filter(|(before, _)| !before.trim().is_empty()) else { return (piece, Vec::new()) };
    if let Some(orcid) = identifier::orcid(id) {
        return (before.trim_end(), vec![("orcid".into(), orcid)]);
    }
    let is_number = (6..=15).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { (before.trim_end(), vec![("scopus".into(), id.to_owned())]) } else { (piece, Vec::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(raw: &str) -> Vec<String> {
        let style = Style { between: &[], order: Order::Guess };
        let names = read(raw, &style, None).unwrap_or_default();
        let shown = names.list.iter().map(|name| {
            if name.is_literal() { format!("[{}]", name.literal) } else { format!("{}|{}", name.family, name.given) }
        });
        shown.chain(names.others.then(|| "…".to_owned())).collect()
    }

    #[test]
    fn lists_of_unknown_origin() {
        for (raw, names) in [
            ("Doe, Jane", &["Doe|Jane"][..]),
            ("Doe, Jane; Roe, Kim", &["Doe|Jane", "Roe|Kim"]),
            ("Doe, Jane; WHO", &["Doe|Jane", "[WHO]"]),
            ("Jane Doe; Kim Roe", &["Doe|Jane", "Roe|Kim"]),
            ("Jane Doe, Kim Roe", &["Doe|Jane", "Roe|Kim"]),
            ("Doe J, Roe KL, et al.", &["Doe|J", "Roe|KL", "…"]),
            ("Doe J., Roe K.L.", &["Doe|J.", "Roe|K.L."]),
            ("Doe, J., Roe, K. L.", &["Doe|J.", "Roe|K. L."]),
            ("Doe, Jane and Roe, Kim", &["Doe|Jane", "Roe|Kim"]),
            ("J. Doe, K. Roe and L. Poe", &["Doe|J.", "Roe|K.", "Poe|L."]),
            ("Jane Doe|Kim Roe", &["Doe|Jane", "Roe|Kim"]),
            ("['Doe, Jane', \"O'Neill, Kim\"]", &["Doe|Jane", "O'Neill|Kim"]),
            ("García Márquez, Gabriel", &["García Márquez|Gabriel"]),
            ("King, Martin Luther, Jr.", &["King|Martin Luther"]),
            ("World Health Organization", &["[World Health Organization]"]),
            ("M&uuml;ller, Jan; Roe, Kim", &["Müller|Jan", "Roe|Kim"]),
        ] {
            assert_eq!(guessed(raw), names, "{raw}");
        }
    }

    #[test]
    fn names_of_registers() {
        let style = Style { between: &[";;"], order: Order::Register };
        let names = read("DOE JANE A;;VAN DER ROE JR KIM;;Jane Doe;;DOE;;DOE, JANE", &style, None).unwrap_or_default();
        let shown: Vec<String> =
            names.list.iter().map(|it| format!("{}|{}|{}{}", it.family, it.given, it.suffix, it.literal)).collect();
        assert_eq!(shown, ["DOE|JANE A|", "VAN DER ROE|KIM|JR", "Doe|Jane|", "DOE||", "DOE|JANE|"]);
    }

    #[test]
    fn identifiers_behind_names() {
        let style = Style { between: SEMICOLON, order: Order::Inverted };
        let names = read("Doe, Jane (57194012345); Roe, Kim (2020)", &style, None).unwrap_or_default();
        assert_eq!(names.list[0].detail.as_ref().map(|it| it.ids[0].1.as_str()), Some("57194012345"));
        assert_eq!((names.list[1].given.as_str(), names.list[1].detail.is_none()), ("Kim (2020)", true));
    }
}
