//! Shares definitions of equal inline schemas.
//!
//! In: an [`Api`]. Out: the same model with more aliases. Not here: names. Each alias keeps its own name, so that a name does not
//! depend on other equal schemas. Constants without a name need none.
//!
//! Two definitions are equal if they have the same role and the same structure, including the docs and defaults of their members,
//! so that no text is lost. Their own docs may differ if every use repeats them. Members are shared before the definitions that
//! contain them, so definitions that differ only in equal members are shared, too.
//!
//! Bodies, replies, bases, and inline schemas in lists, maps and shared parameters are not shared, and neither are definitions
//! with two views. This pass must run after `views`, which removes properties of the other direction: only then do equal
//! definitions stay equal.

use std::hash::{Hash, Hasher};

use crate::maps::HashMap;
use crate::model::api::{
    Access, Api, Doc, EnumValue, Extent, Field, Literal, NameOrigin, Op, Owner, Presence, Repr,
    Rest, Role, Shape, Tag, Ty, TypeDef, TypeId, Variant,
};
use crate::model::note::Note;
use crate::model::ty::{fields, is_unnamed, shared_key};
use crate::model::uses::{
    UseSite, each_mention, mentions, neighbours, op_types, op_uses, renumber, shape_uses,
    webhook_types,
};

/// Turns all equal definitions except the first into aliases of the first.
pub fn run(mut api: Api) -> Api {
    let alike = alike(&api);
    let mut heads: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    for (index, first) in alike.iter().enumerate() {
        let head = &mut heads[first.0];
        if api.types[index].at < api.types[head.0].at {
            *head = TypeId(index);
        }
    }
    let is_named = |def: &TypeDef| !is_unnamed(&api, def);
    let mut is_alias: Vec<bool> = api.types.iter().map(is_named).collect();
    for (index, first) in alike.into_iter().enumerate() {
        let head = heads[first.0];
        is_alias[index] &= head.0 != index;
        if is_alias[index] {
            api.types[index].shape = Shape::Alias(Ty::Named(head));
        }
    }
    let kept = kept(&api, &is_alias);
    renumber(&mut api, &kept);
    api
}

/// Returns the definitions that remain. The members of a definition that became an alias are removed if nothing else uses them.
fn kept(api: &Api, is_alias: &[bool]) -> Vec<Option<TypeId>> {
    let used = |is_kept: &dyn Fn(TypeId) -> bool| {
        let ids = (0..api.types.len()).map(TypeId).filter(|id| is_kept(*id));
        let in_types = ids.flat_map(|id| {
            neighbours(api, id)
                .into_iter()
                .chain(owner(&api.types[id.0]))
        });
        let in_ops = api.ops.iter().flat_map(|op| op_types(op, |_| true));
        let others = in_ops.chain(webhook_types(&api.webhooks));
        let mut is_used = vec![false; api.types.len()];
        in_types.chain(others).for_each(|id| is_used[id.0] = true);
        for example in &api.examples {
            each_mention(&mut example.ty.clone(), &mut |id| is_used[id.0] = true);
        }
        is_used
    };
    let mut is_used = used(&|_| true);
    loop {
        let fewer = used(&|id| !is_alias[id.0] || is_used[id.0]);
        if fewer == is_used {
            break;
        }
        is_used = fewer;
    }
    let is_kept = |index: usize| !is_alias[index] || is_used[index];
    (0..api.types.len())
        .map(|index| is_kept(index).then_some(TypeId(index)))
        .collect()
}

/// Returns the definition whose name is a part of this one's name.
fn owner(def: &TypeDef) -> Option<TypeId> {
    match def.name_origin {
        NameOrigin::Under(Owner::Type(id), _) | NameOrigin::View(id) => Some(id),
        NameOrigin::Under(Owner::Op(_) | Owner::Webhook(_), _)
        | NameOrigin::Given(_)
        | NameOrigin::Component(_)
        | NameOrigin::Errors(_) => None,
    }
}

/// Returns, for each definition, the first one that is equal.
fn alike(api: &Api) -> Vec<TypeId> {
    let (can_be_shared, is_repeated) = (can_be_shared(api), is_repeated(api));
    let mut alike: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    let mut known: HashMap<DefinitionKey, TypeId> = HashMap::default();
    known.reserve(api.types.len());
    for id in parts_first(api, &can_be_shared) {
        let key = DefinitionKey::new(&api.types[id.0], is_repeated[id.0], &alike);
        if let Some(key) = key {
            alike[id.0] = *known.entry(key).or_insert(id);
        }
    }
    alike
}

fn can_be_shared(api: &Api) -> Vec<bool> {
    let mut can: Vec<bool> = (api.types.iter())
        .map(|def| role(def).is_some() && shared_key(def).is_none())
        .collect();
    for def in &api.types {
        if let NameOrigin::View(of) = def.name_origin {
            can[of.0] = false;
        }
    }
    can
}

/// Returns the role of a definition if it can be shared.
fn role(def: &TypeDef) -> Option<&Role> {
    match &def.name_origin {
        NameOrigin::Under(_, role) => match role {
            Role::Property(_)
            | Role::Parameter(_)
            | Role::Variant(_)
            | Role::Success(_)
            | Role::Headers(..)
            | Role::Error(_) => Some(role),
            Role::Item
            | Role::MapValue
            | Role::Base
            | Role::Body
            | Role::OtherBody(_)
            | Role::Reply
            | Role::Event
            | Role::Callback(_) => None,
        },
        NameOrigin::Given(_)
        | NameOrigin::Component(_)
        | NameOrigin::View(_)
        | NameOrigin::Errors(_) => None,
    }
}

/// Returns these definitions, each after its parts. In a cycle, the smallest pointer decides which one is last, so the order of
/// keys in the document has no effect.
fn parts_first(api: &Api, wanted: &[bool]) -> Vec<TypeId> {
    let at = |id: &TypeId| &api.types[id.0].at;
    let mut starts: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    starts.retain(|id| wanted[id.0]);
    starts.sort_by_key(at);
    let mut order = Vec::with_capacity(starts.len());
    let mut seen = vec![false; api.types.len()];
    // A stack; the flag tells whether the parts have been visited.
    let mut stack: Vec<(TypeId, bool)> = starts.into_iter().rev().map(|id| (id, false)).collect();
    while let Some((id, are_parts_done)) = stack.pop() {
        if are_parts_done {
            order.push(id);
        } else if !std::mem::replace(&mut seen[id.0], true) {
            stack.push((id, true));
            let mut parts = neighbours(api, id);
            parts.retain(|part| wanted[part.0] && !seen[part.0]);
            parts.sort_by_key(at);
            stack.extend(parts.into_iter().rev().map(|part| (part, false)));
        }
    }
    order
}

/// Returns, for each definition, whether all of its uses repeat its doc.
fn is_repeated(api: &Api) -> Vec<bool> {
    let has_text = |def: &TypeDef| {
        def.doc.summary.is_some() || def.doc.description.is_some() || !def.doc.notes.is_empty()
    };
    let mut is_repeated: Vec<bool> = vec![true; api.types.len()];
    let mut used = |ty: &Ty, doc: Option<&Doc>| {
        let mut found = Vec::new();
        mentions(ty, true, &mut found);
        for (id, is_the_value) in found {
            let def = &api.types[id.0];
            let says = |doc: &Doc| {
                (def.doc.summary.is_none() || doc.summary == def.doc.summary)
                    && (def.doc.description.is_none() || doc.description == def.doc.description)
                    && (def.doc.notes.is_empty() || doc.notes == def.doc.notes)
            };
            if has_text(def) && !doc.filter(|_| is_the_value).is_some_and(says) {
                is_repeated[id.0] = false;
            }
        }
    };
    for def in &api.types {
        let fields = fields(&def.shape);
        shape_uses(&def.shape, |site, ty| used(ty, text(site, fields, None)));
    }
    for op in &api.ops {
        op_uses(op, |site, ty| used(ty, text(site, &[], Some(op))));
    }
    is_repeated
}

/// Returns the doc of a use.
fn text<'a>(site: UseSite, fields: &'a [Field], op: Option<&'a Op>) -> Option<&'a Doc> {
    match site {
        UseSite::Field(index) => Some(&fields.get(index)?.doc),
        UseSite::Param(index) => Some(&op?.params.get(index)?.doc),
        UseSite::Body => Some(&op?.body.as_ref()?.doc),
        UseSite::Alias
        | UseSite::Variant(_)
        | UseSite::Rest
        | UseSite::Reply
        | UseSite::Errors
        | UseSite::Headers
        | UseSite::Answer(_)
        | UseSite::Callback(_) => None,
    }
}

/// Definitions with equal keys are equal.
#[derive(PartialEq, Eq, Hash)]
struct DefinitionKey<'a> {
    is_variant: bool,
    role: &'a str,
    /// The doc, or `None` if all uses repeat it.
    text: Option<(&'a Option<String>, &'a Option<String>, &'a [Note])>,
    deprecated: bool,
    looks: Looks<'a>,
}

#[derive(PartialEq, Eq, Hash)]
enum Looks<'a> {
    /// The fields, sorted by name, because their order has no meaning.
    Struct(Vec<FieldKey<'a>>, Rest),
    /// The values, sorted.
    Enum(Repr, Extent, Vec<ValueKey<'a>>),
    Union(&'a Tag, Vec<(&'a str, Ty, &'a [String], bool)>),
    Alias(Ty),
}

#[derive(PartialEq, Eq, Hash)]
struct FieldKey<'a> {
    wire: &'a str,
    name: Option<&'a str>,
    ty: Ty,
    is_required: bool,
    default: Option<Wire<'a>>,
    doc: &'a Doc,
    access: Access,
    tag: Option<Wire<'a>>,
}

#[derive(PartialEq, Eq, Hash)]
struct ValueKey<'a> {
    wire: Wire<'a>,
    name: Option<&'a str>,
    doc: &'a Doc,
}

/// A literal with total equality and a hash, because a document cannot contain NaN.
#[derive(PartialEq)]
struct Wire<'a>(&'a Literal);

impl Eq for Wire<'_> {}

impl Hash for Wire<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0 {
            Literal::Null => {}
            Literal::Bool(value) => value.hash(state),
            Literal::Integer(value) => value.hash(state),
            Literal::Unsigned(value) => value.hash(state),
            // Equal numbers can have different bits: -0.0 and 0.0.
            Literal::Float(value) => (value + 0.0).to_bits().hash(state),
            Literal::String(value) => value.hash(state),
            Literal::Json(value) => value.hash(state),
        }
    }
}

impl<'a> DefinitionKey<'a> {
    fn new(def: &'a TypeDef, is_repeated: bool, alike: &[TypeId]) -> Option<Self> {
        let role = role(def)?;
        let ty = |ty: &Ty| {
            let mut ty = ty.clone();
            each_mention(&mut ty, &mut |id| *id = alike[id.0]);
            ty
        };
        let looks = match &def.shape {
            Shape::Struct { fields, rest } => {
                let field = |field: &'a Field| FieldKey::new(field, ty(&field.ty));
                let mut fields: Vec<FieldKey> = fields.iter().map(field).collect();
                fields.sort_by_key(|field| field.wire);
                let rest = match rest {
                    Rest::Open => Rest::Open,
                    Rest::Closed => Rest::Closed,
                    Rest::Typed(values) => Rest::Typed(ty(values)),
                };
                Looks::Struct(fields, rest)
            }
            Shape::Enum {
                repr,
                values,
                extent,
                // An inline schema never contains null itself.
                null: _,
            } => {
                let mut values: Vec<ValueKey> = values.iter().map(ValueKey::new).collect();
                values.sort_by_key(|value| value.rank());
                Looks::Enum(*repr, *extent, values)
            }
            Shape::Union { tag, variants } => {
                let variant = |variant: &'a Variant| {
                    (
                        variant.name.as_str(),
                        ty(&variant.ty),
                        variant.tags.as_slice(),
                        variant.is_default,
                    )
                };
                Looks::Union(tag, variants.iter().map(variant).collect())
            }
            Shape::Alias(target) => Looks::Alias(ty(target)),
        };
        Some(Self {
            is_variant: matches!(role, Role::Variant(_)),
            role: role.text(),
            text: (!is_repeated).then_some((
                &def.doc.summary,
                &def.doc.description,
                def.doc.notes.as_slice(),
            )),
            deprecated: def.doc.deprecated,
            looks,
        })
    }
}

impl<'a> FieldKey<'a> {
    fn new(field: &'a Field, ty: Ty) -> Self {
        let default = match &field.presence {
            Presence::Required | Presence::Optional => None,
            Presence::Default(literal) => Some(Wire(literal)),
        };
        Self {
            wire: &field.wire,
            name: field.name.as_deref(),
            ty,
            is_required: field.presence.is_required(),
            default,
            doc: &field.doc,
            access: field.access,
            tag: field.tag.as_ref().map(Wire),
        }
    }
}

impl<'a> ValueKey<'a> {
    fn new(value: &'a EnumValue) -> Self {
        Self {
            wire: Wire(&value.wire),
            name: value.name.as_deref(),
            doc: &value.doc,
        }
    }

    /// Returns the sort key of an enum's value, which is a string or an integer.
    fn rank(&self) -> (i128, &'a str) {
        match self.wire.0 {
            Literal::String(text) => (0, text),
            Literal::Integer(number) => (i128::from(*number), ""),
            Literal::Unsigned(number) => (i128::from(*number), ""),
            Literal::Null | Literal::Bool(_) | Literal::Float(_) | Literal::Json(_) => (0, ""),
        }
    }
}
