//! The page of a module: the operations of a resource, or types.
//!
//! In: one of the [`contents`](super::contents). Out: a file, or none if the page would be empty. Not here: an operation (see
//! `operation`), a type (see `schema`).

use super::contents::{ModulePage, is_empty, path, types};
use super::page::{Depth, Page};
use super::{operation, schema, title};
use crate::emit::text::markdown;
use crate::emit::{EmitCx, File};
use crate::model::api::TypeId;
use crate::plan::resources::ResourceId;

/// Returns the page of a module, or `None` if it would be empty.
pub fn file(cx: &EmitCx, site: ModulePage) -> Option<File> {
    if is_empty(cx, site) {
        return None;
    }
    let path = path(cx, site);
    Some(match site {
        ModulePage::Resource(id) => of_resource(cx, path, id),
        ModulePage::Types | ModulePage::Part(_) => {
            let mut page = Page::new(cx, path, &format!("Types: `{path}`"));
            home_link(&mut page);
            let types = types(cx, site);
            type_list(&mut page, &types);
            for id in types {
                schema::section(&mut page, 2, id);
            }
            page.finish()
        }
    })
}

fn of_resource(cx: &EmitCx, path: &str, id: ResourceId) -> File {
    let resource = cx.outline.resource(id);
    let title = markdown::code(&resource.title());
    let mut page = Page::new(cx, path, &title);
    schema::text(&mut page, Depth::TOP, &resource.doc);
    home_link(&mut page);
    for op in &resource.ops {
        let title = title::title(cx, *op);
        let line = format!("[{title}](#{})", cx.names.op(*op).method.plain());
        page.item(Depth::TOP, &line);
    }
    for op in &resource.ops {
        operation::section(&mut page, *op);
    }
    page.finish()
}

fn home_link(page: &mut Page) {
    let link = format!("[All resources]({})", page.relative_path("index"));
    page.paragraph(Depth::TOP, &link);
}

/// The list of types at the top of the page.
fn type_list(page: &mut Page, types: &[TypeId]) {
    let links = types.iter().map(|id| schema::type_link(page, *id));
    let links: Vec<String> = links.collect();
    page.paragraph(Depth::TOP, &links.join(", "));
}
