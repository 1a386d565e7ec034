//! Unions of types and of schemas, as `anyOf`.
//!
//! In: one schema, its children in the table. Out: the same, its new members in the table. Not here: the keywords of a type
//! (see `types`).

use std::collections::HashSet;

use serde_json::Value;

use super::object::Object;
use super::state::Walk;
use super::table;
use super::types::{TYPES, keywords_of};
use crate::document::pattern::is_numeric;

/// `type: [T, "null"]` is a nullable `T`; `[A, B]` is a union of plain types, each with the keywords that apply to it. A number,
/// or a string with a pattern of digits, is a number: the pattern says that strings are read as numbers, too.
pub(super) fn type_list(walk: &mut Walk, map: &mut Object) {
    let Some(Value::Array(list)) = map.get("type") else {
        return;
    };
    let list: Vec<String> = list
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if list.iter().any(|name| name == "null") {
        map.insert("nullable".into(), true.into());
    }
    let has = |name: &str| list.iter().any(|other| other == name);
    let covers_all = ["string", "object", "array", "boolean"]
        .into_iter()
        .all(has)
        && (has("number") || has("integer"));
    let mut types: Vec<(usize, &str)> = Vec::new();
    for (index, name) in list.iter().enumerate().filter(|(_, name)| *name != "null") {
        // Integers are numbers.
        let is_covered =
            types.iter().any(|(_, other)| other == name) || (name == "integer" && has("number"));
        if !is_covered {
            types.push((index, name));
        }
    }
    map.shift_remove("type");
    match types[..] {
        [] => {}
        [(_, name)] => drop(map.insert("type".into(), name.into())),
        [(_, name), (_, "string")] | [(_, "string"), (_, name)] if is_number(map, name) => {
            map.insert("type".into(), name.into());
        }
        _ if covers_all => {}
        // The members have types of their own.
        _ if map.contains_key("oneOf") || map.contains_key("anyOf") => {}
        _ => split_by_type(walk, map, &types),
    }
}

/// Returns whether strings are only another notation of numbers.
fn is_number(map: &Object, name: &str) -> bool {
    let pattern = map.get("pattern").and_then(Value::as_str);
    matches!(name, "integer" | "number")
        && !map.contains_key("enum")
        && pattern.is_some_and(is_numeric)
}

fn split_by_type(walk: &mut Walk, map: &mut Object, types: &[(usize, &str)]) {
    let (format, values) = (map.shift_remove("format"), map.shift_remove("enum"));
    let mut members = Vec::new();
    for &(index, name) in types {
        let mut member = Object::new();
        member.insert("type".into(), name.into());
        for key in keywords_of(name) {
            if let Some(value) = map.get(*key) {
                member.insert((*key).into(), value.clone());
            }
        }
        if let Some(Value::Array(values)) = &values {
            let values: Vec<Value> = values
                .iter()
                .filter(|value| is_of_type(value, name))
                .cloned()
                .collect();
            if values.is_empty() {
                continue;
            }
            member.insert("enum".into(), values.into());
        }
        if let Some(format) = format.as_ref().filter(|format| is_format_of(format, name)) {
            member.insert("format".into(), format.clone());
        }
        let at = walk.at.child("type").child(&index.to_string());
        members.push(table::marker(&at));
        walk.schemas.insert(at, Value::Object(member));
    }
    for key in TYPES.iter().flat_map(|name| keywords_of(name)) {
        map.shift_remove(*key);
    }
    map.insert("anyOf".into(), members.into());
}

/// Declares the types of an enum that has values of several ones, so it becomes a union with one
/// enum per type.
pub(super) fn mixed_enum(_: &mut Walk, map: &mut Object) {
    let Some(Value::Array(values)) = map.get("enum").filter(|_| !map.contains_key("type")) else {
        return;
    };
    let whole = values
        .iter()
        .all(|value| !value.is_number() || is_of_type(value, "integer"));
    let number = if whole { "integer" } else { "number" };
    let types: Vec<&str> = ["string", number, "boolean", "array", "object"]
        .into_iter()
        .filter(|name| values.iter().any(|value| is_of_type(value, name)))
        .collect();
    if types.len() > 1 {
        map.insert("type".into(), types.into());
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && !number.is_f64()),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

fn is_format_of(format: &Value, name: &str) -> bool {
    let format = format.as_str().unwrap_or_default();
    let is_numeric = ["int", "uint", "float", "double"]
        .iter()
        .any(|start| format.starts_with(start));
    match name {
        "integer" | "number" => is_numeric,
        "string" => !is_numeric,
        _ => false,
    }
}

/// One schema for all of these: the first one if they are equal, else a new one under this key.
pub(super) fn any_of(walk: &mut Walk, key: &str, members: Vec<Value>) -> Value {
    let mut seen = HashSet::new();
    let distinct: Vec<Value> = members
        .into_iter()
        .filter(|member| seen.insert(constraints_text(walk, member)))
        .collect();
    if let [one] = &distinct[..] {
        return one.clone();
    }
    let at = walk.at.child(key);
    let mut entry = Object::new();
    entry.insert("anyOf".into(), distinct.into());
    let place = table::marker(&at);
    walk.schemas.insert(at, Value::Object(entry));
    place
}

/// Returns a schema of the table without annotations, as text.
fn constraints_text(walk: &Walk, marker: &Value) -> String {
    let entry = marker
        .as_str()
        .and_then(|at| walk.schemas.get(at))
        .and_then(Value::as_object);
    let is_annotation = |key: &str| {
        matches!(
            key,
            "title" | "description" | "example" | "examples" | "default" | "deprecated"
        ) || key.starts_with("x-")
    };
    let mut text = String::new();
    for (key, value) in entry
        .into_iter()
        .flatten()
        .filter(|(key, _)| !is_annotation(key))
    {
        text += &format!("{key:?}: {value}, ");
    }
    text
}
