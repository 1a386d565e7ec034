//! References: the targets of positions.
//!
//! In: positions. Out: [`Resolved`]. Not here: the constraints of the target (see `merge`).

use super::cx::Cx;
use crate::document::Pos;
use crate::document::{Discriminator, Entry, JsonType, Keywords, SchemaView};
use crate::report::Code;

/// The maximum length of a chain of references.
const MAX_CHAIN: usize = 100;

/// The end of a chain of references.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// `None` if the target could not be read.
    pub end: Option<Pos>,
    /// The positions on the way that annotate the value, the nearest one first.
    pub chain: Vec<Pos>,
    pub nullable: bool,
}

/// Follows `$ref`s, and schemas that only add annotations to one.
pub fn follow(cx: &mut Cx, pos: Pos) -> Resolved {
    let mut target = Resolved::default();
    let mut seen = vec![pos];
    let mut now = pos;
    loop {
        let next = match cx.entry(now) {
            Entry::Reference(target) => *target,
            Entry::Schema(view) => {
                target.nullable |= view.data.nullable;
                let Some(next) = annotated(cx, now, view) else {
                    target.end = Some(now);
                    return target;
                };
                target.nullable |= members(view).any(|m| nullable_note(cx, m));
                target.chain.push(now);
                Some(next)
            }
        };
        let Some(next) = next else { return target };
        if seen.contains(&next) {
            alias_cycle(cx, &seen, next);
            return target;
        }
        if seen.len() > MAX_CHAIN {
            let text = format!(
                "a chain of more than {MAX_CHAIN} references leads here; any value is accepted"
            );
            cx.broken(Code::TooDeep, next, text);
            return target;
        }
        seen.push(next);
        now = next;
    }
}

fn alias_cycle(cx: &mut Cx, seen: &[Pos], again: Pos) {
    let first = seen
        .iter()
        .skip_while(|&&pos| pos != again)
        .min()
        .copied()
        .unwrap_or(again);
    let text = "this schema refers only to itself; any value is accepted";
    cx.broken(Code::AliasCycle, first, text);
}

/// Returns whether a schema says only that null is allowed.
pub fn nullable_note(cx: &Cx, pos: Pos) -> bool {
    matches!(cx.entry(pos), Entry::Schema(view) if view.data.nullable && !structural(&view.keywords))
}

/// Returns the schema that this one adds annotations to: it has an `allOf` with one reference and no other keywords that affect
/// the type.
fn annotated(cx: &Cx, pos: Pos, view: &SchemaView) -> Option<Pos> {
    if view.keywords.all_of.is_empty()
        || shaping(&view.keywords)
        || discriminator(cx, pos).is_some()
    {
        return None;
    }
    let mut makers = members(view).filter(|&m| match cx.entry(m) {
        Entry::Reference(_) => true,
        Entry::Schema(member) => structural(&member.keywords),
    });
    let (Some(only), None) = (makers.next(), makers.next()) else {
        return None;
    };
    let target = match cx.entry(only) {
        Entry::Reference(target) => (*target)?,
        // The member is a reference with annotations.
        Entry::Schema(member) => annotated(cx, only, member).map(|_| only)?,
    };
    let redundant =
        view.keywords.json_type.is_none() || view.keywords.json_type == plain_type(cx, target);
    let subtype = cx
        .subtypes
        .get(&target)
        .is_some_and(|subtypes| subtypes.contains(&pos));
    (redundant && !subtype).then_some(target)
}

/// Returns the type that the keywords of a schema itself declare.
fn plain_type(cx: &Cx, pos: Pos) -> Option<JsonType> {
    let Entry::Schema(view) = cx.entry(pos) else {
        return None;
    };
    let has_properties = || !view.keywords.properties.is_empty();
    (view.keywords.json_type).or_else(|| has_properties().then_some(JsonType::Object))
}

/// Returns the positions of the members of `allOf`.
pub fn members(view: &SchemaView) -> impl DoubleEndedIterator<Item = Pos> {
    view.keywords.all_of.iter().copied().flatten()
}

/// Returns the schema at a position and the inline members of its `allOf`, which are parts of it.
pub fn inline_parts<'a>(cx: &Cx<'a>, pos: Pos) -> impl Iterator<Item = &'a SchemaView> {
    let mut open = vec![pos];
    std::iter::from_fn(move || {
        loop {
            let Entry::Schema(view) = cx.entry(open.pop()?) else {
                continue;
            };
            open.extend(members(view).rev());
            return Some(&**view);
        }
    })
}

/// Returns the discriminator of a schema or of its inline parts.
pub fn discriminator<'a>(cx: &Cx<'a>, pos: Pos) -> Option<&'a Discriminator> {
    inline_parts(cx, pos).find_map(|part| part.data.discriminator.as_deref())
}

/// Returns the members of a schema whose only structural keyword is `allOf`.
pub fn merely_all_of(cx: &Cx, pos: Pos) -> Option<Vec<Pos>> {
    match cx.entry(pos) {
        Entry::Schema(view) if !view.keywords.all_of.is_empty() && !shaping(&view.keywords) => {
            Some(members(view).collect())
        }
        Entry::Schema(_) | Entry::Reference(_) => None,
    }
}

/// Returns whether any of the keywords affects the type.
pub fn structural(own: &Keywords) -> bool {
    !own.all_of.is_empty() || typed(own)
}

/// Returns the same as [`structural`], regardless of `allOf`.
pub fn typed(own: &Keywords) -> bool {
    own.json_type.is_some() || shaping(own)
}

/// Returns the same as [`structural`], regardless of `allOf` and of `type`, which may repeat that of a member.
fn shaping(own: &Keywords) -> bool {
    own.format.is_some()
        || !own.properties.is_empty()
        || !own.required.is_empty()
        || own.additional_properties.is_some()
        || own.items.is_some()
        || !own.enumeration.is_empty()
        || !own.one_of.is_empty()
        || !own.any_of.is_empty()
}

/// Returns the first position on a chain of `$ref`s that is not a reference.
pub fn past_references(cx: &Cx, pos: Pos) -> Option<Pos> {
    let mut now = pos;
    for _ in 0..MAX_CHAIN {
        match cx.entry(now) {
            Entry::Reference(target) => now = (*target)?,
            Entry::Schema(_) => return Some(now),
        }
    }
    None
}
