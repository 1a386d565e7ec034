//! Conversions of values to the unions that have them as variants.
//!
//! In: a definition, and where it is used. Out: the variants of a union that convert to it. Not here: code.
//!
//! A value that could be two variants has no conversion, and neither has any JSON value. Types of responses have none, because a caller
//! does not make them, and because each costs compile time.

use crate::maps::HashMap;
use crate::model::api::{Api, Scalar, Shape, Ty, TypeId, Usage};
use crate::model::ty::{constant, expand};

/// Returns the indices of the variants that convert.
pub(super) fn of(api: &Api, id: TypeId, usage: Usage) -> Vec<usize> {
    let Shape::Union { variants, .. } = &api.types[id.0].shape else {
        return Vec::new();
    };
    if !usage.is_sent() {
        return Vec::new();
    }
    let held: Vec<Ty> = variants.iter().map(|it| expand(api, &it.ty)).collect();
    let mut counts: HashMap<&Ty, usize> = HashMap::default();
    for ty in &held {
        *counts.entry(ty).or_default() += 1;
    }
    let is_made = |ty: &Ty| match ty {
        Ty::Any(_) | Ty::Nullable(_) | Ty::Scalar(Scalar::Null) => false,
        Ty::Named(held) => *held != id && constant(&api.types[held.0].shape).is_none(),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) => true,
    };
    let all = held.iter().enumerate();
    all.filter(|(_, ty)| is_made(ty) && counts.get(ty) == Some(&1))
        .map(|(index, _)| index)
        .collect()
}
