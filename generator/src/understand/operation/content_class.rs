//! Classes of content: what a schema beside a media type says about bytes, whether they are sent or received.
//!
//! In: the class of a media type, a schema. Out: their classes, and whether content that has no format of its own is text or bytes. Not here:
//! what a request or a response makes of it (see `request_format`, `response_format`).

use crate::document::media_type::MediaClass;
use crate::document::{JsonType, Media};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

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
