// @generated runtime. Do not edit: it is copied from the generator's templates.
//! JSON objects without derive macros, which would dominate compile times.
//!
//! In: the fields that emitted code lists in `object!` and `heap_object!`. Out: `serde::Serialize` and `serde::Deserialize`, as
//! fast as derived ones: known keys are matched without copying. Not here: JSON; this works with any self-describing format.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serialize, Serializer};

use super::extra::Rest;
use super::slot::Slot;

/// Reads keys without copying them, unless they contain escapes.
#[derive(Default)]
pub(crate) struct Keys {
    escaped: String,
}

impl Keys {
    pub(crate) fn next<'a, 'de: 'a, A: MapAccess<'de>>(
        &'a mut self,
        map: &mut A,
    ) -> Result<Option<&'a str>, A::Error> {
        map.next_key_seed(self)
    }
}

impl<'a, 'de: 'a> DeserializeSeed<'de> for &'a mut Keys {
    type Value = &'a str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'a str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a, 'de: 'a> Visitor<'de> for &'a mut Keys {
    type Value = &'a str;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<&'a str, E> {
        Ok(key)
    }

    fn visit_str<E>(self, key: &str) -> Result<&'a str, E> {
        self.escaped.clear();
        self.escaped.push_str(key);
        Ok(&self.escaped)
    }
}

/// The slots of members, by name.
type Slots<'a, 'de, A, const N: usize> = [(&'static str, &'a mut dyn Slot<'de, A>); N];

/// Makes a value on the heap. In a function of its own, since a debug build makes it on the stack first.
#[inline(never)]
fn on_heap<T>(make: impl FnOnce() -> T) -> Box<T> {
    Box::new(make())
}

/// Reads an object on the heap: what its members are read into, their names, and how they become the object.
pub(crate) fn read_on_heap<'de, A, S, R, T, const N: usize>(
    map: A,
    place: &mut Option<T>,
    make: impl FnOnce() -> S,
    slots: impl for<'a> FnOnce(&'a mut S) -> (Slots<'a, 'de, A, N>, &'a mut R),
    finish: impl FnOnce(&mut S) -> T,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    R: Rest,
{
    let mut members = on_heap(make);
    let mut table = on_heap(|| slots(&mut members));
    read_members(map, &mut table.0, table.1)?;
    drop(table);
    complete(place, &mut *members, finish);
    Ok(())
}

#[inline(never)]
fn complete<S, T>(place: &mut Option<T>, members: &mut S, finish: impl FnOnce(&mut S) -> T) {
    *place = Some(finish(members));
}

/// Fills the slots, and passes undeclared members to `rest`.
pub(crate) fn read_members<'de, A: MapAccess<'de>>(
    mut map: A,
    slots: &mut [(&'static str, &mut dyn Slot<'de, A>)],
    rest: &mut impl Rest,
) -> Result<(), A::Error> {
    let mut keys = Keys::default();
    // Usually all members arrive, in the order of the document.
    let mut next = 0;
    let mut in_order = true;
    while let Some(key) = keys.next(&mut map)? {
        match find(slots, next, key) {
            Some(at) => {
                slots[at].1.fill(&mut map)?;
                in_order &= at == next;
                next = at + 1;
            }
            None => {
                in_order = false;
                rest.keep(key, &mut map)?;
            }
        }
    }
    match in_order && next == slots.len() {
        true => Ok(()),
        false => check_missing(slots),
    }
}

/// The slot of this name, which is most likely the next one.
fn find<'de, A: MapAccess<'de>>(
    slots: &[(&'static str, &mut dyn Slot<'de, A>)],
    next: usize,
    key: &str,
) -> Option<usize> {
    match slots.get(next) {
        Some((name, _)) if *name == key => Some(next),
        Some(_) | None => slots.iter().position(|(name, _)| *name == key),
    }
}

#[inline(never)]
fn check_missing<'de, A: MapAccess<'de>>(
    slots: &[(&'static str, &mut dyn Slot<'de, A>)],
) -> Result<(), A::Error> {
    match slots.iter().find(|(_, slot)| slot.is_missing()) {
        Some((name, _)) => Err(Error::missing_field(name)),
        None => Ok(()),
    }
}

/// Writes an object, member by member, and keeps the first error.
///
/// There is no table of the members: it would be on the stack while they are written.
pub(crate) struct Writer<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writer<S> {
    pub(crate) fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    pub(crate) fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
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

    /// Ends the object with the members that the document does not declare.
    pub(crate) fn end(self, rest: &impl Rest) -> Result<S::Ok, S::Error> {
        let mut map = self.0?;
        rest.write(&mut map)?;
        map.end()
    }
}

/// Formats an object as JSON, without unset members.
pub(crate) fn debug_object(
    name: &str,
    object: &impl Serialize,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let json = match f.alternate() {
        true => serde_json::to_string_pretty(object),
        false => serde_json::to_string(object),
    };
    write!(f, "{name} {}", json.map_err(|_| fmt::Error)?)
}

/// Reads, writes and shows a struct as a JSON object:
///
/// ```text
/// object!(Permission { "id" => id: required, "name" => name: optional; extra });
/// ```
///
/// - `required`: the member must be present. If it can be null, its type is an `Option`.
/// - `optional`: its type is an `Option`. It may be missing or null, and `None` is not written.
/// - `any`: like `optional`, for a `Value` or a `()`, which can itself be null.
/// - `nullable`: its type is an `Option<Option<..>>`: missing, null, or a value.
/// - `; extra` names the field for all other members, an `Extra` or a `BTreeMap`. Without it, they are skipped.
macro_rules! object {
    ($name:ident { $($key:literal => $field:ident: $presence:ident),* $(,)? $(; $rest:ident)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read_members<A: $crate::runtime::macros::MapAccess<'de>>(map: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                $(let mut $field = $crate::runtime::slot::$presence();)*
                let mut rest = ($({ let $rest = Default::default(); $rest })?);
                $crate::runtime::macros::read_members(map, &mut [$(($key, &mut $field)),*], &mut rest)?;
                *place = Some(Self { $($field: $field.take(),)* $($rest: rest,)? });
                Ok(())
            }
        }

        $crate::runtime::object!(@write $name { $($key => $field: $presence),* $(; $rest)? });
    };
    (@write $name:ident { $($key:literal => $field:ident: $presence:ident),* $(; $rest:ident)? }) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::macros::debug_object(stringify!($name), self, f)
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::value(deserializer)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "an object may have no members")]
                let mut writer = $crate::runtime::macros::Writer::new(serializer);
                $(writer.$presence($key, &self.$field);)*
                writer.end(&($(self.$rest)?))
            }
        }
    };
}

/// Like [`object!`], but members are read on the heap. The generator chooses it for large objects, and for those that can
/// contain themselves: the stack that these need grows with the depth of the JSON.
macro_rules! heap_object {
    ($name:ident { $($key:literal => $field:ident: $presence:ident),* $(,)? $(; $rest:ident)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            #[inline(always)]
            fn read_members<A: $crate::runtime::macros::MapAccess<'de>>(map: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                $crate::runtime::macros::read_on_heap(
                    map,
                    place,
                    || ($($crate::runtime::slot::$presence(),)* ($({ let $rest = Default::default(); $rest })?),),
                    |($($field,)* rest,)| ([$(($key, $field)),*], rest),
                    |($($field,)* _rest,)| Self { $($field: $field.take(),)* $($rest: std::mem::take(_rest),)? },
                )
            }
        }

        $crate::runtime::object!(@write $name { $($key => $field: $presence),* $(; $rest)? });
    };
}

pub(crate) use {heap_object, object};
