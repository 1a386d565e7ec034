//! `enum`: values of one JSON type become an enum, others a looser type.
//!
//! In: the values. Out: a [`Plan`]. Not here: names of variants (see `names`).

use serde_json::Value;

use super::cx::Cx;
use super::merge::Merged;
use super::note::brief;
use super::scalar::{self, Kind, effective_kind, literal};
use super::types::Form;
use crate::document::Entry;
use crate::document::Pos;
use crate::maps::{HashMap, HashSet};
use crate::model::api::{Doc as Text, EnumValue, Extent, Literal, Repr, Scalar, Why};
use crate::model::json;
use crate::report::Code;

/// An enum before it has a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub repr: Repr,
    pub values: Vec<EnumValue>,
    pub extent: Extent,
}

/// What a list of values becomes.
pub fn form(cx: &mut Cx, pos: Pos, values: &[&Value], all: &Merged) -> Form {
    let kind = effective_kind(all);
    let repr = match (kind, json_kind(values)) {
        (Some(Kind::String), _) | (None, Some(Kind::String)) => Repr::String,
        (Some(Kind::Integer), _) | (None, Some(Kind::Integer)) => Repr::Integer,
        (Some(Kind::Number), Some(Kind::Integer)) => Repr::Integer,
        (Some(kind @ (Kind::Boolean | Kind::Number | Kind::Null)), _) => {
            return loosened(cx, pos, kind, all);
        }
        (None, Some(kind @ (Kind::Boolean | Kind::Number | Kind::Null))) => {
            return loosened(cx, pos, kind, all);
        }
        (Some(Kind::Array), _) | (None, Some(Kind::Array)) => {
            loose(cx, pos, "arrays is any array here");
            return match all.tuple {
                Some(_) => Form::Tuple,
                None => Form::List,
            };
        }
        (Some(Kind::Object), _) | (None, Some(Kind::Object)) => {
            loose(cx, pos, "objects is any object here");
            return match all.properties.is_empty() {
                true => Form::Map,
                false => Form::Struct,
            };
        }
        (None, None) => {
            loose(cx, pos, "values of several types is any value here");
            return Form::Any(Why::Unsupported(Code::LooserEnum));
        }
    };
    if repr == Repr::Integer
        && values
            .iter()
            .any(|value| value.as_i64().is_none() && value.is_u64())
    {
        return large(cx, pos, values);
    }
    let plan = Plan {
        repr,
        values: described(cx, pos, values, repr),
        extent: Extent::Closed,
    };
    if plan.values.is_empty() {
        Form::Scalar(Scalar::Null)
    } else {
        Form::Enum(plan)
    }
}

/// The JSON type that all values have, but for null.
pub fn json_kind(values: &[&Value]) -> Option<Kind> {
    let mut kinds = values
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| match value {
            Value::String(_) => Kind::String,
            Value::Number(number) if number.is_i64() || number.is_u64() => Kind::Integer,
            Value::Number(_) => Kind::Number,
            Value::Bool(_) => Kind::Boolean,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
            Value::Null => Kind::Null,
        });
    let Some(first) = kinds.next() else {
        return Some(Kind::Null);
    };
    kinds.try_fold(first, |one, two| match (one, two) {
        _ if one == two => Some(one),
        (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Some(Kind::Number),
        _ => None,
    })
}

/// Booleans and fractions have no names, so the type is that of any such value.
fn loosened(cx: &mut Cx, pos: Pos, kind: Kind, all: &Merged) -> Form {
    if kind != Kind::Null {
        cx.say(
            Code::LooserEnum,
            pos,
            format!(
                "the type allows any value that is {}, not only those listed",
                kind.words()
            ),
        );
    }
    scalar::scalar(kind, all).map_or(Form::Any(Why::Unsupported(Code::LooserEnum)), Form::Scalar)
}

fn loose(cx: &mut Cx, pos: Pos, what: &str) {
    cx.say(Code::LooserEnum, pos, format!("an enum of {what}"));
}

/// Integers beyond those of our enums.
fn large(cx: &mut Cx, pos: Pos, values: &[&Value]) -> Form {
    match values.iter().all(|value| value.is_u64() || value.is_null()) {
        true => {
            loose(
                cx,
                pos,
                "integers beyond 63 bits is any unsigned integer here",
            );
            Form::Scalar(Scalar::U64)
        }
        false => {
            loose(cx, pos, "integers beyond 64 bits is any value here");
            Form::Any(Why::Unsupported(Code::LooserEnum))
        }
    }
}

/// The values with the names and texts that extensions give them, each once, and without null.
pub fn described(cx: &mut Cx, pos: Pos, values: &[&Value], repr: Repr) -> Vec<EnumValue> {
    let mut seen = HashSet::default();
    let mut found = Vec::with_capacity(values.len());
    let stated = stated_values(cx, pos);
    for &value in values.iter().filter(|value| !value.is_null()) {
        let Some(wire) = coerced(value, repr) else {
            let text = format!(
                "{} is not {}; it is left out",
                brief(value),
                kind_of(repr).words()
            );
            cx.say(Code::MixedEnum, pos, text);
            continue;
        };
        if !seen.insert(format!("{wire:?}")) {
            cx.say(
                Code::DuplicateEnumValue,
                pos,
                format!("{} is listed more than once", brief(value)),
            );
            continue;
        }
        let is_whole = repr == Repr::Integer && value.is_number();
        if wire != literal(value) && !is_whole {
            let text = format!(
                "{} is not {}; it is taken for one",
                brief(value),
                kind_of(repr).words()
            );
            cx.say(Code::MixedEnum, pos, text);
        }
        let index = stated.get(value).copied();
        let name = index.and_then(|index| {
            listed(
                cx,
                pos,
                &["x-enum-varnames", "x-enumNames", "x-enum-names"],
                index,
                value,
            )
        });
        let description = index.and_then(|index| {
            listed(
                cx,
                pos,
                &["x-enum-descriptions", "x-enumDescriptions"],
                index,
                value,
            )
        });
        found.push(EnumValue {
            wire,
            name,
            doc: Text {
                description,
                ..Text::default()
            },
        });
    }
    found
}

fn kind_of(repr: Repr) -> Kind {
    match repr {
        Repr::String => Kind::String,
        Repr::Integer => Kind::Integer,
    }
}

/// Where the values stand in `enum` at a position, nulls included, if there are lists beside it, which are in step with it.
fn stated_values<'a>(cx: &Cx<'a>, pos: Pos) -> HashMap<&'a Value, usize> {
    match cx.entry(pos) {
        Entry::Schema(view)
            if view
                .data
                .extensions
                .keys()
                .any(|key| key.starts_with("x-enum")) =>
        {
            let values = view.keywords.enumeration.iter().enumerate();
            // The first one of those that are the same counts.
            values.rev().map(|(index, value)| (value, index)).collect()
        }
        Entry::Schema(_) | Entry::Reference(_) => HashMap::default(),
    }
}

/// What one of these extensions, a list beside the values or a map by value, says of a value.
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

/// A value as one of the enum's type: YAML reads `1`, `on` and `no` as something else than was meant.
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
        let kind = |values: &[Value]| json_kind(&values.iter().collect::<Vec<_>>());
        assert_eq!(kind(&[json!("a"), json!(null)]), Some(Kind::String));
        assert_eq!(kind(&[json!(1), json!(2.5)]), Some(Kind::Number));
        assert_eq!(kind(&[json!(1), json!("a")]), None);
        assert_eq!(kind(&[json!(null)]), Some(Kind::Null));
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
