//! Builds the model of the service from the document.
//!
//! In: a [`Document`] and a [`Selection`]. Out: an [`Api`], its [`Census`], and the [`Coverage`] of the selection. A part that
//! the model cannot represent gets a looser type or is left out, always with a diagnostic. Not here: names in Rust, line numbers.

mod coverage;
mod examples;
mod info;
mod location_names;
mod operation;
mod passes;
mod reach;
mod schema;
pub mod select;
#[cfg(test)]
mod tests;
mod unmatched;
mod x_client;

use crate::document::Document;
use crate::model::api::{Api, Skipped};
use crate::model::census::Census;
use crate::report::{Code, Pointer, Report};
pub use coverage::Coverage;
use passes::{paging, prune};
use schema::cx::Cx;
use select::{Candidate, Selection, Unselected};

/// Builds the model of the selected part of the service.
pub fn run(doc: &Document, selection: &Selection, report: &mut Report) -> (Api, Census, Coverage) {
    let (mut api, declared) = build(doc, selection, report);
    let mut scope = Coverage::Whole;
    if !selection.is_empty() {
        unmatched::report(selection, &candidates(&api, &declared.unselected), report);
        api = prune::run(api);
        scope = Coverage::selected(doc, &api, &declared.unselected);
        api.examples.retain(|example| scope.contains(&example.at));
    }
    let (api, census) = passes::run(api, declared.paging, &declared.broken, report);
    (api, census, scope)
}

/// Returns all operations of the document.
fn candidates<'a>(api: &'a Api, unselected: &'a [Unselected]) -> Vec<Candidate<'a>> {
    let ops = (api.ops.iter()).map(|op| Candidate::new(&op.at, &op.tags, &op.id));
    let skipped = (api.skipped.iter()).map(|op| Candidate::new(&op.at, &op.tags, &op.id));
    let others = unselected.iter();
    let others = others.map(|op| Candidate::new(&op.at, &op.tags, &op.id));
    ops.chain(skipped).chain(others).collect()
}

/// Facts that the passes need and the model does not contain.
struct Declared<'a> {
    /// The pagination settings, in the order of the operations.
    paging: Vec<paging::Hints>,
    unselected: Vec<Unselected>,
    /// The parts without a type, each with the code of the reason.
    broken: Vec<(&'a Pointer, Code)>,
}

/// Builds the types of all components, and the selected operations.
fn build<'a>(doc: &'a Document, selection: &Selection, report: &mut Report) -> (Api, Declared<'a>) {
    let lost = schema::untyped::lost(doc);
    let unread = operation::lost(doc);
    let mut cx = Cx::new(doc, lost, report);
    x_client::check(&mut cx);
    cx.subtypes = schema::inherit::subtypes(&cx);
    cx.mapped = schema::inherit::mapped(&cx);
    schema::components::run(&mut cx);
    let client = x_client::settings(&mut cx);
    let schemes = operation::schemes(&mut cx);
    let servers = operation::servers(&mut cx);
    let operations = operation::run(&mut cx, &schemes, &servers, &client.names, selection);
    let webhooks = operation::webhooks(&mut cx, &client, selection);
    let (mut skipped, others): (Vec<Skipped>, Vec<Skipped>) = unread.into_iter().partition(|op| {
        let candidate = Candidate::new(&op.at, &op.tags, &op.id);
        selection.wants(&op.tags, &candidate.path, &op.id)
    });
    skipped.extend(operations.skipped);
    let others = others.into_iter().map(|op| Unselected {
        at: op.at,
        id: op.id,
        tags: op.tags,
    });
    let examples = examples::run(&mut cx, &operations.unselected);
    schema::cycles::break_aliases(&mut cx.types);
    schema::cycles::break_unions(&mut cx.types, cx.report);
    let api = Api {
        info: info::info(doc),
        client,
        servers,
        resources: operations.resources,
        types: std::mem::take(&mut cx.types),
        reads_digits: cx.reads_digits,
        secrets: std::mem::take(&mut cx.secrets),
        schemes,
        unsupported_schemes: operation::unsupported_schemes(doc),
        ops: operations.ops,
        webhooks,
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
        unselected: operations.unselected.into_iter().chain(others).collect(),
    };
    (api, declared)
}
