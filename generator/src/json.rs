//! JSON as text.
//!
//! In: values. Out: text on one line. Not here: values of the document as Rust (`emit`).

use serde_json::Value;

/// JSON with the keys of objects in order, and integers without a fraction: how the document writes these means nothing.
pub fn sorted(value: &Value) -> String {
    let mut json = String::new();
    write(value, &mut json);
    json
}

fn write(value: &Value, json: &mut String) {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => json.push_str(&value.to_string()),
        // `serde` reads `7.0` as no integer where it stands alone.
        Value::Number(number) => json.push_str(&match integer(value) {
            Some(integer) => integer.to_string(),
            None => number.to_string(),
        }),
        Value::Array(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { "," });
                write(item, json);
            }
            json.push(']');
        }
        Value::Object(map) => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            json.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                json.push_str(if index == 0 { "" } else { "," });
                json.push_str(&Value::from(key.as_str()).to_string());
                json.push(':');
                write(value, json);
            }
            json.push('}');
        }
    }
}

/// The integer that a number is, if it is one (JSON Schema 2020-12, Core, 4.2.3).
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
