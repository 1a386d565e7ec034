//! Schemas out of the document, into the table.
//!
//! In: a schema where the walk found it. Out: an entry of the table, one level deep, and its children's.

use std::mem;

use indexmap::map::Entry;
use serde_json::Value;

use super::{Object, Walk, has_any, refs, rules};
use crate::read::{Target, within};
use crate::report::{Code, Pointer};

/// How child schemas stand under a keyword.
enum Place {
    One,
    List,
    /// A list of alternatives, of which one may be `null`.
    Alternatives,
    Map,
}

fn place(keyword: &str) -> Option<Place> {
    match keyword {
        "items" | "additionalItems" | "additionalProperties" => Some(Place::One),
        "allOf" | "prefixItems" => Some(Place::List),
        "oneOf" | "anyOf" => Some(Place::Alternatives),
        "properties" | "patternProperties" | "$defs" | "definitions" => Some(Place::Map),
        _ => None,
    }
}

/// An entry that stands for another one.
pub(super) fn reference(target: &Pointer) -> Value {
    let mut map = Object::with_capacity(1);
    map.insert("$ref".into(), marker(target));
    Value::Object(map)
}

/// What stands for a schema where it was.
pub(super) fn marker(at: &Pointer) -> Value {
    Value::String(at.as_str().into())
}

/// Takes the schema at `walk.at` into the table and leaves its pointer in its place.
pub(super) fn hoist(walk: &mut Walk, value: &mut Value) {
    if matches!(value, Value::String(text) if text == walk.at.as_str()) {
        return;
    }
    let schema = mem::replace(value, marker(&walk.at));
    let index = match walk.schemas.entry(walk.at.clone()) {
        Entry::Occupied(_) => return,
        Entry::Vacant(entry) => {
            let index = entry.index();
            entry.insert(Value::Null);
            index
        }
    };
    let map = match schema {
        Value::Object(map) => lower(walk, map),
        Value::Bool(true) | Value::Null => Object::new(),
        Value::Bool(false) => {
            walk.report.lose(
                Code::NeverSchema,
                &walk.at,
                "nothing fits this schema; it is read as any value",
            );
            Object::new()
        }
        Value::Number(_) | Value::String(_) | Value::Array(_) => {
            walk.report.lose(
                Code::UnreadableSchema,
                &walk.at,
                "a schema is an object or a boolean",
            );
            Object::new()
        }
    };
    walk.schemas[index] = Value::Object(map);
}

/// Lowers a schema to 3.0, one level deep.
fn lower(walk: &mut Walk, mut map: Object) -> Object {
    if map.keys().any(|key| key.starts_with('$')) {
        note_anchors(walk, &map);
    }
    walk.enclosing.push((
        walk.at.as_str().len(),
        has_any(&map, &["$recursiveAnchor"]) && map["$recursiveAnchor"] == true,
    ));
    let targets = rules::before(walk, &mut map);
    let mut nullable = false;
    let mut required = Vec::new();
    for (key, value) in &mut map {
        let Some(place) = place(key) else { continue };
        let length = walk.at.push(key);
        match (place, value) {
            (_, Value::Null) => {}
            (Place::One, Value::Bool(_)) if key == "additionalProperties" => {}
            // It ends a tuple.
            (Place::One, Value::Bool(false))
                if matches!(key.as_str(), "items" | "additionalItems") => {}
            // `items` is a list up to draft 2019-09 of JSON Schema.
            (Place::List, Value::Array(list)) | (Place::One, Value::Array(list)) => {
                each(walk, list)
            }
            (Place::One, value) => hoist(walk, value),
            (Place::Alternatives, Value::Array(list)) => nullable |= alternatives(walk, list),
            (Place::Map, Value::Object(children)) if key == "properties" => {
                properties(walk, children, &mut required)
            }
            (Place::Map, Value::Object(children)) => {
                children
                    .iter_mut()
                    .for_each(|(key, value)| child(walk, key, value));
            }
            // Like `allOf: { $ref: .. }`.
            (Place::List | Place::Alternatives, one @ Value::Object(_)) => {
                walk.report.add(
                    Code::RepairedType,
                    &walk.at,
                    "a list is wanted here; this is taken as its only item",
                );
                child(walk, "0", one);
                *one = Value::Array(vec![one.take()]);
            }
            (Place::List | Place::Alternatives | Place::Map, value) => {
                walk.report.lose(
                    Code::IgnoredKeyword,
                    &walk.at,
                    "this is neither a list nor an object of schemas",
                );
                *value = Value::Null;
            }
        }
        walk.at.truncate(length);
    }
    if nullable {
        map.insert("nullable".into(), true.into());
    }
    rules::require(&mut map, required);
    rules::after(walk, &mut map, targets);
    walk.enclosing.pop();
    map
}

fn child(walk: &mut Walk, key: &str, value: &mut Value) {
    let length = walk.at.push(key);
    hoist(walk, value);
    walk.at.truncate(length);
}

fn each(walk: &mut Walk, list: &mut [Value]) {
    for (index, value) in list.iter_mut().enumerate() {
        child(walk, &index.to_string(), value);
    }
}

/// The members of `oneOf` or `anyOf`, under the indices that they have in the document. Says whether `null` is among
/// them, and leaves it out.
fn alternatives(walk: &mut Walk, list: &mut Vec<Value>) -> bool {
    let mut nullable = false;
    let mut index = 0;
    list.retain_mut(|value| {
        let is_null = rules::is_null(value);
        let is_never = *value == Value::Bool(false);
        if !is_null && !is_never {
            child(walk, &index.to_string(), value);
        }
        nullable |= is_null;
        index += 1;
        !is_null && !is_never
    });
    nullable
}

/// Properties; those that say `required: true` of themselves, which no version of the specification knows, are
/// gathered.
fn properties(walk: &mut Walk, children: &mut Object, required: &mut Vec<String>) {
    for (key, value) in children {
        let flag = value.get("required").and_then(Value::as_bool);
        let length = walk.at.push(key);
        if let (Some(flag), Value::Object(map)) = (flag, &mut *value) {
            map.shift_remove("required");
            walk.report.add(
                Code::RepairedKeyword,
                &walk.at,
                "`required` is a list of the object, not a flag of its property; the flag is taken as meant for the list",
            );
            if flag {
                required.push(key.clone());
            }
        }
        hoist(walk, value);
        walk.at.truncate(length);
    }
}

/// Keeps the names by which other schemas may refer to this one.
fn note_anchors(walk: &mut Walk, map: &Object) {
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    let id = text("$id").unwrap_or_default();
    // Up to draft-06, an id of a fragment alone was an anchor.
    let (id, anchor) = id.split_once('#').unwrap_or((id, ""));
    if !id.is_empty() {
        let uri = identifier(walk, id);
        walk.anchors.insert(format!("{uri}#"), walk.at.clone());
        walk.identified.insert(walk.at.clone(), uri);
    }
    let uri = refs::uri_around(walk)
        .unwrap_or_else(|| walk.at.file())
        .to_owned();
    let names = [Some(anchor), text("$anchor"), text("$dynamicAnchor")];
    let is_name = |name: &&str| !name.is_empty() && !name.starts_with('/');
    for name in names.into_iter().flatten().filter(is_name) {
        walk.anchors
            .insert(format!("{uri}#{name}"), walk.at.clone());
        let in_file = format!("{}#{name}", walk.at.file());
        walk.anchors
            .entry(in_file)
            .or_insert_with(|| walk.at.clone());
    }
}

/// The URI of a schema, or its path in the folder.
fn identifier(walk: &Walk, id: &str) -> String {
    let within = refs::uri_around(walk).and_then(|uri| within(uri, id));
    if let Some(uri) = within {
        return uri.trim_end_matches('#').to_owned();
    }
    match walk.base.target(walk.at.file(), id) {
        Target::File(path, _) if id.ends_with('/') => path + "/",
        Target::File(path, _) => path,
        Target::Outside | Target::Remote | Target::Invalid => id.to_owned(),
    }
}

/// What can only be said of a schema when all of them are in the table.
pub(super) fn finish(walk: &mut Walk) {
    for index in 0..walk.schemas.len() {
        let keywords = ["oneOf", "anyOf", "discriminator"];
        let entry = walk.schemas[index].as_object();
        if entry.is_some_and(|entry| has_any(entry, &keywords)) {
            drop_null_references(walk, index);
            finish_discriminator(walk, index);
        }
    }
}

/// `oneOf: [{ $ref: A }, { $ref: B }]`, where `B` is nothing but null.
fn drop_null_references(walk: &mut Walk, index: usize) {
    for key in ["oneOf", "anyOf"] {
        let Some(list) = walk.schemas[index].get(key).and_then(Value::as_array) else {
            continue;
        };
        let is_null = |member: &&Value| {
            let entry = member.as_str().and_then(|at| walk.schemas.get(at));
            let target = entry.and_then(|entry| entry.get("$ref")?.as_str());
            target
                .and_then(|target| walk.schemas.get(target))
                .is_some_and(rules::is_null)
        };
        if !list.iter().any(|member| is_null(&member)) {
            continue;
        }
        let rest: Vec<Value> = list
            .iter()
            .filter(|member| !is_null(member))
            .cloned()
            .collect();
        if let Value::Object(map) = &mut walk.schemas[index] {
            map.insert(key.into(), rest.into());
            map.insert("nullable".into(), true.into());
        }
    }
}

/// What is not a key of the table among the targets of a discriminator, is the name of a component, or wrong.
fn finish_discriminator(walk: &mut Walk, index: usize) {
    let Some((at, entry)) = walk.schemas.get_index(index) else {
        return;
    };
    let Some(stated) = entry.get("discriminator").and_then(Value::as_object) else {
        return;
    };
    let at = at.child("discriminator");
    let mapping = stated.get("mapping").and_then(Value::as_object);
    let mapped = mapping
        .into_iter()
        .flatten()
        .map(|(key, target)| (Some(key), target));
    let default = stated.get("defaultMapping").map(|target| (None, target));
    let mut changes = Vec::new();
    for (key, target) in mapped.chain(default) {
        let Some(target) = target
            .as_str()
            .filter(|target| !walk.schemas.contains_key(*target))
        else {
            continue;
        };
        let pointer = Pointer::root()
            .child("components")
            .child("schemas")
            .child(target);
        let known = walk.schemas.contains_key(&pointer);
        changes.push((key.cloned(), target.to_owned(), known.then_some(pointer)));
    }
    for (key, target, pointer) in changes {
        // A reference that leads nowhere has been reported.
        if pointer.is_none() && !target.contains('#') {
            let at = match &key {
                Some(key) => at.child("mapping").child(key),
                None => at.child("defaultMapping"),
            };
            walk.report.lose(
                Code::DanglingRef,
                &at,
                format!("there is no schema \"{target}\""),
            );
        }
        let stated = walk.schemas[index].get_mut("discriminator");
        let (map, key) = match &key {
            Some(key) => (
                stated.and_then(|stated| stated.get_mut("mapping")),
                key.as_str(),
            ),
            None => (stated, "defaultMapping"),
        };
        let Some(map) = map.and_then(Value::as_object_mut) else {
            continue;
        };
        match pointer {
            Some(pointer) => drop(map.insert(key.to_owned(), marker(&pointer))),
            None => drop(map.shift_remove(key)),
        }
    }
}
