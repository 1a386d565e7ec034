// @generated runtime. Do not edit: it is copied from the generator's templates.
//! JSON objects without derive macros, which would dominate compile times.
//!
//! In: the fields that emitted code lists in `object!` and `heap_object!`. Out: `serde::Serialize` and `serde::Deserialize`, as
//! fast as derived ones: known keys are matched without copying; `Clone`, `Debug` and `PartialEq`, which take less memory to
//! check than derived ones. Not here: JSON; this works with any self-describing format.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::extra::Rest;
use super::slot::Slot;
use crate::service::SERVICE;

/// The keys of an object while it is read.
#[derive(Default)]
struct Keys {
    /// The last key that could not be borrowed, or has no slot.
    text: String,
    /// The slot that most likely comes next: usually all members arrive, in the order of the document.
    next: usize,
    out_of_order: bool,
}

/// The destination of the next value.
enum Next {
    /// The slot with this index.
    Slot(usize),
    /// The rest, with [`Keys::text`] as its key.
    Undeclared,
    End,
}

impl Keys {
    #[cfg_attr(debug_assertions, inline(never))]
    fn next<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        slots: &[Entry<'_, 'de, A>],
    ) -> Result<Next, A::Error> {
        let Some(key) = map.next_key_seed(Key(&mut self.text))? else {
            return Ok(Next::End);
        };
        let Some(at) = find(slots, self.next, key) else {
            self.text = key.to_owned();
            self.out_of_order = true;
            return Ok(Next::Undeclared);
        };
        self.out_of_order |= at != self.next;
        self.next = at + 1;
        Ok(Next::Slot(at))
    }

    /// Fails if a required member is missing. Call it after the last key.
    #[cfg_attr(debug_assertions, inline(never))]
    fn end<'de, A: MapAccess<'de>>(&self, slots: &[Entry<'_, 'de, A>]) -> Result<(), A::Error> {
        if !self.out_of_order && self.next == slots.len() {
            return Ok(());
        }
        match slots.iter().find(|(_, slot)| slot.is_missing()) {
            Some((name, _)) => Err(Error::missing_field(name)),
            None => Ok(()),
        }
    }
}

/// Returns the slot with this name. It checks the expected slot first.
fn find<'de, A: MapAccess<'de>>(
    slots: &[Entry<'_, 'de, A>],
    next: usize,
    key: &str,
) -> Option<usize> {
    match slots.get(next) {
        Some((name, _)) if *name == key => Some(next),
        Some(_) | None => slots.iter().position(|(name, _)| *name == key),
    }
}

/// Reads a key without copying it, unless it contains escapes.
struct Key<'a>(&'a mut String);

impl<'a, 'de: 'a> DeserializeSeed<'de> for Key<'a> {
    type Value = &'a str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'a str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a, 'de: 'a> Visitor<'de> for Key<'a> {
    type Value = &'a str;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<&'a str, E> {
        Ok(key)
    }

    fn visit_str<E>(self, key: &str) -> Result<&'a str, E> {
        self.0.clear();
        self.0.push_str(key);
        Ok(self.0)
    }
}

/// The slot of a member, with its name.
type Entry<'a, 'de, A> = (&'static str, &'a mut (dyn Slot<'de, A> + 'a));

/// Makes a value on the heap. This is a separate function, because debug builds make the value on
/// the stack first.
#[inline(never)]
fn on_heap<T>(make: impl FnOnce() -> T) -> Box<T> {
    Box::new(make())
}

/// Reads an object on the heap. The arguments give the slots of its members, their names, and the
/// conversion of the slots to the object.
pub(crate) fn read_on_heap<'de, A, S, R, T, const N: usize>(
    mut map: A,
    place: &mut Option<T>,
    make: impl FnOnce() -> S,
    slots: impl for<'a> FnOnce(&'a mut S) -> ([Entry<'a, 'de, A>; N], &'a mut R),
    finish: impl FnOnce(&mut S) -> T,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    R: Rest,
{
    let mut members = on_heap(make);
    let mut table = on_heap(|| slots(&mut members));
    read_members(&mut map, &mut table.0, table.1)?;
    drop(table);
    complete(place, &mut *members, finish);
    Ok(())
}

#[inline(never)]
fn complete<S, T>(place: &mut Option<T>, members: &mut S, finish: impl FnOnce(&mut S) -> T) {
    *place = Some(finish(members));
}

/// Fills the slots, and passes undeclared members to `rest`.
///
/// Objects nest, and debug builds reserve stack for each variable and each `?`, so this function
/// has few of them.
pub(crate) fn read_members<'de, A: MapAccess<'de>>(
    map: &mut A,
    slots: &mut [Entry<'_, 'de, A>],
    rest: &mut impl Rest,
) -> Result<(), A::Error> {
    let mut keys = Keys::default();
    loop {
        let value = match keys.next(map, slots) {
            Ok(Next::Slot(at)) => match slots[at].1.fill(map) {
                Ok(false) => Ok(()),
                Ok(true) => {
                    rest.remember_null(slots[at].0);
                    Ok(())
                }
                Err(error) => Err(error),
            },
            Ok(Next::Undeclared) => rest.keep(std::mem::take(&mut keys.text), map),
            Ok(Next::End) => return keys.end(slots),
            Err(error) => Err(error),
        };
        value?;
    }
}

/// Writes an object, member by member, and keeps the first error.
///
/// There is no table of members, because it would be on the stack while they are written.
pub(crate) struct Writer<'a, S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
    /// The optional members that came as null.
    nulls: &'a [&'static str],
}

impl<'a, S: Serializer> Writer<'a, S> {
    pub(crate) fn new(serializer: S) -> Self {
        Self {
            map: serializer.serialize_map(None),
            nulls: &[],
        }
    }

    /// Learns which members came as null.
    pub(crate) fn begin(&mut self, rest: &'a impl Rest) {
        self.nulls = rest.nulls();
    }

    pub(crate) fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        let Ok(map) = &mut self.map else { return };
        if let Err(error) = map.serialize_entry(name, value) {
            self.map = Err(error);
        }
    }

    pub(crate) fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    pub(crate) fn any<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn received<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        match value {
            Some(value) => self.required(name, value),
            None if self.nulls.contains(&name) => self.required(name, &()),
            None => {}
        }
    }

    /// Ends the object with the members that the document does not declare.
    pub(crate) fn end(self, rest: &impl Rest) -> Result<S::Ok, S::Error> {
        let mut map = self.map?;
        rest.write(&mut map)?;
        map.end()
    }
}

/// Formats an object as its type's name and JSON, without unset members. Secret values are `***`.
pub(crate) fn debug_object<T: Serialize>(object: &T, f: &mut Formatter<'_>) -> fmt::Result {
    let path = std::any::type_name::<T>();
    let name = path.rsplit("::").next().unwrap_or(path);
    if SERVICE.secrets.is_empty() {
        return write!(f, "{name} {}", json(object, f.alternate())?);
    }
    let mut value = serde_json::to_value(object).map_err(|_| fmt::Error)?;
    mask(&mut value);
    write!(f, "{name} {}", json(&value, f.alternate())?)
}

fn json(value: &impl Serialize, is_pretty: bool) -> Result<String, fmt::Error> {
    let json = match is_pretty {
        true => serde_json::to_string_pretty(value),
        false => serde_json::to_string(value),
    };
    json.map_err(|_| fmt::Error)
}

/// Hides secret values at any depth, since nested objects are formatted with the outermost one.
fn mask(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(members) => {
            for (name, value) in members {
                match SERVICE.secrets.contains(&name.as_str()) {
                    true if !value.is_null() => *value = "***".into(),
                    true => {}
                    false => mask(value),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Reads, writes and shows a struct as a JSON object, and makes it `Clone` and `PartialEq`:
///
/// ```text
/// object!(Permission { "id" => id: required, "name" => name: optional; extra });
/// ```
///
/// - `required`: the member must be present. If it can be null, its type is an `Option`.
/// - `optional`: its type is an `Option`. It may be missing or null, and `None` is not written.
/// - `any`: like `optional`, for a `Value` or a `()`, which can itself be null.
/// - `nullable`: its type is an `Option<Option<..>>`: missing, null, or a value.
/// - `received`: its type is an `Option`. It may be missing or null. A null is remembered in the field for all other members,
///   and written again.
/// - `; extra` names the field for all other members, an `Extra` or an `Extras`. Without it, they are skipped. `; extra: closed`:
///   the document forbids them, so a union prefers other variants.
macro_rules! object {
    ($name:ident { $($key:literal => $field:ident: $presence:ident),* $(,)? $(; $rest:ident $(: $closed:ident)?)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read_members<A: $crate::runtime::macros::MapAccess<'de>>(mut map: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                $(let mut $field = $crate::runtime::slot::$presence();)*
                let mut rest = ($({ let $rest = Default::default(); $rest })?);
                $crate::runtime::macros::read_members(&mut map, &mut [$(($key, &mut $field)),*], &mut rest)?;
                $($($crate::runtime::macros::$closed(&rest);)?)?
                *place = Some(Self { $($field: $field.take(),)* $($rest: rest,)? });
                Ok(())
            }
        }

        $crate::runtime::object!(@write $name { $($key => $field: $presence),* $(; $rest)? });
    };
    (@write $name:ident { $($key:literal => $field:ident: $presence:ident),* $(; $rest:ident)? }) => {
        impl Clone for $name {
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone(),)* $($rest: self.$rest.clone())? }
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                let _ = other; // Nothing else uses it if the object has no members.
                true $(&& self.$field == other.$field)* $(&& self.$rest == other.$rest)?
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut writer = $crate::runtime::macros::Writer::new(serializer);
                writer.begin(&($(self.$rest)?));
                $(writer.$presence($key, &self.$field);)*
                writer.end(&($(self.$rest)?))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::macros::debug_object(self, f)
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::value(deserializer)
            }
        }
    };
}

/// Like [`object!`], but reads members on the heap. The generator uses it for large objects and for
/// objects that can contain themselves, whose use of the stack grows with the depth of the JSON.
macro_rules! heap_object {
    ($name:ident { $($key:literal => $field:ident: $presence:ident),* $(,)? $(; $rest:ident $(: $closed:ident)?)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            #[inline(always)]
            fn read_members<A: $crate::runtime::macros::MapAccess<'de>>(map: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                $crate::runtime::macros::read_on_heap(
                    map,
                    place,
                    || ($($crate::runtime::slot::$presence(),)* ($({ let $rest = Default::default(); $rest })?),),
                    |($($field,)* rest,)| ([$(($key, $field)),*], rest),
                    |($($field,)* _rest,)| {
                        $($($crate::runtime::macros::$closed(_rest);)?)?
                        Self { $($field: $field.take(),)* $($rest: std::mem::take(_rest),)? }
                    },
                )
            }
        }

        $crate::runtime::object!(@write $name { $($key => $field: $presence),* $(; $rest)? });
    };
}

pub(crate) use {heap_object, object};
