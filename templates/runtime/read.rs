// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decoding into a place, so it needs little stack however large a value is and however deep it
//! nests.
//!
//! In: a deserializer. Out: values of the types that fields have. Not here: objects and unions, which implement
//! [`Read`] with the macros of `object` and `union`.
//!
//! `serde` returns a value through a dozen functions, each of which has room for it on the stack in a debug build: some 30 KiB
//! for an object of 2 KiB, times the 128 levels that `serde_json` reads. Here only pointers to the place of a value are passed
//! on, and the place of what may be large is on the heap.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_json::Value;

use super::constant::{Constant, ConstantValue};
use super::free::Free;
use super::whole;

/// A type that can be decoded into a place. Objects implement `read_members`, all other types `read`.
pub(crate) trait Read<'de>: Sized {
    /// Leaves `None` in the place only if it fails.
    #[inline(always)]
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        // Not `deserialize_map`, whose values would all have one type.
        deserializer.deserialize_struct("object", &[], ObjectVisitor(place))
    }

    /// Returns whether a variant of a union may have this value. Constants keep any value, but a union has
    /// better places for it.
    fn is_listed(&self) -> bool {
        true
    }

    /// Reads the members of an object.
    fn read_members<A: MapAccess<'de>>(_: A, _: &mut Option<Self>) -> Result<(), A::Error> {
        Err(A::Error::custom("not an object"))
    }
}

struct ObjectVisitor<'a, T>(&'a mut Option<T>);

impl<'de, T: Read<'de>> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    #[inline(always)]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        T::read_members(map, self.0)
    }

    /// Formats pass a list for a struct, and `serde_json` knows its place only at its end.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }
}

/// Decodes a value and returns it, as `serde` asks for it.
pub(crate) fn value<'de, T: Read<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut place = None;
    T::read(deserializer, &mut place)?;
    place.ok_or_else(|| D::Error::custom("there is no value"))
}

/// Creates a place on the heap. This is a separate function, because debug builds make the value on
/// the stack.
#[inline(never)]
pub(crate) fn place<T>() -> Box<Option<T>> {
    Box::new(None)
}

/// The place of a value, for `serde`.
pub(crate) struct Place<'a, T>(pub(crate) &'a mut Option<T>);

impl<'de, T: Read<'de>> DeserializeSeed<'de> for Place<'_, T> {
    type Value = ();

    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        T::read(deserializer, self.0)
    }
}

/// The place of a value that may be null. Null leaves the place empty.
pub(crate) struct NullablePlace<'a, T>(pub(crate) &'a mut Option<T>);

impl<'de, T: Read<'de>> DeserializeSeed<'de> for NullablePlace<'_, T> {
    type Value = ();

    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Read<'de>> Visitor<'de> for NullablePlace<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    #[inline(always)]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        T::read(deserializer, self.0)
    }
}

impl<'de, T: Read<'de>> Read<'de> for Option<T> {
    #[inline(always)]
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_option(NullablePlace(place.insert(None)))
    }
}

impl<'de, T: Read<'de>> Read<'de> for Box<T> {
    #[inline(always)]
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        let mut inner = self::place();
        T::read(deserializer, &mut inner)?;
        boxed(&mut inner, place);
        Ok(())
    }

    fn is_listed(&self) -> bool {
        T::is_listed(self)
    }
}

#[inline(never)]
fn boxed<T>(from: &mut Option<T>, to: &mut Option<Box<T>>) {
    *to = from.take().map(Box::new);
}

struct ListVisitor<'a, T>(&'a mut Vec<T>);

impl<'de, T: Read<'de>> Visitor<'de> for ListVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        match const { size_of::<T>() <= SMALL } {
            true => on_stack(items, self.0),
            false => on_heap(items, self.0),
        }
    }
}

/// The size of an item, in bytes, up to which its place is on the stack.
const SMALL: usize = 128;

#[cfg_attr(debug_assertions, inline(never))]
fn on_stack<'de, T: Read<'de>, A: SeqAccess<'de>>(
    items: A,
    list: &mut Vec<T>,
) -> Result<(), A::Error> {
    next_items(items, list, &mut None)
}

#[cfg_attr(debug_assertions, inline(never))]
fn on_heap<'de, T: Read<'de>, A: SeqAccess<'de>>(
    items: A,
    list: &mut Vec<T>,
) -> Result<(), A::Error> {
    next_items(items, list, &mut place())
}

/// Reads all items, one after the other in the same place.
fn next_items<'de, T: Read<'de>, A: SeqAccess<'de>>(
    mut items: A,
    list: &mut Vec<T>,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    while items.next_element_seed(Place(place))?.is_some() {
        push(list, place);
    }
    Ok(())
}

#[cfg_attr(debug_assertions, inline(never))]
fn push<T>(list: &mut Vec<T>, place: &mut Option<T>) {
    list.extend(place.take());
}

impl<'de, T: Read<'de>> Read<'de> for Vec<T> {
    #[inline(always)]
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_seq(ListVisitor(place.insert(Vec::new())))
    }
}

struct MapVisitor<'a, T>(&'a mut BTreeMap<String, T>);

impl<'de, T: Read<'de>> Visitor<'de> for MapVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key()? {
            next_entry(&mut entries, key, self.0)?;
        }
        Ok(())
    }
}

/// Reads the value of an entry whose key was already read.
fn next_entry<'de, T: Read<'de>, A: MapAccess<'de>>(
    entries: &mut A,
    key: String,
    map: &mut BTreeMap<String, T>,
) -> Result<(), A::Error> {
    let mut place = place();
    entries.next_value_seed(Place(&mut *place))?;
    insert(map, key, &mut place);
    Ok(())
}

#[cfg_attr(debug_assertions, inline(never))]
fn insert<T>(map: &mut BTreeMap<String, T>, key: String, place: &mut Option<T>) {
    map.extend(place.take().map(|value| (key, value)));
}

impl<'de, T: Read<'de>> Read<'de> for BTreeMap<String, T> {
    #[inline(always)]
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_map(MapVisitor(place.insert(BTreeMap::new())))
    }
}

impl<'de> Read<'de> for Value {
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Free(place.insert(Self::Null)))
    }
}

/// Reads a small value as `serde` does.
pub(crate) fn small<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
    place: &mut Option<T>,
) -> Result<(), D::Error> {
    *place = Some(whole::read(deserializer)?);
    Ok(())
}

macro_rules! small {
    ($($ty:ty),* $(,)?) => {
        $(
            impl<'de> Read<'de> for $ty {
                fn read<D: Deserializer<'de>>(deserializer: D, place: &mut Option<Self>) -> Result<(), D::Error> {
                    small(deserializer, place)
                }
            }
        )*
    };
}

small!(
    String,
    bool,
    (),
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
);

impl<'de, T: ConstantValue> Read<'de> for Constant<T> {
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        small(deserializer, place)
    }

    fn is_listed(&self) -> bool {
        self.other().is_none()
    }
}

macro_rules! tuples {
    ($($length:literal: $($ty:ident)+;)+) => {
        $(
            impl<'de, $($ty: Read<'de>),+> Read<'de> for ($($ty,)+) {
                #[expect(non_snake_case, reason = "a place is called as its type")]
                fn read<De: Deserializer<'de>>(deserializer: De, place: &mut Option<Self>) -> Result<(), De::Error> {
                    struct TupleVisitor<'a, T>(&'a mut Option<T>);

                    impl<'de, $($ty: Read<'de>),+> Visitor<'de> for TupleVisitor<'_, ($($ty,)+)> {
                        type Value = ();

                        fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                            write!(f, "a list of {} items", $length)
                        }

                        fn visit_seq<Se: SeqAccess<'de>>(self, mut items: Se) -> Result<(), Se::Error> {
                            let mut places = ($(self::place::<$ty>(),)+);
                            let ($($ty,)+) = &mut places;
                            let mut length = 0;
                            $(
                                if items.next_element_seed(Place(&mut **$ty))?.is_none() {
                                    return Err(Se::Error::invalid_length(length, &self));
                                }
                                length += 1;
                            )+
                            if items.next_element::<IgnoredAny>()?.is_some() {
                                return Err(Se::Error::invalid_length(length + 1, &self));
                            }
                            *self.0 = (|| Some(($($ty.take()?,)+)))();
                            Ok(())
                        }
                    }

                    deserializer.deserialize_tuple($length, TupleVisitor(place))
                }
            }
        )+
    };
}

tuples! {
    1: T0;
    2: T0 T1;
    3: T0 T1 T2;
    4: T0 T1 T2 T3;
    5: T0 T1 T2 T3 T4;
    6: T0 T1 T2 T3 T4 T5;
    7: T0 T1 T2 T3 T4 T5 T6;
    8: T0 T1 T2 T3 T4 T5 T6 T7;
    9: T0 T1 T2 T3 T4 T5 T6 T7 T8;
    10: T0 T1 T2 T3 T4 T5 T6 T7 T8 T9;
    11: T0 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10;
    12: T0 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11;
}
