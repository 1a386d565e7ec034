//! Targets of actions.
//!
//! In: JSON pointers. Out: JSONPath queries (RFC 9535) that select the same value.

use crate::report::Pointer;

/// Returns the query for a value of the document, or nothing if the value is in another file.
pub fn query(at: &Pointer) -> Option<String> {
    if !at.file().is_empty() {
        return None;
    }
    let steps = at.segments().map(|key| step(&key));
    Some(format!("${}", steps.collect::<String>()))
}

fn step(key: &str) -> String {
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name {
        return format!(".{key}");
    }
    let mut quoted = String::new();
    for c in key.chars() {
        match c {
            '\\' | '\'' => quoted.extend(['\\', c]),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    format!("['{quoted}']")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_select_what_pointers_do() {
        let keys = ["paths", "/a/{b}", "x-y", "_z", "1", "", "it's \\ \n", "é"];
        let root = Pointer::root();
        let at = keys.iter().fold(root.clone(), |at, key| at.child(key));
        let shown = query(&at).unwrap();
        assert_eq!(
            shown,
            "$.paths['/a/{b}']['x-y']._z['1']['']['it\\'s \\\\ \\u000a']['é']"
        );
        let leaf = serde_json::Value::from(5);
        let nest = |value, key: &&str| serde_json::json!({ (*key): value });
        let document = keys.iter().rev().fold(leaf.clone(), nest);
        let path = serde_json_path::JsonPath::parse(&shown).unwrap();
        assert_eq!(path.query(&document).exactly_one().unwrap(), &leaf);
        assert_eq!(query(&root).as_deref(), Some("$"));
        assert_eq!(query(&Pointer::of_file("b.yaml")), None);
    }
}
