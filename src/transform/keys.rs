//! Citation keys for formats that demand them: made where the source has none, kept unique, in the order of the input.
//!
//! A made key is the first author's family name, the year and the first word of the title that is not a function word,
//! in lower-case ASCII: `muzellec2025enhancing`. The first record with a key keeps it; a later clash gets a, b, …
//! With a [`Pattern`] every record gets a key made by it, and links [follow](relink()).

mod pattern;
mod relink;
mod seen;

pub use pattern::{Pattern, table};
pub use relink::{KeyMap, relink};

use crate::diagnostic::{Diagnostic, KEY_DUPLICATE, KEY_SANITISED};
use crate::record::{Field, Item, Key, Names, Record, Value, excerpt};
use crate::transform::inherit::is_container;
use seen::Fingerprints;
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Words that say nothing about a work when they begin its title.
const FUNCTION_WORDS: &[&str] = &[
    // English
    "a", "an", "the", "on", "in", "of", "for", "to", "and", "or", "from", "with", "at", "by", "is", "are", "as", "do",
    "does", "can", "what", "how", "why", "when", "where", "who", "which", "towards", "toward", "about", "into",
    // German, French, Spanish, Italian
    "der", "die", "das", "ein", "eine", "einer", "zur", "zum", "und", "von", "über", "le", "la", "les", "un", "une",
    "des", "du", "de", "l", "el", "los", "las", "una", "il", "lo", "gli", "i",
];

/// Gives a record a key if it has none.
pub fn complete(record: &mut Record) {
    if record.key.is_none() {
        record.key = Some(Key { text: made(record), made: true, stated: None });
    }
}

/// Gives a record a key if it has none, and makes a stated one fit for .bib files. Needs nothing but the record.
pub fn propose(record: &mut Record, sink: &mut Vec<Diagnostic>) {
    let Some(key) = &mut record.key else {
        record.key = Some(Key { text: made(record), made: true, stated: None });
        return;
    };
    if key.text.chars().all(is_allowed) {
        return;
    }
    let fit: String = key.text.chars().filter(|c| is_allowed(*c)).collect();
    let stated = std::mem::replace(&mut key.text, fit);
    if key.text.is_empty() {
        let text = made(record);
        record.key = Some(Key { text, made: false, stated: None });
    }
    if let Some(key) = &mut record.key {
        let message = format!("the key `{}` is written as `{}`", excerpt(&stated, 60), excerpt(&key.text, 60));
        key.stated.get_or_insert(stated.into());
        let finding = Diagnostic::new(&KEY_SANITISED, message)
            .hint("BibTeX ends a key at a comma, a space or a bracket, and TeX cannot \\cite the others");
        sink.push(finding.about(record));
    }
}

/// Gives a record the key that a pattern makes of it. Where the pattern makes none, the record keeps its own, or gets one
/// as by [`propose`]. The key that the source has becomes the stated one, until [`Keys::settle_made`]. Entries that are no
/// references (`@xdata`) keep theirs: nobody cites them.
pub fn apply(pattern: &Pattern, record: &mut Record) {
    if is_container(record) && record.key.is_some() {
        return;
    }
    let text = match pattern.key(record) {
        Some(text) => text,
        None if record.key.is_some() => return,
        None => made(record),
    };
    let stated = record.key.take().map(|key| key.stated.unwrap_or_else(|| key.text.into()));
    record.key = Some(Key { text, made: stated.is_none(), stated });
}

/// What BibTeX and Biber both take in a key and `\cite` takes as well.
fn is_allowed(c: char) -> bool {
    // As most characters of keys are.
    c.is_ascii_alphanumeric() || !c.is_whitespace() && !c.is_control() && !"{}(),=\\\"#%'~$&^".contains(c)
}

fn made(record: &Record) -> String {
    let mut key = String::new();
    if let Some(name) = first_names(record).and_then(|names| names.list.first()) {
        let family = if !name.family.is_empty() {
            &name.family
        } else if name.is_literal() {
            &name.literal
        } else {
            &name.given
        };
        key.push_str(&slug(&format!("{}{}", name.particle, family)).chars().take(30).collect::<String>());
    }
    key.extend(year(record));
    let title = record.text(Field::Title).or_else(|| record.text(Field::ContainerTitle)).unwrap_or_default();
    let words = title.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let significant = words
        .map(|word| (word, slug(word)))
        .find(|(word, slug)| !slug.is_empty() && !is_function_word(word))
        .map(|(_, slug)| slug.chars().take(20).collect::<String>());
    key.push_str(&significant.unwrap_or_default());
    if key.is_empty() { "reference".to_owned() } else { key }
}

/// The names a record is known by: those of its authors, else of its editors, else of whoever is named.
fn first_names(record: &Record) -> Option<&Names> {
    [Field::Author, Field::Editor, Field::Translator, Field::Director, Field::Composer, Field::Holder]
        .into_iter()
        .find_map(|field| record.names(field))
        .or_else(|| {
            record.slots.iter().find_map(|slot| match slot.value() {
                Value::Names(names) => Some(names),
                _ => None,
            })
        })
}

/// The year of publication, in digits.
fn year(record: &Record) -> Option<String> {
    let point = record.date(Field::Issued)?.start.as_ref()?;
    Some(point.year.unsigned_abs().to_string())
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word.to_lowercase().as_str())
}

/// Lower-case ASCII letters and digits.
fn slug(words: &str) -> String {
    deunicode::deunicode(words).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// How many letters are tried anew for each clash. Most keys that clash do so once, and of them nothing is held.
const FEW: u32 = 4;

/// The keys given so far, as fingerprints: BibTeX compares keys without case.
#[derive(Debug, Default)]
pub struct Keys {
    seen: Fingerprints,
    /// For keys that clashed often, how many letters were tried: the next clash goes on from there.
    tried: HashMap<u64, u32, BuildHasherDefault<DefaultHasher>>,
}

impl Keys {
    fn fingerprint(key: &str) -> u64 {
        let hashed = |key: &str| BuildHasherDefault::<DefaultHasher>::default().hash_one(key);
        let mut lower = [0; 64];
        match lower.get_mut(..key.len()).filter(|_| key.is_ascii()) {
            Some(lower) => {
                lower.copy_from_slice(key.as_bytes());
                lower.make_ascii_lowercase();
                hashed(str::from_utf8(lower).unwrap_or(key))
            }
            None => hashed(&key.to_lowercase()),
        }
    }

    /// The fingerprint of a record's key, 0 if it has none.
    fn fingerprint_of(record: &Record) -> u64 {
        record.key.as_ref().map_or(0, |key| Keys::fingerprint(&key.text))
    }

    /// The fingerprints of the keys of some items, 0 for what has none, for [`settle_known`](Keys::settle_known) of each.
    pub(crate) fn fingerprints(&self, items: &[Item]) -> Vec<u64> {
        let of_item = |item: &Item| match item {
            Item::Record(record) => Keys::fingerprint_of(record),
            _ => 0,
        };
        let fingerprints: Vec<u64> = items.iter().map(of_item).collect();
        self.seen.look_ahead(&fingerprints);
        fingerprints
    }

    fn claim(&mut self, key: &str) -> bool {
        self.seen.insert(Keys::fingerprint(key))
    }

    /// The key with the first letters that nobody has.
    fn free(&mut self, key: &str) -> String {
        let fingerprint = Keys::fingerprint(key);
        let mut tried = self.tried.get(&fingerprint).copied().unwrap_or_default();
        loop {
            let candidate = format!("{key}{}", letters(tried));
            tried += 1;
            let is_free = self.claim(&candidate);
            if tried > FEW {
                self.tried.insert(fingerprint, tried);
            }
            if is_free {
                return candidate;
            }
        }
    }

    /// Why the keys that were given could not be kept in a temporary file, where they are many, if that has happened since
    /// this was asked last. A key may then have been given twice.
    pub(crate) fn failure(&mut self) -> Option<std::io::Error> {
        self.seen.failure()
    }

    /// Makes the key that a pattern made unique among those seen so far; nothing is reported. From here on it is the key
    /// that the record has. The key that the source had comes back.
    pub fn settle_made(&mut self, record: &mut Record) -> Option<Box<str>> {
        let key = record.key.as_mut()?;
        let old = if key.made { None } else { key.stated.take().or_else(|| Some(key.text.as_str().into())) };
        key.made = false;
        if !self.claim(&key.text) {
            key.text = self.free(&key.text);
        }
        old
    }

    /// Makes the key of a record unique among those seen so far.
    pub fn settle(&mut self, record: &mut Record, sink: &mut Vec<Diagnostic>) {
        self.settle_known(record, Keys::fingerprint_of(record), sink);
    }

    /// The same for a key with this fingerprint.
    pub(crate) fn settle_known(&mut self, record: &mut Record, fingerprint: u64, sink: &mut Vec<Diagnostic>) {
        let Some(key) = &mut record.key else { return };
        if self.seen.insert(fingerprint) {
            return;
        }
        let first = key.text.clone();
        key.text = self.free(&first);
        if key.made {
            return;
        }
        key.stated.get_or_insert_with(|| first.clone().into());
        let message = format!("the key `{first}` stands twice; this record is written as `{}`", key.text);
        sink.push(Diagnostic::new(&KEY_DUPLICATE, message).about(record));
    }
}

/// a, b, … z, aa, ab, …
fn letters(mut n: u32) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from(b'a' + (n % 26) as u8));
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Date, Kind, Name, Names, Text};

    fn record(family: &str, title: &str) -> Record {
        let mut record = Record::new(Kind::ArticleJournal);
        record.push(Field::Author, Value::Names(Names::of(vec![Name::person(family, "A.")])));
        record.push(Field::Title, Value::Text(Text::plain(title)));
        record.push(Field::Issued, Value::Date(Date::year(2025)));
        record
    }

    #[test]
    fn keys_are_made_of_name_year_and_word() {
        for (family, title, key) in [
            ("Muzellec", "Enhancing deep networks", "muzellec2025enhancing"),
            ("Øvergård", "The 3D-PC: a benchmark", "overgard20253d"),
            ("O'Brien", "A", "obrien2025"),
        ] {
            let mut record = record(family, title);
            propose(&mut record, &mut Vec::new());
            assert_eq!(record.key.unwrap().text, key);
        }
    }

    #[test]
    fn clashes_get_letters_in_order() {
        let mut keys = Keys::default();
        let mut findings = Vec::new();
        let given: Vec<String> = (0..30)
            .map(|_| {
                let mut record = record("Doe", "Same");
                propose(&mut record, &mut findings);
                keys.settle(&mut record, &mut findings);
                record.key.unwrap().text
            })
            .collect();
        assert_eq!(given[..3], ["doe2025same", "doe2025samea", "doe2025sameb"]);
        assert_eq!(given[27..], ["doe2025sameaa", "doe2025sameab", "doe2025sameac"]);
        assert!(findings.is_empty());
    }

    #[test]
    fn a_clash_of_a_stated_key_is_reported() {
        let mut keys = Keys::default();
        let mut findings = Vec::new();
        for _ in 0..2 {
            let mut record = record("Doe", "Same");
            record.key = Some(Key { text: "x y".into(), made: false, stated: None });
            propose(&mut record, &mut findings);
            keys.settle(&mut record, &mut findings);
        }
        let codes: Vec<_> = findings.iter().map(|it| it.code.id).collect();
        assert_eq!(codes, ["key-sanitised", "key-sanitised", "key-duplicate"]);
    }
}
