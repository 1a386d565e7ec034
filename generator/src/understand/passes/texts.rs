//! Copies the docs of aliases and enums to their uses.
//!
//! In: the [`Api`]. Out: the same model, in which a use without a doc has that of its type. Not here: wording.
//!
//! Objects and unions have their docs under their own names.

use crate::model::api::{Api, Doc, Shape, Ty, TypeDef, TypeId};

/// Copies the docs of types to fields and parameters.
pub fn run(mut api: Api) -> Api {
    for index in 0..api.types.len() {
        let mut shape = std::mem::replace(
            &mut api.types[index].shape,
            Shape::Alias(Ty::Named(TypeId(index))),
        );
        if let Shape::Struct { fields, .. } = &mut shape {
            for field in fields {
                complete(&api.types, &mut field.doc, &field.ty);
            }
        }
        api.types[index].shape = shape;
    }
    for param in api.ops.iter_mut().flat_map(|op| &mut op.params) {
        complete(&api.types, &mut param.doc, &param.ty);
    }
    api
}

fn complete(types: &[TypeDef], doc: &mut Doc, ty: &Ty) {
    if !is_silent(doc) {
        return;
    }
    if let Some(text) = text(types, ty) {
        doc.summary.clone_from(&text.summary);
        doc.description.clone_from(&text.description);
        for note in &text.notes {
            if !doc.notes.contains(note) {
                doc.notes.push(note.clone());
            }
        }
    }
}

fn is_silent(doc: &Doc) -> bool {
    doc.summary.is_none() && doc.description.is_none()
}

/// Returns the doc of a type, through aliases.
fn text<'a>(types: &'a [TypeDef], ty: &Ty) -> Option<&'a Doc> {
    let mut ty = ty;
    for _ in 0..=2 * types.len() {
        let id = match ty {
            Ty::Nullable(inner) => {
                ty = inner;
                continue;
            }
            Ty::Named(id) => *id,
            Ty::List(_) | Ty::Scalar(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => return None,
        };
        let def = &types[id.0];
        let text = Some(&def.doc).filter(|doc| !is_silent(doc));
        match &def.shape {
            Shape::Alias(target) if text.is_none() => ty = target,
            Shape::Alias(_) | Shape::Enum { .. } => return text,
            Shape::Struct { .. } | Shape::Union { .. } => return None,
        }
    }
    None
}
