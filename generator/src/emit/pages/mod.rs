//! `docs/*.md` of the emitted crate: what the API and its client offer, for people.
//!
//! In: the model, the names of pages. Out: a page for each module, with the operations of a resource and the types that are
//! at home there, and `docs/index.md`, which lists them all. Not here: what has no type (`untyped`).
//!
//! Text is written straight away: there is much of it.

mod command;
mod curl;
mod html;
mod index;
mod json;
mod operation;
mod page;
mod rust;
mod schema;
mod shell;

use page::{Depth, Page};

use super::code::{Code, code, meta, string};
use super::{Cx, File, resource};
use crate::model::api::TypeId;
use crate::plan::facts::{Home, PartId, ResourceId};

/// A page of a module.
#[derive(Clone, Copy)]
pub enum Site {
    /// The types that several resources share.
    Shared,
    Resource(ResourceId),
    /// Some of the types of a module that has many.
    Part(PartId),
}

/// All modules.
pub fn sites(cx: &Cx) -> impl Iterator<Item = Site> {
    let resources = cx.facts.resources().map(|(id, _)| Site::Resource(id));
    let parts = cx.facts.parts().map(|(id, _)| Site::Part(id));
    std::iter::once(Site::Shared).chain(resources).chain(parts)
}

/// The pages among these files as a static site.
pub fn site(cx: &Cx, files: &[File]) -> Vec<File> {
    html::files(cx, files)
}

/// `docs/index.md`.
pub fn index(cx: &Cx) -> File {
    index::file(cx)
}

/// The page of a module; none where there would be nothing on it.
pub fn file(cx: &Cx, site: Site) -> Option<File> {
    if is_empty(cx, site) {
        return None;
    }
    let path = path(cx, site);
    Some(match site {
        Site::Resource(id) => of_resource(cx, path, id),
        Site::Shared | Site::Part(_) => {
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

/// What makes doctests of the examples on the page of a resource, where its parent declares its module.
pub fn doctest(cx: &Cx, id: ResourceId) -> Option<Code> {
    if cx.facts.resource(id).ops.is_empty() {
        return None;
    }
    // `src/lib.rs` declares `a`, `src/a.rs` declares `a::b`, `src/a/b.rs` declares `a::b::c`.
    let up = "../".repeat(cx.names.resource(id).path.len().max(2) - 1);
    let path = format!("{up}docs/{}.md", path(cx, Site::Resource(id)));
    let docs = code!("doc = ", meta("include_str!", &[string(&path)]));
    let condition = meta("cfg_attr", &[code!("doctest"), docs]);
    Some(code!("#[", condition, "]"))
}

fn is_empty(cx: &Cx, site: Site) -> bool {
    let has_ops = matches!(site, Site::Resource(id) if !cx.facts.resource(id).ops.is_empty());
    !has_ops && types(cx, site).is_empty()
}

fn of_resource(cx: &Cx, path: &str, id: ResourceId) -> File {
    let (resource, types) = (cx.facts.resource(id), types(cx, Site::Resource(id)));
    let title = super::markdown::code(&resource.path.join("/"));
    let mut page = Page::new(cx, path, &title);
    schema::text(&mut page, Depth::TOP, &resource.doc);
    home_link(&mut page);
    for op in &resource.ops {
        let title = operation::title(cx, *op);
        let line = format!("[{title}](#{})", cx.names.op(*op).method.plain());
        page.item(Depth::TOP, &line);
    }
    for op in &resource.ops {
        operation::section(&mut page, *op);
    }
    if !types.is_empty() {
        page.heading(2, "Types", None);
        type_list(&mut page, &types);
        for id in types {
            schema::section(&mut page, 3, id);
        }
    }
    page.finish()
}

fn home_link(page: &mut Page) {
    let link = format!("[All resources]({})", page.to("index"));
    page.paragraph(Depth::TOP, &link);
}

/// What a reader may look for.
fn type_list(page: &mut Page, types: &[TypeId]) {
    let links = types.iter().map(|id| schema::type_link(page, *id));
    let links: Vec<String> = links.collect();
    page.paragraph(Depth::TOP, &links.join(", "));
}

/// The sections of types on a page.
fn types(cx: &Cx, site: Site) -> Vec<TypeId> {
    let mut types = match site {
        Site::Shared => cx.facts.unparted(Home::Shared),
        Site::Resource(id) => cx.facts.unparted(Home::Resource(id)),
        Site::Part(id) => cx.facts.part(id).types.clone(),
    };
    types.retain(|id| schema::has_section(&cx.api.types[id.0]));
    types.sort_by_key(|id| &cx.names.ty(*id).name);
    types
}

/// Where a page is, below `docs` and without an extension.
fn path<'a>(cx: &'a Cx, site: Site) -> &'a str {
    let pages = &cx.names.pages;
    match site {
        Site::Shared => pages.of_home(Home::Shared),
        Site::Resource(id) => pages.of_resource(id),
        Site::Part(id) => pages.of_part(id),
    }
}

/// How a program gets at a resource.
fn access(cx: &Cx, id: ResourceId) -> String {
    resource::access(cx, id).to_string()
}
