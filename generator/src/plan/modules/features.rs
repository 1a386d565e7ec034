//! The resources that have a feature of the emitted crate.
//!
//! In: the tree of resources. Out: [`Features`]. Not here: the types that a feature compiles (see `users`), names.

use std::cmp::Reverse;

use crate::plan::resources::{Resource, ResourceId};

/// crates.io allows at most 300 features; the runtime has some of them, and a resource that is divided needs a second one.
const MOST: usize = 200;

/// A top-level resource with this many operations is divided. It is a number and not a share of all operations, because an API that
/// grows elsewhere would lose features then.
const LARGE: usize = 50;

/// The resources with a feature of their own, in their order. None if features make no difference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// Top-level resources, and the children of those that are divided.
    resources: Vec<ResourceId>,
    /// The resources whose children have features of their own.
    divided: Vec<ResourceId>,
}

impl Features {
    /// Chooses the top-level resources, unless there is one only or too many. The children of large ones have features, too, the
    /// largest first, as long as these are not too many.
    pub fn new(resources: &[Resource]) -> Self {
        let ids = || (0..resources.len()).map(ResourceId);
        let roots: Vec<ResourceId> = ids()
            .filter(|id| resources[id.0].parent.is_none())
            .collect();
        let sizes = sizes(resources);
        let children = |id: &ResourceId| resources[id.0].children.len();
        let mut large = roots.clone();
        large.retain(|id| sizes[id.0] >= LARGE && children(id) > 0);
        large.sort_by_key(|id| Reverse(sizes[id.0]));
        let mut count = roots.len();
        large.retain(|id| {
            let fits = count + children(id) <= MOST;
            count += if fits { children(id) } else { 0 };
            fits
        });
        if !(2..=MOST).contains(&count) {
            return Self::default();
        }
        let has_feature = |id: &ResourceId| match resources[id.0].parent {
            Some(parent) => large.contains(&parent),
            None => true,
        };
        Self {
            resources: ids().filter(has_feature).collect(),
            divided: large,
        }
    }

    /// Returns the resources with a feature, in their order.
    pub fn resources(&self) -> &[ResourceId] {
        &self.resources
    }

    /// Returns whether the children of a resource have features of their own.
    pub fn is_divided(&self, id: ResourceId) -> bool {
        self.divided.contains(&id)
    }

    /// Returns the resource whose feature compiles another: itself, or the nearest one above it.
    pub fn of(&self, resources: &[Resource], id: ResourceId) -> Option<ResourceId> {
        let above = std::iter::successors(Some(id), |id| resources[id.0].parent);
        let mut found = above.filter(|id| self.resources.binary_search(id).is_ok());
        found.next()
    }
}

/// Returns the numbers of operations of each resource and of those below it.
fn sizes(resources: &[Resource]) -> Vec<usize> {
    let mut sizes: Vec<usize> = resources.iter().map(|it| it.ops.len()).collect();
    // Parents come before their children.
    for (index, resource) in resources.iter().enumerate().rev() {
        if let Some(parent) = resource.parent {
            sizes[parent.0] += sizes[index];
        }
    }
    sizes
}
