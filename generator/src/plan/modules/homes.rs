//! The module of each type, and the resources that use it.
//!
//! In: the [`Api`] and the tree of resources. Out: a [`Reach`] per type. Not here: the files of a module (see `parts`).

use crate::model::api::{Api, TypeId};
use crate::model::uses::{call_types, neighbours};
use crate::plan::resources::{Resource, ResourceId, root};

/// The module that defines a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// Used below several of the top-level resources, or by none.
    Shared,
    /// The deepest resource below which all of its users are.
    Resource(ResourceId),
}

/// The users of a type, directly or through other types.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach {
    /// The deepest resource below which all of its users are; `None` if there is no user.
    home: Option<Home>,
    /// The resources without a parent that it is used below, in their order.
    pub roots: Vec<ResourceId>,
}

impl Reach {
    /// Returns the module of the type. An unused type is shared.
    pub fn home(&self) -> Home {
        self.home.unwrap_or(Home::Shared)
    }
}

/// Returns the users of each type, by its id. Resources are walked one after the other, and a walk
/// ends at a type that it does not change. So a type is visited as often as its home moves up or a
/// root joins, regardless of the number of its users.
pub fn run(api: &Api, resources: &[Resource]) -> Vec<Reach> {
    let mut reach = vec![Reach::default(); api.types.len()];
    for (index, resource) in resources.iter().enumerate() {
        let here = ResourceId(index);
        let root = root(resources, here);
        let ops = resource.ops.iter().map(|id| &api.ops[id.0]);
        let mut next: Vec<TypeId> = ops.flat_map(call_types).collect();
        while let Some(id) = next.pop() {
            let known = &mut reach[id.0];
            let home = match known.home {
                None => Home::Resource(here),
                Some(home) => join(resources, home, here),
            };
            // The resources of a root are adjacent, since resources are in the order of their paths.
            let is_new_root = known.roots.last() != Some(&root);
            if known.home == Some(home) && !is_new_root {
                continue;
            }
            known.home = Some(home);
            if is_new_root {
                known.roots.push(root);
            }
            next.extend(neighbours(api, id));
        }
    }
    reach
}

/// Returns the nearest ancestor of both.
fn join(resources: &[Resource], home: Home, other: ResourceId) -> Home {
    let Home::Resource(mut one) = home else {
        return Home::Shared;
    };
    let mut other = other;
    let depth = |id: ResourceId| resources[id.0].path.len();
    while one != other {
        let deeper = if depth(one) >= depth(other) {
            &mut one
        } else {
            &mut other
        };
        match resources[deeper.0].parent {
            Some(parent) => *deeper = parent,
            None => return Home::Shared,
        }
    }
    Home::Resource(one)
}
