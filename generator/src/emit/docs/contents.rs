//! The pages of the reference, their paths, and the types on them.
//!
//! In: the modules of the crate, the names of pages. Out: answers for all pages, and the attribute by which a module tests the
//! examples on its page. Not here: what a page says.

use super::schema::has_section;
use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, code, meta, string};
use crate::emit::rust::access;
use crate::model::api::TypeId;
use crate::plan::modules::PartId;
use crate::plan::names::DocPaths;
use crate::plan::resources::ResourceId;

/// A page of a module.
#[derive(Clone, Copy)]
pub enum ModulePage {
    /// The types of the main file of their module.
    Types,
    Resource(ResourceId),
    /// The types of a part of their module.
    Part(PartId),
}

/// Returns all modules.
pub fn sites(cx: &EmitCx) -> impl Iterator<Item = ModulePage> {
    let resources = cx
        .outline
        .resources()
        .map(|(id, _)| ModulePage::Resource(id));
    let parts = cx.outline.parts().map(|(id, _)| ModulePage::Part(id));
    std::iter::once(ModulePage::Types)
        .chain(resources)
        .chain(parts)
}

/// Returns the attribute that compiles the examples of a resource's page as doctests, for the
/// declaration of its module.
pub fn doctest(cx: &EmitCx, id: ResourceId) -> Option<RustCode> {
    if cx.left_out.docs || cx.outline.resource(id).ops.is_empty() {
        return None;
    }
    // `src/lib.rs` declares `a`, `src/a.rs` declares `a::b`, `src/a/b.rs` declares `a::b::c`.
    let up = "../".repeat(cx.names.resource(id).path.len().max(2) - 1);
    let path = format!("{up}docs/{}.md", path(cx, ModulePage::Resource(id)));
    let docs = code!("doc = ", meta("include_str!", &[string(&path)]));
    let condition = meta("cfg_attr", &[code!("doctest"), docs]);
    Some(code!("#[", condition, "]"))
}

/// Returns whether a page would be empty.
pub fn is_empty(cx: &EmitCx, site: ModulePage) -> bool {
    let has_ops =
        matches!(site, ModulePage::Resource(id) if !cx.outline.resource(id).ops.is_empty());
    !has_ops && types(cx, site).is_empty()
}

/// Returns the sections of types on a page.
pub fn types(cx: &EmitCx, site: ModulePage) -> Vec<TypeId> {
    let mut types = match site {
        ModulePage::Types => cx.outline.main_types(),
        ModulePage::Resource(_) => Vec::new(),
        ModulePage::Part(id) => cx.outline.part(id).types.clone(),
    };
    types.retain(|id| has_section(&cx.api.types[id.0]));
    types.sort_by_key(|id| &cx.names.ty(*id).name);
    types
}

/// Returns the path of a page below `docs`, without an extension.
pub fn path<'a>(cx: &'a EmitCx, site: ModulePage) -> &'a str {
    let pages = &cx.names.pages;
    match site {
        ModulePage::Types => DocPaths::TYPES,
        ModulePage::Resource(id) => pages.of_resource(id),
        ModulePage::Part(id) => pages.of_part(id),
    }
}

/// Returns the expression that reaches a resource.
pub fn access(cx: &EmitCx, id: ResourceId) -> String {
    access::access(cx, id).to_string()
}
