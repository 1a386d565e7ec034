//! Names of resources, methods and types.
//!
//! In: the operations of the model, and names of the plan. Out: a section.

use serde_json::json;

use super::writer::Writer;
use crate::emit::EmitCx;
use crate::emit::rust::access;
use crate::emit::text::{markdown, request, wording};
use crate::model::api::{Api, NameOrigin, NameSource, Op, OpId, Piece, TypeId};
use crate::model::words::Words;
use crate::report::Pointer;

pub fn write(cx: &EmitCx, writer: &mut Writer) {
    writer.heading("Names");
    let root = Pointer::root();
    let naming = &cx.api.client.names;
    writer.say(wording::name_source(naming.source));
    let has_tags = cx.api.ops.iter().any(|op| !op.tags.is_empty());
    for (source, key, is_possible) in [
        (NameSource::Paths, "paths", true),
        (NameSource::Ids, "ids", true),
        (NameSource::Tags, "tags", has_tags),
    ] {
        if is_possible && source != naming.source {
            writer.say(&format!("Names from {key}:"));
            writer.set(&root, "names", json!({ "from": key }));
        }
    }
    if let Some(prefix) = common(cx.api).filter(|_| naming.source == NameSource::Paths) {
        let prefix = format!("/{prefix}");
        writer.say(&format!(
            "All resources are below {}. It can be left out of their names.",
            markdown::code(&prefix)
        ));
        writer.set(&root, "names", json!({ "prefix": prefix }));
    }
    method(cx, writer);
    ty(cx, writer);
}

/// Returns the first segment of all paths, if all resources are named after it.
fn common(api: &Api) -> Option<&str> {
    let first = |op: &Op| -> Option<String> {
        let outer = op.resource.first()?;
        // A resource without others is not in one that could be left out.
        (op.resource.len() > 1).then(|| outer.clone())
    };
    let shared = first(api.ops.first()?)?;
    let is_shared = api.ops.iter().all(|op| first(op).as_ref() == Some(&shared));
    let segment = match api.ops.first()?.path.first()? {
        Piece::Text(text) => text.split('/').find(|it| !it.is_empty())?,
        Piece::Param(_) => return None,
    };
    (is_shared && Words::of(segment).join('_') == shared).then_some(segment)
}

/// Shows how to name a method, with the first operation that has only one.
fn method(cx: &EmitCx, writer: &mut Writer) {
    let settings = |op: &Op| json!([{ "name": op.name, "resource": op.resource.join(".") }]);
    let found = cx.api.ops.iter().position(|op| {
        let is_single = cx.api.ops.iter().filter(|it| it.at == op.at).count() == 1;
        is_single && writer.can_set(&op.at, "methods", &settings(op))
    });
    let Some(index) = found else {
        return;
    };
    let op = &cx.api.ops[index];
    writer.say(&format!(
        "{} is {}. `methods` puts a method anywhere, and gives an operation several; an empty `resource` is the client.",
        request::code(op),
        call(cx, OpId(index))
    ));
    writer.set(&op.at, "methods", settings(op));
}

/// Shows how to name a type, with the first one of the components.
fn ty(cx: &EmitCx, writer: &mut Writer) {
    let is_component = |name: &NameOrigin| matches!(name, NameOrigin::Component(_));
    let mut ids = (0..cx.api.types.len()).map(TypeId);
    let Some(id) = ids.find(|id| is_component(&cx.api.types[id.0].name_origin)) else {
        return;
    };
    writer.say("Types, and in the same way properties and parameters, take another `name`.");
    let name = cx.names.ty(id).name.plain();
    writer.set(&cx.api.types[id.0].at, "name", json!(name));
}

/// `client.models().list()`, as code.
pub fn call(cx: &EmitCx, id: OpId) -> String {
    let owner = cx.outline.op(id).resource;
    let owner = owner.map_or("client".into(), |id| access::access(cx, id).to_string());
    markdown::code(&format!("{owner}.{}(..)", cx.names.op(id).method))
}
