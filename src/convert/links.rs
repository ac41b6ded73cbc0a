//! Records that take fields from others: their parents are found by passes of their own.
//!
//! Blocks are looked through for the words of link fields. No record before the first that has one takes anything from
//! another, so only then, in the middle of the run, the inputs are read twice more: once for the keys that are linked to,
//! which a look at their lines gives as a rule, once for the records with those keys, which are all that is kept. Inputs
//! that cannot be read again are spooled to a temporary file before the run begins.

use super::Options;
use super::blocks::{Block, Blocks, Next, behind};
use super::input::Input;
use super::work::uses_source;
use crate::cited::Cited;
use crate::detect;
use crate::encoding::{decoded, valid_part};
use crate::error::Error;
use crate::format::{Format, LinkSaid, Links};
use crate::read::{ReadOptions, Reading};
use crate::record::{Field, Item, Record, Value};
use crate::transform::inherit::{Parents, Targets};
use aho_corasick::packed::Searcher;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::slice;
use std::sync::OnceLock;

/// The parents of a run's records, and which keys were asked for.
#[derive(Debug, Default)]
pub(super) struct Family {
    pub(super) parents: Parents,
    pub(super) wanted: Targets,
}

/// Whether records read from one format keep their links when another is written.
pub(super) fn keeps_links(from: &str, from_family: &str, options: &Options) -> bool {
    let Some(to) = options.to else { return !options.check };
    if options.chunk.is_some() && !options.keep_links {
        // A chunk does not rely on others.
        return false;
    }
    // A format without tables holds the record whole; a carrier gives it back as it was.
    options.keep_links || to.mapping.is_none() || from == to.id || (options.write.carry && from_family == to.family)
}

/// Whether records of a format take fields from others in this run.
fn resolves(format: &Format, options: &Options) -> bool {
    format.links.is_some() && !keeps_links(format.id, format.family, options)
}

/// The parents of a run's records, which are looked for when the first block comes that may need them.
pub(super) struct Ancestry<'o> {
    inputs: Vec<Input>,
    options: &'o Options,
    words: Words,
    family: OnceLock<Family>,
}

impl std::fmt::Debug for Ancestry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ancestry({:?})", self.family)
    }
}

impl<'o> Ancestry<'o> {
    /// Of inputs that can be [read again](rereadable).
    pub(super) fn new(inputs: &[Input], options: &'o Options) -> Ancestry<'o> {
        Ancestry { inputs: inputs.to_vec(), options, words: Words::new(), family: OnceLock::new() }
    }

    /// Looks at the bytes of a block before it is cut from an input: if a word of a link field is in them, the parents are
    /// found. What comes back are inputs that were read before and cannot be any more.
    pub(super) fn see(&self, format: &'static Format, input: u32, bytes: &[u8]) -> Vec<(u32, Error)> {
        let Some(links) = format.links.as_ref().filter(|_| self.family.get().is_none()) else {
            return Vec::new();
        };
        if resolves(format, self.options) && self.words.stand_in(bytes, links) {
            let mut inputs = self.inputs.clone();
            if let Some(input) = inputs.get_mut(input as usize) {
                // It need not be told once more.
                input.own.from = Some(format);
            }
            let (family, failures) = gather(&inputs, self.options, &self.words);
            self.family.get_or_init(|| family);
            // Of the others their own turn tells.
            return failures.into_iter().filter(|(failed, _)| *failed < input).collect();
        }
        Vec::new()
    }

    /// How many bytes a record may take in memory by what it takes from others: see [`Parents::weight`].
    pub(super) fn weight(&self) -> usize {
        self.family().map_or(0, |family| family.parents.weight())
    }

    /// The parents, if any were looked for so far.
    pub(super) fn family(&self) -> Option<&Family> {
        self.family.get()
    }
}

/// The words of link fields of all formats, which are looked for at once where the processor can do that: two letters of
/// each, in all letter cases.
struct Words {
    /// The mark of each pattern.
    marks: Vec<(&'static str, &'static str)>,
    searcher: Option<Searcher>,
}

impl Words {
    fn new() -> Words {
        let links = crate::formats::ALL.iter().filter_map(|format| format.links.as_ref());
        let all: BTreeSet<(&str, &str)> = links.flat_map(|links| links.marks).copied().collect();
        let (mut marks, mut patterns) = (Vec::new(), Vec::new());
        for mark in all {
            let rare = mark.1.as_bytes().get(..2).unwrap_or_default();
            for case in 0..1 << rare.len() {
                let letter =
                    |(at, byte): (usize, &u8)| if case >> at & 1 == 1 { byte.to_ascii_uppercase() } else { *byte };
                patterns.push(rare.iter().enumerate().map(letter).collect::<Vec<u8>>());
                marks.push(mark);
            }
        }
        Words { marks, searcher: Searcher::new(patterns) }
    }

    /// Whether records in some bytes may have links.
    fn stand_in(&self, bytes: &[u8], links: &Links) -> bool {
        self.places(bytes).map_or_else(|| links.stand_in(bytes), |mut places| places.next().is_some())
    }

    /// Where words stand in some bytes, if the processor can look for them at once.
    fn places(&self, bytes: &[u8]) -> Option<impl Iterator<Item = Range<usize>>> {
        let place = |found: aho_corasick::Match| {
            let mark = self.marks.get(found.pattern().as_usize())?;
            let stands = Links::stands_at(*mark, bytes, found.start());
            stands.then(|| found.start() - mark.0.len()..found.start() + mark.1.len())
        };
        Some(self.searcher.as_ref()?.find_iter(bytes).filter_map(place))
    }
}

/// The same inputs so that passes over them can begin anew, where their records may take fields from others.
///
/// # Errors
/// If there is no place to keep what can be read only once.
pub(super) fn rereadable(inputs: &[Input], options: &Options) -> Result<Vec<Input>, Error> {
    let possible = crate::formats::ALL.iter().any(|format| resolves(format, options));
    let given = |input: &Input| input.own.from.or(options.from);
    let hopeless = |input: &Input| given(input).is_some_and(|format| !resolves(format, options));
    let each = |input: &Input| {
        if !possible || hopeless(input) || input.can_reopen() {
            return Ok(input.clone());
        }
        let Some((input, head)) = peek(input) else { return Ok(input.clone()) };
        let told = || detect::detect(input.name(), &input.head(&head, options), options.to).map(|it| it.format);
        let may_link = given(&input).or_else(told).is_some_and(|format| resolves(format, options));
        if may_link { input.rereadable() } else { Ok(input) }
    };
    inputs.iter().map(each).collect()
}

/// The keys that the records of all inputs link to, and perhaps some that only look so, if every word of a link field shows
/// what it says: most inputs need not be taken apart to know that.
fn plainly_wanted(inputs: &[Input], options: &Options, words: &Words) -> Option<Targets> {
    let mut wanted = Targets::default();
    let mut blocks = Blocks::uncut(inputs, options);
    // From the last word on, if the block ended before it showed what the word says.
    let mut open = Vec::new();
    loop {
        let block = match blocks.next() {
            Next::Block(block) => block,
            Next::End => return Some(wanted),
            Next::Failed(..) => return None,
            Next::Closed(..) if !open.is_empty() => return None,
            Next::Closed(..) | Next::Finding(..) => continue,
        };
        let Some(links) = &block.format.links else { continue };
        let bytes = match std::mem::take(&mut open) {
            before if before.is_empty() => block.bytes,
            before => [before, block.bytes].concat(),
        };
        for place in words.places(&bytes)? {
            let word = str::from_utf8(bytes.get(place.clone())?).ok()?;
            let rest = bytes.get(place.end..)?;
            // Keys are ASCII, or not plain: what the line is read as behind a byte that is not UTF-8 need not be known.
            let behind = valid_part(rest.get(..NEAR).unwrap_or(rest));
            match links.said?(word, behind) {
                LinkSaid::Nothing => {}
                LinkSaid::Keys(keys) => {
                    for key in keys {
                        wanted.add(key);
                    }
                }
                LinkSaid::Unknown if rest.len() < NEAR => {
                    open = bytes.get(place.start..)?.to_vec();
                    break;
                }
                LinkSaid::Unknown => return None,
            }
        }
    }
}

/// How far behind a word what it says is looked for; nearer to the end of a block, with the next block behind it. Less than
/// any block holds.
const NEAR: usize = 1 << 10;

/// Finds the parents of all inputs, and which of these cannot be read.
fn gather(inputs: &[Input], options: &Options, words: &Words) -> (Family, BTreeMap<u32, Error>) {
    let mut family = Family::default();
    let (wanted, mut failures) = match plainly_wanted(inputs, options, words) {
        Some(wanted) => (wanted, BTreeMap::new()),
        None => all_wanted(inputs, options, words),
    };
    family.wanted = wanted;
    let Family { parents, wanted } = &mut family;
    let is_wanted = |links: &Links, piece: &[u8]| match links.key {
        Some(key) => key(piece).is_none_or(|key| wanted.have(key)),
        None => true,
    };
    let more = each_piece(inputs, options, true, is_wanted, |record| {
        if record.key.as_ref().is_some_and(|key| wanted.have(&key.text)) {
            parents.add(record);
        }
    });
    failures.extend(more);
    (family, failures)
}

/// The keys that the records of all inputs link to, and which inputs cannot be read.
fn all_wanted(inputs: &[Input], options: &Options, words: &Words) -> (Targets, BTreeMap<u32, Error>) {
    let wanted = RefCell::new(Targets::default());
    // Reading a record whole to know what it takes from is not needed, as a rule.
    let links_oddly = |links: &Links, piece: &[u8]| {
        words.stand_in(piece, links)
            && links.targets.is_none_or(|targets| {
                let text = decoded(piece);
                let Some(targets) = targets(&text) else { return true };
                for key in targets {
                    wanted.borrow_mut().add(key);
                }
                false
            })
    };
    let failures = each_piece(inputs, options, false, links_oddly, |record| {
        wanted.borrow_mut().add_all_of(&record);
    });
    (wanted.into_inner(), failures)
}

/// The same input so that it can be read more than once. What cannot be read is told of when its turn comes.
///
/// # Errors
/// If there is no place to keep it.
pub(super) fn again(input: &Input) -> Result<Input, Error> {
    match peek(input) {
        Some((begun, _)) => begun.rereadable(),
        None => Ok(input.clone()),
    }
}

/// The first bytes of an input. What cannot be read is told of when its turn comes, and is not read then either.
fn peek(input: &Input) -> Option<(Input, Vec<u8>)> {
    input.peek().map_err(|error| input.fail(&error)).ok()
}

/// The keys, in lower case, of the records that cited ones need where links are kept: their parents, the parents of these,
/// and the members of sets.
pub(super) fn kin(inputs: &[Input], options: &Options, cited: &Cited) -> HashSet<String> {
    let mut kin = HashSet::new();
    let keeps = |format: &Format| format.links.is_some() && keeps_links(format.id, format.family, options);
    let given = |input: &Input| input.own.from.or(options.from);
    let hopeless = |input: &Input| given(input).is_some_and(|format| !keeps(format));
    if !crate::formats::ALL.iter().any(|format| keeps(format)) || inputs.iter().all(hopeless) {
        return kin;
    }
    let mut links: HashMap<String, Vec<String>> = HashMap::new();
    let words = Words::new();
    let may_link = |links: &Links, piece: &[u8]| {
        words.stand_in(piece, links) || memchr::memmem::find(&piece.to_ascii_lowercase(), b"entryset").is_some()
    };
    let mut open: Vec<String> = Vec::new();
    each_piece(inputs, options, false, may_link, |record| {
        let targets: Vec<String> = record
            .all(Field::Relation)
            .filter_map(|slot| match slot.value() {
                Value::Relation(it) if matches!(&*it.kind, "crossref" | "xdata" | "set-member") => {
                    Some(it.target.to_lowercase())
                }
                _ => None,
            })
            .collect();
        let Some(key) = record.key.as_ref().filter(|_| !targets.is_empty()) else { return };
        if cited.all() || !cited.matches(&record).is_empty() {
            open.extend(targets.iter().cloned());
        }
        links.entry(key.text.to_lowercase()).or_insert(targets);
    });
    while let Some(key) = open.pop() {
        let more = links.get(&key).into_iter().flatten().cloned();
        if !kin.contains(&key) {
            open.extend(more);
            kin.insert(key);
        }
    }
    kin
}

/// Reads the pieces that a test picks, of all inputs of formats with links; with the source text of values, if it is asked
/// for and the output can use it. What comes back are the inputs that cannot be read.
fn each_piece(
    inputs: &[Input],
    options: &Options,
    sources: bool,
    picks: impl Fn(&Links, &[u8]) -> bool,
    mut take: impl FnMut(Record),
) -> BTreeMap<u32, Error> {
    let mut failures = BTreeMap::new();
    let mut blocks = Blocks::without_outlines(inputs, options);
    loop {
        let Block { format, bytes, pieces, first, too_long, before, .. } = match blocks.next() {
            Next::Block(block) => block,
            Next::End => return failures,
            Next::Failed(input, error) => {
                if let Some(input) = inputs.get(input as usize) {
                    input.fail(&error);
                }
                failures.insert(input, error);
                continue;
            }
            Next::Closed(..) | Next::Finding(..) => continue,
        };
        let (Some(links), Some(reader), None) = (&format.links, format.read, too_long) else { continue };
        let keep_source = sources && uses_source(options.to, format);
        let read = ReadOptions { keep_source, ..options.read.clone() };
        // The piece of which the place is known.
        let (mut place, mut known) = (first, 0);
        for (at, piece) in pieces.iter().enumerate() {
            let Some(part) = bytes.get(piece.clone()).filter(|part| picks(links, part)) else { continue };
            place = behind(place, &bytes, pieces.get(known..at).unwrap_or_default());
            known = at;
            let text = decoded(part);
            let whole = 0..text.len();
            let start = before.start + piece.start as u64;
            let mut reading = Reading::new(&text, slice::from_ref(&whole), format.family, place, &read)
                .within(before.context.clone(), start);
            reader(&mut reading);
            for item in reading.finish().0 {
                if let Item::Record(record) = item {
                    take(*record);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::HEAD;
    use super::*;
    use proptest::prelude::*;

    fn input(text: impl AsRef<[u8]>) -> Vec<Input> {
        vec![Input::bytes("a.bib", text.as_ref()).in_format(crate::formats::by_name("bibtex").unwrap())]
    }

    fn plainly(text: impl AsRef<[u8]>) -> Option<Vec<String>> {
        let options = Options { block_size: HEAD, ..Options::default() };
        let wanted = plainly_wanted(&input(text), &options, &Words::new())?;
        let mut keys: Vec<String> = wanted.keys().map(str::to_owned).collect();
        keys.sort_unstable();
        Some(keys)
    }

    #[test]
    fn most_links_are_plain() {
        let ours = |keys: &[&str]| Some(keys.iter().map(|key| (*key).to_owned()).collect());
        for (text, keys) in [
            ("@a{k, crossref = {B}}", ours(&["b"])),
            ("@a{k, CROSSREF=\"b,C\",\n title = {On crossref}}", ours(&["b", "c"])),
            ("@a{k, title = {crossref, and crossref = {c}, too}}", ours(&["c"])),
            ("@a{k, crossref {b}}", None),
            ("@a{k, crossref = {b} # {c}}", None),
            ("@a{k, crossref = b}", None),
            ("@a{k, crossref = {b}){c}", None),
            ("@a{k, crossref", None),
            ("@a{k, author = {xdata=b-a}, crossref = {c}}", None),
        ] {
            assert_eq!(plainly(text), keys, "{text}");
        }
    }

    #[test]
    fn lines_in_an_older_encoding_hide_no_link() {
        let text = b"@a{k, title = {caf\xe9}, crossref = {B},\n note = {na\xc3\xafve}\n}\n";
        assert_eq!(plainly(text.repeat(4 * HEAD / text.len())), Some(vec!["b".to_owned()]));
        assert_eq!(plainly(b"@a{k, crossref = {caf\xe9}}"), None);
    }

    #[test]
    fn a_parent_is_found_whatever_is_wrong_with_its_key() {
        let inputs = input(
            b"@a{c, crossref = {p, q, r, s, \xc3\xa9, \xc3\xa0}}\n@b{\xc3\xa9,\n title = {\xe9}}\n@b{ \xc3\xa0\xc2\xa0, t={x}}\n@b{p title = {A}}\n% caf\xe9 @b{x,\n@b{q}\n @b{r % r\n}\n@b(s, title = {\xe9})",
        );
        let (family, failures) = gather(&inputs, &Options::default(), &Words::new());
        assert!(failures.is_empty());
        let missing: Vec<&str> = family.wanted.keys().filter(|key| family.parents.get(key).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn what_a_block_leaves_open_the_next_one_shows() {
        let entry = "@a{k,\n crossref = {B}\n}\n";
        // Of ends at every place of an entry the last lines of many blocks are made.
        for length in 0..entry.len() {
            let text = format!("%{}\n{}", "x".repeat(length), entry.repeat(4 * HEAD / entry.len()));
            assert_eq!(plainly(&text), Some(vec!["b".to_owned()]), "{length}");
        }
        let cut_off = entry.repeat(3 * HEAD / entry.len());
        assert_eq!(plainly(cut_off.trim_end_matches("\n}\n")), None);
    }

    proptest! {
        #[test]
        fn plain_links_are_all_links(pieces in prop::collection::vec(prop::sample::select(vec![
            "crossref", "crossref = ", "crossref = {b}", "CROSSREF =\"c\"", "title", "title = {x}", "{d,e}", "=", " ", "\n", ",", ",",
            "}", "{", "\"", "%", "#", "(", ")", "@", "@book{a,", ".", "é", "\u{a0}", "1",
        ]), 0..12)) {
            let text = format!("@book{{k, {}", pieces.concat());
            if let Some(plain) = plainly(&text) {
                let all = all_wanted(&input(&text), &Options::default(), &Words::new()).0;
                prop_assert!(all.keys().all(|key| plain.iter().any(|it| it == key)), "{all:?} of {text}");
            }
        }
    }
}
