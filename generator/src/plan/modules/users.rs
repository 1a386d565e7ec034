//! The resources that use each type.
//!
//! In: the [`Api`], the tree of resources, those with features. Out: the resources with features that use each type. Not here: files
//! (see `parts`).

use super::Features;
use crate::model::api::{Api, TypeId};
use crate::model::uses::{call_types, neighbours};
use crate::plan::resources::{Resource, ResourceId, root};

/// Returns the resources whose features compile each type, because its operations use it, directly or through other types. A
/// type that several of them use belongs to their top-level resources, so few types need a list of features.
///
/// Resources are walked one after the other, and a walk ends at a type that the same feature is known to use. So a type is visited
/// once for each feature, regardless of the number of its users.
pub fn run(api: &Api, resources: &[Resource], features: &Features) -> Vec<Vec<ResourceId>> {
    let mut users: Vec<Vec<ResourceId>> = vec![Vec::new(); api.types.len()];
    for (index, resource) in resources.iter().enumerate() {
        let Some(user) = features.of(resources, ResourceId(index)) else {
            continue;
        };
        let ops = resource.ops.iter().map(|id| &api.ops[id.0]);
        let mut next: Vec<TypeId> = ops.flat_map(call_types).collect();
        while let Some(id) = next.pop() {
            let known = &mut users[id.0];
            // Resources are in the order of their paths, so those of a feature are adjacent.
            if known.last() != Some(&user) {
                known.push(user);
                next.extend(neighbours(api, id));
            }
        }
    }
    for list in users.iter_mut().filter(|list| list.len() > 1) {
        for user in &mut *list {
            *user = root(resources, *user);
        }
        list.dedup();
    }
    users
}
