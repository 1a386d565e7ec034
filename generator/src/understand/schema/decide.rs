//! Decides what a key becomes.
//!
//! In: a key and its constraints. Out: a [`Sketch`]. Not here: types.

use super::cx::Cx;
use super::keys::Key;
use super::merged::{Additional, Merged};
use super::scalar;
use super::sketch::Sketch;
use super::{enums, inherit, union, untyped};
use crate::document::{JsonType, is_numeric};
use crate::model::api::UntypedReason;
use crate::report::Code;

/// Returns the sketch of a key. It must run once per key, because it reports types that are looser than declared.
pub fn decide(cx: &mut Cx, key: &Key, all: &Merged) -> Sketch {
    if let Some((pos, text)) = &all.contradiction {
        cx.once(Code::Contradiction, *pos, text.clone());
    }
    if let Key::Base(_) = key {
        undescribed(cx, key, all);
        return Sketch::Struct;
    }
    if let Some(sketch) = key.single().and_then(|pos| inherit::sketch(cx, pos, all)) {
        return Sketch::Union(sketch);
    }
    if let Some((pos, values)) = &all.values {
        return enums::sketch(cx, *pos, values, all);
    }
    if !all.unions.is_empty()
        && let Some(sketch) = union::sketch(cx, key, all)
    {
        return sketch;
    }
    match scalar::effective_type(all) {
        None => {
            undescribed(cx, key, all);
            Sketch::Any(untyped::why(cx, all))
        }
        Some(JsonType::Array) if all.tuple.is_some() => Sketch::Tuple,
        Some(JsonType::Array) => Sketch::List,
        Some(JsonType::Object) => object(cx, key, all),
        Some(
            kind @ (JsonType::String
            | JsonType::Integer
            | JsonType::Number
            | JsonType::Boolean
            | JsonType::Null),
        ) => {
            if let Some(text) = scalar::lost_digits(kind, all) {
                cx.say(Code::InexactNumber, key.at(), text);
            }
            // A pattern does not constrain numbers (JSON Schema Validation, 6.3.3), so it implies strings.
            let is_number = matches!(kind, JsonType::Integer | JsonType::Number);
            cx.reads_digits |= is_number && all.pattern.is_some_and(is_numeric);
            scalar::scalar(kind, all).map_or(
                Sketch::Any(UntypedReason::Unsupported(Code::UnsupportedSchema)),
                Sketch::Scalar,
            )
        }
    }
}

fn object(cx: &mut Cx, key: &Key, all: &Merged) -> Sketch {
    undescribed(cx, key, all);
    match (all.properties.is_empty(), &all.additional) {
        (true, Additional::Typed(_)) if all.has_open_patterns => Sketch::Struct,
        (true, Additional::Undeclared | Additional::Any | Additional::Typed(_)) => Sketch::Map,
        (true, Additional::Closed) | (false, _) => Sketch::Struct,
    }
}

/// Reports required properties that are not declared.
fn undescribed(cx: &mut Cx, key: &Key, all: &Merged) {
    let missing: Vec<&str> = all
        .required
        .iter()
        .copied()
        .filter(|name| !all.properties.contains_key(name))
        .collect();
    if !missing.is_empty() {
        let text = format!(
            "`required` lists undeclared properties, which are not generated: {}",
            missing.join(", ")
        );
        cx.say(Code::RequiredWithoutProperty, key.at(), text);
    }
}
