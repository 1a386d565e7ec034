//! Whether a value of the document can be a sample of a type.
//!
//! In: a [`Ty`], JSON. Out: whether the emitted type reproduces it. Not here: what a schema allows (see `understand`).

use serde_json::Value;

use crate::model::api::{Api, Rest, Scalar, Shape, Tag, Ty, TypeId, Variant};
use crate::model::ty::resolve;
use crate::plan::outline::Outline;
use crate::plan::types::Unnamed;

/// Returns whether a type decodes a value and reproduces it when it encodes it.
pub(super) fn fits(api: &Api, outline: &Outline, ty: &Ty, value: &Value) -> bool {
    match resolve(api, ty) {
        Ty::Any(_) => true,
        Ty::Scalar(scalar @ (Scalar::F32 | Scalar::F64)) => scalar.holds(value),
        // Tests compare samples with encoded values, and `7.0` is encoded as `7`.
        Ty::Scalar(scalar) => scalar.holds(value) && !value.is_f64(),
        Ty::Nullable(inner) => value.is_null() || fits(api, outline, inner, value),
        Ty::List(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(api, outline, item, value))),
        Ty::Map(entry) => value.as_object().is_some_and(|entries| {
            entries
                .values()
                .all(|value| fits(api, outline, entry, value))
        }),
        Ty::Tuple(items) => value.as_array().is_some_and(|values| {
            let mut pairs = items.iter().zip(values);
            values.len() == items.len() && pairs.all(|(ty, value)| fits(api, outline, ty, value))
        }),
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Struct { .. } => struct_fits(api, outline, *id, value),
            Shape::Enum { values, .. } => values.iter().any(|known| known.wire.json() == *value),
            shape @ Shape::Union { .. } => variant(api, outline, shape, value).is_some(),
            Shape::Alias(_) => false,
        },
    }
}

/// Returns the variant of a union that decodes a value.
pub(super) fn variant<'a>(
    api: &Api,
    outline: &Outline,
    shape: &'a Shape,
    value: &Value,
) -> Option<&'a Variant> {
    let Shape::Union { variants, .. } = shape else {
        return None;
    };
    variants.get(variant_index(api, outline, shape, value)?)
}

/// Returns the index of the variant of a union that decodes a value.
pub fn variant_index(api: &Api, outline: &Outline, shape: &Shape, value: &Value) -> Option<usize> {
    let Shape::Union { tag, variants } = shape else {
        return None;
    };
    variants.iter().position(|variant| {
        is_tagged(tag, variants, variant, value) && fits(api, outline, &variant.ty, value)
    })
}

fn is_tagged(tag: &Tag, variants: &[Variant], variant: &Variant, value: &Value) -> bool {
    match tag {
        Tag::Property(name) => {
            let found = value.get(name).and_then(Value::as_str);
            let takes =
                |variant: &Variant| variant.tags.iter().any(|tag| Some(tag.as_str()) == found);
            match variants.iter().any(takes) {
                true => takes(variant),
                false => variant.is_default,
            }
        }
        Tag::Constant(name) => value
            .get(name)
            .is_some_and(|found| variant.tags.contains(&found.to_string())),
        Tag::ByShape | Tag::Status(_) => true,
    }
}

fn struct_fits(api: &Api, outline: &Outline, id: TypeId, value: &Value) -> bool {
    let (Shape::Struct { fields, rest }, Value::Object(members)) = (&api.types[id.0].shape, value)
    else {
        return false;
    };
    let plan = outline.ty(id);
    let mut known = fields.iter().zip(&plan.members);
    let named = known.all(|(field, member)| match members.get(&field.wire) {
        None => !member.optionality.is_required(),
        Some(value) => fits(api, outline, &field.ty, value),
    });
    let mut others = members
        .iter()
        .filter(|(name, _)| !fields.iter().any(|field| field.wire == **name));
    named
        && match (plan.unnamed, rest) {
            (Unnamed::Refused, _) => others.next().is_none(),
            (Unnamed::Typed, Rest::Typed(ty)) => {
                others.all(|(_, value)| fits(api, outline, ty, value))
            }
            (Unnamed::Kept | Unnamed::Typed, _) => true,
        }
}
