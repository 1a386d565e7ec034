//! The access to a resource.
//!
//! In: a resource. Out: the path of its file, the expression that reaches it, its title. Not here: its module.

use crate::emit::EmitCx;
use crate::emit::print::code::{Chain, RustCode};
use crate::emit::rust::doc;
use crate::model::api::Doc;
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;

/// Returns the path of a resource's module below `src`: of its file, and of the folder of its
/// submodules.
pub fn file_stem(cx: &EmitCx, id: ResourceId) -> String {
    let path: Vec<&str> = cx.names.resource(id).path.iter().map(Name::plain).collect();
    path.join("/")
}

/// Returns the description of a resource, on one line.
pub fn title(cx: &EmitCx, id: ResourceId) -> Option<String> {
    let resource = cx.outline.resource(id);
    // The summary is often just the name of a tag.
    let described = Doc {
        summary: None,
        ..resource.doc.clone()
    };
    doc::brief(&described).or_else(|| doc::brief(&resource.doc))
}

/// Returns the expression that reaches a resource: `client.models().permissions()`.
pub fn access(cx: &EmitCx, id: ResourceId) -> RustCode {
    chain(cx, id).end()
}

/// Returns the expression that reaches a resource, as a chain to extend.
pub fn chain(cx: &EmitCx, id: ResourceId) -> Chain {
    let resource = cx.outline.resource(id);
    let owner = match resource.parent {
        Some(parent) => chain(cx, parent),
        None => Chain::of("client"),
    };
    if resource.is_client() {
        return owner;
    }
    owner.method(&cx.names.resource(id).accessor, &[])
}
