//! Moves schemas from the document to the table.
//!
//! In: a schema where the walk found it. Out: an entry of the table, one level deep, and entries of its children.

use std::mem;

use indexmap::map::Entry;
use serde_json::Value;

use super::object::{Object, has_any};
use super::objects::{Expected, Kind};
use super::resolve::{resolve_here, uri_around};
use super::state::{KeywordSite, Walk};
use super::table::marker;
use super::types::is_null;
use super::{anchors, rules, schema_repair};
use crate::read::{Target, within};
use crate::report::Code;

/// The form of child schemas under a keyword.
enum Children {
    One,
    List,
    /// A list of alternatives, of which one may be `null`.
    Alternatives,
    Map,
}

fn children(keyword: &str) -> Option<Children> {
    match keyword {
        "items" | "additionalItems" | "additionalProperties" => Some(Children::One),
        "allOf" | "prefixItems" => Some(Children::List),
        "oneOf" | "anyOf" => Some(Children::Alternatives),
        "properties" | "patternProperties" | "$defs" | "definitions" => Some(Children::Map),
        _ => None,
    }
}

/// Moves the schema at `walk.at` to the table and replaces it with its pointer.
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
                "no value matches this schema; any value is accepted",
            );
            Object::new()
        }
        Value::Number(_) | Value::String(_) | Value::Array(_) => {
            walk.report.lose(
                Code::UnreadableSchema,
                &walk.at,
                "a schema must be an object or a boolean",
            );
            Object::new()
        }
    };
    walk.schemas[index] = Value::Object(map);
}

/// Lowers a schema to 3.0, one level deep.
fn lower(walk: &mut Walk, mut map: Object) -> Object {
    if map.keys().any(|key| key.starts_with('$')) {
        note_names(walk, &map);
        anchors::note(walk, &map);
    }
    walk.enclosing.push((
        walk.at.as_str().len(),
        has_any(&map, &["$recursiveAnchor"]) && map["$recursiveAnchor"] == true,
    ));
    note_references(walk, &mut map);
    let targets = rules::before(walk, &mut map);
    let mut found = Found::default();
    for (key, value) in &mut map {
        if let Some(form) = children(key) {
            let length = walk.at.push(key);
            hoist_children(walk, key, form, value, &mut found);
            walk.at.truncate(length);
        }
    }
    if found.nullable {
        map.insert("nullable".into(), true.into());
    }
    schema_repair::require(&mut map, found.required);
    rules::after(walk, &mut map, targets);
    walk.enclosing.pop();
    map
}

/// Facts that child schemas contribute to their parent.
#[derive(Default)]
struct Found {
    /// One of the alternatives is `null`.
    nullable: bool,
    /// The properties with `required: true`.
    required: Vec<String>,
}

/// Moves the schemas under a keyword to the table.
fn hoist_children(
    walk: &mut Walk,
    key: &str,
    form: Children,
    value: &mut Value,
    found: &mut Found,
) {
    match (form, value) {
        (_, Value::Null) => {}
        (Children::One, Value::Bool(_)) if key == "additionalProperties" => {}
        // It ends a tuple.
        (Children::One, Value::Bool(false)) if matches!(key, "items" | "additionalItems") => {}
        // `items` is a list up to draft 2019-09 of JSON Schema.
        (Children::List, Value::Array(list)) | (Children::One, Value::Array(list)) => {
            each(walk, list);
        }
        (Children::One, value) => hoist(walk, value),
        (Children::Alternatives, Value::Array(list)) => {
            found.nullable |= alternatives(walk, list);
        }
        (Children::Map, Value::Object(map)) if key == "properties" => {
            properties(walk, map, &mut found.required);
        }
        (Children::Map, Value::Object(map)) => {
            map.iter_mut()
                .for_each(|(key, value)| child(walk, key, value));
        }
        // Like `allOf: { $ref: .. }`.
        (Children::List | Children::Alternatives, one @ Value::Object(_)) => {
            let text = "expected a list; this is read as its only item";
            walk.report.add(Code::RepairedType, &walk.at, text);
            child(walk, "0", one);
            *one = Value::Array(vec![one.take()]);
        }
        (Children::List | Children::Alternatives | Children::Map, value) => {
            let text = "expected a list or an object of schemas";
            walk.report.lose(Code::IgnoredKeyword, &walk.at, text);
            *value = Value::Null;
        }
    }
}

/// Takes out references in place of a keyword's value. A lone `$ref` among schemas is a reference and not the name of one, since
/// a schema is never a string.
fn note_references(walk: &mut Walk, map: &mut Object) {
    for (keyword, value) in map {
        let Value::Object(value) = value else {
            continue;
        };
        let shape = match keyword.as_str() {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                Expected::Map(Kind::Schema)
            }
            "discriminator" => Expected::One(Kind::Discriminator),
            "externalDocs" => Expected::One(Kind::ExternalDocs),
            "title" | "description" => Expected::One(Kind::Text),
            _ => continue,
        };
        if !value.get("$ref").is_some_and(Value::is_string) {
            continue;
        }
        let Some(Value::String(reference)) = value.shift_remove("$ref") else {
            continue;
        };
        let length = walk.at.push(keyword);
        let target = resolve_here(walk, &reference);
        walk.at.truncate(length);
        walk.keywords.extend(target.map(|target| KeywordSite {
            schema: walk.at.clone(),
            keyword: keyword.clone(),
            shape,
            target,
        }));
    }
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

/// Returns the members of `oneOf` or `anyOf`, under the indices that they have in the document.
/// Removes `null`, and returns true if it was among them.
fn alternatives(walk: &mut Walk, list: &mut Vec<Value>) -> bool {
    let mut nullable = false;
    let mut index = 0;
    list.retain_mut(|value| {
        let is_null = is_null(value);
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

/// Moves properties to the table, and gathers those with `required: true`, which no version of the specification allows.
fn properties(walk: &mut Walk, children: &mut Object, required: &mut Vec<String>) {
    for (key, value) in children {
        let flag = value.get("required").and_then(Value::as_bool);
        let length = walk.at.push(key);
        if let (Some(flag), Value::Object(map)) = (flag, &mut *value) {
            map.shift_remove("required");
            walk.report.add(
                Code::RepairedKeyword,
                &walk.at,
                "`required` belongs to the object, as a list of names; this property is added to that list",
            );
            if flag {
                required.push(key.clone());
            }
        }
        hoist(walk, value);
        walk.at.truncate(length);
    }
}

/// Notes the names by which other schemas may refer to this one.
fn note_names(walk: &mut Walk, map: &Object) {
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    let id = text("$id").unwrap_or_default();
    // Up to draft-06, an id of a fragment alone was an anchor.
    let (id, anchor) = id.split_once('#').unwrap_or((id, ""));
    if !id.is_empty() {
        let uri = identifier(walk, id);
        walk.anchors.insert(format!("{uri}#"), walk.at.clone());
        walk.identified.insert(walk.at.clone(), uri);
    }
    let uri = uri_around(walk)
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

/// Returns the URI of a schema, or its path in the folder.
fn identifier(walk: &Walk, id: &str) -> String {
    let within = uri_around(walk).and_then(|uri| within(uri, id));
    if let Some(uri) = within {
        return uri.trim_end_matches('#').to_owned();
    }
    match walk.base.target(walk.at.file(), id) {
        Target::File(path, _) if id.ends_with('/') => path + "/",
        Target::File(path, _) => path,
        Target::Outside | Target::Remote | Target::Invalid => id.to_owned(),
    }
}
