//! `docs/pagination.md` of the emitted crate: the listings, and what looks like one.
//!
//! In: the listings of the model. Out: one file, in an order that does not depend on that of the document; none where nothing looks
//! like a listing. Not here: what a listing is (see `understand`).

use crate::emit::rust::{access, paging};
use crate::emit::text::{self, markdown, request};
use crate::emit::{EmitCx, File};
use crate::model::api::{Listing, OpId, PagingSource};

/// `docs/pagination.md`.
pub fn file(cx: &EmitCx) -> Option<File> {
    let (mut declared, mut found, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
    for (index, op) in cx.api.ops.iter().enumerate() {
        let id = OpId(index);
        match &op.listing {
            Listing::No => {}
            Listing::Unclear(reason) => {
                unclear.push(row(cx, id, &text::paging::unclear_reason(reason)))
            }
            Listing::Pages(pages) => {
                let items = match paging::items(cx.api, &pages.items).join(".") {
                    items if items.is_empty() => "the response".to_owned(),
                    items => markdown::code(&items),
                };
                let row = row(
                    cx,
                    id,
                    &format!("{}; items: {items}", text::paging::reason(pages)),
                );
                match pages.source {
                    PagingSource::Declared => declared.push(row),
                    PagingSource::Recognised => found.push(row),
                }
            }
        }
    }
    if declared.is_empty() && found.is_empty() && unclear.is_empty() {
        return None;
    }
    let marker = cx.marker().replace("--", "-");
    let mut text = format!(
        "<!-- {marker} -->\n\n# Pagination\n\nThe calls of listings have `items()` and `pages()`, which request all pages. `x-client` in the document, or in an \
         overlay, declares how the pages of an operation follow each other, or that it is no listing.\n"
    );
    section(&mut text, "Listings declared in `x-client`", "", declared);
    section(
        &mut text,
        "Listings recognised in the document",
        "Their parameters and responses show how the pages follow each other.",
        found,
    );
    let about = "These operations look like listings. Their calls return one response.";
    section(&mut text, "Not followed", about, unclear);
    Some(File {
        path: "docs/pagination.md".into(),
        text: text.into(),
    })
}

fn section(text: &mut String, title: &str, about: &str, mut rows: Vec<String>) {
    if rows.is_empty() {
        return;
    }
    rows.sort_unstable();
    text.push_str(&format!("\n## {title} ({})\n\n", rows.len()));
    if !about.is_empty() {
        text.push_str(&format!("{about}\n\n"));
    }
    for row in rows {
        text.push_str(&format!("- {row}\n"));
    }
}

/// Returns a row with a method, its request, and a remark.
fn row(cx: &EmitCx, id: OpId, text: &str) -> String {
    let (op, method) = (&cx.api.ops[id.0], &cx.names.op(id).method);
    let access = cx.outline.op(id).resource.map(|id| access::access(cx, id));
    let access = access
        .map(|access| format!("{access}."))
        .unwrap_or_default();
    format!("`{access}{method}`, {}: {text}", request::code(op))
}
