// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Unions tagged by a boolean or an integer property. `union` has those tagged by a string.
//!
//! In: the variants that emitted code lists in `constant_union!`. Out: `serde::Serialize` and `serde::Deserialize`. A
//! value that matches no variant is kept. Not here: decisions that depend on a document.

/// Reads and writes a union tagged by a property that is not a string. The enum has a variant `Other(Value)`:
///
/// ```text
/// constant_union!(Answer by "ok" { true => Success, false => Failure });
/// ```
macro_rules! constant_union {
    ($name:ident by $tag:literal { $($($value:literal)|+ => $variant:ident),* $(, _ => $default:ident)? $(,)? }) => {
        impl<'de> $crate::runtime::macros::Read<'de> for $name {
            fn read<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                $crate::runtime::macros::read_union(deserializer, place, Self::Other, |choice, place| {
                    match choice.get($tag) {
                        $(Some(tag) if $(*tag == $value)||+ => $crate::runtime::macros::read_variant(choice, place, Self::$variant),)*
                        Some(_) | None => Ok(false $(|| $crate::runtime::macros::try_default(choice, place, Self::$default))?),
                    }
                })
            }
        }

        $crate::runtime::union!(@write $name { $($variant),* });
    };
}

pub(crate) use constant_union;
