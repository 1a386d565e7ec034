//! JSON without invisible characters.
//!
//! In: texts, and JSON on one line. Out: JSON, with escapes for invisible characters. Not here: values.

use std::borrow::Cow;
use std::fmt::Write;

use super::markdown::{is_hidden, is_visible};

/// Returns a text as a JSON string.
pub fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    match one_line(&json) {
        Cow::Borrowed(_) => json,
        Cow::Owned(shown) => shown,
    }
}

/// Returns JSON on one line, with invisible characters in strings escaped.
pub fn one_line(json: &str) -> Cow<'_, str> {
    if is_visible(json) || !json.contains(is_hidden) {
        return json.into();
    }
    let mut text = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text.into()
}
