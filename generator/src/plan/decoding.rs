//! The memory in which objects are decoded.
//!
//! In: the types of the [`Api`], and their sizes. Out: a [`Decoding`] for each. Not here: boxes of members (see `boxes`).
//!
//! While an object is read, its members and a table of their names are in memory. On the stack this costs nothing; on the heap
//! it costs two allocations, but a type that can contain itself then needs little stack however deep the JSON nests.

use super::boxes::Boxes;
use crate::model::api::{Api, Shape, TypeId};
use crate::model::uses::neighbours;

/// The memory in which a definition is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoding {
    OnStack,
    OnHeap,
}

/// The most bytes that an object takes on the stack while it is read. A debug build takes a few times as much.
const ON_STACK: usize = 1024;
/// The size of an entry in the table of members, in bytes: a name, and a pointer to a trait object.
const ENTRY: usize = 32;

/// Returns the decoding of each type.
pub fn run(api: &Api, boxes: &[Boxes]) -> Vec<Decoding> {
    let nests = nesting(api);
    let decoding = |(index, boxes): (usize, &Boxes)| {
        let entries = match &api.types[index].shape {
            Shape::Struct { fields, .. } => fields.len(),
            Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => 0,
        };
        match nests[index] || boxes.size + entries * ENTRY > ON_STACK {
            true => Decoding::OnHeap,
            false => Decoding::OnStack,
        }
    };
    boxes.iter().enumerate().map(decoding).collect()
}

/// For each type, true if JSON can nest in it without end: it is on a cycle of types that mention each other, or between two.
fn nesting(api: &Api) -> Vec<bool> {
    let down: Vec<Vec<TypeId>> = (0..api.types.len())
        .map(|id| neighbours(api, TypeId(id)))
        .collect();
    let mut up = vec![Vec::new(); down.len()];
    for (id, mentioned) in down.iter().enumerate() {
        for other in mentioned {
            up[other.0].push(TypeId(id));
        }
    }
    let (leads, follows) = (reach_cycles(&down, &up), reach_cycles(&up, &down));
    leads
        .into_iter()
        .zip(follows)
        .map(|(leads, follows)| leads && follows)
        .collect()
}

/// Returns for each type whether these edges lead from it to a cycle. `back` has the same edges reversed.
fn reach_cycles(edges: &[Vec<TypeId>], back: &[Vec<TypeId>]) -> Vec<bool> {
    let mut left: Vec<usize> = edges.iter().map(Vec::len).collect();
    let mut ends: Vec<usize> = (0..left.len()).filter(|id| left[*id] == 0).collect();
    while let Some(id) = ends.pop() {
        for before in &back[id] {
            left[before.0] -= 1;
            if left[before.0] == 0 {
                ends.push(before.0);
            }
        }
    }
    left.into_iter().map(|left| left > 0).collect()
}
