//! YAML on one line.
//!
//! In: texts and JSON values. Out: scalars, and collections in the flow style.

use serde_json::Value;

use crate::emit::text::json;

/// Returns a text as a scalar: plain if no reader takes it for something else, otherwise between double quotes.
pub fn scalar(text: &str) -> String {
    const WORDS: &[&str] = &["false", "n", "no", "null", "off", "on", "true", "y", "yes"];
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./ %".contains(c);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(is_part)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    match is_plain {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Returns a JSONPath query as a scalar.
pub fn query(text: &str) -> String {
    let shows = |c: char| c.is_ascii_graphic() || c == ' ';
    let is_plain = text.starts_with('$')
        && text.chars().all(shows)
        && [": ", " #"].iter().all(|part| !text.contains(part))
        && !text.ends_with([':', ' ']);
    match is_plain {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Returns a value in the flow style.
pub fn flow(value: &Value) -> String {
    match value {
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Object(map) => {
            let members = map.iter();
            let members = members.map(|(key, value)| format!("{}: {}", scalar(key), flow(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => scalar(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Returns a text between double quotes. The escapes of JSON are some of YAML's, which allows fewer characters without one.
fn quoted(text: &str) -> String {
    let json = json::quoted(text);
    let mut quoted = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn readers_get_the_text_back() {
        for text in [
            "a",
            "/v1/x",
            "yes",
            "1.0",
            "",
            " a",
            "a ",
            "a: b",
            "a #b",
            "- a",
            "[a]",
            "{",
            "*a",
            "it's \"x\"\\",
            "a\nb\u{85}\u{7f}\u{2028}\u{feff}\u{ffff}\u{1f600}",
            "é",
            "~",
            "null",
            "$.paths['/a'].get",
            "$['a: b']",
            "$['a #b']",
        ] {
            for shown in [scalar(text), query(text)] {
                let read: String = serde_yaml::from_str(&shown).expect(&shown);
                assert_eq!(read, text, "{shown}");
            }
            let value = json!({ text: [text, 1, true, null, {}] });
            let read: Value = serde_yaml::from_str(&flow(&value)).expect(text);
            assert_eq!(read, value);
        }
        assert_eq!(scalar("MIT OR Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(query("$.paths['/a/{id}'].get"), "$.paths['/a/{id}'].get");
    }
}
