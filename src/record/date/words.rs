//! The dates that people write: what stands in BibTeX's `year` and `month`, in MEDLINE's `DP`, on title pages.

use super::vocabulary::{self, Word};
use super::{Date, End, Point, Precision};

/// No date is longer in bytes: what is longer stays a literal unread.
const LONGEST: usize = 96;

impl Date {
    /// Reads a date as people write it (§4.2), in the languages of [`month_number`](super::month_number): a year, EDTF, `1998--2000`,
    /// `2001/02` (years), `[1987]` (uncertain), `c. 1850` (approximate), `44 BC`, `15 Mar 2008`, `Mar-Apr 2008`,
    /// `2008 Dec-2009 Jan`, `2010 Feb 3-10`, `Spring 2008`, `20080315`.
    ///
    /// `2021-22` is a span of two years, not an EDTF season (D-25). Numeric dates with the year last are read if only
    /// one order of day and month is possible. Years have three or four digits, fewer only beside an era. What does not
    /// parse as a whole becomes a literal as a whole; where a word of it has no place in the date (the `a` of `1987a`,
    /// a weekday, a copyright sign), the literal stands beside the date.
    pub fn from_words(text: &str) -> Date {
        let text = text.trim();
        if text.is_empty() {
            return Date::default();
        }
        let starts_numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | 'Y' | 'X'));
        if let Some(date) = starts_numeric.then(|| Date::from_edtf(text)).flatten()
            && !names_season(&date)
        {
            return date;
        }
        if text.len() > LONGEST {
            return Date::literal(text);
        }
        match read(text) {
            Some((date, true)) => date,
            Some((date, false)) => Date { literal: Some(text.into()), ..date },
            None => Date::literal(text),
        }
    }

    /// The words, where they may stand for the whole date: they read as it, or name the year that is all of it. What merely
    /// stands beside a date (`6th Annual` of 1990, `2018- -21` behind a day) may not.
    pub(crate) fn words(&self) -> Option<&str> {
        let words = self.literal.as_deref()?;
        let Some(start) = &self.start else { return Some(words) };
        let read = Date::from_words(words);
        let is_year =
            start.precision() == Precision::Year && self.end == End::None && words.contains(char::is_alphabetic);
        let year = match start.unspecified {
            0 if start.year > 0 => start.year.to_string(),
            0 => (1 - i64::from(start.year)).to_string(),
            _ => self.year_text().into_owned(),
        };
        (read == *self || is_year && words.contains(&year)).then_some(words)
    }
}

/// Whether an end of the date is a sub-year code: `2021-22` says that only where EDTF is agreed on.
fn names_season(date: &Date) -> bool {
    date.start.as_ref().is_some_and(Point::is_season) || matches!(&date.end, End::Point(end) if end.is_season())
}

/// A piece of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Token {
    /// An unsigned number and how many digits it is written with.
    Number(i32, u8),
    /// A month, or an EDTF sub-year code.
    Month(u8),
    /// `-` without white space on both sides: parts of one date, or a span.
    Hyphen,
    /// What can only be a span: `--`, a dash, "to".
    To,
    /// `/`
    Slash,
    /// A dot between two digits.
    Dot,
    /// An era: whether it is the one before year 1.
    Era(bool),
    /// "About".
    Circa,
    /// `?`
    Question,
    /// "Today".
    Now,
    /// Nothing.
    #[default]
    None,
}

use Token::{Circa, Dot, Era, Hyphen, Month, Now, Number, Question, Slash, To};

/// The tokens of a text, few by nature, and whether they say all that it says.
#[derive(Default)]
struct Tokens {
    list: [Token; 20],
    length: usize,
    lossy: bool,
}

impl Tokens {
    fn push(&mut self, token: Token) -> Option<()> {
        *self.list.get_mut(self.length)? = token;
        self.length += 1;
        Some(())
    }

    fn as_slice(&self) -> &[Token] {
        self.list.get(..self.length).unwrap_or_default()
    }

    /// Splits a text into tokens; `None` where something in it belongs to no date.
    fn read(text: &str) -> Option<Tokens> {
        let mut tokens = Tokens::default();
        let mut rest = text;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let from = rest;
            rest = if c.is_ascii_digit() {
                tokens.number(rest)?
            } else if c.is_alphabetic() {
                tokens.word(rest)?
            } else {
                let next = rest.get(c.len_utf8()..)?;
                match c {
                    ',' => next,
                    c if c.is_whitespace() => next,
                    // A tie of TeX between words, "about" at the start.
                    '~' if tokens.length > 0 => next,
                    '~' => tokens.then(Circa, next)?,
                    '?' => tokens.then(Question, next)?,
                    '/' => tokens.then(Slash, next)?,
                    '.' if before.is_ascii_digit() && next.starts_with(|c: char| c.is_ascii_digit()) => {
                        tokens.then(Dot, next)?
                    }
                    '.' => next,
                    '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => tokens.dash(rest, before)?,
                    '©' => {
                        tokens.lossy = true;
                        next
                    }
                    _ => return None,
                }
            };
            before = from.get(..from.len() - rest.len())?.chars().next_back()?;
        }
        Some(tokens)
    }

    fn then<'t>(&mut self, token: Token, rest: &'t str) -> Option<&'t str> {
        self.push(token)?;
        Some(rest)
    }

    /// A number with its ordinal ending, or with the letter that tells the works of one year apart.
    fn number<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = text.split_at_checked(length)?;
        self.push(Number(digits.parse().ok()?, length.try_into().ok()?))?;
        let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        let (ending, after) = rest.split_at_checked(letters)?;
        match ending {
            "st" | "nd" | "rd" | "th" | "er" if length < 3 => Some(after),
            _ if ending.len() == 1 && length == 4 => {
                self.lossy = true;
                Some(after)
            }
            _ => Some(rest),
        }
    }

    fn word<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if let Some((before, rest)) = vocabulary::era(text) {
            return self.then(Era(before), rest);
        }
        let length =
            text.find(|c: char| !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c)).unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(length)?;
        let quarter = rest.as_bytes().first().filter(|byte| (b'1'..=b'4').contains(byte));
        if let ("Q", Some(quarter)) = (word, quarter) {
            // EDTF numbers the quarters 33–36.
            return self.then(Month(33 + quarter - b'1'), rest.get(1..)?);
        }
        match vocabulary::word(word)? {
            // "c1987" is a copyright year as often as it is not; "c. 1850" is what "about" looks like.
            Word::Circa if rest.starts_with(|c: char| c.is_ascii_digit()) => self.lossy = true,
            Word::Circa => self.push(Circa)?,
            Word::Month(month) | Word::Season(month) => self.push(Month(month))?,
            Word::To => self.push(To)?,
            Word::Now => self.push(Now)?,
            Word::Filler => {}
            Word::Weekday => self.lossy = true,
        }
        Some(rest)
    }

    /// A run of hyphens and dashes.
    fn dash<'t>(&mut self, text: &'t str, before: char) -> Option<&'t str> {
        let rest = text.trim_start_matches(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'));
        let run = text.get(..text.len() - rest.len())?;
        let spaced = before.is_whitespace() && rest.starts_with(char::is_whitespace);
        let hyphen = matches!(run, "-" | "\u{2010}" | "\u{2011}") && !spaced;
        self.then(if hyphen { Hyphen } else { To }, rest)
    }
}

/// One side of a span, or all of a date, before the sides are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Side {
    year: Option<i32>,
    /// The number of one or two digits (and how many) that is a day, or the end of a year.
    small: Option<(i32, u8)>,
    month: Option<u8>,
    era: Option<bool>,
    circa: bool,
    question: bool,
    now: bool,
}

impl Side {
    /// Reads tokens without separators, in any order: there is but one year, one month and one day.
    fn read(tokens: &[Token]) -> Option<Side> {
        let mut side = Side::default();
        for (i, token) in tokens.iter().enumerate() {
            let next = |step: usize| tokens.get(i.wrapping_add(step)).copied().unwrap_or_default();
            let fresh = match *token {
                Number(number, digits) => {
                    let era = matches!(next(1), Era(_)) || next(usize::MAX) == Era(false);
                    // `199?` lacks a digit rather than certainty.
                    if digits == 3 && next(1) == Question {
                        return None;
                    }
                    if (digits == 3 || digits == 4 || era) && digits <= 4 {
                        side.year.replace(number).is_none()
                    } else {
                        digits <= 2 && side.small.replace((number, digits)).is_none()
                    }
                }
                Month(month) => side.month.replace(month).is_none(),
                Era(before) => side.era.replace(before).is_none(),
                Circa => !std::mem::replace(&mut side.circa, true),
                Question => !std::mem::replace(&mut side.question, true),
                Now => !std::mem::replace(&mut side.now, true),
                Hyphen | To | Slash | Dot | Token::None => false,
            };
            if !fresh {
                return None;
            }
        }
        if side.era == Some(true) {
            side.year = Some(1 - side.year.filter(|year| *year > 0)?);
        } else if side.era == Some(false) && side.year.is_none_or(|year| year == 0) {
            return None;
        }
        Some(side)
    }

    /// Reads tokens in which hyphens, slashes and dots may stand between the parts of one date.
    fn read_joined(tokens: &[Token]) -> Option<Side> {
        let date = |year: i32, month: i32, day: i32| {
            Some(Side {
                year: Some(year),
                month: Some(month.try_into().ok().filter(|month| (1..=12).contains(month))?),
                small: Some((day, 2)),
                ..Side::default()
            })
        };
        let month = |year: i32, month: i32| date(year, month, 1).map(|side| Side { small: None, ..side });
        match *tokens {
            [Number(year, 4), one, Number(month, 1..=2), two, Number(day, 1..=2)] if one == two => {
                date(year, month, day)
            }
            [Number(year, 4), Number(month, 1..=2), Number(day, 1..=2)] => date(year, month, day),
            [Number(all, 8)] => date(all / 10000, all / 100 % 100, all % 100),
            [Number(day, 1..=2), Dot, Number(month, 1..=2), Dot, Number(year, 4)] => date(year, month, day),
            [Number(first, 1..=2), one, Number(second, 1..=2), two, Number(year, 4)] if one == two => {
                match (first, second) {
                    (13.., 1..=12) => date(year, second, first),
                    (1..=12, 13..) => date(year, first, second),
                    (1..=12, _) if first == second => date(year, first, second),
                    _ => None,
                }
            }
            [Number(number, 1..=2), Slash | Dot, Number(year, 4)] => month(year, number),
            [Number(year, 4), Hyphen, Number(number, 2)] | [Number(year, 4), Number(number, 2)] => month(year, number),
            [a, one, b, two, c] if one == two && matches!(one, Hyphen | Slash) => Side::read(&[a, b, c])
                .filter(|side| side.year.is_some() && side.month.is_some() && side.small.is_some()),
            [a, Hyphen | Slash, b] => Side::read(&[a, b]),
            _ => Side::read(tokens),
        }
    }

    /// Whether it is a year and nothing else that takes part in a date.
    fn is_year(&self) -> bool {
        self.year.is_some() && self.month.is_none() && self.small.is_none()
    }

    /// The point in time, if the calendar has it.
    fn point(&self) -> Option<Point> {
        let day = match (self.small, self.month) {
            (None, _) => 0,
            (Some((day, _)), Some(_)) => u8::try_from(day).ok().filter(|day| *day > 0)?,
            (Some(_), None) => return None,
        };
        if self.now {
            return None;
        }
        let point = Point::calendar(self.year?, self.month.unwrap_or(0), day)?;
        Some(Point { approximate: self.circa, uncertain: self.question, ..point })
    }
}

/// Reads a date and tells whether it says all that the text says.
fn read(text: &str) -> Option<(Date, bool)> {
    let bracketed = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let inner = bracketed.or_else(|| text.strip_prefix('(').and_then(|text| text.strip_suffix(')'))).unwrap_or(text);
    // Spaces that do not break would hide the eras that consist of two words.
    let tokens = if inner.contains(['\u{a0}', '\u{202f}']) {
        Tokens::read(&inner.replace(['\u{a0}', '\u{202f}'], " "))?
    } else {
        Tokens::read(inner)?
    };
    let (mut date, exact) = assemble(tokens.as_slice())?;
    if bracketed.is_some() {
        if let Some(start) = &mut date.start {
            start.uncertain = true;
        }
        if let End::Point(end) = &mut date.end {
            end.uncertain = true;
        }
    }
    Some((date, exact && !tokens.lossy))
}

/// Makes a date of tokens: one side, or two with one separator between them.
fn assemble(tokens: &[Token]) -> Option<(Date, bool)> {
    let count = |wanted: &dyn Fn(&Token) -> bool| tokens.iter().filter(|token| wanted(token)).count();
    let whole = || Some((Date::from(Side::read_joined(tokens)?.point()?), true));
    let split = |wanted: &dyn Fn(&Token) -> bool| {
        let (left, rest) = tokens.split_at_checked(tokens.iter().position(wanted)?)?;
        Some((left, rest.split_first()?.1))
    };
    match (count(&|token| *token == To), count(&|token| matches!(token, Hyphen | Slash))) {
        (0, 0) => whole(),
        (1, _) => {
            let (left, right) = split(&|token| *token == To)?;
            span(Side::read_joined(left)?, Side::read_joined(right)?)
        }
        (0, 1) => {
            let (left, right) = split(&|token| matches!(token, Hyphen | Slash))?;
            span(Side::read(left)?, Side::read(right)?).or_else(whole)
        }
        (0, _) => whole(),
        _ => None,
    }
}

/// Joins the sides of a span: each takes from the other the year or month that it has not itself.
fn span(mut left: Side, mut right: Side) -> Option<(Date, bool)> {
    if right == Side::default() || right == (Side { now: true, ..Side::default() }) {
        return Some((Date { end: End::Open, ..Date::from(left.point()?) }, true));
    }
    let blank = |side: &Side| side.year.is_none() && side.small.is_none() && side.month.is_none();
    if right == (Side { question: true, ..Side::default() }) {
        return Some((Date { end: End::Unknown, ..Date::from(left.point()?) }, true));
    }
    if blank(&left) || blank(&right) {
        return None;
    }
    // One year and one month are no span but one date: `Mar-2008`.
    if left.small.is_none() && right.small.is_none() {
        if (left.year.is_none() && left.month.is_some() && right.is_year())
            || (left.is_year() && right.year.is_none() && right.month.is_some())
        {
            return None;
        }
        // A winter has two years: the date keeps the first.
        if left.month.is_some_and(|month| month > 12)
            && right.is_year()
            && right.year == left.year.and_then(|year| year.checked_add(1))
        {
            return Some((Date::from(left.point()?), false));
        }
    }
    // The era of `100-44 BC` counts for both.
    if right.era == Some(true) && left.era.is_none() && left.month.is_none() {
        let number = left.year.or(left.small.map(|(number, _)| number)).filter(|number| *number > 0)?;
        left = Side { year: Some(1 - number), small: None, era: right.era, ..left };
    }
    if let (Some(start), None, Some(short), None, None) = (left.year, left.small, right.small, right.year, right.month)
    {
        let end = Some(full_year(start, short).filter(|_| left.era.is_none())?);
        return match left.month {
            None => span_of(left, Side { year: end, small: None, ..right }),
            Some(22..=24) if end == start.checked_add(1) => Some((Date::from(left.point()?), false)),
            Some(_) => None,
        };
    }
    left.year = left.year.or(right.year);
    right.year = right.year.or(left.year);
    if left.small.is_some() {
        left.month = left.month.or(right.month);
        right.month = right.month.or(left.month.filter(|_| right.small.is_some()));
    }
    span_of(left, right)
}

/// The span between two sides that lack nothing, if it does not end before it starts.
fn span_of(left: Side, right: Side) -> Option<(Date, bool)> {
    let (start, end) = (left.point()?, right.point()?);
    let comparable = start.is_season() == end.is_season() && start.month > 0 && end.month > 0;
    let backwards = if comparable {
        let at = |point: &Point| (point.year, point.month, if start.day > 0 && end.day > 0 { point.day } else { 0 });
        // A winter opens the year as often as it closes it.
        at(&start) > at(&end) && !(start.month == 24 && start.year <= end.year)
    } else {
        start.year > end.year
    };
    (!backwards).then(|| (Date { end: End::Point(end), ..Date::from(start) }, true))
}

/// The year that `02` means after 2001, or `00` after 1999.
fn full_year(start: i32, (short, digits): (i32, u8)) -> Option<i32> {
    let scale = if digits == 1 { 10 } else { 100 };
    let year = start - start.rem_euclid(scale) + short;
    match year {
        year if year > start => Some(year),
        _ if short == 0 && start.rem_euclid(scale) == scale - 1 => year.checked_add(scale),
        _ => None,
    }
}
