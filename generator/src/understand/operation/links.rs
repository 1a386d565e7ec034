//! Links from a response to other operations.
//!
//! In: the links of a response. Out: [`Link`]s with the operations that they lead to. Not here: runtime expressions, which the
//! reference shows unchanged.

use openapiv3::LinkOperation;
use serde_json::Value;

use crate::document::{Document, Operation, Response};
use crate::model::api::Link;
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;

/// Returns the links of a response.
pub(super) fn build(cx: &mut Cx, response: &Response) -> Vec<Link> {
    let mut found = Vec::with_capacity(response.links.len());
    for (name, link) in &response.links {
        let params = link.parameters.iter();
        found.push(Link {
            name: name.clone(),
            target: target(cx, &link.at, &link.operation),
            server: link.server.as_ref().map(|server| server.url.clone()),
            params: params.map(|(name, it)| (name.clone(), text(it))).collect(),
            body: link.request_body.as_ref().map(text),
            description: link.description.clone(),
        });
    }
    found
}

/// Returns the location of the operation that a link leads to. A reference to another document remains unchanged.
fn target(cx: &mut Cx, at: &Pointer, wanted: &LinkOperation) -> Result<Pointer, String> {
    let (found, named) = match wanted {
        LinkOperation::OperationId(id) => {
            let has_id = |op: &Operation| op.value.operation_id.as_ref() == Some(id);
            (find(cx.doc, has_id), id)
        }
        LinkOperation::OperationRef(reference) if !reference.starts_with('#') => {
            return Err(reference.clone());
        }
        LinkOperation::OperationRef(reference) => {
            let is_there =
                |op: &Operation| op.at.as_str() == reference || encoded(&op.at) == *reference;
            (find(cx.doc, is_there), reference)
        }
    };
    found.ok_or_else(|| {
        let text = format!("the document has no operation `{named}`");
        cx.report.once(Code::Links, at, text);
        named.clone()
    })
}

/// Returns the location of the first operation that satisfies a condition.
fn find(doc: &Document, is_wanted: impl Fn(&Operation) -> bool) -> Option<Pointer> {
    let mut all = doc.paths.values().flat_map(|item| &item.operations);
    Some(all.find(|op| is_wanted(op))?.at.clone())
}

/// Returns a pointer as a URI fragment (RFC 6901, section 6). The braces of a path are percent-encoded.
fn encoded(at: &Pointer) -> String {
    at.as_str().replace('{', "%7B").replace('}', "%7D")
}

/// Returns a runtime expression unchanged, and any other value as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
