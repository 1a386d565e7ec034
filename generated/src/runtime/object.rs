// @generated runtime. Do not edit: it is copied from the generator's templates.
//! JSON objects and string enums without derive macros, which would dominate compile times.
//!
//! In: the fields and values that emitted code lists in `object!` and `string_enum!`. Out: `serde::Serialize` and
//! `serde::Deserialize`, as fast as derived ones: known keys and values are matched without copying. Not here: JSON;
//! this works with any self-describing format.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::free::Free;
use super::read::{self, NullablePlace, Place, Read};

/// Properties of an object that the document does not declare. They are kept and written back.
///
/// If there are none, it takes the memory of one pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// Returns the value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a property and returns its previous value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0
            .get_or_insert_default()
            .insert(name.into(), value.into())
    }

    /// Removes a property and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let map = self.0.as_mut()?;
        let value = map.remove(name);
        if map.is_empty() {
            self.0 = None;
        }
        value
    }

    /// Iterates over names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().flat_map(|map| map.iter())
    }

    /// Returns the number of properties.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |map| map.len())
    }

    /// Returns whether there are no properties.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// The destination of undeclared properties.
pub(crate) trait Rest: Default {
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

impl Rest for Extra {
    #[cold]
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let mut value = Value::Null;
        map.next_value_seed(Free(&mut value))?;
        self.insert(key.to_owned(), value);
        Ok(())
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

/// Skips undeclared properties.
impl Rest for () {
    fn keep<'de, A: MapAccess<'de>>(&mut self, _: &str, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

/// Properties of one type, for `additionalProperties` with a schema.
impl<T: for<'a> Read<'a> + Serialize> Rest for BTreeMap<String, T> {
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        read::next_entry(map, key.to_owned(), self)
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

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

/// The destination of a member that is read. Used behind a pointer: one call per member would compile much slower.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Returns true if the member is required and was not read.
    fn is_missing(&self) -> bool;
}

/// A required member.
pub(crate) struct Required<T>(pub(crate) Option<T>);
/// An optional member. Null means missing.
pub(crate) struct Optional<T>(pub(crate) Option<T>);
/// An optional member whose type has a value for null.
pub(crate) struct Given<T>(pub(crate) Option<T>);

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Required<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        map.next_value_seed(Place(&mut self.0))
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Optional<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        map.next_value_seed(NullablePlace(&mut self.0))
    }

    fn is_missing(&self) -> bool {
        false
    }
}

impl<'de, T: Read<'de>, A: MapAccess<'de>> Slot<'de, A> for Given<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        map.next_value_seed(Place(&mut self.0))
    }

    fn is_missing(&self) -> bool {
        false
    }
}

impl<T> Required<T> {
    /// # Panics
    ///
    /// Panics if it is called before [`read_members`], which fails if this member is missing.
    pub(crate) fn take(&mut self) -> T {
        self.0.take().expect("`read_members` checks it")
    }
}

impl<T> Optional<T> {
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

impl<T> Given<T> {
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

/// Empty slots, by the words of `object!`.
pub(crate) mod slot {
    use super::{Given, Optional, Required};

    pub(crate) fn required<T>() -> Required<T> {
        Required(None)
    }

    pub(crate) fn optional<T>() -> Optional<T> {
        Optional(None)
    }

    pub(crate) fn any<T>() -> Given<T> {
        Given(None)
    }

    pub(crate) fn nullable<T>() -> Given<T> {
        Given(None)
    }
}

/// The slots of members, by name.
type Slots<'a, 'de, A, const N: usize> = [(&'static str, &'a mut dyn Slot<'de, A>); N];

/// The most bytes that an object may take on the stack while its members are read. A larger one is on the heap.
const ON_STACK: usize = 256;

/// Makes a value on the heap. In a function of its own, since a debug build makes it on the stack first.
#[inline(never)]
fn on_heap<T>(make: impl FnOnce() -> T) -> Box<T> {
    Box::new(make())
}

/// Reads an object: what its members are read into, their names, and how they become the object.
#[inline(always)]
pub(crate) fn read_object<'de, A, S, R, T, const N: usize>(
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
    if size_of::<S>() + size_of::<Slots<'_, 'de, A, N>>() <= ON_STACK {
        read_small(map, place, make, slots, finish)
    } else {
        read_large(map, place, make, slots, finish)
    }
}

fn read_small<'de, A, S, R, T, const N: usize>(
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
    let mut members = make();
    let mut table = slots(&mut members);
    read_members(map, &mut table.0, table.1)?;
    complete(place, &mut members, finish);
    Ok(())
}

fn read_large<'de, A, S, R, T, const N: usize>(
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

fn complete<S, T>(place: &mut Option<T>, members: &mut S, finish: impl FnOnce(&mut S) -> T) {
    *place = Some(finish(members));
}

/// Fills the slots, and passes undeclared members to `rest`.
fn read_members<'de, A: MapAccess<'de>>(
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
            #[inline(always)]
            fn read_members<A: $crate::runtime::macros::MapAccess<'de>>(map: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                $crate::runtime::macros::read_object(
                    map,
                    place,
                    || ($($crate::runtime::slot::$presence(),)* ($({ let $rest = Default::default(); $rest })?),),
                    |($($field,)* rest,)| ([$(($key, $field)),*], rest),
                    |($($field,)* _rest,)| Self { $($field: $field.take(),)* $($rest: std::mem::take(_rest),)? },
                )
            }
        }

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

struct StringVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }
}

pub(crate) fn read_string<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringVisitor(PhantomData))
}

/// Reads and writes an open enum of strings. The enum has a variant `Other(String)`:
///
/// ```text
/// string_enum!(Order { "ascending" => Ascending, "descending" => Descending });
/// ```
macro_rules! string_enum {
    ($name:ident { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $name {
            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::read_string(deserializer)
            }
        }

        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                $crate::runtime::macros::small(deserializer, place)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use {object, string_enum};

/// Converts seconds since the Unix epoch to a system time. `None` if the platform cannot represent it.
pub(crate) fn unix_time(seconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}
