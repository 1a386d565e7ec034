//! The resources that use each type.
//!
//! In: the [`Api`] and the tree of resources. Out: a list of top-level resources per type. Not here: files (see `parts`).

use crate::model::api::{Api, TypeId};
use crate::model::uses::{call_types, neighbours};
use crate::plan::resources::{Resource, ResourceId, root};

/// Returns the top-level resources below which each type is used, directly or through other types, in their order. Resources are
/// walked one after the other, and a walk ends at a type that the same top-level resource is known to use. So a type is visited
/// once for each of these, regardless of the number of its users.
pub fn run(api: &Api, resources: &[Resource]) -> Vec<Vec<ResourceId>> {
    let mut users: Vec<Vec<ResourceId>> = vec![Vec::new(); api.types.len()];
    for (index, resource) in resources.iter().enumerate() {
        let root = root(resources, ResourceId(index));
        let ops = resource.ops.iter().map(|id| &api.ops[id.0]);
        let mut next: Vec<TypeId> = ops.flat_map(call_types).collect();
        while let Some(id) = next.pop() {
            let known = &mut users[id.0];
            // The resources of a root are adjacent, since resources are in the order of their paths.
            if known.last() != Some(&root) {
                known.push(root);
                next.extend(neighbours(api, id));
            }
        }
    }
    users
}
