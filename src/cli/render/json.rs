//! Findings and losses as JSON: an object on a line of its own for each.
//!
//! ```json
//! {"code":"json-invalid","severity":"error","message":"…","file":"refs.json","line":3,"column":5,"length":1,"record":2,"key":"doe2020","hint":"…"}
//! {"loss":"narrowed","field":"author","parts":["ids"],"file":"refs.ris","line":9,"column":1,"record":2,"key":"doe2020","value":"Doe, Jane"}
//! {"loss":"moved","field":"event.title","into":"note","record":3,"value":"ICLR 2024"}
//! ```
//!
//! A finding has a `code`, a loss a `loss`. Lines and columns are counted from 1, columns and lengths in characters.
//! Members that do not apply are left out. `schemas/diagnostics.schema.json` says the same for programs.

use bibferry::diagnostic::Diagnostic;
use bibferry::loss::{Loss, LossKind};
use serde_json::{Map, Value as Json};

/// A finding as a line of JSON.
pub(in crate::cli) fn finding(finding: &Diagnostic) -> String {
    let mut object = Map::new();
    let mut put = |name: &str, value: Option<Json>| {
        if let Some(value) = value {
            object.insert(name.to_owned(), value);
        }
    };
    put("code", Some(finding.code.id.into()));
    put("severity", Some(finding.severity.name().into()));
    put("message", Some(finding.message.as_str().into()));
    put("file", finding.file.as_deref().map(Json::from));
    let place = finding.span.as_ref().filter(|span| span.place.line > 0);
    put("line", place.map(|span| span.place.line.into()));
    put("column", place.map(|span| span.place.column.into()));
    put("length", place.map(|span| span.length.into()));
    put("record", finding.record.map(Json::from));
    put("key", finding.key.as_deref().map(Json::from));
    put("hint", finding.hint.as_deref().map(Json::from));
    line(object)
}

/// A loss as a line of JSON.
pub(in crate::cli) fn loss(loss: &Loss) -> String {
    let mut object = Map::new();
    object.insert("loss".to_owned(), loss.kind.name().into());
    object.insert("field".to_owned(), loss.subject.to_string().into());
    match loss.kind {
        LossKind::Narrowed(parts) if !parts.is_empty() => {
            object.insert("parts".to_owned(), parts.names().collect::<Vec<_>>().into());
        }
        LossKind::Moved(into) => {
            object.insert("into".to_owned(), into.name().into());
        }
        _ => {}
    }
    if let Some(file) = &loss.file {
        object.insert("file".to_owned(), (&**file).into());
        object.insert("line".to_owned(), loss.place.line.into());
        object.insert("column".to_owned(), loss.place.column.into());
    }
    if loss.record > 0 {
        object.insert("record".to_owned(), loss.record.into());
    }
    if let Some(key) = &loss.key {
        object.insert("key".to_owned(), key.as_str().into());
    }
    object.insert("value".to_owned(), loss.value.as_str().into());
    line(object)
}

fn line(object: Map<String, Json>) -> String {
    let mut line = Json::Object(object).to_string();
    line.push('\n');
    line
}
