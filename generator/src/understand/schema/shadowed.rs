//! Variants that no value is read as.
//!
//! In: the variants of a union without a tag, in the order in which they are tried. Out: a diagnostic for each variant whose
//! values all fit an earlier one exactly. Not here: the order (see `union`).

use std::collections::HashMap;

use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::merged::{Additional, Merged};
use super::scalar::{anything, plain_scalar, values_type};
use super::sketch::Alternative;
use super::uses::used;
use crate::document::{JsonType, Pos};
use crate::report::Code;

/// The maximum depth of lists that are compared.
const MAX_DEPTH: usize = 4;

/// Reports variants that no value is read as.
pub fn report(cx: &mut Cx, ordered: &[&Alternative]) {
    let mut earlier: HashMap<Outline, Vec<&Alternative>> = HashMap::new();
    for one in ordered {
        let outline = outline(cx, &one.key);
        let cover = [&Outline::Other, &outline]
            .into_iter()
            .filter_map(|outline| earlier.get(outline))
            .flatten()
            .copied()
            .find(|earlier| covers(cx, &earlier.key, &one.key, MAX_DEPTH));
        if let Some(cover) = cover {
            let text = format!(
                "no value is read as this alternative, because all of its values also match {}",
                cx.pointer(cover.end)
            );
            let at = cx.pointer(one.end).clone();
            cx.report.once(Code::ShadowedVariant, &at, text);
        }
        earlier.entry(outline).or_default().push(one);
    }
}

/// What distinguishes variants at once. An object can only be covered by one with the same properties, or by a variant that is no
/// object. So the time does not grow with the square of a union of objects.
#[derive(PartialEq, Eq, Hash)]
enum Outline<'a> {
    Properties(Vec<&'a str>),
    Other,
}

fn outline<'a>(cx: &mut Cx<'a>, key: &Key) -> Outline<'a> {
    let merged = merged(cx, key);
    let is_object = merged.values.is_none()
        && merged.unions.is_empty()
        && values_type(&merged) == Some(JsonType::Object);
    if !is_object || merged.properties.is_empty() {
        return Outline::Other;
    }
    let mut names: Vec<&str> = merged.properties.keys().copied().collect();
    names.sort_unstable();
    Outline::Properties(names)
}

/// Returns whether every value that fits `two` exactly also fits `one` exactly. Returns false if this is uncertain.
fn covers(cx: &mut Cx, one: &Key, two: &Key, depth: usize) -> bool {
    if one == two {
        return true;
    }
    let (one, two) = (merged(cx, one), merged(cx, two));
    if anything(&one) && one.items.is_none() {
        return true;
    }
    if depth == 0 || !one.unions.is_empty() || !two.unions.is_empty() || one.tuple.is_some() {
        return false;
    }
    if one.values.is_some() {
        return covers_values(&one, &two);
    }
    match (values_type(&one), values_type(&two)) {
        (Some(JsonType::Object), Some(JsonType::Object)) => covers_object(cx, &one, &two, depth),
        (Some(JsonType::Array), Some(JsonType::Array)) => match (&one.items, &two.items) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(one), Some(two)) => covers_all(cx, one, two, depth - 1),
        },
        (Some(kind), Some(other)) => {
            let is_plain = plain_scalar(&one).is_some();
            is_plain && kind == other && plain_scalar(&two).is_none_or(|_| one.format == two.format)
        }
        (None, _) | (_, None) => false,
    }
}

fn covers_values(one: &Merged, two: &Merged) -> bool {
    match (&one.values, &two.values) {
        (Some((_, one)), Some((_, two))) => two.iter().all(|value| one.contains(value)),
        (Some(_), None) | (None, _) => false,
    }
}

fn covers_object(cx: &mut Cx, one: &Merged, two: &Merged, depth: usize) -> bool {
    let has_same_names = one.properties.len() == two.properties.len()
        && one.required.iter().all(|name| two.required.contains(name));
    let has_same_rest = match (&one.additional, &two.additional) {
        (Additional::Typed(one), Additional::Typed(two)) => covers_all(cx, one, two, depth - 1),
        (Additional::Typed(_), _) | (_, Additional::Typed(_)) => false,
        (_, Additional::Undeclared | Additional::Any | Additional::Closed) => true,
    };
    has_same_names
        && has_same_rest
        && one.properties.iter().all(|(name, positions)| {
            let other = two.properties.get(name);
            other.is_some_and(|other| covers_all(cx, positions, other, depth - 1))
        })
}

fn covers_all(cx: &mut Cx, one: &[Pos], two: &[Pos], depth: usize) -> bool {
    match (used(cx, one), used(cx, two)) {
        (one, two) if two.nullable && !one.nullable => false,
        (one, two) => match (one.key, two.key) {
            (Some(one), Some(two)) => covers(cx, &one, &two, depth),
            (None, _) | (_, None) => false,
        },
    }
}
