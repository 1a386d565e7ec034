//! Made-up values of types.
//!
//! In: a [`Ty`], how much of it is wanted. Out: JSON that the emitted type reproduces. Not here: examples of the document.

use serde_json::{Map, Value};

use super::value::is_plain;
use crate::model::api::{Api, Doc, Literal, Scalar, Shape, Tag, Ty, TypeId, Variant};
use crate::model::note::{Bound, Limit, Limits, Note};
use crate::model::ty::{non_null, resolve};

/// The properties of an object that are made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Required,
    /// All properties down to this depth, below that the required ones.
    Full(usize),
}

/// The depth to which replies are shown completely.
const DEPTH: usize = 4;
/// The depth to which groups of variants are searched for their own tags.
const GROUPS: usize = 8;
/// The most values of a sample with optional values,
const SIZE: usize = 400;
/// and of a sample with required values only.
const REQUIRED_SIZE: usize = 10_000;

/// The name and the constraints of a value to make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hint<'a> {
    name: &'a str,
    limits: Option<&'a Limits>,
}

impl<'a> Hint<'a> {
    pub(super) fn of(name: &'a str, doc: &'a Doc) -> Self {
        let limits = doc.notes.iter().find_map(|note| match note {
            Note::Limits(limits) => Some(limits),
            Note::ExternalDocs(_)
            | Note::Scopes(_)
            | Note::Tokens(_)
            | Note::Terms(_)
            | Note::Contact { .. }
            | Note::License { .. }
            | Note::Server { .. } => None,
        });
        Self { name, limits }
    }

    /// Returns the hint for the items of a list, or for the values of a map.
    fn inner(self) -> Self {
        let inner = self.limits.and_then(|limits| limits.inner.as_ref());
        Self {
            limits: inner.map(|(_, remark)| &remark.limits),
            ..self
        }
    }

    /// Returns the hint of the definition if the use itself has none.
    fn defined(self, api: &'a Api, ty: &Ty) -> Self {
        match (ty, self.limits) {
            (Ty::Named(id), None) => Self::of(self.name, &api.types[id.0].doc),
            (_, _) => self,
        }
    }

    /// Returns the limits of the value itself.
    fn own(self) -> impl Iterator<Item = &'a Limit> {
        let own = self.limits.into_iter().flat_map(|limits| &limits.own);
        own.flatten()
    }

    /// `format` of a string.
    fn format(self) -> Option<&'a str> {
        self.own().find_map(Limit::format)
    }
}

impl Hint<'_> {
    /// Returns the number within the document's bounds that is nearest to this one. `step` is how
    /// far it must be from an excluded bound.
    fn within(self, wanted: f64, step: f64) -> f64 {
        let bounds = self.own().filter_map(|limit| match limit {
            Limit::Range { least, most } => Some((least.as_ref(), most.as_ref())),
            Limit::Characters(_)
            | Limit::Pattern(_)
            | Limit::MultipleOf(_)
            | Limit::Items(_)
            | Limit::UniqueItems
            | Limit::Properties(_)
            | Limit::Format(_)
            | Limit::MediaType(_) => None,
        });
        let bound = |bound: Option<&Bound>, step: f64| {
            let bound = bound?;
            let value = bound.value.as_f64()?;
            Some(match bound.is_exclusive {
                true => value + step,
                false => value,
            })
        };
        bounds.fold(wanted, |number, (least, most)| {
            let at_most = bound(most, -step).map_or(number, |most| number.min(most));
            bound(least, step).map_or(at_most, |least| at_most.max(least))
        })
    }
}

/// Returns a made-up reply, complete to the greatest depth that keeps it small enough.
pub(super) fn made_reply(api: &Api, ty: &Ty) -> Option<Value> {
    let extents = (1..=DEPTH).rev().map(Extent::Full);
    extents.chain([Extent::Required]).find_map(|extent| {
        Maker::new(api, extent).value(
            ty,
            Hint {
                name: "value",
                limits: None,
            },
        )
    })
}

/// Makes up values of types.
pub(super) struct Maker<'a> {
    api: &'a Api,
    extent: Extent,
    /// The enclosing definitions, which are not nested again.
    within: Vec<TypeId>,
    left: usize,
}

impl<'a> Maker<'a> {
    pub(super) fn new(api: &'a Api, extent: Extent) -> Self {
        Self {
            api,
            extent,
            within: Vec::new(),
            left: match extent {
                Extent::Full(_) => SIZE,
                Extent::Required => REQUIRED_SIZE,
            },
        }
    }

    /// Returns a value of a type; `None` if there is none of finite size.
    pub(super) fn value(&mut self, ty: &Ty, hint: Hint) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        let hint = hint.defined(self.api, ty);
        match resolve(self.api, ty) {
            Ty::Any(_) => Some(Value::Object(Map::new())),
            Ty::Scalar(scalar) => Some(made_scalar(*scalar, hint)),
            Ty::Nullable(inner) => Some(self.value(inner, hint).unwrap_or_default()),
            Ty::List(item) => Some(Value::Array(
                self.value(item, hint.inner()).into_iter().collect(),
            )),
            Ty::Map(entry) => {
                let entry = self.value(entry, hint.inner());
                let entries = entry.map(|value| ("key".to_owned(), value)).into_iter();
                Some(Value::Object(entries.collect()))
            }
            Ty::Tuple(items) => items.iter().map(|item| self.value(item, hint)).collect(),
            Ty::Named(id) if self.within.contains(id) => None,
            Ty::Named(id) => {
                self.within.push(*id);
                let value = self.defined(*id, hint);
                self.within.pop();
                value
            }
        }
    }

    fn defined(&mut self, id: TypeId, hint: Hint) -> Option<Value> {
        let api = self.api;
        match &api.types[id.0].shape {
            Shape::Struct { fields, .. } => {
                let wanted = match self.extent {
                    Extent::Full(depth) => self.within.len() <= depth,
                    Extent::Required => false,
                };
                let mut members = Map::new();
                for field in fields {
                    let required = field.presence.is_required();
                    if let Some(tag) = &field.tag {
                        members.insert(field.wire.clone(), tag.json());
                    } else if required || (wanted && !field.doc.deprecated) {
                        match self.value(&field.ty, Hint::of(&field.wire, &field.doc)) {
                            Some(value) => drop(members.insert(field.wire.clone(), value)),
                            None if required => return None,
                            None => {}
                        }
                    }
                }
                Some(Value::Object(members))
            }
            Shape::Enum { values, .. } => values.first().map(|value| value.wire.json()),
            Shape::Union { tag, variants } => variants
                .iter()
                .find_map(|variant| self.variant(tag, variant, hint)),
            Shape::Alias(_) => None,
        }
    }

    /// Returns a value of a variant, with the tag that selects it.
    fn variant(&mut self, tag: &Tag, variant: &Variant, hint: Hint) -> Option<Value> {
        let mut value = self.value(&variant.ty, hint)?;
        let text = match tag {
            Tag::Property(property) | Tag::Constant(property) => {
                self.own_tag(&variant.ty, property, &variant.tags, GROUPS)
            }
            Tag::ByShape | Tag::Status(_) => None,
        };
        let text = text.or(variant.tags.first());
        let (property, tag) = match tag {
            Tag::ByShape | Tag::Status(_) => return Some(value),
            Tag::Property(property) => (property, Value::from(text?.as_str())),
            Tag::Constant(property) => (property, serde_json::from_str(text?).ok()?),
        };
        value.as_object_mut()?.insert(property.clone(), tag);
        Some(value)
    }
}

impl Maker<'_> {
    /// Returns the tag that a variant declares itself: several variants may share the tags of a
    /// group.
    fn own_tag<'t>(
        &self,
        ty: &Ty,
        property: &str,
        tags: &'t [String],
        depth: usize,
    ) -> Option<&'t String> {
        let depth = depth.checked_sub(1)?;
        let Ty::Named(id) = resolve(self.api, ty) else {
            return None;
        };
        let fields = match &self.api.types[id.0].shape {
            Shape::Struct { fields, .. } => fields,
            Shape::Union {
                tag: Tag::ByShape,
                variants,
            } => return self.own_tag(&variants.first()?.ty, property, tags, depth),
            Shape::Union { .. } | Shape::Enum { .. } | Shape::Alias(_) => return None,
        };
        let field = fields.iter().find(|field| field.wire == property)?;
        let Ty::Named(id) = resolve(self.api, non_null(&field.ty).0) else {
            return None;
        };
        let Shape::Enum { values, .. } = &self.api.types[id.0].shape else {
            return None;
        };
        let is_declared = |tag: &&String| {
            let mut values = values.iter().map(|value| &value.wire);
            values.any(|value| matches!(value, Literal::String(text) if text == *tag))
        };
        tags.iter().find(is_declared)
    }
}

fn made_scalar(scalar: Scalar, hint: Hint) -> Value {
    match scalar {
        Scalar::String => made_text(hint).into(),
        Scalar::Bool => true.into(),
        Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64 => (hint.within(1.0, 1.0) as i64).into(),
        Scalar::UnixTime => 1_700_000_000.into(),
        Scalar::QuotedI64 | Scalar::QuotedU64 => "1".into(),
        Scalar::F32 | Scalar::F64 => hint.within(1.5, 0.25).into(),
        Scalar::Null => Value::Null,
        Scalar::File => "contents".into(),
    }
}

/// Returns a text of the format, else the name of the value.
fn made_text(hint: Hint<'_>) -> &str {
    match hint.format() {
        Some("date-time") => "2024-01-02T03:04:05Z",
        Some("date") => "2024-01-02",
        Some("time") => "03:04:05Z",
        Some("duration") => "P1D",
        Some("uuid") => "123e4567-e89b-12d3-a456-426614174000",
        Some("uri" | "url" | "iri") => "https://example.com/",
        Some("email" | "idn-email") => "user@example.com",
        Some("hostname" | "idn-hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("byte" | "base64url") => "dmFsdWU=",
        Some(_) | None if is_plain(hint.name) => hint.name,
        Some(_) | None => "value",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Number;

    use super::*;

    #[test]
    fn numbers_are_within_the_bounds() {
        let bound = |value: i64, is_exclusive| {
            let value = Number::from(value);
            Some(Bound {
                value,
                is_exclusive,
            })
        };
        let cases = [
            (None, None, 1.0),
            (bound(0, false), bound(9, false), 1.0),
            (None, bound(0, false), 0.0),
            (None, bound(1, true), 0.0),
            (bound(3600, false), None, 3600.0),
            (bound(1, true), bound(9, false), 2.0),
        ];
        for (least, most, expected) in cases {
            let limits = Limits {
                own: vec![vec![Limit::Range { least, most }]],
                ..Limits::default()
            };
            let hint = Hint {
                name: "n",
                limits: Some(&limits),
            };
            assert_eq!(hint.within(1.0, 1.0), expected, "{limits:?}");
        }
    }
}
