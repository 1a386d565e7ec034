//! Types: uses of schemas become [`Ty`]s, and types that need a name become definitions.
//!
//! In: positions, and where they are used. Out: types, definitions. Not here: constraints (see `merge`), the kind of a type
//! (see `decide`).

use super::annotations::{self, of_chain};
use super::cx::{Cx, Slot};
use super::decide::decide;
use super::keys::{Key, MAX_DEPTH};
use super::merge::merged;
use super::merged::{Additional, Merged};
use super::refs::follow;
use super::sketch::{Content, Sketch, UnionSketch, VariantSketch};
use super::uses::{Use, used};
use super::{enums, limits, note, union, untyped};
use crate::document::{Entry, Pos};
use crate::model::api::{
    Access, Field, NameOrigin, Owner, Presence, Rest, Role, Scalar, Shape, Tag, Ty, TypeDef,
    TypeId, UntypedReason, Variant,
};
use crate::report::{Code, Pointer};
use crate::understand::{location_names, x_client};

/// Returns the type of a use of these positions.
pub fn of(cx: &mut Cx, positions: &[Pos], owner: Owner, role: Role) -> Ty {
    let used = used(cx, positions);
    of_use(cx, &used, owner, role)
}

/// Returns the type of a use.
pub fn of_use(cx: &mut Cx, used: &Use, owner: Owner, role: Role) -> Ty {
    match &used.key {
        None => Ty::Any(UntypedReason::Broken),
        Some(key) => {
            let core = of_key(cx, key, owner, role);
            nullable_if(used.nullable, core)
        }
    }
}

/// Makes a type nullable, unless it accepts any JSON value, which includes null.
pub fn nullable_if(nullable: bool, ty: Ty) -> Ty {
    match ty {
        Ty::Any(_) | Ty::Nullable(_) | Ty::Scalar(Scalar::Null) => ty,
        Ty::Scalar(_) | Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) => match nullable {
            true => Ty::Nullable(Box::new(ty)),
            false => ty,
        },
    }
}

/// Returns the type of a key's values except null.
pub fn of_key(cx: &mut Cx, key: &Key, owner: Owner, role: Role) -> Ty {
    if let Some(id) = key.single().and_then(|pos| cx.components[pos]) {
        return Ty::Named(id);
    }
    if cx.slots.get(key).is_none() {
        enclosing_first(cx, key.at());
    }
    let (owner, role) = match key {
        Key::Base(pos) => under_union(cx, *pos, owner, role),
        Key::One(_) | Key::All(_) => (owner, role),
    };
    match cx.slots.get(key) {
        Some(Slot::Done(ty)) => return ty.clone(),
        Some(Slot::Pending(Some(id))) => return Ty::Named(*id),
        Some(Slot::Pending(None)) => {
            let id = reserve(cx, key, owner, role);
            cx.slots.set(key, Slot::Pending(Some(id)));
            return Ty::Named(id);
        }
        None => {}
    }
    if cx.depth > MAX_DEPTH {
        cx.say(
            Code::TooDeep,
            key.at(),
            format!(
                "this schema is nested more than {MAX_DEPTH} levels deep; its values are not typed"
            ),
        );
        return Ty::Any(UntypedReason::Unsupported(Code::TooDeep));
    }
    let owner = base_around(cx, key).unwrap_or(owner);
    cx.depth += 1;
    cx.slots.set(key, Slot::Pending(None));
    let ty = build(cx, key, owner, role);
    cx.slots.set(key, Slot::Done(ty.clone()));
    cx.depth -= 1;
    ty
}

/// Builds the component around a position first, so that its inline schemas are named after it and not after another user.
fn enclosing_first(cx: &mut Cx, pos: Pos) {
    let outer = location_names::enclosing_component(cx.pointer(pos));
    let Some(outer) = outer.and_then(|at| cx.find(at)) else {
        return;
    };
    if cx.depth <= MAX_DEPTH {
        cx.depth += 1;
        component(cx, outer);
        cx.depth -= 1;
    }
}

/// Returns the owner and role of a base's own struct. Its union owns it, whichever schema refers to it first.
fn under_union(cx: &mut Cx, base: Pos, owner: Owner, role: Role) -> (Owner, Role) {
    match of_key(cx, &Key::One(base), owner, role.clone()) {
        Ty::Named(union) => (Owner::Type(union), Role::Base),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            (owner, role)
        }
    }
}

/// Returns the base that contains an inline schema. The schema is named after it, and not after a subtype that inherits it.
fn base_around(cx: &Cx, key: &Key) -> Option<Owner> {
    let at = cx.pointer(key.at());
    let base = cx.find(location_names::enclosing_component(at)?)?;
    let id = cx.components[base].filter(|_| cx.subtypes.contains_key(&base));
    id.map(Owner::Type)
}

fn build(cx: &mut Cx, key: &Key, owner: Owner, role: Role) -> Ty {
    let all = merged(cx, key);
    let sketch = decide(cx, key, &all);
    if matches!(sketch, Sketch::Struct | Sketch::Enum(_) | Sketch::Union(_)) {
        let id = match cx.slots.get(key) {
            Some(Slot::Pending(Some(id))) => *id,
            _ => reserve(cx, key, owner, role),
        };
        cx.slots.set(key, Slot::Pending(Some(id)));
        fill(cx, id, key, &all, sketch);
        if matches!(cx.types[id.0].name_origin, NameOrigin::Component(_)) {
            enums::null_alone(cx, id, &all);
        }
        return Ty::Named(id);
    }
    if let Sketch::Same(inner) = &sketch {
        cx.same.set(key, inner.clone());
    }
    let made = plain(cx, &all, sketch, (owner, role.clone()));
    unused_name(cx, key, &role);
    match cx.slots.get(key) {
        Some(Slot::Pending(Some(id))) => {
            let id = *id;
            cx.types[id.0].shape = Shape::Alias(made);
            cx.types[id.0].doc = note::of_schema(cx, key);
            Ty::Named(id)
        }
        _ => made,
    }
}

/// Returns a definition for an inline schema.
fn reserve(cx: &mut Cx, key: &Key, owner: Owner, role: Role) -> TypeId {
    let at = cx.pointer(key.at()).clone();
    if let Key::Base(_) = key {
        return cx.reserve(&at, NameOrigin::Under(owner, role));
    }
    let given = match (key.single().map(|pos| cx.entry(pos)), &role) {
        (Some(Entry::Schema(_)), Role::Property(_)) | (Some(Entry::Reference(_)) | None, _) => None,
        (Some(Entry::Schema(view)), _) => x_client::schema_name(view),
    };
    let name_origin = match (given, location_names::shared_name(&at), in_defs(cx, &at)) {
        (Some(name), ..) => NameOrigin::Given(name),
        (None, Some(name), _) => NameOrigin::Component(name),
        (None, None, Some((owner, name))) => NameOrigin::Under(owner, Role::Property(name)),
        (None, None, None) => NameOrigin::Under(owner, role),
    };
    cx.reserve(&at, name_origin)
}

/// Returns the component whose `$defs` contain a schema, and the key of the schema there.
fn in_defs(cx: &Cx, at: &Pointer) -> Option<(Owner, String)> {
    let name = location_names::defs_key(at)?;
    let component = cx.find(location_names::enclosing_component(at)?)?;
    Some((Owner::Type(cx.components[component]?), name))
}

/// Reports a name that has no effect, because the schema has no definition. (For the schema of a property, the name applies to
/// the field.)
fn unused_name(cx: &mut Cx, key: &Key, role: &Role) {
    let Some(pos) = key.single() else { return };
    let Entry::Schema(view) = cx.entry(pos) else {
        return;
    };
    if !matches!(role, Role::Property(_)) && x_client::schema_name(view).is_some() {
        let at = cx.pointer(pos).child(x_client::KEY).child("name");
        cx.report.add(
            Code::UnusedClientName,
            &at,
            "the name is not used: the schema is not an object, an enum or a union",
        );
    }
}

/// Completes the definition of a component.
pub fn component(cx: &mut Cx, pos: Pos) {
    let Some(id) = cx.components[pos] else { return };
    if !cx.filled.insert(id) {
        return;
    }
    let target = follow(cx, pos);
    let own = target.end.filter(|end| cx.components[*end] == Some(id));
    if let Some(end) = own {
        let key = Key::One(end);
        let all = merged(cx, &key);
        let sketch = decide(cx, &key, &all);
        fill(cx, id, &key, &all, sketch);
        if end != pos {
            let outer = of_chain(cx, &target.chain);
            cx.types[id.0].doc.take_over(outer);
        }
        enums::null_alone(cx, id, &all);
        return;
    }
    let made = match target.end {
        Some(end) => of_key(cx, &Key::One(end), Owner::Type(id), Role::Item),
        None => Ty::Any(UntypedReason::Broken),
    };
    cx.types[id.0].shape = Shape::Alias(made);
    cx.types[id.0].doc = of_chain(cx, &target.chain);
}

/// Completes a definition.
fn fill(cx: &mut Cx, id: TypeId, key: &Key, all: &Merged, sketch: Sketch) {
    cx.types[id.0].doc = note::of_schema(cx, key);
    if let Sketch::Same(inner) = &sketch
        && inner.single().is_none_or(|pos| cx.is_inside(pos, key.at()))
        && cx.slots.get(inner).is_none()
    {
        return fill_as(cx, id, inner);
    }
    let shape = match sketch {
        Sketch::Struct => structure(cx, id, key, all),
        Sketch::Enum(sketch) => Shape::Enum {
            repr: sketch.repr,
            values: sketch.values,
            extent: sketch.extent,
            null: false,
        },
        Sketch::Union(sketch) => union_shape(cx, id, sketch),
        Sketch::Any(_)
        | Sketch::Scalar(_)
        | Sketch::List
        | Sketch::Tuple
        | Sketch::Map
        | Sketch::Same(_) => Shape::Alias(plain(cx, all, sketch, (Owner::Type(id), Role::Item))),
    };
    cx.types[id.0].shape = shape;
}

/// Completes a definition whose schema has only one alternative.
fn fill_as(cx: &mut Cx, id: TypeId, inner: &Key) {
    let outer = cx.types[id.0].doc.clone();
    cx.slots.set(inner, Slot::Done(Ty::Named(id)));
    let all = merged(cx, inner);
    let sketch = decide(cx, inner, &all);
    fill(cx, id, inner, &all, sketch);
    cx.types[id.0].doc.take_over(outer);
}

/// Returns the type of a sketch that needs no definition.
fn plain(cx: &mut Cx, all: &Merged, sketch: Sketch, (owner, role): (Owner, Role)) -> Ty {
    // Inline schemas of a component are named after it. Those of an inline list are named after the owner of the list, unless it
    // is a variant whose name is just `list` or `map`.
    let inside = |inner: Role| match (owner, &role) {
        (Owner::Type(_), Role::Item | Role::MapValue) => inner,
        (_, Role::Variant(name)) if union::is_named_by_type(name) => inner,
        _ => role.clone(),
    };
    match sketch {
        Sketch::Any(why) => Ty::Any(why),
        Sketch::Scalar(scalar) => Ty::Scalar(scalar),
        Sketch::List => Ty::List(Box::new(match &all.items {
            None => Ty::Any(untyped::why(cx, all)),
            Some(items) => of(cx, items, owner, inside(Role::Item)),
        })),
        Sketch::Tuple => {
            let items = all.tuple.as_deref().unwrap_or_default();
            let items = items
                .iter()
                .map(|&item| of(cx, &[item], owner, inside(Role::Item)));
            Ty::Tuple(items.collect())
        }
        Sketch::Map => Ty::Map(Box::new(match &all.additional {
            Additional::Typed(values) => of(cx, values, owner, inside(Role::MapValue)),
            Additional::Undeclared | Additional::Any | Additional::Closed => {
                Ty::Any(untyped::why(cx, all))
            }
        })),
        Sketch::Same(key) => of_key(cx, &key, owner, role),
        Sketch::Struct | Sketch::Enum(_) | Sketch::Union(_) => Ty::Any(UntypedReason::Broken),
    }
}

fn structure(cx: &mut Cx, id: TypeId, key: &Key, all: &Merged) -> Shape {
    let fields = all
        .properties
        .iter()
        .map(|(name, positions)| field(cx, id, key, (name, positions), all.required.contains(name)))
        .collect();
    let rest = match &all.additional {
        Additional::Undeclared | Additional::Any => Rest::Open,
        Additional::Closed => Rest::Closed,
        Additional::Typed(values) => match of(cx, values, Owner::Type(id), Role::MapValue) {
            Ty::Any(UntypedReason::FreeForm) => Rest::Open,
            ty => Rest::Typed(ty),
        },
    };
    Shape::Struct { fields, rest }
}

fn field(
    cx: &mut Cx,
    id: TypeId,
    key: &Key,
    (wire, positions): (&str, &[Pos]),
    required: bool,
) -> Field {
    let mut used = used(cx, positions);
    // A server may send null for an absent value if null is the default.
    used.nullable |= required && note::is_null_by_default(cx, &used);
    let ty = of_use(cx, &used, Owner::Type(id), Role::Property(wire.into()));
    let at = positions.last().map_or_else(
        || cx.pointer(key.at()).child("properties").child(wire),
        |&pos| cx.pointer(pos).clone(),
    );
    let views = annotations::positions(cx, &used);
    let access = annotations::access(cx, &views);
    if access == Access::WriteOnly || annotations::is_password(cx, &views) {
        cx.secrets.insert(wire.into());
    }
    let name = views.iter().find_map(|&pos| match cx.entry(pos) {
        // The name of a component applies to its own type.
        Entry::Schema(view) if cx.components[pos].is_none() => x_client::schema_name(view),
        Entry::Schema(_) | Entry::Reference(_) => None,
    });
    let presence = match required {
        true => Presence::Required,
        false => note::absent(cx, &used),
    };
    Field {
        at,
        wire: wire.into(),
        name,
        doc: note::of_use(cx, &used, &ty, None),
        ty,
        presence,
        access,
        tag: None,
    }
}

/// Builds the shape of a union.
fn union_shape(cx: &mut Cx, id: TypeId, sketch: UnionSketch) -> Shape {
    let UnionSketch { tag, variants } = sketch;
    let variants = variants
        .into_iter()
        .map(|sketch| variant(cx, id, sketch))
        .collect();
    Shape::Union { tag, variants }
}

fn variant(cx: &mut Cx, id: TypeId, sketch: VariantSketch) -> Variant {
    let VariantSketch {
        content,
        name,
        tags,
        is_default,
    } = sketch;
    let role = Role::Variant(name.clone());
    let remark = match &content {
        Content::Key(Key::One(pos)) => limits::remark(cx, &[*pos]),
        Content::Key(Key::Base(_) | Key::All(_)) | Content::Group(_) => None,
    };
    let ty = match content {
        Content::Key(key) => of_key(cx, &key, Owner::Type(id), role),
        Content::Group(variants) => {
            let at = cx.types[id.0].at.clone();
            let group = cx.reserve(&at, NameOrigin::Under(Owner::Type(id), role));
            cx.types[group.0].shape = union_shape(
                cx,
                group,
                UnionSketch {
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
        remark,
        tags,
        is_default,
    }
}

/// Returns the definition that a type refers to, through aliases.
pub fn definition(types: &[TypeDef], ty: &Ty) -> Option<TypeId> {
    let mut now = ty;
    for _ in 0..=types.len() {
        let Ty::Named(id) = now else { return None };
        match &types[id.0].shape {
            Shape::Alias(next) => now = next,
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Union { .. } => return Some(*id),
        }
    }
    None
}
