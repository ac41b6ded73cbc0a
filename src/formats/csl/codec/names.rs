//! Contributors: an array of objects. Section 4.1 of the mapping reference.
//!
//! `literal` wins over the parts and is an organisation's. Particles are not looked for in the family name (D-05) unless
//! `parse-names` asks for it; a family name in quotation marks, as Zotero protects one, is read without them, and a suffix
//! that is known as one may stand behind a comma in the given names, where Zotero keeps it. A part that is a list, as in
//! older pandoc, is one with spaces. Crossref's `ORCID`, `affiliation` and `name`, CSL-M's `isInstitution` and `multi` are
//! read as well; other members are kept beside the name. What of a name the schema has no member for is not written.

use super::CHECKED;
use super::identifiers::orcid_of;
use crate::diagnostic::{FIELD_UNKNOWN, NAMES_ON_ONE_LINE};
use crate::bytes::trim;
use crate::formats::csl::json::{self, Sort};
use crate::formats::json::scan::Scan;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::canon::write_string;
use crate::record::name::{is_others, is_suffix, split_at_and, split_name_line};
use crate::record::{Name, NameDetail, Names, Parts, Value, excerpt};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The flag of a name that is always written family name first.
const STATIC: &str = "static-ordering";

/// Contributors.
pub(in crate::formats::csl) static NAMES: Codec = names_of(
    "names",
    |raws, cx, values| read_names(raws, cx, values, None),
    |value, sink| write_names(value, sink, None),
);

macro_rules! in_role {
    ($($constant:ident $role:literal;)*) => {
        $(pub(in crate::formats::csl) static $constant: Codec = names_of(
            concat!("names (", $role, ")"),
            |raws, cx, values| read_names(raws, cx, values, Some($role)),
            |value, sink| write_names(value, sink, Some($role)),
        );)*
    };
}

// Roles for which CSL has a variable and the record has none but a word.
in_role! {
    CHAIRS "chair";
    CURATORS "curator";
    EDITORIAL_DIRECTORS "editorial-director";
    SERIES_CREATORS "series-creator";
}

type Read = fn(&[&str], &mut CodecReading<'_, '_>, &mut Vec<Value>) -> bool;
type Write = fn(&Value, &mut CellSink<'_, '_>) -> Option<Parts>;

const fn names_of(name: &'static str, read: Read, write: Write) -> Codec {
    Codec { name, shape: Shape::Each, carries: CHECKED, read, write, example: &[r#"[{"family":"Doe","given":"Jane"}]"#] }
}

fn read_names(raws: &[&str], cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>, role: Option<&str>) -> bool {
    let Some(raw) = raws.first() else { return false };
    if let Some(names) = plain_names(raw) {
        values.push(Value::Names(Names { role: role.map(Into::into), ..names }));
        return true;
    }
    let mut names = Names { role: role.map(Into::into), ..Names::default() };
    let mut unknown = Unknown::default();
    let read = match json::sort(raw) {
        Sort::Array => json::elements(raw).all(|element| read_one(element, cx, &mut names, &mut unknown)),
        Sort::Object | Sort::String => read_one(raw, cx, &mut names, &mut unknown),
        _ => false,
    };
    if read {
        for (member, places) in unknown {
            cx.keep(&member, &format!("{{{places}}}"), None);
        }
        values.push(Value::Names(names));
    }
    read
}

/// Members of contributors that mean nothing to us: their names, with members of an object that say which contributor has
/// which value.
type Unknown = BTreeMap<String, String>;

fn note_unknown(unknown: &mut Unknown, member: &str, place: usize, value: &str) {
    if !json::says_nothing(value) {
        let places = unknown.entry(member.to_owned()).or_default();
        let between = if places.is_empty() { "" } else { "," };
        places.extend([between, "\"", &place.to_string(), "\":", &json::compact(value)]);
    }
}

/// The names of an array that says nothing of them but their parts, which is what nearly all arrays are. `None`: it is
/// another, or none. What is read here [`read_one`] reads in the same way.
fn plain_names(raw: &str) -> Option<Names> {
    let mut scan = Scan::of(raw.as_bytes());
    let mut names = Names::default();
    scan.take(b'[')?;
    loop {
        scan.take(b'{')?;
        let mut name = Name::default();
        loop {
            let member = raw.get(scan.name()?)?;
            let words = trim(raw.get(scan.words()?)?).to_owned();
            match member {
                "family" => name.family = unquoted(words),
                "given" => name.given = words,
                "dropping-particle" => name.dropping_particle = words,
                "non-dropping-particle" => name.particle = words,
                "suffix" => name.suffix = words,
                "literal" => name.literal = words,
                _ => return None,
            }
            if scan.ends(b'}')? {
                break;
            }
        }
        if name.is_literal() {
            add(&mut names, of_literal(name));
        } else if has_parts(&name) {
            take_suffix(&mut name, is_suffix);
            names.list.push(name);
        }
        if scan.ends(b']')? {
            break;
        }
    }
    scan.end()?;
    Some(names)
}

/// Adds a name to a list, if there is anything in it.
fn add(names: &mut Names, name: Name) {
    if name.is_literal() {
        if is_others(&name.literal) {
            names.others = true;
        } else {
            names.list.push(name);
        }
    } else if has_parts(&name) {
        names.list.push(name);
    }
}

fn has_parts(name: &Name) -> bool {
    let parts = [&name.family, &name.given, &name.particle, &name.dropping_particle, &name.suffix];
    parts.iter().any(|part| !part.is_empty())
}

/// A literal name is an organisation's and has no parts.
fn of_literal(name: Name) -> Name {
    if !name.is_literal() {
        return name;
    }
    Name { literal: name.literal, organization: true, ..Name::default() }
}

fn read_one(raw: &str, cx: &mut CodecReading<'_, '_>, names: &mut Names, unknown: &mut Unknown) -> bool {
    match json::sort(raw) {
        Sort::Null => {}
        Sort::Object => {
            let place = names.list.len() + 1;
            add(names, read_object(raw, cx, &mut |member, value| note_unknown(unknown, member, place, value)));
        }
        Sort::String => {
            let words = json::string(raw).unwrap_or_default();
            let one = [&*words];
            let several = split_name_line(&words).or_else(|| split_at_and(&words));
            if let Some(several) = &several {
                let message = format!("{} names in one string were taken apart: {}", several.len(), excerpt(&words, 60));
                cx.report(&NAMES_ON_ONE_LINE, message);
            }
            for word in several.as_deref().unwrap_or(&one) {
                match word.trim() {
                    "" => {}
                    word if is_others(word) => names.others = true,
                    word if word.contains(',') => names.list.push(Name::from_inverted(word).0),
                    word => names.list.push(Name::literal(word)),
                }
            }
        }
        _ => return false,
    }
    true
}

/// The words of a part of a name: several are one with spaces between them, as pandoc has it.
fn words_of(raw: &str) -> String {
    let one = |raw| json::words(raw).map(|words| words.trim().to_owned()).unwrap_or_default();
    match json::sort(raw) {
        Sort::Array => json::elements(raw).map(one).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        Sort::Bool => raw.trim().to_owned(),
        _ => one(raw),
    }
}

/// The name that an object says; `unknown` is told of members that say nothing of it.
fn read_object(raw: &str, cx: &mut CodecReading<'_, '_>, unknown: &mut dyn FnMut(&str, &str)) -> Name {
    let mut name = Name::default();
    let mut detail = NameDetail::default();
    let (mut parse, mut institution) = (false, false);
    for (member, value) in json::members(raw) {
        let text = || words_of(value);
        match &*member {
            "family" => name.family = unquoted(text()),
            "given" => name.given = text(),
            "dropping-particle" => name.dropping_particle = text(),
            "non-dropping-particle" => name.particle = text(),
            "suffix" => name.suffix = text(),
            "comma-suffix" => name.comma_suffix = json::is_true(value),
            "literal" => name.literal = text(),
            // Crossref has organisations so.
            "name" if name.literal.is_empty() => name.literal = text(),
            "static-ordering" if json::is_true(value) => detail.flags.push(STATIC.into()),
            "parse-names" => parse = json::is_true(value),
            "isInstitution" => institution = json::is_true(value),
            "ORCID" | "orcid" => detail.ids.push(("orcid".into(), orcid_of(&text()))),
            "email" => detail.ids.push(("email".into(), text())),
            "affiliation" => {
                detail.affiliations = affiliations(value);
                if json::elements(value).flat_map(json::members).any(|(name, _)| name != "name") {
                    unknown("affiliation", value);
                }
            }
            "multi" => detail.alt = other_scripts(value),
            // Order says the one, the registry's belief says nothing of the name.
            "sequence" | "authenticated-orcid" | "static-ordering" => {}
            // The role that the variable says already.
            "role" if json::sort(value) == Sort::Array && json::elements(value).all(is_role_of_crossref) => {}
            other => {
                unknown(other, value);
                let message = format!("no rule for `{}` of a contributor", excerpt(other, 40));
                if let Some(finding) = cx.report(&FIELD_UNKNOWN, message) {
                    finding.once = Some(format!("name {other}").into());
                }
            }
        }
    }
    detail.ids.retain(|(_, id)| !id.is_empty());
    if institution && name.literal.is_empty() {
        name.literal = name.display();
    }
    if parse && !name.is_literal() {
        split_parts(&mut name);
    }
    take_suffix(&mut name, is_suffix);
    let mut name = of_literal(name);
    if detail != NameDetail::default() {
        name.detail = Some(Box::new(detail));
    }
    name
}

/// A family name without the quotation marks that keep processors from taking it apart.
fn unquoted(family: String) -> String {
    match family.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::trim) {
        Some(inner) if !inner.is_empty() => inner.to_owned(),
        _ => family,
    }
}

/// Takes particles and the suffix out of the parts, as `parse-names` asks: leading words in lower case of the family name
/// stay with it, trailing ones of the given names are dropped; a suffix stands behind a comma.
fn split_parts(name: &mut Name) {
    let is_lower = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    if name.particle.is_empty() {
        let words: Vec<&str> = name.family.split(' ').collect();
        let count = words.iter().take_while(|word| is_lower(word)).count();
        if count > 0 && count < words.len() {
            (name.particle, name.family) = (words[..count].join(" "), words[count..].join(" "));
        }
    }
    take_suffix(name, |word| !word.is_empty());
    if name.dropping_particle.is_empty() {
        let words: Vec<&str> = name.given.split(' ').collect();
        let count = words.iter().rev().take_while(|word| is_lower(word)).count();
        if count > 0 && count < words.len() {
            let at = words.len() - count;
            (name.dropping_particle, name.given) = (words[at..].join(" "), words[..at].join(" "));
        }
    }
}

/// Takes the suffix out of the given names, where Zotero keeps it: behind a comma, and a sign where the comma is printed.
fn take_suffix(name: &mut Name, is_suffix: fn(&str) -> bool) {
    if memchr::memchr(b',', name.given.as_bytes()).is_none() || !name.suffix.is_empty() {
        return;
    }
    let Some((given, suffix)) = name.given.split_once(',') else { return };
    let suffix = suffix.trim();
    let bare = suffix.strip_prefix('!').unwrap_or(suffix).trim();
    if is_suffix(bare) {
        let (given, comma) = (given.trim().to_owned(), bare.len() < suffix.len());
        (name.comma_suffix, name.suffix, name.given) = (comma, bare.to_owned(), given);
    }
}

/// Whether a role is a word of Crossref's for the list that the contributor stands in.
fn is_role_of_crossref(raw: &str) -> bool {
    json::members(raw).any(|(name, value)| name == "vocabulary" && json::string(value).is_some_and(|it| it == "crossref"))
}

/// `[{"name": "…"}, …]`, or strings.
fn affiliations(raw: &str) -> Vec<String> {
    let one = |raw: &str| {
        let name = json::members(raw).find(|(name, _)| name == "name");
        name.map_or_else(|| json::words(raw), |(_, value)| json::words(value)).map(Cow::into_owned)
    };
    let all: Vec<Option<String>> = match json::sort(raw) {
        Sort::Array => json::elements(raw).map(one).collect(),
        _ => vec![one(raw)],
    };
    all.into_iter().flatten().filter(|it| !it.is_empty()).collect()
}

/// CSL-M: `{"_key": {"en": {"family": …, "given": …}}}`.
fn other_scripts(raw: &str) -> Vec<(Box<str>, String)> {
    let forms = json::members(raw).find(|(name, _)| name == "_key").map_or("", |(_, value)| value);
    let form = |value: &str| {
        let part = |wanted: &str| {
            let found = json::members(value).find(|(name, _)| name == wanted);
            found.and_then(|(_, value)| json::words(value)).unwrap_or_default().into_owned()
        };
        let literal = part("literal");
        if literal.is_empty() { Name::person(part("family"), part("given")).display() } else { literal }
    };
    json::members(forms).map(|(tag, value)| (Box::from(&*tag), form(value))).filter(|(_, it)| !it.is_empty()).collect()
}

fn write_names(value: &Value, sink: &mut CellSink<'_, '_>, role: Option<&str>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    if names.list.is_empty() || (role.is_some() && names.role.as_deref() != role) {
        return None;
    }
    let for_zotero = sink.options.is_for_zotero();
    let mut out = String::with_capacity(56 * names.list.len());
    let mut lost = Parts::NONE;
    for name in &names.list {
        if name.is_literal() && is_others(&name.literal) {
            lost |= Parts::SPELLING;
            continue;
        }
        out.push(if out.is_empty() { '[' } else { ',' });
        lost |= if for_zotero { write_for_zotero(&mut out, name) } else { write_name(&mut out, name) };
    }
    if out.is_empty() {
        return None;
    }
    out.push(']');
    sink.put(0, out);
    for (present, part) in [
        (names.others, Parts::OTHERS),
        (!names.unplaced.is_empty(), Parts::UNPLACED),
        (role.is_none() && names.role.is_some(), Parts::ROLE),
    ] {
        if present {
            lost |= part;
        }
    }
    Some(lost)
}

/// Whether no white space stands around a text.
fn is_tidy(text: &str) -> bool {
    let ends = text.as_bytes().first().zip(text.as_bytes().last());
    ends.is_none_or(|(first, last)| first.is_ascii_graphic() & last.is_ascii_graphic()) || trim(text).len() == text.len()
}

/// An object of which the members are appended that are not empty.
struct Object<'o> {
    out: &'o mut String,
    /// Where its members begin.
    start: usize,
}

impl<'o> Object<'o> {
    fn open(out: &'o mut String) -> Object<'o> {
        out.push('{');
        let start = out.len();
        Object { out, start }
    }

    /// Appends a member, if there is anything in it: what white space around it loses. The name stands between quotation
    /// marks, with a colon behind; where its length is known it is copied without a call.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is small but for the name, of which only the copy is wanted")]
    fn member(&mut self, name: &str, value: &str) -> Parts {
        if value.is_empty() {
            return Parts::NONE;
        }
        if self.out.len() > self.start {
            self.out.push(',');
        }
        self.out.push_str(name);
        write_string(self.out, value);
        if is_tidy(value) { Parts::NONE } else { Parts::SPELLING }
    }

    fn close(self) {
        self.out.push('}');
    }
}

/// Writes a name: what of it is lost.
fn write_name(out: &mut String, name: &Name) -> Parts {
    let mut lost = detail_lost(name);
    let mut object = Object::open(out);
    if name.is_literal() {
        lost |= object.member("\"literal\":", &name.literal);
        object.close();
        // Read back it is an organisation's.
        return lost | if name.organization { Parts::NONE } else { Parts::ORGANIZATION };
    }
    lost |= object.member("\"family\":", &name.family);
    lost |= object.member("\"given\":", &name.given);
    lost |= object.member("\"non-dropping-particle\":", &name.particle);
    lost |= object.member("\"dropping-particle\":", &name.dropping_particle);
    lost |= object.member("\"suffix\":", &name.suffix);
    let has_suffix = name.suffix.is_empty() && name.given.bytes().any(|byte| byte == b',') && {
        let mut again = Name::person("", name.given.clone());
        take_suffix(&mut again, is_suffix);
        !again.suffix.is_empty()
    };
    if has_suffix || (name.family.starts_with('"') && unquoted(name.family.clone()) != name.family) {
        lost |= Parts::SPELLING;
    }
    if name.comma_suffix {
        object.out.push_str(",\"comma-suffix\":true");
    }
    if name.detail.as_ref().is_some_and(|detail| detail.flags.iter().any(|flag| **flag == *STATIC)) {
        object.out.push_str(",\"static-ordering\":true");
    }
    object.close();
    lost
}

/// What of identifiers, affiliations and the like is lost: the schema has no member for them.
fn detail_lost(name: &Name) -> Parts {
    let Some(detail) = &name.detail else { return Parts::NONE };
    let mut lost = Parts::NONE;
    for (present, part) in [
        (!detail.ids.is_empty(), Parts::IDS),
        (!detail.affiliations.is_empty(), Parts::AFFILIATION),
        (!detail.alt.is_empty(), Parts::ALT),
        (detail.flags.iter().any(|flag| **flag != *STATIC || name.is_literal()), Parts::FLAGS),
    ] {
        if present {
            lost |= part;
        }
    }
    lost
}

/// Zotero's importer takes `family` and `given` alone: particles and suffixes stand where Zotero keeps them.
fn write_for_zotero(out: &mut String, name: &Name) -> Parts {
    if name.is_literal() {
        return write_name(out, name);
    }
    let family = Name { given: String::new(), dropping_particle: String::new(), suffix: String::new(), ..name.clone() };
    let given = Name { family: String::new(), particle: String::new(), suffix: String::new(), ..name.clone() };
    let mut given = given.display();
    if !name.suffix.is_empty() {
        given.push_str(if name.comma_suffix { ", !" } else { ", " });
        given.push_str(&name.suffix);
    }
    let mut object = Object::open(out);
    object.member("\"family\":", &family.display());
    object.member("\"given\":", &given);
    object.close();
    let kept = Parts::IDS.and(Parts::AFFILIATION).and(Parts::ALT).and(Parts::FLAGS);
    detail_lost(name) | (name.parts() - kept)
}

/// Contributors whose role has no word.
pub(in crate::formats::csl) static CONTRIBUTORS: Codec = Codec {
    write: |value, sink| match value {
        Value::Names(names) if names.role.is_none() => write_names(value, sink, None),
        _ => None,
    },
    ..names_of("contributors", |raws, cx, values| read_names(raws, cx, values, None), |_, _| None)
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::WriteOptions;
    use proptest::prelude::*;

    const PARTS: [&str; 6] = ["family", "given", "suffix", "literal", "non-dropping-particle", "dropping-particle"];
    const WORDS: [&str; 9] = ["", "Doe", " a b ", "\\\"Q\\\"", "others", "Jr.", "A., Jr.", "\\u00e9", "\\n"];

    proptest! {
        /// What is read in one pass is what is read member by member.
        #[test]
        fn plain_names_are_read_as_others_are(
            parts in prop::collection::vec((prop::sample::select(&PARTS[..]), prop::sample::select(&WORDS[..])), 1..5),
        ) {
            let members: Vec<String> = parts.iter().map(|(name, words)| format!("\"{name}\":\"{words}\"")).collect();
            let object = format!("{{{}}}", members.join(","));
            if let Some(plain) = plain_names(&format!("[{object}]")) {
                let mut names = Names::default();
                prop_assert!(read_one(&object, &mut CodecReading::silent("book"), &mut names, &mut Unknown::default()));
                prop_assert_eq!(plain, names);
            }
        }
    }

    #[test]
    fn a_name_that_is_but_a_suffix_comes_back() {
        let names = Names { list: vec![Name { suffix: "Jr.".into(), ..Name::default() }], ..Names::default() };
        let options = WriteOptions::default();
        let mut sink = CellSink::new(&options, "book");
        assert_eq!(write_names(&Value::Names(names.clone()), &mut sink, None), Some(Parts::NONE));
        assert_eq!(plain_names(&sink.cells()[0].1), Some(names));
    }
}
