//! Numbers that servers may send as strings of digits.
//!
//! In: the key of a property. Out: whether its numbers may be strings. Not here: strings of the format `int64` (see `scalar`).

use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::merged::Additional;
use super::scalar::effective_type;
use super::uses::used;
use crate::document::{JsonType, is_numeric};

/// The depth to which nested lists and maps are searched.
const MAX_DEPTH: usize = 4;

/// Returns whether strings of digits are read as numbers, also within lists and maps: a pattern of digits says nothing about
/// numbers (JSON Schema Validation, 6.3.3), so it must be about strings.
pub fn are_read(cx: &mut Cx, key: &Key) -> bool {
    within(cx, key, MAX_DEPTH)
}

fn within(cx: &mut Cx, key: &Key, depth: usize) -> bool {
    let all = merged(cx, key);
    let is_number = matches!(
        effective_type(&all),
        Some(JsonType::Integer | JsonType::Number)
    );
    if is_number {
        return all.values.is_none() && all.pattern.is_some_and(is_numeric);
    }
    let inner = match (&all.items, &all.additional) {
        (Some(items), _) => items,
        (None, Additional::Typed(values)) if all.properties.is_empty() => values,
        (None, _) => return false,
    };
    let inner = used(cx, inner).key;
    depth > 0 && inner.is_some_and(|inner| within(cx, &inner, depth - 1))
}
