//! The words of dates: all in English, German, French and Spanish; months in Portuguese, Italian, Dutch, the languages of
//! Scandinavia, Polish and Russian, too.

/// The month macros of BibTeX in the order of the year.
pub const MONTH_MACROS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The English names of the EDTF seasons 21–24.
const SEASONS: [&str; 4] = ["Spring", "Summer", "Autumn", "Winter"];

/// What a word is to a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, 1–12.
    Month(u8),
    /// A season, 21–24.
    Season(u8),
    /// "About".
    Circa,
    /// "To", "until".
    To,
    /// "Today": the span goes on.
    Now,
    /// A word without meaning of its own ("of").
    Filler,
    /// A day of the week, which the date implies.
    Weekday,
}

use Word::{Circa, Filler, Month, Now, Season, To, Weekday};

/// The words in lower case without accents, sorted.
const WORDS: &[(&str, Word)] = &[
    ("abr", Month(4)),
    ("abril", Month(4)),
    ("ago", Month(8)),
    ("agosto", Month(8)),
    ("al", To),
    ("aout", Month(8)),
    ("approx", Circa),
    ("approximately", Circa),
    ("apr", Month(4)),
    ("april", Month(4)),
    ("aprile", Month(4)),
    ("au", To),
    ("aug", Month(8)),
    ("august", Month(8)),
    ("augusti", Month(8)),
    ("augustus", Month(8)),
    ("aut", Season(23)),
    ("automne", Season(23)),
    ("autumn", Season(23)),
    ("avr", Month(4)),
    ("avril", Month(4)),
    ("bis", To),
    ("c", Circa),
    ("ca", Circa),
    ("cca", Circa),
    ("circa", Circa),
    ("czerwca", Month(6)),
    ("czerwiec", Month(6)),
    ("date", Now),
    ("de", Filler),
    ("dec", Month(12)),
    ("december", Month(12)),
    ("decembre", Month(12)),
    ("del", Filler),
    ("den", Filler),
    ("des", Month(12)),
    ("desember", Month(12)),
    ("dez", Month(12)),
    ("dezember", Month(12)),
    ("dezembro", Month(12)),
    ("dic", Month(12)),
    ("dicembre", Month(12)),
    ("diciembre", Month(12)),
    ("du", Filler),
    ("ene", Month(1)),
    ("enero", Month(1)),
    ("env", Circa),
    ("environ", Circa),
    ("ete", Season(22)),
    ("fal", Season(23)),
    ("fall", Season(23)),
    ("feb", Month(2)),
    ("febb", Month(2)),
    ("febbraio", Month(2)),
    ("feber", Month(2)),
    ("febr", Month(2)),
    ("febrero", Month(2)),
    ("februar", Month(2)),
    ("februari", Month(2)),
    ("february", Month(2)),
    ("fev", Month(2)),
    ("fevereiro", Month(2)),
    ("fevr", Month(2)),
    ("fevrier", Month(2)),
    ("fri", Weekday),
    ("friday", Weekday),
    ("fruehjahr", Season(21)),
    ("fruehling", Season(21)),
    ("fruhjahr", Season(21)),
    ("fruhling", Season(21)),
    ("gen", Month(1)),
    ("gennaio", Month(1)),
    ("giu", Month(6)),
    ("giugno", Month(6)),
    ("grudnia", Month(12)),
    ("grudzien", Month(12)),
    ("hacia", Circa),
    ("hasta", To),
    ("herbst", Season(23)),
    ("heute", Now),
    ("hiver", Season(24)),
    ("invierno", Season(24)),
    ("jaenner", Month(1)),
    ("jan", Month(1)),
    ("janeiro", Month(1)),
    ("janner", Month(1)),
    ("januar", Month(1)),
    ("januari", Month(1)),
    ("january", Month(1)),
    ("janv", Month(1)),
    ("janvier", Month(1)),
    ("juil", Month(7)),
    ("juill", Month(7)),
    ("juillet", Month(7)),
    ("juin", Month(6)),
    ("jul", Month(7)),
    ("julho", Month(7)),
    ("juli", Month(7)),
    ("julio", Month(7)),
    ("july", Month(7)),
    ("jun", Month(6)),
    ("june", Month(6)),
    ("junho", Month(6)),
    ("juni", Month(6)),
    ("junio", Month(6)),
    ("kwiecien", Month(4)),
    ("kwietnia", Month(4)),
    ("le", Filler),
    ("lipca", Month(7)),
    ("lipiec", Month(7)),
    ("listopad", Month(11)),
    ("listopada", Month(11)),
    ("lug", Month(7)),
    ("luglio", Month(7)),
    ("lutego", Month(2)),
    ("luty", Month(2)),
    ("maart", Month(3)),
    ("maerz", Month(3)),
    ("mag", Month(5)),
    ("maggio", Month(5)),
    ("mai", Month(5)),
    ("maio", Month(5)),
    ("maj", Month(5)),
    ("maja", Month(5)),
    ("mar", Month(3)),
    ("marca", Month(3)),
    ("march", Month(3)),
    ("marco", Month(3)),
    ("mars", Month(3)),
    ("marts", Month(3)),
    ("marz", Month(3)),
    ("marzec", Month(3)),
    ("marzo", Month(3)),
    ("may", Month(5)),
    ("mayo", Month(5)),
    ("mei", Month(5)),
    ("mon", Weekday),
    ("monday", Weekday),
    ("mrt", Month(3)),
    ("mrz", Month(3)),
    ("nov", Month(11)),
    ("november", Month(11)),
    ("novembre", Month(11)),
    ("novembro", Month(11)),
    ("noviembre", Month(11)),
    ("oct", Month(10)),
    ("october", Month(10)),
    ("octobre", Month(10)),
    ("octubre", Month(10)),
    ("of", Filler),
    ("okt", Month(10)),
    ("oktober", Month(10)),
    ("ongoing", Now),
    ("otono", Season(23)),
    ("ott", Month(10)),
    ("ottobre", Month(10)),
    ("out", Month(10)),
    ("outubro", Month(10)),
    ("pazdziernik", Month(10)),
    ("pazdziernika", Month(10)),
    ("present", Now),
    ("primavera", Season(21)),
    ("printemps", Season(21)),
    ("sat", Weekday),
    ("saturday", Weekday),
    ("sep", Month(9)),
    ("sept", Month(9)),
    ("september", Month(9)),
    ("septembre", Month(9)),
    ("septiembre", Month(9)),
    ("set", Month(9)),
    ("setembro", Month(9)),
    ("setiembre", Month(9)),
    ("sett", Month(9)),
    ("settembre", Month(9)),
    ("sierpien", Month(8)),
    ("sierpnia", Month(8)),
    ("sommer", Season(22)),
    ("spr", Season(21)),
    ("spring", Season(21)),
    ("styczen", Month(1)),
    ("stycznia", Month(1)),
    ("sum", Season(22)),
    ("summer", Season(22)),
    ("sun", Weekday),
    ("sunday", Weekday),
    ("the", Filler),
    ("through", To),
    ("thu", Weekday),
    ("thursday", Weekday),
    ("till", To),
    ("to", To),
    ("today", Now),
    ("tue", Weekday),
    ("tuesday", Weekday),
    ("um", Circa),
    ("until", To),
    ("verano", Season(22)),
    ("vers", Circa),
    ("wed", Weekday),
    ("wednesday", Weekday),
    ("win", Season(24)),
    ("winter", Season(24)),
    ("wrzesien", Month(9)),
    ("wrzesnia", Month(9)),
    ("август", Month(8)),
    ("августа", Month(8)),
    ("апрель", Month(4)),
    ("апреля", Month(4)),
    ("декабрь", Month(12)),
    ("декабря", Month(12)),
    ("июль", Month(7)),
    ("июля", Month(7)),
    ("июнь", Month(6)),
    ("июня", Month(6)),
    ("май", Month(5)),
    ("март", Month(3)),
    ("марта", Month(3)),
    ("мая", Month(5)),
    ("ноябрь", Month(11)),
    ("ноября", Month(11)),
    ("октябрь", Month(10)),
    ("октября", Month(10)),
    ("сентябрь", Month(9)),
    ("сентября", Month(9)),
    ("февраль", Month(2)),
    ("февраля", Month(2)),
    ("январь", Month(1)),
    ("января", Month(1)),
];

/// The words of an era and whether it is the one before year 1. Longer ones stand before those they start with.
const ERAS: &[(&str, bool)] = &[
    ("b.c.e.", true),
    ("bce", true),
    ("b.c.", true),
    ("bc", true),
    ("v. chr.", true),
    ("v.chr.", true),
    ("av. j.-c.", true),
    ("av. j-c", true),
    ("a. c.", true),
    ("a.c.", true),
    ("a.d.", false),
    ("ad", false),
    ("c.e.", false),
    ("ce", false),
    ("n. chr.", false),
    ("n.chr.", false),
    ("apr. j.-c.", false),
    ("d. c.", false),
    ("d.c.", false),
];

/// What a word (no dot after it) is to a date, whatever its case and accents.
pub(super) fn word(text: &str) -> Option<Word> {
    let mut folded = [0; 16];
    let mut length = 0;
    for c in text.chars() {
        let plain = match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            'ä' | 'Ä' | 'à' | 'À' => 'a',
            'é' | 'É' | 'è' | 'È' => 'e',
            'û' | 'Û' | 'ü' | 'Ü' => 'u',
            'ñ' | 'Ñ' | 'ń' | 'Ń' => 'n',
            'ç' | 'Ç' => 'c',
            'ś' | 'Ś' => 's',
            'ź' | 'Ź' => 'z',
            'а'..='я' => c,
            // The small letters of Russian follow its capitals.
            'А'..='Я' => char::from_u32(u32::from(c) + 32)?,
            // Accents that follow their letter.
            '\u{300}'..='\u{36f}' => continue,
            _ => return None,
        };
        length += plain.encode_utf8(folded.get_mut(length..length + plain.len_utf8())?).len();
    }
    let folded = folded.get(..length)?;
    let at = WORDS.binary_search_by(|(word, _)| word.as_bytes().cmp(folded)).ok()?;
    WORDS.get(at).map(|(_, word)| *word)
}

/// The era that a text starts with: whether it is the one before year 1, and what follows it.
pub(super) fn era(text: &str) -> Option<(bool, &str)> {
    ERAS.iter().find_map(|(name, before)| {
        let (head, rest) = text.split_at_checked(name.len())?;
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric());
        (ends && head.eq_ignore_ascii_case(name)).then_some((*before, rest))
    })
}

/// The number (1–12) of a month by its name or abbreviation in one of ten languages (English, German, French, Spanish,
/// Portuguese, Italian, Dutch, those of Scandinavia, Polish, Russian), or by its BibTeX macro; case, accents and a dot at the end do not matter. Digits are no name.
pub fn month_number(name: &str) -> Option<u8> {
    let name = name.trim();
    // Most are macros, and most of the words are longer.
    if let Ok(short) = <[u8; 3]>::try_from(name.as_bytes())
        && let Some((month, _)) = (1..).zip(MONTH_MACROS).find(|(_, it)| it.as_bytes() == short)
    {
        return Some(month);
    }
    match word(name.strip_suffix('.').unwrap_or(name)) {
        Some(Month(month)) => Some(month),
        _ => None,
    }
}

/// The English name of one of the EDTF seasons 21–24.
pub fn season_name(code: u8) -> Option<&'static str> {
    SEASONS.get(usize::from(code.checked_sub(21)?)).copied()
}

/// The EDTF code (21–24) of a season by its name or abbreviation in the languages of [`month_number`]. No hemisphere is
/// assumed: spring is 21.
pub fn season_code(name: &str) -> Option<u8> {
    let name = name.trim();
    match word(name.strip_suffix('.').unwrap_or(name)) {
        Some(Season(code)) => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted() {
        assert!(WORDS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn months_and_seasons() {
        for (number, name) in (1..).zip(MONTH_MACROS) {
            assert_eq!(month_number(name), Some(number), "{name}");
        }
        for (name, number) in [
            ("Sept.", 9),
            ("MÄRZ", 3),
            ("août", 8),
            ("fe\u{301}vr.", 2),
            ("Diciembre", 12),
            (" may ", 5),
            ("Dez", 12),
            ("Março", 3),
            ("wrzesień", 9),
            ("Сентября", 9),
            ("giugno", 6),
        ] {
            assert_eq!(month_number(name), Some(number), "{name}");
        }
        for name in ["", ".", "3", "mai 3", "Spring", "xjan", "janu", "x̂", "an overly long word for a month"] {
            assert_eq!(month_number(name), None, "{name}");
        }
        for code in 21..=24 {
            assert_eq!(season_name(code).and_then(season_code), Some(code));
        }
        assert_eq!(season_code("Été"), Some(22));
        assert_eq!(season_code("FALL"), Some(23));
        assert_eq!((season_name(20), season_name(25), season_name(0)), (None, None, None));
    }
}
