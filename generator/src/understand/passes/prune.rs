//! Removes the types that no selected operation needs.
//!
//! In: an [`Api`] with the selected operations. Out: the same model with fewer types, and without examples of the removed ones.
//! Not here: the selection. Without a selection, no type is removed: a type that no operation mentions is still a part of the
//! service.

use crate::model::api::{Api, NameOrigin, Owner, TypeId};
use crate::model::uses::{mentions, neighbours, op_types, renumber, webhook_types};

/// Keeps the types that operations need.
pub fn run(mut api: Api) -> Api {
    let types = types(&api);
    api.examples.retain(|example| {
        let mut found = Vec::new();
        mentions(&example.ty, false, &mut found);
        found.iter().all(|(id, _)| types[id.0].is_some())
    });
    renumber(&mut api, &types);
    api
}

/// Returns, for each type, its id if operations need it directly or through other types.
fn types(api: &Api) -> Vec<Option<TypeId>> {
    let mut seen = vec![false; api.types.len()];
    let calls = api.ops.iter().flat_map(|op| op_types(op, |_| true));
    let mut next: Vec<TypeId> = calls.chain(webhook_types(&api.webhooks)).collect();
    while let Some(id) = next.pop() {
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        next.extend(neighbours(api, id));
        match &api.types[id.0].name_origin {
            // The owner is needed because its name is a part of this type's name.
            NameOrigin::Under(Owner::Type(other), _) | NameOrigin::View(other) => next.push(*other),
            NameOrigin::Under(Owner::Op(_) | Owner::Webhook(_), _)
            | NameOrigin::Given(_)
            | NameOrigin::Component(_)
            | NameOrigin::Errors(_) => {}
        }
    }
    let seen = seen.into_iter().enumerate();
    seen.map(|(index, seen)| seen.then_some(TypeId(index)))
        .collect()
}
