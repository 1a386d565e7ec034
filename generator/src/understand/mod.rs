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
use select::{Selection, Unselected};

/// Builds the model of what is selected of the service.
pub fn run(doc: &Doc, selection: &Selection, report: &mut Report) -> (Api, Census) {
    let (api, declared) = build(doc, selection, report);
    let reached = |roots: &[&Pointer]| reach::reached(doc, roots);
    let shared = |roots: &[&Pointer]| reach::shared(doc, roots);
    let api = prune::run(
        api,
        selection,
        &declared.unselected,
        reached,
        shared,
        report,
    );
    let api = share::run(views::run(api));
    let api = paging::run(api, declared.paging, report);
    let census = census::run(&api, report);
    (api, census)
}

/// What the passes over the model want to know of the operations.
struct Declared {
    /// In the order of the operations.
    paging: Vec<Option<paging::Declared>>,
    unselected: Vec<Unselected>,
}

/// Builds the types of all components, and the operations that are selected.
fn build(doc: &Doc, selection: &Selection, report: &mut Report) -> (Api, Declared) {
    let lost = schema::lost::positions(doc, report);
    let mut skipped = schema::lost::operations(report);
    let mut cx = Cx::new(doc, lost, report);
    client::check(&mut cx);
    cx.subtypes = schema::inherit::subtypes(&mut cx);
    schema::types::components(&mut cx);
    let client = client::settings(&mut cx);
    let schemes = operation::schemes(&mut cx);
    let operations = operation::run(&mut cx, &schemes, selection);
    skipped.extend(operations.skipped);
    let examples = examples::run(&mut cx);
    schema::cycles::break_aliases(&mut cx.types);
    schema::cycles::break_unions(&mut cx.types, cx.report);
    let api = Api {
        info: info::info(doc),
        client,
        base_url: operation::base_url(&mut cx),
        resources: operations.resources,
        types: std::mem::take(&mut cx.types),
        schemes,
        ops: operations.ops,
        examples,
        skipped,
    };
    let declared = Declared {
        paging: operations.paging,
        unselected: operations.unselected,
    };
    (api, declared)
}
