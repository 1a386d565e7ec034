//! Paths and operations.
//!
//! In: JSON. Out: [`PathItem`]s. Not here: parameters (see `parameter`), bodies and responses (see `content`).

use indexmap::IndexMap;
use openapiv3::{SecurityRequirement, ServerVariable};
use serde_json::Value;

use super::content::{self, Responses};
use super::info::external_docs;
use super::method::Method;
use super::parameter::{self, Parameters};
use super::parts::{At, Callback, NewerKeywords, Operation, PathItem, Server};
use super::reader::Reader;
use crate::report::Code;

/// The keys outside of schemas.
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

pub(super) fn path_item(reader: &mut Reader, value: Value) -> Option<PathItem> {
    let mut item = PathItem::default();
    let mut others = Vec::new();
    item.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "summary" => item.summary = reader.string(value),
            "description" => item.description = reader.string(value),
            "servers" => item.servers = reader.list(value, server),
            "parameters" => {
                let Parameters { found, lost } = parameter::parameters(reader, value);
                (item.parameters, item.lost_parameters) = (found, lost);
            }
            "additionalOperations" => others = additional_operations(reader, value),
            _ => match Method::of_key(key) {
                Some(method) => item.operations.extend(operation(reader, value, method)),
                None => return Some(value),
            },
        }
        None
    })?;
    item.operations.append(&mut others);
    (item.operations).sort_by(|one, other| one.method.cmp(&other.method));
    Some(item)
}

/// Reads the operations with methods that have no fixed key (OpenAPI 3.2).
fn additional_operations(reader: &mut Reader, value: Value) -> Vec<Operation> {
    let found: IndexMap<String, Operation> = reader.map(value, |reader, value| {
        let (_, token) = reader.at.split()?;
        match Method::additional(&token) {
            Ok(method) => operation(reader, value, method),
            Err(reason) => {
                reader.report.lose(Code::UnknownMethod, &reader.at, reason);
                None
            }
        }
    });
    found.into_values().collect()
}

fn operation(reader: &mut Reader, value: Value, method: Method) -> Option<Operation> {
    let mut declared = openapiv3::Operation::default();
    let (mut parameters, mut body) = (Parameters::default(), None);
    let mut responses = Responses::default();
    let (mut servers, mut callbacks) = (Vec::new(), Vec::new());
    declared.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "tags" => declared.tags = reader.strings(value),
            "summary" => declared.summary = reader.string(value),
            "description" => declared.description = reader.string(value),
            "externalDocs" => declared.external_docs = external_docs(reader, value),
            "operationId" => declared.operation_id = reader.string(value),
            "parameters" => parameters = parameter::parameters(reader, value),
            "requestBody" => body = content::body(reader, value),
            "responses" => responses = content::responses(reader, value),
            "callbacks" => {
                let found: IndexMap<String, IndexMap<String, PathItem>> =
                    reader.map(value, callback);
                let found = found.into_iter().flat_map(|(name, requests)| {
                    let callback = move |(url, item)| {
                        let name = name.clone();
                        Callback { name, url, item }
                    };
                    requests.into_iter().map(callback)
                });
                callbacks = found.collect();
                // The order of keys means nothing.
                callbacks.sort_by(|a, b| (&a.name, &a.url).cmp(&(&b.name, &b.url)));
            }
            "deprecated" => declared.deprecated = reader.flag(value).unwrap_or_default(),
            "security" => declared.security = security(reader, value),
            "servers" => servers = reader.list(value, server),
            _ => return Some(value),
        }
        None
    })?;
    Some(Operation {
        method,
        at: reader.at.clone(),
        value: declared,
        servers,
        parameters: parameters.found,
        lost_parameters: parameters.lost,
        body: (body.map(Ok)).or_else(|| reader.loss("requestBody").map(Err)),
        responses: responses.by_status,
        default: responses.default,
        callbacks,
    })
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
    let (mut server, mut newer) = (openapiv3::Server::default(), NewerKeywords::default());
    server.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "url" => server.url = reader.string(value).unwrap_or_default(),
            "description" => server.description = reader.string(value),
            "variables" => server.variables = Some(reader.map(value, server_variable)),
            "name" => newer.name = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    Some(At::new(reader, server, newer))
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

/// Returns the requests of a callback, by the expressions of their URLs.
fn callback(reader: &mut Reader, value: Value) -> Option<IndexMap<String, PathItem>> {
    let mut requests = IndexMap::new();
    reader.fields(value, |reader, key, value| {
        if key.starts_with("x-") {
            return Some(value);
        }
        requests.extend(path_item(reader, value).map(|item| (key.to_owned(), item)));
        None
    })?;
    Some(requests)
}
