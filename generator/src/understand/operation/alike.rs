//! Compares two schemas. If they are equivalent, both can use the same type.
//!
//! In: keys. Out: whether their constraints are equal, regardless of descriptions and examples. Not here: types.

use crate::document::Pos;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::keys::Key;
use crate::understand::schema::merge::merged;
use crate::understand::schema::merged::Additional;
use crate::understand::schema::uses::used;

/// The maximum depth of the comparison. Schemas below it count as different.
const DEEPEST: usize = 16;

/// Returns whether two schemas are equivalent.
pub(super) fn alike(cx: &mut Cx, a: &Key, b: &Key) -> bool {
    compare(cx, a, b, DEEPEST)
}

fn compare(cx: &mut Cx, a: &Key, b: &Key, depth: usize) -> bool {
    if a == b {
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let (a, b) = (merged(cx, a), merged(cx, b));
    let values = |all: &Option<(Pos, Vec<&serde_json::Value>)>| {
        let values = all.as_ref().map(|(_, values)| values);
        values.map(|values| {
            values
                .iter()
                .map(|value| (*value).clone())
                .collect::<Vec<_>>()
        })
    };
    let is_plainly_same = a.kind == b.kind
        && a.format == b.format
        && a.nullable == b.nullable
        && (a.minimum, a.maximum) == (b.minimum, b.maximum)
        && a.required == b.required
        && values(&a.values) == values(&b.values)
        && a.properties.len() == b.properties.len()
        && a.unions.len() == b.unions.len();
    if !is_plainly_same {
        return false;
    }
    let additional = match (&a.additional, &b.additional) {
        (Additional::Typed(a), Additional::Typed(b)) => same_uses(cx, Some(a), Some(b), depth),
        (a, b) => a == b,
    };
    let mut unions = a.unions.iter().zip(&b.unions);
    let mut properties = a.properties.iter();
    additional
        && same_uses(cx, a.items.as_deref(), b.items.as_deref(), depth)
        && same_lists(cx, a.tuple.as_deref(), b.tuple.as_deref(), depth)
        && unions.all(|(a, b)| same_lists(cx, Some(&a.variants), Some(&b.variants), depth))
        && properties.all(|(name, a)| {
            same_uses(
                cx,
                Some(a),
                b.properties.get(name).map(Vec::as_slice),
                depth,
            )
        })
}

/// Returns whether two lists of positions are pairwise equivalent.
fn same_lists(cx: &mut Cx, a: Option<&[Pos]>, b: Option<&[Pos]>, depth: usize) -> bool {
    let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
    let mut pairs = a.iter().zip(b);
    a.len() == b.len() && pairs.all(|(a, b)| same_uses(cx, Some(&[*a]), Some(&[*b]), depth))
}

/// Returns whether two lists of positions are equivalent, if all positions of a list apply together.
fn same_uses(cx: &mut Cx, a: Option<&[Pos]>, b: Option<&[Pos]>, depth: usize) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return a.is_none() && b.is_none();
    };
    let (a, b) = (used(cx, a), used(cx, b));
    match (a.key, b.key) {
        (Some(first), Some(second)) => {
            a.nullable == b.nullable && compare(cx, &first, &second, depth)
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
