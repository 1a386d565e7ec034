// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Unions and integer enums. `object` has the same for structs.
//!
//! In: the variants that emitted code lists in `union!`, `tagged_union!` and `integer_enum!`. Out: `serde::Serialize`
//! and `serde::Deserialize`. Not here: the choice of a variant (see `choice`), decisions that depend on a document.

/// Reads and writes a union tagged by a property. The enum has a variant `Other(Value)`. One variant may be the default
/// for values whose tag is missing or unknown, and may have no tag of its own:
///
/// ```text
/// tagged_union!(Shape by "type" { "circle" => Circle, "square" | "rectangle" => Rectangle, _ => Circle });
/// tagged_union!(Vehicle by "type" { "car" => Car, else Base });
/// ```
macro_rules! tagged_union {
    ($name:ident by $tag:literal {
        $($($value:literal)|+ => $variant:ident),* $(, _ => $default:ident)? $(, else $rest:ident)? $(,)?
    }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                $crate::runtime::macros::read_union(deserializer, place, Self::Other, |choice, place| {
                    match $crate::runtime::macros::tag(choice, $tag) {
                        $(Some($($value)|+) => $crate::runtime::macros::read_variant(choice, place, Self::$variant),)*
                        Some(_) | None => Ok(false
                            $(|| $crate::runtime::macros::try_default(choice, place, Self::$default))?
                            $(|| $crate::runtime::macros::try_default(choice, place, Self::$rest))?),
                    }
                })
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* $(, $rest)? });
    };
}

/// Reads and writes an untagged union: the first variant that fits exactly counts, or else the one
/// that fits best (see `fit`). The enum has a variant `Other(Value)`:
///
/// ```text
/// union!(Input { Text, Tokens });
/// ```
macro_rules! union {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                $crate::runtime::macros::read_union(deserializer, place, Self::Other, |choice, place| {
                    let _ = false $(|| $crate::runtime::macros::try_variant(choice, place, Self::$variant))*;
                    Ok(choice.is_chosen())
                })
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* });
    };
    (@write $name:ident { $($variant:ident),* }) => {
        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::value(deserializer)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(value), Self::$variant(other)) => value == other,)*
                    (Self::Other(value), Self::Other(other)) => value == other,
                    _ => false,
                }
            }
        }

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

/// Converts values to the union that has them as variants:
///
/// ```text
/// conversions!(Input { &str => Text, String => Text, Vec<i64> => Tokens });
/// ```
///
/// `_` is the variant that has a text among its values.
macro_rules! conversions {
    ($name:ident { &str => _, String => _ $(, $($rest:tt)*)? }) => {
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::runtime::macros::of_text(text, Self::Other)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        $($crate::runtime::conversions!($name { $($rest)* });)?
    };
    ($name:ident { $($ty:ty => $variant:ident),* $(,)? }) => {
        $(impl From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(value.into())
            }
        })*
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
            /// Returns the value in the form in which it is sent.
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

        $crate::runtime::macros::string_enum!(@as $name as_i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.as_i64().fmt(f)
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = i64::deserialize(deserializer).map(Self::from)?;
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

            fn is_listed(&self) -> bool {
                // A single value is a constant.
                [$($value),*].len() > 1 || !matches!(self, Self::Other(_))
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
    };
}

pub(crate) use {conversions, integer_enum, tagged_union, union};
