//! `oneOf` and `anyOf`.
//!
//! In: merged constraints with a union among them. Out: a [`Form`]: one of the variants, an enum, or a [`Plan`] whose
//! variants are told apart by a property or by what fits. Not here: `null` among the variants (see `merge`).

use openapiv3::Discriminator;

use super::merge::{Additional, Merged, UnionOf, merged};
use super::scalar::{self, Kind, effective_kind};
use super::schema::{self, Form};
use super::{Cx, Key, Part, Pos, enums, place};
use crate::api::{EnumValue, Owner, Repr, Role, Scalar, Shape, Tag, Ty, TypeDef, TypeId, Variant, Wanted, Why};
use crate::diag::{Code, Report};

/// The most variants that unions multiply to where several hold at once.
const MAX_PRODUCT: usize = 128;

/// How deep unions are looked into for the tags of their variants.
const MAX_NESTING: usize = 3;

/// A union before it has a definition.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub tag: Tag,
    pub variants: Vec<Planned>,
}

#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub key: Key,
    pub name: String,
    pub tags: Vec<String>,
}

/// A variant on its way to a plan.
#[derive(Clone, Debug)]
struct Alternative {
    key: Key,
    /// What the schema itself says, without what holds for all variants.
    end: Pos,
}

/// What a key with a union becomes. `None`: its unions do not matter for its type.
pub(super) fn form(cx: &mut Cx, key: &Key, all: &Merged) -> Option<Form> {
    let union = all.unions.first()?;
    if only_constrains(cx, union, all) {
        cx.say(Code::LooserUnion, key.at(), "the alternatives only say what must or must not be there; the type allows all of them");
        return (all.unions.len() > 1).then(|| Form::Same(without_first_union(cx, key)));
    }
    let product: usize = all.unions.iter().map(|union| union.variants.len().max(1)).fold(1, usize::saturating_mul);
    if product > MAX_PRODUCT && all.unions.len() > 1 {
        cx.say(Code::UnsupportedSchema, key.at(), format!("these unions multiply to {product} variants; the values are not typed"));
        return Some(Form::Any(Why::Unsupported));
    }
    if cx.slots.all.len() > MAX_PRODUCT + 4 * cx.doc.schemas.len() {
        cx.say(Code::UnsupportedSchema, key.at(), "the unions of this document multiply too often; the values are not typed");
        return Some(Form::Any(Why::Unsupported));
    }
    let (alternatives, had) = alternatives(cx, key, all, union);
    Some(match alternatives.as_slice() {
        [] if had.broken => Form::Any(Why::Broken),
        [] if had.impossible => {
            cx.say(Code::Contradiction, key.at(), "none of the alternatives agrees with what holds for all of them");
            Form::Any(Why::Unsupported)
        }
        [] if had.null => Form::Scalar(Scalar::Null),
        [] => Form::Any(Why::FreeForm),
        [_] if had.anything => Form::Any(Why::FreeForm),
        [one] if !had.broken => Form::Same(one.key.clone()),
        _ => several(cx, key, all, alternatives),
    })
}

/// Whether the variants say no more than that some properties are required, or not allowed.
fn only_constrains(cx: &mut Cx, union: &UnionOf, whole: &Merged) -> bool {
    let mut some_required = !whole.properties.is_empty();
    for &variant in &union.variants {
        let Some(key) = schema::used(cx, &[variant]).key else { return false };
        let all = merged(cx, &key);
        let bare = all.kind.is_none_or(|kind| kind == Kind::Object)
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

/// The same key but for the union that is looked at first.
fn without_first_union(cx: &mut Cx, key: &Key) -> Key {
    let mut parts = key.parts().into_owned();
    for part in &mut parts {
        if merged(cx, &Key::One(part.pos)).unions.len() > part.skip {
            part.skip += 1;
            break;
        }
    }
    Key::all(parts)
}

/// What was left out of the alternatives.
#[derive(Clone, Copy, Debug, Default)]
struct Had {
    null: bool,
    anything: bool,
    broken: bool,
    /// Excluded by what holds for all of them.
    impossible: bool,
}

/// The variants, each with what holds for all of them, and each once.
fn alternatives(cx: &mut Cx, key: &Key, all: &Merged, union: &UnionOf) -> (Vec<Alternative>, Had) {
    let shared = !all.properties.is_empty() || all.unions.len() > 1 || all.items.is_some() || !all.required.is_empty();
    let base = without_first_union(cx, key);
    let mut had = Had::default();
    let mut found: Vec<Alternative> = Vec::with_capacity(union.variants.len());
    let mut scalars = Vec::new();
    for &variant in &union.variants {
        let Some(own) = schema::used(cx, &[variant]).key else {
            had.broken = true;
            continue;
        };
        let says = merged(cx, &own);
        if says.kind == Some(Kind::Null) || only_null(&says) {
            had.null = true;
            continue;
        }
        if scalar::anything(&says) && !shared && all.kind.is_none() {
            had.anything = true;
            continue;
        }
        if says.kind.zip(all.kind).is_some_and(|(one, two)| one.and(two).is_none()) {
            had.impossible = true;
            continue;
        }
        if let Some(scalar) = plain_scalar(&says) {
            if scalars.contains(&scalar) {
                continue;
            }
            scalars.push(scalar);
        }
        let extends = key.parts().iter().any(|part| says.parts.contains(&part.pos));
        let end = own.at();
        let whole = match shared && !extends {
            true => {
                let mut parts = base.parts().into_owned();
                parts.push(Part { pos: end, skip: 0 });
                schema::without_empty(cx, parts)
            }
            false => own,
        };
        let impossible = whole.single().is_none() && merged(cx, &whole).contradiction.is_some();
        had.impossible |= impossible;
        if whole != *key && !impossible && !found.iter().any(|other| other.key == whole) {
            found.push(Alternative { key: whole, end });
        }
    }
    (found, had)
}

fn only_null(all: &Merged) -> bool {
    all.values.as_ref().is_some_and(|(_, values)| values.iter().all(|value| value.is_null()))
}

/// The scalar that a variant is, if that is all there is to it.
fn plain_scalar(all: &Merged) -> Option<Scalar> {
    if all.values.is_some() || !all.unions.is_empty() {
        return None;
    }
    effective_kind(all).and_then(|kind| scalar::scalar(kind, all))
}

fn several(cx: &mut Cx, key: &Key, all: &Merged, alternatives: Vec<Alternative>) -> Form {
    if let Some(form) = joined_enum(cx, &alternatives) {
        return form;
    }
    let discriminator = all.unions.first().and_then(|union| union.discriminator).or(all.discriminator);
    let tagged = match discriminator {
        Some(discriminator) => by_discriminator(cx, key, discriminator, &alternatives),
        None => by_constant(cx, &alternatives),
    };
    if let Some((property, tags)) = tagged {
        return Form::Union(plan(cx, Tag::Property(property), alternatives.into_iter().zip(tags)));
    }
    let mut ranked: Vec<(usize, Alternative)> = Vec::with_capacity(alternatives.len());
    for alternative in alternatives {
        ranked.push((looseness(&merged(cx, &alternative.key)), alternative));
    }
    ranked.sort_by_key(|(looseness, _)| *looseness);
    Form::Union(plan(cx, Tag::ByShape, ranked.into_iter().map(|(_, alternative)| (alternative, Vec::new()))))
}

/// Where what fits decides, the variant that asks for most comes first.
fn looseness(all: &Merged) -> usize {
    const LOOSE: usize = 1_000_000;
    if all.values.is_some() {
        return 0;
    }
    match effective_kind(all) {
        Some(Kind::Object) if all.properties.is_empty() => LOOSE,
        Some(Kind::Object) => LOOSE - 1 - 1000 * all.required.len().min(900) - all.properties.len().min(999),
        Some(Kind::Number) => 2,
        Some(Kind::String | Kind::Integer | Kind::Boolean | Kind::Array | Kind::Null) => 1,
        Some(Kind::Unknown(_)) | None => LOOSE + 1,
    }
}

fn plan(cx: &mut Cx, tag: Tag, variants: impl Iterator<Item = (Alternative, Vec<String>)>) -> Plan {
    let variants = variants
        .map(|(Alternative { key, end }, tags)| {
            let name = match tags.as_slice() {
                [only] if !only.is_empty() => only.clone(),
                _ => hint(cx, &key, end),
            };
            Planned { key, name, tags }
        })
        .collect();
    Plan { tag, variants }
}

/// A name for a variant: that of its component, its title, or its JSON type.
fn hint(cx: &mut Cx, key: &Key, end: Pos) -> String {
    if let Some(id) = cx.components[end] {
        return match &cx.types[id.0].wanted {
            Wanted::Given(name) | Wanted::Component(name) => name.clone(),
            Wanted::Under(..) => place::component_name(cx.pointer(end)),
        };
    }
    let all = merged(cx, key);
    match (all.title, effective_kind(&all)) {
        (Some(title), _) if !title.trim().is_empty() => title.into(),
        (_, Some(Kind::String)) => "string".into(),
        (_, Some(Kind::Integer)) => "integer".into(),
        (_, Some(Kind::Number)) => "number".into(),
        (_, Some(Kind::Boolean)) => "boolean".into(),
        (_, Some(Kind::Array)) => "list".into(),
        (_, Some(Kind::Object)) if all.properties.is_empty() => "map".into(),
        (_, Some(Kind::Object | Kind::Null | Kind::Unknown(_)) | None) => "object".into(),
    }
}

/// Strings and enums of strings are one enum, since any enum is open; so are enums of integers.
fn joined_enum(cx: &mut Cx, alternatives: &[Alternative]) -> Option<Form> {
    let all: Vec<_> = alternatives.iter().map(|one| merged(cx, &one.key)).collect();
    let repr = match () {
        () if all.iter().all(|one| textual(one)) => Repr::String,
        () if all.iter().all(|one| one.values.is_some() && effective_kind(one) == Some(Kind::Integer)) => Repr::Integer,
        () => return None,
    };
    let mut listed = alternatives.iter().zip(&all).filter(|(_, one)| one.values.is_some());
    if let (Some((only, _)), None) = (listed.next(), listed.next()) {
        return Some(Form::Same(only.key.clone()));
    }
    let mut values: Vec<EnumValue> = Vec::new();
    for one in &all {
        let Some((pos, listed)) = &one.values else { continue };
        let mut more = enums::described(cx, *pos, listed, repr);
        if let [only] = more.as_mut_slice() {
            only.name = only.name.take().or(one.title.map(String::from));
            only.doc.description = only.doc.description.take().or(one.description.map(String::from));
            only.doc.deprecated |= one.deprecated;
        }
        more.retain(|value| values.iter().all(|known| known.wire != value.wire));
        values.extend(more);
    }
    Some(Form::Enum(enums::Plan { repr, values }))
}

fn textual(all: &Merged) -> bool {
    let strings = all.values.as_ref().is_some_and(|(_, values)| values.iter().all(|value| value.is_string()));
    all.unions.is_empty() && (effective_kind(all) == Some(Kind::String) || (all.kind.is_none() && strings))
}

/// A property, and the values of it that select each variant.
type Tagged = (String, Vec<Vec<String>>);

fn by_discriminator(cx: &mut Cx, key: &Key, stated: &Discriminator, alternatives: &[Alternative]) -> Option<Tagged> {
    let property = stated.property_name.as_str();
    if let Some(other) = alternatives.iter().find(|one| !is_object(&merged(cx, &one.key))) {
        let at = cx.pointer(other.end).clone();
        cx.say(Code::Discriminator, key.at(), format!("{at} is no object, so that `{property}` cannot tell the variants apart"));
        return None;
    }
    let mut tags = mapped(cx, key, stated, alternatives);
    for (one, tags) in alternatives.iter().zip(&mut tags) {
        if tags.is_empty() {
            *tags = constants(cx, &one.key, property, 0).map(|(tags, _)| tags).unwrap_or_default();
        }
        if tags.is_empty() {
            tags.extend(Some(place::component_name(cx.pointer(one.end))).filter(|name| !name.is_empty()));
        }
    }
    if tags.iter().any(Vec::is_empty) {
        cx.say(Code::Discriminator, key.at(), format!("some variants name no value of `{property}`; the variant is found by what fits"));
        return None;
    }
    if !disjoint(&tags) {
        cx.say(Code::Discriminator, key.at(), format!("some variants share a value of `{property}`; the variant is found by what fits"));
        return None;
    }
    Some((property.into(), tags))
}

fn is_object(all: &Merged) -> bool {
    !all.unions.is_empty() || matches!(effective_kind(all), Some(Kind::Object))
}

/// The tags that `mapping` gives each variant.
fn mapped(cx: &mut Cx, key: &Key, stated: &Discriminator, alternatives: &[Alternative]) -> Vec<Vec<String>> {
    let mut tags = vec![Vec::new(); alternatives.len()];
    for (tag, target) in &stated.mapping {
        let found = cx.find(target).or_else(|| {
            let name = target.replace('~', "~0").replace('/', "~1");
            cx.find(&format!("#/components/schemas/{name}"))
        });
        let end = found.and_then(|pos| schema::used(cx, &[pos]).key).map(|key| key.at());
        match alternatives.iter().position(|one| Some(one.end) == end) {
            Some(index) => tags[index].push(tag.clone()),
            None => {
                let text = format!("`{tag}` stands for {target}, which is none of the variants; such values are kept untyped");
                cx.say(Code::Discriminator, key.at(), text);
            }
        }
    }
    tags
}

/// A property that is required in all variants, with constants that differ.
fn by_constant(cx: &mut Cx, alternatives: &[Alternative]) -> Option<Tagged> {
    let first = merged(cx, &alternatives.first()?.key);
    let candidates: Vec<&str> = match first.unions.first() {
        None => first.properties.keys().copied().collect(),
        Some(union) => {
            let inner = schema::used(cx, &[*union.variants.first()?]).key?;
            merged(cx, &inner).properties.keys().copied().collect()
        }
    };
    candidates.into_iter().find_map(|property| {
        let tags: Option<Vec<_>> = alternatives
            .iter()
            .map(|one| constants(cx, &one.key, property, 0).filter(|(_, required)| *required).map(|(tags, _)| tags))
            .collect();
        let tags = tags?;
        disjoint(&tags).then(|| (property.to_owned(), tags))
    })
}

/// The strings that a property is confined to in a variant, and whether it is required there.
pub(super) fn constants(cx: &mut Cx, key: &Key, property: &str, nesting: usize) -> Option<(Vec<String>, bool)> {
    let all = merged(cx, key);
    if let Some(positions) = all.properties.get(property) {
        let used = schema::used(cx, positions);
        let value = merged(cx, &used.key?);
        let (_, values) = value.values.as_ref().filter(|_| !used.nullable)?;
        let tags: Option<Vec<String>> = values.iter().map(|value| value.as_str().map(String::from)).collect();
        return Some((tags?, all.required.contains(property)));
    }
    let union = all.unions.first().filter(|_| nesting < MAX_NESTING)?;
    let mut found = (Vec::new(), true);
    for &variant in &union.variants {
        let inner = schema::used(cx, &[variant]).key?;
        let (tags, required) = constants(cx, &inner, property, nesting + 1)?;
        found.0.extend(tags);
        found.1 &= required || all.required.contains(property);
    }
    Some(found)
}

fn disjoint(tags: &[Vec<String>]) -> bool {
    let mut seen = std::collections::HashSet::new();
    tags.iter().all(|tags| {
        let own: std::collections::HashSet<&String> = tags.iter().collect();
        own.into_iter().all(|tag| seen.insert(tag))
    })
}

/// A union among whose variants is one that it is itself a variant of, could be decoded forever. The variant that leads
/// back adds no values, and is left out.
pub(super) fn break_cycles(types: &mut [TypeDef], report: &mut Report) {
    let mut open = vec![false; types.len()];
    let mut done = vec![false; types.len()];
    let mut removed = Vec::new();
    for start in 0..types.len() {
        let mut path = vec![(start, 0)];
        while let Some((now, index)) = path.pop() {
            if index == 0 && done[now] {
                continue;
            }
            let Some(next) = nth_variant(&types[now].shape, index) else {
                open[now] = false;
                done[now] = true;
                continue;
            };
            open[now] = true;
            path.push((now, index + 1));
            match next {
                Some(next) if open[next.0] => removed.push((now, index)),
                Some(next) if !done[next.0] => path.push((next.0, 0)),
                Some(_) | None => {}
            }
        }
    }
    removed.sort_unstable();
    for (now, index) in removed.into_iter().rev() {
        let TypeDef { at, shape, .. } = &mut types[now];
        if let Shape::Union { variants, .. } = shape {
            let gone = variants.remove(index);
            report.add(Code::LooserUnion, at, format!("the variant {} leads back to this union, and is left out", gone.name));
        }
    }
}

/// The definition that the variant with this index is decoded as, if it is one; for an alias, what it stands for.
fn nth_variant(shape: &Shape, index: usize) -> Option<Option<TypeId>> {
    let ty = match shape {
        Shape::Union { variants, .. } => &variants.get(index)?.ty,
        Shape::Alias(ty) if index == 0 => ty,
        Shape::Alias(_) | Shape::Struct { .. } | Shape::Enum { .. } => return None,
    };
    Some(match ty {
        Ty::Named(id) => Some(*id),
        Ty::Nullable(inner) => match **inner {
            Ty::Named(id) => Some(id),
            Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => None,
        },
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Any(_) => None,
    })
}

/// Builds the variants.
pub(super) fn shape(cx: &mut Cx, id: TypeId, plan: Plan) -> Shape {
    let variants = plan
        .variants
        .into_iter()
        .map(|Planned { key, name, tags }| {
            let ty = schema::core(cx, &key, Owner::Type(id), Role::Variant(name.clone()));
            Variant { name, ty, tags }
        })
        .collect();
    Shape::Union { tag: plan.tag, variants }
}
