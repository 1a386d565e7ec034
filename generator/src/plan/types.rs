//! How each definition is written.
//!
//! In: the [`Api`], what its operations reach, the module of each type. Out: a [`TypePlan`] for each type. Not here: which members
//! hold their value in a box (see `boxes`), names.

use super::boxes;
use super::modules::{Home, PartId};
use crate::model::api::{Api, Extent, Field, Presence, Rest, Shape, Ty, Usage};
use crate::model::ty::non_null;
use crate::model::uses::usages;

/// What is known of one definition.
#[derive(Clone, Debug, PartialEq)]
pub struct TypePlan {
    pub home: Home,
    /// `None`: it is in its module's own file.
    pub part: Option<PartId>,
    pub usage: Usage,
    /// By index of the field or variant.
    pub members: Vec<Member>,
    pub unnamed: Unnamed,
}

/// What becomes of properties that have no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// The document rules them out, and no server sends them.
    Refused,
    Kept,
    /// Kept, with the type that the document gives them.
    Typed,
}

/// What is known of a field or a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// It closes a cycle of types by value.
    pub boxed: bool,
    pub form: Form,
    /// It is required and has one possible value.
    pub constant: bool,
}

/// How a field is written in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `T`
    Required,
    /// `Option<T>`
    Optional,
    /// `Option<Option<T>>`: absent, null and a value mean three things.
    Nullable,
}

/// The plans of all types. `homes` and `parts` say where each is defined.
pub fn run(api: &Api, homes: &[Home], parts: &[Option<PartId>]) -> Vec<TypePlan> {
    let usages = usages(api);
    let boxes = boxes::run(api);
    let plan = |index: usize| {
        let usage = usages[index];
        let shape = &api.types[index].shape;
        TypePlan {
            home: homes[index],
            part: parts[index],
            usage,
            members: members(api, shape, &boxes[index]),
            unnamed: unnamed(shape, usage != Usage::Sent),
        }
    };
    (0..api.types.len()).map(plan).collect()
}

fn members(api: &Api, shape: &Shape, boxes: &[bool]) -> Vec<Member> {
    let boxed = |index: usize| boxes.get(index).copied().unwrap_or(false);
    match shape {
        Shape::Struct { fields, .. } => {
            let member = |(index, field): (usize, &Field)| {
                let (_, nullable) = non_null(api, &field.ty);
                let form = match field.presence {
                    Presence::Required => Form::Required,
                    Presence::Optional | Presence::Default(_) if nullable => Form::Nullable,
                    Presence::Optional | Presence::Default(_) => Form::Optional,
                };
                let constant = form == Form::Required && is_constant(api, &field.ty);
                Member {
                    boxed: boxed(index),
                    form,
                    constant,
                }
            };
            fields.iter().enumerate().map(member).collect()
        }
        Shape::Union { variants, .. } => (0..variants.len())
            .map(|index| Member {
                boxed: boxed(index),
                form: Form::Required,
                constant: false,
            })
            .collect(),
        Shape::Enum { .. } | Shape::Alias(_) => Vec::new(),
    }
}

fn is_constant(api: &Api, ty: &Ty) -> bool {
    let Ty::Named(id) = ty else { return false };
    match &api.types[id.0].shape {
        Shape::Enum { values, extent, .. } => values.len() == 1 && *extent == Extent::Closed,
        Shape::Struct { .. } | Shape::Union { .. } | Shape::Alias(_) => false,
    }
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
