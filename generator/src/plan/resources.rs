//! The tree of resources, whose methods are the operations.
//!
//! In: the operations of the [`Api`]. Out: [`Resource`]s in the order of their paths, and the resource of each operation. Not here: the
//! modules that define types (see `modules`), names.

use std::collections::BTreeMap;

use crate::model::api::{Api, Doc, HttpMethod, OpId};
use crate::model::ty::path_text;

/// Index of a resource in the list of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// A node of the tree of resources; each becomes a module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// In words of the document; the last one is its own. Empty: the client itself, which has no parent and no children.
    pub path: Vec<String>,
    pub doc: Doc,
    pub parent: Option<ResourceId>,
    pub children: Vec<ResourceId>,
    /// Sorted by path and HTTP method, so the order of the document's keys has no effect.
    pub ops: Vec<OpId>,
}

impl Resource {
    /// Returns whether its methods are those of the client itself.
    pub fn is_client(&self) -> bool {
        self.path.is_empty()
    }

    /// Returns its path as a text: `fine_tuning/checkpoints`.
    pub fn title(&self) -> String {
        match self.is_client() {
            true => "client".into(),
            false => self.path.join("/"),
        }
    }
}

/// Returns the tree of resources in the order of their paths, and the resource of each operation.
pub fn run(api: &Api) -> (Vec<Resource>, Vec<ResourceId>) {
    let mut by_path: BTreeMap<Vec<String>, Resource> = BTreeMap::new();
    for op in &api.ops {
        let lengths = op.resource.len().min(1)..=op.resource.len();
        for length in lengths {
            let path = op.resource[..length].to_vec();
            by_path.entry(path.clone()).or_insert_with(|| Resource {
                path,
                ..Resource::default()
            });
        }
    }
    let index: BTreeMap<Vec<String>, ResourceId> = by_path
        .keys()
        .cloned()
        .enumerate()
        .map(|(index, path)| (path, ResourceId(index)))
        .collect();
    let mut list: Vec<Resource> = by_path.into_values().collect();
    for (path, id) in &index {
        if let Some((_, above)) = path.split_last()
            && let Some(parent) = index.get(above).filter(|_| !above.is_empty())
        {
            list[id.0].parent = Some(*parent);
            list[parent.0].children.push(*id);
        }
    }
    for given in &api.resources {
        if let Some(id) = index.get(&given.path) {
            list[id.0].doc = given.doc.clone();
        }
    }
    let of_op: Vec<ResourceId> = api.ops.iter().map(|op| index[&op.resource]).collect();
    for id in sorted_ops(api) {
        list[of_op[id.0].0].ops.push(id);
    }
    (list, of_op)
}

fn sorted_ops(api: &Api) -> Vec<OpId> {
    let mut ops: Vec<OpId> = (0..api.ops.len()).map(OpId).collect();
    // The sort is stable: operations with the same method and path keep their order.
    ops.sort_by_cached_key(|id| {
        let op = &api.ops[id.0];
        (path_text(&op.path), method_rank(&op.method), op.id.clone())
    });
    ops
}

fn method_rank(method: &HttpMethod) -> u8 {
    match method {
        HttpMethod::Get => 0,
        HttpMethod::Head => 1,
        HttpMethod::Options => 2,
        HttpMethod::Trace => 3,
        HttpMethod::Query => 4,
        HttpMethod::Post => 5,
        HttpMethod::Put => 6,
        HttpMethod::Patch => 7,
        HttpMethod::Delete => 8,
        HttpMethod::Other(_) => 9,
    }
}

/// Returns the resource without a parent that a resource is below.
pub fn root(resources: &[Resource], id: ResourceId) -> ResourceId {
    let mut at = id;
    while let Some(parent) = resources[at.0].parent {
        at = parent;
    }
    at
}
