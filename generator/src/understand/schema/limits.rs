//! Constraints that the type does not express. The server checks them, the client does not.
//!
//! In: merged constraints. Out: [`Limits`], [`Remark`]s. Not here: types, wording (see `emit`).

use serde_json::Number;

use super::annotations::{annotated, external_docs};
use super::cx::Cx;
use super::merge::merged;
use super::merged::{Additional, Merged};
use super::scalar::{effective_type, is_width};
use super::uses::used;
use crate::document::{Entry, JsonType, Keywords, Pos, is_numeric};
use crate::model::note::{Bound, Count, Inner, Limit, Limits, Remark};

/// The maximum depth of lists and maps that are examined.
const MAX_NESTING: usize = 3;

/// Returns the constraints of a key.
pub fn limits(cx: &mut Cx, all: &Merged) -> Limits {
    nested(cx, all, 0)
}

fn nested(cx: &mut Cx, all: &Merged, nesting: usize) -> Limits {
    let mut own = Vec::new();
    for &pos in &all.parts {
        if let Entry::Schema(view) = cx.entry(pos) {
            let limits = own_limits(&view.keywords, effective_type(all), all.tuple.is_some());
            own.extend((!limits.is_empty()).then_some(limits));
        }
    }
    own.dedup();
    let inner = match (&all.items, &all.additional) {
        _ if nesting == MAX_NESTING || all.tuple.is_some() => None,
        (Some(items), _) => Some((Inner::Item, items)),
        (None, Additional::Typed(values)) => Some((Inner::Value, values)),
        (None, Additional::Undeclared | Additional::Any | Additional::Closed) => None,
    };
    let inner = inner.and_then(|(inner, positions)| {
        let remark = nested_remark(cx, positions, nesting + 1)?;
        Some((inner, Box::new(remark)))
    });
    Limits { own, inner }
}

/// Returns the remark on a value whose type has no definition to document it.
pub fn remark(cx: &mut Cx, positions: &[Pos]) -> Option<Remark> {
    nested_remark(cx, positions, 0)
}

fn nested_remark(cx: &mut Cx, positions: &[Pos], nesting: usize) -> Option<Remark> {
    let is_inline =
        |&pos: &Pos| matches!(cx.entry(pos), Entry::Schema(_)) && cx.components[pos].is_none();
    if !positions.iter().all(is_inline) {
        return None;
    }
    let key = used(cx, positions).key?;
    let all = merged(cx, &key);
    if all.values.is_some() || !all.unions.is_empty() || !all.properties.is_empty() {
        return None;
    }
    let own = annotated(cx, &all);
    let text = own.description.or(own.summary);
    let remark = Remark {
        text: text.filter(|text| !text.trim().is_empty()),
        external_docs: external_docs(cx, &all),
        limits: nested(cx, &all, nesting),
    };
    (remark != Remark::default()).then_some(remark)
}

fn own_limits(own: &Keywords, json_type: Option<JsonType>, is_tuple: bool) -> Vec<Limit> {
    let mut found = Vec::new();
    found.extend(count(own.min_length, own.max_length).map(Limit::Characters));
    let is_number = matches!(json_type, Some(JsonType::Integer | JsonType::Number));
    let pattern = own.pattern.clone();
    // A numeric pattern on a number applies to its string form.
    let pattern = pattern.filter(|pattern| !(is_number && is_numeric(pattern)));
    found.extend(pattern.map(Limit::Pattern));
    found.extend(range(own, json_type));
    let step = own.multiple_of.and_then(Number::from_f64);
    found.extend(step.map(Limit::MultipleOf));
    let items = count(own.min_items, own.max_items).filter(|_| !is_tuple);
    found.extend(items.map(Limit::Items));
    found.extend(own.unique_items.then_some(Limit::UniqueItems));
    found.extend(count(own.min_properties, own.max_properties).map(Limit::Properties));
    let format = own.format.clone();
    let format = format.filter(|format| !is_type(format, json_type));
    found.extend(format.map(Limit::Format));
    found.extend(own.media_type.clone().map(Limit::MediaType));
    found
}

/// Returns whether the type expresses the format.
fn is_type(format: &str, json_type: Option<JsonType>) -> bool {
    let is_float = matches!(format, "float" | "float32" | "double" | "float64");
    let is_time = matches!(format, "unixtime" | "unix-time");
    match json_type {
        Some(JsonType::Number) => is_float || is_width(format),
        Some(JsonType::Integer) => is_time || is_width(format),
        Some(JsonType::String) => matches!(format, "int64" | "uint64"),
        Some(JsonType::Boolean | JsonType::Null | JsonType::Object | JsonType::Array) | None => {
            false
        }
    }
}

fn count(least: Option<usize>, most: Option<usize>) -> Option<Count> {
    let least = least.filter(|least| *least > 0);
    (least.is_some() || most.is_some()).then_some(Count { least, most })
}

fn range(own: &Keywords, json_type: Option<JsonType>) -> Option<Limit> {
    let is_integer = json_type == Some(JsonType::Integer);
    // A bound beyond 64 bits has no effect.
    let is_bound = |bound: f64| !is_integer || bound.abs() < 9.2e18;
    let bound = |value: Option<f64>, exclusive: Option<bool>| {
        Some(Bound {
            value: Number::from_f64(value.filter(|value| is_bound(*value))?)?,
            is_exclusive: exclusive == Some(true),
        })
    };
    // The type of an integer with the minimum 0 is unsigned and expresses the minimum.
    let is_unsigned = is_integer
        && own.minimum == Some(0.0)
        && own.exclusive_minimum != Some(true)
        && own.maximum.is_none();
    let least = bound(own.minimum.filter(|_| !is_unsigned), own.exclusive_minimum);
    let most = bound(own.maximum, own.exclusive_maximum);
    (least.is_some() || most.is_some()).then_some(Limit::Range { least, most })
}
