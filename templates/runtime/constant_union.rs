// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Unions by a property that is a boolean or an integer, as `union` has it for strings.
//!
//! Comes in: the variants that emitted code lists in `constant_union!`. Goes out: `serde::Serialize` and
//! `serde::Deserialize` for them. What fits no variant is kept. Must not be here: decisions about variants that depend on
//! a document.

/// Reads and writes a union whose variants are told apart by a property that is no string, like `tagged_union!` for strings.
/// The enum has a variant `Other(Value)`:
///
/// ```text
/// constant_union!(Answer by "ok" { true => Success, false => Failure });
/// ```
macro_rules! constant_union {
    ($name:ident by $tag:literal { $($($value:literal)|+ => $variant:ident),* $(, _ => $default:ident)? $(,)? }) => {
        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::macros::read_value(deserializer)?;
                match value.get($tag) {
                    $(Some(tag) if $(*tag == $value)||+ => $crate::runtime::macros::read_variant(value).map(Self::$variant),)*
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

pub(crate) use constant_union;
