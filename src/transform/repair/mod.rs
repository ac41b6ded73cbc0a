//! Repairs of text that was damaged on its way, by PDF extraction above all: on evidence only, each with a note that
//! says what stood there and what stands there now.
//!
//! | repair | before | after |
//! |---|---|---|
//! | [`repair-number-space`](CODES) | `10, 000` | `10,000` |
//! | `repair-url` | `https: //github. com/c-rbp.` | `https://github.com/c-rbp.` |
//! | `repair-abbreviation` | `i. e. , FID` | `i.e., FID` |
//! | `repair-hyphenation` | `com- ponents`, with `component` elsewhere | `components` |
//! | `repair-tex` | `\textit{GAMR}` | *GAMR* |
//! | `repair-quotes` | ``` ``concepts'' ``` | `“concepts”` |
//! | `repair-dashes` | `so -- and 1990--95---then` | `so – and 1990–95—then` |
//! | `repair-capitals` ([`Level::All`]) | `Agustin PICARD` | `Agustin Picard` |
//!
//! Math is left alone. Repairing what was repaired changes nothing.

mod edit;
mod markup;
mod spaces;
#[cfg(test)]
mod tests;
mod words;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::record::name::{is_all_caps, recase};
use crate::record::{Field, Item, Name, Record, Text, Value, excerpt};
use edit::{Edits, Guarded};
use std::collections::HashSet;

/// How much is repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    #[default]
    Off,
    /// What is certain.
    Safe,
    /// Also what is likely.
    All,
}

/// What the input attests: the words that a hyphen and a space may have torn apart, and that stand elsewhere whole.
#[derive(Debug, Default)]
pub struct Evidence {
    words: HashSet<String>,
}

impl Evidence {
    /// Gathers evidence from items.
    pub fn of(items: &[Item]) -> Evidence {
        let records = || items.iter().filter_map(|item| if let Item::Record(it) = item { Some(&**it) } else { None });
        Evidence {
            words: words::attested(|| {
                records().flat_map(|record| record.slots.iter().filter_map(|slot| text_of(slot.value())))
            }),
        }
    }
}

/// The fields that are not prose: what looks like damage there may be right.
const NOT_PROSE: &[Field] =
    &[Field::Dimensions, Field::Scale, Field::CallNumber, Field::Accession, Field::ArchiveLocation];

/// The text of a value that is repaired.
fn text_of(value: &Value) -> Option<&Text> {
    match value {
        Value::Text(text) => Some(text),
        Value::Note(note) => Some(&note.text),
        _ => None,
    }
}

/// A repair may make room for another; this often it is looked again.
const ROUNDS: usize = 4;

/// Repairs a record in place and reports each repair.
pub fn repair(record: &mut Record, level: Level, evidence: &Evidence, sink: &mut Vec<Diagnostic>) {
    if level == Level::Off {
        return;
    }
    let mut found: Vec<(&'static Code, String)> = Vec::new();
    for slot in &mut record.slots {
        let field = slot.field();
        if let Some(text) = text_of(slot.value()).filter(|_| !NOT_PROSE.contains(&field)) {
            if let Some(new) = repair_text(text, field, evidence, &mut found) {
                match slot.value_mut() {
                    Value::Text(text) => *text = new,
                    Value::Note(note) => note.text = new,
                    _ => {}
                }
            }
        } else if level == Level::All
            && let Value::Names(names) = slot.value()
            && names.list.iter().chain(&names.unplaced).any(|name| recased(name).is_some())
            && let Value::Names(names) = slot.value_mut()
        {
            for name in names.list.iter_mut().chain(&mut names.unplaced) {
                if let Some(new) = recased(name) {
                    found.push((&CAPITALS, became(field, &name.display(), &new.display())));
                    *name = new;
                }
            }
        }
    }
    sink.extend(found.into_iter().map(|(code, message)| Diagnostic::new(code, message).about(record)));
}

/// The message of a repair.
fn became(field: Field, before: &str, after: &str) -> String {
    format!("{}: `{}` became `{}`", field.name(), excerpt(before, 80), excerpt(after, 80))
}

/// The repaired text, if anything was to be repaired.
fn repair_text(
    text: &Text,
    field: Field,
    evidence: &Evidence,
    found: &mut Vec<(&'static Code, String)>,
) -> Option<Text> {
    let mut repaired: Option<Text> = None;
    for round in 0..ROUNDS {
        let mut changed = false;
        for pass in [markup::tex, markup::quotes, markup::dashes, spaces::numbers, spaces::urls, spaces::abbreviations]
        {
            changed |= run(text, &mut repaired, field, found, round, pass);
        }
        changed |= run(text, &mut repaired, field, found, round, |guarded, edits| {
            words::hyphenation(guarded, &evidence.words, edits);
        });
        if !changed {
            break;
        }
    }
    repaired
}

/// Runs one pass; says whether it changed anything.
fn run(
    text: &Text,
    repaired: &mut Option<Text>,
    field: Field,
    found: &mut Vec<(&'static Code, String)>,
    round: usize,
    pass: impl Fn(&Guarded<'_>, &mut Edits),
) -> bool {
    let now = repaired.as_ref().unwrap_or(text);
    let mut edits = Edits::default();
    pass(&Guarded::new(now), &mut edits);
    // What cannot be repaired is said once.
    if round == 0 {
        found.extend(edits.warnings.drain(..).map(|(code, message)| (code, format!("{}: {message}", field.name()))));
    }
    found.extend(edits.notes.drain(..).map(|(code, before, after)| (code, became(field, &before, &after))));
    let new = edits.apply(now);
    let changed = new.is_some();
    if changed {
        *repaired = new;
    }
    changed
}

/// A name in capitals as it is usually written.
fn recased(name: &Name) -> Option<Name> {
    if !name.shouting() {
        return None;
    }
    let words = |part: &str, least: usize| {
        let recased = |word: &str| {
            if is_all_caps(word) && word.chars().count() >= least { recase(word) } else { word.to_owned() }
        };
        part.split(' ').map(recased).collect::<Vec<_>>().join(" ")
    };
    // Given names of three capitals may be initials.
    let new = Name { family: words(&name.family, 3), given: words(&name.given, 4), ..name.clone() };
    (new != *name).then_some(new)
}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $title:literal $page:literal;)*) => {
        $(static $name: Code = Code { id: $id, severity: Severity::$severity, title: $title, page: $page };)*

        /// The codes of repairs.
        pub static CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    NUMBER_SPACE "repair-number-space" Note "a space within a number was taken out"
        "A comma and a space stood within a number, between groups of three digits. Not in math, in lists, or in brackets. \
         `--repair=off` leaves it.";
    URL "repair-url" Note "spaces within a web address were taken out"
        "PDF extraction puts spaces behind colons and points. They were taken out as far as it is certain: behind the \
         colon, and behind points in the host's name up to its top-level domain. `--repair=off` leaves them.";
    URL_SPACES "repair-url-spaces" Warning "a web address with spaces that cannot be repaired"
        "The address seems to go on behind a space. What stood there (an underscore, as a rule) cannot be known. Look the \
         address up and mend it by hand.";
    ABBREVIATION "repair-abbreviation" Note "spaces within an abbreviation were taken out"
        "PDF extraction puts spaces behind the points of `i.e.` and its like. `--repair=off` leaves them.";
    HYPHENATION "repair-hyphenation" Note "a word broken at the end of a line was joined"
        "A hyphen and a space stood within a word. It was joined because the joined word, its singular or its plural stands \
         elsewhere in the input. Where it does not, as in `data- and model-driven`, nothing is changed. `--repair=off` \
         leaves it.";
    TEX "repair-tex" Note "LaTeX markup was read"
        "LaTeX commands stood in the text. They were read as the markup or the characters that they mean. `--repair=off` \
         leaves them.";
    TEX_UNKNOWN "repair-tex-unknown" Warning "a LaTeX command that nobody knows was left"
        "The text has a command that is not LaTeX's own, such as an author's macro. What it stands for cannot be known; it \
         was left as it is.";
    QUOTES "repair-quotes" Note "quotation marks were made proper"
        "Quotation marks of LaTeX, or an opening and a closing one that do not belong together, were made “ and ”. Pairs of \
         straight quotation marks are left. `--repair=off` leaves all.";
    DASHES "repair-dashes" Note "a dash of TeX was made one"
        "Two or three hyphens stood between words, two between numbers. They were made – and —. Not in math, in addresses \
         or where words have no spaces around two hyphens. `--repair=off` leaves them.";
    CAPITALS "repair-capitals" Note "a name in capitals was written as usual"
        "Only with `--repair=all`, because a family name may be written in capitals.";
}
