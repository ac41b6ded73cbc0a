//! Findings as workflow commands of GitHub Actions, which shows them at the line:
//! `::error file=refs.bib,line=3,col=5,endColumn=9,title=json-invalid::message`.
//!
//! GitHub shows ten errors and ten warnings of a step; the others are in its log. Columns are shown where a finding is on
//! one line.

use super::sarif::slashes;
use bibferry::Severity;
use bibferry::diagnostic::Diagnostic;

/// One command, on a line of its own.
pub(in crate::cli) fn finding(finding: &Diagnostic) -> String {
    let command = match finding.severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let mut properties: Vec<String> = Vec::new();
    if let Some(file) = &finding.file {
        properties.push(format!("file={}", property(&slashes(file, cfg!(windows)))));
    }
    if let Some(span) = finding.span.as_ref().filter(|span| span.place.line > 0) {
        let place = span.place;
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
        properties.push(format!("endColumn={}", place.column.saturating_add(span.length.max(1))));
    }
    properties.push(format!("title={}", property(finding.code.id)));
    let hint = finding.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    let key = finding.key.as_ref().map(|key| format!(" ({key})")).unwrap_or_default();
    format!("::{command} {}::{}\n", properties.join(","), data(&format!("{}{key}{hint}", finding.message)))
}

/// A message, in which nothing can end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which nothing can end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use bibferry::diagnostic::JSON_INVALID;
    use bibferry::source::{Place, Span};

    #[test]
    fn nothing_in_a_value_ends_the_command() {
        let span = Span { length: 4, ..Span::from(Place { input: 0, line: 7, column: 3 }) };
        let mut it = Diagnostic::new(&JSON_INVALID, "100%\nof: a, b::c").at(span).hint("look");
        it.file = Some("a,b:c%.json".into());
        it.key = Some("k".to_owned());
        assert_eq!(
            finding(&it),
            "::error file=a%2Cb%3Ac%25.json,line=7,col=3,endColumn=7,title=json-invalid::100%25%0Aof: a, b::c (k)%0Alook\n"
        );
    }
}
