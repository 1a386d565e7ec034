//! Queries about uses of types and about definitions.
//!
//! In: the [`Api`], and a part of it. Out: its properties. Not here: decisions about Rust (see `plan`).

use super::api::{
    Api, Doc, EnumValue, Extent, Field, NameOrigin, Op, Owner, Piece, Repr, Role, Scalar, Shape,
    Tag, Ty, TypeDef, TypeId, UntypedReason,
};
use super::origin::{Origin, Section};

/// Returns a use without the aliases around it.
pub fn resolve<'a>(api: &'a Api, ty: &'a Ty) -> &'a Ty {
    resolve_in(&api.types, ty)
}

/// Like [`resolve`], while the model is built.
fn resolve_in<'a>(types: &'a [TypeDef], ty: &'a Ty) -> &'a Ty {
    let mut at = ty;
    for _ in 0..=types.len() {
        let Ty::Named(id) = at else { return at };
        let Shape::Alias(target) = &types[id.0].shape else {
            return at;
        };
        at = target;
    }
    ty
}

/// Returns a use without aliases at any depth. Two uses are equal if their types in Rust are.
pub fn expand(api: &Api, ty: &Ty) -> Ty {
    match resolve(api, ty) {
        Ty::Scalar(Scalar::UnixTime) => Ty::Scalar(Scalar::I64),
        Ty::Scalar(scalar) => Ty::Scalar(*scalar),
        Ty::Named(id) => Ty::Named(*id),
        Ty::List(item) => Ty::List(Box::new(expand(api, item))),
        Ty::Map(value) => Ty::Map(Box::new(expand(api, value))),
        Ty::Tuple(items) => Ty::Tuple(items.iter().map(|item| expand(api, item)).collect()),
        Ty::Nullable(inner) => Ty::Nullable(Box::new(expand(api, inner))),
        Ty::Any(_) => Ty::Any(UntypedReason::FreeForm),
    }
}

/// Returns a use without its nullability, and whether it has any.
pub fn non_null(ty: &Ty) -> (&Ty, bool) {
    match ty {
        Ty::Nullable(inner) => (inner, true),
        Ty::Scalar(_) | Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => {
            (ty, false)
        }
    }
}

/// The most texts that are positional arguments. Of more, two can be swapped unnoticed.
const MOST_TEXTS: usize = 2;

/// Returns whether these required fields are too many texts to be given by position.
pub fn are_many_texts<'a>(types: &[TypeDef], required: impl Iterator<Item = &'a Ty>) -> bool {
    let is_text = |ty: &&Ty| {
        let ty = resolve_in(types, non_null(ty).0);
        matches!(ty, Ty::Scalar(Scalar::String))
    };
    required.filter(is_text).count() > MOST_TEXTS
}

/// Returns the fields of a struct, or none for other shapes.
pub fn fields(shape: &Shape) -> &[Field] {
    match shape {
        Shape::Struct { fields, .. } => fields,
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => &[],
    }
}

/// Returns the string that a type stands for, which is a constant rather than an enum.
pub fn constant(shape: &Shape) -> Option<&EnumValue> {
    match shape {
        Shape::Enum {
            repr: Repr::String,
            values,
            extent: Extent::Closed,
            null: false,
        } => match values.as_slice() {
            [value] => Some(value),
            [] | [_, _, ..] => None,
        },
        Shape::Enum { .. } | Shape::Struct { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

/// Returns whether a definition is a constant of which the document says no more than its value, or says it where the constant is
/// used. It needs no name.
pub fn is_unnamed(api: &Api, def: &TypeDef) -> bool {
    if constant(&def.shape).is_none_or(|value| value.doc != Doc::default()) {
        return false;
    }
    match &def.name_origin {
        NameOrigin::Under(_, Role::Property(_) | Role::Parameter(_)) => !is_tag_of_base(api, def),
        NameOrigin::Under(..) => def.doc == Doc::default(),
        NameOrigin::Given(_)
        | NameOrigin::Component(_)
        | NameOrigin::View(_)
        | NameOrigin::Errors(_) => false,
    }
}

/// Returns whether a definition is the tag of a base, which unknown subtypes have with another value.
pub fn is_tag_of_base(api: &Api, def: &TypeDef) -> bool {
    let NameOrigin::Under(Owner::Type(owner), Role::Property(_)) = def.name_origin else {
        return false;
    };
    matches!(
        api.types[owner.0].name_origin,
        NameOrigin::Under(_, Role::Base)
    )
}

/// Returns the union of an operation's errors, if their types differ.
pub fn errors_by_status(api: &Api, op: &Op) -> Option<TypeId> {
    let Some(Ty::Named(id)) = &op.errors else {
        return None;
    };
    match &api.types[id.0].shape {
        Shape::Union {
            tag: Tag::Status(_),
            ..
        } => Some(*id),
        Shape::Union { .. } | Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => None,
    }
}

/// Returns the path template as the document writes it.
pub fn path_text(path: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Param(name) => format!("{{{name}}}"),
    };
    path.iter().map(piece).collect()
}

/// Returns the key of the shared parameter, body or response that contains a definition. It is a
/// better name than the first operation that uses it.
pub fn shared_key(def: &TypeDef) -> Option<&str> {
    let (NameOrigin::Under(Owner::Op(_), _), Origin::Shared(section, key)) =
        (&def.name_origin, &def.origin)
    else {
        return None;
    };
    match section {
        Section::Parameters | Section::RequestBodies | Section::Responses => Some(key),
        Section::Callbacks
        | Section::Examples
        | Section::Headers
        | Section::Links
        | Section::MediaTypes
        | Section::PathItems
        | Section::SecuritySchemes => None,
    }
}
