// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Numbers that a server may send as strings of digits.
//!
//! In: the value of a member. Out: the same, with numbers. Not here: integers that are always strings (see `quoted`).

use serde::de::{DeserializeSeed, Deserializer, MapAccess};
use serde_json::{Number, Value};

use super::buffered::Buffered;
use super::choice::{Choice, Choose, read_choice};
use super::fit;
use super::read::Read;

/// Reads the next value, in which strings of digits are numbers.
pub(crate) fn next_value<'de, T: for<'a> Read<'a>, A: MapAccess<'de>>(
    map: &mut A,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    map.next_value_seed(Numbers(place))
}

/// The place of a value whose numbers may be strings.
struct Numbers<'a, T>(&'a mut Option<T>);

impl<'de, T: for<'a> Read<'a>> DeserializeSeed<'de> for Numbers<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        read_choice(deserializer, &mut self)
    }
}

impl<T: for<'a> Read<'a>> Choose for Numbers<'_, T> {
    fn choose(&mut self, choice: &mut Choice) -> serde_json::Result<()> {
        let value = choice.value_mut();
        to_numbers(value);
        T::read(Buffered::Taken(value), self.0)
    }
}

fn to_numbers(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(number) = number(text) {
                fit::miss(fit::UNDECLARED);
                *value = Value::Number(number);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(to_numbers),
        Value::Object(members) => members.values_mut().for_each(to_numbers),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the number that a text represents in JSON.
fn number(text: &str) -> Option<Number> {
    // JSON allows white space around a value.
    let is_trimmed = text.len() == text.trim().len();
    is_trimmed.then(|| serde_json::from_str(text).ok())?
}
