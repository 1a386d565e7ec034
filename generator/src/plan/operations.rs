//! How each operation is called.
//!
//! In: an [`Op`], its resource, how types are written. Out: an [`OpPlan`]. Not here: names, exchanges.

use super::commands::{self, Command};
use super::inputs::{self, Inputs};
use super::resources::ResourceId;
use super::types::TypePlan;
use crate::model::api::{Api, Op, SchemeIndex};

/// What is known of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpPlan {
    pub resource: Option<ResourceId>,
    pub inputs: Inputs,
    /// Its security. The schemes of an alternative are members of an object, whose order means nothing.
    pub auth: Vec<Vec<SchemeIndex>>,
    /// The reply is a page, and its type says how to go on.
    pub is_page: bool,
    /// How it is called from a command line.
    pub command: Command,
}

/// The plan of an operation.
pub fn run(api: &Api, types: &[TypePlan], op: &Op, resource: ResourceId) -> OpPlan {
    let inputs = inputs::run(api, types, op);
    OpPlan {
        resource: Some(resource),
        auth: auth(api, op),
        is_page: op.paging.is_some(),
        command: commands::run(api, types, op, &inputs),
        inputs,
    }
}

fn auth(api: &Api, op: &Op) -> Vec<Vec<SchemeIndex>> {
    let mut alternatives = op.auth.clone();
    for schemes in &mut alternatives {
        schemes.sort_by_key(|index| &api.schemes[*index].key);
    }
    alternatives
}
