//! Formats of request bodies, by media type.
//!
//! In: a media type and its schema. Out: how a value is written, and what distinguishes the bodies of an operation. Not here: types.

use indexmap::IndexMap;
use openapiv3::QueryStyle;

use super::alike::alike;
use super::media::{essence, is_any, is_json};
use crate::document::{self, JsonType, Media};
use crate::model::api::{BodyContent, Encoding, EncodingStyle};
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
    Form,
    JsonLines,
    Text,
    File,
}

/// The kind of a body. One method can send two bodies only if their kinds agree.
pub(super) enum Kind {
    /// An object or another value of JSON, by its schema.
    Value(Option<Key>),
    /// Such an object, with files.
    Files,
    Lines,
    Text,
    File,
}

/// Returns whether one method can send both.
pub(super) fn same(cx: &mut Cx, a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Value(Some(a)), Kind::Value(Some(b))) => alike(cx, a, b),
        (Kind::Value(a), Kind::Value(b)) => a == b,
        (Kind::Files, Kind::Files)
        | (Kind::Lines, Kind::Lines)
        | (Kind::Text, Kind::Text)
        | (Kind::File, Kind::File) => true,
        (Kind::Value(_) | Kind::Files | Kind::Lines | Kind::Text | Kind::File, _) => false,
    }
}

/// Returns the kind of a body of a media type.
pub(super) fn kind(cx: &mut Cx, format: Format, media: &Media) -> Kind {
    match format {
        Format::Multipart if has_files(cx, media) => Kind::Files,
        Format::Json | Format::Form | Format::Multipart => Kind::Value(key(cx, media)),
        Format::JsonLines => Kind::Lines,
        Format::Text => Kind::Text,
        Format::File => Kind::File,
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

/// Returns how the client writes a media type, unless it is the JSON of its operation. Returns
/// `None` if the client cannot write it.
pub(super) fn of(cx: &mut Cx, media_type: &str, media: &Media) -> Option<Format> {
    let essence = essence(media_type);
    let (main, sub) = essence.split_once('/')?;
    let schema = schema(cx, media);
    Some(match (main, sub) {
        _ if is_json(&essence) => Format::Json,
        ("application", "x-www-form-urlencoded") => Format::Form,
        ("multipart", "form-data") => Format::Multipart,
        ("multipart", _) => return None,
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
        Some(_) | None => Schema::Structured,
    }
}

/// Returns the word that distinguishes a body from the first one of its operation.
pub(super) fn word(format: Format, media_type: &str) -> String {
    let word = match format {
        Format::Multipart => "multipart",
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
    if media.declared.newer.item_schema && format != Format::JsonLines {
        let text = format!("`{media_type}` is not a sequence, so this has no effect");
        cx.report
            .once(Code::IgnoredKeyword, &at.child("itemSchema"), text);
    }
    match format {
        Format::Text if schema(cx, media) == Schema::Structured => {
            let code = match essence(media_type).ends_with("xml") {
                true => Code::XmlAsText,
                false => Code::TextBody,
            };
            let text =
                format!("a body of `{media_type}` is sent as the text that the caller gives");
            cx.report.once(code, at, text);
        }
        Format::Form | Format::Multipart => check_encodings(cx, media),
        Format::Json | Format::JsonLines | Format::Text | Format::File => {}
    }
}

/// Reports keywords of encodings without effect.
fn check_encodings(cx: &mut Cx, media: &Media) {
    let mut ignored = Vec::new();
    for key in &media.unread {
        let text = "this is about parts without names and has no effect".to_owned();
        ignored.push((media.declared.at.child(key), text));
    }
    for encoding in media.encoding.values() {
        for key in &encoding.unread {
            let text = "a part within a part is not generated".to_owned();
            ignored.push((encoding.at.child(key), text));
        }
        for (name, required) in &encoding.headers {
            let required = if *required { "required " } else { "" };
            let text = format!(
                "the {required}header `{name}` is sent only if the property is a file and the caller adds the header to it"
            );
            ignored.push((encoding.at.child("headers").child(name), text));
        }
    }
    for (at, text) in ignored {
        cx.report.once(Code::IgnoredKeyword, &at, text);
    }
}

/// Returns the content in the model, with how properties are encoded.
pub(super) fn content(format: Format, media: &Media) -> BodyContent {
    match format {
        Format::Json => BodyContent::Json,
        Format::Multipart => BodyContent::Multipart(encodings(&media.encoding)),
        Format::Form => BodyContent::Form(encodings(&media.encoding)),
        Format::JsonLines => BodyContent::JsonLines,
        Format::Text => BodyContent::Text,
        Format::File => BodyContent::File,
    }
}

/// Returns the encodings that differ from the default, sorted by property.
fn encodings(declared: &IndexMap<String, document::Encoding>) -> Vec<Encoding> {
    let found = declared.iter().filter_map(|(property, encoding)| {
        Some(Encoding {
            property: property.clone(),
            style: style(encoding)?,
            allow_reserved: encoding.allow_reserved.unwrap_or_default(),
        })
    });
    let mut found: Vec<Encoding> = found.collect();
    found.sort_by(|a, b| a.property.cmp(&b.property));
    found
}

/// Returns the style of an encoding. `contentType` counts only without the keywords of query
/// parameters (OpenAPI 3.0.4, 4.7.15.1.2).
fn style(encoding: &document::Encoding) -> Option<EncodingStyle> {
    let document::Encoding {
        content_type,
        style,
        explode,
        allow_reserved,
        ..
    } = encoding;
    if style.is_none() && explode.is_none() && allow_reserved.is_none() {
        // Among several, the caller chooses.
        let one = content_type.as_ref()?;
        let is_one = !one.contains([',', '*']);
        return is_one.then(|| EncodingStyle::Content(one.clone()));
    }
    let style = style.as_ref().unwrap_or(&QueryStyle::Form);
    let explode = explode.unwrap_or(*style == QueryStyle::Form);
    Some(match (style, explode) {
        (QueryStyle::DeepObject, _) => EncodingStyle::Deep,
        (_, true) => EncodingStyle::Exploded,
        (QueryStyle::Form, false) => EncodingStyle::Joined(','),
        (QueryStyle::SpaceDelimited, false) => EncodingStyle::Joined(' '),
        (QueryStyle::PipeDelimited, false) => EncodingStyle::Joined('|'),
    })
}
