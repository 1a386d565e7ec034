// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Unions and integer enums. `object` has the same for structs.
//!
//! In: the variants that emitted code lists in `union!`, `tagged_union!` and `integer_enum!`. Out: `serde::Serialize`
//! and `serde::Deserialize`. A value that matches no variant is kept. Not here: decisions that depend on a document.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::whole;

pub(crate) fn read_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// Reads the variant that the tag selects. A value that does not match it is an error.
pub(crate) fn read_variant<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    whole::read(value).map_err(E::custom)
}

/// Reads a variant if the value matches it.
pub(crate) fn try_variant<T: DeserializeOwned>(value: &Value) -> Option<T> {
    whole::read(value).ok()
}

/// Reads and writes a union tagged by a property. The enum has a variant `Other(Value)`. One variant may be the default
/// for values whose tag is missing or unknown:
///
/// ```text
/// tagged_union!(Shape by "type" { "circle" => Circle, "square" | "rectangle" => Rectangle, _ => Circle });
/// ```
macro_rules! tagged_union {
    ($name:ident by $tag:literal { $($($value:literal)|+ => $variant:ident),* $(, _ => $default:ident)? $(,)? }) => {
        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::macros::read_value(deserializer)?;
                match value.get($tag).and_then(|tag| tag.as_str()) {
                    $(Some($($value)|+) => $crate::runtime::macros::read_variant(value).map(Self::$variant),)*
                    Some(_) | None => {
                        $(
                            if let Some(value) = $crate::runtime::macros::try_variant(&value) {
                                return Ok(Self::$default(value));
                            }
                        )?
                        Ok(Self::Other(value))
                    }
                }
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* });
    };
}

/// Reads and writes an untagged union: the first variant that matches counts. The enum has a variant `Other(Value)`:
///
/// ```text
/// union!(Input { Text, Tokens });
/// ```
macro_rules! union {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::macros::read_value(deserializer)?;
                $(
                    if let Some(value) = $crate::runtime::macros::try_variant(&value) {
                        return Ok(Self::$variant(value));
                    }
                )*
                Ok(Self::Other(value))
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* });
    };
    (@write $name:ident { $($variant:ident),* }) => {
        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::macros::Serialize::serialize(value, serializer),)*
                    Self::Other(value) => $crate::runtime::macros::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}

/// Reads and writes an open enum of integers. The enum has a variant `Other(i64)`:
///
/// ```text
/// integer_enum!(Level { 1 => Low, 2 => High });
/// ```
macro_rules! integer_enum {
    ($name:ident { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $name {
            /// Returns the value as it is sent.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => *value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Other(other),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.as_i64().fmt(f)
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                i64::deserialize(deserializer).map(Self::from)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
    };
}

pub(crate) use {integer_enum, tagged_union, union};
