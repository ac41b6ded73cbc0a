//! What programs read: findings and losses as JSON lines against `schemas/`, SARIF against the schema of OASIS.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn bibferry(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bibferry"));
    command.current_dir(ROOT).args(args).env("NO_COLOR", "1").output().unwrap()
}

fn schema(path: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

/// What a schema has against a value.
fn faults(schema: &jsonschema::Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Inputs that have findings of many sorts.
const INPUTS: &[&str] = &["samples/bad", "samples/ris", "samples/bibtex", "samples/biblatex", "no/such/file.bib"];

#[test]
fn lines_of_json_are_as_the_schema_says() {
    let schema = schema("schemas/diagnostics.schema.json");
    let mut lines = 0;
    let check = [&["check", "--diagnostics=json"], INPUTS].concat();
    let convert =
        [&["convert", "-t", "arrow", "--diagnostics=json", "--loss=json", "-o", "/dev/null"], INPUTS].concat();
    for (output, what) in [(bibferry(&check).stdout, "check"), (bibferry(&convert).stderr, "convert")] {
        for line in String::from_utf8(output).unwrap().lines() {
            let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{what}: {line}: {error}"));
            let faults = faults(&schema, &value);
            assert!(faults.is_empty(), "{what}: {line}\n{}", faults.join("\n"));
            lines += 1;
        }
    }
    assert!(lines > 100, "{lines}");
    for wrong in [
        r#"{"code":"Not A Code","severity":"error","message":"m"}"#,
        r#"{"code":"x","severity":"fatal","message":"m"}"#,
        r#"{"code":"x","severity":"error","message":"m","line":3}"#,
        r#"{"code":"x","severity":"error","message":"m","colour":"red"}"#,
        r#"{"loss":"gone","field":"doi","value":""}"#,
    ] {
        assert!(!schema.is_valid(&serde_json::from_str(wrong).unwrap()), "the schema lets pass {wrong}");
    }
}

#[test]
fn sarif_is_valid() {
    let schema = schema("tests/schemas/sarif-2.1.0.schema.json");
    let check = [&["check", "--diagnostics=sarif"], INPUTS].concat();
    let nothing = ["check", "--diagnostics=sarif", "--quiet", "tests/cli/refs.json"];
    let losses =
        ["convert", "-t", "arrow", "--loss=full", "--diagnostics=sarif", "-o", "/dev/null", "tests/cli/refs.json"];
    let logs = [
        (bibferry(&check).stdout, 50, "check"),
        (bibferry(&nothing).stdout, 0, "nothing"),
        (bibferry(&losses).stderr, 8, "losses"),
    ];
    for (bytes, least, what) in logs {
        let log: Value = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        let faults = faults(&schema, &log);
        assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert!(results.len() >= least, "{what}: {} results", results.len());
        let mut fingerprints: Vec<&str> = Vec::new();
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            let rule = &run["tool"]["driver"]["rules"][index];
            assert_eq!(rule["id"], result["ruleId"], "{what}");
            assert!(rule["help"]["text"].as_str().is_some_and(|text| text.len() > 20), "{rule}");
            fingerprints.push(result["partialFingerprints"]["bibferry/v1"].as_str().unwrap());
        }
        fingerprints.sort_unstable();
        let all = fingerprints.len();
        fingerprints.dedup();
        assert_eq!(fingerprints.len(), all, "{what}: fingerprints are of one finding each");
    }
    let mut wrong: Value = serde_json::from_slice(&bibferry(&nothing).stdout).unwrap();
    wrong["runs"][0]["tool"]["driver"].as_object_mut().unwrap().remove("name");
    assert!(!schema.is_valid(&wrong), "the schema finds what is missing");
}

/// Columns of SARIF are those of the line: what they mark is what the finding is about.
#[test]
fn regions_mark_what_they_are_about() {
    let output = bibferry(&["check", "--diagnostics=sarif", "tests/cli/damaged.json"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = std::fs::read_to_string(Path::new(ROOT).join("tests/cli/damaged.json")).unwrap();
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let about = |rule: &str| results.iter().find(|it| it["ruleId"] == rule).unwrap();
    let region = &about("json-value")["locations"][0]["physicalLocation"]["region"];
    let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
    let line: Vec<char> = text.lines().nth(number("startLine") - 1).unwrap().chars().collect();
    let marked: String = line[number("startColumn") - 1..number("endColumn") - 1].iter().collect();
    assert_eq!(marked, "\"color\"");
}
