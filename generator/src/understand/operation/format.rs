//! Formats of request bodies, by media type.
//!
//! In: a media type and its schema. Out: how a value is written, and what distinguishes the bodies of an operation. Not here: types.

use super::alike::alike;
use super::encodings::{self, Pieces};
use super::media::{essence, is_any, is_json};
use crate::document::{JsonType, Media, Pos};
use crate::model::api::BodyContent;
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// The format of a body. An operation offers formats in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    Json,
    Multipart,
    Parts,
    Form,
    JsonLines,
    Text,
    File,
}

/// The kind of a body. One method can send two bodies only if their kinds agree.
pub(super) enum BodyKind {
    /// An object or another value of JSON, by its schema.
    Value(Option<Key>),
    /// Such an object, with files.
    Files,
    /// A list with files.
    FileList,
    Lines,
    Text,
    File,
}

/// Returns whether one method can send both.
pub(super) fn same(cx: &mut Cx, a: &BodyKind, b: &BodyKind) -> bool {
    match (a, b) {
        (BodyKind::Value(Some(a)), BodyKind::Value(Some(b))) => alike(cx, a, b),
        (BodyKind::Value(a), BodyKind::Value(b)) => a == b,
        (BodyKind::Files, BodyKind::Files)
        | (BodyKind::FileList, BodyKind::FileList)
        | (BodyKind::Lines, BodyKind::Lines)
        | (BodyKind::Text, BodyKind::Text)
        | (BodyKind::File, BodyKind::File) => true,
        (
            BodyKind::Value(_)
            | BodyKind::Files
            | BodyKind::FileList
            | BodyKind::Lines
            | BodyKind::Text
            | BodyKind::File,
            _,
        ) => false,
    }
}

/// Returns the kind of a body of a media type.
pub(super) fn kind(cx: &mut Cx, format: Format, media: &Media) -> BodyKind {
    match format {
        Format::Multipart if has_files(cx, media) || !names_parts(cx, media) => BodyKind::Files,
        Format::Parts if has_file_items(cx, media) => BodyKind::FileList,
        Format::Json | Format::Form | Format::Multipart | Format::Parts => {
            BodyKind::Value(key(cx, media))
        }
        Format::JsonLines => BodyKind::Lines,
        Format::Text => BodyKind::Text,
        Format::File => BodyKind::File,
    }
}

fn key(cx: &mut Cx, media: &Media) -> Option<Key> {
    used(cx, &[media.schema.flatten()?]).key
}

/// Returns whether a property is a file or a list of files.
fn has_files(cx: &mut Cx, media: &Media) -> bool {
    let Some(key) = key(cx, media) else {
        return false;
    };
    let all = merged(cx, &key);
    all.properties.values().any(|property| {
        let Some(key) = used(cx, property).key else {
            return false;
        };
        let all = merged(cx, &key);
        let items = all.items.as_ref().and_then(|items| used(cx, items).key);
        all.format == Some("binary")
            || items.is_some_and(|key| merged(cx, &key).format == Some("binary"))
    })
}

/// Returns true if an item is a file.
fn has_file_items(cx: &mut Cx, media: &Media) -> bool {
    let mut items: Vec<Vec<Pos>> = media
        .item
        .flatten()
        .map(|item| vec![item])
        .into_iter()
        .collect();
    if let Some(key) = key(cx, media) {
        let all = merged(cx, &key);
        items.extend(all.items.clone());
        items.extend(all.tuple.iter().flatten().map(|item| vec![*item]));
    }
    items.iter().any(|item| {
        let key = used(cx, item).key;
        key.is_some_and(|key| merged(cx, &key).format == Some("binary"))
    })
}

/// How the client writes a media type, unless it is the JSON of its operation. `None`: it cannot write it.
pub(super) fn of(cx: &mut Cx, media_type: &str, media: &Media) -> Option<Format> {
    let essence = essence(media_type);
    let (main, sub) = essence.split_once('/')?;
    let schema = schema(cx, media);
    Some(match (main, sub) {
        _ if is_json(&essence) => Format::Json,
        // A form without properties is text, which the caller encodes.
        ("application", "x-www-form-urlencoded") => match schema {
            Schema::Text | Schema::Bytes | Schema::List => Format::Text,
            Schema::None | Schema::Structured => Format::Form,
        },
        ("multipart", "form-data") => Format::Multipart,
        // Their parts are items or properties; a text has no boundary that the client could know.
        ("multipart", _) if media.item.is_some() => Format::Parts,
        ("multipart", _) => match schema {
            Schema::List => Format::Parts,
            Schema::Structured => Format::Multipart,
            Schema::None | Schema::Bytes | Schema::Text => return None,
        },
        ("audio" | "font" | "image" | "video", _) => Format::File,
        ("application", "octet-stream" | "pdf" | "zip" | "gzip") => Format::File,
        _ if schema == Schema::Bytes => Format::File,
        _ if is_lines(sub) && schema != Schema::Text => Format::JsonLines,
        _ if is_any(&essence) && schema != Schema::Text => Format::File,
        ("application", _) if schema == Schema::None && !is_markup(sub) => Format::File,
        (_, _) => Format::Text,
    })
}

/// Returns true for newline-delimited JSON, which has no registered name.
fn is_lines(sub: &str) -> bool {
    matches!(
        sub,
        "jsonl" | "json-lines" | "jsonlines" | "ndjson" | "x-jsonlines" | "x-ndjson"
    )
}

/// Returns true for formats that are written as text.
fn is_markup(sub: &str) -> bool {
    let suffix = sub.rsplit(['+', '-']).next().unwrap_or(sub);
    matches!(suffix, "xml" | "yaml")
}

/// The kind of data that the schema of a body describes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Schema {
    None,
    Bytes,
    Text,
    List,
    Structured,
}

fn schema(cx: &mut Cx, media: &Media) -> Schema {
    let Some(key) = key(cx, media) else {
        return Schema::None;
    };
    let all = merged(cx, &key);
    match effective_type(&all) {
        None if all.properties.is_empty() && all.unions.is_empty() => Schema::None,
        Some(JsonType::String) if all.format == Some("binary") => Schema::Bytes,
        Some(JsonType::String) => Schema::Text,
        Some(JsonType::Array) => Schema::List,
        Some(_) | None => Schema::Structured,
    }
}

/// Returns true if the schema of a multipart body is an object, whose properties are the names of its parts.
pub(super) fn names_parts(cx: &mut Cx, media: &Media) -> bool {
    key(cx, media).is_some_and(|key| {
        let all = merged(cx, &key);
        effective_type(&all) == Some(JsonType::Object) || !all.unions.is_empty()
    })
}

/// What distinguishes a body from the first one of its operation, in words.
pub(super) fn word(format: Format, media_type: &str) -> String {
    let word = match format {
        Format::Multipart | Format::Parts => {
            let essence = essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or_default();
            let is_usual = matches!(sub, "form-data" | "*");
            return if is_usual { "multipart" } else { sub }.replace(['.', '-'], " ");
        }
        Format::Form => "form",
        Format::JsonLines => "lines",
        Format::Text => "text",
        Format::File => "file",
        Format::Json => {
            let essence = essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or_default();
            return sub.replace(['+', '.', '-'], " ");
        }
    };
    word.into()
}

/// Reports what a format cannot express.
pub(super) fn check(cx: &mut Cx, format: Format, media_type: &str, media: &Media) {
    let at = &media.declared.at;
    if media.declared.newer.item_schema && !matches!(format, Format::JsonLines | Format::Parts) {
        let text = format!("`{media_type}` is not a sequence, so this has no effect");
        cx.report
            .once(Code::IgnoredKeyword, &at.child("itemSchema"), text);
    }
    match format {
        Format::Text if matches!(schema(cx, media), Schema::List | Schema::Structured) => {
            let code = match essence(media_type).ends_with("xml") {
                true => Code::XmlAsText,
                false => Code::TextBody,
            };
            let text =
                format!("a body of `{media_type}` is sent as the text that the caller gives");
            cx.report.once(code, at, text);
        }
        Format::Multipart if !names_parts(cx, media) => {
            let text =
                format!("the caller names the parts of `{media_type}`: the document does not");
            cx.report.once(Code::TextBody, at, text);
            encodings::check(cx, Pieces::NamedParts, media);
        }
        Format::Form => encodings::check(cx, Pieces::Pairs, media),
        Format::Multipart => encodings::check(cx, Pieces::NamedParts, media),
        Format::Parts => encodings::check(cx, Pieces::Parts, media),
        Format::Json | Format::JsonLines | Format::Text | Format::File => {}
    }
}

/// Returns the content in the model, with how properties or parts are encoded.
pub(super) fn content(cx: &mut Cx, format: Format, media: &Media) -> BodyContent {
    match format {
        Format::Json => BodyContent::Json,
        Format::Multipart => {
            BodyContent::Multipart(encodings::by_property(cx, Pieces::NamedParts, media))
        }
        Format::Parts => BodyContent::Parts(encodings::by_position(cx, media)),
        Format::Form => BodyContent::Form(encodings::by_property(cx, Pieces::Pairs, media)),
        Format::JsonLines => BodyContent::JsonLines,
        Format::Text => BodyContent::Text,
        Format::File => BodyContent::File,
    }
}
