//! Media types.
//!
//! In: the keys of contents. Out: their classes, and which of them is JSON. Not here: what a class means for a body (see `understand`).

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

/// What a media type says about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaClass {
    Json,
    /// JSON values on lines, which has no registered name.
    JsonLines,
    /// JSON values after record separators (RFC 7464).
    JsonSequence,
    /// Server-sent events.
    Events,
    Form,
    /// `multipart/form-data`.
    FormData,
    /// Another multipart type, or any of them.
    Multipart,
    /// XML (RFC 7303).
    Xml,
    /// Characters that people read.
    Text,
    /// Bytes, whatever the schema says.
    Bytes,
    /// A range that leaves everything open.
    Any,
    Unknown,
}

impl MediaClass {
    /// Returns the class of a media type in lower case and without parameters.
    pub fn of(essence: &str) -> Self {
        if is_json(essence) {
            return Self::Json;
        }
        let (main, sub) = essence.split_once('/').unwrap_or(("", essence));
        let suffix = sub.rsplit(['+', '-']).next().unwrap_or(sub);
        match (main, sub) {
            (_, "*") if matches!(main, "*" | "application") => Self::Any,
            ("text", "event-stream") => Self::Events,
            ("application", "x-www-form-urlencoded") => Self::Form,
            ("multipart", "form-data") => Self::FormData,
            ("multipart", _) => Self::Multipart,
            ("application", "json-seq") => Self::JsonSequence,
            (_, sub) if JSON_LINES.contains(&sub) => Self::JsonLines,
            // An image is a file, even if it is XML.
            ("audio" | "font" | "image" | "model" | "video", _) => Self::Bytes,
            ("application", sub) if BYTES.contains(&sub) => Self::Bytes,
            (_, sub) if BYTES_SUFFIXES.iter().any(|suffix| sub.ends_with(suffix)) => Self::Bytes,
            _ if suffix == "xml" => Self::Xml,
            ("text", _) => Self::Text,
            ("application", sub) if TEXT.contains(&sub) => Self::Text,
            _ if suffix == "yaml" => Self::Text,
            _ => Self::Unknown,
        }
    }
}

/// Names of newline-delimited JSON, among them Spring's, which ends with `+json` and yet is no single value.
const JSON_LINES: &[&str] = &[
    "json-lines",
    "jsonl",
    "jsonlines",
    "ndjson",
    "stream+json",
    "x-json-stream",
    "x-jsonl",
    "x-jsonlines",
    "x-ndjson",
];

const BYTES: &[&str] = &[
    "cbor",
    "gzip",
    "msgpack",
    "octet-stream",
    "pdf",
    "protobuf",
    "vnd.apache.parquet",
    "vnd.msgpack",
    "wasm",
    "x-7z-compressed",
    "x-gzip",
    "x-msgpack",
    "x-protobuf",
    "x-tar",
    "zip",
    "zstd",
];

/// Suffixes of formats that are no text (RFC 6839, RFC 8949).
const BYTES_SUFFIXES: &[&str] = &["+cbor", "+gzip", "+zip"];

const TEXT: &[&str] = &[
    "ecmascript",
    "graphql",
    "javascript",
    "jwt",
    "sdp",
    "sql",
    "toml",
    "x-pem-file",
    "x-sh",
];

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

    #[test]
    fn classes_of_media_types() {
        for (class, all) in [
            (
                MediaClass::Json,
                "application/json application/problem+json text/json",
            ),
            (
                MediaClass::JsonLines,
                "application/x-ndjson application/stream+json text/jsonl",
            ),
            (MediaClass::JsonSequence, "application/json-seq"),
            (MediaClass::Events, "text/event-stream"),
            (MediaClass::FormData, "multipart/form-data"),
            (MediaClass::Multipart, "multipart/mixed multipart/*"),
            (
                MediaClass::Xml,
                "application/xml text/xml application/atom+xml application/x-xml",
            ),
            (
                MediaClass::Text,
                "text/plain text/* application/x-yaml application/vnd.a+yaml",
            ),
            (
                MediaClass::Bytes,
                "image/svg+xml image/* application/cbor application/epub+zip",
            ),
            (MediaClass::Any, "*/* application/*"),
            (
                MediaClass::Unknown,
                "application/vnd.a application/xml-dtd xyz",
            ),
        ] {
            for name in all.split(' ') {
                assert_eq!(MediaClass::of(name), class, "{name}");
            }
        }
    }
}
