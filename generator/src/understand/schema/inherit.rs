//! Inheritance: definitions that extend one with a discriminator are its variants.
//!
//! In: the table of schemas. Out: the subtypes of each base, and the union that a base stands for (OpenAPI 3.1, 4.8.25.4). The
//! base itself is also a variant, for values that select it and for unknown subtypes. Not here: the constraints that a subtype
//! inherits (see `merge`).

use std::collections::BTreeSet;

use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::merged::{Additional, Merged};
use super::refs::{discriminator, inline_parts, members, past_references};
use super::scalar::effective_type;
use super::sketch::{Alternative, Content, UnionSketch, VariantSketch};
use super::{tags, union};
use crate::document::{Child, Discriminator, Entry, JsonType, Pos};
use crate::maps::{HashMap, IndexMap, IndexSet};
use crate::model::api::Tag;
use crate::report::Code;
use crate::understand::location_names;

/// Returns the definitions that extend each base, directly or indirectly. A base has a discriminator and no union, or a union
/// with subtypes among its variants.
pub fn subtypes(cx: &Cx) -> HashMap<Pos, IndexSet<Pos>> {
    let mut children: HashMap<Pos, Vec<Pos>> = HashMap::default();
    for (pos, at) in cx.doc.places.iter().enumerate() {
        if location_names::definition_name(at).is_none() {
            continue;
        }
        for base in extended(cx, pos).filter(|&base| base != pos) {
            children.entry(base).or_default().push(pos);
        }
    }
    children
        .keys()
        .copied()
        .filter(|&base| is_base(cx, base))
        .map(|base| (base, descendants(cx, &children, base)))
        .collect()
}

/// Returns the schemas that a schema extends.
fn extended(cx: &Cx, pos: Pos) -> impl Iterator<Item = Pos> {
    let members = inline_parts(cx, pos).flat_map(members);
    members
        .filter(|&member| matches!(cx.entry(member), Entry::Reference(_)))
        .filter_map(|member| past_references(cx, member))
}

/// Returns whether the subtypes of a schema are its variants.
fn is_base(cx: &Cx, pos: Pos) -> bool {
    if location_names::definition_name(cx.pointer(pos)).is_none() {
        return false;
    }
    let unions = inline_parts(cx, pos).map(|part| &part.keywords);
    let mut variants = unions
        .flat_map(|own| own.one_of.iter().chain(&own.any_of))
        .peekable();
    match variants.peek() {
        None => discriminator(cx, pos).is_some(),
        Some(_) => variants.any(|variant| extends(cx, *variant, pos)),
    }
}

fn extends(cx: &Cx, variant: Child, base: Pos) -> bool {
    let subtype = variant.and_then(|pos| past_references(cx, pos));
    subtype.is_some_and(|subtype| extended(cx, subtype).any(|pos| pos == base))
}

/// Returns all descendants of a base without duplicates, in the order of their pointers.
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

/// The values of a property that are mapped to a schema, by property and schema.
type Mapped<'a> = IndexMap<(&'a str, Pos), BTreeSet<&'a str>>;

/// Returns the values that the discriminators of all bases map to the bases and to their subtypes.
pub fn mapped<'a>(cx: &Cx<'a>) -> Mapped<'a> {
    let mut all = Mapped::default();
    for base in 0..cx.doc.schemas.len() {
        let Some(subtypes) = cx.subtypes.get(&base) else {
            continue;
        };
        let Some(declared) = discriminator(cx, base) else {
            continue;
        };
        for (key, tags) in mapped_by(cx, base, declared, subtypes) {
            all.entry(key).or_default().extend(tags);
        }
    }
    all
}

/// Returns the values that a discriminator maps to its base and to the subtypes.
fn mapped_by<'a>(
    cx: &Cx,
    base: Pos,
    declared: &'a Discriminator,
    subtypes: &IndexSet<Pos>,
) -> Mapped<'a> {
    let mut mapped = Mapped::default();
    for (tag, target) in &declared.mapping {
        if let Some(end) = target_of(cx, base, target, subtypes) {
            let key = (declared.property_name.as_str(), end);
            mapped.entry(key).or_default().insert(tag.as_str());
        }
    }
    mapped
}

/// Returns the schema that a mapping refers to, if it is the base or a subtype.
fn target_of(cx: &Cx, base: Pos, target: &str, subtypes: &IndexSet<Pos>) -> Option<Pos> {
    let found = cx.find(target).and_then(|pos| past_references(cx, pos));
    found.filter(|&end| end == base || subtypes.contains(&end))
}

/// Returns the union of a base with a discriminator: its subtypes and itself.
pub fn sketch(cx: &mut Cx, pos: Pos, all: &Merged) -> Option<UnionSketch> {
    let declared = discriminator(cx, pos).filter(|_| all.unions.is_empty())?;
    let subtypes = cx.subtypes.get(&pos)?.clone();
    unmapped(cx, pos, declared, &subtypes);
    let property = declared.property_name.as_str();
    let mapped = mapped_by(cx, pos, declared, &subtypes);
    let mut ends: Vec<Pos> = subtypes.iter().copied().collect();
    let mut tags: Vec<Vec<String>> = ends
        .iter()
        .map(|&end| tags_of(cx, property, &mapped, end))
        .collect();
    let has_struct = is_object(all);
    let own = own_tags(cx, pos, declared, &mapped);
    if has_struct && !own.is_empty() {
        ends.push(pos);
        tags.push(own);
    }
    let alternatives: Vec<Alternative> = ends
        .iter()
        .map(|&end| Alternative {
            key: key_of(cx, pos, property, end),
            end,
        })
        .collect();
    let fallback = default(cx, pos, declared, &subtypes).unwrap_or(pos);
    let mut variants = Vec::with_capacity(ends.len() + 1);
    for group in tags::groups(&tags) {
        let sketch = variant(cx, pos, property, &alternatives, &tags, &group);
        let mut taken = group.iter().map(|&index| ends[index]);
        variants.push(VariantSketch {
            // A group with the tags of the base also contains subtypes.
            is_default: taken.any(|end| end == fallback) && (fallback != pos || group.len() == 1),
            ..sketch
        });
    }
    let has_default = variants.iter().any(|variant| variant.is_default);
    if has_struct && fallback == pos && !has_default && promises(all, property) {
        variants.push(VariantSketch {
            content: Content::Key(Key::Base(pos)),
            name: BASE.into(),
            tags: Vec::new(),
            is_default: true,
        });
    }
    Some(UnionSketch {
        tag: Tag::Property(property.into()),
        variants,
    })
}

/// The name of the variant for the base itself.
const BASE: &str = "base";

/// Returns the variant of the alternatives that share values of the tag.
fn variant(
    cx: &mut Cx,
    pos: Pos,
    property: &str,
    alternatives: &[Alternative],
    tags: &[Vec<String>],
    group: &[usize],
) -> VariantSketch {
    let sketch = union::tagged_variant(cx, alternatives, tags, group);
    let (content, end) = match (above(cx, property, alternatives, group), group) {
        (Some(base), _) => (Content::Key(Key::One(base)), base),
        (None, &[one]) => (sketch.content, alternatives[one].end),
        (None, _) => {
            let text = format!(
                "some variants share a value of `{property}`; the first matching one of them is used"
            );
            cx.say(Code::Discriminator, pos, text);
            return sketch;
        }
    };
    let name = match end == pos {
        true => BASE.into(),
        false => location_names::definition_name(cx.pointer(end)).unwrap_or_default(),
    };
    VariantSketch {
        content,
        name,
        ..sketch
    }
}

/// Returns the key of a variant. A base with the same discriminator stands only for itself, because its subtypes are variants,
/// too.
fn key_of(cx: &mut Cx, base: Pos, property: &str, end: Pos) -> Key {
    let is_by_property = discriminator(cx, end).is_some_and(|own| own.property_name == property);
    let all = merged(cx, &Key::One(end));
    let is_union = cx.subtypes.contains_key(&end) && all.unions.is_empty();
    match end == base || is_union && is_by_property && is_object(&all) {
        true => Key::Base(end),
        false => Key::One(end),
    }
}

fn is_object(all: &Merged) -> bool {
    all.values.is_none() && matches!(effective_type(all), Some(JsonType::Object) | None)
}

/// Returns whether a base declares more than the tag.
fn promises(all: &Merged, property: &str) -> bool {
    all.properties.keys().any(|name| *name != property)
        || matches!(all.additional, Additional::Typed(_))
}

/// Returns the subtype for values without a tag or with an unknown one (OpenAPI 3.2).
fn default(
    cx: &mut Cx,
    pos: Pos,
    declared: &Discriminator,
    subtypes: &IndexSet<Pos>,
) -> Option<Pos> {
    let target = declared.default_mapping.as_deref()?;
    let found = target_of(cx, pos, target, subtypes);
    if found.is_none() {
        let text = format!("the default, {target}, does not extend this schema and is ignored");
        cx.say(Code::Discriminator, pos, text);
    }
    found
}

/// Returns the schema of a group that is a base with another discriminator, if all others in the group are its subtypes.
fn above(cx: &Cx, property: &str, alternatives: &[Alternative], group: &[usize]) -> Option<Pos> {
    let ends = || group.iter().map(|&index| alternatives[index].end);
    ends().filter(|_| group.len() > 1).find(|&base| {
        let is_by_other = discriminator(cx, base).is_some_and(|own| own.property_name != property);
        let own = cx.subtypes.get(&base).filter(|_| is_by_other);
        own.is_some_and(|own| ends().all(|end| end == base || own.contains(&end)))
    })
}

/// Reports values that are mapped to a schema that is not a variant.
fn unmapped(cx: &mut Cx, base: Pos, declared: &Discriminator, subtypes: &IndexSet<Pos>) {
    for (tag, target) in &declared.mapping {
        if target_of(cx, base, target, subtypes).is_none() {
            let text = format!(
                "`{tag}` maps to {target}, which does not extend this schema; such values are not typed"
            );
            cx.say(Code::Discriminator, base, text);
        }
    }
}

/// Returns the values that the base maps to a schema, or else those that other bases map to it. The order of keys has no meaning.
fn mapped_to(cx: &Cx, property: &str, mapped: &Mapped, end: Pos) -> Vec<String> {
    let key = (property, end);
    let found = mapped.get(&key).or_else(|| cx.mapped.get(&key));
    let found = found.into_iter().flatten();
    found.map(|tag| (*tag).into()).collect()
}

/// Returns the values that select a subtype: those mapped to it, or else the constant of its property, or else its name.
fn tags_of(cx: &mut Cx, property: &str, mapped: &Mapped, subtype: Pos) -> Vec<String> {
    let found = mapped_to(cx, property, mapped, subtype);
    if !found.is_empty() {
        return found;
    }
    constants(cx, property, subtype)
        .filter(|tags| tags.len() == 1)
        .unwrap_or_else(|| vec![name(cx, subtype)])
}

/// Returns the values that select a base itself, without those mapped to a subtype. If a mapping omits the base, its name does
/// not select it: the base is abstract.
fn own_tags(cx: &mut Cx, base: Pos, declared: &Discriminator, mapped: &Mapped) -> Vec<String> {
    let property = declared.property_name.as_str();
    let found = mapped_to(cx, property, mapped, base);
    if !found.is_empty() {
        return found;
    }
    let name = name(cx, base);
    let mut tags = match constants(cx, property, base) {
        Some(tags) if tags.len() == 1 => tags,
        Some(tags) if tags.contains(&name) => vec![name],
        None if declared.mapping.is_empty() || is_subtype(cx, property, base) => vec![name],
        Some(_) | None => Vec::new(),
    };
    tags.retain(|tag| !declared.mapping.contains_key(tag));
    tags
}

/// Returns whether a schema is a subtype of a base with this discriminator.
fn is_subtype(cx: &Cx, property: &str, pos: Pos) -> bool {
    cx.subtypes.iter().any(|(&base, subtypes)| {
        subtypes.contains(&pos)
            && discriminator(cx, base).is_some_and(|own| own.property_name == property)
    })
}

fn constants(cx: &mut Cx, property: &str, pos: Pos) -> Option<Vec<String>> {
    let found = tags::constants(cx, &Key::One(pos), property, tags::Sort::Strings, 0);
    found.map(|(tags, _)| tags)
}

fn name(cx: &Cx, pos: Pos) -> String {
    location_names::definition_name(cx.pointer(pos)).unwrap_or_default()
}
