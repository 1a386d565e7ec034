//! `docs/index.md`: all operations, and the facts that they share.
//!
//! In: the model. Out: one page. Not here: the operations themselves.

use super::contents::{ModulePage, access, path, types};
use super::page::{Depth, Page};
use super::{incoming, schema, title};
use crate::emit::package::readme::ERRORS;
use crate::emit::rust::access;
use crate::emit::text::{markdown, request, wording};
use crate::emit::{EmitCx, File};
use crate::model::api::{Credential, CredentialLocation, Doc, Listing, OpId};
use crate::plan::names::SettingNames;

const STATUSES: &str = include_str!("../../../../templates/pages/statuses.md");

/// `docs/index.md`.
pub fn file(cx: &EmitCx) -> File {
    let info = &cx.api.info;
    let (title, version) = (
        markdown::escape(&info.title),
        markdown::escape(&info.version),
    );
    let mut page = Page::new(cx, "index", &format!("{title} {version}"));
    let about = Doc {
        summary: info.summary.clone(),
        description: info.description.clone(),
        notes: Vec::new(),
        deprecated: false,
    };
    schema::text(&mut page, Depth::TOP, &about);
    for note in &info.notes {
        page.lines(Depth::TOP, &markdown::page_lines(&wording::note(note)));
    }
    resources(&mut page);
    webhooks(&mut page);
    type_pages(&mut page);
    credentials(&mut page);
    errors(&mut page);
    page.finish()
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
    let skipped = cx.api.skipped.len();
    let line = match skipped {
        0 => "The client has all operations of the document. Values without a type are listed in [untyped.md](untyped.md).".to_owned(),
        some => format!("Operations of the document that the client does not have: {some}. [untyped.md](untyped.md) lists them, and values without a type."),
    };
    page.paragraph(Depth::TOP, &line);
    if cx.api.ops.iter().any(|op| op.listing != Listing::No) {
        let line = "[pagination.md](pagination.md) has the listings, whose calls have `items()`, and what looks like one.";
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

fn credentials(page: &mut Page) {
    let cx = page.cx;
    if cx.api.schemes.is_empty() {
        return;
    }
    page.heading(2, "Credentials", Some("credentials"));
    page.gap();
    let mut schemes: Vec<_> = cx.api.schemes.iter().zip(&cx.names.schemes).collect();
    schemes.sort_by_key(|(scheme, _)| &scheme.key);
    for (scheme, names) in schemes {
        let place = match &scheme.location {
            CredentialLocation::Bearer => "a bearer token".to_owned(),
            CredentialLocation::Basic => "a user name and a password, joined by a colon".into(),
            CredentialLocation::Header(name) => format!("the header {}", markdown::code(name)),
            CredentialLocation::Query(name) => {
                format!("the query parameter {}", markdown::code(name))
            }
            CredentialLocation::Cookie(name) => format!("the cookie {}", markdown::code(name)),
        };
        page.item(
            Depth::TOP,
            &format!("{}: {place}", markdown::code(&scheme.key)),
        );
        schema::text(page, Depth::TOP.inner(), &scheme.doc);
        for (credential, names) in scheme.credentials.iter().zip(&names.credentials) {
            let line = format!("`{}`{}", names.setter, variable(credential, names));
            page.item(Depth::TOP.inner(), &line);
        }
    }
}

fn variable(credential: &Credential, names: &SettingNames) -> String {
    let env = names.env.as_deref();
    let env = env.map(|env| format!(", from {}", markdown::code(env)));
    let text = credential.description.as_deref();
    let text = text.map(|text| format!(": {}", markdown::escape(text)));
    format!("{}{}", env.unwrap_or_default(), text.unwrap_or_default())
}

/// The client's own errors.
fn errors(page: &mut Page) {
    page.heading(2, "Errors", Some("errors"));
    for text in [ERRORS, STATUSES] {
        let lines: Vec<&str> = text.lines().collect();
        page.lines(Depth::TOP, &lines);
    }
}
