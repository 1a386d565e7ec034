// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Enums with null among their values.
//!
//! In: the values that emitted code lists in `nullable_string_enum!` and `nullable_integer_enum!`. Out: the same as for
//! `string_enum` and `integer_enum`. Not here: members and items that may be null, which are an `Option` of any type.

/// Reads and writes an open enum of strings and null. The enum has the variants `Null` and `Other(String)`:
///
/// ```text
/// nullable_string_enum!(Unit { "g" => Gram, "kg" => Kilogram });
/// ```
macro_rules! nullable_string_enum {
    ($name:ident { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $name {
            /// Returns the value in the form in which it is sent, or `None` for null.
            pub fn as_str(&self) -> Option<&str> {
                match self {
                    $(Self::$variant => Some($value),)*
                    Self::Null => None,
                    Self::Other(value) => Some(value),
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

        $crate::runtime::nullable_string_enum!(@write $name as_str: String);
    };
    (@write $name:ident $value:ident: $ty:ty) => {
        $crate::runtime::macros::string_enum!(@equal $name $value);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.$value() {
                    Some(value) => std::fmt::Debug::fmt(&value, f),
                    None => f.write_str("null"),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.$value() {
                    Some(value) => std::fmt::Display::fmt(&value, f),
                    None => f.write_str("null"),
                }
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = Option::<$ty>::deserialize(deserializer)?;
                let value = value.map_or(Self::Null, Self::from);
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
                self.$value().serialize(serializer)
            }
        }
    };
}

/// Reads and writes an open enum of integers and null. The enum has the variants `Null` and `Other(i64)`:
///
/// ```text
/// nullable_integer_enum!(Level { 1 => Low, 2 => High });
/// ```
macro_rules! nullable_integer_enum {
    ($name:ident { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $name {
            /// Returns the value in the form in which it is sent, or `None` for null.
            pub fn as_i64(&self) -> Option<i64> {
                match self {
                    $(Self::$variant => Some($value),)*
                    Self::Null => None,
                    Self::Other(value) => Some(*value),
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

        $crate::runtime::nullable_string_enum!(@write $name as_i64: i64);
    };
}

pub(crate) use {nullable_integer_enum, nullable_string_enum};
