// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Checks that examples decode, and encode to what they were.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Decodes a value of a type and encodes it again.
pub type RoundTrip = fn(&str) -> serde_json::Result<Value>;

pub fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> serde_json::Result<Value> {
    let value: T = serde_json::from_str(json)?;
    // As text, in which a number of 32 bits is as short as it came.
    serde_json::from_str(&serde_json::to_string(&value)?)
}

/// Checks the examples of a file, which has them by type and then by where they stand in the document.
pub fn check(file: &str, types: &[(&str, RoundTrip)], wrong: &mut Vec<String>) {
    let mut file: Map<String, Value> = serde_json::from_str(file).unwrap();
    file.remove("@generated");
    for (name, round_trip) in types {
        let Some(Value::Object(examples)) = file.remove(*name) else {
            wrong.push(format!("there are no examples of {name}"));
            continue;
        };
        for (at, example) in examples {
            match round_trip(&example.to_string()) {
                Err(error) => wrong.push(format!("{at}\n  is no {name}: {error}")),
                Ok(found) => {
                    if let Some(difference) = difference(&example, &found) {
                        wrong.push(format!("{at}\n  differs as {name}: {difference}"));
                    }
                }
            }
        }
    }
    wrong.extend(file.keys().map(|name| format!("{name} is not tested")));
}

/// The first difference between two values. Numbers are compared by what they are and not by how they are written.
fn difference(wanted: &Value, found: &Value) -> Option<String> {
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
        (Value::Number(a), Value::Number(b)) if a.is_f64() != b.is_f64() => {
            (a.as_f64() != b.as_f64()).then(|| format!(": {a} became {b}"))
        }
        (a, b) => (a != b).then(|| format!(": {a} became {b}")),
    }
}
