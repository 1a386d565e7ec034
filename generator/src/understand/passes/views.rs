//! `readOnly` and `writeOnly`: separate types for requests and responses if they are necessary.
//!
//! In: an [`Api`]. Out: the same model, in which no definition requires a property in a direction that excludes it. Not here:
//! names (a second view is a [`NameOrigin::View`]), the fields in Rust.
//!
//! OpenAPI 3.0.3, 4.7.24.1: a `readOnly` property "SHOULD NOT be sent as part of the request", and if it is required, "the
//! required will take effect on the response only". For `writeOnly`, it is the other way round. Therefore:
//!
//! - a definition that is only sent or only received does not have the properties of the other direction;
//! - a definition that is sent and received has one view if none of its marked properties is required. These are optional;
//! - any other definition that is sent and received has two views, and so do those that contain it: the original is received, the
//!   new one is sent;
//! - in a definition that no operation uses, marked properties are optional.

use crate::maps::IndexSet;
use crate::model::api::{
    Access, Api, Direction, Field, NameOrigin, Presence, Rest, Shape, Tag, Ty, TypeDef, TypeId,
    Usage,
};
use crate::model::uses::{each_mention, neighbours, op_uses_mut, shape_uses_mut, usages};

/// Adapts the properties of each definition to the directions in which it is used.
pub fn run(mut api: Api) -> Api {
    let mut usages = usages(&api);
    mark_tags(&mut api);
    let views = split(&mut api, &mut usages);
    for (def, usage) in api.types.iter_mut().zip(&usages) {
        match usage {
            Usage::Sent => {
                leave_out(&mut def.shape, Access::ReadOnly);
                shape_uses_mut(&mut def.shape, |_, ty| redirect(ty, &views));
            }
            Usage::Received => leave_out(&mut def.shape, Access::WriteOnly),
            Usage::Unused => loosen(&mut def.shape),
            Usage::Both => {}
        }
    }
    for example in &mut api.examples {
        match example.direction {
            Direction::Sent => redirect(&mut example.ty, &views),
            Direction::Received => {}
        }
    }
    for op in &mut api.ops {
        op_uses_mut(op, |site, ty| match site.direction() {
            Some(Direction::Sent) => redirect(ty, &views),
            Some(Direction::Received) | None => {}
        });
    }
    api
}

/// Removes `readOnly` and `writeOnly` from tags, because both directions need them.
fn mark_tags(api: &mut Api) {
    for index in 0..api.types.len() {
        let Shape::Union {
            tag: Tag::Property(property) | Tag::Constant(property),
            ..
        } = &api.types[index].shape
        else {
            continue;
        };
        let property = property.clone();
        for id in variants(api, TypeId(index)) {
            if let Shape::Struct { fields, .. } = &mut api.types[id.0].shape
                && let Some(tag) = fields.iter_mut().find(|field| field.wire == property)
            {
                tag.access = Access::ReadWrite;
            }
        }
    }
}

/// Returns the definitions that the values of a union are decoded as, through aliases and groups of variants.
fn variants(api: &Api, union: TypeId) -> IndexSet<TypeId> {
    let mut found = IndexSet::from_iter([union]);
    let mut index = 0;
    while let Some(&id) = found.get_index(index) {
        index += 1;
        match &api.types[id.0].shape {
            Shape::Alias(_) | Shape::Union { .. } => {
                found.extend(neighbours(api, id));
            }
            Shape::Struct { .. } | Shape::Enum { .. } => {}
        }
    }
    found
}

/// Adds a second view of each definition that needs one. Returns the view of each definition.
fn split(api: &mut Api, usages: &mut Vec<Usage>) -> Vec<Option<TypeId>> {
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut next: Vec<TypeId> = Vec::new();
    for id in (0..api.types.len()).map(TypeId) {
        if usages[id.0] == Usage::Both {
            neighbours(api, id)
                .into_iter()
                .for_each(|held| holders[held.0].push(id));
            if differs(&api.types[id.0].shape) {
                next.push(id);
            }
        }
    }
    let mut needs = vec![false; api.types.len()];
    while let Some(id) = next.pop() {
        if !std::mem::replace(&mut needs[id.0], true) {
            next.append(&mut holders[id.0]);
        }
    }
    let mut views = vec![None; api.types.len()];
    for id in (0..needs.len()).map(TypeId).filter(|id| needs[id.0]) {
        views[id.0] = Some(TypeId(api.types.len()));
        api.types.push(TypeDef {
            name_origin: NameOrigin::View(id),
            ..api.types[id.0].clone()
        });
        usages[id.0] = Usage::Received;
        usages.push(Usage::Sent);
    }
    views
}

fn differs(shape: &Shape) -> bool {
    let Shape::Struct { fields, .. } = shape else {
        return false;
    };
    fields.iter().any(is_required_one_way)
}

fn is_required_one_way(field: &Field) -> bool {
    field.presence.is_required() && field.access != Access::ReadWrite
}

/// Removes the properties of the other direction. If a server sends one anyway, it is an unknown property.
fn leave_out(shape: &mut Shape, gone: Access) {
    let Shape::Struct { fields, rest } = shape else {
        return;
    };
    let before = fields.len();
    fields.retain(|field| field.access != gone);
    if fields.len() < before && *rest == Rest::Closed {
        *rest = Rest::Open;
    }
}

/// Makes the required properties of a single direction optional.
fn loosen(shape: &mut Shape) {
    let Shape::Struct { fields, .. } = shape else {
        return;
    };
    let marked = fields.iter_mut().filter(|field| is_required_one_way(field));
    marked.for_each(|field| field.presence = Presence::Optional);
}

/// Replaces definitions by their views for requests.
fn redirect(ty: &mut Ty, views: &[Option<TypeId>]) {
    each_mention(ty, &mut |id| {
        if let Some(view) = views.get(id.0).copied().flatten() {
            *id = view;
        }
    });
}
