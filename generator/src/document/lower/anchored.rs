//! Schemas of other files to which only dynamic references may lead.
//!
//! In: files, references. Out: these schemas are in the table. Not here: other references (see `follow`).

use serde_json::Value;

use super::locate::Documents;
use super::schema;
use super::state::Walk;
use crate::maps::{HashSet, IndexSet};
use crate::report::Pointer;

/// Walks schemas of other files that have a name which a dynamic reference looks for. Nothing else may lead to them.
pub(super) fn walk(walk: &mut Walk, documents: &Documents) {
    if walk.dynamic.references.is_empty() {
        return;
    }
    let files: IndexSet<&str> = walk.schemas.keys().map(Pointer::file).collect();
    let mut found = Vec::new();
    for file in files.into_iter().filter(|file| !file.is_empty()) {
        if let Some(value) = documents.file(file) {
            anchored(value, &mut Pointer::of_file(file), &mut found);
        }
    }
    let declared = walk.dynamic.references.values();
    let names: HashSet<String> = declared.map(|declared| declared.name.clone()).collect();
    for (at, name, value) in found {
        if names.contains(name) && !walk.schemas.contains_key(&at) {
            walk.at = at;
            schema::hoist(walk, &mut value.clone());
        }
    }
}

/// Finds the schemas in a value that have a name.
fn anchored<'a>(
    value: &'a Value,
    at: &mut Pointer,
    found: &mut Vec<(Pointer, &'a str, &'a Value)>,
) {
    let name = ["$dynamicAnchor", "$anchor"].map(|key| value.get(key).and_then(Value::as_str));
    found.extend((name.into_iter().flatten()).map(|name| (at.clone(), name, value)));
    let mut inside = |key: &str, value: &'a Value| {
        let is_data = matches!(key, "const" | "default" | "enum" | "example" | "examples");
        if !is_data && !key.starts_with("x-") {
            let length = at.push(key);
            anchored(value, at, found);
            at.truncate(length);
        }
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(list) => {
            (list.iter().enumerate()).for_each(|(index, value)| inside(&index.to_string(), value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
