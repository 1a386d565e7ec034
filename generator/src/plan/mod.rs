//! From the model of the service to the plan of its client: makes every decision, once.
//!
//! In: an [`Api`]. Out: a [`Plan`]. Not here: tokens, the text of files.
//!
//! The [`Outline`] comes first: resources, modules, types, operations. Names and exchanges follow from it.

mod boxes;
pub mod commands;
mod conversions;
pub mod decoding;
pub mod defaults;
pub mod exchange;
pub mod inputs;
mod layout;
pub mod members;
pub mod modules;
pub mod names;
pub mod operations;
pub mod outline;
mod pages;
pub mod replies;
pub mod resources;
pub mod types;

use crate::model::api::Api;
use exchange::Exchanges;
use names::Names;
use outline::Outline;

/// All decisions about the emitted crate.
pub struct Plan {
    /// Resources, modules, types and operations.
    pub outline: Outline,
    /// All identifiers of the output.
    pub names: Names,
    /// A sample request and reply for each operation.
    pub exchanges: Exchanges,
}

/// Makes all decisions about the client of a service.
pub fn run(api: &Api, crate_name: Option<&str>) -> Plan {
    let outline = outline::run(api);
    let exchanges = exchange::run(api, &outline);
    let names = names::run(api, &outline, crate_name);
    Plan {
        outline,
        names,
        exchanges,
    }
}
