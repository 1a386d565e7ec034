//! JSON objects.

use serde_json::{Map, Value};

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// Returns whether an object has any of these keys. Nearly all are small, so a look at each
/// key is quicker than a hash.
pub(super) fn has_any(map: &Object, keys: &[&str]) -> bool {
    map.keys().any(|key| keys.contains(&key.as_str()))
}
