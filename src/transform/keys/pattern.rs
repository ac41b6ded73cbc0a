//! Citation keys by a pattern, as `--keys` takes them: text, and names of fields in brackets with modifiers behind
//! colons, in the manner of `JabRef` and Better BibTeX.
//!
//! ```
//! use bibferry::record::{Date, Field, Kind, Name, Names, Record, Text, Value};
//! use bibferry::transform::keys::Pattern;
//! let mut record = Record::new(Kind::ArticleJournal);
//! record.push(Field::Author, Value::Names(Names::of(vec![Name::person("Doe", "Jane")])));
//! record.push(Field::Issued, Value::Date(Date::year(2020)));
//! let pattern = Pattern::parse("[auth:lower]-[year]")?;
//! assert_eq!(pattern.key(&record).as_deref(), Some("doe-2020"));
//! # Ok::<(), bibferry::Error>(())
//! ```

mod values;

use super::is_allowed;
use crate::error::Error;
use crate::format::did_you_mean;
use crate::record::{Field, Record};
use std::fmt::Write as _;
use values::{modified, words_of};

/// What a name in brackets stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// The first name of the list, cut to this many letters.
    First,
    /// All names, or this many and `EtAl`.
    All,
    /// One name; two; or the first and `EtAl`.
    EtAl,
    /// The first letters of all names.
    Initials,
    Year,
    ShortYear,
    /// Words of the title: all.
    Title,
    /// This many that are no function words.
    Words(usize),
    /// The words of a field.
    Text(Field),
    Pages,
    FirstPage,
    LastPage,
    EntryType,
}

/// Whose names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// The authors; where there are none the editors, and where there are none whoever is named.
    Authors,
    /// The authors and nobody else.
    AuthorsAlone,
    Editors,
}

/// One name that patterns know.
struct Word {
    name: &'static str,
    /// Whether a number may follow the name.
    numbered: bool,
    whose: Whose,
    what: What,
    /// What the help says.
    about: &'static str,
}

const fn word(name: &'static str, what: What, about: &'static str) -> Word {
    Word { name, numbered: false, whose: Whose::Authors, what, about }
}

const fn names(name: &'static str, numbered: bool, whose: Whose, what: What, about: &'static str) -> Word {
    Word { name, numbered, whose, what, about }
}

/// The names that patterns know. An empty description is one of another name for what stands before it.
const WORDS: &[Word] = &[
    names("auth", true, Whose::Authors, What::First, "the first author's family name; authN: its first N letters"),
    names("authors", true, Whose::Authors, What::All, "all family names; authorsN: the first N, then EtAl"),
    names("authEtAl", false, Whose::Authors, What::EtAl, "one or two family names, or the first and EtAl"),
    names("auth.etal", false, Whose::Authors, What::EtAl, ""),
    names("authorIni", false, Whose::Authors, What::Initials, "the first letters of all family names"),
    names("pureauth", true, Whose::AuthorsAlone, What::First, "as auth, but nothing where there are only editors"),
    names("edtr", true, Whose::Editors, What::First, "the first editor's family name; edtrN: its first N letters"),
    names("editor", true, Whose::Editors, What::First, ""),
    names("editors", true, Whose::Editors, What::All, "all editors; editorsN: the first N, then EtAl"),
    names("edtrEtAl", false, Whose::Editors, What::EtAl, "one or two editors, or the first and EtAl"),
    names("edtr.etal", false, Whose::Editors, What::EtAl, ""),
    word("year", What::Year, "the year"),
    word("shortyear", What::ShortYear, "its last two digits"),
    word("title", What::Title, "the words of the title"),
    word("shorttitle", What::Words(3), "its first three significant words"),
    word("veryshorttitle", What::Words(1), "its first significant word"),
    word("titleword", What::Words(1), ""),
    word("journal", What::Text(Field::ContainerTitle), "the journal or book it is in"),
    word("booktitle", What::Text(Field::ContainerTitle), ""),
    word("publisher", What::Text(Field::Publisher), "the publisher"),
    word("series", What::Text(Field::SeriesTitle), "the series"),
    word("volume", What::Text(Field::Volume), "the volume"),
    word("number", What::Text(Field::Issue), "the issue"),
    word("issue", What::Text(Field::Issue), ""),
    word("pages", What::Pages, "the pages, joined by hyphens"),
    word("firstpage", What::FirstPage, "the first page"),
    word("lastpage", What::LastPage, "the last page"),
    word("entrytype", What::EntryType, "what it is: the type word of the source, or the kind"),
];

/// What is done to the words of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Modifier {
    Lower,
    Upper,
    /// Each word begins with a capital.
    Capitalise,
    /// The first letters of the words.
    Abbreviate,
    /// This many characters at most.
    Truncate(usize),
    /// These words where there are none.
    Default(String),
}

/// The modifiers, and what the help says of them.
const MODIFIERS: &[(&str, &str)] = &[
    ("lower", "in lower case"),
    ("upper", "in upper case"),
    ("capitalize", "each word with a capital"),
    ("abbr", "the first letter of each word"),
    ("truncate", "truncateN: N characters at most"),
];

/// The table of fields and modifiers, for the help.
pub fn table() -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(word) = WORDS.get(at) {
        let also = WORDS.get(at + 1..).unwrap_or_default().iter().take_while(|it| it.about.is_empty()).count();
        let mut name = format!("[{}]", word.name);
        for other in WORDS.get(at + 1..=at + also).unwrap_or_default() {
            let _ = write!(name, " [{}]", other.name);
        }
        let _ = writeln!(out, "  {name:<29} {}", word.about);
        at += 1 + also;
    }
    for (name, about) in MODIFIERS {
        let name = format!(":{name}");
        let _ = writeln!(out, "  {name:<29} {about}");
    }
    let _ = write!(out, "  {:<29} these words where the record has none", ":(words)");
    out
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Field { what: What, whose: Whose, number: Option<usize>, modifiers: Vec<Modifier> },
}

/// A pattern of citation keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

impl Pattern {
    /// Reads a pattern: text, and fields in brackets as [`table`] lists them.
    ///
    /// # Errors
    /// A usage error that shows what is not understood, and what would be.
    pub fn parse(pattern: &str) -> Result<Pattern, Error> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(rest) = pattern.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(inner) = rest.strip_prefix('[') {
                let length = closing(inner).ok_or_else(|| wrong(pattern, at, 1, "this bracket is never closed"))?;
                pieces.push(field(pattern, at + 1, inner.get(..length).unwrap_or_default())?);
                at += length + 2;
                continue;
            }
            let literal = rest.split('[').next().unwrap_or_default();
            if let Some((bad, c)) = literal.char_indices().find(|(_, c)| !is_allowed(*c) || *c == ']') {
                return Err(wrong(pattern, at + bad, 1, &format!("`{c}` cannot stand in a citation key")));
            }
            pieces.push(Piece::Literal(literal.to_owned()));
            at += literal.len();
        }
        if !pieces.iter().any(|piece| matches!(piece, Piece::Field { .. })) {
            let advice = "names no field, so that all keys would be alike; [auth][year] is a common one";
            return Err(Error::Usage(format!("the pattern `{pattern}` of --keys {advice}")));
        }
        Ok(Pattern { pieces })
    }

    /// The key of a record; `None` if it has nothing of what the pattern names.
    pub fn key(&self, record: &Record) -> Option<String> {
        let mut key = String::new();
        let mut any = false;
        for piece in &self.pieces {
            match piece {
                Piece::Literal(literal) => key.push_str(literal),
                Piece::Field { what, whose, number, modifiers } => {
                    let value = modified(words_of(record, *what, *whose, *number), modifiers);
                    any |= !value.is_empty();
                    key.push_str(&value);
                }
            }
        }
        any.then_some(key)
    }
}

/// Where a bracket ends: at the next closing one outside parentheses.
fn closing(inner: &str) -> Option<usize> {
    let mut depth = 0usize;
    inner.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ']' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// The message about a part of a pattern, with the part marked below it.
fn wrong(pattern: &str, at: usize, length: usize, what: &str) -> Error {
    let before = pattern.get(..at).map_or(0, |it| it.chars().count());
    Error::Usage(format!("--keys: {what}\n  {pattern}\n  {}{}", " ".repeat(before), "^".repeat(length.max(1))))
}

/// A field in its brackets, which begin before `at`.
fn field(pattern: &str, at: usize, inner: &str) -> Result<Piece, Error> {
    let name = inner.split(':').next().unwrap_or_default();
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.get(letters.len()..).unwrap_or_default();
    let Some(word) = WORDS.iter().find(|word| word.name.eq_ignore_ascii_case(letters)) else {
        let known = WORDS.iter().map(|word| word.name);
        let advice = match did_you_mean(letters, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
        };
        return Err(wrong(pattern, at, name.chars().count(), &format!("unknown field `{name}`: {advice}")));
    };
    let number = if digits.is_empty() { None } else { digits.parse().ok().filter(|it| (1..=1000).contains(it)) };
    if !digits.is_empty() && (number.is_none() || !word.numbered) {
        let what =
            if word.numbered { "a number from 1 to 1000 may stand there" } else { "no number may stand behind it" };
        return Err(wrong(pattern, at, name.len(), &format!("`{name}`: {what}")));
    }
    let mut modifiers = Vec::new();
    let mut from = name.len();
    while let Some(rest) = inner.get(from..).and_then(|rest| rest.strip_prefix(':')) {
        let length = if rest.starts_with('(') {
            let closed = rest.find(')').ok_or_else(|| wrong(pattern, at + from + 1, 1, "this is never closed"))?;
            closed + 1
        } else {
            rest.find(':').unwrap_or(rest.len())
        };
        let text = rest.get(..length).unwrap_or_default();
        modifiers.push(modifier(pattern, at + from + 1, text)?);
        from += 1 + length;
    }
    if from < inner.len() {
        let length = inner.len() - from;
        return Err(wrong(pattern, at + from, length, "a colon is expected before a modifier"));
    }
    Ok(Piece::Field { what: word.what, whose: word.whose, number, modifiers })
}

fn modifier(pattern: &str, at: usize, text: &str) -> Result<Modifier, Error> {
    if let Some(words) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        if let Some(bad) = words.chars().find(|c| !is_allowed(*c)) {
            return Err(wrong(pattern, at, text.len(), &format!("`{bad}` cannot stand in a citation key")));
        }
        return Ok(Modifier::Default(words.to_owned()));
    }
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text.get(letters.len()..).unwrap_or_default();
    match (letters.to_ascii_lowercase().as_str(), number) {
        ("lower", "") => Ok(Modifier::Lower),
        ("upper", "") => Ok(Modifier::Upper),
        ("capitalize" | "capitalise", "") => Ok(Modifier::Capitalise),
        ("abbr", "") => Ok(Modifier::Abbreviate),
        ("truncate", number) if number.parse::<usize>().is_ok_and(|it| it > 0) => {
            Ok(Modifier::Truncate(number.parse().unwrap_or(usize::MAX)))
        }
        (name, _) => {
            let known = MODIFIERS.iter().map(|(name, _)| *name);
            let advice = match did_you_mean(name, known.clone()) {
                Some("truncate") => "truncateN cuts to N characters".to_owned(),
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {} and (words)", known.collect::<Vec<_>>().join(", ")),
            };
            Err(wrong(pattern, at, text.chars().count(), &format!("unknown modifier `{text}`: {advice}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Date, PageRange, Pages, Text, Value};
    use crate::record::{Kind, Name, Names};

    fn record() -> Record {
        let mut record = Record::new(Kind::ArticleJournal);
        let mut beethoven = Name::person("Beethoven", "Ludwig");
        beethoven.particle = "van".into();
        let names = vec![beethoven, Name::person("Müller-Lüdenscheidt", "A."), Name::person("Ødegård", "B.")];
        record.push(Field::Author, Value::Names(Names::of(names)));
        record.push(Field::Title, Value::Text(Text::plain("On the Growth of E. coli: an über-long Study")));
        record.push(Field::ContainerTitle, Value::Text(Text::plain("Journal of Samples")));
        record.push(Field::Issued, Value::Date(Date::year(2007)));
        let range = PageRange { start: "12".into(), end: Some("25".into()), open: false };
        record.push(Field::Pages, Value::Pages(Pages { ranges: vec![range] }));
        record
    }

    fn key(pattern: &str) -> String {
        Pattern::parse(pattern).unwrap().key(&record()).unwrap_or_default()
    }

    #[test]
    fn fields() {
        for (pattern, expected) in [
            ("[auth]", "vanBeethoven"),
            ("[auth3]", "van"),
            ("[authors]", "vanBeethovenMullerLudenscheidtOdegard"),
            ("[authors2]", "vanBeethovenMullerLudenscheidtEtAl"),
            ("[authors3]", "vanBeethovenMullerLudenscheidtOdegard"),
            ("[authEtAl]", "vanBeethovenEtAl"),
            ("[AUTH.ETAL]", "vanBeethovenEtAl"),
            ("[authorIni]", "vMO"),
            ("[edtr]", ""),
            ("[year]", "2007"),
            ("[shortyear]", "07"),
            ("[title]", "OntheGrowthofEcolianuberlongStudy"),
            ("[shorttitle]", "GrowthEcoli"),
            ("[veryshorttitle]", "Growth"),
            ("[journal:abbr]", "JoS"),
            ("[pages]", "12-25"),
            ("[firstpage]", "12"),
            ("[lastpage]", "25"),
            ("[entrytype]", "article"),
        ] {
            assert_eq!(key(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn modifiers_and_text() {
        for (pattern, expected) in [
            ("[auth:lower]:[year]", "vanbeethoven:2007"),
            ("[auth:abbr:upper]+[shortyear]", "VB+07"),
            ("[volume:(v0)]_[year]", "v0_2007"),
            ("[title:capitalize:truncate5]", "OnThe"),
            ("k[volume][year]", "k2007"),
        ] {
            assert_eq!(key(pattern), expected, "{pattern}");
        }
        assert_eq!(Pattern::parse("x[volume]").unwrap().key(&record()), None);
    }

    #[test]
    fn editors_stand_in_for_authors() {
        let mut record = Record::new(Kind::Book);
        record.push(Field::Editor, Value::Names(Names::of(vec![Name::person("Roe", "R.")])));
        let key = |pattern: &str| Pattern::parse(pattern).unwrap().key(&record);
        assert_eq!(key("[auth]").as_deref(), Some("Roe"));
        assert_eq!(key("[pureauth]"), None);
        assert_eq!(key("[editors]").as_deref(), Some("Roe"));
    }

    #[test]
    fn what_is_wrong_is_shown() {
        for (pattern, message) in [
            ("[auth][yaer]", "--keys: unknown field `yaer`: did you mean `year`?\n  [auth][yaer]\n         ^^^^"),
            ("[auth:lwer]", "--keys: unknown modifier `lwer`: did you mean `lower`?\n  [auth:lwer]\n        ^^^^"),
            ("é[auth", "--keys: this bracket is never closed\n  é[auth\n   ^"),
            ("[auth] [year]", "--keys: ` ` cannot stand in a citation key\n  [auth] [year]\n        ^"),
            ("[year2]", "--keys: `year2`: no number may stand behind it\n  [year2]\n   ^^^^^"),
            (
                "key",
                "the pattern `key` of --keys names no field, so that all keys would be alike; [auth][year] is a common one",
            ),
        ] {
            assert_eq!(Pattern::parse(pattern).unwrap_err().to_string(), message);
        }
        for bad in
            ["[", "[]", "]", "[auth:(]", "[auth:()x]", "[auth:", "[auth0]", "[auth:truncate]", "[:lower]", "", "[é]"]
        {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_table_lists_every_name() {
        let table = table();
        assert!(WORDS.iter().all(|word| table.contains(&format!("[{}]", word.name))));
        assert!(table.lines().all(|line| line.len() <= 100), "{table}");
    }
}
