//! From the document to what the service means.
//!
//! In: a [`Doc`] and what is selected of it. Out: an [`Api`] and its [`Census`]; what cannot be said in it is looser or missing, each with a diagnostic.
//! Not here: Rust words, JSON pointers to lines.

mod client;
mod examples;
mod info;
mod operation;
mod passes;
mod place;
mod prune;
mod reach;
mod schema;
pub mod select;
#[cfg(test)]
mod tests;

use crate::document::Doc;
use crate::model::api::Api;
use crate::model::census::Census;
use crate::report::{Code, Pointer, Report};
use passes::paging;
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
    passes::run(api, declared.paging, &declared.broken, report)
}

/// What the passes over the model want to know of the operations.
struct Declared<'a> {
    /// In the order of the operations.
    paging: Vec<Option<paging::Declared>>,
    unselected: Vec<Unselected>,
    /// What is wrong with parts that have no type.
    broken: Vec<(&'a Pointer, Code)>,
}

/// Builds the types of all components, and the operations that are selected.
fn build<'a>(doc: &'a Doc, selection: &Selection, report: &mut Report) -> (Api, Declared<'a>) {
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
    let lost = doc.lost.iter().map(|lost| (&lost.at, lost.code));
    let broken = cx
        .broken
        .iter()
        .map(|(pos, code)| (&doc.places[*pos], *code));
    let declared = Declared {
        broken: lost.chain(broken).collect(),
        paging: operations.paging,
        unselected: operations.unselected,
    };
    (api, declared)
}
