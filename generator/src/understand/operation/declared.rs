//! The parts of an operation that are known before anything is built for it.
//!
//! In: nothing. Out: types. Not here: decisions.

use std::rc::Rc;

use crate::document::{Operation, PathItem, Pos};
use crate::model::api::{Doc as Text, HttpMethod, Idempotency, Piece};
use crate::report::{Code, Pointer};
use crate::understand::passes::paging;

/// An operation that the document declares.
pub(super) struct Declared<'a> {
    pub at: Pointer,
    /// The `operationId`, or the method and path if there is none.
    pub id: String,
    /// See [`Op::label`](crate::model::api::Op::label).
    pub label: String,
    pub method: HttpMethod,
    /// The key of the path.
    pub key: &'a str,
    /// The path as the document writes it, without a fragment.
    pub template: &'a str,
    /// Whether the path has a fragment or a query that distinguishes it from that of another operation.
    pub is_variant: bool,
    /// The pieces of the path, or the reason why the operation is left out.
    pub path: Result<Rc<[Piece]>, LeftOut>,
    pub item: &'a PathItem,
    pub operation: &'a openapiv3::Operation,
    /// The tags of the operation, and the parents of these tags.
    pub tags: Vec<String>,
    /// The parameters, body and responses.
    pub parts: &'a Operation,
    pub methods: Vec<Method>,
    /// The `x-client` setting that spreads the properties of the body into arguments.
    pub spread: Option<bool>,
    pub idempotency: Idempotency,
    /// The events that the operation can respond with, according to `x-client`.
    pub stream: Option<DeclaredStream>,
    pub selected: bool,
}

impl Declared<'_> {
    /// Returns the operation for use in a sentence: `` `upload_files` (POST /files) ``.
    pub(super) fn title(&self) -> String {
        let request = format!("{} {}", self.method.as_str(), self.template);
        match &self.operation.operation_id {
            Some(id) => format!("`{id}` ({request})"),
            None => request,
        }
    }
}

/// One method of an operation.
#[derive(Default)]
pub(super) struct Method {
    /// The name that `x-client` gives, or else the one that `naming` chooses.
    pub name: Option<String>,
    /// Chosen like the name. Empty if the method belongs to the client itself.
    pub resource: Option<Vec<String>>,
    pub returns: Option<Pos>,
    pub paging: paging::Declaration,
    pub doc: Text,
}

/// A stream that an operation can respond with, even if its responses do not declare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DeclaredStream {
    pub at: Pointer,
    /// The schema of the stream's values.
    pub events: Option<Pos>,
    /// The property of the body that asks for the stream.
    pub property: Option<String>,
}

/// The reason why an operation is left out.
#[derive(Clone, Debug)]
pub(super) struct LeftOut {
    pub code: Code,
    /// The part that the client does not support.
    pub at: Pointer,
    pub text: String,
}
