//! Findings as SARIF 2.1.0, the form that code scanning takes: one log with one run, written as findings come.
//!
//! Columns are counted in Unicode code points, as `columnKind` says. Files below the working directory are named by
//! relative addresses based on `%SRCROOT%`. A fingerprint is made of code, file, key and source line, so that a finding
//! stays the same when lines move.

use bibferry::Code;
use bibferry::diagnostic::Diagnostic;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A log that is being written.
#[derive(Default)]
pub(in crate::cli) struct Log {
    rules: Vec<&'static Code>,
    /// How often a fingerprint was given.
    fingerprints: HashMap<u64, u32>,
    any: bool,
}

impl Log {
    /// A result, with what stands before it.
    pub(in crate::cli) fn finding(&mut self, finding: &Diagnostic) -> String {
        let before = if self.any { ",\n" } else { Log::OPEN };
        self.any = true;
        format!("{}{}", before.replace("$SCHEMA", SCHEMA), self.result(finding))
    }

    const OPEN: &'static str = "{\"$schema\":\"$SCHEMA\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"results\":[\n";

    /// What stands behind the results.
    pub(in crate::cli) fn close(&mut self, successful: bool) -> String {
        let open = if self.any { String::new() } else { Log::OPEN.replace("$SCHEMA", SCHEMA) };
        let driver = json!({
            "name": "bibferry",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": self.rules.iter().map(|code| rule(code)).collect::<Vec<_>>(),
        });
        let tool = json!({ "driver": driver });
        let invocations = json!([{ "executionSuccessful": successful }]);
        format!("{open}\n],\"tool\":{tool},\"invocations\":{invocations}}}]}}\n")
    }

    fn result(&mut self, finding: &Diagnostic) -> Json {
        let index = self.rules.iter().position(|code| *code == finding.code).unwrap_or_else(|| {
            self.rules.push(finding.code);
            self.rules.len() - 1
        });
        let hint = finding.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
        let mut result = json!({
            "ruleId": finding.code.id,
            "ruleIndex": index,
            "level": finding.severity.name(),
            "message": { "text": format!("{}{hint}", finding.message) },
        });
        let mut location = json!({});
        if let Some(file) = &finding.file {
            location["physicalLocation"] = physical(file, finding);
        }
        if let Some(key) = &finding.key {
            location["logicalLocations"] = json!([{ "name": key, "kind": "element" }]);
        }
        if location.as_object().is_some_and(|it| !it.is_empty()) {
            result["locations"] = json!([location]);
        }
        result["partialFingerprints"] = json!({ "bibferry/v1": self.fingerprint(finding) });
        result
    }

    /// The same finding of another run has the same one; two findings of a run never do.
    fn fingerprint(&mut self, finding: &Diagnostic) -> String {
        let line = finding.span.as_ref().map(|span| span.text.trim()).unwrap_or_default();
        let file = finding.file.as_deref().map(|file| slashes(file, cfg!(windows))).unwrap_or_default();
        let subject = if line.is_empty() { &finding.message } else { line };
        let parts = [finding.code.id, &file, finding.key.as_deref().unwrap_or_default(), subject];
        let hash = fnv(parts.join("\n").as_bytes());
        let times = self.fingerprints.entry(hash).or_default();
        *times += 1;
        format!("{hash:016x}:{times}")
    }
}

/// The hash of Fowler, Noll and Vo (FNV-1a), which is the same on every machine and in every version.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn rule(code: &Code) -> Json {
    json!({
        "id": code.id,
        "shortDescription": { "text": code.title },
        "fullDescription": { "text": code.page },
        "help": { "text": code.page, "markdown": format!("**{}**\n\n{}", code.title, code.page) },
        "defaultConfiguration": { "level": code.severity.name() },
    })
}

fn physical(file: &str, finding: &Diagnostic) -> Json {
    let here = std::env::current_dir().ok();
    let uri = uri(file, here.as_deref().and_then(Path::to_str), cfg!(windows));
    let mut artifact = json!({ "uri": uri });
    if !uri.starts_with("file:") {
        artifact["uriBaseId"] = "%SRCROOT%".into();
    }
    let mut physical = json!({ "artifactLocation": artifact });
    if let Some(span) = finding.span.as_ref().filter(|span| span.place.line > 0) {
        let column = span.place.column.max(1);
        let mut region = json!({
            "startLine": span.place.line,
            "startColumn": column,
            "endColumn": column.saturating_add(span.length.max(1)),
        });
        if !span.text.is_empty() && span.text_column <= 1 {
            region["snippet"] = json!({ "text": &*span.text });
        }
        physical["region"] = region;
    }
    physical
}

/// A path with slashes, as addresses and most tools have it.
pub(super) fn slashes(path: &str, windows: bool) -> String {
    if windows { path.replace('\\', "/") } else { path.to_owned() }
}

/// A path as an address: relative where it is below the working directory, with what addresses cannot hold escaped.
fn uri(path: &str, here: Option<&str>, windows: bool) -> String {
    let path = slashes(path, windows);
    let here = here.map(|here| format!("{}/", slashes(here, windows).trim_end_matches('/')));
    let path = match here.as_deref().and_then(|here| path.strip_prefix(here)) {
        Some(below) => below.to_owned(),
        None => path.strip_prefix("./").unwrap_or(&path).to_owned(),
    };
    let has_drive = windows && path.get(1..2) == Some(":");
    let escaped = escaped(&path, has_drive);
    if has_drive {
        format!("file:///{escaped}")
    } else if path.starts_with("//") {
        format!("file:{escaped}")
    } else if path.starts_with('/') {
        format!("file://{escaped}")
    } else {
        escaped
    }
}

/// A path with everything escaped that RFC 3986 does not allow in one. So is a colon, which would end a scheme, but for
/// that of a drive.
fn escaped(path: &str, has_drive: bool) -> String {
    let mut text = String::with_capacity(path.len());
    for (at, byte) in path.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
        if plain || (byte == b':' && at == 1 && has_drive) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_addresses() {
        assert_eq!(uri("lib/a b.bib", Some("/home/x"), false), "lib/a%20b.bib");
        assert_eq!(uri("./lib/é.bib", None, false), "lib/%C3%A9.bib");
        assert_eq!(uri("/home/x/lib/a.bib", Some("/home/x"), false), "lib/a.bib");
        assert_eq!(uri("/other/100%.bib", Some("/home/x"), false), "file:///other/100%25.bib");
        assert_eq!(uri("../a.bib", Some("/home/x"), false), "../a.bib");
        assert_eq!(uri("doi:10.bib", None, false), "doi%3A10.bib");
        assert_eq!(uri("<stdin>", None, false), "%3Cstdin%3E");
    }

    #[test]
    fn windows_paths_as_addresses() {
        assert_eq!(uri(r"lib\a.bib", Some(r"C:\work"), true), "lib/a.bib");
        assert_eq!(uri(r"C:\work\lib\a.bib", Some(r"C:\work"), true), "lib/a.bib");
        assert_eq!(uri(r"D:\a b.bib", Some(r"C:\work"), true), "file:///D:/a%20b.bib");
        assert_eq!(uri(r"\\server\share\a.bib", Some(r"C:\work"), true), "file://server/share/a.bib");
    }

    #[test]
    fn findings_of_a_run_have_fingerprints_of_their_own() {
        let mut log = Log::default();
        let finding = Diagnostic::new(&bibferry::diagnostic::JSON_INVALID, "x");
        let (one, two) = (log.fingerprint(&finding), log.fingerprint(&finding));
        assert_ne!(one, two);
        assert_eq!(Log::default().fingerprint(&finding), one);
    }
}
