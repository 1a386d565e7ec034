//! The parts of an operation that are known before anything is built for it.
//!
//! In: nothing. Out: types only. Not here: decisions.

use std::rc::Rc;

use crate::document::{Operation, PathItem, Pos};
use crate::model::api::{Doc as Text, HttpMethod, Idempotency, Piece};
use crate::report::{Code, Pointer};
use crate::understand::passes::paging;

/// An operation of the document.
pub(super) struct Declared<'a> {
    pub at: Pointer,
    /// `operationId`, or method and path if there is none.
    pub id: String,
    /// See [`Op::label`](crate::model::api::Op::label).
    pub label: String,
    pub method: HttpMethod,
    /// The key of its path.
    pub key: &'a str,
    /// Its path as the document writes it, without a fragment.
    pub template: &'a str,
    /// The document writes a fragment or a query behind it, to tell it from another operation.
    pub is_variant: bool,
    /// Its parts, or why the operation is left out.
    pub path: Result<Rc<[Piece]>, LeftOut>,
    pub item: &'a PathItem,
    pub operation: &'a openapiv3::Operation,
    /// Its tags, and those that these are below.
    pub tags: Vec<String>,
    /// Its parameters, body and responses.
    pub parts: &'a Operation,
    pub methods: Vec<Method>,
    /// The wish of `x-client` to make the properties of the body arguments.
    pub spread: Option<bool>,
    pub idempotency: Idempotency,
    /// The events that `x-client` says it can answer with.
    pub stream: Option<DeclaredStream>,
    pub selected: bool,
}

impl Declared<'_> {
    /// Returns the operation in a sentence: `` `upload_files` (POST /files) ``.
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
    /// Given by `x-client`, else by `naming`.
    pub name: Option<String>,
    /// Like the name. Empty: the client itself.
    pub resource: Option<Vec<String>>,
    pub returns: Option<Pos>,
    pub paging: paging::Declaration,
    pub doc: Text,
}

/// A stream that an operation can answer with, though its responses may not say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DeclaredStream {
    pub at: Pointer,
    /// The schema of its values.
    pub events: Option<Pos>,
    /// The property of the body that asks for it.
    pub property: Option<String>,
}

/// The reason why an operation is left out.
#[derive(Clone, Debug)]
pub(super) struct LeftOut {
    pub code: Code,
    /// The part that the client can't do.
    pub at: Pointer,
    pub text: String,
}
