//! Checks that the same document gives the same bytes, regardless of its notation.
//!
//! In: fixtures and the home document, rewritten. Out: nothing. Not here: the content of the output.

use std::fs;
use std::path::Path;

use generator::{Options, Source, generate};
use serde_json::Value;

use crate::setup::{files, root, stem, texts_in};

/// A document gives the same bytes a second time, as JSON, and with keys in another order where order has no meaning.
#[test]
fn output_is_deterministic() {
    let (spec, overlay) = home_texts();
    let first =
        files(&Source::from_text("permissions.yaml", &spec).overlay("overlay.yaml", &overlay));
    let again =
        files(&Source::from_text("permissions.yaml", &spec).overlay("overlay.yaml", &overlay));
    assert_eq!(first, again);

    let value: Value = serde_yaml::from_str(&spec).expect("the home document is YAML");
    let reordered = serde_json::to_string(&reversed(value)).expect("a value is JSON");
    let json =
        files(&Source::from_text("permissions.yaml", &reordered).overlay("overlay.yaml", &overlay));
    assert_eq!(first, json);
}

/// Documents with the same meaning in 3.0 and 3.1 give the same code: each `pairs/<name>.3.0.yaml` has a `.3.1.yaml`.
#[test]
fn pairs() {
    let folder = root().join("tests/fixtures/pairs");
    let mut pairs = 0;
    for old in texts_in(&folder) {
        let Some(name) = stem(&old).strip_suffix(".3.0").map(str::to_owned) else {
            continue;
        };
        let read = |path: &Path| fs::read_to_string(path).expect("a fixture is text");
        let new = folder.join(format!("{name}.3.1.yaml"));
        let old = files(&Source::from_text("pair.yaml", read(&old)));
        let new = files(&Source::from_text("pair.yaml", read(&new)));
        // The location of an example is part of it.
        for (one, other) in old.iter().zip(&new) {
            assert!(
                one == other || one.path.starts_with("tests/"),
                "{name}: {} and {}",
                one.path,
                other.path
            );
        }
        assert_eq!(old.len(), new.len(), "{name}");
        pairs += 1;
    }
    assert!(pairs > 0, "there are no pairs");
}

/// Keys in another order give the same bytes for every document. (Fields follow the order of the properties.)
#[test]
fn order_of_keys_means_nothing() {
    let mut wrong = Vec::new();
    for path in texts_in(&root().join("tests/fixtures")) {
        let text = fs::read_to_string(&path).expect("a fixture is text");
        let Ok(value) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        // In JSON, too, since YAML has other notations for the same number.
        let json = serde_json::to_string(&value).expect("a value is JSON");
        let Ok(first) = generate(&Source::from_text("a.yaml", json), &Options::default()) else {
            continue;
        };
        let reordered = serde_json::to_string(&all_reversed(value)).expect("a value is JSON");
        let second = files(&Source::from_text("a.yaml", reordered));
        for (one, other) in first
            .files
            .iter()
            .zip(&second)
            .filter(|(one, other)| one != other)
        {
            wrong.push(format!("{}: {} and {}", stem(&path), one.path, other.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reverses the keys of all objects but `properties`.
fn all_reversed(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries = map.into_iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("properties", Value::Object(fields)) => Value::Object(
                        fields
                            .into_iter()
                            .map(|(name, schema)| (name, all_reversed(schema)))
                            .collect(),
                    ),
                    (_, value) => all_reversed(value),
                };
                (key, value)
            });
            let entries: Vec<_> = entries.collect();
            Value::Object(entries.into_iter().rev().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(all_reversed).collect()),
        scalar => scalar,
    }
}

/// The texts of the home document and of its overlay, without its example file.
fn home_texts() -> (String, String) {
    let read =
        |name: &str| fs::read_to_string(root().join("spec").join(name)).expect("spec/ is readable");
    let overlay = read("overlay.yaml").replace(
        "        examples:\n          - examples/share_model.rs\n",
        "",
    );
    assert!(
        !overlay.contains("share_model"),
        "the overlay's form has changed: mend this test"
    );
    (read("permissions.yaml"), overlay)
}

/// Reverses the keys of each object whose order has no meaning. Properties, paths, methods, schemas and
/// status codes keep their order, because the output follows it.
fn reversed(value: Value) -> Value {
    fn walk(value: Value, ordered: bool) -> Value {
        match value {
            Value::Object(map) => {
                let mut entries: Vec<_> = map
                    .into_iter()
                    .map(|(key, value)| {
                        let children = matches!(
                            key.as_str(),
                            "properties" | "paths" | "schemas" | "responses"
                        ) || key.starts_with('/');
                        let value = walk(value, children);
                        (key, value)
                    })
                    .collect();
                if !ordered {
                    entries.reverse();
                }
                Value::Object(entries.into_iter().collect())
            }
            Value::Array(list) => {
                Value::Array(list.into_iter().map(|value| walk(value, false)).collect())
            }
            scalar => scalar,
        }
    }
    walk(value, false)
}
