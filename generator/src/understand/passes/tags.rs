//! Structs that carry their own tags.
//!
//! In: an [`Api`]. Out: the same model. If a single value of the tag selects a struct, the constructor of the struct sets this
//! value, even if the property is optional, is a plain string of a base, or occurs only in the mapping (OpenAPI 3.1.1, 4.8.25).
//! If several values do, the tag remains an argument. The default variant also accepts values with other tags, and its constant
//! preserves these. Not here: the values that select a variant (see `schema/tags`).

use std::collections::BTreeSet;

use crate::maps::IndexMap;
use crate::model::api::{
    Access, Api, Doc, EnumValue, Extent, Field, Literal, NameOrigin, Owner, Presence, Repr, Role,
    Scalar, Shape, Tag, Ty, TypeDef, TypeId, UntypedReason,
};
use crate::model::ty::{non_null, resolve};
use crate::report::Pointer;

/// The values that select each struct, by struct and property.
type Found = IndexMap<(TypeId, String), BTreeSet<String>>;

pub fn run(mut api: Api) -> Api {
    for ((id, property), values) in found(&api) {
        let mut values = values.into_iter();
        if let (Some(value), None) = (values.next(), values.next()) {
            set_tag(&mut api, id, &property, value);
        }
    }
    api
}

fn found(api: &Api) -> Found {
    let mut found = Found::default();
    for def in &api.types {
        let Shape::Union { tag, variants } = &def.shape else {
            continue;
        };
        let (Tag::Property(property) | Tag::Constant(property)) = tag else {
            continue;
        };
        for variant in variants {
            let mut reached = BTreeSet::new();
            reach(api, &variant.ty, &mut reached);
            for id in reached {
                let tags = found.entry((id, property.clone())).or_default();
                tags.extend(variant.tags.iter().cloned());
            }
        }
    }
    found
}

/// Collects the definitions that the tag of a variant selects: its own, or those of a group with the same tag. It ignores the
/// variants of a union that has its own tag.
fn reach(api: &Api, ty: &Ty, found: &mut BTreeSet<TypeId>) {
    let Ty::Named(id) = resolve(api, ty) else {
        return;
    };
    // Unions may contain each other.
    if !found.insert(*id) {
        return;
    }
    if let Shape::Union {
        tag: Tag::ByShape,
        variants,
    } = &api.types[id.0].shape
    {
        for variant in variants {
            reach(api, &variant.ty, found);
        }
    }
}

/// Sets the value of a property that selects a struct.
fn set_tag(api: &mut Api, id: TypeId, property: &str, value: String) {
    let Shape::Struct { fields, .. } = &api.types[id.0].shape else {
        return;
    };
    let Some(index) = fields.iter().position(|field| field.wire == property) else {
        return add_property(api, id, property, value);
    };
    let (inner, nullable) = non_null(&fields[index].ty);
    let tag = match resolve(api, inner) {
        Ty::Scalar(Scalar::String) | Ty::Any(UntypedReason::FreeForm) => {
            let at = fields[index].at.clone();
            let ty = constant(api, id, at, property, &value);
            let ty = match nullable {
                true => Ty::Nullable(Box::new(ty)),
                false => ty,
            };
            replace_type(api, id, index, ty);
            Some(Literal::String(value))
        }
        Ty::Scalar(_) => parse_tag(&value),
        Ty::Named(known) => match &api.types[known.0].shape {
            Shape::Enum { repr, values, .. } => {
                let tag = match repr {
                    Repr::String => Some(Literal::String(value)),
                    Repr::Integer => parse_tag(&value),
                };
                tag.filter(|tag| values.iter().any(|known| known.wire == *tag))
            }
            Shape::Struct { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
        },
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => None,
    };
    if let Shape::Struct { fields, .. } = &mut api.types[id.0].shape {
        fields[index].tag = tag;
    }
}

/// Parses the JSON of a tag that is not a string.
fn parse_tag(json: &str) -> Option<Literal> {
    match json {
        "true" => Some(Literal::Bool(true)),
        "false" => Some(Literal::Bool(false)),
        number => number.parse().ok().map(Literal::Integer),
    }
}

fn replace_type(api: &mut Api, id: TypeId, index: usize, ty: Ty) {
    if let Shape::Struct { fields, .. } = &mut api.types[id.0].shape {
        fields[index].ty = ty;
    }
}

/// Adds a property that only the discriminator mentions. It is optional, because a server may not send it.
fn add_property(api: &mut Api, id: TypeId, property: &str, value: String) {
    let at = api.types[id.0].at.clone();
    let ty = constant(api, id, at.clone(), property, &value);
    if let Shape::Struct { fields, .. } = &mut api.types[id.0].shape {
        fields.push(Field {
            at,
            wire: property.into(),
            name: None,
            ty,
            presence: Presence::Optional,
            doc: Doc::default(),
            access: Access::ReadWrite,
            tag: Some(Literal::String(value)),
        });
    }
}

/// Returns a new definition of a string with a single value.
fn constant(api: &mut Api, id: TypeId, at: Pointer, property: &str, value: &str) -> Ty {
    let made = TypeId(api.types.len());
    api.types.push(TypeDef {
        at,
        origin: api.types[id.0].origin.clone(),
        name_origin: NameOrigin::Under(Owner::Type(id), Role::Property(property.into())),
        doc: Doc::default(),
        shape: Shape::Enum {
            repr: Repr::String,
            values: vec![EnumValue {
                wire: Literal::String(value.into()),
                name: None,
                doc: Doc::default(),
            }],
            extent: Extent::Closed,
            null: false,
        },
    });
    Ty::Named(made)
}
