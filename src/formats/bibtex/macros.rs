//! Macros: what `@string` defines, and what BibTeX's styles do.
//!
//! A definition holds from its place on, until the next of the same name: as BibTeX reads a file. The cutter collects
//! definitions as it goes, so that a block knows those before it; its reader adds those inside it.
//!
//! ```text
//! @string{acm = "ACM"}
//! @string{jacm = "Journal of the " # acm}
//! ```

use super::lex::{Element, Entry, Kind, Piece, lex};
use super::read::mended;
use crate::cut::Context;
use crate::encoding::decode_block;
use crate::record::MONTH_MACROS;
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How many bytes macros may put into one definition or into one entry, and how many all definitions of an input may
/// take: a few letters of input may ask for any number. Beyond, macros count as undefined.
const MOST: usize = 1 << 16;
const ALL: usize = 16 << 20;

/// How long a macro is at most of which many may stand in a block without taking much more memory than that has, and how
/// often a longer one is taken to stand in an entry.
const SHORT: usize = 256;
const TIMES: usize = 4;

/// About how many bytes a definition takes beside its letters.
const DEFINITION: usize = 96;

/// The months as BibTeX's standard styles define them.
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// The journals that BibTeX's standard styles define.
const JOURNALS: &[(&str, &str)] = &[
    ("acmcs", "ACM Computing Surveys"),
    ("acta", "Acta Informatica"),
    ("cacm", "Communications of the ACM"),
    ("ibmjrd", "IBM Journal of Research and Development"),
    ("ibmsj", "IBM Systems Journal"),
    ("ieeese", "IEEE Transactions on Software Engineering"),
    ("ieeetc", "IEEE Transactions on Computers"),
    ("ieeetcad", "IEEE Transactions on Computer-Aided Design of Integrated Circuits"),
    ("ipl", "Information Processing Letters"),
    ("jacm", "Journal of the ACM"),
    ("jcss", "Journal of Computer and System Sciences"),
    ("scp", "Science of Computer Programming"),
    ("sicomp", "SIAM Journal on Computing"),
    ("tocs", "ACM Transactions on Computer Systems"),
    ("tods", "ACM Transactions on Database Systems"),
    ("tog", "ACM Transactions on Graphics"),
    ("toms", "ACM Transactions on Mathematical Software"),
    ("toois", "ACM Transactions on Office Information Systems"),
    ("toplas", "ACM Transactions on Programming Languages and Systems"),
    ("tcs", "Theoretical Computer Science"),
];

/// The definitions of one input, each with the offset at which it begins.
#[derive(Debug, Default)]
pub(super) struct Macros {
    all: RwLock<Defined>,
}

#[derive(Debug, Default)]
struct Defined {
    by_name: HashMap<String, Vec<(u64, Arc<str>)>>,
    /// How many bytes the definitions up to one take, each with the offset at which it begins.
    bytes: Vec<(u64, usize)>,
    longest: usize,
}

impl Macros {
    /// Adds what a `@string` defines, which is the next in the input.
    pub(super) fn define(&self, at: u64, element: &[u8]) {
        let (text, _) = decode_block(element.to_vec());
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        for element in lex(&text) {
            let Element::Strings(entry) = element else { continue };
            let mut bytes = all.bytes_before(u64::MAX);
            for (name, value) in definitions(&entry, &|name| all.value(name, u64::MAX), &mut bytes) {
                all.longest = all.longest.max(value.len());
                all.by_name.entry(name).or_default().push((at, value));
            }
            all.bytes.push((at, bytes));
        }
    }

    /// How many bytes an entry of the input may take beside its own: see [`Cutter::weight`](crate::cut::Cutter::weight).
    pub(super) fn weight(&self) -> usize {
        let longest = self.all.read().unwrap_or_else(PoisonError::into_inner).longest;
        if longest > SHORT { longest * TIMES } else { 0 }
    }
}

/// How many bytes a definition takes.
fn weight(name: &str, value: &str) -> usize {
    name.len() + value.len() + DEFINITION
}

impl Defined {
    fn value(&self, name: &str, before: u64) -> Option<Arc<str>> {
        let definitions = self.by_name.get(name)?;
        let end = definitions.partition_point(|(at, _)| *at < before);
        definitions.get(end.checked_sub(1)?).map(|(_, value)| value.clone())
    }

    /// How many bytes the definitions before an offset take.
    fn bytes_before(&self, offset: u64) -> usize {
        let end = self.bytes.partition_point(|(at, _)| *at < offset);
        end.checked_sub(1).and_then(|last| self.bytes.get(last)).map_or(0, |(_, bytes)| *bytes)
    }
}

/// The names that a `@string` defines, in lower case, and their values, but for those that are too long. `bytes` is what all
/// definitions take so far: where that is too much, there are no more.
fn definitions(
    entry: &Entry<'_>,
    known: &dyn Fn(&str) -> Option<Arc<str>>,
    bytes: &mut usize,
) -> Vec<(String, Arc<str>)> {
    let mut all: Vec<(String, Arc<str>)> = Vec::new();
    let mut own: HashMap<String, Arc<str>> = HashMap::new();
    // A name without a value defines nothing.
    for field in entry.fields.iter().filter(|field| !field.value.pieces().is_empty()) {
        let lookup = |name: &str| own.get(name).cloned().or_else(|| known(name));
        // Before anything is copied: what is too long may be asked for very often.
        if *bytes > ALL || length(field.value.pieces(), &lookup) > MOST {
            continue;
        }
        // White space at the ends is cut off fields, not off macros: ` Symposium` goes behind other words.
        let value = concatenate(field.value.pieces(), false, &lookup, &Cell::new(MOST));
        let (name, value): (String, Arc<str>) = (field.name.to_lowercase(), value.raw.as_ref().into());
        *bytes += weight(&name, &value);
        if *bytes <= ALL {
            own.insert(name.clone(), value.clone());
            all.push((name, value));
        }
    }
    all
}

/// How long the value is that pieces say together, as far as they are known.
fn length(pieces: &[Piece<'_>], lookup: &dyn Fn(&str) -> Option<Arc<str>>) -> usize {
    let of = |piece: &Piece<'_>| match piece.kind {
        Kind::Macro => lookup(&piece.text.to_lowercase()).map_or(piece.text.len(), |value| value.len()),
        _ => piece.text.len(),
    };
    pieces.iter().map(of).sum()
}

/// The names that the definitions in a text define, in lower case.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for element in lex(text) {
        if let Element::Strings(entry) = element {
            let defined = entry.fields.iter().filter(|field| !field.value.pieces().is_empty());
            names.extend(defined.map(|field| field.name.to_lowercase()));
        }
    }
    names
}

/// Adds what a definition defines that stands at an offset, where the text is not that of a file: to what those before it
/// do.
pub(super) fn define(known: &mut Option<Context>, at: u64, definition: &str) {
    let new = || Arc::new(Macros::default()) as Context;
    if let Some(macros) = known.get_or_insert_with(new).downcast_ref::<Macros>() {
        macros.define(at, definition.as_bytes());
    }
}

/// What an expression says behind an offset, and whether definitions, or BibTeX's styles, explain all of it; `None` if it
/// is none.
pub(super) fn evaluate(expression: &str, known: Option<&Context>, at: u64) -> Option<(String, bool)> {
    let definition = format!("@string{{it = {expression}}}");
    let mut elements = lex(&definition);
    let Some(Element::Strings(entry)) = elements.next() else { return None };
    let [field] = entry.fields.as_slice() else { return None };
    if elements.next().is_some() || !entry.faults.is_empty() || field.value.pieces().is_empty() {
        return None;
    }
    let value = Scope::new(known, at).evaluate(field.value.pieces(), false);
    let explained = value.bare.is_none() && value.undefined.iter().all(|it| it.why == Why::OfStyles);
    Some((value.raw.into_owned(), explained))
}

/// The macros that hold at a place: those that the input has defined so far.
#[derive(Debug)]
pub(super) struct Scope<'c> {
    before: Option<&'c Macros>,
    start: u64,
    own: HashMap<String, Arc<str>>,
    /// How many bytes all of them take.
    bytes: usize,
    /// How many more macros may put into the entry at hand.
    left: Cell<usize>,
}

impl<'c> Scope<'c> {
    /// Those before a block that begins at `start`.
    pub(super) fn new(context: Option<&'c Context>, start: u64) -> Scope<'c> {
        let before: Option<&Macros> = context.and_then(|it| it.downcast_ref());
        let defined = |it: &Macros| it.all.read().unwrap_or_else(PoisonError::into_inner).bytes_before(start);
        Scope { before, start, own: HashMap::new(), bytes: before.map_or(0, defined), left: Cell::new(MOST) }
    }

    /// Another entry begins.
    pub(super) fn begin_entry(&self) {
        self.left.set(MOST);
    }

    /// Adds what a `@string` defines.
    pub(super) fn define(&mut self, entry: &Entry<'_>) {
        let mut bytes = self.bytes;
        let defined = definitions(entry, &|name| self.value(name), &mut bytes);
        self.bytes = bytes;
        self.own.extend(defined);
    }

    fn value(&self, name: &str) -> Option<Arc<str>> {
        self.own.get(name).cloned().or_else(|| {
            let all = self.before?.all.read().unwrap_or_else(PoisonError::into_inner);
            all.value(name, self.start)
        })
    }

    /// The value of a field, without white space at its ends; of `month` where `is_month` is set, in which the names of months stand for themselves.
    pub(super) fn evaluate<'a>(&self, pieces: &[Piece<'a>], is_month: bool) -> Evaluated<'a> {
        let mut result = concatenate(pieces, is_month, &|name| self.value(name), &self.left);
        result.raw = match result.raw {
            Cow::Borrowed(raw) => Cow::Borrowed(raw.trim_ascii()),
            Cow::Owned(raw) if raw.trim_ascii().len() == raw.len() => Cow::Owned(raw),
            Cow::Owned(raw) => Cow::Owned(raw.trim_ascii().to_owned()),
        };
        result
    }
}

/// A macro that the input does not define.
#[derive(Debug)]
pub(super) struct Undefined<'a> {
    pub(super) name: &'a str,
    /// Its offset.
    pub(super) at: usize,
    pub(super) why: Why,
}

/// What a macro that is not expanded stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Its name: nobody defines it.
    Unknown,
    /// What BibTeX's styles define.
    OfStyles,
    /// Its name: with what it stands for there would be too much.
    TooLong,
}

/// What a value says.
#[derive(Debug, Default)]
pub(super) struct Evaluated<'a> {
    /// The string, macros expanded.
    pub(super) raw: Cow<'a, str>,
    /// Whether macros had a part in it.
    pub(super) of_macros: bool,
    /// Macros that stand for their own names, or for what BibTeX's styles define.
    pub(super) undefined: Vec<Undefined<'a>>,
    /// Bare words that are no macros: where they stand.
    pub(super) bare: Option<usize>,
}

/// The value that pieces say together, of which macros may give so many bytes more.
fn concatenate<'a>(
    pieces: &[Piece<'a>],
    is_month: bool,
    lookup: &dyn Fn(&str) -> Option<Arc<str>>,
    left: &Cell<usize>,
) -> Evaluated<'a> {
    let mut result = Evaluated::default();
    if let [piece] = pieces
        && piece.kind != Kind::Macro
    {
        result.raw = Cow::Borrowed(piece.text);
        return result;
    }
    let mut raw = String::new();
    for piece in pieces {
        match piece.kind {
            Kind::Macro => raw.push_str(&result.expand(piece, is_month, lookup, left)),
            _ => raw.push_str(piece.text),
        }
    }
    result.raw = Cow::Owned(raw);
    result
}

impl<'a> Evaluated<'a> {
    /// What a bare word stands for.
    fn expand(
        &mut self,
        piece: &Piece<'a>,
        is_month: bool,
        lookup: &dyn Fn(&str) -> Option<Arc<str>>,
        left: &Cell<usize>,
    ) -> Cow<'a, str> {
        if piece.text.starts_with(|c: char| c.is_ascii_digit()) {
            self.bare = self.bare.or(Some(piece.at));
            return piece.text.into();
        }
        let name = piece.text.to_lowercase();
        if let Some(value) = lookup(&name) {
            self.of_macros = true;
            if let Some(rest) = left.get().checked_sub(value.len()) {
                left.set(rest);
                return Cow::Owned(value.to_string());
            }
            self.undefined.push(Undefined { name: piece.text, at: piece.at, why: Why::TooLong });
            return Cow::Borrowed(piece.text);
        }
        let month = MONTH_MACROS.iter().position(|it| *it == name);
        if let Some(month) = month.and_then(|month| MONTHS.get(month)) {
            self.of_macros |= !is_month;
            return if is_month { Cow::Owned(name) } else { Cow::Borrowed(month) };
        }
        self.of_macros = true;
        let journal = JOURNALS.iter().find(|(it, _)| *it == name);
        let why = if journal.is_some() { Why::OfStyles } else { Why::Unknown };
        self.undefined.push(Undefined { name: piece.text, at: piece.at, why });
        journal.map_or(Cow::Borrowed(piece.text), |(_, title)| Cow::Borrowed(title))
    }
}

/// A value as an expression: macros by their names, all else in braces.
pub(super) fn expression(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        out.push_str(if at > 0 { " # " } else { "" });
        match piece.kind {
            Kind::Macro | Kind::Number => out.push_str(piece.text),
            Kind::Braced | Kind::Quoted => out.extend(["{", &mended(piece.text), "}"]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<Entry<'_>> {
        let all = lex(text).map(|element| match element {
            Element::Strings(entry) | Element::Entry(entry) => entry,
            _ => panic!("neither a definition nor an entry"),
        });
        all.collect()
    }

    #[test]
    fn what_is_defined_is_expanded_as_long_as_there_is_room() {
        let half = "x".repeat(MOST / 2);
        let text = format!("@string{{a = {{{half}}}}}@string{{b = a # a}}@string{{c = b # a}}@misc{{k, n = b # a, o = {{{half}}} # {{{half}}} # {{{half}}}, p = c}}");
        let entries = entries(&text);
        let [a, b, c, entry] = entries.as_slice() else { panic!("{}", entries.len()) };
        let mut scope = Scope::new(None, 0);
        for definition in [a, b, c] {
            scope.define(definition);
        }
        scope.begin_entry();
        let values: Vec<Evaluated> =
            entry.fields.iter().map(|field| scope.evaluate(field.value.pieces(), false)).collect();
        let told: Vec<_> = values.iter().map(|it| it.undefined.first().map(|it| (it.name, it.why))).collect();
        assert_eq!(told, [Some(("a", Why::TooLong)), None, Some(("c", Why::Unknown))]);
        // What stands in the entry itself is never too long.
        assert_eq!(values.iter().map(|it| it.raw.len()).collect::<Vec<_>>(), [MOST + 1, MOST / 2 * 3, 1]);
        scope.begin_entry();
        let fields = &entry.fields;
        assert!(scope.evaluate(fields[0].value.pieces(), false).undefined.iter().all(|it| it.name == "a"));
    }

    /// Whether definitions stand in the block or before it, as many of them count.
    #[test]
    fn all_definitions_together_have_a_limit() {
        let text: String = (0..300).map(|n| format!("@string{{m{n} = {{{}}}}}\n", "x".repeat(MOST))).collect();
        let before = Arc::new(Macros::default());
        let mut at = 0;
        let mut own = Scope::new(None, 0);
        for line in text.lines() {
            before.define(at, line.as_bytes());
            at += line.len() as u64 + 1;
            own.define(&entries(line)[0]);
        }
        let context: Context = before;
        let names = || (0..300).map(|n| format!("m{n}"));
        let behind = Scope::new(Some(&context), at);
        let known: Vec<bool> = names().map(|name| behind.value(&name).is_some()).collect();
        assert_eq!(known, names().map(|name| own.value(&name).is_some()).collect::<Vec<_>>());
        assert_eq!(known.iter().filter(|known| **known).count(), 255);
    }
}
