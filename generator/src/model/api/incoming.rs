//! Requests that the service sends: webhooks, and callbacks of operations.
//!
//! In: nothing. Out: types only. Not here: servers that receive them.

use serde_json::Value;

use super::answer::Answer;
use super::method::HttpMethod;
use super::service::Signature;
use super::types::{Doc, Ty};
use crate::report::Pointer;

/// The webhooks of the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Webhooks {
    pub requests: Vec<IncomingRequest>,
    /// The type of all of their payloads: a union, unless there is only one.
    pub event: Option<Ty>,
    pub signature: Option<Signature>,
}

impl Webhooks {
    /// Returns the types of the payloads, and that of all of them.
    pub fn types(&self) -> impl Iterator<Item = &Ty> {
        let payloads = self.requests.iter().filter_map(IncomingRequest::ty);
        payloads.chain(&self.event)
    }
}

/// A request that the service sends.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingRequest {
    pub at: Pointer,
    /// The key of the webhook or the callback.
    pub name: String,
    /// The runtime expression of a callback's URL.
    pub url: Option<String>,
    pub method: HttpMethod,
    pub doc: Doc,
    /// The headers that it has, and other parameters.
    pub params: Vec<IncomingParam>,
    pub payload: Option<Payload>,
    /// The replies that the service expects.
    pub answers: Vec<Answer>,
}

impl IncomingRequest {
    /// Returns the type of its payload.
    pub fn ty(&self) -> Option<&Ty> {
        self.payload.as_ref()?.ty.as_ref()
    }
}

/// The body of a request that the service sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    pub media_type: String,
    pub doc: Doc,
    /// The type of JSON; other bodies have none.
    pub ty: Option<Ty>,
    pub example: Option<Value>,
}

/// A parameter of a request that the service sends. It has no type: frameworks read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingParam {
    /// `header`, `query`, `path` or `cookie`.
    pub location: &'static str,
    pub name: String,
    pub required: bool,
    pub description: Option<String>,
}
