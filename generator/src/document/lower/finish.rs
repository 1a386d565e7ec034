//! Rules that need the whole table: targets of discriminators, and alternatives that refer to `null`.
//!
//! In: the table, complete. Out: the same.

use serde_json::Value;

use super::object::has_any;
use super::state::Walk;
use super::table::marker;
use super::types::is_null as is_null_schema;
use crate::report::{Code, Pointer};

/// Finishes all schemas.
pub(super) fn run(walk: &mut Walk) {
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
                .is_some_and(is_null_schema)
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

/// A target of a discriminator that is not a key of the table is the name of a component, or wrong.
fn finish_discriminator(walk: &mut Walk, index: usize) {
    let Some((at, entry)) = walk.schemas.get_index(index) else {
        return;
    };
    let Some(declared) = entry.get("discriminator").and_then(Value::as_object) else {
        return;
    };
    let at = at.child("discriminator");
    let mapping = declared.get("mapping").and_then(Value::as_object);
    let mapped = mapping
        .into_iter()
        .flatten()
        .map(|(key, target)| (Some(key), target));
    let default = declared.get("defaultMapping").map(|target| (None, target));
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
                format!("the schema \"{target}\" does not exist"),
            );
        }
        let declared = walk.schemas[index].get_mut("discriminator");
        let (map, key) = match &key {
            Some(key) => (
                declared.and_then(|declared| declared.get_mut("mapping")),
                key.as_str(),
            ),
            None => (declared, "defaultMapping"),
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
