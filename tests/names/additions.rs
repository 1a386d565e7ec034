//! Changes of a document that take nothing from its users.
//!
//! In: a document. Out: the changed one; the same in every run. Not here: what becomes of names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// A change.
pub struct Change {
    pub name: &'static str,
    /// Whether the types behind the names stay the same, too. A struct that grows may be boxed, or differ from one that was equal, and
    /// more users of an enum are more resources than can have features.
    pub keeps_types: bool,
    pub apply: fn(Value) -> Value,
}

/// All changes.
pub const CHANGES: &[Change] = &[
    Change {
        name: "operations are added",
        keeps_types: true,
        apply: operations,
    },
    Change {
        name: "properties and schemas are added",
        keeps_types: false,
        apply: schemas,
    },
    Change {
        name: "schemas are called like resources and calls",
        keeps_types: true,
        apply: namesakes,
    },
    Change {
        name: "enums get another user",
        keeps_types: false,
        apply: users_of_enums,
    },
    Change {
        name: "keys have another order",
        keeps_types: true,
        apply: reversed,
    },
];

/// Pseudorandom numbers, the same in every run.
struct Seeded(u64);

impl Seeded {
    /// Returns true once in `times`, on average.
    fn once_in(&mut self, times: u64) -> bool {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).is_multiple_of(times)
    }
}

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

fn object<'a>(document: &'a mut Value, keys: &[&str]) -> &'a mut Map<String, Value> {
    let mut at = document;
    for key in keys {
        at = &mut at[*key];
        if at.is_null() {
            *at = json!({});
        }
    }
    at.as_object_mut().expect("an object")
}

fn operation(path: &str, schema: Value) -> Value {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    let parameters: Vec<Value> = names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    json!({
        "parameters": parameters,
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": schema } } } },
    })
}

/// Adds errors with the statuses of others and with other bodies.
fn with_errors(mut operation: Value, bodies: &[Value]) -> Value {
    for (status, schema) in ["403", "404", "422"].into_iter().zip(bodies) {
        operation["responses"][status] =
            json!({ "description": "", "content": { "application/json": { "schema": schema } } });
    }
    operation
}

/// The bodies of three errors. One is a schema of its own, which only some operations have.
fn bodies_of_errors(document: &Value) -> Vec<Value> {
    let schemas = document["components"]["schemas"].as_object();
    let keys = schemas.into_iter().flat_map(|schemas| schemas.keys());
    let (errors, others): (Vec<&String>, Vec<&String>) =
        keys.partition(|key| key.to_lowercase().contains("error"));
    let keys = errors.into_iter().rev().chain(others).take(2);
    let shared = keys.map(|key| json!({ "$ref": format!("#/components/schemas/{key}") }));
    shared.chain([one()]).collect()
}

fn one() -> Value {
    json!({ "type": "object", "properties": { "zzz_kind": { "type": "string", "enum": ["a", "b"] } } })
}

fn many() -> Value {
    json!({ "type": "array", "items": one() })
}

/// Returns a path without the names of its parameters.
fn without_names(path: &str) -> String {
    let parts = path.split('{').map(|part| {
        let (_, rest) = part.split_once('}').unwrap_or(("", part));
        rest
    });
    parts.collect::<Vec<_>>().join("{}")
}

/// Returns an id as authors write it: the verb, which is the last word of the path of an action, and the words of the path.
fn id(path: &str, method: &str) -> String {
    let words: Vec<&str> = path
        .split(['/', '.', '-', ':'])
        .filter(|word| !word.is_empty() && !word.starts_with('{'))
        .collect();
    let (verb, words) = match (words.split_last(), method) {
        (Some((&"cancel", rest)), "post") => ("cancel", rest),
        (_, "get") if !path.ends_with('}') => ("list", words.as_slice()),
        (_, "put") => ("update", words.as_slice()),
        (_, method) => (method, words.as_slice()),
    };
    [&[verb], words].concat().join("_")
}

/// Adds operations to paths and below them, with ids if others have some. None is above those
/// of others: names may depend on what is shorter.
fn operations(mut document: Value) -> Value {
    let mut seeded = Seeded(1);
    let bodies = bodies_of_errors(&document);
    let known = object(&mut document, &["paths"]).clone();
    let templates: BTreeMap<String, &String> = known
        .keys()
        .map(|path| (without_names(path), path))
        .collect();
    let paths = object(&mut document, &["paths"]);
    let declared = known
        .values()
        .flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
    let ids = declared.filter_map(|operation| operation["operationId"].as_str());
    let ids: BTreeSet<&str> = ids.collect();
    let mut add = |path: &str, method: &str, schema: Value| {
        // A template that differs in the names of its parameters only is the same path (Paths Object).
        if templates
            .get(&without_names(path))
            .is_some_and(|known| *known != path)
        {
            return;
        }
        let item = paths.entry(path).or_insert_with(|| json!({}));
        // The parameters of the path are those of the new operation, too.
        let shared = item.get("parameters").cloned();
        let errors = if path.ends_with("}") { 2 } else { 3 };
        let mut made = with_errors(operation(path, schema), &bodies[..errors]);
        let id = id(path, method);
        if ids.contains(id.as_str()) {
            return;
        }
        if !ids.is_empty() {
            made["operationId"] = id.into();
        }
        if shared.is_some() {
            made.as_object_mut()
                .expect("an object")
                .remove("parameters");
        }
        let item = item.as_object_mut().expect("an object");
        item.entry(method).or_insert(made);
    };
    for (path, item) in &known {
        if path.contains(['?', '#']) || !path.starts_with('/') {
            continue;
        }
        // Some authors end all paths with `.json`.
        let path = path.trim_end_matches('/');
        let (above, extension) = match path.strip_suffix(".json") {
            Some(above) => (above, ".json"),
            None => (path, ""),
        };
        if seeded.once_in(5) {
            for (below, method, schema) in [
                ("zzz_things", "get", many()),
                ("zzz_things/{zzz_id}", "get", one()),
                ("zzz_things/{zzz_id}/cancel", "post", one()),
            ] {
                add(&format!("{above}/{below}{extension}"), method, schema);
            }
        }
        let below = format!("{above}/");
        if known.keys().any(|known| known.starts_with(&below)) {
            continue;
        }
        if seeded.once_in(5) {
            for method in ["get", "delete"] {
                add(&format!("{above}/{{zzz_id}}{extension}"), method, one());
            }
        }
        if seeded.once_in(3) {
            add(path, "patch", one());
            let has_other = ["patch", "post", "put"]
                .iter()
                .any(|method| item.get(method).is_some());
            if !has_other {
                add(path, "put", one());
            }
        }
    }
    document
}

/// Adds properties to components, and components.
fn schemas(mut document: Value) -> Value {
    let mut seeded = Seeded(2);
    let schemas = object(&mut document, &["components", "schemas"]);
    for schema in schemas.values_mut() {
        if seeded.once_in(4)
            && let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut)
        {
            let kind =
                json!({ "type": "string", "enum": ["zzz", "yyy"], "description": "A new kind." });
            properties.insert("aaa_kind".into(), kind.clone());
            properties.insert(
                "zzz_thing".into(),
                json!({ "type": "object", "properties": { "kind": kind } }),
            );
        }
    }
    let texts: Vec<String> = schemas.keys().take(20).cloned().collect();
    for key in texts {
        schemas.insert(format!("Aaa{key}"), one());
        schemas.insert(
            format!("{key}Zzz"),
            json!({ "type": "object", "properties": { "kind": one() } }),
        );
    }
    document
}

/// Adds components that are called like words of paths and like verbs, and operations that reply with them.
fn namesakes(mut document: Value) -> Value {
    let paths = object(&mut document, &["paths"]);
    let words = paths.keys().flat_map(|path| path.split('/'));
    let words = words.filter(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    let words = words.filter(|word| word.len() > 2).map(str::to_owned);
    let verbs = ["list", "create", "retrieve", "delete"].map(str::to_owned);
    let words: BTreeSet<String> = words.chain(verbs).collect();
    let keys = words
        .iter()
        .map(|word| word[..1].to_uppercase() + &word[1..]);
    let keys: Vec<String> = keys.collect();
    let schemas = object(&mut document, &["components", "schemas"]);
    for key in &keys {
        // No author has both `activity` and `Activity`.
        if !schemas.keys().any(|known| known.eq_ignore_ascii_case(key)) {
            schemas.insert(key.clone(), one());
        }
    }
    let key = schemas.keys().next_back().expect("a schema").clone();
    let reply = json!({ "$ref": format!("#/components/schemas/{key}") });
    object(&mut document, &["paths"]).insert(
        "/zzz_namesakes".into(),
        json!({ "get": operation("/zzz_namesakes", reply) }),
    );
    document
}

/// Adds operations and components that have the inline enums of others, before and after these.
fn users_of_enums(mut document: Value) -> Value {
    let mut seeded = Seeded(3);
    let mut parameters: Vec<Value> = Vec::new();
    for item in object(&mut document, &["paths"]).values() {
        let own = METHODS
            .iter()
            .filter_map(|method| item.get(method)?.get("parameters"));
        for parameter in own.filter_map(Value::as_array).flatten() {
            let is_enum = parameter.get("in") == Some(&json!("query"))
                && parameter["schema"].get("enum").is_some();
            if is_enum && seeded.once_in(2) {
                parameters.push(parameter.clone());
            }
        }
    }
    let mut properties: Vec<(String, Value)> = Vec::new();
    for schema in object(&mut document, &["components", "schemas"]).values() {
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if property.get("enum").is_some() && seeded.once_in(4) {
                properties.push((name.clone(), property.clone()));
            }
        }
    }
    for (index, parameter) in parameters.iter().enumerate() {
        for path in [format!("/aaa{index}"), format!("/zzz{index}")] {
            let mut made = operation(&path, one());
            made["parameters"] = json!([parameter]);
            object(&mut document, &["paths"]).insert(path, json!({ "get": made }));
        }
    }
    let schemas = object(&mut document, &["components", "schemas"]);
    for (index, (name, property)) in properties.into_iter().enumerate() {
        for key in [format!("AAA{index}"), format!("Zzz{index}")] {
            schemas.insert(
                key,
                json!({ "type": "object", "properties": { &name: &property } }),
            );
        }
    }
    schemas.insert("AaaAll".into(), one());
    document
}

/// Reverses the keys of all objects.
fn reversed(document: Value) -> Value {
    match document {
        Value::Object(map) => map
            .into_iter()
            .rev()
            .map(|(key, value)| (key, reversed(value)))
            .collect(),
        Value::Array(list) => list.into_iter().map(reversed).collect(),
        scalar => scalar,
    }
}

/// A few tags of the operations.
pub fn tags(document: &Value) -> Vec<String> {
    let mut seeded = Seeded(4);
    let items = document["paths"]
        .as_object()
        .into_iter()
        .flat_map(|paths| paths.values());
    let operations = items.flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
    let tags = operations.filter_map(|operation| operation.get("tags")?.get(0)?.as_str());
    let mut tags: Vec<&str> = tags.collect();
    tags.sort_unstable();
    tags.dedup();
    let mut chosen: Vec<String> = tags
        .iter()
        .filter(|_| seeded.once_in(6))
        .map(|tag| (*tag).to_owned())
        .collect();
    chosen.truncate(2);
    if chosen.is_empty() {
        chosen.extend(tags.first().map(|tag| (*tag).to_owned()));
    }
    chosen
}
