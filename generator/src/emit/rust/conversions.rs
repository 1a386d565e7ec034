//! Conversions of values to the unions that have them as variants: `impl From<UserMessage> for Message`.
//!
//! In: a union. Out: a table of its conversions. Not here: which variants convert (`plan`), the union itself (see `definitions`).

use crate::emit::print::code::code;
use crate::emit::rust::module::{Module, Table};
use crate::emit::rust::ty;
use crate::model::api::{Scalar, Ty, TypeId, Variant};
use crate::model::ty::resolve;

/// Emits the conversions of a union.
pub fn table(module: &mut Module, id: TypeId, variants: &[Variant]) {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let mut table = Table::new("conversions", &names.name);
    let conversions = &cx.outline.ty(id).conversions;
    if conversions.texts {
        table.row(&[code!("&str")], "_", None);
        table.row(&[code!("String")], "_", None);
    }
    for &index in &conversions.variants {
        let (held, name) = (&variants[index].ty, &names.members[index]);
        if let Ty::Scalar(Scalar::String) = resolve(cx.api, held) {
            table.row(&[code!("&str")], name, None);
        }
        let held = ty::plain(module, held);
        table.row(&[held], name, None);
    }
    if !table.is_empty() {
        module.runtime("conversions");
        module.table(table);
    }
}
