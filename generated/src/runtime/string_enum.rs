// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Enums of strings without derive macros, which would dominate compile times.
//!
//! In: the values that emitted code lists in `string_enum!`. Out: `Debug` and equality of what is sent, conversions,
//! `serde::Serialize` and `serde::Deserialize`, as fast as derived ones: known values are matched without copying. Not here: other
//! enums (see `union`).

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::Visitor;

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
    // `Debug`, equality and hashing use the value that is sent, also for enums of integers.
    (@as $name:ident $value:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.$value(), f)
            }
        }

        $crate::runtime::macros::string_enum!(@equal $name $value);
    };
    (@equal $name:ident $value:ident) => {
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.$value() == other.$value()
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.$value().hash(state);
            }
        }
    };
    ($name:ident { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $name {
            /// Returns the value in the form in which it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl<T: AsRef<str>> From<T> for $name {
            fn from(value: T) -> Self {
                match value.as_ref() {
                    $($value => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        $crate::runtime::macros::string_enum!(@as $name as_str);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::macros::read_string(deserializer)?;
                if let Self::Other(_) = value {
                    $crate::runtime::macros::miss($crate::runtime::macros::NOT_ALLOWED);
                }
                Ok(value)
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

pub(crate) use string_enum;
