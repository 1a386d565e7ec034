//! JSON as text.
//!
//! In: values. Out: text on one line. Not here: values of the document as Rust (`emit`).

use serde::Serialize;
use serde_json::Value;

/// JSON with the keys of objects in order, and integers without a fraction: how the document writes these means nothing.
pub fn sorted(value: &Value) -> String {
    let mut json = Vec::new();
    write(value, &mut json);
    String::from_utf8(json).unwrap_or_default()
}

fn write(value: &Value, json: &mut Vec<u8>) {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => scalar(value, json),
        // `serde` does not read `7.0` as an integer if it is the whole value.
        Value::Number(number) => match integer(value) {
            Some(integer) => scalar(&integer, json),
            None => scalar(number, json),
        },
        Value::Array(items) => {
            json.push(b'[');
            for (index, item) in items.iter().enumerate() {
                json.extend((index > 0).then_some(b','));
                write(item, json);
            }
            json.push(b']');
        }
        Value::Object(map) => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            json.push(b'{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                json.extend((index > 0).then_some(b','));
                scalar(key, json);
                json.push(b':');
                write(value, json);
            }
            json.push(b'}');
        }
    }
}

/// Ignores errors: writing to memory cannot fail.
fn scalar(value: &impl Serialize, json: &mut Vec<u8>) {
    let _ = serde_json::to_writer(json, value);
}

/// Returns the integer that a number is, if it is one (JSON Schema 2020-12, Core, 4.2.3).
pub fn integer(value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    let integer = number.as_i64().map(i128::from);
    let float = || {
        let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
        // Beyond, there is no type for it.
        (float.abs() <= u64::MAX as f64).then_some(float as i128)
    };
    integer
        .or_else(|| number.as_u64().map(i128::from))
        .or_else(float)
}
