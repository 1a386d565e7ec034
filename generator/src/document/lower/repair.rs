//! Repairs of mistakes outside of schemas.
//!
//! In: one object of the specification. Out: the same, as the specification requires it, with a diagnostic for each change that
//! matters.

use serde_json::Value;

use super::dialect;
use super::events;
use super::object::Object;
use super::objects::Kind;
use super::resolve::resolve_here;
use super::state::{Version, Walk};
use crate::document::log::Log;
use crate::report::{Code, Pointer};

/// Repairs one object.
pub(super) fn run(walk: &mut Walk, kind: Kind, map: &mut Object) {
    let (at, report) = (&walk.at, &mut walk.report);
    match kind {
        Kind::Document => {
            document(map, at, report);
            requirements(walk, map);
            dialect::check(map.get("jsonSchemaDialect"), "jsonSchemaDialect", walk);
        }
        Kind::Info => info(map, at, report),
        Kind::Paths => paths(map, at, report),
        Kind::Operation => {
            operation(map, at, report);
            requirements(walk, map);
        }
        Kind::Response => {
            if walk.version != Version::V3_2 {
                description(map, at, report);
            }
            media_types(map, at, report);
        }
        Kind::RequestBody => media_types(map, at, report),
        Kind::Parameter => parameter(map, at, report),
        Kind::Header => schema_or_content(map, at, report),
        Kind::MediaType => events::run(map, at),
        Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::ServerVariable
        | Kind::Tag
        | Kind::ExternalDocs
        | Kind::OauthFlows
        | Kind::OauthFlow
        | Kind::Discriminator
        | Kind::Text
        | Kind::Components
        | Kind::PathItem
        | Kind::Responses
        | Kind::Encoding
        | Kind::Example
        | Kind::Link
        | Kind::Callback
        | Kind::SecurityScheme
        | Kind::Schema => {}
    }
}

/// Beside a `$ref` that is not of a schema or a path item, there may be a summary, a description, and extensions.
pub(super) fn reference(map: &mut Object, at: &Pointer, report: &mut Log) {
    let known =
        |key: &str| matches!(key, "$ref" | "summary" | "description") || key.starts_with("x-");
    let others: Vec<&str> = map
        .keys()
        .map(String::as_str)
        .filter(|key| !known(key))
        .collect();
    if others.is_empty() {
        return;
    }
    report.add(
        Code::RefSiblings,
        at,
        format!("`{}` has no meaning beside a $ref", others.join("`, `")),
    );
    map.retain(|key, _| known(key));
}

fn document(map: &mut Object, at: &Pointer, report: &mut Log) {
    let info = map.entry("info").or_insert(Value::Null);
    if !info.is_object() {
        report.add(Code::MissingInfo, at, "the document has no `info`");
        *info = Value::Object(Object::new());
    }
    let paths = map.entry("paths").or_insert(Value::Null);
    if paths.is_null() {
        *paths = Value::Object(Object::new());
        if !map.contains_key("webhooks") && !map.contains_key("components") {
            report.add(Code::MissingPaths, at, "the document has no paths");
        }
    }
}

/// The title and the version are required, since they name the package.
pub(super) fn info(map: &mut Object, at: &Pointer, report: &mut Log) {
    for (key, default) in [("title", "API"), ("version", "0.0.0")] {
        let value = map.entry(key).or_insert(Value::Null);
        let (text, repaired) = match value {
            Value::String(_) => continue,
            // A text in a separate file.
            Value::Object(map) if map.contains_key("$ref") => continue,
            Value::Number(number) => (
                format!("`{key}` is not a string, but {number}"),
                number.to_string(),
            ),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => (
                format!("`info` has no `{key}`; `{default}` is used"),
                default.to_owned(),
            ),
        };
        report.add(Code::MissingInfo, at, text);
        *value = repaired.into();
    }
}

/// Paths start with a slash.
fn paths(map: &mut Object, at: &Pointer, report: &mut Log) {
    let is_path = |key: &str| key.starts_with('/') || key.starts_with("x-");
    if map.keys().all(|key| is_path(key)) {
        return;
    }
    for (key, value) in std::mem::take(map) {
        if is_path(&key) {
            map.insert(key, value);
            continue;
        }
        let repaired = format!("/{key}");
        if !value.is_object() || map.contains_key(&repaired) {
            report.lose(
                Code::PathSyntax,
                &at.child(&key),
                format!("{key} is not a path and is not generated"),
            );
        } else {
            report.add(
                Code::RepairedKeyword,
                &at.child(&repaired),
                format!("the path {key} is read as {repaired}"),
            );
            map.insert(repaired, value);
        }
    }
}

fn operation(map: &mut Object, at: &Pointer, report: &mut Log) {
    let responses = map.entry("responses").or_insert(Value::Null);
    if !responses.is_object() {
        report.add(Code::MissingResponses, at, "the operation has no responses");
        *responses = Value::Object(Object::new());
    }
}

fn description(map: &mut Object, at: &Pointer, report: &mut Log) {
    let description = map.entry("description").or_insert(Value::Null);
    if description.is_null() {
        report.add(
            Code::MissingDescription,
            at,
            "the response has no description",
        );
        *description = Value::String(String::new());
    }
}

/// A media type has a slash (RFC 9110, 8.3.1). A key without one is read as the media type that it
/// names, and an empty one as JSON.
fn media_types(map: &mut Object, at: &Pointer, report: &mut Log) {
    let Some(Value::Object(content)) = map.get_mut("content") else {
        return;
    };
    let meant = |key: &str| match key {
        "" => Some("application/json"),
        key if key.contains('/') || key.starts_with("x-") => None,
        key if key.contains("json") => Some("application/json"),
        key if key.contains("xml") => Some("application/xml"),
        _ => None,
    };
    if content.keys().all(|key| meant(key).is_none()) {
        return;
    }
    let at = at.child("content");
    for (key, value) in std::mem::take(content) {
        let Some(meant) = meant(&key).filter(|meant| !content.contains_key(*meant)) else {
            content.insert(key, value);
            continue;
        };
        let text = format!("`{key}` is not a media type; it is read as `{meant}`");
        report.add(Code::RepairedKeyword, &at.child(meant), text);
        content.insert(meant.into(), value);
    }
}

fn parameter(map: &mut Object, at: &Pointer, report: &mut Log) {
    if map.get("in") == Some(&Value::String("path".into()))
        && map.get("required") != Some(&Value::Bool(true))
    {
        report.add(
            Code::RepairedKeyword,
            at,
            "a path parameter must be required; it is read as such",
        );
        map.insert("required".into(), true.into());
    }
    schema_or_content(map, at, report);
}

/// Keywords of parameters and headers in Swagger 2.0.
const MISPLACED: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
    "nullable",
    "oneOf",
];

/// A parameter has a schema, or one media type with a schema.
fn schema_or_content(map: &mut Object, at: &Pointer, report: &mut Log) {
    let has_content = map
        .get("content")
        .and_then(Value::as_object)
        .is_some_and(|content| !content.is_empty());
    let has_schema = map.get("schema").is_some_and(|schema| !schema.is_null());
    if has_schema || has_content {
        return;
    }
    let mut schema = Object::new();
    for key in MISPLACED {
        if let Some(value) = map.shift_remove(key) {
            schema.insert(key.into(), value);
        }
    }
    if schema.is_empty() {
        report.add(
            Code::MissingSchema,
            at,
            "there is no schema; any string is accepted",
        );
        schema.insert("type".into(), "string".into());
    } else {
        report.add(
            Code::RepairedKeyword,
            at,
            "these keywords of a schema are outside `schema`; they are read as one",
        );
    }
    map.shift_remove("content");
    map.insert("schema".into(), schema.into());
}

/// A security scheme may be named by a URI reference (OpenAPI 3.2), which becomes its name. No name has a `#`.
fn requirements(walk: &mut Walk, map: &mut Object) {
    let Some(Value::Array(list)) = map.get_mut("security") else {
        return;
    };
    for requirement in list.iter_mut().filter_map(Value::as_object_mut) {
        if !requirement.keys().any(|key| key.contains('#')) {
            continue;
        }
        for (key, scopes) in std::mem::take(requirement) {
            let target = key
                .contains('#')
                .then(|| resolve_here(walk, &key))
                .flatten();
            let name = target.and_then(|target| {
                let (parent, name) = target.split()?;
                (parent.as_str() == "#/components/securitySchemes").then_some(name)
            });
            requirement.insert(name.unwrap_or(key), scopes);
        }
    }
}
