//! From the document to what the service means.
//!
//! In: a [`Doc`] and what is selected of it. Out: an [`Api`] and its [`Census`]; what cannot be said in it is looser or missing, each with a diagnostic.
//! Not here: Rust words, JSON pointers to lines, detection of pagination (see `paging`).

pub mod census;
mod client;
mod examples;
mod info;
mod operation;
mod paging;
mod place;
mod prune;
mod reach;
mod schema;
pub mod select;
mod share;
#[cfg(test)]
mod tests;
mod views;

use census::Census;

use crate::document::Doc;
use crate::model::api::Api;
use crate::report::{Pointer, Report};
use schema::cx::Cx;
use select::Selection;

/// Builds the model of what is selected of the service.
pub fn run(doc: &Doc, selection: &Selection, report: &mut Report) -> (Api, Census) {
    let (api, mut paging) = build(doc, selection, report);
    let reached = |roots: &[&Pointer]| reach::reached(doc, roots);
    let shared = |roots: &[&Pointer]| reach::shared(doc, roots);
    let api = prune::run(api, selection, &mut paging, reached, shared, report);
    let api = share::run(views::run(api));
    let api = paging::run(api, paging, report);
    let census = census::run(&api, report);
    (api, census)
}

/// Builds the model of the service, whole; of operations that are not selected, nothing is said.
fn build(
    doc: &Doc,
    selection: &Selection,
    report: &mut Report,
) -> (Api, Vec<Option<paging::Declared>>) {
    let (lost, skipped) = (
        schema::lost::positions(doc, report),
        schema::lost::operations(report),
    );
    let mut cx = Cx::new(doc, lost, skipped, report);
    client::check(&mut cx);
    cx.subtypes = schema::inherit::subtypes(&mut cx);
    schema::types::components(&mut cx);
    let client = client::settings(&mut cx);
    let schemes = operation::schemes(&mut cx);
    let (ops, paging, resources) = operation::run(&mut cx, &schemes, selection);
    let examples = examples::run(&mut cx);
    schema::cycles::break_aliases(&mut cx.types);
    schema::cycles::break_unions(&mut cx.types, cx.report);
    let api = Api {
        info: info::info(doc),
        client,
        base_url: operation::base_url(&mut cx),
        resources,
        types: std::mem::take(&mut cx.types),
        schemes,
        ops,
        examples,
        skipped: std::mem::take(&mut cx.skipped),
    };
    (api, paging)
}
