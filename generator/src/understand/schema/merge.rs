//! `allOf`: merges all constraints that apply together.
//!
//! In: keys. Out: [`Merged`]. Not here: types, references (see `refs`).
//!
//! The members of `allOf` come before the schema that lists them, so the schema itself takes precedence.

use std::rc::Rc;

use serde_json::Value;

use super::cx::Cx;
use super::keys::{Key, MAX_DEPTH};
use super::merged::{Merged, UnionOf, and, leaf, yield_type};
use super::refs::{follow, members, past_references, structural, typed};
use super::scalar;
use crate::document::{Entry, JsonType, Pos, SchemaView};
use crate::report::Code;

/// Returns all constraints of a key.
pub fn merged<'a>(cx: &mut Cx<'a>, key: &Key) -> Rc<Merged<'a>> {
    match cx.merged.get(key) {
        Some(Some(known)) => return Rc::clone(known),
        Some(None) => return Rc::default(),
        None if cx.depth > 2 * MAX_DEPTH => return Rc::default(),
        None => cx.merged.set(key, None),
    }
    cx.depth += 1;
    let made = Rc::new(match key {
        Key::One(pos) => single(cx, *pos),
        Key::Base(pos) => Merged::clone(&merged(cx, &Key::One(*pos))),
        Key::All(parts) => {
            let mut all = parts.iter().fold(Merged::default(), |all, part| {
                let mut next = Merged::clone(&merged(cx, &Key::One(part.pos)));
                next.unions.drain(..part.skip.min(next.unions.len()));
                and(all, next)
            });
            without_repeated_unions(cx, &mut all);
            all
        }
    });
    cx.depth -= 1;
    cx.merged.set(key, Some(Rc::clone(&made)));
    made
}

/// Removes unions with the same variants as an earlier one, because a value matches both or neither.
fn without_repeated_unions(cx: &Cx, all: &mut Merged) {
    let mut known: Vec<Vec<Pos>> = Vec::new();
    if all.unions.len() > 1 {
        all.unions.retain(|union| {
            let variants = variants(cx, union);
            let is_new = !known.contains(&variants);
            known.push(variants);
            is_new
        });
    }
}

/// Returns the schemas of the variants, in order.
pub fn variants(cx: &Cx, union: &UnionOf) -> Vec<Pos> {
    let variants = union.variants.iter();
    let mut ends: Vec<Pos> = variants
        .map(|&variant| past_references(cx, variant).unwrap_or(variant))
        .collect();
    ends.sort_unstable();
    ends
}

/// Returns all constraints at a position: those of its flattened `allOf`, and its own keywords.
fn single<'a>(cx: &mut Cx<'a>, pos: Pos) -> Merged<'a> {
    let mut made = match cx.entry(pos) {
        Entry::Schema(view) if view.keywords.all_of.is_empty() => {
            let mut made = leaf(pos, view);
            made.nullable |= only_null(view);
            made
        }
        Entry::Schema(_) | Entry::Reference(_) => with_members(cx, pos),
    };
    if !made.nullable
        && let Some(union) = made.unions.first().cloned()
    {
        made.nullable = union
            .variants
            .iter()
            .any(|&variant| may_be_null(cx, variant, &made));
    }
    made
}

fn with_members<'a>(cx: &mut Cx<'a>, pos: Pos) -> Merged<'a> {
    let mut parts = Vec::new();
    flatten(cx, pos, &mut parts, &mut Vec::new());
    let views: Vec<(Pos, &'a SchemaView)> = parts
        .into_iter()
        .filter_map(|part| match cx.entry(part) {
            Entry::Schema(view) => Some((part, &**view)),
            Entry::Reference(_) => None,
        })
        .collect();
    let own = |view: &SchemaView| view.data.nullable || only_null(view);
    let all = views
        .iter()
        .filter(|(_, view)| typed(&view.keywords))
        .all(|(_, view)| own(view));
    let notes = views
        .iter()
        .any(|(part, view)| view.data.nullable && (*part == pos || !structural(&view.keywords)));
    let mut made = Merged::default();
    for &(part, view) in &views {
        let mut next = leaf(part, view);
        if part != pos && cx.subtypes.contains_key(&part) {
            // A subtype is a variant of the base, so the union of the base does not apply to it.
            next.unions.clear();
            next.discriminator = None;
        }
        if part == pos {
            yield_type(&mut made, &mut next);
        }
        made = and(made, next);
    }
    without_repeated_unions(cx, &mut made);
    if made.description.is_none() {
        made.description = inline_description(cx, pos);
    }
    made.nullable = notes
        || (all && made.kind.is_some())
        || made.values.as_ref().is_some_and(|(_, v)| has_null(v));
    made
}

/// Returns the last description among the inline members of `allOf`.
fn inline_description<'a>(cx: &Cx<'a>, pos: Pos) -> Option<&'a str> {
    let Entry::Schema(view) = cx.entry(pos) else {
        return None;
    };
    members(view)
        .rev()
        .find_map(|member| match cx.entry(member) {
            Entry::Schema(inline) => inline.data.description.as_deref(),
            Entry::Reference(_) => None,
        })
}

fn has_null(values: &[&Value]) -> bool {
    values.iter().any(|value| value.is_null())
}

fn only_null(view: &SchemaView) -> bool {
    view.keywords.json_type == Some(JsonType::Null)
        || view.keywords.enumeration.iter().any(Value::is_null)
}

/// Returns whether a variant allows null and the enclosing schema does not exclude it.
fn may_be_null(cx: &mut Cx, pos: Pos, around: &Merged) -> bool {
    let target = follow(cx, pos);
    let Some(end) = target.end else {
        return target.nullable;
    };
    let is_open =
        around.kind.is_none() && around.properties.is_empty() && around.required.is_empty();
    target.nullable || {
        let variant = merged(cx, &Key::One(end));
        let takes_all = scalar::anything(&variant) && variant.adds_nothing_to(None);
        variant.nullable || variant.kind == Some(JsonType::Null) || (takes_all && is_open)
    }
}

/// Collects the positions whose own keywords apply at `pos`. `pos` comes last.
fn flatten(cx: &mut Cx, pos: Pos, parts: &mut Vec<Pos>, above: &mut Vec<Pos>) {
    let Some(pos) = past_references(cx, pos) else {
        return;
    };
    if parts.contains(&pos) {
        return;
    }
    if above.len() > MAX_DEPTH {
        let text = format!(
            "the schemas that this one extends are nested more than {MAX_DEPTH} levels deep"
        );
        cx.broken(Code::TooDeep, pos, text);
        return;
    }
    if above.contains(&pos) {
        let text = "this schema is part of itself; that part is ignored";
        cx.broken(Code::AliasCycle, pos, text);
        return;
    }
    let Entry::Schema(view) = cx.entry(pos) else {
        return;
    };
    above.push(pos);
    for member in members(view) {
        flatten(cx, member, parts, above);
    }
    above.pop();
    parts.push(pos);
}
