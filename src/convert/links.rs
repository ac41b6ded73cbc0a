//! The first pass over inputs whose records take fields from others: it finds the parents.
//!
//! A scan for the words of link fields decides whether there is anything to do. If so the inputs are cut twice more: once
//! for the keys that are linked to, once for the records with those keys, which are all that is kept. Inputs that cannot
//! be read again are spooled to a temporary file.

use super::Options;
use super::blocks::{Block, Blocks, Next};
use super::input::Input;
use super::work::{decode, uses_source};
use crate::cited::Cited;
use crate::detect;
use crate::encoding::Utf8Reader;
use crate::error::Error;
use crate::format::{Format, Links};
use crate::read::{ReadOptions, Reading};
use crate::record::{Field, Item, Record, Value};
use crate::transform::inherit::{self, Parents};
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::ops::Range;

/// The parents of a run's records, and which keys were asked for.
#[derive(Debug, Default)]
pub(super) struct Family {
    pub(super) parents: Parents,
    /// The keys, in lower case.
    pub(super) wanted: HashSet<String>,
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

/// Finds the parents of all inputs. The inputs that come back can be read once more.
pub(super) fn gather(inputs: &[Input], options: &Options) -> Result<(Vec<Input>, Option<Family>), Error> {
    let resolves = |format: &Format| format.links.is_some() && !keeps_links(format.id, format.family, options);
    let possible = crate::formats::ALL.iter().any(|format| resolves(format));
    let given = |input: &Input| input.own.from.or(options.from);
    let hopeless = |input: &Input| given(input).is_some_and(|format| !resolves(format));
    if !possible || inputs.iter().all(hopeless) {
        return Ok((inputs.to_vec(), None));
    }
    let mut again = Vec::with_capacity(inputs.len());
    let mut linked = false;
    for input in inputs {
        let (input, has_links) = look(input, options, &resolves)?;
        again.push(input);
        linked |= has_links;
    }
    if !linked {
        return Ok((again, None));
    }
    let mut family = Family::default();
    each_piece(&again, options, false, Links::may_link, |record| {
        family.wanted.extend(inherit::targets(&record).map(str::to_lowercase));
    });
    let Family { parents, wanted } = &mut family;
    let is_wanted = |links: &Links, piece: &str| match links.key {
        Some(key) => key(piece).is_none_or(|key| wanted.contains(&key.to_lowercase())),
        None => true,
    };
    each_piece(&again, options, true, is_wanted, |record| {
        if record.key.as_ref().is_some_and(|key| wanted.contains(&key.text.to_lowercase())) {
            parents.add(record);
        }
    });
    Ok((again, Some(family)))
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
    let may_link = |links: &Links, piece: &str| {
        links.may_link(piece) || memchr::memmem::find(&piece.as_bytes().to_ascii_lowercase(), b"entryset").is_some()
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

/// Looks whether an input has links, as far as that can be told by a scan. What cannot be read is told of later.
fn look(input: &Input, options: &Options, resolves: &dyn Fn(&Format) -> bool) -> Result<(Input, bool), Error> {
    let Some((input, head)) = peek(input) else { return Ok((input.clone(), false)) };
    let buffer = input.head(&head, options);
    let format = input
        .own
        .from
        .or(options.from)
        .or_else(|| detect::detect(input.name(), &buffer, options.to).map(|it| it.format));
    let Some(links) = format.filter(|format| resolves(format)).and_then(|format| format.links.as_ref()) else {
        return Ok((input, false));
    };
    let input = input.rereadable()?;
    let encoding = input.own.encoding.or(options.encoding);
    let found = input
        .open()
        .and_then(|reader| scan(reader, encoding, links).map_err(|error| Error::io(&**input.name(), error)))
        .map_err(|error| input.fail(&error));
    Ok((input, found.unwrap_or_default()))
}

/// Whether any word of a link field stands in an input.
fn scan(
    reader: Box<dyn Read + Send>,
    encoding: Option<&'static encoding_rs::Encoding>,
    links: &Links,
) -> std::io::Result<bool> {
    let mut reader = Utf8Reader::new(reader, encoding)?;
    // A scan for each word on processors that cannot look for all at once.
    let words = aho_corasick::packed::Searcher::new(links.marks);
    let found = |bytes: &[u8]| words.as_ref().map_or_else(|| links.stand_in(bytes), |it| it.find(bytes).is_some());
    let longest = links.marks.iter().map(|mark| mark.len()).max().unwrap_or_default();
    let mut buffer = Vec::new();
    loop {
        let more = reader.fill(&mut buffer, 1 << 20)?;
        if found(&buffer) {
            return Ok(true);
        }
        if !more {
            return Ok(false);
        }
        buffer.drain(..buffer.len().saturating_sub(longest));
    }
}

/// Reads the pieces that a test picks, of all inputs of formats with links; with the source text of values, if it is asked
/// for and the output can use it.
fn each_piece(
    inputs: &[Input],
    options: &Options,
    sources: bool,
    picks: impl Fn(&Links, &str) -> bool,
    mut take: impl FnMut(Record),
) {
    let mut blocks = Blocks::new(inputs, options);
    loop {
        let Block { format, bytes, pieces, first, too_long, before, .. } = match blocks.next() {
            Next::Block(block) => block,
            Next::End => return,
            Next::Failed(input, error) => {
                if let Some(input) = inputs.get(input as usize) {
                    input.fail(&error);
                }
                continue;
            }
            Next::Closed(..) | Next::Finding(..) => continue,
        };
        let (Some(links), Some(reader), None) = (&format.links, format.read, too_long) else { continue };
        let (text, pieces, _) = decode(bytes, pieces);
        let is_picked = |piece: &Range<usize>| text.get(piece.clone()).is_some_and(|text| picks(links, text));
        let definitions = |piece: &Range<usize>| text.get(piece.clone()).is_some_and(|text| (links.always)(text));
        let picked: Vec<Range<usize>> =
            pieces.into_iter().filter(|piece| is_picked(piece) || definitions(piece)).collect();
        if picked.is_empty() {
            continue;
        }
        let keep_source = sources && uses_source(options.to, format);
        let read = ReadOptions { keep_source, ..options.read.clone() };
        let mut reading =
            Reading::new(&text, &picked, format.family, first, &read).within(before.context, before.start);
        reader(&mut reading);
        for item in reading.finish().0 {
            if let Item::Record(record) = item {
                take(*record);
            }
        }
    }
}
