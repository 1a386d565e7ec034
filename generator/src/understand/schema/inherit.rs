//! Inheritance: components, and definitions of other files, that extend one with a discriminator are its variants.
//!
//! In: the table of schemas. Out: who extends whom, and the union that a base stands for (OpenAPI 3.1, 4.8.25.4).
//! Not here: what a subtype takes over from its base (see `merge`).

use std::collections::BTreeSet;

use super::cx::Cx;
use super::keys::Key;
use super::merged::Merged;
use super::refs::past_references;
use super::sketch::{Alternative, UnionSketch};
use super::{tags, union};
use crate::document::{Child, Discriminator, Entry, Pos, SchemaView};
use crate::maps::{HashMap, IndexSet};
use crate::model::api::Tag;
use crate::report::Code;
use crate::understand::place;

/// Returns the definitions that extend a base, directly or not, by base. A base has a discriminator
/// and no union of its own, or a union among whose variants are subtypes.
pub fn subtypes(cx: &mut Cx) -> HashMap<Pos, IndexSet<Pos>> {
    let mut children: HashMap<Pos, Vec<Pos>> = HashMap::default();
    let doc = cx.doc;
    for (pos, (at, entry)) in doc.places.iter().zip(&doc.schemas).enumerate() {
        let Entry::Schema(view) = entry else {
            continue;
        };
        if place::definition_name(at).is_none() {
            continue;
        }
        for member in &view.keywords.all_of {
            let base = member.and_then(|member| past_references(cx, member));
            if let Some(base) = base.filter(|&base| base != pos) {
                children.entry(base).or_default().push(pos);
            }
        }
    }
    children
        .keys()
        .copied()
        .filter(|&base| is_base(cx, base))
        .map(|base| (base, descendants(cx, &children, base)))
        .collect()
}

fn view<'a>(cx: &Cx<'a>, pos: Pos) -> Option<&'a SchemaView> {
    match cx.entry(pos) {
        Entry::Schema(view) => Some(view),
        Entry::Reference(_) => None,
    }
}

/// Returns whether subtypes of this schema are its variants.
fn is_base(cx: &Cx, pos: Pos) -> bool {
    let Some(view) = view(cx, pos).filter(|_| place::definition_name(cx.pointer(pos)).is_some())
    else {
        return false;
    };
    let mut variants = view
        .keywords
        .one_of
        .iter()
        .chain(&view.keywords.any_of)
        .peekable();
    match variants.peek() {
        None => view.data.discriminator.is_some(),
        Some(_) => variants.any(|variant| extends(cx, *variant, pos)),
    }
}

fn extends(cx: &Cx, variant: Child, base: Pos) -> bool {
    let subtype = variant
        .and_then(|pos| past_references(cx, pos))
        .and_then(|pos| view(cx, pos));
    subtype.is_some_and(|subtype| {
        subtype
            .keywords
            .all_of
            .iter()
            .any(|member| member.and_then(|pos| past_references(cx, pos)) == Some(base))
    })
}

/// Returns all descendants of a base without duplicates, in the order of their names.
fn descendants(cx: &Cx, children: &HashMap<Pos, Vec<Pos>>, base: Pos) -> IndexSet<Pos> {
    let mut found = IndexSet::default();
    let mut open = vec![base];
    while let Some(now) = open.pop() {
        for &child in children.get(&now).into_iter().flatten() {
            if child != base && found.insert(child) {
                open.push(child);
            }
        }
    }
    found.sort_unstable_by(|&one, &other| cx.pointer(one).cmp(cx.pointer(other)));
    found
}

/// Returns the union of a base with a discriminator: a value of any of its subtypes.
pub fn sketch(cx: &mut Cx, pos: Pos, all: &Merged) -> Option<UnionSketch> {
    let declared = view(cx, pos)?
        .data
        .discriminator
        .as_ref()
        .filter(|_| all.unions.is_empty())?;
    let subtypes = cx.subtypes.get(&pos)?.clone();
    let default = default(cx, pos, declared, &subtypes);
    let mapped = mapped(cx, pos, declared, &subtypes);
    let alternatives: Vec<Alternative> = subtypes
        .iter()
        .map(|&end| Alternative {
            key: Key::One(end),
            end,
        })
        .collect();
    let tags: Vec<Vec<String>> = subtypes
        .iter()
        .map(|&subtype| tags_of(cx, declared, &mapped, subtype))
        .collect();
    let groups = tags::groups(&tags);
    let mut variants = Vec::with_capacity(groups.len());
    for group in groups {
        let own: BTreeSet<&String> = group.iter().flat_map(|&index| &tags[index]).collect();
        let group = match above(cx, &subtypes, &group) {
            Some(base) => vec![base],
            None => group,
        };
        let mut variant = union::tagged_variant(cx, &alternatives, &tags, &group);
        variant.tags = own.into_iter().cloned().collect();
        variant.is_default = group.iter().any(|&index| default == Some(subtypes[index]));
        match group[..] {
            [one] => {
                let name = place::definition_name(cx.pointer(subtypes[one]));
                variant.name = name.unwrap_or_default();
            }
            _ => {
                let property = &declared.property_name;
                let text = format!(
                    "some variants share a value of `{property}`; the first matching one of them is used"
                );
                cx.say(Code::Discriminator, pos, text);
            }
        }
        variants.push(variant);
    }
    Some(UnionSketch {
        tag: Tag::Property(declared.property_name.clone()),
        variants,
    })
}

/// Returns the subtype of a value without a tag (OpenAPI 3.2).
fn default(
    cx: &mut Cx,
    pos: Pos,
    declared: &Discriminator,
    subtypes: &IndexSet<Pos>,
) -> Option<Pos> {
    let target = declared.default_mapping.as_deref()?;
    let found = subtypes
        .iter()
        .copied()
        .find(|&subtype| cx.pointer(subtype).as_str() == target);
    if found.is_none() {
        let text = format!("the default, {target}, does not extend this schema and is ignored");
        cx.say(Code::Discriminator, pos, text);
    }
    found
}

/// Returns the subtype among these that is a base itself, and of which the others are variants.
fn above(cx: &Cx, subtypes: &IndexSet<Pos>, group: &[usize]) -> Option<usize> {
    group.iter().copied().find(|&index| {
        let own = cx.subtypes.get(&subtypes[index]);
        let mut others = group.iter().filter(|&&other| other != index);
        own.is_some_and(|own| others.all(|&other| own.contains(&subtypes[other])))
    })
}

/// The values that a discriminator maps to each subtype.
type Mapped<'a> = HashMap<Pos, Vec<&'a str>>;

fn mapped<'a>(
    cx: &mut Cx,
    base: Pos,
    declared: &'a Discriminator,
    subtypes: &IndexSet<Pos>,
) -> Mapped<'a> {
    let mut tags = Mapped::default();
    for (tag, target) in &declared.mapping {
        let found = cx.find(target).and_then(|pos| past_references(cx, pos));
        match found.filter(|pos| subtypes.contains(pos)) {
            Some(subtype) => tags.entry(subtype).or_default().push(tag),
            None => {
                let what = match found == Some(base) {
                    true => "this schema itself".to_owned(),
                    false => format!("{target}, which does not extend this schema"),
                };
                let text = format!("`{tag}` maps to {what}; such values are not typed");
                cx.say(Code::Discriminator, base, text);
            }
        }
    }
    tags
}

/// Returns the values that select a subtype: those mapped to it, else the constants of its
/// property, else its name.
fn tags_of(cx: &mut Cx, declared: &Discriminator, mapped: &Mapped, subtype: Pos) -> Vec<String> {
    let name = place::definition_name(cx.pointer(subtype)).unwrap_or_default();
    let tags = mapped.get(&subtype).into_iter().flatten();
    let mut tags: Vec<String> = tags.map(|tag| (*tag).into()).collect();
    if !tags.is_empty() {
        // The order of keys has no meaning.
        tags.sort_unstable();
        return tags;
    }
    let constants = tags::constants(
        cx,
        &Key::One(subtype),
        &declared.property_name,
        tags::Sort::Strings,
        0,
    );
    constants
        .map(|(tags, _)| tags)
        .filter(|tags| tags.len() == 1)
        .unwrap_or_else(|| vec![name])
}
