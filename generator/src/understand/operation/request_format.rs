//! Formats of request bodies, by media type.
//!
//! In: a media type and its schema. Out: how a value is written, and what distinguishes the bodies of an operation. Not here: types.

use super::alike::alike;
use super::content_class::{Opaque, SchemaClass, key, opaque};
use super::encodings::{self, Pieces};
use super::media::essence;
use crate::document::media_type::MediaClass;
use crate::document::{JsonType, Media, Pos};
use crate::model::api::BodyContent;
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;

/// The format of a request body. The formats are in the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RequestFormat {
    Json,
    MultipartObject,
    MultipartArray,
    Form,
    JsonLines,
    JsonSequence,
    Text,
    File,
}

/// The kind of argument for a body. A method can send two bodies only if both take the same argument.
pub(super) enum BodyArgument {
    /// An object or another JSON value, with the key of its schema.
    Value(Option<Key>),
    /// An object with files.
    Files,
    /// A list with files.
    FileList,
    /// A sequence of JSON values.
    Values,
    Text,
    File,
}

/// Returns whether two bodies take the same argument.
pub(super) fn take_the_same(cx: &mut Cx, a: &BodyArgument, b: &BodyArgument) -> bool {
    match (a, b) {
        (BodyArgument::Value(Some(a)), BodyArgument::Value(Some(b))) => alike(cx, a, b),
        (BodyArgument::Value(a), BodyArgument::Value(b)) => a == b,
        (BodyArgument::Files, BodyArgument::Files)
        | (BodyArgument::FileList, BodyArgument::FileList)
        | (BodyArgument::Values, BodyArgument::Values)
        | (BodyArgument::Text, BodyArgument::Text)
        | (BodyArgument::File, BodyArgument::File) => true,
        (
            BodyArgument::Value(_)
            | BodyArgument::Files
            | BodyArgument::FileList
            | BodyArgument::Values
            | BodyArgument::Text
            | BodyArgument::File,
            _,
        ) => false,
    }
}

/// Returns the kind of argument for a body in a format.
pub(super) fn argument(cx: &mut Cx, format: RequestFormat, media: &Media) -> BodyArgument {
    match format {
        RequestFormat::MultipartObject if has_files(cx, media) || !names_parts(cx, media) => {
            BodyArgument::Files
        }
        RequestFormat::MultipartArray if has_file_items(cx, media) => BodyArgument::FileList,
        RequestFormat::Json
        | RequestFormat::Form
        | RequestFormat::MultipartObject
        | RequestFormat::MultipartArray => BodyArgument::Value(key(cx, media)),
        RequestFormat::JsonLines | RequestFormat::JsonSequence => BodyArgument::Values,
        RequestFormat::Text => BodyArgument::Text,
        RequestFormat::File => BodyArgument::File,
    }
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
        let is_list = |items: &Vec<Pos>| is_binary(cx, items);
        all.is_binary() || all.items.as_ref().is_some_and(is_list)
    })
}

/// Returns whether an item is a file.
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
    items.iter().any(|item| is_binary(cx, item))
}

fn is_binary(cx: &mut Cx, schemas: &[Pos]) -> bool {
    let key = used(cx, schemas).key;
    key.is_some_and(|key| merged(cx, &key).is_binary())
}

/// Returns the format in which the client writes a media type, or `None` if it cannot write it.
pub(super) fn of(cx: &mut Cx, media_type: &str, media: &Media) -> Option<RequestFormat> {
    let essence = essence(media_type);
    if !essence.contains('/') {
        return None;
    }
    let (class, schema) = (MediaClass::of(&essence), SchemaClass::of(cx, media));
    let as_it_is = match opaque(class, schema) {
        Opaque::Text => RequestFormat::Text,
        Opaque::Bytes => RequestFormat::File,
    };
    Some(match class {
        MediaClass::Json => RequestFormat::Json,
        // The caller encodes a form without properties.
        MediaClass::Form => match schema {
            SchemaClass::Text | SchemaClass::Bytes | SchemaClass::List => RequestFormat::Text,
            SchemaClass::None | SchemaClass::Structured => RequestFormat::Form,
        },
        MediaClass::FormData => RequestFormat::MultipartObject,
        // The parts of a multipart body are items or properties. The client cannot know the boundary in a string.
        MediaClass::Multipart if media.item.is_some() => RequestFormat::MultipartArray,
        MediaClass::Multipart => match schema {
            SchemaClass::List => RequestFormat::MultipartArray,
            SchemaClass::Structured => RequestFormat::MultipartObject,
            SchemaClass::None | SchemaClass::Bytes | SchemaClass::Text => return None,
        },
        MediaClass::JsonLines => match schema {
            SchemaClass::Text | SchemaClass::Bytes => as_it_is,
            SchemaClass::None | SchemaClass::List | SchemaClass::Structured => {
                RequestFormat::JsonLines
            }
        },
        MediaClass::JsonSequence => match schema {
            SchemaClass::Text | SchemaClass::Bytes => as_it_is,
            SchemaClass::None | SchemaClass::List | SchemaClass::Structured => {
                RequestFormat::JsonSequence
            }
        },
        MediaClass::Events
        | MediaClass::Xml
        | MediaClass::Text
        | MediaClass::Bytes
        | MediaClass::Any
        | MediaClass::Unknown => as_it_is,
    })
}

/// Returns the media type to send. If the document declares a range and a file can state its own media type, also returns the
/// range.
pub(super) fn media_type(format: RequestFormat, declared: &str) -> (String, Option<String>) {
    let range = essence(declared);
    if !range.contains('*') {
        return (declared.to_owned(), None);
    }
    let (sent, range) = match format {
        RequestFormat::Json => ("application/json", None),
        RequestFormat::JsonLines => ("application/x-ndjson", None),
        RequestFormat::JsonSequence => ("application/json-seq", None),
        RequestFormat::Form => ("application/x-www-form-urlencoded", None),
        RequestFormat::MultipartObject => ("multipart/form-data", None),
        RequestFormat::MultipartArray => ("multipart/mixed", None),
        RequestFormat::Text if range.ends_with("xml") => ("application/xml", None),
        RequestFormat::Text if range.ends_with("yaml") => ("application/yaml", None),
        RequestFormat::Text => ("text/plain", None),
        RequestFormat::File => ("application/octet-stream", Some(declared.to_owned())),
    };
    (sent.to_owned(), range)
}

/// Returns whether the schema of a multipart body is an object. Its properties name the parts.
pub(super) fn names_parts(cx: &mut Cx, media: &Media) -> bool {
    key(cx, media).is_some_and(|key| {
        let all = merged(cx, &key);
        effective_type(&all) == Some(JsonType::Object) || !all.unions.is_empty()
    })
}

/// Returns the words that distinguish a method from the one that sends the first body of its operation.
pub(super) fn method_suffix(format: RequestFormat, media_type: &str) -> String {
    let word = match format {
        RequestFormat::MultipartObject | RequestFormat::MultipartArray => {
            let essence = essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or_default();
            let is_usual = matches!(sub, "form-data" | "*");
            return if is_usual { "multipart" } else { sub }.replace(['.', '-'], " ");
        }
        RequestFormat::Form => "form",
        RequestFormat::JsonLines => "lines",
        RequestFormat::JsonSequence => "sequence",
        RequestFormat::Text => "text",
        RequestFormat::File => "file",
        RequestFormat::Json => {
            let essence = essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or_default();
            return sub.replace(['+', '.', '-'], " ");
        }
    };
    word.into()
}

/// Reports the parts of a body that a format cannot express.
pub(super) fn report_losses(cx: &mut Cx, format: RequestFormat, media_type: &str, media: &Media) {
    let at = &media.declared.at;
    if media.declared.newer.item_schema
        && !matches!(
            format,
            RequestFormat::JsonLines | RequestFormat::JsonSequence | RequestFormat::MultipartArray
        )
    {
        let text = format!("`{media_type}` is not a sequence, so `itemSchema` has no effect");
        cx.report
            .once(Code::IgnoredKeyword, &at.child("itemSchema"), text);
    }
    match format {
        RequestFormat::Text if SchemaClass::of(cx, media).has_values() => {
            let code = match MediaClass::of(&essence(media_type)) {
                MediaClass::Xml => Code::XmlAsText,
                _ => Code::TextBody,
            };
            let text =
                format!("a body of `{media_type}` is sent as the text that the caller gives");
            cx.report.once(code, at, text);
        }
        RequestFormat::File if SchemaClass::of(cx, media).has_values() => {
            let text =
                format!("a body of `{media_type}` is sent as the bytes that the caller gives");
            cx.report.once(Code::TextBody, at, text);
        }
        RequestFormat::MultipartObject if !names_parts(cx, media) => {
            let text = format!(
                "the caller names the parts of `{media_type}`, because the document does not"
            );
            cx.report.once(Code::TextBody, at, text);
            encodings::check(cx, Pieces::NamedParts, media);
        }
        RequestFormat::Form => encodings::check(cx, Pieces::Pairs, media),
        RequestFormat::MultipartObject => encodings::check(cx, Pieces::NamedParts, media),
        RequestFormat::MultipartArray => encodings::check(cx, Pieces::Parts, media),
        RequestFormat::Json
        | RequestFormat::JsonLines
        | RequestFormat::JsonSequence
        | RequestFormat::Text
        | RequestFormat::File => {}
    }
}

/// Returns the content of a body for the model, with the encodings of its properties or parts.
pub(super) fn body_content(cx: &mut Cx, format: RequestFormat, media: &Media) -> BodyContent {
    match format {
        RequestFormat::Json => BodyContent::Json,
        RequestFormat::MultipartObject => {
            BodyContent::MultipartObject(encodings::by_property(cx, Pieces::NamedParts, media))
        }
        RequestFormat::MultipartArray => {
            BodyContent::MultipartArray(encodings::by_position(cx, media))
        }
        RequestFormat::Form => BodyContent::Form(encodings::by_property(cx, Pieces::Pairs, media)),
        RequestFormat::JsonLines => BodyContent::JsonLines,
        RequestFormat::JsonSequence => BodyContent::JsonSequence,
        RequestFormat::Text => BodyContent::Text,
        RequestFormat::File => BodyContent::File,
    }
}
