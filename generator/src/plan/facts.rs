//! What emission has to know about the model and no single definition says: decided here, once.
//!
//! In: the [`Api`]. Out: [`Facts`], side tables by [`TypeId`], [`OpId`] and [`ResourceId`]: who uses a type, where it
//! lives, which fields need a box, what is an argument and what a setter. Not here: names, tokens.

mod commands;
mod files;
mod homes;

use std::collections::BTreeMap;

use crate::model::api::{
    Access, Api, BodyContent, Doc, Extent, Field, HttpMethod, NextPage, Op, OpId, Param,
    ParamPlace, Piece, Presence, Rest, SchemeIndex, Shape, Ty, TypeId, Usage,
};
pub use commands::{Command, CommandBody, Flag, FlagKind};

use super::boxes;
use crate::model::ty::{non_null, path_text};
use crate::model::uses::usages;

/// The side tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    types: Vec<TypeFacts>,
    ops: Vec<OpFacts>,
    resources: Vec<Resource>,
    parts: Vec<Part>,
    /// The resources with a feature of their own.
    featured: Vec<ResourceId>,
    pages: BTreeMap<TypeId, Page>,
}

/// Index of a resource in [`Facts::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// A node of the tree of resources; each becomes a module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// In words of the document, the last is its own.
    pub path: Vec<String>,
    pub doc: Doc,
    pub parent: Option<ResourceId>,
    pub children: Vec<ResourceId>,
    /// Sorted by path and HTTP method, so that the order of the document's keys does not show.
    pub ops: Vec<OpId>,
    /// The types that it uses and no resource elsewhere: its own, and those that resources below it share.
    pub types: Vec<TypeId>,
}

/// The module that defines a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// Used below several of the first resources, or by none.
    Shared,
    /// The deepest resource below which all of its users are.
    Resource(ResourceId),
}

/// Index of a part in [`Facts::parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartId(pub usize);

/// A file with types of a module that has too many for one, or of which some features leave out some.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub home: Home,
    pub gate: Gate,
    /// What its types have in common, in words of the document. Empty: nothing but their module.
    pub words: Vec<String>,
    pub types: Vec<TypeId>,
}

/// Which features of the emitted crate compile something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// It is always there.
    None,
    /// Any of those of these resources.
    Any(Vec<ResourceId>),
    /// The one that turns on all others: no resource needs it.
    All,
}

/// What is known of one definition.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeFacts {
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

/// What is known of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpFacts {
    pub resource: Option<ResourceId>,
    /// What must be given, in order.
    pub arguments: Vec<Input>,
    /// What may be given.
    pub setters: Vec<Input>,
    /// Its security. The schemes of an alternative are members of an object, whose order means nothing.
    pub auth: Vec<Vec<SchemeIndex>>,
    pub body: BodyForm,
    /// The reply is a page, and its type says how to go on.
    pub is_page: bool,
    /// How it is called from a command line.
    pub command: Command,
}

/// How the body of an operation is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyForm {
    #[default]
    None,
    /// As one value.
    Whole,
    /// Made from the arguments.
    Made(TypeId),
    /// Made from the arguments, and held by the call, whose setters change it.
    Held(TypeId),
}

/// How a type is a page of items. Indices are those of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub items: usize,
    /// The field with the cursor of the next page.
    pub next: Option<usize>,
    /// The field that is `false` on the last page.
    pub more: Option<usize>,
}

/// Something that a caller gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Index in [`Op::params`].
    Param(usize),
    /// The body as a whole.
    Body,
    /// Index of a field of a spread body's type.
    Field(TypeId, usize),
}

impl Facts {
    /// The facts of a definition.
    pub fn ty(&self, id: TypeId) -> &TypeFacts {
        &self.types[id.0]
    }

    /// The facts of an operation.
    pub fn op(&self, id: OpId) -> &OpFacts {
        &self.ops[id.0]
    }

    /// How a definition is a page, if it is one.
    pub fn page(&self, id: TypeId) -> Option<&Page> {
        self.pages.get(&id)
    }

    /// The resource with this id.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }

    /// All resources, parents before children.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        self.resources
            .iter()
            .enumerate()
            .map(|(index, resource)| (ResourceId(index), resource))
    }

    /// The resources without a parent.
    pub fn roots(&self) -> impl Iterator<Item = ResourceId> {
        self.resources()
            .filter(|(_, resource)| resource.parent.is_none())
            .map(|(id, _)| id)
    }

    /// The resources with a feature of their own, in their order. None, where a feature would make no difference.
    pub fn featured(&self) -> &[ResourceId] {
        &self.featured
    }

    /// What compiles a resource.
    pub fn gate(&self, id: ResourceId) -> Gate {
        match self.featured.is_empty() {
            true => Gate::None,
            false => Gate::Any(vec![homes::root(&self.resources, id)]),
        }
    }

    /// The part with this id.
    pub fn part(&self, id: PartId) -> &Part {
        &self.parts[id.0]
    }

    /// All parts; those of a module follow each other.
    pub fn parts(&self) -> impl Iterator<Item = (PartId, &Part)> {
        let parts = self.parts.iter().enumerate();
        parts.map(|(index, part)| (PartId(index), part))
    }

    /// The parts of a module.
    pub fn parts_of(&self, home: Home) -> impl Iterator<Item = (PartId, &Part)> {
        let start = self.parts.partition_point(|part| part.home < home);
        let parts = self.parts.iter().enumerate().skip(start);
        parts
            .take_while(move |(_, part)| part.home == home)
            .map(|(index, part)| (PartId(index), part))
    }

    /// The types in the own file of a module.
    pub fn unparted(&self, home: Home) -> Vec<TypeId> {
        let is_here = |id: &TypeId| self.ty(*id).home == home && self.ty(*id).part.is_none();
        match home {
            Home::Shared => (0..self.types.len()).map(TypeId).filter(is_here).collect(),
            Home::Resource(id) => {
                let types = self.resource(id).types.iter().copied();
                types.filter(is_here).collect()
            }
        }
    }
}

/// Computes the side tables.
pub fn run(api: &Api) -> Facts {
    let (mut resources, of_op) = resources(api);
    let reach = homes::run(api, &resources);
    for (index, reach) in reach.iter().enumerate() {
        if let Home::Resource(id) = reach.home() {
            resources[id.0].types.push(TypeId(index));
        }
    }
    let featured = files::featured(&resources);
    let parts = files::parts(api, &resources, &reach, !featured.is_empty());
    let mut part_of = vec![None; api.types.len()];
    for (index, part) in parts.iter().enumerate() {
        for id in &part.types {
            part_of[id.0] = Some(PartId(index));
        }
    }
    let usages = usages(api);
    let boxes = boxes::run(api);
    let types = (0..api.types.len())
        .map(TypeId)
        .map(|id| {
            let usage = usages[id.0];
            TypeFacts {
                home: reach[id.0].home(),
                part: part_of[id.0],
                usage,
                members: members(api, id, &boxes),
                unnamed: unnamed(&api.types[id.0].shape, usage != Usage::Sent),
            }
        })
        .collect::<Vec<_>>();
    let pages = pages(api);
    let ops = api.ops.iter().zip(of_op);
    let ops = ops
        .map(|(op, resource)| op_facts(api, &types, op, resource))
        .collect();
    Facts {
        ops,
        types,
        resources,
        parts,
        featured,
        pages,
    }
}

/// The tree of resources in the order of their paths, and the resource of each operation.
fn resources(api: &Api) -> (Vec<Resource>, Vec<ResourceId>) {
    let mut by_path: BTreeMap<Vec<String>, Resource> = BTreeMap::new();
    for op in &api.ops {
        let path = resource_path(op);
        for length in 1..=path.len() {
            let path = path[..length].to_vec();
            by_path.entry(path.clone()).or_insert_with(|| Resource {
                path,
                ..Resource::default()
            });
        }
    }
    let index: BTreeMap<Vec<String>, ResourceId> = by_path
        .keys()
        .cloned()
        .enumerate()
        .map(|(index, path)| (path, ResourceId(index)))
        .collect();
    let mut list: Vec<Resource> = by_path.into_values().collect();
    for (path, id) in &index {
        if let Some(parent) = index.get(&path[..path.len() - 1]) {
            list[id.0].parent = Some(*parent);
            list[parent.0].children.push(*id);
        }
    }
    for given in &api.resources {
        if let Some(id) = index.get(&given.path) {
            list[id.0].doc = given.doc.clone();
        }
    }
    let of_op: Vec<ResourceId> = api.ops.iter().map(|op| index[&resource_path(op)]).collect();
    for id in sorted_ops(api) {
        list[of_op[id.0].0].ops.push(id);
    }
    (list, of_op)
}

/// An operation on `/` still needs a resource to hang on.
fn resource_path(op: &Op) -> Vec<String> {
    match op.resource.as_slice() {
        [] => vec!["root".into()],
        path => path.to_vec(),
    }
}

fn sorted_ops(api: &Api) -> Vec<OpId> {
    let mut ops: Vec<OpId> = (0..api.ops.len()).map(OpId).collect();
    // Stable: methods that share an operation keep the order in which the document lists them.
    ops.sort_by_cached_key(|id| {
        let op = &api.ops[id.0];
        (path_text(&op.path), method_rank(&op.method), op.id.clone())
    });
    ops
}

fn method_rank(method: &HttpMethod) -> u8 {
    match method {
        HttpMethod::Get => 0,
        HttpMethod::Head => 1,
        HttpMethod::Options => 2,
        HttpMethod::Trace => 3,
        HttpMethod::Query => 4,
        HttpMethod::Post => 5,
        HttpMethod::Put => 6,
        HttpMethod::Patch => 7,
        HttpMethod::Delete => 8,
        HttpMethod::Other(_) => 9,
    }
}

fn members(api: &Api, id: TypeId, boxes: &[Vec<bool>]) -> Vec<Member> {
    let boxed = |index: usize| boxes[id.0].get(index).copied().unwrap_or(false);
    match &api.types[id.0].shape {
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

/// Path parameters come in the order of the path, then what else must be given.
fn op_facts(api: &Api, types: &[TypeFacts], op: &Op, resource: ResourceId) -> OpFacts {
    let place = |param: &Param| match param.place {
        ParamPlace::Path => op
            .path
            .iter()
            .position(|piece| matches!(piece, Piece::Param(name) if *name == param.wire)),
        ParamPlace::Query | ParamPlace::Header | ParamPlace::Cookie => None,
    };
    let is_argument =
        |param: &Param| param.place == ParamPlace::Path || param.presence.is_required();
    let (mut arguments, mut setters): (Vec<usize>, Vec<usize>) =
        (0..op.params.len()).partition(|index| is_argument(&op.params[*index]));
    arguments.sort_by_key(|index| place(&op.params[*index]).unwrap_or(usize::MAX));
    let mut facts = OpFacts {
        resource: Some(resource),
        arguments: arguments.drain(..).map(Input::Param).collect(),
        setters: setters.drain(..).map(Input::Param).collect(),
        auth: auth(api, op),
        body: BodyForm::None,
        is_page: op.paging.is_some(),
        command: Command::default(),
    };
    facts.command = commands::run(api, types, op, &facts);
    let Some(body) = &op.body else { return facts };
    let BodyContent::Json {
        ty,
        spread,
        media_type,
    } = &body.content;
    // A body that the call holds is written as `application/json`.
    let spread = *spread && media_type == "application/json";
    facts.body = BodyForm::Whole;
    match spread_fields(api, ty).filter(|_| spread) {
        Some((id, fields)) => {
            let input = |index: &usize| Input::Field(id, *index);
            let (required, mut optional): (Vec<usize>, Vec<usize>) = (0..fields.len())
                .partition(|index| types[id.0].members[*index].form == Form::Required);
            optional.retain(|index| fields[*index].access != Access::ReadOnly);
            let given = |index: &&usize| !types[id.0].members[**index].constant;
            facts
                .arguments
                .extend(required.iter().filter(given).map(input));
            facts.setters.extend(optional.iter().map(input));
            facts.body = if optional.is_empty() {
                BodyForm::Made(id)
            } else {
                BodyForm::Held(id)
            };
        }
        None if body.presence.is_required() => facts.arguments.push(Input::Body),
        None => facts.setters.push(Input::Body),
    }
    facts
}

/// The types that are pages. Operations that share one agree on it, but for what leads to the next.
fn pages(api: &Api) -> BTreeMap<TypeId, Page> {
    let mut pages: BTreeMap<TypeId, Page> = BTreeMap::new();
    for paging in api.ops.iter().filter_map(|op| op.paging) {
        let (next, more) = match paging.next {
            None => (None, None),
            Some(NextPage::Cursor { from, more, .. }) => (Some(from), more),
        };
        let items = paging.items;
        let page = pages.entry(paging.page);
        let page = page.or_insert(Page { items, next, more });
        (page.next, page.more) = (page.next.or(next), page.more.or(more));
    }
    pages
}

fn auth(api: &Api, op: &Op) -> Vec<Vec<SchemeIndex>> {
    let mut alternatives = op.auth.clone();
    for schemes in &mut alternatives {
        schemes.sort_by_key(|index| &api.schemes[*index].key);
    }
    alternatives
}

/// The struct behind a body that can be spread, and its fields.
fn spread_fields<'a>(api: &'a Api, ty: &Ty) -> Option<(TypeId, &'a [Field])> {
    let Ty::Named(id) = ty else { return None };
    match &api.types[id.0].shape {
        Shape::Struct { fields, .. } => Some((*id, fields)),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}
