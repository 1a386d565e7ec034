//! The crate, what all requests have in common, and errors.
//!
//! In: the settings of the client. Out: a section each.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::emit::EmitCx;
use crate::emit::package::manifest;
use crate::emit::text::markdown;
use crate::model::api::{Api, Ty, TypeId};
use crate::model::ty::fields;
use crate::report::Pointer;

pub fn write(cx: &EmitCx, writer: &mut Writer) {
    let root = Pointer::root();
    package(cx, &root, writer);
    requests(cx, &root, writer);
    errors(cx, &root, writer);
}

fn package(cx: &EmitCx, root: &Pointer, writer: &mut Writer) {
    writer.heading("The crate");
    writer.say("`description`, `repository`, `homepage`, `documentation`, `authors`, `keywords` and `categories` may stand here, too.");
    let license = cx.api.client.package.license.as_deref();
    let license = license.unwrap_or("MIT OR Apache-2.0");
    writer.set(
        root,
        "crate",
        json!({ "version": manifest::version(cx), "license": license }),
    );
    writer.say("The command line client is a program with this name.");
    let program = cx.names.cli.program.as_str();
    writer.set(root, "cli", json!({ "name": program }));
}

fn requests(cx: &EmitCx, root: &Pointer, writer: &mut Writer) {
    writer.heading("Requests");
    let env = &cx.names.base_url_env;
    let url = match cx.api.base_url() {
        url if url.is_empty() => "The document has no complete URL of a server".to_owned(),
        url => format!("Requests go to {}", markdown::code(&url)),
    };
    writer.say(&format!(
        "{url}. The environment variable `{env}` replaces it, as the method `base_url` does."
    ));
    writer.set(root, "baseUrl", json!({ "env": env }));
    let client = &cx.api.client;
    writer.say("The id of a request is in this header of its response.");
    writer.set(root, "requestId", json!(client.request_id_header));
    writer.say("An idempotency key is in this header of a request.");
    writer.set(root, "idempotencyKey", json!(client.idempotency_header));
}

fn errors(cx: &EmitCx, root: &Pointer, writer: &mut Writer) {
    writer.heading("Errors");
    let mut text = "An error takes its message, type, code and parameter from these properties of the body, or of the \
                    object in the property `envelope`."
        .to_owned();
    if let Some((id, count)) = usual(cx.api) {
        let members = fields(&cx.api.types[id.0].shape);
        let members: Vec<String> = members.iter().map(|it| markdown::code(&it.wire)).collect();
        text.push_str(&format!(
            " {count} of {} operations have errors of the type `{}`",
            cx.api.ops.len(),
            cx.names.ty(id).name
        ));
        match members.is_empty() {
            true => text.push('.'),
            false => text.push_str(&format!(", with the properties {}.", members.join(", "))),
        }
    }
    writer.say(&text);
    let shape = &cx.api.client.errors;
    let envelope = shape.envelope.as_deref();
    let members = [
        ("envelope", envelope),
        ("message", Some(shape.message.as_str())),
        ("type", Some(shape.kind.as_str())),
        ("code", Some(shape.code.as_str())),
        ("param", Some(shape.param.as_str())),
    ];
    let members = members.into_iter();
    let members = members.filter_map(|(key, name)| Some((key.to_owned(), Value::from(name?))));
    writer.set(root, "errors", json!(members.collect::<Map<_, _>>()));
}

/// Returns the most frequent type of errors, and the number of operations that have it.
fn usual(api: &Api) -> Option<(TypeId, usize)> {
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    for op in &api.ops {
        if let Some(Ty::Named(id)) = op.errors {
            *counts.entry(id).or_default() += 1;
        }
    }
    // The first one of those that are equally frequent.
    counts.into_iter().rev().max_by_key(|(_, count)| *count)
}
