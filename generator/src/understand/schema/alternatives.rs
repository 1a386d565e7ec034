//! The alternatives of a union, each with the constraints of the union itself.
//!
//! In: merged constraints with a union among them. Out: [`Alternative`]s, and the kinds of variants that were left out. Not
//! here: how values select one (see `tags` and `union`).

use super::cx::Cx;
use super::keys::{Key, KeyPart};
use super::merge::merged;
use super::merged::{Additional, Merged, UnionOf};
use super::scalar::{self, plain_scalar};
use super::sketch::Alternative;
use super::uses::{used, without_empty};
use crate::document::{JsonType, Pos};
use crate::maps::HashSet;

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

/// Returns the key without its first union.
pub fn without_first_union(cx: &mut Cx, key: &Key) -> Key {
    let mut parts = key.parts().into_owned();
    for part in &mut parts {
        if merged(cx, &Key::One(part.pos)).unions.len() > part.skip {
            part.skip += 1;
            break;
        }
    }
    Key::all(parts)
}

/// The kinds of variants that were left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Had {
    pub null: bool,
    pub anything: bool,
    pub broken: bool,
    /// A variant that the constraints of the union exclude.
    pub impossible: bool,
}

/// Returns the variants without duplicates, each with the constraints of the union.
pub fn alternatives(
    cx: &mut Cx,
    key: &Key,
    all: &Merged,
    union: &UnionOf,
) -> (Vec<Alternative>, Had) {
    let shared = !all.properties.is_empty()
        || all.unions.len() > 1
        || all.items.is_some()
        || !all.required.is_empty();
    let base = without_first_union(cx, key);
    let mut had = Had::default();
    let mut found: Vec<Alternative> = Vec::with_capacity(union.variants.len());
    let mut known = HashSet::default();
    let mut scalars = Vec::new();
    for &variant in &union.variants {
        let Some(own) = used(cx, &[variant]).key else {
            had.broken = true;
            continue;
        };
        let says = merged(cx, &own);
        if is_left_out(&says, all, shared, &mut had) {
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
        had.impossible |= impossible;
        if whole != *key && !impossible && known.insert(whole.clone()) {
            found.push(Alternative { key: whole, end });
        }
    }
    (found, had)
}

/// Returns whether a variant is left out, and notes the reason in `had`.
fn is_left_out(says: &Merged, all: &Merged, shared: bool, had: &mut Had) -> bool {
    // Generators for 3.0 write null as `{ nullable: true }` beside other variants.
    let only_nullable = says.nullable && scalar::anything(says);
    let is_excluded = |(one, two): (JsonType, JsonType)| one.and(two).is_none();
    let why = if says.kind == Some(JsonType::Null) || only_null(says) || only_nullable {
        &mut had.null
    } else if scalar::anything(says) && !shared && all.kind.is_none() {
        &mut had.anything
    } else if says.kind.zip(all.kind).is_some_and(is_excluded) {
        &mut had.impossible
    } else {
        return false;
    };
    *why = true;
    true
}

/// Returns whether types and enums allow any value.
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
}

fn only_null(all: &Merged) -> bool {
    all.values
        .as_ref()
        .is_some_and(|(_, values)| values.iter().all(|value| value.is_null()))
}
