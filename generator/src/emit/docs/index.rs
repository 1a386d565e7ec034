//! `docs/index.md`: what the document says of itself, and all operations.
//!
//! In: the model. Out: one page. Not here: the operations themselves.

use super::contents::{ModulePage, access, path, types};
use super::page::{Depth, Page};
use super::{incoming, schema, title};
use crate::emit::rust::access;
use crate::emit::text::{markdown, request, wording};
use crate::emit::{EmitCx, File};
use crate::model::api::{Doc, Listing, OpId};
use crate::plan::names::DocPaths;

/// `docs/index.md`.
pub fn file(cx: &EmitCx) -> File {
    let info = &cx.api.info;
    let (title, version) = (
        markdown::escape(&info.title),
        markdown::escape(&info.version),
    );
    let mut page = Page::new(cx, "index", &format!("{title} {version}"));
    about(&mut page);
    resources(&mut page);
    webhooks(&mut page);
    type_pages(&mut page);
    all_calls(&mut page);
    page.finish()
}

/// What the document says of itself.
pub fn about(page: &mut Page) {
    let info = &page.cx.api.info;
    let about = Doc {
        summary: info.summary.clone(),
        description: info.description.clone(),
        notes: Vec::new(),
        deprecated: false,
    };
    schema::text(page, Depth::TOP, &about);
    for note in &info.notes {
        page.lines(Depth::TOP, &page.cx.page_lines(&wording::note(note)));
    }
}

fn resources(page: &mut Page) {
    let cx = page.cx;
    page.heading(2, "Operations", Some("operations"));
    page.paragraph(
        Depth::TOP,
        "Each operation has its request and its location in the document, a JSON pointer (RFC 6901).",
    );
    page.paragraph(Depth::TOP, wording::name_source(cx.api.client.names.source));
    for (id, found) in cx.outline.resources().filter(|(_, it)| !it.ops.is_empty()) {
        let name = markdown::code(&found.title());
        let target = page.relative_path(path(cx, ModulePage::Resource(id)));
        page.heading(3, &format!("[{name}]({target})"), None);
        let title = access::title(cx, id).map(|title| format!(": {title}"));
        let line = format!("`{}`{}", access(cx, id), title.unwrap_or_default());
        page.paragraph(Depth::TOP, &line);
        for op in &found.ops {
            row(page, *op, path(cx, ModulePage::Resource(id)));
        }
    }
    remarks(page);
}

/// What the client lacks, and which operations are listings.
pub fn remarks(page: &mut Page) {
    let cx = page.cx;
    let skipped = cx.api.skipped.len();
    let line = match skipped {
        0 => "The client has all operations of the document. [Another page](untyped.md) lists values without a type.".to_owned(),
        some => format!("Operations of the document that the client does not have: {some}. [Another page](untyped.md) lists them, and values without a type."),
    };
    page.paragraph(Depth::TOP, &line);
    if cx.api.ops.iter().any(|op| op.listing != Listing::No) {
        let line = "The page of [pagination](pagination.md) has the listings, whose calls have `items()`, and what looks like one.";
        page.paragraph(Depth::TOP, line);
    }
}

fn webhooks(page: &mut Page) {
    let count = page.cx.api.webhooks.requests.len();
    if count > 0 {
        let target = page.relative_path(incoming::PAGE);
        page.heading(2, "Webhooks", Some("webhooks"));
        let text = format!("The service sends {count} kinds of requests: [webhooks]({target}).");
        page.paragraph(Depth::TOP, &text);
    }
}

/// An operation, its request and its location, on one line each.
fn row(page: &mut Page, id: OpId, path: &str) {
    let op = &page.cx.api.ops[id.0];
    let title = title::title(page.cx, id);
    let link = page.link(&title, path, page.cx.names.op(id).method.plain());
    let mark = match op.doc.deprecated {
        true => " (**deprecated**)",
        false => "",
    };
    let (request, at) = (request::code(op), markdown::code(op.at.as_str()));
    page.item(
        Depth::TOP,
        &format!("{link}{mark}\\\n  {request}\\\n  {at}"),
    );
}

fn type_pages(page: &mut Page) {
    let cx = page.cx;
    let parts = cx.outline.parts().map(|(id, _)| ModulePage::Part(id));
    let sites = std::iter::once(ModulePage::Types).chain(parts);
    let mut sites: Vec<ModulePage> = sites.filter(|site| !types(cx, *site).is_empty()).collect();
    sites.sort_by_key(|site| path(cx, *site));
    if sites.is_empty() {
        return;
    }
    page.heading(2, "Types", Some("types"));
    for site in sites {
        let path = path(cx, site);
        let line = format!("[`{path}`]({})", page.relative_path(path));
        page.item(Depth::TOP, &line);
    }
}

/// Links to the pages about all calls.
fn all_calls(page: &mut Page) {
    page.heading(2, "All calls", Some("all-calls"));
    page.gap();
    if !page.cx.api.schemes.is_empty() {
        let link = page.page_link("Credentials", DocPaths::CREDENTIALS);
        page.item(Depth::TOP, &link);
    }
    let link = page.page_link("Errors", DocPaths::ERRORS);
    page.item(Depth::TOP, &link);
}
