//! Kinds of content: how a reply of a media type is read.
//!
//! In: the media types of a reply. Out: its [`Representation`]s, the preferred one first. Not here: statuses, types.

use super::media::{Json, essence, is_any, is_json_media, json, may_be_json};
use crate::document::{Content, JsonType, Media};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// How content of a media type is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ReplyKind {
    Json,
    Text,
    Binary,
    /// JSON values in lines, or in another sequence.
    Sequence,
    /// Server-sent events.
    Events,
}

/// The media types of a reply that are read in the same way.
#[derive(Clone, Debug)]
pub(super) struct Representation<'a> {
    pub kind: ReplyKind,
    /// The preferred one is first.
    pub media: Vec<(&'a str, &'a Media)>,
}

/// The media type of a sequence of JSON texts (RFC 7464).
pub(super) const SEQUENCE: &str = "application/json-seq";

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

/// Returns the representations of a content. JSON comes first, except for a string beside binary
/// content: that is how some documents say that an error of the server is possible, and a file in
/// JSON would be an array or an object.
pub(super) fn representations<'a>(
    cx: &mut Cx<'a>,
    content: &'a Content,
) -> Vec<Representation<'a>> {
    let preferred = json(cx, content).map(|json| json.media_type);
    let mut sorted: Vec<(&str, &Media)> = content
        .iter()
        .map(|(name, media)| (name.as_str(), media))
        .collect();
    // The order of keys means nothing.
    sorted.sort_by_key(|(name, _)| (Some(*name) != preferred, *name));
    let mut found: Vec<Representation> = Vec::new();
    for (name, media) in sorted {
        let kind = kind(cx, name, media);
        match found.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.media.push((name, media)),
            None => found.push(Representation {
                kind,
                media: vec![(name, media)],
            }),
        }
    }
    let has_binary = found.iter().any(|known| known.kind == ReplyKind::Binary);
    let is_string = |cx: &mut Cx<'a>, known: &Representation<'a>| {
        let kinds = known.media.iter().map(|(_, media)| json_type(cx, media));
        known.kind == ReplyKind::Json
            && kinds.into_iter().all(|kind| kind == Some(JsonType::String))
    };
    let last = |cx: &mut Cx<'a>, known: &Representation<'a>| has_binary && is_string(cx, known);
    found.sort_by_cached_key(|known| (last(cx, known), known.kind));
    found
}

/// Returns the media types to ask for, the preferred ones first.
pub(super) fn accepted<'a>(all: impl Iterator<Item = &'a Representation<'a>>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for media in all {
        for name in media.names() {
            let name = match media.kind {
                ReplyKind::Json if is_any(&essence(name)) => "application/json",
                ReplyKind::Json
                | ReplyKind::Text
                | ReplyKind::Events
                | ReplyKind::Sequence
                | ReplyKind::Binary => name,
            };
            let is_new = !found.iter().any(|known| known == name);
            if is_new && name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// Determines how a media type is read. The schema decides if the media type leaves it open.
fn kind(cx: &mut Cx, media_type: &str, media: &Media) -> ReplyKind {
    let name = essence(media_type);
    if is_json_media(media_type) || (is_any(&name) && may_be_json(cx, media)) {
        return ReplyKind::Json;
    }
    match name.as_str() {
        "text/event-stream" => return ReplyKind::Events,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines"
        | "application/jsonlines"
        | "application/json-lines"
        | "application/x-json-stream"
        | "application/stream+json"
        | "application/json-seq" => {
            return ReplyKind::Sequence;
        }
        _ => {}
    }
    if is_binary_string(cx, media) {
        return ReplyKind::Binary;
    }
    let is_string = json_type(cx, media) == Some(JsonType::String);
    match is_text(&name) || (is_string && !is_known_binary(&name)) {
        true => ReplyKind::Text,
        false => ReplyKind::Binary,
    }
}

/// Returns the JSON type of a schema.
pub(super) fn json_type(cx: &mut Cx, media: &Media) -> Option<JsonType> {
    let key = used(cx, &[media.schema.flatten()?]).key?;
    effective_type(&merged(cx, &key))
}

/// `format: binary`, which is how OpenAPI 3.0 says that content is no text.
fn is_binary_string(cx: &mut Cx, media: &Media) -> bool {
    let Some(key) = media.schema.flatten().and_then(|pos| used(cx, &[pos]).key) else {
        return false;
    };
    merged(cx, &key).format == Some("binary")
}

/// Returns whether a media type is text, which a program can read as characters.
fn is_text(essence: &str) -> bool {
    let is_named = matches!(
        essence,
        "application/yaml"
            | "application/x-yaml"
            | "application/toml"
            | "application/javascript"
            | "application/ecmascript"
            | "application/graphql"
            | "application/sql"
            | "application/sdp"
            | "application/jwt"
            | "application/x-www-form-urlencoded"
            | "application/x-pem-file"
            | "application/x-sh"
            | "image/svg+xml"
    );
    essence.starts_with("text/") || is_named || essence.ends_with("+yaml") || is_xml(essence)
}

/// Returns whether a media type is XML (RFC 7303).
pub(super) fn is_xml(essence: &str) -> bool {
    matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// Returns whether a media type is binary, whatever its schema says.
fn is_known_binary(essence: &str) -> bool {
    let families = [
        "image/",
        "audio/",
        "video/",
        "font/",
        "model/",
        "multipart/",
    ];
    families.iter().any(|family| essence.starts_with(family))
        || matches!(
            essence,
            "application/octet-stream"
                | "application/pdf"
                | "application/zip"
                | "application/gzip"
                | "application/x-gzip"
                | "application/x-tar"
                | "application/zstd"
                | "application/x-7z-compressed"
                | "application/wasm"
                | "application/cbor"
                | "application/msgpack"
                | "application/x-msgpack"
                | "application/protobuf"
                | "application/x-protobuf"
                | "application/vnd.apache.parquet"
        )
}
