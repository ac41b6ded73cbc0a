//! What a record says twice, and a format need say only once.
//!
//! An export that has the DOI under two tags (`DO` and `M3  - doi: …`, as Atypon's journals do) gives a record with two
//! equal DOIs; an entry whose `howpublished` repeats its `url` has two equal addresses. `booktitle` in the entry of a
//! book is there for those that refer to it (section 3.6 of the mapping reference): where it is the book's own title,
//! writing it would make the book a part of itself. A note `doi: …` says nothing beside that DOI. One ISSN for two media
//! is one number where the format does not tell them apart, and so is a keyword of the author's and of an index; one house
//! that is publisher and institution is named once. None of that is lost where it is left out; the report says `redundant`. What the family's own source says twice goes back as it
//! was.

use crate::loss::LossKind;
use crate::record::identifier::{self, doi_of_address, labelled_doi};
use crate::record::{Field, Kind, Record, Slot, Type, UrlKind, Value};
use crate::write::Outgoing;
use smallvec::SmallVec;

/// Fields whose values say nothing when they say it again.
const NAMES_OF_ITEMS: &[Field] = &[Field::Doi, Field::Pmid, Field::Pmcid, Field::Isbn, Field::Issn, Field::Url];

/// Whether a value of a field may say what another does: for most it cannot, and they need no second look.
const MAY_REPEAT: [bool; Field::ALL.len()] = {
    let mut may = [false; Field::ALL.len()];
    let mut at = 0;
    while at < may.len() {
        may[at] = matches!(Field::ALL[at].value_type(), Type::Note);
        at += 1;
    }
    let mut at = 0;
    while at < NAMES_OF_ITEMS.len() {
        may[NAMES_OF_ITEMS[at] as usize] = true;
        at += 1;
    }
    may[Field::ContainerTitle as usize] = true;
    may[Field::Publisher as usize] = true;
    may
};

/// With how many names before it each is compared: a record with more is damaged, and must not take long.
const MOST: usize = 64;

/// Whether a slot says what one of those written before it says, but for what that is used for: the number in print and
/// online, the keyword of the author and of an index.
pub(super) fn is_same_but_for_use(slots: &[Slot], written: impl Iterator<Item = usize>, at: usize) -> bool {
    let is_same = |other: usize| match (slots[at].value(), slots[other].value()) {
        (Value::Id(id), Value::Id(other)) => id.is_of_other_use(other),
        (Value::Keyword(word), Value::Keyword(other)) => word.text == other.text && word.scheme == other.scheme,
        _ => false,
    };
    written.take(MOST).take_while(|other| *other < at).any(is_same)
}

/// Kinds of items that are wholes: they stand in no other item of the same title.
const WHOLES: &[Kind] = &[Kind::Book, Kind::Collection, Kind::ReferenceBook, Kind::Proceedings];

/// Leaves out what is said twice, unless the record comes from the family that is written.
pub(super) fn leave_out(family: &str, out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    if record.source_type.as_ref().is_some_and(|it| *it.family == *family) {
        return;
    }
    let mut names: SmallVec<[&Slot; 8]> = SmallVec::new();
    for (at, slot) in record.slots.iter().enumerate() {
        let field = slot.field();
        if !MAY_REPEAT[field as usize] {
            continue;
        }
        let again = match slot.value() {
            Value::Id(_) | Value::Url(_) if NAMES_OF_ITEMS.contains(&field) => {
                let said = names.iter().any(|it| it.field() == field && it.value() == slot.value());
                if !said && names.len() < MOST {
                    names.push(slot);
                }
                said
            }
            Value::Text(_) if field == Field::ContainerTitle => is_own_title(record),
            // One house may stand under two names of its part, as `publisher` and as `institution`.
            Value::Publisher(house) => record.slots.iter().take(at.min(MOST)).any(
                |it| matches!(it.value(), Value::Publisher(before) if it.field() == field && before.name == house.name),
            ),
            Value::Note(note) => labelled_doi(note.text.as_str()).is_some_and(|doi| has_doi(record, &doi)),
            _ => false,
        };
        if again && !out.is_taken(at) {
            out.note(at, LossKind::Redundant);
        }
    }
}

/// Leaves out an address that is only the DOI at a resolver beside that DOI, unless the record comes from the family that is
/// written (D-19).
pub(crate) fn leave_out_derived_urls(family: &str, out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    if record.source_type.as_ref().is_some_and(|it| *it.family == *family) {
        return;
    }
    let mut dois: Option<Vec<String>> = None;
    for (at, slot) in record.slots.iter().enumerate() {
        if let Value::Url(url) = slot.value()
            // Embase has it among the texts.
            && matches!(url.kind, UrlKind::DoiDerived | UrlKind::FullText)
            && url.label.is_none()
            && let Some(of_url) = doi_of_address(&url.url)
            && dois.get_or_insert_with(|| dois_of(record)).iter().any(|doi| doi.eq_ignore_ascii_case(&of_url))
        {
            out.note(at, LossKind::Redundant);
        }
    }
}

/// Leaves out an arXiv number that an address of the record says, unless the record comes from the family that is written:
/// for a format that has the number as an address.
pub(crate) fn leave_out_linked_eprints(family: &str, out: &mut Outgoing<'_, '_>) {
    let record = out.record();
    if record.get(Field::Eprint).is_none() || record.source_type.as_ref().is_some_and(|it| *it.family == *family) {
        return;
    }
    let is_of = |slot: &Slot, number: &str| match slot.value() {
        Value::Url(url) => identifier::arxiv(&url.url).is_some_and(|it| it.value == number),
        _ => false,
    };
    for (at, slot) in record.slots.iter().enumerate().filter(|(_, slot)| slot.field() == Field::Eprint) {
        if let Value::Id(id) = slot.value()
            && id.scheme.eq_ignore_ascii_case("arxiv")
            && record.all(Field::Url).take(MOST).any(|url| is_of(url, &id.value))
        {
            out.note(at, LossKind::Redundant);
        }
    }
}

/// Whether the place of an event is only where it was published, as Zotero has it in CSL beside that of books and parts of
/// books: one place, or the list of them.
pub(crate) fn is_place_again(record: &Record, slot: &Slot) -> bool {
    let Value::Text(place) = slot.value() else { return false };
    let text = |slot: &Slot| if let Value::Text(text) = slot.value() { Some(text.as_str().to_owned()) } else { None };
    slot.field() == Field::EventPlace
        && record.all(Field::Place).map(text).eq(place.as_str().split("; ").map(|it| Some(it.to_owned())))
}

/// The first DOIs of a record, as [`doi_of_address`] has them.
fn dois_of(record: &Record) -> Vec<String> {
    let of_slot = |slot: &Slot| if let Value::Id(id) = slot.value() { identifier::doi(&id.value) } else { None };
    record.all(Field::Doi).take(MOST).filter_map(of_slot).collect()
}

fn has_doi(record: &Record, doi: &str) -> bool {
    record.all(Field::Doi).take(MOST).any(|slot| matches!(slot.value(), Value::Id(id) if id.value == doi))
}

/// Whether the title of what a whole stands in is its own.
fn is_own_title(record: &Record) -> bool {
    WHOLES.contains(&record.kind)
        && record.get(Field::ContainerSubtitle).is_none()
        && record.text(Field::ContainerTitle) == record.text(Field::Title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Url;
    use crate::write::Losses;

    #[test]
    fn only_the_address_of_the_same_doi_says_nothing_more() {
        for (url, kind, is_redundant) in [
            ("https://doi.org/10.1000/A", UrlKind::DoiDerived, true),
            ("https://doi.org/10.1000/A", UrlKind::FullText, true),
            ("https://doi.org/10.1000/b", UrlKind::DoiDerived, false),
            ("https://example.org/10.1000/a", UrlKind::FullText, false),
        ] {
            let mut record = Record::new(Kind::Book);
            record.push(Field::Doi, Value::Id(crate::record::Id::plain("10.1000/a")));
            let url = Url { url: url.to_owned(), kind, label: None };
            record.push(Field::Url, Value::Url(url.clone()));
            let mut losses = Losses::new(false);
            let mut out = Outgoing::new(&record, &mut losses);
            leave_out_derived_urls("ris", &mut out);
            assert_eq!(out.is_taken(1), is_redundant, "{}", url.url);
        }
    }
}
