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
use crate::cut::Context;
use crate::encoding::decode_block;
use crate::record::MONTH_MACROS;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The longest value of a macro in bytes, and how many bytes all definitions of an input may take: beyond, macros count
/// as undefined.
const LONGEST: usize = 1 << 20;
const ALL: usize = 16 << 20;

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
    bytes: usize,
}

impl Macros {
    /// Adds what a `@string` defines, which is the next in the input.
    pub(super) fn define(&self, at: u64, element: &[u8]) {
        let (text, _) = decode_block(element.to_vec());
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        for element in lex(&text) {
            let Element::Strings(entry) = element else { continue };
            for (name, value) in definitions(&entry, &|name| all.value(name, u64::MAX)) {
                all.bytes += name.len() + value.len() + DEFINITION;
                if all.bytes <= ALL {
                    all.by_name.entry(name).or_default().push((at, value));
                }
            }
        }
    }
}

impl Defined {
    fn value(&self, name: &str, before: u64) -> Option<Arc<str>> {
        let definitions = self.by_name.get(name)?;
        let end = definitions.partition_point(|(at, _)| *at < before);
        definitions.get(end.checked_sub(1)?).map(|(_, value)| value.clone())
    }
}

/// The names that a `@string` defines, in lower case, and their values.
fn definitions(entry: &Entry<'_>, known: &dyn Fn(&str) -> Option<Arc<str>>) -> Vec<(String, Arc<str>)> {
    let mut own: Vec<(String, Arc<str>)> = Vec::new();
    for field in &entry.fields {
        let lookup = |name: &str| {
            own.iter().rev().find(|(it, _)| it == name).map(|(_, value)| value.clone()).or_else(|| known(name))
        };
        // White space at the ends is cut off fields, not off macros: ` Symposium` goes behind other words.
        let value = concatenate(field.value.pieces(), false, &lookup);
        own.push((field.name.to_lowercase(), value.raw.as_ref().into()));
    }
    own
}

/// The names that the definitions in a text define, in lower case.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for element in lex(text) {
        if let Element::Strings(entry) = element {
            names.extend(entry.fields.iter().map(|field| field.name.to_lowercase()));
        }
    }
    names
}

/// The macros that hold at a place: those that the input has defined so far.
#[derive(Debug)]
pub(super) struct Scope<'c> {
    before: Option<&'c Macros>,
    start: u64,
    own: HashMap<String, Arc<str>>,
}

impl<'c> Scope<'c> {
    /// Those before a block that begins at `start`.
    pub(super) fn new(context: Option<&'c Context>, start: u64) -> Scope<'c> {
        Scope { before: context.and_then(|it| it.downcast_ref()), start, own: HashMap::new() }
    }

    /// Adds what a `@string` defines.
    pub(super) fn define(&mut self, entry: &Entry<'_>) {
        let new = definitions(entry, &|name| self.value(name));
        self.own.extend(new);
    }

    fn value(&self, name: &str) -> Option<Arc<str>> {
        self.own.get(name).cloned().or_else(|| {
            let all = self.before?.all.read().unwrap_or_else(PoisonError::into_inner);
            all.value(name, self.start)
        })
    }

    /// The value of a field; of `month` where `is_month` is set, in which the names of months stand for themselves.
    pub(super) fn evaluate<'a>(&self, pieces: &[Piece<'a>], is_month: bool) -> Evaluated<'a> {
        evaluate(pieces, is_month, &|name| self.value(name))
    }
}

/// What a value says.
#[derive(Debug, Default)]
pub(super) struct Evaluated<'a> {
    /// The string, macros expanded.
    pub(super) raw: Cow<'a, str>,
    /// Whether macros had a part in it.
    pub(super) of_macros: bool,
    /// Macros that the input does not define, with their offsets, and whether BibTeX's styles do.
    pub(super) undefined: Vec<(&'a str, usize, bool)>,
    /// Bare words that are no macros: where they stand.
    pub(super) bare: Option<usize>,
}

/// The value of a field, without white space at its ends.
fn evaluate<'a>(
    pieces: &[Piece<'a>],
    is_month: bool,
    lookup: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Evaluated<'a> {
    let mut result = concatenate(pieces, is_month, lookup);
    result.raw = match result.raw {
        Cow::Borrowed(raw) => Cow::Borrowed(raw.trim_ascii()),
        Cow::Owned(raw) if raw.trim_ascii().len() == raw.len() => Cow::Owned(raw),
        Cow::Owned(raw) => Cow::Owned(raw.trim_ascii().to_owned()),
    };
    result
}

fn concatenate<'a>(
    pieces: &[Piece<'a>],
    is_month: bool,
    lookup: &dyn Fn(&str) -> Option<Arc<str>>,
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
        let value = if piece.kind == Kind::Macro { result.expand(piece, is_month, lookup) } else { piece.text.into() };
        if raw.len() + value.len() <= LONGEST || result.raw.is_empty() && pieces.len() == 1 {
            raw.push_str(&value);
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
    ) -> Cow<'a, str> {
        if piece.text.starts_with(|c: char| c.is_ascii_digit()) {
            self.bare = self.bare.or(Some(piece.at));
            return piece.text.into();
        }
        let name = piece.text.to_lowercase();
        if let Some(value) = lookup(&name) {
            self.of_macros = true;
            return Cow::Owned(value.to_string());
        }
        let month = MONTH_MACROS.iter().position(|it| *it == name);
        if let Some(month) = month.and_then(|month| MONTHS.get(month)) {
            self.of_macros |= !is_month;
            return if is_month { Cow::Owned(name) } else { Cow::Borrowed(month) };
        }
        self.of_macros = true;
        let journal = JOURNALS.iter().find(|(it, _)| *it == name);
        self.undefined.push((piece.text, piece.at, journal.is_some()));
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
            Kind::Braced | Kind::Quoted => out.extend(["{", piece.text, "}"]),
        }
    }
    out
}
