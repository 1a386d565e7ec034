//! The one walk over a document and its files.
//!
//! In: a value and the shape that is expected of it. Out: the same, repaired; its schemas are in the table, its references are
//! noted. Examples, defaults, enums and extensions are data: the walk never enters them. Not here: the targets of references
//! (see `follow`).

use serde_json::Value;

use super::object::Object;
use super::objects::{self, Expected, Kind, Siblings};
use super::resolve::resolve_here;
use super::state::{Site, Walk};
use super::{repair, schema};
use crate::report::{Code, Pointer};

/// Walks the value at `walk.at`. Every object and list of the document comes through here, so this
/// is where a `$ref` is recognized, whatever is expected.
pub(super) fn walk(walk: &mut Walk, shape: Expected, value: &mut Value) {
    if shape == Expected::One(Kind::Schema) {
        return schema::hoist(walk, value);
    }
    if let Value::Object(map) = value
        && map.contains_key("$ref")
    {
        note_reference(walk, shape, map);
        // An invalid reference without siblings.
        if map.is_empty() {
            *value = Value::Null;
        }
    }
    match shape {
        Expected::One(kind) => object(walk, kind, value),
        Expected::List(kind) => list(walk, kind, value),
        Expected::Map(kind) => self::map(walk, kind, value),
    }
}

/// Returns whether the walk has already visited a location with the same shape.
pub(super) fn is_visited(walk: &Walk, at: &Pointer, shape: Expected) -> bool {
    let keys: Vec<String> = at.keys().collect();
    let mut start = at.clone();
    let mut depth = keys.len();
    loop {
        let shapes = walk.walked.get(&start).into_iter().flatten();
        let below = |start: &Expected| objects::below(*start, keys[depth..].iter().cloned());
        if shapes.filter_map(below).any(|found| found == shape) {
            return true;
        }
        match start.split() {
            Some((parent, _)) => start = parent,
            None => return false,
        }
        depth -= 1;
    }
}

/// Starts a walk at a pointer, unless the walk has been there.
pub(super) fn start(walk: &mut Walk, at: &Pointer, shape: Expected, value: &mut Value) {
    walk.at.clone_from(at);
    walk.walked.entry(at.clone()).or_default().push(shape);
    self::walk(walk, shape, value);
}

fn object(walk: &mut Walk, kind: Kind, value: &mut Value) {
    let map = match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            if !value.is_null() && !objects::is_lenient(kind) {
                let text = "expected an object";
                walk.report.lose(Code::UnreadableItem, &walk.at, text);
                *value = Value::Null;
            }
            return;
        }
    };
    if !map.contains_key("$ref") {
        repair::run(walk, kind, map);
    }
    for (key, value) in map.iter_mut() {
        if let Some(child) = objects::child(Expected::One(kind), key) {
            self::child(walk, child, key, value);
        }
    }
    // A key without a value counts as absent.
    map.retain(|key, value| !value.is_null() || objects::field(kind, key).is_none());
}

fn list(walk: &mut Walk, kind: Kind, value: &mut Value) {
    match value {
        Value::Array(list) => {
            for (index, value) in list.iter_mut().enumerate() {
                child(walk, Expected::One(kind), &index.to_string(), value);
            }
        }
        value => wrong_type(walk, kind, value, "a list"),
    }
}

fn map(walk: &mut Walk, kind: Kind, value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                let is_reference = key == "$ref" && value.is_string();
                if !is_reference {
                    child(walk, Expected::One(kind), key, value);
                }
            }
        }
        value => wrong_type(walk, kind, value, "an object"),
    }
}

fn child(walk: &mut Walk, shape: Expected, key: &str, value: &mut Value) {
    let is_nothing = value.is_null() && shape != Expected::One(Kind::Schema);
    let is_text = shape == Expected::One(Kind::Text) && !value.is_object();
    if is_nothing || is_text {
        return;
    }
    let length = walk.at.push(key);
    self::walk(walk, shape, value);
    walk.at.truncate(length);
}

/// Removes a value that is neither a list nor an object if one is expected.
fn wrong_type(walk: &mut Walk, kind: Kind, value: &mut Value, wanted: &str) {
    let is_reference = value.get("$ref").is_some_and(Value::is_string);
    if value.is_null() || is_reference || objects::is_lenient(kind) {
        return;
    }
    let text = format!("expected {wanted}");
    walk.report.lose(Code::IgnoredKeyword, &walk.at, text);
    *value = Value::Null;
}

/// Keeps a reference for later, with its siblings.
fn note_reference(walk: &mut Walk, shape: Expected, map: &mut Object) {
    let reference = match map.get("$ref") {
        Some(Value::String(reference)) => reference,
        // If the document chooses the keys, one may be `$ref`: its value is then an object and not a reference.
        Some(_) if objects::has_free_keys(shape) => return,
        Some(_) | None => {
            let text = "a $ref must be a string";
            walk.report.lose(Code::RefSyntax, &walk.at, text);
            map.shift_remove("$ref");
            return;
        }
    };
    let target = resolve_here(walk, reference);
    walk.sites.insert(walk.at.clone(), Site { shape, target });
    match objects::siblings(shape) {
        Siblings::Described => repair::reference(map, &walk.at, &mut walk.report),
        Siblings::Merged => {}
    }
}
