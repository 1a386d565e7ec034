//! Media types.
//!
//! In: the keys of contents. Out: which of them is JSON. Not here: all other formats (see `understand`).

use super::parts::{Content, Media};

/// `type/subtype` in lower case, without parameters.
pub fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Returns whether an essence is a value of JSON, also with a suffix (RFC 6839, 3.1).
pub fn is_json(essence: &str) -> bool {
    // Spring's name of JSON lines.
    let is_stream = essence == "application/stream+json";
    essence.ends_with("/json") || (essence.ends_with("+json") && !is_stream)
}

/// Returns the JSON of a content: `application/json`, or else the first by name, since the order of
/// keys means nothing.
pub fn json(content: &Content) -> Option<(&str, &Media)> {
    let all = content.iter();
    let all = all.filter(|(name, _)| is_json(&essence(name)));
    let first = all.min_by_key(|(name, _)| (essence(name) != "application/json", *name));
    first.map(|(name, media)| (name.as_str(), media))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for json in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/Problem+JSON",
            "application/vnd.api+json",
            "text/json",
        ] {
            assert!(is_json(&essence(json)), "{json}");
        }
        for other in [
            "text/plain",
            "application/x-ndjson",
            "multipart/form-data",
            "*/*",
            "application/jsonl",
            "application/stream+json",
        ] {
            assert!(!is_json(&essence(other)), "{other}");
        }
    }
}
