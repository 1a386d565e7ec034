//! Passes over the complete model.
//!
//! In: an [`Api`]. Out: the same model with files, views, shared definitions, errors and pagination, and its [`Census`]. Not here:
//! the document.

mod errors;
pub mod paging;
pub mod prune;

mod census;
mod files;
mod share;
mod tags;
mod texts;
mod views;

use crate::model::api::Api;
use crate::model::census::Census;
use crate::report::{Code, Pointer, Report};

/// Completes the model. `broken` has the parts of the document without a type, each with its code.
pub fn run(
    api: Api,
    paging: Vec<paging::Hints>,
    broken: &[(&Pointer, Code)],
    report: &mut Report,
) -> (Api, Census) {
    let api = errors::run(share::run(views::run(tags::run(files::run(api, report)))));
    let api = paging::run(api, paging, report);
    let api = texts::run(api);
    let census = census::run(&api, broken);
    (api, census)
}
