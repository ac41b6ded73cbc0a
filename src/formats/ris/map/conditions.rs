//! What the other tags of a record say about the meaning of one; and for each condition tags with which it holds.

use super::super::types::mark_says;
use crate::mapping::Seen;
use crate::mapping::codecs::dates::is_year;
use crate::record::identifier::dois;
use crate::record::{Pages, total_pages};

/// Whether the tags are those of the older dialect (2001) alone.
pub(in crate::formats::ris) fn is_2001(seen: &Seen<'_>) -> bool {
    seen.any(&["T1", "Y1", "N2"])
        && !seen.any(&["ET", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "DO", "DI", "AN", "LB"])
}

pub(super) fn is_2011(seen: &Seen<'_>) -> bool {
    !is_2001(seen)
}

/// Whether the container stands in a tag of its own, so that `T2` is the event (D-01).
pub(super) fn has_container(seen: &Seen<'_>) -> bool {
    seen.any(&["C3", "BT", "JF", "JO"])
}

/// Whether Scopus wrote it: then `T2` is what the paper stands in and `C3` the conference.
pub(super) fn is_scopus(seen: &Seen<'_>) -> bool {
    seen.get("DB") == Some("Scopus")
}

pub(super) fn is_not_scopus_paper(seen: &Seen<'_>) -> bool {
    !is_scopus(seen)
}

/// Whether the title stands in brackets, as PubMed has one that it translated.
pub(super) fn is_translated(seen: &Seen<'_>) -> bool {
    is_pubmed(seen) && ["TI", "T1"].iter().filter_map(|tag| seen.get(tag)).any(|title| title.starts_with('['))
}

/// Whether an article has its journal in `JF` and its subtitle in `T2`: another title, and not the journal's in other
/// words, or shorter.
pub(super) fn is_subtitle_in_t2(seen: &Seen<'_>) -> bool {
    let pair = seen.get("JF").zip(seen.get("T2"));
    pair.is_some_and(|(journal, other)| is_unlike(journal, other) && is_unlike(other, journal))
}

/// Whether a tag has the title of another with words cut short, in their order.
pub(super) fn is_short(seen: &Seen<'_>, tag: &str, of: &str) -> bool {
    let Some((short, title)) = seen.get(tag).zip(seen.get(of)) else { return false };
    let (short, title) = (words(short), words(title));
    let mut rest = title.iter();
    let mut cut = false;
    let begins = short.iter().all(|word| {
        let found = rest.find(|whole| whole.starts_with(word.as_str()));
        cut |= found.is_some_and(|whole| whole.len() > word.len());
        found.is_some()
    });
    begins && cut
}

/// The words of a title in lower case.
fn words(title: &str) -> Vec<String> {
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether most words of a title begin no word of another.
fn is_unlike(title: &str, other: &str) -> bool {
    let (mine, others) = (words(title), words(other));
    // Letters that stand for words may stand for any.
    let is_word = |word: &&String| word.chars().count() > 1;
    let begins = |word: &&String| others.iter().any(|other| other.starts_with(word.as_str()));
    let is_short = mine.len() == 1 && !title.chars().any(char::is_lowercase);
    !is_short && mine.iter().filter(is_word).filter(begins).count() * 2 < mine.len()
}

/// Whether the series has `T3`, in the tags of the older dialect.
pub(super) fn has_series_in_t3(seen: &Seen<'_>) -> bool {
    seen.has("T1") && seen.has("T3")
}

/// Whether the tags for conferences are those of the Web of Science.
pub(super) fn is_web_of_science(seen: &Seen<'_>) -> bool {
    seen.any(&["CP", "CL"])
}

/// Whether `Y2` is when the conference was: so the older dialect has it, and Scopus.
pub(super) fn has_event_in_y2(seen: &Seen<'_>) -> bool {
    is_scopus(seen) || is_2001(seen)
}

/// Whether a conference paper written as CPAPER has its container in `T2`.
pub(super) fn is_paper_in_t2(seen: &Seen<'_>) -> bool {
    seen.has("SP") && !has_container(seen)
}

/// Whether the `CY` of such a paper is the publisher's place (D-26).
pub(super) fn is_place_in_cy(seen: &Seen<'_>) -> bool {
    is_paper_in_t2(seen) && !seen.has("C1")
}


/// Whether `CY` is the place of the event: `C1` is that of the publisher, or there is an event.
pub(super) fn has_event(seen: &Seen<'_>) -> bool {
    let event = seen.get("T2");
    let named = |tag: &str| seen.get(tag).is_some_and(|title| Some(title) != event);
    let repeats = ["C3", "BT", "JF", "JO"].iter().any(|tag| seen.get(tag).is_some() && seen.get(tag) == event);
    seen.has("C1") || (event.is_some() && !repeats && ["C3", "BT", "JF", "JO"].iter().any(|tag| named(tag)))
}

/// Whether `SE` is not needed for the first page.
pub(super) fn has_pages(seen: &Seen<'_>) -> bool {
    seen.get("SP").is_some_and(|raw| total_pages(raw).is_none() && Pages::parse(raw).is_some())
}

pub(super) fn year_in_c2(seen: &Seen<'_>) -> bool {
    seen.get("C2").is_some_and(is_year)
}

/// Whether a tag other than `UR` has the DOI.
pub(super) fn has_doi(seen: &Seen<'_>) -> bool {
    let holds_one = |tag: &str| seen.get(tag).is_some_and(|raw| !dois(raw).is_empty());
    seen.any(&["DO", "DI"]) || ["M3", "L3"].iter().any(|tag| holds_one(tag))
}

pub(super) fn no_doi(seen: &Seen<'_>) -> bool {
    !has_doi(seen)
}

pub(in crate::formats::ris) fn is_broadcast(seen: &Seen<'_>) -> bool {
    mark_says(seen, &["tv", "television", "broadcast", "episode", "radio", "podcast"])
}

pub(in crate::formats::ris) fn is_no_broadcast(seen: &Seen<'_>) -> bool {
    !is_broadcast(seen)
}

pub(super) fn is_interview(seen: &Seen<'_>) -> bool {
    mark_says(seen, &["interview"])
}

pub(in crate::formats::ris) fn is_no_interview(seen: &Seen<'_>) -> bool {
    !is_interview(seen)
}

pub(super) fn is_pubmed(seen: &Seen<'_>) -> bool {
    let is = |tag: &str, names: &[&str]| {
        seen.get(tag).is_some_and(|it| names.iter().any(|name| name.eq_ignore_ascii_case(it)))
    };
    is("DB", &["PubMed", "MEDLINE"]) || is("DP", &["NLM"])
}

pub(super) fn is_review(seen: &Seen<'_>) -> bool {
    seen.has("RI")
}

pub(super) fn is_no_review(seen: &Seen<'_>) -> bool {
    !seen.has("RI")
}

pub(in crate::formats::ris) fn no_authors(seen: &Seen<'_>) -> bool {
    !seen.any(&["AU", "A1"])
}

/// Whether the authors' tag is free, and would hold those of the item.
pub(super) fn lacks_authors(seen: &Seen<'_>) -> bool {
    no_authors(seen) && is_no_review(seen)
}

/// Whether all that is said of a chapter is what it stands in, whose author is then the chapter's: programs look
/// for no other.
pub(super) fn lacks_title_and_author(seen: &Seen<'_>) -> bool {
    seen.has("T2") && !seen.any(&["TI", "RI"]) && no_authors(seen)
}

/// A label is no key where there is another key.
pub(super) fn has_key(seen: &Seen<'_>) -> bool {
    seen.has("ID")
}

pub(super) const DOI_BESIDE: &[(&str, &str)] = &[("DO", "10.1000/1")];
pub(super) const SCOPUS_BESIDE: &[(&str, &str)] = &[("DB", "Scopus")];
pub(super) const T2_BESIDE: &[(&str, &str)] = &[("T2", "What they are good for")];
pub(super) const SHORT_T2_BESIDE: &[(&str, &str)] = &[("T2", "On Ex.")];
pub(super) const LONG_JF_BESIDE: &[(&str, &str)] = &[("JF", "Online Examples")];
pub(super) const LONG_T2_BESIDE: &[(&str, &str)] = &[("T2", "Online Examples")];
pub(super) const JF_BESIDE: &[(&str, &str)] = &[("JF", "Cell")];
pub(super) const T3_BESIDE: &[(&str, &str)] = &[("T1", "On Examples"), ("T3", "Studies in Examples")];
pub(super) const TRANSLATED_BESIDE: &[(&str, &str)] = &[("DP", "NLM"), ("TI", "[On examples]")];
pub(super) const WOS_BESIDE: &[(&str, &str)] = &[("CP", "A Conference")];
pub(super) const IP_BESIDE: &[(&str, &str)] = &[("IP", "3")];
pub(super) const PAGES_BESIDE: &[(&str, &str)] = &[("SP", "12")];
pub(super) const YEAR_BESIDE: &[(&str, &str)] = &[("C2", "2016")];
pub(super) const EVENT_BESIDE: &[(&str, &str)] = &[("C3", "Proceedings"), ("T2", "A Conference")];
pub(super) const C3_BESIDE: &[(&str, &str)] = &[("C3", "Proceedings")];
pub(super) const RI_BESIDE: &[(&str, &str)] = &[("RI", "An Old Book")];
pub(super) const T1_BESIDE: &[(&str, &str)] = &[("T1", "On Examples")];
pub(super) const TV_BESIDE: &[(&str, &str)] = &[("M3", "Television broadcast")];
pub(super) const PODCAST_BESIDE: &[(&str, &str)] = &[("M3", "Podcast")];
pub(super) const INTERVIEW_BESIDE: &[(&str, &str)] = &[("M3", "Interview")];
pub(super) const PUBMED_BESIDE: &[(&str, &str)] = &[("DB", "PubMed")];
pub(super) const KEY_BESIDE: &[(&str, &str)] = &[("ID", "doe2020")];
