//! Default values of what responses contain, for the tests of users.
//!
//! In: the types and the plans of their members. Out: a [`DefaultValue`] for each type that has one. Not here: constructors of what
//! requests contain.

use super::members::{Member, Optionality};
use crate::model::api::{Api, Scalar, Shape, Tag, Ty, TypeId, Usage};
use crate::model::ty::resolve;

/// The way to a default value of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// Of a struct, member by member, or of an enum, whose first value it is.
    Members,
    /// Of a union: that of the variant with this index.
    Variant(usize),
}

/// The largest tuple that is `Default`.
const LARGEST_TUPLE: usize = 12;

/// Returns the default values of the types that responses contain. A type that has no finite value has none.
pub fn run(api: &Api, members: &[Vec<Member>], usages: &[Usage]) -> Vec<Option<DefaultValue>> {
    let mut depths = Depths {
        api,
        known: vec![None; api.types.len()],
    };
    // Each round reaches the types that contain those of the rounds before.
    while depths.round(members) {}
    let found = |index: usize| {
        depths.known[index]?;
        match &api.types[index].shape {
            Shape::Struct { .. } | Shape::Enum { .. } => Some(DefaultValue::Members),
            Shape::Union { .. } => depths.variant(&members[index]).map(DefaultValue::Variant),
            Shape::Alias(_) => None,
        }
    };
    let is_received = |index: &usize| matches!(usages[*index], Usage::Received | Usage::Both);
    (0..api.types.len())
        .map(|index| Some(index).filter(is_received).and_then(found))
        .collect()
}

/// The number of types around the innermost one in a default value. It grows from a type to those that contain it, so a value that
/// follows it is finite.
struct Depths<'a> {
    api: &'a Api,
    known: Vec<Option<usize>>,
}

impl Depths<'_> {
    /// Returns whether a type got a depth.
    fn round(&mut self, members: &[Vec<Member>]) -> bool {
        let mut found = Vec::new();
        for (index, members) in members.iter().enumerate() {
            if self.known[index].is_none()
                && let Some(depth) = self.of_type(TypeId(index), members)
            {
                found.push((index, depth));
            }
        }
        for (index, depth) in &found {
            self.known[*index] = Some(*depth);
        }
        !found.is_empty()
    }

    fn of_type(&self, id: TypeId, members: &[Member]) -> Option<usize> {
        match &self.api.types[id.0].shape {
            Shape::Struct { .. } => members
                .iter()
                .map(|member| self.of_member(member))
                .try_fold(0, |most, depth| Some(most.max(1 + depth?))),
            Shape::Enum { values, .. } => (!values.is_empty()).then_some(0),
            Shape::Union {
                tag: Tag::Status(_),
                ..
            } => None,
            Shape::Union { .. } => {
                let variant = self.variant(members)?;
                Some(1 + self.of_member(&members[variant])?)
            }
            Shape::Alias(_) => None,
        }
    }

    /// Returns the first variant of those with the smallest default value.
    fn variant(&self, members: &[Member]) -> Option<usize> {
        let depth = |index: &usize| Some((self.of_member(&members[*index])?, *index));
        let depths = (0..members.len()).filter_map(|index| depth(&index));
        depths.min().map(|(_, index)| index)
    }

    fn of_member(&self, member: &Member) -> Option<usize> {
        match member.optionality {
            Optionality::Required => self.of(&member.ty),
            Optionality::Nullable
            | Optionality::Optional
            | Optionality::OptionalAny
            | Optionality::Received
            | Optionality::OptionalNullable => Some(0),
        }
    }

    fn of(&self, ty: &Ty) -> Option<usize> {
        match resolve(self.api, ty) {
            Ty::Scalar(Scalar::File) => None,
            Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => Some(0),
            Ty::Tuple(items) if items.len() > LARGEST_TUPLE => None,
            Ty::Tuple(items) => {
                let mut depths = items.iter().map(|item| self.of(item));
                depths.try_fold(0, |most, depth| Some(most.max(depth?)))
            }
            Ty::Named(id) => self.known[id.0],
        }
    }
}
