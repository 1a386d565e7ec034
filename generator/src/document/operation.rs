//! Paths, operations, and what they consist of.

use indexmap::IndexMap;
use openapiv3::{
    Callback, CookieStyle, Encoding, Example, Header, HeaderStyle, MediaType, Operation, Parameter,
    ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, RequestBody,
    Response, Responses, Schema, SecurityRequirement, Server, ServerVariable, StatusCode,
};
use serde_json::{Map, Value};

use super::reader::Reader;
use super::{MethodItem, PathItem, external_docs, schema};
use crate::report::Code;

/// What stands in the document outside of schemas.
pub(super) const KEYWORDS: &[&str] = &[
    "additionalOperations",
    "allowEmptyValue",
    "allowReserved",
    "authorizationUrl",
    "bearerFormat",
    "callbacks",
    "components",
    "contact",
    "content",
    "contentType",
    "default",
    "delete",
    "deprecated",
    "description",
    "email",
    "encoding",
    "example",
    "examples",
    "explode",
    "externalDocs",
    "externalValue",
    "headers",
    "info",
    "license",
    "links",
    "operationId",
    "operationRef",
    "options",
    "parameters",
    "patch",
    "pathItems",
    "paths",
    "query",
    "requestBodies",
    "requestBody",
    "required",
    "responses",
    "schema",
    "schemas",
    "security",
    "securitySchemes",
    "server",
    "servers",
    "style",
    "summary",
    "tags",
    "termsOfService",
    "title",
    "trace",
    "value",
    "variables",
    "version",
    "webhooks",
];

/// The methods that have a key of their own, in the order in which operations are listed, whatever that of the keys.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

pub(super) fn path_item(reader: &mut Reader, value: Value) -> Option<PathItem> {
    let mut item = PathItem::default();
    let mut others = Vec::new();
    item.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "summary" => item.summary = reader.string(value),
            "description" => item.description = reader.string(value),
            "servers" => item.servers = reader.list(value, server),
            "parameters" => item.parameters = reader.list(value, parameter_item),
            "additionalOperations" => others = additional_operations(reader, value),
            method if METHODS.contains(&method) => {
                let found = operation(reader, value).map(|operation| MethodItem {
                    method: method.to_ascii_uppercase(),
                    at: reader.at.clone(),
                    operation,
                });
                item.operations.extend(found);
            }
            _ => return Some(value),
        }
        None
    })?;
    let rank = |item: &MethodItem| {
        METHODS
            .iter()
            .position(|method| item.method.eq_ignore_ascii_case(method))
    };
    item.operations.sort_by_key(rank);
    others.sort_by(|one: &MethodItem, other| one.method.cmp(&other.method));
    item.operations.extend(others);
    Some(item)
}

/// Operations by methods that have no key of their own (OpenAPI 3.2).
fn additional_operations(reader: &mut Reader, value: Value) -> Vec<MethodItem> {
    let found: IndexMap<String, MethodItem> = reader.map(value, |reader, value| {
        let (_, method) = reader.at.split()?;
        if let Err(reason) = check_method(&method) {
            reader.report.lose(Code::UnknownMethod, &reader.at, reason);
            return None;
        }
        let at = reader.at.clone();
        operation(reader, value).map(|operation| MethodItem {
            method,
            at,
            operation,
        })
    });
    found.into_values().collect()
}

/// A method is a token (RFC 9110, 9.1), as it is sent: methods differ in case, too.
fn check_method(method: &str) -> Result<(), String> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if method.is_empty() || !method.bytes().all(is_token) {
        return Err(format!("`{method}` is not an HTTP method"));
    }
    let lower = method.to_ascii_lowercase();
    if METHODS.contains(&lower.as_str()) && lower.to_ascii_uppercase() == method {
        return Err(format!(
            "an operation with the method {method} belongs under `{lower}`"
        ));
    }
    if method == "CONNECT" {
        return Err("CONNECT requests a tunnel, not a path".into());
    }
    Ok(())
}

fn operation(reader: &mut Reader, value: Value) -> Option<Operation> {
    let mut operation = Operation::default();
    operation.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "tags" => operation.tags = reader.strings(value),
            "summary" => operation.summary = reader.string(value),
            "description" => operation.description = reader.string(value),
            "externalDocs" => operation.external_docs = external_docs(reader, value),
            "operationId" => operation.operation_id = reader.string(value),
            "parameters" => operation.parameters = reader.list(value, parameter_item),
            "requestBody" => {
                operation.request_body = request_body(reader, value).map(ReferenceOr::Item)
            }
            "responses" => operation.responses = responses(reader, value),
            "callbacks" => operation.callbacks = reader.map(value, callback),
            "deprecated" => operation.deprecated = reader.flag(value).unwrap_or_default(),
            "security" => operation.security = security(reader, value),
            "servers" => operation.servers = reader.list(value, server),
            _ => return Some(value),
        }
        None
    })?;
    Some(operation)
}

pub(super) fn security(reader: &mut Reader, value: Value) -> Option<Vec<SecurityRequirement>> {
    if value.is_null() {
        return None;
    }
    Some(reader.list(value, |reader, value| {
        Some(reader.map(value, |reader, value| Some(reader.strings(value))))
    }))
}

pub(super) fn server(reader: &mut Reader, value: Value) -> Option<Server> {
    let mut server = Server::default();
    let mut name = None;
    server.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "url" => server.url = reader.string(value).unwrap_or_default(),
            "description" => server.description = reader.string(value),
            "variables" => server.variables = Some(reader.map(value, server_variable)),
            // New in 3.2.
            "name" => name = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if let Some(name) = name {
        server.extensions.insert("name".into(), name.into());
    }
    Some(server)
}

fn server_variable(reader: &mut Reader, value: Value) -> Option<ServerVariable> {
    let mut variable = ServerVariable::default();
    variable.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "enum" => variable.enumeration = reader.strings(value),
            "default" => variable.default = reader.string(value).unwrap_or_default(),
            "description" => variable.description = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    Some(variable)
}

fn parameter_item(reader: &mut Reader, value: Value) -> Option<ReferenceOr<Parameter>> {
    parameter(reader, value).map(ReferenceOr::Item)
}

fn parameter(reader: &mut Reader, value: Value) -> Option<Parameter> {
    let mut place = None;
    let mut style = None;
    let mut allow_reserved = false;
    let mut allow_empty_value = None;
    let data = parameter_data(reader, value, |reader, key, value| {
        match key {
            "in" => place = reader.string(value),
            "style" => style = reader.string(value),
            "allowReserved" => allow_reserved = reader.flag(value).unwrap_or_default(),
            "allowEmptyValue" => allow_empty_value = reader.flag(value),
            _ => return Some(value),
        }
        None
    })?;
    if data.name.is_empty() {
        reader.report.lose(
            Code::UnreadableItem,
            &reader.at,
            "the parameter has no name and is not generated",
        );
        return None;
    }
    if allow_empty_value.is_some() && place.as_deref() != Some("query") {
        let (at, text) = (
            reader.at.child("allowEmptyValue"),
            "this applies only to query parameters and is ignored",
        );
        reader.report.add(Code::UnknownKeyword, &at, text);
    }
    let mut parameter_data = data;
    // `openapiv3` knows it of queries only, as OpenAPI 3.1 does.
    let extensions = &mut parameter_data.extensions;
    if allow_reserved {
        extensions.insert(ALLOW_RESERVED.into(), true.into());
    }
    match place.as_deref() {
        Some("query") => {
            let style = query_style(reader, style).unwrap_or_default();
            Some(Parameter::Query {
                parameter_data,
                allow_reserved,
                style,
                allow_empty_value,
            })
        }
        // The whole of a query, which only a media type can say how to write (OpenAPI 3.2).
        Some("querystring") => {
            if let ParameterSchemaOrContent::Schema(_) = parameter_data.format {
                parameter_data.format = ParameterSchemaOrContent::Content(IndexMap::new());
            }
            Some(Parameter::Query {
                parameter_data,
                allow_reserved,
                style: QueryStyle::default(),
                allow_empty_value,
            })
        }
        Some("header") => {
            only_style(reader, style, "simple");
            Some(Parameter::Header {
                parameter_data,
                style: HeaderStyle::Simple,
            })
        }
        Some("path") => {
            let style = match style.as_deref() {
                Some("matrix") => PathStyle::Matrix,
                Some("label") => PathStyle::Label,
                Some("simple") | None => PathStyle::Simple,
                Some(other) => {
                    unknown_style(reader, other);
                    PathStyle::Simple
                }
            };
            Some(Parameter::Path {
                parameter_data,
                style,
            })
        }
        Some("cookie") => {
            if style.as_deref() == Some("cookie") {
                extensions.insert(COOKIE_STYLE.into(), "cookie".into());
            } else {
                only_style(reader, style, "form");
            }
            Some(Parameter::Cookie {
                parameter_data,
                style: CookieStyle::Form,
            })
        }
        Some(other) => {
            let text =
                format!("OpenAPI 3 has no parameters in `{other}`; the parameter is not generated");
            reader.report.lose(Code::UnreadableItem, &reader.at, text);
            None
        }
        None => {
            reader.report.lose(
                Code::UnreadableItem,
                &reader.at,
                "the parameter has no `in` and is not generated",
            );
            None
        }
    }
}

/// That a value is written as it is, where that is not only said of queries.
pub const ALLOW_RESERVED: &str = "allowReserved";
/// The style of a cookie parameter, if it is not `form`.
pub const COOKIE_STYLE: &str = "style";

fn only_style(reader: &mut Reader, style: Option<String>, known: &str) {
    if let Some(other) = style.filter(|style| style != known) {
        unknown_style(reader, &other);
    }
}

fn query_style(reader: &mut Reader, style: Option<String>) -> Option<QueryStyle> {
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

fn unknown_style(reader: &mut Reader, style: &str) {
    let text = format!("the style {style} is unknown here and is ignored");
    reader.report.lose(Code::IgnoredKeyword, &reader.at, text);
}

/// What parameters and headers have in common; `field` takes the rest.
fn parameter_data(
    reader: &mut Reader,
    value: Value,
    mut field: impl FnMut(&mut Reader, &str, Value) -> Option<Value>,
) -> Option<ParameterData> {
    let mut schema: Option<ReferenceOr<Schema>> = None;
    let mut content = None;
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
            "schema" => schema = schema::reference(value),
            "content" => content = Some(reader.map(value, media_type)),
            "example" => data.example = Some(value),
            "examples" => data.examples = examples(reader, value),
            "explode" => data.explode = reader.flag(value),
            key => return field(reader, key, value),
        }
        None
    })?;
    match (schema, content) {
        (Some(schema), content) => {
            if content.is_some() {
                let (at, text) = (
                    reader.at.child("content"),
                    "this is ignored because there is a `schema`",
                );
                reader.report.lose(Code::IgnoredKeyword, &at, text);
            }
            data.format = ParameterSchemaOrContent::Schema(schema);
        }
        (None, Some(content)) => data.format = ParameterSchemaOrContent::Content(content),
        (None, None) => {}
    }
    Some(data)
}

fn header(reader: &mut Reader, value: Value) -> Option<ReferenceOr<Header>> {
    let data = parameter_data(reader, value, |_, key, value| match key {
        // Known from parameters, and of no use here.
        "style" | "in" | "allowReserved" | "allowEmptyValue" => None,
        _ => Some(value),
    })?;
    Some(ReferenceOr::Item(Header {
        description: data.description,
        style: HeaderStyle::Simple,
        required: data.required,
        deprecated: data.deprecated,
        format: data.format,
        example: data.example,
        examples: data.examples,
        extensions: data.extensions,
    }))
}

fn request_body(reader: &mut Reader, value: Value) -> Option<RequestBody> {
    let mut body = RequestBody::default();
    body.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "description" => body.description = reader.string(value),
            "content" => body.content = reader.map(value, media_type),
            "required" => body.required = reader.flag(value).unwrap_or_default(),
            _ => return Some(value),
        }
        None
    })?;
    Some(body)
}

fn responses(reader: &mut Reader, value: Value) -> Responses {
    let mut responses = Responses::default();
    let extensions = reader.fields(value, |reader, key, value| {
        if key.starts_with("x-") {
            return Some(value);
        }
        // A reference that dangles is a response of which nothing is known.
        let response = ReferenceOr::Item(response(reader, value).unwrap_or_default());
        if key == "default" {
            responses.default = Some(response);
        } else if let Ok(code) =
            serde_json::from_value::<StatusCode>(key.to_ascii_uppercase().into())
        {
            responses.responses.insert(code, response);
        } else {
            let text = format!("`{key}` is not a status code; the response is ignored");
            reader.report.lose(Code::UnreadableItem, &reader.at, text);
        }
        None
    });
    responses.extensions = extensions.unwrap_or_default();
    responses
}

fn response(reader: &mut Reader, value: Value) -> Option<Response> {
    let mut response = Response::default();
    let mut summary = None;
    response.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "description" => response.description = reader.string(value).unwrap_or_default(),
            "headers" => response.headers = reader.map(value, header),
            "content" => response.content = reader.map(value, media_type),
            "links" => {
                response.links = reader.map(value, |reader, value| {
                    reader.serde(value).map(ReferenceOr::Item)
                });
            }
            // New in 3.2.
            "summary" => summary = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if let Some(summary) = summary {
        response.extensions.insert("summary".into(), summary.into());
    }
    Some(response)
}

fn media_type(reader: &mut Reader, value: Value) -> Option<MediaType> {
    let mut media_type = MediaType::default();
    let mut item_schema = None;
    media_type.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "schema" => media_type.schema = schema::reference(value),
            "example" => media_type.example = Some(value),
            "examples" => media_type.examples = examples(reader, value),
            "encoding" => media_type.encoding = reader.map(value, encoding),
            // New in 3.2.
            "itemSchema" => item_schema = Some(value),
            "prefixEncoding" | "itemEncoding" => {}
            _ => return Some(value),
        }
        None
    })?;
    if let Some(value) = item_schema {
        media_type.extensions.insert("itemSchema".into(), value);
    }
    Some(media_type)
}

fn encoding(reader: &mut Reader, value: Value) -> Option<Encoding> {
    let mut encoding = Encoding::default();
    let mut explode = None;
    encoding.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "contentType" => encoding.content_type = reader.string(value),
            "headers" => encoding.headers = reader.map(value, header),
            "style" => {
                let style = reader.string(value);
                encoding.style = query_style(reader, style);
            }
            "explode" => explode = reader.flag(value),
            "allowReserved" => encoding.allow_reserved = reader.flag(value).unwrap_or_default(),
            // New in 3.2.
            "encoding" | "prefixEncoding" | "itemEncoding" => {}
            _ => return Some(value),
        }
        None
    })?;
    // `openapiv3` can't say that it is not given.
    encoding.explode = explode.unwrap_or(matches!(encoding.style, None | Some(QueryStyle::Form)));
    Some(encoding)
}

/// Named examples; a list of plain values, as schemas have them, is named by its indices.
fn examples(reader: &mut Reader, value: Value) -> IndexMap<String, ReferenceOr<Example>> {
    match value {
        Value::Array(list) => {
            let named = list.into_iter().enumerate().map(|(index, value)| {
                let example = Example {
                    value: Some(value),
                    ..Example::default()
                };
                (index.to_string(), ReferenceOr::Item(example))
            });
            named.collect()
        }
        value => reader.map(value, |reader, value| {
            example(reader, value).map(ReferenceOr::Item)
        }),
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

/// That there is one; what it consists of is read for its findings alone.
fn callback(reader: &mut Reader, value: Value) -> Option<Callback> {
    let mut callback = Callback::new();
    reader.fields(value, |reader, key, value| {
        if key.starts_with("x-") {
            return Some(value);
        }
        path_item(reader, value);
        callback.insert(key.to_owned(), openapiv3::PathItem::default());
        None
    })?;
    Some(callback)
}
