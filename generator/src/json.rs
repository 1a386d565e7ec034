//! JSON as text.
//!
//! In: values. Out: text on one line. Not here: values of the document as Rust (`emit`).

use serde_json::Value;

/// JSON with the keys of objects in order: how the document orders them means nothing.
pub fn sorted(value: &Value) -> String {
    let mut json = String::new();
    write(value, &mut json);
    json
}

fn write(value: &Value, json: &mut String) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            json.push_str(&value.to_string());
        }
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
