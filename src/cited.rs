//! What a document cites, in its order: from the file that LaTeX writes for BibTeX (`.aux`) or biblatex for Biber (`.bcf`).
//!
//! ```
//! use bibferry::cited::Cited;
//! let cited = Cited::from_aux("paper.aux", "\\relax\n\\citation{doe2020,roe2021}\n\\citation{doe2020}\n");
//! assert_eq!(cited.keys().collect::<Vec<_>>(), ["doe2020", "roe2021"]);
//! ```

use crate::diagnostic::{CITATION_UNDEFINED, CITATIONS_MISSING, Diagnostic};
use crate::encoding::decode_block;
use crate::error::Error;
use crate::record::{Field, Record, Value, excerpt};
use crate::source::{Place, Span, lines};
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How deep `.aux` files include each other, and how many there may be in all.
const DEPTH: usize = 16;
const FILES: usize = 10_000;
/// How much of a line is shown.
const SHOWN: usize = 200;

/// The keys of other tools that write them for their own ends; no file has such an entry.
const CONTROL_KEYS: &[&str] =
    &["biblatex-control", "REVTEX41Control", "REVTEX42Control", "apsrev41Control", "apsrev42Control"];

/// A cited key and where it is cited first.
#[derive(Clone, Debug)]
struct Citation {
    key: Box<str>,
    file: Arc<str>,
    span: Span,
}

/// The keys that a document cites.
#[derive(Clone, Debug, Default)]
pub struct Cited {
    citations: Vec<Citation>,
    /// The place of each key among them.
    places: HashMap<Box<str>, usize>,
    /// The same by keys in lower case; the first of several.
    folded: HashMap<Box<str>, usize>,
    all: bool,
    findings: Vec<Diagnostic>,
}

/// How a record comes by a citation: the better ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It is its key.
    Key,
    /// It is one of its aliases.
    Alias,
    /// It is its key but for the case of letters.
    Case,
}

impl Cited {
    /// Reads a file: one that begins as XML, or ends in `.bcf`, is Biber's.
    ///
    /// # Errors
    /// An input error of the file itself; those of files that it includes are among the [`findings`](Cited::findings).
    /// A usage error if it is XML and broken, or says nothing of citations.
    pub fn read(path: &Path) -> Result<Cited, Error> {
        let name = path.display().to_string();
        let text = text_of(path).map_err(|error| Error::io(name.as_str(), error))?;
        let is_xml = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("bcf"));
        if is_xml || text.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml") {
            return Cited::from_bcf(&name, &text);
        }
        let mut cited = Cited::default();
        let mut met: HashSet<PathBuf> = std::fs::canonicalize(path).into_iter().collect();
        let folder = path.parent().unwrap_or(Path::new(""));
        cited.aux(&name, &text, &mut |cited, input, from, span, depth| {
            cited.include(folder, input, from, span, depth, &mut met)
        });
        if cited.citations.is_empty() && !cited.all {
            let advice = "it has no \\citation: run LaTeX first, or name the .bcf file if the document uses Biber";
            return Err(Error::Usage(format!("{name}: {advice}")));
        }
        Ok(cited)
    }

    /// The citations of an `.aux` file at hand; others that it includes are not followed.
    pub fn from_aux(name: &str, text: &str) -> Cited {
        let mut cited = Cited::default();
        cited.aux(name, text, &mut |_, _, _, _, _| None);
        cited
    }

    /// The citations of a `.bcf` file.
    ///
    /// # Errors
    /// A usage error if it is not XML or has no section of citations.
    pub fn from_bcf(name: &str, text: &str) -> Result<Cited, Error> {
        let file: Arc<str> = name.into();
        let mut cited = Cited::default();
        let broken =
            |error: quick_xml::Error| Error::Usage(format!("{name}: this is not a control file of Biber: {error}"));
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        let mut places = Lines::new(text);
        let mut found: Vec<(u64, u64, String, usize)> = Vec::new();
        let mut open: Option<(u64, u64, String, usize)> = None;
        let mut sections = false;
        loop {
            let event = reader.read_event().map_err(broken)?;
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Event::Eof => break,
                Event::Start(tag) if tag.local_name().as_ref() == "citekey" => {
                    let number = |name| attribute(&tag, name).and_then(|it| it.parse().ok()).unwrap_or(u64::MAX);
                    open = Some((number("order"), number("intorder"), String::new(), at));
                    if let Some(members) = attribute(&tag, "members") {
                        // A set made on the fly: its members are what the files have.
                        found.extend(
                            members.split(',').map(|key| (number("order"), number("intorder"), key.into(), at)),
                        );
                        open = None;
                    }
                }
                Event::Start(tag) if tag.local_name().as_ref() == "section" => {
                    sections = true;
                    cited.section(&mut found, &file, &mut places);
                }
                Event::End(tag) if tag.local_name().as_ref() == "citekey" => found.extend(open.take()),
                Event::Text(words) => {
                    if let Some((_, _, key, _)) = &mut open {
                        key.push_str(&words.xml10_content());
                    }
                }
                Event::GeneralRef(entity) => {
                    if let Some((_, _, key, _)) = &mut open {
                        match entity.resolve_char_ref().map_err(broken)? {
                            Some(c) => key.push(c),
                            None => {
                                key.push_str(quick_xml::escape::resolve_predefined_entity(&entity).unwrap_or_default());
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        cited.section(&mut found, &file, &mut places);
        if !sections {
            return Err(Error::Usage(format!("{name}: this is not a control file of Biber: it has no section")));
        }
        Ok(cited)
    }

    /// Enters the keys of a section, in the order of their citations.
    fn section(&mut self, found: &mut Vec<(u64, u64, String, usize)>, file: &Arc<str>, places: &mut Lines<'_>) {
        let mut spans: Vec<_> = std::mem::take(found)
            .into_iter()
            .map(|(order, inner, key, at)| (order, inner, places.span(at, key.trim()), key))
            .collect();
        spans.sort_by_key(|(order, inner, ..)| (*order, *inner));
        for (_, _, span, key) in spans {
            self.add(key.trim(), file, span);
        }
    }

    /// Reads the lines of an `.aux` file; `include` gives the text of another and its name.
    fn aux(&mut self, name: &str, text: &str, include: &mut Include<'_>) {
        // Files that are open, each with what is left of it: an explicit stack, for the depth is the input's.
        let mut open = vec![(Arc::<str>::from(name), Arc::<str>::from(text), 0usize, 0u64)];
        while let Some((file, text, at, number)) = open.pop() {
            let Some((start, line)) = lines(text.get(at..).unwrap_or_default()).next() else { continue };
            let next = at + start + line.len();
            let next = next + crate::source::line_end(text.as_bytes(), next).1.saturating_sub(next);
            open.push((file.clone(), text.clone(), next, number + 1));
            for (command, argument, offset) in commands(line) {
                let place = |inner: usize, word: &str| span(line, number + 1, offset + inner, word);
                if command == "@input" {
                    let from = (file.clone(), place(0, argument));
                    let included = include(self, argument, &from.0, from.1, open.len());
                    open.extend(included.map(|(name, text)| (Arc::<str>::from(name), Arc::<str>::from(text), 0, 0)));
                    continue;
                }
                let mut inner = 0;
                for key in argument.split(',') {
                    self.add(key.trim(), &file, place(inner + key.len() - key.trim_start().len(), key.trim()));
                    inner += key.len() + 1;
                }
            }
        }
    }

    /// The text of an included file. As LaTeX does, names are taken from the folder of the first file.
    fn include(
        &mut self,
        folder: &Path,
        input: &str,
        from: &Arc<str>,
        span: Span,
        depth: usize,
        met: &mut HashSet<PathBuf>,
    ) -> Option<(String, String)> {
        let path = folder.join(input);
        if let Ok(real) = std::fs::canonicalize(&path)
            && !met.insert(real)
        {
            return None;
        }
        let result = if depth > DEPTH || met.len() > FILES {
            Err("too many files that include each other".to_owned())
        } else {
            text_of(&path).map_err(|error| error.to_string())
        };
        match result {
            Ok(text) => Some((path.display().to_string(), text)),
            Err(why) => {
                let message = format!("the citations of {} are missing: {why}", path.display());
                let finding = Diagnostic::new(&CITATIONS_MISSING, message).at(span);
                self.findings.push(Diagnostic { file: Some(from.clone()), ..finding });
                None
            }
        }
    }

    fn add(&mut self, key: &str, file: &Arc<str>, span: Span) {
        if key == "*" {
            self.all = true;
        } else if !key.is_empty() && !CONTROL_KEYS.contains(&key) && !self.places.contains_key(key) {
            let at = self.citations.len();
            self.places.insert(key.into(), at);
            self.folded.entry(key.to_lowercase().into()).or_insert(at);
            self.citations.push(Citation { key: key.into(), file: file.clone(), span });
        }
    }

    /// The keys, each once, in the order of their first citations.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.citations.iter().map(|it| &*it.key)
    }

    /// Whether the document cites everything (`\nocite{*}`): records that it does not name follow those that it does.
    pub fn all(&self) -> bool {
        self.all
    }

    /// What was wrong with the files.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The citations that a record may answer, by their place among [`keys`](Cited::keys).
    pub fn matches(&self, record: &Record) -> Vec<(usize, Match)> {
        let mut found: Vec<(usize, Match)> = Vec::new();
        if let Some(key) = &record.key {
            let key = key.stated.as_deref().unwrap_or(&key.text);
            found.extend(self.places.get(key).map(|at| (*at, Match::Key)));
            if found.is_empty() {
                found.extend(self.folded.get(&*key.to_lowercase()).map(|at| (*at, Match::Case)));
            }
        }
        for slot in record.all(Field::KeyAlias) {
            if let Value::Token(alias) = slot.value() {
                found.extend(self.places.get(alias.as_str()).map(|at| (*at, Match::Alias)));
            }
        }
        found
    }

    /// The finding that no record answers a citation.
    pub(crate) fn undefined(&self, at: usize) -> Option<Diagnostic> {
        let Citation { key, file, span } = self.citations.get(at)?;
        let message = format!("no record of the inputs has the key `{}`, which the document cites", excerpt(key, 60));
        let finding = Diagnostic::new(&CITATION_UNDEFINED, message).at(span.clone());
        Some(Diagnostic { file: Some(file.clone()), ..finding })
    }
}

type Include<'i> = dyn FnMut(&mut Cited, &str, &Arc<str>, Span, usize) -> Option<(String, String)> + 'i;

fn text_of(path: &Path) -> std::io::Result<String> {
    Ok(decode_block(std::fs::read(path)?).0)
}

/// The commands of a line that cite or include, with their last arguments and where those begin.
fn commands(line: &str) -> impl Iterator<Item = (&str, &str, usize)> {
    line.match_indices('\\').filter_map(|(at, _)| {
        let rest = line.get(at + 1..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(rest.len());
        let (name, mut rest) = rest.split_at_checked(end)?;
        if !matches!(name, "citation" | "abx@aux@cite" | "@input") {
            return None;
        }
        let mut offset = at + 1 + end;
        // Newer versions of biblatex put the section before the key.
        let mut last = None;
        while let Some(inner) = rest.strip_prefix('{') {
            let length = inner.find('}')?;
            last = Some((inner.get(..length)?, offset + 1));
            rest = inner.get(length + 1..)?;
            offset += length + 2;
            if name != "abx@aux@cite" {
                break;
            }
        }
        last.map(|(argument, offset)| (name, argument, offset))
    })
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|it| it.key.as_ref() == name)?;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// A word on a line.
fn span(line: &str, number: u64, at: usize, word: &str) -> Span {
    let column = line.get(..at).map_or(0, |it| it.chars().count()) as u32 + 1;
    let length = word.chars().count().max(1) as u32;
    let shown = line.chars().count() <= SHOWN;
    let text = if shown { line.into() } else { Box::default() };
    Span { place: Place { input: 0, line: number, column }, length, text, text_column: 1 }
}

/// Turns rising offsets into lines.
struct Lines<'t> {
    text: &'t str,
    /// The beginning of a line, and its number.
    start: usize,
    number: u64,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        Lines { text, start: 0, number: 1 }
    }

    /// Where a word stands, on the line of an offset or a later one.
    fn span(&mut self, at: usize, word: &str) -> Span {
        loop {
            let (end, next) = crate::source::line_end(self.text.as_bytes(), self.start);
            let line = self.text.get(self.start..end).unwrap_or_default();
            if at < next || next >= self.text.len() {
                let from = at.saturating_sub(self.start).min(line.len());
                let inner = line.get(from..).and_then(|rest| rest.find(word)).unwrap_or_default();
                return span(line, self.number, from + inner, word);
            }
            (self.start, self.number) = (next, self.number + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Key, Kind};

    fn keys(cited: &Cited) -> Vec<&str> {
        cited.keys().collect()
    }

    #[test]
    fn aux_files() {
        let text = "\\relax \n\\citation{b, a}\\citation{c}\n\\abx@aux@cite{0}{d}\n\\abx@aux@cite{e}\r\n\
                    \\bibcite{x}{1}\n\\citation{a,,*}\n\\citation{biblatex-control}\n\\citation{open\n\\citation";
        let cited = Cited::from_aux("a.aux", text);
        assert_eq!(keys(&cited), ["b", "a", "c", "d", "e"]);
        assert!(cited.all());
        let finding = cited.undefined(1).unwrap();
        let span = finding.span.unwrap();
        assert_eq!((span.place.line, span.place.column, span.length), (2, 14, 1));
        assert_eq!(finding.file.as_deref(), Some("a.aux"));
        assert_eq!(cited.undefined(3).unwrap().span.unwrap().place.column, 18);
    }

    #[test]
    fn included_files_stand_where_they_are_included() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("parts")).unwrap();
        write("main.aux", "\\citation{one}\n\\@input{parts/one.aux}\n\\@input{gone.aux}\n\\citation{four}\n");
        write("parts/one.aux", "\\citation{two}\n\\@input{parts/two.aux}\n\\citation{three}\n");
        write("parts/two.aux", "\\citation{b\u{e9}}\n\\@input{main.aux}\n\\@input{parts/two.aux}\n");
        let cited = Cited::read(&folder.path().join("main.aux")).unwrap();
        assert_eq!(keys(&cited), ["one", "two", "b\u{e9}", "three", "four"]);
        assert_eq!(cited.findings().iter().map(|it| it.code.id).collect::<Vec<_>>(), ["citations-missing"]);
        assert!(Cited::read(&folder.path().join("none.aux")).is_err());
    }

    #[test]
    fn control_files_of_biber() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bcf:controlfile xmlns:bcf=\"https://sourceforge.net/projects/biblatex\">\n\
            <bcf:section number=\"0\">\n  <bcf:citekey order=\"2\" intorder=\"1\">b&amp;c</bcf:citekey>\n\
            <bcf:citekey order=\"1\" intorder=\"2\">a</bcf:citekey>\n<bcf:citekey order=\"1\" intorder=\"1\">&#x7a;</bcf:citekey>\n\
            <bcf:citekey order=\"3\" type=\"set\" members=\"m,n\">set</bcf:citekey>\n<!-- x --></bcf:section>\n\
            <bcf:section number=\"1\"><bcf:citekey order=\"1\">q</bcf:citekey><bcf:citekey order=\"2\">*</bcf:citekey></bcf:section>\n\
            </bcf:controlfile>";
        let cited = Cited::from_bcf("a.bcf", text).unwrap();
        assert_eq!(keys(&cited), ["z", "a", "b&c", "m", "n", "q"]);
        assert!(cited.all());
        let span = cited.undefined(1).unwrap().span.unwrap();
        assert_eq!((span.place.line, span.place.column), (5, 37));
        for bad in ["", "<a", "<?xml version=\"1.0\"?><other/>", "no"] {
            assert!(Cited::from_bcf("a.bcf", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn records_answer_by_key_alias_and_case() {
        let cited = Cited::from_aux("a.aux", "\\citation{Doe,alias,other}");
        let mut record = Record::new(Kind::Book);
        let mut matches = |key: &str| {
            record.key = Some(Key { text: key.into(), made: false, stated: None });
            cited.matches(&record)
        };
        assert_eq!(matches("Doe"), [(0, Match::Key)]);
        assert_eq!(matches("doe"), [(0, Match::Case)]);
        assert_eq!(matches("none"), []);
        record.push(Field::KeyAlias, Value::Token("alias".into()));
        assert_eq!(cited.matches(&record), [(1, Match::Alias)]);
    }
}
