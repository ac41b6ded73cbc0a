//! How findings, losses and errors are drawn: the only place that knows.
//!
//! Here, as text, a finding looks as a compiler's does: severity and code, message, place, the source line with its
//! carets, advice. The other forms are for programs: [`json`], [`sarif`], [`github`] and [`lines`].

pub(super) mod github;
pub(super) mod json;
pub(super) mod lines;
pub(super) mod sarif;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use bibferry::Severity;
use bibferry::diagnostic::Diagnostic;
use bibferry::loss::{Loss, LossKind};
use bibferry::source::Span;
use std::fmt::Write;
use std::ops::Range;

/// How wide source lines may become.
const WIDTH: usize = 100;

/// Draws, in colour or not.
#[derive(Debug)]
pub(super) struct Pen {
    renderer: Renderer,
}

impl Pen {
    pub(super) fn new(coloured: bool) -> Pen {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        Pen { renderer: renderer.term_width(WIDTH) }
    }

    /// A finding, with the empty line that sets it apart from the next.
    pub(super) fn finding(&self, finding: &Diagnostic) -> String {
        let level = match finding.severity {
            Severity::Note => Level::NOTE,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let title = level.primary_title(finding.message.as_str()).id(finding.code.id);
        let mut group = Group::with_title(title);
        let file = finding.file.as_deref().unwrap_or("<input>");
        let shown = finding.span.as_ref().filter(|span| !span.text.is_empty()).map(|span| (span, Line::of(span)));
        match &shown {
            Some((span, line)) => {
                let marked = AnnotationKind::Primary.span(line.marked.clone());
                let source = Snippet::source(line.text.as_str()).path(file).line_start(number(span.place.line));
                group = group.element(source.annotation(marked));
            }
            None => {
                if finding.file.is_some() {
                    group = group.element(match &finding.span {
                        Some(span) => {
                            Origin::path(file).line(number(span.place.line)).char_column(span.place.column as usize)
                        }
                        None => Origin::path(file),
                    });
                }
                group = group.elements(subject(finding).map(|of| Level::NOTE.message(of)));
            }
        }
        group = group.elements(finding.hint.as_deref().map(|hint| Level::HELP.message(hint)));
        let mut text = self.renderer.render(&[group]);
        if let Some((span, line)) = &shown {
            true_column(&mut text, file, span, line);
        }
        text.push_str("\n\n");
        text
    }

    /// An error that ended the run.
    pub(super) fn error(&self, message: &str) -> String {
        let mut text = self.renderer.render(&[Group::with_title(Level::ERROR.primary_title(message))]);
        text.push('\n');
        text
    }
}

fn number(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// Puts the column of the file where the renderer, which sees a line that was cut in front, wrote the column of the rest.
fn true_column(text: &mut String, file: &str, span: &Span, line: &Line) {
    let before = line.text.get(..line.marked.start).unwrap_or_default();
    let column = before.chars().count() + 1;
    if column == span.place.column as usize {
        return;
    }
    let wrong = format!("{file}:{}:{column}", span.place.line);
    if let Some(at) = text.find(&wrong) {
        text.replace_range(at..at + wrong.len(), &format!("{file}:{}:{}", span.place.line, span.place.column));
    }
}

/// Which record a finding is about, where its line does not show it.
fn subject(finding: &Diagnostic) -> Option<String> {
    match (finding.record, &finding.key) {
        (Some(record), Some(key)) => Some(format!("in record {record}, `{key}`")),
        (Some(record), None) => Some(format!("in record {record}")),
        (None, Some(key)) => Some(format!("in `{key}`")),
        (None, None) => None,
    }
}

/// How many characters cut off in front of a line are shown as blanks, for a line to stand where it does in the file.
const BLANKS: u32 = 16;

/// A source line as it is shown, and what of it is marked, in bytes.
struct Line {
    text: String,
    marked: Range<usize>,
}

impl Line {
    /// The span's line, with blanks or an ellipsis where the span's text was cut in front.
    fn of(span: &Span) -> Line {
        let missing = span.text_column.saturating_sub(1);
        let cut = if missing > BLANKS { "…".to_owned() } else { " ".repeat(missing as usize) };
        let text = format!("{cut}{}", span.text);
        let skipped = span.place.column.saturating_sub(span.text_column.max(1)) as usize;
        let offset = |characters: usize| {
            let shown = text.get(cut.len()..).unwrap_or_default();
            cut.len() + shown.char_indices().nth(characters).map_or(shown.len(), |(at, _)| at)
        };
        let marked = offset(skipped)..offset(skipped + span.length.max(1) as usize);
        Line { text, marked }
    }
}

/// What happened to what: `narrowed author (ids): Doe, Jane`.
fn happened(loss: &Loss) -> String {
    let how = match loss.kind {
        LossKind::Narrowed(parts) if !parts.is_empty() => format!(" ({parts})"),
        LossKind::Moved(into) => format!(" to {}", into.name()),
        _ => String::new(),
    };
    let value = if loss.value.is_empty() { String::new() } else { format!(": {}", loss.value) };
    format!("{} {}{how}{value}", loss.kind.verb(), loss.subject)
}

/// A loss as a finding, for those forms that know nothing else: an error where it is denied.
pub(super) fn loss_finding(loss: &Loss, denied: bool) -> Diagnostic {
    let mut finding = Diagnostic::new(loss.kind.code(), happened(loss));
    if denied {
        finding.severity = Severity::Error;
    }
    finding.file.clone_from(&loss.file);
    finding.span = Some(loss.place.into()).filter(|_| loss.place.line > 0);
    finding.record = Some(loss.record).filter(|record| *record > 0);
    finding.key.clone_from(&loss.key);
    finding
}

/// A unified diff, in colours or not.
pub(super) fn diff(text: &str, coloured: bool) -> String {
    if !coloured {
        return text.to_owned();
    }
    let mut drawn = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let style = match line.as_bytes().first() {
            _ if line.starts_with("--- ") || line.starts_with("+++ ") => Style::new().bold(),
            Some(b'-') => AnsiColor::Red.on_default(),
            Some(b'+') => AnsiColor::Green.on_default(),
            Some(b'@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let _ = write!(drawn, "{style}{line}{style:#}{end}");
    }
    drawn
}

/// A loss as a line of text: `record 3 (doe2020): narrowed author (ids): Doe, Jane`.
pub(super) fn loss(loss: &Loss) -> String {
    let whose = match (loss.record, &loss.key) {
        (0, _) => "file".to_owned(),
        (record, Some(key)) => format!("record {record} ({key})"),
        (record, None) => format!("record {record}"),
    };
    format!("{whose}: {}\n", happened(loss))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bibferry::diagnostic::JSON_INVALID;
    use bibferry::source::Place;

    fn drawn(text: &str, text_column: u32, column: u32, length: u32) -> String {
        let place = Place { input: 0, line: 1204, column };
        let span = Span { place, length, text: text.into(), text_column };
        let mut finding = Diagnostic::new(&JSON_INVALID, "not JSON").at(span).hint("look again");
        finding.file = Some("x.json".into());
        Pen::new(false).finding(&finding)
    }

    #[test]
    fn a_finding_as_a_compiler_draws_it() {
        let expected = "error[json-invalid]: not JSON\n    --> x.json:1204:3\n     |\n1204 | a = b\n     |   ^\n     |\n     = help: look again\n\n";
        assert_eq!(drawn("a = b", 1, 3, 1), expected);
    }

    #[test]
    fn carets_stand_under_wide_letters_and_behind_tabs() {
        let wide = drawn("題名 = b", 1, 4, 1);
        assert!(wide.contains("\n     |      ^\n") && wide.contains(":1204:4\n"), "{wide}");
        let tab = drawn("\tab", 1, 2, 2);
        assert!(tab.contains("\n     |     ^^\n"), "{tab}");
    }

    #[test]
    fn a_cut_line_keeps_the_column_of_the_file() {
        let cut = drawn("tail", 901, 903, 1);
        assert!(cut.contains(":1204:903\n") && cut.contains("1204 | …tail\n     |    ^\n"), "{cut}");
    }

    #[test]
    fn no_span_can_break_the_drawing() {
        let lines = ["", "x", "é\u{301}\u{200d}👩‍👩‍👧\t\u{0}\u{1b}[31m\u{202e}題", &"長い".repeat(100), &"\t".repeat(200)];
        for line in lines {
            for column in [0, 1, 2, 5, 90, 200, 201, u32::MAX] {
                for length in [0, 1, 7, 500, u32::MAX] {
                    for text_column in [0, 1, 3, 150] {
                        assert!(drawn(line, text_column, column, length).contains("json-invalid"));
                    }
                }
            }
        }
    }
}
