//! Repairs of mistakes in schemas.
//!
//! In: one schema, its children still inside. Out: the same, as JSON Schema requires it. Not here: lowering (see `rules`),
//! other objects (see `repair`).

use serde_json::Value;

use super::object::{Object, has_any};
use super::state::Walk;
use super::types::{TYPES, is_any, is_null_object};
use crate::report::Code;

/// The keywords whose values are lists that must not be empty.
pub(super) const LISTS: &[&str] = &["type", "enum", "allOf", "anyOf", "oneOf", "prefixItems"];

/// Lists that must not be empty (JSON Schema Core, 10.2.1; Validation, 6.1). Taken literally, they would match no value.
pub(super) fn empty_lists(walk: &mut Walk, map: &mut Object) {
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    if !map.values().any(is_empty) {
        return;
    }
    for key in LISTS {
        if map.get(*key).is_some_and(is_empty) {
            map.shift_remove(*key);
            let text = format!("`{key}` must not be empty; it is ignored");
            walk.report
                .lose(Code::IgnoredKeyword, &walk.at.child(key), text);
        }
    }
}

/// Names of types as JSON Schema spells them. `type: null` means `type: "null"`, which is easily confused in YAML.
pub(super) fn type_names(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    let has_enum = has_any(map, &["enum"]);
    let Some(value) = map.get_mut("type") else {
        return;
    };
    let is_plain = |name: &str| name != "null" && TYPES.contains(&name);
    if !has_enum && value.as_str().is_some_and(is_plain) {
        return;
    }
    let mut binary = false;
    let mut repair = |value: &mut Value| {
        let name = match value {
            Value::String(name) if TYPES.contains(&name.as_str()) => return true,
            Value::String(name) => type_named(name),
            Value::Null => Some("null"),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        };
        binary |= *value == "file";
        match name {
            Some(name) => report.add(
                Code::RepairedKeyword,
                &at.child("type"),
                format!("the type {value} is read as \"{name}\""),
            ),
            None => report.lose(
                Code::UnknownType,
                &at.child("type"),
                format!("the type {value} does not exist; it is ignored"),
            ),
        };
        *value = name.unwrap_or_default().into();
        name.is_some()
    };
    let is_good = match value {
        Value::Array(list) => {
            list.retain_mut(repair);
            !list.is_empty()
        }
        value => repair(value),
    };
    if !is_good {
        map.shift_remove("type");
    }
    if binary {
        map.entry("format").or_insert_with(|| "binary".into());
    }
    if is_null_object(map) && !map.contains_key("const") {
        map.shift_remove("type");
        map.insert("nullable".into(), true.into());
        map.insert("enum".into(), vec![Value::Null].into());
    }
}

/// Returns the type that a misspelled name must mean.
fn type_named(name: &str) -> Option<&'static str> {
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "file" | "date" | "datetime" | "date-time" | "uuid" => "string",
        "integer" | "int" | "int32" | "int64" | "long" => "integer",
        "number" | "float" | "double" | "decimal" => "number",
        "boolean" | "bool" => "boolean",
        "object" | "dict" | "map" => "object",
        "array" | "list" => "array",
        "null" => "null",
        _ => return None,
    })
}

/// Reads a boolean that is written as a string, or as a schema that matches nothing.
pub(super) fn additional_properties(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    let Some(value) = map.get_mut("additionalProperties") else {
        return;
    };
    let repaired = match value {
        Value::String(text) if text == "true" || text == "false" => Value::Bool(text == "true"),
        Value::Object(schema) if schema.get("not").is_some_and(is_any) => {
            return *value = Value::Bool(false);
        }
        _ => return,
    };
    report.add(
        Code::RepairedType,
        &at.child("additionalProperties"),
        format!("{value} is read as a boolean"),
    );
    *value = repaired;
}

/// Repairs an enum that is not a list.
pub(super) fn enum_list(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    match map.get_mut("enum") {
        Some(Value::Object(_) | Value::Null) => {
            let text = "an enum must be a list";
            report.lose(Code::IgnoredKeyword, &at.child("enum"), text);
            map.shift_remove("enum");
        }
        Some(one @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) => {
            let text = "an enum must be a list; this is read as its only value";
            report.add(Code::RepairedType, &at.child("enum"), text);
            *one = Value::Array(vec![one.take()]);
        }
        Some(Value::Array(_)) | None => {}
    }
}

/// Drops empty examples. They are a list, or an object as in media types.
pub(super) fn examples(_: &mut Walk, map: &mut Object) {
    let says_something = match map.get("examples") {
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(named)) => !named.is_empty(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => false,
    };
    if !says_something {
        map.shift_remove("examples");
    }
}

/// `x-nullable`, which converters from Swagger 2.0 do not convert.
pub(super) fn nullable_extension(_: &mut Walk, map: &mut Object) {
    if map.get("x-nullable") == Some(&Value::Bool(true)) {
        map.shift_remove("x-nullable");
        map.insert("nullable".into(), true.into());
    }
}

/// Adds names to `required`.
pub(super) fn require(map: &mut Object, names: Vec<String>) {
    if names.is_empty() {
        return;
    }
    let list = map
        .entry("required")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        for name in names {
            if !list.iter().any(|other| *other == name.as_str()) {
                list.push(name.into());
            }
        }
    }
}
