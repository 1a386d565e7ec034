//! Conversions of values to the unions that have them as variants: `impl From<UserMessage> for Message`.
//!
//! In: a union that requests contain. Out: a table of its conversions. Not here: the union itself (see `definitions`).
//!
//! A value that could be two variants has no conversion, and neither has any JSON value. Types of responses have none, because a caller
//! does not make them, and because each costs compile time.

use crate::emit::EmitCx;
use crate::emit::print::code::code;
use crate::emit::rust::module::{Module, Table};
use crate::emit::rust::ty;
use crate::model::api::{Api, Repr, Scalar, Shape, Ty, TypeId, Variant};
use crate::model::ty::{constant, expand, resolve};

/// Emits the conversions of a union.
pub fn table(module: &mut Module, id: TypeId, variants: &[Variant]) {
    let cx = module.cx();
    let names = cx.names.ty(id);
    let mut table = Table::new("conversions", &names.name);
    for (variant, name) in variants.iter().zip(&names.members) {
        if !is_convertible(cx.api, id, variants, variant) {
            continue;
        }
        if let Ty::Scalar(Scalar::String) = resolve(cx.api, &variant.ty) {
            table.row(&[code!("&str")], name, None);
        }
        let value = ty::plain(module, &variant.ty);
        table.row(&[value], name, None);
    }
    if !table.is_empty() {
        module.runtime("conversions");
        module.table(table);
    }
}

/// Returns whether a value of this type can be made from another one with `into`: a union with conversions, or an enum.
pub fn has_conversions(cx: &EmitCx, ty: &Ty) -> bool {
    let Ty::Named(id) = resolve(cx.api, ty) else {
        return false;
    };
    match &cx.api.types[id.0].shape {
        Shape::Union { variants, .. } => {
            let mut all = variants.iter();
            is_sent(cx, *id) && all.any(|it| is_convertible(cx.api, *id, variants, it))
        }
        shape @ Shape::Enum { repr, .. } => *repr == Repr::String && constant(shape).is_none(),
        Shape::Struct { .. } | Shape::Alias(_) => false,
    }
}

/// Returns whether requests contain a type.
pub fn is_sent(cx: &EmitCx, id: TypeId) -> bool {
    cx.outline.ty(id).usage.is_sent()
}

/// Returns whether what a variant holds converts to the union.
pub fn is_convertible(api: &Api, union: TypeId, variants: &[Variant], variant: &Variant) -> bool {
    let own = expand(api, &variant.ty);
    let is_made = match &own {
        Ty::Any(_) | Ty::Nullable(_) | Ty::Scalar(Scalar::Null) => false,
        Ty::Named(id) => *id != union && constant(&api.types[id.0].shape).is_none(),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) => true,
    };
    let same = variants.iter().filter(|it| expand(api, &it.ty) == own);
    is_made && same.count() == 1
}
