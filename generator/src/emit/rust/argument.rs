//! Arguments and setters of an operation.
//!
//! In: an [`Input`] of an [`Op`]. Out: the type of the argument or setter, and the use of the value: a step of the call, or a
//! part of its body. Not here: which inputs are arguments or setters (`plan`), types outside of signatures (`ty`).

use proc_macro2::Literal;

use crate::emit::print::code::{Chain, Code, call, code, generic, string};
use crate::emit::rust::module::Module;
use crate::emit::rust::ty;
use crate::model::api::{BodyContent, Op, OpId, Param, ParamLocation, ParamStyle, Scalar, Ty};
use crate::model::ty::resolve;
use crate::plan::inputs::Input;
use crate::plan::names::Name;

/// The use of a value that the caller gives.
pub enum Destination {
    /// A method of `Call` takes it.
    Step(Step),
    /// It becomes part of the body.
    Part(Code),
}

/// A method of `Call`.
pub struct Step {
    method: &'static str,
    arguments: Vec<Code>,
}

impl Step {
    /// Calls it.
    pub fn on(&self, chain: Chain) -> Chain {
        chain.method(self.method, &self.arguments)
    }
}

/// The argument for an input.
pub struct Argument {
    pub ty: Code,
    pub destination: Destination,
}

/// The argument for an input, and the use of its value.
pub fn input(module: &mut Module, id: OpId, input: Input, name: &Name) -> Argument {
    let op = &module.cx().api.ops[id.0];
    match input {
        Input::Param(index) => {
            let ty = &module.cx().outline.op(id).inputs.params[index];
            param(module, &op.params[index], ty, name)
        }
        Input::Body => Argument {
            ty: code!("&", body_ty(op).map(|ty| ty::plain(module, ty))),
            destination: Destination::Step(body_step(op, code!(name))),
        },
        Input::Field(id, index) => {
            let member = &module.cx().outline.ty(id).members[index];
            let argument = ty::member_argument(module, member, name);
            // A required member goes to the body's `new`, which converts it.
            let value = match member.optionality.is_required() {
                true => code!(name),
                false => argument.value,
            };
            Argument {
                ty: argument.ty,
                destination: Destination::Part(value),
            }
        }
    }
}

fn param(module: &mut Module, param: &Param, inner: &Ty, name: &Name) -> Argument {
    let is_path = param.location == ParamLocation::Path;
    let (method, ty, value) = match param.style {
        ParamStyle::Plain => {
            let is_text = matches!(resolve(module.cx().api, inner), Ty::Scalar(Scalar::String));
            let link = |method| Chain::of(name).method(method, &[]).end();
            let (ty, value) = match (is_text, is_path) {
                (true, true) => (generic("impl AsRef", &[code!("str")]), link("as_ref")),
                (true, false) => (ty::into_string(), link("into")),
                (false, true) => (ty::plain(module, inner), code!("&", link("to_string"))),
                (false, false) => (ty::plain(module, inner), code!(name)),
            };
            (setter(param.location), ty, value)
        }
        ParamStyle::Repeated => {
            let (ty, values) = list(module, inner, name);
            ("query_list", ty, values)
        }
        ParamStyle::Joined(separator) => {
            module.runtime("joined");
            let (ty, values) = list(module, inner, name);
            let joined = call("joined", &[code!(Literal::character(separator)), values]);
            let reference = is_path.then_some("&");
            (setter(param.location), ty, code!(reference, joined))
        }
    };
    let arguments = vec![string(&param.wire), value];
    Argument {
        ty,
        destination: Destination::Step(Step { method, arguments }),
    }
}

/// A list whose items can be written as text.
fn list(module: &mut Module, ty: &Ty, name: &Name) -> (Code, Code) {
    let api = module.cx().api;
    let item = match resolve(api, ty) {
        Ty::List(item) => item,
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            ty
        }
    };
    match resolve(api, item) {
        Ty::Scalar(Scalar::String) => {
            let into = code!(generic("Into::", &[code!("String")]), "::into");
            let values = Chain::of(name).method("into_iter", &[]);
            let values = values.method("map", &[into]).end();
            (ty::items_of(ty::into_string()), values)
        }
        Ty::Scalar(_)
        | Ty::Named(_)
        | Ty::List(_)
        | Ty::Map(_)
        | Ty::Tuple(_)
        | Ty::Nullable(_)
        | Ty::Any(_) => (ty::items_of(ty::plain(module, item)), code!(name)),
    }
}

fn setter(place: ParamLocation) -> &'static str {
    match place {
        ParamLocation::Path => "path",
        ParamLocation::Query => "query",
        ParamLocation::Header => "header",
        ParamLocation::Cookie => "cookie",
    }
}

fn body_ty(op: &Op) -> Option<&Ty> {
    op.body.as_ref()?.json()
}

/// Sets the body.
pub fn body_step(op: &Op, value: Code) -> Step {
    match op.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::Json { media_type, .. }) if media_type != "application/json" => Step {
            method: "json_as",
            arguments: vec![string(media_type), value],
        },
        Some(BodyContent::Json { .. }) | None => Step {
            method: "json",
            arguments: vec![value],
        },
    }
}
