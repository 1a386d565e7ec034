//! Classes of content: what a schema says about the content of a media type, in requests and responses.
//!
//! In: the class of a media type, and a schema. Out: the class of the schema, and whether unstructured content is text or bytes.
//! Not here: how requests are written and responses are read (see `request_format`, `response_format`).

use super::alike::alike;
use crate::document::media_type::MediaClass;
use crate::document::{JsonType, Media};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// The kind of content that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaClass {
    None,
    /// `format: binary`, by which OpenAPI 3.0 describes bytes.
    Bytes,
    Text,
    List,
    /// Any other JSON value.
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
    /// Returns whether the schema describes structured values, and not just text or bytes.
    pub(super) fn has_values(self) -> bool {
        match self {
            Self::List | Self::Structured => true,
            Self::None | Self::Bytes | Self::Text => false,
        }
    }
}

/// Returns the key of a media type's schema.
pub(super) fn key(cx: &mut Cx, media: &Media) -> Option<Key> {
    used(cx, &[media.schema.flatten()?]).key
}

/// Returns whether two media types have the same type.
pub(super) fn has_same_type(cx: &mut Cx, one: &Media, two: &Media) -> bool {
    match (key(cx, one), key(cx, two)) {
        _ if one.schema == two.schema => true,
        (Some(first), Some(second)) => alike(cx, &first, &second),
        (None, _) | (_, None) => false,
    }
}

/// Content that the client does not parse or serialize.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opaque {
    Text,
    Bytes,
}

/// Returns whether unstructured content is text or bytes. The media type decides, with two exceptions: `format: binary` always
/// means bytes, and a string makes text of an unknown media type.
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
