//! Plans of definitions.
//!
//! In: the [`Api`], the module of each type. Out: a [`TypePlan`] for each type. Not here: boxes (see `boxes`), names.

use super::boxes;
use super::conversions::{self, Conversions};
use super::decoding::{self, Decoding};
use super::defaults::{self, DefaultValue};
use super::modules::PartId;
use crate::model::api::{
    Api, Extent, Field, Literal, NameOrigin, Rest, Role, Scalar, Shape, Ty, TypeId, Usage,
};
use crate::model::ty::{non_null, resolve};
use crate::model::uses::usages;

/// The plan of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct TypePlan {
    /// The file of the definition; `None` is the main file of the module of types.
    pub part: Option<PartId>,
    pub usage: Usage,
    /// By index of the field or variant.
    pub members: Vec<Member>,
    pub unnamed: Unnamed,
    pub decoding: Decoding,
    /// What converts to this union.
    pub conversions: Conversions,
    /// Its default value in the tests of users. Only types that a response may contain have one.
    pub default: Option<DefaultValue>,
}

/// The treatment of properties without a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// The document forbids them, and no server sends them.
    Refused,
    Kept,
    /// Kept, with the type that the document gives them.
    Typed,
}

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

/// Returns the plans of all types. `parts` locate each definition.
pub fn run(api: &Api, parts: &[Option<PartId>]) -> Vec<TypePlan> {
    let usages = usages(api);
    let boxes = boxes::run(api);
    let decoding = decoding::run(api, &boxes);
    let members: Vec<Vec<Member>> = (0..api.types.len())
        .map(|index| {
            members(
                api,
                &api.types[index].shape,
                usages[index],
                &boxes[index].members,
            )
        })
        .collect();
    let defaults = defaults::run(api, &members, &usages);
    let plan = |(index, members): (usize, Vec<Member>)| {
        let usage = usages[index];
        let shape = &api.types[index].shape;
        TypePlan {
            part: parts[index],
            usage,
            members,
            unnamed: match is_headers(&api.types[index].name_origin) {
                true => Unnamed::Refused,
                false => unnamed(shape, usage != Usage::Sent),
            },
            decoding: decoding[index],
            conversions: conversions::of(api, TypeId(index), usage),
            default: defaults[index],
        }
    };
    members.into_iter().enumerate().map(plan).collect()
}

fn members(api: &Api, shape: &Shape, usage: Usage, boxes: &[bool]) -> Vec<Member> {
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

/// Returns true for headers. Those that the document does not describe may be secrets, and are in the response.
fn is_headers(name_origin: &NameOrigin) -> bool {
    matches!(name_origin, NameOrigin::Under(_, Role::Headers(..)))
}

fn unnamed(shape: &Shape, may_come_from_a_server: bool) -> Unnamed {
    match shape {
        Shape::Struct {
            rest: Rest::Typed(_),
            ..
        } => Unnamed::Typed,
        Shape::Struct {
            rest: Rest::Closed, ..
        } if !may_come_from_a_server => Unnamed::Refused,
        Shape::Struct { .. } => Unnamed::Kept,
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => Unnamed::Refused,
    }
}
