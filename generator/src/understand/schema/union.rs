//! `oneOf` and `anyOf`.
//!
//! In: merged constraints with a union among them. Out: a [`Sketch`]: one of the variants, an enum, or a union whose variants are
//! selected by a property or by the best match. Not here: `null` among the variants (see `merge`).

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::alternatives::{alternatives, combinations, only_constrains, without_first_union};
use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::merged::{Additional, Merged};
use super::refs::follow;
use super::scalar::{effective_type, plain_scalar, values_type};
use super::sketch::{Alternative, Content, Sketch, UnionSketch, VariantSketch};
use super::uses::without_empty;
use super::{enums, shadowed, tags, untyped};
use crate::document::{JsonType, Pos};
use crate::model::api::{NameOrigin, Scalar, Tag, UntypedReason};
use crate::report::Code;
use crate::understand::location_names;

/// The maximum number of combined variants of unions that apply together.
const MAX_PRODUCT: usize = 128;

/// Returns the sketch of a key with a union, or `None` if its unions do not affect its type.
pub fn sketch(cx: &mut Cx, key: &Key, all: &Merged) -> Option<Sketch> {
    let union = all.unions.first()?;
    if only_constrains(cx, union, all) {
        cx.say(
            Code::LooserUnion,
            key.at(),
            "the alternatives differ only in required properties; the type accepts all of them",
        );
        return (all.unions.len() > 1).then(|| Sketch::Same(without_first_union(cx, key)));
    }
    let combinations = combinations(cx, key, all, MAX_PRODUCT);
    if combinations > MAX_PRODUCT && all.unions.len() > 1 {
        cx.say(
            Code::UnsupportedSchema,
            key.at(),
            format!("the combined unions have {combinations} variants; the values are not typed"),
        );
        return Some(Sketch::Any(UntypedReason::Unsupported(
            Code::UnsupportedSchema,
        )));
    }
    if cx.slots.combined() > MAX_PRODUCT + 4 * cx.doc.schemas.len() {
        cx.say(
            Code::UnsupportedSchema,
            key.at(),
            "the combined unions of this document have too many variants; the values are not typed",
        );
        return Some(Sketch::Any(UntypedReason::Unsupported(
            Code::UnsupportedSchema,
        )));
    }
    let (alternatives, left_out) = alternatives(cx, key, all, union);
    Some(match alternatives.as_slice() {
        [] if left_out.broken => Sketch::Any(UntypedReason::Broken),
        [] if left_out.impossible => {
            if all.contradiction.is_none() {
                cx.say(
                    Code::Contradiction,
                    key.at(),
                    "no alternative is compatible with the surrounding schema; all of them are ignored",
                );
            }
            let rest = without_first_union(cx, key);
            Sketch::Same(without_empty(cx, rest.parts().into_owned()))
        }
        [] if left_out.null => Sketch::Scalar(Scalar::Null),
        [] => Sketch::Any(untyped::why(cx, all)),
        [_] if left_out.anything => {
            let text = "one of the alternatives accepts any value, and so does the type";
            cx.say(Code::LooserUnion, key.at(), text);
            Sketch::Any(untyped::why(cx, all))
        }
        [one] if !left_out.broken => Sketch::Same(one.key.clone()),
        _ => several(cx, key, all, alternatives),
    })
}

fn several(cx: &mut Cx, key: &Key, all: &Merged, alternatives: Vec<Alternative>) -> Sketch {
    if let Some(form) = enums::joined(cx, &alternatives) {
        return form;
    }
    let discriminator = all
        .unions
        .first()
        .and_then(|union| union.discriminator)
        .or(all.discriminator);
    let tagged = match discriminator {
        Some(discriminator) => tags::by_discriminator(cx, key, discriminator, &alternatives),
        None => tags::by_constant(cx, &alternatives),
    };
    if let Some((tag, tags)) = tagged {
        let groups = tags::groups(&tags);
        if groups.len() > 1 {
            let default =
                discriminator.and_then(|declared| tags::default(cx, key, declared, &alternatives));
            let variants = groups
                .into_iter()
                .map(|group| VariantSketch {
                    is_default: default.is_some_and(|index| group.contains(&index)),
                    ..tagged_variant(cx, &alternatives, &tags, &group)
                })
                .collect();
            return Sketch::Union(UnionSketch { tag, variants });
        }
    }
    let all: Vec<usize> = (0..alternatives.len()).collect();
    Sketch::Union(UnionSketch {
        tag: Tag::ByShape,
        variants: by_shape(cx, &alternatives, &all),
    })
}

/// Returns the variant, or the group of variants, that some values of the tag select.
pub fn tagged_variant(
    cx: &mut Cx,
    alternatives: &[Alternative],
    tags: &[Vec<String>],
    group: &[usize],
) -> VariantSketch {
    // The order of keys in a mapping has no meaning.
    let own: BTreeSet<&String> = group.iter().flat_map(|&index| &tags[index]).collect();
    let own: Vec<String> = own.into_iter().cloned().collect();
    let main = group
        .iter()
        .copied()
        .max_by_key(|&index| (tags[index].len(), Reverse(index)))
        .unwrap_or_default();
    let name = match own.as_slice() {
        [only] if begins_with_letter(only) => only.clone(),
        own => {
            // A number says less than the name of the schema, but more than its type.
            let hint = hint(cx, &alternatives[main].key, alternatives[main].end);
            match own {
                [only] if !only.is_empty() && BY_TYPE.contains(&&*hint) => only.clone(),
                _ => hint,
            }
        }
    };
    let content = match group {
        [_] => Content::Key(alternatives[main].key.clone()),
        _ => Content::Group(by_shape(cx, alternatives, group)),
    };
    VariantSketch {
        content,
        name,
        tags: own,
        is_default: false,
    }
}

/// Returns whether a tag begins with a letter, after symbols that names leave out.
fn begins_with_letter(tag: &str) -> bool {
    let first = tag.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(char::is_alphabetic)
}

/// Returns the variants of a union without a tag, in the order in which they are tried. The best match wins, and the first one if
/// several match equally well.
fn by_shape(cx: &mut Cx, alternatives: &[Alternative], group: &[usize]) -> Vec<VariantSketch> {
    let mut ranked: Vec<(Rank, &Alternative)> = Vec::with_capacity(group.len());
    for &index in group {
        ranked.push((
            rank(&merged(cx, &alternatives[index].key)),
            &alternatives[index],
        ));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let ordered: Vec<&Alternative> = ranked.into_iter().map(|(_, one)| one).collect();
    shadowed::report(cx, &ordered);
    let names = names(cx, &ordered);
    let planned = |(one, name): (&Alternative, String)| VariantSketch {
        content: Content::Key(one.key.clone()),
        name,
        tags: Vec::new(),
        is_default: false,
    };
    ordered.into_iter().zip(names).map(planned).collect()
}

/// Returns the names of the variants. If several objects have no name, each is named after the first property that only this
/// object requires; a second list is named after its items.
fn names(cx: &mut Cx, variants: &[&Alternative]) -> Vec<String> {
    let mut names: Vec<String> = variants
        .iter()
        .map(|one| hint(cx, &one.key, one.end))
        .collect();
    let unnamed: Vec<usize> = (0..names.len())
        .filter(|index| names[*index] == OBJECT)
        .collect();
    if unnamed.len() > 1 {
        name_objects(cx, variants, &unnamed, &mut names);
    }
    name_lists(cx, variants, &mut names);
    names
}

fn name_objects(cx: &mut Cx, variants: &[&Alternative], unnamed: &[usize], names: &mut [String]) {
    let mut required = Vec::new();
    for one in variants {
        let all = merged(cx, &one.key);
        let own: Vec<String> = all.required.iter().map(|name| (*name).to_owned()).collect();
        required.push(own);
    }
    for &index in unnamed {
        let others = || {
            required
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
        };
        let is_own = |name: &&String| others().all(|(_, other)| !other.contains(name));
        if let Some(name) = required[index].iter().find(is_own) {
            names[index].clone_from(name);
        }
    }
}

/// Names a list after its items as well if an earlier variant has its name: `list of integers`.
fn name_lists(cx: &mut Cx, variants: &[&Alternative], names: &mut [String]) {
    for index in 1..names.len() {
        if names[..index].contains(&names[index])
            && let Some(items) = items_name(cx, &variants[index].key)
        {
            names[index] = format!("{} of {items}", names[index]);
        }
    }
}

fn items_name(cx: &mut Cx, list: &Key) -> Option<String> {
    let items = merged(cx, list).items.clone()?;
    let end = follow(cx, *items.first()?).end?;
    let name = hint(cx, &Key::One(end), end);
    Some(match BY_TYPE.contains(&name.as_str()) {
        true => name + "s",
        false => name,
    })
}

/// Returns whether a variant is named after its type alone, so that its name says nothing of its items.
pub fn is_named_by_type(name: &str) -> bool {
    let name = name.split_once(" of ").map_or(name, |(name, _)| name);
    [LIST, MAP].contains(&name)
}

/// The name of an object without a title.
const OBJECT: &str = "object";
/// The name of a list without a title.
const LIST: &str = "list";
/// The name of a map without a title.
const MAP: &str = "map";
/// The names of schemas without a title.
const BY_TYPE: &[&str] = &["string", "integer", "number", "boolean", LIST, MAP, OBJECT];

/// The sort key of a variant: its [`Breadth`], its number of properties, and its number of required properties in descending
/// order.
///
/// A variant that declares a subset of another one's properties comes first, because values with the other properties do not
/// match it exactly.
type Rank = (Breadth, usize, Reverse<usize>);

/// The range of values that a variant accepts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Breadth {
    /// Listed values, or a list of a fixed length.
    Listed,
    Scalar,
    Number,
    Object,
    /// An object with additional properties of one type.
    Extensible,
    Map,
    Anything,
}

fn rank(all: &Merged) -> Rank {
    let quoted = matches!(
        plain_scalar(all),
        Some(Scalar::QuotedI64 | Scalar::QuotedU64)
    );
    let breadth = match effective_type(all) {
        _ if all.values.is_some() || all.tuple.is_some() || quoted => Breadth::Listed,
        Some(JsonType::Object) if all.properties.is_empty() => Breadth::Map,
        Some(JsonType::Object) if matches!(all.additional, Additional::Typed(_)) => {
            Breadth::Extensible
        }
        Some(JsonType::Object) => Breadth::Object,
        Some(JsonType::Number) => Breadth::Number,
        Some(
            JsonType::String
            | JsonType::Integer
            | JsonType::Boolean
            | JsonType::Array
            | JsonType::Null,
        ) => Breadth::Scalar,
        None => Breadth::Anything,
    };
    (breadth, all.properties.len(), Reverse(all.required.len()))
}

/// Returns a name for a variant: that of its component or webhook, its title, or its JSON type.
fn hint(cx: &mut Cx, key: &Key, end: Pos) -> String {
    if let Some(id) = cx.components[end] {
        return match &cx.types[id.0].name_origin {
            NameOrigin::Given(name) | NameOrigin::Component(name) => name.clone(),
            NameOrigin::Under(..) | NameOrigin::View(_) | NameOrigin::Errors(_) => {
                location_names::component_name(cx.pointer(end))
            }
        };
    }
    if let Some(name) = location_names::webhook(cx.pointer(end)) {
        return name;
    }
    let all = merged(cx, key);
    match (all.title, values_type(&all)) {
        (Some(title), _) if !title.trim().is_empty() => title.into(),
        (_, Some(JsonType::String)) => "string".into(),
        (_, Some(JsonType::Integer)) => "integer".into(),
        (_, Some(JsonType::Number)) => "number".into(),
        (_, Some(JsonType::Boolean)) => "boolean".into(),
        (_, Some(JsonType::Array)) => LIST.into(),
        (_, Some(JsonType::Object)) if all.properties.is_empty() => MAP.into(),
        (_, Some(JsonType::Object | JsonType::Null) | None) => OBJECT.into(),
    }
}
