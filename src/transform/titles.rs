//! The letter case of titles, on demand: `--titles`. Section 4.5 of the mapping reference (D-49).
//!
//! * [`Titles::Protect`] marks what lower-casing would damage, so that styles leave it alone.
//! * [`Titles::Sentence`] writes English titles in sentence case. Acronyms, words with inner capitals or digits, single
//!   capitals, numerals, what is marked, and the first words of sentences stay as they are. Proper nouns are not guessed;
//!   a title that is in sentence case already keeps them.
//!
//! Titles of journals, books that contain the item, and series are nobody's to change.
//!
//! ```
//! use bibferry::record::{Field, Kind, Record, Text, Value};
//! use bibferry::transform::titles::{Titles, apply};
//! let mut record = Record::new(Kind::Book);
//! record.push(Field::Title, Value::Text(Text::plain("The Structure of DNA: A Personal Account")));
//! apply(Titles::Sentence, &mut record, &mut Vec::new());
//! assert_eq!(record.text(Field::Title), Some("The structure of DNA: A personal account"));
//! ```

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::record::name::is_numeral;
use crate::record::{Field, Kind, Lang, MarkKind, Record, Text, Value, excerpt};
use crate::tex::{HYPHENS, Word, is_function_word, is_sentence_case, title_words, words_to_protect};
use std::ops::Range;

/// What is done to the letter case of titles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    /// Nothing.
    #[default]
    Keep,
    /// What lower-casing would damage is marked.
    Protect,
    /// English titles get sentence case.
    Sentence,
}

/// The fields that hold the item's own title.
const FIELDS: &[Field] = &[Field::Title, Field::Subtitle, Field::TitleAddon, Field::ShortTitle];

/// A title in capitals.
static CAPITALS: Code = Code {
    id: "title-capitals",
    severity: Severity::Note,
    title: "a title in capitals was put in sentence case",
    page: "With `--titles=sentence`. In a title that is all in capitals acronyms and proper nouns cannot be told from other \
           words: look the title up. Numerals and words with digits were left as they are.",
};

/// The codes of this step.
pub static CODES: &[&Code] = &[&CAPITALS];

/// Changes the titles of a record as is asked.
pub fn apply(titles: Titles, record: &mut Record, sink: &mut Vec<Diagnostic>) {
    // The title of a journal is a name.
    if titles == Titles::Keep || record.kind == Kind::Periodical {
        return;
    }
    let english = if titles == Titles::Sentence { is_english(record) } else { Some(true) };
    if english == Some(false) {
        return;
    }
    let mut found = Vec::new();
    for slot in &mut record.slots {
        let field = slot.field();
        let Value::Text(text) = slot.value() else { continue };
        // Where nobody says what language it is in, the title may.
        if !FIELDS.contains(&field) || (english.is_none() && looks_foreign(text.as_str())) {
            continue;
        }
        let new = match titles {
            Titles::Keep => None,
            Titles::Protect => protected(text),
            Titles::Sentence => sentence(text),
        };
        let Some(new) = new else { continue };
        if titles == Titles::Sentence && is_capitals(text) {
            let (before, after) = (excerpt(text.as_str(), 80), excerpt(new.as_str(), 80));
            found.push(format!("{}: `{before}` became `{after}`", field.name()));
        }
        *slot.value_mut() = Value::Text(new);
    }
    let hint = "acronyms and proper nouns cannot be told in a title in capitals: look them over";
    sink.extend(found.into_iter().map(|message| Diagnostic::new(&CAPITALS, message).hint(hint).about(record)));
}

/// Whether a record is in English as far as it says: by its language, else by the name that Babel has for it.
fn is_english(record: &Record) -> Option<bool> {
    let languages = record.all(Field::Language).chain(record.all(Field::LangId));
    let mut said = languages.map(|slot| match slot.value() {
        Value::Lang(lang) => is_english_tag(lang),
        Value::Token(babel) => Lang::from_babel(babel).is_some_and(|lang| is_english_tag(&lang)),
        _ => false,
    });
    said.next()
}

/// Function words of German, French, Spanish, Portuguese, Italian, Dutch, the Scandinavian languages and Latin that are no
/// English words. Sorted.
const FOREIGN: &[&str] = &[
    "al", "alla", "auf", "aus", "aux", "av", "avec", "bei", "con", "da", "dans", "das", "dei", "del", "della", "delle",
    "dem", "den", "der", "des", "di", "dos", "du", "e", "ein", "eine", "einer", "eines", "el", "em", "et", "ett",
    "fra", "från", "för", "für", "gli", "het", "i", "ihre", "il", "im", "la", "las", "le", "les", "lo", "los", "mit",
    "na", "nach", "nel", "nella", "och", "oder", "og", "om", "ou", "para", "por", "pour", "på", "seine", "som", "sur",
    "till", "um", "una", "und", "une", "van", "vid", "vom", "von", "voor", "y", "zu", "zum", "zur", "zwischen", "över",
    "über",
];

/// Function words that are English and hardly anything else. Sorted.
const ENGLISH: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "how", "is", "its", "of", "on", "the", "their", "to",
    "towards", "using", "via", "what", "why", "with", "without",
];

/// Whether the words of a title are of another language: some of its function words are, and none is English.
fn looks_foreign(plain: &str) -> bool {
    let mut foreign = false;
    for word in title_words(plain) {
        let small = core(word.text).1.to_lowercase();
        if ENGLISH.binary_search(&&*small).is_ok() {
            return false;
        }
        // A word of one letter at the beginning may be anything.
        foreign |= !(word.begins && small.len() == 1) && FOREIGN.binary_search(&&*small).is_ok();
    }
    foreign
}

fn is_english_tag(lang: &Lang) -> bool {
    let tag = lang.as_str();
    tag.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case("en"))
}

/// Spans of a text that stay as they are: letters whose case no style may change, math, program text, what could not be
/// read, words in other languages.
fn kept(text: &Text) -> Vec<Range<usize>> {
    let keeps = |kind: &MarkKind| match kind {
        MarkKind::NoCase | MarkKind::Math | MarkKind::Code | MarkKind::Raw { .. } | MarkKind::Link(_) => true,
        MarkKind::Language(tag) => !is_english_tag(&Lang::parse(tag)),
        _ => false,
    };
    let spans = text.marks().iter().filter(|mark| keeps(&mark.kind));
    let mut spans: Vec<Range<usize>> = spans.map(|mark| mark.start as usize..mark.end as usize).collect();
    spans.extend(dollars(text.as_str()));
    spans.sort_by_key(|span| span.start);
    spans
}

/// Math between dollars that nobody marked.
fn dollars(plain: &str) -> Vec<Range<usize>> {
    let signs: Vec<usize> = plain.match_indices('$').map(|(at, _)| at).collect();
    signs.as_chunks::<2>().0.iter().map(|[open, close]| *open..close + 1).collect()
}

/// Whether a span touches one of those that stay. They are sorted by their starts but may contain each other.
fn touches(spans: &[Range<usize>], word: &Range<usize>) -> bool {
    let until = spans.partition_point(|span| span.start < word.end);
    spans.iter().take(until).any(|span| span.end > word.start)
}

/// The title with marks on what lower-casing would damage; `None` if there is nothing to mark.
fn protected(text: &Text) -> Option<Text> {
    let spans = words_to_protect(text.as_str());
    if spans.is_empty() {
        return None;
    }
    let kept = kept(text);
    let mut new: Option<Text> = None;
    for (start, end) in spans {
        if touches(&kept, &(start..end)) {
            continue;
        }
        let new = new.get_or_insert_with(|| text.clone());
        if new.mark(start, end, MarkKind::NoCase) {
            continue;
        }
        // Markup begins or ends within the word: its pieces are marked.
        let inside = |at: &usize| start < *at && *at < end;
        let ends = text.marks().iter().flat_map(|mark| [mark.start as usize, mark.end as usize]);
        let mut cuts: Vec<usize> = ends.filter(inside).chain([start, end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        for piece in cuts.windows(2) {
            if let [from, to] = piece {
                new.mark(*from, *to, MarkKind::NoCase);
            }
        }
    }
    new
}

/// Whether a title is all in capitals: several words, or a long one, and no small letter outside what stays.
fn is_capitals(text: &Text) -> bool {
    let plain = text.as_str();
    if !plain.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let kept = kept(text);
    let (mut words, mut longest) = (0usize, 0usize);
    for word in title_words(plain) {
        let span = word.start..word.start + word.text.len();
        if touches(&kept, &span) {
            continue;
        }
        if word.text.chars().any(char::is_lowercase) {
            return false;
        }
        let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
        words += usize::from(letters > 1);
        longest = longest.max(letters);
    }
    // `HIV/AIDS` or `NASA` alone may be what they are.
    (words >= 3 && longest >= 4) || (words >= 2 && longest >= 6)
}

/// An English title in sentence case; `None` if it is so already.
fn sentence(text: &Text) -> Option<Text> {
    let plain = text.as_str();
    let capitals = is_capitals(text);
    if !capitals && is_sentence_case(plain) {
        return None;
    }
    // Title case leaves the article small; where it writes function words with capitals the article has one as well.
    let articles = capitals
        || title_words(plain).any(|word| {
            let core = core(word.text).1;
            !word.begins && core.len() > 1 && is_capitalised(core) && is_function_word(&core.to_lowercase())
        });
    let kept = kept(text);
    let mut out = String::with_capacity(plain.len());
    for word in title_words(plain) {
        let Word { start, text, begins, .. } = word;
        out.push_str(plain.get(out.len()..start).unwrap_or_default());
        let mut at = start;
        let has_digit = text.chars().any(char::is_numeric);
        for (number, part) in text.split_inclusive(HYPHENS).enumerate() {
            let span = at..at + part.len();
            at = span.end;
            if touches(&kept, &span) || has_digit {
                out.push_str(part);
            } else {
                let compound = text.contains(HYPHENS);
                push_part(part, Stands { begins: begins && number == 0, capitals, articles, compound }, &mut out);
            }
        }
    }
    out.push_str(plain.get(out.len()..).unwrap_or_default());
    // Every letter keeps its length, and so every mark its place.
    (out != plain && out.len() == plain.len()).then(|| Text::with_marks(out, text.marks().to_vec()))
}

/// A word without the marks around it, and where it begins.
fn core(text: &str) -> (usize, &str) {
    let from = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    (from, text.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a word is one capital and then small letters.
fn is_capitalised(core: &str) -> bool {
    let mut chars = core.chars();
    chars.next().is_some_and(char::is_uppercase) && !chars.as_str().is_empty() && !chars.any(char::is_uppercase)
}

/// Where a word stands.
#[derive(Clone, Copy)]
struct Stands {
    /// At the beginning of a sentence.
    begins: bool,
    /// In a title all in capitals.
    capitals: bool,
    /// In a title that writes articles with capitals.
    articles: bool,
    /// Between hyphens.
    compound: bool,
}

/// Appends a word, or what stands between hyphens, with the letters it gets.
fn push_part(part: &str, stands: Stands, out: &mut String) {
    let Stands { begins, capitals, articles, compound } = stands;
    let (from, core) = core(part);
    let dotted = part.get(from + core.len()..).is_some_and(|rest| rest.starts_with('.'));
    let mut chars = core.chars();
    let first = chars.next();
    let stays = if core.is_empty() {
        true
    } else if core.strip_prefix('I').is_some_and(|rest| rest.starts_with(['\'', '’'])) {
        // `I’m`, `I'll`; in capitals the rest is small.
        if capitals {
            out.push_str(part.get(..=from).unwrap_or_default());
            part.get(from + 1..).unwrap_or_default().chars().for_each(|c| out.push(lower(c)));
            return;
        }
        true
    } else if chars.as_str().is_empty() {
        // Single capitals are names of things, initials, or `I`.
        first != Some('A') || begins || dotted || compound || !articles
    } else if capitals {
        is_numeral(core) || (core.contains('.') && core.split('.').all(|letter| letter.chars().nth(1).is_none()))
    } else {
        // `Node.js`, `Ph.D`, addresses: a point within a word makes it a name.
        begins || !is_capitalised(core) || core.contains(['.', '@', '_', '\\'])
    };
    if stays {
        out.push_str(part);
        return;
    }
    let head = if begins { from + first.map_or(0, char::len_utf8) } else { from };
    let (head, tail) = part.split_at_checked(head).unwrap_or((part, ""));
    out.push_str(head);
    tail.chars().for_each(|c| out.push(lower(c)));
}

/// A letter in lower case, if that is one letter of the same length.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Record {
        let mut record = Record::new(Kind::ArticleJournal);
        record.push(Field::Title, Value::Text(Text::plain(title)));
        record
    }

    fn cased(title: &str) -> String {
        let mut record = titled(title);
        apply(Titles::Sentence, &mut record, &mut Vec::new());
        record.text(Field::Title).unwrap().to_owned()
    }

    #[test]
    fn title_case_becomes_sentence_case() {
        for (before, after) in [
            ("The Art of Computer Programming", "The art of computer programming"),
            ("Stand-Alone Self-Attention in Vision Models", "Stand-alone self-attention in vision models"),
            ("Deep Learning: A Review", "Deep learning: A review"),
            (
                "What Is Life? The Physical Aspect of the Living Cell",
                "What is life? The physical aspect of the living cell",
            ),
            ("A New Method. Part Two", "A new method. Part two"),
            ("Analysis of mRNA and DNA in iPhones by McDonald", "Analysis of mRNA and DNA in iPhones by McDonald"),
            (
                "Cells and the T-Cell Receptor: X-Rays of E. coli in Use",
                "Cells and the T-cell receptor: X-rays of E. coli in use",
            ),
            ("Advances in Neural Systems II", "Advances in neural systems II"),
            ("History of World War I and What I Saw", "History of world war I and what I saw"),
            ("Effects of Vitamin A on Growth", "Effects of vitamin A on growth"),
            ("Portrait Of A Lady In The House", "Portrait of a lady in the house"),
            ("COVID-19 and Covid-19 Vaccines in 3D Models", "COVID-19 and Covid-19 vaccines in 3D models"),
            ("Protein Folding at U.S. Sites vs. Others", "Protein folding at U.S. sites vs. others"),
            (
                "What I'm Doing With Node.js and the Ph.D. Students",
                "What I'm doing with Node.js and the Ph.D. students",
            ),
            ("Zählen Über Élan and Ärger", "Zählen über élan and ärger"),
        ] {
            assert_eq!(cased(before), after);
            assert_eq!(cased(after), after, "again");
        }
    }

    #[test]
    fn words_can_be_searched() {
        assert!(FOREIGN.is_sorted() && ENGLISH.is_sorted());
    }

    #[test]
    fn titles_that_look_foreign_are_left_alone() {
        for title in [
            "Über die Härte von Steinen im Berliner Raum",
            "Die Entstehung der Arten",
            "Les Fleurs du Mal",
            "El Ingenioso Hidalgo Don Quijote de la Mancha",
            "Il Nome della Rosa",
        ] {
            assert_eq!(cased(title), title);
        }
        assert_eq!(cased("The Art of Die Casting in La Paz"), "The art of die casting in la paz");
        let mut record = titled("Entstehung Neuer Arten");
        record.push(Field::LangId, Value::Token("ngerman".into()));
        apply(Titles::Sentence, &mut record, &mut Vec::new());
        assert_eq!(record.text(Field::Title), Some("Entstehung Neuer Arten"));
        let mut record = titled("On New Species");
        record.push(Field::LangId, Value::Token("british".into()));
        apply(Titles::Sentence, &mut record, &mut Vec::new());
        assert_eq!(record.text(Field::Title), Some("On new species"));
    }

    #[test]
    fn sentence_case_keeps_proper_nouns() {
        for title in ["A study of Parkinson's disease in Oslo", "On growth", "DNA", "deep learning in Norway", "NASA"] {
            assert_eq!(cased(title), title);
        }
    }

    #[test]
    fn capitals_become_a_sentence_with_a_note() {
        for (before, after) in [
            ("ON THE ORIGIN OF SPECIES", "On the origin of species"),
            ("SYSTEMS II: A STUDY OF H2O AND COVID-19", "Systems II: A study of H2O and COVID-19"),
            ("WHY I’M NOT A PAINTER", "Why I’m not a painter"),
            ("LIFE IN THE U.S. IN A NUTSHELL", "Life in the U.S. in a nutshell"),
        ] {
            let mut record = titled(before);
            let mut findings = Vec::new();
            apply(Titles::Sentence, &mut record, &mut findings);
            assert_eq!(record.text(Field::Title), Some(after));
            assert_eq!(findings.iter().map(|it| it.code.id).collect::<Vec<_>>(), ["title-capitals"]);
        }
    }

    #[test]
    fn marks_stay_and_keep_what_they_cover() {
        let mut text = Text::plain("The Life of Ada Lovelace in $N$ Acts and Ländern Deutsch");
        text.mark(12, 24, MarkKind::NoCase);
        text.mark(4, 8, MarkKind::Italic);
        let from = text.as_str().find("Ländern").unwrap();
        text.mark(from, text.len(), MarkKind::Language("de".into()));
        let new = sentence(&text).unwrap();
        assert_eq!(new.as_str(), "The life of Ada Lovelace in $N$ acts and Ländern Deutsch");
        assert_eq!(new.marks(), text.marks());
    }

    #[test]
    fn other_languages_and_journals_are_left_alone() {
        let title = "Über Die Härte Von Steinen";
        let mut record = titled(title);
        record.push(Field::Language, Value::Lang(Lang::parse("german")));
        apply(Titles::Sentence, &mut record, &mut Vec::new());
        assert_eq!(record.text(Field::Title), Some(title));
        let mut record = titled("Journal Of The Society");
        record.kind = Kind::Periodical;
        record.push(Field::ContainerTitle, Value::Text(Text::plain("Some Old Series Of Things")));
        apply(Titles::Sentence, &mut record, &mut Vec::new());
        assert_eq!(record.text(Field::Title), Some("Journal Of The Society"));
        record.kind = Kind::Chapter;
        apply(Titles::Sentence, &mut record, &mut Vec::new());
        assert_eq!(record.text(Field::Title), Some("Journal of the society"));
        assert_eq!(record.text(Field::ContainerTitle), Some("Some Old Series Of Things"));
    }

    #[test]
    fn protection_marks_what_lower_casing_damages() {
        let marked = |text: Text| {
            let mut record = Record::new(Kind::Book);
            record.push(Field::Title, Value::Text(text));
            apply(Titles::Protect, &mut record, &mut Vec::new());
            let Some(Value::Text(text)) = record.get(Field::Title) else { panic!("a title") };
            let spans = text.marks().iter().filter(|mark| mark.kind == MarkKind::NoCase);
            spans.map(|mark| text.as_str()[mark.start as usize..mark.end as usize].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marked(Text::plain("Learning about DNA and iPhones")), ["DNA", "iPhones"]);
        assert_eq!(marked(Text::plain("A study of growth in Oslo")), ["Oslo"]);
        assert_eq!(marked(Text::plain("Plain")), [""; 0]);
        let mut text = Text::plain("On the mRNA of DNA");
        text.mark(7, 8, MarkKind::Italic);
        text.mark(15, 18, MarkKind::NoCase);
        assert_eq!(marked(text), ["mRNA", "DNA"]);
        let mut text = Text::plain("On the mRNA of cells");
        text.mark(3, 9, MarkKind::Italic);
        assert_eq!(marked(text), ["mR", "NA"]);
    }
}
