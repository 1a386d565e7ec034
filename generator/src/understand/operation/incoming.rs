//! Requests that the service sends: webhooks, and callbacks of operations.
//!
//! In: webhooks and callbacks. Out: [`IncomingRequest`]s, and the type of all webhook payloads. Not here: requests that the
//! client sends.

use openapiv3::Parameter;

use super::media::{content, example, noted_json};
use super::{answers, paths};
use crate::document::{self, PathItem};
use crate::model::api::{
    ClientSettings, Doc, IncomingParam, IncomingRequest, Owner, Payload, Role, Signature, Webhooks,
};
use crate::report::Code;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::uses::used;
use crate::understand::schema::{annotations, note, types};
use crate::understand::select::Selection;
use crate::understand::x_client;

/// The signature headers of Standard Webhooks: the current name, and the old one.
const SIGNATURES: [&str; 2] = ["webhook-signature", "svix-signature"];

/// Returns the webhooks of the document. If operations are selected, there are none.
pub fn webhooks(cx: &mut Cx, client: &ClientSettings, selection: &Selection) -> Webhooks {
    if !selection.include.is_empty() {
        return Webhooks::default();
    }
    let doc = cx.doc;
    let mut requests = Vec::new();
    for (name, item) in &doc.webhooks {
        let about = (name.as_str(), None, Role::Event);
        for operation in &item.operations {
            let owner = Owner::Webhook(requests.len());
            requests.push(request(cx, about.clone(), item, operation, owner));
        }
    }
    // The variants have types already, so this owner does not name any.
    let event = doc.webhook_event;
    let event = event.map(|pos| types::of(cx, &[pos], Owner::Webhook(0), Role::Event));
    Webhooks {
        signature: client.signature.or_else(|| signature(&requests)),
        requests,
        event,
    }
}

/// Returns the signature scheme that the headers of the webhooks indicate.
fn signature(requests: &[IncomingRequest]) -> Option<Signature> {
    let mut params = requests.iter().flat_map(|request| &request.params);
    let is_signature = |param: &IncomingParam| {
        let mut names = SIGNATURES.iter();
        names.any(|name| param.name.eq_ignore_ascii_case(name))
    };
    (params.any(is_signature)).then_some(Signature::StandardWebhooks)
}

pub(super) fn callbacks<'a>(
    cx: &mut Cx<'a>,
    operation: &'a document::Operation,
    owner: Owner,
) -> Vec<IncomingRequest> {
    let mut found = Vec::new();
    for callback in &operation.callbacks {
        let role = Role::Callback(format!("{} callback", callback.name));
        let about = (callback.name.as_str(), Some(callback.url.as_str()), role);
        for operation in &callback.item.operations {
            let item = &callback.item;
            found.push(request(cx, about.clone(), item, operation, owner));
        }
    }
    found
}

/// Returns the request of a webhook or a callback. `role` is that of its payload.
fn request<'a>(
    cx: &mut Cx<'a>,
    (name, url, role): (&str, Option<&str>, Role),
    item: &'a PathItem,
    operation: &'a document::Operation,
    owner: Owner,
) -> IncomingRequest {
    let declared = &operation.value;
    x_client::unread(&declared.extensions, &operation.at, cx.report);
    let docs = declared
        .external_docs
        .as_ref()
        .map(annotations::external_docs_note);
    let params = item.parameters.iter().chain(&operation.parameters);
    let responses = answers::declared_responses(operation);
    let answers = responses.iter();
    IncomingRequest {
        at: operation.at.clone(),
        name: name.to_owned(),
        url: url.map(str::to_owned),
        method: paths::http_method(&operation.method),
        doc: Doc {
            summary: declared.summary.clone().or_else(|| item.summary.clone()),
            description: (declared.description.clone()).or_else(|| item.description.clone()),
            notes: docs.into_iter().collect(),
            deprecated: declared.deprecated,
        },
        params: params.map(|param| parameter(&param.declared)).collect(),
        payload: payload(cx, operation, owner, role),
        answers: answers
            .map(|declared| answers::described(cx, declared))
            .collect(),
    }
}

fn parameter(declared: &Parameter) -> IncomingParam {
    let data = declared.parameter_data_ref();
    IncomingParam {
        location: match declared {
            Parameter::Query { .. } => "query",
            Parameter::Header { .. } => "header",
            Parameter::Path { .. } => "path",
            Parameter::Cookie { .. } => "cookie",
        },
        name: data.name.clone(),
        required: data.required,
        description: data.description.clone(),
    }
}

/// Returns the body of a request. A body that is not JSON has no type, and is reported.
fn payload<'a>(
    cx: &mut Cx<'a>,
    operation: &'a document::Operation,
    owner: Owner,
    role: Role,
) -> Option<Payload> {
    let body = operation.body.as_ref()?.as_ref().ok()?;
    let declared = &body.declared;
    x_client::unread(&declared.extensions, &declared.at, cx.report);
    let described = declared.description.clone();
    let plain = Doc {
        description: described.clone(),
        ..Doc::default()
    };
    let Some(json) = noted_json(cx, &body.content, &declared.at) else {
        let mut media: Vec<&str> = body.content.keys().map(String::as_str).collect();
        media.sort_unstable();
        let media_type = (*media.first()?).to_owned();
        let text = format!(
            "the payload has no type, because it is not JSON but {}",
            media.join(" or ")
        );
        cx.report.once(Code::Webhooks, &declared.at, text);
        return Some(Payload {
            media_type,
            doc: plain,
            ty: None,
            example: None,
        });
    };
    let (ty, schema) = content(cx, &json, owner, role);
    let used = schema.map(|pos| used(cx, &[pos]));
    let doc = used.map(|used| note::of_use(cx, &used, &ty, described.as_deref()));
    Some(Payload {
        media_type: json.media_type.to_owned(),
        doc: doc.unwrap_or(plain),
        ty: Some(ty),
        example: example(cx, &json, schema),
    })
}
