//! Findings a line each, as compilers of old wrote them and as editors read them: `file:line:column: severity: message
//! [code]`. Vim takes them with `errorformat=%f:%l:%c:\ %t%*[^:]:\ %m`, Emacs and others as they are.

use bibferry::diagnostic::Diagnostic;

/// One line.
pub(in crate::cli) fn finding(finding: &Diagnostic) -> String {
    let file = finding.file.as_deref().unwrap_or("<input>");
    let place = finding.span.as_ref().map(|span| span.place).filter(|place| place.line > 0);
    let (line, column) = place.map_or((1, 1), |place| (place.line, place.column.max(1)));
    // A message that goes on would be taken for another finding.
    let message = finding.message.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{file}:{line}:{column}: {}: {message} [{}]\n", finding.severity.name(), finding.code.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bibferry::diagnostic::JSON_INVALID;
    use bibferry::source::{Place, Span};

    #[test]
    fn one_line_whatever_the_message() {
        let span = Span::from(Place { input: 0, line: 7, column: 3 });
        let mut it = Diagnostic::new(&JSON_INVALID, "a\nb").at(span);
        it.file = Some("x.json".into());
        assert_eq!(finding(&it), "x.json:7:3: error: a b [json-invalid]\n");
        assert_eq!(finding(&Diagnostic::new(&JSON_INVALID, "m")), "<input>:1:1: error: m [json-invalid]\n");
    }
}
