// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Numbers in other forms: `1.0` is an integer (JSON Schema 2020-12, Core, 4.2.3), but `serde` treats it as a float; and
//! some documents say that numbers may be strings (see `digits`).
//!
//! In: a deserializer. Out: the same deserializer, which accepts these forms for a number, also inside options, lists and
//! maps. Not here: objects, whose members pass through here one by one.

use std::fmt::{self, Formatter};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::digits::Digits;
use super::digits::NumberVisitor;
use crate::service::SERVICE;

/// A wrapper for each part that `serde` uses to read a value.
struct Whole<P>(P);

/// Reads a value.
pub(crate) fn read<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(Whole(deserializer))
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Whole<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Whole(deserializer))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Whole<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.0.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.0.visit_u64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        // The upper bounds round to the next powers of two when they become floats.
        if value.fract() != 0.0 {
            self.0.visit_f64(value)
        } else if (i64::MIN as f64..i64::MAX as f64).contains(&value) {
            self.0.visit_i64(value as i64)
        } else if (0.0..u64::MAX as f64).contains(&value) {
            self.0.visit_u64(value as u64)
        } else {
            self.0.visit_f64(value)
        }
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Whole(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Whole(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Whole(entries))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Whole<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Whole(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Whole<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(Whole(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

/// Deserializer methods that forward their arguments, with the visitor as it is or wrapped in [`Whole`].
macro_rules! forward {
    ($($method:ident($($argument:ident: $ty:ty),*) $visitor:ident => $visits:expr;)*) => {
        $(
            #[inline]
            fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* $visitor: V) -> Result<V::Value, D::Error> {
                self.0.$method($($argument,)* $visits)
            }
        )*
    };
}

/// Deserializer methods for numbers, with the visitor as it is or wrapped in [`Whole`].
macro_rules! numbers {
    ($($method:ident $visitor:ident => $visits:expr;)*) => {
        $(
            #[inline]
            fn $method<V: Visitor<'de>>(self, $visitor: V) -> Result<V::Value, D::Error> {
                match SERVICE.digits {
                    Digits::Refuse => self.0.$method($visits),
                    Digits::Read => self.0.deserialize_any(NumberVisitor($visits)),
                }
            }
        )*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Whole<D> {
    type Error = D::Error;

    numbers! {
        deserialize_i8 visitor => Whole(visitor);
        deserialize_i16 visitor => Whole(visitor);
        deserialize_i32 visitor => Whole(visitor);
        deserialize_i64 visitor => Whole(visitor);
        deserialize_u8 visitor => Whole(visitor);
        deserialize_u16 visitor => Whole(visitor);
        deserialize_u32 visitor => Whole(visitor);
        deserialize_u64 visitor => Whole(visitor);
        deserialize_f32 visitor => visitor;
        deserialize_f64 visitor => visitor;
    }

    forward! {
        deserialize_option() visitor => Whole(visitor);
        deserialize_seq() visitor => Whole(visitor);
        deserialize_tuple(len: usize) visitor => Whole(visitor);
        deserialize_map() visitor => Whole(visitor);
        deserialize_any() visitor => visitor;
        deserialize_bool() visitor => visitor;
        deserialize_char() visitor => visitor;
        deserialize_str() visitor => visitor;
        deserialize_string() visitor => visitor;
        deserialize_bytes() visitor => visitor;
        deserialize_byte_buf() visitor => visitor;
        deserialize_unit() visitor => visitor;
        deserialize_identifier() visitor => visitor;
        deserialize_ignored_any() visitor => visitor;
        deserialize_unit_struct(name: &'static str) visitor => visitor;
        deserialize_newtype_struct(name: &'static str) visitor => visitor;
        deserialize_tuple_struct(name: &'static str, len: usize) visitor => visitor;
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) visitor => visitor;
    }

    /// Reads an object as a map: formats may accept lists for structs, but not for maps.
    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }
}
