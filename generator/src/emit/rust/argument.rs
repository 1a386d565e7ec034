//! Arguments and setters of an operation.
//!
//! In: an [`Input`] of an [`Op`](crate::model::api::Op). Out: the type of the argument or setter, and the use of the value: a step of
//! the call, or a part of its body. Not here: which inputs are arguments or setters (`plan`), types outside of signatures (`ty`).

use proc_macro2::Literal;

use crate::emit::EmitCx;
use crate::emit::print::code::{Chain, RustCode, array, call, code, generic, string};
use crate::emit::rust::module::Module;
use crate::emit::rust::style;
use crate::emit::rust::ty;
use crate::model::api::{
    Body, BodyContent, Encoding, EncodingStyle, OpId, Param, ParamLocation, ParamStyle, Scalar, Ty,
};
use crate::model::ty::resolve;
use crate::plan::inputs::{Input, may_lack_value};
use crate::plan::names::Name;

/// The use of a value that the caller gives.
pub enum Destination {
    /// A method of `Call` takes it.
    Step(Step),
    /// It becomes part of the body.
    Part(RustCode),
}

/// A method of `Call`.
pub struct Step {
    method: &'static str,
    arguments: Vec<RustCode>,
}

impl Step {
    /// Appends the call of the method.
    pub fn append_to(&self, chain: Chain) -> Chain {
        chain.method(self.method, &self.arguments)
    }
}

/// The argument for an input.
pub struct Argument {
    pub ty: RustCode,
    pub destination: Destination,
}

/// Returns the argument for an input, and the use of its value.
pub fn input(module: &mut Module, id: OpId, input: Input, name: &Name) -> Argument {
    let op = &module.cx().api.ops[id.0];
    match input {
        Input::Param(index) => {
            let ty = &module.cx().outline.op(id).inputs.params[index];
            param(module, &op.params[index], ty, name)
        }
        Input::Body => {
            let ty = op.body.as_ref().map(|body| body_type(module, body, name));
            let step = body_step(module, id, code!(name));
            Argument {
                ty: code!(ty),
                destination: Destination::Step(step),
            }
        }
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
    let api = module.cx().api;
    let link = |method| Chain::of(name).method(method, &[]).end();
    let is_text = |ty| matches!(resolve(api, ty), Ty::Scalar(Scalar::String));
    let (ty, value) = match (resolve(api, inner), param.location) {
        (Ty::Scalar(Scalar::String), ParamLocation::Path) => {
            (generic("impl AsRef", &[code!("str")]), link("as_ref"))
        }
        (
            Ty::Scalar(Scalar::String),
            ParamLocation::Query | ParamLocation::Header | ParamLocation::Cookie,
        ) => (ty::into_string(), link("into")),
        (Ty::List(item), _) if is_text(item) => {
            module.runtime("texts");
            let values = call("texts", &[code!(name)]);
            (ty::items_of(ty::into_string()), values)
        }
        (Ty::List(item), _) => {
            module.runtime("list");
            let values = call("list", &[code!(name)]);
            (ty::items_of(ty::plain(module, item)), values)
        }
        (Ty::Named(_), _) if !may_lack_value(api, param) && module.cx().converts(inner) => {
            (ty::into(ty::plain(module, inner)), link("into"))
        }
        (Ty::Scalar(_) | Ty::Named(_), _) if may_lack_value(api, param) => {
            (ty::into_option(ty::plain(module, inner)), link("into"))
        }
        (
            Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_),
            _,
        ) => (ty::plain(module, inner), code!(name)),
    };
    let wire = string(&param.wire);
    let (usual, styled) = match param.location {
        ParamLocation::Path => ("path", "path_as"),
        ParamLocation::Query => ("query", "query_as"),
        ParamLocation::Header => ("header", "header_as"),
        ParamLocation::Cookie => ("cookie", "cookie_as"),
    };
    let (method, arguments) = match param.style == ParamStyle::of(param.location) {
        true => (usual, vec![wire, value]),
        false => {
            module.runtime("Style");
            (styled, vec![wire, style::constant(&param.style), value])
        }
    };
    Argument {
        ty,
        destination: Destination::Step(Step { method, arguments }),
    }
}

/// Returns the type of a body that is one argument.
fn body_type(module: &mut Module, body: &Body, name: &Name) -> RustCode {
    match body.content {
        BodyContent::Json
        | BodyContent::Form(_)
        | BodyContent::MultipartObject(_)
        | BodyContent::MultipartArray(_) => code!("&", ty::plain(module, &body.ty)),
        BodyContent::JsonLines
        | BodyContent::JsonSequence
        | BodyContent::Text
        | BodyContent::File => ty::argument(module, &body.ty, name).ty,
    }
}

/// Sets the body.
pub fn body_step(module: &mut Module, id: OpId, value: RustCode) -> Step {
    let (method, how) = body_method(module.cx(), id, RustCode::default());
    Step {
        method,
        arguments: how.into_iter().chain([value]).collect(),
    }
}

/// Returns the method of `Call` that sets a body, and what it takes before the value. `path` leads to the module of the operation.
pub fn body_method(cx: &EmitCx, id: OpId, path: RustCode) -> (&'static str, Vec<RustCode>) {
    let Some(body) = &cx.api.ops[id.0].body else {
        return ("json", Vec::new());
    };
    let media_type = body.media_type.as_str();
    let encodings = || match &cx.names.op(id).encodings {
        Some(name) => code!(path, name),
        None => code!("&[]"),
    };
    match &body.content {
        BodyContent::Json if media_type == "application/json" => ("json", Vec::new()),
        BodyContent::Json => ("json_as", vec![string(media_type)]),
        BodyContent::JsonLines => ("json_lines", vec![string(media_type)]),
        BodyContent::JsonSequence => ("json_sequence", vec![string(media_type)]),
        BodyContent::Form(_) => ("form", vec![encodings()]),
        BodyContent::MultipartObject(_) if body.is_form_data() => ("multipart", vec![encodings()]),
        BodyContent::MultipartObject(_) => ("multipart_as", vec![string(media_type), encodings()]),
        BodyContent::MultipartArray(_) => ("parts", vec![string(media_type), encodings()]),
        BodyContent::Text => ("text_body", vec![string(media_type)]),
        // The type of the file takes precedence over a range.
        BodyContent::File if body.range.is_some() => ("file", vec![string("")]),
        BodyContent::File => ("file", vec![string(media_type)]),
    }
}

/// How a property is encoded.
pub fn encoding(encoding: &Encoding) -> RustCode {
    let name = string(&encoding.property);
    let made = match &encoding.style {
        EncodingStyle::Content(media_type) => {
            call("Encoding::content", &[name, string(media_type)])
        }
        EncodingStyle::Exploded => call("Encoding::exploded", &[name]),
        EncodingStyle::Joined(separator) => call(
            "Encoding::joined",
            &[name, code!(Literal::character(*separator))],
        ),
        EncodingStyle::Deep => call("Encoding::deep", &[name]),
    };
    let pair =
        |(name, value): &(String, String)| code!("(", string(name), ", ", string(value), ")");
    let headers: Vec<RustCode> = encoding.headers.iter().map(pair).collect();
    let headers = (!headers.is_empty()).then(|| code!(".headers(&", array(&headers), ")"));
    code!(
        made,
        encoding.allow_reserved.then_some(".reserved()"),
        headers
    )
}
