//! From what the service means to how its client is written in Rust: every decision, once.
//!
//! In: an [`Api`]. Out: a [`Plan`]. Not here: tokens, texts of files.

mod boxes;
pub mod facts;
mod layout;
pub mod names;
pub mod samples;
pub mod words;

use crate::model::api::Api;
use facts::Facts;
use names::Names;
use samples::Samples;

/// Every decision about the emitted crate.
pub struct Plan {
    /// Who uses a type, where it lives, what is an argument.
    pub facts: Facts,
    /// Every identifier of the output, made by scopes that alone can make one.
    pub names: Names,
    /// For each operation, a request that could be sent and a reply that could come back.
    pub samples: Samples,
}

/// Decides how the client of a service is written.
pub fn run(api: &Api, crate_name: Option<&str>) -> Plan {
    let facts = facts::run(api);
    let samples = samples::run(api, &facts);
    let names = names::run(api, &facts, crate_name);
    Plan {
        facts,
        names,
        samples,
    }
}
