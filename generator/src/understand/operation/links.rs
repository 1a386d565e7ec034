//! Links from replies to calls that can follow.
//!
//! In: the links of a response. Out: [`Link`]s with the operations that they lead to. Not here: runtime expressions, which the
//! reference shows as they are.

use openapiv3::LinkOperation;
use serde_json::Value;

use crate::document::{Document, Response};
use crate::model::api::Link;
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;

/// The links of a response.
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

/// The operation that a link leads to. A reference to another document stays as it is.
fn target(cx: &mut Cx, at: &Pointer, wanted: &LinkOperation) -> Result<Pointer, String> {
    let (found, named) = match wanted {
        LinkOperation::OperationId(id) => (by_id(cx.doc, id), id),
        LinkOperation::OperationRef(reference) if !reference.starts_with('#') => {
            return Err(reference.clone());
        }
        LinkOperation::OperationRef(reference) => (by_pointer(cx.doc, reference), reference),
    };
    found.ok_or_else(|| {
        let text = format!("no operation of the document is `{named}`");
        cx.report.once(Code::Links, at, text);
        named.clone()
    })
}

fn by_id(doc: &Document, id: &str) -> Option<Pointer> {
    let mut all = doc.paths.values().flat_map(|item| &item.operations);
    let found = all.find(|operation| operation.value.operation_id.as_deref() == Some(id))?;
    Some(found.at.clone())
}

fn by_pointer(doc: &Document, reference: &str) -> Option<Pointer> {
    let mut all = doc.paths.values().flat_map(|item| &item.operations);
    let found = all.find(|operation| {
        let at = operation.at.as_str();
        at == reference || encoded(at) == reference
    })?;
    Some(found.at.clone())
}

/// A pointer as a URI fragment (RFC 6901, section 6): the braces of a path are percent-encoded.
fn encoded(pointer: &str) -> String {
    pointer.replace('{', "%7B").replace('}', "%7D")
}

/// A runtime expression as it is, another value as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
