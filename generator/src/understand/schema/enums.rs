//! `enum`: values of one JSON type become an enum, others a looser type.
//!
//! In: the values. Out: a [`Sketch`]. Not here: names of variants (see `plan`).

use serde_json::Value;

use super::cx::Cx;
use super::merge::merged;
use super::merged::Merged;
use super::scalar::{self, brief, effective_type, listed_type, literal, plain_scalar, values_type};
use super::sketch::{Alternative, EnumSketch, Sketch};
use crate::document::{Entry, JsonType, Pos};
use crate::maps::{HashMap, HashSet};
use crate::model::api::{
    Doc as Text, EnumValue, Extent, Literal, Repr, Scalar, Shape, TypeId, UntypedReason,
};
use crate::model::json;
use crate::report::Code;

/// Returns the sketch of an enum.
pub fn sketch(cx: &mut Cx, pos: Pos, values: &[&Value], all: &Merged) -> Sketch {
    let kind = effective_type(all);
    let repr = match (kind, listed_type(values)) {
        (Some(JsonType::String), _) | (None, Some(JsonType::String)) => Repr::String,
        (Some(JsonType::Integer), _) | (None, Some(JsonType::Integer)) => Repr::Integer,
        (Some(JsonType::Number), Some(JsonType::Integer)) => Repr::Integer,
        (Some(kind @ (JsonType::Boolean | JsonType::Number | JsonType::Null)), _) => {
            return loosened(cx, pos, kind, all);
        }
        (None, Some(kind @ (JsonType::Boolean | JsonType::Number | JsonType::Null))) => {
            return loosened(cx, pos, kind, all);
        }
        (Some(JsonType::Array), _) | (None, Some(JsonType::Array)) => {
            loose(cx, pos, "arrays accepts any array");
            return match all.tuple {
                Some(_) => Sketch::Tuple,
                None => Sketch::List,
            };
        }
        (Some(JsonType::Object), _) | (None, Some(JsonType::Object)) => {
            loose(cx, pos, "objects accepts any object");
            return match all.properties.is_empty() {
                true => Sketch::Map,
                false => Sketch::Struct,
            };
        }
        (None, None) => {
            loose(cx, pos, "values of several types accepts any value");
            return Sketch::Any(UntypedReason::Unsupported(Code::LooserEnum));
        }
    };
    if repr == Repr::Integer
        && values
            .iter()
            .any(|value| value.as_i64().is_none() && value.is_u64())
    {
        return large(cx, pos, values);
    }
    let sketch = EnumSketch {
        repr,
        values: described(cx, pos, values, repr),
        extent: Extent::Closed,
    };
    if sketch.values.is_empty() {
        Sketch::Scalar(Scalar::Null)
    } else {
        Sketch::Enum(sketch)
    }
}

/// Adds null to the enum of a component if its schema allows null, because the enum can be read without an `Option` around it.
pub fn null_alone(cx: &mut Cx, id: TypeId, all: &Merged) {
    if let Shape::Enum { null, .. } = &mut cx.types[id.0].shape {
        *null = all.nullable;
    }
}

/// Joins strings and string enums into one enum, and integer enums likewise. Every enum is open, so it can hold all of their
/// values.
pub fn joined(cx: &mut Cx, alternatives: &[Alternative]) -> Option<Sketch> {
    let all: Vec<_> = alternatives
        .iter()
        .map(|one| merged(cx, &one.key))
        .collect();
    let repr = match () {
        () if all.iter().all(|one| textual(one)) => Repr::String,
        () if all
            .iter()
            .all(|one| one.values.is_some() && values_type(one) == Some(JsonType::Integer)) =>
        {
            Repr::Integer
        }
        () => return None,
    };
    let mut listed = alternatives
        .iter()
        .zip(&all)
        .filter_map(|(alternative, one)| Some((alternative, &one.values.as_ref()?.1)));
    // An enum with a single value is a constant, which cannot hold other strings.
    if let (Some((only, [_, _, ..])), None) = (
        listed
            .next()
            .map(|(only, values)| (only, values.as_slice())),
        listed.next(),
    ) {
        return Some(Sketch::Same(only.key.clone()));
    }
    let extent = match all.iter().all(|one| one.values.is_some()) {
        true => Extent::Closed,
        false => Extent::Open,
    };
    let mut values: Vec<EnumValue> = Vec::new();
    for one in &all {
        let Some((pos, listed)) = &one.values else {
            continue;
        };
        let mut more = described(cx, *pos, listed, repr);
        if let [only] = more.as_mut_slice() {
            only.name = only.name.take().or(one.title.map(String::from));
            only.doc.description = only
                .doc
                .description
                .take()
                .or(one.description.map(String::from));
            only.doc.deprecated |= one.deprecated;
        }
        more.retain(|value| values.iter().all(|known| known.wire != value.wire));
        values.extend(more);
    }
    Some(Sketch::Enum(EnumSketch {
        repr,
        values,
        extent,
    }))
}

fn textual(all: &Merged) -> bool {
    let strings = all
        .values
        .as_ref()
        .is_some_and(|(_, values)| values.iter().all(|value| value.is_string()));
    let text = plain_scalar(all) == Some(Scalar::String);
    let typed = all.values.is_some() && effective_type(all) == Some(JsonType::String);
    all.unions.is_empty() && (text || typed || (all.kind.is_none() && strings))
}

/// Returns the type of booleans or fractions. They do not make names of variants, so the type accepts any value of its kind.
fn loosened(cx: &mut Cx, pos: Pos, kind: JsonType, all: &Merged) -> Sketch {
    if kind != JsonType::Null {
        cx.say(
            Code::LooserEnum,
            pos,
            format!(
                "the type accepts any value that is {}, not only those listed",
                kind.phrase()
            ),
        );
    }
    scalar::scalar(kind, all).map_or(
        Sketch::Any(UntypedReason::Unsupported(Code::LooserEnum)),
        Sketch::Scalar,
    )
}

fn loose(cx: &mut Cx, pos: Pos, what: &str) {
    cx.say(Code::LooserEnum, pos, format!("an enum of {what}"));
}

/// Returns the type of integers that enums cannot hold.
fn large(cx: &mut Cx, pos: Pos, values: &[&Value]) -> Sketch {
    match values.iter().all(|value| value.is_u64() || value.is_null()) {
        true => {
            loose(
                cx,
                pos,
                "integers beyond 63 bits accepts any unsigned integer",
            );
            Sketch::Scalar(Scalar::U64)
        }
        false => {
            loose(cx, pos, "integers beyond 64 bits accepts any value");
            Sketch::Any(UntypedReason::Unsupported(Code::LooserEnum))
        }
    }
}

/// Returns the values without null and duplicates, with the names and descriptions that extensions give.
fn described(cx: &mut Cx, pos: Pos, values: &[&Value], repr: Repr) -> Vec<EnumValue> {
    let mut seen = HashSet::default();
    let mut found = Vec::with_capacity(values.len());
    let declared = declared_values(cx, pos);
    for &value in values.iter().filter(|value| !value.is_null()) {
        let Some(wire) = checked(cx, pos, value, repr, &mut seen) else {
            continue;
        };
        let index = declared.get(value).copied();
        let extension = |keys: &[&str]| listed(cx, pos, keys, index?, value);
        found.push(EnumValue {
            wire,
            name: extension(&["x-enum-varnames", "x-enumNames", "x-enum-names"]),
            doc: Text {
                description: extension(&["x-enum-descriptions", "x-enumDescriptions"]),
                ..Text::default()
            },
        });
    }
    found
}

/// Converts a value to the enum's type. Reports values that cannot be converted, and duplicates.
fn checked(
    cx: &mut Cx,
    pos: Pos,
    value: &Value,
    repr: Repr,
    seen: &mut HashSet<String>,
) -> Option<Literal> {
    let wanted = type_of(repr).phrase();
    let Some(wire) = coerced(value, repr) else {
        let text = format!("{} is not {wanted}; it is left out", brief(value));
        cx.say(Code::MixedEnum, pos, text);
        return None;
    };
    if !seen.insert(format!("{wire:?}")) {
        let text = format!("{} is listed more than once", brief(value));
        cx.say(Code::DuplicateEnumValue, pos, text);
        return None;
    }
    let is_whole = repr == Repr::Integer && value.is_number();
    if wire != literal(value) && !is_whole {
        let text = format!("{} is not {wanted}; it is converted", brief(value));
        cx.say(Code::MixedEnum, pos, text);
    }
    Some(wire)
}

fn type_of(repr: Repr) -> JsonType {
    match repr {
        Repr::String => JsonType::String,
        Repr::Integer => JsonType::Integer,
    }
}

/// Returns the index of each value in the `enum` at a position, including nulls, because extensions have lists in the same order.
fn declared_values<'a>(cx: &Cx<'a>, pos: Pos) -> HashMap<&'a Value, usize> {
    match cx.entry(pos) {
        Entry::Schema(view)
            if view
                .data
                .extensions
                .keys()
                .any(|key| key.starts_with("x-enum")) =>
        {
            let values = view.keywords.enumeration.iter().enumerate();
            // The first one of equal values counts.
            values.rev().map(|(index, value)| (value, index)).collect()
        }
        Entry::Schema(_) | Entry::Reference(_) => HashMap::default(),
    }
}

/// Returns the text for a value from one of these extensions, which are lists in the order of the values or maps from values.
fn listed(cx: &Cx, pos: Pos, keys: &[&str], index: usize, value: &Value) -> Option<String> {
    let Entry::Schema(view) = cx.entry(pos) else {
        return None;
    };
    let found = keys.iter().find_map(|key| view.data.extensions.get(*key))?;
    let text = match found {
        Value::Array(list) if list.len() == view.keywords.enumeration.len() => list.get(index)?,
        Value::Object(map) => map.get(
            value
                .as_str()
                .map_or_else(|| value.to_string(), String::from)
                .as_str(),
        )?,
        _ => return None,
    };
    text.as_str()
        .filter(|text| !text.is_empty())
        .map(String::from)
}

/// Converts a value to the enum's type, because YAML reads `1`, `on` and `no` as numbers and booleans.
fn coerced(value: &Value, repr: Repr) -> Option<Literal> {
    match (repr, value) {
        (Repr::String, Value::String(text)) => Some(Literal::String(text.clone())),
        (Repr::String, Value::Number(_) | Value::Bool(_)) => {
            Some(Literal::String(value.to_string()))
        }
        (Repr::Integer, Value::Number(number)) if number.is_i64() || number.is_u64() => {
            Some(literal(value))
        }
        (Repr::Integer, Value::Number(_)) => {
            let integer = json::integer(value)?;
            i64::try_from(integer).ok().map(Literal::Integer)
        }
        (Repr::Integer, Value::String(text)) => text.parse().ok().map(Literal::Integer),
        (Repr::String | Repr::Integer, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_of_values() {
        let listed = |values: &[Value]| listed_type(&values.iter().collect::<Vec<_>>());
        assert_eq!(listed(&[json!("a"), json!(null)]), Some(JsonType::String));
        assert_eq!(listed(&[json!(1), json!(2.5)]), Some(JsonType::Number));
        assert_eq!(listed(&[json!(1), json!("a")]), None);
        assert_eq!(listed(&[json!(null)]), Some(JsonType::Null));
    }

    #[test]
    fn values_of_another_type() {
        assert_eq!(
            coerced(&json!(1), Repr::String),
            Some(Literal::String("1".into()))
        );
        assert_eq!(
            coerced(&json!("7"), Repr::Integer),
            Some(Literal::Integer(7))
        );
        assert_eq!(coerced(&json!("x"), Repr::Integer), None);
    }
}
