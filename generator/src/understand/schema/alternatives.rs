//! The alternatives of a union, each combined with the constraints of the union itself.
//!
//! In: merged constraints with a union among them. Out: [`Alternative`]s, and the kinds of variants that were left out. Not here:
//! how values select an alternative (see `tags` and `union`).

use super::cx::Cx;
use super::keys::{Key, KeyPart};
use super::merge::{merged, variants};
use super::merged::{Additional, Merged, UnionOf};
use super::scalar::{self, plain_scalar};
use super::sketch::Alternative;
use super::uses::{used, without_empty};
use crate::document::{JsonType, Pos};
use crate::maps::HashSet;
use crate::report::Code;

/// Returns whether the variants only require or forbid properties.
pub fn only_constrains(cx: &mut Cx, union: &UnionOf, whole: &Merged) -> bool {
    let mut some_required = !whole.properties.is_empty();
    for &variant in &union.variants {
        let Some(key) = used(cx, &[variant]).key else {
            return false;
        };
        let all = merged(cx, &key);
        let bare = all.kind.is_none_or(|kind| kind == JsonType::Object)
            && all.properties.is_empty()
            && all.values.is_none()
            && all.unions.is_empty()
            && all.items.is_none()
            && !matches!(all.additional, Additional::Typed(_));
        if !bare {
            return false;
        }
        some_required |= !all.required.is_empty();
    }
    some_required
}

/// Returns the key without its first union, even if several parts have the same union.
pub fn without_first_union(cx: &mut Cx, key: &Key) -> Key {
    let mut parts = key.parts().into_owned();
    let mut first: Option<Vec<Pos>> = None;
    for part in &mut parts {
        let own = merged(cx, &Key::One(part.pos));
        let Some(union) = own.unions.get(part.skip) else {
            continue;
        };
        let variants = variants(cx, union);
        if *first.get_or_insert_with(|| variants.clone()) == variants {
            part.skip += 1;
        }
    }
    Key::all(parts)
}

/// Returns the number of combinations of variants that a value can match. If it exceeds `limit`, the number may be too high.
pub fn combinations(cx: &mut Cx, key: &Key, all: &Merged, limit: usize) -> usize {
    let product = |unions: &[UnionOf]| -> usize {
        let sizes = unions.iter().map(|union| union.variants.len().max(1));
        sizes.fold(1, usize::saturating_mul)
    };
    let whole = product(&all.unions);
    let Some((pair @ [first, second], others)) = all.unions.split_first_chunk() else {
        return whole;
    };
    if whole <= limit || product(pair) > MAX_PAIRS {
        return whole;
    }
    let base = without_first_union(cx, key);
    let base = without_first_union(cx, &base);
    let mut pairs = 0;
    for &one in &first.variants {
        for &two in &second.variants {
            let ends = [used(cx, &[one]).key, used(cx, &[two]).key];
            let mut parts = base.parts().into_owned();
            let ends = ends.into_iter().flatten();
            parts.extend(ends.map(|end| KeyPart {
                pos: end.at(),
                skip: 0,
            }));
            let pair = without_empty(cx, parts);
            pairs += usize::from(possible(cx, &pair));
        }
    }
    pairs.saturating_mul(product(others))
}

/// The maximum number of pairs of variants that are compared.
const MAX_PAIRS: usize = 4096;

/// The kinds of variants that were left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct LeftOut {
    pub null: bool,
    pub anything: bool,
    pub broken: bool,
    /// A variant that the constraints of the union exclude.
    pub impossible: bool,
}

/// Returns the variants without duplicates, each combined with the constraints of the union.
pub fn alternatives(
    cx: &mut Cx,
    key: &Key,
    all: &Merged,
    union: &UnionOf,
) -> (Vec<Alternative>, LeftOut) {
    let shared = !all.properties.is_empty()
        || all.unions.len() > 1
        || all.items.is_some()
        || !all.required.is_empty();
    let base = without_first_union(cx, key);
    let kind = kind_around(cx, all, union);
    let mut left_out = LeftOut::default();
    let mut found: Vec<Alternative> = Vec::with_capacity(union.variants.len());
    let mut known = HashSet::default();
    let mut scalars = Vec::new();
    for &variant in &union.variants {
        let Some(own) = used(cx, &[variant]).key else {
            left_out.broken = true;
            continue;
        };
        let says = merged(cx, &own);
        if is_left_out(&says, kind, shared, &mut left_out) {
            continue;
        }
        if let Some(scalar) = plain_scalar(&says) {
            if scalars.contains(&scalar) {
                continue;
            }
            scalars.push(scalar);
        }
        let extends = (key.parts().iter()).any(|part| says.parts.contains(&part.pos));
        let end = own.at();
        let whole = if shared && !extends {
            let mut parts = base.parts().into_owned();
            parts.push(KeyPart { pos: end, skip: 0 });
            without_empty(cx, parts)
        } else {
            own
        };
        let impossible = whole.single().is_none() && !possible(cx, &whole);
        left_out.impossible |= impossible;
        if whole != *key && !impossible && known.insert(whole.clone()) {
            found.push(Alternative { key: whole, end });
        }
    }
    (found, left_out)
}

/// Returns the JSON type that the schema around the variants requires. If it excludes all variants and nothing depends on it, it
/// is reported and ignored.
fn kind_around(cx: &mut Cx, all: &Merged, union: &UnionOf) -> Option<JsonType> {
    let kind = all.kind?;
    let bare = Merged {
        unions: Vec::new(),
        ..all.clone()
    };
    if all.unions.len() > 1 || !bare.adds_nothing_to(Some(kind)) {
        return Some(kind);
    }
    let mut kinds = union.variants.iter().map(|&variant| {
        let own = used(cx, &[variant]).key;
        own.and_then(|own| merged(cx, &own).kind)
    });
    let excludes_all = kinds.all(|own| own.is_some_and(|own| own.and(kind).is_none()));
    if !excludes_all {
        return Some(kind);
    }
    let pos = all.parts.last().copied().unwrap_or_default();
    let text = format!(
        "none of the alternatives is {}; the type is ignored",
        kind.phrase()
    );
    let at = cx.pointer(pos).clone();
    cx.report.once(Code::InapplicableKeyword, &at, text);
    None
}

/// Returns whether a variant is left out, and sets the reason in `left_out`.
fn is_left_out(
    says: &Merged,
    kind: Option<JsonType>,
    shared: bool,
    left_out: &mut LeftOut,
) -> bool {
    // Generators for OpenAPI 3.0 write null as `{ nullable: true }` beside other variants.
    let only_nullable = says.nullable && scalar::anything(says);
    let is_excluded = |(one, two): (JsonType, JsonType)| one.and(two).is_none();
    let why = if says.kind == Some(JsonType::Null) || only_null(says) || only_nullable {
        &mut left_out.null
    } else if scalar::anything(says) && !shared && kind.is_none() {
        &mut left_out.anything
    } else if says.kind.zip(kind).is_some_and(is_excluded) {
        &mut left_out.impossible
    } else {
        return false;
    };
    *why = true;
    true
}

/// Returns whether any value can match, as far as types and enums show.
fn possible(cx: &mut Cx, key: &Key) -> bool {
    let all = merged(cx, key);
    let Some(kind) = all.kind else {
        return all.contradiction.is_none();
    };
    let mut agrees = |variant: Pos| {
        let own = used(cx, &[variant]).key;
        own.and_then(|own| merged(cx, &own).kind)
            .is_none_or(|own| own.and(kind).is_some())
    };
    all.contradiction.is_none()
        && all
            .unions
            .iter()
            .all(|union| union.variants.iter().any(|&variant| agrees(variant)))
        && !has_contrary_property(cx, &all)
}

/// Returns whether the constants of a required property contradict each other.
fn has_contrary_property(cx: &mut Cx, all: &Merged) -> bool {
    let mut properties = all
        .properties
        .iter()
        .filter(|(name, positions)| positions.len() > 1 && all.required.contains(*name));
    properties.any(|(_, positions)| {
        let key = used(cx, positions).key;
        key.is_some_and(|key| {
            let property = merged(cx, &key);
            property.values.is_some() && property.contradiction.is_some()
        })
    })
}

fn only_null(all: &Merged) -> bool {
    all.values
        .as_ref()
        .is_some_and(|(_, values)| values.iter().all(|value| value.is_null()))
}
