// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Checks that examples decode, and encode to the same JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::json::difference;
use crate::stack::on_small_stack;

/// Decodes a value of a type and encodes it again.
pub type RoundTrip = fn(&str) -> serde_json::Result<Value>;

pub fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> serde_json::Result<Value> {
    let value: T = serde_json::from_str(json)?;
    // Encoded as text, which keeps the short form of 32-bit floats.
    serde_json::from_str(&serde_json::to_string(&value)?)
}

/// Checks the examples in a file, which lists them by type and by their location in the document.
pub fn check(file: &str, types: &[(&str, RoundTrip)], wrong: &mut Vec<String>) {
    let mut file: Map<String, Value> = serde_json::from_str(file).unwrap();
    file.remove("@generated");
    for (name, round_trip) in types {
        let Some(Value::Object(examples)) = file.remove(*name) else {
            wrong.push(format!("no examples of {name}"));
            continue;
        };
        for (at, example) in examples {
            match on_small_stack(|| round_trip(&example.to_string())) {
                Err(error) => wrong.push(format!("{at}\n  does not decode as {name}: {error}")),
                Ok(found) => {
                    if let Some(difference) = difference(&example, &found) {
                        wrong.push(format!(
                            "{at}\n  changes when encoded as {name}: {difference}"
                        ));
                    }
                }
            }
        }
    }
    wrong.extend(file.keys().map(|name| format!("{name} is not tested")));
}
