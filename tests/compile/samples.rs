//! Writes the test of a crate that decodes the samples beside its fixture, and encodes them again.

use std::fmt::Write;

use serde_json::Value;

/// A test that decodes each sample, encodes it again, and compares.
pub fn samples_test(package: &str, samples: &str) -> String {
    let Ok(Value::Object(samples)) = serde_json::from_str(samples) else {
        panic!("the samples of {package} are not an object of lists");
    };
    let mut calls = String::new();
    for (name, values) in &samples {
        for value in values
            .as_array()
            .unwrap_or_else(|| panic!("the samples of {name} are a list"))
        {
            let json = value.to_string();
            let _ = writeln!(
                calls,
                "    round_trip::<{name}>({name:?}, {json:?}, &mut wrong);"
            );
        }
    }
    format!(
        r#"//! The samples beside the fixture round-trip.
#![allow(unused_imports)]
use {}::types::*;
use serde_json::Value;

fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(name: &str, json: &str, wrong: &mut Vec<String>) {{
    let expected: Value = serde_json::from_str(json).unwrap();
    match serde_json::from_str::<T>(json) {{
        Err(error) => wrong.push(format!("{{name}} does not decode {{json}}: {{error}}")),
        Ok(value) => match serde_json::to_value(&value) {{
            Ok(found) if same(&found, &expected) => {{}}
            Ok(found) => wrong.push(format!("{{name}} turns {{json}} into {{found}}")),
            Err(error) => wrong.push(format!("{{name}} does not encode {{json}}: {{error}}")),
        }},
    }}
}}

/// Numbers are compared by value, regardless of notation.
fn same(one: &Value, other: &Value) -> bool {{
    match (one, other) {{
        (Value::Number(one), Value::Number(other)) => one == other || (one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64()),
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other)),
        (Value::Object(one), Value::Object(other)) => one.len() == other.len() && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other))),
        (one, other) => one == other,
    }}
}}

#[test]
fn samples_round_trip() {{
    let mut wrong = Vec::new();
{calls}    assert!(wrong.is_empty(), "{{}}", wrong.join("\n"));
}}
"#,
        package.replace('-', "_"),
    )
}
