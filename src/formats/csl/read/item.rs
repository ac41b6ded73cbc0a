//! One item: its members become the tags that the tables read.

use super::Source;
use crate::formats::csl::members::{Class, class};
use crate::bytes::trim;
use crate::diagnostic::JSON_VALUE;
use crate::formats::csl::codec::identifiers::is_labelled_arxiv;
use crate::formats::csl::codec::words::stage;
use crate::formats::csl::json::{self, Sort};
use crate::formats::csl::map::{MAPPING, SERIES_IS_SAID, is_whole_book};
use crate::formats::csl::map::tags::{KEPT, KEPT_VARIABLES};
use crate::formats::csl::map::types::{DEGREES, is_known};
use crate::formats::csl::{join, schema};
use crate::mapping::{Cells, Shape, subtitles};
use crate::read::Reading;
use crate::record::canon::write_string;
use crate::record::identifier::arxiv;
use crate::record::{Extra, Family, Kind, Record, Slot};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// Whether a member is known to be none of a record's fields.
fn is_kept(name: &str) -> bool {
    name.starts_with('_') || KEPT.contains(&name) || KEPT_VARIABLES.contains(&name)
}

/// One item on its way in.
pub(super) struct Item<'i, 'r, 'a> {
    reading: &'i mut Reading<'r>,
    cells: &'i mut Cells<'a>,
    source: Source<'a>,
    word: Cow<'a, str>,
    /// What goes straight to the extras: what is known to stand for no field.
    extras: Vec<Extra>,
    /// Subtitles that stand in `custom`, by the variables that end in them.
    subtitles: Vec<(&'static str, Cow<'a, str>)>,
    /// The kind and the subtype that `custom` names.
    kind: Option<Kind>,
    subtype: Option<Box<str>>,
    /// The number at arXiv in `custom`.
    eprint: Option<String>,
    /// Contributors that have been there.
    names: SmallVec<[u16; 8]>,
}

impl<'i, 'r, 'a> Item<'i, 'r, 'a> {
    pub(super) fn new(reading: &'i mut Reading<'r>, cells: &'i mut Cells<'a>, source: Source<'a>) -> Item<'i, 'r, 'a> {
        cells.clear();
        Item {
            reading,
            cells,
            source,
            word: Cow::Borrowed(""),
            extras: Vec::new(),
            subtitles: Vec::new(),
            kind: None,
            subtype: None,
            eprint: None,
            names: SmallVec::new(),
        }
    }

    /// Reads an item's members.
    pub(super) fn read(mut self, members: &[(Cow<'a, str>, &'a str)], at: Range<usize>) -> Record {
        let find = |wanted: &str| members.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
        self.word = find("type").and_then(json::string).unwrap_or_default();
        if let Some(custom) = find("custom").filter(|custom| json::sort(custom) == Sort::Object) {
            self.look_at_custom(custom, find("volume-title").is_some());
        }
        let id = find("id").and_then(json::words);
        for (name, value) in members {
            match &**name {
                "type" => self.type_word(value),
                "custom" if json::sort(value) == Sort::Object => {
                    json::members(value).for_each(|(name, value)| self.custom(&name, value));
                }
                "citation-key" => self.citation_key(value, id.as_deref()),
                "id" if Self::is_address(value, members) => self.keep("id", value),
                "page-first" if find("page").and_then(json::words).is_some_and(|pages| {
                    json::words(value).is_some_and(|first| pages.starts_with(&*first))
                }) => {}
                // Manubot's own key, where it has not made one of it.
                "standard_citation" if id.is_none() && find("citation-key").is_none() => {
                    self.member("id", name.clone(), value);
                }
                "number" if self.is_number_of_eprint(value) => {}
                "container-title" if self.is_in_series(members) => self.member("collection-title", name.clone(), value),
                "editor-translator" if find("editor").or(find("translator")).is_some() => self.keep("editor-translator", value),
                "editor-translator" => {
                    self.member("editor", name.clone(), value);
                    self.member("translator", name.clone(), value);
                }
                "event" if json::sort(value) == Sort::Object => self.event(value),
                "genre" if self.is_degree(value) => {}
                "issued" if find("status").is_none() && stage_for_date(value).is_some() => {
                    let words = stage_for_date(value).unwrap_or_default();
                    self.push(MAPPING.tag("status"), "status", words, value, None);
                }
                tag => self.member(tag, name.clone(), value),
            }
        }
        self.finish(at)
    }

    fn finish(self, at: Range<usize>) -> Record {
        let word = Some(&*self.word).filter(|word| !word.is_empty());
        let mut record = MAPPING.read(word, self.cells, self.reading, at);
        if let Some(kind) = self.kind {
            (record.kind, record.subtype) = (kind, self.subtype);
        } else if self.subtype.is_some() {
            record.subtype = self.subtype;
        }
        record.extras.extend(self.extras);
        for slot in &mut record.slots {
            let is_odd = |slot: &Slot| slot.source(MAPPING.family).is_some_and(|it| !it.cells.iter().all(schema::allows));
            if is_odd(slot) {
                // Asking for the value to change it drops the source.
                let _ = slot.value_mut();
            }
        }
        record
    }

    /// What of `custom` must be known before all else.
    fn look_at_custom(&mut self, custom: &'a str, has_volume_title: bool) {
        let pairs = join::pairs(&self.word, has_volume_title);
        for (name, value) in json::members(custom) {
            let of = |pair: &&join::Pair| pair.subtitle.strip_prefix("custom.") == Some(&*name);
            if let (Some(pair), Some(words)) = (pairs.iter().find(of), json::string(value)) {
                self.subtitles.push((pair.title, words));
            }
            match &*name {
                "kind" => self.kind = json::string(value).and_then(|word| Kind::from_name(&word)),
                "arxiv" => self.eprint = json::string(value).and_then(|it| arxiv(&it)).map(|id| id.value),
                "subtype" => self.subtype = json::string(value).filter(|it| !it.is_empty()).map(|it| (&*it).into()),
                _ => {}
            }
        }
        if self.kind.is_none() {
            self.subtype = None;
        }
    }

    fn type_word(&mut self, value: &'a str) {
        if json::sort(value) != Sort::String {
            self.keep("type", value);
        } else if !self.word.is_empty() && !is_known(&self.word) {
            // No type of CSL: it is kept, since it cannot be written where it stood.
            self.keep("type", value);
        }
    }

    /// A second key: an alias, unless it says the same.
    fn citation_key(&mut self, value: &'a str, id: Option<&str>) {
        let Some(key) = json::words(value).filter(|key| !key.is_empty()) else { return };
        match id {
            Some(id) if *id == *key => {}
            Some(id) if !id.contains("://") => self.member("custom.key-alias", Cow::Borrowed("citation-key"), value),
            _ => self.member("id", Cow::Borrowed("citation-key"), value),
        }
    }

    /// Whether an `id` is a library's address of the item, beside which its citation key stands.
    fn is_address(value: &str, members: &[(Cow<'a, str>, &'a str)]) -> bool {
        let has_key = members.iter().any(|(name, value)| name == "citation-key" && json::string(value).is_some_and(|it| !it.is_empty()));
        has_key && json::string(value).is_some_and(|id| id.contains("://"))
    }

    /// Whether the container of a book is its series: nothing else says what it would be.
    fn is_in_series(&self, members: &[(Cow<'a, str>, &'a str)]) -> bool {
        is_whole_book(&self.word)
            && self.kind.is_none()
            && !members.iter().any(|(name, _)| SERIES_IS_SAID.contains(&&**name))
    }

    /// Whether a number says, with its label, which e-print the item is, as `custom` does.
    fn is_number_of_eprint(&self, value: &str) -> bool {
        let Some(eprint) = self.eprint.as_ref().filter(|_| &*self.word == "article") else { return false };
        json::string(value).is_some_and(|words| {
            is_labelled_arxiv(&words) && arxiv(&words).is_some_and(|id| id.value == *eprint && id.qualifier.is_none())
        })
    }

    /// Whether a genre says no more than the degree of a thesis.
    fn is_degree(&mut self, value: &str) -> bool {
        if &*self.word != "thesis" || self.kind.is_some() {
            return false;
        }
        let Some(genre) = json::string(value) else { return false };
        let found = DEGREES.iter().find(|(_, words)| words.eq_ignore_ascii_case(&genre));
        self.subtype = found.map(|(subtype, _)| Box::from(*subtype));
        found.is_some()
    }

    /// Crossref's event.
    fn event(&mut self, value: &'a str) {
        for (name, value) in json::members(value) {
            match &*name {
                "name" => self.member("event-title", Cow::Borrowed("event-title"), value),
                "location" => self.member("event-place", Cow::Borrowed("event-place"), value),
                "start" => self.member("event-date", Cow::Borrowed("event-date"), value),
                other => self.keep(&["event.", other].concat(), value),
            }
        }
    }

    /// A member of `custom`.
    fn custom(&mut self, name: &str, value: &'a str) {
        let tag = ["custom.", name].concat();
        let used = self.kind.is_some() && matches!(name, "kind" | "subtype");
        if used {
            return;
        }
        if name.starts_with("x-") {
            let mut all = json::elements(value);
            match json::string(value) {
                Some(words) => self.push(None, tag, words, value, None),
                None if json::sort(value) == Sort::Array && all.all(|it| json::sort(it) == Sort::String) => {
                    for one in json::elements(value) {
                        self.push(None, tag.clone(), json::string(one).unwrap_or_default(), one, None);
                    }
                }
                // Carried JSON, which the carrier has in a string.
                None if matches!(json::sort(value), Sort::Object | Sort::Array) => {
                    let mut raw = String::new();
                    write_string(&mut raw, &json::compact(value));
                    self.push(None, tag, raw, value, None);
                }
                None => self.keep(name, value),
            }
        } else if MAPPING.tag(&tag).is_some() {
            self.member(&tag, Cow::Owned(tag.clone()), value);
        } else {
            self.keep(name, value);
        }
    }

    /// A member by the name of its tag, `source` as the file has it.
    fn member(&mut self, tag: &str, source: Cow<'a, str>, value: &'a str) {
        let Some(id) = MAPPING.tag(tag) else { return self.unknown(source, value) };
        let sort = json::sort(value);
        if json::says_nothing(value) {
            return;
        }
        let class = class(id);
        match class {
            Class::Names | Class::Date => {
                if class == Class::Names {
                    if self.names.contains(&id) {
                        return self.repeated(&source, value);
                    }
                    self.names.push(id);
                }
                let raw = if self.reading.options.keep_source { json::compact(value) } else { Cow::Borrowed(value) };
                self.push(Some(id), source, raw, value, None);
            }
            Class::Objects if sort == Sort::Array => {
                for element in json::elements(value) {
                    self.push(Some(id), source.clone(), json::compact(element), element, None);
                }
            }
            Class::Objects => self.push(Some(id), source, json::compact(value), value, None),
            Class::Words => self.words(id, tag, source, sort, value),
        }
    }

    fn words(&mut self, id: u16, tag: &str, source: Cow<'a, str>, sort: Sort, value: &'a str) {
        match sort {
            Sort::String => {
                let words = json::string(value).unwrap_or_default();
                if matches!(words, Cow::Owned(_)) && json::has_lone_surrogate(value) {
                    let message = "half of a surrogate pair is no character; it became U+FFFD";
                    self.reading.report(&JSON_VALUE, self.source.at(value), message);
                }
                let words = match self.subtitles.iter().find(|(title, _)| *title == tag) {
                    Some((_, subtitle)) => match &words {
                        Cow::Borrowed(whole) => Cow::Borrowed(subtitles::split(whole, subtitle).unwrap_or(whole)),
                        Cow::Owned(whole) => Cow::Owned(subtitles::split(whole, subtitle).unwrap_or(whole).to_owned()),
                    },
                    None => words,
                };
                if !trim(&words).is_empty() {
                    self.push(Some(id), source, words, value, None);
                }
            }
            Sort::Number => self.push(Some(id), source, value.trim_ascii(), value, Some(value.trim_ascii().into())),
            Sort::Array if json::elements(value).all(|it| matches!(json::sort(it), Sort::String | Sort::Number)) => {
                if let Some(between) = joined(tag) {
                    let all: Vec<Cow<'a, str>> = json::elements(value).filter_map(json::words).collect();
                    return self.push(Some(id), source, all.join(between), value, None);
                }
                for element in json::elements(value) {
                    let words = json::words(element).unwrap_or_default();
                    if !words.trim().is_empty() {
                        self.push(Some(id), source.clone(), words, element, None);
                    }
                }
            }
            _ => self.unknown(source, value),
        }
    }

    fn push(
        &mut self,
        id: Option<u16>,
        source: impl Into<Cow<'a, str>>,
        raw: impl Into<Cow<'a, str>>,
        value: &str,
        expression: Option<Box<str>>,
    ) {
        let at = self.source.at(value);
        match id {
            Some(id) => self.cells.push_tag(id, source, raw, at),
            None => self.cells.push("", source, raw, at),
        }
        if let Some(cell) = self.cells.last_mut().filter(|_| expression.is_some()) {
            cell.expression = expression;
        }
    }

    /// A member that no table knows.
    fn unknown(&mut self, name: Cow<'a, str>, value: &'a str) {
        if json::says_nothing(value) {
            return;
        }
        let name = match name.strip_prefix("custom.") {
            Some(bare) => Cow::Owned(bare.to_owned()),
            None => name,
        };
        if is_kept(&name) {
            return self.keep(&name, value);
        }
        let (raw, expression) = json::kept(value);
        self.push(None, name, raw, value, expression);
    }

    /// A member that stands twice: the first is taken.
    fn repeated(&mut self, name: &str, value: &'a str) {
        let message = format!("`{name}` stands twice; the first value was taken, this one kept as it is");
        self.reading.report(&crate::diagnostic::FIELD_REPEATED, self.source.at(value), message);
        self.keep(name, value);
    }

    /// Keeps a member without a finding.
    fn keep(&mut self, name: &str, value: &'a str) {
        if json::says_nothing(value) {
            return;
        }
        let (raw, expression) = json::kept(value);
        let place = self.reading.place(self.source.at(value).start);
        self.extras.push(Extra {
            family: Family::Borrowed(MAPPING.family),
            tag: name.into(),
            value: raw.into_owned().into(),
            expression,
            place,
        });
    }
}

/// What stands between values of one tag, where they are one string.
fn joined(tag: &str) -> Option<&'static str> {
    MAPPING.rules.iter().find(|rule| rule.tags == tag).and_then(|rule| match rule.codec.shape {
        Shape::Joined(between) => Some(between),
        _ => None,
    })
}

/// The stage of publication that stands in the place of a date, as its words. X-30.
fn stage_for_date(value: &str) -> Option<&'static str> {
    let mut members = json::members(value);
    let (_, words) = members.next().filter(|(name, _)| matches!(&**name, "literal" | "raw"))?;
    if members.next().is_some() {
        return None;
    }
    stage(&json::string(words)?)
}
