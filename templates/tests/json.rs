// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Compares JSON values.

use serde_json::{Number, Value};

/// Returns the first difference between two values. Numbers are compared by value, not by
/// notation, and floats in single precision.
pub fn difference(wanted: &Value, found: &Value) -> Option<String> {
    match (wanted, found) {
        (Value::Object(a), Value::Object(b)) => {
            let lost = a.iter().find_map(|(key, a)| match b.get(key) {
                None => Some(format!(".{key} is lost")),
                Some(b) => difference(a, b).map(|difference| format!(".{key}{difference}")),
            });
            let new = || b.keys().find(|key| !a.contains_key(*key));
            lost.or_else(|| new().map(|key| format!(".{key} is new")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (a, b))| {
                difference(a, b).map(|difference| format!("[{index}]{difference}"))
            })
        }
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => {
            // An `f32` is written with the digits that distinguish it from its neighbors.
            let single = |number: &Number| number.as_f64().map(|float| float as f32);
            let is_same = a.as_f64() == b.as_f64() || single(a) == single(b);
            (!is_same).then(|| format!(": {a} became {b}"))
        }
        (a, b) => (a != b).then(|| format!(": {a} became {b}")),
    }
}
