//! Plans of operations.
//!
//! In: an [`Op`], its resource, the plans of types. Out: an [`OpPlan`]. Not here: names, exchanges.

use super::commands::{self, Command};
use super::inputs::{self, Inputs};
use super::resources::ResourceId;
use super::types::TypePlan;
use crate::model::api::{Api, Idempotency, NextPage, Op, SchemeIndex};

/// The plan of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpPlan {
    pub resource: Option<ResourceId>,
    pub inputs: Inputs,
    /// Its security. The schemes of an alternative are sorted, since they are members of an object.
    pub auth: Vec<Vec<SchemeIndex>>,
    pub paged: Pagination,
    /// Whether its call has a type of its own, with setters, pages or other representations. Other calls share one type.
    pub has_own_call: bool,
    /// The operation as a command.
    pub command: Command,
    /// Whether a request is sent again after it may have arrived.
    pub idempotent: bool,
}

/// The pages of an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pagination {
    #[default]
    No,
    /// There is always a single page.
    Single,
    /// Each page leads to the next.
    Many,
}

/// Returns the plan of an operation.
pub fn run(api: &Api, types: &[TypePlan], op: &Op, resource: ResourceId) -> OpPlan {
    let inputs = inputs::run(api, types, op);
    let paged = paged(op);
    OpPlan {
        resource: Some(resource),
        auth: auth(api, op),
        paged,
        has_own_call: !inputs.setters.is_empty()
            || !op.alternatives.is_empty()
            || paged != Pagination::No,
        command: commands::run(api, types, op, &inputs),
        idempotent: op.method.is_idempotent() || op.idempotency == Idempotency::Declared,
        inputs,
    }
}

fn paged(op: &Op) -> Pagination {
    match op.listing.pages().map(|paging| &paging.next) {
        None => Pagination::No,
        Some(NextPage::Single) => Pagination::Single,
        Some(
            NextPage::Token { .. }
            | NextPage::Header { .. }
            | NextPage::Url { .. }
            | NextPage::Link(_)
            | NextPage::LastItem { .. }
            | NextPage::Page { .. }
            | NextPage::Offset { .. },
        ) => Pagination::Many,
    }
}

fn auth(api: &Api, op: &Op) -> Vec<Vec<SchemeIndex>> {
    let mut alternatives = op.auth.clone();
    for schemes in &mut alternatives {
        schemes.sort_by_key(|index| &api.schemes[*index].key);
    }
    alternatives
}
