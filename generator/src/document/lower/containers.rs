//! Lists and maps whose values have several schemas, as 3.0 describes them: with one schema for all values.
//!
//! In: one schema, its children in the table. Out: the same with `items` or `additionalProperties`.

use serde_json::Value;

use super::object::Object;
use super::state::{KeywordSite, Walk};
use super::unions::any_of;
use crate::report::Code;

/// Lowers items with a schema each to a tuple, if all of them are required and no others are allowed, else to a list whose
/// items match any of the schemas.
pub(super) fn tuple(walk: &mut Walk, map: &mut Object) {
    let (key, mut members) = match (map.shift_remove("prefixItems"), map.get_mut("items")) {
        (Some(Value::Array(list)), _) => ("prefixItems", list),
        (_, Some(Value::Array(list))) => ("items", std::mem::take(list)),
        _ => return,
    };
    let more = match key {
        "prefixItems" => map.shift_remove("items"),
        _ => map.shift_remove("additionalItems"),
    };
    let count = |key: &str| map.get(key).and_then(Value::as_u64);
    let length = members.len() as u64;
    let no_more = count("maxItems").is_some_and(|most| most <= length);
    let is_whole = count("minItems").is_some_and(|least| least >= length)
        && (no_more || more == Some(Value::Bool(false)));
    if is_whole && (1..=MAX_TUPLE).contains(&members.len()) {
        map.insert("prefixItems".into(), members.clone().into());
    } else {
        walk.report.add(
            Code::PrefixItems,
            &walk.at,
            "the tuple is generated as a list",
        );
    }
    let is_open = more.is_none_or(|more| match more {
        Value::String(_) => {
            members.push(more);
            false
        }
        more => more != Value::Bool(false),
    });
    let items = any_of(walk, key, members.clone());
    // A union keeps items beyond the described ones, a single type does not.
    if !is_open || no_more || !members.contains(&items) {
        map.insert("items".into(), items);
    }
    map.entry("type").or_insert_with(|| "array".into());
}

/// The longest tuple for which `serde`, `Debug` and `PartialEq` are implemented.
const MAX_TUPLE: usize = 12;

/// Lowers properties by pattern, unless they are a reference that is still to be followed.
pub(super) fn pattern_properties(walk: &mut Walk, map: &mut Object) {
    let is_here = |site: &KeywordSite| site.keyword == PATTERNS && site.schema == walk.at;
    if !walk.keywords.iter().any(is_here) {
        patterns(walk, map);
    }
}

/// The keyword of [`patterns`].
pub(super) const PATTERNS: &str = "patternProperties";

/// Lowers properties by pattern to `additionalProperties` that match any of their schemas. If other properties are allowed, too,
/// `patternProperties` becomes a flag that says so.
pub(super) fn patterns(walk: &mut Walk, map: &mut Object) {
    let Some(Value::Object(mut patterns)) = map.shift_remove(PATTERNS) else {
        return;
    };
    // The order of keys has no meaning.
    patterns.sort_keys();
    let mut members: Vec<Value> = patterns.into_iter().map(|(_, schema)| schema).collect();
    if members.is_empty() {
        return;
    }
    let has_properties = map.contains_key("properties");
    let others = map.get("additionalProperties").cloned();
    if members.len() > 1 || has_properties || others.as_ref().is_some_and(Value::is_string) {
        walk.report.add(
            Code::PatternProperties,
            &walk.at,
            "patterns of property names are not checked",
        );
    }
    match others {
        Some(Value::Bool(false)) => {}
        Some(schema @ Value::String(_)) => members.push(schema),
        Some(_) | None => drop(map.insert(PATTERNS.into(), true.into())),
    }
    let values = any_of(walk, PATTERNS, members);
    map.insert("additionalProperties".into(), values);
}
