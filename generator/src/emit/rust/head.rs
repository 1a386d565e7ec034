//! The signature of a method, for the reference.
//!
//! In: an operation. Out: its arguments and what it returns, as texts. Not here: the method itself (see `operation`).

use crate::emit::EmitCx;
use crate::emit::print::code::{code, generic};
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::{argument, reply};
use crate::model::api::OpId;

/// The signature of a method, for people.
pub struct Head {
    /// Names and types.
    pub arguments: Vec<(String, String)>,
    pub returned: String,
    /// What awaiting a call of its own type gives.
    pub reply: Option<String>,
}

/// Returns the signature of an operation's method.
pub fn head(cx: &EmitCx, id: OpId) -> Head {
    let mut module = Module::new(cx, ModuleFile::Elsewhere, Vec::new());
    let names = cx.names.op(id);
    let arguments = cx
        .outline
        .op(id)
        .inputs
        .arguments
        .iter()
        .filter_map(|input| {
            let name = names.input(*input)?;
            let ty = argument::input(&mut module, id, *input, name).ty;
            Some((name.as_str().to_owned(), ty.text().to_owned()))
        });
    let arguments = arguments.collect();
    let reply = reply::ty(&mut module, id);
    let (returned, reply) = match &names.call {
        Some(name) => (code!(name), Some(reply.text().to_owned())),
        None => (generic("Call", &[reply]), None),
    };
    Head {
        arguments,
        returned: returned.text().to_owned(),
        reply,
    }
}
