//! The tag of a union: a discriminator, or a property with constants.
//!
//! In: the variants. Out: the values of a property that select each variant. Not here: unions without a tag (see `union`).

use serde_json::Value;

use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::merged::Merged;
use super::scalar::{effective_type, values_type};
use super::sketch::Alternative;
use super::uses::used;
use crate::document::{Discriminator, Entry, JsonType, Pos};
use crate::maps::HashMap;
use crate::model::api::Tag;
use crate::report::Code;
use crate::understand::location_names;

/// The maximum depth of nested unions that are searched for tags.
const MAX_NESTING: usize = 3;

/// A property, and the values of it that select each variant.
type Tagged = (Tag, Vec<Vec<String>>);

/// The type of the tags.
#[derive(Clone, Copy)]
pub enum Sort {
    Strings,
    /// Booleans and integers, written as JSON.
    Others,
}

impl Sort {
    fn tag(self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Strings, Value::String(text)) => Some(text.clone()),
            (Self::Others, Value::Bool(_)) => Some(value.to_string()),
            (Self::Others, Value::Number(number)) if !number.is_f64() => Some(value.to_string()),
            (Self::Strings | Self::Others, _) => None,
        }
    }

    /// Returns whether a text can be a tag of this type.
    fn holds(self, tag: &str) -> bool {
        match self {
            Self::Strings => true,
            Self::Others => {
                let value = serde_json::from_str(tag).ok();
                value.and_then(|value| self.tag(&value)).as_deref() == Some(tag)
            }
        }
    }

    fn by(self, property: &str) -> Tag {
        match self {
            Self::Strings => Tag::Property(property.into()),
            Self::Others => Tag::Constant(property.into()),
        }
    }
}

pub fn by_discriminator(
    cx: &mut Cx,
    key: &Key,
    declared: &Discriminator,
    alternatives: &[Alternative],
) -> Option<Tagged> {
    let property = declared.property_name.as_str();
    if let Some(other) = alternatives
        .iter()
        .find(|one| !is_object(&merged(cx, &one.key)))
    {
        let at = cx.pointer(other.end).clone();
        say(
            cx,
            key,
            format!(
                "{at} is not an object, so `{property}` cannot select it; the first matching variant is used"
            ),
        );
        return None;
    }
    let sort = sort_of(cx, property, alternatives);
    let mut tags = mapped(cx, key, declared, alternatives);
    for (one, tags) in alternatives.iter().zip(&mut tags) {
        if tags.is_empty() {
            *tags = constants(cx, &one.key, property, sort, 0)
                .map(|(tags, _)| tags)
                .unwrap_or_default();
        }
        if tags.is_empty() {
            tags.extend(
                Some(location_names::component_name(cx.pointer(one.end)))
                    .filter(|name| !name.is_empty()),
            );
        }
        tags.retain(|tag| sort.holds(tag));
    }
    if tags.iter().any(Vec::is_empty) {
        say(
            cx,
            key,
            format!(
                "some variants declare no value of `{property}`; the first matching variant is used"
            ),
        );
        return None;
    }
    if groups(&tags).len() < tags.len() {
        say(
            cx,
            key,
            format!(
                "some variants share a value of `{property}`; the first matching one of them is used"
            ),
        );
    }
    Some((sort.by(property), tags))
}

/// Reports a diagnostic at the discriminator, or at the union if the discriminator is elsewhere.
fn say(cx: &mut Cx, key: &Key, text: String) {
    let pos = key.at();
    let own = matches!(cx.entry(pos), Entry::Schema(view) if view.data.discriminator.is_some());
    let at = cx.pointer(pos);
    let at = if own {
        at.child("discriminator")
    } else {
        at.clone()
    };
    cx.report.add(Code::Discriminator, &at, text);
}

/// Returns the type of a discriminator's values. The keys of `mapping` are strings, so values of other types are compared as
/// JSON.
fn sort_of(cx: &mut Cx, property: &str, alternatives: &[Alternative]) -> Sort {
    let is_other = |one: &Alternative| {
        let all = merged(cx, &one.key);
        let positions = all.properties.get(property);
        let value = positions.and_then(|positions| used(cx, positions).key);
        let kind = value.and_then(|value| values_type(&merged(cx, &value)));
        matches!(kind, Some(JsonType::Integer | JsonType::Boolean))
    };
    match alternatives.iter().all(is_other) {
        true => Sort::Others,
        false => Sort::Strings,
    }
}

fn is_object(all: &Merged) -> bool {
    !all.unions.is_empty() || matches!(effective_type(all), Some(JsonType::Object))
}

/// Returns the tags of each variant in `mapping`.
fn mapped(
    cx: &mut Cx,
    key: &Key,
    declared: &Discriminator,
    alternatives: &[Alternative],
) -> Vec<Vec<String>> {
    let mut tags = vec![Vec::new(); alternatives.len()];
    let ends = ends(alternatives);
    for (tag, target) in &declared.mapping {
        match target_of(cx, target, &ends) {
            Some(index) => tags[index].push(tag.clone()),
            None => {
                let text = format!(
                    "`{tag}` maps to {target}, which is not a variant; such values are not typed"
                );
                say(cx, key, text);
            }
        }
    }
    tags
}

/// Returns the variant for values without a tag or with an unknown one (OpenAPI 3.2).
pub fn default(
    cx: &mut Cx,
    key: &Key,
    declared: &Discriminator,
    alternatives: &[Alternative],
) -> Option<usize> {
    let target = declared.default_mapping.as_ref()?;
    let found = target_of(cx, target, &ends(alternatives));
    if found.is_none() {
        let text = format!("the default, {target}, is not a variant and is ignored");
        say(cx, key, text);
    }
    found
}

/// Returns the index of each variant by the position of its schema.
fn ends(alternatives: &[Alternative]) -> HashMap<Pos, usize> {
    let ends = alternatives.iter().enumerate();
    // The first one of equal schemas counts.
    ends.rev().map(|(index, one)| (one.end, index)).collect()
}

/// Returns the index of the variant that a mapping refers to.
fn target_of(cx: &mut Cx, target: &str, ends: &HashMap<Pos, usize>) -> Option<usize> {
    let found = cx.find(target).or_else(|| {
        let name = target.replace('~', "~0").replace('/', "~1");
        cx.find(&format!("#/components/schemas/{name}"))
    });
    let end = used(cx, &[found?]).key?.at();
    ends.get(&end).copied()
}

/// Returns the property that all variants require and whose constants distinguish most of them.
pub fn by_constant(cx: &mut Cx, alternatives: &[Alternative]) -> Option<Tagged> {
    by_sort(cx, alternatives, Sort::Strings).or_else(|| by_sort(cx, alternatives, Sort::Others))
}

fn by_sort(cx: &mut Cx, alternatives: &[Alternative], sort: Sort) -> Option<Tagged> {
    let first = merged(cx, &alternatives.first()?.key);
    let mut candidates: Vec<&str> = match first.unions.first() {
        None => first.properties.keys().copied().collect(),
        Some(union) => {
            let inner = used(cx, &[*union.variants.first()?]).key?;
            merged(cx, &inner).properties.keys().copied().collect()
        }
    };
    // The order of properties has no meaning.
    candidates.sort_unstable();
    let mut best: Option<(usize, Tagged)> = None;
    for property in candidates {
        let tags: Option<Vec<_>> = alternatives
            .iter()
            .map(|one| {
                constants(cx, &one.key, property, sort, 0)
                    .filter(|(_, required)| *required)
                    .map(|(tags, _)| tags)
            })
            .collect();
        let Some(tags) = tags else { continue };
        let groups = groups(&tags).len();
        if groups > best.as_ref().map_or(1, |(most, _)| *most) {
            best = Some((groups, (sort.by(property), tags)));
        }
    }
    best.map(|(_, tagged)| tagged)
}

/// Returns the constants of a property in a variant, and whether the variant requires it.
pub fn constants(
    cx: &mut Cx,
    key: &Key,
    property: &str,
    sort: Sort,
    nesting: usize,
) -> Option<(Vec<String>, bool)> {
    let all = merged(cx, key);
    if let Some(positions) = all.properties.get(property) {
        let used = used(cx, positions);
        let value = merged(cx, &used.key?);
        let (_, values) = value.values.as_ref().filter(|_| !used.nullable)?;
        let tags: Option<Vec<String>> = values.iter().map(|value| sort.tag(value)).collect();
        return Some((tags?, all.required.contains(property)));
    }
    let union = all.unions.first().filter(|_| nesting < MAX_NESTING)?;
    let mut found = (Vec::new(), true);
    for &variant in &union.variants {
        let inner = used(cx, &[variant]).key?;
        let (tags, required) = constants(cx, &inner, property, sort, nesting + 1)?;
        found.0.extend(tags);
        found.1 &= required || all.required.contains(property);
    }
    Some(found)
}

/// Groups the variants that share values of the tag.
pub fn groups(tags: &[Vec<String>]) -> Vec<Vec<usize>> {
    let mut group_of: HashMap<&str, usize> = HashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, tags) in tags.iter().enumerate() {
        let mut known: Vec<usize> = tags
            .iter()
            .filter_map(|tag| group_of.get(tag.as_str()).copied())
            .collect();
        known.sort_unstable();
        known.dedup();
        let home = known.first().copied().unwrap_or(groups.len());
        if home == groups.len() {
            groups.push(Vec::new());
        }
        for &other in known.iter().skip(1) {
            let moved = std::mem::take(&mut groups[other]);
            groups[home].extend(moved);
            group_of
                .values_mut()
                .filter(|group| **group == other)
                .for_each(|group| *group = home);
        }
        groups[home].push(index);
        group_of.extend(tags.iter().map(|tag| (tag.as_str(), home)));
    }
    groups.retain(|group| !group.is_empty());
    groups
}
