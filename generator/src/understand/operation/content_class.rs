//! Classes of content: what a media type and its schema say about bytes, whether they are sent or received.
//!
//! In: a media type, a schema. Out: their classes, and whether content that has no format of its own is text or bytes. Not here:
//! what a request or a response makes of it (see `request_format`, `response_format`).

use crate::document::media_type::is_json;
use crate::document::{JsonType, Media};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// What a media type says about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaClass {
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
    pub(super) fn of(essence: &str) -> Self {
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

/// What a schema says about content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaClass {
    None,
    /// `format: binary`, which is how OpenAPI 3.0 says that content is no text.
    Bytes,
    Text,
    List,
    /// Any other value of JSON.
    Structured,
}

impl SchemaClass {
    pub(super) fn of(cx: &mut Cx, media: &Media) -> Self {
        let Some(key) = key(cx, media) else {
            return Self::None;
        };
        let all = merged(cx, &key);
        match effective_type(&all) {
            None if all.properties.is_empty() && all.unions.is_empty() => Self::None,
            Some(JsonType::String) if all.is_binary() => Self::Bytes,
            Some(JsonType::String) => Self::Text,
            Some(JsonType::Array) => Self::List,
            Some(_) | None => Self::Structured,
        }
    }
}

impl SchemaClass {
    /// Returns whether the schema describes values, and not only text or bytes.
    pub(super) fn has_values(self) -> bool {
        match self {
            Self::List | Self::Structured => true,
            Self::None | Self::Bytes | Self::Text => false,
        }
    }
}

/// Returns the key of the schema of a content.
pub(super) fn key(cx: &mut Cx, media: &Media) -> Option<Key> {
    used(cx, &[media.schema.flatten()?]).key
}

/// Content whose values the client does not read or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opaque {
    Text,
    Bytes,
}

/// Decides whether content is text or bytes, if it is not read or written as values. The media type decides, except that
/// `format: binary` makes bytes of any text, and a string a text of what is unknown.
pub(super) fn opaque(media: MediaClass, schema: SchemaClass) -> Opaque {
    match (media, schema) {
        (MediaClass::Bytes | MediaClass::FormData | MediaClass::Multipart, _)
        | (_, SchemaClass::Bytes) => Opaque::Bytes,
        (
            MediaClass::JsonLines
            | MediaClass::JsonSequence
            | MediaClass::Events
            | MediaClass::Form
            | MediaClass::Xml
            | MediaClass::Text,
            _,
        )
        | (MediaClass::Json | MediaClass::Any | MediaClass::Unknown, SchemaClass::Text) => {
            Opaque::Text
        }
        (
            MediaClass::Json | MediaClass::Any | MediaClass::Unknown,
            SchemaClass::None | SchemaClass::List | SchemaClass::Structured,
        ) => Opaque::Bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
