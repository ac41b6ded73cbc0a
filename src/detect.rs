//! What format an input is in: what the user says, else what the content shows, else what the file name says.

use crate::foreign;
use crate::format::{Format, Score};
use crate::formats;
use std::path::Path;

/// A format, and why it was chosen.
#[derive(Debug)]
pub struct Detected {
    /// The format.
    pub format: &'static Format,
    /// One phrase for people: `content looks like RIS`.
    pub why: String,
}

/// Endings, in lower case, that files of all sorts have: they tell nothing where the content does not.
const ENDINGS_OF_ALL: [&str; 10] = ["json", "jsonl", "ndjson", "txt", "yaml", "yml", "md", "markdown", "qmd", "rmd"];

/// Tells the format of an input from its first bytes and its name. Only formats that we read are considered. Of dialects
/// that it could be in, it is taken to be in that which is written. A name alone tells nothing where files of all sorts
/// end so, or where the content is that of a format that is not read.
pub fn detect(name: &str, head: &[u8], written: Option<&'static Format>) -> Option<Detected> {
    let extension = Path::new(name).extension().and_then(|it| it.to_str()).map(str::to_lowercase);
    let by_name = |format: &Format| extension.as_deref().is_some_and(|it| format.extensions.contains(&it));
    let best = formats::ALL
        .iter()
        .copied()
        .filter(|format| format.read.is_some())
        .map(|format| ((format.sniff)(head), by_name(format), format))
        .filter(|(score, named, _)| *score > Score::NO || *named)
        // The first of equals: the registry's order breaks ties.
        .rev()
        .max_by_key(|(score, named, _)| (score.0.saturating_add(if *named { 30 } else { 0 }), *named));
    let (score, _, format) = best?;
    if score == Score::NO && !head.trim_ascii().is_empty() {
        let is_of_all = extension.as_deref().is_some_and(|it| ENDINGS_OF_ALL.contains(&it));
        if is_of_all || foreign::tell(head).is_some() {
            return None;
        }
    }
    let as_likely = |it: &&'static Format| it.family == format.family && it.read.is_some() && (it.sniff)(head) == score;
    let format = written.filter(as_likely).unwrap_or(format);
    let why = if score > Score::NO {
        format!("the content looks like {}", format.name)
    } else {
        format!("the file name ends in .{}", extension.unwrap_or_default())
    };
    Some(Detected { format, why })
}

/// The format to write, from the output's name.
pub fn by_extension(name: &str) -> Option<&'static Format> {
    let extension = Path::new(name).extension()?.to_str()?.to_lowercase();
    formats::ALL
        .iter()
        .copied()
        .find(|format| format.write.is_some() && format.extensions.contains(&extension.as_str()))
}
