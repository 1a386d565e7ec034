// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Selecting a part of a value.
//!
//! In: a JSONPath (RFC 9535), a value. Out: what it selects. Not here: the flags that have it.

use serde_json::Value;
use serde_json_path::JsonPath;

/// Selects the part of a value to print.
pub(crate) struct Transform {
    path: JsonPath,
    /// Whether the path selects at most one value. Otherwise the result is a list.
    pub(crate) singular: bool,
}

impl Transform {
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        let path = JsonPath::parse(text)
            .map_err(|error| format!("{text:?} is not a JSONPath (RFC 9535): {error}"))?;
        // Only a query for one value can be compared with another (RFC 9535, section 2.3.5.1).
        let singular = JsonPath::parse(&format!("$[?{text} == 0]")).is_ok();
        Ok(Self { path, singular })
    }

    /// Returns the selected value, or the list of the selected values.
    pub(crate) fn found(&self, value: &Value) -> Value {
        let mut found = self.path.query(value).all().into_iter().cloned();
        match self.singular {
            true => found.next().unwrap_or(Value::Null),
            false => found.collect(),
        }
    }
}
