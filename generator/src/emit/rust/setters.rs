//! Setters of a struct that requests contain: `User::new("hi").name("Ann")`.
//!
//! In: a struct with its plan. Out: a method for each field that need not be set. Not here: required fields, which the constructor takes,
//! and fields that are only received.

use crate::emit::print::code::{RustCode, assignment, code, signature};
use crate::emit::print::item::Item;
use crate::emit::rust::module::Module;
use crate::emit::rust::ty;
use crate::model::api::{Access, Field, TypeId};
use crate::plan::members::Optionality;
use crate::plan::names::Name;

/// Emits the setters into the `impl` of a struct.
pub fn setters(module: &mut Module, item: &mut Item, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    for (index, (field, member)) in fields.iter().zip(&plan.members).enumerate() {
        let is_open = !member.optionality.is_required() && member.preset.is_none();
        if !is_open || field.access == Access::ReadOnly {
            continue;
        }
        let (name, setter) = (&names.members[index], &names.setters[index]);
        let argument = ty::argument(module, &member.ty, name);
        let parameter = code!(name, ": ", argument.ty);
        let value = ty::stored(member, argument.value);
        method(item, field, &setter.value, vec![parameter], name, value);
        if let (Some(null), Optionality::OptionalNullable) = (&setter.null, member.optionality) {
            method(item, field, null, Vec::new(), name, code!("Some(None)"));
        }
    }
}

fn method(
    item: &mut Item,
    field: &Field,
    setter: &Name,
    parameters: Vec<RustCode>,
    name: &Name,
    value: RustCode,
) {
    let parameters = [vec![code!("mut self")], parameters].concat();
    item.gap();
    item.deprecated(&field.doc);
    item.block(signature(setter, &parameters, "Self"), |item| {
        item.line(assignment(code!("self.", name), value));
        item.line("self");
    });
}
