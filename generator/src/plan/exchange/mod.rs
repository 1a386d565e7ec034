//! A sample exchange for each operation: a request and a reply.
//!
//! In: the [`Api`] and its [`Outline`]. Out: [`Exchanges`], a side table by [`OpId`]. Values come from the examples of the document
//! if their types accept them, and are made up otherwise. Tests send them, and pages show them. Not here: values in Rust or in a
//! shell (`emit`), examples of types (`understand`).
//!
//! An example is used if decoding and encoding reproduce it, even if its schema does not allow it, because the client does not
//! check more either.

pub mod body_parts;
mod fit;
mod make;
mod runtime;
mod sample_reply;
mod target;
mod value;

pub use fit::variant_index;
pub use sample_reply::{SampleContent, SampleReply};
pub use target::pair;

use serde_json::{Map, Value};

use self::fit::fits;
use self::make::{Extent, Hint, Maker, made_reply};
use self::value::is_sendable;
use crate::model::api::{Access, Api, Body, IncomingRequest, Literal, OpId, Presence, Ty};
use crate::model::ty::{fields, non_null, resolve};
use crate::plan::inputs::{BodyInput, Input};
use crate::plan::members::Optionality;
use crate::plan::outline::Outline;

/// The exchanges, by operation.
#[derive(Clone, Debug)]
pub struct Exchanges {
    ops: Vec<Exchange>,
    /// The payloads of webhooks, by index. `None` if a payload is not JSON or cannot be made up.
    webhooks: Vec<Option<Value>>,
}

/// The samples of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exchange {
    /// The request with required values, and with optional ones that have an example. A body has at least one property. `None` if a
    /// required value cannot be made up.
    pub brief: Option<Request>,
    /// The request with all values that can be set.
    pub full: Option<Request>,
    pub reply: SampleReply,
}

/// The values of a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The values by index in [`Op::params`](crate::model::api::Op::params). `None` if a parameter is not sent.
    pub params: Vec<Option<Value>>,
    /// The JSON of the body, if there is one.
    pub body: Option<Value>,
}

impl Exchanges {
    /// Returns the exchange of an operation.
    pub fn op(&self, id: OpId) -> &Exchange {
        &self.ops[id.0]
    }

    /// Returns the payload of a webhook.
    pub fn webhook(&self, index: usize) -> Option<&Value> {
        self.webhooks.get(index)?.as_ref()
    }
}

/// Makes the exchanges of all operations.
pub fn run(api: &Api, outline: &Outline) -> Exchanges {
    let ids = (0..api.ops.len()).map(OpId);
    let webhooks = api.webhooks.requests.iter();
    Exchanges {
        ops: ids.map(|id| exchange(api, outline, id)).collect(),
        webhooks: webhooks
            .map(|it| webhook_payload(api, outline, it))
            .collect(),
    }
}

/// Returns the payload of a webhook: the document's example, else a made-up one.
fn webhook_payload(api: &Api, outline: &Outline, webhook: &IncomingRequest) -> Option<Value> {
    let payload = webhook.payload.as_ref()?;
    let ty = payload.ty.as_ref()?;
    let given = payload.example.as_ref();
    let given = given.filter(|example| fits(api, outline, ty, example));
    given.cloned().or_else(|| made_reply(api, ty))
}

fn exchange(api: &Api, outline: &Outline, id: OpId) -> Exchange {
    let op = &api.ops[id.0];
    let reply = sample_reply::sample_reply(op, |ty, example| {
        let given = example.filter(|example| fits(api, outline, ty, example));
        given.cloned().or_else(|| made_reply(api, ty))
    });
    Exchange {
        brief: request(api, outline, id, Extent::Required),
        full: request(api, outline, id, Extent::Full(1)),
        reply,
    }
}

fn request(api: &Api, outline: &Outline, id: OpId, extent: Extent) -> Option<Request> {
    let op = &api.ops[id.0];
    let mut request = Request::default();
    for (param, ty) in op.params.iter().zip(&outline.op(id).inputs.params) {
        let takes = |value: &Value| fits(api, outline, ty, value) && is_sendable(value);
        let mut given = param.example.as_ref().map(Literal::json);
        // The order of keys has no meaning.
        given.iter_mut().for_each(Value::sort_all_objects);
        let given = given.filter(takes);
        let default = match &param.presence {
            Presence::Default(value) => Some(value.json()).filter(takes),
            Presence::Required | Presence::Optional => None,
        };
        let made =
            || Maker::new(api, Extent::Required).value(ty, Hint::of(&param.wire, &param.doc));
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

/// Returns the body: the document's example, else a made-up one. If the call builds the body from
/// its arguments, it has only their members.
fn body(api: &Api, outline: &Outline, id: OpId, body: &Body, extent: Extent) -> Option<Value> {
    let ty = &body.ty;
    let given = body.example.as_ref();
    let given = given.filter(|example| fits(api, outline, ty, example));
    let mut value = match given {
        Some(given) => given.clone(),
        None => Maker::new(api, extent).value(ty, Hint::of("body", &body.doc))?,
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
                member.preset.is_some() || is_input && can_set(member.optionality, value)
            })
        });
        for (field, member) in fields.iter().zip(&outline.ty(ty).members) {
            if let Some(preset) = &member.preset {
                members.insert(field.wire.clone(), preset.json());
            }
        }
    }
    add_first(api, outline, id, ty, &mut value);
    let says_nothing = value.as_object().is_some_and(Map::is_empty);
    let is_needed = body.presence.is_required() || extent != Extent::Required || !says_nothing;
    (is_needed && body_parts::is_sendable(api, outline, body, &value)).then_some(value)
}

/// Adds the first property that a caller can set to an object without properties, preferably one
/// that is no object itself.
fn add_first(api: &Api, outline: &Outline, id: OpId, ty: &Ty, value: &mut Value) {
    let (Value::Object(members), Ty::Named(ty)) = (value, resolve(api, non_null(ty).0)) else {
        return;
    };
    let plan = outline.op(id);
    let is_spread = matches!(plan.inputs.body, BodyInput::Made(_) | BodyInput::Held(_));
    let is_input = |index| plan.inputs.setters.contains(&Input::Field(*ty, index));
    let fields = fields(&api.types[ty.0].shape);
    let has_others = fields
        .iter()
        .zip(&outline.ty(*ty).members)
        .any(|(field, member)| members.contains_key(&field.wire) && member.preset.is_none());
    if has_others {
        return;
    }
    let optional = fields.iter().enumerate().filter(|(index, field)| {
        let can_be_set = !is_spread || is_input(*index);
        can_be_set
            && field.access != Access::ReadOnly
            && !field.doc.deprecated
            && field.tag.is_none()
    });
    let made = optional.filter_map(|(_, field)| {
        let hint = Hint::of(&field.wire, &field.doc);
        let value = Maker::new(api, Extent::Required).value(&field.ty, hint)?;
        (!value.is_null()).then_some((field, value))
    });
    let made: Vec<_> = made.collect();
    let is_simple = |value: &Value| !value.is_object() && !value.is_array();
    let simple = made.iter().find(|(_, value)| is_simple(value));
    if let Some((field, value)) = simple.or(made.first()) {
        members.insert(field.wire.clone(), value.clone());
    }
}

/// Returns whether a setter accepts a value. It accepts null only if null is a value of the type.
fn can_set(optionality: Optionality, value: &Value) -> bool {
    match optionality {
        Optionality::Required | Optionality::Nullable | Optionality::OptionalAny => true,
        Optionality::Optional | Optionality::Received | Optionality::OptionalNullable => {
            !value.is_null()
        }
    }
}
