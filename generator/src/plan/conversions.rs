//! Conversions of values to the unions that have them as variants.
//!
//! In: a definition, and where it is used. Out: the variants of a union that convert to it. Not here: code.
//!
//! A value that could be two variants has no conversion, and neither has any JSON value. A text that could be several is the one
//! that has it among its values. Types of responses have none, because a caller does not make them, and because each costs compile
//! time.

use crate::maps::HashMap;
use crate::model::api::{Api, Repr, Scalar, Shape, Tag, Ty, TypeId, Usage};
use crate::model::ty::{constant, expand};

/// The values that convert to a union.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversions {
    /// The indices of the variants that convert.
    pub variants: Vec<usize>,
    /// Whether a text converts, although no variant is any text: enums have it among their values.
    pub texts: bool,
}

impl Conversions {
    pub fn is_empty(&self) -> bool {
        self.variants.is_empty() && !self.texts
    }
}

/// Returns what converts to a definition.
pub(super) fn of(api: &Api, id: TypeId, usage: Usage) -> Conversions {
    let Shape::Union { variants, .. } = &api.types[id.0].shape else {
        return Conversions::default();
    };
    if !usage.is_sent() {
        return Conversions::default();
    }
    let held: Vec<Ty> = variants.iter().map(|it| expand(api, &it.ty)).collect();
    Conversions {
        variants: convertible(api, id, &held),
        texts: !held.contains(&Ty::Scalar(Scalar::String))
            && takes_text(api, &Ty::Named(id), NESTED),
    }
}

/// The depth of unions in unions up to which variants for texts are found.
const NESTED: usize = 8;

/// Returns whether a text is a value of a type, because of its values or because it takes any text.
fn takes_text(api: &Api, ty: &Ty, depth: usize) -> bool {
    match expand(api, ty) {
        Ty::Scalar(scalar) => scalar == Scalar::String,
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Enum { repr, .. } => *repr == Repr::String,
            Shape::Union { tag, variants } => {
                let mut held = variants.iter().map(|it| &it.ty);
                *tag == Tag::ByShape && depth > 0 && held.any(|ty| takes_text(api, ty, depth - 1))
            }
            Shape::Struct { .. } | Shape::Alias(_) => false,
        },
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    }
}

/// Returns the indices of the variants that convert.
fn convertible(api: &Api, id: TypeId, held: &[Ty]) -> Vec<usize> {
    let mut counts: HashMap<&Ty, usize> = HashMap::default();
    for ty in held {
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
