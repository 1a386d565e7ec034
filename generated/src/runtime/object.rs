// @generated runtime. Do not edit: it is copied from the generator's templates.
//! JSON objects and string enums without derive macros, which would make up most of the time to compile.
//!
//! Comes in: the fields and values that emitted code lists in `object!` and `string_enum!`. Goes out:
//! `serde::Serialize` and `serde::Deserialize` for them, as fast as derived ones: known keys and values are matched
//! without being copied. Must not be here: JSON; this works with any self-describing format.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use serde::de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The properties of an object that the document does not name, kept as they came and written back.
///
/// Without any, it takes no memory beyond a pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// The value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a property. It gives the value from before.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0
            .get_or_insert_default()
            .insert(name.into(), value.into())
    }

    /// Takes a property out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let map = self.0.as_mut()?;
        let value = map.remove(name);
        if map.is_empty() {
            self.0 = None;
        }
        value
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().flat_map(|map| map.iter())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |map| map.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// What takes the properties that an object does not name.
pub(crate) trait Rest: Default {
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

impl Rest for Extra {
    #[cold]
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let value: Value = map.next_value()?;
        self.insert(key.to_owned(), value);
        Ok(())
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

/// Properties of one type, for `additionalProperties` with a schema.
impl<T: DeserializeOwned + Serialize> Rest for BTreeMap<String, T> {
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value()?;
        self.insert(key.to_owned(), value);
        Ok(())
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

/// What `object!` implements.
pub(crate) trait Object<'de>: Sized {
    fn read<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

pub(crate) fn read_object<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Reads keys without copying them, but for those with escapes.
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

pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

pub(crate) fn need<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// Writes an optional member if it is there.
pub(crate) fn put<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &'static str,
    value: &Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

/// Reads and writes a struct as a JSON object:
///
/// ```text
/// object!(Permission { "id" => id: required, "name" => name: optional; extra });
/// ```
///
/// - `required`: it must be there; where it can be null, its type is an `Option`;
/// - `optional`: its type is an `Option`; it may be missing or null, and is not written if it is `None`;
/// - `nullable`: its type is an `Option<Option<..>>`: missing, null, a value;
/// - `; extra` names the field that takes all other members, an `Extra` or a `BTreeMap`. Without it, they are skipped.
macro_rules! object {
    ($name:ident { $($key:literal => $field:ident: $presence:ident),* $(,)? $(; $rest:ident)? }) => {
        impl<'de> $crate::runtime::macros::Object<'de> for $name {
            fn read<A: $crate::runtime::macros::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = Default::default();)?
                let mut keys = $crate::runtime::macros::Keys::default();
                while let Some(key) = keys.next(&mut map)? {
                    match key {
                        $($key => $field = $crate::runtime::object!(@read $presence, map),)*
                        _ => $crate::runtime::object!(@other key, map $(, $rest)?),
                    }
                }
                Ok(Self {
                    $($field: $crate::runtime::object!(@take $presence, $field, $key),)*
                    $($rest,)?
                })
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::read_object(deserializer)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut)] // There may be nothing to write.
                let mut map = serializer.serialize_map(None)?;
                $($crate::runtime::object!(@write $presence, map, $key, &self.$field);)*
                $($crate::runtime::macros::Rest::write(&self.$rest, &mut map)?;)?
                $crate::runtime::macros::SerializeMap::end(map)
            }
        }
    };
    (@read required, $map:ident) => { Some($map.next_value()?) };
    (@read optional, $map:ident) => { $map.next_value()? };
    (@read nullable, $map:ident) => { Some($map.next_value()?) };
    (@take required, $field:ident, $key:literal) => { $crate::runtime::macros::need($field, $key)? };
    (@take optional, $field:ident, $key:literal) => { $field };
    (@take nullable, $field:ident, $key:literal) => { $field };
    (@write required, $map:ident, $key:literal, $value:expr) => {
        $crate::runtime::macros::SerializeMap::serialize_entry(&mut $map, $key, $value)?
    };
    (@write $presence:ident, $map:ident, $key:literal, $value:expr) => {
        $crate::runtime::macros::put(&mut $map, $key, $value)?
    };
    (@other $key:ident, $map:ident, $rest:ident) => {
        $crate::runtime::macros::Rest::keep(&mut $rest, $key, &mut $map)?
    };
    (@other $key:ident, $map:ident) => { $crate::runtime::macros::skip(&mut $map)? };
}

/// An enum of strings, as `string_enum!` makes it.
pub(crate) trait StringEnum: Sized {
    /// The variant of a value that the document names.
    fn known(value: &str) -> Option<Self>;
    fn other(value: String) -> Self;
}

struct StringVisitor<T>(PhantomData<T>);

impl<T: StringEnum> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok(T::known(value).unwrap_or_else(|| T::other(value.to_owned())))
    }
}

pub(crate) fn read_string<'de, T: StringEnum, D: Deserializer<'de>>(
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
            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl $crate::runtime::macros::StringEnum for $name {
            fn known(value: &str) -> Option<Self> {
                match value {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn other(value: String) -> Self {
                Self::Other(value)
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                $crate::runtime::macros::StringEnum::known(value).unwrap_or_else(|| Self::Other(value.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                $crate::runtime::macros::StringEnum::known(&value).unwrap_or(Self::Other(value))
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

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use {object, string_enum};

/// Seconds since the Unix epoch as a time of the system; `None` where the platform cannot represent it.
pub(crate) fn unix_time(seconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}
