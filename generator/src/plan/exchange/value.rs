//! Values of samples.
//!
//! In: JSON. Out: whether it can be sent anywhere. Not here: types.

use serde_json::Value;

/// Returns whether a path, a header and a shell command can contain a text.
pub(super) fn is_plain(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
        && text.len() < 200
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && text.trim() == text
}

/// Returns whether they can contain a value.
pub(super) fn is_sendable(value: &Value) -> bool {
    match value {
        Value::String(text) => is_plain(text),
        Value::Array(items) => !items.is_empty() && items.iter().all(is_sendable),
        Value::Object(members) => !members.is_empty() && members.values().all(is_sendable),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
