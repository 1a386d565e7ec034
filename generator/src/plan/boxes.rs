//! Which fields and variants hold their value in a box.
//!
//! In: the types of the [`Api`]. Out: for each type, by index of the field or variant, whether it is boxed. Not here: what else
//! is known of a member (see `facts`), code.

use crate::model::api::{Api, Shape, TypeId};
use crate::model::uses::{mentions, parts};

/// The edges by value that close a cycle, found by a depth-first walk in the order of the pointers. Lists and maps are
/// indirections already, and boxing more than the closing edges would be noise.
pub fn run(api: &Api) -> Vec<Vec<bool>> {
    let edges: Vec<Vec<(usize, TypeId)>> =
        (0..api.types.len()).map(|id| by_value(api, id)).collect();
    let mut boxes: Vec<Vec<bool>> = api
        .types
        .iter()
        .map(|def| vec![false; parts(&def.shape).len()])
        .collect();
    let mut state = vec![Walk::New; api.types.len()];
    let mut starts: Vec<usize> = (0..api.types.len()).collect();
    starts.sort_by_key(|id| &api.types[*id].at);
    for start in starts {
        let mut stack = vec![(start, 0)];
        while let Some((id, edge)) = stack.pop() {
            if edge == 0 && std::mem::replace(&mut state[id], Walk::Open) != Walk::New {
                state[id] = Walk::Done;
                continue;
            }
            let Some((member, target)) = edges[id].get(edge) else {
                state[id] = Walk::Done;
                continue;
            };
            stack.push((id, edge + 1));
            match state[target.0] {
                Walk::New => stack.push((target.0, 0)),
                Walk::Open => boxes[id][*member] = true,
                Walk::Done => {}
            }
        }
    }
    boxes
}

#[derive(Clone, Copy, PartialEq)]
enum Walk {
    New,
    Open,
    Done,
}

/// The structs and unions that a definition holds by value, with the member that holds them; aliases are seen through.
fn by_value(api: &Api, id: usize) -> Vec<(usize, TypeId)> {
    let shape = &api.types[id].shape;
    let (Shape::Struct { .. } | Shape::Union { .. }) = shape else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (member, ty) in parts(shape).into_iter().enumerate() {
        let is_rest = matches!(shape, Shape::Struct { fields, .. } if member >= fields.len());
        let mut seen = Vec::new();
        mentions(ty, !is_rest, &mut seen);
        let mut index = 0;
        while let Some((target, by_value)) = seen.get(index).copied() {
            index += 1;
            match &api.types[target.0].shape {
                _ if !by_value => {}
                Shape::Alias(ty) if index <= api.types.len() => mentions(ty, true, &mut seen),
                Shape::Struct { .. } | Shape::Union { .. } => found.push((member, target)),
                Shape::Alias(_) | Shape::Enum { .. } => {}
            }
        }
    }
    found
}
