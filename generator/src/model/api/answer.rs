//! Replies as the document describes them, and the calls that can follow.
//!
//! In: nothing. Out: types only. Not here: what a call returns (see `reply`).

use super::status::{Outcome, Status};
use super::types::Ty;
use crate::model::note::Remark;
use crate::report::Pointer;

/// A reply as the document describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: Status,
    pub outcome: Outcome,
    pub summary: Option<String>,
    pub description: Option<String>,
    /// The documentation of its content, if the type has no definition to carry it.
    pub content: Option<Remark>,
    /// The type of the JSON of an error.
    pub body: Option<Ty>,
    pub links: Vec<Link>,
}

/// A call that can follow a reply (OpenAPI 3.1.1, 4.8.20).
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub name: String,
    /// The operation in the document, or a reference to one elsewhere.
    pub target: Result<Pointer, String>,
    /// The URL of its own server, if it has one.
    pub server: Option<String>,
    /// By the name of the parameter: a runtime expression, or a value as JSON.
    pub params: Vec<(String, String)>,
    pub body: Option<String>,
    pub description: Option<String>,
}
