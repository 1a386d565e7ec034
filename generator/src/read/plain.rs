//! Strings that the author of a YAML text did not quote, and that YAML takes for numbers: `version: 1.10`.
//!
//! In: a text and its value. Out: the value, with those numbers as they are written. Not here: numbers whose text JSON would
//! write, which other stages convert.

use serde_json::{Map, Value};

use super::lines;
use crate::report::Pointer;

/// The keywords of a schema whose values have its type.
const VALUES: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Restores the text of numbers where the document requires strings.
pub(super) fn restore(text: &str, value: &mut Value) {
    let mut found = Vec::new();
    if value.pointer("/info/version").is_some_and(Value::is_number) {
        found.push(Pointer::root().child("info").child("version"));
    }
    search(value, &mut Vec::new(), &mut found);
    if found.is_empty() {
        return;
    }
    let all: Vec<&str> = text.lines().collect();
    let positions = lines::find(text, found.iter());
    for (pointer, (line, column)) in found.iter().zip(positions) {
        let token = all.get(line - 1).and_then(|line| scalar(line, column));
        let number = pointer_mut(value, pointer);
        if let (Some(token), Some(number)) = (token, number)
            && is_notation(token, number)
        {
            *number = Value::String(token.to_owned());
        }
    }
}

/// Searches for numbers among the values of schemas of strings.
fn search<'a>(value: &'a Value, path: &mut Vec<Step<'a>>, found: &mut Vec<Pointer>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| is_nested(item)) {
                path.push(Step::Index(index));
                search(item, path, found);
                path.pop();
            }
        }
        Value::Object(members) => {
            if members.iter().any(has_numbers) && is_string_schema(members) {
                numbers(members, path, found);
            }
            for (key, member) in members.iter().filter(|(_, member)| is_nested(member)) {
                path.push(Step::Key(key));
                search(member, path, found);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A step to a part of a value. A pointer to each part would take much longer to make.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Adds the numbers among the values of a schema.
fn numbers(schema: &Map<String, Value>, path: &[Step], found: &mut Vec<Pointer>) {
    for key in VALUES {
        let at = || pointer(path).child(key);
        match schema.get(key) {
            Some(Value::Number(_)) => found.push(at()),
            Some(Value::Array(items)) => {
                let numbers = items.iter().enumerate();
                let numbers = numbers.filter(|(_, item)| item.is_number());
                found.extend(numbers.map(|(index, _)| at().child(&index.to_string())));
            }
            _ => {}
        }
    }
}

fn pointer(path: &[Step]) -> Pointer {
    path.iter().fold(Pointer::root(), |at, step| match step {
        Step::Key(key) => at.child(key),
        Step::Index(index) => at.child(&index.to_string()),
    })
}

/// Returns whether a member may be a keyword with numbers. Most schemas have none, so this comes before their type is looked up.
fn has_numbers((key, value): (&String, &Value)) -> bool {
    let has = match value {
        Value::Number(_) => true,
        Value::Array(items) => items.iter().any(Value::is_number),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Object(_) => false,
    };
    has && VALUES.contains(&key.as_str())
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn is_string_schema(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::String(name)) => name == "string",
        Some(Value::Array(names)) => {
            let has = |name: &str| names.iter().any(|one| one == name);
            has("string") && !has("number") && !has("integer")
        }
        Some(_) | None => false,
    }
}

fn pointer_mut<'a>(value: &'a mut Value, pointer: &Pointer) -> Option<&'a mut Value> {
    pointer.keys().try_fold(value, |value, key| match value {
        Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?),
        Value::Object(members) => members.get_mut(&key),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// Returns the scalar at a column of a line, which may be the key or the dash before it.
fn scalar(line: &str, column: usize) -> Option<&str> {
    let (start, _) = line.char_indices().nth(column - 1)?;
    let rest = &line[start..];
    let rest = rest.strip_prefix("- ").unwrap_or(rest).trim_start();
    let rest = match rest.split_once(": ") {
        Some((key, value)) if !key.contains([',', ']', '}']) => value.trim_start(),
        _ => rest,
    };
    let end = rest.find([',', ']', '}']).unwrap_or(rest.len());
    let token = &rest[..end];
    let token = token.split_once(" #").map_or(token, |(token, _)| token);
    Some(token.trim_end())
}

/// Returns whether a text is another notation of a number than that of JSON.
fn is_notation(token: &str, number: &Value) -> bool {
    let usual = number.to_string();
    token != usual && serde_yaml::from_str::<Value>(token).is_ok_and(|value| value == *number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn restored(text: &str) -> Value {
        let mut value = serde_yaml::from_str(text).expect("the text is valid");
        restore(text, &mut value);
        value
    }

    #[test]
    fn numbers_of_string_schemas_keep_their_text() {
        let flow = "a: { type: string, enum: [1.0, 1.10, 1e3, 0x1F, x], default: 1.10 } # 1.20";
        let expected = json!({ "type": "string", "enum": [1.0, "1.10", "1e3", "0x1F", "x"], "default": "1.10" });
        assert_eq!(restored(flow)["a"], expected);
        let block = "info:\n  version: 1.10 # the tenth\na:\n  enum:\n    - 1.10\n    -   0x1F\n  type:\n    - string\n    - 'null'\n";
        let value = restored(block);
        assert_eq!(value["info"]["version"], "1.10");
        assert_eq!(value["a"]["enum"], json!(["1.10", "0x1F"]));
    }

    #[test]
    fn other_numbers_stay() {
        let text = "a: { type: number, enum: [1.10] }\nb: { enum: [1.10] }\nc: { type: [string, integer], enum: [0x1F] }";
        let numbers = json!({ "a": { "type": "number", "enum": [1.1] }, "b": { "enum": [1.1] }, "c": { "type": ["string", "integer"], "enum": [31] } });
        assert_eq!(restored(text), numbers);
    }
}
