//! Boxes of fields and variants.
//!
//! In: the types of the [`Api`]. Out: for each type, its size, and a flag by index of the field or variant. Not here: the size of a value
//! (see `layout`), other facts about a member (see `types`), code.
//!
//! A value is boxed for one of three reasons, in this order:
//!
//! 1. It closes a cycle of types that contain each other by value.
//! 2. It may be absent, or is one variant of several, and is larger than [`INLINE`]: all other values would pay for it.
//! 3. Its struct would be larger than [`LARGEST`]. The struct then boxes values until it is not, the largest first: optional
//!    objects, then required ones, then other optional values. Required strings, lists and numbers stay where they are.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::layout::{self, Layout, Sizes};
use crate::model::api::{Api, Field, Rest, Shape, Ty, TypeId, Variant};
use crate::model::ty::{constant, non_null, resolve};
use crate::model::uses::{mentions, parts};

/// The largest optional value or variant that is held in place, in bytes. Clippy's `large_enum_variant` draws the line here.
const INLINE: usize = 200;
/// The largest struct, in bytes. Decoding or moving a value takes a few times its size on the stack.
const LARGEST: usize = 2048;

/// The boxes of a definition.
pub struct Boxes {
    /// By member, true if it is boxed.
    pub members: Vec<bool>,
    /// The size of a value in bytes, with these boxes.
    pub size: usize,
}

/// Returns the boxes of each type.
pub fn run(api: &Api) -> Vec<Boxes> {
    let (mut boxes, order) = cycles(api);
    let paging = paging_fields(api);
    let mut layouts = vec![Layout::POINTER; api.types.len()];
    // Types come after those that they hold by value.
    for id in order {
        let boxed = &mut boxes[id.0];
        let sizes = Sizes {
            api,
            layouts: &layouts,
        };
        layouts[id.0] = match &api.types[id.0].shape {
            Shape::Struct { fields, rest } => {
                let is_fixed = |index| paging.contains(&(id, index));
                structure(&sizes, is_fixed, fields, rest, boxed)
            }
            Shape::Union { variants, .. } => union(&sizes, variants, boxed),
            shape @ Shape::Enum { repr, .. } => {
                layout::enumeration(*repr, constant(shape).is_some())
            }
            // Aliases are transparent.
            Shape::Alias(_) => Layout::POINTER,
        };
    }
    let boxes = boxes.into_iter().zip(layouts);
    boxes
        .map(|(members, Layout { size, .. })| Boxes { members, size })
        .collect()
}

/// Returns the lists of items, whose type the runtime's `Page` fixes.
fn paging_fields(api: &Api) -> BTreeSet<(TypeId, usize)> {
    let pagings = api.ops.iter().filter_map(|op| op.listing.pages());
    let lists = pagings.filter_map(|paging| paging.items.last());
    lists.map(|list| (list.ty, list.index)).collect()
}

fn union(sizes: &Sizes, variants: &[Variant], boxed: &mut [bool]) -> Layout {
    let held = variants.iter().zip(boxed).map(|(variant, boxed)| {
        *boxed |= sizes.value(&variant.ty).size > INLINE;
        sizes.variant(variant, *boxed)
    });
    layout::union(held)
}

fn structure(
    sizes: &Sizes,
    is_fixed: impl Fn(usize) -> bool,
    fields: &[Field],
    rest: &Rest,
    boxed: &mut [bool],
) -> Layout {
    for (field, boxed) in fields.iter().zip(boxed.iter_mut()) {
        *boxed |= is_optional(field) && sizes.value(&field.ty).size > INLINE;
    }
    let layout = |boxed: &[bool]| {
        let fields = fields.iter().zip(boxed);
        let members = fields.map(|(field, boxed)| sizes.field(field, *boxed));
        layout::record(members.chain([layout::rest(rest)]))
    };
    let mut size = layout(boxed).size;
    if size <= LARGEST {
        return layout(boxed);
    }
    let is_candidate = |index: &usize| !boxed[*index] && !is_fixed(*index);
    let mut candidates: Vec<usize> = (0..fields.len()).filter(is_candidate).collect();
    candidates.sort_by_cached_key(|index| {
        let field = &fields[*index];
        let size = sizes.value(&field.ty).size;
        (necessity(sizes.api, field), Reverse(size), &field.wire)
    });
    let mut last = None;
    for index in candidates {
        let field = &fields[index];
        let kind = (necessity(sizes.api, field), sizes.value(&field.ty).size);
        // Fields of one kind and size are all boxed, or none is.
        let fits = size <= LARGEST && last != Some(kind);
        if fits || kind.0 == Necessity::Required {
            break;
        }
        let in_place = sizes.field(field, false).size;
        let saved = in_place.saturating_sub(sizes.field(field, true).size);
        boxed[index] = saved > 0;
        size -= saved;
        last = Some(kind);
    }
    layout(boxed)
}

/// The order in which fields are boxed: the first kind goes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Necessity {
    OptionalObject,
    RequiredObject,
    Optional,
    /// A required string, list or number is never boxed.
    Required,
}

fn necessity(api: &Api, field: &Field) -> Necessity {
    let is_object = match resolve(api, non_null(&field.ty).0) {
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Struct { .. } | Shape::Union { .. } => true,
            Shape::Enum { .. } | Shape::Alias(_) => false,
        },
        Ty::Tuple(_) => true,
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    };
    match (is_object, is_optional(field)) {
        (true, true) => Necessity::OptionalObject,
        (true, false) => Necessity::RequiredObject,
        (false, true) => Necessity::Optional,
        (false, false) => Necessity::Required,
    }
}

/// Returns whether a field is an `Option`.
fn is_optional(field: &Field) -> bool {
    !field.presence.is_required() || non_null(&field.ty).1
}

/// Returns the members that close a cycle of types by value, and the types in an order in which
/// each comes after the types that it holds by value without a box. The depth-first walk follows
/// the order of pointers and keys, so the order of the document has no effect. Lists and maps
/// are pointers already.
fn cycles(api: &Api) -> (Vec<Vec<bool>>, Vec<TypeId>) {
    let edges: Vec<Vec<(usize, TypeId)>> = (0..api.types.len())
        .map(|id| by_value(api, TypeId(id)))
        .collect();
    let mut boxes: Vec<Vec<bool>> = api
        .types
        .iter()
        .map(|def| vec![false; parts(&def.shape).len()])
        .collect();
    let mut order = Vec::with_capacity(api.types.len());
    let mut state = vec![Walk::New; api.types.len()];
    let mut starts: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    starts.sort_by_key(|id| &api.types[id.0].at);
    for start in starts {
        let mut stack = vec![(start, 0)];
        while let Some((id, edge)) = stack.pop() {
            if edge == 0 && state[id.0] != Walk::New {
                continue;
            }
            state[id.0] = Walk::Open;
            let Some((member, target)) = edges[id.0].get(edge) else {
                state[id.0] = Walk::Done;
                order.push(id);
                continue;
            };
            stack.push((id, edge + 1));
            match state[target.0] {
                Walk::New => stack.push((*target, 0)),
                Walk::Open => boxes[id.0][*member] = true,
                Walk::Done => {}
            }
        }
    }
    (boxes, order)
}

#[derive(Clone, Copy, PartialEq)]
enum Walk {
    New,
    Open,
    Done,
}

/// Returns the structs and unions that a definition holds by value, with the member that holds
/// them, in the order of the keys. Aliases are transparent.
fn by_value(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let shape = &api.types[id.0].shape;
    let mut members: Vec<(usize, &Ty)> = match shape {
        Shape::Struct { .. } | Shape::Union { .. } => {
            parts(shape).into_iter().enumerate().collect()
        }
        Shape::Enum { .. } | Shape::Alias(_) => Vec::new(),
    };
    if let Shape::Struct { fields, .. } = shape {
        // Undeclared properties are in a map.
        members.truncate(fields.len());
        members.sort_by_key(|(index, _)| &fields[*index].wire);
    }
    let mut found = Vec::new();
    for (member, ty) in members {
        let mut seen = Vec::new();
        mentions(ty, true, &mut seen);
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
