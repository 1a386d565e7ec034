//! Fields and variants.
//!
//! In: a definition and its uses. Out: a [`Member`] for each field or variant. Not here: names.

use crate::model::api::{Api, Extent, Field, Literal, Scalar, Shape, Ty, Usage};
use crate::model::ty::{non_null, resolve};

/// The plan of a field or a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its type without `null`, which `optionality` covers.
    pub ty: Ty,
    pub optionality: Optionality,
    pub boxed: bool,
    /// The value that the constructor sets: the only possible one of a required field, or the tag of a variant.
    pub preset: Option<Literal>,
}

impl Member {
    /// Returns it as users give it: the constructor boxes it.
    pub fn unboxed(&self) -> Self {
        Self {
            boxed: false,
            ..self.clone()
        }
    }
}

/// The `Option`s around the type of a member. Nullability is decided only here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optionality {
    /// `T`
    Required,
    /// `Option<T>`, always sent: `None` is `null`.
    Nullable,
    /// `Option<T>`, sent if it is `Some`.
    Optional,
    /// `Option<T>` of a type that includes `null`, so `null` is `Some`.
    OptionalAny,
    /// `Option<T>` in a type that no request contains: absent and null are `None`. The object remembers a null, and writes it again.
    Received,
    /// `Option<Option<T>>`: absent, null and a value mean three things.
    OptionalNullable,
}

impl Optionality {
    fn of(api: &Api, ty: &Ty, required: bool, nullable: bool, usage: Usage) -> Self {
        let has_null = || matches!(resolve(api, ty), Ty::Any(_) | Ty::Scalar(Scalar::Null));
        match (required, nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::Nullable,
            (false, true) if !usage.is_sent() => Self::Received,
            (false, true) => Self::OptionalNullable,
            (false, false) if has_null() => Self::OptionalAny,
            (false, false) => Self::Optional,
        }
    }

    /// Returns whether a value must be given.
    pub fn is_required(self) -> bool {
        match self {
            Self::Required | Self::Nullable => true,
            Self::Optional | Self::OptionalAny | Self::Received | Self::OptionalNullable => false,
        }
    }
}

/// Returns the plans of the fields or variants of a definition. `boxes` says which of them are boxed.
pub fn members(api: &Api, shape: &Shape, usage: Usage, boxes: &[bool]) -> Vec<Member> {
    let member = |ty: &Ty, required: bool, boxed: bool| {
        let (inner, nullable) = non_null(ty);
        Member {
            ty: inner.clone(),
            optionality: Optionality::of(api, inner, required, nullable, usage),
            boxed,
            preset: only_value(api, ty).filter(|_| required),
        }
    };
    match shape {
        Shape::Struct { fields, .. } => {
            let fields = fields.iter().zip(boxes);
            let member = |(field, boxed): (&Field, &bool)| {
                let member = member(&field.ty, field.presence.is_required(), *boxed);
                Member {
                    preset: field.tag.clone().or(member.preset),
                    ..member
                }
            };
            fields.map(member).collect()
        }
        Shape::Union { variants, .. } => {
            let variants = variants.iter().zip(boxes);
            let variants = variants.map(|(variant, boxed)| Member {
                preset: None,
                ..member(&variant.ty, true, *boxed)
            });
            variants.collect()
        }
        Shape::Enum { .. } | Shape::Alias(_) => Vec::new(),
    }
}

fn only_value(api: &Api, ty: &Ty) -> Option<Literal> {
    let Ty::Named(id) = resolve(api, ty) else {
        return None;
    };
    match &api.types[id.0].shape {
        Shape::Enum {
            values,
            extent: Extent::Closed,
            ..
        } => match values.as_slice() {
            [only] => Some(only.wire.clone()),
            [] | [_, _, ..] => None,
        },
        Shape::Enum { .. } | Shape::Struct { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}
