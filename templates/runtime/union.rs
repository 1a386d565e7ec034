// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Unions and integer enums. `object` has the same for structs.
//!
//! In: the variants that emitted code lists in `union!`, `tagged_union!` and `integer_enum!`. Out: `serde::Serialize`
//! and `serde::Deserialize`. A value that matches no variant is kept. Not here: decisions that depend on a document.

use serde::Deserializer;
use serde::de::Error;
use serde_json::Value;

use super::effort::{self, Effort};
use super::fit;
use super::free::Free;
use super::read::{self, Read};
use super::taken::Taken;

/// Reads a union with `pick`, which reads the variant that the tag names, else the variant that fits
/// best, else any value.
///
/// Variants are read through pointers, because a debug build reserves stack for each value that a
/// function handles.
pub(crate) fn read_union<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    place: &mut Option<U>,
    pick: fn(&mut Value, &mut Option<U>) -> serde_json::Result<()>,
) -> Result<(), D::Error> {
    let mut value = Value::Null;
    deserializer.deserialize_any(Free(&mut value))?;
    let spent = || D::Error::custom("its alternatives nest too deep to be told apart");
    let effort = Effort::begin(&value).ok_or_else(spent)?;
    pick(&mut value, place).map_err(D::Error::custom)?;
    match effort.is_spent() {
        true => Err(spent()),
        false => Ok(()),
    }
}

/// Returns the text of a tag.
pub(crate) fn tag<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// Reads a variant, and may consume the value. Fails if the value does not match.
pub(crate) fn read_variant<T: for<'a> Read<'a>, U>(
    value: &mut Value,
    place: &mut Option<U>,
    variant: fn(T) -> U,
) -> serde_json::Result<()> {
    let mut inner = read::place();
    T::read(Taken(value), &mut inner)?;
    complete(&mut inner, place, variant);
    Ok(())
}

/// The variant that fits best so far.
#[derive(Default)]
pub(crate) struct Best {
    /// The weight of its misfits.
    misfits: Option<u32>,
}

impl Best {
    /// Reads a variant, and puts it in the place if it fits better than those before. Returns true if
    /// no other attempt is needed: a variant fits exactly, or the effort is nearly spent. The value is
    /// kept.
    pub(crate) fn attempt<T: for<'a> Read<'a>, U>(
        &mut self,
        value: &Value,
        place: &mut Option<U>,
        variant: fn(T) -> U,
    ) -> bool {
        let mut inner = read::place();
        let (matches, misfits) = fit::during(|| T::read(value, &mut inner).is_ok());
        let is_better = matches
            && self.misfits.is_none_or(|least| misfits < least)
            && inner.as_ref().as_ref().is_some_and(T::is_listed);
        if is_better {
            complete(&mut inner, place, variant);
            self.misfits = Some(misfits);
        }
        self.misfits == Some(0) || (self.misfits.is_some() && effort::is_scarce())
    }

    /// Keeps a value that matches no variant, and records the misfits.
    #[inline(never)]
    pub(crate) fn or_other<U>(
        self,
        value: &mut Value,
        place: &mut Option<U>,
        other: fn(Value) -> U,
    ) -> serde_json::Result<()> {
        if self.misfits.is_none() {
            *place = Some(other(value.take()));
        }
        fit::miss(self.misfits.unwrap_or(fit::NOT_ALLOWED));
        Ok(())
    }
}

#[inline(never)]
fn complete<T, U>(inner: &mut Option<T>, place: &mut Option<U>, variant: fn(T) -> U) {
    *place = inner.take().map(variant);
}

/// Reads and writes a union tagged by a property. The enum has a variant `Other(Value)`. One variant may be the default
/// for values whose tag is missing or unknown:
///
/// ```text
/// tagged_union!(Shape by "type" { "circle" => Circle, "square" | "rectangle" => Rectangle, _ => Circle });
/// ```
macro_rules! tagged_union {
    ($name:ident by $tag:literal { $($($value:literal)|+ => $variant:ident),* $(, _ => $default:ident)? $(,)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                $crate::runtime::macros::read_union(deserializer, place, |value, place| {
                    match $crate::runtime::macros::tag(value, $tag) {
                        $(Some($($value)|+) => $crate::runtime::macros::read_variant(value, place, Self::$variant),)*
                        Some(_) | None => $crate::runtime::union!(@best value, place, [$($default)?]),
                    }
                })
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* });
    };
}

/// Reads and writes an untagged union: the first variant that fits exactly counts, or else the one
/// with the fewest misfits. The enum has a variant `Other(Value)`:
///
/// ```text
/// union!(Input { Text, Tokens });
/// ```
macro_rules! union {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                $crate::runtime::macros::read_union(deserializer, place, |value, place| {
                    $crate::runtime::union!(@best value, place, [$($variant)*])
                })
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* });
    };
    (@best $value:ident, $place:ident, [$($variant:ident)*]) => {{
        #[allow(unused_mut, reason = "there may be no variant")]
        let mut best = $crate::runtime::macros::Best::default();
        let _ = false $(|| best.attempt($value, $place, Self::$variant))*;
        best.or_other($value, $place, Self::Other)
    }};
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

pub(crate) use {integer_enum, tagged_union, union};
