//! Which object stands where in an OpenAPI document.
//!
//! In: a value and its kind. Out: the same, repaired; its schemas are in the table, its references are noted.

use serde_json::Value;

use super::refs::Site;
use super::{Object, Walk, refs, repair, schema};
use crate::report::Code;

/// The objects of the specification that lead to schemas or may be references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Encoding,
    Header,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Schema,
}

/// How a child stands under its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    One,
    List,
    Map,
}

use Kind::*;
use Place::*;

/// The children of an object with fixed fields.
fn fields(kind: Kind) -> &'static [(&'static str, Place, Kind)] {
    match kind {
        Document => &[
            ("paths", One, Paths),
            ("webhooks", Map, PathItem),
            ("components", One, Components),
        ],
        Components => &[
            ("schemas", Map, Schema),
            ("responses", Map, Response),
            ("parameters", Map, Parameter),
            ("examples", Map, Example),
            ("requestBodies", Map, RequestBody),
            ("headers", Map, Header),
            ("securitySchemes", Map, SecurityScheme),
            ("links", Map, Link),
            ("callbacks", Map, Callback),
            ("pathItems", Map, PathItem),
            ("mediaTypes", Map, MediaType),
        ],
        PathItem => &[
            ("parameters", List, Parameter),
            ("get", One, Operation),
            ("put", One, Operation),
            ("post", One, Operation),
            ("delete", One, Operation),
            ("options", One, Operation),
            ("head", One, Operation),
            ("patch", One, Operation),
            ("trace", One, Operation),
            ("query", One, Operation),
            ("additionalOperations", Map, Operation),
        ],
        Operation => &[
            ("parameters", List, Parameter),
            ("requestBody", One, RequestBody),
            ("responses", One, Responses),
            ("callbacks", Map, Callback),
        ],
        Parameter | Header => &[
            ("schema", One, Schema),
            ("content", Map, MediaType),
            ("examples", Map, Example),
        ],
        RequestBody => &[("content", Map, MediaType)],
        Response => &[
            ("headers", Map, Header),
            ("content", Map, MediaType),
            ("links", Map, Link),
        ],
        MediaType => &[
            ("schema", One, Schema),
            ("itemSchema", One, Schema),
            ("examples", Map, Example),
            ("encoding", Map, Encoding),
            ("prefixEncoding", List, Encoding),
            ("itemEncoding", One, Encoding),
        ],
        Encoding => &[("headers", Map, Header), ("encoding", Map, Encoding)],
        Paths | Responses | Callback | Example | Link | SecurityScheme | Schema => &[],
    }
}

/// The children of an object whose keys are data.
fn entries(kind: Kind) -> Option<Kind> {
    match kind {
        Paths | Callback => Some(PathItem),
        Responses => Some(Response),
        Document | Components | PathItem | Operation | Parameter | RequestBody | Response
        | MediaType | Encoding | Header | Example | Link | SecurityScheme | Schema => None,
    }
}

/// Whether a reference may stand in its place.
fn is_referenceable(kind: Kind) -> bool {
    match kind {
        PathItem | Parameter | RequestBody | Response | MediaType | Header | Example | Link
        | Callback | SecurityScheme => true,
        Document | Components | Paths | Operation | Responses | Encoding | Schema => false,
    }
}

/// Whether this is a key of the components.
pub(super) fn is_section(key: &str) -> bool {
    fields(Components).iter().any(|(name, ..)| *name == key)
}

/// Whether the walk of the document comes to this place by itself.
pub(super) fn is_standard(pointer: &crate::report::Pointer) -> bool {
    let mut keys = pointer.keys();
    let first = keys.next();
    let parents = (first.as_deref(), keys.next());
    match parents {
        _ if !pointer.file().is_empty() => false,
        (Some("components"), Some(section)) => {
            is_section(&section) && keys.next().is_some() && keys.next().is_none()
        }
        (Some("paths" | "webhooks"), Some(_)) => true,
        (Some(_) | None, _) => false,
    }
}

/// Walks the value at `walk.at`.
pub(super) fn walk(walk: &mut Walk, kind: Kind, value: &mut Value) {
    if kind == Schema {
        return schema::hoist(walk, value);
    }
    let map = match value {
        Value::Object(map) => map,
        // An example without the object around it.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)
            if kind == Example =>
        {
            return;
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            walk.report
                .lose(Code::UnreadableItem, &walk.at, "an object is wanted here");
            *value = Value::Null;
            return;
        }
    };
    if is_referenceable(kind) && map.contains_key("$ref") {
        note_site(walk, kind, map);
    }
    if !map.contains_key("$ref") {
        repair::run(walk, kind, map);
    }
    for (key, value) in map.iter_mut() {
        let field = fields(kind).iter().find(|(name, ..)| name == key);
        let child = match (field, entries(kind)) {
            (Some(&(_, place, child)), _) => (place, child),
            (None, Some(child)) if !key.starts_with("x-") && key != "$ref" => (One, child),
            (None, _) => continue,
        };
        let length = walk.at.push(key);
        walk_child(walk, child, value);
        walk.at.truncate(length);
    }
    // A key without a value says nothing.
    map.retain(|key, value| !value.is_null() || !fields(kind).iter().any(|(name, ..)| name == key));
}

fn walk_child(walk: &mut Walk, (place, kind): (Place, Kind), value: &mut Value) {
    match (place, value) {
        (List | Map, Value::Null) => {}
        (One, Value::Null) if kind != Schema => {}
        (One, value) => self::walk(walk, kind, value),
        (List, Value::Array(list)) => {
            for (index, value) in list.iter_mut().enumerate() {
                let length = walk.at.push(&index.to_string());
                self::walk(walk, kind, value);
                walk.at.truncate(length);
            }
        }
        (Map, Value::Object(map)) => {
            for (key, value) in map.iter_mut() {
                let length = walk.at.push(key);
                self::walk(walk, kind, value);
                walk.at.truncate(length);
            }
        }
        // As `examples` is in schemas.
        (Map, Value::Array(_)) if kind == Example => {}
        (List, value) => ignore(walk, value, "a list"),
        (Map, value) => ignore(walk, value, "an object"),
    }
}

fn ignore(walk: &mut Walk, value: &mut Value, wanted: &str) {
    walk.report.lose(
        Code::IgnoredKeyword,
        &walk.at,
        format!("{wanted} is wanted here"),
    );
    *value = Value::Null;
}

/// Keeps a reference for later.
fn note_site(walk: &mut Walk, kind: Kind, map: &mut Object) {
    let Some(Value::String(reference)) = map.get("$ref") else {
        walk.report
            .lose(Code::RefSyntax, &walk.at, "a $ref is a string");
        map.shift_remove("$ref");
        return;
    };
    let target = refs::resolve_here(walk, reference);
    walk.sites.insert(walk.at.clone(), Site { kind, target });
    if kind != PathItem {
        repair::reference(map, &walk.at, &mut walk.report);
    }
}
