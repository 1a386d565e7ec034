// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decoding free-form JSON.
//!
//! In: a deserializer. Out: a `Value`. Not here: typed values. `Value` implements `Deserialize`, too, but in
//! a debug build that takes 2 KiB of stack for each level of nesting. Here a value is read into its place.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The place of a value.
pub(crate) struct Free<'a>(pub(crate) &'a mut Value);

impl<'de> DeserializeSeed<'de> for Free<'_> {
    type Value = ();

    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Free<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        *self.0 = Value::Bool(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        *self.0 = value.into();
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        *self.0 = value.into();
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        *self.0 = value.into();
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        *self.0 = value.into();
        Ok(())
    }

    fn visit_string<E>(self, value: String) -> Result<(), E> {
        *self.0 = Value::String(value);
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.0 = Value::Null;
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.0 = Value::Null;
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut list = Vec::new();
        loop {
            list.push(Value::Null);
            let Some(place) = list.last_mut() else { break };
            if items.next_element_seed(Free(place))?.is_none() {
                break;
            }
        }
        list.pop();
        *self.0 = Value::Array(list);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut map = Map::new();
        loop {
            match next(&mut entries, &mut map)? {
                Next::Value(place) => entries.next_value_seed(Free(place))?,
                Next::Number(number) => {
                    *self.0 = number;
                    return Ok(());
                }
                Next::End => {
                    *self.0 = Value::Object(map);
                    return Ok(());
                }
            }
        }
    }
}

enum Next<'a> {
    /// The place of the next value.
    Value(&'a mut Value),
    /// The map is a number, not an object.
    Number(Value),
    End,
}

/// Reads a key. This is a separate function to keep the key off the stack while its value is read.
#[inline(never)]
fn next<'de, 'a, A: MapAccess<'de>>(
    entries: &mut A,
    map: &'a mut Map<String, Value>,
) -> Result<Next<'a>, A::Error> {
    let Some(key) = entries.next_key::<String>()? else {
        return Ok(Next::End);
    };
    if is_number(&key) {
        let text: String = entries.next_value()?;
        let number = text.parse().map_err(A::Error::custom)?;
        return Ok(Next::Number(Value::Number(number)));
    }
    Ok(Next::Value(map.entry(key).or_insert(Value::Null)))
}

/// Returns whether a map with this key is a number. With the feature `arbitrary_precision`,
/// `serde_json` stores numbers as strings and passes them to visitors as such maps.
fn is_number(key: &str) -> bool {
    size_of::<Number>() == size_of::<String>() && key == "$serde_json::private::Number"
}
