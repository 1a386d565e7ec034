//! JSON to read.
//!
//! In: a value and its type. Out: text on several lines, the members of an object in the order in which they are described,
//! others by name: the order of members in an example has no meaning. Not here: the choice of the value.

use serde_json::{Map, Value};

use super::json::quoted;
use crate::model::api::{Api, Shape, Ty};
use crate::model::ty::resolve;

/// Returns the text of a value.
pub fn json(api: &Api, ty: Option<&Ty>, value: &Value) -> String {
    let mut text = String::new();
    write(api, ty, value, 0, &mut text);
    text
}

fn write(api: &Api, ty: Option<&Ty>, value: &Value, depth: usize, text: &mut String) {
    let ty = ty.map(|ty| known(api, ty));
    match value {
        Value::Array(items) if !items.is_empty() => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                let ty = match ty {
                    Some(Ty::List(item)) => Some(&**item),
                    Some(Ty::Tuple(items)) => items.get(index),
                    Some(_) | None => None,
                };
                line(index, depth + 1, text);
                write(api, ty, item, depth + 1, text);
            }
            end(depth, "]", text);
        }
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, value, ty)) in ordered(api, ty, members).into_iter().enumerate() {
                line(index, depth + 1, text);
                text.push_str(&quoted(name));
                text.push_str(": ");
                write(api, ty, value, depth + 1, text);
            }
            end(depth, "}", text);
        }
        Value::String(string) => text.push_str(&quoted(string)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            text.push_str(&value.to_string());
        }
    }
}

/// Returns the members of an object with their types: those of its type first.
fn ordered<'a>(
    api: &'a Api,
    ty: Option<&'a Ty>,
    members: &'a Map<String, Value>,
) -> Vec<(&'a str, &'a Value, Option<&'a Ty>)> {
    let fields = match ty {
        Some(Ty::Named(id)) => match &api.types[id.0].shape {
            Shape::Struct { fields, .. } => fields.as_slice(),
            Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => &[],
        },
        Some(_) | None => &[],
    };
    let value_type = match ty {
        Some(Ty::Map(value)) => Some(&**value),
        Some(_) | None => None,
    };
    let mut ordered: Vec<_> = members
        .iter()
        .map(|(name, value)| {
            let index = fields.iter().position(|field| field.wire == *name);
            let ty = index.map_or(value_type, |index| Some(&fields[index].ty));
            (index.unwrap_or(fields.len()), name.as_str(), value, ty)
        })
        .collect();
    ordered.sort_by_key(|(index, name, ..)| (*index, *name));
    let ordered = ordered.into_iter();
    ordered
        .map(|(_, name, value, ty)| (name, value, ty))
        .collect()
}

/// Returns a type without aliases and null, which an example does not show.
fn known<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    match resolve(api, ty) {
        Ty::Nullable(inner) => known(api, inner),
        ty => ty,
    }
}

fn line(index: usize, depth: usize, text: &mut String) {
    text.push_str(if index == 0 { "\n" } else { ",\n" });
    indent(depth, text);
}

fn end(depth: usize, bracket: &str, text: &mut String) {
    text.push('\n');
    indent(depth, text);
    text.push_str(bracket);
}

fn indent(depth: usize, text: &mut String) {
    for _ in 0..depth {
        text.push_str("  ");
    }
}
