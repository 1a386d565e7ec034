//! The errors of an operation.
//!
//! In: an [`Op`](crate::model::api::Op). Out: the type that its errors are decoded as, and its docs. Not here: definitions.

use crate::emit::EmitCx;
use crate::emit::print::code::code;
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::Module;
use crate::model::api::{OpId, Ty};
use crate::model::ty::errors_by_status;

/// Returns the name of the type of an operation's errors, if it has one.
pub fn decoded<'a>(cx: &EmitCx<'a>, id: OpId) -> Option<&'a str> {
    let name = match (&cx.names.op(id).error, &cx.api.ops[id.0].errors) {
        (Some(name), _) => name,
        (None, Some(Ty::Named(id))) => &cx.names.ty(*id).name,
        (None, Some(_) | None) => return None,
    };
    Some(name.plain())
}

/// The alias of an operation's errors in its module.
pub fn alias(module: &mut Module, id: OpId) {
    let cx = module.cx();
    let (Some(union), Some(name)) = (
        errors_by_status(cx.api, &cx.api.ops[id.0]),
        &cx.names.op(id).error,
    ) else {
        return;
    };
    let link = doc::method(cx, id);
    let mut item = Item::new(&Docs::line(format!("The errors of {link}, by status.")));
    let union = module.import_type(union);
    item.line(code!("pub type ", name, " = ", union, ";"));
    module.item(item);
}

/// The section of a method's docs.
pub fn docs(docs: &mut Docs, cx: &EmitCx, id: OpId) {
    let Some(name) = decoded(cx, id) else { return };
    let target = match &cx.names.op(id).error {
        Some(_) => name.to_owned(),
        None => format!("crate::types::{name}"),
    };
    let link = doc::link(name, &target);
    let text = format!(
        "[`ApiError::decode`](crate::ApiError::decode) reads the body of an error as {link}."
    );
    docs.section("Errors", [text]);
}
