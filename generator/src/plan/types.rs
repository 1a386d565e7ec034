//! Plans of definitions.
//!
//! In: the [`Api`], the module of each type. Out: a [`TypePlan`] for each type. Not here: boxes (see `boxes`), names.

use super::boxes;
use super::conversions::{self, Conversions};
use super::decoding::{self, Decoding};
use super::defaults::{self, DefaultValue};
use super::members::{Member, members};
use super::modules::PartId;
use crate::model::api::{Api, NameOrigin, Rest, Role, Shape, TypeId, Usage};
use crate::model::ty::{are_many_texts, is_unnamed};
use crate::model::uses::usages;

/// The plan of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct TypePlan {
    /// The file of the definition; `None` is the main file of the module of types.
    pub part: Option<PartId>,
    /// Whether it has no definition: a constant that is named after its value.
    pub is_unnamed: bool,
    pub usage: Usage,
    /// By index of the field or variant.
    pub members: Vec<Member>,
    pub unnamed: Unnamed,
    pub decoding: Decoding,
    /// What converts to this union.
    pub conversions: Conversions,
    /// The way to give the constructor of a struct what it requires.
    pub constructor: Constructor,
    /// Its default value in the tests of users. Only types that a response may contain have one.
    pub default: Option<DefaultValue>,
}

/// The way to give a constructor what it requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constructor {
    /// As arguments, by position.
    Positional,
    /// As the fields of a struct, by name, because they are many.
    Named,
}

/// The most arguments by position.
const MOST_ARGUMENTS: usize = 5;

/// It depends on required properties only, so an optional one that is added never changes it.
fn constructor(api: &Api, members: &[Member]) -> Constructor {
    let is_argument =
        |member: &&Member| member.optionality.is_required() && member.preset.is_none();
    let arguments = members.iter().filter(is_argument);
    let has_many_texts = are_many_texts(&api.types, arguments.clone().map(|it| &it.ty));
    match arguments.count() > MOST_ARGUMENTS || has_many_texts {
        true => Constructor::Named,
        false => Constructor::Positional,
    }
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
            is_unnamed: is_unnamed(api, &api.types[index]),
            usage,
            constructor: constructor(api, &members),
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
