//! The table of schemas.
//!
//! In: entries. Out: the same under their pointers, and the marker for a schema that was moved. Not here: the meaning of
//! schemas.

use serde_json::Value;

use super::object::Object;
use crate::maps::IndexMap;
use crate::report::Pointer;

/// Every schema by its pointer, one level deep.
pub(super) type Table = IndexMap<Pointer, Value>;

/// Returns an entry that refers to another one.
pub(super) fn reference(target: &Pointer) -> Value {
    let mut map = Object::with_capacity(1);
    map.insert("$ref".into(), marker(target));
    Value::Object(map)
}

/// Returns the marker that replaces a schema: its pointer.
pub(super) fn marker(at: &Pointer) -> Value {
    Value::String(at.as_str().into())
}

/// Returns the target of an entry that is nothing but a reference.
pub(super) fn target_of(entry: &Value) -> Option<&str> {
    entry.get("$ref")?.as_str()
}
