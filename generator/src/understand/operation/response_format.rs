//! Formats of responses, by media type.
//!
//! In: the media types of a response. Out: its [`Representation`]s, the preferred one first. Not here: statuses, types.

use super::content_class::{Opaque, SchemaClass, opaque};
use super::media::{Json, essence, is_json_media, json};
use crate::document::media_type::MediaClass;
use crate::document::{Content, Media};
use crate::understand::schema::cx::Cx;

/// The format in which a response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ResponseFormat {
    Json,
    Text,
    Binary,
    /// JSON values, one per line or in another sequence.
    Sequence,
    /// Server-sent events.
    Events,
}

/// The media types of a response that are read in the same format.
#[derive(Clone, Debug)]
pub(super) struct Representation<'a> {
    pub format: ResponseFormat,
    /// The preferred media type comes first.
    pub media: Vec<(&'a str, &'a Media)>,
}

impl<'a> Representation<'a> {
    /// Returns the preferred media type.
    pub(super) fn first(&self) -> Option<Json<'a>> {
        let (media_type, media) = *self.media.first()?;
        Some(Json { media_type, media })
    }

    /// Returns the media types as the document spells them.
    pub(super) fn names(&self) -> Vec<&'a str> {
        self.media.iter().map(|(name, _)| *name).collect()
    }
}

/// Returns the representations of a response. JSON comes first, unless it is a string beside binary content. In this case, the
/// string is probably an error, because a file in JSON would be an array or an object.
pub(super) fn representations<'a>(
    cx: &mut Cx<'a>,
    content: &'a Content,
) -> Vec<Representation<'a>> {
    let preferred = json(cx, content).map(|json| json.media_type);
    let mut sorted: Vec<(&str, &Media)> = content
        .iter()
        .map(|(name, media)| (name.as_str(), media))
        .collect();
    // The order of keys has no meaning.
    sorted.sort_by_key(|(name, _)| (Some(*name) != preferred, *name));
    let mut found: Vec<Representation> = Vec::new();
    for (name, media) in sorted {
        let format = format(cx, name, media);
        match found.iter_mut().find(|known| known.format == format) {
            Some(known) => known.media.push((name, media)),
            None => found.push(Representation {
                format,
                media: vec![(name, media)],
            }),
        }
    }
    let has_binary = found
        .iter()
        .any(|known| known.format == ResponseFormat::Binary);
    let is_only_string = |cx: &mut Cx<'a>, known: &Representation<'a>| {
        let mut media = known.media.iter();
        known.format == ResponseFormat::Json && media.all(|(_, media)| is_string(cx, media))
    };
    let last =
        |cx: &mut Cx<'a>, known: &Representation<'a>| has_binary && is_only_string(cx, known);
    found.sort_by_cached_key(|known| (last(cx, known), known.format));
    found
}

/// Returns the media types to accept, the preferred ones first.
pub(super) fn accepted<'a>(all: impl Iterator<Item = &'a Representation<'a>>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for media in all {
        for name in media.names() {
            let name = match media.format {
                ResponseFormat::Json if MediaClass::of(&essence(name)) == MediaClass::Any => {
                    "application/json"
                }
                // A file has an unknown type, although the document declares JSON.
                ResponseFormat::Binary if is_json_media(name) => "*/*",
                ResponseFormat::Json
                | ResponseFormat::Text
                | ResponseFormat::Events
                | ResponseFormat::Sequence
                | ResponseFormat::Binary => name,
            };
            let is_new = !found.iter().any(|known| known == name);
            if is_new && name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// Returns the format in which a media type is read. The schema decides if the media type does not.
fn format(cx: &mut Cx, media_type: &str, media: &Media) -> ResponseFormat {
    let (class, schema) = (
        MediaClass::of(&essence(media_type)),
        SchemaClass::of(cx, media),
    );
    match class {
        // `format: binary` in JSON stands for a file of an unknown type.
        MediaClass::Json if schema == SchemaClass::Bytes => ResponseFormat::Binary,
        MediaClass::Json => ResponseFormat::Json,
        MediaClass::Any if schema.has_values() => ResponseFormat::Json,
        MediaClass::Events => ResponseFormat::Events,
        MediaClass::JsonLines | MediaClass::JsonSequence if schema != SchemaClass::Bytes => {
            ResponseFormat::Sequence
        }
        MediaClass::Form
        | MediaClass::FormData
        | MediaClass::JsonLines
        | MediaClass::JsonSequence
        | MediaClass::Multipart
        | MediaClass::Xml
        | MediaClass::Text
        | MediaClass::Bytes
        | MediaClass::Any
        | MediaClass::Unknown => match opaque(class, schema) {
            Opaque::Text => ResponseFormat::Text,
            Opaque::Bytes => ResponseFormat::Binary,
        },
    }
}

/// Returns whether the schema is a string.
fn is_string(cx: &mut Cx, media: &Media) -> bool {
    matches!(
        SchemaClass::of(cx, media),
        SchemaClass::Text | SchemaClass::Bytes
    )
}
