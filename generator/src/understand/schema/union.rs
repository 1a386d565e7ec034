//! `oneOf` and `anyOf`.
//!
//! In: merged constraints with a union among them. Out: a [`Form`]: one of the variants, an enum, or a [`Plan`] whose
//! variants are told apart by a property or by what fits. Not here: `null` among the variants (see `merge`).

use std::collections::BTreeSet;

use super::cx::Cx;
use super::keys::{Key, Part};
use super::merge::{Additional, Merged, UnionOf, merged};
use super::scalar::{self, Kind, effective_kind};
use super::types::{self as schema, Form};
use super::{enums, limits, lost, tags};
use crate::document::Pos;
use crate::maps::HashSet;
use crate::model::api::{
    EnumValue, Extent, Owner, Repr, Role, Scalar, Shape, Tag, Ty, TypeId, Variant, Wanted, Why,
};
use crate::report::Code;
use crate::understand::place;

/// The most variants that unions multiply to where several hold at once.
const MAX_PRODUCT: usize = 128;

/// A union before it has a definition.
#[derive(Clone, Debug)]
pub struct Plan {
    pub tag: Tag,
    pub variants: Vec<Planned>,
}

#[derive(Clone, Debug)]
pub struct Planned {
    pub content: Content,
    pub name: String,
    pub tags: Vec<String>,
    pub is_default: bool,
}

/// What a variant holds.
#[derive(Clone, Debug)]
pub enum Content {
    Key(Key),
    /// Variants that the tag does not tell apart: a union of its own, in which what fits decides.
    Group(Vec<Planned>),
}

/// A variant on its way to a plan.
#[derive(Clone, Debug)]
pub struct Alternative {
    pub key: Key,
    /// What the schema itself says, without what holds for all variants.
    pub end: Pos,
}

/// What a key with a union becomes. `None`: its unions do not matter for its type.
pub fn form(cx: &mut Cx, key: &Key, all: &Merged) -> Option<Form> {
    let union = all.unions.first()?;
    if only_constrains(cx, union, all) {
        cx.say(
            Code::LooserUnion,
            key.at(),
            "the alternatives only say what must or must not be there; the type allows all of them",
        );
        return (all.unions.len() > 1).then(|| Form::Same(without_first_union(cx, key)));
    }
    let product: usize = all
        .unions
        .iter()
        .map(|union| union.variants.len().max(1))
        .fold(1, usize::saturating_mul);
    if product > MAX_PRODUCT && all.unions.len() > 1 {
        cx.say(
            Code::UnsupportedSchema,
            key.at(),
            format!("these unions multiply to {product} variants; the values are not typed"),
        );
        return Some(Form::Any(Why::Unsupported(Code::UnsupportedSchema)));
    }
    if cx.slots.combined() > MAX_PRODUCT + 4 * cx.doc.schemas.len() {
        cx.say(
            Code::UnsupportedSchema,
            key.at(),
            "the unions of this document multiply too often; the values are not typed",
        );
        return Some(Form::Any(Why::Unsupported(Code::UnsupportedSchema)));
    }
    let (alternatives, had) = alternatives(cx, key, all, union);
    Some(match alternatives.as_slice() {
        [] if had.broken => Form::Any(Why::Broken),
        [] if had.impossible => {
            if all.contradiction.is_none() {
                cx.say(Code::Contradiction, key.at(), "none of the alternatives agrees with what holds for all of them; they are ignored");
            }
            let rest = without_first_union(cx, key);
            Form::Same(schema::without_empty(cx, rest.parts().into_owned()))
        }
        [] if had.null => Form::Scalar(Scalar::Null),
        [] => Form::Any(lost::why(cx, all)),
        [_] if had.anything => {
            let text = "one of the alternatives takes any value, and so does the type";
            cx.say(Code::LooserUnion, key.at(), text);
            Form::Any(lost::why(cx, all))
        }
        [one] if !had.broken => Form::Same(one.key.clone()),
        _ => several(cx, key, all, alternatives),
    })
}

/// Whether the variants say no more than that some properties are required, or not allowed.
fn only_constrains(cx: &mut Cx, union: &UnionOf, whole: &Merged) -> bool {
    let mut some_required = !whole.properties.is_empty();
    for &variant in &union.variants {
        let Some(key) = schema::used(cx, &[variant]).key else {
            return false;
        };
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
        let Some(own) = schema::used(cx, &[variant]).key else {
            had.broken = true;
            continue;
        };
        let says = merged(cx, &own);
        // `{ nullable: true }` beside other variants is how generators for 3.0 spell null.
        let only_nullable = says.nullable && scalar::anything(&says);
        if says.kind == Some(Kind::Null) || only_null(&says) || only_nullable {
            had.null = true;
            continue;
        }
        if scalar::anything(&says) && !shared && all.kind.is_none() {
            had.anything = true;
            continue;
        }
        if says
            .kind
            .zip(all.kind)
            .is_some_and(|(one, two)| one.and(two).is_none())
        {
            had.impossible = true;
            continue;
        }
        if let Some(scalar) = plain_scalar(&says) {
            if scalars.contains(&scalar) {
                continue;
            }
            scalars.push(scalar);
        }
        let extends = key
            .parts()
            .iter()
            .any(|part| says.parts.contains(&part.pos));
        let end = own.at();
        let whole = match shared && !extends {
            true => {
                let mut parts = base.parts().into_owned();
                parts.push(Part { pos: end, skip: 0 });
                schema::without_empty(cx, parts)
            }
            false => own,
        };
        let impossible = whole.single().is_none() && !possible(cx, &whole);
        had.impossible |= impossible;
        if whole != *key && !impossible && known.insert(whole.clone()) {
            found.push(Alternative { key: whole, end });
        }
    }
    (found, had)
}

/// Whether there can be a value, as far as kinds and enums tell.
fn possible(cx: &mut Cx, key: &Key) -> bool {
    let all = merged(cx, key);
    let Some(kind) = all.kind else {
        return all.contradiction.is_none();
    };
    let mut agrees = |variant: Pos| {
        let own = schema::used(cx, &[variant]).key;
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
                discriminator.and_then(|stated| tags::default(cx, key, stated, &alternatives));
            let variants = groups
                .into_iter()
                .map(|group| Planned {
                    is_default: default.is_some_and(|index| group.contains(&index)),
                    ..tagged_variant(cx, &alternatives, &tags, &group)
                })
                .collect();
            return Form::Union(Plan { tag, variants });
        }
    }
    let all: Vec<usize> = (0..alternatives.len()).collect();
    Form::Union(Plan {
        tag: Tag::ByShape,
        variants: by_shape(cx, &alternatives, &all),
    })
}

/// The variant, or the group of variants, that some values of the tag select.
pub fn tagged_variant(
    cx: &mut Cx,
    alternatives: &[Alternative],
    tags: &[Vec<String>],
    group: &[usize],
) -> Planned {
    // The order of a mapping's keys means nothing.
    let own: BTreeSet<&String> = group.iter().flat_map(|&index| &tags[index]).collect();
    let own: Vec<String> = own.into_iter().cloned().collect();
    let main = group
        .iter()
        .copied()
        .max_by_key(|&index| (tags[index].len(), std::cmp::Reverse(index)))
        .unwrap_or_default();
    let name = match own.as_slice() {
        [only] if !only.is_empty() => only.clone(),
        _ => hint(cx, &alternatives[main].key, alternatives[main].end),
    };
    let content = match group {
        [_] => Content::Key(alternatives[main].key.clone()),
        _ => Content::Group(by_shape(cx, alternatives, group)),
    };
    Planned {
        content,
        name,
        tags: own,
        is_default: false,
    }
}

/// The variants of which what fits decides, in the order in which they are tried.
fn by_shape(cx: &mut Cx, alternatives: &[Alternative], group: &[usize]) -> Vec<Planned> {
    let mut ranked: Vec<(usize, &Alternative)> = Vec::with_capacity(group.len());
    for &index in group {
        ranked.push((
            looseness(&merged(cx, &alternatives[index].key)),
            &alternatives[index],
        ));
    }
    ranked.sort_by_key(|(looseness, _)| *looseness);
    let planned = |(_, one): (usize, &Alternative)| {
        let name = hint(cx, &one.key, one.end);
        Planned {
            content: Content::Key(one.key.clone()),
            name,
            tags: Vec::new(),
            is_default: false,
        }
    };
    ranked.into_iter().map(planned).collect()
}

/// Where what fits decides, the variant that asks for most comes first.
fn looseness(all: &Merged) -> usize {
    const LOOSE: usize = 1_000_000;
    let quoted = matches!(
        plain_scalar(all),
        Some(Scalar::QuotedI64 | Scalar::QuotedU64)
    );
    if all.values.is_some() || all.tuple.is_some() || quoted {
        return 0;
    }
    match effective_kind(all) {
        Some(Kind::Object) if all.properties.is_empty() => LOOSE,
        Some(Kind::Object) => {
            LOOSE - 1 - 1000 * all.required.len().min(900) - all.properties.len().min(999)
        }
        Some(Kind::Number) => 2,
        Some(Kind::String | Kind::Integer | Kind::Boolean | Kind::Array | Kind::Null) => 1,
        None => LOOSE + 1,
    }
}

/// A name for a variant: that of its component, its title, or its JSON type.
fn hint(cx: &mut Cx, key: &Key, end: Pos) -> String {
    if let Some(id) = cx.components[end] {
        return match &cx.types[id.0].wanted {
            Wanted::Given(name) | Wanted::Component(name) => name.clone(),
            Wanted::Under(..) | Wanted::View(_) | Wanted::Shared(..) => {
                place::component_name(cx.pointer(end))
            }
        };
    }
    let all = merged(cx, key);
    match (all.title, values_kind(&all)) {
        (Some(title), _) if !title.trim().is_empty() => title.into(),
        (_, Some(Kind::String)) => "string".into(),
        (_, Some(Kind::Integer)) => "integer".into(),
        (_, Some(Kind::Number)) => "number".into(),
        (_, Some(Kind::Boolean)) => "boolean".into(),
        (_, Some(Kind::Array)) => "list".into(),
        (_, Some(Kind::Object)) if all.properties.is_empty() => "map".into(),
        (_, Some(Kind::Object | Kind::Null) | None) => "object".into(),
    }
}

/// Strings and enums of strings are one enum, since any enum is open; so are enums of integers.
fn joined_enum(cx: &mut Cx, alternatives: &[Alternative]) -> Option<Form> {
    let all: Vec<_> = alternatives
        .iter()
        .map(|one| merged(cx, &one.key))
        .collect();
    let repr = match () {
        () if all.iter().all(|one| textual(one)) => Repr::String,
        () if all
            .iter()
            .all(|one| one.values.is_some() && values_kind(one) == Some(Kind::Integer)) =>
        {
            Repr::Integer
        }
        () => return None,
    };
    let mut listed = alternatives
        .iter()
        .zip(&all)
        .filter_map(|(alternative, one)| Some((alternative, &one.values.as_ref()?.1)));
    // A single value is a constant, which a string is not.
    if let (Some((only, [_, _, ..])), None) = (
        listed
            .next()
            .map(|(only, values)| (only, values.as_slice())),
        listed.next(),
    ) {
        return Some(Form::Same(only.key.clone()));
    }
    let extent = match all.iter().all(|one| one.values.is_some()) {
        true => Extent::Closed,
        false => Extent::Open,
    };
    let mut values: Vec<EnumValue> = Vec::new();
    for one in &all {
        let Some((pos, listed)) = &one.values else {
            continue;
        };
        let mut more = enums::described(cx, *pos, listed, repr);
        if let [only] = more.as_mut_slice() {
            only.name = only.name.take().or(one.title.map(String::from));
            only.doc.description = only
                .doc
                .description
                .take()
                .or(one.description.map(String::from));
            only.doc.deprecated |= one.deprecated;
        }
        more.retain(|value| values.iter().all(|known| known.wire != value.wire));
        values.extend(more);
    }
    Some(Form::Enum(enums::Plan {
        repr,
        values,
        extent,
    }))
}

/// The JSON type of the values, where the schema says only which they are, too.
pub fn values_kind(all: &Merged) -> Option<Kind> {
    let listed = || enums::json_kind(&all.values.as_ref()?.1);
    effective_kind(all).or_else(listed)
}

fn textual(all: &Merged) -> bool {
    let strings = all
        .values
        .as_ref()
        .is_some_and(|(_, values)| values.iter().all(|value| value.is_string()));
    let text = plain_scalar(all) == Some(Scalar::String);
    let typed = all.values.is_some() && effective_kind(all) == Some(Kind::String);
    all.unions.is_empty() && (text || typed || (all.kind.is_none() && strings))
}

/// Builds the variants.
pub fn shape(cx: &mut Cx, id: TypeId, plan: Plan) -> Shape {
    let Plan { tag, variants } = plan;
    let variants = variants
        .into_iter()
        .map(|planned| variant(cx, id, planned))
        .collect();
    Shape::Union { tag, variants }
}

fn variant(cx: &mut Cx, id: TypeId, planned: Planned) -> Variant {
    let Planned {
        content,
        name,
        tags,
        is_default,
    } = planned;
    let role = Role::Variant(name.clone());
    let description = match &content {
        Content::Key(Key::One(pos)) => limits::of_inline(cx, &[*pos]),
        Content::Key(Key::All(_)) | Content::Group(_) => None,
    };
    let ty = match content {
        Content::Key(key) => schema::core(cx, &key, Owner::Type(id), role),
        Content::Group(variants) => {
            let at = cx.types[id.0].at.clone();
            let group = cx.reserve(&at, Wanted::Under(Owner::Type(id), role));
            cx.types[group.0].shape = shape(
                cx,
                group,
                Plan {
                    tag: Tag::ByShape,
                    variants,
                },
            );
            Ty::Named(group)
        }
    };
    Variant {
        name,
        ty,
        description,
        tags,
        is_default,
    }
}
