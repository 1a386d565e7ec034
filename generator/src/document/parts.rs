//! The parts of the document around its schemas.
//!
//! In: nothing. Out: types only, made of what `openapiv3` has for them. Not here: schemas (see `schema`), decoding.

use std::ops::Deref;

use indexmap::IndexMap;
use openapiv3::{Example, Link, QueryStyle, StatusCode};
use serde_json::Value;

use super::log::Lost;
use super::method::Method;
use super::position::Child;
use super::reader::Reader;
use crate::report::Pointer;

/// A part of the document as `openapiv3` has it. Its fields for parts that have a type here are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct At<T> {
    /// The target of a reference, not the reference, so diagnostics lead to the text to change.
    pub at: Pointer,
    pub value: T,
    pub newer: NewerKeywords,
}

impl<T> At<T> {
    /// Takes the pointer from the reader, with all references followed.
    pub(super) fn new(reader: &Reader, value: T, newer: NewerKeywords) -> Self {
        let at = reader.origin();
        Self { at, value, newer }
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A server that requests go to.
pub type Server = At<openapiv3::Server>;

/// Keywords that are newer than OpenAPI 3.0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewerKeywords {
    /// Of `info` (3.1), tags and responses (3.2).
    pub summary: Option<String>,
    /// Of servers (3.2).
    pub name: Option<String>,
    /// Of tags: the name of the tag that this one is below (3.2).
    pub parent: Option<String>,
    /// Of licenses (3.1).
    pub identifier: Option<String>,
    /// Of parameters that are not in the query (3.2).
    pub allow_reserved: bool,
    /// The style `cookie` of a parameter (3.2).
    pub cookie_style: bool,
    /// Whether a parameter is the whole query (3.2).
    pub querystring: bool,
    /// The media type has an `itemSchema` (3.2).
    pub item_schema: bool,
}

/// The operations of a path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathItem {
    pub summary: Option<String>,
    pub description: Option<String>,
    pub servers: Vec<Server>,
    pub parameters: Vec<Parameter>,
    pub lost_parameters: Vec<Lost>,
    /// Their order does not depend on that of the keys.
    pub operations: Vec<Operation>,
    pub extensions: IndexMap<String, Value>,
}

/// An operation of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub method: Method,
    /// Below its path, also if it is written elsewhere.
    pub at: Pointer,
    pub value: openapiv3::Operation,
    pub parameters: Vec<Parameter>,
    pub lost_parameters: Vec<Lost>,
    /// The request body, or why it is lost.
    pub body: Option<Result<Body, Lost>>,
    pub responses: IndexMap<StatusCode, Response>,
    pub default: Option<Response>,
    pub servers: Vec<Server>,
    pub callbacks: Vec<Callback>,
}

/// Requests that the server sends after a call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// Its key among the callbacks of the operation.
    pub name: String,
    /// The runtime expression of its URL.
    pub url: String,
    pub item: PathItem,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub declared: At<openapiv3::Parameter>,
    /// Beside a schema, there is no content.
    pub schema: Option<Child>,
    pub content: Content,
    pub examples: IndexMap<String, Example>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub declared: At<openapiv3::RequestBody>,
    pub content: Content,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    pub declared: At<openapiv3::Response>,
    pub content: Content,
    pub headers: IndexMap<String, Header>,
    pub links: IndexMap<String, At<Link>>,
}

/// A header of a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    pub at: Pointer,
    pub description: Option<String>,
    pub required: bool,
    pub deprecated: bool,
    pub schema: Option<Child>,
    /// Its description as a media type, instead of the schema.
    pub content: Content,
}

/// The forms of a body or a response, by media type.
pub type Content = IndexMap<String, Media>;

/// One media type of a content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    pub declared: At<openapiv3::MediaType>,
    pub schema: Option<Child>,
    /// `itemSchema` (3.2).
    pub item: Option<Child>,
    pub examples: IndexMap<String, Example>,
    /// By property.
    pub encoding: IndexMap<String, Encoding>,
    /// By position (3.2).
    pub prefix_encoding: Vec<Encoding>,
    /// Of all other positions (3.2).
    pub item_encoding: Option<Encoding>,
}

/// How a property of a form, or a part of a multipart body, is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoding {
    pub at: Pointer,
    pub content_type: Option<String>,
    pub style: Option<QueryStyle>,
    pub explode: Option<bool>,
    pub allow_reserved: Option<bool>,
    /// Headers of the part.
    pub headers: IndexMap<String, Header>,
    /// Keywords about parts within the part (3.2).
    pub unread: Vec<String>,
}
