//! The pages of the site.
//!
//! In: the model, the plan. Out: the content of each page. Not here: operations, properties, what surrounds the content.

use super::operation::{self, badge};
use super::properties;
use super::sheet::Sheet;
use crate::emit::docs::contents::{self, ModulePage, sites};
use crate::emit::docs::page::Depth;
use crate::emit::docs::places::Home;
use crate::emit::docs::{incoming, index, schema, title};
use crate::emit::text::markdown;
use crate::model::api::{OpId, TypeId};
use crate::model::ty::path_text;
use crate::plan::resources::ResourceId;

/// The page that lists all types. Modules have no hyphen, so it is never that of a module.
pub const ALL_TYPES: &str = "all-types";

/// The first page: what the document says of itself, and all operations.
pub fn home(sheet: &mut Sheet) {
    let (cx, info) = (sheet.cx, &sheet.cx.api.info);
    sheet.html(&["<h1>"]);
    sheet.inline(&markdown::escape(&info.title));
    sheet.html(&[" <span class=\"quiet\">"]);
    sheet.inline(&markdown::escape(&info.version));
    sheet.html(&["</span></h1>\n"]);
    sheet.blocks(index::about);
    sheet.html(&["<h2 id=\"operations\">Operations</h2>\n"]);
    for (id, resource) in cx.outline.resources().filter(|(_, it)| !it.ops.is_empty()) {
        let target = sheet.target(contents::path(cx, ModulePage::Resource(id)), "");
        sheet.html(&["<h3><a href=\"", &target, "\">"]);
        sheet.text(&resource.title());
        sheet.html(&["</a></h3>\n"]);
        if let Some(title) = crate::emit::rust::access::title(cx, id) {
            sheet.blocks(|page| page.paragraph(Depth::TOP, &title));
        }
        operations(sheet, id);
    }
    sheet.blocks(index::remarks);
}

/// The operations of a resource, as links.
fn operations(sheet: &mut Sheet, id: ResourceId) {
    let cx = sheet.cx;
    sheet.html(&["<ul class=\"operations\">\n"]);
    for op in &cx.outline.resource(id).ops {
        row(sheet, *op, contents::path(cx, ModulePage::Resource(id)));
    }
    sheet.html(&["</ul>\n"]);
}

fn row(sheet: &mut Sheet, id: OpId, path: &str) {
    let (cx, op) = (sheet.cx, &sheet.cx.api.ops[id.0]);
    let target = sheet.target(path, cx.names.op(id).method.plain());
    sheet.html(&["<li>", &badge(op), " <span><a href=\"", &target, "\">"]);
    sheet.inline(&title::title(cx, id));
    sheet.html(&["</a>"]);
    if op.doc.deprecated {
        sheet.html(&[" <strong class=\"warn\">deprecated</strong>"]);
    }
    sheet.html(&["<br><code>"]);
    sheet.text(&path_text(&op.path));
    sheet.html(&["</code></span></li>\n"]);
}

/// The page of a resource.
pub fn resource(sheet: &mut Sheet, id: ResourceId) {
    let resource = sheet.cx.outline.resource(id);
    sheet.html(&["<h1>"]);
    sheet.text(&resource.title());
    sheet.html(&["</h1>\n"]);
    sheet.blocks(|page| schema::text(page, Depth::TOP, &resource.doc));
    if resource.ops.len() > 1 {
        operations(sheet, id);
    }
    for op in &resource.ops {
        operation::article(sheet, *op);
    }
}

/// Returns the types that have a section on a page.
pub fn types_of(sheet: &Sheet, site: ModulePage) -> Vec<TypeId> {
    let mut types = contents::types(sheet.cx, site);
    types.retain(|id| sheet.places.home(*id) == Home::Section);
    types
}

/// The page of a module of types.
pub fn types(sheet: &mut Sheet, site: ModulePage) {
    let types = types_of(sheet, site);
    sheet.html(&["<h1>Types: <code>", sheet.path, "</code></h1>\n"]);
    if types.len() > 1 {
        links(sheet, &types);
    }
    for id in types {
        let (def, name) = (
            &sheet.cx.api.types[id.0],
            sheet.cx.names.ty(id).name.plain(),
        );
        sheet.html(&[
            "<h2 id=\"",
            name,
            "\"><a href=\"#",
            name,
            "\"><code>",
            name,
            "</code></a></h2>\n",
        ]);
        if def.doc.deprecated {
            sheet.html(&["<p><strong class=\"warn\">Deprecated.</strong></p>\n"]);
        }
        sheet.blocks(|page| schema::text(page, Depth::TOP, &def.doc));
        properties::members(sheet, id);
    }
}

/// The page that lists all types.
pub fn all_types(sheet: &mut Sheet) {
    let mut types: Vec<TypeId> = sites(sheet.cx)
        .flat_map(|site| types_of(sheet, site))
        .collect();
    types.sort_by_key(|id| &sheet.cx.names.ty(*id).name);
    sheet.html(&["<h1>Types</h1>\n<p>A type with a single use is described there. The search finds it.</p>\n"]);
    links(sheet, &types);
}

fn links(sheet: &mut Sheet, types: &[TypeId]) {
    sheet.html(&["<ul class=\"types\">\n"]);
    for id in types {
        let name = sheet.cx.names.ty(*id).name.plain();
        let target = sheet.target(sheet.places.path(*id), name);
        sheet.html(&["<li><a href=\"", &target, "\">", name, "</a></li>\n"]);
    }
    sheet.html(&["</ul>\n"]);
}

/// The page of webhooks.
pub fn webhooks(sheet: &mut Sheet) {
    sheet.html(&["<h1>Webhooks</h1>\n"]);
    sheet.blocks(incoming::requests);
}
