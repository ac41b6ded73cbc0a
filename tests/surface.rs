//! The public surface of the library: `tests/surface.txt` lists it, and nothing that stands there may vanish or change
//! unless the list says so. What is new fails nothing; `UPDATE=1` adds it.
//!
//! The list is made of what rustdoc knows, as JSON, which is unstable yet: the toolchain is told to allow it, as
//! cargo-semver-checks does. Beside each item stands a hash of its signature, so that a change shows; what kind of change
//! it is, and whether it breaks anyone, is for people to judge. Implementations of traits are not listed.
#![allow(clippy::unwrap_used, reason = "a test")]

use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn rustdoc() -> Value {
    let target = Path::new(ROOT).join("target/surface");
    let status = Command::new(env!("CARGO"))
        .args(["rustdoc", "--lib", "--no-default-features", "--locked", "--quiet", "--target-dir"])
        .arg(&target)
        .args(["--", "-Zunstable-options", "--output-format=json", "--cap-lints=allow"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(ROOT)
        .status()
        .unwrap();
    assert!(status.success(), "rustdoc");
    serde_json::from_slice(&std::fs::read(target.join("doc/bibferry.json")).unwrap()).unwrap()
}

/// What of an item's description is its signature: neither places nor numbers that differ from run to run.
fn signature(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept =
                members.iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "items" | "impls" | "variants"));
            Value::Object(kept.map(|(name, value)| (name.clone(), signature(value))).collect())
        }
        Value::Array(all) => Value::Array(all.iter().filter(|it| !it.is_number()).map(signature).collect()),
        other => other.clone(),
    }
}

fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Walks what is public from an item on.
fn walk(doc: &Value, id: &Value, path: &str, seen: &mut HashSet<String>, list: &mut BTreeMap<String, String>) {
    let item = &doc["index"][id.to_string()];
    let Some((kind, inner)) = item["inner"].as_object().and_then(|inner| inner.iter().next()) else { return };
    let public = matches!(item["visibility"].as_str(), Some("public" | "default"));
    if !public || !seen.insert(format!("{path} {id}")) {
        return;
    }
    if kind == "use" {
        let name = inner["name"].as_str().unwrap_or_default();
        return walk(doc, &inner["id"], &path.replace("{}", name), seen, list);
    }
    let path = path.replace("{}", item["name"].as_str().unwrap_or("_"));
    if kind != "impl" {
        list.insert(format!("{kind} {path}"), format!("{:08x}", hash(&signature(inner).to_string())));
    } else if !inner["trait"].is_null() {
        return;
    }
    let below = if kind == "impl" { path.replace("::_", "") } else { path };
    let fields = &inner["kind"]["plain"]["fields"];
    for members in [&inner["items"], &inner["impls"], &inner["variants"], fields] {
        for member in members.as_array().into_iter().flatten() {
            let is_impl = doc["index"][member.to_string()]["inner"]["impl"].is_object();
            let path = if is_impl { format!("{below}::_") } else { format!("{below}::{{}}") };
            walk(doc, member, &path, seen, list);
        }
    }
}

#[test]
#[ignore = "rustdoc takes a minute: .ci/run asks for it"]
fn nothing_vanishes_from_the_surface() {
    let doc = rustdoc();
    let mut list = BTreeMap::new();
    walk(&doc, &doc["root"], "{}", &mut HashSet::new(), &mut list);
    assert!(list.len() > 500, "{} items", list.len());
    let path = Path::new(ROOT).join("tests/surface.txt");
    if std::env::var_os("UPDATE").is_some() {
        let text: String = list.iter().map(|(item, hash)| format!("{item} {hash}\n")).collect();
        return std::fs::write(path, text).unwrap();
    }
    let listed = std::fs::read_to_string(path).unwrap();
    let gone = listed.lines().filter(|line| {
        let (item, hash) = line.rsplit_once(' ').unwrap();
        list.get(item).is_none_or(|now| now != hash)
    });
    let gone: Vec<&str> = gone.collect();
    assert!(
        gone.is_empty(),
        "these are gone or have changed, which is for a new version alone; UPDATE=1 makes the list anew:\n{}",
        gone.join("\n")
    );
}
