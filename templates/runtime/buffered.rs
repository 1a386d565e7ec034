// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decodes a JSON value that was read before.
//!
//! In: a `Value`, which may be needed afterwards or not. Out: a deserializer, which records the place of an error in
//! `trace`. Not here: what is decoded. `serde_json` has such deserializers, too, but they lose the place, and they move values
//! through each of their functions, which needs twice the stack.

use std::cell::Cell;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value, map};

use super::trace::{self, Step};

/// A value to decode from. This is one type, because each type that decodes is compiled for each
/// type that it decodes from.
pub(crate) enum Buffered<'de> {
    /// Strings are taken out of the value. Its content is unspecified afterwards.
    Taken(&'de mut Value),
    /// The value is kept.
    Kept(&'de Value),
}

impl Buffered<'_> {
    /// Passes the value on, and returns whether it is a list or an object.
    #[inline(never)]
    fn pass_on(self) -> bool {
        let value = match self {
            Self::Taken(value) => value.take(),
            Self::Kept(value) => value.clone(),
        };
        let has_parts = value.is_array() || value.is_object();
        PASSED_ON.set(Some(value));
        has_parts
    }

    fn as_value(&self) -> &Value {
        match self {
            Self::Taken(value) => value,
            Self::Kept(value) => value,
        }
    }
}

/// The name of a newtype struct whose visitor takes the whole value, by [`passed_on`] in `visit_unit`.
/// Reading the parts of a value to put them together again would take time and stack for each union
/// around it.
pub(crate) const WHOLE: &str = "$whole";

thread_local! {
    // A visitor of `serde` has no method that takes a value.
    static PASSED_ON: Cell<Option<Value>> = const { Cell::new(None) };
}

/// Returns the value that a [`Buffered`] passed on, if it did.
pub(crate) fn passed_on() -> Option<Value> {
    PASSED_ON.take()
}

/// Forwards numbers to their own deserializer, because they may be strings (see the feature
/// `arbitrary_precision` of `serde_json`).
macro_rules! numbers {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                match self.as_value() {
                    Value::Number(number) => number.$method(visitor),
                    _ => self.deserialize_any(visitor),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Buffered<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.as_value() {
            Value::Array(_) => visit_items(self, visitor),
            Value::Object(_) => visit_entries(self, visitor),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                visit_scalar(self, visitor)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.as_value() {
            Value::Null => visitor.visit_none(),
            Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name != WHOLE {
            return visitor.visit_newtype_struct(self);
        }
        let has_parts = self.pass_on();
        visitor
            .visit_unit()
            .map_err(|error| trace::entered(error, has_parts))
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64 deserialize_f32 deserialize_f64
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.as_value() {
            // A struct could be read from a list, too, but an object could not.
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            Value::Object(_) => visit_entries(self, visitor),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                visit_scalar(self, visitor)
            }
        }
    }

    forward_to_deserialize_any! {
        bool i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map enum identifier
        ignored_any
    }
}

// Functions of their own, since a debug build reserves stack for all branches of a function.

#[inline(never)]
fn visit_scalar<'de, V: Visitor<'de>>(value: Buffered<'de>, visitor: V) -> Result<V::Value, Error> {
    match value {
        Buffered::Taken(Value::String(text)) => visitor.visit_string(std::mem::take(text)),
        Buffered::Kept(Value::String(text)) => visitor.visit_borrowed_str(text),
        Buffered::Taken(_) | Buffered::Kept(_) => match value.as_value() {
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => number.deserialize_any(visitor),
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                visitor.visit_unit()
            }
        },
    }
}

#[inline(never)]
fn visit_items<'de, V: Visitor<'de>>(value: Buffered<'de>, visitor: V) -> Result<V::Value, Error> {
    let mut list = List {
        left: Items::of(value),
        read: 0,
    };
    let result = visitor.visit_seq(&mut list);
    match (result, list.left.len()) {
        (Ok(value), 0) => Ok(value),
        (Ok(_), left) => Err(Error::invalid_length(
            list.read + left,
            &"fewer elements in array",
        )),
        (Err(error), _) => Err(trace::entered(error, list.read > 0)),
    }
}

#[inline(never)]
fn visit_entries<'de, V: Visitor<'de>>(
    value: Buffered<'de>,
    visitor: V,
) -> Result<V::Value, Error> {
    let mut entries = Entries::of(value);
    // Passed by reference: a debug build reserves stack for each place that a value moves through.
    let result = visitor.visit_map(&mut entries);
    result.map_err(|error| trace::entered(error, entries.is_read))
}

enum Items<'de> {
    Taken(std::slice::IterMut<'de, Value>),
    Kept(std::slice::Iter<'de, Value>),
}

impl<'de> Items<'de> {
    /// The items of a list; none of another value.
    #[inline(never)]
    fn of(value: Buffered<'de>) -> Self {
        match value {
            Buffered::Taken(value) => {
                Self::Taken(value.as_array_mut().map_or(&mut [][..], |it| it).iter_mut())
            }
            Buffered::Kept(value) => Self::Kept(value.as_array().map_or(&[][..], |it| it).iter()),
        }
    }

    fn next(&mut self) -> Option<Buffered<'de>> {
        match self {
            Self::Taken(items) => items.next().map(Buffered::Taken),
            Self::Kept(items) => items.next().map(Buffered::Kept),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Taken(items) => items.len(),
            Self::Kept(items) => items.len(),
        }
    }
}

struct List<'de> {
    left: Items<'de>,
    /// The number of items that were asked for.
    read: usize,
}

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let item = self.left.next();
        self.read += 1;
        let Some(item) = item else {
            return Ok(None);
        };
        match seed.deserialize(item) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(trace::within(error, Step::Index(self.read - 1))),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

enum Members<'de> {
    Taken(map::IterMut<'de>),
    Kept(map::Iter<'de>),
    None,
}

impl<'de> Members<'de> {
    /// The members of an object; none of another value.
    #[inline(never)]
    fn of(value: Buffered<'de>) -> Self {
        match value {
            Buffered::Taken(Value::Object(members)) => Self::Taken(members.iter_mut()),
            Buffered::Kept(Value::Object(members)) => Self::Kept(members.iter()),
            Buffered::Taken(_) | Buffered::Kept(_) => Self::None,
        }
    }

    fn next(&mut self) -> Option<(&'de String, Buffered<'de>)> {
        match self {
            Self::Taken(members) => {
                let (key, value) = members.next()?;
                Some((key, Buffered::Taken(value)))
            }
            Self::Kept(members) => {
                let (key, value) = members.next()?;
                Some((key, Buffered::Kept(value)))
            }
            Self::None => None,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Taken(members) => members.len(),
            Self::Kept(members) => members.len(),
            Self::None => 0,
        }
    }
}

struct Entries<'de> {
    left: Members<'de>,
    /// The entry whose key was read last.
    next: Option<(&'de String, Buffered<'de>)>,
    /// Whether a key was asked for.
    is_read: bool,
}

impl<'de> Entries<'de> {
    #[inline(never)]
    fn of(value: Buffered<'de>) -> Self {
        Self {
            left: Members::of(value),
            next: None,
            is_read: false,
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.is_read = true;
        self.next = self.left.next();
        let Some((key, _)) = &self.next else {
            return Ok(None);
        };
        seed.deserialize(BorrowedStrDeserializer::new(key))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.next.take() {
            Some((key, value)) => seed
                .deserialize(value)
                .map_err(|error| trace::within(error, Step::Key(key.clone()))),
            None => Err(Error::custom("a value was read before its key")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}
