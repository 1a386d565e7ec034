//! Bodies and responses: contents by media type, examples, headers.
//!
//! In: JSON. Out: [`Body`], [`Response`], [`Media`]. Not here: which media types are generated (see `understand`).

use indexmap::IndexMap;
use openapiv3::{
    Example, Link, MediaType, ParameterData, ParameterSchemaOrContent, QueryStyle, RequestBody,
    StatusCode,
};
use serde_json::{Map, Value};

use super::parts::{At, Body, Content, Encoding, Header, Media, NewerKeywords, Response};
use super::position::Child;
use super::reader::Reader;
use super::schema;
use crate::report::Code;

pub(super) fn body(reader: &mut Reader, value: Value) -> Option<Body> {
    let (mut body, mut content) = (RequestBody::default(), IndexMap::new());
    body.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "description" => body.description = reader.string(value),
            "content" => content = reader.map(value, media),
            "required" => body.required = reader.flag(value).unwrap_or_default(),
            _ => return Some(value),
        }
        None
    })?;
    let declared = At::new(reader, body, NewerKeywords::default());
    Some(Body { declared, content })
}

/// The responses of an operation.
#[derive(Default)]
pub(super) struct Responses {
    pub(super) by_status: IndexMap<StatusCode, Response>,
    pub(super) default: Option<Response>,
}

pub(super) fn responses(reader: &mut Reader, value: Value) -> Responses {
    let mut responses = Responses::default();
    reader.fields(value, |reader, key, value| {
        if key.starts_with("x-") {
            return Some(value);
        }
        // After a dangling reference, the response is still known by its status.
        let response = response(reader, value).unwrap_or_else(|| Response {
            declared: At::new(
                reader,
                openapiv3::Response::default(),
                NewerKeywords::default(),
            ),
            ..Response::default()
        });
        if key == "default" {
            responses.default = Some(response);
        } else if let Ok(code) =
            serde_json::from_value::<StatusCode>(key.to_ascii_uppercase().into())
        {
            responses.by_status.insert(code, response);
        } else {
            let text = format!("`{key}` is not a status code; the response is ignored");
            reader.report.lose(Code::UnreadableItem, &reader.at, text);
        }
        None
    });
    responses
}

fn response(reader: &mut Reader, value: Value) -> Option<Response> {
    let (mut declared, mut newer) = (openapiv3::Response::default(), NewerKeywords::default());
    let mut response = Response::default();
    declared.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "description" => declared.description = reader.string(value).unwrap_or_default(),
            "headers" => response.headers = reader.map(value, header),
            "content" => response.content = reader.map(value, media),
            "links" => {
                response.links = reader.map(value, link);
                // The order of keys means nothing.
                response.links.sort_unstable_keys();
            }
            "summary" => newer.summary = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    response.declared = At::new(reader, declared, newer);
    Some(response)
}

/// A link names its operation in one way (OpenAPI 3.1.1, 4.8.20).
fn link(reader: &mut Reader, mut value: Value) -> Option<At<Link>> {
    let has_id = value.get("operationId").is_some();
    let fields = value.as_object_mut().filter(|_| has_id);
    if fields.is_some_and(|fields| fields.shift_remove("operationRef").is_some()) {
        let at = reader.at.child("operationRef");
        let text = "this is ignored because there is an `operationId`";
        reader.report.lose(Code::IgnoredKeyword, &at, text);
    }
    let link = reader.serde(value)?;
    Some(At::new(reader, link, NewerKeywords::default()))
}

/// The fields that parameters and headers share.
pub(super) struct Data {
    pub(super) value: ParameterData,
    pub(super) schema: Option<Child>,
    pub(super) content: Content,
    pub(super) examples: IndexMap<String, Example>,
}

/// Reads what parameters and headers have in common; `field` takes the rest.
pub(super) fn data(
    reader: &mut Reader,
    value: Value,
    mut field: impl FnMut(&mut Reader, &str, Value) -> Option<Value>,
) -> Option<Data> {
    let (mut schema, mut content) = (None, None);
    let mut named = IndexMap::new();
    let mut data = ParameterData {
        name: String::new(),
        description: None,
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Content(IndexMap::new()),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    };
    data.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => data.name = reader.string(value).unwrap_or_default(),
            "description" => data.description = reader.string(value),
            "required" => data.required = reader.flag(value).unwrap_or_default(),
            "deprecated" => data.deprecated = reader.flag(value),
            "schema" => schema = schema::child(reader, &value),
            "content" => content = Some(reader.map(value, media)),
            "example" => data.example = Some(value),
            "examples" => named = examples(reader, value),
            "explode" => data.explode = reader.flag(value),
            key => return field(reader, key, value),
        }
        None
    })?;
    if schema.is_some() && content.take().is_some() {
        let at = reader.at.child("content");
        let text = "this is ignored because there is a `schema`";
        reader.report.lose(Code::IgnoredKeyword, &at, text);
    }
    Some(Data {
        value: data,
        schema,
        content: content.unwrap_or_default(),
        examples: named,
    })
}

fn header(reader: &mut Reader, value: Value) -> Option<Header> {
    let at = reader.at.clone();
    let data = header_data(reader, value)?;
    Some(Header {
        at,
        description: data.value.description,
        required: data.value.required,
        deprecated: data.value.deprecated.unwrap_or_default(),
        schema: data.schema,
        content: data.content,
    })
}

fn header_data(reader: &mut Reader, value: Value) -> Option<Data> {
    data(reader, value, |_, key, value| match key {
        // A header has them in common with parameters; nothing uses them.
        "style" | "in" | "allowReserved" | "allowEmptyValue" => None,
        _ => Some(value),
    })
}

pub(super) fn media(reader: &mut Reader, value: Value) -> Option<Media> {
    let (mut declared, mut newer) = (MediaType::default(), NewerKeywords::default());
    let mut media = Media::default();
    declared.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "schema" => media.schema = schema::child(reader, &value),
            "example" => declared.example = Some(value),
            "examples" => media.examples = examples(reader, value),
            "encoding" => media.encoding = reader.map(value, encoding),
            "itemSchema" => {
                newer.item_schema = true;
                media.item = schema::child(reader, &value);
            }
            "prefixEncoding" => media.prefix_encoding = reader.list(value, encoding),
            "itemEncoding" => media.item_encoding = encoding(reader, value),
            _ => return Some(value),
        }
        None
    })?;
    media.declared = At::new(reader, declared, newer);
    Some(media)
}

fn encoding(reader: &mut Reader, value: Value) -> Option<Encoding> {
    let mut found = Encoding {
        at: reader.at.clone(),
        ..Encoding::default()
    };
    reader.fields(value, |reader, key, value| {
        match key {
            "contentType" => found.content_type = reader.string(value),
            "headers" => found.headers = reader.map(value, header),
            "style" => {
                let style = reader.string(value);
                found.style = query_style(reader, style);
            }
            "explode" => found.explode = reader.flag(value),
            "allowReserved" => found.allow_reserved = reader.flag(value),
            // New in 3.2.
            "encoding" | "prefixEncoding" | "itemEncoding" => found.unread.push(key.to_owned()),
            _ => return Some(value),
        }
        None
    })?;
    Some(found)
}

/// Named examples; a list of plain values, as schemas have them, is named by its indices.
pub(super) fn examples(reader: &mut Reader, value: Value) -> IndexMap<String, Example> {
    match value {
        Value::Array(list) => {
            let named = list.into_iter().enumerate().map(|(index, value)| {
                let example = Example {
                    value: Some(value),
                    ..Example::default()
                };
                (index.to_string(), example)
            });
            named.collect()
        }
        value => reader.map(value, example),
    }
}

fn example(reader: &mut Reader, value: Value) -> Option<Example> {
    // The value itself, without the object around it.
    let is_bare = !value.is_null() && !value.as_object().is_some_and(is_example);
    if is_bare {
        return Some(Example {
            value: Some(value),
            ..Example::default()
        });
    }
    let mut example = Example::default();
    let mut is_text = false;
    example.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "summary" => example.summary = reader.string(value),
            "description" => example.description = reader.string(value),
            "value" | "dataValue" => example.value = Some(value),
            "externalValue" => example.external_value = reader.string(value),
            "serializedValue" => is_text = true,
            _ => return Some(value),
        }
        None
    })?;
    if example.value.is_none() && (is_text || example.external_value.is_some()) {
        let text = "the value of this example is external or serialized; it is not used";
        reader.report.add(Code::UnreadExample, &reader.at, text);
    }
    Some(example)
}

fn is_example(map: &Map<String, Value>) -> bool {
    let known = [
        "value",
        "externalValue",
        "dataValue",
        "serializedValue",
        "summary",
        "description",
    ];
    map.is_empty() || known.iter().any(|key| map.contains_key(*key))
}

pub(super) fn query_style(reader: &mut Reader, style: Option<String>) -> Option<QueryStyle> {
    match style?.as_str() {
        "form" => Some(QueryStyle::Form),
        "spaceDelimited" => Some(QueryStyle::SpaceDelimited),
        "pipeDelimited" => Some(QueryStyle::PipeDelimited),
        "deepObject" => Some(QueryStyle::DeepObject),
        other => {
            unknown_style(reader, other);
            None
        }
    }
}

pub(super) fn unknown_style(reader: &mut Reader, style: &str) {
    let text = format!("the style {style} is unknown here and is ignored");
    reader.report.lose(Code::IgnoredKeyword, &reader.at, text);
}
