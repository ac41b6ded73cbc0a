//! What programs write into a .bib file of themselves, and that says nothing of its references: that the file is theirs,
//! its encoding, how they are to save it.
//!
//! ```text
//! % Encoding: UTF-8
//! %% Saved with string encoding Unicode (UTF-8)
//! @Comment{jabref-meta: databaseType:biblatex;}
//! ```

/// What the lines of programs begin with, behind percent signs and in lower case: of `JabRef`, `BibDesk`, Citavi.
const LINES: &[&str] = &[
    "encoding:",
    "this file was created with jabref",
    "this bibtex bibliography file ",
    "http://bibdesk.sourceforge.net",
    "https://bibdesk.sourceforge.io",
    "created for ",
    "saved with string encoding",
];

/// What of JabRef's settings the reader of a file need not know: not its groups.
const SETTINGS: &[&str] =
    &["databasetype:", "saveactions:", "saveorderconfig:", "protectedflag:", "filedirectory", "keypattern"];

/// Whether all that stands between two entries is of a program.
pub(super) fn is_of_program(raw: &str) -> bool {
    let lower = |text: &str| text.get(..text.len().min(80)).unwrap_or(text).to_ascii_lowercase();
    let begins = |text: &str, with: &[&str]| with.iter().any(|it| text.starts_with(it));
    if let Some(comment) = lower(raw.trim_start()).strip_prefix("@comment") {
        let inner = comment.trim_start().strip_prefix('{').map(str::trim_start);
        let setting = inner.and_then(|inner| inner.strip_prefix("jabref-meta:")).map(str::trim_start);
        return setting.is_some_and(|setting| begins(setting, SETTINGS));
    }
    // Between dashes Jekyll has the settings of a page: here there are none.
    let is_theirs = |line: &str| {
        let words = line.trim_start_matches('%');
        words.len() < line.len() && (words.trim().is_empty() || begins(&lower(words.trim_start()), LINES)) || line == "---"
    };
    raw.lines().map(str::trim).filter(|line| !line.is_empty()).all(is_theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_programs_are_told_from_comments() {
        for raw in ["% Encoding: UTF-8", "---\n---", "@Comment{jabref-meta: databaseType:bibtex;}", "%% Created for Kim Roe at 2020"] {
            assert!(is_of_program(raw), "{raw}");
        }
        for raw in [
            "% Encoding: UTF-8\n% to do: check the pages",
            "---\ntitle: Papers\n---",
            "@comment{jabref-meta: groupstree: 0 AllEntriesGroup:;}",
            "@comment{note to self}",
            "created for all",
        ] {
            assert!(!is_of_program(raw), "{raw}");
        }
    }
}
