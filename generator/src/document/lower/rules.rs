//! From JSON Schema 2020-12, as of OpenAPI 3.1, to the keywords that [`schema`](crate::document::schema) reads: one function per rule.
//!
//! In: one schema. Out: the same in keywords of OpenAPI 3.0, and `prefixItems`, `contentMediaType` and `examples`, with a diagnostic
//! for each constraint that these cannot express.

use serde_json::{Number, Value};

use super::dynamic::Declared;
use super::object::{Object, has_any};
use super::resolve::resolve_in_schema;
use super::state::Walk;
use super::types::{self, is_any};
use super::{containers, dialect, discriminator, schema_repair, table, unions};
use crate::document::media_type::{MediaClass, essence};
use crate::report::{Code, Pointer};

/// The keywords that a rule is about, and the rule, which runs if a schema has one of them.
type Rule = (&'static [&'static str], fn(&mut Walk, &mut Object));

/// Rules that read child schemas, while these are still in the schema.
const BEFORE: &[Rule] = &[
    (schema_repair::LISTS, schema_repair::empty_lists),
    (&["not"], never),
    (&["type"], schema_repair::type_names),
    (&["type"], types::inapplicable),
    (
        &["additionalProperties"],
        schema_repair::additional_properties,
    ),
    (&["items"], no_items),
    (&["unevaluatedProperties"], unevaluated_properties),
    (CONDITIONAL, |walk, map| {
        drop_constraint(walk, map, CONDITIONAL, Code::Conditional);
    }),
    (CONTAINS, |walk, map| {
        drop_constraint(walk, map, CONTAINS, Code::Contains);
    }),
    (PROPERTY_NAMES, property_names),
    (UNEVALUATED_ITEMS, |walk, map| {
        drop_constraint(walk, map, UNEVALUATED_ITEMS, Code::Unevaluated);
    }),
    (CONTENT_SCHEMA, |walk, map| {
        drop_refinement(walk, map, CONTENT_SCHEMA, Code::ContentSchema);
    }),
    (&["const"], constant),
    (&["enum"], schema_repair::enum_list),
    (&["enum"], null_in_enum),
    (&["enum"], unions::mixed_enum),
    (&["exclusiveMinimum", "exclusiveMaximum"], bounds),
    (&["examples"], schema_repair::examples),
    (&["contentEncoding", "contentMediaType"], content),
    (&["x-nullable"], schema_repair::nullable_extension),
    (&["discriminator"], |walk, map| {
        if let Some(value) = map.get_mut("discriminator") {
            discriminator::resolve(walk, value);
        }
    }),
];

/// Rules that rearrange child schemas, once these are in the table.
const AFTER: &[Rule] = &[
    (&["$defs", "definitions"], |_, map| {
        map.shift_remove("$defs");
        map.shift_remove("definitions");
    }),
    (&["prefixItems", "items"], containers::tuple),
    (&["patternProperties"], containers::pattern_properties),
    (&["type"], unions::type_list),
];

/// Applies [`BEFORE`]. Returns the references.
pub(super) fn before(walk: &mut Walk, map: &mut Object) -> Vec<Reference> {
    let targets = match has_any(map, REFERENCES) {
        true => references(walk, map),
        false => Vec::new(),
    };
    apply(BEFORE, walk, map);
    targets
}

/// Puts references back and applies [`AFTER`].
pub(super) fn after(walk: &mut Walk, map: &mut Object, targets: Vec<Reference>) {
    refer(walk, map, targets);
    apply(AFTER, walk, map);
}

fn apply(rules: &[Rule], walk: &mut Walk, map: &mut Object) {
    for (keywords, rule) in rules {
        if has_any(map, keywords) {
            rule(walk, map);
        }
    }
}

const REFERENCES: &[&str] = &[
    "$ref",
    "$recursiveRef",
    "$dynamicRef",
    "$comment",
    "$schema",
];

/// A reference that was taken out of a schema.
pub(super) struct Reference {
    /// A pointer, or an empty string for one that leads nowhere.
    target: Value,
    dynamic: Option<Declared>,
}

/// Takes the references out of a schema. `$recursiveRef` and `$dynamicRef` are resolved as if nothing extended the schema.
fn references(walk: &mut Walk, map: &mut Object) -> Vec<Reference> {
    let mut targets = Vec::new();
    for key in ["$ref", "$recursiveRef", "$dynamicRef"] {
        let text = match map.shift_remove(key) {
            Some(Value::String(text)) => text,
            Some(_) => {
                walk.report
                    .lose(Code::RefSyntax, &walk.at, format!("{key} must be a string"));
                continue;
            }
            None => continue,
        };
        let target = match (key, text.as_str()) {
            ("$recursiveRef" | "$dynamicRef", "#") => recursion(walk),
            (_, text) => resolve_in_schema(walk, text),
        };
        let target = target.as_ref();
        targets.push(Reference {
            target: target.map_or_else(|| String::new().into(), table::marker),
            dynamic: target.and_then(|target| Declared::of(key, &text, target)),
        });
    }
    map.shift_remove("$comment");
    dialect::check(map.shift_remove("$schema").as_ref(), "$schema", walk);
    targets
}

/// Returns the innermost enclosing schema with `$recursiveAnchor`, or the outermost one.
fn recursion(walk: &Walk) -> Option<Pointer> {
    let anchor = walk
        .enclosing
        .iter()
        .rev()
        .find(|(_, anchor)| *anchor)
        .or(walk.enclosing.first());
    anchor.map(|(length, _)| Pointer::canonical(&walk.at.as_str()[..*length]))
}

/// `{ $ref, ..siblings }` is `{ allOf: [{ $ref }], ..siblings }`, in which the member has a pointer of its own, as all schemas
/// do. A schema that is only a reference stays one.
fn refer(walk: &mut Walk, map: &mut Object, references: Vec<Reference>) {
    if references.is_empty() {
        return;
    }
    let is_alone = references.len() == 1 && map.is_empty();
    let mut targets = Vec::with_capacity(references.len());
    for (index, Reference { target, dynamic }) in references.into_iter().enumerate() {
        let at = match is_alone {
            true => walk.at.clone(),
            false => walk.at.child("$ref").child(&index.to_string()),
        };
        if let Some(dynamic) = dynamic {
            walk.dynamic.references.insert(at.clone(), dynamic);
        }
        if is_alone {
            map.insert("$ref".into(), target);
            return;
        }
        let mut member = Object::with_capacity(1);
        member.insert("$ref".into(), target);
        targets.push(table::marker(&at));
        walk.schemas.insert(at, Value::Object(member));
    }
    if let Some(Value::Array(members)) = map.shift_remove("allOf") {
        targets.extend(members);
    }
    map.insert("allOf".into(), targets.into());
    // Beside a reference, `summary` is allowed like `description`.
    if let (Some(summary @ Value::String(_)), false) =
        (map.shift_remove("summary"), map.contains_key("description"))
    {
        map.insert("description".into(), summary);
    }
}

/// `not: {}` matches no value.
fn never(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    let Some(not) = map.get("not") else { return };
    // It keeps the place for a schema that extends the one around it.
    if is_any(not) && map.contains_key("$dynamicAnchor") {
        map.shift_remove("not");
        return;
    }
    match is_any(not) {
        true => report.lose(
            Code::NeverSchema,
            at,
            "no value matches this schema; any value is accepted",
        ),
        false => report.lose(Code::Not, &at.child("not"), "`not` is not checked"),
    };
    map.shift_remove("not");
}

/// `items: false` allows no items but those of `prefixItems`.
fn no_items(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    if map.get("items") == Some(&Value::Bool(false)) && !map.contains_key("prefixItems") {
        map.shift_remove("items");
        report.lose(
            Code::NeverSchema,
            &at.child("items"),
            "no item matches this list; it is generated as a list of any values",
        );
    }
}

/// `unevaluatedProperties` equals `additionalProperties` if no other keyword adds properties.
fn unevaluated_properties(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    let Some(value) = map.shift_remove("unevaluatedProperties") else {
        return;
    };
    let adds = ["allOf", "anyOf", "oneOf", "if", "dependentSchemas"]
        .iter()
        .any(|key| map.contains_key(*key));
    if !adds && !map.contains_key("additionalProperties") {
        map.insert("additionalProperties".into(), value);
    } else if value != Value::Bool(true) {
        report.lose(
            Code::Unevaluated,
            &at.child("unevaluatedProperties"),
            "`unevaluatedProperties` is not checked",
        );
    }
}

/// Drops keywords that 3.0 does not have and that may determine the type.
fn drop_constraint(walk: &mut Walk, map: &mut Object, keywords: &[&'static str], code: Code) {
    let (first, text) = take_unchecked(map, keywords);
    walk.report.lose(code, &walk.at.child(first), text);
}

/// Drops keywords that 3.0 does not have and that do not affect the type.
fn drop_refinement(walk: &mut Walk, map: &mut Object, keywords: &[&'static str], code: Code) {
    let (first, text) = take_unchecked(map, keywords);
    walk.report.add(code, &walk.at.child(first), text);
}

/// Takes keywords out of a schema that has at least one of them. Returns the first one and the text of the diagnostic.
fn take_unchecked(map: &mut Object, keywords: &[&'static str]) -> (&'static str, String) {
    let mut found = keywords.to_vec();
    found.retain(|key| map.shift_remove(*key).is_some());
    let verb = if found.len() == 1 { "is" } else { "are" };
    let text = format!("`{}` {verb} not checked", found.join("`, `"));
    (found.first().copied().unwrap_or_default(), text)
}

const CONDITIONAL: &[&str] = &[
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
];
const CONTAINS: &[&str] = &["contains", "minContains", "maxContains"];
const PROPERTY_NAMES: &[&str] = &["propertyNames"];
const UNEVALUATED_ITEMS: &[&str] = &["unevaluatedItems"];
const CONTENT_SCHEMA: &[&str] = &["contentSchema"];

fn property_names(walk: &mut Walk, map: &mut Object) {
    match map.get("propertyNames").is_some_and(is_any_name) {
        true => drop(map.shift_remove("propertyNames")),
        false => drop_refinement(walk, map, PROPERTY_NAMES, Code::PropertyNames),
    }
}

/// Returns whether a schema allows every property name.
fn is_any_name(schema: &Value) -> bool {
    const KEYWORDS: [&str; 3] = ["type", "title", "description"];
    schema
        .as_object()
        .is_some_and(|schema| schema.keys().all(|key| KEYWORDS.contains(&key.as_str())))
}

/// `const` is an `enum` of one value.
fn constant(_: &mut Walk, map: &mut Object) {
    if let Some(value) = map.shift_remove("const") {
        map.insert("enum".into(), vec![value].into());
    }
}

/// `null` among the values of an enum makes it nullable.
fn null_in_enum(_: &mut Walk, map: &mut Object) {
    let Some(Value::Array(list)) = map.get_mut("enum") else {
        return;
    };
    if list.iter().any(Value::is_null) {
        if list.iter().any(|value| !value.is_null()) {
            list.retain(|value| !value.is_null());
        }
        map.insert("nullable".into(), true.into());
    }
}

/// A number in `exclusiveMinimum` is a `minimum` that is exclusive. A boolean is 3.0 already.
fn bounds(_: &mut Walk, map: &mut Object) {
    for (exclusive, inclusive, sign) in [
        ("exclusiveMinimum", "minimum", 1.0),
        ("exclusiveMaximum", "maximum", -1.0),
    ] {
        let Some(Value::Number(bound)) = map.get(exclusive) else {
            continue;
        };
        let bound = bound.clone();
        let value = |number: &Number| number.as_f64().map(|number| number * sign);
        // If both are given, the tighter one wins.
        let is_loose = match map.get(inclusive) {
            Some(Value::Number(other)) => value(&bound) < value(other),
            _ => false,
        };
        if is_loose {
            map.shift_remove(exclusive);
        } else {
            map.insert(exclusive.into(), true.into());
            map.insert(inclusive.into(), bound.into());
        }
    }
}

/// Returns whether content of a media type is no text.
fn is_binary(media_type: &str) -> bool {
    MediaClass::of(&essence(media_type)) == MediaClass::Bytes
}

/// Lowers the encoding of a string to a format of 3.0.
fn content(walk: &mut Walk, map: &mut Object) {
    let Walk { at, report, .. } = walk;
    let (encoding, media_type) = (
        map.shift_remove("contentEncoding"),
        map.shift_remove("contentMediaType"),
    );
    let format = match (
        encoding.as_ref().and_then(Value::as_str),
        media_type.as_ref().and_then(Value::as_str),
    ) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
        (Some("binary"), _) => "binary",
        // Without an encoding, such data are bytes (OpenAPI 3.1.1, "Working with Binary Data").
        (None, Some(text)) if is_binary(text) => "binary",
        // Text within a string needs no decoding.
        (None | Some("7bit" | "8bit"), _) => {
            map.extend(media_type.map(|text| ("contentMediaType".to_owned(), text)));
            return;
        }
        (Some(other), _) => {
            report.add(
                Code::ContentSchema,
                &at.child("contentEncoding"),
                format!("the encoding `{other}` is unknown; the string is not decoded"),
            );
            return;
        }
    };
    map.entry("format").or_insert_with(|| format.into());
    let is_binary = format == "binary"
        && media_type
            .as_ref()
            .is_some_and(|text| text == "application/octet-stream");
    let media_type = media_type.filter(|_| !is_binary);
    map.extend(media_type.map(|text| ("contentMediaType".to_owned(), text)));
}
