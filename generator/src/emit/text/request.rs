//! A request in a line: method and path.
//!
//! In: an [`Op`]. Out: `GET /models/{id}`, as text or as code in Markdown. Not here: requests with values (see `plan`).

use super::markdown;
use crate::model::api::Op;
use crate::model::ty::path_text;

/// The path of the file that examples send.
pub const FILE: &str = "path/to/file";

/// `GET /models/{id}`, as code in Markdown.
pub fn code(op: &Op) -> String {
    markdown::code(&text(op))
}

/// `GET /models/{id}`, as plain text.
pub fn text(op: &Op) -> String {
    format!("{} {}", op.method.as_str(), path_text(&op.path))
}
