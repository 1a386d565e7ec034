//! A sample exchange for each operation: a request and a reply.
//!
//! In: the [`Api`] and its [`Outline`]. Out: [`Exchanges`], a side table by [`OpId`]: values of the document's examples if the
//! types accept them, otherwise made up. Tests send them, pages show them. Not here: values in Rust or in a shell (`emit`),
//! examples of types (`understand`).
//!
//! An example is used if decoding and encoding reproduces it, even if its schema does not allow it, since the client does not
//! check more either.

mod answer;
mod runtime;
mod target;

pub use answer::{Answer, AnswerContent};
pub use target::pair;

use serde_json::{Map, Value};

use crate::model::api::{
    Api, Body, Literal, OpId, Presence, Rest, Scalar, Shape, Tag, Ty, TypeId, Variant,
};
use crate::model::ty::{fields, resolve};
use crate::plan::inputs::{BodyInput, Input};
use crate::plan::outline::Outline;
use crate::plan::types::{Optionality, Unnamed};

/// The exchanges, by operation.
#[derive(Clone, Debug)]
pub struct Exchanges {
    ops: Vec<Exchange>,
}

/// One exchange of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exchange {
    /// Required values, and optional ones with an example. `None`: a required value cannot be made up.
    pub brief: Option<Request>,
    /// With everything that can be set.
    pub full: Option<Request>,
    pub reply: Answer,
}

/// The values of a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// By index in [`Op::params`](crate::model::api::Op::params); `None` if it is not sent.
    pub params: Vec<Option<Value>>,
    /// The JSON of the body, if one is sent.
    pub body: Option<Value>,
}

impl Exchanges {
    /// The exchange of an operation.
    pub fn op(&self, id: OpId) -> &Exchange {
        &self.ops[id.0]
    }
}

/// Makes the exchanges of all operations.
pub fn run(api: &Api, outline: &Outline) -> Exchanges {
    let ids = (0..api.ops.len()).map(OpId);
    Exchanges {
        ops: ids.map(|id| exchange(api, outline, id)).collect(),
    }
}

fn exchange(api: &Api, outline: &Outline, id: OpId) -> Exchange {
    let op = &api.ops[id.0];
    let reply = answer::answer(op, |ty, example| {
        let given = example.filter(|example| fits(api, outline, ty, example));
        given.cloned().or_else(|| made_reply(api, ty))
    });
    Exchange {
        brief: request(api, outline, id, Extent::Required),
        full: request(api, outline, id, Extent::Full(1)),
        reply,
    }
}

/// A made-up reply, complete to the greatest depth that keeps it small enough.
fn made_reply(api: &Api, ty: &Ty) -> Option<Value> {
    let extents = (1..=DEPTH).rev().map(Extent::Full);
    extents
        .chain([Extent::Required])
        .find_map(|extent| Maker::new(api, extent).value(ty, "value"))
}

fn request(api: &Api, outline: &Outline, id: OpId, extent: Extent) -> Option<Request> {
    let op = &api.ops[id.0];
    let mut request = Request::default();
    for (param, ty) in op.params.iter().zip(&outline.op(id).inputs.params) {
        let takes = |value: &Value| fits(api, outline, ty, value) && is_sendable(value);
        let mut given = param.example.as_ref().map(json);
        // The order of keys means nothing.
        given.iter_mut().for_each(Value::sort_all_objects);
        let given = given.filter(takes);
        let default = match &param.presence {
            Presence::Default(value) => Some(json(value)).filter(takes),
            Presence::Required | Presence::Optional => None,
        };
        let made = || Maker::new(api, Extent::Required).value(ty, &param.wire);
        let wanted = param.presence.is_required() || extent != Extent::Required;
        let value = match given {
            None if wanted => default.or_else(made).filter(is_sendable),
            given => given,
        };
        if value.is_none() && param.presence.is_required() {
            return None;
        }
        request.params.push(value);
    }
    if let Some(body) = &op.body {
        request.body = self::body(api, outline, id, body, extent);
        if request.body.is_none() && body.presence.is_required() {
            return None;
        }
    }
    Some(request)
}

/// Returns true if a value can stand in a path, a header and a shell.
fn is_sendable(value: &Value) -> bool {
    let is_plain = |text: &str| {
        !matches!(text, "" | "." | "..")
            && text.len() < 200
            && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
            && text.trim() == text
    };
    match value {
        Value::String(text) => is_plain(text),
        Value::Array(items) => !items.is_empty() && items.iter().all(is_sendable),
        Value::Object(members) => !members.is_empty() && members.values().all(is_sendable),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// The body: the document's example, else a made-up one. If the call makes the body from its arguments, only their members.
fn body(api: &Api, outline: &Outline, id: OpId, body: &Body, extent: Extent) -> Option<Value> {
    let ty = body.json()?;
    let given = body.example.as_ref();
    let given = given.filter(|example| fits(api, outline, ty, example));
    let mut value = match (given, &body.presence, extent) {
        (Some(given), _, _) => given.clone(),
        (None, Presence::Optional | Presence::Default(_), Extent::Required) => return None,
        (None, _, _) => Maker::new(api, extent).value(ty, "body")?,
    };
    let plan = outline.op(id);
    if let (BodyInput::Made(ty) | BodyInput::Held(ty), Value::Object(members)) =
        (plan.inputs.body, &mut value)
    {
        let fields = fields(&api.types[ty.0].shape);
        let inputs = || plan.inputs.arguments.iter().chain(&plan.inputs.setters);
        members.retain(|name, value| {
            let index = fields.iter().position(|field| field.wire == *name);
            index.is_some_and(|index| {
                let member = &outline.ty(ty).members[index];
                let is_input = inputs().any(|input| *input == Input::Field(ty, index));
                member.constant || is_input && can_set(member.optionality, value)
            })
        });
    }
    Some(value)
}

/// Setters take null only if it is a value of the type.
fn can_set(optionality: Optionality, value: &Value) -> bool {
    match optionality {
        Optionality::Required | Optionality::Nullable | Optionality::OptionalAny => true,
        Optionality::Optional | Optionality::OptionalNullable => !value.is_null(),
    }
}

/// A literal as JSON.
pub fn json(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Integer(value) => Value::from(*value),
        Literal::Unsigned(value) => Value::from(*value),
        Literal::Float(value) => Value::from(*value),
        Literal::String(value) => Value::from(value.as_str()),
        Literal::Json(value) => value.clone(),
    }
}

/// Returns true if a type decodes a value and reproduces it when it encodes it.
fn fits(api: &Api, outline: &Outline, ty: &Ty, value: &Value) -> bool {
    match resolve(api, ty) {
        Ty::Any(_) => true,
        Ty::Scalar(scalar @ (Scalar::F32 | Scalar::F64)) => scalar.holds(value),
        // Tests compare samples with encoded values, and `7.0` is encoded as `7`.
        Ty::Scalar(scalar) => scalar.holds(value) && !value.is_f64(),
        Ty::Nullable(inner) => value.is_null() || fits(api, outline, inner, value),
        Ty::List(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(api, outline, item, value))),
        Ty::Map(entry) => value.as_object().is_some_and(|entries| {
            entries
                .values()
                .all(|value| fits(api, outline, entry, value))
        }),
        Ty::Tuple(items) => value.as_array().is_some_and(|values| {
            let mut pairs = items.iter().zip(values);
            values.len() == items.len() && pairs.all(|(ty, value)| fits(api, outline, ty, value))
        }),
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Struct { .. } => struct_fits(api, outline, *id, value),
            Shape::Enum { values, .. } => values.iter().any(|known| json(&known.wire) == *value),
            Shape::Union { tag, variants } => variants.iter().any(|variant| {
                is_tagged(tag, variant, value) && fits(api, outline, &variant.ty, value)
            }),
            Shape::Alias(_) => false,
        },
    }
}

fn is_tagged(tag: &Tag, variant: &Variant, value: &Value) -> bool {
    match tag {
        Tag::Property(name) => {
            let found = value.get(name).and_then(Value::as_str);
            found.map_or(variant.is_default, |found| {
                variant.tags.iter().any(|tag| tag == found)
            })
        }
        Tag::Constant(name) => value
            .get(name)
            .is_some_and(|found| variant.tags.contains(&found.to_string())),
        Tag::ByShape => true,
    }
}

fn struct_fits(api: &Api, outline: &Outline, id: TypeId, value: &Value) -> bool {
    let (Shape::Struct { fields, rest }, Value::Object(members)) = (&api.types[id.0].shape, value)
    else {
        return false;
    };
    let plan = outline.ty(id);
    let mut known = fields.iter().zip(&plan.members);
    let named = known.all(|(field, member)| match members.get(&field.wire) {
        None => !member.optionality.is_required(),
        Some(value) => fits(api, outline, &field.ty, value),
    });
    let mut others = members
        .iter()
        .filter(|(name, _)| !fields.iter().any(|field| field.wire == **name));
    named
        && match (plan.unnamed, rest) {
            (Unnamed::Refused, _) => others.next().is_none(),
            (Unnamed::Typed, Rest::Typed(ty)) => {
                others.all(|(_, value)| fits(api, outline, ty, value))
            }
            (Unnamed::Kept | Unnamed::Typed, _) => true,
        }
}

/// The properties of an object that are made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Required,
    /// All properties down to this depth, below that the required ones.
    Full(usize),
}

/// The depth to which replies are shown completely.
const DEPTH: usize = 4;
/// The most values of a sample with optional values,
const SIZE: usize = 400;
/// and of a sample with required values only.
const REQUIRED_SIZE: usize = 10_000;

/// Makes up values of types.
struct Maker<'a> {
    api: &'a Api,
    extent: Extent,
    /// The enclosing definitions, which are not nested again.
    within: Vec<TypeId>,
    left: usize,
}

impl<'a> Maker<'a> {
    fn new(api: &'a Api, extent: Extent) -> Self {
        Self {
            api,
            extent,
            within: Vec::new(),
            left: match extent {
                Extent::Full(_) => SIZE,
                Extent::Required => REQUIRED_SIZE,
            },
        }
    }

    /// A value of a type; `None` if there is none of finite size. A string has its `name` as its value.
    fn value(&mut self, ty: &Ty, name: &str) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        match resolve(self.api, ty) {
            Ty::Any(_) => Some(Value::Object(Map::new())),
            Ty::Scalar(scalar) => Some(made_scalar(*scalar, name)),
            Ty::Nullable(inner) => Some(self.value(inner, name).unwrap_or_default()),
            Ty::List(item) => Some(Value::Array(self.value(item, name).into_iter().collect())),
            Ty::Map(entry) => {
                let entry = self.value(entry, name);
                let entries = entry.map(|value| ("key".to_owned(), value)).into_iter();
                Some(Value::Object(entries.collect()))
            }
            Ty::Tuple(items) => items.iter().map(|item| self.value(item, name)).collect(),
            Ty::Named(id) if self.within.contains(id) => None,
            Ty::Named(id) => {
                self.within.push(*id);
                let value = self.defined(*id, name);
                self.within.pop();
                value
            }
        }
    }

    fn defined(&mut self, id: TypeId, name: &str) -> Option<Value> {
        let api = self.api;
        match &api.types[id.0].shape {
            Shape::Struct { fields, .. } => {
                let wanted = match self.extent {
                    Extent::Full(depth) => self.within.len() <= depth,
                    Extent::Required => false,
                };
                let mut members = Map::new();
                for field in fields {
                    let required = field.presence.is_required();
                    if required || (wanted && !field.doc.deprecated) {
                        match self.value(&field.ty, &field.wire) {
                            Some(value) => drop(members.insert(field.wire.clone(), value)),
                            None if required => return None,
                            None => {}
                        }
                    }
                }
                Some(Value::Object(members))
            }
            Shape::Enum { values, .. } => values.first().map(|value| json(&value.wire)),
            Shape::Union { tag, variants } => variants
                .iter()
                .find_map(|variant| self.variant(tag, variant, name)),
            Shape::Alias(_) => None,
        }
    }

    /// A value of a variant, with the tag that selects it.
    fn variant(&mut self, tag: &Tag, variant: &Variant, name: &str) -> Option<Value> {
        let mut value = self.value(&variant.ty, name)?;
        let text = variant.tags.first();
        let (property, tag) = match tag {
            Tag::ByShape => return Some(value),
            Tag::Property(property) => (property, Value::from(text?.as_str())),
            Tag::Constant(property) => (property, serde_json::from_str(text?).ok()?),
        };
        value.as_object_mut()?.insert(property.clone(), tag);
        Some(value)
    }
}

fn made_scalar(scalar: Scalar, name: &str) -> Value {
    match scalar {
        Scalar::String => {
            let name = Value::from(name);
            if is_sendable(&name) {
                name
            } else {
                "value".into()
            }
        }
        Scalar::Bool => true.into(),
        Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64 => 1.into(),
        Scalar::UnixTime => 1_700_000_000.into(),
        Scalar::QuotedI64 | Scalar::QuotedU64 => "1".into(),
        Scalar::F32 | Scalar::F64 => 1.5.into(),
        Scalar::Null => Value::Null,
    }
}
