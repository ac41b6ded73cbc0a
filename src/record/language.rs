//! Languages: BCP 47 tags, and the names and codes that formats use for them. Section 4.7 of the mapping reference.
//!
//! ```
//! use bibferry::record::Lang;
//! assert_eq!(Lang::parse("ngerman").as_str(), "de");
//! assert_eq!(Lang::parse("Deutsch"), Lang::parse("ger"));
//! assert_eq!(Lang::parse("pt_br").as_str(), "pt-BR");
//! assert_eq!(Lang::parse("pt-BR").babel_name(), Some("brazilian"));
//! assert_eq!(Lang::parse("mostly Latin").as_str(), "mostly Latin");
//! ```

mod table;

use crate::bytes::trim;
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use std::sync::LazyLock;
use table::{LANGUAGES, LCIDS, Language};

/// A language: a BCP 47 tag where it is known, else the source's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lang(String);

/// Which row of the table a word in lower case stands for: a tag, a code, a name, a babel name.
static WORDS: LazyLock<FxHashMap<Cow<'static, str>, &'static Language>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for row in LANGUAGES {
        let tag = Cow::Owned(row.tag.to_ascii_lowercase());
        let names = row.babel.iter().chain(row.codes).chain(row.names).map(|word| Cow::Borrowed(*word));
        let english = (!row.english.is_empty()).then(|| Cow::Owned(row.english.to_ascii_lowercase()));
        for word in names.chain(english).chain([tag]) {
            words.entry(word).or_insert(row);
        }
    }
    words
});

/// The row of each tag.
static TAGS: LazyLock<FxHashMap<&'static str, &'static Language>> =
    LazyLock::new(|| LANGUAGES.iter().rev().map(|row| (row.tag, row)).collect());

/// The row of a word in any letter case.
fn row(word: &str) -> Option<&'static Language> {
    // No word of the table is longer; a long text is not worth folding.
    if word.len() > 64 {
        return None;
    }
    let lower: Cow<str> = if word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        word.to_lowercase().into()
    } else {
        word.into()
    };
    WORDS.get(lower.as_ref()).copied()
}

impl Lang {
    /// The tag or words as they are.
    pub fn verbatim(raw: &str) -> Lang {
        Lang(trim(raw).to_owned())
    }

    /// The language of a BCP 47 tag (`_` for `-` too, and a POSIX encoding behind it), an ISO 639 code of two or three
    /// letters (bibliographic codes, which MARC has, and terminological ones), an English or native name, a name of babel
    /// or polyglossia, or biblatex's `lang…` keys; letter case does not count. What is none of these is kept verbatim.
    pub fn parse(raw: &str) -> Lang {
        let raw = trim(raw);
        let word = raw.trim_end_matches(['.', ';', ',']);
        let key = || row(word.strip_prefix("lang").filter(|name| name.len() > 3)?);
        if let Some(row) = row(word).or_else(key) {
            return Lang(row.tag.to_owned());
        }
        let tag = word.split(['.', '@']).next().filter(|tag| tag.contains(['_', '-'])).unwrap_or(word);
        canonical(tag).map_or_else(|| Lang(raw.to_owned()), Lang)
    }

    /// The languages of a list (`eng; ger`, `langlatin and langgerman`, `English, French`), if every one is known and
    /// there are several.
    pub fn parse_list(raw: &str) -> Option<Vec<Lang>> {
        if row(trim(raw)).is_some() {
            return None;
        }
        let mut list = Vec::new();
        for part in raw.split([',', ';', '/', '|', '&']).flat_map(|part| part.split(" and ")) {
            let part = trim(part);
            // A known word, or a tag that is plainly one.
            let lang = Lang::parse(part);
            lang.row()?;
            list.push(lang);
        }
        (list.len() > 1).then_some(list)
    }

    /// The languages of a list, or the one that a text says: [`parse_list`](Lang::parse_list), else
    /// [`parse`](Lang::parse).
    pub(crate) fn parse_all(raw: &str) -> SmallVec<[Lang; 1]> {
        // A word of the table is no list, and none ends in a mark that would be taken off.
        if let Some(row) = row(trim(raw)) {
            return smallvec![Lang(row.tag.to_owned())];
        }
        Lang::parse_list(raw).map_or_else(|| smallvec![Lang::parse(raw)], SmallVec::from_vec)
    }

    /// Whether a text is read as this language and no other.
    pub(crate) fn is_read_from(&self, raw: &str) -> bool {
        row(raw).map_or_else(|| Lang::parse_all(raw).as_slice() == [self.clone()], |row| row.tag == self.0)
    }

    /// The language of a name of babel or polyglossia: `ngerman`, `british`.
    pub fn from_babel(name: &str) -> Option<Lang> {
        let name = name.trim();
        let row = row(name)?;
        row.babel.iter().any(|babel| babel.eq_ignore_ascii_case(name)).then(|| Lang(row.tag.to_owned()))
    }

    /// The language of a Windows language number, as Word has them: 1031 is `de-DE`.
    pub fn from_lcid(lcid: u16) -> Option<Lang> {
        LCIDS.iter().find(|(number, _)| *number == lcid).map(|(_, tag)| Lang((*tag).to_owned()))
    }

    /// The Windows language number, for the tag itself or, of several countries, for the first of the table.
    pub fn lcid(&self) -> Option<u16> {
        let exact = LCIDS.iter().find(|(_, tag)| *tag == self.0);
        let near = || LCIDS.iter().find(|(_, tag)| tag.split('-').next() == Some(self.as_str()));
        exact.or_else(near).map(|(number, _)| *number)
    }

    /// The tag or words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a BCP 47 tag in its canonical letter case; else it is the source's words.
    pub fn is_tag(&self) -> bool {
        canonical(&self.0).is_some_and(|tag| tag == self.0)
    }

    /// The name that babel has for it; for a tag without one of its own that of the tag without its last part: `de-LU` is
    /// `ngerman`.
    pub fn babel_name(&self) -> Option<&'static str> {
        self.rows().find_map(|row| row.babel.first().copied())
    }

    /// The language's English name; for a tag without one of its own that of the tag without its last part: `de-LU` is
    /// `German`.
    pub fn english_name(&self) -> Option<&'static str> {
        self.rows().map(|row| row.english).find(|name| !name.is_empty())
    }

    /// The ISO 639-2 code in its bibliographic form, which MARC, MEDLINE and RIS have: `ger`, `fre`, `chi`. The country
    /// and the script of a tag are not in it.
    pub fn marc_code(&self) -> Option<&'static str> {
        self.rows().find_map(|row| row.codes.first().copied())
    }

    /// The row of the tag itself or of the nearest tag it goes on from.
    fn row(&self) -> Option<&'static Language> {
        self.rows().next()
    }

    /// The rows of the tag, of the tag without its last part and so on.
    fn rows(&self) -> impl Iterator<Item = &'static Language> {
        let mut tag = (self.0.len() <= MAX_TAG).then_some(self.0.as_str());
        std::iter::from_fn(move || {
            let now = tag?;
            tag = now.rsplit_once('-').map(|(shorter, _)| shorter);
            Some(now)
        })
        .filter_map(|tag| TAGS.get(tag).copied())
    }
}

/// The longest tag worth looking at.
const MAX_TAG: usize = 64;

/// The tag in canonical letter case, `-` between its parts, and with the shortest code of its language; nothing if it
/// is not well-formed (RFC 5646, without grandfathered and wholly private tags). A word of three letters with a capital
/// is not taken for a tag: it is a word.
fn canonical(tag: &str) -> Option<String> {
    if tag.len() > MAX_TAG || !tag.is_ascii() {
        return None;
    }
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next()?;
    let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
    let titled = primary.len() == 3
        && primary.bytes().any(|b| b.is_ascii_lowercase())
        && primary.bytes().any(|b| b.is_ascii_uppercase());
    if !(2..=3).contains(&primary.len()) || !letters(primary) || titled {
        return None;
    }
    // The code of the language alone: the tag of a row that is one, else the letters.
    let primary = primary.to_ascii_lowercase();
    let known = row(&primary).map(|row| row.tag).filter(|tag| !tag.contains('-'));
    let mut out = known.map_or(primary, str::to_owned);
    // What the parts so far allow next: 0 extended language, 1 script, 2 region, 3 variant, 4 extension, 5 private use.
    let mut stage = 0;
    let mut empty_extension = false;
    for part in parts {
        let (length, digit) = (part.len(), part.as_bytes().first().is_some_and(u8::is_ascii_digit));
        if !(1..=8).contains(&length) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        out.push('-');
        let at = out.len();
        out.push_str(part);
        let written = out.get_mut(at..)?;
        written.make_ascii_lowercase();
        if stage < 5 && length == 1 {
            if empty_extension {
                return None;
            }
            stage = if part.eq_ignore_ascii_case("x") { 5 } else { 4 };
            empty_extension = true;
            continue;
        }
        match stage {
            4 | 5 => empty_extension = false,
            0 if length == 3 && letters(part) => {}
            0..=1 if length == 4 && letters(part) => {
                written.get_mut(..1)?.make_ascii_uppercase();
                stage = 2;
            }
            0..=2 if (length == 2 && letters(part)) || (length == 3 && part.bytes().all(|b| b.is_ascii_digit())) => {
                written.make_ascii_uppercase();
                stage = 3;
            }
            0..=3 if length >= 5 || (length == 4 && digit) => stage = 3,
            _ => return None,
        }
    }
    (!empty_extension).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn real_words() {
        for (raw, tag) in [
            ("en", "en"),
            ("EN", "en"),
            ("eng", "en"),
            ("ENG", "en"),
            ("English", "en"),
            ("english.", "en"),
            ("american", "en-US"),
            ("USenglish", "en-US"),
            ("UKenglish", "en-GB"),
            ("british", "en-GB"),
            ("en_US", "en-US"),
            ("en_US.UTF-8", "en-US"),
            ("de", "de"),
            ("ger", "de"),
            ("deu", "de"),
            ("German", "de"),
            ("Deutsch", "de"),
            ("ngerman", "de"),
            ("german", "de"),
            ("naustrian", "de-AT"),
            ("nswissgerman", "de-CH"),
            ("langgerman", "de"),
            ("langlatin", "la"),
            ("langenglish", "en"),
            ("de-ch", "de-CH"),
            ("ger-CH", "de-CH"),
            ("français", "fr"),
            ("FRANÇAIS", "fr"),
            ("fre", "fr"),
            ("brazil", "pt-BR"),
            ("pt-br", "pt-BR"),
            ("zh-hant", "zh-Hant"),
            ("ZH-HANS-CN", "zh-Hans-CN"),
            ("chi", "zh"),
            ("中文", "zh"),
            ("日本語", "ja"),
            ("jpn", "ja"),
            ("русский", "ru"),
            ("Русский", "ru"),
            ("polutonikogreek", "el-polyton"),
            ("Ancient Greek", "grc"),
            ("iw", "he"),
            ("norsk", "nb"),
            ("nynorsk", "nn"),
            ("mul", "mul"),
            ("es-419", "es-419"),
            ("de-1996", "de-1996"),
            ("sl-rozaj-biske", "sl-rozaj-biske"),
            ("en-u-ca-gregory", "en-u-ca-gregory"),
            ("tlh", "tlh"),
        ] {
            let lang = Lang::parse(raw);
            assert_eq!(lang.as_str(), tag, "{raw}");
            assert!(lang.is_tag(), "{raw}");
        }
        for raw in
            ["", "Englisch und Deutsch", "en; de", "Klingon", "1033", "a", "en-", "de-c", "x-private", "Foo", "en--US"]
        {
            assert_eq!(Lang::parse(raw).as_str(), raw);
            assert!(!Lang::parse(raw).is_tag(), "{raw}");
        }
    }

    #[test]
    fn names_and_codes() {
        let lang = Lang::parse("de-LU");
        assert_eq!(
            (lang.babel_name(), lang.english_name(), lang.marc_code()),
            (Some("ngerman"), Some("German"), Some("ger"))
        );
        assert_eq!(Lang::parse("en-GB").babel_name(), Some("british"));
        assert_eq!(Lang::from_babel("ngerman"), Some(Lang::parse("de")));
        assert_eq!(Lang::from_babel("Deutsch"), None);
        assert_eq!(Lang::verbatim("Klingon").babel_name(), None);
        assert_eq!(Lang::from_lcid(1033), Some(Lang::parse("en-US")));
        assert_eq!((Lang::parse("de").lcid(), Lang::parse("de-AT").lcid()), (Some(1031), Some(3079)));
    }

    #[test]
    fn lists() {
        let tags = |raw: &str| {
            Lang::parse_list(raw).map(|list| list.iter().map(|l| l.as_str().to_owned()).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(tags("langlatin and langgerman").as_deref(), Some("la de"));
        assert_eq!(tags("eng; ger").as_deref(), Some("en de"));
        assert_eq!(tags("English, fr-CA").as_deref(), Some("en fr-CA"));
        assert_eq!(tags("Spanish; Castilian"), None);
        assert_eq!(tags("English"), None);
        assert_eq!(tags("English, mostly"), None);
    }

    #[test]
    fn the_table_is_sound() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for entry in LANGUAGES {
            assert_eq!(canonical(entry.tag).as_deref(), Some(entry.tag));
            assert_eq!(Lang::parse(entry.tag).as_str(), entry.tag);
            assert_eq!(
                row(entry.english).map_or("", |row| row.tag),
                if entry.english.is_empty() { "" } else { entry.tag }
            );
            if let Some(babel) = entry.babel.first() {
                assert_eq!(Lang::from_babel(babel).unwrap().as_str(), entry.tag);
                assert_eq!(Lang::parse(entry.tag).babel_name(), Some(*babel));
            }
            for word in entry.babel.iter().chain(entry.codes).chain(entry.names) {
                assert_eq!(*word, word.to_lowercase());
                assert!(!word.ends_with(['.', ';', ',']) && word.trim() == *word, "{word}");
                let earlier = seen.insert((*word).to_owned(), entry.tag);
                assert!(earlier.is_none_or(|tag| tag == entry.tag), "{word} stands in two rows");
                assert_eq!(Lang::parse(word).as_str(), entry.tag);
            }
        }
        for (_, tag) in LCIDS {
            assert!(
                Lang::parse(tag).is_tag() && Lang::parse(tag).as_str() == *tag && Lang::parse(tag).row().is_some(),
                "{tag}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_string_panics_and_tags_stay(raw in "\\PC{0,40}|([a-zA-Z0-9]{1,9}[-_]?){0,6}") {
            let lang = Lang::parse(&raw);
            prop_assert_eq!(Lang::parse(lang.as_str()), lang.clone());
            lang.babel_name();
            let all = Lang::parse_list(&raw).unwrap_or_else(|| vec![lang.clone()]);
            prop_assert_eq!(Lang::parse_all(&raw).to_vec(), all.clone());
            prop_assert_eq!(lang.is_read_from(&raw), all == [lang]);
        }
    }
}
