//! The keywords that apply to each type.
//!
//! In: one schema. Out: a diagnostic for keywords that do not apply. Not here: the meaning of keywords.

use serde_json::Value;

use super::object::Object;
use super::state::Walk;
use crate::report::Code;

/// The types of JSON Schema.
pub(super) const TYPES: [&str; 7] = [
    "string", "object", "array", "integer", "boolean", "number", "null",
];

/// Returns the keywords of 3.0 that apply to this type alone.
pub(super) fn keywords_of(name: &str) -> &'static [&'static str] {
    match name {
        "string" => &["minLength", "maxLength", "pattern"],
        "integer" | "number" => &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        "object" => &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
        _ => &[],
    }
}

/// Returns the type that a keyword applies to. `number` includes integers.
fn applicable_type(key: &str) -> Option<&'static str> {
    Some(match key {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType"
        | "contentSchema" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        "items" | "minItems" | "maxItems" | "uniqueItems" | "prefixItems" | "contains"
        | "minContains" | "maxContains" | "unevaluatedItems" => "array",
        "properties"
        | "required"
        | "additionalProperties"
        | "minProperties"
        | "maxProperties"
        | "patternProperties"
        | "propertyNames"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => "object",
        _ => return None,
    })
}

/// Reports keywords that apply to other types than the declared one: they are valid, but have no effect.
pub(super) fn inapplicable(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    let Some(Value::String(own)) = map.get("type") else {
        return;
    };
    let kind = if own == "integer" {
        "number"
    } else {
        own.as_str()
    };
    let is_other = |key: &&str| applicable_type(key).is_some_and(|about| about != kind);
    let mut found: Vec<&str> = map.keys().map(String::as_str).filter(is_other).collect();
    if found.is_empty() {
        return;
    }
    // The order of keys has no meaning.
    found.sort_unstable();
    let verb = if found.len() == 1 { "does" } else { "do" };
    let text = format!(
        "`{}` {verb} not apply to values of the type {own}",
        found.join("`, `")
    );
    report.add(Code::InapplicableKeyword, at, text);
}

/// Returns whether a schema is `null` and nothing else.
pub(super) fn is_null(value: &Value) -> bool {
    value.as_object().is_some_and(is_null_object)
}

pub(super) fn is_null_object(map: &Object) -> bool {
    let only_null = |value: &Value| match value {
        Value::Array(list) => {
            !list.is_empty() && list.iter().all(|item| *item == "null" || item.is_null())
        }
        value => *value == "null" || value.is_null(),
    };
    match (map.get("type"), map.get("const"), map.get("enum")) {
        (_, Some(value), _) => value.is_null(),
        (_, None, Some(Value::Array(list))) => !list.is_empty() && list.iter().all(Value::is_null),
        (Some(value), None, None) => only_null(value),
        (None, None, _) | (Some(_), None, Some(_)) => false,
    }
}

pub(super) fn is_any(value: &Value) -> bool {
    *value == Value::Bool(true) || value.as_object().is_some_and(Object::is_empty)
}
